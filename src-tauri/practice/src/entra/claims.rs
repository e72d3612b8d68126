//! What the tokens say (microsoft-facts §1.9, and the captured claims of a token for an app's own API).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::accounts::Account;
use super::clients::Client;
use super::discovery;
use crate::organisation::Organisation;
use crate::organisation::ids::{hex_sha256, opaque};
use crate::organisation::sign_ins::api::Api;
use crate::published::permissions::GRAPH;
use crate::wire::hosts::uri_in_cloud;

/// A token is good for this long after it was asked for; it says it was issued five minutes earlier.
pub(super) const LIFE_SECONDS: i64 = 3_600;
const BACKDATED_SECONDS: i64 = 300;

/// How a client proved itself, as `appidacr` and `azpacr` write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// Not at all: a public client.
    Public,
    Secret,
    Certificate,
}

impl Strength {
    fn claim(self) -> &'static str {
        match self {
            Self::Public => "0",
            Self::Secret => "1",
            Self::Certificate => "2",
        }
    }
}

/// A signed access token for an application as itself.
pub(super) fn of_application(
    organisation: &Organisation,
    api: &Api,
    client: &Client,
    principal_id: &str,
    strength: Strength,
) -> Option<String> {
    let mut claims = common(organisation, api, client, strength);
    // The subject is the service principal, not the app registration (microsoft-facts §1.9).
    claims["oid"] = json!(principal_id);
    claims["sub"] = json!(principal_id);
    let roles = roles(organisation, api, principal_id);
    if !roles.is_empty() {
        claims["roles"] = json!(roles);
    }
    if let Api::Known(_) = api {
        claims["app_displayname"] = json!(client.display_name);
        claims["idtyp"] = json!("app");
        let mut wids = vec!["0997a1d0-0d1d-4acb-b408-d5ca73121e90"];
        let held = organisation.active_roles(principal_id);
        wids.extend(held.iter().map(|role| role.template_id));
        claims["wids"] = json!(wids);
    }
    sign(organisation, api, &claims)
}

/// The values of the app roles that an app holds on one API.
fn roles(organisation: &Organisation, api: &Api, principal_id: &str) -> Vec<String> {
    let Some(resource) = organisation.objects.service_principal_by_app_id(api.app_id()) else {
        return Vec::new();
    };
    if let Api::Known(resource) = api {
        let held = organisation.app_roles(principal_id, resource);
        return held.into_iter().map(str::to_owned).collect();
    }
    organisation
        .objects
        .app_role_assignments
        .iter()
        .filter(|held| held.principal_id.eq_ignore_ascii_case(principal_id))
        .filter(|held| held.resource_id == resource.id)
        .filter_map(|held| api.role_value(&held.app_role_id))
        .collect()
}

/// A signed access token for an application on behalf of a person.
pub(super) fn of_person(
    organisation: &Organisation,
    api: &Api,
    client: &Client,
    account: &Account,
    scp: &[String],
    strength: Strength,
) -> Option<String> {
    let mut claims = common(organisation, api, client, strength);
    claims["name"] = json!(account.display_name);
    claims["oid"] = json!(account.id);
    claims["scp"] = json!(scp.join(" "));
    claims["sub"] = json!(pairwise(&account.id, api.app_id()));
    if api.version_two() {
        claims["preferred_username"] = json!(account.address);
        return sign(organisation, api, &claims);
    }
    claims["acr"] = json!("1");
    claims["amr"] = json!(["pwd", "mfa"]);
    if let Some(name) = &account.surname {
        claims["family_name"] = json!(name);
    }
    if let Some(name) = &account.given_name {
        claims["given_name"] = json!(name);
    }
    claims["ipaddr"] = json!("127.0.0.1");
    claims["unique_name"] = json!(account.address);
    claims["upn"] = json!(account.address);
    if let Api::Known(_) = api {
        claims["app_displayname"] = json!(client.display_name);
        claims["idtyp"] = json!("user");
        claims["puid"] = json!(puid(&account.id));
    }
    if api.is(&GRAPH) {
        let held = organisation.active_roles(&account.id);
        let mut wids: Vec<&str> = held.iter().map(|role| role.template_id).collect();
        // It stands in the tokens of ordinary people; what it means is UNVERIFIED (microsoft-facts §1.9).
        wids.push("b79fbf4d-3ef9-4689-8143-76b194e85509");
        claims["wids"] = json!(wids);
    }
    sign(organisation, api, &claims)
}

