//! The device code flow: a device shows a code, a person types it on a page elsewhere (microsoft-facts §1.2).
//!
//! Microsoft documents no `slow_down`, so a device that asks too often is told to wait like any other.

use serde_json::{Value, json};

use super::accounts;
use super::clients;
use super::consent::{
    check_first_party, ensure_allowed, grant, missing_scopes, parse_resource, parse_scopes,
};
use super::failure::{BLOCKED, Failure, missing, server_error};
use super::pages;
use crate::organisation::Organisation;
use crate::organisation::sign_ins::devices::{LIFE_SECONDS, Progress};
use crate::organisation::sign_ins::request::{Flow, RequestedScopes};
use crate::wire::{Call, Reply};

/// How long a device is told to wait between two questions, in seconds.
const INTERVAL_SECONDS: u64 = 5;

/// `POST /{t}/oauth2/v2.0/devicecode`, and the version 1 endpoint with `resource`.
pub(super) fn begin(organisation: &mut Organisation, call: &Call, tenant: &str, version_one: bool) -> Reply {
    match codes(organisation, call, tenant, version_one) {
        Ok(body) => Reply::json(200, &body).with("cache-control", "no-store, no-cache"),
        Err(failure) => failure.reply(organisation, call),
    }
}

fn codes(
    organisation: &mut Organisation,
    call: &Call,
    tenant: &str,
    version_one: bool,
) -> Result<Value, Failure> {
    super::discovery::check_tenant(organisation, tenant, "invalid_request")?;
    let form: Vec<(String, String)> = call
        .form()
        .into_iter()
        .chain(call.query.iter().cloned())
        .collect();
    let field = |name: &'static str| {
        form.iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .ok_or_else(|| missing(name))
    };
    let client = clients::find(organisation, field("client_id")?)?;
    client.check_tenant(tenant)?;
    let scopes = if version_one {
        parse_resource(organisation, field("resource")?)?
    } else {
        parse_scopes(organisation, field("scope")?)?
    };
    check_first_party(&client, &scopes)?;
    let now = organisation.clock.now();
    let (user_code, device_code) = organisation
        .sign_ins
        .devices
        .add(&client.app_id, scopes, now)
        .ok_or_else(server_error)?;
    // The short address of the real one cannot be played, so the long one stands in for it behind the proxy.
    let page = match call.front {
        Some(_) => format!("{}/common/oauth2/deviceauth", call.origin(&organisation.origin)),
        None => format!("{}/devicelogin", call.origin(&organisation.origin)),
    };
    // People read the message, and their browser neither knows the proxy nor trusts the root certificate: they are sent
    // to the page without encryption, and never to the real one.
    let for_people = format!(
        "{}/devicelogin",
        organisation.origin.replacen("https://", "http://", 1)
    );
    let message = format!(
        "To sign in, use a web browser to open the page {for_people} and enter the code {user_code} to authenticate."
    );
    Ok(if version_one {
        json!({
            "user_code": user_code, "device_code": device_code, "verification_url": page,
            "expires_in": LIFE_SECONDS.to_string(), "interval": INTERVAL_SECONDS.to_string(), "message": message,
        })
    } else {
        json!({
            "user_code": user_code, "device_code": device_code, "verification_uri": page,
            "expires_in": LIFE_SECONDS, "interval": INTERVAL_SECONDS, "message": message,
        })
    })
}

/// What a device gets that asks with its code: the scopes and the person, once only.
///
/// # Errors
/// While the person has not decided (70016), declined, typed nothing in time (70019), or for a code that is not one
/// (70018). The number for a declined sign-in is UNVERIFIED.
pub(super) fn redeem(
    organisation: &mut Organisation,
    client_id: &str,
    device_code: &str,
) -> Result<(RequestedScopes, String), Failure> {
    let now = organisation.clock.now();
    let unusable = || {
        Failure::new(
            "bad_verification_code",
            70018,
            "Invalid verification code. The device code is not known or was used already.",
        )
    };
    let device = organisation
        .sign_ins
        .devices
        .devices
        .get_mut(device_code)
        .filter(|device| device.client_id == client_id)
        .ok_or_else(unusable)?;
    match &device.progress {
        Progress::Declined => Err(Failure::new(
            "authorization_declined",
            65004,
            "User declined to consent to access the app.",
        )),
        Progress::Redeemed => Err(unusable()),
        _ if device.expired(now) => Err(Failure::new(
            "expired_token",
            70019,
            "Verification code expired. The user took too long to sign in; begin again.",
        )),
        Progress::Pending => Err(Failure::new(
            "authorization_pending",
            70016,
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        )),
        Progress::Approved { person_id } => {
            let person_id = person_id.clone();
            device.progress = Progress::Redeemed;
            Ok((device.scopes.clone(), person_id))
        }
    }
}

/// The page on which a person types the code.
pub(super) fn page(call: &Call) -> Reply {
    pages::device_code(
        call.query("otc").or(call.query("user_code")).unwrap_or_default(),
        None,
    )
}

