//! Azure Resource Manager, as far as Azure CLI asks it when it signs in.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, explicit};
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

#[tokio::test]
async fn a_person_consents_for_everybody_as_azure_cli_does() {
    const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    const PORTAL: &str = "74658136-14ec-4630-ad9b-26e160ff0fc6/.default";
    let practice = begin(explicit()).await;
    let signed_in = async |account: &str| {
        let url = format!(
            "{}/{}/oauth2/v2.0/devicecode",
            practice.origin(),
            practice.handle.tenant_id()
        );
        let form = [("client_id", AZURE_CLI), ("scope", PORTAL)];
        let request = practice.client.post(url).form(&form).send();
        let begun = Answer::read(request.await.expect("an answer")).await.ok(200);
        let code = begun["user_code"].as_str().expect("a code");
        practice
            .handle
            .answer_device_code(code, account, true)
            .expect("approved");
        let body = practice
            .token(&[
                ("client_id", AZURE_CLI),
                ("grant_type", "device_code"),
                ("code", begun["device_code"].as_str().expect("a code")),
            ])
            .await
            .ok(200);
        body["access_token"].as_str().expect("a token").to_owned()
    };
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let body = json!({"displayName": "Consented", "requiredResourceAccess": [{
        "resourceAppId": "00000003-0000-0000-c000-000000000000",
        "resourceAccess": [{"id": "b633e1c5-b582-4048-a93e-9f11b44c7e96", "type": "Role"},
            {"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}]}]});
    let app = practice
        .graph(&graph, "POST", "/applications", Some(body))
        .await
        .ok(201);
    let app_id = app["appId"].as_str().expect("an app id");
    practice.wait(6);
    let consent = async |token: &str, app_id: &str| {
        let url = format!(
            "{}/api/RegisteredApplications/{app_id}/Consent?onBehalfOfAll=true",
            practice.origin()
        );
        let request = practice.client.post(url).bearer_auth(token).send();
        Answer::read(request.await.expect("an answer")).await
    };
    // An application administrator may not grant application permissions of Graph (microsoft-facts §2.7).
    consent(&signed_in(DANA).await, app_id)
        .await
        .fails(403, "Forbidden");
    consent(&graph, app_id)
        .await
        .fails(401, "InvalidAuthenticationTokenAudience");
    let priya = signed_in(PRIYA).await;
    let nobody = "11111111-2222-4333-8444-555555555555";
    consent(&priya, nobody).await.fails(404, "NotFound");
    consent(&priya, app_id).await.ok(204);
    practice.wait(60);
    let path = format!("/servicePrincipals(appId='{app_id}')");
    let principal = practice.graph(&graph, "GET", &path, None).await.ok(200);
    let id = principal["id"].as_str().expect("an id");
    let roles = format!("/servicePrincipals/{id}/appRoleAssignments");
    let roles = practice.graph(&graph, "GET", &roles, None).await.ok(200);
    assert_eq!(
        roles["value"][0]["appRoleId"],
        "b633e1c5-b582-4048-a93e-9f11b44c7e96"
    );
    let grants = format!("/servicePrincipals/{id}/oauth2PermissionGrants");
    let grants = practice.graph(&graph, "GET", &grants, None).await.ok(200);
    assert_eq!(grants["value"][0]["scope"], "User.Read");
    practice.handle.stop().await;
}
