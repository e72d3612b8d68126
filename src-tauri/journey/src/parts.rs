//! The parts of a connection's plan: what each makes, who may do it, where it stands.

use std::collections::BTreeSet;

use calls::powershell;
use domain::ids::KeyId;
use domain::message;
use domain::message::{Arg, Kind};
use domain::problem::Problem;
use domain::step::StepId;
use engine::event::{CheckId, Preflight, Readiness};
use engine::progress::{Status, may_undo, status};
use engine::state::State;
use jiff::Timestamp;
use microsoft::entra::rights::Right;
use plan::changes::{Change, Known};
use plan::compare::{Item, Row, RowState, compare};
use plan::observed::SeenApp;
pub use plan::part::Part;
use plan::wanted::Wanted;

use crate::carry_out::changes_of;
use crate::observe;
use crate::plan::Line;
use crate::problems::{APP_ROLE, EXCHANGE_ROLE, GRANT_ROLE};
use crate::steps::sign_in::rights_to_act;
use crate::wanted::{believed, group, wanted};
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
        Part::Protocols => StepId::Protocols,
    }
}

/// The part behind a step, where it has one.
pub fn of_step(step: StepId) -> Option<Part> {
    Part::ALL.into_iter().find(|part| self::step(*part) == step)
}

/// The parts that a plan has: of the protocols only where one is switched off, or was switched on here.
pub fn shown(state: &State) -> Vec<Part> {
    let has = |part: &Part| *part != Part::Protocols || state.has_switches();
    Part::ALL.into_iter().filter(has).collect()
}

/// Every part of the plan, in the order in which they are worked through.
pub fn parts(wizard: &Wizard) -> Vec<PartPlan> {
    let shown = shown(wizard.state()).into_iter();
    shown.map(|part| plan_of(wizard, part)).collect()
}

/// One part.
pub fn plan_of(wizard: &Wizard, part: Part) -> PartPlan {
    plan_towards(wizard, part, wanted)
}

/// What says what is wanted.
pub(crate) type Towards = fn(&Wizard) -> Result<Wanted, Problem>;

/// One part, towards something else than what is wanted now.
pub(crate) fn plan_towards(wizard: &Wizard, part: Part, towards: Towards) -> PartPlan {
    let state = wizard.state();
    let answered = !matches!(part, Part::Scope | Part::Protocols) || state.mailboxes_confirmed;
    let (will, stays, calls) = if answered {
        compared(wizard, part, towards)
    } else {
        let unanswered = Line::untouched(message!("plan-limit-unanswered"));
        (vec![unanswered], Vec::new(), Vec::new())
    };
    let reads = match part {
        Part::Permissions => vec![Line::grants(match observe::by_mail_program(wizard) {
            true => message!("plan-reads-other-grants"),
            false => message!("plan-reads-grants"),
        })],
        _ => Vec::new(),
    };
    PartPlan {
        part,
        will,
        reads,
        wont: stays.into_iter().chain(untouched(wizard, part)).collect(),
        calls,
        role: match part {
            Part::Permissions if state.app_roles_are_left() => GRANT_ROLE,
            Part::App | Part::Permissions | Part::Credential => APP_ROLE,
            Part::Scope | Part::Protocols => EXCHANGE_ROLE,
        },
        may: may(wizard, part),
        stands: stands(state, part, wizard.now()),
        answered,
        may_undo: may_undo(state, step(part)),
    }
}

/// The lines of a part, those of what the platform uses and stays, and its calls, out of the comparison of what is wanted
/// with what is remembered. Ids that Microsoft hasn't given yet are written as variables.
fn compared(wizard: &Wizard, part: Part, towards: Towards) -> (Vec<Line>, Vec<Line>, Vec<String>) {
    let (Ok(wanted), believed) = (towards(wizard), believed(wizard)) else {
        return Default::default();
    };
    let comparison = compare(&wanted, &believed);
    let state = wizard.state();
    let address = |id| state.address_of(id).map(str::to_owned);
    let nothing = SeenApp::nothing();
    let replaced: BTreeSet<KeyId> = state.at_hand().in_use.keys().copied().collect();
    let line = |row: &Row| {
        let known = Known {
            before: believed.apps.get(&row.app).unwrap_or(&nothing),
            address: &address,
            replaced: &replaced,
            held: &believed.held,
        };
        let said = row.said(&known)?;
        Some(match &row.state {
            RowState::Change(change) => Line::change(said, row.app.clone(), change.clone()),
            RowState::Unknown(_) => Line::then_principal(said),
            RowState::AsWanted | RowState::Blocked(_) => Line::there(said),
        })
    };
    let rows = comparison.rows.iter().filter(|row| row.part == part);
    let (stays, will): (Vec<&Row>, Vec<&Row>) = rows.partition(|row| stays_for_now(row));
    let stays = stays.into_iter().filter_map(&line);
    let stays = stays.map(|line| Line::untouched(line.said)).collect();
    let ids = wizard.ids();
    let calls = changes_of(&comparison, part)
        .iter()
        .flat_map(Change::calls)
        .map(|call| powershell::line(&call.filled(&ids).unwrap_or(call)))
        .collect();
    (will.into_iter().filter_map(line).collect(), stays, calls)
}

