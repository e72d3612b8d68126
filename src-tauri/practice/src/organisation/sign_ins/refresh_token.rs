//! A refresh token as it is kept: by its SHA-256, so that the file is not worth stealing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::request::Platform;

/// A refresh token that was handed out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RefreshToken {
    pub(crate) sha256: String,
    pub(crate) client_id: String,
    pub(crate) person_id: String,
    pub(crate) platform: Platform,
    pub(crate) issued: Timestamp,
    /// When the person signed in; a single-page app's tokens end a day after that.
    pub(crate) signed_in: Timestamp,
    pub(crate) revoked: bool,
    /// The scope of the first request, for a client that names none later.
    pub(crate) scope: String,
}
