//! The authorisation endpoint: checks what a client asks, lets a person choose and consent, hands out a code
//! (microsoft-facts §1.1).

use url::Url;

use super::consent::{grant, may_consent, missing_scopes, parse_scopes};
use super::discovery::COMMON;
use super::failure::{Failure, unknown_application, unknown_tenant};
use super::pages;
use super::sign_ins::{Request, ResponseMode};
use crate::directory::{Entry, IdKind};
use crate::organisation::{Organisation, PUBLIC_CLIENT_ID};
use crate::people::{CONSENT_ROLES, Person};
use crate::wire::{Call, Reply};

const COOKIE: &str = "practice_session";

/// `GET /{t}/oauth2/v2.0/authorize`.
pub(super) fn start(organisation: &mut Organisation, call: &Call, tenant: &str) -> Reply {
    let request = match read(organisation, call, tenant) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(organisation, call),
    };
    let prompt = request.prompt.clone().unwrap_or_default();
    let session = call
        .cookie(COOKIE)
        .and_then(|cookie| organisation.sign_ins.session(cookie))
        .map(str::to_owned);
    let remembered = session.and_then(|id| organisation.person_by_id(&id).map(|person| (id, person)));
    // Without a matching hint the person chooses: in practice one browser plays several people.
    let matching = remembered.filter(|(_, person)| {
        request
            .login_hint
            .as_deref()
            .is_some_and(|hint| hint.eq_ignore_ascii_case(&pages::sign_in_name(person)))
    });
    match (matching, prompt.as_str()) {
        (Some((id, person)), "" | "none" | "consent") => proceed(organisation, call, request, &id, person),
        (None, "none") => {
            let failure = Failure::new(
                "login_required",
                50058,
                "A silent sign-in request was sent but no user is signed in.",
            );
            fail(organisation, call, &request, &failure)
        }
        _ => {
            let hint = request.login_hint.clone();
            match organisation.sign_ins.remember(request) {
                Some(flow) => pages::sign_in(&organisation.objects.tenant_id, &flow, hint.as_deref()),
                None => Reply::empty(500),
            }
        }
    }
}

/// `POST /{t}/practice/sign-in`: the choice on the sign-in page.
pub(super) fn choose_person(organisation: &mut Organisation, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let found = person_of(organisation, field("account").unwrap_or_default());
    let request = field("flow").and_then(|flow| organisation.sign_ins.take_request(flow));
    let (Some((id, person)), Some(request)) = (found, request) else {
        return pages::error("This page is too old. Go back to the application and sign in again.");
    };
    let reply = proceed(organisation, call, request, &id, person);
    match organisation.sign_ins.begin_session(&id) {
        Some(cookie) => reply.with(
            "set-cookie",
            &format!("{COOKIE}={cookie}; Path=/; HttpOnly; Secure; SameSite=Lax"),
        ),
        None => reply,
    }
}

/// `POST /{t}/practice/consent`: the choice on the consent page, or the way back from a refusal.
pub(super) fn decide(organisation: &mut Organisation, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let session = call
        .cookie(COOKIE)
        .and_then(|cookie| organisation.sign_ins.session(cookie))
        .map(str::to_owned);
    let person = session.filter(|id| organisation.person_by_id(id).is_some());
    let request = field("flow").and_then(|flow| organisation.sign_ins.take_request(flow));
    let (Some(id), Some(request)) = (person, request) else {
        return pages::error("This page is too old. Go back to the application and sign in again.");
    };
    let everybody = field("organisation") == Some("on");
    finish(
        organisation,
        call,
        &request,
        &id,
        field("decision").unwrap_or("cancel"),
        everybody,
    )
}

/// `GET /{t}/oauth2/v2.0/logout`.
pub(super) fn sign_out(organisation: &mut Organisation, call: &Call) -> Reply {
    if let Some(cookie) = call.cookie(COOKIE) {
        organisation.sign_ins.end_session(cookie);
    }
    pages::signed_out().with(
        "set-cookie",
        &format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"),
    )
}

/// Plays a person without a browser: signs in as `account` and accepts or cancels. The answer is what the
/// browser would get last, normally a redirect to the client.
pub(crate) fn answer_as_person(
    organisation: &mut Organisation,
    call: &Call,
    account: &str,
    accept: bool,
) -> Reply {
    let tenant = call
        .path
        .trim_matches('/')
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let request = match read(organisation, call, &tenant) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(organisation, call),
    };
    let Some((id, _)) = person_of(organisation, account) else {
        return Reply::empty(404);
    };
    let decision = if accept { "accept" } else { "cancel" };
    finish(organisation, call, &request, &id, decision, false)
}

fn person_of(organisation: &Organisation, account: &str) -> Option<(String, &'static Person)> {
    let position = organisation.directory.by_address(account)?;
    let person = organisation.directory.entry(position).and_then(Entry::person)?;
    Some((organisation.directory.id(IdKind::Directory, position), person))
}

/// What is wrong with a request: shown as a page while the redirect address is not trusted yet.
enum Refusal {
    Page(Failure),
    Redirect(Box<Request>, Failure),
}

