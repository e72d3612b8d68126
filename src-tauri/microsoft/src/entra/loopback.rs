//! Where the browser comes back to: one port on this computer, open only while a sign-in is under way.
//!
//! Microsoft ignores the port of `http://localhost` and matches the path, so the address is `http://localhost:PORT/`
//! (microsoft-facts §1.1). A browser may resolve `localhost` to either loopback address, so both are bound; a request
//! that is not the awaited one is answered and ignored, because anybody on this computer can send one.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use domain::message;
use domain::message::{Arg, Message, Part, Voice};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue, LOCATION, ORIGIN,
};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, JoinHandle};
use url::Url;

/// How long somebody may take to sign in.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// How long a connection may take to send its request.
const READ_LIMIT: Duration = Duration::from_secs(5);
/// More connections than this are never open at once; a browser needs one or two.
const MOST_CONNECTIONS: usize = 256;
/// The pause after an `accept` that failed; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// Its bound.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

enum Page {
    LeadOn(String),
    Finished,
    Failed,
}

/// How Microsoft says no in the address of the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// `error`.
    pub error: String,
    /// `error_description`.
    pub description: String,
    /// `error_subcode`.
    pub subcode: String,
}

struct Knock {
    outcome: Result<String, Outcome>,
    answer: oneshot::Sender<Page>,
}

/// The browser came back with the awaited `state`. It waits for its page until one of the methods is called.
pub struct Arrival {
    /// The code, or how Microsoft said no.
    pub outcome: Result<String, Outcome>,
    answer: oneshot::Sender<Page>,
}

impl Arrival {
    /// Leads the browser on to another page.
    pub fn lead_on(self, address: &Url) {
        drop(self.answer.send(Page::LeadOn(address.to_string())));
    }

    /// Tells the reader that everything is done and the page can be closed.
    pub fn finish(self) {
        drop(self.answer.send(Page::Finished));
    }

    /// Tells the reader to go back to the program, which says what went wrong.
    pub fn fail(self) {
        drop(self.answer.send(Page::Failed));
    }
}

/// What the connections share.
struct Door {
    port: u16,
    /// Who says what the browser's page says.
    voice: Voice,
    /// The `state` that is waited for. Taken by the request that carries it, so that it opens once.
    awaited: Mutex<Option<String>>,
    knocks: mpsc::Sender<Knock>,
    /// The open connections, the oldest first.
    open: Mutex<VecDeque<(u64, AbortHandle)>>,
    /// How many there have been on either address.
    counted: AtomicU64,
}

impl Door {
    /// Whether this is the awaited state; if so it is not awaited any more.
    fn opens(&self, state: &str) -> bool {
        let mut awaited = self.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        let right = awaited.as_deref().is_some_and(|awaited| same(awaited, state));
        if right {
            *awaited = None;
        }
        right
    }

    /// Keeps a connection in the list of open ones. Where there are too many the oldest is dropped: the browser's is
    /// answered the moment its request is here, so what is old is somebody who says nothing.
    fn enter(&self, number: u64, handle: AbortHandle) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push_back((number, handle));
        while open.len() > MOST_CONNECTIONS {
            if let Some((_, oldest)) = open.pop_front() {
                oldest.abort();
            }
        }
    }

    /// Takes a connection off the list: it ended, or it carries the awaited answer and may wait for its page.
    fn leave(&self, number: u64) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(other, _)| *other != number);
    }
}

/// The open port. Dropping it closes the port.
pub struct Listener {
    redirect: Url,
    door: Arc<Door>,
    knocks: mpsc::Receiver<Knock>,
    tasks: Vec<JoinHandle<()>>,
}

