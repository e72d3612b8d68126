//! What most journeys begin with: a practice organisation, a wizard on it, a clock of their own, and calls that go wrong
//! as planned.

#![allow(
    clippy::unwrap_used,
    reason = "it belongs to tests, which end at the first thing that isn't as it should be"
)]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::trace::{Point, Trace};
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use practice::{Answer, ClockKind, Handle, Options, Snapshot, Trouble};
use rpc::check::{Answer as Checked, Asked};
use rpc::request::{Request, Submit};
use rpc::view::{ConnectionCard, Content, View};
use serde_json::Value;
use tempfile::TempDir;

use crate::checking::{Place, check};
use crate::colleague::Colleague;
use crate::headless::{Headless, Start, as_it_stands};
use crate::organisation::{Organisation, client_that_trusts};
use crate::platform::{AGENT, Credentials, Platform, open};
use crate::reader::Reader;
use crate::renew::sealed;

/// Who signs in: somebody with every role that a connection takes.
pub const ADMIN: &str = "dana.reyes@contoso.example";
/// The mailboxes that the platform may use.
pub const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
/// The mailbox that must stay refused.
pub const REFUSED: &str = "ceo@contoso.example";
const START: &str = "2026-11-22T10:30:00Z";

/// The connection that stands first on the list.
pub fn first_card(view: &View) -> &ConnectionCard {
    match &view.page.content {
        Content::Connections {
            first: Some(first), ..
        } => first,
        _ => panic!("{:?}", view.page),
    }
}

