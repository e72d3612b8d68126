//! What goes wrong, over real sockets: the reader is told what happened, why and what to do, nothing that was answered
//! is lost, nothing is made twice, and the journey goes on to its end once the cause is gone.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

mod bench;
mod colleague;
mod computer;
mod network;
mod refused;
mod too_broad;
mod typed;
