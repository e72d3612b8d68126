//! What is changed in Entra: the app registration, its service principal, its secrets, its grants (microsoft-facts §2).

use domain::app_role::AppRole;
use domain::grant::EXCHANGE_ONLINE;
use domain::ids::KeyId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Repeat;
use crate::graph::Request;
use crate::slot::{Arg, Keys, Slot, Text};

/// The audience of an app for one organisation.
pub const THIS_ORGANISATION: &str = "AzureADMyOrg";

/// What stays as it is in one segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*');

/// A text for one segment of a path.
pub fn escaped(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// A text as an OData string: quotation marks doubled, escaped for a path or query.
pub fn quoted(text: &str) -> String {
    escaped(&format!("'{}'", text.replace('\'', "''")))
}

/// Makes an app registration under a unique name, for this organisation only, without redirect addresses and without any
/// permission. Sending it twice makes one app; one that is there already under this name would be changed by it, so it is
/// looked for before (security-and-reliability §0.2).
pub fn create_app(unique_name: &str, display_name: &str, tags: &[&str]) -> Request {
    Request::patch(
        "PATCH /applications(uniqueName)",
        format!("applications(uniqueName={})", quoted(unique_name)),
        Arg::map([
            ("displayName", display_name.into()),
            ("signInAudience", THIS_ORGANISATION.into()),
            ("tags", Arg::texts(tags.iter().copied())),
        ]),
    )
    .with_header("prefer", "create-if-missing")
    .giving(&[(Slot::AppObject, "id"), (Slot::AppClient, "appId")])
}

/// Writes the tags of the app registration; the whole list is replaced.
pub fn tag_app<'a>(tags: impl IntoIterator<Item = &'a str>) -> Request {
    change_app(Arg::map([("tags", Arg::texts(tags))]))
}

/// Says whose accounts may use the app, in Microsoft's words.
pub fn set_audience(audience: &str) -> Request {
    change_app(Arg::map([("signInAudience", audience.into())]))
}

fn change_app(body: Arg) -> Request {
    Request::patch(
        "PATCH /applications/{id}",
        Text::from("applications/").then(Slot::AppObject),
        body,
    )
}

/// Takes the app registration back from the deleted ones.
pub fn restore_app() -> Request {
    Request::post(
        "POST /directory/deletedItems/{id}/restore",
        Text::from("directory/deletedItems/")
            .then(Slot::AppObject)
            .then("/restore"),
        Arg::Map(Vec::new()),
    )
    .repeated(Repeat::Safe)
}

/// Deletes the app registration; Microsoft keeps it restorable for 30 days (microsoft-facts §2.1).
pub fn delete_app() -> Request {
    Request::delete(
        "DELETE /applications/{id}",
        Text::from("applications/").then(Slot::AppObject),
    )
}

/// Makes the app's service principal. An app has one at most (409, microsoft-facts §2.2).
pub fn create_principal(tags: &[&str]) -> Request {
    Request::post(
        "POST /servicePrincipals",
        "servicePrincipals",
        Arg::map([
            ("appId", Slot::AppClient.into()),
            ("tags", Arg::texts(tags.iter().copied())),
        ]),
    )
    .repeated(Repeat::Named)
    .giving(&[(Slot::Principal, "id")])
}

/// Writes the tags of the service principal; the whole list is replaced.
pub fn tag_principal<'a>(tags: impl IntoIterator<Item = &'a str>) -> Request {
    Request::patch(
        "PATCH /servicePrincipals/{id}",
        Text::from("servicePrincipals/").then(Slot::Principal),
        Arg::map([("tags", Arg::texts(tags))]),
    )
}

/// Makes a secret; each sending makes another one. `ends_at` is a time as Graph writes it.
pub fn add_password(name: Text, ends_at: Text) -> Request {
    Request::post(
        "POST /applications/{id}/addPassword",
        Text::from("applications/")
            .then(Slot::AppObject)
            .then("/addPassword"),
        Arg::map([(
            "passwordCredential",
            Arg::map([("displayName", name.into()), ("endDateTime", ends_at.into())]),
        )]),
    )
    .giving(&[(Slot::Key, "keyId")])
}

