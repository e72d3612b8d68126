//! The Exchange admin endpoint, `POST /adminapi/beta/{tenant}/InvokeCommand`, and its batch
//! (microsoft-facts §4d(i); undocumented by Microsoft, built from public field evidence).

mod assignments;
mod authorization_test;
mod batch;
mod cmdlets;
mod failure;
mod groups;
mod organization_config;
mod parameters;
mod recipients;
mod scopes;
mod service_principals;
pub(crate) mod standing;

use axum::http::Method;
use serde_json::{Value, json};

use crate::access::change_exchange;
use crate::bearer::{Caller, caller};
use crate::objects::ExchangeObjects;
use crate::organisation::Organisation;
use crate::people::EXCHANGE_ROLES;
use crate::permissions::EXCHANGE;
use crate::wire::{Call, Reply, decode};
use failure::Failure;
use parameters::Parameters;

/// What a cmdlet gives.
#[derive(Debug, Default)]
pub(super) struct Output {
    pub(super) objects: Vec<Value>,
    pub(super) warnings: Vec<String>,
}

impl Output {
    /// Objects without warnings.
    pub(super) fn of(objects: Vec<Value>) -> Self {
        Self {
            objects,
            warnings: Vec::new(),
        }
    }

    /// Nothing, as Set- and Remove- cmdlets answer.
    pub(super) fn nothing() -> Self {
        Self::default()
    }
}

/// Changes Exchange's objects, so that live calls see it as late as they do in Exchange.
pub(super) fn change<T>(
    organisation: &mut Organisation,
    change: impl FnOnce(&mut ExchangeObjects) -> T,
) -> T {
    let clock = organisation.clock.clone();
    let outcome = change_exchange(&mut organisation.objects, &organisation.directory, &clock, change);
    organisation.touch();
    outcome
}

/// Forgets an enterprise application that was deleted in Entra: Exchange's pointer to it, its role assignments
/// (microsoft-facts §4b) and its entries in lists of permissions (UNVERIFIED: Exchange may keep those as SIDs that
/// nobody has any more, which opens nothing either).
pub(crate) fn forget_service_principal(organisation: &mut Organisation, object_id: &str) {
    change(organisation, |exchange| forget(exchange, object_id));
    organisation.objects.stale_rights.remove(object_id);
}

/// Removes a pointer with everything that hangs on it.
fn forget(exchange: &mut ExchangeObjects, object_id: &str) {
    exchange
        .assignments
        .retain(|held| !held.app.eq_ignore_ascii_case(object_id));
    exchange
        .service_principals
        .retain(|held| !held.object_id.eq_ignore_ascii_case(object_id));
    exchange
        .mailbox_permissions
        .retain(|held| !held.trustee.eq_ignore_ascii_case(object_id));
    exchange
        .recipient_permissions
        .retain(|held| !held.trustee.eq_ignore_ascii_case(object_id));
    for settings in exchange.mailbox_settings.values_mut() {
        settings
            .send_on_behalf
            .retain(|trustee| !trustee.eq_ignore_ascii_case(object_id));
    }
}

/// Answers a request below `/adminapi/`.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Reply {
    let segments: Vec<String> = call.path.trim_matches('/').split('/').map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let reply = match segments.as_slice() {
        ["adminapi", "beta", tenant, name @ ("InvokeCommand" | "$batch")] => {
            if call.method != Method::POST {
                Reply::empty(405)
            } else if !organisation.is_tenant(tenant) {
                Reply::empty(404)
            } else if let Some(refusal) = refusal(organisation, call) {
                refusal
            } else if *name == "InvokeCommand" {
                invoke(organisation, call)
            } else {
                batch::run(organisation, call)
            }
        }
        // The version in the path is accepted for other things only (practice-organisation notes).
        ["adminapi", "v1.0", ..] => Reply::empty(405),
        _ => Reply::empty(404),
    };
    reply
        .with("request-id", &call.request_id.to_string())
        .with(
            "date",
            &organisation
                .clock
                .now()
                .strftime("%a, %d %b %Y %H:%M:%S GMT")
                .to_string(),
        )
        .with("rate-limit-limit", "1000")
        .with("rate-limit-remaining", "999")
}

/// The ladder of refusals: 401 without a token or its permission, then an empty 403 without a role.
fn refusal(organisation: &Organisation, call: &Call) -> Option<Reply> {
    let unauthorised = || {
        let challenge = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", error=\"invalid_token\"";
        Reply::empty(401).with("www-authenticate", challenge)
    };
    match caller(organisation, call, &EXCHANGE) {
        Err(_) => Some(unauthorised()),
        Ok(found @ Caller::Person { .. }) => {
            if !found.holds(&["Exchange.Manage"]) {
                Some(unauthorised())
            } else if !found.has_role(&EXCHANGE_ROLES) {
                Some(forbidden(
                    "The role assigned to user isn't supported in this scenario.",
                ))
            } else {
                None
            }
        }
        Ok(found @ Caller::Application { .. }) => {
            if !found.holds(&["Exchange.ManageAsApp"]) {
                Some(unauthorised())
            } else if !found.has_directory_role(&EXCHANGE_ROLES) {
                Some(forbidden(
                    "The role assigned to application isn't supported in this scenario.",
                ))
            } else {
                None
            }
        }
    }
}

