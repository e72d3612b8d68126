//! Folders by the names that IMAP gives them: `INBOX`, `Sent Items`, `INBOX/Projects`.

use super::command::{ListKind, StatusItem};
use super::fetch::string;
use super::mailbox_name;
use crate::organisation::mailboxes::mailbox::{Folder, Mailbox, Purpose, flag};

/// The full name of a folder.
pub(crate) fn full_name(mailbox: &Mailbox, folder: &Folder) -> String {
    if folder.purpose == Purpose::Inbox {
        return "INBOX".to_owned();
    }
    let mut name = folder.name.clone();
    let mut above = folder.parent;
    // Folders never form a circle; the bound is for a file that somebody edited.
    for _ in 0..64 {
        match mailbox.folder(above) {
            Some(parent) if parent.purpose == Purpose::Inbox => return format!("INBOX/{name}"),
            Some(parent) if parent.purpose != Purpose::Root => {
                name = format!("{}/{name}", parent.name);
                above = parent.parent;
            }
            _ => break,
        }
    }
    name
}

/// The folder of a full name; letter case does not count, as in Exchange.
pub(crate) fn by_name<'a>(mailbox: &'a Mailbox, name: &str) -> Option<&'a Folder> {
    let mut at = Purpose::Root.number();
    let mut found = None;
    for step in name.trim_end_matches('/').split('/') {
        let step = step.to_lowercase();
        let next = mailbox.folders.iter().find(|folder| {
            folder.parent == at && folder.purpose != Purpose::Root && folder.name.to_lowercase() == step
        })?;
        at = next.number;
        found = Some(next);
    }
    found
}

/// Where a new folder of this full name belongs: its parent and its own name. `None` when a folder on the way is
/// missing.
pub(crate) fn place(mailbox: &Mailbox, name: &str) -> Option<(u32, String)> {
    let name = name.trim_end_matches('/');
    match name.rsplit_once('/') {
        Some((above, own)) => Some((by_name(mailbox, above)?.number, own.to_owned())),
        None => Some((Purpose::Root.number(), name.to_owned())),
    }
}

fn attributes(mailbox: &Mailbox, folder: &Folder) -> String {
    let mut attributes = Vec::new();
    let has_children = mailbox.children(folder.number).next().is_some();
    attributes.push(if has_children {
        "\\HasChildren"
    } else {
        "\\HasNoChildren"
    });
    let special = match folder.purpose {
        Purpose::Drafts => Some("\\Drafts"),
        Purpose::Sent => Some("\\Sent"),
        Purpose::Deleted => Some("\\Trash"),
        Purpose::Junk => Some("\\Junk"),
        Purpose::Archive => Some("\\Archive"),
        Purpose::Root | Purpose::Inbox | Purpose::Outbox | Purpose::Own => None,
    };
    attributes.extend(special);
    attributes.join(" ")
}

/// The answers to `LIST`, `LSUB` and `XLIST`.
pub(crate) fn list(mailbox: &Mailbox, reference: &str, pattern: &str, kind: ListKind) -> Vec<u8> {
    let mut out = Vec::new();
    if pattern.is_empty() {
        // An empty pattern asks for the separator alone.
        out.extend_from_slice(format!("* {} (\\Noselect) \"/\" \"\"\r\n", kind.name()).as_bytes());
        return out;
    }
    let pattern = format!("{reference}{pattern}");
    let mut names: Vec<(String, &Folder)> = mailbox
        .folders
        .iter()
        .filter(|folder| folder.purpose != Purpose::Root)
        .filter(|folder| kind != ListKind::Lsub || folder.subscribed)
        .map(|folder| (full_name(mailbox, folder), folder))
        .filter(|(name, _)| mailbox_name::fits(&pattern, name))
        .collect();
    names.sort_by(|left, right| left.0.cmp(&right.0));
    for (name, folder) in names {
        let line = format!("* {} ({}) \"/\" ", kind.name(), attributes(mailbox, folder));
        out.extend_from_slice(line.as_bytes());
        written(&mut out, &name);
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// A name as an answer shows it: quoted only when it must be.
fn written(out: &mut Vec<u8>, name: &str) {
    let name = mailbox_name::encode(name);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"&-+,./_".contains(&byte);
    if name.bytes().all(plain) {
        out.extend_from_slice(name.as_bytes());
    } else {
        string(out, name.as_bytes());
    }
}

/// The answer to `STATUS`.
pub(crate) fn status(mailbox: &Mailbox, folder: &Folder, items: &[StatusItem]) -> Vec<u8> {
    let mut values = Vec::new();
    for item in items {
        let messages = || mailbox.in_folder(folder.number);
        values.push(match item {
            StatusItem::Messages => format!("MESSAGES {}", messages().count()),
            StatusItem::Recent => "RECENT 0".to_owned(),
            StatusItem::UidNext => format!("UIDNEXT {}", folder.uid_next),
            StatusItem::UidValidity => format!("UIDVALIDITY {}", folder.uid_validity),
            StatusItem::Unseen => {
                let unseen = messages().filter(|message| !message.has(flag::SEEN)).count();
                format!("UNSEEN {unseen}")
            }
        });
    }
    let mut out = b"* STATUS ".to_vec();
    written(&mut out, &full_name(mailbox, folder));
    out.extend_from_slice(format!(" ({})\r\n", values.join(" ")).as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::mailboxes::store::MailStore;
    use crate::people::directory::Directory;

    #[test]
    fn folders_have_names_and_are_found_by_them() {
        let directory = Directory::generate(1, 50);
        let mut store = MailStore::default();
        let mailbox = store.change(&directory, 3);
        let outer = mailbox
            .create_folder(Purpose::Inbox.number(), "Büro & Co")
            .expect("made");
        let inner = mailbox.create_folder(outer, "2026").expect("made");
        let folder = mailbox.folder(inner).expect("a folder");
        assert_eq!(full_name(mailbox, folder), "INBOX/Büro & Co/2026");
        assert_eq!(
            by_name(mailbox, "inbox/büro & co/2026/").map(|folder| folder.number),
            Some(inner)
        );
        assert_eq!(
            by_name(mailbox, "Sent items").map(|folder| folder.number),
            Some(4)
        );
        assert_eq!(by_name(mailbox, "Top of Information Store"), None);
        assert_eq!(place(mailbox, "Archive/x"), Some((6, "x".into())));
        assert_eq!(place(mailbox, "nowhere/x"), None);
        let text = String::from_utf8(list(mailbox, "", "*", ListKind::List)).expect("text");
        assert!(
            text.contains("* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\n"),
            "{text}"
        );
        assert!(
            text.contains("* LIST (\\HasChildren) \"/\" \"INBOX/B&APw-ro &- Co\"\r\n"),
            "{text}"
        );
        let text = String::from_utf8(list(mailbox, "INBOX/", "%", ListKind::Lsub)).expect("text");
        assert!(text.contains("B&APw-ro") && !text.contains("2026"), "{text}");
    }
}
