//! The one policy for calls to Microsoft: deadlines, retries, sizes, where tokens may go, what is told of a call.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::ExponentialBuilder;
use domain::secret::Secret;
use domain::trace::{Point, Trace};
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::Value;
use url::Url;

use crate::again::Pauses;
use crate::clock::Clock;
use crate::cloud::Cloud;
use crate::error::{Error, Refusal, shorten};
use crate::room::Room;
use crate::trust::{Trusting, untrusted};

/// No answer of Microsoft's that we ask for is larger: 4 MiB.
const LARGEST_BODY: usize = 4 * 1024 * 1024;
/// We wait for a throttled call on our own up to this long; a longer wait is shown instead.
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);
/// First pause between two tries; it doubles, with jitter.
pub(crate) const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Tries after the first one.
const RETRIES: usize = 4;

/// Whether sending a call twice could change more than sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, or writing a value that is the same the second time.
    Safe,
    /// It makes something under a name that Microsoft keeps unique, so that a second sending is refused where the first
    /// took effect. Sent again after 429 only, which need not mean that nothing was made.
    Named,
    /// It makes something, each time another. Never sent again here: the caller looks for what was made first.
    Never,
}

/// What is sent.
pub enum Body<'a> {
    /// Nothing.
    None,
    /// JSON.
    Json(&'a Value),
    /// Bytes with their content type.
    Bytes(&'a [u8], &'static str),
}

/// One call.
pub struct Call<'a> {
    /// Its name with placeholders for ids, for evidence and counting: `POST /applications/{id}/addPassword`.
    pub name: &'a str,
    /// HTTP method.
    pub method: Method,
    /// Where.
    pub url: Url,
    /// Bearer token.
    pub token: Option<&'a Secret>,
    /// Further headers.
    pub headers: &'a [(&'static str, String)],
    /// What is sent.
    pub body: Body<'a>,
    /// Whether it may be sent again.
    pub repeat: Repeat,
}

/// A whole answer, whatever its status.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Microsoft's request id.
    pub request_id: Option<String>,
    /// Media type without parameters.
    pub content_type: String,
    /// `x-ms-diagnostics`, which is all that Exchange says with an empty 403.
    pub diagnostics: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// When it was read.
    pub at: Timestamp,
}

impl fmt::Debug for Answer {
    /// The body is left out: it may hold a token or a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// Whether the status is 2xx.
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON, where it is JSON.
    pub fn json(&self) -> Option<Value> {
        self.content_type
            .ends_with("json")
            .then(|| serde_json::from_slice(&self.body).ok())
            .flatten()
    }
}

/// How Microsoft words a refusal on this interface.
pub type ReadRefusal = fn(&str, &Answer) -> Option<Refusal>;

/// The client for one cloud.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    apart: reqwest::Client,
    cloud: Cloud,
    clock: Clock,
    trace: Trace,
    tls: Arc<rustls::ClientConfig>,
    /// By how many seconds Microsoft's clock was ahead of ours when it last answered.
    skew: Arc<Mutex<Option<i64>>>,
    /// How many calls Exchange still takes, as it told last; nobody else tells it.
    room: Room,
}

impl Http {
    /// A client that trusts what the cloud says, follows no redirects and sends tokens nowhere else.
    pub fn new(cloud: Cloud, clock: Clock, trace: Trace) -> Result<Self, Error> {
        let Trusting { client, apart, tls } = Trusting::new(&cloud.trust)?;
        Ok(Self {
            client,
            apart,
            cloud,
            clock,
            trace,
            tls,
            skew: Arc::default(),
            room: Room::default(),
        })
    }

    /// The same, but each call gets a connection of its own that is closed after it. For calls with a secret in their
    /// body or their answer: what a connection read last stays in its buffer for as long as it is open.
    pub fn apart(&self) -> Self {
        Self {
            client: self.apart.clone(),
            ..self.clone()
        }
    }

    /// The cloud it speaks to.
    pub fn cloud(&self) -> &Cloud {
        &self.cloud
    }

    /// The time it goes by.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whom it trusts, for what isn't HTTP.
    pub(crate) fn tls(&self) -> &Arc<rustls::ClientConfig> {
        &self.tls
    }

    /// Who is told of its calls.
    pub(crate) fn trace(&self) -> &Trace {
        &self.trace
    }

    /// How many calls Exchange still takes.
    pub(crate) fn room(&self) -> &Room {
        &self.room
    }

