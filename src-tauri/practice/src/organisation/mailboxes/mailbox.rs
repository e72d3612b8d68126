//! One mailbox: its folders, its messages, and what was removed of late.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The most folders in one mailbox.
const FOLDERS_AT_MOST: usize = 500;

/// The most categories of one message, and the longest name of one.
const CATEGORIES_AT_MOST: usize = 25;

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    Root,
    Inbox,
    Drafts,
    Sent,
    Deleted,
    Archive,
    Junk,
    Outbox,
    /// A folder that somebody made.
    Own,
}

impl Purpose {
    /// The folder's number in every mailbox; own folders have higher ones.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::Root => 1,
            Self::Inbox => 2,
            Self::Drafts => 3,
            Self::Sent => 4,
            Self::Deleted => 5,
            Self::Archive => 6,
            Self::Junk => 7,
            Self::Outbox => 8,
            Self::Own => 9,
        }
    }
}

/// The flags of a message, as bits.
pub(crate) mod flag {
    pub(crate) const SEEN: u8 = 1;
    pub(crate) const ANSWERED: u8 = 2;
    pub(crate) const FLAGGED: u8 = 4;
    pub(crate) const DELETED: u8 = 8;
    pub(crate) const DRAFT: u8 = 16;
    pub(crate) const MDN_SENT: u8 = 32;
    /// A follow-up flag that was marked complete; only Graph shows it.
    pub(crate) const COMPLETE: u8 = 64;
    /// What IMAP shows.
    pub(crate) const OF_IMAP: u8 = SEEN | ANSWERED | FLAGGED | DELETED | DRAFT | MDN_SENT;
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Folder {
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) parent: u32,
    pub(crate) purpose: Purpose,
    pub(crate) uid_validity: u32,
    pub(crate) uid_next: u32,
    pub(crate) subscribed: bool,
}

/// Where the bytes of a message come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Content {
    /// The made-up message of this index.
    Seeded(u32),
    /// A body that came from a client.
    Kept(u64),
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Message {
    /// Never used twice in a mailbox; Graph's id is made from it.
    pub(crate) number: u32,
    pub(crate) folder: u32,
    pub(crate) uid: u32,
    pub(crate) content: Content,
    pub(crate) received: Timestamp,
    pub(crate) flags: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) categories: Vec<String>,
    /// The mailbox's count of changes when this message last changed.
    pub(crate) changed: u64,
}

impl Message {
    /// Whether all of these flags are set.
    pub(crate) fn has(&self, flags: u8) -> bool {
        self.flags & flags == flags
    }
}

/// A message that is gone from a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Removal {
    pub(crate) changed: u64,
    pub(crate) folder: u32,
    pub(crate) number: u32,
}

/// One mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Mailbox {
    pub(crate) folders: Vec<Folder>,
    pub(crate) messages: Vec<Message>,
    pub(crate) next_folder: u32,
    pub(crate) next_message: u32,
    /// Counts every change.
    pub(crate) changes: u64,
    pub(crate) removals: VecDeque<Removal>,
    /// What a client wrote into `mailboxSettings`.
    #[serde(default)]
    pub(crate) settings: serde_json::Map<String, serde_json::Value>,
}

/// Why a mailbox would not take something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The message is larger than [`MESSAGE_AT_MOST`](super::store::MESSAGE_AT_MOST).
    TooLarge,
    /// The mailbox, or the organisation's store of bodies, is full.
    Full,
    /// No such folder.
    NoFolder,
    /// A folder of that name is there already.
    Exists,
    /// The folder belongs to every mailbox and stays.
    Distinguished,
    /// A name that no folder may have.
    Name,
}

impl Mailbox {
    /// The folder with this number.
    pub(crate) fn folder(&self, number: u32) -> Option<&Folder> {
        self.folders.iter().find(|folder| folder.number == number)
    }

    /// The folders directly below one.
    pub(crate) fn children(&self, parent: u32) -> impl Iterator<Item = &Folder> {
        self.folders.iter().filter(move |folder| folder.parent == parent)
    }

    /// The message with this number.
    pub(crate) fn message(&self, number: u32) -> Option<&Message> {
        self.messages.get(self.place(number)?)
    }

    /// Where a message stands in the list. Numbers only ever rise, so the list is in their order.
    fn place(&self, number: u32) -> Option<usize> {
        self.messages
            .binary_search_by_key(&number, |message| message.number)
            .ok()
    }

