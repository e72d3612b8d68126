//! Who is signed in, where, with which roles, and under which policies. Reading only.

use domain::ids::{TenantId, UserId};
use domain::secret::Secret;
use domain::text::one_line;
use serde::Deserialize;
use serde_json::Value;

use super::{GraphCall, escaped, read, read_batch};
use crate::error::Error;
use crate::http::Http;

/// The signed-in admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Object id.
    pub id: UserId,
    /// Display name.
    pub name: String,
    /// User principal name.
    pub user_name: String,
}

/// Reads who is signed in (microsoft-facts §2.8).
pub async fn me(http: &Http, token: &Secret) -> Result<Me, Error> {
    let body: Value = read(http, token, GraphCall::get("GET /me", ME)).await?;
    who(&body).ok_or_else(|| shape("GET /me"))
}

/// How many characters of a display name are taken over.
const LONGEST_NAME: usize = 256;

const ME: &str = "me?$select=id,userPrincipalName,displayName";

fn who(body: &Value) -> Option<Me> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Wire {
        id: UserId,
        display_name: Option<String>,
        user_principal_name: String,
    }
    let wire = Wire::deserialize(body).ok()?;
    Some(Me {
        id: wire.id,
        name: wire
            .display_name
            .map(|name| one_line(&name, LONGEST_NAME))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| wire.user_principal_name.clone()),
        user_name: wire.user_principal_name,
    })
}

fn shape(call: &str) -> Error {
    Error::Unexpected {
        call: call.to_owned(),
        status: 200,
        why: "the answer does not have the shape that Microsoft documents".into(),
        request_id: None,
    }
}

/// What the credential policy says about secrets (microsoft-facts §2.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecretPolicy {
    /// No secret may be added.
    pub forbidden: bool,
    /// The longest life in days, where there is a limit.
    pub longest_days: Option<i32>,
    /// The longest life of a certificate in days, where there is one.
    pub longest_certificate_days: Option<i32>,
    /// Whether certificates are restricted otherwise than in their life, so that one which is signed by its own key may be
    /// refused. Such a restriction is `trustedCertificateAuthority` (Microsoft's identity blog of 9 November 2023). Graph's
    /// v1.0 lists no name for it, and tells what it has no name for as `unknownFutureValue`.
    pub restricts_certificates: bool,
}

/// What the pre-flight reads. A part that could not be read carries its error; one that the token isn't good for is not
/// An app registration by its display name and its unique name.
pub type NamedApp = (String, Option<String>);

/// asked, and `None`.
pub struct Survey {
    /// Who is signed in.
    pub me: Result<Me, Error>,
    /// The organisation: tenant id, name, default domain.
    pub organisation: Result<(TenantId, String, String), Error>,
    /// Template ids of the active directory roles.
    pub roles: Option<Result<Vec<String>, Error>>,
    /// The credential policy.
    pub secrets: Option<Result<SecretPolicy, Error>>,
    /// Whether ordinary users may create app registrations.
    pub users_may_create_apps: Option<Result<bool, Error>>,
    /// Display name and unique name of the app registrations, at most 999.
    pub apps: Option<Result<Vec<NamedApp>, Error>>,
}

