//! The visit of the browser for a sign-in: opened, waited for, left for something else, and what comes of it.

use std::sync::Arc;

use domain::message;
use domain::message::Message;
use domain::problem::{Code, Problem, Remedy};
use domain::step::StepId;
use journey::Right;
use journey::make_good::make_good;
use journey::parts;
use journey::steps::sign_in::{self, Came};
use journey::{carry_out, secret_life};
use tokio::sync::mpsc;

use super::{Desk, Place};
use crate::pages;
use crate::rail::Spot;
use crate::request::{Request, Submit};
use crate::session::Asked;
use crate::view::BusyPlace;

/// The page that the browser was opened with.
pub(super) struct Waiting {
    pub(super) address: String,
    /// Whether a browser opened.
    pub(super) opened: bool,
}

/// What is known of the visit under way, and of the last one.
#[derive(Default)]
pub(super) struct Visit {
    pub(super) waiting: Option<Waiting>,
    /// What became of the last visit, where nothing is wrong with that.
    pub(super) notice: Option<Message>,
    /// What was typed as the id of an own app and isn't one.
    pub(super) typed_client: Option<String>,
    /// What is asked for on top of what is left to be done.
    pub(super) also: Vec<Right>,
    /// What the reader asked for instead of waiting on.
    pub(super) instead: Option<Request>,
}

/// What can be asked again in one click after a problem: it leads nowhere else, so the same place is still open.
pub(super) enum Again {
    Act(Request),
    Submit(Submit),
}

impl Again {
    pub(super) fn of_request(request: &Request) -> Option<Self> {
        let same_place = matches!(
            request,
            Request::Commit
                | Request::Check
                | Request::Undo
                | Request::RemovePart { .. }
                | Request::UndoMade
                | Request::SignIn
                | Request::RemoveGrant { .. }
                | Request::RemovePolicy { .. }
                | Request::AddMailbox { .. }
                | Request::UseSuggestion { .. }
                | Request::StartReal
                | Request::StartPractice
                | Request::OpenConnection { .. }
        );
        same_place.then(|| Self::Act(request.clone()))
    }

    /// What was typed stays with it, apart from a passphrase, which is never kept.
    pub(super) fn of_submit(submit: &Submit) -> Option<Self> {
        Some(Self::Submit(match submit {
            Submit::AddMailboxes { list, text } => Submit::AddMailboxes {
                list: *list,
                text: text.clone(),
            },
            Submit::SearchMailboxes { text } => Submit::SearchMailboxes { text: text.clone() },
            Submit::Mailboxes { allowed, refused } => Submit::Mailboxes {
                allowed: allowed.clone(),
                refused: refused.clone(),
            },
            _ => return None,
        }))
    }
}

/// What a request means while the browser is waited for.
enum Meanwhile {
    /// The waiting goes on.
    WaitOn,
    /// The reader has enough.
    Stop,
    /// The reader wants something else.
    Leave(Request),
}

impl Desk {
    /// Chooses the public client. What can't be an id stays in its box and is told there.
    pub(super) fn choose_client(&mut self, value: &str) -> Result<(), Problem> {
        let chosen = sign_in::choose_client(self.open_wizard()?, value.trim())?;
        self.visit.typed_client = chosen.err().map(|_| value.trim().to_owned());
        Ok(())
    }

    /// Whether somebody is signed in, and may not do what the sign-in page was opened for.
    pub(super) fn lacking(&self) -> bool {
        let Some((wizard, spot)) = self.wizard.as_ref().zip(self.return_to) else {
            return false;
        };
        let to_open: &[Right] = match spot {
            Spot::Plan => &[],
            Spot::Step(step) => sign_in::rights_to_open(step),
        };
        wizard.signed_in() && !wizard.holds(self.lacks.as_deref().unwrap_or(to_open))
    }

    /// Turns to the sign-in where nobody here may do what a step plans, or take it back.
    pub(super) fn may_not(&mut self, step: StepId) -> Result<bool, Problem> {
        let rights = sign_in::rights_to_act(self.open_wizard()?.state(), step);
        Ok(self.needs_rights(step, rights))
    }

