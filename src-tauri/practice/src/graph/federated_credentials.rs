//! Federated credentials of an app registration: kept and shown. No token is issued for one here.

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, list_full, not_found};
use super::objects::application;
use super::path::Key;
use super::{body, query, schema};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::ids::new_id;
use crate::wire::{Call, Reply};

/// Microsoft's own limit for one app.
const AT_MOST: usize = 20;
const CONTEXT: &str = "applications('{id}')/federatedIdentityCredentials";

fn shown(held: &Map<String, Value>) -> Value {
    let mut value = json!({"id": null, "name": null, "issuer": null, "subject": null, "description": null,
        "audiences": []});
    for (name, inner) in held {
        value[name] = inner.clone();
    }
    value
}

/// The credentials of an app as Graph shows them.
pub(super) fn of(organisation: &Organisation, id: &str) -> Vec<Value> {
    let held = organisation.objects.graph.federated_credentials.get(id);
    held.into_iter().flatten().map(shown).collect()
}

fn application_id(organisation: &Organisation, key: &Key) -> Result<String, Failure> {
    Ok(
        organisation.objects.applications[application::find(organisation, key)?]
            .id
            .clone(),
    )
}

fn may_change(organisation: &Organisation, caller: &Caller, key: &Key) -> Result<String, Failure> {
    let at = application::find(organisation, key)?;
    let object = &organisation.objects.applications[at];
    let may = application::may_change(organisation, caller, object);
    may.then(|| object.id.clone()).ok_or_else(denied)
}

/// A credential is named by its id or by its name.
fn is_named(held: &Map<String, Value>, wanted: &Key) -> bool {
    ["id", "name"]
        .iter()
        .any(|name| held.get(*name).and_then(Value::as_str) == Some(&wanted.value))
}

/// `GET /applications/{id}/federatedIdentityCredentials`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&application::READERS) {
        return Err(denied());
    }
    let id = application_id(organisation, key)?;
    let context = CONTEXT.replace("{id}", &id);
    let all = of(organisation, &id);
    query::directory(organisation, call, &context, "federatedIdentityCredential", all)
}

/// `GET /applications/{id}/federatedIdentityCredentials/{id or name}`.
pub(super) fn get(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    wanted: &Key,
) -> Answer {
    if !caller.holds(&application::READERS) {
        return Err(denied());
    }
    let id = application_id(organisation, key)?;
    let held = organisation.objects.graph.federated_credentials.get(&id);
    let found = held.into_iter().flatten().find(|held| is_named(held, wanted));
    let found = found.ok_or_else(|| not_found(&wanted.value))?;
    let context = format!("{}/$entity", CONTEXT.replace("{id}", &id));
    Ok(query::object(organisation, call, 200, &context, shown(found)))
}

/// `POST /applications/{id}/federatedIdentityCredentials`.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let id = may_change(organisation, caller, key)?;
    let mut body = schema::checked("federatedIdentityCredential", body::object(call)?)?;
    for required in ["name", "issuer", "subject", "audiences"] {
        if body.get(required).is_none_or(Value::is_null) {
            return Err(bad_request(format!(
                "A value is required for property '{required}' of resource 'FederatedIdentityCredential'."
            )));
        }
    }
    let held = organisation
        .objects
        .graph
        .federated_credentials
        .entry(id.clone())
        .or_default();
    if held.len() >= AT_MOST {
        return Err(list_full("federatedIdentityCredentials"));
    }
    let same = |held: &Map<String, Value>| {
        held.get("name") == body.get("name")
            || held.get("issuer") == body.get("issuer") && held.get("subject") == body.get("subject")
    };
    if held.iter().any(same) {
        return Err(Failure::new(
            409,
            "Request_MultipleObjectsWithSameKeyValue",
            "FederatedIdentityCredential with name already exists.",
        ));
    }
    body.insert("id".into(), json!(new_id()));
    let answer = shown(&body);
    held.push(body);
    organisation.touch();
    let context = format!("{}/$entity", CONTEXT.replace("{id}", &id));
    Ok(query::object(organisation, call, 201, &context, answer))
}

/// `PATCH /applications/{id}/federatedIdentityCredentials/{id or name}`.
pub(super) fn update(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    wanted: &Key,
) -> Answer {
    let id = may_change(organisation, caller, key)?;
    let mut body = schema::checked("federatedIdentityCredential", body::object(call)?)?;
    let held = organisation
        .objects
        .graph
        .federated_credentials
        .entry(id)
        .or_default();
    let found = held.iter_mut().find(|held| is_named(held, wanted));
    let found = found.ok_or_else(|| not_found(&wanted.value))?;
    body.remove("id");
    body.remove("name");
    found.extend(body);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /applications/{id}/federatedIdentityCredentials/{id or name}`.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key, wanted: &Key) -> Answer {
    let id = may_change(organisation, caller, key)?;
    let held = organisation
        .objects
        .graph
        .federated_credentials
        .entry(id)
        .or_default();
    let before = held.len();
    held.retain(|held| !is_named(held, wanted));
    if held.len() == before {
        return Err(not_found(&wanted.value));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
