//! What an app reaches, found out by trying with its own key.

use reqwest::{Client, StatusCode};
use serde_json::json;

use crate::Outcome;
use crate::by_hand::ByHand;
use crate::colleague::text;
use crate::organisation::{Organisation, client_that_trusts};
use crate::platform::imap::Imap;

/// Which ways into a mailbox are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    /// Reading it through Graph.
    pub reads: bool,
    /// Sending from it through Graph.
    pub sends: bool,
    /// Opening it by IMAP.
    pub imap: bool,
}

impl Reached {
    /// No way in.
    pub const NOT_AT_ALL: Self = Self {
        reads: false,
        sends: false,
        imap: false,
    };
}

/// The app at the doors of mailboxes, with tokens of its own.
pub struct Tries {
    client: Client,
    users: String,
    graph: String,
    exchange: String,
    imap: Imap,
}

impl Tries {
    /// Takes the tokens.
    ///
    /// # Errors
    /// What Entra answers instead.
    pub async fn of(app: &ByHand, organisation: &Organisation) -> Outcome<Self> {
        let client = client_that_trusts(Some(&organisation.root))?;
        let url = format!(
            "{}/{}/oauth2/v2.0/token",
            organisation.origin, organisation.tenant
        );
        let token = async |resource: &str| -> Outcome<String> {
            let scope = format!("https://{resource}/.default");
            let form = [
                ("grant_type", "client_credentials"),
                ("client_id", app.client.as_str()),
                ("client_secret", app.secret.as_str()),
                ("scope", scope.as_str()),
            ];
            let answer = client.post(&url).form(&form).send().await;
            let answer = answer.map_err(|error| error.to_string())?;
            let body = answer.json().await.map_err(|error| error.to_string())?;
            text(Some(&body), "access_token").ok_or_else(|| format!("no token: {body}"))
        };
        Ok(Self {
            users: format!("{}/v1.0/users", organisation.origin),
            graph: token("graph.microsoft.com").await?,
            exchange: token("outlook.office365.com").await?,
            imap: Imap::of(organisation)?,
            client,
        })
    }

    /// Tries every way into a mailbox of this address and object id; nothing is sent and nothing changed.
    ///
    /// # Errors
    /// Where an answer is neither a yes nor a no.
    pub async fn mailbox(&self, address: &str, id: &str) -> Outcome<Reached> {
        let messages = format!("{}/{id}/messages?$top=1&$select=id,body", self.users);
        let reads = self.client.get(messages);
        // Without a recipient nothing is sent: who may send is answered with 400 (microsoft-facts §9).
        let body = json!({ "message": { "subject": "A try", "toRecipients": [],
            "body": { "contentType": "Text", "content": "" } }, "saveToSentItems": false });
        let sends = self
            .client
            .post(format!("{}/{id}/sendMail", self.users))
            .json(&body);
        let imap = match self.imap.read(address, &self.exchange).await {
            Ok(()) => true,
            Err((401 | 403, _)) => false,
            Err((status, why)) => return Err(format!("IMAP: {status} {why}")),
        };
        Ok(Reached {
            reads: self.allowed(reads, StatusCode::OK).await?,
            sends: self.allowed(sends, StatusCode::BAD_REQUEST).await?,
            imap,
        })
    }

    async fn allowed(&self, request: reqwest::RequestBuilder, yes: StatusCode) -> Outcome<bool> {
        let answer = request.bearer_auth(&self.graph).send().await;
        let answer = answer.map_err(|error| error.to_string())?;
        match answer.status() {
            status if status == yes => Ok(true),
            StatusCode::FORBIDDEN => Ok(false),
            status => Err(format!("{status} {}", answer.text().await.unwrap_or_default())),
        }
    }
}
