//! The real window, driven as a person would use it: by what its buttons and fields are called.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::Outcome;
use crate::accessibility::{self, Violation};
use crate::driver::Driver;
use crate::eventually::{PATIENCE, eventually};
use crate::fake_browser::FakeBrowser;
use crate::stillness::{self, Moment};

/// How the window is opened.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The folder with connections, to come back to those of an earlier window; without one, an empty folder.
    pub data: Option<PathBuf>,
    /// Whether the desktop is dark.
    pub dark: bool,
    /// Further words for the command line, such as `--practice`.
    pub arguments: Vec<String>,
    /// Further variables for the wizard's environment.
    pub environment: Vec<(&'static str, OsString)>,
}

/// An open window. It is ended when this value goes, as if by the power button; what it saved stays in its folder.
pub struct Window {
    client: Client,
    browser: FakeBrowser,
    data: PathBuf,
    dark: bool,
    // After the client, and before the folder that it works in.
    _driver: Driver,
    _own_data: Option<tempfile::TempDir>,
}

/// Whether there is a private desktop to open windows on. Says so where there is none, so that a test never opens
/// windows in front of whoever works here.
pub fn can_be_driven() -> bool {
    let can = std::env::var_os("MAILGRANT_PRIVATE_DESKTOP").is_some();
    if !can {
        use std::io::Write as _;
        let _ = writeln!(
            std::io::stdout(),
            "skipped: no private desktop; run `cargo xtask test`"
        );
    }
    can
}

/// How far the two clicks of a double-click lie apart: long enough for the next page to be drawn between them.
const BETWEEN_CLICKS: std::time::Duration = std::time::Duration::from_millis(180);

