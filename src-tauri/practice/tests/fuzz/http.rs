//! Rubbish by HTTP: whole requests, bodies, paths, queries and the filters inside them.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::bytes::Rubbish;
use super::{PATIENCE, Target, templates};

/// Sends a request and reads its answer whole. An error of the connection is no fault: some rubbish ends it.
async fn send(request: reqwest::RequestBuilder) -> u64 {
    match request.send().await {
        Ok(answer) => {
            let status = answer.status();
            let _ = answer.bytes().await;
            assert_ne!(status.as_u16(), 500, "an error that nobody planned");
        }
        Err(problem) => assert!(!problem.is_timeout(), "a request hung: {problem:?}"),
    }
    1
}

fn graph(target: &Target, method: &str, path: &str) -> reqwest::RequestBuilder {
    let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap_or(reqwest::Method::GET);
    target
        .client
        .request(method, format!("{}{path}", target.origin))
        .bearer_auth(&target.graph_token)
        .header("ConsistencyLevel", "eventual")
}

/// A body that was JSON once.
pub(crate) async fn json(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let (method, path, body) = templates::BODIES[rubbish.below(templates::BODIES.len())];
    let path = path.replace("{tenant}", &target.tenant);
    let token = if path.starts_with("/adminapi") {
        &target.exchange_token
    } else {
        &target.graph_token
    };
    let request = target
        .client
        .request(
            reqwest::Method::from_bytes(method.as_bytes()).expect("a method"),
            format!("{}{path}", target.origin),
        )
        .bearer_auth(token)
        .header(
            "content-type",
            rubbish.of(&[
                "application/json",
                "application/json",
                "application/json",
                "text/plain",
                "application/xml",
                "x",
            ]),
        )
        .body(rubbish.spoil(body.as_bytes()));
    send(request).await
}

/// A form of the token endpoint and its neighbours.
pub(crate) async fn form(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let (path, body) = templates::FORMS[rubbish.below(templates::FORMS.len())];
    let path = path.replace("{tenant}", &target.tenant);
    let request = target
        .client
        .post(format!("{}{path}", target.origin))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(rubbish.spoil(body.as_bytes()));
    send(request).await
}

/// An address that leads nowhere, or somewhere else.
pub(crate) async fn path(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let template = rubbish.of(&templates::PATHS).replace("{tenant}", &target.tenant);
    let path: String = rubbish
        .spoil_text(&template)
        .chars()
        .filter(|letter| !letter.is_control() && *letter != '#')
        .collect();
    let path = format!("/{}", path.trim_start_matches('/'));
    let method = rubbish.of(&[
        "GET", "GET", "GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS",
    ]);
    send(graph(target, method, &path)).await
}

/// A `$filter`, `$search`, `$select`, `$orderby`, `$expand` or `$top` that is none.
pub(crate) async fn odata(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let collection = rubbish.of(&templates::COLLECTIONS);
    let (option, value) = templates::OPTIONS[rubbish.below(templates::OPTIONS.len())];
    let value = rubbish.spoil_text(value);
    let request = graph(target, "GET", &format!("/v1.0/{collection}"))
        .query(&[(option, value.as_str()), ("$count", "true")]);
    send(request).await
}

/// A filter of Exchange.
pub(crate) async fn opath(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let template = rubbish.of(&templates::OPATH);
    let filter = rubbish.spoil_text(template);
    let (cmdlet, parameter) = templates::FILTERED[rubbish.below(templates::FILTERED.len())];
    // A scope that is only tried leaves nothing behind.
    let parameters = if cmdlet == "New-ManagementScope" {
        serde_json::json!({"Name": "fuzzed", parameter: filter, "WhatIf": true})
    } else {
        serde_json::json!({parameter: filter, "ResultSize": "10"})
    };
    let body = serde_json::json!({"CmdletInput": {"CmdletName": cmdlet, "Parameters": parameters}});
    let request = target
        .client
        .post(format!(
            "{}/adminapi/beta/{}/InvokeCommand",
            target.origin, target.tenant
        ))
        .bearer_auth(&target.exchange_token)
        .json(&body);
    send(request).await
}

/// Bytes that were an HTTP request once, on a TLS connection of their own.
pub(crate) async fn raw(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let template = rubbish
        .of(&templates::REQUESTS)
        .replace("{tenant}", &target.tenant);
    let bytes = rubbish.spoil(template.as_bytes());
    let stream = TcpStream::connect(target.origin.trim_start_matches("https://"))
        .await
        .expect("a connection");
    let name = "localhost".try_into().expect("a name");
    let stream = target.tls.connect(name, stream).await.expect("TLS");
    converse(stream, &bytes).await
}

/// Bytes that were a CONNECT once.
pub(crate) async fn proxy(target: &Target, rubbish: &mut Rubbish) -> u64 {
    let template = rubbish.of(&templates::CONNECTS);
    let bytes = rubbish.spoil(template.as_bytes());
    let stream = TcpStream::connect(target.proxy.trim_start_matches("http://"))
        .await
        .expect("a connection");
    converse(stream, &bytes).await
}

/// Writes everything, closes the own side, and reads until the other side is done.
async fn converse(
    mut stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    bytes: &[u8],
) -> u64 {
    let talk = async {
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = vec![0; 16 * 1024];
        while stream.read(&mut answer).await.is_ok_and(|read| read > 0) {}
    };
    assert!(
        tokio::time::timeout(PATIENCE, talk).await.is_ok(),
        "a connection hung after {bytes:?}"
    );
    1
}
