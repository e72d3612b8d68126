//! What stands between heading and buttons: one kind for each way to draw a page, and what only that kind holds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::parts::{Button, Choice, Disclosure, Extra, Fact, Finding, Happening, Message, PlanLine};
use crate::request::{ControlsName, ListName, Opener};

/// What is shown while the browser is awaited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignInWait {
    /// What is waited for, or that no browser opened.
    pub title: String,
    /// What to do where the page doesn't show up.
    pub text: String,
    /// The address to open by hand.
    pub address: String,
    /// Copy the address, open it again, stop waiting.
    pub acts: Vec<Button>,
}

/// A plan in two columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// "Will change".
    pub will: Vec<PlanLine>,
    /// "Won't touch".
    pub wont: Vec<PlanLine>,
    /// The exact calls, behind a disclosure.
    pub calls: Vec<String>,
    /// Label of that disclosure, such as "See the 2 calls to Microsoft Graph".
    pub calls_label: String,
}

/// The content of a page, by kind. Each kind is drawn by one file in `ui/src/pages`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one page at a time, and boxes would only hide its fields"
)]
pub enum Content {
    /// First screen.
    Start {
        /// You need, it takes, it changes.
        facts: Vec<Fact>,
        /// Small line under them.
        footnote: String,
        /// Heading and lines of the panel "What you end with".
        ends_with: EndsWith,
        /// Underlined at the right end of the action bar.
        no_roles: Option<Disclosure>,
    },
    /// The list of connections.
    Connections {
        /// The one that needs the reader first.
        first: Option<ConnectionCard>,
        /// The rest.
        rest: Vec<ConnectionCard>,
        /// "Open its record": where a record can be opened in place of them.
        open_record: Option<String>,
    },
    /// One choice from a list (platform, method).
    Choose {
        /// Id of the field, for problems.
        field: String,
        /// What the choice is, for a screen reader.
        legend: String,
        /// The choices.
        choices: Vec<Choice>,
        /// The chosen value.
        chosen: Option<String>,
        /// Whether a search box is offered over the list.
        searchable: bool,
        /// What can be chosen beside it, each on or off.
        extras: Vec<Extra>,
        /// What is asked where a choice that stands for any platform is chosen, for each such choice.
        own: Vec<OwnPlatform>,
        /// Files that could not be read, and other messages.
        messages: Vec<Message>,
        /// What lies behind a disclosure under the list.
        more: Option<Disclosure>,
    },
    /// An app that is looked for.
    FindApp {
        /// Id of the field, for problems.
        field: String,
        /// What is asked.
        label: String,
        /// Where it is found.
        hint: String,
        /// What was typed.
        text: String,
        /// "Look it up", for a reader who presses Enter.
        search: String,
        /// "3 apps", over those that were found.
        found_heading: Option<String>,
        /// What was found.
        found: Vec<FoundApp>,
        /// Messages, such as that there are more.
        messages: Vec<Message>,
    },
    /// Before the sign-in.
    SignIn {
        /// What will be asked for and why.
        scopes: Vec<PlanLine>,
        /// Which public client signs in, where there is a choice.
        clients: Vec<Choice>,
        /// The chosen one.
        client: Option<String>,
        /// Set while the browser is awaited.
        waiting: Option<SignInWait>,
        /// Messages, such as what a by-hand user does.
        messages: Vec<Message>,
    },
    /// After the sign-in: who, where, pre-flight.
    SignedIn {
        /// Initials for the avatar.
        initials: String,
        /// "Dana Reyes".
        person: String,
        /// "dana.reyes@contoso.example".
        user_name: String,
        /// "Contoso Practice".
        organisation: String,
        /// "contoso.example".
        domain: String,
        /// The tenant id by its ends.
        tenant: String,
        /// "11 of 12 checks are ready; ask an Exchange Administrator for 1".
        sentence: String,
        /// Shown rows first, those that need somebody on top or in the place where they matter.
        checks: Vec<PreflightRow>,
        /// Rows behind "8 more checks, all ready".
        more: Vec<PreflightRow>,
        /// The label of that disclosure.
        more_label: String,
        /// What a missing role means.
        messages: Vec<Message>,
    },
    /// A step before its commit: what will change.
    Plan {
        /// What the plan goes by and nobody was asked for, because it has one sensible answer.
        answers: Vec<Fact>,
        /// The plan.
        plan: Plan,
        /// Choices that belong to the plan (lifetime of the secret).
        options: Vec<OptionGroup>,
        /// Facts beside the plan, such as the two mailboxes of the limit.
        messages: Vec<Message>,
    },
    /// The whole plan by its parts: before it is carried out, while it is, where it stopped, and afterwards.
    Parts {
        /// The plan.
        plan: PlanByParts,
        /// What it goes by and nobody was asked for, because it has one sensible answer.
        answers: Vec<Fact>,
        /// What needs the reader before anything else.
        messages: Vec<Message>,
    },
    /// A step after its commit: what is now true.
    Done {
        /// Two key facts in a card.
        key_facts: Vec<KeyFact>,
        /// What happened, in order.
        happened: Vec<Happening>,
        /// Facts, such as names and ids.
        facts: Vec<Fact>,
        /// Messages under them.
        messages: Vec<Message>,
    },
    /// The help, which lies over another page.
    Help {
        /// What it says.
        facts: Vec<Fact>,
        /// Which language is spoken.
        language: LanguageChoice,
    },
    /// Which mailboxes.
    Mailboxes {
        /// The mailboxes that must work.
        allowed: MailboxList,
        /// The mailboxes that must stay refused.
        refused: MailboxList,
        /// How many more are picked at random.
        drawn: DrawnChoice,
        /// What was found by the search, where there was one.
        search: Option<SearchResult>,
        /// Messages, such as over the limit of a profile.
        messages: Vec<Message>,
    },
    /// The proof.
    Proof {
        /// The one thing that needs the reader, over the table.
        top: Vec<Message>,
        /// Column heads after "Mailbox".
        columns: Vec<String>,
        /// Groups of rows: "Must work", "Must be refused".
        groups: Vec<ProofGroup>,
        /// Under the table, such as waiting.
        bottom: Vec<Message>,
    },
    /// Check the answers, then seal the file.
    Export {
        /// The answers.
        facts: Vec<Fact>,
        /// Who can open the file.
        openers: Vec<Choice>,
        /// The chosen one.
        opener: Opener,
        /// The given key, where one was typed.
        given_key: String,
        /// The fingerprint of the given key in words, to be compared, where it is a key.
        fingerprint: Option<String>,
        /// What holds for a passphrase, told before one is typed, and the six words where they were drawn.
        passphrase: PassphraseBox,
        /// Where the files go.
        folder: String,
        /// Messages, such as practice.
        messages: Vec<Message>,
    },
    /// What was written.
    Exported {
        /// The files, each with what it is for.
        files: Vec<ExportedFile>,
        /// To whom the sealed file goes and how it is opened, in order.
        hand_over: Vec<String>,
        /// What opens it, to be copied.
        opening: Vec<Fact>,
        /// What the platform's form asks for, under its own labels; secrets are named, never shown.
        form: Vec<Fact>,
        /// Ids that the form doesn't ask for.
        ids: Vec<Fact>,
        /// What to do next, in order.
        next: Vec<String>,
        /// Messages.
        messages: Vec<Message>,
    },
    /// A problem, in place of the content of its step.
    Problem {
        /// What happened, why, what to do, who can fix it, what exists now.
        facts: Vec<Fact>,
        /// The message to send on.
        request: Option<String>,
        /// "Details for support", closed at first.
        details: Vec<Fact>,
        /// The stable name of the problem.
        code: String,
        /// What was made before it, with the way back, where the plan was being carried out.
        stopped: Option<Stopped>,
    },
}

