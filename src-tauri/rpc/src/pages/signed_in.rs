//! After the sign-in: who, where, and what that sign-in may do.

use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::step::StepId;
use engine::event::{Admin, CheckId, Preflight, PreflightCheck, Readiness};
use engine::state::State;
use journey::Right;
use journey::problems::GRANT_ROLE;
use journey::secret_life;
use words::Speaker;

use super::sign_in::{APPLICATION_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR};
use super::{Made, button, finding, message, page, primary, secondary, so_far};
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Message as Notice, MessageTone, Page, PreflightRow, Tone,
};

const SECURITY_ADMINISTRATOR: &str = "Security Administrator";

/// The page; `None` where nobody signed in yet.
pub fn after(made: &Made<'_>) -> Option<Page> {
    let state = made.wizard.state();
    let (admin, organisation, preflight) = (
        state.admin.as_ref()?,
        state.organisation.as_ref()?,
        state.preflight.as_ref()?,
    );
    let (first, more) = folded(preflight);
    let mut messages: Vec<Notice> = somebody_else(made, state, admin).into_iter().collect();
    messages.extend(missing(made, preflight));
    messages.extend(similar(made, preflight));
    let organisation_name = || Arg::name(Kind::Organisation, &organisation.name);
    let longest = secret_life::longest_by_policy(made.wizard);
    let row = |check| row(&made.speaker, check, longest);
    let content = Content::SignedIn {
        initials: initials(&admin.name),
        person: made.value(Arg::name(Kind::Person, &admin.name)),
        user_name: made.value(Arg::name(Kind::UserName, &admin.user_name)),
        organisation: made.value(organisation_name()),
        domain: made.value(Arg::name(Kind::Domain, &organisation.domain)),
        tenant: made.value(Arg::ends(organisation.tenant)),
        sentence: made.value(sentence(preflight)),
        more_label: made.say(message!("sign-in-more-checks", count = more.len())),
        checks: first.into_iter().map(row).collect(),
        more: more.into_iter().map(row).collect(),
        messages,
    };
    let mut page = page(
        "signed-in",
        made.say(if state.confirmed {
            message!("sign-in-signed-in")
        } else {
            message!("sign-in-right-organisation")
        }),
        None,
        content,
    );
    page.actions = vec![primary(
        made.say(message!(
            "sign-in-continue-with",
            organisation = organisation_name()
        )),
        Request::Continue,
    )];
    page.actions.push(secondary(
        made.say(if state.at_hand().app().is_some() {
            message!("sign-in-as-somebody-else")
        } else {
            message!("sign-in-another-organisation")
        }),
        Request::UseAnotherOrganisation,
    ));
    if may_take_over(made) && similar(made, preflight).is_none() {
        page.actions.push(button(
            ButtonKind::Subtle,
            made.say(message!("adopting-choose")),
            Request::ChooseExistingApp,
        ));
    }
    Some(page)
}

/// Whether an app that is there can still be taken over in place of making one.
fn may_take_over(made: &Made<'_>) -> bool {
    let state = made.wizard.state();
    state.made_nothing() && state.at_hand().open.is_empty() && made.wizard.read_only().is_none()
}

/// That there is an app already which is called like the platform: it may be the one that the platform uses.
fn similar(made: &Made<'_>, preflight: &Preflight) -> Option<Notice> {
    let (_, similar) = preflight.others()?;
    let first = similar.first().filter(|_| may_take_over(made))?;
    let mut notice = message(
        MessageTone::NeedsYou,
        made.say(message!(
            "adopting-similar",
            count = similar.len(),
            app = Arg::name(Kind::App, first)
        )),
        made.say(message!(
            "adopting-similar-text",
            platform = super::export::platform(made)
        )),
    );
    notice.action = Some(secondary(
        made.say(message!("adopting-choose")),
        Request::ChooseExistingApp,
    ));
    Some(notice)
}

/// What stands on the page and what is folded. What needs somebody and what couldn't be read stands above, with what
/// matters most; the rest is ready, so that "all ready" over it is true.
fn folded(preflight: &Preflight) -> (Vec<&PreflightCheck>, Vec<&PreflightCheck>) {
    preflight.checks.iter().partition(|check| {
        check.outcome != Readiness::Ready
            || matches!(
                check.id,
                CheckId::CreateApp
                    | CheckId::SecretPolicy
                    | CheckId::ReadGrants
                    | CheckId::GrantAppRole
                    | CheckId::Limit
            )
    })
}

