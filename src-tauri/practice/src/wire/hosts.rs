//! The host names of Microsoft that are played, and which of Microsoft's clouds each belongs to.

use serde::{Deserialize, Serialize};

/// One of Microsoft's clouds. An organisation lives in one, and the others know nothing of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    /// The worldwide one, with the American government's GCC in it.
    #[default]
    Worldwide,
    /// GCC High, for those who work for the American government.
    GccHigh,
    /// That of the American Department of Defense.
    Dod,
    /// The Chinese one, which 21Vianet runs.
    China,
}

impl Cloud {
    /// Whether both are of the American government.
    fn is_american(self) -> bool {
        matches!(self, Self::GccHigh | Self::Dod)
    }
}

/// What a host is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    SignIn,
    Graph,
    Exchange,
    Submission,
    Azure,
}

/// A host that is played.
struct Name {
    host: &'static str,
    part: Part,
    clouds: &'static [Cloud],
}

const fn name(host: &'static str, part: Part, clouds: &'static [Cloud]) -> Name {
    Name { host, part, clouds }
}

/// The host names of Microsoft that are played, in lower case; of each part and cloud the one first that it calls itself by.
///
/// The mail and API hosts are those of microsoft-facts §6; the sign-in hosts are every name that instance discovery
/// gives (microsoft-facts §1.6), because a client may use any of them; the last three are what Azure CLI asks for
/// subscriptions and for admin consent. UNVERIFIED: the Chinese Exchange, whose two names contradict each other, so both are
/// played; the submission hosts of the Department of Defense and of China.
const NAMES: [Name; 24] = [
    name("login.microsoftonline.com", Part::SignIn, &[Cloud::Worldwide]),
    name("login.windows.net", Part::SignIn, &[Cloud::Worldwide]),
    name("login.microsoft.com", Part::SignIn, &[Cloud::Worldwide]),
    name("sts.windows.net", Part::SignIn, &[Cloud::Worldwide]),
    name(
        "login.microsoftonline.us",
        Part::SignIn,
        &[Cloud::GccHigh, Cloud::Dod],
    ),
    name(
        "login.usgovcloudapi.net",
        Part::SignIn,
        &[Cloud::GccHigh, Cloud::Dod],
    ),
    name("login.partner.microsoftonline.cn", Part::SignIn, &[Cloud::China]),
    name("login.chinacloudapi.cn", Part::SignIn, &[Cloud::China]),
    name("graph.microsoft.com", Part::Graph, &[Cloud::Worldwide]),
    name("graph.microsoft.us", Part::Graph, &[Cloud::GccHigh]),
    name("dod-graph.microsoft.us", Part::Graph, &[Cloud::Dod]),
    name("microsoftgraph.chinacloudapi.cn", Part::Graph, &[Cloud::China]),
    name("outlook.office365.com", Part::Exchange, &[Cloud::Worldwide]),
    name("outlook.office.com", Part::Exchange, &[Cloud::Worldwide]),
    name("outlook.office365.us", Part::Exchange, &[Cloud::GccHigh]),
    name("outlook-dod.office365.us", Part::Exchange, &[Cloud::Dod]),
    name("partner.outlook.cn", Part::Exchange, &[Cloud::China]),
    name("outlook.office365.cn", Part::Exchange, &[Cloud::China]),
    name("smtp.office365.com", Part::Submission, &[Cloud::Worldwide]),
    name("smtp.office365.us", Part::Submission, &[Cloud::GccHigh]),
    name("smtp.partner.outlook.cn", Part::Submission, &[Cloud::China]),
    name("management.azure.com", Part::Azure, &[Cloud::Worldwide]),
    name("management.core.windows.net", Part::Azure, &[Cloud::Worldwide]),
    name("main.iam.ad.ext.azure.com", Part::Azure, &[Cloud::Worldwide]),
];

/// Every name that is played.
pub(crate) fn microsoft_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|name| name.host)
}

/// Which of Microsoft's played names this is, in any case, with or without the final dot of a full name.
pub(crate) fn microsoft_name(host: &str) -> Option<&'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    microsoft_names().find(|name| name.eq_ignore_ascii_case(host))
}

fn known(host: &str) -> Option<&'static Name> {
    NAMES.iter().find(|name| name.host == host)
}

/// Whether a host is Microsoft Graph's, in whichever cloud.
pub(crate) fn is_graph(host: &str) -> bool {
    known(host).is_some_and(|name| name.part == Part::Graph)
}

