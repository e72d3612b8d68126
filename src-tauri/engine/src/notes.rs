//! What is remembered of one app of a connection: what was made of it, and when.
//!
//! It is a memory of what was done, and no more: what is so is read in the organisation.

use std::collections::{BTreeMap, BTreeSet};

use domain::credential::CredentialKind;
use domain::grant::{EntraGrant, Opens};
use domain::ids::{AppObjectId, ClientId, KeyId, MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use jiff::Timestamp;
use plan::changes::Change;
use plan::given::{Given, GivenSecret, apply};
use plan::observed::{AccessPolicy, Assignment, Credential, Owner, Principal, Registration, Seen, SeenApp};
use plan::part::Part;
use plan::pending;

use crate::event::{self, AsItWas, ForeignSecret, MadeCertificate};

/// More open intents than any run leaves, and more changes than any run makes.
const MOST: usize = 64;

/// The app registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Client id.
    pub client_id: ClientId,
    /// Object id of the registration.
    pub object_id: AppObjectId,
    /// Display name.
    pub name: String,
    /// When it was recorded.
    pub created_at: Timestamp,
    /// When it was last read back.
    pub checked_at: Option<Timestamp>,
}

/// An app registration of this connection among the deleted ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemovedApp {
    /// Client id.
    pub client_id: ClientId,
    /// Object id of the registration.
    pub object_id: AppObjectId,
    /// Display name.
    pub name: String,
    /// When it was deleted; Microsoft keeps it restorable for 30 days (microsoft-facts §2.1).
    pub at: Timestamp,
}

/// The client secret or the certificate, without what only the keychain holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedSecret {
    /// Its key id.
    pub key: KeyId,
    /// When its life begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When it lay in the keychain.
    pub saved_at: Timestamp,
    /// When Microsoft took it, and after how many tries.
    pub accepted: Option<(Timestamp, u32)>,
    /// Whether its value is worth nothing any more, so that it is replaced.
    pub given_up: bool,
    /// The certificate in DER and base64; none where it is a secret.
    pub certificate: Option<String>,
}

impl IssuedSecret {
    /// What it is.
    pub fn kind(&self) -> CredentialKind {
        CredentialKind::of(self.certificate.is_some())
    }
}

/// A credential that the platform may be using while another is made in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// When it ends, where Microsoft said.
    pub ends_at: Option<Timestamp>,
    /// The same as this connection issued it, where it did: its value may lie in the keychain.
    pub issued: Option<IssuedSecret>,
}

/// The management scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// The mailboxes in it; empty where an older version set it by address.
    pub mailboxes: BTreeSet<MailboxId>,
    /// Whether an older version set it by address, which can match mailboxes that nobody chose.
    pub by_address: bool,
    /// The distinguished name of the group whose members it holds, where it goes by one.
    pub group: Option<String>,
}

/// The limit in Exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limit {
    /// Whether Exchange knows the app.
    pub principal: bool,
    /// The scope.
    pub scope: Option<Scope>,
    /// The role assignments, with their names.
    pub assignments: Vec<(Permission, String)>,
    /// The mailboxes to which the app has full access: what holds a mail program to them, in place of a scope.
    pub full_access: BTreeSet<MailboxId>,
    /// When all of it was in place.
    pub set_at: Option<Timestamp>,
}

/// A change that was about to be sent and of which nothing more is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub change: Change,
    /// What tells this try from others.
    pub tag: Option<String>,
}

