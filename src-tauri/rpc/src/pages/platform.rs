//! Which platform is connected.

use profiles::{Profile, ProfileError};

use super::{choice, message, page, primary};
use crate::request::Request;
use crate::view::{Choice, Content, MessageTone, Page};

/// The page.
pub fn page_of(profiles: &[Profile], broken: &[ProfileError], chosen: Option<&str>) -> Page {
    let choices = profiles
        .iter()
        .map(|profile| Choice {
            side: profile
                .last_verified
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
        searchable: profiles.len() > 8,
        extras: Vec::new(),
        messages,
        more: None,
    };
    let mut page = page(
        "platform",
        "Which mail platform are you connecting?",
        Some("Its profile says what it needs, so that nothing more is asked of your organisation."),
        content,
    );
    page.actions = vec![primary("Continue", Request::Submit)];
    page
}
