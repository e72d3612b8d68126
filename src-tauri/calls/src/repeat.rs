//! What becomes of a call that is sent twice.

/// Whether sending a call twice could change more than sending it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Reading, or writing a value that is the same the second time.
    Safe,
    /// It makes something under a name that Microsoft keeps unique, so that a second sending is refused where the first
    /// took effect. Sent again after 429 only, which need not mean that nothing was made.
    Named,
    /// It makes something, each time another. Never sent again by itself: whoever sends it looks for what was made first.
    Never,
}
