//! What a journal adds up to.

use domain::address::Address;
use domain::ids::{AppObjectId, ClientId, ConnectionId, KeyId, ServicePrincipalId};
use domain::permission::{Method, Permission};
use jiff::Timestamp;

use crate::event::{
    Admin, EntraGrant, Event, Exported, Intent, Mailbox, MailboxAnswers, Organisation, Preflight, Record,
    Tenancy,
};
use crate::proof::Proof;

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
}

/// The management scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name.
    pub name: String,
    /// Its filter.
    pub filter: String,
    /// The addresses in it.
    pub mailboxes: Vec<Address>,
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
    /// The method.
    pub method: Option<Method>,
    /// The public client for the sign-in.
    pub client: Option<String>,
    /// Who signed in last.
    pub admin: Option<Admin>,
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
    /// The last proof.
    pub proof: Option<Proof>,
    /// What was written for the platform.
    pub exported: Option<Exported>,
    /// Changes that were intended and of which nothing more is recorded: look before acting.
    pub open_intents: Vec<Intent>,
    /// When the last record was written.
    pub saved_at: Option<Timestamp>,
}

impl State {
    /// Folds records.
    pub fn of(records: &[Record]) -> Self {
        let mut state = Self::default();
        for record in records {
            state.apply(record);
        }
        state
    }

    /// The addresses that must work.
    pub fn allowed(&self) -> Vec<Address> {
        self.mailboxes
            .allowed
            .iter()
            .filter_map(|entry| entry.mailbox())
            .map(|mailbox| mailbox.address.clone())
            .collect()
    }

    /// Whether the limit holds exactly the confirmed mailboxes, and every asked permission is assigned.
    pub fn limit_is_current(&self) -> bool {
        let mut wanted = self.allowed();
        wanted.sort();
        let mut held = self
            .limit
            .scope
            .as_ref()
            .map(|scope| scope.mailboxes.clone())
            .unwrap_or_default();
        held.sort();
        self.limit.set_at.is_some() && wanted == held
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
            Event::PlatformChosen { profile } => self.platform = Some(profile),
            Event::MethodChosen { method } => self.method = Some(method),
            Event::ClientChosen { client } => self.client = Some(client),
            Event::SignedIn {
                admin,
                organisation,
                preflight,
            } => {
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
                self.settle(|intent| matches!(intent, Intent::CreateApp));
            }
            Event::ServicePrincipalCreated { id } => {
                self.service_principal = Some(id);
                self.settle(|intent| matches!(intent, Intent::CreateServicePrincipal));
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
                });
                self.settle(|intent| matches!(intent, Intent::AddSecret { .. }));
            }
            Event::SecretAccepted { tries } => {
                if let Some(secret) = &mut self.secret {
                    secret.accepted = Some((at, tries));
                }
            }
            Event::SecretRemoved { key } => {
                if self.secret.as_ref().is_some_and(|secret| secret.key == key) {
                    self.secret = None;
                    self.exported = None;
                }
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
            } => {
                self.limit.scope = Some(Scope {
                    name,
                    filter,
                    mailboxes,
                });
                self.limit.set_at = None;
                self.settle(|intent| matches!(intent, Intent::SetScope));
            }
            Event::RoleAssigned { permission, name } => {
                self.limit.assignments.retain(|(held, _)| *held != permission);
                self.limit.assignments.push((permission, name));
                self.settle(|intent| matches!(intent, Intent::AssignRole { permission: assigned } if *assigned == permission));
            }
            Event::LimitSet => {
                self.limit.set_at = Some(at);
                self.proof = None;
            }
            Event::LimitRemoved => {
                self.limit = Limit::default();
                self.proof = None;
                self.exported = None;
                self.settle(|intent| matches!(intent, Intent::RemoveLimit));
            }
            Event::Proved { proof } => self.proof = Some(proof),
            Event::AppDeleted => {
                self.app = None;
                self.service_principal = None;
                self.grants = None;
                self.settle(|intent| matches!(intent, Intent::DeleteApp));
            }
            Event::Exported { exported } => self.exported = Some(exported),
            Event::Unknown => {}
        }
    }

    fn settle(&mut self, done: impl Fn(&Intent) -> bool) {
        self.open_intents.retain(|intent| !done(intent));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Entry;

    fn record(event: Event) -> Record {
        Record {
            at: Timestamp::UNIX_EPOCH,
            event,
        }
    }

    fn found(address: &str) -> Entry {
        Entry::Found {
            typed: address.into(),
            mailbox: Mailbox {
                address: Address::parse(address).unwrap(),
                object_id: "1".into(),
                kind: "SharedMailbox".into(),
                name: "A".into(),
            },
        }
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
        let answers = |list: &[&str]| MailboxAnswers {
            allowed: list.iter().map(|a| found(a)).collect(),
            ..MailboxAnswers::default()
        };
        state.apply(&record(Event::MailboxesAnswered {
            answers: answers(&["a@b.example", "c@b.example"]),
        }));
        state.apply(&record(Event::ScopeSet {
            name: "s".into(),
            filter: "f".into(),
            mailboxes: vec![
                Address::parse("c@b.example").unwrap(),
                Address::parse("a@b.example").unwrap(),
            ],
        }));
        assert!(!state.limit_is_current());
        state.apply(&record(Event::LimitSet));
        assert!(state.limit_is_current());
        state.apply(&record(Event::MailboxesAnswered {
            answers: answers(&["a@b.example"]),
        }));
        assert!(!state.limit_is_current());
        assert!(!state.mailboxes_confirmed);
    }
}