/// The empty 403: the reason is only in a header.
fn forbidden(reason: &str) -> Reply {
    Reply::empty(403).with(
        "x-ms-diagnostics",
        &format!("2000010;reason=\"{reason}\";error_category=\"invalid_grant\""),
    )
}

/// Runs one cmdlet.
fn invoke(organisation: &mut Organisation, call: &Call) -> Reply {
    let malformed = || {
        Failure::bad(
            "Microsoft.OData.ODataException",
            "The request body is not a valid CmdletInput.",
        )
        .reply()
    };
    let Some(body) = call.json() else {
        return malformed();
    };
    let Some(name) = body.pointer("/CmdletInput/CmdletName").and_then(Value::as_str) else {
        return malformed();
    };
    let none = serde_json::Map::new();
    let given = match body.pointer("/CmdletInput/Parameters") {
        None | Some(Value::Null) => &none,
        Some(Value::Object(given)) => given,
        Some(_) => return malformed(),
    };
    // A cmdlet that the caller cannot see and one that does not exist look the same.
    let Some(cmdlet) = cmdlets::find(name) else {
        return forbidden("The cmdlet is not visible to the caller.");
    };
    let outcome = Parameters::check(given, cmdlet.name, cmdlet.parameters)
        .and_then(|parameters| (cmdlet.run)(organisation, &parameters));
    match outcome {
        Ok(output) => shown(organisation, call, output),
        Err(failure) => failure.reply(),
    }
}

/// The objects of a cmdlet as an answer: one page of them, and where the next is.
///
/// Sources disagree on whether a next page may be asked for twice; here the same body is posted to the link
/// as often as wanted (practice-organisation notes).
fn shown(organisation: &Organisation, call: &Call, output: Output) -> Reply {
    let tenant = &organisation.objects.tenant_id;
    let base = format!("{}/adminapi/beta/{tenant}", call.origin(organisation));
    let size = call
        .header("prefer")
        .and_then(|prefer| {
            prefer
                .split(',')
                .find_map(|part| part.trim().strip_prefix("odata.maxpagesize="))
        })
        .and_then(|digits| digits.parse::<usize>().ok())
        .filter(|size| (1..=1_000).contains(size))
        .unwrap_or(1_000);
    let start = match call.query("$skiptoken") {
        None => 0,
        Some(token) => match token
            .strip_prefix("practice-")
            .and_then(|digits| digits.parse::<usize>().ok())
        {
            Some(start) => start,
            None => {
                let text = "Expired or Invalid pagination request.";
                return Failure::bad("Microsoft.Exchange.Admin.OData.Core.ODataServiceException", text)
                    .reply();
            }
        },
    };
    let count = output.objects.len();
    let selected: Option<Vec<&str>> = call
        .query("$select")
        .map(|names| names.split(',').map(str::trim).collect());
    let page: Vec<Value> = output
        .objects
        .into_iter()
        .skip(start)
        .take(size)
        .map(|object| typed(object, selected.as_deref()))
        .collect();
    let mut body = json!({
        "@odata.context": format!("{base}/$metadata#Collection(Exchange.GenericHashTable)"),
        "adminapi.warnings@odata.type": "#Collection(String)",
        "@adminapi.warnings": output.warnings,
    });
    let next = start + page.len();
    body["value"] = json!(page);
    if next < count {
        body["@odata.nextLink"] = json!(format!("{base}/InvokeCommand?$skiptoken=practice-{next}"));
    }
    let mut reply = Reply::json(200, &body);
    reply.headers.insert(
        "content-type",
        axum::http::HeaderValue::from_static(
            "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
        ),
    );
    reply
}

/// Adds the type that the endpoint writes beside every list, and leaves out what was not selected.
fn typed(object: Value, selected: Option<&[&str]>) -> Value {
    let Value::Object(object) = object else {
        return object;
    };
    let mut all = serde_json::Map::new();
    for (name, value) in object {
        if selected.is_some_and(|names| !names.iter().any(|wanted| wanted.eq_ignore_ascii_case(&name))) {
            continue;
        }
        if value.is_array() {
            all.insert(format!("{name}@odata.type"), json!("#Collection(String)"));
        }
        all.insert(name, value);
    }
    Value::Object(all)
}
