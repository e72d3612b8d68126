//! What must be true in the organisation.

mod graph_app_only;
mod mail_protocols;
mod smtp_app_only;

use std::collections::{BTreeMap, BTreeSet};

use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::credential::CredentialKind;
use domain::group::Group;
use domain::ids::{ConnectionId, KeyId, MailboxId};
use domain::mail_protocol::MailboxProtocol;
use domain::permission::{Method, Permission};

use crate::names::{Names, PRODUCT};
use crate::observed::Scope;

/// What must be true: an app that isn't in it must not be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The apps of the connection.
    pub apps: BTreeMap<AppKey, WantedApp>,
    /// Apps that stay as they are, until what takes their place is in force.
    pub kept: BTreeSet<AppKey>,
}

/// What must be true of one app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedApp {
    /// What it and its things are called.
    pub names: Names,
    /// Its display name. One that exists keeps the one that it has.
    pub display_name: String,
    /// What must work to sign in with.
    pub credential: Option<WantedCredential>,
    /// The one scope in Exchange that holds it; without one it must have no entry in Exchange.
    pub scope: Option<WantedScope>,
    /// App roles of Exchange Online that it must be granted in Entra: what lets a mail program in.
    pub app_roles: BTreeSet<AppRole>,
    /// The mailboxes to which it must have full access, and to no other.
    pub full_access: BTreeSet<MailboxId>,
    /// The protocols that must be switched on for mailboxes.
    pub protocols: BTreeSet<MailboxProtocol>,
    /// Which of them somebody asked to be switched on where they are off.
    pub switch_on: BTreeSet<MailboxProtocol>,
    /// Ids of grants in Entra, and names of roles elsewhere in Exchange, that stay although they open mailboxes: until what takes
    /// their place is in force.
    pub kept: BTreeSet<String>,
    /// Access policies that were taken over with it and shall go, by Exchange's identity of each. Every other one stays: it only
    /// closes.
    pub without_policies: BTreeSet<String>,
}

impl WantedApp {
    /// An app that signs in with what was answered, and may do nothing yet.
    fn signing_in(names: Names, answers: &Answers) -> Self {
        Self {
            display_name: format!("{PRODUCT}: {}", answers.platform),
            credential: Some(WantedCredential {
                kind: answers.credential,
                days: answers.days,
                beside: BTreeSet::new(),
            }),
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

    /// One that may do what was asked for, within a scope of RBAC for Applications.
    fn within_scope(names: Names, answers: &Answers, mailboxes: &BTreeSet<MailboxId>) -> Self {
        Self {
            scope: Some(WantedScope {
                name: names.scope(&answers.platform),
                mailboxes: mailboxes.clone(),
                group: answers.groups.get(names.app()).cloned(),
                permissions: answers.permissions.clone(),
            }),
            ..Self::signing_in(names, answers)
        }
    }
}

/// One secret or certificate of ours whose value is in this computer's keychain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedCredential {
    /// What it is.
    pub kind: CredentialKind,
    /// For how many days one that is made works.
    pub days: i32,
    /// Other credentials of ours that stay beside it: what the platform uses until it has the new one.
    pub beside: BTreeSet<KeyId>,
}

/// What the app may reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedScope {
    /// The scope's name. One that exists keeps the one that it has.
    pub name: String,
    /// The mailboxes.
    pub mailboxes: BTreeSet<MailboxId>,
    /// The group whose members they are, where the scope holds those, whoever they are.
    pub group: Option<Group>,
    /// What it may do there.
    pub permissions: BTreeSet<Permission>,
}

impl WantedScope {
    /// Whether a scope is it: it goes by the group, or it names just the mailboxes.
    pub fn is(&self, seen: &Scope) -> bool {
        holds(seen, &self.mailboxes, self.group.as_ref())
    }
}

/// Whether a scope goes by this group, or names just these mailboxes where there is none.
pub(crate) fn holds(seen: &Scope, mailboxes: &BTreeSet<MailboxId>, group: Option<&Group>) -> bool {
    match (group, &seen.group) {
        (Some(group), Some(seen)) => group.distinguished_name.eq_ignore_ascii_case(seen),
        (Some(_), None) => false,
        (None, _) => !seen.open && seen.mailboxes == *mailboxes,
    }
}

/// What was answered, as far as it says what must be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// How the platform reaches mail.
    pub method: Method,
    /// What the platform is called.
    pub platform: String,
    /// What it may do.
    pub permissions: BTreeSet<Permission>,
    /// The mailboxes of each app.
    pub mailboxes: BTreeMap<AppKey, BTreeSet<MailboxId>>,
    /// The group whose members the mailboxes of an app are, where its scope is to hold those.
    pub groups: BTreeMap<AppKey, Group>,
    /// What it signs in with.
    pub credential: CredentialKind,
    /// How long that lasts, in days.
    pub days: i32,
    /// What the platform signs in with until it has what is new: it stays until somebody said that the platform moved.
    pub in_use: BTreeMap<AppKey, BTreeSet<KeyId>>,
    /// What apps had that were taken over: grants in Entra by Microsoft's id, roles in Exchange by name. They stay until what
    /// takes their place is in force.
    pub granted: BTreeMap<AppKey, BTreeSet<String>>,
    /// The protocols that somebody asked to be switched on for mailboxes.
    pub switch_on: BTreeSet<MailboxProtocol>,
}

impl Answers {
    /// The protocols by which some mailboxes are used. Nothing where that is done through Graph.
    fn protocols<'a>(&'a self, mailboxes: &'a BTreeSet<MailboxId>) -> impl Iterator<Item = MailboxProtocol> {
        let protocols = self.permissions.iter();
        let protocols = protocols.filter_map(|permission| permission.protocol());
        protocols.flat_map(|protocol| {
            let of = move |mailbox: &MailboxId| MailboxProtocol {
                mailbox: *mailbox,
                protocol,
            };
            mailboxes.iter().map(of)
        })
    }
}

/// What the answers ask for.
pub fn wanted(connection: ConnectionId, answers: &Answers) -> Wanted {
    let of = match answers.method {
        Method::GraphAppOnly => graph_app_only::wanted,
        Method::MailProtocols => mail_protocols::wanted,
        Method::SmtpAppOnly => smtp_app_only::wanted,
    };
    let apps = answers.mailboxes.iter().map(|(key, mailboxes)| {
        let names = Names::new(connection, key.clone());
        let mut app = of(names, answers, mailboxes);
        app.protocols = answers.protocols(mailboxes).collect();
        app.switch_on = answers.switch_on.intersection(&app.protocols).copied().collect();
        if let (Some(credential), Some(in_use)) = (&mut app.credential, answers.in_use.get(key)) {
            credential.beside.clone_from(in_use);
        }
        if let Some(granted) = answers.granted.get(key) {
            app.kept.clone_from(granted);
        }
        (key.clone(), app)
    });
    Wanted {
        apps: apps.collect(),
        kept: BTreeSet::new(),
    }
}
