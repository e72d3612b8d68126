//! The one way in which anything is tried again: with the pauses of `backon`, waited for by the clock that was handed in.

use std::time::Duration;

use backon::{Backoff, BackoffBuilder, ConstantBuilder};

use crate::clock::Clock;

/// The pauses between some tries. `backon` brings a loop of its own, which takes no call that lends what it was made of;
/// such calls are most of ours, so only its pauses are used.
pub struct Pauses<'a, B> {
    clock: &'a Clock,
    left: B,
}

impl<'a, B: Backoff> Pauses<'a, B> {
    /// So many and so long.
    pub fn new(clock: &'a Clock, pauses: impl BackoffBuilder<Backoff = B>) -> Self {
        Self {
            clock,
            left: pauses.build(),
        }
    }

    /// Waits for the next one. `pause` is told how long it would be; it answers how long to wait, or `None` where it is
    /// enough. `false` where nothing was waited for: then nothing is tried again.
    pub async fn wait(&mut self, pause: impl FnOnce(Duration) -> Option<Duration>) -> bool {
        match self.left.next().and_then(pause) {
            Some(pause) => {
                self.clock.wait(pause).await;
                true
            }
            None => false,
        }
    }
}

/// Tries until it works, until the pauses are used up, or until `pause` says that it is enough: it is told what went
/// wrong, and answers as in [`Pauses::wait`].
///
/// # Errors
/// What the last try answered.
pub async fn again<T, E>(
    clock: &Clock,
    pauses: impl BackoffBuilder,
    mut call: impl AsyncFnMut() -> Result<T, E>,
    mut pause: impl FnMut(&E, Duration) -> Option<Duration>,
) -> Result<T, E> {
    let mut pauses = Pauses::new(clock, pauses);
    loop {
        match call().await {
            Err(error) if pauses.wait(|usual| pause(&error, usual)).await => {}
            outcome => return outcome,
        }
    }
}

/// So many pauses of one length.
pub fn evenly(pause: Duration, times: usize) -> impl BackoffBuilder {
    ConstantBuilder::default().with_delay(pause).with_max_times(times)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use jiff::Timestamp;

    use super::*;

    /// A clock on which no time passes, and what it was asked to wait.
    fn noting() -> (Clock, Arc<Mutex<Vec<u64>>>) {
        let waited = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&waited);
        let clock = Clock::new(
            || Timestamp::UNIX_EPOCH,
            move |pause| {
                noted.lock().unwrap().push(pause.as_secs());
                Box::pin(async {})
            },
        );
        (clock, waited)
    }

    fn thrice() -> impl BackoffBuilder {
        evenly(Duration::from_secs(5), 3)
    }

    #[tokio::test]
    async fn the_pauses_are_waited_for_and_then_it_ends() {
        let (clock, waited) = noting();
        let mut tries = 0;
        let never = async || {
            tries += 1;
            Err::<(), _>(tries)
        };
        assert_eq!(
            again(&clock, thrice(), never, |_, usual| Some(usual)).await,
            Err(4)
        );
        assert_eq!(*waited.lock().unwrap(), [5, 5, 5]);
    }

    #[tokio::test]
    async fn what_went_wrong_says_how_long_to_wait_and_when_it_is_enough() {
        let (clock, waited) = noting();
        let mut answers = vec![Err("slow down"), Err("broken"), Ok(())];
        let ended = again(
            &clock,
            thrice(),
            async || answers.remove(0),
            |error, usual| (*error == "slow down").then_some(usual * 2),
        );
        assert_eq!(ended.await, Err("broken"));
        assert_eq!(*waited.lock().unwrap(), [10]);
    }
}
