//! An admin's sign-in: authorization code with PKCE, in the system's browser (microsoft-facts §1.1).
//!
//! Graph and Exchange are two resources, and one request may ask for scopes of one only. Both are asked for in one
//! visit of the browser: the answer to the first page leads straight on to the second, where the session that Entra
//! keeps in the browser makes it pass without another password. No refresh token is asked for.

use std::future::Future;
use std::pin::Pin;

use domain::secret::Secret;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
};
use reqwest::Method;
use url::Url;

use super::loopback::{Arrival, Listener};
use super::{aadsts, refusal};
use crate::cloud::{Cloud, PublicClient};
use crate::error::{Error, Refusal, shorten};
use crate::http::{Body, Call, Http, Repeat};

/// Delegated Graph scopes, each with what it is for. They cover the steps up to the secret, so that the browser opens
/// once (microsoft-facts §2 and §3.2). Removing a broad grant asks for [`REMOVE_GRANT_SCOPES`] on top.
pub const GRAPH_SCOPES: [(&str, &str); 6] = [
    ("User.Read", "See who you are"),
    ("Organization.Read.All", "See which organisation this is"),
    ("RoleManagement.Read.Directory", "See which admin roles you hold"),
    ("Policy.Read.All", "See how long a secret may last"),
    ("Application.ReadWrite.All", "Create the app and its secret"),
    (
        "DelegatedPermissionGrant.Read.All",
        "See that nobody granted the app more",
    ),
];

/// Asked for only when the admin removes a broad grant (microsoft-facts §2.3).
pub const REMOVE_GRANT_SCOPES: [&str; 2] = [
    "AppRoleAssignment.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
];

/// The tokens of a signed-in admin. They live in memory only.
pub struct AdminTokens {
    /// For Graph.
    pub graph: Secret,
    /// For Exchange's admin endpoint.
    pub exchange: Secret,
}

/// Why a sign-in did not come to an end.
#[derive(Debug)]
pub enum SignInError {
    /// The port for the browser's answer could not be opened.
    Port(std::io::Error),
    /// The browser could not be opened; the address is shown instead.
    Browser {
        /// What the system says.
        why: String,
    },
    /// The admin pressed Cancel on Microsoft's page, or an admin must approve first.
    Declined(Box<Refusal>),
    /// Nobody came back in time.
    TimedOut,
    /// Redeeming the code failed.
    Microsoft(Error),
}

/// What a sign-in does while it runs: open the browser, and ask who came.
pub trait Visit {
    /// Opens an address in the system's browser.
    fn open(&self, address: &Url) -> Result<(), String>;
    /// The user name of whoever the Graph token is for, so that the second page asks for the same person.
    fn user_name(&self, graph: &Secret) -> impl Future<Output = Result<String, Error>> + Send;
}

