//! Somebody who works beside the wizard, with tools of their own.

use journeys::organisation::client_that_trusts;
use serde_json::{Value, json};

use crate::bench::{Bench, grants};

/// Somebody who works beside the wizard, with tools of their own.
pub struct Colleague<'a> {
    bench: &'a Bench,
    client: reqwest::Client,
    token: String,
}

impl<'a> Colleague<'a> {
    /// Signs in with these scopes, as Microsoft's own tools do.
    pub async fn signs_in(bench: &'a Bench, account: &str, scopes: &str) -> Self {
        // The verifier and its challenge of RFC 7636, appendix B.
        let (verifier, challenge) = (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        );
        let organisation = &bench.organisation;
        let base = format!("{}/{}/oauth2/v2.0", organisation.origin, organisation.tenant);
        let redirect = "http://localhost:51234";
        let asked = [
            ("client_id", organisation.client.as_str()),
            ("response_type", "code"),
            ("redirect_uri", redirect),
            ("scope", scopes),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        let address = url::Url::parse_with_params(&format!("{base}/authorize"), asked).unwrap();
        let location = bench
            .handle
            .answer_sign_in(address.as_str(), account, true)
            .unwrap();
        let location = url::Url::parse(&location).unwrap();
        let code = location
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1
            .into_owned();
        let client = client_that_trusts(Some(&organisation.root)).unwrap();
        let form = [
            ("client_id", organisation.client.as_str()),
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let answer = client
            .post(format!("{base}/token"))
            .form(&form)
            .send()
            .await
            .unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        let token = answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned();
        Self { bench, client, token }
    }

    pub async fn posts(&self, path: &str, body: Value) {
        let address = format!("{}{path}", self.bench.organisation.origin);
        let answer = self
            .client
            .post(address)
            .bearer_auth(&self.token)
            .json(&body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        assert!(status.is_success(), "{status} {}", answer.text().await.unwrap());
    }

    pub async fn runs(&self, cmdlet: &str, parameters: Value) {
        let path = format!("/adminapi/beta/{}/InvokeCommand", self.bench.organisation.tenant);
        let body = json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } });
        self.posts(&path, body).await;
    }
}

impl Bench {
    /// The object id of our app's service principal.
    pub fn our_principal(&self) -> String {
        let principals = self.handle.snapshot().service_principals;
        principals.iter().find(|one| !one.foreign).unwrap().id.clone()
    }

    /// Somebody grants our app mail access to every mailbox, in Entra.
    pub async fn somebody_grants_too_much(&self) {
        const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
        const MAIL_READ: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
        let priya = Colleague::signs_in(
            self,
            "priya.nair@contoso.example",
            "AppRoleAssignment.ReadWrite.All Application.Read.All",
        )
        .await;
        let principals = self.handle.snapshot().service_principals;
        let graph = principals
            .iter()
            .find(|one| one.app_id == GRAPH)
            .unwrap()
            .id
            .clone();
        let ours = self.our_principal();
        let grant = json!({ "principalId": ours, "resourceId": graph, "appRoleId": MAIL_READ });
        priya
            .posts(
                &format!("/v1.0/servicePrincipals/{ours}/appRoleAssignments"),
                grant,
            )
            .await;
        assert_eq!(grants(&self.handle.snapshot()), 1);
    }
}
