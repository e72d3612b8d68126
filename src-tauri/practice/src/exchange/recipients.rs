//! `Get-Recipient` and `Get-Mailbox` (microsoft-facts §4d).

use serde_json::{Value, json};

use super::Output;
use super::failure::{Failure, Outcome};
use super::parameters::Parameters;
use crate::access::{distinguished_name, recipient_property};
use crate::directory::{Entry, IdKind};
use crate::objects::Group;
use crate::opath::{self, Filter};
use crate::organisation::Organisation;

/// `Get-Recipient`: mailboxes, mail users and groups.
pub(super) fn get_recipient(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    find(organisation, parameters, false)
}

/// `Get-Mailbox`: mailboxes in Exchange Online only.
pub(super) fn get_mailbox(organisation: &mut Organisation, parameters: &Parameters<'_>) -> Outcome {
    find(organisation, parameters, true)
}

/// The filter parameter, parsed; a bad one answers 400 with Exchange's words.
pub(super) fn filter(parameters: &Parameters<'_>) -> Result<Option<Filter>, Failure> {
    let Some(text) = parameters.text("Filter") else {
        return Ok(None);
    };
    opath::parse(text)
        .map(Some)
        .map_err(|error| invalid_filter(text, &error))
}

/// The error for a filter that does not parse.
pub(super) fn invalid_filter(text: &str, error: &opath::FilterError) -> Failure {
    Failure::bad(
        "Microsoft.Exchange.Data.Directory.ADInvalidFilterException",
        format!("The recipient filter \"{text}\" isn't valid: {error}"),
    )
}

fn find(organisation: &Organisation, parameters: &Parameters<'_>, mailboxes_only: bool) -> Outcome {
    let filter = filter(parameters)?;
    let types = parameters.list("RecipientTypeDetails");
    let of_type =
        |details: &str| types.is_empty() || types.iter().any(|wanted| wanted.eq_ignore_ascii_case(details));
    let wanted = |position: usize, entry: &Entry| {
        let Some(details) = entry.kind.recipient_type_details() else {
            return false;
        };
        (!mailboxes_only || entry.kind.has_mailbox())
            && of_type(details)
            && filter
                .as_ref()
                .is_none_or(|filter| filter.matches(&|name| property(organisation, position, entry, name)))
    };
    let entry_at = |position: usize| organisation.directory.entry(position);
    if let Some(identity) = parameters.text("Identity") {
        if let Some(position) = resolve(organisation, identity)
            && let Some(entry) = entry_at(position)
            && wanted(position, entry)
        {
            return Ok(Output::of(vec![shown(organisation, position, entry)]));
        }
        if !mailboxes_only && let Some(group) = super::groups::resolve(organisation, identity) {
            return Ok(Output::of(vec![super::groups::shown(group)]));
        }
        return Err(Failure::not_found(identity));
    }
    let anr = parameters.text("Anr").map(str::to_lowercase);
    let named = |entry: &Entry| {
        anr.as_ref().is_none_or(|start| {
            let name = entry.display_name.to_lowercase();
            name.starts_with(start)
                || name.contains(&format!(" {start}"))
                || entry.alias.starts_with(start.as_str())
        })
    };
    let limit = parameters.result_size()?;
    let mut objects: Vec<Value> = Vec::new();
    let mut more = false;
    for (position, entry) in organisation.directory.entries().iter().enumerate() {
        if named(entry) && wanted(position, entry) {
            if limit.is_some_and(|limit| objects.len() >= limit) {
                more = true;
                break;
            }
            objects.push(shown(organisation, position, entry));
        }
    }
    if !mailboxes_only && !more {
        for group in &organisation.objects.exchange.groups {
            let matches = of_type(super::groups::details(group))
                && filter.as_ref().is_none_or(|filter| {
                    filter.matches(&|name| super::groups::property(organisation, group, name))
                })
                && anr
                    .as_ref()
                    .is_none_or(|start| group.display_name.to_lowercase().starts_with(start));
            if matches {
                objects.push(super::groups::shown(group));
            }
        }
    }
    let warnings = match limit {
        Some(limit) if more => vec![format!(
            "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter. Shown: {limit}."
        )],
        _ => Vec::new(),
    };
    Ok(Output { objects, warnings })
}

fn property(organisation: &Organisation, position: usize, entry: &Entry, name: &str) -> Vec<String> {
    if name != "MemberOfGroup" {
        return recipient_property(&organisation.directory, position, entry, name);
    }
    let address = entry.address();
    let holds = |group: &&Group| group.members.contains(&address);
    organisation
        .objects
        .exchange
        .groups
        .iter()
        .filter(holds)
        .map(|group| group.distinguished_name.clone())
        .collect()
}

/// The recipient that an identity names: address, alias, name, GUID, directory id or distinguished name.
pub(super) fn resolve(organisation: &Organisation, identity: &str) -> Option<usize> {
    let directory = &organisation.directory;
    let identity = identity.trim();
    directory
        .by_address(identity)
        .or_else(|| directory.by_id(IdKind::Exchange, identity))
        .or_else(|| directory.by_id(IdKind::Directory, identity))
        .or_else(|| directory.by_alias(identity))
        .or_else(|| {
            let name = identity
                .strip_prefix("CN=")
                .and_then(|rest| rest.split_once(','))
                .map(|(name, _)| name)?;
            directory
                .by_alias(name)
                .filter(|_| distinguished_name(name).eq_ignore_ascii_case(identity))
        })
        .or_else(|| {
            let lower = identity.to_lowercase();
            directory
                .entries()
                .iter()
                .position(|entry| entry.display_name.to_lowercase() == lower)
        })
        .filter(|position| {
            directory
                .entry(*position)
                .is_some_and(|entry| entry.kind.recipient_type_details().is_some())
        })
}

/// A recipient as the endpoint shows it.
pub(super) fn shown(organisation: &Organisation, position: usize, entry: &Entry) -> Value {
    let details = entry.kind.recipient_type_details().unwrap_or_default();
    let address = entry.address();
    json!({
        "Name": entry.alias,
        "Alias": entry.alias,
        "DisplayName": entry.display_name,
        "Identity": entry.alias,
        "PrimarySmtpAddress": address,
        "WindowsEmailAddress": address,
        "UserPrincipalName": address,
        "EmailAddresses": entry.email_addresses(),
        "RecipientType": if entry.kind.has_mailbox() { "UserMailbox" } else { "MailUser" },
        "RecipientTypeDetails": details,
        "Department": entry.department(),
        "CustomAttribute1": entry.division(),
        "Guid": organisation.directory.id(IdKind::Exchange, position),
        "ExchangeGuid": organisation.directory.id(IdKind::Exchange, position),
        "ExternalDirectoryObjectId": organisation.directory.id(IdKind::Directory, position),
        "DistinguishedName": distinguished_name(&entry.alias),
        "AccountDisabled": !entry.enabled,
        "IsMailboxEnabled": entry.kind.has_mailbox(),
        "HiddenFromAddressListsEnabled": false,
        "ProhibitSendQuota": "49.5 GB (53,150,220,288 bytes)",
    })
}
