//! The session's desk: which connection is open, which page lies on it, what is under way.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::ids::ConnectionId;
use domain::problem::{Code, Problem};
use domain::step::StepId;
use domain::trace::Trace;
use engine::event::{Mailbox, Tenancy};
use engine::progress::{Status, first_open, may_open, status};
use journey::data_folder::DataFolder;
use journey::steps::{
    choose_mailboxes, choose_method, choose_platform, create_secret, export_bundle, limit_access,
    prove_permissions, register_app, sign_in, verify_access,
};
use journey::wizard::{Opening, Wizard};
use journey::{Cloud, Http, Keychain, REMOVE_GRANT_SCOPES};
use profiles::{Profile, ProfileError};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::host::{Host, Practice};
use crate::pages::export::Draft;
use crate::pages::{self, Made};
use crate::presenting::Mask;
use crate::request::{Request, Submit};
use crate::session::{Asked, Options};
use crate::times::Times;
use crate::view::{
    Busy, BusyPlace, Button, ButtonKind, ConnectionName, FieldProblem, Frame, Page, PracticeStrip, RailState,
    RailStep, View,
};

/// Where the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    Connections,
    Step(StepId),
    /// After the sign-in: is this the right organisation?
    SignedIn,
    /// After the export.
    Exported,
}

/// The desk.
pub struct Desk {
    host: Arc<dyn Host>,
    shown: Arc<Mutex<View>>,
    options: Options,
    times: Times,
    data: Result<DataFolder, Problem>,
    profiles: Arc<Vec<Profile>>,
    broken: Vec<ProfileError>,
    practice: Option<Practice>,
    wizard: Option<Wizard>,
    place: Place,
    problem: Option<Problem>,
    field_problems: Vec<FieldProblem>,
    search: Option<(String, Vec<Mailbox>)>,
    draft: Draft,
    address: Option<String>,
    return_to: Option<StepId>,
    busy: Option<Busy>,
    was_busy: bool,
    presenting: Option<Mask>,
    revision: u32,
}

