//! Azure Resource Manager, as far as Azure CLI asks it when it signs in.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, Practice, begin, explicit};
use serde_json::json;

async fn get(practice: &Practice, path: &str, token: &str) -> Answer {
    let url = format!("{}{path}", practice.origin());
    let request = practice.client.get(url).bearer_auth(token);
    Answer::read(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn it_has_one_tenant_and_no_subscription() {
    let practice = begin(explicit()).await;
    let secret = practice.handle.admin_client_secret().to_owned();
    let token = async |scope: &str| {
        let body = practice
            .token(&[
                ("client_id", practice.handle.admin_client_id()),
                ("client_secret", &secret),
                ("grant_type", "client_credentials"),
                ("scope", scope),
            ])
            .await
            .ok(200);
        body["access_token"].as_str().expect("a token").to_owned()
    };
    // The doubled slash is Azure CLI's own spelling.
    let azure = token("https://management.core.windows.net//.default").await;
    let tenants = get(&practice, "/tenants?api-version=2022-12-01", &azure)
        .await
        .ok(200);
    assert_eq!(tenants["value"][0]["tenantId"], practice.handle.tenant_id());
    let none = get(&practice, "/subscriptions?api-version=2022-12-01", &azure)
        .await
        .ok(200);
    assert_eq!(none["value"], json!([]));
    get(&practice, "/subscriptions", &azure)
        .await
        .fails(400, "MissingApiVersionParameter");
    get(
        &practice,
        "/subscriptions/1/resourceGroups?api-version=2022-12-01",
        &azure,
    )
    .await
    .fails(404, "SubscriptionNotFound");
    let graph = token("https://graph.microsoft.com/.default").await;
    let wrong = get(&practice, "/tenants?api-version=2022-12-01", &graph).await;
    assert!(wrong.headers.contains_key("www-authenticate"));
    wrong.fails(401, "InvalidAuthenticationTokenAudience");
    let clouds = get(&practice, "/metadata/endpoints?api-version=2022-09-01", "")
        .await
        .ok(200);
    assert_eq!(clouds["authentication"]["loginEndpoint"], practice.origin());
    let several = get(&practice, "/metadata/endpoints?api-version=2019-05-01", "")
        .await
        .ok(200);
    assert_eq!(several[0], clouds);
    practice.handle.stop().await;
}
