//! The session's desk: which connection is open, which page lies on it, what is under way.

mod acting;
mod adopting;
mod asking;
mod carrying_out;
mod committing;
mod connections;
mod copied;
mod finding;
mod forms;
mod going;
mod long;
mod remembered;
mod renewing;
mod revoking;
mod shown;
mod visit;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::message;
use domain::message::Message;
use domain::problem::{Code, Problem};
use domain::step::StepId;
use engine::event::Tenancy;
use engine::mailboxes::Mailbox;
use engine::progress::{Status, old_permissions_go_at, status};
use journey::data_folder::DataFolder;
use journey::route::Stop;
use journey::steps::{choose_mailboxes, sign_in};
use journey::wizard::Wizard;
use profiles::{Profile, ProfileError};
use tokio::sync::mpsc;
use words::{Keys, Language, Speaker};

use self::copied::Copied;
use crate::host::{Host, Practice};
use crate::pages;
use crate::pages::export::Draft;
use crate::pages::plan_by_parts::Run;
use crate::presenting::Presenting;
use crate::rail::Spot;
use crate::request::{Request, Submit};
use crate::session::{Asked, Options};
use crate::view::{Busy, BusyPlace, Frame, View};
use visit::{Again, Visit};

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    Connections,
    Step(StepId),
    /// The plan of everything that is made, by its parts.
    Plan,
    /// After the sign-in: is this the right organisation?
    SignedIn,
    /// After the export.
    Exported,
    /// Where everything is taken away, and what is left afterwards.
    Revoke,
    /// Where connections are found that this computer doesn't know.
    FindAgain,
}

impl Place {
    fn of(stop: Stop) -> Self {
        match stop {
            Stop::Plan => Self::Plan,
            Stop::Step(step) => Self::Step(step),
        }
    }
}

/// What is done with a connection once whoever may do it is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intends {
    /// To begin a renewal.
    Renew,
    /// To look at everything again.
    Check,
    /// To take everything away.
    Revoke,
}

/// Since when the page stands as it does.
struct Stands {
    /// The first revision with its content: a press on an older one was made on something else.
    from: u32,
    /// When it came.
    since: Instant,
}

/// The desk.
pub struct Desk {
    host: Arc<dyn Host>,
    shown: Arc<Mutex<View>>,
    options: Options,
    speaker: Speaker,
    /// What the app of the open connection signs in with, which stays known while the wizard is lent out.
    keys: Keys,
    /// The language that the reader chose; none where it follows the computer.
    chosen_language: Option<Language>,
    data: Result<DataFolder, Problem>,
    profiles: Arc<Vec<Profile>>,
    broken: Vec<ProfileError>,
    /// What is asked, in order.
    inbox: mpsc::UnboundedReceiver<Asked>,
    practice: Option<Practice>,
    wizard: Option<Wizard>,
    place: Place,
    problem: Option<Problem>,
    field_problems: Vec<pages::FieldWords>,
    search: Option<(String, Vec<Mailbox>)>,
    draft: Draft,
    visit: Visit,
    return_to: Option<Spot>,
    /// Who signed in to find connections again, and what was found.
    finding: Option<finding::Finding>,
    /// The app that is looked for, to take it over.
    looking: adopting::Looking,
    /// What the log of sign-ins said when it was read last.
    last_use: Option<journey::renew::LastUse>,
    /// What is done once the step to return to is reached.
    intends: Option<Intends>,
    /// What the step to return to takes, where it is more than to look at it.
    lacks: Option<Vec<journey::Right>>,
    /// What was asked last, where it can be asked again.
    again: Option<Again>,
    asking: Option<asking::Asking>,
    /// The plan that is carried out, or that stopped at a problem.
    run: Option<Run>,
    busy: Option<Busy>,
    /// What is under way and what it waits for, to be said in another language.
    under_way: Option<(Message, Message)>,
    /// The button that was pressed last, which turns while what it asked for is under way.
    pressed: Option<Request>,
    was_busy: bool,
    /// What became of a read that was stopped, until something else is asked.
    note: Option<Message>,
    /// What was drawn last, before it was masked.
    drawn: View,
    stands: Stands,
    presenting: Option<Presenting>,
    /// What was drawn last as it is shown while somebody presents, where it was drawn for that.
    hidden: Option<View>,
    helping: bool,
    /// What was copied last, until something else is asked.
    copied: Option<Copied>,
    revision: u32,
}

