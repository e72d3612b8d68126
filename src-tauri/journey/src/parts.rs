//! The parts of a connection's plan: what each makes, who may do it, where it stands; doing one, and taking it back.

pub use ::plan::part::Part;
use domain::problem::Problem;
use domain::step::StepId;
use engine::event::{CheckId, Readiness};
use engine::progress::{Status, may_undo, status};
use engine::state::State;
use jiff::Timestamp;
use microsoft::entra::rights::Right;

use crate::plan::{Line, Plan};
use crate::problems::{APP_ROLE, EXCHANGE_ROLE};
use crate::steps::sign_in::rights_to_act;
use crate::steps::{create_secret, limit_access, prove_permissions, register_app};
use crate::wizard::Wizard;

/// One part, as it is planned and as it stands.
#[derive(Clone)]
pub struct PartPlan {
    /// Which.
    pub part: Part,
    /// What it makes or changes.
    pub will: Vec<Line>,
    /// What it only reads.
    pub reads: Vec<Line>,
    /// What stays as it is, where a reader may wonder.
    pub wont: Vec<Line>,
    /// The exact calls.
    pub calls: Vec<String>,
    /// The role that it takes.
    pub role: &'static str,
    /// Whether who is signed in may do it.
    pub may: May,
    /// Where it stands.
    pub stands: Stands,
    /// Whether what it is made from was answered.
    pub answered: bool,
    /// Whether it may be taken back now.
    pub may_undo: bool,
}

impl PartPlan {
    /// Whether nothing of it is left to do.
    pub fn is_done(&self) -> bool {
        matches!(self.stands, Stands::Done { .. } | Stands::Waiting { .. })
    }

    /// How many of its changes there are, and how many of them are made in this state.
    pub fn made(&self, state: &State) -> (usize, usize) {
        let made = self.will.iter().filter(|line| line.is_done(state)).count();
        (made, self.will.len())
    }

    /// How many changes are left.
    pub fn left(&self, state: &State) -> usize {
        let (made, all) = self.made(state);
        if self.is_done() || !self.answered {
            0
        } else {
            all - made
        }
    }
}

/// Whether who is signed in may do a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// They may.
    You,
    /// It couldn't be read; trying tells.
    Perhaps,
    /// Somebody else has to be asked.
    Ask,
    /// Nobody is signed in.
    Nobody,
}

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// Not begun, or begun and not finished.
    Todo,
    /// Done, and read back then.
    Done {
        /// When it was read back.
        checked: Timestamp,
    },
    /// Done and read back; Microsoft still applies it.
    Waiting {
        /// When it was read back.
        checked: Timestamp,
        /// When we look next.
        look_at: Timestamp,
    },
    /// The app is allowed too much.
    TooBroad,
    /// The secret's life is over.
    Ended,
}

/// The step behind a part: its page, its rights, its place in the journal.
pub fn step(part: Part) -> StepId {
    match part {
        Part::App => StepId::App,
        Part::Permissions => StepId::Permissions,
        Part::Credential => StepId::Secret,
        Part::Scope => StepId::Limit,
    }
}

/// The part behind a step, where it has one.
pub fn of_step(step: StepId) -> Option<Part> {
    Part::ALL.into_iter().find(|part| self::step(*part) == step)
}

/// Every part, in the order in which they are worked through.
pub fn parts(wizard: &Wizard) -> Vec<PartPlan> {
    Part::ALL.into_iter().map(|part| plan_of(wizard, part)).collect()
}

