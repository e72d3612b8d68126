//! Commands that change folders, and the one that puts a message into one.

use super::refused::reason;
use crate::mail::imap::command::Command;
use crate::mail::imap::folders;
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Mailbox, Purpose, Refusal};

/// Makes, removes or renames a folder, or appends a message to one; gives the rest of the answer.
pub(super) fn change_folders(organisation: &mut Organisation, position: usize, command: &Command) -> String {
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let (name, outcome) = match command {
        Command::Create(name) => {
            let mailbox = store.change(directory, position);
            ("CREATE", create(mailbox, name))
        }
        Command::Delete(name) => {
            let folder =
                folders::by_name(&store.mailbox(directory, position), name).map(|folder| folder.number);
            let outcome = folder.ok_or(Refusal::NoFolder);
            (
                "DELETE",
                outcome.and_then(|folder| store.remove_folder(directory, position, folder)),
            )
        }
        Command::Rename { from, to } => {
            let mailbox = store.change(directory, position);
            let folder = folders::by_name(mailbox, from).map(|folder| folder.number);
            let outcome = match (folder, folders::place(mailbox, to)) {
                (Some(folder), Some((parent, own))) => mailbox.rename_folder(folder, parent, &own),
                _ => Err(Refusal::NoFolder),
            };
            ("RENAME", outcome)
        }
        Command::Subscribe {
            mailbox: name,
            subscribed,
        } => {
            let mailbox = store.change(directory, position);
            let number = folders::by_name(mailbox, name).map(|folder| folder.number);
            for folder in &mut mailbox.folders {
                if Some(folder.number) == number {
                    folder.subscribed = *subscribed;
                }
            }
            let verb = if *subscribed { "SUBSCRIBE" } else { "UNSUBSCRIBE" };
            (verb, number.map(|_| ()).ok_or(Refusal::NoFolder))
        }
        _ => ("", Ok(())),
    };
    organisation.touch();
    match outcome {
        Ok(()) => format!("OK {name} completed."),
        Err(refusal) => format!("NO {name} failed. {}", reason(refusal)),
    }
}

/// Makes a folder and those above it that are missing.
fn create(mailbox: &mut Mailbox, name: &str) -> Result<(), Refusal> {
    let steps: Vec<&str> = name.trim_end_matches('/').split('/').collect();
    if folders::by_name(mailbox, name).is_some() {
        return Err(Refusal::Exists);
    }
    if steps.len() > 30 {
        return Err(Refusal::Name);
    }
    let mut parent = Purpose::Root.number();
    for (at, step) in steps.iter().enumerate() {
        let path = steps[..=at].join("/");
        parent = match folders::by_name(mailbox, &path).map(|folder| folder.number) {
            Some(folder) => folder,
            None => mailbox.create_folder(parent, step)?,
        };
    }
    Ok(())
}

pub(super) fn append(
    organisation: &mut Organisation,
    position: usize,
    name: &str,
    flags: u8,
    date: Option<jiff::Timestamp>,
    message: Vec<u8>,
) -> String {
    let received = date.unwrap_or_else(|| organisation.clock.now());
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let folder = folders::by_name(&store.mailbox(directory, position), name).map(|folder| folder.number);
    let Some(folder) = folder else {
        return "NO [TRYCREATE] The requested folder does not exist.".to_owned();
    };
    let added = store.add(directory, &[(position, folder)], message, received, flags);
    let uid = |mailbox: &Mailbox, numbers: &[u32]| {
        let message = mailbox.message(*numbers.first()?)?;
        Some((mailbox.folder(folder)?.uid_validity, message.uid))
    };
    match added {
        Ok(numbers) => {
            let code = uid(&store.mailbox(directory, position), &numbers)
                .map(|(validity, uid)| format!("[APPENDUID {validity} {uid}] "))
                .unwrap_or_default();
            organisation.touch();
            format!("OK {code}APPEND completed.")
        }
        Err(refusal) => format!("NO APPEND failed. {}", reason(refusal)),
    }
}
