//! The proxy that plays Microsoft's host names.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use std::time::Duration;

use common::{DANA, GRAPH_SCOPES, Practice, begin, explicit};
use reqwest::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

fn client(practice: &Practice) -> Client {
    let root =
        reqwest::Certificate::from_pem(practice.handle.root_certificate_pem().as_bytes()).expect("a root");
    Client::builder()
        .tls_certs_only([root])
        .proxy(reqwest::Proxy::all(practice.handle.proxy()).expect("a proxy"))
        .timeout(Duration::from_secs(20))
        .build()
        .expect("a client")
}

async fn connect(practice: &Practice) -> TcpStream {
    let address = practice.handle.proxy().trim_start_matches("http://");
    TcpStream::connect(address).await.expect("a connection")
}

/// Everything that comes back until the other side ends.
async fn answer_to(practice: &Practice, sent: &[u8]) -> String {
    let mut stream = connect(practice).await;
    stream.write_all(sent).await.expect("written");
    let mut text = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text))
        .await
        .expect("an end")
        .expect("an answer");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_client_with_microsofts_names_built_in_reaches_the_organisation() {
    let practice = begin(explicit()).await;
    let client = client(&practice);
    let tenant = practice.handle.tenant_id();
    for host in [
        "login.microsoftonline.com",
        "login.windows.net",
        "login.microsoft.com",
        "sts.windows.net",
    ] {
        let url = format!("https://{host}/{tenant}/v2.0/.well-known/openid-configuration");
        let document: serde_json::Value = client
            .get(url)
            .send()
            .await
            .expect("an answer")
            .json()
            .await
            .expect("JSON");
        let endpoint = document["token_endpoint"].as_str().expect("an address");
        assert!(
            endpoint.starts_with("https://login.") || endpoint.starts_with("https://sts."),
            "{endpoint}"
        );
        assert!(!endpoint.contains("localhost"), "{endpoint}");
    }
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let me = client
        .get("https://graph.microsoft.com/v1.0/me")
        .bearer_auth(&token)
        .send()
        .await
        .expect("an answer");
    assert_eq!(me.status(), 200);
    // A client that was given the proxy and this origin asks the proxy for the origin too.
    let own = client
        .get(format!("{}/v1.0/me", practice.origin()))
        .bearer_auth(&token);
    assert_eq!(own.send().await.expect("an answer").status(), 200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_other_host_is_refused_and_told_of() {
    let practice = begin(explicit()).await;
    let client = client(&practice);
    let sent = client.get("https://example.com/").send().await;
    assert!(sent.is_err());
    let refused = answer_to(&practice, b"CONNECT telemetry.example.com:443 HTTP/1.1\r\n\r\n").await;
    assert!(refused.starts_with("HTTP/1.1 403 "), "{refused}");
    assert!(
        refused.contains("telemetry.example.com:443 was refused"),
        "{refused}"
    );
    let port = answer_to(&practice, b"CONNECT graph.microsoft.com:22 HTTP/1.1\r\n\r\n").await;
    assert!(port.starts_with("HTTP/1.1 403 "), "{port}");
    let plain = answer_to(
        &practice,
        b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n",
    )
    .await;
    assert!(plain.starts_with("HTTP/1.1 403 "), "{plain}");
    let log = practice.control("GET", "log", None).await.ok(200);
    for asked in [
        "CONNECT example.com:443 refused",
        "CONNECT telemetry.example.com:443 refused",
        "CONNECT graph.microsoft.com:22 refused",
        "CONNECT example.org refused",
    ] {
        assert_eq!(log[asked], 1, "{asked}: {log}");
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn what_is_no_connect_is_answered_as_what_it_is() {
    let practice = begin(explicit()).await;
    let long = format!(
        "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nA: {}\r\n\r\n",
        "a".repeat(70_000)
    );
    for (sent, status) in [
        (&b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"[..], "405"),
        (b"POST http://login.microsoftonline.com/ HTTP/1.1\r\n\r\n", "405"),
        (b"CONNECT graph.microsoft.com HTTP/1.1\r\n\r\n", "400"),
        (b"\x16\x03\x01\x02\x00\x01 not a proxy\r\n\r\n", "400"),
        (b"\r\n\r\n", "400"),
        (long.as_bytes(), "431"),
    ] {
        let answer = answer_to(&practice, sent).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{status}: {answer}"
        );
    }
    // Those who leave in the middle, or say nothing, hold nobody up.
    let mut half = connect(&practice).await;
    half.write_all(b"CONNECT graph.micro").await.expect("written");
    drop(half);
    let _silent = connect(&practice).await;
    let status = client(&practice)
        .get("https://graph.microsoft.com/v1.0/me")
        .send()
        .await
        .expect("an answer")
        .status();
    assert_eq!(status, 401);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_tunnel_keeps_every_byte_and_passes_an_end_on() {
    let practice = begin(explicit()).await;
    // The plain port is behind the same tunnel, so bytes can be followed without TLS. The head comes in two packets
    // and the first request right behind it.
    let mut stream = connect(&practice).await;
    for part in [
        &b"CONNECT login.microsoftonline.com:443 HTTP/1.1\r\nHost: login.micro"[..],
        b"softonline.com:443\r\n\r",
        b"\nGET /v1.0/me HTTP/1.1\r\nHost: login.microsoftonline.com\r\nConnection: close\r\n\r\n",
    ] {
        stream.write_all(part).await.expect("written");
        stream.flush().await.expect("flushed");
        tokio::task::yield_now().await;
    }
    stream.shutdown().await.expect("half closed");
    let mut text = String::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_string(&mut text))
        .await
        .expect("an end")
        .expect("an answer");
    let rest = text
        .strip_prefix("HTTP/1.1 200 Connection established\r\n\r\n")
        .expect("an open tunnel");
    assert!(rest.starts_with("HTTP/1.1 403 "), "{rest}");
    assert!(rest.contains("Only the sign-in pages"), "{rest}");
    // The server's end of the tunnel goes first here; the client's read ends too.
    let mut stream = connect(&practice).await;
    stream
        .write_all(b"CONNECT graph.microsoft.com:443 HTTP/1.1\r\n\r\nrubbish\r\n\r\n")
        .await
        .expect("written");
    let mut text = Vec::new();
    tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text))
        .await
        .expect("an end")
        .expect("read");
    assert!(text.starts_with(b"HTTP/1.1 200 "));
    practice.handle.stop().await;
}
