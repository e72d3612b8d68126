//! What filters of scopes and of `-Filter` see of a recipient.

use crate::organisation::exchange::distinguished_name;
use crate::people::directory::{Directory, IdKind};
use crate::people::entry::Entry;

/// A recipient's filterable property as the directory has it; the groups it is in and what `Set-Mailbox` changed
/// are the caller's to know.
pub(crate) fn recipient_property(
    directory: &Directory,
    position: usize,
    entry: &Entry,
    property: &str,
) -> Vec<String> {
    match property {
        "UserPrincipalName" if entry.kind.is_user() => vec![entry.user_principal_name()],
        "WindowsEmailAddress" => vec![entry.address()],
        // A filter by the primary address searches every proxy address as well, which is why Microsoft says not to use
        // it (microsoft-facts §12).
        "PrimarySmtpAddress" => entry
            .email_addresses()
            .iter()
            .map(|address| {
                address
                    .split_once(':')
                    .map_or(address.as_str(), |(_, plain)| plain)
                    .to_owned()
            })
            .collect(),
        "EmailAddresses" => entry.email_addresses(),
        "DisplayName" => vec![entry.display_name.to_string()],
        "Name" | "Alias" => vec![entry.alias.to_string()],
        "RecipientTypeDetails" => entry
            .kind
            .recipient_type_details()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        "RecipientType" => vec![entry.kind.recipient_type().into()],
        "Department" => vec![entry.department().into()],
        "CustomAttribute1" => vec![entry.division().into()],
        "Guid" => vec![directory.id(IdKind::Exchange, position)],
        "ExchangeGuid" if entry.kind.has_mailbox() => vec![directory.id(IdKind::Exchange, position)],
        "IsInactiveMailbox" => {
            vec![if entry.is_inactive() { "True" } else { "False" }.into()]
        }
        "ExternalDirectoryObjectId" if entry.kind.is_user() => {
            vec![directory.id(IdKind::Directory, position)]
        }
        "DistinguishedName" => vec![distinguished_name(&entry.alias)],
        "HiddenFromAddressListsEnabled" => vec!["False".into()],
        _ => Vec::new(),
    }
}
