//! The second front door: a proxy that plays Microsoft's host names, and no others.
//!
//! A client whose host names are built in is started with `HTTPS_PROXY` set to this door and with the practice root
//! certificate. It then asks for `CONNECT graph.microsoft.com:443` and is piped to this server's own TLS port, where
//! the leaf certificate carries that name. Every other host is refused and counted, so a test can prove that nothing
//! but Microsoft's played names was asked for (practice-organisation notes, "CONNECT front door").

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::running::RunningOrganisation;
use crate::running::crowd::{Crowd, Place, pause_after_failed_accept};
use crate::server::listen::PATIENCE;
use crate::wire::hosts::microsoft_name;

/// The largest request head; a CONNECT has a line and a few headers.
const HEAD_AT_MOST: usize = 16 * 1024;
/// Tunnels beyond this wait until one ends, or take the place of who has not said yet where to.
const TUNNELS_AT_MOST: usize = 512;
/// How long one direction of a tunnel may go on after the other has ended.
const AFTER_HALF_CLOSE: Duration = Duration::from_secs(60);
/// How long, and how much of, a refused client's rest is read, so that it sees the refusal and no reset.
const DRAIN_FOR: Duration = Duration::from_secs(1);
const DRAIN_AT_MOST: usize = 256 * 1024;

/// Which port of this machine answers for a port of Microsoft's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ports {
    by_asked: BTreeMap<u16, u16>,
}

impl Ports {
    /// Only HTTPS, answered by the server's own port.
    pub(crate) fn https(own: u16) -> Self {
        Self {
            by_asked: BTreeMap::from([(443, own)]),
        }
    }

    /// One more of Microsoft's ports, such as 993, and the port here that plays it.
    #[must_use]
    pub(crate) fn with(mut self, asked: u16, own: u16) -> Self {
        self.by_asked.insert(asked, own);
        self
    }

    /// Where a tunnel to this host and port leads. A played host leads to what plays its port; this machine's own
    /// name leads only to those same ports under their real numbers, because a client that was given both the
    /// proxy and this origin asks the proxy for the origin too.
    fn lookup(&self, host: &str, port: u16) -> Result<u16, Refusal> {
        if microsoft_name(host).is_some() {
            return self.by_asked.get(&port).copied().ok_or(Refusal::Port);
        }
        if ["localhost", "127.0.0.1", "::1"].contains(&host) && self.by_asked.values().any(|own| *own == port)
        {
            return Ok(port);
        }
        Err(Refusal::Host)
    }
}

/// Why a request to the proxy is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// Not a request at all.
    Malformed,
    /// No whole head within the time.
    Slow,
    /// The head is longer than `HEAD_AT_MOST`.
    TooLarge,
    /// Another method than CONNECT.
    Method,
    /// A host that is not played.
    Host,
    /// A played host, but a port that nothing plays.
    Port,
    /// The port that should play it did not take the connection.
    Unreachable,
}

impl Refusal {
    fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::Slow => "408 Request Timeout",
            Self::TooLarge => "431 Request Header Fields Too Large",
            Self::Method => "405 Method Not Allowed",
            Self::Host | Self::Port => "403 Forbidden",
            Self::Unreachable => "502 Bad Gateway",
        }
    }

    fn text(self, asked: &str) -> String {
        match self {
            Self::Malformed => "This is no HTTP request that a proxy understands.".into(),
            Self::Slow => "The request took too long to arrive.".into(),
            Self::TooLarge => "The head of the request is too large.".into(),
            Self::Method => {
                "This proxy only answers CONNECT: set it as HTTPS_PROXY of a client that speaks HTTPS.".into()
            }
            Self::Host => format!(
                "The practice organisation plays Microsoft 365 only and lets nothing else out: {asked} was refused."
            ),
            Self::Port => format!("The practice organisation plays this host, but not this port: {asked}."),
            Self::Unreachable => format!("What plays {asked} did not take the connection."),
        }
    }

    fn answer(self, asked: &str) -> String {
        let text = format!("{}\n", self.text(asked));
        let allow = if self == Self::Method {
            "Allow: CONNECT\r\n"
        } else {
            ""
        };
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n{allow}Connection: close\r\nX-Practice: 1\r\n\r\n{text}",
            self.status(),
            text.len()
        )
    }
}

/// Accepts connections until the organisation stops.
pub(crate) async fn listen_on(
    listener: TcpListener,
    running: Arc<RunningOrganisation>,
    ports: Ports,
    mut stopped: watch::Receiver<bool>,
) {
    let crowd = Crowd::new(TUNNELS_AT_MOST);
    let ports = Arc::new(ports);
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((client, _)) = accepted else {
            pause_after_failed_accept().await;
            continue;
        };
        let place = tokio::select! {
            _ = stopped.changed() => return,
            place = crowd.enter() => place,
        };
        let Some(place) = place else { return };
        let (running, ports, mut stopped) = (running.clone(), ports.clone(), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                _ = stopped.changed() => {}
                () = place.is_needed() => {}
                () = serve(client, &running, &ports, &place) => {}
            }
        });
    }
}

