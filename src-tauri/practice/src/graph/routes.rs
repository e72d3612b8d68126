//! Every endpoint of Graph that this organisation answers: one line for each method and path.

use super::app_role_assignments::{self, Side};
use super::deleted_items::{self, Of as Deleted};
use super::directory_objects::{self, Of as Holder};
use super::failure::{Answer, Failure};
use super::group_lists::List;
use super::objects::owners::Of;
use super::path::{Key, Step, fit, is_beta};
use super::replies::Kind;
use super::role_management::{self, Instances};
use super::{
    administrative_units, applications, attachments, calendar, contacts, directory_roles, exchange_roles,
    federated_credentials, group_members, groups, keys, licences, mail_folders, mailbox_settings,
    message_delta, messages, organization, owners, passwords, permission_grants, policies, replies,
    send_mail, service_document, service_principals, sign_in_log, user_search, users,
};
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::Call;

/// What answers a request: it gets the keys of the path in their order.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// A request of its own.
    Alone(fn(&mut Organisation, &Call, &Caller, &[Key]) -> Answer),
    /// A batch, whose parts somebody else answers.
    Batch,
}

/// One endpoint.
pub(super) struct Route {
    pub(super) method: &'static str,
    /// The path below the version; `{…}` is a key. `/me/…` is `/users/{id}/…`.
    pub(super) template: &'static str,
    pub(super) handler: Handler,
}

const fn route(
    method: &'static str,
    template: &'static str,
    handler: fn(&mut Organisation, &Call, &Caller, &[Key]) -> Answer,
) -> Route {
    Route {
        method,
        template,
        handler: Handler::Alone(handler),
    }
}

