//! What goes wrong with a platform that opens mailboxes as a mail program: what lets its app in, what opens mailboxes to it, and
//! what nobody asked for.

use domain::grant::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use serde_json::json;

use super::Way;
use crate::proven::REFUSED;

const SUPPORT: &str = "support@contoso.example";

pub fn ways() -> Vec<Way> {
    vec![
        way!("mail program: POP beside it", "POP.AccessAsApp on", |it| {
            it.grant(EXCHANGE_ONLINE, "POP.AccessAsApp").await
        }),
        way!("mail program: SMTP beside it", "SMTP.SendAsApp on", |it| {
            it.grant(EXCHANGE_ONLINE, "SMTP.SendAsApp").await
        }),
        way!(
            "mail program: Exchange Web Services",
            "full_access_as_app on",
            |it| { it.grant(EXCHANGE_ONLINE, "full_access_as_app").await }
        ),
        way!(
            "mail program: mail on Graph",
            "Mail.Read on Microsoft Graph",
            |it| { it.grant(MICROSOFT_GRAPH, "Mail.Read").await }
        ),
        way!(
            "mail program: the same name on Exchange Online",
            "Mail.Read on Office 365 Exchange Online",
            |it| { it.grant(EXCHANGE_ONLINE, "Mail.Read").await }
        ),
        way!(
            "mail program: calendars on Graph",
            "Calendars.ReadWrite on Microsoft Graph",
            |it| { it.grant(MICROSOFT_GRAPH, "Calendars.ReadWrite").await }
        ),
        way!("mail program: more rights", "RoleManagement.ReadWrite", |it| {
            it.grant(MICROSOFT_GRAPH, "RoleManagement.ReadWrite.Directory")
                .await
        }),
        way!("mail program: not let in any more", "IMAP.AccessAsApp", |it| {
            it.ungrant("IMAP.AccessAsApp").await
        }),
        way!(
            "mail program: another mailbox",
            "FullAccess on ceo@contoso.example",
            |it| { it.right(REFUSED).await }
        ),
        way!(
            "mail program: full access taken away",
            "no full access to support@contoso.example",
            |it| {
                let gone = json!({ "Identity": SUPPORT, "User": it.principal, "AccessRights": ["FullAccess"], "Confirm": false });
                it.colleague.run("Remove-MailboxPermission", gone).await.map(drop)
            }
        ),
        way!(
            "mail program: a role for every mailbox",
            "Application Mail.Read for every mailbox",
            |it| { it.assign("Application Mail.Read", json!({})).await }
        ),
        way!(
            "mail program: a role for SMTP",
            "Application SMTP.SendAsApp for every mailbox",
            |it| { it.assign("Application SMTP.SendAsApp", json!({})).await }
        ),
        way!("mail program: a role within a scope", "within All staff", |it| {
            let other = it.other_scope().await?;
            it.assign("Application Mail.Read", json!({ "CustomResourceScope": other }))
                .await
        }),
        way!(
            "mail program: may send as somebody",
            "ceo@contoso.example",
            |it| {
                let right =
                    json!({ "Identity": REFUSED, "Trustee": it.principal, "AccessRights": ["SendAs"] });
                it.colleague.run("Add-RecipientPermission", right).await.map(drop)
            }
        ),
        way!(
            "mail program: Exchange Administrator",
            "Exchange Administrator",
            |it| { it.directory_role("29232cdf-9323-42fd-ade2-1d097af3e4de").await }
        ),
        way!(
            "mail program: unknown to Exchange",
            "no full access to support@contoso.example",
            |it| {
                let entry = json!({ "Identity": it.principal, "Confirm": false });
                it.colleague.run("Remove-ServicePrincipal", entry).await.map(drop)
            }
        ),
        way!("mail program: delegated mail", "Mail.Read", |it| {
            it.delegate("Mail.Read").await
        }),
    ]
}
