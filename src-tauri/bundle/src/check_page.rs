//! The page of a check: how a connection stood when it was checked again by its record. It wears the record's look, and needs
//! nothing else either: no script, no picture, no address that it loads.

use domain::message;
use domain::message::{Arg, Message, Voice};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::connection::ProofRow;
use crate::page::{framed, id, proof_row};
use crate::said::{Said, apart, name};

/// What a finding or a verdict means for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something needs somebody.
    Bad,
    /// It isn't known.
    Unknown,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Unknown => "unknown",
        }
    }
}

/// One thing that is said, with its code for whoever asks about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its code.
    pub code: &'static str,
    /// How it is drawn.
    pub tone: Tone,
    /// What it is.
    pub title: Arg,
    /// What it means and what to do, a paragraph each.
    pub text: Vec<Arg>,
}

/// A check as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckPage {
    /// Whether it is of the practice organisation.
    pub practice: bool,
    /// The platform.
    pub platform: String,
    /// The organisation.
    pub organisation: String,
    /// When it was recorded, when it was checked and how.
    pub how: Message,
    /// What it came to.
    pub verdict: Message,
    /// How that is drawn.
    pub tone: Tone,
    /// What was found, or why it couldn't be checked.
    pub told: Vec<Told>,
    /// What is known beside that.
    pub facts: Vec<Message>,
    /// Every live call.
    pub calls: Vec<ProofRow>,
    /// What wasn't looked at.
    pub unseen: Vec<Message>,
    /// The program and version that made it.
    pub generator: String,
    /// When.
    pub at: Timestamp,
}

/// The page, in the words of this voice. Times are UTC, because it is read in other places than it was made.
pub fn html(check: &CheckPage, voice: &Voice) -> String {
    let said = &Said::by(voice);
    // A sentence can hold names that others gave; as one text of somebody else's it can't turn what stands beside it.
    let sentence = |arg: &Arg| name(&(voice.say)(arg));
    let (platform, organisation) = (|| apart(&check.platform), || apart(&check.organisation));
    let title = message!(
        "check-title",
        platform = platform(),
        organisation = organisation()
    );
    let main = html! {
        header {
            p.kind { (said.say(message!("check-kind"))) }
            h1 { (said.say(message!("record-heading", platform = platform(), organisation = organisation()))) }
            p.lead { (said.say(check.how.clone())) }
        }
        h2 { span class={ "finding " (check.tone.class()) } { (said.say(check.verdict.clone())) } }
        @for told in &check.told { (of(told, &sentence)) }
        ul { @for fact in &check.facts { li { (said.say(fact.clone())) } } }
        (calls(said, &check.calls))
        @if !check.unseen.is_empty() {
            h2 { (said.say(message!("check-unseen"))) }
            ul { @for part in &check.unseen { li { (said.say(part.clone())) } } }
        }
        footer {
            (said.say(message!(
                "check-footer",
                generator = apart(&check.generator),
                at = Arg::universal(check.at)
            )))
        }
    };
    framed(said, title, check.practice, &main)
}

fn of(told: &Told, sentence: &dyn Fn(&Arg) -> Markup) -> Markup {
    html! {
        p.keep {
            span class={ "finding " (told.tone.class()) } { (sentence(&told.title)) }
            " " (id(told.code))
        }
        @for text in &told.text { p { (sentence(text)) } }
    }
}

fn calls(said: &Said<'_>, calls: &[ProofRow]) -> Markup {
    html! {
        @if !calls.is_empty() {
            h2 { (said.say(message!("record-tried"))) }
            table.proof {
                thead { tr {
                    th { (said.say(message!("window-mailbox"))) }
                    th { (said.say(message!("record-column-tried"))) }
                    th { (said.say(message!("record-column-finding"))) }
                    th { (said.say(message!("record-column-when"))) }
                } }
                tbody { @for row in calls { (proof_row(said, row)) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{connection, english, german};

    fn page() -> CheckPage {
        let connection = connection();
        let rows = connection.proof.rows.into_iter();
        CheckPage {
            practice: false,
            platform: connection.platform.name,
            organisation: connection.organisation,
            how: message!(
                "check-with-own-key",
                recorded = Arg::date(connection.made_at),
                at = Arg::universal(connection.made_at)
            ),
            verdict: message!("check-differs", count = 1_usize),
            tone: Tone::Bad,
            told: vec![Told {
                code: "mailbox.reached",
                tone: Tone::Bad,
                title: Arg::term("Too broad: the app reaches ceo@northwind.example with Mail.Send"),
                text: vec![Arg::term("It was refused when the connection was recorded.")],
            }],
            facts: vec![message!("check-answered", n = 2_usize, of = 2_usize)],
            calls: rows.filter(|row| row.stamp == "observed").collect(),
            unseen: vec![message!("check-unseen-others")],
            generator: connection.generator,
            at: connection.made_at,
        }
    }

    #[test]
    fn the_page_is_stable() {
        insta::assert_snapshot!(html(&page(), &english()));
        insta::assert_snapshot!("german", html(&page(), &german()));
    }

    #[test]
    fn hostile_names_stay_text_on_their_line() {
        let hostile = "</style><script>alert(1)</script>\u{202e}EVIL\u{0}\r\nBREAK\u{2028}";
        let mut page = page();
        page.platform = hostile.into();
        page.organisation = hostile.into();
        page.generator = hostile.into();
        page.told[0].title = Arg::theirs(hostile);
        page.told[0].text = vec![Arg::name(domain::message::Kind::Mailbox, hostile)];
        page.calls[0].mailbox = hostile.into();
        let text = html(&page, &english());
        assert!(!text.contains("<script") && text.matches("</style>").count() == 1);
        for turned in ["\u{202e}", "\u{0}", "\r", "\u{2028}"] {
            assert!(!text.contains(turned), "{turned:?}");
        }
    }
}
