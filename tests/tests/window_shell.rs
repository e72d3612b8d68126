//! The window itself, whatever it shows: what it may call, where it may go, and that it opens only once.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use fantoccini::key::Key;
use journeys::driver;
use journeys::eventually::{PATIENCE, eventually};
use journeys::stillness;
use journeys::window::{Opening, Window, can_be_driven};
use serde_json::{Value, json};

#[tokio::test]
async fn it_opens_on_its_first_page_without_complaints() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let view = window.view().await.unwrap();
    let heading = window
        .run("return document.querySelector('h1').textContent", vec![])
        .await
        .unwrap();
    assert_eq!(heading, view["page"]["heading"]);
    assert_eq!(window.complaints().await.unwrap(), Vec::<String>::new());
    window.close().await.unwrap();
}

#[tokio::test]
async fn it_is_dark_on_a_dark_desktop() {
    if !can_be_driven() {
        return;
    }
    for dark in [false, true] {
        let window = Window::open(Opening {
            dark,
            ..Opening::default()
        })
        .await
        .unwrap();
        let script = "return matchMedia('(prefers-color-scheme: dark)').matches";
        assert_eq!(window.run(script, vec![]).await.unwrap(), dark);
    }
}

#[tokio::test]
async fn it_can_be_made_small_and_enlarged() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    window.resize(720, 540).await.unwrap();
    let width = "return window.innerWidth";
    let before = window.run(width, vec![]).await.unwrap().as_u64().unwrap();
    window.zoom(2.0).await.unwrap();
    assert_eq!(
        window.run(width, vec![]).await.unwrap().as_u64(),
        Some(before / 2)
    );
    window.zoom(1.0).await.unwrap();
}

/// Enlarged, or in a low window, the whole page scrolls with its bar. The window is low before it is shown as well: what
/// was scrolled then came back when a page was enlarged.
#[tokio::test]
async fn an_enlarged_page_begins_with_its_heading() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    window.zoom(2.0).await.unwrap();
    assert_eq!(heading_is_cut(&window).await, Value::Null, "when it is enlarged");
    scroll_down(&window).await;
    window.zoom(1.0).await.unwrap();
    turn_to(&window, Key::F1, "help").await;
    window.zoom(2.0).await.unwrap();
    assert_eq!(heading_is_cut(&window).await, Value::Null, "on another page");
}

/// A page that comes by a key finds the focus on the heading of the page before, so that nothing scrolls to its own.
#[tokio::test]
async fn a_page_that_comes_begins_with_its_heading() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    window.zoom(2.0).await.unwrap();
    scroll_down(&window).await;
    turn_to(&window, Key::F1, "help").await;
    assert_eq!(
        heading_is_cut(&window).await,
        Value::Null,
        "where the whole page scrolls"
    );

    // In a high window only what is above the bar scrolls; the page comes while the window is low.
    window.zoom(1.0).await.unwrap();
    turn_to(&window, Key::Escape, "start").await;
    window.resize(1080, 540).await.unwrap();
    scroll_down(&window).await;
    window.zoom(2.0).await.unwrap();
    turn_to(&window, Key::F1, "help").await;
    turn_to(&window, Key::Escape, "start").await;
    window.zoom(1.0).await.unwrap();
    assert_eq!(
        heading_is_cut(&window).await,
        Value::Null,
        "where it scrolls above the bar"
    );
}

/// Scrolls to the page's end as a wheel does, which moves no focus.
async fn scroll_down(window: &Window) {
    let script = "const main = document.querySelector('main');
        const scrolled = [main, main.firstElementChild].filter((each) => each.scrollHeight > each.clientHeight);
        for (const each of scrolled) each.scrollTo(0, each.scrollHeight);
        return scrolled.some((each) => each.scrollTop > 0);";
    let measure = async || window.run(script, vec![]).await;
    assert_eq!(window.measured("a scroll", measure).await.unwrap(), true);
}

async fn turn_to(window: &Window, key: Key, page: &str) {
    window.keys(&char::from(key).to_string()).await.unwrap();
    window.wait_for_page(page).await.unwrap();
    // The session shows a page before the window has drawn it, and a key belongs to what is drawn.
    window.stand_still().await.unwrap();
}

/// Where the heading stands, if that isn't wholly in sight.
async fn heading_is_cut(window: &Window) -> Value {
    let script = "const main = document.querySelector('main').getBoundingClientRect();
        const heading = document.querySelector('h1').getBoundingClientRect();
        const seen = heading.top >= main.top && heading.bottom <= main.bottom;
        return seen ? null : `from ${heading.top} to ${heading.bottom}, in ${main.top} to ${main.bottom}`";
    let measure = async || window.run(script, vec![]).await;
    window.measured("the heading", measure).await.unwrap()
}

