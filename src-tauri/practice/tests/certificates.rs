//! An app that proves itself by a certificate instead of a secret, from its registration to its token.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use common::{Answer, PRIYA, Practice, begin, claims, explicit};
use graviola::signing::rsa::{KeySize, SigningKey};
use rustls::pki_types::PrivatePkcs8KeyDer;
use serde_json::json;
use sha2::{Digest as _, Sha256};

const SCOPES: &str = "openid User.Read Application.ReadWrite.All Directory.Read.All";

/// A private key and the DER of its certificate.
fn certified() -> (SigningKey, Vec<u8>) {
    let private = SigningKey::generate(KeySize::Rsa2048).expect("a key");
    let mut buffer = [0u8; 4096];
    let pkcs8 = private.to_pkcs8_der(&mut buffer).expect("pkcs8").to_vec();
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(
        &PrivatePkcs8KeyDer::from(pkcs8),
        &rcgen::PKCS_RSA_SHA256,
    )
    .expect("a pair");
    let mut wanted = rcgen::CertificateParams::default();
    wanted.not_before = rcgen::date_time_ymd(2026, 11, 1);
    wanted.not_after = rcgen::date_time_ymd(2027, 5, 1);
    let certificate = wanted.self_signed(&pair).expect("a certificate");
    (private, certificate.der().to_vec())
}

/// An assertion for an audience, good for ten minutes from the start of the clock.
fn assertion(private: &SigningKey, der: &[u8], app_id: &str, audience: &str, from: i64) -> String {
    let header =
        json!({"alg": "PS256", "typ": "JWT", "x5t#S256": URL_SAFE_NO_PAD.encode(Sha256::digest(der))});
    let body =
        json!({"aud": audience, "iss": app_id, "sub": app_id, "jti": "7", "nbf": from, "exp": from + 600});
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header.to_string()),
        URL_SAFE_NO_PAD.encode(body.to_string())
    );
    let mut buffer = [0u8; 512];
    let signature = private
        .sign_pss_sha256(&mut buffer, signed.as_bytes())
        .expect("a signature");
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn ask(practice: &Practice, assertion: &str) -> Answer {
    // MSAL sends the client id as well, other clients leave it to the assertion.
    practice
        .token(&[
            ("grant_type", "client_credentials"),
            ("scope", "https://graph.microsoft.com/.default"),
            (
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ),
            ("client_assertion", assertion),
        ])
        .await
}

#[tokio::test]
async fn a_registered_certificate_is_as_good_as_a_secret_and_an_unregistered_one_is_not() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(PRIYA, SCOPES).await;
    let (private, der) = certified();
    let key = json!({"type": "AsymmetricX509Cert", "usage": "Verify", "key": STANDARD.encode(&der), "displayName": "CN=suite"});
    let (app_id, ..) = practice.app(&graph, "Certified").await;
    let start = practice.handle.snapshot().now;
    let now: jiff::Timestamp = start.parse().expect("a time");
    let tenant = practice.handle.tenant_id().to_owned();
    let endpoint = format!("{}/{tenant}/oauth2/v2.0/token", practice.origin());
    let good = assertion(&private, &der, &app_id, &endpoint, now.as_second());
    let unknown = ask(&practice, &good).await;
    assert_eq!(
        (unknown.status, &unknown.json()["error_codes"]),
        (401, &json!([700_027]))
    );

    let path = format!("/applications(appId='{app_id}')");
    let keys = json!({"keyCredentials": [key]});
    practice.graph(&graph, "PATCH", &path, Some(keys)).await.ok(204);
    practice.wait(30);
    let body = ask(&practice, &good).await.ok(200);
    let held = claims(body["access_token"].as_str().expect("a token"));
    assert_eq!((&held["appidacr"], &held["appid"]), (&json!("2"), &json!(app_id)));
    for audience in [
        format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"),
        format!("https://login.microsoftonline.com/{tenant}/v2.0"),
        format!("https://sts.windows.net/{tenant}/"),
    ] {
        let other = assertion(&private, &der, &app_id, &audience, now.as_second());
        assert_eq!(ask(&practice, &other).await.status, 200, "{audience}");
    }
    let elsewhere = assertion(
        &private,
        &der,
        &app_id,
        "https://login.example/token",
        now.as_second(),
    );
    assert_eq!(
        ask(&practice, &elsewhere).await.json()["error_codes"],
        json!([700_023])
    );
    practice.wait(3_600);
    assert_eq!(
        ask(&practice, &good).await.json()["error_codes"],
        json!([700_024])
    );
    practice.handle.stop().await;
}
