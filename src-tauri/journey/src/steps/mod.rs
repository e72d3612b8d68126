//! The steps, in the order of the journey. Each file keeps one order inside: why, what it asks, plan, act, check,
//! undo, tests.

pub mod choose_mailboxes;
pub mod choose_method;
pub mod choose_platform;
pub mod create_secret;
pub mod export_bundle;
pub mod limit_access;
pub mod prove_permissions;
pub mod register_app;
pub mod sign_in;
pub mod verify_access;
