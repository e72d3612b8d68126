//! What the app signs in with: one secret or one certificate of ours that works, and none whose value is lost.

use domain::credential::CredentialKind;
use domain::ids::KeyId;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{AddCertificate, AddSecret, Change, PLANNED, RemoveCredential, working};
use crate::observed::{Credential, Owner, Seen};
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let held_back = rows.held_back(&[Item::Registration, Item::Principal]);
    let credentials = match (&held_back, &rows.seen.credentials) {
        (Some(held_back), _) => {
            let state = held_back.clone();
            return rows.add(Part::Credential, Item::Secret, state);
        }
        (None, Seen::Unknown(why)) => {
            return rows.add(Part::Credential, Item::Secret, RowState::Unknown(*why));
        }
        (None, Seen::Known(credentials)) => credentials,
    };
    let beside = wanted.credential.as_ref().map(|credential| &credential.beside);
    let stays_beside = |key: &KeyId| beside.is_some_and(|beside| beside.contains(key));
    // Of several that work the one that ends last stays: the others were replaced by it.
    let kept = wanted.credential.as_ref().and_then(|wanted| {
        working(rows.seen, rows.observed, wanted.kind)
            .filter(|key| !stays_beside(key))
            .max_by_key(|key| {
                let ends_at = credentials.get(key).and_then(|credential| credential.ends_at);
                // One that is only planned ends after all that are there.
                (*key == PLANNED, ends_at, *key)
            })
    });
    let mut states = Vec::new();
    for (key, credential) in credentials {
        let (item, state) = match credential.owner {
            Owner::Stranger => (Item::Credential(*key), RowState::Blocked(Blocked::Credential)),
            _ if stays_beside(key) => (Item::InUse(*key), RowState::AsWanted),
            _ if Some(*key) == kept => (Item::Credential(*key), RowState::AsWanted),
            _ => (Item::Credential(*key), RowState::Change(gone(*key, credential))),
        };
        states.push((item, state));
    }
    for (item, state) in states {
        rows.add(Part::Credential, item, state);
    }
    if let Some(credential) = &wanted.credential {
        let (name, days) = (wanted.names.secret(), credential.days);
        let (item, made) = match credential.kind {
            CredentialKind::Secret => (Item::Secret, Change::AddSecret(AddSecret { name, days })),
            CredentialKind::Certificate => (
                Item::Certificate,
                Change::AddCertificate(AddCertificate { name, days }),
            ),
        };
        let state = match kept {
            Some(_) => RowState::AsWanted,
            None => RowState::Change(made),
        };
        rows.add(Part::Credential, item, state);
    }
}

fn gone(key: KeyId, credential: &Credential) -> Change {
    Change::RemoveCredential(RemoveCredential {
        key,
        certificate: credential.certificate,
    })
}

/// Our credentials go before the app does, so that a deleted one that somebody restores signs nobody in.
pub(super) fn removed(rows: &mut Rows<'_>) {
    let credentials = match &rows.seen.credentials {
        Seen::Unknown(why) => return rows.add(Part::Credential, Item::Secret, RowState::Unknown(*why)),
        Seen::Known(credentials) => credentials,
    };
    let states: Vec<(KeyId, RowState)> = credentials
        .iter()
        .map(|(key, credential)| {
            let state = match credential.owner.may_be_changed() {
                true => RowState::Change(gone(*key, credential)),
                false => RowState::Blocked(Blocked::Credential),
            };
            (*key, state)
        })
        .collect();
    for (key, state) in states {
        rows.add(Part::Credential, Item::Credential(key), state);
    }
}
