//! The app registration and its service principal.
//!
//! Creates one app for this organisation only, without any permission, under a unique name that holds the id of this
//! connection, so that it is found again and never made twice. Needs: may create apps (Application Administrator, or
//! an organisation that lets its users). Undo: delete the app in Entra under App registrations; Microsoft keeps it
//! restorable for 30 days. Facts: microsoft-facts §2.1, §2.2, §2.11; security-and-reliability §0.

use domain::ids::ConnectionId;
use domain::problem::{Code, Problem};
use engine::event::{Event, Intent};
use microsoft::error::{Error, Refusal};
use microsoft::graph::{applications, service_principals};

use crate::plan::{Line, Plan};
use crate::problems::{APP_ROLE, Doing, problem};
use crate::wizard::Wizard;

/// The name that Microsoft keeps unique in the organisation.
pub fn unique_name(connection: ConnectionId) -> String {
    format!("mailgrant-{connection}")
}

/// The tag that says on the app itself which connection made it.
pub fn tag(connection: ConnectionId) -> String {
    format!("mailgrant:{connection}")
}

/// The display name.
pub fn display_name(wizard: &Wizard) -> String {
    format!(
        "Mailgrant: {}",
        wizard.profile().map_or("mail platform", |profile| &profile.name)
    )
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
    Plan {
        will: vec![
            Line::new("App registration", name.clone()).done(state.app.is_some()),
            Line::new(
                "Its service principal",
                "In this organisation only; nobody is asked to sign in",
            )
            .done(state.service_principal.is_some()),
            Line::new(
                "A tag on both",
                "So that the wizard finds them again and never makes two",
            )
            .done(state.app.is_some()),
        ],
        wont: vec![
            Line::new(others, similar),
            Line::new(
                "Mail permissions in Entra",
                "None is asked for. Access comes later, from Exchange",
            ),
            Line::new("Redirect addresses and certificates", "None is added"),
        ],
        calls: vec![
            format!(
                "PATCH /applications(uniqueName='mailgrant-…') with Prefer: create-if-missing, displayName \"{name}\", signInAudience AzureADMyOrg"
            ),
            "POST /servicePrincipals with the new app's appId".to_owned(),
        ],
    }
}

/// Makes what is missing.
pub async fn act(wizard: &mut Wizard) -> Result<(), Problem> {
    create_app(wizard).await?;
    create_service_principal(wizard).await?;
    check(wizard).await
}

async fn create_app(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().app.is_some() {
        return Ok(());
    }
    let connection = wizard.connection()?;
    let (unique, display, tag) = (unique_name(connection), display_name(wizard), tag(connection));
    let doing = Doing::new(
        "create the app registration",
        APP_ROLE,
        "No app registration was made by this step.",
    );
    wizard.intend(Intent::CreateApp)?;
    let token = wizard.graph_token()?;
    let unseen = |error: &Error| error.status() == Some(404);
    let app = wizard
        .once_replicated(&doing, unseen, async || {
            match applications::create_or_find(wizard.http(), token, &unique, &display, &tag).await {
                // A name that a deleted app still holds is answered with 400, not with 409
                // (security-and-reliability §0.3).
                Err(error) if error.status() == Some(400) => restored(wizard, &unique).await?.ok_or(error),
                outcome => outcome,
            }
        })
        .await?;
    if !app.tags.contains(&tag) {
        return Err(Problem::new(
            Code::AppReserved,
            "Another app has this connection's name",
            "An app with the unique name of this connection exists and doesn't carry its tag.",
            "Somebody changed the app's tags, or made an app of that name by hand.",
            "Compare the app in Entra; give it back its tag or begin a new connection.",
        )
        .exists("Mailgrant changed nothing on that app."));
    }
    wizard.record(Event::AppCreated {
        client_id: app.client_id,
        object_id: app.object_id,
        name: app.name,
    })
}

/// Takes our own app back from the deleted ones, where it lies there.
async fn restored(wizard: &Wizard, unique: &str) -> Result<Option<applications::Application>, Error> {
    let token = match wizard.graph_token() {
        Ok(token) => token,
        Err(_) => return Ok(None),
    };
    let Some(id) = applications::find_deleted(wizard.http(), token, unique).await? else {
        return Ok(None);
    };
    applications::restore(wizard.http(), token, id).await?;
    applications::find(wizard.http(), token, unique).await
}

async fn create_service_principal(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().service_principal.is_some() {
        return Ok(());
    }
    let client = wizard.app()?.client_id;
    let doing = Doing::new(
        "create the app's service principal",
        APP_ROLE,
        "The app registration exists; its service principal doesn't.",
    );
    wizard.intend(Intent::CreateServicePrincipal)?;
    let token = wizard.graph_token()?;
    // A new app may be unseen for a while: 404, or 400 because its id refers to nothing yet; and so may a service
    // principal that an interrupted run made: 409.
    let unseen = |error: &Error| matches!(error.status(), Some(400 | 404 | 409));
    let id = wizard
        .once_replicated(&doing, unseen, async || {
            service_principals::create(wizard.http(), token, client).await
        })
        .await?;
    wizard.record(Event::ServicePrincipalCreated { id })
}

/// Reads both back from Microsoft.
pub async fn check(wizard: &mut Wizard) -> Result<(), Problem> {
    let unique = unique_name(wizard.connection()?);
    let client = wizard.app()?.client_id;
    let doing = Doing::new(
        "read the new app back",
        APP_ROLE,
        "The app registration and its service principal were made.",
    );
    let token = wizard.graph_token()?;
    let unseen = |error: &Error| error.status() == Some(404);
    let seen = wizard
        .once_replicated(&doing, unseen, async || {
            match applications::is_visible(wizard.http(), token, &unique, client).await? {
                true => Ok(()),
                false => Err(Error::Refused(Box::new(Refusal {
                    call: "GET /applications(uniqueName)".into(),
                    status: 404,
                    ..Refusal::default()
                }))),
            }
        })
        .await;
    match seen {
        Ok(()) => wizard.record(Event::AppChecked),
        Err(problem) if problem.evidence.status == Some(404) => Err(Problem::new(
            Code::AppGone,
            "The app isn't there any more",
            "Microsoft doesn't find the app that this connection made.",
            "Somebody deleted it, or Microsoft takes unusually long to show it.",
            "Check again in a minute; if it was deleted, undo this step and create it again.",
        )
        .evidence(problem.evidence)),
        Err(problem) => Err(problem),
    }
}

/// Deletes the app; its service principal goes with it.
pub async fn undo(wizard: &mut Wizard) -> Result<(), Problem> {
    let object = wizard.app()?.object_id;
    let doing = Doing::new(
        "delete the app registration",
        APP_ROLE,
        "The app registration still exists.",
    );
    wizard.intend(Intent::DeleteApp)?;
    let token = wizard.graph_token()?;
    applications::delete(wizard.http(), token, object)
        .await
        .map_err(|error| problem(&error, &doing))?;
    wizard.record(Event::AppDeleted)
}
