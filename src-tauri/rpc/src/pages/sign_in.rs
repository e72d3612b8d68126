//! Before and after the sign-in: what will be asked for; then who, where, and what that sign-in may do.

use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::step::StepId;
use engine::event::{Admin, CheckId, Preflight, PreflightCheck, Readiness, Tenancy};
use engine::state::State;
use journey::Right;
use journey::steps::sign_in::{asked_of_everybody, asked_scopes, rights_left, rights_to_act};
use words::Speaker;

use super::{Made, button, choice, finding, message, page, primary, secondary};
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Message as Notice, MessageTone, Page, PlanLine, PreflightRow,
    SignInWait, Tone,
};

/// Microsoft's names of the roles that somebody else may hold.
const EXCHANGE_ADMINISTRATOR: &str = "Exchange Administrator";
const APPLICATION_ADMINISTRATOR: &str = "Application Administrator";
const SECURITY_ADMINISTRATOR: &str = "Security Administrator";

/// Why the sign-in page is open, and what is under way on it.
#[derive(Default)]
pub struct Asked<'a> {
    /// Where the reader comes back to.
    pub return_to: Option<Spot>,
    /// What that takes, where who is signed in doesn't hold it.
    pub lacks: &'a [Right],
    /// Whether somebody is signed in and that step takes more than they hold.
    pub lacking: bool,
    /// What is asked for on top of what is left to be done.
    pub also: &'a [Right],
    /// What was typed as the id of an own app and isn't one.
    pub typed_client: Option<&'a str>,
    /// Set while the browser is awaited: its address, and whether a browser opened.
    pub waiting: Option<(&'a str, bool)>,
    /// What became of the last visit, where nothing is wrong with that.
    pub notice: Option<&'a Message>,
}

/// Before the sign-in.
pub fn before(made: &Made<'_>, asked: &Asked<'_>) -> Page {
    let practice = made.wizard.tenancy() == Tenancy::Practice;
    let cloud = made.wizard.http().cloud();
    let clients = match cloud.clients.as_slice() {
        [_] if practice => Vec::new(),
        clients => clients
            .iter()
            .map(|client| {
                choice(
                    &client.id,
                    made.say(client.name.clone()),
                    client
                        .note
                        .clone()
                        .map_or_else(String::new, |note| made.say(note)),
                )
            })
            .chain([choice(
                "own",
                made.say(message!("sign-in-own-app")),
                made.say(message!("sign-in-own-app-detail")),
            )])
            .collect(),
    };
    let chosen = made.wizard.state().client.clone();
    let content = Content::SignIn {
        scopes: scopes(made, asked),
        client: asked
            .typed_client
            .map(str::to_owned)
            .or(chosen)
            .or_else(|| clients.first().map(|client| client.value.clone()))
            .map(|client| masked_client(made, client)),
        clients,
        waiting: asked
            .waiting
            .map(|(address, opened)| waiting(&made.speaker, address, opened, practice)),
        messages: messages_before(made, asked, practice),
    };
    let (heading, lead) = heading(made, asked, practice);
    // What became of the last visit is said in one quiet sentence: stopping it is no problem.
    let lead = match asked.notice {
        Some(notice) => made.value(Arg::list(Join::Sentences, [notice.clone(), lead])),
        None => made.say(lead),
    };
    let mut page = page("sign-in", made.say(heading), Some(&lead), content);
    page.announcement = asked.notice.map(|notice| made.say(notice.clone()));
    page.actions = vec![primary(
        made.say(if practice {
            message!("sign-in-open-practice")
        } else {
            message!("sign-in-open")
        }),
        Request::SignIn,
    )];
    if asked.lacking {
        page.actions.push(Button {
            icon: Some(ActIcon::Copy),
            ..secondary(made.say(message!("sign-in-copy-request")), Request::CopyRequest)
        });
    }
    page.action_note = Some(made.say(message!("sign-in-changes-nothing")));
    page
}

/// One of Microsoft's own clients is no name of anybody; an id that was typed is.
fn masked_client(made: &Made<'_>, client: String) -> String {
    let known = made.wizard.http().cloud().clients.iter();
    if client == "own" || known.into_iter().any(|known| known.id == client) {
        client
    } else {
        made.value(Arg::Id(client))
    }
}

