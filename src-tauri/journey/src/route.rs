//! The stops that a connection leads through, for whoever draws them, and which of them may be opened.

use std::collections::{BTreeMap, BTreeSet};

use domain::app_key::AppKey;
use domain::ids::ConnectionId;
use domain::permission::Method;
use domain::step::StepId;
use engine::progress::{Status, only_the_scope_is_left, status};
use engine::state::State;
use jiff::Timestamp;
use plan::changes::PLANNED;
use plan::observed::{Observed, SeenApp};
use plan::operations::{Gate, Operation, phases};
use plan::part::Part;
use plan::route::{Asked, Question, Station, route};
use plan::wanted::Answers;
use profiles::Profile;
use uuid::Uuid;

use crate::parts;
use crate::steps::choose_method;

/// A station as it is drawn: a page of its own, or the plan with the parts of one phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A page of its own. The page of a part stands at the plan.
    Step(StepId),
    /// The plan.
    Plan,
}

impl Stop {
    /// The stop that a step stands at.
    pub fn of(step: StepId) -> Self {
        match parts::of_step(step) {
            Some(_) => Self::Plan,
            None => Self::Step(step),
        }
    }
}

/// The stops of an operation, in the order that its phases and its questions give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    stops: Vec<Stop>,
    /// The parts that the plan has.
    parts: Vec<Part>,
}

impl Route {
    /// The route of an onboarding: that of a new connection, whatever is there of it already. What leaves nothing to
    /// choose isn't asked, unless its answer was never written down.
    pub fn onboarding(state: &State, profile: Option<&Profile>) -> Self {
        let key = AppKey::default();
        let answers = unanswered(&key);
        let new = Observed {
            apps: [(key, SeenApp::nothing())].into(),
            ..Observed::default()
        };
        let phases = phases(Operation::Onboard, ConnectionId(Uuid::nil()), &answers, &new);
        let stations = route(Operation::Onboard, asked(state, profile), &phases);
        Self::through(stations, parts::shown(state))
    }

    fn through(stations: impl IntoIterator<Item = Station>, parts: Vec<Part>) -> Self {
        Self {
            stops: stations.into_iter().filter_map(stop).collect(),
            parts,
        }
    }

    /// The route of a connection as it stands: of its renewal while one is under way, else of its onboarding.
    pub fn of(state: &State, profile: Option<&Profile>) -> Self {
        match state.renewal {
            _ if state.adopting => Self::adoption(state, profile),
            Some(_) => Self {
                parts: parts::shown(state),
                ..Self::renewal()
            },
            None => Self::onboarding(state, profile),
        }
    }

    /// The route of an app that is taken over. What is taken away after each gate stands on the page that the gate has.
    pub fn adoption(state: &State, profile: Option<&Profile>) -> Self {
        let key = AppKey::default();
        let answers = Answers {
            in_use: BTreeMap::from([(key.clone(), BTreeSet::from([PLANNED]))]),
            granted: BTreeMap::from([(key.clone(), BTreeSet::from([String::new()]))]),
            ..unanswered(&key)
        };
        let there = Observed {
            apps: [(key, SeenApp::nothing())].into(),
            ..Observed::default()
        };
        let phases = phases(Operation::Adopt, ConnectionId(Uuid::nil()), &answers, &there);
        let stations = route(Operation::Adopt, asked(state, profile), &phases);
        Self::through(until_moved(stations), parts::shown(state)).with_one_plan()
    }

    fn with_one_plan(mut self) -> Self {
        let mut planned = false;
        self.stops
            .retain(|stop| *stop != Stop::Plan || !std::mem::replace(&mut planned, true));
        self
    }

    /// The route of a renewal. What comes after the platform has moved stands on the page that asks whether it has.
    pub fn renewal() -> Self {
        let key = AppKey::default();
        let answers = Answers {
            in_use: BTreeMap::from([(key.clone(), BTreeSet::from([PLANNED]))]),
            ..unanswered(&key)
        };
        let none = Observed {
            apps: [(key, SeenApp::nothing())].into(),
            ..Observed::default()
        };
        let phases = phases(Operation::Renew, ConnectionId(Uuid::nil()), &answers, &none);
        let stations = route(Operation::Renew, Asked { method: false }, &phases);
        Self::through(until_moved(stations), parts::shown(&State::default()))
    }

