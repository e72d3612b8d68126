//! What lies between the wire and an API: which replica of the directory answers, whether a limit is reached, and
//! lists whose pages overlap. A part of a `$batch` passes through it like a request of its own.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::organisation::Organisation;
use crate::repeated_pages;
use crate::scenario::Throttling;
use crate::throttling::{self, Asked};
use crate::wire::{Call, Reply};
use crate::{exchange, graph};

/// Answers a request to Graph.
pub(crate) fn graph(organisation: &mut Organisation, call: &Call) -> Reply {
    organisation.ask_a_replica(call);
    let limited = organisation.scenario.throttling == Throttling::Documented;
    let mut headers = Vec::new();
    if limited && let Some(asked) = Asked::of(organisation, call) {
        match throttling::judge(organisation, call, &asked) {
            Ok(told) => headers = told,
            Err(refusal) => return refusal,
        }
    }
    let mut reply = graph::answer(organisation, call);
    for (name, value) in headers {
        reply = reply.with(name, &value);
    }
    if organisation.scenario.duplicates_across_pages {
        reply = repeated_pages::apply(&mut organisation.repeated_pages, call, reply);
    }
    reply
}

/// The parts of one `$batch` that run side by side.
///
/// Parts that wait for no other, or for equally many, run at once; of those, four may ask for one mailbox
/// (microsoft-facts §2.12).
#[derive(Debug, Default)]
pub(crate) struct SideBySide {
    depths: BTreeMap<String, usize>,
    running: BTreeMap<(usize, String), u32>,
}

impl SideBySide {
    /// Answers one part of a batch; `request` is the part as it stands in the batch, `call` the request it makes.
    pub(crate) fn graph(&mut self, organisation: &mut Organisation, request: &Value, call: &Call) -> Reply {
        if organisation.scenario.throttling == Throttling::Documented {
            let depth = self.depth(request);
            if let Some(mailbox) = Asked::of(organisation, call).and_then(Asked::mailbox) {
                let running = self.running.entry((depth, mailbox)).or_default();
                *running = running.saturating_add(1);
                if *running > throttling::AT_ONCE {
                    return throttling::mailbox_concurrency(organisation, call);
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
    match limited.then(|| throttling::judge_exchange(organisation, call)) {
        Some(Err(refusal)) => refusal,
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