/// What is remembered of one app.
#[derive(Clone, Debug, PartialEq)]
pub struct AppNotes {
    /// Everything that was done, each change laid over the one before.
    pub made: SeenApp,
    /// When the registration was recorded.
    pub created_at: Option<Timestamp>,
    /// When the app was last read back.
    pub checked_at: Option<Timestamp>,
    /// When it was deleted, while it is among the deleted ones.
    pub deleted_at: Option<Timestamp>,
    /// How it stood when it was taken over, where somebody else registered it.
    pub adopted: Option<AsItWas>,
    /// Whether something was taken away here that was taken over with it, or granted to it: from then on it can't be given back as
    /// it was.
    pub changed_for_good: bool,
    /// When the last grant was taken away, here or by somebody else: seen at the latest then.
    pub grant_removed_at: Option<Timestamp>,
    /// The grants found in Entra, and when.
    pub grants: Option<(Timestamp, Vec<EntraGrant>)>,
    /// The secret.
    pub secret: Option<IssuedSecret>,
    /// The secret that was taken away last, and when.
    pub secret_removed: Option<(KeyId, Timestamp)>,
    /// What the platform may be using until it has the secret above.
    pub in_use: BTreeMap<KeyId, InUse>,
    /// Secrets and certificates with our tag whose value nobody has.
    pub lost_secrets: Vec<KeyId>,
    /// Which of the key ids that stand here are certificates.
    pub certificates: BTreeSet<KeyId>,
    /// The certificate that was made here last and of which it isn't known yet whether Microsoft has it.
    pub made_certificate: Option<MadeCertificate>,
    /// The names of the tries of this computer to make a secret. The last 64 of them.
    pub tries: Vec<String>,
    /// Secrets of the app that this connection didn't make.
    pub foreign_secrets: Vec<ForeignSecret>,
    /// When all of the limit was in place.
    pub limit_set_at: Option<Timestamp>,
    /// By when Microsoft has surely applied it then, where that was written down.
    pub limit_applied_by: Option<Timestamp>,
    /// When the limit was taken away.
    pub limit_removed_at: Option<Timestamp>,
    /// Changes that were intended and of which nothing more is recorded: look before acting. The last 64 of them.
    pub open: Vec<Open>,
    /// Changes that were made, with when and what came of them. The last 64 of them.
    pub recent: Vec<(Timestamp, Change, Given)>,
}

impl AppNotes {
    /// Of an app of which nothing was made.
    pub const fn new() -> Self {
        Self {
            made: SeenApp::nothing(),
            created_at: None,
            checked_at: None,
            deleted_at: None,
            adopted: None,
            changed_for_good: false,
            grant_removed_at: None,
            grants: None,
            secret: None,
            secret_removed: None,
            in_use: BTreeMap::new(),
            lost_secrets: Vec::new(),
            certificates: BTreeSet::new(),
            made_certificate: None,
            tries: Vec::new(),
            foreign_secrets: Vec::new(),
            limit_set_at: None,
            limit_applied_by: None,
            limit_removed_at: None,
            open: Vec::new(),
            recent: Vec::new(),
        }
    }

    /// What is remembered of the app, as if it had been read: what was made of it, and what was found on it.
    pub(crate) fn believed(&self) -> SeenApp {
        let mut app = self.made.clone();
        if let Seen::Known(credentials) = &mut app.credentials {
            let found = |owner, key: &KeyId| Credential {
                owner,
                certificate: self.certificates.contains(key),
                ends_at: None,
                spent: false,
            };
            for lost in self.lost_secrets.iter().chain(self.in_use.keys()) {
                credentials
                    .entry(*lost)
                    .or_insert_with(|| found(Owner::Ours, lost));
            }
            for foreign in &self.foreign_secrets {
                credentials
                    .entry(foreign.key)
                    .or_insert_with(|| found(Owner::Stranger, &foreign.key));
            }
            if let Some(secret) = self.secret.as_ref().filter(|secret| secret.given_up)
                && let Some(credential) = credentials.get_mut(&secret.key)
            {
                credential.spent = true;
            }
        }
        if let (Seen::Known(grants), Some((_, found))) = (&mut app.grants, &self.grants) {
            *grants = found
                .iter()
                .map(|grant| (grant.id.clone(), (grant.clone(), self.owner_of_grant(grant))))
                .collect();
        }
        app
    }

    /// Whether a role in Exchange was taken over with the app, by the name of its assignment.
    pub fn took_over_role(&self, name: &str) -> bool {
        self.adopted.as_ref().is_some_and(|was| was.roles.contains(name))
    }

