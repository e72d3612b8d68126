//! Somebody else with other tools: changes the organisation by calls of their own, past the wizard.

use calls::Call;
use calls::slot::Ids;
use practice::Handle;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Outcome;
use crate::organisation::client_that_trusts;
use crate::powershell::Line;

/// A colleague who may do everything.
pub struct Colleague {
    client: Client,
    origin: String,
    tenant: String,
    graph: String,
    exchange: String,
}

impl Colleague {
    /// Signs in with the organisation's administering application.
    pub async fn of(handle: &Handle) -> Outcome<Self> {
        let client = client_that_trusts(Some(handle.root_certificate_pem()))?;
        let mut colleague = Self {
            client,
            origin: handle.origin().to_owned(),
            tenant: handle.tenant_id().to_owned(),
            graph: String::new(),
            exchange: String::new(),
        };
        let (id, secret) = (handle.admin_client_id(), handle.admin_client_secret());
        colleague.graph = colleague
            .token(id, secret, "https://graph.microsoft.com/.default")
            .await?;
        colleague.exchange = colleague
            .token(id, secret, "https://outlook.office365.com/.default")
            .await?;
        Ok(colleague)
    }

    /// The tokens that the calls are made with: for Graph and for Exchange.
    pub fn tokens(&self) -> (&str, &str) {
        (&self.graph, &self.exchange)
    }

    /// The same tools in the hands of whoever holds this token for Graph.
    pub fn holding(&self, token: &str) -> Self {
        Self {
            client: self.client.clone(),
            origin: self.origin.clone(),
            tenant: self.tenant.clone(),
            graph: token.to_owned(),
            exchange: String::new(),
        }
    }

    /// Sends a call of a plan, and keeps the ids that it gives. Its answer's body.
    pub async fn send(&self, call: &Call, ids: &mut Ids) -> Outcome<Value> {
        let filled = call
            .filled(ids)
            .map_err(|slot| format!("{slot:?} isn't known yet"))?;
        let (method, uri, headers, body) = match Line::of(&filled) {
            Line::Cmdlet { name, parameters } => return self.run(&name, parameters).await.map(Value::Array),
            Line::Graph {
                method,
                uri,
                headers,
                body,
                ..
            } => (method, uri, headers, body),
        };
        let method = method.parse::<Method>().map_err(|error| error.to_string())?;
        let path = uri.strip_prefix("v1.0/").ok_or("another version")?;
        let body = (!body.is_null()).then_some(body);
        let answer = self.graph_with(method, path, &headers, body).await?;
        let gives = match call {
            Call::Graph(request) => request.gives,
            Call::Exchange(_) => &[],
        };
        for (slot, field) in gives {
            let whole = || answer.get(field).map(Value::to_string);
            let given = text(Some(&answer), field)
                .or_else(whole)
                .ok_or_else(|| format!("{uri} gave no {field}"))?;
            ids.insert(*slot, given);
        }
        Ok(answer)
    }

    /// A token of any app.
    ///
    /// # Errors
    /// What Microsoft answers instead.
    pub async fn token(&self, id: &str, secret: &str, scope: &str) -> Outcome<String> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", secret),
            ("scope", scope),
        ];
        let answer = self
            .client
            .post(format!("{}/{}/oauth2/v2.0/token", self.origin, self.tenant))
            .form(&form)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let body: Value = answer.json().await.map_err(|error| error.to_string())?;
        body.get("access_token")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| format!("no token: {body}"))
    }

    /// A call to Graph, below `/v1.0/`. Its answer's body, or what Graph said against it.
    pub async fn graph(&self, method: Method, path: &str, body: Option<Value>) -> Outcome<Value> {
        self.graph_with(method, path, &Value::Null, body).await
    }

    /// The same with further headers, as an object.
    pub async fn graph_with(
        &self,
        method: Method,
        path: &str,
        headers: &Value,
        body: Option<Value>,
    ) -> Outcome<Value> {
        let mut request = self
            .client
            .request(method.clone(), format!("{}/v1.0/{path}", self.origin))
            .bearer_auth(&self.graph);
        for (name, value) in headers.as_object().into_iter().flatten() {
            request = request.header(name, value.as_str().unwrap_or_default());
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        told(&format!("{method} {path}"), request.send().await).await
    }

    /// A cmdlet.
    pub async fn run(&self, cmdlet: &str, parameters: Value) -> Outcome<Vec<Value>> {
        let request = self
            .client
            .post(format!(
                "{}/adminapi/beta/{}/InvokeCommand",
                self.origin, self.tenant
            ))
            .bearer_auth(&self.exchange)
            .header("x-anchormailbox", "UPN:dana.reyes@contoso.example")
            .json(&json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } }));
        let body = told(cmdlet, request.send().await).await?;
        Ok(body
            .get("value")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default())
    }

    /// The object id of a mailbox.
    pub async fn mailbox(&self, address: &str) -> Outcome<String> {
        let found = self.run("Get-Recipient", json!({ "Identity": address })).await?;
        text(found.first(), "ExternalDirectoryObjectId").ok_or_else(|| format!("no mailbox {address}"))
    }

    /// The object id of an API's service principal, by the API's application id.
    pub async fn api(&self, app_id: &str) -> Outcome<Value> {
        self.graph(Method::GET, &format!("servicePrincipals(appId='{app_id}')"), None)
            .await
    }

    /// Grants an app role of an API to the app whose service principal this is.
    pub async fn grant(&self, principal: &str, api: &str, role: &str) -> Outcome {
        let api = self.api(api).await?;
        let roles = api
            .get("appRoles")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let role = roles
            .iter()
            .find(|one| one.get("value").and_then(Value::as_str) == Some(role))
            .and_then(|one| text(Some(one), "id"))
            .ok_or_else(|| format!("no app role {role}"))?;
        let body =
            json!({ "principalId": principal, "resourceId": text(Some(&api), "id"), "appRoleId": role });
        let path = format!("servicePrincipals/{principal}/appRoleAssignments");
        self.graph(Method::POST, &path, Some(body)).await.map(drop)
    }
}

/// A field's text.
pub fn text(value: Option<&Value>, field: &str) -> Option<String> {
    value?.get(field)?.as_str().map(str::to_owned)
}

async fn told(what: &str, answer: Result<reqwest::Response, reqwest::Error>) -> Outcome<Value> {
    let answer = answer.map_err(|error| format!("{what}: {error}"))?;
    let status = answer.status();
    let body = answer.text().await.map_err(|error| format!("{what}: {error}"))?;
    if status.is_success() {
        Ok(serde_json::from_str(&body).unwrap_or_default())
    } else {
        Err(format!("{what}: {status} {body}"))
    }
}
