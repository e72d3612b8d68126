//! The commands and their arguments.

use super::reader::{Reader, is_astring};
use super::{Command, Fault, FlagChange, Item, ListKind, StatusItem, internal_date};
use crate::mail::imap::mailbox_name;
use crate::organisation::mailboxes::mailbox::flag;

impl Reader<'_> {
    pub(super) fn command(&mut self) -> Result<Command, Fault> {
        let name = self.word().ok_or(Fault::Unknown)?;
        let by_uid = name == "UID";
        let name = if by_uid {
            self.space().ok_or(Fault::Arguments)?;
            let name = self.word().ok_or(Fault::Arguments)?;
            if !matches!(
                name.as_str(),
                "FETCH" | "STORE" | "COPY" | "MOVE" | "SEARCH" | "EXPUNGE"
            ) {
                return Err(Fault::Unknown);
            }
            name
        } else {
            name
        };
        if name == "SEARCH" {
            return self.search(by_uid);
        }
        let command = self.arguments(&name, by_uid)?;
        self.end().ok_or(Fault::Arguments)?;
        Ok(command)
    }

    pub(super) fn arguments(&mut self, name: &str, by_uid: bool) -> Result<Command, Fault> {
        let without = match name {
            "CAPABILITY" => Some(Command::Capability),
            "NOOP" => Some(Command::Noop),
            "LOGOUT" => Some(Command::Logout),
            "STARTTLS" => Some(Command::StartTls),
            "NAMESPACE" => Some(Command::Namespace),
            "IDLE" => Some(Command::Idle),
            "CHECK" => Some(Command::Check),
            "CLOSE" => Some(Command::Close),
            "UNSELECT" => Some(Command::Unselect),
            "EXPUNGE" if !by_uid => Some(Command::Expunge(None)),
            _ => None,
        };
        if let Some(command) = without {
            return Ok(command);
        }
        let known = [
            "AUTHENTICATE",
            "LOGIN",
            "ID",
            "SELECT",
            "EXAMINE",
            "CREATE",
            "DELETE",
            "RENAME",
            "SUBSCRIBE",
            "UNSUBSCRIBE",
            "LIST",
            "LSUB",
            "XLIST",
            "STATUS",
            "APPEND",
            "EXPUNGE",
            "FETCH",
            "STORE",
            "COPY",
            "MOVE",
        ];
        if !known.contains(&name) {
            return Err(Fault::Unknown);
        }
        self.space()
            .and_then(|()| self.with_arguments(name, by_uid))
            .ok_or(Fault::Arguments)
    }

    pub(super) fn with_arguments(&mut self, name: &str, by_uid: bool) -> Option<Command> {
        Some(match name {
            "AUTHENTICATE" => {
                let mechanism = self.word()?;
                let initial = self.space().map(|()| {
                    let blob = self.take_while(|byte| byte > b' ');
                    String::from_utf8_lossy(blob).into_owned()
                });
                Command::Authenticate {
                    mechanism,
                    initial: initial.filter(|initial| !initial.is_empty()),
                }
            }
            "LOGIN" => {
                self.astring()?;
                self.space()?;
                self.astring()?;
                Command::Login
            }
            "ID" => {
                self.id()?;
                Command::Id
            }
            "SELECT" | "EXAMINE" => {
                let mailbox = self.mailbox()?;
                // Parameters such as (CONDSTORE) belong to extensions that are not announced.
                Command::Select {
                    mailbox,
                    read_only: name == "EXAMINE",
                }
            }
            "CREATE" => Command::Create(self.mailbox()?),
            "DELETE" => Command::Delete(self.mailbox()?),
            "RENAME" => {
                let from = self.mailbox()?;
                self.space()?;
                let to = self.mailbox()?;
                Command::Rename { from, to }
            }
            "SUBSCRIBE" | "UNSUBSCRIBE" => Command::Subscribe {
                mailbox: self.mailbox()?,
                subscribed: name == "SUBSCRIBE",
            },
            "LIST" | "LSUB" | "XLIST" => {
                let reference = self.mailbox()?;
                self.space()?;
                let pattern = self.list_pattern()?;
                let kind = match name {
                    "LIST" => ListKind::List,
                    "LSUB" => ListKind::Lsub,
                    _ => ListKind::Xlist,
                };
                Command::List {
                    reference,
                    pattern,
                    kind,
                }
            }
            "STATUS" => {
                let mailbox = self.mailbox()?;
                self.space()?;
                let items = self.list(|reader| {
                    Some(match reader.word()?.as_str() {
                        "MESSAGES" => StatusItem::Messages,
                        "RECENT" => StatusItem::Recent,
                        "UIDNEXT" => StatusItem::UidNext,
                        "UIDVALIDITY" => StatusItem::UidValidity,
                        "UNSEEN" => StatusItem::Unseen,
                        _ => return None,
                    })
                })?;
                Command::Status { mailbox, items }
            }
            "APPEND" => self.append()?,
            "EXPUNGE" => Command::Expunge(Some(self.set()?)),
            "FETCH" => {
                let set = self.set()?;
                self.space()?;
                let mut items = self.fetch_items()?;
                if by_uid && !items.contains(&Item::Uid) {
                    items.insert(0, Item::Uid);
                }
                Command::Fetch { by_uid, set, items }
            }
            "STORE" => self.store(by_uid)?,
            _ => {
                let set = self.set()?;
                self.space()?;
                Command::Copy {
                    by_uid,
                    set,
                    mailbox: self.mailbox()?,
                    moving: name == "MOVE",
                }
            }
        })
    }

    pub(super) fn id(&mut self) -> Option<()> {
        if self.eat(b'(').is_none() {
            return self.word().filter(|word| word == "NIL").map(|_| ());
        }
        while self.eat(b')').is_none() {
            if self.peek() == Some(b'"') || self.peek() == Some(b'{') {
                self.string()?;
            } else {
                self.word().filter(|word| word == "NIL")?;
            }
            let _ = self.space();
        }
        Some(())
    }

    pub(super) fn list_pattern(&mut self) -> Option<String> {
        if let Some(b'"' | b'{') = self.peek() {
            return self.mailbox();
        }
        let atom = self.take_while(|byte| is_astring(byte) || byte == b'%' || byte == b'*');
        (!atom.is_empty()).then(|| mailbox_name::decode(atom))
    }

    pub(super) fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.eat(b'(')?;
        let mut items = Vec::new();
        while self.eat(b' ').is_some() {}
        while self.eat(b')').is_none() {
            items.push(item(self)?);
            if self.space().is_none() && self.peek() != Some(b')') {
                return None;
            }
        }
        Some(items)
    }

    pub(super) fn flag(&mut self) -> Option<u8> {
        let system = self.eat(b'\\').is_some();
        let name = self.word()?;
        Some(match (system, name.as_str()) {
            (true, "SEEN") => flag::SEEN,
            (true, "ANSWERED") => flag::ANSWERED,
            (true, "FLAGGED") => flag::FLAGGED,
            (true, "DELETED") => flag::DELETED,
            (true, "DRAFT") => flag::DRAFT,
            (false, "$MDNSENT") => flag::MDN_SENT,
            // \Recent cannot be set, and other keywords are not kept: PERMANENTFLAGS says so.
            _ => 0,
        })
    }

    pub(super) fn append(&mut self) -> Option<Command> {
        let mailbox = self.mailbox()?;
        self.space()?;
        let mut flags = 0;
        if self.peek() == Some(b'(') {
            flags = self.list(Self::flag)?.into_iter().fold(0, |all, flag| all | flag);
            self.space()?;
        }
        let mut date = None;
        if self.peek() == Some(b'"') {
            let text = String::from_utf8(self.quoted()?).ok()?;
            date = Some(internal_date(&text)?);
            self.space()?;
        }
        let message = self.literal()?.to_vec();
        Some(Command::Append {
            mailbox,
            flags,
            date,
            message,
        })
    }

    pub(super) fn store(&mut self, by_uid: bool) -> Option<Command> {
        let set = self.set()?;
        self.space()?;
        let change = match self.peek()? {
            b'+' => FlagChange::Add,
            b'-' => FlagChange::Remove,
            _ => FlagChange::Replace,
        };
        if change != FlagChange::Replace {
            self.at += 1;
        }
        let silent = match self.word()?.as_str() {
            "FLAGS" => false,
            "FLAGS.SILENT" => true,
            _ => return None,
        };
        self.space()?;
        let flags = if self.peek() == Some(b'(') {
            self.list(Self::flag)?
        } else {
            let mut flags = vec![self.flag()?];
            while self.space().is_some() && self.at < self.bytes.len() {
                flags.push(self.flag()?);
            }
            flags
        };
        Some(Command::Store {
            by_uid,
            set,
            change,
            flags: flags.into_iter().fold(0, |all, flag| all | flag),
            silent,
        })
    }
}
