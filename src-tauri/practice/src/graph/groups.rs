//! Groups: those of the directory, which Graph may write, and those of Exchange, which it may only read
//! (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, quota};
use super::group_lists::{self, List, MEMBERS_AT_MOST};
use super::objects::any;
use super::objects::group::{Found, find, lookup, of_directory, of_exchange, shown_by_id};
use super::path::Key;
use super::{body, query, role_management, schema};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::graph::{DirectoryGroup, OBJECTS_AT_MOST};
use crate::organisation::ids::new_id;
use crate::people::roles::{GLOBAL_ADMINISTRATOR, Role, role_by_template};
use crate::wire::{Call, Reply};

const READERS: [&str; 6] = [
    "Group.Read.All",
    "Group.ReadWrite.All",
    "GroupMember.Read.All",
    "GroupMember.ReadWrite.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
];
const WRITERS: [&str; 2] = ["Group.ReadWrite.All", "Directory.ReadWrite.All"];
const GROUPS_ADMINISTRATOR: &str = "fdd7a751-b60b-444a-984c-02652fe8fa1c";
/// Refuses who may not read groups.
pub(super) fn may_read(caller: &Caller) -> Result<(), Failure> {
    caller.holds(&READERS).then_some(()).ok_or_else(denied)
}

fn administrators() -> Vec<Role> {
    let mut roles = vec![GLOBAL_ADMINISTRATOR];
    roles.extend(role_by_template(GROUPS_ADMINISTRATOR));
    roles
}

/// 400: Exchange's groups cannot be changed through Graph (microsoft-facts §2.9).
fn exchange_owned() -> Failure {
    bad_request("Cannot Update a mail-enabled security groups and or distribution list.")
}

/// `GET /groups` and `/groups/$count`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read(caller)?;
    let now = organisation.seen_at();
    let own = organisation
        .objects
        .graph
        .groups
        .iter()
        .filter(|group| group.deleted.is_none() && now >= group.visible_at)
        .map(of_directory);
    let all = organisation
        .objects
        .exchange
        .groups
        .iter()
        .filter(|group| group.filter.is_none())
        .map(of_exchange)
        .chain(own);
    let all = all.map(|shown| expand(organisation, call, shown)).collect();
    query::directory(organisation, call, "groups", "group", all)
}

fn expand(organisation: &Organisation, call: &Call, mut shown: Value) -> Value {
    let id = shown
        .get("id")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    for (name, owners) in [("members", false), ("owners", true)] {
        let Some(names) = query::expands(call, name) else {
            continue;
        };
        let ids = match lookup(organisation, &id) {
            Some(Found::Directory(group)) if owners => group.owners.clone(),
            Some(found) if !owners => group_lists::member_ids(organisation, &found),
            _ => Vec::new(),
        };
        // Twenty at most come with `$expand`.
        let objects = ids.iter().take(20).filter_map(|id| any::shown(organisation, id));
        shown[name] = objects
            .map(|object| match &names {
                Some(names) => query::only(object, names),
                None => object,
            })
            .collect();
    }
    shown
}

/// `GET /groups/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read(caller)?;
    query::check_names(call, "group")?;
    let shown = shown_by_id(organisation, &key.value).ok_or_else(|| not_found(&key.value))?;
    let shown = expand(organisation, call, shown);
    Ok(query::object(organisation, call, 200, "groups/$entity", shown))
}

/// Whether the caller may change a group of the directory: with a role, or because it is theirs.
pub(super) fn may_change(caller: &Caller, group: &DirectoryGroup) -> bool {
    let owner = group.owners.iter().any(|owner| owner == caller.id());
    caller.holds(&WRITERS) && (owner || caller.has_role(&administrators()))
}

/// The position of a group that the caller may change.
pub(super) fn own_position(
    organisation: &Organisation,
    caller: &Caller,
    permissions: &[&str],
    key: &Key,
) -> Result<usize, Failure> {
    if !caller.holds(permissions) {
        return Err(denied());
    }
    let id = match find(organisation, &key.value)? {
        Found::Exchange(_) => return Err(exchange_owned()),
        Found::Directory(group) => group.id.clone(),
    };
    let mut all = organisation.objects.graph.groups.iter();
    let at = all
        .position(|group| group.id == id)
        .ok_or_else(|| not_found(&id))?;
    let owner = organisation.objects.graph.groups[at]
        .owners
        .iter()
        .any(|owner| owner == caller.id());
    let may = owner || caller.has_role(&administrators());
    may.then_some(at).ok_or_else(denied)
}

