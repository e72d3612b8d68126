//! What lies between the wire and an API: which replica of the directory answers, whether a limit is reached, and
//! lists whose pages overlap. A part of a `$batch` passes through it like a request of its own.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, Method};
use serde_json::Value;

use crate::organisation::Organisation;
use crate::scenario::throttling::{self, Asked};
use crate::scenario::{Throttling, repeated_pages};
use crate::wire::refusal::Refusal;
use crate::wire::{Call, Reply};
use crate::{exchange, graph};

/// Answers a request to Graph.
pub(crate) fn graph(organisation: &mut Organisation, call: &Call) -> Reply {
    organisation.ask_a_replica(call);
    let limited = organisation.scenario.throttling == Throttling::Documented;
    let mut headers = Vec::new();
    if limited && let Some(asked) = Asked::of(&organisation.directory, call) {
        let (usage, tenant) = organisation.limits();
        match throttling::judge(usage, &tenant, call, &asked) {
            Ok(told) => headers = told,
            Err(refusal) => {
                organisation.usage.slowed += 1;
                return refusal;
            }
        }
    }
    if let Some(refusal) = media_refusal(organisation, call) {
        return refusal;
    }
    let mut side_by_side = SideBySide::default();
    let mut parts = |organisation: &mut Organisation, request: &Value, part: &Call| {
        side_by_side.graph(organisation, request, part)
    };
    let mut reply = graph::answer(organisation, call, &mut parts);
    if reply.status < 400
        && reply
            .headers
            .get("content-type")
            .is_some_and(|kind| kind == PLAIN_JSON)
    {
        reply
            .headers
            .insert("content-type", HeaderValue::from_static(ODATA_JSON));
        reply = reply.with("odata-version", "4.0");
    }
    reply = secured(call, reply.with("cache-control", "no-cache"));
    for (name, value) in headers {
        reply = reply.with(name, &value);
    }
    if organisation.scenario.duplicates_across_pages {
        reply = repeated_pages::apply(&mut organisation.repeated_pages, call, reply);
    }
    reply
}

/// What `Reply::json` says of its body.
const PLAIN_JSON: &str = "application/json; charset=utf-8";
/// What Graph says of the body of an object or a list.
const ODATA_JSON: &str =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

/// The refusal of a body that does not say it is JSON. Who shows no token at all is told of that first.
///
/// The two texts for the directory and the one for Outlook are as clients have reported them.
fn media_refusal(organisation: &Organisation, call: &Call) -> Option<Reply> {
    let writes = [Method::POST, Method::PATCH, Method::PUT].contains(&call.method);
    if !writes || call.body.is_empty() || call.bearer().is_none() {
        return None;
    }
    let kind = call.header("content-type").unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kind == "application/json" || kind.ends_with("+json") {
        return None;
    }
    let last = call
        .path
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    // Mail may be handed over as MIME, and raw content has a type of its own.
    if last == "$value"
        || (kind == "text/plain"
            && ["sendmail", "messages", "microsoft.graph.sendmail"].contains(&last.as_str()))
    {
        return None;
    }
    let outlook = matches!(
        Asked::of(&organisation.directory, call),
        Some(Asked::Mailbox { .. })
    );
    let (status, code, message) = if kind.is_empty() {
        (
            400,
            "BadRequest",
            "Write requests (excluding DELETE) must contain the Content-Type header declaration.".to_owned(),
        )
    } else if outlook {
        let message = format!(
            "A supported MIME type could not be found that matches the content type of the response. None of the \
             supported type(s) 'application/json' matches the content type '{kind}'."
        );
        (415, "RequestBodyRead", message)
    } else {
        (
            400,
            "BadRequest",
            "Entity only allows writes with a JSON Content-Type header.".to_owned(),
        )
    };
    let refusal = Refusal {
        status,
        code: Some(code),
        aadsts: None,
        message: &message,
    };
    Some(refusal.reply(call, organisation.clock.now()))
}

/// An answer of Entra with the headers that its own have.
pub(crate) fn entra(call: &Call, reply: Reply) -> Reply {
    let reply = reply.with("x-ms-request-id", &call.request_id.to_string());
    let sniffed = reply.headers.contains_key("x-content-type-options");
    let reply = if sniffed {
        reply
    } else {
        reply.with("x-content-type-options", "nosniff")
    };
    secured(call, reply)
}

/// Says what Microsoft's hosts say, that they are only to be asked by TLS. This server's own name is never said to be
/// so: a browser would believe it of every other program on `localhost`.
fn secured(call: &Call, reply: Reply) -> Reply {
    match call.front {
        Some(_) => reply.with("strict-transport-security", "max-age=31536000; includeSubDomains"),
        None => reply,
    }
}

/// The parts of one `$batch` that run side by side.
///
/// Parts that wait for no other, or for equally many, run at once; of those, four may ask for one mailbox
/// (microsoft-facts §2.12).
#[derive(Debug, Default)]
struct SideBySide {
    depths: BTreeMap<String, usize>,
    running: BTreeMap<(usize, String), u32>,
}

impl SideBySide {
    /// Answers one part of a batch; `request` is the part as it stands in the batch, `call` the request it makes.
    fn graph(&mut self, organisation: &mut Organisation, request: &Value, call: &Call) -> Reply {
        if organisation.scenario.throttling == Throttling::Documented {
            let depth = self.depth(request);
            if let Some(mailbox) = Asked::of(&organisation.directory, call).and_then(Asked::mailbox) {
                let running = self.running.entry((depth, mailbox)).or_default();
                *running = running.saturating_add(1);
                if *running > throttling::AT_ONCE {
                    organisation.usage.slowed += 1;
                    return throttling::mailbox_concurrency(call, organisation.clock.now());
                }
            }
        }
        graph(organisation, call)
    }

    /// How many parts have to run one after the other before this one.
    fn depth(&mut self, request: &Value) -> usize {
        let before = request
            .get("dependsOn")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|id| self.depths.get(id.as_str()?))
            .map(|depth| depth.saturating_add(1));
        let depth = before.max().unwrap_or(0);
        if let Some(id) = request.get("id").and_then(Value::as_str) {
            self.depths.insert(id.to_owned(), depth);
        }
        depth
    }
}

/// Answers a request to the Exchange admin endpoint.
pub(crate) fn exchange(organisation: &mut Organisation, call: &Call) -> Reply {
    let limited = organisation.scenario.throttling == Throttling::Documented;
    let now = organisation.clock.now();
    match limited.then(|| throttling::judge_exchange(&mut organisation.usage, call, now)) {
        Some(Err(refusal)) => {
            organisation.usage.slowed += 1;
            refusal
        }
        Some(Ok(headers)) => {
            let mut reply = exchange::answer(organisation, call);
            for (name, value) in headers {
                reply.headers.remove(name);
                reply = reply.with(name, &value);
            }
            reply
        }
        None => exchange::answer(organisation, call),
    }
}
