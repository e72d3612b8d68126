//! What Microsoft publishes and is the same in every organisation: the permissions of its APIs, Exchange's application
//! roles, and the language of Exchange's filters.

pub(crate) mod application_roles;
pub(crate) mod opath;
pub(crate) mod permissions;
