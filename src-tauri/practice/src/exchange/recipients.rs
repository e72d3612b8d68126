//! Finding recipients: by identity, by filter, by kind and by name, one page at a time (microsoft-facts §4d).

use jiff::Timestamp;
use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::group_properties;
use super::identity::{self, Found};
use super::mailbox_settings::{custom_attribute, is_hidden};
use super::output::{Cut, Output};
use super::parameters::Parameters;
use super::values::{date_time, sid, truth};
use crate::access::recipient_property;
use crate::organisation::Organisation;
use crate::organisation::exchange::{Group, distinguished_name};
use crate::people::directory::IdKind;
use crate::people::entry::{Entry, Kind};
use crate::published::opath::{self, Filter};

/// When the organisation's first mailboxes were made: 2024-02-01, 08:00 UTC.
pub(super) const CREATED: Timestamp = Timestamp::constant(1_706_774_400, 0);

/// What `RecipientTypeDetails` can name.
pub(super) const TYPES: &[&str] = &[
    "UserMailbox",
    "SharedMailbox",
    "RoomMailbox",
    "EquipmentMailbox",
    "LinkedMailbox",
    "TeamMailbox",
    "GroupMailbox",
    "DiscoveryMailbox",
    "SchedulingMailbox",
    "LegacyMailbox",
    "MailUser",
    "MailContact",
    "GuestMailUser",
    "MailUniversalDistributionGroup",
    "MailUniversalSecurityGroup",
    "MailNonUniversalGroup",
    "DynamicDistributionGroup",
    "RoomList",
    "PublicFolder",
    "User",
    "DisabledUser",
];

/// What a cmdlet looks through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Among {
    pub(super) entry: fn(&Entry) -> bool,
    pub(super) group: fn(&Group) -> bool,
}

/// Mailboxes in Exchange Online.
pub(super) const MAILBOXES: Among = Among {
    entry: |entry| entry.is_live() && entry.kind.has_mailbox(),
    group: |_| false,
};

/// Mailboxes that were deleted and can be restored; an inactive one is kept by a hold.
pub(super) const DELETED_MAILBOXES: Among = Among {
    entry: |entry| entry.is_restorable() && entry.kind.has_mailbox(),
    group: |_| false,
};

/// Mailboxes whose user is gone and that a hold keeps.
pub(super) const INACTIVE_MAILBOXES: Among = Among {
    entry: |entry| entry.is_inactive() && entry.kind.has_mailbox(),
    group: |_| false,
};

/// Mailboxes, and the inactive ones beside them.
pub(super) const MAILBOXES_AND_INACTIVE: Among = Among {
    entry: |entry| (entry.is_live() || entry.is_inactive()) && entry.kind.has_mailbox(),
    group: |_| false,
};

/// Everything that has an address: mailboxes, mail users and groups.
const RECIPIENTS: Among = Among {
    entry: |entry| entry.is_live() && entry.kind.recipient_type_details().is_some(),
    group: |_| true,
};

/// The same with what was deleted and can be restored.
const RECIPIENTS_AND_DELETED: Among = Among {
    entry: |entry| {
        (entry.is_live() || entry.is_restorable()) && entry.kind.recipient_type_details().is_some()
    },
    group: |_| true,
};

/// Everybody in the directory, with or without an address.
const USERS: Among = Among {
    entry: |entry| entry.is_live() && entry.kind.is_user(),
    group: |_| false,
};

/// `Get-Recipient`.
pub(super) fn get_recipient(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let among = match parameters.flag("IncludeSoftDeletedRecipients") {
        Some(true) => &RECIPIENTS_AND_DELETED,
        _ => &RECIPIENTS,
    };
    find(organisation, parameters, among, shown)
}

/// `Get-User`.
pub(super) fn get_user(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    find(organisation, parameters, &USERS, shown_user)
}

/// The filter of this parameter, parsed; a bad one answers 400 with Exchange's words.
pub(super) fn filter(parameters: &Parameters, name: &str) -> Result<Option<Filter>, Failure> {
    let Some(text) = parameters.text(name) else {
        return Ok(None);
    };
    opath::parse(text)
        .map(Some)
        .map_err(|error| Failure::binding(error.message(name, text)))
}

/// What is left after the parameters that narrow a search.
struct Search {
    filter: Option<Filter>,
    types: Vec<String>,
    anr: Option<String>,
}

impl Search {
    fn of(parameters: &Parameters) -> Result<Self, Failure> {
        let mut types: Vec<String> = parameters
            .list("RecipientTypeDetails")
            .into_iter()
            .map(str::to_owned)
            .collect();
        for kind in parameters.list("RecipientType") {
            types.push(kind.to_owned());
        }
        Ok(Self {
            // What a stored filter of a scope or a dynamic group matches (microsoft-facts §12).
            filter: match filter(parameters, "RecipientPreviewFilter")? {
                Some(preview) => Some(preview),
                None => filter(parameters, "Filter")?,
            },
            types,
            anr: parameters.text("Anr").map(str::to_lowercase),
        })
    }

