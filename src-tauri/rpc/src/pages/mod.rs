//! The pages, one file for each step, and what they share. A page is a pure function of what is known.

pub mod app;
pub mod asking;
pub mod connections;
pub mod existing_app;
pub mod export;
pub mod exported;
pub mod find_again;
pub mod help;
pub mod limit;
pub mod mailboxes;
pub mod method;
pub mod old_permissions;
pub mod old_secret;
pub mod permissions;
pub mod plan_by_parts;
pub mod platform;
pub mod problem;
pub mod protocols;
pub mod revoke;
pub mod secret;
pub mod sign_in;
pub mod signed_in;
pub mod start;
pub mod verify;
pub mod window;

use domain::message::{Arg, Join, Kind, Message as Words};
use domain::permission::{Method, Permission};
use engine::notes::{IssuedSecret, Limit};
use engine::state::State;
use jiff::Timestamp;
use journey::parts::PartPlan;
use journey::plan;
use journey::secret_life;
use journey::wizard::Wizard;
use profiles::Profile;
use words::{Keys, Speaker};

use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Choice, Content, Fact, FieldProblem, Finding, Happening, Message,
    MessageTone, Page, Plan, PlanLine, Tone,
};

/// What a connection's platform is called.
pub fn platform_name(state: &State, profiles: &[Profile]) -> Option<String> {
    let id = state.platform.as_ref()?;
    Some(journey::wizard::platform(state, profiles).map_or_else(|| id.clone(), |profile| profile.name))
}

/// What there is before somebody else does the rest. That nothing was made is said only where the notes hold nothing that
/// was: an app among the deleted ones is something, and so may be what was sent and got no answer.
pub(crate) fn so_far(state: &State) -> Words {
    if state.made_nothing() {
        domain::message!("plan-nothing-made")
    } else {
        domain::message!("plan-made-stays")
    }
}

/// What every page is made from.
pub struct Made<'a> {
    /// The connection.
    pub wizard: &'a Wizard,
    /// Who says it to the reader, now.
    pub speaker: Speaker,
    /// What time it is.
    pub now: Timestamp,
}

impl Made<'_> {
    /// A message in the reader's words.
    pub fn say(&self, message: Words) -> String {
        self.speaker.say(&message)
    }

    /// The detail of a message that has one.
    pub fn detail(&self, message: &Words) -> String {
        self.speaker
            .part(message, domain::message::Part::Text)
            .unwrap_or_default()
    }

    /// A value that stands alone, in the reader's words.
    pub fn value(&self, value: impl Into<Arg>) -> String {
        self.speaker.value(&value.into())
    }
}

/// What an app signs in with and how its platform reaches mail, for the words about it.
pub fn keys_of(wizard: &Wizard) -> Keys {
    let keys = Keys::of(secret_life::kind(wizard)).by(wizard.method());
    keys.beside(!wizard.notes().certificates.is_empty())
}

/// The same of a connection that isn't open.
pub fn keys_of_state(state: &State) -> Keys {
    let notes = state.at_hand();
    let kind = notes.secret.as_ref().map(IssuedSecret::kind);
    let keys = Keys::of(kind.or(state.credential).unwrap_or_default());
    let keys = keys.by(state.method.unwrap_or(Method::RECOMMENDED));
    keys.beside(!notes.certificates.is_empty())
}

/// What is wrong at a field, before it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldWords {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub words: Arg,
}

impl FieldWords {
    /// Something wrong at a field.
    pub fn new(field: &str, words: impl Into<Arg>) -> Self {
        Self {
            field: field.to_owned(),
            words: words.into(),
        }
    }

    /// It in words.
    pub fn said(&self, speaker: &Speaker) -> FieldProblem {
        FieldProblem {
            field: self.field.clone(),
            words: speaker.value(&self.words),
        }
    }
}

/// What an app is called: by us, or by whoever registered it before it was taken over.
pub(crate) fn app_name(state: &State, name: &str) -> Arg {
    let kind = match state.at_hand().adopted {
        Some(_) => Kind::App,
        None => Kind::Ours,
    };
    Arg::name(kind, name)
}

