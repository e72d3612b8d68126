//! A proven connection that goes wrong afterwards: every way is made in the practice organisation by calls of somebody
//! else's, and none may be exported or called proven; each is named with its cause. And the right ones: changes that
//! take nothing away from the proof stop nobody.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use domain::grant::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use domain::secret::Secret;
use domain::trace::Trace;
use jiff::{SignedDuration, Timestamp};
use journey::Clock;
use journey::data_folder::DataFolder;
use journeys::Outcome;
use journeys::colleague::{Colleague, text};
use journeys::eventually::{PATIENCE, eventually};
use journeys::headless::{Headless, Start};
use journeys::organisation::Organisation;
use journeys::reader::Reader;
use journeys::tour::say;
use keychain::Keychain;
use practice::{ClockKind, Handle, Options};
use reqwest::Method;
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};
use serde_json::{Value, json};

const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
const REFUSED: &str = "ceo@contoso.example";

/// Time that can be moved by a test, for the wizard and the organisation at once.
#[derive(Clone)]
struct Time {
    now: Arc<Mutex<Timestamp>>,
    handle: Arc<Handle>,
}

impl Time {
    fn clock(&self) -> Clock {
        let (reading, moving) = (self.clone(), self.clone());
        Clock::new(
            move || *reading.now.lock().unwrap(),
            move |pause: Duration| {
                moving.move_on(pause);
                Box::pin(async {})
            },
        )
    }

    fn move_on(&self, by: Duration) {
        let by = Duration::from_secs(by.as_secs() + u64::from(by.subsec_nanos() > 0));
        self.handle.advance(by);
        *self.now.lock().unwrap() += SignedDuration::try_from(by).unwrap();
    }
}

/// A connection that was just proven, and somebody else.
struct Proven {
    handle: Arc<Handle>,
    time: Time,
    session: Option<Headless>,
    colleague: Colleague,
    folder: tempfile::TempDir,
    keychain: String,
    /// Object id, client id, service principal, key id of the app.
    object: String,
    client: String,
    principal: String,
    key: String,
    connection: String,
    scope: String,
}

impl Proven {
    async fn start(name: &str) -> Outcome<Self> {
        let start = "2026-11-22T10:30:00Z".parse().unwrap();
        let options = Options {
            clock: ClockKind::Explicit { start },
            ..Options::default()
        };
        let handle = Arc::new(
            practice::start(options)
                .await
                .map_err(|error| error.to_string())?,
        );
        let time = Time {
            now: Arc::new(Mutex::new(start)),
            handle: Arc::clone(&handle),
        };
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let keychain = format!("mailgrant drift {} {name}", std::process::id());
        std::fs::create_dir(folder.path().join("profiles")).map_err(|error| error.to_string())?;
        write_profile(&folder, 1, "");
        let session = session(&handle, &time, &folder, &keychain);
        let colleague = Colleague::of(&handle).await?;
        let mut proven = Self {
            handle,
            time,
            session: Some(session),
            colleague,
            folder,
            keychain,
            object: String::new(),
            client: String::new(),
            principal: String::new(),
            key: String::new(),
            connection: String::new(),
            scope: String::new(),
        };
        proven.onboard().await?;
        Ok(proven)
    }

    async fn onboard(&mut self) -> Outcome {
        self.session().press(Request::StartPractice).await?;
        let value = Some("drift-desk".to_owned());
        self.session()
            .send(Submit::Choose {
                value,
                name: String::new(),
                access: Vec::new(),
            })
            .await?;
        self.session().go_on(Some("export"), MAILBOXES, REFUSED).await?;
        let snapshot = self.handle.snapshot();
        let app = snapshot
            .applications
            .iter()
            .find(|app| !app.foreign)
            .ok_or("no app")?;
        let principals = &snapshot.service_principals;
        let principal = principals
            .iter()
            .find(|one| one.app_id == app.app_id)
            .ok_or("no principal")?;
        (self.object, self.client) = (app.id.clone(), app.app_id.clone());
        self.principal = principal.id.clone();
        self.key = app.passwords.first().ok_or("no secret")?.key_id.clone();
        let unique = app.unique_name.clone().unwrap_or_default();
        self.connection = unique.trim_start_matches("mailgrant-").to_owned();
        let scopes = &snapshot.exchange.scopes;
        self.scope = scopes
            .iter()
            .find(|scope| !scope.foreign)
            .ok_or("no scope")?
            .name
            .clone();
        Ok(())
    }

