//! The administrators that a person can sign in as, and what each may do.

/// A directory role, by the template id that every tenant shares (microsoft-facts §2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) template_id: &'static str,
    pub(crate) display_name: &'static str,
}

pub(crate) const GLOBAL_ADMINISTRATOR: Role = Role {
    template_id: "62e90394-69f5-4237-9190-012177145e10",
    display_name: "Global Administrator",
};
pub(crate) const PRIVILEGED_ROLE_ADMINISTRATOR: Role = Role {
    template_id: "e8611ab8-c189-46e8-94e1-60213ab1f814",
    display_name: "Privileged Role Administrator",
};
pub(crate) const CLOUD_APPLICATION_ADMINISTRATOR: Role = Role {
    template_id: "158c047a-c907-4556-b7ef-446551a6b5f7",
    display_name: "Cloud Application Administrator",
};
pub(crate) const APPLICATION_ADMINISTRATOR: Role = Role {
    template_id: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    display_name: "Application Administrator",
};
pub(crate) const EXCHANGE_ADMINISTRATOR: Role = Role {
    template_id: "29232cdf-9323-42fd-ade2-1d097af3e4de",
    display_name: "Exchange Administrator",
};

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

/// Someone who can sign in.
#[derive(Debug)]
pub(crate) struct Person {
    /// The local part of the sign-in name.
    pub(crate) alias: &'static str,
    pub(crate) given_name: &'static str,
    pub(crate) surname: &'static str,
    pub(crate) job_title: &'static str,
    /// Active roles.
    pub(crate) roles: &'static [Role],
    /// What the sign-in page says about the person.
    pub(crate) description: &'static str,
}

impl Person {
    /// The whole name.
    pub(crate) fn display_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }

    /// Whether one of these roles is active.
    pub(crate) fn has_any(&self, roles: &[Role]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}

/// Everyone who can sign in, in the order of the sign-in page. They are the first people of the directory.
pub(crate) const PEOPLE: [Person; 6] = [
    Person {
        alias: "dana.reyes",
        given_name: "Dana",
        surname: "Reyes",
        job_title: "Messaging Engineer",
        roles: &[APPLICATION_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR],
        description: "Application Administrator and Exchange Administrator: can do everything the default method needs.",
    },
    Person {
        alias: "priya.nair",
        given_name: "Priya",
        surname: "Nair",
        job_title: "Head of IT",
        roles: &[GLOBAL_ADMINISTRATOR],
        description: "Global Administrator: can do everything.",
    },
    Person {
        alias: "tom.okafor",
        given_name: "Tom",
        surname: "Okafor",
        job_title: "Identity Engineer",
        roles: &[APPLICATION_ADMINISTRATOR],
        description: "Application Administrator only: cannot reach Exchange.",
    },
    Person {
        alias: "mei.lindqvist",
        given_name: "Mei",
        surname: "Lindqvist",
        job_title: "Exchange Engineer",
        roles: &[EXCHANGE_ADMINISTRATOR],
        description: "Exchange Administrator only: cannot consent for applications.",
    },
    Person {
        alias: "sam.ortiz",
        given_name: "Sam",
        surname: "Ortiz",
        job_title: "Service Desk Analyst",
        roles: &[],
        description: "No role at all.",
    },
    Person {
        alias: "lena.fischer",
        given_name: "Lena",
        surname: "Fischer",
        job_title: "Messaging Engineer",
        roles: &[],
        // Eligible roles that are not activated show nowhere in the directory (microsoft-facts §2.8).
        description: "Eligible for Application Administrator and Exchange Administrator, neither activated.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eligible_role_is_not_an_active_one() {
        let lena = PEOPLE
            .iter()
            .find(|person| person.alias == "lena.fischer")
            .expect("Lena");
        assert!(!lena.has_any(&EXCHANGE_ROLES));
        assert!(lena.roles.is_empty() && lena.description.contains("Eligible"));
    }

    #[test]
    fn an_application_administrator_cannot_grant_graph_roles() {
        let tom = PEOPLE
            .iter()
            .find(|person| person.alias == "tom.okafor")
            .expect("Tom");
        assert!(tom.has_any(&CONSENT_ROLES));
        assert!(!tom.has_any(&GRAPH_CONSENT_ROLES));
    }
}
