//! Takes everything of ours away, and leaves what is somebody else's.

use super::Phase;
use crate::observed::Observed;
use crate::wanted::Wanted;

pub(super) fn phases(_observed: &Observed) -> Vec<Phase> {
    vec![Phase {
        wanted: Wanted::default(),
        gates: Vec::new(),
    }]
}
