//! RBAC for Applications: the app's service principal in Exchange, a management scope, role assignments
//! (microsoft-facts §4b).

use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use domain::ids::{MailboxId, ServicePrincipalId};
use serde_json::Value;
use uuid::Uuid;

use super::census::{self, Census, Standing};
use super::{Exchange, text};
use crate::error::{Error, if_there};

/// What Exchange keeps of the app: its entry, its scope, its roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The client id of the app's entry, where it has one.
    pub principal: Option<String>,
    /// The stored filter of the scope, where the scope exists.
    pub scope: Option<String>,
    /// Every role assignment of the app.
    pub assignments: Vec<Assignment>,
    /// Every role assignment, of any app, within the scope.
    pub within_scope: Vec<Assignment>,
    /// Names of recipients as which the app was given the right to send.
    pub send_as: Vec<String>,
}

impl Seen {
    /// Whether Exchange knows the app. Of an app that it knows, "not there" is no answer to what it may do.
    fn known(&self) -> bool {
        self.principal.is_some() || !self.assignments.is_empty()
    }
}

/// How many cmdlets [`seen_cmdlets`] are.
const SEEN: usize = 5;

fn seen_cmdlets(principal: ServicePrincipalId, scope: &str) -> [Cmdlet; SEEN] {
    [
        Cmdlet::new("Get-ServicePrincipal").with("Identity", principal.to_string()),
        Cmdlet::new("Get-ManagementScope").with("Identity", scope),
        Cmdlet::new("Get-ManagementRoleAssignment").with("RoleAssignee", principal.to_string()),
        Cmdlet::new("Get-ManagementRoleAssignment").with("CustomRecipientWriteScope", scope),
        Cmdlet::new("Get-RecipientPermission")
            .with("Trustee", principal.to_string())
            .with("ResultSize", "Unlimited"),
    ]
}

type Rows = Result<Vec<Value>, Error>;

fn seen_of(outcomes: &mut impl Iterator<Item = Rows>) -> Result<Seen, Error> {
    let (principals, scopes) = (next_if_there(outcomes)?, next_if_there(outcomes)?);
    let own = where_known(!principals.is_empty(), next(outcomes))?;
    // A scope that isn't there holds no assignments, and is itself a reason; of one that is there, all are read.
    let within = where_known(!scopes.is_empty(), next(outcomes))?;
    // Exchange forgets an app's roles with its entry, so an app with roles is known, whatever the first answer was.
    let send_as = where_known(!principals.is_empty() || !own.is_empty(), next(outcomes))?;
    Ok(Seen {
        principal: principals.first().map(|row| text(row, "AppId").to_owned()),
        scope: scopes.first().map(|row| text(row, "RecipientFilter").to_owned()),
        assignments: own.iter().map(assignment).collect(),
        within_scope: within.iter().map(assignment).collect(),
        send_as: send_as
            .iter()
            .filter(|row| text(row, "AccessControlType") != "Deny")
            .map(|row| text(row, "Identity").to_owned())
            .collect(),
    })
}

/// Reads what can be left of an app that is gone: its scope, and every role assignment within it, of any app. What it
/// had besides went with it (microsoft-facts §4b).
pub async fn scope_left(exchange: &Exchange<'_>, scope: &str) -> Result<Seen, Error> {
    let [_, get, _, within, _] = seen_cmdlets(ServicePrincipalId(Uuid::nil()), scope);
    let mut outcomes = exchange.run_all(&[get, within]).await?.into_iter();
    let scopes = next_if_there(&mut outcomes)?;
    let within = where_known(!scopes.is_empty(), next(&mut outcomes))?;
    Ok(Seen {
        scope: scopes.first().map(|row| text(row, "RecipientFilter").to_owned()),
        within_scope: within.iter().map(assignment).collect(),
        ..Seen::default()
    })
}

