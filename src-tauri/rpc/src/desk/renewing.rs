//! What is done with a connection that was handed over: renewed, looked at again, given other mailboxes.

use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use journey::Right;
use journey::carry_out;
use journey::parts::Part;
use journey::renew;
use journey::steps::sign_in;

use super::carrying_out::removing;
use super::{Desk, Intends, Place};
use crate::rail::Spot;
use crate::view::BusyPlace;

impl Desk {
    /// Opens a connection to renew it. One whose renewal was begun is gone on with where that stands.
    pub(super) async fn renew(&mut self, id: &str) -> Result<(), Problem> {
        if !self.is_open(id) {
            self.open(id).await?;
        }
        let Some(wizard) = &self.wizard else { return Ok(()) };
        if wizard.read_only().is_some() || wizard.state().renewal.is_some() {
            return Ok(());
        }
        self.intends = Some(Intends::Renew);
        let rights = sign_in::rights_to_act(wizard.state(), StepId::Secret);
        if wizard.signed_in() && wizard.holds(rights) {
            return self.show_plan().await;
        }
        self.return_to = Some(Spot::Plan);
        self.lacks = Some(rights.to_vec());
        self.place = Place::Step(StepId::SignIn);
        Ok(())
    }

    /// Opens a connection to look whether everything is as it was made.
    pub(super) async fn check_again(&mut self, id: &str) -> Result<(), Problem> {
        if !self.is_open(id) {
            self.open(id).await?;
        }
        let Some(wizard) = &self.wizard else { return Ok(()) };
        if wizard.read_only().is_some() {
            return Ok(());
        }
        self.intends = Some(Intends::Check);
        self.show(StepId::Verify).await
    }

    /// Opens a connection at its mailboxes, to add some or to take some away.
    pub(super) async fn change_mailboxes(&mut self, id: &str) -> Result<(), Problem> {
        if !self.is_open(id) {
            self.open(id).await?;
        }
        let Some(wizard) = &self.wizard else { return Ok(()) };
        // While a renewal waits for the platform, nothing else changes.
        if wizard.read_only().is_some() || wizard.state().renewal.is_some() {
            return Ok(());
        }
        self.show(StepId::Mailboxes).await
    }

    pub(super) fn is_open(&self, id: &str) -> bool {
        let open = self.wizard.as_ref().and_then(|wizard| wizard.connection().ok());
        open.is_some_and(|open| open.to_string() == id)
    }

    /// Reads what the platform may be using and begins the renewal.
    pub(super) async fn begin_renewal(&mut self) -> Result<(), Problem> {
        self.last_use = None;
        self.under_way(
            message!("renewing-reading"),
            message!("renewing-reading-for"),
            BusyPlace::Page,
            None,
        );
        renew::begin(self.open_wizard()?).await
    }

    /// Gives the renewal up, where nothing is made of it.
    pub(super) async fn drop_renewal(&mut self) -> Result<(), Problem> {
        renew::give_up(self.open_wizard()?).await?;
        self.leave(Place::Connections);
        Ok(())
    }

    /// Reads which secret was used last. What that takes is asked for only now, and only for this.
    pub(super) async fn see_last_use(&mut self) -> Result<(), Problem> {
        let place = self.place;
        self.return_to = None;
        if !self.open_wizard()?.holds(&[Right::ReadSignIns]) {
            let came = self.sign_in(&[Right::ReadSignIns]).await;
            self.place = place;
            if !came? {
                return Ok(());
            }
        }
        self.under_way(
            message!("renewing-reading-sign-ins"),
            message!("renewing-reading-sign-ins-for"),
            BusyPlace::Bar,
            None,
        );
        self.last_use = renew::last_use(self.open_wizard()?).await?;
        Ok(())
    }

    /// Takes away what the platform used before; then everything is looked at once more.
    pub(super) async fn remove_replaced(&mut self) -> Result<(), Problem> {
        let plan = renew::removal(self.open_wizard()?);
        let (words, waiting_for) = removing(Part::Credential);
        self.carry_out(words, waiting_for, plan.will, async |wizard| {
            carry_out::carry_out(wizard, Part::Credential).await
        })
        .await?;
        if self.open_wizard()?.state().renewal.is_some() {
            // The organisation isn't as it was read before, and the page says how it is.
            self.stopped(message!("frame-plan-changed"));
            return Ok(());
        }
        self.intends = Some(Intends::Check);
        self.show(StepId::Verify).await?;
        self.stopped(message!("renewing-finished"));
        Ok(())
    }
}
