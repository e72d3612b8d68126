//! What is true in the organisation, whoever made it.

use std::collections::{BTreeMap, BTreeSet};

use domain::app_key::AppKey;
use domain::credential::CredentialKind;
use domain::grant::EntraGrant;
use domain::ids::{AppObjectId, ClientId, KeyId, MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use jiff::Timestamp;

use crate::switches::Switches;

/// Something that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen<T> {
    /// It was read.
    Known(T),
    /// It could not be read. It never becomes a removal, nor a second making.
    Unknown(Why),
}

impl<T> Seen<T> {
    /// What was read.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }

    pub(crate) fn known_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

/// Why something is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nobody who may read it is signed in.
    NoRight,
    /// Microsoft's answer was incomplete.
    Incomplete,
    /// What it hangs on isn't known either.
    HangsOn,
}

/// Whose something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// It carries this connection's marks.
    Ours,
    /// Somebody else made it, and the admin said that the connection takes it over.
    Adopted,
    /// Somebody else's. It is never changed.
    Stranger,
}

impl Owner {
    /// Whether it may be changed.
    pub fn may_be_changed(self) -> bool {
        self != Self::Stranger
    }
}

/// Everything that was read about a connection's apps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// By the app that it belongs to.
    pub apps: BTreeMap<AppKey, SeenApp>,
    /// Key ids whose value lies in this computer's keychain.
    pub held: BTreeSet<KeyId>,
}

/// One app as it stands. What hangs on something that isn't there is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenApp {
    /// The app registration with our unique name.
    pub registration: Seen<Option<Registration>>,
    /// The same among the deleted ones.
    pub deleted: Seen<Option<Registration>>,
    /// Its service principal.
    pub principal: Seen<Option<Principal>>,
    /// Its secrets and certificates.
    pub credentials: Seen<BTreeMap<KeyId, Credential>>,
    /// Its grants in Entra, by Microsoft's id of each, and whose each is.
    pub grants: Seen<BTreeMap<String, (EntraGrant, Owner)>>,
    /// Its entry in Exchange.
    pub entry: Seen<Option<Owner>>,
    /// The scope that is called as ours is.
    pub scope: Seen<Option<Scope>>,
    /// Its role assignments in Exchange, by name.
    pub roles: Seen<BTreeMap<String, Assignment>>,
    /// The access policies that hold it and no other app to some mailboxes, by Exchange's identity of each.
    pub policies: Seen<BTreeMap<String, AccessPolicy>>,
    /// Names of other apps' role assignments within our scope.
    pub shared_with: Seen<BTreeSet<String>>,
    /// The mailboxes to which it has full access, as far as anybody asked, and whose each right is.
    pub full_access: Seen<BTreeMap<MailboxId, Owner>>,
    /// The switches of protocols of its mailboxes, as far as anybody asked.
    pub switches: Seen<Switches>,
}

impl SeenApp {
    /// An app of which nothing is there.
    pub const fn nothing() -> Self {
        Self {
            registration: Seen::Known(None),
            deleted: Seen::Known(None),
            principal: Seen::Known(None),
            credentials: Seen::Known(BTreeMap::new()),
            grants: Seen::Known(BTreeMap::new()),
            entry: Seen::Known(None),
            scope: Seen::Known(None),
            roles: Seen::Known(BTreeMap::new()),
            policies: Seen::Known(BTreeMap::new()),
            shared_with: Seen::Known(BTreeSet::new()),
            full_access: Seen::Known(BTreeMap::new()),
            switches: Seen::Known(BTreeMap::new()),
        }
    }

    /// An app of which nothing is known.
    pub fn unknown(why: Why) -> Self {
        Self {
            registration: Seen::Unknown(why),
            deleted: Seen::Unknown(why),
            principal: Seen::Unknown(why),
            credentials: Seen::Unknown(why),
            grants: Seen::Unknown(why),
            entry: Seen::Unknown(why),
            scope: Seen::Unknown(why),
            roles: Seen::Unknown(why),
            policies: Seen::Unknown(why),
            shared_with: Seen::Unknown(why),
            full_access: Seen::Unknown(why),
            switches: Seen::Unknown(why),
        }
    }
}

/// An app registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Object id; none for one that is only planned.
    pub object: Option<AppObjectId>,
    /// Client id; none for one that is only planned.
    pub client: Option<ClientId>,
    /// Display name.
    pub name: String,
    /// Whose it is.
    pub owner: Owner,
    /// Its tags.
    pub tags: BTreeSet<String>,
    /// Whose accounts may use it, in Microsoft's words, such as `AzureADMyOrg`.
    pub audience: String,
}

/// A service principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Object id; none for one that is only planned.
    pub id: Option<ServicePrincipalId>,
    /// Its tags.
    pub tags: BTreeSet<String>,
}

/// A secret or a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Whose it is.
    pub owner: Owner,
    /// Whether it is a certificate.
    pub certificate: bool,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
    /// Whether it is known to be worth nothing: Microsoft refused it, or it ended.
    pub spent: bool,
}

impl Credential {
    /// What it is.
    pub fn kind(&self) -> CredentialKind {
        CredentialKind::of(self.certificate)
    }
}

/// A management scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub owner: Owner,
    /// The mailboxes that it matches.
    pub mailboxes: BTreeSet<MailboxId>,
    /// Whether it matches more than those, or could match others tomorrow: a rule, a group, a list cut short.
    pub open: bool,
    /// The distinguished name of the group whose members it matches, where that is its rule.
    pub group: Option<String>,
}

impl Assignment {
    /// Whether it lies elsewhere and was taken over with its app.
    pub fn is_old(&self) -> bool {
        self.owner == Owner::Adopted && !self.in_scope
    }
}

/// A role assignment of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Whose it is.
    pub owner: Owner,
    /// The permission that its role gives, where it is one that we know.
    pub permission: Option<Permission>,
    /// Whether it lies within our scope.
    pub in_scope: bool,
}

/// An application access policy that restricts (microsoft-facts §4a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPolicy {
    /// Whose it is.
    pub owner: Owner,
    /// What the group is called that it names.
    pub group: String,
}
