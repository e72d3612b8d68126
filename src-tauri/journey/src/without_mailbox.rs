//! What an address is that no mailbox has: a group and how many are in it, somebody without a mailbox, a mailbox that is
//! gone, the name that somebody signs in with.
//!
//! It only says more of what was found under no mailbox's address, so an answer that doesn't come leaves an entry as it is.

use domain::address::Address;
use domain::ids::MailboxId;
use engine::mailboxes::{Entry, Unfit};
use microsoft::error::Error;
use microsoft::exchange::Exchange;
use microsoft::exchange::recipients::{self, Gone, Recipient};

use crate::steps::choose_mailboxes::entry_of;

/// How many groups of one list are counted, each by a cmdlet of its own.
const MOST_COUNTED: usize = 20;

/// Says more of each entry that isn't a mailbox.
pub(crate) async fn explain(exchange: &Exchange<'_>, entries: &mut [Entry]) {
    count_groups(exchange, entries).await;
    let lost: Vec<Address> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Missing { typed, .. } => Address::parse(typed).ok(),
            _ => None,
        })
        .collect();
    if lost.is_empty() {
        return;
    }
    let Ok(gone) = recipients::without_mailbox(exchange, &lost).await else {
        return;
    };
    let ids: Vec<MailboxId> = gone
        .iter()
        .filter_map(|(_, what)| match what {
            Gone::SignsIn(id) => Some(*id),
            _ => None,
        })
        .collect();
    let signing_in = match ids.is_empty() {
        true => Vec::new(),
        false => recipients::find_by_id(exchange, &ids, |_| {})
            .await
            .unwrap_or_default(),
    };
    for entry in entries {
        let Entry::Missing { typed, .. } = entry else {
            continue;
        };
        let Some((_, what)) = gone
            .iter()
            .find(|(address, _)| address.as_str() == typed.as_str())
        else {
            continue;
        };
        let why = match what {
            Gone::Inactive => Unfit::Inactive,
            Gone::Deleted => Unfit::Deleted,
            Gone::NoMailbox => Unfit::NoMailbox,
            Gone::SignsIn(id) => {
                if let Some(found) = signing_in.iter().find(|found| found.object_id == Some(*id)) {
                    *entry = entry_of(std::mem::take(typed), found);
                }
                continue;
            }
        };
        *entry = Entry::Unfit {
            typed: std::mem::take(typed),
            why,
            mailbox: None,
            members: None,
        };
    }
}

async fn count_groups(exchange: &Exchange<'_>, entries: &mut [Entry]) {
    let groups: Vec<(usize, String, bool)> = entries
        .iter()
        .enumerate()
        .filter_map(|(place, entry)| match entry {
            Entry::Unfit {
                typed,
                why: why @ (Unfit::Group | Unfit::GroupMailbox),
                ..
            } => Some((place, typed.clone(), *why == Unfit::GroupMailbox)),
            _ => None,
        })
        .take(MOST_COUNTED)
        .collect();
    if groups.is_empty() {
        return;
    }
    let asked: Vec<(&str, bool)> = groups
        .iter()
        .map(|(_, group, microsoft365)| (group.as_str(), *microsoft365))
        .collect();
    let Ok(counts) = recipients::member_counts(exchange, &asked).await else {
        return;
    };
    for ((place, _, _), count) in groups.iter().zip(counts) {
        if let Some(Entry::Unfit { members, .. }) = entries.get_mut(*place) {
            *members = count;
        }
    }
}

/// The direct members of a group of either kind.
pub(crate) async fn members(exchange: &Exchange<'_>, group: &str) -> Result<Vec<Recipient>, Error> {
    match recipients::members(exchange, group).await {
        // A Microsoft 365 group is none for the cmdlet of the other kinds.
        Err(Error::Refused(refusal)) if refusal.status == 404 || refusal.status == 400 => {
            recipients::members_of_microsoft365(exchange, group).await
        }
        members => members,
    }
}
