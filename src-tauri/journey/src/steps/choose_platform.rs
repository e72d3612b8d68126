//! Which platform is connected. Changes nothing in the organisation.

use domain::problem::{Code, Problem};
use engine::event::Event;

use crate::wizard::Wizard;

/// Chooses a platform by its profile's id.
///
/// Once the app exists, its platform stays: its permissions were planned from it.
pub fn choose(wizard: &mut Wizard, profile: &str) -> Result<(), Problem> {
    if wizard.state().platform.as_deref() == Some(profile) {
        return Ok(());
    }
    if wizard.state().app.is_some() {
        return Err(Problem::new(
            Code::ProfileInvalid,
            "The platform can't change any more",
            "The app for this connection was created for the platform chosen first.",
            "Each platform needs its own app, so that one can be removed without the other.",
            "Undo the app first, or begin a new connection for the other platform.",
        ));
    }
    if !wizard.profiles().iter().any(|known| known.id == profile) {
        return Err(Problem::new(
            Code::ProfileInvalid,
            "This platform isn't known any more",
            "The platform's profile is not among the ones that Mailgrant could read.",
            "The file was removed or has a mistake.",
            "Choose another platform, or put the file right and start Mailgrant again.",
        ));
    }
    wizard.record(Event::PlatformChosen {
        profile: profile.to_owned(),
    })
}
