//! Probes with the app's own token: what a mailbox answers, without touching any mail (microsoft-facts §9).

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::finding::{Finding, Observation, Stamp, Why};
use domain::ids::MailboxId;
use domain::permission::Permission;
use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::json;

use super::{GraphCall, send};
use crate::batch::{self, Part, Parts};
use crate::error::Error;
use crate::http::{Http, Repeat};

/// What a probe came back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What that means.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
    /// HTTP status.
    pub status: Option<u16>,
    /// Microsoft's code.
    pub code: Option<String>,
    /// Request id.
    pub request_id: Option<String>,
}

impl Probe {
    /// What was seen with it, once it is judged.
    pub fn judged(self, finding: Finding) -> Observation {
        Observation {
            finding,
            stamp: Stamp::Observed,
            at: self.at,
            status: self.status,
            code: self.code,
            request_id: self.request_id,
        }
    }
}

/// What an answer means for access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The app may.
    Answered,
    /// The app may not: 403 `ErrorAccessDenied`.
    Denied,
    /// Neither: a missing mailbox, a refused token, a fault. It is never counted as a denial.
    Nothing(Why),
}

/// How many parts one batch holds (microsoft-facts §2.12).
const BATCH: usize = 20;
/// How the call that holds several probes is named.
const PROBES: &str = "POST /$batch (probes with the app's own key)";

/// How many parts may ask for one mailbox at once (microsoft-facts §2.12, §2.13); more are told to slow down.
const OF_ONE_MAILBOX: usize = 4;
/// How many probes are asked for before it is told how far they are: four times four batches.
pub const AT_ONCE: usize = 4 * 4 * BATCH;

/// Tries a permission on a mailbox, for each of these, twenty in a call and four calls at once: the limits
/// are for each mailbox, and for 130,000 requests of an app in ten seconds. They are tried in no order,
/// so what has to be known before something else is tried is asked for in an earlier call. The probes are in the order of
/// what was asked.
pub async fn probe(http: &Http, token: &Secret, asked: &[(MailboxId, Permission)]) -> Vec<Probe> {
    let probes: RefCell<Vec<Option<Probe>>> = RefCell::new(vec![None; asked.len()]);
    for round in rounds(asked) {
        let batches = RefCell::new(round.chunks(BATCH));
        // Each lane takes the next batch once its last one is answered, so that none waits for the slowest.
        let lane = async || {
            loop {
                let next = batches.borrow_mut().next();
                let Some(places) = next else { return };
                let answers = probe_some(http, token, asked, places).await;
                let mut probes = probes.borrow_mut();
                for (place, probe) in places.iter().zip(answers) {
                    if let Some(slot) = probes.get_mut(*place) {
                        *slot = Some(probe);
                    }
                }
            }
        };
        tokio::join!(lane(), lane(), lane(), lane());
    }
    probes
        .into_inner()
        .into_iter()
        .map(|probe| probe.unwrap_or_else(|| nothing(http)))
        .collect()
}

/// The places of what is asked, in rounds of which each asks for no mailbox more often than may be at once.
fn rounds(asked: &[(MailboxId, Permission)]) -> Vec<Vec<usize>> {
    let mut times: BTreeMap<MailboxId, usize> = BTreeMap::new();
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for (place, (mailbox, _)) in asked.iter().enumerate() {
        let before = times.entry(*mailbox).or_default();
        let round = *before / OF_ONE_MAILBOX;
        *before += 1;
        if rounds.len() <= round {
            rounds.push(Vec::new());
        }
        if let Some(round) = rounds.get_mut(round) {
            round.push(place);
        }
    }
    rounds
}

/// One batch of probes, by their places. One that has no part is none.
async fn probe_some(
    http: &Http,
    token: &Secret,
    asked: &[(MailboxId, Permission)],
    places: &[usize],
) -> Vec<Probe> {
    let some: Vec<_> = places
        .iter()
        .filter_map(|place| asked.get(*place))
        .copied()
        .collect();
    if some.is_empty() {
        return Vec::new();
    }
    match probe_batch(http, token, &some).await {
        Ok(parts) => {
            let each = parts.into_iter().zip(&some);
            each.map(|(part, (_, permission))| judge(http, part, asks(*permission)))
                .collect()
        }
        Err(error) => some
            .iter()
            .map(|(_, permission)| judge(http, Err(error.clone()), asks(*permission)))
            .collect(),
    }
}

/// A probe that never came back.
fn nothing(http: &Http) -> Probe {
    Probe {
        outcome: Outcome::Nothing(Why::NoAnswer),
        at: http.clock().now(),
        status: None,
        code: None,
        request_id: None,
    }
}

/// Sends a batch of probes, and once more where Microsoft asked to slow down: a probe changes nothing, and a message to
/// nobody reaches nobody however often it is sent.
async fn probe_batch(
    http: &Http,
    token: &Secret,
    asked: &[(MailboxId, Permission)],
) -> Result<Parts<Part>, Error> {
    batch::read(http.clock(), async || {
        let body = batch::body(
            asked
                .iter()
                .map(|(mailbox, permission)| part(*mailbox, asks(*permission))),
        );
        let call = GraphCall::asking(PROBES, "$batch", body, Repeat::Safe);
        let answer = send(http, token, call).await?;
        let calls = asked.iter().map(|(_, permission)| asks(*permission).call());
        batch::answers(PROBES, &answer, calls, super::of_body)
    })
    .await
}

