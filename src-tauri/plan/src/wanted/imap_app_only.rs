//! IMAP as the app itself, held to its mailboxes by full access that each of them gives it: one permission of Office 365
//! Exchange Online, the app's entry in Exchange, and no scope, because none limits a mail program (microsoft-facts §4c).

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp, WantedCredential};
use crate::names::{Names, PRODUCT};

pub(super) fn wanted(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    WantedApp {
        display_name: format!("{PRODUCT}: {}", answers.platform),
        credential: Some(WantedCredential {
            kind: answers.credential,
            days: answers.days,
            beside: BTreeSet::new(),
        }),
        scope: None,
        app_roles: answers
            .permissions
            .iter()
            .filter_map(|permission| permission.app_role())
            .collect(),
        full_access: mailboxes.clone(),
        kept: BTreeSet::new(),
        names,
    }
}
