//! What can be done with a mailbox, and which permission of which kind allows it.

/// What a call wants to do with a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Folders and messages without bodies, previews and attachments.
    ReadBasic,
    /// Whole messages.
    ReadMail,
    /// Drafts, flags, moves and deletions.
    WriteMail,
    SendMail,
    ReadSettings,
    WriteSettings,
    ReadCalendar,
    ReadContacts,
    /// Submission by SMTP, for which a role can stand in (microsoft-facts §4c).
    SubmitMail,
}

impl Act {
    /// The Entra app roles of Microsoft Graph that allow it (microsoft-facts §3.1). A token for Graph carries no
    /// role of Office 365 Exchange Online, so equal names on the other API change nothing.
    pub(crate) fn entra_roles(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.ReadBasic.All",
                "Mail.Read",
                "Mail.ReadWrite",
            ],
            Self::ReadMail => &["Mail.Read", "Mail.ReadWrite"],
            Self::WriteMail => &["Mail.ReadWrite"],
            Self::SendMail => &["Mail.Send"],
            Self::ReadSettings => &["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
            Self::WriteSettings => &["MailboxSettings.ReadWrite"],
            Self::ReadCalendar => &["Calendars.ReadBasic.All", "Calendars.Read", "Calendars.ReadWrite"],
            Self::ReadContacts => &["Contacts.Read", "Contacts.ReadWrite"],
            Self::SubmitMail => &[],
        }
    }

    /// The Exchange application roles that allow it, without the prefix "Application " (microsoft-facts §4b).
    pub(super) fn exchange_roles(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail Full Access",
                "Exchange Full Access",
            ],
            Self::ReadMail => &[
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail Full Access",
                "Exchange Full Access",
            ],
            Self::WriteMail => &["Mail.ReadWrite", "Mail Full Access", "Exchange Full Access"],
            Self::SendMail => &["Mail.Send", "Mail Full Access", "Exchange Full Access"],
            Self::ReadSettings => &[
                "MailboxSettings.Read",
                "MailboxSettings.ReadWrite",
                "Exchange Full Access",
            ],
            Self::WriteSettings => &["MailboxSettings.ReadWrite", "Exchange Full Access"],
            Self::ReadCalendar => &["Calendars.Read", "Calendars.ReadWrite", "Exchange Full Access"],
            Self::ReadContacts => &["Contacts.Read", "Contacts.ReadWrite", "Exchange Full Access"],
            Self::SubmitMail => &["SMTP.SendAsApp"],
        }
    }

    /// The delegated permissions that allow it to the signed-in person in their own mailbox (microsoft-facts §3.2).
    pub(crate) fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail.ReadBasic.Shared",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::ReadMail => &[
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::WriteMail => &["Mail.ReadWrite", "Mail.ReadWrite.Shared"],
            Self::SendMail => &["Mail.Send", "Mail.Send.Shared"],
            Self::ReadSettings => &["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
            Self::WriteSettings => &["MailboxSettings.ReadWrite"],
            Self::ReadCalendar => &["Calendars.Read", "Calendars.ReadWrite"],
            Self::ReadContacts => &["Contacts.Read", "Contacts.ReadWrite"],
            Self::SubmitMail => &[],
        }
    }

    /// The delegated permissions that allow it in somebody else's mailbox (microsoft-facts §8).
    pub(crate) fn shared_scopes(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic.Shared",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::ReadMail => &["Mail.Read.Shared", "Mail.ReadWrite.Shared"],
            Self::WriteMail => &["Mail.ReadWrite.Shared"],
            Self::SendMail => &["Mail.Send.Shared"],
            Self::ReadSettings
            | Self::WriteSettings
            | Self::ReadCalendar
            | Self::ReadContacts
            | Self::SubmitMail => &[],
        }
    }
}
