//! What a step will change, shown before anything happens. Plans are pure: they come from the state and the profile.

use std::sync::Arc;

use engine::state::State;

/// A plan.
#[derive(Clone, Default)]
pub struct Plan {
    /// What will be created or changed.
    pub will: Vec<Line>,
    /// What stays as it is, where a reader may wonder.
    pub wont: Vec<Line>,
    /// The exact calls.
    pub calls: Vec<String>,
}

/// One line of a plan.
#[derive(Clone)]
pub struct Line {
    /// What.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// What of the state says that it is done; without it a line is never done.
    when: Option<When>,
}

type When = Arc<dyn Fn(&State) -> bool + Send + Sync>;

impl Line {
    /// A line that is still to be done.
    pub fn new(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            detail: detail.into(),
            when: None,
        }
    }

    /// Says when the line is done. It is asked before the commit, because a crash can have left a part, and again after
    /// everything that is written down while the commit works.
    pub fn done_when(mut self, when: impl Fn(&State) -> bool + Send + Sync + 'static) -> Self {
        self.when = Some(Arc::new(when));
        self
    }

    /// Whether the line is done in this state.
    pub fn is_done(&self, state: &State) -> bool {
        self.when.as_ref().is_some_and(|when| when(state))
    }
}
