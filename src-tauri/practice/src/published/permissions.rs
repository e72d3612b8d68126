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
pub(crate) const RESOURCES: [&Resource; 4] = [&GRAPH, &EXCHANGE, &AZURE_MANAGEMENT, &AZURE_PORTAL];

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

/// Microsoft Graph (microsoft-facts §3.1 and §3.2; the rest is of the same source, for clients that want more than mail).
#[rustfmt::skip]
pub(crate) const GRAPH: Resource = Resource {
    app_id: "00000003-0000-0000-c000-000000000000",
    display_name: "Microsoft Graph",
    audience: "https://graph.microsoft.com",
    aliases: &[],
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
        AppRole { value: "AdministrativeUnit.Read.All", id: "134fd756-38ce-4afd-ba33-e9623dbe66c2", display_name: "Read all administrative units" },
        AppRole { value: "AdministrativeUnit.ReadWrite.All", id: "5eb59dd3-1da2-4329-8733-9dabdc435916", display_name: "Read and write all administrative units" },
        AppRole { value: "AuditLog.Read.All", id: "b0afded3-3588-46d8-8b3d-9842eff778da", display_name: "Read all audit log data" },
        AppRole { value: "CustomSecAttributeAssignment.Read.All", id: "3b37c5a4-1226-493d-bec3-5d6c6b866f3f", display_name: "Read custom security attribute assignments" },
        AppRole { value: "CustomSecAttributeAssignment.ReadWrite.All", id: "de89b5e4-5b8f-48eb-8925-29c2b33bd8bd", display_name: "Read and write custom security attribute assignments" },
        AppRole { value: "DelegatedPermissionGrant.Read.All", id: "81b4724a-58aa-41c1-8a55-84ef97466587", display_name: "Read all delegated permission grants" },
        AppRole { value: "Device.Read.All", id: "7438b122-aefc-4978-80ed-43db9fcc7715", display_name: "Read all devices" },
        AppRole { value: "Device.ReadWrite.All", id: "1138cb37-bd11-4084-a2b7-9f71582aeddb", display_name: "Read and write devices" },
        AppRole { value: "Domain.ReadWrite.All", id: "7e05723c-0bb0-42da-be95-ae9f08a6e53c", display_name: "Read and write domains" },
        AppRole { value: "Files.Read.All", id: "01d4889c-1287-42c6-ac1f-5d1e02578ef6", display_name: "Read files in all site collections" },
        AppRole { value: "Files.ReadWrite.All", id: "75359482-378d-4052-8f01-80520e7db3cd", display_name: "Read and write files in all site collections" },
        AppRole { value: "Files.ReadWrite.AppFolder", id: "b47b160b-1054-4efd-9ca0-e2f614696086", display_name: "Have full access to the application's folder without a signed in user." },
        AppRole { value: "Files.SelectedOperations.Selected", id: "bd61925e-3bf4-4d62-bc0b-06b06c96d95c", display_name: "Access selected Files without a signed in user." },
        AppRole { value: "IdentityProvider.Read.All", id: "e321f0bb-e7f7-481e-bb28-e3b0b32d4bd0", display_name: "Read identity providers" },
        AppRole { value: "IdentityProvider.ReadWrite.All", id: "90db2b9a-d928-4d33-a4dd-8442ae3d41e4", display_name: "Read and write identity providers" },
        AppRole { value: "LicenseAssignment.ReadWrite.All", id: "5facf0c1-8979-4e95-abcf-ff3d079771c0", display_name: "Manage all license assignments." },
        AppRole { value: "Member.Read.Hidden", id: "658aa5d8-239f-45c4-aa12-864f4fc7e490", display_name: "Read all hidden memberships" },
        AppRole { value: "OrgContact.Read.All", id: "e1a88a34-94c4-4418-be12-c87b00e26bea", display_name: "Read organizational contacts" },
        AppRole { value: "Organization.ReadWrite.All", id: "292d869f-3427-49a8-9dab-8c70152b74e9", display_name: "Read and write organization information" },
        AppRole { value: "People.Read.All", id: "b528084d-ad10-4598-8b93-929746b4d7d6", display_name: "Read all users' relevant people lists" },
        AppRole { value: "Place.Read.All", id: "913b9306-0ce1-42b8-9137-6a7df690a760", display_name: "Read all company places" },
        AppRole { value: "Policy.Read.PermissionGrant", id: "9e640839-a198-48fb-8b9a-013fd6f6cbcd", display_name: "Read consent and permission grant policies" },
        AppRole { value: "Policy.ReadWrite.AuthenticationMethod", id: "29c18626-4985-4dcd-85c0-193eef327366", display_name: "Read and write all authentication method policies" },
        AppRole { value: "Policy.ReadWrite.Authorization", id: "fb221be6-99f2-473f-bd32-01c6a0e9ca3b", display_name: "Read and write your organization's authorization policy" },
        AppRole { value: "Policy.ReadWrite.ConditionalAccess", id: "01c0a623-fc9b-48e9-b794-0756f8e8f067", display_name: "Read and write your organization's conditional access policies" },
        AppRole { value: "Policy.ReadWrite.ConsentRequest", id: "999f8c63-0a38-4f1b-91fd-ed1947bdd1a9", display_name: "Read and write your organization's consent request policy" },
        AppRole { value: "Policy.ReadWrite.PermissionGrant", id: "a402ca1c-2696-4531-972d-6e5ee4aa11ea", display_name: "Manage consent and permission grant policies" },
        AppRole { value: "Presence.Read.All", id: "a70e0c2d-e793-494c-94c4-118fa0a67f42", display_name: "Read presence information of all users in your organization" },
        AppRole { value: "Presence.ReadWrite.All", id: "83cded22-8297-4ff6-a7fa-e97e9545a259", display_name: "Read and write presence information for all users" },
        AppRole { value: "Reports.Read.All", id: "230c1aed-a721-4c5d-9cb4-a90514e508ef", display_name: "Read all usage reports" },
        AppRole { value: "RoleManagement.Read.All", id: "c7fbd983-d9aa-4fa7-84b8-17382c103bc4", display_name: "Read role management data for all RBAC providers" },
        AppRole { value: "ServiceHealth.Read.All", id: "79c261e0-fe76-4144-aad5-bdc68fbe4037", display_name: "Read service health" },
        AppRole { value: "Sites.FullControl.All", id: "a82116e5-55eb-4c41-a434-62fe8a61c773", display_name: "Have full control of all site collections" },
        AppRole { value: "Sites.Manage.All", id: "0c0bf378-bf22-4481-8f81-9e89a9b4960a", display_name: "Create, edit, and delete items and lists in all site collections" },
        AppRole { value: "Sites.Read.All", id: "332a536c-c7ef-4017-ab91-336970924f0d", display_name: "Read items in all site collections" },
        AppRole { value: "Sites.ReadWrite.All", id: "9492366f-7969-46a4-8d15-ed1a20078fff", display_name: "Read and write items in all site collections" },
        AppRole { value: "Sites.Selected", id: "883ea226-0bf2-4a8f-9f9d-92c9162a727d", display_name: "Access selected site collections" },
        AppRole { value: "Tasks.Read.All", id: "f10e1f91-74ed-437f-a6fd-d6ae88e26c1f", display_name: "Read all users' tasks and tasklist" },
        AppRole { value: "Tasks.ReadWrite.All", id: "44e666d1-d276-445b-a5fc-8815eeb81d55", display_name: "Read and write all users' tasks and tasklists" },
        AppRole { value: "User.EnableDisableAccount.All", id: "3011c876-62b7-4ada-afa2-506cbbecc68c", display_name: "Enable and disable user accounts" },
        AppRole { value: "User.Export.All", id: "405a51b5-8d8d-430b-9842-8be4b0e9f324", display_name: "Export user's data" },
        AppRole { value: "User.Invite.All", id: "09850681-111b-4a89-9bed-3f2cae46d706", display_name: "Invite guest users to the organization" },
        AppRole { value: "User.ManageIdentities.All", id: "c529cfca-c91b-489c-af2b-d92990b66ce6", display_name: "Manage all users' identities" },
        AppRole { value: "User.ReadWrite.All", id: "741f803b-c850-494e-b5df-cde7c675a1ca", display_name: "Read and write all users' full profiles" },
        AppRole { value: "User.RevokeSessions.All", id: "77f3a031-c388-4f99-b373-dc68676a979e", display_name: "Revoke all sign in sessions for a user" },
        AppRole { value: "UserAuthenticationMethod.Read.All", id: "38d9df27-64da-44fd-b7c5-a6fbac20248f", display_name: "Read all users' authentication methods" },
        AppRole { value: "UserAuthenticationMethod.ReadWrite.All", id: "50483e42-d915-4231-9639-7fdb7fd190e5", display_name: "Read and write all users' authentication methods" },
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
        Scope { value: "AdministrativeUnit.Read.All", id: "3361d15d-be43-4de6-b441-3c746d05163d", admin: true, display_name: "Read administrative units" },
        Scope { value: "AdministrativeUnit.ReadWrite.All", id: "7b8a2d34-6b3f-4542-a343-54651608ad81", admin: true, display_name: "Read and write administrative units" },
        Scope { value: "AuditLog.Read.All", id: "e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20", admin: true, display_name: "Read audit log data" },
        Scope { value: "Calendars.Read.Shared", id: "2b9c4092-424d-4249-948d-b43879977640", admin: false, display_name: "Read calendars you can access" },
        Scope { value: "Calendars.ReadBasic", id: "662d75ba-a364-42ad-adee-f5f880ea4878", admin: true, display_name: "Read basic details of your calendars" },
        Scope { value: "Calendars.ReadWrite", id: "1ec239c2-d7c9-4623-a91a-a9775856bb36", admin: false, display_name: "Have full access to your calendars" },
        Scope { value: "Calendars.ReadWrite.Shared", id: "12466101-c9b8-439a-8589-dd09ee67e8e9", admin: false, display_name: "Read and write to your and shared calendars" },
        Scope { value: "Contacts.Read.Shared", id: "242b9d9e-ed24-4d09-9a52-f43769beb9d4", admin: false, display_name: "Read your and shared contacts" },
        Scope { value: "Contacts.ReadWrite", id: "d56682ec-c09e-4743-aaf4-1a3aac4caa21", admin: false, display_name: "Have full access of your contacts" },
        Scope { value: "Contacts.ReadWrite.Shared", id: "afb6c84b-06be-49af-80bb-8f3f77004eab", admin: false, display_name: "Read and write to your and shared contacts" },
        Scope { value: "CustomSecAttributeAssignment.Read.All", id: "b46ffa80-fe3d-4822-9a1a-c200932d54d0", admin: true, display_name: "Read custom security attribute assignments" },
        Scope { value: "CustomSecAttributeAssignment.ReadWrite.All", id: "ca46335e-8453-47cd-a001-8459884efeae", admin: true, display_name: "Read and write custom security attribute assignments" },
        Scope { value: "Device.Read", id: "11d4cd79-5ba5-460f-803f-e22c8ab85ccd", admin: false, display_name: "View your list of devices" },
        Scope { value: "Device.Read.All", id: "951183d1-1a61-466f-a6d1-1fde911bfd95", admin: true, display_name: "Read all devices" },
        Scope { value: "Directory.AccessAsUser.All", id: "0e263e50-5827-48a4-b97c-d940288653c7", admin: true, display_name: "Access the directory as you" },
        Scope { value: "Domain.ReadWrite.All", id: "0b5d694c-a244-4bde-86e6-eb5cd07730fe", admin: true, display_name: "Read and write domains" },
        Scope { value: "Files.Read", id: "10465720-29dd-4523-a11a-6a75c743c9d9", admin: false, display_name: "Read your files" },
        Scope { value: "Files.Read.All", id: "df85f4d6-205c-4ac5-a5ea-6bf408dba283", admin: false, display_name: "Read all files that you have access to" },
        Scope { value: "Files.Read.Selected", id: "5447fe39-cb82-4c1a-b977-520e67e724eb", admin: false, display_name: "Read selected files" },
        Scope { value: "Files.ReadWrite", id: "5c28f0bf-8a70-41f1-8ab2-9032436ddb65", admin: false, display_name: "Have full access to your files" },
        Scope { value: "Files.ReadWrite.All", id: "863451e7-0667-486c-a5d6-d135439485f0", admin: false, display_name: "Have full access to all files you have access to" },
        Scope { value: "Files.ReadWrite.AppFolder", id: "8019c312-3263-48e6-825e-2b833497195b", admin: false, display_name: "Have full access to the application's folder" },
        Scope { value: "Files.ReadWrite.Selected", id: "17dde5bd-8c17-420f-a486-969730c1b827", admin: false, display_name: "Read and write selected files" },
        Scope { value: "Files.SelectedOperations.Selected", id: "ef2779dc-ef1b-4211-8310-8a0ac2450081", admin: false, display_name: "Access selected Files, on behalf of the signed-in user" },
        Scope { value: "IdentityProvider.Read.All", id: "43781733-b5a7-4d1b-98f4-e8edff23e1a9", admin: true, display_name: "Read identity providers" },
        Scope { value: "IdentityProvider.ReadWrite.All", id: "f13ce604-1677-429f-90bd-8a10b9f01325", admin: true, display_name: "Read and write identity providers" },
        Scope { value: "LicenseAssignment.ReadWrite.All", id: "f55016cc-149c-447e-8f21-7cf3ec1d6350", admin: false, display_name: "Manage all license assignments" },
        Scope { value: "MailboxFolder.Read", id: "52dc2051-4958-4636-8f2a-281d39c6981c", admin: false, display_name: "Read your mailbox folders" },
        Scope { value: "MailboxFolder.ReadWrite", id: "077fde41-7e0b-4c5b-bcd1-e9d743a30c80", admin: false, display_name: "Read and write your mailbox folders" },
        Scope { value: "MailboxItem.Read", id: "82305458-296d-4edd-8b0b-74dd74c34526", admin: false, display_name: "Read your mailbox items" },
        Scope { value: "Member.Read.Hidden", id: "f6a3db3e-f7e8-4ed2-a414-557c8c9830be", admin: true, display_name: "Read your hidden memberships" },
        Scope { value: "OrgContact.Read.All", id: "08432d1b-5911-483c-86df-7980af5cdee0", admin: true, display_name: "Read organizational contacts" },
        Scope { value: "Organization.ReadWrite.All", id: "46ca0847-7e6b-426e-9775-ea810a948356", admin: true, display_name: "Read and write organization information" },
        Scope { value: "People.Read", id: "ba47897c-39ec-4d83-8086-ee8256fa737d", admin: false, display_name: "Read your relevant people list" },
        Scope { value: "People.Read.All", id: "b89f9189-71a5-4e70-b041-9887f0bc7e4a", admin: true, display_name: "Read all users' relevant people lists" },
        Scope { value: "Place.Read.All", id: "cb8f45a0-5c2e-4ea1-b803-84b870a7d7ec", admin: true, display_name: "Read all company places" },
        Scope { value: "Place.ReadWrite.All", id: "4c06a06a-098a-4063-868e-5dfee3827264", admin: true, display_name: "Read and write organization places" },
        Scope { value: "Policy.Read.PermissionGrant", id: "414de6ea-2d92-462f-b120-6e2a809a6d01", admin: true, display_name: "Read consent and permission grant policies" },
        Scope { value: "Policy.ReadWrite.AuthenticationMethod", id: "7e823077-d88e-468f-a337-e18f1f0e6c7c", admin: true, display_name: "Read and write your authentication method policies" },
        Scope { value: "Policy.ReadWrite.Authorization", id: "edd3c878-b384-41fd-95ad-e7407dd775be", admin: true, display_name: "Read and write your organization's authorization policy" },
        Scope { value: "Policy.ReadWrite.ConditionalAccess", id: "ad902697-1014-4ef5-81ef-2b4301988e8c", admin: true, display_name: "Read and write your organization's conditional access policies" },
        Scope { value: "Policy.ReadWrite.ConsentRequest", id: "4d135e65-66b8-41a8-9f8b-081452c91774", admin: true, display_name: "Read and write consent request policy" },
        Scope { value: "Policy.ReadWrite.PermissionGrant", id: "2672f8bb-fd5e-42e0-85e1-ec764dd2614e", admin: true, display_name: "Manage consent and permission grant policies" },
        Scope { value: "Presence.Read", id: "76bc735e-aecd-4a1d-8b4c-2b915deabb79", admin: false, display_name: "Read your presence information" },
        Scope { value: "Presence.Read.All", id: "9c7a330d-35b3-4aa1-963d-cb2b9f927841", admin: false, display_name: "Read presence information of all users in your organization" },
        Scope { value: "Presence.ReadWrite", id: "8d3c54a7-cf58-4773-bf81-c0cd6ad522bb", admin: false, display_name: "Read and write your presence information" },
        Scope { value: "Reports.Read.All", id: "02e97553-ed7b-43d0-ab3c-f8bace0d040c", admin: true, display_name: "Read all usage reports" },
        Scope { value: "ServiceHealth.Read.All", id: "55896846-df78-47a7-aa94-8d3d4442ca7f", admin: true, display_name: "Read service health" },
        Scope { value: "Sites.FullControl.All", id: "5a54b8b3-347c-476d-8f8e-42d5c7424d29", admin: true, display_name: "Have full control of all your site collections" },
        Scope { value: "Sites.Manage.All", id: "65e50fdc-43b7-4915-933e-e8138f11f40a", admin: false, display_name: "Create, edit, and delete items and lists in all your site collections" },
        Scope { value: "Sites.Read.All", id: "205e70e5-aba6-4c52-a976-6d2d46c48043", admin: false, display_name: "Read items in all site collections" },
        Scope { value: "Sites.ReadWrite.All", id: "89fe6a52-be36-487e-b7d8-d061c450a026", admin: false, display_name: "Edit or delete items in all site collections" },
        Scope { value: "Sites.Selected", id: "f89c84ef-20d0-4b54-87e9-02e856d66d53", admin: false, display_name: "Access selected Sites, on behalf of the signed-in user" },
        Scope { value: "Tasks.Read", id: "f45671fb-e0fe-4b4b-be20-3d3ce43f1bcb", admin: false, display_name: "Read your tasks and task lists" },
        Scope { value: "Tasks.Read.Shared", id: "88d21fd4-8e5a-4c32-b5e2-4a1c95f34f72", admin: false, display_name: "Read your and shared tasks" },
        Scope { value: "Tasks.ReadWrite", id: "2219042f-cab5-40cc-b0d2-16b1540b4c5f", admin: false, display_name: "Create, read, update, and delete your tasks and task lists" },
        Scope { value: "Tasks.ReadWrite.Shared", id: "c5ddf11b-c114-4886-8558-8a4e557cd52b", admin: false, display_name: "Read and write to your and shared tasks" },
        Scope { value: "User.EnableDisableAccount.All", id: "f92e74e7-2563-467f-9dd0-902688cb5863", admin: true, display_name: "Enable and disable user accounts" },
        Scope { value: "User.Export.All", id: "405a51b5-8d8d-430b-9842-8be4b0e9f324", admin: true, display_name: "Export user's data" },
        Scope { value: "User.Invite.All", id: "63dd7cd9-b489-4adf-a28c-ac38b9a0f962", admin: true, display_name: "Invite guest users to the organization" },
        Scope { value: "User.ManageIdentities.All", id: "637d7bec-b31e-4deb-acc9-24275642a2c9", admin: true, display_name: "Manage  user identities" },
        Scope { value: "User.ReadWrite", id: "b4e74841-8e56-480b-be8b-910348b18b4c", admin: false, display_name: "Read and update your profile" },
        Scope { value: "User.ReadWrite.All", id: "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4", admin: true, display_name: "Read and write all users' full profiles" },
        Scope { value: "User.RevokeSessions.All", id: "fc30e98b-8810-4501-81f5-c20a3196387b", admin: true, display_name: "Revokes all sign in sessions for a user" },
        Scope { value: "UserAuthenticationMethod.Read", id: "1f6b61c5-2f65-4135-9c9f-31c0f8d32b52", admin: true, display_name: "Read your authentication methods" },
        Scope { value: "UserAuthenticationMethod.Read.All", id: "aec28ec7-4d02-4e8c-b864-50163aea77eb", admin: true, display_name: "Read all users' authentication methods" },
        Scope { value: "UserAuthenticationMethod.ReadWrite", id: "48971fc1-70d7-4245-af77-0beb29b53ee2", admin: true, display_name: "Read and write your authentication methods" },
        Scope { value: "UserAuthenticationMethod.ReadWrite.All", id: "b7887744-6746-4312-813d-72daeaee7e2d", admin: true, display_name: "Read and write all users' authentication methods" },
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
        // It exists, but its true id is UNVERIFIED (microsoft-facts §3.3); this one is made up.
        AppRole { value: "Exchange.ManageAsAppV2", id: "f3a1c9b2-0000-4000-8000-000000000001", display_name: "Manage Exchange As Application (v2)" },
    ],
    scopes: &[
        Scope { value: "Mail.Read.Shared", id: "1d894596-c906-42b1-8422-9360440c1c0c", admin: false, display_name: "Read user and shared mail" },
        Scope { value: "Mail.ReadWrite.Shared", id: "b09ec548-3f99-4d0a-859c-c9b7ff53b7a9", admin: false, display_name: "Read and write user and shared mail" },
        Scope { value: "Mail.Send.Shared", id: "16572339-6149-452b-b084-280b01354687", admin: false, display_name: "Send mail on behalf of others" },
        Scope { value: "EWS.AccessAsUser.All", id: "3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5", admin: false, display_name: "Access mailboxes as the signed-in user via Exchange Web Services" },
        Scope { value: "Exchange.Manage", id: "ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c", admin: false, display_name: "Manage Exchange configuration" },
        // It exists, but its true id is UNVERIFIED (microsoft-facts §3.3); this one is made up.
        Scope { value: "Exchange.ManageV2", id: "f3a1c9b2-0000-4000-8000-000000000002", admin: false, display_name: "Manage Exchange configuration (v2)" },
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

/// The API behind the pages of the Azure portal, of which Azure CLI uses one call (`az ad app permission
/// admin-consent`). It names it by its app id; its name and the id of its scope are UNVERIFIED.
#[rustfmt::skip]
pub(crate) const AZURE_PORTAL: Resource = Resource {
    app_id: "74658136-14ec-4630-ad9b-26e160ff0fc6",
    display_name: "ADIbizaUX",
    audience: "74658136-14ec-4630-ad9b-26e160ff0fc6",
    aliases: &[],
    app_roles: &[],
    scopes: &[
        Scope { value: "user_impersonation", id: "f3a1c9b2-0000-4000-8000-000000000003", admin: false, display_name: "Use the portal as the signed-in person" },
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
