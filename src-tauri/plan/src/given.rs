//! What Microsoft gave with a change.

use domain::ids::{AppObjectId, ClientId, KeyId, ServicePrincipalId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::changes::{Change, PLANNED};
use crate::observed::{Seen, SeenApp};

/// What Microsoft gave with a change, or what was there already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// Object id of the app registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<AppObjectId>,
    /// Client id of the app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// Object id of the service principal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<ServicePrincipalId>,
    /// What the app is called there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Since when Microsoft keeps the app among the deleted ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// The secret or certificate, whose value lies in the keychain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<GivenSecret>,
}

/// A secret or certificate that was made, without its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenSecret {
    /// Its key id.
    pub key: KeyId,
    /// When its life begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// Makes of an app what a change made of it, with the ids that Microsoft gave.
pub fn apply(app: &mut SeenApp, change: &Change, given: &Given) {
    change.effect_on(app);
    if let Seen::Known(Some(registration)) = &mut app.registration {
        registration.object = given.object.or(registration.object);
        registration.client = given.client.or(registration.client);
        if let Some(name) = &given.name {
            registration.name.clone_from(name);
        }
    }
    if let (Seen::Known(Some(principal)), Some(id)) = (&mut app.principal, given.principal) {
        principal.id = Some(id);
    }
    if let (Seen::Known(credentials), Some(secret)) = (&mut app.credentials, given.secret)
        && let Some(mut made) = credentials.remove(&PLANNED)
    {
        made.ends_at = Some(secret.ends_at);
        credentials.insert(secret.key, made);
    }
}