impl Desk {
    /// What is shown before anything is known.
    pub fn blank() -> View {
        View {
            revision: 0,
            title: "Mailgrant".into(),
            frame: Frame {
                practice: None,
                connection: None,
                steps: Vec::new(),
                step_line: None,
                back: None,
                presenting: false,
                saved: None,
            },
            page: pages::start::page_of(0),
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
    ) -> Self {
        let times = Times::new(options.zone.clone());
        let problem = data.as_ref().err().cloned();
        let draft = Draft {
            folder: options.export.display().to_string(),
            ..Draft::default()
        };
        let mut desk = Self {
            host,
            shown,
            options,
            times,
            data,
            profiles,
            broken,
            practice: None,
            wizard: None,
            place: Place::Start,
            problem,
            field_problems: Vec::new(),
            search: None,
            draft,
            address: None,
            return_to: None,
            busy: None,
            was_busy: false,
            presenting: None,
            revision: 0,
        };
        if desk.saved() > 0 {
            desk.place = Place::Connections;
        }
        desk
    }

    fn saved(&self) -> usize {
        self.data.as_ref().map_or(0, |data| data.list().len())
    }

    /// Whether something was under way since this was asked last.
    pub fn was_busy(&mut self) -> bool {
        std::mem::take(&mut self.was_busy)
    }

    // ---- what happens ----------------------------------------------------------------------------------------

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

    /// When the open page has something due, in so much time.
    pub fn due_in(&self) -> Option<Duration> {
        let wizard = self.wizard.as_ref()?;
        if self.place != Place::Step(StepId::Verify) || self.problem.is_some() || !wizard.signed_in() {
            return None;
        }
        let Status::Waiting { look_at } = status(wizard.state(), StepId::Verify) else {
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
        self.under_way(
            "Looking once with the app's own key",
            "Microsoft to answer for each mailbox",
            BusyPlace::Bar,
            None,
        );
        let outcome = match &mut self.wizard {
            Some(wizard) => verify_access::check(wizard, false).await,
            None => Ok(()),
        };
        self.busy = None;
        self.problem = outcome.err();
    }

    /// What may be asked while something is under way.
    pub fn take_while_busy(&mut self, asked: Asked) {
        match asked {
            Asked::Act(Request::SetPresenting { on }) => self.set_presenting(on),
            Asked::Submit(Submit::KeepTyped { allowed, refused }) => {
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
    pub async fn perform(&mut self, asked: Asked, inbox: &mut mpsc::UnboundedReceiver<Asked>) {
        let outcome = match asked {
            Asked::Act(request) => {
                let request = self
                    .presenting
                    .as_ref()
                    .and_then(|mask| mask.restore_all(&request))
                    .unwrap_or(request);
                self.act(request, inbox).await
            }
            Asked::Submit(submit) => self.submit(submit).await,
        };
        self.busy = None;
        self.address = None;
        if let Err(problem) = outcome {
            self.problem = Some(problem);
        }
    }

    async fn act(
        &mut self,
        request: Request,
        inbox: &mut mpsc::UnboundedReceiver<Asked>,
    ) -> Result<(), Problem> {
        match request {
            Request::SetPresenting { on } => self.set_presenting(on),
            Request::CopyRequest => self.copy(self.request_text()),
            Request::CopyDetails => self.copy(
                self.problem
                    .as_ref()
                    .map(|problem| pages::problem::details_text(problem, &self.times)),
            ),
            Request::CopyAddress => self.copy(self.address.clone()),
            Request::Help => {
                // Where no browser opens, the reader has bigger problems than help.
                drop(self.host.open_browser("https://mailgrant.example/help"));
            }
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
            Request::ChooseFolder => {
                let start = PathBuf::from(&self.draft.folder);
                if let Some(folder) = self.host.choose_folder(start).await {
                    self.draft.folder = folder.display().to_string();
                    self.field_problems.clear();
                }
            }
            Request::AlsoRandom { on } => choose_mailboxes::also_random(self.open_wizard()?, on)?,
            Request::RemoveMailbox { list, address } => {
                if let Some(list) = pages::mailboxes::of_name(&list) {
                    choose_mailboxes::remove(self.open_wizard()?, list, &address)?;
                    self.field_problems.clear();
                }
            }
            Request::RemoveAllMailboxes { list } => {
                if let Some(list) = pages::mailboxes::of_name(&list) {
                    choose_mailboxes::remove_all(self.open_wizard()?, list)?;
                    self.field_problems.clear();
                }
            }
            request => {
                self.field_problems.clear();
                return self.go(request, inbox).await;
            }
        }
        Ok(())
    }

    /// Requests that lead somewhere or do something in the organisation.
    async fn go(
        &mut self,
        request: Request,
        inbox: &mut mpsc::UnboundedReceiver<Asked>,
    ) -> Result<(), Problem> {
        let problem = self.problem.take();
        match request {
            Request::StartReal => self.start_connection(Tenancy::Global).await?,
            Request::StartPractice => self.start_connection(Tenancy::Practice).await?,
            Request::ShowStart => self.leave(Place::Start),
            Request::ShowConnections | Request::SaveAndClose => self.leave(Place::Connections),
            Request::OpenConnection { id } => self.open(&id).await?,
            Request::ForgetConnection { id } => self.forget(&id)?,
            Request::Back => self.back(),
            Request::GoTo { step } => {
                let step = StepId::ALL
                    .into_iter()
                    .find(|known| self.step_name(*known) == step);
                if let (Some(step), Some(wizard)) = (step, &self.wizard)
                    && may_open(wizard.state(), step)
                {
                    self.show(step).await?;
                }
            }
            Request::SignIn => self.sign_in(&[], inbox).await?,
            Request::UseAnotherOrganisation => {
                sign_in::use_another(self.open_wizard()?)?;
                self.place = Place::Step(StepId::SignIn);
            }
            Request::Commit => self.commit().await?,
            Request::Check => self.check().await?,
            Request::Undo => self.undo().await?,
            Request::Continue => self.go_on().await?,
            Request::TryAgain => self.try_again(problem, inbox).await?,
            Request::RemoveGrant { id } => self.remove_grant(&id, inbox).await?,
            Request::AddMailbox { list, address } => {
                if let Some(list) = pages::mailboxes::of_name(&list) {
                    choose_mailboxes::use_suggestion(self.open_wizard()?, list, &address, &address).await?;
                }
            }
            Request::UseSuggestion { list, typed, address } => {
                if let Some(list) = pages::mailboxes::of_name(&list) {
                    self.under_way(
                        "Looking up the mailbox",
                        "Exchange to answer",
                        BusyPlace::Bar,
                        None,
                    );
                    choose_mailboxes::use_suggestion(self.open_wizard()?, list, &typed, &address).await?;
                }
            }
            // The window sends the page itself; and nothing else leads anywhere.
            _ => self.problem = problem,
        }
        Ok(())
    }

    async fn submit(&mut self, submit: Submit) -> Result<(), Problem> {
        let restore = |desk: &Self, text: String| {
            desk.presenting
                .as_ref()
                .map_or(text.clone(), |mask| mask.restore(&text))
        };
        if !matches!(submit, Submit::KeepTyped { .. }) {
            self.field_problems.clear();
        }
        match submit {
            Submit::Choose { value } => return self.chosen(value).await,
            Submit::Client { value } => sign_in::choose_client(self.open_wizard()?, value.trim())?,
            Submit::Option { field, value } => {
                if let ("days", Ok(days)) = (field.as_str(), value.parse()) {
                    create_secret::choose_days(self.open_wizard()?, days)?;
                }
            }
            Submit::KeepTyped { allowed, refused } => {
                let (allowed, refused) = (restore(self, allowed), restore(self, refused));
                if self.place == Place::Step(StepId::Mailboxes) {
                    choose_mailboxes::keep_typed(self.open_wizard()?, &allowed, &refused)?;
                }
            }
            Submit::SearchMailboxes { text } => {
                let text = restore(self, text);
                if text.trim().is_empty() {
                    self.search = None;
                    return Ok(());
                }
                self.under_way("Searching", "Exchange to answer", BusyPlace::Bar, None);
                let found = choose_mailboxes::search(self.open_wizard()?, &text).await?;
                self.search = Some((text.trim().to_owned(), found));
            }
            Submit::AddMailboxes { list, text } => {
                let text = restore(self, text);
                match pages::mailboxes::of_name(&list) {
                    Some(choose_mailboxes::List::Allowed) => self.look_up(&text, "").await?,
                    Some(choose_mailboxes::List::Refused) => self.look_up("", &text).await?,
                    None => {}
                }
            }
            Submit::Mailboxes { allowed, refused } => {
                let (allowed, refused) = (restore(self, allowed), restore(self, refused));
                self.look_up(&allowed, &refused).await?;
                let made = self.made()?;
                self.field_problems = pages::mailboxes::problems(&made);
                if self.field_problems.is_empty() {
                    self.under_way(
                        "Picking a mailbox at random",
                        "Exchange to answer",
                        BusyPlace::Bar,
                        None,
                    );
                    choose_mailboxes::confirm(self.open_wizard()?).await?;
                    self.search = None;
                    self.show(StepId::Limit).await?;
                }
            }
            Submit::Opener { opener, given_key } => {
                self.draft.opener = opener;
                self.draft.given_key = given_key.trim().to_owned();
            }
            Submit::Export {
                opener,
                given_key,
                key_compared,
                passphrase,
                passphrase_again,
                folder,
            } => {
                self.draft.opener = opener;
                self.draft.given_key = given_key.trim().to_owned();
                self.draft.folder = restore(self, folder);
                match self
                    .draft
                    .sealing(self.wizard.as_ref(), key_compared, passphrase, &passphrase_again)
                {
                    Err(problems) => self.field_problems = problems,
                    Ok(sealing) => {
                        self.under_way(
                            "Sealing and saving",
                            "the disk to take the files",
                            BusyPlace::Bar,
                            None,
                        );
                        let folder = PathBuf::from(&self.draft.folder);
                        export_bundle::act(self.open_wizard()?, sealing, &folder).await?;
                        self.place = Place::Exported;
                    }
                }
            }
        }
        Ok(())
    }

    /// Looks up what was typed into the two boxes; an empty text stands for a box that stays as it is.
    async fn look_up(&mut self, allowed: &str, refused: &str) -> Result<(), Problem> {
        let count = domain::address::read_list(allowed).len() + domain::address::read_list(refused).len();
        if count == 0 {
            return Ok(());
        }
        // What was typed is safe before Exchange is asked.
        let kept = &self.open_wizard()?.state().mailboxes;
        let keep = |text: &str, kept: &str| {
            if text.trim().is_empty() {
                kept.to_owned()
            } else {
                text.to_owned()
            }
        };
        let (keep_allowed, keep_refused) = (
            keep(allowed, &kept.typed_allowed),
            keep(refused, &kept.typed_refused),
        );
        choose_mailboxes::keep_typed(self.open_wizard()?, &keep_allowed, &keep_refused)?;
        self.under_way(
            &format!(
                "Looking up {}",
                crate::times::count(count, "mailbox", "mailboxes")
            ),
            "Exchange to answer",
            BusyPlace::Bar,
            None,
        );
        choose_mailboxes::add(self.open_wizard()?, allowed, refused).await
    }

    async fn chosen(&mut self, value: Option<String>) -> Result<(), Problem> {
        let field = match self.place {
            Place::Step(StepId::Platform) => "platform",
            Place::Step(StepId::Method) => "method",
            _ => return Ok(()),
        };
        let Some(value) = value else {
            let words = if field == "platform" {
                "Choose the platform to connect"
            } else {
                "Choose how the platform reaches the mailboxes"
            };
            self.field_problems = vec![FieldProblem {
                field: field.into(),
                words: words.into(),
            }];
            return Ok(());
        };
        let wizard = self.open_wizard()?;
        if field == "platform" {
            choose_platform::choose(wizard, &value)?;
            return self.show(StepId::Method).await;
        }
        if let Some(method) = pages::method::of_value(&value) {
            choose_method::choose(wizard, method)?;
        }
        self.show(StepId::SignIn).await
    }

    async fn commit(&mut self) -> Result<(), Problem> {
        let Place::Step(step) = self.place else {
            return Ok(());
        };
        if self.needs_sign_in(step) {
            return Ok(());
        }
        match step {
            StepId::App => {
                self.under_way(
                    "Creating the app registration",
                    "Microsoft to show the new app",
                    BusyPlace::Bar,
                    None,
                );
                register_app::act(self.open_wizard()?).await
            }
            StepId::Secret => {
                self.under_way(
                    "Creating the secret",
                    "Microsoft to take the new secret, usually within a minute",
                    BusyPlace::Bar,
                    None,
                );
                create_secret::act(self.open_wizard()?).await
            }
            StepId::Limit => {
                self.under_way(
                    "Setting the limit",
                    "Exchange to show the new limit",
                    BusyPlace::Bar,
                    None,
                );
                limit_access::act(self.open_wizard()?).await
            }
            _ => Ok(()),
        }
    }

    async fn check(&mut self) -> Result<(), Problem> {
        let Place::Step(step) = self.place else {
            return Ok(());
        };
        if self.needs_sign_in(step) {
            return Ok(());
        }
        match step {
            StepId::App => register_app::check(self.open_wizard()?).await,
            StepId::Permissions => self.look_at_permissions().await,
            StepId::Verify => {
                self.under_way(
                    "Checking each mailbox",
                    "Microsoft to answer for each mailbox",
                    BusyPlace::Bar,
                    None,
                );
                verify_access::check(self.open_wizard()?, true).await
            }
            _ => Ok(()),
        }
    }

    async fn undo(&mut self) -> Result<(), Problem> {
        let Place::Step(step) = self.place else {
            return Ok(());
        };
        if self.needs_sign_in(step) {
            return Ok(());
        }
        match step {
            StepId::App => {
                self.under_way(
                    "Deleting the app registration",
                    "Microsoft to delete it",
                    BusyPlace::Bar,
                    None,
                );
                register_app::undo(self.open_wizard()?).await
            }
            StepId::Secret => {
                self.under_way(
                    "Removing the secret",
                    "Microsoft to remove it",
                    BusyPlace::Bar,
                    None,
                );
                create_secret::undo(self.open_wizard()?).await
            }
            StepId::Limit => {
                self.under_way(
                    "Removing the limit",
                    "Exchange to remove it",
                    BusyPlace::Bar,
                    None,
                );
                limit_access::undo(self.open_wizard()?).await
            }
            _ => Ok(()),
        }
    }

    async fn go_on(&mut self) -> Result<(), Problem> {
        let next = match self.place {
            Place::SignedIn => {
                sign_in::confirm(self.open_wizard()?)?;
                let return_to = self.return_to.take();
                return_to.unwrap_or(first_open(self.open_wizard()?.state()))
            }
            Place::Step(step) => match step.next() {
                Some(next) => next,
                None => return Ok(()),
            },
            Place::Start | Place::Connections | Place::Exported => return Ok(()),
        };
        if may_open(self.open_wizard()?.state(), next) {
            self.show(next).await
        } else {
            Ok(())
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
        if self.needs_sign_in(step) {
            return Ok(());
        }
        let state = self.open_wizard()?.state();
        match step {
            StepId::Permissions if state.grants.is_none() => self.look_at_permissions().await,
            StepId::Verify if !matches!(status(state, StepId::Verify), Status::Done | Status::TooBroad) => {
                self.under_way(
                    "Asking Microsoft's own test",
                    "Exchange to answer for each mailbox",
                    BusyPlace::Page,
                    None,
                );
                verify_access::check(self.open_wizard()?, false).await
            }
            _ => Ok(()),
        }
    }

    async fn look_at_permissions(&mut self) -> Result<(), Problem> {
        self.under_way(
            "Reading what the app is allowed",
            "Microsoft to list the app's grants",
            BusyPlace::Page,
            None,
        );
        prove_permissions::check(self.open_wizard()?).await
    }

    /// Turns to the sign-in where a step needs one and nobody is signed in.
    fn needs_sign_in(&mut self, step: StepId) -> bool {
        let needs = step > StepId::SignIn && step != StepId::Export;
        let signed_in = self.wizard.as_ref().is_some_and(Wizard::signed_in);
        if needs && !signed_in {
            self.return_to = Some(step);
            self.place = Place::Step(StepId::SignIn);
            return true;
        }
        false
    }

    async fn sign_in(
        &mut self,
        extra_scopes: &[&str],
        inbox: &mut mpsc::UnboundedReceiver<Asked>,
    ) -> Result<(), Problem> {
        let attempt = sign_in::attempt(self.open_wizard()?);
        let host = Arc::clone(&self.host);
        let (told, mut opened) = mpsc::unbounded_channel();
        let open = move |address: &url::Url| {
            // The address is shown whether or not a browser opens.
            drop(told.send(address.to_string()));
            host.open_browser(address.as_str())
        };
        let cancel = pages::button(ButtonKind::Secondary, "Stop waiting", Request::CancelSignIn);
        self.under_way(
            "Waiting for your sign-in in the browser",
            "you to sign in there",
            BusyPlace::Bar,
            Some(cancel),
        );
        let signing_in = sign_in::act(&attempt, extra_scopes, &open);
        tokio::pin!(signing_in);
        let signed_in = loop {
            tokio::select! {
                outcome = &mut signing_in => break outcome?,
                Some(address) = opened.recv() => {
                    self.address = Some(address);
                    self.publish();
                }
                asked = inbox.recv() => match asked {
                    // Cancelling is not a problem.
                    None | Some(Asked::Act(Request::CancelSignIn)) => return Ok(()),
                    Some(Asked::Act(Request::CopyAddress)) => self.copy(self.address.clone()),
                    Some(asked) => {
                        self.take_while_busy(asked);
                        self.publish();
                    }
                },
            }
        };
        let confirmed = self.open_wizard()?.state().confirmed;
        sign_in::adopt(self.open_wizard()?, signed_in)?;
        match self.return_to.take() {
            Some(step) if confirmed => self.show(step).await?,
            // The first time, the reader says whether this is the right organisation.
            return_to => {
                self.return_to = return_to;
                self.place = Place::SignedIn;
            }
        }
        Ok(())
    }

    async fn try_again(
        &mut self,
        problem: Option<Problem>,
        inbox: &mut mpsc::UnboundedReceiver<Asked>,
    ) -> Result<(), Problem> {
        let Some(problem) = problem else { return Ok(()) };
        if self.data.is_err() {
            self.data = DataFolder::open(&self.options.data);
            return self.data.as_ref().map(drop).map_err(Clone::clone);
        }
        match problem.code {
            // The policy for secrets is read at the sign-in, so a stricter one is known after the next.
            Code::SecretTooLong
            | Code::SignInExpired
            | Code::RoleMissing
            | Code::ExchangeRefused
            | Code::SignInOtherOrganisation => {
                let back_to = match self.place {
                    Place::Step(step) if step > StepId::SignIn => Some(step),
                    _ => None,
                };
                if let Some(wizard) = &mut self.wizard {
                    wizard.sign_out();
                }
                self.return_to = back_to;
                self.place = Place::Step(StepId::SignIn);
                Ok(())
            }
            Code::PermissionTooBroad => self.look_at_permissions().await,
            Code::SecretGone | Code::RecipientInvalid | Code::FileNotWritten => Ok(()),
            // The same step again. Each step looks first, so nothing is made twice.
            _ => match self.place {
                Place::Step(StepId::SignIn) => self.sign_in(&[], inbox).await,
                Place::Step(StepId::App | StepId::Secret | StepId::Limit) => self.commit().await,
                Place::Step(StepId::Permissions) => self.look_at_permissions().await,
                Place::Step(StepId::Verify) => self.show(StepId::Verify).await,
                _ => Ok(()),
            },
        }
    }

    async fn remove_grant(
        &mut self,
        id: &str,
        inbox: &mut mpsc::UnboundedReceiver<Asked>,
    ) -> Result<(), Problem> {
        // The right to remove grants is asked for only now, and only for this.
        let place = self.place;
        self.return_to = None;
        self.sign_in(&REMOVE_GRANT_SCOPES, inbox).await?;
        self.place = place;
        self.under_way(
            "Removing the grant",
            "Microsoft to remove it",
            BusyPlace::Bar,
            None,
        );
        prove_permissions::remove(self.open_wizard()?, id).await?;
        if place == Place::Step(StepId::Verify) {
            return verify_access::check(self.open_wizard()?, true).await;
        }
        Ok(())
    }

    // ---- connections -----------------------------------------------------------------------------------------

    async fn start_connection(&mut self, tenancy: Tenancy) -> Result<(), Problem> {
        let id = ConnectionId(Uuid::new_v4());
        let opening = self.opening(id, tenancy).await?;
        self.take_up(Wizard::begin(opening, id, tenancy)?);
        self.place = Place::Step(StepId::Platform);
        Ok(())
    }

    async fn open(&mut self, id: &str) -> Result<(), Problem> {
        let Ok(id) = id.parse::<ConnectionId>() else {
            return Ok(());
        };
        let data = self.data.as_ref().map_err(Clone::clone)?;
        let tenancy = data
            .list()
            .into_iter()
            .find(|listed| listed.id == id)
            .and_then(|listed| listed.state.ok())
            .and_then(|state| state.opened)
            .map(|(_, tenancy)| tenancy);
        let Some(tenancy) = tenancy else { return Ok(()) };
        let wizard = Wizard::resume(self.opening(id, tenancy).await?);
        let exported = wizard.state().exported.is_some();
        let step = first_open(wizard.state());
        self.take_up(wizard);
        if exported {
            self.place = Place::Exported;
            return Ok(());
        }
        self.show(step).await
    }

    async fn opening(&mut self, id: ConnectionId, tenancy: Tenancy) -> Result<Opening, Problem> {
        let (cloud, platform_key) = self.cloud(tenancy).await?;
        let data = self.data.as_ref().map_err(Clone::clone)?;
        let trace: Trace = self.options.trace.clone();
        let http = Http::new(cloud, self.options.clock.clone(), trace.clone()).map_err(|error| {
            journey::problems::problem(
                &error,
                &journey::problems::Doing::new("prepare a secure connection", "", "Nothing was changed."),
            )
        })?;
        let namespace = match tenancy {
            Tenancy::Practice => format!("{} practice", self.options.keychain),
            Tenancy::Global => self.options.keychain.clone(),
        };
        Ok(Opening {
            journal: data.journal(id, trace.clone())?,
            profiles: Arc::clone(&self.profiles),
            http,
            keychain: Arc::new(Keychain::open(namespace)),
            platform_key,
            trace,
        })
    }

    async fn cloud(&mut self, tenancy: Tenancy) -> Result<(Cloud, Option<String>), Problem> {
        if tenancy == Tenancy::Global {
            return Ok((Cloud::global(), None));
        }
        if self.practice.is_none() {
            self.under_way(
                "Starting the practice organisation",
                "the practice organisation to start",
                BusyPlace::Page,
                None,
            );
            let practice = self.host.start_practice().await.map_err(|why| {
                Problem::new(
                    Code::PracticeNotStarted,
                    "The practice organisation didn't start",
                    "Mailgrant couldn't start the practice organisation on this computer.",
                    "A port on this computer couldn't be opened, or its saved state can't be read.",
                    "Try again; if it comes back, restart the computer.",
                )
                .evidence(domain::problem::Evidence {
                    message: Some(why),
                    ..Default::default()
                })
            })?;
            self.practice = Some(practice);
        }
        self.practice
            .as_ref()
            .map(|practice| (practice.cloud.clone(), Some(practice.platform_key.clone())))
            .ok_or_else(no_connection)
    }

    fn take_up(&mut self, wizard: Wizard) {
        self.draft = Draft {
            folder: self.options.export.display().to_string(),
            ..Draft::for_wizard(&wizard)
        };
        self.wizard = Some(wizard);
        self.search = None;
        self.return_to = None;
        self.problem = None;
    }

    fn leave(&mut self, place: Place) {
        self.wizard = None;
        self.search = None;
        self.return_to = None;
        self.place = if place == Place::Connections && self.saved() == 0 {
            Place::Start
        } else {
            place
        };
    }

    fn forget(&mut self, id: &str) -> Result<(), Problem> {
        if let Ok(id) = id.parse::<ConnectionId>() {
            self.data.as_ref().map_err(Clone::clone)?.forget(id)?;
        }
        self.leave(Place::Connections);
        Ok(())
    }

    fn back(&mut self) {
        self.place = match self.place {
            Place::Start | Place::Connections => self.place,
            Place::SignedIn => Place::Step(StepId::Method),
            Place::Exported => Place::Step(StepId::Export),
            Place::Step(step) => match step.previous() {
                None => return self.leave(Place::Connections),
                Some(StepId::SignIn) if self.wizard.as_ref().is_some_and(Wizard::signed_in) => {
                    Place::SignedIn
                }
                Some(previous) => Place::Step(previous),
            },
        };
    }

    fn set_presenting(&mut self, on: bool) {
        self.presenting = on.then(Mask::default);
    }

    fn open_wizard(&mut self) -> Result<&mut Wizard, Problem> {
        self.wizard.as_mut().ok_or_else(no_connection)
    }

    fn made(&self) -> Result<Made<'_>, Problem> {
        let wizard = self.wizard.as_ref().ok_or_else(no_connection)?;
        Ok(Made {
            wizard,
            times: &self.times,
            now: wizard.now(),
        })
    }

    fn copy(&self, text: Option<String>) {
        if let Some(text) = text {
            // A clipboard that refuses leaves the text on the screen, from where it can be selected.
            drop(self.host.copy(text));
        }
    }

    fn request_text(&self) -> Option<String> {
        if let Some(problem) = &self.problem {
            return problem.request.clone();
        }
        let state = self.wizard.as_ref()?.state();
        let platform = self
            .wizard
            .as_ref()?
            .profile()
            .map_or("a mail platform", |profile| &profile.name);
        Some(pages::sign_in::request(
            state.preflight.as_ref()?,
            platform,
            &state.organisation.as_ref()?.name,
        ))
    }

    // ---- what is shown ---------------------------------------------------------------------------------------

    fn under_way(&mut self, words: &str, waiting_for: &str, place: BusyPlace, cancel: Option<Button>) {
        self.was_busy = true;
        self.busy = Some(Busy {
            words: words.into(),
            waiting_for: waiting_for.into(),
            place,
            cancel,
        });
        self.publish();
    }

    /// Shows what is known now.
    pub fn publish(&mut self) {
        self.revision += 1;
        let mut view = self.view();
        if let Some(mask) = &mut self.presenting {
            if let Some(wizard) = &self.wizard {
                mask.learn(wizard.state());
            }
            mask.name("Folder", &self.draft.folder);
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

    fn view(&self) -> View {
        let mut page = self.page();
        page.field_problems.clone_from(&self.field_problems);
        page.busy.clone_from(&self.busy);
        let troubled = self.problem.is_some() || !self.field_problems.is_empty();
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
        View {
            revision: self.revision,
            title: format!("{}{title} - Mailgrant", if troubled { "Problem: " } else { "" }),
            frame: self.frame(step),
            page,
        }
    }

    fn page(&self) -> Page {
        let now = self.options.clock.now();
        if let Some(problem) = &self.problem {
            return pages::problem::page_of(problem, &self.times, now);
        }
        let Ok(made) = self.made() else {
            return self.page_without_connection(now);
        };
        match self.place {
            Place::Start | Place::Connections => self.page_without_connection(now),
            Place::SignedIn => {
                pages::sign_in::after(&made).unwrap_or_else(|| pages::sign_in::before(&made, None, None))
            }
            Place::Exported => pages::export::after(&made),
            Place::Step(step) => match step {
                StepId::Platform => pages::platform::page_of(
                    &self.profiles,
                    &self.broken,
                    made.wizard.state().platform.as_deref(),
                ),
                StepId::Method => match made.wizard.profile() {
                    Some(profile) => pages::method::page_of(profile, made.wizard.state().method),
                    None => pages::platform::page_of(&self.profiles, &self.broken, None),
                },
                StepId::SignIn => pages::sign_in::before(&made, self.return_to, self.address.clone()),
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

    fn page_without_connection(&self, now: jiff::Timestamp) -> Page {
        let listed = self.data.as_ref().map(DataFolder::list).unwrap_or_default();
        // An empty list of connections is the first screen.
        if self.place == Place::Connections && !listed.is_empty() {
            return pages::connections::page_of(&listed, &self.profiles, &self.times, now);
        }
        pages::start::page_of(listed.len())
    }

    fn step(&self) -> Option<StepId> {
        match self.place {
            Place::Start | Place::Connections => None,
            Place::SignedIn => Some(StepId::SignIn),
            Place::Exported => Some(StepId::Export),
            Place::Step(step) => Some(step),
        }
    }

    fn step_name(&self, step: StepId) -> String {
        serde_json::to_value(step)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    fn frame(&self, current: Option<StepId>) -> Frame {
        let (Some(wizard), Some(current)) = (&self.wizard, current) else {
            let back = (self.place == Place::Start && self.saved() > 0).then_some(Request::ShowConnections);
            return Frame {
                practice: None,
                connection: None,
                steps: Vec::new(),
                step_line: None,
                back,
                presenting: self.presenting.is_some(),
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
            saved: state.saved_at.map(|at| format!("Saved {}", self.times.clock(at))),
        }
    }

    fn rail(&self, wizard: &Wizard, step: StepId, current: StepId) -> RailStep {
        let state = wizard.state();
        let asks = |id: &str| {
            state
                .preflight
                .iter()
                .flat_map(|preflight| &preflight.checks)
                .any(|check| check.id == id && check.outcome == engine::event::Readiness::AskSomebody)
        };
        let (rail, note) = match status(state, step) {
            _ if step == current && self.problem.is_some() => (RailState::Problem, Some("Problem")),
            Status::Waiting { .. } => (RailState::Waiting, Some("Waiting")),
            Status::TooBroad => (RailState::TooBroad, Some("Too broad")),
            Status::Done => (RailState::Done, None),
            Status::Todo if step == StepId::App && asks("create-app") => {
                (RailState::AskSomebody, Some("Ask somebody"))
            }
            Status::Todo if step == StepId::Limit && (asks("limit") || asks("customised")) => {
                (RailState::AskSomebody, Some("Ask somebody"))
            }
            Status::Todo => (RailState::Todo, None),
        };
        let name = self.step_name(step);
        RailStep {
            open: (step != current && may_open(state, step)).then(|| Request::GoTo { step: name.clone() }),
            id: name,
            number: step.number(),
            name: step.name().into(),
            state: rail,
            note: note.map(str::to_owned),
            current: step == current,
        }
    }
}

fn no_connection() -> Problem {
    Problem::new(
        Code::Internal,
        "Mailgrant has a fault",
        "A step was asked for and no connection is open.",
        "This is a mistake in Mailgrant, not in your organisation.",
        "Go back to your connections and open this one again.",
    )
    .fixed_by(domain::problem::Who::Us)
}
