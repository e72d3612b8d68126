//! Microsoft Graph v1.0 (microsoft-facts §2). One file per endpoint; this one only finds the right file.

mod administrative_units;
mod app_role_assignments;
mod applications;
mod attachments;
mod batch;
mod body;
mod calendar;
mod certificates;
mod contacts;
mod deleted_items;
mod directory_objects;
mod directory_roles;
mod exchange_roles;
mod failure;
mod federated_credentials;
mod filter;
mod group_lists;
mod group_members;
mod groups;
mod keys;
mod licences;
mod mail_folders;
mod mail_ids;
mod mail_query;
mod mailbox_settings;
mod message_delta;
mod message_json;
mod messages;
mod objects;
mod organization;
mod owners;
mod passwords;
mod path;
mod permission_grants;
mod policies;
mod property;
mod property_path;
mod property_types;
mod query;
mod replies;
mod role_management;
mod routes;
mod schema;
mod send_mail;
mod service_document;
mod service_principals;
mod sign_in_log;
mod user_search;
mod users;

use axum::http::Method;

use crate::access::bearer::{Caller, caller};
use crate::organisation::Organisation;
use crate::published::permissions::GRAPH;
use crate::wire::{Call, Reply};
use batch::Parts;
use failure::{Answer, Failure};
use path::{Key, Step, is_beta, steps};
use routes::Handler;

/// Answers a request below `/v1.0/`, as the wire sees it.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call, parts: Parts<'_>) -> Reply {
    let mut reply = match route(organisation, call, parts) {
        Ok(reply) => reply,
        Err(failure) => failure.reply(organisation, call),
    };
    if reply.status == 401 {
        let authority = call.origin_of(&organisation.origin, "login.microsoftonline.com");
        let challenge = format!(
            "Bearer realm=\"\", authorization_uri=\"{authority}/common/oauth2/authorize\", client_id=\"{}\"",
            GRAPH.app_id
        );
        reply = reply.with("www-authenticate", &challenge);
    }
    let id = call.request_id.to_string();
    let client = call.header("client-request-id").unwrap_or(&id).to_owned();
    let date = organisation
        .clock
        .now()
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    reply
        .with("request-id", &id)
        .with("client-request-id", &client)
        .with("date", &date)
        .with("x-ms-ags-diagnostic", r#"{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"PRACTICE"}}"#)
}

fn route(organisation: &mut Organisation, call: &Call, parts: Parts<'_>) -> Answer {
    let beta = is_beta(call);
    let version = if beta { "/beta" } else { "/v1.0" };
    let mut steps = steps(call.path.strip_prefix(version).unwrap_or(&call.path));
    // Some clients name the organisation first: `/v1.0/myorganization/users`, or its id or a domain of it.
    let names_organisation = |text: &str| {
        text.eq_ignore_ascii_case("myorganization")
            || uuid::Uuid::try_parse(text).is_ok() && organisation.is_tenant(text)
    };
    if matches!(steps.first(), Some(Step::Text(first)) if names_organisation(first)) {
        steps.remove(0);
    }
    // What Graph says about itself it says to anybody.
    match steps.as_slice() {
        [] if call.method == Method::GET => {
            return service_document::root(organisation, call, routes::sets(beta));
        }
        [Step::Text(name)] if name == "$metadata" && call.method == Method::GET => {
            return service_document::metadata();
        }
        _ => {}
    }
    // The token comes first of all the rest (microsoft-facts §2.10, order of evaluation).
    let caller = caller(organisation, call, &GRAPH)
        .map_err(|refused| Failure::new(401, "InvalidAuthenticationToken", refused.message()))?;
    if matches!(steps.first(), Some(Step::Text(first)) if first.eq_ignore_ascii_case("me")) {
        let Caller::Person { id, .. } = &caller else {
            return Err(Failure::new(
                400,
                "BadRequest",
                "/me request is only valid with delegated authentication flow.",
            ));
        };
        let user = Key {
            name: None,
            value: id.clone(),
        };
        steps.splice(..1, [Step::Text("users".into()), Step::Key(user)]);
    }
    match routes::find(beta, call.method.as_str(), &steps) {
        Ok((route, keys)) => match route.handler {
            Handler::Alone(handler) => handler(organisation, call, &caller, &keys),
            Handler::Batch => batch::run(organisation, call, parts),
        },
        Err(failure) if call.method == Method::GET => {
            property_path::answer(organisation, call, &caller, &steps).unwrap_or(Err(failure))
        }
        Err(failure) => Err(failure),
    }
}

/// Every endpoint as (method, path template, whether only beta has it), for a test that walks them all.
#[doc(hidden)]
#[must_use]
pub fn endpoints() -> Vec<(&'static str, &'static str, bool)> {
    let stable = routes::of_version(false).count();
    let all = routes::of_version(true).enumerate();
    all.map(|(number, route)| (route.method, route.template, number >= stable))
        .collect()
}