/// The titles of the lines of the plan that lies open.
pub fn planned(view: &View) -> Vec<String> {
    let Content::Parts { plan, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let lines = plan.parts.iter().flat_map(|part| &part.lines);
    lines.map(|line| line.title.clone()).collect()
}

/// How many objects that aren't seeded live in an organisation, in Entra and in Exchange.
pub fn alive_of_ours(snapshot: &Snapshot) -> usize {
    let exchange = &snapshot.exchange;
    let apps = snapshot.applications.iter();
    let apps = apps.filter(|app| !app.foreign && !app.deleted);
    let principals = snapshot.service_principals.iter();
    let entries = exchange.service_principals.iter();
    apps.count()
        + principals.filter(|one| !one.foreign).count()
        + entries.filter(|one| !one.foreign).count()
        + exchange.scopes.iter().filter(|one| !one.foreign).count()
        + exchange.assignments.iter().filter(|one| !one.foreign).count()
}

/// Which calls go wrong.
#[derive(Clone, Debug)]
enum At {
    /// The next so many of this name.
    Named(String, usize),
    /// The one with this number, from 1.
    Number(usize),
}

/// What is done just before calls of a name are sent: the name, how many of them are left, how many there were.
type Before = (String, usize, usize, Box<dyn FnMut(usize) + Send>);

#[derive(Default)]
struct Calls {
    sent: Vec<String>,
    plans: Vec<(At, Answer)>,
}

impl Calls {
    /// Counts a call and says what comes of it.
    fn send(&mut self, call: &str) -> Option<Answer> {
        self.sent.push(call.to_owned());
        let number = self.sent.len();
        let (at, answer) = self.plans.iter_mut().find(|(at, _)| match at {
            At::Named(name, left) => name == call && *left > 0,
            At::Number(wanted) => *wanted == number,
        })?;
        if let At::Named(_, left) = at {
            *left -= 1;
        }
        Some(answer.clone())
    }
}

/// A practice organisation and a wizard on it.
pub struct Bench {
    /// The organisation.
    pub handle: Arc<Handle>,
    /// The wizard, where it runs.
    pub session: Option<Headless>,
    /// The wizard's time. Waiting moves it, and the organisation's with it.
    pub time: Arc<Mutex<Timestamp>>,
    /// Where its profiles of its own lie, from the next [`Bench::open`] on.
    pub profiles: Option<PathBuf>,
    calls: Arc<Mutex<Calls>>,
    before: Arc<Mutex<Vec<Before>>>,
    folder: TempDir,
    keychain: String,
    /// The folders and keychains of computers that were left.
    left: Vec<(TempDir, String)>,
}

impl Bench {
    /// An organisation as it is at first, and a wizard with nothing begun. `name` keeps the keychain's entries apart.
    pub async fn new(name: &str) -> Self {
        Self::in_organisation(name, Options::default()).await
    }

    /// The same in an organisation that is started so, whatever its clock says.
    pub async fn in_organisation(name: &str, options: Options) -> Self {
        let options = Options {
            clock: ClockKind::Explicit {
                start: START.parse().unwrap(),
            },
            ..options
        };
        let mut bench = Self {
            handle: Arc::new(practice::start(options).await.unwrap()),
            session: None,
            time: Arc::new(Mutex::new(START.parse().unwrap())),
            profiles: None,
            calls: Arc::default(),
            before: Arc::default(),
            folder: tempfile::tempdir().unwrap(),
            keychain: format!("mailgrant {name} {}", std::process::id()),
            left: Vec::new(),
        };
        bench.open();
        bench
    }

    /// A connection that was handed over 171 days ago, nine days before its secret ends, in a window that was opened anew.
    pub async fn handed_over(name: &str) -> Self {
        let mut bench = Self::new(name).await;
        bench.session().by_plan = true;
        bench.session().go_on(None, MAILBOXES, REFUSED).await.unwrap();
        assert_eq!(bench.session().page(), "exported");
        bench.wait(171 * 86_400);
        bench.reopen().await;
        bench.session().by_plan = true;
        bench
    }

    /// As far as the plan of a connection of a platform that is described so.
    pub async fn described(&mut self, profile: &str, access: &[&str]) {
        let session = self.session();
        session.press(Request::StartPractice).await.unwrap();
        let platform = Submit::Choose {
            value: Some(profile.into()),
            name: "Northwind Desk".into(),
            access: access.iter().map(|&name| name.to_owned()).collect(),
        };
        session.send(platform).await.unwrap();
        session.by_plan = true;
        session.go_on(Some("plan"), MAILBOXES, REFUSED).await.unwrap();
    }

    /// Presses the first request of this kind that the page or a card on it offers.
    pub async fn press_what(&mut self, is: impl Fn(&Request) -> bool) -> View {
        let view = self.session().view();
        let request = offered(&view, is).unwrap_or_else(|| panic!("it isn't offered: {:?}", view.page));
        self.press(request).await
    }

    /// Opens a page of the route.
    pub async fn go_to(&mut self, step: &str) -> View {
        self.press(Request::GoTo { step: step.into() }).await
    }

    /// Runs the checks of the proof now, after a sign-in where the last one ran out.
    pub async fn checked_now(&mut self) -> View {
        self.go_to("verify").await;
        let view = self.press(Request::Check).await;
        if view.page.key != "problem-sign-in.expired" {
            return view;
        }
        self.press(Request::TryAgain).await;
        self.go_to("verify").await;
        self.press(Request::Check).await
    }

    /// Looks for earlier connections in the organisation, and takes the first one up. The mailboxes are shown then.
    pub async fn found_again(&mut self) -> View {
        self.press(Request::FindAgain { practice: true }).await;
        let view = self.press(Request::SignIn).await;
        let view = self.press(first_card(&view).actions[0].request.clone()).await;
        assert_eq!(view.page.key, "mailboxes", "{:?}", view.page);
        view
    }

    /// Starts a window on the same connections.
    pub fn open(&mut self) {
        let (calls, told) = (Arc::clone(&self.calls), Arc::downgrade(&self.handle));
        let before = Arc::clone(&self.before);
        let trace = Trace::to(move |point| {
            let Point::Sending(call) = point else { return };
            let Some(handle) = told.upgrade() else { return };
            for (name, left, done, act) in before.lock().unwrap().iter_mut() {
                if *name == call && *left > 0 {
                    act(*done);
                    (*left, *done) = (*left - 1, *done + 1);
                }
            }
            let struck = calls.lock().unwrap().send(&call);
            let trouble = struck.map(|answer| Trouble {
                answer,
                spares: Some(AGENT.to_owned()),
                ..Trouble::default()
            });
            handle.set_trouble(trouble.into_iter().collect());
        });
        let start = Start {
            organisation: &Organisation::from(&*self.handle),
            reader: Reader::new(ADMIN),
            data: &self.data(),
            export: &self.export(),
            keychain: &self.keychain,
            clock: self.clock(),
            trace,
        };
        self.session = Some(Headless::start_with(start, self.profiles.clone()));
    }

    /// Goes on at another computer, which knows nothing of any connection. This one can be come back to.
    pub fn at_another_computer(&mut self) {
        self.session = None;
        let left = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        self.left.push((left, self.keychain.clone()));
        self.keychain.push_str(" elsewhere");
        self.open();
    }

    /// Comes back to the computer that was left last.
    pub fn back_at_the_first(&mut self) {
        self.session = None;
        let (folder, keychain) = self.left.pop().unwrap();
        let left = std::mem::replace(&mut self.folder, folder);
        drop(left);
        self.keychain = keychain;
        self.open();
    }

    /// Ends the window and opens another, once the folder is free.
    pub async fn reopen(&mut self) -> View {
        drop(self.session.take());
        self.open();
        for _ in 0..400 {
            if self.session().page() != "problem-instance.second" {
                break;
            }
            self.press(Request::TryAgain).await;
        }
        self.session().view()
    }

    /// Ends the wizard and the organisation.
    pub async fn end(self) {
        let Self { handle, session, .. } = self;
        drop(session);
        // The wizard's thread may hold the organisation for a last moment, which then ends with it.
        if let Ok(handle) = Arc::try_unwrap(handle) {
            handle.stop().await;
        }
    }

    /// The wizard's time.
    pub fn now(&self) -> Timestamp {
        *self.time.lock().unwrap()
    }

    /// Lets time pass, in the organisation and for the wizard.
    pub fn wait(&self, seconds: u32) {
        self.handle.advance(Duration::from_secs(seconds.into()));
        *self.time.lock().unwrap() += SignedDuration::from_secs(seconds.into());
    }

    fn clock(&self) -> Clock {
        let (reading, time) = (Arc::clone(&self.time), Arc::clone(&self.time));
        let handle = Arc::downgrade(&self.handle);
        Clock::new(
            move || *reading.lock().unwrap(),
            move |pause: Duration| {
                let (time, handle) = (Arc::clone(&time), handle.clone());
                Box::pin(async move {
                    // The organisation counts whole seconds; a shorter wait is rounded up, never down.
                    let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
                    if let Some(handle) = handle.upgrade() {
                        handle.advance(Duration::from_secs(seconds));
                        *time.lock().unwrap() += SignedDuration::from_secs(i64::try_from(seconds).unwrap());
                    }
                })
            },
        )
    }

    /// Checks the connection by a record, as the command line does, with the window closed.
    pub async fn checked(&mut self, record: PathBuf, sign_in: bool) -> Checked {
        drop(self.session.take());
        let organisation = Organisation::from(&*self.handle);
        let (data, keychain, clock) = (self.data(), self.keychain.clone(), self.clock());
        let place = Place {
            organisation: &organisation,
            reader: Reader::new(ADMIN),
            data: &data,
            keychain: &keychain,
            clock,
            language: words::Language::English,
        };
        let asked = Asked {
            record,
            sign_in,
            practice: true,
            alone: false,
            json: true,
            save: false,
        };
        check(place, &asked).await
    }

    /// The records that were exported, as JSON, the oldest first.
    pub fn records(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.export()).unwrap().flatten();
        let mut records: Vec<PathBuf> = files
            .map(|file| file.path())
            .filter(|path| path.extension().is_some_and(|end| end == "json"))
            .collect();
        records.sort_by_key(|path| path.metadata().and_then(|seen| seen.modified()).unwrap());
        records
    }

    /// Where the connections are kept.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where the files go.
    pub fn export(&self) -> PathBuf {
        self.folder.path().join("export")
    }

    /// A token of the app's own, with nothing but what an opened file holds.
    pub async fn token(&self, bundle: &Value) -> String {
        let text = |place: &str| {
            let found = bundle.pointer(place).and_then(Value::as_str);
            found.unwrap().to_owned()
        };
        let (authority, tenant) = (text("/cloud/authority"), text("/tenantId"));
        let form = [
            ("grant_type", "client_credentials".to_owned()),
            ("client_id", text("/app/clientId")),
            ("client_secret", text("/credential/value")),
            ("scope", text("/protocol/tokenScope")),
        ];
        let client = client_that_trusts(Some(self.handle.root_certificate_pem())).unwrap();
        let asked = client
            .post(format!("{authority}{tenant}/oauth2/v2.0/token"))
            .form(&form);
        let answer = asked.send().await.unwrap().bytes().await.unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// What was sealed last, as the platform's people open it.
    pub fn bundle(&self) -> Value {
        open(&sealed(&self.export()).unwrap(), &self.handle).unwrap()
    }

    /// A platform that reads mail with what was sealed last.
    pub fn platform(&self) -> Platform {
        let credentials = Credentials::of_bundle(&self.bundle()).unwrap();
        Platform::start(&Organisation::from(&*self.handle), credentials).unwrap()
    }

    /// The journal of the one connection.
    pub fn journal(&self) -> PathBuf {
        let mut found = std::fs::read_dir(self.data())
            .unwrap()
            .flatten()
            .map(|entry| entry.path().join("journal"))
            .filter(|path| path.exists());
        found.next().unwrap()
    }

    /// Lets the next so many calls of this name go wrong.
    pub fn plan(&self, call: &str, times: usize, answer: Answer) {
        self.strike(At::Named(call.to_owned(), times), answer);
    }

    /// Lets the call with this number go wrong, from 1.
    pub fn plan_number(&self, number: usize, answer: Answer) {
        self.strike(At::Number(number), answer);
    }

    fn strike(&self, at: At, answer: Answer) {
        self.calls.lock().unwrap().plans.push((at, answer));
    }

    /// Does something just before each of the next so many calls of this name is sent; it is told how many of them went
    /// before.
    pub fn before(&self, call: &str, times: usize, act: impl FnMut(usize) + Send + 'static) {
        let before = (call.to_owned(), times, 0, Box::new(act) as _);
        self.before.lock().unwrap().push(before);
    }

    /// Forgets what was to be done before calls.
    pub fn forget_before(&self) {
        self.before.lock().unwrap().clear();
    }

    /// What tells every call so far, by name, also while one is about to be sent.
    pub fn calls_seen(&self) -> impl Fn() -> Vec<String> + Send + 'static {
        let calls = Arc::clone(&self.calls);
        move || calls.lock().unwrap().sent.clone()
    }

    /// Where the keychain's entries of the practice organisation lie.
    pub fn keychain(&self) -> String {
        format!("{} practice", self.keychain)
    }

    /// Every call so far, by name.
    pub fn sent(&self) -> Vec<String> {
        self.calls.lock().unwrap().sent.clone()
    }

    /// The wizard.
    pub fn session(&mut self) -> &mut Headless {
        self.session.as_mut().unwrap()
    }

    /// Goes on as a reader would, to this page or to the exported file.
    pub async fn go_on(&mut self, until: Option<&str>) -> View {
        self.session().go_on(until, MAILBOXES, REFUSED).await.unwrap();
        self.session().view()
    }

    /// Goes on by one page.
    pub async fn go_one(&mut self) {
        self.session().go_one(MAILBOXES, REFUSED).await.unwrap();
    }

    /// Presses something and waits for what follows.
    pub async fn press(&mut self, request: Request) -> View {
        self.session().press(request).await.unwrap()
    }

    /// Sends the page before the export as it is filled in, for who opens the file there.
    pub async fn seal(&mut self) -> View {
        let view = self.session().view();
        let Content::Export { opener, folder, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        let submit = as_it_stands(*opener, folder);
        self.session().send(submit).await.unwrap()
    }

    /// Somebody else with other tools.
    pub async fn colleague(&self) -> Colleague {
        Colleague::of(&self.handle).await.unwrap()
    }

    /// The ids of our app: object id and client id.
    pub fn app(&self) -> (String, String) {
        let apps = self.handle.snapshot().applications;
        let app = apps.iter().find(|app| !app.foreign).unwrap();
        (app.id.clone(), app.app_id.clone())
    }

    /// How many apps aren't seeded, deleted ones too.
    pub fn ours(&self) -> usize {
        let apps = self.handle.snapshot().applications;
        apps.iter().filter(|app| !app.foreign).count()
    }

    /// The key ids of the secrets of our app.
    pub fn keys(&self) -> Vec<String> {
        let snapshot = self.handle.snapshot();
        let ours = snapshot.applications.iter().filter(|app| !app.foreign);
        ours.flat_map(|app| &app.passwords)
            .map(|secret| secret.key_id.clone())
            .collect()
    }

    /// How many secrets they hold.
    pub fn secrets(&self) -> usize {
        let apps = self.handle.snapshot().applications;
        apps.iter()
            .filter(|app| !app.foreign)
            .map(|app| app.passwords.len())
            .sum()
    }
}

/// The first request of this kind that a page or a card on it offers.
pub fn offered(view: &View, is: impl Fn(&Request) -> bool) -> Option<Request> {
    let of_cards = match &view.page.content {
        Content::Connections { first, rest, .. } => first
            .iter()
            .chain(rest)
            .flat_map(|card| card.actions.clone())
            .collect(),
        _ => Vec::new(),
    };
    let mut all = of_cards.into_iter().chain(view.page.actions.clone());
    all.find(|button| is(&button.request))
        .map(|button| button.request)
}
