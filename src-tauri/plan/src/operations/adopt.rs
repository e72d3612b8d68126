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

use super::{Phase, renew};
use crate::observed::Observed;
use crate::wanted::Answers;

pub(super) fn phases(connection: ConnectionId, answers: &Answers, observed: &Observed) -> Vec<Phase> {
    let goal = Answers {
        granted: BTreeMap::new(),
        ..answers.clone()
    };
    renew::phases(connection, &goal, observed)
}