/// What a caller may write, checked.
fn writable(body: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    const WRITABLE: [&str; 15] = [
        "classification",
        "description",
        "displayName",
        "groupTypes",
        "isAssignableToRole",
        "mailEnabled",
        "mailNickname",
        "membershipRule",
        "membershipRuleProcessingState",
        "preferredDataLocation",
        "preferredLanguage",
        "securityEnabled",
        "theme",
        "uniqueName",
        "visibility",
    ];
    let body = schema::checked("group", body)?;
    match body.keys().find(|name| !WRITABLE.contains(&name.as_str())) {
        Some(name) => Err(bad_request(format!(
            "Property '{name}' is read-only and cannot be set."
        ))),
        None => Ok(body),
    }
}

/// Whether a body describes a group that only Exchange makes.
fn is_exchanges(body: &Map<String, Value>) -> bool {
    let unified = body
        .get("groupTypes")
        .and_then(Value::as_array)
        .is_some_and(|kinds| kinds.iter().any(|kind| kind == "Unified"));
    body.get("mailEnabled") == Some(&json!(true)) && !unified
}

/// `POST /groups`: a security group or a Microsoft 365 group.
pub(super) fn create(organisation: &mut Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&WRITERS) && !caller.holds(&["Group.Create"]) {
        return Err(denied());
    }
    let mut raw = body::object(call)?;
    let members = group_lists::bound(organisation, &mut raw, List::Members)?;
    let mut owners = group_lists::bound(organisation, &mut raw, List::Owners)?;
    // How Exchange is to set up a Microsoft 365 group can be said only here (Graph's documentation of
    // `resourceBehaviorOptions`).
    let behaviour = raw.remove("resourceBehaviorOptions");
    let mut body = writable(raw)?;
    if let Some(behaviour) = behaviour {
        let named = Map::from_iter([("resourceBehaviorOptions".to_owned(), behaviour)]);
        body.append(&mut schema::checked("group", named)?);
    }
    for required in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        if body.get(required).is_none_or(Value::is_null) {
            return Err(bad_request(format!(
                "A value is required for property '{required}' of resource 'Group'."
            )));
        }
    }
    if is_exchanges(&body) {
        // The words of microsoft-graph-docs issue 372.
        return Err(bad_request(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
        ));
    }
    if body.get("isAssignableToRole") == Some(&json!(true)) {
        // Who gives roles may make such a group, and only one for security (entra docs, `groups-create-eligible`; the
        // words of the refusal are UNVERIFIED).
        role_management::may_assign(caller)?;
        if body.get("securityEnabled") != Some(&json!(true)) {
            return Err(bad_request(
                "A group that roles can be assigned to has to be security-enabled.",
            ));
        }
    }
    if organisation.objects.graph.groups.len() >= OBJECTS_AT_MOST || members.len() > MEMBERS_AT_MOST {
        return Err(quota());
    }
    if body.get("groupTypes").is_none() {
        body.insert("groupTypes".into(), json!([]));
    }
    if !owners.iter().any(|owner| owner == caller.id()) {
        owners.push(caller.id().to_owned());
    }
    let group = DirectoryGroup {
        id: new_id(),
        created: organisation.clock.now(),
        visible_at: organisation.visible_at(),
        deleted: None,
        writable: body,
        members,
        owners,
    };
    let shown = of_directory(&group);
    organisation.objects.graph.groups.push(group);
    organisation.touch();
    Ok(query::object(organisation, call, 201, "groups/$entity", shown))
}

/// `PATCH /groups/{id}`. `members@odata.bind` and `owners@odata.bind` add up to 20 each.
pub(super) fn update(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let at = own_position(organisation, caller, &WRITERS, key)?;
    let mut raw = body::object(call)?;
    let members = group_lists::bound(organisation, &mut raw, List::Members)?;
    let owners = group_lists::bound(organisation, &mut raw, List::Owners)?;
    let mut body = writable(raw)?;
    if body.contains_key("isAssignableToRole") {
        // Said when the group is made and never again (graph docs, `group`).
        return Err(bad_request(
            "Property 'isAssignableToRole' is read-only and cannot be set.",
        ));
    }
    let mut merged = organisation.objects.graph.groups[at].writable.clone();
    merged.append(&mut body);
    if is_exchanges(&merged) {
        return Err(bad_request(
            "The service does not currently support writes of mail-enabled groups.",
        ));
    }
    let group = &mut organisation.objects.graph.groups[at];
    let (new_members, new_owners) = (
        group_lists::extended(&group.members, members, List::Members)?,
        group_lists::extended(&group.owners, owners, List::Owners)?,
    );
    group.members = new_members;
    group.owners = new_owners;
    group.writable = merged;
    organisation.touch();
    Ok(Reply::empty(204))
}

/// `DELETE /groups/{id}`: a Microsoft 365 group can be restored for 30 days, a security group is gone.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key) -> Answer {
    let at = own_position(organisation, caller, &WRITERS, key)?;
    let now = organisation.clock.now();
    let groups = &mut organisation.objects.graph.groups;
    if groups[at].is_unified() {
        groups[at].deleted = Some(now);
    } else {
        groups.remove(at);
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