    /// Presses "Seal and save the file".
    async fn export(&mut self) -> Outcome<View> {
        let mut view = self.session().view();
        if view
            .page
            .actions
            .first()
            .is_some_and(|action| action.request == Request::SignIn)
        {
            view = self.session().press(Request::SignIn).await?;
        }
        let Content::Export { opener, folder, .. } = &view.page.content else {
            return Err(format!("no export page but {}", view.page.key));
        };
        let submit = Submit::Export {
            opener: *opener,
            given_key: String::new(),
            key_compared: false,
            passphrase: Secret::new(String::new()),
            passphrase_again: Secret::new(String::new()),
            folder: folder.clone(),
        };
        self.session().send(submit).await
    }

    fn sealed(&self) -> usize {
        let written = std::fs::read_dir(self.folder.path().join("export"));
        let sealed = |entry: &std::fs::DirEntry| entry.path().extension().is_some_and(|end| end == "age");
        written.into_iter().flatten().flatten().filter(sealed).count()
    }

    /// A new window over the same connection, with what a restart brings: profiles read anew, nobody signed in.
    async fn restart(&mut self, until: &str) -> Outcome {
        drop(self.session.take());
        let data = self.folder.path().join("data");
        // The old window's session ends in its own time, and holds the folder until then.
        eventually("the folder to be free", PATIENCE, async || {
            DataFolder::open(&data, "mailgrant drift data").ok().map(drop)
        })
        .await?;
        self.session = Some(session(&self.handle, &self.time, &self.folder, &self.keychain));
        self.colleague = Colleague::of(&self.handle).await?;
        self.session().go_on(Some(until), MAILBOXES, REFUSED).await
    }

    fn session(&mut self) -> &mut Headless {
        self.session.as_mut().unwrap()
    }

    async fn graph(&self, method: Method, path: &str, body: Value) -> Outcome<Value> {
        self.colleague.graph(method, path, Some(body)).await
    }

    async fn post(&self, path: &str, body: Value) -> Outcome<Value> {
        self.graph(Method::POST, path, body).await
    }

    async fn set_scope(&self, filter: &str) -> Outcome {
        let parameters = json!({ "Identity": self.scope, "RecipientRestrictionFilter": filter });
        self.colleague
            .run("Set-ManagementScope", parameters)
            .await
            .map(drop)
    }

    /// The filter as it is, with something more.
    async fn widen(&self, more: &str) -> Outcome {
        let scopes = self
            .colleague
            .run("Get-ManagementScope", json!({ "Identity": self.scope }))
            .await?;
        let filter = text(scopes.first(), "RecipientFilter").ok_or("no filter")?;
        self.set_scope(&format!("({filter}) -or {more}")).await
    }

    async fn assign(&self, role: &str, extra: Value) -> Outcome {
        let mut parameters = json!({ "Name": format!("theirs {role}"), "App": self.principal, "Role": role });
        if let (Some(all), Some(extra)) = (parameters.as_object_mut(), extra.as_object()) {
            all.extend(extra.clone());
        }
        self.colleague
            .run("New-ManagementRoleAssignment", parameters)
            .await
            .map(drop)
    }

    async fn grant(&self, api: &str, role: &str) -> Outcome {
        self.colleague.grant(&self.principal, api, role).await
    }

    async fn delegate(&self, scope: &str) -> Outcome {
        let api = self.colleague.api(MICROSOFT_GRAPH).await?;
        let body = json!({ "clientId": self.principal, "consentType": "AllPrincipals", "resourceId": text(Some(&api), "id"), "scope": scope });
        self.post("oauth2PermissionGrants", body).await.map(drop)
    }

    async fn directory_role(&self, template: &str) -> Outcome {
        let body =
            json!({ "principalId": self.principal, "roleDefinitionId": template, "directoryScopeId": "/" });
        self.post("roleManagement/directory/roleAssignments", body)
            .await
            .map(drop)
    }

    /// A group of the directory with the app in it, and whether roles can be given to it.
    async fn group_with_app(&self, assignable: bool) -> Outcome<String> {
        let body = json!({ "displayName": "Drift admins", "mailEnabled": false, "mailNickname": "drift-admins", "securityEnabled": true, "isAssignableToRole": assignable });
        let group = self.post("groups", body).await?;
        let id = text(Some(&group), "id").ok_or("no group")?;
        self.time.move_on(REPLICATION);
        let app = format!(
            "https://graph.microsoft.com/v1.0/directoryObjects/{}",
            self.principal
        );
        self.post(&format!("groups/{id}/members/$ref"), json!({ "@odata.id": app }))
            .await?;
        Ok(id)
    }

    async fn right(&self, mailbox: &str) -> Outcome {
        let parameters =
            json!({ "Identity": mailbox, "User": self.principal, "AccessRights": ["FullAccess"] });
        self.colleague
            .run("Add-MailboxPermission", parameters)
            .await
            .map(drop)
    }

