//! Connections that an organisation holds and this computer doesn't know.

use bundle::read::RecordRead;
use domain::message;
use domain::message::{Arg, Kind};
use engine::event::{Organisation, Tenancy};
use journey::found_again::Found;

use super::{Made, button, ends, finding, page, primary, secondary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, ConnectionCard, Content, Ends, Page, Tone};

/// The page: before somebody signed in, and with what was found after.
pub fn page_of(
    made: &Made<'_>,
    found: Option<(Option<&Organisation>, &[Found])>,
    record: Option<&RecordRead>,
) -> Page {
    match found {
        None => before(made, record),
        Some((organisation, found)) => after(made, organisation, found),
    }
}

fn before(made: &Made<'_>, record: Option<&RecordRead>) -> Page {
    let content = Content::Connections {
        first: None,
        rest: Vec::new(),
        open_record: record
            .is_none()
            .then(|| made.say(message!("finding-open-record"))),
    };
    let practice = made.wizard.tenancy() == Tenancy::Practice;
    let lead = match record {
        Some(record) => message!(
            "finding-of-record",
            platform = Arg::name(Kind::Platform, &record.platform),
            organisation = Arg::name(Kind::Organisation, &record.organisation),
            day = Arg::date(record.made_at)
        ),
        None => message!("finding-lead"),
    };
    let mut page = page(
        "find-again",
        made.say(message!("finding-heading")),
        Some(&made.say(lead)),
        content,
    );
    page.actions = vec![primary(made.say(message!("finding-sign-in")), Request::SignIn)];
    if record.is_none() {
        page.actions.push(secondary(
            made.say(match practice {
                true => message!("finding-in-real"),
                false => message!("finding-in-practice"),
            }),
            Request::FindAgain { practice: !practice },
        ));
    }
    page.action_note = Some(made.say(message!("finding-note")));
    page
}

fn after(made: &Made<'_>, organisation: Option<&Organisation>, found: &[Found]) -> Page {
    let name = Arg::name(
        Kind::Organisation,
        organisation
            .map(|organisation| organisation.name.clone())
            .unwrap_or_default(),
    );
    let mut cards = found.iter().map(|one| card(made, &name, one));
    let content = Content::Connections {
        first: cards.next(),
        rest: cards.collect(),
        open_record: None,
    };
    let heading = match found {
        [] => message!("finding-none", organisation = name),
        found => message!("finding-found", count = found.len(), organisation = name),
    };
    let lead = match found {
        [] => message!("finding-none-lead"),
        _ => message!("finding-found-lead"),
    };
    let mut page = page("found-again", made.say(heading), Some(&made.say(lead)), content);
    page.actions = vec![secondary(
        made.say(message!("frame-back-to-connections")),
        Request::SaveAndClose,
    )];
    page
}

fn card(made: &Made<'_>, organisation: &Arg, found: &Found) -> ConnectionCard {
    let kind = match found.adopted {
        Some(_) => Kind::App,
        None => Kind::Platform,
    };
    let platform = Arg::name(kind, &found.platform);
    let id = found.connection.to_string();
    let ended = found.ends_at.is_none_or(|ends_at| ends_at <= made.now);
    ConnectionCard {
        organisation: made.value(organisation.clone()),
        practice: made.wizard.tenancy() == Tenancy::Practice,
        finding: finding(
            if ended { Tone::NeedsYou } else { Tone::Unknown },
            &made.say(match ended {
                true => message!("connections-secret-ended"),
                false => message!("finding-not-checked"),
            }),
        ),
        detail: made.say(match (found.made_at, found.ends_at) {
            (Some(at), Some(end)) => message!("finding-made-ends", day = Arg::date(at), end = Arg::date(end)),
            (Some(at), None) => message!("finding-made", day = Arg::date(at)),
            (None, _) => message!("finding-made-once"),
        }),
        mailboxes: None,
        proof: None,
        ends: found.ends_at.map(|ends_at| Ends {
            day: made.value(Arg::date(ends_at)),
            left: made.say(ends(made.now, ends_at)),
        }),
        stages: Vec::new(),
        actions: vec![Button {
            full_label: Some(made.say(message!("finding-take-this-up", platform = platform.clone()))),
            ..button(
                ButtonKind::Secondary,
                made.say(message!("finding-take-up")),
                Request::TakeUp { id: id.clone() },
            )
        }],
        id: made.value(Arg::id(id)),
        platform: made.value(platform),
    }
}
