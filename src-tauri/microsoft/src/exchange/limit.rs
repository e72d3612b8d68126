//! RBAC for Applications: the app's service principal in Exchange, a management scope, role assignments
//! (microsoft-facts §4b).

use std::collections::BTreeMap;

use domain::ids::{ClientId, MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use serde_json::Value;
use uuid::Uuid;

use super::census::{self, Census, Standing};
use super::cmdlet::Cmdlet;
use super::{Exchange, text};
use crate::error::Error;

/// Makes the app known to Exchange. It wants the service principal's object id, not the registration's.
pub fn new_service_principal(client: ClientId, principal: ServicePrincipalId, name: &str) -> Cmdlet {
    Cmdlet::new("New-ServicePrincipal")
        .with("AppId", client.to_string())
        .with("ObjectId", principal.to_string())
        .with("DisplayName", name)
}

/// Creates the scope.
pub fn new_scope(name: &str, filter: &str) -> Cmdlet {
    Cmdlet::new("New-ManagementScope")
        .with("Name", name)
        .with("RecipientRestrictionFilter", filter)
}

/// Changes which mailboxes the scope holds.
pub fn set_scope(name: &str, filter: &str) -> Cmdlet {
    Cmdlet::new("Set-ManagementScope")
        .with("Identity", name)
        .with("RecipientRestrictionFilter", filter)
}

/// Assigns a role within the scope.
pub fn new_assignment(
    name: &str,
    principal: ServicePrincipalId,
    permission: Permission,
    scope: &str,
) -> Cmdlet {
    Cmdlet::new("New-ManagementRoleAssignment")
        .with("Name", name)
        .with("App", principal.to_string())
        .with("Role", permission.exchange_role())
        .with("CustomResourceScope", scope)
}

/// Takes a role away.
pub fn remove_assignment(name: &str) -> Cmdlet {
    Cmdlet::new("Remove-ManagementRoleAssignment")
        .with("Identity", name)
        .with("Confirm", false)
}

/// Removes a scope.
pub fn remove_scope(scope: &str) -> Cmdlet {
    Cmdlet::new("Remove-ManagementScope")
        .with("Identity", scope)
        .with("Confirm", false)
}

/// What takes the limit away again, in the order in which Exchange allows it.
pub fn removal(assignments: &[String], scope: &str, principal: ServicePrincipalId) -> Vec<Cmdlet> {
    let mut cmdlets: Vec<Cmdlet> = assignments.iter().map(|name| remove_assignment(name)).collect();
    cmdlets.push(remove_scope(scope));
    cmdlets.push(
        Cmdlet::new("Remove-ServicePrincipal")
            .with("Identity", principal.to_string())
            .with("Confirm", false),
    );
    cmdlets
}

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
    let mut next = || found(outcomes.next().unwrap_or_else(|| Ok(Vec::new())));
    let (principals, scopes) = (next()?, next()?);
    let (own, within) = (next()?, next()?);
    let send_as = next()?;
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

/// Whether a scope is there, and every role assignment within it, of any app. For a scope whose app is gone.
pub async fn scope_left(exchange: &Exchange<'_>, scope: &str) -> Result<(bool, Vec<Assignment>), Error> {
    let [_, get, _, within, _] = seen_cmdlets(ServicePrincipalId(Uuid::nil()), scope);
    let mut outcomes = exchange.run_all(&[get, within]).await?.into_iter();
    let mut next = || outcomes.next().unwrap_or_else(|| Ok(Vec::new()));
    let there = !found(next())?.is_empty();
    let within = match next() {
        Err(error) if error.not_there() && !there => Vec::new(),
        other => other?,
    };
    Ok((there, within.iter().map(assignment).collect()))
}

/// Reads all of it in one call.
pub async fn seen(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
) -> Result<Seen, Error> {
    let outcomes = exchange.run_all(&seen_cmdlets(principal, scope)).await?;
    seen_of(&mut outcomes.into_iter())
}

/// Reads all of it, and what some mailboxes are now, in as few calls as there can be.
pub async fn seen_with(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
    mailboxes: &[MailboxId],
) -> Result<(Seen, BTreeMap<MailboxId, Standing>), Error> {
    let mut cmdlets = seen_cmdlets(principal, scope).to_vec();
    cmdlets.extend(census::standing_cmdlets(mailboxes));
    let mut outcomes = exchange.run_each(&cmdlets, |_| {}).await?.into_iter();
    let seen = seen_of(&mut outcomes)?;
    let rows: Vec<Vec<Value>> = outcomes.collect::<Result<_, _>>()?;
    Ok((seen, census::standing_of(&rows)))
}

/// A role assignment of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its name.
    pub name: String,
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// The scope, empty where it has none and reaches every mailbox.
    pub scope: String,
    /// The object id of the app that it is given to.
    pub app: String,
}

fn assignment(row: &Value) -> Assignment {
    let limited = ["CustomResourceScope", "CustomRecipientWriteScope"]
        .into_iter()
        .map(|field| text(row, field))
        .find(|scope| !scope.is_empty());
    Assignment {
        name: text(row, "Name").to_owned(),
        role: text(row, "Role").to_owned(),
        scope: limited.unwrap_or_default().to_owned(),
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

fn tested_of(outcomes: &mut impl Iterator<Item = Rows>, mailboxes: usize) -> Vec<Tested> {
    let mut next = || outcomes.next().unwrap_or_else(|| Ok(Vec::new()));
    (0..mailboxes)
        .map(|_| Tested {
            roles: next().map(|rows| rows.iter().map(authorization).collect()),
            rights: found(next()).map(|rows| rows.iter().flat_map(rights).collect()),
        })
        .collect()
}

/// Lists what a stored filter matches, asks Microsoft's own test, and who was given rights, for several mailboxes, ten
/// questions in a call. The test sees role assignments only, never Entra grants, and passes by the caches
/// (microsoft-facts §4b). `expected` is how many mailboxes the filter should match.
pub async fn test(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    filter: Option<&str>,
    expected: usize,
    mailboxes: &[MailboxId],
    done: impl Fn(usize),
) -> Result<(Option<Census>, Vec<Tested>), Error> {
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
    Ok((census, tested_of(&mut outcomes, mailboxes.len())))
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
    Ok((seen, census, tested_of(&mut outcomes, mailboxes.len())))
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

/// The rights in one entry; one that denies gives nothing.
fn rights(row: &Value) -> Vec<String> {
    if row.get("Deny").and_then(Value::as_bool) == Some(true) {
        return Vec::new();
    }
    let listed = row.get("AccessRights").and_then(Value::as_array);
    listed
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
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

/// Nothing there is an empty list: Exchange answers a missing identity with an error.
fn found(outcome: Result<Vec<Value>, Error>) -> Result<Vec<Value>, Error> {
    match outcome {
        Err(error) if error.not_there() => Ok(Vec::new()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

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
