//! One open connection: its state, its journal and the only things that what works on it may touch.

mod readings;
mod recording;
mod sign_ins;

pub(crate) use recording::too_far_apart;

use std::sync::Arc;

use calls::slot::{Ids, Slot};
use domain::app_key::AppKey;
use domain::ids::{ConnectionId, ServicePrincipalId};
use domain::message;
use domain::message::Message;
use domain::permission::{Method, Permission};
use domain::problem::{Code, Problem};
use domain::step::StepId;
use domain::trace::Trace;
use engine::event::{Event, Record, Tenancy};
use engine::notes::{App, AppNotes};
use engine::state::State;
use jiff::Timestamp;
use keychain::Keychain;
use microsoft::clock::Clock;
use microsoft::cloud::Cloud;
use microsoft::entra::sign_in::GraphToken;
use microsoft::http::Http;
use plan::names::Names;
use profiles::Profile;
use sign_ins::ExchangeToken;

use crate::changes;
use crate::journal_file::JournalFile;
use crate::observe::Reading;
use crate::ownership;
use crate::problems::{self, Doing};
use crate::route::Route;
use crate::survey::Survey;

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
    /// Whether the proof was made since the connection was opened, and isn't only remembered.
    proved_here: bool,
}

/// Who is told of the state after everything that is written down.
pub type Told = Arc<dyn Fn(&State) + Send + Sync>;

/// Who is told how far a long read is: what is read now, how many are done, of how many.
pub type Progress = Arc<dyn Fn(Message, usize, usize) + Send + Sync>;

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
            proved_here: false,
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

    /// Whether the proof was made since the connection was opened, and isn't only remembered.
    pub fn proved_here(&self) -> bool {
        self.proved_here
    }

    /// Every platform profile.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The chosen platform; one that the admin described has its own name and asks for what was chosen.
    pub fn profile(&self) -> Option<&Profile> {
        self.platform.as_ref()
    }

    /// The route that the connection leads through.
    pub fn route(&self) -> Route {
        Route::of(&self.state, self.profile())
    }

    /// Whether a step may be opened now, as [`Route::may_open`] says.
    pub fn may_open(&self, step: StepId) -> bool {
        self.route().may_open(&self.state, step, self.now())
    }

    /// The question that comes before any plan, as [`Route::asked_before_the_plan`] says.
    pub fn asked_before_the_plan(&self) -> Option<StepId> {
        self.route().asked_before_the_plan(&self.state, self.now())
    }

    /// The first step that is not finished, as [`Route::first_open`] says.
    pub fn first_open(&self) -> StepId {
        self.route().first_open(&self.state, self.now())
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

    /// How the platform reaches mail: what was chosen, or the way that its profile has where nobody was asked.
    pub fn method(&self) -> Method {
        let of_profile = self.profile().and_then(|profile| profile.methods.first());
        self.state
            .method
            .or(of_profile.copied())
            .unwrap_or(Method::RECOMMENDED)
    }

    /// The permissions of the method that the app is to have: those that the platform needs, and of those that it can do without the
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
            .filter(|asked| asked.permission.method() == self.method())
            .filter(|asked| !asked.optional || chosen(asked))
            .map(|asked| asked.permission)
            .collect()
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

    pub(crate) fn app(&self) -> Result<App, Problem> {
        self.notes().app().ok_or_else(|| internal("there is no app yet"))
    }

    pub(crate) fn principal(&self) -> Result<ServicePrincipalId, Problem> {
        self.notes()
            .principal()
            .ok_or_else(|| internal("there is no service principal yet"))
    }

    /// Takes every value of the connection out of this computer's keychain.
    ///
    /// # Errors
    /// As the keychain answers.
    pub async fn forget_keys(&self) -> Result<(), Problem> {
        changes::forget_all(self).await
    }

    /// Runs something on the keychain, off the thread that draws.
    pub(crate) async fn keychain<T: Send + 'static>(
        &self,
        exists: Message,
        act: impl FnOnce(&Keychain) -> Result<T, keychain::KeychainError> + Send + 'static,
    ) -> Result<T, Problem> {
        let keychain = Arc::clone(&self.keychain);
        tokio::task::spawn_blocking(move || act(&keychain))
            .await
            .map_err(|_| internal("the keychain call was ended"))?
            .map_err(|error| problems::keychain(&error, exists))
    }
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

    use domain::cloud::CloudId;
    use domain::secret::Secret;
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
            said: None,
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
        let mut wizard = Wizard::begin(opening, id, Tenancy::Real(CloudId::Global)).unwrap();
        wizard.record(Event::Proved { proof: proof() }).unwrap();
        let saved_at = wizard.state().saved_at;
        assert!(wizard.state().proof.is_some() && saved_at.is_some());
        wizard.journal.on_a_full_disk().unwrap();
        wizard.take_back_proof().unwrap_err();
        assert_eq!(wizard.state().proof, None);
        assert_eq!(wizard.state().saved_at, saved_at, "nothing was saved");
    }
}
