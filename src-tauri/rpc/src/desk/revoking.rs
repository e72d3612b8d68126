//! Everything of a connection taken away.

use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use journey::revoke;

use super::{Desk, Intends, Place};
use crate::rail::Spot;

impl Desk {
    /// Shows what would be taken away. Nothing is until that is pressed.
    pub(super) async fn show_revocation(&mut self, id: &str) -> Result<(), Problem> {
        if !self.is_open(id) {
            self.open(id).await?;
        }
        if let Some(wizard) = &self.wizard
            && (revoke::may_begin(wizard) || wizard.state().revoked.is_some())
        {
            self.place = Place::Revoke;
        }
        Ok(())
    }

    /// Turns to the sign-in, for whoever may take everything away.
    pub(super) fn sign_in_to_revoke(&mut self) {
        self.lacks = self.wizard.as_ref().map(revoke::rights);
        self.return_to = Some(Spot::Plan);
        self.intends = Some(Intends::Revoke);
        self.place = Place::Step(StepId::SignIn);
    }

    /// Takes everything away, and ticks each line off.
    pub(super) async fn revoke(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        if !(wizard.signed_in() && wizard.holds(&revoke::rights(wizard))) {
            self.sign_in_to_revoke();
            return Ok(());
        }
        let lines = revoke::plan(wizard);
        self.carry_out(
            message!("revoking-under-way"),
            message!("revoking-for"),
            lines,
            async |wizard| revoke::act(wizard).await,
        )
        .await?;
        if self.open_wizard()?.state().revoked.is_none() {
            // The app holds something that the page didn't name, and names now.
            self.stopped(message!("frame-plan-changed"));
        }
        Ok(())
    }
}
