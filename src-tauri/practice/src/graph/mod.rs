//! Microsoft Graph v1.0 (microsoft-facts §2). One file per endpoint; this one only finds the right file.

mod app_role_assignments;
pub(crate) mod applications;
mod batch;
mod deleted_items;
mod failure;
mod filter;
mod mail_folders;
mod mailbox_settings;
mod me;
mod messages;
mod organization;
mod passwords;
mod permission_grants;
mod policies;
mod query;
mod send_mail;
mod service_principals;
mod users;

use axum::http::Method;

use crate::bearer::caller;
use crate::organisation::Organisation;
use crate::permissions::GRAPH;
use crate::wire::{Call, Reply, decode};
use failure::{Answer, Failure};

/// How a request names one object of a collection: by id, or by another key such as `appId`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: Option<String>,
    pub(super) value: String,
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step<'a> {
    Name(&'a str),
    Key(Key),
}

/// Answers a request below `/v1.0/`, as the wire sees it.
pub(crate) fn answer(organisation: &mut Organisation, call: &Call) -> Reply {
    let reply = match route(organisation, call) {
        Ok(reply) => reply,
        Err(failure) => failure.reply(organisation, call),
    };
    let id = call.request_id.to_string();
    let client = call.header("client-request-id").unwrap_or(&id).to_owned();
    let date = organisation
        .clock
        .now()
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    reply
        .with("request-id", &id)
        .with("client-request-id", &client)
        .with("date", &date)
        .with("x-ms-ags-diagnostic", r#"{"ServerInfo":{"DataCenter":"Practice","Slice":"E","Ring":"0","ScaleUnit":"000","RoleInstance":"PRACTICE"}}"#)
}

fn route(organisation: &mut Organisation, call: &Call) -> Answer {
    let path = ["/v1.0", "/beta"]
        .into_iter()
        .find_map(|version| call.path.strip_prefix(version))
        .unwrap_or(&call.path);
    let raw: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty())
        .map(decode)
        .collect();
    let steps = steps(&raw);
    // The token comes first of all (microsoft-facts §2.10, order of evaluation).
    let caller = caller(organisation, call, &GRAPH)
        .map_err(|refused| Failure::new(401, "InvalidAuthenticationToken", refused.message()))?;
    use Step::{Key as K, Name as N};
    let get = call.method == Method::GET;
    let post = call.method == Method::POST;
    let patch = call.method == Method::PATCH;
    let delete = call.method == Method::DELETE;
    match steps.as_slice() {
        [N("$batch")] if post => batch::run(organisation, call),
        [N("me")] if get => me::get(organisation, call, &caller),
        [
            N("me"),
            N("transitiveMemberOf"),
            N("microsoft.graph.directoryRole"),
        ] if get => me::roles(organisation, call, &caller),
        [N("organization")] if get => organization::list(organisation, call, &caller),
        [N("organization"), K(key)] if get => organization::get(organisation, call, &caller, key),
        [N("domains")] if get => organization::domains(organisation, call, &caller),
        [N("users")] if get => users::list(organisation, call, &caller),
        [N("users"), N("$count")] if get => users::count(organisation, call, &caller),
        [N("users"), K(key)] if get => users::get(organisation, call, &caller, key),
        [N("users"), K(key), N("mailFolders")] if get => mail_folders::list(organisation, call, &caller, key),
        [N("users"), K(key), N("mailFolders"), K(folder)] if get => {
            mail_folders::get(organisation, call, &caller, key, folder)
        }
        [N("users"), K(key), N("mailFolders"), K(folder), N("messages")] if get => {
            messages::list_in(organisation, call, &caller, key, folder)
        }
        [N("users"), K(key), N("messages")] if get => messages::list(organisation, call, &caller, key),
        [N("users"), K(key), N("messages"), K(message)] if get => {
            messages::get(organisation, call, &caller, key, message)
        }
        [N("users"), K(key), N("sendMail")] if post => send_mail::send(organisation, call, &caller, key),
        [N("users"), K(key), N("mailboxSettings"), N("userPurpose")] if get => {
            mailbox_settings::user_purpose(organisation, call, &caller, key)
        }
        [N("applications")] if get => applications::list(organisation, call, &caller),
        [N("applications")] if post => applications::create(organisation, call, &caller),
        [N("applications"), K(key)] if get => applications::get(organisation, call, &caller, key),
        [N("applications"), K(key)] if patch => applications::update(organisation, call, &caller, key),
        [N("applications"), K(key)] if delete => applications::delete(organisation, &caller, key),
        [N("applications"), K(key), N("addPassword")] if post => {
            passwords::add(organisation, call, &caller, key)
        }
        [N("applications"), K(key), N("removePassword")] if post => {
            passwords::remove(organisation, call, &caller, key)
        }
        [
            N("directory"),
            N("deletedItems"),
            N("microsoft.graph.application"),
        ] if get => deleted_items::list(organisation, call, &caller),
        [N("directory"), N("deletedItems"), K(key)] if get => {
            deleted_items::get(organisation, call, &caller, key)
        }
        [N("directory"), N("deletedItems"), K(key)] if delete => {
            deleted_items::purge(organisation, &caller, key)
        }
        [N("directory"), N("deletedItems"), K(key), N("restore")] if post => {
            deleted_items::restore(organisation, call, &caller, key)
        }
        [N("servicePrincipals")] if get => service_principals::list(organisation, call, &caller),
        [N("servicePrincipals")] if post => service_principals::create(organisation, call, &caller),
        [N("servicePrincipals"), K(key)] if get => service_principals::get(organisation, call, &caller, key),
        [N("servicePrincipals"), K(key)] if delete => service_principals::delete(organisation, &caller, key),
        [N("servicePrincipals"), K(key), N("appRoleAssignments")] if get => {
            app_role_assignments::list(organisation, call, &caller, key)
        }
        [
            N("servicePrincipals"),
            K(key),
            N("appRoleAssignments" | "appRoleAssignedTo"),
        ] if post => app_role_assignments::create(organisation, call, &caller, key),
        [
            N("servicePrincipals"),
            K(_),
            N("appRoleAssignments" | "appRoleAssignedTo"),
            K(id),
        ] if delete => app_role_assignments::delete(organisation, &caller, id),
        [N("oauth2PermissionGrants")] if get => permission_grants::list(organisation, call, &caller),
        [N("oauth2PermissionGrants")] if post => permission_grants::create(organisation, call, &caller),
        [N("oauth2PermissionGrants"), K(id)] if delete => {
            permission_grants::delete(organisation, &caller, id)
        }
        [N("policies"), N("defaultAppManagementPolicy")] if get => {
            policies::app_management(organisation, call, &caller)
        }
        [N("policies"), N("authorizationPolicy")] if get => {
            policies::authorization(organisation, call, &caller)
        }
        [] => Err(failure::bad_request("The request names no resource.")),
        _ => Err(Failure::new(
            400,
            "BadRequest",
            format!(
                "Resource not found for the segment '{}'.",
                raw.last().map(String::as_str).unwrap_or_default()
            ),
        )),
    }
}

