//! A whole onboarding by the default method, with the documented delays on an explicit clock.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{DANA, EXCHANGE_SCOPES, GRAPH_SCOPES, begin, claims, explicit};
use serde_json::json;

#[tokio::test]
async fn an_app_reaches_exactly_its_mailboxes_after_half_an_hour() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;

    let me = practice
        .graph(&graph, "GET", "/me?$select=id,userPrincipalName", None)
        .await
        .ok(200);
    assert_eq!(me["userPrincipalName"], DANA);
    assert!(me.get("displayName").is_none());
    let organization = practice.graph(&graph, "GET", "/organization", None).await.ok(200);
    assert_eq!(organization["value"][0]["id"], practice.handle.tenant_id());

    // The app, found again by its unique name and never made twice.
    let body = json!({"displayName": "Acme Mail", "tags": ["mailgrant"]});
    let path = "/applications(uniqueName='acme-1')";
    practice
        .graph(&graph, "PATCH", path, Some(body.clone()))
        .await
        .fails(404, "Request_ResourceNotFound");
    let prefer = [("prefer", "create-if-missing")];
    let app = practice
        .graph_with(&graph, "PATCH", path, Some(body.clone()), &prefer)
        .await
        .ok(201);
    practice
        .graph_with(&graph, "PATCH", path, Some(body), &prefer)
        .await
        .ok(204);
    let (id, app_id) = (
        app["id"].as_str().expect("an id"),
        app["appId"].as_str().expect("an app id"),
    );

    let not_yet = practice
        .graph(&graph, "GET", &format!("/applications/{id}"), None)
        .await;
    not_yet.fails(404, "Request_ResourceNotFound");
    practice.wait(5);
    practice
        .graph(&graph, "GET", &format!("/applications/{id}"), None)
        .await
        .ok(200);

    let new_principal = json!({"appId": app_id});
    let principal = practice
        .graph(&graph, "POST", "/servicePrincipals", Some(new_principal.clone()))
        .await
        .ok(201);
    let object_id = principal["id"].as_str().expect("an id").to_owned();
    practice
        .graph(&graph, "POST", "/servicePrincipals", Some(new_principal))
        .await
        .fails(409, "Request_MultipleObjectsWithSameKeyValue");

    let asked =
        json!({"passwordCredential": {"displayName": "Acme 2026-11", "endDateTime": "2027-05-21T00:00:00Z"}});
    let secret = practice
        .graph(
            &graph,
            "POST",
            &format!("/applications/{id}/addPassword"),
            Some(asked),
        )
        .await
        .ok(200);
    let secret = secret["secretText"].as_str().expect("a secret").to_owned();
    assert_eq!(secret.len(), 40);
    let shown = practice
        .graph(&graph, "GET", &format!("/applications/{id}"), None)
        .await
        .ok(200);
    assert!(shown["passwordCredentials"][0]["secretText"].is_null());

    // A fresh secret is refused for its first seconds.
    practice.wait(5);
    let early = practice.app_token(app_id, &secret).await;
    assert_eq!(
        (early.status, &early.json()["error_codes"][0]),
        (401, &json!(7_000_215))
    );
    practice.wait(4);
    let token = practice.app_token(app_id, &secret).await.ok(200);
    let token = token["access_token"].as_str().expect("a token").to_owned();
    let held = claims(&token);
    assert_eq!(
        (&held["oid"], &held["sub"], &held["idtyp"]),
        (&json!(object_id), &json!(object_id), &json!("app"))
    );
    assert!(held.get("roles").is_none());

    // A token proves nothing: no mailbox answers yet.
    let inbox = |mailbox: &str| format!("/users/{mailbox}/mailFolders/inbox?$select=id");
    practice
        .graph(&token, "GET", &inbox("support@contoso.example"), None)
        .await
        .fails(403, "ErrorAccessDenied");

    let run = |name: &'static str, parameters| practice.cmdlet(&exchange, name, parameters);
    run("New-ServicePrincipal", json!({"AppId": app_id, "ObjectId": id}))
        .await
        .fails(404, "NotFound");
    run(
        "New-ServicePrincipal",
        json!({"AppId": app_id, "ObjectId": object_id, "DisplayName": "Acme Mail"}),
    )
    .await
    .ok(200);
    let group = json!({"Name": "Acme mailboxes", "Alias": "acme-mailboxes", "Type": "Security"});
    let group = run("New-DistributionGroup", group).await.ok(200);
    let name = group["value"][0]["DistinguishedName"]
        .as_str()
        .expect("a name")
        .to_owned();
    let member = json!({"Identity": "acme-mailboxes", "Member": "support@contoso.example"});
    run("Add-DistributionGroupMember", member.clone()).await.ok(200);
    let again = run("Add-DistributionGroupMember", member).await;
    assert!(again.status == 400 && again.text.contains("is already a member of the group"));
    let filter = format!("MemberOfGroup -eq '{name}'");
    run(
        "New-ManagementScope",
        json!({"Name": "Acme", "RecipientRestrictionFilter": filter}),
    )
    .await
    .ok(200);
    for (name, role) in [
        ("Acme-Read", "Application Mail.Read"),
        ("Acme-Send", "Application Mail.Send"),
    ] {
        let assignment = json!({"Name": name, "App": object_id, "Role": role, "CustomResourceScope": "Acme"});
        run("New-ManagementRoleAssignment", assignment).await.ok(200);
    }

    // The test cmdlet knows at once; live calls do not.
    let test = json!({"Identity": app_id, "Resource": "support@contoso.example"});
    let rows = run("Test-ServicePrincipalAuthorization", test).await.ok(200);
    assert_eq!(rows["value"][0]["InScope"], "True");
    let test = json!({"Identity": app_id, "Resource": "ceo@contoso.example"});
    let rows = run("Test-ServicePrincipalAuthorization", test).await.ok(200);
    assert_eq!(
        (
            rows["value"].as_array().map(Vec::len),
            &rows["value"][1]["InScope"]
        ),
        (Some(2), &json!("False"))
    );
    practice
        .graph(&token, "GET", &inbox("support@contoso.example"), None)
        .await
        .fails(403, "ErrorAccessDenied");

    practice.wait(30 * 60 + 1);
    practice
        .graph(&token, "GET", &inbox("support@contoso.example"), None)
        .await
        .ok(200);
    for other in [
        "ceo@contoso.example",
        "billing@contoso.example",
        "o'brien@contoso.example",
    ] {
        practice
            .graph(&token, "GET", &inbox(other), None)
            .await
            .fails(403, "ErrorAccessDenied");
    }
    practice
        .graph(&token, "GET", &inbox("nobody@contoso.example"), None)
        .await
        .fails(404, "ErrorInvalidUser");
    practice
        .graph(&token, "GET", &inbox("warehouse@contoso.example"), None)
        .await
        .fails(404, "MailboxNotEnabledForRESTAPI");
    let empty = json!({"message": {"subject": "probe", "body": {"contentType": "Text", "content": ""}, "toRecipients": []}});
    practice
        .graph(
            &token,
            "POST",
            "/users/support@contoso.example/sendMail",
            Some(empty.clone()),
        )
        .await
        .fails(400, "ErrorInvalidRecipients");
    practice
        .graph(&token, "POST", "/users/ceo@contoso.example/sendMail", Some(empty))
        .await
        .fails(403, "ErrorAccessDenied");
    practice
        .graph(&token, "GET", "/users?$top=1", None)
        .await
        .fails(403, "Authorization_RequestDenied");

    let snapshot = practice.handle.snapshot();
    assert!(
        snapshot.foreign_changes.is_empty(),
        "{:?}",
        snapshot.foreign_changes
    );
    let ours: Vec<_> = snapshot.applications.iter().filter(|app| !app.foreign).collect();
    assert_eq!((ours.len(), ours[0].passwords.len()), (1, 1));
    practice.handle.stop().await;
}
