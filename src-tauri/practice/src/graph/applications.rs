//! App registrations (microsoft-facts §2.1), with the traps of security-and-reliability §0.2 and §0.3: every
//! plain create makes a new object, a taken unique name answers 400, and a soft-deleted app keeps its name.

use serde_json::{Map, Value};

use super::failure::{Answer, Failure, bad_request, denied, list_full, not_found, quota, too_large};
use super::objects::application::{self, READERS, WRITERS, find, may_change};
use super::objects::owners::Of;
use super::path::Key;
use super::{body, certificates, deleted_items, federated_credentials, owners, policies, query, schema};
use crate::access::bearer::Caller;
use crate::clock::Delay;
use crate::organisation::Organisation;
use crate::organisation::graph::{OBJECTS_AT_MOST, VALUES_AT_MOST};
use crate::organisation::ids::new_id;
use crate::organisation::registrations::{Application, application_defaults};
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::people::roles::APPLICATION_ROLES;
use crate::wire::{Call, Reply};

/// `GET /applications`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    let now = organisation.seen_at();
    let visible = |object: &&Application| object.deleted.is_none() && now >= object.visible_at;
    let all = organisation
        .objects
        .applications
        .iter()
        .filter(visible)
        .map(|object| expand(organisation, call, &object.id, application::shown(object)))
        .collect();
    query::directory(organisation, call, "applications", "application", all)
}

/// `GET /applications/{id}`, `(appId='…')`, `(uniqueName='…')`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    query::check_names(call, "application")?;
    let object = &organisation.objects.applications[find(organisation, key)?];
    // Key material shows only when one object is asked for it by name (microsoft-facts §2.5).
    let asked = query::selected(call).unwrap_or_default();
    let with_keys = asked
        .iter()
        .any(|name| name.eq_ignore_ascii_case("keyCredentials"));
    let shown = expand(
        organisation,
        call,
        &object.id,
        application::shown_with(object, with_keys),
    );
    Ok(query::object(
        organisation,
        call,
        200,
        "applications/$entity",
        shown,
    ))
}

/// Adds what `$expand` asks for.
fn expand(organisation: &Organisation, call: &Call, id: &str, mut shown: Value) -> Value {
    if let Some(names) = query::expands(call, "owners") {
        shown["owners"] = owners::expanded(organisation, Of::Application, id, names.as_deref());
    }
    if let Some(names) = query::expands(call, "federatedIdentityCredentials") {
        let held = federated_credentials::of(organisation, id);
        let narrowed = held.into_iter().map(|object| match &names {
            Some(names) => query::only(object, names),
            None => object,
        });
        shown["federatedIdentityCredentials"] = narrowed.collect();
    }
    shown
}

/// `POST /applications`: always a new object, even with a display name that exists.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_create(organisation, caller)?;
    let body = body::object(call)?;
    make(organisation, call, caller, body, None)
}

fn may_create(organisation: &Organisation, caller: &Caller) -> Result<(), Failure> {
    let allowed = caller.holds(&WRITERS)
        && (caller.has_role(&APPLICATION_ROLES) || organisation.scenario.users_may_create_apps);
    allowed.then_some(()).ok_or_else(denied)
}

