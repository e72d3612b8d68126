//! Stands where `rpc::session` will: the first screen, and nothing behind it.

use std::path::{Path, PathBuf};
use std::pin::Pin;

use microsoft::cloud::Cloud;
use rpc::request::{Request, Submit};
use rpc::view::{Button, ButtonKind, Content, EndsWith, Frame, Page, View};

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A running practice organisation.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "nobody signs in yet")]
pub struct Practice {
    /// Its endpoints and its root certificate.
    pub cloud: Cloud,
    /// The public key of its platform.
    pub platform_key: String,
}

/// What a session asks of the desktop.
#[expect(dead_code, reason = "the first screen asks for nothing yet")]
pub trait Host: Send + Sync {
    /// Shows a view.
    fn publish(&self, view: View);
    /// Opens a page in the browser.
    fn open_browser(&self, address: &str) -> Result<(), String>;
    /// Opens a folder in the file manager.
    fn open_folder(&self, folder: &Path) -> Result<(), String>;
    /// Puts a text on the clipboard.
    fn copy(&self, text: String) -> Result<(), String>;
    /// Lets the reader choose a folder.
    fn choose_folder(&self, start: PathBuf) -> Later<Option<PathBuf>>;
    /// Starts the practice organisation, or says where it runs.
    fn start_practice(&self) -> Later<Result<Practice, String>>;
}

/// One run of the window.
pub struct Session {
    host: Box<dyn Host>,
}

/// Begins a session.
pub fn start(host: Box<dyn Host>) -> Session {
    let session = Session { host };
    session.host.publish(session.view());
    session
}

impl Session {
    /// What the window shows.
    pub fn view(&self) -> View {
        View {
            revision: 1,
            title: String::from("Mailgrant"),
            frame: Frame {
                practice: None,
                connection: None,
                steps: Vec::new(),
                step_line: None,
                back: None,
                presenting: false,
                saved: None,
            },
            page: Page {
                heading: String::from("Connect your mail platform to Microsoft 365"),
                key: String::from("start"),
                lead: None,
                content: Content::Start {
                    facts: Vec::new(),
                    footnote: String::from("Nothing changes in Microsoft 365 until a button says so."),
                    ends_with: EndsWith {
                        title: String::from("What you end with"),
                        subtitle: String::from("A proof, not a promise"),
                        rows: Vec::new(),
                        lines: Vec::new(),
                    },
                    no_roles: None,
                },
                field_problems: Vec::new(),
                actions: vec![Button {
                    label: String::from("Start"),
                    kind: ButtonKind::Primary,
                    request: Request::StartReal,
                    icon: None,
                    full_label: None,
                }],
                action_note: None,
                busy: None,
                announcement: None,
            },
        }
    }

    /// A button or a link was pressed.
    pub fn act(&self, _request: Request) {
        self.host.publish(self.view());
    }

    /// A page was sent.
    pub fn submit(&self, _submit: Submit) {
        self.host.publish(self.view());
    }
}
