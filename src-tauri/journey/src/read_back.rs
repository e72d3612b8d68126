//! Reading back what was made: each part is seen in the organisation, as it was wanted, before it counts as done.

use domain::message;
use domain::message::{Arg, Kind, Message};
use std::collections::BTreeSet;
use std::time::Duration;

use domain::group::of_filter;
use domain::ids::MailboxId;
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry};
use engine::event::Event;
use jiff::SignedDuration;
use microsoft::again::{again, evenly};
use microsoft::entra::app_token;
use microsoft::error::Error;
use microsoft::exchange::census::Census;
use microsoft::exchange::limit;
use microsoft::graph::app_seen::AppSeen;
use microsoft::graph::applications::Standing;
use microsoft::graph::mail::Outcome;
use plan::changes::Change;
use plan::compare::compare;
use plan::part::Part;

use crate::blocked;
use crate::changes;
use crate::live_calls::{self, Called};
use crate::observe::{self, InExchange, Reading};
use crate::ownership::require_app;
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, problem};
use crate::standing::{gone, of_standing};
use crate::steps::verify_access;
use crate::survey;
use crate::wanted::{filter, group, scope_name, wanted};
use crate::wizard::{Wizard, internal};

/// Reads the app and its service principal back.
///
/// # Errors
/// When one of them is gone, switched off, or not this connection's.
pub async fn app(wizard: &mut Wizard) -> Result<(), Problem> {
    read_app(wizard).await.map(drop)
}

/// The same, with what the app is granted, which stands in the same answer. The secret, which comes next in a plan, reads
/// nothing of it again.
///
/// # Errors
/// As [`app`].
pub(crate) async fn app_and_permissions(wizard: &mut Wizard) -> Result<(), Problem> {
    let reading = read_app(wizard).await?;
    note_grants(wizard, &reading)?;
    wizard.keep_reading(reading);
    Ok(())
}

async fn read_app(wizard: &mut Wizard) -> Result<Reading, Problem> {
    let doing = Doing::new(
        message!("doing-read-app-back"),
        APP_ROLE,
        message!("exists-app-and-principal"),
    );
    let reading = live(wizard, &doing).await?;
    let app = wizard.key();
    wizard.record(Event::AppChecked { app })?;
    Ok(reading)
}

/// Reads every grant to the app.
///
/// # Errors
/// As [`app`].
pub async fn permissions(wizard: &mut Wizard) -> Result<(), Problem> {
    permissions_after(wizard, message!("exists-app-nothing-else")).await
}

/// The same once what was granted a moment ago is shown, for as long as replication may take. Where it isn't, what is there
/// is written down, and the plan names what is missing.
pub(crate) async fn permissions_granted(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(message!("doing-read-grants"), APP_ROLE, message!("exists-app"));
    let asked = wizard.permissions();
    let mut last = None;
    wizard
        .until_settled(async || {
            let reading = live(wizard, &doing).await?;
            let grants = reading
                .entra
                .iter()
                .flat_map(|entra| entra.grants.iter().flatten());
            let grants: Vec<_> = grants.collect();
            let lacks =
                |one: &Permission| one.app_role().is_some() && !grants.iter().any(|grant| one.needs(grant));
            let lacking = asked.iter().any(lacks);
            last = Some(reading.clone());
            Ok(lacking)
        })
        .await?;
    if let Some(reading) = last {
        note_grants(wizard, &reading)?;
        wizard.keep_reading(reading);
    }
    Ok(())
}

/// The same after something was done about them. `exists` says what there is by now.
///
/// # Errors
/// As [`app`].
pub(crate) async fn permissions_after(wizard: &mut Wizard, exists: Message) -> Result<(), Problem> {
    let doing = Doing::new(message!("doing-read-grants"), APP_ROLE, exists);
    let reading = live(wizard, &doing).await?;
    note_grants(wizard, &reading)?;
    wizard.keep_reading(reading);
    Ok(())
}

