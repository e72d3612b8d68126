//! What a platform was given to work with.

use serde_json::Value;

use crate::Outcome;
use crate::organisation::Organisation;

/// What a platform does in each of its mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// Reads a message through Graph, by the mailbox's object id.
    Reads,
    /// Sends a message from the mailbox to itself through Graph.
    Sends,
    /// Reads a message by IMAP with XOAUTH2, by the mailbox's address.
    ReadsByImap,
}

impl Errand {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Reads => "message of",
            Self::Sends => "notice from",
            Self::ReadsByImap => "message by IMAP of",
        }
    }

    fn token_scope(self) -> &'static str {
        match self {
            Self::Reads | Self::Sends => "https://graph.microsoft.com/.default",
            Self::ReadsByImap => "https://outlook.office365.com/.default",
        }
    }
}

/// A mailbox by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// Its object id.
    pub id: String,
    /// Its address.
    pub address: String,
}

/// What a platform signs in with and what it works on, as the sealed file tells it.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The client id.
    pub client: String,
    /// The id of the key, which names it and is no secret.
    pub key: String,
    /// Its mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// What it does in each of them.
    pub errand: Errand,
    pub(super) token_url: String,
    pub(super) scope: String,
    pub(super) graph: String,
    pub(super) key_of: Key,
}

/// What it proves itself with.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// A client secret.
    Secret(String),
    /// A private key as PEM, and the SHA-256 thumbprint of its certificate in hexadecimal digits.
    Signs { key: String, thumbprint: String },
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Credentials({})", self.key)
    }
}

impl Credentials {
    /// What the opened sealed file says, as `docs/bundle.md` describes it. A platform that may only send sends.
    ///
    /// # Errors
    /// Where something is missing that is needed.
    pub fn of_bundle(bundle: &Value) -> Outcome<Self> {
        let text = |place: &str| {
            let found = bundle.pointer(place).and_then(Value::as_str);
            found
                .map(str::to_owned)
                .ok_or_else(|| format!("the file has no {place}"))
        };
        let mailboxes = bundle.get("mailboxes").and_then(Value::as_array);
        let named = |mailbox: &Value| {
            let text = |field: &str| mailbox.get(field)?.as_str().map(str::to_owned);
            Some(Mailbox {
                id: text("objectId")?,
                address: text("address")?,
            })
        };
        let mailboxes: Vec<Mailbox> = mailboxes.into_iter().flatten().filter_map(named).collect();
        let permissions = bundle.get("permissions").and_then(Value::as_array);
        let names = permissions.into_iter().flatten();
        let names = names.filter_map(|permission| permission.get("name")?.as_str());
        let may = |what: &str| names.clone().any(|name| name.starts_with(what));
        let errand = match (may("IMAP."), may("Mail.Read")) {
            (true, _) => Errand::ReadsByImap,
            (false, true) => Errand::Reads,
            (false, false) => Errand::Sends,
        };
        if mailboxes.is_empty() {
            return Err("the file names no mailbox".into());
        }
        let authority = text("/cloud/authority")?;
        Ok(Self {
            client: text("/app/clientId")?,
            key: text("/credential/keyId")?,
            mailboxes,
            errand,
            token_url: format!(
                "{}/{}/oauth2/v2.0/token",
                authority.trim_end_matches('/'),
                text("/tenantId")?
            ),
            scope: text("/protocol/tokenScope")?,
            graph: text("/protocol/host")?.trim_end_matches('/').to_owned(),
            key_of: match text("/credential/type")?.as_str() {
                "certificate" => Key::Signs {
                    key: text("/credential/privateKey")?,
                    thumbprint: text("/credential/thumbprintSha256")?,
                },
                _ => Key::Secret(text("/credential/value")?),
            },
        })
    }

    /// The same without a sealed file, for an app that no wizard made.
    pub fn by_hand(
        organisation: &Organisation,
        client: &str,
        key: &str,
        secret: &str,
        mailboxes: &[Mailbox],
        errand: Errand,
    ) -> Self {
        Self {
            client: client.to_owned(),
            key: key.to_owned(),
            mailboxes: mailboxes.to_vec(),
            errand,
            token_url: format!(
                "{}/{}/oauth2/v2.0/token",
                organisation.origin, organisation.tenant
            ),
            scope: errand.token_scope().into(),
            graph: format!("{}/v1.0", organisation.origin),
            key_of: Key::Secret(secret.to_owned()),
        }
    }
}
