//! How an organisation is started, and why it could not be.

use std::path::PathBuf;

use crate::clock::ClockKind;
use crate::organisation::TENANT_ID;
use crate::organisation::signing::SigningError;
use crate::running::store::{KeyError, StoreError};
use crate::scenario::Scenario;
use crate::scenario::trouble::Trouble;

/// How an organisation is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on the loopback interface; 0 takes a free one.
    pub port: u16,
    /// The proxy's port on the loopback interface; 0 takes a free one.
    pub proxy_port: u16,
    /// The port of IMAP with TLS; 0 takes a free one.
    pub imap_port: u16,
    /// The port of IMAP with STARTTLS; 0 takes a free one.
    pub imap_starttls_port: u16,
    /// The port of POP3 with TLS; 0 takes a free one.
    pub pop_port: u16,
    /// The port of POP3 with STLS; 0 takes a free one.
    pub pop_starttls_port: u16,
    /// The port of SMTP submission with STARTTLS; 0 takes a free one.
    pub smtp_port: u16,
    /// The port of SMTP submission with TLS from the start; 0 takes a free one.
    pub smtp_tls_port: u16,
    /// About how many mailboxes there are; the named ones are always there.
    pub mailboxes: usize,
    /// Which clock it runs by.
    pub clock: ClockKind,
    /// The folder in which the organisation is kept between starts.
    pub state: Option<PathBuf>,
    /// What people and ids are made from. A kept organisation keeps its own.
    pub seed: u64,
    /// The tenant id. A kept organisation keeps its own.
    pub tenant_id: String,
    /// Switches that change what it answers.
    pub scenario: Scenario,
    /// What goes wrong from the start.
    pub trouble: Vec<Trouble>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            proxy_port: 0,
            imap_port: 0,
            imap_starttls_port: 0,
            pop_port: 0,
            pop_starttls_port: 0,
            smtp_port: 0,
            smtp_tls_port: 0,
            mailboxes: 2_000,
            clock: ClockKind::Quick { speed: 60.0 },
            state: None,
            seed: 365,
            tenant_id: TENANT_ID.to_owned(),
            scenario: Scenario::default(),
            trouble: Vec::new(),
        }
    }
}

/// Why an organisation could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port could not be taken.
    #[error("port {port} on 127.0.0.1 could not be taken: {error}")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        error: std::io::Error,
    },
    /// The certificates could not be made.
    #[error("the certificates could not be made: {0}")]
    Certificate(String),
    /// The token signing key could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The kept organisation could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The tenant id is not a GUID.
    #[error("the tenant id {0:?} is not a GUID")]
    TenantId(String),
    /// The system gave no random numbers, or a part of the start was stopped.
    #[error("the start was interrupted: {0}")]
    Interrupted(String),
}

impl From<KeyError> for StartError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => error.into(),
            KeyError::Signing(error) => error.into(),
        }
    }
}
