//! The authorisation endpoint: checks what a client asks, lets a person choose and consent, hands out a code
//! (microsoft-facts §1.1).

use url::Url;

use super::accounts::{self, Account};
use super::authorization_request::{matching_redirect, read};
use super::authorization_response::{deliver, fail};
use super::clients::{self, Client};
use super::consent::{all_scopes, ensure_allowed, grant, may_consent, missing_scopes};
use super::failure::{BLOCKED, Failure, blocked_by_policy, server_error};
use super::version::Version;
use super::{admin_consent, claims, device, pages};
use crate::organisation::Organisation;
use crate::organisation::sign_ins::api::Wanted;
use crate::organisation::sign_ins::request::{Flow, Request};
use crate::people::roles::CONSENT_ROLES;
use crate::wire::{Call, Reply};

const COOKIE: &str = "practice_session";
/// The cookie is not `Secure`: a person's browser has the pages without encryption, on loopback, and some browsers keep
/// such a cookie from `http://localhost`.
const COOKIE_RULES: &str = "Path=/; HttpOnly; SameSite=Lax";

/// `GET` or `POST /{t}/oauth2/v2.0/authorize`, and the version 1 endpoint with `resource`.
pub(super) fn start(organisation: &mut Organisation, call: &Call, tenant: &str, version: Version) -> Reply {
    let request = match read(organisation, call, tenant, version) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(organisation, call),
    };
    let prompt = request.prompt.clone().unwrap_or_default();
    let remembered = signed_in(organisation, call);
    // Without a matching hint the person chooses: in practice one browser plays several people. A silent request
    // without a hint means whoever is signed in.
    let hint = request.login_hint.clone();
    let matching = remembered.filter(|account| match hint.as_deref() {
        Some(hint) => hint.eq_ignore_ascii_case(&account.address),
        None => prompt == "none",
    });
    match (matching, prompt.as_str()) {
        (Some(account), "" | "none" | "consent") => proceed(organisation, call, request, &account),
        (None, "none") => {
            let failure = Failure::new(
                "login_required",
                50058,
                "A silent sign-in request was sent but no user is signed in.",
            );
            fail(organisation, call, &request, &failure)
        }
        _ => {
            let target = request.redirect_uri.clone();
            let now = organisation.clock.now();
            match organisation
                .sign_ins
                .remember(Flow::Authorize(Box::new(request)), now)
            {
                Some(flow) => pages::sign_in(
                    &organisation.objects.tenant_id,
                    &flow,
                    hint.as_deref(),
                    None,
                    Some(&target),
                ),
                None => Reply::empty(500),
            }
        }
    }
}

/// Who is signed in with the browser's cookie.
pub(super) fn signed_in(organisation: &Organisation, call: &Call) -> Option<Account> {
    let now = organisation.clock.now();
    let id = organisation.sign_ins.session(call.cookie(COOKIE)?, now)?;
    accounts::still_usable(organisation, id).ok()
}

