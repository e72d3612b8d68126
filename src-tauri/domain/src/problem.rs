//! What goes wrong, in three sentences, and who can fix it.
//!
//! A [`Problem`] is told by its [`Code`]; nothing branches on its words. They are chosen where the problem is met
//! (`journey::problems`), because only there it is known what exists by now and what to do next.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::message::Message;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The name of a kind of problem. Stable: support and the documentation refer to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as written in the window and in docs/problems.md.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// Microsoft ended the sign-in for a reason that has no words of its own.
    SignInDeclined = "sign-in.declined",
    /// Nobody came back from the browser in time.
    SignInTimedOut = "sign-in.timed-out",
    /// The sign-in is of another organisation than this connection's.
    SignInOtherOrganisation = "sign-in.other-organisation",
    /// The sign-in is over; the token is no longer taken.
    SignInExpired = "sign-in.expired",
    /// Conditional Access or security defaults refused the sign-in.
    SignInBlocked = "sign-in.blocked",
    /// Microsoft wants more than a password, or wants it again.
    SignInStronger = "sign-in.stronger",
    /// The account itself cannot sign in: locked, switched off, or without a valid password.
    SignInAccount = "sign-in.account",
    /// The account belongs to another organisation or another cloud.
    SignInOtherAccount = "sign-in.other-account",
    /// Only assigned people may use the app that signs in, and this person is not.
    SignInNotAssigned = "sign-in.not-assigned",
    /// The app that signs the admin in is not set up for it.
    SignInClient = "sign-in.client",
    /// The organisation could not be found by what was asked for.
    SignInNoOrganisation = "sign-in.no-organisation",
    /// A consent that is needed was never given.
    ConsentMissing = "consent.missing",
    /// This computer's clock is wrong.
    ClockWrong = "clock.wrong",
    /// The port for the answer of the browser could not be opened.
    SignInPort = "sign-in.port",
    /// The signed-in admin lacks a role.
    RoleMissing = "role.missing",
    /// The app registration could not be created.
    AppRefused = "app.refused",
    /// An app that isn't this connection's has its unique name.
    AppReserved = "app.reserved",
    /// The app that this connection's notes name doesn't carry its marks in the organisation.
    AppNotOurs = "app.not-ours",
    /// The app that this connection made was deleted and can be restored.
    AppDeleted = "app.deleted",
    /// The app that this connection made is gone.
    AppGone = "app.gone",
    /// The app's enterprise application is switched off.
    AppDisabled = "app.disabled",
    /// The organisation's rules for apps refuse this computer's address.
    AppBlocked = "app.blocked",
    /// The app belongs to another of Microsoft's clouds.
    AppOtherCloud = "app.other-cloud",
    /// Microsoft refused the app's own sign-in for another reason.
    AppRejected = "app.rejected",
    /// The enterprise application of this connection's app is gone.
    AppPrincipalGone = "app.principal-gone",
    /// Microsoft was asked to remove something and still shows it.
    RemovalUnseen = "removal.unseen",
    /// Something else must be taken back first.
    UndoNotYet = "undo.not-yet",
    /// The organisation's policy forbids client secrets.
    SecretForbidden = "secret.forbidden",
    /// The organisation's policy allows only a shorter life.
    SecretTooLong = "secret.too-long",
    /// The app holds as many secrets or certificates as Microsoft lets it have.
    SecretTooMany = "secret.too-many",
    /// Microsoft gave the secret another end than was asked for.
    SecretOtherEnd = "secret.other-end",
    /// Microsoft does not take the new secret.
    SecretNotAccepted = "secret.not-accepted",
    /// Microsoft refuses the app's secret: it is wrong, removed or ended.
    SecretRefused = "secret.refused",
    /// The saved secret is gone from the keychain.
    SecretGone = "secret.gone",
    /// The secret of a record isn't in the keychain of whoever checks it.
    SecretElsewhere = "secret.elsewhere",
    /// Somebody else changed the app's certificates at the same time.
    CertificatesChanged = "certificate.changed-meanwhile",
    /// Microsoft doesn't tell every certificate of the app whole.
    CertificatesUntold = "certificate.list-incomplete",
    /// This computer can't make a certificate.
    CertificateNotMade = "certificate.not-made",
    /// There is no keychain on this computer, or it does not answer.
    KeychainMissing = "keychain.missing",
    /// The keychain is locked.
    KeychainLocked = "keychain.locked",
    /// Exchange does not let the signed-in admin run the cmdlet.
    ExchangeRefused = "exchange.refused",
    /// Exchange answered that the organisation must be customised first.
    ExchangeNotCustomised = "exchange.not-customised",
    /// Exchange refused the cmdlet's input.
    ExchangeRejected = "exchange.rejected",
    /// The app reaches a mailbox that must be refused.
    ScopeTooBroad = "scope.too-broad",
    /// Something in Exchange bears the name of this connection's limit and isn't its own.
    ScopeNotOurs = "scope.not-ours",
    /// A chosen mailbox isn't there any more.
    MailboxGone = "mailbox.gone",
    /// There is no complete proof to hand over.
    ProofMissing = "proof.missing",
    /// The organisation isn't as it was when the connection was proven.
    ProofChanged = "proof.changed",
    /// The organisation changed during each of the looks just before sealing.
    ProofKeepsChanging = "proof.keeps-changing",
    /// The keychain holds another secret than the one that was proven.
    SecretReplaced = "secret.replaced",
    /// The app has two secrets of this connection: a renewal of it may be under way elsewhere.
    RenewalUnderWay = "renewal.under-way",
    /// Microsoft could not be reached.
    NetworkUnreachable = "network.unreachable",
    /// The connection to Microsoft is not trusted.
    NetworkUntrusted = "network.untrusted",
    /// Microsoft asks to slow down.
    NetworkThrottled = "network.throttled",
    /// Microsoft has a fault.
    NetworkFault = "network.fault",
    /// The answer was not Microsoft's.
    NetworkUnexpected = "network.unexpected",
    /// The file could not be written.
    FileNotWritten = "file.not-written",
    /// The journal of a connection cannot be read.
    JournalUnreadable = "journal.unreadable",
    /// The journal of a connection was not written here, or was changed, so it can be looked at only.
    JournalReadOnly = "journal.read-only",
    /// The journal of a connection holds what only a newer version knows, so it can be looked at only.
    JournalNewer = "journal.newer",
    /// This computer has no notes of the connection of a record.
    ConnectionElsewhere = "connection.elsewhere",
    /// The connection of a record isn't finished, or was taken back, so it can't be checked with a sign-in.
    ConnectionUnfinished = "connection.unfinished",
    /// A file that was given as a record can't be opened.
    RecordNoFile = "record.no-file",
    /// A file that was given as a record isn't one.
    RecordOther = "record.other",
    /// The record's page was given in place of the record.
    RecordPage = "record.page",
    /// A sealed file was given in place of the record.
    RecordSealed = "record.sealed",
    /// A file that was given as a record is larger than any record.
    RecordTooLarge = "record.too-large",
    /// A record ends in the middle.
    RecordTruncated = "record.truncated",
    /// A record isn't as it was written.
    RecordEdited = "record.edited",
    /// A record was written by a newer version.
    RecordNewer = "record.newer",
    /// A record is too old to be checked: it doesn't say which connection it is of.
    RecordOlder = "record.older",
    /// A record is of a secret that was replaced since, and is gone from the keychain.
    RecordReplaced = "record.replaced",
    /// A record is of the practice organisation where a real one is expected, or the other way round.
    RecordPractice = "record.practice",
    /// A record is of another organisation or another cloud than the one that is looked at.
    RecordElsewhere = "record.elsewhere",
    /// A platform profile has a mistake.
    ProfileInvalid = "profile.invalid",
    /// Another window of this program works on the connection.
    InstanceSecond = "instance.second",
    /// The practice organisation could not be started.
    PracticeNotStarted = "practice.not-started",
    /// A fault of this program.
    Internal = "mailgrant.internal",
}

