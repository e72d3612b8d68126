//! The organisation as the handlers see it: its objects, its directory, its clock and its sign-ins.

pub(crate) mod exchange;
pub(crate) mod exchange_links;
pub(crate) mod graph;
pub(crate) mod ids;
pub(crate) mod mailboxes;
pub(crate) mod objects;
pub(crate) mod recipients;
pub(crate) mod registrations;
pub(crate) mod seed;
pub(crate) mod sign_ins;
pub(crate) mod signing;
pub(crate) mod snapshot;
pub(crate) mod stale;
pub(crate) mod standing;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::clock::{Clock, Delay, after, graph_time};
use crate::organisation::exchange_links::Links;
use crate::organisation::objects::Objects;
use crate::organisation::registrations::{DirectoryRoleAssignment, ServicePrincipal};
use crate::organisation::sign_ins::SignIns;
use crate::organisation::signing::TokenKey;
use crate::people::administrators::Person;
use crate::people::directory::{Directory, IdKind};
use crate::people::entry::Entry;
use crate::people::roles::{Role, role_by_template};
use crate::published::permissions::{Resource, resource_by_app_id};
use crate::scenario::repeated_pages::RepeatedPages;
use crate::scenario::throttling::{Tenant, Usage};
use crate::scenario::{PeoplesRoles, Scenario};
use crate::wire::Call;

/// The tenant id that the organisation has unless another one is asked for.
pub(crate) const TENANT_ID: &str = "5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de";
/// The public client that a wizard signs people in with; it is part of the organisation from the start.
pub(crate) const PUBLIC_CLIENT_ID: &str = "c3d1f8a2-64b7-4e0f-8d55-7d1e5a9b2f60";
/// The organisation's name.
pub(crate) const NAME: &str = "Contoso Practice";

/// The whole organisation, behind one lock.
#[derive(Debug)]
pub(crate) struct Organisation {
    pub(crate) objects: Objects,
    pub(crate) directory: Directory,
    pub(crate) clock: Arc<Clock>,
    pub(crate) sign_ins: SignIns,
    /// Links to further pages of Exchange's lists that were used.
    pub(crate) exchange_links: Links,
    pub(crate) scenario: Scenario,
    /// Which replica of the directory answers the present request.
    pub(crate) replica: Replica,
    /// What was used of Microsoft's limits.
    pub(crate) usage: Usage,
    pub(crate) repeated_pages: RepeatedPages,
    pub(crate) token_key: Arc<TokenKey>,
    /// `https://localhost:PORT`.
    pub(crate) origin: String,
    /// Whether something was changed that has to be saved.
    pub(crate) changed: bool,
}

/// The replica of the directory that answers a request (security-and-reliability §3.8).
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Replica {
    /// How many requests were answered before this one.
    served: u64,
    /// How far it lags behind the others.
    behind: Duration,
}

impl Organisation {
    /// Chooses the replica that answers a request to Graph. Two take turns, so that what a client sees is the same at
    /// every run; the second lacks what is younger than the scenario says. Queries with `ConsistencyLevel: eventual`
    /// are answered from an index that lags by a length of its own.
    pub(crate) fn ask_a_replica(&mut self, call: &Call) {
        let second = self.replica.served % 2 == 1;
        let eventual = call
            .header("consistencylevel")
            .is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
        let seconds = |applies: bool, seconds: u32| if applies { u64::from(seconds) } else { 0 };
        let behind = seconds(second, self.scenario.flip_flop_seconds)
            .max(seconds(eventual, self.scenario.stale_seconds));
        self.replica = Replica {
            served: self.replica.served.wrapping_add(1),
            behind: Duration::from_secs(behind),
        };
    }

    /// The instant up to which the answering replica knows of new directory objects: an object is found from the
    /// instant on that is its `visible_at` here.
    pub(crate) fn seen_at(&self) -> jiff::Timestamp {
        let now = self.clock.now();
        jiff::SignedDuration::try_from(self.replica.behind)
            .ok()
            .and_then(|behind| now.checked_sub(behind).ok())
            .unwrap_or(now)
    }

    /// Whether a tenant in a path is this one, or one of the names that stand for any tenant.
    pub(crate) fn is_tenant(&self, tenant: &str) -> bool {
        let tenant = tenant.to_lowercase();
        tenant == self.objects.tenant_id.to_lowercase() || self.is_domain(&tenant)
    }

