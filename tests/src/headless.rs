//! A session without a window: a host that plays the desktop, and somebody who presses what the pages offer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::cloud::CloudId;
use domain::secret::Secret;
use domain::trace::Trace;
use journey::Clock;
use rpc::host::{Host, Later, Outside, Practice};
use rpc::languages::Languages;
use rpc::request::{Opener, Request, Submit};
use rpc::session::{self, Options, Session};
use rpc::view::{Button, Content, MailboxList, OwnPlatform, View};
use tokio::sync::watch;

use crate::Outcome;
use crate::organisation::Organisation;
use crate::reader::Reader;

/// No page of a journey takes longer than this, waits included: they take no real time.
const PATIENCE: Duration = Duration::from_secs(60);
/// More pages than any journey has.
const MOST_PAGES: usize = 120;

struct Desktop {
    organisation: Organisation,
    reader: Arc<Mutex<Reader>>,
    views: watch::Sender<View>,
    shown: Arc<Mutex<Vec<View>>>,
    copied: Arc<Mutex<Vec<String>>>,
    opened: Arc<Mutex<Vec<String>>>,
}

impl Outside for Desktop {
    fn open_browser(&self, address: &str) -> Result<(), String> {
        let reader = self
            .reader
            .lock()
            .map(|reader| reader.clone())
            .map_err(|_| "nobody sits at the browser".to_owned())?;
        if let Ok(mut opened) = self.opened.lock() {
            opened.push(address.to_owned());
        }
        reader.opens(address)
    }

    fn start_practice(&self) -> Later<Result<Practice, String>> {
        let practice = self.organisation.to_practise();
        Box::pin(async move { practice })
    }
}

impl Host for Desktop {
    fn publish(&self, view: View) {
        if let Ok(mut shown) = self.shown.lock() {
            shown.push(view.clone());
        }
        self.views.send_replace(view);
    }

    fn open_folder(&self, _folder: &Path) -> Result<(), String> {
        Ok(())
    }

    fn copy(&self, text: String) -> Result<(), String> {
        if let Ok(mut copied) = self.copied.lock() {
            copied.push(text);
        }
        Ok(())
    }

    fn choose_folder(&self, _start: PathBuf) -> Later<Option<PathBuf>> {
        Box::pin(async { None })
    }
}

/// What a journey is started with.
pub struct Start<'a> {
    /// The organisation.
    pub organisation: &'a Organisation,
    /// Who signs in.
    pub reader: Reader,
    /// Where connections are kept.
    pub data: &'a Path,
    /// Where files are exported to.
    pub export: &'a Path,
    /// The keychain's namespace.
    pub keychain: &'a str,
    /// The time.
    pub clock: Clock,
    /// Who is told of calls and writes.
    pub trace: Trace,
}

/// A session and what it shows.
pub struct Headless {
    session: Session,
    views: watch::Receiver<View>,
    seen: u32,
    /// Who sits at the browser; another may take the seat.
    pub reader: Arc<Mutex<Reader>>,
    /// Every view that was published, in order.
    pub shown: Arc<Mutex<Vec<View>>>,
    /// What was put on the clipboard.
    pub copied: Arc<Mutex<Vec<String>>>,
    /// What the browser was asked to open.
    pub opened: Arc<Mutex<Vec<String>>>,
    /// How often something was typed.
    pub typed: usize,
    /// Whether the plan is carried out as one, rather than one part at a time.
    pub by_plan: bool,
    /// How long a page may take.
    pub patience: Duration,
    /// The platform that is chosen, by the name of its profile; the first that is offered where none is named.
    pub platform: Option<String>,
}

/// The export page filled in as it stands, for who opens the file there.
pub fn as_it_stands(opener: Opener, folder: &str) -> Submit {
    Submit::Export {
        opener,
        given_key: String::new(),
        key_compared: false,
        passphrase: Secret::new(String::new()),
        passphrase_again: Secret::new(String::new()),
        folder: folder.to_owned(),
    }
}

/// The step that a view belongs to: a part of the plan, where its page is open or the plan stopped at it.
pub fn step(view: &View) -> String {
    let current = view.frame.steps.iter().find(|step| step.current);
    let station = current.map(|step| step.id.clone()).unwrap_or_default();
    let line = view.frame.step_line.as_deref().unwrap_or_default();
    if let Some((_, part)) = line.split_once(" of 4: ").filter(|_| line.contains(", part ")) {
        return part.to_lowercase();
    }
    let plan = match &view.page.content {
        Content::Problem {
            stopped: Some(stopped),
            ..
        } => &stopped.plan,
        Content::Parts { plan, .. } => plan,
        _ => return station,
    };
    let undone = plan.parts.iter().find(|part| part.finding.word != "Done");
    undone.map_or(station, |part| part.kind.clone())
}