/// Whether a host that is played belongs to another cloud than this one.
pub(crate) fn is_of_another_cloud(host: &str, cloud: Cloud) -> bool {
    known(host).is_some_and(|name| !name.clouds.contains(&cloud))
}

/// Whether the sign-in of the cloud that a host belongs to can tell that a tenant is of this one: the worldwide cloud and those
/// of the American government know of each other's. UNVERIFIED beyond what is publicly reported.
pub(crate) fn knows_tenants_of(host: &str, cloud: Cloud) -> bool {
    known(host).is_some_and(|name| {
        let asked_worldwide = name.clouds.contains(&Cloud::Worldwide);
        let asked_american = name.clouds.iter().any(|asked| asked.is_american());
        asked_worldwide && cloud.is_american() || asked_american && cloud == Cloud::Worldwide
    })
}

/// The name that a cloud has in place of one of the worldwide cloud; where it has none of its own, the worldwide one.
pub(crate) fn in_cloud(worldwide: &'static str, cloud: Cloud) -> &'static str {
    let Some(asked) = known(worldwide).filter(|_| cloud != Cloud::Worldwide) else {
        return worldwide;
    };
    let mut its_own = NAMES
        .iter()
        .filter(|name| name.part == asked.part && name.clouds.contains(&cloud));
    its_own.next().map_or(worldwide, |name| name.host)
}

/// The name that the worldwide cloud has in place of one of another cloud.
pub(crate) fn worldwide_of(host: &'static str) -> &'static str {
    let Some(asked) = known(host).filter(|name| !name.clouds.contains(&Cloud::Worldwide)) else {
        return host;
    };
    let mut worldwide = NAMES
        .iter()
        .filter(|name| name.clouds.contains(&Cloud::Worldwide));
    worldwide
        .find(|name| name.part == asked.part)
        .map_or(host, |name| name.host)
}

/// The same in the cloud that a client is in, as the host says that it asks.
pub(crate) fn beside(front: &str, worldwide: &'static str) -> &'static str {
    let cloud = known(front).and_then(|name| name.clouds.first().copied());
    in_cloud(worldwide, cloud.unwrap_or_default())
}

/// The URI by which a cloud calls one of Microsoft's APIs, which the worldwide cloud calls by this one.
pub(crate) fn uri_in_cloud(worldwide: &'static str, cloud: Cloud) -> String {
    match worldwide.strip_prefix("https://") {
        Some(host) => format!("https://{}", in_cloud(host, cloud)),
        None => worldwide.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsofts_names_are_known_in_every_spelling() {
        assert_eq!(microsoft_name("Graph.Microsoft.COM"), Some("graph.microsoft.com"));
        assert_eq!(microsoft_name("sts.windows.net."), Some("sts.windows.net"));
        for other in [
            "localhost",
            "127.0.0.1",
            "evil-graph.microsoft.com",
            "graph.microsoft.com.example",
            "",
        ] {
            assert_eq!(microsoft_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_cloud_has_names_of_its_own() {
        assert_eq!(
            in_cloud("graph.microsoft.com", Cloud::Dod),
            "dod-graph.microsoft.us"
        );
        assert_eq!(
            in_cloud("graph.microsoft.com", Cloud::Worldwide),
            "graph.microsoft.com"
        );
        assert_eq!(
            beside("graph.microsoft.us", "login.microsoftonline.com"),
            "login.microsoftonline.us"
        );
        assert_eq!(
            beside("login.windows.net", "graph.microsoft.com"),
            "graph.microsoft.com"
        );
        assert_eq!(
            uri_in_cloud("https://outlook.office365.com", Cloud::China),
            "https://partner.outlook.cn"
        );
        // Azure isn't played elsewhere.
        assert_eq!(
            in_cloud("management.azure.com", Cloud::China),
            "management.azure.com"
        );
    }

    #[test]
    fn a_cloud_knows_its_own_hosts() {
        assert!(!is_of_another_cloud("login.microsoftonline.us", Cloud::Dod));
        assert!(is_of_another_cloud("login.microsoftonline.com", Cloud::Dod));
        assert!(is_of_another_cloud("graph.microsoft.us", Cloud::Dod));
        assert!(!is_of_another_cloud("localhost", Cloud::China));
        assert!(knows_tenants_of("login.microsoftonline.com", Cloud::GccHigh));
        assert!(!knows_tenants_of("login.microsoftonline.com", Cloud::China));
        assert!(!knows_tenants_of("login.microsoftonline.us", Cloud::Dod));
    }
}
