//! Walks every endpoint of Graph and holds every answer against Microsoft's schema: the path, the declared context,
//! and each property's name, type and nullability.
//!
//! An endpoint that is new in the table of routes must be walked here too, or the last check fails.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/csdl.rs"]
mod csdl;
#[path = "common/say.rs"]
mod say;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use base64::Engine as _;
use common::{Practice, begin, explicit};
use csdl::{Findings, Schema, Target};
use say::say;
use serde_json::{Value, json};

/// What stands in a person's token for the few endpoints that need a person.
const SCOPES: &str = "openid profile User.Read Directory.Read.All RoleManagement.ReadWrite.Directory \
    RoleEligibilitySchedule.Read.Directory RoleAssignmentSchedule.Read.Directory Application.ReadWrite.All";
const EVENTUAL: [(&str, &str); 1] = [("ConsistencyLevel", "eventual")];

fn schema() -> Option<Schema> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/graph-v1.0-clean.csdl.xml");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(Schema::read(&text)),
        Err(_) => {
            say(&format!("skipped: {} is not here", path.display()));
            None
        }
    }
}

struct Walk<'a> {
    practice: &'a Practice,
    schema: &'a Schema,
    token: String,
    findings: Findings,
    walked: BTreeSet<(String, String)>,
    answers: usize,
}

impl Walk<'_> {
    /// Asks one endpoint, whose keys are filled in in their order, and holds the answer against the schema. A key that
    /// begins with `(` is written as an alternate key.
    async fn go(
        &mut self,
        method: &str,
        template: &str,
        keys: &[&str],
        query: &str,
        body: Option<Value>,
    ) -> Value {
        let mut keys = keys.iter();
        let mut path = String::new();
        for part in template.split('/').filter(|part| !part.is_empty()) {
            if part.starts_with('{') {
                let key = keys.next().expect("a key for each place");
                if !key.starts_with('(') {
                    path.push('/');
                }
                path.push_str(key);
            } else {
                path.push('/');
                path.push_str(part);
            }
        }
        let asked = format!("{path}{query}");
        let answer = self
            .practice
            .graph_with(&self.token, method, &asked, body, &EVENTUAL)
            .await;
        assert!(
            (200..300).contains(&answer.status),
            "{method} {asked}: {} {}",
            answer.status,
            answer.text
        );
        self.walked.insert((method.to_owned(), template.to_owned()));
        self.answers += 1;
        let at = format!("{method} {asked}");
        let target = match self.schema.resolve(template) {
            Ok(target) => target,
            Err(error) => {
                // The service document and the schema itself have no place in the schema.
                if !["/", "/$metadata"].contains(&template) {
                    self.findings.violations.push(format!("{at}: {error}"));
                }
                return Value::Null;
            }
        };
        match target {
            Target::Count => {
                assert!(answer.text.parse::<usize>().is_ok(), "{at}: {}", answer.text);
                Value::Null
            }
            Target::Raw => {
                assert!(!answer.text.is_empty(), "{at}: nothing");
                Value::Null
            }
            Target::Nothing => {
                if template != "/$batch" && !answer.text.is_empty() {
                    self.findings
                        .violations
                        .push(format!("{at}: answers {}", answer.text));
                }
                serde_json::from_str(&answer.text).unwrap_or_default()
            }
            Target::Value(_) if answer.text.is_empty() => {
                let may_be_empty = method == "DELETE" || method == "PATCH";
                if !may_be_empty {
                    self.findings.violations.push(format!("{at}: an empty answer"));
                }
                Value::Null
            }
            Target::Value(mut wanted) => {
                // A collection that is posted to answers the new member.
                if method == "POST" && answer.status == 201 {
                    wanted.collection = false;
                }
                let body = answer.json();
                self.schema.check_answer(&body, &wanted, &at, &mut self.findings);
                body
            }
        }
    }

    async fn get(&mut self, template: &str, keys: &[&str], query: &str) -> Value {
        self.go("GET", template, keys, query, None).await
    }

    fn reference(id: &str) -> Option<Value> {
        Some(json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{id}")}))
    }
}

fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// Every property of a type but the ones that are kept elsewhere.
const ALL_OF_USER: &str = "id,deletedDateTime,aboutMe,accountEnabled,ageGroup,assignedLicenses,assignedPlans,\
    businessPhones,city,companyName,country,createdDateTime,creationType,department,displayName,employeeId,employeeType,\
    externalUserState,faxNumber,givenName,identities,imAddresses,isResourceAccount,jobTitle,lastPasswordChangeDateTime,\
    mail,mailNickname,mobilePhone,officeLocation,onPremisesDistinguishedName,onPremisesExtensionAttributes,\
    onPremisesImmutableId,onPremisesLastSyncDateTime,onPremisesProvisioningErrors,onPremisesSamAccountName,\
    onPremisesSyncEnabled,otherMails,passwordPolicies,passwordProfile,postalCode,preferredLanguage,provisionedPlans,\
    proxyAddresses,securityIdentifier,serviceProvisioningErrors,showInAddressList,signInSessionsValidFromDateTime,state,\
    streetAddress,surname,usageLocation,userPrincipalName,userType";