impl Refusal {
    fn reply(self, organisation: &Organisation, call: &Call) -> Reply {
        match self {
            Self::Page(failure) => pages::error(&failure.description(organisation, call)),
            Self::Redirect(request, failure) => fail(organisation, call, &request, &failure),
        }
    }
}

fn read(organisation: &Organisation, call: &Call, tenant: &str) -> Result<Request, Refusal> {
    if !COMMON.contains(&tenant.to_lowercase().as_str()) && !organisation.is_tenant(tenant) {
        return Err(Refusal::Page(unknown_tenant(tenant, "invalid_request")));
    }
    let required = |name: &'static str| {
        call.query(name)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| Refusal::Page(super::failure::missing(name)))
    };
    let client_id = required("client_id")?;
    let registered =
        redirects_of(organisation, client_id).ok_or_else(|| Refusal::Page(unknown_application(client_id)))?;
    let asked = required("redirect_uri")?;
    let redirect_uri = matching_redirect(&registered, asked).ok_or_else(|| {
        Refusal::Page(Failure::new(
            "invalid_request",
            50011,
            format!(
                "The redirect URI '{asked}' specified in the request does not match the redirect URIs configured for the \
                 application '{client_id}'. Make sure the redirect URI sent in the request matches one added to your \
                 application in the Azure portal."
            ),
        ))
    })?;
    let response_mode = match call.query("response_mode") {
        Some("fragment") => ResponseMode::Fragment,
        Some("form_post") => ResponseMode::FormPost,
        _ => ResponseMode::Query,
    };
    let scopes = parse_scopes(organisation, call.query("scope").unwrap_or_default());
    let mut request = Request {
        client_id: client_id.to_lowercase(),
        redirect_uri,
        response_mode,
        state: call.query("state").map(str::to_owned),
        nonce: call.query("nonce").map(str::to_owned),
        prompt: call.query("prompt").map(str::to_owned),
        login_hint: call.query("login_hint").map(str::to_owned),
        code_challenge: call.query("code_challenge").map(str::to_owned),
        scopes: super::sign_ins::RequestedScopes {
            resource: &crate::permissions::GRAPH,
            values: Vec::new(),
            openid: Vec::new(),
            default: false,
        },
        asked_at: organisation.clock.now(),
    };
    let redirect = |request: &Request, failure| Err(Refusal::Redirect(Box::new(request.clone()), failure));
    match scopes {
        Ok(scopes) => request.scopes = scopes,
        Err(failure) => return redirect(&request, failure),
    }
    if call.query("response_type") != Some("code") {
        let text = "The response_type is not supported; this organisation plays 'code'.";
        return redirect(&request, Failure::new("unsupported_response_type", 700_054, text));
    }
    // A public client without a proof key could have its code stolen; "plain" proves nothing either, but Entra
    // accepts it, so only S256 is required where a challenge is sent at all.
    let method = call.query("code_challenge_method").unwrap_or("plain");
    if request.code_challenge.is_some() && method != "S256" {
        let text = "The code_challenge_method is not supported; use S256.";
        return redirect(&request, Failure::new("invalid_request", 501_491, text));
    }
    Ok(request)
}

/// The redirect addresses that a client registered, or `None` when nobody knows the client.
fn redirects_of(organisation: &Organisation, client_id: &str) -> Option<Vec<String>> {
    if client_id.eq_ignore_ascii_case(PUBLIC_CLIENT_ID) {
        return Some(vec!["http://localhost".into(), "http://127.0.0.1".into()]);
    }
    let application = organisation.objects.application_by_app_id(client_id)?;
    let mut all = Vec::new();
    for platform in ["publicClient", "web", "spa"] {
        let uris = application
            .writable
            .get(platform)
            .and_then(|platform| platform.get("redirectUris"));
        all.extend(
            uris.and_then(|uris| uris.as_array())
                .into_iter()
                .flatten()
                .filter_map(|uri| uri.as_str().map(str::to_owned)),
        );
    }
    Some(all)
}

/// The asked-for address when it is registered. On loopback the port is ignored and the path is not
/// (microsoft-facts §1.1); a pathless address comes back with a slash.
fn matching_redirect(registered: &[String], asked: &str) -> Option<String> {
    let url = Url::parse(asked).ok()?;
    if url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let loopback = url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    registered
        .iter()
        .filter_map(|known| Url::parse(known).ok())
        .any(|known| {
            known.scheme() == url.scheme()
                && known.host_str() == url.host_str()
                && known.path() == url.path()
                && (loopback || known.port_or_known_default() == url.port_or_known_default())
        })
        .then(|| url.to_string())
}

