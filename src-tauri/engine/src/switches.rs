//! What is known of the switches of protocols of the mailboxes: what was read, what somebody asked for, what was set here.

use std::collections::{BTreeMap, BTreeSet};

use domain::finding::{Finding, Why};
use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::step::StepId;
use jiff::Timestamp;
use plan::observed::{Observed, Seen};
use plan::switches::{Off, Switch, off_of, ours};

use crate::event::SwitchedOff;
use crate::proof::Expected;
use crate::state::State;
use crate::switched::Switched;

impl State {
    /// The protocols by which the chosen mailboxes are to be used. Nothing where that is done through Graph.
    pub fn protocols_asked(&self) -> BTreeSet<MailboxProtocol> {
        let mailboxes = self.allowed_ids();
        let of = |protocol| {
            let of = move |mailbox: &MailboxId| MailboxProtocol {
                mailbox: *mailbox,
                protocol,
            };
            mailboxes.iter().map(of)
        };
        self.protocols().into_iter().flat_map(of).collect()
    }

    fn protocols(&self) -> BTreeSet<MailProtocol> {
        let asked = self.asked.iter().flatten();
        asked.filter_map(|permission| permission.protocol()).collect()
    }

    fn allowed_ids(&self) -> BTreeSet<MailboxId> {
        let allowed = self.allowed().into_iter();
        allowed.map(|mailbox| mailbox.object_id).collect()
    }

    /// What of them is switched off, as far as it was read.
    pub fn switched_off(&self) -> BTreeMap<MailboxProtocol, Off> {
        let off = self.switched.off.iter();
        let off = off.map(|(of, how)| (*of, Switch::Off(*how))).collect();
        off_of(&off, &self.protocols_asked())
    }

    /// What was switched on here, with how it was before.
    pub fn switched_on_here(&self) -> BTreeMap<MailboxProtocol, Off> {
        let known = self.apps.values().filter_map(|app| app.made.switches.known());
        known.flat_map(ours).collect()
    }

    /// Of what is asked for Exchange didn't say how it stands.
    pub fn switches_unread(&self) -> BTreeSet<MailboxProtocol> {
        let asked = self.protocols_asked();
        self.switched.unread.intersection(&asked).copied().collect()
    }

    /// When the switches were last read.
    pub fn switches_read_at(&self) -> Option<Timestamp> {
        self.switched.read_at
    }

    /// Whether the plan has a part for them: something is off, or was switched on here.
    pub fn has_switches(&self) -> bool {
        let ours = !self.switched_on_here().is_empty() || self.may_have_switched_on();
        ours || self.mailboxes_confirmed && !self.switched_off().is_empty()
    }

    /// Whether something was about to be switched on and nothing more is recorded of it.
    pub fn may_have_switched_on(&self) -> bool {
        let mut apps = self.apps.values();
        apps.any(|app| app.is_open(|change| matches!(change, plan::changes::Change::SwitchOnProtocol(_))))
    }

    /// Whether something is left to do: what was asked to be switched on is off, or what was switched on here isn't needed.
    pub fn switches_are_left(&self) -> bool {
        let off = self.switched_off();
        let asked = self.protocols_asked();
        let left = off.keys().any(|of| self.switch_on.contains(of));
        left || self.switched_on_here().keys().any(|of| !asked.contains(of))
    }

    /// Whether they are to be read: of other mailboxes or protocols than last time, or because a proof since met one that is off.
    pub fn switches_are_due(&self) -> bool {
        let asked = (self.allowed_ids(), self.protocols());
        if !self.mailboxes_confirmed || asked.0.is_empty() || asked.1.is_empty() {
            return false;
        }
        let off = Finding::Unknown {
            why: Why::SwitchedOff,
        };
        let met = self.proof.as_ref().is_some_and(|proof| {
            let must_work = proof.rows.iter().filter(|row| row.expected == Expected::Works);
            let mut seen = must_work.flat_map(|row| &row.observed);
            Some(proof.at) > self.switched.read_at && seen.any(|(_, seen)| seen.finding == off)
        });
        met || asked != self.switched.of
    }

    /// Lays what is off over what is remembered of the apps.
    pub fn with_switches(&self, mut observed: Observed) -> Observed {
        for app in observed.apps.values_mut() {
            if let Seen::Known(switches) = &mut app.switches {
                for (of, how) in &self.switched.off {
                    switches.entry(*of).or_insert(Switch::Off(*how));
                }
            }
        }
        observed
    }

    pub(crate) fn switches_were_read(
        &mut self,
        protocols: BTreeSet<MailProtocol>,
        off: &[SwitchedOff],
        not_ours: &[MailboxProtocol],
        unread: Vec<MailboxProtocol>,
        at: Timestamp,
    ) {
        let gone: Vec<MailboxProtocol> = off
            .iter()
            .map(|one| one.of)
            .chain(not_ours.iter().copied())
            .collect();
        for app in self.apps.values_mut() {
            if let Seen::Known(switches) = &mut app.made.switches {
                switches.retain(|of, _| !gone.contains(of));
            }
        }
        self.switched = Switched {
            off: off.iter().map(|one| (one.of, one.how)).collect(),
            unread: unread.into_iter().collect(),
            of: (self.allowed_ids(), protocols),
            read_at: Some(at),
        };
        self.forget_who_switched();
    }

    pub(crate) fn switched_on(&mut self, of: MailboxProtocol) {
        self.switched.off.remove(&of);
        self.made(StepId::Protocols);
        (self.proof, self.looks) = (None, 0);
    }

