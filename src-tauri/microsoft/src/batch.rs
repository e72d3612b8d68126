//! `$batch`: several calls in one, as Graph and Exchange both take them (microsoft-facts §2.12, §4d).

use std::time::Duration;

use serde_json::{Value, json};

use crate::again::{again, evenly};
use crate::clock::Clock;
use crate::error::{Error, Refusal};
use crate::http::{Answer, FIRST_PAUSE, LONGEST_RETRY_AFTER, unexpected};

/// What became of each part, in the order in which they were asked for.
pub(crate) type Parts<T> = Vec<Result<T, Error>>;

/// How one interface words the refusal of a part: the part's call, its status, its body, and the answer that it came in.
pub(crate) type ReadPart = fn(&str, u16, &Value, &Answer) -> Option<Refusal>;

/// How often a batch of which a part was told to slow down is read again.
const MOST_SLOWED: usize = 4;

/// The body of a batch. Each part is told apart by its place.
pub(crate) fn body(parts: impl Iterator<Item = Value>) -> Value {
    let requests: Vec<Value> = parts
        .enumerate()
        .map(|(index, mut part)| {
            part["id"] = index.to_string().into();
            part
        })
        .collect();
    json!({ "requests": requests })
}

/// What each part was answered: its body, where its status is 2xx. `calls` names the parts in their order, because
/// Microsoft answers in any.
///
/// # Errors
/// Where the whole is no batch's answer.
pub(crate) fn parts<'a>(
    name: &str,
    answer: &Answer,
    calls: impl Iterator<Item = &'a str>,
    read: ReadPart,
) -> Result<Parts<Value>, Error> {
    let parts = answers(name, answer, calls, read)?.into_iter();
    Ok(parts.map(|part| part.map(|part| part.body)).collect())
}

/// A part that was answered with a status of success.
pub(crate) struct Part {
    pub status: u16,
    pub body: Value,
    /// The request id of the part, or else of the batch.
    pub request_id: Option<String>,
}

/// The same with the status of each part and the id by which Microsoft knows it.
///
/// # Errors
/// Where the whole is no batch's answer.
pub(crate) fn answers<'a>(
    name: &str,
    answer: &Answer,
    calls: impl Iterator<Item = &'a str>,
    read: ReadPart,
) -> Result<Parts<Part>, Error> {
    let whole = answer.json();
    let responses = whole
        .as_ref()
        .and_then(|body| body.get("responses")?.as_array())
        .ok_or_else(|| unexpected(name, answer.status, answer))?;
    let part = |(index, call): (usize, &str)| {
        let response = responses
            .iter()
            .find(|response| response.get("id").and_then(Value::as_str) == Some(&index.to_string()))
            .ok_or_else(|| unexpected(call, answer.status, answer))?;
        let status = response.get("status").and_then(Value::as_u64);
        let status = status.and_then(|status| u16::try_from(status).ok()).unwrap_or(0);
        let body = response.get("body").cloned().unwrap_or_default();
        if (200..300).contains(&status) {
            return Ok(Part {
                status,
                body,
                request_id: header(response.get("headers"), "request-id")
                    .and_then(Value::as_str)
                    .map(str::to_owned)
                    .or_else(|| answer.request_id.clone()),
            });
        }
        let plain = Refusal {
            call: call.to_owned(),
            status,
            at: answer.at,
            ..Refusal::default()
        };
        let refusal = read(call, status, &body, answer).unwrap_or(plain);
        Err(part_failed(refusal, response.get("headers")))
    };
    Ok(calls.enumerate().map(part).collect())
}

/// Why a batch is read again, or why it isn't.
enum Again<T> {
    Slowed(Parts<T>, Duration),
    Failed(Error),
}

/// Reads a batch, and once more after a pause where a part of it was told to slow down: for as long as a whole call would
/// be repeated. Never for what changes something.
///
/// # Errors
/// Where the batch as a whole fails.
pub(crate) async fn read<T>(
    clock: &Clock,
    mut once: impl AsyncFnMut() -> Result<Parts<T>, Error>,
) -> Result<Parts<T>, Error> {
    let whole = async || {
        let parts = once().await.map_err(Again::Failed)?;
        let slowed = parts.iter().filter_map(|part| match part {
            Err(Error::Throttled { refusal, retry_at }) => Some(retry_at.duration_since(refusal.at)),
            _ => None,
        });
        match slowed.max().map(Duration::try_from) {
            Some(Ok(pause)) => Err(Again::Slowed(parts, pause)),
            Some(Err(_)) | None => Ok(parts),
        }
    };
    let pause = |again: &Again<T>, _| match again {
        Again::Slowed(_, pause) => (*pause <= LONGEST_RETRY_AFTER).then_some(*pause),
        Again::Failed(_) => None,
    };
    match again(clock, evenly(FIRST_PAUSE, MOST_SLOWED), whole, pause).await {
        Ok(parts) | Err(Again::Slowed(parts, _)) => Ok(parts),
        Err(Again::Failed(error)) => Err(error),
    }
}

