//! Permissions on single mailboxes, and the switches of the mail protocols (microsoft-facts §4c).
//!
//! There is neither an access policy nor a role for IMAP and POP: the one gate is the mailbox's own list of
//! permissions. A trustee is a person, an enterprise application that Exchange was told about, or a security group
//! that a person is a member of.

use super::membership;
use crate::organisation::exchange::{ExchangeObjects, FULL_ACCESS};
use crate::people::directory::{Directory, IdKind};

/// Whether somebody has every right of reading and writing on a mailbox.
pub(crate) fn has_full_access(
    exchange: &ExchangeObjects,
    directory: &Directory,
    mailbox: &str,
    who: &str,
) -> bool {
    let entries = exchange
        .mailbox_permissions
        .iter()
        .filter(|held| held.mailbox.eq_ignore_ascii_case(mailbox))
        .filter(|held| held.rights.iter().any(|right| right == FULL_ACCESS))
        .filter(|held| is_trustee(exchange, directory, &held.trustee, who))
        .map(|held| held.deny);
    allowed(entries)
}

/// Whether somebody may send as a mailbox or group.
pub(crate) fn may_send_as(
    exchange: &ExchangeObjects,
    directory: &Directory,
    recipient: &str,
    who: &str,
) -> bool {
    let entries = exchange
        .recipient_permissions
        .iter()
        .filter(|held| held.recipient.eq_ignore_ascii_case(recipient))
        .filter(|held| is_trustee(exchange, directory, &held.trustee, who))
        .map(|held| held.deny);
    allowed(entries)
}

/// Whether somebody may send on behalf of a mailbox.
pub(crate) fn may_send_on_behalf(
    exchange: &ExchangeObjects,
    directory: &Directory,
    mailbox: &str,
    who: &str,
) -> bool {
    exchange.mailbox_settings.get(mailbox).is_some_and(|settings| {
        settings
            .send_on_behalf
            .iter()
            .any(|trustee| is_trustee(exchange, directory, trustee, who))
    })
}

/// One allowing entry is needed, and one denying entry undoes any number of them.
fn allowed(denials: impl Iterator<Item = bool>) -> bool {
    let mut any = false;
    for deny in denials {
        if deny {
            return false;
        }
        any = true;
    }
    any
}

/// Whether a trustee is this person or app, or a security group that the person is in, directly or not. A
/// distribution list is no security principal and gives nothing.
fn is_trustee(exchange: &ExchangeObjects, directory: &Directory, trustee: &str, who: &str) -> bool {
    if trustee.eq_ignore_ascii_case(who) {
        return true;
    }
    let Some(group) = exchange
        .groups
        .iter()
        .find(|group| group.security && group.guid.eq_ignore_ascii_case(trustee))
    else {
        return false;
    };
    let person = directory
        .by_id(IdKind::Directory, who)
        .and_then(|position| directory.entry(position));
    person.is_some_and(|entry| membership::is_member(exchange, &group.primary_smtp, &entry.address()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::exchange::{Group, MailboxPermission, distinguished_name};

    fn entry(trustee: &str, rights: &[&str], deny: bool) -> MailboxPermission {
        MailboxPermission {
            mailbox: "support@contoso.example".into(),
            trustee: trustee.into(),
            rights: rights.iter().map(|right| (*right).to_owned()).collect(),
            deny,
            inherited: false,
        }
    }

    fn group(name: &str, security: bool, members: &[&str]) -> Group {
        Group {
            name: name.into(),
            display_name: name.into(),
            alias: name.into(),
            primary_smtp: format!("{name}@contoso.example"),
            guid: name.into(),
            distinguished_name: distinguished_name(name),
            security,
            unified: false,
            filter: None,
            hidden: false,
            members: members
                .iter()
                .map(|alias| format!("{alias}@contoso.example"))
                .collect(),
        }
    }

    #[test]
    fn a_denial_counts_more_than_a_right() {
        let directory = Directory::generate(1, 0);
        let mut exchange = ExchangeObjects::default();
        let full = |exchange: &ExchangeObjects| {
            has_full_access(exchange, &directory, "support@contoso.example", "app")
        };
        assert!(!full(&exchange));
        exchange
            .mailbox_permissions
            .push(entry("app", &["ReadPermission"], false));
        assert!(!full(&exchange));
        exchange
            .mailbox_permissions
            .push(entry("app", &[FULL_ACCESS, "ReadPermission"], false));
        assert!(full(&exchange));
        exchange
            .mailbox_permissions
            .push(entry("app", &[FULL_ACCESS], true));
        assert!(!full(&exchange));
    }

    #[test]
    fn a_person_inherits_from_a_security_group_however_deep() {
        let directory = Directory::generate(1, 0);
        let dana = directory.by_alias("dana.reyes").expect("Dana");
        let dana = directory.id(IdKind::Directory, dana);
        let mut exchange = ExchangeObjects {
            groups: vec![
                group("outer", true, &["inner"]),
                group("inner", true, &["dana.reyes", "outer"]),
                group("list", false, &["dana.reyes"]),
            ],
            ..ExchangeObjects::default()
        };
        for (trustee, expected) in [("outer", true), ("inner", true), ("list", false), ("none", false)] {
            exchange.mailbox_permissions = vec![entry(trustee, &[FULL_ACCESS], false)];
            let found = has_full_access(&exchange, &directory, "support@contoso.example", &dana);
            assert_eq!(found, expected, "{trustee}");
        }
    }
}
