//! The list of connections: the one that needs the reader first.

use domain::message;
use domain::message::{Arg, Kind, Message, Part};
use domain::problem::Problem;
use domain::step::StepId;
use engine::event::Tenancy;
use engine::journal::Trust;
use engine::progress::{Status, may_undo, status};
use engine::state::{Renewal, State};
use jiff::Timestamp;
use journey::data_folder::Listed;
use journey::renew::can_begin;
use journey::route::{Route, Stop};
use journey::secret_life::days_left;
use profiles::Profile;
use words::Speaker;

use super::{button, ends, finding, page, primary};
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{ActIcon, Button, ButtonKind, ConnectionCard, Content, Ends, Page, Stage, Tone};

/// How many days before its end a secret asks for attention: as early as the first reminder.
const ENDS_SOON: i64 = 60;

/// The list. A connection that was taken off stands last, with what puts it back.
pub fn page_of(
    listed: &[Listed],
    removed: &[Listed],
    profiles: &[Profile],
    speaker: &Speaker,
    now: Timestamp,
) -> Page {
    let say = |message: Message| speaker.say(&message);
    let mut cards: Vec<(u8, Option<Timestamp>, ConnectionCard)> = listed
        .iter()
        .map(|connection| match &connection.state {
            Ok(state) => {
                let (urgency, finding, detail) = match connection.trust {
                    Trust::Ours => standing(state, profiles, now),
                    _ => looked_at_only(),
                };
                (
                    urgency,
                    state.saved_at,
                    card(speaker, connection, state, profiles, (finding, detail), now),
                )
            }
            Err(problem) => (0, None, unreadable(speaker, connection, problem)),
        })
        .collect();
    cards.sort_by_key(|(urgency, saved_at, _)| (*urgency, saved_at.map(|at| -at.as_second())));
    let removed = removed
        .iter()
        .map(|connection| taken_off(speaker, connection, profiles, now));
    let mut cards = cards.into_iter().map(|(_, _, card)| card).chain(removed);
    let first = cards.next();
    let content = Content::Connections {
        first,
        rest: cards.collect(),
        open_record: None,
    };
    let mut page = page("connections", say(message!("connections-heading")), None, content);
    page.actions = vec![
        primary(say(message!("connections-new")), Request::StartReal),
        Button {
            icon: Some(ActIcon::Practice),
            ..button(
                ButtonKind::Secondary,
                say(message!("connections-new-practice")),
                Request::StartPractice,
            )
        },
        button(
            ButtonKind::Subtle,
            say(message!("finding-find")),
            Request::FindAgain { practice: false },
        ),
    ];
    page
}

/// How a connection stands: the finding, and what to say of it.
type Standing = ((Tone, Message), Message);

/// What is not known to be ours says nothing of how it stands.
fn looked_at_only() -> (u8, (Tone, Message), Message) {
    (
        0,
        (Tone::Problem, message!("connections-only-to-look-at")),
        message!("connections-not-signed"),
    )
}

/// A connection that was taken off the list.
fn taken_off(speaker: &Speaker, connection: &Listed, profiles: &[Profile], now: Timestamp) -> ConnectionCard {
    let say = |message: Message| speaker.say(&message);
    let mut card = match &connection.state {
        Ok(state) => {
            let found = (Tone::NotNeeded, message!("connections-taken-off"));
            let stays = message!("connections-stays-as-it-was");
            card(speaker, connection, state, profiles, (found, stays), now)
        }
        Err(problem) => unreadable(speaker, connection, problem),
    };
    let called = match &connection.state {
        Ok(state) => called(state, profiles),
        Err(_) => message!("connections-unreadable").into(),
    };
    let put_back = Button {
        full_label: Some(say(message!(
            "connections-put-this-back",
            platform = called.clone()
        ))),
        ..button(
            ButtonKind::Secondary,
            say(message!("connections-put-back")),
            Request::PutBack {
                id: connection.id.to_string(),
            },
        )
    };
    let remove = Button {
        icon: Some(ActIcon::Delete),
        full_label: Some(say(message!("connections-remove-this", platform = called))),
        ..button(
            ButtonKind::Subtle,
            say(message!("connections-remove-from-here")),
            Request::AskRemoval {
                id: connection.id.to_string(),
            },
        )
    };
    card.actions = vec![put_back, remove];
    card
}