/// Reads all of it in one call, with everything that its scope matches: `filter` is how the scope should be written, and
/// `expected` how many mailboxes it should hold. A scope that is written otherwise takes one call more.
pub async fn seen(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
    filter: &str,
    expected: usize,
) -> Result<(Seen, Option<Census>), Error> {
    let mut cmdlets = seen_cmdlets(principal, scope).to_vec();
    if !filter.is_empty() {
        cmdlets.push(census::preview(filter, expected));
    }
    let mut outcomes = exchange.run_all(&cmdlets).await?.into_iter();
    let seen = seen_of(&mut outcomes)?;
    let census = match &seen.scope {
        None => None,
        Some(stored) if stored == filter => {
            Some(census_of(exchange, outcomes.next(), filter, expected).await?)
        }
        // Exchange may write a filter in its own way; what counts is what the stored one matches.
        Some(stored) => Some(census::of_filter(exchange, stored, expected).await?),
    };
    Ok((seen, census))
}

/// Reads all of it, what some mailboxes are now, and which of the `controls` are seen to hold something, in as few calls as
/// there can be.
pub async fn seen_with(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
    mailboxes: &[MailboxId],
    controls: &[MailboxId],
) -> Result<(Seen, BTreeMap<MailboxId, Standing>, BTreeSet<MailboxId>), Error> {
    let mut cmdlets = seen_cmdlets(principal, scope).to_vec();
    let standing = census::standing_cmdlets(mailboxes);
    let standings = standing.len();
    cmdlets.extend(standing);
    let each = controls.iter().map(MailboxId::to_string);
    cmdlets.extend(each.map(|mailbox| Cmdlet::new("Get-MailboxStatistics").with("Identity", mailbox)));
    let mut outcomes = exchange.run_each(&cmdlets, |_| {}).await?.into_iter();
    let seen = seen_of(&mut outcomes)?;
    let rows: Vec<Vec<Value>> = outcomes.by_ref().take(standings).collect::<Result<_, _>>()?;
    let hold = controls.iter().zip(outcomes);
    let hold = hold.filter(|(_, outcome)| outcome.as_ref().is_ok_and(|rows| rows.iter().any(holds)));
    let hold = hold.map(|(mailbox, _)| *mailbox).collect();
    Ok((seen, census::standing_of(&rows), hold))
}

/// Whether `Get-MailboxStatistics` counts anything in a mailbox, be it an entry of a calendar.
fn holds(row: &Value) -> bool {
    match row.get("ItemCount") {
        Some(Value::Number(count)) => count.as_u64().is_some_and(|count| count > 0),
        Some(Value::String(count)) => count.trim().parse::<u64>().is_ok_and(|count| count > 0),
        _ => false,
    }
}

/// A role assignment of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its name.
    pub name: String,
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// The management scope, empty where it has none and reaches every mailbox. A limit of another kind is told with its
    /// kind, so that a group of a scope's name is never taken for the scope.
    pub scope: String,
    /// The object id of the app that it is given to.
    pub app: String,
}

/// A management scope is a limit of the kind `CustomRecipientScope`, a group one of the kind `Group`: measured by others
/// against live tenants (ehlo-pl/EXORBACforAppManagement, spaarke-dev/spaarke) and in no documentation, so that whatever
/// isn't exactly the first is told as something else. How an administrative unit is told is UNVERIFIED.
fn assignment(row: &Value) -> Assignment {
    let mut names = vec![
        text(row, "CustomResourceScope"),
        text(row, "CustomRecipientWriteScope"),
    ];
    names.retain(|name| !name.is_empty());
    names.dedup();
    let (name, kind) = (names.join(" and "), text(row, "RecipientWriteScope"));
    let scope = match kind.to_ascii_lowercase().as_str() {
        "customrecipientscope" => name,
        "organization" if name.is_empty() => name,
        "group" => format!("the group {name}"),
        "administrativeunit" => format!("the administrative unit {name}"),
        "" => format!("{name}, a limit of a kind that isn't told"),
        _ => format!("{name}, a limit of the kind {kind}"),
    };
    Assignment {
        name: text(row, "Name").to_owned(),
        role: text(row, "Role").to_owned(),
        scope,
        app: text(row, "App").to_owned(),
    }
}

