//! Connections: accepted on the loopback interface, bounded in number, size and patience, and spoilt on demand.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, SemaphorePermit, watch};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::answer;
use crate::running::RunningOrganisation;
use crate::running::crowd::{Crowd, Place, pause_after_failed_accept};
use crate::scenario::spoilt;
use crate::scenario::trouble::Answer;
use crate::wire::refusal::Refusal;
use crate::wire::{Call, Reply};

/// The largest body that is read; Graph's own limit for a JSON request is 4 MB.
const BODY_AT_MOST: usize = 4 * 1024 * 1024;
/// What a TLS connection begins with.
const TLS_HANDSHAKE: u8 = 22;
/// The largest head of a request, over HTTP/1.1 and over HTTP/2.
const HEAD_AT_MOST: usize = 64 * 1024;
const HEAD_LIST_AT_MOST: u32 = 64 * 1024;
/// How long a client may take to shake hands, to send its headers, and to send its body.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// How long a connection may be open without a request that has begun.
const IDLE: Duration = Duration::from_secs(180);
/// How long the end of a connection may take once it was asked for.
pub(crate) const FAREWELL: Duration = Duration::from_secs(2);
/// Accepts connections until the organisation stops.
pub(crate) async fn listen_on(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    router: Router,
    mut stopped: watch::Receiver<bool>,
    crowd: Arc<Crowd>,
) {
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            pause_after_failed_accept().await;
            continue;
        };
        let place = tokio::select! {
            _ = stopped.changed() => return,
            place = crowd.enter() => place,
        };
        let Some(place) = place else { return };
        // A short answer behind the last of a handshake would else wait for an acknowledgement, some 40 ms each time. A
        // system that refuses is only slower.
        let _ = stream.set_nodelay(true);
        let (acceptor, router, mut stopped) = (acceptor.clone(), router.clone(), stopped.clone());
        tokio::spawn(async move {
            let greeted = async {
                // The first byte of TLS is 22; no HTTP request begins with it.
                let mut first = [0];
                match timeout(PATIENCE, stream.peek(&mut first)).await {
                    Ok(Ok(1)) if first[0] == TLS_HANDSHAKE => {
                        match timeout(PATIENCE, acceptor.accept(stream)).await {
                            Ok(Ok(stream)) => Some(Greeted::Encrypted(Box::new(stream))),
                            _ => None,
                        }
                    }
                    Ok(Ok(1)) => Some(Greeted::Plain(stream)),
                    _ => None,
                }
            };
            let greeted = tokio::select! {
                _ = stopped.changed() => None,
                () = place.is_needed() => None,
                greeted = greeted => greeted,
            };
            match greeted {
                Some(Greeted::Encrypted(stream)) => {
                    converse(stream, router, Door::Encrypted, place, &mut stopped).await;
                }
                Some(Greeted::Plain(stream)) => {
                    converse(stream, router, Door::Plain, place, &mut stopped).await
                }
                None => {}
            }
        });
    }
}

/// A connection whose first bytes were seen.
enum Greeted {
    Encrypted(Box<TlsStream<TcpStream>>),
    Plain(TcpStream),
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    door: Door,
    place: Arc<Place>,
    stopped: &mut watch::Receiver<bool>,
) {
    let conversation = Arc::new(Conversation::new(place.clone()));
    let service = TowerToHyperService::new(
        router
            .layer(axum::Extension(conversation.clone()))
            .layer(axum::Extension(door)),
    );
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .half_close(true)
        .max_buf_size(HEAD_AT_MOST)
        .header_read_timeout(PATIENCE);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(IDLE / 2)
        .max_concurrent_streams(64)
        .max_header_list_size(HEAD_LIST_AT_MOST);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    // Before the first request, and between requests of HTTP/2, nothing else watches over a client that says nothing.
    let mut watch = tokio::time::interval(PATIENCE / 2);
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            () = conversation.cut.notified() => return,
            _ = stopped.changed() => break,
            () = place.is_needed() => if conversation.is_quiet() { break },
            _ = watch.tick() => if conversation.is_idle() { break },
        }
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        _ = connection.as_mut() => {}
        () = conversation.cut.notified() => {}
        () = tokio::time::sleep(FAREWELL) => {}
    }
}

/// How a request came in.
///
/// The sign-in pages are also served without encryption: a person's browser does not trust the root certificate of a
/// practice organisation and would warn of it. Everything that carries a token or a secret is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// By TLS.
    Encrypted,
    /// By plain HTTP, for a person's browser.
    Plain,
}

