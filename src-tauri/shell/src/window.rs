//! The one window: hidden until it is painted, and never anywhere but on our own page.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tauri::webview::NewWindowResponse;
use tauri::{App, AppHandle, Manager, WebviewWindow, WebviewWindowBuilder};
use tokio::sync::watch;
use url::Url;

/// The window's label in `tauri.conf.json` and in the capabilities.
pub const LABEL: &str = "main";

/// A window that never says it is painted is shown all the same, because an empty window can be closed and an
/// invisible one can't.
const SHOWN_AT_LATEST: Duration = Duration::from_secs(5);

/// Whether the window has painted, and since when it is awaited.
pub struct Paint {
    started: Instant,
    report: bool,
    shown: AtomicBool,
    painted: watch::Sender<bool>,
}

impl Paint {
    /// Begins to wait. `started` is the start of the program.
    pub fn new(started: Instant, report: bool) -> Self {
        Self {
            started,
            report,
            shown: AtomicBool::new(false),
            painted: watch::Sender::new(false),
        }
    }

    /// Waits until the window has painted: what is slow begins after it.
    pub async fn awaited(&self) {
        // The sender lives in `self`, so the channel can't be closed while it is awaited.
        let _ = self.painted.subscribe().wait_for(|painted| *painted).await;
    }

    fn painted(&self) {
        if !self.painted.send_replace(true) && self.report {
            use std::io::Write as _;
            let milliseconds = self.started.elapsed().as_millis();
            let _ = writeln!(std::io::stdout(), "{{\"paintedMs\":{milliseconds}}}");
        }
    }
}

/// Opens the window, hidden. `driven` is the folder for what a driven web view keeps, where one drives it; `script` runs
/// before the page does.
pub fn open(app: &App, driven: Option<&Path>, script: &str) -> tauri::Result<WebviewWindow> {
    let config = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == LABEL);
    let config = config.ok_or(tauri::Error::WindowNotFound)?;
    let mut builder = WebviewWindowBuilder::from_config(app, config)?
        // A file that is dropped is the page's to read: a list of mailboxes. Anywhere else the page refuses it.
        .disable_drag_drop_handler()
        .initialization_script(script)
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    if let Some(folder) = driven {
        // WebKitGTK gives a private web view a context of its own, which can't be driven.
        builder = builder.incognito(false).data_directory(folder.to_owned());
    }
    let window = builder.build()?;
    let app = app.handle().clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(SHOWN_AT_LATEST).await;
        show(&app);
    });
    Ok(window)
}

/// The window has drawn its first page: shows it, and lets what waited begin.
pub fn painted(app: &AppHandle) {
    show(app);
    app.state::<Paint>().painted();
}

/// Brings the window to the front, as a second start of the program does.
pub fn bring_to_front(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

fn show(app: &AppHandle) {
    let first = !app.state::<Paint>().shown.swap(true, Ordering::SeqCst);
    if first && let Some(window) = app.get_webview_window(LABEL) {
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// Whether an address is the window's own page. The host is compared whole, because a prefix or suffix can be had by
/// anybody (`tauri.localhost.evil.test`).
fn is_our_page(address: &Url) -> bool {
    let own = match address.scheme() {
        "tauri" => cfg!(not(windows)) && address.host_str() == Some("localhost"),
        "http" => cfg!(windows) && address.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    own && address.port().is_none() && address.username().is_empty() && address.password().is_none()
        || tauri::is_dev() && address.origin() == development_origin()
}

/// Where `tauri dev` serves the page; never looked at in a build that embeds it.
fn development_origin() -> url::Origin {
    Url::parse("http://localhost:1420").map_or_else(|_| url::Origin::new_opaque(), |url| url.origin())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_else() {
        let elsewhere = [
            "http://tauri.evil.test/",
            "http://tauri.localhost.evil.test/",
            "http://localhost/",
            "http://127.0.0.1:8080/",
            "https://login.microsoftonline.com/common",
            "tauri://localhost.evil.test/",
            "tauri://evil.test/localhost",
            "tauri://user@localhost/",
            "tauri://localhost:8080/",
            "asset://localhost/etc/passwd",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "blob:tauri://localhost/0",
            "about:srcdoc",
            "view-source:tauri://localhost/",
        ];
        for address in elsewhere {
            assert!(!is_our_page(&Url::parse(address).unwrap()), "{address}");
        }
    }

    #[cfg(not(windows))]
    #[test]
    fn its_own_page_is_allowed() {
        assert!(is_our_page(&Url::parse("tauri://localhost").unwrap()));
        assert!(is_our_page(&Url::parse("tauri://localhost/index.html").unwrap()));
    }

    #[tokio::test]
    async fn what_is_slow_begins_after_the_paint() {
        let paint = Paint::new(Instant::now(), false);
        let mut waiting = std::pin::pin!(paint.awaited());
        tokio::select! {
            biased;
            () = &mut waiting => panic!("it did not wait"),
            () = std::future::ready(()) => {}
        }
        paint.painted();
        waiting.await;
        paint.awaited().await;
    }
}