fn plan_of(wizard: &Wizard, part: Part) -> PartPlan {
    let state = wizard.state();
    let answered = part != Part::Scope || state.mailboxes_confirmed;
    let plan = match part {
        Part::App => register_app::plan(wizard),
        Part::Permissions => Plan::default(),
        Part::Credential => create_secret::plan(wizard),
        Part::Scope if answered => limit_access::plan(wizard),
        Part::Scope => Plan {
            will: vec![Line::new("One limit", "The mailboxes aren't chosen yet")],
            wont: limit_access::plan(wizard).wont,
            calls: Vec::new(),
        },
    };
    let reads = match part {
        Part::Permissions => vec![
            Line::new(
                "No permission in Entra that opens a mailbox",
                "None is made. Every grant to the app is read, because one in Entra would reach every mailbox",
            )
            .done_when(|state| state.at_hand().grants.is_some()),
        ],
        _ => Vec::new(),
    };
    PartPlan {
        part,
        will: plan.will,
        reads,
        wont: plan.wont,
        calls: plan.calls,
        role: match part {
            Part::App | Part::Permissions | Part::Credential => APP_ROLE,
            Part::Scope => EXCHANGE_ROLE,
        },
        may: may(wizard, part),
        stands: stands(state, part, wizard.now()),
        answered,
        may_undo: may_undo(state, step(part)),
    }
}

/// Whether who is signed in may do a part: by what they were given, and by what the pre-flight read of their roles where
/// it was theirs.
fn may(wizard: &Wizard, part: Part) -> May {
    if !wizard.signed_in() {
        return May::Nobody;
    }
    let rights = rights_to_act(step(part));
    if !wizard.holds(rights) {
        return May::Ask;
    }
    let check = match part {
        Part::App | Part::Credential => CheckId::CreateApp,
        Part::Permissions => CheckId::ReadGrants,
        Part::Scope => CheckId::Limit,
    };
    let preflight = wizard.state().preflight.iter();
    let outcome = preflight
        .flat_map(|preflight| &preflight.checks)
        .find(|found| found.id == check)
        .map(|found| found.outcome);
    // What somebody else's sign-in gave is still theirs, whatever the last pre-flight read of whoever came after.
    let of_last = rights.iter().all(|right| wizard.came_with_the_last(*right));
    match outcome {
        Some(Readiness::AskSomebody) if of_last => May::Ask,
        Some(Readiness::Unknown) if of_last => May::Perhaps,
        _ => May::You,
    }
}

fn stands(state: &State, part: Part, now: Timestamp) -> Stands {
    let checked = match part {
        Part::App => state.at_hand().checked_at,
        Part::Permissions => state.at_hand().grants.as_ref().map(|(at, _)| *at),
        Part::Credential => {
            let accepted = state.at_hand().secret.as_ref().and_then(|secret| secret.accepted);
            accepted.map(|(at, _)| at)
        }
        Part::Scope => state.at_hand().limit_set_at,
    };
    match (status(state, step(part), now), checked) {
        (Status::Done, Some(checked)) => Stands::Done { checked },
        (Status::Waiting { look_at }, Some(checked)) => Stands::Waiting { checked, look_at },
        (Status::TooBroad, _) => Stands::TooBroad,
        (Status::Ended, _) => Stands::Ended,
        _ => Stands::Todo,
    }
}

/// What it takes to do a part or to take it back.
pub fn rights(part: Part) -> &'static [Right] {
    rights_to_act(step(part))
}

/// Does what is left of a part, after looking, and reads it back.
///
/// # Errors
/// As the part's own step.
pub async fn carry_out(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    match part {
        Part::App => register_app::act(wizard).await,
        Part::Permissions => prove_permissions::check(wizard).await,
        Part::Credential => create_secret::act(wizard).await,
        Part::Scope => limit_access::act(wizard).await,
    }
}

/// Takes a part back. The permissions have nothing to take back.
///
/// # Errors
/// `undo.not-yet` where something else hangs on it, and as the part's own step.
pub async fn undo(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    wizard.require_undo(step(part))?;
    match part {
        Part::App => register_app::undo(wizard).await,
        Part::Permissions => Ok(()),
        Part::Credential => create_secret::undo(wizard).await,
        Part::Scope => limit_access::undo(wizard).await,
    }
}