fn note_grants(wizard: &mut Wizard, reading: &Reading) -> Result<(), Problem> {
    let grants = reading.entra.as_ref().and_then(|entra| entra.grants.clone());
    match grants {
        Some(grants) => {
            let app = wizard.key();
            wizard.record(Event::PermissionsRead { app, grants })
        }
        None => Ok(()),
    }
}

/// What Entra shows of the app, once it shows the registration and the service principal, for as long as replication may
/// take.
///
/// # Errors
/// When one of them isn't shown, is switched off, or isn't this connection's.
pub(crate) async fn live(wizard: &Wizard, doing: &Doing) -> Result<Reading, Problem> {
    let mut last = AppSeen::default();
    let seen = wizard
        .until_settled(async || {
            last = observe::entra(wizard)
                .await?
                .map_err(|error| problem(&error, doing))?;
            Ok(last.live.is_none() || last.principal.is_none() || last.grants.is_none())
        })
        .await?;
    if let Some(live) = &last.live {
        require_app(&live.app, wizard.state())?;
    }
    match problem_of(&last) {
        Some(problem) => Err(problem),
        None if seen => Ok(Reading {
            entra: Some(last),
            exchange: None,
        }),
        None => Err(gone()),
    }
}

/// What is wrong with the app as it stands: deleted, without its service principal, switched off, or gone.
pub(crate) fn standing_problem(entra: &AppSeen) -> Problem {
    problem_of(entra).unwrap_or_else(gone)
}

fn problem_of(entra: &AppSeen) -> Option<Problem> {
    let standing = Standing {
        app: entra.live.as_ref().map(|live| live.app.clone()),
        principal: entra.principal.clone(),
        deleted: entra.deleted.clone(),
    };
    of_standing(&standing)
}

/// Sees that Microsoft takes the secret. A new one is often refused for its first seconds, so the first of them are waited
/// for.
///
/// # Errors
/// Where it isn't taken for as long as that may last, and as Microsoft answers.
pub async fn secret(wizard: &mut Wizard) -> Result<(), Problem> {
    let value = changes::value(wizard).await?;
    let (tenant, client) = (wizard.tenant()?, wizard.app()?.client_id);
    let waits = wizard.http().cloud().waits;
    let doing = Doing::as_the_app(message!("doing-try-secret"), message!("exists-secret-saved"));
    let mut tries = 0;
    // Every 5 seconds at Microsoft.
    let pause = waits.secret / 24;
    let pauses = evenly(pause, 24);
    wizard.clock().wait(pause * 2).await;
    let take = async || {
        tries += 1;
        app_token::graph_token(wizard.http(), tenant, client, &value).await
    };
    // A wrong secret, an expired one and an unknown app are how a new one looks (microsoft-facts §2.11).
    let again_after =
        |error: &Error, pause: Duration| (refuses_key(error) && !pause.is_zero()).then_some(pause);
    match again(wizard.clock(), pauses, take, again_after).await {
        Ok(_) => {
            let app = wizard.key();
            wizard.record(Event::SecretAccepted { app, tries })
        }
        Err(error) if refuses_key(&error) => Err(Problem::said(
            Code::SecretNotAccepted,
            message!("making-secret-not-taken", tries = tries),
        )
        .exists(message!("exists-secret-saved"))
        .evidence(error.evidence())),
        Err(error) => Err(problem(&error, &doing)),
    }
}

/// Sees that Microsoft takes the secret now, in one try.
///
/// # Errors
/// As Microsoft answers, and where the keychain hasn't got it.
pub(crate) async fn secret_works(wizard: &Wizard) -> Result<(), Problem> {
    let value = changes::value(wizard).await?;
    let (tenant, client) = (wizard.tenant()?, wizard.app()?.client_id);
    let doing = Doing::as_the_app(message!("doing-try-secret"), message!("exists-both-secrets"));
    let token = app_token::graph_token(wizard.http(), tenant, client, &value).await;
    token.map(drop).map_err(|error| problem(&error, &doing))
}

