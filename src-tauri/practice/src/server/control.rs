//! `/_practice/*`: what tests and people use to steer the organisation. Every request needs the control token
//! of this start, so that nothing else on the machine can.

use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::entra::{activate_roles_of, answer_as_person, answer_device_code};
use crate::running::RunningOrganisation;
use crate::scenario::Scenario;
use crate::scenario::setting::Setting;
use crate::scenario::trouble::{AT_MOST, Trouble};
use crate::wire::{Call, Reply};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Authorize {
    /// The address that the client would open in a browser.
    url: String,
    /// The sign-in name of the person to play.
    account: String,
    /// Whether the person accepts what is asked.
    #[serde(default = "yes")]
    accept: bool,
}

/// The switches one by one, or the name of a shipped setting, which brings its troubles too.
#[derive(Deserialize)]
#[serde(untagged)]
enum Switches {
    Named(Named),
    Given(Value),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    named: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Device {
    /// What the device shows.
    user_code: String,
    /// The sign-in name of the person to play.
    account: String,
    /// Whether the person lets the device in.
    #[serde(default = "yes")]
    accept: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    /// The sign-in name of a person who is eligible for roles.
    account: String,
    /// Whether they are to be active.
    #[serde(default = "yes")]
    active: bool,
}

fn yes() -> bool {
    true
}

/// Answers a control request.
pub(crate) fn answer(running: &RunningOrganisation, call: &Call) -> Reply {
    let given = call.bearer().or_else(|| call.header("x-practice-control"));
    if given != Some(running.control_token()) {
        return problem(401, "the control token of this start is missing or wrong");
    }
    match (&call.method, call.path.as_str()) {
        (&Method::GET, "/_practice/log") => Reply::json(200, &json!(running.request_counts())),
        (&Method::GET, "/_practice/state") => match serde_json::to_value(running.snapshot()) {
            Ok(snapshot) => Reply::json(200, &snapshot),
            Err(error) => problem(500, &error.to_string()),
        },
        (&Method::POST, "/_practice/advance") => with::<Advance>(call, |advance| {
            if running.advance(std::time::Duration::from_secs(advance.seconds)) {
                Reply::json(200, &json!({"now": running.time()}))
            } else {
                problem(409, "the clock is quick; only an explicit clock can be advanced")
            }
        }),
        (&Method::GET, "/_practice/trouble") => Reply::json(200, &json!(running.troubles())),
        (&Method::POST, "/_practice/trouble") => with::<Vec<Trouble>>(call, |troubles| {
            match troubles.iter().try_for_each(Trouble::check) {
                Err(reason) => problem(400, &reason),
                Ok(()) if troubles.len() > AT_MOST => problem(400, "there are too many troubles"),
                Ok(()) => {
                    running.set_trouble(troubles);
                    Reply::empty(204)
                }
            }
        }),
        (&Method::GET, "/_practice/scenario") => Reply::json(200, &json!(running.scenario())),
        (&Method::POST, "/_practice/scenario") => with::<Switches>(call, |switches| match switches {
            Switches::Named(Named { named }) => match Setting::named(&named) {
                Ok(setting) => {
                    running.set_scenario(setting.scenario);
                    running.set_trouble(setting.trouble);
                    Reply::empty(204)
                }
                Err(error) => problem(400, &error.to_string()),
            },
            Switches::Given(switches) if !switches.is_object() => problem(400, "switches are an object"),
            Switches::Given(switches) => match serde_json::from_value::<Scenario>(switches) {
                Ok(scenario) => {
                    running.set_scenario(scenario);
                    Reply::empty(204)
                }
                Err(error) => problem(400, &error.to_string()),
            },
        }),
        (&Method::POST, "/_practice/authorize") => {
            with::<Authorize>(call, |asked| authorize(running, &asked))
        }
        (&Method::POST, "/_practice/device") => with::<Device>(call, |asked| {
            match device(running, &asked.user_code, &asked.account, asked.accept) {
                Ok(()) => Reply::empty(204),
                Err(text) => problem(422, &text),
            }
        }),
        (&Method::POST, "/_practice/roles") => with::<Roles>(call, |asked| {
            let found = running.with_organisation(|organisation| {
                activate_roles_of(organisation, &asked.account, asked.active)
            });
            match found {
                Some(()) => Reply::empty(204),
                None => problem(422, "nobody has this sign-in name"),
            }
        }),
        _ => problem(404, "there is no such control"),
    }
}

/// Plays a person without a browser, for tests that have none.
fn authorize(running: &RunningOrganisation, asked: &Authorize) -> Reply {
    match authorize_location(running, &asked.url, &asked.account, asked.accept) {
        Ok(location) => Reply::json(200, &json!({"location": location})),
        Err(text) => problem(422, &text),
    }
}

/// Plays a person who types a device's user code and lets it in or not.
pub(crate) fn device(
    running: &RunningOrganisation,
    user_code: &str,
    account: &str,
    accept: bool,
) -> Result<(), String> {
    running.with_organisation(|organisation| answer_device_code(organisation, user_code, account, accept))
}

/// Where the browser is sent at the end of a sign-in, or the page that it stops at.
pub(crate) fn authorize_location(
    running: &RunningOrganisation,
    url: &str,
    account: &str,
    accept: bool,
) -> Result<String, String> {
    let url = url::Url::parse(url).map_err(|error| error.to_string())?;
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let call = Call::new(
        Method::GET,
        &target,
        axum::http::HeaderMap::new(),
        axum::body::Bytes::new(),
    );
    let reply =
        running.with_organisation(|organisation| answer_as_person(organisation, &call, account, accept));
    match reply
        .headers
        .get("location")
        .and_then(|location| location.to_str().ok())
    {
        Some(location) => Ok(location.to_owned()),
        None => Err(String::from_utf8_lossy(&reply.body).into_owned()),
    }
}

fn with<T: serde::de::DeserializeOwned>(call: &Call, act: impl FnOnce(T) -> Reply) -> Reply {
    match serde_json::from_slice::<T>(&call.body) {
        Ok(body) => act(body),
        Err(error) => problem(400, &error.to_string()),
    }
}

fn problem(status: u16, text: &str) -> Reply {
    Reply::json(
        status,
        &Value::Object([("problem".to_owned(), json!(text))].into_iter().collect()),
    )
}
