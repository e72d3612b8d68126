//! How much is in a mailbox: `Get-MailboxStatistics` and `Get-MailboxFolderStatistics`.

use serde_json::{Value, json};

use super::failure::Outcome;
use super::identity::mailbox;
use super::output::Output;
use super::parameters::Parameters;
use super::values::date_time;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Mailbox, Purpose};
use crate::people::directory::IdKind;

/// A size as Exchange writes it: rounded, with the bytes behind.
fn size(bytes: u64) -> String {
    let mut digits = bytes.to_string();
    let mut at = digits.len();
    while at > 3 {
        at -= 3;
        digits.insert(at, ',');
    }
    let (unit, divisor) = match bytes {
        0..0x400 => return format!("{bytes} B ({digits} bytes)"),
        0x400..0x10_0000 => ("KB", 0x400),
        0x10_0000..0x4000_0000 => ("MB", 0x10_0000),
        _ => ("GB", 0x4000_0000),
    };
    // Three figures that count, by whole-number arithmetic: hundredths of the unit.
    let hundredths = bytes.saturating_mul(100) / divisor;
    let text = match hundredths {
        0..1_000 => format!("{}.{:02}", hundredths / 100, hundredths % 100),
        1_000..10_000 => format!("{}.{}", hundredths / 100, hundredths % 100 / 10),
        _ => (hundredths / 100).to_string(),
    };
    format!("{text} {unit} ({digits} bytes)")
}

/// The bytes of all messages, or of those in one folder.
fn bytes(organisation: &Organisation, position: usize, held: &Mailbox, folder: Option<u32>) -> u64 {
    let store = &organisation.objects.mail;
    held.messages
        .iter()
        .filter(|message| folder.is_none_or(|folder| message.folder == folder))
        .map(|message| {
            store
                .bytes(&organisation.directory, position, message.content)
                .len() as u64
        })
        .sum()
}

/// `Get-MailboxStatistics`.
pub(super) fn of_mailbox(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (position, _) = mailbox(organisation, parameters.require("Identity")?)?;
    let Some(entry) = organisation.directory.entry(position) else {
        return Ok(Output::nothing());
    };
    let guid = organisation.directory.id(IdKind::Exchange, position);
    let held = organisation
        .objects
        .mail
        .mailbox(&organisation.directory, position);
    let deleted = Purpose::Deleted.number();
    let count = |in_bin: bool| {
        let messages = held.messages.iter();
        messages
            .filter(|message| (message.folder == deleted) == in_bin)
            .count()
    };
    let in_bin = bytes(organisation, position, &held, Some(deleted));
    let last = held.messages.iter().map(|message| message.received).max();
    Ok(Output::of(vec![json!({
        "DisplayName": entry.display_name,
        "Identity": guid,
        "MailboxGuid": guid,
        "MailboxTypeDetail": entry.kind.recipient_type_details(),
        "ItemCount": count(false),
        "DeletedItemCount": count(true),
        "TotalItemSize": size(bytes(organisation, position, &held, None).saturating_sub(in_bin)),
        "TotalDeletedItemSize": size(in_bin),
        "LastInteractionTime": last.map(date_time),
        "IsArchiveMailbox": false,
        "IsValid": true,
    })]))
}

/// `Get-MailboxFolderStatistics`.
pub(super) fn of_folders(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (position, address) = mailbox(organisation, parameters.require("Identity")?)?;
    let held = organisation
        .objects
        .mail
        .mailbox(&organisation.directory, position);
    let wanted = parameters.text("FolderScope").filter(|scope| *scope != "All");
    let rows: Vec<Value> = held
        .folders
        .iter()
        .filter_map(|folder| {
            let kind = match folder.purpose {
                Purpose::Root => "Root",
                Purpose::Inbox => "Inbox",
                Purpose::Drafts => "Drafts",
                Purpose::Sent => "SentItems",
                Purpose::Deleted => "DeletedItems",
                Purpose::Archive => "Archive",
                Purpose::Junk => "JunkEmail",
                Purpose::Outbox => "Outbox",
                Purpose::Own => "User Created",
            };
            let parent = held
                .folder(folder.parent)
                .filter(|parent| parent.purpose != Purpose::Root);
            let path = match (folder.purpose, parent) {
                (Purpose::Root, _) => "/Top of Information Store".to_owned(),
                (_, None) => format!("/{}", folder.name),
                (_, Some(parent)) => format!("/{}/{}", parent.name, folder.name),
            };
            wanted
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(kind))
                .then(|| {
                    let alias = address.split('@').next().unwrap_or_default();
                    json!({
                        "Name": folder.name,
                        "Identity": format!("{alias}{}", path.replace('/', "\\")),
                        "FolderPath": path,
                        "FolderType": kind,
                        "ItemsInFolder": held.in_folder(folder.number).count(),
                        "FolderSize": size(bytes(organisation, position, &held, Some(folder.number))),
                        "IsValid": true,
                    })
                })
        })
        .collect();
    Ok(Output::of(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_exchange_writes_them() {
        for (bytes, text) in [
            (0, "0 B (0 bytes)"),
            (1_023, "1023 B (1,023 bytes)"),
            (262_144, "256 KB (262,144 bytes)"),
            (36_700_160, "35.0 MB (36,700,160 bytes)"),
            (5_500_000, "5.24 MB (5,500,000 bytes)"),
            (53_687_091_200, "50.0 GB (53,687,091,200 bytes)"),
        ] {
            assert_eq!(size(bytes), text);
        }
    }
}
