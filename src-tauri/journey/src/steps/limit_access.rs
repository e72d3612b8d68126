//! The limit in Exchange: RBAC for Applications.
//!
//! Makes the app known to Exchange, holds the chosen mailboxes in one management scope, and assigns one role for each
//! permission within that scope. This is all the access the app gets. Needs: Exchange Administrator. Undo: remove the
//! assignments, the scope and the app's entry in Exchange. Microsoft applies it within 30 minutes to 2 hours
//! (microsoft-facts §4b); the test cmdlet knows at once.

use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use calls::{exchange, powershell};
use domain::address::Address;
use domain::ids::MailboxId;
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry, Who};
use engine::basis::names_only;
use engine::event::{Event, Mailbox};
use engine::progress::only_the_scope_is_left;
use engine::state::State;
use microsoft::error::{Error, if_there};
use microsoft::exchange::census::{self, Census};
use microsoft::exchange::limit::{self, Assignment, Seen};
use microsoft::exchange::told::{exists_already, not_customised};
use plan::changes::{
    AssignRole, Change, RegisterInExchange, RemoveScope, SetScope, UnassignRole, UnregisterInExchange,
};
use plan::given::Given;

use crate::ownership::exchange_name_is_ours;
use crate::plan::{Line, Plan};
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::steps::register_app::{self, APP_NAME};
use crate::wizard::{Wizard, internal};

/// The name of the scope: the platform for people, the connection for the wizard. One that was made keeps the name that
/// it was made with, and one that is still to be made takes the platform's name from the app: a profile can be renamed.
pub fn scope_name(wizard: &Wizard) -> Result<String, Problem> {
    let state = wizard.state();
    if let Some(scope) = wizard.notes().limit().scope {
        return Ok(scope.name);
    }
    let app = state.at_hand().app();
    let of_app = app.as_ref().and_then(|app| app.name.strip_prefix(APP_NAME));
    let of_profile = wizard.profile().map(|profile| profile.name.as_str());
    let platform = of_app.or(of_profile).unwrap_or("mail platform");
    Ok(wizard.names()?.scope(platform))
}

fn assignment_name(wizard: &Wizard, permission: Permission) -> Result<String, Problem> {
    Ok(wizard.names()?.assignment(permission))
}

/// What will be made, or changed.
pub fn plan(wizard: &Wizard) -> Plan {
    let state = wizard.state();
    let allowed = state.allowed();
    let permissions = wizard.permissions();
    let words = |list: &[Permission]| list.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ");
    let mut will = vec![
        Line::new(
            "The app's entry in Exchange",
            "So that Exchange can give it access",
        )
        .done_when(|state| state.at_hand().limit().principal),
    ];
    will.extend(scope_lines(wizard, &allowed));
    let (kept, added): (Vec<Permission>, Vec<Permission>) = permissions
        .iter()
        .copied()
        .partition(|permission| holds(wizard, *permission));
    if !kept.is_empty() {
        will.push(
            Line::new(
                count(kept.len(), "permission within it", "permissions within it"),
                words(&kept),
            )
            .done_when(|_| true),
        );
    }
    if !added.is_empty() {
        let (one, many) = match kept.is_empty() {
            true => ("permission within it", "permissions within it"),
            false => ("permission more", "permissions more"),
        };
        will.push(
            Line::new(count(added.len(), one, many), words(&added))
                .done_when(move |state| added.iter().all(|permission| assigned(state, *permission))),
        );
    }
    let limit = state.at_hand().limit();
    let taken_away: Vec<Permission> = limit
        .assignments
        .iter()
        .map(|(permission, _)| *permission)
        .filter(|permission| !permissions.contains(permission))
        .collect();
    if !taken_away.is_empty() {
        will.push(
            Line::new("Taken away", words(&taken_away))
                .done_when(move |state| taken_away.iter().all(|permission| !assigned(state, *permission))),
        );
    }
    Plan {
        will,
        wont: vec![
            Line::new("Every other mailbox", "The app isn't given any access to it"),
            Line::new(
                "The mailboxes themselves",
                "No setting, member or message changes",
            ),
            Line::new("Other apps and their limits", "None is changed"),
        ],
        calls: cmdlets(wizard)
            .map(|cmdlets| cmdlets.iter().map(powershell::of_cmdlet).collect())
            .unwrap_or_default(),
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("One {one}")
    } else {
        format!("{n} {many}")
    }
}

