//! Other people's things that look like ours: the same names, the same tags on other objects, the same kinds of scopes
//! and assignments, made with other tools. Whatever the wizard does, each of them stays as it is to the last field.

use std::collections::BTreeMap;

use practice::{Handle, Snapshot};
use reqwest::Method;
use serde_json::{Value, json};

use crate::Outcome;
use crate::bench::Bench;
use crate::colleague::{Colleague, text};

const MICROSOFT_GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const SUPPORT: &str = "support@contoso.example";

/// How long somebody waits until what they made is seen everywhere, in seconds.
const REPLICATION: u32 = 30;

/// Everything that isn't ours, and how it was.
#[derive(Debug, Default)]
pub struct LookAlikes {
    prints: BTreeMap<String, String>,
    display: String,
    /// Object id and client id of each of their apps.
    pub apps: Vec<(String, String)>,
}

/// What of ours is imitated.
struct Names {
    display: String,
    tags: Vec<String>,
    unique: Option<String>,
    secret: String,
    scope: String,
    assignment: String,
}

impl LookAlikes {
    /// Before anything is begun: what another connection of this wizard on another computer would have made, what
    /// somebody made by hand after a vendor's procedure, and an app that was deleted.
    pub async fn before(bench: &Bench, display: &str) -> Outcome<Self> {
        let colleague = Colleague::of(&bench.handle).await?;
        let mut all = Self {
            display: display.to_owned(),
            ..Self::default()
        };
        let other = "5c0ffee5-0000-4000-8000-00000000c0de";
        let elsewhere = Names {
            display: display.into(),
            tags: vec!["Mailgrant".into(), format!("mailgrant:{other}")],
            unique: Some(format!("mailgrant-{other}")),
            secret: "Mailgrant 5c0ffee5 1".into(),
            scope: "Mailgrant Sinch Contact Pro 5c0ffee5".into(),
            assignment: "Mailgrant 5c0ffee5 Mail.ReadWrite".into(),
        };
        let by_hand = Names {
            display: display.into(),
            tags: vec!["Mailgrant".into()],
            unique: None,
            secret: "Mailgrant".into(),
            scope: "Mailgrant".into(),
            assignment: "Mailgrant Mail.ReadWrite".into(),
        };
        for names in [&elsewhere, &by_hand] {
            let app = make(bench, &colleague, names).await?;
            all.apps.push(app);
        }
        let deleted = Names {
            unique: None,
            scope: "Mailgrant deleted".into(),
            assignment: "Mailgrant deleted Mail.ReadWrite".into(),
            ..elsewhere
        };
        let app = make(bench, &colleague, &deleted).await?;
        colleague
            .graph(Method::DELETE, &format!("applications/{}", app.0), None)
            .await?;
        all.prints = bench.handle.snapshot().prints;
        Ok(all)
    }

    /// After something of ours was made: the same names and tags, to the letter, on other objects.
    pub async fn beside(&mut self, bench: &Bench) -> Outcome {
        let handle = &bench.handle;
        let before = handle.snapshot();
        let mine = self.mine(&before).ok_or("nothing of ours to imitate")?;
        if mine.display_name != self.display {
            return Err(format!(
                "ours is called {:?}, which nothing imitates",
                mine.display_name
            ));
        }
        let theirs: Vec<&str> = self.prints.keys().map(String::as_str).collect();
        let scope = before.exchange.scopes.iter().map(|scope| &scope.name);
        let scope = scope.filter(|name| !theirs.contains(&format!("managementScope {name}").as_str()));
        let assigned = before.exchange.assignments.iter().map(|held| &held.name);
        let assigned =
            assigned.filter(|name| !theirs.contains(&format!("managementRoleAssignment {name}").as_str()));
        let short: String = mine
            .unique_name
            .iter()
            .flat_map(|name| name.chars())
            .skip(10)
            .take(8)
            .collect();
        let names = Names {
            display: mine.display_name.clone(),
            tags: mine.tags.clone(),
            unique: None,
            secret: mine
                .passwords
                .first()
                .and_then(|secret| secret.display_name.clone())
                .unwrap_or_else(|| format!("Mailgrant {short} 1")),
            scope: format!(
                "{} 2",
                scope
                    .min()
                    .cloned()
                    .unwrap_or_else(|| format!("Mailgrant Sinch Contact Pro {short}"))
            ),
            assignment: format!(
                "{} 2",
                assigned
                    .min()
                    .cloned()
                    .unwrap_or_else(|| format!("Mailgrant {short} Mail.ReadWrite"))
            ),
        };
        let colleague = Colleague::of(handle).await?;
        let app = make(bench, &colleague, &names).await?;
        self.apps.push(app);
        for (key, print) in handle.snapshot().prints {
            if !before.prints.contains_key(&key) {
                self.prints.insert(key, print);
            }
        }
        Ok(())
    }

