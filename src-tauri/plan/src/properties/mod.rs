//! What has to be true of every comparison, for random organisations and random answers.

mod any;

use std::collections::{BTreeMap, BTreeSet};

use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::credential::CredentialKind;
use domain::grant::Opens;
use domain::ids::KeyId;
use domain::mail_protocol::MailboxProtocol;
use proptest::prelude::*;

use crate::changes::{Change, working};
use crate::compare::{Blocked, Comparison, RowState, compare};
use crate::given::Given;
use crate::observed::{Observed, Owner, Seen, SeenApp};
use crate::operations::{Gate, Operation, phases};
use crate::pending::lay;
use crate::reach::{Reach, narrowest, reach, wanted_reach, widest};
use crate::switches::Switch;
use crate::wanted::{Answers, Wanted, wanted};
use any::{CONNECTION, Organisation, answers, half_seen, organisation};

/// As many cases as the issue that brought them asks for.
fn many() -> ProptestConfig {
    ProptestConfig {
        cases: 10_000,
        // A case that fails is printed whole; nothing is written into the sources.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

const OPERATIONS: [Operation; 4] = [
    Operation::Onboard,
    Operation::Renew,
    Operation::Adopt,
    Operation::Revoke,
];

fn operation() -> impl Strategy<Value = Operation> {
    prop::sample::select(OPERATIONS.to_vec())
}

fn goal(operation: Operation, answers: &Answers) -> Wanted {
    match operation {
        Operation::Revoke => Wanted::default(),
        _ => wanted(CONNECTION, answers),
    }
}

/// What a platform may be signing in with when a renewal begins: every credential of the connection that isn't known to be
/// worth nothing, whoever holds its value. A renewal leaves it until the platform has moved.
fn in_use(observed: &Observed) -> BTreeMap<AppKey, BTreeSet<KeyId>> {
    let of_app = observed.apps.iter().map(|(key, app)| {
        let credentials = app.credentials.known().into_iter().flatten();
        let may_be_used = credentials
            .filter(|(_, credential)| credential.owner.may_be_changed() && !credential.spent)
            .map(|(key, _)| *key);
        (key.clone(), may_be_used.collect::<BTreeSet<KeyId>>())
    });
    of_app.filter(|(_, keys)| !keys.is_empty()).collect()
}

/// What was granted to each app that is taken over, in Entra and in Exchange, as the notes would hold it.
fn granted(observed: &Observed) -> BTreeMap<AppKey, BTreeSet<String>> {
    let of_app = observed.apps.iter().map(|(key, app)| {
        let grants = app.grants.known().into_iter().flatten();
        let grants =
            grants.filter(|(_, (grant, owner))| *owner == Owner::Adopted && grant.opens != Opens::Nothing);
        let roles = app.roles.known().into_iter().flatten();
        let roles = roles.filter(|(_, role)| role.is_old());
        let ids = grants.map(|(id, _)| id).chain(roles.map(|(name, _)| name));
        (key.clone(), ids.cloned().collect::<BTreeSet<String>>())
    });
    of_app.filter(|(_, ids)| !ids.is_empty()).collect()
}

/// The answers of an operation that begins as things stand.
fn begun(operation: Operation, answers: &Answers, seen: &Observed) -> Answers {
    match operation {
        Operation::Renew => renewing(answers, seen),
        Operation::Adopt => Answers {
            granted: granted(seen),
            ..renewing(answers, seen)
        },
        _ => answers.clone(),
    }
}

/// The answers of a renewal that begins as things stand.
fn renewing(answers: &Answers, seen: &Observed) -> Answers {
    Answers {
        in_use: in_use(seen),
        ..answers.clone()
    }
}

/// Who is in the groups that scopes go by and shall go by: whoever that is now is wanted.
fn in_wanted_groups(wanted: &Wanted, observed: &Observed) -> Reach {
    let scopes = wanted.apps.iter().filter_map(|(key, app)| {
        let seen = observed.apps.get(key)?.scope.known()?.as_ref()?;
        app.scope
            .as_ref()
            .filter(|scope| scope.group.is_some() && scope.is(seen))?;
        Some(seen)
    });
    Reach {
        all: false,
        mailboxes: scopes.flat_map(|seen| seen.mailboxes.iter().copied()).collect(),
    }
}

/// Whether something is ours from the beginning or was taken over makes no difference to what may be done with it.
fn taken_over(mut app: SeenApp) -> SeenApp {
    let ours = |owner: &mut Owner| {
        if *owner == Owner::Adopted {
            *owner = Owner::Ours;
        }
    };
    if let Seen::Known(Some(scope)) = &mut app.scope {
        ours(&mut scope.owner);
    }
    if let Seen::Known(Some(owner)) = &mut app.entry {
        ours(owner);
    }
    if let Seen::Known(held) = &mut app.full_access {
        held.values_mut().for_each(ours);
    }
    app
}

/// One phase as it was carried out: what it wanted, and every state in the course of it.
struct Lived {
    wanted: Wanted,
    gates: Vec<Gate>,
    states: Vec<Observed>,
    changes: Vec<(AppKey, Change)>,
}

impl Lived {
    fn end(&self) -> &Observed {
        self.states.last().unwrap()
    }
}

impl Organisation {
    /// What a survey reads after an app was restored: what came back with it.
    fn surveyed_again(&mut self) {
        for (key, app) in &mut self.seen.apps {
            let behind = &self.behind[key];
            if matches!(app.principal, Seen::Unknown(_)) {
                app.principal = behind.principal.clone();
                app.credentials = behind.credentials.clone();
                app.grants = behind.grants.clone();
            }
        }
    }

    /// Lives through an operation, phase by phase, each gate taken as passed.
    fn live(&mut self, operation: Operation, answers: &Answers) -> Vec<Lived> {
        let mut lived = Vec::new();
        let begun = |seen: &Observed| begun(operation, answers, seen);
        let mut list = phases(operation, CONNECTION, &begun(&self.seen), &self.seen);
        while !list.is_empty() {
            let phase = list.remove(0);
            let changes = compare(&phase.wanted, &self.seen).changes();
            let mut states = vec![self.seen.clone()];
            for (app, change) in &changes {
                change.effect(app, &mut self.seen);
                states.push(self.seen.clone());
            }
            if phase.gates.contains(&Gate::SurveyedAgain) {
                self.surveyed_again();
                states.push(self.seen.clone());
                list = phases(operation, CONNECTION, &begun(&self.seen), &self.seen);
            } else if !compare(&phase.wanted, &self.seen).reached() {
                // A gate is passed only by what was reached.
                list.clear();
            }
            lived.push(Lived {
                wanted: phase.wanted,
                gates: phase.gates,
                states,
                changes,
            });
            assert!(lived.len() < 9, "it comes to no end");
        }
        lived
    }

    /// What is reached before anything is done: also what a deleted app brings back with it, which is why the plan says
    /// that it is restored.
    fn reached(&self) -> Reach {
        let mut whole = self.seen.clone();
        for (key, app) in &mut whole.apps {
            if matches!(app.deleted, Seen::Known(Some(_))) {
                app.grants = self.behind[key].grants.clone();
            }
        }
        reach(&whole)
    }
}

fn left(comparison: &Comparison) -> Vec<&RowState> {
    let rows = comparison.rows.iter().map(|row| &row.state);
    rows.filter(|state| !matches!(state, RowState::AsWanted))
        .collect()
}

/// Everything that is somebody else's.
fn strangers(observed: &Observed, goal: &Wanted) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut add = |key: &AppKey, what: &str, text: String| drop(found.insert(format!("{key} {what}"), text));
    for (key, app) in &observed.apps {
        for (what, registration) in [("registration", &app.registration), ("deleted", &app.deleted)] {
            if let Seen::Known(Some(registration)) = registration
                && registration.owner == Owner::Stranger
            {
                add(key, what, format!("{registration:?}"));
            }
        }
        for (id, credential) in app.credentials.known().into_iter().flatten() {
            if credential.owner == Owner::Stranger {
                add(key, &id.to_string(), format!("{credential:?}"));
            }
        }
        for (id, (grant, owner)) in app.grants.known().into_iter().flatten() {
            if *owner == Owner::Stranger && goal.apps.contains_key(key) {
                add(key, id, format!("{grant:?}"));
            }
        }
        if app.entry == Seen::Known(Some(Owner::Stranger)) {
            add(key, "entry", String::new());
        }
        if let Seen::Known(Some(scope)) = &app.scope
            && scope.owner == Owner::Stranger
        {
            add(key, "scope", format!("{scope:?}"));
        }
        for (name, role) in app.roles.known().into_iter().flatten() {
            if role.owner == Owner::Stranger {
                add(key, name, format!("{role:?}"));
            }
        }
        for (identity, policy) in app.policies.known().into_iter().flatten() {
            // Also one that was taken over goes only where somebody asks for it.
            add(key, identity, format!("{policy:?}"));
        }
        for name in app.shared_with.known().into_iter().flatten() {
            add(key, name, String::new());
        }
        for (mailbox, owner) in app.full_access.known().into_iter().flatten() {
            if *owner == Owner::Stranger {
                add(key, &format!("full access to {mailbox}"), String::new());
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(many())]

    /// Applying what the comparison says leaves nothing, and applying it twice is applying it once.
    #[test]
    fn nothing_is_left_and_twice_is_once(mut organisation in organisation(false), answers in answers(), operation in operation()) {
        let lived = organisation.live(operation, &answers);
        let last = lived.last().unwrap();
        let end = compare(&last.wanted, &organisation.seen);
        // What is switched off and what nobody asked for stays so.
        let asked_for = |state: &&RowState| **state != RowState::Blocked(Blocked::SwitchedOff);
        prop_assert!(!left(&end).iter().any(asked_for), "{:?}", left(&end));
        let mut twice = organisation.seen.clone();
        for (app, change) in &last.changes {
            prop_assert!(change.done(app, &twice), "{change:?}");
        }
        let again = organisation.live(operation, &answers);
        if !matches!(operation, Operation::Renew | Operation::Adopt) {
            prop_assert!(again.iter().all(|phase| phase.changes.is_empty()));
        }
        for (app, change) in &last.changes {
            let is_made_anew = matches!(change, Change::AddSecret(_) | Change::AddCertificate(_) | Change::RestoreApp(_) | Change::CreateApp(_));
            if !is_made_anew && last.changes.iter().filter(|(other, _)| other == app).count() == 1 {
                change.effect(app, &mut twice);
                prop_assert_eq!(&twice, last.end());
            }
        }
    }

    /// With somebody else's things about: what is left is blocked, never a change, and nothing of theirs is touched.
    #[test]
    fn what_is_somebody_elses_stays_as_it_is(mut organisation in organisation(true), answers in answers(), operation in operation()) {
        // A grant belongs to the app that it is given to, and goes with that when it is deleted.
        let goal = goal(operation, &answers);
        let before = strangers(&organisation.seen, &goal);
        let lived = organisation.live(operation, &answers);
        let after = strangers(&organisation.seen, &goal);
        for (what, how) in &before {
            prop_assert_eq!(after.get(what), Some(how), "{}", what);
        }
        let end = compare(&lived.last().unwrap().wanted, &organisation.seen);
        prop_assert!(end.changes().is_empty(), "{:?}", end.changes());
    }

    /// At no moment is more reachable than was or shall be, nor less than was and shall be, whichever of what Microsoft
    /// applies late comes first.
    #[test]
    fn no_moment_opens_or_closes_what_it_must_not(mut organisation in organisation(true), answers in answers(), operation in operation()) {
        let before = organisation.reached();
        let goal = goal(operation, &answers);
        let (wanted, in_groups) = (wanted_reach(&goal), in_wanted_groups(&goal, &organisation.seen));
        let (most, least) = (before.clone().or(&wanted).or(&in_groups), before.and(&wanted));
        let restores = organisation.seen.apps.values().any(|app| matches!(app.deleted, Seen::Known(Some(_))));
        let lived = organisation.live(operation, &answers);
        let mut since: Vec<Observed> = Vec::new();
        for phase in &lived {
            for state in &phase.states {
                since.push(state.clone());
                let widest = widest(&since);
                prop_assert!(widest.within(&most), "{:?} of {:?} after {:?}", widest, most, phase.changes);
                if !restores {
                    let narrowest = narrowest(&since);
                    prop_assert!(least.within(&narrowest), "{:?} of {:?} after {:?}", narrowest, least, phase.changes);
                }
            }
            if phase.gates.contains(&Gate::Waited) {
                since = vec![phase.end().clone()];
            }
        }
    }

    /// A protocol is switched on only where it is off and somebody asked for that, and switched off only where this connection
    /// switched it on and no app of it uses the mailbox so any more.
    #[test]
    fn no_protocol_is_switched_unasked(mut organisation in organisation(true), answers in answers(), operation in operation()) {
        let goal = goal(operation, &answers);
        let needs = |of: &MailboxProtocol| goal.apps.values().any(|app| app.protocols.contains(of));
        for phase in organisation.live(operation, &answers) {
            for ((key, change), state) in phase.changes.iter().zip(&phase.states) {
                let stands = |of: MailboxProtocol| state.apps[key].switches.known().and_then(|all| all.get(&of).copied());
                match change {
                    Change::SwitchOnProtocol(on) => {
                        prop_assert_eq!(stands(on.of()), Some(Switch::Off(on.was)));
                        prop_assert!(needs(&on.of()) && answers.switch_on.contains(&on.of()));
                    }
                    Change::SwitchOffProtocol(off) => {
                        prop_assert_eq!(stands(off.of()), Some(Switch::Ours(off.to)));
                        prop_assert!(!needs(&off.of()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// What could not be read is never removed, changed, or made a second time.
    #[test]
    fn what_is_unknown_is_left_alone(organisation in half_seen(), answers in answers(), operation in operation()) {
        let answers = begun(operation, &answers, &organisation.seen);
        for phase in phases(operation, CONNECTION, &answers, &organisation.seen) {
            for (key, change) in compare(&phase.wanted, &organisation.seen).changes() {
                let app = &organisation.seen.apps[&key];
                let known = match &change {
                    Change::RestoreApp(_) | Change::CreateApp(_) => known(&app.registration) && known(&app.deleted),
                    Change::TagApp(_) | Change::SetAudience(_) => known(&app.registration),
                    Change::CreatePrincipal(_) | Change::TagPrincipal(_) => known(&app.registration) && known(&app.principal) || is_new(app),
                    Change::AddSecret(_) | Change::AddCertificate(_) | Change::RemoveCredential(_) => known(&app.credentials) || is_new(app),
                    Change::RemoveOldRole(_) => known(&app.roles),
                    Change::RegisterInExchange(_) | Change::UnregisterInExchange(_) => known(&app.entry) || is_new(app),
                    Change::UnassignRole(_) | Change::AssignRole(_) => known(&app.roles) || is_new(app),
                    Change::SetScope(_) | Change::RemoveScope(_) => known(&app.scope) && known(&app.shared_with) || app.scope == Seen::Known(None),
                    Change::RemoveGrant(_) => known(&app.grants),
                    Change::RemoveAccessPolicy(_) => known(&app.grants) && known(&app.policies),
                    Change::GrantAppRole(_) => known(&app.grants) && known(&app.full_access) || is_new(app),
                    Change::GiveFullAccess(_) | Change::TakeFullAccess(_) => known(&app.full_access) || is_new(app),
                    Change::SwitchOnProtocol(_) | Change::SwitchOffProtocol(_) => known(&app.switches),
                    Change::DeleteApp(_) => known(&app.registration) && known(&app.credentials) && known(&app.roles) && known(&app.entry),
                };
                prop_assert!(known, "{:?}", change);
            }
        }
    }

    /// The way back, in reverse order, gives the organisation as it was, but for what can't come back.
    #[test]
    fn the_way_back_leads_back(mut organisation in organisation(false), answers in answers()) {
        let before = organisation.seen.clone();
        let lived = organisation.live(Operation::Onboard, &answers);
        if lived.iter().any(|phase| phase.gates.contains(&Gate::SurveyedAgain)) {
            return Ok(());
        }
        let mut back = Vec::new();
        let mut one_way: Vec<(&AppKey, &Change)> = Vec::new();
        for phase in &lived {
            for ((app, change), state) in phase.changes.iter().zip(&phase.states) {
                match change.inverse(app, state) {
                    Some(inverse) => back.push((app, inverse, state)),
                    None => one_way.push((app, change)),
                }
            }
        }
        let mut now = organisation.seen.clone();
        for (key, change, state) in back.iter().rev() {
            change.effect(key, &mut now);
            if let (Change::RestoreApp(_), Some(app)) = (change, now.apps.get_mut(*key)) {
                // What comes back with it is what it was deleted with.
                let was = state.apps[*key].clone();
                (app.principal, app.credentials, app.grants) = (was.principal, was.credentials, was.grants);
            }
        }
        for (key, was) in &before.apps {
            let (mut was, mut now) = (was.clone(), now.apps[key].clone());
            for (_, change) in one_way.iter().filter(|(app, _)| *app == key) {
                match change {
                    Change::RemoveCredential(gone) => {
                        was.credentials.known_mut().unwrap().remove(&gone.key);
                    }
                    Change::RemoveOldRole(gone) => {
                        was.roles.known_mut().unwrap().remove(&gone.name);
                    }
                    Change::RemoveGrant(gone) => {
                        was.grants.known_mut().unwrap().remove(&gone.id);
                    }
                    Change::SetScope(_) | Change::RemoveScope(_) => (was.scope, now.scope) = (Seen::Known(None), Seen::Known(None)),
                    // Its id in Microsoft's keeping isn't known before it was read.
                    Change::GrantAppRole(granted) => {
                        now.grants.known_mut().unwrap().retain(|_, (grant, _)| !granted.role.is(grant));
                    }
                    Change::CreatePrincipal(_) => (was.principal, now.principal) = (Seen::Known(None), Seen::Known(None)),
                    other => prop_assert!(false, "{:?} has no way back", other),
                }
            }
            // A tombstone of what was made and deleted again stays for 30 days.
            now.deleted = was.deleted.clone();
            prop_assert_eq!(taken_over(was), taken_over(now));
        }
    }

    /// Whatever state of the last minutes a replica still shows, what was done since is laid over it.
    #[test]
    fn a_replica_that_lags_behind_brings_nothing_back(mut organisation in organisation(true), answers in answers(), operation in operation(), behind in any::<prop::sample::Index>()) {
        let lived = organisation.live(operation, &answers);
        if lived.iter().any(|phase| phase.gates.contains(&Gate::SurveyedAgain)) {
            return Ok(());
        }
        let states: Vec<&Observed> = lived.iter().flat_map(|phase| &phase.states[..phase.changes.len()]).collect();
        if states.is_empty() {
            return Ok(());
        }
        let mut shown = (*behind.get(&states)).clone();
        let given = Given::default();
        for (key, app) in &mut shown.apps {
            let made = lived.iter().flat_map(|phase| &phase.changes).filter(|(of, _)| of == key);
            let made: Vec<_> = made.map(|(_, change)| (change, &given)).collect();
            lay(app, made);
        }
        prop_assert_eq!(shown.apps, organisation.seen.apps);
    }

    /// A renewal never takes away what the platform may use before the platform has moved, whether its value is held on this
    /// computer or not; and what is new is there by then.
    #[test]
    fn a_renewal_leaves_no_moment_without_a_key_that_works(mut organisation in organisation(true), answers in answers()) {
        let used = in_use(&organisation.seen);
        for phase in organisation.live(Operation::Renew, &answers) {
            for state in &phase.states {
                for (key, used) in used.iter().filter(|(key, _)| answers.mailboxes.contains_key(key)) {
                    let credentials = state.apps[key].credentials.known();
                    prop_assert!(credentials.is_some_and(|credentials| used.iter().all(|one| credentials.contains_key(one))));
                }
            }
            if phase.gates.contains(&Gate::PlatformMoved) {
                let end = phase.end();
                for (key, app) in phase.wanted.apps.keys().filter_map(|key| Some((key, end.apps.get(key)?))) {
                    let blocked = !compare(&phase.wanted, end).reached();
                    let new = working(app, end, answers.credential).any(|new| used.get(key).is_none_or(|used| !used.contains(&new)));
                    prop_assert!(blocked || new);
                }
                break;
            }
        }
    }
}

fn known<T>(seen: &Seen<T>) -> bool {
    matches!(seen, Seen::Known(_))
}

/// Whether the app is made in the same plan, so that nothing can hang on it yet.
fn is_new(app: &SeenApp) -> bool {
    app.registration == Seen::Known(None) && app.deleted == Seen::Known(None)
}

/// What the random organisations hold, so that a property can't hold for want of cases.
#[test]
fn the_random_organisations_are_of_every_kind() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let strategy = organisation(true);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..500 {
        let organisation = strategy.new_tree(&mut runner).unwrap().current();
        for app in organisation.seen.apps.values() {
            let mut count = |what, is: bool| *kinds.entry(what).or_default() += usize::from(is);
            count("an app", matches!(app.registration, Seen::Known(Some(_))));
            count("a deleted app", matches!(app.deleted, Seen::Known(Some(_))));
            count("a scope", matches!(app.scope, Seen::Known(Some(_))));
            count("a role", app.roles.known().is_some_and(|roles| !roles.is_empty()));
            let full_access = app.full_access.known().is_some_and(|held| !held.is_empty());
            count("full access", full_access);
            let switches = || app.switches.known().into_iter().flatten();
            count(
                "a protocol that is off",
                switches().any(|(_, one)| matches!(one, Switch::Off(_))),
            );
            count(
                "a protocol of ours",
                switches().any(|(_, one)| matches!(one, Switch::Ours(_))),
            );
            count(
                "a shared scope",
                app.shared_with.known().is_some_and(|shared| !shared.is_empty()),
            );
            count(
                "an access policy",
                app.policies.known().is_some_and(|held| !held.is_empty()),
            );
            let grants = || app.grants.known().into_iter().flatten();
            count(
                "a wide grant",
                grants().any(|(_, (grant, _))| grant.opens == Opens::Mailboxes),
            );
            count(
                "a mail program's mailbox",
                full_access && grants().any(|(_, (grant, _))| AppRole::is_any(grant)),
            );
            for (what, kind) in [
                ("a secret that works", CredentialKind::Secret),
                ("a certificate that works", CredentialKind::Certificate),
            ] {
                count(what, working(app, &organisation.seen, kind).next().is_some());
            }
        }
    }
    for (kind, times) in kinds {
        assert!(times > 30, "{kind}: {times}");
    }
}