async fn organisation_and_users(walk: &mut Walk<'_>) -> String {
    walk.get("/", &[], "").await;
    walk.get("/$metadata", &[], "").await;
    let organisation = walk.get("/organization", &[], "").await;
    let tenant = id(&organisation["value"][0]);
    walk.get("/organization/{id}", &[&tenant], "").await;
    walk.get("/domains", &[], "").await;
    walk.get("/domains/{id}", &["contoso.example"], "").await;
    walk.get("/domains/{id}/verificationDnsRecords", &["contoso.example"], "")
        .await;
    walk.get("/subscribedSkus", &[], "").await;
    walk.get("/users", &[], &format!("?$top=300&$select={ALL_OF_USER}"))
        .await;
    walk.get(
        "/users",
        &[],
        "?$count=true&$search=\"displayName:sup\"&$orderby=displayName",
    )
    .await;
    walk.get(
        "/users",
        &[],
        "?$count=true&$filter=endswith(mail,'example')&$top=5",
    )
    .await;
    walk.get("/users/$count", &[], "").await;
    let sam = walk.get("/users/{id}", &["sam.ortiz@contoso.example"], "").await;
    let sam = id(&sam);
    let change = json!({"jobTitle": "Analyst", "otherMails": ["sam@example.org"], "accountEnabled": true});
    walk.go("PATCH", "/users/{id}", &[&sam], "", Some(change)).await;
    walk.get("/users/{id}", &[&sam], "?$select=id,jobTitle,otherMails")
        .await;
    walk.go("POST", "/users/{id}/revokeSignInSessions", &[&sam], "", None)
        .await;
    walk.get("/users/{id}/licenseDetails", &[&sam], "").await;
    walk.get("/users/{id}/oauth2PermissionGrants", &[&sam], "").await;
    walk.get("/users/{id}/appRoleAssignments", &[&sam], "").await;
    let trainee = walk.get("/users/{id}", &["contractor@contoso.example"], "").await;
    let trainee = id(&trainee);
    walk.go("DELETE", "/users/{id}", &[&trainee], "", None).await;
    sam
}

async fn applications(walk: &mut Walk<'_>, owner: &str) -> (String, String) {
    let body = json!({"displayName": "Walked", "signInAudience": "AzureADMyOrg", "tags": ["walk"],
        "requiredResourceAccess": [{"resourceAppId": "00000003-0000-0000-c000-000000000000",
            "resourceAccess": [{"id": "e2a3a72e-5f79-4c64-b1b1-878b674786c9", "type": "Role"}]}],
        "web": {"redirectUris": ["https://localhost/x"]},
        "appRoles": [{"allowedMemberTypes": ["Application"], "description": "d", "displayName": "d", "isEnabled": true,
            "id": "5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de", "value": "Walk.All"}]});
    let app = walk.go("POST", "/applications", &[], "", Some(body)).await;
    let (app_id, app) = (app["appId"].as_str().expect("an app id").to_owned(), id(&app));
    walk.practice.wait(10);
    let named = format!("(appId='{app_id}')");
    walk.get(
        "/applications",
        &[],
        "?$count=true&$expand=owners&$filter=tags/any(t:t eq 'walk')",
    )
    .await;
    walk.get("/applications/$count", &[], "").await;
    walk.get("/applications/{id}", &[&named], "").await;
    let (certificate, _) = certificate();
    let key =
        json!({"keyCredentials": [{"type": "AsymmetricX509Cert", "usage": "Verify", "key": certificate}]});
    walk.go("PATCH", "/applications/{id}", &[&app], "", Some(key))
        .await;
    walk.get(
        "/applications/{id}",
        &[&app],
        "?$select=id,keyCredentials&$expand=owners($select=id)",
    )
    .await;
    let made = walk
        .go(
            "POST",
            "/applications/{id}/addPassword",
            &[&app],
            "",
            Some(json!({"passwordCredential": {"displayName": "w", "endDateTime": "2027-01-01T00:00:00Z"}})),
        )
        .await;
    walk.get("/applications/{id}", &[&app], "").await;
    let key = json!({"keyId": made["keyId"]});
    walk.go(
        "POST",
        "/applications/{id}/removePassword",
        &[&app],
        "",
        Some(key),
    )
    .await;
    walk.get("/applications/{id}/owners", &[&app], "").await;
    walk.go(
        "POST",
        "/applications/{id}/owners/$ref",
        &[&app],
        "",
        Walk::reference(owner),
    )
    .await;
    walk.get("/applications/{id}/owners", &[&app], "").await;
    walk.go(
        "DELETE",
        "/applications/{id}/owners/{id}/$ref",
        &[&app, owner],
        "",
        None,
    )
    .await;
    roll_keys(walk, "applications", &app).await;

    let federated =
        json!({"name": "walk", "issuer": "https://issuer.example", "subject": "s", "audiences": ["api://x"]});
    let base = "/applications/{id}/federatedIdentityCredentials";
    let made = walk.go("POST", base, &[&app], "", Some(federated)).await;
    walk.get(base, &[&app], "").await;
    let one = format!("{base}/{{id}}");
    let made = id(&made);
    walk.get(&one, &[&app, &made], "").await;
    walk.go("PATCH", &one, &[&app, &made], "", Some(json!({"subject": "t"})))
        .await;
    walk.go("DELETE", &one, &[&app, &made], "", None).await;
    (app, app_id)
}

