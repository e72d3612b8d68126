//! Microsoft's documented limits (microsoft-facts §2.13, and `concepts/throttling-limits.md` of Microsoft's Graph
//! documentation for what each request costs). They are kept only where the scenario says so.
//!
//! Microsoft describes a token bucket without its refill; here a window begins with its first request and everything
//! in it is forgotten when it ends, so `Retry-After` is exact. There is one tenant, so the limits of an app over all
//! tenants (150,000 units in 20 seconds, 130,000 requests in 10 seconds) can never be reached before those of the
//! app in this tenant and are not counted.

use std::collections::BTreeMap;

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::people::directory::{Directory, IdKind};
use crate::wire::{Call, Reply, decode, text};

/// Requests of one app to one mailbox that may run at the same time.
pub(crate) const AT_ONCE: u32 = 4;
/// Requests of one app to one mailbox in ten minutes.
const OUTLOOK_REQUESTS: Limit = Limit::new(10_000, 600);
/// Bytes that one app may send to one mailbox in five minutes.
const OUTLOOK_UPLOAD: Limit = Limit::new(150_000_000, 300);
/// Resource units of one app in ten seconds, by the size of the tenant.
const IDENTITY_SMALL: Limit = Limit::new(3_500, 10);
const IDENTITY_MEDIUM: Limit = Limit::new(5_000, 10);
const IDENTITY_LARGE: Limit = Limit::new(8_000, 10);
/// Writes of one app, and of all apps together.
const IDENTITY_WRITES: Limit = Limit::new(3_000, 150);
const TENANT_WRITES: Limit = Limit::new(18_000, 300);
/// Lists that select `keyCredentials`, of the whole tenant.
const KEY_LISTS: Limit = Limit::new(150, 60);
/// Calls of one app to the Exchange admin endpoint. That there is such a limit shows in its `Rate-Limit-*` headers; the
/// numbers are UNVERIFIED.
const EXCHANGE_CALLS: Limit = Limit::new(1_000, 300);

/// Windows that are kept; when more are needed, the oldest goes.
const WINDOWS_AT_MOST: usize = 4_096;

/// What belongs to a mailbox, by the first step below the user.
const OUTLOOK: [&str; 12] = [
    "messages",
    "mailfolders",
    "sendmail",
    "mailboxsettings",
    "calendar",
    "calendars",
    "calendarview",
    "events",
    "contacts",
    "contactfolders",
    "inferenceclassification",
    "outlook",
];

#[derive(Debug, Clone, Copy)]
struct Limit {
    most: u64,
    seconds: i64,
}

impl Limit {
    const fn new(most: u64, seconds: i64) -> Self {
        Self { most, seconds }
    }
}

#[derive(Debug, Clone, Copy)]
struct Window {
    began: Timestamp,
    used: u64,
}

/// What was used of every limit.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    windows: BTreeMap<(&'static str, String), Window>,
    /// How many requests were told to slow down, parts of batches included.
    pub(crate) slowed: u64,
}

impl Usage {
    /// Uses so much of a limit: how much is used then, or after how many seconds it begins anew. What is refused
    /// is not counted.
    fn spend(
        &mut self,
        name: &'static str,
        who: &str,
        limit: Limit,
        amount: u64,
        now: Timestamp,
    ) -> Result<u64, i64> {
        let key = (name, who.to_owned());
        if !self.windows.contains_key(&key) && self.windows.len() >= WINDOWS_AT_MOST {
            let oldest = self.windows.iter().min_by_key(|(_, window)| window.began);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.windows.remove(&oldest);
            }
        }
        let window = self.windows.entry(key).or_insert(Window { began: now, used: 0 });
        let age = now.as_second().saturating_sub(window.began.as_second());
        if !(0..limit.seconds).contains(&age) {
            *window = Window { began: now, used: 0 };
        }
        let used = window.used.saturating_add(amount);
        if used > limit.most {
            let age = now.as_second().saturating_sub(window.began.as_second());
            return Err(limit.seconds.saturating_sub(age).max(1));
        }
        window.used = used;
        Ok(used)
    }

    /// In how many seconds the window of a limit ends.
    fn ends_in(&self, name: &'static str, who: &str, limit: Limit, now: Timestamp) -> i64 {
        let window = self.windows.get(&(name, who.to_owned()));
        let age = window.map_or(0, |window| {
            now.as_second().saturating_sub(window.began.as_second())
        });
        limit.seconds.saturating_sub(age).max(1)
    }
}

/// What Microsoft's limits depend on beside the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tenant<'a> {
    pub(crate) id: &'a str,
    /// How many entries its directory has.
    pub(crate) entries: usize,
    pub(crate) now: Timestamp,
}