/// What the test cmdlet says of the app on one mailbox, for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// Whether the mailbox is in the role's scope; `None` where the test was not run.
    pub in_scope: Option<bool>,
}

/// What is asked about one mailbox.
#[derive(Clone, Debug)]
pub struct Tested {
    /// What Microsoft's own test says, for each role of the app.
    pub roles: Result<Vec<Authorization>, Error>,
    /// Rights on the mailbox that were given to the app, such as `FullAccess`.
    pub rights: Result<Vec<String>, Error>,
}

fn test_cmdlets(principal: ServicePrincipalId, mailboxes: &[MailboxId]) -> impl Iterator<Item = Cmdlet> {
    mailboxes.iter().flat_map(move |mailbox| {
        let (principal, mailbox) = (principal.to_string(), mailbox.to_string());
        [
            Cmdlet::new("Test-ServicePrincipalAuthorization")
                .with("Identity", principal.as_str())
                .with("Resource", mailbox.as_str()),
            Cmdlet::new("Get-MailboxPermission")
                .with("Identity", mailbox)
                .with("User", principal),
        ]
    })
}

fn tested_of(outcomes: &mut impl Iterator<Item = Rows>, mailboxes: usize, known: bool) -> Vec<Tested> {
    (0..mailboxes)
        .map(|_| Tested {
            roles: next(outcomes).map(|rows| rows.iter().map(authorization).collect()),
            rights: where_known(known, next(outcomes)).and_then(|rows| all_rights(&rows)),
        })
        .collect()
}

/// Lists what a stored filter matches, asks Microsoft's own test, and who was given rights, for several mailboxes, ten
/// questions in a call. The test sees role assignments only, never Entra grants, and passes by the caches
/// (microsoft-facts §4b). `seen` is what Exchange keeps of the app, `expected` how many mailboxes its scope should hold.
pub async fn test(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    seen: &Seen,
    expected: usize,
    mailboxes: &[MailboxId],
    done: impl Fn(usize),
) -> Result<(Option<Census>, Vec<Tested>), Error> {
    let filter = seen.scope.as_deref();
    let mut cmdlets: Vec<Cmdlet> = filter
        .map(|filter| census::preview(filter, expected))
        .into_iter()
        .collect();
    cmdlets.extend(test_cmdlets(principal, mailboxes));
    let mut outcomes = exchange
        .run_each(&cmdlets, |answers| done(answers.saturating_sub(1) / 2))
        .await?
        .into_iter();
    let census = match filter {
        Some(filter) => Some(census_of(exchange, outcomes.next(), filter, expected).await?),
        None => None,
    };
    Ok((census, tested_of(&mut outcomes, mailboxes.len(), seen.known())))
}

/// Reads a limit back whole: what Exchange keeps of it, what the filter that was set matches, and what Microsoft's own
/// test says of each mailbox.
pub async fn read_back(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
    filter: &str,
    mailboxes: &[MailboxId],
) -> Result<(Seen, Census, Vec<Tested>), Error> {
    let mut cmdlets = seen_cmdlets(principal, scope).to_vec();
    cmdlets.push(census::preview(filter, mailboxes.len()));
    cmdlets.extend(test_cmdlets(principal, mailboxes));
    let mut outcomes = exchange.run_each(&cmdlets, |_| {}).await?.into_iter();
    let seen = seen_of(&mut outcomes)?;
    let listed = outcomes.next();
    let census = match &seen.scope {
        // Exchange may write a filter in its own way; what counts is what the stored one matches.
        Some(stored) if stored != filter => census::of_filter(exchange, stored, mailboxes.len()).await?,
        _ => census_of(exchange, listed, filter, mailboxes.len()).await?,
    };
    let tested = tested_of(&mut outcomes, mailboxes.len(), seen.known());
    Ok((seen, census, tested))
}

/// A list inside a batch that has another page is read by itself, page after page.
async fn census_of(
    exchange: &Exchange<'_>,
    outcome: Option<Rows>,
    filter: &str,
    expected: usize,
) -> Result<Census, Error> {
    match outcome {
        Some(Ok(rows)) => Ok(census::of_rows(&rows, expected)),
        Some(Err(Error::Unexpected { .. })) | None => census::of_filter(exchange, filter, expected).await,
        Some(Err(error)) => Err(error),
    }
}

