//! Access over the wire: policies around Entra's permissions, role assignments beside them, and when each is seen.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, EXCHANGE_SCOPES, GRAPH_SCOPES, PRIYA, Practice, begin, explicit};
use serde_json::{Value, json};

const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";
/// `Mail.Read` of Microsoft Graph.
const MAIL_READ: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";

struct Stage {
    practice: Practice,
    exchange: String,
    app_id: String,
    principal: String,
    secret: String,
}

impl Stage {
    async fn new() -> Self {
        let practice = begin(explicit()).await;
        let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
        let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
        let (app_id, principal, secret) = practice.app(&graph, "Acme").await;
        Self {
            practice,
            exchange,
            app_id,
            principal,
            secret,
        }
    }

    async fn run(&self, name: &str, parameters: Value) -> Answer {
        self.practice.cmdlet(&self.exchange, name, parameters).await
    }

    /// A fresh token for the administrator; one lasts little more than an hour.
    async fn renew(&mut self) {
        self.exchange = self.practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    }

    /// Gives the app `Mail.Read` in Entra, for every mailbox.
    async fn grant(&self) {
        let graph = self.practice.sign_in(PRIYA, GRAPH_SCOPES).await;
        let path = format!("/servicePrincipals(appId='{GRAPH_APP_ID}')?$select=id");
        let resource = self.practice.graph(&graph, "GET", &path, None).await.ok(200);
        let body =
            json!({"principalId": self.principal, "resourceId": resource["id"], "appRoleId": MAIL_READ});
        let path = format!("/servicePrincipals/{}/appRoleAssignments", self.principal);
        self.practice
            .graph(&graph, "POST", &path, Some(body))
            .await
            .ok(201);
    }

    async fn inbox(&self, mailbox: &str) -> Answer {
        let token = self.practice.app_token(&self.app_id, &self.secret).await.ok(200);
        let token = token["access_token"].as_str().expect("a token").to_owned();
        let path = format!("/users/{mailbox}@contoso.example/mailFolders/inbox?$select=id");
        self.practice.graph(&token, "GET", &path, None).await
    }

    async fn test(&self, mailbox: &str) -> Value {
        let parameters = json!({"Identity": format!("{mailbox}@contoso.example"), "AppId": self.app_id});
        let row = self.run("Test-ApplicationAccessPolicy", parameters).await.ok(200);
        row["value"][0]["AccessCheckResult"].clone()
    }

    fn minutes(&self, minutes: u64) {
        self.practice.wait(minutes * 60);
    }
}

#[tokio::test]
async fn a_policy_fences_entras_permission_after_more_than_an_hour() {
    let mut stage = Stage::new().await;
    stage.grant().await;
    stage.inbox("ceo").await.ok(200);
    let inner = json!({"Name": "Inner", "Alias": "inner", "Type": "Security", "Members": ["support"]});
    stage.run("New-DistributionGroup", inner).await.ok(200);
    let outer = json!({"Name": "Outer", "Alias": "outer", "Type": "Security", "Members": ["inner"]});
    stage.run("New-DistributionGroup", outer).await.ok(200);
    assert_eq!(stage.test("ceo").await, "Granted");
    let policy = json!({"AccessRight": "RestrictAccess", "AppId": stage.app_id, "PolicyScopeGroupId": "outer@contoso.example",
        "Description": "Acme"});
    let made = stage
        .run("New-ApplicationAccessPolicy", policy.clone())
        .await
        .ok(200);
    let made = &made["value"][0];
    assert_eq!(
        (
            &made["ScopeName"],
            &made["AccessRight"],
            &made["ShardType"],
            &made["IsValid"],
            &made["ObjectState"]
        ),
        (
            &json!("Outer"),
            &json!("RestrictAccess"),
            &json!("All"),
            &json!(true),
            &json!("Unchanged")
        )
    );
    let identity = made["Identity"].as_str().expect("an identity").to_owned();
    let start = format!(
        "{}\\{}:S-1-5-21-",
        stage.practice.handle.tenant_id(),
        stage.app_id
    );
    assert!(identity.starts_with(&start), "{identity}");
    let again = stage.run("New-ApplicationAccessPolicy", policy).await;
    assert!(
        again.status == 400 && again.text.contains("already exists"),
        "{}",
        again.text
    );
    // The test cmdlet knows at once, and counts members of nested groups; live calls do not know yet.
    assert_eq!(
        (stage.test("support").await, stage.test("ceo").await),
        (json!("Granted"), json!("Denied"))
    );
    stage.inbox("ceo").await.ok(200);
    stage.minutes(60);
    stage.inbox("ceo").await.ok(200);
    stage.minutes(10);
    stage.inbox("support").await.ok(200);
    let blocked = stage.inbox("ceo").await;
    assert!(
        blocked.text.contains("Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."),
        "{}",
        blocked.text
    );
    blocked.fails(403, "ErrorAccessDenied");

    // A role assignment is not held back by the policy, and needs a pointer first.
    stage.renew().await;
    let pointer = json!({"AppId": stage.app_id, "ObjectId": stage.principal});
    stage.run("New-ServicePrincipal", pointer).await.ok(200);
    let scope = json!({"Name": "Chief", "RecipientRestrictionFilter": "Alias -eq 'ceo'"});
    stage.run("New-ManagementScope", scope).await.ok(200);
    let assignment =
        json!({"App": stage.app_id, "Role": "Application Mail.Read", "CustomResourceScope": "Chief"});
    stage
        .run("New-ManagementRoleAssignment", assignment)
        .await
        .ok(200);
    stage.minutes(31);
    stage.inbox("ceo").await.ok(200);
    let hr = stage.inbox("hr").await;
    assert!(hr.status == 403 && hr.text.contains("[RAOP]"), "{}", hr.text);

    // Taken away, the fence is gone as late as it came.
    stage.renew().await;
    let parameters = json!({"Identity": identity, "Description": "Changed"});
    stage.run("Set-ApplicationAccessPolicy", parameters).await.ok(200);
    let held = stage
        .run("Get-ApplicationAccessPolicy", json!({"Identity": identity}))
        .await
        .ok(200);
    assert_eq!(held["value"][0]["Description"], "Changed");
    let parameters = json!({"Identity": identity, "Confirm": false});
    stage
        .run("Remove-ApplicationAccessPolicy", parameters)
        .await
        .ok(200);
    assert_eq!(stage.test("hr").await, "Granted");
    stage.inbox("hr").await.fails(403, "ErrorAccessDenied");
    stage.minutes(71);
    stage.inbox("hr").await.ok(200);
    stage.practice.handle.stop().await;
}