/// Splits a path into names and keys. What follows a collection is a key unless it is a type or `$count`.
fn steps(raw: &[String]) -> Vec<Step<'_>> {
    const COLLECTIONS: [&str; 11] = [
        "users",
        "applications",
        "servicePrincipals",
        "appRoleAssignments",
        "appRoleAssignedTo",
        "oauth2PermissionGrants",
        "deletedItems",
        "mailFolders",
        "messages",
        "organization",
        "domains",
    ];
    let mut steps: Vec<Step<'_>> = Vec::new();
    for part in raw {
        let after_collection = matches!(steps.last(), Some(Step::Name(name)) if COLLECTIONS.contains(name));
        if after_collection && !part.starts_with("microsoft.graph.") && part != "$count" {
            steps.push(Step::Key(Key {
                name: None,
                value: part.clone(),
            }));
            continue;
        }
        let keyed = part.strip_suffix(')').and_then(|open| open.split_once('('));
        match keyed {
            Some((name, key)) if COLLECTIONS.contains(&name) => {
                steps.push(Step::Name(name));
                let (key_name, value) = match key.split_once('=') {
                    Some((key_name, value)) if !key.starts_with('\'') => {
                        (Some(key_name.trim().to_owned()), value)
                    }
                    _ => (None, key),
                };
                let value = value.trim();
                let value = value
                    .strip_prefix('\'')
                    .and_then(|value| value.strip_suffix('\''))
                    .unwrap_or(value);
                steps.push(Step::Key(Key {
                    name: key_name,
                    value: value.replace("''", "'"),
                }));
            }
            _ => steps.push(Step::Name(part)),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_every_spelling() {
        let split = |path: &str| {
            let raw: Vec<String> = path.split('/').map(str::to_owned).collect();
            format!("{:?}", steps(&raw))
        };
        assert_eq!(split("applications/1"), split("applications('1')"));
        assert!(split("applications(appId='1')/addPassword").contains(r#"name: Some("appId"), value: "1""#));
        assert!(split("users('o''brien@x')/mailFolders/inbox").contains("o'brien@x"));
        assert!(split("users/a=b@x").contains(r#"name: None, value: "a=b@x""#));
        assert!(
            split("directory/deletedItems/microsoft.graph.application").contains("Name(\"microsoft.graph")
        );
    }
}