impl Listener {
    /// Opens the same free port on both loopback addresses.
    pub async fn open(voice: Voice) -> std::io::Result<Self> {
        let (first, second) = bind().await?;
        let port = first.local_addr()?.port();
        let redirect = Url::parse(&format!("http://localhost:{port}/")).map_err(std::io::Error::other)?;
        // Only the awaited answer is queued, and it opens once.
        let (sender, knocks) = mpsc::channel(1);
        let door = Arc::new(Door {
            voice,
            port,
            awaited: Mutex::new(None),
            knocks: sender,
            open: Mutex::default(),
            counted: AtomicU64::new(0),
        });
        let tasks = [Some(first), second]
            .into_iter()
            .flatten()
            .map(|listener| {
                let door = Arc::clone(&door);
                let listener = Arc::new(listener);
                let next = move || {
                    let listener = Arc::clone(&listener);
                    async move { listener.accept().await.map(|(stream, _)| stream) }
                };
                tokio::spawn(accept(next, tokio::time::sleep, door))
            })
            .collect();
        Ok(Self {
            redirect,
            door,
            knocks,
            tasks,
        })
    }

    /// The redirect address to ask for.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Says which `state` is waited for from now on. Everything else is turned away before it is queued.
    pub fn expect(&self, state: &str) {
        let mut awaited = self.door.awaited.lock().unwrap_or_else(PoisonError::into_inner);
        *awaited = Some(state.to_owned());
    }

    /// Waits for the request with the expected `state`; `None` once patience is over.
    pub async fn arrival(&mut self) -> Option<Arrival> {
        let knock = tokio::time::timeout(PATIENCE, self.knocks.recv())
            .await
            .ok()
            .flatten()?;
        Some(Arrival {
            outcome: knock.outcome,
            answer: knock.answer,
        })
    }
}

impl Drop for Listener {
    /// A page that is being sent gets a moment to arrive; the port itself is closed at once.
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

async fn bind() -> std::io::Result<(TcpListener, Option<TcpListener>)> {
    let mut last = None;
    for _ in 0..8 {
        let first = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let port = first.local_addr()?.port();
        match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
            Ok(second) => return Ok((first, Some(second))),
            // Somebody else holds the port on the other address: another port, or the code could go to them.
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
            // No IPv6 on this computer: then no browser can resolve to it either.
            Err(_) => return Ok((first, None)),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::from(std::io::ErrorKind::AddrInUse)))
}

/// Takes connections for as long as the sign-in lasts. One that could not be taken, because it broke or because this
/// computer is short of handles for a moment, never ends that; `pause` keeps a lasting fault from spinning.
async fn accept<N, P>(mut next: impl FnMut() -> N, pause: impl Fn(Duration) -> P, door: Arc<Door>)
where
    N: Future<Output = std::io::Result<TcpStream>>,
    P: Future<Output = ()>,
{
    let mut wait = FIRST_PAUSE;
    loop {
        let stream = match next().await {
            Ok(stream) => stream,
            Err(_) => {
                pause(wait).await;
                wait = (wait * 2).min(LONGEST_PAUSE);
                continue;
            }
        };
        wait = FIRST_PAUSE;
        let this = door.counted.fetch_add(1, Ordering::Relaxed);
        let shared = Arc::clone(&door);
        let (entered, may_begin) = oneshot::channel::<()>();
        let task = tokio::spawn(async move {
            if may_begin.await.is_err() {
                return;
            }
            let asked = Arc::clone(&shared);
            let service = service_fn(move |request| answer(request, this, Arc::clone(&asked)));
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(READ_LIMIT)
                .max_buf_size(16 * 1024)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // A connection that breaks is the browser's business; the next request comes on a new one.
            drop(connection.await);
            shared.leave(this);
        });
        door.enter(this, task.abort_handle());
        // A task that is gone already has nothing to begin.
        entered.send(()).ok();
    }
}