/// How urgent a connection is (0 most), how it stands, and what to say of it.
fn standing(state: &State, profiles: &[Profile], now: Timestamp) -> (u8, (Tone, Message), Message) {
    match status(state, StepId::Verify, now) {
        Status::TooBroad => {
            return (
                1,
                (Tone::TooBroad, message!("connections-too-broad")),
                message!("connections-reaches-more"),
            );
        }
        Status::NeedsYou => {
            return (
                1,
                (Tone::NeedsYou, message!("connections-needs-you")),
                message!("connections-not-as-asked"),
            );
        }
        Status::Waiting { look_at } => {
            return (
                3,
                (Tone::Waiting, message!("connections-waiting")),
                message!("connections-look-again", at = Arg::soon(look_at)),
            );
        }
        _ => {}
    }
    if state.revoking {
        return (
            2,
            (Tone::NeedsYou, message!("revoking-begun")),
            message!("revoking-begun-text"),
        );
    }
    if let Some(revoked) = &state.revoked {
        return (
            6,
            (Tone::NotNeeded, message!("revoking-revoked")),
            message!("revoking-revoked-on", day = Arg::date(revoked.at)),
        );
    }
    if let Some(adopting) = adopting(state, now) {
        return adopting;
    }
    if let Some(renewal) = state
        .renewal
        .as_ref()
        .filter(|_| !state.adopting || state.exported.is_some())
    {
        return renewing(state, renewal);
    }
    if let (Some(_), Some(secret)) = (&state.exported, &state.at_hand().secret) {
        let left = days_left(now, secret.ends_at);
        let day = Arg::date(secret.ends_at);
        return if left <= 0 {
            (
                1,
                (Tone::Problem, message!("connections-secret-ended")),
                message!("connections-ended-on", day = day),
            )
        } else if status(state, StepId::Verify, now) == Status::Todo {
            // What was proven before it was handed over was taken back since, or a look proved nothing.
            (
                2,
                (Tone::NeedsYou, message!("connections-not-proven")),
                message!("connections-run-checks"),
            )
        } else if left <= ENDS_SOON {
            (
                2,
                (Tone::EndsSoon, message!("connections-ends-soon")),
                message!("connections-ends-on", day = day, days = left.unsigned_abs()),
            )
        } else {
            (
                5,
                (Tone::Works, message!("connections-done")),
                message!("connections-ends-on", day = day, days = left.unsigned_abs()),
            )
        };
    }
    if state.found_again {
        return (
            2,
            (Tone::NeedsYou, message!("finding-again")),
            message!("finding-again-text"),
        );
    }
    let profile = journey::wizard::platform(state, profiles);
    // Everything that is made is gone on with on the plan.
    let route = Route::of(state, profile.as_ref());
    let spot = match Stop::of(route.first_open(state, now)) {
        Stop::Plan => Spot::Plan,
        Stop::Step(step) => Spot::Step(step),
    };
    let (number, all) = rail::number(&route, spot);
    (
        4,
        (Tone::NeedsYou, message!("connections-not-finished")),
        message!(
            "connections-stopped-at",
            number = number,
            all = all,
            name = rail::name(&route, spot)
        ),
    )
}

/// How an app stands that is taken over, while its old permissions wait to be taken away.
fn adopting(state: &State, now: Timestamp) -> Option<(u8, (Tone, Message), Message)> {
    if !state.adopting || !state.limit_is_current() {
        return None;
    }
    match status(state, StepId::OldPermissions, now) {
        Status::Waiting { look_at } => Some((
            3,
            (Tone::Waiting, message!("connections-waiting")),
            message!("adopting-card-waits", at = Arg::soon(look_at)),
        )),
        Status::Todo => Some((
            2,
            (Tone::NeedsYou, message!("connections-needs-you")),
            message!("adopting-card-may-go"),
        )),
        _ => None,
    }
}

