//! `Get-`, `Add-` and `Remove-MailboxPermission` (microsoft-facts §4c, step 3).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::identity::{mailbox, trustee};
use super::output::Output;
use super::parameters::Parameters;
use super::values::{sid, trustee_name};
use crate::organisation::Organisation;
use crate::organisation::exchange::MailboxPermission;

/// The rights that a list of permissions can hold.
pub(super) const RIGHTS: &[&str] = &[
    "FullAccess",
    "ExternalAccount",
    "DeleteItem",
    "ReadPermission",
    "ChangePermission",
    "ChangeOwner",
];

/// Entries on all mailboxes together; more is refused so that no caller can fill the memory.
const ENTRIES_AT_MOST: usize = 200_000;

fn shown(organisation: &Organisation, mailbox: &str, held: &MailboxPermission) -> Value {
    json!({
        "Identity": alias(mailbox),
        "User": trustee_name(organisation, &held.trustee),
        "UserSid": sid(&held.trustee),
        "AccessRights": held.rights,
        "IsInherited": held.inherited,
        "Deny": held.deny,
        "InheritanceType": "All",
        "IsValid": true,
    })
}

/// The name of a mailbox: what stands before the `@`.
fn alias(address: &str) -> &str {
    address.split('@').next().unwrap_or(address)
}

/// `Get-MailboxPermission`; the first row is the mailbox's own.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (_, mailbox) = mailbox(organisation, parameters.require("Identity")?)?;
    let user = match parameters.text("User") {
        None => None,
        Some(identity) => Some(trustee(organisation, identity)?),
    };
    let mut rows = Vec::new();
    if user.is_none() {
        rows.push(json!({
            "Identity": alias(&mailbox),
            "User": "NT AUTHORITY\\SELF",
            "UserSid": "S-1-5-10",
            "AccessRights": ["FullAccess", "ReadPermission"],
            "IsInherited": false,
            "Deny": false,
            "InheritanceType": "All",
            "IsValid": true,
        }));
    }
    let held = organisation.objects.exchange.mailbox_permissions.iter();
    rows.extend(
        held.filter(|held| held.mailbox == mailbox)
            .filter(|held| user.as_ref().is_none_or(|user| held.trustee == *user))
            .map(|held| shown(organisation, &mailbox, held)),
    );
    Ok(Output::of(rows))
}

/// `Add-MailboxPermission`. Adding what is there already is only warned about.
pub(super) fn add(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let (_, mailbox) = mailbox(organisation, identity)?;
    let user = parameters.require("User")?;
    let who = trustee(organisation, user)?;
    let rights: Vec<String> = parameters
        .list("AccessRights")
        .into_iter()
        .map(str::to_owned)
        .collect();
    if rights.is_empty() {
        return Err(Failure::missing("AccessRights"));
    }
    let deny = parameters.flag("Deny").unwrap_or(false);
    let held = &organisation.objects.exchange.mailbox_permissions;
    let same = held
        .iter()
        .position(|held| held.mailbox == mailbox && held.trustee == who && held.deny == deny);
    let present = same.and_then(|at| held.get(at));
    if present.is_some_and(|held| rights.iter().all(|right| held.rights.contains(right))) {
        return Ok(Output {
            objects: present
                .map(|held| shown(organisation, &mailbox, held))
                .into_iter()
                .collect(),
            ..Output::warning(format!(
                "The appropriate access control entry is already present on the object \"{}\" for account \"{user}\".",
                alias(&mailbox)
            ))
        });
    }
    if same.is_none() && held.len() >= ENTRIES_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many mailbox permissions in this practice organization.",
        ));
    }
    let mut entry = present.cloned().unwrap_or(MailboxPermission {
        mailbox: mailbox.clone(),
        trustee: who,
        rights: Vec::new(),
        deny,
        inherited: false,
    });
    for right in rights {
        if !entry.rights.contains(&right) {
            entry.rights.push(right);
        }
    }
    let output = Output::of(vec![shown(organisation, &mailbox, &entry)]);
    let all = &mut organisation.objects.exchange.mailbox_permissions;
    match same.and_then(|at| all.get_mut(at)) {
        Some(held) => *held = entry,
        None => all.push(entry),
    }
    organisation.touch();
    Ok(output)
}

/// `Remove-MailboxPermission`. Removing what is not there is only warned about.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let (_, mailbox) = mailbox(organisation, parameters.require("Identity")?)?;
    let user = parameters.require("User")?;
    let who = trustee(organisation, user)?;
    let rights = parameters.list("AccessRights");
    if rights.is_empty() {
        return Err(Failure::missing("AccessRights"));
    }
    let deny = parameters.flag("Deny").unwrap_or(false);
    let mut removed = false;
    let all = &mut organisation.objects.exchange.mailbox_permissions;
    for held in all
        .iter_mut()
        .filter(|held| held.mailbox == mailbox && held.trustee == who && held.deny == deny)
    {
        let before = held.rights.len();
        held.rights.retain(|right| !rights.contains(&right.as_str()));
        removed |= held.rights.len() < before;
    }
    all.retain(|held| !held.rights.is_empty());
    if !removed {
        return Ok(Output::warning(format!(
            "Can't remove the access control entry on the object \"{}\" for account \"{user}\" because the ACE isn't present.",
            alias(&mailbox)
        )));
    }
    organisation.touch();
    Ok(Output::nothing())
}