async fn answer(
    request: Request<Incoming>,
    connection: u64,
    door: Arc<Door>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let port = door.port;
    let host = request
        .headers()
        .get(HOST)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let expected = [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ];
    let ours = expected.iter().any(|name| name == host);
    if !ours || request.method() != Method::GET || request.headers().contains_key(ORIGIN) {
        return Ok(page(
            &door.voice,
            StatusCode::BAD_REQUEST,
            &message!("browser-only-for-microsoft"),
        ));
    }
    if request.uri().path() != "/" {
        return Ok(page(
            &door.voice,
            StatusCode::NOT_FOUND,
            &message!("browser-nothing-here"),
        ));
    }
    let query = request.uri().query().unwrap_or_default();
    let value = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    let outcome = match (value("code"), value("error")) {
        (Some(code), _) => Ok(code),
        (None, Some(error)) => Err(Outcome {
            error,
            description: value("error_description").unwrap_or_default(),
            subcode: value("error_subcode").unwrap_or_default(),
        }),
        (None, None) => {
            return Ok(page(
                &door.voice,
                StatusCode::BAD_REQUEST,
                &message!("browser-not-microsoft"),
            ));
        }
    };
    if !door.opens(&value("state").unwrap_or_default()) {
        return Ok(page(&door.voice, StatusCode::CONFLICT, &message!("browser-over")));
    }
    // From here on this connection waits for the program, however many others knock.
    door.leave(connection);
    let (sender, receiver) = oneshot::channel();
    let knock = Knock {
        outcome,
        answer: sender,
    };
    if door.knocks.send(knock).await.is_err() {
        return Ok(page(&door.voice, StatusCode::CONFLICT, &message!("browser-over")));
    }
    Ok(match receiver.await {
        Ok(Page::LeadOn(address)) => lead_on(&address),
        Ok(Page::Finished) => page(&door.voice, StatusCode::OK, &message!("browser-signed-in")),
        Ok(Page::Failed) | Err(_) => page(&door.voice, StatusCode::OK, &message!("browser-not-finished")),
    })
}

fn lead_on(address: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = StatusCode::FOUND;
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn page(voice: &Voice, status: StatusCode, told: &Message) -> Response<Full<Bytes>> {
    let part = |part| (voice.say)(&Arg::part(part, told.clone()));
    let (title, text) = (part(Part::Title), part(Part::Text));
    let body = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>body{{font:16px/24px system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 20px}}h1{{font-size:28px;line-height:36px}}</style><h1>{title}</h1><p>{text}</p></html>",
        voice.language
    );
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    );
    response
}