impl Headless {
    /// Starts a session.
    pub fn start(start: Start<'_>) -> Self {
        Self::start_with(start, None)
    }

    /// Starts a session with a folder of further platform profiles.
    pub fn start_with(start: Start<'_>, profiles: Option<PathBuf>) -> Self {
        Self::start_slow(start, profiles, Duration::ZERO)
    }

    /// Starts a session in which a page has to stand for a while before anything on it changes the organisation.
    pub fn start_slow(start: Start<'_>, profiles: Option<PathBuf>, read_in: Duration) -> Self {
        Self::begin(start, profiles, read_in, Languages::default(), CloudId::Global)
    }

    /// Starts a session on a computer with these languages.
    pub fn start_reading(start: Start<'_>, languages: Languages) -> Self {
        Self::begin(start, None, Duration::ZERO, languages, CloudId::Global)
    }

    /// Starts a session for one of Microsoft's clouds.
    pub fn start_in(start: Start<'_>, cloud: CloudId) -> Self {
        Self::begin(start, None, Duration::ZERO, Languages::default(), cloud)
    }

    fn begin(
        start: Start<'_>,
        profiles: Option<PathBuf>,
        read_in: Duration,
        languages: Languages,
        cloud: CloudId,
    ) -> Self {
        let (views, receiver) = watch::channel(rpc::session::first_view());
        let copied = Arc::new(Mutex::new(Vec::new()));
        let opened = Arc::new(Mutex::new(Vec::new()));
        let (reader, shown) = (
            Arc::new(Mutex::new(start.reader)),
            Arc::new(Mutex::new(Vec::new())),
        );
        let desktop = Desktop {
            organisation: start.organisation.clone(),
            reader: Arc::clone(&reader),
            views,
            shown: Arc::clone(&shown),
            copied: Arc::clone(&copied),
            opened: Arc::clone(&opened),
        };
        let options = Options {
            data: start.data.to_owned(),
            export: start.export.to_owned(),
            profiles,
            keychain: start.keychain.to_owned(),
            clock: start.clock,
            zone: jiff::tz::TimeZone::UTC,
            languages,
            trace: start.trace,
            read_in,
            cloud,
            practice: false,
        };
        let session = session::start(Box::new(desktop), options);
        Self {
            session,
            views: receiver,
            seen: 0,
            reader,
            shown,
            copied,
            opened,
            typed: 0,
            by_plan: false,
            patience: PATIENCE,
            platform: None,
        }
    }

    /// What is shown.
    pub fn view(&self) -> View {
        self.views.borrow().clone()
    }

    /// The page's key.
    pub fn page(&self) -> String {
        self.view().page.key
    }

    /// Presses something and waits for what follows.
    pub async fn press(&mut self, request: Request) -> Outcome<View> {
        self.seen = self.view().revision;
        self.session.act(request, self.seen);
        self.settled().await
    }

    /// Presses something that stood on an earlier view, and waits for what follows.
    pub async fn press_late(&mut self, request: Request, revision: u32) -> Outcome<View> {
        self.seen = self.view().revision;
        self.session.act(request, revision);
        self.settled().await
    }

    /// Presses something and waits for nothing.
    pub fn ask(&mut self, request: Request) {
        self.seen = self.view().revision;
        self.session.act(request, self.seen);
    }

    /// Sends a page and waits for nothing.
    pub fn tell(&mut self, submit: Submit) {
        self.seen = self.view().revision;
        self.session.submit(submit);
    }

    /// Sends a page and waits for what follows.
    pub async fn send(&mut self, submit: Submit) -> Outcome<View> {
        self.seen = self.view().revision;
        self.session.submit(submit);
        self.settled().await
    }

    /// Waits for a newer view in which nothing is under way.
    pub async fn settled(&mut self) -> Outcome<View> {
        let seen = self.seen;
        self.until("what follows", |view| {
            view.revision > seen && view.page.busy.is_none()
        })
        .await
    }

    /// Waits for a page that is there without anything being pressed.
    pub async fn until(&mut self, what: &str, there: impl Fn(&View) -> bool) -> Outcome<View> {
        let mut views = self.views.clone();
        match tokio::time::timeout(self.patience, views.wait_for(|view| there(view))).await {
            Ok(Ok(view)) => Ok(view.clone()),
            Ok(Err(_)) => Err("the session ended".into()),
            Err(_) => Err(format!(
                "waited in vain for {what} on page {:?}: {:?}",
                self.page(),
                self.view().page.busy
            )),
        }
    }

    /// Goes from wherever the session is to the exported files, as a reader would; `until` a page, where given.
    pub async fn go_on(&mut self, until: Option<&str>, mailboxes: &str, refused: &str) -> Outcome {
        for _ in 0..MOST_PAGES {
            let view = self.view();
            let key = view.page.key.clone();
            if until == Some(key.as_str()) || key == "exported" {
                return Ok(());
            }
            self.next(&view, mailboxes, refused)
                .await
                .map_err(|error| format!("{key}: {error}"))?;
        }
        Err(format!(
            "the journey went on for more than {MOST_PAGES} pages, at {}",
            self.page()
        ))
    }

