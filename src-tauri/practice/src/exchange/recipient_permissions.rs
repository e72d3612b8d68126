//! `Get-`, `Add-` and `Remove-RecipientPermission`: the right to send as a mailbox or group (microsoft-facts §4c).

use serde_json::{Value, json};

use super::failure::{Failure, Outcome};
use super::identity::{self, trustee};
use super::output::Output;
use super::parameters::Parameters;
use super::values::{sid, trustee_name};
use crate::organisation::Organisation;
use crate::organisation::exchange::RecipientPermission;
use crate::people::entry::Entry;

/// The only right there is.
pub(super) const RIGHTS: &[&str] = &["SendAs"];

/// Entries on all recipients together; more is refused so that no caller can fill the memory.
const ENTRIES_AT_MOST: usize = 200_000;

fn shown(organisation: &Organisation, held: &RecipientPermission) -> Value {
    json!({
        "Identity": held.recipient.split('@').next(),
        "Trustee": trustee_name(organisation, &held.trustee),
        "TrusteeSidString": sid(&held.trustee),
        "AccessControlType": if held.deny { "Deny" } else { "Allow" },
        "AccessRights": ["SendAs"],
        "IsInherited": false,
        "InheritanceType": "None",
        "IsValid": true,
    })
}

/// The primary address of the mailbox, mail user or group that an identity names.
fn recipient(organisation: &Organisation, identity: &str) -> Result<String, Failure> {
    identity::recipient(organisation, identity)
        .and_then(|position| organisation.directory.entry(position))
        .map(Entry::address)
        .or_else(|| identity::group(organisation, identity).map(|group| group.primary_smtp.clone()))
        .ok_or_else(|| Failure::not_found(identity))
}

/// `Get-RecipientPermission`; the first row of a recipient is its own.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let wanted = match parameters.text("Identity") {
        None => None,
        Some(identity) => Some(recipient(organisation, identity)?),
    };
    let who = match parameters.text("Trustee") {
        None => None,
        Some(identity) => Some(trustee(organisation, identity)?),
    };
    let mut rows = Vec::new();
    if let (Some(address), None) = (&wanted, &who) {
        rows.push(json!({
            "Identity": address.split('@').next(),
            "Trustee": "NT AUTHORITY\\SELF",
            "TrusteeSidString": "S-1-5-10",
            "AccessControlType": "Allow",
            "AccessRights": ["SendAs"],
            "IsInherited": false,
            "InheritanceType": "None",
            "IsValid": true,
        }));
    }
    let held = organisation.objects.exchange.recipient_permissions.iter();
    rows.extend(
        held.filter(|held| wanted.as_ref().is_none_or(|address| held.recipient == *address))
            .filter(|held| who.as_ref().is_none_or(|who| held.trustee == *who))
            .map(|held| shown(organisation, held)),
    );
    rows.truncate(parameters.result_size().0);
    Ok(Output::of(rows))
}

/// `Add-RecipientPermission`. Adding what is there already is only warned about.
pub(super) fn add(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let address = recipient(organisation, parameters.require("Identity")?)?;
    let user = parameters.require("Trustee")?;
    let entry = RecipientPermission {
        recipient: address,
        trustee: trustee(organisation, user)?,
        deny: parameters.flag("Deny").unwrap_or(false),
    };
    let output = Output::of(vec![shown(organisation, &entry)]);
    let all = &mut organisation.objects.exchange.recipient_permissions;
    if all.contains(&entry) {
        return Ok(Output {
            warnings: vec![format!(
                "The appropriate access control entry is already present on the object \"{}\" for account \"{user}\".",
                entry.recipient
            )],
            ..output
        });
    }
    if all.len() >= ENTRIES_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many recipient permissions in this practice organization.",
        ));
    }
    all.push(entry);
    organisation.touch();
    Ok(output)
}

/// `Remove-RecipientPermission`. Removing what is not there is only warned about.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let address = recipient(organisation, parameters.require("Identity")?)?;
    let user = parameters.require("Trustee")?;
    let entry = RecipientPermission {
        recipient: address,
        trustee: trustee(organisation, user)?,
        deny: parameters.flag("Deny").unwrap_or(false),
    };
    let all = &mut organisation.objects.exchange.recipient_permissions;
    let before = all.len();
    all.retain(|held| *held != entry);
    if all.len() == before {
        return Ok(Output::warning(format!(
            "Can't remove the access control entry on the object \"{}\" for account \"{user}\" because the ACE isn't present.",
            entry.recipient
        )));
    }
    organisation.touch();
    Ok(Output::nothing())
}
