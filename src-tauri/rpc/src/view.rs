//! What the window is told: one [`View`], whole, after every change.
//!
//! The window draws it and decides nothing: every word that people read comes from here, every button carries the
//! request that it sends. No type here can hold a secret, because none of them can be made from one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::request::Request;

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

/// Everything the window shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// Grows with every change; the window drops an older view that arrives late.
    pub revision: u32,
    /// The title of the window. Begins with "Problem: " where there is one.
    pub title: String,
    /// What stands around the page.
    pub frame: Frame,
    /// The page itself.
    pub page: Page,
}

/// What stands around the page: strip, rail, line 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The strip of a practice connection; none for a real organisation.
    pub practice: Option<PracticeStrip>,
    /// Heading of the rail; none on the start screen and in the list of connections, which have a header instead.
    pub connection: Option<ConnectionName>,
    /// The rail, empty where there is none.
    pub steps: Vec<RailStep>,
    /// "Step 5 of 10: Secret", where the page belongs to a step.
    pub step_line: Option<String>,
    /// Whether Back is offered.
    pub back: Option<Request>,
    /// Whether presenting mode is on.
    pub presenting: bool,
    /// Whether the page is the help that lies over another, which Escape closes.
    pub helping: bool,
    /// "Saved 10:42", where something is saved.
    pub saved: Option<String>,
}

/// The strip over every screen of a practice connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PracticeStrip {
    /// Bold: "Practice organisation".
    pub label: String,
    /// What that means, in one line.
    pub note: String,
    /// "Leave practice".
    pub leave: Button,
}

/// The heading of the rail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionName {
    /// Such as "Sinch Contact Pro"; "New connection" before one is chosen.
    pub platform: String,
    /// Such as "Contoso Practice"; empty before the sign-in.
    pub organisation: String,
}

/// One step in the rail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RailStep {
    /// Stable name of the step, such as `sign-in`.
    pub id: String,
    /// From 1.
    pub number: u8,
    /// Such as "Sign-in".
    pub name: String,
    /// What its line shows.
    pub state: RailState,
    /// The word beside it, only for waiting, ask somebody, too broad and problem.
    pub note: Option<String>,
    /// Whether it is the open one.
    pub current: bool,
    /// The request that opens it, where it may be opened.
    pub open: Option<Request>,
}

/// What a line of the rail shows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RailState {
    /// Not begun.
    Todo,
    /// Finished.
    Done,
    /// Microsoft still applies it.
    Waiting,
    /// Somebody else is needed.
    AskSomebody,
    /// The app reaches too much.
    TooBroad,
    /// Stopped by a problem.
    Problem,
}

/// One page: heading, content, actions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The main heading. A change of `key` moves the focus to it.
    pub heading: String,
    /// Names the page; changes when another page is shown, not when its content does.
    pub key: String,
    /// One or two sentences under the heading.
    pub lead: Option<String>,
    /// What stands between heading and actions.
    pub content: Content,
    /// Problems with what was typed, for the summary at the top and the fields.
    pub field_problems: Vec<FieldProblem>,
    /// The buttons of the action bar: one primary, at most two others.
    pub actions: Vec<Button>,
    /// A short sentence beside the buttons, such as "Can be undone for 30 days".
    pub action_note: Option<String>,
    /// Set while something is under way.
    pub busy: Option<Busy>,
    /// Said to a screen reader once when it changes, such as the result of a check.
    pub announcement: Option<String>,
}

/// Something under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Busy {
    /// What is being done, such as "Looking up 2 mailboxes".
    pub words: String,
    /// What is being waited for; shown after 10 seconds.
    pub waiting_for: String,
    /// Where busy belongs: `bar` keeps the content and turns in the button that was pressed, `page` replaces the content.
    pub place: BusyPlace,
    /// How far it is, where that is known.
    pub progress: Option<BusyProgress>,
    /// The request that gives it up, where it can be given up.
    pub cancel: Option<Button>,
    /// The button of the bar that turns meanwhile: the one that was pressed.
    pub button: Option<BusyButton>,
}

/// A button that turns while what it asked for is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BusyButton {
    /// Its place among the page's actions, from 0.
    pub at: u32,
    /// What it says meanwhile, such as "Creating…"; short, because the button keeps its width.
    pub words: String,
}

/// How far something is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BusyProgress {
    /// "Microsoft's own test: 12 of 296".
    pub words: String,
    /// How many are done.
    pub done: u32,
    /// Of how many.
    pub of: u32,
}

/// Where busy is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum BusyPlace {
    /// In the button that was pressed; the content stays.
    Bar,
    /// In place of the content.
    Page,
}

