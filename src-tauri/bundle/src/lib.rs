//! What leaves the wizard: the sealed file, the record and the reminder.
//!
//! The sealed file carries the secret to the platform's people, encrypted so that only they can open it. The record
//! stays with the organisation and says what was given, why, and what was proven. The reminder goes into a calendar.
//! Nothing here calls anybody and nothing asks for the time, so that the same facts always give the same text.

pub mod check_page;
pub mod connection;
pub mod files;
mod integrity;
pub mod page;
pub mod passphrase;
pub mod read;
pub mod record;
pub mod reminder;
pub mod seal;

mod plaintext;
mod said;
mod style;
mod times;

#[cfg(test)]
mod sample;
