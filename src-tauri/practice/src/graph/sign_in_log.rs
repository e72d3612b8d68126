//! The log of the apps' sign-ins as Graph shows it: `GET /auditLogs/signIns`, in beta only, because the field that names
//! the key isn't in v1.0.
//!
//! Microsoft's pages `signin-list` and `signin` (beta) say: newest first, 1,000 on a page at most and by default; the
//! permissions `AuditLog.Read.All` and `Directory.Read.All` together; one of six directory roles; a licence of Entra ID P1
//! or P2; interactive sign-ins of people alone, unless `signInEventTypes` is filtered for. `docs/sign-in-log.md` has the
//! sources, and what of it nobody checked.

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::filter::Filter;
use super::query;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::sign_ins::log::AppSignIn;
use crate::people::roles::SIGN_IN_LOG_ROLES;
use crate::wire::Call;

const PERMISSIONS: [&[&str]; 2] = [
    &["AuditLog.Read.All"],
    &["Directory.Read.All", "Directory.ReadWrite.All"],
];
/// The largest page, and the page of whoever asks for none.
const PAGE: usize = 1_000;
/// What can be filtered for as a whole, as the page of the type says.
const EQUAL: [&str; 10] = [
    "id",
    "appId",
    "appDisplayName",
    "conditionalAccessStatus",
    "correlationId",
    "createdDateTime",
    "ipAddress",
    "resourceId",
    "servicePrincipalId",
    "status/errorCode",
];
/// What can be filtered for by its beginning.
const BEGINS: [&str; 3] = ["appDisplayName", "ipAddress", "servicePrincipalId"];

/// `GET /auditLogs/signIns`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(organisation, caller)?;
    let filter = filter(call)?;
    let descending = match query::option(call, "$orderby") {
        None => true,
        Some(order) => match order.split_whitespace().collect::<Vec<_>>()[..] {
            ["createdDateTime"] | ["createdDateTime", "asc"] => false,
            ["createdDateTime", "desc"] => true,
            _ => return Err(unsupported("$orderby", order)),
        },
    };
    let (start, top) = page(call)?;
    // Without a filter for the kind of sign-in these are people's in a browser, and none of them is written down here.
    let apps = filter.as_ref().is_some_and(names_the_kind);
    let mut found: Vec<Value> = (organisation.sign_ins.log)
        .shown(organisation.clock.now())
        .filter(|_| apps)
        .map(|entry| json_of(organisation, entry))
        .filter(|entry| {
            let property = |name: &str| entry.get(name).cloned().unwrap_or_default();
            filter.as_ref().is_none_or(|filter| filter.matches(&property))
        })
        .collect();
    if !descending {
        found.reverse();
    }
    let count = found.len();
    let page = found.into_iter().skip(start).take(top).collect();
    Ok(query::paged(
        organisation,
        call,
        "auditLogs/signIns",
        count,
        start,
        page,
    ))
}

/// The order of the three is UNVERIFIED, and so is what is answered where `Directory.Read.All` alone is missing.
fn may_read(organisation: &Organisation, caller: &Caller) -> Result<(), Failure> {
    let refused = |code: &str, message: String| Err(Failure::new(403, code, message));
    for permissions in PERMISSIONS {
        if !caller.holds(permissions) {
            return refused(
                "Authentication_MSGraphPermissionMissing",
                format!(
                    "Calling principal does not have required MSGraph permissions {}",
                    permissions[0]
                ),
            );
        }
    }
    if !caller.has_role(&SIGN_IN_LOG_ROLES) {
        return refused(
            "Authentication_RequestFromUnsupportedUserRole",
            "User is not in the allowed roles".into(),
        );
    }
    if organisation.scenario.premium_missing {
        return refused(
            "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
            "Neither tenant is B2C or tenant doesn't have premium license".into(),
        );
    }
    Ok(())
}

fn page(call: &Call) -> Result<(usize, usize), Failure> {
    let top = match query::option(call, "$top") {
        None => PAGE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|top| (1..=PAGE).contains(top))
            .ok_or_else(|| unsupported("$top", text))?,
    };
    let start = match query::option(call, "$skiptoken") {
        None => 0,
        Some(token) => token
            .strip_prefix("practice-")
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| unsupported("$skiptoken", token))?,
    };
    Ok((start, top))
}

/// The filter, where it asks for nothing that can't be filtered for.
fn filter(call: &Call) -> Result<Option<Filter>, Failure> {
    let Some(text) = query::option(call, "$filter") else {
        return Ok(None);
    };
    match Filter::parse(text).filter(can_be_filtered) {
        Some(filter) => Ok(Some(filter)),
        None => Err(unsupported("$filter", text)),
    }
}

