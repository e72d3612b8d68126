//! Graph's directory as other people's clients use it: owners, certificates, policies, groups, roles, queries, and the
//! errors of each.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, explicit};
use serde_json::{Value, json};

const EVENTUAL: [(&str, &str); 1] = [("ConsistencyLevel", "eventual")];
const EXCHANGE_ADMINISTRATOR: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/// A token of the organisation's administrator that is an application.
async fn administrator(practice: &Practice) -> String {
    let (id, secret) = (
        practice.handle.admin_client_id(),
        practice.handle.admin_client_secret(),
    );
    let body = practice.app_token(id, secret).await.ok(200);
    body["access_token"].as_str().expect("a token").to_owned()
}

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

fn reference(id: &str) -> Option<Value> {
    Some(json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")}))
}

fn ids(list: &Value) -> Vec<String> {
    list["value"].as_array().expect("a list").iter().map(id).collect()
}

/// A certificate that is good until March 2027, in base64.
fn made(name: &str) -> String {
    use base64::Engine as _;
    let mut parameters = rcgen::CertificateParams::default();
    parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2027, 3, 1);
    parameters
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    let key = rcgen::KeyPair::generate().expect("a key");
    base64::engine::general_purpose::STANDARD
        .encode(parameters.self_signed(&key).expect("a certificate").der())
}

/// A certificate as `keyCredentials` holds it.
fn entry(certificate: &str) -> Value {
    json!({"type": "AsymmetricX509Cert", "usage": "Verify", "key": certificate})
}

