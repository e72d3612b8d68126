//! What goes wrong when somebody asks for it: each switch and each kind of trouble, while the organisation runs.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use std::time::Duration;

use base64::Engine as _;
use common::{DANA, GRAPH_SCOPES, Practice, begin, explicit};
use practice::{Options, Scenario, Setting};
use serde_json::{Value, json};

impl Practice {
    async fn trouble(&self, trouble: Value) {
        self.control("POST", "trouble", Some(trouble)).await.ok(204);
    }

    async fn scenario(&self, scenario: Value) {
        self.control("POST", "scenario", Some(scenario)).await.ok(204);
    }

    async fn admin_token(&self) -> String {
        let handle = &self.handle;
        let body = self
            .app_token(handle.admin_client_id(), handle.admin_client_secret())
            .await
            .ok(200);
        body["access_token"].as_str().expect("a token").to_owned()
    }

    async fn get(&self, token: &str, path: &str) -> common::Answer {
        self.graph(token, "GET", path, None).await
    }
}

/// A new app registration: object id and app id.
async fn register(practice: &Practice, token: &str, name: &str) -> (String, String) {
    let app = practice
        .graph(token, "POST", "/applications", Some(json!({"displayName": name})))
        .await
        .ok(201);
    let text = |key: &str| app[key].as_str().expect("text").to_owned();
    (text("id"), text("appId"))
}

#[tokio::test]
async fn replication_takes_as_long_as_asked() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice.scenario(json!({"replication_seconds": 40})).await;
    let (id, _) = register(&practice, &token, "Late").await;
    let path = format!("/applications/{id}");
    practice.wait(39);
    practice
        .get(&token, &path)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice.wait(1);
    practice.get(&token, &path).await.ok(200);
    practice.scenario(json!({"replication_seconds": 0})).await;
    let (id, _) = register(&practice, &token, "At once").await;
    practice.get(&token, &format!("/applications/{id}")).await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_new_object_flips_between_found_and_not_found_until_it_settles() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice
        .scenario(json!({"replication_seconds": 3, "flip_flop_seconds": 30}))
        .await;
    let (id, _) = register(&practice, &token, "Flipping").await;
    let path = format!("/applications/{id}");
    let mut seen = Vec::new();
    practice.wait(3);
    for _ in 0..6 {
        seen.push(practice.get(&token, &path).await.status);
    }
    assert!(
        seen == [200, 404, 200, 404, 200, 404] || seen == [404, 200, 404, 200, 404, 200],
        "{seen:?}"
    );
    practice.wait(30);
    for _ in 0..4 {
        practice.get(&token, &path).await.ok(200);
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_new_secret_is_refused_as_long_as_asked() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice.scenario(json!({"secret_seconds": 60})).await;
    // The helper waits nine seconds after it made the secret.
    let (app_id, _, secret) = practice.app(&token, "Acme").await;
    practice.wait(50);
    let refused = practice.app_token(&app_id, &secret).await;
    assert_eq!(
        (refused.status, &refused.json()["error_codes"]),
        (401, &json!([7_000_215]))
    );
    practice.wait(1);
    practice.app_token(&app_id, &secret).await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_new_permission_is_missing_from_new_tokens_as_long_as_asked() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    practice.scenario(json!({"consent_seconds": 30})).await;
    let (app_id, principal, secret) = practice.app(&token, "Acme").await;
    let graph = practice
        .get(
            &token,
            "/servicePrincipals?$filter=appId%20eq%20'00000003-0000-0000-c000-000000000000'",
        )
        .await
        .ok(200);
    let role = json!({
        "principalId": principal,
        "resourceId": graph["value"][0]["id"],
        // Mail.Read (microsoft-facts §3.1).
        "appRoleId": "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
    });
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    practice.graph(&token, "POST", &path, Some(role)).await.ok(201);
    let roles = async || {
        let body = practice.app_token(&app_id, &secret).await.ok(200);
        common::claims(body["access_token"].as_str().expect("a token"))["roles"].clone()
    };
    practice.wait(29);
    assert_eq!(roles().await, Value::Null);
    practice.wait(1);
    assert_eq!(roles().await, json!(["Mail.Read"]));
    practice.handle.stop().await;
}