/// Whose limits a request to Graph counts against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// An app and the mailbox it asks for.
    Mailbox { app: String, mailbox: String },
    /// An app that asks the directory.
    Directory { app: String },
}

impl Asked {
    /// What a request asks for; `None` for a batch, which costs nothing itself, and for a caller that says not who
    /// it is and is refused anyhow.
    pub(crate) fn of(directory: &Directory, call: &Call) -> Option<Self> {
        let steps = steps(&call.path);
        let step = |index: usize| steps.get(index).map(String::as_str);
        if step(0) == Some("$batch") {
            return None;
        }
        let (app, person) = who(call)?;
        let owner = match step(0) {
            Some("me") => Some((person, 1)),
            Some("users") => step(1).map(|user| (user.to_owned(), 2)),
            _ => None,
        };
        match owner {
            Some((user, next)) if step(next).is_some_and(|step| OUTLOOK.contains(&step)) => {
                let position = directory
                    .by_id(IdKind::Directory, &user)
                    .or_else(|| directory.by_address(&user));
                let mailbox = position.map_or(user, |position| position.to_string());
                Some(Self::Mailbox { app, mailbox })
            }
            _ => Some(Self::Directory { app }),
        }
    }

    /// App and mailbox as one key, when a mailbox is asked for.
    pub(crate) fn mailbox(self) -> Option<String> {
        match self {
            Self::Mailbox { app, mailbox } => Some(format!("{app} {mailbox}")),
            Self::Directory { .. } => None,
        }
    }
}

/// The steps of a path below the version, decoded, in lower case, with a key in brackets as a step of its own.
fn steps(path: &str) -> Vec<String> {
    let below = path.split('/').filter(|step| !step.is_empty()).skip(1);
    let mut steps = Vec::new();
    for step in below.take(8) {
        let step = decode(step).to_lowercase();
        match step.strip_suffix(')').and_then(|open| open.split_once("('")) {
            Some((name, key)) => {
                steps.push(name.to_owned());
                steps.push(key.trim_end_matches('\'').replace("''", "'"));
            }
            None => steps.push(step),
        }
    }
    steps
}

/// App id and object id that a token claims. Its signature is not looked at: the API does that, and who lies here only
/// uses up somebody else's limit in a tenant of one's own.
fn who(call: &Call) -> Option<(String, String)> {
    let claims = call.bearer()?.split('.').nth(1)?;
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    let app = text(&claims, "appid").or(text(&claims, "azp"))?;
    let person = text(&claims, "oid").unwrap_or_default();
    let bounded = |text: &str| text.chars().take(64).collect::<String>();
    Some((bounded(app), bounded(person)))
}

/// What a request to the directory costs: resource units, and whether it counts as a write.
fn cost(call: &Call) -> (u64, bool) {
    let steps = steps(&call.path);
    let mut shape: Vec<&str> = steps.iter().map(String::as_str).collect();
    // What holds for `me/` holds for `users/{id}/` too.
    if shape.first() == Some(&"users") && shape.len() > 2 {
        shape.splice(..2, ["me"]);
    }
    let read = call.method == Method::GET || call.method == Method::HEAD;
    let base: i64 = match (read, shape.as_slice()) {
        (true, ["applications"] | ["users"]) => 2,
        (true, ["applications", _, "extensionproperties"]) => 2,
        (true, ["contracts" | "subscribedskus"]) => 3,
        (true, ["domains", _, "domainnamereferences"]) => 4,
        (true, ["groups", _, "members", ..]) => 3,
        (true, ["groups", _, "transitivemembers", ..]) => 5,
        (
            true,
            [
                "me",
                "licensedetails" | "memberof" | "ownedobjects" | "transitivememberof",
                ..,
            ],
        ) => 2,
        (true, ["oauth2permissiongrants", ..]) => 2,
        (true, ["serviceprincipals", _, "approleassignments", ..]) => 2,
        (false, ["directoryobjects", "getbyids"]) => 3,
        (false, ["me", "checkmembergroups" | "checkmemberobjects"]) => 4,
        (false, ["me", "getmembergroups" | "getmemberobjects"]) => 2,
        _ => 1,
    };
    let reads_by_post = matches!(
        shape.as_slice(),
        ["directoryobjects", "getbyids"]
            | [
                "me",
                "checkmembergroups" | "checkmemberobjects" | "getmembergroups" | "getmemberobjects"
            ]
    );
    let select = i64::from(call.query("$select").is_some());
    let expand = i64::from(call.query("$expand").is_some());
    let few = call.query("$top").and_then(|top| top.parse::<u32>().ok());
    let few = i64::from(few.is_some_and(|top| top < 20));
    let units = (base - select + expand - few).max(1);
    (units.unsigned_abs(), !read && !reads_by_post)
}

