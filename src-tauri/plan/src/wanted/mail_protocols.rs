//! IMAP, POP or SMTP as the app itself, held to its mailboxes by full access that each of them gives it: one permission of
//! Office 365 Exchange Online for each protocol, the app's entry in Exchange, and no scope, because none limits a mail program (microsoft-facts §4c).

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp};
use crate::names::Names;

pub(super) fn wanted(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    let app_roles = answers.permissions.iter();
    let app_roles = app_roles.filter_map(|permission| permission.app_role());
    WantedApp {
        app_roles: app_roles.collect(),
        full_access: mailboxes.clone(),
        ..WantedApp::signing_in(names, answers)
    }
}
