//! An app role of Office 365 Exchange Online, granted to our app in Entra.

use calls::Call;
use calls::slot::Slot;
use domain::message;
use domain::problem::Problem;
use microsoft::graph::{api, grants};
use plan::changes::{Change, GrantAppRole};
use plan::given::Given;

use crate::problems::{Doing, GRANT_ROLE, problem};
use crate::wizard::{Wizard, internal};

/// Grants it, and waits until it is shown. That it was granted already is no success by itself: what is there is read.
pub(super) async fn grant(wizard: &mut Wizard, change: &Change, asked: &GrantAppRole) -> Result<(), Problem> {
    let calls = change.calls();
    let [Call::Graph(find), Call::Graph(grant)] = calls.as_slice() else {
        return Err(internal("a grant finds the API and grants"));
    };
    let doing = Doing::new(
        message!("doing-grant-app-role"),
        GRANT_ROLE,
        message!("exists-app"),
    )
    .sends(grant.name, message!("exists-app-role-perhaps"));
    let (principal, token) = (wizard.principal()?, wizard.graph_token()?);
    let found = api::read(wizard.http(), token, find)
        .await
        .map_err(|error| problem(&error, &doing))?;
    // The id comes from somebody else's list; what the organisation itself says counts.
    found
        .gives(find.name, asked.role)
        .map_err(|error| problem(&error, &doing))?;
    let mut ids = wizard.ids();
    ids.insert(Slot::ExchangeOnline, found.id);
    let filled = Call::Graph(grant.clone()).filled(&ids);
    let Ok(Call::Graph(request)) = filled else {
        return Err(internal("an id of the app isn't known yet"));
    };
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    match microsoft::graph::change(wizard.http(), token, &request).await {
        Ok(()) => {}
        // 400 is also what a second grant is answered with (microsoft-facts §2.3).
        Err(error) if error.status() == Some(400) => {
            let held = grants::list(wizard.http(), token, principal)
                .await
                .map_err(|error| problem(&error, &doing))?;
            if !held.iter().any(|grant| asked.role.is(grant)) {
                return Err(problem(&error, &doing));
            }
        }
        Err(error) => return Err(problem(&error, &doing)),
    }
    wizard.done(change.clone(), Given::default())
}