/// Where carrying out a plan stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Stopped {
    /// "3 of 8 made, nothing else touched", with "Undo everything that was made".
    pub message: Message,
    /// The plan as it stands.
    pub plan: PlanByParts,
}

/// A plan by its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanByParts {
    /// The parts, in the order in which they are worked through.
    pub parts: Vec<PlanPart>,
    /// "Won't touch", once for all parts.
    pub wont: Vec<PlanLine>,
    /// The exact calls, behind a disclosure.
    pub calls: Vec<String>,
    /// Label of that disclosure, such as "See all 9 calls".
    pub calls_label: String,
    /// "Copy all calls".
    pub copy_calls: Option<Button>,
}

/// One part of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanPart {
    /// Its stable name, such as `app`.
    pub kind: String,
    /// Such as "App".
    pub name: String,
    /// "Takes Application Administrator", while it is to be done.
    pub takes: Option<String>,
    /// "You have it", "Ask an Exchange Administrator"; or where it stands, once it is begun.
    pub finding: Finding,
    /// What is made, changed or read.
    pub lines: Vec<PartLine>,
    /// What is now true, once it is done.
    pub facts: Vec<Fact>,
    /// Details with a good default, each behind a line that says it.
    pub details: Vec<PlanDetail>,
    /// What the part needs the reader for.
    pub messages: Vec<Message>,
    /// "Remove this secret".
    pub acts: Vec<Button>,
    /// Why there is no way back yet.
    pub note: Option<String>,
}

