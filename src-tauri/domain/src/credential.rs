//! What an app signs in with.

use serde::{Deserialize, Serialize};

/// What a credential is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// A client secret: a text that Microsoft makes and tells once.
    #[default]
    Secret,
    /// A certificate: the key is made here, and Microsoft gets its public half.
    Certificate,
}

impl CredentialKind {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Secret, Self::Certificate];

    /// What a credential is of which it is known whether it is a certificate.
    pub fn of(certificate: bool) -> Self {
        match certificate {
            true => Self::Certificate,
            false => Self::Secret,
        }
    }

    /// Its name in a profile, in a request of the window and in the notes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Certificate => "certificate",
        }
    }

    /// The one of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
