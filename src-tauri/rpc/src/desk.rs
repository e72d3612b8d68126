//! The session's desk: which connection is open, which page lies on it, what is under way.

mod asking;
mod carrying_out;
mod committing;
mod connections;
mod copied;
mod forms;
mod long;
mod remembered;
mod shown;
mod visit;

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use domain::message;
use domain::message::Message;
use domain::permission::Permission;
use domain::problem::{Code, Problem};
use domain::step::StepId;
use engine::event::{Mailbox, Tenancy};
use engine::progress::{Status, first_open, may_open, status};
use journey::data_folder::DataFolder;
use journey::steps::{choose_mailboxes, choose_method, sign_in, verify_access};
use journey::wizard::Wizard;
use journey::{carry_out, read_back};
use profiles::{Profile, ProfileError};
use tokio::sync::mpsc;
use words::{Language, Speaker};

use self::copied::Copied;
use crate::host::{Host, Practice};
use crate::pages;
use crate::pages::export::Draft;
use crate::pages::plan_by_parts::Run;
use crate::presenting::Presenting;
use crate::rail::{self, Spot, Station};
use crate::request::{Opener, Request, Submit};
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

    async fn act(&mut self, request: Request) -> Result<(), Problem> {
        if !request.copies() {
            self.copied = None;
        }
        match request {
            Request::SetPresenting { on } => self.set_presenting(on),
            Request::SetLanguage { language } => self.set_language(&language),
            Request::CopyRequest => self.copy(request, self.request_text()),
            Request::CopyText { ref text } => {
                let text = text.clone();
                self.copy(request, Some(text));
            }
            Request::CopyDetails => {
                let details = self
                    .problem
                    .as_ref()
                    .map(|problem| pages::problem::details_text(problem, &self.speaker_now()));
                self.copy(request, details);
            }
            // The address is there only while the browser is waited for, and that takes these itself.
            Request::CopyAddress | Request::OpenAddress => {}
            Request::Help => self.helping = !self.helping,
            Request::OpenFolder => {
                let folder = self
                    .wizard
                    .as_ref()
                    .and_then(|wizard| wizard.state().exported.as_ref())
                    .map(|exported| PathBuf::from(&exported.folder));
                if let Some(folder) = folder {
                    drop(self.host.open_folder(&folder));
                }
            }
            Request::DrawWords => {
                self.draft.drawn = None;
                if self.place == Place::Step(StepId::Export) {
                    self.field_problems.clear();
                    self.draft.opener = Opener::Passphrase;
                    self.draft.drawn =
                        Some(bundle::passphrase::draw().map_err(|error| nothing_drawn(&error))?);
                }
            }
            Request::TypeOwn => {
                self.field_problems.clear();
                self.draft.drawn = None;
            }
            Request::ChooseFolder => {
                let start = PathBuf::from(&self.draft.folder);
                if let Some(folder) = self.host.choose_folder(start).await {
                    self.draft.folder = folder.display().to_string();
                    self.field_problems.clear();
                }
            }
            Request::ChooseOptional { permission, on } => {
                if let Some(permission) = Permission::ALL
                    .into_iter()
                    .find(|known| known.name() == permission)
                {
                    choose_method::choose_optional(self.open_wizard()?, permission, on)?;
                }
            }
            Request::AlsoRandom { on } => choose_mailboxes::also_random(self.open_wizard()?, on)?,
            Request::RemoveMailbox { list, address } => {
                choose_mailboxes::remove(self.open_wizard()?, list.into(), &address)?;
                self.field_problems.clear();
            }
            Request::RemoveAllMailboxes { list } => {
                choose_mailboxes::remove_all(self.open_wizard()?, list.into())?;
                self.field_problems.clear();
            }
            request => {
                self.field_problems.clear();
                // Kept off the stack: a whole plan is one future inside another.
                return Box::pin(self.go(request)).await;
            }
        }
        Ok(())
    }

    /// Requests that lead somewhere or do something in the organisation.
    async fn go(&mut self, request: Request) -> Result<(), Problem> {
        // Back from the help is back to where the reader was.
        if std::mem::take(&mut self.helping) && request == Request::Back {
            return Ok(());
        }
        // What became of the last visit of the browser is said until something else is asked.
        self.visit.notice = None;
        self.visit.also.clear();
        let problem = self.problem.take();
        // A question is answered by the next request, whatever it is; "Back" leaves it and nothing else.
        let asked = self.asking.take();
        if asked.is_some() && request == Request::Back {
            return Ok(());
        }
        self.run = None;
        match request {
            Request::StartReal => self.start_connection(Tenancy::Global).await?,
            Request::StartPractice => self.start_connection(Tenancy::Practice).await?,
            Request::ShowStart => self.leave(Place::Start),
            Request::ShowConnections | Request::SaveAndClose => self.leave(Place::Connections),
            Request::OpenConnection { id } => self.open(&id).await?,
            Request::ForgetConnection { id } => self.ask_take_off(&id),
            Request::TakeOff { id } => self.take_off(&id)?,
            Request::PutBack { id } => self.put_back(&id)?,
            Request::UndoFirst { id } => self.undo_first(&id).await?,
            Request::Back => self.back(),
            Request::GoTo { step } => {
                if step == Station::Plan.id() {
                    let wizard = self.open_wizard()?;
                    if may_open(wizard.state(), StepId::App, wizard.now()) {
                        self.show_plan().await?;
                    }
                    return Ok(());
                }
                let step = StepId::ALL.into_iter().find(|known| rail::id(*known) == step);
                if let (Some(step), Some(wizard)) = (step, &self.wizard)
                    && may_open(wizard.state(), step, wizard.now())
                {
                    if self.may_look(step) {
                        self.place = Place::Step(step);
                    } else {
                        self.show(step).await?;
                    }
                }
            }
            Request::SignIn => {
                // Asked for on a later step, it leads back there; the address to copy stands on the sign-in's page.
                if let Place::Step(step) = self.place
                    && step > StepId::SignIn
                {
                    self.return_to = Some(Spot::Step(step));
                    self.lacks = Some(sign_in::rights_to_act(step).to_vec());
                    self.place = Place::Step(StepId::SignIn);
                }
                if self.place == Place::Plan {
                    self.sign_in_for_the_plan();
                }
                let also = self.lacks.clone().unwrap_or_default();
                self.sign_in(&also).await?;
            }
            Request::UseAnotherOrganisation => {
                sign_in::use_another(self.open_wizard()?)?;
                self.visit.notice = None;
                self.place = Place::Step(StepId::SignIn);
            }
            Request::Commit => self.commit().await?,
            Request::Check => self.check().await?,
            Request::Undo => match self.place {
                Place::Step(step) if self.asks_before_undo() => {
                    self.asking = Some(asking::Asking::Undo(step));
                }
                Place::Step(step) => self.undo(step).await?,
                _ => {}
            },
            Request::UndoAfterAll => match (asked, self.place) {
                (Some(asking::Asking::Undo(step)), _) | (None, Place::Step(step)) => self.undo(step).await?,
                _ => {}
            },
            Request::RemovePart { part } => {
                let step = StepId::ALL.into_iter().find(|known| rail::id(*known) == part);
                match step {
                    Some(step) if self.asks_before_undo() => {
                        self.asking = Some(asking::Asking::Undo(step));
                    }
                    Some(step) => self.undo(step).await?,
                    None => {}
                }
            }
            Request::UndoMade => self.undo_made().await?,
            Request::Continue => self.go_on().await?,
            Request::TryAgain => self.try_again(problem).await?,
            Request::RemoveGrant { id } => self.remove_grant(&id).await?,
            Request::SetLimitAgain => self.set_limit_again().await?,
            Request::KnowOwners => {
                verify_access::know_owners(self.open_wizard()?)?;
                self.place = Place::Step(StepId::Verify);
                self.check().await?;
            }
            Request::AddMailbox { list, address } => {
                choose_mailboxes::use_suggestion(self.open_wizard()?, list.into(), &address, &address)
                    .await?;
            }
            Request::UseSuggestion { list, typed, address } => {
                self.look_mailboxes_up(message!("frame-looking-up-this"), async |wizard| {
                    choose_mailboxes::use_suggestion(wizard, list.into(), &typed, &address).await
                })
                .await?;
            }
            Request::UseAllSuggestions { list } => {
                self.look_mailboxes_up(message!("frame-looking-up-these"), async |wizard| {
                    choose_mailboxes::use_all_suggestions(wizard, list.into()).await
                })
                .await?;
            }
            Request::UseMembers { list, typed } => {
                self.look_mailboxes_up(message!("frame-reading-members"), async |wizard| {
                    choose_mailboxes::use_members(wizard, list.into(), &typed).await
                })
                .await?;
            }
            // The window sends the page itself; and nothing else leads anywhere.
            _ => self.problem = problem,
        }
        Ok(())
    }

    async fn check(&mut self) -> Result<(), Problem> {
        let step = match self.place {
            Place::Step(step) => step,
            // What is looked at from the plan is what the app is allowed.
            Place::Plan => StepId::Permissions,
            _ => return Ok(()),
        };
        if self.needs_rights(step, sign_in::rights_to_check(step)) {
            return Ok(());
        }
        match step {
            StepId::App => read_back::app(self.open_wizard()?).await,
            StepId::Permissions => self.look_at_permissions().await,
            StepId::Verify => {
                self.look(true, message!("verify-checking-each"), BusyPlace::Bar)
                    .await
            }
            _ => Ok(()),
        }
    }

    async fn go_on(&mut self) -> Result<(), Problem> {
        let chosen = self.open_wizard()?.state().mailboxes_confirmed;
        let next = match self.place {
            Place::SignedIn => {
                sign_in::confirm(self.open_wizard()?)?;
                let return_to = self.return_to.take();
                let wizard = self.open_wizard()?;
                let next = first_open(wizard.state(), wizard.now());
                return match return_to {
                    Some(Spot::Plan) => self.show_plan().await,
                    Some(Spot::Step(step)) if may_open(wizard.state(), step, wizard.now()) => {
                        self.show(step).await
                    }
                    Some(Spot::Step(_)) => Ok(()),
                    None => self.show_next(next).await,
                };
            }
            Place::Plan => StepId::Verify,
            // Whoever may make apps only comes to the limit before any mailbox is chosen.
            Place::Step(StepId::Secret) if !chosen => StepId::Mailboxes,
            Place::Step(step) => match step.next() {
                Some(next) => next,
                None => return Ok(()),
            },
            Place::Start | Place::Connections | Place::Exported => return Ok(()),
        };
        let wizard = self.open_wizard()?;
        if may_open(wizard.state(), next, wizard.now()) {
            self.show(next).await
        } else {
            Ok(())
        }
    }

    /// Opens what comes next: a question, the plan with everything that is made, the proof or the export. Whoever may
    /// make apps and can't ask Exchange for mailboxes does their own part on the plan.
    async fn show_next(&mut self, next: StepId) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        let only_apps =
            wizard.holds(&[journey::Right::MakeApp]) && !wizard.holds(&[journey::Right::Exchange]);
        match next {
            StepId::Mailboxes if only_apps => self.show_plan().await,
            next if Station::of(next) == Station::Plan => self.show_plan().await,
            next => self.show(next).await,
        }
    }

    /// Opens a step. What only reads is read on arrival.
    async fn show(&mut self, step: StepId) -> Result<(), Problem> {
        self.place = match step {
            StepId::SignIn if self.open_wizard()?.signed_in() => Place::SignedIn,
            StepId::Export
                if self.open_wizard()?.state().exported.is_some() && self.place != Place::Exported =>
            {
                Place::Exported
            }
            step => Place::Step(step),
        };
        if self.needs_rights(step, sign_in::rights_to_open(step)) {
            return Ok(());
        }
        let now = self.open_wizard()?.now();
        let state = self.open_wizard()?.state();
        match step {
            StepId::Permissions if state.at_hand().grants.is_none() => self.look_at_permissions().await,
            // An interrupted run may have made one: looked for now, so that the plan says what will really happen.
            StepId::Secret if state.at_hand().is_making_a_secret() => {
                self.under_way(
                    message!("frame-looking-for-secret"),
                    message!("frame-list-secrets"),
                    BusyPlace::Page,
                    None,
                );
                carry_out::look_for_secrets(self.open_wizard()?).await
            }
            StepId::Verify
                if !matches!(
                    status(state, StepId::Verify, now),
                    Status::Done | Status::TooBroad
                ) =>
            {
                self.look(false, message!("verify-looking-each"), BusyPlace::Page)
                    .await
            }
            _ => Ok(()),
        }
    }

    async fn look_at_permissions(&mut self) -> Result<(), Problem> {
        self.under_way(
            message!("frame-reading-grants"),
            message!("frame-list-grants"),
            BusyPlace::Page,
            None,
        );
        read_back::permissions(self.open_wizard()?).await
    }

    /// The limit isn't in Exchange as it was set: it is set again, as it was asked for, then looked at.
    async fn set_limit_again(&mut self) -> Result<(), Problem> {
        if self.needs_rights(StepId::Limit, sign_in::rights_to_act(StepId::Limit)) {
            return Ok(());
        }
        self.place = Place::Step(StepId::Limit);
        self.commit().await?;
        self.show(StepId::Verify).await
    }
}

fn nothing_drawn(error: &dyn std::fmt::Display) -> Problem {
    Problem::said(Code::Internal, message!("wizard-no-words-drawn")).evidence(domain::problem::Evidence {
        message: Some(error.to_string()),
        ..Default::default()
    })
}

fn no_connection() -> Problem {
    Problem::said(Code::Internal, message!("wizard-fault-no-connection")).fixed_by(domain::problem::Who::Us)
}
