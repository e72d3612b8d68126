//! Waits for a value, with a bound, instead of sleeping.

use std::time::Duration;

use tokio::time::Instant;

use crate::Outcome;

/// Long enough for a loaded machine; a value that comes sooner is not waited for.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long to leave between two looks.
const BETWEEN: Duration = Duration::from_millis(25);

/// Looks until there is something to see. `what` names it in the failure.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut look: impl AsyncFnMut() -> Option<T>,
) -> Outcome<T> {
    let end = Instant::now() + within;
    loop {
        if let Some(seen) = look().await {
            return Ok(seen);
        }
        if Instant::now() > end {
            return Err(format!("waited {} s in vain for {what}", within.as_secs()));
        }
        tokio::time::sleep(BETWEEN).await;
    }
}
