//! Tauri and nothing else: the window, its commands, the browser, the dialogs, the data folder. No decisions.

pub mod browser;
pub mod clipboard;
pub mod commands;
pub mod data_folder;
pub mod hardening;
pub mod host;
pub mod options;
mod session;
pub mod single_instance;
pub mod window;

use std::path::PathBuf;
use std::time::Instant;

use tauri::Manager as _;

use crate::data_folder::DataFolder;
use crate::options::Options;

/// Runs the wizard until its window is closed.
pub fn run(options: Options) -> tauri::Result<()> {
    let started = Instant::now();
    hardening::apply();
    let context = tauri::generate_context!();
    let mut builder = tauri::Builder::default();
    // First of the plugins: a second start has to end before it touches anything.
    if let Some(watch) = single_instance::watch(&options, &context.config().identifier) {
        builder = builder.plugin(watch);
    }
    builder
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
            let folder = match &options.data {
                Some(folder) => std::path::absolute(folder)?,
                // Not the roaming folder of Windows: what was made here belongs to this computer.
                None => app.path().app_local_data_dir()?,
            };
            let folder = DataFolder::open(&folder)?;
            let driven = driven_storage(&folder);
            app.manage(folder);
            app.manage(session::start(Box::new(host::Desktop::new(app.handle().clone()))));
            window::open(app, driven.as_deref())?;
            Ok(())
        })
        .run(context)
}

/// Where a web view that is driven by a test keeps its own files; none in an ordinary run.
fn driven_storage(folder: &DataFolder) -> Option<PathBuf> {
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true");
    driven.then(|| folder.path().join("driven-web-view"))
}
