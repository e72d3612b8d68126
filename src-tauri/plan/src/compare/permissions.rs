//! What the app is granted in Entra, and what somebody gave it in Exchange before it was taken over.
//!
//! Nothing that opens a mailbox or leads to more rights is wanted there, but for what lets a mail program in, which opens
//! only the mailboxes to which the app has full access. What else is found was granted by somebody, so it is named and stays,
//! until the admin says that it goes.

use domain::app_role::AppRole;
use domain::grant::{EntraGrant, Opens};

use super::{Blocked, Item, RowState, Rows, full_access};
use crate::changes::{Change, GrantAppRole, RemoveAccessPolicy, RemoveGrant, RemoveOldRole};
use crate::observed::{Owner, Seen};
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let kept = |name: &String| wanted.kept.contains(name);
    old_roles(rows, kept);
    old_policies(rows, wanted);
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

/// Access policies that were taken over with the app. One that shall go does so only where nothing is left that it limits: also
/// what is about to be taken away counts.
fn old_policies(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let seen = rows.seen;
    let mut grants = seen.grants.known().into_iter().flatten();
    let opens = |grant: &EntraGrant| grant.opens != Opens::Nothing && !AppRole::is_any(grant);
    let limits = seen.grants.known().is_none() || grants.any(|(_, (grant, _))| opens(grant));
    for (identity, policy) in seen.policies.known().into_iter().flatten() {
        let asked = wanted.without_policies.contains(identity) && policy.owner == Owner::Adopted;
        let state = match (asked, limits) {
            (false, _) => RowState::AsWanted,
            (true, true) => RowState::Blocked(Blocked::HangsOn),
            (true, false) => RowState::Change(Change::RemoveAccessPolicy(RemoveAccessPolicy {
                identity: identity.clone(),
                group: policy.group.clone(),
            })),
        };
        rows.add(Part::Permissions, Item::AccessPolicy(identity.clone()), state);
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use domain::app_key::AppKey;
    use domain::grant::MICROSOFT_GRAPH;
    use domain::ids::ConnectionId;
    use uuid::Uuid;

    use super::*;
    use crate::compare::compare;
    use crate::names::Names;
    use crate::observed::{AccessPolicy, Observed, SeenApp, Why};
    use crate::wanted::Wanted;

    const POLICY: &str =
        "11111111-0000-0000-0000-000000000000\\22222222-0000-0000-0000-000000000000:S-1-5-21-1;3";

    fn goes(asked: &[&str], owner: Owner, grants: Seen<BTreeMap<String, (EntraGrant, Owner)>>) -> bool {
        let key = AppKey::default();
        let app = WantedApp {
            names: Names::new(ConnectionId(Uuid::from_u128(1)), key.clone()),
            display_name: "Mailgrant: Contact Pro".into(),
            credential: None,
            scope: None,
            app_roles: BTreeSet::new(),
            full_access: BTreeSet::new(),
            protocols: BTreeSet::new(),
            switch_on: BTreeSet::new(),
            kept: BTreeSet::new(),
            without_policies: asked.iter().map(|asked| (*asked).to_owned()).collect(),
        };
        let wanted = Wanted {
            apps: BTreeMap::from([(key.clone(), app)]),
            ..Wanted::default()
        };
        let group = "Contact Pro mailboxes".to_owned();
        let seen = SeenApp {
            grants,
            policies: Seen::Known(BTreeMap::from([(
                POLICY.to_owned(),
                AccessPolicy { owner, group },
            )])),
            ..SeenApp::nothing()
        };
        let observed = Observed {
            apps: BTreeMap::from([(key, seen)]),
            ..Observed::default()
        };
        let changes = compare(&wanted, &observed).changes();
        let is =
            |change: &Change| matches!(change, Change::RemoveAccessPolicy(gone) if gone.identity == POLICY);
        changes.iter().any(|(_, change)| is(change))
    }

    fn granted(opens: Opens) -> Seen<BTreeMap<String, (EntraGrant, Owner)>> {
        let grant = EntraGrant {
            id: "g".into(),
            resource: "Microsoft Graph".into(),
            api: MICROSOFT_GRAPH.into(),
            permission: "Mail.Read".into(),
            app_role: true,
            opens,
        };
        Seen::Known(BTreeMap::from([("g".to_owned(), (grant, Owner::Adopted))]))
    }

    /// Whatever the policy still limits would be open without it, whoever granted it and whatever becomes of it.
    #[test]
    fn a_policy_goes_only_where_nothing_is_left_that_it_limits() {
        let nothing = || Seen::Known(BTreeMap::new());
        assert!(goes(&[POLICY], Owner::Adopted, nothing()));
        assert!(goes(&[POLICY], Owner::Adopted, granted(Opens::Nothing)));
        for opens in [Opens::Mailboxes, Opens::MoreRights, Opens::Unknown] {
            assert!(!goes(&[POLICY], Owner::Adopted, granted(opens)), "{opens:?}");
        }
        assert!(!goes(&[POLICY], Owner::Adopted, Seen::Unknown(Why::NoRight)));
        assert!(!goes(&[], Owner::Adopted, nothing()));
        assert!(!goes(&[POLICY], Owner::Stranger, nothing()));
    }
}
