//! An access policy that was taken over with its app, taken away.

use domain::message;
use domain::problem::{Code, Problem};
use microsoft::error::if_there;
use microsoft::exchange::access_policies;
use plan::changes::Change;
use plan::given::Given;

use super::cmdlets;
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;

/// What is done.
pub(crate) fn doing() -> Doing {
    Doing::new(
        message!("doing-remove-policy"),
        EXCHANGE_ROLE,
        message!("exists-policy"),
    )
}

/// Removes it and waits until it is gone: no answer to a removal is believed.
pub(super) async fn remove(wizard: &mut Wizard, change: &Change, identity: &str) -> Result<(), Problem> {
    let client = wizard.app()?.client_id;
    let cmdlets = cmdlets(wizard, change)?;
    wizard.intend(change.clone())?;
    for cmdlet in &cmdlets {
        let doing = doing().sends(cmdlet.call(), message!("exists-policy-perhaps"));
        if_there(wizard.exchange()?.run(cmdlet).await).map_err(|error| problem(&error, &doing))?;
    }
    let exchange = wizard.exchange()?;
    let doing = doing();
    let gone = wizard.until_gone(&doing, async || {
        let policies = access_policies::of_app(&exchange, client).await?;
        Ok(policies.iter().any(|policy| policy.identity == identity))
    });
    if !gone.await? {
        let told = Problem::said(Code::RemovalUnseen, message!("making-policy-still-there"));
        return Err(told.exists(message!("exists-policy")));
    }
    wizard.done(change.clone(), Given::default())
}