    /// Whose a grant in Entra is, as far as it could go: it was taken over with its app, or is somebody else's, as is one of which
    /// somebody changed what it permits since. What was granted here is needed; once it isn't asked for any more it is named like
    /// somebody else's, and goes by a press of its own.
    pub fn owner_of_grant(&self, grant: &EntraGrant) -> Owner {
        let adopted = self.adopted.iter().flat_map(|was| &was.grants);
        let same = |was: &EntraGrant| was.id == grant.id && was.permission == grant.permission;
        match adopted.into_iter().any(same) {
            true => Owner::Adopted,
            false => Owner::Stranger,
        }
    }

    /// The grants that were taken over with the app and are still there, as far as they open something. Nothing where they
    /// weren't read since.
    pub fn old_grants(&self) -> Option<Vec<&EntraGrant>> {
        let (_, found) = self.grants.as_ref()?;
        let old = found
            .iter()
            .filter(|grant| grant.opens != Opens::Nothing && self.owner_of_grant(grant) == Owner::Adopted);
        Some(old.collect())
    }

    /// The names of the roles in Exchange that were taken over with the app and weren't taken away yet.
    pub fn old_roles(&self) -> impl Iterator<Item = &String> {
        let roles = self.made.roles.known().into_iter().flatten();
        roles.filter(|(_, role)| role.is_old()).map(|(name, _)| name)
    }

    /// Whether nothing is left of what the app had in Entra and in Exchange when it was taken over; not where that wasn't read.
    pub fn old_permissions_are_gone(&self) -> bool {
        self.old_grants().is_some_and(|left| left.is_empty()) && self.old_roles().next().is_none()
    }

    /// The access policies that were taken over with the app and weren't taken away yet, by Exchange's identity of each.
    pub fn old_policies(&self) -> impl Iterator<Item = (&String, &AccessPolicy)> {
        self.made.policies.known().into_iter().flatten()
    }

    /// Lays what was made since then over what was read.
    pub fn lay_over(&self, seen: &mut SeenApp, since: Timestamp) {
        // Switches have a reading of their own.
        let is_recent = |at: &Timestamp, change: &Change| *at >= since && change.part() != Part::Protocols;
        let recent = self.recent.iter();
        let recent = recent.filter(|(at, change, _)| is_recent(at, change));
        pending::lay(seen, recent.map(|(_, change, given)| (change, given)));
    }

    /// The app registration, where it is live.
    pub fn app(&self) -> Option<App> {
        let (object_id, client_id, name) = ids(&self.made.registration)?;
        Some(App {
            client_id,
            object_id,
            name,
            created_at: self.created_at?,
            checked_at: self.checked_at,
        })
    }

    /// The app registration, where it is among the deleted ones.
    pub fn removed_app(&self) -> Option<RemovedApp> {
        let (object_id, client_id, name) = ids(&self.made.deleted)?;
        Some(RemovedApp {
            client_id,
            object_id,
            name,
            at: self.deleted_at?,
        })
    }

    /// Object id of the service principal.
    pub fn principal(&self) -> Option<ServicePrincipalId> {
        self.made.principal.known()?.as_ref()?.id
    }

    /// The limit in Exchange.
    pub fn limit(&self) -> Limit {
        let roles = self.made.roles.known().into_iter().flatten();
        Limit {
            principal: matches!(self.made.entry, Seen::Known(Some(_))),
            scope: self
                .made
                .scope
                .known()
                .and_then(Option::as_ref)
                .map(|scope| Scope {
                    name: scope.name.clone(),
                    mailboxes: scope.mailboxes.clone(),
                    by_address: scope.open && scope.group.is_none(),
                    group: scope.group.clone(),
                }),
            assignments: roles
                .filter(|(_, role)| role.in_scope)
                .filter_map(|(name, role)| Some((role.permission?, name.clone())))
                .collect(),
            full_access: self.full_access().map(|(mailbox, _)| *mailbox).collect(),
            set_at: self.limit_set_at,
        }
    }

    fn full_access(&self) -> impl Iterator<Item = (&MailboxId, &Owner)> {
        self.made.full_access.known().into_iter().flatten()
    }