    /// Goes on by one page.
    ///
    /// # Errors
    /// Where the page offers nothing.
    pub async fn go_one(&mut self, mailboxes: &str, refused: &str) -> Outcome {
        let view = self.view();
        self.next(&view, mailboxes, refused).await
    }

    /// Does what a reader would do on the page that lies open.
    pub async fn next(&mut self, view: &View, mailboxes: &str, refused: &str) -> Outcome {
        let key = view.page.key.as_str();
        match (&view.page.content, key) {
            (Content::Start { .. }, _) => self.press(Request::StartPractice).await.map(drop),
            (
                Content::Connections {
                    first: Some(card), ..
                },
                _,
            ) => {
                // The button's own request: while presenting, it carries a number in place of the id.
                let opens = |action: &&Button| matches!(action.request, Request::OpenConnection { .. });
                let open = card.actions.iter().find(opens).ok_or("it can't be opened")?;
                self.press(open.request.clone()).await.map(drop)
            }
            (
                Content::Choose {
                    choices,
                    chosen,
                    extras,
                    own,
                    ..
                },
                _,
            ) => {
                // A journey gives the platform everything that it can use, so that every permission is tried.
                for extra in extras.iter().filter(|extra| !extra.on && !extra.needed) {
                    let permission = extra.value.clone();
                    self.press(Request::ChooseOptional { permission, on: true })
                        .await?;
                }
                let offered = choices.iter().map(|choice| &choice.value);
                let named = offered
                    .clone()
                    .find(|value| Some(*value) == self.platform.as_ref());
                let value = named.or(chosen.as_ref()).or(offered.clone().next()).cloned();
                // One that stands for any platform is called something, and uses everything that it can.
                let own = own.iter().find(|own| Some(&own.value) == value.as_ref());
                let called = |own: &OwnPlatform| match own.name.as_str() {
                    "" => "Northwind Desk".to_owned(),
                    name => name.to_owned(),
                };
                let name = own.map(called).unwrap_or_default();
                let access = own.into_iter().flat_map(|own| &own.access);
                let access = access.map(|extra| extra.value.clone()).collect();
                self.send(Submit::Choose { value, name, access }).await.map(drop)
            }
            (Content::SignIn { .. }, _) => self.press(Request::SignIn).await.map(drop),
            (
                Content::Mailboxes {
                    allowed,
                    refused: held,
                    ..
                },
                _,
            ) => {
                // What stands in a box or a list already is not typed again.
                let mut newly = 0;
                let mut in_box = |list: &MailboxList, text: &str| {
                    if list.rows.is_empty() && list.typed.is_empty() {
                        newly += 1;
                        text.to_owned()
                    } else {
                        list.typed.clone()
                    }
                };
                let (allowed, refused) = (in_box(allowed, mailboxes), in_box(held, refused));
                self.typed += newly;
                self.send(Submit::Mailboxes { allowed, refused }).await.map(drop)
            }
            (Content::Proof { .. }, _)
                if view
                    .page
                    .actions
                    .first()
                    .is_some_and(|action| action.request == Request::SaveAndClose) =>
            {
                // Waiting: the session looks by itself when it is due.
                let revision = view.revision;
                self.until("the look that is due", |view| {
                    view.revision > revision && view.page.busy.is_none()
                })
                .await
                .map(drop)
            }
            // After a restart nobody is signed in, and sealing reads the organisation again.
            (Content::Export { .. }, _)
                if view
                    .page
                    .actions
                    .first()
                    .is_some_and(|action| action.request == Request::SignIn) =>
            {
                self.press(Request::SignIn).await.map(drop)
            }
            (Content::Export { opener, folder, .. }, _) => {
                self.send(as_it_stands(*opener, folder)).await.map(drop)
            }
            // The careful way: a page, a commit and a check for each part.
            (Content::Parts { .. }, _) => {
                let one_at_a_time =
                    |action: &&Button| !self.by_plan && matches!(action.request, Request::GoTo { .. });
                let action = view.page.actions.iter().find(one_at_a_time);
                let action = action
                    .or(view.page.actions.first())
                    .ok_or("the plan offers nothing")?;
                self.press(action.request.clone()).await.map(drop)
            }
            (Content::Problem { code, facts, .. }, _) => {
                let told: Vec<String> = facts
                    .iter()
                    .map(|fact| format!("{}: {}", fact.term, fact.value))
                    .collect();
                Err(format!("{code}: {}", told.join(" ")))
            }
            _ => match view.page.actions.first() {
                Some(action) => self.press(action.request.clone()).await.map(drop),
                None => Err("the page offers nothing".into()),
            },
        }
    }
}
