//! Nouns of the product: ids, permissions, methods, steps, findings, problems and secrets.
//!
//! This is the lowest floor. It knows no network, no file, no clock and no other floor, so anything here can be
//! built in a test from nothing.

pub mod address;
pub mod app_key;
pub mod app_role;
pub mod cloud;
pub mod credential;
pub mod finding;
pub mod grant;
pub mod group;
pub mod ids;
pub mod list;
pub mod mail_protocol;
pub mod memory;
pub mod message;
pub mod permission;
pub mod problem;
pub mod secret;
pub mod step;
pub mod text;
pub mod trace;
