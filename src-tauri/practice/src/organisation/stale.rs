//! What live calls still believe of an app's rights and of access policies while a change has not reached them. How long
//! that is and what follows from it `access/` says.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::exchange::AccessRight;
use crate::people::changes::replace_address;

/// One Exchange role assignment with everything that decides whom it reaches, as it was at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Right {
    pub(crate) role: String,
    /// The filter of the custom scope; `None` when there is none.
    pub(crate) filter: Option<String>,
    /// The direct members of each group that the filter names.
    pub(crate) members: BTreeMap<String, Vec<String>>,
    /// The custom attributes that `Set-Mailbox` changed, by address, when the filter names one.
    #[serde(default)]
    pub(crate) attributes: BTreeMap<String, BTreeMap<u8, String>>,
    /// The addresses in a group scope or an administrative unit; `None` when the assignment has neither.
    #[serde(default)]
    pub(crate) addresses: Option<Vec<String>>,
}

impl Right {
    /// Follows a mailbox whose primary address changed.
    pub(crate) fn readdress(&mut self, old: &str, new: &str) {
        for members in self.members.values_mut().chain(&mut self.addresses) {
            replace_address(members, old, new);
        }
        if let Some(held) = self.attributes.remove(old) {
            self.attributes.insert(new.to_owned(), held);
        }
    }
}

/// A policy with the mailboxes that match it, as they were at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PolicyInForce {
    pub(crate) right: AccessRight,
    /// Primary addresses in lower case.
    pub(crate) matches: BTreeSet<String>,
}

/// The rights that live calls still see while a change has not reached them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StaleRights {
    pub(crate) before: Vec<Right>,
    pub(crate) changed: Timestamp,
    pub(crate) last_refusal: Option<Timestamp>,
}

impl StaleRights {
    /// Follows a mailbox whose primary address changed.
    pub(crate) fn readdress(&mut self, old: &str, new: &str) {
        for right in &mut self.before {
            right.readdress(old, new);
        }
    }
}

/// The policies that live calls still see, and when what replaced them was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StalePolicies {
    pub(crate) before: Vec<PolicyInForce>,
    pub(crate) changed: Timestamp,
}

impl StalePolicies {
    /// Follows a mailbox whose primary address changed.
    pub(crate) fn readdress(&mut self, old: &str, new: &str) {
        for policy in &mut self.before {
            if policy.matches.remove(old) {
                policy.matches.insert(new.to_owned());
            }
        }
    }
}
