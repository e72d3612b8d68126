//! The organisation's settings, its domains, and the one-time switch that new organisations need before they may
//! have scopes of their own (microsoft-facts §4d, end).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::output::Output;
use super::parameters::Parameters;
use crate::organisation::ids::stable_id;
use crate::organisation::{NAME, Organisation};
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};

/// `Get-OrganizationConfig`.
pub(super) fn get(organisation: &mut Organisation, _: &Parameters) -> Outcome {
    let exchange = &organisation.objects.exchange;
    Ok(Output::of(vec![json!({
        "Name": INITIAL_DOMAIN,
        "DisplayName": NAME,
        "Identity": INITIAL_DOMAIN,
        "Guid": organisation.objects.tenant_id,
        "OrganizationId": INITIAL_DOMAIN,
        "IsDehydrated": exchange.dehydrated,
        "EwsEnabled": exchange.organization.ews_enabled,
        "EwsAllowedAppIDs": exchange.organization.ews_allowed_app_ids,
        "EwsApplicationAccessPolicy": null,
        "EwsAllowList": null,
        "EwsBlockList": null,
        "OAuth2ClientProfileEnabled": true,
        "AuditDisabled": false,
        "DefaultAuthenticationPolicy": null,
        "SendFromAliasEnabled": false,
        "MailTipsAllTipsEnabled": true,
        "RejectDirectSend": false,
        "IsValid": true,
    })]))
}

/// `Set-OrganizationConfig`, as far as it concerns onboarding: EWS and who may still use it.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let settings = &mut organisation.objects.exchange.organization;
    if parameters.is_given("EwsEnabled") {
        settings.ews_enabled = parameters.flag("EwsEnabled");
    }
    if let Some(change) = parameters.change("EwsAllowedAppIDs") {
        if let Some(all) = change.replace {
            settings.ews_allowed_app_ids = all;
        }
        settings.ews_allowed_app_ids.extend(change.add);
        settings
            .ews_allowed_app_ids
            .retain(|id| !change.remove.contains(id));
        settings.ews_allowed_app_ids.truncate(1_000);
    }
    organisation.touch();
    Ok(Output::nothing())
}

/// `Get-AcceptedDomain`.
pub(super) fn accepted_domains(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let wanted = parameters.text("Identity");
    let rows: Vec<Value> = [DEFAULT_DOMAIN, INITIAL_DOMAIN, IDN_DOMAIN_ASCII]
        .into_iter()
        .filter(|name| wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(name)))
        .map(|name| {
            json!({
                "Name": name,
                "DomainName": name,
                "Identity": name,
                "Guid": stable_id(organisation.objects.seed, name),
                "DomainType": "Authoritative",
                "Default": name == DEFAULT_DOMAIN,
                "InitialDomain": name == INITIAL_DOMAIN,
                "MatchSubDomains": false,
                "AuthenticationType": "Managed",
                "SendingFromDomainDisabled": false,
                "IsValid": true,
            })
        })
        .collect();
    match wanted {
        Some(identity) if rows.is_empty() => Err(Failure::not_found(identity)),
        _ => Ok(Output::of(rows)),
    }
}

/// `Enable-OrganizationCustomization`.
pub(super) fn enable(organisation: &mut Organisation, _: &Parameters) -> Outcome {
    if !organisation.objects.exchange.dehydrated {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.Deployment.OrganizationAlreadyHydratedException",
            "This operation is not required. Organization is already enabled for customization.",
        ));
    }
    organisation.objects.exchange.dehydrated = false;
    organisation.touch();
    Ok(Output::nothing())
}

/// Refuses what an organisation may not do before it was switched.
pub(super) fn require_customization(organisation: &Organisation, cmdlet: &str) -> Result<(), Failure> {
    if organisation.objects.exchange.dehydrated {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.Directory.InvalidOperationInDehydratedContextException",
            format!(
                "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization. ({cmdlet})"
            ),
        ));
    }
    Ok(())
}
