//! How a call to Microsoft fails. The kinds are kept apart because each means something else for the organisation.

use domain::problem::Evidence;
use jiff::Timestamp;

/// What Microsoft said no to, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// The call, such as `POST /applications/{id}/addPassword`.
    pub call: String,
    /// HTTP status.
    pub status: u16,
    /// `AADSTS7000215`, `ErrorAccessDenied`, or an Exchange exception's name.
    pub code: String,
    /// Microsoft's sentence, at most 300 characters.
    pub message: String,
    /// Request id or trace id.
    pub request_id: Option<String>,
    /// When the answer came.
    pub at: Timestamp,
    /// Whether the same call was sent before, and what came of that isn't known.
    pub sent_before: bool,
}

/// A failed call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The request was never sent, so nothing changed.
    #[error("{call}: could not be sent: {why}")]
    Unreachable {
        /// The call.
        call: String,
        /// What the network stack says.
        why: String,
    },
    /// The certificate of the other side is not trusted; nothing was sent.
    #[error("{call}: the certificate is not trusted: {why}")]
    Untrusted {
        /// The call.
        call: String,
        /// What the TLS stack says.
        why: String,
    },
    /// The request was sent and no whole answer came: it may have taken effect.
    #[error("{call}: no whole answer: {why}")]
    NoAnswer {
        /// The call.
        call: String,
        /// What the network stack says.
        why: String,
    },
    /// Microsoft asks to slow down, for longer than we wait on our own. Nothing changed.
    #[error("{}: throttled until {retry_at}", refusal.call)]
    Throttled {
        /// The answer.
        refusal: Box<Refusal>,
        /// The earliest time to try again.
        retry_at: Timestamp,
    },
    /// Microsoft refused, with a reason.
    #[error("{}: {} {}", .0.call, .0.status, .0.code)]
    Refused(Box<Refusal>),
    /// The answer was not what Microsoft's interface promises.
    #[error("{call}: unexpected answer with status {status}: {why}")]
    Unexpected {
        /// The call.
        call: String,
        /// HTTP status.
        status: u16,
        /// What was wrong, in words; never the body.
        why: String,
        /// Request id, where one was given.
        request_id: Option<String>,
    },
}

impl Error {
    /// The refusal, where Microsoft gave one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Throttled { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Whether Microsoft answered with this status and reason.
    pub fn is(&self, status: u16, code: &str) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.status == status && refusal.code == code)
    }

    /// The HTTP status of a refusal.
    pub fn status(&self) -> Option<u16> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// The code of a refusal, empty where there is none.
    pub fn code(&self) -> &str {
        self.refusal().map_or("", |refusal| &refusal.code)
    }

    /// Whether Microsoft says that what was asked for isn't there. One such answer is no proof that it is gone: it may
    /// be stale (microsoft-facts §2.11), so what was removed is read back, and what is to be made is looked for again.
    pub fn not_there(&self) -> bool {
        self.status() == Some(404) || self.code() == "ManagementObjectNotFoundException"
    }

    /// Whether it is sure that the call changed nothing: it was never sent, or Microsoft refused it. A request to slow
    /// down can come after it took effect, and a conflict can be with what an earlier sending made.
    pub fn changed_nothing(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Untrusted { .. } => true,
            Self::NoAnswer { .. } | Self::Throttled { .. } | Self::Unexpected { .. } => false,
            Self::Refused(refusal) => {
                let refused =
                    (400..500).contains(&refusal.status) && ![408, 409, 429].contains(&refusal.status);
                refused && !refusal.sent_before
            }
        }
    }

    /// The call, by its name.
    pub fn call(&self) -> &str {
        match self {
            Self::Unreachable { call, .. }
            | Self::Untrusted { call, .. }
            | Self::NoAnswer { call, .. }
            | Self::Unexpected { call, .. } => call,
            Self::Throttled { refusal, .. } | Self::Refused(refusal) => &refusal.call,
        }
    }

    /// What is told of a call that was sent before, where `before` left open what came of it.
    pub(crate) fn after(self, before: Self) -> Self {
        match self {
            Self::Unreachable { .. } | Self::Untrusted { .. } => before,
            Self::Refused(mut refusal) => {
                refusal.sent_before = true;
                Self::Refused(refusal)
            }
            other => other,
        }
    }

    /// What to quote to support.
    pub fn evidence(&self) -> Evidence {
        match self {
            Self::Unreachable { call, why }
            | Self::Untrusted { call, why }
            | Self::NoAnswer { call, why } => Evidence {
                call: Some(call.clone()),
                message: Some(why.clone()),
                ..Evidence::default()
            },
            Self::Throttled { refusal, .. } | Self::Refused(refusal) => Evidence {
                call: Some(refusal.call.clone()),
                status: Some(refusal.status),
                code: (!refusal.code.is_empty()).then(|| refusal.code.clone()),
                message: (!refusal.message.is_empty()).then(|| refusal.message.clone()),
                request_id: refusal.request_id.clone(),
                at: Some(refusal.at),
            },
            Self::Unexpected {
                call,
                status,
                why,
                request_id,
            } => Evidence {
                call: Some(call.clone()),
                status: Some(*status),
                message: Some(why.clone()),
                request_id: request_id.clone(),
                ..Evidence::default()
            },
        }
    }
}

/// What is there, or `None` where Microsoft says that it isn't: see [`Error::not_there`].
///
/// # Errors
/// Every other one.
pub fn if_there<T>(outcome: Result<T, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(there) => Ok(Some(there)),
        Err(error) if error.not_there() => Ok(None),
        Err(error) => Err(error),
    }
}

/// At most 300 characters of a sentence, without control characters.
pub(crate) fn shorten(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match clean.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16) -> Error {
        Error::Refused(Box::new(Refusal {
            status,
            ..Refusal::default()
        }))
    }

    fn unreachable() -> Error {
        Error::Unreachable {
            call: String::new(),
            why: String::new(),
        }
    }

    #[test]
    fn only_what_was_never_sent_or_was_refused_changed_nothing() {
        for status in [400, 401, 403, 404] {
            assert!(refused(status).changed_nothing(), "{status}");
        }
        for status in [408, 409, 429, 500, 503] {
            assert!(!refused(status).changed_nothing(), "{status}");
        }
        assert!(unreachable().changed_nothing());
    }

    #[test]
    fn what_was_sent_before_may_have_changed_something() {
        assert!(!refused(403).after(refused(503)).changed_nothing());
        assert_eq!(unreachable().after(refused(503)), refused(503));
    }
}