impl Door {
    fn opens(self, path: &str) -> bool {
        self == Self::Encrypted || path == "/" || crate::entra::is_page(path)
    }
}

/// What the requests of one connection and the one who watches over it tell each other.
#[derive(Debug)]
pub(crate) struct Conversation {
    /// Cuts the connection.
    cut: Notify,
    place: Arc<Place>,
    state: Mutex<Activity>,
}

#[derive(Debug)]
struct Activity {
    /// Requests that have begun and not ended.
    running: u32,
    /// Whether there was one at all.
    begun: bool,
    /// When the last one began or ended.
    last: Instant,
}

impl Conversation {
    fn new(place: Arc<Place>) -> Self {
        Self {
            cut: Notify::new(),
            place,
            state: Mutex::new(Activity {
                running: 0,
                begun: false,
                last: Instant::now(),
            }),
        }
    }

    fn note(&self, change: impl FnOnce(&mut Activity)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state);
        state.last = Instant::now();
        if state.running == 0 {
            self.place.is_idle();
        } else {
            self.place.is_busy();
        }
    }

    /// Notes that a request runs until this is dropped.
    fn begin(self: &Arc<Self>) -> Running {
        self.note(|state| {
            state.begun = true;
            state.running = state.running.saturating_add(1);
        });
        Running(self.clone())
    }

    /// Whether no request runs: one may have begun in the instant in which the place was asked for.
    fn is_quiet(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).running == 0
    }

    /// Whether nothing has happened for longer than anybody is waited for.
    fn is_idle(&self) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let patience = if state.begun { IDLE } else { PATIENCE };
        state.running == 0 && state.last.elapsed() >= patience
    }
}

/// A request that runs.
struct Running(Arc<Conversation>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0
            .note(|state| state.running = state.running.saturating_sub(1));
    }
}

/// Answers one request: reads it, counts it, lets trouble strike, saves.
pub(crate) async fn serve(
    State(running): State<Arc<RunningOrganisation>>,
    axum::Extension(conversation): axum::Extension<Arc<Conversation>>,
    axum::Extension(door): axum::Extension<Door>,
    request: Request,
) -> Response {
    let _running = conversation.begin();
    let (parts, body) = request.into_parts();
    let path_and_query = parts
        .uri
        .path_and_query()
        .map_or("/", |value| value.as_str())
        .to_owned();
    let mut headers = parts.headers;
    // HTTP/2 names the host in the address and not in a header, and a whole address says more than the header.
    if let Some(authority) = parts.uri.authority()
        && let Ok(value) = HeaderValue::from_str(authority.as_str())
    {
        headers.insert("host", value);
    }
    let head_only = parts.method == Method::HEAD;
    let method = if head_only { Method::GET } else { parts.method };
    let mut call = Call::new(method, &path_and_query, headers, Bytes::new());
    if let Some(refusal) = refusal_of_head(&running, &call, door) {
        return whole(&running, refusal, head_only);
    }
    // Held until the answer is made, because the body is.
    let _room = match read_body(&running, &call, body).await {
        Ok((body, room)) => {
            call.body = body;
            room
        }
        Err(refusal) => return whole(&running, refusal, head_only),
    };
    let is_control = call.path.starts_with("/_practice/");
    if !is_control {
        running.count(&call);
    }
    let _entered = match running.enter(&call) {
        Ok(entered) => entered,
        Err(refusal) => return whole(&running, refusal, head_only),
    };
    let struck = if is_control { None } else { running.strike(&call) };
    let Some(answer) = struck else {
        let reply = answer::answer(&running, &call);
        running.save().await;
        return whole(&running, reply, head_only);
    };
    match spoil(&running, &call, &answer).await {
        Some(response) => response,
        None => {
            conversation.cut.notify_one();
            std::future::pending().await
        }
    }
}

