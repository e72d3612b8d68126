//! Clients for Entra, Microsoft Graph and Exchange.
//!
//! Each client is concrete and is pointed at a [`cloud::Cloud`]; the practice organisation is one more cloud, with a
//! root certificate of its own. Wire types stop here: callers get plain structs. Facts about Microsoft carry the
//! section of the fact sheet they rest on; what nobody has checked against a live tenant says UNVERIFIED.

pub mod again;
mod batch;
pub mod certificate;
pub mod clock;
pub mod cloud;
pub mod entra;
pub mod error;
pub mod exchange;
pub mod graph;
pub mod http;
pub mod mail_protocols;
mod room;
mod trust;