/// Sees that each mailbox that must work opens with the new key as to a mail program. What else was granted to the app opens
/// nothing so.
///
/// # Errors
/// As Microsoft answers, and where one doesn't open.
pub(crate) async fn mailboxes_open(wizard: &Wizard) -> Result<(), Problem> {
    let value = changes::value(wizard).await?;
    let (tenant, client, method) = (wizard.tenant()?, wizard.app()?.client_id, wizard.method());
    let doing = Doing::as_the_app(message!("doing-sign-in-as-app"), message!("exists-both-secrets"));
    let token = live_calls::token(wizard.http(), method, tenant, client, &value).await;
    let token = token.map_err(|error| problem(&error, &doing))?;
    drop(value);
    for mailbox in wizard.state().allowed() {
        let permissions = wizard.permissions().into_iter();
        let called = permissions.map(|permission| Called {
            mailbox: mailbox.object_id,
            address: mailbox.address.to_string(),
            permission,
        });
        let called: Vec<Called> = called.collect();
        let probes = live_calls::call(wizard.http(), method, &token, &called).await;
        if !probes.iter().all(|probe| probe.outcome == Outcome::Answered) {
            let mailbox = Arg::name(Kind::Mailbox, mailbox.address.to_string());
            return Err(Problem::said(
                Code::ProofMissing,
                message!("adopting-not-open", mailbox = mailbox),
            )
            .retry(Retry::AfterYouAct)
            .exists(message!("exists-both-secrets")));
        }
    }
    Ok(())
}

/// Whether Microsoft refuses the key itself: it is wrong or too new, has ended, or its app isn't there (peers.md part B).
pub(crate) fn refuses_key(error: &Error) -> bool {
    const KEYS: [&str; 5] = [
        "AADSTS7000215",
        "AADSTS7000222",
        "AADSTS700016",
        // Of a certificate: it isn't known, or its time is over.
        "AADSTS700027",
        "AADSTS1000502",
    ];
    KEYS.contains(&error.code())
}

/// Which limit was read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadBack {
    /// The one that is wanted.
    AsWanted,
    /// Another one, for as long as replication may take.
    Another,
}

/// Reads the whole limit back, as exact sets: the scope matches the chosen mailboxes and nothing else, the app has the
/// roles that were asked for and no other, and Microsoft's own test agrees.
///
/// # Errors
/// Where Exchange reads back another limit, and as it answers.
pub async fn limit(wizard: &mut Wizard) -> Result<(), Problem> {
    match which_limit(wizard).await? {
        ReadBack::AsWanted => Ok(()),
        ReadBack::Another => Err(another_limit()),
    }
}

/// The same, where another limit is no error. That a single answer fails or lags behind says nothing of the limit.
///
/// # Errors
/// As Exchange answers, and where Microsoft's own test doesn't agree.
pub(crate) async fn which_limit(wizard: &mut Wizard) -> Result<ReadBack, Problem> {
    let doing = limit_doing();
    if observe::by_mail_program(wizard) {
        return which_full_access(wizard, &doing).await;
    }
    let (principal, mailboxes) = (wizard.principal()?, observe::wanted_mailboxes(wizard));
    let (scope, filter) = (scope_name(wizard)?, filter(wizard));
    let mut tested = Vec::new();
    let settled = wizard
        .until_settled(async || {
            let exchange = wizard.exchange()?;
            let (seen, census, answers) = limit::read_back(&exchange, principal, &scope, &filter, &mailboxes)
                .await
                .map_err(|error| problem(&error, &doing))?;
            tested = answers;
            differs(
                wizard,
                &InExchange {
                    seen,
                    census: Some(census),
                    full_access: None,
                },
            )
        })
        .await?;
    if !settled {
        return Ok(ReadBack::Another);
    }
    limit_set(wizard, mailboxes.iter().copied().zip(tested))?;
    Ok(ReadBack::AsWanted)
}

/// The same of a mail program, which no scope and no test of Microsoft's is about: it has full access to the chosen mailboxes,
/// and to none of the others that the connection knows.
async fn which_full_access(wizard: &mut Wizard, doing: &Doing) -> Result<ReadBack, Problem> {
    let mut held = BTreeSet::new();
    let settled = wizard
        .until_settled(async || {
            let read = observe::exchange(wizard).await?;
            let read = read.map_err(|error| problem(&error, doing))?;
            let differs = differs(wizard, &read)?;
            held = read.full_access.unwrap_or_default();
            Ok(differs)
        })
        .await?;
    if !settled {
        return Ok(ReadBack::Another);
    }
    limit_stands(wizard, held)?;
    Ok(ReadBack::AsWanted)
}

