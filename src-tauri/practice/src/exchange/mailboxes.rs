//! `Get-Mailbox` and `Set-Mailbox` (microsoft-facts §4d).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::identifiers::{mailbox, trustee, trustee_name};
use super::output::Output;
use super::parameters::Parameters;
use super::recipients::{self, Found, MAILBOXES};
use crate::access::mailbox_permissions::MailboxSettings;
use crate::directory::{Entry, Kind};
use crate::organisation::Organisation;

/// When the organisation's first mailboxes were made: 2024-02-01, 08:00 UTC.
pub(super) const CREATED: Timestamp = Timestamp::constant(1_706_774_400, 0);

/// Switches of `Get-Mailbox` that list kinds of mailboxes of which this organisation has none.
const NONE_OF_THESE: [&str; 6] = [
    "Archive",
    "GroupMailbox",
    "InactiveMailboxOnly",
    "Migration",
    "PublicFolder",
    "SoftDeletedMailbox",
];

fn settings<'a>(organisation: &'a Organisation, entry: &Entry) -> Option<&'a MailboxSettings> {
    let all = &organisation.objects.exchange.mailbox_settings;
    if all.is_empty() {
        return None;
    }
    all.get(&entry.address())
}

/// Whether a mailbox is hidden from address lists.
pub(super) fn is_hidden(organisation: &Organisation, entry: &Entry) -> bool {
    settings(organisation, entry).is_some_and(|settings| settings.hidden)
}

/// One of the fifteen custom attributes; the first is the division unless somebody changed it.
pub(super) fn custom_attribute(organisation: &Organisation, entry: &Entry, number: u8) -> String {
    let changed = settings(organisation, entry).and_then(|settings| settings.custom_attributes.get(&number));
    match changed {
        Some(value) => value.clone(),
        None if number == 1 => entry.division().to_owned(),
        None => String::new(),
    }
}

/// A mailbox as the endpoint shows it; the shape follows public captures.
pub(super) fn shown(organisation: &Organisation, found: Found) -> Value {
    let Found::Entry(position) = found else {
        return Value::Null;
    };
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let address = entry.address();
    let mut object = recipients::basics(organisation, position, entry);
    let on_behalf: Vec<String> = settings(organisation, entry)
        .map(|settings| {
            let trustees = settings.send_on_behalf.iter();
            trustees.map(|id| trustee_name(organisation, id)).collect()
        })
        .unwrap_or_default();
    let resource = match entry.kind {
        Kind::Room => json!("Room"),
        Kind::Equipment => json!("Equipment"),
        _ => Value::Null,
    };
    let more = json!({
        "UserPrincipalName": address,
        "MicrosoftOnlineServicesID": address,
        "SamAccountName": entry.alias,
        "AccountDisabled": !entry.enabled,
        "IsMailboxEnabled": true,
        "IsShared": entry.kind == Kind::Shared,
        "IsResource": matches!(entry.kind, Kind::Room | Kind::Equipment),
        "ResourceType": resource,
        "IsLinked": false,
        "IsDirSynced": false,
        "IsInactiveMailbox": false,
        "GrantSendOnBehalfTo": on_behalf,
        "ForwardingAddress": null,
        "ForwardingSmtpAddress": null,
        "DeliverToMailboxAndForward": false,
        "LitigationHoldEnabled": false,
        "MessageCopyForSentAsEnabled": false,
        "MessageCopyForSendOnBehalfEnabled": false,
        "ArchiveStatus": "None",
        "ArchiveGuid": "00000000-0000-0000-0000-000000000000",
        "InPlaceHolds": [],
        "Languages": ["en-US"],
        "AuditEnabled": true,
        "RetentionPolicy": "Default MRM Policy",
        "RoleAssignmentPolicy": "Default Role Assignment Policy",
        "SharingPolicy": "Default Sharing Policy",
        "MaxSendSize": "35 MB (36,700,160 bytes)",
        "MaxReceiveSize": "36 MB (37,748,736 bytes)",
        "IssueWarningQuota": "49 GB (52,613,349,376 bytes)",
        "ProhibitSendQuota": "49.5 GB (53,150,220,288 bytes)",
        "ProhibitSendReceiveQuota": "50 GB (53,687,091,200 bytes)",
        "RecoverableItemsQuota": "30 GB (32,212,254,720 bytes)",
        "RecipientLimits": "500",
        "WhenMailboxCreated": super::identifiers::date_time(CREATED),
        "WhenSoftDeleted": null,
        "ExchangeVersion": "0.20 (15.0.0.0)",
        "ObjectClass": ["top", "person", "organizationalPerson", "user"],
    });
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
    object
}

/// `Get-Mailbox`: mailboxes in Exchange Online only.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    if NONE_OF_THESE
        .iter()
        .any(|switch| parameters.flag(switch) == Some(true))
    {
        return match parameters.text("Identity") {
            Some(identity) => Err(Failure::not_found(identity)),
            None => Ok(Output::nothing()),
        };
    }
    recipients::find(organisation, parameters, &MAILBOXES, shown)
}

/// `Set-Mailbox`, as far as it concerns onboarding: hiding, sending on behalf, custom attributes.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (position, address) = mailbox(organisation, parameters.require("Identity")?)?;
    let mut settings = organisation
        .objects
        .exchange
        .mailbox_settings
        .get(&address)
        .cloned()
        .unwrap_or_default();
    let before = settings.clone();
    if let Some(hidden) = parameters.flag("HiddenFromAddressListsEnabled") {
        settings.hidden = hidden;
    }
    if let Some(change) = parameters.change("GrantSendOnBehalfTo") {
        let ids = |names: &[String]| -> Result<Vec<String>, Failure> {
            names.iter().map(|name| trustee(organisation, name)).collect()
        };
        if let Some(all) = &change.replace {
            settings.send_on_behalf = ids(all)?;
        }
        for id in ids(&change.add)? {
            if !settings.send_on_behalf.contains(&id) {
                settings.send_on_behalf.push(id);
            }
        }
        let gone = ids(&change.remove)?;
        settings.send_on_behalf.retain(|id| !gone.contains(id));
    }
    for number in 1..=15_u8 {
        let name = format!("CustomAttribute{number}");
        if parameters.is_given(&name) {
            let value = parameters.text(&name).unwrap_or_default();
            if value.chars().count() > 1_024 {
                return Err(Failure::bad(
                    "Microsoft.Exchange.Data.DataValidationException",
                    format!(
                        "The property value you specified, \"{name}\", is too long. The maximum length is 1024."
                    ),
                ));
            }
            settings.custom_attributes.insert(number, value.to_owned());
        }
    }
    if settings == before {
        let name = organisation
            .directory
            .entry(position)
            .map(|entry| entry.alias.clone());
        return Ok(Output::warning(format!(
            "The command completed successfully but no settings of '{}' have been modified.",
            name.unwrap_or_default()
        )));
    }
    super::change(organisation, |exchange| {
        if settings == MailboxSettings::default() {
            exchange.mailbox_settings.remove(&address);
        } else {
            exchange.mailbox_settings.insert(address, settings);
        }
    });
    Ok(Output::nothing())
}