/// What can be refused before the body is read, so that a client that waits for `100 Continue` need not send it.
fn refusal_of_head(running: &RunningOrganisation, call: &Call, door: Door) -> Option<Reply> {
    const METHODS: [Method; 5] = [
        Method::GET,
        Method::POST,
        Method::PATCH,
        Method::PUT,
        Method::DELETE,
    ];
    const ALLOWED: &str = "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS";
    let preflight = call.method == Method::OPTIONS && crate::entra::is_token_endpoint(&call.path);
    if call.method == Method::OPTIONS && !preflight {
        return Some(Reply::empty(204).with("allow", ALLOWED));
    }
    let refuse = |status, message| {
        let refusal = Refusal {
            status,
            code: None,
            aadsts: None,
            message,
        };
        Some(refusal.reply(call, running.now()))
    };
    if !preflight && !METHODS.contains(&call.method) {
        return refuse(405, "The method is not allowed.").map(|reply| reply.with("allow", ALLOWED));
    }
    if !door.opens(&call.path) {
        let text = "Only the sign-in pages are served without encryption.\n";
        return Some(Reply::text(403, "text/plain; charset=utf-8", text));
    }
    let length = call
        .header("content-length")
        .and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > BODY_AT_MOST)) {
        return refuse(413, TOO_LARGE);
    }
    let encoding = call.header("content-encoding").unwrap_or("identity");
    if !encoding.trim().eq_ignore_ascii_case("identity") {
        // Microsoft's SDK for Go packs what it sends and falls back when it is told so.
        return refuse(415, "The content encoding of the request is not supported.");
    }
    None
}

/// What a body says that is larger than `BODY_AT_MOST`. Microsoft's own words are UNVERIFIED.
const TOO_LARGE: &str = "The size of the request exceeds the maximum of 4 MB.";

/// The body of a request, once there is room for it.
async fn read_body<'a>(
    running: &'a RunningOrganisation,
    call: &Call,
    body: Body,
) -> Result<(Bytes, SemaphorePermit<'a>), Reply> {
    let refuse = |status, message| {
        let refusal = Refusal {
            status,
            code: None,
            aadsts: None,
            message,
        };
        refusal.reply(call, running.now())
    };
    let size = body.size_hint();
    let most = size
        .upper()
        .and_then(|size| usize::try_from(size).ok())
        .unwrap_or(BODY_AT_MOST)
        .min(BODY_AT_MOST);
    let kib = u32::try_from(most.div_ceil(1024)).unwrap_or(u32::MAX);
    let reading = async {
        let room = running.bodies.acquire_many(kib).await.ok()?;
        Some((to_bytes(body, BODY_AT_MOST).await, room))
    };
    match timeout(PATIENCE, reading).await {
        Ok(Some((Ok(body), mut room))) => {
            // Who did not say how much would come is given back what did not.
            let held = u32::try_from(body.len().div_ceil(1024)).unwrap_or(kib);
            drop(room.split(kib.saturating_sub(held) as usize));
            Ok((body, room))
        }
        // The client broke off, or it sent more than it may.
        Ok(Some((Err(_), _))) => Err(refuse(413, TOO_LARGE)),
        Ok(None) => Err(refuse(503, "The organisation is stopping.")),
        Err(_) => Err(refuse(408, "The request took too long to arrive.")),
    }
}

/// An answer whose body arrives as it is.
fn whole(running: &RunningOrganisation, reply: Reply, head_only: bool) -> Response {
    if head_only {
        let length = reply.body.len().to_string();
        let reply = reply.with("content-length", &length);
        return finished(running, reply, Body::empty());
    }
    let body = Body::from(Bytes::clone(&reply.body));
    finished(running, reply, body)
}

/// The answer of a stricken request; `None` cuts the connection.
async fn spoil(running: &Arc<RunningOrganisation>, call: &Call, answer: &Answer) -> Option<Response> {
    if let Some(milliseconds) = answer.slow_milliseconds {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    let honest = if answer.runs() {
        let reply = answer::answer(running, call);
        running.save().await;
        Some(reply)
    } else {
        None
    };
    if answer.drop {
        return None;
    }
    let now = running.now();
    let reply = match spoilt::instead(answer, call, now) {
        Some(reply) => reply,
        None => honest?,
    };
    let reply = spoilt::bend(answer, reply, now);
    let body = spoilt::body(answer, reply.body.clone());
    Some(finished(running, reply, body))
}

/// The answer as it goes out. Every answer is dated by the organisation's clock, which clients judge their tokens by.
fn finished(running: &RunningOrganisation, reply: Reply, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = reply.headers;
    if let Ok(date) = HeaderValue::from_str(&running.date()) {
        response.headers_mut().insert("date", date);
    }
    response
        .headers_mut()
        .entry("x-practice")
        .or_insert(HeaderValue::from_static("1"));
    response
}
