//! What the window shows of the desk: the view, made from what is known, and masked while somebody presents.

use std::sync::Arc;
use std::time::Instant;

use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::step::StepId;
use engine::event::{CheckId, Tenancy};
use engine::progress::{Status, status};
use journey::data_folder::DataFolder;
use journey::parts;
use journey::route::{Route, Stop};
use journey::wizard::Wizard;
use words::Speaker;

use super::{Desk, Intends, Place};
use crate::pages;
use crate::presenting::Presenting;
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{
    Busy, BusyPlace, Button, ButtonKind, ConnectionName, Content, Frame, Page, PracticeStrip, RailState,
    RailStep, View,
};

impl Desk {
    /// Who says it, at this time.
    pub(super) fn speaker_now(&self) -> Speaker {
        self.speaker.for_keys(self.keys).at(self.options.clock.now())
    }

    pub(super) fn under_way(
        &mut self,
        words: Message,
        waiting_for: Message,
        place: BusyPlace,
        cancel: Option<Button>,
    ) {
        self.was_busy = true;
        let waiting_for = message!("frame-waiting-for", what = waiting_for);
        self.busy = Some(Busy {
            words: self.speaker.say(&words),
            waiting_for: self.speaker.say(&waiting_for),
            place,
            progress: None,
            cancel,
            button: None,
        });
        self.under_way = Some((words, waiting_for));
        let button = self.turning(&self.page());
        if let Some(busy) = &mut self.busy {
            busy.button = button;
        }
        self.publish();
    }

    /// Shows what is known now.
    pub fn publish(&mut self) {
        if let Some(wizard) = &self.wizard {
            self.keys = pages::keys_of(wizard);
        }
        self.revision += 1;
        let view = self.view();
        let before = &self.drawn.page;
        if (&before.key, &before.content, &before.actions)
            != (&view.page.key, &view.page.content, &view.page.actions)
        {
            self.stands.from = self.revision;
        }
        if before.key != view.page.key {
            self.stands.since = Instant::now();
        }
        self.drawn = view.clone();
        if let Some(presenting) = self.presenting.clone() {
            let mut mask = presenting.mask();
            if let Some(wizard) = &self.wizard {
                mask.learn(wizard.state());
            }
            if self.wizard.is_none() {
                let listed = self.data.as_ref().map(DataFolder::list).unwrap_or_default();
                let removed = self.data.as_ref().map(DataFolder::removed).unwrap_or_default();
                let all = listed.iter().chain(&removed);
                for state in all.filter_map(|listed| listed.state.as_ref().ok()) {
                    mask.learn(state);
                }
            }
            for mailbox in self.search.iter().flat_map(|(_, found)| found) {
                mask.name(Kind::Mailbox, mailbox.address.as_str());
                mask.name(Kind::MailboxName, &mailbox.name);
            }
            if let Some((typed, _)) = &self.search {
                mask.name(Kind::Typed, typed);
            }
            if let Some(typed) = &self.visit.typed_client {
                mask.id(typed);
            }
            mask.name(Kind::Folder, &self.draft.folder);
            drop(mask);
            self.hidden = Some(self.view_hiding(presenting));
        }
        self.send();
    }

    /// The view as somebody says it who hides names.
    fn view_hiding(&mut self, presenting: Presenting) -> View {
        let hiding = self.speaker.hiding(Arc::new(presenting));
        let speaker = std::mem::replace(&mut self.speaker, hiding);
        let view = self.view();
        self.speaker = speaker;
        view
    }

    /// Whether a press on the view of this revision was made on the page that stands now, and after somebody could have
    /// read it.
    pub(super) fn was_read(&self, revision: u32) -> bool {
        revision >= self.stands.from && self.stands.since.elapsed() >= self.options.read_in
    }

    /// Shows the drawn page once more, while the wizard that it was drawn from is lent out.
    pub(super) fn draw_again(&mut self) {
        self.revision += 1;
        for drawn in std::iter::once(&mut self.drawn).chain(&mut self.hidden) {
            drawn.revision = self.revision;
            drawn.page.busy.clone_from(&self.busy);
            drawn.frame.presenting = self.presenting.is_some();
        }
        self.send();
    }

