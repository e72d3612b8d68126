//! An admin's sign-in: authorization code with PKCE, in the system's browser (microsoft-facts §1.1).
//!
//! Graph and Exchange are two resources, and one request may ask for scopes of one only. Everything is asked for in one
//! visit of the browser, page by page: the first page asks only who comes. What it answers decides what the next ones
//! ask for, so that nobody is asked for what somebody else is going to do, and the session that Entra keeps in the
//! browser makes them pass without another password. No refresh token is asked for.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use domain::message::Voice;
use domain::secret::Secret;
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, CsrfToken, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
};
use reqwest::Method;
use url::Url;

use super::claims::Claims;
use super::loopback::{Arrival, Listener, Outcome};
use super::rights::{Right, WHO, graph_scopes};
use super::{aadsts, refusal};
use crate::cloud::{Cloud, PublicClient};
use crate::error::{Error, Refusal, shorten};
use crate::http::{Body, Call, Http, Repeat};

/// A token of a signed-in admin, with what it is good for.
pub struct GraphToken {
    /// The token.
    pub token: Secret,
    /// The scopes that Microsoft granted, by their short names.
    pub scopes: BTreeSet<String>,
}

/// The tokens of a signed-in admin. They live in memory only.
pub struct AdminTokens {
    /// For Graph. Everybody who signs in has one, but it may be good for little.
    pub graph: GraphToken,
    /// For Exchange's admin endpoint, where it was asked for and granted.
    pub exchange: Option<Secret>,
    /// What the first token said of whoever came.
    pub claims: Claims,
}

impl AdminTokens {
    /// Whether they are good for this.
    pub fn holds(&self, right: Right) -> bool {
        match right {
            Right::Exchange => self.exchange.is_some(),
            right => right.within(&self.graph.scopes),
        }
    }
}

/// Why a sign-in did not come to an end.
#[derive(Debug)]
pub enum SignInError {
    /// The port for the browser's answer could not be opened.
    Port(std::io::Error),
    /// Whoever sat at the browser pressed Cancel. That is a decision, not a problem.
    Cancelled,
    /// Microsoft's page ended with a refusal.
    Declined(Box<Refusal>),
    /// Nobody came back in time.
    TimedOut,
    /// Redeeming the code failed.
    Microsoft(Error),
}

/// Something to ask for once it is known who came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// What for. Rights of Graph are asked for on one page, Exchange on a page of its own.
    pub rights: Vec<Right>,
    /// Asks without showing anything (`prompt=none`): whoever can't accept it themselves gets it only where it was
    /// accepted before, and never meets a page that says "Need admin approval".
    pub quiet: bool,
}

/// What a sign-in does while it runs.
pub trait Visit {
    /// Who says what the browser shows at the end.
    fn voice(&self) -> Voice;
    /// Opens an address in the system's browser. Where that fails the address has to be shown, and the sign-in goes on
    /// waiting for it.
    fn open(&self, address: &Url);
    /// What to ask for after the first page.
    fn next(&self, came: &Claims) -> Vec<Ask>;
    /// The user name of whoever the Graph token is for, where the token itself did not tell, so that the next page asks
    /// for the same person.
    fn user_name(&self, graph: &Secret) -> impl Future<Output = Result<String, Error>> + Send;
}