    /// Whether this is one of the organisation's domains, in lower case.
    #[expect(
        clippy::unused_self,
        reason = "a domain belongs to an organisation, also where all have the same"
    )]
    pub(crate) fn is_domain(&self, domain: &str) -> bool {
        [
            crate::people::domains::DEFAULT_DOMAIN,
            crate::people::domains::INITIAL_DOMAIN,
            crate::people::domains::IDN_DOMAIN,
            crate::people::domains::IDN_DOMAIN_ASCII,
        ]
        .contains(&domain)
    }

    /// The person with this directory id, when they can sign in.
    pub(crate) fn person_by_id(&self, id: &str) -> Option<&'static Person> {
        let position = self.directory.by_id(IdKind::Directory, id)?;
        self.directory.entry(position).and_then(Entry::person)
    }

    /// Whether the account may sign in: as it was made, unless somebody switched it.
    pub(crate) fn account_enabled(&self, position: usize) -> bool {
        let made = || self.directory.entry(position).is_some_and(|entry| entry.enabled);
        let users = &self.objects.graph.users;
        if users.is_empty() {
            return made();
        }
        users
            .get(&self.directory.id(IdKind::Directory, position))
            .and_then(|changes| changes.get("accountEnabled"))
            .and_then(Value::as_bool)
            .unwrap_or_else(made)
    }

    /// The directory roles that a person or a service principal has in force.
    pub(crate) fn active_roles(&self, principal_id: &str) -> Vec<Role> {
        self.objects
            .directory_roles
            .iter()
            .filter(|held| held.principal_id.eq_ignore_ascii_case(principal_id) && self.in_force(held))
            .filter_map(|held| role_by_template(&held.role_template_id))
            .collect()
    }

    /// Whether a role that somebody was given is in force. The scenario can take it from people, never from an
    /// application, because only people activate roles.
    pub(crate) fn in_force(&self, held: &DirectoryRoleAssignment) -> bool {
        if self.person_by_id(&held.principal_id).is_none() {
            return held.active;
        }
        let activated = self.sign_ins.has_activated_roles(&held.principal_id);
        match self.scenario.peoples_roles {
            PeoplesRoles::Held => held.active || activated,
            PeoplesRoles::Eligible => activated,
            PeoplesRoles::Missing => false,
        }
    }

    /// Whether somebody may activate this role but has not: it was given as eligible, or the scenario made it so.
    pub(crate) fn is_eligible(&self, held: &DirectoryRoleAssignment) -> bool {
        self.scenario.peoples_roles != PeoplesRoles::Missing && !self.in_force(held)
    }

    /// Whether one of these roles is in force for a person or a service principal.
    pub(crate) fn has_any_role(&self, principal_id: &str, roles: &[Role]) -> bool {
        self.active_roles(principal_id)
            .iter()
            .any(|role| roles.contains(role))
    }

    /// The enterprise application of an API.
    pub(crate) fn resource_principal(&self, resource: &Resource) -> Option<&ServicePrincipal> {
        self.objects.service_principal_by_app_id(resource.app_id)
    }

    /// The values of the app roles that an app holds on one API, keyed by (resource, role) because ids
    /// collide between APIs (microsoft-facts §3.3).
    pub(crate) fn app_roles(&self, principal_id: &str, resource: &Resource) -> Vec<&'static str> {
        let Some(resource_principal) = self.resource_principal(resource) else {
            return Vec::new();
        };
        let consent = Duration::from_secs(u64::from(self.scenario.consent_seconds));
        self.objects
            .app_role_assignments
            .iter()
            .filter(|held| held.principal_id.eq_ignore_ascii_case(principal_id))
            .filter(|held| held.resource_id == resource_principal.id)
            .filter(|held| self.clock.now() >= after(held.created, consent))
            .filter_map(|held| resource_by_app_id(resource.app_id)?.role_by_id(&held.app_role_id))
            .map(|role| role.value)
            .collect()
    }

    /// The instant from which a new directory object can be read.
    pub(crate) fn visible_at(&self) -> jiff::Timestamp {
        self.clock.due(Delay::Replication)
    }

    /// What was used of Microsoft's limits, and what these depend on.
    pub(crate) fn limits(&mut self) -> (&mut Usage, Tenant<'_>) {
        let tenant = Tenant {
            id: &self.objects.tenant_id,
            entries: self.directory.entries().len(),
            now: self.clock.now(),
        };
        (&mut self.usage, tenant)
    }

    /// Marks that something has to be saved.
    pub(crate) fn touch(&mut self) {
        self.changed = true;
    }

    /// The organisation's time as Graph writes it.
    pub(crate) fn time(&self) -> String {
        graph_time(self.clock.now())
    }
}
