//! Takes over an app that somebody else registered, while a platform uses it.
//!
//! ```text
//! beside what there is ──waited──▶ without the grants ──proven, handed over, moved──▶ without the old credentials
//! ```
//!
//! Grants in Entra and roles in Exchange add up (microsoft-facts §4b), so nobody can see the roles at work while the grants
//! stand. What is known of them then is that Microsoft's time has passed and that Exchange's own test agrees; only after
//! that the grants go, and the proof follows at once.

use std::collections::BTreeMap;

use domain::ids::ConnectionId;

use super::{Gate, Phase, onboard, renew};
use crate::observed::Observed;
use crate::wanted::Answers;

pub(super) fn phases(connection: ConnectionId, answers: &Answers, observed: &Observed) -> Vec<Phase> {
    let without = Answers {
        granted: BTreeMap::new(),
        ..answers.clone()
    };
    if answers.granted.values().all(|granted| granted.is_empty()) {
        return renew::phases(connection, &without, observed);
    }
    // Beside what there is, as in an onboarding; no proof can be made of that, so only time passes.
    let mut phases = onboard::phases(connection, answers, observed);
    if let Some(last) = phases
        .last_mut()
        .filter(|last| last.gates.contains(&Gate::Proven))
    {
        last.gates = vec![Gate::Waited];
    }
    let begins_anew = phases
        .iter()
        .any(|phase| phase.gates.contains(&Gate::SurveyedAgain));
    if !begins_anew {
        // The same again without what was granted is what is left; what comes before it is reached by then.
        let rest = renew::phases(connection, &without, observed);
        let goal = rest.iter().position(|phase| phase.gates.contains(&Gate::Proven));
        phases.extend(rest.into_iter().skip(goal.unwrap_or_default()));
    }
    phases
}