/// Counts a request. It gives the headers for the answer, or the refusal. The directory's code is one of those of
/// microsoft-facts §2.10; its message is UNVERIFIED.
pub(crate) fn judge(
    usage: &mut Usage,
    tenant: &Tenant<'_>,
    call: &Call,
    asked: &Asked,
) -> Result<Vec<(&'static str, String)>, Reply> {
    let now = tenant.now;
    match asked {
        Asked::Mailbox { app, mailbox } => {
            let key = format!("{app} {mailbox}");
            let sent = u64::try_from(call.body.len()).unwrap_or(u64::MAX);
            let spent = usage
                .spend("mailbox requests", &key, OUTLOOK_REQUESTS, 1, now)
                .and_then(|_| usage.spend("mailbox upload", &key, OUTLOOK_UPLOAD, sent, now));
            match spent {
                Ok(_) => Ok(Vec::new()),
                // The wording for these two limits is UNVERIFIED; the code is the one of concurrency.
                Err(seconds) => Err(refused(
                    call,
                    now,
                    "ApplicationThrottled",
                    "Application is over its request limit for this mailbox.",
                    seconds,
                )),
            }
        }
        Asked::Directory { app } => {
            let (units, write) = cost(call);
            let size = match tenant.entries {
                0..50 => IDENTITY_SMALL,
                50..=500 => IDENTITY_MEDIUM,
                _ => IDENTITY_LARGE,
            };
            let mut judged = usage.spend("units", app, size, units, now).map_err(|seconds| {
                (
                    seconds,
                    "Tenant_Application/ReadWrite",
                    "ResourceUnitLimitExceeded",
                )
            });
            if write && judged.is_ok() {
                let of_app = usage.spend("writes", app, IDENTITY_WRITES, 1, now);
                let of_all = usage.spend("all writes", "", TENANT_WRITES, 1, now);
                if let Err(seconds) = of_app {
                    judged = Err((seconds, "Tenant_Application/Write", "WriteLimitExceeded"));
                } else if let Err(seconds) = of_all {
                    judged = Err((seconds, "Tenant/Write", "WriteLimitExceeded"));
                }
            }
            let selects_keys = call
                .query("$select")
                .is_some_and(|names| names.split(',').any(|name| name.trim() == "keyCredentials"));
            if selects_keys && judged.is_ok() && steps(&call.path).len() == 1 {
                judged = usage
                    .spend("key lists", "", KEY_LISTS, 1, now)
                    .map_err(|seconds| (seconds, "Tenant/Read", "ResourceUnitLimitExceeded"));
            }
            match judged {
                Ok(used) => {
                    let mut headers = vec![("x-ms-resource-unit", units.to_string())];
                    let hundredths = used.saturating_mul(100) / size.most;
                    if hundredths >= 80 {
                        let share = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                        headers.push(("x-ms-throttle-limit-percentage", share));
                    }
                    Ok(headers)
                }
                Err((seconds, scope, why)) => {
                    Err(
                        refused(call, now, "TooManyRequests", "Too many requests.", seconds)
                            .with("x-ms-resource-unit", &units.to_string())
                            .with("x-ms-throttle-scope", &format!("{scope}/{app}/{}", tenant.id))
                            .with("x-ms-throttle-information", why),
                    )
                }
            }
        }
    }
}

/// 429: more than four requests of one app are running on one mailbox.
pub(crate) fn mailbox_concurrency(call: &Call, now: Timestamp) -> Reply {
    let message = "Application is over its MailboxConcurrency limit.";
    refused(call, now, "ApplicationThrottled", message, 1)
}

fn refused(call: &Call, now: Timestamp, code: &str, message: &str, seconds: i64) -> Reply {
    let id = call.request_id.to_string();
    let client = call.header("client-request-id").unwrap_or(&id);
    let date = now.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let body = json!({"error": {"code": code, "message": message, "innerError": {
        "date": date, "request-id": id, "client-request-id": client}}});
    Reply::json(429, &body)
        .with("retry-after", &seconds.to_string())
        .with("request-id", &id)
        .with("client-request-id", client)
}