impl Window {
    /// Opens it and waits until it shows its first page.
    pub async fn open(opening: Opening) -> Outcome<Self> {
        let browser = FakeBrowser::new()?;
        let own_data = match &opening.data {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(|error| format!("a folder for connections: {error}"))?),
        };
        let made = own_data.as_ref().map(|folder| folder.path().join("data"));
        let data = opening.data.or(made).unwrap_or_default();
        let mut environment = opening.environment;
        environment.push(("PATH", browser.path()?));
        environment.push((
            "GTK_THEME",
            if opening.dark { "Adwaita:dark" } else { "Adwaita" }.into(),
        ));
        let driver = Driver::start(&environment).await?;
        let mut arguments = vec![OsString::from("--data"), data.clone().into()];
        arguments.extend(opening.arguments.into_iter().map(OsString::from));
        let client = driver.connect(&arguments).await?;
        let window = Self {
            client,
            browser,
            data,
            dark: opening.dark,
            _driver: driver,
            _own_data: own_data,
        };
        window.listen_for_complaints().await?;
        eventually("the window to be shown", PATIENCE, async || {
            // Until it is shown, the window has no width and draws no frame.
            (window.inner_width().await.ok()? > 0.0).then_some(())
        })
        .await?;
        window.stand_still().await?;
        Ok(window)
    }

    /// The connection to the page, for what this module doesn't offer.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The folder with connections.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The addresses that the wizard opens.
    pub fn browser(&self) -> &FakeBrowser {
        &self.browser
    }

    /// What the wizard shows, in the words of `rpc::view::View`.
    pub async fn view(&self) -> Outcome<Value> {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('view').then(done, (error) => done({ error: String(error) }));";
        self.client
            .execute_async(script, Vec::new())
            .await
            .map_err(|error| format!("the view: {error}"))
    }

    /// Waits until what the wizard shows is as wanted, and is drawn.
    pub async fn wait_for(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Outcome<Value> {
        let mut last = Value::Null;
        let seen = eventually(what, PATIENCE, async || {
            last = self.view().await.ok()?;
            if !wanted(&last) {
                return None;
            }
            let drawn = self
                .run(
                    "return [Number(document.querySelector('[data-revision]')?.dataset.revision),
                        document.querySelector('h1')?.textContent]",
                    Vec::new(),
                )
                .await
                .ok()?;
            let as_shown = drawn == json!([last["revision"], last["page"]["heading"]]);
            as_shown.then(|| last.clone())
        })
        .await;
        seen.map_err(|reason| format!("{reason}; it shows: {}", last["page"]))
    }

    /// Waits until the window stands still: nothing moves, and the last view is drawn.
    pub async fn stand_still(&self) -> Outcome<Moment> {
        let mut moves = String::new();
        let still = eventually("the window to stand still", PATIENCE, async || {
            let seen = match self.view().await {
                Ok(view) => stillness::look(&self.client, &view, self.dark).await,
                Err(reason) => Err(reason),
            };
            seen.map_err(|reason| moves = reason).ok()
        })
        .await;
        still.map_err(|reason| format!("{reason}: {moves}"))
    }

    /// Measures while the window stands still. What was measured while something changed is thrown away and measured
    /// again.
    pub async fn measured<T>(&self, what: &str, mut measure: impl AsyncFnMut() -> Outcome<T>) -> Outcome<T> {
        let measured = eventually(what, PATIENCE, async || {
            let before = match self.stand_still().await {
                Ok(before) => before,
                Err(reason) => return Some(Err(reason)),
            };
            let found = measure().await;
            let after = self.stand_still().await.ok()?;
            (after == before).then_some(found)
        });
        measured.await?
    }

    /// Waits for a page by its key.
    pub async fn wait_for_page(&self, key: &str) -> Outcome<Value> {
        self.wait_for(&format!("the page {key}"), |view| view["page"]["key"] == key)
            .await
    }

    /// Presses the one filled button, whatever it is called, and gives its words back.
    pub async fn press_primary(&self) -> Outcome<String> {
        let view = self.view().await?;
        let actions = view["page"]["actions"].as_array().cloned().unwrap_or_default();
        let primary = actions.iter().find(|action| action["kind"] == "primary");
        let label = primary.and_then(|action| action["label"].as_str());
        let label = label.ok_or_else(|| format!("the page {} has no primary button", view["page"]["key"]))?;
        self.press(label).await?;
        Ok(label.to_owned())
    }

    /// Clicks twice where the one filled button stands, as fast as a hand does, whatever stands there by then.
    pub async fn double_click_primary(&self) -> Outcome {
        let element = self
            .find("the filled button", Locator::Css("button[data-kind='primary']"))
            .await?;
        self.stand_still().await?;
        let press = |actions: MouseActions| {
            let (down, up) = (MOUSE_BUTTON_LEFT, MOUSE_BUTTON_LEFT);
            actions
                .then(PointerAction::Down { button: down })
                .then(PointerAction::Up { button: up })
        };
        let over = MouseActions::new("mouse".to_owned()).then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: 0.0,
            y: 0.0,
        });
        let between = PointerAction::Pause {
            duration: BETWEEN_CLICKS,
        };
        self.client
            .perform_actions(press(press(over).then(between)))
            .await
            .map_err(|error| format!("a double-click: {error}"))
    }

    /// Presses the button or link with these words (its label, or what it says to a screen reader).
    pub async fn press(&self, label: &str) -> Outcome {
        let words = quoted(label);
        let path = format!(
            "//*[self::button or self::a or @role='button' or @role='link' or @role='menuitem' or @role='tab']\
             [normalize-space(.)={words} or @aria-label={words}]"
        );
        let what = format!("the button \"{label}\"");
        let element = self.find(&what, Locator::XPath(&path)).await?;
        // A press goes to where the button stood; a person waits until it stands.
        self.stand_still().await?;
        element
            .click()
            .await
            .map_err(|error| format!("the button \"{label}\": {error}"))
    }

    /// Presses the first element that this selector finds, in whatever language it speaks.
    pub async fn press_at(&self, css: &str) -> Outcome {
        let element = self.find(css, Locator::Css(css)).await?;
        self.stand_still().await?;
        element.click().await.map_err(|error| format!("{css}: {error}"))
    }

    /// Chooses the radio button or ticks the box with these words.
    pub async fn choose(&self, label: &str) -> Outcome {
        let element = self.field(label).await?;
        element
            .click()
            .await
            .map_err(|error| format!("the choice \"{label}\": {error}"))
    }

    /// Types into the field with this label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) -> Outcome {
        let element = self.field(label).await?;
        let failed = |error| format!("the field \"{label}\": {error}");
        element.clear().await.map_err(failed)?;
        element.send_keys(text).await.map_err(failed)
    }

    /// Chooses the radio button of a field by its value.
    pub async fn choose_value(&self, field: &str, value: &str) -> Outcome {
        let css = format!("input[type=radio][name='{field}'][value='{value}']");
        let what = format!("the choice {value}");
        let element = eventually(&what, PATIENCE, async || {
            self.client.find(Locator::Css(&css)).await.ok()
        })
        .await?;
        element.click().await.map_err(|error| format!("{what}: {error}"))
    }

    /// Pastes a text into the field with this id, in place of what is there.
    pub async fn paste(&self, id: &str, text: &str) -> Outcome {
        let script = "const field = document.getElementById(arguments[0]);
            field.focus(); field.select();
            return document.execCommand('insertText', false, arguments[1]) && field.value === arguments[1];";
        let pasted = self.run(script, vec![json!(id), json!(text)]).await?;
        if pasted == Value::Bool(true) {
            Ok(())
        } else {
            Err(format!("nothing could be pasted into {id}"))
        }
    }

    /// Presses keys one after another, wherever the focus is. Special keys are `fantoccini::key::Key`.
    pub async fn keys(&self, keys: &str) -> Outcome {
        let actions = keys
            .chars()
            .fold(KeyActions::new(String::from("keyboard")), |actions, value| {
                actions
                    .then(KeyAction::Down { value })
                    .then(KeyAction::Up { value })
            });
        self.client
            .perform_actions(actions)
            .await
            .map_err(|error| format!("keys: {error}"))
    }

    /// Presses a key while others are held, such as Control and Shift.
    pub async fn chord(&self, held: &[char], key: char) -> Outcome {
        let mut actions = KeyActions::new(String::from("keyboard"));
        for value in held.iter().copied().chain([key]) {
            actions = actions.then(KeyAction::Down { value });
        }
        for value in std::iter::once(key).chain(held.iter().rev().copied()) {
            actions = actions.then(KeyAction::Up { value });
        }
        self.client
            .perform_actions(actions)
            .await
            .map_err(|error| format!("keys: {error}"))
    }

    /// What a screen reader would say of the element that has the focus: its role or tag, and its words.
    pub async fn focused(&self) -> Outcome<String> {
        let script = "const e = document.activeElement;
            const label = e.labels?.[0]?.textContent ?? e.getAttribute('aria-label') ?? e.textContent ?? '';
            return `${e.getAttribute('role') ?? e.tagName.toLowerCase()} ${label.trim().replace(/\\s+/g, ' ')}`;";
        let said = self.run(script, Vec::new()).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// Saves a picture of the window, as it is once it stands still.
    pub async fn picture(&self, file: &Path) -> Outcome {
        let picture = self
            .measured("a picture", async || self.picture_now().await)
            .await?;
        save(file, &picture)
    }

    /// A picture of the window as it is at this moment, for a measurement of more than that.
    pub async fn picture_now(&self) -> Outcome<Vec<u8>> {
        self.client
            .screenshot()
            .await
            .map_err(|error| format!("a picture: {error}"))
    }

    /// Makes the window another size, and waits until the page has it and stands still.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        let factor = self.enlargement().await?;
        self.client
            .set_window_size(width, height)
            .await
            .map_err(|error| format!("the size: {error}"))?;
        eventually("the new size", PATIENCE, async || {
            let outer = self
                .run("return [window.outerWidth, window.outerHeight]", Vec::new())
                .await
                .ok()?;
            let inner = self.enlargement().await.ok()?;
            (outer == json!([width, height]) && near(inner, factor)).then_some(())
        })
        .await?;
        self.stand_still().await.map(drop)
    }

    /// Enlarges the page as Ctrl and + would, and waits until it is drawn so and stands still.
    pub async fn zoom(&self, factor: f64) -> Outcome {
        let script = "const done = arguments[arguments.length - 1];
            window.__TAURI_INTERNALS__.invoke('plugin:webview|set_webview_zoom', { value: arguments[0] })
                .then(() => done(null), (error) => done(String(error)));";
        let answer = self.client.execute_async(script, vec![json!(factor)]).await;
        match answer.map_err(|error| format!("zoom: {error}"))? {
            Value::Null => {}
            refused => return Err(format!("zoom: {refused}")),
        }
        eventually("the page to be drawn in its new size", PATIENCE, async || {
            near(self.enlargement().await.ok()?, factor).then_some(())
        })
        .await?;
        self.stand_still().await.map(drop)
    }

    /// Which rules of accessibility the page breaks, once it stands still.
    pub async fn accessibility_violations(&self) -> Outcome<Vec<Violation>> {
        self.measured("a look at accessibility", async || {
            accessibility::violations(&self.client).await
        })
        .await
    }

    /// What went wrong in the page since it was opened: errors, and what the content policy refused.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let said = self
            .run("return window.complaintsHeard ?? ['nobody listened']", Vec::new())
            .await?;
        serde_json::from_value(said).map_err(|error| error.to_string())
    }

    /// Whether the page may scroll sideways at this moment.
    pub async fn scrolls_sideways_now(&self) -> Outcome<bool> {
        let script = "const e = document.scrollingElement; return e.scrollWidth > e.clientWidth;";
        Ok(self.run(script, Vec::new()).await? == Value::Bool(true))
    }

    /// Runs a script in the page and gives back what it returns.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        self.client
            .execute(script, arguments)
            .await
            .map_err(|error| format!("a script: {error}"))
    }

    /// Closes the window as its close button does, and waits for the wizard to end.
    pub async fn close(self) -> Outcome {
        self.client
            .close()
            .await
            .map_err(|error| format!("the window did not close: {error}"))
    }

    /// How many pixels of the page the window is wide.
    async fn inner_width(&self) -> Outcome<f64> {
        let width = self.run("return window.innerWidth", Vec::new()).await?;
        width.as_f64().ok_or_else(|| format!("a width of {width}"))
    }

    /// How much larger than usual the page is drawn: the window's own width doesn't grow with it.
    async fn enlargement(&self) -> Outcome<f64> {
        let ratio = self
            .run("return window.outerWidth / window.innerWidth", Vec::new())
            .await?;
        ratio.as_f64().ok_or_else(|| format!("an enlargement of {ratio}"))
    }

    async fn find(&self, what: &str, locator: Locator<'_>) -> Outcome<Element> {
        eventually(what, PATIENCE, async || {
            for element in self.client.find_all(locator).await.ok()? {
                // WebKit's own "is displayed" calls elements hidden that stand in a pinned bar.
                let drawn = "return arguments[0].getClientRects().length > 0";
                let argument = serde_json::to_value(&element).ok()?;
                if self.run(drawn, vec![argument]).await.ok()? == Value::Bool(true) {
                    return Some(element);
                }
            }
            None
        })
        .await
    }

    /// The field that a label with these words names.
    async fn field(&self, label: &str) -> Outcome<Element> {
        let words = quoted(label);
        let path = format!(
            "//*[self::input or self::textarea or self::select]\
             [@id=//label[normalize-space(.)={words} or *[normalize-space(.)={words}]]/@for \
              or ancestor::label[normalize-space(.)={words}] or @aria-label={words}]"
        );
        // A radio button may be drawn by its label and not be displayed itself, so it is only looked for.
        eventually(&format!("the field \"{label}\""), PATIENCE, async || {
            self.client.find(Locator::XPath(&path)).await.ok()
        })
        .await
    }

    async fn listen_for_complaints(&self) -> Outcome {
        let script = "if (window.complaintsHeard) return;
            const heard = (window.complaintsHeard = []);
            addEventListener('error', (event) => heard.push(`error: ${event.message}`));
            addEventListener('unhandledrejection', (event) => heard.push(`unhandled: ${event.reason}`));
            addEventListener('securitypolicyviolation', (event) =>
                heard.push(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
            // A style that was refused before anybody listened stands there without its sheet.
            for (const style of document.querySelectorAll('style, link[rel=stylesheet]'))
                if (!style.sheet) heard.push('policy: a style was refused');
            const error = console.error;
            console.error = (...words) => { heard.push(`console: ${words.join(' ')}`); error(...words); };";
        self.run(script, Vec::new()).await.map(drop)
    }
}

/// Saves a picture.
pub fn save(file: &Path, picture: &[u8]) -> Outcome {
    let saved = file
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(file, picture));
    saved.map_err(|error| format!("{}: {error}", file.display()))
}

/// Whether two enlargements are the same but for the rounding of pixels.
fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.02
}

/// Words as XPath writes them, which knows no escapes.
fn quoted(words: &str) -> String {
    if !words.contains('\'') {
        return format!("'{words}'");
    }
    let parts: Vec<String> = words.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_with_an_apostrophe_can_be_looked_for() {
        assert_eq!(quoted("Continue"), "'Continue'");
        assert_eq!(quoted("I've done it"), "concat('I', \"'\", 've done it')");
    }
}