    /// With a page that is open although nobody had to be led to it: the method of a platform that leaves nothing to
    /// choose.
    pub fn with_open(mut self, stop: Stop) -> Self {
        let method = Stop::Step(StepId::Method);
        if stop == method && !self.stops.contains(&method) {
            let platform = self
                .stops
                .iter()
                .position(|known| *known == Stop::Step(StepId::Platform));
            self.stops.insert(platform.map_or(0, |place| place + 1), method);
        }
        self
    }

    /// The stops in order.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The parts that the plan has, in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Where "Back" leads from a page: the page of a part to the part before it, and that of the first to the plan.
    pub fn before(&self, at: Stop) -> Option<Stop> {
        match part(at) {
            Some(part) => Some(match self.neighbour(part, -1) {
                Some(before) => Stop::Step(parts::step(before)),
                None => Stop::Plan,
            }),
            None => self.beside(at, -1),
        }
    }

    /// Where "Continue" leads from a page: the page of a part to the next part, and that of the last past the plan.
    pub fn after(&self, at: Stop) -> Option<Stop> {
        match part(at).map(|part| self.neighbour(part, 1)) {
            Some(Some(next)) => Some(Stop::Step(parts::step(next))),
            Some(None) => self.beside(Stop::Plan, 1),
            None => self.beside(at, 1),
        }
    }

    /// The first step that is not finished; the last one where all are. A limit that waits for Microsoft is finished.
    pub fn first_open(&self, state: &State, now: Timestamp) -> StepId {
        let open = |step: &StepId| {
            let status = status(state, *step, now);
            status != Status::Done && !matches!((step, status), (StepId::Limit, Status::Waiting { .. }))
        };
        let last = self.steps().last().unwrap_or(StepId::Export);
        self.steps().find(open).unwrap_or(last)
    }

    /// The question that is answered before anything is planned: which app it is about, and for which mailboxes where the
    /// connection was found again. Of anything else that is open the plan itself says what it waits for.
    pub fn asked_before_the_plan(&self, state: &State, now: Timestamp) -> Option<StepId> {
        let asked = [StepId::ExistingApp, StepId::Mailboxes].into_iter();
        asked
            .filter(|step| match step {
                StepId::Mailboxes => state.found_again,
                step => self.stops.contains(&Stop::Step(*step)),
            })
            .find(|step| status(state, *step, now) != Status::Done)
    }

    /// Whether a step may be opened: every step that it rests on is finished, or only waits for Microsoft.
    ///
    /// What isn't held to any mailbox doesn't rest on the choice of them: whoever may make apps only does their part
    /// before an Exchange Administrator came. A step that waits does not stop the next one from being looked at, but the
    /// export needs the proof. A proof that grew old is made again by the export itself.
    pub fn may_open(&self, state: &State, step: StepId, now: Timestamp) -> bool {
        if step == StepId::Limit && only_the_scope_is_left(state) {
            return true;
        }
        let held_to_none =
            parts::of_step(step).is_some_and(|part| !matches!(part, Part::Scope | Part::Protocols));
        self.clone()
            .with_open(Stop::of(step))
            .steps()
            .take_while(|earlier| *earlier != step)
            .filter(|earlier| *earlier != StepId::Mailboxes || !held_to_none)
            .all(|earlier| match status(state, earlier, now) {
                Status::Done => true,
                Status::Waiting { .. } => earlier == StepId::Limit,
                Status::Old => earlier == StepId::Verify,
                Status::Todo | Status::TooBroad | Status::NeedsYou | Status::Ended => false,
            })
    }

    /// Every step on the way, the parts of the plan in its place.
    fn steps(&self) -> impl Iterator<Item = StepId> + '_ {
        self.stops.iter().flat_map(|stop| match stop {
            Stop::Step(step) => vec![*step],
            Stop::Plan => self.parts.iter().map(|part| parts::step(*part)).collect(),
        })
    }

    /// Whether a step lies behind the sign-in.
    pub fn is_behind_sign_in(&self, step: StepId) -> bool {
        self.steps()
            .skip_while(|earlier| *earlier != StepId::SignIn)
            .skip(1)
            .any(|behind| behind == step)
    }

    fn beside(&self, at: Stop, by: isize) -> Option<Stop> {
        let open = self.clone().with_open(at).stops;
        let place = open.iter().position(|known| *known == at)?;
        open.get(place.checked_add_signed(by)?).copied()
    }

    fn neighbour(&self, part: Part, by: isize) -> Option<Part> {
        let place = self.parts.iter().position(|known| *known == part)?;
        self.parts.get(place.checked_add_signed(by)?).copied()
    }
}

