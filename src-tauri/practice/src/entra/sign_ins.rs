//! Sign-ins under way: asked-for authorisations, browser sessions and codes. None of it is saved.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::after;
use crate::objects::hex_sha256;
use crate::organisation::random;
use crate::permissions::Resource;

/// A code lives about ten minutes (microsoft-facts §1.1).
const CODE_LIFE: Duration = Duration::from_secs(600);
/// An unanswered sign-in page is forgotten after an hour.
const REQUEST_LIFE: Duration = Duration::from_secs(3600);
/// Older entries are dropped beyond this, so that nobody can fill the memory.
const AT_MOST: usize = 2_000;

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
    pub(crate) response_mode: ResponseMode,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) prompt: Option<String>,
    pub(crate) login_hint: Option<String>,
    pub(crate) code_challenge: Option<String>,
    pub(crate) scopes: RequestedScopes,
    pub(crate) asked_at: Timestamp,
}

/// The scopes of a request, sorted out.
#[derive(Debug, Clone)]
pub(crate) struct RequestedScopes {
    pub(crate) resource: &'static Resource,
    /// Values on that resource, in Microsoft's spelling.
    pub(crate) values: Vec<&'static str>,
    /// Of OpenID Connect itself.
    pub(crate) openid: Vec<&'static str>,
    /// Whether `.default` was asked for: whatever has been granted.
    pub(crate) default: bool,
}

/// A code that was handed out.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) request: Request,
    pub(crate) person_id: String,
    pub(crate) issued: Timestamp,
    pub(crate) used: bool,
}

impl Code {
    /// Whether the code is too old.
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        now > after(self.issued, CODE_LIFE)
    }
}

/// Everything that is under way.
#[derive(Debug, Default)]
pub(crate) struct SignIns {
    requests: HashMap<String, Request>,
    sessions: HashMap<String, String>,
    codes: HashMap<String, Code>,
    /// SHA-256 of the secret that the practice administrator has since this start.
    administrator_secret: String,
}

impl SignIns {
    /// Nothing under way yet; `administrator_secret` is the clear text of this start.
    pub(crate) fn new(administrator_secret: &str) -> Self {
        Self {
            administrator_secret: hex_sha256(administrator_secret.as_bytes()),
            ..Self::default()
        }
    }

    /// Whether this is the secret of the practice administrator; `sha256` is in hexadecimal.
    pub(crate) fn is_administrator_secret(&self, sha256: &str) -> bool {
        !self.administrator_secret.is_empty() && self.administrator_secret == sha256
    }

    /// Remembers a request while its page is open; answers the name of it.
    pub(crate) fn remember(&mut self, request: Request) -> Option<String> {
        let now = request.asked_at;
        self.requests
            .retain(|_, old| now < after(old.asked_at, REQUEST_LIFE));
        if self.requests.len() >= AT_MOST {
            self.requests.clear();
        }
        let name = opaque()?;
        self.requests.insert(name.clone(), request);
        Some(name)
    }

    /// Forgets a request that was answered.
    pub(crate) fn take_request(&mut self, name: &str) -> Option<Request> {
        self.requests.remove(name)
    }

    /// Begins a browser session; answers the cookie's value.
    pub(crate) fn begin_session(&mut self, person_id: &str) -> Option<String> {
        if self.sessions.len() >= AT_MOST {
            self.sessions.clear();
        }
        let name = opaque()?;
        self.sessions.insert(name.clone(), person_id.to_owned());
        Some(name)
    }

    /// Who is signed in with this cookie.
    pub(crate) fn session(&self, cookie: &str) -> Option<&str> {
        self.sessions.get(cookie).map(String::as_str)
    }

    /// Ends a browser session.
    pub(crate) fn end_session(&mut self, cookie: &str) {
        self.sessions.remove(cookie);
    }

    /// Hands out a code.
    pub(crate) fn issue_code(&mut self, request: Request, person_id: &str, now: Timestamp) -> Option<String> {
        self.codes
            .retain(|_, code| now < after(code.issued, REQUEST_LIFE));
        if self.codes.len() >= AT_MOST {
            self.codes.clear();
        }
        let name = format!("1.{}", opaque()?);
        let code = Code {
            request,
            person_id: person_id.to_owned(),
            issued: now,
            used: false,
        };
        self.codes.insert(name.clone(), code);
        Some(name)
    }

    /// The code of this value.
    pub(crate) fn code(&mut self, value: &str) -> Option<&mut Code> {
        self.codes.get_mut(value)
    }
}

/// An unguessable name.
pub(crate) fn opaque() -> Option<String> {
    use base64::Engine as _;
    random::<32>().map(|bytes| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes))
}