/// How a renewal stands.
fn renewing(state: &State, renewal: &Renewal) -> (u8, (Tone, Message), Message) {
    match (&state.exported, renewal.moved_at) {
        (Some(_), Some(_)) => (
            2,
            (Tone::NeedsYou, message!("renewing-old-stays")),
            message!("renewing-old-stays-text"),
        ),
        (Some(exported), None) => (
            2,
            (Tone::NeedsYou, message!("renewing-waits")),
            message!("renewing-waits-text", day = Arg::date(exported.at)),
        ),
        (None, _) => (
            2,
            (Tone::NeedsYou, message!("renewing-begun")),
            message!("renewing-begun-text"),
        ),
    }
}

/// What a connection is called: by its platform, where one was chosen.
fn called(state: &State, profiles: &[Profile]) -> Arg {
    match super::platform_name(state, profiles) {
        Some(name) => Arg::name(Kind::Platform, name),
        None => message!("connections-without-platform").into(),
    }
}

fn card(
    speaker: &Speaker,
    connection: &Listed,
    state: &State,
    profiles: &[Profile],
    ((tone, word), detail): Standing,
    now: Timestamp,
) -> ConnectionCard {
    let speaker = &speaker.for_keys(super::keys_of_state(state));
    let say = |message: Message| speaker.say(&message);
    let id = connection.id.to_string();
    let platform = called(state, profiles);
    let act = |kind, label, full_label, request| Button {
        full_label: Some(say(full_label)),
        ..button(kind, say(label), request)
    };
    let handed_over = (state.exported.is_some() || state.found_again) && state.renewal.is_none();
    let open = || {
        let (label, full_label) = match handed_over {
            true => (
                message!("connections-open"),
                message!("connections-open-this", platform = platform.clone()),
            ),
            false => (
                message!("connections-go-on"),
                message!("connections-go-on-with", platform = platform.clone()),
            ),
        };
        act(
            ButtonKind::Secondary,
            label,
            full_label,
            Request::OpenConnection { id: id.clone() },
        )
    };
    let renew = |kind| {
        act(
            kind,
            message!("renewing-renew"),
            message!("renewing-renew-this", platform = platform.clone()),
            Request::Renew { id: id.clone() },
        )
    };
    let check = || {
        act(
            ButtonKind::Secondary,
            message!("renewing-check-now"),
            message!("renewing-check-this", platform = platform.clone()),
            Request::CheckAgain { id: id.clone() },
        )
    };
    let ends_at = state.at_hand().secret.as_ref().map(|secret| secret.ends_at);
    let ends_soon = state.found_again || ends_at.is_some_and(|ends_at| days_left(now, ends_at) <= ENDS_SOON);
    let renewable = connection.trust == Trust::Ours && can_begin(state);
    let mut actions = match (handed_over && connection.trust == Trust::Ours, ends_soon, tone) {
        (false, ..) if renewable => vec![open(), renew(ButtonKind::Subtle)],
        (false, ..) => vec![open()],
        // Its key lies on another computer, so that nothing can be tried.
        (true, ..) if state.at_hand().secret.is_none() => vec![renew(ButtonKind::Primary), open()],
        (true, true, _) => vec![renew(ButtonKind::Primary), check(), open()],
        (true, false, Tone::Works) => vec![check(), renew(ButtonKind::Subtle), open()],
        (true, false, _) => vec![open(), check(), renew(ButtonKind::Subtle)],
    };
    if handed_over && connection.trust == Trust::Ours {
        actions.push(act(
            ButtonKind::Subtle,
            message!("connections-change-mailboxes"),
            message!("connections-change-mailboxes-of", platform = platform.clone()),
            Request::ChangeMailboxes { id: id.clone() },
        ));
    }
    let stands = may_undo(state, StepId::App)
        || may_undo(state, StepId::Secret)
        || may_undo(state, StepId::Limit)
        || may_undo(state, StepId::Protocols)
        || state.revoking
        || state.revoked.is_some();
    if connection.trust == Trust::Ours && stands && state.handed_over.is_some() {
        let revoke = act(
            if state.revoking {
                ButtonKind::Secondary
            } else {
                ButtonKind::Subtle
            },
            message!("revoking-revoke"),
            message!("revoking-revoke-this", platform = platform.clone()),
            Request::Revoke { id: id.clone() },
        );
        // What was begun is gone on with first.
        let place = if state.revoking { 0 } else { actions.len() };
        actions.insert(place, revoke);
    }
    actions.push(forget(
        speaker,
        &id,
        message!("connections-take-this-off", platform = platform.clone()),
    ));
    let organisation = state.organisation.as_ref().map(|organisation| {
        let name = Arg::name(Kind::Organisation, &organisation.name);
        speaker.value(&name)
    });
    ConnectionCard {
        organisation: organisation.unwrap_or_default(),
        practice: state
            .opened
            .is_some_and(|(_, tenancy)| tenancy == Tenancy::Practice),
        finding: finding(tone, &say(word)),
        detail: say(detail),
        mailboxes: (!state.allowed().is_empty())
            .then(|| say(message!("parts-mailboxes", count = state.allowed().len()))),
        proof: state
            .proof
            .as_ref()
            .map(|proof| say(message!("connections-last-proof", when = Arg::when(proof.at)))),
        ends: ends_at.map(|ends_at| Ends {
            day: speaker.value(&Arg::date(ends_at)),
            left: say(ends(now, ends_at)),
        }),
        stages: match actions.first().map(|action| &action.request) {
            Some(Request::Renew { .. }) => stages(speaker),
            _ => Vec::new(),
        },
        actions,
        id: speaker.value(&Arg::id(id)),
        platform: speaker.value(&platform),
    }
}

