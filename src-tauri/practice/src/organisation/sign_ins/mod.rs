//! Sign-ins under way: asked-for authorisations, browser sessions and codes; and the log of those of apps. None of it is
//! saved.

pub(crate) mod api;
pub(crate) mod devices;
pub(crate) mod log;
pub(crate) mod refresh_token;
pub(crate) mod request;

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::after;
use crate::organisation::ids::{hex_sha256, opaque};
use crate::organisation::sign_ins::devices::DeviceCodes;
use crate::organisation::sign_ins::log::Log;
use crate::organisation::sign_ins::request::{Flow, Request};

/// A code lives about ten minutes (microsoft-facts §1.1).
const CODE_LIFE: Duration = Duration::from_secs(600);
/// An unanswered sign-in page is forgotten after an hour.
const REQUEST_LIFE: Duration = Duration::from_secs(3600);
/// Older entries are dropped beyond this, so that nobody can fill the memory.
const AT_MOST: usize = 2_000;
/// A browser session ends after a day; Entra's own lasts until the browser is closed, which nobody can see here.
const SESSION_LIFE: Duration = Duration::from_secs(24 * 3600);

/// A flow whose page is open.
#[derive(Debug)]
struct Open {
    flow: Flow,
    since: Timestamp,
}

/// A browser in which somebody is signed in.
#[derive(Debug)]
struct Session {
    person_id: String,
    since: Timestamp,
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
    open: HashMap<String, Open>,
    sessions: HashMap<String, Session>,
    codes: HashMap<String, Code>,
    pub(crate) devices: DeviceCodes,
    pub(crate) log: Log,
    /// Who has activated the roles that they are eligible for (PIM), until the next start.
    activated: BTreeSet<String>,
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

    /// Remembers a flow while its page is open; answers the name of it.
    pub(crate) fn remember(&mut self, flow: Flow, now: Timestamp) -> Option<String> {
        self.open.retain(|_, old| now < after(old.since, REQUEST_LIFE));
        if self.open.len() >= AT_MOST {
            self.open.clear();
        }
        let name = opaque()?;
        self.open.insert(name.clone(), Open { flow, since: now });
        Some(name)
    }

    /// Forgets a flow whose page was answered.
    pub(crate) fn take(&mut self, name: &str) -> Option<Flow> {
        self.open.remove(name).map(|open| open.flow)
    }

    /// Begins a browser session; answers the cookie's value.
    pub(crate) fn begin_session(&mut self, person_id: &str, now: Timestamp) -> Option<String> {
        self.sessions
            .retain(|_, old| now < after(old.since, SESSION_LIFE));
        if self.sessions.len() >= AT_MOST {
            self.sessions.clear();
        }
        let name = opaque()?;
        let session = Session {
            person_id: person_id.to_owned(),
            since: now,
        };
        self.sessions.insert(name.clone(), session);
        Some(name)
    }

    /// Who is signed in with this cookie.
    pub(crate) fn session(&self, cookie: &str, now: Timestamp) -> Option<&str> {
        self.sessions
            .get(cookie)
            .filter(|session| now < after(session.since, SESSION_LIFE))
            .map(|session| session.person_id.as_str())
    }

    /// Ends a browser session.
    pub(crate) fn end_session(&mut self, cookie: &str) {
        self.sessions.remove(cookie);
    }

    /// Ends every browser session of a person, and the codes that nobody redeemed yet.
    pub(crate) fn end_sessions_of(&mut self, person_id: &str) {
        self.sessions
            .retain(|_, session| !session.person_id.eq_ignore_ascii_case(person_id));
        self.codes
            .retain(|_, code| !code.person_id.eq_ignore_ascii_case(person_id));
    }

    /// Activates what a person is eligible for, or ends that (microsoft-facts §2.8).
    pub(crate) fn activate_roles(&mut self, person_id: &str, active: bool) {
        let id = person_id.to_lowercase();
        if !active {
            self.activated.remove(&id);
        } else if self.activated.len() < AT_MOST {
            self.activated.insert(id);
        }
    }

    /// Whether a person has activated what they are eligible for.
    pub(crate) fn has_activated_roles(&self, person_id: &str) -> bool {
        self.activated.contains(&person_id.to_lowercase())
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
