//! The token endpoint: codes and client secrets in, signed tokens out (microsoft-facts §1.1, §1.3, §1.8, §1.9).

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::consent::parse_scopes;
use super::discovery::COMMON;
use super::failure::{Failure, missing, unknown_application, unknown_tenant};
use super::sign_ins::{Request, opaque};
use super::standing::ADMINISTRATOR_CLIENT_ID;
use crate::directory::{Entry, IdKind};
use crate::objects::{ServicePrincipal, hex_sha256};
use crate::organisation::{Organisation, PUBLIC_CLIENT_ID};
use crate::permissions::{GRAPH, Resource};
use crate::wire::{Call, Reply, decode};

/// A token is good for this long after it was asked for; it says it was issued five minutes earlier.
const LIFE_SECONDS: i64 = 3_600;
const BACKDATED_SECONDS: i64 = 300;

/// `POST /{t}/oauth2/v2.0/token`.
pub(super) fn answer(organisation: &mut Organisation, call: &Call, tenant: &str) -> Reply {
    let form = call.form();
    let fields = Fields {
        form: &form,
        basic: basic_credentials(call),
    };
    let outcome = issue(organisation, &fields, tenant);
    match outcome {
        Ok(body) => Reply::json(200, &body)
            .with("cache-control", "no-store, no-cache")
            .with("pragma", "no-cache"),
        Err(failure) => failure.reply(organisation, call),
    }
}

struct Fields<'a> {
    form: &'a [(String, String)],
    basic: Option<(String, String)>,
}

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.form
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    fn require(&self, name: &str) -> Result<&'a str, Failure> {
        self.get(name).ok_or_else(|| missing(name))
    }

    fn client_id(&self) -> Result<&str, Failure> {
        self.get("client_id")
            .or(self.basic.as_ref().map(|(id, _)| id.as_str()))
            .ok_or_else(|| missing("client_id"))
    }

    fn secret(&self) -> Option<&str> {
        self.get("client_secret")
            .or(self.basic.as_ref().map(|(_, secret)| secret.as_str()))
    }
}

/// Client id and secret of a Basic header; both are form-encoded inside it.
fn basic_credentials(call: &Call) -> Option<(String, String)> {
    let (kind, value) = call.header("authorization")?.split_once(' ')?;
    if !kind.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((decode(id), decode(&secret.replace('+', " "))))
}

fn issue(organisation: &mut Organisation, fields: &Fields<'_>, tenant: &str) -> Result<Value, Failure> {
    let common = COMMON.contains(&tenant.to_lowercase().as_str());
    if !common && !organisation.is_tenant(tenant) {
        return Err(unknown_tenant(tenant, "invalid_request"));
    }
    match fields.require("grant_type")? {
        "client_credentials" if common => Err(Failure::new(
            "invalid_request",
            9_001_023,
            "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.",
        )),
        "client_credentials" => for_application(organisation, fields),
        "authorization_code" => for_person(organisation, fields),
        other => Err(Failure::new(
            "unsupported_grant_type",
            70003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

/// A token for an application as itself. It is issued even when the app holds no role at all: a token proves
/// only id and secret (microsoft-facts §1.3).
fn for_application(organisation: &Organisation, fields: &Fields<'_>) -> Result<Value, Failure> {
    let client_id = fields.client_id()?;
    let principal = authenticate(organisation, client_id, fields)?;
    let scope = fields.require("scope")?;
    let scopes = parse_scopes(organisation, scope)?;
    if !scopes.default {
        return Err(Failure::new(
            "invalid_scope",
            70011,
            format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
            ),
        ));
    }
    let roles = organisation.app_roles(&principal.id, scopes.resource);
    let mut claims = common_claims(organisation, scopes.resource, client_id, "1");
    claims["app_displayname"] = json!(principal.display_name);
    claims["idtyp"] = json!("app");
    // The subject is the service principal, not the app registration (microsoft-facts §1.9).
    claims["oid"] = json!(principal.id);
    claims["sub"] = json!(principal.id);
    claims["wids"] = json!(["0997a1d0-0d1d-4acb-b408-d5ca73121e90"]);
    if !roles.is_empty() {
        claims["roles"] = json!(roles);
    }
    let token = sign(organisation, &claims)?;
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": LIFE_SECONDS - 1,
        "ext_expires_in": LIFE_SECONDS - 1,
        "access_token": token,
    }))
}

