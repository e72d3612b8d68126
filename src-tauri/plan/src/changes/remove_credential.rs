//! Takes a secret or a certificate of ours away: one whose value is lost, or is worth nothing, or that another has replaced.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::ids::KeyId;
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::SeenApp;
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RemoveCredential {
    /// Its key id.
    pub key: KeyId,
    /// Whether it is a certificate. Older journals knew secrets only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certificate: bool,
}

impl Kind for RemoveCredential {
    fn part(&self) -> Part {
        Part::Credential
    }

    fn role(&self) -> Role {
        Role::Apps
    }

    fn calls(&self) -> Vec<Call> {
        match self.certificate {
            true => vec![
                Call::Graph(entra::read_certificates()),
                Call::Graph(entra::remove_certificate(self.key)),
            ],
            false => vec![Call::Graph(entra::remove_password(self.key))],
        }
    }

    fn place(&self) -> Place {
        Place::Credentials
    }

    fn said(&self, known: &Known<'_>) -> Message {
        let credentials = known.before.credentials.known();
        let spent = credentials.is_some_and(|credentials| {
            credentials
                .get(&self.key)
                .is_some_and(|credential| credential.spent)
        });
        let key = Arg::ends(self.key);
        let held = known.held.contains(&self.key);
        match (known.replaced.contains(&self.key), spent) {
            (true, _) if self.certificate => message!("changes-remove-replaced-certificate", key = key),
            (false, true) if self.certificate => message!("changes-remove-spent-certificate", key = key),
            (false, false) if self.certificate && held => message!("changes-remove-certificate", key = key),
            (false, false) if self.certificate => message!("changes-remove-lost-certificate", key = key),
            (true, _) => message!("changes-remove-replaced-secret", key = key),
            (false, true) => message!("changes-remove-spent-secret", key = key),
            (false, false) if held => message!("changes-remove-secret", key = key),
            (false, false) => message!("changes-remove-lost-secret", key = key),
        }
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(credentials) = app.credentials.known_mut() {
            credentials.remove(&self.key);
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let credentials = app.credentials.known();
        credentials.is_some_and(|credentials| !credentials.contains_key(&self.key))
    }

    /// Nobody can bring a secret back, nor a certificate under its key id.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }

    fn subject(&self) -> Option<String> {
        Some(self.key.to_string())
    }

    fn takes_away(&self) -> bool {
        true
    }
}
