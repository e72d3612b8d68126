//! Many lives of one beginning: an organisation that is kept in a folder and copied for each, and workers that live them in
//! turn.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use practice::{ClockKind, Handle, Options};
use tempfile::TempDir;

use crate::Outcome;

const START: &str = "2026-11-22T10:30:00Z";

/// An organisation in which something happened, to begin from as often as it takes.
#[derive(Debug)]
pub struct Beginning {
    /// Where it is kept, with whatever else was made in it.
    pub folder: TempDir,
    /// The keychain's namespace.
    pub keychain: String,
    port: u16,
    now: Timestamp,
}

impl Beginning {
    /// One in which nothing has happened yet.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(keychain: String) -> Outcome<Self> {
        Ok(Self {
            folder: tempfile::tempdir().map_err(|error| error.to_string())?,
            keychain,
            port: 0,
            now: START.parse().map_err(|error: jiff::Error| error.to_string())?,
        })
    }

    /// Keeps what has happened; its addresses and its clock stay as they are.
    ///
    /// # Errors
    /// Where it doesn't tell them.
    pub async fn keep(&mut self, handle: Handle) -> Outcome {
        let port = handle.origin().rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok());
        self.port = port.ok_or("an organisation without a port")?;
        let now = handle.snapshot().now.parse();
        self.now = now.map_err(|error: jiff::Error| error.to_string())?;
        handle.stop().await;
        Ok(())
    }

    /// A copy of it, to live in.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn copied(&self) -> Outcome<TempDir> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        copy(self.folder.path(), folder.path())?;
        Ok(folder)
    }

    /// The organisation that is kept in this folder, at work.
    ///
    /// # Errors
    /// Where it doesn't start.
    pub async fn practice(&self, folder: &Path) -> Outcome<Handle> {
        let options = Options {
            clock: ClockKind::Explicit { start: self.now },
            state: Some(folder.join("practice")),
            port: self.port,
            ..Options::default()
        };
        practice::start(options).await.map_err(|error| error.to_string())
    }
}

/// What became of lives that were lived in turn.
#[derive(Debug)]
pub struct Lived<T> {
    /// What each that ended well gave back.
    pub well: Vec<T>,
    /// How many there were, well or not.
    pub executed: usize,
    /// What went wrong, with which life it was.
    pub failures: Vec<String>,
}

/// Lives every life once, with so many workers, each of which begins with something of its own.
pub async fn in_turn<Life, Own, Began, Live, T>(
    lives: Vec<Life>,
    workers: usize,
    begin: impl Fn(usize) -> Began,
    live: impl Fn(Arc<Own>, Life) -> Live + Clone + Send + Sync + 'static,
) -> Lived<T>
where
    Life: Clone + std::fmt::Debug + Send + Sync + 'static,
    Own: Send + Sync + 'static,
    Began: Future<Output = Outcome<Own>>,
    Live: Future<Output = Outcome<T>> + Send,
    T: Send + 'static,
{
    let (lives, next) = (Arc::new(lives), Arc::new(AtomicUsize::new(0)));
    let mut tasks = Vec::new();
    let mut lived = Lived {
        well: Vec::new(),
        executed: 0,
        failures: Vec::new(),
    };
    for worker in 1..=workers {
        let own = match begin(worker).await {
            Ok(own) => Arc::new(own),
            Err(why) => {
                lived.failures.push(format!("worker {worker}: {why}"));
                continue;
            }
        };
        let (lives, next, live) = (Arc::clone(&lives), Arc::clone(&next), live.clone());
        tasks.push(tokio::spawn(async move {
            let mut outcomes = Vec::new();
            while let Some(life) = lives.get(next.fetch_add(1, Ordering::SeqCst)) {
                let outcome = live(Arc::clone(&own), life.clone()).await;
                outcomes.push(outcome.map_err(|why| format!("{life:?}: {why}")));
            }
            outcomes
        }));
    }
    for task in tasks {
        match task.await {
            Ok(outcomes) => {
                lived.executed += outcomes.len();
                for outcome in outcomes {
                    match outcome {
                        Ok(well) => lived.well.push(well),
                        Err(why) => lived.failures.push(why),
                    }
                }
            }
            Err(error) => lived.failures.push(error.to_string()),
        }
    }
    lived
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> Outcome {
    let told = |error: std::io::Error| error.to_string();
    for entry in std::fs::read_dir(from).map_err(told)?.flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).map_err(told)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target).map_err(told)?;
        }
    }
    Ok(())
}