#[tokio::test]
async fn an_upsert_makes_one_app_and_its_maker_owns_it() {
    let practice = begin(explicit()).await;
    let dana = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let path = "/applications(uniqueName='acme-mail')";
    let body = || Some(json!({"displayName": "Acme"}));
    practice
        .graph(&dana, "PATCH", path, body())
        .await
        .fails(404, "Request_ResourceNotFound");
    let prefer = [("prefer", "create-if-missing")];
    let made = practice
        .graph_with(&dana, "PATCH", path, body(), &prefer)
        .await
        .ok(201);
    assert_eq!(made["uniqueName"], "acme-mail");
    practice
        .graph_with(&dana, "PATCH", path, body(), &prefer)
        .await
        .ok(204);
    practice.wait(6);
    let app_id = made["appId"].as_str().expect("an app id");
    let found = practice
        .graph(
            &dana,
            "GET",
            &format!("/applications?$filter=appId eq '{app_id}'"),
            None,
        )
        .await
        .ok(200);
    assert_eq!(found["value"].as_array().map(Vec::len), Some(1));
    let me = practice.graph(&dana, "GET", "/me?$select=id", None).await.ok(200);
    let owners = format!("/applications(appId='{app_id}')/owners");
    let list = practice.graph(&dana, "GET", &owners, None).await.ok(200);
    assert_eq!(list["value"][0]["@odata.type"], "#microsoft.graph.user");
    assert_eq!(ids(&list), [id(&me)]);
    practice
        .graph(&dana, "POST", &format!("{owners}/$ref"), reference(&id(&me)))
        .await
        .fails(400, "Request_BadRequest");
    let expanded = format!("/applications(appId='{app_id}')?$select=id,appId&$expand=owners($select=id)");
    let shown = practice.graph(&dana, "GET", &expanded, None).await.ok(200);
    assert_eq!(shown["owners"][0]["id"], me["id"]);
    let context = shown["@odata.context"].as_str().expect("a context");
    assert!(
        context.ends_with("$metadata#applications(id,appId,owners(id))/$entity"),
        "{context}"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn certificates_are_replaced_whole_and_shown_only_when_asked() {
    let practice = begin(explicit()).await;
    let dana = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let (app_id, _, _) = practice.app(&dana, "Acme").await;
    let path = format!("/applications(appId='{app_id}')");
    let patch = |entries: Value| Some(json!({"keyCredentials": entries}));
    let first = made("first");
    practice
        .graph(&dana, "PATCH", &path, patch(json!([entry(&first)])))
        .await
        .ok(204);
    let plain = practice.graph(&dana, "GET", &path, None).await.ok(200);
    assert_eq!(plain["keyCredentials"][0]["key"], Value::Null);
    assert_eq!(plain["keyCredentials"][0]["endDateTime"], "2027-03-01T00:00:00Z");
    let asked = format!("{path}?$select=keyCredentials");
    let shown = practice.graph(&dana, "GET", &asked, None).await.ok(200);
    assert_eq!(shown["keyCredentials"][0]["key"], json!(first));
    let list = practice
        .graph(
            &dana,
            "GET",
            &format!("/applications?$filter=appId eq '{app_id}'&$select=keyCredentials"),
            None,
        )
        .await
        .ok(200);
    assert_eq!(list["value"][0]["keyCredentials"][0]["key"], Value::Null);
    // Sent alone, a second one takes the first one's place; sent along without its key, the first one stays.
    let kept = json!({"keyId": plain["keyCredentials"][0]["keyId"], "type": "AsymmetricX509Cert", "usage": "Verify"});
    let second = entry(&made("second"));
    practice
        .graph(&dana, "PATCH", &path, patch(json!([kept, second])))
        .await
        .ok(204);
    let both = practice.graph(&dana, "GET", &path, None).await.ok(200);
    assert_eq!(both["keyCredentials"].as_array().map(Vec::len), Some(2));
    practice
        .graph(&dana, "PATCH", &path, patch(json!([entry(&made("third"))])))
        .await
        .ok(204);
    let one = practice.graph(&dana, "GET", &path, None).await.ok(200);
    assert_eq!(one["keyCredentials"].as_array().map(Vec::len), Some(1));
    let rubbish = json!([{"type": "AsymmetricX509Cert", "usage": "Verify", "key": "AAAA"}]);
    practice
        .graph(&dana, "PATCH", &path, patch(rubbish))
        .await
        .fails(400, "KeyCredentialsInvalidCertificate");
    // Without a proof nobody rolls a key.
    let body = json!({"keyCredential": entry(&made("fourth")), "proof": "a.b.c"});
    practice
        .graph(&dana, "POST", &format!("{path}/addKey"), Some(body))
        .await
        .fails(401, "Authentication_MissingOrMalformed");
    practice.handle.stop().await;
}

#[tokio::test]
async fn an_enterprise_applications_certificates_are_judged_before_anything_is_written() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let (_, principal, _) = practice.app(&admin, "Acme").await;
    practice.wait(6);
    let path = format!("/servicePrincipals/{principal}");
    let with_more = json!({"keyCredentials": [entry(&made("first"))], "servicePrincipalType": "Legacy"});
    practice
        .graph(&admin, "PATCH", &path, Some(with_more))
        .await
        .fails(400, "Request_BadRequest");
    let short = json!({"isEnabled": true, "servicePrincipalRestrictions": {"passwordCredentials": [], "keyCredentials": [
        {"restrictionType": "asymmetricKeyLifetime", "state": "enabled", "maxLifetime": "P30D"}]}});
    let policy = "/policies/defaultAppManagementPolicy";
    practice.graph(&admin, "PATCH", policy, Some(short)).await.ok(204);
    let alone = || Some(json!({"keyCredentials": [entry(&made("second"))]}));
    practice
        .graph(&admin, "PATCH", &path, alone())
        .await
        .fails(400, "CredentialInvalidLifetimeAsPerAppPolicy");
    let shown = practice.graph(&admin, "GET", &path, None).await.ok(200);
    assert_eq!(shown["keyCredentials"], json!([]));
    practice
        .graph(&admin, "PATCH", policy, Some(json!({"isEnabled": false})))
        .await
        .ok(204);
    practice.graph(&admin, "PATCH", &path, alone()).await.ok(204);
    let shown = practice.graph(&admin, "GET", &path, None).await.ok(200);
    assert_eq!(shown["keyCredentials"].as_array().map(Vec::len), Some(1));
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_policy_of_the_app_itself_goes_before_the_tenants() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let (app_id, _, _) = practice.app(&admin, "Acme").await;
    let add = format!("/applications(appId='{app_id}')/addPassword");
    let until = |date: &str| Some(json!({"passwordCredential": {"endDateTime": date}}));
    let forbid = json!({"isEnabled": true, "applicationRestrictions": {"keyCredentials": [], "passwordCredentials": [
        {"restrictionType": "passwordAddition", "state": "enabled", "maxLifetime": null,
            "restrictForAppsCreatedAfterDateTime": "2020-01-01T00:00:00Z"}]}});
    practice
        .graph(
            &admin,
            "PATCH",
            "/policies/defaultAppManagementPolicy",
            Some(forbid),
        )
        .await
        .ok(204);
    practice
        .graph(&admin, "POST", &add, until("2026-12-24T00:00:00Z"))
        .await
        .fails(400, "CredentialTypeNotAllowedAsPerAppPolicy");
    let own = json!({"displayName": "Exempt", "isEnabled": true, "restrictions": {"keyCredentials": [],
        "passwordCredentials": [{"restrictionType": "passwordLifetime", "state": "enabled", "maxLifetime": "P60D",
            "restrictForAppsCreatedAfterDateTime": "2020-01-01T00:00:00Z"}]}});
    let policy = practice
        .graph(&admin, "POST", "/policies/appManagementPolicies", Some(own))
        .await
        .ok(201);
    let link = format!("/applications(appId='{app_id}')/appManagementPolicies/$ref");
    practice
        .graph(&admin, "POST", &link, reference(&id(&policy)))
        .await
        .ok(204);
    practice
        .graph(&admin, "POST", &add, until("2026-12-24T00:00:00Z"))
        .await
        .ok(200);
    practice
        .graph(&admin, "POST", &add, until("2027-12-24T00:00:00Z"))
        .await
        .fails(400, "CredentialInvalidLifetimeAsPerAppPolicy");
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_deleted_enterprise_application_takes_its_grants_along_and_can_come_back() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let (app_id, principal, _) = practice.app(&admin, "Acme").await;
    practice.wait(6);
    let one = format!("/servicePrincipals/{principal}");
    let change = json!({"accountEnabled": false, "tags": ["x"], "notes": "n"});
    practice.graph(&admin, "PATCH", &one, Some(change)).await.ok(204);
    let shown = practice.graph(&admin, "GET", &one, None).await.ok(200);
    assert_eq!(
        (&shown["accountEnabled"], &shown["tags"], &shown["notes"]),
        (&json!(false), &json!(["x"]), &json!("n"))
    );
    let graph = "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')";
    let graph_id = id(&practice.graph(&admin, "GET", graph, None).await.ok(200));
    let grant = json!({"clientId": principal, "consentType": "AllPrincipals", "resourceId": graph_id, "scope": "User.Read"});
    let held = practice
        .graph(&admin, "POST", "/oauth2PermissionGrants", Some(grant.clone()))
        .await
        .ok(201);
    practice
        .graph(&admin, "POST", "/oauth2PermissionGrants", Some(grant))
        .await
        .fails(409, "Request_MultipleObjectsWithSameKeyValue");
    practice.graph(&admin, "DELETE", &one, None).await.ok(204);
    practice
        .graph(
            &admin,
            "GET",
            &format!("/oauth2PermissionGrants/{}", id(&held)),
            None,
        )
        .await
        .fails(404, "Request_ResourceNotFound");
    let deleted = "/directory/deletedItems/microsoft.graph.servicePrincipal";
    let list = practice.graph(&admin, "GET", deleted, None).await.ok(200);
    assert_eq!(ids(&list), std::slice::from_ref(&principal));
    let restore = format!("/directory/deletedItems/{principal}/restore");
    practice.graph(&admin, "POST", &restore, None).await.ok(200);
    practice.wait(6);
    practice
        .graph(
            &admin,
            "POST",
            "/servicePrincipals",
            Some(json!({"appId": app_id})),
        )
        .await
        .fails(409, "Request_MultipleObjectsWithSameKeyValue");
    practice.handle.stop().await;
}

#[tokio::test]
async fn roles_are_given_to_apps_and_activated_by_people() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let (_, principal, _) = practice.app(&admin, "Acme").await;
    practice.wait(6);
    let all = "/roleManagement/directory/roleAssignments";
    let body = json!({"principalId": principal, "roleDefinitionId": EXCHANGE_ADMINISTRATOR, "directoryScopeId": "/"});
    let held = practice
        .graph(&admin, "POST", all, Some(body.clone()))
        .await
        .ok(201);
    practice
        .graph(&admin, "POST", all, Some(body))
        .await
        .fails(400, "Request_BadRequest");
    let members = format!("/directoryRoles(roleTemplateId='{EXCHANGE_ADMINISTRATOR}')/members");
    let list = practice.graph(&admin, "GET", &members, None).await.ok(200);
    assert!(ids(&list).contains(&principal));
    let one = format!("{all}/{}", id(&held));
    practice.graph(&admin, "DELETE", &one, None).await.ok(204);
    practice
        .graph(&admin, "GET", &one, None)
        .await
        .fails(404, "Request_ResourceNotFound");
    // An application administrator gives no roles.
    let dana = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let body = json!({"principalId": principal, "roleDefinitionId": EXCHANGE_ADMINISTRATOR, "directoryScopeId": "/"});
    practice
        .graph(&dana, "POST", all, Some(body))
        .await
        .fails(403, "Authorization_RequestDenied");
    practice.handle.stop().await;
}