/// The endpoints that exist in v1.0 and in beta.
#[rustfmt::skip]
const ROUTES: &[Route] = &[
    route("GET", "/", |o, call, _, _| service_document::root(o, call, sets(is_beta(call)))),
    route("GET", "/$metadata", |_, _, _, _| service_document::metadata()),
    Route { method: "POST", template: "/$batch", handler: Handler::Batch },

    route("GET", "/organization", |o, call, who, _| organization::list(o, call, who)),
    route("GET", "/organization/{id}", |o, call, who, keys| organization::get(o, call, who, &keys[0])),
    route("GET", "/domains", |o, call, who, _| organization::domains(o, call, who)),
    route("GET", "/domains/{id}", |o, call, who, keys| organization::get_domain(o, call, who, &keys[0])),
    route("GET", "/domains/{id}/verificationDnsRecords", |o, call, who, keys| organization::verification_records(o, call, who, &keys[0])),
    route("GET", "/subscribedSkus", |o, call, who, _| licences::skus(o, call, who)),

    route("GET", "/users", |o, call, who, _| user_search::list(o, call, who)),
    route("GET", "/users/$count", |o, call, who, _| user_search::list(o, call, who)),
    route("GET", "/users/{id}", |o, call, who, keys| users::get(o, call, who, &keys[0])),
    route("PATCH", "/users/{id}", |o, call, who, keys| users::update(o, call, who, &keys[0])),
    route("DELETE", "/users/{id}", |o, _, who, keys| users::delete(o, who, &keys[0])),
    route("POST", "/users/{id}/revokeSignInSessions", |o, call, who, keys| users::revoke(o, call, who, &keys[0])),
    route("GET", "/users/{id}/licenseDetails", |o, call, who, keys| users::license_details(o, call, who, &keys[0])),
    route("GET", "/users/{id}/ownedObjects", |o, call, who, keys| users::owned(o, call, who, &keys[0])),
    route("GET", "/users/{id}/oauth2PermissionGrants", |o, call, who, keys| permission_grants::of_user(o, call, who, &keys[0])),
    route("GET", "/users/{id}/appRoleAssignments", |o, call, who, keys| app_role_assignments::of_user(o, call, who, &keys[0])),
    route("GET", "/users/{id}/memberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], false, None)),
    route("GET", "/users/{id}/memberOf/microsoft.graph.directoryRole", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], false, Some("directoryRole"))),
    route("GET", "/users/{id}/memberOf/microsoft.graph.group", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], false, Some("group"))),
    route("GET", "/users/{id}/transitiveMemberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], true, None)),
    route("GET", "/users/{id}/transitiveMemberOf/microsoft.graph.directoryRole", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], true, Some("directoryRole"))),
    route("GET", "/users/{id}/transitiveMemberOf/microsoft.graph.group", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::User, &keys[0], true, Some("group"))),
    route("POST", "/users/{id}/checkMemberGroups", |o, call, who, keys| directory_objects::check(o, call, who, Holder::User, &keys[0], "groupIds")),
    route("POST", "/users/{id}/checkMemberObjects", |o, call, who, keys| directory_objects::check(o, call, who, Holder::User, &keys[0], "ids")),
    route("POST", "/users/{id}/getMemberGroups", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::User, &keys[0], true)),
    route("POST", "/users/{id}/getMemberObjects", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::User, &keys[0], false)),

    // Mail.
    route("GET", "/users/{id}/mailFolders", |o, call, who, keys| mail_folders::list(o, call, who, &keys[0])),
    route("POST", "/users/{id}/mailFolders", |o, call, who, keys| mail_folders::create(o, call, who, &keys[0], None)),
    route("GET", "/users/{id}/mailFolders/{id}", |o, call, who, keys| mail_folders::get(o, call, who, &keys[0], &keys[1])),
    route("PATCH", "/users/{id}/mailFolders/{id}", |o, call, who, keys| mail_folders::update(o, call, who, &keys[0], &keys[1])),
    route("DELETE", "/users/{id}/mailFolders/{id}", |o, _, who, keys| mail_folders::delete(o, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/mailFolders/{id}/move", |o, call, who, keys| mail_folders::move_to(o, call, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/mailFolders/{id}/childFolders", |o, call, who, keys| mail_folders::children(o, call, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/mailFolders/{id}/childFolders", |o, call, who, keys| mail_folders::create(o, call, who, &keys[0], Some(&keys[1]))),
    route("GET", "/users/{id}/mailFolders/{id}/messages", |o, call, who, keys| messages::list(o, call, who, &keys[0], Some(&keys[1]))),
    route("POST", "/users/{id}/mailFolders/{id}/messages", |o, call, who, keys| messages::create(o, call, who, &keys[0], Some(&keys[1]))),
    route("GET", "/users/{id}/mailFolders/{id}/messages/$count", |o, call, who, keys| messages::count(o, call, who, &keys[0], Some(&keys[1]))),
    route("GET", "/users/{id}/mailFolders/{id}/messages/delta", |o, call, who, keys| message_delta::page(o, call, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/mailFolders/{id}/messages/{id}", |o, call, who, keys| messages::get(o, call, who, &keys[0], &keys[2])),
    route("PATCH", "/users/{id}/mailFolders/{id}/messages/{id}", |o, call, who, keys| messages::update(o, call, who, &keys[0], &keys[2])),
    route("DELETE", "/users/{id}/mailFolders/{id}/messages/{id}", |o, _, who, keys| messages::delete(o, who, &keys[0], &keys[2])),
    route("GET", "/users/{id}/messages", |o, call, who, keys| messages::list(o, call, who, &keys[0], None)),
    route("POST", "/users/{id}/messages", |o, call, who, keys| messages::create(o, call, who, &keys[0], None)),
    route("GET", "/users/{id}/messages/$count", |o, call, who, keys| messages::count(o, call, who, &keys[0], None)),
    route("GET", "/users/{id}/messages/{id}", |o, call, who, keys| messages::get(o, call, who, &keys[0], &keys[1])),
    route("PATCH", "/users/{id}/messages/{id}", |o, call, who, keys| messages::update(o, call, who, &keys[0], &keys[1])),
    route("DELETE", "/users/{id}/messages/{id}", |o, _, who, keys| messages::delete(o, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/messages/{id}/$value", |o, _, who, keys| messages::mime(o, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/messages/{id}/move", |o, call, who, keys| messages::transfer(o, call, who, &keys[0], &keys[1], true)),
    route("POST", "/users/{id}/messages/{id}/copy", |o, call, who, keys| messages::transfer(o, call, who, &keys[0], &keys[1], false)),
    route("POST", "/users/{id}/messages/{id}/send", |o, _, who, keys| send_mail::send_draft(o, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/messages/{id}/reply", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::Reply, false)),
    route("POST", "/users/{id}/messages/{id}/replyAll", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::ReplyAll, false)),
    route("POST", "/users/{id}/messages/{id}/forward", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::Forward, false)),
    route("POST", "/users/{id}/messages/{id}/createReply", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::Reply, true)),
    route("POST", "/users/{id}/messages/{id}/createReplyAll", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::ReplyAll, true)),
    route("POST", "/users/{id}/messages/{id}/createForward", |o, call, who, keys| replies::answer(o, call, who, keys, Kind::Forward, true)),
    route("GET", "/users/{id}/messages/{id}/attachments", |o, call, who, keys| attachments::list(o, call, who, &keys[0], &keys[1])),
    route("POST", "/users/{id}/messages/{id}/attachments", |o, call, who, keys| attachments::add(o, call, who, &keys[0], &keys[1])),
    route("GET", "/users/{id}/messages/{id}/attachments/{id}", |o, call, who, keys| attachments::get(o, call, who, &keys[0], &keys[1], &keys[2])),
    route("DELETE", "/users/{id}/messages/{id}/attachments/{id}", |o, _, who, keys| attachments::delete(o, who, &keys[0], &keys[1], &keys[2])),
    route("GET", "/users/{id}/messages/{id}/attachments/{id}/$value", |o, _, who, keys| attachments::value(o, who, &keys[0], &keys[1], &keys[2])),
    route("POST", "/users/{id}/sendMail", |o, call, who, keys| send_mail::send(o, call, who, &keys[0])),
    route("GET", "/users/{id}/calendar", |o, call, who, keys| calendar::get(o, call, who, &keys[0])),
    route("GET", "/users/{id}/contacts", |o, call, who, keys| contacts::list(o, call, who, &keys[0])),
    route("GET", "/users/{id}/mailboxSettings", |o, call, who, keys| mailbox_settings::get(o, call, who, &keys[0])),
    route("PATCH", "/users/{id}/mailboxSettings", |o, call, who, keys| mailbox_settings::update(o, call, who, &keys[0])),
    route("GET", "/users/{id}/mailboxSettings/automaticRepliesSetting", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "automaticRepliesSetting")),
    route("GET", "/users/{id}/mailboxSettings/dateFormat", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "dateFormat")),
    route("GET", "/users/{id}/mailboxSettings/delegateMeetingMessageDeliveryOptions", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "delegateMeetingMessageDeliveryOptions")),
    route("GET", "/users/{id}/mailboxSettings/language", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "language")),
    route("GET", "/users/{id}/mailboxSettings/timeFormat", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "timeFormat")),
    route("GET", "/users/{id}/mailboxSettings/timeZone", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "timeZone")),
    route("GET", "/users/{id}/mailboxSettings/userPurpose", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "userPurpose")),
    route("GET", "/users/{id}/mailboxSettings/workingHours", |o, call, who, keys| mailbox_settings::one(o, call, who, &keys[0], "workingHours")),

    route("GET", "/applications", |o, call, who, _| applications::list(o, call, who)),
    route("GET", "/applications/$count", |o, call, who, _| applications::list(o, call, who)),
    route("POST", "/applications", |o, call, who, _| applications::create(o, call, who)),
    route("GET", "/applications/{id}", |o, call, who, keys| applications::get(o, call, who, &keys[0])),
    route("PATCH", "/applications/{id}", |o, call, who, keys| applications::update(o, call, who, &keys[0])),
    route("DELETE", "/applications/{id}", |o, _, who, keys| applications::delete(o, who, &keys[0])),
    route("POST", "/applications/{id}/addPassword", |o, call, who, keys| passwords::add(o, call, who, Of::Application, &keys[0])),
    route("POST", "/applications/{id}/removePassword", |o, call, who, keys| passwords::remove(o, call, who, Of::Application, &keys[0])),
    route("POST", "/applications/{id}/addKey", |o, call, who, keys| keys::add(o, call, who, Of::Application, &keys[0])),
    route("POST", "/applications/{id}/removeKey", |o, call, who, keys| keys::remove(o, call, who, Of::Application, &keys[0])),
    route("GET", "/applications/{id}/owners", |o, call, who, keys| owners::list(o, call, who, Of::Application, &keys[0])),
    route("POST", "/applications/{id}/owners/$ref", |o, call, who, keys| owners::add(o, call, who, Of::Application, &keys[0])),
    route("DELETE", "/applications/{id}/owners/{id}/$ref", |o, _, who, keys| owners::remove(o, who, Of::Application, &keys[0], &keys[1])),
    route("GET", "/applications/{id}/appManagementPolicies", |o, call, who, keys| policies::of_application(o, call, who, &keys[0])),
    route("POST", "/applications/{id}/appManagementPolicies/$ref", |o, call, who, keys| policies::link(o, call, who, &keys[0])),
    route("DELETE", "/applications/{id}/appManagementPolicies/{id}/$ref", |o, _, who, keys| policies::unlink(o, who, &keys[0], &keys[1])),
    route("GET", "/applications/{id}/federatedIdentityCredentials", |o, call, who, keys| federated_credentials::list(o, call, who, &keys[0])),
    route("POST", "/applications/{id}/federatedIdentityCredentials", |o, call, who, keys| federated_credentials::create(o, call, who, &keys[0])),
    route("GET", "/applications/{id}/federatedIdentityCredentials/{id}", |o, call, who, keys| federated_credentials::get(o, call, who, &keys[0], &keys[1])),
    route("PATCH", "/applications/{id}/federatedIdentityCredentials/{id}", |o, call, who, keys| federated_credentials::update(o, call, who, &keys[0], &keys[1])),
    route("DELETE", "/applications/{id}/federatedIdentityCredentials/{id}", |o, _, who, keys| federated_credentials::delete(o, who, &keys[0], &keys[1])),

    route("GET", "/directory/deletedItems/microsoft.graph.application", |o, call, who, _| deleted_items::list(o, call, who, Deleted::Application)),
    route("GET", "/directory/deletedItems/microsoft.graph.servicePrincipal", |o, call, who, _| deleted_items::list(o, call, who, Deleted::ServicePrincipal)),
    route("GET", "/directory/deletedItems/microsoft.graph.group", |o, call, who, _| deleted_items::list(o, call, who, Deleted::Group)),
    route("GET", "/directory/deletedItems/microsoft.graph.user", |o, call, who, _| deleted_items::list(o, call, who, Deleted::User)),
    route("GET", "/directory/deletedItems/{id}", |o, call, who, keys| deleted_items::get(o, call, who, &keys[0])),
    route("DELETE", "/directory/deletedItems/{id}", |o, _, who, keys| deleted_items::purge(o, who, &keys[0])),
    route("POST", "/directory/deletedItems/{id}/restore", |o, call, who, keys| deleted_items::restore(o, call, who, &keys[0])),

    route("GET", "/servicePrincipals", |o, call, who, _| service_principals::list(o, call, who)),
    route("GET", "/servicePrincipals/$count", |o, call, who, _| service_principals::list(o, call, who)),
    route("POST", "/servicePrincipals", |o, call, who, _| service_principals::create(o, call, who)),
    route("GET", "/servicePrincipals/{id}", |o, call, who, keys| service_principals::get(o, call, who, &keys[0])),
    route("PATCH", "/servicePrincipals/{id}", |o, call, who, keys| service_principals::update(o, call, who, &keys[0])),
    route("DELETE", "/servicePrincipals/{id}", |o, _, who, keys| service_principals::delete(o, who, &keys[0])),
    route("POST", "/servicePrincipals/{id}/addPassword", |o, call, who, keys| passwords::add(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("POST", "/servicePrincipals/{id}/removePassword", |o, call, who, keys| passwords::remove(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("POST", "/servicePrincipals/{id}/addKey", |o, call, who, keys| keys::add(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("POST", "/servicePrincipals/{id}/removeKey", |o, call, who, keys| keys::remove(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("GET", "/servicePrincipals/{id}/owners", |o, call, who, keys| owners::list(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("POST", "/servicePrincipals/{id}/owners/$ref", |o, call, who, keys| owners::add(o, call, who, Of::ServicePrincipal, &keys[0])),
    route("DELETE", "/servicePrincipals/{id}/owners/{id}/$ref", |o, _, who, keys| owners::remove(o, who, Of::ServicePrincipal, &keys[0], &keys[1])),
    route("GET", "/servicePrincipals/{id}/ownedObjects", |o, call, who, keys| service_principals::owned(o, call, who, &keys[0])),
    route("GET", "/servicePrincipals/{id}/oauth2PermissionGrants", |o, call, who, keys| service_principals::grants(o, call, who, &keys[0])),
    route("GET", "/servicePrincipals/{id}/memberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::ServicePrincipal, &keys[0], false, None)),
    route("GET", "/servicePrincipals/{id}/transitiveMemberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::ServicePrincipal, &keys[0], true, None)),
    route("GET", "/servicePrincipals/{id}/appRoleAssignments", |o, call, who, keys| app_role_assignments::list(o, call, who, Side::Principal, &keys[0])),
    route("GET", "/servicePrincipals/{id}/appRoleAssignedTo", |o, call, who, keys| app_role_assignments::list(o, call, who, Side::Resource, &keys[0])),
    route("POST", "/servicePrincipals/{id}/appRoleAssignments", |o, call, who, keys| app_role_assignments::create(o, call, who, &keys[0])),
    route("POST", "/servicePrincipals/{id}/appRoleAssignedTo", |o, call, who, keys| app_role_assignments::create(o, call, who, &keys[0])),
    route("GET", "/servicePrincipals/{id}/appRoleAssignments/{id}", |o, call, who, keys| app_role_assignments::get(o, call, who, Side::Principal, &keys[0], &keys[1])),
    route("GET", "/servicePrincipals/{id}/appRoleAssignedTo/{id}", |o, call, who, keys| app_role_assignments::get(o, call, who, Side::Resource, &keys[0], &keys[1])),
    route("DELETE", "/servicePrincipals/{id}/appRoleAssignments/{id}", |o, _, who, keys| app_role_assignments::delete(o, who, &keys[1])),
    route("DELETE", "/servicePrincipals/{id}/appRoleAssignedTo/{id}", |o, _, who, keys| app_role_assignments::delete(o, who, &keys[1])),

    route("GET", "/oauth2PermissionGrants", |o, call, who, _| permission_grants::list(o, call, who)),
    route("POST", "/oauth2PermissionGrants", |o, call, who, _| permission_grants::create(o, call, who)),
    route("GET", "/oauth2PermissionGrants/{id}", |o, call, who, keys| permission_grants::get(o, call, who, &keys[0])),
    route("PATCH", "/oauth2PermissionGrants/{id}", |o, call, who, keys| permission_grants::update(o, call, who, &keys[0])),
    route("DELETE", "/oauth2PermissionGrants/{id}", |o, _, who, keys| permission_grants::delete(o, who, &keys[0])),

    route("GET", "/groups", |o, call, who, _| groups::list(o, call, who)),
    route("GET", "/groups/$count", |o, call, who, _| groups::list(o, call, who)),
    route("POST", "/groups", |o, call, who, _| groups::create(o, call, who)),
    route("GET", "/groups/{id}", |o, call, who, keys| groups::get(o, call, who, &keys[0])),
    route("PATCH", "/groups/{id}", |o, call, who, keys| groups::update(o, call, who, &keys[0])),
    route("DELETE", "/groups/{id}", |o, _, who, keys| groups::delete(o, who, &keys[0])),
    route("GET", "/groups/{id}/members", |o, call, who, keys| group_members::members(o, call, who, &keys[0], false, None)),
    route("GET", "/groups/{id}/members/$count", |o, call, who, keys| group_members::members(o, call, who, &keys[0], false, None)),
    route("GET", "/groups/{id}/members/microsoft.graph.user", |o, call, who, keys| group_members::members(o, call, who, &keys[0], false, Some("user"))),
    route("GET", "/groups/{id}/members/microsoft.graph.group", |o, call, who, keys| group_members::members(o, call, who, &keys[0], false, Some("group"))),
    route("GET", "/groups/{id}/transitiveMembers", |o, call, who, keys| group_members::members(o, call, who, &keys[0], true, None)),
    route("GET", "/groups/{id}/transitiveMembers/$count", |o, call, who, keys| group_members::members(o, call, who, &keys[0], true, None)),
    route("GET", "/groups/{id}/transitiveMembers/microsoft.graph.user", |o, call, who, keys| group_members::members(o, call, who, &keys[0], true, Some("user"))),
    route("POST", "/groups/{id}/members/$ref", |o, call, who, keys| group_members::add(o, call, who, &keys[0], List::Members)),
    route("DELETE", "/groups/{id}/members/{id}/$ref", |o, _, who, keys| group_members::remove(o, who, &keys[0], &keys[1], List::Members)),
    route("GET", "/groups/{id}/owners", |o, call, who, keys| group_members::owners(o, call, who, &keys[0], None)),
    route("GET", "/groups/{id}/owners/microsoft.graph.user", |o, call, who, keys| group_members::owners(o, call, who, &keys[0], Some("user"))),
    route("POST", "/groups/{id}/owners/$ref", |o, call, who, keys| group_members::add(o, call, who, &keys[0], List::Owners)),
    route("DELETE", "/groups/{id}/owners/{id}/$ref", |o, _, who, keys| group_members::remove(o, who, &keys[0], &keys[1], List::Owners)),
    route("GET", "/groups/{id}/memberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::Group, &keys[0], false, None)),
    route("POST", "/groups/{id}/checkMemberGroups", |o, call, who, keys| directory_objects::check(o, call, who, Holder::Group, &keys[0], "groupIds")),
    route("POST", "/groups/{id}/checkMemberObjects", |o, call, who, keys| directory_objects::check(o, call, who, Holder::Group, &keys[0], "ids")),
    route("POST", "/groups/{id}/getMemberGroups", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::Group, &keys[0], true)),
    route("POST", "/groups/{id}/getMemberObjects", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::Group, &keys[0], false)),
    route("POST", "/servicePrincipals/{id}/checkMemberGroups", |o, call, who, keys| directory_objects::check(o, call, who, Holder::ServicePrincipal, &keys[0], "groupIds")),
    route("POST", "/servicePrincipals/{id}/checkMemberObjects", |o, call, who, keys| directory_objects::check(o, call, who, Holder::ServicePrincipal, &keys[0], "ids")),
    route("POST", "/servicePrincipals/{id}/getMemberGroups", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::ServicePrincipal, &keys[0], true)),
    route("POST", "/servicePrincipals/{id}/getMemberObjects", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::ServicePrincipal, &keys[0], false)),
    route("GET", "/groups/{id}/transitiveMemberOf", |o, call, who, keys| directory_objects::member_of(o, call, who, Holder::Group, &keys[0], true, None)),

    route("GET", "/directory/administrativeUnits", |o, call, who, _| administrative_units::list(o, call, who)),
    route("GET", "/directory/administrativeUnits/{id}", |o, call, who, keys| administrative_units::get(o, call, who, &keys[0])),
    route("GET", "/directory/administrativeUnits/{id}/members", |o, call, who, keys| administrative_units::members(o, call, who, &keys[0])),

    route("GET", "/directoryObjects/{id}", |o, call, who, keys| directory_objects::get(o, call, who, &keys[0])),
    route("POST", "/directoryObjects/getByIds", |o, call, who, _| directory_objects::by_ids(o, call, who)),
    route("POST", "/directoryObjects/{id}/checkMemberGroups", |o, call, who, keys| directory_objects::check(o, call, who, Holder::Object, &keys[0], "groupIds")),
    route("POST", "/directoryObjects/{id}/checkMemberObjects", |o, call, who, keys| directory_objects::check(o, call, who, Holder::Object, &keys[0], "ids")),
    route("POST", "/directoryObjects/{id}/getMemberGroups", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::Object, &keys[0], true)),
    route("POST", "/directoryObjects/{id}/getMemberObjects", |o, call, who, keys| directory_objects::memberships_of(o, call, who, Holder::Object, &keys[0], false)),

    route("GET", "/directoryRoles", |o, call, who, _| directory_roles::list(o, call, who)),
    route("GET", "/directoryRoles/{id}", |o, call, who, keys| directory_roles::get(o, call, who, &keys[0])),
    route("POST", "/directoryRoles", |o, call, who, _| directory_roles::activate(o, call, who)),
    route("POST", "/directoryRoles/{id}/members/$ref", |o, call, who, keys| directory_roles::add(o, call, who, &keys[0])),
    route("DELETE", "/directoryRoles/{id}/members/{id}/$ref", |o, _, who, keys| directory_roles::remove(o, who, &keys[0], &keys[1])),
    route("GET", "/directoryRoles/{id}/members", |o, call, who, keys| directory_roles::members(o, call, who, &keys[0])),
    route("GET", "/directoryRoleTemplates", |o, call, who, _| directory_roles::templates(o, call, who)),
    route("GET", "/directoryRoleTemplates/{id}", |o, call, who, keys| directory_roles::get_template(o, call, who, &keys[0])),
    route("GET", "/roleManagement/directory/roleDefinitions", |o, call, who, _| role_management::definitions(o, call, who)),
    route("GET", "/roleManagement/directory/roleDefinitions/{id}", |o, call, who, keys| role_management::get_definition(o, call, who, &keys[0])),
    route("GET", "/roleManagement/directory/roleAssignments", |o, call, who, _| role_management::assignments(o, call, who)),
    route("POST", "/roleManagement/directory/roleAssignments", |o, call, who, _| role_management::assign(o, call, who)),
    route("GET", "/roleManagement/directory/roleAssignments/{id}", |o, call, who, keys| role_management::get_assignment(o, call, who, &keys[0])),
    route("DELETE", "/roleManagement/directory/roleAssignments/{id}", |o, _, who, keys| role_management::unassign(o, who, &keys[0])),
    route("GET", "/roleManagement/directory/roleEligibilityScheduleInstances", |o, call, who, _| role_management::instances(o, call, who, Instances::Eligible, None)),
    route("GET", "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser/{on}", |o, call, who, keys| role_management::instances(o, call, who, Instances::Eligible, Some(&keys[0]))),
    route("GET", "/roleManagement/directory/roleAssignmentScheduleInstances", |o, call, who, _| role_management::instances(o, call, who, Instances::Assigned, None)),
    route("GET", "/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser/{on}", |o, call, who, keys| role_management::instances(o, call, who, Instances::Assigned, Some(&keys[0]))),
    route("GET", "/roleManagement/directory/roleAssignmentScheduleRequests", |o, call, who, _| role_management::requests(o, call, who)),
    route("POST", "/roleManagement/directory/roleAssignmentScheduleRequests", |o, call, who, _| role_management::make_request(o, call, who)),
    route("GET", "/roleManagement/directory/roleAssignmentScheduleRequests/{id}", |o, call, who, keys| role_management::get_request(o, call, who, &keys[0])),

    route("GET", "/policies/defaultAppManagementPolicy", |o, call, who, _| policies::app_management(o, call, who)),
    route("PATCH", "/policies/defaultAppManagementPolicy", |o, call, who, _| policies::update_app_management(o, call, who)),
    route("GET", "/policies/appManagementPolicies", |o, call, who, _| policies::list(o, call, who)),
    route("POST", "/policies/appManagementPolicies", |o, call, who, _| policies::create(o, call, who)),
    route("GET", "/policies/appManagementPolicies/{id}", |o, call, who, keys| policies::get(o, call, who, &keys[0])),
    route("PATCH", "/policies/appManagementPolicies/{id}", |o, call, who, keys| policies::update(o, call, who, &keys[0])),
    route("DELETE", "/policies/appManagementPolicies/{id}", |o, _, who, keys| policies::delete(o, who, &keys[0])),
    route("GET", "/policies/appManagementPolicies/{id}/appliesTo", |o, call, who, keys| policies::applies_to(o, call, who, &keys[0])),
    route("GET", "/policies/authorizationPolicy", |o, call, who, _| policies::authorization(o, call, who)),
];

/// The endpoints that exist in beta only.
#[rustfmt::skip]
const BETA_ROUTES: &[Route] = &[
    route("GET", "/auditLogs/signIns", |o, call, who, _| sign_in_log::list(o, call, who)),

    route("GET", "/roleManagement/exchange/roleDefinitions", |o, call, who, _| exchange_roles::definitions(o, call, who)),
    route("GET", "/roleManagement/exchange/roleDefinitions/{id}", |o, call, who, keys| exchange_roles::get_definition(o, call, who, &keys[0])),
    route("GET", "/roleManagement/exchange/roleAssignments", |o, call, who, _| exchange_roles::assignments(o, call, who)),
    route("POST", "/roleManagement/exchange/roleAssignments", |o, call, who, _| exchange_roles::assign(o, call, who)),
    route("GET", "/roleManagement/exchange/roleAssignments/{id}", |o, call, who, keys| exchange_roles::get_assignment(o, call, who, &keys[0])),
    route("DELETE", "/roleManagement/exchange/roleAssignments/{id}", |o, _, who, keys| exchange_roles::unassign(o, who, &keys[0])),
    route("GET", "/roleManagement/exchange/customAppScopes", |o, call, who, _| exchange_roles::scopes(o, call, who)),
    route("POST", "/roleManagement/exchange/customAppScopes", |o, call, who, _| exchange_roles::create_scope(o, call, who)),
    route("GET", "/roleManagement/exchange/customAppScopes/{id}", |o, call, who, keys| exchange_roles::get_scope(o, call, who, &keys[0])),
    route("PATCH", "/roleManagement/exchange/customAppScopes/{id}", |o, call, who, keys| exchange_roles::update_scope(o, call, who, &keys[0])),
    route("DELETE", "/roleManagement/exchange/customAppScopes/{id}", |o, _, who, keys| exchange_roles::delete_scope(o, who, &keys[0])),
];

/// The endpoints of a version.
pub(super) fn of_version(beta: bool) -> impl Iterator<Item = &'static Route> {
    let beta_only = if beta { BETA_ROUTES } else { &[] };
    ROUTES.iter().chain(beta_only)
}

/// The names that paths of a version begin with: its entity sets and singletons.
pub(super) fn sets(beta: bool) -> Vec<&'static str> {
    let first = |route: &'static Route| route.template.split('/').nth(1);
    of_version(beta)
        .filter_map(first)
        .filter(|name| !name.starts_with('$') && !name.is_empty())
        .collect()
}

/// The endpoint that a path and method name, with the keys of the path.
///
/// # Errors
/// 400 for a path that no endpoint has, naming the first segment that is unknown; 405 for a method that the path does
/// not take.
pub(super) fn find(beta: bool, method: &str, steps: &[Step]) -> Result<(&'static Route, Vec<Key>), Failure> {
    match (exact(beta, method, steps), steps.split_last()) {
        // Every collection of the directory can be counted; its own handler sees from the path that it is to count.
        (Err(failure), Some((Step::Text(last), collection))) if last == "$count" && method == "GET" => {
            exact(beta, method, collection)
                .ok()
                .filter(|(route, _)| is_collection(route.template))
                .ok_or(failure)
        }
        (outcome, _) => outcome,
    }
}

/// Whether an endpoint of the directory answers a collection: its path ends neither in a key nor in a policy.
fn is_collection(template: &str) -> bool {
    let mail = template.contains("/mail") || template.contains("/messages");
    !template.ends_with('}')
        && !template.ends_with("Policy")
        && !template.starts_with("/$")
        && !mail
        && template != "/"
}

fn exact(beta: bool, method: &str, steps: &[Step]) -> Result<(&'static Route, Vec<Key>), Failure> {
    let mut fitting: Vec<(&Route, Vec<Key>)> = Vec::new();
    let mut deepest = 0;
    for route in of_version(beta) {
        match fit(route.template, steps) {
            Ok(keys) => fitting.push((route, keys)),
            Err(depth) => deepest = deepest.max(depth),
        }
    }
    // A name is more exact than a key: `/directoryObjects/getByIds` is not an object of that id.
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
