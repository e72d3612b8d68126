//! The practice organisation inside the wizard: started when it is first asked for, never before the window is
//! painted, and stopped with it.

use std::path::PathBuf;
use std::time::Duration;

use microsoft::cloud::{Cloud, MailServers, Waits};
use practice::{Handle, StartError};
use tokio::sync::Mutex;

/// Saving what is left takes no longer than this, or is given up: a window that was closed has to go.
const STOPPED_WITHIN: Duration = Duration::from_secs(3);

/// Where a running organisation is, and whom it trusts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// `https://localhost:PORT`; sign-in, Graph and Exchange are paths below it.
    pub origin: String,
    /// The root certificate of this start.
    pub root_certificate_pem: String,
    /// Where the browser signs in.
    pub browser_origin: String,
    /// Its tenant.
    pub tenant_id: String,
    /// Who signs in.
    pub public_client_id: String,
    /// The public key that the practice platform opens files with.
    pub platform_recipient: String,
    /// `host:port` of its IMAP, its POP3 and its SMTP.
    pub mail: [String; 3],
}

/// The addresses can't be used.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// The origin is no address.
    #[error("the practice organisation gave no usable address: {0}")]
    Origin(#[from] url::ParseError),
    /// One of its servers for mail programs has no address.
    #[error("the practice organisation gave no usable address for mail programs: {0}")]
    Mail(String),
    /// The tenant's id is no id.
    #[error("the practice organisation gave no usable tenant id: {0}")]
    Tenant(String),
}

impl Addresses {
    /// The organisation as a cloud: to everything above, it differs from Microsoft's only in these values.
    pub fn cloud(&self) -> Result<Cloud, AddressError> {
        let tenant = self
            .tenant_id
            .parse()
            .map_err(|_| AddressError::Tenant(self.tenant_id.clone()))?;
        let (root, client) = (&self.root_certificate_pem, &self.public_client_id);
        let mail = MailServers::parse(self.mail.each_ref().map(String::as_str))
            .ok_or_else(|| AddressError::Mail(self.mail.join(", ")))?;
        Ok(Cloud::practice(
            &self.origin,
            mail,
            &self.browser_origin,
            root,
            tenant,
            client,
            QUICK_WAITS,
        )?)
    }
}

/// Microsoft's waits by the quick clock, on which a minute is an hour for everything that takes long.
const QUICK_WAITS: Waits = Waits {
    limit_idle: Duration::from_secs(30),
    limit_longest: Duration::from_secs(2 * 60),
    // Seconds-long waits are short ones here: 2 to 3 seconds, looked at every 2.
    secret: Duration::from_secs(48),
    replication: Duration::from_secs(24),
    // It shows there after 5 seconds.
    sign_in_log: Duration::from_secs(10),
};

/// The organisation, running or not.
pub struct PracticeOrganisation {
    options: practice::Options,
    running: Mutex<Option<Handle>>,
}

impl PracticeOrganisation {
    /// Kept in a folder, with about so many mailboxes where a number is given.
    pub fn new(folder: PathBuf, mailboxes: Option<u32>) -> Self {
        let mut options = practice::Options {
            state: Some(folder),
            // A policy to choose a lifetime under: many organisations have one, and the step is worth practising.
            scenario: practice::Scenario {
                secret_days_at_most: Some(365),
                ..practice::Scenario::default()
            },
            ..practice::Options::default()
        };
        if let Some(mailboxes) = mailboxes {
            options.mailboxes = usize::try_from(mailboxes).unwrap_or(usize::MAX);
        }
        Self {
            options,
            running: Mutex::new(None),
        }
    }

    /// Where it runs; starts it where it doesn't yet. Of several who ask at once one starts it and all wait.
    pub async fn addresses(&self) -> Result<Addresses, StartError> {
        let mut running = self.running.lock().await;
        let handle = match &mut *running {
            Some(handle) => handle,
            none => none.insert(practice::start(self.options.clone()).await?),
        };
        Ok(Addresses {
            origin: handle.origin().to_owned(),
            browser_origin: handle.browser_origin(),
            root_certificate_pem: handle.root_certificate_pem().to_owned(),
            tenant_id: handle.tenant_id().to_owned(),
            public_client_id: handle.public_client_id().to_owned(),
            platform_recipient: handle.platform_recipient().to_owned(),
            mail: [handle.imap(), handle.pop(), handle.smtp()],
        })
    }

    /// Stops it and saves what is unsaved.
    pub async fn stop(&self) {
        if let Some(handle) = self.running.lock().await.take() {
            let _ = tokio::time::timeout(STOPPED_WITHIN, handle.stop()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_is_started_once_and_can_be_started_again() {
        let folder = tempfile::tempdir().unwrap();
        let organisation = PracticeOrganisation::new(folder.path().join("practice"), Some(50));
        let (one, other) = tokio::join!(organisation.addresses(), organisation.addresses());
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one, other);
        let cloud = one.cloud().unwrap();
        assert!(cloud.owns(&format!("{}/v1.0/me", one.origin).parse().unwrap()));
        assert!(!cloud.owns(&Cloud::global().graph));
        organisation.stop().await;
        let again = organisation.addresses().await.unwrap();
        assert_eq!(again.platform_recipient, one.platform_recipient);
        organisation.stop().await;
    }
}
