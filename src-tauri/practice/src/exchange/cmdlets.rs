//! The one table of cmdlets: name, what it is about, parameters, what runs it.
//!
//! Names, parameters and their kinds follow the cmdlet pages cited in microsoft-facts §4a to §4d; parameters that
//! have no meaning for an organisation in the cloud are left out and answer 400.

use super::admission::Area;
use super::failure::Outcome;
use super::parameters::{Kind, Parameter, Parameters, may, must};
use super::recipients::TYPES;
use super::{
    access_policies, assignments, authorization_test, client_access, folder_permissions, group_members,
    groups, mailbox_permissions, mailboxes, organization_config, recipient_permissions, recipients, roles,
    scopes, service_principals, statistics, transport_config,
};
use crate::organisation::Organisation;

/// One cmdlet.
pub(super) struct Cmdlet {
    pub(super) name: &'static str,
    pub(super) area: Area,
    pub(super) parameters: &'static [Parameter],
    pub(super) run: fn(&mut Organisation, &Parameters) -> Outcome,
}

const fn recipients(
    name: &'static str,
    parameters: &'static [Parameter],
    run: fn(&mut Organisation, &Parameters) -> Outcome,
) -> Cmdlet {
    Cmdlet {
        name,
        area: Area::Recipients,
        parameters,
        run,
    }
}

const fn organization(
    name: &'static str,
    parameters: &'static [Parameter],
    run: fn(&mut Organisation, &Parameters) -> Outcome,
) -> Cmdlet {
    Cmdlet {
        name,
        area: Area::Organization,
        parameters,
        run,
    }
}

use Kind::{Boolean, Choice, Choices, MaybeBoolean, Multi, Size, Switch, Text, Texts};

const NOTHING: &[Parameter] = &[];
const IDENTITY: &[Parameter] = &[may("Identity", Text)];
const ONE: &[Parameter] = &[must("Identity", Text)];
const ONE_IN_USE: &[Parameter] = &[must("Identity", Text), may("Force", Switch)];

const FIND: &[Parameter] = &[
    may("Identity", Text),
    may("Filter", Text),
    may("RecipientPreviewFilter", Text),
    may("RecipientTypeDetails", Choices(TYPES)),
    may("RecipientType", Choices(TYPES)),
    may("ResultSize", Size),
    may("Anr", Text),
    may("SortBy", Text),
    may("Properties", Texts),
    may("PropertySet", Text),
    may("PropertySets", Texts),
    may("OrganizationalUnit", Text),
    may("IncludeSoftDeletedRecipients", Switch),
];

const FIND_MAILBOX: &[Parameter] = &[
    may("Identity", Text),
    may("Filter", Text),
    may("RecipientTypeDetails", Choices(TYPES)),
    may("ResultSize", Size),
    may("Anr", Text),
    may("SortBy", Text),
    may("Properties", Texts),
    may("PropertySet", Text),
    may("PropertySets", Texts),
    may("OrganizationalUnit", Text),
    may("Archive", Switch),
    may("GroupMailbox", Switch),
    may("InactiveMailboxOnly", Switch),
    may("IncludeInactiveMailbox", Switch),
    may("IncludeEmailAddressDisplayNames", Switch),
    may("MailboxPlan", Text),
    may("Migration", Switch),
    may("PublicFolder", Switch),
    may("SoftDeletedMailbox", Switch),
    may("Async", Switch),
];

const RIGHTS_ON_MAILBOX: &[Parameter] = &[
    must("Identity", Text),
    must("User", Text),
    must("AccessRights", Choices(mailbox_permissions::RIGHTS)),
    may("Deny", Switch),
    may("AutoMapping", Boolean),
    may(
        "InheritanceType",
        Choice(&["None", "All", "Descendents", "SelfAndChildren", "Children"]),
    ),
    may("IgnoreDefaultScope", Switch),
    may("BypassMasterAccountSid", Switch),
    may("Force", Switch),
];

const RIGHTS_ON_RECIPIENT: &[Parameter] = &[
    must("Identity", Text),
    must("Trustee", Text),
    must("AccessRights", Choices(recipient_permissions::RIGHTS)),
    may("Deny", Switch),
    may("SkipDomainValidationForMailContact", Switch),
    may("SkipDomainValidationForMailUser", Switch),
    may("SkipDomainValidationForSharedMailbox", Switch),
];

const RIGHTS_ON_FOLDER: &[Parameter] = &[
    must("Identity", Text),
    must("User", Text),
    must("AccessRights", Choices(folder_permissions::RIGHTS)),
    may("SharingPermissionFlags", Texts),
    may("SendNotificationToUser", Boolean),
];