impl Desk {
    /// What is shown before anything is known.
    pub fn blank(language: Language) -> View {
        let speaker = Speaker::new(language, jiff::tz::TimeZone::UTC, jiff::Timestamp::UNIX_EPOCH);
        View {
            revision: 0,
            language: language.tag().to_owned(),
            words: pages::window::words(&speaker),
            title: "Mailgrant".into(),
            frame: Frame {
                practice: None,
                connection: None,
                steps: Vec::new(),
                step_line: None,
                back: None,
                presenting: false,
                helping: false,
                saved: None,
            },
            page: pages::start::page_of(&speaker, 0),
        }
    }

    /// A desk with the first screen on it.
    pub fn new(
        host: Arc<dyn Host>,
        shown: Arc<Mutex<View>>,
        options: Options,
        data: Result<DataFolder, Problem>,
        profiles: Arc<Vec<Profile>>,
        broken: Vec<ProfileError>,
        inbox: mpsc::UnboundedReceiver<Asked>,
    ) -> Self {
        let language = options.languages.first(None);
        let speaker = Speaker::new(language, options.zone.clone(), options.clock.now());
        let problem = data.as_ref().err().cloned();
        let draft = Draft {
            folder: options.export.display().to_string(),
            ..Draft::default()
        };
        let mut desk = Self {
            host,
            shown,
            options,
            speaker,
            keys: Keys::default(),
            chosen_language: None,
            data,
            profiles,
            broken,
            inbox,
            practice: None,
            wizard: None,
            place: Place::Start,
            problem,
            field_problems: Vec::new(),
            search: None,
            draft,
            visit: Visit::default(),
            return_to: None,
            finding: None,
            looking: adopting::Looking::default(),
            last_use: None,
            intends: None,
            lacks: None,
            again: None,
            asking: None,
            run: None,
            busy: None,
            under_way: None,
            pressed: None,
            was_busy: false,
            note: None,
            drawn: Self::blank(language),
            stands: Stands {
                from: 0,
                since: Instant::now(),
            },
            presenting: None,
            hidden: None,
            helping: false,
            copied: None,
            revision: 0,
        };
        desk.speak_as_remembered();
        if desk.data.as_ref().is_ok_and(DataFolder::presenting) {
            desk.presenting = Some(Presenting::new(desk.speaker.clone()));
        }
        if desk.saved() > 0 {
            desk.place = Place::Connections;
        }
        desk
    }

    fn saved(&self) -> usize {
        self.data
            .as_ref()
            .map_or(0, |data| data.list().len() + data.removed().len())
    }

    /// Whether something was under way since this was asked last.
    pub fn was_busy(&mut self) -> bool {
        std::mem::take(&mut self.was_busy)
    }

    /// Begins with the practice organisation, as `cargo xtask run` asks for.
    pub async fn begin_in_practice(&mut self) {
        if self.problem.is_some() || self.saved() > 0 {
            return;
        }
        self.problem = self.start_connection(Tenancy::Practice).await.err();
        self.busy = None;
    }

    /// Says that the session itself could not be started.
    pub fn fail_to_start(&mut self, error: &std::io::Error) {
        self.problem = Some(no_connection().evidence(domain::problem::Evidence {
            message: Some(error.to_string()),
            ..Default::default()
        }));
        self.publish();
    }

    /// Says that what was asked for ended in a fault of ours. The connection is closed: what the fault left of it in
    /// memory isn't trusted, and its journal tells the rest when it is opened again.
    pub fn fall(&mut self) {
        self.busy = None;
        self.again = None;
        self.helping = false;
        self.leave(Place::Connections);
        self.problem = Some(
            Problem::said(Code::Internal, message!("wizard-fault-half-way"))
                .fixed_by(domain::problem::Who::Us),
        );
    }

