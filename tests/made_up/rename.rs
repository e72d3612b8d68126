//! The hands of the made-up change.

use domain::message;
use domain::problem::Problem;
use plan::changes::Change;
use plan::given::Given;

use super::request;
use crate::problems::{APP_ROLE, Doing, problem};
use crate::wizard::Wizard;

/// Renames the app.
pub(super) async fn rename(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-rename-app"),
        APP_ROLE,
        message!("exists-app-with-principal"),
    );
    let request = request(wizard, change)?;
    wizard.intend(change.clone())?;
    microsoft::graph::change(wizard.http(), wizard.graph_token()?, &request)
        .await
        .map_err(|error| problem(&error, &doing))?;
    wizard.done(change.clone(), Given::default())
}
