//! How the app stands in Entra: everything that decides what it may do and who can use it, read in one call.

use domain::credential::CredentialKind;
use domain::grant::EntraGrant;
use domain::ids::{AppObjectId, ClientId, KeyId, ServicePrincipalId};
use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::Value;

use super::grants;
use super::{quoted, read_batch, whole_list};
use crate::error::{Error, Refusal};
use crate::http::Http;

/// The app as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppStanding {
    /// Object id of the registration that has our unique name.
    pub object_id: String,
    /// Client id of that registration.
    pub client_id: String,
    /// Tags of the registration.
    pub tags: Vec<String>,
    /// For whom it is, such as `AzureADMyOrg`.
    pub audience: String,
    /// Every redirect address, of whatever kind.
    pub redirects: Vec<String>,
    /// Whether the enterprise application is switched on.
    pub enabled: bool,
    /// Object id of the enterprise application of our client id.
    pub principal: String,
    /// Secrets and certificates, of the registration and of the enterprise application.
    pub credentials: Vec<Credential>,
    /// Federated identity credentials: id and name.
    pub federated: Vec<(String, String)>,
    /// Owners of both: id and name.
    pub owners: Vec<(String, String)>,
    /// Directory roles: template id and name.
    pub directory_roles: Vec<(String, String)>,
    /// Groups that hold the app and that directory roles can be given to: id, and name where it could be read.
    pub role_groups: Vec<(String, Option<String>)>,
    /// Every grant.
    pub grants: Vec<EntraGrant>,
}

/// A secret or a certificate as Microsoft lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its key id.
    pub key: KeyId,
    /// Its display name, empty where it has none.
    pub name: String,
    /// Whether it is a certificate.
    pub certificate: bool,
    /// When its life begins.
    pub starts_at: Option<Timestamp>,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

impl Credential {
    /// What it is.
    pub fn kind(&self) -> CredentialKind {
        CredentialKind::of(self.certificate)
    }
}

/// By what a registration is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy<'a> {
    /// The name that Microsoft keeps unique: so another registration of that name is noticed.
    UniqueName(&'a str),
    /// Its object id: of one that somebody else made, which has no such name.
    Id,
}

/// Reads how the app stands (microsoft-facts §2.1 to §2.4, §2.7). Fails with 404 where the registration or the
/// enterprise application isn't there.
///
/// Any list that has another page fails: what was not looked at proves nothing.
pub async fn read(
    http: &Http,
    token: &Secret,
    found_by: FoundBy<'_>,
    app: AppObjectId,
    client: ClientId,
    principal: ServicePrincipalId,
) -> Result<AppStanding, Error> {
    let [roles, scopes] = grants::parts(principal);
    let (call, registration) = match found_by {
        FoundBy::UniqueName(name) => (
            "GET /applications(uniqueName)",
            format!("applications(uniqueName={})", quoted(name)),
        ),
        FoundBy::Id => ("GET /applications/{id}", format!("applications/{app}")),
    };
    let parts = [
        (
            call,
            format!(
                "{registration}?$select=id,appId,tags,signInAudience,passwordCredentials,keyCredentials,web,spa,publicClient"
            ),
        ),
        (
            "GET /servicePrincipals(appId)",
            format!(
                "servicePrincipals(appId={})?$select=id,appId,accountEnabled,passwordCredentials,keyCredentials",
                quoted(&client.to_string())
            ),
        ),
        (
            "GET /applications/{id}/federatedIdentityCredentials",
            format!("applications/{app}/federatedIdentityCredentials"),
        ),
        (
            "GET /applications/{id}/owners",
            format!("applications/{app}/owners?$select=id,displayName"),
        ),
        (
            "GET /servicePrincipals/{id}/owners",
            format!("servicePrincipals/{principal}/owners?$select=id,displayName"),
        ),
        (
            "GET /roleManagement/directory/roleAssignments",
            format!(
                "roleManagement/directory/roleAssignments?$filter=principalId%20eq%20{}&$expand=roleDefinition",
                quoted(&principal.to_string())
            ),
        ),
        (
            "GET /servicePrincipals/{id}/transitiveMemberOf",
            format!("servicePrincipals/{principal}/transitiveMemberOf?$select={MEMBERSHIP}&$top=999"),
        ),
        roles,
        scopes,
    ];
    let mut outcomes = read_batch(http, token, "POST /$batch (how the app stands)", &parts)
        .await?
        .into_iter();
    let mut next = || outcomes.next().unwrap_or(Ok(Value::Null));
    let (registration, enterprise) = (next()?, next()?);
    let (federated, owners, more_owners) = (next()?, next()?, next()?);
    let (assigned, member_of) = (next()?, next()?);
    let (roles, scopes) = (next()?, next()?);
    let mut credentials = Vec::new();
    for object in [&registration, &enterprise] {
        for (field, certificate) in [("passwordCredentials", false), ("keyCredentials", true)] {
            credentials.extend(credentials_in(object, field, certificate)?);
        }
    }
    let mut directory_roles = Vec::new();
    for role in whole_list("directory roles", &assigned)? {
        let name = role
            .pointer("/roleDefinition/displayName")
            .and_then(Value::as_str);
        let id = text(role, "roleDefinitionId");
        directory_roles.push((id.clone(), name.map_or(id, str::to_owned)));
    }
    let mut role_groups = Vec::new();
    for holder in whole_list("memberships", &member_of)? {
        match holder_of(holder) {
            Holder::Role { template, name } => {
                if !directory_roles.iter().any(|(id, _)| *id == template) {
                    directory_roles.push((template, name));
                }
            }
            Holder::RoleGroup { id, name } => role_groups.push((id, name)),
            Holder::Ordinary => {}
        }
    }
    let pairs = |what: &str, body: &Value, name: &str| -> Result<Vec<(String, String)>, Error> {
        let list = whole_list(what, body)?;
        Ok(list
            .iter()
            .map(|one| (text(one, "id"), text(one, name)))
            .collect())
    };
    let mut all_owners = pairs("owners", &owners, "displayName")?;
    all_owners.extend(pairs("owners", &more_owners, "displayName")?);
    all_owners.sort();
    all_owners.dedup();
    Ok(AppStanding {
        object_id: text(&registration, "id"),
        client_id: text(&registration, "appId"),
        tags: strings(registration.get("tags")),
        audience: text(&registration, "signInAudience"),
        redirects: ["web", "spa", "publicClient"]
            .iter()
            .flat_map(|kind| strings(registration.pointer(&format!("/{kind}/redirectUris"))))
            .collect(),
        enabled: enterprise
            .get("accountEnabled")
            .and_then(Value::as_bool)
            .ok_or_else(|| incomplete("the enterprise application"))?,
        principal: text(&enterprise, "id"),
        credentials,
        federated: pairs("federated credentials", &federated, "name")?,
        owners: all_owners,
        directory_roles,
        role_groups,
        grants: grants::named(http, token, &roles, &scopes).await?,
    })
}

