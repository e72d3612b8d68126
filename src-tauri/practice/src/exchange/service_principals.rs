//! Exchange's pointers to enterprise applications (microsoft-facts §4b).

use serde_json::{Value, json};

use super::Output;
use super::failure::{Failure, Outcome};
use super::parameters::Parameters;
use crate::objects::ExchangeServicePrincipal;
use crate::organisation::{Organisation, new_id};

fn shown(held: &ExchangeServicePrincipal) -> Value {
    json!({
        "DisplayName": held.display_name,
        "ObjectId": held.object_id,
        "AppId": held.app_id,
        "Sid": "",
        "Guid": held.guid,
        "Id": held.object_id,
        "Identity": held.object_id,
        "Name": held.object_id,
    })
}

/// The pointer that an identity names: object id, app id, GUID or display name.
pub(super) fn resolve<'a>(
    organisation: &'a Organisation,
    identity: &str,
) -> Option<&'a ExchangeServicePrincipal> {
    organisation
        .objects
        .exchange
        .service_principals
        .iter()
        .find(|held| {
            [&held.object_id, &held.app_id, &held.guid, &held.display_name]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(identity))
        })
}

/// `Get-ServicePrincipal`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
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
            let held = resolve(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
            Ok(Output::of(vec![shown(held)]))
        }
    }
}

/// `New-ServicePrincipal`. The object id must be the enterprise application's; the registration's own object id,
/// a common mistake, is not found (security-and-reliability §3.8).
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let app_id = parameters.require("AppId")?;
    let object_id = parameters
        .text("ObjectId")
        .or(parameters.text("ServiceId"))
        .ok_or_else(|| Failure::missing("ObjectId"))?;
    let now = organisation.clock.now();
    let principal = organisation
        .objects
        .service_principal(object_id)
        .filter(|found| now >= found.visible_at && found.app_id.eq_ignore_ascii_case(app_id))
        .ok_or_else(|| Failure::not_found(object_id))?;
    let exists = |held: &ExchangeServicePrincipal| {
        held.app_id.eq_ignore_ascii_case(app_id) || held.object_id.eq_ignore_ascii_case(object_id)
    };
    if organisation
        .objects
        .exchange
        .service_principals
        .iter()
        .any(exists)
    {
        return Err(Failure::exists("service principal", object_id));
    }
    let held = ExchangeServicePrincipal {
        app_id: principal.app_id.clone(),
        object_id: principal.id.clone(),
        display_name: parameters
            .text("DisplayName")
            .unwrap_or(&principal.display_name)
            .to_owned(),
        guid: new_id(),
    };
    let output = Output::of(vec![shown(&held)]);
    organisation.objects.exchange.service_principals.push(held);
    organisation.touch();
    Ok(output)
}

/// `Remove-ServicePrincipal`; its assignments go with it.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    let identity = parameters.require("Identity")?;
    let object_id = resolve(organisation, identity)
        .map(|held| held.object_id.clone())
        .ok_or_else(|| Failure::not_found(identity))?;
    super::change(organisation, |exchange| super::forget(exchange, &object_id));
    organisation.touch();
    Ok(Output::nothing())
}
