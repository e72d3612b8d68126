//! RBAC for Applications: the app's service principal in Exchange, a management scope, role assignments
//! (microsoft-facts §4b).

use domain::address::Address;
use domain::ids::{ClientId, ServicePrincipalId};
use domain::permission::Permission;
use serde_json::Value;

use super::cmdlet::{Cmdlet, opath};
use super::{Exchange, text};
use crate::error::Error;

/// The filter that holds exactly these mailboxes. `PrimarySmtpAddress` is a filterable property (microsoft-facts §4b).
pub fn filter(mailboxes: &[Address]) -> String {
    let parts: Vec<String> = mailboxes
        .iter()
        .map(|address| format!("PrimarySmtpAddress -eq {}", opath(address.as_str())))
        .collect();
    parts.join(" -or ")
}

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

/// What takes the limit away again, in the order in which Exchange allows it.
pub fn removal(assignments: &[String], scope: &str, principal: ServicePrincipalId) -> Vec<Cmdlet> {
    let mut cmdlets: Vec<Cmdlet> = assignments
        .iter()
        .map(|name| {
            Cmdlet::new("Remove-ManagementRoleAssignment")
                .with("Identity", name.as_str())
                .with("Confirm", false)
        })
        .collect();
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

/// Whether Exchange knows the app.
pub async fn knows(exchange: &Exchange<'_>, principal: ServicePrincipalId) -> Result<bool, Error> {
    found(
        exchange
            .run(&Cmdlet::new("Get-ServicePrincipal").with("Identity", principal.to_string()))
            .await,
    )
    .map(|rows| !rows.is_empty())
}

/// The filter of a scope, where the scope exists.
pub async fn scope_filter(exchange: &Exchange<'_>, name: &str) -> Result<Option<String>, Error> {
    let rows = found(
        exchange
            .run(&Cmdlet::new("Get-ManagementScope").with("Identity", name))
            .await,
    )?;
    Ok(rows.first().map(|row| text(row, "RecipientFilter").to_owned()))
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
}

/// Every role assignment of the app.
pub async fn assignments(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
) -> Result<Vec<Assignment>, Error> {
    let rows = found(
        exchange
            .run(&Cmdlet::new("Get-ManagementRoleAssignment").with("RoleAssignee", principal.to_string()))
            .await,
    )?;
    Ok(rows
        .iter()
        .map(|row| Assignment {
            name: text(row, "Name").to_owned(),
            role: text(row, "Role").to_owned(),
            scope: text(row, "CustomResourceScope").to_owned(),
        })
        .collect())
}

/// What the test cmdlet says of the app on one mailbox, for each role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// Whether the mailbox is in the role's scope; `None` where the test was not run.
    pub in_scope: Option<bool>,
}

/// Asks Microsoft's own test for several mailboxes in one call. It sees role assignments only, never Entra grants, and
/// passes by the caches (microsoft-facts §4b).
pub async fn test(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    mailboxes: &[Address],
) -> Result<Vec<Result<Vec<Authorization>, Error>>, Error> {
    let mut outcomes = Vec::new();
    for chunk in mailboxes.chunks(10) {
        let cmdlets: Vec<Cmdlet> = chunk
            .iter()
            .map(|mailbox| {
                Cmdlet::new("Test-ServicePrincipalAuthorization")
                    .with("Identity", principal.to_string())
                    .with("Resource", mailbox.as_str())
            })
            .collect();
        for outcome in exchange.run_all(&cmdlets).await? {
            outcomes.push(outcome.map(|rows| rows.iter().map(authorization).collect()));
        }
    }
    Ok(outcomes)
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
        Err(error) if error.status() == Some(404) || error.code() == "ManagementObjectNotFoundException" => {
            Ok(Vec::new())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_apostrophe_cannot_widen_the_scope() {
        let addresses = [
            Address::parse("o'brien@contoso.example").unwrap(),
            Address::parse("a@bücher.example").unwrap(),
        ];
        assert_eq!(
            filter(&addresses),
            "PrimarySmtpAddress -eq 'o''brien@contoso.example' -or PrimarySmtpAddress -eq 'a@bücher.example'"
        );
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