/// The same with everything else that the proof is made of, which follows at once and reads nothing of it again.
///
/// # Errors
/// As [`limit`].
pub(crate) async fn limit_whole(wizard: &mut Wizard) -> Result<(), Problem> {
    let (subjects, doing) = (verify_access::subjects(wizard), limit_doing());
    let mut last = None;
    let settled = wizard
        .until_settled(async || {
            let survey = survey::read(wizard, &subjects, &doing.exists, |_| {}).await?;
            let differs = differs(wizard, &survey.in_exchange)?;
            last = Some(survey);
            Ok(differs)
        })
        .await?;
    if !settled {
        return Err(another_limit());
    }
    let wanted = observe::wanted_mailboxes(wizard);
    let Some(survey) = last else {
        return Err(internal("the limit wasn't read"));
    };
    match &survey.in_exchange.full_access {
        Some(held) => limit_stands(wizard, held.clone())?,
        None => {
            let tested = survey.subjects.iter().copied().zip(survey.tested.iter().cloned());
            let tested: Vec<_> = tested.filter(|(mailbox, _)| wanted.contains(mailbox)).collect();
            limit_set(wizard, tested)?;
        }
    }
    wizard.keep_survey(survey);
    Ok(())
}

fn limit_exists() -> Message {
    message!("exists-limit-unconfirmed")
}

/// Exchange keeps another limit than the one that is wanted.
pub(crate) fn another_limit() -> Problem {
    Problem::said(Code::ExchangeRejected, message!("making-limit-differs")).exists(limit_exists())
}

fn limit_doing() -> Doing {
    Doing::new(message!("doing-read-limit-back"), EXCHANGE_ROLE, limit_exists())
}

/// Whether Exchange keeps another limit than the one that is wanted.
fn differs(wizard: &Wizard, read: &InExchange) -> Result<bool, Problem> {
    stop_at_strangers(wizard, read)?;
    let mailboxes = observe::wanted_mailboxes(wizard);
    if let Some(held) = &read.full_access {
        let known = read.seen.principal.is_some();
        return Ok(!known || *held != mailboxes.into_iter().collect());
    }
    let (seen, census) = (&read.seen, read.census.as_ref());
    let roles: BTreeSet<&str> = wizard
        .permissions()
        .iter()
        .filter_map(|permission| permission.exchange_role())
        .collect();
    let within = scope_name(wizard)?;
    let held = seen.assignments.iter().filter(|held| held.scope == within);
    let held: BTreeSet<&str> = held.map(|held| held.role.as_str()).collect();
    let exact = match (&seen.scope, group(wizard)) {
        (None, _) => false,
        // Who is in the group is for the proof to say: it changes without the limit being another.
        (Some(filter), Some(group)) => {
            of_filter(filter).is_some_and(|held| held.eq_ignore_ascii_case(&group.distinguished_name))
        }
        (Some(_), None) => census.is_some_and(|census| is_exactly(census, &mailboxes)),
    };
    Ok(!exact || held != roles)
}

/// Writes down that the limit is in place, where Microsoft's own test agrees with all of it that was read.
fn limit_set(
    wizard: &mut Wizard,
    tested: impl IntoIterator<Item = (MailboxId, limit::Tested)>,
) -> Result<(), Problem> {
    let (doing, permissions) = (limit_doing(), wizard.permissions());
    for (mailbox, outcome) in tested {
        let address = wizard.state().address_of(mailbox).unwrap_or_default().to_owned();
        let roles = match outcome.roles {
            Ok(roles) => roles,
            Err(error) if error.not_there() => {
                return Err(mailbox_gone(&address, limit_exists()).evidence(error.evidence()));
            }
            Err(error) => return Err(problem(&error, &doing)),
        };
        let whole = permissions.iter().all(|permission| {
            let gives = |role: &limit::Authorization| {
                permission.exchange_role() == Some(role.role.as_str()) && role.in_scope == Some(true)
            };
            roles.iter().any(gives)
        });
        if !whole {
            let mailbox = Arg::name(Kind::Mailbox, &address);
            let told = match group(wizard) {
                Some(held) => message!(
                    "making-limit-lacks-of-group",
                    mailbox = mailbox,
                    group = Arg::name(Kind::Group, &held.name)
                ),
                None => message!("making-limit-lacks", mailbox = mailbox),
            };
            return Err(Problem::said(Code::ExchangeRejected, told).exists(limit_exists()));
        }
    }
    limit_stands(wizard, BTreeSet::new())
}