fn addresses<'a>(mailboxes: impl IntoIterator<Item = &'a &'a Mailbox>) -> String {
    let addresses: Vec<&str> = mailboxes
        .into_iter()
        .map(|mailbox| mailbox.address.as_str())
        .collect();
    some(&addresses)
}

fn some(addresses: &[&str]) -> String {
    match addresses {
        // A plan that lists hundreds is read by nobody; the count stands in the line's title.
        [first, second, third, rest @ ..] if rest.len() > 3 => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        all => all.join(", "),
    }
}

/// What happens to the scope: made, or changed by these mailboxes.
fn scope_lines(wizard: &Wizard, allowed: &[&Mailbox]) -> Vec<Line> {
    let state = wizard.state();
    let limit = state.at_hand().limit();
    let held = match &limit.scope {
        Some(scope) if !scope.by_address && !scope.mailboxes.is_empty() => &scope.mailboxes,
        scope => {
            let by_address = scope.as_ref().is_some_and(|scope| scope.by_address);
            let title = if by_address {
                "The limit, by mailbox instead of by address"
            } else {
                "One limit"
            };
            let wanted = wanted(wizard);
            return vec![
                Line::new(
                    title,
                    format!(
                        "{}: {}",
                        count(allowed.len(), "mailbox", "mailboxes"),
                        addresses(allowed)
                    ),
                )
                .done_when(move |state| {
                    in_scope(state, &wanted)
                        && state
                            .at_hand()
                            .limit()
                            .scope
                            .is_some_and(|scope| !scope.by_address)
                }),
            ];
        }
    };
    let added: Vec<&Mailbox> = allowed
        .iter()
        .copied()
        .filter(|mailbox| !held.contains(&mailbox.object_id))
        .collect();
    let leaving: Vec<MailboxId> = held
        .iter()
        .copied()
        .filter(|id| allowed.iter().all(|mailbox| mailbox.object_id != *id))
        .collect();
    let removed: Vec<&str> = leaving.iter().filter_map(|id| state.address_of(*id)).collect();
    let stays = allowed.len() - added.len();
    let mut lines = Vec::new();
    if !added.is_empty() {
        let ids: Vec<MailboxId> = added.iter().map(|mailbox| mailbox.object_id).collect();
        lines.push(
            Line::new(
                count(added.len(), "mailbox more", "mailboxes more"),
                addresses(&added),
            )
            .done_when(move |state| in_scope(state, &ids)),
        );
    }
    if !removed.is_empty() {
        lines.push(
            Line::new(
                count(removed.len(), "mailbox less", "mailboxes less"),
                some(&removed),
            )
            .done_when(move |state| leaving.iter().all(|id| !in_scope(state, &[*id]))),
        );
    }
    if stays > 0 {
        lines.push(
            Line::new(count(stays, "mailbox stays", "mailboxes stay"), "As they are now").done_when(|_| true),
        );
    }
    lines
}

/// Whether a permission was assigned, as far as is recorded.
fn holds(wizard: &Wizard, permission: Permission) -> bool {
    assigned(wizard.state(), permission)
}

fn assigned(state: &State, permission: Permission) -> bool {
    state.at_hand().is_assigned(permission)
}

/// Whether the scope holds all of these, as far as is recorded.
fn in_scope(state: &State, mailboxes: &[MailboxId]) -> bool {
    let scope = state.at_hand().limit().scope;
    scope.is_some_and(|scope| mailboxes.iter().all(|id| scope.mailboxes.contains(id)))
}

fn wanted(wizard: &Wizard) -> Vec<MailboxId> {
    wizard
        .state()
        .allowed()
        .into_iter()
        .map(|mailbox| mailbox.object_id)
        .collect()
}

