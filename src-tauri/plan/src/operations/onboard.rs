//! Makes a connection what was answered, whatever is there of it: nothing, a part, or another one.
//!
//! ```text
//! bring back ──surveyed again──▶ close ──waited──▶ open ──waited──▶ the goal
//! ```
//!
//! A new connection has only the last of these. The others stand where Microsoft's delays could open a mailbox that
//! nobody asked for, or interrupt one that was and stays asked for.

use std::collections::BTreeSet;

use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::grant::{EntraGrant, Opens};
use domain::ids::{ConnectionId, MailboxId};
use domain::permission::Permission;

use super::{Gate, Phase};
use crate::observed::{Observed, Seen, SeenApp};
use crate::switches::ours;
use crate::wanted::{Answers, Wanted, WantedApp, WantedScope, wanted};

pub(super) fn phases(connection: ConnectionId, answers: &Answers, observed: &Observed) -> Vec<Phase> {
    let goal = wanted(connection, answers);
    if let Some(first) = bring_back(&goal, observed) {
        return vec![first];
    }
    let open = opened(&goal, observed);
    let closed = closed(&open, observed);
    let waited = |wanted| Phase {
        wanted,
        gates: vec![Gate::Waited],
    };
    let mut phases = Vec::new();
    if closed != open {
        phases.push(waited(closed));
    }
    if open != goal {
        phases.push(waited(open));
    }
    phases.push(Phase {
        wanted: goal,
        gates: vec![Gate::Proven, Gate::HandedOver],
    });
    phases
}

/// Takes apps back from the deleted ones and does nothing else: what comes back with them is read before anything is
/// added to it.
fn bring_back(goal: &Wanted, observed: &Observed) -> Option<Phase> {
    let comes_back = |key: &AppKey| {
        observed.apps.get(key).is_some_and(|app| {
            matches!(app.registration, Seen::Known(None))
                && matches!(&app.deleted, Seen::Known(Some(deleted)) if deleted.owner.may_be_changed())
        })
    };
    let (back, rest): (Vec<_>, Vec<_>) = goal.apps.iter().partition(|(key, _)| comes_back(key));
    let others = observed.apps.keys().filter(|key| !goal.apps.contains_key(key));
    (!back.is_empty()).then(|| Phase {
        wanted: Wanted {
            kept: rest
                .into_iter()
                .map(|(key, _)| key)
                .chain(others)
                .cloned()
                .collect(),
            apps: back
                .into_iter()
                .map(|(key, app)| (key.clone(), app.clone()))
                .collect(),
        },
        gates: vec![Gate::SurveyedAgain],
    })
}

/// The goal, and beside it everything through which a mailbox that stays asked for is reached until now. It goes once
/// what takes its place is in force.
fn opened(goal: &Wanted, observed: &Observed) -> Wanted {
    let scopes = goal.apps.values().filter_map(|app| app.scope.as_ref());
    let scoped = scopes.flat_map(|scope| &scope.mailboxes);
    let full_access = goal.apps.values().flat_map(|app| &app.full_access);
    let asked: BTreeSet<MailboxId> = scoped.chain(full_access).copied().collect();
    let mut open = goal.clone();
    let reaches = |key: &&AppKey| observed.apps.get(*key).is_some_and(reaches);
    open.kept = observed
        .apps
        .keys()
        .filter(|key| !goal.apps.contains_key(*key))
        .filter(reaches)
        .cloned()
        .collect();
    for (key, app) in &mut open.apps {
        let Some(seen) = observed.apps.get(key) else {
            continue;
        };
        let grants = seen.grants.known().into_iter().flatten();
        let grants = grants
            .filter(|(_, (grant, owner))| grant.opens != Opens::Nothing && owner.may_be_changed())
            .map(|(id, _)| id.clone());
        app.kept.extend(grants.chain(old_roles(seen)));
        // A switch that was set here for a mailbox that stays asked for stands until what takes the protocol's place is in force.
        let switched_on = seen.switches.known().into_iter().flat_map(ours);
        let switched_on = switched_on.map(|(of, _)| of);
        app.protocols
            .extend(switched_on.filter(|of| asked.contains(&of.mailbox)));
        if is_let_in(seen) {
            let has = seen.full_access.known().into_iter().flatten();
            let stays = has.filter(|(mailbox, owner)| asked.contains(mailbox) && owner.may_be_changed());
            app.full_access.extend(stays.map(|(mailbox, _)| *mailbox));
        }
        if app.scope.is_none() {
            app.scope = scope_that_stays(seen, &asked);
            continue;
        }
        let (Some(scope), false) = (&mut app.scope, held(seen).is_empty()) else {
            continue;
        };
        // A mailbox that another app of the connection takes over stays until that one has it.
        if let Some(now) = seen.scope.known().and_then(Option::as_ref) {
            let stays = asked
                .iter()
                .filter(|mailbox| now.open || now.mailboxes.contains(mailbox));
            scope.mailboxes.extend(stays.copied());
        }
        if held(seen).is_disjoint(&scope.permissions) {
            scope.permissions.extend(held(seen));
        }
    }
    open
}

