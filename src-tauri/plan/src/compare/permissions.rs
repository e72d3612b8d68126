//! What the app is granted in Entra, and what somebody gave it in Exchange before it was taken over.
//!
//! Nothing that opens a mailbox or leads to more rights is wanted there, but for what lets a mail program in, which opens
//! only the mailboxes to which the app has full access. What else is found was granted by somebody, so it is named and stays,
//! until the admin says that it goes.

use domain::grant::Opens;

use super::{Blocked, Item, RowState, Rows, full_access};
use crate::changes::{Change, GrantAppRole, RemoveGrant, RemoveOldRole};
use crate::observed::Seen;
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let kept = |name: &String| wanted.kept.contains(name);
    old_roles(rows, kept);
    let grants = match &rows.seen.grants {
        Seen::Unknown(why) => return rows.add(Part::Permissions, Item::Grants, RowState::Unknown(*why)),
        Seen::Known(grants) => grants,
    };
    if grants.is_empty() {
        rows.add(Part::Permissions, Item::Grants, RowState::AsWanted);
    }
    for (id, (grant, owner)) in grants {
        let needed = wanted.app_roles.iter().any(|role| role.is(grant));
        let stays = needed || grant.opens == Opens::Nothing || kept(id);
        let state = match owner.may_be_changed() {
            _ if stays => RowState::AsWanted,
            true => RowState::Change(Change::RemoveGrant(RemoveGrant {
                id: id.clone(),
                app_role: grant.app_role,
            })),
            false => RowState::Blocked(Blocked::Grant),
        };
        rows.add(Part::Permissions, Item::Grant(id.clone()), state);
    }
    for role in &wanted.app_roles {
        let state = match grants.values().any(|(grant, _)| role.is(grant)) {
            true => RowState::AsWanted,
            false => rows
                .held_back(&[Item::Registration, Item::Principal])
                .or_else(|| full_access::in_the_way(rows, wanted))
                .unwrap_or(RowState::Change(Change::GrantAppRole(GrantAppRole {
                    role: *role,
                }))),
        };
        rows.add(Part::Permissions, Item::AppRole(*role), state);
    }
}

/// Roles in Exchange that were taken over with the app.
pub(super) fn old_roles(rows: &mut Rows<'_>, kept: impl Fn(&String) -> bool) {
    let seen = rows.seen;
    let roles = seen.roles.known().into_iter().flatten();
    for (name, _) in roles.filter(|(_, role)| role.is_old()) {
        let state = match kept(name) {
            true => RowState::AsWanted,
            false => RowState::Change(Change::RemoveOldRole(RemoveOldRole { name: name.clone() })),
        };
        rows.add(Part::Permissions, Item::Assignment(name.clone()), state);
    }
}