fn can_be_filtered(filter: &Filter) -> bool {
    match filter {
        Filter::And(left, right) | Filter::Or(left, right) => can_be_filtered(left) && can_be_filtered(right),
        Filter::Equal(name, _) => EQUAL.contains(&name.as_str()),
        Filter::Compare(name, ..) => name == "createdDateTime",
        Filter::StartsWith(name, _) => BEGINS.contains(&name.as_str()),
        Filter::Any(name, _) => name == "signInEventTypes",
        Filter::Not(_) | Filter::EndsWith(..) | Filter::Contains(..) | Filter::All(..) => false,
    }
}

fn names_the_kind(filter: &Filter) -> bool {
    match filter {
        Filter::And(left, right) | Filter::Or(left, right) => names_the_kind(left) || names_the_kind(right),
        Filter::Any(name, _) => name == "signInEventTypes",
        _ => false,
    }
}

/// Microsoft's words for these are UNVERIFIED.
fn unsupported(option: &str, text: &str) -> Failure {
    Failure::new(400, "BadRequest", format!("Invalid {option}: '{text}'."))
}

/// One entry. What only people's sign-ins have is empty, as the examples of Microsoft's page have what doesn't apply.
fn json_of(organisation: &Organisation, entry: &AppSignIn) -> Value {
    let tenant = &organisation.objects.tenant_id;
    let (api, api_name) = entry.api.clone().unzip();
    let api_principal = (api.as_deref())
        .and_then(|id| organisation.objects.service_principal_by_app_id(id))
        .map(|principal| &principal.id);
    let (code, reason) = entry.refused.clone().unzip();
    let thumbprint = entry.presented.as_ref().and_then(|held| held.thumbprint.clone());
    let kind = match &entry.presented {
        None => "none",
        Some(_) if thumbprint.is_some() => "certificate",
        Some(_) => "clientSecret",
    };
    let mut shown = json!({
        "id": entry.id.to_string(),
        "createdDateTime": crate::clock::graph_time(entry.at),
        "userDisplayName": null,
        "userPrincipalName": null,
        "userId": "",
        "appId": entry.app_id,
        "appDisplayName": entry.app_name,
        "ipAddress": "127.0.0.1",
        "clientAppUsed": "",
        "userAgent": entry.user_agent,
        "correlationId": entry.correlation.to_string(),
        "conditionalAccessStatus": "notApplied",
        "isInteractive": false,
        "riskDetail": "none",
        "riskLevelAggregated": "none",
        "riskLevelDuringSignIn": "none",
        "riskState": "none",
        "riskEventTypes_v2": [],
        "resourceDisplayName": api_name,
        "resourceId": api,
        "resourceTenantId": tenant,
        "resourceServicePrincipalId": api_principal,
        "homeTenantId": "",
    });
    let more = json!({
        "servicePrincipalId": entry.principal_id,
        "servicePrincipalName": entry.app_name,
        "servicePrincipalCredentialKeyId": entry.presented.as_ref().map(|held| &held.key_id),
        "servicePrincipalCredentialThumbprint": thumbprint,
        "federatedCredentialId": "",
        "clientCredentialType": kind,
        "signInEventTypes": ["servicePrincipal"],
        "originalRequestId": entry.id.to_string(),
        "tokenIssuerType": "AzureAD",
        "status": {"errorCode": code.unwrap_or_default(), "failureReason": reason, "additionalDetails": null},
        "deviceDetail": {"deviceId": "", "displayName": null, "operatingSystem": "", "browser": "", "isCompliant": null,
            "isManaged": null, "trustType": null},
        "location": {"city": "", "state": "", "countryOrRegion": "",
            "geoCoordinates": {"altitude": null, "latitude": null, "longitude": null}},
        "appliedConditionalAccessPolicies": [],
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filterable(text: &str) -> Option<bool> {
        Filter::parse(text)
            .filter(can_be_filtered)
            .map(|filter| names_the_kind(&filter))
    }

    #[test]
    fn only_what_the_page_names_is_filtered_for() {
        let kind = "signInEventTypes/any(t: t eq 'servicePrincipal')";
        for (text, found) in [
            (kind.to_owned(), Some(true)),
            (
                format!("{kind} and appId eq 'a' and createdDateTime ge 2026-11-22T08:00:00Z"),
                Some(true),
            ),
            ("status/errorCode eq 0".to_owned(), Some(false)),
            ("startswith(appDisplayName,'Mail')".to_owned(), Some(false)),
            (format!("{kind} and servicePrincipalCredentialKeyId eq 'k'"), None),
            (format!("not {kind}"), None),
            ("endswith(appDisplayName,'x')".to_owned(), None),
        ] {
            assert_eq!(filterable(&text), found, "{text}");
        }
    }
}
