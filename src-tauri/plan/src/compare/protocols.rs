//! The switches of protocols of the mailboxes. One that is off is switched on only where somebody asked for that, and only what
//! was switched on here is switched off: what was on before isn't ours.

use std::collections::BTreeSet;

use domain::mail_protocol::MailboxProtocol;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{Change, SwitchOffProtocol, SwitchOnProtocol};
use crate::observed::Seen;
use crate::part::Part;
use crate::switches::{Off, Switch, Switches, ours};
use crate::wanted::{Wanted, WantedApp};

pub(super) fn made(rows: &mut Rows<'_>, app: &WantedApp, wanted: &Wanted) {
    let Some(switches) = read(rows, !app.protocols.is_empty()) else {
        return;
    };
    for of in &app.protocols {
        let state = match switches.get(of) {
            // It is on, and nobody has to hear of it.
            None => continue,
            Some(Switch::Ours(_)) => RowState::AsWanted,
            Some(Switch::Off(was)) if app.switch_on.contains(of) => switched_on(*of, *was),
            Some(Switch::Off(_)) => RowState::Blocked(Blocked::SwitchedOff),
        };
        rows.add(Part::Protocols, Item::Protocol(*of), state);
    }
    switched_off(rows, &switches, wanted);
}

pub(super) fn removed(rows: &mut Rows<'_>, wanted: &Wanted) {
    if let Some(switches) = read(rows, false) {
        switched_off(rows, &switches, wanted);
    }
}

fn switched_on(of: MailboxProtocol, was: Off) -> RowState {
    RowState::Change(Change::SwitchOnProtocol(SwitchOnProtocol {
        mailbox: of.mailbox,
        protocol: of.protocol,
        was,
    }))
}

/// What was switched on here and what no app of the connection needs any more. A mailbox has one switch, whichever app uses it.
/// What an app needs that stays as it is for now isn't said, so nothing is switched off beside it.
fn switched_off(rows: &mut Rows<'_>, switches: &Switches, wanted: &Wanted) {
    if !wanted.kept.is_empty() {
        return;
    }
    let apps = wanted.apps.values();
    let needed: BTreeSet<&MailboxProtocol> = apps.flat_map(|app| &app.protocols).collect();
    for (of, before) in ours(switches).filter(|(of, _)| !needed.contains(of)) {
        let change = Change::SwitchOffProtocol(SwitchOffProtocol {
            mailbox: of.mailbox,
            protocol: of.protocol,
            to: before,
        });
        rows.add(Part::Protocols, Item::Protocol(of), RowState::Change(change));
    }
}

/// What was read; where nothing was and something is `asked` of it, a row says so.
fn read(rows: &mut Rows<'_>, asked: bool) -> Option<Switches> {
    match &rows.seen.switches {
        Seen::Known(switches) => Some(switches.clone()),
        Seen::Unknown(why) => {
            let why = *why;
            if asked {
                rows.add(Part::Protocols, Item::Protocols, RowState::Unknown(why));
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::app_key::AppKey;
    use domain::ids::{ConnectionId, MailboxId};
    use domain::mail_protocol::MailProtocol;
    use domain::permission::{Method, Permission};
    use uuid::Uuid;

    use crate::compare::compare;
    use crate::observed::{Observed, SeenApp};
    use crate::wanted::{Answers, wanted};

    use super::*;

    fn of(mailbox: u128, protocol: MailProtocol) -> MailboxProtocol {
        MailboxProtocol {
            mailbox: MailboxId(Uuid::from_u128(mailbox)),
            protocol,
        }
    }

    const IMAP: MailProtocol = MailProtocol::Imap;

    /// Two mailboxes that are read by IMAP, with what of them may be switched on.
    fn asked(switch_on: &[MailboxProtocol]) -> Wanted {
        let mailboxes = [1, 2].map(|one| MailboxId(Uuid::from_u128(one)));
        let answers = Answers {
            groups: BTreeMap::new(),
            method: Method::MailProtocols,
            platform: "Northwind Desk".into(),
            permissions: [Permission::ImapAccess].into(),
            mailboxes: BTreeMap::from([(AppKey::default(), mailboxes.into())]),
            credential: domain::credential::CredentialKind::Secret,
            days: 180,
            in_use: BTreeMap::new(),
            granted: BTreeMap::new(),
            switch_on: switch_on.iter().copied().collect(),
        };
        wanted(ConnectionId(Uuid::from_u128(1)), &answers)
    }

    fn seen(switches: &[(MailboxProtocol, Switch)]) -> Observed {
        let mut app = SeenApp::nothing();
        app.switches = Seen::Known(switches.iter().copied().collect());
        Observed {
            apps: BTreeMap::from([(AppKey::default(), app)]),
            ..Observed::default()
        }
    }

    fn states(wanted: &Wanted, seen: &Observed) -> Vec<RowState> {
        let (compared, app) = (compare(wanted, seen), AppKey::default());
        let rows = compared.of(&app, Part::Protocols);
        rows.map(|row| row.state.clone()).collect()
    }

    #[test]
    fn what_is_off_is_switched_on_only_where_somebody_asked() {
        let off = seen(&[
            (of(1, IMAP), Switch::Off(Off::Here)),
            // Nothing is asked of this protocol, nor of this mailbox.
            (of(1, MailProtocol::Pop), Switch::Off(Off::Here)),
            (of(9, IMAP), Switch::Off(Off::Here)),
        ]);
        let blocked = RowState::Blocked(Blocked::SwitchedOff);
        assert_eq!(states(&asked(&[]), &off), [blocked]);
        assert!(
            compare(&asked(&[of(1, IMAP)]), &off)
                .changes()
                .iter()
                .any(|(_, change)| matches!(
                    change,
                    Change::SwitchOnProtocol(on) if on.of() == of(1, IMAP)
                ))
        );
        assert_eq!(states(&asked(&[of(1, IMAP)]), &seen(&[])), []);
    }

    #[test]
    fn only_what_was_switched_on_here_is_switched_off() {
        let ours = Switch::Ours(Off::Everywhere);
        let on = seen(&[(of(1, IMAP), ours), (of(3, IMAP), ours)]);
        let back = RowState::Change(Change::SwitchOffProtocol(SwitchOffProtocol {
            mailbox: of(3, IMAP).mailbox,
            protocol: IMAP,
            to: Off::Everywhere,
        }));
        // One mailbox was taken off the list.
        assert_eq!(states(&asked(&[]), &on), [RowState::AsWanted, back]);
        assert_eq!(states(&Wanted::default(), &on).len(), 2);
        assert!(
            states(
                &Wanted::default(),
                &seen(&[(of(1, IMAP), Switch::Off(Off::Here))])
            )
            .is_empty()
        );
    }
}