struct Request {
    address: Url,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

/// Runs a whole sign-in: opens the browser, waits for it, redeems each code.
pub async fn sign_in(
    http: &Http,
    client: &PublicClient,
    visit: &impl Visit,
) -> Result<AdminTokens, SignInError> {
    let mut listener = Listener::open(visit.voice()).await.map_err(SignInError::Port)?;
    let cloud = http.cloud();
    let first = request(
        cloud,
        &client.graph_client,
        listener.redirect(),
        &with_resource(cloud, &WHO),
        Prompt::Choose,
    )
    .map_err(SignInError::Microsoft)?;
    // The answer may be here before it is waited for.
    listener.expect(first.state.secret());
    visit.open(&first.address);
    let arrival = listener.arrival().await.ok_or(SignInError::TimedOut)?;
    let (mut arrival, code) = arrived(arrival)?;
    let graph = match redeem(
        http,
        &client.graph_client,
        listener.redirect(),
        first.verifier,
        code,
    )
    .await
    {
        Ok((token, scopes)) => GraphToken {
            scopes: granted(scopes, &WHO),
            token,
        },
        Err(error) => {
            arrival.fail();
            return Err(SignInError::Microsoft(error));
        }
    };
    let claims = Claims::of(&graph.token);
    let hint = match &claims.user_name {
        Some(name) => Ok(name.clone()),
        None => visit.user_name(&graph.token).await,
    };
    let hint = match hint {
        Ok(name) => name,
        Err(error) => {
            arrival.fail();
            return Err(SignInError::Microsoft(error));
        }
    };
    let asks = visit.next(&claims);
    let mut tokens = AdminTokens {
        graph,
        exchange: None,
        claims,
    };
    for ask in asks {
        let of_exchange = ask.rights.contains(&Right::Exchange);
        let names = graph_scopes(&ask.rights);
        let (app, scopes) = if of_exchange {
            (&client.exchange_client, client.exchange_scopes.clone())
        } else {
            (&client.graph_client, with_resource(cloud, &names))
        };
        let prompt = if ask.quiet {
            Prompt::Quiet(&hint)
        } else {
            Prompt::Same(&hint)
        };
        let asked = match request(cloud, app, listener.redirect(), &scopes, prompt) {
            Ok(asked) => asked,
            Err(error) => {
                arrival.fail();
                return Err(SignInError::Microsoft(error));
            }
        };
        listener.expect(asked.state.secret());
        arrival.lead_on(&asked.address);
        let answered = listener.arrival().await.ok_or(SignInError::TimedOut)?;
        if ask.quiet && answered.outcome.is_err() {
            // Not accepted yet, and nobody was shown anything.
            arrival = answered;
            continue;
        }
        let (here, code) = arrived(answered)?;
        arrival = here;
        match redeem(http, app, listener.redirect(), asked.verifier, code).await {
            Ok((token, _)) if of_exchange => tokens.exchange = Some(token),
            Ok((token, scopes)) => {
                let asked: Vec<_> = WHO.iter().chain(&names).copied().collect();
                tokens.graph = GraphToken {
                    scopes: granted(scopes, &asked),
                    token,
                };
            }
            Err(Error::Refused(_)) if ask.quiet => {}
            Err(error) => {
                arrival.fail();
                return Err(SignInError::Microsoft(error));
            }
        }
    }
    arrival.finish();
    Ok(tokens)
}

/// The granted scopes by their short names: Microsoft writes them with or without the resource. An answer that names
/// none granted what was asked (RFC 6749 §5.1).
fn granted(named: Option<Vec<String>>, asked: &[super::rights::Scope]) -> BTreeSet<String> {
    match named {
        Some(named) => named
            .iter()
            .map(|scope| scope.rsplit('/').next().unwrap_or(scope).to_owned())
            .collect(),
        None => asked.iter().map(|(scope, _)| (*scope).to_owned()).collect(),
    }
}

fn with_resource(cloud: &Cloud, scopes: &[super::rights::Scope]) -> Vec<String> {
    let mut all: Vec<String> = WHO
        .iter()
        .chain(scopes)
        .map(|(scope, _)| format!("{}/{scope}", cloud.graph_resource))
        .collect();
    all.dedup();
    all.push("openid".into());
    all
}

fn arrived(arrival: Arrival) -> Result<(Arrival, AuthorizationCode), SignInError> {
    match arrival.outcome.clone() {
        Ok(code) => Ok((arrival, AuthorizationCode::new(code))),
        Err(told) => {
            arrival.fail();
            Err(ended(&told))
        }
    }
}

/// Pressing Cancel comes back as `access_denied`, with AADSTS65004 or without a number, or with
/// `error_subcode=cancel` (microsoft-facts §1.5, §1.8).
fn ended(told: &Outcome) -> SignInError {
    let code = aadsts(&told.description);
    let cancelled = told.subcode == "cancel"
        || (told.error == "access_denied" && matches!(code.as_deref(), None | Some("AADSTS65004")));
    if cancelled {
        return SignInError::Cancelled;
    }
    SignInError::Declined(Box::new(Refusal {
        call: "GET /authorize".into(),
        code: code.unwrap_or_else(|| told.error.clone()),
        message: shorten(told.description.split(" Trace ID:").next().unwrap_or_default()),
        ..Refusal::default()
    }))
}

enum Prompt<'a> {
    /// The admin picks the account knowingly, because several may be signed in.
    Choose,
    /// The same person again.
    Same(&'a str),
    /// The same person, and nothing may be shown.
    Quiet(&'a str),
}

fn request(
    cloud: &Cloud,
    client: &str,
    redirect: &Url,
    scopes: &[String],
    prompt: Prompt<'_>,
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
    building = match prompt {
        Prompt::Choose => building.add_extra_param("prompt", "select_account"),
        Prompt::Same(hint) => building.add_extra_param("login_hint", hint.to_owned()),
        Prompt::Quiet(hint) => building
            .add_extra_param("login_hint", hint.to_owned())
            .add_extra_param("prompt", "none"),
    };
    let (address, state) = building.url();
    Ok(Request {
        address,
        state,
        verifier,
    })
}

/// Exchanges a code for a token, and the scopes that came with it where Microsoft names them.
async fn redeem(
    http: &Http,
    client: &str,
    redirect: &Url,
    verifier: PkceCodeVerifier,
    code: AuthorizationCode,
) -> Result<(Secret, Option<Vec<String>>), Error> {
    const CALL: &str = "POST /token (authorization code)";
    let url = token_url(http.cloud(), &http.cloud().sign_in_tenant())?;
    // A code can be redeemed once.
    let send = http_client(http, CALL, Repeat::Never, None);
    BasicClient::new(ClientId::new(client.to_owned()))
        .set_token_uri(TokenUrl::from_url(url))
        .set_redirect_uri(RedirectUrl::from_url(redirect.clone()))
        .exchange_code(code)
        .set_pkce_verifier(verifier)
        .request_async(&send)
        .await
        .map(|answer| {
            let scopes = answer
                .scopes()
                .map(|scopes| scopes.iter().map(|scope| scope.to_string()).collect());
            (Secret::new(answer.access_token().secret().to_owned()), scopes)
        })
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

/// Lets the `oauth2` crate send through our own client, under our own policy. `repeat` says whether sending twice could
/// change more than sending once, `more` is one more header.
pub(crate) fn http_client<'a>(
    http: &'a Http,
    call: &'static str,
    repeat: Repeat,
    more: Option<(&'static str, String)>,
) -> impl Fn(HttpRequest) -> Sent<'a> {
    let mut headers = vec![("accept", "application/json".to_owned())];
    headers.extend(more);
    move |request: HttpRequest| {
        let headers = headers.clone();
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
                headers: &headers,
                body: Body::Bytes(&body, "application/x-www-form-urlencoded"),
                repeat,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: &str, description: &str, subcode: &str) -> Outcome {
        Outcome {
            error: error.into(),
            description: description.into(),
            subcode: subcode.into(),
        }
    }

    #[test]
    fn pressing_cancel_is_no_refusal() {
        let cancelled = [
            told(
                "access_denied",
                "AADSTS65004: User declined to consent to access the app. Trace ID: x",
                "",
            ),
            told("access_denied", "", ""),
            told("access_denied", "the user canceled the authentication", "cancel"),
            told("consent_required", "AADSTS65004: declined", "cancel"),
        ];
        for told in &cancelled {
            assert!(
                matches!(ended(told), SignInError::Cancelled),
                "{}",
                told.description
            );
        }
        let refused = [
            (
                told(
                    "access_denied",
                    "AADSTS90094: The grant requires admin permission.",
                    "",
                ),
                "AADSTS90094",
            ),
            (
                told("access_denied", "AADSTS50105: not assigned", ""),
                "AADSTS50105",
            ),
            (told("server_error", "", ""), "server_error"),
        ];
        for (told, code) in &refused {
            let SignInError::Declined(refusal) = ended(told) else {
                panic!("{code}");
            };
            assert_eq!(refusal.code, *code);
        }
    }

    #[test]
    fn granted_scopes_are_read_with_and_without_their_resource() {
        let named = vec![
            "https://graph.microsoft.com/User.Read".to_owned(),
            "openid".to_owned(),
        ];
        assert!(granted(Some(named), &[]).contains("User.Read"));
        assert!(granted(None, &WHO).contains("User.Read"));
    }
}
