//! The mailboxes of the organisation: what every mailbox holds from the start, and what was changed since.
//!
//! A mailbox that nobody has changed takes no memory: it is made anew, always the same, from the directory whenever
//! it is looked at. The first change keeps the mailbox's list of folders and messages; the bodies of made-up
//! messages are still made when they are read, and only bodies that came from a client are kept.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tokio::sync::watch;

use crate::organisation::mailboxes::mailbox::{Content, Mailbox, Purpose, Refusal, Removal, flag};
use crate::organisation::mailboxes::seeded;
use crate::people::directory::Directory;

/// The largest message in bytes: 35 MB, the limit of a message that is sent by Exchange Online unless an
/// administrator changes it.
pub(crate) const MESSAGE_AT_MOST: usize = 35 * 1024 * 1024;
/// All bodies that came from clients, together, in bytes.
const BODIES_AT_MOST: usize = 128 * 1024 * 1024;
/// The most messages in one mailbox.
const MESSAGES_AT_MOST: usize = 20_000;

/// How many removals a mailbox remembers for `messages/delta`.
pub(crate) const REMOVALS_AT_MOST: usize = 2_000;

/// A body that came from a client, and how many messages share it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Body {
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    bytes: Arc<[u8]>,
    uses: u32,
}

fn to_base64<S: Serializer>(bytes: &Arc<[u8]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[u8]>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD
        .decode(text)
        .map(Arc::from)
        .map_err(serde::de::Error::custom)
}

/// All mailboxes that were changed, by their position in the directory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct MailStore {
    mailboxes: BTreeMap<usize, Mailbox>,
    bodies: BTreeMap<u64, Body>,
    next_body: u64,
    /// Counts changes of all mailboxes, for connections that wait for new mail.
    #[serde(skip)]
    news: watch::Sender<u64>,
}