    /// Turns to the sign-in where a step takes rights that nobody here holds now.
    pub(super) fn needs_rights(&mut self, step: StepId, rights: &'static [Right]) -> bool {
        // What can be looked at only takes no sign-in, and nothing of it is acted on.
        let read_only = self
            .wizard
            .as_ref()
            .is_some_and(|wizard| wizard.read_only().is_some());
        let behind = self.route().is_some_and(|route| route.is_behind_sign_in(step));
        // Whether the platform has moved is a question to a person, and is answered without a sign-in.
        let told_only = matches!(step, StepId::OldSecret | StepId::OldPermissions) && rights.is_empty();
        let asked_only = step == StepId::Export || told_only;
        let needs = behind && !asked_only && !read_only;
        let held = self
            .wizard
            .as_ref()
            .is_some_and(|wizard| wizard.signed_in() && wizard.holds(rights));
        if needs && !held {
            self.return_to = Some(match self.place {
                Place::Plan => Spot::Plan,
                _ => Spot::Step(step),
            });
            self.lacks = Some(rights.to_vec());
            self.place = Place::Step(StepId::SignIn);
            return true;
        }
        false
    }

    /// Turns to the sign-in, for what is left of the plan: for the first part that who is signed in may not do.
    pub(super) fn sign_in_for_the_plan(&mut self) {
        let lacking = self
            .wizard
            .as_ref()
            .filter(|wizard| wizard.signed_in())
            .and_then(|wizard| {
                let plans = parts::parts(wizard);
                let part = plans
                    .iter()
                    .find(|plan| !plan.is_done() && plan.may == parts::May::Ask)?;
                Some(parts::rights(wizard.state(), part.part).to_vec())
            });
        self.return_to = Some(Spot::Plan);
        self.lacks = lacking;
        self.place = Place::Step(StepId::SignIn);
    }

    /// Opens the browser, waits for it and takes over who came. False where nobody did: the reader stopped waiting,
    /// pressed Cancel on Microsoft's page, or went elsewhere, none of which is a problem.
    pub(super) async fn sign_in(&mut self, also: &[Right]) -> Result<bool, Problem> {
        self.visit.notice = None;
        let refused = self.visit.typed_client.as_deref();
        let refused = refused.and_then(|typed| journey::client_id::read(typed).err());
        let attempt = match refused {
            Some(words) => Err(words),
            None => sign_in::attempt(self.open_wizard()?, also),
        };
        let attempt = match attempt {
            Ok(attempt) => attempt,
            Err(words) => {
                // What an older version kept as an id is shown, so that it can be put right.
                if self.visit.typed_client.is_none() {
                    self.visit.typed_client = self.open_wizard()?.state().client.clone();
                }
                self.place = Place::Step(StepId::SignIn);
                self.field_problems = vec![pages::FieldWords::new("client", words)];
                return Ok(false);
            }
        };
        // The address to copy and the way out stand on the sign-in's page, wherever the visit was begun.
        self.visit.also = also.to_vec();
        self.place = Place::Step(StepId::SignIn);
        let host = Arc::clone(&self.host);
        let (told, mut opened) = mpsc::unbounded_channel();
        let open = move |address: &url::Url| {
            // The address is shown whether or not a browser opens.
            let opens = host.open_browser(address.as_str()).is_ok();
            drop(told.send((address.to_string(), opens)));
        };
        self.under_way(
            message!("sign-in-waiting"),
            message!("sign-in-waiting-for"),
            BusyPlace::Bar,
            None,
        );
        let voice = self.speaker_now().voice();
        let signing_in = sign_in::act(&attempt, &open, &voice);
        tokio::pin!(signing_in);
        let came = loop {
            tokio::select! {
                outcome = &mut signing_in => break outcome,
                Some((address, opened)) = opened.recv() => {
                    self.visit.waiting = Some(Waiting { address, opened });
                    self.publish();
                }
                asked = self.inbox.recv() => {
                    let Some(asked) = asked else { return Ok(false) };
                    match self.meanwhile(asked) {
                        Meanwhile::WaitOn => self.publish(),
                        Meanwhile::Stop => {
                            self.ended(message!("sign-in-stopped"));
                            return Ok(false);
                        }
                        Meanwhile::Leave(request) => {
                            self.visit.waiting = None;
                            self.visit.instead = Some(request);
                            return Ok(false);
                        }
                    }
                }
            }
        };
        self.visit.waiting = None;
        self.helping = false;
        let Came::Somebody(signed_in) = came? else {
            self.ended(message!("sign-in-cancelled"));
            return Ok(false);
        };
        if self.finding.is_some() {
            self.found_by(*signed_in).await?;
            return Ok(true);
        }
        let confirmed = self.open_wizard()?.state().confirmed;
        let somebody_else = sign_in::adopt(self.open_wizard()?, *signed_in)?;
        match self.return_to.take() {
            Some(Spot::Step(step)) if confirmed && !somebody_else && !self.still_lacks() => {
                self.show(step).await?
            }
            Some(Spot::Plan) if confirmed && !somebody_else && !self.still_lacks() => {
                self.show_plan().await?
            }
            // The first time, the reader says whether this is the right organisation; and somebody else is told who
            // made what so far.
            return_to => {
                self.return_to = return_to;
                self.place = Place::SignedIn;
            }
        }
        self.lacks = None;
        Ok(true)
    }

