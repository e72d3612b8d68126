//! One app as the product's own readers see it at the practice organisation, as the plan knows an app.
//!
//! What belongs to the connection is told by its marks alone: here is no journal that could say it.

use std::collections::{BTreeMap, BTreeSet};

use calls::exchange::by_id;
use calls::slot::{Ids, Slot};
use domain::ids::{KeyId, MailboxId, TenantId};
use domain::permission::Permission;
use domain::secret::Secret;
use domain::trace::Trace;
use jiff::Timestamp;
use microsoft::clock::Clock;
use microsoft::exchange::census::Census;
use microsoft::exchange::{Exchange, limit};
use microsoft::graph::app_seen::{self, AppSeen, Sought};
use microsoft::graph::applications::Application;
use microsoft::http::Http;
use plan::names::Names;
use plan::observed::{Assignment, Credential, Owner, Principal, Registration, Scope, Seen, SeenApp};
use practice::Handle;

use crate::Outcome;
use crate::colleague::Colleague;
use crate::organisation::Organisation;

/// More mailboxes than any scope of a test holds.
const MOST: usize = 500;

/// What the product's readers read with.
pub struct Reading {
    http: Http,
    tenant: TenantId,
}

/// The ids of an app, as far as they are known, and the names of what is the connection's.
pub struct Own<'a> {
    /// Its names.
    pub names: &'a Names,
    /// The name of its scope.
    pub scope: &'a str,
    /// Its ids; what is read of them is put here.
    pub ids: &'a mut Ids,
}

impl Reading {
    /// Readers at this organisation.
    ///
    /// # Errors
    /// Where its certificate can't be used.
    pub fn of(handle: &Handle) -> Outcome<Self> {
        let organisation = Organisation::from(handle);
        // No reading waits for anything here: everything is shown at once.
        let clock = Clock::new(|| Timestamp::UNIX_EPOCH, |_| Box::pin(std::future::ready(())));
        let http = Http::new(organisation.cloud()?, clock, Trace::default())
            .map_err(|error| format!("{error:?}"))?;
        let tenant = organisation
            .tenant
            .parse()
            .map_err(|error| format!("tenant: {error}"))?;
        Ok(Self { http, tenant })
    }

    /// A token of an app, by the private key of its certificate as the product keeps it.
    ///
    /// # Errors
    /// What Microsoft answers instead.
    pub async fn token(&self, client: &str, key: &Secret) -> Outcome<String> {
        let client = client.parse().map_err(|error| format!("client: {error}"))?;
        let token = microsoft::entra::app_token::graph_token(&self.http, self.tenant, client, key).await;
        // EXPOSE: a token of the practice organisation, for a test's own calls.
        token
            .map(|token| token.expose().to_owned())
            .map_err(|error| format!("{error:?}"))
    }

    /// The app as it stands.
    ///
    /// # Errors
    /// What Microsoft answers.
    pub async fn app(&self, colleague: &Colleague, own: Own<'_>) -> Outcome<SeenApp> {
        let (graph, exchange) = colleague.tokens();
        let (graph, exchange) = (Secret::new(graph.to_owned()), Secret::new(exchange.to_owned()));
        let told = |error: microsoft::error::Error| format!("{error:?}");
        let sought = Sought {
            unique_name: own.names.unique(),
            ids: None,
            principal: None,
        };
        let entra = app_seen::read(&self.http, &graph, &sought).await.map_err(told)?;
        let mut app = SeenApp::nothing();
        in_entra(&entra, own.names, &mut app);
        note_ids(&app, own.ids);
        let exchange = Exchange {
            http: &self.http,
            token: &exchange,
            tenant: self.tenant,
            user_name: "dana.reyes@contoso.example",
        };
        let principal = entra.principal.as_ref().map(|principal| principal.id);
        let (seen, census) = match principal {
            Some(principal) => limit::seen(&exchange, principal, own.scope, "", MOST)
                .await
                .map_err(told)?,
            None => {
                let seen = limit::scope_left(&exchange, own.scope).await.map_err(told)?;
                let census = match &seen.scope {
                    Some(filter) => Some(
                        microsoft::exchange::census::of_filter(&exchange, filter, MOST)
                            .await
                            .map_err(told)?,
                    ),
                    None => None,
                };
                (seen, census)
            }
        };
        in_exchange(&seen, census.as_ref(), &own, &mut app);
        Ok(app)
    }
}

