//! `Get-` and `Set-TransportConfig`: among other things whether SMTP AUTH is off for the organisation
//! (microsoft-facts §4c).

use serde_json::json;

use super::failure::Outcome;
use super::output::Output;
use super::parameters::Parameters;
use crate::organisation::Organisation;

/// `Get-TransportConfig`.
pub(super) fn get(organisation: &mut Organisation, _: &Parameters) -> Outcome {
    Ok(Output::of(vec![json!({
        "Name": "Transport Settings",
        "Identity": "Transport Settings",
        "SmtpClientAuthenticationDisabled": organisation.objects.exchange.transport.smtp_auth_disabled,
        "AllowLegacyTLSClients": false,
        "MaxReceiveSize": "Unlimited",
        "MaxRecipientEnvelopeLimit": "Unlimited",
        "MaxSendSize": "Unlimited",
        "ExternalDsnReportingAuthority": null,
        "JournalingReportNdrTo": "<>",
        "IsValid": true,
    })]))
}

/// `Set-TransportConfig`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    if let Some(disabled) = parameters.flag("SmtpClientAuthenticationDisabled") {
        organisation.objects.exchange.transport.smtp_auth_disabled = disabled;
        organisation.touch();
    }
    Ok(Output::nothing())
}
