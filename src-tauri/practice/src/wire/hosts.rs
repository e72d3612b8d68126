//! The host names of Microsoft that are played.

/// The host names of Microsoft that are played, in lower case.
///
/// The mail and API hosts are those of microsoft-facts §6; the sign-in hosts are every name that instance discovery
/// gives the worldwide cloud (microsoft-facts §1.6), because a client may use any of them; the last three
/// are what Azure CLI asks for subscriptions and for admin consent.
pub(crate) const MICROSOFT_NAMES: [&str; 11] = [
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
    "graph.microsoft.com",
    "outlook.office365.com",
    "outlook.office.com",
    "smtp.office365.com",
    "management.azure.com",
    "management.core.windows.net",
    "main.iam.ad.ext.azure.com",
];

/// Which of Microsoft's played names this is, in any case, with or without the final dot of a full name.
pub(crate) fn microsoft_name(host: &str) -> Option<&'static str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    MICROSOFT_NAMES
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(host))
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
}