/// A self-signed RSA certificate as base64 DER, and its key.
fn certificate() -> (String, graviola::signing::rsa::SigningKey) {
    let key = graviola::signing::rsa::SigningKey::generate(graviola::signing::rsa::KeySize::Rsa2048)
        .expect("a key");
    let mut buffer = [0u8; 4096];
    let der = key.to_pkcs8_der(&mut buffer).expect("PKCS#8");
    let pair = rcgen::KeyPair::try_from(der).expect("a pair");
    let mut parameters = rcgen::CertificateParams::default();
    parameters.not_before = rcgen::date_time_ymd(2026, 1, 1);
    parameters.not_after = rcgen::date_time_ymd(2028, 1, 1);
    let made = parameters.self_signed(&pair).expect("a certificate");
    (base64::engine::general_purpose::STANDARD.encode(made.der()), key)
}

/// Gives an object its first certificate, then lets it add and remove another with proof.
async fn roll_keys(walk: &mut Walk<'_>, set: &str, object: &str) {
    let encode = |bytes: &[u8]| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
    let (first, key) = certificate();
    let body = json!({"keyCredentials": [{"type": "AsymmetricX509Cert", "usage": "Verify", "key": first}]});
    walk.go("PATCH", &format!("/{set}/{{id}}"), &[object], "", Some(body))
        .await;
    let now: jiff::Timestamp = walk.practice.handle.snapshot().now.parse().expect("a time");
    let claims = json!({"aud": "00000002-0000-0000-c000-000000000000", "iss": object, "nbf": now.as_second(),
        "exp": now.as_second() + 600});
    let signed = format!(
        "{}.{}",
        encode(br#"{"alg":"RS256","typ":"JWT"}"#),
        encode(claims.to_string().as_bytes())
    );
    let mut buffer = [0u8; 512];
    let signature = key
        .sign_pkcs1_sha256(&mut buffer, signed.as_bytes())
        .expect("a signature");
    let proof = format!("{signed}.{}", encode(signature));
    let (second, _) = certificate();
    let body = json!({"proof": proof, "passwordCredential": null,
        "keyCredential": {"type": "AsymmetricX509Cert", "usage": "Verify", "key": second}});
    let added = walk
        .go(
            "POST",
            &format!("/{set}/{{id}}/addKey"),
            &[object],
            "",
            Some(body),
        )
        .await;
    let body = json!({"proof": proof, "keyId": added["keyId"]});
    walk.go(
        "POST",
        &format!("/{set}/{{id}}/removeKey"),
        &[object],
        "",
        Some(body),
    )
    .await;
}

async fn policies(walk: &mut Walk<'_>, app: &str) {
    walk.get("/policies/authorizationPolicy", &[], "").await;
    walk.get("/policies/defaultAppManagementPolicy", &[], "").await;
    let restrictions = json!({"passwordCredentials": [{"restrictionType": "passwordLifetime", "state": "enabled",
        "maxLifetime": "P90D", "restrictForAppsCreatedAfterDateTime": "2020-01-01T00:00:00Z"}], "keyCredentials": []});
    let change = json!({"isEnabled": true, "applicationRestrictions": restrictions});
    walk.go(
        "PATCH",
        "/policies/defaultAppManagementPolicy",
        &[],
        "",
        Some(change),
    )
    .await;
    walk.get("/policies/defaultAppManagementPolicy", &[], "").await;
    let all = "/policies/appManagementPolicies";
    let body =
        json!({"displayName": "Walk", "description": "d", "isEnabled": true, "restrictions": restrictions});
    let policy = walk.go("POST", all, &[], "", Some(body)).await;
    let policy = id(&policy);
    walk.get(all, &[], "").await;
    let one = format!("{all}/{{id}}");
    walk.get(&one, &[&policy], "").await;
    walk.go("PATCH", &one, &[&policy], "", Some(json!({"isEnabled": false})))
        .await;
    let of_app = "/applications/{id}/appManagementPolicies";
    walk.go(
        "POST",
        &format!("{of_app}/$ref"),
        &[app],
        "",
        Walk::reference(&policy),
    )
    .await;
    walk.get(of_app, &[app], "").await;
    walk.get(&format!("{one}/appliesTo"), &[&policy], "").await;
    walk.go(
        "DELETE",
        &format!("{of_app}/{{id}}/$ref"),
        &[app, &policy],
        "",
        None,
    )
    .await;
    walk.go("DELETE", &one, &[&policy], "", None).await;
}

async fn service_principals(walk: &mut Walk<'_>, app_id: &str, owner: &str) -> String {
    let set = "/servicePrincipals";
    let one = "/servicePrincipals/{id}";
    let principal = walk
        .go(
            "POST",
            set,
            &[],
            "",
            Some(json!({"appId": app_id, "tags": ["walk"]})),
        )
        .await;
    let principal = id(&principal);
    walk.practice.wait(10);
    let graph = walk
        .get(one, &["(appId='00000003-0000-0000-c000-000000000000')"], "")
        .await;
    let graph = id(&graph);
    walk.get(set, &[], "?$count=true&$top=999&$expand=appRoleAssignments")
        .await;
    walk.get(&format!("{set}/$count"), &[], "").await;
    let change = json!({"accountEnabled": true, "notes": "n", "tags": ["walk", "more"], "appRoleAssignmentRequired": true,
        "notificationEmailAddresses": ["a@contoso.example"]});
    walk.go("PATCH", one, &[&principal], "", Some(change)).await;
    let made = walk
        .go(
            "POST",
            &format!("{one}/addPassword"),
            &[&principal],
            "",
            Some(json!({"passwordCredential": {"displayName": "w"}})),
        )
        .await;
    walk.get(one, &[&principal], "?$expand=owners").await;
    let key = json!({"keyId": made["keyId"]});
    walk.go(
        "POST",
        &format!("{one}/removePassword"),
        &[&principal],
        "",
        Some(key),
    )
    .await;
    roll_keys(walk, "servicePrincipals", &principal).await;
    walk.get(&format!("{one}/owners"), &[&principal], "").await;
    walk.go(
        "POST",
        &format!("{one}/owners/$ref"),
        &[&principal],
        "",
        Walk::reference(owner),
    )
    .await;
    walk.get("/users/{id}/ownedObjects", &[owner], "").await;
    walk.go(
        "DELETE",
        &format!("{one}/owners/{{id}}/$ref"),
        &[&principal, owner],
        "",
        None,
    )
    .await;
    walk.get(&format!("{one}/ownedObjects"), &[&principal], "").await;

    for list in ["appRoleAssignments", "appRoleAssignedTo"] {
        let holder = if list == "appRoleAssignments" {
            &principal
        } else {
            &graph
        };
        let grant = json!({"principalId": principal, "resourceId": graph, "appRoleId": "810c84a8-4a9e-49e6-bf7d-12d183f40d01"});
        let all = format!("{one}/{list}");
        let made = walk.go("POST", &all, &[holder], "", Some(grant)).await;
        walk.get(&all, &[holder], "").await;
        let made = id(&made);
        let grant = format!("{all}/{{id}}");
        walk.get(&grant, &[holder, &made], "").await;
        walk.go("DELETE", &grant, &[holder, &made], "", None).await;
    }
    let grants = "/oauth2PermissionGrants";
    let body = json!({"clientId": principal, "consentType": "AllPrincipals", "principalId": null, "resourceId": graph,
        "scope": "User.Read"});
    let grant = walk.go("POST", grants, &[], "", Some(body)).await;
    let grant = id(&grant);
    walk.get(grants, &[], &format!("?$filter=clientId eq '{principal}'"))
        .await;
    walk.get(&format!("{one}/oauth2PermissionGrants"), &[&principal], "")
        .await;
    walk.get(&format!("{grants}/{{id}}"), &[&grant], "").await;
    let change = json!({"scope": "User.Read Mail.Read"});
    walk.go("PATCH", &format!("{grants}/{{id}}"), &[&grant], "", Some(change))
        .await;
    walk.go("DELETE", &format!("{grants}/{{id}}"), &[&grant], "", None)
        .await;
    principal
}

async fn groups(walk: &mut Walk<'_>, member: &str, principal: &str) {
    let exchange = walk
        .get(
            "/groups",
            &[],
            "?$count=true&$filter=mailEnabled eq true and securityEnabled eq true",
        )
        .await;
    let exchange = id(&exchange["value"][0]);
    let body = json!({"displayName": "Walkers", "mailEnabled": false, "mailNickname": "walkers", "securityEnabled": true});
    let group = walk.go("POST", "/groups", &[], "", Some(body)).await;
    let group = id(&group);
    walk.practice.wait(10);
    walk.get("/groups", &[], "").await;
    walk.get("/groups/$count", &[], "").await;
    let one = "/groups/{id}";
    for (list, object) in [
        ("members", member),
        ("members", principal),
        ("members", &exchange),
        ("owners", member),
    ] {
        walk.go(
            "POST",
            &format!("{one}/{list}/$ref"),
            &[&group],
            "",
            Walk::reference(object),
        )
        .await;
    }
    walk.go("PATCH", one, &[&group], "", Some(json!({"description": "d"})))
        .await;
    for holder in [&group, &exchange] {
        walk.get(one, &[holder], "?$expand=members").await;
        for list in ["members", "transitiveMembers"] {
            for rest in ["", "/$count", "/microsoft.graph.user"] {
                walk.get(&format!("{one}/{list}{rest}"), &[holder], "?$count=true")
                    .await;
            }
        }
        walk.get(
            &format!("{one}/members/microsoft.graph.group"),
            &[holder],
            "?$count=true",
        )
        .await;
        for list in ["owners", "memberOf", "transitiveMemberOf"] {
            walk.get(&format!("{one}/{list}"), &[holder], "").await;
        }
    }
    let ids = json!({"ids": [group, member, principal, exchange]});
    for (set, holder) in [
        ("users", member),
        ("directoryObjects", member),
        ("groups", &group),
        ("servicePrincipals", principal),
    ] {
        let one = format!("/{set}/{{id}}");
        let asked = json!({"groupIds": [group, exchange]});
        walk.go(
            "POST",
            &format!("{one}/checkMemberGroups"),
            &[holder],
            "",
            Some(asked),
        )
        .await;
        walk.go(
            "POST",
            &format!("{one}/checkMemberObjects"),
            &[holder],
            "",
            Some(ids.clone()),
        )
        .await;
        for action in ["getMemberGroups", "getMemberObjects"] {
            let body = json!({"securityEnabledOnly": false});
            walk.go("POST", &format!("{one}/{action}"), &[holder], "", Some(body))
                .await;
        }
    }
    for list in ["memberOf", "transitiveMemberOf"] {
        for cast in ["", "/microsoft.graph.directoryRole", "/microsoft.graph.group"] {
            walk.get(&format!("/users/{{id}}/{list}{cast}"), &[member], "?$count=true")
                .await;
        }
        walk.get(&format!("/servicePrincipals/{{id}}/{list}"), &[principal], "")
            .await;
    }
    walk.get("/groups/{id}/owners/microsoft.graph.user", &[&group], "")
        .await;
    walk.go("POST", "/directoryObjects/getByIds", &[], "", Some(ids))
        .await;
    for object in [group.as_str(), member, principal, &exchange] {
        walk.get("/directoryObjects/{id}", &[object], "").await;
    }
    walk.go(
        "DELETE",
        &format!("{one}/members/{{id}}/$ref"),
        &[&group, member],
        "",
        None,
    )
    .await;
    walk.go(
        "DELETE",
        &format!("{one}/owners/{{id}}/$ref"),
        &[&group, member],
        "",
        None,
    )
    .await;
    walk.go("DELETE", one, &[&group], "", None).await;
}

async fn roles(walk: &mut Walk<'_>, principal: &str, person: &str) {
    let base = "/roleManagement/directory";
    let exchange = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    let roles = walk.get("/directoryRoles", &[], "").await;
    walk.get("/directoryRoles/{id}", &[&id(&roles["value"][0])], "")
        .await;
    let named = format!("(roleTemplateId='{exchange}')");
    walk.get("/directoryRoles/{id}/members", &[&named], "").await;
    let role = json!({"roleTemplateId": exchange});
    walk.go("POST", "/directoryRoles", &[], "", Some(role)).await;
    let members = "/directoryRoles/{id}/members";
    let add = format!("{members}/$ref");
    walk.go("POST", &add, &[&named], "", Walk::reference(principal))
        .await;
    let remove = format!("{members}/{{id}}/$ref");
    walk.go("DELETE", &remove, &[&named, principal], "", None).await;
    let units = "/directory/administrativeUnits";
    let found = walk.get(units, &[], "").await;
    let unit = id(&found["value"][0]);
    walk.get(&format!("{units}/{{id}}"), &[&unit], "").await;
    walk.get(&format!("{units}/{{id}}/members"), &[&unit], "").await;
    walk.get("/directoryRoleTemplates", &[], "").await;
    walk.get("/directoryRoleTemplates/{id}", &[exchange], "").await;
    walk.get(
        &format!("{base}/roleDefinitions"),
        &[],
        "?$filter=displayName eq 'Exchange Administrator'",
    )
    .await;
    walk.get(&format!("{base}/roleDefinitions/{{id}}"), &[exchange], "")
        .await;
    let all = format!("{base}/roleAssignments");
    let body = json!({"principalId": principal, "roleDefinitionId": exchange, "directoryScopeId": "/"});
    let made = walk.go("POST", &all, &[], "", Some(body)).await;
    let made = id(&made);
    let filtered = format!("?$filter=principalId eq '{principal}'&$expand=principal,roleDefinition");
    let found = walk.get(&all, &[], &filtered).await;
    assert_eq!(
        found["value"][0]["roleDefinition"]["displayName"],
        "Exchange Administrator"
    );
    walk.get(&format!("{all}/{{id}}"), &[&made], "").await;
    walk.go("DELETE", &format!("{all}/{{id}}"), &[&made], "", None)
        .await;
    for list in [
        "roleEligibilityScheduleInstances",
        "roleAssignmentScheduleInstances",
    ] {
        walk.get(&format!("{base}/{list}"), &[], "?$expand=roleDefinition")
            .await;
    }
    // A person activates a role that they are eligible for.
    let administrator = std::mem::replace(&mut walk.token, person.to_owned());
    let mine = walk
        .get(
            &format!("{base}/roleEligibilityScheduleInstances/filterByCurrentUser/{{on}}"),
            &["(on='principal')"],
            "",
        )
        .await;
    let eligible = &mine["value"][0];
    let request = json!({"action": "selfActivate", "principalId": eligible["principalId"], "directoryScopeId": "/",
        "roleDefinitionId": eligible["roleDefinitionId"], "justification": "walk",
        "scheduleInfo": {"startDateTime": "2026-11-22T08:00:00Z",
            "expiration": {"type": "afterDuration", "duration": "PT1H"}}});
    let requests = format!("{base}/roleAssignmentScheduleRequests");
    let made = walk.go("POST", &requests, &[], "", Some(request)).await;
    walk.get(&requests, &[], "").await;
    walk.get(&format!("{requests}/{{id}}"), &[&id(&made)], "").await;
    let active = walk
        .get(
            &format!("{base}/roleAssignmentScheduleInstances/filterByCurrentUser/{{on}}"),
            &["(on='principal')"],
            "",
        )
        .await;
    assert_eq!(active["value"][0]["assignmentType"], "Activated");
    walk.token = administrator;
}

async fn deletions(walk: &mut Walk<'_>, app: &str, principal: &str) {
    walk.go("DELETE", "/servicePrincipals/{id}", &[principal], "", None)
        .await;
    walk.go("DELETE", "/applications/{id}", &[app], "", None).await;
    let unified = json!({"displayName": "Team", "mailEnabled": true, "mailNickname": "team", "securityEnabled": false,
        "groupTypes": ["Unified"]});
    let team = walk.go("POST", "/groups", &[], "", Some(unified)).await;
    walk.practice.wait(10);
    walk.go("DELETE", "/groups/{id}", &[&id(&team)], "", None).await;
    for kind in ["application", "servicePrincipal", "group", "user"] {
        walk.get(
            &format!("/directory/deletedItems/microsoft.graph.{kind}"),
            &[],
            "",
        )
        .await;
    }
    let one = "/directory/deletedItems/{id}";
    for object in [app, principal, &id(&team)] {
        walk.get(one, &[object], "").await;
        walk.go("POST", &format!("{one}/restore"), &[object], "", None)
            .await;
        walk.practice.wait(10);
    }
    walk.go("DELETE", "/applications/{id}", &[app], "", None).await;
    walk.go("DELETE", one, &[app], "", None).await;
}

/// A token of the person whose roles are eligible, after a grant for everybody.
async fn consented(practice: &Practice, administrator: &str, mut grant: Value) -> String {
    for (name, app_id) in [
        ("clientId", practice.handle.public_client_id()),
        ("resourceId", "00000003-0000-0000-c000-000000000000"),
    ] {
        let path = format!("/servicePrincipals(appId='{app_id}')?$select=id");
        grant[name] = practice.graph(administrator, "GET", &path, None).await.ok(200)["id"].clone();
    }
    practice
        .graph(administrator, "POST", "/oauth2PermissionGrants", Some(grant))
        .await
        .ok(201);
    practice.sign_in("lena.fischer@contoso.example", SCOPES).await
}

/// Whether an endpoint is one of a mailbox.
fn is_of_mail(template: &str) -> bool {
    ["mail", "message", "sendMail", "calendar", "contacts"]
        .iter()
        .any(|name| template.starts_with(&format!("/users/{{id}}/{name}")))
}

#[tokio::test]
async fn every_answer_is_valid_against_microsofts_schema() {
    let Some(schema) = schema() else { return };
    let practice = begin(explicit()).await;
    let token = practice
        .app_token(
            practice.handle.admin_client_id(),
            practice.handle.admin_client_secret(),
        )
        .await
        .ok(200);
    // An administrator consents for everybody, so that the one with eligible roles gets the scopes too.
    let consent =
        json!({"clientId": null, "consentType": "AllPrincipals", "resourceId": null, "scope": SCOPES});
    let person = consented(
        &practice,
        token["access_token"].as_str().expect("a token"),
        consent,
    )
    .await;
    let mut walk = Walk {
        practice: &practice,
        schema: &schema,
        token: token["access_token"].as_str().expect("a token").to_owned(),
        findings: Findings::default(),
        walked: BTreeSet::new(),
        answers: 0,
    };
    let user = organisation_and_users(&mut walk).await;
    let (app, app_id) = applications(&mut walk, &user).await;
    let principal = service_principals(&mut walk, &app_id, &user).await;
    policies(&mut walk, &app).await;
    groups(&mut walk, &user, &principal).await;
    roles(&mut walk, &principal, &person).await;
    deletions(&mut walk, &app, &principal).await;
    let batch = json!({"requests": [{"id": "1", "method": "GET", "url": "/organization"}]});
    walk.go("POST", "/$batch", &[], "", Some(batch)).await;

    finish(walk, 10_000, |template| !is_of_mail(template));
    practice.handle.stop().await;
}

/// Says what the walk did, and fails when anything was wrong or left out.
fn finish(walk: Walk<'_>, at_least: usize, belongs: impl Fn(&str) -> bool) {
    let Walk {
        findings,
        walked,
        answers,
        ..
    } = walk;
    let mut counted: BTreeMap<&String, usize> = BTreeMap::new();
    for violation in &findings.violations {
        *counted.entry(violation).or_default() += 1;
    }
    for (violation, times) in &counted {
        say(&format!("{violation} ({times} times)"));
    }
    say(&format!(
        "endpoints walked {}, answers {answers}, properties checked {}, violations {}",
        walked.len(),
        findings.properties,
        findings.violations.len()
    ));
    assert!(
        findings.violations.is_empty(),
        "{:#?}",
        counted.keys().take(20).collect::<Vec<_>>()
    );
    assert!(
        findings.properties > at_least,
        "the walk looked at hardly anything"
    );
    let left: Vec<String> = practice::graph_endpoints()
        .into_iter()
        .filter(|(_, template, beta_only)| !beta_only && belongs(template))
        .filter(|(method, template, _)| !walked.contains(&((*method).to_owned(), (*template).to_owned())))
        .map(|(method, template, _)| format!("{method} {template}"))
        .collect();
    assert!(left.is_empty(), "endpoints that were not walked: {left:#?}");
}

async fn folders(walk: &mut Walk<'_>, mailbox: &str) -> String {
    let all = "/users/{id}/mailFolders";
    let one = "/users/{id}/mailFolders/{id}";
    let made = walk
        .go("POST", all, &[mailbox], "", Some(json!({"displayName": "Walk"})))
        .await;
    let made = id(&made);
    walk.get(all, &[mailbox], "").await;
    walk.get(one, &[mailbox, "inbox"], "").await;
    let renamed = json!({"displayName": "Walked"});
    walk.go("PATCH", one, &[mailbox, &made], "", Some(renamed)).await;
    let inner = json!({"displayName": "Inner"});
    let inner = walk
        .go(
            "POST",
            &format!("{one}/childFolders"),
            &[mailbox, &made],
            "",
            Some(inner),
        )
        .await;
    walk.get(&format!("{one}/childFolders"), &[mailbox, &made], "")
        .await;
    let to_inbox = json!({"destinationId": "inbox"});
    let moved = walk
        .go(
            "POST",
            &format!("{one}/move"),
            &[mailbox, &id(&inner)],
            "",
            Some(to_inbox),
        )
        .await;
    walk.go("DELETE", one, &[mailbox, &id(&moved)], "", None).await;
    made
}

async fn messages(walk: &mut Walk<'_>, mailbox: &str, folder: &str) {
    let draft = || {
        Some(
            json!({"subject": "Walk", "body": {"contentType": "html", "content": "<p>w</p>"}, "categories": ["Blue"],
            "toRecipients": [{"emailAddress": {"address": mailbox}}], "importance": "high"}),
        )
    };
    for (all, keys) in [
        ("/users/{id}/messages", vec![mailbox]),
        ("/users/{id}/mailFolders/{id}/messages", vec![mailbox, folder]),
    ] {
        let made = walk.go("POST", all, &keys, "", draft()).await;
        let made = id(&made);
        walk.get(all, &keys, "?$top=5").await;
        walk.get(
            all,
            &keys,
            "?$top=2&$select=id,subject,from,isRead&$orderby=receivedDateTime desc",
        )
        .await;
        walk.get(&format!("{all}/$count"), &keys, "").await;
        let mut with_key = keys.clone();
        with_key.push(&made);
        let one = format!("{all}/{{id}}");
        walk.get(&one, &with_key, "").await;
        walk.go("PATCH", &one, &with_key, "", Some(json!({"isRead": true})))
            .await;
        walk.go("DELETE", &one, &with_key, "", None).await;
    }
    walk.get(
        "/users/{id}/mailFolders/{id}/messages/delta",
        &[mailbox, "inbox"],
        "",
    )
    .await;

    let one = "/users/{id}/messages/{id}";
    let made = walk
        .go("POST", "/users/{id}/messages", &[mailbox], "", draft())
        .await;
    let made = id(&made);
    let file = json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "w.txt", "contentType": "text/plain",
        "contentBytes": "d2Fsaw=="});
    let attachments = format!("{one}/attachments");
    let added = walk
        .go("POST", &attachments, &[mailbox, &made], "", Some(file))
        .await;
    let added = id(&added);
    walk.get(&attachments, &[mailbox, &made], "").await;
    walk.get(&format!("{attachments}/{{id}}"), &[mailbox, &made, &added], "")
        .await;
    walk.get(
        &format!("{attachments}/{{id}}/$value"),
        &[mailbox, &made, &added],
        "",
    )
    .await;
    walk.get(&format!("{one}/$value"), &[mailbox, &made], "").await;
    walk.go(
        "DELETE",
        &format!("{attachments}/{{id}}"),
        &[mailbox, &made, &added],
        "",
        None,
    )
    .await;
    let to_drafts = || Some(json!({"destinationId": "drafts"}));
    let copied = walk
        .go("POST", &format!("{one}/copy"), &[mailbox, &made], "", to_drafts())
        .await;
    let moved = walk
        .go(
            "POST",
            &format!("{one}/move"),
            &[mailbox, &id(&copied)],
            "",
            to_drafts(),
        )
        .await;
    walk.go("POST", &format!("{one}/send"), &[mailbox, &id(&moved)], "", None)
        .await;

    let received = walk
        .get(
            "/users/{id}/mailFolders/{id}/messages",
            &[mailbox, "inbox"],
            "?$top=1",
        )
        .await;
    let received = id(&received["value"][0]);
    let comment = || Some(json!({"comment": "w"}));
    let forward = || Some(json!({"comment": "w", "toRecipients": [{"emailAddress": {"address": mailbox}}]}));
    for (action, body) in [
        ("reply", comment()),
        ("replyAll", comment()),
        ("forward", forward()),
    ] {
        walk.go(
            "POST",
            &format!("{one}/{action}"),
            &[mailbox, &received],
            "",
            body,
        )
        .await;
    }
    for (action, body) in [
        ("createReply", comment()),
        ("createReplyAll", comment()),
        ("createForward", forward()),
    ] {
        walk.go(
            "POST",
            &format!("{one}/{action}"),
            &[mailbox, &received],
            "",
            body,
        )
        .await;
    }
    let message = json!({"message": {"subject": "w", "body": {"contentType": "Text", "content": "w"},
        "toRecipients": [{"emailAddress": {"address": mailbox}}]}});
    walk.go("POST", "/users/{id}/sendMail", &[mailbox], "", Some(message))
        .await;
}

