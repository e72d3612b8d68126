//! The practice organisation: a Microsoft 365 tenant on 127.0.0.1.
//!
//! It plays Entra, Microsoft Graph and the Exchange admin endpoint on one origin, with the delays, traps and
//! errors of the real ones (microsoft-facts §10, security-and-reliability §3.8). It knows nothing of the
//! product's other crates and shares no wire type with them, so that a wrong field name cannot pass on both
//! sides. Nothing in it was ever checked against a live tenant.

mod access;
mod clock;
mod entra;
mod exchange;
#[doc(hidden)]
pub mod fuzzing;
mod graph;
mod mail;
mod organisation;
mod people;
mod published;
mod running;
mod scenario;
mod server;
mod wire;

pub use crate::organisation::signing::SigningError;
pub use crate::organisation::snapshot::{
    AppRoleAssignmentView, ApplicationView, ExchangeView, GroupView, NamedView, PasswordView,
    PermissionGrantView, RoleAssignmentView, ServicePrincipalView, Snapshot,
};
pub use crate::scenario::setting::{Setting, SettingError};
pub use crate::scenario::trouble::{Answer, Trouble, Wrong};
pub use clock::{ClockKind, real_now as present};
#[doc(hidden)]
pub use graph::endpoints as graph_endpoints;
pub use running::platform::PlatformIdentity;
pub use running::store::StoreError;
pub use scenario::{ExchangePaging, PeoplesRoles, Scenario, Throttling};
pub use server::{Handle, Options, StartError, start};
pub use wire::hosts::Cloud;
