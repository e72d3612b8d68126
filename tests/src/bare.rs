//! The calls of an onboarding made by hand: one HTTP client and straight-line code, without journal, policy or steps.
//!
//! `cargo xtask bench` measures the journey's calls against these. They have the journey's order, methods, addresses
//! and bodies, and its repeats while something new isn't seen yet; `calls` compares the two lists of names.

use std::sync::Arc;
use std::time::{Duration, Instant};

use practice::Handle;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use url::Url;

use crate::Outcome;
use crate::organisation::{Organisation, client_that_trusts, code_in};

/// A call or a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timed {
    /// The call's name as a trace tells it, or how long was waited.
    pub name: String,
    /// From before it was sent until its answer was read; nothing for a wait, which takes no real time.
    pub took: Duration,
}

/// What a wait is called in a list of calls.
pub fn wait_name(seconds: u64) -> String {
    format!("wait {seconds} s")
}

/// The pair of RFC 7636, appendix B. Practice checks that it fits, and nobody else could use it.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// Nothing listens there: practice hands the code to us and not to a browser.
const REDIRECT: &str = "http://localhost:50000/";

const GRAPH: &str = "https://graph.microsoft.com";
/// Asked for first: it tells who came.
const WHO_SCOPES: &str = "https://graph.microsoft.com/User.Read openid";
const GRAPH_SCOPES: &str = "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Application.ReadWrite.All https://graph.microsoft.com/Policy.Read.All https://graph.microsoft.com/DelegatedPermissionGrant.Read.All https://graph.microsoft.com/RoleManagement.Read.Directory openid";
const EXCHANGE_SCOPES: &str = "https://outlook.office365.com/Exchange.Manage";

const CONNECTION: &str = "00000000-0000-4000-8000-000000000001";
const NAME: &str = "Mailgrant: Sinch Contact Pro";
const SCOPE: &str = "Mailgrant Sinch Contact Pro 00000000";

struct Hand {
    client: Client,
    practice: Arc<Handle>,
    organisation: Organisation,
    graph: String,
    exchange: String,
    user: String,
    made: Vec<Timed>,
}

/// Makes the calls of an onboarding of `allowed` with `refused` held back, and tells what each took.
pub async fn onboard(
    practice: Arc<Handle>,
    account: &str,
    allowed: [&str; 2],
    refused: &str,
) -> Outcome<Vec<Timed>> {
    let organisation = Organisation::from(&*practice);
    let mut hand = Hand {
        client: client_that_trusts(Some(&organisation.root))?,
        practice,
        organisation,
        graph: String::new(),
        exchange: String::new(),
        user: String::new(),
        made: Vec::new(),
    };
    hand.sign_in(account).await?;
    let mailboxes = hand.choose_mailboxes(allowed, refused).await?;
    let (object, client_id, principal) = hand.register().await?;
    let secret = hand.make_secret(&object, &client_id).await?;
    let [first, second, ..] = mailboxes.as_slice() else {
        return Err("not every mailbox was found".into());
    };
    let chosen = [first.clone(), second.clone()];
    hand.limit(&client_id, &principal, &chosen).await?;
    let app = [object.as_str(), client_id.as_str(), principal.as_str()];
    // The limit is read back with everything that the proof is made of, before Microsoft has applied it.
    hand.survey(app, &chosen, &mailboxes).await?;
    hand.wait(30 * 60);
    hand.survey(app, &chosen, &mailboxes).await?;
    let token = hand.app_token(&client_id, &secret).await?;
    let token = text(&token.1, "/access_token")?;
    let (must_work, must_be_refused) = mailboxes.split_at(2);
    hand.probe(&token, must_work).await?;
    hand.probe(&token, must_be_refused).await?;
    Ok(hand.made)
}