/// The rights in all entries.
pub(super) fn all_rights(rows: &[Value]) -> Result<Vec<String>, Error> {
    let each = rows.iter().map(rights).collect::<Result<Vec<_>, _>>()?;
    Ok(each.concat())
}

/// The rights in one entry; one that denies gives nothing, and one whose rights can't be read fails.
fn rights(row: &Value) -> Result<Vec<String>, Error> {
    if row.get("Deny").and_then(Value::as_bool) == Some(true) {
        return Ok(Vec::new());
    }
    let listed = row.get("AccessRights").and_then(Value::as_array);
    listed
        .filter(|rights| !rights.is_empty())
        .and_then(|rights| {
            rights
                .iter()
                .map(|right| right.as_str().map(str::to_owned))
                .collect()
        })
        .ok_or_else(|| incomplete("Exchange Get-MailboxPermission", "the rights in an entry"))
}

/// `InScope` is a boolean in some answers and a word in others (practice-organisation.md).
fn authorization(row: &Value) -> Authorization {
    let in_scope = match row.get("InScope") {
        Some(Value::Bool(yes)) => Some(*yes),
        Some(Value::String(word)) if word.eq_ignore_ascii_case("true") => Some(true),
        Some(Value::String(word)) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    };
    Authorization {
        role: text(row, "RoleName").to_owned(),
        in_scope,
    }
}

/// The next answer of a batch; one that is missing was not read.
fn next(outcomes: &mut impl Iterator<Item = Rows>) -> Rows {
    outcomes
        .next()
        .unwrap_or_else(|| Err(incomplete("Exchange $batch", "the answers")))
}

/// The next answer, of something whose absence is itself a reason: Exchange answers a missing identity with an error.
fn next_if_there(outcomes: &mut impl Iterator<Item = Rows>) -> Rows {
    where_known(false, next(outcomes))
}

/// What belongs to something that is named in the question. Where that is `known` to be there, "not there" is a stale
/// answer (microsoft-facts §2.11) or one about something else, and would hide what it was asked for; where it is not,
/// nothing can belong to it.
fn where_known(known: bool, outcome: Rows) -> Rows {
    match known {
        true => outcome,
        false => if_there(outcome).map(Option::unwrap_or_default),
    }
}

