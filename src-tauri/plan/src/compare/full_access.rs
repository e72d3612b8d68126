//! The mailboxes to which the app has full access in Exchange: what holds a mail program to its mailboxes, because no scope
//! does (microsoft-facts §4c).

use std::collections::BTreeMap;

use domain::ids::MailboxId;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{Change, GiveFullAccess, TakeFullAccess};
use crate::observed::{Owner, Seen, Why};
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let held_back = rows.held_back(&[Item::Registration, Item::Principal, Item::Entry]);
    let Some(held) = read(rows) else { return };
    for mailbox in &wanted.full_access {
        let state = match held.contains_key(mailbox) {
            true => RowState::AsWanted,
            false => held_back
                .clone()
                .unwrap_or(RowState::Change(Change::GiveFullAccess(GiveFullAccess {
                    mailbox: *mailbox,
                }))),
        };
        rows.add(Part::Scope, Item::Mailbox(*mailbox), state);
    }
    for (mailbox, owner) in held {
        if !wanted.full_access.contains(&mailbox) {
            taken(rows, mailbox, owner);
        }
    }
}

/// Takes away what is ours, and names what somebody else gave.
pub(super) fn removed(rows: &mut Rows<'_>) {
    let Some(held) = read(rows) else { return };
    for (mailbox, owner) in held {
        taken(rows, mailbox, owner);
    }
}

fn taken(rows: &mut Rows<'_>, mailbox: MailboxId, owner: Owner) {
    let state = match owner.may_be_changed() {
        true => RowState::Change(Change::TakeFullAccess(TakeFullAccess { mailbox })),
        false => RowState::Blocked(Blocked::FullAccess),
    };
    rows.add(Part::Scope, Item::Mailbox(mailbox), state);
}

/// What was read; where nothing was, a row says so.
fn read(rows: &mut Rows<'_>) -> Option<BTreeMap<MailboxId, Owner>> {
    match &rows.seen.full_access {
        Seen::Known(held) => Some(held.clone()),
        Seen::Unknown(why) => {
            let why = *why;
            rows.add(Part::Scope, Item::Mailboxes, RowState::Unknown(why));
            None
        }
    }
}