    async fn remove_assignment(&self, role: &str) -> Outcome {
        let held = self
            .colleague
            .run(
                "Get-ManagementRoleAssignment",
                json!({ "RoleAssignee": self.principal }),
            )
            .await?;
        for one in held
            .iter()
            .filter(|one| text(Some(one), "Role").is_some_and(|held| held.contains(role)))
        {
            let parameters = json!({ "Identity": text(Some(one), "Name"), "Confirm": false });
            self.colleague
                .run("Remove-ManagementRoleAssignment", parameters)
                .await?;
        }
        Ok(())
    }

    /// A scope of the colleague's own.
    async fn other_scope(&self) -> Outcome<String> {
        let parameters = json!({ "Name": "All staff", "RecipientRestrictionFilter": "RecipientTypeDetails -eq 'UserMailbox'" });
        self.colleague.run("New-ManagementScope", parameters).await?;
        Ok("All staff".into())
    }

    fn account(&self) -> String {
        format!("{}/{}", self.connection, self.key)
    }

    fn in_keychain(&self, act: impl FnOnce(&Keychain)) {
        act(&Keychain::open(format!("{} practice", self.keychain)));
    }

    async fn owner(&self, of: &str) -> Outcome {
        let user = self.colleague.mailbox(REFUSED).await?;
        let body =
            json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{user}") });
        self.post(&format!("{of}/owners/$ref"), body).await.map(drop)
    }
}

fn session(handle: &Arc<Handle>, time: &Time, folder: &tempfile::TempDir, keychain: &str) -> Headless {
    let organisation = Organisation::from(&**handle);
    let path = |name: &str| folder.path().join(name);
    let start = Start {
        organisation: &organisation,
        reader: Reader::new("dana.reyes@contoso.example"),
        data: &path("data"),
        export: &path("export"),
        keychain,
        clock: time.clock(),
        trace: Trace::default(),
    };
    Headless::start_with(start, Some(path("profiles")))
}

/// A platform of the test's own, so that its needs can change.
fn write_profile(folder: &tempfile::TempDir, version: u32, more: &str) {
    let profile = format!(
        r#"id = "drift-desk"
name = "Drift Desk"
vendor = "Drift"
version = {version}
summary = "A help desk."
last-verified = 2026-11-22
methods = ["graph-app-only"]
scope-methods = ["rbac-for-applications"]
apps = 1
form = [{{ label = "Client ID", field = "client-id" }}, {{ label = "Secret", field = "secret-value" }}]
next-steps = ["Enter the values."]

[[permissions]]
permission = "Mail.ReadWrite"
reason = "to read and file"
{more}
[credential]
longest-months = 24
usual-months = 12
"#
    );
    std::fs::write(folder.path().join("profiles/drift-desk.toml"), profile).unwrap();
}

type Change = for<'a> fn(&'a mut Proven) -> Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// One way: its name, what must be among the words of its cause, and how it is made.
type Way = (&'static str, &'static str, Change);

macro_rules! way {
    ($name:literal, $cause:literal, |$proven:ident| $make:expr) => {
        ($name, $cause, {
            #[allow(unused_braces, reason = "one call or several, written alike")]
            fn make<'a>($proven: &'a mut Proven) -> Pin<Box<dyn Future<Output = Outcome> + 'a>> {
                Box::pin(async move { $make })
            }
            make as Change
        })
    };
}

/// After this long, what a colleague made can be used by them.
const REPLICATION: Duration = Duration::from_secs(120);

const HR: &str = "hr@contoso.example";

fn wrong() -> Vec<Way> {
    let mut ways = scope_ways();
    ways.extend(access_ways());
    ways.extend(app_ways());
    ways.extend(here_ways());
    ways
}