/// Counts a call to the Exchange admin endpoint: the headers for the answer, or the refusal, whose shape and words are
/// UNVERIFIED.
pub(crate) fn judge_exchange(
    usage: &mut Usage,
    call: &Call,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>, Reply> {
    let Some((app, _)) = who(call) else {
        return Ok(Vec::new());
    };
    let limit = EXCHANGE_CALLS;
    let headers = |left: u64, seconds: i64| {
        vec![
            ("rate-limit-limit", limit.most.to_string()),
            ("rate-limit-remaining", left.to_string()),
            ("rate-limit-reset", seconds.to_string()),
        ]
    };
    match usage.spend("exchange", &app, limit, 1, now) {
        Ok(used) => Ok(headers(
            limit.most.saturating_sub(used),
            usage.ends_in("exchange", &app, limit, now),
        )),
        Err(seconds) => {
            let mut reply = refused(call, now, "TooManyRequests", "Too many requests.", seconds);
            for (name, value) in headers(0, seconds) {
                reply = reply.with(name, &value);
            }
            Err(reply)
        }
    }
}

/// Requests that are running, by app and mailbox.
#[derive(Debug, Default)]
pub(crate) struct Running {
    by_mailbox: BTreeMap<String, u32>,
}

impl Running {
    /// Notes one more, unless four are running.
    pub(crate) fn enter(&mut self, mailbox: &str) -> bool {
        let running = self.by_mailbox.entry(mailbox.to_owned()).or_default();
        let free = *running < AT_ONCE;
        if free {
            *running = running.saturating_add(1);
        }
        free
    }

    /// Notes that one has ended.
    pub(crate) fn leave(&mut self, mailbox: &str) {
        if let Some(running) = self.by_mailbox.get_mut(mailbox) {
            *running = running.saturating_sub(1);
            if *running == 0 {
                self.by_mailbox.remove(mailbox);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use axum::http::HeaderMap;

    fn now() -> Timestamp {
        "2026-11-22T08:00:00Z".parse().expect("a time")
    }

    fn later(seconds: i64) -> Timestamp {
        Timestamp::from_second(now().as_second() + seconds).expect("a time")
    }

    #[test]
    fn a_window_begins_with_its_first_request_and_ends_at_once() {
        let mut usage = Usage::default();
        let limit = Limit::new(3, 10);
        for used in 1..=3 {
            assert_eq!(usage.spend("x", "a", limit, 1, now()), Ok(used));
        }
        assert_eq!(usage.spend("x", "a", limit, 1, later(4)), Err(6));
        assert_eq!(usage.ends_in("x", "a", limit, later(4)), 6);
        assert_eq!(usage.spend("x", "b", limit, 1, later(4)), Ok(1));
        assert_eq!(usage.spend("x", "a", limit, 1, later(9)), Err(1));
        assert_eq!(usage.spend("x", "a", limit, 1, later(10)), Ok(1));
        assert_eq!(usage.spend("x", "c", limit, 4, later(10)), Err(10));
    }

    #[test]
    fn what_is_counted_is_bounded() {
        let mut usage = Usage::default();
        for number in 0..2 * WINDOWS_AT_MOST {
            let _ = usage.spend("x", &number.to_string(), OUTLOOK_REQUESTS, 1, now());
        }
        assert_eq!(usage.windows.len(), WINDOWS_AT_MOST);
        let mut running = Running::default();
        assert!((0..AT_ONCE).all(|_| running.enter("a")));
        assert!(!running.enter("a"));
        (0..AT_ONCE).for_each(|_| running.leave("a"));
        assert!(running.by_mailbox.is_empty());
    }

    #[test]
    fn requests_cost_what_is_documented() {
        let cost_of =
            |method: Method, path: &str| cost(&Call::new(method, path, HeaderMap::new(), Bytes::new()));
        for (method, path, expected) in [
            (Method::GET, "/v1.0/users", (2, false)),
            (Method::GET, "/v1.0/users?$select=id", (1, false)),
            (Method::GET, "/v1.0/users?$select=id&$top=5", (1, false)),
            (Method::GET, "/v1.0/users/1", (1, false)),
            (
                Method::GET,
                "/v1.0/users('1')/transitiveMemberOf/microsoft.graph.directoryRole",
                (2, false),
            ),
            (
                Method::GET,
                "/v1.0/groups/1/transitiveMembers?$expand=x",
                (6, false),
            ),
            (Method::GET, "/v1.0/applications?$top=100", (2, false)),
            (Method::POST, "/v1.0/applications", (1, true)),
            (Method::POST, "/v1.0/directoryObjects/getByIds", (3, false)),
            (Method::DELETE, "/v1.0/applications(appId='1')", (1, true)),
        ] {
            assert_eq!(cost_of(method, path), expected, "{path}");
        }
    }
}
