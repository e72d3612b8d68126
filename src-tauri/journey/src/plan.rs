//! What will change, shown before anything happens. Plans are pure: they come from the comparison of what is wanted with
//! what is remembered.

use domain::app_key::AppKey;
use domain::message::Message;
use engine::state::State;
use plan::changes::Change;
use plan::observed::{Observed, SeenApp};

/// A plan.
#[derive(Clone, Default)]
pub struct Plan {
    /// What will be created or changed, and what of it is there already.
    pub will: Vec<Line>,
    /// What stays as it is, where a reader may wonder.
    pub wont: Vec<Line>,
    /// The exact calls, as PowerShell.
    pub calls: Vec<String>,
}

/// One line of a plan.
#[derive(Clone)]
pub struct Line {
    /// What it says: a title, with an attribute `detail`.
    pub said: Message,
    done: When,
}

/// What says that a line is done.
#[derive(Clone)]
enum When {
    /// Nothing: it is no change.
    Never,
    /// It is so already.
    Always,
    /// The change is made.
    Made(AppKey, Box<Change>),
    /// The app has a service principal.
    HasPrincipal,
    /// The grants were read.
    GrantsRead,
}

impl Line {
    /// Something that stays as it is.
    pub fn untouched(said: Message) -> Self {
        Self {
            said,
            done: When::Never,
        }
    }

    /// Something that is as it is wanted.
    pub fn there(said: Message) -> Self {
        Self {
            said,
            done: When::Always,
        }
    }

    /// A change.
    pub fn change(said: Message, app: AppKey, change: Change) -> Self {
        Self {
            said,
            done: When::Made(app, Box::new(change)),
        }
    }

    /// Something that is looked at while the plan is carried out, and made where it isn't there.
    pub fn then_principal(said: Message) -> Self {
        Self {
            said,
            done: When::HasPrincipal,
        }
    }

    /// The reading of the grants.
    pub fn grants(said: Message) -> Self {
        Self {
            said,
            done: When::GrantsRead,
        }
    }

    /// Whether it takes away something that is there.
    pub fn takes_away(&self) -> bool {
        matches!(&self.done, When::Made(_, change) if change.takes_away())
    }

    /// Whether it only says what is so already.
    pub fn is_there(&self) -> bool {
        matches!(self.done, When::Always)
    }

    /// Whether the line is done in this state. It is asked before the commit, because a crash can have left a part, and
    /// again after everything that is written down while the commit works.
    pub fn is_done(&self, state: &State) -> bool {
        match &self.done {
            When::Never => false,
            When::Always => true,
            When::Made(app, change) => {
                let mut believed: Observed = state.believed();
                believed.apps.entry(app.clone()).or_insert_with(SeenApp::nothing);
                change.done(app, &believed)
            }
            When::HasPrincipal => state.at_hand().principal().is_some(),
            When::GrantsRead => state.at_hand().grants.is_some(),
        }
    }
}
