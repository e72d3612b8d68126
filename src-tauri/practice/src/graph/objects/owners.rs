//! Who owns an app registration or an enterprise application.

use crate::organisation::Organisation;

/// Whose owners are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Application,
    ServicePrincipal,
}

impl Of {
    pub(crate) fn set(self) -> &'static str {
        match self {
            Self::Application => "applications",
            Self::ServicePrincipal => "servicePrincipals",
        }
    }
}

/// The directory ids of the owners, in the order in which they came.
pub(crate) fn ids(organisation: &Organisation, of: Of, id: &str) -> Vec<String> {
    let graph = &organisation.objects.graph;
    match of {
        Of::Application => graph.application_owners.get(id).cloned().unwrap_or_else(|| {
            let object = organisation
                .objects
                .applications
                .iter()
                .find(|object| object.id == id);
            object
                .and_then(|object| object.created_by.clone())
                .into_iter()
                .collect()
        }),
        Of::ServicePrincipal => graph.principal_owners.get(id).cloned().unwrap_or_default(),
    }
}
