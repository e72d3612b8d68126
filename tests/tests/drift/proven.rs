//! A connection that was just proven, over an organisation and a clock of its own.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::trace::Trace;
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use journey::data_folder::DataFolder;
use journeys::Outcome;
use journeys::checking::{Place, check};
use journeys::colleague::Colleague;
use journeys::eventually::{PATIENCE, eventually};
use journeys::headless::{Headless, Start, as_it_stands};
use journeys::organisation::Organisation;
use journeys::reader::Reader;
use keychain::Keychain;
use practice::{ClockKind, Handle, Options};
use rpc::check::{Answer, Asked};
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};
use words::Language;

const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
pub const REFUSED: &str = "ceo@contoso.example";

/// Time that can be moved by a test, for the wizard and the organisation at once.
#[derive(Clone)]
pub struct Time {
    now: Arc<Mutex<Timestamp>>,
    handle: Arc<Handle>,
}

impl Time {
    fn clock(&self) -> Clock {
        let (reading, moving) = (self.clone(), self.clone());
        Clock::new(
            move || *reading.now.lock().unwrap(),
            move |pause: Duration| {
                moving.move_on(pause);
                Box::pin(async {})
            },
        )
    }

    /// Puts this computer's clock forward or back; the organisation's stays.
    pub fn put(&self, by: SignedDuration) {
        *self.now.lock().unwrap() += by;
    }

    pub fn move_on(&self, by: Duration) {
        let by = Duration::from_secs(by.as_secs() + u64::from(by.subsec_nanos() > 0));
        self.handle.advance(by);
        *self.now.lock().unwrap() += SignedDuration::try_from(by).unwrap();
    }
}

/// How the platform reaches mail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    /// Through Microsoft Graph.
    Graph,
    /// As a mail program, by IMAP.
    MailProgram,
}

/// A connection that was just proven, and somebody else.
pub struct Proven {
    pub by: By,
    pub handle: Arc<Handle>,
    pub time: Time,
    session: Option<Headless>,
    pub colleague: Colleague,
    pub folder: tempfile::TempDir,
    keychain: String,
    /// Where a check looks for the organisation instead.
    pub instead: Option<String>,
    /// Who signs in to a check.
    pub reader: Reader,
    /// Object id, client id, service principal, key id of the app.
    pub object: String,
    pub client: String,
    pub principal: String,
    pub key: String,
    connection: String,
    pub scope: String,
}

impl Proven {
    pub async fn start(name: &str) -> Outcome<Self> {
        Self::start_by(By::Graph, name).await
    }

    pub async fn start_by(by: By, name: &str) -> Outcome<Self> {
        let start = "2026-11-22T10:30:00Z".parse().unwrap();
        let options = Options {
            clock: ClockKind::Explicit { start },
            ..Options::default()
        };
        let handle = Arc::new(
            practice::start(options)
                .await
                .map_err(|error| error.to_string())?,
        );
        let time = Time {
            now: Arc::new(Mutex::new(start)),
            handle: Arc::clone(&handle),
        };
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let keychain = format!("mailgrant drift {by:?} {} {name}", std::process::id());
        std::fs::create_dir(folder.path().join("profiles")).map_err(|error| error.to_string())?;
        write_profile(by, &folder, 1, "");
        let session = session(&handle, &time, &folder, &keychain);
        let colleague = Colleague::of(&handle).await?;
        let mut proven = Self {
            by,
            handle,
            time,
            session: Some(session),
            colleague,
            folder,
            keychain,
            instead: None,
            reader: Reader::new("dana.reyes@contoso.example"),
            object: String::new(),
            client: String::new(),
            principal: String::new(),
            key: String::new(),
            connection: String::new(),
            scope: String::new(),
        };
        proven.onboard().await?;
        Ok(proven)
    }

    async fn onboard(&mut self) -> Outcome {
        self.session().press(Request::StartPractice).await?;
        let value = Some("drift-desk".to_owned());
        self.session()
            .send(Submit::Choose {
                value,
                name: String::new(),
                access: Vec::new(),
            })
            .await?;
        self.session().go_on(Some("export"), MAILBOXES, REFUSED).await?;
        let snapshot = self.handle.snapshot();
        let app = snapshot
            .applications
            .iter()
            .find(|app| !app.foreign)
            .ok_or("no app")?;
        let principals = &snapshot.service_principals;
        let principal = principals
            .iter()
            .find(|one| one.app_id == app.app_id)
            .ok_or("no principal")?;
        (self.object, self.client) = (app.id.clone(), app.app_id.clone());
        self.principal = principal.id.clone();
        self.key = app.passwords.first().ok_or("no secret")?.key_id.clone();
        let unique = app.unique_name.clone().unwrap_or_default();
        self.connection = unique.trim_start_matches("mailgrant-").to_owned();
        let scopes = &snapshot.exchange.scopes;
        let scope = scopes.iter().find(|scope| !scope.foreign);
        self.scope = match (self.by, scope) {
            (By::Graph, None) => return Err("no scope".into()),
            (_, scope) => scope.map(|scope| scope.name.clone()).unwrap_or_default(),
        };
        Ok(())
    }

