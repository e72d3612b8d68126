//! What a platform asks for, in Microsoft's words and in ours.

use crate::app_role::AppRole;
use crate::grant::EntraGrant;
use crate::mail_protocol::MailProtocol;
use crate::message;
use crate::message::Message;
use serde::{Deserialize, Serialize};

/// A mail permission that a platform profile can ask for.
///
/// Each of Microsoft Graph has an Entra app role there and a role of Exchange's RBAC for Applications; the names of the
/// latter are in microsoft-facts §4b, the ids of the former in §3.1. What a mail program needs is an app role of Office 365
/// Exchange Online, for which RBAC for Applications has none (§4c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// List mail, without what stands in it.
    #[serde(rename = "Mail.ReadBasic")]
    MailReadBasic,
    /// Read mail.
    #[serde(rename = "Mail.Read")]
    MailRead,
    /// Read, change and delete mail; not send.
    #[serde(rename = "Mail.ReadWrite")]
    MailReadWrite,
    /// Send mail as the mailbox.
    #[serde(rename = "Mail.Send")]
    MailSend,
    /// Read calendars.
    #[serde(rename = "Calendars.Read")]
    CalendarsRead,
    /// Read and change calendars.
    #[serde(rename = "Calendars.ReadWrite")]
    CalendarsReadWrite,
    /// Read contacts.
    #[serde(rename = "Contacts.Read")]
    ContactsRead,
    /// Read and change contacts.
    #[serde(rename = "Contacts.ReadWrite")]
    ContactsReadWrite,
    /// Read a mailbox's settings.
    #[serde(rename = "MailboxSettings.Read")]
    SettingsRead,
    /// Read and change a mailbox's settings.
    #[serde(rename = "MailboxSettings.ReadWrite")]
    SettingsReadWrite,
    /// Open the mailbox by IMAP, and do everything there that its owner may, but for sending.
    #[serde(rename = "IMAP.AccessAsApp")]
    ImapAccess,
    /// Fetch and delete what is in the mailbox's inbox by POP.
    #[serde(rename = "POP.AccessAsApp")]
    PopAccess,
    /// Send mail as the mailbox by SMTP, let in by a permission in Entra and by full access.
    #[serde(rename = "SMTP.SendAsApp")]
    SmtpSend,
    /// The same within a scope of RBAC for Applications, without a permission in Entra.
    #[serde(rename = "Application SMTP.SendAsApp")]
    SmtpWithinScope,
}

impl Permission {
    /// Every one.
    pub const ALL: [Self; 14] = [
        Self::MailReadBasic,
        Self::MailRead,
        Self::MailReadWrite,
        Self::MailSend,
        Self::CalendarsRead,
        Self::CalendarsReadWrite,
        Self::ContactsRead,
        Self::ContactsReadWrite,
        Self::SettingsRead,
        Self::SettingsReadWrite,
        Self::ImapAccess,
        Self::PopAccess,
        Self::SmtpSend,
        Self::SmtpWithinScope,
    ];

    /// Those of one method.
    pub fn of_method(method: Method) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |permission| permission.method() == method)
    }

    /// Microsoft's name, such as `Mail.ReadWrite`.
    pub fn name(self) -> &'static str {
        match self {
            Self::MailReadBasic => "Mail.ReadBasic",
            Self::MailRead => "Mail.Read",
            Self::MailReadWrite => "Mail.ReadWrite",
            Self::MailSend => "Mail.Send",
            Self::CalendarsRead => "Calendars.Read",
            Self::CalendarsReadWrite => "Calendars.ReadWrite",
            Self::ContactsRead => "Contacts.Read",
            Self::ContactsReadWrite => "Contacts.ReadWrite",
            Self::SettingsRead => "MailboxSettings.Read",
            Self::SettingsReadWrite => "MailboxSettings.ReadWrite",
            Self::ImapAccess => AppRole::Imap.name(),
            Self::PopAccess => AppRole::Pop.name(),
            Self::SmtpSend => AppRole::Smtp.name(),
            Self::SmtpWithinScope => "Application SMTP.SendAsApp",
        }
    }

    /// The permission of Microsoft's name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.name() == name)
    }

    /// The method by which a platform uses it.
    pub fn method(self) -> Method {
        match (self.app_role(), self.protocol()) {
            (Some(_), _) => Method::MailProtocols,
            (None, Some(_)) => Method::SmtpAppOnly,
            (None, None) => Method::GraphAppOnly,
        }
    }

    /// The one that a role of RBAC for Applications gives; none where the role gives something else.
    pub fn of_exchange_role(role: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|permission| permission.exchange_role() == Some(role))
    }

    /// The role of RBAC for Applications that gives it (microsoft-facts §4b); none where none does.
    pub fn exchange_role(self) -> Option<&'static str> {
        match self {
            Self::MailReadBasic => Some("Application Mail.ReadBasic"),
            Self::MailRead => Some("Application Mail.Read"),
            Self::MailReadWrite => Some("Application Mail.ReadWrite"),
            Self::MailSend => Some("Application Mail.Send"),
            Self::CalendarsRead => Some("Application Calendars.Read"),
            Self::CalendarsReadWrite => Some("Application Calendars.ReadWrite"),
            Self::ContactsRead => Some("Application Contacts.Read"),
            Self::ContactsReadWrite => Some("Application Contacts.ReadWrite"),
            Self::SettingsRead => Some("Application MailboxSettings.Read"),
            Self::SettingsReadWrite => Some("Application MailboxSettings.ReadWrite"),
            Self::SmtpWithinScope => Some("Application SMTP.SendAsApp"),
            Self::ImapAccess | Self::PopAccess | Self::SmtpSend => None,
        }
    }

    /// The app role of Office 365 Exchange Online that lets the app in for it, beside full access to the mailbox.
    pub fn app_role(self) -> Option<AppRole> {
        match self {
            Self::ImapAccess => Some(AppRole::Imap),
            Self::PopAccess => Some(AppRole::Pop),
            Self::SmtpSend => Some(AppRole::Smtp),
            _ => None,
        }
    }

    /// The protocol of mail programs by which it is used; none of what Microsoft Graph answers.
    pub fn protocol(self) -> Option<MailProtocol> {
        match self {
            Self::SmtpWithinScope => Some(MailProtocol::Smtp),
            _ => self.app_role().map(AppRole::protocol),
        }
    }

    /// Whether a grant in Entra is what it needs there.
    pub fn needs(self, grant: &EntraGrant) -> bool {
        self.app_role().is_some_and(|role| role.is(grant))
    }

    /// Whether whoever has it may do everything that another one lets them do.
    pub fn includes(self, other: Self) -> bool {
        let less: &[Self] = match self {
            Self::MailRead => &[Self::MailReadBasic],
            Self::MailReadWrite => &[Self::MailReadBasic, Self::MailRead],
            Self::CalendarsReadWrite => &[Self::CalendarsRead],
            Self::ContactsReadWrite => &[Self::ContactsRead],
            Self::SettingsReadWrite => &[Self::SettingsRead],
            _ => &[],
        };
        self == other || less.contains(&other)
    }

    /// What it lets the app do, as a message.
    pub fn said(self) -> Message {
        match self {
            Self::MailReadBasic => message!("parts-list"),
            Self::MailRead => message!("parts-read"),
            Self::MailReadWrite => message!("parts-read-and-file"),
            Self::MailSend => message!("parts-send"),
            Self::CalendarsRead => message!("parts-calendars"),
            Self::CalendarsReadWrite => message!("parts-calendars-and-change"),
            Self::ContactsRead => message!("parts-contacts"),
            Self::ContactsReadWrite => message!("parts-contacts-and-change"),
            Self::SettingsRead => message!("parts-settings"),
            Self::SettingsReadWrite => message!("parts-settings-and-change"),
            Self::ImapAccess => message!("parts-imap"),
            Self::PopAccess => message!("parts-pop"),
            Self::SmtpSend | Self::SmtpWithinScope => message!("parts-smtp"),
        }
    }
}