/// Checks an application's secret.
fn authenticate<'a>(
    organisation: &'a Organisation,
    client_id: &str,
    fields: &Fields<'_>,
) -> Result<&'a ServicePrincipal, Failure> {
    let now = organisation.clock.now();
    let principal = organisation
        .objects
        .service_principal_by_app_id(client_id)
        .filter(|principal| now >= principal.visible_at)
        .ok_or_else(|| unknown_application(client_id))?;
    let Some(secret) = fields.secret() else {
        return Err(Failure::unauthenticated(
            "invalid_client",
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ));
    };
    let wrong = || {
        Failure::unauthenticated(
            "invalid_client",
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
                 not the client secret ID, for a secret added to app '{client_id}'."
            ),
        )
    };
    let digest = hex_sha256(secret.as_bytes());
    if client_id.eq_ignore_ascii_case(ADMINISTRATOR_CLIENT_ID) {
        if !organisation.sign_ins.is_administrator_secret(&digest) {
            return Err(wrong());
        }
    } else {
        let application = organisation
            .objects
            .application_by_app_id(client_id)
            .filter(|application| now >= application.visible_at)
            .ok_or_else(|| unknown_application(client_id))?;
        let held = application
            .passwords
            .iter()
            .find(|held| held.sha256 == digest)
            .ok_or_else(wrong)?;
        if now < held.usable_at || now < held.start {
            return Err(wrong());
        }
        if now >= held.end {
            return Err(Failure::unauthenticated(
                "invalid_client",
                7_000_222,
                format!(
                    "The provided client secret keys for app '{client_id}' are expired. Visit the Azure portal to \
                     create new keys for your app, or consider using certificate credentials for added security."
                ),
            ));
        }
    }
    if principal.account_enabled {
        Ok(principal)
    } else {
        Err(Failure::new(
            "unauthorized_client",
            7_000_112,
            format!("Application '{client_id}' is disabled."),
        ))
    }
}

/// A token for a person, against the code of a sign-in.
fn for_person(organisation: &mut Organisation, fields: &Fields<'_>) -> Result<Value, Failure> {
    let client_id = fields.client_id()?.to_lowercase();
    if client_id == PUBLIC_CLIENT_ID && fields.secret().is_some() {
        return Err(Failure::unauthenticated(
            "invalid_client",
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ));
    }
    if client_id != PUBLIC_CLIENT_ID && organisation.objects.application_by_app_id(&client_id).is_none() {
        return Err(unknown_application(&client_id));
    }
    let value = fields.require("code")?;
    let redirect_uri = fields.require("redirect_uri")?;
    let now = organisation.clock.now();
    let invalid = || {
        Failure::new(
            "invalid_grant",
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        )
    };
    let code = organisation.sign_ins.code(value).ok_or_else(invalid)?;
    if code.used {
        return Err(Failure::new(
            "invalid_grant",
            54005,
            "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
        ));
    }
    if code.expired(now) {
        return Err(Failure::new(
            "invalid_grant",
            70008,
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
        ));
    }
    if code.request.client_id != client_id {
        return Err(Failure::new(
            "invalid_grant",
            700_005,
            "The provided authorization code is intended to use against another application.",
        ));
    }
    let same_redirect =
        url::Url::parse(redirect_uri).is_ok_and(|url| url.as_str() == code.request.redirect_uri);
    if !same_redirect {
        return Err(Failure::new(
            "invalid_client",
            500_112,
            "The reply address does not match the reply address provided when requesting the authorization code.",
        ));
    }
    if let Some(challenge) = &code.request.code_challenge {
        let verifier = fields.get("code_verifier").unwrap_or_default();
        if URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) != *challenge {
            return Err(Failure::new(
                "invalid_grant",
                501_481,
                "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
            ));
        }
    }
    code.used = true;
    let (mut request, person_id) = (code.request.clone(), code.person_id.clone());
    if let Some(scope) = fields.get("scope") {
        request.scopes = parse_scopes(organisation, scope)?;
    }
    person_tokens(organisation, &request, &person_id)
}

