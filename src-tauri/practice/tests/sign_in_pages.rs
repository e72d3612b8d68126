//! What a person meets in the browser beside the plain sign-in: other accounts, devices, administrators' consent,
//! roles that must be activated, silent requests and signing out.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, claims, explicit};
use practice::Scenario;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};

const LENA: &str = "lena.fischer@contoso.example";
const TOM: &str = "tom.okafor@contoso.example";
const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";
const MAIL_READ_ROLE: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
const MAIL_READ_SCOPE: &str = "570282fd-fa5c-430d-a7fd-fc8dc98a9dca";
const IMAP_ROLE: &str = "5e5addcd-3e8d-4e90-baf5-964efab2b20a";
const EXCHANGE_APP: &str = "00000002-0000-0ff1-ce00-000000000000";

/// A browser: it keeps its cookie and follows no redirect.
struct Browser<'a> {
    practice: &'a Practice,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(practice: &'a Practice) -> Self {
        Self {
            practice,
            cookie: String::new(),
        }
    }

    async fn get(&self, url: &str) -> Answer {
        let request = self.practice.client.get(url).header(COOKIE, &self.cookie);
        Answer::read(request.send().await.expect("an answer")).await
    }

    /// Answers the form of a page; keeps the cookie that comes back.
    async fn answer(&mut self, page: &Answer, which: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = fields.to_vec();
        let flow = page.text.split("name=\"flow\" value=\"").nth(1);
        let flow = flow
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
            .to_owned();
        form.push(("flow", &flow));
        let url = format!("{}/common/practice/{which}", self.practice.origin());
        let request = self
            .practice
            .client
            .post(url)
            .header(COOKIE, &self.cookie)
            .form(&form);
        let answer = Answer::read(request.send().await.expect("an answer")).await;
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text").split(';').next().expect("a pair");
            self.cookie = cookie.to_owned();
        }
        answer
    }
}

#[track_caller]
fn went_to(answer: &Answer) -> url::Url {
    let location = answer
        .headers
        .get(LOCATION)
        .unwrap_or_else(|| panic!("no redirect: {}", answer.text));
    url::Url::parse(location.to_str().expect("text")).expect("an address")
}

