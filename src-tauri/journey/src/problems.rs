//! From an error of a call to a problem that a reader can act on.

use domain::problem::{Code, Problem, Retry, Who};
use microsoft::error::Error;

/// What was being done when a call failed, in the words of the problem.
#[derive(Clone, Debug)]
pub struct Doing {
    /// Completes "Mailgrant couldn't …": "create the app registration".
    pub what: String,
    /// The role that may do it, as Microsoft names it.
    pub role: &'static str,
    /// What exists by now.
    pub exists: String,
}

impl Doing {
    /// Something that a role may do.
    pub fn new(what: impl Into<String>, role: &'static str, exists: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            role,
            exists: exists.into(),
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
        Error::Refused(refusal) => refused(refusal.status, &refusal.code, couldn_t, doing),
    };
    told.exists(doing.exists.clone()).evidence(error.evidence())
}

fn refused(status: u16, code: &str, couldn_t: String, doing: &Doing) -> Problem {
    match (status, code) {
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
        .fixed_by(Who::AnotherAdmin { role: EXCHANGE_ROLE.into() })
        .retry(Retry::AfterYouAct)
        .request(request(doing)),
        (403, _) => Problem::new(
            Code::RoleMissing,
            "Your sign-in may not do that",
            couldn_t,
            "Microsoft answered that this sign-in lacks the right.",
            "Ask for the role or activate it, then sign in again.",
        )
        .fixed_by(Who::AnotherAdmin { role: doing.role.into() })
        .retry(Retry::AfterYouAct)
        .request(request(doing)),
        (500..=599, _) => Problem::new(
            Code::NetworkFault,
            "Microsoft has a fault",
            couldn_t,
            "Microsoft's servers answered with an error of their own.",
            "Wait a few minutes, then try again: Mailgrant looks first and makes nothing twice.",
        )
        .fixed_by(Who::Microsoft),
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

/// A message to the one who can help.
fn request(doing: &Doing) -> String {
    format!(
        "Hello, I am connecting a mail platform to Microsoft 365 with Mailgrant and need to {}. That takes the role {}, which my sign-in doesn't have or hasn't activated. Would you give it to me for today, or do this step with me?",
        doing.what, doing.role
    )
}

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
