//! Graph's rules: errors, queries, batches, and what may be done by whom.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{DANA, GRAPH_SCOPES, PRIYA, begin, explicit};
use practice::Scenario;
use serde_json::{Value, json};

#[tokio::test]
async fn a_taken_unique_name_answers_400_even_when_its_owner_is_deleted() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let named = json!({"displayName": "Acme", "uniqueName": "acme"});
    let app = practice
        .graph(&graph, "POST", "/applications", Some(named.clone()))
        .await
        .ok(201);
    let id = app["id"].as_str().expect("an id");
    practice
        .graph(&graph, "POST", "/applications", Some(named.clone()))
        .await
        .fails(400, "Request_BadRequest");
    practice.wait(6);
    practice
        .graph(&graph, "DELETE", &format!("/applications/{id}"), None)
        .await
        .ok(204);
    let prefer = [("prefer", "create-if-missing")];
    let path = "/applications(uniqueName='acme')";
    let body = json!({"displayName": "Acme"});
    practice
        .graph_with(&graph, "PATCH", path, Some(body), &prefer)
        .await
        .fails(400, "Request_BadRequest");
    let deleted = "/directory/deletedItems/microsoft.graph.application";
    let list = practice.graph(&graph, "GET", deleted, None).await.ok(200);
    assert_eq!(list["value"][0]["uniqueName"], "acme");
    let restore = format!("/directory/deletedItems/{id}/restore");
    practice.graph(&graph, "POST", &restore, None).await.ok(200);
    practice.wait(6);
    practice.graph(&graph, "GET", path, None).await.ok(200);
    practice
        .graph(&graph, "DELETE", &format!("/applications/{id}"), None)
        .await
        .ok(204);
    practice
        .graph(&graph, "DELETE", &format!("/directory/deletedItems/{id}"), None)
        .await
        .ok(204);
    practice
        .graph(&graph, "POST", "/applications", Some(named))
        .await
        .ok(201);
    practice.handle.stop().await;
}

#[tokio::test]
async fn what_was_deleted_is_gone_after_thirty_days_and_its_name_is_free() {
    const DAY: u64 = 24 * 60 * 60;
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let named = || Some(json!({"displayName": "Acme", "uniqueName": "acme"}));
    let app = practice
        .graph(&graph, "POST", "/applications", named())
        .await
        .ok(201);
    let id = app["id"].as_str().expect("an id");
    practice.wait(6);
    practice
        .graph(&graph, "DELETE", &format!("/applications/{id}"), None)
        .await
        .ok(204);
    practice.wait(30 * DAY - 1);
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice
        .graph(&graph, "POST", "/applications", named())
        .await
        .fails(400, "Request_BadRequest");
    let deleted = format!("/directory/deletedItems/{id}");
    practice.graph(&graph, "GET", &deleted, None).await.ok(200);
    practice.wait(1);
    practice
        .graph(&graph, "GET", &deleted, None)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice
        .graph(&graph, "POST", &format!("{deleted}/restore"), None)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice
        .graph(&graph, "POST", "/applications", named())
        .await
        .ok(201);
    practice.handle.stop().await;
}

#[tokio::test]
async fn dependents_wait_for_replication() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let app = practice
        .graph(&graph, "POST", "/applications", Some(json!({"displayName": "A"})))
        .await
        .ok(201);
    let (id, app_id) = (
        app["id"].as_str().expect("id"),
        app["appId"].as_str().expect("id"),
    );
    let add = format!("/applications/{id}/addPassword");
    practice
        .graph(&graph, "POST", &add, Some(json!({})))
        .await
        .fails(404, "Request_ResourceNotFound");
    let body = json!({"appId": app_id});
    practice
        .graph(&graph, "POST", "/servicePrincipals", Some(body.clone()))
        .await
        .fails(400, "Request_BadRequest");
    practice.wait(6);
    practice
        .graph(&graph, "POST", "/servicePrincipals", Some(body))
        .await
        .ok(201);
    let by_app_id = format!("/servicePrincipals(appId='{app_id}')");
    practice
        .graph(&graph, "GET", &by_app_id, None)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice.wait(6);
    practice.graph(&graph, "GET", &by_app_id, None).await.ok(200);
    practice.handle.stop().await;
}

