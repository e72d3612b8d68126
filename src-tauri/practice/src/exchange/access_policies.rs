//! Application access policies, and the test of one (microsoft-facts §4a).
//!
//! UNVERIFIED: the words of the errors, but for the one about the total size.

use serde_json::{Value, json};
use uuid::Uuid;

use super::change::change;
use super::failure::{Failure, Outcome};
use super::identity;
use super::output::Output;
use super::parameters::Parameters;
use super::values::sid;
use crate::access::policies::{self, EVERY_APP, POLICIES_AT_MOST};
use crate::organisation::Organisation;
use crate::organisation::exchange::{AccessPolicy, AccessRight};
use crate::people::directory::IdKind;
use crate::people::entry::{Entry, Kind};

/// What one policy takes of the fixed total beside its description; with a description of one character about 300
/// fit (microsoft-facts §4a). The true figures are UNVERIFIED.
const POLICY_SIZE: usize = 99;

fn size(policy: &AccessPolicy) -> usize {
    POLICY_SIZE + policy.description.chars().count().max(1)
}

fn identity(organisation: &Organisation, policy: &AccessPolicy) -> String {
    format!(
        "{}\\{}:{};{}",
        organisation.objects.tenant_id,
        policy.app_id,
        sid(&policy.scope_id),
        policy.scope_id
    )
}

/// Whether the group or person behind a policy is still there.
fn is_valid(organisation: &Organisation, policy: &AccessPolicy) -> bool {
    let groups = &organisation.objects.exchange.groups;
    groups.iter().any(|group| group.guid == policy.scope_id)
        || organisation
            .directory
            .by_id(IdKind::Directory, &policy.scope_id)
            .is_some()
}

fn shown(organisation: &Organisation, policy: &AccessPolicy) -> Value {
    json!({
        "ScopeName": policy.scope_name,
        "ScopeIdentity": format!("{}{}", policy.scope_name, policy.created.strftime("%Y%m%d%H%M%S")),
        "Identity": identity(organisation, policy),
        "AppId": policy.app_id,
        "ScopeIdentityRaw": format!("{};{}", sid(&policy.scope_id), policy.scope_id),
        "Description": policy.description,
        "AccessRight": policy.right.name(),
        "ShardType": "All",
        "IsValid": is_valid(organisation, policy),
        "ObjectState": "Unchanged",
    })
}

fn position(organisation: &Organisation, wanted: &str) -> Result<usize, Failure> {
    let policies = &organisation.objects.exchange.access_policies;
    policies
        .iter()
        .position(|policy| identity(organisation, policy).eq_ignore_ascii_case(wanted.trim()))
        .ok_or_else(|| Failure::not_found(wanted))
}

/// `Get-ApplicationAccessPolicy`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let policies = &organisation.objects.exchange.access_policies;
    let found = match parameters.text("Identity") {
        None => policies.iter().collect(),
        Some(wanted) => vec![&policies[position(organisation, wanted)?]],
    };
    Ok(Output::of(
        found
            .into_iter()
            .map(|policy| shown(organisation, policy))
            .collect(),
    ))
}

/// The id and name of the group or person that a new policy is about. It must be a security principal: a person's
/// mailbox, a mail user or a mail-enabled security group; not a distribution list, not a shared mailbox, not a room
/// (microsoft-facts §4a).
fn scope(organisation: &Organisation, wanted: &str) -> Result<(String, String), Failure> {
    let no_principal = || {
        Failure::bad(
            "Microsoft.Exchange.Configuration.Tasks.TaskInvalidOperationException",
            format!(
                "The identity of the policy scope is not a security principal: \"{wanted}\". Use a mail-enabled security group, a user mailbox or a mail user."
            ),
        )
    };
    if let Some(group) = identity::group(organisation, wanted) {
        return if group.security {
            Ok((group.guid.clone(), group.name.clone()))
        } else {
            Err(no_principal())
        };
    }
    let position = identity::recipient(organisation, wanted).ok_or_else(|| Failure::not_found(wanted))?;
    match organisation.directory.entry(position) {
        Some(entry) if matches!(entry.kind, Kind::User | Kind::OnPremises) => Ok((
            organisation.directory.id(IdKind::Directory, position),
            entry.alias.to_string(),
        )),
        _ => Err(no_principal()),
    }
}

