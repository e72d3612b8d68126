//! The tour: the real window, driven through a whole onboarding on the practice organisation, with a picture of every
//! screen.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

mod adoption;
mod certificate;
mod group;
mod platform;
mod renewal;

use std::path::Path;
use std::time::{Duration, Instant};

use journeys::eventually::eventually;
use journeys::reader::Reader;
use journeys::tour::{Tour, language, say};
use journeys::window::{Opening, Window, can_be_driven};
use serde_json::{Value, json};

/// What a person may have to do between "signed in" and "exported" for two mailboxes.
const MOST_ACTIONS: usize = 8;
/// The same by one part at a time: a page, a commit and a check for each.
const MOST_ACTIONS_BY_PARTS: usize = 15;
const ADMIN: &str = "dana.reyes@contoso.example";

#[tokio::test]
async fn a_whole_onboarding_in_the_real_window() {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin().unwrap();
    let mut dark = tour.beside("-dark");
    let mut by_parts = tour.beside("-by-parts");
    first_screens(&mut tour).await;
    // All wait for Microsoft's half hour, so they wait together.
    tokio::join!(
        in_the_light(&mut tour),
        in_the_dark(&mut dark),
        one_part_at_a_time(&mut by_parts)
    );
    assert!(tour.actions() <= MOST_ACTIONS, "{}", tour.actions());
    assert!(
        by_parts.actions() <= MOST_ACTIONS_BY_PARTS,
        "{}",
        by_parts.actions()
    );
    assert!(tour.taken() >= 12);
    assert!(dark.taken() >= 12);
}

/// A language that takes 40 % more room, with every page enlarged to twice its size, on a dark desktop: nothing is cut off,
/// nothing lies over anything else, and nothing scrolls sideways.
#[tokio::test]
async fn the_longest_language_fits_into_the_real_window() {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin_in("long").unwrap().enlarged(2.0);
    let data = tempfile::tempdir().unwrap();
    let window = window_speaking(data.path(), true, Some("en-XA".into())).await;
    onboard(&window, &mut tour, By::Plan).await;
    assert!(tour.taken() >= 12);
    let page = tour.pages.last().cloned().unwrap_or_default();
    assert!(
        page.contains("<html lang=\"en-XA\""),
        "the page says another language"
    );
}

/// The onboarding with everything that is looked at on the way, and what comes after it.
async fn in_the_light(tour: &mut Tour) {
    let data = tempfile::tempdir().unwrap();
    let window = window_on_practice(data.path(), false).await;
    onboard(&window, tour, By::Plan).await;
    say(&format!("actions from signed in to exported: {}", tour.actions()));
    if let Some(memory) = memory(&data.path().display().to_string()) {
        say(&format!(
            "memory of the main process, practice organisation included (debug build): {memory}"
        ));
    }
    exported_files(&window, tour, data.path()).await;
    drop(window);
    let mut tour = tour.beside("-dark");
    afterwards(&mut tour, data.path()).await;
}

/// The same onboarding on a dark desktop.
async fn in_the_dark(tour: &mut Tour) {
    let data = tempfile::tempdir().unwrap();
    let window = window_on_practice(data.path(), true).await;
    onboard(&window, tour, By::Plan).await;
    exported_files(&window, tour, data.path()).await;
}

/// The careful way: a page, a commit and a check for each part of the plan.
async fn one_part_at_a_time(tour: &mut Tour) {
    let data = tempfile::tempdir().unwrap();
    let window = window_on_practice(data.path(), false).await;
    onboard(&window, tour, By::Parts).await;
    say(&format!(
        "actions from signed in to exported, one part at a time: {}",
        tour.actions()
    ));
}

/// How the plan is carried out.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Plan,
    Parts,
}

/// The wizard as `cargo xtask run` opens it.
async fn window_on_practice(data: &Path, dark: bool) -> Window {
    window_speaking(data, dark, language()).await
}

/// A part of the tour as everybody may see it: in light and enlarged, in dark, and in the longest language on an enlarged page.
/// `drive` is told where the pictures go, whether it is dark, the language, and whether each page is enlarged as well.
async fn seen_in_each(name: &str, drive: impl AsyncFn(&mut Tour, bool, Option<String>, bool)) {
    if !can_be_driven() {
        return;
    }
    let mut tour = Tour::begin_in(name).unwrap();
    let mut dark = tour.beside("-dark");
    let mut long = tour.beside("-long").enlarged(2.0);
    // The dark in its usual size is for whoever looks at the pictures; what no screen may break is seen in the other two.
    let looked_at = std::env::var_os("MAILGRANT_TOUR").is_some();
    tokio::join!(
        drive(&mut tour, false, language(), true),
        async {
            if looked_at {
                drive(&mut dark, true, language(), false).await;
            }
        },
        drive(&mut long, true, Some("en-XA".into()), false)
    );
}