#[tokio::test]
async fn what_a_policy_cannot_be_about_is_refused() {
    let stage = Stage::new().await;
    let new = |right: &str, app: &str, scope: &str| {
        let parameters = json!({"AccessRight": right, "AppId": app, "PolicyScopeGroupId": scope});
        stage.run("New-ApplicationAccessPolicy", parameters)
    };
    for (right, app, scope, status, text) in [
        (
            "Allow",
            stage.app_id.as_str(),
            "finance-approvers",
            400,
            "Unable to match the identifier name Allow",
        ),
        (
            "DenyAccess",
            "Acme",
            "finance-approvers",
            400,
            "isn't a valid GUID",
        ),
        (
            "DenyAccess",
            stage.app_id.as_str(),
            "all-sales",
            400,
            "security principal",
        ),
        (
            "DenyAccess",
            stage.app_id.as_str(),
            "support@contoso.example",
            400,
            "security principal",
        ),
        (
            "DenyAccess",
            stage.app_id.as_str(),
            "room.fjord",
            400,
            "security principal",
        ),
        (
            "DenyAccess",
            stage.app_id.as_str(),
            "nobody",
            404,
            "couldn't be found",
        ),
        ("DenyAccess", stage.app_id.as_str(), "ceo", 200, "DenyAccess"),
        ("DenyAccess", "*", "warehouse", 200, "DenyAccess"),
        (
            "RestrictAccess",
            stage.app_id.as_str(),
            "finance-approvers",
            200,
            "RestrictAccess",
        ),
    ] {
        let answer = new(right, app, scope).await;
        assert!(
            answer.status == status && answer.text.contains(text),
            "{right} {scope}: {} {}",
            answer.status,
            answer.text
        );
    }
    // Two policies for two apps at once, then as many as fit.
    let (one, two) = (
        "11111111-1111-4111-8111-111111111111",
        "22222222-2222-4222-8222-222222222222",
    );
    let both = new("DenyAccess", &format!("{one},{two}"), "ceo").await.ok(200);
    assert_eq!(both["value"].as_array().map(Vec::len), Some(2));
    let mut made = 5;
    let full = loop {
        let app = format!("33333333-3333-4333-8333-{made:012}");
        let answer = new("DenyAccess", &app, "ceo").await;
        if answer.status != 200 {
            break answer;
        }
        made += 1;
        assert!(made <= 400, "there is no end");
    };
    assert!(
        full.text
            .contains("The total size of App Access Policies exceeded the limit."),
        "{}",
        full.text
    );
    assert_eq!(made, 300);
    stage.practice.handle.stop().await;
}

