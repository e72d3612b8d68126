//! Signing people in, as a browser does it, and every refusal of the token endpoint.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, GRAPH_SCOPES, Practice, begin, claims, explicit};
use practice::Scenario;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::json;

fn hidden(page: &str) -> String {
    let at = page.find("name=\"flow\" value=\"").expect("a flow") + 19;
    page[at..].split('"').next().expect("a value").to_owned()
}

async fn open(practice: &Practice, url: &str, cookie: &str) -> Answer {
    Answer::read(
        practice
            .client
            .get(url)
            .header(COOKIE, cookie)
            .send()
            .await
            .expect("an answer"),
    )
    .await
}

async fn post(practice: &Practice, page: &str, form: &[(&str, &str)], cookie: &str) -> Answer {
    let url = format!(
        "{}/{}/practice/{page}",
        practice.origin(),
        practice.handle.tenant_id()
    );
    Answer::read(
        practice
            .client
            .post(url)
            .header(COOKIE, cookie)
            .form(form)
            .send()
            .await
            .expect("an answer"),
    )
    .await
}

#[tokio::test]
async fn a_browser_signs_in_consents_once_and_is_remembered() {
    let practice = begin(explicit()).await;
    let url = practice.authorize_url(GRAPH_SCOPES).to_string();
    let page = open(&practice, &url, "").await;
    assert!(page.status == 200 && page.text.contains("Practice organisation"));
    assert!(
        page.headers["content-security-policy"]
            .to_str()
            .expect("text")
            .contains("default-src 'none'")
    );

    let flow = hidden(&page.text);
    let consent = post(&practice, "sign-in", &[("flow", &flow), ("account", DANA)], "").await;
    assert!(
        consent.text.contains("Permissions requested") && consent.text.contains("Application.ReadWrite.All")
    );
    let cookie = consent.headers[SET_COOKIE]
        .to_str()
        .expect("text")
        .split(';')
        .next()
        .expect("a pair")
        .to_owned();

    let cancelled = post(
        &practice,
        "consent",
        &[("flow", &hidden(&consent.text)), ("decision", "cancel")],
        &cookie,
    )
    .await;
    let location = cancelled.headers[LOCATION].to_str().expect("text");
    assert!(
        location.contains("error=access_denied") && location.contains("AADSTS65004"),
        "{location}"
    );
    assert!(location.contains("state=s-1"));

    let hinted = format!("{url}&login_hint={DANA}");
    let consent = open(&practice, &hinted, &cookie).await;
    let accepted = post(
        &practice,
        "consent",
        &[("flow", &hidden(&consent.text)), ("decision", "accept")],
        &cookie,
    )
    .await;
    assert!(
        accepted.headers[LOCATION]
            .to_str()
            .expect("text")
            .starts_with("http://localhost:51234/?code=")
    );

    let again = open(&practice, &hinted, &cookie).await;
    assert_eq!(again.status, 302, "{}", again.text);
    let code = again.headers[LOCATION].to_str().expect("text").to_owned();
    let code = url::Url::parse(&code).expect("an address");
    let code = code
        .query_pairs()
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
        .into_owned();
    let tokens = practice.redeem(&code).await.ok(200);
    let held = claims(tokens["access_token"].as_str().expect("a token"));
    assert_eq!(held["upn"], DANA);
    assert!(
        held["scp"]
            .as_str()
            .expect("scopes")
            .contains("Application.ReadWrite.All")
    );
    assert!(
        held["wids"]
            .as_array()
            .expect("roles")
            .contains(&json!("29232cdf-9323-42fd-ade2-1d097af3e4de"))
    );
    assert_eq!(
        claims(tokens["id_token"].as_str().expect("an id token"))["nonce"],
        "n-1"
    );
    assert!(tokens.get("refresh_token").is_none());

    let used = practice.redeem(&code).await;
    assert_eq!(
        (used.status, &used.json()["error_codes"][0]),
        (400, &json!(54005))
    );
    let silent = open(&practice, &format!("{url}&prompt=none"), "").await;
    assert!(
        silent.headers[LOCATION]
            .to_str()
            .expect("text")
            .contains("AADSTS50058")
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn what_cannot_be_trusted_ends_on_a_page() {
    let practice = begin(explicit()).await;
    let good = practice.authorize_url(GRAPH_SCOPES).to_string();
    for (from, to, code) in [
        (
            "http%3A%2F%2Flocalhost%3A51234",
            "https%3A%2F%2Fevil.example",
            "AADSTS50011",
        ),
        (
            "http%3A%2F%2Flocalhost%3A51234",
            "http%3A%2F%2Flocalhost%3A51234%2Fother",
            "AADSTS50011",
        ),
        (
            practice.handle.public_client_id(),
            "11111111-1111-1111-1111-111111111111",
            "AADSTS700016",
        ),
        (practice.handle.tenant_id(), "nowhere.example", "AADSTS90002"),
    ] {
        let page = open(&practice, &good.replace(from, to), "").await;
        assert!(
            page.status == 400 && page.text.contains(code),
            "{code}: {}",
            page.text
        );
        assert!(!page.headers.contains_key(LOCATION));
    }
    for (scope, code) in [
        (
            "User.Read https://outlook.office365.com/Exchange.Manage",
            "AADSTS700022",
        ),
        ("User.Nonsense", "AADSTS70011"),
        ("https://api.example/.default", "AADSTS500011"),
    ] {
        let answer = open(&practice, practice.authorize_url(scope).as_str(), "").await;
        assert!(
            answer.headers[LOCATION].to_str().expect("text").contains(code),
            "{scope}"
        );
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn people_without_the_role_and_refused_sign_ins_come_back_with_the_reason() {
    let practice = begin(explicit()).await;
    let url = practice.authorize_url(GRAPH_SCOPES).to_string();
    let sam = practice
        .handle
        .answer_sign_in(&url, "sam.ortiz@contoso.example", true)
        .expect("a location");
    assert!(sam.contains("AADSTS90094"), "{sam}");
    let mei = practice.authorize_url(common::EXCHANGE_SCOPES).to_string();
    let mei = practice
        .handle
        .answer_sign_in(&mei, "mei.lindqvist@contoso.example", true)
        .expect("a location");
    assert!(mei.contains("code="), "{mei}");
    practice.handle.set_scenario(Scenario {
        sign_in_refused: true,
        ..Scenario::default()
    });
    let refused = practice
        .handle
        .answer_sign_in(&url, DANA, true)
        .expect("a location");
    assert!(refused.contains("AADSTS53003"), "{refused}");
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_token_endpoint_names_every_mistake() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let (app_id, _, secret) = practice.app(&graph, "Acme").await;
    let public = practice.handle.public_client_id().to_owned();
    let code = practice.code(DANA, GRAPH_SCOPES);
    let scope = "https://graph.microsoft.com/.default";
    let client = [("grant_type", "client_credentials"), ("scope", scope)];
    let with = |extra: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let mut form: Vec<(&'static str, String)> =
            client.iter().map(|(n, v)| (*n, (*v).to_owned())).collect();
        form.extend(extra.iter().map(|(name, value)| (*name, (*value).to_owned())));
        form
    };
    let redeem = |extra: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("client_id", public.clone()),
            ("redirect_uri", "http://localhost:51234".to_owned()),
        ];
        form.extend(extra.iter().map(|(name, value)| (*name, (*value).to_owned())));
        form
    };
    for (form, status, error, number) in [
        (vec![], 400, "invalid_request", 900_144),
        (
            vec![("grant_type", "no_such_grant".to_owned())],
            400,
            "unsupported_grant_type",
            70003,
        ),
        (with(&[]), 400, "invalid_request", 900_144),
        (
            with(&[("client_id", "2ea87e03-0000-4000-8000-000000000000")]),
            400,
            "unauthorized_client",
            700_016,
        ),
        (with(&[("client_id", &app_id)]), 401, "invalid_client", 7_000_218),
        (
            with(&[("client_id", &app_id), ("client_secret", "wrong")]),
            401,
            "invalid_client",
            7_000_215,
        ),
        (
            redeem(&[("code", &code), ("client_secret", "x")]),
            401,
            "invalid_client",
            700_025,
        ),
        (redeem(&[("code", "rubbish")]), 400, "invalid_grant", 9_002_313),
        (
            redeem(&[("code", &code), ("code_verifier", "wrong")]),
            400,
            "invalid_grant",
            501_481,
        ),
    ] {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = practice.token(&form).await;
        let body = answer.json();
        assert_eq!(
            (answer.status, &body["error"], &body["error_codes"]),
            (status, &json!(error), &json!([number]))
        );
        assert!(
            body["error_description"]
                .as_str()
                .expect("text")
                .starts_with(&format!("AADSTS{number}: "))
        );
        for member in ["timestamp", "trace_id", "correlation_id"] {
            assert!(body[member].is_string(), "{member}");
        }
    }
    // The secret also comes by Basic, encoded as in a form.
    let url = format!(
        "{}/{}/oauth2/v2.0/token",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let basic = practice
        .client
        .post(&url)
        .basic_auth(&app_id, Some(encoded))
        .form(&client)
        .send()
        .await
        .expect("sent");
    Answer::read(basic).await.ok(200);
    // It ends when it ends.
    practice.wait(170 * 24 * 3600);
    let ended = practice.app_token(&app_id, &secret).await;
    assert_eq!(
        (ended.status, &ended.json()["error_codes"]),
        (401, &json!([7_000_222]))
    );
    let wrong_tenant = url.replace(practice.handle.tenant_id(), "nowhere.example");
    let wrong = Answer::read(
        practice
            .client
            .post(wrong_tenant)
            .form(&client)
            .send()
            .await
            .expect("sent"),
    )
    .await;
    assert_eq!(
        (wrong.status, &wrong.json()["error_codes"]),
        (400, &json!([90002]))
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn discovery_leads_back_here() {
    let practice = begin(explicit()).await;
    let practice_now = &practice;
    let get = |path: String| async move {
        let practice = practice_now;
        let url = format!("{}{path}", practice.origin());
        Answer::read(practice.client.get(url).send().await.expect("an answer")).await
    };
    let found = get("/contoso.example/v2.0/.well-known/openid-configuration".into())
        .await
        .ok(200);
    assert!(
        found["token_endpoint"]
            .as_str()
            .expect("text")
            .starts_with(practice.origin())
    );
    assert!(
        found["issuer"]
            .as_str()
            .expect("text")
            .contains(practice.handle.tenant_id())
    );
    let keys = get(format!("/{}/discovery/v2.0/keys", practice.handle.tenant_id()))
        .await
        .ok(200);
    assert_eq!(keys["keys"][0]["kty"], "RSA");
    let unknown = get("/nowhere.example/v2.0/.well-known/openid-configuration".into()).await;
    assert_eq!(
        (unknown.status, &unknown.json()["error"]),
        (400, &json!("invalid_tenant"))
    );
    let instance = format!(
        "/common/discovery/instance?api-version=1.1&authorization_endpoint={}/x/oauth2/v2.0/authorize",
        practice.origin()
    );
    get(instance).await.ok(200);
    let foreign =
        get("/common/discovery/instance?authorization_endpoint=https://evil.example/x".into()).await;
    assert_eq!(foreign.json()["error"], "invalid_instance");
    practice.handle.stop().await;
}
