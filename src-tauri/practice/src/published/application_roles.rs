//! The names of Exchange's application roles, and what each lets an app do (microsoft-facts §4b).

/// The application roles of Exchange, without the prefix "Application " (microsoft-facts §4b).
/// There is none for IMAP or POP.
const APPLICATION_ROLES: [&str; 24] = [
    "Mail.Read",
    "Mail.ReadBasic",
    "Mail.ReadWrite",
    "Mail.Send",
    "MailboxSettings.Read",
    "MailboxSettings.ReadWrite",
    "Calendars.Read",
    "Calendars.ReadWrite",
    "Contacts.Read",
    "Contacts.ReadWrite",
    "MailboxFolder.Read",
    "MailboxFolder.ReadWrite",
    "MailboxItem.Read",
    "MailboxItem.ReadWrite",
    "MailboxItem.Export",
    "MailboxItem.ImportExport",
    "Mail Full Access",
    "Exchange Full Access",
    "EWS.AccessAsApp",
    "SMTP.SendAsApp",
    "MailboxConfigItem.Read",
    "MailboxConfigItem.ReadWrite",
    "MailTips.ReadBasic.All",
    "Mail-Advanced.ReadWrite.All",
];

/// What an Exchange application role lets an app do, as `GrantedPermissions` writes it.
pub(crate) fn granted_permissions(role: &str) -> String {
    let bare = role.strip_prefix("Application ").unwrap_or(role);
    match bare {
        "Mail Full Access" => "Mail.ReadWrite, Mail.Send".into(),
        // What makes it up beside mail and settings is UNVERIFIED.
        "Exchange Full Access" => {
            "Mail.ReadWrite, Mail.Send, MailboxSettings.ReadWrite, Calendars.ReadWrite, Contacts.ReadWrite"
                .into()
        }
        _ => bare.into(),
    }
}

/// Every application role, in Exchange's spelling.
pub(crate) fn all_roles() -> impl Iterator<Item = String> {
    APPLICATION_ROLES.iter().map(|role| format!("Application {role}"))
}

/// Whether Exchange knows an application role of this name.
pub(crate) fn known_role(role: &str) -> Option<String> {
    let bare = role
        .get(.."Application ".len())
        .filter(|prefix| prefix.eq_ignore_ascii_case("Application "))?;
    let bare = &role[bare.len()..];
    APPLICATION_ROLES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(bare))
        .map(|known| format!("Application {known}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_names_are_recognised_in_exchanges_spelling() {
        assert_eq!(
            known_role("application mail.readwrite").as_deref(),
            Some("Application Mail.ReadWrite")
        );
        for unknown in [
            "Mail.Read",
            "Application IMAP.AccessAsApp",
            "Application ",
            "",
            "Äpplication Mail",
        ] {
            assert_eq!(known_role(unknown), None, "{unknown}");
        }
        assert_eq!(
            granted_permissions("Application Mail Full Access"),
            "Mail.ReadWrite, Mail.Send"
        );
    }
}
