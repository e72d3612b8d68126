//! The limit in Exchange: RBAC for Applications.
//!
//! Makes the app known to Exchange, holds the chosen mailboxes in one management scope, and assigns one role for each
//! permission within that scope. This is all the access the app gets. Needs: Exchange Administrator. Undo: remove the
//! assignments, the scope and the app's entry in Exchange. Microsoft applies it within 30 minutes to 2 hours
//! (microsoft-facts §4b); the test cmdlet knows at once.

use domain::address::Address;
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry, Who};
use engine::event::{Event, Intent};
use microsoft::error::Error;
use microsoft::exchange::cmdlet::Cmdlet;
use microsoft::exchange::limit::{self, Assignment};

use crate::plan::{Line, Plan};
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::{Wizard, internal};

/// The name of the scope: the platform for people, the connection for the wizard.
pub fn scope_name(wizard: &Wizard) -> Result<String, Problem> {
    let connection = wizard.connection()?.to_string();
    let platform: String = wizard
        .profile()
        .map_or("mail platform", |profile| &profile.name)
        .chars()
        .take(40)
        .collect();
    Ok(format!("Mailgrant {platform} {}", &connection[..8]))
}

fn assignment_name(wizard: &Wizard, permission: Permission) -> Result<String, Problem> {
    // Exchange takes at most 64 characters for an assignment's name; that bound is UNVERIFIED and kept with room to
    // spare.
    Ok(format!(
        "Mailgrant {} {}",
        &wizard.connection()?.to_string()[..8],
        permission.name()
    ))
}

/// What will be made.
pub fn plan(wizard: &Wizard) -> Plan {
    let state = wizard.state();
    let allowed = state.allowed();
    let permissions = wizard.permissions();
    let count = |n: usize, one: &str, many: &str| {
        if n == 1 {
            format!("One {one}")
        } else {
            format!("{n} {many}")
        }
    };
    let changed = state.limit.scope.is_some() && !state.limit_is_current();
    let mailboxes = allowed.iter().map(Address::as_str).collect::<Vec<_>>().join(", ");
    let words = permissions
        .iter()
        .map(|permission| permission.words())
        .collect::<Vec<_>>()
        .join(", ");
    Plan {
        will: vec![
            Line::new(
                "The app's entry in Exchange",
                "So that Exchange can give it access",
            )
            .done(state.limit.principal),
            Line::new(
                if changed {
                    "A change to the limit"
                } else {
                    "One limit"
                },
                format!("{}: {mailboxes}", count(allowed.len(), "mailbox", "mailboxes")),
            )
            .done(state.limit_is_current()),
            Line::new(
                count(permissions.len(), "permission within it", "permissions within it"),
                words,
            )
            .done(
                permissions
                    .iter()
                    .all(|permission| state.limit.assignments.iter().any(|(held, _)| held == permission)),
            ),
        ],
        wont: vec![
            Line::new("Every other mailbox", "The app isn't given any access to it"),
            Line::new(
                "The mailboxes themselves",
                "No setting, member or message changes",
            ),
            Line::new("Other apps and their limits", "None is changed"),
        ],
        calls: cmdlets(wizard)
            .map(|cmdlets| cmdlets.iter().map(Cmdlet::powershell).collect())
            .unwrap_or_default(),
    }
}

/// The cmdlets of a first run, in order.
fn cmdlets(wizard: &Wizard) -> Result<Vec<Cmdlet>, Problem> {
    let (app, principal, scope) = (wizard.app()?, wizard.principal()?, scope_name(wizard)?);
    let filter = limit::filter(&wizard.state().allowed());
    let mut cmdlets = Vec::new();
    if !wizard.state().limit.principal {
        cmdlets.push(limit::new_service_principal(app.client_id, principal, &app.name));
    }
    cmdlets.push(if wizard.state().limit.scope.is_some() {
        limit::set_scope(&scope, &filter)
    } else {
        limit::new_scope(&scope, &filter)
    });
    for permission in wizard.permissions() {
        if !wizard
            .state()
            .limit
            .assignments
            .iter()
            .any(|(held, _)| *held == permission)
        {
            cmdlets.push(limit::new_assignment(
                &assignment_name(wizard, permission)?,
                principal,
                permission,
                &scope,
            ));
        }
    }
    Ok(cmdlets)
}

/// Makes what is missing, after looking.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().allowed().is_empty() {
        return Err(internal("there is no mailbox to limit to"));
    }
    let principal = wizard.principal()?;
    let doing = Doing::new(
        "limit the app in Exchange",
        EXCHANGE_ROLE,
        "The app exists and reaches no mailbox yet.",
    );
    let (client, name) = (wizard.app()?.client_id, wizard.app()?.name.clone());

    if !limit::knows(&wizard.exchange()?, principal)
        .await
        .map_err(|error| problem(&error, &doing))?
    {
        wizard.intend(Intent::CreateExchangePrincipal)?;
        // A new service principal reaches Exchange late.
        let unseen = |error: &Error| error.status() == Some(404);
        let cmdlet = limit::new_service_principal(client, principal, &name);
        let exchange = wizard.exchange()?;
        wizard
            .once_replicated(&doing, unseen, async || already(exchange.run(&cmdlet).await))
            .await?;
    }
    if !wizard.state().limit.principal {
        wizard.record(Event::ExchangePrincipalCreated)?;
    }
    set_scope(wizard, &doing).await?;
    assign(wizard, &doing).await?;
    check(wizard).await
}