/// The cmdlets of a run, in order. Ids that Microsoft hasn't given yet stay open, and are written as variables.
fn cmdlets(wizard: &Wizard) -> Result<Vec<Cmdlet>, Problem> {
    let scope = scope_name(wizard)?;
    let filter = exchange::by_id(&wanted(wizard));
    let mut cmdlets = Vec::new();
    if !wizard.notes().limit().principal {
        let app = wizard.notes().app();
        let name = app.map_or_else(|| register_app::display_name(wizard), |app| app.name);
        cmdlets.push(exchange::register(&name));
    }
    cmdlets.push(if wizard.notes().limit().scope.is_some() {
        exchange::set_scope(&scope, &filter)
    } else {
        exchange::new_scope(&scope, &filter)
    });
    let permissions = wizard.permissions();
    for permission in &permissions {
        if !holds(wizard, *permission) {
            let name = assignment_name(wizard, *permission)?;
            cmdlets.push(exchange::assign(&name, *permission, &scope));
        }
    }
    for (permission, name) in &wizard.notes().limit().assignments {
        if !permissions.contains(permission) {
            cmdlets.push(exchange::unassign(name));
        }
    }
    let ids = wizard.ids();
    let filled = cmdlets
        .into_iter()
        .map(|cmdlet| cmdlet.filled(&ids).unwrap_or(cmdlet));
    Ok(filled.collect())
}

/// Makes what is missing, after looking.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    if wanted(wizard).is_empty() {
        return Err(internal("there is no mailbox to limit to"));
    }
    let doing = Doing::new(
        "limit the app in Exchange",
        EXCHANGE_ROLE,
        "The app exists; what its limit is now, the next look says.",
    );
    let seen = look(wizard, &doing).await?;
    only_ours(wizard, &seen)?;
    make_principal(wizard, &seen, &doing).await?;
    hold_mailboxes(wizard, &seen, &doing).await?;
    assign(wizard, &seen, &doing).await?;
    check(wizard).await
}

/// What Exchange keeps of the app now.
async fn look(wizard: &Wizard, doing: &Doing) -> Result<Seen, Problem> {
    told(read_limit(wizard).await?, doing)
}

/// The same, with what Exchange says against it.
async fn read_limit(wizard: &Wizard) -> Result<Result<Seen, Error>, Problem> {
    Ok(limit::seen(&wizard.exchange()?, wizard.principal()?, &scope_name(wizard)?).await)
}

fn told<T>(outcome: Result<T, Error>, doing: &Doing) -> Result<T, Problem> {
    outcome.map_err(|error| problem(&error, doing))
}

/// Stops where what is there isn't this connection's: nothing of anybody else's is changed or removed.
fn only_ours(wizard: &Wizard, seen: &Seen) -> Result<(), Problem> {
    let state = wizard.state();
    let (client, scope) = (wizard.app()?.client_id, scope_name(wizard)?);
    if seen
        .principal
        .as_ref()
        .is_some_and(|app| !app.eq_ignore_ascii_case(&client.to_string()))
    {
        return Err(not_ours(
            "Exchange keeps another app under this id",
            "Exchange's entry for this app carries another client id than the one that was made here.",
        ));
    }
    let notes = state.at_hand();
    let begun =
        notes.limit().scope.is_some() || notes.is_open(|change| matches!(change, Change::SetScope(_)));
    if seen.scope.is_some() && !begun {
        return Err(foreign_scope(&scope));
    }
    let own: BTreeSet<&str> = seen.assignments.iter().map(|held| held.name.as_str()).collect();
    if let Some(other) = seen
        .within_scope
        .iter()
        .find(|held| !own.contains(held.name.as_str()))
    {
        return Err(shared(&other.name));
    }
    match seen.assignments.iter().find(|held| !ours(wizard, held, &scope)) {
        Some(stranger) => Err(stranger_problem(stranger)),
        None => Ok(()),
    }
}

fn foreign_scope(name: &str) -> Problem {
    not_ours(
        "A limit of this name exists already",
        &format!("Exchange has a scope named \"{name}\", and this connection didn't make it."),
    )
    .naming(domain::message::Kind::Scope, name)
}

fn shared(with: &str) -> Problem {
    not_ours(
        "Another app uses this limit",
        &format!("The role assignment \"{with}\" gives another app a role within the same scope."),
    )
    .naming(domain::message::Kind::Assignment, with)
}

