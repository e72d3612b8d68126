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
        Change::TagApp(_) => 2,
        Change::SetAudience(_) => 3,
        Change::CreatePrincipal(_) => 4,
        Change::TagPrincipal(_) => 5,
        Change::RegisterInExchange(_) => 6,
        Change::UnassignRole(_) | Change::SwitchOffProtocol(_) => 7,
        Change::SetScope(_) => 8,
        Change::AssignRole(_) => 9,
        Change::TakeFullAccess(_) => 10,
        Change::GiveFullAccess(_) => 11,
        // It lets others in too, so it comes once everything of ours is there.
        Change::GrantAppRole(_) | Change::SwitchOnProtocol(_) => 12,
        Change::RemoveGrant(_) => 13,
        Change::RemoveOldRole(_) => 14,
        Change::RemoveAccessPolicy(_) => 15,
        Change::RemoveScope(_) => 16,
        Change::UnregisterInExchange(_) => 17,
        // An app holds few credentials, so lost ones go before another is made.
        Change::RemoveCredential(_) => 18,
        Change::AddSecret(_) | Change::AddCertificate(_) => 19,
        Change::DeleteApp(_) => 20,
    }
}