fn heading(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> (Message, Message) {
    let step_of = |spot: Spot| {
        let (number, _) = rail::number(made.wizard.profile(), spot);
        message!("sign-in-step", number = number, name = rail::name(spot))
    };
    match asked.return_to {
        Some(spot) if asked.lacking => {
            let may_not = match &made.wizard.state().admin {
                Some(admin) => message!(
                    "sign-in-may-not",
                    person = Arg::name(Kind::Person, &admin.name),
                    step = step_of(spot)
                ),
                None => message!("sign-in-present-may-not", step = step_of(spot)),
            };
            (message!("sign-in-another"), may_not)
        }
        Some(spot) => (
            message!("sign-in-again"),
            message!("sign-in-again-lead", step = step_of(spot)),
        ),
        None if practice => (message!("sign-in-practice"), message!("sign-in-practice-lead")),
        None => (message!("sign-in-heading"), message!("sign-in-lead")),
    }
}

/// What Microsoft's pages will list, of whom, and why.
fn scopes(made: &Made<'_>, asked: &Asked<'_>) -> Vec<PlanLine> {
    let mut rights = rights_left(made.wizard.state(), made.now);
    if let Some(Spot::Step(step)) = asked.return_to.filter(|_| asked.lacking) {
        rights.extend(rights_to_act(step));
    }
    rights.extend(asked.also);
    let line = |title: Arg, detail: Message| PlanLine {
        title: made.value(title),
        detail: made.say(detail),
        done: false,
    };
    let mut lines: Vec<PlanLine> = asked_of_everybody()
        .iter()
        .map(|(scope, why)| {
            let everybody = message!("sign-in-of-everybody", scope = Arg::term(*scope));
            line(why().into(), everybody)
        })
        .collect();
    lines.extend(asked_scopes(&rights).iter().map(|(scope, why)| PlanLine {
        title: made.say(why()),
        detail: (*scope).to_owned(),
        done: false,
    }));
    if rights.contains(&Right::Exchange) {
        lines.push(line(
            message!("sign-in-for-exchange").into(),
            message!(
                "sign-in-of-role",
                scope = Arg::term("Exchange.Manage"),
                role = Arg::term(EXCHANGE_ADMINISTRATOR)
            ),
        ));
    }
    lines
}

fn waiting(speaker: &Speaker, address: &str, opened: bool, practice: bool) -> SignInWait {
    let say = |message: Message| speaker.say(&message);
    let (title, text) = match (opened, practice) {
        (true, true) => (
            message!("sign-in-waiting"),
            message!("sign-in-practice-page-open"),
        ),
        (true, false) => (message!("sign-in-waiting"), message!("sign-in-page-open")),
        (false, true) => (
            message!("sign-in-no-browser"),
            message!("sign-in-practice-page-waits"),
        ),
        (false, false) => (message!("sign-in-no-browser"), message!("sign-in-page-waits")),
    };
    let copy = Button {
        icon: Some(ActIcon::Copy),
        ..button(
            ButtonKind::Secondary,
            say(message!("sign-in-copy-address")),
            Request::CopyAddress,
        )
    };
    SignInWait {
        title: say(title),
        text: say(text),
        address: speaker.value(&Arg::theirs(address)),
        acts: vec![
            copy,
            button(
                ButtonKind::Secondary,
                say(message!("sign-in-open-again")),
                Request::OpenAddress,
            ),
            button(
                ButtonKind::Secondary,
                say(message!("sign-in-stop")),
                Request::CancelSignIn,
            ),
        ],
    }
}

fn messages_before(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> Vec<Notice> {
    let mut messages = Vec::new();
    if asked.lacking {
        let role = match asked.return_to {
            Some(Spot::Step(StepId::Mailboxes | StepId::Limit)) => EXCHANGE_ADMINISTRATOR,
            Some(Spot::Plan) if asked.lacks == [Right::Exchange] => EXCHANGE_ADMINISTRATOR,
            Some(Spot::Step(StepId::Verify | StepId::Export)) if !made.wizard.holds(&[Right::Exchange]) => {
                EXCHANGE_ADMINISTRATOR
            }
            _ => APPLICATION_ADMINISTRATOR,
        };
        messages.push(message(
            MessageTone::NeedsYou,
            made.say(message!("sign-in-takes", role = Arg::term(role))),
            made.say(message!(
                "sign-in-who-gives",
                granters = message!("parts-granters")
            )),
        ));
    }
    messages.push(match practice {
        true => message(
            MessageTone::Practice,
            made.say(message!("sign-in-choose-who")),
            made.say(message!("sign-in-choose-who-text")),
        ),
        false => message(
            MessageTone::Secret,
            made.say(message!("sign-in-leaves")),
            made.say(message!("sign-in-leaves-text")),
        ),
    });
    messages
}

/// After the sign-in.
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
    let organisation_name = || Arg::name(Kind::Organisation, &organisation.name);
    let row = |check| row(&made.speaker, check, preflight.longest_secret_days);
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
    Some(page)
}

/// What stands on the page and what is folded. What needs somebody and what couldn't be read stands above, with what
/// matters most; the rest is ready, so that "all ready" over it is true.
fn folded(preflight: &Preflight) -> (Vec<&PreflightCheck>, Vec<&PreflightCheck>) {
    preflight.checks.iter().partition(|check| {
        check.outcome != Readiness::Ready
            || matches!(
                check.id,
                CheckId::CreateApp | CheckId::SecretPolicy | CheckId::ReadGrants | CheckId::Limit
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
    let exchange = asks(CheckId::Limit) || asks(CheckId::Customised);
    let mut messages = Vec::new();
    match (asks(CheckId::CreateApp), exchange) {
        (true, true) => messages.push(tell(
            message!("sign-in-lacks-roles"),
            message!("sign-in-lacks-roles-text"),
        )),
        (true, false) => messages.push(tell(
            message!("sign-in-lacks-app"),
            message!("sign-in-lacks-app-text"),
        )),
        (false, true) if made.wizard.holds(&[Right::MakeApp]) => messages.push(tell(
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