/// Writes down that the limit is in place, with the mailboxes to which the app has full access where that is the limit.
fn limit_stands(wizard: &mut Wizard, full_access: BTreeSet<MailboxId>) -> Result<(), Problem> {
    if wizard.notes().limit_set_at.is_some() && wizard.state().limit_is_current() {
        return Ok(());
    }
    let app = wizard.key();
    // No time at all would let what the limit takes the place of go at once. A mail program was let in by nothing else, and can
    // be tried while that stands.
    let longest = match observe::by_mail_program(wizard) {
        true => Ok(SignedDuration::ZERO),
        false => SignedDuration::try_from(wizard.http().cloud().waits.limit_longest),
    };
    let applied_by = longest.and_then(|longest| wizard.now().checked_add(longest));
    let applied_by = applied_by.map_err(|_| internal("the time for a limit can't be counted"))?;
    wizard.record(Event::LimitSet {
        app,
        applied_by: Some(applied_by),
        full_access,
    })
}

/// Stops where what Exchange keeps of the app isn't all this connection's.
fn stop_at_strangers(wizard: &Wizard, read: &InExchange) -> Result<(), Problem> {
    let reading = Reading {
        entra: None,
        exchange: Some(InExchange {
            census: None,
            ..read.clone()
        }),
    };
    let comparison = compare(&wanted(wizard)?, &observe::observed(wizard, &reading)?);
    let key = wizard.key();
    match blocked::problem_of(wizard, comparison.of(&key, Part::Scope), &reading) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

/// Reads until what was taken away in Exchange is gone: no answer to a removal is believed.
///
/// # Errors
/// Where it is still there, and as Exchange answers.
pub(crate) async fn taken_from_exchange(wizard: &Wizard, taken: &[Change]) -> Result<(), Problem> {
    if taken.is_empty() {
        return Ok(());
    }
    let doing = Doing::new(
        message!("doing-remove-limit"),
        EXCHANGE_ROLE,
        message!("exists-limit-perhaps"),
    );
    let gone = wizard
        .until_settled(async || {
            let reading = match observe::exchange(wizard).await? {
                // One part is gone and another is still listed: a moment in between.
                Err(error) if error.not_there() => return Ok(true),
                Err(error) => return Err(problem(&error, &doing)),
                Ok(exchange) => Reading {
                    entra: None,
                    exchange: Some(exchange),
                },
            };
            let seen = observe::observed(wizard, &reading)?;
            let app = wizard.key();
            Ok(!taken.iter().all(|change| change.done(&app, &seen)))
        })
        .await?;
    if gone { Ok(()) } else { Err(still_there()) }
}

fn is_exactly(census: &Census, mailboxes: &[MailboxId]) -> bool {
    let wanted: BTreeSet<&MailboxId> = mailboxes.iter().collect();
    let held: BTreeSet<&MailboxId> = census.known.keys().collect();
    held == wanted && census.others.is_empty() && !census.more
}

fn mailbox_gone(address: &str, exists: Message) -> Problem {
    Problem::said(
        Code::MailboxGone,
        message!("making-mailbox-gone", mailbox = Arg::name(Kind::Mailbox, address)),
    )
    .retry(Retry::AfterYouAct)
    .exists(exists)
}

fn still_there() -> Problem {
    Problem::said(Code::ExchangeRejected, message!("making-limit-still-there"))
        .exists(message!("exists-limit-partly"))
}
