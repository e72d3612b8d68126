//! What changes the organisation: a commit and its way back. The plan stays on screen and gets a tick for each line that
//! is done, and the button that was pressed says what it does.

use std::sync::Arc;

use domain::message;
use domain::message::Message;
use domain::problem::Problem;
use domain::step::StepId;
use journey::carry_out;
use journey::parts::{self, Part};
use journey::plan::Line;
use journey::wizard::Wizard;
use tokio::sync::mpsc;

use super::carrying_out::{making, removing};
use super::{Desk, Place, no_connection};
use crate::request::{Request, Submit};
use crate::session::Asked;
use crate::view::{BusyButton, BusyPlace, ButtonKind, Content, Page};

/// The button behind what is asked, where it can be one of the page's own.
pub(super) fn pressed(asked: &Asked) -> Option<Request> {
    match asked {
        Asked::Act(request, _) => Some(request.clone()),
        Asked::Submit(
            Submit::Choose { .. } | Submit::FindApp { .. } | Submit::Mailboxes { .. } | Submit::Export { .. },
        ) => Some(Request::Submit),
        Asked::Submit(_) => None,
    }
}

impl Desk {
    pub(super) async fn commit(&mut self) -> Result<(), Problem> {
        if self.place == Place::Plan {
            return Box::pin(self.carry_out_plan()).await;
        }
        if self.place == Place::Revoke {
            return Box::pin(self.revoke()).await;
        }
        if self.place == Place::Step(StepId::OldPermissions) {
            return Box::pin(self.remove_old_permissions()).await;
        }
        let Some(step) = self.may_change() else {
            return Ok(());
        };
        if step == StepId::ExistingApp {
            return Box::pin(self.take_over()).await;
        }
        if step == StepId::OldSecret {
            return self.remove_replaced().await;
        }
        let Some(part) = parts::of_step(step) else {
            return Ok(());
        };
        let plan = parts::plan_of(self.open_wizard()?, part);
        let (words, waiting_for) = making(part);
        self.carry_out(words, waiting_for, plan.will, async |wizard| {
            carry_out::carry_out(wizard, part).await
        })
        .await
    }

    pub(super) async fn undo(&mut self, step: StepId) -> Result<(), Problem> {
        if self.may_not(step)? {
            return Ok(());
        }
        self.open_wizard()?.require_undo(step)?;
        let Some(part) = parts::of_step(step) else {
            return Ok(());
        };
        let gives_back = part == Part::App && self.open_wizard()?.notes().adopted.is_some();
        let (words, waiting_for) = match gives_back {
            true => (message!("adopting-giving-back"), message!("frame-show-app")),
            false => removing(part),
        };
        self.carry_out(words, waiting_for, Vec::new(), async |wizard| {
            carry_out::undo(wizard, part).await
        })
        .await?;
        if gives_back {
            // Which app is asked anew.
            self.place = Place::Step(StepId::ExistingApp);
        }
        Ok(())
    }

    /// The open step, where this person may change what it makes; otherwise the way to a sign-in is shown.
    fn may_change(&mut self) -> Option<StepId> {
        let Place::Step(step) = self.place else {
            return None;
        };
        self.may_not(step).is_ok_and(|may_not| !may_not).then_some(step)
    }

    /// Changes something in the organisation and ticks the plan's lines off as they are written down.
    pub(super) async fn carry_out(
        &mut self,
        words: Message,
        waiting_for: Message,
        will: Vec<Line>,
        act: impl AsyncFnOnce(&mut Wizard) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let progress = self.progress_of_plan(words.clone());
        self.under_way(words, waiting_for, BusyPlace::Bar, None);
        if let Some(busy) = self.busy.as_mut().filter(|_| progress.is_some()) {
            busy.progress = progress;
            self.publish();
        }
        // The wizard is lent to the act, so the page stays as it is drawn; only its ticks are drawn anew.
        let mut wizard = self.wizard.take().ok_or_else(no_connection)?;
        let (tell, mut told) = mpsc::unbounded_channel();
        wizard.tell_recorded(Some(Arc::new(move |state| {
            let done: Vec<bool> = will.iter().map(|line| line.is_done(state)).collect();
            // Nobody listens any more once the act is over.
            tell.send(done).unwrap_or_default();
        })));
        let outcome = {
            let acting = act(&mut wizard);
            tokio::pin!(acting);
            loop {
                tokio::select! {
                    biased;
                    Some(done) = told.recv() => self.tick(&done),
                    outcome = &mut acting => break outcome,
                }
            }
        };
        wizard.tell_recorded(None);
        self.wizard = Some(wizard);
        outcome
    }

    fn tick(&mut self, done: &[bool]) {
        if self.run.is_some() {
            return self.tick_part(done);
        }
        let mut ticked = false;
        for drawn in std::iter::once(&mut self.drawn).chain(&mut self.hidden) {
            let Content::Plan { plan, .. } = &mut drawn.page.content else {
                continue;
            };
            // A page that shows another plan than the one carried out is left alone.
            if plan.will.len() != done.len()
                || plan.will.iter().map(|line| line.done).eq(done.iter().copied())
            {
                continue;
            }
            for (line, done) in plan.will.iter_mut().zip(done) {
                line.done = *done;
            }
            ticked = true;
        }
        if ticked {
            self.draw_again();
        }
    }

    /// Which of the page's buttons turns while something is under way, and what it says meanwhile.
    pub(super) fn turning(&self, page: &Page) -> Option<BusyButton> {
        let of_pressed =
            |pressed: &Request| page.actions.iter().position(|button| button.request == *pressed);
        let at = match &self.pressed {
            // What is looked at because it is due, or tried once more, is what the page's main button would do.
            None | Some(Request::TryAgain) => page
                .actions
                .iter()
                .position(|button| button.kind == ButtonKind::Primary),
            Some(pressed) => of_pressed(pressed),
        }?;
        let words = match (&page.actions.get(at)?.request, self.step()) {
            (Request::Commit, None) => message!("frame-making"),
            (Request::Commit, Some(StepId::Limit)) => message!("frame-setting"),
            (Request::Commit, _) => message!("frame-creating"),
            (Request::Undo | Request::UndoAfterAll, Some(StepId::App)) => message!("frame-deleting"),
            (Request::Undo | Request::UndoAfterAll, _) => message!("frame-removing"),
            (Request::Check, _) => message!("frame-checking"),
            (Request::SignIn, _) => message!("frame-waiting"),
            (Request::Submit, Some(StepId::Export)) => message!("frame-sealing"),
            (Request::Submit, Some(StepId::Mailboxes)) => message!("frame-looking"),
            _ => message!("frame-working"),
        };
        Some(BusyButton {
            at: u32::try_from(at).ok()?,
            words: self.speaker.say(&words),
        })
    }
}
