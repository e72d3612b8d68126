//! An app registration: as Graph shows it, how a request names it, who may read and change it.

use serde_json::{Value, json};

use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::graph::certificates;
use crate::graph::failure::{Failure, not_found};
use crate::graph::path::Key;
use crate::organisation::Organisation;
use crate::organisation::registrations::{Application, PasswordCredential};
use crate::people::domains::DEFAULT_DOMAIN;
use crate::people::roles::APPLICATION_ROLES;

pub(crate) const READERS: [&str; 5] = [
    "Application.Read.All",
    "Application.ReadWrite.All",
    "Application.ReadWrite.OwnedBy",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

const WRITERS_OF_ALL: [&str; 2] = ["Application.ReadWrite.All", "Directory.ReadWrite.All"];

pub(crate) const WRITERS: [&str; 3] = [
    "Application.ReadWrite.All",
    "Application.ReadWrite.OwnedBy",
    "Directory.ReadWrite.All",
];

/// A registration as Graph shows it. The value of a secret is never in it, and key material only in `with_keys`.
pub(crate) fn shown(object: &Application) -> Value {
    shown_with(object, false)
}

pub(crate) fn shown_with(object: &Application, with_keys: bool) -> Value {
    let mut shown = object.writable.clone();
    let keys = object.keys.iter().map(|key| certificates::shown(key, with_keys));
    shown.insert("keyCredentials".into(), keys.collect());
    let mut value = Value::Object(shown);
    value["id"] = json!(object.id);
    value["appId"] = json!(object.app_id);
    value["uniqueName"] = json!(object.unique_name);
    value["createdDateTime"] = json!(graph_time(object.created));
    value["deletedDateTime"] = json!(object.deleted.map(graph_time));
    value["publisherDomain"] = json!(DEFAULT_DOMAIN);
    value["applicationTemplateId"] = Value::Null;
    value["disabledByMicrosoftStatus"] = Value::Null;
    value["certification"] = Value::Null;
    value["verifiedPublisher"] =
        json!({"displayName": null, "verifiedPublisherId": null, "addedDateTime": null});
    value["passwordCredentials"] = object.passwords.iter().map(password).collect();
    value
}

/// A secret as Graph shows it after it was made.
pub(crate) fn password(held: &PasswordCredential) -> Value {
    json!({
        "customKeyIdentifier": null,
        "displayName": held.display_name,
        "endDateTime": graph_time(held.end),
        "hint": held.hint,
        "keyId": held.key_id,
        "secretText": null,
        "startDateTime": graph_time(held.start),
    })
}

/// The position of the live registration that a request names, once it has replicated.
pub(crate) fn find(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
    let now = organisation.seen_at();
    let matches = |object: &Application| match key.name.as_deref() {
        None => object.id.eq_ignore_ascii_case(&key.value),
        Some("appId") => object.app_id.eq_ignore_ascii_case(&key.value),
        Some("uniqueName") => object.unique_name.as_deref() == Some(&key.value),
        Some(_) => false,
    };
    organisation
        .objects
        .applications
        .iter()
        .position(|object| object.deleted.is_none() && now >= object.visible_at && matches(object))
        .ok_or_else(|| not_found(&key.value))
}

/// Whether the caller may change this registration: with a role or permission for all, or because it is theirs.
pub(crate) fn may_change(organisation: &Organisation, caller: &Caller, object: &Application) -> bool {
    let theirs = || is_owner(organisation, caller, object);
    match caller {
        Caller::Application { .. } => caller.holds(&WRITERS_OF_ALL) || caller.holds(&WRITERS) && theirs(),
        Caller::Person { .. } => caller.holds(&WRITERS) && (caller.has_role(&APPLICATION_ROLES) || theirs()),
    }
}

fn is_owner(organisation: &Organisation, caller: &Caller, object: &Application) -> bool {
    match organisation.objects.graph.application_owners.get(&object.id) {
        Some(owners) => owners.iter().any(|owner| owner == caller.id()),
        None => object.created_by.as_deref() == Some(caller.id()),
    }
}
