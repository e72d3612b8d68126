//! The app's own token, by client credentials (microsoft-facts §1.3).
//!
//! A token is issued even to an app without any permission. Getting one proves the id and the key, nothing more. Each
//! request for one is a sign-in in the organisation's log, where ours carry a mark of their own.

use domain::credential::CredentialKind;
use domain::ids::{ClientId, TenantId};
use domain::secret::Secret;
use oauth2::basic::BasicClient;
use oauth2::{AuthType, ClientSecret, RequestTokenError, Scope, TokenResponse, TokenUrl};

use super::own;
use super::sign_in::{http_client, token_url};
use crate::certificate;
use crate::error::Error;
use crate::http::{Http, Repeat};

/// RFC 7523, as Entra names it (microsoft-facts §1.3).
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Asks for a Graph token with the app's own key: its client secret, or the private key of its certificate as it is kept.
///
/// # Errors
/// As Entra answers.
pub async fn graph_token(
    http: &Http,
    tenant: TenantId,
    client: ClientId,
    secret: &Secret,
) -> Result<Secret, Error> {
    token(http, tenant, client, secret, &http.cloud().graph_resource).await
}

/// Asks for a token for Exchange with the app's own secret: what IMAP, POP and SMTP take (microsoft-facts §4c).
///
/// # Errors
/// As Entra answers.
pub async fn exchange_token(
    http: &Http,
    tenant: TenantId,
    client: ClientId,
    secret: &Secret,
) -> Result<Secret, Error> {
    token(http, tenant, client, secret, &http.cloud().exchange_resource).await
}

async fn token(
    http: &Http,
    tenant: TenantId,
    client: ClientId,
    secret: &Secret,
    resource: &str,
) -> Result<Secret, Error> {
    const CALL: &str = "POST /token (client credentials)";
    let unexpected = |why: String| Error::Unexpected {
        call: CALL.into(),
        status: 200,
        why,
        request_id: None,
    };
    let url = token_url(http.cloud(), &tenant.to_string())?;
    let assertion = match certificate::kind_of(secret) {
        CredentialKind::Secret => None,
        CredentialKind::Certificate => Some(
            certificate::assertion(secret, client, url.as_str(), http.microsoft_now()).ok_or_else(|| {
                Error::Unreachable {
                    call: CALL.into(),
                    why: "what is kept is no private key".into(),
                }
            })?,
        ),
    };
    let mut client = BasicClient::new(oauth2::ClientId::new(client.to_string()))
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(url));
    if assertion.is_none() {
        // EXPOSE: the token endpoint is where the secret belongs; it travels in the body, never in a header or address.
        client = client.set_client_secret(ClientSecret::new(secret.expose().to_owned()));
    }
    // Asking for an app token changes nothing.
    let send = http_client(
        http,
        CALL,
        Repeat::Safe,
        Some((own::HEADER, own::mark().to_string())),
    );
    let mut asked = client.exchange_client_credentials();
    if let Some(assertion) = &assertion {
        asked = asked
            .add_extra_param("client_assertion_type", ASSERTION_TYPE)
            // EXPOSE: what the private key signed for this endpoint alone, good for minutes.
            .add_extra_param("client_assertion", assertion.expose().to_owned());
    }
    let answer = asked
        .add_scope(Scope::new(format!("{resource}/.default")))
        .request_async(&send)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            _ => unexpected("the answer is no token".into()),
        })?;
    Ok(Secret::new(answer.access_token().secret().to_owned()))
}
