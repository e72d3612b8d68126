//! The two generations of Entra's endpoints, side by side under one tenant.

/// Which of the two endpoints of one purpose was asked; they differ in parameters and in the shape of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// `/{t}/oauth2/token`, with `resource`.
    One,
    /// `/{t}/oauth2/v2.0/token`, with `scope`.
    Two,
}