/// What the reader can press to get on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Do the same thing again.
    Again,
    /// Sign in again, as the same person or another.
    SignIn,
    /// Go to the app's step, where what is gone is made anew.
    App,
    /// Take the app back from the deleted ones.
    Restore,
    /// Look at the connection, which can't be changed here.
    Look,
    /// Make a new secret in place of the one that is refused or lost.
    Secret,
    /// Go to the sign-in's page, where another app can be chosen to sign in with.
    Client,
    /// Go to the mailboxes, where one is taken off the list.
    Mailboxes,
    /// Go back to the page, where something else is to be chosen.
    Page,
    /// Go to the connections, where another one can be begun.
    Connections,
    /// Go to the proof, which is made again there or says what is different.
    Proof,
}

impl Code {
    /// What helps. The app's own key and the admin's sign-in are two voices: what one of them is refused is never
    /// mended at the other.
    pub fn remedy(self) -> Remedy {
        match self {
            Self::SecretTooLong
            | Self::SignInExpired
            | Self::SignInOtherOrganisation
            | Self::SignInBlocked
            | Self::SignInStronger
            | Self::SignInAccount
            | Self::SignInOtherAccount
            | Self::SignInNotAssigned
            | Self::ConsentMissing
            | Self::RoleMissing
            | Self::ExchangeRefused => Remedy::SignIn,
            Self::AppGone | Self::AppPrincipalGone => Remedy::App,
            Self::AppOtherCloud => Remedy::Connections,
            Self::SignInClient => Remedy::Client,
            Self::MailboxGone => Remedy::Mailboxes,
            Self::SecretOtherEnd | Self::CertificateNotMade => Remedy::Page,
            Self::AppDeleted => Remedy::Restore,
            Self::JournalReadOnly | Self::JournalNewer => Remedy::Look,
            Self::SecretRefused | Self::SecretGone => Remedy::Secret,
            Self::ProofMissing | Self::ProofChanged | Self::ProofKeepsChanging | Self::SecretReplaced => {
                Remedy::Proof
            }
            _ => Remedy::Again,
        }
    }
}

