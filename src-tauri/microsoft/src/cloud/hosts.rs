//! Where each of Microsoft's clouds answers, as data. What isn't certain is marked here and nowhere else; `docs/clouds.md` is
//! made from this table.
//!
//! Sources: microsoft-facts §6 (Microsoft's pages on national clouds of Graph and of Entra, its Exchange Online PowerShell
//! documents, and a public client that lists the clouds). Nothing of it was tried: there is no organisation in a national
//! cloud to try it in. Whether Microsoft's own command-line tools, by whose ids Mailgrant signs in where nothing else is
//! chosen, exist in the national clouds is UNVERIFIED.

use domain::cloud::CloudId;

/// Why a host isn't certain: UNVERIFIED, each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// One source names it.
    OneSource,
    /// Sources name another one as well.
    Contradicted,
    /// It is used, and none of Microsoft's pages that were read names it.
    NotMicrosofts,
}

/// A host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: &'static str,
    /// Why it isn't certain, where it isn't.
    pub doubt: Option<Doubt>,
}

/// What a host is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Sign-in, and tokens.
    SignIn,
    /// Microsoft Graph.
    Graph,
    /// Exchange's admin endpoint.
    Exchange,
    /// IMAP and POP3.
    Mail,
    /// SMTP as mail programs hand messages in.
    Submission,
    /// The Entra admin center.
    Entra,
    /// The Azure portal.
    Azure,
    /// The Microsoft 365 admin center.
    AdminCenter,
    /// The Exchange admin center.
    ExchangeCenter,
}

impl Use {
    /// Every one, what is spoken to before what is pointed at.
    pub const ALL: [Self; 9] = [
        Self::SignIn,
        Self::Graph,
        Self::Exchange,
        Self::Mail,
        Self::Submission,
        Self::Entra,
        Self::Azure,
        Self::AdminCenter,
        Self::ExchangeCenter,
    ];
}

/// The hosts of a cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hosts {
    sign_in: Host,
    graph: Host,
    exchange: Host,
    submission: Host,
    entra: Host,
    azure: Host,
    admin_center: Option<Host>,
    exchange_center: Option<Host>,
    /// Its name for `Connect-ExchangeOnline -ExchangeEnvironmentName`.
    pub environment: &'static str,
}

impl Hosts {
    /// The one for a purpose; none where none is known. Exchange's admin endpoint and its mailboxes answer at one host.
    pub fn of(&self, purpose: Use) -> Option<Host> {
        match purpose {
            Use::SignIn => Some(self.sign_in),
            Use::Graph => Some(self.graph),
            Use::Exchange | Use::Mail => Some(self.exchange),
            Use::Submission => Some(self.submission),
            Use::Entra => Some(self.entra),
            Use::Azure => Some(self.azure),
            Use::AdminCenter => self.admin_center,
            Use::ExchangeCenter => self.exchange_center,
        }
    }

    /// The hosts that Mailgrant speaks to and that aren't certain. One that may be certain for something else says what for.
    pub fn unverified(&self) -> Vec<String> {
        let spoken_to = [Use::SignIn, Use::Graph, Use::Exchange, Use::Submission];
        let hosts = spoken_to
            .into_iter()
            .filter_map(|purpose| Some((purpose, self.of(purpose)?)));
        let doubted = hosts.filter(|(_, host)| host.doubt.is_some());
        let told = doubted.map(|(purpose, host)| match purpose {
            Use::Submission => format!("{} (SMTP)", host.name),
            _ => host.name.to_owned(),
        });
        told.collect()
    }

    pub(super) fn sign_in(&self) -> &'static str {
        self.sign_in.name
    }

    pub(super) fn graph(&self) -> &'static str {
        self.graph.name
    }

    pub(super) fn exchange(&self) -> &'static str {
        self.exchange.name
    }

    pub(super) fn submission(&self) -> &'static str {
        self.submission.name
    }
}

const fn host(name: &'static str) -> Host {
    Host { name, doubt: None }
}

const fn doubted(name: &'static str, doubt: Doubt) -> Host {
    Host {
        name,
        doubt: Some(doubt),
    }
}

/// The hosts of a cloud.
pub const fn hosts(cloud: CloudId) -> Hosts {
    match cloud {
        CloudId::Global => Hosts {
            sign_in: host("login.microsoftonline.com"),
            graph: host("graph.microsoft.com"),
            exchange: host("outlook.office365.com"),
            submission: host("smtp.office365.com"),
            entra: host("entra.microsoft.com"),
            azure: host("portal.azure.com"),
            admin_center: Some(host("admin.microsoft.com")),
            exchange_center: Some(host("admin.exchange.microsoft.com")),
            environment: "O365Default",
        },
        CloudId::GccHigh => Hosts {
            sign_in: host("login.microsoftonline.us"),
            graph: host("graph.microsoft.us"),
            exchange: host("outlook.office365.us"),
            submission: doubted("smtp.office365.us", Doubt::NotMicrosofts),
            entra: host("entra.microsoft.us"),
            azure: host("portal.azure.us"),
            admin_center: Some(host("portal.office365.us")),
            exchange_center: Some(doubted("admin.exchange.office365.us", Doubt::OneSource)),
            environment: "O365USGovGCCHigh",
        },
        CloudId::Dod => Hosts {
            sign_in: host("login.microsoftonline.us"),
            graph: host("dod-graph.microsoft.us"),
            exchange: host("outlook-dod.office365.us"),
            // A public mail program hands messages in there; Microsoft's pages that were read name no host.
            submission: doubted("outlook-dod.office365.us", Doubt::NotMicrosofts),
            entra: host("entra.microsoft.us"),
            azure: host("portal.azure.us"),
            admin_center: None,
            exchange_center: None,
            environment: "O365USGovDoD",
        },
        CloudId::China => Hosts {
            sign_in: host("login.partner.microsoftonline.cn"),
            graph: host("microsoftgraph.chinacloudapi.cn"),
            // Microsoft's PowerShell module and its newer scripts go there; its page on the Admin API says
            // outlook.office365.cn.
            exchange: doubted("partner.outlook.cn", Doubt::Contradicted),
            // Many public programs hand messages in there; one takes partner.outlook.cn.
            submission: doubted("smtp.partner.outlook.cn", Doubt::Contradicted),
            entra: doubted("entra.microsoftonline.cn", Doubt::OneSource),
            azure: host("portal.azure.cn"),
            admin_center: Some(host("portal.partner.microsoftonline.cn")),
            exchange_center: None,
            environment: "O365China",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A host that stands for two clouds would send one's token to the other. Both of the US government sign in at one.
    #[test]
    fn no_two_clouds_share_a_host_but_for_the_sign_in_of_the_government() {
        for purpose in [Use::Graph, Use::Exchange, Use::Submission] {
            let mut names: Vec<&str> = CloudId::ALL
                .iter()
                .filter_map(|cloud| hosts(*cloud).of(purpose))
                .map(|host| host.name)
                .collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), CloudId::ALL.len(), "{purpose:?}");
        }
    }

    #[test]
    fn the_worldwide_cloud_is_certain() {
        assert_eq!(hosts(CloudId::Global).unverified(), Vec::<String>::new());
        // Exchange answers there for certain, and mail programs hand messages in there perhaps.
        assert_eq!(
            hosts(CloudId::Dod).unverified(),
            ["outlook-dod.office365.us (SMTP)"]
        );
    }
}
