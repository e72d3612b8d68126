//! The steps that ask, sign in, prove and hand over. What changes the organisation is [`crate::carry_out`].

pub mod choose_mailboxes;
pub mod choose_method;
pub mod choose_platform;
pub mod export_bundle;
pub mod sign_in;
pub mod verify_access;