fn value(url: &url::Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn anybody_of_the_directory_signs_in_by_address() {
    let practice = begin(explicit()).await;
    let mut browser = Browser::new(&practice);
    let url = practice.authorize_url("openid profile User.Read").to_string();
    let page = browser
        .get(&format!("{url}&login_hint=ceo@contoso.example"))
        .await;
    assert!(
        page.text.contains("value=\"ceo@contoso.example\""),
        "the hint is not filled in"
    );
    let wrong = browser
        .answer(&page, "sign-in", &[("account", "nobody@contoso.example")])
        .await;
    assert!(wrong.text.contains("AADSTS50034"), "{}", wrong.text);
    let disabled = browser
        .answer(&wrong, "sign-in", &[("account", "support@contoso.example")])
        .await;
    assert!(disabled.text.contains("AADSTS50057"), "{}", disabled.text);
    let consent = browser
        .answer(&disabled, "sign-in", &[("account", "ceo@contoso.example")])
        .await;
    assert!(consent.text.contains("Ingrid Holm"), "{}", consent.text);
    let back = browser
        .answer(&consent, "consent", &[("decision", "accept")])
        .await;
    let code = value(&went_to(&back), "code").expect("a code");
    let tokens = practice.redeem(&code).await.ok(200);
    let token = tokens["access_token"].as_str().expect("a token");
    let held = claims(token);
    assert_eq!(
        (&held["upn"], &held["family_name"]),
        (&json!("ceo@contoso.example"), &json!("Holm"))
    );
    practice.graph(token, "GET", "/me", None).await.ok(200);
    let url = format!("{}/oidc/userinfo", practice.origin());
    let answer = practice
        .client
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .expect("an answer");
    let user = Answer::read(answer).await.ok(200);
    assert_eq!(
        (&user["name"], &user["given_name"]),
        (&json!("Ingrid Holm"), &json!("Ingrid"))
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_silent_request_never_shows_a_page() {
    let practice = begin(explicit()).await;
    let mut browser = Browser::new(&practice);
    let silent = format!("{}&prompt=none", practice.authorize_url("User.Read"));
    let nobody = went_to(&browser.get(&silent).await);
    assert_eq!(value(&nobody, "error").as_deref(), Some("login_required"));
    let page = browser.get(practice.authorize_url("User.Read").as_str()).await;
    let page = browser.answer(&page, "sign-in", &[("account", DANA)]).await;
    let unasked = went_to(&browser.get(&silent).await);
    assert_eq!(value(&unasked, "error").as_deref(), Some("interaction_required"));
    assert!(
        value(&unasked, "error_description")
            .expect("text")
            .starts_with("AADSTS65001")
    );
    browser.answer(&page, "consent", &[("decision", "accept")]).await;
    let known = went_to(&browser.get(&silent).await);
    assert!(value(&known, "code").is_some(), "{known}");
    let other = went_to(&browser.get(&format!("{silent}&login_hint={PRIYA}")).await);
    assert_eq!(value(&other, "error").as_deref(), Some("login_required"));
    practice.handle.set_scenario(Scenario {
        sign_in_refused: true,
        ..Scenario::default()
    });
    let blocked = went_to(&browser.get(&silent).await);
    assert!(
        value(&blocked, "error_description")
            .expect("text")
            .starts_with("AADSTS53003")
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_request_longer_than_anybody_needs_is_not_remembered() {
    let practice = begin(explicit()).await;
    let url = practice.authorize_url("User.Read");
    for (length, refused) in [(8 * 1024, false), (17 * 1024, true)] {
        let state = "s".repeat(length);
        let posted = practice.client.post(url.clone()).form(&[("nonce", &state)]);
        let posted = Answer::read(posted.send().await.expect("an answer")).await;
        let asked = Browser::new(&practice).get(&format!("{url}&nonce={state}")).await;
        for page in [posted, asked] {
            assert_eq!(page.text.contains("AADSTS90015"), refused, "{length}");
            assert_eq!(page.text.contains("name=\"flow\""), !refused, "{length}");
        }
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_person_lets_a_device_in() {
    let practice = begin(explicit()).await;
    let tenant = format!("{}/{}", practice.origin(), practice.handle.tenant_id());
    let public = practice.handle.public_client_id().to_owned();
    let begun = practice
        .client
        .post(format!("{tenant}/oauth2/v2.0/devicecode"))
        .form(&[("client_id", public.as_str()), ("scope", "User.Read")])
        .send()
        .await
        .expect("an answer");
    let begun = Answer::read(begun).await.ok(200);
    let uri = begun["verification_uri"].as_str().expect("an address").to_owned();
    let user_code = begun["user_code"].as_str().expect("a code").to_owned();
    let mut browser = Browser::new(&practice);
    for address in [
        uri.clone(),
        format!("{}/common/oauth2/deviceauth", practice.origin()),
    ] {
        assert!(
            browser.get(&address).await.text.contains("name=\"code\""),
            "{address}"
        );
    }
    // A person's browser trusts no certificate of ours, so the page is there without encryption as well.
    let message = begun["message"].as_str().expect("a message");
    let plainly = uri.replacen("https://", "http://", 1);
    assert!(message.contains(&plainly), "{message}");
    let plain = reqwest::Client::builder().no_proxy().build().expect("a client");
    let answer = plain.get(plainly).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200);
    let page = browser.get(&uri).await;
    let wrong = browser.answer(&page, "device", &[("code", "ABCDEFGHJ")]).await;
    assert!(wrong.text.contains("role=\"alert\""), "{}", wrong.text);
    let who = browser
        .answer(&wrong, "device", &[("code", &user_code.to_lowercase())])
        .await;
    let asked = browser.answer(&who, "sign-in", &[("account", DANA)]).await;
    assert!(
        asked.text.contains("User.Read") && asked.text.contains("device"),
        "{}",
        asked.text
    );
    let done = browser.answer(&asked, "consent", &[("decision", "accept")]).await;
    assert!(done.text.contains("The device is signed in"), "{}", done.text);
    let device = begun["device_code"].as_str().expect("a code");
    practice
        .token(&[
            ("client_id", &public),
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("device_code", device),
        ])
        .await
        .ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn eligible_roles_are_in_force_once_activated() {
    let practice = begin(explicit()).await;
    let url = practice.authorize_url(GRAPH_SCOPES).to_string();
    let mut browser = Browser::new(&practice);
    let page = browser.get(&url).await;
    let refused = browser.answer(&page, "sign-in", &[("account", LENA)]).await;
    assert!(refused.text.contains("AADSTS90094"), "{}", refused.text);
    let page = browser.get(&url).await;
    let consent = browser
        .answer(&page, "sign-in", &[("account", LENA), ("activate", "on")])
        .await;
    assert!(consent.text.contains("Permissions requested"), "{}", consent.text);
    let ended = json!({"account": LENA, "active": false});
    assert_eq!(practice.control("POST", "roles", Some(ended)).await.status, 204);
    let page = browser.get(&url).await;
    let refused = browser.answer(&page, "sign-in", &[("account", LENA)]).await;
    assert!(refused.text.contains("AADSTS90094"), "{}", refused.text);
    let unknown = json!({"account": "nobody@contoso.example"});
    assert_eq!(practice.control("POST", "roles", Some(unknown)).await.status, 422);
    practice.handle.stop().await;
}

/// An app that declares these permissions and may be sent back to `https://portal.example/done`.
async fn declaring(practice: &Practice, access: Value) -> String {
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, ..) = practice.app(&graph, "Vendor").await;
    let properties =
        json!({"web": {"redirectUris": ["https://portal.example/done"]}, "requiredResourceAccess": access});
    let path = format!("/applications(appId='{app_id}')");
    practice
        .graph(&graph, "PATCH", &path, Some(properties))
        .await
        .ok(204);
    practice.wait(6);
    app_id
}

fn consent_url(practice: &Practice, version: &str, parameters: &[(&str, &str)]) -> String {
    let base = format!(
        "{}/{}{version}/adminconsent",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let mut url = url::Url::parse_with_params(&base, parameters).expect("an address");
    url.query_pairs_mut()
        .append_pair("redirect_uri", "https://portal.example/done")
        .append_pair("state", "s-9");
    url.to_string()
}

#[tokio::test]
async fn consent_makes_no_second_enterprise_application_while_the_first_replicates() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let app = json!({"displayName": "Young", "publicClient": {"redirectUris": ["http://localhost"]}});
    let app = practice
        .graph(&graph, "POST", "/applications", Some(app))
        .await
        .ok(201);
    let app_id = app["appId"].as_str().expect("an id");
    practice.wait(6);
    let made = practice
        .graph(
            &graph,
            "POST",
            "/servicePrincipals",
            Some(json!({"appId": app_id})),
        )
        .await
        .ok(201);
    let mut url = practice.authorize_url("User.Read");
    let others: Vec<(String, String)> = url
        .query_pairs()
        .into_owned()
        .filter(|(name, _)| name != "client_id")
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(others)
        .append_pair("client_id", app_id);
    let back = practice.handle.answer_sign_in(url.as_str(), PRIYA, true);
    assert!(back.as_ref().is_ok_and(|back| back.contains("code=")), "{back:?}");
    practice.wait(6);
    let path = format!("/servicePrincipals?$filter=appId eq '{app_id}'");
    let held = practice.graph(&graph, "GET", &path, None).await.ok(200);
    assert_eq!(held["value"].as_array().map(Vec::len), Some(1));
    assert_eq!(held["value"][0]["id"], made["id"]);
    practice.handle.stop().await;
}

#[tokio::test]
async fn an_administrator_consents_for_everybody() {
    let practice = begin(explicit()).await;
    let access = json!([
        {"resourceAppId": GRAPH_APP, "resourceAccess": [{"id": MAIL_READ_ROLE, "type": "Role"}, {"id": MAIL_READ_SCOPE, "type": "Scope"}]},
        {"resourceAppId": EXCHANGE_APP, "resourceAccess": [{"id": IMAP_ROLE, "type": "Role"}]},
    ]);
    let app_id = declaring(&practice, access).await;
    let first = consent_url(&practice, "", &[("client_id", &app_id)]);
    let roles = || -> Vec<String> {
        let snapshot = practice.handle.snapshot();
        let held = snapshot
            .app_role_assignments
            .into_iter()
            .filter(|held| !held.foreign);
        held.map(|held| held.role).collect()
    };

    // An application administrator may not grant Graph's application permissions (microsoft-facts §2.7).
    let tom = practice
        .handle
        .answer_sign_in(&first, TOM, true)
        .expect("a location");
    assert!(
        tom.contains("error=permission_denied") && roles().is_empty(),
        "{tom}"
    );
    let mut browser = Browser::new(&practice);
    let page = browser.get(&first).await;
    let policy = page.headers["content-security-policy"]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(
        policy.contains("form-action") && policy.ends_with("https://portal.example"),
        "{policy}"
    );
    let refused = browser.answer(&page, "sign-in", &[("account", TOM)]).await;
    assert!(refused.text.contains("AADSTS90094"));
    let page = browser.get(&first).await;
    let asked = browser.answer(&page, "sign-in", &[("account", PRIYA)]).await;
    for shown in ["Mail.Read", "IMAP.AccessAsApp"] {
        assert!(asked.text.contains(shown), "{shown}");
    }
    let cancelled = browser.answer(&asked, "consent", &[("decision", "cancel")]).await;
    let cancelled = went_to(&cancelled);
    assert_eq!(value(&cancelled, "error").as_deref(), Some("permission_denied"));
    assert!(roles().is_empty());
    let granted = practice
        .handle
        .answer_sign_in(&first, PRIYA, true)
        .expect("a location");
    let granted = url::Url::parse(&granted).expect("an address");
    assert_eq!(value(&granted, "admin_consent").as_deref(), Some("True"));
    assert_eq!(
        value(&granted, "tenant").as_deref(),
        Some(practice.handle.tenant_id())
    );
    assert_eq!(value(&granted, "state").as_deref(), Some("s-9"));
    assert_eq!(roles(), ["Mail.Read", "IMAP.AccessAsApp"]);
    // A second time changes nothing.
    practice
        .handle
        .answer_sign_in(&first, PRIYA, true)
        .expect("a location");
    assert_eq!(roles().len(), 2);
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_second_version_of_consent_says_true_even_when_it_was_declined() {
    let practice = begin(explicit()).await;
    let access = json!([
        {"resourceAppId": EXCHANGE_APP, "resourceAccess": [{"id": IMAP_ROLE, "type": "Role"}]},
        {"resourceAppId": GRAPH_APP, "resourceAccess": [{"id": MAIL_READ_ROLE, "type": "Role"}]},
    ]);
    let app_id = declaring(&practice, access).await;
    let scope = "https://ps.outlook.com/.default";
    let second = consent_url(&practice, "/v2.0", &[("client_id", &app_id), ("scope", scope)]);
    let declined = practice
        .handle
        .answer_sign_in(&second, TOM, false)
        .expect("a location");
    let declined = url::Url::parse(&declined).expect("an address");
    assert_eq!(value(&declined, "error").as_deref(), Some("consent_required"));
    assert!(
        value(&declined, "error_description")
            .expect("text")
            .starts_with("AADSTS65004")
    );
    assert_eq!(value(&declined, "error_subcode").as_deref(), Some("cancel"));
    assert_eq!(value(&declined, "admin_consent").as_deref(), Some("True"));
    // Exchange's application permissions are an application administrator's to grant (microsoft-facts §2.7).
    let granted = practice
        .handle
        .answer_sign_in(&second, TOM, true)
        .expect("a location");
    let granted = url::Url::parse(&granted).expect("an address");
    assert_eq!(
        (value(&granted, "error"), value(&granted, "scope").as_deref()),
        (None, Some(scope))
    );
    let snapshot = practice.handle.snapshot();
    let held: Vec<_> = snapshot
        .app_role_assignments
        .iter()
        .filter(|held| !held.foreign)
        .collect();
    assert_eq!((held.len(), held[0].role.as_str()), (1, "IMAP.AccessAsApp"));
    // `common` is not for this endpoint, and an address that is not registered gets nothing.
    let everyones = second.replace(practice.handle.tenant_id(), "common");
    let page = practice
        .handle
        .answer_sign_in(&everyones, PRIYA, true)
        .expect_err("a page");
    assert!(page.contains("AADSTS9001023"));
    let stolen = second.replace("portal.example", "evil.example");
    let page = practice
        .handle
        .answer_sign_in(&stolen, PRIYA, true)
        .expect_err("a page");
    assert!(page.contains("AADSTS50011"));
    practice.handle.stop().await;
}

#[tokio::test]
async fn policy_decides_who_consents_and_what_the_person_reads() {
    let practice = begin(explicit()).await;
    practice.handle.set_scenario(Scenario {
        user_consent_forbidden: true,
        ..Scenario::default()
    });
    let url = practice.authorize_url("User.Read").to_string();
    let sam = "sam.ortiz@contoso.example";
    let refused = practice
        .handle
        .answer_sign_in(&url, sam, true)
        .expect("a location");
    assert!(refused.contains("AADSTS90094"), "{refused}");
    practice.handle.set_scenario(Scenario {
        user_consent_forbidden: true,
        consent_requests: true,
        ..Scenario::default()
    });
    let may_ask = practice
        .handle
        .answer_sign_in(&url, sam, true)
        .expect("a location");
    assert!(may_ask.contains("AADSTS90095"), "{may_ask}");
    let dana = practice
        .handle
        .answer_sign_in(&url, DANA, true)
        .expect("a location");
    assert!(dana.contains("code="), "{dana}");
    let unknown = practice.handle.answer_sign_in(&url, "x@contoso.example", true);
    assert!(unknown.expect_err("a page").contains("AADSTS50034"));
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_single_tenant_app_is_kept_from_everyones_endpoint_and_signing_out_goes_back_only_to_it() {
    let practice = begin(explicit()).await;
    let access =
        json!([{"resourceAppId": GRAPH_APP, "resourceAccess": [{"id": MAIL_READ_SCOPE, "type": "Scope"}]}]);
    let app_id = declaring(&practice, access).await;
    let browser = Browser::new(&practice);
    let url = format!(
        "{}/organizations/oauth2/v2.0/authorize?client_id={app_id}&response_type=code&scope=User.Read&redirect_uri=https://portal.example/done",
        practice.origin()
    );
    let page = browser.get(&url).await;
    assert!(
        page.status == 400 && page.text.contains("AADSTS50194"),
        "{}",
        page.text
    );
    let out = format!("{}/common/oauth2/v2.0/logout", practice.origin());
    let back = browser
        .get(&format!(
            "{out}?post_logout_redirect_uri=https://portal.example/done&state=z"
        ))
        .await;
    assert_eq!(went_to(&back).as_str(), "https://portal.example/done?state=z");
    let stays = browser
        .get(&format!("{out}?post_logout_redirect_uri=https://evil.example/"))
        .await;
    assert_eq!(stays.status, 200);
    let realm = browser
        .get(&format!(
            "{}/common/UserRealm/{DANA}?api-version=1.0",
            practice.origin()
        ))
        .await
        .ok(200);
    assert_eq!(realm["account_type"], "Managed");
    let realm = browser
        .get(&format!(
            "{}/common/userrealm/a@elsewhere.example?api-version=2.1",
            practice.origin()
        ))
        .await
        .ok(200);
    assert_eq!(realm["NameSpaceType"], "Unknown");
    practice.handle.stop().await;
}