#[tokio::test]
async fn every_answer_about_mail_is_valid_against_microsofts_schema() {
    let Some(schema) = schema() else { return };
    let practice = begin(explicit()).await;
    let token = practice
        .app_token(
            practice.handle.admin_client_id(),
            practice.handle.admin_client_secret(),
        )
        .await
        .ok(200);
    let mut walk = Walk {
        practice: &practice,
        schema: &schema,
        token: token["access_token"].as_str().expect("a token").to_owned(),
        findings: Findings::default(),
        walked: BTreeSet::new(),
        answers: 0,
    };
    let mailbox = "support@contoso.example";
    let folder = folders(&mut walk, mailbox).await;
    messages(&mut walk, mailbox, &folder).await;
    let settings = "/users/{id}/mailboxSettings";
    walk.get(settings, &[mailbox], "").await;
    walk.go(
        "PATCH",
        settings,
        &[mailbox],
        "",
        Some(json!({"timeZone": "UTC"})),
    )
    .await;
    for (_, template, _) in practice::graph_endpoints() {
        if template.starts_with(&format!("{settings}/")) {
            walk.get(template, &[mailbox], "").await;
        }
    }
    for beside in ["/users/{id}/calendar", "/users/{id}/contacts"] {
        walk.get(beside, &[mailbox], "").await;
    }
    finish(walk, 500, is_of_mail);
    practice.handle.stop().await;
}

