//! From an error of a call to a problem that a reader can act on.

use std::io;

use domain::problem::{Code, Evidence, Problem, Retry, Who};
use microsoft::error::{Error, Refusal};

use crate::entra_refusals::{self, Leg};

/// What was being done when a call failed, in the words of the problem, and whose key was shown.
#[derive(Clone, Debug)]
pub struct Doing {
    /// Whose sign-in the call was made with: a refusal of one is never told as a refusal of the other.
    pub leg: Leg,
    /// Completes "Mailgrant couldn't …": "create the app registration".
    pub what: String,
    /// The role that may do it, as Microsoft names it.
    pub role: &'static str,
    /// What exists by now.
    pub exists: String,
}

impl Doing {
    /// Something that a role may do, with the admin's sign-in.
    pub fn new(what: impl Into<String>, role: &'static str, exists: impl Into<String>) -> Self {
        Self {
            leg: Leg::Admin,
            what: what.into(),
            role,
            exists: exists.into(),
        }
    }

    /// Something that the app does with its own key.
    pub fn as_the_app(what: impl Into<String>, exists: impl Into<String>) -> Self {
        Self {
            leg: Leg::App,
            ..Self::new(what, APP_ROLE, exists)
        }
    }
}

/// The role for app registrations (microsoft-facts §2.7).
pub const APP_ROLE: &str = "Application Administrator";
/// The role for the limit (microsoft-facts §2.7).
pub const EXCHANGE_ROLE: &str = "Exchange Administrator";
/// The role for credential policies (microsoft-facts §2.7).
pub const POLICY_ROLE: &str = "Security Administrator";
/// The role that may remove grants on Microsoft Graph (microsoft-facts §2.7).
pub const GRANT_ROLE: &str = "Privileged Role Administrator";

/// The problem behind a failed call.
pub fn problem(error: &Error, doing: &Doing) -> Problem {
    let couldn_t = format!("Mailgrant couldn't {}.", doing.what);
    let told = match error {
        Error::Unreachable { .. } => Problem::new(
            Code::NetworkUnreachable,
            "Microsoft can't be reached",
            couldn_t,
            "There is no connection to Microsoft's servers, or a firewall blocks it.",
            "Check the network, then try again.",
        )
        .fixed_by(Who::Network),
        Error::NoAnswer { .. } => Problem::new(
            Code::NetworkUnreachable,
            "Microsoft's answer got lost",
            couldn_t,
            "The connection broke after the request was sent, so it may or may not have taken effect.",
            "Try again: Mailgrant looks first and makes nothing twice.",
        )
        .fixed_by(Who::Network),
        Error::Untrusted { .. } => Problem::new(
            Code::NetworkUntrusted,
            "The connection to Microsoft isn't trusted",
            couldn_t,
            "Something between this computer and Microsoft shows a certificate that this computer doesn't trust.",
            "Ask whoever runs the network whether a proxy inspects traffic, and have its certificate installed on this computer.",
        )
        .fixed_by(Who::Network)
        .retry(Retry::AfterYouAct),
        Error::Throttled { retry_at, .. } => Problem::new(
            Code::NetworkThrottled,
            "Microsoft asks to slow down",
            couldn_t,
            "Too many requests reached your organisation's directory in a short time, from this or another program.",
            "Wait until the time shown, then try again.",
        )
        .fixed_by(Who::Microsoft)
        .retry(Retry::After { at: *retry_at }),
        Error::Unexpected { .. } => Problem::new(
            Code::NetworkUnexpected,
            "The answer wasn't Microsoft's",
            couldn_t,
            "Something else answered in Microsoft's place, such as the sign-in page of a guest network, or Microsoft changed its interface.",
            "Open any web page to see whether the network asks you to sign in, then try again.",
        )
        .fixed_by(Who::Network),
        Error::Refused(refusal) => match (entra_refusals::row(doing.leg, refusal), doing.leg) {
            (Some(row), _) => row.problem(couldn_t),
            (None, Leg::App) => app_refused(refusal, couldn_t),
            (None, Leg::Admin) => refused(refusal, couldn_t, doing),
        },
    };
    let told = if told.code == Code::RoleMissing && told.request.is_none() {
        told.request(request(doing))
    } else {
        told
    };
    told.exists(doing.exists.clone()).evidence(error.evidence())
}