/// Whether a role assignment of the app is one that this wizard makes: within our scope, of a role that it knows.
fn ours(wizard: &Wizard, assignment: &Assignment, scope: &str) -> bool {
    assignment.scope == scope
        && Permission::ALL.into_iter().any(|permission| {
            let named = || assignment_name(wizard, permission).is_ok_and(|name| name == assignment.name);
            permission.exchange_role() == assignment.role
                && (wizard.permissions().contains(&permission) || holds(wizard, permission) || named())
        })
}

async fn make_principal(wizard: &mut Wizard, seen: &Seen, doing: &Doing) -> Result<(), Problem> {
    if seen.principal.is_none() {
        // A new service principal reaches Exchange late.
        make(wizard, &registering(wizard)?, doing).await?;
    }
    if wizard.notes().limit().principal {
        return Ok(());
    }
    wizard.done(registering(wizard)?, Given::default())
}

/// Intends a change and makes it, once Exchange sees what it hangs on. That it is there already is no success by itself:
/// what exists is read afterwards.
async fn make(wizard: &mut Wizard, change: &Change, doing: &Doing) -> Result<(), Problem> {
    let cmdlets = wizard.cmdlets(change)?;
    wizard.intend(change.clone())?;
    let exchange = wizard.exchange()?;
    for cmdlet in &cmdlets {
        wizard
            .once_replicated(doing, Error::not_there, async || {
                already(exchange.run(cmdlet).await)
            })
            .await?;
    }
    Ok(())
}

/// Takes away what a change takes away; what is gone already needs no removal.
async fn take_away(wizard: &Wizard, change: &Change, doing: &Doing) -> Result<(), Problem> {
    for cmdlet in wizard.cmdlets(change)? {
        if_there(wizard.exchange()?.run(&cmdlet).await).map_err(|error| problem(&error, doing))?;
    }
    Ok(())
}

fn registering(wizard: &Wizard) -> Result<Change, Problem> {
    Ok(Change::RegisterInExchange(RegisterInExchange {
        name: wizard.app()?.name,
    }))
}

/// Makes the scope match exactly the chosen mailboxes. What it matches decides, not how its filter is written: Exchange
/// may write it in its own way (microsoft-facts §12).
async fn hold_mailboxes(wizard: &mut Wizard, seen: &Seen, doing: &Doing) -> Result<(), Problem> {
    let name = scope_name(wizard)?;
    let mailboxes = wanted(wizard);
    let filter = exchange::by_id(&mailboxes);
    let cmdlet = match &seen.scope {
        None => Some(exchange::new_scope(&name, &filter)),
        Some(held) if *held == filter => None,
        Some(held) if names_only(held, &mailboxes) => None,
        Some(held) => {
            note_others(wizard, held, &mailboxes, doing).await?;
            Some(exchange::set_scope(&name, &filter))
        }
    };
    let changed = cmdlet.is_some() && seen.scope.is_some();
    let change = Change::SetScope(SetScope {
        name: name.clone(),
        exists: seen.scope.is_some(),
        mailboxes: mailboxes.iter().copied().collect(),
    });
    if let Some(cmdlet) = cmdlet {
        let begun = wizard
            .notes()
            .is_open(|change| matches!(change, Change::SetScope(_)));
        wizard.intend(change.clone())?;
        match wizard.exchange()?.run(&cmdlet).await {
            // One that nobody saw a moment ago and that this connection never began is somebody else's.
            Err(error) if exists_already(&error) && !begun && wizard.notes().limit().scope.is_none() => {
                let app = wizard.key();
                wizard.record(Event::NotDone { app, change })?;
                return Err(foreign_scope(&name).evidence(error.evidence()));
            }
            // That it exists already is looked at below: only what it matches counts.
            outcome => drop(already(outcome).map_err(|error| customised(&error, doing))?),
        }
    }
    let recorded = wizard
        .notes()
        .limit()
        .scope
        .is_some_and(|scope| !scope.by_address && scope.mailboxes == mailboxes.iter().copied().collect());
    // A scope that was changed takes effect anew, also where it was recorded like this before.
    if recorded && !changed {
        return Ok(());
    }
    wizard.done(change, Given::default())
}

