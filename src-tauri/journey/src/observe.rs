//! What is true of the app now: one read of Entra and one of Exchange, each as few calls as Microsoft's batches allow, as
//! an [`Observed`] of the plan.
//!
//! Absent may mean not shown everywhere yet. So what was done less than Microsoft's time to replicate ago and isn't shown
//! is looked for again until that time is over, and a registration that is known by its ids and isn't shown is unknown
//! rather than gone: nothing is made a second time, and nothing is removed, because a replica lags behind.

use std::collections::{BTreeMap, BTreeSet};

use domain::group::of_filter;
use domain::ids::{MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use domain::problem::Problem;
use engine::basis::names_only;
use jiff::SignedDuration;
use microsoft::error::Error;
use microsoft::exchange::census::Census;
use microsoft::exchange::full_access;
use microsoft::exchange::limit::{self, Assignment};
use microsoft::graph::app_seen::{self, AppSeen, Sought};
use microsoft::graph::app_standing;
use microsoft::graph::applications::Application;
use plan::changes::Change;
use plan::names::Names;
use plan::observed::{
    Assignment as SeenRole, Credential, Observed, Owner, Principal, Registration, Scope, Seen, SeenApp, Why,
};

use crate::ownership::{named_as_ours, owner_of_app, owner_of_credential, recorded};
use crate::problems::{Doing, problem};
use crate::steps::verify_access::subjects;
use crate::wanted::{believed, filter, scope_name};
use crate::wizard::Wizard;

/// How often a reading that lacks what was just done is repeated at most.
const MOST_LOOKS: usize = 16;

/// What was read in Exchange.
#[derive(Clone, Debug)]
pub(crate) struct InExchange {
    /// What Exchange keeps of the app.
    pub seen: limit::Seen,
    /// What its scope matches, where it has one.
    pub census: Option<Census>,
    /// The mailboxes to which it has full access, of those that the connection is about. Nothing where that wasn't asked, because
    /// no mail program is to be let in.
    pub full_access: Option<BTreeSet<MailboxId>>,
}

/// What was read. What wasn't is as it is remembered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Of Entra.
    pub entra: Option<AppSeen>,
    /// Of Exchange.
    pub exchange: Option<InExchange>,
}

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Entra,
    Exchange,
}

/// Reads once.
///
/// # Errors
/// As Microsoft answers.
pub(crate) async fn read(wizard: &Wizard, place: Where, doing: &Doing) -> Result<Reading, Problem> {
    let told = |error: Error| problem(&error, doing);
    Ok(match place {
        Where::Entra => Reading {
            entra: Some(entra(wizard).await?.map_err(told)?),
            exchange: None,
        },
        Where::Exchange => Reading {
            entra: None,
            exchange: Some(exchange(wizard).await?.map_err(told)?),
        },
    })
}

/// Reads, and again while what was done a moment ago isn't shown.
///
/// # Errors
/// As Microsoft answers.
pub(crate) async fn read_settled(wizard: &Wizard, place: Where, doing: &Doing) -> Result<Reading, Problem> {
    let mut reading = read(wizard, place, doing).await?;
    for _ in 0..MOST_LOOKS {
        let seen = of_app(wizard, &reading)?;
        let mut laid_over = seen.clone();
        let replication =
            SignedDuration::try_from(wizard.http().cloud().waits.replication).unwrap_or_default();
        let since = wizard.now().checked_sub(replication).unwrap_or_default();
        wizard.notes().lay_over(&mut laid_over, since);
        if laid_over == seen || replication.is_zero() {
            break;
        }
        wizard.between_looks().await;
        reading = read(wizard, place, doing).await?;
    }
    Ok(reading)
}

/// What there is in Entra, in one call once the ids are known.
pub(crate) async fn entra(wizard: &Wizard) -> Result<Result<AppSeen, Error>, Problem> {
    let sought = Sought {
        unique_name: wizard.names()?.unique(),
        ids: recorded(wizard.state()).map(|(client, object)| (object, client)),
        principal: wizard.notes().principal(),
    };
    Ok(app_seen::read(wizard.http(), wizard.graph_token()?, &sought).await)
}

