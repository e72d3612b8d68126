//! Ids that Microsoft hands out, each with a type of its own.
//!
//! An application has two object ids and one client id, and mixing them up is failure 4 and 9 of the list of what
//! admins meet. A type for each makes the mix-up a compile error on our side.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.trim().parse().map(Self)
            }
        }

        impl $name {
            /// The id by its two ends, such as `4b1c…9e07`, as the window draws it.
            pub fn ends(&self) -> String {
                ends(&self.to_string())
            }
        }
    };
}

id!(
    /// The directory (tenant) id of an organisation.
    TenantId
);
id!(
    /// The application (client) id: the same in every organisation.
    ClientId
);
id!(
    /// The object id of an app registration in its home organisation.
    AppObjectId
);
id!(
    /// The object id of a service principal ("enterprise application"). Exchange wants this one, never the
    /// registration's (microsoft-facts §4c).
    ServicePrincipalId
);
id!(
    /// The object id of a group.
    GroupId
);
id!(
    /// The id of one password or key credential. It names a secret without being one.
    KeyId
);
id!(
    /// The object id of a person in the directory.
    UserId
);
id!(
    /// The directory object id of a mailbox: Exchange's `ExternalDirectoryObjectId`, Graph's id of the same user. It
    /// survives a rename, and no other mailbox can take it over (microsoft-facts §12), so a mailbox is this id; its
    /// address stands beside it.
    MailboxId
);
id!(
    /// One connection of this computer: one platform joined to one organisation. Made by us.
    ConnectionId
);

/// Whether a text was meant for an id and isn't one: a digit is missing or wrong, or a dash. The published procedures
/// themselves show such examples.
pub fn malformed(text: &str) -> bool {
    let text = text.trim().trim_matches(['{', '}', '"', '\'']);
    let digits = || text.chars().filter(|letter| *letter != '-');
    let wrong = digits().filter(|letter| !letter.is_ascii_hexdigit()).count();
    let of_them = text
        .chars()
        .all(|letter| letter == '-' || letter.is_ascii_alphanumeric());
    of_them
        && (28..=36).contains(&digits().count())
        && wrong <= 4
        && text.chars().filter(|letter| *letter == '-').count() >= 2
        && Uuid::try_parse(text).is_err()
}

/// A long id by its two ends: four characters, an ellipsis, four characters.
pub fn ends(id: &str) -> String {
    let count = id.chars().count();
    if count <= 9 {
        return id.to_owned();
    }
    let head: String = id.chars().take(4).collect();
    let tail: String = id.chars().skip(count - 4).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_drawn_by_its_ends() {
        let id: ClientId = " 4b1c7f3e-0000-4000-8000-000000009e07 ".parse().unwrap();
        assert_eq!(id.ends(), "4b1c…9e07");
        assert_eq!(ends("short"), "short");
    }

    #[test]
    fn a_malformed_guid_is_refused() {
        // The example of one vendor's procedure, which lacks a dash.
        assert!("e7e4dbfc-046f-4074-9b3b2ae8f144f59b".parse::<ClientId>().is_err());
    }

    /// The examples of two vendors' procedures, and what is easily cut off in copying.
    #[test]
    fn what_was_meant_for_an_id_is_told_from_a_name() {
        for text in [
            "e8f4eefc-046g-4084-9b4b-2ab8f144b59f",
            "e7e4dbfc-046f-4074-9b3b2ae8f144f59b",
            "4b1c7f3e-0000-4000-8000-00000000007",
            " {4b1c7f3e-0000-4000-8000-000000000o07} ",
        ] {
            assert!(malformed(text), "{text}");
        }
        for text in [
            "4b1c7f3e-0000-4000-8000-000000000007",
            "{4b1c7f3e-0000-4000-8000-000000000007}",
            "Contact Pro",
            "mail-connector-for-the-help-desk-eu",
            "support@contoso.example",
            "",
        ] {
            assert!(!malformed(text), "{text}");
        }
    }
}