    /// Writes the platform's profile anew.
    pub fn write_profile(&self, version: u32, more: &str) {
        write_profile(self.by, &self.folder, version, more);
    }

    /// Presses "Seal and save the file".
    pub async fn export(&mut self) -> Outcome<View> {
        let mut view = self.session().view();
        if view
            .page
            .actions
            .first()
            .is_some_and(|action| action.request == Request::SignIn)
        {
            view = self.session().press(Request::SignIn).await?;
        }
        let Content::Export { opener, folder, .. } = &view.page.content else {
            return Err(format!("no export page but {}", view.page.key));
        };
        let submit = as_it_stands(*opener, folder);
        self.session().send(submit).await
    }

    pub fn sealed(&self) -> usize {
        let written = std::fs::read_dir(self.folder.path().join("export"));
        let sealed = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "age");
        written.into_iter().flatten().flatten().filter(sealed).count()
    }

    /// A new window over the same connection, with what a restart brings: profiles read anew, nobody signed in.
    pub async fn restart(&mut self, until: &str) -> Outcome {
        drop(self.session.take());
        self.folder_is_free().await?;
        self.session = Some(session(&self.handle, &self.time, &self.folder, &self.keychain));
        self.colleague = Colleague::of(&self.handle).await?;
        self.session().go_on(Some(until), MAILBOXES, REFUSED).await
    }

    /// Exports, and closes the window. The record that was written.
    pub async fn record(&mut self) -> Outcome<PathBuf> {
        let after = self.export().await?;
        if after.page.key != "exported" {
            return Err(format!("it wasn't exported: {}", after.page.key));
        }
        drop(self.session.take());
        self.folder_is_free().await?;
        let written =
            std::fs::read_dir(self.folder.path().join("export")).map_err(|error| error.to_string())?;
        let mut records = written.flatten().map(|entry| entry.path());
        let record = records.find(|path| path.extension().is_some_and(|end| end == "json"));
        record.ok_or_else(|| "no record".to_owned())
    }

    /// Closes the window.
    pub async fn close(&mut self) -> Outcome {
        drop(self.session.take());
        self.folder_is_free().await
    }

    /// The old window's session ends in its own time, and holds the folder until then.
    async fn folder_is_free(&self) -> Outcome {
        let data = self.data();
        eventually("the folder to be free", PATIENCE, async || {
            DataFolder::open(&data, "mailgrant drift data").ok().map(drop)
        })
        .await
    }

    /// Where the connections are kept.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Where a check of the connection is made.
    pub async fn check(&self, asked: &Asked, language: Language) -> Answer {
        let mut organisation = Organisation::from(&*self.handle);
        if let Some(instead) = &self.instead {
            organisation.origin.clone_from(instead);
        }
        let place = Place {
            organisation: &organisation,
            reader: self.reader.clone(),
            data: &self.data(),
            keychain: &self.keychain,
            clock: self.time.clock(),
            language,
        };
        check(place, asked).await
    }

    pub fn session(&mut self) -> &mut Headless {
        self.session.as_mut().unwrap()
    }

    pub fn account(&self) -> String {
        format!("{}/{}", self.connection, self.key)
    }

    pub fn in_keychain(&self, act: impl FnOnce(&Keychain)) {
        act(&Keychain::open(format!("{} practice", self.keychain)));
    }
}

fn session(handle: &Arc<Handle>, time: &Time, folder: &tempfile::TempDir, keychain: &str) -> Headless {
    let organisation = Organisation::from(&**handle);
    let path = |name: &str| folder.path().join(name);
    let start = Start {
        organisation: &organisation,
        reader: Reader::new("dana.reyes@contoso.example"),
        data: &path("data"),
        export: &path("export"),
        keychain,
        clock: time.clock(),
        trace: Trace::default(),
    };
    Headless::start_with(start, Some(path("profiles")))
}

/// A platform of the test's own, so that its needs can change.
fn write_profile(by: By, folder: &tempfile::TempDir, version: u32, more: &str) {
    let (method, scope, permission) = match by {
        By::Graph => ("graph-app-only", "rbac-for-applications", "Mail.ReadWrite"),
        By::MailProgram => ("mail-protocols", "mailbox-permission", "IMAP.AccessAsApp"),
    };
    let profile = format!(
        r#"id = "drift-desk"
name = "Drift Desk"
vendor = "Drift"
version = {version}
summary = "A help desk."
last-verified = 2026-11-22
methods = ["{method}"]
scope-methods = ["{scope}"]
apps = 1
form = [{{ label = "Client ID", field = "client-id" }}, {{ label = "Secret", field = "secret-value" }}]
next-steps = ["Enter the values."]

[[permissions]]
permission = "{permission}"
reason = "to read and file"
{more}
[credential]
longest-months = 24
usual-months = 12
"#
    );
    std::fs::write(folder.path().join("profiles/drift-desk.toml"), profile).unwrap();
}
