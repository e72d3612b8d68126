//! Entra: discovery, sign-in, consent and tokens (microsoft-facts §1).

mod accounts;
mod admin_consent;
mod apis;
mod assertion;
mod authorization_request;
mod authorization_response;
mod authorize;
mod claims;
mod clients;
mod consent;
mod credentials;
mod device;
mod discovery;
mod failure;
mod pages;
mod refresh;
mod token;
mod user_info;
mod version;

use axum::http::Method;

use crate::organisation::Organisation;
use crate::wire::hosts::{is_of_another_cloud, knows_tenants_of};
use crate::wire::{Call, Reply, decode};
use failure::{Failure, unknown_tenant};
use version::Version;

pub(crate) use admin_consent::{NotGranted, grant_for_everybody};
pub(crate) use authorize::{activate_roles_of, answer_as_person};
pub(crate) use device::answer_device_code;
pub(crate) use refresh::revoke_sign_in_sessions;

/// Answers a request whose path begins with a tenant, or `None` when the path is not one of Entra's.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Option<Reply> {
    let segments: Vec<String> = call.path.trim_matches('/').split('/').map(decode).collect();
    // Entra does not mind the case of the words in its own paths; a tenant or an address keeps the one it has.
    let words: Vec<String> = segments.iter().map(|segment| segment.to_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let tenant = segments.first().map(String::as_str).unwrap_or_default();
    let last = segments.last().map(String::as_str).unwrap_or_default();
    let get = call.method == Method::GET || call.method == Method::HEAD;
    let post = call.method == Method::POST;
    if let Some(failure) = elsewhere(organisation, call, tenant, &words) {
        return Some(failure.reply(organisation, call));
    }
    let reply = match words.as_slice() {
        [_, "discovery", "instance"] if get => discovery::instance(organisation, call),
        [_, "v2.0", ".well-known", "openid-configuration"] if get => {
            discovery::configuration(organisation, call, tenant, Version::Two)
        }
        [_, ".well-known", "openid-configuration"] if get => {
            discovery::configuration(organisation, call, tenant, Version::One)
        }
        [_, "discovery", "v2.0", "keys"] | [_, "discovery", "keys"] if get => {
            discovery::keys(organisation, call, tenant)
        }
        [_, "userrealm", _] if get => discovery::user_realm(organisation, call, last),
        [_, "oauth2", "v2.0", "authorize"] if get || post => {
            authorize::start(organisation, call, tenant, Version::Two)
        }
        [_, "oauth2", "authorize"] if get || post => {
            authorize::start(organisation, call, tenant, Version::One)
        }
        [_, "oauth2", "v2.0", "token"] if post => token::answer(organisation, call, tenant, Version::Two),
        [_, "oauth2", "token"] if post => token::answer(organisation, call, tenant, Version::One),
        [_, "oauth2", "v2.0", "token"] | [_, "oauth2", "token"] if call.method == Method::OPTIONS => {
            token::preflight(call)
        }
        [_, "oauth2", "v2.0", "devicecode"] if post => device::begin(organisation, call, tenant, false),
        [_, "oauth2", "devicecode"] if get || post => device::begin(organisation, call, tenant, true),
        ["devicelogin"] | ["device"] | [_, "oauth2", "deviceauth"] | [_, "oauth2", "v2.0", "deviceauth"]
            if get =>
        {
            device::page(call)
        }
        [_, "adminconsent"] if get => admin_consent::start(organisation, call, tenant, Version::One),
        [_, "v2.0", "adminconsent"] if get => admin_consent::start(organisation, call, tenant, Version::Two),
        [_, "practice", "sign-in"] if post => authorize::choose_person(organisation, call),
        [_, "practice", "consent"] if post => authorize::decide(organisation, call),
        [_, "practice", "device"] if post => device::enter(organisation, call),
        [_, "oauth2", "v2.0", "logout"] | [_, "oauth2", "logout"] if get => {
            authorize::sign_out(organisation, call)
        }
        ["oidc", "userinfo"] | [_, "openid", "userinfo"] if get || post => {
            user_info::answer(organisation, call)
        }
        [_, "oauth2", "v2.0", "token" | "devicecode"] | [_, "oauth2", "token" | "devicecode"] => {
            failure::wrong_method(call.method.as_str()).reply(organisation, call)
        }
        [_, "oauth2", "v2.0", "authorize" | "logout"]
        | [_, "oauth2", "authorize" | "logout"]
        | [_, "practice", "sign-in" | "consent" | "device"]
        | [_, "adminconsent"]
        | [_, "v2.0", "adminconsent"] => Reply::empty(405),
        _ => return None,
    };
    Some(reply)
}

/// Refuses this organisation's own tenant at the sign-in of another cloud, as one that isn't known there. Where the two clouds
/// know of each other's tenants, an app's own key is told so instead (AADSTS900382; microsoft-facts §6, §12).
fn elsewhere(organisation: &Organisation, call: &Call, tenant: &str, words: &[&str]) -> Option<Failure> {
    let (host, cloud) = (call.front?, organisation.scenario.cloud);
    if !is_of_another_cloud(host, cloud) || !organisation.is_tenant(tenant) {
        return None;
    }
    let is_token = words.last() == Some(&"token");
    let by_key = || {
        let form = call.form();
        form.iter()
            .any(|(name, value)| name == "grant_type" && value == "client_credentials")
    };
    if is_token && knows_tenants_of(host, cloud) && by_key() {
        let text = "Confidential Client is not supported in Cross Cloud request.";
        return Some(Failure::new("invalid_request", 900_382, text));
    }
    let of_discovery = words.contains(&".well-known") || words.contains(&"discovery");
    Some(unknown_tenant(
        tenant,
        if of_discovery {
            "invalid_tenant"
        } else {
            "invalid_request"
        },
    ))
}

/// Whether a path leads to the token endpoint, which tells a page of another origin whether it may ask.
pub(crate) fn is_token_endpoint(path: &str) -> bool {
    let path = path.to_lowercase();
    ["/oauth2/v2.0/token", "/oauth2/token"]
        .iter()
        .any(|endpoint| path.ends_with(endpoint))
}

/// Whether a path leads to a page for a person's browser, which is also served without encryption.
pub(crate) fn is_page(path: &str) -> bool {
    let path = path.to_lowercase();
    [
        "/oauth2/v2.0/authorize",
        "/oauth2/authorize",
        "/oauth2/v2.0/logout",
        "/oauth2/deviceauth",
        "/adminconsent",
        "/devicelogin",
        "/practice/sign-in",
        "/practice/consent",
        "/practice/device",
    ]
    .iter()
    .any(|page| path.ends_with(page))
}
