//! How the platform reaches mail. Changes nothing in the organisation.

use domain::permission::Method;
use domain::problem::Problem;
use engine::event::Event;

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
