//! What the window can ask and is told: plain data, and the TypeScript generated from it.
//!
//! The window sends a [`request::Request`] or a [`request::Submit`] and draws the [`view::View`] that follows.

pub mod bindings;
pub mod request;
pub mod view;
