//! The time, as a value that is handed in.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// A pause.
pub type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What time it is and how to wait.
///
/// The product uses [`Clock::system`]. A test hands in a clock that moves the practice organisation's time when it is
/// asked to wait, so that half an hour of Microsoft's takes no time at all.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    wait: Arc<dyn Fn(Duration) -> Pause + Send + Sync>,
}

impl Clock {
    /// This computer's clock.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn system() -> Self {
        Self::new(Timestamp::now, |pause| Box::pin(tokio::time::sleep(pause)))
    }

    /// A clock of the caller's.
    pub fn new(
        now: impl Fn() -> Timestamp + Send + Sync + 'static,
        wait: impl Fn(Duration) -> Pause + Send + Sync + 'static,
    ) -> Self {
        Self {
            now: Arc::new(now),
            wait: Arc::new(wait),
        }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Waits.
    pub fn wait(&self, pause: Duration) -> Pause {
        (self.wait)(pause)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