struct Request {
    address: Url,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

/// Runs a whole sign-in: opens the browser, waits for it, redeems both codes.
pub async fn sign_in(
    http: &Http,
    client: &PublicClient,
    extra_graph_scopes: &[&str],
    visit: &impl Visit,
) -> Result<AdminTokens, SignInError> {
    let mut listener = Listener::open().await.map_err(SignInError::Port)?;
    let cloud = http.cloud();
    let mut graph_scopes: Vec<String> = GRAPH_SCOPES
        .iter()
        .map(|(scope, _)| *scope)
        .chain(extra_graph_scopes.iter().copied())
        .map(|scope| format!("{}/{scope}", cloud.graph_resource))
        .collect();
    graph_scopes.push("openid".into());
    let first = request(
        cloud,
        &client.graph_client,
        listener.redirect(),
        &graph_scopes,
        None,
    )
    .map_err(SignInError::Microsoft)?;
    visit
        .open(&first.address)
        .map_err(|why| SignInError::Browser { why })?;
    let arrival = listener
        .arrival(first.state.secret())
        .await
        .ok_or(SignInError::TimedOut)?;
    let (arrival, code) = arrived(arrival)?;
    let graph = match redeem(
        http,
        &client.graph_client,
        listener.redirect(),
        first.verifier,
        code,
    )
    .await
    {
        Ok(token) => token,
        Err(error) => {
            arrival.fail();
            return Err(SignInError::Microsoft(error));
        }
    };
    let hint = match visit.user_name(&graph).await {
        Ok(name) => name,
        Err(error) => {
            arrival.fail();
            return Err(SignInError::Microsoft(error));
        }
    };
    let second = request(
        cloud,
        &client.exchange_client,
        listener.redirect(),
        &client.exchange_scopes,
        Some(&hint),
    )
    .map_err(SignInError::Microsoft)?;
    arrival.lead_on(&second.address);
    let arrival = listener
        .arrival(second.state.secret())
        .await
        .ok_or(SignInError::TimedOut)?;
    let (arrival, code) = arrived(arrival)?;
    match redeem(
        http,
        &client.exchange_client,
        listener.redirect(),
        second.verifier,
        code,
    )
    .await
    {
        Ok(exchange) => {
            arrival.finish();
            Ok(AdminTokens { graph, exchange })
        }
        Err(error) => {
            arrival.fail();
            Err(SignInError::Microsoft(error))
        }
    }
}

fn arrived(arrival: Arrival) -> Result<(Arrival, AuthorizationCode), SignInError> {
    match arrival.outcome.clone() {
        Ok(code) => Ok((arrival, AuthorizationCode::new(code))),
        Err((error, description)) => {
            let refusal = Refusal {
                call: "GET /authorize".into(),
                code: aadsts(&description).unwrap_or(error),
                message: shorten(description.split(" Trace ID:").next().unwrap_or_default()),
                ..Refusal::default()
            };
            arrival.fail();
            Err(SignInError::Declined(Box::new(refusal)))
        }
    }
}

fn request(
    cloud: &Cloud,
    client: &str,
    redirect: &Url,
    scopes: &[String],
    hint: Option<&str>,
) -> Result<Request, Error> {
    let authorize = endpoint(&cloud.browser, &cloud.sign_in_tenant(), "authorize")?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let client = BasicClient::new(ClientId::new(client.to_owned()))
        .set_auth_uri(AuthUrl::from_url(authorize))
        .set_redirect_uri(RedirectUrl::from_url(redirect.clone()));
    let mut building = client
        .authorize_url(CsrfToken::new_random)
        .add_scopes(scopes.iter().cloned().map(Scope::new))
        .set_pkce_challenge(challenge);
    building = match hint {
        Some(hint) => building.add_extra_param("login_hint", hint.to_owned()),
        // Without a hint the admin picks the account knowingly, because several may be signed in.
        None => building.add_extra_param("prompt", "select_account"),
    };
    let (address, state) = building.url();
    Ok(Request {
        address,
        state,
        verifier,
    })
}

async fn redeem(
    http: &Http,
    client: &str,
    redirect: &Url,
    verifier: PkceCodeVerifier,
    code: AuthorizationCode,
) -> Result<Secret, Error> {
    const CALL: &str = "POST /token (authorization code)";
    let url = token_url(http.cloud(), &http.cloud().sign_in_tenant())?;
    let send = http_client(http, CALL);
    BasicClient::new(ClientId::new(client.to_owned()))
        .set_token_uri(TokenUrl::from_url(url))
        .set_redirect_uri(RedirectUrl::from_url(redirect.clone()))
        .exchange_code(code)
        .set_pkce_verifier(verifier)
        .request_async(&send)
        .await
        .map(|answer| Secret::new(answer.access_token().secret().to_owned()))
        .map_err(|error| match error {
            RequestTokenError::Request(error) => error,
            _ => Error::Unexpected {
                call: CALL.into(),
                status: 200,
                why: "the answer is no token".into(),
                request_id: None,
            },
        })
}

/// The token endpoint of a tenant.
pub(crate) fn token_url(cloud: &Cloud, tenant: &str) -> Result<Url, Error> {
    endpoint(&cloud.authority, tenant, "token")
}

fn endpoint(authority: &Url, tenant: &str, last: &str) -> Result<Url, Error> {
    authority
        .join(&format!("{tenant}/oauth2/v2.0/{last}"))
        .map_err(|error| Error::Unreachable {
            call: last.to_owned(),
            why: error.to_string(),
        })
}

type Sent<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, Error>> + Send + 'a>>;

/// Lets the `oauth2` crate send through our own client, under our own policy.
pub(crate) fn http_client<'a>(http: &'a Http, call: &'static str) -> impl Fn(HttpRequest) -> Sent<'a> {
    move |request: HttpRequest| {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let malformed = |why: String| Error::Unreachable {
                call: call.to_owned(),
                why,
            };
            let url = Url::parse(&parts.uri.to_string()).map_err(|error| malformed(error.to_string()))?;
            let sending = Call {
                name: call,
                method: Method::POST,
                url,
                token: None,
                headers: &[("accept", "application/json".to_owned())],
                body: Body::Bytes(&body, "application/x-www-form-urlencoded"),
                // A code can be redeemed once; asking for an app token changes nothing.
                repeat: if call.contains("client credentials") {
                    Repeat::Safe
                } else {
                    Repeat::Never
                },
            };
            // A token stands in the answer, and a secret or a code in what is sent.
            let answer = http.apart().send(&sending, refusal).await?;
            let mut response = HttpResponse::new(answer.body);
            response.headers_mut().insert(
                "content-type",
                reqwest::header::HeaderValue::from_static("application/json"),
            );
            Ok(response)
        })
    }
}