/// The scope of an app that is to open its mailboxes as a mail program does: it stays, for what is asked for, until that is
/// in force.
fn scope_that_stays(seen: &SeenApp, asked: &BTreeSet<MailboxId>) -> Option<WantedScope> {
    let scope = seen.scope.known()?.as_ref()?;
    let stays = asked
        .iter()
        .filter(|mailbox| scope.open || scope.mailboxes.contains(mailbox));
    let mailboxes: BTreeSet<MailboxId> = stays.copied().collect();
    let permissions = held(seen);
    (!mailboxes.is_empty() && !permissions.is_empty()).then(|| WantedScope {
        name: scope.name.clone(),
        mailboxes,
        group: None,
        permissions,
    })
}

/// The same, without the roles that would open a scope in which mailboxes may still be that nobody asked for: a role can
/// come into force at once, and a changed scope hours later.
fn closed(open: &Wanted, observed: &Observed) -> Wanted {
    let mut closed = open.clone();
    for (key, app) in &mut closed.apps {
        if let (Some(scope), Some(seen)) = (&mut app.scope, observed.apps.get(key))
            && held(seen).is_empty()
            && is_stale(scope, seen)
        {
            scope.permissions.clear();
        }
        // The same for a mail program: it isn't let in, nor by a protocol more, while full access to such a mailbox may still
        // stand.
        if let Some(seen) = observed.apps.get(key)
            && has_beyond(app, seen)
        {
            app.app_roles
                .retain(|role| granted(seen).any(|grant| role.is(grant)));
        }
    }
    closed
}

/// Whether the app has full access to mailboxes that nobody asked for.
fn has_beyond(wanted: &WantedApp, seen: &SeenApp) -> bool {
    let mut has = seen.full_access.known().into_iter().flatten();
    has.any(|(mailbox, _)| !wanted.full_access.contains(mailbox))
}

/// What the app is granted in Entra, as far as it is known.
fn granted(seen: &SeenApp) -> impl Iterator<Item = &EntraGrant> {
    let grants = seen.grants.known().into_iter().flatten();
    grants.map(|(_, (grant, _))| grant)
}

/// Whether a mail program is let in.
fn is_let_in(seen: &SeenApp) -> bool {
    granted(seen).any(AppRole::is_any)
}

/// Whether the scope holds mailboxes that nobody asked for.
fn is_stale(wanted: &WantedScope, seen: &SeenApp) -> bool {
    let scope = seen.scope.known().and_then(Option::as_ref);
    scope.is_some_and(|scope| {
        let same = wanted.group.is_some() && wanted.is(scope);
        !same && (scope.open || !scope.mailboxes.is_subset(&wanted.mailboxes))
    })
}

/// The names of roles elsewhere that were taken over with an app.
fn old_roles(seen: &SeenApp) -> impl Iterator<Item = String> {
    let roles = seen.roles.known().into_iter().flatten();
    roles
        .filter(|(_, role)| role.is_old())
        .map(|(name, _)| name.clone())
}

/// Whether anything is reached through an app.
fn reaches(seen: &SeenApp) -> bool {
    let grants = seen.grants.known().into_iter().flatten();
    let mut opening = grants.filter(|(_, (grant, _))| grant.opens != Opens::Nothing);
    opening.next().is_some() || !held(seen).is_empty() || old_roles(seen).next().is_some()
}

/// The permissions that the app has within the scope.
fn held(seen: &SeenApp) -> BTreeSet<Permission> {
    let roles = seen.roles.known().into_iter().flatten();
    roles
        .filter(|(_, role)| role.in_scope && role.owner.may_be_changed())
        .filter_map(|(_, role)| role.permission)
        .collect()
}