/// Compares without an early return that timing could tell.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0u8, |seen, (x, y)| seen | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Says the names of messages.
    fn voice() -> Voice {
        let say = |arg: &Arg| match arg {
            Arg::Part(_, message) => message.id().to_owned(),
            _ => String::new(),
        };
        Voice {
            language: "en".into(),
            say: Arc::new(say),
        }
    }

    async fn send(port: u16, text: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        drop(stream.write_all(text.as_bytes()).await);
        let mut answer = String::new();
        drop(stream.read_to_string(&mut answer).await);
        answer
    }

    fn knock(port: u16, code: &str, state: &str) -> String {
        format!("GET /?code={code}&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n")
    }

    /// None of these ends the sign-in, and the good answer still counts after all of them.
    #[tokio::test]
    async fn hostile_requests_are_ignored() {
        let mut listener = Listener::open(voice()).await.unwrap();
        listener.expect("right");
        let port = listener.redirect().port().unwrap();
        let hostile = [
            "GET /?code=x&state=right HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
            format!(
                "GET /?code=x&state=right HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://evil.example\r\n\r\n"
            ),
            format!(
                "POST /?code=x&state=right HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0\r\n\r\n"
            ),
            format!("GET /other?code=x&state=right HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            format!("GET /?state=right HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "nonsense\r\n\r\n".to_owned(),
            knock(port, "evil", "wrong"),
            knock(port, "evil", ""),
        ];
        for request in &hostile {
            assert!(!send(port, request).await.contains("signed-in"), "{request}");
        }
        let good = tokio::spawn(async move { send(port, &knock(port, "good", "right")).await });
        let arrival = listener.arrival().await.unwrap();
        assert_eq!(arrival.outcome, Ok("good".to_owned()));
        // The same state doesn't open a second time.
        assert!(
            send(port, &knock(port, "again", "right"))
                .await
                .contains("browser-over")
        );
        arrival.finish();
        drop(listener);
        assert!(good.await.unwrap().contains("browser-signed-in"));
    }

    /// Wrong answers fill no queue, and whoever says nothing is dropped for whoever speaks: the good answer is here
    /// long before the first silent connection would have run out of time.
    #[tokio::test]
    async fn a_crowd_at_the_door_delays_nobody() {
        let mut listener = Listener::open(voice()).await.unwrap();
        listener.expect("right");
        let port = listener.redirect().port().unwrap();
        let mut silent = Vec::new();
        for _ in 0..300 {
            silent.push(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap());
        }
        let wrong: Vec<_> = (0..120)
            .map(|_| tokio::spawn(async move { send(port, &knock(port, "evil", "wrong")).await }))
            .collect();
        for request in wrong {
            assert!(!request.await.unwrap().contains("signed-in"));
        }
        let good = tokio::spawn(async move { send(port, &knock(port, "good", "right")).await });
        let arrival = tokio::time::timeout(READ_LIMIT / 2, listener.arrival())
            .await
            .expect("the good answer was kept waiting")
            .unwrap();
        assert_eq!(arrival.outcome, Ok("good".to_owned()));
        assert!(listener.door.open.lock().unwrap().len() <= MOST_CONNECTIONS);
        // More come while the good one waits for its page, and it is still there.
        for _ in 0..300 {
            silent.push(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap());
        }
        assert!(
            !send(port, &knock(port, "evil", "wrong"))
                .await
                .contains("signed-in")
        );
        arrival.finish();
        assert!(good.await.unwrap().contains("browser-signed-in"));
    }

    #[tokio::test]
    async fn a_connection_that_could_not_be_taken_ends_nothing() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (sender, mut knocks) = mpsc::channel(1);
        let door = Arc::new(Door {
            voice: voice(),
            port,
            awaited: Mutex::new(Some("right".into())),
            knocks: sender,
            open: Mutex::default(),
            counted: AtomicU64::new(0),
        });
        let failures = Arc::new(AtomicU64::new(0));
        let (failed, shared) = (Arc::clone(&failures), Arc::new(listener));
        let next = move || {
            let (failed, shared) = (Arc::clone(&failed), Arc::clone(&shared));
            async move {
                if failed.fetch_add(1, Ordering::Relaxed) < 8 {
                    return Err(std::io::Error::from(std::io::ErrorKind::ConnectionAborted));
                }
                shared.accept().await.map(|(stream, _)| stream)
            }
        };
        let waited = Arc::new(Mutex::new(Vec::new()));
        let pauses = Arc::clone(&waited);
        let pause = move |pause| {
            pauses.lock().unwrap().push(pause);
            std::future::ready(())
        };
        let accepting = tokio::spawn(accept(next, pause, door));
        let good = tokio::spawn(async move { send(port, &knock(port, "good", "right")).await });
        let knock = knocks.recv().await.unwrap();
        assert_eq!(knock.outcome, Ok("good".to_owned()));
        drop(knock.answer.send(Page::Finished));
        assert!(good.await.unwrap().contains("browser-signed-in"));
        let waited = waited.lock().unwrap().clone();
        assert_eq!(waited.len(), 8);
        assert!(waited.iter().all(|pause| *pause <= LONGEST_PAUSE) && waited.is_sorted());
        accepting.abort();
    }

    #[tokio::test]
    async fn the_port_is_closed_with_the_listener() {
        let listener = Listener::open(voice()).await.unwrap();
        let port = listener.redirect().port().unwrap();
        drop(listener);
        for _ in 0..200 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the port is still open");
    }
}
