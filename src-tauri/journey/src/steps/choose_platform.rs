//! Which platform is connected. Changes nothing in the organisation.

use std::collections::BTreeSet;

use domain::message;
use domain::permission::Permission;
use domain::problem::{Code, Problem};
use domain::text::one_line;
use engine::event::Event;
use engine::state::Described;
use profiles::LONGEST_NAME;

use crate::wizard::Wizard;

/// Chooses a platform by its profile's id.
///
/// Once the app exists, its platform stays: its permissions were planned from it.
pub fn choose(wizard: &mut Wizard, profile: &str) -> Result<(), Problem> {
    if wizard.state().platform.as_deref() == Some(profile) {
        return Ok(());
    }
    if wizard.notes().app().is_some() {
        return Err(Problem::said(
            Code::ProfileInvalid,
            message!("choosing-platform-stays"),
        ));
    }
    if !wizard.profiles().iter().any(|known| known.id == profile) {
        return Err(Problem::said(
            Code::ProfileInvalid,
            message!("choosing-platform-unknown"),
        ));
    }
    wizard.record(Event::PlatformChosen {
        profile: profile.to_owned(),
    })?;
    // What was answered of another platform holds where this one offers it too.
    let offered = wizard.profile().map(|profile| profile.methods.clone());
    let offered = offered.unwrap_or_default();
    match (wizard.state().method, offered.first()) {
        (Some(method), Some(first)) if !offered.contains(&method) => {
            wizard.record(Event::MethodChosen { method: *first })
        }
        _ => Ok(()),
    }
}

/// What an admin says of a platform that has no profile of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// What it is called, as it was typed.
    pub name: String,
    /// What it is to do.
    pub permissions: BTreeSet<Permission>,
}

/// What is missing or wrong in a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// It has no name.
    Name,
    /// Its name is longer than any program shows.
    LongName,
    /// A profile knows it, by this name.
    Known(String),
    /// It isn't to do anything.
    Access,
}

/// What of a description of a platform of this profile can't be used, if anything.
pub fn lacking(wizard: &Wizard, profile: &str, description: &Description) -> Vec<Lacking> {
    let mut lacking = Vec::new();
    let name = one_line(&description.name, usize::MAX);
    let known = wizard
        .profiles()
        .iter()
        .find(|profile| !profile.open && profile.name.to_lowercase() == name.to_lowercase());
    if wizard.notes().app().is_none() {
        if name.is_empty() {
            lacking.push(Lacking::Name);
        } else if name.chars().count() > LONGEST_NAME {
            lacking.push(Lacking::LongName);
        } else if let Some(profile) = known {
            lacking.push(Lacking::Known(profile.name.clone()));
        }
    }
    if offered(wizard, profile, description).is_empty() {
        lacking.push(Lacking::Access);
    }
    lacking
}

/// What was ticked of what a profile offers: what was ticked for another kind of platform isn't asked for.
fn offered(wizard: &Wizard, profile: &str, description: &Description) -> BTreeSet<Permission> {
    let profile = wizard.profiles().iter().find(|known| known.id == profile);
    let offered = profile.into_iter().flat_map(|profile| &profile.permissions);
    let offered = offered.map(|asked| asked.permission);
    offered
        .filter(|one| description.permissions.contains(one))
        .collect()
}

/// Keeps what the admin says of a platform that has no profile of its own, once nothing of it is lacking.
///
/// Its name stays once the app exists, which carries it. What it may do can change: the limit then changes with a plan of
/// its own.
pub fn describe(wizard: &mut Wizard, description: &Description) -> Result<(), Problem> {
    let chosen = wizard.state().platform.clone().unwrap_or_default();
    let mut permissions = offered(wizard, &chosen, description);
    // Filing includes reading, and the less there is the less can be too much.
    let all = permissions.clone();
    permissions.retain(|one| !all.iter().any(|other| other != one && other.includes(*one)));
    let name = match (&wizard.notes().app(), wizard.profile()) {
        (Some(_), Some(profile)) => profile.name.clone(),
        _ => one_line(&description.name, LONGEST_NAME),
    };
    let described = Described { name, permissions };
    if wizard.state().described.as_ref() == Some(&described) {
        return Ok(());
    }
    wizard.record(Event::PlatformDescribed {
        name: described.name,
        permissions: described.permissions.into_iter().collect(),
    })
}