/// The app registration of this connection was deleted. `exists` says what is left.
pub fn app_gone(exists: impl Into<String>) -> Problem {
    Problem::new(
        Code::AppGone,
        entra_refusals::APP_GONE_TITLE,
        "Microsoft doesn't find the app that this connection made.",
        entra_refusals::APP_GONE_WHY,
        entra_refusals::APP_GONE_NEXT,
    )
    .retry(Retry::AfterYouAct)
    .exists(exists)
}

/// The enterprise application of this connection's app was switched off. `exists` says what there is.
pub fn app_disabled(exists: impl Into<String>) -> Problem {
    Problem::new(
        Code::AppDisabled,
        entra_refusals::APP_DISABLED_TITLE,
        "Microsoft lets nobody sign in to the app that this connection made, nor the app itself.",
        entra_refusals::APP_DISABLED_WHY,
        entra_refusals::APP_DISABLED_NEXT,
    )
    .fixed_by(Who::AnotherAdmin {
        role: APP_ROLE.into(),
    })
    .retry(Retry::AfterYouAct)
    .exists(exists)
}

/// A refusal of the app's own key that has no words of its own. The admin's sign-in has no part in it.
fn app_refused(refusal: &Refusal, couldn_t: String) -> Problem {
    match refusal.status {
        401 => Problem::new(
            Code::AppRejected,
            "Microsoft doesn't take the app's sign-in",
            couldn_t,
            "The app or its secret was changed a moment ago, or the app was removed meanwhile.",
            "Try again in a minute; if it comes back, make a new secret.",
        ),
        500..=599 => fault(couldn_t),
        _ => Problem::new(
            Code::AppRejected,
            "Microsoft refused the app",
            couldn_t,
            "Microsoft refused the app's own key; its own words are in the details.",
            "Read the details, correct what they name in Entra, then try again.",
        )
        .retry(Retry::AfterYouAct),
    }
}

fn fault(couldn_t: String) -> Problem {
    Problem::new(
        Code::NetworkFault,
        "Microsoft has a fault",
        couldn_t,
        "Microsoft's servers answered with an error of their own.",
        "Wait a few minutes, then try again: Mailgrant looks first and makes nothing twice.",
    )
    .fixed_by(Who::Microsoft)
}

fn refused(refusal: &Refusal, couldn_t: String, doing: &Doing) -> Problem {
    match (refusal.status, refusal.code.as_str()) {
        (_, "CredentialTypeNotAllowedAsPerAppPolicy") => Problem::new(
            Code::SecretForbidden,
            "Your organisation doesn't allow app secrets",
            "Microsoft refused to make a secret for the app.",
            "Your organisation's credential policy blocks secrets on apps like this one.",
            "Ask for an exception for this one app, then try again.",
        )
        .fixed_by(Who::AnotherAdmin { role: POLICY_ROLE.into() })
        .retry(Retry::AfterYouAct),
        (_, "CredentialInvalidLifetimeAsPerAppPolicy") => Problem::new(
            Code::SecretTooLong,
            "Your organisation wants a shorter life for secrets",
            "Microsoft refused to make a secret that lasts this long.",
            "Your organisation's credential policy allows only a shorter life.",
            "Sign in again, so that Mailgrant reads the policy anew, then choose one of the lives that it allows.",
        )
        .retry(Retry::AfterYouAct),
        (401, _) => Problem::new(
            Code::SignInExpired,
            "Your sign-in has ended",
            couldn_t,
            "Microsoft no longer takes the sign-in, because it ran out after about an hour or was revoked.",
            "Sign in again; you come back to this step.",
        ),
        (403, "") if doing.role == EXCHANGE_ROLE => Problem::new(
            Code::ExchangeRefused,
            "Exchange doesn't let this sign-in do that",
            couldn_t,
            "Exchange answered that this sign-in may not run the command: the role is missing, not activated, or so new that Exchange doesn't know it yet.",
            "Ask for the role or activate it, then sign in again.",
        )
        .fixed_by(Who::Grants { role: EXCHANGE_ROLE.into() })
        .retry(Retry::AfterYouAct)
        .request(request(doing)),
        (403, _) => Problem::new(
            Code::RoleMissing,
            "Your sign-in may not do that",
            couldn_t,
            "Microsoft answered that this sign-in lacks the right.",
            "Ask for the role or activate it, then sign in again.",
        )
        .fixed_by(Who::Grants { role: doing.role.into() })
        .retry(Retry::AfterYouAct)
        .request(request(doing)),
        (500..=599, _) => fault(couldn_t),
        _ if doing.role == EXCHANGE_ROLE => Problem::new(
            Code::ExchangeRejected,
            "Exchange didn't accept that",
            couldn_t,
            "Exchange refused the command; its own words are in the details.",
            "Read the details, correct what they name in Exchange, then try again.",
        )
        .retry(Retry::AfterYouAct),
        _ => Problem::new(
            Code::AppRefused,
            "Microsoft didn't accept that",
            couldn_t,
            "Microsoft refused the request; its own words are in the details.",
            "Read the details, correct what they name in Entra, then try again.",
        )
        .retry(Retry::AfterYouAct),
    }
}

