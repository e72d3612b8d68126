//! What the organisation answers, held against captured answers of the real one and against Graph's schema.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/say.rs"]
mod say;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, claims, explicit};
use say::say;
use serde_json::{Value, json};

/// The shared data, which is not part of the repository.
fn data(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        say(&format!("skipped: {} is not here", path.display()));
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

/// A captured exchange.
fn captured(name: &str) -> Option<Value> {
    let text = data(&format!("entra-golden/{name}.json"))?;
    Some(serde_json::from_str(&text).expect("json"))
}

/// Whether a text is what a captured text with placeholders in braces stands for.
fn fits(pattern: &str, actual: &str, known: &[(&str, &str)]) -> bool {
    let Some((before, rest)) = pattern.split_once('{') else {
        return pattern == actual;
    };
    let (name, after) = rest.split_once('}').expect("a closing brace");
    let Some(actual) = actual.strip_prefix(before) else {
        return false;
    };
    if let Some((_, value)) = known.iter().find(|(known, _)| *known == name) {
        return actual
            .strip_prefix(value)
            .is_some_and(|actual| fits(after, actual, known));
    }
    let length = match name {
        "guid" => 36,
        "timestamp" => "2026-11-22 08:00:00Z".len(),
        "redacted-jwt" => actual.len(),
        other => panic!("an unknown placeholder {other}"),
    };
    let Some((value, actual)) = actual.split_at_checked(length) else {
        return false;
    };
    let right = match name {
        "guid" => uuid_like(value),
        "timestamp" => value.ends_with('Z') && value.as_bytes()[10] == b' ',
        _ => value.split('.').count() == 3,
    };
    right && fits(after, actual, known)
}

fn uuid_like(text: &str) -> bool {
    text.split('-').map(str::len).collect::<Vec<_>>() == [8, 4, 4, 4, 12]
        && text
            .chars()
            .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}

/// Compares an answer with a captured one, member by member.
fn compare(name: &str, answer: &Answer, known: &[(&str, &str)]) {
    let captured = captured(name).expect("beside the others");
    assert_eq!(json!(answer.status), captured["response"]["status"], "{name}");
    let (body, expected) = (answer.json(), &captured["response"]["body"]);
    let members = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(members(&body), members(expected), "{name}");
    for (member, expected) in expected.as_object().expect("an object") {
        let actual = &body[member];
        match expected.as_str() {
            Some("{seconds}") => {
                let seconds = actual.as_i64().expect("seconds");
                assert!(
                    (3_000..=90_000).contains(&seconds),
                    "{name}: {member} is {seconds}"
                );
            }
            Some(pattern) => {
                let actual = actual
                    .as_str()
                    .unwrap_or_else(|| panic!("{name}: {member} is {actual}"));
                assert!(fits(pattern, actual, known), "{name}: {member} is {actual}");
            }
            None => assert_eq!(actual, expected, "{name}: {member}"),
        }
    }
}

/// An app of the organisation's own that exposes an API with tokens of version 2, as the captured one does.
async fn daemon(practice: &Practice) -> (String, String) {
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let (app_id, _, secret) = practice.app(&graph, "Daemon").await;
    let wanted = json!({"api": {"requestedAccessTokenVersion": 2}});
    let path = format!("/applications(appId='{app_id}')");
    practice.graph(&graph, "PATCH", &path, Some(wanted)).await.ok(204);
    (app_id, secret)
}

#[tokio::test]
async fn tokens_and_errors_are_the_captured_ones() {
    if captured("token-client-credentials").is_none() {
        return;
    }
    let practice = begin(explicit()).await;
    let (app_id, secret) = daemon(&practice).await;
    let tenant = practice.handle.tenant_id().to_owned();
    let known = [("daemon-app-id", app_id.as_str()), ("tenant-id", tenant.as_str())];
    let own = format!("{app_id}/.default");
    let with = |client: &str, secret: &str, scope: &str, grant: &str| -> Vec<(&'static str, String)> {
        vec![
            ("client_id", client.to_owned()),
            ("client_secret", secret.to_owned()),
            ("scope", scope.to_owned()),
            ("grant_type", grant.to_owned()),
        ]
    };
    let credentials = "client_credentials";
    let cases = [
        (
            "token-client-credentials",
            with(&app_id, &secret, &own, credentials),
        ),
        (
            "token-error-invalid-client",
            with(&app_id, "not it", &own, credentials),
        ),
        (
            "token-error-invalid-scope",
            with(
                &app_id,
                &secret,
                "api://not-a-registered-resource/.default",
                credentials,
            ),
        ),
        (
            "token-error-unknown-client",
            with("00000000-0000-0000-0000-000000000000", &secret, &own, credentials),
        ),
        (
            "token-error-unsupported-grant-type",
            with(&app_id, &secret, &own, "no_such_grant"),
        ),
    ];
    for (name, form) in cases {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        compare(name, &practice.token(&form).await, &known);
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_claims_of_a_token_are_the_captured_ones() {
    let Some(captured) = captured("token-claims-client-credentials") else {
        return;
    };
    let practice = begin(explicit()).await;
    let (app_id, secret) = daemon(&practice).await;
    let scope = format!("{app_id}/.default");
    let body = practice
        .token(&[
            ("client_id", &app_id),
            ("client_secret", &secret),
            ("scope", &scope),
            ("grant_type", "client_credentials"),
        ])
        .await
        .ok(200);
    let token = body["access_token"].as_str().expect("a token");
    let held = claims(token);
    let names: BTreeSet<&str> = held
        .as_object()
        .expect("claims")
        .keys()
        .map(String::as_str)
        .collect();
    let expected: BTreeSet<&str> = captured["claimNames"]
        .as_array()
        .expect("names")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(names, expected);
    let tenant = practice.handle.tenant_id().to_owned();
    let known = [("daemon-app-id", app_id.as_str()), ("tenant-id", tenant.as_str())];
    for (name, expected) in captured["structural"].as_object().expect("an object") {
        match expected.as_str() {
            Some(pattern) => {
                let actual = held[name].as_str().expect("text");
                assert!(fits(pattern, actual, &known), "{name} is {actual}");
            }
            None => assert_eq!(&held[name], expected, "{name}"),
        }
    }
    let header = token.split('.').next().expect("a head");
    let header = claims(&format!(".{header}."));
    for (name, expected) in captured["header"].as_object().expect("an object") {
        match expected.as_str() {
            Some("{kid}") => assert!(header[name].is_string()),
            _ => assert_eq!(&header[name], expected, "{name}"),
        }
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn discovery_says_what_the_captured_document_says() {
    let Some(golden) = captured("oidc-discovery.golden") else {
        return;
    };
    let practice = begin(explicit()).await;
    let url = format!(
        "{}/common/v2.0/.well-known/openid-configuration",
        practice.origin()
    );
    let found = Answer::read(practice.client.get(url).send().await.expect("an answer"))
        .await
        .ok(200);
    for name in golden["required_fields"].as_array().expect("names") {
        let name = name.as_str().expect("a name");
        assert!(found.get(name).is_some(), "{name} is missing");
    }
    let known = found.as_object().expect("an object");
    let mut checked = 0;
    for (rule, values) in golden["protocol_values"].as_object().expect("rules") {
        let values: BTreeSet<&str> = values
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let of = |name: &str| -> BTreeSet<&str> {
            let name = if known.contains_key(name) {
                name.to_owned()
            } else {
                format!("{name}_supported")
            };
            let list = known.get(&name).unwrap_or_else(|| panic!("{name} is missing"));
            list.as_array()
                .expect("a list")
                .iter()
                .filter_map(Value::as_str)
                .collect()
        };
        if let Some(name) = rule.strip_suffix("_equals") {
            assert_eq!(of(name), values, "{rule}");
        } else if let Some(name) = rule.strip_suffix("_must_include") {
            assert!(of(name).is_superset(&values), "{rule}");
        } else if let Some(name) = rule.strip_suffix("_subset_of") {
            assert!(of(name).is_subset(&values), "{rule}");
        } else {
            panic!("an unknown rule {rule}");
        }
        checked += 1;
    }
    assert!(checked >= 8, "{checked} rules");
    for (name, value) in golden["entra_boolean_values"].as_object().expect("flags") {
        if let (Some(found), Value::Bool(_)) = (known.get(name), value) {
            assert_eq!(found, value, "{name}");
        }
    }
    practice.handle.stop().await;
}