/// The same, in a language.
async fn window_speaking(data: &Path, dark: bool, language: Option<String>) -> Window {
    let mut arguments = vec!["--practice".to_owned()];
    arguments.extend(speaking(language));
    let opening = Opening {
        arguments,
        ..opening(data, dark)
    };
    Window::open(opening).await.unwrap()
}

/// The words on the command line for a language.
fn speaking(language: Option<String>) -> Vec<String> {
    language
        .map(|tag| vec!["--language".to_owned(), tag])
        .unwrap_or_default()
}

/// The resident memory of the wizard that works in this folder, as the kernel tells it.
fn memory(folder: &str) -> Option<String> {
    std::fs::read_dir("/proc")
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .find_map(|process| {
            let command = std::fs::read_to_string(process.join("cmdline")).ok()?;
            let ours = command.contains(folder) && command.split('\0').next()?.ends_with("/mailgrant");
            let status = std::fs::read_to_string(process.join("status"))
                .ok()
                .filter(|_| ours)?;
            Some(
                status
                    .lines()
                    .find_map(|line| line.strip_prefix("VmRSS:"))?
                    .trim()
                    .to_owned(),
            )
        })
}

fn opening(data: &Path, dark: bool) -> Opening {
    Opening {
        data: Some(data.join("data")),
        dark,
        environment: vec![
            ("XDG_DOCUMENTS_DIR", data.join("documents").into()),
            ("HOME", data.into()),
        ],
        ..Opening::default()
    }
}

async fn first_screens(tour: &mut Tour) {
    for dark in [false, true] {
        let window = Window::open(Opening {
            dark,
            arguments: speaking(language()),
            ..Opening::default()
        })
        .await
        .unwrap();
        tour.take(&window, if dark { "01-start-dark" } else { "01-start" })
            .await
            .unwrap();
        let help = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('act', { request: { kind: 'help' }, revision: 0 }).then(() => done(null));";
        window.client().execute_async(help, vec![]).await.unwrap();
        window.wait_for_page("help").await.unwrap();
        tour.take(&window, if dark { "00-help-dark" } else { "00-help" })
            .await
            .unwrap();
        window.press_primary().await.unwrap();
        window.wait_for_page("start").await.unwrap();
        if !dark {
            window.zoom(2.0).await.unwrap();
            tour.take(&window, "01-start-zoom-200").await.unwrap();
        }
    }
}

/// Presses the filled button, as one action.
async fn press(window: &Window, tour: &mut Tour) {
    window.press_primary().await.unwrap();
    tour.action();
}

/// Pastes into a field, as one action.
async fn paste(window: &Window, tour: &mut Tour, id: &str, text: &str) {
    window.paste(id, text).await.unwrap();
    tour.action();
}

/// How high the action bar is, in pixels, once nothing moves.
async fn bar_height(window: &Window) -> u64 {
    let measure = async || {
        window
            .run(
                "return document.querySelector('[data-part=bar]').offsetHeight",
                Vec::new(),
            )
            .await
    };
    let height = window.measured("the action bar", measure).await.unwrap();
    height.as_u64().unwrap()
}