fn asked(state: &State, profile: Option<&Profile>) -> Asked {
    Asked {
        method: profile
            .is_some_and(|profile| choose_method::only(profile).is_none() || state.method.is_none()),
    }
}

/// The stations up to the question whether the platform has moved: what comes after it stands on that page.
fn until_moved(stations: Vec<Station>) -> impl Iterator<Item = Station> {
    let moved = Station::Pass(Gate::PlatformMoved);
    let last = stations.iter().position(|station| *station == moved);
    stations
        .into_iter()
        .take(last.map_or(usize::MAX, |place| place + 1))
}

/// Which stations there are doesn't depend on what is answered, only on what is asked.
fn unanswered(key: &AppKey) -> Answers {
    Answers {
        groups: BTreeMap::new(),
        method: Method::GraphAppOnly,
        platform: String::new(),
        permissions: Default::default(),
        mailboxes: BTreeMap::from([(key.clone(), Default::default())]),
        credential: domain::credential::CredentialKind::Secret,
        days: 0,
        in_use: BTreeMap::new(),
        granted: BTreeMap::new(),
        switch_on: BTreeSet::new(),
    }
}

/// The part whose page a place is.
fn part(at: Stop) -> Option<Part> {
    match at {
        Stop::Step(step) => parts::of_step(step),
        Stop::Plan => None,
    }
}