/// One line of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartLine {
    /// Bold.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// How far it is.
    pub state: LineState,
    /// "Checked 10:43:58".
    pub stamp: Option<String>,
}

/// How far a line of a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    /// To be made.
    Todo,
    /// To be taken away.
    ToTakeAway,
    /// To be read.
    ToRead,
    /// Under way.
    Working,
    /// Made, and not read back yet.
    Made,
    /// Made and read back.
    Checked,
}

/// A detail of a plan that can be changed where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanDetail {
    /// "It lasts 180 days. Change".
    pub label: String,
    /// The choices.
    pub group: OptionGroup,
}

/// What is asked of a platform that has no profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnPlatform {
    /// The choice that asks for it.
    pub value: String,
    /// What it is called, as far as it is known.
    pub name: String,
    /// Where the name is going to stand, or why it can't change any more.
    pub name_hint: String,
    /// Whether it can't change any more.
    pub name_fixed: bool,
    /// What it may do, from the least to the most.
    pub access: Vec<Extra>,
}

/// How a passphrase is given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PassphraseBox {
    /// What is asked of one that is typed, or what to do with the drawn words.
    pub hint: String,
    /// The drawn words, until the file is sealed; boxes to type in take their place where there are none.
    pub drawn: Option<DrawnWords>,
    /// "Draw six words", "Draw six others", "Type my own".
    pub acts: Vec<Button>,
}

/// Six words drawn as a passphrase. Somebody has to read them to tell them to the platform's people, so this is the one
/// thing of its kind that a view shows; it is never part of a debug text.
#[derive(Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DrawnWords(pub String);

impl std::fmt::Debug for DrawnWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DrawnWords(…)")
    }
}

/// An app that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundApp {
    /// Its client id by its ends.
    pub id: String,
    /// Its display name.
    pub name: String,
    /// "Made on 5 October 2022; what it signs in with ends on 1 May 2027".
    pub detail: String,
    /// "Look at it".
    pub act: Button,
}

/// The panel of the first screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndsWith {
    /// "What you end with".
    pub title: String,
    /// "A proof, not a promise".
    pub subtitle: String,
    /// Example rows: address and finding.
    pub rows: Vec<EndsWithRow>,
    /// Lines with an icon: a sealed file, a reminder.
    pub lines: Vec<EndsWithLine>,
}

/// An example row of the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndsWithRow {
    /// The example address.
    pub name: String,
    /// Its finding.
    pub finding: Finding,
}

/// A line of the panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndsWithLine {
    /// What it tells of.
    pub icon: FileIcon,
    /// The words.
    pub words: String,
}

/// A connection in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionCard {
    /// Its id.
    pub id: String,
    /// "Sinch Contact Pro".
    pub platform: String,
    /// "Contoso Practice".
    pub organisation: String,
    /// Whether it carries the dashed Practice tag.
    pub practice: bool,
    /// Its state.
    pub finding: Finding,
    /// "Stopped at step 5 of 7: Plan" or "Secret ends on 21 May 2027".
    pub detail: String,
    /// "2 mailboxes", where any are chosen.
    pub mailboxes: Option<String>,
    /// "Last proof yesterday, 10:30", where there is one.
    pub proof: Option<String>,
    /// When its secret ends, where it has one: "21 May 2027", and how long that is.
    pub ends: Option<Ends>,
    /// What a renewal does, in order, where that is what the connection needs.
    pub stages: Vec<Stage>,
    /// What can be done with it: the first is drawn as a button, the rest in a menu.
    pub actions: Vec<Button>,
}

/// When something ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ends {
    /// "21 May 2027".
    pub day: String,
    /// "In 9 days".
    pub left: String,
}

/// One of several things that are done in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// "Make".
    pub title: String,
    /// "a second secret beside the old one".
    pub text: String,
}

