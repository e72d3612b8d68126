//! Where the reader goes: the next page, a page that reads on arrival, a check once more.

use domain::mail_protocol::MailProtocol;
use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use engine::progress::{Status, status};
use journey::found_again;
use journey::parts::{self, Part};
use journey::route::Stop;
use journey::steps::{choose_mailboxes, sign_in};
use journey::{carry_out, read_back, switches};

use super::{Desk, Intends, Place};
use crate::rail::Spot;
use crate::view::BusyPlace;

impl Desk {
    pub(super) async fn check(&mut self) -> Result<(), Problem> {
        let step = match self.place {
            Place::Step(step) => step,
            // What is looked at from the plan is what the app is allowed.
            Place::Plan => StepId::Permissions,
            _ => return Ok(()),
        };
        if self.needs_rights(step, sign_in::rights_to_check(step)) {
            return Ok(());
        }
        match step {
            StepId::App => read_back::app(self.open_wizard()?).await,
            StepId::Permissions => self.look_at_permissions().await,
            StepId::Verify => {
                self.look(true, message!("verify-checking-each"), BusyPlace::Bar)
                    .await
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn go_on(&mut self) -> Result<(), Problem> {
        let chosen = self.open_wizard()?.state().mailboxes_confirmed;
        let renews = self.open_wizard()?.state().renewal.is_some();
        let next = match self.place {
            Place::SignedIn => {
                sign_in::confirm(self.open_wizard()?)?;
                let return_to = self.return_to.take();
                let checks = self.intends == Some(Intends::Check);
                let wizard = self.open_wizard()?;
                let next = wizard.first_open();
                return match return_to {
                    Some(Spot::Step(StepId::Verify)) if checks => self.show(StepId::Verify).await,
                    Some(Spot::Plan) => self.show_plan().await,
                    Some(Spot::Step(step)) if wizard.may_open(step) => self.show(step).await,
                    Some(Spot::Step(_)) => Ok(()),
                    None => self.show_next(next).await,
                };
            }
            // Whoever may make apps only comes to the limit before any mailbox is chosen.
            Place::Step(StepId::Secret) if !chosen => Some(Stop::Step(StepId::Mailboxes)),
            Place::Plan => self.route().and_then(|route| route.after(Stop::Plan)),
            Place::Step(step) => self.route().and_then(|route| route.after(Stop::Step(step))),
            Place::Exported if renews => return self.show(StepId::OldSecret).await,
            Place::Exported => None,
            Place::Start | Place::Connections | Place::Revoke | Place::FindAgain => None,
        };
        self.show_stop(next).await
    }

    /// Opens what the route leads to after a page, where that may be opened.
    pub(super) async fn show_after(&mut self, at: Stop) -> Result<(), Problem> {
        let next = self.route().and_then(|route| route.after(at));
        self.show_stop(next).await
    }

    async fn show_stop(&mut self, stop: Option<Stop>) -> Result<(), Problem> {
        match stop {
            Some(Stop::Plan) if self.open_wizard()?.may_open(StepId::App) => self.show_plan().await,
            Some(Stop::Step(step)) if self.open_wizard()?.may_open(step) => self.show(step).await,
            _ => Ok(()),
        }
    }

    /// Opens what comes next: a question, the plan with everything that is made, the proof or the export. Whoever may
    /// make apps and can't ask Exchange for mailboxes does their own part on the plan.
    pub(super) async fn show_next(&mut self, next: StepId) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        let only_apps =
            wizard.holds(&[journey::Right::MakeApp]) && !wizard.holds(&[journey::Right::Exchange]);
        match next {
            StepId::Mailboxes if only_apps => self.show_plan().await,
            next if Stop::of(next) == Stop::Plan => self.show_plan().await,
            next => self.show(next).await,
        }
    }

    /// Opens a step. What only reads is read on arrival.
    pub(super) async fn show(&mut self, step: StepId) -> Result<(), Problem> {
        self.place = match step {
            StepId::SignIn if self.open_wizard()?.signed_in() => Place::SignedIn,
            StepId::Export
                if self.open_wizard()?.state().exported.is_some() && self.place != Place::Exported =>
            {
                Place::Exported
            }
            step => Place::Step(step),
        };
        if let (Place::Step(StepId::Export), Some(wizard)) = (self.place, &self.wizard) {
            self.draft.settle(wizard);
        }
        if self.needs_rights(step, sign_in::rights_to_open(step)) {
            return Ok(());
        }
        let checks = self
            .intends
            .take_if(|intends| *intends == Intends::Check)
            .is_some();
        let now = self.open_wizard()?.now();
        if step == StepId::Mailboxes && found_again::lacks_limit(self.open_wizard()?) {
            found_again::limit(self.open_wizard()?, &[]).await?;
        }
        let state = self.open_wizard()?.state();
        match step {
            StepId::Permissions if state.at_hand().grants.is_none() => self.look_at_permissions().await,
            StepId::Secret => self.look_for_interrupted_secret().await,
            StepId::Verify if checks => {
                self.look(true, message!("verify-checking-each"), BusyPlace::Bar)
                    .await
            }
            StepId::Verify
                if !matches!(
                    status(state, StepId::Verify, now),
                    Status::Done | Status::TooBroad
                ) =>
            {
                self.look(false, message!("verify-looking-each"), BusyPlace::Page)
                    .await
            }
            _ => Ok(()),
        }
    }

    /// Looks for a secret that an interrupted run may have made, so that the plan says what will really happen.
    pub(super) async fn look_for_interrupted_secret(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        let may =
            wizard.holds(parts::rights(wizard.state(), Part::Credential)) && wizard.read_only().is_none();
        if !may || !wizard.notes().is_making_a_secret() {
            return Ok(());
        }
        self.under_way(
            message!("frame-looking-for-secret"),
            message!("frame-list-secrets"),
            BusyPlace::Page,
            None,
        );
        carry_out::look_for_secrets(self.open_wizard()?).await
    }

    /// Reads which protocols are switched off for the mailboxes, where that isn't known or it is `wanted` anew.
    pub(super) async fn read_switches(&mut self, wanted: bool) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        let may = wizard.holds(sign_in::rights_to_open(StepId::Protocols)) && wizard.read_only().is_none();
        if !may || !wanted && !switches::are_due(wizard) {
            return Ok(());
        }
        self.under_way(
            message!("frame-reading-switches"),
            message!("frame-list-switches"),
            BusyPlace::Page,
            None,
        );
        switches::read(self.open_wizard()?).await
    }

    /// Says whether a protocol shall be switched on, and shows the plan with it. From the proof what is off is read first.
    pub(super) async fn switch_protocol(&mut self, name: &str, on: bool) -> Result<(), Problem> {
        let Some(protocol) = MailProtocol::ALL.into_iter().find(|one| one.name() == name) else {
            return Ok(());
        };
        if self.place != Place::Plan && self.place != Place::Step(StepId::Protocols) {
            if self.may_not(StepId::Protocols)? {
                return Ok(());
            }
            self.read_switches(true).await?;
            self.place = Place::Plan;
        }
        switches::answer(self.open_wizard()?, protocol, on)
    }

    pub(super) async fn look_at_permissions(&mut self) -> Result<(), Problem> {
        self.under_way(
            message!("frame-reading-grants"),
            message!("frame-list-grants"),
            BusyPlace::Page,
            None,
        );
        read_back::permissions(self.open_wizard()?).await
    }

    /// Takes the group that the limit goes by as it is now, and looks at everybody in it.
    pub(super) async fn read_group_again(&mut self) -> Result<(), Problem> {
        if self.may_not(StepId::Mailboxes)? {
            return Ok(());
        }
        // On the page of the mailboxes whoever reads it confirms it.
        let stays = self.place == Place::Step(StepId::Mailboxes);
        let read = self.look_mailboxes_up(message!("frame-reading-members"), async |wizard| {
            choose_mailboxes::read_group_again(wizard).await?;
            match !stays && choose_mailboxes::missing(&wizard.state().mailboxes).is_empty() {
                true => choose_mailboxes::confirm(wizard).await,
                false => Ok(()),
            }
        });
        if !read.await? || stays {
            return Ok(());
        }
        let wizard = self.open_wizard()?;
        if wizard.may_open(StepId::Verify) {
            return self.show(StepId::Verify).await;
        }
        let next = wizard.first_open();
        self.show_next(next).await
    }

    /// The limit isn't in Exchange as it was set: it is set again, as it was asked for, then looked at.
    pub(super) async fn set_limit_again(&mut self) -> Result<(), Problem> {
        if self.may_not(StepId::Limit)? {
            return Ok(());
        }
        self.place = Place::Step(StepId::Limit);
        self.commit().await?;
        self.show(StepId::Verify).await
    }
}
