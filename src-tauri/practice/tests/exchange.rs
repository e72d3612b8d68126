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
    // Everybody but the one without any mailbox, six of rarer kinds, and six groups.
    assert_eq!(count, 2_000 - 1 + 6 + 6);
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

/// A token of the administrator that is an application.
async fn administrator(practice: &common::Practice, scope: &str) -> String {
    let answer = practice
        .token(&[
            ("client_id", practice.handle.admin_client_id()),
            ("client_secret", practice.handle.admin_client_secret()),
            ("grant_type", "client_credentials"),
            ("scope", scope),
        ])
        .await
        .ok(200);
    answer["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn an_application_with_the_role_administers_exchange() {
    let practice = begin(explicit()).await;
    let token = administrator(&practice, "https://outlook.office365.com/.default").await;
    let run = |name: &'static str, parameters: Value| practice.cmdlet(&token, name, parameters);
    // It can open four shared mailboxes from the start, and no other.
    let user = practice.handle.admin_client_id();
    for (mailbox, expected) in [
        ("support", 1),
        ("billing", 1),
        ("orders", 1),
        ("sales", 1),
        ("hr", 0),
        ("ceo", 0),
    ] {
        let rows = run(
            "Get-MailboxPermission",
            json!({"Identity": mailbox, "User": user}),
        )
        .await
        .ok(200);
        assert_eq!(
            rows["value"].as_array().map(Vec::len),
            Some(expected),
            "{mailbox}"
        );
    }
    let graph = administrator(&practice, "https://graph.microsoft.com/.default").await;
    assert_eq!(
        practice.cmdlet(&graph, "Get-Mailbox", json!({})).await.status,
        401
    );
    // Rights on mailboxes and on sending, added, seen, repeated with a warning, and removed.
    let full = json!({"Identity": "hr@contoso.example", "User": user, "AccessRights": ["FullAccess"],
        "InheritanceType": "All", "AutoMapping": false});
    let added = run("Add-MailboxPermission", full.clone()).await.ok(200);
    assert_eq!(added["value"][0]["AccessRights"], json!(["FullAccess"]));
    let again = run("Add-MailboxPermission", full.clone()).await.ok(200);
    assert!(
        again["@adminapi.warnings"][0]
            .as_str()
            .expect("a warning")
            .contains("already present")
    );
    let rows = run("Get-MailboxPermission", json!({"Identity": "hr"}))
        .await
        .ok(200);
    assert_eq!(rows["value"].as_array().map(Vec::len), Some(2));
    assert_eq!(rows["value"][0]["User"], "NT AUTHORITY\\SELF");
    let mut removal = full.clone();
    removal["Confirm"] = json!(false);
    for (name, warned) in [("AutoMapping", false), ("InheritanceType", true)] {
        removal.as_object_mut().expect("an object").remove(name);
        let gone = run("Remove-MailboxPermission", removal.clone()).await.ok(200);
        assert_eq!(
            gone["@adminapi.warnings"].as_array().map(Vec::is_empty),
            Some(!warned)
        );
    }
    let send = json!({"Identity": "hr", "Trustee": "dana.reyes", "AccessRights": "SendAs", "Confirm": false});
    run("Add-RecipientPermission", send.clone()).await.ok(200);
    let rows = run(
        "Get-RecipientPermission",
        json!({"Identity": "hr", "Trustee": "dana.reyes"}),
    )
    .await
    .ok(200);
    assert_eq!(rows["value"][0]["Trustee"], DANA);
    run("Remove-RecipientPermission", send).await.ok(200);
    let list = json!({"Identity": "hr", "User": "all-sales", "AccessRights": ["FullAccess"]});
    let refused = run("Add-MailboxPermission", list).await;
    assert!(
        refused.status == 400 && refused.text.contains("security principal"),
        "{}",
        refused.text
    );
    let nobody = json!({"Identity": "hr", "User": "nobody", "AccessRights": ["FullAccess"]});
    run("Add-MailboxPermission", nobody).await.fails(404, "NotFound");
    practice.handle.stop().await;
}

#[tokio::test]
async fn protocol_switches_follow_the_organisation_until_set() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let run = |name: &'static str, parameters: Value| practice.cmdlet(&token, name, parameters);
    let switches = || async {
        let found = run("Get-CASMailbox", json!({"Identity": "support"}))
            .await
            .ok(200);
        let found = &found["value"][0];
        [
            found["ImapEnabled"].clone(),
            found["PopEnabled"].clone(),
            found["SmtpClientAuthenticationDisabled"].clone(),
        ]
    };
    assert_eq!(switches().await, [json!(true), json!(true), json!(null)]);
    let config = run("Get-TransportConfig", json!({})).await.ok(200);
    assert_eq!(config["value"][0]["SmtpClientAuthenticationDisabled"], false);
    let set =
        json!({"Identity": "support", "ImapEnabled": "$false", "SmtpClientAuthenticationDisabled": true});
    run("Set-CASMailbox", set.clone()).await.ok(200);
    assert_eq!(switches().await, [json!(false), json!(true), json!(true)]);
    let unchanged = run("Set-CASMailbox", set).await.ok(200);
    assert!(
        unchanged["@adminapi.warnings"][0]
            .as_str()
            .expect("a warning")
            .contains("no settings of 'support' have been modified")
    );
    let back = json!({"Identity": "support", "ImapEnabled": true, "SmtpClientAuthenticationDisabled": null});
    run("Set-CASMailbox", back).await.ok(200);
    assert_eq!(switches().await, [json!(true), json!(true), json!(null)]);
    let off = json!({"SmtpClientAuthenticationDisabled": true, "WhatIf": true});
    run("Set-TransportConfig", off).await.ok(200);
    let config = run("Get-TransportConfig", json!({})).await.ok(200);
    assert_eq!(
        config["value"][0]["SmtpClientAuthenticationDisabled"], false,
        "-WhatIf changes nothing"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn statistics_count_what_is_in_the_mailbox() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let graph = administrator(&practice, "https://graph.microsoft.com/.default").await;
    let inbox = || async {
        let found = practice
            .cmdlet(
                &token,
                "Get-MailboxFolderStatistics",
                json!({"Identity": "support", "FolderScope": "Inbox"}),
            )
            .await
            .ok(200);
        found["value"][0]["ItemsInFolder"].as_u64().expect("a number")
    };
    let before = inbox().await;
    let folder = practice
        .graph(
            &graph,
            "GET",
            "/users/support@contoso.example/mailFolders/inbox",
            None,
        )
        .await
        .ok(200);
    assert_eq!(folder["totalItemCount"].as_u64(), Some(before));
    let message = json!({"subject": "One more", "body": {"contentType": "Text", "content": "."}});
    practice
        .graph(
            &graph,
            "POST",
            "/users/support@contoso.example/mailFolders/inbox/messages",
            Some(message),
        )
        .await
        .ok(201);
    assert_eq!(inbox().await, before + 1);
    let all = practice
        .cmdlet(&token, "Get-MailboxStatistics", json!({"Identity": "support"}))
        .await
        .ok(200);
    let all = &all["value"][0];
    assert!(
        all["ItemCount"].as_u64().is_some_and(|count| count > before),
        "{all}"
    );
    assert!(
        all["TotalItemSize"]
            .as_str()
            .is_some_and(|size| size.ends_with(" bytes)"))
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn parameters_are_bound_as_powershell_binds_them() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    for (name, parameters, text) in [
        (
            "New-ManagementScope",
            json!({"Name": "S"}),
            "missing mandatory parameters: RecipientRestrictionFilter",
        ),
        (
            "Get-Mailbox",
            json!({"ResultSize": "many"}),
            "Cannot bind parameter 'ResultSize'",
        ),
        (
            "Get-Mailbox",
            json!({"RecipientTypeDetails": "Shared"}),
            "Unable to match the identifier name Shared",
        ),
        (
            "Set-CASMailbox",
            json!({"Identity": "support", "ImapEnabled": "perhaps"}),
            "System.Boolean",
        ),
        ("Get-Mailbox", json!({"Identity": {"a": 1}}), "System.String"),
        (
            "Get-Recipient",
            json!({"Filter": "Alias -match 'x'"}),
            "at position 7.",
        ),
        (
            "Get-Recipient",
            json!({"Filter": "Shoe -eq 'x'"}),
            "is not a recognized filterable property",
        ),
        (
            "New-DistributionGroup",
            json!({"Name": "G", "Type": "Sec"}),
            "Distribution, Security",
        ),
        (
            "New-DistributionGroup",
            json!({"Name": "G", "PrimarySmtpAddress": "g@fabrikam.example"}),
            "accepted domain",
        ),
        (
            "Add-MailboxPermission",
            json!({"Identity": "hr", "User": "ceo", "AccessRights": "All"}),
            "FullAccess, ",
        ),
    ] {
        let answer = practice.cmdlet(&token, name, parameters.clone()).await;
        assert!(
            answer.status == 400 && answer.text.contains(text),
            "{name} {parameters}: {} {}",
            answer.status,
            answer.text
        );
        let message = answer.json()["error"]["details"][0]["message"]
            .as_str()
            .expect("a message")
            .to_owned();
        assert!(
            message.starts_with("Ex") && message.splitn(3, '|').count() == 3,
            "{message}"
        );
    }
    let url = format!(
        "{}/adminapi/beta/{}/InvokeCommand",
        practice.origin(),
        practice.handle.tenant_id()
    );
    for body in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        "{\"CmdletInput\":7}",
        "{\"CmdletInput\":{}}",
        "{\"CmdletInput\":{\"CmdletName\":\"Get-Mailbox\",\"Parameters\":[1]}}",
    ] {
        let sent = practice.client.post(&url).bearer_auth(&token).body(body);
        let answer = Answer::read(sent.send().await.expect("an answer")).await;
        assert!(
            answer.status == 400 && answer.code() == "BadRequest",
            "{body:?}: {}",
            answer.text
        );
    }
    // A multi-valued property is replaced by a list and changed by a table.
    let run = |parameters: Value| practice.cmdlet(&token, "Set-Mailbox", parameters);
    let holders = || async {
        let found = practice
            .cmdlet(&token, "Get-Mailbox", json!({"Identity": "hr"}))
            .await
            .ok(200);
        found["value"][0]["GrantSendOnBehalfTo"].clone()
    };
    run(json!({"Identity": "hr", "GrantSendOnBehalfTo": ["ceo"]}))
        .await
        .ok(200);
    let table =
        json!({"@odata.type": "#Exchange.GenericHashTable", "Add": ["dana.reyes"], "Remove": ["ceo"]});
    run(json!({"Identity": "hr", "GrantSendOnBehalfTo": table}))
        .await
        .ok(200);
    assert_eq!(holders().await, json!([DANA]));
    run(json!({"Identity": "hr", "GrantSendOnBehalfTo": null}))
        .await
        .ok(200);
    assert_eq!(holders().await, json!([]));
    practice.handle.stop().await;
}

#[tokio::test]
async fn each_role_sees_its_own_cmdlets() {
    let practice = begin(explicit()).await;
    let graph = administrator(&practice, "https://graph.microsoft.com/.default").await;
    let sam = practice
        .graph(&graph, "GET", "/users/sam.ortiz@contoso.example?$select=id", None)
        .await
        .ok(200);
    let give = |role: &'static str| {
        let body = json!({"principalId": sam["id"], "roleDefinitionId": role, "directoryScopeId": "/"});
        practice.graph(
            &graph,
            "POST",
            "/roleManagement/directory/roleAssignments",
            Some(body),
        )
    };
    // Global Reader.
    give("f2ef992c-3afb-46b9-b7cf-a126ee74c451").await.ok(201);
    let token = practice
        .sign_in("sam.ortiz@contoso.example", EXCHANGE_SCOPES)
        .await;
    for (name, parameters, status) in [
        ("Get-Mailbox", json!({"Identity": "hr"}), 200),
        ("Get-ApplicationAccessPolicy", json!({}), 200),
        ("Set-Mailbox", json!({"Identity": "hr"}), 403),
        (
            "Test-ServicePrincipalAuthorization",
            json!({"Identity": "x"}),
            403,
        ),
    ] {
        assert_eq!(
            practice.cmdlet(&token, name, parameters).await.status,
            status,
            "{name}"
        );
    }
    // Exchange Recipient Administrator as well.
    give("31392ffb-586c-42d1-9346-e59415a2cc4e").await.ok(201);
    let token = practice
        .sign_in("sam.ortiz@contoso.example", EXCHANGE_SCOPES)
        .await;
    for (name, parameters, status) in [
        (
            "Set-Mailbox",
            json!({"Identity": "hr", "CustomAttribute2": "x"}),
            200,
        ),
        ("Get-CASMailbox", json!({"Identity": "hr"}), 200),
        ("Get-ApplicationAccessPolicy", json!({}), 403),
        ("New-ServicePrincipal", json!({}), 403),
        ("New-ManagementRoleAssignment", json!({}), 403),
    ] {
        let answer = practice.cmdlet(&token, name, parameters).await;
        assert_eq!(answer.status, status, "{name}");
        assert!(status != 403 || answer.text.is_empty());
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn links_are_good_again_and_again_or_once() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let body = json!({"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"ResultSize": 120}}});
    let post = |url: String, body: Value| {
        let sent = practice
            .client
            .post(url)
            .bearer_auth(&token)
            .header("prefer", "odata.maxpagesize=50")
            .json(&body);
        async { Answer::read(sent.send().await.expect("an answer")).await }
    };
    let first = format!(
        "{}/adminapi/beta/contoso.example/InvokeCommand?$select=Alias,Guid",
        practice.origin()
    );
    let page = post(first.clone(), body.clone()).await.ok(200);
    assert_eq!(page["value"].as_array().map(Vec::len), Some(50));
    assert_eq!(
        page["value"][0].as_object().map(serde_json::Map::len),
        Some(4),
        "{}",
        page["value"][0]
    );
    let link = page["@odata.nextLink"].as_str().expect("a link").to_owned();
    for _ in 0..2 {
        let page = post(link.clone(), body.clone()).await.ok(200);
        assert_eq!(page["value"].as_array().map(Vec::len), Some(50));
        let last = page["@odata.nextLink"].as_str().expect("a link").to_owned();
        let last = post(last, body.clone()).await.ok(200);
        assert_eq!(last["value"].as_array().map(Vec::len), Some(20));
        assert!(last.get("@odata.nextLink").is_none());
        assert_eq!(last["@adminapi.warnings"].as_array().map(Vec::len), Some(1));
    }
    let other = json!({"CmdletInput": {"CmdletName": "Get-Recipient", "Parameters": {}}});
    let expired = "Expired or Invalid pagination request";
    assert!(post(link.clone(), other).await.text.contains(expired));
    practice.wait(601);
    let token_again = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let late = practice.client.post(&link).bearer_auth(token_again).json(&body);
    let late = Answer::read(late.send().await.expect("an answer")).await;
    assert!(late.status == 400 && late.text.contains(expired), "{}", late.text);
    practice.handle.stop().await;

    let scenario = Scenario {
        exchange_paging: practice::ExchangePaging::Once,
        ..Scenario::default()
    };
    let practice = begin(Options {
        scenario,
        ..explicit()
    })
    .await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let post = |url: String| {
        let sent = practice
            .client
            .post(url)
            .bearer_auth(&token)
            .header("prefer", "odata.maxpagesize=50")
            .json(&body);
        async { Answer::read(sent.send().await.expect("an answer")).await }
    };
    let first = format!(
        "{}/adminapi/beta/{}/InvokeCommand",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let page = post(first).await.ok(200);
    let link = page["@odata.nextLink"].as_str().expect("a link").to_owned();
    post(link.clone()).await.ok(200);
    let replay = post(link).await;
    assert!(
        replay.status == 400 && replay.text.contains(expired),
        "{}",
        replay.text
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn entities_are_read_by_get_and_the_documented_endpoint_runs_its_own_cmdlets_only() {
    let practice = begin(explicit()).await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let base = format!("{}/adminapi", practice.origin());
    let tenant = practice.handle.tenant_id().to_owned();
    let get = |path: String, token: String| {
        let sent = practice.client.get(format!("{base}/{path}")).bearer_auth(token);
        async { Answer::read(sent.send().await.expect("an answer")).await }
    };
    let one = get(
        format!("beta/{tenant}/Mailbox('o''brien@contoso.example')?$select=Alias"),
        token.clone(),
    )
    .await
    .ok(200);
    assert_eq!(one["Alias"], "o'brien");
    assert!(
        one["@odata.context"]
            .as_str()
            .expect("a context")
            .ends_with("$metadata#Mailbox/$entity")
    );
    let cas = get(format!("beta/{tenant}/CasMailbox('support')"), token.clone())
        .await
        .ok(200);
    assert_eq!(cas["ImapEnabled"], true);
    let some = get(
        format!("beta/{tenant}/Recipient?$top=3&$select=Name"),
        token.clone(),
    )
    .await
    .ok(200);
    assert_eq!(some["value"].as_array().map(Vec::len), Some(3));
    get(format!("beta/{tenant}/Mailbox('nobody')"), token.clone())
        .await
        .fails(404, "NotFound");
    for (path, status) in [
        (format!("beta/{tenant}/Shoes"), 404),
        (format!("beta/{tenant}/InvokeCommand"), 405),
        (format!("v1.0/{tenant}/InvokeCommand"), 405),
        (
            format!("v1.0/{tenant}/EXOBanner('AutogenSession')?Version=3.9.2"),
            200,
        ),
        (format!("v2.0/{tenant}/Mailbox"), 405),
        (
            format!("beta/{}/Mailbox", "22222222-2222-4222-8222-222222222222"),
            404,
        ),
        ("beta".to_owned(), 404),
    ] {
        assert_eq!(get(path.clone(), token.clone()).await.status, status, "{path}");
    }
    for path in [
        format!("v1.0/{tenant}/EXOModuleFile?Version=3.9.2"),
        format!("beta/{tenant}/exomodulefile"),
    ] {
        let module = get(path, token.clone()).await.ok(200);
        let names = module["value"][0]["exportedCmdlets"]
            .as_str()
            .expect("names")
            .to_owned();
        assert!(names.split(',').any(|name| name == "Get-CASMailbox"), "{names}");
    }
    // The two generations do not take each other's tokens.
    let second = practice
        .sign_in(
            "mei.lindqvist@contoso.example",
            "https://outlook.office365.com/Exchange.ManageV2",
        )
        .await;
    assert_eq!(
        practice.cmdlet(&second, "Get-Mailbox", json!({})).await.status,
        403
    );
    let post = |endpoint: &'static str, token: String, name: &'static str, parameters: Value| {
        let body = json!({"CmdletInput": {"CmdletName": name, "Parameters": parameters}});
        let sent = practice
            .client
            .post(format!("{base}/v2.0/{tenant}/{endpoint}"))
            .bearer_auth(token)
            .json(&body);
        async { Answer::read(sent.send().await.expect("an answer")).await }
    };
    assert_eq!(post("Mailbox", token, "Get-Mailbox", json!({})).await.status, 403);
    let calendar =
        json!({"Identity": "support@contoso.example:\\Calendar", "User": DANA, "AccessRights": ["Reviewer"]});
    for (endpoint, name, parameters, status) in [
        ("Mailbox", "Get-Mailbox", json!({"Identity": "hr"}), 200),
        (
            "Mailbox",
            "Set-Mailbox",
            json!({"Identity": "hr", "GrantSendOnBehalfTo": ["ceo"]}),
            200,
        ),
        (
            "Mailbox",
            "Set-Mailbox",
            json!({"Identity": "hr", "CustomAttribute1": "x"}),
            400,
        ),
        ("Mailbox", "Get-CASMailbox", json!({"Identity": "hr"}), 400),
        ("OrganizationConfig", "Get-OrganizationConfig", json!({}), 200),
        ("AcceptedDomain", "Get-AcceptedDomain", json!({}), 200),
        (
            "DistributionGroupMember",
            "Get-DistributionGroupMember",
            json!({"Identity": "all-sales"}),
            200,
        ),
        (
            "DynamicDistributionGroupMember",
            "Get-DynamicDistributionGroupMember",
            json!({"Identity": "x"}),
            404,
        ),
        (
            "MailboxFolderPermission",
            "Add-MailboxFolderPermission",
            calendar.clone(),
            200,
        ),
        (
            "MailboxFolderPermission",
            "Add-MailboxFolderPermission",
            calendar,
            400,
        ),
        ("ServicePrincipal", "Get-ServicePrincipal", json!({}), 404),
    ] {
        let answer = post(endpoint, second.clone(), name, parameters).await;
        assert_eq!(answer.status, status, "{endpoint} {name}: {}", answer.text);
    }
    let rows = post(
        "MailboxFolderPermission",
        second,
        "Get-MailboxFolderPermission",
        json!({"Identity": "support@contoso.example:\\Calendar"}),
    )
    .await
    .ok(200);
    let users: Vec<&str> = rows["value"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["User"].as_str())
        .collect();
    assert_eq!(users, ["Default", "Anonymous", DANA]);
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_page_of_a_large_organisation_is_quick() {
    let practice = begin(Options {
        mailboxes: 100_000,
        ..explicit()
    })
    .await;
    let token = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let body =
        json!({"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"ResultSize": "Unlimited"}}});
    let mut url = format!(
        "{}/adminapi/beta/{}/InvokeCommand?$select=Guid",
        practice.origin(),
        practice.handle.tenant_id()
    );
    let (mut count, mut pages) = (0, 0);
    loop {
        let sent = practice.client.post(&url).bearer_auth(&token).json(&body);
        let page = Answer::read(sent.send().await.expect("an answer")).await.ok(200);
        count += page["value"].as_array().map_or(0, Vec::len);
        pages += 1;
        // Far into the list a page must still be found at once: twelve are enough to tell.
        let Some(next) = page["@odata.nextLink"].as_str().filter(|_| pages < 12) else {
            break;
        };
        next.clone_into(&mut url);
    }
    assert_eq!((count, pages), (12_000, 12));
    practice.handle.stop().await;
}
