//! Exchange's pointers to enterprise applications (microsoft-facts §4b).

use serde_json::{Value, json};

use super::change::{change, forget};
use super::failure::{Failure, Outcome};
use super::identity;
use super::output::Output;
use super::parameters::Parameters;
use super::values::sid;
use crate::organisation::Organisation;
use crate::organisation::exchange::ExchangeServicePrincipal;
use crate::organisation::ids::new_id;

fn shown(held: &ExchangeServicePrincipal) -> Value {
    json!({
        "DisplayName": held.display_name,
        "ObjectId": held.object_id,
        "AppId": held.app_id,
        "Sid": sid(&held.guid),
        "Guid": held.guid,
        "Id": held.object_id,
        "Identity": held.object_id,
        "Name": held.object_id,
        "IsValid": true,
    })
}

/// `Get-ServicePrincipal`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    match parameters.text("Identity") {
        None => Ok(Output::of(
            organisation
                .objects
                .exchange
                .service_principals
                .iter()
                .map(shown)
                .collect(),
        )),
        Some(identity) => {
            let held = identity::service_principal(organisation, identity)
                .ok_or_else(|| Failure::not_found(identity))?;
            Ok(Output::of(vec![shown(held)]))
        }
    }
}

/// Apps in all (microsoft-facts §4b, limits).
const APPS_AT_MOST: usize = 10_000;

/// `New-ServicePrincipal`. The object id must be the enterprise application's; one that has not replicated yet is
/// not found. What Exchange does with the registration's own object id, a common mistake, is told in two ways: it is
/// refused at once (security-and-reliability §3.8), or it is taken and the app then fails to authenticate
/// (microsoft-facts §4c, step 2). The scenario says which.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let app_id = parameters.require("AppId")?;
    let object_id = parameters
        .text("ObjectId")
        .or(parameters.text("ServiceId"))
        .ok_or_else(|| Failure::missing("ObjectId"))?;
    for (name, given) in [("AppId", app_id), ("ObjectId", object_id)] {
        if uuid::Uuid::try_parse(given).is_err() {
            return Err(Failure::bad(
                "Microsoft.Exchange.Data.DataValidationException",
                format!("The value \"{given}\" of parameter '{name}' isn't a valid GUID."),
            ));
        }
    }
    let now = organisation.clock.now();
    let objects = &organisation.objects;
    let named = objects
        .service_principal(object_id)
        .filter(|found| now >= found.visible_at && found.app_id.eq_ignore_ascii_case(app_id));
    let mistaken = objects.application_by_app_id(app_id).filter(|app| {
        organisation.scenario.wrong_object_id_accepted && app.id.eq_ignore_ascii_case(object_id)
    });
    let (app_id, object_id, default_name) = match (named, mistaken) {
        (Some(principal), _) => (&principal.app_id, &principal.id, principal.display_name.as_str()),
        (None, Some(app)) => (&app.app_id, &app.id, app.display_name()),
        (None, None) => return Err(Failure::not_found(object_id)),
    };
    let pointers = &objects.exchange.service_principals;
    let exists = |held: &ExchangeServicePrincipal| {
        held.app_id.eq_ignore_ascii_case(app_id) || held.object_id.eq_ignore_ascii_case(object_id)
    };
    if pointers.iter().any(exists) {
        return Err(Failure::exists("service principal", object_id));
    }
    if pointers.len() >= APPS_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "The maximum number of service principals in the organization is reached.",
        ));
    }
    let held = ExchangeServicePrincipal {
        app_id: app_id.clone(),
        object_id: object_id.clone(),
        display_name: parameters.text("DisplayName").unwrap_or(default_name).to_owned(),
        guid: new_id(),
    };
    let output = Output::of(vec![shown(&held)]);
    organisation.objects.exchange.service_principals.push(held);
    organisation.touch();
    Ok(output)
}

/// `Set-ServicePrincipal`: the display name.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let object_id = identity::service_principal(organisation, identity)
        .map(|held| held.object_id.clone())
        .ok_or_else(|| Failure::not_found(identity))?;
    if let Some(name) = parameters.text("DisplayName") {
        let pointers = &mut organisation.objects.exchange.service_principals;
        if let Some(held) = pointers.iter_mut().find(|held| held.object_id == object_id) {
            name.clone_into(&mut held.display_name);
            organisation.touch();
        }
    }
    Ok(Output::nothing())
}

/// `Remove-ServicePrincipal`; its assignments go with it.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let object_id = identity::service_principal(organisation, identity)
        .map(|held| held.object_id.clone())
        .ok_or_else(|| Failure::not_found(identity))?;
    change(organisation, |exchange| forget(exchange, &object_id));
    Ok(Output::nothing())
}
