//! What a platform asks for, in Microsoft's words and in ours.

use crate::message;
use crate::message::Message;
use serde::{Deserialize, Serialize};

/// A mail permission that a platform profile can ask for.
///
/// Each has an Entra app role on Microsoft Graph and a role of Exchange's RBAC for Applications; the names of the
/// latter are in microsoft-facts §4b, the ids of the former in §3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// Read mail.
    #[serde(rename = "Mail.Read")]
    MailRead,
    /// Read, change and delete mail; not send.
    #[serde(rename = "Mail.ReadWrite")]
    MailReadWrite,
    /// Send mail as the mailbox.
    #[serde(rename = "Mail.Send")]
    MailSend,
}

impl Permission {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::MailRead, Self::MailReadWrite, Self::MailSend];

    /// Microsoft's name, such as `Mail.ReadWrite`.
    pub fn name(self) -> &'static str {
        match self {
            Self::MailRead => "Mail.Read",
            Self::MailReadWrite => "Mail.ReadWrite",
            Self::MailSend => "Mail.Send",
        }
    }

    /// The role of RBAC for Applications that gives it (microsoft-facts §4b).
    pub fn exchange_role(self) -> &'static str {
        match self {
            Self::MailRead => "Application Mail.Read",
            Self::MailReadWrite => "Application Mail.ReadWrite",
            Self::MailSend => "Application Mail.Send",
        }
    }

    /// The one that a role of RBAC for Applications gives; none where the role gives something else.
    pub fn of_exchange_role(role: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|permission| permission.exchange_role() == role)
    }

    /// Whether whoever has it may do everything that another one lets them do.
    pub fn includes(self, other: Self) -> bool {
        self == other || (self, other) == (Self::MailReadWrite, Self::MailRead)
    }

    /// What it lets the app do, as a message.
    pub fn said(self) -> Message {
        match self {
            Self::MailRead => message!("parts-read"),
            Self::MailReadWrite => message!("parts-read-and-file"),
            Self::MailSend => message!("parts-send"),
        }
    }
}

/// How the platform reaches mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Microsoft Graph as the app itself, held to its mailboxes by Exchange.
    GraphAppOnly,
}

impl Method {
    /// Every one.
    pub const ALL: &[Self] = &[Self::GraphAppOnly];

    /// The one that is recommended where a platform offers it.
    pub const RECOMMENDED: Self = Self::GraphAppOnly;

    /// Its name in profiles, in journals and in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::GraphAppOnly => "graph-app-only",
        }
    }

    /// The method of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|method| method.name() == name)
    }

    /// What it is called, with what it means as its text.
    pub fn said(self) -> Message {
        match self {
            Self::GraphAppOnly => message!("method-graph-app-only"),
        }
    }
}

/// How the app is held to its mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeMethod {
    /// RBAC for Applications: a management scope and one role assignment per permission.
    RbacForApplications,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_called_as_it_is_written() {
        for method in Method::ALL {
            assert_eq!(serde_json::to_value(method).unwrap(), method.name());
            assert_eq!(Method::of_name(method.name()), Some(*method));
        }
        assert_eq!(Method::of_name("another"), None);
    }

    #[test]
    fn a_permission_is_known_by_its_role_in_exchange() {
        for permission in Permission::ALL {
            let role = permission.exchange_role();
            assert_eq!(Permission::of_exchange_role(role), Some(permission));
        }
        assert_eq!(Permission::of_exchange_role("Application Calendars.Read"), None);
    }
}
