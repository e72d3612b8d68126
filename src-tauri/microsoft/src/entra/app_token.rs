//! The app's own token, by client credentials (microsoft-facts §1.3).
//!
//! A token is issued even to an app without any permission. Getting one proves the id and the secret, nothing more. Each
//! request for one is a sign-in in the organisation's log, where ours carry a mark of their own.

use domain::ids::{ClientId, TenantId};
use domain::secret::Secret;
use oauth2::basic::BasicClient;
use oauth2::{AuthType, ClientSecret, RequestTokenError, Scope, TokenResponse, TokenUrl};

use super::own;
use super::sign_in::{http_client, token_url};
use crate::error::Error;
use crate::http::{Http, Repeat};

/// Asks for a Graph token with the app's own secret.
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
    let client = BasicClient::new(oauth2::ClientId::new(client.to_string()))
        // EXPOSE: the token endpoint is where the secret belongs; it travels in the body, never in a header or address.
        .set_client_secret(ClientSecret::new(secret.expose().to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_token_uri(TokenUrl::from_url(url));
    // Asking for an app token changes nothing.
    let send = http_client(
        http,
        CALL,
        Repeat::Safe,
        Some((own::HEADER, own::mark().to_string())),
    );
    let answer = client
        .exchange_client_credentials()
        .add_scope(Scope::new(format!("{resource}/.default")))
        .request_async(&send)
        .await
        .map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            _ => unexpected("the answer is no token".into()),
        })?;
    Ok(Secret::new(answer.access_token().secret().to_owned()))
}