fn make(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    mut body: Map<String, Value>,
    unique_name: Option<String>,
) -> Answer {
    let named = body
        .remove("uniqueName")
        .and_then(|name| name.as_str().map(str::to_owned));
    let unique_name = unique_name.or(named);
    deleted_items::end_retention(organisation);
    if let Some(name) = &unique_name {
        // Soft-deleted registrations reserve their names too, and the answer is 400, not 409.
        if organisation
            .objects
            .applications
            .iter()
            .any(|object| object.unique_name.as_ref() == Some(name))
        {
            return Err(bad_request(
                "Another object with the same value for property uniqueName already exists.",
            ));
        }
    }
    let name = body
        .get("displayName")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if name.trim().is_empty() {
        return Err(bad_request(
            "A value is required for property 'displayName' of resource 'Application'.",
        ));
    }
    if organisation.objects.applications.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let now = organisation.clock.now();
    let mut body = schema::checked("application", body)?;
    let keys = match body.remove("keyCredentials") {
        Some(Value::Array(asked)) => {
            certificates::replaced(&asked, &[], organisation.clock.due(Delay::Secret))?
        }
        _ => Vec::new(),
    };
    let subject = policies::Subject {
        id: "",
        created: now,
        is_application: true,
    };
    policies::enforce_for_keys(organisation, &subject, &keys)?;
    let mut writable = application_defaults();
    merge(&mut writable, body)?;
    check_values(organisation, None, &writable)?;
    let object = Application {
        id: new_id(),
        app_id: new_id(),
        unique_name,
        created: now,
        visible_at: organisation.visible_at(),
        deleted: None,
        writable,
        passwords: Vec::new(),
        keys,
        created_by: Some(caller.id().to_owned()),
    };
    let shown = application::shown(&object);
    // Whoever makes an app owns it (microsoft-facts §2.1).
    organisation
        .objects
        .graph
        .application_owners
        .insert(object.id.clone(), vec![caller.id().to_owned()]);
    organisation.objects.applications.push(object);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        201,
        "applications/$entity",
        shown,
    ))
}

/// Writes the given properties; ones that cannot be set are refused.
fn merge(writable: &mut Map<String, Value>, body: Map<String, Value>) -> Result<(), Failure> {
    for (name, value) in body {
        match name.as_str() {
            "passwordCredentials" if value.as_array().is_some_and(Vec::is_empty) => {}
            // A secret can be made by addPassword only (microsoft-facts §2.1).
            "passwordCredentials" => {
                return Err(bad_request(
                    "New password credentials must be generated with service actions.",
                ));
            }
            _ if writable.contains_key(&name) => {
                let merged = match (writable.get(&name), value) {
                    (Some(Value::Object(old)), Value::Object(new)) => {
                        let mut all = old.clone();
                        all.extend(new);
                        Value::Object(all)
                    }
                    (_, value) => value,
                };
                writable.insert(name, merged);
            }
            _ => {
                return Err(bad_request(format!(
                    "Property '{name}' is read-only and cannot be set."
                )));
            }
        }
    }
    Ok(())
}

/// Checks what the types alone do not say: lengths, the audience, and identifier URIs, which must be of a verified
/// domain and of no other app.
fn check_values(
    organisation: &Organisation,
    own: Option<&Application>,
    writable: &Map<String, Value>,
) -> Result<(), Failure> {
    let invalid = |name: &str| {
        bad_request(format!(
            "Invalid value specified for property '{name}' of resource 'Application'."
        ))
    };
    let name = writable
        .get("displayName")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if name.trim().is_empty() || name.chars().count() > 256 {
        return Err(invalid("displayName"));
    }
    const AUDIENCES: [&str; 4] = [
        "AzureADMyOrg",
        "AzureADMultipleOrgs",
        "AzureADandPersonalMicrosoftAccount",
        "PersonalMicrosoftAccount",
    ];
    let audience = writable.get("signInAudience").and_then(Value::as_str);
    if !audience.is_some_and(|audience| AUDIENCES.contains(&audience)) {
        return Err(invalid("signInAudience"));
    }
    for (name, value) in writable {
        if value
            .as_array()
            .is_some_and(|values| values.len() > VALUES_AT_MOST)
        {
            return Err(list_full(name));
        }
    }
    let uris = writable.get("identifierUris").and_then(Value::as_array);
    for uri in uris.into_iter().flatten().filter_map(Value::as_str) {
        let parsed = url::Url::parse(uri).map_err(|_| invalid("identifierUris"))?;
        let verified = match parsed.scheme() {
            "https" => parsed.host_str().is_some_and(|host| {
                [DEFAULT_DOMAIN, INITIAL_DOMAIN, IDN_DOMAIN_ASCII]
                    .iter()
                    .any(|domain| host == *domain || host.ends_with(&format!(".{domain}")))
            }),
            _ => true,
        };
        if !verified {
            return Err(Failure::new(
                400,
                "HostNameNotOnVerifiedDomain",
                format!(
                    "Values of identifierUris property must use a verified domain of the organization or its subdomain: '{uri}'"
                ),
            ));
        }
        let taken = organisation
            .objects
            .applications
            .iter()
            .filter(|other| own.is_none_or(|own| own.id != other.id))
            .filter_map(|other| other.writable.get("identifierUris").and_then(Value::as_array))
            .any(|held| held.iter().any(|held| held == uri));
        if taken {
            return Err(Failure::new(
                400,
                "Request_MultipleObjectsWithSameKeyValue",
                "Another object with the same value for property identifierUris already exists.",
            ));
        }
    }
    Ok(())
}

