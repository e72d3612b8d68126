//! The policies that decide what a wizard may do (microsoft-facts §2.6 and §2.7).

use serde_json::{Value, json};

use super::failure::{Answer, denied};
use super::query;
use crate::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::Call;

const READERS: [&str; 2] = ["Policy.Read.All", "Policy.ReadWrite.ApplicationConfiguration"];

/// `GET /policies/defaultAppManagementPolicy`.
pub(super) fn app_management(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let since = "2024-01-01T00:00:00Z";
    let restriction = |kind: &str, lifetime: Option<String>| {
        json!({"restrictionType": kind, "state": "enabled", "maxLifetime": lifetime,
            "restrictForAppsCreatedAfterDateTime": since})
    };
    let mut passwords: Vec<Value> = Vec::new();
    if organisation.scenario.secrets_forbidden {
        passwords.push(restriction("passwordAddition", None));
    }
    if let Some(days) = organisation.scenario.secret_days_at_most {
        passwords.push(restriction("passwordLifetime", Some(format!("P{days}D"))));
    }
    let policy = json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "deletedDateTime": null,
        "displayName": "Default app management tenant policy",
        "description": "Default tenant policy that enforces app management restrictions on applications and service principals.",
        "isEnabled": !passwords.is_empty(),
        "applicationRestrictions": {"passwordCredentials": passwords, "keyCredentials": []},
        "servicePrincipalRestrictions": {"passwordCredentials": [], "keyCredentials": []},
    });
    Ok(query::object(
        organisation,
        call,
        200,
        "policies/defaultAppManagementPolicy/$entity",
        policy,
    ))
}

/// `GET /policies/authorizationPolicy`.
pub(super) fn authorization(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let policy = json!({
        "id": "authorizationPolicy",
        "deletedDateTime": null,
        "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "allowInvitesFrom": "adminsAndGuestInviters",
        "allowedToSignUpEmailBasedSubscriptions": true,
        "allowedToUseSSPR": true,
        "allowEmailVerifiedUsersToJoinOrganization": false,
        "blockMsolPowerShell": true,
        "guestUserRoleId": "2af84b1e-32c8-42b7-82bc-daa82404023b",
        "defaultUserRolePermissions": {
            "allowedToCreateApps": organisation.scenario.users_may_create_apps,
            "allowedToCreateSecurityGroups": true,
            "allowedToCreateTenants": false,
            "allowedToReadBitlockerKeysForOwnedDevice": true,
            "allowedToReadOtherUsers": true,
            "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForSelf.microsoft-user-default-low"],
        },
    });
    Ok(query::object(
        organisation,
        call,
        200,
        "policies/authorizationPolicy/$entity",
        policy,
    ))
}
