//! How the connection's app stands, where a step met an answer that an app that is gone or switched off could explain.
//!
//! A deleted app answers each call in its own way: 404 to its object, 400 to its id, AADSTS700016 to its key. So a step
//! tells its problem as it met it, and here, once, it is looked whether the app is the reason. That look changes
//! nothing; the ways out are buttons of the problem.

use domain::message;
use domain::problem::{Code, Evidence, Problem};
use microsoft::graph::applications::{self, Standing};

use crate::ownership;
use crate::problems::app_disabled;
use crate::wizard::Wizard;

/// The codes with which Entra answers the key of an app that is gone (AADSTS700016) or whose enterprise application is
/// switched off (AADSTS7000112), and of one that may be either (microsoft-facts §12).
const OF_THE_APP: [&str; 4] = ["AADSTS700016", "AADSTS7000112", "AADSTS7000215", "AADSTS500011"];

/// The problem behind a problem: that of the app, where the app is what is wrong; otherwise the same one.
pub async fn explain(wizard: &Wizard, problem: Problem) -> Problem {
    if !worth_a_look(&problem) {
        return problem;
    }
    match read(wizard).await {
        Some(standing) => of_standing(&standing, &problem).unwrap_or(problem),
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

/// Reads how the recorded app stands. `None` where nobody is signed in, none is recorded, or Microsoft doesn't say.
async fn read(wizard: &Wizard) -> Option<Standing> {
    let token = wizard.graph_token().ok()?;
    let (client, object) = ownership::recorded(wizard.state())?;
    applications::standing(wizard.http(), token, object, client)
        .await
        .ok()
}

/// What is wrong with the app, where something is.
pub(crate) fn of_standing(standing: &Standing, met: &Problem) -> Option<Problem> {
    let told = match (&standing.app, &standing.principal, &standing.deleted) {
        (None, _, Some(_)) => Problem::said(Code::AppDeleted, message!("standing-app-deleted")),
        (None, _, None) => gone(),
        (Some(_), None, _) => Problem::said(Code::AppPrincipalGone, message!("standing-principal-gone")),
        (Some(_), Some(principal), _) if !principal.enabled => app_disabled(message!("standing-app-exists")),
        _ => return None,
    };
    let exists = met.exists.clone();
    let told = told.evidence(met.evidence.clone());
    Some(match exists {
        Some(exists) if told.exists.is_none() => told.exists(exists),
        _ => told,
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
    fn an_app_that_is_not_there_is_gone() {
        let found = of_standing(&Standing::default(), &met(Some(404), "")).unwrap();
        assert_eq!(found.code, Code::AppGone);
        assert_eq!(found.evidence.status, Some(404));
    }
}
