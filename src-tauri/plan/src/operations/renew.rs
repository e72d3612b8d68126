//! Makes a new secret beside what the platform uses. What it uses goes once the new secret was proven, handed over, and a
//! person said that the platform has moved.

use std::collections::{BTreeMap, BTreeSet};

use domain::app_key::AppKey;
use domain::ids::{ConnectionId, KeyId};

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

/// What a platform may be signing in with when a renewal begins: every credential of the connection that isn't known to be
/// worth nothing, whoever holds its value. A renewal leaves it until the platform has moved.
pub fn in_use(observed: &Observed) -> BTreeMap<AppKey, BTreeSet<KeyId>> {
    let of_app = observed.apps.iter().map(|(key, app)| {
        let credentials = app.credentials.known().into_iter().flatten();
        let may_be_used = credentials
            .filter(|(_, credential)| credential.owner.may_be_changed() && !credential.spent)
            .map(|(key, _)| *key);
        (key.clone(), may_be_used.collect::<BTreeSet<KeyId>>())
    });
    of_app.filter(|(_, keys)| !keys.is_empty()).collect()
}
