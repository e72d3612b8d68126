//! How many clients are connected at once. When all places are taken, who has been idle for longest makes room for
//! who comes: connections that say nothing, however many, keep nobody out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// The places of one door.
#[derive(Debug)]
pub(crate) struct Crowd {
    places: Arc<Semaphore>,
    idle: Mutex<Idle>,
}

/// Who is idle, in the order in which they became so.
#[derive(Debug, Default)]
struct Idle {
    next: u64,
    by_turn: BTreeMap<u64, Arc<Notify>>,
}

/// One client's place, until it is dropped. Who takes it is idle at first.
#[derive(Debug)]
pub(crate) struct Place {
    crowd: Arc<Crowd>,
    /// Told when somebody else needs the place.
    leave: Arc<Notify>,
    /// The turn in `Idle`, while idle.
    turn: Mutex<Option<u64>>,
    _permit: OwnedSemaphorePermit,
}

impl Crowd {
    /// A crowd of at most this many.
    pub(crate) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(most)),
            idle: Mutex::default(),
        })
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place, from the longest idle when there is none left. It waits while everybody is busy; `None` means that
    /// the crowd was dissolved.
    pub(crate) async fn enter(self: &Arc<Self>) -> Option<Arc<Place>> {
        if self.places.available_permits() == 0
            && let Some((_, longest)) = self.idle().by_turn.pop_first()
        {
            longest.notify_one();
        }
        let permit = self.places.clone().acquire_owned().await.ok()?;
        let place = Arc::new(Place {
            crowd: self.clone(),
            leave: Arc::new(Notify::new()),
            turn: Mutex::new(None),
            _permit: permit,
        });
        place.is_idle();
        Some(place)
    }

    /// Waits until nobody is left of a crowd of this size.
    pub(crate) async fn gone(&self, most: usize) {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        drop(self.places.acquire_many(most).await);
    }
}

impl Place {
    fn turn(&self) -> MutexGuard<'_, Option<u64>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the client waits for nothing and may be asked to leave.
    pub(crate) fn is_idle(&self) {
        let mut turn = self.turn();
        let mut idle = self.crowd.idle();
        if turn.is_none() {
            let number = idle.next;
            idle.next = number.wrapping_add(1);
            idle.by_turn.insert(number, self.leave.clone());
            *turn = Some(number);
        }
    }

    /// Notes that the client is being served.
    pub(crate) fn is_busy(&self) {
        let turn = self.turn().take();
        if let Some(turn) = turn {
            self.crowd.idle().by_turn.remove(&turn);
        }
    }

    /// Waits until somebody else needs the place.
    pub(crate) async fn is_needed(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.is_busy();
    }
}

/// A failed accept (too many open files) stays failed for a while and must not turn into a busy loop.
pub(crate) async fn pause_after_failed_accept() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn soon<T>(what: impl Future<Output = T>) -> Option<T> {
        tokio::time::timeout(Duration::from_millis(100), what).await.ok()
    }

    #[tokio::test]
    async fn the_longest_idle_makes_room() {
        let crowd = Crowd::new(2);
        let first = crowd.enter().await.expect("a place");
        let second = crowd.enter().await.expect("a place");
        first.is_busy();
        first.is_idle();
        // Now the second has been idle for longer.
        let third = tokio::spawn({
            let crowd = crowd.clone();
            async move { crowd.enter().await }
        });
        assert!(soon(second.is_needed()).await.is_some());
        assert!(soon(first.is_needed()).await.is_none());
        drop(second);
        assert!(third.await.expect("an end").is_some());
    }

    #[tokio::test]
    async fn nobody_busy_is_sent_away() {
        let crowd = Crowd::new(1);
        let place = crowd.enter().await.expect("a place");
        place.is_busy();
        assert!(soon(crowd.enter()).await.is_none());
        assert!(soon(place.is_needed()).await.is_none());
        drop(place);
        assert!(soon(crowd.enter()).await.is_some());
        assert!(soon(crowd.gone(1)).await.is_some());
        assert!(crowd.idle().by_turn.is_empty());
    }
}
