//! What is wanted against what is observed: one row for everything that is looked at, one file for each part.
//!
//! A row says that something is as wanted, or is to be changed, or is somebody else's and stands in the way, or isn't
//! known. Nothing unknown ever becomes a removal, and nothing of somebody else's ever becomes a change. Where something
//! stands in the way, what hangs on it is held back as well, so that the changes of a comparison can always be made.

mod app;
mod credential;
mod full_access;
mod order;
mod permissions;
mod protocols;
mod said;
mod scope;

use std::collections::BTreeSet;

use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::ids::{KeyId, MailboxId};
use domain::mail_protocol::MailboxProtocol;
use domain::permission::Permission;

use crate::changes::Change;
use crate::observed::{Observed, SeenApp, Why};
use crate::part::{Part, Role};
use crate::wanted::Wanted;

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The app registration.
    Registration,
    /// Our tags on an app registration that was taken over.
    AppTag,
    /// Whose accounts may use it.
    Audience,
    /// Its service principal.
    Principal,
    /// Our tag on the service principal.
    Tag,
    /// A grant in Entra, by Microsoft's id of it.
    Grant(String),
    /// The grants in Entra, none of which is there or all of which couldn't be read.
    Grants,
    /// An app role of Exchange Online that must be granted.
    AppRole(AppRole),
    /// The secret that works, or what there is to sign in with where that isn't known.
    Secret,
    /// The certificate that works.
    Certificate,
    /// What the platform uses until it has what is new.
    InUse(KeyId),
    /// Another credential.
    Credential(KeyId),
    /// The app's entry in Exchange.
    Entry,
    /// The scope.
    Scope,
    /// A permission within the scope.
    Permission(Permission),
    /// Another role assignment, by name.
    Assignment(String),
    /// An access policy that was taken over, by Exchange's identity of it.
    AccessPolicy(String),
    /// Full access to one mailbox.
    Mailbox(MailboxId),
    /// Full access to mailboxes, where it couldn't be read.
    Mailboxes,
    /// The switch of a protocol of one mailbox.
    Protocol(MailboxProtocol),
    /// The switches of protocols, where they couldn't be read.
    Protocols,
}

/// How something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowState {
    /// As it is wanted.
    AsWanted,
    /// To be changed.
    Change(Change),
    /// Somebody else's, or held back by something that is.
    Blocked(Blocked),
    /// Not known.
    Unknown(Why),
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blocked {
    /// Another app has our unique name.
    NameTaken,
    /// An app among the deleted ones has it, which isn't ours.
    NameTakenByDeleted,
    /// A grant that opens more than was asked for, made by somebody.
    Grant,
    /// A credential that somebody else made. It stays.
    Credential,
    /// Exchange keeps another app under this id.
    Entry,
    /// A scope of our name that isn't ours.
    Scope,
    /// Another app uses our scope.
    Shared,
    /// A role that somebody else gave the app.
    Assignment,
    /// Full access to a mailbox that somebody else gave the app.
    FullAccess,
    /// A protocol is switched off, and nobody asked for it to be switched on.
    SwitchedOff,
    /// Something that it hangs on is blocked.
    HangsOn,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The app.
    pub app: AppKey,
    /// The part of the plan.
    pub part: Part,
    /// What it is about.
    pub item: Item,
    /// How it stands.
    pub state: RowState,
}

/// The whole comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Its rows, by app and part.
    pub rows: Vec<Row>,
}

/// The rows of one app while they are made.
struct Rows<'a> {
    app: &'a AppKey,
    seen: &'a SeenApp,
    observed: &'a Observed,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn add(&mut self, part: Part, item: Item, state: RowState) {
        self.rows.push(Row {
            app: self.app.clone(),
            part,
            item,
            state,
        });
    }

    /// Whether something of this kind stands in the way of what hangs on it.
    fn blocked_by(&self, kind: Blocked) -> Option<RowState> {
        let blocked = RowState::Blocked(kind);
        let stands = self.rows.iter().any(|row| row.state == blocked);
        stands.then_some(RowState::Blocked(Blocked::HangsOn))
    }

    /// Why what hangs on these parts can't be changed either, where that is so.
    fn held_back(&self, items: &[Item]) -> Option<RowState> {
        let stops = self.rows.iter().filter(|row| items.contains(&row.item));
        stops
            .filter_map(|row| match &row.state {
                RowState::Blocked(_) => Some(RowState::Blocked(Blocked::HangsOn)),
                RowState::Unknown(_) => Some(RowState::Unknown(Why::HangsOn)),
                RowState::AsWanted | RowState::Change(_) => None,
            })
            .next()
    }
}

/// Compares.
pub fn compare(wanted: &Wanted, observed: &Observed) -> Comparison {
    let nothing = SeenApp::unknown(Why::HangsOn);
    let keys: BTreeSet<&AppKey> = wanted.apps.keys().chain(observed.apps.keys()).collect();
    let mut comparison = Comparison::default();
    for key in keys.into_iter().filter(|key| !wanted.kept.contains(*key)) {
        let mut rows = Rows {
            app: key,
            seen: observed.apps.get(key).unwrap_or(&nothing),
            observed,
            rows: Vec::new(),
        };
        match wanted.apps.get(key) {
            Some(app) => {
                app::made(&mut rows, app);
                permissions::made(&mut rows, app);
                credential::made(&mut rows, app);
                scope::made(&mut rows, app);
                full_access::made(&mut rows, app);
                protocols::made(&mut rows, app, wanted);
            }
            None => {
                protocols::removed(&mut rows, wanted);
                full_access::removed(&mut rows);
                permissions::old_roles(&mut rows, |_| false);
                scope::removed(&mut rows);
                credential::removed(&mut rows);
                app::removed(&mut rows);
            }
        }
        comparison.rows.extend(rows.rows);
    }
    comparison
}

impl Comparison {
    /// The rows of one part of an app.
    pub fn of<'a>(&'a self, app: &'a AppKey, part: Part) -> impl Iterator<Item = &'a Row> {
        self.rows
            .iter()
            .filter(move |row| row.app == *app && row.part == part)
    }

    /// Whether everything is as wanted.
    pub fn settled(&self) -> bool {
        self.rows
            .iter()
            .all(|row| matches!(row.state, RowState::AsWanted))
    }

    /// Whether everything that is wanted is there, so that a gate can be passed. What somebody else signs in with beside it,
    /// and a protocol that is switched off, are shown and hold nothing up: the proof says what doesn't answer.
    pub fn reached(&self) -> bool {
        let holds = |state: &RowState| {
            matches!(
                state,
                RowState::AsWanted | RowState::Blocked(Blocked::Credential | Blocked::SwitchedOff)
            )
        };
        self.rows.iter().all(|row| holds(&row.state))
    }

    /// The changes, in an order in which each can be made and none opens more than was or shall be open.
    pub fn changes(&self) -> Vec<(AppKey, Change)> {
        let mut changes: Vec<(AppKey, Change)> = self
            .rows
            .iter()
            .filter_map(|row| match &row.state {
                RowState::Change(change) => Some((row.app.clone(), change.clone())),
                _ => None,
            })
            .collect();
        changes.sort_by_key(|(_, change)| order::rank(change));
        changes
    }

    /// What the changes take together.
    pub fn roles(&self) -> BTreeSet<Role> {
        self.changes().iter().map(|(_, change)| change.role()).collect()
    }
}
