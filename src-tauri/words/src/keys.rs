//! What an app signs in with and how its platform reaches mail, as far as words depend on it (decisions 0035 and 0036).

use domain::credential::CredentialKind;
use domain::permission::Method;

/// What the app that is spoken of signs in with, and for what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// What it has, or is about to get.
    pub kind: CredentialKind,
    /// Whether a certificate is among what it has or had, so that words have to fit both.
    pub either: bool,
    /// Whether its platform opens mailboxes as a mail program does.
    pub by_mail_program: bool,
}

impl Keys {
    /// Of an app that has known one kind only.
    pub fn of(kind: CredentialKind) -> Self {
        Self {
            kind,
            either: kind == CredentialKind::Certificate,
            by_mail_program: false,
        }
    }

    /// The same of a platform that reaches mail so.
    pub fn by(self, method: Method) -> Self {
        Self {
            by_mail_program: method.is_by_mail_program(),
            ..self
        }
    }

    /// Of an app that may have known a certificate beside it.
    pub fn beside(self, certificates: bool) -> Self {
        Self {
            either: self.either || certificates,
            ..self
        }
    }
}
