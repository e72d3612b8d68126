//! What Graph reads and writes of people, shared mailboxes and rooms (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, list_full, not_found};
use super::objects::any;
use super::objects::user::{self, find};
use super::path::Key;
use super::{body, licences, query, schema};
use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::organisation::Organisation;
use crate::organisation::graph::{OBJECTS_AT_MOST, VALUES_AT_MOST};
use crate::people::directory::IdKind;
use crate::people::entry::Entry;
use crate::people::roles::{GLOBAL_ADMINISTRATOR, Role, role_by_template};
use crate::wire::{Call, Reply};

pub(super) const READERS: [&str; 6] = [
    "User.Read.All",
    "User.ReadBasic.All",
    "User.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
const WRITERS: [&str; 3] = [
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
    "User.EnableDisableAccount.All",
];
const REVOKERS: [&str; 3] = [
    "User.RevokeSessions.All",
    "User.ReadWrite.All",
    "Directory.ReadWrite.All",
];
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

/// What `PATCH` may change here. Names and addresses that Exchange shares are the directory's own.
const WRITABLE: [&str; 31] = [
    "userPrincipalName",
    "accountEnabled",
    "ageGroup",
    "businessPhones",
    "city",
    "companyName",
    "consentProvidedForMinor",
    "country",
    "department",
    "displayName",
    "employeeHireDate",
    "employeeId",
    "employeeOrgData",
    "employeeType",
    "faxNumber",
    "givenName",
    "jobTitle",
    "mobilePhone",
    "officeLocation",
    "onPremisesExtensionAttributes",
    "otherMails",
    "passwordPolicies",
    "passwordProfile",
    "postalCode",
    "preferredLanguage",
    "showInAddressList",
    "state",
    "streetAddress",
    "surname",
    "usageLocation",
    "userType",
];

/// The position of the user that a request names, when the caller may read it.
pub(super) fn readable(organisation: &Organisation, caller: &Caller, key: &Key) -> Result<usize, Failure> {
    let position = find(organisation, &key.value);
    let own = position.is_some_and(|position| {
        let own = organisation.directory.id(IdKind::Directory, position) == caller.id();
        own && (caller.holds(&["User.Read", "User.ReadWrite"]))
    });
    if !own && !caller.holds(&READERS) {
        return Err(denied());
    }
    position.ok_or_else(|| not_found(&key.value))
}

/// `GET /users/{id | userPrincipalName}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = readable(organisation, caller, key)?;
    query::check_names(call, "user")?;
    let object = user::shown(organisation, position, query::selected(call).as_deref());
    Ok(query::object(organisation, call, 200, "users/$entity", object))
}

/// The position of the user that a request names, when the caller may change it.
fn changeable(
    organisation: &Organisation,
    caller: &Caller,
    key: &Key,
    permissions: &[&str],
) -> Result<String, Failure> {
    if !caller.holds(permissions) {
        return Err(denied());
    }
    let position = find(organisation, &key.value).ok_or_else(|| not_found(&key.value))?;
    let id = organisation.directory.id(IdKind::Directory, position);
    let may = id == caller.id() || has_administrators_role(caller);
    may.then_some(id).ok_or_else(denied)
}

fn has_administrators_role(caller: &Caller) -> bool {
    let mut roles: Vec<Role> = vec![GLOBAL_ADMINISTRATOR];
    roles.extend(role_by_template(USER_ADMINISTRATOR));
    caller.has_role(&roles)
}

/// Whether the caller may restore a user and remove one for good.
pub(super) fn may_administer(caller: &Caller) -> bool {
    caller.holds(&["User.ReadWrite.All", "Directory.ReadWrite.All"]) && has_administrators_role(caller)
}

/// `PATCH /users/{…}`.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let id = changeable(organisation, caller, key, &WRITERS)?;
    let mut body = schema::checked("user", body::object(call)?)?;
    for (name, value) in &body {
        if !WRITABLE.contains(&name.as_str()) {
            return Err(bad_request(format!(
                "Property '{name}' is read-only and cannot be set."
            )));
        }
        if value
            .as_array()
            .is_some_and(|values| values.len() > VALUES_AT_MOST)
        {
            return Err(list_full(name));
        }
    }
    // A password is never kept: nobody signs in with one here.
    body.remove("passwordProfile");
    rename(organisation, &id, &mut body)?;
    if body.is_empty() {
        return Ok(Reply::empty(204));
    }
    let users = &mut organisation.objects.graph.users;
    if users.len() >= OBJECTS_AT_MOST && !users.contains_key(&id) {
        return Err(super::failure::quota());
    }
    users.entry(id).or_default().extend(body);
    organisation.touch();
    Ok(Reply::empty(204))
}

