//! Before and after the sign-in: what will be asked for; then who, where, and what that sign-in may do.

use domain::step::StepId;
use engine::event::{Admin, CheckId, Preflight, PreflightCheck, Readiness, Tenancy};
use engine::state::State;
use journey::Right;
use journey::problems::GRANTERS;
use journey::steps::sign_in::{asked_of_everybody, asked_scopes, rights_left, rights_to_act};

use super::{Made, button, choice, finding, message, page, primary, secondary};
use crate::request::Request;
use crate::times::count;
use crate::view::{
    Button, ButtonKind, Content, Message, MessageTone, Page, PlanLine, PreflightRow, SignInWait, Tone,
};

/// Why the sign-in page is open, and what is under way on it.
#[derive(Default)]
pub struct Asked<'a> {
    /// The step that the reader comes back to.
    pub return_to: Option<StepId>,
    /// Whether somebody is signed in and that step takes more than they hold.
    pub lacking: bool,
    /// What is asked for on top of what is left to be done.
    pub also: &'a [Right],
    /// What was typed as the id of an own app and isn't one.
    pub typed_client: Option<&'a str>,
    /// Set while the browser is awaited: its address, and whether a browser opened.
    pub waiting: Option<(&'a str, bool)>,
    /// What became of the last visit, where nothing is wrong with that.
    pub notice: Option<&'a str>,
}

/// Before the sign-in.
pub fn before(made: &Made<'_>, asked: &Asked<'_>) -> Page {
    let practice = made.wizard.tenancy() == Tenancy::Practice;
    let cloud = made.wizard.http().cloud();
    let clients = match cloud.clients.as_slice() {
        [_] if practice => Vec::new(),
        clients => clients
            .iter()
            .map(|client| choice(&client.id, &client.name, &client.note))
            .chain([choice("own", "An app of your organisation", "Its application (client) id; register it for accounts of any organisation, with the redirect http://localhost for mobile and desktop")])
            .collect(),
    };
    let chosen = made.wizard.state().client.clone();
    let content = Content::SignIn {
        scopes: scopes(made, asked),
        client: asked
            .typed_client
            .map(str::to_owned)
            .or(chosen)
            .or_else(|| clients.first().map(|client| client.value.clone())),
        clients,
        waiting: asked
            .waiting
            .map(|(address, opened)| waiting(address, opened, practice)),
        messages: messages_before(made, asked, practice),
    };
    let (heading, lead) = heading(made, asked, practice);
    // What became of the last visit is said in one quiet sentence: stopping it is no problem.
    let lead = match asked.notice {
        Some(notice) => format!("{notice} {lead}"),
        None => lead,
    };
    let mut page = page("sign-in", heading, Some(&lead), content);
    page.announcement = asked.notice.map(str::to_owned);
    page.actions = vec![primary(
        if practice {
            "Open the practice sign-in page"
        } else {
            "Open Microsoft's sign-in page"
        },
        Request::SignIn,
    )];
    if asked.lacking {
        page.actions.push(Button {
            icon: Some("copy".into()),
            ..secondary("Copy a request", Request::CopyRequest)
        });
    }
    page.action_note = Some("Changes nothing but what you accept there".into());
    page
}

