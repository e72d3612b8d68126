//! The token endpoint: every grant of microsoft-facts §1.1 to §1.4, in the shapes of version 1 and 2.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::accounts::{self, Account};
use super::claims::{self, LIFE_SECONDS, Strength};
use super::clients::{self, Client};
use super::consent::{check_first_party, granted, parse_resource, parse_scopes};
use super::credentials::{Fields, authenticate, authenticate_on, presented};
use super::device;
use super::discovery::{self, is_common};
use super::failure::{Failure, blocked_by_policy, correlation, missing, server_error, stronger_sign_in};
use super::refresh::{self, Standing};
use super::version::Version;
use crate::clock::{Delay, after};
use crate::organisation::Organisation;
use crate::organisation::sign_ins::log::AppSignIn;
use crate::organisation::sign_ins::request::{Challenge, Platform, RequestedScopes};
use crate::published::permissions::GRAPH;
use crate::wire::{Call, Reply};

/// `POST /{t}/oauth2/v2.0/token` and `POST /{t}/oauth2/token`.
pub(super) fn answer(organisation: &mut Organisation, call: &Call, tenant: &str, version: Version) -> Reply {
    let fields = Fields::read(call);
    let asked = Asked {
        call,
        fields: &fields,
        tenant,
        version,
    };
    let reply = match issue(organisation, &asked) {
        Ok(body) => Reply::json(200, &body)
            .with("cache-control", "no-store, no-cache")
            .with("pragma", "no-cache"),
        Err(failure) => failure.reply(organisation, call),
    };
    across_origins(reply, call).with("x-ms-request-id", &call.request_id.to_string())
}

/// What a browser asks before a page of another origin may read an answer of the token endpoint.
pub(super) fn preflight(call: &Call) -> Reply {
    across_origins(Reply::empty(200), call)
        .with("access-control-allow-methods", "GET, POST, OPTIONS")
        .with(
            "access-control-allow-headers",
            call.header("access-control-request-headers").unwrap_or("*"),
        )
}

/// Lets single-page apps read the answer; it is no use to a page that does not hold the code or token already.
fn across_origins(reply: Reply, call: &Call) -> Reply {
    match call.header("origin") {
        Some(_) => reply.with("access-control-allow-origin", "*"),
        None => reply,
    }
}

/// One request.
struct Asked<'a> {
    call: &'a Call,
    fields: &'a Fields,
    tenant: &'a str,
    version: Version,
}

impl Asked<'_> {
    /// The scopes asked for, or `None` where the request names none.
    fn scopes(&self, organisation: &Organisation) -> Result<Option<RequestedScopes>, Failure> {
        match self.version {
            Version::One => self
                .fields
                .get("resource")
                .map(|resource| parse_resource(organisation, resource)),
            Version::Two => self
                .fields
                .get("scope")
                .map(|scope| parse_scopes(organisation, scope)),
        }
        .transpose()
    }

    fn required_scopes(&self, organisation: &Organisation) -> Result<RequestedScopes, Failure> {
        let name = match self.version {
            Version::One => "resource",
            Version::Two => "scope",
        };
        self.scopes(organisation)?.ok_or_else(|| missing(name))
    }

    /// Every address that an assertion may be for: this endpoint and the issuers, as clients spell them.
    fn audiences(&self, organisation: &Organisation) -> Vec<String> {
        let own = organisation.origin.as_str();
        let asked = self.call.origin(&organisation.origin);
        let hosts = [
            own,
            asked.as_str(),
            "https://login.microsoftonline.com",
            "https://login.windows.net",
            "https://login.microsoft.com",
            "https://sts.windows.net",
        ];
        let tenants = [
            organisation.objects.tenant_id.as_str(),
            self.tenant,
            "common",
            "organizations",
        ];
        let mut all = Vec::new();
        for host in hosts {
            for tenant in tenants {
                for end in ["", "/v2.0", "/oauth2/v2.0/token", "/oauth2/token"] {
                    all.push(format!("{host}/{tenant}{end}"));
                }
            }
        }
        all
    }
}