/// The same with Microsoft's name of it.
pub fn access(permission: Permission) -> Words {
    domain::message!(
        "parts-access",
        access = permission.said(),
        permission = permission
    )
}

/// How many days something lasts that ends then. A day begun counts.
pub fn ends(now: Timestamp, at: Timestamp) -> Words {
    let seconds = at.as_second() - now.as_second();
    let days = |seconds: i64| u64::try_from(seconds / 86_400).unwrap_or_default();
    match (seconds > 0, days(-seconds)) {
        (true, _) => domain::message!("parts-in-days", days = days(seconds + 86_399)),
        (false, 0) => domain::message!("parts-ended-today"),
        (false, ago) => domain::message!("parts-ended-days-ago", days = ago),
    }
}

/// "a@x, b@x" or, of many, "296 mailboxes: a@x, b@x, c@x and 293 more".
pub fn listed_mailboxes(mut mailboxes: Vec<Arg>) -> Arg {
    let count = mailboxes.len();
    if count <= WRITTEN_OUT {
        return Arg::list(Join::Commas, mailboxes);
    }
    mailboxes.truncate(NAMED_OF_MANY);
    domain::message!(
        "parts-many-mailboxes",
        count = count,
        first = Arg::list(Join::Commas, mailboxes),
        more = count - NAMED_OF_MANY
    )
    .into()
}

/// What the group is called that the limit goes by, where it goes by one.
fn group(made: &Made<'_>) -> Option<Arg> {
    let group = made.wizard.state().mailboxes.group.as_ref();
    let group = group.filter(|_| !made.wizard.method().is_by_mail_program());
    group.map(|group| Arg::name(Kind::Group, &group.name))
}

/// The mailboxes that a limit holds the app to: those of its scope, or those to which it has full access.
fn limited_to(state: &State, limit: &Limit) -> Arg {
    let scoped = limit.scope.iter().flat_map(|scope| &scope.mailboxes);
    let held = scoped.chain(&limit.full_access);
    let held = held.filter_map(|id| state.address_of(*id));
    listed_mailboxes(held.map(|address| Arg::name(Kind::Mailbox, address)).collect())
}

/// A page with its heading and content; actions and the rest are added.
pub fn page(key: &str, heading: impl Into<String>, lead: Option<&str>, content: Content) -> Page {
    Page {
        heading: heading.into(),
        key: key.to_owned(),
        lead: lead.map(str::to_owned),
        content,
        field_problems: Vec::new(),
        actions: Vec::new(),
        action_note: None,
        busy: None,
        announcement: None,
    }
}

/// A button.
pub fn button(kind: ButtonKind, label: impl Into<String>, request: Request) -> Button {
    Button {
        label: label.into(),
        kind,
        request,
        icon: None,
        full_label: None,
    }
}

/// The one filled button.
pub fn primary(label: impl Into<String>, request: Request) -> Button {
    button(ButtonKind::Primary, label, request)
}

/// A button with a border.
pub fn secondary(label: impl Into<String>, request: Request) -> Button {
    button(ButtonKind::Secondary, label, request)
}

/// A subtle button that takes something away.
pub fn removing(label: impl Into<String>, request: Request) -> Button {
    Button {
        icon: Some(ActIcon::Delete),
        ..button(ButtonKind::Subtle, label, request)
    }
}

/// A finding.
pub fn finding(tone: Tone, word: &str) -> Finding {
    Finding {
        tone,
        word: word.to_owned(),
    }
}

/// A message.
pub fn message(tone: MessageTone, title: impl Into<String>, text: impl Into<String>) -> Message {
    Message {
        tone,
        title: title.into(),
        text: Some(text.into()),
        action: None,
    }
}

/// A fact.
pub fn fact(term: &str, value: impl Into<String>) -> Fact {
    Fact {
        term: term.to_owned(),
        value: value.into(),
        id: None,
        findings: Vec::new(),
        change: None,
    }
}