/// `POST /{t}/practice/sign-in`: the choice on the sign-in page.
pub(super) fn choose_person(organisation: &mut Organisation, call: &Call) -> Reply {
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let Some(flow) = field("flow").and_then(|flow| organisation.sign_ins.take(flow)) else {
        return pages::error("This page is too old. Go back to the application and sign in again.");
    };
    let address = field("account").unwrap_or_default();
    let now = organisation.clock.now();
    let account = match accounts::who_signs_in(organisation, address) {
        Ok(account) => account,
        Err(failure) => {
            let target = match &flow {
                Flow::Authorize(request) => Some(request.redirect_uri.clone()),
                Flow::AdminConsent(asked) => asked.redirect_uri.clone(),
                Flow::Device(_) => None,
            };
            let tenant = organisation.objects.tenant_id.clone();
            return match organisation.sign_ins.remember(flow, now) {
                Some(flow) => pages::sign_in(
                    &tenant,
                    &flow,
                    Some(address),
                    Some(&failure.brief()),
                    target.as_deref(),
                ),
                None => Reply::empty(500),
            };
        }
    };
    if field("activate") == Some("on") {
        organisation.sign_ins.activate_roles(&account.id, true);
    }
    let reply = match flow {
        Flow::Authorize(request) => proceed(organisation, call, *request, &account),
        Flow::AdminConsent(asked) => admin_consent::confirm(organisation, *asked, &account),
        Flow::Device(code) => device::confirm(organisation, &code, &account.id),
    };
    match organisation.sign_ins.begin_session(&account.id, now) {
        Some(cookie) => reply.with("set-cookie", &format!("{COOKIE}={cookie}; {COOKIE_RULES}")),
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
    let account = signed_in(organisation, call);
    let flow = field("flow").and_then(|flow| organisation.sign_ins.take(flow));
    let (Some(account), Some(flow)) = (account, flow) else {
        return pages::error("This page is too old. Go back to the application and sign in again.");
    };
    let everybody = field("organisation") == Some("on");
    let decision = field("decision").unwrap_or("cancel");
    match flow {
        Flow::Authorize(request) => finish(organisation, call, &request, &account, decision, everybody),
        Flow::AdminConsent(asked) => {
            admin_consent::finish(organisation, call, &asked, &account, decision == "accept")
        }
        Flow::Device(code) => {
            let accepted = decision == "accept";
            let outcome = device::decide(organisation, &code, &account.id, accepted, everybody);
            pages::device_done(accepted && outcome.is_ok())
        }
    }
}

/// `GET /{t}/oauth2/v2.0/logout`: ends the session; goes on to `post_logout_redirect_uri` only where some application
/// of the organisation registered that address.
pub(super) fn sign_out(organisation: &mut Organisation, call: &Call) -> Reply {
    if let Some(cookie) = call.cookie(COOKIE) {
        organisation.sign_ins.end_session(cookie);
    }
    let target = call.query("post_logout_redirect_uri").and_then(|asked| {
        let known = organisation
            .objects
            .applications
            .iter()
            .filter_map(|application| clients::find(organisation, &application.app_id).ok());
        known
            .into_iter()
            .find_map(|client| matching_redirect(&client.redirects, asked))
    });
    let reply = match target {
        Some((_, uri)) => {
            let mut url = uri;
            if let (Some(state), Ok(mut parsed)) = (call.query("state"), Url::parse(&url)) {
                parsed.query_pairs_mut().append_pair("state", state);
                url = parsed.to_string();
            }
            Reply::redirect(&url)
        }
        None => pages::signed_out(),
    };
    reply.with("set-cookie", &format!("{COOKIE}=; Max-Age=0; {COOKIE_RULES}"))
}

/// Plays a person without a browser: signs in as `account` and accepts or cancels. The answer is what the
/// browser would get last, normally a redirect to the client.
pub(crate) fn answer_as_person(
    organisation: &mut Organisation,
    call: &Call,
    account: &str,
    accept: bool,
) -> Reply {
    let segments: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    let tenant = segments.first().copied().unwrap_or_default().to_owned();
    let account = match accounts::who_signs_in(organisation, account) {
        Ok(account) => account,
        Err(failure) => return pages::error(&failure.description(organisation, call)),
    };
    if segments.last() == Some(&"adminconsent") {
        return admin_consent::answer_as_person(organisation, call, &tenant, &account, accept);
    }
    let version = if segments.contains(&"v2.0") {
        Version::Two
    } else {
        Version::One
    };
    let request = match read(organisation, call, &tenant, version) {
        Ok(request) => request,
        Err(refusal) => return refusal.reply(organisation, call),
    };
    let decision = if accept { "accept" } else { "cancel" };
    finish(organisation, call, &request, &account, decision, false)
}

/// Activates or deactivates what the person with this address is eligible for; `None` for an unknown address.
pub(crate) fn activate_roles_of(organisation: &mut Organisation, address: &str, active: bool) -> Option<()> {
    let account = accounts::by_address(organisation, address)?;
    organisation.sign_ins.activate_roles(&account.id, active);
    Some(())
}

/// Goes on after the person is known: refuses, asks for consent, or hands out the code.
fn proceed(organisation: &mut Organisation, call: &Call, request: Request, account: &Account) -> Reply {
    let tenant = organisation.objects.tenant_id.clone();
    let silent = request.prompt.as_deref() == Some("none");
    let client = match clients::find(organisation, &request.client_id).and_then(|client| {
        if client.account_enabled {
            Ok(client)
        } else {
            client.principal_id().map(|_| client.clone())
        }
    }) {
        Ok(client) => client,
        Err(failure) => return pages::error(&failure.description(organisation, call)),
    };
    let now = organisation.clock.now();
    let target = request.redirect_uri.clone();
    let wanted = if request.prompt.as_deref() == Some("consent") {
        all_scopes(organisation, &client, &request.scopes)
    } else {
        missing_scopes(organisation, &client, &account.id, &request.scopes)
    };
    if organisation.scenario.sign_in_refused {
        if silent {
            let failure = blocked_by_policy().with_error("interaction_required");
            return fail(organisation, call, &request, &failure);
        }
        let Some(flow) = organisation
            .sign_ins
            .remember(Flow::Authorize(Box::new(request)), now)
        else {
            return Reply::empty(500);
        };
        let title = "You cannot access this right now";
        return pages::refused(&tenant, &flow, title, BLOCKED, 53003, Some(&target));
    }
    if wanted.is_empty() || client.check_assignment(organisation, account).is_err() {
        return finish(organisation, call, &request, account, "accept", false);
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
    let api = request.scopes.api.display_name().to_owned();
    let allowed = ensure_allowed(organisation, &account.id, &client.display_name, &wanted);
    let Some(flow) = organisation
        .sign_ins
        .remember(Flow::Authorize(Box::new(request)), now)
    else {
        return Reply::empty(500);
    };
    match allowed {
        Ok(()) => pages::consent(
            &tenant,
            &flow,
            &pages::Asked {
                client: &client.display_name,
                account: Some(&account.display_name),
                api: &api,
                wanted: &wanted,
                roles: &[],
                for_everybody: organisation.has_any_role(&account.id, &CONSENT_ROLES),
                on_device: false,
                target: Some(&target),
            },
        ),
        Err((text, code)) => {
            pages::refused(&tenant, &flow, "Need admin approval", &text, code, Some(&target))
        }
    }
}

/// Ends a sign-in: with a code, or with the error that the person's decision means.
fn finish(
    organisation: &mut Organisation,
    call: &Call,
    request: &Request,
    account: &Account,
    decision: &str,
    everybody: bool,
) -> Reply {
    let client = match clients::find(organisation, &request.client_id) {
        Ok(client) => client,
        Err(failure) => return pages::error(&failure.description(organisation, call)),
    };
    let wanted = missing_scopes(organisation, &client, &account.id, &request.scopes);
    let assigned = client.check_assignment(organisation, account);
    if let Some(failure) = assigned
        .err()
        .or_else(|| reason_to_stop(organisation, account, &wanted, decision))
    {
        return fail(organisation, call, request, &failure);
    }
    let principal = clients::ensure_principal(organisation, &client);
    if !wanted.is_empty() {
        let for_all = everybody && organisation.has_any_role(&account.id, &CONSENT_ROLES);
        let for_whom = (!for_all).then_some(account.id.as_str());
        grant(organisation, &principal, &request.scopes.api, for_whom, &wanted);
    }
    match success(organisation, call, request, &client, account) {
        Some(fields) => deliver(request, &fields),
        None => fail(organisation, call, request, &server_error()),
    }
}

fn reason_to_stop(
    organisation: &Organisation,
    account: &Account,
    wanted: &[Wanted],
    decision: &str,
) -> Option<Failure> {
    if organisation.scenario.sign_in_refused {
        return Some(blocked_by_policy());
    }
    if !wanted.is_empty()
        && let Err(needs) = may_consent(organisation, &account.id, wanted)
    {
        let text = "The grant requires admin permission.";
        return Some(Failure::new("access_denied", needs.code(), text));
    }
    let declined = "User declined to consent to access the app.";
    let declines = decision != "accept" || (organisation.scenario.consent_declined && !wanted.is_empty());
    declines.then(|| Failure::new("access_denied", 65004, declined))
}

/// What a client gets that was let in: a code, an id token, or both.
fn success(
    organisation: &mut Organisation,
    call: &Call,
    request: &Request,
    client: &Client,
    account: &Account,
) -> Option<Vec<(String, String)>> {
    let now = organisation.clock.now();
    let mut fields = Vec::new();
    let mut code = None;
    if request.wants_code {
        let issued = organisation
            .sign_ins
            .issue_code(request.clone(), &account.id, now)?;
        fields.push(("code".to_owned(), issued.clone()));
        code = Some(issued);
    }
    if request.wants_id_token {
        let token = claims::id_token(
            organisation,
            client,
            account,
            &request.scopes.openid,
            request.nonce.as_deref(),
            code.as_deref(),
        )?;
        fields.push(("id_token".to_owned(), token));
    }
    fields.extend(request.state.clone().map(|state| ("state".to_owned(), state)));
    fields.push(("session_state".to_owned(), call.request_id.to_string()));
    Some(fields)
}
