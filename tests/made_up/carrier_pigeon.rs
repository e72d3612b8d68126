//! Letters that somebody carries: nothing signs in, so there is neither a secret nor a scope.

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp};
use crate::names::Names;

pub(super) fn wanted(names: Names, answers: &Answers, _mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    WantedApp {
        display_name: format!("Pigeons of {}", answers.platform),
        credential: None,
        scope: None,
        app_roles: BTreeSet::new(),
        full_access: BTreeSet::new(),
        protocols: BTreeSet::new(),
        switch_on: BTreeSet::new(),
        kept: BTreeSet::new(),
        without_policies: BTreeSet::new(),
        names,
    }
}