impl MailStore {
    /// A mailbox as it is now.
    pub(crate) fn mailbox(&self, directory: &Directory, position: usize) -> Cow<'_, Mailbox> {
        match self.mailboxes.get(&position) {
            Some(mailbox) => Cow::Borrowed(mailbox),
            None => Cow::Owned(seeded::mailbox(directory, position)),
        }
    }

    /// A mailbox that is about to be changed; whoever waits for news of mail is woken.
    pub(crate) fn change(&mut self, directory: &Directory, position: usize) -> &mut Mailbox {
        self.news.send_modify(|count| *count += 1);
        self.mailboxes
            .entry(position)
            .or_insert_with(|| seeded::mailbox(directory, position))
    }

    /// Something that sees every change from now on.
    pub(crate) fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// The bytes of a message, with CRLF line ends.
    pub(crate) fn bytes(&self, directory: &Directory, position: usize, content: Content) -> Arc<[u8]> {
        match content {
            Content::Seeded(index) => seeded::bytes(directory, position, index).into(),
            Content::Kept(body) => self
                .bodies
                .get(&body)
                .map(|body| body.bytes.clone())
                .unwrap_or_default(),
        }
    }

    /// Keeps a body for `uses` messages.
    fn keep(&mut self, bytes: Vec<u8>, uses: u32) -> Result<Content, Refusal> {
        if bytes.len() > MESSAGE_AT_MOST {
            return Err(Refusal::TooLarge);
        }
        let kept: usize = self.bodies.values().map(|body| body.bytes.len()).sum();
        if kept + bytes.len() > BODIES_AT_MOST {
            return Err(Refusal::Full);
        }
        let number = self.next_body;
        self.next_body += 1;
        let bytes = bytes.into();
        self.bodies.insert(number, Body { bytes, uses });
        Ok(Content::Kept(number))
    }

    fn release(&mut self, content: Content) {
        if let Content::Kept(number) = content
            && let Some(body) = self.bodies.get_mut(&number)
        {
            body.uses = body.uses.saturating_sub(1);
            if body.uses == 0 {
                self.bodies.remove(&number);
            }
        }
    }

    fn retain(&mut self, content: Content) {
        if let Content::Kept(number) = content
            && let Some(body) = self.bodies.get_mut(&number)
        {
            body.uses += 1;
        }
    }

    /// Puts one message into several folders, each of a mailbox; answers the numbers in order. The body is kept once.
    pub(crate) fn add(
        &mut self,
        directory: &Directory,
        places: &[(usize, u32)],
        bytes: Vec<u8>,
        received: Timestamp,
        flags: u8,
    ) -> Result<Vec<u32>, Refusal> {
        for (position, folder) in places {
            let mailbox = self.mailbox(directory, *position);
            if mailbox.messages.len() >= MESSAGES_AT_MOST {
                return Err(Refusal::Full);
            }
            mailbox.folder(*folder).ok_or(Refusal::NoFolder)?;
        }
        if places.is_empty() {
            return Ok(Vec::new());
        }
        let uses = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let content = self.keep(bytes, uses)?;
        let mut numbers = Vec::with_capacity(places.len());
        for (position, folder) in places {
            let mailbox = self.change(directory, *position);
            numbers.push(mailbox.insert(*folder, content, received, flags, Vec::new()));
        }
        Ok(numbers)
    }

    /// Replaces the bytes of a message, as a changed draft does.
    pub(crate) fn rewrite(
        &mut self,
        directory: &Directory,
        position: usize,
        number: u32,
        bytes: Vec<u8>,
    ) -> Result<(), Refusal> {
        let new = self.keep(bytes, 1)?;
        let mailbox = self.change(directory, position);
        let changed = mailbox.count();
        let Some(message) = mailbox
            .messages
            .iter_mut()
            .find(|message| message.number == number)
        else {
            self.release(new);
            return Err(Refusal::NoFolder);
        };
        let old = std::mem::replace(&mut message.content, new);
        message.changed = changed;
        self.release(old);
        Ok(())
    }

    /// Copies messages into another folder; answers pairs of the old and the new number.
    pub(crate) fn copy(
        &mut self,
        directory: &Directory,
        position: usize,
        numbers: &[u32],
        folder: u32,
    ) -> Result<Vec<(u32, u32)>, Refusal> {
        let mailbox = self.change(directory, position);
        mailbox.folder(folder).ok_or(Refusal::NoFolder)?;
        if mailbox.messages.len() + numbers.len() > MESSAGES_AT_MOST {
            return Err(Refusal::Full);
        }
        let mut pairs = Vec::with_capacity(numbers.len());
        let mut contents = Vec::with_capacity(numbers.len());
        for number in numbers {
            let Some(message) = mailbox.message(*number).cloned() else {
                continue;
            };
            let kept = message.flags & !flag::DELETED;
            let new = mailbox.insert(
                folder,
                message.content,
                message.received,
                kept,
                message.categories,
            );
            pairs.push((*number, new));
            contents.push(message.content);
        }
        for content in contents {
            self.retain(content);
        }
        Ok(pairs)
    }

    /// Moves messages into another folder. A moved message has a new number, so that its id changes as Graph's does.
    pub(crate) fn move_to(
        &mut self,
        directory: &Directory,
        position: usize,
        numbers: &[u32],
        folder: u32,
    ) -> Result<Vec<(u32, u32)>, Refusal> {
        let pairs = self.copy(directory, position, numbers, folder)?;
        let gone: Vec<u32> = pairs.iter().map(|(old, _)| *old).collect();
        self.remove(directory, position, &gone);
        Ok(pairs)
    }

    /// Removes messages for good.
    pub(crate) fn remove(&mut self, directory: &Directory, position: usize, numbers: &[u32]) {
        let mailbox = self.change(directory, position);
        let changed = mailbox.count();
        let numbers: BTreeSet<u32> = numbers.iter().copied().collect();
        let mut gone = Vec::new();
        mailbox.messages.retain(|message| {
            let stays = !numbers.contains(&message.number);
            if !stays {
                gone.push((message.content, message.folder, message.number));
            }
            stays
        });
        for (_, folder, number) in &gone {
            mailbox.removals.push_back(Removal {
                changed,
                folder: *folder,
                number: *number,
            });
        }
        while mailbox.removals.len() > REMOVALS_AT_MOST {
            mailbox.removals.pop_front();
        }
        for (content, _, _) in gone {
            self.release(content);
        }
    }

    /// Removes an own folder with all folders below it and everything in them.
    pub(crate) fn remove_folder(
        &mut self,
        directory: &Directory,
        position: usize,
        number: u32,
    ) -> Result<(), Refusal> {
        let mailbox = self.change(directory, position);
        let folder = mailbox.folder(number).ok_or(Refusal::NoFolder)?;
        if folder.purpose != Purpose::Own {
            return Err(Refusal::Distinguished);
        }
        let mut doomed = vec![number];
        let mut next = 0;
        while let Some(parent) = doomed.get(next).copied() {
            doomed.extend(mailbox.children(parent).map(|folder| folder.number));
            next += 1;
        }
        let messages: Vec<u32> = mailbox
            .messages
            .iter()
            .filter(|message| doomed.contains(&message.folder))
            .map(|message| message.number)
            .collect();
        mailbox.folders.retain(|folder| !doomed.contains(&folder.number));
        self.remove(directory, position, &messages);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INBOX: u32 = 2;

    fn at() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    #[test]
    fn an_untouched_mailbox_takes_no_memory_and_is_always_the_same() {
        let directory = Directory::generate(1, 100);
        let store = MailStore::default();
        let (first, second) = (store.mailbox(&directory, 9), store.mailbox(&directory, 9));
        assert_eq!(*first, *second);
        assert!(store.mailboxes.is_empty() && store.bodies.is_empty());
        let message = &first.messages[3];
        assert_eq!(
            store.bytes(&directory, 9, message.content),
            store.bytes(&directory, 9, message.content)
        );
    }

    #[test]
    fn a_body_is_kept_once_for_all_and_let_go_with_the_last_message() {
        let directory = Directory::generate(1, 100);
        let mut store = MailStore::default();
        let places = [(1, INBOX), (2, INBOX)];
        let numbers = store
            .add(&directory, &places, b"Subject: a\r\n\r\nb".to_vec(), at(), 0)
            .expect("room");
        assert_eq!(store.bodies.len(), 1);
        let pairs = store
            .copy(&directory, 1, &numbers[..1], Purpose::Archive.number())
            .expect("copied");
        store.remove(&directory, 1, &[numbers[0], pairs[0].1]);
        assert_eq!(store.bodies.len(), 1);
        store.remove(&directory, 2, &[numbers[1]]);
        assert!(store.bodies.is_empty());
    }

    #[test]
    fn bounds_hold() {
        let directory = Directory::generate(1, 100);
        let mut store = MailStore::default();
        let large = vec![b'a'; MESSAGE_AT_MOST + 1];
        assert_eq!(
            store.add(&directory, &[(1, INBOX)], large, at(), 0),
            Err(Refusal::TooLarge)
        );
        let fits = vec![b'a'; MESSAGE_AT_MOST];
        for expected in [true, true, true, false] {
            let added = store.add(&directory, &[(1, INBOX)], fits.clone(), at(), 0);
            assert_eq!(added.is_ok(), expected);
        }
        assert_eq!(
            store.add(&directory, &[(1, 99)], vec![], at(), 0),
            Err(Refusal::NoFolder)
        );
    }

    #[test]
    fn folders_are_made_moved_and_removed_with_what_is_in_them() {
        let directory = Directory::generate(1, 100);
        let mut store = MailStore::default();
        let mailbox = store.change(&directory, 1);
        let outer = mailbox.create_folder(1, "Büro").expect("made");
        let inner = mailbox.create_folder(outer, "Rechnungen").expect("made");
        assert_eq!(mailbox.create_folder(1, "BÜRO"), Err(Refusal::Exists));
        assert_eq!(mailbox.create_folder(1, "a/b"), Err(Refusal::Name));
        assert_eq!(mailbox.rename_folder(outer, inner, "x"), Err(Refusal::Name));
        assert_eq!(mailbox.rename_folder(INBOX, 1, "x"), Err(Refusal::Distinguished));
        assert_eq!(mailbox.rename_folder(inner, 1, "Rechnungen"), Ok(()));
        assert_eq!(mailbox.rename_folder(inner, outer, "Rechnungen"), Ok(()));
        store
            .add(&directory, &[(1, inner)], b"a".to_vec(), at(), 0)
            .expect("room");
        assert_eq!(
            store.remove_folder(&directory, 1, INBOX),
            Err(Refusal::Distinguished)
        );
        assert_eq!(store.remove_folder(&directory, 1, outer), Ok(()));
        assert!(store.bodies.is_empty());
        assert!(store.mailbox(&directory, 1).folder(inner).is_none());
    }

    #[test]
    fn what_was_changed_survives_being_saved() {
        let directory = Directory::generate(1, 100);
        let mut store = MailStore::default();
        store
            .add(
                &directory,
                &[(1, INBOX)],
                b"Subject: \xff\r\n\r\n\0".to_vec(),
                at(),
                flag::SEEN,
            )
            .expect("room");
        let text = serde_json::to_string(&store).expect("JSON");
        let read: MailStore = serde_json::from_str(&text).expect("a store");
        assert_eq!(*read.mailbox(&directory, 1), *store.mailbox(&directory, 1));
        let content = read
            .mailbox(&directory, 1)
            .messages
            .last()
            .map(|message| message.content);
        assert_eq!(
            &*read.bytes(&directory, 1, content.expect("a message")),
            b"Subject: \xff\r\n\r\n\0"
        );
    }
}
