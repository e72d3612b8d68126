//! The Exchange admin endpoint (microsoft-facts §4d; for the most part undocumented by Microsoft and built from
//! public field evidence).
//!
//! `POST /adminapi/beta/{tenant}/InvokeCommand` and its `$batch` run cmdlets, `GET /adminapi/beta/{tenant}/Mailbox('…')`
//! reads recipients, `POST /adminapi/v2.0/{tenant}/Mailbox` runs the few cmdlets that are documented.

mod access_policies;
mod admission;
mod assignments;
mod authorization_test;
mod batch;
mod change;
mod client_access;
mod cmdlets;
mod entities;
mod failure;
mod folder_permissions;
mod group_members;
mod group_properties;
mod groups;
mod identity;
mod mailbox_permissions;
mod mailbox_settings;
mod mailboxes;
mod organization_config;
mod output;
mod pages;
mod parameters;
mod recipient_permissions;
mod recipients;
mod roles;
mod scopes;
mod service_principals;
mod statistics;
mod transport_config;
mod values;

use axum::http::Method;
use serde_json::{Map, Value};

use crate::organisation::Organisation;
use crate::scenario::{ExchangePaging, Throttling};
use crate::wire::{Call, Reply, decode};
use admission::{Generation, Reach, forbidden};
pub(crate) use change::forget_service_principal;
use failure::Failure;
use output::Output;
use pages::Page;
use parameters::Parameters;

/// How many requests `Rate-Limit-Remaining` counts down from within five minutes (UNVERIFIED). Nothing is refused by
/// this count, so it ends at one; where the scenario keeps limits, those of `throttling` stand in the headers instead.
const RATE_LIMIT: u64 = 1_000;

/// Answers a request below `/adminapi/`.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Reply {
    let segments: Vec<String> = call.path.trim_matches('/').split('/').map(decode).collect();
    let lower: Vec<String> = segments.iter().map(|segment| segment.to_lowercase()).collect();
    let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
    let reply = match lower.as_slice() {
        [
            "adminapi",
            version @ ("beta" | "v1.0" | "v2.0"),
            tenant,
            rest @ ..,
        ] => {
            if organisation.is_tenant(tenant) {
                routed(
                    organisation,
                    call,
                    version,
                    rest,
                    segments.get(3..).unwrap_or_default(),
                )
            } else {
                Reply::empty(404)
            }
        }
        _ => Reply::empty(404),
    };
    let now = organisation.clock.now();
    let reply = reply
        .with("request-id", &call.request_id.to_string())
        .with("date", &now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if organisation.scenario.throttling != Throttling::Off {
        return reply;
    }
    let (used, reset) = organisation.exchange_links.count(now);
    reply
        .with("rate-limit-limit", &RATE_LIMIT.to_string())
        .with(
            "rate-limit-remaining",
            &RATE_LIMIT.saturating_sub(used).max(1).to_string(),
        )
        .with("rate-limit-reset", &reset.to_string())
}

/// Answers by version and by what stands behind the tenant; `lower` are the segments in lower case.
fn routed(
    organisation: &mut Organisation,
    call: &Call,
    version: &str,
    lower: &[&str],
    segments: &[String],
) -> Reply {
    let get = matches!(call.method, Method::GET | Method::HEAD);
    let post = call.method == Method::POST;
    let admit = |organisation: &Organisation, generation| admission::admit(organisation, call, generation);
    match (version, lower) {
        ("beta", ["invokecommand" | "$batch"]) if !post => Reply::empty(405).with("allow", "POST"),
        ("beta", [name @ ("invokecommand" | "$batch")]) => match admit(organisation, Generation::Beta) {
            Err(refusal) => refusal,
            Ok(reach) if *name == "$batch" => batch::run(organisation, call, |organisation, part| {
                invoke(organisation, part, reach)
            }),
            Ok(reach) => invoke(organisation, call, reach),
        },
        // Connecting clients fetch these first.
        ("beta" | "v1.0", [name]) if get && (*name == "exomodulefile" || name.starts_with("exobanner")) => {
            match admit(organisation, Generation::Beta) {
                Err(refusal) => refusal,
                Ok(reach) => entities::module(
                    organisation,
                    call,
                    version,
                    reach,
                    segments.first().map_or("", String::as_str),
                ),
            }
        }
        ("beta", [_]) if !get => Reply::empty(405).with("allow", "GET"),
        ("beta", [_]) => match admit(organisation, Generation::Beta) {
            Err(refusal) => refusal,
            Ok(reach) => entities::answer(
                organisation,
                call,
                reach,
                segments.first().map_or("", String::as_str),
            ),
        },
        // Cmdlets are run under another version only (practice-organisation notes).
        ("v1.0", _) => Reply::empty(405),
        ("v2.0", [_]) if !post => Reply::empty(405).with("allow", "POST"),
        ("v2.0", [endpoint]) => match admit(organisation, Generation::V2) {
            Err(refusal) => refusal,
            Ok(reach) => documented(organisation, call, reach, endpoint),
        },
        _ => Reply::empty(404),
    }
}

