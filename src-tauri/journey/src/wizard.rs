//! One open connection: its state, its journal and the only things a step may touch.

use std::sync::Arc;

use calls::slot::{Ids, Slot};
use domain::app_key::AppKey;
use domain::ids::{ConnectionId, ServicePrincipalId, TenantId};
use domain::message;
use domain::message::{Arg, Message};
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry, Said};
use domain::secret::Secret;
use domain::step::StepId;
use domain::trace::Trace;
use engine::event::{Event, Record, Tenancy};
use engine::journal::Trust;
use engine::notes::{App, AppNotes};
use engine::progress::may_undo;
use engine::state::State;
use jiff::{SignedDuration, Timestamp};
use keychain::Keychain;
use microsoft::clock::Clock;
use microsoft::cloud::Cloud;
use microsoft::entra::rights::Right;
use microsoft::entra::sign_in::{AdminTokens, GraphToken};
use microsoft::exchange::Exchange;
use microsoft::http::Http;
use plan::changes::Change;
use plan::given::Given;
use plan::names::Names;
use profiles::Profile;

use crate::journal_file::JournalFile;
use crate::observe::Reading;
use crate::ownership;
use crate::problems::{self, Doing, not_written};
use crate::survey::Survey;

/// How far this computer's clock may be from Microsoft's before nothing is made any more.
const MOST_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// An open connection.
pub struct Wizard {
    journal: JournalFile,
    /// The first record, until something is answered: a connection of which nothing was said leaves nothing behind.
    first: Option<Record>,
    state: State,
    profiles: Arc<Vec<Profile>>,
    platform: Option<Profile>,
    http: Http,
    keychain: Arc<Keychain>,
    graph: Option<GraphToken>,
    exchange: Option<ExchangeToken>,
    /// Whether the last sign-in gave what is held of Graph and of Exchange, or one before it did.
    by_the_last: (bool, bool),
    platform_key: Option<String>,
    trace: Trace,
    progress: Option<Progress>,
    told: Option<Told>,
    /// What was read of Entra last, for the part of a plan that comes next.
    reading: Option<Reading>,
    /// What the limit was read back with, for the look that follows at once.
    survey: Option<Survey>,
}

/// Who is told of the state after everything that is written down.
pub type Told = Arc<dyn Fn(&State) + Send + Sync>;

/// Who is told how far a long read is: what is read now, how many are done, of how many.
pub type Progress = Arc<dyn Fn(Message, usize, usize) + Send + Sync>;

/// A token for Exchange and the name of whoever it is for, which Exchange wants to hear as well.
struct ExchangeToken {
    token: Secret,
    user_name: String,
}

/// What a connection is opened with.
pub struct Opening {
    /// Its journal.
    pub journal: JournalFile,
    /// Every platform profile.
    pub profiles: Arc<Vec<Profile>>,
    /// The cloud that it is in.
    pub cloud: Cloud,
    /// The time.
    pub clock: Clock,
    /// The name under which the keychain keeps its secrets.
    pub keychain: String,
    /// A key that the cloud brings for the platform: the practice organisation has one.
    pub platform_key: Option<String>,
    /// Who is told of remote calls and durable writes.
    pub trace: Trace,
}

impl Wizard {
    /// Begins a connection. It is written down with the first answer.
    ///
    /// # Errors
    /// As [`Self::resume`].
    pub fn begin(opening: Opening, connection: ConnectionId, tenancy: Tenancy) -> Result<Self, Problem> {
        let mut wizard = Self::resume(opening)?;
        let first = Record {
            at: wizard.now(),
            event: Event::Opened { connection, tenancy },
        };
        wizard.state.apply(&first);
        wizard.state.saved_at = None;
        wizard.first = Some(first);
        Ok(wizard)
    }

