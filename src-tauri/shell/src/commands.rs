//! The four things that the window can call. None of them decides anything.
//!
//! They run in the order in which the window sends them, because Tauri runs plain commands one after another on its
//! main thread; therefore a session only takes note of what is asked and answers later with a new view.

use rpc::request::{Request, Submit};
use rpc::session::Session;
use rpc::view::View;
use tauri::{AppHandle, State};

use crate::window;
use crate::window_key::WindowKey;

/// What the window shows now.
#[tauri::command]
pub fn view(session: State<'_, Session>) -> View {
    session.view()
}

/// A button or a link was pressed, on the view of this revision.
#[tauri::command]
pub fn act(session: State<'_, Session>, request: Request, revision: u32) {
    session.act(request, revision);
}

/// A page was sent with what was typed in it, a passphrase sealed.
#[tauri::command]
pub fn submit(session: State<'_, Session>, key: State<'_, WindowKey>, submit: Submit) {
    session.submit(key.open(submit));
}

/// The first page is drawn.
#[tauri::command]
pub fn painted(app: AppHandle) {
    window::painted(&app);
}