/// A button or a link and what it asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Button {
    /// Names the act.
    pub label: String,
    /// How it is drawn.
    pub kind: ButtonKind,
    /// What it sends. `submit` takes the content's form along.
    pub request: Request,
    /// Its icon's name, where it has one: `delete`, `copy`, `add`, `practice`.
    pub icon: Option<String>,
    /// Words for a screen reader where the label is not unique, such as "Remove support@contoso.example".
    pub full_label: Option<String>,
}

/// How a button is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ButtonKind {
    /// The one filled button.
    Primary,
    /// With a border.
    Secondary,
    /// Without.
    Subtle,
    /// Underlined text.
    Link,
}

/// A problem with one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The id of the field in the page.
    pub field: String,
    /// The same words in the summary and under the field.
    pub words: String,
}

/// A state with its word; the icon follows from the tone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Which icon and colour.
    pub tone: Tone,
    /// The word, such as "Works".
    pub word: String,
}

/// Icon and colour of a state.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Works, found, ready.
    Works,
    /// Refused, as it must be.
    Refused,
    /// Too broad.
    TooBroad,
    /// A problem.
    Problem,
    /// Microsoft still applies it.
    Waiting,
    /// The reader is needed.
    NeedsYou,
    /// Ends soon.
    EndsSoon,
    /// Proves nothing either way.
    Unknown,
    /// Not needed.
    NotNeeded,
}

/// A tinted message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its tint and icon.
    pub tone: MessageTone,
    /// Bold first line.
    pub title: String,
    /// Up to three sentences.
    pub text: Option<String>,
    /// A button inside it.
    pub action: Option<Button>,
}

/// Tint and icon of a message.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MessageTone {
    /// Plain, with a lock: about the secret.
    Secret,
    /// Plain, with a flask: about practice.
    Practice,
    /// Needs the reader.
    NeedsYou,
    /// A problem or too broad.
    Problem,
    /// Waiting.
    Waiting,
    /// Good.
    Good,
}

/// A line of a plan, a summary or a record: a term and what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// Such as "Platform".
    pub term: String,
    /// Such as "Sinch Contact Pro, through Microsoft Graph".
    pub value: String,
    /// An id by its ends, drawn in the mono face after the value.
    pub id: Option<String>,
    /// Findings after the value, such as "2 of 2 work".
    pub findings: Vec<Finding>,
    /// What can be done with it, which names its row: Change or Copy.
    pub change: Option<Button>,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanLine {
    /// Bold.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// Whether it is done, for a step that is under way.
    pub done: bool,
}

/// A plan in two columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// "Will create".
    pub will: Vec<PlanLine>,
    /// "Won't touch".
    pub wont: Vec<PlanLine>,
    /// The exact calls, behind a disclosure.
    pub calls: Vec<String>,
    /// Label of that disclosure, such as "See the 2 calls to Microsoft Graph".
    pub calls_label: String,
}

/// One thing that happened, with its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Happening {
    /// Its state.
    pub tone: Tone,
    /// Bold.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// "10:43:58".
    pub at: String,
}

/// A choice in a list of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    /// Sent when chosen.
    pub value: String,
    /// Bold.
    pub title: String,
    /// Second line.
    pub detail: String,
    /// At the right end, such as "Checked 3 Nov 2026".
    pub side: Option<String>,
    /// "Recommended", where it is.
    pub tag: Option<String>,
}

/// The content of a page, by kind. The kinds mirror the folders under `ui/src/steps`.
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
        /// What is asked where the choice that stands for any platform is chosen.
        own: Option<OwnPlatform>,
        /// Files that could not be read, and other messages.
        messages: Vec<Message>,
        /// What lies behind a disclosure under the list.
        more: Option<Disclosure>,
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
    /// Which mailboxes.
    Mailboxes {
        /// The mailboxes that must work.
        allowed: MailboxList,
        /// The mailboxes that must stay refused.
        refused: MailboxList,
        /// Whether one more is picked at random.
        also_random: bool,
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
        /// The chosen one: `profile-key`, `given-key` or `passphrase`.
        opener: String,
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
    },
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

/// Something that can be on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Extra {
    /// Its name in the request.
    pub value: String,
    /// "Send mail".
    pub title: String,
    /// Why it may be wanted.
    pub detail: String,
    /// Whether it is on.
    pub on: bool,
    /// Whether it is needed and can't be left out.
    pub needed: bool,
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
    /// `sealed` or `reminder`.
    pub icon: String,
    /// The words.
    pub words: String,
}

/// Text behind a disclosure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Disclosure {
    /// What is pressed.
    pub label: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
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
    /// "Stopped at step 6 of 10: Secret" or "Secret ends on 21 May 2027".
    pub detail: String,
    /// What can be done with it: the first is drawn as a button, the rest in a menu.
    pub actions: Vec<Button>,
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
    /// `allowed` or `refused`: the field's id and the name in requests.
    pub field: String,
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
    /// "Remove all", where there is something to remove.
    pub remove_all: Option<Button>,
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
    /// `sealed`, `record` or `reminder`.
    pub icon: String,
}