    /// Goes on with a connection. Nobody is signed in yet: no token outlives the window.
    ///
    /// # Errors
    /// Where the certificates of this computer can't be used.
    pub fn resume(opening: Opening) -> Result<Self, Problem> {
        let http = Http::new(opening.cloud, opening.clock, opening.trace.clone()).map_err(|error| {
            let doing = Doing::new(
                message!("doing-prepare"),
                "",
                message!("problems-nothing-changed"),
            );
            problems::problem(&error, &doing)
        })?;
        let state = State::of(opening.journal.records());
        let mut wizard = Self {
            journal: opening.journal,
            first: None,
            state,
            profiles: opening.profiles,
            platform: None,
            http,
            keychain: Arc::new(Keychain::open(opening.keychain)),
            graph: None,
            exchange: None,
            by_the_last: (false, false),
            platform_key: opening.platform_key,
            trace: opening.trace,
            progress: None,
            told: None,
            reading: None,
            survey: None,
        };
        wizard.tell_what_is_asked();
        Ok(wizard)
    }

    /// Finds the platform's profile, and lets the state know which permissions are asked for now: it can't, because
    /// profiles are no part of a journal.
    fn tell_what_is_asked(&mut self) {
        self.platform = platform(&self.state, &self.profiles);
        self.state.asked = self
            .profile()
            .is_some()
            .then(|| self.permissions().into_iter().collect());
    }

    /// Says who is told of the state after everything that is written down; `None` for nobody.
    pub fn tell_recorded(&mut self, told: Option<Told>) {
        self.told = told;
    }

    /// Says who is told how far a long read is; `None` for nobody.
    pub fn tell_progress(&mut self, progress: Option<Progress>) {
        self.progress = progress;
    }

    /// Tells how far a long read is: how many are done, of how many. A read can be given up at any time: it writes
    /// nothing until it is whole. It is handed out, because the wizard itself is lent out while something is read.
    pub(crate) fn progress_handle(&self) -> impl Fn(Message, usize, usize) + use<> {
        let progress = self.progress.clone();
        move |what, done, of| {
            if let Some(progress) = &progress {
                progress(what, done, of);
            }
        }
    }

    /// What is known of the connection.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Every platform profile.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The chosen platform; one that the admin described has its own name and asks for what was chosen.
    pub fn profile(&self) -> Option<&Profile> {
        self.platform.as_ref()
    }

    /// The client for the connection's cloud.
    pub fn http(&self) -> &Http {
        &self.http
    }