fn scope_ways() -> Vec<Way> {
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

fn access_ways() -> Vec<Way> {
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

fn app_ways() -> Vec<Way> {
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

fn here_ways() -> Vec<Way> {
    vec![
        way!("profile: needs more", "Mail.Send", |it| {
            write_profile(
                &it.folder,
                2,
                "[[permissions]]\npermission = \"Mail.Send\"\nreason = \"to answer\"\n",
            );
            it.restart("limit").await
        }),
        way!("keychain: another value", "another secret", |it| {
            let account = it.account();
            it.in_keychain(|keychain| {
                keychain
                    .set(&account, &Secret::new("somebody's value".into()))
                    .unwrap()
            });
            Ok(())
        }),
        way!(
            "keychain: another valid secret of the app",
            "another secret",
            |it| {
                let body = json!({ "passwordCredential": { "displayName": "theirs" } });
                let made = it
                    .post(&format!("applications/{}/addPassword", it.object), body)
                    .await?;
                let value = text(Some(&made), "secretText").ok_or("no secret")?;
                let account = it.account();
                it.in_keychain(|keychain| keychain.set(&account, &Secret::new(value)).unwrap());
                Ok(())
            }
        ),
        way!("keychain: the entry is gone", "keychain", |it| {
            let account = it.account();
            it.in_keychain(|keychain| keychain.delete(&account).unwrap());
            Ok(())
        }),
        way!("time: the secret has ended", "ended", |it| {
            it.time.move_on(Duration::from_secs(366 * 86_400));
            Ok(())
        }),
        way!(
            "time: a week, and the limit grew meanwhile",
            "hr@contoso.example",
            |it| {
                it.time.move_on(Duration::from_secs(7 * 86_400));
                it.colleague = Colleague::of(&it.handle).await?;
                let hr = it.colleague.mailbox(HR).await?;
                it.widen(&format!("ExternalDirectoryObjectId -eq '{hr}'")).await?;
                it.restart("verify").await
            }
        ),
    ]
}

/// Changes that leave everything as it was asked for: the file is made.
fn right() -> Vec<Way> {
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
            write_profile(&it.folder, 2, "");
            it.restart("export").await
        }),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_afterwards_is_never_exported() {
    let ways = Arc::new(wrong());
    let (executed, failures) = each(&ways, |way| Box::pin(goes_wrong(way))).await;
    say(&format!(
        "drift: enumerated {}, executed {executed}, violations {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(executed, ways.len());
    assert!(ways.len() >= 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_right_stops_nobody() {
    let ways = Arc::new(right());
    let (executed, failures) = each(&ways, |way| Box::pin(stays_right(way))).await;
    say(&format!(
        "drift: right ones enumerated {}, executed {executed}, false alarms {}",
        ways.len(),
        failures.len()
    ));
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(executed >= 15);
}

type Run = Pin<Box<dyn Future<Output = Outcome>>>;

/// Runs every way, a few at a time on this thread; the organisations and sessions have threads of their own.
async fn each(ways: &Arc<Vec<Way>>, run: fn(Way) -> Run) -> (usize, Vec<String>) {
    let next = AtomicUsize::new(0);
    let worker = async || {
        let (mut executed, mut failures) = (0, Vec::new());
        while let Some(way) = ways.get(next.fetch_add(1, Ordering::SeqCst)) {
            if let Err(why) = run(*way).await {
                failures.push(format!("{}: {why}", way.0));
            }
            executed += 1;
        }
        (executed, failures)
    };
    let ((first, mut failures), (second, more)) = tokio::join!(worker(), worker());
    failures.extend(more);
    (first + second, failures)
}

async fn goes_wrong((name, cause, make): Way) -> Outcome {
    let mut proven = Proven::start(name).await?;
    make(&mut proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    // What a reader sees from here on, and must find the cause in.
    let mut told = words(&proven.session().view());
    if proven.session().page() == "export" && !words(&proven.session().view()).contains("Back to the proof") {
        let after = proven.export().await?;
        if after.page.key == "exported" {
            return Err("it was exported".into());
        }
        told.push_str(&words(&after));
    }
    let looked = proven
        .session()
        .press(Request::GoTo {
            step: "verify".into(),
        })
        .await;
    if let Ok(view) = looked {
        if view.page.heading == "It works, and only where it should" {
            return Err("it is still called proven".into());
        }
        told.push_str(&words(&view));
    }
    if proven.sealed() > 0 {
        return Err("a sealed file was written".into());
    }
    if told.contains(cause) {
        Ok(())
    } else {
        Err(format!("{cause:?} isn't among the words: {told}"))
    }
}

async fn stays_right((name, _, make): Way) -> Outcome {
    let mut proven = Proven::start(name).await?;
    make(&mut proven)
        .await
        .map_err(|why| format!("it couldn't be made: {why}"))?;
    let after = proven.export().await?;
    if after.page.key == "exported" && proven.sealed() == 1 {
        Ok(())
    } else {
        Err(format!("it stopped at {}: {}", after.page.key, words(&after)))
    }
}

/// Every text of a page.
fn words(view: &View) -> String {
    fn texts(value: &Value, all: &mut String) {
        match value {
            Value::String(text) => {
                all.push_str(text);
                all.push('\n');
            }
            Value::Array(values) => values.iter().for_each(|value| texts(value, all)),
            Value::Object(fields) => fields.values().for_each(|value| texts(value, all)),
            _ => {}
        }
    }
    let mut all = String::new();
    texts(&serde_json::to_value(&view.page).unwrap_or_default(), &mut all);
    all
}
