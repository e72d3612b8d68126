//! Owners of app registrations and of enterprise applications (microsoft-facts §2.1).

use serde_json::Value;

use super::failure::{Answer, Failure, bad_request, denied, duplicate_reference, list_full, not_found};
use super::objects::owners::{Of, ids};
use super::objects::{any, application, service_principal};
use super::path::Key;
use super::{body, query};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// Microsoft's own limit of owners of one app.
const AT_MOST: usize = 100;

fn find(organisation: &Organisation, of: Of, key: &Key) -> Result<String, Failure> {
    Ok(match of {
        Of::Application => organisation.objects.applications[application::find(organisation, key)?]
            .id
            .clone(),
        Of::ServicePrincipal => organisation.objects.service_principals
            [service_principal::find(organisation, key)?]
        .id
        .clone(),
    })
}

/// The owners as `$expand` shows them.
pub(super) fn expanded(organisation: &Organisation, of: Of, id: &str, names: Option<&[String]>) -> Value {
    let owners = ids(organisation, of, id);
    let objects = owners.iter().filter_map(|id| any::shown(organisation, id));
    objects
        .map(|object| match names {
            Some(names) => query::only(object, names),
            None => object,
        })
        .collect()
}

/// `GET …/{id}/owners`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller, of: Of, key: &Key) -> Answer {
    if !caller.holds(&application::READERS) {
        return Err(denied());
    }
    let id = find(organisation, of, key)?;
    let owners = ids(organisation, of, &id);
    let objects = owners
        .iter()
        .filter_map(|id| any::shown(organisation, id))
        .collect();
    query::directory(organisation, call, "directoryObjects", "", objects)
}

fn may_change(organisation: &Organisation, caller: &Caller, of: Of, key: &Key) -> Result<String, Failure> {
    let id = find(organisation, of, key)?;
    let may = match of {
        Of::Application => {
            let at = application::find(organisation, key)?;
            application::may_change(organisation, caller, &organisation.objects.applications[at])
        }
        Of::ServicePrincipal => service_principal::may_change(organisation, caller, &id),
    };
    may.then_some(id).ok_or_else(denied)
}

/// `POST …/{id}/owners/$ref`.
pub(super) fn add(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
) -> Answer {
    let id = may_change(organisation, caller, of, key)?;
    let owner = body::reference(call)?;
    let kind = any::kind(organisation, &owner).ok_or_else(|| not_found(&owner))?;
    if kind != "user" && kind != "servicePrincipal" {
        return Err(bad_request(
            "The reference target type is not allowed for the 'owners' property.",
        ));
    }
    let mut owners = ids(organisation, of, &id);
    if owners.iter().any(|held| held.eq_ignore_ascii_case(&owner)) {
        return Err(duplicate_reference("owners"));
    }
    if owners.len() >= AT_MOST {
        return Err(list_full(of.set()));
    }
    owners.push(owner.to_lowercase());
    keep(organisation, of, id, owners);
    Ok(Reply::empty(204))
}

/// `DELETE …/{id}/owners/{owner}/$ref`.
pub(super) fn remove(
    organisation: &mut Organisation,
    caller: &Caller,
    of: Of,
    key: &Key,
    owner: &Key,
) -> Answer {
    let id = may_change(organisation, caller, of, key)?;
    let mut owners = ids(organisation, of, &id);
    let before = owners.len();
    owners.retain(|held| !held.eq_ignore_ascii_case(&owner.value));
    if owners.len() == before {
        return Err(not_found(&owner.value));
    }
    keep(organisation, of, id, owners);
    Ok(Reply::empty(204))
}

fn keep(organisation: &mut Organisation, of: Of, id: String, owners: Vec<String>) {
    let graph = &mut organisation.objects.graph;
    match of {
        Of::Application => graph.application_owners.insert(id, owners),
        Of::ServicePrincipal => graph.principal_owners.insert(id, owners),
    };
    organisation.touch();
}
