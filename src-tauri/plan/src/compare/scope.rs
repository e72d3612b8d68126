//! Which mailboxes the app is held to in Exchange.

use std::collections::BTreeSet;

use domain::permission::Permission;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{
    AssignRole, Change, RegisterInExchange, RemoveScope, SetScope, UnassignRole, UnregisterInExchange,
};
use crate::observed::{Owner, Seen};
use crate::part::Part;
use crate::wanted::{WantedApp, WantedScope};

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let Some(scope) = &wanted.scope else {
        if wanted.full_access.is_empty() {
            return removed(rows);
        }
        // A mail program needs the entry and no scope.
        entry(rows, wanted);
        limit_removed(rows);
        return;
    };
    let held_back = entry(rows, wanted);
    strangers(rows);
    let state = held_back
        // While somebody else's role stands nothing of the limit is changed: roles add up.
        .or_else(|| rows.blocked_by(Blocked::Assignment))
        .unwrap_or_else(|| scope_state(rows, scope));
    rows.add(Part::Scope, Item::Scope, state);
    let held_back = rows.held_back(&[Item::Entry, Item::Scope]);
    // The scope keeps the name that it has.
    let name = rows.seen.scope.known().and_then(Option::as_ref);
    let name = name.map_or(scope.name.clone(), |seen| seen.name.clone());
    let roles = match &rows.seen.roles {
        Seen::Known(roles) => roles,
        Seen::Unknown(why) => {
            for permission in &scope.permissions {
                rows.add(
                    Part::Scope,
                    Item::Permission(*permission),
                    RowState::Unknown(*why),
                );
            }
            return;
        }
    };
    let mut found = BTreeSet::new();
    let mut unwanted = Vec::new();
    for (assignment, role) in roles {
        match role
            .permission
            .filter(|_| role.in_scope && role.owner.may_be_changed())
        {
            Some(permission) if scope.permissions.contains(&permission) && found.insert(permission) => {}
            Some(permission) => unwanted.push((assignment.clone(), permission)),
            None => {}
        }
    }
    for permission in &scope.permissions {
        let state = match found.contains(permission) {
            true => RowState::AsWanted,
            false => held_back.clone().unwrap_or_else(|| {
                RowState::Change(Change::AssignRole(AssignRole {
                    name: wanted.names.assignment(*permission),
                    permission: *permission,
                    scope: name.clone(),
                }))
            }),
        };
        rows.add(Part::Scope, Item::Permission(*permission), state);
    }
    for (assignment, permission) in unwanted {
        let state = unassign(assignment.clone(), permission, name.clone());
        rows.add(Part::Scope, Item::Assignment(assignment), state);
    }
}

/// The app's entry in Exchange. Why it can't be made, where that hangs on the app.
fn entry(rows: &mut Rows<'_>, wanted: &WantedApp) -> Option<RowState> {
    let held_back = rows.held_back(&[Item::Registration, Item::Principal]);
    let entry = match (held_back.clone(), &rows.seen.entry) {
        (Some(held_back), _) => held_back,
        (None, Seen::Unknown(why)) => RowState::Unknown(*why),
        (None, Seen::Known(Some(Owner::Stranger))) => RowState::Blocked(Blocked::Entry),
        (None, Seen::Known(Some(_))) => RowState::AsWanted,
        (None, Seen::Known(None)) => RowState::Change(Change::RegisterInExchange(RegisterInExchange {
            name: display_name(rows, wanted),
        })),
    };
    rows.add(Part::Scope, Item::Entry, entry);
    held_back
}

fn display_name(rows: &Rows<'_>, wanted: &WantedApp) -> String {
    let registration = rows.seen.registration.known().and_then(Option::as_ref);
    registration.map_or(wanted.display_name.clone(), |app| app.name.clone())
}

fn unassign(name: String, permission: Permission, scope: String) -> RowState {
    RowState::Change(Change::UnassignRole(UnassignRole {
        name,
        permission,
        scope,
    }))
}