fn issue(organisation: &mut Organisation, asked: &Asked<'_>) -> Result<Value, Failure> {
    discovery::check_tenant(organisation, asked.tenant, "invalid_request")?;
    match asked.fields.require("grant_type")? {
        "client_credentials" if is_common(asked.tenant) => Err(Failure::new(
            "invalid_request",
            9_001_023,
            "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.",
        )),
        "client_credentials" => {
            let outcome = for_application(organisation, asked);
            write_down(organisation, asked, outcome.as_ref().err());
            outcome
        }
        "authorization_code" => by_code(organisation, asked),
        "refresh_token" => by_refresh_token(organisation, asked),
        "urn:ietf:params:oauth:grant-type:device_code" | "device_code" => by_device_code(organisation, asked),
        "password" => Err(by_password(organisation, asked)?),
        other => Err(Failure::new(
            "unsupported_grant_type",
            70003,
            format!("The app requested an unsupported grant type '{other}'."),
        )
        .without_uri()),
    }
}

/// A token for an application as itself. It is issued even when the app holds no role at all: a token proves
/// only id and secret (microsoft-facts §1.3).
fn for_application(organisation: &Organisation, asked: &Asked<'_>) -> Result<Value, Failure> {
    let client = clients::find(organisation, &asked.fields.client_id()?)?;
    // An app that is registered but has no enterprise application is not found either.
    client.principal_id()?;
    let strength = authenticate(
        organisation,
        &client,
        asked.fields,
        &asked.audiences(organisation),
    )?;
    let principal = client.principal_id()?;
    let scopes = asked.required_scopes(organisation)?;
    if !scopes.default {
        let scope = asked.fields.get("scope").unwrap_or_default();
        return Err(Failure::new(
            "invalid_scope",
            70011,
            format!(
                "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
            ),
        ));
    }
    check_role_assignment(organisation, &client, principal, &scopes)?;
    let token = claims::of_application(organisation, &scopes.api, &client, principal, strength)
        .ok_or_else(server_error)?;
    Ok(match asked.version {
        Version::Two => json!({
            "token_type": "Bearer",
            "expires_in": LIFE_SECONDS - 1,
            "ext_expires_in": LIFE_SECONDS - 1,
            "access_token": token,
        }),
        Version::One => version_one(organisation, asked, &token),
    })
}

/// What is kept of a client's `User-Agent`, in characters.
const AGENT_AT_MOST: usize = 200;

/// Writes the sign-in of an app into the log, with the key that was used. Who is no app of this organisation isn't in it,
/// nor who administers it from outside.
fn write_down(organisation: &mut Organisation, asked: &Asked<'_>, refused: Option<&Failure>) {
    let Some(client) = (asked.fields.client_id().ok())
        .and_then(|id| clients::find(organisation, &id).ok())
        .filter(|client| !client.is_administrator())
    else {
        return;
    };
    let Some(principal_id) = client.principal_id.clone() else {
        return;
    };
    let api = asked.required_scopes(organisation).ok().map(|scopes| scopes.api);
    let now = organisation.clock.now();
    let visible_at = match organisation.scenario.sign_in_log_seconds {
        Some(seconds) => after(now, Duration::from_secs(seconds.into())),
        None => organisation.clock.due(Delay::SignInLog),
    };
    let entry = AppSignIn {
        id: asked.call.request_id,
        at: now,
        visible_at,
        presented: presented(organisation, &client, asked.fields),
        app_id: client.app_id,
        app_name: client.display_name,
        principal_id,
        api: api.map(|api| (api.app_id().to_owned(), api.display_name().to_owned())),
        correlation: correlation(asked.call),
        user_agent: asked
            .call
            .header("user-agent")
            .map(|agent| agent.chars().take(AGENT_AT_MOST).collect()),
        refused: refused.map(|failure| (failure.code(), failure.text().to_owned())),
    };
    organisation.sign_ins.log.write(entry);
}

