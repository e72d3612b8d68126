//! What became of each entry of a list: which mailbox it names, or what it is instead.

use domain::address::Address;
use domain::ids::MailboxId;
use domain::list::Entry as Typed;
use domain::message;
use domain::problem::Problem;
use engine::mailboxes::{Entry, Mailbox, Unfit};
use microsoft::exchange::recipients::{self, Recipient};

use crate::nearest::nearest;
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::without_mailbox;
use crate::wizard::Wizard;

/// What became of each entry, in the same order. Exchange is asked in as few calls as its filters allow.
pub async fn look_up(wizard: &Wizard, typed: Vec<Typed>) -> Result<Vec<Entry>, Problem> {
    let addresses: Vec<Address> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Address(address) => Some(address.clone()),
            _ => None,
        })
        .collect();
    let ids: Vec<MailboxId> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Id(id) => Some(*id),
            _ => None,
        })
        .collect();
    let like_addresses: Vec<&str> = typed
        .iter()
        .filter_map(|entry| match entry {
            Typed::Unreadable(text) if text.contains('@') => Some(text.as_str()),
            _ => None,
        })
        .collect();
    if addresses.is_empty() && ids.is_empty() && like_addresses.is_empty() {
        return Ok(typed.into_iter().map(unread).collect());
    }
    let doing = Doing::new(
        message!("doing-look-up"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let told = |error: &microsoft::error::Error| problem(error, &doing);
    let exchange = wizard.exchange()?;
    let progress = wizard.progress_handle();
    let found = recipients::find(&exchange, &addresses, |done| {
        progress(message!("mailboxes-looked-up"), done, typed.len());
    })
    .await
    .map_err(|error| told(&error))?;
    let by_id = recipients::find_by_id(&exchange, &ids, |done| {
        progress(
            message!("mailboxes-looked-up"),
            addresses.len() + done,
            typed.len(),
        );
    })
    .await
    .map_err(|error| told(&error))?;
    let by_address = recipients::by_address(&found);
    let held = |address: &Address| by_address.get(&recipients::in_ascii(address)).copied();
    let mut lost: Vec<String> = addresses
        .iter()
        .filter(|address| held(address).is_none())
        .map(|address| address.name().to_owned())
        .collect();
    lost.extend(
        like_addresses
            .iter()
            .map(|text| text.split('@').next().unwrap_or_default().to_lowercase()),
    );
    let near = match lost.is_empty() {
        true => Vec::new(),
        // Without a suggestion the entry still says that there is no such mailbox.
        false => recipients::near(&exchange, &lost).await.unwrap_or_default(),
    };
    let fit = |recipient: &Recipient| unfit(recipient).is_none();
    let mut entries: Vec<Entry> = typed
        .into_iter()
        .map(|entry| match entry {
            Typed::Address(address) => match held(&address) {
                Some(recipient) => entry_of(address.to_string(), recipient),
                None => Entry::Missing {
                    suggestion: nearest(address.as_str(), &near, fit),
                    typed: address.to_string(),
                },
            },
            Typed::Id(id) => match by_id.iter().find(|recipient| recipient.object_id == Some(id)) {
                Some(recipient) => entry_of(id.to_string(), recipient),
                None => Entry::Unfit {
                    typed: id.to_string(),
                    why: if is_the_apps(wizard, id) {
                        Unfit::AppId
                    } else {
                        Unfit::UnknownId
                    },
                    mailbox: None,
                    members: None,
                },
            },
            Typed::Unreadable(text) => match nearest(&text, &near, fit).filter(|_| text.contains('@')) {
                Some(address) => Entry::Missing {
                    typed: text,
                    suggestion: Some(address),
                },
                None => Entry::Unreadable { typed: text },
            },
        })
        .collect();
    without_mailbox::explain(&exchange, &mut entries).await;
    Ok(entries)
}

fn unread(entry: Typed) -> Entry {
    Entry::Unreadable {
        typed: match entry {
            Typed::Address(address) => address.to_string(),
            Typed::Id(id) => id.to_string(),
            Typed::Unreadable(text) => text,
        },
    }
}

/// Whether an id is one of the app's, which is easily pasted for a mailbox's.
fn is_the_apps(wizard: &Wizard, id: MailboxId) -> bool {
    let notes = wizard.notes();
    let app = notes.app();
    let of_app = app.iter().flat_map(|app| [app.client_id.0, app.object_id.0]);
    of_app
        .chain(notes.principal().map(|principal| principal.0))
        .any(|own| own == id.0)
}

/// What was typed, decided by the recipient that it names.
pub(crate) fn entry_of(typed: String, recipient: &Recipient) -> Entry {
    match (unfit(recipient), mailbox(recipient)) {
        (None, Some(mailbox)) => Entry::Found {
            typed,
            mailbox,
            also: Vec::new(),
        },
        (why, _) => Entry::Unfit {
            typed,
            why: why.unwrap_or(Unfit::NotUsable),
            mailbox: None,
            members: None,
        },
    }
}

/// The mailbox that a recipient is; `None` without an object in the directory, which every mailbox has.
pub fn mailbox(recipient: &Recipient) -> Option<Mailbox> {
    Some(Mailbox {
        address: recipient.address.clone(),
        object_id: recipient.object_id?,
        kind: recipient.kind.clone(),
        name: recipient.name.clone(),
    })
}

/// Why a recipient cannot be given to an app; `None` for a mailbox in Exchange Online.
pub fn unfit(recipient: &Recipient) -> Option<Unfit> {
    Some(match recipient.kind.as_str() {
        "UserMailbox" | "SharedMailbox" | "RoomMailbox" | "EquipmentMailbox" | "SchedulingMailbox"
        | "LinkedMailbox" => return None,
        "MailUser"
        | "RemoteUserMailbox"
        | "RemoteSharedMailbox"
        | "RemoteRoomMailbox"
        | "RemoteEquipmentMailbox" => Unfit::OnPremises,
        "GuestMailUser" => Unfit::Guest,
        "MailContact" => Unfit::Contact,
        "GroupMailbox" => Unfit::GroupMailbox,
        "DiscoveryMailbox" => Unfit::Discovery,
        "DynamicDistributionGroup" => Unfit::DynamicGroup,
        kind if kind.contains("Group") || kind == "RoomList" => Unfit::Group,
        _ => Unfit::NotUsable,
    })
}

#[cfg(test)]
pub fn recipient(address: &str, kind: &str) -> Recipient {
    let address = Address::parse(address).unwrap();
    Recipient {
        addresses: vec![address.clone()],
        object_id: Some(MailboxId(uuid::Uuid::from_u128(
            address
                .as_str()
                .bytes()
                .fold(0, |sum, byte| sum * 31 + u128::from(byte)),
        ))),
        address,
        kind: kind.into(),
        name: "A".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_mailbox_is_told_as_what_it_is() {
        for (kind, why) in [
            ("MailUniversalSecurityGroup", Some(Unfit::Group)),
            ("GroupMailbox", Some(Unfit::GroupMailbox)),
            ("MailUser", Some(Unfit::OnPremises)),
            ("GuestMailUser", Some(Unfit::Guest)),
            ("DiscoveryMailbox", Some(Unfit::Discovery)),
            ("SomethingNew", Some(Unfit::NotUsable)),
            ("RoomMailbox", None),
        ] {
            assert_eq!(unfit(&recipient("a@contoso.example", kind)), why, "{kind}");
        }
    }
}