/// How the platform reaches mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Microsoft Graph as the app itself, held to its mailboxes by Exchange.
    GraphAppOnly,
    /// IMAP, POP or SMTP as the app itself, held to its mailboxes by what each of them gives it.
    #[serde(alias = "imap-app-only")]
    MailProtocols,
    /// SMTP as the app itself, held to its mailboxes by Exchange: for a platform that only sends.
    SmtpAppOnly,
}

impl Method {
    /// Every one.
    pub const ALL: &[Self] = &[Self::GraphAppOnly, Self::MailProtocols, Self::SmtpAppOnly];

    /// The one that is recommended where a platform offers it.
    pub const RECOMMENDED: Self = Self::GraphAppOnly;

    /// Its name in profiles, in journals and in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::GraphAppOnly => "graph-app-only",
            Self::MailProtocols => "mail-protocols",
            Self::SmtpAppOnly => "smtp-app-only",
        }
    }

    /// The method of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|method| method.name() == name)
    }

    /// Whether each mailbox opens to the app as to a mail program, by full access to it, and no scope holds it.
    pub fn is_by_mail_program(self) -> bool {
        self == Self::MailProtocols
    }

    /// By what mail is reached, as it is said behind a platform's name.
    pub fn by(self) -> Message {
        match self {
            Self::GraphAppOnly => message!("method-by-graph"),
            Self::MailProtocols => message!("method-by-mail-program"),
            Self::SmtpAppOnly => message!("method-by-smtp"),
        }
    }

    /// What it is called, with what it means as its text.
    pub fn said(self) -> Message {
        match self {
            Self::GraphAppOnly => message!("method-graph-app-only"),
            Self::MailProtocols => message!("method-mail-protocols"),
            Self::SmtpAppOnly => message!("method-smtp-app-only"),
        }
    }
}

/// How the app is held to its mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeMethod {
    /// RBAC for Applications: a management scope and one role assignment per permission.
    RbacForApplications,
    /// Full access, mailbox by mailbox: what a mail program needs.
    MailboxPermission,
}

impl ScopeMethod {
    /// Whether it holds an app that reaches mail so.
    pub fn holds(self, method: Method) -> bool {
        match self {
            Self::RbacForApplications => !method.is_by_mail_program(),
            Self::MailboxPermission => method.is_by_mail_program(),
        }
    }
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
        // What an older version wrote, which knew IMAP alone.
        let older: Method = serde_json::from_str("\"imap-app-only\"").unwrap();
        assert_eq!(older, Method::MailProtocols);
    }

    #[test]
    fn a_permission_is_known_by_its_role_in_exchange() {
        for permission in Permission::ALL.into_iter().filter(|one| one.app_role().is_none()) {
            let role = permission.exchange_role().unwrap();
            assert_eq!(Permission::of_exchange_role(role), Some(permission));
        }
        assert_eq!(Permission::of_exchange_role("Application Mail Full Access"), None);
    }

    #[test]
    fn a_permission_is_given_in_one_way() {
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.name());
            let by_mail_program = permission.method().is_by_mail_program();
            assert_eq!(permission.exchange_role().is_none(), by_mail_program);
            assert_eq!(permission.app_role().is_some(), by_mail_program);
        }
        // A role is called as the permission that it gives.
        for permission in Permission::of_method(Method::GraphAppOnly) {
            let role = format!("Application {}", permission.name());
            assert_eq!(permission.exchange_role(), Some(role.as_str()));
        }
    }
}
