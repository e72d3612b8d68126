//! The changes, one file for each kind.
//!
//! A file says in one order: why the change exists, the role it takes, its calls, its place in the portal, its effect,
//! when it is done, its way back, how long it takes.

mod add_certificate;
mod add_secret;
mod assign_role;
mod create_app;
mod create_principal;
mod delete_app;
mod give_full_access;
mod grant_app_role;
mod register_in_exchange;
mod remove_access_policy;
mod remove_credential;
mod remove_grant;
mod remove_old_role;
mod remove_scope;
mod restore_app;
mod set_audience;
mod set_scope;
mod switch_off_protocol;
mod switch_on_protocol;
mod tag_app;
mod tag_principal;
mod take_full_access;
mod unassign_role;
mod unregister_in_exchange;

use std::collections::BTreeSet;

use calls::Call;
use calls::portal::Place;
use domain::app_key::AppKey;
use domain::credential::CredentialKind;
use domain::ids::{KeyId, MailboxId};
use domain::message::{Arg, Kind as Name, Message};
use serde::{Deserialize, Serialize};

pub use add_certificate::AddCertificate;
pub use add_secret::AddSecret;
pub use assign_role::AssignRole;
pub use create_app::CreateApp;
pub use create_principal::CreatePrincipal;
pub use delete_app::DeleteApp;
pub use give_full_access::GiveFullAccess;
pub use grant_app_role::GrantAppRole;
pub use register_in_exchange::RegisterInExchange;
pub use remove_access_policy::RemoveAccessPolicy;
pub use remove_credential::RemoveCredential;
pub use remove_grant::RemoveGrant;
pub use remove_old_role::RemoveOldRole;
pub use remove_scope::RemoveScope;
pub use restore_app::RestoreApp;
pub use set_audience::SetAudience;
pub use set_scope::SetScope;
pub use switch_off_protocol::SwitchOffProtocol;
pub use switch_on_protocol::SwitchOnProtocol;
pub use tag_app::TagApp;
pub use tag_principal::TagPrincipal;
pub use take_full_access::TakeFullAccess;
pub use unassign_role::UnassignRole;
pub use unregister_in_exchange::UnregisterInExchange;

use crate::observed::{Credential, Observed, Owner, SeenApp, Why};
use crate::part::{Part, Role, Takes};

/// The key id of a credential that is only planned.
pub const PLANNED: KeyId = KeyId(uuid::Uuid::nil());

/// Lets an app hold a credential that is planned.
fn hold_planned(app: &mut SeenApp, certificate: bool) {
    let planned = Credential {
        owner: Owner::Ours,
        certificate,
        ends_at: None,
        spent: false,
    };
    if let Some(credentials) = app.credentials.known_mut() {
        credentials.insert(PLANNED, planned);
    }
}

/// Takes away what was planned.
fn planned_away(certificate: bool) -> Change {
    Change::RemoveCredential(RemoveCredential {
        key: PLANNED,
        certificate,
    })
}

/// What is known when a change is put into words.
pub struct Known<'a> {
    /// The app as it stands before.
    pub before: &'a SeenApp,
    /// The last known address of a mailbox.
    pub address: &'a dyn Fn(MailboxId) -> Option<String>,
    /// What the platform used before it was given something newer.
    pub replaced: &'a BTreeSet<KeyId>,
    /// Key ids whose value is held, as in [`Observed::held`].
    pub held: &'a BTreeSet<KeyId>,
}

impl Known<'_> {
    /// A mailbox, by its address; one whose address nobody knows by its id.
    pub(crate) fn mailbox(&self, id: MailboxId) -> Arg {
        match (self.address)(id) {
            Some(address) => Arg::name(Name::Mailbox, address),
            None => Arg::id(id),
        }
    }
}

