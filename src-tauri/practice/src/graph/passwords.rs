//! Client secrets of apps and of enterprise applications: made, shown once, removed (microsoft-facts §2.4 and §2.6).

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, too_large, too_many_passwords};
use super::objects::owners::Of;
use super::objects::{application, service_principal};
use super::path::Key;
use super::{body, policies, query, schema};
use crate::access::bearer::Caller;
use crate::clock::{Delay, after};
use crate::organisation::Organisation;
use crate::organisation::graph::VALUES_AT_MOST;
use crate::organisation::ids::{hex_sha256, new_id, secret_text};
use crate::organisation::registrations::{KeyCredential, PasswordCredential};
use crate::wire::{Call, Reply};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Whose credentials are meant, found and judged.
pub(super) struct Target {
    of: Of,
    /// Object id of the app registration or enterprise application.
    pub(super) id: String,
    created: Timestamp,
}

impl Target {
    /// The object that a request names, when the caller may change it.
    ///
    /// # Errors
    /// 403 without the permission or the right to this object, 404 when there is no such object.
    pub(super) fn find(
        organisation: &Organisation,
        caller: &Caller,
        of: Of,
        key: &Key,
    ) -> Result<Self, Failure> {
        if !caller.holds(&application::WRITERS) {
            return Err(denied());
        }
        let (may, id, created) = match of {
            Of::Application => {
                let object = &organisation.objects.applications[application::find(organisation, key)?];
                let may = application::may_change(organisation, caller, object);
                (may, object.id.clone(), object.created)
            }
            Of::ServicePrincipal => {
                let at = service_principal::find(organisation, key)?;
                let object = &organisation.objects.service_principals[at];
                let may = service_principal::may_change(organisation, caller, &object.id);
                (may, object.id.clone(), object.created)
            }
        };
        may.then_some(Self { of, id, created }).ok_or_else(denied)
    }

    /// Refuses what policy forbids for this object (microsoft-facts §2.6).
    pub(super) fn judge(
        &self,
        organisation: &Organisation,
        credential: policies::Credential,
        start: Timestamp,
        end: Timestamp,
    ) -> Result<(), Failure> {
        let subject = policies::Subject {
            id: &self.id,
            created: self.created,
            is_application: self.of == Of::Application,
        };
        policies::enforce(organisation, &subject, credential, start, end)
    }

    /// Whether it is an app that personal accounts may use.
    fn is_of_personal_accounts(&self, organisation: &Organisation) -> bool {
        let mut all = organisation.objects.applications.iter();
        let app = all.find(|object| self.of == Of::Application && object.id == self.id);
        app.and_then(|app| app.writable.get("signInAudience")?.as_str())
            .is_some_and(|audience| audience.contains("PersonalMicrosoftAccount"))
    }

    fn passwords<'a>(&self, organisation: &'a mut Organisation) -> Option<&'a mut Vec<PasswordCredential>> {
        match self.of {
            Of::Application => {
                let mut all = organisation.objects.applications.iter_mut();
                all.find(|object| object.id == self.id)
                    .map(|object| &mut object.passwords)
            }
            Of::ServicePrincipal => {
                let details = organisation.objects.graph.principals.entry(self.id.clone());
                Some(&mut details.or_default().passwords)
            }
        }
    }

    /// The certificates of the object.
    pub(super) fn keys<'a>(&self, organisation: &'a mut Organisation) -> Option<&'a mut Vec<KeyCredential>> {
        match self.of {
            Of::Application => {
                let mut all = organisation.objects.applications.iter_mut();
                all.find(|object| object.id == self.id)
                    .map(|object| &mut object.keys)
            }
            Of::ServicePrincipal => {
                let details = organisation.objects.graph.principals.entry(self.id.clone());
                Some(&mut details.or_default().keys)
            }
        }
    }
}

/// `POST …/{id}/addPassword`.
pub(super) fn add(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
) -> Answer {
    let target = Target::find(organisation, caller, of, key)?;
    let mut body = body::object_if_any(call)?;
    let asked = match body.remove("passwordCredential") {
        Some(Value::Object(asked)) => schema::checked("passwordCredential", asked)?,
        None | Some(Value::Null) => Map::new(),
        Some(_) => {
            return Err(bad_request(
                "Invalid value specified for property 'passwordCredential'.",
            ));
        }
    };
    let now = organisation.clock.now();
    let instant = |name: &str| {
        let text = asked.get(name).and_then(Value::as_str);
        text.and_then(|text| text.parse::<Timestamp>().ok())
    };
    let start = instant("startDateTime").unwrap_or(now);
    // Two years is Graph's own default (microsoft-facts §2.4), cut short by nothing: policy refuses instead.
    let end = instant("endDateTime").unwrap_or_else(|| after(start, DAY * 730));
    if end <= start {
        return Err(bad_request(
            "The value of 'endDateTime' must be later than 'startDateTime'.",
        ));
    }
    target.judge(organisation, policies::Credential::Password, start, end)?;
    let secret = secret_text().ok_or_else(|| Failure::new(503, "ServiceUnavailable", "Try again."))?;
    let held = PasswordCredential {
        key_id: new_id(),
        display_name: asked
            .get("displayName")
            .and_then(Value::as_str)
            .map(str::to_owned),
        start,
        end,
        hint: secret.chars().take(3).collect(),
        sha256: hex_sha256(secret.as_bytes()),
        usable_at: organisation.clock.due(Delay::Secret),
    };
    let mut shown = application::password(&held);
    shown["secretText"] = json!(secret);
    let of_personal_accounts = target.is_of_personal_accounts(organisation);
    let passwords = target
        .passwords(organisation)
        .ok_or_else(|| not_found(&key.value))?;
    if of_personal_accounts && passwords.len() >= 2 {
        return Err(too_many_passwords());
    }
    if passwords.len() >= VALUES_AT_MOST {
        return Err(too_large());
    }
    passwords.push(held);
    organisation.touch();
    Ok(query::object(
        organisation,
        call,
        200,
        "microsoft.graph.passwordCredential",
        shown,
    ))
}

/// `POST …/{id}/removePassword`.
pub(super) fn remove(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
) -> Answer {
    let target = Target::find(organisation, caller, of, key)?;
    let body = body::object(call)?;
    let key_id = key_id(&body)?;
    let passwords = target
        .passwords(organisation)
        .ok_or_else(|| not_found(&key.value))?;
    let before = passwords.len();
    passwords.retain(|held| !held.key_id.eq_ignore_ascii_case(&key_id));
    if passwords.len() == before {
        return Err(bad_request("No password credential found with keyId."));
    }
    organisation.touch();
    Ok(Reply::empty(204))
}

/// The `keyId` of an action's body.
pub(super) fn key_id(body: &Map<String, Value>) -> Result<String, Failure> {
    let text = body.get("keyId").and_then(Value::as_str);
    text.filter(|text| uuid::Uuid::try_parse(text).is_ok())
        .map(str::to_owned)
        .ok_or_else(|| bad_request("Invalid value specified for parameter 'keyId'."))
}

#[cfg(test)]
mod tests {}
