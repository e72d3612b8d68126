//! The organisation as it stands: one read of everything that decides what the app can reach and who can use it.
//!
//! The proof is made of it, and the same is read again just before anything is sealed. It changes nothing, and it
//! fails as a whole: a part that could not be read would be a part that nobody looked at.

use domain::message;
use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{ConnectionId, KeyId, MailboxId};
use domain::message::Message;
use domain::problem::Problem;
use domain::secret::Secret;
use engine::basis::{
    Asked, AssignmentSeen, Basis, CredentialSeen, FULL_ACCESS, MailboxRight, Named, ScopeSeen,
};
use microsoft::exchange::census::Standing;
use microsoft::exchange::limit::{self, Tested};
use microsoft::graph::app_standing::{self, AppStanding, FoundBy};
use sha2::{Digest, Sha256};

use crate::changes;
use crate::observe::{self, InExchange};
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, problem};
use crate::reasons;
use crate::wanted::{group, scope_name};
use crate::wizard::{Wizard, internal};

/// What was read.
pub(crate) struct Survey {
    /// What a proof would be made of.
    pub basis: Basis,
    /// What Microsoft's own test and the mailboxes' permissions say, in the order of the mailboxes that were given.
    pub tested: Vec<Tested>,
    /// What those mailboxes are called now; one that is missing is no recipient any more.
    pub standing: BTreeMap<MailboxId, Standing>,
    /// The mailboxes drawn at random that aren't seen to hold anything.
    pub hold_nothing: BTreeSet<MailboxId>,
    /// The secret that lies in the keychain, whose digest is in the basis.
    pub secret: Secret,
    /// The mailboxes that were asked about.
    pub subjects: Vec<MailboxId>,
    /// What Exchange keeps of the app.
    pub in_exchange: InExchange,
}

/// Reads everything. `exists` says what there is by now, `told` hears how many of the mailboxes are done.
pub(crate) async fn read(
    wizard: &Wizard,
    mailboxes: &[MailboxId],
    exists: &Message,
    told: impl Fn(usize),
) -> Result<Survey, Problem> {
    let secret = changes::value(wizard).await?;
    let connection = wizard.connection()?;
    let key = wizard.notes().secret.as_ref().map(|secret| secret.key);
    let app = app(wizard, exists).await?;
    let doing = Doing::new(message!("doing-read-in-exchange"), EXCHANGE_ROLE, exists.clone());
    let told_of = |error: &microsoft::error::Error| problem(error, &doing);
    let (principal, name) = (wizard.principal()?, scope_name(wizard)?);
    let exchange = wizard.exchange()?;
    let drawn = wizard.state().drawn.mailboxes().map(|one| one.object_id);
    let controls: Vec<MailboxId> = drawn.filter(|one| mailboxes.contains(one)).collect();
    let (seen, standing, hold) = limit::seen_with(&exchange, principal, &name, mailboxes, &controls)
        .await
        .map_err(|error| told_of(&error))?;
    let expected = wizard.state().allowed().len();
    let (census, tested) = limit::test(&exchange, principal, &seen, expected, mailboxes, told)
        .await
        .map_err(|error| told_of(&error))?;
    let has_full_access = |tested: &Tested| {
        let rights = tested.rights.iter().flatten();
        rights.into_iter().any(|right| right == FULL_ACCESS)
    };
    let open = mailboxes.iter().zip(&tested);
    let open = open.filter(|(_, tested)| has_full_access(tested));
    let in_exchange = InExchange {
        seen: seen.clone(),
        census: census.clone(),
        full_access: observe::by_mail_program(wizard).then(|| open.map(|(mailbox, _)| *mailbox).collect()),
    };
    let scope = seen.scope.as_ref().zip(census).map(|(filter, census)| ScopeSeen {
        name: name.clone(),
        filter: filter.clone(),
        holds: census.known,
        holds_others: census.others,
        holds_more: census.more,
    });
    let mut mailbox_rights = BTreeSet::new();
    for (mailbox, tested) in mailboxes.iter().zip(&tested) {
        let Some(standing) = standing.get(mailbox) else {
            // An object that is no recipient has no permissions to read; its row says that it is gone.
            continue;
        };
        let rights = match &tested.rights {
            Ok(rights) => rights,
            // Without a mailbox there is no list of permissions either; its row says so.
            Err(error) if !standing.mailbox && error.not_there() => continue,
            Err(error) => return Err(told_of(error)),
        };
        mailbox_rights.extend(rights.iter().map(|right| MailboxRight {
            mailbox: *mailbox,
            address: standing.address.to_string(),
            right: right.clone(),
        }));
    }
    let profile = wizard
        .profile()
        .map(|profile| (profile.id.clone(), profile.version))
        .ok_or_else(|| internal("the platform's profile is missing"))?;
    let own: BTreeSet<&str> = seen.assignments.iter().map(|held| held.name.as_str()).collect();
    let shared_with = seen
        .within_scope
        .iter()
        .filter(|held| !own.contains(held.name.as_str()))
        .map(|held| named(&held.app, &held.name))
        .collect();
    let basis = Basis {
        enabled: app.enabled,
        tagged: app.tags.contains(&crate::ownership::tag(connection)),
        audience: app.audience,
        redirects: app.redirects.into_iter().collect(),
        scope,
        assignments: seen.assignments.iter().map(assignment).collect(),
        shared_with,
        grants: app.grants.into_iter().collect(),
        directory_roles: app
            .directory_roles
            .iter()
            .map(|(id, name)| named(id, name))
            .chain(app.role_groups.iter().map(role_group))
            .collect(),
        mailbox_rights,
        send_as: seen.send_as.into_iter().collect(),
        credentials: app
            .credentials
            .into_iter()
            .map(|credential| CredentialSeen {
                key: credential.key,
                kind: credential.kind(),
                name: credential.name,
                ends_at: credential.ends_at,
            })
            .collect(),
        federated: app.federated.iter().map(|(id, name)| named(id, name)).collect(),
        owners: app.owners.iter().map(|(id, name)| named(id, name)).collect(),
        profile,
        permissions: wizard.permissions().into_iter().collect(),
        secret: key
            .map(|key| digest(connection, key, &secret))
            .unwrap_or_default(),
    };
    Ok(Survey {
        basis,
        tested,
        standing,
        hold_nothing: controls.into_iter().filter(|one| !hold.contains(one)).collect(),
        secret,
        subjects: mailboxes.to_vec(),
        in_exchange,
    })
}