#[tokio::test]
async fn eventual_queries_lag_behind() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice.scenario(json!({"stale_seconds": 60})).await;
    let (_, app_id) = register(&practice, &token, "Young").await;
    practice.wait(10);
    let path = format!("/applications?$filter=appId%20eq%20'{app_id}'");
    let found = async |headers: &[(&str, &str)]| {
        let body = practice
            .graph_with(&token, "GET", &path, None, headers)
            .await
            .ok(200);
        body["value"].as_array().expect("a list").len()
    };
    let eventual = [("ConsistencyLevel", "eventual")];
    assert_eq!((found(&eventual).await, found(&[]).await), (0, 1));
    practice.wait(60);
    assert_eq!(found(&eventual).await, 1);
    practice.handle.stop().await;
}

#[tokio::test]
async fn pages_overlap_where_asked() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    let walk = async || {
        let mut ids = Vec::new();
        let mut next = Some("/users?$top=100&$select=id".to_owned());
        while let Some(path) = next {
            let page = practice.get(&token, &path).await.ok(200);
            let items = page["value"].as_array().expect("a list");
            ids.push(
                items
                    .iter()
                    .map(|item| item["id"].as_str().expect("an id").to_owned())
                    .collect::<Vec<_>>(),
            );
            next = page["@odata.nextLink"]
                .as_str()
                .map(|link| link.split_once("/v1.0").expect("a path").1.to_owned());
        }
        ids
    };
    let plain = walk().await;
    assert!(plain.len() >= 3);
    practice.scenario(json!({"duplicates_across_pages": true})).await;
    let overlapping = walk().await;
    assert_eq!(overlapping.len(), plain.len());
    for (before, after) in overlapping.iter().zip(overlapping.iter().skip(1)) {
        assert_eq!(before.last(), after.first());
    }
    let mut all: Vec<String> = overlapping.into_iter().flatten().collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), plain.iter().map(Vec::len).sum::<usize>());
    practice.handle.stop().await;
}

#[tokio::test]
async fn roles_can_be_inactive_or_missing() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true";
    let roles = async || {
        let eventual = [("ConsistencyLevel", "eventual")];
        let body = practice
            .graph_with(&token, "GET", path, None, &eventual)
            .await
            .ok(200);
        body["value"].as_array().expect("a list").len()
    };
    assert!(roles().await > 0);
    for without in ["eligible", "missing"] {
        practice.scenario(json!({"peoples_roles": without})).await;
        assert_eq!(roles().await, 0, "{without}");
        let fresh = practice.sign_in(DANA, GRAPH_SCOPES).await;
        let (now, then) = (common::claims(&fresh), common::claims(&token));
        let wids = |claims: &Value| claims["wids"].as_array().map_or(0, Vec::len);
        assert!(wids(&now) < wids(&then), "{without}: {now}");
    }
    practice.scenario(json!({})).await;
    assert!(roles().await > 0);
    practice.handle.stop().await;
}