/// `POST /common/practice/device`: the typed code.
pub(super) fn enter(organisation: &mut Organisation, call: &Call) -> Reply {
    let form = call.form();
    let typed = form
        .iter()
        .find(|(key, _)| key == "code")
        .map_or("", |(_, value)| value.as_str());
    let now = organisation.clock.now();
    let Some(device_code) = organisation.sign_ins.devices.waiting(typed, now) else {
        return pages::device_code(
            typed,
            Some("This code is not known or has run out. Check what the device shows."),
        );
    };
    let tenant = organisation.objects.tenant_id.clone();
    match organisation.sign_ins.remember(Flow::Device(device_code), now) {
        Some(flow) => pages::sign_in(&tenant, &flow, None, None, None),
        None => Reply::empty(500),
    }
}

/// After the person said who they are: what the device wants, and whether to let it.
pub(super) fn confirm(organisation: &mut Organisation, device_code: &str, person_id: &str) -> Reply {
    let tenant = organisation.objects.tenant_id.clone();
    let now = organisation.clock.now();
    let Some(device) = organisation.sign_ins.devices.get(device_code) else {
        return pages::error("This page is too old. Start again on the device.");
    };
    let (client_id, scopes) = (device.client_id.clone(), device.scopes.clone());
    let (Ok(client), Some(account)) = (
        clients::find(organisation, &client_id),
        accounts::by_id(organisation, person_id),
    ) else {
        return pages::error("The application or the account is gone.");
    };
    let wanted = missing_scopes(organisation, &client, person_id, &scopes);
    let Some(flow) = organisation
        .sign_ins
        .remember(Flow::Device(device_code.to_owned()), now)
    else {
        return Reply::empty(500);
    };
    if let Some((title, text, code)) = obstacle(organisation, person_id, &client.display_name, &wanted) {
        return pages::refused(&tenant, &flow, title, &text, code, None);
    }
    pages::consent(
        &tenant,
        &flow,
        &pages::Asked {
            client: &client.display_name,
            account: Some(&account.display_name),
            api: scopes.api.display_name(),
            wanted: &wanted,
            for_everybody: organisation.has_any_role(person_id, &crate::people::roles::CONSENT_ROLES)
                && !wanted.is_empty(),
            on_device: true,
            target: None,
            roles: &[],
        },
    )
}

/// What stands in the way of a sign-in on a device: title, text and code of the page.
fn obstacle(
    organisation: &Organisation,
    person_id: &str,
    client: &str,
    wanted: &[crate::organisation::sign_ins::api::Wanted],
) -> Option<(&'static str, String, u64)> {
    if organisation.scenario.sign_in_refused || organisation.scenario.device_code_blocked {
        return Some(("You cannot access this right now", BLOCKED.to_owned(), 53003));
    }
    ensure_allowed(organisation, person_id, client, wanted)
        .err()
        .map(|(text, code)| ("Need admin approval", text, code))
}

/// Ends the sign-in on a device as the person decided.
pub(super) fn decide(
    organisation: &mut Organisation,
    device_code: &str,
    person_id: &str,
    accept: bool,
    everybody: bool,
) -> Result<(), String> {
    let gone = || "the code is not known".to_owned();
    let device = organisation.sign_ins.devices.get(device_code).ok_or_else(gone)?;
    let (client_id, scopes) = (device.client_id.clone(), device.scopes.clone());
    let client = clients::find(organisation, &client_id).map_err(|_| gone())?;
    let wanted = missing_scopes(organisation, &client, person_id, &scopes);
    let account = accounts::by_id(organisation, person_id).ok_or_else(gone)?;
    client
        .check_assignment(organisation, &account)
        .map_err(|failure| failure.brief())?;
    let stopped = obstacle(organisation, person_id, &client.display_name, &wanted);
    let declines = !accept || (organisation.scenario.consent_declined && !wanted.is_empty());
    let progress = if !declines && stopped.is_none() {
        let principal = clients::ensure_principal(organisation, &client);
        let for_all = everybody && organisation.has_any_role(person_id, &crate::people::roles::CONSENT_ROLES);
        let for_whom = (!for_all).then_some(person_id);
        grant(organisation, &principal, &scopes.api, for_whom, &wanted);
        Progress::Approved {
            person_id: person_id.to_owned(),
        }
    } else {
        Progress::Declined
    };
    if let Some(device) = organisation.sign_ins.devices.devices.get_mut(device_code)
        && device.progress == Progress::Pending
    {
        device.progress = progress;
    }
    match stopped {
        Some((_, text, code)) => Err(format!("AADSTS{code}: {text}")),
        None => Ok(()),
    }
}

/// Plays a person who types a user code and decides, for tests without a browser.
///
/// # Errors
/// In words, when the code or the account is unknown, or the sign-in is not allowed.
pub(crate) fn answer_device_code(
    organisation: &mut Organisation,
    user_code: &str,
    address: &str,
    accept: bool,
) -> Result<(), String> {
    let now = organisation.clock.now();
    let device_code = organisation
        .sign_ins
        .devices
        .waiting(user_code, now)
        .ok_or("no device waits with this code")?;
    let account = accounts::who_signs_in(organisation, address).map_err(|failure| failure.brief())?;
    decide(organisation, &device_code, &account.id, accept, false)
}
