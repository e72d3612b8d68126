//! Deleted app registrations: listed, restored or removed for good (security-and-reliability §0.3).

use super::failure::{Answer, Failure, denied, not_found};
use super::{Key, applications, query};
use crate::bearer::Caller;
use crate::objects::Application;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

fn find(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
    let matches =
        |object: &Application| object.deleted.is_some() && object.id.eq_ignore_ascii_case(&key.value);
    organisation
        .objects
        .applications
        .iter()
        .position(matches)
        .ok_or_else(|| not_found(&key.value))
}

/// `GET /directory/deletedItems/microsoft.graph.application`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Directory.Read.All",
    ]) {
        return Err(denied());
    }
    let deleted = organisation
        .objects
        .applications
        .iter()
        .filter(|object| object.deleted.is_some());
    query::collection(
        organisation,
        call,
        "applications",
        deleted.map(applications::application).collect(),
    )
}

/// `GET /directory/deletedItems/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&[
        "Application.Read.All",
        "Application.ReadWrite.All",
        "Directory.Read.All",
    ]) {
        return Err(denied());
    }
    let position = find(organisation, key)?;
    let shown = applications::application(&organisation.objects.applications[position]);
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryObjects/$entity",
        shown,
    ))
}

/// `POST /directory/deletedItems/{id}/restore`. The enterprise application does not come back by itself here;
/// whether it does in the real directory is UNVERIFIED.
pub(super) fn restore(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = find(organisation, key)?;
    if !applications::may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    let visible_at = organisation.visible_at();
    let object = &mut organisation.objects.applications[position];
    object.deleted = None;
    object.visible_at = visible_at;
    let shown = applications::application(object);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryObjects/$entity",
        shown,
    ))
}

/// `DELETE /directory/deletedItems/{id}`: for good, which also frees the unique name.
pub(super) fn purge(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    let position = find(organisation, key)?;
    if !applications::may_change(caller, &organisation.objects.applications[position]) {
        return Err(denied());
    }
    organisation.objects.applications.remove(position);
    organisation.touch();
    Ok(Reply::empty(204))
}
