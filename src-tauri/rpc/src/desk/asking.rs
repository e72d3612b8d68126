//! What the desk asks before it does it: taking back what a platform may use, taking a connection off the list.

use domain::ids::ConnectionId;
use domain::problem::Problem;
use domain::step::StepId;
use engine::journal::Trust;
use engine::progress::may_undo;
use journey::adopt;
use journey::wizard::Wizard;

use super::{Desk, Place};
use crate::pages;
use crate::view::Page;

/// A question that lies on the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asking {
    /// Whether to take back what the open step made.
    Undo(StepId),
    /// Whether to take a connection off the list.
    TakeOff(ConnectionId),
    /// Whether to remove one that was taken off from this computer.
    Remove(ConnectionId),
}

impl Desk {
    /// The page of the question, where one lies on the desk.
    pub(super) fn question(&self) -> Option<Page> {
        match self.asking? {
            Asking::Undo(step) => Some(pages::asking::undo(&self.made().ok()?, step)),
            Asking::Remove(id) => {
                let removed = self.data.as_ref().ok()?.removed();
                let listed = removed.iter().find(|listed| listed.id == id)?;
                Some(pages::asking::remove_from_here(
                    &self.speaker_now(),
                    listed,
                    &self.profiles,
                    self.options.clock.now(),
                ))
            }
            Asking::TakeOff(id) => {
                let listed = self.data.as_ref().ok()?.list();
                let listed = listed.iter().find(|listed| listed.id == id)?;
                Some(pages::asking::take_off(
                    &self.speaker_now(),
                    listed,
                    &self.profiles,
                    self.options.clock.now(),
                ))
            }
        }
    }

    /// Whether taking a step back is asked first: once something was handed over, or something was taken away of an app that was
    /// taken over, a platform may use it; and where giving an app back opens it to others.
    pub(super) fn asks_before_undo(&self, step: StepId) -> bool {
        self.wizard.as_ref().is_some_and(|wizard| {
            let in_use = wizard.state().handed_over.is_some() || wizard.notes().changed_for_good;
            in_use || step == StepId::App && adopt::opens_again(wizard)
        })
    }

    /// Asks before a connection leaves the list.
    pub(super) fn ask_take_off(&mut self, id: &str) {
        self.leave(Place::Connections);
        self.asking = id.parse().ok().map(Asking::TakeOff);
    }

    /// Takes a connection off the list, from where it can be put back.
    pub(super) fn take_off(&mut self, id: &str) -> Result<(), Problem> {
        if let Ok(id) = id.parse() {
            self.data.as_ref().map_err(Clone::clone)?.take_off(id)?;
        }
        self.leave(Place::Connections);
        Ok(())
    }

    /// Asks before a connection that was taken off is removed from this computer.
    pub(super) fn ask_removal(&mut self, id: &str) {
        self.leave(Place::Connections);
        self.asking = id.parse().ok().map(Asking::Remove);
    }

    /// Removes a connection that was taken off from this computer: what lies in the keychain first, so that nothing is left
    /// there that no notes name any more.
    pub(super) async fn remove_from_here(&mut self, id: &str) -> Result<(), Problem> {
        self.leave(Place::Connections);
        let Ok(id) = id.parse::<ConnectionId>() else {
            return Ok(());
        };
        let data = self.data.as_ref().map_err(Clone::clone)?;
        let removed = data.removed().into_iter().find(|listed| listed.id == id);
        let Some(removed) = removed else { return Ok(()) };
        let opened = removed.state.ok().and_then(|state| state.opened);
        if let (Some((_, tenancy)), Trust::Ours) = (opened, removed.trust) {
            data.put_back(id)?;
            let forgotten = match self.opening(id, tenancy, false).await {
                Ok(opening) => Wizard::resume(opening)?.forget_keys().await,
                Err(problem) => Err(problem),
            };
            self.data.as_ref().map_err(Clone::clone)?.take_off(id)?;
            forgotten?;
        }
        self.data.as_ref().map_err(Clone::clone)?.delete(id)?;
        self.leave(Place::Connections);
        Ok(())
    }

    /// Puts a connection back on the list.
    pub(super) fn put_back(&mut self, id: &str) -> Result<(), Problem> {
        if let Ok(id) = id.parse() {
            self.data.as_ref().map_err(Clone::clone)?.put_back(id)?;
        }
        self.leave(Place::Connections);
        Ok(())
    }

    /// Opens a connection at what hangs on nothing else and can be taken back.
    pub(super) async fn undo_first(&mut self, id: &str) -> Result<(), Problem> {
        self.open(id).await?;
        let Some(wizard) = &self.wizard else { return Ok(()) };
        let step = [StepId::Protocols, StepId::Limit, StepId::Secret, StepId::App]
            .into_iter()
            .find(|step| may_undo(wizard.state(), *step));
        match step {
            Some(step) => self.show(step).await,
            None => Ok(()),
        }
    }
}