/// Serves one client: one head, then a tunnel or a refusal.
async fn serve(mut client: TcpStream, running: &RunningOrganisation, ports: &Ports, place: &Place) {
    // What cannot be set only costs time.
    let _ = client.set_nodelay(true);
    let mut received = Vec::new();
    let head = timeout(PATIENCE, read_head(&mut client, &mut received)).await;
    let head = match head {
        Ok(Ok(Some(length))) => Ok(length),
        // It left, or said nothing at all: there is nobody to answer.
        Ok(Ok(None) | Err(HeadError::Gone)) => return,
        Err(_) if received.is_empty() => return,
        Ok(Err(HeadError::TooLarge)) => Err(Refusal::TooLarge),
        Err(_) => Err(Refusal::Slow),
    };
    place.is_busy();
    let request = head.and_then(|length| {
        let head = received.get(..length).unwrap_or_default();
        Request::parse(head)
            .map(|request| (request, length))
            .ok_or(Refusal::Malformed)
    });
    let (asked, outcome) = match request {
        Ok((Request::Connect { host, port }, length)) => {
            let asked = format!("{host}:{port}");
            let outcome = match ports.lookup(&host, port) {
                Ok(own) => match TcpStream::connect((Ipv4Addr::LOCALHOST, own)).await {
                    Ok(upstream) => Ok((upstream, length)),
                    Err(_) => Err(Refusal::Unreachable),
                },
                Err(refusal) => Err(refusal),
            };
            (asked, outcome)
        }
        Ok((Request::Other, _)) => (String::new(), Err(Refusal::Method)),
        Ok((Request::Elsewhere { host }, _)) => {
            let refusal = if microsoft_name(&host).is_some() {
                Refusal::Method
            } else {
                Refusal::Host
            };
            (host, Err(refusal))
        }
        Err(refusal) => (String::new(), Err(refusal)),
    };
    match outcome {
        Ok((mut upstream, length)) => {
            running.count_tunnel(&asked, false);
            let _ = upstream.set_nodelay(true);
            let rest = received.get(length..).unwrap_or_default();
            let opened = client
                .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
                .await;
            if opened.is_ok() && upstream.write_all(rest).await.is_ok() {
                drop(received);
                pipe(client, upstream).await;
            }
        }
        Err(refusal) => {
            if matches!(refusal, Refusal::Host | Refusal::Port) {
                running.count_tunnel(&asked, true);
            }
            refuse(client, &refusal.answer(&asked)).await;
        }
    }
}

/// Answers and closes so that the client can still read the answer, even when it is in the middle of sending.
async fn refuse(mut client: TcpStream, answer: &str) {
    if client.write_all(answer.as_bytes()).await.is_err() || client.shutdown().await.is_err() {
        return;
    }
    let drain = async {
        let (mut left, mut buffer) = (DRAIN_AT_MOST, [0; 4096]);
        while let Ok(count @ 1..) = client.read(&mut buffer).await {
            left = left.saturating_sub(count);
            if left == 0 {
                break;
            }
        }
    };
    let _ = timeout(DRAIN_FOR, drain).await;
}

/// Copies both ways until both have ended; an end on one side is passed on as an end, not as a cut.
async fn pipe(client: TcpStream, upstream: TcpStream) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_upstream, mut to_upstream) = upstream.into_split();
    let up = async {
        let _ = tokio::io::copy(&mut from_client, &mut to_upstream).await;
        let _ = to_upstream.shutdown().await;
    };
    let down = async {
        let _ = tokio::io::copy(&mut from_upstream, &mut to_client).await;
        let _ = to_client.shutdown().await;
    };
    tokio::pin!(up, down);
    tokio::select! {
        () = &mut up => { let _ = timeout(AFTER_HALF_CLOSE, down).await; }
        () = &mut down => { let _ = timeout(AFTER_HALF_CLOSE, up).await; }
    }
}

enum HeadError {
    TooLarge,
    Gone,
}

