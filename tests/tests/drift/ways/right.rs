//! Changes that leave everything as it was asked for: the file is made.

use std::time::Duration;

use domain::grant::MICROSOFT_GRAPH;
use journeys::colleague::text;
use reqwest::Method;
use serde_json::json;

use super::{HR, Way};
use crate::somebody::REPLICATION;

/// The ways.
pub fn right() -> Vec<Way> {
    vec![
        way!("nothing", "", |_it| Ok(())),
        way!("grant: User.Read.All", "", |it| it
            .grant(MICROSOFT_GRAPH, "User.Read.All")
            .await),
        way!("grant: Organization.Read.All", "", |it| it
            .grant(MICROSOFT_GRAPH, "Organization.Read.All")
            .await),
        way!("grant: a sign-in", "", |it| it
            .delegate("openid profile User.Read")
            .await),
        way!("grant: a sign-in in another letter case", "", |it| it
            .delegate("OpenID Profile user.read Offline_Access")
            .await),
        way!("a day later", "", |it| {
            it.time.move_on(Duration::from_secs(25 * 3_600));
            it.restart("export").await
        }),
        way!("scope: written in another way", "", |it| {
            let scopes = it
                .colleague
                .run("Get-ManagementScope", json!({ "Identity": it.scope }))
                .await?;
            let filter = text(scopes.first(), "RecipientFilter").ok_or("no filter")?;
            it.set_scope(&format!("({})", filter.replace(" -or ", ") -or (")))
                .await
        }),
        way!("another app gets everything", "", |it| {
            let app = it
                .post(
                    "applications",
                    json!({ "displayName": "Mailgrant: Drift Desk", "tags": ["Mailgrant"] }),
                )
                .await?;
            let body = json!({ "appId": text(Some(&app), "appId") });
            it.time.move_on(REPLICATION);
            let principal = it.post("servicePrincipals", body).await?;
            let id = text(Some(&principal), "id").ok_or("no principal")?;
            it.time.move_on(REPLICATION);
            it.colleague.grant(&id, MICROSOFT_GRAPH, "Mail.ReadWrite").await
        }),
        way!("somebody else's scope grows", "", |it| it
            .other_scope()
            .await
            .map(drop)),
        way!("the app's display name changes", "", |it| {
            let body = json!({ "displayName": "Contact centre" });
            it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                .await
                .map(drop)
        }),
        way!("the app gets a note", "", |it| {
            let body = json!({ "notes": "Ask Dana" });
            it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                .await
                .map(drop)
        }),
        way!("a person gets full access to a chosen mailbox", "", |it| {
            let parameters =
                json!({ "Identity": "support@contoso.example", "User": HR, "AccessRights": ["FullAccess"] });
            it.colleague
                .run("Add-MailboxPermission", parameters)
                .await
                .map(drop)
        }),
        way!("a person may send as a chosen mailbox", "", |it| {
            let parameters =
                json!({ "Identity": "support@contoso.example", "Trustee": HR, "AccessRights": ["SendAs"] });
            it.colleague
                .run("Add-RecipientPermission", parameters)
                .await
                .map(drop)
        }),
        way!("a person becomes Exchange Administrator", "", |it| {
            let user = it.colleague.mailbox(HR).await?;
            let body = json!({ "principalId": user, "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de", "directoryScopeId": "/" });
            it.post("roleManagement/directory/roleAssignments", body)
                .await
                .map(drop)
        }),
        way!("an ordinary group with the app in it", "", |it| it
            .group_with_app(false)
            .await
            .map(drop)),
        way!("a group with a chosen mailbox", "", |it| {
            let parameters =
                json!({ "Name": "Desk", "Type": "Security", "Members": ["support@contoso.example"] });
            it.colleague
                .run("New-DistributionGroup", parameters)
                .await
                .map(drop)
        }),
        way!("a chosen mailbox is hidden from the address list", "", |it| {
            let parameters =
                json!({ "Identity": "support@contoso.example", "HiddenFromAddressListsEnabled": true });
            it.colleague.run("Set-Mailbox", parameters).await.map(drop)
        }),
        way!("the profile's words change", "", |it| {
            it.write_profile(2, "");
            it.restart("export").await
        }),
    ]
}
