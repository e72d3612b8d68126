//! The folder that a connection has selected, as the client was told that it is.
//!
//! Message numbers mean what the client last heard, so a connection keeps its own list and tells what has changed
//! only where the protocol allows it (RFC 3501 §7.4.1).

use super::command::Set;
use super::fetch;
use crate::organisation::mailboxes::mailbox::{Mailbox, flag};

/// A message as the client knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) number: u32,
    pub(crate) uid: u32,
    pub(crate) flags: u8,
}

/// A selected folder.
#[derive(Debug, Clone)]
pub(crate) struct Selected {
    pub(crate) folder: u32,
    pub(crate) read_only: bool,
    pub(crate) known: Vec<Known>,
}

impl Selected {
    /// Selects a folder as it is now.
    pub(crate) fn new(mailbox: &Mailbox, folder: u32, read_only: bool) -> Self {
        let mut known: Vec<Known> = mailbox
            .in_folder(folder)
            .map(|message| Known {
                number: message.number,
                uid: message.uid,
                flags: message.flags & flag::OF_IMAP,
            })
            .collect();
        known.sort_by_key(|message| message.uid);
        Self {
            folder,
            read_only,
            known,
        }
    }

    /// The messages of a set, by their places in the list. `None` when a message number is beyond the last one; a UID
    /// that does not exist is no fault.
    pub(crate) fn places(&self, set: &Set, by_uid: bool) -> Option<Vec<usize>> {
        let count = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        if !by_uid && (count == 0 || set.largest() > count) {
            return None;
        }
        let last = if by_uid {
            self.known.last().map_or(0, |message| message.uid)
        } else {
            count
        };
        let places = self.known.iter().enumerate().filter(|(place, message)| {
            let number = if by_uid {
                message.uid
            } else {
                u32::try_from(place + 1).unwrap_or(u32::MAX)
            };
            set.holds(number, last)
        });
        Some(places.map(|(place, _)| place).collect())
    }

    /// Tells what has changed since the client was last told. Messages that are gone are told only where message
    /// numbers may change.
    pub(crate) fn refresh(&mut self, mailbox: &Mailbox, may_renumber: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let now = Self::new(mailbox, self.folder, self.read_only).known;
        // Both lists are in the order of UIDs, which no other message of the folder ever has.
        let find = |uid: u32| {
            now.binary_search_by_key(&uid, |message| message.uid)
                .ok()
                .map(|at| now[at])
        };
        if may_renumber {
            let mut place = self.known.len();
            while place > 0 {
                place -= 1;
                if find(self.known[place].uid).is_none() {
                    self.known.remove(place);
                    out.extend_from_slice(format!("* {} EXPUNGE\r\n", place + 1).as_bytes());
                }
            }
        }
        for (place, message) in self.known.iter_mut().enumerate() {
            if let Some(current) = find(message.uid)
                && current.flags != message.flags
            {
                message.flags = current.flags;
                tell_flags(&mut out, place, message, false);
            }
        }
        let last = self.known.last().map_or(0, |message| message.uid);
        let before = self.known.len();
        self.known.extend(now.iter().filter(|message| message.uid > last));
        if self.known.len() > before {
            out.extend_from_slice(format!("* {} EXISTS\r\n* 0 RECENT\r\n", self.known.len()).as_bytes());
        }
        out
    }
}

/// `* n FETCH (FLAGS (…))`, with the UID where a command by UID asked.
pub(crate) fn tell_flags(out: &mut Vec<u8>, place: usize, message: &Known, with_uid: bool) {
    out.extend_from_slice(format!("* {} FETCH (FLAGS ", place + 1).as_bytes());
    fetch::flags(out, message.flags);
    if with_uid {
        out.extend_from_slice(format!(" UID {}", message.uid).as_bytes());
    }
    out.extend_from_slice(b")\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::mailboxes::mailbox::Purpose;
    use crate::organisation::mailboxes::store::MailStore;
    use crate::people::directory::Directory;

    #[test]
    fn numbers_keep_their_meaning_until_the_client_is_told() {
        let directory = Directory::generate(1, 50);
        let mut store = MailStore::default();
        let inbox = Purpose::Inbox.number();
        let mut selected = Selected::new(&store.mailbox(&directory, 3), inbox, false);
        let count = selected.known.len();
        let (second, fourth) = (selected.known[1].number, selected.known[3].number);
        store.remove(&directory, 3, &[second, fourth]);
        let third = selected.known[2].number;
        store.change(&directory, 3).set_flags(third, flag::FLAGGED);
        let added = store.add(
            &directory,
            &[(3, inbox)],
            b"a".to_vec(),
            jiff::Timestamp::UNIX_EPOCH,
            0,
        );
        assert!(added.is_ok());
        let told = String::from_utf8(selected.refresh(&store.mailbox(&directory, 3), false)).expect("text");
        assert_eq!(
            told,
            format!(
                "* 3 FETCH (FLAGS (\\Flagged))\r\n* {} EXISTS\r\n* 0 RECENT\r\n",
                count + 1
            )
        );
        let told = String::from_utf8(selected.refresh(&store.mailbox(&directory, 3), true)).expect("text");
        assert_eq!(told, "* 4 EXPUNGE\r\n* 2 EXPUNGE\r\n");
        assert_eq!(selected.refresh(&store.mailbox(&directory, 3), true), b"");
        assert_eq!(selected.known[1].number, third);
    }
}