/// Refuses an app that holds no role on an API that lets in only those who do (AADSTS501051).
fn check_role_assignment(
    organisation: &Organisation,
    client: &Client,
    principal_id: &str,
    scopes: &RequestedScopes,
) -> Result<(), Failure> {
    let Some(resource) = organisation
        .objects
        .service_principal_by_app_id(scopes.api.app_id())
    else {
        return Ok(());
    };
    let mut held = organisation.objects.app_role_assignments.iter();
    let assigned = resource.id == principal_id
        || held.any(|held| held.resource_id == resource.id && held.principal_id == principal_id);
    if assigned || !clients::assignment_required(organisation, &resource.id) {
        return Ok(());
    }
    Err(Failure::new(
        "invalid_grant",
        501_051,
        format!(
            "Application '{}'({}) is not assigned to a role for the application '{}'({}).",
            client.app_id,
            client.display_name,
            scopes.api.app_id(),
            scopes.api.display_name()
        ),
    ))
}

/// The members of a version 1 answer; its numbers are text.
fn version_one(organisation: &Organisation, asked: &Asked<'_>, token: &str) -> Value {
    let now = organisation.clock.now().as_second();
    let mut body = json!({
        "token_type": "Bearer",
        "expires_in": (LIFE_SECONDS - 1).to_string(),
        "ext_expires_in": (LIFE_SECONDS - 1).to_string(),
        "expires_on": (now + LIFE_SECONDS).to_string(),
        "not_before": (now - 300).to_string(),
        "access_token": token,
    });
    if let Some(resource) = asked.fields.get("resource") {
        body["resource"] = json!(resource);
    }
    body
}