fn incomplete(call: &str, what: &str) -> Error {
    Error::Unexpected {
        call: call.into(),
        status: 200,
        why: format!("{what} came back incomplete"),
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_scope_is_told_from_what_is_named_like_it() {
        let scope = |kind: Value, resource: Value, write: Value| {
            assignment(
                &json!({ "RecipientWriteScope": kind, "CustomResourceScope": resource, "CustomRecipientWriteScope": write }),
            )
            .scope
        };
        let (name, none) = (json!("Limit"), json!(null));
        for kind in ["CustomRecipientScope", "customrecipientscope"] {
            assert_eq!(scope(json!(kind), name.clone(), name.clone()), "Limit");
            assert_eq!(scope(json!(kind), name.clone(), none.clone()), "Limit");
            assert_eq!(scope(json!(kind), none.clone(), name.clone()), "Limit");
        }
        assert_eq!(scope(json!("Organization"), none.clone(), none.clone()), "");
        assert_eq!(
            scope(json!("Group"), name.clone(), none.clone()),
            "the group Limit"
        );
        for kind in [
            json!("AdministrativeUnit"),
            json!("Organization"),
            json!("Something new"),
            json!(""),
            json!(null),
            json!(7),
        ] {
            assert_ne!(scope(kind.clone(), name.clone(), name.clone()), "Limit", "{kind}");
        }
        // Two names are no answer.
        assert_ne!(scope(json!("CustomRecipientScope"), name, json!("All")), "Limit");
    }

    fn not_there() -> Rows {
        Err(Error::Refused(Box::new(crate::error::Refusal {
            status: 404,
            code: "ManagementObjectNotFoundException".into(),
            ..Default::default()
        })))
    }

    fn batch() -> [Rows; SEEN] {
        [
            Ok(vec![json!({ "AppId": "app" })]),
            Ok(vec![json!({ "RecipientFilter": "filter" })]),
            Ok(vec![
                json!({ "Name": "ours", "Role": "Application Mail.Read", "CustomResourceScope": "scope" }),
            ]),
            Ok(vec![
                json!({ "Name": "ours", "Role": "Application Mail.Read", "CustomResourceScope": "scope" }),
            ]),
            Ok(vec![json!({ "Identity": "hr", "AccessControlType": "Allow" })]),
        ]
    }

    fn look(change: impl FnOnce(&mut [Rows; SEEN])) -> Result<Seen, Error> {
        let mut answers = batch();
        change(&mut answers);
        seen_of(&mut answers.into_iter())
    }

    #[test]
    fn one_stale_answer_in_a_batch_hides_nothing() {
        assert_eq!(look(|_| {}).unwrap().send_as, ["hr"]);
        for at in 2..SEEN {
            assert!(look(|answers| answers[at] = not_there()).is_err(), "{at}");
        }
        // Neither does a second one, on the app's own entry.
        let both = |answers: &mut [Rows; SEEN]| {
            answers[0] = not_there();
            answers[4] = not_there();
        };
        assert!(look(both).is_err());
        assert!(
            seen_of(&mut batch().into_iter().take(4)).is_err(),
            "an answer is missing"
        );
    }

    /// Before anything is made, and after all of it is removed, every identity is missing.
    #[test]
    fn nothing_belongs_to_what_is_not_there() {
        let nothing = look(|answers| *answers = std::array::from_fn(|_| not_there())).unwrap();
        assert_eq!(nothing, Seen::default());
        // The entry was made, the scope wasn't yet.
        let begun = look(|answers| {
            answers[1] = not_there();
            answers[2] = Ok(Vec::new());
            answers[3] = not_there();
            answers[4] = Ok(Vec::new());
        });
        assert_eq!(begun.unwrap().principal.as_deref(), Some("app"));
    }

    #[test]
    fn rights_that_cannot_be_read_are_no_empty_list() {
        let read = |known, outcome: Rows| {
            let answers = [Ok(Vec::new()), outcome];
            let tested = tested_of(&mut answers.into_iter(), 1, known);
            tested.into_iter().next().unwrap().rights
        };
        let entry = |rights: Value| Ok(vec![json!({ "AccessRights": rights, "Deny": false })]);
        assert_eq!(read(true, entry(json!(["FullAccess"]))).unwrap(), ["FullAccess"]);
        for rights in [json!("FullAccess"), json!(null), json!([]), json!([4]), json!({})] {
            assert!(read(true, entry(rights.clone())).is_err(), "{rights}");
        }
        assert!(read(true, not_there()).is_err());
        assert_eq!(read(false, not_there()).unwrap(), Vec::<String>::new());
        let denied = Ok(vec![json!({ "AccessRights": "FullAccess", "Deny": true })]);
        assert_eq!(read(true, denied).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn only_a_count_shows_that_a_mailbox_holds_something() {
        for (row, yes) in [
            (json!({ "ItemCount": 3 }), true),
            (json!({ "ItemCount": "12" }), true),
            (json!({ "ItemCount": 0 }), false),
            (json!({ "ItemCount": null }), false),
            (json!({ "ItemCount": "many" }), false),
            (json!({}), false),
        ] {
            assert_eq!(holds(&row), yes, "{row}");
        }
    }

    #[test]
    fn in_scope_is_read_however_it_is_written() {
        let seen = |value: Value| {
            authorization(&json!({ "RoleName": "Application Mail.Read", "InScope": value })).in_scope
        };
        assert_eq!(seen(json!(true)), Some(true));
        assert_eq!(seen(json!("False")), Some(false));
        assert_eq!(seen(json!("Not Run")), None);
    }
}
