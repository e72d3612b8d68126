//! How the connection's app stands, where a step met an answer that an app that is gone or switched off could explain.
//!
//! A deleted app answers each call in its own way: 404 to its object, 400 to its id, AADSTS700016 to its key. So a step
//! tells its problem as it met it, and here, once, it is looked whether the app is the reason. That look changes
//! nothing; the ways out are buttons of the problem.

use domain::ids::{AppObjectId, ClientId};
use domain::message;
use domain::problem::{Code, Evidence, Problem};
use microsoft::graph::applications::{self, Standing};

use crate::ownership;
use crate::problems::{APP_ROLE, Doing, app_disabled};
use crate::wizard::Wizard;

/// The codes with which Entra answers the key of an app that is gone (AADSTS700016) or whose enterprise application is
/// switched off (AADSTS7000112), and of one that may be either (microsoft-facts §12).
const OF_THE_APP: [&str; 4] = ["AADSTS700016", "AADSTS7000112", "AADSTS7000215", "AADSTS500011"];

/// The problem behind a problem: that of the app, where the app is what is wrong; otherwise the same one.
pub async fn explain(wizard: &Wizard, problem: Problem) -> Problem {
    if !worth_a_look(&problem) {
        return problem;
    }
    match read(wizard).await.and_then(|standing| of_standing(&standing)) {
        Some(found) => found.evidence(problem.evidence),
        None => problem,
    }
}

/// Whether a gone or disabled app could have led to this: an answer that something isn't there or isn't taken.
fn worth_a_look(problem: &Problem) -> bool {
    let known = matches!(
        problem.code,
        Code::AppDeleted
            | Code::AppPrincipalGone
            | Code::AppDisabled
            | Code::AppNotOurs
            | Code::SignInExpired
            | Code::RoleMissing
    );
    let told = problem.evidence.code.as_deref().unwrap_or_default();
    // A problem without an answer behind it was told after a look.
    let answered = problem.evidence != Evidence::default();
    !known
        && answered
        && (problem.code == Code::AppGone
            || matches!(problem.evidence.status, Some(400 | 404))
            || OF_THE_APP.contains(&told))
}

/// Reads how the recorded app stands. What isn't shown may only not be shown by a replica that lags behind, so it is
/// looked for again for as long as replication may take. `None` where nobody is signed in, none is recorded, or Microsoft
/// doesn't say.
async fn read(wizard: &Wizard) -> Option<Standing> {
    let (client, object) = ownership::recorded(wizard.state())?;
    let doing = Doing::new(
        message!("doing-look-how-app-stands"),
        APP_ROLE,
        message!("exists-nothing-changed"),
    );
    match seen(wizard, &doing, object, client).await {
        Ok(Seen::Known(standing)) => Some(*standing),
        Ok(Seen::Nowhere) => Some(Standing::default()),
        Ok(Seen::BareOnce) | Err(_) => None,
    }
}

/// What is seen of an app, for as long as replication may take.
pub(crate) enum Seen {
    /// This.
    Known(Box<Standing>),
    /// The registration without its enterprise application, and only once.
    BareOnce,
    /// Neither live nor deleted, by any look.
    Nowhere,
}

/// Looks how an app stands until it is known: whole, deleted, or twice without its enterprise application.
///
/// # Errors
/// As Microsoft answers, and where nobody is signed in.
pub(crate) async fn seen(
    wizard: &Wizard,
    doing: &Doing,
    object: AppObjectId,
    client: ClientId,
) -> Result<Seen, Problem> {
    let token = wizard.graph_token()?;
    // How often the app was shown without its enterprise application.
    let mut bare = 0;
    let seen = wizard
        .once_seen(doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            if standing.app.is_some() && standing.principal.is_none() {
                bare += 1;
            }
            let whole = standing.app.is_some() && standing.principal.is_some();
            let known = whole || standing.deleted.is_some() || bare > 1;
            Ok(known.then_some(standing))
        })
        .await?;
    Ok(match seen {
        Some(standing) => Seen::Known(Box::new(standing)),
        None if bare > 0 => Seen::BareOnce,
        None => Seen::Nowhere,
    })
}

/// What is wrong with the app, where something is. What exists is what was just read, not what was known before.
pub(crate) fn of_standing(standing: &Standing) -> Option<Problem> {
    Some(match (&standing.app, &standing.principal, &standing.deleted) {
        (None, _, Some(_)) => Problem::said(Code::AppDeleted, message!("standing-app-deleted"))
            .exists(message!("standing-deleted-exists")),
        (None, _, None) => gone(),
        (Some(_), None, _) => Problem::said(Code::AppPrincipalGone, message!("standing-principal-gone"))
            .exists(message!("standing-bare-exists")),
        (Some(_), Some(principal), _) if !principal.enabled => app_disabled(message!("standing-app-exists")),
        _ => return None,
    })
}

/// The app is gone and nothing is left to restore.
pub(crate) fn gone() -> Problem {
    Problem::said(Code::AppGone, message!("standing-app-gone")).exists(message!("standing-all-gone"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(status: Option<u16>, code: &str) -> Problem {
        Problem::said(Code::AppRefused, message!("problems-not-accepted")).evidence(Evidence {
            status,
            code: Some(code.to_owned()),
            ..Evidence::default()
        })
    }

    #[test]
    fn only_an_answer_that_the_app_can_explain_costs_a_look() {
        assert!(worth_a_look(&met(Some(404), "Request_ResourceNotFound")));
        assert!(worth_a_look(&met(Some(401), "AADSTS7000112")));
        assert!(worth_a_look(&met(Some(400), "AADSTS700016")));
        assert!(!worth_a_look(&met(Some(500), "")));
        assert!(!worth_a_look(&met(None, "")));
        assert!(!worth_a_look(&gone()));
    }

    #[test]
    fn an_app_that_is_not_there_is_gone_and_its_scope_may_be_left() {
        let found = of_standing(&Standing::default()).unwrap();
        assert_eq!(found.code, Code::AppGone);
        assert_eq!(found.exists, Some(message!("standing-all-gone")));
    }
}
