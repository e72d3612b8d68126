//! `Get-Mailbox`, `Set-Mailbox`, and how a mailbox is deleted and restored (microsoft-facts §4d).

use serde_json::{Value, json};

use super::change::change;
use super::failure::{Failure, Outcome};
use super::groups;
use super::identity::{self, Found, mailbox, trustee};
use super::mailbox_settings::settings;
use super::output::Output;
use super::parameters::Parameters;
use super::recipients::{
    self, CREATED, DELETED_MAILBOXES, INACTIVE_MAILBOXES, MAILBOXES, MAILBOXES_AND_INACTIVE,
};
use super::values::{date_time, trustee_name};
use crate::organisation::Organisation;
use crate::organisation::exchange::MailboxSettings;
use crate::organisation::recipients::change_recipient;
use crate::people::changes::{Kept, RecipientChanges, Removal};
use crate::people::directory::IdKind;
use crate::people::entry::{Entry, Kind};

/// Switches of `Get-Mailbox` that list kinds of mailboxes of which this organisation has none.
const NONE_OF_THESE: [&str; 4] = ["Archive", "GroupMailbox", "Migration", "PublicFolder"];

/// A mailbox as the endpoint shows it; the shape follows public captures.
pub(super) fn shown(organisation: &Organisation, found: Found) -> Value {
    let Found::Entry(position) = found else {
        return Value::Null;
    };
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let name = entry.user_principal_name();
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
        "UserPrincipalName": name,
        "MicrosoftOnlineServicesID": name,
        "SamAccountName": entry.alias,
        "AccountDisabled": !entry.enabled,
        "IsMailboxEnabled": true,
        "IsShared": entry.kind == Kind::Shared,
        "IsResource": matches!(entry.kind, Kind::Room | Kind::Equipment),
        "ResourceType": resource,
        "IsLinked": false,
        "IsDirSynced": false,
        "IsInactiveMailbox": entry.is_inactive(),
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
        "WhenMailboxCreated": date_time(CREATED),
        "WhenSoftDeleted": entry.removal().map(|removal| super::values::date_time(removal.at)),
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
    let asked = |name: &str| parameters.flag(name) == Some(true);
    let among = if asked("InactiveMailboxOnly") {
        &INACTIVE_MAILBOXES
    } else if asked("SoftDeletedMailbox") {
        &DELETED_MAILBOXES
    } else if asked("IncludeInactiveMailbox") {
        &MAILBOXES_AND_INACTIVE
    } else {
        &MAILBOXES
    };
    recipients::find(organisation, parameters, among, shown)
}

/// The addresses that a mailbox has after a change, the primary one first. An address of somebody else's is refused.
fn new_addresses(
    organisation: &Organisation,
    position: usize,
    parameters: &Parameters,
) -> Result<Option<Vec<String>>, Failure> {
    let Some(entry) = organisation.directory.entry(position) else {
        return Ok(None);
    };
    let plain = |written: &str| -> (bool, String) {
        match written.split_once(':') {
            Some((kind, address)) if kind.eq_ignore_ascii_case("smtp") => {
                (kind == "SMTP", address.to_lowercase())
            }
            _ => (false, written.to_lowercase()),
        }
    };
    let mut all = vec![entry.address()];
    all.extend(entry.other_addresses());
    let before = all.clone();
    let mut primary = None;
    if let Some(change) = parameters.change("EmailAddresses") {
        let given = change.replace.as_ref().unwrap_or(&change.add);
        if change.replace.is_some() {
            all.clear();
        }
        for written in given {
            let (is_primary, address) = plain(written);
            let address = groups::checked_address(&address)?;
            if is_primary {
                primary = Some(address.clone());
            }
            if !all.contains(&address) {
                all.push(address);
            }
        }
        for written in &change.remove {
            let (_, gone) = plain(written);
            if gone == before[0] && primary.is_none() {
                return Err(Failure::bad(
                    "Microsoft.Exchange.Data.DataValidationException",
                    "There is no primary SMTP address for this recipient.",
                ));
            }
            all.retain(|held| *held != gone);
        }
    }
    for name in ["PrimarySmtpAddress", "WindowsEmailAddress"] {
        if let Some(written) = parameters.text(name) {
            let address = groups::checked_address(written)?;
            if !all.contains(&address) {
                all.push(address.clone());
            }
            primary = Some(address);
        }
    }
    let first = primary.or_else(|| all.first().cloned()).ok_or_else(|| {
        Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There is no primary SMTP address for this recipient.",
        )
    })?;
    all.retain(|held| *held != first);
    all.insert(0, first);
    if all == before {
        return Ok(None);
    }
    for address in all.iter().filter(|address| !before.contains(address)) {
        refuse_taken(organisation, position, address)?;
    }
    Ok(Some(all))
}