/// A role that somebody else gave the app is named and stays.
fn strangers(rows: &mut Rows<'_>) {
    let roles = rows.seen.roles.known().into_iter().flatten();
    let strangers: Vec<String> = roles
        .filter(|(_, role)| {
            let ours = role.owner.may_be_changed() && role.in_scope && role.permission.is_some();
            !ours && !role.is_old()
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in strangers {
        rows.add(
            Part::Scope,
            Item::Assignment(name),
            RowState::Blocked(Blocked::Assignment),
        );
    }
}

fn scope_state(rows: &Rows<'_>, wanted: &WantedScope) -> RowState {
    let (seen, shared) = match (&rows.seen.scope, &rows.seen.shared_with) {
        (Seen::Unknown(why), _) | (Seen::Known(Some(_)), Seen::Unknown(why)) => {
            return RowState::Unknown(*why);
        }
        (Seen::Known(scope), shared) => (scope, shared.known().is_some_and(|shared| !shared.is_empty())),
    };
    match seen {
        Some(scope) if scope.owner == Owner::Stranger => RowState::Blocked(Blocked::Scope),
        Some(_) if shared => RowState::Blocked(Blocked::Shared),
        Some(scope) if wanted.is(scope) => RowState::AsWanted,
        seen => RowState::Change(Change::SetScope(SetScope {
            name: seen
                .as_ref()
                .map_or(wanted.name.clone(), |scope| scope.name.clone()),
            exists: seen.is_some(),
            mailboxes: wanted.mailboxes.clone(),
            group: wanted.group.clone(),
        })),
    }
}

/// Takes the whole limit away and the app's entry with it, and leaves what is somebody else's.
pub(super) fn removed(rows: &mut Rows<'_>) {
    if limit_removed(rows).is_some() {
        return;
    }
    let entry = match &rows.seen.entry {
        Seen::Unknown(why) => RowState::Unknown(*why),
        Seen::Known(None) | Seen::Known(Some(Owner::Stranger)) => RowState::AsWanted,
        Seen::Known(Some(_)) => rows
            // With its entry the app would lose what others gave it, and what it has would be left behind.
            .held_back(&[Item::Mailboxes])
            .or_else(|| rows.blocked_by(Blocked::Assignment))
            .or_else(|| rows.blocked_by(Blocked::FullAccess))
            .unwrap_or_else(|| {
                let registration = rows.seen.registration.known().and_then(Option::as_ref);
                RowState::Change(Change::UnregisterInExchange(UnregisterInExchange {
                    name: registration.map(|app| app.name.clone()).unwrap_or_default(),
                }))
            }),
    };
    rows.add(Part::Scope, Item::Entry, entry);
}

/// Takes the scope and the roles within it away. Why nothing that hangs on them may be, where the roles couldn't be read.
fn limit_removed(rows: &mut Rows<'_>) -> Option<RowState> {
    strangers(rows);
    let (scope_name, scope_mailboxes) = match rows.seen.scope.known().and_then(Option::as_ref) {
        Some(scope) => (scope.name.clone(), scope.mailboxes.clone()),
        None => (String::new(), BTreeSet::new()),
    };
    let mut ours = Vec::new();
    match &rows.seen.roles {
        Seen::Unknown(why) => rows.add(Part::Scope, Item::Entry, RowState::Unknown(*why)),
        Seen::Known(roles) => {
            for (name, role) in roles {
                if let (true, true, Some(permission)) =
                    (role.owner.may_be_changed(), role.in_scope, role.permission)
                {
                    ours.push((name.clone(), permission));
                }
            }
        }
    }
    for (name, permission) in ours {
        let state = unassign(name.clone(), permission, scope_name.clone());
        rows.add(Part::Scope, Item::Assignment(name), state);
    }
    let unknown = rows.held_back(&[Item::Entry]);
    let scope = match (&rows.seen.scope, &rows.seen.shared_with) {
        (Seen::Unknown(why), _) | (Seen::Known(Some(_)), Seen::Unknown(why)) => RowState::Unknown(*why),
        (Seen::Known(None), _) => RowState::AsWanted,
        (Seen::Known(Some(scope)), _) if scope.owner == Owner::Stranger => RowState::AsWanted,
        (Seen::Known(Some(_)), Seen::Known(shared)) if !shared.is_empty() => {
            RowState::Blocked(Blocked::Shared)
        }
        (Seen::Known(Some(_)), _) => {
            // A role without its scope would reach every mailbox.
            unknown
                .clone()
                .or_else(|| rows.blocked_by(Blocked::Assignment))
                .unwrap_or(RowState::Change(Change::RemoveScope(RemoveScope {
                    name: scope_name,
                    mailboxes: scope_mailboxes,
                })))
        }
    };
    rows.add(Part::Scope, Item::Scope, scope);
    unknown
}
