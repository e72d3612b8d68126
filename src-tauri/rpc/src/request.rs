//! What the window can ask for. Each is a small verb; which of them makes sense now is decided here, not there.

use domain::secret::Secret;
use engine::mailboxes::Controls;
use journey::steps::choose_mailboxes::List;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One of the two lists of mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ListName {
    /// The mailboxes that must work.
    Allowed,
    /// The mailboxes that must stay refused.
    Refused,
}

impl ListName {
    /// Its name in the window, which is also the id of its box.
    pub fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
        }
    }
}

impl From<List> for ListName {
    fn from(list: List) -> Self {
        match list {
            List::Allowed => Self::Allowed,
            List::Refused => Self::Refused,
        }
    }
}

impl From<ListName> for List {
    fn from(list: ListName) -> Self {
        match list {
            ListName::Allowed => Self::Allowed,
            ListName::Refused => Self::Refused,
        }
    }
}

/// How many mailboxes are picked at random that must stay refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ControlsName {
    /// None.
    None,
    /// One.
    One,
    /// One of every kind.
    EveryKind,
    /// As many as make a statement.
    Statement,
}

impl ControlsName {
    /// Its name in the window.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::One => "one",
            Self::EveryKind => "every-kind",
            Self::Statement => "statement",
        }
    }
}

impl From<Option<Controls>> for ControlsName {
    fn from(controls: Option<Controls>) -> Self {
        match controls {
            None => Self::None,
            Some(Controls::One) => Self::One,
            Some(Controls::EveryKind) => Self::EveryKind,
            Some(Controls::Statement) => Self::Statement,
        }
    }
}

impl From<ControlsName> for Option<Controls> {
    fn from(name: ControlsName) -> Self {
        match name {
            ControlsName::None => None,
            ControlsName::One => Some(Controls::One),
            ControlsName::EveryKind => Some(Controls::EveryKind),
            ControlsName::Statement => Some(Controls::Statement),
        }
    }
}

/// Who can open the sealed file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Opener {
    /// Whoever holds the key that belongs to the platform's own public key.
    ProfileKey,
    /// Whoever holds the key to one that the reader was given.
    #[default]
    GivenKey,
    /// Whoever knows a passphrase.
    Passphrase,
    /// Nobody: the platform needs no new file.
    NoFile,
}

impl Opener {
    /// Its name among the choices.
    pub fn name(self) -> &'static str {
        match self {
            Self::ProfileKey => "profile-key",
            Self::GivenKey => "given-key",
            Self::Passphrase => "passphrase",
            Self::NoFile => "no-file",
        }
    }
}