/// A row of the pre-flight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreflightRow {
    /// "Create an app and its secret".
    pub need: String,
    /// "Application Administrator".
    pub takes: String,
    /// Ready, Ask somebody, Unknown.
    pub finding: Finding,
}

/// Radio buttons inside a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OptionGroup {
    /// Id of the field.
    pub field: String,
    /// "How long should the secret last?".
    pub legend: String,
    /// The choices.
    pub choices: Vec<Choice>,
    /// The chosen value.
    pub chosen: String,
}

/// A large fact in a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyFact {
    /// "Ends on".
    pub term: String,
    /// "21 May 2027".
    pub value: String,
    /// "In 180 days, the longest your policy allows".
    pub detail: String,
}

/// A list of mailboxes with its box to add more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MailboxList {
    /// Which list; its name is also the id of its box.
    pub list: ListName,
    /// "Add mailboxes".
    pub label: String,
    /// Hint under the box.
    pub hint: String,
    /// What is still in the box and was not read yet; kept over a restart.
    pub typed: String,
    /// "2 lines pasted: 1 found, 1 needs you".
    pub summary: Option<String>,
    /// "Read from the column "Email address", 3 rows", where a table was read.
    pub read: Option<String>,
    /// What names the rows that were set aside, to be listed on demand.
    pub set_aside: Vec<String>,
    /// The rows, those that need the reader first.
    pub rows: Vec<MailboxRow>,
    /// "Use all 12 suggestions", where there are several.
    pub use_all: Option<Button>,
    /// "Remove all", where there is something to remove. It asks first.
    pub remove_all: Option<Button>,
    /// "Remove all 3", which does it.
    pub remove_them: Option<Button>,
}

/// How many mailboxes are picked at random that must stay refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DrawnChoice {
    /// "Also try mailboxes picked at random".
    pub label: String,
    /// Which is chosen.
    pub chosen: ControlsName,
    /// None, one, one of every kind, as many as make a statement.
    pub choices: Vec<Choice>,
}

/// Which language is spoken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LanguageChoice {
    /// "Language".
    pub label: String,
    /// The value of the chosen one.
    pub chosen: String,
    /// "As this computer", and each language.
    pub choices: Vec<LanguageName>,
}

/// One of the languages to choose from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LanguageName {
    /// Its tag, or `system`.
    pub value: String,
    /// What its readers call it.
    pub title: String,
    /// The tag of the language that the title is in.
    pub lang: String,
}

/// One mailbox, found or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MailboxRow {
    /// What was typed or found.
    pub address: String,
    /// "Shared mailbox, Contoso Support" or the sentence that says what is wrong.
    pub detail: String,
    /// Found, Needs you.
    pub finding: Finding,
    /// "Use billing@contoso.example".
    pub repair: Option<Button>,
    /// "Remove".
    pub remove: Button,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// What was searched for.
    pub typed: String,
    /// "12 mailboxes match; the first 10 are shown".
    pub summary: String,
    /// The matches, each with a button that adds it.
    pub rows: Vec<SearchRow>,
}

/// One match of a search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SearchRow {
    /// Its address.
    pub address: String,
    /// "Shared mailbox, Contoso Support".
    pub detail: String,
    /// "Add".
    pub add: Button,
}

/// A group of rows of the proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofGroup {
    /// "Must work".
    pub title: String,
    /// The rows.
    pub rows: Vec<ProofRow>,
}

/// One mailbox of the proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofRow {
    /// The mailbox.
    pub mailbox: String,
    /// "Named by you", "Picked at random".
    pub origin: Option<String>,
    /// Whether the row is tinted because it is too broad.
    pub too_broad: bool,
    /// One cell for each column.
    pub cells: Vec<ProofCell>,
}

/// One cell of the proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProofCell {
    /// Works, Refused, Too broad, Waiting, Unknown, In scope, Out of scope.
    pub finding: Finding,
    /// "Proven 10:58".
    pub stamp: String,
    /// Opened on Enter: what was called, what came back, when, with which request id.
    pub evidence: Vec<Fact>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportedFile {
    /// "Sealed connection file".
    pub what: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub detail: String,
    /// Which of the files it is.
    pub icon: FileIcon,
}

/// Which of the exported files an icon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileIcon {
    /// The sealed file.
    Sealed,
    /// The record, without any secret.
    Record,
    /// The reminder for a calendar.
    Reminder,
}
