//! Entra: discovery, sign-in, consent and tokens (microsoft-facts §1).

mod authorize;
mod consent;
mod discovery;
mod failure;
mod pages;
pub(crate) mod sign_ins;
pub(crate) mod standing;
mod token;

use axum::http::Method;

use crate::organisation::Organisation;
use crate::wire::{Call, Reply, decode};

pub(crate) use authorize::answer_as_person;

/// Answers a request whose path begins with a tenant, or `None` when the path is not one of Entra's.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Option<Reply> {
    let segments: Vec<String> = call.path.trim_matches('/').split('/').map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let reply = match (&call.method, segments.as_slice()) {
        (&Method::GET, ["common", "discovery", "instance"]) => discovery::instance(organisation, call),
        (&Method::GET, [tenant, "v2.0", ".well-known", "openid-configuration"]) => {
            discovery::configuration(organisation, call, tenant)
        }
        (&Method::GET, [tenant, "discovery", "v2.0", "keys"]) => discovery::keys(organisation, call, tenant),
        (&Method::GET, [tenant, "oauth2", "v2.0", "authorize"]) => {
            authorize::start(organisation, call, tenant)
        }
        (&Method::POST, [_, "practice", "sign-in"]) => authorize::choose_person(organisation, call),
        (&Method::POST, [_, "practice", "consent"]) => authorize::decide(organisation, call),
        (&Method::POST, [tenant, "oauth2", "v2.0", "token"]) => token::answer(organisation, call, tenant),
        (&Method::GET, [_, "oauth2", "v2.0", "logout"]) => authorize::sign_out(organisation, call),
        (_, [_, "oauth2", "v2.0", "authorize" | "token"] | [_, "practice", "sign-in" | "consent"]) => {
            Reply::empty(405)
        }
        _ => return None,
    };
    Some(reply)
}