    fn send(&mut self) {
        let view = match (&self.presenting, &self.hidden) {
            (None, _) => self.drawn.clone(),
            (Some(presenting), hidden) => {
                let mut mask = presenting.mask();
                let masked = match hidden {
                    Some(hidden) => mask.number(hidden),
                    // Presenting was switched on while the wizard that the page was drawn from is lent out.
                    None => mask.hide(&self.drawn),
                };
                // A view that could not be masked must not be shown: the title alone stays.
                masked.unwrap_or_else(|| View {
                    revision: self.drawn.revision,
                    ..Self::blank(self.speaker.language())
                })
            }
        };
        if let Ok(mut shown) = self.shown.lock() {
            shown.clone_from(&view);
        }
        self.host.publish(view);
    }

    pub(super) fn view(&self) -> View {
        let mut page = self.as_remembered(self.page(), self.options.clock.now());
        let speaker = self.speaker_now();
        page.field_problems = self
            .field_problems
            .iter()
            .map(|problem| problem.said(&speaker))
            .collect();
        // The help is open over what is under way.
        if !self.helping {
            page.busy.clone_from(&self.busy);
        }
        if let Some(note) = &self.note {
            let note = speaker.say(note);
            page.action_note = Some(note.clone());
            page.announcement = Some(note);
        }
        let troubled = !self.helping && self.problem.is_some() || !self.field_problems.is_empty();
        let spot = self.route().zip(self.spot());
        let heading = Arg::term(&page.heading);
        let title = match spot {
            Some((ref route, spot)) => {
                let step = rail::line(route, spot);
                message!("frame-title-step", step = step, heading = heading).into()
            }
            None => heading,
        };
        let title = speaker.say(&if troubled {
            message!("frame-title-problem", title = title)
        } else {
            message!("frame-title", title = title)
        });
        let view = View {
            revision: self.revision,
            language: speaker.language().tag().to_owned(),
            words: pages::window::words(&speaker),
            title,
            frame: self.frame(spot.map(|(_, spot)| spot)),
            page,
        };
        match &self.copied {
            Some(copied) => copied.told(&view, &speaker).unwrap_or(view),
            None => view,
        }
    }

    pub(super) fn page(&self) -> Page {
        let now = self.options.clock.now();
        if self.helping {
            let languages = (&self.options.languages, self.chosen_language);
            let route = self.route();
            let spot = route.as_ref().zip(self.spot());
            return pages::help::page_of(&self.speaker.at(now), spot, languages);
        }
        if let Some(problem) = &self.problem {
            let mut page = pages::problem::page_of(problem, &self.speaker.at(now));
            if let (Some(run), Ok(made), Content::Problem { stopped, .. }) =
                (&self.run, self.made(), &mut page.content)
            {
                *stopped = Some(pages::plan_by_parts::stopped(&made, run, problem));
            }
            return page;
        }
        if let Some(question) = self.question() {
            return question;
        }
        let Ok(made) = self.made() else {
            return self.page_without_connection(now);
        };
        match self.place {
            Place::Start | Place::Connections => self.page_without_connection(now),
            Place::SignedIn => pages::signed_in::after(&made)
                .unwrap_or_else(|| pages::sign_in::before(&made, &pages::sign_in::Asked::default())),
            Place::Exported => pages::exported::after(&made),
            Place::Revoke => pages::revoke::page_of(&made),
            Place::FindAgain => self.page_of_finding(&made),
            Place::Plan => pages::plan_by_parts::page_of(&made, self.run.as_ref()),
            Place::Step(step) => match step {
                StepId::Platform => pages::platform::page_of(&made, &self.broken),
                StepId::Method => match made.wizard.profile() {
                    Some(profile) => pages::method::page_of(
                        &made.speaker,
                        profile,
                        made.wizard.state().method,
                        &made.wizard.permissions(),
                    ),
                    None => pages::platform::page_of(&made, &self.broken),
                },
                StepId::SignIn => pages::sign_in::before(
                    &made,
                    &pages::sign_in::Asked {
                        return_to: self.return_to,
                        lacks: self.lacks.as_deref().unwrap_or_default(),
                        lacking: self.lacking(),
                        also: &self.visit.also,
                        typed_client: self.visit.typed_client.as_deref(),
                        waiting: self
                            .visit
                            .waiting
                            .as_ref()
                            .map(|waiting| (waiting.address.as_str(), waiting.opened)),
                        notice: self.visit.notice.as_ref(),
                        renews: self.intends == Some(Intends::Renew),
                    },
                ),
                StepId::ExistingApp => self.page_of_existing_app(&made),
                StepId::OldPermissions => pages::old_permissions::page_of(&made),
                StepId::App => pages::app::page_of(&made),
                StepId::Permissions => pages::permissions::page_of(&made),
                StepId::Secret => pages::secret::page_of(&made),
                StepId::Mailboxes => pages::mailboxes::page_of(&made, self.search.as_ref()),
                StepId::Limit => pages::limit::page_of(&made),
                StepId::Protocols => pages::protocols::page_of(&made),
                StepId::Verify => pages::verify::page_of(&made),
                StepId::Export => pages::export::before(&made, &self.draft),
                // Nothing is asked of a renewal that is over.
                StepId::OldSecret if made.wizard.state().renewal.is_none() => pages::exported::after(&made),
                StepId::OldSecret => pages::old_secret::page_of(&made, self.last_use),
            },
        }
    }