/// Reads everything that the pre-flight needs in one call. `good_for` says whether the token has one of these scopes.
pub async fn survey(
    http: &Http,
    token: &Secret,
    good_for: impl Fn(&[&str]) -> bool,
) -> Result<Survey, Error> {
    const ROLES: &str = "GET /me/transitiveMemberOf/microsoft.graph.directoryRole";
    const SECRETS: &str = "GET /policies/defaultAppManagementPolicy";
    const USERS: &str = "GET /policies/authorizationPolicy";
    const APPS: &str = "GET /applications";
    let mut parts = vec![
        ("GET /me", ME.to_owned()),
        (
            "GET /organization",
            "organization?$select=id,displayName,verifiedDomains".to_owned(),
        ),
    ];
    // Without a scope that shows roles, Graph lists them without saying which they are (microsoft-facts §2.8).
    if good_for(&["RoleManagement.Read.Directory"]) {
        parts.push((ROLES, "me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true".to_owned()));
    }
    if good_for(&["Policy.Read.All"]) {
        parts.push((SECRETS, "policies/defaultAppManagementPolicy".to_owned()));
        parts.push((USERS, "policies/authorizationPolicy".to_owned()));
    }
    if good_for(&["Application.Read.All", "Application.ReadWrite.All"]) {
        parts.push((
            APPS,
            format!(
                "applications?$select={}&$top=999",
                escaped("id,appId,displayName,uniqueName")
            ),
        ));
    }
    let outcomes = read_batch(http, token, "POST /$batch (pre-flight)", &parts).await?;
    let mut outcomes: Vec<(&str, Result<Value, Error>)> =
        parts.iter().map(|(call, _)| *call).zip(outcomes).collect();
    let mut of = |wanted: &str| {
        let place = outcomes.iter().position(|(call, _)| *call == wanted)?;
        Some(outcomes.swap_remove(place).1)
    };
    let missing = |call: &str| Err(shape(call));
    Ok(Survey {
        me: of("GET /me")
            .unwrap_or_else(|| missing("GET /me"))
            .and_then(|body| who(&body).ok_or_else(|| shape("GET /me"))),
        organisation: of("GET /organization")
            .unwrap_or_else(|| missing("GET /organization"))
            .and_then(|body| organisation(&body).ok_or_else(|| shape("GET /organization"))),
        roles: of(ROLES)
            .map(|read| read.and_then(|body| strings(&body, "roleTemplateId").ok_or_else(|| shape(ROLES)))),
        secrets: of(SECRETS).map(|read| read.map(|body| secret_policy(&body))),
        users_may_create_apps: of(USERS).map(|read| {
            read.and_then(|body| {
                body.pointer("/defaultUserRolePermissions/allowedToCreateApps")
                    .and_then(Value::as_bool)
                    .ok_or_else(|| shape(USERS))
            })
        }),
        apps: of(APPS).map(|read| read.and_then(|body| apps(&body).ok_or_else(|| shape(APPS)))),
    })
}

fn organisation(body: &Value) -> Option<(TenantId, String, String)> {
    let first = body.pointer("/value/0")?;
    let domains = first.get("verifiedDomains")?.as_array()?;
    let default = domains
        .iter()
        .find(|domain| domain.get("isDefault").and_then(Value::as_bool) == Some(true))
        .or(domains.first())?;
    Some((
        first.get("id")?.as_str()?.parse().ok()?,
        one_line(first.get("displayName")?.as_str()?, LONGEST_NAME),
        default.get("name")?.as_str()?.to_owned(),
    ))
}

fn strings(body: &Value, field: &str) -> Option<Vec<String>> {
    let values = body.get("value")?.as_array()?;
    Some(
        values
            .iter()
            .filter_map(|value| value.get(field)?.as_str().map(str::to_owned))
            .collect(),
    )
}

fn apps(body: &Value) -> Option<Vec<(String, Option<String>)>> {
    let values = body.get("value")?.as_array()?;
    let text = |value: &Value, field: &str| value.get(field).and_then(Value::as_str).map(str::to_owned);
    Some(
        values
            .iter()
            .map(|value| {
                (
                    text(value, "displayName").unwrap_or_default(),
                    text(value, "uniqueName"),
                )
            })
            .collect(),
    )
}

