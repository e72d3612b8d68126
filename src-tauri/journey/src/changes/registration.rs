//! The app registration and its service principal: made, taken back from the deleted ones, tagged, deleted.
//!
//! An app is made under a unique name that holds the connection's id, for this organisation only and without any
//! permission, so that it is found again and never made twice. Facts: microsoft-facts §2.1, §2.2, §2.11;
//! security-and-reliability §0.

use std::collections::BTreeSet;

use domain::ids::{AppObjectId, ClientId};
use domain::message;
use domain::message::Message;
use domain::problem::{Code, Problem, Retry};
use engine::event::Event;
use microsoft::error::Error;
use microsoft::graph::applications::{self, Standing};
use microsoft::graph::service_principals;
use plan::changes::{Change, TagPrincipal};
use plan::given::Given;
use plan::names::PRODUCT;

use super::{request, secret};
use crate::ownership::{carries_marks, principal_is_ours, require_app};
use crate::problems::{APP_ROLE, Doing, app_still_seen, problem};
use crate::wizard::{Wizard, internal};

/// Makes the app, whose name was seen to be free a moment ago: the call would change an app that is there already.
pub(super) async fn create(wizard: &mut Wizard, change: &Change, unique: &str) -> Result<(), Problem> {
    let request = request(wizard, change)?;
    let doing = Doing::new(message!("doing-create-app"), APP_ROLE, message!("exists-no-app"))
        .sends(request.name, message!("exists-app-perhaps"));
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    let app = wizard
        .once_replicated(&doing, Error::not_there, async || {
            applications::create(wizard.http(), token, &request, unique).await
        })
        .await?;
    // Also what was made just now is judged by what Microsoft says of it: somebody can have been there between.
    if !carries_marks(&app, wizard.connection()?) {
        return Err(reserved(message!("exists-app-perhaps-changed")));
    }
    if app.audience != calls::entra::THIS_ORGANISATION {
        return Err(open_to_others());
    }
    let given = Given {
        object: Some(app.object_id),
        client: Some(app.client_id),
        name: Some(app.name),
        ..Given::default()
    };
    wizard.done(change.clone(), given)?;
    // What was made a second ago is seldom shown yet, and a question too early costs a refusal.
    wizard.between_looks().await;
    Ok(())
}

/// Somebody else's app has the name. `exists` says what was done to it.
pub(crate) fn reserved(exists: Message) -> Problem {
    Problem::said(Code::AppReserved, message!("making-name-taken"))
        .retry(Retry::AfterYouAct)
        .exists(exists)
}

/// Our app takes accounts of other organisations.
pub(crate) fn open_to_others() -> Problem {
    Problem::said(Code::AppRefused, message!("making-app-open"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-app"))
}

/// Takes the app back from the deleted ones, where it is ours, and waits until Microsoft shows it: after a restore
/// follows a moment in which it can't be read (microsoft-facts §12).
pub(super) async fn restore(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let Some(removed) = wizard.notes().removed_app() else {
        return Err(internal("no deleted app is known"));
    };
    let (object, client) = (removed.object_id, removed.client_id);
    let request = request(wizard, change)?;
    let doing = Doing::new(
        message!("doing-restore-app"),
        APP_ROLE,
        message!("exists-app-deleted"),
    )
    .sends(request.name, message!("exists-app-perhaps-restored"));
    wizard.intend(change.clone())?;
    microsoft::graph::change(wizard.http(), wizard.graph_token()?, &request)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let token = wizard.graph_token()?;
    let seen = wizard
        .once_seen(&doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            Ok(standing.app)
        })
        .await?;
    match seen {
        Some(app) => {
            require_app(&app, wizard.state())
                .map_err(|problem| problem.exists(message!("exists-app-restored")))?;
            wizard.done(change.clone(), Given::default())
        }
        None => Err(Problem::said(Code::AppGone, message!("making-restored-unseen"))
            .exists(message!("exists-app-restored"))),
    }
}

/// Makes the service principal. One that is there already is this app's, whoever made it, and gets the tag that the plan
/// speaks of.
pub(super) async fn create_principal(wizard: &mut Wizard, change: &Change, tag: &str) -> Result<(), Problem> {
    let client = wizard.app()?.client_id;
    let doing = Doing::new(
        message!("doing-create-principal"),
        APP_ROLE,
        message!("exists-app-no-principal"),
    );
    let request = request(wizard, change)?;
    let doing = doing.sends(request.name, message!("exists-principal-perhaps"));
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    let made = wizard
        .once_replicated(&doing, service_principals::not_yet, async || {
            service_principals::create(wizard.http(), token, &request, client).await
        })
        .await?;
    if !principal_is_ours(&made, client) {
        return Err(internal("another app's service principal came back"));
    }
    let given = Given {
        principal: Some(made.id),
        ..Given::default()
    };
    wizard.done(change.clone(), given)?;
    if !made.tags.iter().any(|held| held == tag) {
        let tags = made.tags.into_iter().chain([PRODUCT.to_owned(), tag.to_owned()]);
        let tagging = Change::TagPrincipal(TagPrincipal { tags: tags.collect() });
        self::tag(wizard, &tagging).await?;
    }
    // As for the registration, and it hangs on that.
    wizard.between_looks().await;
    wizard.between_looks().await;
    Ok(())
}

/// Writes the tags of the service principal.
pub(super) async fn tag(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-tag-principal"),
        APP_ROLE,
        message!("exists-app-with-principal"),
    );
    let request = request(wizard, change)?;
    let doing = doing.sends(request.name, message!("exists-app-with-principal"));
    wizard.intend(change.clone())?;
    microsoft::graph::change(wizard.http(), wizard.graph_token()?, &request)
        .await
        .map_err(|error| problem(&error, &doing))?;
    wizard.done(change.clone(), Given::default())
}

