//! What a journal adds up to.

use std::collections::{BTreeMap, BTreeSet};

use domain::address::Address;
use domain::ids::{AppObjectId, ClientId, ConnectionId, KeyId, MailboxId, ServicePrincipalId};
use domain::permission::{Method, Permission};
use domain::step::StepId;
use jiff::Timestamp;

use crate::basis::Reason;
use crate::event::{
    Admin, Entry, Event, Exported, ForeignSecret, Intent, Mailbox, MailboxAnswers, Organisation, Preflight,
    Record, Tenancy,
};
use crate::proof::Proof;
use domain::grant::EntraGrant;

/// More open intents than any run leaves.
const MOST_OPEN_INTENTS: usize = 64;

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

/// What was taken away again, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The app registration, while it is among the deleted ones.
    pub app: Option<RemovedApp>,
    /// The secret.
    pub secret: Option<(KeyId, Timestamp)>,
    /// The limit.
    pub limit: Option<Timestamp>,
}

/// The client secret, without its value.
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
}

/// A platform in the admin's words, where no profile knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub permissions: BTreeSet<Permission>,
}

/// The management scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// Its filter, as it was set.
    pub filter: String,
    /// The mailboxes in it; empty where an older version set it by address.
    pub mailboxes: Vec<MailboxId>,
    /// Whether an older version set it by address, which can match mailboxes that nobody chose.
    pub by_address: bool,
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
    /// When all of it was in place.
    pub set_at: Option<Timestamp>,
}

/// Everything known of a connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Its id and where it belongs.
    pub opened: Option<(ConnectionId, Tenancy)>,
    /// The profile's id.
    pub platform: Option<String>,
    /// What the admin said of the platform, where its profile stands for any.
    pub described: Option<Described>,
    /// The method.
    pub method: Option<Method>,
    /// The optional permissions that were chosen; what the profile calls usual where nobody chose.
    pub optional: Option<BTreeSet<Permission>>,
    /// The public client for the sign-in.
    pub client: Option<String>,
    /// Who signed in last.
    pub admin: Option<Admin>,
    /// Who made what still stands, by step.
    pub made_by: BTreeMap<StepId, Admin>,
    /// Where.
    pub organisation: Option<Organisation>,
    /// What the pre-flight found.
    pub preflight: Option<Preflight>,
    /// Whether the organisation was confirmed.
    pub confirmed: bool,
    /// The app registration.
    pub app: Option<App>,
    /// Its service principal.
    pub service_principal: Option<ServicePrincipalId>,
    /// The grants found in Entra, and when.
    pub grants: Option<(Timestamp, Vec<EntraGrant>)>,
    /// The chosen life of the secret in days.
    pub secret_days: Option<i32>,
    /// The secret.
    pub secret: Option<IssuedSecret>,
    /// The answers of the mailboxes step.
    pub mailboxes: MailboxAnswers,
    /// Whether they were confirmed, and the one picked at random.
    pub mailboxes_confirmed: bool,
    /// The mailbox picked at random.
    pub random: Option<Mailbox>,
    /// The limit.
    pub limit: Limit,
    /// Mailboxes that were held once and are no longer asked for, with the addresses they had. They must be refused.
    pub removed: BTreeMap<MailboxId, Address>,
    /// The permissions that the profile and the admin's choices ask for now. The wizard tells it; no record does.
    pub asked: Option<BTreeSet<Permission>>,
    /// Object ids of everybody who signed in to this connection: they may own the app.
    pub admins: BTreeSet<String>,
    /// Object ids of further owners that the admin knows about.
    pub known_owners: BTreeSet<String>,
    /// When the app was last seen to reach, through Exchange, what no row of a proof could try by name.
    pub reached_more: Option<Timestamp>,
    /// How often the app was tried live since the limit was set.
    pub looks: u32,
    /// Every mailbox that was ever chosen, with its last known address.
    chosen: BTreeMap<MailboxId, Address>,
    /// The last proof.
    pub proof: Option<Proof>,
    /// What was written for the platform.
    pub exported: Option<Exported>,
    /// What was taken away again.
    pub undone: Removed,
    /// Secrets with our tag whose value nobody has.
    pub lost_secrets: Vec<KeyId>,
    /// Secrets of the app that this connection didn't make.
    pub foreign_secrets: Vec<ForeignSecret>,
    /// When something was first written for the platform; it may use the connection from then on.
    pub handed_over: Option<Timestamp>,
    /// Changes that were intended and of which nothing more is recorded: look before acting. The last 64 of them.
    pub open_intents: Vec<Intent>,
    /// When the last record was written.
    pub saved_at: Option<Timestamp>,
}