    /// How many objects are watched.
    pub fn count(&self) -> usize {
        self.prints.len()
    }

    /// What of theirs is different or gone.
    pub fn changed(&self, handle: &Handle) -> Vec<String> {
        let now = handle.snapshot().prints;
        let changed = self
            .prints
            .iter()
            .filter(|(key, print)| now.get(*key) != Some(print));
        changed.map(|(key, _)| key.clone()).collect()
    }

    /// What there is beside theirs, as "kind id".
    pub fn ours(&self, handle: &Handle) -> Vec<String> {
        let keys = handle.snapshot().prints.into_keys();
        keys.filter(|key| !self.prints.contains_key(key)).collect()
    }

    fn mine<'a>(&self, snapshot: &'a Snapshot) -> Option<&'a practice::ApplicationView> {
        let mut apps = snapshot.applications.iter();
        apps.find(|app| !self.prints.contains_key(&format!("application {}", app.id)))
    }
}

/// An app with everything that a connection makes, under these names, and with more than one of ours would have.
async fn make(bench: &Bench, colleague: &Colleague, names: &Names) -> Outcome<(String, String)> {
    let mut body =
        json!({ "displayName": names.display, "tags": names.tags, "signInAudience": "AzureADMyOrg" });
    if let (Some(unique), Some(fields)) = (&names.unique, body.as_object_mut()) {
        fields.insert("uniqueName".into(), Value::String(unique.clone()));
    }
    let app = colleague.graph(Method::POST, "applications", Some(body)).await?;
    let (object, client) = (id(&app, "id")?, id(&app, "appId")?);
    bench.wait(REPLICATION);
    let body = json!({ "appId": client, "tags": names.tags });
    let principal = colleague
        .graph(Method::POST, "servicePrincipals", Some(body))
        .await?;
    let principal = id(&principal, "id")?;
    bench.wait(REPLICATION);
    let secret = json!({ "passwordCredential": { "displayName": names.secret } });
    let path = format!("applications/{object}/addPassword");
    colleague.graph(Method::POST, &path, Some(secret)).await?;
    colleague.grant(&principal, MICROSOFT_GRAPH, "Mail.Read").await?;
    let parameters = json!({ "AppId": client, "ObjectId": principal, "DisplayName": names.display });
    colleague.run("New-ServicePrincipal", parameters).await?;
    let support = colleague.mailbox(SUPPORT).await?;
    let filter = format!("ExternalDirectoryObjectId -eq '{support}'");
    let parameters = json!({ "Name": names.scope, "RecipientRestrictionFilter": filter });
    colleague.run("New-ManagementScope", parameters).await?;
    let parameters = json!({
        "Name": names.assignment, "App": principal, "Role": "Application Mail.ReadWrite",
        "CustomResourceScope": names.scope,
    });
    colleague.run("New-ManagementRoleAssignment", parameters).await?;
    let parameters = json!({ "Identity": SUPPORT, "User": principal, "AccessRights": ["FullAccess"] });
    colleague.run("Add-MailboxPermission", parameters).await?;
    Ok((object, client))
}

fn id(value: &Value, field: &str) -> Outcome<String> {
    text(Some(value), field).ok_or_else(|| format!("no {field} in {value}"))
}
