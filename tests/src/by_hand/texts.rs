//! What each of the five procedures tells, step by step.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::Outcome;
use crate::by_hand::azure_cli::AzureCli;
use crate::colleague::{Colleague, text};
use crate::powershell::Console;
use crate::second_admin::{MadeSecret, Registered};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const EXCHANGE: &str = "00000002-0000-0ff1-ce00-000000000000";
const MAIL_READ_WRITE: &str = "e2a3a72e-5f79-4c64-b1b1-878b674786c9";
const MAIL_SEND: &str = "b633e1c5-b582-4048-a93e-9f11b44c7e96";
/// How long somebody waits before going on.
const A_MOMENT: Duration = Duration::from_secs(30);
/// What `az ad app credential reset` gives a secret where nobody says how long.
const A_YEAR: i16 = 1;
/// What is left of "Never", which no tool offers any more (microsoft-facts §2.4; Graph's own limit is UNVERIFIED).
const DECADES: i16 = 99;

/// Where an administrator sits: Azure CLI, MSAL, the portal, and a PowerShell window.
pub(super) struct Desk<'a, Pass: Fn(Duration)> {
    pub(super) colleague: Colleague,
    pub(super) cli: AzureCli,
    /// The token for Graph that MSAL took, where this is done with MSAL.
    pub(super) msal: Option<String>,
    /// The organisation's time.
    pub(super) now: Timestamp,
    pub(super) pass: &'a Pass,
}

/// What came of it.
pub(super) struct Made {
    pub(super) name: &'static str,
    pub(super) app: Registered,
    pub(super) secret: MadeSecret,
    pub(super) group: Option<String>,
}

