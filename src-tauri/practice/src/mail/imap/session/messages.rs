//! Commands on the messages of the selected folder.

use std::sync::Arc;

use super::refused::reason;
use super::{Next, PIECE, Session};
use crate::mail::imap::command::{Command, FlagChange, Item, Key, Portion, Set};
use crate::mail::imap::search::{Candidate, meets};
use crate::mail::imap::selected::{Selected, tell_flags};
use crate::mail::imap::{fetch, folders};
use crate::mail::line::Ended;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Mailbox, Refusal, flag};

impl Session {
    pub(super) async fn in_folder(
        &mut self,
        tag: &str,
        position: usize,
        command: Command,
    ) -> Result<Next, Ended> {
        let Some(selected) = &self.selected else {
            return self
                .say(&format!("{tag} BAD Command received in Invalid state.\r\n"))
                .await;
        };
        let read_only = selected.read_only;
        let writes = matches!(
            command,
            Command::Store { .. } | Command::Expunge(_) | Command::Copy { moving: true, .. }
        );
        if writes && read_only {
            return self
                .say(&format!(
                    "{tag} NO Command cannot be executed, mailbox is read-only.\r\n"
                ))
                .await;
        }
        match command {
            Command::Check => self.done(tag, position, true, "OK CHECK completed.").await,
            Command::Close | Command::Unselect => {
                let closes = matches!(command, Command::Close);
                if closes && !read_only {
                    self.expunge(position, None);
                }
                self.selected = None;
                let name = if closes { "CLOSE" } else { "UNSELECT" };
                self.say(&format!("{tag} OK {name} completed.\r\n")).await
            }
            Command::Expunge(set) => {
                self.expunge(position, set.as_ref());
                self.done(tag, position, true, "OK EXPUNGE completed.").await
            }
            Command::Search { by_uid, keys } => {
                let found = self.with(|organisation| search(organisation, position, selected, &keys, by_uid));
                let mut text = String::from("* SEARCH");
                for number in found {
                    text.push_str(&format!(" {number}"));
                }
                text.push_str("\r\n");
                self.say(&text).await?;
                self.done(tag, position, by_uid, "OK SEARCH completed.").await
            }
            Command::Fetch { by_uid, set, items } => self.fetch(tag, position, by_uid, &set, &items).await,
            Command::Store {
                by_uid,
                set,
                change,
                flags,
                silent,
            } => {
                let Some(places) = selected.places(&set, by_uid) else {
                    return self.bad_set(tag).await;
                };
                let out = self.store(position, &places, (change, flags), (by_uid, silent));
                self.connection.write(&out).await?;
                self.done(tag, position, by_uid, "OK STORE completed.").await
            }
            Command::Copy {
                by_uid,
                set,
                mailbox,
                moving,
            } => self.copy(tag, position, by_uid, &set, &mailbox, moving).await,
            _ => self.say(&format!("{tag} BAD Command Error. 12\r\n")).await,
        }
    }

    async fn bad_set(&mut self, tag: &str) -> Result<Next, Ended> {
        self.say(&format!("{tag} BAD The specified message set is invalid.\r\n"))
            .await
    }

    fn expunge(&self, position: usize, uids: Option<&Set>) {
        let Some(selected) = &self.selected else { return };
        let folder = selected.folder;
        let last = selected.known.last().map_or(0, |message| message.uid);
        self.with(|organisation| {
            let doomed: Vec<u32> = organisation
                .objects
                .mail
                .mailbox(&organisation.directory, position)
                .in_folder(folder)
                .filter(|message| message.has(flag::DELETED))
                .filter(|message| uids.is_none_or(|set| set.holds(message.uid, last)))
                .map(|message| message.number)
                .collect();
            if !doomed.is_empty() {
                organisation
                    .objects
                    .mail
                    .remove(&organisation.directory, position, &doomed);
                organisation.touch();
            }
        });
    }

    fn store(
        &mut self,
        position: usize,
        places: &[usize],
        (change, flags): (FlagChange, u8),
        (by_uid, silent): (bool, bool),
    ) -> Vec<u8> {
        let mut out = Vec::new();
        let Some(mut selected) = self.selected.take() else {
            return out;
        };
        self.with(|organisation| {
            let mailbox = organisation
                .objects
                .mail
                .change(&organisation.directory, position);
            for place in places {
                let known = &mut selected.known[*place];
                let Some(before) = mailbox.message(known.number).map(|message| message.flags) else {
                    continue;
                };
                let shown = before & flag::OF_IMAP;
                let after = match change {
                    FlagChange::Replace => flags,
                    FlagChange::Add => shown | flags,
                    FlagChange::Remove => shown & !flags,
                };
                mailbox.set_flags(known.number, (before & !flag::OF_IMAP) | after);
                known.flags = after;
                if !silent {
                    tell_flags(&mut out, *place, known, by_uid);
                }
            }
            organisation.touch();
        });
        self.selected = Some(selected);
        out
    }

