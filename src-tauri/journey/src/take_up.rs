//! What is there already and not written down yet: made by a run that was cut off before it could say so, or put right by
//! somebody. It is written down as made, with the ids that it has, and nothing is sent.

use std::collections::BTreeSet;

use domain::ids::MailboxId;
use domain::problem::Problem;
use engine::event::Event;
use microsoft::graph::app_seen::AppSeen;
use plan::changes::{
    AssignRole, Change, CreateApp, CreatePrincipal, GiveFullAccess, RegisterInExchange, RestoreApp, SetScope,
    TakeFullAccess, UnassignRole,
};
use plan::given::Given;
use plan::observed::{Observed, Owner, Scope, SeenApp};
use plan::wanted::WantedApp;

use crate::changes::open_to_others;
use crate::wizard::Wizard;

/// Takes up what Entra shows of ours.
///
/// # Errors
/// Where an app that was just found takes accounts of other organisations, or the disk refuses.
pub(crate) fn in_entra(
    wizard: &mut Wizard,
    entra: &AppSeen,
    observed: &Observed,
    wanted: &WantedApp,
) -> Result<(), Problem> {
    let Some(seen) = of_ours(wizard, observed) else {
        return Ok(());
    };
    let Some(registration) = seen.registration.known().and_then(Option::as_ref).cloned() else {
        return Ok(());
    };
    if !registration.owner.may_be_changed() {
        return Ok(());
    }
    if wizard.notes().removed_app().is_some() {
        wizard.done(Change::RestoreApp(RestoreApp {}), Given::default())?;
    } else if wizard.notes().app().is_none() {
        let of_ours = entra.live.as_ref().map(|live| live.app.audience.as_str());
        if of_ours.is_some_and(|audience| audience != calls::entra::THIS_ORGANISATION) {
            return Err(open_to_others());
        }
        let change = Change::CreateApp(CreateApp {
            unique: wanted.names.unique(),
            tag: wanted.names.tag(),
            name: wanted.display_name.clone(),
        });
        let given = Given {
            object: registration.object,
            client: registration.client,
            name: Some(registration.name),
            ..Given::default()
        };
        wizard.done(change, given)?;
    }
    let principal = seen.principal.known().and_then(Option::as_ref);
    let id = principal.and_then(|principal| principal.id);
    if id.is_some() && id != wizard.notes().principal() {
        let change = Change::CreatePrincipal(CreatePrincipal {
            tag: wanted.names.tag(),
        });
        let given = Given {
            principal: id,
            ..Given::default()
        };
        wizard.done(change, given)?;
    }
    Ok(())
}

/// Takes up which mailboxes give the app full access by what was done here, and which don't any more.
fn full_access(wizard: &mut Wizard, seen: &SeenApp, recorded: &BTreeSet<MailboxId>) -> Result<(), Problem> {
    let Some(held) = seen.full_access.known() else {
        return Ok(());
    };
    for (mailbox, owner) in held {
        if *owner == Owner::Ours && !recorded.contains(mailbox) {
            let mailbox = *mailbox;
            wizard.done(
                Change::GiveFullAccess(GiveFullAccess { mailbox }),
                Given::default(),
            )?;
        }
    }
    for mailbox in recorded.iter().copied().filter(|known| !held.contains_key(known)) {
        wizard.done(
            Change::TakeFullAccess(TakeFullAccess { mailbox }),
            Given::default(),
        )?;
    }
    Ok(())
}

/// Takes up what Exchange shows of ours, and that what was to be taken away is gone.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn in_exchange(
    wizard: &mut Wizard,
    observed: &Observed,
    wanted: &WantedApp,
) -> Result<(), Problem> {
    let Some(seen) = of_ours(wizard, observed) else {
        return Ok(());
    };
    let recorded = wizard.notes().limit();
    let entry = seen.entry.known().and_then(Option::as_ref);
    if entry.is_some_and(|owner| owner.may_be_changed()) && !recorded.principal {
        let name = wizard.app()?.name;
        wizard.done(
            Change::RegisterInExchange(RegisterInExchange { name }),
            Given::default(),
        )?;
    }
    full_access(wizard, &seen, &recorded.full_access)?;
    let Some(limit) = &wanted.scope else { return Ok(()) };
    let scope = seen.scope.known().and_then(Option::as_ref);
    let is_noted = |scope: &Scope| {
        let held = recorded.scope.as_ref();
        held.is_some_and(|held| {
            !held.by_address && held.mailboxes == scope.mailboxes && held.group == scope.group
        })
    };
    if let Some(scope) = scope.filter(|scope| scope.owner.may_be_changed() && limit.is(scope))
        && !is_noted(scope)
    {
        let change = Change::SetScope(SetScope {
            name: scope.name.clone(),
            exists: true,
            mailboxes: scope.mailboxes.clone(),
            group: limit.group.clone(),
        });
        wizard.done(change, Given::default())?;
    }
    let Some(roles) = seen.roles.known() else {
        return Ok(());
    };
    for (name, role) in roles {
        let Some(permission) = role
            .permission
            .filter(|_| role.owner.may_be_changed() && role.in_scope)
        else {
            continue;
        };
        if !wizard.notes().is_assigned(permission) {
            let change = Change::AssignRole(AssignRole {
                name: name.clone(),
                permission,
                scope: limit.name.clone(),
            });
            wizard.done(change, Given::default())?;
        }
    }
    for (permission, name) in recorded.assignments {
        if !limit.permissions.contains(&permission) && !roles.contains_key(&name) {
            let change = Change::UnassignRole(UnassignRole {
                name,
                permission,
                scope: limit.name.clone(),
            });
            wizard.done(change, Given::default())?;
        }
    }
    Ok(())
}

/// Notes that the app of the connection's name lies among the deleted ones, so that the plan names its way back.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn found_deleted(wizard: &mut Wizard, entra: &AppSeen) -> Result<(), Problem> {
    let Some(deleted) = &entra.deleted else {
        return Ok(());
    };
    wizard.record(Event::AppFoundDeleted {
        app: wizard.key(),
        client_id: deleted.app.client_id,
        object_id: deleted.app.object_id,
        name: deleted.app.name.clone(),
        deleted_at: deleted.at,
    })
}

fn of_ours(wizard: &Wizard, observed: &Observed) -> Option<SeenApp> {
    observed.apps.get(&wizard.key()).cloned()
}
