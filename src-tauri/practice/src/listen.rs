//! Connections: accepted on the loopback interface, bounded in number, size and patience, and spoilt on demand.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio_rustls::TlsAcceptor;

use crate::server::Server;
use crate::spoilt;
use crate::trouble::Answer;
use crate::wire::{Call, Reply};

/// The largest body that is read; Graph's own limit for a JSON request is 4 MB.
const BODY_AT_MOST: usize = 4 * 1024 * 1024;
/// What a TLS connection begins with.
const TLS_HANDSHAKE: u8 = 22;
/// How long a client may take to shake hands, to send its headers, and to send its body.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Accepts connections until the organisation stops.
pub(crate) async fn listen_on(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    router: Router,
    mut stopped: watch::Receiver<bool>,
    slots: Arc<tokio::sync::Semaphore>,
) {
    loop {
        let slot = tokio::select! {
            _ = stopped.changed() => return,
            slot = slots.clone().acquire_owned() => slot,
        };
        let accepted = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => accepted,
        };
        let (Ok(slot), Ok((stream, _))) = (slot, accepted) else {
            pause_after_failed_accept().await;
            continue;
        };
        let (acceptor, router, mut stopped) = (acceptor.clone(), router.clone(), stopped.clone());
        tokio::spawn(async move {
            let _slot = slot;
            // The first byte of TLS is 22; no HTTP request begins with it.
            let mut first = [0];
            match tokio::time::timeout(PATIENCE, stream.peek(&mut first)).await {
                Ok(Ok(1)) if first[0] == TLS_HANDSHAKE => {
                    if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                        converse(stream, router, Door::Encrypted, &mut stopped).await;
                    }
                }
                Ok(Ok(1)) => converse(stream, router, Door::Plain, &mut stopped).await,
                _ => {}
            }
        });
    }
}

/// A failed accept (too many open files) stays failed for a while and must not turn into a busy loop.
pub(crate) async fn pause_after_failed_accept() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    door: Door,
    stopped: &mut watch::Receiver<bool>,
) {
    let cut = Arc::new(Cut::default());
    let service = TowerToHyperService::new(
        router
            .layer(axum::Extension(cut.clone()))
            .layer(axum::Extension(door)),
    );
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(64)
        .max_header_list_size(64 * 1024);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        _ = connection => {}
        () = cut.now.notified() => {}
        _ = stopped.changed() => {}
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
        self == Self::Encrypted || crate::entra::is_page(path)
    }
}

/// Lets a handler cut the connection that it answers on.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    now: Notify,
}

/// Answers one request: reads it, counts it, lets trouble strike, saves.
pub(crate) async fn serve(
    State(server): State<Arc<Server>>,
    axum::Extension(cut): axum::Extension<Arc<Cut>>,
    axum::Extension(door): axum::Extension<Door>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let path_and_query = parts
        .uri
        .path_and_query()
        .map_or("/", |value| value.as_str())
        .to_owned();
    let body = match tokio::time::timeout(PATIENCE, to_bytes(body, BODY_AT_MOST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return whole(
                &server,
                Reply::text(413, "text/plain", "The request is too large.\n"),
            );
        }
        Err(_) => {
            return whole(
                &server,
                Reply::text(408, "text/plain", "The request took too long to arrive.\n"),
            );
        }
    };
    let mut headers = parts.headers;
    // HTTP/2 names the host in the address and not in a header.
    if let Some(authority) = parts.uri.authority()
        && let Ok(value) = HeaderValue::from_str(authority.as_str())
    {
        headers.entry("host").or_insert(value);
    }
    let call = Call::new(parts.method, &path_and_query, headers, body);
    if !door.opens(&call.path) {
        let text = "Only the sign-in pages are served without encryption.\n";
        return whole(&server, Reply::text(403, "text/plain; charset=utf-8", text));
    }
    let is_control = call.path.starts_with("/_practice/");
    if !is_control {
        server.count(&call);
    }
    let _entered = match server.enter(&call) {
        Ok(entered) => entered,
        Err(refusal) => return whole(&server, refusal),
    };
    let struck = if is_control { None } else { server.strike(&call) };
    let Some(answer) = struck else {
        let reply = server.answer(&call);
        server.save().await;
        return whole(&server, reply);
    };
    match spoil(&server, &call, &answer).await {
        Some(response) => response,
        None => {
            cut.now.notify_one();
            std::future::pending().await
        }
    }
}

/// An answer whose body arrives as it is.
fn whole(server: &Server, reply: Reply) -> Response {
    let body = Body::from(Bytes::clone(&reply.body));
    finished(server, reply, body)
}

/// The answer of a stricken request; `None` cuts the connection.
async fn spoil(server: &Server, call: &Call, answer: &Answer) -> Option<Response> {
    if let Some(milliseconds) = answer.slow_milliseconds {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    let honest = if answer.runs() {
        let reply = server.answer(call);
        server.save().await;
        Some(reply)
    } else {
        None
    };
    if answer.drop {
        return None;
    }
    let now = server.now();
    let reply = match spoilt::instead(answer, call, now) {
        Some(reply) => reply,
        None => honest?,
    };
    let reply = spoilt::bend(answer, reply, now);
    let body = spoilt::body(answer, reply.body.clone());
    Some(finished(server, reply, body))
}

/// The answer as it goes out. Every answer is dated by the organisation's clock, which clients judge their tokens by.
fn finished(server: &Server, reply: Reply, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *response.headers_mut() = reply.headers;
    if let Ok(date) = HeaderValue::from_str(&server.date()) {
        response.headers_mut().insert("date", date);
    }
    response
        .headers_mut()
        .entry("x-practice")
        .or_insert(HeaderValue::from_static("1"));
    response
}
