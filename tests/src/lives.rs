//! Many lives of one beginning: an organisation that is kept in a folder and copied for each, and workers that live them in
//! turn.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Outcome;

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
///
/// # Errors
/// When the disk refuses.
pub fn copy(from: &Path, to: &Path) -> Outcome {
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
