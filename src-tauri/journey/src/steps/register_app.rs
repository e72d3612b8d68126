//! The app registration and its service principal.
//!
//! Creates one app for this organisation only, without any permission, under a unique name that holds the id of this
//! connection, so that it is found again and never made twice. Before that it looks who has the name: an app of
//! somebody else's stays as it is, and a deleted one of ours is restored once the plan says so. Needs: may create apps (Application Administrator, or
//! an organisation that lets its users). Undo: delete the app in Entra under App registrations; Microsoft keeps it
//! restorable for 30 days. Facts: microsoft-facts §2.1, §2.2, §2.11; security-and-reliability §0.

use domain::problem::{Code, Evidence, Problem, Retry};
use domain::step::StepId;
use engine::event::Event;
use jiff::{SignedDuration, Timestamp};
use microsoft::error::Error;
use microsoft::graph::applications::{self, Standing};
use microsoft::graph::service_principals;
use plan::changes::{Change, CreateApp, CreatePrincipal, DeleteApp, RestoreApp, TagPrincipal};
use plan::given::Given;

use super::create_secret;
use crate::ownership::{carries_marks, principal_is_ours, recorded, require_app, tag, unique_name};
use crate::plan::{Line, Plan};
use crate::problems::{APP_ROLE, Doing, problem, removal_unseen};
use crate::standing::{gone, of_standing};
use crate::wizard::{Wizard, internal};

/// What stands before the platform's name in an app's display name.
pub(crate) const APP_NAME: &str = "Mailgrant: ";

/// The display name.
pub fn display_name(wizard: &Wizard) -> String {
    format!(
        "{APP_NAME}{}",
        wizard.profile().map_or("mail platform", |profile| &profile.name)
    )
}

/// Until when a deleted app can be restored: 30 days (microsoft-facts §2.1).
pub fn restorable_until(deleted_at: Timestamp) -> Timestamp {
    deleted_at
        .checked_add(SignedDuration::from_hours(30 * 24))
        .unwrap_or(Timestamp::MAX)
}

/// What will be made.
pub fn plan(wizard: &Wizard) -> Plan {
    let state = wizard.state();
    let preflight = state.preflight.as_ref();
    let others = match preflight.map(|preflight| preflight.other_apps) {
        Some(1) => "Your other app registration".to_owned(),
        Some(count) if count > 1 => format!("Your {count} other app registrations"),
        _ => "Other app registrations".to_owned(),
    };
    let similar = match preflight.map(|preflight| preflight.similar_apps.as_slice()) {
        Some([one]) => format!("One has a similar name: {one}"),
        Some([first, rest @ ..]) if !rest.is_empty() => {
            format!("{} have a similar name, such as {first}", rest.len() + 1)
        }
        _ => "None has a similar name".to_owned(),
    };
    let name = display_name(wizard);
    let removed = wizard.notes().removed_app();
    let first = match &removed {
        Some(removed) => Line::new(
            "The deleted app registration, restored",
            format!("{}, as it was, with what secrets it still holds", removed.name),
        )
        .done_when(|state| state.at_hand().app().is_some()),
        None => {
            Line::new("App registration", name.clone()).done_when(|state| state.at_hand().app().is_some())
        }
    };
    let mut calls = vec![match &removed {
        Some(_) => "POST /directory/deletedItems/{id}/restore".to_owned(),
        None => format!(
            "PATCH /applications(uniqueName='mailgrant-…') with Prefer: create-if-missing, displayName \"{name}\", signInAudience AzureADMyOrg"
        ),
    }];
    calls.push("POST /servicePrincipals with the new app's appId".to_owned());
    Plan {
        will: vec![
            first,
            Line::new(
                "Its service principal",
                "In this organisation only; nobody is asked to sign in",
            )
            .done_when(|state| state.at_hand().principal().is_some()),
            Line::new(
                "This connection's tag on both",
                "So that the wizard finds them again, never makes two, and touches no other app",
            )
            .done_when(|state| state.at_hand().app().is_some() && state.at_hand().principal().is_some()),
        ],
        wont: vec![
            Line::new(others, similar),
            Line::new(
                "Mail permissions in Entra",
                "None is asked for. Access comes later, from Exchange",
            ),
            Line::new("Redirect addresses and certificates", "None is added"),
        ],
        calls,
    }
}