/// Microsoft was asked to remove something and goes on showing it.
pub fn removal_unseen(what: &str) -> Problem {
    Problem::new(
        Code::RemovalUnseen,
        "It isn't seen to be gone",
        format!("Mailgrant asked for the removal of {what} and reads it back as still there."),
        "Microsoft takes unusually long to apply it, or something on the way answered in its place.",
        "Wait a minute, then try again: Mailgrant looks first and counts nothing as removed that it still reads.",
    )
    .fixed_by(Who::Microsoft)
    .exists(format!("As far as Mailgrant can read, {what} still exists."))
}

/// A message to the one who can help.
fn request(doing: &Doing) -> String {
    format!(
        "Hello, I am connecting a mail platform to Microsoft 365 with Mailgrant and need to {}. That takes the role {}, which my sign-in doesn't have or hasn't activated. Would you, as {GRANTERS}, give it to me for today, or would somebody who holds it do this step with me?",
        doing.what, doing.role
    )
}

/// Who may give a directory role to somebody (entra-docs `permissions-reference`: a Privileged Role Administrator "can
/// manage role assignments in Microsoft Entra ID"; a Global Administrator everything, microsoft-facts §2.7).
pub const GRANTERS: &str = "a Privileged Role Administrator or Global Administrator";

/// A problem of the keychain.
pub fn keychain(error: &keychain::KeychainError, exists: &str) -> Problem {
    let told = match error {
        keychain::KeychainError::Locked => Problem::new(
            Code::KeychainLocked,
            "The keychain is locked",
            "Mailgrant couldn't use this computer's keychain.",
            "The keychain is locked, and the secret is kept nowhere else.",
            "Unlock the keychain, then try again.",
        ),
        keychain::KeychainError::TimedOut => Problem::new(
            Code::KeychainMissing,
            "The keychain doesn't answer",
            "Mailgrant waited 5 seconds for this computer's keychain.",
            "It may be asking you something in another window, or be stuck.",
            "Look for its question and answer it, then try again.",
        ),
        keychain::KeychainError::Missing => Problem::new(
            Code::KeychainMissing,
            "This computer has no keychain",
            "Mailgrant found no keychain to keep the secret in.",
            "The keychain service isn't running for this sign-in to the computer, and the secret is never written to a plain file.",
            "Start the keychain service (on Linux gnome-keyring or KWallet), then try again.",
        ),
        keychain::KeychainError::Other(_) => Problem::new(
            Code::KeychainMissing,
            "The keychain refused",
            "Mailgrant couldn't use this computer's keychain.",
            "The keychain answered with an error of its own; it is in the details.",
            "Restart the keychain service or the computer, then try again.",
        ),
    };
    let message = match error {
        keychain::KeychainError::Other(why) => Some(why.clone()),
        _ => None,
    };
    told.retry(Retry::AfterYouAct)
        .exists(exists)
        .evidence(domain::problem::Evidence {
            message,
            ..Default::default()
        })
}

/// A problem with writing somewhere.
pub fn not_written(place: &str, error: &io::Error) -> Problem {
    let (why, next) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("The disk is full.", "Free some space, then try again.")
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            "This account may not write there.",
            "Choose another folder or ask for access, then try again.",
        ),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => (
            "The folder doesn't exist.",
            "Choose another folder, then try again.",
        ),
        _ => (
            "The system refused to write there.",
            "Choose another folder or restart the computer, then try again.",
        ),
    };
    Problem::new(
        Code::FileNotWritten,
        "The file couldn't be saved",
        format!("Mailgrant couldn't write to {place}."),
        why,
        next,
    )
    .exists("Nothing half-written was left behind.")
    .evidence(Evidence {
        message: Some(error.kind().to_string()),
        ..Default::default()
    })
}
