//! From an error of a call to a problem that a reader can act on.

use std::io;

use domain::message;
use domain::message::{Arg, Kind, Message, Part};
use domain::problem::{Code, Evidence, Problem, Retry, Who};
use microsoft::error::{Error, Refusal};

use crate::entra_refusals::{self, Leg};

/// What was being done when a call failed, in the words of the problem, and whose key was shown.
#[derive(Clone, Debug)]
pub struct Doing {
    /// Whose sign-in the call was made with: a refusal of one is never told as a refusal of the other.
    pub leg: Leg,
    /// A message of the texts in `doing.ftl`: that it couldn't be done, and as its part what was to be done.
    pub what: Message,
    /// The role that may do it, as Microsoft names it.
    pub role: &'static str,
    /// What exists by now.
    pub exists: Message,
    /// The call that changes something, by its name, and what is said to exist where it isn't sure that it changed
    /// nothing.
    pub sends: Option<(String, Message)>,
}

impl Doing {
    /// Something that a role may do, with the admin's sign-in.
    pub fn new(what: Message, role: &'static str, exists: Message) -> Self {
        Self {
            leg: Leg::Admin,
            what,
            role,
            exists,
            sends: None,
        }
    }

    /// A call of this name changes something in the course of it. What exists is then known only where that very call
    /// was never sent or was refused: after a lost answer, a fault, or a look afterwards that failed, it is `perhaps`.
    pub fn sends(mut self, call: impl Into<String>, perhaps: Message) -> Self {
        self.sends = Some((call.into(), perhaps));
        self
    }

    /// The same where something that was sent before may have taken effect, whatever is answered now.
    pub fn unsure(&self) -> Self {
        let perhaps = self.sends.as_ref().map(|(_, perhaps)| perhaps);
        Self {
            exists: perhaps.unwrap_or(&self.exists).clone(),
            sends: None,
            ..self.clone()
        }
    }

    /// Whether an error is sure that what was to be changed wasn't.
    pub(crate) fn changed_nothing(&self, error: &Error) -> bool {
        let sends = |(call, _): &(String, Message)| call == error.call();
        self.sends.as_ref().is_some_and(sends) && error.changed_nothing()
    }

    /// What exists after an error.
    fn exists_after(&self, error: &Error) -> Message {
        match &self.sends {
            Some((_, perhaps)) if !self.changed_nothing(error) => perhaps.clone(),
            _ => self.exists.clone(),
        }
    }

    /// Says of a problem what exists after this error.
    pub fn told(&self, problem: Problem, error: &Error) -> Problem {
        problem
            .exists(self.exists_after(error))
            .changed_nothing(self.changed_nothing(error))
            .evidence(error.evidence())
    }

    /// Something that the app does with its own key.
    pub fn as_the_app(what: Message, exists: Message) -> Self {
        Self {
            leg: Leg::App,
            ..Self::new(what, APP_ROLE, exists)
        }
    }

    /// That it couldn't be done.
    fn failed(&self) -> Message {
        self.what.clone()
    }

