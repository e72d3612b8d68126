//! Exchange's application roles through Graph beta, on the same objects as the cmdlets: `roleDefinitions`,
//! `roleAssignments` and `customAppScopes` below `/roleManagement/exchange` (microsoft-facts §4b, last line).
//!
//! The shapes are those of Microsoft's beta reference pages (`rbacapplication-post-roleassignments`, example 5, and
//! `unifiedrbacapplication-post-customappscope`). How an assignment names a custom scope is UNVERIFIED: its bare id and
//! a path that ends in it are both taken here.

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, quota};
use super::path::Key;
use super::{body, query};
use crate::access::bearer::Caller;
use crate::access::change_exchange;
use crate::organisation::Organisation;
use crate::organisation::exchange::{ExchangeObjects, ManagementScope, RoleAssignment};
use crate::organisation::graph::OBJECTS_AT_MOST;
use crate::organisation::ids::{new_id, stable_id};
use crate::people::roles::EXCHANGE_ROLES;
use crate::published::application_roles::{granted_permissions, known_role};
use crate::published::opath;
use crate::wire::{Call, Reply};

const READERS: [&str; 3] = [
    "RoleManagement.Read.Exchange",
    "RoleManagement.ReadWrite.Exchange",
    "RoleManagement.Read.All",
];
const WRITERS: [&str; 1] = ["RoleManagement.ReadWrite.Exchange"];
const BASE: &str = "roleManagement/exchange";

fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

fn may_write(caller: &Caller) -> Result<(), Failure> {
    let may = caller.holds(&WRITERS) && caller.has_role(&EXCHANGE_ROLES);
    may.then_some(()).ok_or_else(denied)
}

fn change(organisation: &mut Organisation, change: impl FnOnce(&mut ExchangeObjects)) {
    let clock = organisation.clock.clone();
    change_exchange(&mut organisation.objects, &organisation.directory, &clock, change);
    organisation.touch();
}

fn role_id(role: &str) -> String {
    stable_id(0, &format!("Exchange role {role}"))
}

fn definition(role: &str) -> Value {
    json!({
        "id": role_id(role),
        "description": format!("Lets an application act with {}.", granted_permissions(role)),
        "displayName": role,
        "isEnabled": true,
        "version": "0.12 (14.0.451.0)",
        "isBuiltIn": true,
        "templateId": null,
        "allowedPrincipalTypes": "servicePrincipal",
        "rolePermissions": [{"allowedResourceActions": [granted_permissions(role)], "excludedResourceActions": [],
            "condition": null}],
    })
}

fn by_role_id(id: &str) -> Option<String> {
    crate::published::application_roles::all_roles().find(|role| role_id(role).eq_ignore_ascii_case(id))
}

/// `GET /roleManagement/exchange/roleDefinitions`.
pub(super) fn definitions(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let all = crate::published::application_roles::all_roles()
        .map(|role| definition(&role))
        .collect();
    query::directory(organisation, call, &format!("{BASE}/roleDefinitions"), "", all)
}

/// `GET /roleManagement/exchange/roleDefinitions/{id}`.
pub(super) fn get_definition(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let role = by_role_id(&key.value).ok_or_else(|| not_found(&key.value))?;
    let context = format!("{BASE}/roleDefinitions/$entity");
    Ok(query::object(
        organisation,
        call,
        200,
        &context,
        definition(&role),
    ))
}

fn assignment(organisation: &Organisation, held: &RoleAssignment) -> Value {
    let scope = held.scope.as_ref().and_then(|name| {
        let mut scopes = organisation.objects.exchange.scopes.iter();
        scopes.find(|scope| scope.name.eq_ignore_ascii_case(name))
    });
    let directory_scope = match (&held.administrative_unit, &held.group_scope) {
        (Some(unit), _) => format!("/AdministrativeUnits/{unit}"),
        (None, Some(group)) => format!("/Groups/{group}"),
        (None, None) => "/".to_owned(),
    };
    json!({
        "id": held.guid,
        "principalId": format!("/ServicePrincipals/{}", held.app),
        "roleDefinitionId": role_id(&held.role),
        "directoryScopeId": directory_scope,
        "appScopeId": scope.map(|scope| &scope.guid),
    })
}

/// `GET /roleManagement/exchange/roleAssignments`.
pub(super) fn assignments(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let held = organisation.objects.exchange.assignments.iter();
    let all = held.map(|held| assignment(organisation, held)).collect();
    query::directory(organisation, call, &format!("{BASE}/roleAssignments"), "", all)
}