/// Takes the names out of what is written and changes them where Exchange sees them too. Addresses stay as they are:
/// whether Exchange adds one for a new sign-in name is UNVERIFIED.
fn rename(organisation: &mut Organisation, id: &str, body: &mut Map<String, Value>) -> Result<(), Failure> {
    let Some(position) = organisation.directory.by_id(IdKind::Directory, id) else {
        return Ok(());
    };
    let text = |value: Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let name = text(body.remove("userPrincipalName"));
    let display_name = text(body.remove("displayName"));
    if name.is_none() && display_name.is_none() {
        return Ok(());
    }
    let Some(mut changes) = organisation.directory.entry(position).map(Entry::changes) else {
        return Ok(());
    };
    if let Some(name) = name {
        let domain = name.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
        if !domain.is_some_and(|domain| organisation.is_domain(&domain)) {
            return Err(bad_request(
                "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
            ));
        }
        let held = organisation.directory.by_user_principal_name(&name);
        if held.is_some_and(|held| held != position) {
            return Err(bad_request(
                "Another object with the same value for property userPrincipalName already exists.",
            ));
        }
        changes.user_principal_name = Some(name);
    }
    if display_name.is_some() {
        changes.display_name = display_name;
    }
    crate::organisation::recipients::change_recipient(organisation, position, changes);
    Ok(())
}

/// `DELETE /users/{…}`: soft-deleted with its mailbox, and gone for good after thirty days.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    let id = changeable(
        organisation,
        caller,
        key,
        &["User.ReadWrite.All", "Directory.ReadWrite.All"],
    )?;
    let Some(position) = organisation.directory.by_id(IdKind::Directory, &id) else {
        return Err(not_found(&key.value));
    };
    let mut changes = organisation
        .directory
        .entry(position)
        .map(Entry::changes)
        .unwrap_or_default();
    changes.removed = Some(crate::people::changes::Removal {
        at: organisation.clock.now(),
        kept: crate::people::changes::Kept::SoftDeleted,
    });
    crate::organisation::recipients::change_recipient(organisation, position, changes);
    crate::entra::revoke_sign_in_sessions(organisation, &id);
    Ok(Reply::empty(204))
}

/// `POST /users/{…}/revokeSignInSessions`: refresh tokens from before this instant are worth nothing.
pub(super) fn revoke(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let own = find(organisation, &key.value)
        .is_some_and(|at| organisation.directory.id(IdKind::Directory, at) == caller.id());
    let id = if own && caller.holds(&["User.ReadWrite", "User.Read"]) {
        caller.id().to_owned()
    } else {
        changeable(organisation, caller, key, &REVOKERS)?
    };
    let now = graph_time(organisation.clock.now());
    let users = &mut organisation.objects.graph.users;
    if users.len() >= OBJECTS_AT_MOST && !users.contains_key(&id) {
        return Err(super::failure::quota());
    }
    users
        .entry(id.clone())
        .or_default()
        .insert("signInSessionsValidFromDateTime".into(), json!(now));
    crate::entra::revoke_sign_in_sessions(organisation, &id);
    organisation.touch();
    Ok(query::value(organisation, call, "Edm.Boolean", json!(true)))
}

/// `GET /users/{…}/licenseDetails`.
pub(super) fn license_details(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
) -> Answer {
    let position = readable(organisation, caller, key)?;
    let id = organisation.directory.id(IdKind::Directory, position);
    let entry = organisation
        .directory
        .entry(position)
        .ok_or_else(|| not_found(&key.value))?;
    let context = format!("users('{id}')/licenseDetails");
    query::directory(
        organisation,
        call,
        &context,
        "licenseDetails",
        licences::details(entry, &id),
    )
}

/// `GET /users/{…}/ownedObjects`.
pub(super) fn owned(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = readable(organisation, caller, key)?;
    let id = organisation.directory.id(IdKind::Directory, position);
    let objects = any::owned_by(organisation, &id);
    query::directory(organisation, call, "directoryObjects", "", objects)
}
