//! What the window shows of the desk: the view, made from what is known, and masked while somebody presents.

use std::time::Instant;

use domain::step::StepId;
use engine::event::{CheckId, Tenancy};
use engine::progress::{Status, may_open, status};
use journey::data_folder::DataFolder;
use journey::wizard::Wizard;

use super::{Desk, Place};
use crate::pages;
use crate::request::Request;
use crate::view::{
    Busy, BusyPlace, Button, ButtonKind, ConnectionName, Frame, Page, PracticeStrip, RailState, RailStep,
    View,
};

impl Desk {
    pub(super) fn under_way(
        &mut self,
        words: &str,
        waiting_for: &str,
        place: BusyPlace,
        cancel: Option<Button>,
    ) {
        self.was_busy = true;
        self.busy = Some(Busy {
            words: words.into(),
            waiting_for: waiting_for.into(),
            place,
            progress: None,
            cancel,
            button: None,
        });
        let button = self.turning(&self.page());
        if let Some(busy) = &mut self.busy {
            busy.button = button;
        }
        self.publish();
    }

    /// Shows what is known now.
    pub fn publish(&mut self) {
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
        if let Some(mask) = &mut self.presenting {
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
                mask.name("Mailbox", mailbox.address.as_str());
                mask.name("Mailbox name", &mailbox.name);
            }
            if let Some((typed, _)) = &self.search {
                mask.name("Typed", typed);
            }
            if let Some(typed) = &self.visit.typed_client {
                mask.name("id", typed);
            }
            for (kind, name) in self.problem.iter().flat_map(|problem| &problem.names) {
                mask.name(kind, name);
            }
            mask.name("Folder", &self.draft.folder);
        }
        self.send(view);
    }

    /// Whether a press on the view of this revision was made on the page that stands now, and after somebody could have
    /// read it.
    pub(super) fn was_read(&self, revision: u32) -> bool {
        revision >= self.stands.from && self.stands.since.elapsed() >= self.options.read_in
    }

    /// Shows the drawn page once more, while the wizard that it was drawn from is lent out.
    pub(super) fn draw_again(&mut self) {
        self.revision += 1;
        self.drawn.revision = self.revision;
        self.drawn.page.busy.clone_from(&self.busy);
        self.drawn.frame.presenting = self.presenting.is_some();
        self.send(self.drawn.clone());
    }

    fn send(&mut self, mut view: View) {
        if let Some(mask) = &mut self.presenting {
            // A view that could not be masked must not be shown: the title alone stays.
            view = mask.hide(&view).unwrap_or_else(|| View {
                revision: view.revision,
                ..Self::blank()
            });
        }
        if let Ok(mut shown) = self.shown.lock() {
            shown.clone_from(&view);
        }
        self.host.publish(view);
    }

    pub(super) fn view(&self) -> View {
        let mut page = self.as_remembered(self.page(), self.options.clock.now());
        page.field_problems.clone_from(&self.field_problems);
        // The help is open over what is under way.
        if !self.helping {
            page.busy.clone_from(&self.busy);
        }
        if let Some(note) = &self.note {
            page.action_note = Some(note.clone());
            page.announcement = Some(note.clone());
        }
        let troubled = !self.helping && self.problem.is_some() || !self.field_problems.is_empty();
        let step = self.step().filter(|_| self.wizard.is_some());
        let mut title = page.heading.clone();
        if let Some(step) = step {
            title = format!(
                "Step {} of {}: {}, {title}",
                step.number(),
                StepId::ALL.len(),
                step.name()
            );
        }
        let view = View {
            revision: self.revision,
            title: format!("{}{title} - Mailgrant", if troubled { "Problem: " } else { "" }),
            frame: self.frame(step),
            page,
        };
        match &self.copied {
            Some(copied) => copied.told(&view).unwrap_or(view),
            None => view,
        }
    }

    pub(super) fn page(&self) -> Page {
        let now = self.options.clock.now();
        if self.helping {
            return pages::help::page_of(self.step());
        }
        if let Some(problem) = &self.problem {
            return pages::problem::page_of(problem, &self.times, now);
        }
        if let Some(question) = self.question() {
            return question;
        }
        let Ok(made) = self.made() else {
            return self.page_without_connection(now);
        };
        match self.place {
            Place::Start | Place::Connections => self.page_without_connection(now),
            Place::SignedIn => pages::sign_in::after(&made)
                .unwrap_or_else(|| pages::sign_in::before(&made, &pages::sign_in::Asked::default())),
            Place::Exported => pages::export::after(&made),
            Place::Step(step) => match step {
                StepId::Platform => pages::platform::page_of(made.wizard, &self.broken),
                StepId::Method => match made.wizard.profile() {
                    Some(profile) => pages::method::page_of(
                        profile,
                        made.wizard.state().method,
                        &made.wizard.permissions(),
                    ),
                    None => pages::platform::page_of(made.wizard, &self.broken),
                },
                StepId::SignIn => pages::sign_in::before(
                    &made,
                    &pages::sign_in::Asked {
                        return_to: self.return_to,
                        lacking: self.lacking(),
                        also: &self.visit.also,
                        typed_client: self.visit.typed_client.as_deref(),
                        waiting: self
                            .visit
                            .waiting
                            .as_ref()
                            .map(|waiting| (waiting.address.as_str(), waiting.opened)),
                        notice: self.visit.notice.as_deref(),
                    },
                ),
                StepId::App => pages::app::page_of(&made),
                StepId::Permissions => pages::permissions::page_of(&made),
                StepId::Secret => pages::secret::page_of(&made),
                StepId::Mailboxes => pages::mailboxes::page_of(&made, self.search.as_ref()),
                StepId::Limit => pages::limit::page_of(&made),
                StepId::Verify => pages::verify::page_of(&made),
                StepId::Export => pages::export::before(&made, &self.draft),
            },
        }
    }

    pub(super) fn page_without_connection(&self, now: jiff::Timestamp) -> Page {
        let listed = self.data.as_ref().map(DataFolder::list).unwrap_or_default();
        let removed = self.data.as_ref().map(DataFolder::removed).unwrap_or_default();
        // An empty list of connections is the first screen.
        if self.place == Place::Connections && !(listed.is_empty() && removed.is_empty()) {
            return pages::connections::page_of(&listed, &removed, &self.profiles, &self.times, now);
        }
        pages::start::page_of(listed.len())
    }

    pub(super) fn step(&self) -> Option<StepId> {
        match self.place {
            Place::Start | Place::Connections => None,
            Place::SignedIn => Some(StepId::SignIn),
            Place::Exported => Some(StepId::Export),
            Place::Step(step) => Some(step),
        }
    }

    pub(super) fn step_name(&self, step: StepId) -> String {
        serde_json::to_value(step)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    pub(super) fn frame(&self, current: Option<StepId>) -> Frame {
        let (Some(wizard), Some(current)) = (&self.wizard, current) else {
            let back = (self.place == Place::Start && self.saved() > 0).then_some(Request::ShowConnections);
            return Frame {
                practice: None,
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
        let practice = (wizard.tenancy() == Tenancy::Practice).then(|| PracticeStrip {
            label: "Practice organisation".into(),
            note: "Nothing here reaches Microsoft 365. One minute stands for an hour.".into(),
            leave: pages::button(ButtonKind::Link, "Leave practice", Request::SaveAndClose),
        });
        Frame {
            practice,
            connection: Some(ConnectionName {
                platform: wizard
                    .profile()
                    .map_or_else(|| "New connection".into(), |profile| profile.name.clone()),
                organisation: state
                    .organisation
                    .as_ref()
                    .map(|organisation| organisation.name.clone())
                    .unwrap_or_default(),
            }),
            steps: StepId::ALL
                .into_iter()
                .map(|step| self.rail(wizard, step, current))
                .collect(),
            step_line: Some(format!(
                "Step {} of {}: {}",
                current.number(),
                StepId::ALL.len(),
                current.name()
            )),
            back: Some(Request::Back),
            presenting: self.presenting.is_some(),
            helping: self.helping,
            saved: state
                .saved_at
                .map(|at| format!("Saved {}", self.times.near(at, self.options.clock.now()))),
        }
    }

    pub(super) fn rail(&self, wizard: &Wizard, step: StepId, current: StepId) -> RailStep {
        let state = wizard.state();
        let asks = |id: CheckId| {
            state
                .preflight
                .iter()
                .flat_map(|preflight| &preflight.checks)
                .any(|check| check.id == id && check.outcome == engine::event::Readiness::AskSomebody)
        };
        let (rail, note) = match status(state, step, wizard.now()) {
            _ if step == current && self.problem.is_some() => (RailState::Problem, Some("Problem")),
            Status::Waiting { .. } => (RailState::Waiting, Some("Waiting")),
            Status::TooBroad => (RailState::TooBroad, Some("Too broad")),
            Status::NeedsYou => (RailState::Problem, Some("Needs you")),
            Status::Ended => (RailState::Problem, Some("Ended")),
            Status::Old => (RailState::Todo, Some("Look again")),
            Status::Done => (RailState::Done, None),
            Status::Todo if step == StepId::App && asks(CheckId::CreateApp) => {
                (RailState::AskSomebody, Some("Ask somebody"))
            }
            Status::Todo if step == StepId::Limit && (asks(CheckId::Limit) || asks(CheckId::Customised)) => {
                (RailState::AskSomebody, Some("Ask somebody"))
            }
            Status::Todo => (RailState::Todo, None),
        };
        let name = self.step_name(step);
        RailStep {
            open: (step != current && may_open(state, step, wizard.now()))
                .then(|| Request::GoTo { step: name.clone() }),
            id: name,
            number: step.number(),
            name: step.name().into(),
            state: rail,
            note: note.map(str::to_owned),
            current: step == current,
        }
    }
}
