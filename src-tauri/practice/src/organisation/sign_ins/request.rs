//! What a client asked of the sign-in endpoints, while a person answers.

use serde::{Deserialize, Serialize};

use super::api::Api;

/// Which kind of application a redirect address belongs to; it decides whether a credential is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Platform {
    /// `publicClient`: a credential is refused (AADSTS700025).
    Native,
    /// `web`: a credential is demanded (AADSTS7000218).
    Web,
    /// `spa`: no credential, but a proof key and a cross-origin request (AADSTS9002325, 9002327).
    SinglePage,
}

/// How the answer travels to the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// What a client asked of the authorisation endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    /// Which platform the redirect address is registered under.
    pub(crate) platform: Platform,
    pub(crate) response_mode: ResponseMode,
    /// Whether the answer holds a code, an id token, or both.
    pub(crate) wants_code: bool,
    pub(crate) wants_id_token: bool,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) prompt: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) scopes: RequestedScopes,
}

/// A proof key's challenge (RFC 7636).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    Sha256(String),
}

/// The scopes of a request, sorted out.
#[derive(Debug, Clone)]
pub(crate) struct RequestedScopes {
    pub(crate) api: Api,
    /// Values on that API, in Microsoft's spelling.
    pub(crate) values: Vec<String>,
    /// Of OpenID Connect itself.
    pub(crate) openid: Vec<&'static str>,
    /// Whether `.default` was asked for: whatever has been granted.
    pub(crate) default: bool,
    /// Whether the client wrote the API's address before a value, so that the answer must too.
    pub(crate) in_full: bool,
}

impl RequestedScopes {
    /// The scopes as a client would write them.
    pub(crate) fn text(&self) -> String {
        let mut all: Vec<String> = self
            .values
            .iter()
            .map(|value| format!("{}/{value}", self.api.prefix()))
            .collect();
        if self.default {
            all.push(format!("{}/.default", self.api.prefix()));
        }
        all.extend(self.openid.iter().map(|value| (*value).to_owned()));
        all.join(" ")
    }
}

/// What an administrator is asked to consent to for everybody (microsoft-facts §1.5).
#[derive(Debug, Clone)]
pub(crate) struct AdminConsent {
    pub(crate) client_id: String,
    /// `None` ends on a page here.
    pub(crate) redirect_uri: Option<String>,
    pub(crate) state: Option<String>,
    /// The asked-for scopes with the text that named them; `None` is the version 1 endpoint, where the registration
    /// says what is wanted.
    pub(crate) scopes: Option<(RequestedScopes, String)>,
}

/// What goes on once a person has said who they are.
#[derive(Debug, Clone)]
pub(crate) enum Flow {
    Authorize(Box<Request>),
    AdminConsent(Box<AdminConsent>),
    /// The device code that a user code belongs to.
    Device(String),
}
