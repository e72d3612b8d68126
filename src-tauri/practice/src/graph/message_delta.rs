//! `…/mailFolders/{folder}/messages/delta`: all messages of a folder, and later only what has changed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::mail_folders::{self, owner, view};
use super::mail_ids::{self, Id};
use super::mail_query::{self, link, page_size};
use super::message_json::{self, Shape};
use super::{Key, messages, query};
use crate::bearer::Caller;
use crate::mail::store::Mailbox;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// Where a client stands: what it has heard of, up to which change this round goes, and how far the round has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct State {
    since: u64,
    until: u64,
    done: u64,
}

impl State {
    fn write(self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}.{}", self.since, self.until, self.done))
    }

    fn read(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut numbers = text.split('.').map(str::parse);
        let mut next = || numbers.next()?.ok();
        Some(Self {
            since: next()?,
            until: next()?,
            done: next()?,
        })
    }
}

/// One thing that has changed: a message that is there, or one that is gone.
enum Change {
    Present(u32),
    Gone(u32),
}

fn changes(mailbox: &Mailbox, folder: u32, state: State) -> Vec<Change> {
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
    found.sort_by_key(|(changed, change)| match change {
        Change::Present(number) | Change::Gone(number) => (*changed, *number),
    });
    found
        .into_iter()
        .filter(|(changed, _)| *changed <= state.until)
        .map(|(_, change)| change)
        .collect()
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
                done: 0,
            }
        }
        (None, None) => State {
            since: 0,
            until: mailbox.changes,
            done: 0,
        },
    };
    let forgotten = mailbox
        .removals
        .front()
        .filter(|_| mailbox.removals.len() >= 2_000)
        .is_some_and(|oldest| state.since > 0 && state.since < oldest.changed);
    if state.until > mailbox.changes || forgotten {
        return Err(lost());
    }
    let all = changes(&mailbox, number, state);
    let size = page_size(call)?;
    let done = usize::try_from(state.done).unwrap_or(usize::MAX).min(all.len());
    let shape = Shape::of(call, basic);
    let values: Vec<Value> = all
        .iter()
        .skip(done)
        .take(size)
        .filter_map(|change| match change {
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
    let next = done + size.min(all.len() - done);
    let mut body = json!({
        "@odata.context": format!("{}/$delta", query::context_url(organisation, call, &format!("{}/messages", owner(key)))),
        "value": values,
    });
    if next < all.len() {
        let state = State {
            done: next as u64,
            ..state
        };
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
            done: 20,
        };
        assert_eq!(State::read(&state.write()), Some(state));
        assert_eq!(State::read("x"), None);
        assert_eq!(State::read(""), None);
    }
}
