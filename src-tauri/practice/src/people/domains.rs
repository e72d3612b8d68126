//! The domains of the organisation.

/// The organisation's default domain.
pub(crate) const DEFAULT_DOMAIN: &str = "contoso.example";
/// The domain that every tenant is born with.
pub(crate) const INITIAL_DOMAIN: &str = "contoso.onmicrosoft.example";
/// An accepted domain with a letter outside ASCII, as people write it.
pub(crate) const IDN_DOMAIN: &str = "bücher.example";
/// The same domain as it travels in mail.
pub(crate) const IDN_DOMAIN_ASCII: &str = "xn--bcher-kva.example";
