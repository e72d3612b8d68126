//! Checks a connection again by its record, months later and by whoever runs it: is it still as it was recorded?
//!
//! There are two ways. With the app's own key alone ([`with_own_key`]) nobody signs in, so a scheduler can do it: the
//! recorded mailboxes are tried as in a proof, and what only an administrator can read is said not to have been looked at.
//! With an administrator's sign-in ([`signed_in`]) the whole look of the window is made. Neither changes anything in the
//! organisation.

mod checked;
mod found;
mod own_key;
mod signed_in;

pub use checked::{Checked, Must, SOON, Tried, Verdict};
pub use found::{Found, Level, Which};
pub use own_key::{Here, with_own_key};
pub use signed_in::{is_whole, may_look, signed_in};
