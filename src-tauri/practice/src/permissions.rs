//! The permissions that Microsoft Graph and Office 365 Exchange Online publish in this organisation.
//!
//! Ids are looked up by (resource, value) or (resource, id), never by id alone, because `Mail.Read`
//! carries one GUID on both resources (microsoft-facts §3.3).

/// A permission that an application can hold as itself (an "app role").
#[derive(Debug, Clone, Copy)]
pub(crate) struct AppRole {
    /// The value that appears in a token's `roles` claim.
    pub(crate) value: &'static str,
    /// The GUID that an assignment names.
    pub(crate) id: &'static str,
    /// The words an administrator reads.
    pub(crate) display_name: &'static str,
}

/// A permission that an application can hold on behalf of a person (a "scope").
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    /// The value that appears in a token's `scp` claim.
    pub(crate) value: &'static str,
    /// The GUID that an app registration declares.
    pub(crate) id: &'static str,
    /// Whether only an administrator may consent to it.
    pub(crate) admin: bool,
    /// The words on the consent page.
    pub(crate) display_name: &'static str,
}

/// An API that tokens can be asked for.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The app id, the same in every tenant (microsoft-facts §2.2).
    pub(crate) app_id: &'static str,
    /// The name that the enterprise application carries.
    pub(crate) display_name: &'static str,
    /// The `aud` claim of its tokens.
    pub(crate) audience: &'static str,
    /// Other spellings that a scope may name it by.
    pub(crate) aliases: &'static [&'static str],
    /// What applications can hold as themselves.
    pub(crate) app_roles: &'static [AppRole],
    /// What applications can hold for a person.
    pub(crate) scopes: &'static [Scope],
}

impl Resource {
    /// The app role of this value.
    pub(crate) fn role_by_value(&self, value: &str) -> Option<&'static AppRole> {
        self.app_roles.iter().find(|role| role.value == value)
    }

    /// The app role of this GUID, on this resource only (microsoft-facts §3.3, the GUID collision).
    pub(crate) fn role_by_id(&self, id: &str) -> Option<&'static AppRole> {
        self.app_roles
            .iter()
            .find(|role| role.id.eq_ignore_ascii_case(id))
    }

    /// The delegated permission of this value; Microsoft compares them without regard to case.
    pub(crate) fn scope_by_value(&self, value: &str) -> Option<&'static Scope> {
        self.scopes
            .iter()
            .find(|scope| scope.value.eq_ignore_ascii_case(value))
    }
}

/// Every API in the organisation.
pub(crate) const RESOURCES: [&Resource; 3] = [&GRAPH, &EXCHANGE, &AZURE_MANAGEMENT];

/// The API with this app id.
pub(crate) fn resource_by_app_id(app_id: &str) -> Option<&'static Resource> {
    RESOURCES
        .into_iter()
        .find(|resource| resource.app_id.eq_ignore_ascii_case(app_id))
}

/// The API that a resource URI in a scope names.
pub(crate) fn resource_by_uri(uri: &str) -> Option<&'static Resource> {
    let uri = uri.trim_end_matches('/');
    RESOURCES.into_iter().find(|resource| {
        resource.audience.eq_ignore_ascii_case(uri)
            || resource.app_id.eq_ignore_ascii_case(uri)
            || resource
                .aliases
                .iter()
                .any(|alias| alias.eq_ignore_ascii_case(uri))
    })
}

