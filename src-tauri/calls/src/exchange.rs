//! What is changed in Exchange: the app's entry, one management scope, one role assignment for each permission
//! (microsoft-facts §4b).

use domain::group::{Group, MEMBER_OF};
use domain::ids::MailboxId;
use domain::permission::Permission;

use crate::cmdlet::{Cmdlet, opath};
use crate::slot::Slot;

/// Makes the app known to Exchange. It wants the service principal's object id, not the registration's.
pub fn register(name: &str) -> Cmdlet {
    Cmdlet::new("New-ServicePrincipal")
        .with("AppId", Slot::AppClient)
        .with("ObjectId", Slot::Principal)
        .with("DisplayName", name)
}

/// Removes the app's entry.
pub fn unregister() -> Cmdlet {
    Cmdlet::new("Remove-ServicePrincipal")
        .with("Identity", Slot::Principal)
        .with("Confirm", false)
}

/// Creates a scope.
pub fn new_scope(name: &str, filter: &str) -> Cmdlet {
    Cmdlet::new("New-ManagementScope")
        .with("Name", name)
        .with("RecipientRestrictionFilter", filter)
}

/// Changes which mailboxes a scope holds.
pub fn set_scope(name: &str, filter: &str) -> Cmdlet {
    Cmdlet::new("Set-ManagementScope")
        .with("Identity", name)
        .with("RecipientRestrictionFilter", filter)
}

/// Removes a scope.
pub fn remove_scope(name: &str) -> Cmdlet {
    Cmdlet::new("Remove-ManagementScope")
        .with("Identity", name)
        .with("Confirm", false)
}

/// Assigns a role within a scope. What RBAC for Applications has no role for is asked for by its own name, which Exchange
/// refuses.
pub fn assign(name: &str, permission: Permission, scope: &str) -> Cmdlet {
    Cmdlet::new("New-ManagementRoleAssignment")
        .with("Name", name)
        .with("App", Slot::Principal)
        .with("Role", permission.exchange_role().unwrap_or(permission.name()))
        .with("CustomResourceScope", scope)
}

/// Takes a role away.
pub fn unassign(name: &str) -> Cmdlet {
    Cmdlet::new("Remove-ManagementRoleAssignment")
        .with("Identity", name)
        .with("Confirm", false)
}

/// Gives the app full access to a mailbox: what opens it by IMAP and POP, and lets it do everything there, reading and
/// deleting alike (microsoft-facts §4c). The app is named by its enterprise application's object id.
pub fn give_full_access(mailbox: MailboxId) -> Cmdlet {
    full_access("Add-MailboxPermission", mailbox)
}

/// Takes it away.
pub fn take_full_access(mailbox: MailboxId) -> Cmdlet {
    full_access("Remove-MailboxPermission", mailbox).with("Confirm", false)
}

fn full_access(cmdlet: &'static str, mailbox: MailboxId) -> Cmdlet {
    Cmdlet::new(cmdlet)
        .with("Identity", mailbox.to_string())
        .with("User", Slot::Principal)
        .with("AccessRights", "FullAccess")
}

/// Removes an application access policy, by Exchange's identity of it (microsoft-facts §4a).
pub fn remove_access_policy(identity: &str) -> Cmdlet {
    Cmdlet::new("Remove-ApplicationAccessPolicy")
        .with("Identity", identity)
        .with("Confirm", false)
}

/// What takes a limit away again, in the order in which Exchange allows it.
pub fn removal(assignments: &[String], scope: &str) -> Vec<Cmdlet> {
    let mut cmdlets: Vec<Cmdlet> = assignments.iter().map(|name| unassign(name)).collect();
    cmdlets.extend([remove_scope(scope), unregister()]);
    cmdlets
}

/// The filter that matches exactly these objects. `ExternalDirectoryObjectId` is filterable, is the same as Graph's id
/// and survives a rename (microsoft-facts §12).
pub fn by_id<'a>(mailboxes: impl IntoIterator<Item = &'a MailboxId>) -> String {
    let parts: Vec<String> = mailboxes
        .into_iter()
        .map(|mailbox| format!("ExternalDirectoryObjectId -eq {}", opath(&mailbox.to_string())))
        .collect();
    parts.join(" -or ")
}

/// The filter that matches the direct members of a group, whoever they are then (microsoft-facts §4b).
pub fn by_group(group: &Group) -> String {
    format!("{MEMBER_OF} {}", opath(&group.distinguished_name))
}

#[cfg(test)]
mod tests {
    use domain::group::of_filter as group_of;

    use super::*;

    #[test]
    fn a_filter_by_a_group_is_read_as_it_was_written() {
        for name in [
            "CN=Help desk,OU=contoso.onmicrosoft.com,DC=PROD",
            "CN=O'Neill's (team) -or x,DC=PROD",
            "CN=a''b\"c,DC=PROD",
        ] {
            let group = Group {
                id: "6F1B2C3D-0000-4000-8000-000000000001".parse().unwrap(),
                distinguished_name: name.into(),
                name: "Help desk".into(),
                address: "help.desk@contoso.example".into(),
            };
            assert_eq!(group_of(&by_group(&group)).as_deref(), Some(name));
            let bracketed = format!("({})", by_group(&group).replace("MemberOfGroup", "memberofgroup"));
            assert_eq!(group_of(&bracketed).as_deref(), Some(name));
        }
        for other in [
            "MemberOfGroup -ne 'CN=a'",
            "MemberOfGroup -eq 'CN=a' -or MemberOfGroup -eq 'CN=b'",
            "Department -eq 'CN=a'",
            "MemberOfGroup -eq CN=a",
            "MemberOfGroup -eq '",
            "",
        ] {
            assert_eq!(group_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_filter_names_objects_and_nothing_that_can_move() {
        let id = |text: &str| text.parse::<MailboxId>().unwrap();
        assert_eq!(
            by_id(&[
                id("6F1B2C3D-0000-4000-8000-000000000001"),
                id("6f1b2c3d-0000-4000-8000-000000000002")
            ]),
            "ExternalDirectoryObjectId -eq '6f1b2c3d-0000-4000-8000-000000000001' -or ExternalDirectoryObjectId -eq '6f1b2c3d-0000-4000-8000-000000000002'"
        );
    }
}