    /// By how much Microsoft's clock was ahead of this computer's at its last answer, by the `Date` header, which counts
    /// whole seconds; negative where it was behind. `None` before any answer.
    pub fn skew(&self) -> Option<SignedDuration> {
        let seconds = *self.skew.lock().unwrap_or_else(PoisonError::into_inner);
        seconds.map(SignedDuration::from_secs)
    }

    /// What time it is at Microsoft, as far as its last answer told; otherwise what this computer's clock says.
    pub fn microsoft_now(&self) -> Timestamp {
        let now = self.clock.now();
        self.skew()
            .and_then(|skew| now.checked_add(skew).ok())
            .unwrap_or(now)
    }

    /// Sends a call and returns its answer if the status is 2xx, or the refusal that `read` finds in it.
    pub async fn send(&self, call: &Call<'_>, read: ReadRefusal) -> Result<Answer, Error> {
        let policy = ExponentialBuilder::default()
            .with_min_delay(FIRST_PAUSE)
            .with_max_delay(Duration::from_secs(30))
            .with_jitter()
            .with_max_times(RETRIES);
        let mut pauses = Pauses::new(&self.clock, policy);
        // What a try before this one was answered, where it left open what came of it.
        let mut open = None;
        loop {
            let failure = match self.once(call).await {
                Ok((answer, _)) if answer.ok() => return Ok(answer),
                Ok((answer, retry_after)) => self.failed(call, &answer, retry_after, read),
                Err(failure) => failure,
            };
            let (again, told) = (
                failure.again(call.repeat),
                failure.retry_after.unwrap_or_default(),
            );
            if !pauses.wait(|usual| again.then(|| usual.max(told))).await {
                return Err(match open {
                    Some(before) if call.method != Method::GET => failure.error.after(before),
                    _ => failure.error,
                });
            }
            if !failure.error.changed_nothing() {
                open = Some(failure.error);
            }
        }
    }

