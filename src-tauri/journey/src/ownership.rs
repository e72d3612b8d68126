//! Whose an object of the organisation is.
//!
//! A journal says what a connection made, and a journal can come from elsewhere or be wrong. So before anything is
//! changed or removed, and before a credential is added, the object is read from the organisation, and it must carry
//! this connection's marks there: the unique name and the tag that we gave it, and the ids that the journal names.
//! Every step that does such a thing asks here, and nowhere else.

use domain::app_key::AppKey;
use domain::ids::{AppObjectId, ClientId, ConnectionId, KeyId};
use domain::message;
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry};
use engine::notes::AppNotes;
use engine::state::State;
use microsoft::graph::applications::Application;
use microsoft::graph::service_principals::ServicePrincipal;
use plan::names::{Names, adopted_by, connection_of};
use plan::observed::Owner;

use crate::wizard::Wizard;

fn names(connection: ConnectionId) -> Names {
    Names::new(connection, AppKey::default())
}

/// The name that Microsoft keeps unique in the organisation.
pub fn unique_name(connection: ConnectionId) -> String {
    names(connection).unique()
}

/// The tag on the app registration and on its service principal.
pub fn tag(connection: ConnectionId) -> String {
    names(connection).tag()
}

/// The part of a connection's id that stands in names with little room: its first eight characters.
pub fn short(connection: ConnectionId) -> String {
    connection.to_string().chars().take(8).collect()
}

/// The beginning of the name of every secret of this connection.
pub fn secret_tag(connection: ConnectionId) -> String {
    names(connection).secret()
}

/// Whether an app registration carries this connection's unique name and tag.
pub fn carries_marks(app: &Application, connection: ConnectionId) -> bool {
    app.unique_name.as_deref() == Some(&unique_name(connection)) && app.tags.contains(&tag(connection))
}

/// The connection whose app an app registration is by its marks, and whether that connection took it over; none where it carries
/// nobody's. A unique name alone, or a tag alone, could be anybody's.
pub(crate) fn connection_by_marks(app: &Application) -> Option<(ConnectionId, bool)> {
    let made = app.unique_name.as_deref().and_then(connection_of);
    let made = made.filter(|connection| carries_marks(app, *connection));
    let adopted = || adopted_by(app.tags.iter().map(String::as_str));
    made.map(|connection| (connection, false))
        .or_else(|| Some((adopted()?, true)))
}

/// Whether an app registration is the one that this connection made: its marks are on it, and its ids are those that
/// were recorded.
pub fn app_is_ours(app: &Application, connection: ConnectionId, recorded: (ClientId, AppObjectId)) -> bool {
    carries_marks(app, connection) && (app.client_id, app.object_id) == recorded
}

/// Whose an app registration is. One that was taken over is known by its ids alone: its unique name can't be given to it any
/// more, and its tags are written onto it by a change of their own (`plan::changes::TagApp`).
pub(crate) fn owner_of_app(app: &Application, state: &State) -> Owner {
    let Some((connection, _)) = state.opened else {
        return Owner::Stranger;
    };
    let ours = match (recorded(state), &state.at_hand().adopted) {
        (Some(recorded), Some(_)) if (app.client_id, app.object_id) == recorded => return Owner::Adopted,
        (Some(_), Some(_)) => false,
        (Some(recorded), None) => app_is_ours(app, connection, recorded),
        (None, _) => carries_marks(app, connection),
    };
    if ours { Owner::Ours } else { Owner::Stranger }
}

/// Whether a service principal belongs to this connection's app. One that an older version made carries no tag of the
/// connection; it is known by its app, which can have one service principal at most (microsoft-facts §2.2).
pub fn principal_is_ours(principal: &ServicePrincipal, app: ClientId) -> bool {
    principal.client_id == app
}

/// Whether a credential is named as this connection names its secrets.
pub fn secret_is_ours(name: &str, connection: ConnectionId) -> bool {
    name.starts_with(&secret_tag(connection))
}