    /// The time.
    pub fn clock(&self) -> &Clock {
        self.http.clock()
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// Who is told of durable writes.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// A key that the cloud brings for the platform.
    pub fn platform_key(&self) -> Option<&str> {
        self.platform_key.as_deref()
    }

    /// Whether an admin is signed in now.
    pub fn signed_in(&self) -> bool {
        self.graph.is_some() || self.exchange.is_some()
    }

    /// Whether who is signed in may do all of this.
    pub fn holds(&self, rights: &[Right]) -> bool {
        rights.iter().all(|right| match right {
            Right::Exchange => self.exchange.is_some(),
            right => self
                .graph
                .as_ref()
                .is_some_and(|graph| right.within(&graph.scopes)),
        })
    }

    /// Keeps the tokens of a sign-in, in memory. What the new sign-in isn't good for stays with whoever signed in for
    /// it before: two admins, each with half of the rights, finish one connection together.
    pub(crate) fn keep_tokens(&mut self, tokens: AdminTokens, user_name: String) {
        let poorer = |right: Right| {
            self.graph.as_ref().is_some_and(|held| right.within(&held.scopes))
                && !right.within(&tokens.graph.scopes)
        };
        let richer = !poorer(Right::ReadApp) && !poorer(Right::MakeApp);
        self.by_the_last = (richer, tokens.exchange.is_some());
        if richer {
            self.graph = Some(tokens.graph);
        }
        if let Some(token) = tokens.exchange {
            self.exchange = Some(ExchangeToken { token, user_name });
        }
    }

    /// Whether what is held of this right came with the last sign-in, and not with that of somebody before.
    pub(crate) fn came_with_the_last(&self, right: Right) -> bool {
        match right {
            Right::Exchange => self.by_the_last.1,
            _ => self.by_the_last.0,
        }
    }

    /// Forgets the sign-in.
    pub fn sign_out(&mut self) {
        self.graph = None;
        self.exchange = None;
    }

    /// The id of the connection.
    pub fn connection(&self) -> Result<ConnectionId, Problem> {
        self.state
            .opened
            .map(|(id, _)| id)
            .ok_or_else(|| internal("the connection has no id"))
    }

    /// Whether it belongs to the practice organisation.
    pub fn tenancy(&self) -> Tenancy {
        self.state
            .opened
            .map_or(Tenancy::Practice, |(_, tenancy)| tenancy)
    }

    /// The permissions that the app is to have: those that the platform needs, and of those that it can do without the
    /// ones that the admin chose, or that the profile calls usual where nobody chose.
    pub fn permissions(&self) -> Vec<Permission> {
        let Some(profile) = self.profile() else {
            return Vec::new();
        };
        let chosen = |asked: &profiles::AskedPermission| match &self.state.optional {
            Some(chosen) => chosen.contains(&asked.permission),
            // An older version gave every permission without asking. What a live platform has isn't taken from it
            // before somebody chose.
            None => asked.usual || self.notes().is_assigned(asked.permission),
        };
        profile
            .permissions
            .iter()
            .filter(|asked| !asked.optional || chosen(asked))
            .map(|asked| asked.permission)
            .collect()
    }

    /// Why the connection can be looked at only, where that is so.
    pub fn read_only(&self) -> Option<Problem> {
        read_only(self.journal.trust())
    }

    /// Records what happened, durably, before anything else does.
    ///
    /// # Errors
    /// When the connection can be looked at only, or the disk refuses.
    pub fn record(&mut self, event: Event) -> Result<(), Problem> {
        if let Some(problem) = self.read_only() {
            return Err(problem);
        }
        let record = Record {
            at: self.now(),
            event,
        };
        if let Some(first) = &self.first {
            self.write(first.clone())?;
            self.first = None;
        }
        self.write(record.clone())?;
        self.state.apply(&record);
        self.tell_what_is_asked();
        if let Some(told) = &self.told {
            told(&self.state);
        }
        Ok(())
    }

    /// Takes the proof back: a look failed or was stopped. It is gone from memory even where the disk refuses the note,
    /// because nothing may be said on it any more.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub(crate) fn take_back_proof(&mut self) -> Result<(), Problem> {
        let noted = self.record(Event::LookFailed);
        if noted.is_err() {
            let saved_at = self.state.saved_at;
            self.state.apply(&Record {
                at: self.now(),
                event: Event::LookFailed,
            });
            self.state.saved_at = saved_at;
        }
        noted
    }

    fn write(&mut self, record: Record) -> Result<(), Problem> {
        self.journal
            .append(record)
            .map_err(|error| not_written(&self.journal.path().display().to_string(), &error))
    }

    /// Refuses to go on while this computer's clock and Microsoft's differ by more than 5 minutes: a secret's end would
    /// be another than the one shown, and tokens are refused.
    ///
    /// # Errors
    /// `clock.wrong`, by the `Date` of Microsoft's last answer.
    pub fn require_clock(&self) -> Result<(), Problem> {
        match self.http.skew() {
            Some(skew) if skew.abs() > MOST_SKEW => Err(clock_wrong(self.now(), self.http.microsoft_now())),
            _ => Ok(()),
        }
    }

