//! The types of the directory, each as Graph shows it, below every endpoint that answers with one.

pub(crate) mod any;
pub(crate) mod application;
pub(crate) mod directory_role;
pub(crate) mod group;
pub(crate) mod owners;
pub(crate) mod service_principal;
pub(crate) mod user;
