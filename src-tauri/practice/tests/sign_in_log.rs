//! The log of the apps' sign-ins: which key was used, when it shows, who may read it, and whether its shape is Microsoft's.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/csdl.rs"]
mod csdl;
#[path = "common/say.rs"]
mod say;

use std::collections::BTreeSet;
use std::path::PathBuf;

use base64::Engine as _;
use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, explicit};
use csdl::{Findings, Schema, Target};
use practice::Scenario;
use say::say;
use serde_json::{Value, json};

const KIND: &str = "signInEventTypes/any(t: t eq 'servicePrincipal')";
const LOG_SCOPES: &str = "AuditLog.Read.All Directory.Read.All";

/// Reads the log of beta with these query options, each already as it is sent.
async fn read(practice: &Practice, token: &str, options: &[(&str, &str)]) -> Answer {
    let url = format!("{}/beta/auditLogs/signIns", practice.origin());
    let url = url::Url::parse_with_params(&url, options).expect("an address");
    follow(practice, token, url.as_str()).await
}

async fn follow(practice: &Practice, token: &str, url: &str) -> Answer {
    let request = practice.client.get(url).bearer_auth(token);
    Answer::read(request.send().await.expect("an answer")).await
}

/// The sign-ins of one app, newest first.
async fn of_app(practice: &Practice, token: &str, app_id: &str) -> Vec<Value> {
    let filter = format!("{KIND} and appId eq '{app_id}'");
    let body = read(practice, token, &[("$filter", &filter)]).await.ok(200);
    body["value"].as_array().expect("a list").clone()
}

/// An app with two secrets, both of which work: its app id, and key id and value of each.
async fn with_two_secrets(practice: &Practice) -> (String, [(String, String); 2]) {
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, _, first) = practice.app(&graph, "Acme").await;
    let path = format!("/applications(appId='{app_id}')");
    let body = json!({"passwordCredential": {"displayName": "second"}});
    let second = practice
        .graph(&graph, "POST", &format!("{path}/addPassword"), Some(body))
        .await
        .ok(200);
    practice.wait(9);
    let app = practice.graph(&graph, "GET", &path, None).await.ok(200);
    let second_id = second["keyId"].as_str().expect("a key id").to_owned();
    let held = app["passwordCredentials"].as_array().expect("secrets");
    let first_id = held
        .iter()
        .filter_map(|held| held["keyId"].as_str())
        .find(|id| *id != second_id)
        .expect("the other one")
        .to_owned();
    let second = second["secretText"].as_str().expect("a secret").to_owned();
    (app_id, [(first_id, first), (second_id, second)])
}