impl<Pass: Fn(Duration)> Desk<'_, Pass> {
    /// The mailboxes are named in Shipfix alone: nothing is said of a limit. The permissions are a guess, as the profile's.
    pub(super) async fn shipfix(&self) -> Outcome<Made> {
        let name = "Shipfix";
        let app = self
            .by_cli(name, &[(MAIL_READ_WRITE, "Role"), (MAIL_SEND, "Role")])
            .await?;
        let secret = self
            .cli
            .credential_reset(&app.client, name, self.now, A_YEAR)
            .await?;
        Ok(Made {
            name,
            app,
            secret,
            group: None,
        })
    }

    /// Method 2. "Limiting the registered app to work only with email from the shared mailboxes": by the way that Microsoft
    /// recommends today, which takes nothing away from what was consented to before.
    pub(super) async fn emailgistics(&self) -> Outcome<Made> {
        let name = "Emailgistics";
        let app = self.by_bare_calls(&self.colleague, name).await?;
        let permissions = ["Mail.ReadWrite", "Mail.Send", "User.Read.All"];
        self.add_permissions(&app, &[(GRAPH, &permissions, "Role")])
            .await?;
        let secret = self.colleague.add_secret(&app.object, name).await?;
        let group = self
            .group(
                "Emailgistics mailboxes",
                "emailgistics-mailboxes",
                &["support", "billing"],
            )
            .await?;
        let found = self
            .colleague
            .run("Get-DistributionGroup", json!({ "Identity": group }))
            .await?;
        let named = text(found.first(), "DistinguishedName").ok_or("the group has no distinguished name")?;
        let (client, principal) = (&app.client, &app.principal);
        self.types(&[
            format!("New-ServicePrincipal -AppId '{client}' -ObjectId '{principal}' -DisplayName '{name}'"),
            format!(
                "New-ManagementScope -Name 'Emailgistics mailboxes' -RecipientRestrictionFilter 'MemberOfGroup -eq ''{named}'''"
            ),
            format!(
                "New-ManagementRoleAssignment -Name 'Emailgistics read' -App '{principal}' -Role 'Application Mail.ReadWrite' -CustomResourceScope 'Emailgistics mailboxes'"
            ),
            format!(
                "New-ManagementRoleAssignment -Name 'Emailgistics send' -App '{principal}' -Role 'Application Mail.Send' -CustomResourceScope 'Emailgistics mailboxes'"
            ),
        ])
        .await?;
        Ok(Made {
            name,
            app,
            secret,
            group: Some(group),
        })
    }

    /// Section 2 by bare calls with MSAL's token, section 3 in Exchange. The identifier in its command lacks a hyphen.
    pub(super) async fn sinch_contact_pro(&self) -> Outcome<Made> {
        let name = "Sinch Contact Pro";
        let token = self.msal.as_deref().ok_or("nobody signed in with MSAL")?;
        let admin = self.colleague.holding(token);
        let app = self.by_bare_calls(&admin, name).await?;
        let permissions = ["Mail.ReadWrite", "Mail.Send"];
        self.declare(&admin, &app, &[(GRAPH, &permissions, "Role")])
            .await?;
        for role in permissions {
            AzureCli::until_it_does("the grant", self.pass, async || {
                admin.grant(&app.principal, GRAPH, role).await
            })
            .await?;
        }
        let secret = admin.add_secret(&app.object, name).await?;
        let group = self
            .group("cctr_sec_group", "cctr_sec_group", &["support", "billing"])
            .await?;
        let command = |id: &str| {
            format!(
                "New-ApplicationAccessPolicy -AppId '{id}' -PolicyScopeGroupId '{group}' -AccessRight RestrictAccess -Description 'Restrict this app to members of distribution group {group}'"
            )
        };
        self.fails(&command("e7e4dbfc-046f-4074-9b3b2ae8f144f59b"))
            .await?;
        self.types(&[command(&app.client)]).await?;
        Ok(Made {
            name,
            app,
            secret,
            group: Some(group),
        })
    }

    /// Steps 1 to 4. Its command lacks the verb and the group, and the identifier in it isn't hexadecimal.
    pub(super) async fn surecloud(&self) -> Outcome<Made> {
        let name = "SureCloud";
        let app = self.by_cli(name, &[(MAIL_SEND, "Role")]).await?;
        let secret = self
            .cli
            .credential_reset(&app.client, name, self.now, DECADES)
            .await?;
        let group = self.group("EvenUsers", "even-users", &["info"]).await?;
        let rest = |id: &str| {
            format!(
                "-AppId '{id}' -PolicyScopeGroupId '{group}' -AccessRight RestrictAccess -Description 'Restrict this app to members of distribution group EvenUsers.'"
            )
        };
        let published = "e8f4eefc-046g-4084-9b4b-2ab8f144b59f";
        self.fails(&format!("-ApplicationAccessPolicy {}", rest(published)))
            .await?;
        self.fails(&format!("New-ApplicationAccessPolicy {}", rest(published)))
            .await?;
        self.types(&[
            format!("New-ApplicationAccessPolicy {}", rest(&app.client)),
            format!(
                "Test-ApplicationAccessPolicy -Identity 'info@contoso.example' -AppId '{}'",
                app.client
            ),
        ])
        .await?;
        Ok(Made {
            name,
            app,
            secret,
            group: Some(group),
        })
    }

    /// All ten permissions, as they are listed, and full access to the one mailbox.
    pub(super) async fn logicaldoc(&self) -> Outcome<Made> {
        let name = "LogicalDOC";
        let app = self.by_bare_calls(&self.colleague, name).await?;
        let on_graph = [
            "Mail.Read",
            "Mail.ReadBasic",
            "Mail.ReadBasic.All",
            "Mail.ReadWrite",
            "Mail.Send",
        ];
        let on_exchange = ["full_access_as_app", "IMAP.AccessAsApp", "Mail.Read", "Mail.Send"];
        self.add_permissions(
            &app,
            &[
                (GRAPH, &on_graph, "Role"),
                (GRAPH, &["User.Read"], "Scope"),
                (EXCHANGE, &on_exchange, "Role"),
            ],
        )
        .await?;
        let (client, principal) = (&app.client, &app.principal);
        // "Make sure to replace … with those codes from Enterprise applications".
        self.types(&[
            format!("New-ServicePrincipal -AppId '{client}' -ObjectId '{principal}'"),
            format!(
                "Add-MailboxPermission -Identity 'billing@contoso.example' -User '{principal}' -AccessRights FullAccess"
            ),
        ])
        .await?;
        let secret = self.colleague.add_secret(&app.object, name).await?;
        Ok(Made {
            name,
            app,
            secret,
            group: None,
        })
    }

    /// Registers an app with Azure CLI, with permissions on Graph and the consent to them.
    async fn by_cli(&self, name: &str, permissions: &[(&str, &str)]) -> Outcome<Registered> {
        let (cli, pass) = (&self.cli, self.pass);
        let app = cli.app_create(name).await?;
        let id = |value: &Value, field: &str| text(Some(value), field).ok_or_else(|| format!("no {field}"));
        let (object, client) = (id(&app, "id")?, id(&app, "appId")?);
        let principal =
            AzureCli::until_it_does("az ad sp create", pass, async || cli.sp_create(&client).await).await?;
        AzureCli::until_it_does("az ad app permission add", pass, async || {
            cli.permission_add(&client, GRAPH, permissions).await
        })
        .await?;
        pass(A_MOMENT);
        AzureCli::until_it_does("az ad app permission admin-consent", pass, async || {
            cli.admin_consent(&client).await
        })
        .await?;
        Ok(Registered {
            object,
            client,
            principal: id(&principal, "id")?,
        })
    }

    /// Registers an app as the portal does, for this organisation only.
    async fn by_bare_calls(&self, admin: &Colleague, name: &str) -> Outcome<Registered> {
        let app = admin.register(name, self.pass).await?;
        let path = format!("applications/{}", app.object);
        let body = json!({ "signInAudience": "AzureADMyOrg" });
        admin.graph(Method::PATCH, &path, Some(body)).await?;
        Ok(app)
    }

    /// "API permissions", "Add a permission", and "Grant admin consent", whose button calls what Azure CLI calls too.
    async fn add_permissions(&self, app: &Registered, wanted: &[(&str, &[&str], &str)]) -> Outcome {
        self.declare(&self.colleague, app, wanted).await?;
        (self.pass)(A_MOMENT);
        AzureCli::until_it_does("the portal's consent", self.pass, async || {
            self.cli.admin_consent(&app.client).await
        })
        .await
    }

    /// Writes into a registration what it asks for: an API, its permissions, and of which kind they are.
    async fn declare(
        &self,
        admin: &Colleague,
        app: &Registered,
        wanted: &[(&str, &[&str], &str)],
    ) -> Outcome {
        let mut declared: Vec<Value> = Vec::new();
        for api in [GRAPH, EXCHANGE] {
            let published = admin.api(api).await?;
            let mut access = Vec::new();
            for (_, values, kind) in wanted.iter().filter(|(of, ..)| *of == api) {
                let list = match *kind {
                    "Scope" => "oauth2PermissionScopes",
                    _ => "appRoles",
                };
                let known = published.get(list).and_then(Value::as_array);
                for value in *values {
                    let mut known = known.into_iter().flatten();
                    let found = known.find(|one| text(Some(one), "value").as_deref() == Some(value));
                    let id = text(found, "id").ok_or_else(|| format!("no permission {value}"))?;
                    access.push(json!({ "id": id, "type": kind }));
                }
            }
            if !access.is_empty() {
                declared.push(json!({ "resourceAppId": api, "resourceAccess": access }));
            }
        }
        let path = format!("applications/{}", app.object);
        let body = json!({ "requiredResourceAccess": declared });
        admin.graph(Method::PATCH, &path, Some(body)).await.map(drop)
    }

    /// A mail-enabled security group with members, as the Exchange admin centre makes it. Its address.
    async fn group(&self, name: &str, alias: &str, members: &[&str]) -> Outcome<String> {
        let address = format!("{alias}@contoso.example");
        let made = format!(
            "New-DistributionGroup -Name '{name}' -Alias '{alias}' -Type Security -PrimarySmtpAddress '{address}'"
        );
        self.types(&[made]).await?;
        for member in members {
            let line = format!(
                "Add-DistributionGroupMember -Identity '{address}' -Member '{member}@contoso.example'"
            );
            self.types(&[line]).await?;
        }
        Ok(address)
    }

    /// Lines in the PowerShell window, one after another; each is tried again while Exchange hasn't heard of the app yet.
    async fn types(&self, lines: &[String]) -> Outcome {
        for line in lines {
            AzureCli::until_it_does(line, self.pass, async || {
                Console::default().run(line, &self.colleague).await
            })
            .await?;
        }
        Ok(())
    }

    /// A line that is wrong as it is published.
    async fn fails(&self, line: &str) -> Outcome {
        match Console::default().run(line, &self.colleague).await {
            Ok(()) => Err(format!("{line} went through")),
            Err(_) => Ok(()),
        }
    }
}
