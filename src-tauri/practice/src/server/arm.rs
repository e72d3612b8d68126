//! The little of Azure Resource Manager that Azure CLI asks when it signs in: which tenants and subscriptions there
//! are, and which hosts belong to the cloud.
//!
//! The organisation has no Azure subscription, as many that only use Microsoft 365 have none
//! (`az login --allow-no-subscriptions`). The shapes follow Azure's public REST reference ("Tenants - List",
//! "Subscriptions - List"); they were tried with Azure CLI 2.91.

use axum::http::Method;
use serde_json::{Value, json};

use crate::access::bearer::{Caller, Refused, caller};
use crate::entra::{NotGranted, grant_for_everybody};
use crate::organisation::{NAME, Organisation};
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::published::permissions::{AZURE_MANAGEMENT, AZURE_PORTAL};
use crate::wire::{Call, Reply};

/// Answers a request to Azure Resource Manager, or `None` when the path is not one of its.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Option<Reply> {
    let lower = call.path.to_lowercase();
    let segments: Vec<&str> = lower.trim_matches('/').split('/').collect();
    let on_its_host = matches!(
        call.front,
        Some("management.azure.com" | "management.core.windows.net")
    );
    let reply = match segments.as_slice() {
        ["metadata", "endpoints"] => clouds(organisation, call),
        ["api", "registeredapplications", app_id, "consent"] if call.method == Method::POST => {
            consent(organisation, call, app_id)
        }
        ["tenants" | "subscriptions", ..] => guarded(organisation, call, &segments),
        _ if on_its_host => guarded(organisation, call, &segments),
        _ => return None,
    };
    Some(reply.with("x-ms-request-id", &call.request_id.to_string()))
}

fn guarded(organisation: &Organisation, call: &Call, segments: &[&str]) -> Reply {
    if let Err(refused) = caller(organisation, call, &AZURE_MANAGEMENT) {
        return unauthorised(organisation, call, refused);
    }
    if call.query("api-version").is_none() {
        let text = "The api-version query parameter (?api-version=) is required for all requests.";
        return failure(400, "MissingApiVersionParameter", text);
    }
    if call.method != Method::GET {
        return failure(
            405,
            "MethodNotAllowed",
            "The practice organisation has no Azure resources to change.",
        );
    }
    match segments {
        ["tenants"] => Reply::json(200, &tenants(organisation)),
        ["subscriptions"] => Reply::json(200, &json!({"value": [], "count": {"type": "Total", "value": 0}})),
        ["subscriptions", id, ..] => failure(
            404,
            "SubscriptionNotFound",
            &format!("The subscription '{id}' could not be found."),
        ),
        _ => failure(
            404,
            "NotFound",
            "The practice organisation plays no such Azure resource.",
        ),
    }
}

/// What the portal's button "Grant admin consent" does: everything that an app declares, for everybody. Azure CLI 2.91
/// sends nothing else to the portal and reads no more than the status; the shape of its errors is UNVERIFIED.
fn consent(organisation: &mut Organisation, call: &Call, app_id: &str) -> Reply {
    let person = match caller(organisation, call, &AZURE_PORTAL) {
        Ok(Caller::Person { id, .. }) => id,
        Ok(Caller::Application { .. }) => return failure(403, "Forbidden", "Only a person can consent."),
        Err(refused) => return unauthorised(organisation, call, refused),
    };
    match grant_for_everybody(organisation, app_id, &person) {
        Ok(()) => Reply::empty(204),
        Err(NotGranted::Unknown) => failure(404, "NotFound", "There is no such application."),
        Err(NotGranted::Forbidden) => failure(
            403,
            "Forbidden",
            "You may not grant what this application asks for to everybody.",
        ),
    }
}

fn tenants(organisation: &Organisation) -> Value {
    let id = &organisation.objects.tenant_id;
    json!({"value": [{
        "id": format!("/tenants/{id}"), "tenantId": id, "countryCode": "DE", "displayName": NAME,
        "domains": [DEFAULT_DOMAIN, INITIAL_DOMAIN, IDN_DOMAIN_ASCII], "tenantCategory": "Home",
        "defaultDomain": DEFAULT_DOMAIN, "tenantType": "AAD",
    }]})
}

/// What a command line that is pointed at this server learns about the cloud; needs no token.
fn clouds(organisation: &Organisation, call: &Call) -> Reply {
    let of = |host: &'static str| call.origin_of(&organisation.origin, host);
    let graph = of("graph.microsoft.com");
    let cloud = json!({
            "name": "AzureCloud",
            "portal": "https://portal.azure.com",
            "authentication": {
                "loginEndpoint": of("login.microsoftonline.com"),
                "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
                "tenant": "common", "identityProvider": "AAD",
            },
            "resourceManager": of("management.azure.com"),
            "microsoftGraphResourceId": format!("{graph}/"),
            "graphAudience": "https://graph.microsoft.com/",
            "graph": format!("{graph}/"),
            "media": "https://rest.media.azure.net",
            "batch": "https://batch.core.windows.net/",
            "sqlManagement": "https://management.core.windows.net:8443/",
            "vmImageAliasDoc": "https://raw.githubusercontent.com/Azure/azure-rest-api-specs/main/arm-compute/quickstart-templates/aliases.json",
            "suffixes": {"storage": "core.windows.net", "keyVaultDns": "vault.azure.net",
                "acrLoginServer": "azurecr.io", "sqlServerHostname": "database.windows.net"},
    });
    // The versions differ: an older one lists every cloud, the newer ones describe their own (Azure CLI 2.91 asks for
    // 2022-09-01 when a cloud is registered with it).
    let several = call.query("api-version") == Some("2019-05-01");
    Reply::json(200, &if several { json!([cloud]) } else { cloud })
}

fn unauthorised(organisation: &Organisation, call: &Call, refused: Refused) -> Reply {
    let (code, text) = match refused {
        Refused::Missing => (
            "AuthenticationFailed",
            "Authentication failed. The 'Authorization' header is missing.",
        ),
        Refused::Expired => (
            "ExpiredAuthenticationToken",
            "The access token expiry UTC time is earlier than current UTC time.",
        ),
        Refused::Audience => (
            "InvalidAuthenticationTokenAudience",
            "The access token has been obtained for wrong audience or resource.",
        ),
        Refused::Malformed => ("InvalidAuthenticationToken", "The access token is invalid."),
    };
    let authority = format!(
        "{}/{}",
        call.origin_of(&organisation.origin, "login.windows.net"),
        organisation.objects.tenant_id
    );
    failure(401, code, text).with(
        "www-authenticate",
        &format!(
            "Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"{text}\""
        ),
    )
}

fn failure(status: u16, code: &str, message: &str) -> Reply {
    Reply::json(status, &json!({"error": {"code": code, "message": message}}))
}
