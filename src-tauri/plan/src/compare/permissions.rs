//! What the app is granted in Entra.
//!
//! Nothing that opens a mailbox or leads to more rights is wanted there. What is found was granted by somebody, so it is
//! named and stays, until the admin says that it goes.

use domain::grant::Opens;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{Change, RemoveGrant};
use crate::observed::Seen;
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let grants = match &rows.seen.grants {
        Seen::Unknown(why) => return rows.add(Part::Permissions, Item::Grants, RowState::Unknown(*why)),
        Seen::Known(grants) => grants,
    };
    if grants.is_empty() {
        rows.add(Part::Permissions, Item::Grants, RowState::AsWanted);
    }
    for (id, (grant, owner)) in grants {
        let stays = grant.opens == Opens::Nothing || wanted.grants_kept.contains(id);
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
