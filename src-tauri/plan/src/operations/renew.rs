//! Makes a new secret beside the one that the platform uses. The old one goes once the new one was proven, handed over,
//! and a person said that the platform uses it.

use domain::ids::ConnectionId;

use super::{Gate, Phase, onboard};
use crate::changes::working;
use crate::observed::Observed;
use crate::wanted::Answers;

pub(super) fn phases(connection: ConnectionId, answers: &Answers, observed: &Observed) -> Vec<Phase> {
    // What else isn't as it was answered is put right on the way.
    let mut phases = onboard::phases(connection, answers, observed);
    let goal = phases.last().cloned();
    for (key, app) in phases.iter_mut().flat_map(|phase| &mut phase.wanted.apps) {
        if let (Some(seen), Some(secret)) = (observed.apps.get(key), &mut app.secret) {
            secret.beside = working(seen, observed).collect();
        }
    }
    if let (Some(goal), Some(last)) = (goal, phases.last_mut())
        && last.gates.contains(&Gate::HandedOver)
    {
        last.gates.push(Gate::PlatformMoved);
        phases.push(Phase {
            wanted: goal.wanted,
            gates: vec![Gate::Proven],
        });
    }
    phases
}