/// A request without anything typed: what buttons and links carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Request {
    /// A new connection to a real organisation.
    StartReal,
    /// A new connection to the practice organisation.
    StartPractice,
    /// The list of connections.
    ShowConnections,
    /// The first screen.
    ShowStart,
    /// Goes on with a connection.
    OpenConnection {
        /// Its id.
        id: String,
    },
    /// Asks whether a connection is to be taken off the list.
    ForgetConnection {
        /// Its id.
        id: String,
    },
    /// Takes a connection off the list; it can be put back, and what it made in the organisation stays.
    TakeOff {
        /// Its id.
        id: String,
    },
    /// Puts a connection back on the list.
    PutBack {
        /// Its id.
        id: String,
    },
    /// Renews a connection: makes a secret beside the one that the platform uses.
    Renew {
        /// Its id.
        id: String,
    },
    /// Looks whether a connection is still as it was made.
    CheckAgain {
        /// Its id.
        id: String,
    },
    /// Looks for connections that an organisation holds and this computer doesn't know.
    FindAgain {
        /// In the practice organisation.
        practice: bool,
    },
    /// Takes a connection up that was found there.
    TakeUp {
        /// Its id.
        id: String,
    },
    /// Turns to the app that the platform uses already, to take it over.
    ChooseExistingApp,
    /// Makes a new app in place of taking one over.
    MakeNewApp,
    /// Reads one of the apps that were found.
    LookAtApp {
        /// Its object id.
        id: String,
    },
    /// Leaves an app that was read, for the list that it was found in.
    LookForAnother,
    /// Opens what takes everything of a connection away.
    Revoke {
        /// Its id.
        id: String,
    },
    /// Opens the mailboxes of a connection that was handed over.
    ChangeMailboxes {
        /// Its id.
        id: String,
    },
    /// Reads which secret the platform used last, where Microsoft's log of sign-ins can be read.
    SeeLastUse,
    /// Says whether the platform uses what it was given last.
    PlatformMoved {
        /// Whether it does.
        moved: bool,
    },
    /// Gives a renewal up of which nothing is made.
    DropRenewal,
    /// Asks whether a connection that was taken off the list is to be removed from this computer.
    AskRemoval {
        /// Its id.
        id: String,
    },
    /// Removes it: its notes, and its secret from the keychain. What it made in the organisation stays.
    RemoveFromHere {
        /// Its id.
        id: String,
    },
    /// Opens a connection where something of it can be undone in the organisation.
    UndoFirst {
        /// Its id.
        id: String,
    },
    /// Leaves the connection as it is: everything is saved.
    SaveAndClose,
    /// The page before this one.
    Back,
    /// Opens a step of the rail.
    GoTo {
        /// The step's id.
        step: String,
    },
    /// Takes the page's form along and does what the button says. The window sends it as [`Submit`].
    Submit,
    /// Opens the browser for the sign-in.
    SignIn,
    /// Gives up waiting for the browser.
    CancelSignIn,
    /// Stops what is being read. What was there before is as it was, and nothing is proven by half a look.
    Stop,
    /// Forgets the sign-in and asks for another.
    UseAnotherOrganisation,
    /// Does what the open step plans.
    Commit,
    /// Looks again at what the open step made.
    Check,
    /// Takes back what the open step made; asks first where the platform may use it.
    Undo,
    /// Takes it back, after the question.
    UndoAfterAll,
    /// Takes back what a part of the plan made; asks first where the platform may use it.
    RemovePart {
        /// The part.
        part: String,
    },
    /// Takes back everything that was made before the plan stopped.
    UndoMade,
    /// Goes on to the next step.
    Continue,
    /// Leaves the problem and tries its step again.
    TryAgain,
    /// Says whether a protocol shall be switched on for the mailboxes for which it is off. It changes the plan only.
    SwitchProtocol {
        /// Its name.
        protocol: String,
        /// Whether it shall.
        on: bool,
    },
    /// Goes to the limit and sets it again as it was asked for.
    SetLimitAgain,
    /// Says that the app's owners are known.
    KnowOwners,
    /// Removes a broad Entra grant of our own app.
    RemoveGrant {
        /// The grant's id.
        id: String,
    },
    /// Removes an access policy that was taken over with the app.
    RemovePolicy {
        /// Exchange's identity of it.
        identity: String,
    },
    /// Adds a mailbox found by the search.
    AddMailbox {
        /// Which of the two.
        list: ListName,
        /// The address.
        address: String,
    },
    /// Takes a mailbox off a list.
    RemoveMailbox {
        /// Which of the two.
        list: ListName,
        /// The entry as it stands there.
        address: String,
    },
    /// Empties a list.
    RemoveAllMailboxes {
        /// Which of the two.
        list: ListName,
    },
    /// Puts the suggested address in place of a typed one.
    UseSuggestion {
        /// Which of the two.
        list: ListName,
        /// The entry as it stands there.
        typed: String,
        /// The suggestion.
        address: String,
    },
    /// Gives the platform a permission that it can do without, or leaves it out.
    ChooseOptional {
        /// Microsoft's name of it.
        permission: String,
        /// Whether it is given.
        on: bool,
    },
    /// Puts every suggestion of a list in place of what was typed.
    UseAllSuggestions {
        /// Which of the two.
        list: ListName,
    },
    /// Puts the members of a group in its place.
    UseGroup {
        /// The group as typed.
        typed: String,
    },
    /// Names the mailboxes one by one that are in the group which the limit goes by.
    LeaveGroup,
    /// Reads again who is in that group.
    ReadGroupAgain,
    /// Puts the members of a group in its place.
    UseMembers {
        /// Which of the two.
        list: ListName,
        /// The entry as it stands there.
        typed: String,
    },
    /// Says how many mailboxes are picked at random.
    DrawControls {
        /// How many.
        controls: ControlsName,
    },
    /// Draws six words as the passphrase, others than before.
    DrawWords,
    /// Lets the reader type a passphrase instead of the six words.
    TypeOwn,
    /// Opens the dialog of the operating system for a folder.
    ChooseFolder,
    /// Opens the folder with the exported files.
    OpenFolder,
    /// Copies the request to another admin.
    CopyRequest,
    /// Copies the details for support.
    CopyDetails,
    /// Copies the address of the sign-in page.
    CopyAddress,
    /// Copies a text that the page shows, such as an id.
    CopyText {
        /// The text.
        text: String,
    },
    /// Opens the address of the sign-in page once more.
    OpenAddress,
    /// Switches presenting mode.
    SetPresenting {
        /// On.
        on: bool,
    },
    /// Speaks another language from now on.
    SetLanguage {
        /// Its tag, or `system` for that of the computer.
        language: String,
    },
    /// Shows the help for the open page, or closes it.
    Help,
}

