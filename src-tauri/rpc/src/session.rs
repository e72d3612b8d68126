//! One run of the window: takes requests one at a time, does what they ask, publishes what the window shows.
//!
//! A session is an actor. Requests come through a channel and are done in order; while something is under way only
//! what makes sense meanwhile is taken (giving a sign-in up, presenting mode), and a second press of a button is
//! dropped. What is due later, such as the look at an applied limit, is done by the same loop.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use domain::cloud::CloudId;
use domain::problem::Problem;
use domain::trace::Trace;
use engine::event::Tenancy;
use jiff::tz::TimeZone;
use journey::Clock;
use journey::data_folder::DataFolder;
use profiles::{Profile, ProfileError};
use tokio::sync::mpsc;
use words::Language;

use crate::desk::Desk;
use crate::host::Host;
use crate::languages::Languages;
use crate::request::{Request, Submit};
use crate::view::View;

/// What a session is started with.
pub struct Options {
    /// Where connections are kept.
    pub data: PathBuf,
    /// Where exported files go at first.
    pub export: PathBuf,
    /// A folder with further platform profiles, where there is one.
    pub profiles: Option<PathBuf>,
    /// The name under which the keychain keeps entries; practice has one of its own.
    pub keychain: String,
    /// The time.
    pub clock: Clock,
    /// The time zone for people.
    pub zone: TimeZone,
    /// What is known of the reader's language.
    pub languages: Languages,
    /// Who is told of remote calls and durable writes.
    pub trace: Trace,
    /// How long a page has to stand before anything on it changes an organisation: nobody reads a plan in less.
    pub read_in: Duration,
    /// The cloud of Microsoft's in which connections are begun, found and checked.
    pub cloud: CloudId,
    /// Whether to begin with the practice organisation: its last unfinished connection, or a new one.
    pub practice: bool,
}

/// What is asked of a session.
pub(crate) enum Asked {
    /// A request, and the revision of the view that it was pressed on.
    Act(Request, u32),
    Submit(Submit),
}

/// A handle to a running session.
#[derive(Clone)]
pub struct Session {
    asked: mpsc::UnboundedSender<Asked>,
    shown: Arc<Mutex<View>>,
}

impl Session {
    /// What the window shows now.
    pub fn view(&self) -> View {
        self.shown
            .lock()
            .map_or_else(|poisoned| poisoned.into_inner().clone(), |shown| shown.clone())
    }

    /// A button or a link was pressed, on the view of this revision. The answer is a new view.
    pub fn act(&self, request: Request, revision: u32) {
        // A session that ended shows nothing more.
        drop(self.asked.send(Asked::Act(request, revision)));
    }

    /// A page was sent. The answer is a new view.
    pub fn submit(&self, submit: Submit) {
        drop(self.asked.send(Asked::Submit(submit)));
    }
}

/// How much stack the session's thread has, in bytes.
const STACK: usize = 8 << 20;

/// What a window shows before a session told it anything.
pub fn first_view() -> View {
    Desk::blank(Language::default())
}

/// Starts a session on a thread of its own, with a runtime of its own: nothing that the window does can hold it up,
/// and the other way round.
pub fn start(host: Box<dyn Host>, options: Options) -> Session {
    let (asked, inbox) = mpsc::unbounded_channel();
    let (profiles, broken) = read_profiles(&options);
    let shown = Arc::new(Mutex::new(Desk::blank(options.languages.first(None))));
    let host: Arc<dyn Host> = Arc::from(host);
    let data = open_data(&options);
    let practice = options.practice;
    let mut desk = Desk::new(
        Arc::clone(&host),
        Arc::clone(&shown),
        options,
        data,
        Arc::new(profiles),
        broken,
        inbox,
    );
    desk.publish();
    let session = Session { asked, shown };
    // A request is one future inside another down to the last call, and an unoptimised build keeps each on the stack.
    let thread = std::thread::Builder::new().stack_size(STACK);
    let spawned =
        thread.spawn(
            move || match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime.block_on(run(desk, practice)),
                Err(error) => desk.fail_to_start(&error),
            },
        );
    // Without a thread nothing is ever answered, as before: the window shows its first page.
    drop(spawned);
    session
}

/// Opens the folder of connections, whose journals are signed with a key out of the keychain.
pub(crate) fn open_data(options: &Options) -> Result<DataFolder, Problem> {
    DataFolder::open(&options.data, &options.keychain)
}