/// What was asked for, to compare with what was read.
pub(crate) fn asked(wizard: &Wizard) -> Result<Asked, Problem> {
    let state = wizard.state();
    Ok(Asked {
        mailboxes: state
            .allowed()
            .into_iter()
            .map(|mailbox| (mailbox.object_id, mailbox.address.to_string()))
            .collect(),
        permissions: wizard.permissions().into_iter().collect(),
        group: group(wizard).map(|group| group.distinguished_name.clone()),
        scope: match observe::by_mail_program(wizard) {
            true => None,
            false => Some(scope_name(wizard)?),
        },
        key: state.at_hand().secret.as_ref().map(|secret| secret.key),
        in_use: state.at_hand().in_use.keys().copied().collect(),
        owners: state.admins.union(&state.known_owners).cloned().collect(),
    })
}

/// How the app stands in Entra. The registration with our unique name has to be the one that this connection made.
async fn app(wizard: &Wizard, exists: &Message) -> Result<AppStanding, Problem> {
    let doing = Doing::new(message!("doing-read-in-entra"), APP_ROLE, exists.clone());
    let (made, principal) = (wizard.app()?, wizard.principal()?);
    let unique = crate::ownership::unique_name(wizard.connection()?);
    let found_by = match wizard.notes().adopted {
        Some(_) => FoundBy::Id,
        None => FoundBy::UniqueName(&unique),
    };
    let token = wizard.graph_token()?;
    let standing = app_standing::read(
        wizard.http(),
        token,
        found_by,
        made.object_id,
        made.client_id,
        principal,
    )
    .await
    .map_err(|error| problem(&error, &doing))?;
    let ours = standing.object_id == made.object_id.to_string()
        && standing.client_id == made.client_id.to_string()
        && standing.principal == principal.to_string();
    if ours {
        Ok(standing)
    } else {
        Err(problem(&app_standing::another_app(), &doing))
    }
}

pub(crate) fn named(id: &str, name: &str) -> Named {
    Named {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

/// A role that a group gives the app, or can.
pub(crate) fn role_group((id, name): &(String, Option<String>)) -> Named {
    // One that couldn't be read is called by its id, and said to be so where it is said.
    let group = name.as_ref().unwrap_or(id);
    named(id, &format!("{}{group}", reasons::OF_A_GROUP))
}

fn assignment(held: &limit::Assignment) -> AssignmentSeen {
    AssignmentSeen {
        role: held.role.clone(),
        scope: held.scope.clone(),
        name: held.name.clone(),
    }
}

/// A digest by which two secrets can be told apart and which gives neither away: Microsoft's secrets are 40 random
/// characters, and the digest is bound to the connection and the key and cut to 16 bytes.
fn digest(connection: ConnectionId, key: KeyId, secret: &Secret) -> String {
    let digest = Sha256::new()
        .chain_update(format!("mailgrant proof {connection} {key} "))
        // EXPOSE: goes into a digest, which is all that is kept.
        .chain_update(secret.expose().as_bytes())
        .finalize();
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_secrets_apart_and_is_bound_to_its_connection() {
        let one = ConnectionId(uuid::Uuid::from_u128(1));
        let two = ConnectionId(uuid::Uuid::from_u128(2));
        let key = KeyId(uuid::Uuid::from_u128(3));
        let secret = |text: &str| Secret::new(text.to_owned());
        let value = digest(one, key, &secret("a"));
        assert_eq!(value, digest(one, key, &secret("a")));
        assert_ne!(value, digest(one, key, &secret("b")));
        assert_ne!(value, digest(two, key, &secret("a")));
        assert_eq!(value.len(), 32);
    }
}
