//! The parts of a plan, and who may do each.

use serde::{Deserialize, Serialize};

/// What a plan is grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The app registration and its service principal.
    App,
    /// What it is granted in Entra.
    Permissions,
    /// What it signs in with.
    Credential,
    /// Which mailboxes it is held to.
    Scope,
    /// Which protocols of mail programs are switched off for them. A plan has it only where something is.
    Protocols,
}

impl Part {
    /// Every one, in the order in which they are worked through.
    pub const ALL: [Self; 5] = [
        Self::App,
        Self::Permissions,
        Self::Credential,
        Self::Scope,
        Self::Protocols,
    ];
}

/// What a person needs to make a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// May create apps and change those that they own: Application Administrator, or an organisation that lets its users.
    Apps,
    /// May take grants away: Privileged Role Administrator, or Cloud Application Administrator for delegated ones.
    Grants,
    /// Exchange Administrator.
    Exchange,
}

/// How long a change may take until it is seen everywhere. How long each is stands in the cloud's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Until Entra's copies agree.
    Replication,
    /// Until Exchange applies it to what the app may do.
    Limit,
}
