//! What a client asks of the authorisation endpoint, checked: on a page until its redirect address is trusted, and
//! back to the client from then on (microsoft-facts §1.1).

use url::Url;

use super::authorization_response::fail;
use super::clients::{self, Client};
use super::consent::{check_first_party, parse_resource, parse_scopes};
use super::failure::{Failure, missing};
use super::version::Version;
use super::{discovery, pages};
use crate::organisation::Organisation;
use crate::organisation::sign_ins::request::{Challenge, Platform, Request, RequestedScopes, ResponseMode};
use crate::wire::{Call, Reply};

/// What is wrong with a request: shown as a page while the redirect address is not trusted yet.
pub(super) enum Refusal {
    Page(Failure),
    Redirect(Box<Request>, Failure),
}

impl Refusal {
    /// The page, or the way back to the client.
    pub(super) fn reply(self, organisation: &Organisation, call: &Call) -> Reply {
        match self {
            Self::Page(failure) => pages::error(&failure.description(organisation, call)),
            Self::Redirect(request, failure) => fail(organisation, call, &request, &failure),
        }
    }
}

/// The most that all names and values of a request may hold together, in bytes. It is remembered while its page is
/// open, also for somebody who never comes back.
const LENGTH_AT_MOST: usize = 16 * 1024;

/// The parameters of a request, of the address or of a posted form.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// # Errors
    /// AADSTS90015 for more than anybody needs to say. Code and text are from public reports; where the limit lies,
    /// and that a posted form is told the same, is UNVERIFIED.
    pub(super) fn of(call: &Call) -> Result<Self, Failure> {
        let given: Vec<(String, String)> = call.query.iter().cloned().chain(call.form()).collect();
        let length: usize = given.iter().map(|(name, value)| name.len() + value.len()).sum();
        if length > LENGTH_AT_MOST {
            let text = "Requested query string is too long.";
            return Err(Failure::new("invalid_request", 90015, text));
        }
        Ok(Self(given))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    pub(super) fn require(&self, name: &'static str) -> Result<&str, Failure> {
        self.get(name).ok_or_else(|| missing(name))
    }
}

/// Reads a request to the authorisation endpoint.
pub(super) fn read(
    organisation: &Organisation,
    call: &Call,
    tenant: &str,
    version: Version,
) -> Result<Request, Refusal> {
    discovery::check_tenant(organisation, tenant, "invalid_request").map_err(Refusal::Page)?;
    let given = Parameters::of(call).map_err(Refusal::Page)?;
    let client_id = given.require("client_id").map_err(Refusal::Page)?;
    let client = clients::find(organisation, client_id).map_err(Refusal::Page)?;
    client.check_tenant(tenant).map_err(Refusal::Page)?;
    let asked = given.require("redirect_uri").map_err(Refusal::Page)?;
    let (platform, redirect_uri) = matching_redirect(&client.redirects, asked)
        .ok_or_else(|| Refusal::Page(redirect_mismatch(asked, client_id)))?;
    let mut request = Request {
        client_id: client.app_id.clone(),
        redirect_uri,
        platform,
        response_mode: ResponseMode::Query,
        wants_code: true,
        wants_id_token: false,
        state: given.owned("state"),
        nonce: given.owned("nonce"),
        prompt: given.owned("prompt"),
        login_hint: given.owned("login_hint"),
        challenge: None,
        scopes: RequestedScopes {
            api: crate::organisation::sign_ins::api::Api::Known(&crate::published::permissions::GRAPH),
            values: Vec::new(),
            openid: Vec::new(),
            default: false,
            in_full: false,
        },
    };
    match complete(organisation, &given, &client, version, &mut request) {
        Ok(()) => Ok(request),
        Err(failure) => Err(Refusal::Redirect(Box::new(request), failure)),
    }
}