/// Scopes of OpenID Connect itself, which every resource accepts beside its own.
pub(crate) const OPENID_SCOPES: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// Microsoft Graph (microsoft-facts §3.1 and §3.2).
#[rustfmt::skip]
pub(crate) const GRAPH: Resource = Resource {
    app_id: "00000003-0000-0000-c000-000000000000",
    display_name: "Microsoft Graph",
    audience: "https://graph.microsoft.com",
    aliases: &["https://graph.microsoft.us"],
    app_roles: &[
        AppRole { value: "Mail.Read", id: "810c84a8-4a9e-49e6-bf7d-12d183f40d01", display_name: "Read mail in all mailboxes" },
        AppRole { value: "Mail.ReadBasic", id: "6be147d2-ea4f-4b5a-a3fa-3eab6f3c140a", display_name: "Read basic mail in all mailboxes" },
        AppRole { value: "Mail.ReadBasic.All", id: "693c5e45-0940-467d-9b8a-1022fb9d42ef", display_name: "Read basic mail in all mailboxes" },
        AppRole { value: "Mail.ReadWrite", id: "e2a3a72e-5f79-4c64-b1b1-878b674786c9", display_name: "Read and write mail in all mailboxes" },
        AppRole { value: "Mail.Send", id: "b633e1c5-b582-4048-a93e-9f11b44c7e96", display_name: "Send mail as any user" },
        AppRole { value: "MailboxSettings.Read", id: "40f97065-369a-49f4-947c-6a255697ae91", display_name: "Read all user mailbox settings" },
        AppRole { value: "MailboxSettings.ReadWrite", id: "6931bccd-447a-43d1-b442-00a195474933", display_name: "Read and write all user mailbox settings" },
        AppRole { value: "MailboxFolder.Read.All", id: "99280d24-a782-4793-93cc-0888549957f6", display_name: "Read all the users' mailbox folders" },
        AppRole { value: "MailboxFolder.ReadWrite.All", id: "fef87b92-8391-4589-9da7-eb93dab7dc8a", display_name: "Read and write all the users' mailbox folders" },
        AppRole { value: "MailboxItem.Read.All", id: "7d9f353d-a7bd-4fbb-822a-26d5dd39a3ce", display_name: "Read all the users' mailbox items" },
        AppRole { value: "User.Read.All", id: "df021288-bdef-4463-88db-98f22de89214", display_name: "Read all users' full profiles and company properties" },
        AppRole { value: "User.ReadBasic.All", id: "97235f07-e226-4f63-ace3-39588e11d3a1", display_name: "Read all users' basic profiles" },
        AppRole { value: "Group.Read.All", id: "5b567255-7703-4780-807c-7be8301ae99b", display_name: "Read all groups" },
        AppRole { value: "Group.Create", id: "bf7b1a76-6e77-406b-b258-bf5c7720e98f", display_name: "Create groups" },
        AppRole { value: "Group.ReadWrite.All", id: "62a82d76-70ea-41e2-9197-370581804d09", display_name: "Read and write all groups" },
        AppRole { value: "GroupMember.Read.All", id: "98830695-27a2-44f7-8c18-0c3ebc9698f6", display_name: "Read all group memberships" },
        AppRole { value: "GroupMember.ReadWrite.All", id: "dbaae8cf-10b5-4b86-a4a1-f871c94c6695", display_name: "Read and write all group memberships" },
        AppRole { value: "Calendars.Read", id: "798ee544-9d2d-430c-a058-570e29e34338", display_name: "Read calendars in all mailboxes" },
        AppRole { value: "Calendars.ReadBasic.All", id: "8ba4a692-bc31-4128-9094-475872af8a53", display_name: "Read basic details of calendars in all mailboxes " },
        AppRole { value: "Calendars.ReadWrite", id: "ef54d2bf-783f-4e0f-bca1-3210c0444d99", display_name: "Read and write calendars in all mailboxes" },
        AppRole { value: "Contacts.Read", id: "089fe4d0-434a-44c5-8827-41ba8a0b17f5", display_name: "Read contacts in all mailboxes" },
        AppRole { value: "Contacts.ReadWrite", id: "6918b873-d17a-4dc1-b314-35f528134491", display_name: "Read and write contacts in all mailboxes" },
        AppRole { value: "Application.Read.All", id: "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", display_name: "Read all applications" },
        AppRole { value: "Application.ReadWrite.All", id: "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", display_name: "Read and write all applications" },
        AppRole { value: "Application.ReadWrite.OwnedBy", id: "18a4783c-866b-4cc7-a460-3d5e5662c884", display_name: "Manage apps that this app creates or owns" },
        AppRole { value: "AppRoleAssignment.ReadWrite.All", id: "06b708a9-e830-4db3-a914-8e69da51d44f", display_name: "Manage app permission grants and app role assignments" },
        AppRole { value: "DelegatedPermissionGrant.ReadWrite.All", id: "8e8e4742-1d95-4f68-9d56-6ee75648c72a", display_name: "Manage all delegated permission grants" },
        AppRole { value: "Directory.Read.All", id: "7ab1d382-f21e-4acd-a863-ba3e13f7da61", display_name: "Read directory data" },
        AppRole { value: "Directory.ReadWrite.All", id: "19dbc75e-c2e2-444c-a770-ec69d8559fc7", display_name: "Read and write directory data" },
        AppRole { value: "Organization.Read.All", id: "498476ce-e0fe-48b0-b801-37ba7e2685c6", display_name: "Read organization information" },
        AppRole { value: "Domain.Read.All", id: "dbb9058a-0e50-45d7-ae91-66909b5d4664", display_name: "Read domains" },
        AppRole { value: "RoleManagement.Read.Directory", id: "483bed4a-2ad3-4361-a73b-c83ccdbdc53c", display_name: "Read all directory RBAC settings" },
        AppRole { value: "RoleManagement.ReadWrite.Directory", id: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", display_name: "Read and write all directory RBAC settings" },
        AppRole { value: "RoleManagement.Read.Exchange", id: "c769435f-f061-4d0b-8ff1-3d39870e5f85", display_name: "Read Exchange Online RBAC configuration" },
        AppRole { value: "RoleManagement.ReadWrite.Exchange", id: "025d3225-3f02-4882-b4c0-cd5b541a4e80", display_name: "Read and write Exchange Online RBAC configuration" },
        AppRole { value: "Policy.Read.All", id: "246dd0d5-5bd0-4def-940b-0421030a5b68", display_name: "Read your organization's policies" },
        AppRole { value: "Policy.ReadWrite.ApplicationConfiguration", id: "be74164b-cff1-491c-8741-e671cb536e13", display_name: "Read and write your organization's application configuration policies" },
    ],
    scopes: &[
        Scope { value: "openid", id: "37f7f235-527c-4136-accd-4a02d197296e", admin: false, display_name: "Sign in as you" },
        Scope { value: "profile", id: "14dad69e-099b-42c9-810b-d002981feec1", admin: false, display_name: "View your basic profile" },
        Scope { value: "email", id: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", admin: false, display_name: "View your email address" },
        Scope { value: "offline_access", id: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182", admin: false, display_name: "Maintain access to data you have given it access to" },
        Scope { value: "User.Read", id: "e1fe6dd8-ba31-4d61-89e7-88639da4683d", admin: false, display_name: "Sign you in and read your profile" },
        Scope { value: "User.ReadBasic.All", id: "b340eb25-3456-403f-be2f-af7a0d370277", admin: false, display_name: "Read all users' basic profiles" },
        Scope { value: "User.Read.All", id: "a154be20-db9c-4678-8ab7-66f6cc099a59", admin: true, display_name: "Read all users' full profiles and company properties" },
        Scope { value: "Mail.Read", id: "570282fd-fa5c-430d-a7fd-fc8dc98a9dca", admin: false, display_name: "Read your mail" },
        Scope { value: "Mail.ReadBasic", id: "a4b8392a-d8d1-4954-a029-8e668a39a170", admin: false, display_name: "Read user basic mail" },
        Scope { value: "Mail.ReadWrite", id: "024d486e-b451-40bb-833d-3e66d98c5c73", admin: false, display_name: "Read and write access to your mail" },
        Scope { value: "Mail.Send", id: "e383f46e-2787-4529-855e-0e479a3ffac0", admin: false, display_name: "Send mail as you" },
        Scope { value: "Mail.Read.Shared", id: "7b9103a5-4610-446b-9670-80643382c1fa", admin: false, display_name: "Read mail you can access" },
        Scope { value: "Mail.ReadBasic.Shared", id: "b11fa0e7-fdb7-4dc9-b1f1-59facd463480", admin: false, display_name: "Read basic mail you can access" },
        Scope { value: "Mail.ReadWrite.Shared", id: "5df07973-7d5d-46ed-9847-1271055cbd51", admin: false, display_name: "Read and write mail you can access" },
        Scope { value: "Mail.Send.Shared", id: "a367ab51-6b49-43bf-a716-a1fb06d2a174", admin: false, display_name: "Send mail on behalf of others or yourself" },
        Scope { value: "MailboxSettings.Read", id: "87f447af-9fa4-4c32-9dfa-4a57a73d18ce", admin: false, display_name: "Read your mailbox settings" },
        Scope { value: "MailboxSettings.ReadWrite", id: "818c620a-27a9-40bd-a6a5-d96f7d610b4b", admin: false, display_name: "Read and write to your mailbox settings" },
        Scope { value: "IMAP.AccessAsUser.All", id: "652390e4-393a-48de-9484-05f9b1212954", admin: false, display_name: "Read and write access to your mail" },
        Scope { value: "POP.AccessAsUser.All", id: "d7b7f2d9-0f45-4ea1-9d42-e50810c06991", admin: false, display_name: "Read and write access to your mail" },
        Scope { value: "SMTP.Send", id: "258f6531-6087-4cc4-bb90-092c5fb3ed3f", admin: false, display_name: "Access to sending emails from your mailbox" },
        Scope { value: "EWS.AccessAsUser.All", id: "9769c687-087d-48ac-9cb3-c37dde652038", admin: false, display_name: "Access your mailboxes" },
        Scope { value: "Application.Read.All", id: "c79f8feb-a9db-4090-85f9-90d820caa0eb", admin: true, display_name: "Read applications" },
        Scope { value: "Application.ReadWrite.All", id: "bdfbf15f-ee85-4955-8675-146e8e5296b5", admin: true, display_name: "Read and write applications" },
        Scope { value: "AppRoleAssignment.ReadWrite.All", id: "84bccea3-f856-4a8a-967b-dbe0a3d53a64", admin: true, display_name: "Manage app permission grants and app role assignments" },
        Scope { value: "DelegatedPermissionGrant.Read.All", id: "a197cdc4-a8e8-4d49-9d35-4ca7c83887b4", admin: true, display_name: "Read delegated permission grants" },
        Scope { value: "DelegatedPermissionGrant.ReadWrite.All", id: "41ce6ca6-6826-4807-84f1-1c82854f7ee5", admin: true, display_name: "Manage all delegated permission grants" },
        Scope { value: "Directory.Read.All", id: "06da0dbc-49e2-44d2-8312-53f166ab848a", admin: true, display_name: "Read directory data" },
        Scope { value: "Directory.ReadWrite.All", id: "c5366453-9fb0-48a5-a156-24f0c49a4b84", admin: true, display_name: "Read and write directory data" },
        Scope { value: "Organization.Read.All", id: "4908d5b9-3fb2-4b1e-9336-1888b7937185", admin: true, display_name: "Read organization information" },
        Scope { value: "Domain.Read.All", id: "2f9ee017-59c1-4f1d-9472-bd5529a7b311", admin: true, display_name: "Read domains" },
        Scope { value: "RoleManagement.Read.Directory", id: "741c54c3-0c1e-44a1-818b-3f97ab4e8c83", admin: true, display_name: "Read directory RBAC settings" },
        Scope { value: "RoleManagement.ReadWrite.Directory", id: "d01b97e9-cbc0-49fe-810a-750afd5527a3", admin: true, display_name: "Read and write directory RBAC settings" },
        Scope { value: "RoleManagement.Read.All", id: "48fec646-b2ba-4019-8681-8eb31435aded", admin: true, display_name: "Read role management data for all RBAC providers" },
        Scope { value: "RoleManagement.Read.Exchange", id: "3bc15058-7858-4141-b24f-ae43b4e80b52", admin: true, display_name: "Read Exchange Online RBAC configuration" },
        Scope { value: "RoleManagement.ReadWrite.Exchange", id: "c1499fe0-52b1-4b22-bed2-7a244e0e879f", admin: true, display_name: "Read and write Exchange Online RBAC configuration" },
        Scope { value: "RoleAssignmentSchedule.Read.Directory", id: "344a729c-0285-42c6-9014-f12b9b8d6129", admin: true, display_name: "Read all active role assignments for your company's directory" },
        Scope { value: "RoleEligibilitySchedule.Read.Directory", id: "eb0788c2-6d4e-4658-8c9e-c0fb8053f03d", admin: true, display_name: "Read all eligible role assignments for your company's directory" },
        Scope { value: "Policy.Read.All", id: "572fea84-0151-49b2-9301-11cb16974376", admin: true, display_name: "Read your organization's policies" },
        Scope { value: "Policy.ReadWrite.ApplicationConfiguration", id: "b27add92-efb2-4f16-84f5-8108ba77985c", admin: true, display_name: "Read and write your organization's application configuration policies" },
        Scope { value: "Group.Read.All", id: "5f8c59db-677d-491f-a6b8-5f174b11ec1d", admin: true, display_name: "Read all groups" },
        Scope { value: "GroupMember.Read.All", id: "bc024368-1153-4739-b217-4326f2e966d0", admin: true, display_name: "Read group memberships" },
        Scope { value: "Group.ReadWrite.All", id: "4e46008b-f24c-477d-8fff-7bb4ec7aafe0", admin: true, display_name: "Read and write all groups" },
        Scope { value: "GroupMember.ReadWrite.All", id: "f81125ac-d3b7-4573-a3b2-7099cc39df9e", admin: true, display_name: "Read and write group memberships" },
        Scope { value: "Calendars.Read", id: "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42", admin: false, display_name: "Read your calendars" },
        Scope { value: "Contacts.Read", id: "ff74d97f-43af-4b68-9f2a-b77ee6968c5d", admin: false, display_name: "Read your contacts" },
    ],
};

/// Office 365 Exchange Online (microsoft-facts §3.3).
///
/// UNVERIFIED: whether `Exchange.Manage` needs an administrator's consent is not in the fact sheet; here an
/// Exchange administrator may consent for themselves, so that the hand-off to a second admin can be practised.
#[rustfmt::skip]
pub(crate) const EXCHANGE: Resource = Resource {
    app_id: "00000002-0000-0ff1-ce00-000000000000",
    display_name: "Office 365 Exchange Online",
    audience: "https://outlook.office365.com",
    aliases: &["https://outlook.office.com", "https://ps.outlook.com"],
    app_roles: &[
        AppRole { value: "full_access_as_app", id: "dc890d15-9560-4a4c-9b7f-a736ec74ec40", display_name: "Use Exchange Web Services with full access to all mailboxes" },
        AppRole { value: "IMAP.AccessAsApp", id: "5e5addcd-3e8d-4e90-baf5-964efab2b20a", display_name: "IMAP.AccessAsApp" },
        AppRole { value: "POP.AccessAsApp", id: "cb842b43-da6e-4506-86fe-bb12199c656d", display_name: "POP.AccessAsApp" },
        AppRole { value: "SMTP.SendAsApp", id: "7146a1f0-8703-45b3-9eae-527a64c00995", display_name: "SMTP.SendAsApp" },
        AppRole { value: "Mail.Read", id: "810c84a8-4a9e-49e6-bf7d-12d183f40d01", display_name: "Read mail in all mailboxes" },
        AppRole { value: "Mail.ReadWrite", id: "e2a3a72e-5f79-4c64-b1b1-878b674786c9", display_name: "Read and write mail in all mailboxes" },
        AppRole { value: "Mail.Send", id: "b633e1c5-b582-4048-a93e-9f11b44c7e96", display_name: "Send mail as any user" },
        AppRole { value: "Calendars.Read", id: "798ee544-9d2d-430c-a058-570e29e34338", display_name: "Read calendars in all mailboxes" },
        AppRole { value: "Contacts.Read", id: "089fe4d0-434a-44c5-8827-41ba8a0b17f5", display_name: "Read contacts in all mailboxes" },
        AppRole { value: "MailboxSettings.Read", id: "d45fa9f8-36e5-4cd2-b601-b063c7cf9ac2", display_name: "Read all user mailbox settings" },
        AppRole { value: "MailboxSettings.ReadWrite", id: "f9156939-25cd-4ba8-abfe-7fabcf003749", display_name: "Read and write all user mailbox settings" },
        AppRole { value: "User.Read.All", id: "bf24470f-10c1-436d-8d53-7b997eb473be", display_name: "Read all users' full profiles" },
        AppRole { value: "User.ReadBasic.All", id: "77e65b5a-ceae-48b3-9490-50a86a038a48", display_name: "Read all users' basic profiles" },
        AppRole { value: "Organization.Read.All", id: "15f260d6-f874-4366-8672-6b3658c5a09b", display_name: "Read organization information" },
        AppRole { value: "Mailbox.Migration", id: "f7264778-fba9-422d-8e9e-2675a2c4b513", display_name: "Move mailboxes between organizations" },
        AppRole { value: "Exchange.ManageAsApp", id: "dc50a0fb-09a3-484d-be87-e023b12c6440", display_name: "Manage Exchange As Application" },
    ],
    scopes: &[
        Scope { value: "Mail.Read.Shared", id: "1d894596-c906-42b1-8422-9360440c1c0c", admin: false, display_name: "Read user and shared mail" },
        Scope { value: "Mail.ReadWrite.Shared", id: "b09ec548-3f99-4d0a-859c-c9b7ff53b7a9", admin: false, display_name: "Read and write user and shared mail" },
        Scope { value: "Mail.Send.Shared", id: "16572339-6149-452b-b084-280b01354687", admin: false, display_name: "Send mail on behalf of others" },
        Scope { value: "EWS.AccessAsUser.All", id: "3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5", admin: false, display_name: "Access mailboxes as the signed-in user via Exchange Web Services" },
        Scope { value: "Exchange.Manage", id: "ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c", admin: false, display_name: "Manage Exchange configuration" },
        Scope { value: "IMAP.AccessAsUser.All", id: "195adc35-e27b-454b-a7ed-1ecdffa1c09f", admin: false, display_name: "Access mailboxes via IMAP" },
        Scope { value: "POP.AccessAsUser.All", id: "fb698133-92fa-453e-a9ed-688e10f2e5ac", admin: false, display_name: "Access mailboxes via POP" },
        Scope { value: "SMTP.Send", id: "76faac2a-0f20-42f1-928a-50de5b9dbe52", admin: false, display_name: "Send emails via SMTP AUTH" },
        Scope { value: "Mail.Read", id: "185758ba-798d-4b72-9e54-429a413a2510", admin: false, display_name: "Read your mail" },
        Scope { value: "Mail.ReadWrite", id: "75767999-c7a8-481e-a6b4-19458e0b30a5", admin: false, display_name: "Read and write your mail" },
        Scope { value: "Mail.Send", id: "5eb43c10-865a-4259-960a-83946678f8dd", admin: false, display_name: "Send mail as you" },
        Scope { value: "User.Read", id: "6223a6d3-53ef-4f8f-982a-895b39483c61", admin: false, display_name: "Sign you in and read your profile" },
    ],
};

/// Azure Resource Manager, of which the organisation plays only what Azure CLI asks when it signs in.
#[rustfmt::skip]
pub(crate) const AZURE_MANAGEMENT: Resource = Resource {
    app_id: "797f4846-ba00-4fd7-ba43-dac1f8f63013",
    display_name: "Windows Azure Service Management API",
    audience: "https://management.core.windows.net/",
    aliases: &["https://management.core.windows.net", "https://management.azure.com"],
    app_roles: &[],
    scopes: &[
        Scope { value: "user_impersonation", id: "41094075-9dad-400e-a0bd-54e686782033", admin: false, display_name: "Access Azure Resource Manager as organization users" },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_guid_means_a_role_of_each_resource() {
        let graph = GRAPH.role_by_value("Mail.Read").expect("Graph has Mail.Read");
        let exchange = EXCHANGE
            .role_by_value("Mail.Read")
            .expect("Exchange has Mail.Read");
        assert_eq!(graph.id, exchange.id);
        assert!(GRAPH.role_by_id("5e5addcd-3e8d-4e90-baf5-964efab2b20a").is_none());
    }

    #[test]
    fn a_resource_is_found_by_any_of_its_names() {
        for uri in [
            "https://outlook.office365.com",
            "https://outlook.office.com/",
            EXCHANGE.app_id,
        ] {
            assert_eq!(
                resource_by_uri(uri).map(|found| found.app_id),
                Some(EXCHANGE.app_id),
                "{uri}"
            );
        }
        assert!(resource_by_uri("https://example.org").is_none());
    }
}