fn heading(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> (String, String) {
    let name = |step: StepId| format!("step {}: {}", step.number(), step.name());
    let who = made
        .wizard
        .state()
        .admin
        .as_ref()
        .map_or("The present sign-in", |admin| admin.name.as_str());
    match asked.return_to {
        Some(step) if asked.lacking => (
            "This step takes another sign-in".to_owned(),
            format!(
                "{who} may not do {}. Sign in as somebody who may, or send a request. Who is signed in now keeps what they may do.",
                name(step)
            ),
        ),
        Some(step) => (
            "Sign in again to go on".to_owned(),
            format!("A sign-in is never kept on this computer. Afterwards you're back at {}.", name(step)),
        ),
        None if practice => ("Sign in to the practice organisation".to_owned(), "Your browser opens the practice organisation's own page. There is no password.".to_owned()),
        None => ("Sign in to Microsoft".to_owned(), "Your browser opens Microsoft's page. Mailgrant never sees your password, and it keeps no sign-in.".to_owned()),
    }
}

/// What Microsoft's pages will list, of whom, and why.
fn scopes(made: &Made<'_>, asked: &Asked<'_>) -> Vec<PlanLine> {
    let mut rights = rights_left(made.wizard.state(), made.now);
    if let Some(step) = asked.return_to.filter(|_| asked.lacking) {
        rights.extend(rights_to_act(step));
    }
    rights.extend(asked.also);
    let line = |title: &str, detail: String| PlanLine {
        title: title.to_owned(),
        detail,
        done: false,
    };
    let mut lines: Vec<PlanLine> = asked_of_everybody()
        .iter()
        .map(|(scope, why)| line(why, format!("{scope}, of everybody")))
        .collect();
    lines.extend(
        asked_scopes(&rights)
            .iter()
            .map(|(scope, why)| line(why, (*scope).to_owned())),
    );
    if rights.contains(&Right::Exchange) {
        lines.push(line(
            "Find the mailboxes and set the limit in Exchange",
            "Exchange.Manage, of an Exchange Administrator".into(),
        ));
    }
    lines
}

fn waiting(address: &str, opened: bool, practice: bool) -> SignInWait {
    let whose = if practice {
        "The practice organisation's"
    } else {
        "Microsoft's"
    };
    let (title, text) = match opened {
        true => (
            "Waiting for your sign-in in the browser".to_owned(),
            format!(
                "{whose} page is open there. If you don't see it, open it again, or copy this address into a browser on this computer."
            ),
        ),
        false => (
            "No browser opened".to_owned(),
            format!(
                "This computer has none set up, or it is blocked. Copy this address into any browser on this computer; {} page waits there.",
                whose.replacen('T', "t", 1)
            ),
        ),
    };
    let copy = Button {
        icon: Some("copy".into()),
        ..button(ButtonKind::Secondary, "Copy the address", Request::CopyAddress)
    };
    SignInWait {
        title,
        text,
        address: address.to_owned(),
        acts: vec![
            copy,
            button(ButtonKind::Secondary, "Open it again", Request::OpenAddress),
            button(ButtonKind::Secondary, "Stop waiting", Request::CancelSignIn),
        ],
    }
}

fn messages_before(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> Vec<Message> {
    let mut messages = Vec::new();
    if asked.lacking {
        let role = match asked.return_to {
            Some(StepId::Mailboxes | StepId::Limit) => "Exchange Administrator",
            Some(StepId::Verify | StepId::Export) if !made.wizard.holds(&[Right::Exchange]) => {
                "Exchange Administrator"
            }
            _ => "Application Administrator",
        };
        messages.push(message(
            MessageTone::NeedsYou,
            format!("It takes {role}"),
            format!("Who may give that role to somebody: {GRANTERS}. A role that has to be activated first counts only once it is."),
        ));
    }
    messages.push(match practice {
        true => message(
            MessageTone::Practice,
            "In practice you choose who you are",
            "The practice page offers admins with different roles. Dana Reyes holds everything this needs; the others show what happens when a role is missing.",
        ),
        false => message(
            MessageTone::Secret,
            "What signing in leaves behind",
            "Microsoft may record that you accepted what its page lists, for you or for your organisation. Mailgrant changes nothing by it.",
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
    let mut messages: Vec<Message> = somebody_else(state, admin).into_iter().collect();
    messages.extend(missing(made, preflight));
    let content = Content::SignedIn {
        initials: initials(&admin.name),
        person: admin.name.clone(),
        user_name: admin.user_name.clone(),
        organisation: organisation.name.clone(),
        domain: organisation.domain.clone(),
        tenant: organisation.tenant.ends(),
        sentence: sentence(preflight),
        more_label: format!("{}, all ready", count(more.len(), "more check", "more checks")),
        checks: first.into_iter().map(row).collect(),
        more: more.into_iter().map(row).collect(),
        messages,
    };
    let mut page = page(
        "signed-in",
        if state.confirmed {
            "Signed in"
        } else {
            "Check that this is the right organisation"
        },
        None,
        content,
    );
    page.actions = vec![primary(
        format!("Continue with {}", organisation.name),
        Request::Continue,
    )];
    page.actions.push(secondary(
        if state.app.is_some() {
            "Sign in as somebody else"
        } else {
            "Use another organisation"
        },
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
fn somebody_else(state: &State, now: &Admin) -> Option<Message> {
    let parts: Vec<String> = state
        .made_by
        .iter()
        .filter(|(_, by)| by.id != now.id)
        .map(|(step, by)| {
            let made = match step {
                StepId::App => "made the app",
                StepId::Secret => "made its secret",
                _ => "set the limit",
            };
            format!("{} {made}", by.name)
        })
        .collect();
    let (last, others) = parts.split_last()?;
    let who_did = if others.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", others.join(", "))
    };
    Some(message(
        MessageTone::NeedsYou,
        format!("You work here as {} now", now.name),
        format!("{who_did}. This connection keeps both names."),
    ))
}

fn row(check: &PreflightCheck) -> PreflightRow {
    let finding = match check.outcome {
        Readiness::Ready => finding(Tone::Works, "Ready"),
        Readiness::AskSomebody => finding(Tone::NeedsYou, "Ask somebody"),
        Readiness::Unknown => finding(Tone::Unknown, "Couldn't read"),
    };
    PreflightRow {
        need: check.need.clone(),
        takes: check.takes.clone(),
        finding,
    }
}

/// "11 of 12 checks are ready; ask an Exchange Administrator for 1".
fn sentence(preflight: &Preflight) -> String {
    let all = preflight.checks.len();
    let ready = preflight
        .checks
        .iter()
        .filter(|check| check.outcome == Readiness::Ready)
        .count();
    if ready == all {
        return format!("All {all} checks are ready");
    }
    let mut parts = vec![format!("{ready} of {all} checks are ready")];
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
        let article = if role.starts_with(['A', 'E', 'I', 'O', 'U']) {
            "an"
        } else {
            "a"
        };
        parts.push(format!("ask {article} {role} for {count}"));
    }
    let unknown = preflight
        .checks
        .iter()
        .filter(|check| check.outcome == Readiness::Unknown)
        .count();
    if unknown > 0 {
        parts.push(format!("{unknown} couldn't be read"));
    }
    parts.join("; ")
}

/// What somebody else is needed for, and what can be done until then.
fn missing(made: &Made<'_>, preflight: &Preflight) -> Vec<Message> {
    let asks = |id: CheckId| {
        preflight
            .checks
            .iter()
            .any(|check| check.id == id && check.outcome == Readiness::AskSomebody)
    };
    let request = Button {
        icon: Some("copy".into()),
        ..button(ButtonKind::Secondary, "Copy a request", Request::CopyRequest)
    };
    let tell = |title: &str, text: &str| Message {
        action: Some(request.clone()),
        ..message(MessageTone::NeedsYou, title, text)
    };
    let exchange = asks(CheckId::Limit) || asks(CheckId::Customised);
    let mut messages = Vec::new();
    match (asks(CheckId::CreateApp), exchange) {
        (true, true) => messages.push(tell(
            "This takes roles that your sign-in doesn't have",
            "Steps 4 to 6 take Application Administrator, steps 7 to 9 Exchange Administrator. Send a request, activate a role that you are eligible for, or sign in as somebody who holds them. Nothing has been made so far.",
        )),
        (true, false) => messages.push(tell(
            "Steps 4 to 6 need somebody else",
            "Your sign-in may not create apps. Send a request, or sign in as somebody who may; you come back for steps 7 to 9. Nothing has been made so far.",
        )),
        (false, true) if made.wizard.holds(&[Right::MakeApp]) => messages.push(tell(
            "You can do steps 4 to 6 now; steps 7 and 8 need somebody else",
            "Choosing mailboxes and the limit take Exchange Administrator. Send a request now, or sign in there as somebody who holds the role. Nothing has been made so far.",
        )),
        (false, true) => messages.push(tell(
            "Steps 7 and 8 need somebody else",
            "Choosing mailboxes and the limit take Exchange Administrator. Send a request, or sign in as somebody who holds the role.",
        )),
        (false, false) => {}
    }
    if !asks(CheckId::CreateApp) && asks(CheckId::ReadGrants) && !made.wizard.holds(&[Right::ReadApp]) {
        messages.push(tell(
            "You can do steps 7 and 8 now; the proof needs somebody else too",
            "Reading what the app is allowed takes an Application Administrator's sign-in, or that one of them accepted it for the organisation.",
        ));
    }
    if asks(CheckId::SecretPolicy) {
        messages.push(tell(
            "Your organisation's policy blocks app secrets",
            "Step 6 needs an exception for this one app from a Security Administrator.",
        ));
    }
    messages
}

/// The request that "Copy a request" copies.
pub fn request(preflight: &Preflight, platform: &str, organisation: &str) -> String {
    let asks: Vec<String> = preflight
        .checks
        .iter()
        .filter_map(|check| {
            check
                .role
                .as_ref()
                .map(|role| format!("- {} (takes {role})", check.need))
        })
        .collect();
    format!(
        "Hello, I am connecting {platform} to {organisation} in Microsoft 365 with Mailgrant. My sign-in can't do all of it:\n{}\nWould you, as {GRANTERS}, give me the role for today, or would somebody who holds it do that part with me? The app gets access to the chosen mailboxes only, and Mailgrant proves that the others are refused.",
        asks.join("\n")
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
            need: String::new(),
            takes: String::new(),
            outcome,
            role: role.map(str::to_owned),
        }
    }

    #[test]
    fn the_preflight_ends_in_one_sentence() {
        let of = |checks| {
            sentence(&Preflight {
                checks,
                longest_secret_days: None,
                secrets_forbidden: false,
                other_apps: 0,
                similar_apps: vec![],
            })
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