    pub(crate) fn switched_off_again(&mut self, of: MailboxProtocol, how: Off) {
        // What was made of the app is only what is ours.
        for app in self.apps.values_mut() {
            if let Seen::Known(switches) = &mut app.made.switches {
                switches.remove(&of);
            }
        }
        self.switched.off.insert(of, how);
        self.proof = None;
        self.forget_who_switched();
    }

    fn forget_who_switched(&mut self) {
        if self.switched_on_here().is_empty() {
            self.made_by.remove(&StepId::Protocols);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::address::Address;
    use domain::app_key::AppKey;
    use domain::permission::{Method, Permission};
    use plan::changes::{Change, SwitchOffProtocol, SwitchOnProtocol};
    use plan::given::Given;
    use uuid::Uuid;

    use super::*;
    use crate::event::{Event, Record};
    use crate::mailboxes::{Entry, Mailbox, MailboxAnswers};
    use crate::progress::{Status, may_undo, status};

    const OF: MailboxProtocol = MailboxProtocol {
        mailbox: MailboxId(Uuid::from_u128(1)),
        protocol: MailProtocol::Imap,
    };

    fn told(state: &mut State, event: Event) {
        // What is written is what is read again.
        let at = Timestamp::UNIX_EPOCH;
        let record = serde_json::to_string(&Record { at, event }).unwrap();
        state.apply(&serde_json::from_str(&record).unwrap());
    }

    /// One mailbox by IMAP, of which this is read.
    fn read(off: &[Off]) -> State {
        let mut state = State::default();
        state.asked = Some([Permission::ImapAccess].into());
        state.method = Some(Method::MailProtocols);
        let mailbox = Mailbox {
            address: Address::parse("a@contoso.example").unwrap(),
            object_id: OF.mailbox,
            kind: "SharedMailbox".into(),
            name: "A".into(),
        };
        let entry = Entry::Found {
            typed: "a@contoso.example".into(),
            mailbox,
            also: Vec::new(),
        };
        let answers = MailboxAnswers {
            allowed: vec![entry],
            ..MailboxAnswers::default()
        };
        told(&mut state, Event::MailboxesAnswered { answers });
        told(
            &mut state,
            Event::MailboxesConfirmed {
                random: None,
                drawn: None,
            },
        );
        assert!(state.switches_are_due());
        found(&mut state, off, &[]);
        assert!(!state.switches_are_due());
        state
    }

    fn found(state: &mut State, off: &[Off], not_ours: &[MailboxProtocol]) {
        let off = off.iter().map(|how| SwitchedOff { of: OF, how: *how });
        let event = Event::SwitchesRead {
            protocols: [MailProtocol::Imap].into(),
            off: off.collect(),
            not_ours: not_ours.to_vec(),
            unread: Vec::new(),
        };
        told(state, event);
    }

    /// What Exchange didn't say is neither off nor on.
    #[test]
    fn what_was_not_read_is_known_as_that() {
        let mut state = read(&[]);
        assert!(state.switches_unread().is_empty());
        let event = Event::SwitchesRead {
            protocols: [MailProtocol::Imap].into(),
            off: Vec::new(),
            not_ours: Vec::new(),
            unread: vec![OF],
        };
        told(&mut state, event);
        assert_eq!(state.switches_unread(), [OF].into());
        assert!(state.switched_off().is_empty());
    }

    fn done(state: &mut State, change: Change) {
        let (app, given) = (AppKey::default(), Given::default());
        told(state, Event::Done { app, change, given });
    }

    fn on() -> Change {
        Change::SwitchOnProtocol(SwitchOnProtocol {
            mailbox: OF.mailbox,
            protocol: OF.protocol,
            was: Off::Here,
        })
    }

    fn stands(state: &State) -> Status {
        status(state, StepId::Protocols, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_is_off_is_no_work_before_somebody_asked_for_it() {
        assert!(!read(&[]).has_switches());
        let mut state = read(&[Off::Here]);
        assert!(state.has_switches() && state.made_nothing());
        assert_eq!(stands(&state), Status::Done);
        told(
            &mut state,
            Event::SwitchOnAnswered {
                protocols: [OF].into(),
            },
        );
        assert_eq!(stands(&state), Status::Todo);
        done(&mut state, on());
        assert_eq!(stands(&state), Status::Done);
        assert!(may_undo(&state, StepId::Protocols) && !may_undo(&state, StepId::App));
        let change = Change::SwitchOffProtocol(SwitchOffProtocol {
            mailbox: OF.mailbox,
            protocol: OF.protocol,
            to: Off::Here,
        });
        done(&mut state, change);
        assert!(!may_undo(&state, StepId::Protocols));
        assert_eq!(state.switched_off().get(&OF), Some(&Off::Here));
    }

    /// What somebody changed since isn't ours any more, whichever way it stands.
    #[test]
    fn what_was_changed_since_is_nobodys_to_take_back() {
        for (off, not_ours) in [(&[Off::Here][..], &[][..]), (&[], &[OF])] {
            let mut state = read(&[Off::Here]);
            done(&mut state, on());
            found(&mut state, off, not_ours);
            assert!(state.switched_on_here().is_empty());
            assert!(!may_undo(&state, StepId::Protocols));
        }
        let mut state = read(&[Off::Here]);
        done(&mut state, on());
        found(&mut state, &[], &[]);
        assert!(may_undo(&state, StepId::Protocols));
    }

    /// A switch belongs to its mailbox, and is set back also where its app is gone.
    #[test]
    fn a_switch_outlives_the_app() {
        let mut state = read(&[Off::Here]);
        done(&mut state, on());
        let app = AppKey::default();
        told(&mut state, Event::ServicePrincipalGone { app: app.clone() });
        told(&mut state, Event::AppGivenUp { app });
        assert!(may_undo(&state, StepId::Protocols));
    }
}