/// Makes what is missing. A deleted app of this connection that the plan didn't name is not restored at once: it is
/// recorded, and the plan names it.
///
/// # Errors
/// As Microsoft answers, and where an app that isn't ours has the name.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.notes().removed_app().is_some() {
        restore(wizard).await?;
    } else if wizard.notes().app().is_some() {
        // Made by an earlier run: whose it is now is read before anything is added to it.
        confirm_ours(wizard).await?;
    } else if create_app(wizard).await? == Made::FoundDeleted {
        return Ok(());
    }
    create_service_principal(wizard).await?;
    check(wizard).await
}

/// Reads that the app still carries this connection's marks, before something of it is changed. One that isn't shown is
/// for whoever changes it to find missing.
///
/// # Errors
/// `app.not-ours`, and as Microsoft answers.
pub(crate) async fn confirm_ours(wizard: &Wizard) -> Result<(), Problem> {
    let app = wizard.app()?;
    let doing = Doing::new("read whose the app is", APP_ROLE, "Nothing was changed.");
    let standing = applications::standing(wizard.http(), wizard.graph_token()?, app.object_id, app.client_id)
        .await
        .map_err(|error| problem(&error, &doing))?;
    match &standing.app {
        Some(app) => require_app(app, wizard.state()),
        None => Ok(()),
    }
}

#[derive(PartialEq, Eq)]
enum Made {
    There,
    FoundDeleted,
}

/// Looks who has the name, and makes the app where nobody has.
async fn create_app(wizard: &mut Wizard) -> Result<Made, Problem> {
    let connection = wizard.connection()?;
    let unique = unique_name(connection);
    let doing = Doing::new(
        "create the app registration",
        APP_ROLE,
        "No app registration was made by this step.",
    );
    // Looked at before anything is written: the call that creates would change an app that is there already.
    let holders = applications::holders(wizard.http(), wizard.graph_token()?, &unique)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let app = match (holders.live, holders.deleted) {
        (Some(live), _) => live,
        (None, Some(deleted)) => {
            if !carries_marks(&deleted.app, connection) {
                return Err(reserved());
            }
            wizard.record(Event::AppFoundDeleted {
                app: wizard.key(),
                client_id: deleted.app.client_id,
                object_id: deleted.app.object_id,
                name: deleted.app.name,
                deleted_at: deleted.at,
            })?;
            return Ok(Made::FoundDeleted);
        }
        (None, None) => {
            let (display, tag) = (display_name(wizard), tag(connection));
            wizard.intend(creation(wizard)?)?;
            let token = wizard.graph_token()?;
            wizard
                .once_replicated(&doing, Error::not_there, async || {
                    applications::create(wizard.http(), token, &unique, &display, &tag).await
                })
                .await?
        }
    };
    // Also what was made just now is judged by what Microsoft says of it: somebody can have been there between.
    if !carries_marks(&app, connection) {
        return Err(reserved());
    }
    if app.audience != applications::THIS_ORGANISATION {
        return Err(open_to_others());
    }
    let given = Given {
        object: Some(app.object_id),
        client: Some(app.client_id),
        name: Some(app.name),
        ..Given::default()
    };
    wizard.done(creation(wizard)?, given)?;
    Ok(Made::There)
}

fn creation(wizard: &Wizard) -> Result<Change, Problem> {
    let names = wizard.names()?;
    Ok(Change::CreateApp(CreateApp {
        unique: names.unique(),
        tag: names.tag(),
        name: display_name(wizard),
    }))
}

fn reserved() -> Problem {
    Problem::new(
        Code::AppReserved,
        "Another app has this connection's name",
        "An app with the unique name of this connection exists and doesn't carry its tag.",
        "Somebody changed the app's tags, or made an app of that name by hand.",
        "Compare the app in Entra, also among the deleted ones; give it back its tag or begin a new connection.",
    )
    .retry(Retry::AfterYouAct)
    .exists("Mailgrant changed nothing on that app.")
}

