//! What the organisation answers, held against captured answers of the real one and against Graph's schema.
#![allow(clippy::print_stdout, reason = "a skipped check says so")]
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, begin, explicit};
use serde_json::{Value, json};

/// The shared data, which is not part of the repository.
fn data(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    text
}

/// The properties of a type and of the types it is based on.
fn properties(schema: &str, kind: &str, name: &str) -> BTreeSet<String> {
    let start = schema
        .find("Namespace=\"microsoft.graph\"")
        .expect("the namespace");
    let opening = format!("<{kind} Name=\"{name}\"");
    let at = start
        + schema[start..]
            .find(&opening)
            .unwrap_or_else(|| panic!("{name} in the schema"));
    let head = &schema[at..at + schema[at..].find('>').expect("a tag's end")];
    let body = &schema[at..at + schema[at..].find(&format!("</{kind}>")).expect("an end")];
    let mut names: BTreeSet<String> = body
        .lines()
        .filter_map(|line| line.trim().strip_prefix("<Property Name=\""))
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    if let Some(base) = head
        .split("BaseType=\"graph.")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
    {
        names.extend(properties(schema, kind, base));
    }
    names
}

#[tokio::test]
async fn property_names_are_graphs_own() {
    let Some(schema) = data("graph-v1.0-clean.csdl.xml") else {
        return;
    };
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, principal, secret) = practice.app(&graph, "Acme").await;
    let graph_id = practice
        .graph(
            &graph,
            "GET",
            "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
            None,
        )
        .await
        .ok(200)["id"]
        .clone();
    let grant = json!({"principalId": principal, "resourceId": graph_id, "appRoleId": "810c84a8-4a9e-49e6-bf7d-12d183f40d01"});
    let assignments = format!("/servicePrincipals/{principal}/appRoleAssignments");
    practice
        .graph(&graph, "POST", &assignments, Some(grant))
        .await
        .ok(201);
    let token = practice.app_token(&app_id, &secret).await.ok(200);
    let token = token["access_token"].as_str().expect("a token");

    let all_user = "/users/support@contoso.example?$select=id,displayName,givenName,surname,jobTitle,department,mail,\
        userPrincipalName,mailNickname,proxyAddresses,accountEnabled,userType,onPremisesSyncEnabled,createdDateTime,\
        businessPhones,otherMails,assignedLicenses,mobilePhone,officeLocation,preferredLanguage";
    for (token, path, pointer, kind, name) in [
        (
            graph.as_str(),
            format!("/applications(appId='{app_id}')"),
            "",
            "EntityType",
            "application",
        ),
        (
            &graph,
            format!("/applications(appId='{app_id}')"),
            "/passwordCredentials/0",
            "ComplexType",
            "passwordCredential",
        ),
        (
            &graph,
            format!("/applications(appId='{app_id}')"),
            "/web",
            "ComplexType",
            "webApplication",
        ),
        (
            &graph,
            format!("/applications(appId='{app_id}')"),
            "/api",
            "ComplexType",
            "apiApplication",
        ),
        (
            &graph,
            format!("/servicePrincipals/{principal}"),
            "",
            "EntityType",
            "servicePrincipal",
        ),
        (
            &graph,
            format!("/servicePrincipals/{}", graph_id.as_str().expect("an id")),
            "/appRoles/0",
            "ComplexType",
            "appRole",
        ),
        (
            &graph,
            format!("/servicePrincipals/{}", graph_id.as_str().expect("an id")),
            "/oauth2PermissionScopes/0",
            "ComplexType",
            "permissionScope",
        ),
        (&graph, all_user.replace(' ', ""), "", "EntityType", "user"),
        (
            &graph,
            "/organization".into(),
            "/value/0",
            "EntityType",
            "organization",
        ),
        (
            &graph,
            "/organization".into(),
            "/value/0/verifiedDomains/0",
            "ComplexType",
            "verifiedDomain",
        ),
        (&graph, "/domains".into(), "/value/0", "EntityType", "domain"),
        (
            &graph,
            assignments.clone(),
            "/value/0",
            "EntityType",
            "appRoleAssignment",
        ),
        (
            &graph,
            "/oauth2PermissionGrants".into(),
            "/value/0",
            "EntityType",
            "oAuth2PermissionGrant",
        ),
        (
            &graph,
            "/policies/defaultAppManagementPolicy".into(),
            "",
            "EntityType",
            "tenantAppManagementPolicy",
        ),
        (
            &graph,
            "/policies/authorizationPolicy".into(),
            "",
            "EntityType",
            "authorizationPolicy",
        ),
        (
            token,
            "/users/ceo@contoso.example/mailFolders/inbox".into(),
            "",
            "EntityType",
            "mailFolder",
        ),
    ] {
        let body = practice.graph(token, "GET", &path, None).await.ok(200);
        let object = body
            .pointer(pointer)
            .and_then(Value::as_object)
            .unwrap_or_else(|| panic!("{path}{pointer}"));
        let known = properties(&schema, kind, name);
        let unknown: Vec<&String> = object
            .keys()
            .filter(|key| !key.starts_with('@') && !known.contains(*key))
            .collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?} are not Graph's");
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn discovery_and_errors_have_the_captured_members() {
    let Some(golden) = data("entra-golden/oidc-discovery.golden.json") else {
        return;
    };
    let golden: Value = serde_json::from_str(&golden).expect("json");
    let practice = begin(explicit()).await;
    let url = format!(
        "{}/common/v2.0/.well-known/openid-configuration",
        practice.origin()
    );
    let found = Answer::read(practice.client.get(url).send().await.expect("an answer"))
        .await
        .ok(200);
    for name in golden["required_fields"].as_array().expect("names") {
        assert!(
            found.get(name.as_str().expect("a name")).is_some(),
            "{name} is missing"
        );
    }
    for name in golden["protocol_values"]["claims_supported_must_include"]
        .as_array()
        .expect("names")
    {
        assert!(
            found["claims_supported"]
                .as_array()
                .expect("claims")
                .contains(name),
            "{name}"
        );
    }
    let captured = data("entra-golden/token-error-invalid-client.json").expect("beside the other");
    let captured: Value = serde_json::from_str(&captured).expect("json");
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let (app_id, _, _) = practice.app(&graph, "Acme").await;
    let answer = practice.app_token(&app_id, "not it").await;
    assert_eq!(json!(answer.status), captured["response"]["status"]);
    let members = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    let body = answer.json();
    assert_eq!(members(&body), members(&captured["response"]["body"]));
    let expected = captured["response"]["body"]["error_description"]
        .as_str()
        .expect("text");
    let expected = expected
        .split(" Trace ID")
        .next()
        .expect("a start")
        .replace("{daemon-app-id}", &app_id);
    assert!(
        body["error_description"]
            .as_str()
            .expect("text")
            .starts_with(&expected)
    );
    practice.handle.stop().await;
}