/// The checker itself must be able to fail.
#[test]
fn wrong_answers_are_found() {
    let Some(schema) = schema() else { return };
    let Ok(Target::Value(user)) = schema.resolve("/users/{id}") else {
        panic!("users are in the schema")
    };
    let context = "https://graph.microsoft.com/v1.0/$metadata#users/$entity";
    for (body, wrong) in [
        (
            json!({"@odata.context": context, "id": "1", "displayName": null}),
            0,
        ),
        (json!({"id": "1"}), 1),
        (json!({"@odata.context": "https://x/$metadata#groups/$entity"}), 1),
        (json!({"@odata.context": "https://x/$metadata#users"}), 1),
        (json!({"@odata.context": context, "shoeSize": 43}), 1),
        (json!({"@odata.context": context, "accountEnabled": "true"}), 1),
        (
            json!({"@odata.context": context, "createdDateTime": "yesterday"}),
            1,
        ),
        (json!({"@odata.context": context, "proxyAddresses": [null]}), 1),
        (
            json!({"@odata.context": context, "assignedLicenses": [{"skuId": "x"}]}),
            1,
        ),
        (
            json!({"@odata.context": context, "@odata.type": "#microsoft.graph.group"}),
            1,
        ),
        (
            json!({"@odata.context": context, "passwordProfile": {"shoes": 1}}),
            1,
        ),
    ] {
        let mut findings = Findings::default();
        schema.check_answer(&body, &user, "", &mut findings);
        assert_eq!(
            findings.violations.len(),
            wrong,
            "{body}: {:?}",
            findings.violations
        );
    }
    assert!(schema.resolve("/users/{id}/shoes").is_err());
}
