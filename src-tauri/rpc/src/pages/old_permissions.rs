//! The permissions in Entra of an app that was taken over: they stay until the limit has taken their place, and go then.

use domain::message;
use domain::message::{Arg, Join, Kind};
use engine::event::Policy;
use engine::progress::old_permissions_go_at;
use journey::adopt;

use super::export::platform;
use super::{Made, fact, message, page, planned, primary, secondary};
use crate::request::Request;
use crate::view::{Content, Message as Notice, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let from = old_permissions_go_at(made.wizard.state());
    let now = adopt::is_in_force(made.wizard);
    let mut messages = Vec::new();
    if let (false, Some(from)) = (now, from) {
        messages.push(message(
            MessageTone::Waiting,
            made.say(message!("adopting-waiting", at = Arg::soon_when(from))),
            made.say(message!("adopting-waiting-text", platform = platform(made))),
        ));
    }
    messages.extend(policies(made));
    let set_at = made.wizard.notes().limit_set_at;
    let content = Content::Plan {
        answers: set_at
            .map(|at| {
                fact(
                    &made.say(message!("adopting-limit-set")),
                    made.value(Arg::when(at)),
                )
            })
            .into_iter()
            .collect(),
        plan: planned(made, adopt::removal(made.wizard)),
        options: Vec::new(),
        messages,
    };
    let (heading, lead) = match now {
        true => (
            message!("adopting-remove-heading"),
            message!("adopting-remove-lead", platform = platform(made)),
        ),
        false => (message!("adopting-wait-heading"), message!("adopting-wait-lead")),
    };
    let key = if now {
        "old-permissions"
    } else {
        "old-permissions-wait"
    };
    let mut page = page(key, made.say(heading), Some(&made.say(lead)), content);
    page.actions = match now {
        true => vec![
            primary(made.say(message!("adopting-remove")), Request::Commit),
            secondary(made.say(message!("adopting-later")), Request::SaveAndClose),
        ],
        false => vec![secondary(
            made.say(message!("adopting-later")),
            Request::SaveAndClose,
        )],
    };
    page.action_note = Some(made.say(match now {
        true => {
            let roles = adopt::roles_to_remove(made.wizard);
            let roles = Arg::list(Join::And, roles.into_iter().map(Arg::term));
            message!("adopting-remove-note", roles = roles)
        }
        false => message!("adopting-wait-note"),
    }));
    page
}

/// The access policies about the app: they limit it no more once its grants are gone, and stay. One about it alone can be removed
/// the day after; of one that an older version took over a line is given that does. One about every app limits others too.
fn policies(made: &Made<'_>) -> Vec<Notice> {
    let policies = made.wizard.notes().adopted.iter().flat_map(|was| &was.policies);
    let (of_all, own): (Vec<&Policy>, Vec<&Policy>) = policies.partition(|policy| policy.of_all_apps);
    let named = |policies: &[&Policy], name: fn(&Policy) -> &str| {
        Arg::name(Kind::Group, policies.first().map_or("", |policy| name(policy)))
    };
    let notice = |title, text| message(MessageTone::NeedsYou, made.say(title), made.say(text));
    let goes = |policy: &&Policy| {
        made.wizard
            .notes()
            .old_policies()
            .any(|(known, _)| *known == policy.identity)
    };
    let own = (!own.is_empty()).then(|| {
        notice(
            message!(
                "adopting-policy-stays",
                count = own.len(),
                group = named(&own, |policy| &policy.scope)
            ),
            message!(
                "adopting-policy-stays-text",
                goes = Arg::yes_or_no(own.iter().all(goes)),
                count = own.len(),
                identity = named(&own, |policy| &policy.identity)
            ),
        )
    });
    let of_all = (!of_all.is_empty()).then(|| {
        notice(
            message!(
                "adopting-policy-of-all",
                count = of_all.len(),
                group = named(&of_all, |policy| &policy.scope)
            ),
            message!("adopting-policy-of-all-text", count = of_all.len()),
        )
    });
    own.into_iter().chain(of_all).collect()
}