/// The name under which the keychain keeps the secrets of an organisation.
pub(crate) fn keychain_of(options: &Options, tenancy: Tenancy) -> String {
    match tenancy {
        Tenancy::Practice => format!("{} practice", options.keychain),
        Tenancy::Real(_) => options.keychain.clone(),
    }
}

pub(crate) fn read_profiles(options: &Options) -> (Vec<Profile>, Vec<ProfileError>) {
    let (mut profiles, mut broken) = match profiles::shipped() {
        Ok(profiles) => (profiles, Vec::new()),
        Err(error) => (Vec::new(), vec![error]),
    };
    if let Some(folder) = options.profiles.as_ref().filter(|folder| folder.is_dir()) {
        let (added, errors) = profiles::load_folder(folder, profiles::is_shipped);
        profiles.extend(added);
        broken.extend(errors);
    }
    (profiles, broken)
}

async fn run(mut desk: Desk, practice: bool) {
    if practice {
        if fell(desk.begin_in_practice()).await {
            desk.fall();
        }
        drop_what_was_pressed_meanwhile(&mut desk);
        desk.publish();
    }
    loop {
        let asked = match desk.due_in() {
            None => desk.asked().await,
            Some(pause) => {
                let due = desk.wait(pause.max(Duration::from_millis(10)));
                tokio::select! {
                asked = desk.asked() => asked,
                () = due => {
                    if fell(desk.look_because_due()).await {
                        desk.fall();
                    }
                    drop_what_was_pressed_meanwhile(&mut desk);
                    desk.publish();
                    continue;
                }
                }
            }
        };
        let Some(asked) = asked else { return };
        if fell(desk.perform(asked)).await {
            desk.fall();
        }
        drop_what_was_pressed_meanwhile(&mut desk);
        desk.publish();
    }
}

/// Does something to its end, or to a panic in it: then `true`. A panic is a fault of ours. It ends what was asked for;
/// it must not end the session, because a window that takes no press any more tells nobody why.
async fn fell(act: impl Future<Output = ()>) -> bool {
    let mut act = pin!(act);
    // What the act left half-done is given up by the desk: nothing of it is used again.
    poll_fn(
        move |context| match catch_unwind(AssertUnwindSafe(|| act.as_mut().poll(context))) {
            Ok(polled) => polled.map(|()| false),
            Err(_) => Poll::Ready(true),
        },
    )
    .await
}

/// A button that was pressed again while its act was under way must not act on the next page.
fn drop_what_was_pressed_meanwhile(desk: &mut Desk) {
    if desk.was_busy() {
        desk.take_what_was_asked_meanwhile();
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::{Sender, channel};

    use super::*;
    use crate::host::{Later, Outside, Practice};
    use crate::view::Content;

    /// A host whose practice organisation is out of order in the worst way.
    struct Falling(Sender<View>);

    impl Outside for Falling {
        fn open_browser(&self, _address: &str) -> Result<(), String> {
            Ok(())
        }
        fn start_practice(&self) -> Later<Result<Practice, String>> {
            Box::pin(async { panic!("injected") })
        }
    }

    impl Host for Falling {
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

    #[test]
    fn a_panic_ends_what_was_asked_for_and_not_the_session() {
        let (shown, views) = channel();
        let folder = std::env::temp_dir().join(format!("mailgrant-{}", uuid::Uuid::new_v4()));
        let session = start(
            Box::new(Falling(shown)),
            Options {
                data: folder.join("data"),
                export: folder.join("export"),
                profiles: None,
                keychain: "mailgrant-test".into(),
                clock: Clock::system(),
                zone: TimeZone::UTC,
                languages: Languages::default(),
                trace: Trace::default(),
                read_in: Duration::ZERO,
                cloud: CloudId::Global,
                practice: false,
            },
        );
        let until = |wanted: fn(&View) -> bool| loop {
            let view = views
                .recv_timeout(Duration::from_secs(60))
                .expect("the session shows something more");
            if wanted(&view) {
                return view;
            }
        };
        // Twice: the session is as good after a panic as before it.
        for _ in 0..2 {
            session.act(Request::ShowStart, session.view().revision);
            until(|view| matches!(view.page.content, Content::Start { .. }));
            session.act(Request::StartPractice, session.view().revision);
            let fallen = until(|view| matches!(view.page.content, Content::Problem { .. }));
            assert!(
                matches!(&fallen.page.content, Content::Problem { code, .. } if code == "mailgrant.internal")
            );
            assert!(fallen.page.busy.is_none());
        }
        // What is left of it is a folder among temporary files.
        drop(std::fs::remove_dir_all(&folder));
    }
}