    /// Every mailbox to which the app may have full access by what was done here: those that are known to give it, and those of
    /// which nothing more is recorded than that it was about to be given.
    pub fn full_access_to_look_at(&self) -> BTreeSet<MailboxId> {
        let begun = self.open.iter().filter_map(|open| match &open.change {
            Change::GiveFullAccess(give) => Some(give.mailbox),
            _ => None,
        });
        self.full_access()
            .map(|(mailbox, _)| *mailbox)
            .chain(begun)
            .collect()
    }

    /// Whose the app's full access to a mailbox is. To one that is `asked` for it was taken over with its app, or is this
    /// connection's, whose app nobody else's platform uses; to any other one that this connection didn't give it, somebody
    /// else did.
    pub fn owner_of_full_access(&self, mailbox: MailboxId, asked: bool) -> Owner {
        let given = self.made.full_access.known().and_then(|held| held.get(&mailbox));
        let gives =
            |change: &Change| matches!(change, Change::GiveFullAccess(give) if give.mailbox == mailbox);
        match (given, &self.adopted) {
            (Some(owner), _) => *owner,
            (None, _) if self.is_open(gives) => Owner::Ours,
            (None, _) if !asked => Owner::Stranger,
            (None, Some(_)) => Owner::Adopted,
            (None, None) => Owner::Ours,
        }
    }

    /// Takes in to which mailboxes the app was read to have full access: just those that are asked for.
    pub(crate) fn has_full_access(&mut self, mailboxes: &BTreeSet<MailboxId>) {
        let held = mailboxes
            .iter()
            .map(|mailbox| (*mailbox, self.owner_of_full_access(*mailbox, true)));
        self.made.full_access = Seen::Known(held.collect());
        self.settle(|change| match change {
            Change::GiveFullAccess(give) => mailboxes.contains(&give.mailbox),
            Change::TakeFullAccess(take) => !mailboxes.contains(&take.mailbox),
            _ => false,
        });
    }

    /// Whether a permission is assigned within the scope.
    pub fn is_assigned(&self, permission: Permission) -> bool {
        let mut roles = self.made.roles.known().into_iter().flatten();
        roles.any(|(_, role)| role.in_scope && role.permission == Some(permission))
    }

    /// Whether the app's entry in Exchange was there when it was taken over, and stays where the limit goes.
    pub fn keeps_its_entry(&self) -> bool {
        self.adopted.as_ref().is_some_and(|was| was.in_exchange)
    }

    /// Whether something of the limit is in Exchange: a scope stays where the app that it was made for is gone.
    pub fn limit_stands(&self) -> bool {
        let entry = matches!(self.made.entry, Seen::Known(Some(_))) && !self.keeps_its_entry();
        let given = self.full_access().any(|(_, owner)| *owner == Owner::Ours);
        entry || given || matches!(self.made.scope, Seen::Known(Some(_)))
    }

    /// Whether a change of this kind is open: it may have taken effect.
    pub fn is_open(&self, is: impl Fn(&Change) -> bool) -> bool {
        self.open.iter().any(|open| is(&open.change))
    }

    /// Whether a secret or a certificate may have been made of which nothing is known.
    pub fn is_making_a_secret(&self) -> bool {
        self.is_open(|change| change.adds().is_some())
    }

    /// What kind of credential has this key id.
    pub fn kind_of(&self, key: KeyId) -> CredentialKind {
        CredentialKind::of(self.certificates.contains(&key))
    }

    /// Takes in that a certificate was made here.
    pub(crate) fn made_certificate(&mut self, made: MadeCertificate) {
        self.certificates.insert(made.key);
        self.made_certificate = Some(made);
    }

    pub(crate) fn intend(&mut self, change: Change, tag: Option<String>) {
        if let Some(tag) = tag.as_ref().filter(|tag| !self.tries.contains(tag)) {
            self.tries.push(tag.clone());
            if self.tries.len() > MOST {
                self.tries.remove(0);
            }
        }
        let open = Open { change, tag };
        if self.open.contains(&open) {
            return;
        }
        self.open.push(open);
        // A run leaves a handful open. A bound keeps a long journal from being compared with itself.
        if self.open.len() > MOST {
            self.open.remove(0);
        }
    }