#[tokio::test]
async fn exchange_owns_mail_enabled_groups() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let filter = "/groups?$filter=mailEnabled eq true and securityEnabled eq true";
    let list = practice.graph(&admin, "GET", filter, None).await.ok(200);
    let theirs = list["value"][0].clone();
    assert_eq!(theirs["groupTypes"], json!([]));
    let members = format!("/groups/{}/members", id(&theirs));
    let first = practice.graph(&admin, "GET", &members, None).await.ok(200);
    let user = ids(&first)[0].clone();
    for answer in [
        practice
            .graph(&admin, "POST", &format!("{members}/$ref"), reference(&user))
            .await,
        practice
            .graph(&admin, "DELETE", &format!("{members}/{user}/$ref"), None)
            .await,
        practice
            .graph(&admin, "DELETE", &format!("/groups/{}", id(&theirs)), None)
            .await,
    ] {
        let text = answer.json()["error"]["message"].clone();
        answer.fails(400, "Request_BadRequest");
        assert_eq!(
            text,
            "Cannot Update a mail-enabled security groups and or distribution list."
        );
    }
    let new = |mail: bool, kinds: &[&str]| {
        Some(
            json!({"displayName": "G", "mailEnabled": mail, "mailNickname": "g", "securityEnabled": !mail,
            "groupTypes": kinds}),
        )
    };
    practice
        .graph(&admin, "POST", "/groups", new(true, &[]))
        .await
        .fails(400, "Request_BadRequest");
    let team = practice
        .graph(&admin, "POST", "/groups", new(true, &["Unified"]))
        .await
        .ok(201);
    assert_eq!(team["mail"], "g@contoso.example");
    // A group in a group: members of the inner one are members of the outer one, but not directly.
    let outer = id(&practice
        .graph(&admin, "POST", "/groups", new(false, &[]))
        .await
        .ok(201));
    practice.wait(6);
    let add = format!("/groups/{outer}/members/$ref");
    practice
        .graph(&admin, "POST", &add, reference(&id(&theirs)))
        .await
        .ok(204);
    practice
        .graph(&admin, "POST", &add, reference(&id(&theirs)))
        .await
        .fails(400, "Request_BadRequest");
    let direct = practice
        .graph(&admin, "GET", &format!("/groups/{outer}/members"), None)
        .await
        .ok(200);
    assert_eq!(ids(&direct), [id(&theirs)]);
    let all = practice
        .graph(&admin, "GET", &format!("/groups/{outer}/transitiveMembers"), None)
        .await
        .ok(200);
    assert!(ids(&all).contains(&user));
    let check = json!({"groupIds": [outer]});
    let held = practice
        .graph(
            &admin,
            "POST",
            &format!("/users/{user}/checkMemberGroups"),
            Some(check),
        )
        .await
        .ok(200);
    assert_eq!(held["value"], json!([outer]));
    practice.handle.stop().await;
}

