//! Application access policies, the older way to hold an app to its mailboxes (microsoft-facts §4a). They limit only what an app
//! is granted in Entra.

use calls::cmdlet::Cmdlet;
use domain::ids::ClientId;
use serde_json::Value;

use super::{Exchange, text};
use crate::error::Error;

/// A policy about an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Exchange's identity of it.
    pub identity: String,
    /// What the group or the person is called that it is about.
    pub scope: String,
    /// The object id of that.
    pub scope_id: String,
    /// Whether it lets the app into these mailboxes only; otherwise it shuts it out of them.
    pub restricts: bool,
    /// Whether it is about every app, and not about this one by its id.
    pub of_all_apps: bool,
}

/// What stands in the place of an app's id in a policy about every app (microsoft-facts §4a).
const EVERY_APP: &str = "*";

/// Every policy about this app, or about all apps.
///
/// # Errors
/// Whatever Exchange answers.
pub async fn of_app(exchange: &Exchange<'_>, client: ClientId) -> Result<Vec<AccessPolicy>, Error> {
    let rows = exchange.run(&Cmdlet::new("Get-ApplicationAccessPolicy")).await?;
    let client = client.to_string();
    let of_app = |row: &&Value| {
        let app = text(row, "AppId");
        app == EVERY_APP || app.eq_ignore_ascii_case(&client)
    };
    Ok(rows.iter().filter(of_app).map(of).collect())
}

fn of(row: &Value) -> AccessPolicy {
    let identity = text(row, "Identity").to_owned();
    AccessPolicy {
        scope: text(row, "ScopeName").to_owned(),
        // "<tenant>\<app>:<SID>;<object id>"
        scope_id: identity.rsplit(';').next().unwrap_or_default().to_owned(),
        restricts: text(row, "AccessRight") == "RestrictAccess",
        of_all_apps: text(row, "AppId") == EVERY_APP,
        identity,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy_says_which_group_it_is_about() {
        let mut row = json!({
            "AppId": "22222222-0000-0000-0000-000000000000", "ScopeName": "cctr_sec_group", "AccessRight": "RestrictAccess",
            "Identity": "11111111-0000-0000-0000-000000000000\\22222222-0000-0000-0000-000000000000:S-1-5-21-1;33333333-0000-0000-0000-000000000000",
        });
        let policy = of(&row);
        assert_eq!(policy.scope_id, "33333333-0000-0000-0000-000000000000");
        assert_eq!(
            (policy.scope.as_str(), policy.restricts, policy.of_all_apps),
            ("cctr_sec_group", true, false)
        );
        row["AppId"] = "*".into();
        assert!(of(&row).of_all_apps);
    }
}