/// So many mailboxes that nobody asked for become rows of a proof; where there were more, the proof waits instead.
const MOST_CAME_IN: usize = 25;

impl State {
    /// Folds records.
    pub fn of(records: &[Record]) -> Self {
        let mut state = Self::default();
        for record in records {
            state.apply(record);
        }
        state
    }

    /// The mailboxes that must work.
    pub fn allowed(&self) -> Vec<&Mailbox> {
        self.mailboxes.allowed.iter().filter_map(Entry::mailbox).collect()
    }

    /// The last known address of a mailbox that was ever chosen.
    pub fn address_of(&self, mailbox: MailboxId) -> Option<&str> {
        self.chosen.get(&mailbox).map(Address::as_str)
    }

    /// Whether the limit holds exactly the confirmed mailboxes, and exactly the permissions that are asked for.
    ///
    /// It says what was set here; whether Exchange still has it so, a look has to tell.
    pub fn limit_is_current(&self) -> bool {
        let Some(scope) = &self.limit.scope else {
            return false;
        };
        let wanted: BTreeSet<MailboxId> = self.allowed().iter().map(|mailbox| mailbox.object_id).collect();
        let held: BTreeSet<MailboxId> = scope.mailboxes.iter().copied().collect();
        let assigned: BTreeSet<Permission> = self
            .limit
            .assignments
            .iter()
            .map(|(permission, _)| *permission)
            .collect();
        self.limit.set_at.is_some()
            && !scope.by_address
            && wanted == held
            && self.asked.as_ref().is_none_or(|asked| *asked == assigned)
    }

    /// Replaces the scope, and remembers what fell out of it.
    fn hold(&mut self, scope: Scope) {
        let before = self
            .limit
            .scope
            .take()
            .map(|scope| scope.mailboxes)
            .unwrap_or_default();
        for mailbox in before {
            if let Some(address) = self.chosen.get(&mailbox) {
                self.removed.insert(mailbox, address.clone());
            }
        }
        self.removed
            .retain(|mailbox, _| !scope.mailboxes.contains(mailbox));
        self.limit.scope = Some(scope);
        self.limit.set_at = None;
        self.proof = None;
        self.settle(|intent| matches!(intent, Intent::SetScope));
    }

    /// Remembers mailboxes that the scope held and nobody asked for. Each becomes a row that must be refused, because
    /// Microsoft serves what was taken out for up to two hours (microsoft-facts §4b).
    fn came_in(&mut self, mailboxes: BTreeMap<MailboxId, Address>, more: bool, at: Timestamp) {
        if more || mailboxes.len() > MOST_CAME_IN {
            self.reached_more = Some(at);
        }
        let room = MOST_CAME_IN.saturating_sub(self.removed.len());
        self.removed.extend(mailboxes.into_iter().take(room));
    }

    /// What a look found in Exchange beyond what was asked for goes on for a while after it was taken away, whoever takes
    /// it away.
    fn see_what_reaches_more(&mut self, proof: &Proof) {
        for reason in &proof.reasons {
            match reason {
                Reason::ScopeGrew { came_in, more } => {
                    let mut named = BTreeMap::new();
                    let mut nameless = *more;
                    for which in came_in {
                        match (which.id, Address::parse(&which.address)) {
                            (Some(id), Ok(address)) => drop(named.insert(id, address)),
                            _ => nameless = true,
                        }
                    }
                    self.came_in(named, nameless, proof.at);
                }
                Reason::OtherAssignment { .. } => self.reached_more = Some(proof.at),
                _ => {}
            }
        }
    }

