//! The limit is changed: it holds others, fewer or none, or is shared.

use journeys::colleague::text;
use serde_json::json;

use super::{HR, Way};
use crate::somebody::REPLICATION;

pub fn ways() -> Vec<Way> {
    vec![
        way!("scope: another mailbox by id", "hr@contoso.example", |it| {
            let hr = it.colleague.mailbox(HR).await?;
            it.widen(&format!("ExternalDirectoryObjectId -eq '{hr}'")).await
        }),
        way!("scope: another mailbox by address", "ceo@contoso.example", |it| {
            it.widen("PrimarySmtpAddress -eq 'ceo@contoso.example'").await
        }),
        way!("scope: a department", "the limit also holds", |it| it
            .widen("Department -eq 'Finance'")
            .await),
        way!("scope: a part of a name", "the limit also holds", |it| it
            .widen("DisplayName -like 'A*'")
            .await),
        way!("scope: every user mailbox", "the limit also holds", |it| {
            it.set_scope("RecipientTypeDetails -eq 'UserMailbox'").await
        }),
        way!("scope: everything", "the limit also holds", |it| it
            .set_scope("Alias -ne 'nobody'")
            .await),
        way!(
            "scope: one mailbox fewer",
            "no longer holds billing@contoso.example",
            |it| {
                let support = it.colleague.mailbox("support@contoso.example").await?;
                it.set_scope(&format!("ExternalDirectoryObjectId -eq '{support}'"))
                    .await
            }
        ),
        way!("scope: other mailboxes", "hr@contoso.example", |it| {
            let hr = it.colleague.mailbox(HR).await?;
            it.set_scope(&format!("ExternalDirectoryObjectId -eq '{hr}'"))
                .await
        }),
        way!("scope: nothing", "no longer holds", |it| {
            it.set_scope("Alias -eq 'nobody-has-this-alias'").await
        }),
        way!("scope: removed", "The limit is gone", |it| {
            it.remove_assignment("Application").await?;
            let parameters = json!({ "Identity": it.scope, "Confirm": false });
            it.colleague
                .run("Remove-ManagementScope", parameters)
                .await
                .map(drop)
        }),
        way!(
            "scope: used by another app",
            "Another app uses this limit",
            |it| {
                let app = it.post("applications", json!({ "displayName": "Other" })).await?;
                let app_id = text(Some(&app), "appId").ok_or("no app")?;
                let body = json!({ "appId": app_id });
                it.time.move_on(REPLICATION);
                let principal = it.post("servicePrincipals", body).await?;
                it.time.move_on(REPLICATION);
                let id = text(Some(&principal), "id").ok_or("no principal")?;
                let parameters = json!({ "AppId": app_id, "ObjectId": id, "DisplayName": "Other" });
                it.colleague.run("New-ServicePrincipal", parameters).await?;
                let parameters = json!({ "Name": "theirs", "App": id, "Role": "Application Mail.Read", "CustomResourceScope": it.scope });
                it.colleague
                    .run("New-ManagementRoleAssignment", parameters)
                    .await
                    .map(drop)
            }
        ),
    ]
}