/// A page that fades in failed a tour once in three: what is measured has to stand still first.
#[tokio::test]
async fn what_moves_is_not_measured() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    // A line that is pale while its animation runs, and black on white once that has ended.
    let fade = "const line = document.createElement('p');
        line.id = 'fading'; line.textContent = 'Words that come slowly';
        line.style.color = '#000'; line.style.backgroundColor = '#fff';
        document.querySelector('[data-part=content]').append(line);
        line.animate([{ color: '#eee' }, { color: '#ddd' }], { duration: arguments[0] });";
    window.run(fade, vec![json!(60_000)]).await.unwrap();
    let met = journeys::accessibility::violations(window.client())
        .await
        .unwrap();
    assert!(
        met.iter().any(|broken| broken.id == "color-contrast"),
        "what moves would break nothing, so this test shows nothing: {met:?}"
    );
    window
        .run("document.getElementById('fading').remove()", vec![])
        .await
        .unwrap();
    window.run(fade, vec![json!(1_500)]).await.unwrap();
    assert_eq!(window.accessibility_violations().await.unwrap(), Vec::new());

    // A line that a script moves has no animation; two frames of it differ.
    let slide = "const line = document.getElementById('fading'); line.style.position = 'relative';
        const begun = performance.now();
        const step = () => {
            const left = 100 - Math.min(100, (performance.now() - begun) / 10);
            line.style.left = `${left}px`;
            if (left > 0) requestAnimationFrame(step); else line.dataset.rests = '';
        };
        step();";
    window.run(slide, vec![]).await.unwrap();
    window.stand_still().await.unwrap();
    let rests = window
        .run(
            "return 'rests' in document.getElementById('fading').dataset",
            vec![],
        )
        .await;
    assert_eq!(rests.unwrap(), true);

    // What changes while it is measured is measured again.
    let mut looks = 0;
    let words = window
        .measured("the words of a line", async || {
            looks += 1;
            let line = "const line = document.getElementById('fading'); const words = line.textContent;";
            let after = if looks == 1 {
                "line.textContent = 'Other words';"
            } else {
                ""
            };
            window.run(&format!("{line} {after} return words"), vec![]).await
        })
        .await;
    assert_eq!(words.unwrap(), "Other words");
    assert_eq!(looks, 2);
}

/// A view that has arrived and isn't drawn yet is not the page that is measured.
#[tokio::test]
async fn a_window_that_shows_the_view_before_last_does_not_stand_still() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let view = window.view().await.unwrap();
    let mut next = view.clone();
    next["revision"] = json!(view["revision"].as_u64().unwrap() + 1);
    let client = window.client();
    assert!(stillness::look(client, &view, false).await.is_ok());
    assert!(stillness::look(client, &next, false).await.is_err());
    assert!(stillness::look(client, &view, true).await.is_err());
    let mut busy = view.clone();
    busy["page"]["busy"] = json!({ "words": "Looking" });
    assert!(stillness::look(client, &busy, false).await.is_err());
}

/// T4: nothing leads the window away from its own page.
#[tokio::test]
async fn it_goes_nowhere_else() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let home = window.client().current_url().await.unwrap();
    window.run("window.stillHere = true", vec![]).await.unwrap();
    let elsewhere = [
        "http://tauri.evil.test/",
        "http://tauri.localhost.evil.test/",
        "http://localhost:9/",
        "http://127.0.0.1:9/",
        "http://[::1]:9/",
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "tauri://evil.test/",
        "asset://localhost/etc/passwd",
        "ipc://localhost/view",
        "file:///etc/passwd",
        "javascript:document.body.remove()",
        "data:text/html,<h1>elsewhere</h1>",
        "about:blank",
        "mailto:somebody@evil.test",
        "view-source:tauri://localhost/",
    ];
    for address in elsewhere {
        // Each way in which a page can be left, on its own: a script, a link, a link to a new window, a form.
        for way in [
            "location.href = arguments[0]",
            "const a = document.createElement('a'); a.href = arguments[0]; document.body.append(a); a.click(); a.remove()",
            "const a = document.createElement('a'); a.href = arguments[0]; a.target = '_blank';
             document.body.append(a); a.click(); a.remove()",
            "window.open(arguments[0])",
            "const f = document.createElement('form'); f.action = arguments[0]; document.body.append(f); f.submit();
             f.remove()",
        ] {
            // A refused address may also be an error of the script; what counts is where the window stands.
            let _ = window.run(way, vec![json!(address)]).await;
        }
        assert_eq!(window.client().current_url().await.unwrap(), home, "{address}");
        let here = window
            .run(
                "return window.stillHere === true && !!document.querySelector('h1')",
                vec![],
            )
            .await;
        assert_eq!(here.unwrap(), true, "{address}");
    }
    assert_eq!(window.client().windows().await.unwrap().len(), 1);
    assert_eq!(window.browser().opened(), Vec::<String>::new());
}