/// What every kind of change says.
pub(crate) trait Kind {
    /// The part of the plan that it belongs to.
    fn part(&self) -> Part;
    /// What it takes.
    fn role(&self) -> Role;
    /// What is sent, in order.
    fn calls(&self) -> Vec<Call>;
    /// Where a person does the same.
    fn place(&self) -> Place;
    /// What it is called in a plan, with its detail.
    fn said(&self, known: &Known<'_>) -> Message;
    /// What it makes of the app.
    fn effect(&self, app: &mut SeenApp);
    /// Whether it has been done.
    fn done(&self, app: &SeenApp) -> bool;
    /// What takes it back, where the app was like this before. Nothing where it can't be taken back.
    fn inverse(&self, before: &SeenApp) -> Option<Change>;
    /// How long it takes.
    fn takes(&self) -> Takes {
        Takes::Replication
    }
    /// Whether it takes away something that is there.
    fn takes_away(&self) -> bool {
        false
    }
    /// Whether it is made only where the plan said so before: what takes something away, or brings something back.
    fn is_told_first(&self) -> bool {
        self.takes_away()
    }
    /// What tells it from another of its kind, where an app can have several.
    fn subject(&self) -> Option<String> {
        None
    }
}

/// A change of one app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Takes the app registration back from the deleted ones.
    RestoreApp(RestoreApp),
    /// Makes the app registration.
    CreateApp(CreateApp),
    /// Writes our tags onto an app registration that was taken over.
    TagApp(TagApp),
    /// Closes it to the accounts of other organisations.
    SetAudience(SetAudience),
    /// Makes its service principal.
    CreatePrincipal(CreatePrincipal),
    /// Writes our tag onto the service principal.
    TagPrincipal(TagPrincipal),
    /// Takes a credential of ours away.
    RemoveCredential(RemoveCredential),
    /// Makes a secret.
    AddSecret(AddSecret),
    /// Adds a certificate.
    AddCertificate(AddCertificate),
    /// Makes the app known to Exchange.
    RegisterInExchange(RegisterInExchange),
    /// Takes a role within the scope away.
    UnassignRole(UnassignRole),
    /// Makes the scope, or changes which mailboxes it holds.
    SetScope(SetScope),
    /// Assigns a role within the scope.
    AssignRole(AssignRole),
    /// Gives full access to a mailbox.
    GiveFullAccess(GiveFullAccess),
    /// Takes full access to a mailbox away.
    TakeFullAccess(TakeFullAccess),
    /// Switches a protocol on for a mailbox.
    SwitchOnProtocol(SwitchOnProtocol),
    /// Switches it off again.
    SwitchOffProtocol(SwitchOffProtocol),
    /// Grants an app role of Exchange Online in Entra.
    GrantAppRole(GrantAppRole),
    /// Takes a grant in Entra away.
    RemoveGrant(RemoveGrant),
    /// Takes a role in Exchange away that was taken over with its app.
    RemoveOldRole(RemoveOldRole),
    /// Takes an access policy away that was taken over with its app.
    RemoveAccessPolicy(RemoveAccessPolicy),
    /// Removes the scope.
    RemoveScope(RemoveScope),
    /// Removes the app's entry in Exchange.
    UnregisterInExchange(UnregisterInExchange),
    /// Deletes the app registration.
    DeleteApp(DeleteApp),
}

impl Change {
    fn kind(&self) -> &dyn Kind {
        match self {
            Self::RestoreApp(kind) => kind,
            Self::CreateApp(kind) => kind,
            Self::TagApp(kind) => kind,
            Self::SetAudience(kind) => kind,
            Self::CreatePrincipal(kind) => kind,
            Self::TagPrincipal(kind) => kind,
            Self::RemoveCredential(kind) => kind,
            Self::AddSecret(kind) => kind,
            Self::AddCertificate(kind) => kind,
            Self::RegisterInExchange(kind) => kind,
            Self::UnassignRole(kind) => kind,
            Self::SetScope(kind) => kind,
            Self::AssignRole(kind) => kind,
            Self::GiveFullAccess(kind) => kind,
            Self::TakeFullAccess(kind) => kind,
            Self::SwitchOnProtocol(kind) => kind,
            Self::SwitchOffProtocol(kind) => kind,
            Self::GrantAppRole(kind) => kind,
            Self::RemoveGrant(kind) => kind,
            Self::RemoveOldRole(kind) => kind,
            Self::RemoveAccessPolicy(kind) => kind,
            Self::RemoveScope(kind) => kind,
            Self::UnregisterInExchange(kind) => kind,
            Self::DeleteApp(kind) => kind,
        }
    }

