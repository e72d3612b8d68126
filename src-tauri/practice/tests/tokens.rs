//! Refresh tokens, device codes, confidential web apps and the grants that never work.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{
    Answer, CHALLENGE, DANA, GRAPH_SCOPES, PRIYA, Practice, VERIFIER, begin, claims, client, explicit,
};
use practice::{Options, Scenario};
use serde_json::{Value, json};

const GRAPH_CLI: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const EXCHANGE_SHELL: &str = "fb78d390-0c51-40cd-8e17-fdbfab77341b";
const EXCHANGE_DEFAULT: &str = "https://outlook.office365.com/.default";
const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// Posts a form to a path below the tenant.
async fn post(practice: &Practice, path: &str, form: &[(&str, &str)]) -> Answer {
    let url = format!("{}/{}/{path}", practice.origin(), practice.handle.tenant_id());
    Answer::read(
        practice
            .client
            .post(url)
            .form(form)
            .send()
            .await
            .expect("an answer"),
    )
    .await
}

#[track_caller]
fn number(answer: &Answer) -> u64 {
    answer.json()["error_codes"][0]
        .as_u64()
        .unwrap_or_else(|| panic!("no code in {}", answer.text))
}

fn member(body: &Value, name: &str) -> String {
    body[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {body}"))
        .to_owned()
}

async fn refresh(practice: &Practice, client_id: &str, token: &str, scope: &str) -> Answer {
    practice
        .token(&[
            ("client_id", client_id),
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("scope", scope),
            ("client_info", "1"),
        ])
        .await
}

/// A refresh token of the wizard's client.
async fn refreshable(practice: &Practice, account: &str) -> String {
    let code = practice.code(account, "User.Read offline_access openid");
    member(&practice.redeem(&code).await.ok(200), "refresh_token")
}

#[tokio::test]
async fn a_refresh_token_is_of_a_person_and_a_client_and_not_of_an_api() {
    let practice = begin(explicit()).await;
    let public = practice.handle.public_client_id().to_owned();
    let without = practice.code(DANA, "User.Read");
    let without = practice.redeem(&without).await.ok(200);
    assert!(without.get("refresh_token").is_none() && without.get("client_info").is_none());

    let first = refreshable(&practice, DANA).await;
    let second = refresh(&practice, &public, &first, "User.Read offline_access openid")
        .await
        .ok(200);
    assert_ne!(member(&second, "refresh_token"), first);
    assert_eq!(member(&second, "scope"), "User.Read openid");
    assert!(second["client_info"].is_string() && second["id_token"].is_string());
    // The old one stays good, and opens another API once something was granted there.
    practice.code(DANA, common::EXCHANGE_SCOPES);
    let other = refresh(&practice, &public, &first, EXCHANGE_DEFAULT)
        .await
        .ok(200);
    let held = claims(&member(&other, "access_token"));
    assert_eq!(held["aud"], "https://outlook.office365.com");
    assert_eq!(held["scp"], "Exchange.Manage");

    let stolen = refresh(&practice, GRAPH_CLI, &first, "User.Read").await;
    assert_eq!((stolen.status, number(&stolen)), (400, 700_005));
    let rubbish = refresh(&practice, &public, "rubbish", "User.Read").await;
    assert_eq!((rubbish.status, number(&rubbish)), (400, 9_002_313));
    let unasked = refresh(&practice, &public, &first, "Mail.Send").await;
    assert_eq!(number(&unasked), 65001);
    assert_eq!(unasked.json()["suberror"], "consent_required");

    practice.wait(91 * 24 * 3600);
    let idle = refresh(&practice, &public, &first, "User.Read").await;
    assert_eq!(number(&idle), 700_082);
    practice.handle.stop().await;
}

#[tokio::test]
async fn refresh_tokens_end_with_the_sessions_and_by_policy() {
    let practice = begin(explicit()).await;
    let public = practice.handle.public_client_id().to_owned();
    let token = refreshable(&practice, DANA).await;
    practice.handle.set_scenario(Scenario {
        multi_factor_required: true,
        ..Scenario::default()
    });
    let stronger = refresh(&practice, &public, &token, "User.Read").await;
    assert_eq!(number(&stronger), 50076);
    let asked = member(&stronger.json(), "claims");
    assert!(serde_json::from_str::<Value>(&asked).expect("claims").is_object());
    practice.handle.set_scenario(Scenario {
        sign_in_refused: true,
        ..Scenario::default()
    });
    let blocked = refresh(&practice, &public, &token, "User.Read").await;
    assert_eq!(number(&blocked), 53003);
    practice.handle.set_scenario(Scenario::default());
    refresh(&practice, &public, &token, "User.Read").await.ok(200);

    let graph = practice
        .sign_in(PRIYA, &format!("{GRAPH_SCOPES} Directory.ReadWrite.All"))
        .await;
    let path = format!("/users/{DANA}/revokeSignInSessions");
    let revoked = practice.graph(&graph, "POST", &path, Some(json!({}))).await;
    assert!(revoked.status < 300, "{}", revoked.text);
    let ended = refresh(&practice, &public, &token, "User.Read").await;
    assert_eq!(number(&ended), 50173);
    let again = refreshable(&practice, DANA).await;
    refresh(&practice, &public, &again, "User.Read").await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn tokens_survive_a_restart_and_are_not_in_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = || Options {
        state: Some(folder.path().to_owned()),
        ..explicit()
    };
    let practice = begin(kept()).await;
    let token = refreshable(&practice, DANA).await;
    let secret = practice.handle.admin_client_secret().to_owned();
    // What a client has cached is good for its whole life, whatever happens to the server.
    let id = practice.handle.admin_client_id().to_owned();
    let cached = practice.app_token(&id, &secret).await.ok(200);
    let cached = member(&cached, "access_token");
    practice.handle.stop().await;
    for entry in std::fs::read_dir(folder.path()).expect("a folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(&token) && !text.contains(&secret) && !text.contains(&cached));
    }
    let handle = practice::start(kept()).await.expect("a practice organisation");
    let practice = Practice {
        client: client(&handle),
        handle,
    };
    assert_ne!(practice.handle.admin_client_secret(), secret);
    let public = practice.handle.public_client_id().to_owned();
    refresh(&practice, &public, &token, "User.Read").await.ok(200);
    practice
        .graph(&cached, "GET", "/organization", None)
        .await
        .ok(200);
    practice.handle.stop().await;
}

/// MSAL for browsers asks first, because its requests carry headers of their own.
#[tokio::test]
async fn a_page_of_another_origin_may_ask_for_tokens() {
    let practice = begin(explicit()).await;
    for path in ["oauth2/v2.0/token", "oauth2/token"] {
        let url = format!("{}/{}/{path}", practice.origin(), practice.handle.tenant_id());
        let asked = practice
            .client
            .request(reqwest::Method::OPTIONS, url)
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "x-client-sku");
        let answer = asked.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-headers", "x-client-sku"),
        ] {
            assert_eq!(
                answer.headers().get(name).and_then(|held| held.to_str().ok()),
                Some(value),
                "{path} {name}"
            );
        }
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_administrator_reaches_graph_and_exchange() {
    let practice = begin(explicit()).await;
    let (id, secret) = (
        practice.handle.admin_client_id().to_owned(),
        practice.handle.admin_client_secret().to_owned(),
    );
    let body = practice.app_token(&id, &secret).await.ok(200);
    let token = member(&body, "access_token");
    practice.graph(&token, "GET", "/organization", None).await.ok(200);
    let body = practice
        .token(&[
            ("client_id", &id),
            ("client_secret", &secret),
            ("grant_type", "client_credentials"),
            ("scope", EXCHANGE_DEFAULT),
        ])
        .await
        .ok(200);
    let token = member(&body, "access_token");
    practice
        .cmdlet(&token, "Get-OrganizationConfig", json!({}))
        .await
        .ok(200);
    assert_eq!(practice.app_token(&id, "wrong").await.status, 401);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_device_waits_for_its_person() {
    let practice = begin(explicit()).await;
    let public = practice.handle.public_client_id().to_owned();
    let form = [
        ("client_id", public.as_str()),
        ("scope", "User.Read offline_access openid"),
    ];
    let begun = post(&practice, "oauth2/v2.0/devicecode", &form).await.ok(200);
    assert_eq!(
        (&begun["expires_in"], &begun["interval"]),
        (&json!(900), &json!(5))
    );
    assert_eq!(
        member(&begun, "verification_uri"),
        format!("{}/devicelogin", practice.origin())
    );
    assert!(begun.get("verification_uri_complete").is_none());
    let (device, user) = (member(&begun, "device_code"), member(&begun, "user_code"));
    assert!(member(&begun, "message").contains(&user));
    let poll = async |code: &str| {
        practice
            .token(&[
                ("client_id", &public),
                ("grant_type", DEVICE_GRANT),
                ("device_code", code),
            ])
            .await
    };
    let pending = poll(&device).await;
    assert_eq!(
        (pending.status, &pending.json()["error"], number(&pending)),
        (400, &json!("authorization_pending"), 70016)
    );
    assert_eq!(number(&poll("rubbish").await), 70018);
    practice
        .handle
        .answer_device_code("WRONG", DANA, true)
        .expect_err("no such code");
    practice
        .handle
        .answer_device_code(&user, DANA, true)
        .expect("approved");
    let tokens = poll(&device).await.ok(200);
    assert!(tokens["refresh_token"].is_string() && tokens["id_token"].is_string());
    assert_eq!(claims(&member(&tokens, "access_token"))["upn"], DANA);
    assert_eq!(number(&poll(&device).await), 70018);

    let begun = post(&practice, "oauth2/v2.0/devicecode", &form).await.ok(200);
    practice
        .handle
        .answer_device_code(&member(&begun, "user_code"), DANA, false)
        .expect("declined");
    let declined = poll(&member(&begun, "device_code")).await;
    assert_eq!(declined.json()["error"], "authorization_declined");

    let begun = post(&practice, "oauth2/v2.0/devicecode", &form).await.ok(200);
    practice.wait(901);
    let late = poll(&member(&begun, "device_code")).await;
    assert_eq!(
        (&late.json()["error"], number(&late)),
        (&json!("expired_token"), 70019)
    );

    practice.handle.set_scenario(Scenario {
        device_code_blocked: true,
        ..Scenario::default()
    });
    let begun = post(&practice, "oauth2/v2.0/devicecode", &form).await.ok(200);
    let refused = practice
        .handle
        .answer_device_code(&member(&begun, "user_code"), DANA, true)
        .expect_err("blocked");
    assert!(refused.contains("53003"), "{refused}");
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_control_approves_a_device_too() {
    let practice = begin(explicit()).await;
    let form = [("client_id", GRAPH_CLI), ("scope", "User.Read")];
    let begun = post(&practice, "oauth2/v2.0/devicecode", &form).await.ok(200);
    let asked = json!({"user_code": begun["user_code"], "account": PRIYA});
    assert_eq!(practice.control("POST", "device", Some(asked)).await.status, 204);
    let code = member(&begun, "device_code");
    practice
        .token(&[
            ("client_id", GRAPH_CLI),
            ("grant_type", "device_code"),
            ("code", &code),
        ])
        .await
        .ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn microsofts_own_clients_are_held_to_their_apis() {
    let practice = begin(explicit()).await;
    let device = async |client: &str, scope: &str| {
        post(
            &practice,
            "oauth2/v2.0/devicecode",
            &[("client_id", client), ("scope", scope)],
        )
        .await
    };
    let refused = device(EXCHANGE_SHELL, "https://graph.microsoft.com/.default").await;
    assert_eq!((refused.status, number(&refused)), (400, 65002));
    let begun = device(EXCHANGE_SHELL, EXCHANGE_DEFAULT).await.ok(200);
    practice
        .handle
        .answer_device_code(
            &member(&begun, "user_code"),
            "mei.lindqvist@contoso.example",
            true,
        )
        .expect("approved");
    let code = member(&begun, "device_code");
    let body = practice
        .token(&[
            ("client_id", EXCHANGE_SHELL),
            ("grant_type", DEVICE_GRANT),
            ("device_code", &code),
        ])
        .await
        .ok(200);
    let token = member(&body, "access_token");
    assert_eq!(claims(&token)["scp"], "Exchange.Manage");
    practice
        .cmdlet(&token, "Get-OrganizationConfig", json!({}))
        .await
        .ok(200);

    // The Graph command line tools get a token for Exchange, but nothing in it (microsoft-facts §1.7).
    let begun = device(GRAPH_CLI, "User.Read offline_access").await.ok(200);
    practice
        .handle
        .answer_device_code(&member(&begun, "user_code"), PRIYA, true)
        .expect("approved");
    let code = member(&begun, "device_code");
    let body = practice
        .token(&[
            ("client_id", GRAPH_CLI),
            ("grant_type", DEVICE_GRANT),
            ("device_code", &code),
        ])
        .await
        .ok(200);
    let other = refresh(
        &practice,
        GRAPH_CLI,
        &member(&body, "refresh_token"),
        EXCHANGE_DEFAULT,
    )
    .await
    .ok(200);
    let held = claims(&member(&other, "access_token"));
    assert_eq!(
        (&held["aud"], &held["scp"]),
        (&json!("https://outlook.office365.com"), &json!(""))
    );
    practice.handle.stop().await;
}

/// An app with these properties beside its name, an enterprise application and a secret.
async fn app_with(practice: &Practice, properties: Value) -> (String, String) {
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, _, secret) = practice.app(&graph, "Portal").await;
    let path = format!("/applications(appId='{app_id}')");
    practice
        .graph(&graph, "PATCH", &path, Some(properties))
        .await
        .ok(204);
    practice.wait(6);
    (app_id, secret)
}

/// Where a person's browser is sent at the end of an authorisation.
fn location(practice: &Practice, parameters: &[(&str, &str)], account: &str) -> url::Url {
    let base = format!(
        "{}/{}/oauth2/v2.0/authorize",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let url = url::Url::parse_with_params(&base, parameters).expect("an address");
    let found = practice
        .handle
        .answer_sign_in(url.as_str(), account, true)
        .unwrap_or_else(|page| panic!("{url}: {page}"));
    url::Url::parse(&found).expect("a location")
}

fn value(url: &url::Url, name: &str) -> Option<String> {
    let fragment = url.fragment().unwrap_or_default().to_owned();
    let in_fragment = url::form_urlencoded::parse(fragment.as_bytes()).into_owned();
    url.query_pairs()
        .into_owned()
        .chain(in_fragment)
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

#[tokio::test]
async fn a_web_app_has_to_prove_itself_and_a_public_one_must_not() {
    let practice = begin(explicit()).await;
    let back = "https://portal.example/back";
    let (app_id, secret) = app_with(
        &practice,
        json!({"web": {"redirectUris": [back]}, "publicClient": {"redirectUris": ["http://localhost"]}}),
    )
    .await;
    let plain = [
        ("client_id", app_id.as_str()),
        ("response_type", "code"),
        ("scope", "User.Read"),
        ("code_challenge", VERIFIER),
    ];
    let code_at = |redirect: &str| {
        let mut parameters = plain.to_vec();
        parameters.push(("redirect_uri", redirect));
        value(&location(&practice, &parameters, DANA), "code").expect("a code")
    };
    let redeem = async |code: &str, redirect: &str, secret: Option<&str>, verifier: &str| {
        let mut form = vec![
            ("client_id", app_id.as_str()),
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        form.extend(secret.map(|secret| ("client_secret", secret)));
        practice.token(&form).await
    };
    let code = code_at(back);
    assert_eq!(number(&redeem(&code, back, None, VERIFIER).await), 7_000_218);
    assert_eq!(
        number(&redeem(&code, back, Some("wrong"), VERIFIER).await),
        7_000_215
    );
    assert_eq!(
        number(&redeem(&code, back, Some(&secret), "wrong").await),
        501_481
    );
    let body = redeem(&code, back, Some(&secret), VERIFIER).await.ok(200);
    assert_eq!(claims(&member(&body, "access_token"))["appidacr"], "1");
    assert_eq!(number(&redeem(&code, back, Some(&secret), VERIFIER).await), 54005);

    let local = "http://localhost:50123";
    let code = code_at(local);
    assert_eq!(
        number(&redeem(&code, local, Some(&secret), VERIFIER).await),
        700_025
    );
    let body = redeem(&code, local, None, VERIFIER).await.ok(200);
    assert_eq!(claims(&member(&body, "access_token"))["appidacr"], "0");
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_response_mode_and_type_is_played_or_refused_by_its_code() {
    let practice = begin(explicit()).await;
    let back = "https://portal.example/back";
    let (app_id, _) = app_with(
        &practice,
        json!({"web": {"redirectUris": [back], "implicitGrantSettings": {"enableIdTokenIssuance": true}},
            "spa": {"redirectUris": ["https://portal.example/spa"]}}),
    )
    .await;
    let ask = |extra: &[(&'static str, &'static str)]| {
        let mut parameters = vec![
            ("client_id", app_id.as_str()),
            ("scope", "openid User.Read"),
            ("state", "s"),
        ];
        parameters.extend(extra.iter().copied());
        if !extra.iter().any(|(name, _)| *name == "redirect_uri") {
            parameters.push(("redirect_uri", back));
        }
        location(&practice, &parameters, DANA)
    };
    let both = ask(&[("response_type", "code id_token"), ("nonce", "n-7")]);
    assert!(both.query().is_none() && value(&both, "state").as_deref() == Some("s"));
    let token = claims(&value(&both, "id_token").expect("an id token"));
    assert_eq!((&token["nonce"], &token["aud"]), (&json!("n-7"), &json!(app_id)));
    assert!(token["c_hash"].is_string() && value(&both, "code").is_some());
    let fragment = ask(&[("response_type", "code"), ("response_mode", "fragment")]);
    assert!(value(&fragment, "code").is_some() && fragment.query().is_none());
    let spa = "https://portal.example/spa";
    for (extra, error, code) in [
        (
            vec![("response_type", "token")],
            "unsupported_response_type",
            "AADSTS700051",
        ),
        (
            vec![("response_type", "rubbish")],
            "unsupported_response_type",
            "AADSTS70005",
        ),
        (
            vec![("response_type", "id_token")],
            "invalid_request",
            "AADSTS900144",
        ),
        (
            vec![
                ("response_type", "id_token"),
                ("nonce", "n"),
                ("response_mode", "query"),
            ],
            "invalid_request",
            "AADSTS70007",
        ),
        (
            vec![("response_type", "code"), ("response_mode", "smoke")],
            "invalid_request",
            "AADSTS70007",
        ),
        (
            vec![("response_type", "code"), ("prompt", "please")],
            "invalid_request",
            "AADSTS90023",
        ),
        (
            vec![
                ("response_type", "code"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S1"),
            ],
            "invalid_request",
            "AADSTS501491",
        ),
        (
            vec![("response_type", "code"), ("redirect_uri", spa)],
            "invalid_request",
            "AADSTS9002325",
        ),
    ] {
        let found = ask(&extra);
        assert_eq!(value(&found, "error").as_deref(), Some(error), "{extra:?}");
        let text = value(&found, "error_description").expect("a description");
        assert!(text.starts_with(code), "{extra:?}: {text}");
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn passwords_never_work() {
    let practice = begin(explicit()).await;
    let public = practice.handle.public_client_id().to_owned();
    let with = async |name: &str| {
        practice
            .token(&[
                ("client_id", &public),
                ("grant_type", "password"),
                ("username", name),
                ("password", "practice"),
                ("scope", "User.Read"),
            ])
            .await
    };
    assert_eq!(number(&with(DANA).await), 50126);
    assert_eq!(number(&with("nobody@contoso.example").await), 50034);
    assert_eq!(number(&with("support@contoso.example").await), 50057);
    practice.handle.set_scenario(Scenario {
        multi_factor_required: true,
        ..Scenario::default()
    });
    assert_eq!(number(&with(DANA).await), 50076);
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_version_1_endpoints_answer_in_their_own_shape() {
    let practice = begin(explicit()).await;
    let secret = practice.handle.admin_client_secret().to_owned();
    let form = [
        ("client_id", practice.handle.admin_client_id()),
        ("client_secret", secret.as_str()),
        ("grant_type", "client_credentials"),
        ("resource", "https://graph.microsoft.com"),
    ];
    let body = post(&practice, "oauth2/token", &form).await.ok(200);
    assert_eq!(
        (&body["expires_in"], &body["resource"]),
        (&json!("3599"), &json!("https://graph.microsoft.com"))
    );
    assert!(body["expires_on"].is_string() && body.get("scope").is_none());
    let without = post(&practice, "oauth2/token", &form[..3]).await;
    assert_eq!(number(&without), 900_144);
    let found = Answer::read(
        practice
            .client
            .get(format!(
                "{}/common/.well-known/openid-configuration",
                practice.origin()
            ))
            .send()
            .await
            .expect("an answer"),
    )
    .await
    .ok(200);
    assert_eq!(found["issuer"], "https://sts.windows.net/{tenantid}/");
    assert!(member(&found, "token_endpoint").ends_with("/common/oauth2/token"));
    practice.handle.stop().await;
}