    pub(super) fn page_without_connection(&self, now: jiff::Timestamp) -> Page {
        let listed = self.data.as_ref().map(DataFolder::list).unwrap_or_default();
        let removed = self.data.as_ref().map(DataFolder::removed).unwrap_or_default();
        // An empty list of connections is the first screen.
        if self.place == Place::Connections && !(listed.is_empty() && removed.is_empty()) {
            let speaker = self.speaker.at(now);
            return pages::connections::page_of(&listed, &removed, &self.profiles, &speaker, now);
        }
        pages::start::page_of(&self.speaker.at(now), listed.len())
    }

    pub(super) fn step(&self) -> Option<StepId> {
        match self.place {
            Place::Start | Place::Connections | Place::Plan | Place::Revoke | Place::FindAgain => None,
            Place::SignedIn => Some(StepId::SignIn),
            Place::Exported => Some(StepId::Export),
            Place::Step(step) => Some(step),
        }
    }

    /// Where the open page stands on the rail.
    pub(super) fn spot(&self) -> Option<Spot> {
        match self.place {
            Place::Plan => Some(Spot::Plan),
            _ => self.step().map(Spot::Step),
        }
    }

    pub(super) fn route(&self) -> Option<Route> {
        self.wizard.as_ref().map(Wizard::route)
    }

    pub(super) fn frame(&self, current: Option<Spot>) -> Frame {
        let speaker = self.speaker_now();
        let say = |message: Message| speaker.say(&message);
        let (Some(wizard), Some(current)) = (&self.wizard, current) else {
            let (back, wizard) = match self.place {
                Place::Start if self.saved() > 0 => (Some(Request::ShowConnections), None),
                Place::Revoke | Place::FindAgain => (Some(Request::Back), self.wizard.as_ref()),
                _ => (None, None),
            };
            return Frame {
                practice: wizard.and_then(|wizard| self.strip(wizard)),
                connection: None,
                steps: Vec::new(),
                step_line: None,
                back,
                presenting: self.presenting.is_some(),
                helping: self.helping,
                saved: None,
            };
        };
        let state = wizard.state();
        let route = wizard.route().with_open(current.stop());
        Frame {
            practice: self.strip(wizard),
            connection: Some(ConnectionName {
                platform: match wizard.profile() {
                    Some(profile) => speaker.value(&Arg::name(Kind::Platform, &profile.name)),
                    None => say(message!("frame-new-connection")),
                },
                organisation: match &state.organisation {
                    Some(organisation) => speaker.value(&Arg::name(Kind::Organisation, &organisation.name)),
                    None => String::new(),
                },
            }),
            steps: (route.stops().iter())
                .zip(1..)
                .map(|(stop, number)| self.stop(wizard, *stop, number, current))
                .collect(),
            step_line: Some(say(rail::line(&route, current))),
            back: Some(Request::Back),
            presenting: self.presenting.is_some(),
            helping: self.helping,
            saved: state
                .saved_at
                .map(|at| say(message!("frame-saved", at = Arg::near(at)))),
        }
    }