#[tokio::test]
async fn queries_are_taken_as_clients_write_them() {
    let practice = begin(explicit()).await;
    let priya = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    for (query, expected) in [
        ("$filter=mail eq 'support@contoso.example'", 1),
        ("$filter=mail eq null", 1),
        (
            "$filter=userPrincipalName eq 'support@contoso.example' and accountEnabled eq false",
            1,
        ),
        (
            "$filter=startswith(displayName,'Support') and accountEnabled eq false",
            1,
        ),
        ("$filter=startswith(mail,'helpdesk')", 0),
        (
            "$filter=mail in ('support@contoso.example','billing@contoso.example')",
            2,
        ),
        (
            "$count=true&$filter=proxyAddresses/any(x:x eq 'smtp:helpdesk@contoso.example')",
            1,
        ),
        (
            "$count=true&$filter=displayName ne 'Support' and startswith(displayName,'Suppor')",
            0,
        ),
        ("$count=true&$filter=not startswith(displayName,'A')&$top=3", 3),
        ("$count=true&$filter=endsWith(mail,'xn--bcher-kva.example')", 1),
        ("$count=true&$filter=assignedLicenses/$count eq 0&$top=2", 2),
        ("$count=true&$search=\"displayName:leserser\"", 1),
        (
            "$count=true&$search=\"displayName:leserser\" OR \"mail:billing\"",
            2,
        ),
        ("$filter=createdDateTime ge 2030-01-01T00:00:00Z", 0),
        ("%24filter=displayName%20eq%20%27Support%27&%24top=1", 1),
    ] {
        let path = format!("/users?{query}&$select=displayName");
        let found = practice
            .graph_with(&priya, "GET", &path, None, &EVENTUAL)
            .await
            .ok(200);
        assert_eq!(found["value"].as_array().map(Vec::len), Some(expected), "{query}");
    }
    let down = "/users?$count=true&$orderby=displayName desc&$top=2";
    let down = practice
        .graph_with(&priya, "GET", down, None, &EVENTUAL)
        .await
        .ok(200);
    let name = |at: usize| {
        down["value"][at]["displayName"]
            .as_str()
            .expect("a name")
            .to_lowercase()
    };
    assert!(name(0) >= name(1));
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_wrong_request_gets_graphs_own_error() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let no_user = "/users/5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de";
    for (method, path, body, status, code) in [
        ("GET", "/shoes", None, 400, "BadRequest"),
        (
            "GET",
            "/users/support@contoso.example/shoes",
            None,
            400,
            "BadRequest",
        ),
        ("GET", "/me", None, 400, "BadRequest"),
        ("PUT", "/applications", Some(json!({})), 405, "Request_BadRequest"),
        ("GET", no_user, None, 404, "Request_ResourceNotFound"),
        ("GET", "/users?$top=0", None, 400, "Request_UnsupportedQuery"),
        ("GET", "/users?$skip=3", None, 400, "Request_UnsupportedQuery"),
        (
            "GET",
            "/users?$skiptoken=rubbish",
            None,
            400,
            "Directory_ExpiredPageToken",
        ),
        ("GET", "/users?$select=shoes", None, 400, "BadRequest"),
        ("GET", "/users?$filter=shoes eq 'x'", None, 400, "BadRequest"),
        (
            "GET",
            "/users?$filter=contains(displayName,'x')",
            None,
            400,
            "Request_UnsupportedQuery",
        ),
        (
            "GET",
            "/users?$filter=accountEnabled eq 'true'",
            None,
            400,
            "BadRequest",
        ),
        ("GET", "/users?$filter=displayName eq", None, 400, "BadRequest"),
        ("GET", "/users?$orderby=shoes", None, 400, "BadRequest"),
        ("GET", "/applications?$expand=shoes", None, 400, "BadRequest"),
        (
            "POST",
            "/applications",
            Some(json!({})),
            400,
            "Request_BadRequest",
        ),
        ("POST", "/applications", Some(json!([])), 400, "BadRequest"),
        ("POST", "/applications", None, 400, "BadRequest"),
        (
            "POST",
            "/applications",
            Some(json!({"displayName": 1})),
            400,
            "Request_BadRequest",
        ),
        (
            "POST",
            "/applications",
            Some(json!({"displayName": "A", "shoes": 1})),
            400,
            "Request_BadRequest",
        ),
        (
            "POST",
            "/applications",
            Some(json!({"displayName": "A", "appId": "x"})),
            400,
            "Request_BadRequest",
        ),
        (
            "POST",
            "/applications",
            Some(json!({"displayName": "A", "signInAudience": "x"})),
            400,
            "Request_BadRequest",
        ),
        (
            "POST",
            "/applications",
            Some(json!({"displayName": "A", "identifierUris": ["https://example.org"]})),
            400,
            "HostNameNotOnVerifiedDomain",
        ),
        (
            "POST",
            "/oauth2PermissionGrants",
            Some(json!({"clientId": "x"})),
            400,
            "Request_BadRequest",
        ),
        (
            "POST",
            "/directoryObjects/getByIds",
            Some(json!({"ids": ["x"]})),
            400,
            "Request_BadRequest",
        ),
        (
            "DELETE",
            "/oauth2PermissionGrants/none",
            None,
            404,
            "Request_ResourceNotFound",
        ),
    ] {
        let answer = practice.graph(&admin, method, path, body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (status, code),
            "{method} {path}: {}",
            answer.text
        );
    }
    let plain = practice
        .client
        .post(format!("{}/v1.0/applications", practice.origin()))
        .bearer_auth(&admin)
        .header("content-type", "text/plain")
        .body("{}");
    Answer::read(plain.send().await.expect("an answer"))
        .await
        .fails(400, "BadRequest");
    // CLI for Microsoft 365 names the organisation first; every collection can be counted; what Graph says about itself
    // needs no token, and a missing token is told where to get one.
    practice
        .graph(&admin, "GET", "/myorganization/applications?$top=1", None)
        .await
        .ok(200);
    let count = practice
        .graph_with(&admin, "GET", "/directoryRoleTemplates/$count", None, &EVENTUAL)
        .await;
    assert_eq!((count.status, count.text.as_str()), (200, "17"));
    let metadata = practice
        .client
        .get(format!("{}/v1.0/$metadata", practice.origin()));
    assert_eq!(metadata.send().await.expect("an answer").status(), 200);
    let anonymous = practice.client.get(format!("{}/v1.0/me", practice.origin()));
    let anonymous = Answer::read(anonymous.send().await.expect("an answer")).await;
    let challenge = anonymous.headers.get("www-authenticate").expect("a challenge");
    assert!(challenge.to_str().expect("text").contains("authorization_uri"));
    // Letter case does not matter, and beta answers with its own context.
    practice
        .graph(&admin, "GET", "/ServicePrincipals?$TOP=1", None)
        .await
        .ok(200);
    let beta = format!("{}/beta/organization?select=id", practice.origin());
    let beta = practice
        .client
        .get(beta)
        .bearer_auth(&admin)
        .send()
        .await
        .expect("an answer");
    let beta = Answer::read(beta).await.ok(200);
    assert!(
        beta["@odata.context"]
            .as_str()
            .expect("a context")
            .ends_with("/beta/$metadata#organization(id)")
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn beta_shows_and_changes_exchanges_own_objects() {
    let practice = begin(explicit()).await;
    let admin = administrator(&practice).await;
    let beta = |method: &'static str, path: String, body: Option<Value>| {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let url = format!("{}/beta/roleManagement/exchange/{path}", practice.origin());
        let mut request = practice.client.request(method, url).bearer_auth(&admin);
        if let Some(body) = body {
            request = request.json(&body);
        }
        async move { Answer::read(request.send().await.expect("an answer")).await }
    };
    practice
        .graph(&admin, "GET", "/roleManagement/exchange/roleAssignments", None)
        .await
        .fails(400, "BadRequest");
    let body = json!({"type": "RecipientScope", "displayName": "Walk",
        "customAttributes": {"Exclusive": false, "RecipientFilter": "CustomAttribute1 -eq 'Marine'"}});
    let scope = beta("POST", "customAppScopes".into(), Some(body)).await.ok(201);
    let roles = beta(
        "GET",
        "roleDefinitions?$filter=displayName eq 'Application Mail.Read'".into(),
        None,
    )
    .await
    .ok(200);
    let role = id(&roles["value"][0]);
    let held = practice.handle.snapshot().exchange.service_principals[0]
        .detail
        .clone();
    let body = json!({"principalId": format!("/ServicePrincipals/{held}"), "roleDefinitionId": role,
        "directoryScopeId": "/", "appScopeId": id(&scope)});
    let made = beta("POST", "roleAssignments".into(), Some(body)).await.ok(201);
    assert_eq!(made["appScopeId"], scope["id"]);
    let assigned = practice.handle.snapshot().exchange.assignments;
    assert!(
        assigned
            .iter()
            .any(|found| found.scope.as_deref() == Some("Walk") && found.app == held)
    );
    let scope_path = format!("customAppScopes/{}", id(&scope));
    beta("DELETE", scope_path.clone(), None)
        .await
        .fails(400, "Request_BadRequest");
    beta("DELETE", format!("roleAssignments/{}", id(&made)), None)
        .await
        .ok(204);
    beta("DELETE", scope_path, None).await.ok(204);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_batch_with_numbers_for_ids_adds_owners_and_members_to_a_group() {
    let practice = begin(explicit()).await;
    let graph = administrator(&practice).await;
    let body = json!({
        "displayName": "Project", "groupTypes": ["Unified"], "mailEnabled": true, "mailNickname": "project",
        "securityEnabled": false, "resourceBehaviorOptions": ["WelcomeEmailDisabled"],
    });
    let group = practice
        .graph(&graph, "POST", "/groups", Some(body))
        .await
        .ok(201);
    assert_eq!(group["resourceBehaviorOptions"], json!(["WelcomeEmailDisabled"]));
    let id = group["id"].as_str().expect("an id");
    practice.wait(6);
    let later = json!({"resourceBehaviorOptions": []});
    let path = format!("/groups/{id}");
    practice
        .graph(&graph, "PATCH", &path, Some(later))
        .await
        .fails(400, "Request_BadRequest");
    let dana = practice
        .graph(&graph, "GET", &format!("/users/{DANA}"), None)
        .await
        .ok(200);
    let address = format!(
        "https://graph.microsoft.com/v1.0/directoryObjects/{}",
        dana["id"].as_str().expect("an id")
    );
    let part = |number: u8, list: &str| {
        json!({"id": number, "method": "PATCH", "url": format!("/groups/{id}"),
            "headers": {"content-type": "application/json;odata.metadata=none"},
            "body": {format!("{list}@odata.bind"): [address]}})
    };
    let batch = json!({"requests": [part(1, "owners"), part(2, "members"), part(3, "members")]});
    let answer = practice
        .graph(&graph, "POST", "/$batch", Some(batch))
        .await
        .ok(200);
    let status = |number: &str| {
        let parts = answer["responses"].as_array().into_iter().flatten();
        let mut fitting = parts.filter(|part| part["id"] == number);
        fitting.next().map(|part| part["status"].clone())
    };
    assert_eq!(status("1"), Some(json!(204)));
    assert_eq!(status("2"), Some(json!(204)));
    assert_eq!(status("3"), Some(json!(400)), "a member is added once");
    for list in ["owners", "members"] {
        let held = practice
            .graph(&graph, "GET", &format!("/groups/{id}/{list}"), None)
            .await
            .ok(200);
        let ids = held["value"].as_array().expect("a list").iter();
        assert_eq!(ids.filter(|held| held["id"] == dana["id"]).count(), 1, "{list}");
    }
    let wrong = json!({"members@odata.bind": ["https://graph.microsoft.com/v1.0/users/nobody"]});
    practice
        .graph(&graph, "PATCH", &path, Some(wrong))
        .await
        .fails(404, "Request_ResourceNotFound");
    let asked = json!({"securityEnabledOnly": false});
    let path = format!("/groups/{id}/getMemberGroups");
    let holding = practice.graph(&graph, "POST", &path, Some(asked)).await.ok(200);
    assert_eq!(holding["value"], json!([]));
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_property_has_a_path_of_its_own() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let role = json!({"allowedMemberTypes": ["User"], "description": "d", "displayName": "D", "isEnabled": "true",
        "value": "d", "id": "6f1f1d0c-6a51-4f0a-8f0e-3f2f7b4a1c11"});
    let body = json!({"displayName": "Roles", "appRoles": [role]});
    let app = practice
        .graph(&graph, "POST", "/applications", Some(body))
        .await
        .ok(201);
    practice.wait(6);
    let path = format!("/applications(appId='{}')", app["appId"].as_str().expect("an id"));
    let get = async |property: &str| {
        practice
            .graph(&graph, "GET", &format!("{path}/{property}"), None)
            .await
    };
    let roles = get("appRoles").await.ok(200);
    assert_eq!(roles["value"][0]["value"], "d");
    assert_eq!(roles["value"][0]["isEnabled"], true);
    let context = roles["@odata.context"].as_str().expect("a context");
    assert!(context.ends_with("/appRoles"), "{context}");
    assert_eq!(get("displayName").await.ok(200)["value"], "Roles");
    assert_eq!(get("web").await.ok(200)["redirectUris"], json!([]));
    get("notes").await.ok(204);
    get("shoes").await.fails(400, "BadRequest");
    let nobody = "/users/nobody@contoso.example/displayName";
    practice
        .graph(&graph, "GET", nobody, None)
        .await
        .fails(404, "Request_ResourceNotFound");
    practice.handle.stop().await;
}
