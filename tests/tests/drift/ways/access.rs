//! The app is given access past the limit, or loses what it had: roles, grants and permissions.

use domain::grant::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use journeys::colleague::text;
use serde_json::json;

use super::{HR, Way};

pub fn ways() -> Vec<Way> {
    vec![
        way!(
            "role: another one, everywhere",
            "Application Mail.Read for every mailbox",
            |it| { it.assign("Application Mail.Read", json!({})).await }
        ),
        way!(
            "role: the same one, everywhere",
            "Application Mail.ReadWrite for every mailbox",
            |it| { it.assign("Application Mail.ReadWrite", json!({})).await }
        ),
        way!(
            "role: another one, within the limit",
            "Application Calendars.Read within",
            |it| {
                let scope = json!({ "CustomResourceScope": it.scope });
                it.assign("Application Calendars.Read", scope).await
            }
        ),
        way!(
            "role: the same one, within another scope",
            "within All staff",
            |it| {
                let other = it.other_scope().await?;
                it.assign(
                    "Application Mail.ReadWrite",
                    json!({ "CustomResourceScope": other }),
                )
                .await
            }
        ),
        way!("role: moved to another scope", "within All staff", |it| {
            let other = it.other_scope().await?;
            let held = it
                .colleague
                .run(
                    "Get-ManagementRoleAssignment",
                    json!({ "RoleAssignee": it.principal }),
                )
                .await?;
            let parameters = json!({ "Identity": text(held.first(), "Name"), "CustomResourceScope": other });
            it.colleague
                .run("Set-ManagementRoleAssignment", parameters)
                .await
                .map(drop)
        }),
        way!("role: for a group", "also gives the app", |it| {
            let parameters =
                json!({ "Name": "Drift group", "Type": "Security", "Members": ["ceo@contoso.example"] });
            it.colleague.run("New-DistributionGroup", parameters).await?;
            it.assign(
                "Application Mail.Read",
                json!({ "RecipientGroupScope": "Drift group" }),
            )
            .await
        }),
        way!(
            "role: moved to a group named like the limit",
            "within the group Mailgrant",
            |it| {
                let members = [
                    "support@contoso.example",
                    "billing@contoso.example",
                    "hr@contoso.example",
                ];
                let parameters = json!({ "Name": it.scope, "Type": "Security", "Members": members });
                it.colleague.run("New-DistributionGroup", parameters).await?;
                let held = it
                    .colleague
                    .run(
                        "Get-ManagementRoleAssignment",
                        json!({ "RoleAssignee": it.principal }),
                    )
                    .await?;
                let parameters =
                    json!({ "Identity": text(held.first(), "Name"), "RecipientGroupScope": it.scope });
                it.colleague
                    .run("Set-ManagementRoleAssignment", parameters)
                    .await
                    .map(drop)
            }
        ),
        way!("role: taken away", "doesn't give the app Mail.ReadWrite", |it| {
            it.remove_assignment("Mail.ReadWrite").await
        }),
        way!(
            "grant: Mail.Read on Graph",
            "Mail.Read on Microsoft Graph",
            |it| it.grant(MICROSOFT_GRAPH, "Mail.Read").await
        ),
        way!("grant: Mail.ReadWrite on Graph", "Mail.ReadWrite on", |it| it
            .grant(MICROSOFT_GRAPH, "Mail.ReadWrite")
            .await),
        way!("grant: Mail.Send on Graph", "Mail.Send on", |it| it
            .grant(MICROSOFT_GRAPH, "Mail.Send")
            .await),
        way!("grant: Calendars.Read on Graph", "Calendars.Read on", |it| it
            .grant(MICROSOFT_GRAPH, "Calendars.Read")
            .await),
        way!(
            "grant: MailboxSettings.Read on Graph",
            "MailboxSettings.Read on",
            |it| { it.grant(MICROSOFT_GRAPH, "MailboxSettings.Read").await }
        ),
        way!("grant: everything by EWS", "full_access_as_app on", |it| {
            it.grant(EXCHANGE_ONLINE, "full_access_as_app").await
        }),
        way!("grant: IMAP", "IMAP.AccessAsApp on", |it| it
            .grant(EXCHANGE_ONLINE, "IMAP.AccessAsApp")
            .await),
        way!("grant: the same name on Exchange", "Mail.Read on", |it| it
            .grant(EXCHANGE_ONLINE, "Mail.Read")
            .await),
        way!(
            "grant: directory roles",
            "RoleManagement.ReadWrite.Directory on",
            |it| {
                it.grant(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory")
                    .await
            }
        ),
        way!("grant: app roles", "AppRoleAssignment.ReadWrite.All on", |it| {
            it.grant(MICROSOFT_GRAPH, "AppRoleAssignment.ReadWrite.All").await
        }),
        way!("grant: apps", "Application.ReadWrite.All on", |it| {
            it.grant(MICROSOFT_GRAPH, "Application.ReadWrite.All").await
        }),
        way!("grant: conversations of groups", "Group.Read.All on", |it| it
            .grant(MICROSOFT_GRAPH, "Group.Read.All")
            .await),
        way!(
            "grant: apps of its own",
            "Application.ReadWrite.OwnedBy on",
            |it| it.grant(MICROSOFT_GRAPH, "Application.ReadWrite.OwnedBy").await
        ),
        way!("grant: domains", "Domain.ReadWrite.All on", |it| it
            .grant(MICROSOFT_GRAPH, "Domain.ReadWrite.All")
            .await),
        way!(
            "grant: a role that changes and is on no list",
            "GroupMember.ReadWrite.All on",
            |it| it.grant(MICROSOFT_GRAPH, "GroupMember.ReadWrite.All").await
        ),
        way!("grant: delegated mail for everybody", "Mail.Read on", |it| it
            .delegate("User.Read Mail.Read")
            .await),
        way!(
            "grant: delegated mail in another letter case",
            "mail.readwrite on",
            |it| it.delegate("user.read mail.readwrite").await
        ),
        way!(
            "grant: a delegated scope on no list",
            "Files.ReadWrite.All on",
            |it| it.delegate("Files.ReadWrite.All").await
        ),
        way!(
            "directory role: Exchange Administrator",
            "Exchange Administrator",
            |it| { it.directory_role("29232cdf-9323-42fd-ade2-1d097af3e4de").await }
        ),
        way!(
            "directory role: Global Administrator",
            "Global Administrator",
            |it| { it.directory_role("62e90394-69f5-4237-9190-012177145e10").await }
        ),
        way!(
            "directory role: held by a group with the app in it",
            "the group Drift admins",
            |it| {
                let group = it.group_with_app(true).await?;
                let body = json!({ "principalId": group, "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de", "directoryScopeId": "/" });
                it.post("roleManagement/directory/roleAssignments", body)
                    .await
                    .map(drop)
            }
        ),
        way!(
            "directory role: a group that can be given one, with the app in it",
            "the group Drift admins",
            |it| it.group_with_app(true).await.map(drop)
        ),
        way!(
            "permission: full access to a chosen mailbox",
            "FullAccess on support@contoso.example",
            |it| { it.right("support@contoso.example").await }
        ),
        way!(
            "permission: full access to a refused mailbox",
            "FullAccess on ceo@contoso.example",
            |it| { it.right("ceo@contoso.example").await }
        ),
        way!("permission: send as", "may send as", |it| {
            let parameters = json!({ "Identity": HR, "Trustee": it.principal, "AccessRights": ["SendAs"] });
            it.colleague
                .run("Add-RecipientPermission", parameters)
                .await
                .map(drop)
        }),
    ]
}