/// Who can fix a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Who {
    /// The reader.
    You,
    /// Another admin, by role.
    AnotherAdmin {
        /// Microsoft's name of the role, such as `Exchange Administrator`.
        role: String,
    },
    /// Whoever may give a role to somebody: those who lack a role can't give it to themselves.
    Grants {
        /// Microsoft's name of the missing role, such as `Exchange Administrator`.
        role: String,
    },
    /// Whoever runs the network.
    Network,
    /// Microsoft.
    Microsoft,
    /// The makers of this program.
    Us,
}

/// When trying again makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Retry {
    /// Now.
    Now,
    /// Not before this time.
    After {
        /// The earliest time.
        at: Timestamp,
    },
    /// Once what `next` says is done.
    AfterYouAct,
    /// Never.
    No,
}

/// What to quote to support. It holds no secret by construction: only ids, codes and times get in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The call, such as `POST /applications/{id}/addPassword`.
    pub call: Option<String>,
    /// HTTP status.
    pub status: Option<u16>,
    /// Microsoft's code: `AADSTS7000215`, `ErrorAccessDenied`, ….
    pub code: Option<String>,
    /// Microsoft's own sentence, shortened to 300 characters and free of our own input.
    pub message: Option<String>,
    /// Microsoft's request id or trace id.
    pub request_id: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

/// Something that stops a step, told so that a tired reader can go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its stable name.
    pub code: Code,
    /// What is said of it: a message whose parts are its title, what happened, why and what is next, so that they are
    /// written, read and translated together.
    pub words: Message,
    /// What happened, where it depends on what was being done, in place of what the words say of it.
    pub happened: Option<Message>,
    /// Who can do what is to be done.
    pub who: Who,
    /// When trying again makes sense.
    pub retry: Retry,
    /// What exists in the organisation by now, as far as this step goes.
    pub exists: Option<Message>,
    /// Whether the call behind it was to change something and is sure to have changed nothing.
    pub changed_nothing: bool,
    /// A message that the reader can send to the one who can fix it.
    pub request: Option<Message>,
    /// For support.
    pub evidence: Evidence,
}

impl Problem {
    /// A problem in the words of a message, whose parts are its title, what happened, why and what is next; the rest is
    /// added with the methods below.
    pub fn said(code: Code, words: Message) -> Self {
        Self {
            code,
            words,
            happened: None,
            who: Who::You,
            retry: Retry::Now,
            exists: None,
            changed_nothing: false,
            request: None,
            evidence: Evidence::default(),
        }
    }

    /// Says what happened, where it depends on what was being done.
    pub fn happened(mut self, happened: Message) -> Self {
        self.happened = Some(happened);
        self
    }

    /// Says who can fix it.
    pub fn fixed_by(mut self, who: Who) -> Self {
        self.who = who;
        self
    }

    /// Says when trying again makes sense.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Says what exists by now.
    pub fn exists(mut self, exists: Message) -> Self {
        self.exists = Some(exists);
        self
    }

    /// Says whether the call behind it was to change something and is sure to have changed nothing.
    pub fn changed_nothing(mut self, nothing: bool) -> Self {
        self.changed_nothing = nothing;
        self
    }

    /// Adds a message to send on.
    pub fn request(mut self, request: Message) -> Self {
        self.request = Some(request);
        self
    }

    /// Adds what to quote to support.
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence = evidence;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_as_it_is_written() {
        for code in Code::ALL {
            let written = serde_json::to_value(code).unwrap();
            assert_eq!(written, code.as_str());
        }
    }
}