fn open_to_others() -> Problem {
    Problem::new(
        Code::AppRefused,
        "The app is open to other organisations",
        "The app of this connection takes accounts of other organisations too.",
        "Somebody changed \u{201c}Supported account types\u{201d} on it in Entra.",
        "Set it back to this organisation only in Entra under App registrations, this app, Authentication, then try again.",
    )
    .retry(Retry::AfterYouAct)
    .exists("The app exists; Mailgrant changed nothing on it.")
}

/// Takes the app back from the deleted ones, where it is ours, and waits until Microsoft shows it: after a restore
/// follows a moment in which it can't be read (microsoft-facts §12).
async fn restore(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some(removed) = wizard.notes().removed_app() else {
        return Ok(());
    };
    let doing = Doing::new(
        "restore the app registration",
        APP_ROLE,
        "The app registration lies among the deleted ones.",
    );
    let (object, client) = (removed.object_id, removed.client_id);
    let standing = applications::standing(wizard.http(), wizard.graph_token()?, object, client)
        .await
        .map_err(|error| problem(&error, &doing))?;
    match (&standing.app, &standing.deleted) {
        // Restored by somebody, or by a run that was interrupted.
        (Some(app), _) => require_app(app, wizard.state())?,
        (None, Some(deleted)) => {
            require_app(&deleted.app, wizard.state())?;
            wizard.intend(Change::RestoreApp(RestoreApp {}))?;
            applications::restore(wizard.http(), wizard.graph_token()?, object)
                .await
                .map_err(|error| problem(&error, &doing))?;
        }
        (None, None) => return Err(gone()),
    }
    let token = wizard.graph_token()?;
    let seen = wizard
        .once_seen(&doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            Ok(standing.app)
        })
        .await?;
    match seen {
        Some(app) => {
            require_app(&app, wizard.state())?;
            wizard.done(Change::RestoreApp(RestoreApp {}), Given::default())
        }
        None => Err(Problem::new(
            Code::AppGone,
            "The restored app isn't shown yet",
            "Microsoft took the app back from the deleted ones and doesn't show it yet.",
            "That takes some seconds, and today it takes unusually long.",
            "Try again in a minute.",
        )
        .exists("The app registration was restored.")),
    }
}

/// Finds out what became of an app that a step didn't find, and records it, so that the plan says how it comes back:
/// restored from the deleted ones, made anew, or with another service principal. What isn't shown may only not be shown
/// by a replica that lags behind, so the app is given up only where no look shows it, live or deleted, for as long as
/// replication may take.
///
/// # Errors
/// When Microsoft doesn't answer, the deleted app isn't ours, or the disk refuses.
pub async fn make_good(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some((client, object)) = recorded(wizard.state()) else {
        return Ok(());
    };
    let doing = Doing::new("look how the app stands", APP_ROLE, "Nothing was changed.");
    let token = wizard.graph_token()?;
    // How often the app was shown without its enterprise application.
    let mut bare = 0;
    let seen = wizard
        .once_seen(&doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            if standing.app.is_some() && standing.principal.is_none() {
                bare += 1;
            }
            let whole = standing.app.is_some() && standing.principal.is_some();
            let known = whole || standing.deleted.is_some() || bare > 1;
            Ok(known.then_some(standing))
        })
        .await?;
    let Some(standing) = seen else {
        if bare > 0 {
            // Shown once and never again: too little to give it up, and nothing to work with.
            return Err(gone());
        }
        create_secret::forget(wizard).await;
        return wizard.record(Event::AppGivenUp { app: wizard.key() });
    };
    match (standing.app, standing.principal, standing.deleted) {
        (None, _, Some(deleted)) => {
            require_app(&deleted.app, wizard.state())?;
            wizard.record(Event::AppFoundDeleted {
                app: wizard.key(),
                client_id: client,
                object_id: object,
                name: deleted.app.name,
                deleted_at: deleted.at,
            })
        }
        (Some(_), None, _) => wizard.record(Event::ServicePrincipalGone { app: wizard.key() }),
        // Nothing at all is never seen above.
        (Some(_), Some(_), _) | (None, _, None) => Ok(()),
    }
}

