//! Probes with the app's own token: what a mailbox answers, without touching any mail (microsoft-facts §9).

use domain::finding::Why;
use domain::ids::MailboxId;
use domain::permission::Permission;
use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::json;

use super::{GraphCall, send};
use crate::error::Error;
use crate::http::{Answer, Http};

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

/// Tries one permission on one mailbox.
pub async fn probe(http: &Http, token: &Secret, mailbox: MailboxId, permission: Permission) -> Probe {
    match permission {
        // Reading the inbox's properties shows that the app reaches the mailbox. That it may also write is what
        // Exchange's test cmdlet says: a harmless live probe for writing is UNVERIFIED (microsoft-facts §9).
        Permission::MailRead | Permission::MailReadWrite => {
            let path = format!("users/{}/mailFolders/inbox?$select=id", mailbox);
            let call = GraphCall::get("GET /users/{mailbox}/mailFolders/inbox", path);
            judge(http, send(http, token, call).await, Asks::Inbox)
        }
        Permission::MailSend => {
            let call = GraphCall::post(
                "POST /users/{mailbox}/sendMail (no recipient)",
                format!("users/{}/sendMail", mailbox),
                send_probe(),
            );
            judge(http, send(http, token, call).await, Asks::ToSend)
        }
    }
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
}

fn judge(http: &Http, answer: Result<Answer, Error>, asks: Asks) -> Probe {
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
/// with what Microsoft documents for it: 200 and the folder's id (microsoft-facts §2.10).
fn of_answer(answer: &Answer, asks: Asks) -> Outcome {
    let body = answer.json();
    let id = body.as_ref().and_then(|body| body.get("id")?.as_str());
    match asks {
        Asks::Inbox if answer.status == 200 && id.is_some_and(|id| !id.trim().is_empty()) => {
            Outcome::Answered
        }
        // Microsoft took a message to nobody, which the probe does not expect: no proof either way.
        Asks::ToSend if answer.status == 202 => Outcome::Nothing(Why::MessageTaken),
        Asks::Inbox | Asks::ToSend => Outcome::Nothing(Why::NotAnAnswer),
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
    use super::*;
    use crate::error::Refusal;

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer {
            status,
            request_id: None,
            content_type: content_type.into(),
            diagnostics: None,
            body: body.as_bytes().to_vec(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_mailbox_answers_with_its_inbox_and_with_nothing_else() {
        const JSON: &str = "application/json";
        let inbox = answer(200, JSON, r#"{"@odata.context":"x","id":"AAMk"}"#);
        assert_eq!(of_answer(&inbox, Asks::Inbox), Outcome::Answered);
        for (status, content_type, body) in [
            (200, "text/html", "<html>Welcome to the hotel</html>"),
            (200, JSON, "<html>Welcome to the hotel</html>"),
            (200, "text/plain", r#"{"id":"AAMk"}"#),
            (200, JSON, ""),
            (200, JSON, "null"),
            (200, JSON, "{}"),
            (200, JSON, "[]"),
            (200, JSON, r#"[{"id":"AAMk"}]"#),
            (200, JSON, r#"{"id":""}"#),
            (200, JSON, r#"{"id":7}"#),
            (202, JSON, r#"{"id":"AAMk"}"#),
            (204, "", ""),
        ] {
            let seen = of_answer(&answer(status, content_type, body), Asks::Inbox);
            assert!(
                matches!(seen, Outcome::Nothing(_)),
                "{status} {content_type} {body}: {seen:?}"
            );
        }
    }

    #[test]
    fn no_success_shows_that_the_app_may_send() {
        for status in [200, 202, 204] {
            let seen = of_answer(
                &answer(status, "application/json", r#"{"id":"AAMk"}"#),
                Asks::ToSend,
            );
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
