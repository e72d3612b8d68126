//! The one table of cmdlets: name, parameters, what runs it.

use super::failure::Outcome;
use super::parameters::Parameters;
use super::{
    assignments, authorization_test, groups, organization_config, recipients, scopes, service_principals,
};
use crate::organisation::Organisation;

/// One cmdlet.
pub(super) struct Cmdlet {
    pub(super) name: &'static str,
    pub(super) parameters: &'static [&'static str],
    pub(super) run: fn(&mut Organisation, &Parameters<'_>) -> Outcome,
}

/// Every cmdlet that this organisation plays. Names and parameters follow the cmdlet pages cited in
/// microsoft-facts §4b and §4d.
pub(super) const CMDLETS: [Cmdlet; 22] = [
    Cmdlet {
        name: "Get-OrganizationConfig",
        parameters: &[],
        run: organization_config::get,
    },
    Cmdlet {
        name: "Enable-OrganizationCustomization",
        parameters: &[],
        run: organization_config::enable,
    },
    Cmdlet {
        name: "Get-Recipient",
        parameters: FIND,
        run: recipients::get_recipient,
    },
    Cmdlet {
        name: "Get-Mailbox",
        parameters: FIND,
        run: recipients::get_mailbox,
    },
    Cmdlet {
        name: "Get-DistributionGroup",
        parameters: FIND,
        run: groups::get,
    },
    Cmdlet {
        name: "New-DistributionGroup",
        parameters: &[
            "Name",
            "Alias",
            "Type",
            "Members",
            "PrimarySmtpAddress",
            "DisplayName",
            "Notes",
            "Description",
            "ManagedBy",
            "MemberJoinRestriction",
            "MemberDepartRestriction",
            "RequireSenderAuthenticationEnabled",
            "CopyOwnerToMember",
            "IgnoreNamingPolicy",
        ],
        run: groups::create,
    },
    Cmdlet {
        name: "Set-DistributionGroup",
        parameters: &[
            "Identity",
            "HiddenFromAddressListsEnabled",
            "DisplayName",
            "BypassSecurityGroupManagerCheck",
        ],
        run: groups::set,
    },
    Cmdlet {
        name: "Remove-DistributionGroup",
        parameters: &["Identity", "BypassSecurityGroupManagerCheck"],
        run: groups::remove,
    },
    Cmdlet {
        name: "Get-DistributionGroupMember",
        parameters: &["Identity", "ResultSize"],
        run: groups::members,
    },
    Cmdlet {
        name: "Add-DistributionGroupMember",
        parameters: &["Identity", "Member", "BypassSecurityGroupManagerCheck"],
        run: groups::add_member,
    },
    Cmdlet {
        name: "Remove-DistributionGroupMember",
        parameters: &["Identity", "Member", "BypassSecurityGroupManagerCheck"],
        run: groups::remove_member,
    },
    Cmdlet {
        name: "Get-ServicePrincipal",
        parameters: &["Identity", "Organization"],
        run: service_principals::get,
    },
    Cmdlet {
        name: "New-ServicePrincipal",
        parameters: &["AppId", "ObjectId", "ServiceId", "DisplayName"],
        run: service_principals::create,
    },
    Cmdlet {
        name: "Remove-ServicePrincipal",
        parameters: &["Identity"],
        run: service_principals::remove,
    },
    Cmdlet {
        name: "Get-ManagementScope",
        parameters: &["Identity", "Exclusive", "Orphan"],
        run: scopes::get,
    },
    Cmdlet {
        name: "New-ManagementScope",
        parameters: &[
            "Name",
            "RecipientRestrictionFilter",
            "RecipientRoot",
            "Exclusive",
            "Force",
        ],
        run: scopes::create,
    },
    Cmdlet {
        name: "Set-ManagementScope",
        parameters: &["Identity", "Name", "RecipientRestrictionFilter", "RecipientRoot"],
        run: scopes::set,
    },
    Cmdlet {
        name: "Remove-ManagementScope",
        parameters: &["Identity"],
        run: scopes::remove,
    },
    Cmdlet {
        name: "Get-ManagementRoleAssignment",
        parameters: &[
            "Identity",
            "Role",
            "RoleAssignee",
            "RoleAssigneeType",
            "CustomRecipientWriteScope",
        ],
        run: assignments::get,
    },
    Cmdlet {
        name: "New-ManagementRoleAssignment",
        parameters: &[
            "Name",
            "App",
            "Role",
            "CustomResourceScope",
            "RecipientAdministrativeUnitScope",
            "RecipientGroupScope",
        ],
        run: assignments::create,
    },
    Cmdlet {
        name: "Remove-ManagementRoleAssignment",
        parameters: &["Identity"],
        run: assignments::remove,
    },
    Cmdlet {
        name: "Test-ServicePrincipalAuthorization",
        parameters: &["Identity", "Resource"],
        run: authorization_test::run,
    },
];

const FIND: &[&str] = &[
    "Identity",
    "Filter",
    "RecipientTypeDetails",
    "ResultSize",
    "Anr",
    "SortBy",
    "Properties",
    "PropertySets",
    "IncludeSoftDeletedRecipients",
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
    fn every_cmdlet_is_there_once() {
        let mut names: Vec<&str> = CMDLETS.iter().map(|cmdlet| cmdlet.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CMDLETS.len());
        assert!(find("get-mailbox").is_some());
        assert!(find("Format-Disk").is_none());
    }
}
