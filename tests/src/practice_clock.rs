//! The wizard's clock in a journey: the practice organisation's explicit clock, moved instead of waited for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use journey::Clock;

use crate::Outcome;
use crate::organisation::Organisation;

/// The clock of a wizard that works against this organisation. Waiting moves the organisation's time, and takes none.
pub async fn clock_of(organisation: &Organisation) -> Outcome<Clock> {
    let now: Timestamp = organisation.now().await?;
    let time = Arc::new(Mutex::new(now));
    let (reading, organisation) = (Arc::clone(&time), organisation.clone());
    let now = move || reading.lock().map_or(Timestamp::UNIX_EPOCH, |time| *time);
    Ok(Clock::new(now, move |pause: Duration| {
        let (time, organisation) = (Arc::clone(&time), organisation.clone());
        Box::pin(async move {
            // The organisation counts whole seconds; a shorter wait is rounded up, never down.
            let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
            // A wait that fails shows itself as time that stands still, which the journey's bound ends.
            if organisation.advance(seconds).await.is_ok()
                && let Ok(mut time) = time.lock()
            {
                *time += SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default());
            }
        })
    }))
}
