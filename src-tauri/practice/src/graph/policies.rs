//! The policies that decide what a wizard may do: app management policies and what they refuse (microsoft-facts
//! §2.6), and the authorization policy (§2.7).

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found};
use super::objects::{any, application};
use super::path::Key;
use super::{body, query, schema};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::graph::{AppManagementPolicy, OBJECTS_AT_MOST};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::KeyCredential;
use crate::people::roles::{APPLICATION_ROLES, GLOBAL_ADMINISTRATOR, Role, role_by_template};
use crate::wire::{Call, Reply};

const READERS: [&str; 3] = [
    "Policy.Read.All",
    "Policy.Read.ApplicationConfiguration",
    "Policy.ReadWrite.ApplicationConfiguration",
];
const WRITERS: [&str; 1] = ["Policy.ReadWrite.ApplicationConfiguration"];
const SECURITY_ADMINISTRATOR: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";

/// Who may write app management policies (microsoft-facts §2.7).
fn writers() -> Vec<Role> {
    let mut roles = vec![GLOBAL_ADMINISTRATOR];
    roles.extend(role_by_template(SECURITY_ADMINISTRATOR));
    roles.extend(APPLICATION_ROLES);
    roles
}

fn may_write(caller: &Caller) -> Result<(), Failure> {
    let may = caller.holds(&WRITERS) && caller.has_role(&writers());
    may.then_some(()).ok_or_else(denied)
}

/// The tenant's policy: as it was written, otherwise as the scenario says.
fn default_policy(organisation: &Organisation) -> Value {
    let restriction = |kind: &str, lifetime: Option<String>| {
        json!({"restrictionType": kind, "state": "enabled", "maxLifetime": lifetime,
            "restrictForAppsCreatedAfterDateTime": "2024-01-01T00:00:00Z"})
    };
    let mut passwords: Vec<Value> = Vec::new();
    if organisation.scenario.secrets_forbidden {
        passwords.push(restriction("passwordAddition", None));
    }
    if let Some(days) = organisation.scenario.secret_days_at_most {
        passwords.push(restriction("passwordLifetime", Some(format!("P{days}D"))));
    }
    let mut policy = json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "deletedDateTime": null,
        "displayName": "Default app management tenant policy",
        "description": "Default tenant policy that enforces app management restrictions on applications and service principals.",
        "isEnabled": !passwords.is_empty(),
        "applicationRestrictions": {"passwordCredentials": passwords, "keyCredentials": []},
        "servicePrincipalRestrictions": {"passwordCredentials": [], "keyCredentials": []},
    });
    for (name, value) in organisation.objects.graph.default_app_policy.iter().flatten() {
        policy[name] = value.clone();
    }
    policy
}

/// `GET /policies/defaultAppManagementPolicy`.
pub(super) fn app_management(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    query::check_names(call, "tenantAppManagementPolicy")?;
    Ok(query::object(
        organisation,
        call,
        200,
        "policies/defaultAppManagementPolicy/$entity",
        default_policy(organisation),
    ))
}

/// `PATCH /policies/defaultAppManagementPolicy`.
pub(super) fn update_app_management(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_write(caller)?;
    let body = writable("tenantAppManagementPolicy", body::object(call)?)?;
    let mut kept = organisation
        .objects
        .graph
        .default_app_policy
        .take()
        .unwrap_or_default();
    kept.extend(body);
    organisation.objects.graph.default_app_policy = Some(kept);
    organisation.touch();
    Ok(Reply::empty(204))
}

fn writable(kind: &str, body: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    let body = schema::checked(kind, body)?;
    match body
        .keys()
        .find(|name| ["id", "deletedDateTime", "appliesTo"].contains(&name.as_str()))
    {
        Some(name) => Err(bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        ))),
        None => Ok(body),
    }
}

/// A policy as Graph shows it.
fn shown(policy: &AppManagementPolicy) -> Value {
    let mut value = json!({"id": policy.id, "deletedDateTime": null, "displayName": null, "description": null,
        "isEnabled": false, "restrictions": null});
    for (name, held) in &policy.writable {
        value[name] = held.clone();
    }
    value
}

fn position(organisation: &Organisation, id: &str) -> Result<usize, Failure> {
    let policies = &organisation.objects.graph.app_policies;
    policies
        .iter()
        .position(|policy| policy.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| not_found(id))
}

