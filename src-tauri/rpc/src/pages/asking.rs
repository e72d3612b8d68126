//! Questions before something is taken away: what goes, what stays, and how it comes back.

use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::step::StepId;
use engine::state::State;
use journey::data_folder::Listed;
use profiles::Profile;
use words::Speaker;

use super::{Made, button, page, primary, secondary};
use crate::request::Request;
use crate::view::{ButtonKind, Content, Page, Plan, PlanLine};

fn line(speaker: &Speaker, title: &Arg, detail: &Arg) -> PlanLine {
    PlanLine {
        title: speaker.value(title),
        detail: speaker.value(detail),
        done: false,
    }
}

fn plan(speaker: &Speaker, will: &[(Arg, Arg)], wont: &[(Arg, Arg)]) -> Content {
    let lines = |lines: &[(Arg, Arg)]| {
        let lines = lines.iter();
        lines
            .map(|(title, detail)| line(speaker, title, detail))
            .collect()
    };
    Content::Plan {
        answers: Vec::new(),
        plan: Plan {
            will: lines(will),
            wont: lines(wont),
            calls: Vec::new(),
            calls_label: String::new(),
        },
        options: Vec::new(),
        messages: Vec::new(),
    }
}

/// Before something is taken back that a platform may use.
pub fn undo(made: &Made<'_>, step: StepId) -> Page {
    let state = made.wizard.state();
    let stops = match made.wizard.profile() {
        Some(profile) => message!(
            "asking-platform-stops",
            platform = Arg::name(Kind::Platform, &profile.name)
        ),
        None => message!("asking-some-platform-stops"),
    };
    let (heading, label, goes, back) = match step {
        StepId::Secret => (
            message!("asking-secret"),
            message!("asking-remove-secret"),
            message!("asking-secret-goes"),
            message!("asking-until-secret"),
        ),
        StepId::Limit => (
            message!("asking-limit"),
            message!("asking-remove-limit"),
            message!("asking-limit-goes"),
            message!("asking-until-limit"),
        ),
        _ => (
            message!("asking-app"),
            message!("asking-delete-app"),
            message!("asking-app-goes"),
            message!("asking-until-app"),
        ),
    };
    let given = match state.handed_over {
        Some(at) => message!("asking-given-on", day = Arg::date(at), until = back),
        None => back,
    };
    let content = plan(
        &made.speaker,
        &[(label.clone().into(), goes.into()), (stops.into(), given.into())],
        &[(
            message!("asking-mailboxes").into(),
            message!("asking-none-changed").into(),
        )],
    );
    let mut page = page("asking-undo", made.say(heading), None, content);
    page.actions = vec![
        primary(made.say(message!("asking-keep")), Request::Back),
        button(ButtonKind::Secondary, made.say(label), Request::UndoAfterAll),
    ];
    page
}

/// Before a connection leaves the list.
pub fn take_off(speaker: &Speaker, listed: &Listed, profiles: &[Profile]) -> Page {
    let say = |message: Message| speaker.say(&message);
    let state = listed.state.as_ref().ok();
    let heading = match state.and_then(|state| super::platform_name(state, profiles)) {
        Some(name) => message!(
            "asking-take-platform-off",
            platform = Arg::name(Kind::Platform, name)
        ),
        None => message!("asking-take-this-off"),
    };
    let stays = state.map(stays).unwrap_or_default();
    let lives = !stays.is_empty();
    let id = listed.id.to_string();
    let content = plan(
        speaker,
        &[(
            message!("asking-notes").into(),
            message!("asking-notes-aside").into(),
        )],
        &if lives {
            stays
        } else {
            vec![(Arg::term("Microsoft 365"), message!("asking-made-nothing").into())]
        },
    );
    let lead = say(if lives {
        message!("asking-goes-on-working")
    } else {
        message!("asking-nothing-lives")
    });
    let mut page = page("asking-take-off", say(heading), Some(&lead), content);
    let take = Request::TakeOff { id: id.clone() };
    let keep = button(
        ButtonKind::Subtle,
        say(message!("asking-keep")),
        Request::ShowConnections,
    );
    page.actions = if lives {
        vec![
            primary(say(message!("asking-undo-first")), Request::UndoFirst { id }),
            secondary(say(message!("asking-take-off")), take),
            keep,
        ]
    } else {
        vec![primary(say(message!("asking-take-off")), take), keep]
    };
    page
}

/// What lives on when a connection leaves the list.
fn stays(state: &State) -> Vec<(Arg, Arg)> {
    let mut lines = Vec::new();
    if let Some(app) = state.at_hand().app() {
        let named = message!(
            "asking-app-named",
            name = Arg::name(Kind::Ours, &app.name),
            id = app.client_id
        );
        lines.push((message!("asking-stays-app").into(), named.into()));
    }
    if let Some(scope) = state.at_hand().limit().scope {
        lines.push((
            message!("asking-stays-limit").into(),
            Arg::name(Kind::Ours, &scope.name),
        ));
    }
    if let Some(secret) = &state.at_hand().secret {
        let works = message!(
            "asking-works-until",
            day = Arg::date(secret.ends_at),
            id = secret.key
        );
        lines.push((message!("asking-stays-secret").into(), works.into()));
    }
    lines
}
