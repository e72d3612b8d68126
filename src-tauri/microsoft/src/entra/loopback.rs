//! Where the browser comes back to: one port on this computer, open only while a sign-in is under way.
//!
//! Microsoft ignores the port of `http://localhost` and matches the path, so the address is `http://localhost:PORT/`
//! (microsoft-facts §1.1). A browser may resolve `localhost` to either loopback address, so both are bound; a request
//! that is not the awaited one is answered and ignored, because anybody on this computer can send one.

use std::convert::Infallible;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue, LOCATION, ORIGIN,
};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use url::Url;

/// How long somebody may take to sign in.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// How long a connection may take to send its request.
const READ_LIMIT: Duration = Duration::from_secs(5);

enum Page {
    LeadOn(String),
    Finished,
    Failed,
}

struct Knock {
    state: String,
    outcome: Result<String, (String, String)>,
    answer: oneshot::Sender<Page>,
}

/// The browser came back with the awaited `state`. It waits for its page until one of the methods is called.
pub struct Arrival {
    /// The code, or Microsoft's `error` and `error_description`.
    pub outcome: Result<String, (String, String)>,
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

/// The open port. Dropping it closes the port.
pub struct Listener {
    redirect: Url,
    knocks: mpsc::Receiver<Knock>,
    tasks: Vec<JoinHandle<()>>,
}

impl Listener {
    /// Opens the same free port on both loopback addresses.
    pub async fn open() -> std::io::Result<Self> {
        let (first, second) = bind().await?;
        let port = first.local_addr()?.port();
        let redirect = Url::parse(&format!("http://localhost:{port}/")).map_err(std::io::Error::other)?;
        let (sender, knocks) = mpsc::channel(8);
        let tasks = [Some(first), second]
            .into_iter()
            .flatten()
            .map(|listener| tokio::spawn(accept(listener, port, sender.clone())))
            .collect();
        Ok(Self {
            redirect,
            knocks,
            tasks,
        })
    }

    /// The redirect address to ask for.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Waits for the request with this `state`; `None` once patience is over.
    pub async fn arrival(&mut self, state: &str) -> Option<Arrival> {
        let awaited = async {
            while let Some(knock) = self.knocks.recv().await {
                if same(&knock.state, state) {
                    return Some(Arrival {
                        outcome: knock.outcome,
                        answer: knock.answer,
                    });
                }
                drop(knock.answer.send(Page::Failed));
            }
            None
        };
        tokio::time::timeout(PATIENCE, awaited).await.ok().flatten()
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

async fn accept(listener: TcpListener, port: u16, knocks: mpsc::Sender<Knock>) {
    while let Ok((stream, _)) = listener.accept().await {
        let knocks = knocks.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, port, knocks.clone()));
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(READ_LIMIT)
                .max_buf_size(16 * 1024)
                .keep_alive(false)
                .serve_connection(TokioIo::new(stream), service);
            // A connection that breaks is the browser's business; the next request comes on a new one.
            drop(connection.await);
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    port: u16,
    knocks: mpsc::Sender<Knock>,
) -> Result<Response<Full<Bytes>>, Infallible> {
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
            StatusCode::BAD_REQUEST,
            "This address only takes Microsoft's answer",
            "Go back to Mailgrant.",
        ));
    }
    if request.uri().path() != "/" {
        return Ok(page(
            StatusCode::NOT_FOUND,
            "There is nothing here",
            "Go back to Mailgrant.",
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
        (None, Some(error)) => Err((error, value("error_description").unwrap_or_default())),
        (None, None) => {
            return Ok(page(
                StatusCode::BAD_REQUEST,
                "This is not Microsoft's answer",
                "Go back to Mailgrant.",
            ));
        }
    };
    let (sender, receiver) = oneshot::channel();
    let knock = Knock {
        state: value("state").unwrap_or_default(),
        outcome,
        answer: sender,
    };
    if knocks.try_send(knock).is_err() {
        return Ok(page(
            StatusCode::CONFLICT,
            "This sign-in is over",
            "Go back to Mailgrant.",
        ));
    }
    Ok(match receiver.await {
        Ok(Page::LeadOn(address)) => lead_on(&address),
        Ok(Page::Finished) => page(
            StatusCode::OK,
            "You're signed in",
            "Close this page and go back to Mailgrant.",
        ),
        Ok(Page::Failed) | Err(_) => page(
            StatusCode::OK,
            "The sign-in didn't finish",
            "Close this page. Mailgrant says why and what to do.",
        ),
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

fn page(status: StatusCode, title: &str, text: &str) -> Response<Full<Bytes>> {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style>body{{font:16px/24px system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 20px}}h1{{font-size:28px;line-height:36px}}</style><h1>{title}</h1><p>{text}</p></html>"
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
    use tokio::net::TcpStream;

    use super::*;

    async fn send(port: u16, text: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = String::new();
        drop(stream.read_to_string(&mut answer).await);
        answer
    }

    /// None of these ends the sign-in, and the good answer still counts after all of them.
    #[tokio::test]
    async fn hostile_requests_are_ignored() {
        let mut listener = Listener::open().await.unwrap();
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
        ];
        for request in &hostile {
            assert!(!send(port, request).await.contains("signed in"), "{request}");
        }
        let wrong_state = tokio::spawn(async move {
            send(
                port,
                &format!("GET /?code=evil&state=wrong HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            )
            .await
        });
        let good = tokio::spawn(async move {
            send(
                port,
                &format!("GET /?code=good&state=right HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            )
            .await
        });
        let arrival = listener.arrival("right").await.unwrap();
        assert_eq!(arrival.outcome, Ok("good".to_owned()));
        arrival.finish();
        drop(listener);
        assert!(good.await.unwrap().contains("You're signed in"));
        assert!(!wrong_state.await.unwrap().contains("signed in"));
    }

    #[tokio::test]
    async fn the_port_is_closed_with_the_listener() {
        let listener = Listener::open().await.unwrap();
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
