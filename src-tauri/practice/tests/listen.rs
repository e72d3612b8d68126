//! What comes in by HTTP and is unusual, too large, broken or hostile.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Answer, Practice, begin, explicit};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

async fn token(practice: &Practice) -> String {
    let handle = &practice.handle;
    let body = practice
        .app_token(handle.admin_client_id(), handle.admin_client_secret())
        .await
        .ok(200);
    body["access_token"].as_str().expect("a token").to_owned()
}

/// A TLS connection on which HTTP/1.1 can be written by hand.
async fn raw(practice: &Practice) -> TlsStream<TcpStream> {
    use rustls::pki_types::pem::PemObject as _;
    let pem = practice.handle.root_certificate_pem();
    let root = rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).expect("a root");
    let mut roots = rustls::RootCertStore::empty();
    roots.add(root).expect("a root");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let port = practice.origin().rsplit(':').next().expect("a port");
    let stream = TcpStream::connect(format!("127.0.0.1:{port}"))
        .await
        .expect("a connection");
    let name = "graph.microsoft.com".try_into().expect("a name");
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .expect("TLS")
}

/// Everything that comes back for these bytes until the server ends the connection.
async fn exchange(practice: &Practice, sent: &[u8]) -> String {
    let mut stream = raw(practice).await;
    stream.write_all(sent).await.expect("written");
    stream.flush().await.expect("flushed");
    let mut text = Vec::new();
    let read = stream.read_to_end(&mut text);
    let _ = tokio::time::timeout(Duration::from_secs(10), read)
        .await
        .expect("an end");
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn bodies_have_a_bound_and_say_what_they_are() {
    let practice = begin(explicit()).await;
    let token = token(&practice).await;
    let url = format!("{}/v1.0/applications", practice.origin());
    let post = || practice.client.post(&url).bearer_auth(&token);
    // A client that waits for 100 Continue is told before it has sent anything.
    let head = "POST /v1.0/applications HTTP/1.1\r\nHost: graph.microsoft.com\r\nContent-Length: 99999999\r\n\
                Expect: 100-continue\r\nConnection: close\r\n\r\n";
    let refused = exchange(&practice, head.as_bytes()).await;
    assert!(refused.starts_with("HTTP/1.1 413 "), "{refused}");
    assert!(refused.contains("RequestEntityTooLarge"), "{refused}");
    // A body without a length is measured while it comes, and one that fits is taken.
    let mut small = b"POST /v1.0/applications HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\
                Content-Type: application/json\r\nConnection: close\r\nAuthorization: Bearer "
        .to_vec();
    small.extend_from_slice(token.as_bytes());
    let mut large = small.clone();
    small.extend_from_slice(b"\r\n\r\n16\r\n{\"displayName\": \"Acme\"\r\n1\r\n}\r\n0\r\n\r\n");
    let taken = exchange(&practice, &small).await;
    assert!(
        taken.starts_with("HTTP/1.1 100 Continue\r\n") && taken.contains("HTTP/1.1 201 "),
        "{taken}"
    );
    large.extend_from_slice(b"\r\n\r\n");
    let chunk = "x".repeat(64 * 1024);
    for _ in 0..70 {
        large.extend_from_slice(format!("10000\r\n{chunk}\r\n").as_bytes());
    }
    let mut stream = raw(&practice).await;
    // The server may answer and close before everything was sent.
    let _ = stream.write_all(&large).await;
    let mut text = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text)).await;
    let told = String::from_utf8_lossy(&text);
    assert!(told.is_empty() || told.contains(" 413 "), "{told}");

    let body = r#"{"displayName":"Acme"}"#;
    let kind = |kind: &'static str| post().header("content-type", kind).body(body).send();
    let answer = |sent: Result<reqwest::Response, reqwest::Error>| Answer::read(sent.expect("an answer"));
    answer(kind("application/json; charset=utf-8").await)
        .await
        .ok(201);
    answer(kind("application/json;odata.metadata=none").await)
        .await
        .ok(201);
    for wrong in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "nonsense",
    ] {
        answer(kind(wrong).await).await.fails(400, "BadRequest");
    }
    answer(post().body(body).send().await)
        .await
        .fails(400, "BadRequest");
    let draft = format!(
        "{}/v1.0/users/support@contoso.example/mailFolders",
        practice.origin()
    );
    let sent = practice
        .client
        .post(draft)
        .bearer_auth(&token)
        .header("content-type", "text/xml");
    answer(sent.body("<a/>").send().await)
        .await
        .fails(415, "RequestBodyRead");
    let packed = post()
        .header("content-type", "application/json")
        .header("content-encoding", "gzip")
        .body("packed");
    answer(packed.send().await)
        .await
        .fails(415, "UnsupportedMediaType");
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_method_has_an_answer() {
    let practice = begin(explicit()).await;
    let token = token(&practice).await;
    let send = async |method: &str, path: &str| {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = practice
            .client
            .request(method, format!("{}{path}", practice.origin()));
        Answer::read(request.bearer_auth(&token).send().await.expect("an answer")).await
    };
    for path in [
        "/v1.0/organization",
        "/common/v2.0/.well-known/openid-configuration",
    ] {
        let whole = send("GET", path).await;
        let head = send("HEAD", path).await;
        assert_eq!((head.status, head.text.as_str()), (200, ""), "{path}");
        // The ids of a request have one length.
        assert_eq!(
            head.headers["content-length"],
            whole.text.len().to_string().as_str(),
            "{path}"
        );
    }
    for path in ["/v1.0/organization", "/nowhere", "/"] {
        let options = send("OPTIONS", path).await;
        assert_eq!(options.status, 204, "{path}");
        assert!(options.headers["allow"].to_str().expect("text").contains("PATCH"));
    }
    for method in ["TRACE", "PROPFIND", "BREW"] {
        assert_eq!(send(method, "/v1.0/organization").await.status, 405, "{method}");
    }
    assert_eq!(send("HEAD", "/nowhere").await.status, 404);
    assert_eq!(send("GET", "/").await.status, 200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_whole_address_counts_more_than_the_host_header() {
    let practice = begin(explicit()).await;
    let tenant = practice.handle.tenant_id();
    let path = format!("/{tenant}/v2.0/.well-known/openid-configuration");
    let endpoint = async |target: &str, host: &str| {
        let sent = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = exchange(&practice, sent.as_bytes()).await;
        let body: Value =
            serde_json::from_str(answer.split_once("\r\n\r\n").expect("a body").1).expect("JSON");
        body["token_endpoint"].as_str().expect("text").to_owned()
    };
    let own = format!("{}/{tenant}", practice.origin());
    let host = own.split('/').nth(2).expect("a host").to_owned();
    assert!(endpoint(&path, &host).await.starts_with(&own));
    let microsoft = format!("https://login.microsoftonline.com/{tenant}");
    assert!(
        endpoint(&path, "login.microsoftonline.com")
            .await
            .starts_with(&microsoft)
    );
    let whole = format!("https://login.microsoftonline.com{path}");
    assert!(endpoint(&whole, &host).await.starts_with(&microsoft));
    practice.handle.stop().await;
}

#[tokio::test]
async fn heads_that_are_no_heads_do_no_harm() {
    let practice = begin(explicit()).await;
    let long_header = format!("GET / HTTP/1.1\r\nHost: x\r\nA: {}\r\n\r\n", "a".repeat(200_000));
    let many_headers = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "A: b\r\n".repeat(5_000));
    let long_path = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000));
    for sent in [
        "\r\n\r\n\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nrubbish that is no frame",
        &long_header,
        &many_headers,
        &long_path,
    ] {
        let mut stream = raw(&practice).await;
        let _ = stream.write_all(sent.as_bytes()).await;
        let _ = stream.shutdown().await;
        let mut text = Vec::new();
        let read = stream.read_to_end(&mut text);
        let _ = tokio::time::timeout(Duration::from_secs(10), read)
            .await
            .expect("an end");
        let told = String::from_utf8_lossy(&text);
        let refused = told.is_empty() || told.starts_with("HTTP/1.1 4") || !told.starts_with("HTTP/");
        assert!(refused, "{:.60}: {told:.200}", sent.escape_debug().to_string());
    }
    let answer = exchange(&practice, b"GET / HTTP/1.0\r\n\r\n").await;
    assert!(
        answer.starts_with("HTTP/1.0 200 ") || answer.starts_with("HTTP/1.1 200 "),
        "{answer}"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn one_connection_serves_many_requests_and_two_at_once() {
    let practice = begin(explicit()).await;
    let one = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answers = exchange(&practice, format!("{one}{one}{last}").as_bytes()).await;
    assert_eq!(answers.matches("HTTP/1.1 200 OK").count(), 3, "{answers}");
    practice.handle.stop().await;
}

#[tokio::test]
async fn answers_carry_microsofts_headers() {
    let practice = begin(explicit()).await;
    let token = token(&practice).await;
    let id = "11111111-2222-4333-8444-555555555555";
    let answer = practice
        .graph_with(&token, "GET", "/organization", None, &[("client-request-id", id)])
        .await;
    let text = |name: &str| {
        answer
            .headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    };
    assert_eq!(
        text("content-type"),
        "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
    );
    assert_eq!(
        (
            text("odata-version"),
            text("client-request-id"),
            text("cache-control")
        ),
        ("4.0", id, "no-cache")
    );
    assert_eq!(text("date"), "Sun, 22 Nov 2026 08:00:00 GMT");
    assert!(!text("request-id").is_empty() && !text("x-ms-ags-diagnostic").is_empty());
    // A browser would believe it of everything on localhost.
    assert_eq!(text("strict-transport-security"), "");
    let sent = format!(
        "GET /v1.0/organization HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
    );
    let fronted = exchange(&practice, sent.as_bytes()).await;
    assert!(
        fronted.contains("strict-transport-security: max-age="),
        "{fronted}"
    );
    let sent = b"GET /v3.0/me HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: close\r\n\r\n";
    let version = exchange(&practice, sent).await;
    assert!(
        version.starts_with("HTTP/1.1 400 ") && version.contains("Invalid version: v3.0"),
        "{version}"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn what_was_begun_is_ended_and_saved_before_it_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = || practice::Options {
        state: Some(folder.path().to_owned()),
        ..explicit()
    };
    let practice = begin(options()).await;
    let token = token(&practice).await;
    let slow = json!([{"on": "POST /v1.0/applications", "answer": {"slow_milliseconds": 300}}]);
    practice.control("POST", "trouble", Some(slow)).await.ok(204);
    let url = format!("{}/v1.0/applications", practice.origin());
    let sent = practice
        .client
        .post(url)
        .bearer_auth(&token)
        .json(&json!({"displayName": "Last"}));
    let sent = tokio::spawn(sent.send());
    for _ in 0..10_000 {
        let log = practice.control("GET", "log", None).await.ok(200);
        if log["POST /v1.0/applications"] == 1 {
            break;
        }
        tokio::task::yield_now().await;
    }
    practice.handle.stop().await;
    assert_eq!(sent.await.expect("an end").expect("an answer").status(), 201);
    let practice = begin(options()).await;
    let kept = practice.handle.snapshot();
    assert!(kept.applications.iter().any(|app| app.display_name == "Last"));
    practice.handle.stop().await;
}