    fn holds(&self, organisation: &Organisation, found: Found) -> bool {
        let value = |name: &str| property(organisation, found, name);
        let named = |text: &str| {
            let text = text.to_lowercase();
            self.anr
                .as_ref()
                .is_none_or(|start| text.starts_with(start) || text.contains(&format!(" {start}")))
        };
        let of_type = self.types.is_empty()
            || ["RecipientTypeDetails", "RecipientType"]
                .into_iter()
                .flat_map(value)
                .any(|held| self.types.iter().any(|wanted| wanted.eq_ignore_ascii_case(&held)));
        of_type
            && (self.anr.is_none()
                || ["DisplayName", "Alias", "PrimarySmtpAddress"]
                    .into_iter()
                    .flat_map(value)
                    .any(|text| named(&text)))
            && self.filter.as_ref().is_none_or(|filter| filter.matches(&value))
    }
}

/// Finds what a cmdlet asks for. A list is searched only until its page is full, so that a page of a large
/// organisation costs as little as one of a small one.
pub(super) fn find(
    organisation: &Organisation,
    parameters: &Parameters,
    among: &Among,
    shape: fn(&Organisation, Found) -> Value,
) -> Outcome {
    let search = Search::of(parameters)?;
    let directory = &organisation.directory;
    let belongs = |found: Found| match found {
        Found::Entry(position) => directory.entry(position).is_some_and(among.entry),
        Found::Group(at) => {
            let group = organisation.objects.exchange.groups.get(at);
            group.is_some_and(among.group)
        }
    };
    if let Some(identity) = parameters.text("Identity") {
        let deleted = || {
            let directory = &organisation.directory;
            [IdKind::Exchange, IdKind::Directory]
                .into_iter()
                .find_map(|kind| directory.by_id_of_any(kind, identity))
                .or_else(|| {
                    let address = |entry: &Entry| {
                        entry.address().eq_ignore_ascii_case(identity)
                            || entry.alias.eq_ignore_ascii_case(identity)
                    };
                    let mut all = directory.entries().iter();
                    all.position(|entry| !entry.is_live() && address(entry))
                })
                .map(Found::Entry)
        };
        let found = identity::any(organisation, identity)
            .or_else(deleted)
            .filter(|found| belongs(*found) && search.holds(organisation, *found))
            .ok_or_else(|| Failure::not_found(identity))?;
        return Ok(Output::of(vec![shape(organisation, found)]));
    }
    let count = directory.entries().len();
    let end = count + organisation.objects.exchange.groups.len();
    let at = |index: usize| {
        if index < count {
            Found::Entry(index)
        } else {
            Found::Group(index - count)
        }
    };
    let (limit, by_default) = parameters.result_size();
    let page = parameters.page;
    let left = limit.saturating_sub(page.before);
    let room = page.size.min(left);
    let mut objects = Vec::new();
    let mut more = None;
    for index in page.start..end {
        let found = at(index);
        if !belongs(found) || !search.holds(organisation, found) {
            continue;
        }
        if objects.len() == room {
            more = Some(index);
            break;
        }
        objects.push(shape(organisation, found));
    }
    let at_limit = objects.len() == left;
    let warnings = match more {
        Some(_) if at_limit && by_default => vec![
            "By default, only the first 1000 items are returned. Use the ResultSize parameter to specify the number of items returned. To return all items, specify \"-ResultSize Unlimited\". Be aware that, depending on the actual number of items, returning all items can take a long time and consume a large amount of memory. Also, we don't recommend storing the results in a variable. Instead, pipe the results to another task or script to perform batch changes.".to_owned(),
        ],
        Some(_) if at_limit => vec![
            "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.".to_owned(),
        ],
        _ => Vec::new(),
    };
    Ok(Output {
        objects,
        warnings,
        cut: Some(Cut {
            next: more.filter(|_| !at_limit),
        }),
    })
}

/// The recipients that a filter matches, as `Get-Recipient` shows them.
pub(super) fn matching(organisation: &Organisation, filter: &Filter, at_most: usize) -> Vec<Value> {
    let entries = organisation.directory.entries().iter().enumerate();
    entries
        .filter(|(_, entry)| (RECIPIENTS.entry)(entry))
        .map(|(position, _)| Found::Entry(position))
        .filter(|found| filter.matches(&|name: &str| property(organisation, *found, name)))
        .take(at_most)
        .map(|found| shown(organisation, found))
        .collect()
}

/// What a filter sees of a recipient or group.
fn property(organisation: &Organisation, found: Found, name: &str) -> Vec<String> {
    match found {
        Found::Group(at) => organisation
            .objects
            .exchange
            .groups
            .get(at)
            .map(|group| group_properties::property(organisation, group, name))
            .unwrap_or_default(),
        Found::Entry(position) => organisation
            .directory
            .entry(position)
            .map(|entry| entry_property(organisation, position, entry, name))
            .unwrap_or_default(),
    }
}

