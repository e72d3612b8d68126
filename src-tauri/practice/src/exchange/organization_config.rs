//! The organisation's settings, and the one-time switch that new organisations need before they may have
//! scopes of their own (microsoft-facts §4d, end).

use serde_json::json;

use super::Output;
use super::failure::{Failure, Outcome};
use super::parameters::Parameters;
use crate::directory::INITIAL_DOMAIN;
use crate::organisation::{NAME, Organisation};

/// `Get-OrganizationConfig`.
pub(super) fn get(organisation: &mut Organisation, _: &Parameters<'_>) -> Outcome {
    Ok(Output::of(vec![json!({
        "Name": INITIAL_DOMAIN,
        "DisplayName": NAME,
        "Identity": INITIAL_DOMAIN,
        "Guid": organisation.objects.tenant_id,
        "IsDehydrated": organisation.objects.exchange.dehydrated,
        "EwsEnabled": false,
        "OAuth2ClientProfileEnabled": true,
    })]))
}

/// `Enable-OrganizationCustomization`.
pub(super) fn enable(organisation: &mut Organisation, _: &Parameters<'_>) -> Outcome {
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
