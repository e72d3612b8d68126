//! Another administrator with other tools: what a colleague may do to an app while the wizard isn't looking.
//!
//! Each is the bare call to Graph that a portal or a script would make. How Entra answers is not softened: where a policy
//! forbids it, it fails.

use std::time::Duration;

use practice::Handle;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use crate::Outcome;
use crate::colleague::{Colleague, text};
use crate::eventually::{PATIENCE, eventually};
use crate::organisation::{Organisation, client_that_trusts, code_in};

/// An app and its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Object id of the registration.
    pub object: String,
    /// Client id.
    pub client: String,
    /// Object id of the service principal.
    pub principal: String,
}

/// A secret as Entra tells it once.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeSecret {
    /// Its key id.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// How long a colleague lets pass between two looks at what isn't shown yet.
const STEP: Duration = Duration::from_secs(1);

/// The verifier and its challenge of RFC 7636, appendix B. Practice checks that they fit, and nobody else could use them.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
/// Nothing listens there: practice hands the code to us and not to a browser.
const REDIRECT: &str = "http://localhost:50001";

/// A token for Graph of a person who signs in with these scopes, each as Graph names it.
///
/// # Errors
/// What Entra answers instead.
pub async fn token_of(handle: &Handle, account: &str, scopes: &[&str]) -> Outcome<String> {
    let organisation = Organisation::from(handle);
    let base = format!("{}/{}/oauth2/v2.0", organisation.origin, organisation.tenant);
    let scopes = scopes.join(" ");
    let asked = [
        ("client_id", organisation.client.as_str()),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", scopes.as_str()),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let page =
        Url::parse_with_params(&format!("{base}/authorize"), asked).map_err(|error| error.to_string())?;
    let back = handle.answer_sign_in(page.as_str(), account, true)?;
    let code = code_in(&back)?;
    let form = [
        ("client_id", organisation.client.as_str()),
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let client = client_that_trusts(Some(&organisation.root))?;
    let answer = client.post(format!("{base}/token")).form(&form).send().await;
    let answer = answer.map_err(|error| error.to_string())?;
    let body: Value = answer.json().await.map_err(|error| error.to_string())?;
    text(Some(&body), "access_token").ok_or_else(|| format!("no token: {body}"))
}

impl Colleague {
    /// The same tools in the hands of a person who signs in with these scopes: what they may not do is refused.
    ///
    /// # Errors
    /// What Entra answers to the sign-in.
    pub async fn in_hands_of(&self, handle: &Handle, account: &str, scopes: &[&str]) -> Outcome<Self> {
        Ok(self.holding(&token_of(handle, account, scopes).await?))
    }

    /// Registers an app as its portal does, with a service principal. `pass` lets this much of the organisation's time
    /// pass, and does nothing where time goes by itself.
    ///
    /// # Errors
    /// What Entra answers; where it doesn't show in half a minute what was made.
    pub async fn register(&self, name: &str, pass: impl Fn(Duration)) -> Outcome<Registered> {
        let app = self
            .graph(Method::POST, "applications", Some(json!({ "displayName": name })))
            .await?;
        let id = |value: &Value, field: &str| text(Some(value), field).ok_or_else(|| format!("no {field}"));
        let (object, client) = (id(&app, "id")?, id(&app, "appId")?);
        let principal = eventually("the service principal", PATIENCE, async || {
            pass(STEP);
            let body = json!({ "appId": client });
            self.graph(Method::POST, "servicePrincipals", Some(body))
                .await
                .ok()
        })
        .await?;
        let principal = id(&principal, "id")?;
        eventually("the app to be shown", PATIENCE, async || {
            pass(STEP);
            let path = format!("servicePrincipals/{principal}");
            self.graph(Method::GET, &path, None).await.ok()
        })
        .await?;
        Ok(Registered {
            object,
            client,
            principal,
        })
    }

    /// Adds a secret of that name to a registration. Entra refuses it for its first seconds.
    ///
    /// # Errors
    /// What Entra answers, such as that a policy forbids secrets.
    pub async fn add_secret(&self, object: &str, name: &str) -> Outcome<MadeSecret> {
        let body = json!({ "passwordCredential": { "displayName": name } });
        let made = self
            .graph(
                Method::POST,
                &format!("applications/{object}/addPassword"),
                Some(body),
            )
            .await?;
        match (text(Some(&made), "keyId"), text(Some(&made), "secretText")) {
            (Some(key), Some(value)) => Ok(MadeSecret { key, value }),
            _ => Err("no secret in the answer".into()),
        }
    }

    /// Removes a secret, whoever made it.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn remove_secret(&self, object: &str, key: &str) -> Outcome {
        let path = format!("applications/{object}/removePassword");
        self.graph(Method::POST, &path, Some(json!({ "keyId": key })))
            .await
            .map(drop)
    }

    /// The key ids of a registration's secrets.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn secrets(&self, object: &str) -> Outcome<Vec<String>> {
        let path = format!("applications/{object}?$select=id,passwordCredentials");
        let app = self.graph(Method::GET, &path, None).await?;
        let held = app.get("passwordCredentials").and_then(Value::as_array);
        Ok(held
            .into_iter()
            .flatten()
            .filter_map(|held| text(Some(held), "keyId"))
            .collect())
    }

    /// Makes somebody an owner of a registration, by object id.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn add_owner(&self, object: &str, person: &str) -> Outcome {
        let body =
            json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{person}") });
        let path = format!("applications/{object}/owners/$ref");
        self.graph(Method::POST, &path, Some(body)).await.map(drop)
    }

    /// Switches an app off or on again: off, its key is answered with AADSTS7000112.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn switch(&self, principal: &str, on: bool) -> Outcome {
        let path = format!("servicePrincipals/{principal}");
        self.graph(Method::PATCH, &path, Some(json!({ "accountEnabled": on })))
            .await
            .map(drop)
    }

    /// Deletes a registration. It can be restored for 30 days.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn delete_app(&self, object: &str) -> Outcome {
        self.graph(Method::DELETE, &format!("applications/{object}"), None)
            .await
            .map(drop)
    }

    /// Restores a deleted registration, and then the service principal that went with it: the one doesn't bring the other.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn restore_app(&self, app: &Registered) -> Outcome {
        for id in [&app.object, &app.principal] {
            let path = format!("directory/deletedItems/{id}/restore");
            self.graph(Method::POST, &path, None).await?;
        }
        Ok(())
    }

    /// Lets the organisation's policy forbid new secrets. Those that are there go on working.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn forbid_secrets(&self) -> Outcome {
        self.restrict(json!([restriction("passwordAddition", Value::Null)]), json!([]))
            .await
    }

    /// Lets the organisation's policy refuse secrets that live longer than so many days.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn shorten_secrets(&self, days: u32) -> Outcome {
        let longest = restriction("passwordLifetime", format!("P{days}D").into());
        self.restrict(json!([longest]), json!([])).await
    }

    /// Lets the organisation's policy refuse certificates that live longer than so many days.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn shorten_certificates(&self, days: u32) -> Outcome {
        let longest = restriction("asymmetricKeyLifetime", format!("P{days}D").into());
        self.restrict(json!([]), json!([longest])).await
    }

    /// Lets the organisation's policy restrict certificates in a way for which Graph's v1.0 has no name.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn restrict_certificates(&self) -> Outcome {
        let other = restriction("unknownFutureValue", Value::Null);
        self.restrict(json!([]), json!([other])).await
    }

    /// Takes every restriction of secrets away.
    ///
    /// # Errors
    /// What Entra answers.
    pub async fn allow_secrets(&self) -> Outcome {
        self.restrict(json!([]), json!([])).await
    }

    async fn restrict(&self, passwords: Value, keys: Value) -> Outcome {
        let body = json!({ "isEnabled": true,
            "applicationRestrictions": { "passwordCredentials": passwords, "keyCredentials": keys } });
        self.graph(Method::PATCH, "policies/defaultAppManagementPolicy", Some(body))
            .await
            .map(drop)
    }
}

fn restriction(kind: &str, longest: Value) -> Value {
    json!({ "restrictionType": kind, "state": "enabled", "maxLifetime": longest,
        "restrictForAppsCreatedAfterDateTime": "2019-01-01T00:00:00Z" })
}
