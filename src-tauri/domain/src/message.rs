//! What is said to people, as data: the name of a message and its typed arguments. The floor of words renders it.
//!
//! An argument is typed by what it is. A language needs that to write it (a number, a moment, a list), and presenting
//! mode to hide it (a person's name, an id). Nothing here is a sentence.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::address::Address;
use crate::ids::{
    AppObjectId, ClientId, ConnectionId, KeyId, MailboxId, ServicePrincipalId, TenantId, UserId,
};
use crate::permission::Permission;
use crate::problem::Code;

/// A message: its name among the texts of each language, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    id: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// What [`message!`](crate::message!) makes. Called by nothing else, because the tests that hold the languages to the
    /// code look for the macro.
    #[doc(hidden)]
    pub fn made(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        Self { id, args }
    }

    /// Its name.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Its arguments, each with its name.
    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }
}

/// A message: `message!("mailboxes-found", count = rows.len(), first = &address)`.
///
/// The id and the names of the arguments are written out, so that a test can hold every language to them.
#[macro_export]
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::message::Message::made($id, vec![$((stringify!($name), $crate::message::Arg::from($value))),*])
    };
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// How many. A language chooses its words by it.
    Count(u64),
    /// A moment, in the reader's time zone.
    Moment(Spelling, Timestamp),
    /// A day without a time of day or a time zone.
    Day(Date),
    /// How long.
    Span(SignedDuration),
    /// What something or somebody is called: hidden while somebody presents.
    Name(Kind, String),
    /// An id: hidden while somebody presents.
    Id(String),
    /// An id shown by its two ends. It holds the whole.
    Ends(String),
    /// A word of Microsoft's or of a standard, such as a role, a cmdlet, a permission or a code: never hidden, and never
    /// translated by us. A role is called as Microsoft calls it in that language. A language may choose its words by a term.
    Term(String),
    /// A sentence that isn't ours, such as Microsoft's own in an answer: shown as it is, and searched for names while
    /// somebody presents.
    Theirs(String),
    /// The same, where its author gave it in several languages.
    Told(Told),
    /// A phrase inside a sentence.
    Message(Box<Message>),
    /// A part of a message that has several.
    Part(Part, Box<Message>),
    /// Several, joined as the language joins them.
    List(Join, Vec<Arg>),
}

/// A text that isn't ours, in English and in the languages that its author gave beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In English.
    pub english: String,
    /// In other languages, each by its tag.
    pub others: Vec<(String, String)>,
}

impl Told {
    /// In the language of this tag, or in English where its author didn't give it.
    pub fn in_language(&self, tag: &str) -> &str {
        let other = self.others.iter().find(|(known, _)| known == tag);
        other.map_or(&self.english, |(_, text)| text)
    }

    /// The same with each text changed.
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        let others = self.others.iter();
        Self {
            english: change(&self.english),
            others: others.map(|(tag, text)| (tag.clone(), change(text))).collect(),
        }
    }
}

impl From<Told> for Arg {
    fn from(told: Told) -> Self {
        Self::Told(told)
    }
}

impl From<&Told> for Arg {
    fn from(told: &Told) -> Self {
        Self::Told(told.clone())
    }
}

/// A part of a message that has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The heading of a problem, or of a text.
    Title,
    /// What happened.
    Happened,
    /// Why.
    Why,
    /// What to do next.
    Next,
    /// The text under a heading.
    Text,
    /// What was being done, as somebody says it who needs to do it: "create the app registration".
    Task,
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// "10:42".
    Clock,
    /// "10:43:58".
    Seconds,
    /// "21 May 2027".
    Date,
    /// "10:42", or "21 May 2027 at 10:42" on another day than today.
    Near,
    /// "10:43:58", or "21 May 2027 at 10:43:58" on another day than today.
    NearSeconds,
    /// "at 10:42", or "on 21 May 2027 at 10:42" on another day than today: for the middle of a sentence.
    When,
    /// As [`Self::NearSeconds`] where it is less than 10 minutes away, because a practice wait lasts seconds; otherwise as
    /// [`Self::Near`].
    Soon,
    /// [`Self::Soon`] for the middle of a sentence: "at 10:42:05", "on 22 May 2027 at 00:03:00".
    SoonWhen,
    /// "21 May 2027, 10:42 UTC", wherever the reader is: for somebody whose time zone may be what is wrong.
    Universal,
}

/// How several are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// "a, b, c".
    Commas,
    /// "a, b and c".
    And,
    /// "a, b or c".
    Or,
    /// "a; b; c".
    Semicolons,
    /// Sentences after one another.
    Sentences,
    /// One a line.
    Lines,
}