/// Refuses an address that another recipient has.
fn refuse_taken(organisation: &Organisation, position: usize, address: &str) -> Result<(), Failure> {
    let held = organisation.directory.by_address(address);
    let group = identity::group(organisation, address);
    if held.is_none_or(|held| held == position) && group.is_none() {
        return Ok(());
    }
    Err(Failure::bad(
        "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException",
        format!(
            "The proxy address \"SMTP:{address}\" is already being used by another recipient. It already exists."
        ),
    ))
}

/// What `Set-Mailbox` changes of the recipient itself; nothing when none of it was asked for.
fn new_names(
    organisation: &Organisation,
    position: usize,
    parameters: &Parameters,
) -> Result<Option<RecipientChanges>, Failure> {
    let Some(entry) = organisation.directory.entry(position) else {
        return Ok(None);
    };
    let mut changes = entry.changes();
    let before = changes.clone();
    if let Some(addresses) = new_addresses(organisation, position, parameters)? {
        // The sign-in name stays what it is when addresses move.
        changes.user_principal_name = Some(entry.user_principal_name());
        changes.addresses = addresses;
    }
    if let Some(name) = parameters.text("DisplayName") {
        changes.display_name = Some(name.to_owned());
    }
    if let Some(name) = parameters.text("MicrosoftOnlineServicesID") {
        let name = groups::checked_address(name)?;
        if organisation
            .directory
            .by_user_principal_name(&name)
            .is_some_and(|found| found != position)
        {
            return Err(Failure::exists("user", &name));
        }
        changes.user_principal_name = Some(name);
    }
    Ok((changes != before).then_some(changes))
}

/// `Remove-Mailbox`: the mailbox and its user are soft-deleted.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (position, _) = mailbox(organisation, parameters.require("Identity")?)?;
    if parameters.flag("WhatIf") == Some(true) {
        return Ok(Output::nothing());
    }
    let at = organisation.clock.now();
    let mut changes = organisation
        .directory
        .entry(position)
        .map(Entry::changes)
        .unwrap_or_default();
    changes.removed = Some(Removal {
        at,
        kept: Kept::SoftDeleted,
    });
    change_recipient(organisation, position, changes);
    Ok(Output::nothing())
}

/// `Undo-SoftDeletedMailbox`: the mailbox comes back with its ids, its addresses and its mail.
pub(super) fn restore(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("SoftDeletedObject")?;
    let directory = &organisation.directory;
    let named = |entry: &Entry| {
        entry.alias.eq_ignore_ascii_case(identity) || entry.address().eq_ignore_ascii_case(identity)
    };
    let position = [IdKind::Exchange, IdKind::Directory]
        .into_iter()
        .find_map(|kind| directory.by_id_of_any(kind, identity))
        .or_else(|| {
            let mut all = directory.entries().iter();
            all.position(|entry| entry.is_restorable() && named(entry))
        })
        .ok_or_else(|| Failure::not_found(identity))?;
    let entry = directory.entry(position).filter(|entry| entry.is_restorable());
    let entry = entry.ok_or_else(|| Failure::not_found(identity))?;
    refuse_taken(organisation, position, &entry.address())?;
    let changes = RecipientChanges {
        removed: None,
        ..entry.changes()
    };
    if parameters.flag("WhatIf") != Some(true) {
        change_recipient(organisation, position, changes);
    }
    let back = shown(organisation, Found::Entry(position));
    Ok(Output::of(vec![back]))
}

/// `Set-Mailbox`, as far as it concerns onboarding: names and addresses, hiding, sending on behalf, custom attributes.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (position, mut address) = mailbox(organisation, parameters.require("Identity")?)?;
    let names = new_names(organisation, position, parameters)?;
    let renamed = names.is_some();
    if let Some(changes) = names
        && parameters.flag("WhatIf") != Some(true)
    {
        change_recipient(organisation, position, changes);
        address = organisation
            .directory
            .entry(position)
            .map(Entry::address)
            .unwrap_or_default();
    }
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
    if settings == before && renamed {
        return Ok(Output::nothing());
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
    change(organisation, |exchange| {
        if settings == MailboxSettings::default() {
            exchange.mailbox_settings.remove(&address);
        } else {
            exchange.mailbox_settings.insert(address, settings);
        }
    });
    Ok(Output::nothing())
}