/// What is checked once the redirect address is trusted, so that every mistake goes back to the client.
fn complete(
    organisation: &Organisation,
    given: &Parameters,
    client: &Client,
    version: Version,
    request: &mut Request,
) -> Result<(), Failure> {
    let types: Vec<&str> = given.require("response_type")?.split_whitespace().collect();
    request.wants_code = types.contains(&"code");
    request.wants_id_token = types.contains(&"id_token");
    let default_mode = if request.wants_id_token {
        ResponseMode::Fragment
    } else {
        ResponseMode::Query
    };
    request.response_mode = match given.get("response_mode") {
        None => default_mode,
        Some("query") => ResponseMode::Query,
        Some("fragment") => ResponseMode::Fragment,
        Some("form_post") => ResponseMode::FormPost,
        Some(other) => {
            request.response_mode = default_mode;
            return Err(Failure::new(
                "invalid_request",
                70007,
                format!("'{other}' is not a supported value of 'response_mode'."),
            ));
        }
    };
    if types.contains(&"token") {
        let text = "response_type 'token' is not enabled for the application.";
        return Err(Failure::new("unsupported_response_type", 700_051, text));
    }
    if types.is_empty() || types.iter().any(|kind| !["code", "id_token"].contains(kind)) {
        let text = "The response_type is not supported; use 'code', 'id_token' or 'code id_token'.";
        return Err(Failure::new("unsupported_response_type", 70005, text));
    }
    if request.wants_id_token {
        if !client.implicit_id_token {
            let text = "response_type 'id_token' is not enabled for the application.";
            return Err(Failure::new("unsupported_response_type", 700_054, text));
        }
        if request.response_mode == ResponseMode::Query {
            request.response_mode = ResponseMode::Fragment;
            let text = "'query' is not a supported value of 'response_mode' when requesting a token.";
            return Err(Failure::new("invalid_request", 70007, text));
        }
        if request.nonce.is_none() {
            return Err(missing("nonce"));
        }
    }
    if let Some(prompt) = request.prompt.as_deref()
        && ![
            "login",
            "none",
            "consent",
            "select_account",
            "admin_consent",
            "create",
        ]
        .contains(&prompt)
    {
        let failure = Failure::new("invalid_request", 90023, "Unsupported 'prompt' value.");
        return Err(failure);
    }
    request.scopes = match (version, given.get("resource"), given.get("scope")) {
        (Version::One, Some(resource), _) => parse_resource(organisation, resource)?,
        (Version::One, None, None) => {
            parse_resource(organisation, crate::published::permissions::GRAPH.audience)?
        }
        (_, _, Some(scope)) => parse_scopes(organisation, scope)?,
        (Version::Two, _, None) => return Err(missing("scope")),
    };
    check_first_party(client, &request.scopes)?;
    request.challenge = challenge(given)?;
    if request.platform == Platform::SinglePage && request.wants_code && request.challenge.is_none() {
        let text = "Proof Key for Code Exchange is required for cross-origin authorization code redemption.";
        return Err(Failure::new("invalid_request", 9_002_325, text));
    }
    Ok(())
}

/// The proof key's challenge; without a method it is the verifier itself (RFC 7636, which Entra follows).
fn challenge(given: &Parameters) -> Result<Option<Challenge>, Failure> {
    let Some(value) = given.get("code_challenge") else {
        return Ok(None);
    };
    if !(43..=128).contains(&value.len()) {
        let text = "The size of Code_Challenge parameter must be between 43 and 128 characters.";
        return Err(Failure::new("invalid_request", 501_491, text));
    }
    match given.get("code_challenge_method") {
        None | Some("plain") => Ok(Some(Challenge::Plain(value.to_owned()))),
        Some("S256") => Ok(Some(Challenge::Sha256(value.to_owned()))),
        Some(_) => {
            let text = "The code_challenge_method is not supported; use S256 or plain.";
            Err(Failure::new("invalid_request", 501_491, text))
        }
    }
}

/// AADSTS50011, which is shown as a page because the address is nobody's.
pub(super) fn redirect_mismatch(asked: &str, client_id: &str) -> Failure {
    Failure::new(
        "invalid_request",
        50011,
        format!(
            "The redirect URI '{asked}' specified in the request does not match the redirect URIs configured for the \
             application '{client_id}'. Make sure the redirect URI sent in the request matches one added to your \
             application in the Azure portal."
        ),
    )
}

/// The asked-for address when it is registered, with its platform. On loopback the port is ignored and the path is
/// not (microsoft-facts §1.1); a pathless address comes back with a slash.
pub(super) fn matching_redirect(
    registered: &[(Platform, String)],
    asked: &str,
) -> Option<(Platform, String)> {
    let url = Url::parse(asked).ok()?;
    if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let loopback = url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    registered
        .iter()
        .filter_map(|(platform, known)| Some((*platform, Url::parse(known).ok()?)))
        .find(|(_, known)| {
            known.scheme() == url.scheme()
                && known.host_str() == url.host_str()
                && known.path() == url.path()
                && known.query() == url.query()
                && (loopback || known.port_or_known_default() == url.port_or_known_default())
        })
        .map(|(platform, _)| (platform, url.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_loopback_the_port_is_ignored_and_the_path_is_not() {
        let registered = vec![
            (Platform::Native, "http://localhost".to_owned()),
            (Platform::Web, "https://app.example/back".to_owned()),
        ];
        for (asked, expected) in [
            ("http://localhost:51234", Some("http://localhost:51234/")),
            ("http://localhost:1/", Some("http://localhost:1/")),
            ("http://localhost:1/other", None),
            ("https://localhost:1/", None),
            ("http://evil.example/", None),
            ("http://localhost@evil.example/", None),
            ("http://127.0.0.1:5/", None),
            ("https://app.example/back", Some("https://app.example/back")),
            ("https://app.example:444/back", None),
            ("not an address", None),
        ] {
            assert_eq!(
                matching_redirect(&registered, asked).map(|(_, uri)| uri),
                expected.map(str::to_owned),
                "{asked}"
            );
        }
    }
}