    fn rename(&mut self, renamed: MailboxId, address: &Address) {
        let answers = &mut self.mailboxes;
        for entry in answers.allowed.iter_mut().chain(&mut answers.refused) {
            if let Entry::Found { mailbox, .. } = entry
                && mailbox.object_id == renamed
            {
                mailbox.address = address.clone();
            }
        }
        if let Some(random) = self.random.as_mut().filter(|random| random.object_id == renamed) {
            random.address = address.clone();
        }
        for known in [&mut self.chosen, &mut self.removed] {
            if let Some(held) = known.get_mut(&renamed) {
                *held = address.clone();
            }
        }
    }

    /// Takes one more record in.
    pub fn apply(&mut self, record: &Record) {
        let at = record.at;
        self.saved_at = Some(at);
        match record.event.clone() {
            Event::Opened { connection, tenancy } => {
                self.opened = Some((connection, tenancy));
                self.mailboxes.also_random = true;
            }
            Event::PlatformChosen { profile } => {
                self.platform = Some(profile);
                self.optional = None;
                self.described = None;
            }
            Event::PlatformDescribed { name, permissions } => {
                self.described = Some(Described {
                    name,
                    permissions: permissions.into_iter().collect(),
                });
            }
            Event::OptionalChosen { permissions } => self.optional = Some(permissions.into_iter().collect()),
            Event::MethodChosen { method } => self.method = Some(method),
            Event::ClientChosen { client } => self.client = Some(client),
            Event::SignedIn {
                admin,
                organisation,
                preflight,
            } => {
                self.admins.insert(admin.id.to_string());
                self.admin = Some(admin);
                self.organisation = Some(organisation);
                self.preflight = Some(preflight);
            }
            Event::OrganisationConfirmed => self.confirmed = true,
            Event::OrganisationDropped => {
                self.confirmed = false;
                self.admin = None;
                self.organisation = None;
                self.preflight = None;
            }
            Event::Intended { intent } => {
                if !self.open_intents.contains(&intent) {
                    self.open_intents.push(intent);
                    // A run leaves a handful open. A bound keeps a long journal from being compared with itself.
                    if self.open_intents.len() > MOST_OPEN_INTENTS {
                        self.open_intents.remove(0);
                    }
                }
            }
            Event::AppCreated {
                client_id,
                object_id,
                name,
            } => {
                self.app = Some(App {
                    client_id,
                    object_id,
                    name,
                    created_at: at,
                    checked_at: None,
                });
                self.made(StepId::App);
                self.undone.app = None;
                self.settle(|intent| {
                    matches!(intent, Intent::CreateApp | Intent::RestoreApp | Intent::DeleteApp)
                });
            }
            Event::ServicePrincipalCreated { id } => {
                if self.service_principal.is_some_and(|held| held != id) {
                    self.forget_what_hung_on_the_principal();
                }
                self.service_principal = Some(id);
                self.settle(|intent| {
                    matches!(
                        intent,
                        Intent::CreateServicePrincipal | Intent::TagServicePrincipal
                    )
                });
            }
            Event::AppChecked => {
                if let Some(app) = &mut self.app {
                    app.checked_at = Some(at);
                }
            }
            Event::PermissionsRead { grants } => {
                self.grants = Some((at, grants));
                self.settle(|intent| matches!(intent, Intent::RemoveGrant { .. }));
            }
            Event::SecretDaysChosen { days } => self.secret_days = Some(days),
            Event::SecretSaved {
                key,
                starts_at,
                ends_at,
            } => {
                self.secret = Some(IssuedSecret {
                    key,
                    starts_at,
                    ends_at,
                    saved_at: at,
                    accepted: None,
                    given_up: false,
                });
                self.proof = None;
                self.made(StepId::Secret);
                self.undone.secret = None;
                self.lost_secrets.retain(|lost| *lost != key);
                self.settle(|intent| matches!(intent, Intent::AddSecret { .. }));
            }
            Event::SecretAccepted { tries } => {
                if let Some(secret) = &mut self.secret {
                    secret.accepted = Some((at, tries));
                }
            }
            Event::SecretGivenUp { key } => {
                if let Some(secret) = self.secret.as_mut().filter(|secret| secret.key == key) {
                    secret.accepted = None;
                    secret.given_up = true;
                    self.exported = None;
                }
            }
            Event::SecretRemoved { key } => {
                if self.secret.as_ref().is_some_and(|secret| secret.key == key) {
                    self.secret = None;
                    self.proof = None;
                    self.exported = None;
                    self.made_by.remove(&StepId::Secret);
                    self.undone.secret = Some((key, at));
                }
                self.lost_secrets.retain(|lost| *lost != key);
                self.settle(
                    |intent| matches!(intent, Intent::RemoveSecret { key: removed } if *removed == key),
                );
            }
            Event::MailboxesAnswered { answers } => {
                if answers.allowed != self.mailboxes.allowed
                    || answers.refused != self.mailboxes.refused
                    || answers.also_random != self.mailboxes.also_random
                {
                    self.mailboxes_confirmed = false;
                    self.proof = None;
                    self.exported = None;
                }
                let found = answers.allowed.iter().filter_map(Entry::mailbox);
                self.chosen
                    .extend(found.map(|mailbox| (mailbox.object_id, mailbox.address.clone())));
                self.mailboxes = answers;
            }
            Event::MailboxesConfirmed { random } => {
                self.mailboxes_confirmed = true;
                self.random = random;
            }
            Event::ExchangePrincipalCreated => {
                self.limit.principal = true;
                self.settle(|intent| matches!(intent, Intent::CreateExchangePrincipal));
            }
            Event::ScopeSet {
                name,
                filter,
                mailboxes,
            } => self.hold(Scope {
                name,
                filter,
                mailboxes,
                by_address: false,
            }),
            Event::ScopeSetByAddress { name, filter } => self.hold(Scope {
                name,
                filter,
                mailboxes: Vec::new(),
                by_address: true,
            }),
            Event::ScopeNotMade => self.settle(|intent| matches!(intent, Intent::SetScope)),
            Event::ScopeHeldOthers { mailboxes, more } => self.came_in(mailboxes, more, at),
            Event::RoleRemoved { permission } => {
                self.limit.assignments.retain(|(held, _)| *held != permission);
                self.limit.set_at = None;
                self.proof = None;
                self.settle(
                    |intent| matches!(intent, Intent::RemoveRole { permission: removed } if *removed == permission),
                );
            }
            Event::RoleAssigned { permission, name } => {
                // One more makes another limit, which is to be seen and proven anew.
                if !self.limit.assignments.iter().any(|(held, _)| *held == permission) {
                    self.limit.set_at = None;
                    self.proof = None;
                }
                self.limit.assignments.retain(|(held, _)| *held != permission);
                self.limit.assignments.push((permission, name));
                self.settle(|intent| matches!(intent, Intent::AssignRole { permission: assigned } if *assigned == permission));
            }
            Event::LimitSet => {
                self.made(StepId::Limit);
                self.undone.limit = None;
                self.limit.set_at = Some(at);
                self.looks = 0;
                self.proof = None;
            }
            Event::LimitRemoved => {
                self.made_by.remove(&StepId::Limit);
                self.undone.limit = Some(at);
                self.limit = Limit::default();
                self.reached_more = None;
                self.removed.clear();
                self.proof = None;
                self.exported = None;
                self.settle(|intent| matches!(intent, Intent::RemoveLimit));
            }
            Event::Proved { proof } => {
                self.looks = proof.looks;
                self.see_what_reaches_more(&proof);
                self.proof = Some(proof);
            }
            Event::ProvedByAddress | Event::LookFailed => self.proof = None,
            Event::OwnersKnown { owners } => self.known_owners.extend(owners),
            Event::AddressChanged { mailbox, address } => self.rename(mailbox, &address),
            Event::AppDeleted => {
                self.made_by.remove(&StepId::App);
                self.undone.app = self.app.take().map(|app| RemovedApp {
                    client_id: app.client_id,
                    object_id: app.object_id,
                    name: app.name,
                    at,
                });
                self.service_principal = None;
                self.forget_what_hung_on_the_principal();
                self.settle(|intent| matches!(intent, Intent::DeleteApp));
            }
            Event::AppFoundDeleted {
                client_id,
                object_id,
                name,
                deleted_at,
            } => {
                self.app = None;
                self.service_principal = None;
                self.forget_what_hung_on_the_principal();
                self.undone.app = Some(RemovedApp {
                    client_id,
                    object_id,
                    name,
                    at: deleted_at.unwrap_or(at),
                });
                self.settle(|intent| matches!(intent, Intent::DeleteApp));
            }
            Event::AppRestored => {
                if let Some(removed) = self.undone.app.take() {
                    self.app = Some(App {
                        client_id: removed.client_id,
                        object_id: removed.object_id,
                        name: removed.name,
                        created_at: at,
                        checked_at: None,
                    });
                }
                self.settle(|intent| matches!(intent, Intent::RestoreApp | Intent::CreateApp));
            }
            Event::AppGivenUp => {
                self.app = None;
                self.undone.app = None;
                self.service_principal = None;
                self.secret = None;
                self.lost_secrets.clear();
                self.foreign_secrets.clear();
                self.forget_what_hung_on_the_principal();
                self.open_intents.clear();
            }
            Event::ServicePrincipalGone => {
                self.service_principal = None;
                if let Some(app) = &mut self.app {
                    app.checked_at = None;
                }
                self.forget_what_hung_on_the_principal();
            }
            Event::LostSecretsFound { keys } => {
                self.lost_secrets = keys;
                self.settle(|intent| matches!(intent, Intent::AddSecret { .. }));
            }
            Event::ForeignSecretsSeen { secrets } => self.foreign_secrets = secrets,
            Event::Exported { exported } => {
                self.exported = Some(exported);
                self.handed_over.get_or_insert(at);
            }
            Event::Unknown => {}
        }
    }