/// Reads until the head is whole and tells where it ends; `None` when the client left before sending anything.
async fn read_head(client: &mut TcpStream, received: &mut Vec<u8>) -> Result<Option<usize>, HeadError> {
    let mut buffer = [0; 2048];
    loop {
        let count = client.read(&mut buffer).await.map_err(|_| HeadError::Gone)?;
        if count == 0 {
            return if received.is_empty() {
                Ok(None)
            } else {
                Err(HeadError::Gone)
            };
        }
        // The end may lie across two reads.
        let from = received.len().saturating_sub(3);
        received.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let new = received.get(from..).unwrap_or_default();
        if let Some(at) = new.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            return Ok(Some(from + at + 4));
        }
        if received.len() > HEAD_AT_MOST {
            return Err(HeadError::TooLarge);
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Request {
    Connect {
        host: String,
        port: u16,
    },
    /// Another method with an address of its own, as a client sends it to an HTTP proxy.
    Elsewhere {
        host: String,
    },
    /// Another method for this port itself.
    Other,
}

impl Request {
    /// The request line of a head; `None` when it is not one, or when a header line is none.
    fn parse(head: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let line = lines.next()?;
        let is_field = |line: &str| {
            line.split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic()))
        };
        if !lines.all(is_field) {
            return None;
        }
        let mut words = line.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        let sound = words.next().is_none()
            && ["HTTP/1.0", "HTTP/1.1"].contains(&version)
            && !method.is_empty()
            && method.bytes().all(|byte| byte.is_ascii_uppercase());
        if !sound {
            return None;
        }
        if method != "CONNECT" {
            let Some((scheme, _)) = target.split_once("://") else {
                return target.starts_with(['/', '*']).then_some(Self::Other);
            };
            let url = url::Url::parse(target).ok()?;
            return ["http", "https"]
                .contains(&scheme.to_ascii_lowercase().as_str())
                .then(|| {
                    url.host_str().map(|host| Self::Elsewhere {
                        host: host.to_owned(),
                    })
                })?;
        }
        let (host, port) = target.rsplit_once(':')?;
        let port = port
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| port.parse().ok())??;
        let host = host
            .strip_prefix('[')
            .map_or(Some(host), |open| open.strip_suffix(']'))?
            .to_ascii_lowercase();
        let sound = (1..=253).contains(&host.len())
            && port > 0
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_:".contains(&byte));
        sound.then_some(Self::Connect { host, port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Request> {
        Request::parse(format!("{line}\r\nHost: x\r\n\r\n").as_bytes())
    }

    #[test]
    fn only_whole_requests_are_understood() {
        let connect = |host: &str, port| {
            Some(Request::Connect {
                host: host.to_owned(),
                port,
            })
        };
        assert_eq!(
            parse("CONNECT Graph.Microsoft.com:443 HTTP/1.1"),
            connect("graph.microsoft.com", 443)
        );
        assert_eq!(parse("CONNECT [::1]:993 HTTP/1.0"), connect("::1", 993));
        assert_eq!(parse("GET / HTTP/1.1"), Some(Request::Other));
        assert_eq!(
            parse("GET http://example.com/a HTTP/1.1"),
            Some(Request::Elsewhere {
                host: "example.com".into()
            })
        );
        for rubbish in [
            "",
            "CONNECT",
            "CONNECT graph.microsoft.com HTTP/1.1",
            "CONNECT graph.microsoft.com: HTTP/1.1",
            "CONNECT graph.microsoft.com:+443 HTTP/1.1",
            "CONNECT graph.microsoft.com:0 HTTP/1.1",
            "CONNECT graph.microsoft.com:99999 HTTP/1.1",
            "CONNECT a/b:443 HTTP/1.1",
            "CONNECT [::1:443 HTTP/1.1",
            "CONNECT :443 HTTP/1.1",
            "CONNECT graph.microsoft.com:443 HTTP/2",
            "CONNECT graph.microsoft.com:443 HTTP/1.1 x",
            "CONNECT  graph.microsoft.com:443 HTTP/1.1",
            "connect graph.microsoft.com:443 HTTP/1.1",
            "GET ftp://example.com/ HTTP/1.1",
            "GET x HTTP/1.1",
        ] {
            assert_eq!(parse(rubbish), None, "{rubbish:?}");
        }
        assert_eq!(
            Request::parse(b"CONNECT a:443 HTTP/1.1\r\nno field\r\n\r\n"),
            None
        );
        assert_eq!(Request::parse(b"CONNECT \xff:443 HTTP/1.1\r\n\r\n"), None);
    }

    #[test]
    fn a_tunnel_leads_only_to_what_is_played() {
        let ports = Ports::https(40_001).with(993, 40_002);
        for (host, port, expected) in [
            ("graph.microsoft.com", 443, Ok(40_001)),
            ("outlook.office365.com", 993, Ok(40_002)),
            ("outlook.office365.com", 8443, Err(Refusal::Port)),
            ("example.com", 443, Err(Refusal::Host)),
            ("graph.microsoft.com.example.com", 443, Err(Refusal::Host)),
            ("localhost", 40_001, Ok(40_001)),
            ("127.0.0.1", 40_002, Ok(40_002)),
            ("localhost", 22, Err(Refusal::Host)),
            ("localhost", 443, Err(Refusal::Host)),
        ] {
            assert_eq!(ports.lookup(host, port), expected, "{host}:{port}");
        }
    }
}