/// What there is in Exchange, in one call. Of an app without a service principal only the scope can be left.
pub(crate) async fn exchange(wizard: &Wizard) -> Result<Result<InExchange, Error>, Problem> {
    let (name, filter) = (scope_name(wizard)?, filter(wizard));
    let expected = wizard.state().allowed().len();
    let exchange = wizard.exchange()?;
    let Some(principal) = wizard.notes().principal() else {
        let left = limit::scope_left(&exchange, &name).await;
        return Ok(left.map(|seen| InExchange {
            seen,
            census: None,
            full_access: None,
        }));
    };
    let (seen, census) = match limit::seen(&exchange, principal, &name, &filter, expected).await {
        Ok(read) => read,
        Err(error) => return Ok(Err(error)),
    };
    let full_access = match full_access_matters(wizard) {
        true => match full_access(wizard, principal).await? {
            Ok(held) => Some(held),
            Err(error) => return Ok(Err(error)),
        },
        false => None,
    };
    Ok(Ok(InExchange {
        seen,
        census,
        full_access,
    }))
}

/// Whether the platform opens mailboxes as a mail program does.
pub(crate) fn by_mail_program(wizard: &Wizard) -> bool {
    wizard.method().is_by_mail_program()
}

/// Whether full access to mailboxes has to be read: a mail program is to be let in, or some was given here. What others gave the
/// app of a platform that goes by Graph is theirs, and the proof names it.
fn full_access_matters(wizard: &Wizard) -> bool {
    by_mail_program(wizard) || !wizard.notes().full_access_to_look_at().is_empty()
}

/// To which mailboxes the app has full access, of all that the connection knows: those that must work, those that must stay
/// refused, and those to which this connection gave it or began to.
async fn full_access(
    wizard: &Wizard,
    principal: ServicePrincipalId,
) -> Result<Result<BTreeSet<MailboxId>, Error>, Problem> {
    let given = wizard.notes().full_access_to_look_at();
    let asked: BTreeSet<MailboxId> = subjects(wizard).into_iter().chain(given).collect();
    let asked: Vec<MailboxId> = asked.into_iter().collect();
    let exchange = wizard.exchange()?;
    let read = match full_access::read(&exchange, principal, &asked).await {
        Ok(read) => read,
        Err(error) => return Ok(Err(error)),
    };
    let held = read.into_iter().filter_map(|(mailbox, has)| match has {
        Ok(true) => Some(Ok(mailbox)),
        Ok(false) => None,
        // A mailbox that is gone gives nothing to anybody.
        Err(error) if error.not_there() => None,
        Err(error) => Some(Err(error)),
    });
    Ok(held.collect())
}

/// The mailboxes that the limit shall hold.
pub(crate) fn wanted_mailboxes(wizard: &Wizard) -> Vec<MailboxId> {
    let allowed = wizard.state().allowed();
    allowed.into_iter().map(|mailbox| mailbox.object_id).collect()
}

/// The organisation, as far as a reading tells; the rest as it is remembered.
///
/// # Errors
/// Where the connection has no id yet.
pub(crate) fn observed(wizard: &Wizard, reading: &Reading) -> Result<Observed, Problem> {
    let mut observed = believed(wizard);
    observed.apps.insert(wizard.key(), of_app(wizard, reading)?);
    Ok(observed)
}

fn of_app(wizard: &Wizard, reading: &Reading) -> Result<SeenApp, Problem> {
    let mut app = believed(wizard)
        .apps
        .remove(&wizard.key())
        .unwrap_or_else(SeenApp::nothing);
    if let Some(entra) = &reading.entra {
        in_entra(wizard, entra, &mut app)?;
    }
    if let Some(exchange) = &reading.exchange {
        in_exchange(wizard, exchange, &mut app)?;
    }
    Ok(app)
}