/// Whose or what a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An organisation.
    Organisation,
    /// A domain of an organisation.
    Domain,
    /// A person.
    Person,
    /// What a person signs in as.
    UserName,
    /// An app that somebody else made.
    App,
    /// Part of a connection's id in the names of what Mailgrant makes.
    Connection,
    /// What Mailgrant named itself. Its name stays readable, and the names inside it are hidden.
    Ours,
    /// A mailbox, by its address.
    Mailbox,
    /// A mailbox, by the name that people gave it.
    MailboxName,
    /// Whoever receives mail and may be no mailbox.
    Recipient,
    /// A group.
    Group,
    /// A credential of an app.
    Credential,
    /// A role assignment in Exchange.
    Assignment,
    /// A scope in Exchange.
    Scope,
    /// A folder on this computer.
    Folder,
    /// A file on this computer.
    File,
    /// A platform. Only one that somebody here named after what is hidden is hidden.
    Platform,
    /// What the reader typed.
    Typed,
    /// What a filter compares with, such as a department.
    Value,
}

impl Arg {
    /// A name.
    pub fn name(kind: Kind, name: impl Into<String>) -> Self {
        Self::Name(kind, name.into())
    }

    /// An id.
    pub fn id(id: impl std::fmt::Display) -> Self {
        Self::Id(id.to_string())
    }

    /// An id, by its ends.
    pub fn ends(id: impl std::fmt::Display) -> Self {
        Self::Ends(id.to_string())
    }

    /// For a text that says one thing or another: "yes" or "no".
    pub fn yes_or_no(is: bool) -> Self {
        Self::term(if is { "yes" } else { "no" })
    }

    /// A word of Microsoft's or of a standard.
    pub fn term(term: impl Into<String>) -> Self {
        Self::Term(term.into())
    }

    /// A part of a message that has several.
    pub fn part(part: Part, message: Message) -> Self {
        Self::Part(part, Box::new(message))
    }

    /// A sentence that isn't ours.
    pub fn theirs(text: impl Into<String>) -> Self {
        Self::Theirs(text.into())
    }

    /// [`Spelling::Clock`].
    pub fn clock(at: Timestamp) -> Self {
        Self::Moment(Spelling::Clock, at)
    }

    /// [`Spelling::Seconds`].
    pub fn seconds(at: Timestamp) -> Self {
        Self::Moment(Spelling::Seconds, at)
    }

    /// [`Spelling::Date`].
    pub fn date(at: Timestamp) -> Self {
        Self::Moment(Spelling::Date, at)
    }

    /// [`Spelling::Near`].
    pub fn near(at: Timestamp) -> Self {
        Self::Moment(Spelling::Near, at)
    }

    /// [`Spelling::NearSeconds`].
    pub fn near_seconds(at: Timestamp) -> Self {
        Self::Moment(Spelling::NearSeconds, at)
    }

    /// [`Spelling::When`].
    pub fn when(at: Timestamp) -> Self {
        Self::Moment(Spelling::When, at)
    }

    /// [`Spelling::Soon`].
    pub fn soon(at: Timestamp) -> Self {
        Self::Moment(Spelling::Soon, at)
    }

    /// [`Spelling::SoonWhen`].
    pub fn soon_when(at: Timestamp) -> Self {
        Self::Moment(Spelling::SoonWhen, at)
    }

    /// [`Spelling::Universal`].
    pub fn universal(at: Timestamp) -> Self {
        Self::Moment(Spelling::Universal, at)
    }

    /// Several, joined.
    pub fn list<A: Into<Self>>(join: Join, all: impl IntoIterator<Item = A>) -> Self {
        Self::List(join, all.into_iter().map(Into::into).collect())
    }
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Count(number.into())
            }
        })*
    };
}

counts!(u8, u16, u32, u64);

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Count(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Date> for Arg {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<SignedDuration> for Arg {
    fn from(span: SignedDuration) -> Self {
        Self::Span(span)
    }
}

impl From<&Address> for Arg {
    fn from(address: &Address) -> Self {
        Self::name(Kind::Mailbox, address.as_str())
    }
}

impl From<Permission> for Arg {
    fn from(permission: Permission) -> Self {
        Self::term(permission.name())
    }
}

impl From<Code> for Arg {
    fn from(code: Code) -> Self {
        Self::term(code.as_str())
    }
}

macro_rules! ids {
    ($($id:ty),*) => {
        $(impl From<$id> for Arg {
            fn from(id: $id) -> Self {
                Self::id(id)
            }
        })*
    };
}

ids!(
    TenantId,
    ClientId,
    AppObjectId,
    ServicePrincipalId,
    KeyId,
    UserId,
    MailboxId,
    ConnectionId
);

/// Who says messages, for a floor that can't see the floor of words.
#[derive(Clone)]
pub struct Voice {
    /// The language's tag, such as `en`.
    pub language: String,
    /// Says a message, or a part of one.
    pub say: Arc<dyn Fn(&Arg) -> String + Send + Sync>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_its_name_and_typed_arguments() {
        let address = Address::parse("support@contoso.example").unwrap();
        let inner = message!("test-inner");
        let message = message!(
            "test-outer",
            count = 2_usize,
            mailbox = &address,
            inner = inner.clone()
        );
        assert_eq!(message.id(), "test-outer");
        assert_eq!(
            message.args(),
            [
                ("count", Arg::Count(2)),
                (
                    "mailbox",
                    Arg::Name(Kind::Mailbox, "support@contoso.example".into())
                ),
                ("inner", Arg::Message(Box::new(inner))),
            ]
        );
    }
}
