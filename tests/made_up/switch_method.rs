//! Gives a connection another method, and has done so once a person said that the platform uses it.

use domain::ids::ConnectionId;

use super::{Gate, Phase};
use crate::wanted::{Answers, wanted};

pub(super) fn phases(connection: ConnectionId, answers: &Answers) -> Vec<Phase> {
    vec![Phase {
        wanted: wanted(connection, answers),
        gates: vec![Gate::PlatformMoved],
    }]
}
