//! What the app is granted in Entra, and what somebody gave it in Exchange before it was taken over.
//!
//! Nothing that opens a mailbox or leads to more rights is wanted there. What is found was granted by somebody, so it is
//! named and stays, until the admin says that it goes.

use domain::grant::Opens;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{Change, RemoveGrant, RemoveOldRole};
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
        let stays = grant.opens == Opens::Nothing || kept(id);
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
