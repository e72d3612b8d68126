//! Which platform is connected, and what one that has no profile is called and may do.

use journey::steps::choose_platform::Lacking;
use journey::wizard::Wizard;
use profiles::{Profile, ProfileError};

use super::{choice, message, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, Extra, FieldProblem, MessageTone, OwnPlatform, Page};

/// The page. Once the app exists its platform stays, which is said here rather than after a choice.
pub fn page_of(wizard: &Wizard, broken: &[ProfileError]) -> Page {
    let state = wizard.state();
    let chosen = state.platform.as_deref();
    let fixed = state.app.is_some();
    let offered: Vec<&Profile> = wizard
        .profiles()
        .iter()
        .filter(|profile| !fixed || Some(profile.id.as_str()) == chosen)
        .collect();
    let choices = offered
        .iter()
        .map(|profile| Choice {
            side: profile
                .last_verified
                .filter(|_| !profile.open)
                .map(|date| format!("Checked {}", date.strftime("%-d %b %Y"))),
            ..choice(&profile.id, &profile.name, &profile.summary)
        })
        .collect();
    let messages = broken
        .iter()
        .map(|error| {
            message(
                MessageTone::Problem,
                format!("A platform profile has a mistake: {}", error.file),
                error.to_string(),
            )
        })
        .collect();
    let content = Content::Choose {
        field: "platform".into(),
        legend: "Mail platform".into(),
        choices,
        chosen: chosen.map(str::to_owned),
        searchable: offered.len() > 8,
        extras: Vec::new(),
        own: offered
            .iter()
            .find(|profile| profile.open)
            .map(|profile| own(wizard, profile)),
        messages,
        more: None,
    };
    let (heading, lead) = match wizard.profile().filter(|_| fixed) {
        Some(profile) => (
            format!("This connection is for {}", profile.name),
            "The app registration was made for it, so the platform stays. To connect another platform, begin a new \
             connection, or delete this app registration at the step App first.",
        ),
        None => (
            "Which mail platform are you connecting?".to_owned(),
            "Its profile says what it needs, so that nothing more is asked of your organisation.",
        ),
    };
    let mut page = page("platform", heading, Some(lead), content);
    page.actions = vec![primary("Continue", Request::Submit)];
    page
}

/// What is asked of a platform that has no profile; nothing is ticked before somebody ticked it.
fn own(wizard: &Wizard, profile: &Profile) -> OwnPlatform {
    let state = wizard.state();
    let name_fixed = state.app.is_some();
    let here = state.platform.as_deref() == Some(profile.id.as_str());
    let described = state.described.as_ref().filter(|_| here);
    let name = match described {
        Some(described) => described.name.clone(),
        None if here && name_fixed => profile.name.clone(),
        None => String::new(),
    };
    // A connection of an older version has what its profile gave.
    let held = match described {
        Some(described) => described.permissions.iter().copied().collect(),
        None if here => wizard.permissions(),
        None => Vec::new(),
    };
    OwnPlatform {
        value: profile.id.clone(),
        name,
        name_hint: if name_fixed {
            "It stays, because the app registration carries it"
        } else {
            "It stands in the name of the app, in the record and in the names of the files"
        }
        .into(),
        name_fixed,
        access: profile
            .permissions
            .iter()
            .map(|asked| Extra {
                value: asked.permission.name().into(),
                title: format!("{} ({})", asked.permission.words(), asked.permission.name()),
                detail: format!("Choose it for a platform that has {}.", asked.reason),
                on: held.contains(&asked.permission),
                needed: false,
            })
            .collect(),
    }
}

/// What is lacking, at the field where it is given.
pub fn told(lacking: &Lacking) -> FieldProblem {
    FieldProblem {
        field: match lacking {
            Lacking::Access => "access",
            Lacking::Name | Lacking::LongName | Lacking::Known(_) => "platform-name",
        }
        .into(),
        words: lacking.to_string(),
    }
}