/// Writes down whom the scope holds besides those asked for, before they are taken out of it: Microsoft serves them for a
/// while still, so the proof has to see each of them refused.
async fn note_others(
    wizard: &mut Wizard,
    filter: &str,
    mailboxes: &[MailboxId],
    doing: &Doing,
) -> Result<(), Problem> {
    let census = census::of_filter(&wizard.exchange()?, filter, mailboxes.len())
        .await
        .map_err(|error| problem(&error, doing))?;
    let mut others = BTreeMap::new();
    let mut more = census.more || !census.others.is_empty();
    for (id, address) in census.known {
        match Address::parse(&address) {
            _ if mailboxes.contains(&id) => {}
            Ok(address) => drop(others.insert(id, address)),
            Err(_) => more = true,
        }
    }
    if others.is_empty() && !more {
        return Ok(());
    }
    let app = wizard.key();
    wizard.record(Event::ScopeHeldOthers {
        app,
        mailboxes: others,
        more,
    })
}

fn is_exactly(census: &Census, mailboxes: &[MailboxId]) -> bool {
    let wanted: BTreeSet<&MailboxId> = mailboxes.iter().collect();
    let held: BTreeSet<&MailboxId> = census.known.keys().collect();
    held == wanted && census.others.is_empty() && !census.more
}

/// Assigns the roles that are asked for, and takes away those of ours that no longer are.
async fn assign(wizard: &mut Wizard, seen: &Seen, doing: &Doing) -> Result<(), Problem> {
    let scope = scope_name(wizard)?;
    let permissions = wizard.permissions();
    for permission in &permissions {
        let held = seen
            .assignments
            .iter()
            .find(|assignment| assignment.role == permission.exchange_role());
        let name = match held {
            Some(assignment) => assignment.name.clone(),
            None => {
                let name = assignment_name(wizard, *permission)?;
                // The scope and the app may be unseen for a moment.
                make(wizard, &assigning(&name, *permission, &scope), doing).await?;
                name
            }
        };
        if !holds(wizard, *permission) {
            wizard.done(assigning(&name, *permission, &scope), Given::default())?;
        }
    }
    let no_longer: Vec<(Permission, String)> = wizard
        .notes()
        .limit()
        .assignments
        .iter()
        .filter(|(permission, _)| !permissions.contains(permission))
        .cloned()
        .collect();
    for (permission, name) in no_longer {
        if seen.assignments.iter().any(|held| held.name == name) {
            let change = unassigning(&name, permission, &scope);
            wizard.intend(change.clone())?;
            take_away(wizard, &change, doing).await?;
            // No answer to a removal is believed: what is there is read.
            let gone = wizard
                .until_settled(async || {
                    let seen = look(wizard, doing).await?;
                    Ok(seen.assignments.iter().any(|held| held.name == name))
                })
                .await?;
            if !gone {
                return Err(still_there());
            }
        }
        wizard.done(unassigning(&name, permission, &scope), Given::default())?;
    }
    Ok(())
}

fn assigning(name: &str, permission: Permission, scope: &str) -> Change {
    Change::AssignRole(AssignRole {
        name: name.to_owned(),
        permission,
        scope: scope.to_owned(),
    })
}

fn unassigning(name: &str, permission: Permission, scope: &str) -> Change {
    Change::UnassignRole(UnassignRole {
        name: name.to_owned(),
        permission,
        scope: scope.to_owned(),
    })
}

