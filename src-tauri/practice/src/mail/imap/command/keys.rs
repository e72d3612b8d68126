//! What `SEARCH` looks for.

use jiff::civil::Date;

use super::reader::Reader;
use super::{Command, Fault, Key};
use crate::organisation::mailboxes::mailbox::flag;

/// Keys within each other beyond this are refused.
const DEPTH_AT_MOST: usize = 16;

impl Reader<'_> {
    pub(super) fn search(&mut self, by_uid: bool) -> Result<Command, Fault> {
        let mut charset = "utf-8".to_owned();
        let start = self.at;
        if self.space().is_some() && self.word().as_deref() == Some("CHARSET") {
            self.space().ok_or(Fault::Arguments)?;
            let name = self.astring().ok_or(Fault::Arguments)?;
            charset = String::from_utf8_lossy(&name).into_owned();
            if !crate::mail::mime::knows_charset(&charset) {
                return Err(Fault::Charset);
            }
        } else {
            self.at = start;
        }
        let mut keys = Vec::new();
        while self.space().is_some() && self.at < self.bytes.len() {
            keys.push(self.key(&charset, 0).ok_or(Fault::Arguments)?);
        }
        if keys.is_empty() || self.at != self.bytes.len() {
            return Err(Fault::Arguments);
        }
        Ok(Command::Search { by_uid, keys })
    }

    pub(super) fn text(&mut self, charset: &str) -> Option<String> {
        self.space()?;
        let bytes = self.astring()?;
        Some(crate::mail::mime::decode_charset(charset, &bytes))
    }

    pub(super) fn day(&mut self) -> Option<Date> {
        self.space()?;
        let text = String::from_utf8(self.astring()?).ok()?;
        Date::strptime("%d-%b-%Y", &text).ok()
    }

    pub(super) fn key(&mut self, charset: &str, depth: usize) -> Option<Key> {
        if depth > DEPTH_AT_MOST {
            return None;
        }
        match self.peek()? {
            b'(' => {
                self.at += 1;
                let mut keys = vec![self.key(charset, depth + 1)?];
                while self.eat(b')').is_none() {
                    self.space()?;
                    keys.push(self.key(charset, depth + 1)?);
                }
                return Some(Key::And(keys));
            }
            b'*' | b'0'..=b'9' => return self.set().map(Key::Numbers),
            _ => {}
        }
        let header = |name: &str, text: String| Key::Header {
            name: name.to_owned(),
            text,
        };
        let is = |flag: u8, set: bool| Key::Flag { flag, set };
        Some(match self.word()?.as_str() {
            "ALL" => Key::All,
            "ANSWERED" => is(flag::ANSWERED, true),
            "UNANSWERED" => is(flag::ANSWERED, false),
            "DELETED" => is(flag::DELETED, true),
            "UNDELETED" => is(flag::DELETED, false),
            "DRAFT" => is(flag::DRAFT, true),
            "UNDRAFT" => is(flag::DRAFT, false),
            "FLAGGED" => is(flag::FLAGGED, true),
            "UNFLAGGED" => is(flag::FLAGGED, false),
            "SEEN" => is(flag::SEEN, true),
            "UNSEEN" => is(flag::SEEN, false),
            // No message is ever "recent" here, as with Exchange.
            "NEW" | "RECENT" => Key::Nothing,
            "OLD" => Key::All,
            "KEYWORD" => {
                self.space()?;
                match self.flag()? {
                    0 => Key::Nothing,
                    flag => is(flag, true),
                }
            }
            "UNKEYWORD" => {
                self.space()?;
                match self.flag()? {
                    0 => Key::All,
                    flag => is(flag, false),
                }
            }
            "FROM" => header("From", self.text(charset)?),
            "TO" => header("To", self.text(charset)?),
            "CC" => header("Cc", self.text(charset)?),
            "BCC" => header("Bcc", self.text(charset)?),
            "SUBJECT" => header("Subject", self.text(charset)?),
            "HEADER" => {
                let name = self.text(charset)?;
                header(&name, self.text(charset)?)
            }
            "BODY" => Key::Body(self.text(charset)?),
            "TEXT" => Key::Text(self.text(charset)?),
            "BEFORE" => Key::Received {
                day: self.day()?,
                side: -1,
            },
            "ON" => Key::Received {
                day: self.day()?,
                side: 0,
            },
            "SINCE" => Key::Received {
                day: self.day()?,
                side: 1,
            },
            "SENTBEFORE" => Key::Sent {
                day: self.day()?,
                side: -1,
            },
            "SENTON" => Key::Sent {
                day: self.day()?,
                side: 0,
            },
            "SENTSINCE" => Key::Sent {
                day: self.day()?,
                side: 1,
            },
            "LARGER" => {
                self.space()?;
                Key::Larger(self.number()?)
            }
            "SMALLER" => {
                self.space()?;
                Key::Smaller(self.number()?)
            }
            "UID" => {
                self.space()?;
                Key::Uids(self.set()?)
            }
            "NOT" => {
                self.space()?;
                Key::Not(Box::new(self.key(charset, depth + 1)?))
            }
            "OR" => {
                self.space()?;
                let left = self.key(charset, depth + 1)?;
                self.space()?;
                Key::Or(Box::new(left), Box::new(self.key(charset, depth + 1)?))
            }
            _ => return None,
        })
    }
}
