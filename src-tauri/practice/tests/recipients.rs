//! Recipients that change and the rarer kinds: moved addresses, deleted and restored mailboxes, guests, groups.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use common::{DANA, EXCHANGE_SCOPES, PRIYA, Practice, begin, explicit};
use serde_json::{Value, json};

const USERS: &str = "User.ReadWrite.All Directory.ReadWrite.All";

async fn rows(practice: &Practice, token: &str, cmdlet: &str, parameters: Value) -> Vec<Value> {
    let answer = practice.cmdlet(token, cmdlet, parameters).await.ok(200);
    answer["value"].as_array().cloned().unwrap_or_default()
}

async fn census(practice: &Practice, token: &str, filter: &str) -> Vec<String> {
    let parameters = json!({"RecipientPreviewFilter": filter, "ResultSize": "Unlimited"});
    let found = rows(practice, token, "Get-Recipient", parameters).await;
    found
        .iter()
        .map(|row| {
            row["ExternalDirectoryObjectId"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

async fn mailbox(practice: &Practice, token: &str, address: &str) -> Value {
    let found = rows(practice, token, "Get-Mailbox", json!({"Identity": address})).await;
    found.into_iter().next().unwrap_or_default()
}

fn id(row: &Value) -> String {
    row["ExternalDirectoryObjectId"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn an_address_moves_to_another_mailbox_and_the_ids_stay() {
    let practice = begin(explicit()).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let graph = practice.sign_in(PRIYA, USERS).await;
    let (support, hr) = ("support@contoso.example", "hr@contoso.example");
    let first = id(&mailbox(&practice, &exchange, support).await);
    let second = id(&mailbox(&practice, &exchange, hr).await);
    let give = json!({"Identity": hr, "EmailAddresses": {"Add": ["smtp:support@contoso.example"]}});
    let taken = practice.cmdlet(&exchange, "Set-Mailbox", give.clone()).await;
    assert!(
        taken.status == 400 && taken.text.contains("ProxyAddressExistsException"),
        "{}",
        taken.text
    );

    let rename = json!({"Identity": support, "EmailAddresses": ["SMTP:service@contoso.example"]});
    practice.cmdlet(&exchange, "Set-Mailbox", rename).await.ok(200);
    practice.cmdlet(&exchange, "Set-Mailbox", give).await.ok(200);
    assert_eq!(id(&mailbox(&practice, &exchange, support).await), second);
    let renamed = mailbox(&practice, &exchange, &first).await;
    assert_eq!(renamed["PrimarySmtpAddress"], "service@contoso.example");
    assert_eq!(renamed["UserPrincipalName"], support);
    // The scope by address now means the other mailbox, the scope by id the same as before.
    let by_address = format!("PrimarySmtpAddress -eq '{support}'");
    assert_eq!(
        census(&practice, &exchange, &by_address).await,
        std::slice::from_ref(&second)
    );
    let by_id = format!("ExternalDirectoryObjectId -eq '{first}'");
    assert_eq!(
        census(&practice, &exchange, &by_id).await,
        std::slice::from_ref(&first)
    );
    let user = practice
        .graph(&graph, "GET", &format!("/users/{first}"), None)
        .await
        .ok(200);
    assert_eq!(
        (&user["mail"], &user["userPrincipalName"]),
        (&json!("service@contoso.example"), &json!(support))
    );
    practice
        .graph(
            &graph,
            "PATCH",
            &format!("/users/{first}"),
            Some(json!({"userPrincipalName": hr})),
        )
        .await
        .fails(400, "Request_BadRequest");
    let name = json!({"userPrincipalName": "service@contoso.example", "displayName": "Service"});
    practice
        .graph(&graph, "PATCH", &format!("/users/{first}"), Some(name))
        .await;
    practice
        .graph(&graph, "GET", "/users/service@contoso.example", None)
        .await
        .ok(200);
    assert_eq!(
        mailbox(&practice, &exchange, &first).await["DisplayName"],
        "Service"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn what_others_granted_follows_a_mailbox_to_its_new_address() {
    let practice = begin(explicit()).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let rename = json!({"Identity": "info@contoso.example", "WindowsEmailAddress": "hello@contoso.example"});
    practice.cmdlet(&exchange, "Set-Mailbox", rename).await.ok(200);
    let members = rows(
        &practice,
        &exchange,
        "Get-DistributionGroupMember",
        json!({"Identity": "Ticketing mailboxes"}),
    )
    .await;
    let addresses: Vec<&str> = members
        .iter()
        .filter_map(|row| row["PrimarySmtpAddress"].as_str())
        .collect();
    assert_eq!(addresses, ["hello@contoso.example", "orders@contoso.example"]);
    assert!(practice.handle.snapshot().foreign_changes.is_empty());
    assert_eq!(
        mailbox(&practice, &exchange, "info@contoso.example").await["PrimarySmtpAddress"],
        "hello@contoso.example"
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_deleted_mailbox_is_in_no_census_and_comes_back_as_itself() {
    let practice = begin(explicit()).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let graph = practice.sign_in(PRIYA, USERS).await;
    let all = "RecipientTypeDetails -eq 'SharedMailbox'";
    let before = census(&practice, &exchange, all).await;
    let billing = id(&mailbox(&practice, &exchange, "billing@contoso.example").await);
    let path = format!("/users/{billing}");
    let gone = practice.graph(&graph, "DELETE", &path, None).await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    practice
        .graph(&graph, "GET", &path, None)
        .await
        .fails(404, "Request_ResourceNotFound");
    assert_eq!(census(&practice, &exchange, all).await.len(), before.len() - 1);
    let deleted = rows(
        &practice,
        &exchange,
        "Get-Mailbox",
        json!({"SoftDeletedMailbox": true}),
    )
    .await;
    assert!(deleted.iter().any(|row| id(row) == billing), "{deleted:?}");
    let list = practice
        .graph(
            &graph,
            "GET",
            "/directory/deletedItems/microsoft.graph.user",
            None,
        )
        .await
        .ok(200);
    assert!(
        list["value"]
            .as_array()
            .is_some_and(|all| all.iter().any(|user| user["id"] == json!(billing)))
    );
    practice
        .graph(
            &graph,
            "POST",
            &format!("/directory/deletedItems/{billing}/restore"),
            None,
        )
        .await
        .ok(200);
    assert_eq!(census(&practice, &exchange, all).await, before);
    practice
        .cmdlet(
            &exchange,
            "Remove-Mailbox",
            json!({"Identity": billing, "Confirm": false}),
        )
        .await
        .ok(200);
    practice
        .cmdlet(
            &exchange,
            "Undo-SoftDeletedMailbox",
            json!({"SoftDeletedObject": billing}),
        )
        .await
        .ok(200);
    assert_eq!(
        id(&mailbox(&practice, &exchange, "billing@contoso.example").await),
        billing
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn every_kind_of_recipient_is_there_and_none_passes_for_another() {
    let practice = begin(explicit()).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let graph = practice.sign_in(PRIYA, USERS).await;
    for kind in [
        "UserMailbox",
        "SharedMailbox",
        "RoomMailbox",
        "EquipmentMailbox",
        "SchedulingMailbox",
        "DiscoveryMailbox",
        "MailUser",
        "GuestMailUser",
        "MailContact",
        "MailUniversalDistributionGroup",
        "MailUniversalSecurityGroup",
        "GroupMailbox",
        "DynamicDistributionGroup",
    ] {
        let parameters = json!({"Filter": format!("RecipientTypeDetails -eq '{kind}'"), "ResultSize": 5});
        let found = rows(&practice, &exchange, "Get-Recipient", parameters).await;
        assert!(
            !found.is_empty() && found.iter().all(|row| row["RecipientTypeDetails"] == kind),
            "{kind}"
        );
    }
    let guest = practice
        .graph(
            &graph,
            "GET",
            "/users?$filter=mail eq 'pat.lindqvist@fabrikam.example'&$select=id,userType,userPrincipalName",
            None,
        )
        .await
        .ok(200);
    assert_eq!(guest["value"][0]["userType"], "Guest");
    assert!(
        guest["value"][0]["userPrincipalName"]
            .as_str()
            .is_some_and(|name| name.contains("#EXT#"))
    );
    let contact = practice
        .graph(
            &graph,
            "GET",
            "/users?$filter=mail eq 'desk@courier.example'",
            None,
        )
        .await
        .ok(200);
    assert_eq!(contact["value"], json!([]));
    let inactive = rows(
        &practice,
        &exchange,
        "Get-Mailbox",
        json!({"InactiveMailboxOnly": true}),
    )
    .await;
    assert!(
        inactive.len() == 1 && inactive[0]["IsInactiveMailbox"] == true,
        "{inactive:?}"
    );
    let anja = mailbox(&practice, &exchange, "anja.berg@contoso.example").await;
    assert_eq!(anja["UserPrincipalName"], "aberg@contoso.onmicrosoft.example");
    practice
        .graph(&graph, "GET", "/users/aberg@contoso.onmicrosoft.example", None)
        .await
        .ok(200);
    practice
        .graph(&graph, "GET", "/users/anja.berg@contoso.example", None)
        .await
        .fails(404, "Request_ResourceNotFound");
    let finance = rows(
        &practice,
        &exchange,
        "Get-DynamicDistributionGroupMember",
        json!({"Identity": "Everyone in Finance"}),
    )
    .await;
    assert!(
        !finance.is_empty() && finance.iter().all(|row| row["Department"] == "Finance"),
        "{finance:?}"
    );
    let aurora = rows(
        &practice,
        &exchange,
        "Get-UnifiedGroupLinks",
        json!({"Identity": "Project Aurora", "LinkType": "Members"}),
    )
    .await;
    assert_eq!(aurora.len(), 2);
    let claims = census(
        &practice,
        &exchange,
        "PrimarySmtpAddress -eq 'reclamations@contoso.example'",
    )
    .await;
    assert_eq!(
        claims,
        [id(&mailbox(&practice, &exchange, "claims@contoso.example").await)]
    );
    practice.handle.stop().await;
}

#[tokio::test]
async fn a_scope_whose_value_begins_with_a_wildcard_is_refused() {
    let practice = begin(explicit()).await;
    let exchange = practice.sign_in(DANA, EXCHANGE_SCOPES).await;
    let scope = |filter: &str| json!({"Name": "Desk", "RecipientRestrictionFilter": filter});
    let refused = practice
        .cmdlet(
            &exchange,
            "New-ManagementScope",
            scope("DisplayName -like '*desk'"),
        )
        .await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    practice
        .cmdlet(
            &exchange,
            "New-ManagementScope",
            scope("DisplayName -like 'desk*'"),
        )
        .await
        .ok(200);
    practice.handle.stop().await;
}