/// Says who made what, where it was somebody else than who is signed in now.
fn somebody_else(made: &Made<'_>, state: &State, now: &Admin) -> Option<Notice> {
    let parts: Vec<Message> = state
        .made_by
        .iter()
        .filter(|(_, by)| by.id != now.id)
        .map(|(step, by)| {
            let person = Arg::name(Kind::Person, &by.name);
            match step {
                StepId::App => message!("sign-in-made-app", person = person),
                StepId::Secret => message!("sign-in-made-secret", person = person),
                _ => message!("sign-in-set-limit", person = person),
            }
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    Some(message(
        MessageTone::NeedsYou,
        made.say(message!(
            "sign-in-work-as",
            person = Arg::name(Kind::Person, &now.name)
        )),
        made.say(message!("sign-in-keeps-names", who = Arg::list(Join::And, parts))),
    ))
}

/// What a check is about. `longest` is the longest life of a secret that the organisation's policy allows, in days.
fn need(check: &PreflightCheck, longest: Option<i32>) -> Message {
    match check.id {
        CheckId::CreateApp => message!("sign-in-need-app"),
        CheckId::SecretPolicy => match longest.and_then(|days| u32::try_from(days).ok()) {
            Some(days) => message!("sign-in-need-secret-of", days = days),
            None => message!("sign-in-need-secret"),
        },
        CheckId::ReadGrants => message!("sign-in-need-grants"),
        CheckId::GrantAppRole => message!("sign-in-need-grant"),
        CheckId::Limit => message!("sign-in-need-limit"),
        CheckId::Customised => message!("sign-in-need-customised"),
        CheckId::Organisation => message!("sign-in-need-organisation"),
        CheckId::Roles => message!("sign-in-need-roles"),
        CheckId::OtherApps => message!("sign-in-need-apps"),
        CheckId::Clock => message!("sign-in-need-clock"),
        CheckId::Other => message!("sign-in-need-other"),
    }
}

/// What it takes.
fn takes(check: &PreflightCheck) -> Arg {
    match check.id {
        CheckId::CreateApp => return Arg::term(APPLICATION_ADMINISTRATOR),
        CheckId::GrantAppRole => return Arg::term(GRANT_ROLE),
        CheckId::Limit => return Arg::term(EXCHANGE_ADMINISTRATOR),
        CheckId::SecretPolicy => message!("sign-in-takes-policy"),
        CheckId::ReadGrants => message!("sign-in-takes-acceptance"),
        CheckId::Customised => message!("sign-in-takes-once"),
        CheckId::Organisation | CheckId::Roles => message!("sign-in-takes-member"),
        CheckId::OtherApps => message!("sign-in-takes-admin"),
        CheckId::Clock => message!("sign-in-takes-time"),
        CheckId::Other => message!("sign-in-takes-other"),
    }
    .into()
}

fn row(speaker: &Speaker, check: &PreflightCheck, longest: Option<i32>) -> PreflightRow {
    let (tone, word) = match check.outcome {
        Readiness::Ready => (Tone::Works, message!("sign-in-ready")),
        Readiness::AskSomebody => (Tone::NeedsYou, message!("sign-in-ask-somebody")),
        Readiness::Unknown => (Tone::Unknown, message!("sign-in-not-read")),
    };
    PreflightRow {
        need: speaker.say(&need(check, longest)),
        takes: speaker.value(&takes(check)),
        finding: finding(tone, &speaker.say(&word)),
    }
}

/// "11 of 12 checks are ready; ask an Exchange Administrator for 1".
fn sentence(preflight: &Preflight) -> Arg {
    let all = preflight.checks.len();
    let counted = |wanted: Readiness| {
        let checks = preflight.checks.iter();
        checks.filter(|check| check.outcome == wanted).count()
    };
    let ready = counted(Readiness::Ready);
    if ready == all {
        return message!("sign-in-all-ready", count = all).into();
    }
    let mut parts = vec![message!("sign-in-some-ready", ready = ready, all = all)];
    let mut roles: Vec<&String> = preflight
        .checks
        .iter()
        .filter_map(|check| check.role.as_ref())
        .collect();
    roles.dedup();
    for role in roles {
        let count = preflight
            .checks
            .iter()
            .filter(|check| check.role.as_ref() == Some(role))
            .count();
        parts.push(ask(role, count));
    }
    let unknown = counted(Readiness::Unknown);
    if unknown > 0 {
        parts.push(message!("sign-in-some-not-read", count = unknown));
    }
    Arg::list(Join::Semicolons, parts)
}

/// "ask an Exchange Administrator for 1".
fn ask(role: &str, count: usize) -> Message {
    match role {
        APPLICATION_ADMINISTRATOR => message!("sign-in-ask-app-admin", count = count),
        EXCHANGE_ADMINISTRATOR => message!("sign-in-ask-exchange-admin", count = count),
        SECURITY_ADMINISTRATOR => message!("sign-in-ask-security-admin", count = count),
        role => message!("sign-in-ask-role", role = Arg::term(role), count = count),
    }
}

/// What somebody else is needed for, and what can be done until then.
fn missing(made: &Made<'_>, preflight: &Preflight) -> Vec<Notice> {
    let asks = |id: CheckId| {
        preflight
            .checks
            .iter()
            .any(|check| check.id == id && check.outcome == Readiness::AskSomebody)
    };
    let request = Button {
        icon: Some(ActIcon::Copy),
        ..button(
            ButtonKind::Secondary,
            made.say(message!("sign-in-copy-request")),
            Request::CopyRequest,
        )
    };
    let tell = |title: Message, text: Message| Notice {
        action: Some(request.clone()),
        ..message(MessageTone::NeedsYou, made.say(title), made.say(text))
    };
    let with_so_far = |title: Message, text: Message| Notice {
        action: Some(request.clone()),
        ..message(
            MessageTone::NeedsYou,
            made.say(title),
            made.value(Arg::list(Join::Sentences, [text, so_far(made.wizard.state())])),
        )
    };
    let exchange = asks(CheckId::Limit) || asks(CheckId::Customised);
    let mut messages = Vec::new();
    match (asks(CheckId::CreateApp), exchange) {
        (true, true) => messages.push(with_so_far(
            message!("sign-in-lacks-roles"),
            message!("sign-in-lacks-roles-text"),
        )),
        (true, false) => messages.push(with_so_far(
            message!("sign-in-lacks-app"),
            message!("sign-in-lacks-app-text"),
        )),
        (false, true) if made.wizard.holds(&[Right::MakeApp]) => messages.push(with_so_far(
            message!("sign-in-lacks-exchange-later"),
            message!("sign-in-lacks-exchange-later-text"),
        )),
        (false, true) => messages.push(tell(
            message!("sign-in-lacks-exchange"),
            message!("sign-in-lacks-exchange-text"),
        )),
        (false, false) => {}
    }
    if !asks(CheckId::CreateApp) && asks(CheckId::ReadGrants) && !made.wizard.holds(&[Right::ReadApp]) {
        messages.push(tell(
            message!("sign-in-lacks-proof"),
            message!("sign-in-lacks-proof-text"),
        ));
    }
    if asks(CheckId::SecretPolicy) {
        messages.push(tell(
            message!("sign-in-blocks-secrets"),
            message!("sign-in-blocks-secrets-text"),
        ));
    }
    messages
}

/// The request that "Copy a request" copies.
pub fn request(preflight: &Preflight, platform: Option<&str>, organisation: &str) -> Message {
    let asks: Vec<Message> = preflight
        .checks
        .iter()
        .filter_map(|check| {
            let role = check.role.as_ref()?;
            Some(message!(
                "sign-in-request-line",
                need = need(check, preflight.longest_secret_days),
                role = Arg::term(role)
            ))
        })
        .collect();
    let platform = match platform {
        Some(platform) => Arg::name(Kind::Platform, platform),
        None => message!("sign-in-some-platform").into(),
    };
    message!(
        "sign-in-request",
        platform = platform,
        organisation = Arg::name(Kind::Organisation, organisation),
        asks = Arg::list(Join::Lines, asks),
        granters = message!("parts-granters")
    )
}

fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = letters.next();
    let last = letters.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: CheckId, outcome: Readiness, role: Option<&str>) -> PreflightCheck {
        PreflightCheck {
            id,
            outcome,
            role: role.map(str::to_owned),
        }
    }

    #[test]
    fn the_preflight_ends_in_one_sentence() {
        let of = |checks| {
            let preflight = Preflight {
                checks,
                longest_secret_days: None,
                longest_certificate_days: None,
                certificates_restricted: false,
                secrets_forbidden: false,
                other_apps: 0,
                similar_apps: vec![],
            };
            super::super::plain().value(&sentence(&preflight))
        };
        assert_eq!(
            of(vec![
                check(CheckId::CreateApp, Readiness::Ready, None),
                check(CheckId::Roles, Readiness::Ready, None)
            ]),
            "All 2 checks are ready"
        );
        assert_eq!(
            of(vec![
                check(CheckId::CreateApp, Readiness::Ready, None),
                check(
                    CheckId::Limit,
                    Readiness::AskSomebody,
                    Some("Exchange Administrator")
                ),
                check(CheckId::Customised, Readiness::Unknown, None)
            ]),
            "1 of 3 checks are ready; ask an Exchange Administrator for 1; 1 couldn't be read"
        );
    }

    /// "1 couldn't be read" above and "all ready" below agree, whichever check it was.
    #[test]
    fn what_is_folded_is_ready() {
        let all = [
            CheckId::CreateApp,
            CheckId::SecretPolicy,
            CheckId::ReadGrants,
            CheckId::GrantAppRole,
            CheckId::Limit,
            CheckId::Customised,
            CheckId::Organisation,
            CheckId::Roles,
            CheckId::OtherApps,
        ];
        for odd in all {
            for outcome in [Readiness::Unknown, Readiness::AskSomebody] {
                let outcome_of = |id| if id == odd { outcome } else { Readiness::Ready };
                let preflight = Preflight {
                    checks: all.iter().map(|id| check(*id, outcome_of(*id), None)).collect(),
                    longest_secret_days: None,
                    longest_certificate_days: None,
                    certificates_restricted: false,
                    secrets_forbidden: false,
                    other_apps: 0,
                    similar_apps: vec![],
                };
                let (shown, more) = folded(&preflight);
                assert!(
                    more.iter().all(|check| check.outcome == Readiness::Ready),
                    "{odd:?}"
                );
                assert!(shown.iter().any(|check| check.id == odd), "{odd:?}");
                assert_eq!(shown.len() + more.len(), all.len());
            }
        }
    }

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Dana Maria Reyes"), "DR");
        assert_eq!(initials("Prince"), "P");
    }
}
