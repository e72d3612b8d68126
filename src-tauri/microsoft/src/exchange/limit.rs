//! RBAC for Applications: the app's service principal in Exchange, a management scope, role assignments
//! (microsoft-facts §4b).

use domain::ids::{ClientId, MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use serde_json::Value;

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

/// What takes the limit away again, in the order in which Exchange allows it.
pub fn removal(assignments: &[String], scope: &str, principal: ServicePrincipalId) -> Vec<Cmdlet> {
    let mut cmdlets: Vec<Cmdlet> = assignments.iter().map(|name| remove_assignment(name)).collect();
    cmdlets.push(
        Cmdlet::new("Remove-ManagementScope")
            .with("Identity", scope)
            .with("Confirm", false),
    );
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
}

/// Reads all of it in one call.
pub async fn seen(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    scope: &str,
) -> Result<Seen, Error> {
    let cmdlets = [
        Cmdlet::new("Get-ServicePrincipal").with("Identity", principal.to_string()),
        Cmdlet::new("Get-ManagementScope").with("Identity", scope),
        Cmdlet::new("Get-ManagementRoleAssignment").with("RoleAssignee", principal.to_string()),
        Cmdlet::new("Get-ManagementRoleAssignment").with("CustomRecipientWriteScope", scope),
    ];
    let mut outcomes = exchange.run_all(&cmdlets).await?.into_iter();
    let mut next = || found(outcomes.next().unwrap_or_else(|| Ok(Vec::new())));
    let (principals, scopes) = (next()?, next()?);
    let (own, within) = (next()?, next()?);
    Ok(Seen {
        principal: principals.first().map(|row| text(row, "AppId").to_owned()),
        scope: scopes.first().map(|row| text(row, "RecipientFilter").to_owned()),
        assignments: own.iter().map(assignment).collect(),
        within_scope: within.iter().map(assignment).collect(),
    })
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
    /// Whether there is a mailbox behind the object: asked for controls only, whose refusal proves nothing without.
    pub exists: Option<Result<bool, Error>>,
}

/// Asks Microsoft's own test, and who was given rights, for several mailboxes, many in one call. The test sees role
/// assignments only, never Entra grants, and passes by the caches (microsoft-facts §4b). `controls` says for each
/// mailbox whether it is a control.
pub async fn test(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    mailboxes: &[(MailboxId, bool)],
    done: impl Fn(usize),
) -> Result<Vec<Tested>, Error> {
    let cmdlets: Vec<Cmdlet> = mailboxes
        .iter()
        .flat_map(|(mailbox, control)| {
            let mailbox = mailbox.to_string();
            let test = Cmdlet::new("Test-ServicePrincipalAuthorization")
                .with("Identity", principal.to_string())
                .with("Resource", mailbox.as_str());
            let rights = Cmdlet::new("Get-MailboxPermission")
                .with("Identity", mailbox.as_str())
                .with("User", principal.to_string());
            let exists =
                control.then(|| Cmdlet::new("Get-MailboxStatistics").with("Identity", mailbox.as_str()));
            [test, rights].into_iter().chain(exists)
        })
        .collect();
    // Two or three questions to a mailbox, so a mailbox is done when its share of the answers is there.
    let questions = cmdlets.len().max(1);
    let mut outcomes = exchange
        .run_each(&cmdlets, |answers| done(answers * mailboxes.len() / questions))
        .await?
        .into_iter();
    let mut next = || outcomes.next().unwrap_or_else(|| Ok(Vec::new()));
    Ok(mailboxes
        .iter()
        .map(|(_, control)| Tested {
            roles: next().map(|rows| rows.iter().map(authorization).collect()),
            rights: found(next()).map(|rows| rows.iter().flat_map(rights).collect()),
            exists: control.then(|| found(next()).map(|rows| !rows.is_empty())),
        })
        .collect())
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
