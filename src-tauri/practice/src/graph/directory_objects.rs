//! What is asked of any object of the directory by its id: the object, and everything that holds it.

use serde_json::{Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found};
use super::objects::any::{kind, shown};
use super::objects::{directory_role, group, service_principal, user};
use super::path::Key;
use super::{body, group_members, query};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::people::directory::IdKind;
use crate::wire::Call;

/// Who may read every kind of object.
const READERS: [&str; 3] = [
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "Directory.AccessAsUser.All",
];
/// Microsoft's own limit of ids in one request.
const IDS_AT_MOST: usize = 1_000;

fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

/// `GET /directoryObjects/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    let object = shown(organisation, &key.value).ok_or_else(|| not_found(&key.value))?;
    Ok(query::object(
        organisation,
        call,
        200,
        "directoryObjects/$entity",
        object,
    ))
}

/// `POST /directoryObjects/getByIds`: the objects that exist, of the asked types.
pub(super) fn by_ids(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let body = body::object(call)?;
    let texts = |name: &str| -> Option<Vec<&str>> {
        let items = body.get(name)?.as_array()?;
        items.iter().map(Value::as_str).collect()
    };
    let ids = texts("ids").ok_or_else(|| bad_request("The required parameter 'ids' is missing."))?;
    if ids.len() > IDS_AT_MOST {
        return Err(bad_request(format!(
            "The number of ids exceeds the maximum of {IDS_AT_MOST}."
        )));
    }
    if let Some(bad) = ids.iter().find(|id| uuid::Uuid::try_parse(id).is_err()) {
        return Err(bad_request(format!("Invalid GUID:{bad}")));
    }
    let types = texts("types").unwrap_or_default();
    let wanted = |kind: &str| {
        types.is_empty()
            || types.iter().any(|wanted| {
                wanted.eq_ignore_ascii_case(kind) || wanted.eq_ignore_ascii_case("directoryObject")
            })
    };
    let objects = ids
        .into_iter()
        .filter(|id| kind(organisation, id).is_some_and(wanted))
        .filter_map(|id| shown(organisation, id))
        .collect();
    query::directory(organisation, call, "directoryObjects", "", objects)
}

/// What a membership is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    User,
    ServicePrincipal,
    Group,
    Object,
}

/// The id of the object whose memberships a request means.
fn holder(organisation: &Organisation, caller: &Caller, of: Of, key: &Key) -> Result<String, Failure> {
    let id = match of {
        Of::User => {
            user::find(organisation, &key.value).map(|at| organisation.directory.id(IdKind::Directory, at))
        }
        Of::ServicePrincipal => {
            let at = service_principal::find(organisation, key)?;
            Some(organisation.objects.service_principals[at].id.clone())
        }
        Of::Group => group::exists(organisation, &key.value).then(|| key.value.clone()),
        Of::Object => kind(organisation, &key.value).map(|_| key.value.clone()),
    };
    let own = id.as_deref() == Some(caller.id()) && caller.holds(&["User.Read"]);
    let also: &[&str] = match of {
        Of::User => &[
            "User.Read.All",
            "User.ReadWrite.All",
            "GroupMember.Read.All",
            "Group.Read.All",
        ],
        Of::ServicePrincipal => &["Application.Read.All", "Application.ReadWrite.All"],
        Of::Group | Of::Object => &["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All"],
    };
    if !own && !caller.holds(&READERS) && !caller.holds(also) {
        return Err(denied());
    }
    id.ok_or_else(|| not_found(&key.value))
}

/// The groups and active roles that hold an object, directly or through groups.
fn memberships(organisation: &Organisation, id: &str, transitive: bool) -> Vec<String> {
    let mut held = group_members::holding(organisation, id, transitive);
    let mut roles = organisation.active_roles(id);
    if transitive {
        // That a role held by a group is listed for its members too is UNVERIFIED.
        roles.extend(held.iter().flat_map(|group| organisation.active_roles(group)));
    }
    for role in roles.iter().map(directory_role::role_id) {
        if !held.contains(&role) {
            held.push(role);
        }
    }
    held
}

/// `GET …/memberOf` and `…/transitiveMemberOf`, with the type that a cast asks for.
pub(super) fn member_of(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
    transitive: bool,
    cast: Option<&str>,
) -> Answer {
    let id = holder(organisation, caller, of, key)?;
    // A cast is an advanced query: it needs the header and the count (microsoft-facts §2.8).
    if cast.is_some()
        && !(query::eventual(call) && query::wants_count(call) || call.path.ends_with("/$count"))
    {
        return Err(super::failure::unsupported_query(
            "Request with $count and OData cast needs the header 'ConsistencyLevel: eventual'.",
        ));
    }
    let held = memberships(organisation, &id, transitive);
    let objects: Vec<Value> = held
        .iter()
        .filter(|id| cast.is_none() || kind(organisation, id) == cast)
        .filter_map(|id| shown(organisation, id))
        .collect();
    let (context, kind) = match cast {
        Some("directoryRole") => ("directoryRoles", "directoryRole"),
        Some("group") => ("groups", "group"),
        _ => ("directoryObjects", ""),
    };
    query::directory(organisation, call, context, kind, objects)
}

/// `POST …/checkMemberGroups` and `…/checkMemberObjects`: which of the given ids hold the object.
pub(super) fn check(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
    parameter: &str,
) -> Answer {
    let id = holder(organisation, caller, of, key)?;
    let body = body::object(call)?;
    let asked = body
        .get(parameter)
        .and_then(Value::as_array)
        .filter(|asked| asked.iter().all(Value::is_string) && asked.len() <= 20)
        .ok_or_else(|| bad_request(format!("Invalid value specified for parameter '{parameter}'.")))?;
    let held = memberships(organisation, &id, true);
    let found: Value = asked
        .iter()
        .filter(|asked| {
            held.iter().any(|held| {
                asked
                    .as_str()
                    .is_some_and(|asked| asked.eq_ignore_ascii_case(held))
            })
        })
        .cloned()
        .collect();
    Ok(query::value(organisation, call, "Collection(Edm.String)", found))
}

/// `POST …/getMemberGroups` and `…/getMemberObjects`: the ids of everything that holds the object.
pub(super) fn memberships_of(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    of: Of,
    key: &Key,
    groups_only: bool,
) -> Answer {
    let id = holder(organisation, caller, of, key)?;
    let body = body::object(call)?;
    let security_only = body
        .get("securityEnabledOnly")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    let held = memberships(organisation, &id, true);
    let wanted = |id: &&String| match kind(organisation, id) {
        Some("group") => !security_only || group::is_security(organisation, id),
        _ => !groups_only,
    };
    let found: Value = held.iter().filter(wanted).map(|id| json!(id)).collect();
    Ok(query::value(organisation, call, "Collection(Edm.String)", found))
}