/// Whether a row is about something that the platform uses until what takes its place is in force.
fn stays_for_now(row: &Row) -> bool {
    row.state == RowState::AsWanted
        && matches!(row.item, Item::InUse(_) | Item::Grant(_) | Item::Assignment(_))
}

/// What a reader may wonder about, and what stays as it is.
fn untouched(wizard: &Wizard, part: Part) -> Vec<Line> {
    let first = |kind, names: &[String]| Arg::name(kind, names.first().cloned().unwrap_or_default());
    let said = match part {
        Part::App => {
            let preflight = wizard.state().preflight.as_ref();
            let others = match preflight.and_then(Preflight::others) {
                Some((count, similar)) => message!(
                    "plan-other-apps",
                    count = count,
                    similar = similar.len(),
                    first = first(Kind::App, similar)
                ),
                None => message!("plan-other-apps-unread"),
            };
            let none_made = match wizard.notes().adopted {
                Some(_) => message!("plan-no-more-entra"),
                None => message!("plan-no-entra"),
            };
            vec![others, none_made, message!("plan-no-redirects")]
        }
        Part::Permissions => Vec::new(),
        Part::Credential => {
            let foreign = wizard.notes().foreign_secrets.iter();
            let foreign: Vec<String> = foreign.map(|secret| secret.name.clone()).collect();
            vec![
                message!("plan-no-copy"),
                message!(
                    "plan-other-secrets",
                    count = foreign.len(),
                    first = first(Kind::Credential, &foreign)
                ),
            ]
        }
        Part::Scope => vec![
            match group(wizard) {
                Some(_) => message!("plan-outside-the-group"),
                None => message!("plan-other-mailboxes"),
            },
            match wizard.state().switches_are_left() {
                true => message!("plan-the-mailboxes-switched"),
                false => message!("plan-the-mailboxes"),
            },
            message!("plan-other-limits"),
        ],
        Part::Protocols => vec![message!("plan-other-switches")],
    };
    said.into_iter().map(Line::untouched).collect()
}

/// Whether who is signed in may do a part: by what they were given, and by what the pre-flight read of their roles where
/// it was theirs.
fn may(wizard: &Wizard, part: Part) -> May {
    if !wizard.signed_in() {
        return May::Nobody;
    }
    let rights = rights_to_act(wizard.state(), step(part));
    if !wizard.holds(rights) {
        return May::Ask;
    }
    let check = match part {
        Part::App | Part::Credential => CheckId::CreateApp,
        Part::Permissions if wizard.state().app_roles_are_left() => CheckId::GrantAppRole,
        Part::Permissions => CheckId::ReadGrants,
        Part::Scope | Part::Protocols => CheckId::Limit,
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
        Part::Protocols => state.switches_read_at(),
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
pub fn rights(state: &State, part: Part) -> &'static [Right] {
    rights_to_act(state, step(part))
}

/// Whether nothing was begun besides what is made: no change is open but the one whose very call was refused, and no
/// secret was made whose value got lost. Of anything else it is looked before anything else is done: Microsoft can have
/// made what it then gives no answer to.
pub fn nothing_begun(state: &State, problem: &Problem) -> bool {
    let notes = state.at_hand();
    let open = notes.open.len();
    notes.lost_secrets.is_empty() && (open == 0 || open == 1 && problem.changed_nothing)
}

#[cfg(test)]
mod tests {
    use domain::app_key::AppKey;
    use domain::problem::Code;
    use engine::event::{Event, Record};
    use plan::changes::{CreatePrincipal, RemoveScope};

    use super::*;

    fn intended(changes: impl IntoIterator<Item = Change>) -> State {
        let mut state = State::default();
        for change in changes {
            let event = Event::Intended {
                app: AppKey::default(),
                change,
                tag: None,
            };
            let at = Timestamp::UNIX_EPOCH;
            state.apply(&Record { at, event });
        }
        state
    }

    #[test]
    fn only_the_refused_change_alone_leaves_nothing_begun() {
        let problem = |changed_nothing| {
            Problem::said(Code::AppRefused, message!("problems-not-accepted"))
                .changed_nothing(changed_nothing)
        };
        let principal = || Change::CreatePrincipal(CreatePrincipal { tag: String::new() });
        let scope = || {
            Change::RemoveScope(RemoveScope {
                name: String::new(),
                mailboxes: BTreeSet::new(),
            })
        };
        assert!(nothing_begun(&intended([]), &problem(false)));
        assert!(nothing_begun(&intended([principal()]), &problem(true)));
        assert!(!nothing_begun(&intended([principal()]), &problem(false)));
        assert!(!nothing_begun(&intended([scope(), principal()]), &problem(true)));
    }
}
