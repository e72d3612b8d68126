//! Management scopes: filters that hold role assignments to some recipients (microsoft-facts §4b).

use serde_json::{Value, json};

use super::change::change;
use super::failure::{Failure, Outcome};
use super::organization_config::require_customization;
use super::output::Output;
use super::parameters::Parameters;
use super::recipients;
use crate::organisation::Organisation;
use crate::organisation::exchange::ManagementScope;
use crate::organisation::ids::new_id;

fn shown(scope: &ManagementScope) -> Value {
    json!({
        "Name": scope.name,
        "Identity": scope.name,
        "Guid": scope.guid,
        "ScopeRestrictionType": "RecipientScope",
        "Exclusive": scope.exclusive,
        "RecipientRoot": "",
        "RecipientFilter": scope.filter,
        "ServerFilter": "",
        "IsValid": true,
    })
}

fn position(organisation: &Organisation, identity: &str) -> Option<usize> {
    organisation.objects.exchange.scopes.iter().position(|scope| {
        scope.name.eq_ignore_ascii_case(identity) || scope.guid.eq_ignore_ascii_case(identity)
    })
}

/// The scope that an identity names.
pub(super) fn resolve<'a>(organisation: &'a Organisation, identity: &str) -> Option<&'a ManagementScope> {
    position(organisation, identity).and_then(|at| organisation.objects.exchange.scopes.get(at))
}

/// Whether a role assignment is limited to the scope of this name.
fn is_used(organisation: &Organisation, name: &str) -> bool {
    organisation.objects.exchange.assignments.iter().any(|held| {
        held.scope
            .as_deref()
            .is_some_and(|scope| scope.eq_ignore_ascii_case(name))
    })
}

/// Scopes in all; more is refused so that no caller can fill the memory.
const SCOPES_AT_MOST: usize = 10_000;

/// `Get-ManagementScope`.
pub(super) fn get(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    match parameters.text("Identity") {
        None => {
            let exclusive = parameters.flag("Exclusive");
            let scopes = organisation.objects.exchange.scopes.iter();
            let wanted = scopes.filter(|scope| {
                exclusive.is_none_or(|exclusive| scope.exclusive == exclusive)
                    && (parameters.flag("Orphan") != Some(true) || !is_used(organisation, &scope.name))
            });
            Ok(Output::of(wanted.map(shown).collect()))
        }
        Some(identity) => {
            let scope = resolve(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
            Ok(Output::of(vec![shown(scope)]))
        }
    }
}

/// Refuses a filter that cannot be read, or in which a wildcard begins a value (microsoft-facts §12; Exchange's words
/// are UNVERIFIED).
fn scope_filter(parameters: &Parameters) -> Result<(), Failure> {
    let filter = recipients::filter(parameters, "RecipientRestrictionFilter")?;
    if filter.is_some_and(|filter| filter.begins_with_wildcard()) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "Cannot bind parameter 'RecipientRestrictionFilter' to the target: a wildcard can't be the first character of a value.",
        ));
    }
    Ok(())
}

/// `New-ManagementScope`.
pub(super) fn create(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    require_customization(organisation, "New-ManagementScope")?;
    let name = parameters.require("Name")?.trim();
    let filter = parameters.require("RecipientRestrictionFilter")?;
    scope_filter(parameters)?;
    if position(organisation, name).is_some() {
        return Err(Failure::exists("management scope", name));
    }
    if name.chars().count() > 64 {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "The length of the property \"Name\" is too long. The maximum length is 64.",
        ));
    }
    if organisation.objects.exchange.scopes.len() >= SCOPES_AT_MOST {
        return Err(Failure::bad(
            "Microsoft.Exchange.Data.DataValidationException",
            "There are too many management scopes in this practice organization.",
        ));
    }
    let scope = ManagementScope {
        name: name.to_owned(),
        filter: filter.to_owned(),
        guid: new_id(),
        exclusive: parameters.flag("Exclusive").unwrap_or(false),
    };
    let output = Output::of(vec![shown(&scope)]);
    organisation.objects.exchange.scopes.push(scope);
    organisation.touch();
    Ok(output)
}

/// `Set-ManagementScope`.
pub(super) fn set(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    let filter = parameters.text("RecipientRestrictionFilter");
    scope_filter(parameters)?;
    let new_name = parameters.text("Name");
    if let Some(name) = new_name
        && position(organisation, name).is_some_and(|found| found != at)
    {
        return Err(Failure::exists("management scope", name));
    }
    change(organisation, |exchange| {
        if let Some(filter) = filter {
            filter.clone_into(&mut exchange.scopes[at].filter);
        }
        if let Some(name) = new_name {
            let old = std::mem::replace(&mut exchange.scopes[at].name, name.to_owned());
            for held in exchange
                .assignments
                .iter_mut()
                .filter(|held| held.scope.as_ref() == Some(&old))
            {
                held.scope = Some(name.to_owned());
            }
        }
    });
    organisation.touch();
    Ok(Output::nothing())
}

/// `Remove-ManagementScope`; one that an assignment uses stays.
pub(super) fn remove(organisation: &mut Organisation, parameters: &Parameters) -> Outcome {
    let identity = parameters.require("Identity")?;
    let at = position(organisation, identity).ok_or_else(|| Failure::not_found(identity))?;
    let name = organisation.objects.exchange.scopes[at].name.clone();
    if is_used(organisation, &name) {
        return Err(Failure::bad(
            "Microsoft.Exchange.Management.Tasks.ManagementScopeInUseException",
            format!(
                "The management scope \"{name}\" can't be removed because it is used by a management role assignment."
            ),
        ));
    }
    organisation.objects.exchange.scopes.remove(at);
    organisation.touch();
    Ok(Output::nothing())
}
