//! SMTP as the app itself, held to its mailboxes by RBAC for Applications: one scope in Exchange and one role within it. In Entra
//! nothing is granted: the permission there would bring a check of each mailbox's own permissions with it (microsoft-facts §4c).

use std::collections::BTreeSet;

use domain::ids::MailboxId;

use super::{Answers, WantedApp};
use crate::names::Names;

pub(super) fn wanted(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> WantedApp {
    WantedApp::within_scope(names, answers, mailboxes)
}