fn person_tokens(organisation: &Organisation, request: &Request, person_id: &str) -> Result<Value, Failure> {
    let resource = request.scopes.resource;
    let client = organisation
        .objects
        .service_principal_by_app_id(&request.client_id)
        .ok_or_else(|| unknown_application(&request.client_id))?;
    let granted = organisation.granted_scopes(client, resource, person_id);
    let is_granted = |value: &str| granted.iter().any(|held| held.eq_ignore_ascii_case(value));
    if request.scopes.values.iter().any(|value| !is_granted(value)) {
        return Err(Failure::new(
            "invalid_grant",
            65001,
            format!(
                "The user or administrator has not consented to use the application with ID '{}' named '{}'. Send an interactive authorization request for this user and resource.",
                request.client_id, client.display_name
            ),
        )
        .with_suberror("consent_required"));
    }
    let position = organisation.directory.by_id(IdKind::Directory, person_id);
    let entry = position.and_then(|position| organisation.directory.entry(position));
    let (Some(entry), Some(person)) = (entry, entry.and_then(Entry::person)) else {
        return Err(Failure::new(
            "invalid_grant",
            50034,
            "The user account does not exist in the directory.",
        ));
    };
    let address = entry.address();
    let mut scp: Vec<String> = granted;
    if resource.app_id == GRAPH.app_id {
        scp.extend(
            request
                .scopes
                .openid
                .iter()
                .filter(|value| **value != "offline_access")
                .map(|value| (*value).to_owned()),
        );
    }
    let mut claims = common_claims(organisation, resource, &request.client_id, "0");
    claims["acr"] = json!("1");
    claims["amr"] = json!(["pwd", "mfa"]);
    claims["app_displayname"] = json!(client.display_name);
    claims["family_name"] = json!(person.surname);
    claims["given_name"] = json!(person.given_name);
    claims["idtyp"] = json!("user");
    claims["ipaddr"] = json!("127.0.0.1");
    claims["name"] = json!(person.display_name());
    claims["oid"] = json!(person_id);
    claims["puid"] = json!(puid(person_id));
    claims["scp"] = json!(scp.join(" "));
    claims["sub"] = json!(pairwise(person_id, resource.app_id));
    claims["unique_name"] = json!(address);
    claims["upn"] = json!(address);
    if resource.app_id == GRAPH.app_id {
        let mut wids: Vec<&str> = organisation
            .active_roles(person_id)
            .iter()
            .map(|role| role.template_id)
            .collect();
        // It stands in the tokens of ordinary people; what it means is UNVERIFIED (microsoft-facts §1.9).
        wids.push("b79fbf4d-3ef9-4689-8143-76b194e85509");
        claims["wids"] = json!(wids);
    }
    let token = sign(organisation, &claims)?;
    let mut scope: Vec<String> = scp
        .iter()
        .map(|value| format!("{}/{value}", resource.audience))
        .collect();
    scope.retain(|value| {
        !["openid", "profile", "email"]
            .iter()
            .any(|known| value.ends_with(&format!("/{known}")))
    });
    scope.extend(request.scopes.openid.iter().map(|value| (*value).to_owned()));
    let mut body = json!({
        "token_type": "Bearer",
        "scope": scope.join(" "),
        "expires_in": LIFE_SECONDS - 1,
        "ext_expires_in": LIFE_SECONDS - 1,
        "access_token": token,
    });
    if request.scopes.openid.contains(&"openid") {
        body["id_token"] = json!(id_token(
            organisation,
            request,
            person_id,
            &person.display_name(),
            &address
        )?);
    }
    Ok(body)
}

fn id_token(
    organisation: &Organisation,
    request: &Request,
    person_id: &str,
    name: &str,
    address: &str,
) -> Result<String, Failure> {
    let tenant = &organisation.objects.tenant_id;
    let now = organisation.clock.now().as_second();
    let mut claims = json!({
        "aud": request.client_id,
        "iss": format!("https://login.microsoftonline.com/{tenant}/v2.0"),
        "iat": now - BACKDATED_SECONDS, "nbf": now - BACKDATED_SECONDS, "exp": now + LIFE_SECONDS,
        "name": name, "oid": person_id, "preferred_username": address,
        "sub": pairwise(person_id, &request.client_id), "tid": tenant, "ver": "2.0",
    });
    if let Some(nonce) = &request.nonce {
        claims["nonce"] = json!(nonce);
    }
    sign(organisation, &claims)
}

fn common_claims(organisation: &Organisation, resource: &Resource, client_id: &str, strength: &str) -> Value {
    let tenant = &organisation.objects.tenant_id;
    let now = organisation.clock.now().as_second();
    let identity = format!("https://sts.windows.net/{tenant}/");
    json!({
        "aud": resource.audience,
        "iss": identity,
        "iat": now - BACKDATED_SECONDS,
        "nbf": now - BACKDATED_SECONDS,
        "exp": now + LIFE_SECONDS,
        "aio": opaque(),
        "appid": client_id.to_lowercase(),
        "appidacr": strength,
        "idp": identity,
        "rh": format!("1.{}", hex_sha256(tenant.as_bytes()).get(..20).unwrap_or_default()),
        "tenant_region_scope": "EU",
        "tid": tenant,
        "uti": opaque().map(|text| text.chars().take(22).collect::<String>()),
        "ver": "1.0",
        "xms_tcdt": 1_600_000_000,
    })
}

fn sign(organisation: &Organisation, claims: &Value) -> Result<String, Failure> {
    organisation.token_key.sign(claims).ok_or_else(|| {
        Failure::new(
            "server_error",
            90033,
            "A transient error has occurred. Please try again.",
        )
    })
}

/// A subject that differs from client to client.
fn pairwise(person_id: &str, client_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{person_id} {client_id}").as_bytes()))
}

fn puid(person_id: &str) -> String {
    hex_sha256(person_id.as_bytes())
        .get(..16)
        .unwrap_or_default()
        .to_uppercase()
}