/// A restriction counts when the policy is on and its state isn't `disabled`; older policies carry no state
/// (microsoft-facts §2.6).
fn secret_policy(body: &Value) -> SecretPolicy {
    let mut policy = SecretPolicy::default();
    if body.get("isEnabled").and_then(Value::as_bool) != Some(true) {
        return policy;
    }
    let of = |field: &str| {
        let list = body.pointer(&format!("/applicationRestrictions/{field}"));
        list.and_then(Value::as_array).into_iter().flatten()
    };
    let passwords = of("passwordCredentials").map(|one| (one, false));
    for (restriction, of_certificates) in passwords.chain(of("keyCredentials").map(|one| (one, true))) {
        let text = |field: &str| restriction.get(field).and_then(Value::as_str);
        if text("state") == Some("disabled") {
            continue;
        }
        match text("restrictionType") {
            Some("passwordAddition") => policy.forbidden = true,
            Some("passwordLifetime") => {
                let days = text("maxLifetime").and_then(days);
                policy.longest_days = [policy.longest_days, days].into_iter().flatten().min();
            }
            Some("asymmetricKeyLifetime") => {
                let days = text("maxLifetime").and_then(days);
                let before = policy.longest_certificate_days;
                policy.longest_certificate_days = [before, days].into_iter().flatten().min();
            }
            _ => policy.restricts_certificates |= of_certificates,
        }
    }
    policy
}

/// The days of an ISO 8601 duration; a month counts as 30 days, so that we never ask for more than is allowed.
fn days(duration: &str) -> Option<i32> {
    let span: jiff::Span = duration.parse().ok()?;
    let hours = i64::from(span.get_hours()) / 24;
    i32::try_from(hours)
        .ok()?
        .checked_add(span.get_days())?
        .checked_add(span.get_weeks() * 7)?
        .checked_add(span.get_months() * 30)?
        .checked_add(i32::from(span.get_years()) * 365)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_taken_over_as_one_line_of_what_can_be_seen() {
        let body = json!({ "value": [{
            "id": "2f6d1c1e-8a35-4a5e-9d0b-52f6a7c0d111",
            "displayName": "Con\u{202e}toso\u{2028}Ltd\r\n",
            "verifiedDomains": [{ "name": "contoso.example", "isDefault": true }],
        }]});
        assert_eq!(organisation(&body).unwrap().1, "Contoso Ltd");
        let named = |name: &str| {
            let body = json!({
                "id": "2f6d1c1e-8a35-4a5e-9d0b-52f6a7c0d111",
                "displayName": name,
                "userPrincipalName": "ada@contoso.example",
            });
            who(&body).unwrap().name
        };
        assert_eq!(named("Ada\u{85}Example"), "Ada Example");
        assert_eq!(named("\u{200b} "), "ada@contoso.example");
    }

    #[test]
    fn the_shortest_limit_counts() {
        let policy = secret_policy(
            &json!({ "isEnabled": true, "applicationRestrictions": { "passwordCredentials": [
                { "restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P1Y" },
                { "restrictionType": "passwordLifetime", "maxLifetime": "P180D" },
                { "restrictionType": "passwordAddition", "state": "disabled" },
            ], "keyCredentials": [
                { "restrictionType": "asymmetricKeyLifetime", "state": "enabled", "maxLifetime": "P90D" },
                { "restrictionType": "unknownFutureValue", "state": "enabled" },
            ]}}),
        );
        assert_eq!(
            policy,
            SecretPolicy {
                forbidden: false,
                longest_days: Some(180),
                longest_certificate_days: Some(90),
                restricts_certificates: true,
            }
        );
    }

    #[test]
    fn a_policy_that_is_off_limits_nothing() {
        let policy = secret_policy(
            &json!({ "isEnabled": false, "applicationRestrictions": { "passwordCredentials": [
            { "restrictionType": "passwordAddition", "state": "enabled" } ]}}),
        );
        assert_eq!(policy, SecretPolicy::default());
    }

    #[test]
    fn durations_are_read_carefully() {
        assert_eq!(days("P180D"), Some(180));
        assert_eq!(days("P2Y"), Some(730));
        assert_eq!(days("P6M"), Some(180));
        assert_eq!(days("PT4320H"), Some(180));
        assert_eq!(days("soon"), None);
    }
}
