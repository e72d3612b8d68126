//! How a client proves itself at the token endpoint: a secret in the form or in a Basic header, or an assertion
//! signed by a certificate (microsoft-facts §1.3).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::assertion::{self, Expected};
use super::claims::Strength;
use super::clients::Client;
use super::failure::{Failure, missing};
use crate::organisation::Organisation;
use crate::organisation::ids::hex_sha256;
use crate::organisation::registrations::{KeyCredential, PasswordCredential};
use crate::organisation::sign_ins::log::Presented;
use crate::organisation::sign_ins::request::Platform;
use crate::wire::{Call, decode};

/// The grant type of a JWT that a certificate signed.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The fields of a token request, with what a Basic header adds to them.
pub(super) struct Fields {
    form: Vec<(String, String)>,
    basic: Option<(String, String)>,
}

impl Fields {
    /// Reads the form of a request.
    pub(super) fn read(call: &Call) -> Self {
        Self {
            form: call.form(),
            basic: basic_credentials(call),
        }
    }

    /// A field that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.form
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A field that must be there (AADSTS900144).
    pub(super) fn require(&self, name: &str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| missing(name))
    }

    /// The client id, of the form, of the Basic header or, for a client that sends nothing else, of the assertion.
    pub(super) fn client_id(&self) -> Result<String, Failure> {
        self.get("client_id")
            .or(self.basic.as_ref().map(|(id, _)| id.as_str()))
            .map(str::to_owned)
            .or_else(|| assertion::subject(self.get("client_assertion")?))
            .ok_or_else(|| missing("client_id"))
    }

    fn secret(&self) -> Option<&str> {
        self.get("client_secret")
            .or(self.basic.as_ref().map(|(_, secret)| secret.as_str()))
    }

    /// Whether any credential was sent.
    pub(super) fn has_credential(&self) -> bool {
        self.secret().is_some() || self.get("client_assertion").is_some()
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
    let undo = |part: &str| decode(&part.replace('+', " "));
    Some((undo(id), undo(secret)))
}

/// Checks the credential of a client that must have one.
///
/// # Errors
/// AADSTS7000218 without a credential, 7000215 and 7000222 for a wrong and an expired secret, and those of
/// [`assertion::check`].
pub(super) fn authenticate(
    organisation: &Organisation,
    client: &Client,
    fields: &Fields,
    token_endpoints: &[String],
) -> Result<Strength, Failure> {
    let now = organisation.clock.now();
    if let Some(token) = fields.get("client_assertion") {
        if fields.require("client_assertion_type")? != JWT_BEARER {
            return Err(Failure::unauthenticated(
                "invalid_client",
                50027,
                "The client_assertion_type is not supported.",
            ));
        }
        let keys = keys_of(organisation, client);
        let expected = Expected {
            client_id: &client.app_id,
            audiences: token_endpoints,
            now,
        };
        return assertion::check(token, &keys, &expected).map(|()| Strength::Certificate);
    }
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
                 not the client secret ID, for a secret added to app '{}'.",
                client.app_id
            ),
        )
    };
    if client.is_public_only() {
        return Err(public_client());
    }
    let digest = hex_sha256(secret.as_bytes());
    if client.is_administrator() {
        let right = organisation.sign_ins.is_administrator_secret(&digest);
        return if right { Ok(Strength::Secret) } else { Err(wrong()) };
    }
    let held = password_of(organisation, client, &digest).ok_or_else(wrong)?;
    if now < held.usable_at || now < held.start {
        return Err(wrong());
    }
    if now >= held.end {
        return Err(Failure::unauthenticated(
            "invalid_client",
            7_000_222,
            format!(
                "The provided client secret keys for app '{}' are expired. Visit the Azure portal to create new keys for \
                 your app, or consider using certificate credentials for added security.",
                client.app_id
            ),
        ));
    }
    Ok(Strength::Secret)
}

/// The certificates of a client. An enterprise application may have credentials of its own beside those of its
/// registration.
fn keys_of(organisation: &Organisation, client: &Client) -> Vec<KeyCredential> {
    let application = organisation.objects.application_by_app_id(&client.app_id);
    let mut keys = application.map_or_else(Vec::new, |application| application.keys.clone());
    let principal_id = client.principal_id.as_deref().unwrap_or_default();
    keys.extend_from_slice(organisation.objects.graph.principal_keys(principal_id));
    keys
}

/// The secret of a client that has this digest.
fn password_of<'a>(
    organisation: &'a Organisation,
    client: &Client,
    digest: &str,
) -> Option<&'a PasswordCredential> {
    let application = organisation.objects.application_by_app_id(&client.app_id);
    let principal_id = client.principal_id.as_deref().unwrap_or_default();
    application
        .map_or(&[][..], |application| application.passwords.as_slice())
        .iter()
        .chain(organisation.objects.graph.principal_passwords(principal_id))
        .find(|held| held.sha256 == digest)
}

/// Which of its own credentials a client presents, whether or not it is good for a token: for the log of sign-ins.
pub(super) fn presented(organisation: &Organisation, client: &Client, fields: &Fields) -> Option<Presented> {
    if let Some(token) = fields.get("client_assertion") {
        let keys = keys_of(organisation, client);
        let key = assertion::named(token, &keys)?;
        return Some(Presented {
            key_id: key.key_id.clone(),
            thumbprint: Some(key.custom_key_identifier.clone().unwrap_or_default()),
        });
    }
    let digest = hex_sha256(fields.secret()?.as_bytes());
    let held = password_of(organisation, client, &digest)?;
    Some(Presented {
        key_id: held.key_id.clone(),
        thumbprint: None,
    })
}

/// Checks what a client that signs people in has to prove, by the platform of its redirect address.
///
/// # Errors
/// AADSTS700025 for a public client with a credential, 7000218 for a web app without one, and those of
/// [`authenticate`].
pub(super) fn authenticate_on(
    organisation: &Organisation,
    client: &Client,
    fields: &Fields,
    platform: Platform,
    token_endpoints: &[String],
) -> Result<Strength, Failure> {
    match platform {
        Platform::Web => authenticate(organisation, client, fields, token_endpoints),
        Platform::Native | Platform::SinglePage if fields.has_credential() => Err(public_client()),
        Platform::Native | Platform::SinglePage => Ok(Strength::Public),
    }
}

fn public_client() -> Failure {
    Failure::unauthenticated(
        "invalid_client",
        700_025,
        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
    )
}