    /// The messages of a folder in the order of their UIDs.
    pub(crate) fn in_folder(&self, folder: u32) -> impl Iterator<Item = &Message> {
        self.messages
            .iter()
            .filter(move |message| message.folder == folder)
    }

    /// Counts one more change.
    pub(crate) fn count(&mut self) -> u64 {
        self.changes += 1;
        self.changes
    }

    /// Puts a message into a folder; answers its number.
    pub(super) fn insert(
        &mut self,
        folder: u32,
        content: Content,
        received: Timestamp,
        flags: u8,
        categories: Vec<String>,
    ) -> u32 {
        let changed = self.count();
        let number = self.next_message;
        self.next_message += 1;
        let mut uid = 0;
        if let Some(folder) = self.folders.iter_mut().find(|known| known.number == folder) {
            uid = folder.uid_next;
            folder.uid_next += 1;
        }
        self.messages.push(Message {
            number,
            folder,
            uid,
            content,
            received,
            flags,
            categories,
            changed,
        });
        number
    }

    /// Sets and clears flags of a message; answers whether something changed.
    pub(crate) fn set_flags(&mut self, number: u32, flags: u8) -> bool {
        let Some(at) = self.place(number) else {
            return false;
        };
        if self.messages[at].flags == flags {
            return false;
        }
        let changed = self.count();
        self.messages[at].flags = flags;
        self.messages[at].changed = changed;
        true
    }

    /// Replaces the categories of a message, as many of them as a message may have.
    pub(crate) fn set_categories(&mut self, number: u32, mut categories: Vec<String>) {
        categories.truncate(CATEGORIES_AT_MOST);
        let changed = self.count();
        if let Some(message) = self.place(number).and_then(|at| self.messages.get_mut(at)) {
            message.categories = categories;
            message.changed = changed;
        }
    }

    /// Makes a folder.
    pub(crate) fn create_folder(&mut self, parent: u32, name: &str) -> Result<u32, Refusal> {
        self.check_name(parent, name)?;
        self.folder(parent).ok_or(Refusal::NoFolder)?;
        if self.folders.len() >= FOLDERS_AT_MOST {
            return Err(Refusal::Full);
        }
        let number = self.next_folder;
        self.next_folder += 1;
        self.count();
        // A folder that is made again under an old name must not look like the old one to IMAP.
        let uid_validity = self.folders.first().map_or(1, |root| root.uid_validity) + number;
        self.folders.push(Folder {
            number,
            name: name.to_owned(),
            parent,
            purpose: Purpose::Own,
            uid_validity,
            uid_next: 1,
            subscribed: true,
        });
        Ok(number)
    }

    /// Renames or moves an own folder.
    pub(crate) fn rename_folder(&mut self, number: u32, parent: u32, name: &str) -> Result<(), Refusal> {
        let folder = self.folder(number).ok_or(Refusal::NoFolder)?;
        if folder.purpose != Purpose::Own {
            return Err(Refusal::Distinguished);
        }
        if folder.parent == parent && folder.name == name {
            return Ok(());
        }
        let only_case = folder.parent == parent && folder.name.to_lowercase() == name.to_lowercase();
        if !only_case {
            self.check_name(parent, name)?;
        }
        // A folder below itself would be reachable from nowhere.
        let mut above = Some(parent);
        while let Some(step) = above {
            if step == number {
                return Err(Refusal::Name);
            }
            above = self
                .folder(step)
                .filter(|folder| folder.purpose != Purpose::Root)
                .map(|folder| folder.parent);
        }
        self.folder(parent).ok_or(Refusal::NoFolder)?;
        self.count();
        if let Some(folder) = self.folders.iter_mut().find(|folder| folder.number == number) {
            folder.parent = parent;
            name.clone_into(&mut folder.name);
        }
        Ok(())
    }

    fn check_name(&self, parent: u32, name: &str) -> Result<(), Refusal> {
        let fits = !name.trim().is_empty()
            && name.chars().count() <= 255
            && !name.contains(|letter: char| letter.is_control() || letter == '/');
        if !fits {
            return Err(Refusal::Name);
        }
        let taken = self
            .children(parent)
            .any(|folder| folder.name.to_lowercase() == name.to_lowercase());
        if taken { Err(Refusal::Exists) } else { Ok(()) }
    }
}