/// What a renewal does, in order.
fn stages(speaker: &Speaker) -> Vec<Stage> {
    let stages = [
        message!("renewing-stage-make"),
        message!("renewing-stage-prove"),
        message!("renewing-stage-export"),
        message!("renewing-stage-confirm"),
        message!("renewing-stage-remove"),
    ];
    let stages = stages.iter().map(|stage| Stage {
        title: speaker.say(stage),
        text: speaker.part(stage, Part::Text).unwrap_or_default(),
    });
    stages.collect()
}

fn unreadable(speaker: &Speaker, connection: &Listed, problem: &Problem) -> ConnectionCard {
    let say = |message: Message| speaker.say(&message);
    let id = connection.id.to_string();
    ConnectionCard {
        platform: say(message!("connections-unreadable")),
        organisation: String::new(),
        practice: false,
        finding: finding(Tone::Problem, &say(message!("connections-problem"))),
        detail: speaker.problem(problem).happened,
        mailboxes: None,
        proof: None,
        ends: None,
        stages: Vec::new(),
        actions: vec![forget(speaker, &id, message!("connections-take-unreadable-off"))],
        id: speaker.value(&Arg::id(id)),
    }
}

fn forget(speaker: &Speaker, id: &str, full_label: Message) -> Button {
    Button {
        icon: Some(ActIcon::Delete),
        full_label: Some(speaker.say(&full_label)),
        ..button(
            ButtonKind::Subtle,
            speaker.say(&message!("connections-take-off")),
            Request::ForgetConnection { id: id.to_owned() },
        )
    }
}

#[cfg(test)]
mod tests {
    use domain::app_key::AppKey;
    use domain::ids::KeyId;
    use engine::event::Exported;
    use engine::notes::{AppNotes, IssuedSecret};

    use super::*;

    /// A proof that was taken back after the file was handed over has to be made again, and that is said.
    #[test]
    fn what_is_handed_over_and_not_proven_says_so() {
        let now = Timestamp::UNIX_EPOCH;
        let notes = AppNotes {
            secret: Some(IssuedSecret {
                key: KeyId(uuid::Uuid::nil()),
                starts_at: now,
                ends_at: "1970-12-01T00:00:00Z".parse().unwrap(),
                saved_at: now,
                accepted: None,
                given_up: false,
                certificate: None,
            }),
            ..AppNotes::new()
        };
        let mut state = State::of(&[]);
        state.apps.insert(AppKey::default(), notes);
        state.exported = Some(Exported {
            folder: String::new(),
            files: Vec::new(),
            sealed: String::new(),
            opens: None,
            secret: None,
            at: now,
        });
        let (_, (_, word), _) = standing(&state, &[], now);
        assert_eq!(super::super::plain().say(&word), "Run the checks");
    }
}