    /// Takes in every grant in Entra. One that opens something and is gone was taken away at the latest now, whoever did it.
    pub(crate) fn read_grants(&mut self, grants: Vec<EntraGrant>, at: Timestamp) {
        let before = self.grants.iter().flat_map(|(_, before)| before);
        let mut opening = before.filter(|grant| grant.opens != Opens::Nothing);
        if opening.any(|grant| !grants.iter().any(|now| now.id == grant.id)) {
            self.grant_removed_at = Some(at);
        }
        self.grants = Some((at, grants));
    }

    /// Takes in that a change was made.
    pub(crate) fn done(&mut self, change: &Change, given: &Given, at: Timestamp) {
        let before = self.made.clone();
        let (before_roles, before_scope) = (before.roles.clone(), before.scope.clone());
        apply(&mut self.made, change, given);
        match change {
            Change::CreateApp(_) => {
                self.created_at = Some(at);
                (self.checked_at, self.deleted_at) = (None, None);
                self.made.deleted = Seen::Known(None);
            }
            Change::RestoreApp(_) => {
                self.created_at = Some(at);
                (self.checked_at, self.deleted_at) = (None, None);
                // Its service principal doesn't come back with it (microsoft-facts §2.1); its secrets do.
                self.made.principal = Seen::Known(None);
                (self.made.credentials, self.made.grants) = (before.credentials, before.grants);
            }
            Change::DeleteApp(_) => {
                self.deleted_at = Some(given.deleted_at.unwrap_or(at));
                self.made.credentials = before.credentials;
                self.forget_principal();
            }
            Change::CreatePrincipal(_) => {
                let was = before
                    .principal
                    .known()
                    .and_then(Option::as_ref)
                    .and_then(|was| was.id);
                if was.is_some() && was != given.principal {
                    self.forget_what_hung_on_the_principal();
                }
            }
            Change::AddSecret(_) | Change::AddCertificate(_) => {
                if let Some(secret) = given.secret {
                    self.save(secret, at);
                }
            }
            // By which id Microsoft knows it isn't said, so what is granted is read again.
            Change::GrantAppRole(_) => {
                self.grants = None;
                self.changed_for_good |= self.adopted.is_some();
                // A protocol more is applied as late as the limit is, and waited for in the same way.
                if let Some(set_at) = &mut self.limit_set_at {
                    *set_at = at;
                }
            }
            // The same of one that is let in for the mailbox only now.
            Change::SwitchOnProtocol(_) => {
                if let Some(set_at) = &mut self.limit_set_at {
                    *set_at = at;
                }
            }
            Change::RemoveOldRole(_) | Change::RemoveAccessPolicy(_) => self.changed_for_good = true,
            Change::RemoveCredential(gone) => {
                let was = self.adopted.iter().flat_map(|was| &was.in_use);
                self.changed_for_good |= was.into_iter().any(|one| one.key == gone.key);
                self.lose(gone.key, at);
            }
            Change::RemoveGrant(gone) => {
                self.grant_removed_at = Some(at);
                let was = self.adopted.iter().flat_map(|was| &was.grants);
                self.changed_for_good |= was.into_iter().any(|grant| grant.id == gone.id);
                if let Some((_, grants)) = &mut self.grants {
                    grants.retain(|grant| grant.id != gone.id);
                }
            }
            _ => {}
        }
        self.recent.push((at, change.clone(), given.clone()));
        if self.recent.len() > MOST {
            self.recent.remove(0);
        }
        let made = &self.made;
        self.open
            .retain(|open| !open.change.same_matter(change) && !is_done(&open.change, made));
        // What was taken over with the app is no part of the limit.
        let is_old = matches!(change, Change::RemoveOldRole(_));
        let other = !is_old && self.made.roles != before_roles || self.made.scope != before_scope;
        // A part of the limit that was made takes effect anew, also where it was recorded like this before: somebody took
        // it away meanwhile.
        if other || change.changes_the_limit() {
            self.limit_set_at = None;
        }
        if change.changes_the_limit() && !self.limit_stands() {
            self.limit_removed_at = Some(at);
        }
    }

