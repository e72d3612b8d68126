//! What the made-up change, method and operation are to the floors above, which were written without them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use calls::powershell;
use domain::app_key::AppKey;
use domain::ids::ConnectionId;
use domain::message::Part;
use domain::permission::Method;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use plan::changes::{Change, Known, RenameApp};
use plan::compare::compare;
use plan::observed::{Observed, Owner, Principal, Registration, Seen, SeenApp};
use plan::operations::{Gate, Operation, phases};
use plan::route::{Asked, Station, route};
use plan::wanted::Answers;
use rpc::host::{Host, Later, Outside, Practice};
use rpc::request::{Request, Submit};
use rpc::session::{Options, Session, start};
use rpc::view::{Content, View};
use words::{Language, Speaker};

#[test]
fn the_windows_types_are_as_they_were() {
    let committed = std::fs::read_to_string(std::env::var_os("MAILGRANT_BINDINGS").unwrap()).unwrap();
    assert!(rpc::bindings::typescript() == committed);
}

#[test]
fn the_change_stands_in_the_plan_of_the_operation_in_every_language() {
    let (key, connection) = (AppKey::default(), ConnectionId(uuid::Uuid::nil()));
    let answers = Answers {
        groups: Default::default(),
        method: Method::CarrierPigeon,
        platform: "The Loft".into(),
        permissions: Default::default(),
        mailboxes: BTreeMap::from([(key.clone(), Default::default())]),
        credential: domain::credential::CredentialKind::Secret,
        days: 1,
        in_use: BTreeMap::new(),
        granted: BTreeMap::new(),
        switch_on: Default::default(),
    };
    let tag = plan::names::Names::new(connection, key.clone()).tag();
    let mut observed = Observed {
        apps: [(
            key.clone(),
            SeenApp {
                registration: Seen::Known(Some(Registration {
                    object: None,
                    client: None,
                    name: "Mailgrant: The Loft".into(),
                    owner: Owner::Ours,
                    tags: Default::default(),
                    audience: String::new(),
                })),
                principal: Seen::Known(Some(Principal {
                    id: None,
                    tags: [tag].into(),
                })),
                ..SeenApp::nothing()
            },
        )]
        .into(),
        ..Observed::default()
    };
    let phases = phases(Operation::SwitchMethod, connection, &answers, &observed);
    assert_eq!(
        route(Operation::SwitchMethod, Asked { method: true }, &phases),
        [
            Station::SignIn,
            Station::Change(0),
            Station::Pass(Gate::PlatformMoved)
        ]
    );
    let changes = compare(&phases[0].wanted, &observed).changes();
    let name = "Pigeons of The Loft".to_owned();
    assert_eq!(changes, [(key.clone(), Change::RenameApp(RenameApp { name }))]);
    let change = &changes[0].1;
    let said = change.said(&Known {
        before: &observed.apps[&key],
        address: &|_| None,
        replaced: &Default::default(),
        held: &Default::default(),
    });
    for language in Language::CHOICES {
        let speaker = Speaker::new(*language, TimeZone::UTC, Timestamp::UNIX_EPOCH);
        assert_eq!(speaker.say(&said), "A made-up name");
        assert_eq!(
            speaker.part(&said, Part::Text).as_deref(),
            Some("Pigeons of The Loft")
        );
    }
    let lines: Vec<String> = change.calls().iter().map(powershell::line).collect();
    assert!(
        lines.len() == 1 && lines[0].contains("Pigeons of The Loft"),
        "{lines:?}"
    );
    change.effect(&key, &mut observed);
    assert!(compare(&phases[0].wanted, &observed).settled());
}

/// A window that shows itself to a test.
struct Window(Sender<View>);

impl Outside for Window {
    fn open_browser(&self, _address: &str) -> Result<(), String> {
        Ok(())
    }
    fn start_practice(&self) -> Later<Result<Practice, String>> {
        Box::pin(async { Err("nobody practises".into()) })
    }
}

impl Host for Window {
    fn publish(&self, view: View) {
        drop(self.0.send(view));
    }
    fn open_folder(&self, _folder: &Path) -> Result<(), String> {
        Ok(())
    }
    fn copy(&self, _text: String) -> Result<(), String> {
        Ok(())
    }
    fn choose_folder(&self, _start: PathBuf) -> Later<Option<PathBuf>> {
        Box::pin(async { None })
    }
}

fn until(views: &Receiver<View>, page: &str) -> View {
    loop {
        let view = views.recv_timeout(Duration::from_secs(30));
        let view = view.unwrap_or_else(|_| panic!("no page {page} comes"));
        assert!(!view.page.key.starts_with("problem"), "{:?}", view.page);
        if view.page.key == page && view.page.busy.is_none() {
            return view;
        }
    }
}

/// Presses something and waits for a page.
fn press(session: &Session, views: &Receiver<View>, request: Request, page: &str) -> View {
    session.act(request, session.view().revision);
    until(views, page)
}

fn choose(session: &Session, views: &Receiver<View>, value: &str, page: &str) -> View {
    session.submit(Submit::Choose {
        value: Some(value.into()),
        name: String::new(),
        access: Vec::new(),
    });
    until(views, page)
}

#[test]
fn the_window_offers_the_method_and_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = folder.path().join("profiles");
    std::fs::create_dir(&profiles).unwrap();
    std::fs::write(profiles.join("loft.toml"), include_str!("profile.toml")).unwrap();
    let (shown, views) = channel();
    let session = start(
        Box::new(Window(shown)),
        Options {
            data: folder.path().join("data"),
            export: folder.path().join("export"),
            profiles: Some(profiles),
            keychain: format!("mailgrant made-up {}", std::process::id()),
            clock: journey::Clock::system(),
            zone: TimeZone::UTC,
            languages: Default::default(),
            trace: Default::default(),
            read_in: Duration::ZERO,
            cloud: domain::cloud::CloudId::Global,
            practice: false,
        },
    );
    press(&session, &views, Request::StartReal, "platform");
    let asked = choose(&session, &views, "loft", "method");
    let Content::Choose { choices, .. } = &asked.page.content else {
        panic!("{:?}", asked.page)
    };
    let pigeons = choices
        .iter()
        .find(|choice| choice.value == "carrier-pigeon")
        .unwrap();
    assert_eq!(pigeons.title, "Carrier pigeons");
    assert_eq!(pigeons.detail, "Made up. They find home by themselves.");
    assert_eq!(pigeons.tag, None);
    choose(&session, &views, "carrier-pigeon", "sign-in");
    let step = "method".to_owned();
    let again = press(&session, &views, Request::GoTo { step }, "method");
    let Content::Choose { chosen, .. } = &again.page.content else {
        panic!("{:?}", again.page)
    };
    assert_eq!(chosen.as_deref(), Some("carrier-pigeon"));
}
