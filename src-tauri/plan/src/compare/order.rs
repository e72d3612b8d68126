//! The order of changes.
//!
//! Each change can be made once those before it are, and no moment in between opens a mailbox that neither was open nor
//! shall be: what is no longer asked for is taken away, then the scope is put right, then roles are given within it. What
//! must not be reversed in time, because Microsoft applies some things late, is no matter of an order but of phases with
//! gates: see [`crate::operations`].

use crate::changes::Change;

/// Its place in the order.
pub(super) fn rank(change: &Change) -> u8 {
    match change {
        Change::RestoreApp(_) => 0,
        Change::CreateApp(_) => 1,
        Change::CreatePrincipal(_) => 2,
        Change::TagPrincipal(_) => 3,
        Change::RegisterInExchange(_) => 4,
        Change::UnassignRole(_) => 5,
        Change::SetScope(_) => 6,
        Change::AssignRole(_) => 7,
        Change::RemoveGrant(_) => 8,
        Change::RemoveScope(_) => 9,
        Change::UnregisterInExchange(_) => 10,
        // An app holds few credentials, so lost ones go before another is made.
        Change::RemoveCredential(_) => 11,
        Change::AddSecret(_) | Change::AddCertificate(_) => 12,
        Change::DeleteApp(_) => 13,
    }
}