#[tokio::test]
async fn an_assignment_can_be_limited_to_a_group_or_an_administrative_unit() {
    let stage = Stage::new().await;
    let pointer = json!({"AppId": stage.app_id, "ObjectId": stage.principal, "DisplayName": "Acme"});
    stage.run("New-ServicePrincipal", pointer).await.ok(200);
    let inner = json!({"Name": "Inner", "Type": "Security", "Members": ["billing"]});
    stage.run("New-DistributionGroup", inner).await.ok(200);
    let outer = json!({"Name": "Outer", "Members": ["support", "Inner"]});
    stage.run("New-DistributionGroup", outer).await.ok(200);
    let assignment = json!({"Name": "By group", "App": stage.principal, "Role": "Application Mail.Read",
        "RecipientGroupScope": "Outer"});
    stage
        .run("New-ManagementRoleAssignment", assignment)
        .await
        .ok(200);
    let units = stage.run("Get-AdministrativeUnit", json!({})).await.ok(200);
    let unit = units["value"][0]["Guid"].as_str().expect("a unit").to_owned();
    let assignment = json!({"Name": "By unit", "App": stage.principal, "Role": "Application Mail.Read",
        "RecipientAdministrativeUnitScope": unit});
    stage
        .run("New-ManagementRoleAssignment", assignment)
        .await
        .ok(200);
    let both = json!({"App": stage.principal, "Role": "Application Mail.Send", "RecipientGroupScope": "Outer",
        "RecipientAdministrativeUnitScope": unit});
    let both = stage.run("New-ManagementRoleAssignment", both).await;
    assert!(
        both.status == 400 && both.text.contains("AmbiguousParameterSetException"),
        "{}",
        both.text
    );
    for (mailbox, expected) in [
        ("support", ["True", "True"]),
        ("orders", ["False", "True"]),
        ("billing", ["False", "False"]),
    ] {
        let parameters = json!({"Identity": stage.principal, "Resource": mailbox});
        let rows = stage
            .run("Test-ServicePrincipalAuthorization", parameters)
            .await
            .ok(200);
        let rows = rows["value"].as_array().expect("rows");
        assert_eq!(
            [&rows[0]["InScope"], &rows[1]["InScope"]],
            [&json!(expected[0]), &json!(expected[1])],
            "{mailbox}"
        );
        assert_eq!(rows[1]["ScopeType"], "AdministrativeUnit");
    }
    stage.minutes(31);
    stage.inbox("support").await.ok(200);
    stage.inbox("orders").await.ok(200);
    stage.inbox("billing").await.fails(403, "ErrorAccessDenied");

    // Deleting the enterprise application takes the pointer and the assignments with it.
    let graph = stage.practice.sign_in(DANA, GRAPH_SCOPES).await;
    let path = format!("/servicePrincipals/{}", stage.principal);
    stage.practice.graph(&graph, "DELETE", &path, None).await.ok(204);
    stage
        .run("Get-ServicePrincipal", json!({"Identity": stage.app_id}))
        .await
        .fails(404, "NotFound");
    stage
        .run("Get-ManagementRoleAssignment", json!({"Identity": "By group"}))
        .await
        .fails(404, "NotFound");
    stage.practice.handle.stop().await;
}

#[tokio::test]
async fn a_custom_attribute_moves_a_mailbox_into_a_scope() {
    let stage = Stage::new().await;
    let pointer = json!({"AppId": stage.app_id, "ObjectId": stage.principal});
    stage.run("New-ServicePrincipal", pointer).await.ok(200);
    let scope = json!({"Name": "Tagged", "RecipientRestrictionFilter": "CustomAttribute7 -eq 'acme'"});
    stage.run("New-ManagementScope", scope).await.ok(200);
    let assignment =
        json!({"App": stage.principal, "Role": "Application Mail.Read", "CustomResourceScope": "Tagged"});
    stage
        .run("New-ManagementRoleAssignment", assignment)
        .await
        .ok(200);
    stage.minutes(31);
    stage.inbox("hr").await.fails(403, "ErrorAccessDenied");
    let tag = json!({"Identity": "hr", "CustomAttribute7": "Acme"});
    stage.run("Set-Mailbox", tag).await.ok(200);
    let found = stage
        .run("Get-Mailbox", json!({"Filter": "CustomAttribute7 -eq 'acme'"}))
        .await
        .ok(200);
    assert_eq!(found["value"][0]["Alias"], "hr");
    stage.inbox("hr").await.fails(403, "ErrorAccessDenied");
    stage.minutes(31);
    stage.inbox("hr").await.ok(200);
    stage.practice.handle.stop().await;
}
