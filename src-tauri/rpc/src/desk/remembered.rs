//! What is known of a step without a sign-in: the connection's notes, dated, and nothing said of today.

use domain::message;
use domain::message::Arg;
use domain::step::StepId;
use engine::state::State;
use jiff::Timestamp;

use super::{Desk, Place};
use crate::pages;
use crate::request::Request;
use crate::view::{Content, Page};

impl Desk {
    /// Whether this step can be looked at without a sign-in: nobody signed in, and the notes hold what was made or seen.
    pub(super) fn may_look(&self, step: StepId) -> bool {
        self.wizard.as_ref().is_some_and(|wizard| {
            !wizard.signed_in() && wizard.read_only().is_none() && noted(wizard.state(), step).is_some()
        })
    }

    /// The page of a step as it is remembered, where nobody signed in: when that was, and the way to how it is now. No
    /// other button, because each of them would have to look first.
    pub(super) fn as_remembered(&self, mut page: Page, now: Timestamp) -> Page {
        let Place::Step(step) = self.place else {
            return page;
        };
        let something_over_it = self.helping || self.problem.is_some() || self.question().is_some();
        if something_over_it || !self.may_look(step) {
            return page;
        }
        let Some(at) = self
            .wizard
            .as_ref()
            .and_then(|wizard| noted(wizard.state(), step))
        else {
            return page;
        };
        let speaker = self.speaker.at(now);
        page.lead = Some(speaker.say(&message!("frame-from-notes", when = Arg::when(at))));
        if matches!(page.content, Content::Proof { .. }) {
            // What was proven then isn't said of now.
            page.heading = speaker.say(&message!("frame-seen-then"));
        }
        page.announcement = None;
        page.action_note = None;
        page.actions = vec![
            pages::primary(speaker.say(&message!("frame-sign-in-to-look")), Request::SignIn),
            pages::secondary(
                speaker.say(&message!("frame-back-to-connections")),
                Request::SaveAndClose,
            ),
        ];
        page
    }
}

/// When the notes were last written about what a step made or saw; none where they hold nothing of it.
fn noted(state: &State, step: StepId) -> Option<Timestamp> {
    match step {
        StepId::App => state.at_hand().app().and(state.saved_at),
        StepId::Permissions => state.at_hand().grants.as_ref().map(|(at, _)| *at),
        StepId::Secret => state.at_hand().secret.as_ref().map(|secret| secret.starts_at),
        StepId::Limit => state.at_hand().limit_set_at,
        StepId::Verify => state.proof.as_ref().map(|proof| proof.at),
        // What was chosen can be changed only where Exchange can be asked; the others need nobody signed in.
        StepId::Platform | StepId::Method | StepId::SignIn | StepId::Mailboxes | StepId::Export => None,
    }
}