/// `GET /roleManagement/exchange/roleAssignments/{id}`.
pub(super) fn get_assignment(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let mut held = organisation.objects.exchange.assignments.iter();
    let found = held
        .find(|held| held.guid.eq_ignore_ascii_case(&key.value))
        .ok_or_else(|| not_found(&key.value))?;
    let context = format!("{BASE}/roleAssignments/$entity");
    let shown = assignment(organisation, found);
    Ok(query::object(organisation, call, 200, &context, shown))
}

fn last(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn required<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, Failure> {
    body.get(name)
        .and_then(Value::as_str)
        .filter(|text| !text.trim().is_empty())
        .ok_or_else(|| bad_request(format!("A value is required for property '{name}'.")))
}

/// `POST /roleManagement/exchange/roleAssignments`. The enterprise application must be known to Exchange already.
pub(super) fn assign(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_write(caller)?;
    let body = body::object(call)?;
    let principal = last(required(&body, "principalId")?);
    let wanted = required(&body, "roleDefinitionId")?;
    let role = by_role_id(wanted)
        .or_else(|| known_role(wanted))
        .ok_or_else(|| not_found(wanted))?;
    let exchange = &organisation.objects.exchange;
    let pointer = exchange
        .service_principals
        .iter()
        .find(|held| {
            held.object_id.eq_ignore_ascii_case(principal) || held.app_id.eq_ignore_ascii_case(principal)
        })
        .ok_or_else(|| not_found(principal))?;
    let scope = match body.get("appScopeId").and_then(Value::as_str) {
        None => None,
        Some(id) => {
            let mut scopes = exchange.scopes.iter();
            let found = scopes.find(|scope| scope.guid.eq_ignore_ascii_case(last(id)));
            Some(found.ok_or_else(|| not_found(id))?.name.clone())
        }
    };
    let directory_scope = body
        .get("directoryScopeId")
        .and_then(Value::as_str)
        .unwrap_or("/");
    let administrative_unit = match directory_scope {
        "/" => None,
        path if path.to_lowercase().starts_with("/administrativeunits/") => {
            let mut units = exchange.administrative_units.iter();
            let unit = units.find(|unit| unit.id.eq_ignore_ascii_case(last(path)));
            Some(unit.ok_or_else(|| not_found(last(path)))?.id.clone())
        }
        path => {
            return Err(bad_request(format!(
                "The directory scope '{path}' is not supported."
            )));
        }
    };
    let name = format!("{}-{}", role, pointer.display_name);
    if exchange
        .assignments
        .iter()
        .any(|held| held.name.eq_ignore_ascii_case(&name))
    {
        return Err(bad_request(format!(
            "The management role assignment \"{name}\" already exists."
        )));
    }
    if exchange.assignments.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let held = RoleAssignment {
        name,
        role,
        app: pointer.object_id.clone(),
        scope,
        group_scope: None,
        administrative_unit,
        guid: new_id(),
    };
    let shown = assignment(organisation, &held);
    change(organisation, |exchange| exchange.assignments.push(held));
    let context = format!("{BASE}/roleAssignments/$entity");
    Ok(query::object(organisation, call, 201, &context, shown))
}

/// `DELETE /roleManagement/exchange/roleAssignments/{id}`.
pub(super) fn unassign(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    may_write(caller)?;
    let same = |held: &RoleAssignment| held.guid.eq_ignore_ascii_case(&key.value);
    if !organisation.objects.exchange.assignments.iter().any(same) {
        return Err(not_found(&key.value));
    }
    change(organisation, |exchange| {
        exchange.assignments.retain(|held| !same(held))
    });
    Ok(Reply::empty(204))
}

fn scope(held: &ManagementScope) -> Value {
    json!({
        "id": held.guid,
        "type": "RecipientScope",
        "displayName": held.name,
        "customAttributes": {"Exclusive": held.exclusive, "RecipientFilter": held.filter},
    })
}

/// `GET /roleManagement/exchange/customAppScopes`.
pub(super) fn scopes(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let all = organisation.objects.exchange.scopes.iter().map(scope).collect();
    query::directory(organisation, call, &format!("{BASE}/customAppScopes"), "", all)
}

fn scope_position(organisation: &Organisation, key: &Key) -> Result<usize, Failure> {
    let mut scopes = organisation.objects.exchange.scopes.iter();
    scopes
        .position(|scope| scope.guid.eq_ignore_ascii_case(&key.value))
        .ok_or_else(|| not_found(&key.value))
}

/// `GET /roleManagement/exchange/customAppScopes/{id}`.
pub(super) fn get_scope(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let found = &organisation.objects.exchange.scopes[scope_position(organisation, key)?];
    let context = format!("{BASE}/customAppScopes/$entity");
    Ok(query::object(organisation, call, 200, &context, scope(found)))
}

/// A member of `customAttributes`, whose names clients write in either case.
fn attribute<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let attributes = body.get("customAttributes")?.as_object()?;
    attributes
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn checked_filter(filter: &str) -> Result<(), Failure> {
    opath::parse(filter)
        .map(|_| ())
        .map_err(|error| bad_request(format!("The recipient filter '{filter}' is not valid: {error}")))
}

fn not_customised(organisation: &Organisation) -> Result<(), Failure> {
    if organisation.objects.exchange.dehydrated {
        return Err(bad_request(
            "The command you tried to run isn't currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.",
        ));
    }
    Ok(())
}

/// `POST /roleManagement/exchange/customAppScopes`.
pub(super) fn create_scope(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    may_write(caller)?;
    not_customised(organisation)?;
    let body = body::object(call)?;
    let name = required(&body, "displayName")?.trim().to_owned();
    if body.get("type").and_then(Value::as_str) != Some("RecipientScope") {
        return Err(bad_request(
            "The only supported value of 'type' is 'RecipientScope'.",
        ));
    }
    let filter = attribute(&body, "RecipientFilter")
        .and_then(Value::as_str)
        .ok_or_else(|| bad_request("A value is required for property 'RecipientFilter'."))?
        .to_owned();
    checked_filter(&filter)?;
    let exclusive = attribute(&body, "Exclusive")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    let scopes = &organisation.objects.exchange.scopes;
    if scopes.iter().any(|held| held.name.eq_ignore_ascii_case(&name)) {
        return Err(bad_request(format!(
            "The management scope \"{name}\" already exists."
        )));
    }
    if scopes.len() >= OBJECTS_AT_MOST {
        return Err(quota());
    }
    let held = ManagementScope {
        name,
        filter,
        guid: new_id(),
        exclusive,
    };
    let shown = scope(&held);
    change(organisation, |exchange| exchange.scopes.push(held));
    let context = format!("{BASE}/customAppScopes/$entity");
    Ok(query::object(organisation, call, 201, &context, shown))
}

/// `PATCH /roleManagement/exchange/customAppScopes/{id}`: another filter or another name.
pub(super) fn update_scope(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
) -> Answer {
    may_write(caller)?;
    let at = scope_position(organisation, key)?;
    let body = body::object(call)?;
    let filter = attribute(&body, "RecipientFilter")
        .and_then(Value::as_str)
        .map(str::to_owned);
    filter.as_deref().map(checked_filter).transpose()?;
    let name = body
        .get("displayName")
        .and_then(Value::as_str)
        .map(|name| name.trim().to_owned());
    let mut scopes = organisation.objects.exchange.scopes.iter().enumerate();
    let taken =
        |name: &String| scopes.any(|(other, held)| other != at && held.name.eq_ignore_ascii_case(name));
    if name.as_ref().is_some_and(taken) {
        return Err(bad_request("Another management scope has this name already."));
    }
    change(organisation, |exchange| {
        if let Some(filter) = filter {
            exchange.scopes[at].filter = filter;
        }
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            let old = std::mem::replace(&mut exchange.scopes[at].name, name.clone());
            let using = exchange.assignments.iter_mut();
            for held in using.filter(|held| held.scope.as_ref() == Some(&old)) {
                held.scope = Some(name.clone());
            }
        }
    });
    Ok(Reply::empty(204))
}

/// `DELETE /roleManagement/exchange/customAppScopes/{id}`; one that an assignment uses stays.
pub(super) fn delete_scope(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    may_write(caller)?;
    let at = scope_position(organisation, key)?;
    let name = &organisation.objects.exchange.scopes[at].name;
    let mut assignments = organisation.objects.exchange.assignments.iter();
    if assignments.any(|held| {
        held.scope
            .as_ref()
            .is_some_and(|scope| scope.eq_ignore_ascii_case(name))
    }) {
        return Err(bad_request(format!(
            "The management scope \"{name}\" can't be removed because it is used by a management role assignment."
        )));
    }
    change(organisation, |exchange| {
        exchange.scopes.remove(at);
    });
    Ok(Reply::empty(204))
}
