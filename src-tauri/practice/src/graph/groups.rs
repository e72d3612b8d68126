//! Groups: those of the directory, which Graph may write, and those of Exchange, which it may only read
//! (microsoft-facts §2.9).

use serde_json::{Map, Value, json};

use super::failure::{Answer, Failure, bad_request, denied, not_found, quota};
use super::group_members::List;
use super::path::Key;
use super::{body, directory_objects, group_members, query, role_management, schema};
use crate::access::bearer::Caller;
use crate::clock::graph_time;
use crate::organisation::Organisation;
use crate::organisation::exchange::Group;
use crate::organisation::graph::{DirectoryGroup, OBJECTS_AT_MOST};
use crate::organisation::ids::new_id;
use crate::people::domains::DEFAULT_DOMAIN;
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
/// Members that Graph takes into one group here.
pub(super) const MEMBERS_AT_MOST: usize = 5_000;

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

/// A group of either kind.
pub(super) enum Found<'a> {
    Directory(&'a DirectoryGroup),
    Exchange(&'a Group),
}

/// The group with this id.
///
/// # Errors
/// 404 when there is none, or it has not replicated yet.
pub(super) fn find<'a>(organisation: &'a Organisation, id: &str) -> Result<Found<'a>, Failure> {
    lookup(organisation, id).ok_or_else(|| not_found(id))
}

/// The group with this id, once it has replicated.
pub(super) fn lookup<'a>(organisation: &'a Organisation, id: &str) -> Option<Found<'a>> {
    let now = organisation.seen_at();
    let objects = &organisation.objects;
    let of_exchange = objects
        .exchange
        .groups
        .iter()
        .find(|group| group.filter.is_none() && group.guid.eq_ignore_ascii_case(id));
    let own = || {
        let mut all = objects.graph.groups.iter();
        all.find(|group| {
            group.deleted.is_none() && now >= group.visible_at && group.id.eq_ignore_ascii_case(id)
        })
    };
    of_exchange
        .map(Found::Exchange)
        .or_else(|| own().map(Found::Directory))
}

/// Whether there is a group with this id.
pub(super) fn exists(organisation: &Organisation, id: &str) -> bool {
    lookup(organisation, id).is_some()
}

/// Whether it is a security group, mail-enabled or not.
pub(super) fn is_security(organisation: &Organisation, id: &str) -> bool {
    match lookup(organisation, id) {
        Some(Found::Exchange(group)) => group.security,
        Some(Found::Directory(group)) => group.writable.get("securityEnabled") == Some(&json!(true)),
        None => false,
    }
}

/// Whether directory roles can be given to the group with this id.
pub(super) fn is_role_assignable(organisation: &Organisation, id: &str) -> bool {
    matches!(lookup(organisation, id), Some(Found::Directory(group))
        if group.writable.get("isAssignableToRole") == Some(&json!(true)))
}

/// The group with this id as Graph shows it.
pub(super) fn shown_by_id(organisation: &Organisation, id: &str) -> Option<Value> {
    lookup(organisation, id).map(|found| match found {
        Found::Exchange(group) => of_exchange(group),
        Found::Directory(group) => of_directory(group),
    })
}

fn empty() -> Value {
    json!({
        "id": null, "deletedDateTime": null, "classification": null, "createdDateTime": null, "description": null,
        "displayName": null, "expirationDateTime": null, "groupTypes": [], "isAssignableToRole": null, "mail": null,
        "mailEnabled": false, "mailNickname": null, "membershipRule": null, "membershipRuleProcessingState": null,
        "onPremisesDomainName": null, "onPremisesLastSyncDateTime": null, "onPremisesNetBiosName": null,
        "onPremisesProvisioningErrors": [], "onPremisesSamAccountName": null, "onPremisesSecurityIdentifier": null,
        "onPremisesSyncEnabled": null, "preferredDataLocation": null, "preferredLanguage": null, "proxyAddresses": [],
        "renewedDateTime": null, "resourceBehaviorOptions": [], "resourceProvisioningOptions": [],
        "securityEnabled": false, "securityIdentifier": null, "serviceProvisioningErrors": [], "theme": null,
        "uniqueName": null, "visibility": null,
    })
}

/// A group of Exchange: mail-enabled, without a type, and to be told apart by `securityEnabled` only.
fn of_exchange(group: &Group) -> Value {
    let mut value = empty();
    value["id"] = json!(group.guid);
    value["createdDateTime"] = json!("2024-02-01T08:00:00Z");
    value["renewedDateTime"] = json!("2024-02-01T08:00:00Z");
    value["displayName"] = json!(group.display_name);
    value["mail"] = json!(group.primary_smtp);
    value["mailEnabled"] = json!(true);
    value["mailNickname"] = json!(group.alias);
    value["proxyAddresses"] = json!([format!("SMTP:{}", group.primary_smtp)]);
    value["securityEnabled"] = json!(group.security);
    if group.unified {
        value["groupTypes"] = json!(["Unified"]);
        value["visibility"] = json!("Private");
    }
    value["securityIdentifier"] = json!(sid(&group.guid));
    value
}

/// A group of the directory as Graph shows it.
pub(super) fn of_directory(group: &DirectoryGroup) -> Value {
    let mut value = empty();
    for (name, inner) in &group.writable {
        value[name] = inner.clone();
    }
    value["id"] = json!(group.id);
    value["createdDateTime"] = json!(graph_time(group.created));
    value["renewedDateTime"] = json!(graph_time(group.created));
    value["deletedDateTime"] = json!(group.deleted.map(graph_time));
    value["securityIdentifier"] = json!(sid(&group.id));
    if group.is_unified() {
        let nickname = group
            .writable
            .get("mailNickname")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let address = format!("{nickname}@{DEFAULT_DOMAIN}");
        value["proxyAddresses"] = json!([format!("SMTP:{address}")]);
        value["mail"] = json!(address);
        value["mailEnabled"] = json!(true);
    }
    value
}

/// The SID that Entra makes of an object id: its four 32-bit parts after `S-1-12-1`.
fn sid(id: &str) -> String {
    let bytes = uuid::Uuid::try_parse(id).unwrap_or_default().to_bytes_le();
    let parts = bytes.chunks_exact(4).map(|part| {
        let number = part
            .iter()
            .rev()
            .fold(0u32, |number, byte| number << 8 | u32::from(*byte));
        number.to_string()
    });
    format!("S-1-12-1-{}", parts.collect::<Vec<_>>().join("-"))
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
            Some(found) if !owners => group_members::member_ids(organisation, &found),
            _ => Vec::new(),
        };
        // Twenty at most come with `$expand`.
        let objects = ids
            .iter()
            .take(20)
            .filter_map(|id| directory_objects::shown(organisation, id));
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
    let members = group_members::bound(organisation, &mut raw, List::Members)?;
    let mut owners = group_members::bound(organisation, &mut raw, List::Owners)?;
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
    let members = group_members::bound(organisation, &mut raw, List::Members)?;
    let owners = group_members::bound(organisation, &mut raw, List::Owners)?;
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
        group_members::extended(&group.members, members, List::Members)?,
        group_members::extended(&group.owners, owners, List::Owners)?,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sid_is_made_of_the_id() {
        assert_eq!(
            sid("00000001-0002-0003-0405-060708090a0b"),
            "S-1-12-1-1-196610-117835012-185207048"
        );
    }
}
