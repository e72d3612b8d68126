//! The key of the practice platform: bundles are sealed to it, and only a test or a person who practises opens
//! them.

use age::secrecy::{ExposeSecret as _, SecretString};

/// An age identity that cannot be printed by accident.
#[derive(Clone)]
pub struct PlatformIdentity {
    identity: SecretString,
    recipient: String,
}

impl std::fmt::Debug for PlatformIdentity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PlatformIdentity")
            .field("recipient", &self.recipient)
            .finish_non_exhaustive()
    }
}

impl PlatformIdentity {
    /// A fresh identity.
    pub(crate) fn generate() -> Self {
        Self::of(&age::x25519::Identity::generate())
    }

    /// The identity that a file holds.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let line = text
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with("AGE-SECRET-KEY-1"))?;
        line.parse().ok().as_ref().map(Self::of)
    }

    fn of(identity: &age::x25519::Identity) -> Self {
        Self {
            identity: identity.to_string(),
            recipient: identity.to_public().to_string(),
        }
    }

    /// The public half, `age1…`.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// The private half, `AGE-SECRET-KEY-1…`.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.identity.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_survives_its_file_and_is_not_printed() {
        let identity = PlatformIdentity::generate();
        let read = PlatformIdentity::parse(&format!("# kept\n{}\n", identity.expose())).expect("an identity");
        assert_eq!(read.recipient(), identity.recipient());
        assert!(!format!("{identity:?}").contains("SECRET"));
        assert!(PlatformIdentity::parse("nothing").is_none());
    }
}
