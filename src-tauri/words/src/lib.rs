//! Every sentence that people read, and who speaks them.
//!
//! The floors above and below give a [`Message`](domain::message::Message): a name and typed arguments. A [`Speaker`] says
//! it in one language, at one place and time. The texts are Fluent messages in `texts/`, one folder for each language and
//! one file for each topic; a message's name begins with its file's.

mod keys;
mod language;
mod moments;
mod problem;
mod pseudo;
mod roles;
mod speaker;
mod texts;

pub use keys::Keys;
pub use language::Language;
pub use problem::Written;
pub use pseudo::lengthened;
pub use speaker::{Hides, Speaker};
