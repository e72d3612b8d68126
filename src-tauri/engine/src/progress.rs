//! Where each thing stands and what may be taken back, from the state alone. What may be opened is the route's.

use domain::step::StepId;
use jiff::{SignedDuration, Timestamp};

use crate::proof::Verdict;
use crate::state::State;
use domain::grant::Opens;

/// How long a proof holds, at most: it speaks of the organisation as it was (product.md §6).
pub const PROOF_HOLDS: SignedDuration = SignedDuration::from_hours(24);

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not begun, or begun and not finished.
    Todo,
    /// Finished.
    Done,
    /// Finished by us; Microsoft still applies it.
    Waiting {
        /// When we look next.
        look_at: Timestamp,
    },
    /// The app reaches too much.
    TooBroad,
    /// Something on the app isn't as it was asked for, and a person has to decide.
    NeedsYou,
    /// It was proven, and that is too long ago to be said again without a look.
    Old,
    /// The secret's life is over.
    Ended,
}

/// Whether the proof is of the last day. A proof from the future was made under another clock and isn't believed.
pub fn proof_is_fresh(state: &State, now: Timestamp) -> bool {
    state.proof.as_ref().is_some_and(|proof| {
        let age = now.duration_since(proof.at);
        age >= -CLOCKS_DIFFER && age < PROOF_HOLDS
    })
}

/// How far two readings of a clock may lie apart without being another clock: 5 minutes.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);

/// Where a step stands at a time.
pub fn status(state: &State, step: StepId, now: Timestamp) -> Status {
    let done = match step {
        StepId::Platform => state.platform.is_some(),
        StepId::Method => state.method.is_some(),
        StepId::SignIn => state.confirmed && state.organisation.is_some(),
        // One that was taken over and that somebody deleted is restored by the plan.
        StepId::ExistingApp => state.at_hand().app().is_some() || state.at_hand().adopted.is_some(),
        // Whatever became of them, their end is read and not remembered.
        StepId::OldPermissions => match (&state.at_hand().adopted, old_permissions_go_at(state)) {
            (None, _) => !state.adopting,
            (Some(_), Some(look_at)) if look_at > now && !state.at_hand().old_permissions_are_gone() => {
                return Status::Waiting { look_at };
            }
            (Some(_), _) => state.at_hand().old_permissions_are_gone(),
        },
        StepId::App => {
            let app = state.at_hand();
            app.checked_at.is_some() && app.app().is_some() && app.principal().is_some()
        }
        StepId::Permissions => match &state.at_hand().grants {
            Some((_, grants))
                if grants.iter().all(|grant| {
                    grant.opens == Opens::Nothing || state.needs_grant(grant) || stays_for_now(state)
                }) =>
            {
                state.lacks_in_entra().is_empty()
            }
            Some(_) => return Status::TooBroad,
            None => false,
        },
        StepId::Secret => match &state.at_hand().secret {
            Some(secret) if secret.ends_at <= now => return Status::Ended,
            secret => secret.as_ref().is_some_and(|secret| secret.accepted.is_some()),
        },
        StepId::Mailboxes => state.mailboxes_confirmed,
        StepId::Limit => match &state.proof {
            _ if !state.limit_is_current() => false,
            Some(proof) => match proof.verdict {
                Verdict::Waiting { look_at } => return Status::Waiting { look_at },
                _ => true,
            },
            None => true,
        },
        StepId::Protocols => !state.switches_are_left(),
        StepId::Verify => match state.proof.as_ref().map(|proof| &proof.verdict) {
            Some(Verdict::Proven) if !proof_is_fresh(state, now) => return Status::Old,
            Some(Verdict::Proven) => true,
            Some(Verdict::TooBroad) => return Status::TooBroad,
            Some(Verdict::Different) => return Status::NeedsYou,
            Some(Verdict::Waiting { look_at }) => return Status::Waiting { look_at: *look_at },
            Some(Verdict::Overdue | Verdict::Unknown) | None => false,
        },
        StepId::Export => state.exported.is_some(),
        StepId::OldSecret => state.renewal.is_none() && !state.adopting,
    };
    if done { Status::Done } else { Status::Todo }
}

