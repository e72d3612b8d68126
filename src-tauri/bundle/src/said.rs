//! What the record says, as HTML: messages in which a text of somebody else's stands apart.

use domain::message::{Arg, Message, Voice};
use domain::text::one_line;
use maud::{Markup, html};

/// Where a text of somebody else's begins and ends inside a message. No text holds these two: they are taken out of it.
const APART: (char, char) = ('\u{e000}', '\u{e001}');

/// Who says the record.
pub(crate) struct Said<'a>(&'a Voice);

impl<'a> Said<'a> {
    /// In the words of this voice.
    pub(crate) fn by(voice: &'a Voice) -> Self {
        Self(voice)
    }

    /// The tag of the language.
    pub(crate) fn language(&self) -> &str {
        &self.0.language
    }

    /// A message as plain text, for the page's title.
    pub(crate) fn plain(&self, message: Message) -> String {
        (self.0.say)(&message.into()).replace([APART.0, APART.1], "")
    }

    /// A message.
    pub(crate) fn say(&self, message: Message) -> Markup {
        self.value(message)
    }

    /// A value.
    pub(crate) fn value(&self, value: impl Into<Arg>) -> Markup {
        let text = (self.0.say)(&value.into());
        let mut pieces = text.split(APART.0);
        let first = pieces.next().unwrap_or_default();
        html! {
            (first)
            @for piece in pieces {
                @let (apart, rest) = piece.split_once(APART.1).unwrap_or((piece, ""));
                bdi { (apart) } (rest)
            }
        }
    }

    /// A heading, a label or a word of a table.
    pub(crate) fn label(&self, message: Message) -> Markup {
        html! { bdi { (self.say(message)) } }
    }

    /// A label and what stands beside it.
    pub(crate) fn fact(&self, label: Message, value: Markup) -> Markup {
        html! { dt { (self.label(label)) } dd { (value) } }
    }
}

/// A text that somebody else wrote. It is one line of what can be seen, and kept apart, so that letters that are written
/// from right to left can't turn round the words beside it.
pub(crate) fn name(text: &str) -> Markup {
    html! { bdi { (clean(text)) } }
}

/// The same inside a message.
pub(crate) fn apart(text: &str) -> Arg {
    let text = clean(text).replace([APART.0, APART.1], "");
    Arg::term(format!("{}{text}{}", APART.0, APART.1))
}

/// A text as one line of what can be seen.
pub(crate) fn clean(text: &str) -> String {
    one_line(text, usize::MAX)
}
