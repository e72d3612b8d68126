//! The pictures of the tour, and what no screen may break.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::eventually::{PATIENCE, eventually};
use crate::window::Window;

/// Where the tour leaves what it saw, and how much a person had to do.
pub struct Tour {
    folder: PathBuf,
    _removed: Option<tempfile::TempDir>,
    /// Clicks, typed fields and pastes since somebody was signed in.
    actions: Option<usize>,
    taken: usize,
    suffix: &'static str,
    /// Everything that stood in the page at some screen, for the search for secrets.
    pub pages: Vec<String>,
}

impl Tour {
    /// Begins in the folder that `cargo xtask tour` names, or in one that is removed again.
    pub fn begin() -> Outcome<Self> {
        let (folder, removed) = match std::env::var_os("MAILGRANT_TOUR") {
            Some(folder) => (PathBuf::from(folder), None),
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
            pages: Vec::new(),
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many screens were taken.
    pub fn taken(&self) -> usize {
        self.taken
    }

    /// Adds this to the name of every further picture.
    pub fn name_with(&mut self, suffix: &'static str) {
        self.suffix = suffix;
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

    /// Takes a picture of a screen, after checking what no screen may break.
    pub async fn take(&mut self, window: &Window, name: &str) -> Outcome {
        let name = &format!("{name}{}", self.suffix);
        // A page that is still fading in has other colours than the reader gets.
        eventually("the page to come to rest", PATIENCE, async || {
            let moving = "return document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).length";
            (window.run(moving, Vec::new()).await.ok()? == 0).then_some(())
        })
        .await?;
        let violations = window.accessibility_violations().await?;
        if !violations.is_empty() {
            window
                .picture(&self.folder.join(format!("{name}-broken.png")))
                .await?;
            return Err(format!("{name}: {violations:#?}"));
        }
        let complaints = window.complaints().await?;
        if !complaints.is_empty() {
            return Err(format!("{name}: {complaints:?}"));
        }
        if window.scrolls_sideways().await? {
            window
                .picture(&self.folder.join(format!("{name}-broken.png")))
                .await?;
            return Err(format!("{name} scrolls sideways"));
        }
        window.picture(&self.folder.join(format!("{name}.png"))).await?;
        let page = window
            .run(
                "return document.documentElement.outerHTML + document.title",
                Vec::new(),
            )
            .await?;
        self.pages.push(page.as_str().unwrap_or_default().to_owned());
        self.taken += 1;
        let heading = window.view().await?["page"]["heading"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        say(&format!("{name}: {heading}"));
        Ok(())
    }
}

/// Writes a line of the tour for whoever runs it.
pub fn say(line: &str) {
    use std::io::Write as _;
    // Nobody listening is no reason to fail.
    drop(writeln!(std::io::stdout(), "{line}"));
}