/// Reads the whole limit back, as exact sets: the scope matches the chosen mailboxes and nothing else, the app has the
/// roles that were asked for and no other, and Microsoft's own test agrees.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    const EXISTS: &str = "The limit was set in Exchange; it isn't confirmed yet.";
    let doing = Doing::new("read the limit back", EXCHANGE_ROLE, EXISTS);
    let (principal, mailboxes, permissions) = (wizard.principal()?, wanted(wizard), wizard.permissions());
    let roles: BTreeSet<String> = permissions
        .iter()
        .map(|permission| permission.exchange_role().to_owned())
        .collect();
    let (scope, filter) = (scope_name(wizard)?, exchange::by_id(&mailboxes));
    let mut tested = Vec::new();
    let settled = wizard
        .until_settled(async || {
            let exchange = wizard.exchange()?;
            let (seen, census, answers) = limit::read_back(&exchange, principal, &scope, &filter, &mailboxes)
                .await
                .map_err(|error| problem(&error, &doing))?;
            only_ours(wizard, &seen)?;
            tested = answers;
            let held: BTreeSet<String> = seen.assignments.iter().map(|held| held.role.clone()).collect();
            let exact = seen.scope.is_some() && is_exactly(&census, &mailboxes);
            Ok(!exact || held != roles)
        })
        .await?;
    if !settled {
        return Err(Problem::new(
            Code::ExchangeRejected,
            "The limit isn't as it was set",
            "Exchange took the limit, and reads back another one.",
            "Somebody changed it at the same time, or Exchange hasn't seen it everywhere yet.",
            "Set the limit again in a minute; Mailgrant looks first and makes nothing twice.",
        )
        .exists(EXISTS));
    }
    for (mailbox, outcome) in mailboxes.iter().zip(tested) {
        let address = wizard.state().address_of(*mailbox).unwrap_or_default().to_owned();
        let roles = match outcome.roles {
            Ok(roles) => roles,
            Err(error) if error.not_there() => {
                return Err(mailbox_gone(&address, EXISTS).evidence(error.evidence()));
            }
            Err(error) => return Err(problem(&error, &doing)),
        };
        let whole = permissions.iter().all(|permission| {
            roles
                .iter()
                .any(|role| role.role == permission.exchange_role() && role.in_scope == Some(true))
        });
        if !whole {
            return Err(Problem::new(
                Code::ExchangeRejected,
                format!("The limit doesn't hold {address}"),
                format!("Microsoft's own test says that {address} isn't within the limit."),
                "Exchange hasn't seen the new limit yet.",
                "Check again in a minute; if it stays, choose the mailbox again.",
            )
            .exists(EXISTS));
        }
    }
    if wizard.notes().limit_set_at.is_some() && wizard.state().limit_is_current() {
        return Ok(());
    }
    let app = wizard.key();
    wizard.record(Event::LimitSet { app })
}

fn mailbox_gone(address: &str, exists: &str) -> Problem {
    Problem::new(
        Code::MailboxGone,
        format!("{address} isn't there any more"),
        format!("Exchange doesn't find the mailbox that was chosen as {address}."),
        "It was deleted, or lost its licence, since it was chosen; a new address alone wouldn't matter, because a mailbox is known by its id.",
        "Take it off the list of mailboxes, or have it restored, then set the limit again.",
    )
    .retry(Retry::AfterYouAct)
    .exists(exists)
}

/// Removes the limit, and reads back that all of it is gone.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        "remove the limit from Exchange",
        EXCHANGE_ROLE,
        "Part of the limit may still exist.",
    );
    if only_the_scope_is_left(wizard.state()) {
        return remove_scope(wizard, &doing).await;
    }
    let seen = look(wizard, &doing).await?;
    only_ours(wizard, &seen)?;
    let scope = scope_name(wizard)?;
    let removals = removals(wizard, &seen, &scope)?;
    for change in &removals {
        wizard.intend(change.clone())?;
    }
    for change in &removals {
        take_away(wizard, change, &doing).await?;
    }
    // No answer to a removal is believed: what is there is read.
    let gone = wizard
        .until_settled(async || {
            let seen = match read_limit(wizard).await? {
                // One part is gone and another is still listed: a moment in between.
                Err(error) if error.not_there() => return Ok(true),
                other => told(other, &doing)?,
            };
            Ok(seen.principal.is_some() || seen.scope.is_some() || !seen.assignments.is_empty())
        })
        .await?;
    if !gone {
        return Err(still_there());
    }
    for change in removals {
        wizard.done(change, Given::default())?;
    }
    Ok(())
}

/// What takes the limit away, one change after another: the roles, the scope, the app's entry.
fn removals(wizard: &Wizard, seen: &Seen, scope: &str) -> Result<Vec<Change>, Problem> {
    let mut changes: Vec<Change> = seen
        .assignments
        .iter()
        .filter_map(|held| {
            let mut known = Permission::ALL.into_iter();
            let permission = known.find(|permission| permission.exchange_role() == held.role)?;
            Some(unassigning(&held.name, permission, scope))
        })
        .collect();
    changes.push(scope_removal(wizard, scope));
    changes.push(Change::UnregisterInExchange(UnregisterInExchange {
        name: wizard.app()?.name,
    }));
    Ok(changes)
}

