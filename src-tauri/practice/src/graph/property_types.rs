//! The properties of Graph's types, by name, as Microsoft's schema of 2026-08-20 declares them: the types that this
//! organisation answers, and the complex types inside them.

use super::property::Kind::{Binary, Choice, Date, Duration, Flag, Guid, Link, Object, Text, Time, Whole};
use super::property::{Kind, Property};

const fn one(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        many: false,
    }
}

const fn many(name: &'static str, kind: Kind) -> Property {
    Property {
        name,
        kind,
        many: true,
    }
}

/// Each type with its own and its inherited properties.
#[rustfmt::skip]
pub(super) const TYPES: &[(&str, &[Property])] = &[
    ("user", &[
        one("aboutMe", Text), one("accountEnabled", Flag), many("activities", Link), many("adhocCalls", Link),
        one("ageGroup", Text), many("agreementAcceptances", Link), many("appRoleAssignments", Link),
        many("assignedLicenses", Object("assignedLicense")), many("assignedPlans", Object("assignedPlan")),
        one("authentication", Link), one("authorizationInfo", Object("authorizationInfo")), one("birthday", Time),
        many("businessPhones", Text), one("calendar", Link), many("calendarGroups", Link), many("calendarView", Link),
        many("calendars", Link), many("chats", Link), one("city", Text), one("cloudClipboard", Link),
        many("cloudPCs", Link), one("companyName", Text), one("consentProvidedForMinor", Text),
        many("contactFolders", Link), many("contacts", Link), one("country", Text), one("createdDateTime", Time),
        many("createdObjects", Link), one("creationType", Text),
        one("customSecurityAttributes", Object("customSecurityAttributeValue")),
        one("dataSecurityAndGovernance", Link), one("deletedDateTime", Time), one("department", Text),
        one("deviceEnrollmentLimit", Whole), many("deviceManagementTroubleshootingEvents", Link),
        many("directReports", Link), one("displayName", Text), one("drive", Link), many("drives", Link),
        one("employeeExperience", Link), one("employeeHireDate", Time), one("employeeId", Text),
        one("employeeLeaveDateTime", Time), one("employeeOrgData", Object("employeeOrgData")),
        one("employeeType", Text), many("events", Link), many("extensions", Link), one("externalUserState", Text),
        one("externalUserStateChangeDateTime", Time), one("faxNumber", Text), many("followedSites", Link),
        one("givenName", Text), one("hireDate", Time), one("id", Text), many("identities", Object("objectIdentity")),
        one("identityParentId", Text), many("imAddresses", Text), one("inferenceClassification", Link),
        one("insights", Link), many("interests", Text), one("isManagementRestricted", Flag),
        one("isResourceAccount", Flag), one("jobTitle", Text), many("joinedTeams", Link),
        one("lastPasswordChangeDateTime", Time), one("legalAgeGroupClassification", Text),
        many("licenseAssignmentStates", Object("licenseAssignmentState")), many("licenseDetails", Link),
        one("mail", Text), many("mailFolders", Link), one("mailNickname", Text),
        one("mailboxSettings", Object("mailboxSettings")), many("managedAppRegistrations", Link),
        many("managedDevices", Link), one("manager", Link), many("memberOf", Link), many("messages", Link),
        one("mobilePhone", Text), one("mySite", Text), many("oauth2PermissionGrants", Link),
        one("officeLocation", Text), one("onPremisesDistinguishedName", Text), one("onPremisesDomainName", Text),
        one("onPremisesExtensionAttributes", Object("onPremisesExtensionAttributes")),
        one("onPremisesImmutableId", Text), one("onPremisesLastSyncDateTime", Time),
        many("onPremisesProvisioningErrors", Object("onPremisesProvisioningError")),
        one("onPremisesSamAccountName", Text), one("onPremisesSecurityIdentifier", Text),
        one("onPremisesSyncBehavior", Link), one("onPremisesSyncEnabled", Flag),
        one("onPremisesUserPrincipalName", Text), one("onenote", Link), many("onlineMeetings", Link),
        many("otherMails", Text), one("outlook", Link), many("ownedDevices", Link), many("ownedObjects", Link),
        one("passwordPolicies", Text), one("passwordProfile", Object("passwordProfile")), many("pastProjects", Text),
        many("people", Link), many("permissionGrants", Link), one("photo", Link), many("photos", Link),
        one("planner", Link), one("postalCode", Text), one("preferredDataLocation", Text),
        one("preferredLanguage", Text), one("preferredName", Text), one("presence", Link),
        one("print", Object("userPrint")), many("provisionedPlans", Object("provisionedPlan")),
        many("proxyAddresses", Text), many("registeredDevices", Link), many("responsibilities", Text),
        many("schools", Text), many("scopedRoleMemberOf", Link), one("securityIdentifier", Text),
        many("serviceProvisioningErrors", Object("serviceProvisioningError")), one("settings", Link),
        one("showInAddressList", Flag), one("signInActivity", Object("signInActivity")),
        one("signInSessionsValidFromDateTime", Time), many("skills", Text), one("solutions", Link),
        many("sponsorOf", Link), many("sponsors", Link), one("state", Text), one("streetAddress", Text),
        one("surname", Text), one("teamwork", Link), one("todo", Link), many("transitiveMemberOf", Link),
        one("usageLocation", Text), one("userPrincipalName", Text), one("userType", Text),
    ]),
    ("group", &[
        many("acceptedSenders", Link),
        one("accessType", Choice(&["none", "private", "secret", "public", "unknownFutureValue"])),
        one("allowExternalSenders", Flag), many("appRoleAssignments", Link),
        many("assignedLabels", Object("assignedLabel")), many("assignedLicenses", Object("assignedLicense")),
        one("autoSubscribeNewMembers", Flag), one("calendar", Link), many("calendarView", Link),
        one("classification", Text), many("conversations", Link), one("createdDateTime", Time),
        one("createdOnBehalfOf", Link), one("deletedDateTime", Time), one("description", Text),
        one("displayName", Text), one("drive", Link), many("drives", Link), many("events", Link),
        one("expirationDateTime", Time), many("extensions", Link), many("groupLifecyclePolicies", Link),
        many("groupTypes", Text), one("hasMembersWithLicenseErrors", Flag), one("hideFromAddressLists", Flag),
        one("hideFromOutlookClients", Flag), one("id", Text), many("infoCatalogs", Text), one("isArchived", Flag),
        one("isAssignableToRole", Flag), one("isFavorite", Flag), one("isManagementRestricted", Flag),
        one("isSubscribedByMail", Flag), one("licenseProcessingState", Object("licenseProcessingState")),
        one("mail", Text), one("mailEnabled", Flag), one("mailNickname", Text), many("memberOf", Link),
        many("members", Link), many("membersWithLicenseErrors", Link), one("membershipRule", Text),
        one("membershipRuleProcessingState", Text), one("onPremisesDomainName", Text),
        one("onPremisesExtensionAttributes", Object("onPremisesExtensionAttributes")),
        one("onPremisesLastSyncDateTime", Time), one("onPremisesNetBiosName", Text),
        many("onPremisesProvisioningErrors", Object("onPremisesProvisioningError")),
        one("onPremisesSamAccountName", Text), one("onPremisesSecurityIdentifier", Text),
        one("onPremisesSyncBehavior", Link), one("onPremisesSyncEnabled", Flag), one("onenote", Link),
        one("organizationId", Text), many("owners", Link), many("permissionGrants", Link), one("photo", Link),
        many("photos", Link), one("planner", Link), one("preferredDataLocation", Text),
        one("preferredLanguage", Text), many("proxyAddresses", Text), many("rejectedSenders", Link),
        one("renewedDateTime", Time), many("resourceBehaviorOptions", Text),
        many("resourceProvisioningOptions", Text), one("securityEnabled", Flag), one("securityIdentifier", Text),
        many("serviceProvisioningErrors", Object("serviceProvisioningError")), many("settings", Link),
        many("sites", Link), one("team", Link), one("theme", Text), many("threads", Link),
        many("transitiveMemberOf", Link), many("transitiveMembers", Link), one("uniqueName", Text),
        one("unseenConversationsCount", Whole), one("unseenCount", Whole), one("unseenMessagesCount", Whole),
        one("visibility", Text), one("welcomeMessageEnabled", Flag),
    ]),
    ("application", &[
        many("addIns", Object("addIn")), one("api", Object("apiApplication")), one("appId", Text),
        many("appManagementPolicies", Link), many("appRoles", Object("appRole")), one("applicationTemplateId", Text),
        one("authenticationBehaviors", Object("authenticationBehaviors")),
        one("certification", Object("certification")), one("createdByAppId", Text), one("createdDateTime", Time),
        one("createdOnBehalfOf", Link), one("defaultRedirectUri", Text), one("deletedDateTime", Time),
        one("description", Text), one("disabledByMicrosoftStatus", Text), one("displayName", Text),
        many("extensionProperties", Link), many("federatedIdentityCredentials", Link),
        one("groupMembershipClaims", Text), many("homeRealmDiscoveryPolicies", Link), one("id", Text),
        many("identifierUris", Text), one("info", Object("informationalUrl")), one("isDeviceOnlyAuthSupported", Flag),
        one("isDisabled", Flag), one("isFallbackPublicClient", Flag), many("keyCredentials", Object("keyCredential")),
        one("logo", Binary), many("managerApplications", Guid),
        one("nativeAuthenticationApisEnabled", Choice(&["none", "all", "unknownFutureValue"])), one("notes", Text),
        one("oauth2RequirePostResponse", Flag), one("optionalClaims", Object("optionalClaims")), many("owners", Link),
        one("parentalControlSettings", Object("parentalControlSettings")),
        many("passwordCredentials", Object("passwordCredential")),
        one("publicClient", Object("publicClientApplication")), one("publisherDomain", Text),
        one("requestSignatureVerification", Object("requestSignatureVerification")),
        many("requiredResourceAccess", Object("requiredResourceAccess")), one("samlMetadataUrl", Text),
        one("serviceManagementReference", Text),
        one("servicePrincipalLockConfiguration", Object("servicePrincipalLockConfiguration")),
        one("signInAudience", Text), one("spa", Object("spaApplication")), one("synchronization", Link),
        many("tags", Text), one("tokenEncryptionKeyId", Guid), many("tokenIssuancePolicies", Link),
        many("tokenLifetimePolicies", Link), one("uniqueName", Text),
        one("verifiedPublisher", Object("verifiedPublisher")), one("web", Object("webApplication")),
    ]),
    ("servicePrincipal", &[
        one("accountEnabled", Flag), many("addIns", Object("addIn")), many("alternativeNames", Text),
        one("appDescription", Text), one("appDisplayName", Text), one("appId", Text),
        many("appManagementPolicies", Link), one("appOwnerOrganizationId", Guid), many("appRoleAssignedTo", Link),
        one("appRoleAssignmentRequired", Flag), many("appRoleAssignments", Link), many("appRoles", Object("appRole")),
        one("applicationTemplateId", Text), many("claimsMappingPolicies", Link), one("createdByAppId", Text),
        many("createdObjects", Link), one("customSecurityAttributes", Object("customSecurityAttributeValue")),
        many("delegatedPermissionClassifications", Link), one("deletedDateTime", Time), one("description", Text),
        one("disabledByMicrosoftStatus", Text), one("displayName", Text), many("endpoints", Link),
        many("federatedIdentityCredentials", Link), many("homeRealmDiscoveryPolicies", Link), one("homepage", Text),
        one("id", Text), one("info", Object("informationalUrl")), one("isDisabled", Flag),
        many("keyCredentials", Object("keyCredential")), one("loginUrl", Text), one("logoutUrl", Text),
        many("memberOf", Link), one("notes", Text), many("notificationEmailAddresses", Text),
        many("oauth2PermissionGrants", Link), many("oauth2PermissionScopes", Object("permissionScope")),
        many("ownedObjects", Link), many("owners", Link), many("passwordCredentials", Object("passwordCredential")),
        one("preferredSingleSignOnMode", Text), one("preferredTokenSigningKeyThumbprint", Text),
        one("remoteDesktopSecurityConfiguration", Link), many("replyUrls", Text),
        many("resourceSpecificApplicationPermissions", Object("resourceSpecificPermission")),
        one("samlSingleSignOnSettings", Object("samlSingleSignOnSettings")), many("servicePrincipalNames", Text),
        one("servicePrincipalType", Text), one("signInAudience", Text), one("synchronization", Link),
        many("tags", Text), one("tokenEncryptionKeyId", Guid), many("tokenIssuancePolicies", Link),
        many("tokenLifetimePolicies", Link), many("transitiveMemberOf", Link),
        one("verifiedPublisher", Object("verifiedPublisher")),
    ]),
    ("appManagementPolicy", &[
        many("appliesTo", Link), one("deletedDateTime", Time), one("description", Text), one("displayName", Text),
        one("id", Text), one("isEnabled", Flag), one("restrictions", Object("customAppManagementConfiguration")),
    ]),
    ("tenantAppManagementPolicy", &[
        one("applicationRestrictions", Object("appManagementApplicationConfiguration")), one("deletedDateTime", Time),
        one("description", Text), one("displayName", Text), one("id", Text), one("isEnabled", Flag),
        one("servicePrincipalRestrictions", Object("appManagementServicePrincipalConfiguration")),
    ]),
    ("federatedIdentityCredential", &[
        many("audiences", Text), one("description", Text), one("id", Text), one("issuer", Text), one("name", Text),
        one("subject", Text),
    ]),
    ("oAuth2PermissionGrant", &[
        one("clientId", Text), one("consentType", Text), one("id", Text), one("principalId", Text),
        one("resourceId", Text), one("scope", Text),
    ]),
    ("appRoleAssignment", &[
        one("appRoleId", Guid), one("createdDateTime", Time), one("deletedDateTime", Time), one("id", Text),
        one("principalDisplayName", Text), one("principalId", Guid), one("principalType", Text),
        one("resourceDisplayName", Text), one("resourceId", Guid),
    ]),
    ("unifiedRoleAssignment", &[
        one("appScope", Link), one("appScopeId", Text), one("condition", Text), one("directoryScope", Link),
        one("directoryScopeId", Text), one("id", Text), one("principal", Link), one("principalId", Text),
        one("principalOrganizationId", Text), one("roleDefinition", Link), one("roleDefinitionId", Text),
    ]),
    ("unifiedRoleAssignmentScheduleRequest", &[
       
        one("action", Choice(&["adminAssign", "adminUpdate", "adminRemove", "selfActivate", "selfDeactivate", "adminExtend", "adminRenew", "selfExtend", "selfRenew", "unknownFutureValue"])),
        one("activatedUsing", Link), one("appScope", Link), one("appScopeId", Text), one("approvalId", Text),
        one("completedDateTime", Time), one("createdBy", Object("identitySet")), one("createdDateTime", Time),
        one("customData", Text), one("directoryScope", Link), one("directoryScopeId", Text), one("id", Text),
        one("isValidationOnly", Flag), one("justification", Text), one("principal", Link), one("principalId", Text),
        one("roleDefinition", Link), one("roleDefinitionId", Text), one("scheduleInfo", Object("requestSchedule")),
        one("status", Text), one("targetSchedule", Link), one("targetScheduleId", Text),
        one("ticketInfo", Object("ticketInfo")),
    ]),
    ("organization", &[
        many("assignedPlans", Object("assignedPlan")), one("branding", Link), many("businessPhones", Text),
        many("certificateBasedAuthConfiguration", Link), one("city", Text), one("country", Text),
        one("countryLetterCode", Text), one("createdDateTime", Time), one("defaultUsageLocation", Text),
        one("deletedDateTime", Time), one("displayName", Text), many("extensions", Link), one("id", Text),
        many("marketingNotificationEmails", Text),
        one("mobileDeviceManagementAuthority", Choice(&["unknown", "intune", "sccm", "office365"])),
        one("onPremisesLastSyncDateTime", Time), one("onPremisesSyncEnabled", Flag),
        one("partnerTenantType", Choice(&["microsoftSupport", "syndicatePartner", "breadthPartner", "breadthPartnerDelegatedAdmin", "resellerPartnerDelegatedAdmin", "valueAddedResellerPartnerDelegatedAdmin", "unknownFutureValue"])),
        one("postalCode", Text), one("preferredLanguage", Text), one("privacyProfile", Object("privacyProfile")),
        many("provisionedPlans", Object("provisionedPlan")), many("securityComplianceNotificationMails", Text),
        many("securityComplianceNotificationPhones", Text), one("state", Text), one("street", Text),
        many("technicalNotificationMails", Text), one("tenantType", Text),
        many("verifiedDomains", Object("verifiedDomain")),
    ]),
    ("domain", &[
        one("authenticationType", Text), one("availabilityStatus", Text), many("domainNameReferences", Link),
        many("federationConfiguration", Link), one("id", Text), one("isAdminManaged", Flag), one("isDefault", Flag),
        one("isInitial", Flag), one("isRoot", Flag), one("isVerified", Flag), one("manufacturer", Text),
        one("model", Text), one("passwordNotificationWindowInDays", Whole),
        one("passwordValidityPeriodInDays", Whole), one("rootDomain", Link),
        many("serviceConfigurationRecords", Link), one("state", Object("domainState")),
        many("supportedServices", Text), many("verificationDnsRecords", Link),
    ]),
    ("directoryRole", &[
        one("deletedDateTime", Time), one("description", Text), one("displayName", Text), one("id", Text),
        many("members", Link), one("roleTemplateId", Text), many("scopedMembers", Link),
    ]),
    ("directoryRoleTemplate", &[
        one("deletedDateTime", Time), one("description", Text), one("displayName", Text), one("id", Text),
    ]),
    ("unifiedRoleDefinition", &[
        one("description", Text), one("displayName", Text), one("id", Text), many("inheritsPermissionsFrom", Link),
        one("isBuiltIn", Flag), one("isEnabled", Flag), many("resourceScopes", Text),
        many("rolePermissions", Object("unifiedRolePermission")), one("templateId", Text), one("version", Text),
    ]),
    ("subscribedSku", &[
        one("accountId", Text), one("accountName", Text), one("appliesTo", Text), one("capabilityStatus", Text),
        one("consumedUnits", Whole), one("id", Text), one("prepaidUnits", Object("licenseUnitsDetail")),
        many("servicePlans", Object("servicePlanInfo")), one("skuId", Guid), one("skuPartNumber", Text),
        many("subscriptionIds", Text),
    ]),
    ("licenseDetails", &[
        one("id", Text), many("servicePlans", Object("servicePlanInfo")), one("skuId", Guid),
        one("skuPartNumber", Text),
    ]),
    ("unifiedRoleAssignmentScheduleInstance", &[
        one("activatedUsing", Link), one("appScope", Link), one("appScopeId", Text), one("assignmentType", Text),
        one("directoryScope", Link), one("directoryScopeId", Text), one("endDateTime", Time), one("id", Text),
        one("memberType", Text), one("principal", Link), one("principalId", Text),
        one("roleAssignmentOriginId", Text), one("roleAssignmentScheduleId", Text), one("roleDefinition", Link),
        one("roleDefinitionId", Text), one("startDateTime", Time),
    ]),
    ("unifiedRoleEligibilityScheduleInstance", &[
        one("appScope", Link), one("appScopeId", Text), one("directoryScope", Link), one("directoryScopeId", Text),
        one("endDateTime", Time), one("id", Text), one("memberType", Text), one("principal", Link),
        one("principalId", Text), one("roleDefinition", Link), one("roleDefinitionId", Text),
        one("roleEligibilityScheduleId", Text), one("startDateTime", Time),
    ]),
    ("assignedLicense", &[
        many("disabledPlans", Guid), one("skuId", Guid),
    ]),
    ("assignedPlan", &[
        one("assignedDateTime", Time), one("capabilityStatus", Text), one("service", Text),
        one("servicePlanId", Guid),
    ]),
    ("authorizationInfo", &[
        many("certificateUserIds", Text),
    ]),
    ("customSecurityAttributeValue", &[
       
    ]),
    ("employeeOrgData", &[
        one("costCenter", Text), one("division", Text),
    ]),
    ("objectIdentity", &[
        one("issuer", Text), one("issuerAssignedId", Text), one("signInType", Text),
    ]),
    ("licenseAssignmentState", &[
        one("assignedByGroup", Text), many("disabledPlans", Guid), one("error", Text),
        one("lastUpdatedDateTime", Time), one("skuId", Guid), one("state", Text),
    ]),
    ("mailboxSettings", &[
        one("archiveFolder", Text), one("automaticRepliesSetting", Object("automaticRepliesSetting")),
        one("dateFormat", Text),
        one("delegateMeetingMessageDeliveryOptions", Choice(&["sendToDelegateAndInformationToPrincipal", "sendToDelegateAndPrincipal", "sendToDelegateOnly"])),
        one("language", Object("localeInfo")), one("timeFormat", Text), one("timeZone", Text),
        one("userPurpose", Choice(&["user", "linked", "shared", "room", "equipment", "others", "unknownFutureValue"])),
        one("workingHours", Object("workingHours")),
    ]),
    ("onPremisesExtensionAttributes", &[
        one("extensionAttribute1", Text), one("extensionAttribute10", Text), one("extensionAttribute11", Text),
        one("extensionAttribute12", Text), one("extensionAttribute13", Text), one("extensionAttribute14", Text),
        one("extensionAttribute15", Text), one("extensionAttribute2", Text), one("extensionAttribute3", Text),
        one("extensionAttribute4", Text), one("extensionAttribute5", Text), one("extensionAttribute6", Text),
        one("extensionAttribute7", Text), one("extensionAttribute8", Text), one("extensionAttribute9", Text),
    ]),
    ("onPremisesProvisioningError", &[
        one("category", Text), one("occurredDateTime", Time), one("propertyCausingError", Text), one("value", Text),
    ]),
    ("passwordProfile", &[
        one("forceChangePasswordNextSignIn", Flag), one("forceChangePasswordNextSignInWithMfa", Flag),
        one("password", Text),
    ]),
    ("userPrint", &[
        many("recentPrinterShares", Link),
    ]),
    ("provisionedPlan", &[
        one("capabilityStatus", Text), one("provisioningStatus", Text), one("service", Text),
    ]),
    ("serviceProvisioningError", &[
        one("createdDateTime", Time), one("isResolved", Flag), one("serviceInstance", Text),
    ]),
    ("signInActivity", &[
        one("lastNonInteractiveSignInDateTime", Time), one("lastNonInteractiveSignInRequestId", Text),
        one("lastSignInDateTime", Time), one("lastSignInRequestId", Text), one("lastSuccessfulSignInDateTime", Time),
        one("lastSuccessfulSignInRequestId", Text),
    ]),
    ("assignedLabel", &[
        one("displayName", Text), one("labelId", Text),
    ]),
    ("licenseProcessingState", &[
        one("state", Text),
    ]),
    ("addIn", &[
        one("id", Guid), many("properties", Object("keyValue")), one("type", Text),
    ]),
    ("apiApplication", &[
        one("acceptMappedClaims", Flag), many("knownClientApplications", Guid),
        many("oauth2PermissionScopes", Object("permissionScope")),
        many("preAuthorizedApplications", Object("preAuthorizedApplication")),
        one("requestedAccessTokenVersion", Whole),
    ]),
    ("appRole", &[
        many("allowedMemberTypes", Text), one("description", Text), one("displayName", Text), one("id", Guid),
        one("isEnabled", Flag), one("origin", Text), one("value", Text),
    ]),
    ("authenticationBehaviors", &[
        one("blockAzureADGraphAccess", Flag), one("removeUnverifiedEmailClaim", Flag),
        one("requireClientServicePrincipal", Flag),
    ]),
    ("certification", &[
        one("certificationDetailsUrl", Text), one("certificationExpirationDateTime", Time),
        one("isCertifiedByMicrosoft", Flag), one("isPublisherAttested", Flag), one("lastCertificationDateTime", Time),
    ]),
    ("informationalUrl", &[
        one("logoUrl", Text), one("marketingUrl", Text), one("privacyStatementUrl", Text), one("supportUrl", Text),
        one("termsOfServiceUrl", Text),
    ]),
    ("keyCredential", &[
        one("customKeyIdentifier", Binary), one("displayName", Text), one("endDateTime", Time), one("key", Binary),
        one("keyId", Guid), one("startDateTime", Time), one("type", Text), one("usage", Text),
    ]),
    ("optionalClaims", &[
        many("accessToken", Object("optionalClaim")), many("idToken", Object("optionalClaim")),
        many("saml2Token", Object("optionalClaim")),
    ]),
    ("parentalControlSettings", &[
        many("countriesBlockedForMinors", Text), one("legalAgeGroupRule", Text),
    ]),
    ("passwordCredential", &[
        one("customKeyIdentifier", Binary), one("displayName", Text), one("endDateTime", Time), one("hint", Text),
        one("keyId", Guid), one("secretText", Text), one("startDateTime", Time),
    ]),
    ("publicClientApplication", &[
        many("redirectUris", Text),
    ]),
    ("requestSignatureVerification", &[
        one("allowedWeakAlgorithms", Choice(&["rsaSha1", "unknownFutureValue"])),
        one("isSignedRequestRequired", Flag),
    ]),
    ("requiredResourceAccess", &[
        many("resourceAccess", Object("resourceAccess")), one("resourceAppId", Text),
    ]),
    ("servicePrincipalLockConfiguration", &[
        one("allProperties", Flag), one("credentialsWithUsageSign", Flag), one("credentialsWithUsageVerify", Flag),
        one("isEnabled", Flag), one("tokenEncryptionKeyId", Flag),
    ]),
    ("spaApplication", &[
        many("redirectUris", Text),
    ]),
    ("verifiedPublisher", &[
        one("addedDateTime", Time), one("displayName", Text), one("verifiedPublisherId", Text),
    ]),
    ("webApplication", &[
        one("homePageUrl", Text), one("implicitGrantSettings", Object("implicitGrantSettings")),
        one("logoutUrl", Text), many("redirectUriSettings", Object("redirectUriSettings")),
        many("redirectUris", Text),
    ]),
    ("permissionScope", &[
        one("adminConsentDescription", Text), one("adminConsentDisplayName", Text), one("id", Guid),
        one("isEnabled", Flag), one("origin", Text), one("type", Text), one("userConsentDescription", Text),
        one("userConsentDisplayName", Text), one("value", Text),
    ]),
    ("resourceSpecificPermission", &[
        one("description", Text), one("displayName", Text), one("id", Guid), one("isEnabled", Flag),
        one("value", Text),
    ]),
    ("samlSingleSignOnSettings", &[
        one("relayState", Text),
    ]),
    ("customAppManagementConfiguration", &[
        one("applicationRestrictions", Object("customAppManagementApplicationConfiguration")),
        many("keyCredentials", Object("keyCredentialConfiguration")),
        many("passwordCredentials", Object("passwordCredentialConfiguration")),
    ]),
    ("appManagementApplicationConfiguration", &[
        one("identifierUris", Object("identifierUriConfiguration")),
        many("keyCredentials", Object("keyCredentialConfiguration")),
        many("passwordCredentials", Object("passwordCredentialConfiguration")),
    ]),
    ("appManagementServicePrincipalConfiguration", &[
        many("keyCredentials", Object("keyCredentialConfiguration")),
        many("passwordCredentials", Object("passwordCredentialConfiguration")),
    ]),
    ("identitySet", &[
        one("application", Object("identity")), one("device", Object("identity")), one("user", Object("identity")),
    ]),
    ("requestSchedule", &[
        one("expiration", Object("expirationPattern")), one("recurrence", Object("patternedRecurrence")),
        one("startDateTime", Time),
    ]),
    ("ticketInfo", &[
        one("ticketNumber", Text), one("ticketSystem", Text),
    ]),
    ("privacyProfile", &[
        one("contactEmail", Text), one("statementUrl", Text),
    ]),
    ("verifiedDomain", &[
        one("capabilities", Text), one("isDefault", Flag), one("isInitial", Flag), one("name", Text),
        one("type", Text),
    ]),
    ("domainState", &[
        one("lastActionDateTime", Time), one("operation", Text), one("status", Text),
    ]),
    ("unifiedRolePermission", &[
        many("allowedResourceActions", Text), one("condition", Text), many("excludedResourceActions", Text),
    ]),
    ("licenseUnitsDetail", &[
        one("enabled", Whole), one("lockedOut", Whole), one("suspended", Whole), one("warning", Whole),
    ]),
    ("servicePlanInfo", &[
        one("appliesTo", Text), one("provisioningStatus", Text), one("servicePlanId", Guid),
        one("servicePlanName", Text),
    ]),
    ("automaticRepliesSetting", &[
        one("externalAudience", Choice(&["none", "contactsOnly", "all"])), one("externalReplyMessage", Text),
        one("internalReplyMessage", Text), one("scheduledEndDateTime", Object("dateTimeTimeZone")),
        one("scheduledStartDateTime", Object("dateTimeTimeZone")),
        one("status", Choice(&["disabled", "alwaysEnabled", "scheduled"])),
    ]),
    ("localeInfo", &[
        one("displayName", Text), one("locale", Text),
    ]),
    ("workingHours", &[
        many("daysOfWeek", Choice(&["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"])),
        one("endTime", Text), one("startTime", Text), one("timeZone", Object("timeZoneBase")),
    ]),
    ("keyValue", &[
        one("key", Text), one("value", Text),
    ]),
    ("preAuthorizedApplication", &[
        one("appId", Text), many("delegatedPermissionIds", Text),
    ]),
    ("optionalClaim", &[
        many("additionalProperties", Text), one("essential", Flag), one("name", Text), one("source", Text),
    ]),
    ("resourceAccess", &[
        one("id", Guid), one("type", Text),
    ]),
    ("implicitGrantSettings", &[
        one("enableAccessTokenIssuance", Flag), one("enableIdTokenIssuance", Flag),
    ]),
    ("redirectUriSettings", &[
        one("index", Whole), one("uri", Text),
    ]),
    ("customAppManagementApplicationConfiguration", &[
        one("identifierUris", Object("identifierUriConfiguration")),
    ]),
    ("keyCredentialConfiguration", &[
        one("excludeActors", Object("appManagementPolicyActorExemptions")), one("maxLifetime", Duration),
        one("restrictForAppsCreatedAfterDateTime", Time),
        one("restrictionType", Choice(&["asymmetricKeyLifetime", "unknownFutureValue"])),
        one("state", Choice(&["enabled", "disabled", "unknownFutureValue"])),
    ]),
    ("passwordCredentialConfiguration", &[
        one("excludeActors", Object("appManagementPolicyActorExemptions")), one("maxLifetime", Duration),
        one("restrictForAppsCreatedAfterDateTime", Time),
        one("restrictionType", Choice(&["passwordAddition", "passwordLifetime", "symmetricKeyAddition", "symmetricKeyLifetime", "customPasswordAddition", "unknownFutureValue"])),
        one("state", Choice(&["enabled", "disabled", "unknownFutureValue"])),
    ]),
    ("identifierUriConfiguration", &[
        one("nonDefaultUriAddition", Object("identifierUriRestriction")),
        one("uriAdditionWithoutUniqueTenantIdentifier", Object("identifierUriRestriction")),
    ]),
    ("identity", &[
        one("displayName", Text), one("id", Text),
    ]),
    ("expirationPattern", &[
        one("duration", Duration), one("endDateTime", Time),
        one("type", Choice(&["notSpecified", "noExpiration", "afterDateTime", "afterDuration"])),
    ]),
    ("patternedRecurrence", &[
        one("pattern", Object("recurrencePattern")), one("range", Object("recurrenceRange")),
    ]),
    ("dateTimeTimeZone", &[
        one("dateTime", Text), one("timeZone", Text),
    ]),
    ("timeZoneBase", &[
        one("name", Text),
    ]),
    ("appManagementPolicyActorExemptions", &[
        many("customSecurityAttributes", Object("customSecurityAttributeExemption")),
    ]),
    ("identifierUriRestriction", &[
        one("excludeActors", Object("appManagementPolicyActorExemptions")), one("excludeAppsReceivingV2Tokens", Flag),
        one("excludeSaml", Flag), one("isStateSetByMicrosoft", Flag),
        one("restrictForAppsCreatedAfterDateTime", Time),
        one("state", Choice(&["enabled", "disabled", "unknownFutureValue"])),
    ]),
    ("recurrencePattern", &[
        one("dayOfMonth", Whole),
        many("daysOfWeek", Choice(&["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"])),
        one("firstDayOfWeek", Choice(&["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"])),
        one("index", Choice(&["first", "second", "third", "fourth", "last"])), one("interval", Whole),
        one("month", Whole),
        one("type", Choice(&["daily", "weekly", "absoluteMonthly", "relativeMonthly", "absoluteYearly", "relativeYearly"])),
    ]),
    ("recurrenceRange", &[
        one("endDate", Date), one("numberOfOccurrences", Whole), one("recurrenceTimeZone", Text),
        one("startDate", Date), one("type", Choice(&["endDate", "noEnd", "numbered"])),
    ]),
    ("customSecurityAttributeExemption", &[
        one("id", Text), one("operator", Choice(&["equals", "unknownFutureValue"])),
    ]),
];
