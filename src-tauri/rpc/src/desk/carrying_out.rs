//! The plan carried out: part after part on the page that shows it, each acted, read back and ticked, until everything is
//! made or something is other than it was planned.

use domain::message;
use domain::message::{Arg, Message};
use domain::problem::Problem;
use engine::state::State;
use jiff::Timestamp;
use journey::adopt;
use journey::carry_out;
use journey::make_good::restorable_until;
use journey::parts::{self, May, Part, PartPlan, Stands};
use journey::plan::Line;
use journey::renew;
use journey::route::Stop;
use words::Speaker;

use super::asking::Asking;
use super::{Desk, Intends, Place};
use crate::pages::plan_by_parts::Run;
use crate::view::{BusyProgress, Content, LineState, PartLine};

impl Desk {
    /// Opens the plan. What an interrupted run left behind is looked for first.
    pub(super) async fn show_plan(&mut self) -> Result<(), Problem> {
        if self
            .intends
            .take_if(|intends| *intends == Intends::Revoke)
            .is_some()
        {
            self.place = Place::Revoke;
            return Ok(());
        }
        self.place = Place::Plan;
        let wanted = self
            .intends
            .take_if(|intends| *intends == Intends::Renew)
            .is_some();
        let wizard = self.open_wizard()?;
        if let Some(question) = wizard.asked_before_the_plan() {
            return Box::pin(self.show(question)).await;
        }
        let due = renew::is_due(wizard) && wizard.state().mailboxes_confirmed;
        if (wanted || due)
            && wizard.signed_in()
            && wizard.holds(parts::rights(wizard.state(), Part::Credential))
        {
            let begun = self.begin_renewal().await;
            if wanted && begun.is_err() {
                self.intends = Some(Intends::Renew);
            }
            begun?;
        }
        self.read_switches(false).await?;
        self.look_for_interrupted_secret().await
    }

    /// Carries the plan out, as far as who is signed in may. At its end comes the proof.
    pub(super) async fn carry_out_plan(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        wizard.forget_reading();
        let plans = parts::parts(wizard);
        let parts: Vec<Part> = plans.iter().map(|plan| plan.part).collect();
        self.run = Some(Run { plans, working: None });
        for part in parts {
            if !self.carry_out_part(part).await? {
                self.run = None;
                return Ok(());
            }
        }
        self.run = None;
        let after = self.route().and_then(|route| route.after(Stop::Plan));
        match after {
            Some(Stop::Step(step)) => Box::pin(self.show(step)).await,
            _ => Ok(()),
        }
    }

