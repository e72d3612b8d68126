//! The pictures of the tour, and what no screen may break.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Outcome;
use crate::accessibility::{self, Violation};
use crate::cut::cut;
use crate::window::{Window, save};

/// Where the tour leaves what it saw, and how much a person had to do.
pub struct Tour {
    folder: PathBuf,
    _removed: Option<tempfile::TempDir>,
    /// Clicks, typed fields and pastes since somebody was signed in.
    actions: Option<usize>,
    taken: usize,
    suffix: &'static str,
    zoom: f64,
    /// Everything that stood in the page at some screen, for the search for secrets.
    pub pages: Vec<String>,
}

impl Tour {
    /// Begins in the folder that `cargo xtask tour` names, or in one that is removed again.
    pub fn begin() -> Outcome<Self> {
        Self::begin_in("")
    }

    /// Begins in a folder of this name in that one, for pictures of something else.
    pub fn begin_in(name: &str) -> Outcome<Self> {
        let (folder, removed) = match std::env::var_os("MAILGRANT_TOUR") {
            Some(folder) => (PathBuf::from(folder).join(name), None),
            None => {
                let removed = tempfile::tempdir().map_err(|error| error.to_string())?;
                (removed.path().to_owned(), Some(removed))
            }
        };
        std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
        // Pictures of an earlier tour would look like this one's.
        for entry in std::fs::read_dir(&folder)
            .map_err(|error| error.to_string())?
            .flatten()
        {
            if entry.path().extension().is_some_and(|kind| kind == "png") {
                std::fs::remove_file(entry.path()).map_err(|error| error.to_string())?;
            }
        }
        Ok(Self {
            folder,
            _removed: removed,
            actions: None,
            taken: 0,
            suffix: "",
            zoom: 1.0,
            pages: Vec::new(),
        })
    }

    /// Another part of the same tour, driven at the same time: its pictures go to the same folder under names of
    /// their own.
    pub fn beside(&self, suffix: &'static str) -> Self {
        Self {
            folder: self.folder.clone(),
            _removed: None,
            actions: None,
            taken: 0,
            suffix,
            zoom: self.zoom,
            pages: Vec::new(),
        }
    }

    /// The same with every picture taken of an enlarged page. It is pressed in its usual size, because a driven press
    /// lands elsewhere on an enlarged one.
    pub fn enlarged(self, zoom: f64) -> Self {
        Self { zoom, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many screens were taken.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Starts counting what the person does.
    pub fn signed_in(&mut self) {
        self.actions = Some(0);
    }

    /// One click, one typed field or one paste.
    pub fn action(&mut self) {
        if let Some(actions) = &mut self.actions {
            *actions += 1;
        }
    }

    /// How much was done since the sign-in.
    pub fn actions(&self) -> usize {
        self.actions.unwrap_or_default()
    }

    /// Takes a picture of a screen, after checking what no screen may break. All of it is of one moment.
    pub async fn take(&mut self, window: &Window, name: &str) -> Outcome {
        let name = &format!("{name}{}", self.suffix);
        let enlarged = self.zoom > 1.0;
        if enlarged {
            window.zoom(self.zoom).await?;
        }
        let screen = window.measured(name, async || Screen::now(window).await).await?;
        if let Some(broken) = screen.broken() {
            save(&self.folder.join(format!("{name}-broken.png")), &screen.picture)?;
            return Err(format!("{name}: {broken}"));
        }
        save(&self.folder.join(format!("{name}.png")), &screen.picture)?;
        if enlarged {
            window.zoom(1.0).await?;
        }
        say(&format!("{name}: {}", screen.heading));
        self.pages.push(screen.page);
        self.taken += 1;
        Ok(())
    }
}

/// Everything that is looked at on one screen.
struct Screen {
    violations: Vec<Violation>,
    complaints: Vec<String>,
    scrolls_sideways: bool,
    /// What can't be read whole.
    cut: Vec<String>,
    picture: Vec<u8>,
    heading: String,
    /// The whole document and its title.
    page: String,
}

impl Screen {
    async fn now(window: &Window) -> Outcome<Self> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let words = window
            .run(
                "return [document.querySelector('h1').textContent, document.documentElement.outerHTML + document.title]",
                Vec::new(),
            )
            .await?;
        Ok(Self {
            violations: accessibility::violations(window.client()).await?,
            complaints: window.complaints().await?,
            scrolls_sideways: window.scrolls_sideways_now().await?,
            cut: cut(window).await?,
            picture: window.picture_now().await?,
            heading: text(&words[0]),
            page: text(&words[1]),
        })
    }

    /// What the screen breaks, if anything.
    fn broken(&self) -> Option<String> {
        if !self.violations.is_empty() {
            return Some(format!("{:#?}", self.violations));
        }
        if !self.complaints.is_empty() {
            return Some(format!("{:?}", self.complaints));
        }
        if !self.cut.is_empty() {
            return Some(self.cut.join("\n"));
        }
        self.scrolls_sideways
            .then(|| String::from("the page scrolls sideways"))
    }
}

/// The language that the tour is driven in, where somebody named one; otherwise the wizard's own choice on this desktop.
pub fn language() -> Option<String> {
    std::env::var_os("MAILGRANT_TOUR_LANGUAGE")?.into_string().ok()
}

/// The platform that the tour is driven for, by its profile's id, where somebody named one.
pub fn platform() -> Option<String> {
    std::env::var_os("MAILGRANT_TOUR_PLATFORM")?.into_string().ok()
}

/// Writes a line of the tour for whoever runs it.
pub fn say(line: &str) {
    use std::io::Write as _;
    // Nobody listening is no reason to fail.
    drop(writeln!(std::io::stdout(), "{line}"));
}