fn scope_removal(wizard: &Wizard, scope: &str) -> Change {
    let held = wizard.notes().limit().scope;
    Change::RemoveScope(RemoveScope {
        name: scope.to_owned(),
        mailboxes: held.map(|scope| scope.mailboxes).unwrap_or_default(),
    })
}

fn still_there() -> Problem {
    Problem::new(
        Code::ExchangeRejected,
        "Part of the limit is still there",
        "Exchange took the removal and still lists what was removed.",
        "It takes unusually long to take effect, or somebody made it again.",
        "Try again in a minute; Mailgrant looks first and removes only its own.",
    )
    .exists("Part of the limit still exists in Exchange.")
}

/// Removes the scope of an app that is gone. The app's entry in Exchange and its roles went with it
/// (microsoft-facts §4b); a role of another app within the scope stops it, because that would then reach every mailbox.
async fn remove_scope(wizard: &mut Wizard, doing: &Doing) -> Result<(), Problem> {
    let scope = scope_name(wizard)?;
    if !exchange_name_is_ours(&scope, wizard.connection()?) {
        return Err(internal("the recorded scope isn't named as this connection's"));
    }
    let left = async |wizard: &Wizard| {
        limit::scope_left(&wizard.exchange()?, &scope)
            .await
            .map_err(|error| problem(&error, doing))
    };
    let (_, within) = left(wizard).await?;
    if let Some(other) = within.first() {
        return Err(shared(&other.name));
    }
    let change = scope_removal(wizard, &scope);
    wizard.intend(change.clone())?;
    take_away(wizard, &change, doing).await?;
    let gone = wizard.until_settled(async || Ok(left(wizard).await?.0)).await?;
    if !gone {
        return Err(still_there());
    }
    wizard.done(change, Given::default())
}

/// "Already exists" is what a repeated command is answered. It is no success by itself: what exists is read afterwards.
fn already<T: Default>(outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Err(error) if exists_already(&error) => Ok(T::default()),
        other => other,
    }
}

/// A new organisation takes no scopes of its own until it was customised once (microsoft-facts §4d).
fn customised(error: &Error, doing: &Doing) -> Problem {
    if !not_customised(error) {
        return problem(error, doing);
    }
    Problem::new(
        Code::ExchangeNotCustomised,
        "Exchange must be prepared once",
        "Exchange refused to create a limit.",
        "A new organisation takes limits of its own only after it was prepared for them once.",
        "Have an Exchange Administrator run Enable-OrganizationCustomization in Exchange Online PowerShell, wait an hour, then try again.",
    )
    .fixed_by(Who::AnotherAdmin { role: EXCHANGE_ROLE.into() })
    .retry(Retry::AfterYouAct)
    .exists(doing.exists.clone())
    .evidence(error.evidence())
}

/// Something in Exchange that bears our name and isn't ours.
fn not_ours(title: &str, happened: &str) -> Problem {
    Problem::new(
        Code::ScopeNotOurs,
        title,
        happened,
        "Somebody made or changed it by hand, or it belongs to another connection.",
        "Compare it in Exchange; have it renamed or removed there, or begin a new connection.",
    )
    .fixed_by(Who::AnotherAdmin {
        role: EXCHANGE_ROLE.into(),
    })
    .retry(Retry::AfterYouAct)
    .exists("Mailgrant changed nothing on it.")
}

fn stranger_problem(assignment: &Assignment) -> Problem {
    let reach = if assignment.scope.is_empty() {
        "every mailbox".to_owned()
    } else {
        format!("the mailboxes of {}", assignment.scope)
    };
    Problem::new(
        Code::ScopeTooBroad,
        "The app has another role in Exchange",
        format!("Exchange gives the app the role {} for {reach}.", assignment.role),
        "Somebody assigned it outside this wizard, and roles add up.",
        format!(
            "Remove the role assignment {} in Exchange, then try again.",
            assignment.name
        ),
    )
    .fixed_by(Who::AnotherAdmin {
        role: EXCHANGE_ROLE.into(),
    })
    .retry(Retry::AfterYouAct)
    .exists("Mailgrant changed nothing on that assignment.")
    .naming(domain::message::Kind::Assignment, &assignment.name)
    .naming(domain::message::Kind::Scope, &assignment.scope)
}
