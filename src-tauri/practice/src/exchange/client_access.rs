//! `Get-CASMailbox` and `Set-CASMailbox`: which protocols reach a mailbox (microsoft-facts §4c).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::identity::{Found, mailbox};
use super::output::Output;
use super::parameters::Parameters;
use super::recipients;
use crate::organisation::Organisation;
use crate::organisation::exchange::ClientAccess;
use crate::people::directory::IdKind;

/// A mailbox's protocol switches as the endpoint shows them.
pub(super) fn shown(organisation: &Organisation, found: Found) -> Value {
    let Found::Entry(position) = found else {
        return Value::Null;
    };
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let address = entry.address();
    let access = organisation
        .objects
        .exchange
        .client_access
        .get(&address)
        .cloned()
        .unwrap_or_default();
    json!({
        "EmailAddresses": entry.email_addresses(),
        "PrimarySmtpAddress": address,
        "DisplayName": entry.display_name,
        "Name": entry.alias,
        "Identity": entry.alias,
        "Id": entry.alias,
        "Guid": organisation.directory.id(IdKind::Exchange, position),
        "ExternalDirectoryObjectId": organisation.directory.id(IdKind::Directory, position),
        "ImapEnabled": access.imap,
        "PopEnabled": access.pop,
        "SmtpClientAuthenticationDisabled": access.smtp_auth_disabled,
        "EwsEnabled": access.ews,
        "OWAEnabled": access.owa,
        "ActiveSyncEnabled": access.active_sync,
        "MAPIEnabled": access.mapi,
        "ImapUseProtocolDefaults": true,
        "PopUseProtocolDefaults": true,
        "IsValid": true,
    })
}

/// `Get-CASMailbox`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    recipients::find(organisation, parameters, &recipients::MAILBOXES, shown)
}

/// `Set-CASMailbox`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (_, address) = mailbox(organisation, parameters.require("Identity")?)?;
    let all = &mut organisation.objects.exchange.client_access;
    let mut access = all.get(&address).cloned().unwrap_or_default();
    let mut named = false;
    for (name, switch) in [
        ("ImapEnabled", &mut access.imap),
        ("PopEnabled", &mut access.pop),
        ("OWAEnabled", &mut access.owa),
        ("ActiveSyncEnabled", &mut access.active_sync),
        ("MAPIEnabled", &mut access.mapi),
    ] {
        if let Some(flag) = parameters.flag(name) {
            *switch = flag;
            named = true;
        }
    }
    for (name, switch) in [
        ("SmtpClientAuthenticationDisabled", &mut access.smtp_auth_disabled),
        ("EwsEnabled", &mut access.ews),
    ] {
        if parameters.is_given(name) {
            *switch = parameters.flag(name);
            named = true;
        }
    }
    let unchanged = all.get(&address).cloned().unwrap_or_default() == access;
    if named && unchanged {
        return Ok(Output::warning(format!(
            "The command completed successfully but no settings of '{}' have been modified.",
            address.split('@').next().unwrap_or_default()
        )));
    }
    if access == ClientAccess::default() {
        all.remove(&address);
    } else {
        all.insert(address, access);
    }
    organisation.touch();
    Ok(Output::nothing())
}

/// `Get-AuthenticationPolicy`: there is none.
pub(super) fn authentication_policies(_: &mut Organisation, parameters: &Parameters) -> Outcome {
    match parameters.text("Identity") {
        Some(identity) => Err(Failure::not_found(identity)),
        None => Ok(Output::nothing()),
    }
}