    /// Remembers who made what a step makes: whoever signed in last before it.
    fn made(&mut self, step: StepId) {
        if let Some(admin) = &self.admin {
            self.made_by.insert(step, admin.clone());
        }
    }

    /// Grants, the limit and the proof belong to one service principal and end with it (microsoft-facts §4b).
    /// The scope is an object of its own and stays.
    fn forget_what_hung_on_the_principal(&mut self) {
        self.grants = None;
        self.limit = Limit {
            scope: self.limit.scope.take(),
            ..Limit::default()
        };
        self.proof = None;
        self.exported = None;
    }

    fn settle(&mut self, done: impl Fn(&Intent) -> bool) {
        self.open_intents.retain(|intent| !done(intent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basis::tests::mailbox;

    fn record(event: Event) -> Record {
        Record {
            at: Timestamp::UNIX_EPOCH,
            event,
        }
    }

    fn found(number: u128) -> Entry {
        Entry::Found {
            typed: number.to_string(),
            mailbox: Mailbox {
                address: Address::parse(&format!("m{number}@contoso.example")).unwrap(),
                object_id: mailbox(number),
                kind: "SharedMailbox".into(),
                name: "A".into(),
            },
            also: Vec::new(),
        }
    }

    fn answered(numbers: &[u128]) -> Record {
        record(Event::MailboxesAnswered {
            answers: MailboxAnswers {
                allowed: numbers.iter().copied().map(found).collect(),
                ..MailboxAnswers::default()
            },
        })
    }

    fn scope_of(numbers: &[u128]) -> Record {
        record(Event::ScopeSet {
            name: "s".into(),
            filter: "f".into(),
            mailboxes: numbers.iter().copied().map(mailbox).collect(),
        })
    }

    #[test]
    fn an_intent_stays_open_until_its_outcome_is_recorded() {
        let mut state = State::default();
        state.apply(&record(Event::Intended {
            intent: Intent::AddSecret { tag: "t".into() },
        }));
        state.apply(&record(Event::Intended {
            intent: Intent::CreateApp,
        }));
        assert_eq!(state.open_intents.len(), 2);
        state.apply(&record(Event::SecretSaved {
            key: KeyId(Default::default()),
            starts_at: Timestamp::UNIX_EPOCH,
            ends_at: Timestamp::UNIX_EPOCH,
        }));
        assert_eq!(state.open_intents, [Intent::CreateApp]);
    }

    #[test]
    fn other_mailboxes_make_the_limit_old() {
        let mut state = State::default();
        state.apply(&answered(&[1, 2]));
        state.apply(&scope_of(&[2, 1]));
        assert!(!state.limit_is_current());
        state.apply(&record(Event::LimitSet));
        assert!(state.limit_is_current());
        state.apply(&answered(&[1]));
        assert!(!state.limit_is_current());
        assert!(!state.mailboxes_confirmed);
    }

    /// A profile that gains a permission, or an admin who leaves one out, makes the limit old as well.
    #[test]
    fn other_permissions_make_the_limit_old() {
        let mut state = State::default();
        state.apply(&answered(&[1]));
        state.apply(&scope_of(&[1]));
        state.apply(&record(Event::RoleAssigned {
            permission: Permission::MailReadWrite,
            name: "r".into(),
        }));
        state.apply(&record(Event::LimitSet));
        state.asked = Some(BTreeSet::from([Permission::MailReadWrite]));
        assert!(state.limit_is_current());
        state.asked = Some(BTreeSet::from([Permission::MailReadWrite, Permission::MailSend]));
        assert!(!state.limit_is_current());
        state.asked = Some(BTreeSet::from([Permission::MailRead]));
        assert!(!state.limit_is_current());
    }

    /// A limit that gained a permission or lost one was never proven.
    #[test]
    fn a_role_more_or_less_ends_the_proof() {
        let assigned = |permission| {
            record(Event::RoleAssigned {
                permission,
                name: "r".into(),
            })
        };
        let changes = [
            assigned(Permission::MailSend),
            record(Event::RoleRemoved {
                permission: Permission::MailRead,
            }),
        ];
        for change in changes {
            let mut state = State::default();
            state.apply(&answered(&[1]));
            state.apply(&scope_of(&[1]));
            state.apply(&assigned(Permission::MailRead));
            state.apply(&record(Event::LimitSet));
            state.proof = Some(Proof {
                at: Timestamp::UNIX_EPOCH,
                rows: Vec::new(),
                basis: crate::basis::tests::good(),
                reasons: Vec::new(),
                looks: 1,
                verdict: crate::proof::Verdict::Proven,
            });
            state.apply(&assigned(Permission::MailRead));
            assert!(state.proof.is_some(), "it was there before");
            state.apply(&change);
            assert_eq!(state.proof, None);
            assert!(!state.limit_is_current());
            state.apply(&record(Event::LimitSet));
            assert!(state.limit_is_current());
        }
    }

    #[test]
    fn what_fell_out_of_the_scope_is_remembered_until_it_is_back() {
        let mut state = State::default();
        state.apply(&answered(&[1, 2]));
        state.apply(&scope_of(&[1, 2]));
        state.apply(&answered(&[1]));
        state.apply(&scope_of(&[1]));
        assert_eq!(state.removed.keys().copied().collect::<Vec<_>>(), [mailbox(2)]);
        state.apply(&scope_of(&[1, 2]));
        assert!(state.removed.is_empty());
    }

    #[test]
    fn a_scope_by_address_is_never_current() {
        let mut state = State::default();
        let old = r#"{"at":"2026-11-01T00:00:00Z","event":"scope-set","name":"s","filter":"f","mailboxes":["m1@contoso.example"]}"#;
        state.apply(&answered(&[1]));
        state.apply(&serde_json::from_str(old).unwrap());
        state.apply(&record(Event::LimitSet));
        assert!(state.limit.scope.as_ref().is_some_and(|scope| scope.by_address));
        assert!(!state.limit_is_current());
    }

    /// What an older version proved by address isn't taken over, and doesn't stop the journal from being read.
    #[test]
    fn an_older_proof_is_read_and_not_believed() {
        let old = r#"{"at":"2026-11-01T00:00:00Z","event":"proved","proof":{"at":"2026-11-01T00:00:00Z","rows":[],"grants":[],"looks":1,"verdict":{"kind":"proven"}}}"#;
        let record: Record = serde_json::from_str(old).unwrap();
        assert_eq!(record.event, Event::ProvedByAddress);
    }
}
