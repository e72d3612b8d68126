//! What must never make the server die, hang or forget.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{DANA, EXCHANGE_SCOPES, GRAPH_SCOPES, begin, explicit};
use practice::{Answer as Spoilt, Options, Trouble};
use serde_json::json;
use tokio::io::AsyncWriteExt as _;

#[tokio::test]
async fn a_kept_organisation_survives_and_holds_no_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = || Options {
        state: Some(folder.path().to_owned()),
        ..explicit()
    };
    let practice = begin(options()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let (app_id, principal, secret) = practice.app(&graph, "Acme").await;
    let pointer = json!({"AppId": app_id, "ObjectId": principal});
    practice
        .cmdlet(&exchange, "New-ServicePrincipal", pointer)
        .await
        .ok(200);
    let assignment = json!({"App": principal, "Role": "Application Mail.Read"});
    practice
        .cmdlet(&exchange, "New-ManagementRoleAssignment", assignment)
        .await
        .ok(200);
    let recipient = practice.handle.platform_recipient().to_owned();
    let before = practice.handle.snapshot();
    // No stop: the wizard was killed.
    std::mem::forget(practice.handle);

    for file in std::fs::read_dir(folder.path()).expect("files") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
        assert!(!text.contains(&secret));
    }
    let practice = begin(options()).await;
    let after = practice.handle.snapshot();
    assert_eq!(
        (&after.applications, &after.exchange),
        (&before.applications, &before.exchange)
    );
    assert_eq!(practice.handle.platform_recipient(), recipient);
    // The wait for the assignment goes on where it was.
    let token = practice.app_token(&app_id, &secret).await.ok(200)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    let inbox = "/users/ceo@contoso.example/mailFolders/inbox";
    practice
        .graph(&token, "GET", inbox, None)
        .await
        .fails(403, "ErrorAccessDenied");
    practice.wait(31 * 60);
    practice.graph(&token, "GET", inbox, None).await.ok(200);
    assert!(practice.handle.snapshot().foreign_changes.is_empty());
    practice.handle.stop().await;
}

#[tokio::test]
async fn trouble_strikes_as_told() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let trouble =
        json!([{"on": "POST /v1.0/applications*", "times": 1, "answer": {"status": 429, "retry_after": 2}}]);
    practice.control("POST", "trouble", Some(trouble)).await.ok(204);
    let body = || Some(json!({"displayName": "Acme"}));
    let struck = practice.graph(&graph, "POST", "/applications", body()).await;
    assert_eq!(
        (struck.status, &struck.headers["retry-after"]),
        (429, &"2".parse().expect("a header"))
    );
    let ours = || {
        practice
            .handle
            .snapshot()
            .applications
            .iter()
            .filter(|app| !app.foreign)
            .count()
    };
    assert_eq!(ours(), 0);

    let set = |answer: Spoilt| {
        practice.handle.set_trouble(vec![Trouble {
            on: "* /v1.0/applications".into(),
            answer,
            ..Trouble::default()
        }]);
    };
    set(Spoilt {
        status: Some(504),
        takes_effect: true,
        ..Spoilt::default()
    });
    assert_eq!(
        practice
            .graph(&graph, "POST", "/applications", body())
            .await
            .status,
        504
    );
    assert_eq!(ours(), 1);
    for (takes_effect, expected) in [(false, 1), (true, 2)] {
        set(Spoilt {
            drop: true,
            takes_effect,
            ..Spoilt::default()
        });
        let url = format!("{}/v1.0/applications", practice.origin());
        let sent = practice
            .client
            .post(url)
            .bearer_auth(&graph)
            .json(&body())
            .send()
            .await;
        assert!(sent.is_err());
        assert_eq!(ours(), expected);
    }
    set(Spoilt {
        truncate: true,
        ..Spoilt::default()
    });
    let cut = practice.graph(&graph, "GET", "/applications", None).await;
    assert!(cut.status == 200 && serde_json::from_str::<serde_json::Value>(&cut.text).is_err());
    set(Spoilt {
        captive_portal: true,
        ..Spoilt::default()
    });
    assert!(
        practice
            .graph(&graph, "GET", "/applications", None)
            .await
            .text
            .contains("<html>")
    );
    practice.graph(&graph, "GET", "/applications", None).await.ok(200);
    let log = practice.control("GET", "log", None).await.ok(200);
    assert_eq!(log["POST /v1.0/applications"], 4);
    practice.handle.stop().await;
}

#[tokio::test]
async fn nothing_controls_it_without_the_token() {
    let practice = begin(explicit()).await;
    for path in ["log", "state", "advance"] {
        let url = format!("{}/_practice/{path}", practice.origin());
        for token in ["", "wrong"] {
            let sent = practice
                .client
                .get(&url)
                .bearer_auth(token)
                .send()
                .await
                .expect("an answer");
            assert_eq!(sent.status(), 401);
        }
    }
    let advanced = practice
        .control("POST", "advance", Some(json!({"seconds": 60})))
        .await
        .ok(200);
    assert_eq!(advanced["now"], "2026-11-22T08:01:00Z");
    assert_eq!(
        practice
            .control("POST", "advance", Some(json!({"minutes": 60})))
            .await
            .status,
        400
    );
    practice.control("GET", "state", None).await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn rubbish_is_answered_and_does_no_harm() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let tenant = practice.handle.tenant_id().to_owned();
    let deep = "[".repeat(100_000);
    for (path, token) in [
        ("/v1.0/applications".to_owned(), &graph),
        ("/v1.0/$batch".to_owned(), &graph),
        ("/v1.0/users/support@contoso.example/sendMail".to_owned(), &graph),
        (format!("/adminapi/beta/{tenant}/InvokeCommand"), &exchange),
        (format!("/adminapi/beta/{tenant}/$batch"), &exchange),
        (format!("/{tenant}/oauth2/v2.0/token"), &graph),
        (format!("/{tenant}/practice/consent"), &graph),
        ("/%00/%ff/../..//".to_owned(), &graph),
    ] {
        for body in ["", "{", "null", "[]", "\u{0}\u{1}", "a=%zz&b", &deep] {
            let sent = practice
                .client
                .post(format!("{}{path}", practice.origin()))
                .bearer_auth(token)
                .body(body.to_owned());
            let status = sent.send().await.expect("an answer").status();
            assert!(
                !status.is_success() && !status.is_server_error(),
                "{path} {body:.20}: {status}"
            );
        }
    }
    let large = "x".repeat(5 * 1024 * 1024);
    let sent = practice
        .client
        .post(format!("{}/v1.0/applications", practice.origin()))
        .body(large)
        .send()
        .await;
    assert!(sent.is_err() || sent.is_ok_and(|answer| answer.status() == 413));
    // Someone who speaks no TLS, and someone who says nothing, hold nobody up.
    let address = practice
        .origin()
        .trim_start_matches("https://localhost:")
        .to_owned();
    let mut plain = tokio::net::TcpStream::connect(format!("127.0.0.1:{address}"))
        .await
        .expect("a connection");
    plain.write_all(b"GET / HTTP/1.1\r\n\r\n").await.expect("written");
    let _silent = tokio::net::TcpStream::connect(format!("127.0.0.1:{address}"))
        .await
        .expect("a connection");
    practice.graph(&graph, "GET", "/me", None).await.ok(200);
    practice.handle.stop().await;
}