/// From when on what was granted in Entra to an app that was taken over may go: the limit that takes its place was set and
/// read back, and Microsoft's time to apply it has passed then. Nothing where it isn't set.
pub fn old_permissions_go_at(state: &State) -> Option<Timestamp> {
    let app = state.at_hand();
    app.limit_set_at.and(app.limit_applied_by)
}

/// How long a key that Entra gave goes on saying what its app was granted then: an organisation may let one last for up to a day,
/// and by itself Entra lets it last for 60 to 90 minutes (Microsoft's “Configurable token lifetimes”).
const KEY_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// From when on an access policy may go that was taken over with the app: nothing is left that it limits, and no key says any more
/// that there is. Nothing where there is none, or something is left.
pub fn policies_go_at(state: &State) -> Option<Timestamp> {
    let app = state.at_hand();
    app.old_policies().next()?;
    let gone = app.old_permissions_are_gone();
    let from = app.grant_removed_at.or(app.created_at).filter(|_| gone)?;
    from.checked_add(KEY_LASTS).ok()
}

/// Whether a grant stays until the step that takes old permissions away: nothing is taken away before the limit is in force, also
/// not what somebody granted since.
pub fn stays_for_now(state: &State) -> bool {
    let app = state.at_hand();
    state.adopting && app.adopted.is_some() && !app.old_permissions_are_gone()
}

/// Whether what a step made may be taken back now: what hangs on it must be taken back first.
pub fn may_undo(state: &State, step: StepId) -> bool {
    let app = state.at_hand();
    match step {
        // What was taken over is given back while nothing of it was changed for good.
        StepId::App if app.adopted.is_some() => {
            let nothing_made = app.secret.is_none() && app.lost_secrets.is_empty() && !app.limit_stands();
            let nothing_made = nothing_made && !switched_on(state);
            nothing_made && !app.is_making_a_secret() && !app.changed_for_good
        }
        StepId::App => {
            let nothing_hangs_on_it =
                app.secret.is_none() && app.in_use.is_empty() && !app.limit_stands() && !switched_on(state);
            app.app().is_some() && nothing_hangs_on_it
        }
        StepId::Secret => app.secret.is_some(),
        StepId::Limit => app.limit_stands(),
        StepId::Protocols => switched_on(state),
        _ => false,
    }
}

/// Whether a protocol was switched on here, or may have been.
fn switched_on(state: &State) -> bool {
    !state.switched_on_here().is_empty() || state.may_have_switched_on()
}

/// Whether all that is left of the limit is its scope, because its app is gone. It opens nothing and can be removed.
pub fn only_the_scope_is_left(state: &State) -> bool {
    let app = state.at_hand();
    app.limit().scope.is_some() && app.principal().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Record};
    use domain::grant::{EntraGrant, MICROSOFT_GRAPH};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn after(events: Vec<Event>) -> State {
        let records: Vec<Record> = events
            .into_iter()
            .map(|event| Record {
                at: Timestamp::UNIX_EPOCH,
                event,
            })
            .collect();
        State::of(&records)
    }

    #[test]
    fn only_a_grant_that_opens_nothing_is_no_fault() {
        let grant = EntraGrant {
            id: "g".into(),
            resource: "Microsoft Graph".into(),
            api: MICROSOFT_GRAPH.into(),
            permission: "Mail.Read".into(),
            app_role: true,
            opens: Opens::Mailboxes,
        };
        let read = |opens| {
            after(vec![Event::PermissionsRead {
                app: Default::default(),
                grants: vec![EntraGrant {
                    opens,
                    ..grant.clone()
                }],
            }])
        };
        for opens in [Opens::Mailboxes, Opens::MoreRights, Opens::Unknown] {
            let state = read(opens);
            assert_eq!(status(&state, StepId::Permissions, NOW), Status::TooBroad);
        }
        assert_eq!(
            status(&read(Opens::Nothing), StepId::Permissions, NOW),
            Status::Done
        );
    }
}
