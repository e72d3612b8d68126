//! The ports of the mail protocols: on the loopback interface only, bounded in number and patience.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::door::Door;
use super::line::Connection;
use super::{imap, pop, smtp};
use crate::running::RunningOrganisation;
use crate::running::crowd::{Crowd, Place};

/// Who comes to a port when so many are connected takes the place of one who has not signed in, or waits.
const CONNECTIONS_AT_MOST: usize = 256;
/// How long a client may take to shake hands.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many clients may hand over a large message at the same time.
const LARGE_AT_ONCE: usize = 4;

/// What a port speaks, and whether TLS comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaks {
    Imap,
    ImapStartTls,
    Pop,
    PopStartTls,
    Smtp,
    SmtpTls,
}

impl Speaks {
    fn begins_with_tls(self) -> bool {
        matches!(self, Self::Imap | Self::Pop | Self::SmtpTls)
    }
}

/// The ports that are asked for; 0 takes a free one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    pub(crate) imap: u16,
    pub(crate) imap_starttls: u16,
    pub(crate) pop: u16,
    pub(crate) pop_starttls: u16,
    pub(crate) smtp: u16,
    pub(crate) smtp_tls: u16,
}

/// The ports that are open.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ports {
    /// IMAP with TLS from the first byte; outlook.office365.com:993 is played by it.
    pub(crate) imap: u16,
    /// IMAP with STARTTLS; outlook.office365.com:143.
    pub(crate) imap_starttls: u16,
    /// POP3 with TLS from the first byte; outlook.office365.com:995.
    pub(crate) pop: u16,
    /// POP3 with STLS; outlook.office365.com:110.
    pub(crate) pop_starttls: u16,
    /// SMTP submission with STARTTLS; smtp.office365.com:587.
    pub(crate) smtp: u16,
    /// SMTP submission with TLS from the first byte. Exchange Online has no such port; some clients want one.
    pub(crate) smtp_tls: u16,
}

/// Opens the ports and serves them until the organisation stops. A port that cannot be taken is named in the error.
pub(crate) async fn start(
    running: &Arc<RunningOrganisation>,
    tls: &rustls::ServerConfig,
    asked: Asked,
    stopped: &watch::Receiver<bool>,
) -> Result<(Ports, Vec<JoinHandle<()>>), (u16, std::io::Error)> {
    let mut tls = tls.clone();
    // Mail protocols have no names in ALPN that clients agree on; none is offered.
    tls.alpn_protocols.clear();
    let door = Arc::new(Door {
        running: running.clone(),
        tls: TlsAcceptor::from(Arc::new(tls)),
        large: Arc::new(Semaphore::new(LARGE_AT_ONCE)),
    });
    let mut tasks = Vec::new();
    let mut ports = Ports::default();
    for (speaks, asked, port) in [
        (Speaks::Imap, asked.imap, &mut ports.imap),
        (
            Speaks::ImapStartTls,
            asked.imap_starttls,
            &mut ports.imap_starttls,
        ),
        (Speaks::Pop, asked.pop, &mut ports.pop),
        (Speaks::PopStartTls, asked.pop_starttls, &mut ports.pop_starttls),
        (Speaks::Smtp, asked.smtp, &mut ports.smtp),
        (Speaks::SmtpTls, asked.smtp_tls, &mut ports.smtp_tls),
    ] {
        let failed = |error| (asked, error);
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, asked)))
            .await
            .map_err(failed)?;
        *port = listener.local_addr().map_err(failed)?.port();
        // A client may look "localhost" up as ::1 first; where that address is missing, it falls back by itself.
        let second = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, *port)))
            .await
            .ok();
        let crowd = Crowd::new(CONNECTIONS_AT_MOST);
        for listener in std::iter::once(listener).chain(second) {
            tasks.push(tokio::spawn(accept(
                listener,
                door.clone(),
                speaks,
                crowd.clone(),
                stopped.clone(),
            )));
        }
    }
    Ok((ports, tasks))
}

async fn accept(
    listener: TcpListener,
    door: Arc<Door>,
    speaks: Speaks,
    crowd: Arc<Crowd>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            _ = stopped.changed() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            crate::running::crowd::pause_after_failed_accept().await;
            continue;
        };
        let place = tokio::select! {
            _ = stopped.changed() => return,
            place = crowd.enter() => place,
        };
        let Some(place) = place else { return };
        let (door, mut stopped) = (door.clone(), stopped.clone());
        tokio::spawn(async move {
            tokio::select! {
                _ = stopped.changed() => {}
                () = place.is_needed() => {}
                () = converse(stream, door, speaks, place.clone()) => {}
            }
        });
    }
}

async fn converse(stream: TcpStream, door: Arc<Door>, speaks: Speaks, place: Arc<Place>) {
    let _ = stream.set_nodelay(true);
    let encrypted = speaks.begins_with_tls();
    let connection = if encrypted {
        match tokio::time::timeout(PATIENCE, door.tls.accept(stream)).await {
            Ok(Ok(stream)) => Connection::new(stream).holding(place),
            _ => return,
        }
    } else {
        Connection::new(stream).holding(place)
    };
    match speaks {
        Speaks::Imap | Speaks::ImapStartTls => imap::serve(connection, door, encrypted).await,
        Speaks::Pop | Speaks::PopStartTls => pop::serve(connection, door, encrypted).await,
        Speaks::Smtp | Speaks::SmtpTls => smtp::serve(connection, door, encrypted).await,
    }
}
