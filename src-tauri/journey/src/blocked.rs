//! What stands in the way of a change, as a problem: somebody else's thing, which is named and stays as it is.

use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::problem::{Code, Problem, Retry, Who};
use microsoft::exchange::limit::{Assignment, Seen};
use plan::changes::Change;
use plan::compare::{Blocked, Item, Row, RowState};

use crate::changes::reserved;
use crate::observe::Reading;
use crate::ownership::{not_ours as app_not_ours, recorded};
use crate::problems::EXCHANGE_ROLE;
use crate::wanted::scope_name;
use crate::wizard::Wizard;

/// The problem of the first row that stands in the way. What somebody else signs in with, and a grant, are shown where
/// they are and hold nothing up.
pub(crate) fn problem_of<'a>(
    wizard: &Wizard,
    rows: impl IntoIterator<Item = &'a Row>,
    reading: &Reading,
) -> Option<Problem> {
    let exchange = reading.exchange.as_ref().map(|exchange| &exchange.seen);
    let scope = scope_name(wizard).unwrap_or_default();
    rows.into_iter().find_map(|row| {
        let RowState::Blocked(blocked) = &row.state else {
            return None;
        };
        Some(match blocked {
            Blocked::NameTaken if recorded(wizard.state()).is_some() => app_not_ours(),
            Blocked::NameTaken | Blocked::NameTakenByDeleted => reserved(as_it_was(wizard)),
            Blocked::Entry => not_ours(message!("making-entry-not-ours")),
            Blocked::Scope => foreign_scope(&scope),
            Blocked::Shared => shared(&other_app(exchange?)?.name),
            Blocked::Assignment => stranger_problem(named(exchange?, &row.item)?),
            Blocked::FullAccess => other_full_access(mailbox(wizard, &row.item)?),
            Blocked::Grant | Blocked::Credential | Blocked::SwitchedOff | Blocked::HangsOn => return None,
        })
    })
}

/// What was done to the app that has our name. Somebody may have made it just before we asked for ours.
fn as_it_was(wizard: &Wizard) -> Message {
    let asked = |change: &Change| matches!(change, Change::CreateApp(_));
    if wizard.notes().is_open(asked) {
        message!("exists-app-perhaps-changed")
    } else {
        message!("exists-app-unchanged")
    }
}

/// Another app's role within our scope.
fn other_app(seen: &Seen) -> Option<&Assignment> {
    let own = |held: &Assignment| seen.assignments.iter().any(|own| own.name == held.name);
    seen.within_scope.iter().find(|held| !own(held))
}

/// The mailbox of a row, by its address where that is known.
fn mailbox(wizard: &Wizard, item: &Item) -> Option<Arg> {
    let Item::Mailbox(mailbox) = item else { return None };
    let address = wizard.state().address_of(*mailbox);
    Some(address.map_or_else(|| Arg::id(*mailbox), |address| Arg::name(Kind::Mailbox, address)))
}

fn named<'a>(seen: &'a Seen, item: &Item) -> Option<&'a Assignment> {
    let Item::Assignment(name) = item else { return None };
    seen.assignments.iter().find(|held| held.name == *name)
}

/// A scope of our name that this connection didn't make.
pub(crate) fn foreign_scope(name: &str) -> Problem {
    not_ours(message!(
        "making-scope-not-ours",
        name = Arg::name(Kind::Scope, name)
    ))
}

fn shared(with: &str) -> Problem {
    not_ours(message!(
        "making-scope-shared",
        with = Arg::name(Kind::Assignment, with)
    ))
}

/// Something in Exchange that bears our name and isn't ours.
fn not_ours(message: Message) -> Problem {
    Problem::said(Code::ScopeNotOurs, message)
        .fixed_by(Who::AnotherAdmin {
            role: EXCHANGE_ROLE.into(),
        })
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-unchanged"))
}

/// Full access to a mailbox that nobody asked for, which somebody else gave the app.
fn other_full_access(mailbox: Arg) -> Problem {
    Problem::said(
        Code::ScopeTooBroad,
        message!("making-other-full-access", mailbox = mailbox),
    )
    .fixed_by(Who::AnotherAdmin {
        role: EXCHANGE_ROLE.into(),
    })
    .retry(Retry::AfterYouAct)
    .exists(message!("exists-unchanged"))
}

/// Full access that isn't asked for any more, which nobody here may take away, while the app isn't let in.
pub(crate) fn full_access_in_the_way() -> Problem {
    Problem::said(Code::ScopeTooBroad, message!("making-full-access-in-the-way"))
        .fixed_by(Who::AnotherAdmin {
            role: EXCHANGE_ROLE.into(),
        })
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-unchanged"))
}

fn stranger_problem(assignment: &Assignment) -> Problem {
    Problem::said(
        Code::ScopeTooBroad,
        message!(
            "making-other-role",
            role = Arg::term(&assignment.role),
            scoped = Arg::term(if assignment.scope.is_empty() { "no" } else { "yes" }),
            scope = Arg::name(Kind::Scope, &assignment.scope),
            assignment = Arg::name(Kind::Assignment, &assignment.name)
        ),
    )
    .fixed_by(Who::AnotherAdmin {
        role: EXCHANGE_ROLE.into(),
    })
    .retry(Retry::AfterYouAct)
    .exists(message!("exists-assignment-unchanged"))
}
