//! Azure CLI 2.91 in a person's hands: for each command exactly the requests that it sends, in its order and with its
//! bodies, as they were seen with `--debug` when the real one ran against this organisation, unmodified, through the door
//! for Microsoft's host names. It isn't part of the test run itself: it installs 730 MB.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};
use practice::Handle;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Outcome;
use crate::colleague::text;
use crate::eventually::{PATIENCE, eventually};
use crate::organisation::client_that_trusts;
use crate::second_admin::MadeSecret;

/// Azure CLI's own client id (microsoft-facts §1.7).
const CLIENT: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/// The API behind the portal, of which it uses one call.
const PORTAL: &str = "74658136-14ec-4630-ad9b-26e160ff0fc6";
const AGENT: &str = "python/3.11.7 (Linux) AZURECLI/2.91.0 (PIP)";
/// How long somebody waits before a command that failed is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// A person who signed in with `az login --use-device-code`.
pub(super) struct AzureCli {
    client: Client,
    origin: String,
    graph: String,
    portal: String,
}

impl AzureCli {
    /// `az login --use-device-code`, approved as this person.
    pub(super) async fn login(handle: &Handle, account: &str) -> Outcome<Self> {
        let client = client_that_trusts(Some(handle.root_certificate_pem()))?;
        let mut cli = Self {
            client,
            origin: handle.origin().to_owned(),
            graph: String::new(),
            portal: String::new(),
        };
        let entra = format!("{}/{}/oauth2/v2.0", cli.origin, handle.tenant_id());
        let first = "https://management.core.windows.net//.default offline_access openid profile";
        let begun = cli
            .form(&format!("{entra}/devicecode"), &[("scope", first)])
            .await?;
        let of = |answer: &Value, field: &str| {
            text(Some(answer), field).ok_or_else(|| format!("no {field} in {answer}"))
        };
        handle.answer_device_code(&of(&begun, "user_code")?, account, true)?;
        let token = format!("{entra}/token");
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let code = of(&begun, "device_code")?;
        let signed_in = cli
            .form(&token, &[("grant_type", grant), ("device_code", &code)])
            .await?;
        let refresh = of(&signed_in, "refresh_token")?;
        // Every command takes a token of its own for what it asks.
        for (scope, graph) in [("https://graph.microsoft.com//.default", true), (PORTAL, false)] {
            let scope = match graph {
                true => scope.to_owned(),
                false => format!("{scope}/.default"),
            };
            let scope = format!("{scope} offline_access openid profile");
            let fields = [
                ("grant_type", "refresh_token"),
                ("refresh_token", refresh.as_str()),
                ("scope", scope.as_str()),
            ];
            let answer = cli.form(&token, &fields).await?;
            let given = of(&answer, "access_token")?;
            match graph {
                true => cli.graph = given,
                false => cli.portal = given,
            }
        }
        Ok(cli)
    }

    /// `az ad app create --display-name NAME`. The app.
    pub(super) async fn app_create(&self, name: &str) -> Outcome<Value> {
        let filter = format!("startswith(displayName,'{name}')");
        self.list("ad app create", &filter).await?;
        let body = json!({ "displayName": name, "keyCredentials": [] });
        self.graph("ad app create", Method::POST, "/applications", Some(body))
            .await
    }

    /// `az ad sp create --id CLIENT`. The service principal.
    pub(super) async fn sp_create(&self, client: &str) -> Outcome<Value> {
        self.list("ad sp create", &format!("appId eq '{client}'")).await?;
        let body = json!({ "appId": client, "accountEnabled": true });
        self.graph("ad sp create", Method::POST, "/servicePrincipals", Some(body))
            .await
    }

    /// `az ad app permission add --id CLIENT --api API --api-permissions ID=Role …`.
    pub(super) async fn permission_add(
        &self,
        client: &str,
        api: &str,
        permissions: &[(&str, &str)],
    ) -> Outcome {
        let command = "ad app permission add";
        let app = self.show(command, client).await?;
        let access: Vec<Value> = permissions
            .iter()
            .map(|(id, kind)| json!({ "id": id, "type": kind }))
            .collect();
        let declared = app.get("requiredResourceAccess").and_then(Value::as_array);
        let mut declared = declared.cloned().unwrap_or_default();
        declared.push(json!({ "resourceAppId": api, "resourceAccess": access }));
        let path = format!("/applications/{}", text(Some(&app), "id").unwrap_or_default());
        let body = json!({ "requiredResourceAccess": declared });
        self.graph(command, Method::PATCH, &path, Some(body))
            .await
            .map(drop)
    }