/// T28: whatever runs in the page, it can call four commands, hear events and enlarge itself.
#[tokio::test]
async fn it_can_call_nothing_but_its_four_commands() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let refused = [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:dialog|message",
        "plugin:fs|read_text_file",
        "plugin:shell|open",
        "plugin:opener|open_url",
        "plugin:event|emit",
        "plugin:event|emit_to",
        "plugin:window|create",
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:menu|new",
        "plugin:tray|new",
        "plugin:resources|close",
        "plugin:image|new",
        "start",
        "no_such_command",
    ];
    for command in refused {
        let answer = call(&window, command).await;
        let reason = answer["refused"].as_str().unwrap_or_default().to_lowercase();
        assert!(
            reason.contains("not allowed") || reason.contains("not found"),
            "{command}: {answer}"
        );
    }
    assert!(call(&window, "view").await["answered"]["page"].is_object());
    assert_eq!(
        window
            .run("return typeof window.__TAURI__", vec![])
            .await
            .unwrap(),
        "undefined"
    );
}

/// T27: even a script that found its way into the page could load nothing and call nobody.
#[tokio::test]
async fn the_policy_refuses_what_is_not_ours() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let tries = [
        (
            "script-src",
            "const s = document.createElement('script'); s.src = 'https://evil.test/x.js'; document.head.append(s)",
        ),
        (
            "script-src",
            "const s = document.createElement('script'); s.text = 'window.ran = 1'; document.head.append(s)",
        ),
        ("img-src", "new Image().src = 'https://evil.test/x.png'"),
        ("connect-src", "fetch('https://evil.test/').catch(() => {})"),
        (
            "frame-src",
            "const f = document.createElement('iframe'); f.src = 'https://evil.test/'; document.body.append(f)",
        ),
    ];
    for (directive, script) in tries {
        let before = window.complaints().await.unwrap().len();
        let _ = window.run(script, vec![]).await;
        let heard = eventually(directive, PATIENCE, async || {
            window
                .complaints()
                .await
                .ok()?
                .get(before..)
                .filter(|heard| !heard.is_empty())
                .map(<[String]>::to_vec)
        });
        let heard = heard.await.unwrap();
        let family = directive.trim_end_matches("-src");
        assert!(
            heard
                .iter()
                .any(|complaint| complaint.contains(family) || complaint.contains("default")),
            "{heard:?}"
        );
    }
    assert_eq!(
        window.run("return typeof window.ran", vec![]).await.unwrap(),
        "undefined"
    );
    let frozen = window
        .run("return Object.isFrozen(Object.prototype)", vec![])
        .await
        .unwrap();
    assert_eq!(frozen, true);
}

/// T30: a second start in the same folder ends at once and leaves the first alone.
#[tokio::test]
async fn it_opens_only_once() {
    if !can_be_driven() {
        return;
    }
    let window = Window::open(Opening::default()).await.unwrap();
    let mut second = start(window.data());
    let status = eventually("the second start to end", PATIENCE, async || {
        second.try_wait().ok().flatten()
    })
    .await;
    assert!(status.unwrap().success());
    assert!(window.view().await.unwrap()["page"].is_object());
}

/// T12, T29: an ordinary run leaves no file of the web view, and its memory is closed to others.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn it_leaves_nothing_but_its_own_files() {
    if !can_be_driven() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut wizard = start(&data);
    let mut output = std::io::BufReader::new(wizard.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut output, &mut line).unwrap();
    let report: Value = serde_json::from_str(&line).unwrap();
    assert!(report["paintedMs"].is_u64(), "{report}");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", wizard.id())).unwrap();
    let cores = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap();
    assert_eq!(cores.split_whitespace().nth(4), Some("0"), "{cores}");
    wizard.kill().unwrap();
    wizard.wait().unwrap();
    let mut left: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&data).into_iter().flatten() {
        left.push(entry.unwrap().file_name().to_string_lossy().into_owned());
    }
    left.retain(|name| name != "lock");
    assert_eq!(left, Vec::<String>::new());
}

/// The wizard as a person starts it, not driven.
fn start(data: &Path) -> std::process::Child {
    let wizard = driver::wizard().unwrap();
    let mut command = Command::new(wizard);
    command.arg("--report-paint").arg("--data").arg(data);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

async fn call(window: &Window, command: &str) -> Value {
    let script = "const done = arguments[arguments.length - 1];
        window.__TAURI_INTERNALS__.invoke(arguments[0], {}).then(
            (answered) => done({ answered }), (error) => done({ refused: String(error) }));";
    window
        .client()
        .execute_async(script, vec![json!(command)])
        .await
        .unwrap()
}
