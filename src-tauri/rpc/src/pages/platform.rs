//! Which platform is connected, and what one that has no profile is called and may do.

use domain::message;
use domain::message::{Arg, Kind};
use journey::steps::choose_platform::Lacking;
use profiles::{LONGEST_NAME, Profile, ProfileError};

use super::{FieldWords, Made, access, choice, message, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, Extra, MessageTone, OwnPlatform, Page};

/// The page. Once the app exists its platform stays, which is said here rather than after a choice.
pub fn page_of(made: &Made<'_>, broken: &[ProfileError]) -> Page {
    let wizard = made.wizard;
    let state = wizard.state();
    let chosen = state.platform.as_deref();
    let fixed = state.at_hand().app().is_some();
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
                .map(|date| made.say(message!("platform-checked", day = date))),
            ..choice(
                &profile.id,
                made.value(listed(profile)),
                made.value(&profile.summary),
            )
        })
        .collect();
    let messages = broken
        .iter()
        .map(|error| {
            message(
                MessageTone::Problem,
                made.say(message!(
                    "platform-mistake",
                    file = Arg::name(Kind::File, &error.file)
                )),
                made.value(Arg::theirs(error.to_string())),
            )
        })
        .collect();
    let content = Content::Choose {
        field: "platform".into(),
        legend: made.say(message!("platform-legend")),
        choices,
        chosen: chosen.map(str::to_owned),
        searchable: offered.len() > 8,
        extras: Vec::new(),
        own: offered
            .iter()
            .filter(|profile| profile.open)
            .map(|profile| own(made, profile))
            .collect(),
        messages,
        more: None,
    };
    let (heading, lead) = match wizard.profile().filter(|_| fixed) {
        Some(profile) => (
            message!(
                "platform-fixed",
                platform = Arg::name(Kind::Platform, &profile.name)
            ),
            message!("platform-fixed-lead"),
        ),
        None => (message!("platform-heading"), message!("platform-lead")),
    };
    let mut page = page("platform", made.say(heading), Some(&made.say(lead)), content);
    page.actions = vec![primary(made.say(message!("platform-continue")), Request::Submit)];
    page
}

/// What the list calls a platform. The one that stands for any has no name of its own.
fn listed(profile: &Profile) -> Arg {
    if profile.open {
        Arg::from(&profile.listed)
    } else {
        Arg::name(Kind::Platform, &profile.name)
    }
}

/// What is asked of a platform that has no profile; nothing is ticked before somebody ticked it.
fn own(made: &Made<'_>, profile: &Profile) -> OwnPlatform {
    let wizard = made.wizard;
    let state = wizard.state();
    let name_fixed = state.at_hand().app().is_some();
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
    // Where there is only one thing that it may do, nothing is asked.
    let only = profile.permissions.len() == 1;
    OwnPlatform {
        value: profile.id.clone(),
        name: made.value(Arg::name(Kind::Platform, name)),
        name_hint: made.say(if name_fixed {
            message!("platform-name-stays")
        } else {
            message!("platform-name-stands")
        }),
        name_fixed,
        access: profile
            .permissions
            .iter()
            .map(|asked| Extra {
                value: asked.permission.name().into(),
                title: made.say(access(asked.permission)),
                detail: made.say(message!("platform-choose-for", reason = &asked.reason)),
                on: only || held.contains(&asked.permission),
                needed: only,
            })
            .collect(),
    }
}

/// What is lacking, at the field where it is given.
pub fn told(lacking: &Lacking) -> FieldWords {
    let (field, words) = match lacking {
        Lacking::Access => ("access", message!("platform-lacks-access")),
        Lacking::Name => ("platform-name", message!("platform-lacks-name")),
        Lacking::LongName => (
            "platform-name",
            message!("platform-long-name", most = LONGEST_NAME),
        ),
        Lacking::Known(name) => (
            "platform-name",
            message!("platform-known", platform = Arg::name(Kind::Platform, name)),
        ),
    };
    FieldWords::new(field, words)
}