async fn set_scope(wizard: &mut Wizard, doing: &Doing) -> Result<(), Problem> {
    let name = scope_name(wizard)?;
    let mailboxes = wizard.state().allowed();
    let filter = limit::filter(&mailboxes);
    let held = limit::scope_filter(&wizard.exchange()?, &name)
        .await
        .map_err(|error| problem(&error, doing))?;
    let recorded = wizard
        .state()
        .limit
        .scope
        .as_ref()
        .is_some_and(|scope| scope.filter == filter);
    let cmdlet = match &held {
        // Exchange may write a filter in its own way; one that we set and recorded is not set again.
        Some(held) if recorded || *held == filter => None,
        Some(_) => Some(limit::set_scope(&name, &filter)),
        None => Some(limit::new_scope(&name, &filter)),
    };
    if let Some(cmdlet) = cmdlet {
        wizard.intend(Intent::SetScope)?;
        already(wizard.exchange()?.run(&cmdlet).await).map_err(|error| customised(&error, doing))?;
    }
    if recorded && held.is_some() {
        return Ok(());
    }
    wizard.record(Event::ScopeSet {
        name,
        filter,
        mailboxes,
    })
}

async fn assign(wizard: &mut Wizard, doing: &Doing) -> Result<(), Problem> {
    let principal = wizard.principal()?;
    let scope = scope_name(wizard)?;
    let held = limit::assignments(&wizard.exchange()?, principal)
        .await
        .map_err(|error| problem(&error, doing))?;
    let permissions = wizard.permissions();
    if let Some(stranger) = held
        .iter()
        .find(|assignment| !ours(assignment, &permissions, &scope))
    {
        return Err(stranger_problem(stranger));
    }
    for permission in permissions {
        let name = match held
            .iter()
            .find(|assignment| assignment.role == permission.exchange_role())
        {
            Some(assignment) => assignment.name.clone(),
            None => {
                let name = assignment_name(wizard, permission)?;
                wizard.intend(Intent::AssignRole { permission })?;
                let cmdlet = limit::new_assignment(&name, principal, permission, &scope);
                let exchange = wizard.exchange()?;
                // The scope and the app may be unseen for a moment.
                let unseen = |error: &Error| error.status() == Some(404);
                wizard
                    .once_replicated(doing, unseen, async || already(exchange.run(&cmdlet).await))
                    .await?;
                name
            }
        };
        if !wizard
            .state()
            .limit
            .assignments
            .iter()
            .any(|(recorded, _)| *recorded == permission)
        {
            wizard.record(Event::RoleAssigned { permission, name })?;
        }
    }
    Ok(())
}

fn ours(assignment: &Assignment, permissions: &[Permission], scope: &str) -> bool {
    assignment.scope == scope
        && permissions
            .iter()
            .any(|permission| permission.exchange_role() == assignment.role)
}

/// Asks Microsoft's test whether every chosen mailbox is in scope for every permission.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        "read the limit back",
        EXCHANGE_ROLE,
        "The limit was set in Exchange.",
    );
    let (principal, mailboxes, permissions) = (
        wizard.principal()?,
        wizard.state().allowed(),
        wizard.permissions(),
    );
    let tested = limit::test(&wizard.exchange()?, principal, &mailboxes)
        .await
        .map_err(|error| problem(&error, &doing))?;
    for (mailbox, outcome) in mailboxes.iter().zip(tested) {
        let roles = outcome.map_err(|error| problem(&error, &doing))?;
        let whole = permissions.iter().all(|permission| {
            roles
                .iter()
                .any(|role| role.role == permission.exchange_role() && role.in_scope == Some(true))
        });
        if !whole {
            return Err(Problem::new(
                Code::ExchangeRejected,
                format!("The limit doesn't hold {mailbox}"),
                format!("Microsoft's own test says that {mailbox} isn't within the limit."),
                "Its address changed since it was chosen, or Exchange hasn't seen the new limit yet.",
                "Check again in a minute; if it stays, choose the mailbox again by its current address.",
            )
            .exists("The limit was set in Exchange."));
        }
    }
    if wizard.state().limit.set_at.is_some() && wizard.state().limit_is_current() {
        return Ok(());
    }
    wizard.record(Event::LimitSet)
}

/// Removes the limit. What is gone already is no error.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        "remove the limit from Exchange",
        EXCHANGE_ROLE,
        "Part of the limit may still exist.",
    );
    let (principal, scope) = (wizard.principal()?, scope_name(wizard)?);
    let held = limit::assignments(&wizard.exchange()?, principal)
        .await
        .map_err(|error| problem(&error, &doing))?;
    wizard.intend(Intent::RemoveLimit)?;
    let own: Vec<String> = held
        .iter()
        .filter(|assignment| assignment.scope == scope)
        .map(|assignment| assignment.name.clone())
        .collect();
    for cmdlet in limit::removal(&own, &scope, principal) {
        match wizard.exchange()?.run(&cmdlet).await {
            Err(error)
                if error.status() != Some(404) && error.code() != "ManagementObjectNotFoundException" =>
            {
                return Err(problem(&error, &doing));
            }
            _ => {}
        }
    }
    wizard.record(Event::LimitRemoved)
}

/// "Already exists" is what a repeated command is answered, and what we want.
fn already<T: Default>(outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Err(error)
            if error
                .refusal()
                .is_some_and(|refusal| refusal.message.contains("already exists")) =>
        {
            Ok(T::default())
        }
        other => other,
    }
}

/// A new organisation takes no scopes of its own until it was customised once (microsoft-facts §4d).
fn customised(error: &Error, doing: &Doing) -> Problem {
    let told = error
        .refusal()
        .is_some_and(|refusal| refusal.message.contains("Enable-OrganizationCustomization"));
    if !told {
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
}