/// What is read of whatever holds the app.
const MEMBERSHIP: &str = "id,displayName,roleTemplateId,isAssignableToRole";

/// Something that holds the app, as far as roles go.
#[derive(Debug, PartialEq, Eq)]
enum Holder {
    /// A directory role.
    Role { template: String, name: String },
    /// A group that roles can be given to, which are then the app's too and in no list of the app's own roles.
    RoleGroup { id: String, name: Option<String> },
    /// Nothing that gives a role.
    Ordinary,
}

/// Reads a membership. Of what the reader may not read, Graph tells the id and the type and calls the rest null (graph
/// docs, `serviceprincipal-list-transitivememberof`): such a group counts as one that roles can be given to.
fn holder_of(holder: &Value) -> Holder {
    let (id, template) = (text(holder, "id"), text(holder, "roleTemplateId"));
    let name = holder
        .get("displayName")
        .and_then(Value::as_str)
        .map(str::to_owned);
    if !template.is_empty() {
        return Holder::Role {
            name: name.unwrap_or_else(|| template.clone()),
            template,
        };
    }
    // An administrative unit says who may administer what it holds, and gives what it holds nothing.
    let unit = text(holder, "@odata.type").ends_with(".administrativeUnit");
    let ordinary = match holder.get("isAssignableToRole") {
        Some(Value::Bool(assignable)) => !assignable,
        // So it is for a group of which nobody ever said it.
        Some(Value::Null) => name.is_some(),
        _ => false,
    };
    if unit || ordinary {
        Holder::Ordinary
    } else {
        Holder::RoleGroup { id, name }
    }
}

/// Credentials fail closed: an object that doesn't list them was not read whole.
pub(super) fn credentials_in(
    object: &Value,
    field: &str,
    certificate: bool,
) -> Result<Vec<Credential>, Error> {
    let listed = object
        .get(field)
        .and_then(Value::as_array)
        .ok_or_else(|| incomplete("the app's credentials"))?;
    listed
        .iter()
        .map(|one| {
            Ok(Credential {
                key: text(one, "keyId")
                    .parse()
                    .map_err(|_| incomplete("a credential"))?,
                name: text(one, "displayName"),
                certificate,
                starts_at: text(one, "startDateTime").parse().ok(),
                ends_at: text(one, "endDateTime").parse().ok(),
            })
        })
        .collect()
}

fn incomplete(what: &str) -> Error {
    Error::Unexpected {
        call: "POST /$batch (how the app stands)".into(),
        status: 200,
        why: format!("{what} came back incomplete"),
        request_id: None,
    }
}

/// What the journal's registration turning into another one looks like: as if ours weren't there.
pub fn another_app() -> Error {
    Error::Refused(Box::new(Refusal {
        call: "GET /applications(uniqueName)".into(),
        status: 404,
        ..Refusal::default()
    }))
}

fn strings(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn text(value: &Value, field: &str) -> String {
    value
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_group_counts_unless_it_is_known_to_be_ordinary() {
        let group = |name: Value, assignable: Value| {
            holder_of(
                &json!({ "@odata.type": "#microsoft.graph.group", "id": "g", "displayName": name, "isAssignableToRole": assignable }),
            )
        };
        let counts = |name: Option<&str>| Holder::RoleGroup {
            id: "g".into(),
            name: name.map(str::to_owned),
        };
        assert_eq!(group(json!("Admins"), json!(true)), counts(Some("Admins")));
        assert_eq!(group(json!("Staff"), json!(false)), Holder::Ordinary);
        assert_eq!(group(json!("Staff"), json!(null)), Holder::Ordinary);
        // Nobody was allowed to read it.
        assert_eq!(group(json!(null), json!(null)), counts(None));
        assert_eq!(holder_of(&json!({ "id": "g" })), counts(None));
        assert_eq!(
            holder_of(&json!({ "id": "g", "displayName": "Staff" })),
            counts(Some("Staff"))
        );
    }

    #[test]
    fn a_role_is_told_from_a_unit() {
        let role = json!({ "@odata.type": "#microsoft.graph.directoryRole", "id": "r", "displayName": null, "roleTemplateId": "t" });
        assert_eq!(
            holder_of(&role),
            Holder::Role {
                template: "t".into(),
                name: "t".into()
            }
        );
        let unit =
            json!({ "@odata.type": "#microsoft.graph.administrativeUnit", "id": "u", "displayName": null });
        assert_eq!(holder_of(&unit), Holder::Ordinary);
    }
}