fn in_entra(wizard: &Wizard, read: &AppSeen, app: &mut SeenApp) -> Result<(), Problem> {
    let connection = wizard.connection()?;
    let registration = |app: &Application| Registration {
        object: Some(app.object_id),
        client: Some(app.client_id),
        name: app.name.clone(),
        owner: owner_of_app(app, wizard.state()),
        tags: app.tags.iter().cloned().collect(),
        audience: app.audience.clone(),
    };
    let was_live = wizard.notes().app().is_some();
    app.deleted = Seen::Known(read.deleted.as_ref().map(|deleted| registration(&deleted.app)));
    let Some(live) = &read.live else {
        // What is known by its ids and isn't shown may only not be shown by a replica that lags behind.
        let gone = !was_live || read.deleted.is_some();
        if gone {
            let deleted = app.deleted.clone();
            *app = SeenApp {
                deleted,
                entry: app.entry.clone(),
                scope: app.scope.clone(),
                roles: app.roles.clone(),
                shared_with: app.shared_with.clone(),
                full_access: app.full_access.clone(),
                switches: app.switches.clone(),
                ..SeenApp::nothing()
            };
        } else {
            app.registration = Seen::Unknown(Why::Incomplete);
            app.principal = Seen::Unknown(Why::HangsOn);
            app.credentials = Seen::Unknown(Why::HangsOn);
            app.grants = Seen::Unknown(Why::HangsOn);
        }
        return Ok(());
    };
    app.registration = Seen::Known(Some(registration(&live.app)));
    app.principal = match (&read.principal, wizard.notes().principal()) {
        (Some(found), _) => Seen::Known(Some(Principal {
            id: Some(found.id),
            tags: found.tags.iter().cloned().collect(),
        })),
        (None, Some(_)) => Seen::Unknown(Why::Incomplete),
        (None, None) => Seen::Known(None),
    };
    let given_up = wizard.notes().secret.as_ref().filter(|secret| secret.given_up);
    let credential = |one: &app_standing::Credential| {
        let owner = owner_of_credential(wizard.notes(), connection, one.key, &one.name);
        let credential = Credential {
            owner,
            certificate: one.certificate,
            ends_at: one.ends_at,
            spent: given_up.is_some_and(|secret| secret.key == one.key),
        };
        (one.key, credential)
    };
    app.credentials = Seen::Known(live.credentials.iter().map(credential).collect());
    app.grants = match (&read.grants, &app.principal) {
        (Some(grants), _) => Seen::Known(
            grants
                .iter()
                .map(|grant| {
                    let owner = wizard.notes().owner_of_grant(grant);
                    (grant.id.clone(), (grant.clone(), owner))
                })
                .collect(),
        ),
        (None, Seen::Known(_)) => Seen::Known(BTreeMap::new()),
        (None, Seen::Unknown(_)) => Seen::Unknown(Why::HangsOn),
    };
    Ok(())
}

fn in_exchange(wizard: &Wizard, read: &InExchange, app: &mut SeenApp) -> Result<(), Problem> {
    let seen = &read.seen;
    let name = scope_name(wizard)?;
    let client = wizard.notes().app().map(|app| app.client_id.to_string());
    app.entry = Seen::Known(seen.principal.as_ref().map(|id| {
        match client
            .as_ref()
            .is_some_and(|client| id.eq_ignore_ascii_case(client))
        {
            true => Owner::Ours,
            false => Owner::Stranger,
        }
    }));
    let wanted = wanted_mailboxes(wizard);
    let names = wizard.names()?;
    app.scope = Seen::Known(seen.scope.as_ref().map(|filter| {
        let (mailboxes, open) = held(filter, read.census.as_ref(), &wanted);
        let group = of_filter(filter);
        Scope {
            name: name.clone(),
            owner: owner_of_scope(&name, &names, begun(wizard)),
            mailboxes,
            open,
            group,
        }
    }));
    let own: BTreeSet<&str> = seen.assignments.iter().map(|held| held.name.as_str()).collect();
    app.roles = Seen::Known(
        seen.assignments
            .iter()
            .map(|held| (held.name.clone(), role(wizard, held, &name)))
            .collect(),
    );
    let shared = seen.within_scope.iter().map(|held| held.name.as_str());
    app.shared_with = Seen::Known(
        shared
            .filter(|name| !own.contains(name))
            .map(str::to_owned)
            .collect(),
    );
    if let Some(held) = &read.full_access {
        let notes = wizard.notes();
        let asked = |mailbox| by_mail_program(wizard) && wanted.contains(&mailbox);
        let owner = |mailbox| notes.owner_of_full_access(mailbox, asked(mailbox));
        app.full_access = Seen::Known(held.iter().map(|mailbox| (*mailbox, owner(*mailbox))).collect());
    }
    Ok(())
}