impl Hand {
    async fn sign_in(&mut self, account: &str) -> Outcome {
        self.user = account.to_owned();
        self.redeem(account, WHO_SCOPES, "select_account").await?;
        self.graph = self.redeem(account, GRAPH_SCOPES, "").await?;
        self.exchange = self.redeem(account, EXCHANGE_SCOPES, "").await?;
        let parts = [
            "me?$select=id,userPrincipalName,displayName",
            "organization?$select=id,displayName,verifiedDomains",
            "me/transitiveMemberOf/microsoft.graph.directoryRole?$select=id,displayName,roleTemplateId&$count=true",
            "policies/defaultAppManagementPolicy",
            "policies/authorizationPolicy",
            "applications?$select=id%2CappId%2CdisplayName%2CuniqueName&$top=999",
        ];
        self.read_batch("POST /$batch (pre-flight)", &parts).await?;
        self.run("Get-OrganizationConfig", json!({})).await?;
        Ok(())
    }

    /// Signs in without a browser, and redeems the code.
    async fn redeem(&mut self, account: &str, scopes: &str, prompt: &str) -> Outcome<String> {
        let (own, tenant) = (&self.organisation, &self.organisation.tenant);
        let mut page = Url::parse(&format!("{}/{tenant}/oauth2/v2.0/authorize", own.browser))
            .map_err(|error| error.to_string())?;
        let mut query = page.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &own.client)
            .append_pair("redirect_uri", REDIRECT)
            .append_pair("scope", scopes)
            .append_pair("state", "state")
            .append_pair("code_challenge", CHALLENGE)
            .append_pair("code_challenge_method", "S256");
        match prompt {
            "" => query.append_pair("login_hint", &self.user),
            prompt => query.append_pair("prompt", prompt),
        };
        drop(query);
        let back = self.practice.answer_sign_in(page.as_str(), account, true)?;
        let code = code_in(&back)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("code_verifier", VERIFIER),
            ("client_id", &own.client),
            ("redirect_uri", REDIRECT),
        ];
        let request = self
            .client
            .post(format!("{}/{tenant}/oauth2/v2.0/token", own.origin))
            .header("accept", "application/json")
            .form(&form);
        let answer = self.send("POST /token (authorization code)", request).await?;
        text(&answer.1, "/access_token")
    }

    /// The object ids of the mailboxes: those that are named, in that order, and one more.
    async fn choose_mailboxes(&mut self, allowed: [&str; 2], refused: &str) -> Outcome<Vec<String>> {
        let named = [allowed[0], allowed[1], refused];
        let filter = named
            .map(|address| format!("EmailAddresses -eq 'smtp:{address}'"))
            .join(" -or ");
        let found = self
            .run(
                "Get-Recipient",
                json!({ "Filter": filter, "ResultSize": "Unlimited" }),
            )
            .await?;
        let drawn = self
            .run(
                "Get-Mailbox",
                json!({ "ResultSize": 1000, "Filter": "ExternalDirectoryObjectId -like '7*'" }),
            )
            .await?;
        let rows = |body: &Value| body["value"].as_array().cloned().unwrap_or_default();
        let id = |row: &Value| row["ExternalDirectoryObjectId"].as_str().map(str::to_owned);
        let mut ids = Vec::new();
        for address in named {
            let of_address = |row: &&Value| row["PrimarySmtpAddress"].as_str() == Some(address);
            let found = rows(&found.1);
            ids.push(found.iter().find(of_address).and_then(id).ok_or("no mailbox")?);
        }
        let other = rows(&drawn.1).iter().filter_map(id).find(|id| !ids.contains(id));
        ids.push(other.ok_or("no other mailbox")?);
        Ok(ids)
    }

    async fn register(&mut self) -> Outcome<(String, String, String)> {
        let unique = format!("mailgrant-{CONNECTION}");
        let body = json!({ "displayName": NAME, "signInAudience": "AzureADMyOrg", "tags": ["Mailgrant", format!("mailgrant:{CONNECTION}")] });
        let select = "$select=id,appId,displayName,uniqueName,tags,signInAudience";
        let whole = format!("{select},passwordCredentials,keyCredentials");
        let named = [
            format!("applications(uniqueName=%27{unique}%27)?{whole}"),
            format!("directory/deletedItems/microsoft.graph.application?{select},deletedDateTime&$top=999"),
        ];
        self.read_batch(
            "POST /$batch (look for the app)",
            &[named[0].as_str(), named[1].as_str()],
        )
        .await?;
        let request = self
            .to_graph(Method::PATCH, &format!("applications(uniqueName=%27{unique}%27)"))
            .header("prefer", "create-if-missing")
            .json(&body);
        let app = self.send("PATCH /applications(uniqueName)", request).await?;
        let (object, client_id) = (text(&app.1, "/id")?, text(&app.1, "/appId")?);
        let body = json!({ "appId": client_id, "tags": ["Mailgrant", format!("mailgrant:{CONNECTION}")] });
        self.wait(5);
        let principal = loop {
            let answer = self
                .write("POST /servicePrincipals", "servicePrincipals", &body)
                .await?;
            if !matches!(answer.0, 400 | 404 | 409) {
                break text(&answer.1, "/id")?;
            }
            self.wait(5);
        };
        self.wait(5);
        self.wait(5);
        let [first, second] = named;
        let parts = [
            first,
            second,
            format!("applications/{object}?{whole}"),
            format!("servicePrincipals(appId=%27{client_id}%27)?$select=id,appId,tags,accountEnabled"),
            format!("servicePrincipals/{principal}/appRoleAssignments?$top=999"),
            format!("oauth2PermissionGrants?$filter=clientId%20eq%20%27{principal}%27"),
        ];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        loop {
            let answer = self.read_batch("POST /$batch (look for the app)", &parts).await?;
            let parts = answer.1["responses"].as_array().cloned().unwrap_or_default();
            if parts.iter().all(|part| part["status"].as_u64() == Some(200)) {
                return Ok((object, client_id, principal));
            }
            self.wait(5);
        }
    }

    async fn make_secret(&mut self, object: &str, client_id: &str) -> Outcome<String> {
        let body = json!({ "passwordCredential": { "displayName": "Mailgrant 00000000 00000000", "endDateTime": "2027-05-21T10:30:00Z" } });
        let made = self
            .write(
                "POST /applications/{id}/addPassword",
                &format!("applications/{object}/addPassword"),
                &body,
            )
            .await?;
        let secret = text(&made.1, "/secretText")?;
        self.wait(10);
        while self.app_token(client_id, &secret).await?.0 != 200 {
            self.wait(5);
        }
        Ok(secret)
    }

    async fn app_token(&mut self, client_id: &str, secret: &str) -> Outcome<(u16, Value)> {
        let scope = format!("{GRAPH}/.default");
        let form = [
            ("grant_type", "client_credentials"),
            ("scope", &scope),
            ("client_id", client_id),
            ("client_secret", secret),
        ];
        let (origin, tenant) = (&self.organisation.origin, &self.organisation.tenant);
        let request = self
            .client
            .post(format!("{origin}/{tenant}/oauth2/v2.0/token"))
            .header("accept", "application/json")
            .form(&form);
        self.send("POST /token (client credentials)", request).await
    }

    async fn limit(&mut self, client_id: &str, principal: &str, chosen: &[String; 2]) -> Outcome {
        let mut cmdlets = seen(principal);
        cmdlets.push(preview(chosen));
        self.run_all(&cmdlets).await?;
        let body = json!({ "AppId": client_id, "ObjectId": principal, "DisplayName": NAME });
        while self.run("New-ServicePrincipal", body.clone()).await?.0 == 404 {
            self.wait(5);
        }
        let filter = by_id(chosen);
        self.run(
            "New-ManagementScope",
            json!({ "Name": SCOPE, "RecipientRestrictionFilter": filter }),
        )
        .await?;
        for permission in ["Mail.ReadWrite", "Mail.Send"] {
            let body = json!({
                "Name": format!("Mailgrant 00000000 {permission}"),
                "App": principal,
                "Role": format!("Application {permission}"),
                "CustomResourceScope": SCOPE,
            });
            while self.run("New-ManagementRoleAssignment", body.clone()).await?.0 == 404 {
                self.wait(5);
            }
        }
        Ok(())
    }

    /// Everything that decides what the app can reach. `app` is object id, client id and service principal.
    async fn survey(&mut self, app: [&str; 3], chosen: &[String; 2], mailboxes: &[String]) -> Outcome {
        let [object, client_id, principal] = app;
        let unique = format!("mailgrant-{CONNECTION}");
        let parts = [
            format!(
                "applications(uniqueName=%27{unique}%27)?$select=id,appId,tags,signInAudience,passwordCredentials,keyCredentials,web,spa,publicClient"
            ),
            format!(
                "servicePrincipals(appId=%27{client_id}%27)?$select=id,appId,accountEnabled,passwordCredentials,keyCredentials"
            ),
            format!("applications/{object}/federatedIdentityCredentials"),
            format!("applications/{object}/owners?$select=id,displayName"),
            format!("servicePrincipals/{principal}/owners?$select=id,displayName"),
            format!(
                "roleManagement/directory/roleAssignments?$filter=principalId%20eq%20%27{principal}%27&$expand=roleDefinition"
            ),
            format!(
                "servicePrincipals/{principal}/transitiveMemberOf?$select=id,displayName,roleTemplateId,isAssignableToRole&$top=999"
            ),
            format!("servicePrincipals/{principal}/appRoleAssignments?$top=999"),
            format!("oauth2PermissionGrants?$filter=clientId%20eq%20%27{principal}%27"),
        ];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        self.read_batch("POST /$batch (how the app stands)", &parts)
            .await?;
        let mut cmdlets = seen(principal);
        for name in ["Get-Recipient", "Get-Mailbox"] {
            cmdlets.push((
                name,
                json!({ "Filter": by_id(mailboxes), "ResultSize": "Unlimited" }),
            ));
        }
        // The last one was picked at random, and has to be seen to hold something.
        if let Some(picked) = mailboxes.last() {
            cmdlets.push(("Get-MailboxStatistics", json!({ "Identity": picked })));
        }
        self.run_all(&cmdlets).await?;
        let mut cmdlets = vec![preview(chosen)];
        cmdlets.extend(tests(principal, mailboxes));
        self.run_all(&cmdlets).await
    }

    async fn run_all(&mut self, cmdlets: &[(&str, Value)]) -> Outcome {
        let requests: Vec<Value> = cmdlets
            .iter()
            .enumerate()
            .map(|(index, (name, parameters))| {
                let body = command(name, parameters.clone());
                json!({ "id": index.to_string(), "method": "POST", "url": "/InvokeCommand", "headers": { "Content-Type": "application/json" }, "body": body })
            })
            .collect();
        let first = cmdlets.first().map_or("nothing", |(name, _)| name);
        let name = format!("Exchange $batch ({} × {first})", cmdlets.len());
        let request = self.to_exchange("$batch").json(&json!({ "requests": requests }));
        self.send(&name, request).await.map(drop)
    }

    /// Tries both permissions on each of these, in one call.
    async fn probe(&mut self, token: &str, mailboxes: &[String]) -> Outcome {
        let mail = json!({
            "message": { "subject": "Mailgrant probe", "body": { "contentType": "Text", "content": "" }, "toRecipients": [] },
            "saveToSentItems": false,
        });
        let parts = mailboxes.iter().flat_map(|mailbox| {
            [
                json!({ "method": "GET", "url": format!("/users/{mailbox}/mailFolders/inbox?$select=id") }),
                json!({
                    "method": "POST",
                    "url": format!("/users/{mailbox}/sendMail"),
                    "headers": { "Content-Type": "application/json" },
                    "body": mail,
                }),
            ]
        });
        let requests: Vec<Value> = parts
            .enumerate()
            .map(|(index, mut part)| {
                part["id"] = index.to_string().into();
                part
            })
            .collect();
        let request = self
            .client
            .post(format!("{}/v1.0/$batch", self.organisation.origin))
            .bearer_auth(token)
            .json(&json!({ "requests": requests }));
        self.send("POST /$batch (probes with the app's own key)", request)
            .await
            .map(drop)
    }

    fn to_graph(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/v1.0/{path}", self.organisation.origin))
            .bearer_auth(&self.graph)
    }

    async fn write(&mut self, name: &str, path: &str, body: &Value) -> Outcome<(u16, Value)> {
        let request = self.to_graph(Method::POST, path).json(body);
        self.send(name, request).await
    }

    async fn read_batch(&mut self, name: &str, parts: &[&str]) -> Outcome<(u16, Value)> {
        let requests: Vec<Value> = parts
            .iter()
            .enumerate()
            .map(|(index, path)| json!({ "id": index.to_string(), "method": "GET", "url": format!("/{path}"), "headers": { "ConsistencyLevel": "eventual" } }))
            .collect();
        self.write(name, "$batch", &json!({ "requests": requests })).await
    }

    fn to_exchange(&self, last: &str) -> RequestBuilder {
        let (origin, tenant) = (&self.organisation.origin, &self.organisation.tenant);
        self.client
            .post(format!("{origin}/adminapi/beta/{tenant}/{last}"))
            .bearer_auth(&self.exchange)
            .header("accept", "application/json")
            .header("prefer", "odata.maxpagesize=1000")
            .header("x-anchormailbox", format!("UPN:{}", self.user))
            .header("x-responseformat", "json")
    }

    async fn run(&mut self, cmdlet: &str, parameters: Value) -> Outcome<(u16, Value)> {
        let request = self
            .to_exchange("InvokeCommand")
            .json(&command(cmdlet, parameters));
        self.send(&format!("Exchange {cmdlet}"), request).await
    }

    /// Sends one request and reads its whole answer, which is what is timed.
    async fn send(&mut self, name: &str, request: RequestBuilder) -> Outcome<(u16, Value)> {
        let failed = |error: reqwest::Error| format!("{name}: {error}");
        let request = request.build().map_err(failed)?;
        let began = Instant::now();
        let answer = self.client.execute(request).await.map_err(failed)?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await.map_err(failed)?;
        self.made.push(Timed {
            name: name.to_owned(),
            took: began.elapsed(),
        });
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }

    fn wait(&mut self, seconds: u64) {
        self.practice.advance(Duration::from_secs(seconds));
        self.made.push(Timed {
            name: wait_name(seconds),
            took: Duration::ZERO,
        });
    }
}