#[tokio::test]
async fn consent_can_be_declined_and_sign_in_refused() {
    let practice = begin(explicit()).await;
    let url = practice.authorize_url("openid https://graph.microsoft.com/Mail.Read");
    let end = || practice.handle.answer_sign_in(url.as_str(), DANA, true);
    practice.scenario(json!({"consent_declined": true})).await;
    let location = end().expect("a location");
    assert!(
        location.contains("error=access_denied") && location.contains("AADSTS65004"),
        "{location}"
    );
    let url = format!(
        "{}/{}/v2.0/adminconsent?client_id={}&state=s&redirect_uri=http://localhost:51234&scope=https://graph.microsoft.com/Mail.Read",
        practice.origin(),
        practice.handle.tenant_id(),
        practice.handle.public_client_id(),
    );
    let location = practice
        .handle
        .answer_sign_in(&url, common::PRIYA, true)
        .expect("a location");
    assert!(location.contains("error=consent_required"), "{location}");
    practice.scenario(json!({"sign_in_refused": true})).await;
    let location = end().expect("a location");
    assert!(location.contains("AADSTS53003"), "{location}");
    practice.scenario(json!({})).await;
    assert!(end().expect("a location").contains("code="));
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_date_is_skewed_where_asked() {
    let practice = begin(explicit()).await;
    let date = async || {
        let url = format!("{}/common/discovery/instance", practice.origin());
        let answer = practice.client.get(url).send().await.expect("an answer");
        answer.headers()["date"].to_str().expect("text").to_owned()
    };
    assert_eq!(date().await, "Sun, 22 Nov 2026 08:00:00 GMT");
    practice.scenario(json!({"clock_skew_seconds": -420})).await;
    assert_eq!(date().await, "Sun, 22 Nov 2026 07:53:00 GMT");
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_token_that_was_revoked_is_challenged() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    practice
        .trouble(json!([{"on": "GET /v1.0/organization", "answer": {"claims_challenge": true}}]))
        .await;
    let answer = practice.get(&token, "/organization").await;
    assert_eq!(answer.status, 401);
    let header = answer.headers["www-authenticate"].to_str().expect("text");
    assert!(
        header.starts_with("Bearer ") && header.contains("error=\"insufficient_claims\""),
        "{header}"
    );
    let claims = header
        .split("claims=\"")
        .nth(1)
        .expect("claims")
        .trim_end_matches('"');
    let claims = base64::engine::general_purpose::STANDARD
        .decode(claims)
        .expect("base64");
    let claims: Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(claims["access_token"]["nbf"]["essential"], true);
    practice.get(&token, "/organization").await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn errors_strike_before_and_after_the_effect() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    let count = || {
        let snapshot = practice.handle.snapshot();
        snapshot.applications.iter().filter(|app| !app.foreign).count()
    };
    let body = || Some(json!({"displayName": "Acme"}));
    for (takes_effect, expected) in [(false, 0), (true, 1)] {
        practice
            .trouble(json!([{"on": "POST /v1.0/applications",
                "answer": {"status": 503, "retry_after": 7, "takes_effect": takes_effect}}]))
            .await;
        let answer = practice.graph(&token, "POST", "/applications", body()).await;
        assert_eq!(answer.headers["retry-after"], "7");
        answer.fails(503, "ServiceUnavailable");
        assert_eq!(count(), expected);
    }
    practice
        .trouble(json!([{"on": "GET /v1.0/organization",
            "answer": {"status": 429, "retry_after": 60, "retry_after_as_date": true}}]))
        .await;
    let answer = practice.get(&token, "/organization").await;
    assert_eq!(answer.headers["retry-after"], "Sun, 22 Nov 2026 08:01:00 GMT");
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_token_endpoint_fails_in_its_own_words() {
    let practice = begin(explicit()).await;
    practice
        .trouble(json!([{"on": "POST */oauth2/v2.0/token", "answer": {"status": 503, "aadsts": 90033}}]))
        .await;
    let (id, secret) = (
        practice.handle.admin_client_id(),
        practice.handle.admin_client_secret(),
    );
    let answer = practice.app_token(id, secret).await;
    assert_eq!(answer.status, 503);
    let body = answer.json();
    assert_eq!(body["error_codes"], json!([90_033]));
    assert!(
        body["error_description"]
            .as_str()
            .expect("text")
            .starts_with("AADSTS90033: "),
        "{body}"
    );
    practice.app_token(id, secret).await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn answers_can_be_wrong_in_every_way() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    for (wrong, json, holds) in [
        ("empty", false, ""),
        ("html", false, "<h1>"),
        ("html-as-json", false, "<h1>"),
        ("null", true, "null"),
        ("empty-object", true, "{}"),
        ("empty-list", true, "[]"),
        ("other-type", true, "subscriptions"),
        ("without-ids", true, "value"),
        ("without-keys", true, "value"),
        ("text", true, "value"),
        ("stale", true, r#""value":[]"#),
    ] {
        practice
            .trouble(json!([{"on": "GET /v1.0/organization", "answer": {"wrong": wrong}}]))
            .await;
        let answer = practice.get(&token, "/organization").await;
        assert_eq!(answer.status, 200, "{wrong}");
        assert!(answer.text.contains(holds), "{wrong}: {}", answer.text);
        assert_eq!(
            serde_json::from_str::<Value>(&answer.text).is_ok(),
            json,
            "{wrong}"
        );
        assert!(wrong != "without-ids" || answer.json()["value"][0].get("id").is_none());
    }
    let sound = practice.get(&token, "/organization").await.ok(200);
    assert_eq!(sound["value"][0]["id"], practice.handle.tenant_id());
    practice.handle.stop().await;
}

#[tokio::test]
async fn answers_can_be_broken_off_or_slow() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    let url = format!("{}/v1.0/organization", practice.origin());
    let send = async || practice.client.get(&url).bearer_auth(&token).send().await;
    practice
        .trouble(json!([{"on": "GET /v1.0/organization", "answer": {"cut_after": 20}}]))
        .await;
    let answer = send().await.expect("the head of an answer");
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err(), "the body must not come to its end");
    practice
        .trouble(json!([{"on": "GET /v1.0/organization", "answer": {"drip_milliseconds": 1}}]))
        .await;
    let slow = common::Answer::read(send().await.expect("an answer")).await;
    slow.ok(200);
    practice
        .trouble(json!([{"on": "GET /v1.0/organization", "answer": {"slow_milliseconds": 600_000}}]))
        .await;
    let waited = tokio::time::timeout(Duration::from_millis(300), send()).await;
    assert!(waited.is_err(), "the answer came before its time");
    // Somebody else is not held up by it.
    practice.get(&token, "/organization").await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_documented_limits_are_kept_where_asked() {
    let practice = begin(Options {
        scenario: Scenario {
            throttling: practice::Throttling::Documented,
            ..Scenario::default()
        },
        mailboxes: 40,
        ..explicit()
    })
    .await;
    let token = practice.admin_token().await;
    // 40 users: 3,500 units in ten seconds. Members of members with a part of them expanded cost six, found or not; a
    // batch costs nothing but its parts.
    let parts: Vec<Value> = (0..20)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/groups/nowhere/transitiveMembers?$expand=owners"}))
        .collect();
    let batch = json!({"requests": parts});
    let mut warned = false;
    let mut refused = None;
    'spending: for _ in 0..100 {
        let body = practice
            .graph(&token, "POST", "/$batch", Some(batch.clone()))
            .await
            .ok(200);
        for response in body["responses"].as_array().expect("responses") {
            let headers = &response["headers"];
            warned |= headers.get("x-ms-throttle-limit-percentage").is_some();
            if response["status"] == 429 {
                refused = Some(response.clone());
                break 'spending;
            }
            assert_eq!(headers["x-ms-resource-unit"], "6", "{response}");
        }
    }
    let refused = refused.expect("a part that was refused");
    assert!(warned, "nobody was warned");
    assert_eq!(refused["headers"]["retry-after"], "10");
    assert_eq!(
        refused["headers"]["x-ms-throttle-information"],
        "ResourceUnitLimitExceeded"
    );
    let scope = refused["headers"]["x-ms-throttle-scope"]
        .as_str()
        .expect("a scope");
    assert!(scope.starts_with("Tenant_Application/ReadWrite/"), "{scope}");
    let costly = "/groups/nowhere/transitiveMembers?$expand=owners";
    assert_eq!(practice.get(&token, costly).await.status, 429);
    // A mailbox has limits of its own.
    practice
        .get(&token, "/users/support@contoso.example/messages")
        .await
        .ok(200);
    practice.wait(10);
    practice.get(&token, "/users").await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn four_requests_of_an_app_may_run_on_a_mailbox() {
    let practice = begin(explicit()).await;
    let token = practice.admin_token().await;
    practice.scenario(json!({"throttling": "documented"})).await;
    let inbox = "/users/support@contoso.example/mailFolders/inbox";
    // Six parts at once: two too many. One after the other: none.
    let batch = |chained: bool| {
        let parts = (0..6).map(|id| {
            let mut part = json!({"id": id.to_string(), "method": "GET", "url": inbox});
            if chained && id > 0 {
                part["dependsOn"] = json!([(id - 1).to_string()]);
            }
            part
        });
        Some(json!({"requests": parts.collect::<Vec<_>>()}))
    };
    for (chained, expected) in [(false, 2), (true, 0)] {
        let body = practice
            .graph(&token, "POST", "/$batch", batch(chained))
            .await
            .ok(200);
        let refused = body["responses"].as_array().expect("responses").iter();
        let refused: Vec<_> = refused.filter(|response| response["status"] == 429).collect();
        assert_eq!(refused.len(), expected, "{body}");
        for response in refused {
            assert_eq!(response["body"]["error"]["code"], "ApplicationThrottled");
        }
    }
    // The same with requests of their own, which overlap because they are slow.
    practice
        .trouble(
            json!([{"on": "GET /v1.0/users/support*", "times": 4, "answer": {"slow_milliseconds": 60_000}}]),
        )
        .await;
    let url = format!("{}/v1.0{inbox}", practice.origin());
    let slow: Vec<_> = (0..4)
        .map(|_| tokio::spawn(practice.client.get(&url).bearer_auth(&token).send()))
        .collect();
    // All four have arrived when the log says so.
    for _ in 0..2_000 {
        let log = practice.control("GET", "log", None).await.ok(200);
        if log["GET /v1.0/users/{address}/mailFolders/inbox"] == 4 {
            break;
        }
        tokio::task::yield_now().await;
    }
    let fifth = practice.get(&token, inbox).await;
    assert!(fifth.headers.contains_key("retry-after"));
    let message = fifth.json()["error"]["message"].clone();
    fifth.fails(429, "ApplicationThrottled");
    assert_eq!(message, "Application is over its MailboxConcurrency limit.");
    practice
        .get(&token, "/users/billing@contoso.example/mailFolders/inbox")
        .await
        .ok(200);
    // Who gives up makes room.
    for request in slow {
        request.abort();
    }
    let mut freed = false;
    for _ in 0..2_000 {
        if practice.get(&token, inbox).await.status == 200 {
            freed = true;
            break;
        }
    }
    assert!(freed, "the four that gave up still count");
    practice.handle.stop().await;
}

#[tokio::test]
async fn exchange_tells_of_its_limit_and_keeps_it() {
    let practice = begin(explicit()).await;
    let (id, secret) = (
        practice.handle.admin_client_id(),
        practice.handle.admin_client_secret(),
    );
    let body = practice
        .token(&[
            ("client_id", id),
            ("grant_type", "client_credentials"),
            ("client_secret", secret),
            ("scope", "https://outlook.office365.com/.default"),
        ])
        .await
        .ok(200);
    let token = body["access_token"].as_str().expect("a token").to_owned();
    practice.scenario(json!({"throttling": "documented"})).await;
    let ask = async || practice.cmdlet(&token, "Get-OrganizationConfig", json!({})).await;
    let first = ask().await;
    assert_eq!(
        (first.status, &first.headers["rate-limit-remaining"]),
        (200, &"999".parse().expect("text"))
    );
    // An address that is not there counts as well and is answered soonest.
    let nowhere = format!("{}/adminapi/nowhere", practice.origin());
    for _ in 0..999 {
        let sent = practice.client.post(&nowhere).bearer_auth(&token).send().await;
        assert_eq!(sent.expect("an answer").status(), 404);
    }
    let refused = ask().await;
    assert_eq!(
        (refused.status, &refused.headers["retry-after"]),
        (429, &"300".parse().expect("text"))
    );
    practice.wait(300);
    assert_eq!(ask().await.status, 200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_shipped_setting_can_be_chosen_while_it_runs() {
    let practice = begin(explicit()).await;
    let defaults = practice.control("GET", "scenario", None).await.ok(200);
    for name in Setting::names() {
        practice.scenario(json!({"named": name})).await;
        let switches = practice.control("GET", "scenario", None).await.ok(200);
        let troubles = practice.control("GET", "trouble", None).await.ok(200);
        assert!(
            switches != defaults || troubles.as_array().is_some_and(|troubles| !troubles.is_empty()),
            "{name} changes nothing"
        );
    }
    practice.scenario(json!({})).await;
    assert_eq!(practice.control("GET", "scenario", None).await.ok(200), defaults);
    for (path, body) in [
        ("scenario", json!({"named": "nothing"})),
        ("scenario", json!({"replication_seconds": -1})),
        ("scenario", json!({"throttling": "sometimes"})),
        ("scenario", json!([])),
        ("trouble", json!({})),
        ("trouble", json!([{"on": "*", "answer": {"status": 99}}])),
        ("trouble", json!([{"on": "", "answer": {"drop": true}}])),
        (
            "trouble",
            json!([{"on": "*", "answer": {"slow_milliseconds": 999_999_999}}]),
        ),
    ] {
        let answer = practice.control("POST", path, Some(body.clone())).await;
        assert_eq!(answer.status, 400, "{path} {body}: {}", answer.text);
    }
    practice.handle.stop().await;
}
