//! The application permissions of Office 365 Exchange Online that mail programs need.
//!
//! Each lets an app in at all, and into no mailbox by itself: beside it stands the right that the mailbox gives to the app
//! (microsoft-facts §4c). No application access policy and no role of RBAC for Applications limits them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::grant::{EXCHANGE_ONLINE, EntraGrant, Opens};
use crate::mail_protocol::MailProtocol;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AppRole {
    /// Opening mailboxes by IMAP as the app itself.
    #[serde(rename = "IMAP.AccessAsApp")]
    Imap,
    /// Opening mailboxes by POP as the app itself.
    #[serde(rename = "POP.AccessAsApp")]
    Pop,
    /// Sending from mailboxes by SMTP as the app itself.
    #[serde(rename = "SMTP.SendAsApp")]
    Smtp,
}

impl AppRole {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Imap, Self::Pop, Self::Smtp];

    /// Microsoft's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imap => "IMAP.AccessAsApp",
            Self::Pop => "POP.AccessAsApp",
            Self::Smtp => "SMTP.SendAsApp",
        }
    }

    /// Microsoft's id of it.
    ///
    /// UNVERIFIED: from somebody else's list of what Exchange Online's service principal holds (microsoft-facts §3.3). Whoever
    /// grants it compares it with what the organisation's own service principal says.
    pub fn id(self) -> Uuid {
        match self {
            Self::Imap => Uuid::from_u128(0x5e5a_ddcd_3e8d_4e90_baf5_964e_fab2_b20a),
            Self::Pop => Uuid::from_u128(0xcb84_2b43_da6e_4506_86fe_bb12_199c_656d),
            Self::Smtp => Uuid::from_u128(0x7146_a1f0_8703_45b3_9eae_527a_64c0_0995),
        }
    }

    /// The protocol that it is for.
    pub fn protocol(self) -> MailProtocol {
        match self {
            Self::Imap => MailProtocol::Imap,
            Self::Pop => MailProtocol::Pop,
            Self::Smtp => MailProtocol::Smtp,
        }
    }

    /// Whether a grant is one of it. On an API that keeps no mailbox the same name would open nothing.
    pub fn is(self, grant: &EntraGrant) -> bool {
        let there = grant.api.is_empty() || grant.api.eq_ignore_ascii_case(EXCHANGE_ONLINE);
        there && grant.app_role && grant.permission == self.name() && grant.opens == Opens::Mailboxes
    }

    /// Whether a grant is one of any of them.
    pub fn is_any(grant: &EntraGrant) -> bool {
        Self::ALL.iter().any(|role| role.is(grant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grant::opens;

    #[test]
    fn a_role_is_known_by_what_it_opens_too() {
        for role in AppRole::ALL {
            let grant = |opens, app_role| EntraGrant {
                id: "1".into(),
                api: EXCHANGE_ONLINE.into(),
                resource: "Office 365 Exchange Online".into(),
                permission: role.name().into(),
                app_role,
                opens,
            };
            assert!(role.is(&grant(opens(EXCHANGE_ONLINE, Some(role.name())), true)));
            assert!(!role.is(&grant(
                opens("5e3ce6c0-2b1f-4285-8d4b-75ee78787346", Some(role.name())),
                true
            )));
            assert!(!role.is(&grant(Opens::Mailboxes, false)));
        }
    }

    #[test]
    fn its_id_is_as_the_list_has_it() {
        let ids = AppRole::ALL.map(|role| role.id().to_string());
        assert_eq!(
            ids,
            [
                "5e5addcd-3e8d-4e90-baf5-964efab2b20a",
                "cb842b43-da6e-4506-86fe-bb12199c656d",
                "7146a1f0-8703-45b3-9eae-527a64c00995"
            ]
        );
    }
}