    fn still_lacks(&self) -> bool {
        let Some((wizard, lacks)) = self.wizard.as_ref().zip(self.lacks.as_ref()) else {
            return false;
        };
        !wizard.holds(lacks)
    }

    fn ended(&mut self, words: Message) {
        self.visit.waiting = None;
        self.visit.notice = Some(words);
    }

    fn meanwhile(&mut self, asked: Asked) -> Meanwhile {
        let Asked::Act(request, seen) = asked else {
            self.take_while_busy(asked);
            return Meanwhile::WaitOn;
        };
        if !request.copies() {
            self.copied = None;
        }
        match request {
            Request::CancelSignIn => return Meanwhile::Stop,
            Request::CopyAddress => {
                let address = self.visit.waiting.as_ref().map(|page| page.address.clone());
                self.copy(request, address);
            }
            Request::OpenAddress => {
                if let Some(page) = &mut self.visit.waiting {
                    page.opened = self.host.open_browser(&page.address).is_ok();
                }
            }
            Request::CopyRequest => {
                let text = self.request_text();
                self.copy(request, text);
            }
            Request::Help => self.helping = !self.helping,
            Request::Back if self.helping => self.helping = false,
            Request::Back
            | Request::GoTo { .. }
            | Request::SaveAndClose
            | Request::ShowConnections
            | Request::ShowStart
            | Request::UseAnotherOrganisation => {
                self.helping = false;
                return Meanwhile::Leave(request);
            }
            other => self.take_while_busy(Asked::Act(other, seen)),
        }
        Meanwhile::WaitOn
    }

    /// Does what a problem's button says, in one click.
    pub(super) async fn try_again(&mut self, problem: Option<Problem>) -> Result<(), Problem> {
        let Some(problem) = problem else { return Ok(()) };
        if self.data.is_err() {
            self.data = crate::session::open_data(&self.options);
            self.speak_as_remembered();
            if self.saved() > 0 {
                // What couldn't be read until now is what the window opens with.
                self.place = Place::Connections;
            }
            return self.data.as_ref().map(drop).map_err(Clone::clone);
        }
        match problem.code.remedy() {
            Remedy::SignIn => {
                let behind = |step| self.route().is_some_and(|route| route.is_behind_sign_in(step));
                let back_to = match self.place {
                    Place::Step(step) if behind(step) => Some(Spot::Step(step)),
                    Place::Plan => Some(Spot::Plan),
                    _ => self.return_to,
                };
                if let Some(wizard) = &mut self.wizard {
                    wizard.sign_out();
                }
                self.return_to = back_to;
                self.place = Place::Step(StepId::SignIn);
                self.sign_in(&[]).await.map(drop)
            }
            Remedy::App => {
                if !self.needs_rights(StepId::App, sign_in::rights_to_open(StepId::App)) {
                    make_good(self.open_wizard()?).await?;
                    self.show_part(StepId::App).await?;
                }
                Ok(())
            }
            Remedy::Restore => {
                let from_plan = self.place == Place::Plan;
                self.place = Place::Step(StepId::App);
                if self.may_not(StepId::App)? {
                    return Ok(());
                }
                make_good(self.open_wizard()?).await?;
                let plan = parts::plan_of(self.open_wizard()?, parts::Part::App);
                self.carry_out(
                    message!("frame-restoring-app"),
                    message!("frame-show-restored-app"),
                    plan.will,
                    async |wizard| carry_out::carry_out(wizard, parts::Part::App).await,
                )
                .await?;
                if from_plan {
                    self.show_plan().await?;
                }
                Ok(())
            }
            // The page behind the problem is what can be looked at, or where something else is chosen.
            Remedy::Look | Remedy::Page => Ok(()),
            Remedy::Client => {
                self.place = Place::Step(StepId::SignIn);
                Ok(())
            }
            Remedy::Mailboxes => self.show(StepId::Mailboxes).await,
            Remedy::Connections => {
                self.leave(Place::Connections);
                Ok(())
            }
            Remedy::Secret => {
                secret_life::give_up(self.open_wizard()?)?;
                self.show_part(StepId::Secret).await
            }
            Remedy::Proof => self.show(StepId::Verify).await,
            Remedy::Again => self.again(&problem).await,
        }
    }

