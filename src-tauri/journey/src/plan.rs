//! What a step will change, shown before anything happens. Plans are pure: they come from the state and the profile.

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What will be created or changed.
    pub will: Vec<Line>,
    /// What stays as it is, where a reader may wonder.
    pub wont: Vec<Line>,
    /// The exact calls.
    pub calls: Vec<String>,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// Whether it is there already, as after a crash in the middle.
    pub done: bool,
}

impl Line {
    /// A line that is still to be done.
    pub fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            detail: detail.into(),
            done: false,
        }
    }

    /// Marks a line that is done.
    pub fn done(mut self, done: bool) -> Self {
        self.done = done;
        self
    }
}