/// A signed id token; with a code beside it, it vouches for the code too (`c_hash`).
pub(super) fn id_token(
    organisation: &Organisation,
    client: &Client,
    account: &Account,
    openid: &[&str],
    nonce: Option<&str>,
    code: Option<&str>,
) -> Option<String> {
    let tenant = &organisation.objects.tenant_id;
    let now = organisation.clock.now().as_second();
    let mut claims = json!({
        "aud": client.app_id,
        "iss": format!("{}/{tenant}/v2.0", discovery::issuing_host(organisation)),
        "iat": now - BACKDATED_SECONDS, "nbf": now - BACKDATED_SECONDS, "exp": now + LIFE_SECONDS,
        "aio": opaque(), "name": account.display_name, "oid": account.id, "preferred_username": account.address,
        "rh": rh(tenant), "sub": pairwise(&account.id, &client.app_id), "tid": tenant, "uti": uti(), "ver": "2.0",
    });
    if openid.contains(&"email") {
        claims["email"] = json!(account.address);
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    if let Some(code) = code {
        let digest = Sha256::digest(code.as_bytes());
        claims["c_hash"] = json!(URL_SAFE_NO_PAD.encode(&digest[..16]));
    }
    organisation.token_key.sign_without_thumbprint(&claims)
}

/// A version 1 id token, which names the tenant and the person in the older way.
pub(super) fn id_token_version_one(
    organisation: &Organisation,
    client: &Client,
    account: &Account,
    nonce: Option<&str>,
) -> Option<String> {
    let tenant = &organisation.objects.tenant_id;
    let now = organisation.clock.now().as_second();
    let mut claims = json!({
        "aud": client.app_id, "iss": format!("https://sts.windows.net/{tenant}/"),
        "iat": now - BACKDATED_SECONDS, "nbf": now - BACKDATED_SECONDS, "exp": now + LIFE_SECONDS,
        "amr": ["pwd", "mfa"], "ipaddr": "127.0.0.1", "name": account.display_name, "oid": account.id,
        "sub": pairwise(&account.id, &client.app_id), "tid": tenant, "unique_name": account.address,
        "upn": account.address, "uti": uti(), "ver": "1.0",
    });
    if let Some(name) = &account.given_name {
        claims["given_name"] = json!(name);
    }
    if let Some(name) = &account.surname {
        claims["family_name"] = json!(name);
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    organisation.token_key.sign(&claims)
}

/// How the organisation's cloud calls an API.
fn audience(organisation: &Organisation, api: &Api) -> String {
    match api {
        Api::Known(resource) => uri_in_cloud(resource.audience, organisation.scenario.cloud),
        Api::Own(_) => api.audience().to_owned(),
    }
}

fn common(organisation: &Organisation, api: &Api, client: &Client, strength: Strength) -> Value {
    let tenant = &organisation.objects.tenant_id;
    let now = organisation.clock.now().as_second();
    let mut claims = json!({
        "aud": audience(organisation, api),
        "iat": now - BACKDATED_SECONDS,
        "nbf": now - BACKDATED_SECONDS,
        "exp": now + LIFE_SECONDS,
        "aio": opaque(),
        "rh": rh(tenant),
        "tid": tenant,
        "uti": uti(),
        "xms_ftd": opaque(),
    });
    if api.version_two() {
        claims["iss"] = json!(format!("{}/{tenant}/v2.0", discovery::issuing_host(organisation)));
        claims["azp"] = json!(client.app_id);
        claims["azpacr"] = json!(strength.claim());
        claims["ver"] = json!("2.0");
        return claims;
    }
    let identity = format!("https://sts.windows.net/{tenant}/");
    claims["idp"] = json!(identity);
    claims["iss"] = json!(identity);
    claims["appid"] = json!(client.app_id);
    claims["appidacr"] = json!(strength.claim());
    claims["ver"] = json!("1.0");
    if let Api::Known(_) = api {
        claims["tenant_region_scope"] = json!("EU");
        claims["xms_tcdt"] = json!(1_600_000_000);
    }
    claims
}

fn sign(organisation: &Organisation, api: &Api, claims: &Value) -> Option<String> {
    if api.version_two() {
        organisation.token_key.sign_without_thumbprint(claims)
    } else {
        organisation.token_key.sign(claims)
    }
}

fn rh(tenant: &str) -> String {
    format!(
        "1.{}",
        hex_sha256(tenant.as_bytes()).get(..20).unwrap_or_default()
    )
}

fn uti() -> Option<String> {
    opaque().map(|text| text.chars().take(22).collect())
}

/// A subject that differs from client to client.
pub(super) fn pairwise(person_id: &str, client_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{person_id} {client_id}").as_bytes()))
}

fn puid(person_id: &str) -> String {
    hex_sha256(person_id.as_bytes())
        .get(..16)
        .unwrap_or_default()
        .to_uppercase()
}