    /// Opens a part where it is worked on: on the plan, or on its own page.
    async fn show_part(&mut self, step: StepId) -> Result<(), Problem> {
        if self.place == Place::Plan {
            self.show_plan().await
        } else {
            self.show(step).await
        }
    }

    /// The same thing once more. Each step looks first, so nothing is made twice.
    async fn again(&mut self, problem: &Problem) -> Result<(), Problem> {
        // What is removed is shown in the plan before.
        let lost = |wizard: &journey::wizard::Wizard| !wizard.notes().lost_secrets.is_empty();
        if matches!(self.place, Place::Step(StepId::Secret) | Place::Plan)
            && self.wizard.as_ref().is_some_and(lost)
        {
            self.again = None;
            return Ok(());
        }
        match self.again.take() {
            Some(Again::Submit(submit)) => {
                self.again = Again::of_submit(&submit);
                return self.submit(submit).await;
            }
            Some(Again::Act(request)) => {
                self.again = Again::of_request(&request);
                return Box::pin(self.go(request)).await;
            }
            None => {}
        }
        if problem.code == Code::FileNotWritten {
            // The passphrase isn't kept, so the page is filled in again.
            return Ok(());
        }
        // A look that failed just before the sealing took the proof with it, and there is nothing to seal without one.
        let unproven = |wizard: &journey::wizard::Wizard| wizard.state().proof.is_none();
        match self.place {
            Place::Step(StepId::SignIn) => self.sign_in(&[]).await.map(drop),
            Place::Step(StepId::Export) if self.wizard.as_ref().is_some_and(unproven) => {
                self.show(StepId::Verify).await
            }
            Place::Step(step) => self.show(step).await,
            Place::Plan => self.show_plan().await,
            _ => Ok(()),
        }
    }

    /// Has somebody sign in for these rights where nobody here holds them, and turns back to the page that it was asked for on.
    /// False where nobody came.
    pub(super) async fn comes_by_with(&mut self, rights: &[Right]) -> Result<bool, Problem> {
        let place = self.place;
        self.return_to = None;
        if self.open_wizard()?.holds(rights) {
            return Ok(true);
        }
        let came = self.sign_in(rights).await;
        self.place = place;
        came
    }

    pub(super) async fn remove_grant(&mut self, id: &str) -> Result<(), Problem> {
        // The right to remove grants is asked for only now, and only for this.
        let place = self.place;
        if !self.comes_by_with(&[Right::RemoveGrants]).await? {
            return Ok(());
        }
        self.under_way(
            message!("frame-removing-grant"),
            message!("frame-remove-grant"),
            BusyPlace::Bar,
            None,
        );
        carry_out::remove_grant(self.open_wizard()?, id).await?;
        if place == Place::Step(StepId::Verify) {
            return self
                .look(true, message!("verify-checking-each"), BusyPlace::Bar)
                .await;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A passphrase is never kept for a second try.
    #[test]
    fn what_holds_a_secret_is_not_kept() {
        let submit: Submit = serde_json::from_str(
            r#"{"kind":"export","opener":"passphrase","givenKey":"","keyCompared":false,"passphrase":"a b c d","passphraseAgain":"a b c d","folder":"/tmp"}"#,
        )
        .unwrap();
        assert!(Again::of_submit(&submit).is_none());
    }

    /// What leads to another place would mean something else when it is done from there.
    #[test]
    fn going_on_is_not_repeated() {
        assert!(Again::of_request(&Request::Continue).is_none());
        assert!(Again::of_request(&Request::Back).is_none());
        assert!(Again::of_request(&Request::Commit).is_some());
    }
}