async fn onboard(window: &Window, tour: &mut Tour, by: By) {
    settled(window, "platform").await;
    window.press_primary().await.unwrap();
    window
        .wait_for("a word about the missing choice", |view| {
            view["page"]["fieldProblems"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        })
        .await
        .unwrap();
    tour.take(window, "02-platform-nothing-chosen").await.unwrap();
    window
        .choose_value("platform", "sinch-contact-pro")
        .await
        .unwrap();
    tour.take(window, "02-platform").await.unwrap();
    window.press_primary().await.unwrap();
    window.wait_for_page("method").await.unwrap();
    tour.take(window, "03-method").await.unwrap();
    window.press_primary().await.unwrap();
    window.wait_for_page("sign-in").await.unwrap();
    tour.take(window, "04-sign-in").await.unwrap();
    let seen = window.browser().opened().len();
    let bar = bar_height(window).await;
    window.press_primary().await.unwrap();
    let address = window.browser().next(seen).await.unwrap();
    window
        .wait_for("the address to open by hand", |view| {
            view["page"]["content"]["waiting"]["address"].is_string()
        })
        .await
        .unwrap();
    tour.take(window, "04-sign-in-waiting").await.unwrap();
    assert_eq!(
        bar_height(window).await,
        bar,
        "the action bar moves under the pointer"
    );
    window.zoom(2.0).await.unwrap();
    tour.take(window, "04-sign-in-waiting-zoom-200").await.unwrap();
    window.zoom(1.0).await.unwrap();
    Reader::new(ADMIN).visit(&address).await.unwrap();
    window.wait_for_page("signed-in").await.unwrap();
    let begun = Instant::now();
    tour.signed_in();
    tour.take(window, "05-signed-in").await.unwrap();

    press(window, tour).await;
    window.wait_for_page("mailboxes").await.unwrap();
    tour.take(window, "06-mailboxes-empty").await.unwrap();
    typo(window, tour).await;
    paste(
        window,
        tour,
        "allowed",
        "Support <support@contoso.example>; billing@contoso.example",
    )
    .await;
    paste(window, tour, "refused", "ceo@contoso.example").await;
    let before = primary_place(window).await;
    press(window, tour).await;
    window.wait_for_page("plan").await.unwrap();
    tour.take(window, "07-plan").await.unwrap();
    let commit = primary_place(window).await;
    assert!(
        commit.0 >= before.1 || commit.1 <= before.0,
        "the commit stands where the button before it stood: {before:?}, {commit:?}"
    );
    window.zoom(2.0).await.unwrap();
    tour.take(window, "07-plan-zoom-200").await.unwrap();
    window.zoom(1.0).await.unwrap();
    match by {
        By::Plan => press(window, tour).await,
        By::Parts => part_by_part(window, tour).await,
    }
    settled(window, "verify").await;
    tour.take(window, "11-verify-waiting").await.unwrap();
    // Microsoft's half hour, thirty seconds here; the wizard looks by itself when it is due.
    let proven = eventually("the proof", Duration::from_secs(150), async || {
        let view = window.view().await.ok()?;
        (view["page"]["actions"][0]["request"]["kind"] == "continue").then_some(())
    });
    proven.await.unwrap();
    settled(window, "verify").await;
    tour.take(window, "11-verify-proven").await.unwrap();
    in_other_ways(window, tour).await;
    press(window, tour).await;
    window.wait_for_page("export").await.unwrap();
    tour.take(window, "12-export").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("exported").await.unwrap();
    tour.take(window, "13-exported").await.unwrap();
    let actions = tour.actions();
    afterwards_on_the_plan(window, tour).await;
    assert_eq!(
        tour.actions(),
        actions,
        "what is looked at afterwards isn't counted"
    );
    say(&format!(
        "seconds from signed in to exported, Microsoft's waits shortened: {}",
        begun.elapsed().as_secs()
    ));
}

/// Each part on its own page.
async fn part_by_part(window: &Window, tour: &mut Tour) {
    window
        .press_at("[data-part=bar] [data-request=go-to]")
        .await
        .unwrap();
    tour.action();
    window.wait_for_page("app").await.unwrap();
    tour.take(window, "08-app-plan").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("app-done").await.unwrap();
    tour.take(window, "08-app-done").await.unwrap();
    press(window, tour).await;
    settled(window, "permissions").await;
    tour.take(window, "08-permissions").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("secret").await.unwrap();
    tour.take(window, "09-secret-plan").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("secret-done").await.unwrap();
    tour.take(window, "09-secret-done").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("limit").await.unwrap();
    tour.take(window, "10-limit-plan").await.unwrap();
    press(window, tour).await;
    window.wait_for_page("limit-done").await.unwrap();
    tour.take(window, "10-limit-done").await.unwrap();
    press(window, tour).await;
}

/// The plan from the rail: what is true of each part, with the way back.
async fn afterwards_on_the_plan(window: &Window, tour: &mut Tour) {
    let exported = window.view().await.unwrap();
    window
        .run(
            "document.querySelector(\"button[data-step='plan']\").click()",
            vec![],
        )
        .await
        .unwrap();
    settled(window, "plan-done").await;
    tour.take(window, "14-plan-done").await.unwrap();
    window.zoom(2.0).await.unwrap();
    tour.take(window, "14-plan-done-zoom-200").await.unwrap();
    window.zoom(1.0).await.unwrap();
    window
        .run(
            "document.querySelector(\"button[data-step='export']\").click()",
            vec![],
        )
        .await
        .unwrap();
    let back = settled(window, "exported").await;
    assert_eq!(back["page"]["lead"], exported["page"]["lead"]);
}

/// Where the filled button begins and ends, from the left, in pixels.
async fn primary_place(window: &Window) -> (u64, u64) {
    let measure = async || {
        let place =
            "const at = document.querySelector(\"[data-part=bar] button[data-kind='primary']\").getBoundingClientRect();
            return [Math.round(at.left), Math.round(at.right)]";
        window.run(place, Vec::new()).await
    };
    let place = window.measured("the filled button", measure).await.unwrap();
    (place[0].as_u64().unwrap(), place[1].as_u64().unwrap())
}

/// A typo on the way, which is not part of the count: a list with it, its repair, and everything taken off again.
async fn typo(window: &Window, tour: &mut Tour) {
    window
        .paste(
            "allowed",
            "Biling Team <biling@contoso.example>, o'brien@contoso.example; nonsense",
        )
        .await
        .unwrap();
    window.run("document.querySelector('[data-request=add-mailboxes][data-list=allowed], button[data-list=allowed]').click()", vec![]).await.unwrap();
    window
        .wait_for("the list to be read", |view| {
            view["page"]["content"]["allowed"]["rows"]
                .as_array()
                .is_some_and(|rows| rows.len() == 3)
        })
        .await
        .unwrap();
    settled(window, "mailboxes").await;
    tour.take(window, "06-mailboxes-typo").await.unwrap();
    window.press_at("[data-asks=allowed]").await.unwrap();
    // It asks first.
    window
        .press_at("[data-request=remove-all-mailboxes]")
        .await
        .unwrap();
    window
        .wait_for("an empty list", |view| {
            view["page"]["content"]["allowed"]["rows"]
                .as_array()
                .is_some_and(Vec::is_empty)
        })
        .await
        .unwrap();
}

/// The proof as a presenter, with the page enlarged, and in a small window.
async fn in_other_ways(window: &Window, tour: &mut Tour) {
    for on in [true, false] {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('act', { request: { kind: 'set-presenting', on: arguments[0] }, revision: 0 }).then(() => done(null));";
        window
            .client()
            .execute_async(script, vec![json!(on)])
            .await
            .unwrap();
        window
            .wait_for("presenting mode", |view| view["frame"]["presenting"] == on)
            .await
            .unwrap();
        if on {
            tour.take(window, "11-verify-presenting").await.unwrap();
            let page = tour.pages.last().cloned().unwrap_or_default();
            for name in ["contoso", "support@", "ceo@", "Dana"] {
                assert!(!page.contains(name), "presenting mode shows {name}");
            }
        }
    }
    window.zoom(2.0).await.unwrap();
    tour.take(window, "11-verify-zoom-200").await.unwrap();
    window.zoom(1.0).await.unwrap();
    window.resize(720, 540).await.unwrap();
    tour.take(window, "11-verify-small").await.unwrap();
    window.resize(1080, 760).await.unwrap();
}

async fn settled(window: &Window, page: &str) -> Value {
    at_rest(window, page, |key| key == page).await
}

/// A page with such a key, once nothing is under way on it.
async fn at_rest(window: &Window, which: &str, is: impl Fn(&str) -> bool) -> Value {
    window
        .wait_for(&format!("the page {which} at rest"), |view| {
            let key = view["page"]["key"].as_str().unwrap_or_default();
            is(key) && view["page"]["busy"].is_null()
        })
        .await
        .unwrap()
}

/// The bundle opens with the platform's key and with nothing of ours, and the secret in it is nowhere else.
async fn exported_files(window: &Window, tour: &Tour, data: &Path) {
    let view = window.view().await.unwrap();
    let folder = data.join("data/export");
    let mut sealed = None;
    for file in view["page"]["content"]["files"].as_array().unwrap() {
        let name = file["name"].as_str().unwrap();
        std::fs::copy(folder.join(name), tour.folder().join(name)).unwrap();
        if name.ends_with(".age") {
            sealed = Some(folder.join(name));
        }
    }
    let sealed = sealed.unwrap();
    let identity = data.join("data/practice/platform-identity.txt");
    let opened = tokio::process::Command::new("age")
        .arg("-d")
        .arg("-i")
        .arg(&identity)
        .arg(&sealed)
        .output()
        .await
        .unwrap();
    assert!(
        opened.status.success(),
        "{}",
        String::from_utf8_lossy(&opened.stderr)
    );
    let connection: Value = serde_json::from_slice(&opened.stdout).unwrap();
    assert_eq!(connection["practice"], true);
    let secret = connection["credential"]["value"].as_str().unwrap();
    assert!(secret.len() >= 16);
    assert!(
        tour.pages.iter().all(|page| !page.contains(secret)),
        "the secret stood in a page"
    );
    say("age -d opens the sealed file; the secret in it stood on no screen");
}

/// The list of connections, and the same connection in the dark.
async fn afterwards(tour: &mut Tour, data: &Path) {
    let arguments = speaking(language());
    let opening = Opening {
        arguments,
        ..opening(data, true)
    };
    let window = Window::open(opening).await.unwrap();
    window.wait_for_page("connections").await.unwrap();
    tour.take(&window, "15-connections").await.unwrap();
    window.press_at("[data-request=open-connection]").await.unwrap();
    window.wait_for_page("exported").await.unwrap();
}
