//! Clouds are data: where an organisation's endpoints are, whom to trust, who signs in, how long things take.

pub mod hosts;

use std::time::Duration;

use domain::cloud::CloudId;
use domain::ids::TenantId;
use domain::mail_protocol::MailProtocol;
use domain::message;
use domain::message::{Arg, Message};
use jiff::SignedDuration;
use url::Url;

use self::hosts::Hosts;

/// Whose certificates are trusted.
#[derive(Clone, Debug)]
pub enum Trust {
    /// What the operating system trusts.
    System,
    /// One root certificate and nothing else, as PEM.
    Root(String),
}

/// A public client that an admin can sign in with.
///
/// Microsoft's tools keep one client for Graph and one for Exchange, so both ids are here; an organisation's own
/// client has the same id twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicClient {
    /// Stable name, or the application id of an own client.
    pub id: String,
    /// For people.
    pub name: Message,
    /// What speaks for and against it.
    pub note: Option<Message>,
    /// The client id that Graph scopes are asked with.
    pub graph_client: String,
    /// The client id that Exchange scopes are asked with.
    pub exchange_client: String,
    /// The scopes asked of Exchange.
    pub exchange_scopes: Vec<String>,
}

/// How long Microsoft takes to apply things, and how long we wait for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// A new role assignment of RBAC for Applications, for an idle app: 30 minutes (microsoft-facts §4b).
    pub limit_idle: Duration,
    /// The same for an app that keeps calling: up to 2 hours (microsoft-facts §4b). After that it is overdue.
    pub limit_longest: Duration,
    /// How long a new secret may be refused. 4 to 18 seconds were seen; how long at most is UNVERIFIED
    /// (microsoft-facts §2.11 allows 2 minutes).
    pub secret: Duration,
    /// How long a new object may stay unseen (microsoft-facts §2.11: seconds to a minute).
    pub replication: Duration,
    /// How long a sign-in may be missing from the log. Microsoft's newer pages name no time, an older one up to 2 hours
    /// (`docs/sign-in-log.md`).
    pub sign_in_log: Duration,
}

impl Waits {
    /// How long a limit usually takes: "30 minutes to 2 hours".
    pub fn usual(&self) -> Message {
        let span = |wait| Arg::from(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX));
        let usual = |waits: &Self| {
            message!(
                "cloud-usually",
                shortest = span(waits.limit_idle),
                longest = span(waits.limit_longest)
            )
        };
        if *self == REAL_WAITS {
            usual(self)
        } else {
            message!(
                "cloud-usually-here",
                here = usual(self),
                real = usual(&REAL_WAITS)
            )
        }
    }
}

/// Where a protocol of mail programs is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its host, which its certificate has to name.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl Server {
    /// One that is written as `host:port`; nothing where it isn't.
    pub fn parse(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        Some(Self {
            host: host.to_owned(),
            port: port.parse().ok()?,
        })
    }
}

/// Where mail programs are answered (microsoft-facts §4c, §6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServers {
    /// IMAP, with TLS from the first byte.
    pub imap: Server,
    /// POP3, with TLS from the first byte.
    pub pop: Server,
    /// SMTP as mail programs hand messages in, with STARTTLS.
    pub smtp: Server,
}

impl MailServers {
    /// Three that are written as `host:port`, of IMAP, POP3 and SMTP; nothing where one isn't.
    pub fn parse([imap, pop, smtp]: [&str; 3]) -> Option<Self> {
        Some(Self {
            imap: Server::parse(imap)?,
            pop: Server::parse(pop)?,
            smtp: Server::parse(smtp)?,
        })
    }

    /// That of one protocol.
    pub fn of(&self, protocol: MailProtocol) -> &Server {
        match protocol {
            MailProtocol::Imap => &self.imap,
            MailProtocol::Pop => &self.pop,
            MailProtocol::Smtp => &self.smtp,
        }
    }
}

/// A cloud.
#[derive(Clone, Debug)]
pub struct Cloud {
    /// "Microsoft 365 (worldwide)".
    pub name: String,
    /// Sign-in host, such as `https://login.microsoftonline.com/`.
    pub authority: Url,
    /// Where the browser signs in. The same as `authority` but in practice, whose certificate no browser trusts.
    pub browser: Url,
    /// Graph, such as `https://graph.microsoft.com/v1.0/`.
    pub graph: Url,
    /// What Graph tokens are asked for, such as `https://graph.microsoft.com`.
    pub graph_resource: String,
    /// Exchange's admin endpoint without the tenant, such as `https://outlook.office365.com/adminapi/beta/`.
    pub exchange: Url,
    /// What Exchange tokens are asked for, such as `https://outlook.office365.com`.
    pub exchange_resource: String,
    /// Where mail programs are answered.
    pub mail: MailServers,
    /// Whom to trust.
    pub trust: Trust,
    /// Who can sign in, the default first.
    pub clients: Vec<PublicClient>,
    /// How long things take.
    pub waits: Waits,
    /// The hosts of a cloud of Microsoft's; none in practice.
    pub hosts: Option<Hosts>,
    /// The tenant to sign in to where only one is possible; otherwise `organizations`.
    pub tenant: Option<TenantId>,
}

/// The waits of the real service.
pub const REAL_WAITS: Waits = Waits {
    limit_idle: Duration::from_secs(30 * 60),
    limit_longest: Duration::from_secs(2 * 60 * 60),
    secret: Duration::from_secs(120),
    replication: Duration::from_secs(60),
    sign_in_log: Duration::from_secs(2 * 60 * 60),
};