    /// The part of the plan that it belongs to.
    pub fn part(&self) -> Part {
        self.kind().part()
    }

    /// What it takes.
    pub fn role(&self) -> Role {
        self.kind().role()
    }

    /// What is sent, in order. Ids that Microsoft hasn't given yet are slots.
    pub fn calls(&self) -> Vec<Call> {
        self.kind().calls()
    }

    /// Where a person does the same.
    pub fn place(&self) -> Place {
        self.kind().place()
    }

    /// What it is called in a plan: a title, with an attribute `detail`.
    pub fn said(&self, known: &Known<'_>) -> Message {
        self.kind().said(known)
    }

    /// How long it takes.
    pub fn takes(&self) -> Takes {
        self.kind().takes()
    }

    /// Whether it takes away something that is there.
    pub fn takes_away(&self) -> bool {
        self.kind().takes_away()
    }

    /// Whether it is made only where the plan said so before: what takes something away, or brings something back.
    pub fn is_told_first(&self) -> bool {
        self.kind().is_told_first()
    }

    /// Whether it is about the same thing: an outcome of one is the end of the other.
    pub fn same_matter(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
            && self.kind().subject() == other.kind().subject()
    }

    /// Whether it has been done, as far as the app itself tells.
    pub fn done_on(&self, app: &SeenApp) -> bool {
        self.kind().done(app)
    }

    /// Whether it changes what the app may reach through Exchange, so that a limit that was confirmed is to be seen anew.
    pub fn changes_the_limit(&self) -> bool {
        self.part() == Part::Scope
    }

    /// What kind of credential it makes, where it makes one.
    pub fn adds(&self) -> Option<CredentialKind> {
        match self {
            Self::AddSecret(_) => Some(CredentialKind::Secret),
            Self::AddCertificate(_) => Some(CredentialKind::Certificate),
            _ => None,
        }
    }

    /// What it makes of an app.
    pub fn effect_on(&self, app: &mut SeenApp) {
        self.kind().effect(app);
    }

    /// What it makes of the organisation.
    pub fn effect(&self, app: &AppKey, observed: &mut Observed) {
        let seen = observed
            .apps
            .entry(app.clone())
            .or_insert_with(|| SeenApp::unknown(Why::HangsOn));
        self.kind().effect(seen);
        if self.adds().is_some() {
            observed.held.insert(PLANNED);
        }
    }

    /// Whether it has been done.
    pub fn done(&self, app: &AppKey, observed: &Observed) -> bool {
        let seen = observed.apps.get(app);
        let held = match self.adds() {
            Some(kind) => seen.is_some_and(|seen| working(seen, observed, kind).next().is_some()),
            None => true,
        };
        held && seen.is_some_and(|seen| self.kind().done(seen))
    }

    /// What takes it back to how the app was before. Nothing where it can't be taken back.
    pub fn inverse(&self, app: &AppKey, before: &Observed) -> Option<Self> {
        self.kind().inverse(before.apps.get(app)?)
    }
}

/// The credentials of ours of one kind that work: not known to be worth nothing, and their value is held here.
pub(crate) fn working<'a>(
    app: &'a SeenApp,
    observed: &'a Observed,
    kind: CredentialKind,
) -> impl Iterator<Item = KeyId> + 'a {
    let credentials = app.credentials.known().into_iter().flatten();
    credentials
        .filter(move |(key, credential)| {
            credential.owner.may_be_changed()
                && credential.kind() == kind
                && !credential.spent
                && observed.held.contains(key)
        })
        .map(|(key, _)| *key)
}
