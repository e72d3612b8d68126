//! Tauri and nothing else: the window, its commands, the browser, the dialogs, the data folder. No decisions.

pub mod browser;
pub mod check;
pub mod clipboard;
pub mod commands;
pub mod hardening;
pub mod host;
pub mod options;
pub mod practice_organisation;
pub mod profile;
pub mod single_instance;
pub mod window;
pub mod window_key;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use domain::trace::Trace;
use jiff::tz::TimeZone;
use journey::Clock;
use rpc::languages::Languages;
use rpc::session;
use tauri::{App, Manager as _, RunEvent};

use crate::options::Options;
use crate::practice_organisation::PracticeOrganisation;
use crate::window_key::WindowKey;

/// Runs the wizard until its window is closed.
pub fn run(options: Options) -> tauri::Result<()> {
    let started = Instant::now();
    hardening::apply();
    let context = context();
    let mut builder = tauri::Builder::default();
    // First of the plugins: a second start has to end before it touches anything.
    if let Some(watch) = single_instance::watch(&options, &context.config().identifier) {
        builder = builder.plugin(watch);
    }
    let app = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            commands::view,
            commands::act,
            commands::submit,
            commands::painted
        ])
        .manage(window::Paint::new(started, options.report_paint))
        .manage(clipboard::Clipboard::default())
        .setup(move |app| {
            let data = match &options.data {
                Some(folder) => std::path::absolute(folder)?,
                // Not the roaming folder of Windows: what was made here belongs to this computer.
                None => app.path().app_local_data_dir()?,
            };
            app.manage(PracticeOrganisation::new(
                data.join("practice"),
                options.mailboxes,
            ));
            let desktop = Box::new(host::Desktop::new(app.handle().clone()));
            let begin = session_options(app, &options, data.clone())?;
            // A session lives on the runtime that it is started on. It is there before the window that asks it.
            let session = tauri::async_runtime::block_on(async { session::start(desktop, begin) });
            let title = session.view().title;
            app.manage(session);
            let key = WindowKey::new()?;
            let script = key.script();
            app.manage(key);
            window::open(app, driven_storage(&data).as_deref(), &script)?.set_title(&title)?;
            if options.practice {
                prepare_practice(app.handle().clone());
            }
            Ok(())
        })
        .build(context)?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            tauri::async_runtime::block_on(app.state::<PracticeOrganisation>().stop());
        }
    });
    Ok(())
}

/// What the program is: its identifier, its windows and what they show. Nothing is started by it.
fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// What the session is told about this computer.
fn session_options(app: &App, options: &Options, data: PathBuf) -> tauri::Result<session::Options> {
    let paths = app.path();
    // A folder that is named holds everything, so that a test leaves nothing elsewhere.
    let (export, profiles) = match options.data {
        Some(_) => (data.join("export"), data.join("profiles")),
        None => (
            paths.document_dir().or_else(|_| paths.home_dir())?,
            paths.app_config_dir()?.join("profiles"),
        ),
    };
    let identifier = app.config().identifier.clone();
    Ok(of_this_computer(options, identifier, [data, export, profiles]))
}

/// The same for these folders: of what is kept, of exported files and of further profiles.
fn of_this_computer(
    options: &Options,
    identifier: String,
    [data, export, profiles]: [PathBuf; 3],
) -> session::Options {
    session::Options {
        data,
        export,
        profiles: Some(profiles),
        keychain: identifier,
        clock: Clock::system(),
        zone: TimeZone::system(),
        languages: Languages {
            system: sys_locale::get_locales().collect(),
            instead: options.language,
        },
        trace: Trace::default(),
        read_in: READ_IN,
        cloud: options.cloud.unwrap_or_default(),
        practice: options.practice,
    }
}

/// How long a page has to stand before anything on it changes an organisation. A little less than the window keeps such
/// buttons from being pressed (`ui/src/guard.ts`), so that it shows only where that fails.
const READ_IN: Duration = Duration::from_millis(500);

/// Starts the practice organisation as soon as the window is painted, so that it is there when it is asked for.
fn prepare_practice(app: tauri::AppHandle) {
    tauri::async_runtime::spawn(async move {
        app.state::<window::Paint>().awaited().await;
        // Whoever asks for it gets the reason of a failure; here nobody does.
        let _ = app.state::<PracticeOrganisation>().addresses().await;
    });
}

/// Where a web view that is driven by a test keeps its own files; none in an ordinary run.
fn driven_storage(data: &Path) -> Option<PathBuf> {
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true");
    driven.then(|| data.join("driven-web-view"))
}