    /// Refuses to take back what something else hangs on.
    ///
    /// # Errors
    /// `undo.not-yet`, or the reason why the connection can be looked at only.
    pub fn require_undo(&self, step: StepId) -> Result<(), Problem> {
        if let Some(problem) = self.read_only() {
            return Err(problem);
        }
        if may_undo(&self.state, step) {
            return Ok(());
        }
        Err(Problem::said(
            Code::UndoNotYet,
            message!("wizard-undo-not-yet", step = step.title()),
        )
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-nothing-changed")))
    }

    /// The app that is worked on: of a connection's only one, its main one.
    pub(crate) fn key(&self) -> AppKey {
        self.state.apps.keys().next().cloned().unwrap_or_default()
    }

    /// What is remembered of the app that is worked on.
    pub fn notes(&self) -> &AppNotes {
        self.state.at_hand()
    }

    /// What the app that is worked on and its things are called.
    pub(crate) fn names(&self) -> Result<Names, Problem> {
        Ok(Names::new(self.connection()?, self.key()))
    }

    /// The ids of the app that is worked on, live or deleted, as far as Microsoft gave them.
    pub(crate) fn ids(&self) -> Ids {
        let app = ownership::recorded(&self.state);
        let ids = [
            (Slot::AppObject, app.map(|(_, object)| object.to_string())),
            (Slot::AppClient, app.map(|(client, _)| client.to_string())),
            (Slot::Principal, self.notes().principal().map(|id| id.to_string())),
        ];
        ids.into_iter()
            .filter_map(|(slot, id)| Some((slot, id?)))
            .collect()
    }

    /// Keeps what was read of Entra for the part that comes next.
    pub(crate) fn keep_reading(&mut self, reading: Reading) {
        self.reading = Some(reading);
    }

    /// Keeps what the limit was read back with for the look that follows at once.
    pub(crate) fn keep_survey(&mut self, survey: Survey) {
        self.survey = Some(survey);
    }

    /// What the limit was read back with, where nothing was asked for since.
    pub(crate) fn take_survey(&mut self) -> Option<Survey> {
        self.survey.take()
    }

    /// Forgets what was read: something is changed, or somebody asked for something else since.
    pub fn forget_reading(&mut self) {
        (self.reading, self.survey) = (None, None);
    }

    /// What was read of Entra a moment ago, by the part before.
    pub(crate) fn take_reading(&mut self) -> Option<Reading> {
        self.reading.take()
    }

    /// Records a change that is about to be sent.
    pub(crate) fn intend(&mut self, change: Change) -> Result<(), Problem> {
        self.intend_try(change, None)
    }

    /// Records a change that is about to be sent, with what tells this try from others.
    pub(crate) fn intend_try(&mut self, change: Change, tag: Option<String>) -> Result<(), Problem> {
        self.require_clock()?;
        let known = |open: &engine::notes::Open| open.change == change && open.tag == tag;
        if self.notes().open.iter().any(known) {
            return Ok(());
        }
        let app = self.key();
        self.record(Event::Intended { app, change, tag })
    }

    /// Records that a change was made.
    pub(crate) fn done(&mut self, change: Change, given: Given) -> Result<(), Problem> {
        let app = self.key();
        self.record(Event::Done { app, change, given })
    }

    pub(crate) fn graph_token(&self) -> Result<&Secret, Problem> {
        self.graph
            .as_ref()
            .map(|graph| &graph.token)
            .ok_or_else(signed_out)
    }

    pub(crate) fn tenant(&self) -> Result<TenantId, Problem> {
        self.state
            .organisation
            .as_ref()
            .map(|organisation| organisation.tenant)
            .ok_or_else(signed_out)
    }

    pub(crate) fn exchange(&self) -> Result<Exchange<'_>, Problem> {
        let exchange = self.exchange.as_ref().ok_or_else(signed_out)?;
        Ok(Exchange {
            http: &self.http,
            token: &exchange.token,
            tenant: self.tenant()?,
            user_name: &exchange.user_name,
        })
    }

    pub(crate) fn app(&self) -> Result<App, Problem> {
        self.notes().app().ok_or_else(|| internal("there is no app yet"))
    }

    pub(crate) fn principal(&self) -> Result<ServicePrincipalId, Problem> {
        self.notes()
            .principal()
            .ok_or_else(|| internal("there is no service principal yet"))
    }

    /// Runs something on the keychain, off the thread that draws.
    pub(crate) async fn keychain<T: Send + 'static>(
        &self,
        exists: impl Into<Said>,
        act: impl FnOnce(&Keychain) -> Result<T, keychain::KeychainError> + Send + 'static,
    ) -> Result<T, Problem> {
        let keychain = Arc::clone(&self.keychain);
        tokio::task::spawn_blocking(move || act(&keychain))
            .await
            .map_err(|_| internal("the keychain call was ended"))?
            .map_err(|error| problems::keychain(&error, exists))
    }
}