    fn save(&mut self, secret: GivenSecret, at: Timestamp) {
        let GivenSecret {
            key,
            starts_at,
            ends_at,
        } = secret;
        let made = self.made_certificate.take_if(|made| made.key == key);
        self.secret = Some(IssuedSecret {
            key,
            starts_at,
            ends_at,
            saved_at: at,
            accepted: None,
            given_up: false,
            certificate: made.map(|made| made.certificate),
        });
        self.secret_removed = None;
        self.lost_secrets.retain(|lost| *lost != key);
    }

    /// A secret of ours is gone.
    pub(crate) fn lose(&mut self, key: KeyId, at: Timestamp) {
        if self.secret.as_ref().is_some_and(|secret| secret.key == key) {
            self.secret = None;
            self.secret_removed = Some((key, at));
        }
        if let Seen::Known(credentials) = &mut self.made.credentials {
            credentials.remove(&key);
        }
        self.in_use.remove(&key);
        self.certificates.remove(&key);
        self.made_certificate.take_if(|made| made.key == key);
        self.lost_secrets.retain(|lost| *lost != key);
        self.settle(|change| matches!(change, Change::RemoveCredential(gone) if gone.key == key));
    }

    /// An app that somebody else registered was taken over.
    pub(crate) fn adopt(&mut self, was: &AsItWas, at: Timestamp) {
        let switches = std::mem::replace(&mut self.made.switches, Seen::Known(Default::default()));
        *self = Self::new();
        self.made.switches = switches;
        self.created_at = Some(at);
        self.made.registration = Seen::Known(Some(Registration {
            object: Some(was.object_id),
            client: Some(was.client_id),
            name: was.name.clone(),
            owner: Owner::Adopted,
            tags: was.tags.clone(),
            audience: was.audience.clone(),
        }));
        self.made.principal = Seen::Known(
            was.principal
                .clone()
                .map(|(id, tags)| Principal { id: Some(id), tags }),
        );
        let old_role = |name: &String| {
            let role = Assignment {
                owner: Owner::Adopted,
                permission: None,
                in_scope: false,
            };
            (name.clone(), role)
        };
        self.made.roles = Seen::Known(was.roles.iter().map(old_role).collect());
        let own = was
            .policies
            .iter()
            .filter(|policy| policy.restricts && !policy.of_all_apps);
        let policy = |policy: &event::Policy| {
            let held = AccessPolicy {
                owner: Owner::Adopted,
                group: policy.scope.clone(),
            };
            (policy.identity.clone(), held)
        };
        self.made.policies = Seen::Known(own.map(policy).collect());
        let grants = was.grants.iter().chain(&was.needed);
        self.grants = Some((at, grants.cloned().collect()));
        self.adopted = Some(was.clone());
        self.begin_renewal(&was.in_use);
    }

    /// A renewal begins: what the platform may be using stands apart from the secret that is to be made.
    pub(crate) fn begin_renewal(&mut self, in_use: &[event::InUse]) {
        let before = std::mem::take(&mut self.in_use);
        let issued: Vec<IssuedSecret> = before
            .into_values()
            .filter_map(|one| one.issued)
            .chain(self.secret.take())
            .collect();
        self.in_use = in_use
            .iter()
            .map(|one| {
                let issued = issued.iter().find(|issued| issued.key == one.key).cloned();
                let ends_at = one.ends_at;
                (one.key, InUse { ends_at, issued })
            })
            .collect();
        let certificates = in_use.iter().filter(|one| one.certificate);
        self.certificates.extend(certificates.map(|one| one.key));
        if let Seen::Known(credentials) = &mut self.made.credentials {
            for one in in_use {
                let seen = Credential {
                    owner: Owner::Ours,
                    certificate: one.certificate,
                    ends_at: one.ends_at,
                    spent: false,
                };
                credentials.entry(one.key).or_insert(seen);
            }
        }
        self.lost_secrets.retain(|lost| !self.in_use.contains_key(lost));
        self.foreign_secrets
            .retain(|foreign| !self.in_use.contains_key(&foreign.key));
    }

