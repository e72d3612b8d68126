//! What is known of a step without a sign-in: the connection's notes, dated, and nothing said of today.

use domain::message;
use domain::message::{Arg, Join};
use domain::step::StepId;
use engine::state::State;
use jiff::Timestamp;
use journey::parts;

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
        let something_over_it = self.helping || self.problem.is_some() || self.question().is_some();
        let step = match self.place {
            _ if something_over_it => return page,
            Place::Plan => return self.plan_as_remembered(page, now),
            Place::Step(step) if self.may_look(step) => step,
            _ => return page,
        };
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

    /// The plan as it is remembered. Its buttons stay: each of them asks for the sign-in that it takes.
    fn plan_as_remembered(&self, mut page: Page, now: Timestamp) -> Page {
        let wizard = self.wizard.as_ref();
        let shown = wizard
            .map(|wizard| parts::shown(wizard.state()))
            .unwrap_or_default();
        let steps = shown.into_iter().map(parts::step);
        let steps = steps.filter(|step| self.may_look(*step));
        let last = wizard.and_then(|wizard| steps.filter_map(|step| noted(wizard.state(), step)).max());
        let Some(at) = last else { return page };
        let speaker = self.speaker.at(now);
        let from_notes = message!("frame-from-notes", when = Arg::when(at));
        // Where something is left to do, what nobody signed in for is all that stood there.
        let lead = match page.lead.take() {
            Some(lead) if page.key == "plan-done" => {
                page.actions.push(pages::secondary(
                    speaker.say(&message!("frame-sign-in-to-look")),
                    Request::SignIn,
                ));
                Arg::list(Join::Sentences, [from_notes.into(), Arg::term(lead)])
            }
            _ => from_notes.into(),
        };
        page.lead = Some(speaker.value(&lead));
        page
    }
}

/// When the notes were last written about what a step made or saw; none where they hold nothing of it.
fn noted(state: &State, step: StepId) -> Option<Timestamp> {
    match step {
        StepId::App => {
            let app = state.at_hand().app()?;
            Some(app.checked_at.unwrap_or(app.created_at))
        }
        StepId::Permissions | StepId::OldPermissions => state.at_hand().grants.as_ref().map(|(at, _)| *at),
        StepId::Secret => {
            let secret = state.at_hand().secret.as_ref()?;
            Some(secret.accepted.map_or(secret.saved_at, |(at, _)| at))
        }
        StepId::Limit => state.at_hand().limit_set_at,
        StepId::Protocols => state.switches_read_at(),
        StepId::Verify => state.proof.as_ref().map(|proof| proof.at),
        // What was chosen can be changed only where Exchange can be asked; the others need nobody signed in.
        StepId::Platform
        | StepId::Method
        | StepId::SignIn
        | StepId::ExistingApp
        | StepId::Mailboxes
        | StepId::Export
        | StepId::OldSecret => None,
    }
}

#[cfg(test)]
mod tests {
    use engine::event::Record;

    use super::*;

    /// What is written about something else afterwards makes what is said of the app no newer.
    #[test]
    fn what_is_known_of_the_app_is_as_old_as_the_last_look_at_it() {
        let nil = "00000000-0000-0000-0000-000000000000";
        let create = r#"{"change":"create-app","unique":"u","tag":"t","name":"n"}"#;
        let done = format!(
            r#"{{"event":"done","app":"main","change":{create},"given":{{"object":"{nil}","client":"{nil}"}}}}"#
        );
        let read_back = r#"{"event":"app-checked","app":"main"}"#;
        let chosen = r#"{"event":"secret-days-chosen","days":90}"#;
        let at = |second| Timestamp::from_second(second).unwrap();
        let records: Vec<Record> = [(1, done.as_str()), (2, read_back), (3, chosen)]
            .into_iter()
            .map(|(second, event)| Record {
                at: at(second),
                event: serde_json::from_str(event).unwrap(),
            })
            .collect();
        assert_eq!(noted(&State::of(&records), StepId::App), Some(at(2)));
        assert_eq!(noted(&State::of(&records[..1]), StepId::App), Some(at(1)));
    }
}
