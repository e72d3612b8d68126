//! The Exchange admin endpoint: the ladder of refusals, errors, filters and pages.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{Answer, DANA, EXCHANGE_SCOPES, GRAPH_SCOPES, begin, explicit};
use practice::{Options, Scenario};
use serde_json::{Value, json};

#[tokio::test]
async fn refusals_climb_from_401_over_an_empty_403_to_400_and_404() {
    let practice = begin(explicit()).await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    for token in ["", "rubbish", &graph] {
        assert_eq!(practice.cmdlet(token, "Get-Mailbox", json!({})).await.status, 401);
    }
    let other_scope = practice
        .sign_in(DANA, "https://outlook.office365.com/User.Read")
        .await;
    assert_eq!(
        practice
            .cmdlet(&other_scope, "Get-Mailbox", json!({}))
            .await
            .status,
        401
    );
    for account in [
        "sam.ortiz@contoso.example",
        "tom.okafor@contoso.example",
        "lena.fischer@contoso.example",
    ] {
        let token = practice.sign_in(account, EXCHANGE_SCOPES).await;
        let refused = practice.cmdlet(&token, "Get-Mailbox", json!({})).await;
        assert!(
            refused.status == 403
                && refused.text.is_empty()
                && refused.headers.contains_key("x-ms-diagnostics")
        );
    }
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let unknown = practice.cmdlet(&token, "Format-Disk", json!({})).await;
    assert!(unknown.status == 403 && unknown.text.is_empty());
    let parameter = practice.cmdlet(&token, "Get-Mailbox", json!({"Shoe": 1})).await;
    assert!(
        parameter.status == 400 && parameter.text.contains("AmbiguousParameterSetException"),
        "{}",
        parameter.text
    );
    let missing = practice
        .cmdlet(
            &token,
            "Get-Mailbox",
            json!({"Identity": "nobody@contoso.example"}),
        )
        .await;
    assert!(missing.status == 404 && missing.code() == "NotFound");
    let details = missing.json()["error"]["details"][0]["message"]
        .as_str()
        .expect("text")
        .to_owned();
    assert_eq!(details.split('|').count(), 3, "{details}");
    let old = format!(
        "{}/adminapi/v1.0/{}/InvokeCommand",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let old = practice
        .client
        .post(old)
        .bearer_auth(&token)
        .send()
        .await
        .expect("an answer");
    assert_eq!(old.status(), 405);
    practice.handle.stop().await;
}

#[tokio::test]
async fn recipients_are_found_by_identity_filter_type_and_name() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let names = |answer: Value| -> Vec<String> {
        let all = answer["value"].as_array().expect("objects").iter();
        all.map(|object| {
            object["PrimarySmtpAddress"]
                .as_str()
                .expect("an address")
                .to_owned()
        })
        .collect()
    };
    for (cmdlet, parameters, expected) in [
        (
            "Get-Mailbox",
            json!({"Identity": "helpdesk@contoso.example"}),
            vec!["support@contoso.example"],
        ),
        (
            "Get-Mailbox",
            json!({"Identity": "o'brien"}),
            vec!["o'brien@contoso.example"],
        ),
        (
            "Get-Mailbox",
            json!({"Identity": "leserservice@bücher.example"}),
            vec!["leserservice@xn--bcher-kva.example"],
        ),
        (
            "Get-Recipient",
            json!({"Filter": "DisplayName -eq 'Niamh O''Brien'"}),
            vec!["o'brien@contoso.example"],
        ),
        (
            "Get-Recipient",
            json!({"Identity": "warehouse"}),
            vec!["warehouse@contoso.example"],
        ),
        (
            "Get-Recipient",
            json!({"Anr": "Ticketing"}),
            vec!["ticketing-mailboxes@contoso.example"],
        ),
        (
            "Get-Recipient",
            json!({"Filter": "EmailAddresses -eq 'helpdesk@contoso.example' -or Alias -eq 'hr'"}),
            vec!["support@contoso.example", "hr@contoso.example"],
        ),
        (
            "Get-Mailbox",
            json!({"RecipientTypeDetails": ["EquipmentMailbox"], "ResultSize": 1}),
            vec!["van.1@contoso.example"],
        ),
    ] {
        assert_eq!(
            names(practice.cmdlet(&token, cmdlet, parameters.clone()).await.ok(200)),
            expected,
            "{parameters}"
        );
    }
    let on_premises = practice
        .cmdlet(
            &token,
            "Get-Mailbox",
            json!({"Identity": "warehouse@contoso.example"}),
        )
        .await;
    on_premises.fails(404, "NotFound");
    let bad = practice
        .cmdlet(&token, "Get-Recipient", json!({"Filter": "Shoe -eq 'x'"}))
        .await;
    bad.fails(400, "BadRequest");
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_long_list_is_cut_with_a_warning_or_paged() {
    let practice = begin(Options {
        mailboxes: 2_000,
        ..explicit()
    })
    .await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let cut = practice.cmdlet(&token, "Get-Mailbox", json!({})).await.ok(200);
    assert_eq!(cut["value"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(cut["@adminapi.warnings"].as_array().map(Vec::len), Some(1));
    let body =
        json!({"CmdletInput": {"CmdletName": "Get-Recipient", "Parameters": {"ResultSize": "Unlimited"}}});
    let mut url = format!(
        "{}/adminapi/beta/{}/InvokeCommand",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let mut count = 0;
    loop {
        let sent = practice
            .client
            .post(&url)
            .bearer_auth(&token)
            .header("Prefer", "odata.maxpagesize=700")
            .json(&body);
        let page = Answer::read(sent.send().await.expect("an answer")).await.ok(200);
        count += page["value"].as_array().map_or(0, Vec::len);
        let Some(next) = page["@odata.nextLink"].as_str() else {
            break;
        };
        next.clone_into(&mut url);
    }
    // Everybody but the one without any mailbox, and the three groups.
    assert_eq!(count, 2_000 - 1 + 3);
    practice.handle.stop().await;
}

#[tokio::test]
async fn objects_are_made_once_and_removed() {
    let scenario = Scenario {
        dehydrated: true,
        ..Scenario::default()
    };
    let practice = begin(Options {
        scenario,
        ..explicit()
    })
    .await;
    let graph = practice.sign_in(DANA, GRAPH_SCOPES).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let (app_id, principal, _) = practice.app(&graph, "Acme").await;
    let run = |name: &'static str, parameters: Value| practice.cmdlet(&token, name, parameters);
    let scope = json!({"Name": "Acme", "RecipientRestrictionFilter": "Alias -eq 'support'"});
    let dehydrated = run("New-ManagementScope", scope.clone()).await;
    assert!(dehydrated.status == 400 && dehydrated.text.contains("Enable-OrganizationCustomization"));
    assert_eq!(
        run("Get-OrganizationConfig", json!({})).await.ok(200)["value"][0]["IsDehydrated"],
        true
    );
    run("Enable-OrganizationCustomization", json!({})).await.ok(200);
    run("New-ManagementScope", scope.clone()).await.ok(200);
    let again = run("New-ManagementScope", scope).await;
    assert!(again.status == 400 && again.text.contains("already exists"));
    let pointer = json!({"AppId": app_id, "ObjectId": principal, "DisplayName": "Acme"});
    run("New-ServicePrincipal", pointer.clone()).await.ok(200);
    assert!(
        run("New-ServicePrincipal", pointer)
            .await
            .text
            .contains("already exists")
    );
    let assignment = json!({"Name": "A", "App": principal, "Role": "Application Mail.Read", "CustomResourceScope": "Acme"});
    run("New-ManagementRoleAssignment", assignment.clone())
        .await
        .ok(200);
    assert!(
        run("New-ManagementRoleAssignment", assignment)
            .await
            .text
            .contains("already exists")
    );
    let unknown = json!({"Name": "B", "App": principal, "Role": "Application IMAP.AccessAsApp"});
    run("New-ManagementRoleAssignment", unknown)
        .await
        .fails(404, "NotFound");
    let rows = run(
        "Test-ServicePrincipalAuthorization",
        json!({"Identity": principal}),
    )
    .await
    .ok(200);
    assert_eq!(rows["value"][0]["InScope"], "Not Run");
    assert_eq!(rows["value"][0]["ScopeType"], "CustomRecipientScope");
    let in_use = run(
        "Remove-ManagementScope",
        json!({"Identity": "Acme", "Confirm": false}),
    )
    .await;
    assert_eq!(in_use.status, 400);
    run(
        "Set-ManagementScope",
        json!({"Identity": "Acme", "RecipientRestrictionFilter": "Alias -eq 'hr'"}),
    )
    .await
    .ok(200);
    let held = run("Get-ManagementRoleAssignment", json!({"RoleAssignee": principal}))
        .await
        .ok(200);
    assert_eq!(held["value"].as_array().map(Vec::len), Some(1));
    run(
        "Remove-ManagementRoleAssignment",
        json!({"Identity": "A", "Confirm": false}),
    )
    .await
    .ok(200);
    run(
        "Remove-ManagementScope",
        json!({"Identity": "Acme", "Confirm": false}),
    )
    .await
    .ok(200);
    run(
        "Remove-ServicePrincipal",
        json!({"Identity": app_id, "Confirm": false}),
    )
    .await
    .ok(200);
    assert!(practice.handle.snapshot().foreign_changes.is_empty());
    run(
        "Remove-ManagementRoleAssignment",
        json!({"Identity": "Ticketing-Mail.Read"}),
    )
    .await
    .ok(200);
    assert_eq!(
        practice.handle.snapshot().foreign_changes,
        ["managementRoleAssignment Ticketing-Mail.Read"]
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_batch_runs_each_part() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let part = |id: &str, identity: &str| {
        json!({"id": id, "method": "POST", "url": "/InvokeCommand",
            "body": {"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"Identity": identity}}}})
    };
    let body = json!({"requests": [part("1", "support@contoso.example"), part("2", "nobody")]});
    let url = format!(
        "{}/adminapi/beta/{}/$batch",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let sent = practice
        .client
        .post(url)
        .bearer_auth(&token)
        .json(&body)
        .send()
        .await
        .expect("an answer");
    let answer = Answer::read(sent).await.ok(200);
    assert_eq!(
        (
            &answer["responses"][0]["status"],
            &answer["responses"][1]["status"]
        ),
        (&json!(200), &json!(404))
    );
    practice.handle.stop().await;
}