/// Where a station is drawn. Only the taking over of an app waits for Microsoft before it goes on.
fn stop(station: Station) -> Option<Stop> {
    Some(match station {
        Station::Ask(Question::Platform) => Stop::Step(StepId::Platform),
        Station::Ask(Question::Method) => Stop::Step(StepId::Method),
        Station::Ask(Question::App) => Stop::Step(StepId::ExistingApp),
        Station::Ask(Question::Mailboxes) => Stop::Step(StepId::Mailboxes),
        Station::SignIn => Stop::Step(StepId::SignIn),
        Station::Change(_) => Stop::Plan,
        Station::Pass(Gate::Waited) => Stop::Step(StepId::OldPermissions),
        Station::Pass(Gate::Proven) => Stop::Step(StepId::Verify),
        Station::Pass(Gate::PlatformMoved) => Stop::Step(StepId::OldSecret),
        Station::HandOver => Stop::Step(StepId::Export),
        Station::Pass(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::grant::{EntraGrant, MICROSOFT_GRAPH, Opens};
    use domain::ids::{AppObjectId, ClientId};
    use engine::event::{AsItWas, Event, Record};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn after(events: Vec<Event>) -> State {
        let records: Vec<Record> = events
            .into_iter()
            .map(|event| Record { at: NOW, event })
            .collect();
        State::of(&records)
    }

    fn route() -> Route {
        Route::onboarding(&State::default(), None)
    }

    fn platform() -> Event {
        Event::PlatformChosen {
            profile: "sinch-contact-pro".into(),
        }
    }

    #[test]
    fn a_fresh_connection_begins_with_the_platform() {
        let state = after(vec![]);
        let route = route();
        assert_eq!(route.first_open(&state, NOW), StepId::Platform);
        assert!(route.may_open(&state, StepId::Platform, NOW));
        assert!(!route.may_open(&state, StepId::Method, NOW));
    }

    #[test]
    fn answers_open_the_next_step_only() {
        let method = Event::MethodChosen {
            method: Method::GraphAppOnly,
        };
        let state = after(vec![platform(), method]);
        let route = route();
        assert_eq!(route.first_open(&state, NOW), StepId::SignIn);
        assert!(route.may_open(&state, StepId::Platform, NOW));
        assert!(route.may_open(&state, StepId::Method, NOW));
        assert!(!route.may_open(&state, StepId::App, NOW));
    }

    /// A platform that was chosen and whose one method was not written down any more, because the program was killed.
    #[test]
    fn a_method_that_was_never_written_down_is_asked() {
        let profiles = profiles::shipped().unwrap();
        let settled = profiles
            .iter()
            .find(|profile| choose_method::only(profile).is_some())
            .unwrap();
        let state = after(vec![platform()]);
        let route = Route::onboarding(&state, Some(settled));
        assert_eq!(route.first_open(&state, NOW), StepId::Method);
    }

    /// The old permissions have their place between the plan and the proof, and what they wait for is derived, not written.
    #[test]
    fn an_app_is_asked_for_and_its_old_permissions_go_before_the_proof() {
        let steps: Vec<Stop> = Route::adoption(&State::default(), None).stops().to_vec();
        let of = |step| Stop::Step(step);
        assert_eq!(
            steps,
            [
                of(StepId::Platform),
                of(StepId::SignIn),
                of(StepId::ExistingApp),
                of(StepId::Mailboxes),
                Stop::Plan,
                of(StepId::OldPermissions),
                of(StepId::Verify),
                of(StepId::Export),
                of(StepId::OldSecret),
            ]
        );
    }

    /// It is known which app it is, so the plan that restores it is open.
    #[test]
    fn an_app_that_was_taken_over_and_deleted_leads_to_the_plan() {
        let of = |events: Vec<Event>| {
            let before = [
                platform(),
                Event::MethodChosen {
                    method: Method::GraphAppOnly,
                },
                Event::Adopting { on: true },
            ];
            after(before.into_iter().chain(events).collect())
        };
        let (object_id, client_id) = (AppObjectId(Uuid::nil()), ClientId(Uuid::nil()));
        let adopted = Event::AppAdopted {
            app: AppKey::default(),
            as_it_was: AsItWas {
                object_id,
                client_id,
                name: "A".into(),
                tags: BTreeSet::new(),
                audience: String::new(),
                principal: None,
                grants: Vec::new(),
                needed: Vec::new(),
                in_exchange: false,
                roles: BTreeSet::new(),
                in_use: Vec::new(),
                policies: Vec::new(),
            },
            answered: None,
        };
        let deleted = Event::AppFoundDeleted {
            app: AppKey::default(),
            client_id,
            object_id,
            name: "A".into(),
            deleted_at: None,
        };
        let asked = |state: &State| Route::of(state, None).asked_before_the_plan(state, NOW);
        assert_eq!(asked(&of(Vec::new())), Some(StepId::ExistingApp));
        let state = of(vec![adopted, deleted]);
        assert_eq!(asked(&state), None);
        assert_eq!(status(&state, StepId::ExistingApp, NOW), Status::Done);
    }

    #[test]
    fn a_broad_grant_stops_the_way_to_the_secret() {
        for opens in [Opens::Mailboxes, Opens::MoreRights, Opens::Unknown] {
            let grant = EntraGrant {
                id: "g".into(),
                resource: "Microsoft Graph".into(),
                api: MICROSOFT_GRAPH.into(),
                permission: "Mail.Read".into(),
                app_role: true,
                opens,
            };
            let state = after(vec![Event::PermissionsRead {
                app: AppKey::default(),
                grants: vec![grant],
            }]);
            assert!(!route().may_open(&state, StepId::Secret, NOW));
        }
    }

    #[test]
    fn back_is_the_way_that_was_come() {
        let route = route();
        let mut at = Stop::Step(StepId::Export);
        let mut way = vec![at];
        while let Some(before) = route.before(at) {
            at = before;
            way.push(at);
        }
        way.reverse();
        assert_eq!(way, route.stops());
        for stop in &way[..way.len() - 1] {
            let next = route.after(*stop).unwrap();
            assert_eq!(route.before(next), Some(*stop), "{stop:?}");
        }
    }

    #[test]
    fn the_pages_of_the_parts_lie_behind_the_plan() {
        let route = route();
        let pages = route.parts().iter().map(|part| Stop::Step(parts::step(*part)));
        let pages: Vec<Stop> = pages.collect();
        let mut at = Some(pages[0]);
        for page in &pages {
            assert_eq!(at, Some(*page));
            at = route.after(*page);
        }
        assert_eq!(at, Some(Stop::Step(StepId::Verify)));
        assert_eq!(route.before(pages[3]), Some(pages[2]));
        assert_eq!(route.before(pages[0]), Some(Stop::Plan));
    }

    #[test]
    fn a_renewal_leads_from_the_sign_in_to_the_old_secret() {
        let step = Stop::Step;
        let stops = [
            step(StepId::SignIn),
            Stop::Plan,
            step(StepId::Verify),
            step(StepId::Export),
            step(StepId::OldSecret),
        ];
        assert_eq!(Route::renewal().stops(), stops);
    }

    #[test]
    fn a_page_that_nobody_is_led_to_has_its_place_once_it_is_open() {
        let method = Stop::Step(StepId::Method);
        let route = route();
        assert!(!route.stops().contains(&method));
        assert_eq!(route.before(method), Some(Stop::Step(StepId::Platform)));
        assert_eq!(route.after(method), Some(Stop::Step(StepId::SignIn)));
        assert_eq!(
            route.before(Stop::Step(StepId::SignIn)),
            Some(Stop::Step(StepId::Platform))
        );
    }
}
