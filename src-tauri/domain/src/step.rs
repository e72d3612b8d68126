//! The steps that a connection knows. In which order they come, the route says.

use serde::{Deserialize, Serialize};

use crate::message;
use crate::message::Message;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepId {
    /// Which platform is connected.
    Platform,
    /// How it reaches mail.
    Method,
    /// Who does the work, in which organisation.
    SignIn,
    /// Which app is taken over, of those that somebody else registered.
    ExistingApp,
    /// Which mailboxes, and which must stay refused.
    Mailboxes,
    /// The app registration and its service principal.
    App,
    /// No mail permission in Entra: shown and proved.
    Permissions,
    /// The client secret.
    Secret,
    /// The limit in Exchange.
    Limit,
    /// The protocols of mail programs that are switched off for mailboxes.
    Protocols,
    /// The permissions in Entra of an app that was taken over: they go once the limit has taken their place.
    OldPermissions,
    /// The proof with the app's own key.
    Verify,
    /// The sealed file, the record and the reminder.
    Export,
    /// What the platform used before it was given something newer: taken away once it has moved.
    OldSecret,
}

impl StepId {
    /// Every step.
    pub const ALL: [Self; 14] = [
        Self::Platform,
        Self::Method,
        Self::SignIn,
        Self::ExistingApp,
        Self::Mailboxes,
        Self::App,
        Self::Permissions,
        Self::Secret,
        Self::Limit,
        Self::Protocols,
        Self::OldPermissions,
        Self::Verify,
        Self::Export,
        Self::OldSecret,
    ];

    /// What it is called.
    pub fn title(self) -> Message {
        match self {
            Self::Platform => message!("parts-step-platform"),
            Self::Method => message!("parts-step-method"),
            Self::SignIn => message!("parts-step-sign-in"),
            Self::ExistingApp => message!("parts-step-existing-app"),
            Self::App => message!("parts-step-app"),
            Self::Permissions => message!("parts-step-permissions"),
            Self::Secret => message!("parts-step-secret"),
            Self::Mailboxes => message!("parts-step-mailboxes"),
            Self::Limit => message!("parts-step-limit"),
            Self::Protocols => message!("parts-step-protocols"),
            Self::OldPermissions => message!("parts-step-old-permissions"),
            Self::Verify => message!("parts-step-verify"),
            Self::Export => message!("parts-step-export"),
            Self::OldSecret => message!("parts-step-old-secret"),
        }
    }
}
