//! The administrators that a person can sign in as.

use crate::people::roles::{APPLICATION_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, Role};

/// Someone who can sign in.
#[derive(Debug)]
pub(crate) struct Person {
    /// The local part of the sign-in name.
    pub(crate) alias: &'static str,
    pub(crate) given_name: &'static str,
    pub(crate) surname: &'static str,
    pub(crate) job_title: &'static str,
    /// Roles that are active from the start.
    pub(crate) roles: &'static [Role],
    /// Roles that the person is eligible for and has not activated.
    pub(crate) eligible: &'static [Role],
    /// What the sign-in page says about the person.
    pub(crate) description: &'static str,
}

impl Person {
    /// The whole name.
    pub(crate) fn display_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
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
        eligible: &[],
        description: "Application Administrator and Exchange Administrator: can do everything the default method needs.",
    },
    Person {
        alias: "priya.nair",
        given_name: "Priya",
        surname: "Nair",
        job_title: "Head of IT",
        roles: &[GLOBAL_ADMINISTRATOR],
        eligible: &[],
        description: "Global Administrator: can do everything.",
    },
    Person {
        alias: "tom.okafor",
        given_name: "Tom",
        surname: "Okafor",
        job_title: "Identity Engineer",
        roles: &[APPLICATION_ADMINISTRATOR],
        eligible: &[],
        description: "Application Administrator only: cannot reach Exchange.",
    },
    Person {
        alias: "mei.lindqvist",
        given_name: "Mei",
        surname: "Lindqvist",
        job_title: "Exchange Engineer",
        roles: &[EXCHANGE_ADMINISTRATOR],
        eligible: &[],
        description: "Exchange Administrator only: cannot consent for applications.",
    },
    Person {
        alias: "sam.ortiz",
        given_name: "Sam",
        surname: "Ortiz",
        job_title: "Service Desk Analyst",
        roles: &[],
        eligible: &[],
        description: "No role at all.",
    },
    Person {
        alias: "lena.fischer",
        given_name: "Lena",
        surname: "Fischer",
        job_title: "Messaging Engineer",
        roles: &[],
        eligible: &[APPLICATION_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR],
        // Eligible roles that are not activated show nowhere in the directory (microsoft-facts §2.8).
        description: "Eligible for Application Administrator and Exchange Administrator, neither activated.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::roles::{CONSENT_ROLES, GRAPH_CONSENT_ROLES};

    #[test]
    fn an_eligible_role_is_not_an_active_one() {
        let lena = PEOPLE
            .iter()
            .find(|person| person.alias == "lena.fischer")
            .expect("Lena");
        assert!(lena.roles.is_empty() && lena.eligible.contains(&EXCHANGE_ADMINISTRATOR));
        assert!(lena.description.contains("Eligible"));
    }

    #[test]
    fn an_application_administrator_cannot_grant_graph_roles() {
        let tom = PEOPLE
            .iter()
            .find(|person| person.alias == "tom.okafor")
            .expect("Tom");
        assert!(tom.roles.iter().any(|role| CONSENT_ROLES.contains(role)));
        assert!(!tom.roles.iter().any(|role| GRAPH_CONSENT_ROLES.contains(role)));
    }
}