/// Why nothing may let a mail program in yet, where that is so: it would open every mailbox to which the app has full
/// access, also one that nobody asked for.
pub(super) fn in_the_way(rows: &Rows<'_>, wanted: &WantedApp) -> Option<RowState> {
    match &rows.seen.full_access {
        Seen::Unknown(_) => Some(RowState::Unknown(Why::HangsOn)),
        Seen::Known(held) => {
            let mut beyond = held
                .keys()
                .filter(|mailbox| !wanted.full_access.contains(mailbox));
            beyond.next().map(|_| RowState::Blocked(Blocked::HangsOn))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::app_key::AppKey;
    use domain::app_role::AppRole;
    use domain::ids::ConnectionId;
    use uuid::Uuid;

    use crate::changes::Change;
    use crate::compare::{Blocked, RowState, compare};
    use crate::names::Names;
    use crate::observed::{Observed, Owner, Seen, SeenApp};
    use crate::reach::{reach, wanted_reach, widest};
    use crate::wanted::{Wanted, WantedApp};

    use super::*;

    fn id(number: u128) -> MailboxId {
        MailboxId(Uuid::from_u128(number))
    }

    /// An app for a mail program, with these mailboxes.
    fn wanted(mailboxes: &[u128]) -> Wanted {
        let names = Names::new(ConnectionId(Uuid::from_u128(1)), AppKey::default());
        let app = WantedApp {
            display_name: "Mailgrant: LogicalDOC".into(),
            credential: None,
            scope: None,
            app_roles: BTreeSet::from([AppRole::Imap]),
            full_access: mailboxes.iter().map(|number| id(*number)).collect(),
            protocols: BTreeSet::new(),
            switch_on: BTreeSet::new(),
            kept: BTreeSet::new(),
            without_policies: BTreeSet::new(),
            names,
        };
        Wanted {
            apps: BTreeMap::from([(AppKey::default(), app)]),
            ..Wanted::default()
        }
    }

    fn nothing() -> Observed {
        Observed {
            apps: BTreeMap::from([(AppKey::default(), SeenApp::nothing())]),
            ..Observed::default()
        }
    }

    /// Makes every change, and gives the states on the way.
    fn carried_out(wanted: &Wanted, observed: &mut Observed) -> (Vec<Change>, Vec<Observed>) {
        let mut states = vec![observed.clone()];
        let changes = compare(wanted, observed).changes();
        for (app, change) in &changes {
            assert!(!change.done(app, observed), "{change:?}");
            change.effect(app, observed);
            assert!(change.done(app, observed), "{change:?}");
            states.push(observed.clone());
        }
        (changes.into_iter().map(|(_, change)| change).collect(), states)
    }

    fn seen(observed: &mut Observed) -> &mut SeenApp {
        observed.apps.get_mut(&AppKey::default()).unwrap()
    }

    #[test]
    fn an_app_for_a_mail_program_is_made_changed_and_taken_away() {
        let mut observed = nothing();
        let goal = wanted(&[1, 2]);
        carried_out(&goal, &mut observed);
        assert!(compare(&goal, &observed).settled());
        assert_eq!(reach(&observed), wanted_reach(&goal));
        // Another mailbox in place of one: nothing but the two rights is touched.
        let goal = wanted(&[2, 3]);
        let (changes, states) = carried_out(&goal, &mut observed);
        assert_eq!(changes.len(), 2);
        assert!(compare(&goal, &observed).settled());
        let most = reach(&states[0]).or(&wanted_reach(&goal));
        assert!(widest(&states).within(&most));
        let (changes, _) = carried_out(&Wanted::default(), &mut observed);
        assert!(
            matches!(changes.first(), Some(Change::TakeFullAccess(_))),
            "{changes:?}"
        );
        assert_eq!(seen(&mut observed).full_access, Seen::Known(BTreeMap::new()));
        assert!(compare(&Wanted::default(), &observed).settled());
    }

    /// The permission would open a mailbox that nobody asked for, whoever gave the app full access to it.
    #[test]
    fn a_mail_program_is_let_in_only_where_its_mailboxes_are_the_wanted_ones() {
        for owner in [Owner::Ours, Owner::Adopted, Owner::Stranger] {
            let mut observed = nothing();
            let goal = wanted(&[1]);
            carried_out(&goal, &mut observed);
            let app = seen(&mut observed);
            app.grants = Seen::Known(BTreeMap::new());
            app.full_access = Seen::Known(BTreeMap::from([(id(1), Owner::Ours), (id(9), owner)]));
            let (changes, _) = carried_out(&goal, &mut observed);
            assert!(
                !changes
                    .iter()
                    .any(|change| matches!(change, Change::GrantAppRole(_)))
            );
            let again = compare(&goal, &observed);
            let grants = again
                .changes()
                .iter()
                .any(|(_, change)| matches!(change, Change::GrantAppRole(_)));
            // What is ours was taken away before; what is somebody else's stays and stands in the way.
            assert_eq!(grants, owner.may_be_changed(), "{owner:?}");
            let blocked = RowState::Blocked(Blocked::FullAccess);
            assert_eq!(
                again.rows.iter().any(|row| row.state == blocked),
                !owner.may_be_changed()
            );
        }
    }

    #[test]
    fn what_could_not_be_read_is_neither_given_nor_taken() {
        let mut observed = nothing();
        let goal = wanted(&[1]);
        carried_out(&goal, &mut observed);
        seen(&mut observed).full_access = Seen::Unknown(Why::NoRight);
        seen(&mut observed).grants = Seen::Known(BTreeMap::new());
        assert!(compare(&goal, &observed).changes().is_empty());
        let rest = compare(&Wanted::default(), &observed).changes();
        assert!(rest.is_empty(), "{rest:?}");
    }

    /// A grant that somebody made already is as good as ours.
    #[test]
    fn a_grant_that_is_there_isnt_made_again() {
        let mut observed = nothing();
        let goal = wanted(&[1]);
        carried_out(&goal, &mut observed);
        if let Seen::Known(grants) = &mut seen(&mut observed).grants {
            for (_, owner) in grants.values_mut() {
                *owner = Owner::Stranger;
            }
        }
        assert!(compare(&goal, &observed).settled());
    }
}
