//! Reads that can take long: how far they are is shown, and they can be stopped.
//!
//! A read changes nothing in the organisation, so it is stopped by giving it up where it waits; what it would have
//! written down is written only once it is whole. What has to be said of a read that was stopped is its caller's.

use std::sync::Arc;

use domain::message;
use domain::message::Message;
use domain::problem::Problem;
use engine::state::State;
use journey::wizard::Wizard;
use tokio::sync::mpsc;

use super::{Desk, no_connection};
use crate::pages;
use crate::request::Request;
use crate::session::Asked;
use crate::view::{BusyPlace, BusyProgress, ButtonKind};

/// How often a read that goes on is drawn anew, at most, however many mailboxes there are: each time the whole view goes to
/// the window, which takes as long as several calls where a page has thousands of rows.
const DRAWN: usize = 25;

/// What came to the desk while something was read.
enum Meanwhile {
    WaitOn,
    Stop,
    Leave(Request),
}

impl Desk {
    /// Reads something and shows how far it is. `None` where the reader stopped it or went elsewhere.
    pub(super) async fn at_length<T>(
        &mut self,
        words: Message,
        waiting_for: Message,
        place: BusyPlace,
        read: impl AsyncFnOnce(&mut Wizard) -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        let stop = pages::button(
            ButtonKind::Secondary,
            self.speaker.say(&message!("frame-stop")),
            Request::Stop,
        );
        self.under_way(words, waiting_for, place, Some(stop));
        // The wizard is lent to the read, so the page stays as it is drawn; only what is under way is drawn anew.
        let mut wizard = self.wizard.take().ok_or_else(no_connection)?;
        let known = wizard.state().clone();
        let (tell, mut told) = mpsc::unbounded_channel();
        wizard.tell_progress(Some(Arc::new(move |what, done, of| {
            // Nobody listens any more once the read is over.
            tell.send((what, done, of)).unwrap_or_default();
        })));
        let mut put_off = Vec::new();
        let mut reached = None;
        let outcome = {
            let reading = read(&mut wizard);
            tokio::pin!(reading);
            loop {
                tokio::select! {
                    biased;
                    asked = self.inbox.recv() => match asked.map(|asked| self.while_reading(asked, &known, &mut put_off)) {
                        Some(Meanwhile::WaitOn) => {}
                        Some(Meanwhile::Stop) | None => break None,
                        Some(Meanwhile::Leave(request)) => {
                            self.visit.instead = Some(request);
                            break None;
                        }
                    },
                    Some((what, done, of)) = told.recv() => self.reached(what, done, of, &mut reached),
                    outcome = &mut reading => break Some(outcome),
                }
            }
        };
        wizard.tell_progress(None);
        self.wizard = Some(wizard);
        for asked in put_off {
            self.take_while_busy(asked);
        }
        outcome.transpose()
    }

    fn while_reading(&mut self, asked: Asked, known: &State, put_off: &mut Vec<Asked>) -> Meanwhile {
        match asked {
            Asked::Act(Request::Stop, _) => return Meanwhile::Stop,
            Asked::Act(request @ (Request::SaveAndClose | Request::ShowConnections), _) => {
                return Meanwhile::Leave(request);
            }
            Asked::Act(Request::SetPresenting { on }, _) => {
                self.set_presenting(on);
                if let Some(presenting) = &self.presenting {
                    presenting.mask().learn(known);
                }
                self.draw_again();
            }
            other => put_off.push(other),
        }
        Meanwhile::WaitOn
    }

    /// Shows how far the read is, where that can be seen. `drawn` is what was read and how far it was, in parts that can
    /// be told apart, when it was drawn last.
    fn reached(&mut self, what: Message, done: usize, of: usize, drawn: &mut Option<(Message, usize)>) {
        let Some(busy) = &mut self.busy else { return };
        let now = Some((what.clone(), done * DRAWN / of.max(1)));
        if *drawn == now {
            return;
        }
        *drawn = now;
        let words = self
            .speaker
            .say(&message!("frame-so-far", what = what, done = done, all = of));
        busy.progress = Some(BusyProgress {
            words,
            done: u32::try_from(done).unwrap_or(u32::MAX),
            of: u32::try_from(of).unwrap_or(u32::MAX),
        });
        let busy = self.busy.clone();
        // What is shown was masked when it was drawn, and nothing of a progress is a name.
        let shown = self.shown.lock().ok().map(|mut shown| {
            self.revision += 1;
            shown.revision = self.revision;
            shown.page.busy = busy;
            shown.clone()
        });
        if let Some(shown) = shown {
            self.host.publish(shown);
        }
    }

    /// Says that a read was stopped, until something else is asked.
    pub(super) fn stopped(&mut self, words: Message) {
        self.note = Some(words);
    }

    /// A look at the mailboxes. One that is stopped leaves no proof: what was proven before was of a state that
    /// somebody began to read again.
    pub(super) async fn look(&mut self, now: bool, words: Message, place: BusyPlace) -> Result<(), Problem> {
        let looked = self
            .at_length(words, message!("verify-each-answer"), place, async |wizard| {
                journey::steps::verify_access::check(wizard, now).await
            })
            .await?;
        if looked.is_none() {
            journey::steps::verify_access::stopped(self.open_wizard()?)?;
            self.stopped(message!("verify-stopped"));
        }
        Ok(())
    }

    /// Looks mailboxes up. One that is stopped adds nothing, and what was typed stays in its box.
    pub(super) async fn look_mailboxes_up(
        &mut self,
        words: Message,
        look_up: impl AsyncFnOnce(&mut Wizard) -> Result<(), Problem>,
    ) -> Result<bool, Problem> {
        let looked = self
            .at_length(words, message!("frame-exchange-answer"), BusyPlace::Bar, look_up)
            .await?;
        if looked.is_none() {
            self.stopped(message!("frame-lists-as-before"));
        }
        Ok(looked.is_some())
    }
}
