//! A running organisation in the hands of the one who started it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::control;
use super::listen::FAREWELL;
use crate::mail;
use crate::organisation::PUBLIC_CLIENT_ID;
use crate::organisation::snapshot::Snapshot;
use crate::organisation::standing::ADMINISTRATOR_CLIENT_ID;
use crate::running::RunningOrganisation;
use crate::running::crowd::Crowd;
use crate::running::platform::PlatformIdentity;
use crate::running::store::Store;
use crate::scenario::Scenario;
use crate::scenario::trouble::Trouble;

/// Who comes when so many are connected takes the place of an idle one, or waits while all are busy.
pub(super) const CONNECTIONS_AT_MOST: usize = 512;

/// A running organisation.
#[derive(Debug)]
pub struct Handle {
    pub(super) running: Arc<RunningOrganisation>,
    pub(super) root_pem: String,
    pub(super) proxy: String,
    pub(super) mail: mail::listen::Ports,
    pub(super) stopping: watch::Sender<bool>,
    pub(super) tasks: Vec<tokio::task::JoinHandle<()>>,
    /// Who is connected by HTTP.
    pub(super) crowd: Arc<Crowd>,
}

impl Handle {
    /// `https://localhost:PORT`. Authority, Graph and Exchange are paths below it.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.running.origin
    }

    /// Where a person's browser signs in: the same port without encryption, for the sign-in pages only, because no
    /// browser trusts the root certificate of this start.
    #[must_use]
    pub fn browser_origin(&self) -> String {
        self.running.origin.replacen("https://", "http://", 1)
    }

    /// `http://127.0.0.1:PORT`: what a client with Microsoft's host names built in is given as `HTTPS_PROXY`. It leads
    /// to this organisation under Microsoft's names and refuses every other host.
    #[must_use]
    pub fn proxy(&self) -> &str {
        &self.proxy
    }

    /// IMAP with TLS: `localhost:PORT`. The proxy leads outlook.office365.com:993 here.
    #[must_use]
    pub fn imap(&self) -> String {
        format!("localhost:{}", self.mail.imap)
    }

    /// IMAP with STARTTLS: `localhost:PORT`. The proxy leads outlook.office365.com:143 here.
    #[must_use]
    pub fn imap_starttls(&self) -> String {
        format!("localhost:{}", self.mail.imap_starttls)
    }

    /// POP3 with TLS: `localhost:PORT`. The proxy leads outlook.office365.com:995 here.
    #[must_use]
    pub fn pop(&self) -> String {
        format!("localhost:{}", self.mail.pop)
    }

    /// POP3 with STLS: `localhost:PORT`.
    #[must_use]
    pub fn pop_starttls(&self) -> String {
        format!("localhost:{}", self.mail.pop_starttls)
    }

    /// SMTP submission with STARTTLS: `localhost:PORT`. The proxy leads smtp.office365.com:587 here.
    #[must_use]
    pub fn smtp(&self) -> String {
        format!("localhost:{}", self.mail.smtp)
    }

    /// SMTP submission with TLS from the start: `localhost:PORT`.
    #[must_use]
    pub fn smtp_tls(&self) -> String {
        format!("localhost:{}", self.mail.smtp_tls)
    }

    /// The certificate to trust, made for this start.
    #[must_use]
    pub fn root_certificate_pem(&self) -> &str {
        &self.root_pem
    }

    /// The tenant id.
    #[must_use]
    pub fn tenant_id(&self) -> &str {
        &self.running.tenant_id
    }

    /// The client id with which people are signed in; a public client with redirect `http://localhost`.
    #[must_use]
    pub fn public_client_id(&self) -> &str {
        PUBLIC_CLIENT_ID
    }

    /// The client id of "Practice Administrator", an application that may administer the whole organisation.
    #[must_use]
    pub fn admin_client_id(&self) -> &str {
        ADMINISTRATOR_CLIENT_ID
    }

    /// Its client secret, made for this start and kept nowhere.
    #[must_use]
    pub fn admin_client_secret(&self) -> &str {
        self.running.administrator_secret.expose()
    }

    /// The token that `/_practice/*` needs.
    #[must_use]
    pub fn control_token(&self) -> &str {
        self.running.control_token()
    }

    /// The public key that a bundle for the practice platform is sealed to.
    #[must_use]
    pub fn platform_recipient(&self) -> &str {
        self.running.platform.recipient()
    }

    /// The private key that opens such a bundle.
    #[must_use]
    pub fn platform_identity(&self) -> PlatformIdentity {
        self.running.platform.clone()
    }

    /// The file that holds the private key, when the organisation is kept in a folder.
    #[must_use]
    pub fn platform_identity_file(&self) -> Option<PathBuf> {
        self.running.store.as_ref().map(Store::identity_file)
    }

    /// Moves an explicit clock on; a quick clock goes by itself and is left alone.
    pub fn advance(&self, by: Duration) {
        self.running.advance(by);
    }

    /// Replaces everything that is to go wrong.
    pub fn set_trouble(&self, trouble: Vec<Trouble>) {
        self.running.set_trouble(trouble);
    }

    /// Replaces the switches.
    pub fn set_scenario(&self, scenario: Scenario) {
        self.running.set_scenario(scenario);
    }

    /// Plays a person without a browser: what the browser would be sent to at the end of this authorisation
    /// address, or the text of the page that it stops at.
    ///
    /// # Errors
    /// When the sign-in ends on a page instead of going back to the client.
    pub fn answer_sign_in(&self, url: &str, account: &str, accept: bool) -> Result<String, String> {
        control::authorize_location(&self.running, url, account, accept)
    }

    /// Plays a person who types the user code of a waiting device and lets it in or not.
    ///
    /// # Errors
    /// When no device waits with this code, or the person may not sign in there.
    pub fn answer_device_code(&self, user_code: &str, account: &str, accept: bool) -> Result<(), String> {
        control::device(&self.running, user_code, account, accept)
    }

    /// How many requests were told to slow down by Microsoft's limits, parts of batches included. Trouble that strikes
    /// isn't counted.
    #[must_use]
    pub fn slowed_down(&self) -> u64 {
        self.running.slowed_down()
    }

    /// The organisation at this instant.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.running.snapshot()
    }

    /// Stops serving and saves what is still unsaved.
    pub async fn stop(self) {
        let _ = self.stopping.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
        // Requests that have begun may end, and what they change is saved.
        let _ = tokio::time::timeout(FAREWELL, self.crowd.gone(CONNECTIONS_AT_MOST)).await;
        self.running.save().await;
    }
}
