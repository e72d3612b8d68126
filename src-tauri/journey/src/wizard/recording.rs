//! What happened, written down before anything else happens; and what is refused before anything is written.

use domain::message;
use domain::message::{Arg, Message};
use domain::problem::{Code, Problem, Retry};
use domain::step::StepId;
use engine::event::{Event, Record};
use engine::journal::Trust;
use engine::progress::may_undo;
use jiff::{SignedDuration, Timestamp};
use microsoft::http::Http;
use plan::changes::Change;
use plan::given::Given;

use super::Wizard;
use crate::problems::not_written;

/// How far this computer's clock may be from Microsoft's before nothing is made any more.
const MOST_SKEW: SignedDuration = SignedDuration::from_mins(5);

impl Wizard {
    /// Why the connection can be looked at only, where that is so.
    pub fn read_only(&self) -> Option<Problem> {
        read_only(self.journal.trust())
    }

    /// Records what happened, durably, before anything else does.
    ///
    /// # Errors
    /// When the connection can be looked at only, or the disk refuses.
    pub fn record(&mut self, event: Event) -> Result<(), Problem> {
        if let Some(problem) = self.read_only() {
            return Err(problem);
        }
        let record = Record {
            at: self.now(),
            event,
        };
        if let Some(first) = &self.first {
            self.write(first.clone())?;
            self.first = None;
        }
        self.write(record.clone())?;
        self.state.apply(&record);
        self.proved_here |= matches!(record.event, Event::Proved { .. });
        self.tell_what_is_asked();
        if let Some(told) = &self.told {
            told(&self.state);
        }
        Ok(())
    }

    /// Takes the proof back: a look failed or was stopped. It is gone from memory even where the disk refuses the note,
    /// because nothing may be said on it any more.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub(crate) fn take_back_proof(&mut self) -> Result<(), Problem> {
        let noted = self.record(Event::LookFailed);
        if noted.is_err() {
            let saved_at = self.state.saved_at;
            self.state.apply(&Record {
                at: self.now(),
                event: Event::LookFailed,
            });
            self.state.saved_at = saved_at;
        }
        noted
    }

    fn write(&mut self, record: Record) -> Result<(), Problem> {
        self.journal
            .append(record)
            .map_err(|error| not_written(&self.journal.path().display().to_string(), &error))
    }

    /// Refuses to go on while this computer's clock and Microsoft's differ by more than 5 minutes: a secret's end would
    /// be another than the one shown, and tokens are refused. `exists` says what there is by now.
    ///
    /// # Errors
    /// `clock.wrong`, by the `Date` of Microsoft's last answer.
    pub fn require_clock(&self, exists: Message) -> Result<(), Problem> {
        too_far_apart(&self.http).map_or(Ok(()), |problem| Err(problem.exists(exists)))
    }

    /// Refuses to take back what something else hangs on.
    ///
    /// # Errors
    /// `undo.not-yet`, or the reason why the connection can be looked at only.
    pub fn require_undo(&self, step: StepId) -> Result<(), Problem> {
        if let Some(problem) = self.read_only() {
            return Err(problem);
        }
        if may_undo(&self.state, step) {
            return Ok(());
        }
        Err(Problem::said(
            Code::UndoNotYet,
            message!("wizard-undo-not-yet", step = step.title()),
        )
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-nothing-changed")))
    }

    /// Records a change that is about to be sent.
    pub(crate) fn intend(&mut self, change: Change) -> Result<(), Problem> {
        self.intend_try(change, None)
    }

    /// Records a change that is about to be sent, with what tells this try from others.
    pub(crate) fn intend_try(&mut self, change: Change, tag: Option<String>) -> Result<(), Problem> {
        self.require_clock(message!("wizard-not-sent"))?;
        let known = |open: &engine::notes::Open| open.change == change && open.tag == tag;
        if self.notes().open.iter().any(known) {
            return Ok(());
        }
        let app = self.key();
        self.record(Event::Intended { app, change, tag })
    }

    /// Records that a change was made.
    pub(crate) fn done(&mut self, change: Change, given: Given) -> Result<(), Problem> {
        let app = self.key();
        self.record(Event::Done { app, change, given })
    }
}

/// Why a journal that isn't believed can be looked at only.
fn read_only(trust: Trust) -> Option<Problem> {
    let (code, message) = match trust {
        Trust::Ours => return None,
        Trust::Newer => (Code::JournalNewer, message!("wizard-journal-newer")),
        Trust::Unsigned => (Code::JournalReadOnly, message!("wizard-journal-unsigned")),
        Trust::Foreign => (Code::JournalReadOnly, message!("wizard-journal-foreign")),
        Trust::Edited { .. } => (Code::JournalReadOnly, message!("wizard-journal-edited")),
    };
    let told = Problem::said(code, message).retry(Retry::AfterYouAct);
    Some(told.exists(message!("wizard-nothing-changed-anywhere")))
}

/// What is said where this computer's clock and Microsoft's differ by more than 5 minutes, by the `Date` of Microsoft's last
/// answer.
pub(crate) fn too_far_apart(http: &Http) -> Option<Problem> {
    let skew = http.skew()?;
    (skew.abs() > MOST_SKEW).then(|| clock_wrong(http.clock().now(), http.microsoft_now()))
}

fn clock_wrong(ours: Timestamp, theirs: Timestamp) -> Problem {
    let message = message!(
        "wizard-clock-wrong",
        ours = Arg::universal(ours),
        theirs = Arg::universal(theirs)
    );
    Problem::said(Code::ClockWrong, message).retry(Retry::AfterYouAct)
}