    async fn once(&self, call: &Call<'_>) -> Result<(Answer, Option<Duration>), Failure> {
        if !self.cloud.owns(&call.url) {
            return Err(Failure::of(Error::Unexpected {
                call: call.name.to_owned(),
                status: 0,
                why: "the address is outside this cloud".into(),
                request_id: None,
            }));
        }
        let mut headers = HeaderMap::new();
        if let Some(token) = call.token {
            // EXPOSE: this is the request that the token is for; its host was checked above.
            let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose())).map_err(|_| {
                Failure::of(Error::Unreachable {
                    call: call.name.to_owned(),
                    why: "the token is malformed".into(),
                })
            })?;
            bearer.set_sensitive(true);
            headers.insert(AUTHORIZATION, bearer);
        }
        let mut request = self
            .client
            .request(call.method.clone(), call.url.clone())
            .headers(headers);
        for (name, value) in call.headers {
            request = request.header(*name, value);
        }
        request = match &call.body {
            Body::None => request,
            Body::Json(value) => request.json(value),
            Body::Bytes(bytes, kind) => request.header(CONTENT_TYPE, *kind).body(bytes.to_vec()),
        };
        self.trace.tell(|| Point::Sending(call.name.to_owned()));
        let response = request
            .send()
            .await
            .map_err(|error| self.not_answered(call, &error))?;
        let status = response.status().as_u16();
        let text = |name: &str| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned)
        };
        let request_id = text("request-id").or_else(|| text("x-ms-request-id"));
        let diagnostics = text("x-ms-diagnostics");
        let content_type = text("content-type").unwrap_or_default();
        let content_type = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if let Some(theirs) = text(DATE.as_str()).and_then(|value| http_date(&value)) {
            let skew = theirs.as_second() - self.clock.now().as_second();
            *self.skew.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
        }
        let (left, reset) = (text("rate-limit-remaining"), text("rate-limit-reset"));
        self.room
            .note(left.as_deref(), reset.as_deref(), self.clock.now());
        let retry_after = text(RETRY_AFTER.as_str()).and_then(|value| self.retry_after(&value));
        let body = self.body(call, response).await?;
        self.trace.tell(|| Point::Answered(call.name.to_owned()));
        Ok((
            Answer {
                status,
                request_id,
                content_type,
                diagnostics,
                body,
                at: self.clock.now(),
            },
            retry_after,
        ))
    }

    async fn body(&self, call: &Call<'_>, mut response: reqwest::Response) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| self.not_answered(call, &error))?
        {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(Failure::of(Error::Unexpected {
                    call: call.name.to_owned(),
                    status: response.status().as_u16(),
                    why: "the answer is larger than 4 MiB".into(),
                    request_id: None,
                }));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    /// `Retry-After` in seconds or as a date.
    fn retry_after(&self, value: &str) -> Option<Duration> {
        if let Ok(seconds) = value.trim().parse() {
            return Some(Duration::from_secs(seconds));
        }
        let at = http_date(value)?;
        Duration::try_from(at.duration_since(self.clock.now())).ok()
    }

    fn not_answered(&self, call: &Call<'_>, error: &reqwest::Error) -> Failure {
        let why = shorten(&chain(error));
        let call = call.name.to_owned();
        Failure::of(match error.is_connect() {
            true if untrusted(error) => Error::Untrusted { call, why },
            true => Error::Unreachable { call, why },
            false => Error::NoAnswer { call, why },
        })
    }

    fn failed(
        &self,
        call: &Call<'_>,
        answer: &Answer,
        retry_after: Option<Duration>,
        read: ReadRefusal,
    ) -> Failure {
        let plain = Refusal {
            call: call.name.to_owned(),
            status: answer.status,
            request_id: answer.request_id.clone(),
            at: answer.at,
            ..Refusal::default()
        };
        let readable = read(call.name, answer);
        let error = match (answer.status, readable) {
            (429, refusal) => {
                let pause = retry_after.unwrap_or(FIRST_PAUSE);
                let retry_at = answer
                    .at
                    .checked_add(jiff::SignedDuration::try_from(pause).unwrap_or_default());
                Error::Throttled {
                    refusal: Box::new(refusal.unwrap_or(plain)),
                    retry_at: retry_at.unwrap_or(answer.at),
                }
            }
            (_, Some(refusal)) => Error::Refused(Box::new(refusal)),
            (500..=599, None) => Error::Refused(Box::new(plain)),
            (status, None) => unexpected(call.name, status, answer),
        };
        Failure { error, retry_after }
    }
}

/// An answer that is not what the interface promises.
pub(crate) fn unexpected(call: &str, status: u16, answer: &Answer) -> Error {
    let why = match answer.content_type.as_str() {
        "text/html" => "a web page came back instead of Microsoft's answer",
        _ => "the answer does not have the shape that Microsoft documents",
    };
    Error::Unexpected {
        call: call.to_owned(),
        status,
        why: why.into(),
        request_id: answer.request_id.clone(),
    }
}

/// A date as HTTP writes it: `Sun, 22 Nov 2026 10:30:00 GMT`.
fn http_date(value: &str) -> Option<Timestamp> {
    rfc2822::parse(&value.trim().replace("GMT", "+0000"))
        .ok()
        .map(|at| at.timestamp())
}

struct Failure {
    error: Error,
    retry_after: Option<Duration>,
}

impl Failure {
    fn of(error: Error) -> Self {
        Self {
            error,
            retry_after: None,
        }
    }

    /// Whether to try again on our own.
    fn again(&self, repeat: Repeat) -> bool {
        if self.retry_after.is_some_and(|pause| pause > LONGEST_RETRY_AFTER) {
            return false;
        }
        match &self.error {
            // A request to slow down can come after the call took effect.
            Error::Throttled { .. } => repeat != Repeat::Never,
            // A refused connection is told at once rather than after half a minute of silence.
            Error::Unreachable { .. } | Error::Untrusted { .. } | Error::Unexpected { .. } => false,
            Error::NoAnswer { .. } => repeat == Repeat::Safe,
            Error::Refused(refusal) => {
                repeat == Repeat::Safe && matches!(refusal.status, 500 | 502 | 503 | 504)
            }
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    // The address can hold a query; the name of the call says enough.
    match text.find(" for url (") {
        Some(start) => match text[start..].find(')') {
            Some(end) => format!("{}{}", &text[..start], &text[start + end + 1..]),
            None => text[..start].to_owned(),
        },
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttled() -> Failure {
        Failure::of(Error::Throttled {
            refusal: Box::default(),
            retry_at: Timestamp::UNIX_EPOCH,
        })
    }

    /// Microsoft can have made what it then answers 429 to, so what makes another each time is never sent blindly.
    #[test]
    fn what_makes_another_each_time_is_not_sent_again_after_a_request_to_slow_down() {
        assert!(throttled().again(Repeat::Safe));
        assert!(throttled().again(Repeat::Named));
        assert!(!throttled().again(Repeat::Never));
    }

    #[test]
    fn a_date_is_read_as_http_writes_it() {
        let at = http_date("Sun, 22 Nov 2026 10:30:00 GMT").unwrap();
        assert_eq!(at.to_string(), "2026-11-22T10:30:00Z");
        assert_eq!(http_date("soon"), None);
    }
}