/// `GET /policies/appManagementPolicies`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let all = organisation
        .objects
        .graph
        .app_policies
        .iter()
        .map(shown)
        .collect();
    query::directory(
        organisation,
        call,
        "policies/appManagementPolicies",
        "appManagementPolicy",
        all,
    )
}

/// `POST /policies/appManagementPolicies`.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_write(caller)?;
    let body = writable("appManagementPolicy", body::object(call)?)?;
    for required in ["displayName", "restrictions"] {
        if body.get(required).is_none_or(Value::is_null) {
            return Err(bad_request(format!(
                "A value is required for property '{required}' of resource 'AppManagementPolicy'."
            )));
        }
    }
    if organisation.objects.graph.app_policies.len() >= OBJECTS_AT_MOST {
        return Err(super::failure::quota());
    }
    let policy = AppManagementPolicy {
        id: new_id(),
        writable: body,
    };
    let answer = shown(&policy);
    organisation.objects.graph.app_policies.push(policy);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        "policies/appManagementPolicies/$entity",
        answer,
    ))
}

/// `GET /policies/appManagementPolicies/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let policy = &organisation.objects.graph.app_policies[position(organisation, &key.value)?];
    Ok(query::object(
        organisation,
        call,
        200,
        "policies/appManagementPolicies/$entity",
        shown(policy),
    ))
}

/// `PATCH /policies/appManagementPolicies/{id}`.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_write(caller)?;
    let at = position(organisation, &key.value)?;
    let body = writable("appManagementPolicy", body::object(call)?)?;
    organisation.objects.graph.app_policies[at].writable.extend(body);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /policies/appManagementPolicies/{id}`; its assignments go with it.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    may_write(caller)?;
    let at = position(organisation, &key.value)?;
    let removed = organisation.objects.graph.app_policies.remove(at);
    for links in organisation.objects.graph.app_policy_links.values_mut() {
        links.retain(|id| *id != removed.id);
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `GET /policies/appManagementPolicies/{id}/appliesTo`.
pub(super) fn applies_to(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = organisation.objects.graph.app_policies[position(organisation, &key.value)?]
        .id
        .clone();
    let linked = organisation
        .objects
        .graph
        .app_policy_links
        .iter()
        .filter(|(_, policies)| policies.contains(&id));
    let objects = linked
        .filter_map(|(object, _)| any::shown(organisation, object))
        .collect();
    query::directory(organisation, call, "directoryObjects", "", objects)
}

fn application_id(organisation: &Organisation, key: &Key) -> Result<String, Failure> {
    let at = application::find(organisation, key)?;
    Ok(organisation.objects.applications[at].id.clone())
}

/// `GET /applications/{id}/appManagementPolicies`.
pub(super) fn of_application(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let id = application_id(organisation, key)?;
    let links = organisation.objects.graph.app_policy_links.get(&id);
    let policies = organisation.objects.graph.app_policies.iter();
    let linked = policies.filter(|policy| links.is_some_and(|links| links.contains(&policy.id)));
    query::directory(
        organisation,
        call,
        "policies/appManagementPolicies",
        "appManagementPolicy",
        linked.map(shown).collect(),
    )
}

/// `POST /applications/{id}/appManagementPolicies/$ref`. An app has one policy at most.
pub(super) fn link(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_write(caller)?;
    let id = application_id(organisation, key)?;
    let policy = body::reference(call)?;
    let policy = organisation.objects.graph.app_policies[position(organisation, &policy)?]
        .id
        .clone();
    let links = organisation.objects.graph.app_policy_links.entry(id).or_default();
    if links.contains(&policy) {
        return Err(super::failure::duplicate_reference("appManagementPolicies"));
    }
    if !links.is_empty() {
        return Err(bad_request(
            "Only one app management policy can be assigned to an object.",
        ));
    }
    links.push(policy);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /applications/{id}/appManagementPolicies/{policy}/$ref`.