fn owned(ours: bool) -> Owner {
    if ours { Owner::Ours } else { Owner::Stranger }
}

fn in_entra(entra: &AppSeen, names: &Names, app: &mut SeenApp) {
    let registration = |app: &Application| Registration {
        object: Some(app.object_id),
        client: Some(app.client_id),
        name: app.name.clone(),
        owner: owned(app.unique_name.as_deref() == Some(&names.unique()) && app.tags.contains(&names.tag())),
        tags: app.tags.iter().cloned().collect(),
        audience: app.audience.clone(),
    };
    app.deleted = Seen::Known(entra.deleted.as_ref().map(|deleted| registration(&deleted.app)));
    let Some(live) = &entra.live else { return };
    app.registration = Seen::Known(Some(registration(&live.app)));
    app.principal = Seen::Known(entra.principal.as_ref().map(|found| Principal {
        id: Some(found.id),
        tags: found.tags.iter().cloned().collect(),
    }));
    let credentials = live.credentials.iter().map(|one| {
        let credential = Credential {
            owner: owned(one.name.starts_with(&names.secret())),
            certificate: one.certificate,
            ends_at: one.ends_at,
            spent: false,
        };
        (one.key, credential)
    });
    app.credentials = Seen::Known(credentials.collect::<BTreeMap<KeyId, Credential>>());
    let grants = entra.grants.iter().flatten();
    // None is ever made: whatever is granted, somebody else granted it.
    app.grants = Seen::Known(
        grants
            .map(|grant| (grant.id.clone(), (grant.clone(), Owner::Stranger)))
            .collect(),
    );
}

fn note_ids(app: &SeenApp, ids: &mut Ids) {
    let live = app.registration.known().and_then(Option::as_ref);
    let deleted = app.deleted.known().and_then(Option::as_ref);
    let principal = app.principal.known().and_then(Option::as_ref);
    let registration = live.or(deleted);
    let found = [
        (
            Slot::AppObject,
            registration.and_then(|app| app.object).map(|id| id.to_string()),
        ),
        (
            Slot::AppClient,
            registration.and_then(|app| app.client).map(|id| id.to_string()),
        ),
        (
            Slot::Principal,
            principal
                .and_then(|principal| principal.id)
                .map(|id| id.to_string()),
        ),
    ];
    ids.extend(found.into_iter().filter_map(|(slot, id)| Some((slot, id?))));
}

fn in_exchange(seen: &limit::Seen, census: Option<&Census>, own: &Own<'_>, app: &mut SeenApp) {
    let client = own.ids.get(&Slot::AppClient);
    app.entry = Seen::Known(seen.principal.as_ref().map(|id| owned(Some(id) == client)));
    app.scope = Seen::Known(seen.scope.as_ref().map(|filter| {
        let mailboxes: BTreeSet<MailboxId> =
            census.map_or_else(BTreeSet::new, |census| census.known.keys().copied().collect());
        Scope {
            name: own.scope.to_owned(),
            owner: owned(own.names.in_exchange(own.scope)),
            // What it matches today counts only where it names its mailboxes one by one.
            open: *filter != by_id(&mailboxes),
            group: domain::group::of_filter(filter),
            mailboxes,
        }
    }));
    let roles = seen.assignments.iter().map(|held| {
        let mut known = Permission::ALL.into_iter();
        let permission = known.find(|permission| permission.exchange_role() == Some(held.role.as_str()));
        let in_scope = held.scope == own.scope;
        let role = Assignment {
            owner: owned(in_scope && permission.is_some()),
            permission,
            in_scope,
        };
        (held.name.clone(), role)
    });
    app.roles = Seen::Known(roles.collect());
    let names: BTreeSet<&str> = seen.assignments.iter().map(|held| held.name.as_str()).collect();
    let others = seen.within_scope.iter().map(|held| held.name.as_str());
    app.shared_with = Seen::Known(
        others
            .filter(|name| !names.contains(name))
            .map(str::to_owned)
            .collect(),
    );
}
