//! What the window can ask and is told: plain data, the TypeScript generated from it, and the session behind it.
//!
//! The window sends a [`request::Request`] or a [`request::Submit`] and draws the [`view::View`] that follows. Which
//! request makes sense now and which words are shown is decided here and below, never in the window.

pub mod bindings;
pub mod check;
mod desk;
pub mod host;
pub mod languages;
mod pages;
mod presenting;
pub mod profile_check;
mod rail;
pub mod request;
pub mod session;
pub mod view;
