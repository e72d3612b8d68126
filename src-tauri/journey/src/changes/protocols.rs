//! The switches of protocols of mailboxes (microsoft-facts §4c). Setting one twice is setting it once.

use calls::cmdlet::Cmdlet;
use domain::message;
use domain::problem::Problem;
use microsoft::error::if_there;
use plan::changes::Change;
use plan::given::Given;

use super::cmdlets;
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;

fn doing(cmdlet: &Cmdlet) -> Doing {
    let exists = message!("exists-switches-perhaps");
    Doing::new(message!("doing-switch-protocol"), EXCHANGE_ROLE, exists.clone()).sends(cmdlet.call(), exists)
}

/// Switches a protocol on.
pub(super) async fn switch_on(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let cmdlets = cmdlets(wizard, change)?;
    wizard.intend(change.clone())?;
    for cmdlet in &cmdlets {
        let outcome = wizard.exchange()?.run(cmdlet).await;
        outcome.map_err(|error| problem(&error, &doing(cmdlet)))?;
    }
    wizard.done(change.clone(), Given::default())
}

/// Sets it back; a mailbox that is gone has no switch. It counts as done once it is read.
pub(super) async fn switch_off(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let cmdlets = cmdlets(wizard, change)?;
    wizard.intend(change.clone())?;
    for cmdlet in &cmdlets {
        let outcome = wizard.exchange()?.run(cmdlet).await;
        if_there(outcome).map_err(|error| problem(&error, &doing(cmdlet)))?;
    }
    Ok(())
}
