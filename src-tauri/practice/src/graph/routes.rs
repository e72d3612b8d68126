//! Every endpoint of Graph that this organisation answers: one line for each method and path.

use super::failure::{Answer, Failure};
use super::path::{Key, Step, fit};
use super::{
    app_role_assignments, applications, batch, deleted_items, mail_folders, mailbox_settings, me, messages,
    organization, passwords, permission_grants, policies, send_mail, service_principals, users,
};
use crate::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::Call;

/// What answers a request: it gets the keys of the path in their order.
type Handler = fn(&mut Organisation, &Call, &Caller, &[Key]) -> Answer;

/// One endpoint.
pub(super) struct Route {
    pub(super) method: &'static str,
    /// The path below the version; `{…}` is a key. `/me/…` is `/users/{id}/…`.
    pub(super) template: &'static str,
    pub(super) handler: Handler,
}

const fn route(method: &'static str, template: &'static str, handler: Handler) -> Route {
    Route {
        method,
        template,
        handler,
    }
}

/// The endpoints that exist in v1.0 and in beta.
#[rustfmt::skip]
const ROUTES: &[Route] = &[
    route("POST", "/$batch", |o, call, _, _| batch::run(o, call)),
    route("GET", "/organization", |o, call, who, _| organization::list(o, call, who)),
    route("GET", "/organization/{id}", |o, call, who, keys| organization::get(o, call, who, &keys[0])),
    route("GET", "/domains", |o, call, who, _| organization::domains(o, call, who)),

    route("GET", "/users", |o, call, who, _| users::list(o, call, who)),
    route("GET", "/users/$count", |o, call, who, _| users::count(o, call, who)),
    route("GET", "/users/{id}", |o, call, who, keys| users::get(o, call, who, &keys[0])),
    route("GET", "/users/{id}/transitiveMemberOf/microsoft.graph.directoryRole", |o, call, who, keys| me::roles(o, call, who, &keys[0])),

    // Mail.
    route("GET", "/users/{id}/mailFolders", |o, call, who, keys| mail_folders::list(o, call, who, &keys[0])),
    route("GET", "/users/{id}/mailFolders/{id}", |o, call, who, keys| mail_folders::get(o, call, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/mailFolders/{id}/messages", |o, call, who, keys| messages::list_in(o, call, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/messages", |o, call, who, keys| messages::list(o, call, who, &keys[0])),
    route("GET", "/users/{id}/messages/{id}", |o, call, who, keys| messages::get(o, call, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/sendMail", |o, call, who, keys| send_mail::send(o, call, who, &keys[0])),
    route("GET", "/users/{id}/mailboxSettings/userPurpose", |o, call, who, keys| mailbox_settings::user_purpose(o, call, who, &keys[0])),

    route("GET", "/applications", |o, call, who, _| applications::list(o, call, who)),
    route("POST", "/applications", |o, call, who, _| applications::create(o, call, who)),
    route("GET", "/applications/{id}", |o, call, who, keys| applications::get(o, call, who, &keys[0])),
    route("PATCH", "/applications/{id}", |o, call, who, keys| applications::update(o, call, who, &keys[0])),
    route("DELETE", "/applications/{id}", |o, _, who, keys| applications::delete(o, who, &keys[0])),
    route("POST", "/applications/{id}/addPassword", |o, call, who, keys| passwords::add(o, call, who, &keys[0])),
    route("POST", "/applications/{id}/removePassword", |o, call, who, keys| passwords::remove(o, call, who, &keys[0])),

    route("GET", "/directory/deletedItems/microsoft.graph.application", |o, call, who, _| deleted_items::list(o, call, who)),
    route("GET", "/directory/deletedItems/{id}", |o, call, who, keys| deleted_items::get(o, call, who, &keys[0])),
    route("DELETE", "/directory/deletedItems/{id}", |o, _, who, keys| deleted_items::purge(o, who, &keys[0])),
    route("POST", "/directory/deletedItems/{id}/restore", |o, call, who, keys| deleted_items::restore(o, call, who, &keys[0])),

    route("GET", "/servicePrincipals", |o, call, who, _| service_principals::list(o, call, who)),
    route("POST", "/servicePrincipals", |o, call, who, _| service_principals::create(o, call, who)),
    route("GET", "/servicePrincipals/{id}", |o, call, who, keys| service_principals::get(o, call, who, &keys[0])),
    route("DELETE", "/servicePrincipals/{id}", |o, _, who, keys| service_principals::delete(o, who, &keys[0])),
    route("GET", "/servicePrincipals/{id}/appRoleAssignments", |o, call, who, keys| app_role_assignments::list(o, call, who, &keys[0])),
    route("POST", "/servicePrincipals/{id}/appRoleAssignments", |o, call, who, keys| app_role_assignments::create(o, call, who, &keys[0])),
    route("POST", "/servicePrincipals/{id}/appRoleAssignedTo", |o, call, who, keys| app_role_assignments::create(o, call, who, &keys[0])),
    route("DELETE", "/servicePrincipals/{id}/appRoleAssignments/{id}", |o, _, who, keys| app_role_assignments::delete(o, who, &keys[1])),
    route("DELETE", "/servicePrincipals/{id}/appRoleAssignedTo/{id}", |o, _, who, keys| app_role_assignments::delete(o, who, &keys[1])),

    route("GET", "/oauth2PermissionGrants", |o, call, who, _| permission_grants::list(o, call, who)),
    route("POST", "/oauth2PermissionGrants", |o, call, who, _| permission_grants::create(o, call, who)),
    route("DELETE", "/oauth2PermissionGrants/{id}", |o, _, who, keys| permission_grants::delete(o, who, &keys[0])),

    route("GET", "/policies/defaultAppManagementPolicy", |o, call, who, _| policies::app_management(o, call, who)),
    route("GET", "/policies/authorizationPolicy", |o, call, who, _| policies::authorization(o, call, who)),
];

/// The endpoints that exist in beta only.
const BETA_ROUTES: &[Route] = &[];

/// The endpoints of a version.
pub(super) fn of_version(beta: bool) -> impl Iterator<Item = &'static Route> {
    let beta_only = if beta { BETA_ROUTES } else { &[] };
    ROUTES.iter().chain(beta_only)
}

/// The endpoint that a path and method name, with the keys of the path.
///
/// # Errors
/// 400 for a path that no endpoint has, naming the first segment that is unknown; 405 for a method that the path does
/// not take.
pub(super) fn find(beta: bool, method: &str, steps: &[Step]) -> Result<(&'static Route, Vec<Key>), Failure> {
    let mut fitting: Vec<(&Route, Vec<Key>)> = Vec::new();
    let mut deepest = 0;
    for route in of_version(beta) {
        match fit(route.template, steps) {
            Ok(keys) => fitting.push((route, keys)),
            Err(depth) => deepest = deepest.max(depth),
        }
    }
    // A name is more exact than a key: `/users/$count` is not the user called "$count".
    let fewest = fitting.iter().map(|(_, keys)| keys.len()).min();
    fitting.retain(|(_, keys)| Some(keys.len()) == fewest);
    if fitting.is_empty() {
        return Err(unknown_segment(steps, deepest));
    }
    fitting
        .into_iter()
        .find(|(route, _)| route.method == method)
        .ok_or_else(|| {
            Failure::new(
                405,
                "Request_BadRequest",
                "Specified HTTP method is not allowed for the request target.",
            )
        })
}

fn unknown_segment(steps: &[Step], depth: usize) -> Failure {
    let name = match steps.get(depth).or(steps.last()) {
        Some(Step::Text(text)) => text.clone(),
        Some(Step::Key(key)) => key.value.clone(),
        None => String::new(),
    };
    Failure::new(
        400,
        "BadRequest",
        format!("Resource not found for the segment '{name}'."),
    )
}

#[cfg(test)]
mod tests {
    use super::super::path::steps;
    use super::*;

    fn found(method: &str, path: &str) -> Result<&'static str, (u16, String)> {
        find(false, method, &steps(path))
            .map(|(route, _)| route.template)
            .map_err(|failure| (failure.status, failure.message))
    }

    #[test]
    fn a_name_goes_before_a_key() {
        assert_eq!(found("GET", "/users/$count"), Ok("/users/$count"));
        assert_eq!(found("GET", "/users/1"), Ok("/users/{id}"));
        assert_eq!(found("GET", "/USERS('1')"), Ok("/users/{id}"));
    }

    #[test]
    fn what_does_not_exist_is_named() {
        assert_eq!(
            found("GET", "/users/1/shoes"),
            Err((400, "Resource not found for the segment 'shoes'.".into()))
        );
        assert_eq!(found("PUT", "/users/1").map_err(|error| error.0), Err(405));
    }

    #[test]
    fn no_endpoint_is_written_down_twice() {
        let mut all: Vec<_> = of_version(true)
            .map(|route| (route.method, route.template))
            .collect();
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(before, all.len());
    }
}
