//! Before and after the sign-in: what will be asked for; then who, where, and what that sign-in may do.

use domain::step::StepId;
use engine::event::{Preflight, PreflightCheck, Readiness, Tenancy};
use journey::GRAPH_SCOPES;

use super::{Made, choice, finding, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, Message, MessageTone, Page, PlanLine, PreflightRow, Tone};

/// Before the sign-in. `return_to` is set where the reader comes back to a later step.
pub fn before(made: &Made<'_>, return_to: Option<StepId>, address: Option<String>) -> Page {
    let practice = made.wizard.tenancy() == Tenancy::Practice;
    let cloud = made.wizard.http().cloud();
    let mut scopes: Vec<PlanLine> = GRAPH_SCOPES
        .iter()
        .map(|(scope, why)| PlanLine {
            title: (*why).to_owned(),
            detail: (*scope).to_owned(),
            done: false,
        })
        .collect();
    scopes.push(PlanLine {
        title: "Set the limit in Exchange".into(),
        detail: "Exchange.Manage, asked for on a second page that passes by itself".into(),
        done: false,
    });
    let clients = match cloud.clients.as_slice() {
        [_] if practice => Vec::new(),
        clients => clients
            .iter()
            .map(|client| choice(&client.id, &client.name, &client.note))
            .chain([choice("own", "An app of your organisation", "Its application (client) id; register it with the redirect http://localhost for mobile and desktop")])
            .collect(),
    };
    let messages = match practice {
        true => vec![message(
            MessageTone::Practice,
            "In practice you choose who you are",
            "The practice page offers admins with different roles. Dana Reyes holds everything this needs; the others show what happens when a role is missing.",
        )],
        false => Vec::new(),
    };
    let content = Content::SignIn {
        scopes,
        client: made
            .wizard
            .state()
            .client
            .clone()
            .or_else(|| clients.first().map(|client| client.value.clone())),
        clients,
        address,
        messages,
    };
    let (heading, lead) = match (return_to, practice) {
        (Some(step), _) => (
            "Sign in again to go on".to_owned(),
            format!("A sign-in is never kept on this computer. Afterwards you're back at step {}: {}.", step.number(), step.name()),
        ),
        (None, true) => ("Sign in to the practice organisation".to_owned(), "Your browser opens the practice organisation's own page. There is no password.".to_owned()),
        (None, false) => ("Sign in to Microsoft".to_owned(), "Your browser opens Microsoft's page. Mailgrant never sees your password, and it keeps no sign-in.".to_owned()),
    };
    let mut page = page("sign-in", heading, Some(&lead), content);
    page.actions = vec![primary(
        if practice {
            "Open the practice sign-in page"
        } else {
            "Open Microsoft's sign-in page"
        },
        Request::SignIn,
    )];
    page.action_note = Some("Nothing is changed by signing in".into());
    page
}

/// After the sign-in.
pub fn after(made: &Made<'_>) -> Option<Page> {
    let state = made.wizard.state();
    let (admin, organisation, preflight) = (
        state.admin.as_ref()?,
        state.organisation.as_ref()?,
        state.preflight.as_ref()?,
    );
    // What needs somebody stands among the first rows, where it is not missed.
    let mut checks: Vec<&PreflightCheck> = preflight.checks.iter().collect();
    checks.sort_by_key(|check| {
        check.outcome == Readiness::Ready
            && !["create-app", "secret-policy", "read-grants", "limit"].contains(&check.id.as_str())
    });
    let shown = checks
        .iter()
        .filter(|check| check.outcome != Readiness::Ready)
        .count()
        .max(4);
    let rows: Vec<PreflightRow> = checks.into_iter().map(row).collect();
    let (first, more) = rows.split_at(shown.min(rows.len()));
    let content = Content::SignedIn {
        initials: initials(&admin.name),
        person: admin.name.clone(),
        user_name: admin.user_name.clone(),
        organisation: organisation.name.clone(),
        domain: organisation.domain.clone(),
        tenant: organisation.tenant.ends(),
        sentence: sentence(preflight),
        checks: first.to_vec(),
        more: more.to_vec(),
        more_label: format!(
            "{} more {}, all ready",
            more.len(),
            if more.len() == 1 { "check" } else { "checks" }
        ),
        messages: messages(preflight),
    };
    let mut page = page(
        "signed-in",
        "Check that this is the right organisation",
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

fn messages(preflight: &Preflight) -> Vec<Message> {
    let missing = |id: &str| {
        preflight
            .checks
            .iter()
            .any(|check| check.id == id && check.outcome == Readiness::AskSomebody)
    };
    let request = Button {
        icon: Some("copy".into()),
        ..super::button(ButtonKind::Secondary, "Copy a request", Request::CopyRequest)
    };
    let mut messages = Vec::new();
    if missing("create-app") {
        messages.push(Message {
            action: Some(request.clone()),
            ..message(MessageTone::NeedsYou, "Step 4 needs somebody else", "Your sign-in may not create apps. Send a request, or sign in as somebody who may. Nothing has been changed so far.")
        });
    } else if missing("limit") || missing("customised") {
        messages.push(Message {
            action: Some(request.clone()),
            ..message(MessageTone::NeedsYou, "You can do steps 4 to 6 now; step 8 needs somebody else", "Choosing mailboxes and the limit take Exchange Administrator. Send a request now, or sign in there as somebody who holds the role. Nothing has been changed so far.")
        });
    }
    if missing("secret-policy") {
        messages.push(Message {
            action: Some(request),
            ..message(
                MessageTone::NeedsYou,
                "Your organisation's policy blocks app secrets",
                "Step 6 needs an exception for this one app from a Security Administrator.",
            )
        });
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
        "Hello, I am connecting {platform} to {organisation} in Microsoft 365 with Mailgrant. My sign-in can't do all of it:\n{}\nWould you give me the role for today, or do that part with me? The app gets access to the chosen mailboxes only, and Mailgrant proves that the others are refused.",
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

    fn check(id: &str, outcome: Readiness, role: Option<&str>) -> PreflightCheck {
        PreflightCheck {
            id: id.into(),
            need: id.into(),
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
                check("a", Readiness::Ready, None),
                check("b", Readiness::Ready, None)
            ]),
            "All 2 checks are ready"
        );
        assert_eq!(
            of(vec![
                check("a", Readiness::Ready, None),
                check("limit", Readiness::AskSomebody, Some("Exchange Administrator")),
                check("c", Readiness::Unknown, None)
            ]),
            "1 of 3 checks are ready; ask an Exchange Administrator for 1; 1 couldn't be read"
        );
    }

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Dana Maria Reyes"), "DR");
        assert_eq!(initials("Prince"), "P");
    }
}
