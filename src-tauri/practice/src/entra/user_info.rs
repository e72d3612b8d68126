//! `/oidc/userinfo`: who an access token for Microsoft Graph speaks for (OpenID Connect Core, "UserInfo").

use serde_json::{Value, json};

use super::accounts;
use super::claims::pairwise;
use crate::access::bearer::{Caller, caller};
use crate::organisation::Organisation;
use crate::published::permissions::GRAPH;
use crate::wire::{Call, Reply, text};

/// Answers with the claims that the scopes of the token allow.
pub(super) fn answer(organisation: &Organisation, call: &Call) -> Reply {
    let refused = |message: &str| {
        let body = json!({"error": {"code": "InvalidAuthenticationToken", "message": message}});
        Reply::json(401, &body).with("www-authenticate", "Bearer error=\"invalid_token\"")
    };
    let found = match caller(organisation, call, &GRAPH) {
        Ok(found) => found,
        Err(error) => return refused(error.message()),
    };
    let Caller::Person { id, .. } = &found else {
        return refused("The token is not of a person.");
    };
    if !found.holds(&["openid"]) {
        let body =
            json!({"error": {"code": "AccessDenied", "message": "The token lacks the scope 'openid'."}});
        return Reply::json(403, &body);
    }
    let Some(account) = accounts::by_id(organisation, id) else {
        return refused("The account is gone.");
    };
    let client = call
        .bearer()
        .and_then(|token| organisation.token_key.verify(token))
        .and_then(|claims: Value| text(&claims, "appid").map(str::to_owned))
        .unwrap_or_default();
    let mut body = json!({"sub": pairwise(&account.id, &client)});
    if found.holds(&["profile"]) {
        body["name"] = json!(account.display_name);
        body["family_name"] = json!(account.surname);
        body["given_name"] = json!(account.given_name);
        body["picture"] = json!("https://graph.microsoft.com/v1.0/me/photo/$value");
    }
    if found.holds(&["email"]) {
        body["email"] = json!(account.address);
    }
    Reply::json(200, &body)
}