    /// A renewal is given up before anything was made of it: what this connection issued is its secret again.
    pub(crate) fn drop_renewal(&mut self) {
        let in_use = std::mem::take(&mut self.in_use);
        if let Seen::Known(credentials) = &mut self.made.credentials {
            // What this computer never made counts as somebody else's again, and is never removed as lost.
            credentials.retain(|key, _| in_use.get(key).is_none_or(|one| one.issued.is_some()));
        }
        if self.secret.is_none() {
            let issued = in_use.into_values().filter_map(|one| one.issued);
            self.secret = issued.max_by_key(|secret| secret.ends_at);
        }
    }

    pub(crate) fn settle(&mut self, done: impl Fn(&Change) -> bool) {
        self.open.retain(|open| !done(&open.change));
    }

    /// The app was found among the deleted ones.
    pub(crate) fn found_deleted(&mut self, found: Registration, at: Timestamp) {
        self.made.registration = Seen::Known(None);
        self.made.deleted = Seen::Known(Some(found));
        self.deleted_at = Some(at);
        self.forget_principal();
        self.settle(|change| matches!(change, Change::DeleteApp(_)));
    }

    /// The app is gone for good. Its scope is an object of its own and stays, as do the switches of mailboxes.
    pub(crate) fn give_up(&mut self) {
        let (scope, switches) = (self.made.scope.clone(), self.made.switches.clone());
        let (secret_removed, limit_removed_at) = (self.secret_removed, self.limit_removed_at);
        *self = Self {
            secret_removed,
            limit_removed_at,
            ..Self::new()
        };
        (self.made.scope, self.made.switches) = (scope, switches);
    }

    /// The service principal is gone.
    pub(crate) fn forget_principal(&mut self) {
        self.made.principal = Seen::Known(None);
        self.checked_at = None;
        self.forget_what_hung_on_the_principal();
    }

    /// Grants and the limit belong to one service principal and end with it (microsoft-facts §4b). The scope is an object
    /// of its own and stays.
    fn forget_what_hung_on_the_principal(&mut self) {
        self.grants = None;
        self.made.grants = Seen::Known(Default::default());
        self.made.entry = Seen::Known(None);
        self.made.roles = Seen::Known(Default::default());
        self.made.full_access = Seen::Known(Default::default());
        self.limit_set_at = None;
    }
}

impl Default for AppNotes {
    fn default() -> Self {
        Self::new()
    }
}

fn ids(registration: &Seen<Option<Registration>>) -> Option<(AppObjectId, ClientId, String)> {
    let found = registration.known()?.as_ref()?;
    Some((found.object?, found.client?, found.name.clone()))
}

fn is_done(change: &Change, made: &SeenApp) -> bool {
    // Whether a secret was made and its value arrived is told by its own record and by nothing else.
    change.adds().is_none() && change.done_on(made)
}

/// An app registration of ours with its ids.
pub(crate) fn registration(object: AppObjectId, client: ClientId, name: String) -> Registration {
    Registration {
        object: Some(object),
        client: Some(client),
        name,
        owner: Owner::Ours,
        tags: BTreeSet::new(),
        audience: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever took a grant away: a token that was given before goes on saying that the app has it.
    #[test]
    fn a_grant_that_somebody_took_away_is_gone_from_when_that_was_read() {
        let grant = |id: &str, opens| EntraGrant {
            id: id.into(),
            resource: "Microsoft Graph".into(),
            api: domain::grant::MICROSOFT_GRAPH.into(),
            permission: "Mail.Read".into(),
            app_role: true,
            opens,
        };
        let at = |second| Timestamp::from_second(second).unwrap_or_default();
        let mut notes = AppNotes::new();
        notes.read_grants(
            vec![grant("a", Opens::Mailboxes), grant("b", Opens::Nothing)],
            at(1),
        );
        assert_eq!(notes.grant_removed_at, None);
        notes.read_grants(vec![grant("a", Opens::Mailboxes)], at(2));
        assert_eq!(notes.grant_removed_at, None, "it opened nothing");
        notes.read_grants(Vec::new(), at(3));
        assert_eq!(notes.grant_removed_at, Some(at(3)));
        notes.read_grants(Vec::new(), at(4));
        assert_eq!(notes.grant_removed_at, Some(at(3)));
    }
}
