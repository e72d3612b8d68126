//! Makes a new secret or certificate beside what the platform uses. What it uses goes once the new one was proven, handed
//! over, and a person said that the platform has moved.

use std::collections::BTreeMap;

use domain::ids::ConnectionId;

use super::{Gate, Phase, onboard};
use crate::observed::Observed;
use crate::wanted::{Answers, wanted};

pub(super) fn phases(connection: ConnectionId, answers: &Answers, observed: &Observed) -> Vec<Phase> {
    // What else isn't as it was answered is put right on the way.
    let mut phases = onboard::phases(connection, answers, observed);
    if !answers.in_use.is_empty()
        && let Some(last) = phases.last_mut()
        && last.gates.contains(&Gate::HandedOver)
    {
        last.gates.push(Gate::PlatformMoved);
        let moved = Answers {
            in_use: BTreeMap::new(),
            ..answers.clone()
        };
        phases.push(Phase {
            wanted: wanted(connection, &moved),
            gates: vec![Gate::Proven],
        });
    }
    phases
}
