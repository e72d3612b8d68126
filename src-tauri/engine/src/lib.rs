//! The journal of a connection and the state it adds up to. Pure: no I/O, no clock.
