//! Looking again while Microsoft's servers tell each other what was made, changed or removed (microsoft-facts §2.11).
//!
//! All of it goes by one clock: every 5 seconds at Microsoft, for as long as the cloud's replication may take.

use std::time::Duration;

use domain::problem::Problem;
use microsoft::again::{again, evenly};
use microsoft::error::{Error, if_there};

use crate::problems::{self, Doing};
use crate::wizard::Wizard;

/// How often something is looked at again before it counts as missing, or as still there.
const LOOKS: u32 = 12;

/// Why something is looked at again, or isn't.
enum Unsettled {
    /// This look doesn't show it as it was made to be.
    NotYet,
    /// This look is the first that shows it gone. One such answer can be that of a server which lags behind.
    GoneOnce,
    /// The look itself failed.
    Failed(Box<Problem>),
}

impl Wizard {
    fn pause_between_looks(&self) -> Duration {
        self.http().cloud().waits.replication / LOOKS
    }

    /// Waits as long as lies between two looks at what may not have replicated yet.
    pub(crate) async fn between_looks(&self) {
        self.clock().wait(self.pause_between_looks()).await;
    }

    /// Looks until it is settled. `None` where it never was.
    async fn looked<T>(&self, look: impl AsyncFnMut() -> Result<T, Unsettled>) -> Result<Option<T>, Problem> {
        let mut looks = 0;
        let again_after = |unsettled: &Unsettled, pause: Duration| {
            looks += 1;
            let again = match unsettled {
                Unsettled::NotYet => looks <= LOOKS && !pause.is_zero(),
                // What was seen gone last is looked at once more, also where the time is over.
                Unsettled::GoneOnce => true,
                Unsettled::Failed(_) => false,
            };
            again.then_some(pause)
        };
        let pauses = evenly(self.pause_between_looks(), LOOKS as usize + 1);
        match again(self.clock(), pauses, look, again_after).await {
            Ok(seen) => Ok(Some(seen)),
            Err(Unsettled::NotYet | Unsettled::GoneOnce) => Ok(None),
            Err(Unsettled::Failed(problem)) => Err(*problem),
        }
    }

    /// Reads until what was asked for is seen, for as long as the cloud's replication may take; a 404 counts as not seen
    /// yet. `None` where it wasn't.
    pub(crate) async fn once_seen<T>(
        &self,
        doing: &Doing,
        mut look: impl AsyncFnMut() -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Problem> {
        self.looked(async || match if_there(look().await) {
            Ok(seen) => seen.flatten().ok_or(Unsettled::NotYet),
            Err(error) => Err(Unsettled::Failed(Box::new(problems::problem(&error, doing)))),
        })
        .await
    }

    /// Reads until something is seen to be gone twice in a row, a pause apart, for as long as the cloud's replication
    /// may take: one answer without it can be that of a replica which lags behind. `look` says whether it is there; a
    /// 404 says nothing of it.
    pub(crate) async fn until_gone(
        &self,
        doing: &Doing,
        mut look: impl AsyncFnMut() -> Result<bool, Error>,
    ) -> Result<bool, Problem> {
        let mut gone = false;
        let seen_gone = self.looked(async || {
            let before = std::mem::take(&mut gone);
            match if_there(look().await) {
                Ok(Some(false)) if before => Ok(()),
                Ok(Some(false)) => {
                    gone = true;
                    Err(Unsettled::GoneOnce)
                }
                Ok(Some(true) | None) => Err(Unsettled::NotYet),
                Err(error) => Err(Unsettled::Failed(Box::new(problems::problem(&error, doing)))),
            }
        });
        Ok(seen_gone.await?.is_some())
    }

    /// Reads something back after it was changed or removed, for as long as the cloud's replication may take. `differs`
    /// says whether what is read is still other than what was done. `true` once it is not.
    pub(crate) async fn until_settled(
        &self,
        mut differs: impl AsyncFnMut() -> Result<bool, Problem>,
    ) -> Result<bool, Problem> {
        let settled = self.looked(async || match differs().await {
            Ok(false) => Ok(()),
            Ok(true) => Err(Unsettled::NotYet),
            Err(problem) => Err(Unsettled::Failed(Box::new(problem))),
        });
        Ok(settled.await?.is_some())
    }

    /// Repeats a call while Microsoft does not see what was just made, for as long as the cloud's replication may take.
    pub(crate) async fn once_replicated<T>(
        &self,
        doing: &Doing,
        unseen: impl Fn(&Error) -> bool,
        call: impl AsyncFnMut() -> Result<T, Error>,
    ) -> Result<T, Problem> {
        let pauses = evenly(self.pause_between_looks(), LOOKS as usize);
        // Whether each sending but the last is sure to have changed nothing.
        let mut sure = true;
        let answered = again(self.clock(), pauses, call, |error, pause| {
            let again = unseen(error) && !pause.is_zero();
            sure &= !again || doing.changed_nothing(error);
            again.then_some(pause)
        });
        match answered.await {
            Ok(answer) => Ok(answer),
            Err(error) if sure => Err(problems::problem(&error, doing)),
            Err(error) => Err(problems::problem(&error, &doing.unsure())),
        }
    }
}
