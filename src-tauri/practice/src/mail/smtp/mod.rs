//! SMTP submission as Exchange Online takes it (microsoft-facts §4c).

pub(crate) mod command;
mod session;

pub(crate) use session::serve;