/// A header of a part, however its name is written.
fn header<'a>(headers: Option<&'a Value>, name: &str) -> Option<&'a Value> {
    let mut headers = headers.and_then(Value::as_object)?.iter();
    headers
        .find(|(held, _)| held.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// The error of one part of a batch. Each part can be told to slow down by itself (microsoft-facts §2.12); `headers` are
/// the part's own.
fn part_failed(refusal: Refusal, headers: Option<&Value>) -> Error {
    if refusal.status != 429 {
        return Error::Refused(Box::new(refusal));
    }
    let told = header(headers, "retry-after").and_then(|value| {
        value
            .as_i64()
            .or_else(|| value.as_str()?.trim().parse().ok())
            .filter(|seconds| *seconds >= 0)
    });
    let first = i64::try_from(FIRST_PAUSE.as_secs()).unwrap_or_default().max(1);
    let pause = jiff::SignedDuration::from_secs(told.unwrap_or(first));
    Error::Throttled {
        retry_at: refusal.at.checked_add(pause).unwrap_or(refusal.at),
        refusal: Box::new(refusal),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use jiff::Timestamp;

    use super::*;

    /// Parts come back in any order; one that doesn't come back isn't taken for another.
    #[test]
    fn each_part_gets_its_own_answer() {
        let body = json!({ "responses": [
            { "id": "1", "status": 403, "body": { "said": "no" } },
            { "id": "0", "status": 200, "body": { "value": 7 } },
        ] });
        let answer = Answer {
            status: 200,
            request_id: None,
            content_type: "application/json".into(),
            diagnostics: None,
            body: serde_json::to_vec(&body).unwrap(),
            at: Timestamp::UNIX_EPOCH,
        };
        let read: ReadPart = |call, status, body, _| {
            Some(Refusal {
                call: call.to_owned(),
                status,
                code: body["said"].as_str()?.to_owned(),
                ..Refusal::default()
            })
        };
        let parts = parts("whole", &answer, ["a", "b", "c"].into_iter(), read).unwrap();
        assert_eq!(parts[0], Ok(json!({ "value": 7 })));
        assert!(parts[1].as_ref().is_err_and(|error| error.is(403, "no")));
        assert!(matches!(&parts[2], Err(Error::Unexpected { call, .. }) if call == "c"));
    }

    #[test]
    fn parts_are_sent_with_their_places() {
        let sent = super::body([json!({ "url": "/a" }), json!({ "url": "/b" })].into_iter());
        assert_eq!(
            sent,
            json!({ "requests": [{ "url": "/a", "id": "0" }, { "url": "/b", "id": "1" }] })
        );
    }

    #[test]
    fn a_part_that_is_told_to_slow_down_says_until_when() {
        let refusal = |status| Refusal {
            status,
            ..Refusal::default()
        };
        let pause = |headers: Option<Value>| match part_failed(refusal(429), headers.as_ref()) {
            Error::Throttled { refusal, retry_at } => retry_at.duration_since(refusal.at).as_secs(),
            other => panic!("{other}"),
        };
        assert_eq!(pause(Some(json!({ "Retry-After": "7" }))), 7);
        assert_eq!(pause(Some(json!({ "retry-after": 9 }))), 9);
        assert_eq!(pause(Some(json!({ "Retry-After": "soon" }))), 1);
        assert_eq!(pause(None), 1);
        assert!(matches!(part_failed(refusal(404), None), Error::Refused(_)));
    }

    /// A batch is read again while a part of it is told to slow down, after the pause that the part names.
    #[tokio::test]
    async fn a_batch_is_read_again_after_a_part_was_slowed_down() {
        let waited = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&waited);
        let clock = Clock::new(
            || Timestamp::UNIX_EPOCH,
            move |pause| {
                noted.lock().unwrap().push(pause.as_secs());
                Box::pin(async {})
            },
        );
        let slowed = |seconds: u64| {
            let refusal = Refusal {
                status: 429,
                ..Refusal::default()
            };
            Err::<u8, _>(part_failed(refusal, Some(&json!({ "Retry-After": seconds }))))
        };
        let mut left = vec![
            vec![Ok(1), Ok(2)],
            vec![slowed(3), slowed(5)],
            vec![Ok(1), slowed(2)],
        ];
        let parts = read(&clock, async || Ok(left.pop().unwrap())).await.unwrap();
        assert!(parts.iter().all(Result::is_ok));
        assert_eq!(*waited.lock().unwrap(), [2, 5]);
        // A wait that is too long for us is shown.
        let parts = read(&clock, async || Ok(vec![slowed(3_600)])).await.unwrap();
        assert!(matches!(parts.as_slice(), [Err(Error::Throttled { .. })]));
    }
}