pub(super) fn unlink(organisation: &mut Organisation, caller: &Caller, key: &Key, policy: &Key) -> Answer {
    may_write(caller)?;
    let id = application_id(organisation, key)?;
    let links = organisation.objects.graph.app_policy_links.entry(id).or_default();
    let before = links.len();
    links.retain(|held| !held.eq_ignore_ascii_case(&policy.value));
    if links.len() == before {
        return Err(not_found(&policy.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// Whose credential is judged.
pub(super) struct Subject<'a> {
    /// Object id of the app registration or enterprise application.
    pub(super) id: &'a str,
    pub(super) created: Timestamp,
    pub(super) is_application: bool,
}

/// What kind of credential is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credential {
    Password,
    Certificate,
}

/// Refuses a credential that policy forbids. The policy of the app itself wins over the tenant's.
///
/// # Errors
/// 400 with the codes of microsoft-facts §2.6.
pub(super) fn enforce(
    organisation: &Organisation,
    subject: &Subject<'_>,
    credential: Credential,
    start: Timestamp,
    end: Timestamp,
) -> Result<(), Failure> {
    let (list, addition, lifetime) = match credential {
        Credential::Password => (
            "passwordCredentials",
            Some("passwordAddition"),
            "passwordLifetime",
        ),
        Credential::Certificate => ("keyCredentials", None, "asymmetricKeyLifetime"),
    };
    for restriction in restrictions(organisation, subject, list) {
        // A policy from before `state` existed counts as enabled (microsoft-facts §2.6).
        let disabled = restriction["state"] == "disabled";
        let since = restriction["restrictForAppsCreatedAfterDateTime"]
            .as_str()
            .and_then(|text| text.parse::<Timestamp>().ok());
        if disabled || since.is_some_and(|since| subject.created < since) {
            continue;
        }
        let kind = restriction["restrictionType"].as_str();
        if kind.is_some() && kind == addition {
            return Err(Failure::new(
                400,
                "CredentialTypeNotAllowedAsPerAppPolicy",
                "Credential type is not allowed as per assigned policy.",
            ));
        }
        let longest = restriction["maxLifetime"]
            .as_str()
            .and_then(|text| lasting(start, text));
        if kind == Some(lifetime) && longest.is_some_and(|longest| end > longest) {
            return Err(Failure::new(
                400,
                "CredentialInvalidLifetimeAsPerAppPolicy",
                "Credential lifetime exceeds the max value allowed as per assigned policy.",
            ));
        }
    }
    Ok(())
}

/// Refuses certificates of which policy forbids one.
///
/// # Errors
/// As [`enforce`].
pub(super) fn enforce_for_keys(
    organisation: &Organisation,
    subject: &Subject<'_>,
    keys: &[KeyCredential],
) -> Result<(), Failure> {
    keys.iter()
        .try_for_each(|key| enforce(organisation, subject, Credential::Certificate, key.start, key.end))
}

fn restrictions(organisation: &Organisation, subject: &Subject<'_>, list: &str) -> Vec<Value> {
    let graph = &organisation.objects.graph;
    let own = graph
        .app_policy_links
        .get(subject.id)
        .and_then(|links| {
            graph
                .app_policies
                .iter()
                .find(|policy| links.contains(&policy.id))
        })
        .map(shown);
    let (policy, pointer) = match own {
        Some(policy) => (policy, format!("/restrictions/{list}")),
        None if subject.is_application => (
            default_policy(organisation),
            format!("/applicationRestrictions/{list}"),
        ),
        None => (
            default_policy(organisation),
            format!("/servicePrincipalRestrictions/{list}"),
        ),
    };
    if policy["isEnabled"] != true {
        return Vec::new();
    }
    policy
        .pointer(&pointer)
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

/// The instant that an ISO 8601 duration after `start` ends.
fn lasting(start: Timestamp, duration: &str) -> Option<Timestamp> {
    let span: jiff::Span = duration.parse().ok()?;
    let later = start.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).ok()?;
    Some(later.timestamp())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lifetime_is_read_in_every_spelling() {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
        for (text, end) in [
            ("P180D", "2026-06-30T00:00:00Z"),
            ("P1Y", "2027-01-01T00:00:00Z"),
            ("P6M", "2026-07-01T00:00:00Z"),
            ("P4W", "2026-01-29T00:00:00Z"),
            ("P1DT12H", "2026-01-02T12:00:00Z"),
        ] {
            assert_eq!(lasting(start, text), end.parse().ok(), "{text}");
        }
        assert_eq!(lasting(start, "180"), None);
    }
}