    async fn fetch(
        &mut self,
        tag: &str,
        position: usize,
        by_uid: bool,
        set: &Set,
        items: &[Item],
    ) -> Result<Next, Ended> {
        let Some(mut selected) = self.selected.take() else {
            return Ok(Next::Go);
        };
        let Some(places) = selected.places(set, by_uid) else {
            self.selected = Some(selected);
            return self.bad_set(tag).await;
        };
        // Reading a body marks the message as read, unless the client only peeks or examines.
        let marks = !selected.read_only
            && items.iter().any(|item| {
                matches!(item, Item::Section(section) if !section.peek && section.what != Portion::Mime)
            });
        let mut out = Vec::new();
        let mut result = Ok(());
        let mut fits = true;
        for place in places {
            let known = &mut selected.known[place];
            self.with(|organisation| {
                let directory = &organisation.directory;
                let mut shows_flags = false;
                if marks && known.flags & flag::SEEN == 0 {
                    let mailbox = organisation.objects.mail.change(directory, position);
                    let flags = mailbox.message(known.number).map(|message| message.flags);
                    if let Some(flags) = flags {
                        mailbox.set_flags(known.number, flags | flag::SEEN);
                        known.flags |= flag::SEEN;
                        shows_flags = !items.contains(&Item::Flags);
                        organisation.changed = true;
                    }
                }
                let store = &organisation.objects.mail;
                let mailbox = store.mailbox(directory, position);
                // A message that is gone is not mentioned; the client is told soon that it is.
                let Some(message) = mailbox.message(known.number) else {
                    return;
                };
                let raw = if items
                    .iter()
                    .all(|item| matches!(item, Item::Flags | Item::Uid | Item::InternalDate))
                {
                    Arc::default()
                } else {
                    store.bytes(directory, position, message.content)
                };
                fits &= fetch::write(&mut out, place + 1, message, &raw, items);
                if items.contains(&Item::Flags) {
                    known.flags = message.flags & flag::OF_IMAP;
                }
                if shows_flags {
                    tell_flags(&mut out, place, known, by_uid);
                }
            });
            if out.len() > PIECE {
                result = self.connection.write(&out).await;
                out.clear();
                if result.is_err() {
                    break;
                }
            }
        }
        self.selected = Some(selected);
        result?;
        self.connection.write(&out).await?;
        let result = if fits {
            "OK FETCH completed."
        } else {
            "NO FETCH failed. That is more of one message than the server sends."
        };
        self.done(tag, position, by_uid, result).await
    }

    async fn copy(
        &mut self,
        tag: &str,
        position: usize,
        by_uid: bool,
        set: &Set,
        target: &str,
        moving: bool,
    ) -> Result<Next, Ended> {
        let Some(selected) = &self.selected else {
            return Ok(Next::Go);
        };
        let Some(places) = selected.places(set, by_uid) else {
            return self.bad_set(tag).await;
        };
        let numbers: Vec<u32> = places.iter().map(|place| selected.known[*place].number).collect();
        let name = if moving { "MOVE" } else { "COPY" };
        let outcome =
            self.with(|organisation| copy_messages(organisation, position, &numbers, target, moving));
        let result = match outcome {
            Err(Refusal::NoFolder) => "NO [TRYCREATE] The requested folder does not exist.".to_owned(),
            Err(refusal) => format!("NO {name} failed. {}", reason(refusal)),
            Ok(None) => format!("OK {name} completed."),
            // A move is told before the messages vanish (RFC 6851 §4.3).
            Ok(Some(code)) if moving => {
                self.say(&format!("* OK [{code}] \r\n")).await?;
                "OK MOVE completed.".to_owned()
            }
            Ok(Some(code)) => format!("OK [{code}] COPY completed."),
        };
        self.done(tag, position, true, &result).await
    }
}

/// Copies or moves; answers the `COPYUID` code, or nothing when there was nothing to copy.
fn copy_messages(
    organisation: &mut Organisation,
    position: usize,
    numbers: &[u32],
    target: &str,
    moving: bool,
) -> Result<Option<String>, Refusal> {
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let before = store.mailbox(directory, position).into_owned();
    let folder = folders::by_name(&before, target).ok_or(Refusal::NoFolder)?;
    let pairs = if moving {
        store.move_to(directory, position, numbers, folder.number)?
    } else {
        store.copy(directory, position, numbers, folder.number)?
    };
    if pairs.is_empty() {
        return Ok(None);
    }
    let after = store.mailbox(directory, position);
    let uids = |mailbox: &Mailbox, numbers: Vec<u32>| {
        let uids: Vec<String> = numbers
            .into_iter()
            .filter_map(|number| mailbox.message(number))
            .map(|message| message.uid.to_string())
            .collect();
        uids.join(",")
    };
    let old = uids(&before, pairs.iter().map(|pair| pair.0).collect());
    let new = uids(&after, pairs.iter().map(|pair| pair.1).collect());
    let validity = folder.uid_validity;
    organisation.changed = true;
    Ok(Some(format!("COPYUID {validity} {old} {new}")))
}

fn search(
    organisation: &Organisation,
    position: usize,
    selected: &Selected,
    keys: &[Key],
    by_uid: bool,
) -> Vec<u32> {
    let store = &organisation.objects.mail;
    let mailbox = store.mailbox(&organisation.directory, position);
    let last_number = u32::try_from(selected.known.len()).unwrap_or(u32::MAX);
    let last_uid = selected.known.last().map_or(0, |message| message.uid);
    let mut found = Vec::new();
    for (place, known) in selected.known.iter().enumerate() {
        let Some(message) = mailbox.message(known.number) else {
            continue;
        };
        let number = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let bytes = || store.bytes(&organisation.directory, position, message.content);
        let candidate = Candidate {
            message,
            number,
            last_number,
            last_uid,
            bytes: &bytes,
        };
        if keys.iter().all(|key| meets(&candidate, key)) {
            found.push(if by_uid { message.uid } else { number });
        }
    }
    found
}
