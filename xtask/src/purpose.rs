//! What a stage needs a machine for.

/// What the machine is set up for. Each includes what the ones before it need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum For {
    /// To build and open the window.
    Running,
    /// To drive it as well, on a private desktop.
    Touring,
    /// To check everything.
    Testing,
}