#[tokio::test]
async fn the_log_names_the_key_that_was_used_some_minutes_later() {
    let practice = begin(explicit()).await;
    let (app_id, [(first_id, first), (second_id, second)]) = with_two_secrets(&practice).await;
    practice.app_token(&app_id, &first).await.ok(200);
    practice.wait(10);
    practice.app_token(&app_id, &second).await.ok(200);
    practice.app_token(&app_id, "wrong").await;
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    assert_eq!(of_app(&practice, &reader, &app_id).await.len(), 0);

    practice.wait(295);
    let seen = of_app(&practice, &reader, &app_id).await;
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["servicePrincipalCredentialKeyId"], json!(first_id));
    practice.wait(10);
    let seen = of_app(&practice, &reader, &app_id).await;
    let keys: Vec<&Value> = seen
        .iter()
        .map(|entry| &entry["servicePrincipalCredentialKeyId"])
        .collect();
    assert_eq!(keys, [&Value::Null, &json!(second_id), &json!(first_id)]);
    assert_eq!(seen[0]["status"]["errorCode"], 7_000_215);
    assert_eq!(seen[1]["status"]["errorCode"], 0);
    assert_eq!(seen[1]["clientCredentialType"], "clientSecret");
    assert_eq!(seen[1]["resourceDisplayName"], "Microsoft Graph");
    assert_eq!(seen[1]["signInEventTypes"], json!(["servicePrincipal"]));

    // After a month Microsoft keeps nothing of it.
    practice.wait(30 * 24 * 3600);
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    assert_eq!(of_app(&practice, &reader, &app_id).await.len(), 0);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_certificate_is_named_with_its_thumbprint() {
    use graviola::signing::rsa::{KeySize, SigningKey};
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, _, _) = practice.app(&graph, "Acme").await;
    let key = SigningKey::generate(KeySize::Rsa2048).expect("a key");
    let mut buffer = [0u8; 4096];
    let pair = rcgen::KeyPair::try_from(key.to_pkcs8_der(&mut buffer).expect("PKCS#8")).expect("a pair");
    let mut parameters = rcgen::CertificateParams::default();
    parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2028, 1, 1);
    let made = parameters.self_signed(&pair).expect("a certificate");
    let der = base64::engine::general_purpose::STANDARD.encode(made.der());
    let path = format!("/applications(appId='{app_id}')");
    let body = json!({"keyCredentials": [{"type": "AsymmetricX509Cert", "usage": "Verify", "key": der}]});
    practice.graph(&graph, "PATCH", &path, Some(body)).await.ok(204);
    let app = practice.graph(&graph, "GET", &path, None).await.ok(200);
    let held = &app["keyCredentials"][0];
    // A new certificate is refused for its first seconds.
    practice.wait(30);

    let encode = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let now: jiff::Timestamp = practice.handle.snapshot().now.parse().expect("a time");
    let audience = format!(
        "{}/{}/oauth2/v2.0/token",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let claims = json!({"aud": audience, "iss": app_id, "sub": app_id, "jti": "1", "nbf": now.as_second(),
        "exp": now.as_second() + 600});
    let header = json!({"alg": "RS256", "typ": "JWT", "kid": held["customKeyIdentifier"]});
    let signed = format!(
        "{}.{}",
        encode(header.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    );
    let mut buffer = [0u8; 512];
    let signature = key
        .sign_pkcs1_sha256(&mut buffer, signed.as_bytes())
        .expect("a signature");
    let assertion = format!("{signed}.{}", encode(signature));
    practice
        .token(&[
            ("client_id", &app_id),
            ("grant_type", "client_credentials"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", &assertion),
            ("scope", "https://graph.microsoft.com/.default"),
        ])
        .await
        .ok(200);
    practice.wait(300);
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    let seen = of_app(&practice, &reader, &app_id).await;
    assert_eq!(seen[0]["servicePrincipalCredentialKeyId"], held["keyId"]);
    assert_eq!(
        seen[0]["servicePrincipalCredentialThumbprint"],
        held["customKeyIdentifier"]
    );
    assert_eq!(seen[0]["clientCredentialType"], "certificate");
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_log_takes_permissions_a_role_and_a_licence() {
    let practice = begin(explicit()).await;
    let log = [("$filter", KIND)];
    for (account, scopes, code) in [
        (
            PRIYA,
            "Directory.Read.All",
            "Authentication_MSGraphPermissionMissing",
        ),
        (
            PRIYA,
            "AuditLog.Read.All",
            "Authentication_MSGraphPermissionMissing",
        ),
        // An Exchange and Application Administrator, who may make the app, may not read who uses it.
        (DANA, LOG_SCOPES, "Authentication_RequestFromUnsupportedUserRole"),
    ] {
        // Each scope is asked of somebody who has consented to nothing yet.
        let practice = begin(explicit()).await;
        let token = practice.sign_in(account, scopes).await;
        read(&practice, &token, &log).await.fails(403, code);
        practice.handle.stop().await;
    }
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    read(&practice, &reader, &log).await.ok(200);
    practice.handle.set_scenario(Scenario {
        premium_missing: true,
        ..Scenario::default()
    });
    read(&practice, &reader, &log)
        .await
        .fails(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    // Microsoft has the field only in beta.
    practice
        .graph(&reader, "GET", "/auditLogs/signIns", None)
        .await
        .fails(400, "BadRequest");
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_log_is_read_by_pages_and_filters() {
    let practice = begin(explicit()).await;
    let (app_id, [(_, first), _]) = with_two_secrets(&practice).await;
    for _ in 0..5 {
        practice.app_token(&app_id, &first).await.ok(200);
        practice.wait(60);
    }
    practice.wait(300);
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    let all = of_app(&practice, &reader, &app_id).await;
    assert_eq!(all.len(), 5);
    let filter = format!("{KIND} and appId eq '{app_id}'");
    let mut page = read(&practice, &reader, &[("$filter", &filter), ("$top", "2")])
        .await
        .ok(200);
    let mut sizes = Vec::new();
    loop {
        sizes.push(page["value"].as_array().expect("a list").len());
        let Some(next) = page["@odata.nextLink"].as_str() else {
            break;
        };
        page = follow(&practice, &reader, next).await.ok(200);
    }
    assert_eq!(sizes, [2, 2, 1]);

    let since = all[1]["createdDateTime"].as_str().expect("a time");
    let filter = format!("{KIND} and appId eq '{app_id}' and createdDateTime ge {since}");
    let recent = read(&practice, &reader, &[("$filter", &filter)]).await.ok(200);
    assert_eq!(recent["value"].as_array().map(Vec::len), Some(2));
    let oldest = [("$filter", filter.as_str()), ("$orderby", "createdDateTime asc")];
    let oldest = read(&practice, &reader, &oldest).await.ok(200);
    assert_eq!(oldest["value"][0]["id"], all[1]["id"]);
    // Who names no kind is shown people's sign-ins, of which there are none.
    let of_people = read(&practice, &reader, &[]).await.ok(200);
    assert_eq!(of_people["value"], json!([]));
    for (option, value) in [
        ("$filter", "servicePrincipalCredentialKeyId eq 'k'"),
        ("$filter", "signInEventTypes/any("),
        ("$top", "0"),
        ("$top", "1001"),
        ("$orderby", "appId"),
        ("$skiptoken", "x"),
    ] {
        read(&practice, &reader, &[(option, value)])
            .await
            .fails(400, "BadRequest");
    }
    practice.handle.stop().await;
}

/// What the beta page of the type has and v1.0 hasn't.
const BETA_ONLY: [&str; 8] = [
    "clientCredentialType",
    "federatedCredentialId",
    "originalRequestId",
    "resourceServicePrincipalId",
    "servicePrincipalCredentialKeyId",
    "servicePrincipalCredentialThumbprint",
    "signInEventTypes",
    "tokenIssuerType",
];

#[tokio::test]
async fn every_field_is_microsofts_and_only_the_ones_of_beta_are_not_in_its_schema() {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/graph-v1.0-clean.csdl.xml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        say(&format!("skipped: {} is not here", path.display()));
        return;
    };
    let schema = Schema::read(&text);
    let practice = begin(explicit()).await;
    let (app_id, [(_, first), _]) = with_two_secrets(&practice).await;
    practice.app_token(&app_id, &first).await.ok(200);
    practice.app_token(&app_id, "wrong").await;
    practice.wait(300);
    let reader = practice.sign_in(PRIYA, LOG_SCOPES).await;
    let body = read(&practice, &reader, &[("$filter", KIND)]).await.ok(200);
    assert_eq!(body["value"].as_array().map(Vec::len), Some(2));
    let Ok(Target::Value(wanted)) = schema.resolve("/auditLogs/signIns") else {
        panic!("sign-ins are in the schema")
    };
    let mut findings = Findings::default();
    schema.check_answer(&body, &wanted, "", &mut findings);
    let wrong: BTreeSet<&str> = findings
        .violations
        .iter()
        .map(|violation| {
            violation
                .split_once("signIn has no property ")
                .map_or(violation.as_str(), |(_, name)| name)
        })
        .collect();
    assert_eq!(wrong, BTreeSet::from(BETA_ONLY));
    assert!(findings.properties > 60, "{}", findings.properties);
    practice.handle.stop().await;
}