/// A token for a person, against the code of a sign-in.
fn by_code(organisation: &mut Organisation, asked: &Asked<'_>) -> Result<Value, Failure> {
    let fields = asked.fields;
    let client = clients::find(organisation, &fields.client_id()?)?;
    client.check_tenant(asked.tenant)?;
    let value = fields.require("code")?;
    let redirect_uri = fields.require("redirect_uri")?;
    let now = organisation.clock.now();
    let found = organisation.sign_ins.code(value).map(|code| code.clone());
    let platform = found
        .as_ref()
        .map_or(Platform::Native, |code| code.request.platform);
    // A public client is told so whatever its code is worth.
    if found.is_some() || !client.registered {
        authenticate_on(
            organisation,
            &client,
            fields,
            platform,
            &asked.audiences(organisation),
        )?;
    }
    let code = found.ok_or_else(|| {
        Failure::new(
            "invalid_grant",
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        )
    })?;
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
    if code.request.client_id != client.app_id {
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
    if platform == Platform::SinglePage && asked.call.header("origin").is_none() {
        return Err(Failure::new(
            "invalid_request",
            9_002_327,
            "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
        ));
    }
    check_verifier(
        code.request.challenge.as_ref(),
        fields.get("code_verifier").unwrap_or_default(),
    )?;
    let strength = match platform {
        Platform::Web => authenticate(organisation, &client, fields, &asked.audiences(organisation))?,
        Platform::Native | Platform::SinglePage => Strength::Public,
    };
    let mut scopes = code.request.scopes.clone();
    if let Some(named) = asked.scopes(organisation)? {
        let earlier = std::mem::replace(&mut scopes, named);
        for value in earlier.openid {
            if !scopes.openid.contains(&value) {
                scopes.openid.push(value);
            }
        }
    }
    let account = accounts::still_usable(organisation, &code.person_id)?;
    let body = person_tokens(
        organisation,
        asked,
        &client,
        &ForPerson {
            account: &account,
            scopes: &scopes,
            strength,
            nonce: code.request.nonce.as_deref(),
            platform,
            signed_in: code.issued,
            always_refreshable: false,
        },
    )?;
    if let Some(code) = organisation.sign_ins.code(value) {
        code.used = true;
    }
    Ok(body)
}

fn check_verifier(challenge: Option<&Challenge>, verifier: &str) -> Result<(), Failure> {
    let matches = match challenge {
        None => true,
        Some(Challenge::Plain(value)) => value == verifier,
        Some(Challenge::Sha256(value)) => {
            URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == value.trim_end_matches('=')
        }
    };
    if matches {
        Ok(())
    } else {
        Err(Failure::new(
            "invalid_grant",
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        ))
    }
}

/// New tokens against a refresh token.
fn by_refresh_token(organisation: &mut Organisation, asked: &Asked<'_>) -> Result<Value, Failure> {
    let fields = asked.fields;
    let client = clients::find(organisation, &fields.client_id()?)?;
    client.check_tenant(asked.tenant)?;
    let token = fields.require("refresh_token")?;
    let standing = refresh::check(organisation, &client.app_id, token)?;
    let strength = authenticate_on(
        organisation,
        &client,
        fields,
        standing.platform,
        &asked.audiences(organisation),
    )?;
    let scopes = match asked.scopes(organisation)? {
        Some(scopes) => scopes,
        None => parse_scopes(organisation, &standing.scope)?,
    };
    let account = accounts::still_usable(organisation, &standing.person_id)?;
    if organisation.scenario.sign_in_refused {
        return Err(blocked_by_policy()
            .with_error("interaction_required")
            .with_suberror("message_only"));
    }
    if organisation.scenario.multi_factor_required {
        return Err(stronger_sign_in(scopes.api.app_id()));
    }
    person_tokens(
        organisation,
        asked,
        &client,
        &ForPerson {
            account: &account,
            scopes: &scopes,
            strength,
            nonce: None,
            platform: standing.platform,
            signed_in: standing.signed_in,
            always_refreshable: true,
        },
    )
}

/// Tokens for a device that a person approved.
fn by_device_code(organisation: &mut Organisation, asked: &Asked<'_>) -> Result<Value, Failure> {
    let fields = asked.fields;
    let client = clients::find(organisation, &fields.client_id()?)?;
    client.check_tenant(asked.tenant)?;
    let device_code = match fields.get("device_code").or(fields.get("code")) {
        Some(code) => code,
        None => return Err(missing("device_code")),
    };
    // There is no redirect address to tell a public client by, so the registration has to say that it is one.
    let platform = if client.public_flows && !fields.has_credential() {
        Platform::Native
    } else {
        Platform::Web
    };
    let strength = authenticate_on(
        organisation,
        &client,
        fields,
        platform,
        &asked.audiences(organisation),
    )?;
    let (scopes, person_id) = device::redeem(organisation, &client.app_id, device_code)?;
    let account = accounts::still_usable(organisation, &person_id)?;
    let signed_in = organisation.clock.now();
    person_tokens(
        organisation,
        asked,
        &client,
        &ForPerson {
            account: &account,
            scopes: &scopes,
            strength,
            nonce: None,
            platform,
            signed_in,
            always_refreshable: false,
        },
    )
}

/// Why nobody gets a token for a password: people here have none (microsoft-facts §8, "do not offer").
fn by_password(organisation: &Organisation, asked: &Asked<'_>) -> Result<Failure, Failure> {
    let fields = asked.fields;
    let client = clients::find(organisation, &fields.client_id()?)?;
    client.check_tenant(asked.tenant)?;
    let name = fields.require("username")?;
    fields.require("password")?;
    let platform = if client.public_flows && !fields.has_credential() {
        Platform::Native
    } else {
        Platform::Web
    };
    authenticate_on(
        organisation,
        &client,
        fields,
        platform,
        &asked.audiences(organisation),
    )?;
    let scopes = asked.required_scopes(organisation)?;
    accounts::who_signs_in(organisation, name)?;
    Ok(if organisation.scenario.multi_factor_required {
        stronger_sign_in(scopes.api.app_id())
    } else {
        Failure::new(
            "invalid_grant",
            50126,
            "Error validating credentials due to invalid username or password.",
        )
    })
}

/// What tokens for a person are made from.
struct ForPerson<'a> {
    account: &'a Account,
    scopes: &'a RequestedScopes,
    strength: Strength,
    nonce: Option<&'a str>,
    platform: Platform,
    signed_in: jiff::Timestamp,
    /// Whether a refresh token comes without having been asked for, as it does against another one.
    always_refreshable: bool,
}

