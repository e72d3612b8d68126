//! The directory roles, and what each may do.

/// A directory role, by the template id that every tenant shares (microsoft-facts §2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) template_id: &'static str,
    pub(crate) display_name: &'static str,
}

/// May do everything.
pub(crate) const GLOBAL_ADMINISTRATOR: Role = Role {
    template_id: "62e90394-69f5-4237-9190-012177145e10",
    display_name: "Global Administrator",
};
/// May consent to any permission of any API.
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: Role = Role {
    template_id: "e8611ab8-c189-46e8-94e1-60213ab1f814",
    display_name: "Privileged Role Administrator",
};
/// May consent to anything but application permissions of Microsoft Graph.
pub(crate) const CLOUD_APPLICATION_ADMINISTRATOR: Role = Role {
    template_id: "158c047a-c907-4556-b7ef-446551a6b5f7",
    display_name: "Cloud Application Administrator",
};
/// The same as the cloud application administrator, with the application proxy.
pub(crate) const APPLICATION_ADMINISTRATOR: Role = Role {
    template_id: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    display_name: "Application Administrator",
};
/// May do everything in Exchange.
pub(crate) const EXCHANGE_ADMINISTRATOR: Role = Role {
    template_id: "29232cdf-9323-42fd-ade2-1d097af3e4de",
    display_name: "Exchange Administrator",
};

/// May read everything that an administrator sees.
pub(crate) const GLOBAL_READER: Role = Role {
    template_id: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    display_name: "Global Reader",
};
/// May read reports and the logs of sign-ins.
pub(crate) const REPORTS_READER: Role = Role {
    template_id: "4a5d8f65-41da-4de4-8968-e035b65339cf",
    display_name: "Reports Reader",
};
/// May do everything about security.
pub(crate) const SECURITY_ADMINISTRATOR: Role = Role {
    template_id: "194ae4cb-b126-40b2-bd5b-6091b380977d",
    display_name: "Security Administrator",
};
/// May read and answer what endangers security.
pub(crate) const SECURITY_OPERATOR: Role = Role {
    template_id: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    display_name: "Security Operator",
};
/// May read what endangers security.
pub(crate) const SECURITY_READER: Role = Role {
    template_id: "5d6b6bb7-de71-4623-b4af-96380a352509",
    display_name: "Security Reader",
};

/// Roles that read or do less; they exist so that they can be assigned and told apart (microsoft-facts §2.7).
const OTHER_ROLES: [Role; 7] = [
    Role {
        template_id: "cf1c38e5-3621-4004-a7cb-879624dced7c",
        display_name: "Application Developer",
    },
    Role {
        template_id: "31392ffb-586c-42d1-9346-e59415a2cc4e",
        display_name: "Exchange Recipient Administrator",
    },
    Role {
        template_id: "fdd7a751-b60b-444a-984c-02652fe8fa1c",
        display_name: "Groups Administrator",
    },
    Role {
        template_id: "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
        display_name: "Directory Readers",
    },
    Role {
        template_id: "fe930be7-5e62-47db-91af-98c3a49a38b1",
        display_name: "User Administrator",
    },
    Role {
        template_id: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
        display_name: "Helpdesk Administrator",
    },
    Role {
        template_id: "17315797-102d-40b4-93e0-432062caca18",
        display_name: "Compliance Administrator",
    },
];

/// The role with this template id.
pub(crate) fn role_by_template(template_id: &str) -> Option<Role> {
    all_roles().find(|role| role.template_id.eq_ignore_ascii_case(template_id))
}

/// Every directory role of this organisation.
pub(crate) fn all_roles() -> impl Iterator<Item = Role> {
    let named = [
        GLOBAL_ADMINISTRATOR,
        PRIVILEGED_ROLE_ADMINISTRATOR,
        CLOUD_APPLICATION_ADMINISTRATOR,
        APPLICATION_ADMINISTRATOR,
        EXCHANGE_ADMINISTRATOR,
        GLOBAL_READER,
        REPORTS_READER,
        SECURITY_ADMINISTRATOR,
        SECURITY_OPERATOR,
        SECURITY_READER,
    ];
    named.into_iter().chain(OTHER_ROLES)
}

/// Who may create and change any app registration (microsoft-facts §2.7).
pub(crate) const APPLICATION_ROLES: [Role; 3] = [
    GLOBAL_ADMINISTRATOR,
    APPLICATION_ADMINISTRATOR,
    CLOUD_APPLICATION_ADMINISTRATOR,
];
/// Who may grant application permissions of Microsoft Graph (microsoft-facts §2.7).
pub(crate) const GRAPH_CONSENT_ROLES: [Role; 2] = [GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR];
/// Who may grant everything else (microsoft-facts §2.7).
pub(crate) const CONSENT_ROLES: [Role; 4] = [
    GLOBAL_ADMINISTRATOR,
    PRIVILEGED_ROLE_ADMINISTRATOR,
    APPLICATION_ADMINISTRATOR,
    CLOUD_APPLICATION_ADMINISTRATOR,
];
/// Who may run the Exchange cmdlets of this organisation (microsoft-facts §4d).
pub(crate) const EXCHANGE_ROLES: [Role; 2] = [GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR];
/// Who may read the logs of sign-ins (graph docs, `signin-list`).
pub(crate) const SIGN_IN_LOG_ROLES: [Role; 6] = [
    GLOBAL_ADMINISTRATOR,
    GLOBAL_READER,
    REPORTS_READER,
    SECURITY_ADMINISTRATOR,
    SECURITY_OPERATOR,
    SECURITY_READER,
];
