//! The server: one origin on the loopback interface that finds out which part of Microsoft 365 was asked, and the proxy
//! that leads there under Microsoft's names.

mod answer;
mod arm;
mod certificate;
mod control;
mod gateway;
mod handle;
mod listen;
mod options;
mod proxy;
mod start;

pub use handle::Handle;
pub use options::{Options, StartError};
pub use start::start;