/// Goes on after the person is known: refuses, asks for consent, or hands out the code.
fn proceed(
    organisation: &mut Organisation,
    call: &Call,
    request: Request,
    id: &str,
    person: &'static Person,
) -> Reply {
    let tenant = organisation.objects.tenant_id.clone();
    let silent = request.prompt.as_deref() == Some("none");
    let Some(client) = organisation
        .objects
        .service_principal_by_app_id(&request.client_id)
        .cloned()
    else {
        return pages::error(&unknown_application(&request.client_id).description(organisation, call));
    };
    let mut missing = missing_scopes(organisation, &client, id, &request.scopes);
    if request.prompt.as_deref() == Some("consent") {
        missing = request
            .scopes
            .values
            .iter()
            .filter_map(|value| request.scopes.resource.scope_by_value(value))
            .collect();
    }
    if organisation.scenario.sign_in_refused {
        let Some(flow) = organisation.sign_ins.remember(request) else {
            return Reply::empty(500);
        };
        let text = "Your sign-in was successful but does not meet the criteria to access this resource. For example, \
                    you might be signing in from a browser, app, or location that is restricted by your admin.";
        return pages::refused(&tenant, &flow, "You cannot access this right now", text, 53003);
    }
    if missing.is_empty() {
        return finish(organisation, call, &request, id, "accept", false);
    }
    if silent {
        let failure = Failure::new(
            "interaction_required",
            65001,
            format!(
                "The user or administrator has not consented to use the application with ID '{}'.",
                request.client_id
            ),
        );
        return fail(organisation, call, &request, &failure);
    }
    let scopes = request.scopes.clone();
    let allowed = may_consent(organisation, id, &missing);
    let Some(flow) = organisation.sign_ins.remember(request) else {
        return Reply::empty(500);
    };
    if allowed {
        let for_everybody = organisation.has_any_role(id, &CONSENT_ROLES);
        pages::consent(
            &tenant,
            &flow,
            &client.display_name,
            person,
            &scopes,
            &missing,
            for_everybody,
        )
    } else {
        let text = format!(
            "{} needs permission to access resources in your organization that only an admin can grant. Please ask an \
             admin to grant permission to this app before you can use it.",
            client.display_name
        );
        pages::refused(&tenant, &flow, "Need admin approval", &text, 90094)
    }
}

/// Ends a sign-in: with a code, or with the error that the person's decision means.
fn finish(
    organisation: &mut Organisation,
    call: &Call,
    request: &Request,
    id: &str,
    decision: &str,
    everybody: bool,
) -> Reply {
    let Some(client) = organisation
        .objects
        .service_principal_by_app_id(&request.client_id)
        .cloned()
    else {
        return pages::error(&unknown_application(&request.client_id).description(organisation, call));
    };
    let missing = missing_scopes(organisation, &client, id, &request.scopes);
    let failure = if organisation.scenario.sign_in_refused {
        Some((
            53003,
            "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        ))
    } else if !missing.is_empty() && !may_consent(organisation, id, &missing) {
        Some((90094, "The grant requires admin permission."))
    } else if decision != "accept" || (organisation.scenario.consent_declined && !missing.is_empty()) {
        Some((65004, "User declined to consent to access the app."))
    } else {
        None
    };
    if let Some((code, text)) = failure {
        return fail(
            organisation,
            call,
            request,
            &Failure::new("access_denied", code, text),
        );
    }
    if !missing.is_empty() {
        let for_whom = (!(everybody && organisation.has_any_role(id, &CONSENT_ROLES))).then_some(id);
        grant(
            organisation,
            &client.id,
            request.scopes.resource,
            for_whom,
            &missing,
        );
    }
    let now = organisation.clock.now();
    match organisation.sign_ins.issue_code(request.clone(), id, now) {
        Some(code) => {
            let mut fields = vec![("code".to_owned(), code)];
            fields.extend(request.state.clone().map(|state| ("state".to_owned(), state)));
            fields.push(("session_state".to_owned(), call.request_id.to_string()));
            deliver(request, &fields)
        }
        None => Reply::empty(500),
    }
}

fn fail(organisation: &Organisation, call: &Call, request: &Request, failure: &Failure) -> Reply {
    let mut fields = vec![
        ("error".to_owned(), failure.error().to_owned()),
        (
            "error_description".to_owned(),
            failure.description(organisation, call),
        ),
        (
            "error_uri".to_owned(),
            format!("https://login.microsoftonline.com/error?code={}", failure.code()),
        ),
    ];
    fields.extend(request.state.clone().map(|state| ("state".to_owned(), state)));
    deliver(request, &fields)
}

fn deliver(request: &Request, fields: &[(String, String)]) -> Reply {
    if request.response_mode == ResponseMode::FormPost {
        return pages::form_post(&request.redirect_uri, fields);
    }
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return Reply::empty(500);
    };
    let encoded = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    if request.response_mode == ResponseMode::Fragment {
        url.set_fragment(Some(&encoded));
    } else {
        url.query_pairs_mut().extend_pairs(fields);
    }
    Reply::redirect(url.as_str()).with("cache-control", "no-store")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_loopback_the_port_is_ignored_and_the_path_is_not() {
        let registered = vec![
            "http://localhost".to_owned(),
            "https://app.example/back".to_owned(),
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
                matching_redirect(&registered, asked).as_deref(),
                expected,
                "{asked}"
            );
        }
    }
}