impl Cloud {
    /// One of Microsoft's (microsoft-facts §6): its hosts, and the scopes that follow them.
    ///
    /// The public clients are Microsoft's own command-line tools (microsoft-facts §1.7): widely used by others, but
    /// that Microsoft permits it is UNVERIFIED, and Conditional Access may block them. The admin chooses knowingly.
    pub fn of(id: CloudId) -> Self {
        let hosts = hosts::hosts(id);
        let url = |host: &str, path: &str| {
            Url::parse(&format!("https://{host}/{path}"))
                .unwrap_or_else(|_| unreachable!("a constant address"))
        };
        let server = |host: &str, port| Server {
            host: host.into(),
            port,
        };
        let exchange = hosts.exchange();
        let name = match id {
            CloudId::Global => "Microsoft 365 (worldwide)",
            CloudId::GccHigh => "Microsoft 365 (US government, GCC High)",
            CloudId::Dod => "Microsoft 365 (US government, DoD)",
            CloudId::China => "Microsoft 365 (China, 21Vianet)",
        };
        Self {
            name: name.into(),
            authority: url(hosts.sign_in(), ""),
            browser: url(hosts.sign_in(), ""),
            graph: url(hosts.graph(), "v1.0/"),
            graph_resource: format!("https://{}", hosts.graph()),
            exchange: url(exchange, "adminapi/beta/"),
            exchange_resource: format!("https://{exchange}"),
            mail: MailServers {
                imap: server(exchange, 993),
                pop: server(exchange, 995),
                smtp: server(hosts.submission(), 587),
            },
            trust: Trust::System,
            clients: vec![PublicClient {
                id: "microsoft-tools".into(),
                name: message!("cloud-microsoft-tools"),
                note: Some(message!("cloud-microsoft-tools-note")),
                graph_client: "14d82eec-204b-4c2f-b7e8-296a70dab67e".into(),
                exchange_client: "fb78d390-0c51-40cd-8e17-fdbfab77341b".into(),
                exchange_scopes: vec![format!("https://{exchange}/.default")],
            }],
            waits: REAL_WAITS,
            hosts: Some(hosts),
            tenant: None,
        }
    }

    /// Microsoft 365 worldwide, GCC included.
    pub fn global() -> Self {
        Self::of(CloudId::Global)
    }

    /// A practice organisation: every endpoint below one origin but those of mail programs, and a root certificate of its own.
    pub fn practice(
        origin: &str,
        mail: MailServers,
        browser: &str,
        root: &str,
        tenant: TenantId,
        client: &str,
        waits: Waits,
    ) -> Result<Self, url::ParseError> {
        let origin = Url::parse(origin)?;
        let mut cloud = Self {
            name: "Practice organisation".into(),
            graph: origin.join("/v1.0/")?,
            exchange: origin.join("/adminapi/beta/")?,
            authority: origin.join("/")?,
            browser: Url::parse(browser)?,
            mail,
            trust: Trust::Root(root.to_owned()),
            waits,
            hosts: None,
            tenant: Some(tenant),
            clients: Vec::new(),
            ..Self::global()
        };
        cloud.clients = vec![PublicClient {
            name: message!("cloud-practice-wizard"),
            ..cloud.own_client(client)
        }];
        Ok(cloud)
    }

    /// An organisation's own public client, by its application id.
    pub fn own_client(&self, application: &str) -> PublicClient {
        PublicClient {
            id: application.to_owned(),
            name: message!("cloud-own-app"),
            note: None,
            graph_client: application.to_owned(),
            exchange_client: application.to_owned(),
            exchange_scopes: vec![format!("{}/Exchange.Manage", self.exchange_resource)],
        }
    }

    /// How Exchange Online PowerShell is opened in this cloud.
    pub fn connect_exchange(&self) -> String {
        let environment = self.hosts.map(|hosts| hosts.environment);
        match environment.filter(|name| *name != hosts::hosts(CloudId::Global).environment) {
            Some(environment) => format!("Connect-ExchangeOnline -ExchangeEnvironmentName {environment}"),
            None => "Connect-ExchangeOnline".into(),
        }
    }

    /// Whether an address belongs to this cloud. Tokens go nowhere else.
    pub fn owns(&self, address: &Url) -> bool {
        [&self.authority, &self.graph, &self.exchange]
            .iter()
            .any(|own| own.origin() == address.origin())
    }

    /// The tenant part of sign-in addresses.
    pub fn sign_in_tenant(&self) -> String {
        self.tenant
            .map_or_else(|| "organizations".to_owned(), |tenant| tenant.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stay_in_their_cloud() {
        let cloud = Cloud::global();
        let owns = |text: &str| cloud.owns(&Url::parse(text).unwrap());
        assert!(owns("https://graph.microsoft.com/v1.0/users?$skiptoken=x"));
        assert!(!owns("https://graph.microsoft.com.evil.example/v1.0/users"));
        assert!(!owns("http://graph.microsoft.com/v1.0/users"));
        assert!(!owns("https://graph.microsoft.com:8443/v1.0/users"));
    }

    #[test]
    fn scopes_and_links_follow_the_hosts() {
        let cloud = Cloud::of(CloudId::Dod);
        assert_eq!(cloud.graph.as_str(), "https://dod-graph.microsoft.us/v1.0/");
        assert_eq!(cloud.graph_resource, "https://dod-graph.microsoft.us");
        assert_eq!(
            cloud.clients[0].exchange_scopes,
            ["https://outlook-dod.office365.us/.default"]
        );
        assert!(!cloud.owns(&Cloud::global().graph) && !cloud.owns(&Cloud::of(CloudId::GccHigh).graph));
        assert_eq!(
            cloud.connect_exchange(),
            "Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD"
        );
        assert_eq!(Cloud::global().connect_exchange(), "Connect-ExchangeOnline");
    }
}