/// The app ids of a new policy: one or several, or `*` for every app.
fn app_ids(parameters: &Parameters) -> Result<Vec<String>, Failure> {
    let given = parameters.list("AppId");
    let mut ids = Vec::new();
    for part in given.iter().flat_map(|text| text.split(',')).map(str::trim) {
        let id = if part == EVERY_APP {
            EVERY_APP.to_owned()
        } else {
            Uuid::try_parse(part).map(|id| id.to_string()).map_err(|_| {
                Failure::bad(
                    "System.FormatException",
                    format!("The AppId \"{part}\" isn't a valid GUID."),
                )
            })?
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        return Err(Failure::missing("AppId"));
    }
    Ok(ids)
}

/// `New-ApplicationAccessPolicy`; one policy for each app.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let right = match parameters.require("AccessRight")? {
        "DenyAccess" => AccessRight::DenyAccess,
        _ => AccessRight::RestrictAccess,
    };
    let (scope_id, scope_name) = scope(organisation, parameters.require("PolicyScopeGroupId")?)?;
    let description = parameters.text("Description").unwrap_or_default();
    let created = organisation.clock.now();
    let new: Vec<AccessPolicy> = app_ids(parameters)?
        .into_iter()
        .map(|app_id| AccessPolicy {
            app_id,
            right,
            scope_id: scope_id.clone(),
            scope_name: scope_name.clone(),
            description: description.to_owned(),
            created,
        })
        .collect();
    let held = &organisation.objects.exchange.access_policies;
    for policy in &new {
        let same = |held: &AccessPolicy| held.app_id == policy.app_id && held.scope_id == policy.scope_id;
        if held.iter().any(same) {
            return Err(Failure::exists(
                "application access policy",
                &identity(organisation, policy),
            ));
        }
    }
    let total: usize = held.iter().chain(&new).map(size).sum();
    if total > POLICIES_AT_MOST * (POLICY_SIZE + 1) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "The total size of App Access Policies exceeded the limit.",
        ));
    }
    let output = Output::of(new.iter().map(|policy| shown(organisation, policy)).collect());
    change(organisation, |exchange| exchange.access_policies.extend(new));
    Ok(output)
}

/// `Set-ApplicationAccessPolicy`: the description only (microsoft-facts §4a).
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = position(organisation, parameters.require("Identity")?)?;
    if parameters.is_given("Description") {
        let description = parameters.text("Description").unwrap_or_default().to_owned();
        change(organisation, |exchange| {
            if let Some(policy) = exchange.access_policies.get_mut(at) {
                policy.description = description;
            }
        });
    }
    Ok(Output::nothing())
}

/// `Remove-ApplicationAccessPolicy`.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let at = position(organisation, parameters.require("Identity")?)?;
    change(organisation, |exchange| exchange.access_policies.remove(at));
    Ok(Output::nothing())
}

/// `Test-ApplicationAccessPolicy`: what the directory says now, not what live calls have heard of
/// (microsoft-facts §4a). Without any policy it says "Granted", which then means everywhere (§9, rule 4).
pub(super) fn test(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let wanted = parameters.require("Identity")?;
    let app_id = parameters.require("AppId")?.trim().to_lowercase();
    if Uuid::try_parse(&app_id).is_err() {
        let text = format!("The AppId \"{app_id}\" isn't a valid GUID.");
        return Err(Failure::bad("System.FormatException", text));
    }
    let directory = &organisation.directory;
    let (address, name, id) = match identity::recipient(organisation, wanted) {
        Some(position) => {
            let entry = directory
                .entry(position)
                .ok_or_else(|| Failure::not_found(wanted))?;
            (
                Entry::address(entry),
                entry.alias.to_string(),
                directory.id(IdKind::Exchange, position),
            )
        }
        None => {
            let group = identity::group(organisation, wanted).ok_or_else(|| Failure::not_found(wanted))?;
            (group.primary_smtp.clone(), group.name.clone(), group.guid.clone())
        }
    };
    let policies = policies::configured(&organisation.objects.exchange, directory, &app_id);
    let granted = policies::grants(&policies, &address);
    Ok(Output::of(vec![json!({
        "AppId": app_id,
        "Mailbox": name,
        "MailboxId": id,
        "MailboxSid": sid(&id),
        "AccessCheckResult": if granted { "Granted" } else { "Denied" },
    })]))
}
