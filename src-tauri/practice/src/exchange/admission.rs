//! Who may run what: the ladder of refusals, and which cmdlets each role sees (microsoft-facts §4d).

use crate::access::bearer::{Caller, caller};
use crate::organisation::Organisation;
use crate::people::roles::{EXCHANGE_ROLES, Role};
use crate::published::permissions::EXCHANGE;
use crate::wire::{Call, Reply};

/// How much of Exchange an administrator may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// Global Reader: Get- cmdlets only (View-Only Organization Management). That the Test- cmdlets stay hidden is
    /// UNVERIFIED.
    Read,
    /// Exchange Recipient Administrator: recipients, their permissions and groups (Recipient Management).
    Recipients,
    /// Exchange Administrator and Global Administrator: everything (Organization Management).
    Everything,
}

/// What a cmdlet is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Recipients,
    Organization,
}

const RECIPIENT_ADMINISTRATOR: &str = "31392ffb-586c-42d1-9346-e59415a2cc4e";
const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

/// What of Exchange these directory roles open, or `None` for nothing.
fn reach(roles: &[Role]) -> Option<Reach> {
    roles
        .iter()
        .filter_map(|role| {
            if EXCHANGE_ROLES.contains(role) {
                Some(Reach::Everything)
            } else if role.template_id == RECIPIENT_ADMINISTRATOR {
                Some(Reach::Recipients)
            } else if role.template_id == GLOBAL_READER {
                Some(Reach::Read)
            } else {
                None
            }
        })
        .max()
}

impl Reach {
    /// Whether a cmdlet is visible. One that is not looks like one that does not exist: an empty 403
    /// (microsoft-facts §4d). Which cmdlets each role group holds is taken from their names and UNVERIFIED in detail.
    pub(super) fn sees(self, cmdlet: &str, area: Area) -> bool {
        match self {
            Self::Everything => true,
            // Recipient Management reads the organisation's settings too, but no policy, scope or assignment.
            Self::Recipients => {
                area == Area::Recipients
                    || [
                        "Get-OrganizationConfig",
                        "Get-AcceptedDomain",
                        "Get-TransportConfig",
                    ]
                    .contains(&cmdlet)
            }
            Self::Read => cmdlet.starts_with("Get-"),
        }
    }
}

/// Which of the two generations of the endpoint is asked; each has permissions of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Generation {
    /// `adminapi/beta`, what Microsoft's own module speaks.
    Beta,
    /// `adminapi/v2.0`, documented, with an allow-list.
    V2,
}

/// The ladder: 401 without a token or its permission, then an empty 403 without a role.
pub(super) fn admit(
    organisation: &Organisation,
    call: &Call,
    generation: Generation,
) -> Result<Reach, Reply> {
    let caller = caller(organisation, call, &EXCHANGE).map_err(|_| unauthorised())?;
    let first = caller.holds(&["Exchange.Manage", "Exchange.ManageAsApp"]);
    let second = caller.holds(&["Exchange.ManageV2", "Exchange.ManageAsAppV2"]);
    match (generation, first, second) {
        (_, false, false) => return Err(unauthorised()),
        // A token that carries the other generation's permission only gets the empty 403 (microsoft-facts §4d;
        // measured for `Exchange.ManageV2` on beta, UNVERIFIED the other way round).
        (Generation::Beta, false, true) | (Generation::V2, true, false) => {
            return Err(forbidden(
                "The token's permission isn't supported in this scenario.",
            ));
        }
        _ => {}
    }
    let (roles, whom) = match &caller {
        Caller::Person { directory_roles, .. } => (directory_roles, "user"),
        Caller::Application { directory_roles, .. } => (directory_roles, "application"),
    };
    reach(roles).ok_or_else(|| {
        forbidden(&format!(
            "The role assigned to {whom} isn't supported in this scenario. Please check online documentation for assigning correct Directory Roles to Azure AD Application for EXO App-Only Authentication."
        ))
    })
}

fn unauthorised() -> Reply {
    let challenge = "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", \
         trusted_issuers=\"00000001-0000-0000-c000-000000000000@*\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\", \
         error=\"invalid_token\"";
    Reply::empty(401).with("www-authenticate", challenge)
}

/// The empty 403: the reason is only in a header.
pub(super) fn forbidden(reason: &str) -> Reply {
    Reply::empty(403).with(
        "x-ms-diagnostics",
        &format!("2000010;reason=\"{reason}\";error_category=\"invalid_grant\""),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::roles::{APPLICATION_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR, role_by_template};

    #[test]
    fn the_widest_role_counts() {
        let role = |id| role_by_template(id).expect("a role");
        assert_eq!(reach(&[APPLICATION_ADMINISTRATOR]), None);
        assert_eq!(reach(&[role(GLOBAL_READER)]), Some(Reach::Read));
        assert_eq!(
            reach(&[role(RECIPIENT_ADMINISTRATOR), role(GLOBAL_READER)]),
            Some(Reach::Recipients)
        );
        assert_eq!(
            reach(&[role(GLOBAL_READER), EXCHANGE_ADMINISTRATOR]),
            Some(Reach::Everything)
        );
    }

    #[test]
    fn what_each_role_sees() {
        for (cmdlet, area, read, recipients) in [
            ("Get-Mailbox", Area::Recipients, true, true),
            ("Set-Mailbox", Area::Recipients, false, true),
            ("Add-MailboxPermission", Area::Recipients, false, true),
            ("Get-ApplicationAccessPolicy", Area::Organization, true, false),
            ("New-ApplicationAccessPolicy", Area::Organization, false, false),
            ("New-ManagementRoleAssignment", Area::Organization, false, false),
            ("Get-OrganizationConfig", Area::Organization, true, true),
            ("Set-TransportConfig", Area::Organization, false, false),
        ] {
            assert_eq!(Reach::Read.sees(cmdlet, area), read, "{cmdlet}");
            assert_eq!(Reach::Recipients.sees(cmdlet, area), recipients, "{cmdlet}");
            assert!(Reach::Everything.sees(cmdlet, area), "{cmdlet}");
        }
    }
}
