//! Microsoft Graph as the app itself, held to its mailboxes by RBAC for Applications: no mail permission in Entra at all,
//! one scope in Exchange, and one role for each permission within it (microsoft-facts §4b).

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp};
use crate::names::Names;

pub(super) fn wanted(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    WantedApp::within_scope(names, answers, mailboxes)
}