    /// What says on every page of a connection that nothing is real.
    fn strip(&self, wizard: &Wizard) -> Option<PracticeStrip> {
        let say = |message: Message| self.speaker.say(&message);
        (wizard.tenancy() == Tenancy::Practice).then(|| PracticeStrip {
            label: say(message!("frame-practice")),
            note: say(message!("frame-practice-note")),
            leave: pages::button(
                ButtonKind::Link,
                say(message!("frame-leave-practice")),
                Request::SaveAndClose,
            ),
        })
    }

    fn stop(&self, wizard: &Wizard, stop: Stop, number: u8, current: Spot) -> RailStep {
        let state = wizard.state();
        let here = stop == current.stop();
        let (rail, note) = if here && self.problem.is_some() {
            (RailState::Problem, Some(message!("frame-rail-problem")))
        } else {
            match stop {
                Stop::Step(step) => of_status(status(state, step, wizard.now())),
                Stop::Plan => of_plan(wizard),
            }
        };
        let opens = match stop {
            Stop::Step(step) => step,
            Stop::Plan => StepId::App,
        };
        // From a part's page the rail leads back to the plan that it belongs to.
        let open_already = current == Spot::Plan || stop != Stop::Plan;
        RailStep {
            open: (!(here && open_already) && wizard.may_open(opens)).then(|| Request::GoTo {
                step: rail::stop_id(stop),
            }),
            id: rail::stop_id(stop),
            number,
            name: self.speaker.say(&rail::stop_name(stop)),
            state: rail,
            note: note.map(|note| self.speaker.say(&note)),
            current: here,
        }
    }
}

fn of_status(status: Status) -> (RailState, Option<Message>) {
    match status {
        Status::Waiting { .. } => (RailState::Waiting, Some(message!("frame-rail-waiting"))),
        Status::TooBroad => (RailState::TooBroad, Some(message!("frame-rail-too-broad"))),
        Status::NeedsYou => (RailState::Problem, Some(message!("frame-rail-needs-you"))),
        Status::Ended => (RailState::Problem, Some(message!("frame-rail-ended"))),
        Status::Old => (RailState::Todo, Some(message!("frame-rail-look-again"))),
        Status::Done => (RailState::Done, None),
        Status::Todo => (RailState::Todo, None),
    }
}

/// How the plan stands: its first part that isn't done says it. That Microsoft still applies the limit stands at the proof,
/// which waits for it.
fn of_plan(wizard: &Wizard) -> (RailState, Option<Message>) {
    let left = parts::shown(wizard.state())
        .into_iter()
        .map(|part| status(wizard.state(), parts::step(part), wizard.now()))
        .find(|status| !matches!(status, Status::Done | Status::Waiting { .. }));
    let asks = || {
        let preflight = wizard.state().preflight.iter();
        let missing = |id: CheckId| matches!(id, CheckId::CreateApp | CheckId::Limit | CheckId::Customised);
        preflight
            .flat_map(|preflight| &preflight.checks)
            .any(|check| missing(check.id) && check.outcome == engine::event::Readiness::AskSomebody)
    };
    match left {
        // Each part was read back when it was made, and the last look of the proof is newer.
        None if wizard.state().found_otherwise() => {
            of_status(status(wizard.state(), StepId::Verify, wizard.now()))
        }
        None => (RailState::Done, None),
        Some(Status::Todo) if asks() => (RailState::AskSomebody, Some(message!("frame-rail-ask-somebody"))),
        Some(status) => of_status(status),
    }
}