fn entry_property(organisation: &Organisation, position: usize, entry: &Entry, name: &str) -> Vec<String> {
    let exchange = &organisation.objects.exchange;
    match name {
        "MemberOfGroup" => {
            let address = entry.address();
            let holds = |group: &&crate::organisation::exchange::Group| group.members.contains(&address);
            let groups = exchange.groups.iter().filter(holds);
            groups.map(|group| group.distinguished_name.clone()).collect()
        }
        "IsSecurityPrincipal" => vec![truth(matches!(entry.kind, Kind::User | Kind::OnPremises))],
        "AccountDisabled" => vec![truth(!entry.enabled)],
        "HiddenFromAddressListsEnabled" => vec![truth(is_hidden(organisation, entry))],
        _ if name.starts_with("CustomAttribute") => {
            let number = name
                .strip_prefix("CustomAttribute")
                .and_then(|number| number.parse().ok());
            let value = custom_attribute(organisation, entry, number.unwrap_or_default());
            if value.is_empty() { Vec::new() } else { vec![value] }
        }
        _ => recipient_property(&organisation.directory, position, entry, name),
    }
}

/// A recipient or group as `Get-Recipient` shows it.
pub(super) fn shown(organisation: &Organisation, found: Found) -> Value {
    match found {
        Found::Group(at) => {
            let group = organisation.objects.exchange.groups.get(at);
            group.map(group_properties::shown).unwrap_or_default()
        }
        Found::Entry(position) => {
            let Some(entry) = organisation.directory.entry(position) else {
                return Value::Null;
            };
            let mut object = basics(organisation, position, entry);
            object["ExternalEmailAddress"] = match entry.kind {
                Kind::OnPremises | Kind::Guest | Kind::Contact => json!(format!("SMTP:{}", entry.address())),
                _ => Value::Null,
            };
            object
        }
    }
}

/// What all cmdlets about recipients show.
pub(super) fn basics(organisation: &Organisation, position: usize, entry: &Entry) -> Value {
    let directory = &organisation.directory;
    let address = entry.address();
    let (guid, created) = (directory.id(IdKind::Exchange, position), date_time(CREATED));
    let mut object = json!({
        "Name": entry.alias,
        "Alias": entry.alias,
        "DisplayName": entry.display_name,
        "Identity": entry.alias,
        "Id": entry.alias,
        "PrimarySmtpAddress": address,
        "WindowsEmailAddress": address,
        "WindowsLiveID": entry.user_principal_name(),
        "EmailAddresses": entry.email_addresses(),
        "RecipientType": entry.kind.recipient_type(),
        "RecipientTypeDetails": entry.kind.recipient_type_details().unwrap_or_default(),
        "Department": entry.department(),
        "Guid": guid,
        "ExchangeGuid": guid,
        "ExchangeObjectId": guid,
        "ExternalDirectoryObjectId": if entry.kind.is_user() {
            directory.id(IdKind::Directory, position)
        } else {
            String::new()
        },
        "DistinguishedName": distinguished_name(&entry.alias),
        "OrganizationalUnit": "contoso.onmicrosoft.example",
        "OrganizationId": "contoso.onmicrosoft.example",
        "HiddenFromAddressListsEnabled": is_hidden(organisation, entry),
        "IsValid": true,
        "WhenCreated": created,
        "WhenCreatedUTC": created,
        "WhenChanged": created,
        "WhenChangedUTC": created,
    });
    for number in 1..=15 {
        let value = custom_attribute(organisation, entry, number);
        object[format!("CustomAttribute{number}")] = json!(value);
    }
    object
}

/// A person or mailbox as `Get-User` shows it.
fn shown_user(organisation: &Organisation, found: Found) -> Value {
    let Found::Entry(position) = found else {
        return Value::Null;
    };
    let Some(entry) = organisation.directory.entry(position) else {
        return Value::Null;
    };
    let mut object = basics(organisation, position, entry);
    let (first, last) = entry
        .display_name
        .split_once(' ')
        .unwrap_or((&entry.display_name, ""));
    object["UserPrincipalName"] = json!(entry.user_principal_name());
    object["FirstName"] = json!(first);
    object["LastName"] = json!(last);
    object["AccountDisabled"] = json!(!entry.enabled);
    object["IsSecurityPrincipal"] = json!(matches!(entry.kind, Kind::User | Kind::OnPremises));
    object["Sid"] = json!(sid(&organisation.directory.id(IdKind::Directory, position)));
    if entry.kind == Kind::NoMailbox {
        object["RecipientType"] = json!("User");
        object["RecipientTypeDetails"] = json!("User");
        for name in ["PrimarySmtpAddress", "WindowsEmailAddress"] {
            object[name] = json!("");
        }
        object["EmailAddresses"] = json!([]);
    }
    object
}
