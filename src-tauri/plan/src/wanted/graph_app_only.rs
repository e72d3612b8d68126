//! Microsoft Graph as the app itself, held to its mailboxes by RBAC for Applications: no mail permission in Entra at all,
//! one scope in Exchange, and one role for each permission within it (microsoft-facts §4b).

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp, WantedCredential, WantedScope};
use crate::names::{Names, PRODUCT};

pub(super) fn wanted(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    WantedApp {
        display_name: format!("{PRODUCT}: {}", answers.platform),
        credential: Some(WantedCredential {
            kind: answers.credential,
            days: answers.days,
            beside: BTreeSet::new(),
        }),
        scope: Some(WantedScope {
            name: names.scope(&answers.platform),
            mailboxes: mailboxes.clone(),
            permissions: answers.permissions.clone(),
        }),
        app_roles: BTreeSet::new(),
        full_access: BTreeSet::new(),
        kept: BTreeSet::new(),
        names,
    }
}