/// The documented endpoints with the cmdlets that each runs (microsoft-facts §4d(ii)), in lower case.
const DOCUMENTED: [(&str, &[&str]); 6] = [
    ("organizationconfig", &["get-organizationconfig"]),
    ("accepteddomain", &["get-accepteddomain"]),
    ("mailbox", &["get-mailbox", "set-mailbox"]),
    (
        "mailboxfolderpermission",
        &[
            "get-mailboxfolderpermission",
            "add-mailboxfolderpermission",
            "set-mailboxfolderpermission",
            "remove-mailboxfolderpermission",
        ],
    ),
    ("distributiongroupmember", &["get-distributiongroupmember"]),
    (
        "dynamicdistributiongroupmember",
        &["get-dynamicdistributiongroupmember"],
    ),
];

/// Runs a cmdlet of the documented generation: only at its own endpoint, and `Set-Mailbox` for sending on behalf
/// only.
fn documented(organisation: &mut Organisation, call: &Call, reach: Reach, endpoint: &str) -> Reply {
    let Some((_, allowed)) = DOCUMENTED.iter().find(|(name, _)| *name == endpoint) else {
        return Reply::empty(404);
    };
    let (name, given) = match cmdlet_input(call) {
        Ok(input) => input,
        Err(failure) => return failure.reply(),
    };
    if !allowed.contains(&name.to_lowercase().as_str()) {
        return Failure::request(format!("The cmdlet '{name}' isn't supported by this endpoint.")).reply();
    }
    let more = name.eq_ignore_ascii_case("Set-Mailbox")
        && given.keys().any(|key| {
            !["identity", "grantsendonbehalfto"].contains(&key.to_lowercase().as_str()) && !key.contains('@')
        });
    if more {
        return Failure::request(
            "Only the parameters Identity and GrantSendOnBehalfTo are supported by this endpoint.",
        )
        .reply();
    }
    run(organisation, call, reach, "v2.0", &name, &given)
}

/// The cmdlet and the parameters that a body names.
fn cmdlet_input(call: &Call) -> Result<(String, Map<String, Value>), Failure> {
    let body: Value = serde_json::from_slice(&call.body)
        .map_err(|error| Failure::request(format!("The request body is not valid JSON: {error}.")))?;
    let input = match body.get("CmdletInput") {
        Some(Value::Object(input)) => input,
        Some(_) => return Err(Failure::request("'CmdletInput' is not an object.")),
        None => return Err(Failure::request("The request body holds no 'CmdletInput'.")),
    };
    let name = match input.get("CmdletName") {
        Some(Value::String(name)) if !name.trim().is_empty() => name.trim().to_owned(),
        _ => return Err(Failure::request("'CmdletName' is missing or is not a text.")),
    };
    let given = match input.get("Parameters") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(given)) => given.clone(),
        Some(_) => return Err(Failure::request("'Parameters' is not an object.")),
    };
    Ok((name, given))
}

/// `InvokeCommand`.
fn invoke(organisation: &mut Organisation, call: &Call, reach: Reach) -> Reply {
    match cmdlet_input(call) {
        Ok((name, given)) => run(organisation, call, reach, "beta", &name, &given),
        Err(failure) => failure.reply(),
    }
}

/// Runs one cmdlet.
fn run(
    organisation: &mut Organisation,
    call: &Call,
    reach: Reach,
    version: &str,
    name: &str,
    given: &Map<String, Value>,
) -> Reply {
    // A cmdlet that the caller cannot see and one that does not exist look the same.
    let Some(cmdlet) = cmdlets::find(name).filter(|cmdlet| reach.sees(cmdlet.name, cmdlet.area)) else {
        return forbidden("The cmdlet is not visible to the caller.");
    };
    let once = organisation.scenario.exchange_paging == ExchangePaging::Once;
    let now = organisation.clock.now();
    let Some(page) = Page::asked(call, &mut organisation.exchange_links, now, once) else {
        let text = "Expired or Invalid pagination request.";
        return Failure::bad("Microsoft.Exchange.Admin.OData.Core.ODataServiceException", text).reply();
    };
    let parameters = match Parameters::check(given, cmdlet.name, cmdlet.parameters, page) {
        Ok(parameters) => parameters,
        Err(failure) => return failure.reply(),
    };
    let outcome = if parameters.flag("WhatIf") == Some(true) && !cmdlet.name.starts_with("Get-") {
        rehearse(organisation, cmdlet, &parameters)
    } else {
        (cmdlet.run)(organisation, &parameters)
    };
    match outcome {
        Ok(output) => output::shown(organisation, call, version, page, output),
        Err(failure) => failure.reply(),
    }
}

/// `-WhatIf`: everything is checked, nothing is changed.
fn rehearse(
    organisation: &mut Organisation,
    cmdlet: &cmdlets::Cmdlet,
    parameters: &Parameters,
) -> Result<Output, Failure> {
    // Cmdlets change nothing else.
    let objects = &organisation.objects;
    let exchange = objects.exchange.clone();
    let (rights, policies) = (objects.stale_rights.clone(), objects.stale_policies.clone());
    let changed = organisation.changed;
    let outcome = (cmdlet.run)(organisation, parameters);
    let objects = &mut organisation.objects;
    (objects.exchange, objects.stale_rights, objects.stale_policies) = (exchange, rights, policies);
    organisation.changed = changed;
    outcome.map(|output| Output {
        objects: Vec::new(),
        ..output
    })
}