fn person_tokens(
    organisation: &mut Organisation,
    asked: &Asked<'_>,
    client: &Client,
    person: &ForPerson<'_>,
) -> Result<Value, Failure> {
    let (account, scopes) = (person.account, person.scopes);
    check_first_party(client, scopes)?;
    client.principal_id()?;
    let held = granted(organisation, client, &scopes.api, &account.id);
    let is_held = |value: &String| held.iter().any(|known| known.eq_ignore_ascii_case(value));
    if !scopes.values.iter().all(is_held) {
        return Err(Failure::new(
            "invalid_grant",
            65001,
            format!(
                "The user or administrator has not consented to use the application with ID '{}' named '{}'. Send an interactive authorization request for this user and resource.",
                client.app_id, client.display_name
            ),
        )
        .with_suberror("consent_required"));
    }
    let mut scp = held;
    if scopes.api.is(&GRAPH) {
        for value in &scopes.openid {
            if *value != "offline_access" && !scp.iter().any(|known| known == value) {
                scp.push((*value).to_owned());
            }
        }
    }
    let token = claims::of_person(organisation, &scopes.api, client, account, &scp, person.strength)
        .ok_or_else(server_error)?;
    let mut body = match asked.version {
        Version::One => version_one(organisation, asked, &token),
        Version::Two => json!({
            "token_type": "Bearer",
            "expires_in": LIFE_SECONDS - 1,
            "ext_expires_in": LIFE_SECONDS - 1,
            "access_token": token,
        }),
    };
    body["scope"] = json!(answered_scope(scopes, &scp));
    if scopes.openid.contains(&"openid") {
        let token = match asked.version {
            Version::One => claims::id_token_version_one(organisation, client, account, person.nonce),
            Version::Two => {
                claims::id_token(organisation, client, account, &scopes.openid, person.nonce, None)
            }
        };
        body["id_token"] = json!(token.ok_or_else(server_error)?);
    }
    if person.always_refreshable || scopes.openid.contains(&"offline_access") {
        let standing = Standing {
            person_id: account.id.clone(),
            platform: person.platform,
            signed_in: person.signed_in,
            scope: scopes.text(),
        };
        let token = refresh::issue(organisation, &client.app_id, &standing).ok_or_else(server_error)?;
        body["refresh_token"] = json!(token);
    }
    if asked.fields.get("client_info") == Some("1") {
        let info = json!({"uid": account.id, "utid": organisation.objects.tenant_id});
        body["client_info"] = json!(URL_SAFE_NO_PAD.encode(info.to_string()));
    }
    Ok(body)
}

/// The `scope` member: everything that the token carries, spelt as the client spelt its request.
fn answered_scope(scopes: &RequestedScopes, scp: &[String]) -> String {
    let is_openid = |value: &str| crate::published::permissions::OPENID_SCOPES.contains(&value);
    let mut all: Vec<String> = scp
        .iter()
        .filter(|value| !is_openid(value))
        .map(|value| {
            if scopes.in_full || !scopes.api.is(&GRAPH) {
                format!("{}/{value}", scopes.api.prefix())
            } else {
                value.clone()
            }
        })
        .collect();
    if scopes.default && scopes.in_full {
        all.push(format!("{}/.default", scopes.api.prefix()));
    }
    let openid = scopes.openid.iter().filter(|value| **value != "offline_access");
    all.extend(openid.map(|value| (*value).to_owned()));
    all.join(" ")
}