#[tokio::test]
async fn policy_decides_about_secrets() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    practice
        .control("POST", "scenario", Some(json!({"secret_days_at_most": 365})))
        .await
        .ok(204);
    let policy = practice
        .graph(&graph, "GET", "/policies/defaultAppManagementPolicy", None)
        .await
        .ok(200);
    let limit = &policy["applicationRestrictions"]["passwordCredentials"][0];
    assert_eq!(
        (&limit["restrictionType"], &limit["maxLifetime"]),
        (&json!("passwordLifetime"), &json!("P365D"))
    );
    let (app_id, _, _) = practice.app(&graph, "Acme").await;
    let add = format!("/applications(appId='{app_id}')/addPassword");
    let until = |date: &str| Some(json!({"passwordCredential": {"displayName": "x", "endDateTime": date}}));
    let too_long = practice
        .graph(&graph, "POST", &add, until("2028-05-01T00:00:00Z"))
        .await;
    too_long.fails(400, "CredentialInvalidLifetimeAsPerAppPolicy");
    practice
        .control("POST", "scenario", Some(json!({"secret_days_at_most": 180})))
        .await
        .ok(204);
    let too_long = practice
        .graph(&graph, "POST", &add, until("2027-06-01T00:00:00Z"))
        .await;
    too_long.fails(400, "CredentialInvalidLifetimeAsPerAppPolicy");
    practice.handle.set_scenario(Scenario {
        secrets_forbidden: true,
        ..Scenario::default()
    });
    let forbidden = practice
        .graph(&graph, "POST", &add, until("2026-12-01T00:00:00Z"))
        .await;
    forbidden.fails(400, "CredentialTypeNotAllowedAsPerAppPolicy");
    let snapshot = practice.handle.snapshot();
    let ours = snapshot
        .applications
        .iter()
        .find(|app| app.app_id == app_id)
        .expect("ours");
    let key = json!({"keyId": ours.passwords[0].key_id});
    let remove = format!("/applications(appId='{app_id}')/removePassword");
    practice
        .graph(&graph, "POST", &remove, Some(key.clone()))
        .await
        .ok(204);
    practice
        .graph(&graph, "POST", &remove, Some(key))
        .await
        .fails(400, "Request_BadRequest");
    practice.handle.stop().await;
}

#[tokio::test]
async fn grants_are_kept_by_resource_and_need_the_right_administrator() {
    let practice = begin(explicit()).await;
    let dana = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let priya = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, principal, secret) = practice.app(&dana, "Acme").await;
    let id_of = |app_id: &'static str| {
        let (practice, dana) = (&practice, &dana);
        async move {
            let path = format!("/servicePrincipals(appId='{app_id}')?$select=id");
            practice.graph(dana, "GET", &path, None).await.ok(200)["id"]
                .as_str()
                .expect("an id")
                .to_owned()
        }
    };
    let graph_id = id_of("00000003-0000-0000-c000-000000000000").await;
    let exchange_id = id_of("00000002-0000-0ff1-ce00-000000000000").await;
    let mail_read = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    let grant = |resource: &str, role: &str| {
        Some(json!({"principalId": principal, "resourceId": resource, "appRoleId": role}))
    };
    let refused = practice
        .graph(&dana, "POST", &path, grant(&graph_id, mail_read))
        .await;
    refused.fails(403, "Authorization_RequestDenied");
    practice
        .graph(&dana, "POST", &path, grant(&exchange_id, mail_read))
        .await
        .ok(201);
    // The same GUID on Exchange opens nothing on Graph.
    let token = practice.app_token(&app_id, &secret).await.ok(200)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    assert!(common::claims(&token).get("roles").is_none());
    practice
        .graph(&token, "GET", "/users/ceo@contoso.example/messages", None)
        .await
        .fails(403, "ErrorAccessDenied");
    let held = practice
        .graph(&priya, "POST", &path, grant(&graph_id, mail_read))
        .await
        .ok(201);
    practice
        .graph(&priya, "POST", &path, grant(&graph_id, mail_read))
        .await
        .fails(400, "Request_BadRequest");
    let unknown = "00000000-1111-2222-3333-444444444444";
    practice
        .graph(&priya, "POST", &path, grant(&graph_id, unknown))
        .await
        .fails(400, "Request_BadRequest");
    // An old token keeps what it had; a new one has the role.
    practice
        .graph(&token, "GET", "/users/ceo@contoso.example/messages", None)
        .await
        .fails(403, "ErrorAccessDenied");
    let token = practice.app_token(&app_id, &secret).await.ok(200)["access_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    practice
        .graph(&token, "GET", "/users/ceo@contoso.example/messages?$top=1", None)
        .await
        .ok(200);
    let delete = format!("{path}/{}", held["id"].as_str().expect("an id"));
    practice.graph(&priya, "DELETE", &delete, None).await.ok(204);
    let list = practice
        .graph(
            &dana,
            "GET",
            &format!("{path}?$filter=resourceId eq {exchange_id}"),
            None,
        )
        .await
        .ok(200);
    assert_eq!(list["value"].as_array().map(Vec::len), Some(1));
    practice.handle.stop().await;
}