/// Whose a credential of our app is. By its name alone it can also be what somebody makes at another computer who renews this
/// connection there: ours is what this connection made, or took for what the platform uses when a renewal was begun.
pub(crate) fn owner_of_credential(
    notes: &AppNotes,
    connection: ConnectionId,
    key: KeyId,
    name: &str,
) -> Owner {
    let named = secret_is_ours(name, connection);
    let made_here = notes.secret.as_ref().is_some_and(|secret| secret.key == key)
        || notes.lost_secrets.contains(&key)
        || notes.tries.iter().any(|one_try| one_try == name);
    match notes.in_use.contains_key(&key) {
        true if named => Owner::Ours,
        true => Owner::Adopted,
        false if named && made_here => Owner::Ours,
        false => Owner::Stranger,
    }
}

/// Whether a role assignment has the name that this connection gives one of this permission.
pub(crate) fn named_as_ours(wizard: &Wizard, permission: Permission, name: &str) -> bool {
    wizard
        .names()
        .is_ok_and(|names| names.assignment(permission) == name)
}

/// The ids of the app that the journal names, live or deleted.
pub(crate) fn recorded(state: &State) -> Option<(ClientId, AppObjectId)> {
    let live = state.at_hand().app().map(|app| (app.client_id, app.object_id));
    let deleted = state
        .at_hand()
        .removed_app()
        .map(|app| (app.client_id, app.object_id));
    live.or(deleted)
}

/// Refuses to touch an app registration that isn't this connection's.
///
/// # Errors
/// `app.not-ours`, unless it carries the connection's marks, or was taken over, and has the ids that the journal names.
pub(crate) fn require_app(app: &Application, state: &State) -> Result<(), Problem> {
    let known = recorded(state).is_some();
    if known && owner_of_app(app, state).may_be_changed() {
        Ok(())
    } else {
        Err(not_ours())
    }
}

/// Refuses to touch a secret that isn't this connection's: by its name, or by its key where it was taken over with its app.
///
/// # Errors
/// `app.not-ours`, unless the name carries the connection's tag or the secret was taken over.
pub(crate) fn require_secret(key: KeyId, name: &str, state: &State) -> Result<(), Problem> {
    let adopted = state.at_hand().adopted.as_ref();
    let taken_over = adopted.is_some_and(|was| was.in_use.iter().any(|one| one.key == key));
    match state.opened {
        Some(_) if taken_over => Ok(()),
        Some((connection, _)) if secret_is_ours(name, connection) => Ok(()),
        _ => Err(not_ours().happened(message!("problems-secret-not-ours"))),
    }
}

/// The app that the notes name isn't this connection's.
pub(crate) fn not_ours() -> Problem {
    Problem::said(Code::AppNotOurs, message!("problems-app-not-ours"))
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-app-unchanged"))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn connection() -> ConnectionId {
        ConnectionId(Uuid::from_u128(0x11))
    }

    fn app() -> Application {
        Application {
            object_id: AppObjectId(Uuid::from_u128(1)),
            client_id: ClientId(Uuid::from_u128(2)),
            name: "Mailgrant: Sinch Contact Pro".into(),
            unique_name: Some(unique_name(connection())),
            tags: vec!["Mailgrant".into(), tag(connection())],
            audience: "AzureADMyOrg".into(),
        }
    }

    /// Each mark is needed: whatever one of them is missing or another's is not ours.
    #[test]
    fn every_mark_of_an_app_counts() {
        let recorded = (app().client_id, app().object_id);
        let ours = |app: &Application| app_is_ours(app, connection(), recorded);
        assert!(ours(&app()));
        let other = ConnectionId(Uuid::from_u128(0x12));
        let changes: [fn(&mut Application, ConnectionId); 7] = [
            |app, _| app.unique_name = None,
            |app, other| app.unique_name = Some(unique_name(other)),
            |app, _| app.tags = vec!["Mailgrant".into()],
            |app, other| app.tags = vec![tag(other)],
            |app, _| app.client_id = ClientId(Uuid::from_u128(9)),
            |app, _| app.object_id = AppObjectId(Uuid::from_u128(9)),
            |app, _| app.tags = vec![app.tags[1].to_uppercase()],
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let mut changed = app();
            change(&mut changed, other);
            assert!(!ours(&changed), "change {number}");
        }
    }

    #[test]
    fn a_secret_is_ours_by_the_whole_beginning_of_its_name() {
        let id = short(connection());
        assert!(secret_is_ours(&format!("Mailgrant {id} 1234"), connection()));
        for name in ["", "Mailgrant", &format!("Mailgrant {id}x 1234"), "Ops"] {
            assert!(!secret_is_ours(name, connection()), "{name:?}");
        }
    }
}
