//! The app itself is changed: its credentials, owners and properties.

use reqwest::Method;
use serde_json::json;

use super::Way;

pub fn ways() -> Vec<Way> {
    vec![
        way!("credential: another secret", "another secret: \"theirs\"", |it| {
            let body = json!({ "passwordCredential": { "displayName": "theirs" } });
            it.post(&format!("applications/{}/addPassword", it.object), body)
                .await
                .map(drop)
        }),
        way!(
            "credential: a secret on the enterprise application",
            "another secret: \"theirs\"",
            |it| {
                let body = json!({ "passwordCredential": { "displayName": "theirs" } });
                it.post(&format!("servicePrincipals/{}/addPassword", it.principal), body)
                    .await
                    .map(drop)
            }
        ),
        way!("credential: ours was removed", "secret", |it| {
            let body = json!({ "keyId": it.key });
            it.post(&format!("applications/{}/removePassword", it.object), body)
                .await
                .map(drop)
        }),
        way!(
            "credential: federated",
            "Another service can sign in as the app",
            |it| {
                let body = json!({ "name": "repo", "issuer": "https://token.actions.githubusercontent.com", "subject": "repo:a/b:ref:refs/heads/main", "audiences": ["api://AzureADTokenExchange"] });
                it.post(
                    &format!("applications/{}/federatedIdentityCredentials", it.object),
                    body,
                )
                .await
                .map(drop)
            }
        ),
        way!("owner: of the registration", "owns the app", |it| {
            let of = format!("applications/{}", it.object);
            it.owner(&of).await
        }),
        way!("owner: of the enterprise application", "owns the app", |it| {
            let of = format!("servicePrincipals/{}", it.principal);
            it.owner(&of).await
        }),
        way!("app: switched off", "switched off", |it| {
            let body = json!({ "accountEnabled": false });
            it.graph(
                Method::PATCH,
                &format!("servicePrincipals/{}", it.principal),
                body,
            )
            .await
            .map(drop)
        }),
        way!("app: deleted", "app", |it| {
            it.colleague
                .graph(Method::DELETE, &format!("applications/{}", it.object), None)
                .await
                .map(drop)
        }),
        way!("app: enterprise application deleted", "app", |it| {
            it.colleague
                .graph(
                    Method::DELETE,
                    &format!("servicePrincipals/{}", it.principal),
                    None,
                )
                .await
                .map(drop)
        }),
        way!("app: tag taken off", "tag", |it| {
            let body = json!({ "tags": ["Mailgrant"] });
            it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                .await
                .map(drop)
        }),
        way!("app: for other organisations", "other organisations", |it| {
            let body = json!({ "signInAudience": "AzureADMultipleOrgs" });
            it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                .await
                .map(drop)
        }),
        way!(
            "app: a redirect address",
            "sends sign-ins to https://evil.example/",
            |it| {
                let body = json!({ "web": { "redirectUris": ["https://evil.example/"] } });
                it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                    .await
                    .map(drop)
            }
        ),
        way!(
            "app: a redirect address for public clients",
            "sends sign-ins to http://localhost",
            |it| {
                let body = json!({ "publicClient": { "redirectUris": ["http://localhost"] } });
                it.graph(Method::PATCH, &format!("applications/{}", it.object), body)
                    .await
                    .map(drop)
            }
        ),
        way!("app: unknown to Exchange", "The limit is gone", |it| {
            it.remove_assignment("Application").await?;
            for (cmdlet, identity) in [
                ("Remove-ManagementScope", it.scope.clone()),
                ("Remove-ServicePrincipal", it.principal.clone()),
            ] {
                let parameters = json!({ "Identity": identity, "Confirm": false });
                it.colleague.run(cmdlet, parameters).await?;
            }
            Ok(())
        }),
    ]
}