    /// Does one part, where it isn't done. False where the plan stops before it or after it.
    async fn carry_out_part(&mut self, part: Part) -> Result<bool, Problem> {
        let Some(now) = self.part_now(part)? else {
            return Ok(false);
        };
        if now.is_done() {
            return Ok(true);
        }
        let may = matches!(now.may, May::You | May::Perhaps);
        if !now.answered || !may || now.stands == Stands::Ended {
            return Ok(false);
        }
        let will: Vec<Line> = match &mut self.run {
            Some(run) => {
                run.working = Some(part);
                let planned = run.plans.iter().find(|planned| planned.part == part);
                planned.map(|planned| planned.will.clone()).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let (words, waiting_for) = making(part);
        let outcome = self
            .carry_out(words, waiting_for, will, async |wizard| {
                Box::pin(carry_out::carry_on(wizard, part)).await
            })
            .await;
        if let Some(run) = &mut self.run {
            run.working = None;
        }
        outcome?;
        let Some(now) = self.part_now(part)? else {
            return Ok(false);
        };
        if !now.is_done() && now.stands == Stands::Todo {
            self.stopped(message!("frame-plan-changed"));
        }
        Ok(now.is_done())
    }

    fn part_now(&mut self, part: Part) -> Result<Option<PartPlan>, Problem> {
        let plans = parts::parts(self.open_wizard()?);
        Ok(plans.into_iter().find(|plan| plan.part == part))
    }

    /// How much of the plan under way is made, for the bar.
    pub(super) fn progress_of_plan(&self, words: Message) -> Option<BusyProgress> {
        let (run, wizard) = self.run.as_ref().zip(self.wizard.as_ref())?;
        let (done, of) = run.made(wizard.state());
        Some(said_progress(&self.speaker, &words.into(), done, of))
    }

    /// Ticks the lines of the part under way.
    pub(super) fn tick_part(&mut self, done: &[bool]) {
        let Some(part) = self.run.as_ref().and_then(|run| run.working) else {
            return;
        };
        let kind = crate::rail::id(parts::step(part));
        let made = self.speaker.say(&message!("plan-line-made"));
        let mut newly = 0;
        for view in std::iter::once(&mut self.drawn).chain(&mut self.hidden) {
            let Content::Parts { plan, .. } = &mut view.page.content else {
                continue;
            };
            if let Some(drawn) = plan.parts.iter_mut().find(|drawn| drawn.kind == kind) {
                newly = ticked(&mut drawn.lines, done, &made);
            }
        }
        if newly == 0 {
            return;
        }
        if let Some(busy) = &mut self.busy
            && let Some(before) = &busy.progress
        {
            let (done, of) = (before.done as usize + newly, before.of as usize);
            let what = Arg::term(&busy.words);
            busy.progress = Some(said_progress(&self.speaker, &what, done, of));
        }
        self.draw_again();
    }

    /// Takes back everything that was made, in the order in which that goes.
    pub(super) async fn undo_made(&mut self) -> Result<(), Problem> {
        self.place = Place::Plan;
        for part in Part::ALL.into_iter().rev() {
            if !self.part_now(part)?.is_some_and(|now| now.may_undo) {
                continue;
            }
            let step = parts::step(part);
            if part == Part::App && adopt::opens_again(self.open_wizard()?) {
                self.asking = Some(Asking::Undo(step));
                return Ok(());
            }
            Box::pin(self.undo(step)).await?;
            // It takes another sign-in, or something stands in the way, which is shown.
            if self.place != Place::Plan || self.part_now(part)?.is_some_and(|now| now.may_undo) {
                return Ok(());
            }
        }
        let now = self.options.clock.now();
        let undone = undone(self.open_wizard()?.state(), now);
        self.stopped(undone);
        Ok(())
    }
}

/// What is left when everything that is known was taken back.
fn undone(state: &State, now: Timestamp) -> Message {
    let deleted = state.at_hand().removed_app();
    match deleted.filter(|deleted| now < restorable_until(deleted.at)) {
        _ if state.has_open_changes() => message!("frame-undone-unsure"),
        Some(deleted) => message!(
            "frame-undone-restorable",
            until = Arg::date(restorable_until(deleted.at))
        ),
        None => message!("frame-undone"),
    }
}

/// What is under way while a part is made, and whom it waits for.
pub(super) fn making(part: Part) -> (Message, Message) {
    match part {
        Part::App => (message!("frame-creating-app"), message!("frame-show-app")),
        Part::Permissions => (message!("frame-reading-grants"), message!("frame-list-grants")),
        Part::Credential => (message!("frame-creating-secret"), message!("frame-take-secret")),
        Part::Scope => (message!("frame-setting-limit"), message!("frame-show-limit")),
        Part::Protocols => (message!("frame-switching-on"), message!("frame-switch")),
    }
}

/// What is under way while a part is taken back, and whom it waits for.
pub(super) fn removing(part: Part) -> (Message, Message) {
    match part {
        Part::App => (message!("frame-deleting-app"), message!("frame-delete-app")),
        Part::Permissions => (message!("frame-removing-grant"), message!("frame-remove-grant")),
        Part::Credential => (message!("frame-removing-secret"), message!("frame-remove-secret")),
        Part::Scope => (message!("frame-removing-limit"), message!("frame-remove-limit")),
        Part::Protocols => (message!("frame-switching-off"), message!("frame-switch")),
    }
}

/// Ticks lines off, lets the next one turn, and says how many were ticked.
fn ticked(lines: &mut [PartLine], done: &[bool], made: &str) -> usize {
    let mut next = true;
    let mut newly = 0;
    for (line, done) in lines.iter_mut().zip(done) {
        if matches!(line.state, LineState::Made | LineState::Checked) {
            continue;
        }
        if *done {
            (line.state, line.stamp) = (LineState::Made, Some(made.to_owned()));
            newly += 1;
        } else if std::mem::take(&mut next) {
            line.state = LineState::Working;
        }
    }
    newly
}

fn said_progress(speaker: &Speaker, what: &Arg, done: usize, of: usize) -> BusyProgress {
    BusyProgress {
        words: speaker.say(&message!(
            "frame-made-so-far",
            what = what.clone(),
            done = done,
            all = of
        )),
        done: u32::try_from(done).unwrap_or(u32::MAX),
        of: u32::try_from(of).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use engine::event::Record;

    use super::*;

    /// That nothing is left is said only where nothing is: an app can be restored for 30 days, and of what got no answer
    /// nobody knows.
    #[test]
    fn what_is_left_after_everything_was_taken_back_is_said() {
        let said = |events: &[&str]| {
            let event = |text: &&str| Record {
                at: Timestamp::UNIX_EPOCH,
                event: serde_json::from_str(text).unwrap(),
            };
            let records: Vec<Record> = events.iter().map(event).collect();
            let now = "1970-01-02T00:00:00Z".parse().unwrap();
            crate::pages::plain().say(&undone(&State::of(&records), now))
        };
        let nil = "00000000-0000-0000-0000-000000000000";
        let deleted = format!(
            r#"{{"event":"app-found-deleted","app":"main","client_id":"{nil}","object_id":"{nil}","name":"n"}}"#
        );
        let lost = r#"{"event":"intended","app":"main","change":{"change":"create-app","unique":"u","tag":"t","name":"n"}}"#;
        assert_eq!(said(&[]), "Undone. Nothing of it is left.");
        assert_eq!(
            said(&[&deleted]),
            "Undone. The app can be restored until 31 January 1970."
        );
        let unsure =
            "What is known was undone. Whether anything else was made isn't known: an answer was lost.";
        assert_eq!(
            (said(&[lost]), said(&[&deleted, lost])),
            (unsure.into(), unsure.into())
        );
    }
}