/// `PATCH /applications/{…}`; with `uniqueName` and `Prefer: create-if-missing` it creates what is missing.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let mut body = body::object(call)?;
    let create_if_missing = call
        .header("prefer")
        .is_some_and(|prefer| prefer.to_lowercase().contains("create-if-missing"));
    if key.name.as_deref() == Some("uniqueName") {
        // The write path is strongly consistent: an app that reads do not show yet is found all the same, so
        // a repeated upsert never makes a second one.
        let exists = organisation
            .objects
            .applications
            .iter()
            .any(|object| object.deleted.is_none() && object.unique_name.as_deref() == Some(&key.value));
        if !exists {
            if !create_if_missing {
                return Err(not_found(&key.value));
            }
            may_create(organisation, caller)?;
            return make(organisation, call, caller, body, Some(key.value.clone()));
        }
        body.remove("uniqueName");
    }
    let position = match find(organisation, key) {
        Ok(position) => position,
        Err(missing) => organisation
            .objects
            .applications
            .iter()
            .position(|object| {
                object.deleted.is_none()
                    && key.name.as_deref() == Some("uniqueName")
                    && object.unique_name.as_deref() == Some(&key.value)
            })
            .ok_or(missing)?,
    };
    let object = &organisation.objects.applications[position];
    if !may_change(organisation, caller, object) {
        return Err(denied());
    }
    let mut body = schema::checked("application", body)?;
    // The whole array is replaced (microsoft-facts §2.5); what policy says counts for new certificates only.
    let keys = match body.remove("keyCredentials") {
        Some(Value::Array(asked)) if asked.len() > VALUES_AT_MOST => return Err(too_large()),
        Some(Value::Array(asked)) => Some(certificates::replaced(
            &asked,
            &object.keys,
            organisation.clock.due(Delay::Secret),
        )?),
        _ => None,
    };
    let new: Vec<_> = keys
        .iter()
        .flatten()
        .filter(|key| !object.keys.contains(key))
        .cloned()
        .collect();
    let subject = policies::Subject {
        id: &object.id,
        created: object.created,
        is_application: true,
    };
    policies::enforce_for_keys(organisation, &subject, &new)?;
    let mut writable = object.writable.clone();
    merge(&mut writable, body)?;
    check_values(organisation, Some(object), &writable)?;
    let object = &mut organisation.objects.applications[position];
    object.writable = writable;
    if let Some(keys) = keys {
        object.keys = keys;
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /applications/{…}`: soft, for 30 days; the enterprise application goes with it.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&WRITERS) {
        return Err(denied());
    }
    let position = find(organisation, key)?;
    if !may_change(organisation, caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    let now = organisation.clock.now();
    let object = &mut organisation.objects.applications[position];
    object.deleted = Some(now);
    let app_id = object.app_id.clone();
    super::service_principals::remove_by_app_id(organisation, &app_id);
    organisation.touch();
    Ok(Reply::empty(204))
}
