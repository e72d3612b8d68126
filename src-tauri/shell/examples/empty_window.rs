//! The smallest Tauri program with our configuration: one window with a blank page. `cargo xtask bench` measures the
//! wizard's start against it.
//!
//! It says when it is ready as the wizard does: from the start of the program to a command that the page sends once
//! it has drawn two frames. The end of loading would be no equal, because nothing is drawn by then. Its window is
//! visible from the start, as that of an ordinary Tauri program is.

use std::borrow::Cow;
use std::time::Instant;

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{App, Assets, Runtime, State, WebviewWindowBuilder};

const PAGE: &str =
    "<!doctype html><html lang=\"en\"><title>Empty</title><script src=\"/empty.js\" defer></script></html>";
const SCRIPT: &str =
    "requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke('painted')));";

struct Started(Instant);

/// The blank page and its one line of script, in place of the wizard's pages.
struct Blank;

impl<R: Runtime> Assets<R> for Blank {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        let text = match key.as_ref() {
            "/index.html" => PAGE,
            "/empty.js" => SCRIPT,
            _ => return None,
        };
        Some(Cow::Borrowed(text.as_bytes()))
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        let all = [("/index.html", PAGE), ("/empty.js", SCRIPT)];
        Box::new(
            all.into_iter()
                .map(|(name, text)| (Cow::Borrowed(name), Cow::Borrowed(text.as_bytes()))),
        )
    }

    fn csp_hashes(&self, _html_path: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

/// The page is drawn. It has the name of the wizard's own command, so that the capabilities allow it.
#[tauri::command]
fn painted(started: State<'_, Started>) {
    use std::io::Write as _;
    let milliseconds = started.0.elapsed().as_millis();
    // Whoever measures has to listen; nobody else starts this.
    let _ = writeln!(std::io::stdout(), "{{\"paintedMs\":{milliseconds}}}");
}

fn open(app: &App) -> Result<(), Box<dyn std::error::Error>> {
    let config = app.config().app.windows.first();
    let config = config.ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, config)?
        .visible(true)
        .build()?;
    Ok(())
}

fn main() -> tauri::Result<()> {
    let started = Instant::now();
    let mut context = tauri::generate_context!();
    context.set_assets(Box::new(Blank));
    tauri::Builder::default()
        .manage(Started(started))
        .invoke_handler(tauri::generate_handler![painted])
        .setup(|app| open(app))
        .run(context)
}