/// What Exchange keeps of the app.
fn seen(principal: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("Get-ServicePrincipal", json!({ "Identity": principal })),
        ("Get-ManagementScope", json!({ "Identity": SCOPE })),
        (
            "Get-ManagementRoleAssignment",
            json!({ "RoleAssignee": principal }),
        ),
        (
            "Get-ManagementRoleAssignment",
            json!({ "CustomRecipientWriteScope": SCOPE }),
        ),
        (
            "Get-RecipientPermission",
            json!({ "Trustee": principal, "ResultSize": "Unlimited" }),
        ),
    ]
}

/// What the scope's filter matches.
fn preview(chosen: &[String; 2]) -> (&'static str, Value) {
    (
        "Get-Recipient",
        json!({ "RecipientPreviewFilter": by_id(chosen), "ResultSize": 52 }),
    )
}

/// Microsoft's own test and the rights on each mailbox.
fn tests(principal: &str, mailboxes: &[String]) -> Vec<(&'static str, Value)> {
    mailboxes
        .iter()
        .flat_map(|mailbox| {
            [
                (
                    "Test-ServicePrincipalAuthorization",
                    json!({ "Identity": principal, "Resource": mailbox }),
                ),
                (
                    "Get-MailboxPermission",
                    json!({ "Identity": mailbox, "User": principal }),
                ),
            ]
        })
        .collect()
}

fn by_id(mailboxes: &[String]) -> String {
    mailboxes
        .iter()
        .map(|id| format!("ExternalDirectoryObjectId -eq '{id}'"))
        .collect::<Vec<_>>()
        .join(" -or ")
}

fn command(cmdlet: &str, parameters: Value) -> Value {
    json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } })
}

fn text(body: &Value, place: &str) -> Outcome<String> {
    body.pointer(place)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| format!("no {place} in {body}"))
}