fn part(mailbox: MailboxId, asks: Asks) -> serde_json::Value {
    match asks {
        Asks::Inbox => {
            json!({ "method": "GET", "url": format!("/users/{mailbox}/mailFolders/inbox?$select=id") })
        }
        Asks::ToSend => json!({
            "method": "POST",
            "url": format!("/users/{mailbox}/sendMail"),
            "headers": { "Content-Type": "application/json" },
            "body": send_probe(),
        }),
        Asks::Calendar => json!({ "method": "GET", "url": format!("/users/{mailbox}/calendar?$select=id") }),
        Asks::Contacts => {
            json!({ "method": "GET", "url": format!("/users/{mailbox}/contacts?$select=id&$top=1") })
        }
        Asks::Settings => {
            json!({ "method": "GET", "url": format!("/users/{mailbox}/mailboxSettings/userPurpose") })
        }
    }
}

/// What is asked to see whether a permission is in force. Reading the inbox's properties shows that the app reaches the
/// mailbox. That it may also write is what Exchange's test cmdlet says: a harmless live probe for writing is UNVERIFIED
/// (microsoft-facts §9).
fn asks(permission: Permission) -> Asks {
    match permission {
        Permission::MailSend => Asks::ToSend,
        Permission::CalendarsRead | Permission::CalendarsReadWrite => Asks::Calendar,
        Permission::ContactsRead | Permission::ContactsReadWrite => Asks::Contacts,
        Permission::SettingsRead | Permission::SettingsReadWrite => Asks::Settings,
        Permission::MailReadBasic | Permission::MailRead | Permission::MailReadWrite => Asks::Inbox,
        // What lets a mail program in gives nothing here, so the inbox is refused.
        Permission::ImapAccess
        | Permission::PopAccess
        | Permission::SmtpSend
        | Permission::SmtpWithinScope => Asks::Inbox,
    }
}

/// What a try of a permission through Microsoft Graph is called.
pub fn call(permission: Permission) -> &'static str {
    asks(permission).call()
}

/// A message to nobody: an app that may send is told that there is no recipient, one that may not is refused first.
///
/// UNVERIFIED: rests on one implementation, and another source denies it (microsoft-facts §9, §11.6). It is therefore
/// never the only proof: the test cmdlet's answer stands beside it.
fn send_probe() -> serde_json::Value {
    json!({
        "message": { "subject": "Mailgrant probe", "body": { "contentType": "Text", "content": "" }, "toRecipients": [] },
        "saveToSentItems": false,
    })
}

/// What a probe asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// For the id of the inbox.
    Inbox,
    /// To send a message to nobody.
    ToSend,
    /// For the id of the calendar.
    Calendar,
    /// For the id of one contact; a mailbox without any answers with none.
    Contacts,
    /// For what the mailbox is used for (microsoft-facts §9).
    Settings,
}

impl Asks {
    fn call(self) -> &'static str {
        match self {
            Self::Inbox => "GET /users/{mailbox}/mailFolders/inbox",
            Self::ToSend => "POST /users/{mailbox}/sendMail (no recipient)",
            Self::Calendar => "GET /users/{mailbox}/calendar",
            Self::Contacts => "GET /users/{mailbox}/contacts",
            Self::Settings => "GET /users/{mailbox}/mailboxSettings/userPurpose",
        }
    }
}

fn judge(http: &Http, answer: Result<Part, Error>, asks: Asks) -> Probe {
    let at = http.clock().now();
    match answer {
        Ok(answer) => Probe {
            outcome: of_answer(&answer, asks),
            at,
            status: Some(answer.status),
            code: None,
            request_id: answer.request_id,
        },
        Err(error) => {
            let evidence = error.evidence();
            Probe {
                outcome: of_error(&error, asks),
                at,
                status: evidence.status,
                code: evidence.code,
                request_id: evidence.request_id,
            }
        }
    }
}

