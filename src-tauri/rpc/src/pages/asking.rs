//! Questions before something is taken away: what goes, what stays, and how it comes back.

use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::step::StepId;
use engine::journal::Trust;
use engine::progress::may_undo;
use engine::state::State;
use jiff::Timestamp;
use journey::adopt;
use journey::data_folder::Listed;
use journey::make_good::restorable_until;
use profiles::Profile;
use words::Speaker;

use super::{Made, button, page, primary, secondary};
use crate::request::Request;
use crate::view::{ButtonKind, Content, Page, Plan, PlanLine};

fn plan(speaker: &Speaker, goes: &[(Arg, Arg)], stays: &[(Arg, Arg)]) -> Content {
    let lines = |lines: &[(Arg, Arg)], takes_away: bool| {
        let line = |(title, detail): &(Arg, Arg)| PlanLine {
            title: speaker.value(title),
            detail: speaker.value(detail),
            done: false,
            takes_away,
        };
        lines.iter().map(line).collect()
    };
    Content::Plan {
        answers: Vec::new(),
        plan: Plan {
            will: lines(goes, true),
            wont: lines(stays, false),
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
    // What an app had when it was taken over is all there where it is given back.
    let gives_back = step == StepId::App && state.at_hand().adopted.is_some();
    let before_file =
        step == StepId::Secret && state.exported.is_none() && !state.at_hand().in_use.is_empty();
    let goes_on = before_file || gives_back && state.handed_over.is_none();
    let stops = match made.wizard.profile() {
        Some(profile) if goes_on => message!(
            "asking-platform-goes-on",
            platform = Arg::name(Kind::Platform, &profile.name)
        ),
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
        StepId::Protocols => (
            message!("asking-protocols"),
            message!("asking-switch-off"),
            message!("asking-protocols-go"),
            message!("asking-until-protocols"),
        ),
        _ if gives_back => (
            message!("adopting-give-back-ask"),
            message!("adopting-give-back"),
            message!(
                "adopting-give-back-goes",
                opens = Arg::yes_or_no(adopt::opens_again(made.wizard))
            ),
            match goes_on {
                true => message!("adopting-goes-on"),
                false => message!("asking-until-app"),
            },
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
    let platform = (Arg::from(stops), Arg::from(given));
    let mut away = vec![(label.clone().into(), goes.into())];
    let mut stays = Vec::new();
    match goes_on {
        true => stays.push(platform),
        false => away.push(platform),
    }
    stays.push((
        message!("asking-mailboxes").into(),
        message!("asking-none-changed").into(),
    ));
    let content = plan(&made.speaker, &away, &stays);
    let mut page = page("asking-undo", made.say(heading), None, content);
    page.actions = vec![
        primary(made.say(message!("asking-keep")), Request::Back),
        button(ButtonKind::Secondary, made.say(label), Request::UndoAfterAll),
    ];
    page
}

/// Before a connection leaves the list.
pub fn take_off(speaker: &Speaker, listed: &Listed, profiles: &[Profile], now: Timestamp) -> Page {
    let say = |message: Message| speaker.say(&message);
    let state = listed.state.as_ref().ok();
    let heading = match state.and_then(|state| super::platform_name(state, profiles)) {
        Some(name) => message!(
            "asking-take-platform-off",
            platform = Arg::name(Kind::Platform, name)
        ),
        None => message!("asking-take-this-off"),
    };
    let mut left = state.map(|state| stays(state, now)).unwrap_or_default();
    // Notes that can't be read, or that somebody else may have written, don't say what there is; and of what was sent and
    // got no answer nobody knows.
    let known = listed.trust == Trust::Ours && state.is_some_and(|state| !state.has_open_changes());
    let lives = !left.is_empty();
    let lead = say(match (known, lives) {
        (false, _) => message!("asking-cannot-tell"),
        (true, true) => message!("asking-stays-there"),
        (true, false) => message!("asking-nothing-lives"),
    });
    match (known, lives) {
        (false, _) => left.push((Arg::term("Microsoft 365"), message!("asking-perhaps-left").into())),
        (true, true) => {}
        (true, false) => left.push((Arg::term("Microsoft 365"), message!("asking-made-nothing").into())),
    }
    let may_be_undone = listed.trust == Trust::Ours
        && state.is_some_and(|state| {
            let mut steps = [StepId::Protocols, StepId::Limit, StepId::Secret, StepId::App].into_iter();
            steps.any(|step| may_undo(state, step))
        });
    let id = listed.id.to_string();
    let content = plan(
        speaker,
        &[(
            message!("asking-notes").into(),
            message!("asking-notes-aside").into(),
        )],
        &left,
    );
    let mut page = page("asking-take-off", say(heading), Some(&lead), content);
    let take = Request::TakeOff { id: id.clone() };
    let keep = button(
        ButtonKind::Subtle,
        say(message!("asking-keep")),
        Request::ShowConnections,
    );
    page.actions = if may_be_undone {
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

/// Before a connection that was taken off is removed from this computer.
pub fn remove_from_here(speaker: &Speaker, listed: &Listed, profiles: &[Profile], now: Timestamp) -> Page {
    let say = |message: Message| speaker.say(&message);
    let state = listed.state.as_ref().ok();
    let heading = match state.and_then(|state| super::platform_name(state, profiles)) {
        Some(name) => message!(
            "asking-remove-platform",
            platform = Arg::name(Kind::Platform, name)
        ),
        None => message!("asking-remove-this"),
    };
    let left = state.map(|state| stays(state, now)).unwrap_or_default();
    let mut will = vec![(
        message!("asking-notes-deleted").into(),
        message!("asking-notes-deleted-text").into(),
    )];
    // Notes that aren't believed name no entry of the keychain.
    if listed.trust == Trust::Ours && state.is_some() {
        will.push((
            message!("asking-key-deleted").into(),
            message!("asking-key-deleted-text").into(),
        ));
    }
    let content = plan(speaker, &will, &left);
    let mut page = page(
        "asking-removal",
        say(heading),
        Some(&say(message!("asking-removal-lead"))),
        content,
    );
    page.actions = vec![
        primary(say(message!("asking-keep")), Request::ShowConnections),
        button(
            ButtonKind::Secondary,
            say(message!("asking-remove-from-here")),
            Request::RemoveFromHere {
                id: listed.id.to_string(),
            },
        ),
    ];
    page
}

/// What lives on when a connection leaves the list.
fn stays(state: &State, now: Timestamp) -> Vec<(Arg, Arg)> {
    let mut lines = Vec::new();
    if let Some(app) = state.at_hand().app() {
        let named = message!(
            "asking-app-named",
            name = super::app_name(state, &app.name),
            id = app.client_id
        );
        lines.push((message!("asking-stays-app").into(), named.into()));
    }
    let deleted = state.at_hand().removed_app();
    if let Some(deleted) = deleted.filter(|deleted| now < restorable_until(deleted.at)) {
        let named = message!(
            "asking-deleted-app-named",
            name = Arg::name(Kind::Ours, &deleted.name),
            id = deleted.client_id,
            until = Arg::date(restorable_until(deleted.at))
        );
        lines.push((message!("asking-stays-deleted-app").into(), named.into()));
    }
    if let Some(scope) = state.at_hand().limit().scope {
        lines.push((
            message!("asking-stays-limit").into(),
            Arg::name(Kind::Ours, &scope.name),
        ));
    }
    if let Some(secret) = &state.at_hand().secret {
        let named = message!(
            "asking-secret-named",
            day = Arg::date(secret.ends_at),
            id = secret.key
        );
        lines.push((message!("asking-stays-secret").into(), named.into()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use domain::app_key::AppKey;
    use domain::ids::ConnectionId;
    use domain::problem::{Code, Problem};
    use engine::event::{Event, Record};

    use super::*;

    fn of(state: Result<State, Problem>, trust: Trust) -> (String, Vec<String>, usize) {
        let id = ConnectionId(uuid::Uuid::nil());
        let listed = Listed { id, state, trust };
        let page = take_off(&super::super::plain(), &listed, &[], Timestamp::UNIX_EPOCH);
        let Content::Plan { plan, .. } = page.content else {
            panic!("no plan")
        };
        let wont = plan.wont.into_iter().map(|line| line.title).collect();
        (page.lead.unwrap_or_default(), wont, page.actions.len())
    }

    fn after(event: Event) -> State {
        State::of(&[Record {
            at: Timestamp::UNIX_EPOCH,
            event,
        }])
    }

    /// That nothing is left is said only of notes that are ours, can be read and leave nothing open.
    #[test]
    fn nothing_is_said_to_be_gone_that_may_be_there() {
        let nothing = "Nothing of it lives on in Microsoft 365.";
        let unsure = "That changes nothing in Microsoft 365. Mailgrant can't tell what of it is left there.";
        assert_eq!(of(Ok(State::default()), Trust::Ours).0, nothing);
        let unreadable = Problem::said(Code::Internal, message!("wizard-fault-no-connection"));
        assert_eq!(of(Err(unreadable), Trust::Foreign).0, unsure);
        for trust in [
            Trust::Unsigned,
            Trust::Foreign,
            Trust::Edited { line: 2 },
            Trust::Newer,
        ] {
            assert_eq!(of(Ok(State::default()), trust).0, unsure);
        }
        let create = r#"{"event":"intended","app":"main","change":{"change":"create-app","unique":"u","tag":"t","name":"n"}}"#;
        let unanswered = after(serde_json::from_str(create).unwrap());
        assert_eq!(of(Ok(unanswered), Trust::Ours).0, unsure);
    }

    #[test]
    fn a_deleted_app_is_named() {
        let deleted = after(Event::AppFoundDeleted {
            app: AppKey::default(),
            client_id: domain::ids::ClientId(uuid::Uuid::nil()),
            object_id: domain::ids::AppObjectId(uuid::Uuid::nil()),
            name: "Mailgrant Sinch".into(),
            deleted_at: None,
        });
        let (lead, wont, actions) = of(Ok(deleted), Trust::Ours);
        assert!(lead.ends_with("stays as it is."), "{lead}");
        // Nothing of it can be undone here, so nothing offers that.
        assert_eq!((wont, actions), (vec!["The deleted app registration".into()], 2));
    }
}