    /// `az ad app permission admin-consent --id CLIENT`: everything that the app declares, for everybody.
    pub(super) async fn admin_consent(&self, client: &str) -> Outcome {
        let command = "ad app permission admin-consent";
        self.show(command, client).await?;
        let path = format!("/api/RegisteredApplications/{client}/Consent?onBehalfOfAll=true");
        let request = self.request(command, Method::POST, &path, &self.portal);
        answered(command, request).await.map(drop)
    }

    /// `az ad app credential reset --id CLIENT --append --display-name NAME --years YEARS`. It reckons both dates by the
    /// computer's clock, for which the organisation's time stands here.
    pub(super) async fn credential_reset(
        &self,
        client: &str,
        name: &str,
        now: Timestamp,
        years: i16,
    ) -> Outcome<MadeSecret> {
        let command = "ad app credential reset";
        let app = self.show(command, client).await?;
        let end = now.to_zoned(TimeZone::UTC).saturating_add(years.years());
        let written = |time: &Zoned| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let body = json!({ "passwordCredential": {
            "displayName": name,
            "endDateTime": written(&end),
            "startDateTime": written(&now.to_zoned(TimeZone::UTC)),
        } });
        let object = text(Some(&app), "id").unwrap_or_default();
        let path = format!("/applications/{object}/addPassword");
        let made = self.graph(command, Method::POST, &path, Some(body)).await?;
        match (text(Some(&made), "keyId"), text(Some(&made), "secretText")) {
            (Some(key), Some(value)) => Ok(MadeSecret { key, value }),
            _ => Err("no secret in the answer".into()),
        }
    }

    /// Types a command again until it goes through: what was made a moment ago isn't shown everywhere yet.
    pub(super) async fn until_it_does<T>(
        what: &str,
        pass: &impl Fn(Duration),
        mut command: impl AsyncFnMut() -> Outcome<T>,
    ) -> Outcome<T> {
        let mut last = String::new();
        let done = eventually(what, PATIENCE, async || {
            pass(AGAIN);
            match command().await {
                Ok(done) => Some(done),
                Err(said) => {
                    last = said;
                    None
                }
            }
        })
        .await;
        done.map_err(|vain| format!("{vain}: {last}"))
    }

    /// The list of apps that fit.
    async fn list(&self, command: &str, filter: &str) -> Outcome<Vec<Value>> {
        let encoded: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        let path = format!("/applications?$filter={}", encoded.replace('+', "%20"));
        let found = self.graph(command, Method::GET, &path, None).await?;
        Ok(found
            .get("value")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default())
    }

    /// An app by its client id: the list first, then itself by its object id.
    async fn show(&self, command: &str, client: &str) -> Outcome<Value> {
        let found = self.list(command, &format!("appId eq '{client}'")).await?;
        let id = text(found.first(), "id").ok_or_else(|| format!("no app {client}"))?;
        self.graph(command, Method::GET, &format!("/applications/{id}"), None)
            .await
    }

    async fn graph(&self, command: &str, method: Method, path: &str, body: Option<Value>) -> Outcome<Value> {
        let mut request = self.request(command, method, &format!("/v1.0{path}"), &self.graph);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answered(command, request).await
    }

    fn request(&self, command: &str, method: Method, path: &str, token: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.origin))
            .header("user-agent", AGENT)
            .header("accept", "*/*")
            .header("commandname", command)
            .bearer_auth(token)
    }

    async fn form(&self, url: &str, fields: &[(&str, &str)]) -> Outcome<Value> {
        let mut form = vec![("client_id", CLIENT)];
        form.extend(fields);
        answered("az login", self.client.post(url).form(&form)).await
    }
}

async fn answered(what: &str, request: reqwest::RequestBuilder) -> Outcome<Value> {
    let failed = |error: reqwest::Error| format!("{what}: {error}");
    let answer = request.send().await.map_err(failed)?;
    let status = answer.status();
    let body = answer.text().await.map_err(failed)?;
    match status.is_success() {
        true => Ok(serde_json::from_str(&body).unwrap_or_default()),
        false => Err(format!("{what}: {status} {body}")),
    }
}
