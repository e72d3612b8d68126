//! How the platform reaches mail. Changes nothing in the organisation.

use domain::permission::{Method, Permission};
use domain::problem::Problem;
use engine::event::Event;
use profiles::Profile;

use crate::wizard::{Wizard, internal};

/// Chooses a method that the platform offers.
pub fn choose(wizard: &mut Wizard, method: Method) -> Result<(), Problem> {
    if wizard.state().method == Some(method) {
        return Ok(());
    }
    let offered = wizard
        .profile()
        .is_some_and(|profile| profile.methods.contains(&method));
    if !offered {
        return Err(internal("the platform does not offer this method"));
    }
    wizard.record(Event::MethodChosen { method })
}

/// The one sensible answer, where there is nothing to choose: the platform offers one method, and what it may do was said
/// with the platform or can't be left out. Nobody is asked for it; it stands in the plan.
pub fn only(profile: &Profile) -> Option<Method> {
    let [method] = profile.methods.as_slice() else {
        return None;
    };
    let settled = profile.open || profile.permissions.iter().all(|asked| !asked.optional);
    settled.then_some(*method)
}

/// Chooses or leaves out a permission that the platform can do without. It can be changed later: the limit then changes
/// with a plan of its own.
pub fn choose_optional(wizard: &mut Wizard, permission: Permission, on: bool) -> Result<(), Problem> {
    let optional: Vec<Permission> = wizard
        .profile()
        .map(|profile| {
            let asked = profile.permissions.iter().filter(|asked| asked.optional);
            asked.map(|asked| asked.permission).collect()
        })
        .unwrap_or_default();
    if !optional.contains(&permission) {
        return Err(internal("the platform does not ask for this permission"));
    }
    let mut permissions: Vec<Permission> = wizard
        .permissions()
        .into_iter()
        .filter(|held| optional.contains(held) && *held != permission)
        .collect();
    if on {
        permissions.push(permission);
    }
    wizard.record(Event::OptionalChosen { permissions })
}