/// Whose a scope is: ours where this connection made it or began to, and it is named as this connection names its own. The
/// notes alone could name somebody else's.
fn owner_of_scope(name: &str, names: &Names, begun: bool) -> Owner {
    match begun && names.in_exchange(name) {
        true => Owner::Ours,
        false => Owner::Stranger,
    }
}

/// Whether this connection made the scope of its name, or began to.
pub(crate) fn begun(wizard: &Wizard) -> bool {
    let notes = wizard.notes();
    notes.limit().scope.is_some() || notes.is_open(|change| matches!(change, Change::SetScope(_)))
}

/// The mailboxes that a scope holds, and whether it holds others or could tomorrow. Its filter alone tells that it names
/// those that are wanted one by one; otherwise what it matches does.
fn held(filter: &str, census: Option<&Census>, wanted: &[MailboxId]) -> (BTreeSet<MailboxId>, bool) {
    if names_only(filter, wanted) {
        return (wanted.iter().copied().collect(), false);
    }
    match census {
        Some(census) => {
            let known: BTreeSet<MailboxId> = census.known.keys().copied().collect();
            let open = census.more || !census.others.is_empty() || !names_only(filter, &known);
            (known, open)
        }
        None => (BTreeSet::new(), true),
    }
}

/// A role assignment of the app. Ours is within our scope, of a role that this connection gives.
fn role(wizard: &Wizard, held: &Assignment, scope: &str) -> SeenRole {
    let permission = Permission::of_exchange_role(&held.role);
    let in_scope = held.scope == scope;
    let ours = |permission: Permission| {
        wizard.permissions().contains(&permission)
            || wizard.notes().is_assigned(permission)
            || named_as_ours(wizard, permission, &held.name)
    };
    SeenRole {
        owner: match in_scope && permission.is_some_and(ours) {
            true => Owner::Ours,
            false if !in_scope && wizard.notes().took_over_role(&held.name) => Owner::Adopted,
            false => Owner::Stranger,
        },
        permission,
        in_scope,
    }
}

#[cfg(test)]
mod tests {
    use calls::exchange::by_id;
    use domain::app_key::AppKey;
    use domain::ids::ConnectionId;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> MailboxId {
        MailboxId(Uuid::from_u128(number))
    }

    #[test]
    fn a_scope_is_ours_by_its_name_and_by_our_notes() {
        let names = Names::new(ConnectionId(Uuid::from_u128(0x11)), AppKey::default());
        let own = names.scope("Contact Pro");
        assert_eq!(owner_of_scope(&own, &names, true), Owner::Ours);
        assert_eq!(owner_of_scope(&own, &names, false), Owner::Stranger);
        let other = Names::new(ConnectionId(Uuid::from_u128(0x22 << 96)), AppKey::default());
        for name in ["Help desk", &other.scope("Contact Pro")] {
            assert_eq!(owner_of_scope(name, &names, true), Owner::Stranger, "{name}");
        }
    }

    /// What a scope matches today counts only where it names its mailboxes one by one.
    #[test]
    fn a_scope_by_a_rule_is_open() {
        let wanted = [id(1), id(2)];
        let census = Census {
            known: wanted.iter().map(|id| (*id, "a@x".to_owned())).collect(),
            ..Census::default()
        };
        let holds = |filter: &str, census: Option<&Census>| held(filter, census, &wanted);
        assert_eq!(holds(&by_id(&wanted), None), (wanted.into(), false));
        assert_eq!(
            holds("Department -eq 'Support'", Some(&census)),
            (wanted.into(), true)
        );
        let more = Census {
            more: true,
            ..census.clone()
        };
        assert!(holds("Department -eq 'Support'", Some(&more)).1);
        let other = [id(3)];
        let of_other = Census {
            known: BTreeMap::from([(id(3), "c@x".to_owned())]),
            ..Census::default()
        };
        assert_eq!(
            held(&by_id(&other), Some(&of_other), &wanted),
            (other.into(), false)
        );
        assert!(holds("anything", None).1);
    }
}