    /// What was to be done, as somebody says it who needs to do it.
    fn task(&self) -> Arg {
        Arg::part(Part::Task, self.what.clone())
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
    let failed = doing.failed();
    let told = match error {
        Error::Unreachable { .. } => {
            Problem::said(Code::NetworkUnreachable, message!("problems-unreachable"))
                .happened(failed)
                .fixed_by(Who::Network)
        }
        Error::NoAnswer { .. } => Problem::said(Code::NetworkUnreachable, message!("problems-no-answer"))
            .happened(failed)
            .fixed_by(Who::Network),
        Error::Untrusted { .. } => Problem::said(Code::NetworkUntrusted, message!("problems-untrusted"))
            .happened(failed)
            .fixed_by(Who::Network)
            .retry(Retry::AfterYouAct),
        Error::Throttled { retry_at, .. } => {
            Problem::said(Code::NetworkThrottled, message!("problems-throttled"))
                .happened(failed)
                .fixed_by(Who::Microsoft)
                .retry(Retry::After { at: *retry_at })
        }
        Error::Unexpected { .. } => Problem::said(Code::NetworkUnexpected, message!("problems-unexpected"))
            .happened(failed)
            .fixed_by(Who::Network),
        Error::Refused(refusal) => match (entra_refusals::row(doing.leg, refusal), doing.leg) {
            (Some(row), _) => row.problem(failed),
            (None, Leg::App) => app_refused(refusal, failed),
            (None, Leg::Admin) => refused(refusal, failed, doing),
        },
    };
    let told = if told.code == Code::RoleMissing && told.request.is_none() {
        told.request(request(doing))
    } else {
        told
    };
    doing.told(told, error)
}

/// The enterprise application of this connection's app was switched off. `exists` says what there is.
pub fn app_disabled(exists: Message) -> Problem {
    Problem::said(Code::AppDisabled, message!("problems-app-disabled"))
        .happened(message!("problems-app-lets-nobody-in"))
        .fixed_by(Who::AnotherAdmin {
            role: APP_ROLE.into(),
        })
        .retry(Retry::AfterYouAct)
        .exists(exists)
}

/// A refusal of the app's own key that has no words of its own. The admin's sign-in has no part in it.
fn app_refused(refusal: &Refusal, failed: Message) -> Problem {
    match refusal.status {
        401 => Problem::said(Code::AppRejected, message!("problems-app-not-taken")).happened(failed),
        500..=599 => fault(failed),
        _ => Problem::said(Code::AppRejected, message!("problems-app-refused"))
            .happened(failed)
            .retry(Retry::AfterYouAct),
    }
}

fn fault(failed: Message) -> Problem {
    Problem::said(Code::NetworkFault, message!("problems-fault"))
        .happened(failed)
        .fixed_by(Who::Microsoft)
}

fn refused(refusal: &Refusal, failed: Message, doing: &Doing) -> Problem {
    match (refusal.status, refusal.code.as_str()) {
        (_, "CredentialTypeNotAllowedAsPerAppPolicy") => {
            Problem::said(Code::SecretForbidden, message!("problems-secret-forbidden"))
                .fixed_by(Who::AnotherAdmin {
                    role: POLICY_ROLE.into(),
                })
                .retry(Retry::AfterYouAct)
        }
        (_, "CredentialInvalidLifetimeAsPerAppPolicy") => {
            Problem::said(Code::SecretTooLong, message!("problems-secret-too-long")).retry(Retry::AfterYouAct)
        }
        // Public reports of Graph's own words: azure/azure-cli issue 12946 of the first, for apps that personal accounts may
        // use, microsoftgraph/microsoft-graph-docs issue 21469 of the second.
        (400 | 403, "TooManyAppPasswords" | "Directory_ResourceSizeExceeded") => {
            Problem::said(Code::SecretTooMany, message!("problems-secret-too-many"))
                .fixed_by(Who::AnotherAdmin {
                    role: APP_ROLE.into(),
                })
                .retry(Retry::AfterYouAct)
        }
        (401, _) => Problem::said(Code::SignInExpired, message!("problems-sign-in-ended")).happened(failed),
        (403, "") if doing.role == EXCHANGE_ROLE => {
            Problem::said(Code::ExchangeRefused, message!("problems-exchange-refused"))
                .happened(failed)
                .fixed_by(Who::Grants {
                    role: EXCHANGE_ROLE.into(),
                })
                .retry(Retry::AfterYouAct)
                .request(request(doing))
        }
        (403, _) => Problem::said(Code::RoleMissing, message!("problems-role-missing"))
            .happened(failed)
            .fixed_by(Who::Grants {
                role: doing.role.into(),
            })
            .retry(Retry::AfterYouAct)
            .request(request(doing)),
        (500..=599, _) => fault(failed),
        _ if doing.role == EXCHANGE_ROLE => {
            Problem::said(Code::ExchangeRejected, message!("problems-exchange-rejected"))
                .happened(failed)
                .retry(Retry::AfterYouAct)
        }
        _ => Problem::said(Code::AppRefused, message!("problems-not-accepted"))
            .happened(failed)
            .retry(Retry::AfterYouAct),
    }
}

/// Microsoft was asked to delete the app registration and goes on showing it.
pub fn app_still_seen() -> Problem {
    unseen(
        message!("problems-app-still-seen"),
        message!("problems-app-still-exists"),
    )
}

/// Microsoft was asked to remove the secret and goes on showing it.
pub fn secret_still_seen() -> Problem {
    unseen(
        message!("problems-secret-still-seen"),
        message!("problems-secret-still-exists"),
    )
}

fn unseen(happened: Message, exists: Message) -> Problem {
    Problem::said(Code::RemovalUnseen, message!("problems-removal-unseen"))
        .happened(happened)
        .fixed_by(Who::Microsoft)
        .exists(exists)
}

/// A message to the one who can help. Who may give a directory role to somebody: entra-docs `permissions-reference`, a
/// Privileged Role Administrator "can manage role assignments in Microsoft Entra ID"; a Global Administrator everything
/// (microsoft-facts §2.7).
fn request(doing: &Doing) -> Message {
    message!(
        "problems-request",
        task = doing.task(),
        role = Arg::term(doing.role),
        granters = message!("parts-granters")
    )
}

/// A problem of the keychain.
pub fn keychain(error: &keychain::KeychainError, exists: Message) -> Problem {
    let (code, message) = match error {
        keychain::KeychainError::Locked => (Code::KeychainLocked, message!("problems-keychain-locked")),
        keychain::KeychainError::TimedOut => (Code::KeychainMissing, message!("problems-keychain-silent")),
        keychain::KeychainError::Missing => (Code::KeychainMissing, message!("problems-keychain-missing")),
        keychain::KeychainError::Other(_) => (Code::KeychainMissing, message!("problems-keychain-refused")),
    };
    let answer = match error {
        keychain::KeychainError::Other(why) => Some(why.clone()),
        _ => None,
    };
    Problem::said(code, message)
        .retry(Retry::AfterYouAct)
        .exists(exists)
        .evidence(Evidence {
            message: answer,
            ..Default::default()
        })
}

/// A problem with writing somewhere.
pub fn not_written(place: &str, error: &io::Error) -> Problem {
    let place = Arg::name(Kind::Folder, place);
    let message = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            message!("problems-disk-full", place = place)
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            message!("problems-may-not-write", place = place)
        }
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            message!("problems-no-such-folder", place = place)
        }
        _ => message!("problems-not-written", place = place),
    };
    Problem::said(Code::FileNotWritten, message)
        .exists(message!("problems-nothing-half-written"))
        .evidence(Evidence {
            message: Some(error.kind().to_string()),
            ..Default::default()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = "POST /things";

    fn doing() -> Doing {
        let exists = message!("exists-no-app");
        Doing::new(message!("doing-create-app"), APP_ROLE, exists).sends(CALL, message!("exists-app-perhaps"))
    }

    fn refused(call: &str, status: u16) -> Error {
        Error::Refused(Box::new(Refusal {
            call: call.into(),
            status,
            ..Refusal::default()
        }))
    }

    #[test]
    fn what_exists_is_sure_only_where_that_very_call_was_refused() {
        let told = |error: &Error, doing: &Doing| {
            let told = problem(error, doing);
            (told.exists.unwrap(), told.changed_nothing)
        };
        let (sure, perhaps) = (message!("exists-no-app"), message!("exists-app-perhaps"));
        assert_eq!(told(&refused(CALL, 403), &doing()), (sure.clone(), true));
        let unsure = (perhaps, false);
        assert_eq!(told(&refused(CALL, 503), &doing()), unsure);
        // It is the look afterwards that is refused.
        assert_eq!(told(&refused("GET /things", 401), &doing()), unsure);
        assert_eq!(told(&refused(CALL, 403), &doing().unsure()), unsure);
        // What only reads leaves things as they were.
        let reads = Doing::new(message!("doing-create-app"), APP_ROLE, sure.clone());
        assert_eq!(told(&refused("GET /things", 503), &reads), (sure, false));
    }
}