/// Removes a secret. 400 where the app holds no such secret.
pub fn remove_password(key: KeyId) -> Request {
    Request::post(
        "POST /applications/{id}/removePassword",
        Text::from("applications/")
            .then(Slot::AppObject)
            .then("/removePassword"),
        Arg::map([("keyId", key.to_string().into())]),
    )
    .repeated(Repeat::Safe)
}

/// Reads the app's certificates, whole: asked for with `$select` on one object, each comes with its public half
/// (microsoft-facts §2.5).
pub fn read_certificates() -> Request {
    Request::get(
        "GET /applications/{id}",
        Text::from("applications/")
            .then(Slot::AppObject)
            .then("?$select=keyCredentials"),
    )
    .giving(&[(Slot::Keys, "keyCredentials")])
}

/// Adds a certificate. `starts_at` and `ends_at` are times as Graph writes them.
///
/// There is no call that adds one: the whole list is replaced, so what was read a moment before is sent again with it
/// (microsoft-facts §2.5). Nothing says in so many words what an entry must carry that is sent again; Microsoft's page
/// "Add a certificate to an app" asks for "both the current and new certificate details", and Azure CLI sends each as it
/// read it (`_reset_credential` in its `custom.py`), with a key id that it draws for the new one and without
/// `customKeyIdentifier`, which Microsoft works out. So does this. UNVERIFIED on a live organisation, here and nowhere else.
///
/// Never sent again by itself: by then the list can be another.
pub fn add_certificate(name: Text, starts_at: Text, ends_at: Text) -> Request {
    let new = Arg::map([
        ("keyId", Slot::NewKey.into()),
        ("displayName", name.into()),
        ("startDateTime", starts_at.into()),
        ("endDateTime", ends_at.into()),
        ("type", "AsymmetricX509Cert".into()),
        ("usage", "Verify".into()),
        ("key", Slot::Certificate.into()),
    ]);
    set_certificates(Keys {
        without: None,
        with: Some(Box::new(new)),
    })
}

/// Removes a certificate: the list without it.
pub fn remove_certificate(key: KeyId) -> Request {
    set_certificates(Keys {
        without: Some(key),
        with: None,
    })
}

fn set_certificates(keys: Keys) -> Request {
    Request::patch(
        "PATCH /applications/{id}",
        Text::from("applications/").then(Slot::AppObject),
        Arg::map([("keyCredentials", Arg::Keys(keys))]),
    )
    .repeated(Repeat::Never)
}

/// Finds Office 365 Exchange Online in the organisation: what is granted there is granted on this object, whose id differs
/// from one organisation to another (microsoft-facts §2.2).
pub fn exchange_online() -> Request {
    Request::get(
        "GET /servicePrincipals(appId)",
        format!(
            "servicePrincipals(appId={})?$select=id,appRoles",
            quoted(EXCHANGE_ONLINE)
        ),
    )
    .giving(&[(Slot::ExchangeOnline, "id")])
}

/// Grants an app role of Office 365 Exchange Online to the app, for the whole organisation. A second grant of it is refused
/// with 400 (microsoft-facts §2.3).
pub fn grant_app_role(role: AppRole) -> Request {
    Request::post(
        "POST /servicePrincipals/{id}/appRoleAssignments",
        Text::from("servicePrincipals/")
            .then(Slot::Principal)
            .then("/appRoleAssignments"),
        Arg::map([
            ("principalId", Slot::Principal.into()),
            ("resourceId", Slot::ExchangeOnline.into()),
            ("appRoleId", role.id().to_string().into()),
        ]),
    )
    .repeated(Repeat::Named)
}

/// Removes a grant of an app role, by Microsoft's id of it.
pub fn remove_app_role(grant: &str) -> Request {
    Request::delete(
        "DELETE /servicePrincipals/{id}/appRoleAssignments/{id}",
        Text::from("servicePrincipals/")
            .then(Slot::Principal)
            .then(format!("/appRoleAssignments/{}", escaped(grant))),
    )
}

/// Removes a delegated grant, by Microsoft's id of it.
pub fn remove_delegated(grant: &str) -> Request {
    Request::delete(
        "DELETE /oauth2PermissionGrants/{id}",
        format!("oauth2PermissionGrants/{}", escaped(grant)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_stays_inside_its_literal() {
        assert_eq!(
            quoted("o'brien@contoso.example"),
            "%27o%27%27brien%40contoso.example%27"
        );
    }
}
