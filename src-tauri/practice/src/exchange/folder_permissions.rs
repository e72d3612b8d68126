//! `MailboxFolderPermission`: what people may do in one folder, the documented endpoint's main use
//! (microsoft-facts §4d(ii)).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::identity::{mailbox, trustee};
use super::output::Output;
use super::parameters::Parameters;
use super::values::trustee_name;
use crate::organisation::Organisation;
use crate::organisation::exchange::FolderPermission;

/// Roles and single rights that a folder's permissions can hold.
pub(super) const RIGHTS: &[&str] = &[
    "None",
    "Owner",
    "PublishingEditor",
    "Editor",
    "PublishingAuthor",
    "Author",
    "NonEditingAuthor",
    "Reviewer",
    "Contributor",
    "AvailabilityOnly",
    "LimitedDetails",
    "CreateItems",
    "CreateSubfolders",
    "DeleteAllItems",
    "DeleteOwnedItems",
    "EditAllItems",
    "EditOwnedItems",
    "FolderContact",
    "FolderOwner",
    "FolderVisible",
    "ReadItems",
];

/// Everybody of the organisation, and everybody else.
const SPECIAL: [&str; 2] = ["Default", "Anonymous"];

/// Entries in all mailboxes together.
const ENTRIES_AT_MOST: usize = 100_000;

/// The mailbox and the folder of an identity such as `support@contoso.example:\Calendar`.
fn folder(organisation: &Organisation, identity: &str) -> Result<(String, String), Failure> {
    let (name, path) = identity.split_once(":\\").unwrap_or((identity, ""));
    let (_, address) = mailbox(organisation, name.trim_end_matches(':'))?;
    Ok((address, format!("\\{path}")))
}

fn user(organisation: &Organisation, identity: &str) -> Result<String, Failure> {
    match SPECIAL.iter().find(|name| name.eq_ignore_ascii_case(identity)) {
        Some(name) => Ok((*name).to_owned()),
        None => trustee(organisation, identity),
    }
}

fn shown(organisation: &Organisation, held: &FolderPermission) -> Value {
    let folder = held.folder.trim_start_matches('\\');
    json!({
        "Identity": format!("{}:{}", held.mailbox, held.folder),
        "FolderName": if folder.is_empty() { "Top of Information Store" } else { folder },
        "User": trustee_name(organisation, &held.user),
        "AccessRights": held.rights,
        "SharingPermissionFlags": null,
        "IsValid": true,
    })
}

fn position(organisation: &Organisation, mailbox: &str, folder: &str, user: &str) -> Option<usize> {
    organisation
        .objects
        .exchange
        .folder_permissions
        .iter()
        .position(|held| {
            held.mailbox == mailbox && held.folder.eq_ignore_ascii_case(folder) && held.user == user
        })
}

/// `Get-MailboxFolderPermission`; "Default" and "Anonymous" are always listed.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (mailbox, folder) = folder(organisation, parameters.require("Identity")?)?;
    let wanted = match parameters.text("User") {
        None => None,
        Some(identity) => Some(user(organisation, identity)?),
    };
    let held = organisation.objects.exchange.folder_permissions.iter();
    let mut all: Vec<FolderPermission> = held
        .filter(|held| held.mailbox == mailbox && held.folder.eq_ignore_ascii_case(&folder))
        .cloned()
        .collect();
    for special in SPECIAL.into_iter().rev() {
        if !all.iter().any(|held| held.user == special) {
            let everybody_sees_times = special == "Default" && folder.eq_ignore_ascii_case("\\calendar");
            let right = if everybody_sees_times {
                "AvailabilityOnly"
            } else {
                "None"
            };
            all.insert(
                0,
                FolderPermission {
                    mailbox: mailbox.clone(),
                    folder: folder.clone(),
                    user: special.to_owned(),
                    rights: vec![right.to_owned()],
                },
            );
        }
    }
    let rows = all
        .iter()
        .filter(|held| wanted.as_ref().is_none_or(|user| held.user == *user))
        .map(|held| shown(organisation, held));
    Ok(Output::of(rows.collect()))
}

/// `Add-MailboxFolderPermission`.
pub(super) fn add(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (mailbox, folder) = folder(organisation, parameters.require("Identity")?)?;
    let identity = parameters.require("User")?;
    let user = user(organisation, identity)?;
    if position(organisation, &mailbox, &folder, &user).is_some() {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.StoreTasks.UserAlreadyExistsInPermissionEntryException",
            format!("An existing permission entry was found for user: {identity}."),
        ));
    }
    if organisation.objects.exchange.folder_permissions.len() >= ENTRIES_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many folder permissions in this practice organization.",
        ));
    }
    let entry = FolderPermission {
        mailbox,
        folder,
        user,
        rights: rights(parameters)?,
    };
    let output = Output::of(vec![shown(organisation, &entry)]);
    organisation.objects.exchange.folder_permissions.push(entry);
    organisation.touch();
    Ok(output)
}

fn rights(parameters: &Parameters) -> Result<Vec<String>, Failure> {
    let rights = parameters.list("AccessRights");
    if rights.is_empty() {
        return Err(Failure::missing("AccessRights"));
    }
    Ok(rights.into_iter().map(str::to_owned).collect())
}

/// `Set-MailboxFolderPermission`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (mailbox, folder) = folder(organisation, parameters.require("Identity")?)?;
    let identity = parameters.require("User")?;
    let user = user(organisation, identity)?;
    let rights = rights(parameters)?;
    let at = position(organisation, &mailbox, &folder, &user);
    let all = &mut organisation.objects.exchange.folder_permissions;
    let room = SPECIAL.contains(&user.as_str()) && all.len() < ENTRIES_AT_MOST;
    match at.and_then(|at| all.get_mut(at)) {
        Some(held) => held.rights = rights,
        None if room => all.push(FolderPermission {
            mailbox,
            folder,
            user,
            rights,
        }),
        None => return Err(not_there(identity)),
    }
    organisation.touch();
    Ok(Output::nothing())
}

/// `Remove-MailboxFolderPermission`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (mailbox, folder) = folder(organisation, parameters.require("Identity")?)?;
    let identity = parameters.require("User")?;
    let user = user(organisation, identity)?;
    let at = position(organisation, &mailbox, &folder, &user).ok_or_else(|| not_there(identity))?;
    organisation.objects.exchange.folder_permissions.remove(at);
    organisation.touch();
    Ok(Output::nothing())
}

fn not_there(user: &str) -> Failure {
    Failure::bad(
        "Microsoft.Exchange.Management.StoreTasks.UserNotFoundInPermissionEntryException",
        format!("There is no existing permission entry found for user: {user}."),
    )
}
