//! What the answers ask for, as what must be true in the organisation.

use std::collections::BTreeMap;

use calls::exchange::{by_group, by_id};
use domain::group::Group;
use domain::problem::Problem;
use plan::names::PRODUCT;
use plan::observed::{Observed, SeenApp};
use plan::wanted::{Answers, Wanted, wanted as asked_for};

use crate::observe::wanted_mailboxes;
use crate::secret_life;
use crate::wizard::Wizard;

/// What stands before the platform's name in an app's display name.
fn prefix() -> String {
    format!("{PRODUCT}: ")
}

/// What the answers ask for.
///
/// # Errors
/// Where the connection has no id yet.
pub(crate) fn wanted(wizard: &Wizard) -> Result<Wanted, Problem> {
    let state = wizard.state();
    let mailboxes = state.allowed().into_iter().map(|mailbox| mailbox.object_id);
    let answers = Answers {
        method: wizard.method(),
        platform: platform(wizard),
        permissions: wizard.permissions().into_iter().collect(),
        mailboxes: BTreeMap::from([(wizard.key(), mailboxes.collect())]),
        groups: group(wizard)
            .map(|group| (wizard.key(), group.clone()))
            .into_iter()
            .collect(),
        credential: secret_life::kind(wizard),
        days: secret_life::days(wizard),
        in_use: state.in_use(),
        granted: state.granted(),
        switch_on: state.switch_on.clone(),
    };
    Ok(asked_for(wizard.connection()?, &answers))
}

/// The group that the limit goes by, where it goes by one. None holds a mail program.
pub(crate) fn group(wizard: &Wizard) -> Option<&Group> {
    let group = wizard.state().mailboxes.group.as_ref();
    group.filter(|_| !wizard.method().is_by_mail_program())
}

/// The filter of the scope that is wanted: by the group, or by each mailbox's object id.
pub(crate) fn filter(wizard: &Wizard) -> String {
    match group(wizard) {
        Some(group) => by_group(group),
        None => by_id(&wanted_mailboxes(wizard)),
    }
}

/// The same without what was granted in Entra to an app that was taken over: what is wanted once the limit has taken its place.
///
/// # Errors
/// Where the connection has no id yet.
pub(crate) fn without_old_grants(wizard: &Wizard) -> Result<Wanted, Problem> {
    let mut wanted = wanted(wizard)?;
    for app in wanted.apps.values_mut() {
        app.kept.clear();
    }
    Ok(wanted)
}

/// What is remembered of the organisation, as if it had been read. An app of which nothing is remembered isn't there.
pub(crate) fn believed(wizard: &Wizard) -> Observed {
    let mut observed = wizard.state().believed();
    observed.apps.entry(wizard.key()).or_insert_with(SeenApp::nothing);
    wizard.state().with_switches(observed)
}

/// What the platform is called in the names of what is made. One that is still to be made takes the name from the app,
/// where there is one: a profile can be renamed.
fn platform(wizard: &Wizard) -> String {
    let app = wizard.notes().app();
    let prefix = prefix();
    let of_app = app.as_ref().and_then(|app| app.name.strip_prefix(&prefix));
    let of_profile = wizard.profile().map(|profile| profile.name.as_str());
    of_app.or(of_profile).unwrap_or("mail platform").to_owned()
}

/// The name of the scope. One that was made keeps the name that it was made with.
///
/// # Errors
/// Where the connection has no id yet.
pub(crate) fn scope_name(wizard: &Wizard) -> Result<String, Problem> {
    match wizard.notes().limit().scope {
        Some(scope) => Ok(scope.name),
        None => Ok(wizard.names()?.scope(&platform(wizard))),
    }
}