    /// When the open page has something due, in so much time.
    pub fn due_in(&self) -> Option<Duration> {
        let wizard = self.wizard.as_ref()?;
        if self.place == Place::Step(StepId::OldPermissions) && self.problem.is_none() {
            let due = old_permissions_go_at(wizard.state()).filter(|at| *at > wizard.now())?;
            return Some(Duration::try_from(due.duration_since(wizard.now())).unwrap_or_default());
        }
        if self.place != Place::Step(StepId::Verify)
            || self.problem.is_some()
            || !wizard.holds(sign_in::rights_to_open(StepId::Verify))
        {
            return None;
        }
        let Status::Waiting { look_at } = status(wizard.state(), StepId::Verify, wizard.now()) else {
            return None;
        };
        Some(Duration::try_from(look_at.duration_since(wizard.now())).unwrap_or_default())
    }

    /// Waits by the session's clock.
    pub fn wait(&self, pause: Duration) -> journey::Pause {
        self.options.clock.wait(pause)
    }

    /// Looks at what is due.
    pub async fn look_because_due(&mut self) {
        self.note = None;
        self.pressed = None;
        // Time alone makes another page of it.
        if self.place == Place::Step(StepId::OldPermissions) {
            return;
        }
        let outcome = self
            .look(false, message!("verify-looking-once"), BusyPlace::Bar)
            .await;
        self.busy = None;
        self.problem = None;
        if let Err(problem) = outcome {
            self.problem = Some(self.explained(problem).await);
        }
        if let Some(instead) = self.visit.instead.take() {
            self.perform(Asked::Act(instead, self.revision)).await;
        }
    }

    /// A problem, or that of the app behind it, where the app is gone or switched off.
    async fn explained(&self, problem: Problem) -> Problem {
        match &self.wizard {
            Some(wizard) => journey::standing::explain(wizard, problem).await,
            None => problem,
        }
    }

    /// What is asked next.
    pub async fn asked(&mut self) -> Option<Asked> {
        self.inbox.recv().await
    }

    /// Takes of what was asked while something was under way what made sense then, and drops the rest.
    pub fn take_what_was_asked_meanwhile(&mut self) {
        while let Ok(asked) = self.inbox.try_recv() {
            self.take_while_busy(asked);
        }
    }

    /// What may be asked while something is under way.
    pub fn take_while_busy(&mut self, asked: Asked) {
        match asked {
            Asked::Act(Request::SetPresenting { on }, _) => self.set_presenting(on),
            Asked::Act(Request::SetLanguage { language }, _) => self.set_language(&language),
            Asked::Submit(Submit::KeepTyped { allowed, refused }) => {
                let restored = |text: &str| match &self.presenting {
                    Some(presenting) => presenting.mask().restore(text),
                    None => text.to_owned(),
                };
                let (allowed, refused) = (restored(&allowed), restored(&refused));
                if let Some(wizard) = &mut self.wizard {
                    self.problem = choose_mailboxes::keep_typed(wizard, &allowed, &refused)
                        .err()
                        .or(self.problem.take());
                }
            }
            _ => {}
        }
    }

    /// Does what is asked.
    pub async fn perform(&mut self, asked: Asked) {
        let mut next = Some(asked);
        while let Some(asked) = next.take() {
            self.note = None;
            self.pressed = committing::pressed(&asked);
            // What was read for one thing says nothing of the next.
            if let Some(wizard) = &mut self.wizard {
                wizard.forget_reading();
            }
            let outcome = match asked {
                // What changes an organisation is done only on the page that says what it changes. A press that was
                // meant for the page before shows that page and does nothing.
                Asked::Act(request, seen) if request.changes() && !self.was_read(seen) => Ok(()),
                Asked::Act(request, _) => {
                    let request = match &self.presenting {
                        Some(presenting) => presenting.mask().numbered(request),
                        None => request,
                    };
                    if request != Request::TryAgain {
                        self.again = Again::of_request(&request);
                    }
                    self.act(request).await
                }
                Asked::Submit(submit) => {
                    if !matches!(submit, Submit::KeepTyped { .. } | Submit::Client { .. }) {
                        self.again = Again::of_submit(&submit);
                    }
                    self.submit(submit).await
                }
            };
            self.visit.waiting = None;
            if let Err(problem) = outcome {
                self.problem = Some(self.explained(problem).await);
            }
            self.busy = None;
            let revision = self.revision;
            next = self
                .visit
                .instead
                .take()
                .map(|request| Asked::Act(request, revision));
        }
    }
}

fn no_connection() -> Problem {
    Problem::said(Code::Internal, message!("wizard-fault-no-connection")).fixed_by(domain::problem::Who::Us)
}