#[tokio::test]
async fn queries_follow_the_consistency_rule_and_page() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let eventual = [("ConsistencyLevel", "eventual")];
    for path in [
        "/users?$count=true",
        "/users?$search=\"displayName:support\"",
        "/users?$filter=proxyAddresses/any(p:p eq 'smtp:helpdesk@contoso.example')",
        "/users/$count",
        "/me/transitiveMemberOf/microsoft.graph.directoryRole",
    ] {
        practice
            .graph(&graph, "GET", path, None)
            .await
            .fails(400, "Request_UnsupportedQuery");
    }
    let roles = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true";
    let roles = practice
        .graph_with(&graph, "GET", roles, None, &eventual)
        .await
        .ok(200);
    assert_eq!(
        (&roles["@odata.count"], roles["value"].as_array().map(Vec::len)),
        (&json!(2), Some(2))
    );
    let alias =
        "/users?$count=true&$filter=proxyAddresses/any(p:p eq 'smtp:helpdesk@contoso.example')&$select=mail";
    let found = practice
        .graph_with(&graph, "GET", alias, None, &eventual)
        .await
        .ok(200);
    assert_eq!(found["value"], json!([{"mail": "support@contoso.example"}]));
    let exact = practice
        .graph(
            &graph,
            "GET",
            "/users?$filter=mail eq 'o''brien@contoso.example'&$select=mail",
            None,
        )
        .await;
    assert_eq!(exact.ok(200)["value"].as_array().map(Vec::len), Some(1));
    practice
        .graph(&graph, "GET", "/users/o'brien@contoso.example", None)
        .await
        .ok(200);
    practice
        .graph(&graph, "GET", "/users/helpdesk@contoso.example", None)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice
        .graph(&graph, "GET", "/users?$filter=mail gt 3", None)
        .await
        .fails(400, "BadRequest");
    practice
        .graph(&graph, "GET", "/users?$top=1000", None)
        .await
        .fails(400, "Request_UnsupportedQuery");
    practice
        .graph(&graph, "GET", "/shoes", None)
        .await
        .fails(400, "BadRequest");

    let mut next = "/users?$top=70&$select=id".to_owned();
    let mut ids: Vec<Value> = Vec::new();
    loop {
        let page = practice.graph(&graph, "GET", &next, None).await.ok(200);
        ids.extend(
            page["value"]
                .as_array()
                .expect("users")
                .iter()
                .map(|user| user["id"].clone()),
        );
        let Some(link) = page["@odata.nextLink"].as_str() else {
            break;
        };
        next = link
            .strip_prefix(&format!("{}/v1.0", practice.origin()))
            .expect("the same origin")
            .to_owned();
    }
    let before = ids.len();
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    // Beside them five of rarer kinds: a guest, two who sign in, and two mailboxes.
    assert_eq!((before, ids.len()), (305, 305));
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_batch_keeps_order_and_dependencies() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let batch = json!({"requests": [
        {"id": "1", "method": "GET", "url": "/me"},
        {"id": "2", "method": "GET", "url": "/users/nobody@contoso.example"},
        {"id": "3", "method": "GET", "url": "/me", "dependsOn": ["2"]},
        {"id": "4", "method": "GET", "url": "/users?$count=true&$top=1", "headers": {"ConsistencyLevel": "eventual"}},
    ]});
    let answer = practice
        .graph(&graph, "POST", "/$batch", Some(batch))
        .await
        .ok(200);
    let statuses: Vec<&Value> = answer["responses"]
        .as_array()
        .expect("responses")
        .iter()
        .map(|part| &part["status"])
        .collect();
    assert_eq!(statuses, [200, 404, 424, 200]);
    // A part may stand before the one it depends on, but not in a circle with it.
    let turned = |first: &[&str]| {
        json!({"requests": [{"id": "1", "method": "GET", "url": "/me", "dependsOn": ["2"]},
            {"id": "2", "method": "GET", "url": "/me", "dependsOn": first}]})
    };
    let answer = practice
        .graph(&graph, "POST", "/$batch", Some(turned(&[])))
        .await
        .ok(200);
    assert_eq!(
        (&answer["responses"][0]["id"], &answer["responses"][1]["status"]),
        (&json!("2"), &json!(200))
    );
    practice
        .graph(&graph, "POST", "/$batch", Some(turned(&["1"])))
        .await
        .fails(400, "BadRequest");
    // What is refused for a circle has changed nothing.
    let mut circle = turned(&["1"]);
    let made =
        json!({"id": "0", "method": "POST", "url": "/applications", "body": {"displayName": "Of a circle"}});
    circle["requests"].as_array_mut().expect("a list").push(made);
    practice
        .graph(&graph, "POST", "/$batch", Some(circle))
        .await
        .fails(400, "BadRequest");
    let kept = practice.handle.snapshot();
    assert!(
        kept.applications
            .iter()
            .all(|app| app.display_name != "Of a circle")
    );
    // There is no batch in a batch.
    for url in ["/$batch", "/v1.0/$batch", "/%24batch", "myorganization/$BATCH"] {
        let inner = json!({"requests": [{"id": "1", "method": "GET", "url": "/me"}]});
        let outer = json!({"requests": [{"id": "1", "method": "POST", "url": url, "body": inner}]});
        let answer = practice
            .graph(&graph, "POST", "/$batch", Some(outer))
            .await
            .ok(200);
        assert_eq!(answer["responses"][0]["status"], 400, "{url}");
    }
    let many: Vec<Value> = (0..21)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/me"}))
        .collect();
    practice
        .graph(&graph, "POST", "/$batch", Some(json!({"requests": many})))
        .await
        .fails(400, "BadRequest");
    let twice = json!({"requests": [{"id": "1", "method": "GET", "url": "/me"}, {"id": "1", "method": "GET", "url": "/me"}]});
    practice
        .graph(&graph, "POST", "/$batch", Some(twice))
        .await
        .fails(400, "BadRequest");
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_token_is_judged_first() {
    let practice = begin(explicit()).await;
    for token in ["", "rubbish", "a.b.c"] {
        practice
            .graph(token, "GET", "/me", None)
            .await
            .fails(401, "InvalidAuthenticationToken");
    }
    let exchange = practice.sign_in(DANA, common::EXCHANGE_SCOPES).await;
    practice
        .graph(&exchange, "GET", "/me", None)
        .await
        .fails(401, "InvalidAuthenticationToken");
    let graph = practice.sign_in(DANA, "User.Read").await;
    practice
        .graph(&graph, "GET", "/applications", None)
        .await
        .fails(403, "Authorization_RequestDenied");
    let answer = practice.graph(&graph, "GET", "/me", None).await;
    for header in ["request-id", "client-request-id", "date"] {
        assert_eq!(answer.headers.get_all(header).iter().count(), 1, "{header}");
    }
    practice.wait(3_700);
    practice
        .graph(&graph, "GET", "/me", None)
        .await
        .fails(401, "InvalidAuthenticationToken");
    practice.handle.stop().await;
}