const GROUP_MEMBER: &[Parameter] = &[
    must("Identity", Text),
    must("Member", Text),
    may("BypassSecurityGroupManagerCheck", Switch),
];

const ASSIGNEES: &[&str] = &[
    "User",
    "SecurityGroup",
    "RoleAssignmentPolicy",
    "RoleGroup",
    "MailboxPlan",
    "ForeignSecurityPrincipal",
    "LinkedRoleGroup",
    "PartnerLinkedRoleGroup",
    "Computer",
    "ServicePrincipal",
];

/// Every cmdlet that this organisation plays.
pub(super) const CMDLETS: [Cmdlet; 62] = [
    organization("Get-OrganizationConfig", NOTHING, organization_config::get),
    organization(
        "Set-OrganizationConfig",
        &[may("EwsEnabled", MaybeBoolean), may("EwsAllowedAppIDs", Multi)],
        organization_config::set,
    ),
    organization(
        "Enable-OrganizationCustomization",
        NOTHING,
        organization_config::enable,
    ),
    organization(
        "Get-AcceptedDomain",
        &[may("Identity", Text), may("ResultSize", Size)],
        organization_config::accepted_domains,
    ),
    organization("Get-TransportConfig", NOTHING, transport_config::get),
    organization(
        "Set-TransportConfig",
        &[may("SmtpClientAuthenticationDisabled", Boolean)],
        transport_config::set,
    ),
    organization(
        "Get-AuthenticationPolicy",
        IDENTITY,
        client_access::authentication_policies,
    ),
    organization(
        "Get-AdministrativeUnit",
        IDENTITY,
        assignments::administrative_units,
    ),
    recipients("Get-Recipient", FIND, recipients::get_recipient),
    recipients("Get-User", FIND, recipients::get_user),
    recipients("Get-Mailbox", FIND_MAILBOX, mailboxes::get),
    recipients(
        "Set-Mailbox",
        &[
            must("Identity", Text),
            may("EmailAddresses", Multi),
            may("PrimarySmtpAddress", Text),
            may("WindowsEmailAddress", Text),
            may("MicrosoftOnlineServicesID", Text),
            may("DisplayName", Text),
            may("GrantSendOnBehalfTo", Multi),
            may("HiddenFromAddressListsEnabled", Boolean),
            may("CustomAttribute1", Text),
            may("CustomAttribute2", Text),
            may("CustomAttribute3", Text),
            may("CustomAttribute4", Text),
            may("CustomAttribute5", Text),
            may("CustomAttribute6", Text),
            may("CustomAttribute7", Text),
            may("CustomAttribute8", Text),
            may("CustomAttribute9", Text),
            may("CustomAttribute10", Text),
            may("CustomAttribute11", Text),
            may("CustomAttribute12", Text),
            may("CustomAttribute13", Text),
            may("CustomAttribute14", Text),
            may("CustomAttribute15", Text),
            may("Force", Switch),
        ],
        mailboxes::set,
    ),
    recipients("Remove-Mailbox", ONE_IN_USE, mailboxes::remove),
    recipients(
        "Undo-SoftDeletedMailbox",
        &[must("SoftDeletedObject", Text)],
        mailboxes::restore,
    ),
    recipients(
        "Get-UnifiedGroupLinks",
        &[
            must("Identity", Text),
            must(
                "LinkType",
                Choice(&["Members", "Owners", "Subscribers", "Aggregators"]),
            ),
            may("ResultSize", Size),
        ],
        group_members::links,
    ),
    recipients(
        "Get-MailboxStatistics",
        &[
            must("Identity", Text),
            may("Archive", Switch),
            may("IncludeMoveHistory", Switch),
        ],
        statistics::of_mailbox,
    ),
    recipients(
        "Get-MailboxFolderStatistics",
        &[
            must("Identity", Text),
            may("FolderScope", Text),
            may("IncludeOldestAndNewestItems", Switch),
            may("ResultSize", Size),
        ],
        statistics::of_folders,
    ),
    recipients("Get-CASMailbox", FIND_MAILBOX, client_access::get),
    recipients(
        "Set-CASMailbox",
        &[
            must("Identity", Text),
            may("ImapEnabled", Boolean),
            may("PopEnabled", Boolean),
            may("SmtpClientAuthenticationDisabled", MaybeBoolean),
            may("EwsEnabled", MaybeBoolean),
            may("OWAEnabled", Boolean),
            may("ActiveSyncEnabled", Boolean),
            may("MAPIEnabled", Boolean),
        ],
        client_access::set,
    ),
    recipients(
        "Get-MailboxPermission",
        &[
            must("Identity", Text),
            may("User", Text),
            may("Owner", Switch),
            may("ResultSize", Size),
            may("IncludeSoftDeletedUserPermissions", Switch),
            may("IncludeUnresolvedPermissions", Switch),
        ],
        mailbox_permissions::get,
    ),
    recipients(
        "Add-MailboxPermission",
        RIGHTS_ON_MAILBOX,
        mailbox_permissions::add,
    ),
    recipients(
        "Remove-MailboxPermission",
        RIGHTS_ON_MAILBOX,
        mailbox_permissions::remove,
    ),
    recipients(
        "Get-RecipientPermission",
        &[
            may("Identity", Text),
            may("Trustee", Text),
            may("AccessRights", Choices(recipient_permissions::RIGHTS)),
            may("ResultSize", Size),
        ],
        recipient_permissions::get,
    ),
    recipients(
        "Add-RecipientPermission",
        RIGHTS_ON_RECIPIENT,
        recipient_permissions::add,
    ),
    recipients(
        "Remove-RecipientPermission",
        RIGHTS_ON_RECIPIENT,
        recipient_permissions::remove,
    ),
    recipients(
        "Get-MailboxFolderPermission",
        &[must("Identity", Text), may("User", Text), may("ResultSize", Size)],
        folder_permissions::get,
    ),
    recipients(
        "Add-MailboxFolderPermission",
        RIGHTS_ON_FOLDER,
        folder_permissions::add,
    ),
    recipients(
        "Set-MailboxFolderPermission",
        RIGHTS_ON_FOLDER,
        folder_permissions::set,
    ),
    recipients(
        "Remove-MailboxFolderPermission",
        &[
            must("Identity", Text),
            must("User", Text),
            may("SendNotificationToUser", Boolean),
        ],
        folder_permissions::remove,
    ),
    recipients("Get-DistributionGroup", FIND, groups::get),
    recipients("Get-Group", FIND, groups::get_any),
    recipients("Get-DynamicDistributionGroup", FIND, groups::get_dynamic),
    recipients("Get-UnifiedGroup", FIND, groups::get_unified),
    recipients(
        "Get-DynamicDistributionGroupMember",
        &[must("Identity", Text), may("ResultSize", Size)],
        group_members::of_dynamic,
    ),
    recipients(
        "New-DistributionGroup",
        &[
            must("Name", Text),
            may("Alias", Text),
            may("Type", Choice(&["Distribution", "Security"])),
            may("Members", Multi),
            may("PrimarySmtpAddress", Text),
            may("DisplayName", Text),
            may("Notes", Text),
            may("Description", Text),
            may("ManagedBy", Multi),
            may(
                "MemberJoinRestriction",
                Choice(&["Open", "Closed", "ApprovalRequired"]),
            ),
            may(
                "MemberDepartRestriction",
                Choice(&["Open", "Closed", "ApprovalRequired"]),
            ),
            may("RequireSenderAuthenticationEnabled", Boolean),
            may("CopyOwnerToMember", Switch),
            may("IgnoreNamingPolicy", Switch),
            may("RoomList", Switch),
        ],
        groups::create,
    ),
    recipients(
        "Set-DistributionGroup",
        &[
            must("Identity", Text),
            may("HiddenFromAddressListsEnabled", Boolean),
            may("DisplayName", Text),
            may("PrimarySmtpAddress", Text),
            may("BypassSecurityGroupManagerCheck", Switch),
            may("ForceUpgrade", Switch),
            may("IgnoreNamingPolicy", Switch),
        ],
        groups::set,
    ),
    recipients(
        "Remove-DistributionGroup",
        &[
            must("Identity", Text),
            may("BypassSecurityGroupManagerCheck", Switch),
        ],
        groups::remove,
    ),
    recipients(
        "Get-DistributionGroupMember",
        &[must("Identity", Text), may("ResultSize", Size)],
        group_members::get,
    ),
    recipients("Add-DistributionGroupMember", GROUP_MEMBER, group_members::add),
    recipients(
        "Remove-DistributionGroupMember",
        GROUP_MEMBER,
        group_members::remove,
    ),
    recipients(
        "Update-DistributionGroupMember",
        &[
            must("Identity", Text),
            may("Members", Multi),
            may("BypassSecurityGroupManagerCheck", Switch),
        ],
        group_members::update,
    ),
    organization("Get-ApplicationAccessPolicy", IDENTITY, access_policies::get),
    organization(
        "New-ApplicationAccessPolicy",
        &[
            must("AccessRight", Choice(&["RestrictAccess", "DenyAccess"])),
            must("AppId", Texts),
            must("PolicyScopeGroupId", Text),
            may("Description", Text),
        ],
        access_policies::create,
    ),
    organization(
        "Set-ApplicationAccessPolicy",
        &[must("Identity", Text), may("Description", Text)],
        access_policies::set,
    ),
    organization("Remove-ApplicationAccessPolicy", ONE, access_policies::remove),
    organization(
        "Test-ApplicationAccessPolicy",
        &[must("Identity", Text), must("AppId", Text)],
        access_policies::test,
    ),
    organization(
        "Get-ServicePrincipal",
        &[may("Identity", Text), may("Organization", Text)],
        service_principals::get,
    ),
    organization(
        "New-ServicePrincipal",
        &[
            must("AppId", Text),
            may("ObjectId", Text),
            may("ServiceId", Text),
            may("DisplayName", Text),
            may("Organization", Text),
        ],
        service_principals::create,
    ),
    organization(
        "Set-ServicePrincipal",
        &[must("Identity", Text), may("DisplayName", Text)],
        service_principals::set,
    ),
    organization("Remove-ServicePrincipal", ONE, service_principals::remove),
    organization(
        "Get-ManagementScope",
        &[
            may("Identity", Text),
            may("Exclusive", Boolean),
            may("Orphan", Switch),
        ],
        scopes::get,
    ),
    organization(
        "New-ManagementScope",
        &[
            must("Name", Text),
            must("RecipientRestrictionFilter", Text),
            may("RecipientRoot", Text),
            may("Exclusive", Switch),
            may("Force", Switch),
        ],
        scopes::create,
    ),
    organization(
        "Set-ManagementScope",
        &[
            must("Identity", Text),
            may("Name", Text),
            may("RecipientRestrictionFilter", Text),
            may("RecipientRoot", Text),
        ],
        scopes::set,
    ),
    organization("Remove-ManagementScope", ONE, scopes::remove),
    organization(
        "Get-ManagementRole",
        &[
            may("Identity", Text),
            may("RoleType", Text),
            may("GetChildren", Switch),
            may("Recurse", Switch),
        ],
        roles::get,
    ),
    organization(
        "Get-RoleGroup",
        &[may("Identity", Text), may("ResultSize", Size)],
        roles::groups,
    ),
    organization(
        "Get-RoleGroupMember",
        &[must("Identity", Text), may("ResultSize", Size)],
        roles::group_members,
    ),
    organization(
        "Get-ManagementRoleAssignment",
        &[
            may("Identity", Text),
            may("Role", Text),
            may("RoleAssignee", Text),
            may("RoleAssigneeType", Choice(ASSIGNEES)),
            may("CustomRecipientWriteScope", Text),
            may("Enabled", Boolean),
            may("GetEffectiveUsers", Switch),
            may("Delegating", Boolean),
        ],
        assignments::get,
    ),
    organization(
        "New-ManagementRoleAssignment",
        &[
            may("Name", Text),
            may("App", Text),
            must("Role", Text),
            may("CustomResourceScope", Text),
            may("RecipientAdministrativeUnitScope", Text),
            may("RecipientGroupScope", Text),
            may("User", Text),
            may("SecurityGroup", Text),
            may("Policy", Text),
            may("Computer", Text),
            may("Force", Switch),
        ],
        assignments::create,
    ),
    organization(
        "Set-ManagementRoleAssignment",
        &[
            must("Identity", Text),
            may("CustomResourceScope", Text),
            may("RecipientAdministrativeUnitScope", Text),
            may("RecipientGroupScope", Text),
            may("Force", Switch),
        ],
        assignments::set,
    ),
    organization("Remove-ManagementRoleAssignment", ONE_IN_USE, assignments::remove),
    organization(
        "Test-ServicePrincipalAuthorization",
        &[must("Identity", Text), may("Resource", Text)],
        authorization_test::run,
    ),
];

/// The cmdlet of this name.
pub(super) fn find(name: &str) -> Option<&'static Cmdlet> {
    CMDLETS
        .iter()
        .find(|cmdlet| cmdlet.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cmdlet_is_there_once_and_so_is_each_of_its_parameters() {
        let mut names: Vec<&str> = CMDLETS.iter().map(|cmdlet| cmdlet.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CMDLETS.len());
        for cmdlet in &CMDLETS {
            let mut names: Vec<&str> = cmdlet.parameters.iter().map(|parameter| parameter.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), cmdlet.parameters.len(), "{}", cmdlet.name);
        }
        assert!(find("get-mailbox").is_some());
        assert!(find("Format-Disk").is_none());
    }
}
