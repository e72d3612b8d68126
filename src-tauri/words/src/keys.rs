//! What an app signs in with, as far as words depend on it (decision 0035).

use domain::credential::CredentialKind;

/// What the app that is spoken of signs in with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// What it has, or is about to get.
    pub kind: CredentialKind,
    /// Whether a certificate is among what it has or had, so that words have to fit both.
    pub either: bool,
}

impl Keys {
    /// Of an app that has known one kind only.
    pub fn of(kind: CredentialKind) -> Self {
        Self {
            kind,
            either: kind == CredentialKind::Certificate,
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
