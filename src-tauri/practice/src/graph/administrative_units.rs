//! Administrative units, which Exchange can limit an application to (microsoft-facts §4b): read only here.

use serde_json::{Value, json};

use super::failure::{Answer, Failure, denied, not_found};
use super::objects::any;
use super::path::Key;
use super::query;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::exchange::AdministrativeUnit;
use crate::people::directory::IdKind;
use crate::wire::Call;

const READERS: [&str; 4] = [
    "AdministrativeUnit.Read.All",
    "AdministrativeUnit.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];

fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

fn shown(unit: &AdministrativeUnit) -> Value {
    json!({
        "id": unit.id,
        "deletedDateTime": null,
        "description": null,
        "displayName": unit.display_name,
        "membershipRule": null,
        "membershipRuleProcessingState": null,
        "membershipType": null,
        "visibility": null,
    })
}

fn find<'a>(organisation: &'a Organisation, key: &Key) -> Result<&'a AdministrativeUnit, Failure> {
    let mut units = organisation.objects.exchange.administrative_units.iter();
    units
        .find(|unit| unit.id.eq_ignore_ascii_case(&key.value))
        .ok_or_else(|| not_found(&key.value))
}

/// `GET /directory/administrativeUnits`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let units = organisation.objects.exchange.administrative_units.iter();
    let all = units.map(shown).collect();
    query::directory(organisation, call, "directory/administrativeUnits", "", all)
}

/// `GET /directory/administrativeUnits/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let unit = shown(find(organisation, key)?);
    let context = "directory/administrativeUnits/$entity";
    Ok(query::object(organisation, call, 200, context, unit))
}

/// `GET /directory/administrativeUnits/{id}/members`.
pub(super) fn members(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let unit = find(organisation, key)?;
    let objects = unit
        .members
        .iter()
        .filter_map(|address| organisation.directory.by_address(address))
        .map(|at| organisation.directory.id(IdKind::Directory, at))
        .filter_map(|id| any::shown(organisation, &id))
        .collect();
    query::directory(organisation, call, "directoryObjects", "", objects)
}