/// Why a journal that isn't believed can be looked at only.
fn read_only(trust: Trust) -> Option<Problem> {
    let (code, message) = match trust {
        Trust::Ours => return None,
        Trust::Newer => (Code::JournalNewer, message!("wizard-journal-newer")),
        Trust::Unsigned => (Code::JournalReadOnly, message!("wizard-journal-unsigned")),
        Trust::Foreign => (Code::JournalReadOnly, message!("wizard-journal-foreign")),
        Trust::Edited { .. } => (Code::JournalReadOnly, message!("wizard-journal-edited")),
    };
    let told = Problem::said(code, message).retry(Retry::AfterYouAct);
    Some(told.exists(message!("wizard-nothing-changed-anywhere")))
}

fn clock_wrong(ours: Timestamp, theirs: Timestamp) -> Problem {
    let message = message!(
        "wizard-clock-wrong",
        ours = Arg::universal(ours),
        theirs = Arg::universal(theirs)
    );
    Problem::said(Code::ClockWrong, message)
        .retry(Retry::AfterYouAct)
        .exists(message!("wizard-step-changed-nothing"))
}

fn signed_out() -> Problem {
    Problem::said(Code::SignInExpired, message!("wizard-signed-out"))
}

/// A fault of ours, told as one. `what` is for support.
pub(crate) fn internal(what: &str) -> Problem {
    Problem::said(Code::Internal, message!("wizard-fault"))
        .fixed_by(domain::problem::Who::Us)
        .evidence(domain::problem::Evidence {
            message: Some(what.to_owned()),
            ..Default::default()
        })
}

/// The profile of a connection's platform, with what the admin said of it where the profile stands for any.
pub fn platform(state: &State, profiles: &[Profile]) -> Option<Profile> {
    let id = state.platform.as_ref()?;
    let mut profile = profiles.iter().find(|profile| profile.id == *id)?.clone();
    if let Some(described) = state.described.as_ref().filter(|_| profile.open) {
        profile.name.clone_from(&described.name);
        profile
            .permissions
            .retain(|asked| described.permissions.contains(&asked.permission));
        for asked in &mut profile.permissions {
            asked.optional = false;
            asked.usual = false;
        }
    }
    Some(profile)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::collections::BTreeSet;

    use engine::basis::Basis;
    use engine::proof::{Proof, Verdict};
    use uuid::Uuid;

    use super::*;
    use crate::journal_file::JournalKey;

    fn proof() -> Proof {
        Proof {
            at: Timestamp::UNIX_EPOCH,
            rows: Vec::new(),
            basis: Basis {
                enabled: true,
                tagged: true,
                audience: "AzureADMyOrg".into(),
                redirects: BTreeSet::new(),
                scope: None,
                assignments: BTreeSet::new(),
                shared_with: BTreeSet::new(),
                grants: BTreeSet::new(),
                directory_roles: BTreeSet::new(),
                mailbox_rights: BTreeSet::new(),
                send_as: BTreeSet::new(),
                credentials: BTreeSet::new(),
                federated: BTreeSet::new(),
                owners: BTreeSet::new(),
                profile: ("contoso".into(), 1),
                permissions: BTreeSet::new(),
                secret: "digest".into(),
            },
            reasons: Vec::new(),
            looks: 1,
            verdict: Verdict::Proven,
        }
    }

    #[test]
    fn a_proof_is_taken_back_even_where_the_disk_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let id = ConnectionId(Uuid::from_u128(7));
        let key = JournalKey::new(Secret::new("key".repeat(11)));
        let opening = Opening {
            journal: JournalFile::begin(folder.path(), id, key, Trace::default()).unwrap(),
            profiles: Arc::default(),
            cloud: Cloud::global(),
            clock: Clock::system(),
            keychain: "nothing is kept by this test".into(),
            platform_key: None,
            trace: Trace::default(),
        };
        let mut wizard = Wizard::begin(opening, id, Tenancy::Global).unwrap();
        wizard.record(Event::Proved { proof: proof() }).unwrap();
        let saved_at = wizard.state().saved_at;
        assert!(wizard.state().proof.is_some() && saved_at.is_some());
        wizard.journal.on_a_full_disk().unwrap();
        wizard.take_back_proof().unwrap_err();
        assert_eq!(wizard.state().proof, None);
        assert_eq!(wizard.state().saved_at, saved_at, "nothing was saved");
    }
}