/// What a status of success means. Whoever stands between can answer 200 with a page of their own, so it counts only
/// with what Microsoft documents for it: 200 and the folder's id (microsoft-facts §2.10), the calendar's id, a list of
/// contacts, or a word for the use.
fn of_answer(answer: &Part, asks: Asks) -> Outcome {
    let filled = |field: &str| {
        let text = answer.body.get(field).and_then(serde_json::Value::as_str);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    let is_one = match asks {
        Asks::Inbox | Asks::Calendar => filled("id"),
        Asks::Contacts => answer.body.get("value").is_some_and(serde_json::Value::is_array),
        Asks::Settings => filled("value"),
        // Microsoft took a message to nobody, which the probe does not expect: no proof either way.
        Asks::ToSend if answer.status == 202 => return Outcome::Nothing(Why::MessageTaken),
        Asks::ToSend => false,
    };
    match is_one && answer.status == 200 {
        true => Outcome::Answered,
        false => Outcome::Nothing(Why::NotAnAnswer),
    }
}

fn of_error(error: &Error, asks: Asks) -> Outcome {
    match error.refusal() {
        Some(refusal) if refusal.status == 403 && refusal.code == "ErrorAccessDenied" => Outcome::Denied,
        Some(refusal)
            if asks == Asks::ToSend && refusal.status == 400 && refusal.code == "ErrorInvalidRecipients" =>
        {
            Outcome::Answered
        }
        Some(refusal) => Outcome::Nothing(match refusal.status {
            404 => Why::NotFound,
            401 => Why::TokenRefused,
            429 => Why::SlowDown,
            500.. => Why::Fault,
            status => Why::Answered {
                status,
                code: refusal.code.clone(),
            },
        }),
        None => Outcome::Nothing(Why::NoAnswer),
    }
}

#[cfg(test)]
mod tests {
    use domain::permission::Method;

    use super::*;
    use crate::error::Refusal;

    fn answer(status: u16, body: serde_json::Value) -> Part {
        Part {
            status,
            body,
            request_id: None,
        }
    }

    #[test]
    fn a_mailbox_answers_with_its_inbox_and_with_nothing_else() {
        let inbox = answer(200, json!({ "@odata.context": "x", "id": "AAMk" }));
        assert_eq!(of_answer(&inbox, Asks::Inbox), Outcome::Answered);
        for (status, body) in [
            (200, json!("<html>Welcome to the hotel</html>")),
            (200, json!(null)),
            (200, json!({})),
            (200, json!([])),
            (200, json!([{ "id": "AAMk" }])),
            (200, json!({ "id": "" })),
            (200, json!({ "id": 7 })),
            (202, json!({ "id": "AAMk" })),
            (204, json!(null)),
        ] {
            let seen = of_answer(&answer(status, body.clone()), Asks::Inbox);
            assert!(matches!(seen, Outcome::Nothing(_)), "{status} {body}: {seen:?}");
        }
    }

    /// Each answers in a form of its own, and with none of the others'.
    #[test]
    fn what_is_asked_for_answers_in_its_own_form() {
        let bodies = [
            (Asks::Calendar, json!({ "id": "AAMk" })),
            (Asks::Contacts, json!({ "value": [] })),
            (Asks::Settings, json!({ "value": "shared" })),
        ];
        for (asks, own) in &bodies {
            for (_, body) in &bodies {
                let seen = of_answer(&answer(200, body.clone()), *asks);
                assert_eq!(seen == Outcome::Answered, body == own, "{asks:?} {body}");
            }
        }
        for permission in Permission::of_method(Method::GraphAppOnly) {
            assert_eq!(
                asks(permission) == Asks::ToSend,
                permission == Permission::MailSend
            );
        }
    }

    /// However many permissions there are, a mailbox is asked for by four at once, and each is asked once.
    #[test]
    fn no_mailbox_is_asked_for_by_more_than_four_at_once() {
        let mailbox = |number| MailboxId(uuid::Uuid::from_u128(number));
        let asked: Vec<_> = (0..50)
            .flat_map(|number| {
                Permission::of_method(Method::GraphAppOnly).map(move |one| (mailbox(number), one))
            })
            .collect();
        let rounds = rounds(&asked);
        assert!(rounds.len() > 1);
        for round in &rounds {
            for number in 0..50 {
                let of_it = round.iter().filter(|place| asked[**place].0 == mailbox(number));
                assert!(of_it.count() <= OF_ONE_MAILBOX);
            }
        }
        let mut places = rounds.concat();
        places.sort_unstable();
        assert!(places.into_iter().eq(0..asked.len()));
    }

    #[test]
    fn a_probe_asks_for_the_mailbox_by_its_id() {
        let mailbox = MailboxId(uuid::Uuid::from_u128(7));
        let read = part(mailbox, Asks::Inbox);
        assert_eq!(
            read["url"],
            format!("/users/{mailbox}/mailFolders/inbox?$select=id")
        );
        let sent = part(mailbox, Asks::ToSend);
        assert_eq!(sent["body"]["message"]["toRecipients"], json!([]));
        assert_eq!(sent["body"]["saveToSentItems"], false);
    }

    #[test]
    fn no_success_shows_that_the_app_may_send() {
        for status in [200, 202, 204] {
            let seen = of_answer(&answer(status, json!({ "id": "AAMk" })), Asks::ToSend);
            assert!(matches!(seen, Outcome::Nothing(_)), "{status}");
        }
        let refused = |status, code: &str| {
            Error::Refused(Box::new(Refusal {
                status,
                code: code.into(),
                ..Refusal::default()
            }))
        };
        let nobody = refused(400, "ErrorInvalidRecipients");
        assert_eq!(of_error(&nobody, Asks::ToSend), Outcome::Answered);
        assert!(matches!(of_error(&nobody, Asks::Inbox), Outcome::Nothing(_)));
        let denied = refused(403, "ErrorAccessDenied");
        assert_eq!(of_error(&denied, Asks::ToSend), Outcome::Denied);
    }
}