/// Changes the registration of an app that was taken over, and waits until Microsoft shows it so: what a part reads back
/// next would else say that it isn't done.
pub(super) async fn change_app(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let (client, object) = (wizard.app()?.client_id, wizard.app()?.object_id);
    let doing = Doing::new(
        message!("doing-change-app"),
        APP_ROLE,
        message!("exists-app-as-it-was"),
    );
    let request = request(wizard, change)?;
    let doing = doing.sends(request.name, message!("exists-app-as-it-was"));
    wizard.intend(change.clone())?;
    let token = wizard.graph_token()?;
    microsoft::graph::change(wizard.http(), token, &request)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let shown = wizard
        .once_seen(&doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            let made = standing.app.as_ref().is_some_and(|app| match change {
                Change::TagApp(tag) => app.tags.iter().cloned().collect::<BTreeSet<_>>() == tag.tags,
                Change::SetAudience(set) => app.audience == set.audience,
                _ => false,
            });
            Ok(made.then_some(()))
        })
        .await?;
    match shown {
        Some(()) => wizard.done(change.clone(), Given::default()),
        None => Err(app_unchanged_still()),
    }
}

fn app_unchanged_still() -> Problem {
    Problem::said(Code::AppRefused, message!("making-app-unchanged-still"))
        .exists(message!("exists-app-as-it-was"))
}

/// Deletes the app; its service principal goes with it. What Microsoft answers is not believed: it counts as deleted
/// once it is read among the deleted ones and nowhere else.
pub(super) async fn delete(wizard: &mut Wizard, change: &Change) -> Result<(), Problem> {
    let (client, object) = (wizard.app()?.client_id, wizard.app()?.object_id);
    let request = request(wizard, change)?;
    let doing = Doing::new(
        message!("doing-delete-app"),
        APP_ROLE,
        message!("exists-app-still"),
    )
    .sends(request.name, message!("exists-app-perhaps-deleted"));
    // Not a word of it for as long as replication may take: it was deleted for good.
    let Some(standing) = shown(wizard, &doing, object, client).await? else {
        secret::forget(wizard).await;
        return wizard.record(Event::AppGivenUp { app: wizard.key() });
    };
    let asked = match (&standing.app, &standing.deleted) {
        (Some(app), _) => {
            require_app(app, wizard.state())?;
            wizard.intend(change.clone())?;
            microsoft::graph::change(wizard.http(), wizard.graph_token()?, &request).await
        }
        (None, Some(deleted)) => require_app(&deleted.app, wizard.state()).map(Ok)?,
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
        (Some(deleted), _) => {
            // Somebody else may have deleted it long before, and it can be restored for less time then.
            let given = Given {
                deleted_at: deleted.at,
                ..Given::default()
            };
            wizard.done(change.clone(), given)
        }
        // That it isn't there is said of one that was shown a moment before.
        (None, Err(error)) if error.not_there() => Err(problem(&error, &doing.unsure())),
        (None, Err(error)) => Err(problem(&error, &doing)),
        (None, Ok(())) => Err(app_still_seen()),
    }
}

/// How the app stands, once it is shown at all.
async fn shown(
    wizard: &Wizard,
    doing: &Doing,
    object: AppObjectId,
    client: ClientId,
) -> Result<Option<Standing>, Problem> {
    let token = wizard.graph_token()?;
    wizard
        .once_seen(doing, async || {
            let standing = applications::standing(wizard.http(), token, object, client).await?;
            Ok((standing.app.is_some() || standing.deleted.is_some()).then_some(standing))
        })
        .await
}
