//! `…/mailFolders/{folder}/messages/delta`: all messages of a folder, and later only what has changed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::mail_folders::{self, owner, view};
use super::mail_ids::{self, Id};
use super::mail_query::{self, link, page_size};
use super::message_json::{self, Shape};
use super::path::Key;
use super::{messages, query};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::Mailbox;
use crate::organisation::mailboxes::store::REMOVALS_AT_MOST;
use crate::wire::{Call, Reply};

/// Where a client stands: what it has heard of, up to which change this round goes, and what it heard of last in it.
///
/// The last is named and not counted: what changes between two pages leaves this round for the next one, and by a count
/// the page after would leave out another message, which no round would ever mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    since: u64,
    until: u64,
    /// Change and number of the last message of the page before.
    last: (u64, u32),
}

impl State {
    fn write(self) -> String {
        let (changed, number) = self.last;
        URL_SAFE_NO_PAD.encode(format!("{}.{}.{changed}.{number}", self.since, self.until))
    }

    fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut numbers = text.split('.').map(str::parse::<u64>);
        let mut next = || numbers.next()?.ok();
        Some(Self {
            since: next()?,
            until: next()?,
            last: (next()?, u32::try_from(next()?).ok()?),
        })
    }
}

/// One thing that has changed: a message that is there, or one that is gone.
enum Change {
    Present(u32),
    Gone(u32),
}

/// What is left of a round, in its order: each with the count of changes when it changed.
fn changes(mailbox: &Mailbox, folder: u32, state: State) -> Vec<(u64, Change)> {
    let mut found: Vec<(u64, Change)> = mailbox
        .in_folder(folder)
        .filter(|message| message.changed > state.since)
        .map(|message| (message.changed, Change::Present(message.number)))
        .collect();
    // Somebody who has heard of nothing need not hear what is gone.
    if state.since > 0 {
        let gone = mailbox
            .removals
            .iter()
            .filter(|removal| removal.folder == folder && removal.changed > state.since);
        found.extend(gone.map(|removal| (removal.changed, Change::Gone(removal.number))));
    }
    found.retain(|entry| entry.0 <= state.until && place(entry) > state.last);
    found.sort_by_key(place);
    found
}

/// Where a change stands in a round.
fn place((changed, change): &(u64, Change)) -> (u64, u32) {
    match change {
        Change::Present(number) | Change::Gone(number) => (*changed, *number),
    }
}

fn lost() -> Failure {
    Failure::new(
        410,
        "SyncStateNotFound",
        "The sync state generation is not found; start a new round without a token.",
    )
}

/// One page of a round.
pub(super) fn page(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    folder: &Key,
) -> Answer {
    let (position, basic) = messages::readable(organisation, caller, key)?;
    let number = mail_folders::find(organisation, position, &folder.value)?;
    let organisation: &Organisation = organisation;
    let mailbox = view(organisation, position);
    let state = match (call.query("$skiptoken"), call.query("$deltatoken")) {
        (Some(token), _) => State::read(token).ok_or_else(lost)?,
        (None, Some(token)) => {
            let before = State::read(token).ok_or_else(lost)?;
            State {
                since: before.until,
                until: mailbox.changes,
                ..State::default()
            }
        }
        (None, None) => State {
            until: mailbox.changes,
            ..State::default()
        },
    };
    let forgotten = mailbox
        .removals
        .front()
        .filter(|_| mailbox.removals.len() >= REMOVALS_AT_MOST)
        .is_some_and(|oldest| state.since > 0 && state.since < oldest.changed);
    if state.until > mailbox.changes || forgotten {
        return Err(lost());
    }
    let all = changes(&mailbox, number, state);
    let size = page_size(call)?;
    let shape = Shape::of(call, basic);
    let values: Vec<Value> = all
        .iter()
        .take(size)
        .filter_map(|(_, change)| match change {
            Change::Present(number) => {
                let message = mailbox.message(*number)?;
                let object = message_json::message(organisation, position, message, shape);
                let mut object = mail_query::selected(object, call);
                object["@odata.type"] = json!("#microsoft.graph.message");
                Some(object)
            }
            Change::Gone(number) => Some(json!({
                "@odata.type": "#microsoft.graph.message",
                "id": mail_ids::encode(organisation, position, Id::Message(*number)),
                "@removed": {"reason": "deleted"},
            })),
        })
        .collect();
    let mut body = json!({
        "@odata.context": format!("{}/$delta", query::context_url(organisation, call, &format!("{}/messages", owner(key)))),
        "value": values,
    });
    let last = all.get(size.saturating_sub(1)).map(place);
    if let Some(last) = last.filter(|_| size < all.len()) {
        let state = State { last, ..state };
        body["@odata.nextLink"] = json!(link(organisation, call, "$skiptoken", &state.write()));
    } else {
        body["@odata.deltaLink"] = json!(link(organisation, call, "$deltatoken", &state.write()));
    }
    Ok(Reply::json(200, &body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let state = State {
            since: 3,
            until: 900,
            last: (20, 7),
        };
        assert_eq!(State::read(&state.write()), Some(state));
        assert_eq!(State::read("x"), None);
        assert_eq!(State::read(""), None);
    }

    #[test]
    fn what_changes_between_two_pages_hides_no_other_message() {
        let directory = crate::people::directory::Directory::generate(1, 0);
        let position = directory.by_alias("support").expect("a mailbox");
        let mut store = crate::organisation::mailboxes::store::MailStore::default();
        let inbox = crate::organisation::mailboxes::mailbox::Purpose::Inbox.number();
        let mailbox = store.change(&directory, position);
        let state = State {
            until: mailbox.changes,
            ..State::default()
        };
        let first: Vec<(u64, u32)> = changes(mailbox, inbox, state).iter().map(place).collect();
        assert!(first.len() > 6);
        // A page of three was told; then the first of them is read.
        let rest = State {
            last: first[2],
            ..state
        };
        mailbox.set_flags(first[0].1, crate::organisation::mailboxes::mailbox::flag::FLAGGED);
        let left: Vec<(u64, u32)> = changes(mailbox, inbox, rest).iter().map(place).collect();
        assert_eq!(left, first[3..]);
    }
}
