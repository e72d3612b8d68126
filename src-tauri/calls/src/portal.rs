//! Where a person does the same thing in Microsoft's portals.
//!
//! Blades change without notice, so a link always stands beside the place's name, which the words of this product say in
//! the reader's language. Sources: microsoft-facts §7; what is marked there as UNVERIFIED has no link here.

use crate::slot::{Ids, Slot, Text};

/// A place in a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Entra: a new app registration.
    NewRegistration,
    /// Entra: the app registration.
    App,
    /// Entra: the app registration's certificates and secrets.
    Credentials,
    /// Entra: the app registration's permissions.
    Permissions,
    /// Entra: the list of app registrations, where the deleted ones have a tab.
    Registrations,
    /// Exchange Online PowerShell: there is no page for it.
    Console,
}

impl Place {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::NewRegistration,
        Self::App,
        Self::Credentials,
        Self::Permissions,
        Self::Registrations,
        Self::Console,
    ];

    /// The fragment of its address in the Entra admin center, below the portal's host.
    fn blade(self) -> Option<Text> {
        const REGISTERED: &str = "#view/Microsoft_AAD_RegisteredApps/";
        let of_app = |page: &str| {
            Text::from(format!("{REGISTERED}ApplicationMenuBlade/~/{page}/appId/")).then(Slot::AppClient)
        };
        match self {
            Self::NewRegistration => Some(
                format!("{REGISTERED}CreateApplicationBlade/quickStartType~/null/isMSAApp~/false").into(),
            ),
            Self::App => Some(of_app("Overview")),
            Self::Credentials => Some(of_app("Credentials")),
            Self::Permissions => Some(of_app("CallAnAPI")),
            Self::Registrations => Some(format!("{REGISTERED}ApplicationsListBlade").into()),
            Self::Console => None,
        }
    }

    /// The link, where there is a page for it and its ids are known. `portal` is the cloud's Entra admin center, such as
    /// `https://entra.microsoft.com/`.
    pub fn link(self, portal: &str, ids: &Ids) -> Option<String> {
        Some(format!("{portal}{}", self.blade()?.filled(ids).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_app_and_needs_its_id() {
        let portal = "https://entra.microsoft.com/";
        assert_eq!(Place::Credentials.link(portal, &Ids::new()), None);
        let ids = Ids::from([(Slot::AppClient, "1-2".to_owned())]);
        assert_eq!(
            Place::Credentials.link(portal, &ids).as_deref(),
            Some(
                "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Credentials/appId/1-2"
            )
        );
        assert_eq!(Place::Console.link(portal, &ids), None);
    }
}