/// A fact with an id.
pub fn fact_with_id(term: &str, value: impl Into<String>, id: String) -> Fact {
    Fact {
        id: Some(id),
        ..fact(term, value)
    }
}

/// How many names are written out in a sentence or a fact; more are counted.
const WRITTEN_OUT: usize = 6;

/// How many are named of more than that.
const NAMED_OF_MANY: usize = 3;

/// A choice.
pub fn choice(value: &str, title: impl Into<String>, detail: impl Into<String>) -> Choice {
    Choice {
        value: value.to_owned(),
        title: title.into(),
        detail: detail.into(),
        side: None,
        tag: None,
    }
}

/// Something that happened and is good.
pub fn happened(made: &Made<'_>, at: Timestamp, title: Words, detail: Words) -> Happening {
    Happening {
        tone: Tone::Works,
        title: made.say(title),
        detail: made.say(detail),
        at: made.value(Arg::near_seconds(at)),
    }
}

/// "yes" or "no": whether what the platform signs in with has ended, so that nothing of it keeps working.
pub fn has_ended(made: &Made<'_>) -> Arg {
    let notes = made.wizard.notes();
    let in_use = notes.in_use.values().map(|one| one.ends_at);
    let secret = notes.secret.iter().map(|secret| Some(secret.ends_at));
    let ends: Vec<Option<Timestamp>> = match notes.in_use.is_empty() {
        true => secret.collect(),
        false => in_use.collect(),
    };
    let ended = |end: &Option<Timestamp>| end.is_some_and(|end| end <= made.now);
    Arg::term(match !ends.is_empty() && ends.iter().all(ended) {
        true => "yes",
        false => "no",
    })
}

/// Lines of a plan, as they stand.
pub fn lines(made: &Made<'_>, lines: &[plan::Line]) -> Vec<PlanLine> {
    let line = |line: &plan::Line| PlanLine {
        done: line.is_done(made.wizard.state()),
        takes_away: line.takes_away(),
        title: made.say(line.said.clone()),
        detail: made.detail(&line.said),
    };
    lines.iter().map(line).collect()
}

/// A part's plan for the window.
pub fn planned(made: &Made<'_>, plan: PartPlan) -> Plan {
    Plan {
        will: lines(made, &plan.will),
        wont: lines(made, &plan.wont),
        calls_label: match plan.calls.len() {
            0 => String::new(),
            calls => made.say(domain::message!("plan-see-calls", calls = calls)),
        },
        calls: plan
            .calls
            .iter()
            .map(|call| made.value(Arg::theirs(call)))
            .collect(),
    }
}

/// English at a time that no test looks at.
#[cfg(test)]
pub(crate) fn plain() -> Speaker {
    Speaker::new(
        words::Language::English,
        jiff::tz::TimeZone::UTC,
        Timestamp::UNIX_EPOCH,
    )
}

#[cfg(test)]
mod tests {
    use domain::message::Kind;

    use super::*;

    #[test]
    fn days_are_told_on_both_sides_of_an_end() {
        let end: Timestamp = "2027-05-21T10:00:00Z".parse().unwrap();
        let told = |hours: i64| plain().say(&ends(end - jiff::SignedDuration::from_hours(hours), end));
        assert_eq!(told(480), "In 20 days");
        assert_eq!(told(481), "In 21 days");
        assert_eq!(told(1), "In 1 day");
        assert_eq!(told(0), "Ended today");
        assert_eq!(told(-23), "Ended today");
        assert_eq!(told(-24), "Ended 1 day ago");
        assert_eq!(told(-480), "Ended 20 days ago");
    }

    #[test]
    fn many_mailboxes_are_counted_and_few_are_named() {
        let told = |count: usize| {
            let all = (1..=count).map(|number| Arg::name(Kind::Mailbox, format!("{number}@x")));
            plain().value(&listed_mailboxes(all.collect()))
        };
        assert_eq!(told(2), "1@x, 2@x");
        assert_eq!(told(6), "1@x, 2@x, 3@x, 4@x, 5@x, 6@x");
        assert_eq!(told(7), "7 mailboxes: 1@x, 2@x, 3@x and 4 more");
    }
}