impl Request {
    /// Whether it copies something, which changes nothing else.
    pub fn copies(&self) -> bool {
        matches!(
            self,
            Self::CopyRequest | Self::CopyDetails | Self::CopyAddress | Self::CopyText { .. }
        )
    }

    /// Whether it can change something in an organisation, or deletes what nothing brings back.
    pub fn changes(&self) -> bool {
        matches!(
            self,
            Self::Commit
                | Self::Undo
                | Self::UndoAfterAll
                | Self::RemovePart { .. }
                | Self::UndoMade
                | Self::RemoveGrant { .. }
                | Self::RemovePolicy { .. }
                | Self::SetLimitAgain
                | Self::RemoveFromHere { .. }
                | Self::TryAgain
        )
    }
}

/// A request with what was typed or chosen on the page.
///
/// It can be read but not written or cloned, because a typed passphrase is in it.
#[derive(Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Submit {
    /// Of a `choose` page.
    Choose {
        /// The chosen value.
        value: Option<String>,
        /// What a platform without a profile is called.
        #[serde(default)]
        name: String,
        /// What it is to do: Microsoft's names.
        #[serde(default)]
        access: Vec<String>,
    },
    /// Of a `sign-in` page: which public client signs in.
    Client {
        /// The chosen client, or the application id that was typed.
        value: String,
    },
    /// Of an option group inside a plan. Changes the plan; does not commit.
    Option {
        /// The group's field.
        field: String,
        /// The chosen value.
        value: String,
    },
    /// Of the mailboxes page, "Add": reads one box.
    AddMailboxes {
        /// Which of the two.
        list: ListName,
        /// What is in the box.
        text: String,
    },
    /// Of the mailboxes page, a file that was dropped on a box or opened.
    OpenList {
        /// Which of the two.
        list: ListName,
        /// Its bytes.
        base64: String,
    },
    /// Of the page where connections are found: a record that was opened.
    OpenRecord {
        /// Its bytes.
        base64: String,
    },
    /// Of the page where an app is looked for.
    FindApp {
        /// An id of it, or how its name begins.
        text: String,
    },
    /// Of the mailboxes page, "Search".
    SearchMailboxes {
        /// What to look for.
        text: String,
    },
    /// Of the mailboxes page, "Continue": reads both boxes, then goes on if nothing needs the reader.
    Mailboxes {
        /// What is in the box of allowed ones.
        allowed: String,
        /// What is in the box of refused ones.
        refused: String,
    },
    /// Of the mailboxes page, while typing stops: kept so that nothing is lost.
    KeepTyped {
        /// What is in the box of allowed ones.
        allowed: String,
        /// What is in the box of refused ones.
        refused: String,
    },
    /// Of the export page, when a radio button or the key changes.
    Opener {
        /// Who can open the file.
        opener: Opener,
        /// The given key.
        given_key: String,
    },
    /// Of the export page, "Seal and save the file".
    Export {
        /// Who can open the file.
        opener: Opener,
        /// The given key.
        given_key: String,
        /// Whether the fingerprint of the given key was compared.
        key_compared: bool,
        /// The passphrase.
        #[ts(type = "string")]
        passphrase: Secret,
        /// The passphrase again.
        #[ts(type = "string")]
        passphrase_again: Secret,
        /// The folder.
        folder: String,
    },
}