async fn create_service_principal(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.notes().principal().is_some() {
        return Ok(());
    }
    let (client, tag) = (wizard.app()?.client_id, tag(wizard.connection()?));
    let doing = Doing::new(
        "create the app's service principal",
        APP_ROLE,
        "The app registration exists; its service principal doesn't.",
    );
    let change = Change::CreatePrincipal(CreatePrincipal { tag: tag.clone() });
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    let made = wizard
        .once_replicated(&doing, service_principals::not_yet, async || {
            service_principals::create(wizard.http(), token, client, &tag).await
        })
        .await?;
    if !principal_is_ours(&made, client) {
        return Err(internal(
            "Microsoft answered with another app's service principal",
        ));
    }
    // One that somebody else made, or an older version of this program, gets the tag that the plan speaks of.
    if !made.tags.contains(&tag) {
        let mut tags = made.tags.clone();
        tags.push(tag);
        wizard.intend(Change::TagPrincipal(TagPrincipal {
            tags: tags.iter().cloned().collect(),
        }))?;
        let token = wizard.graph_token()?;
        service_principals::set_tags(wizard.http(), token, made.id, &tags)
            .await
            .map_err(|error| problem(&error, &doing))?;
    }
    let given = Given {
        principal: Some(made.id),
        ..Given::default()
    };
    wizard.done(change, given)
}

/// Reads both back from Microsoft.
///
/// # Errors
/// When one of them is gone, switched off, or not this connection's.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let (client, object) = (wizard.app()?.client_id, wizard.app()?.object_id);
    let doing = Doing::new(
        "read the new app back",
        APP_ROLE,
        "The app registration and its service principal were made.",
    );
    let token = wizard.graph_token()?;
    let mut last = Standing::default();
    let seen = wizard
        .once_seen(&doing, async || {
            last = applications::standing(wizard.http(), token, object, client).await?;
            Ok((last.app.is_some() && last.principal.is_some()).then_some(()))
        })
        .await?;
    if let Some(app) = &last.app {
        require_app(app, wizard.state())?;
    }
    let met = internal("the app stands as it should").exists(doing.exists);
    match of_standing(&last, &met) {
        Some(problem) => Err(Problem {
            evidence: Evidence::default(),
            ..problem
        }),
        None if seen.is_some() => wizard.record(Event::AppChecked { app: wizard.key() }),
        None => Err(gone()),
    }
}

/// Deletes the app; its service principal goes with it. What Microsoft answers is not believed: it counts as deleted
/// once it is read among the deleted ones and nowhere else.
///
/// # Errors
/// When something still hangs on it, it is not ours, or Microsoft still shows it.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    wizard.require_undo(StepId::App)?;
    let (client, object) = (wizard.app()?.client_id, wizard.app()?.object_id);
    let doing = Doing::new(
        "delete the app registration",
        APP_ROLE,
        "The app registration still exists.",
    );
    let look = async |wizard: &Wizard| {
        let token = wizard.graph_token()?;
        wizard
            .once_seen(&doing, async || {
                let standing = applications::standing(wizard.http(), token, object, client).await?;
                Ok((standing.app.is_some() || standing.deleted.is_some()).then_some(standing))
            })
            .await
    };
    // Not a word of it for as long as replication may take: it was deleted for good.
    let Some(standing) = look(wizard).await? else {
        create_secret::forget(wizard).await;
        return wizard.record(Event::AppGivenUp { app: wizard.key() });
    };
    let asked = match (&standing.app, &standing.deleted) {
        (Some(app), _) => {
            require_app(app, wizard.state())?;
            wizard.intend(Change::DeleteApp(DeleteApp {}))?;
            applications::delete(wizard.http(), wizard.graph_token()?, object).await
        }
        (None, Some(deleted)) => {
            require_app(&deleted.app, wizard.state())?;
            Ok(())
        }
        (None, None) => Ok(()),
    };
    let token = wizard.graph_token()?;
    let deleted = wizard
        .once_seen(&doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            let gone = standing.app.is_none() && standing.principal.is_none();
            Ok(standing.deleted.filter(|_| gone))
        })
        .await?;
    match (deleted, asked) {
        (Some(_), _) => wizard.done(Change::DeleteApp(DeleteApp {}), Given::default()),
        (None, Err(error)) => Err(problem(&error, &doing)),
        (None, Ok(())) => Err(removal_unseen("the app registration")),
    }
}
