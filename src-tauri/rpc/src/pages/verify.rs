//! The proof: a table of mailboxes and what was seen, in words.

use domain::finding::{Finding as Seen, Observation, Stamp};
use domain::step::StepId;
use engine::basis::Reason;
use engine::progress::{Status, proof_is_fresh, status};
use engine::proof::{Expected, Proof, ProofRow as Row, Verdict};

use super::{Made, button, fact, finding, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{
    Button, ButtonKind, Content, Fact, Finding, Message, MessageTone, Page, ProofCell, ProofGroup, ProofRow,
    Tone,
};

/// Further refused rows that all agree fold into one row from this many on.
const FOLD: usize = 6;

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let Some(proof) = &made.wizard.state().proof else {
        // A look that failed or was stopped leaves no proof, and that has to be said.
        let nothing = message(
            MessageTone::NeedsYou,
            "Nothing is proven now",
            "The checks weren't run to their end since something changed, so nothing is said about who can be reached.",
        );
        let content = Content::Proof {
            top: vec![nothing],
            columns: Vec::new(),
            groups: Vec::new(),
            bottom: Vec::new(),
        };
        let mut page = page("verify", "Does it work, and only where it should?", None, content);
        page.actions = vec![primary("Run the checks", Request::Check)];
        return page;
    };
    let permissions = made.wizard.permissions();
    let mut columns = vec!["Set up in Exchange".to_owned()];
    columns.extend(permissions.iter().map(|permission| permission.words().to_owned()));
    // How many did what they must stands first; with many rows it is all that most readers need.
    let counted = |title: &str, works: bool| {
        let of: Vec<&Row> = proof
            .rows
            .iter()
            .filter(|row| (row.expected == Expected::Works) == works)
            .collect();
        let done = of.iter().filter(|row| as_it_must(row)).count();
        format!("{title}: {done} of {}", of.len())
    };
    let group = |title: &str, works: bool| ProofGroup {
        title: counted(title, works),
        rows: fold(
            proof
                .rows
                .iter()
                .filter(|row| (row.expected == Expected::Works) == works)
                .collect(),
            made,
        ),
    };
    let content = Content::Proof {
        top: top(proof),
        columns,
        groups: vec![group("Must work", true), group("Must be refused", false)],
        bottom: bottom(made, proof),
    };
    let mut page = page("verify", heading(made, proof), None, content);
    page.announcement = Some(announcement(made, proof));
    page.actions = match proof.verdict {
        Verdict::Proven if !proof_is_fresh(made.wizard.state(), made.now) => vec![
            primary("Run the checks again", Request::Check),
            secondary("Save and close", Request::SaveAndClose),
        ],
        Verdict::Proven => vec![
            primary("Continue to export", Request::Continue),
            secondary("Run the checks again", Request::Check),
        ],
        Verdict::Waiting { .. } => vec![
            primary("Save and close", Request::SaveAndClose),
            secondary("Look now anyway", Request::Check),
        ],
        Verdict::TooBroad | Verdict::Different | Verdict::Overdue | Verdict::Unknown => vec![
            primary("Run the checks again", Request::Check),
            secondary("Save and close", Request::SaveAndClose),
        ],
    };
    if status(made.wizard.state(), StepId::Export, made.now) == Status::Done
        && proof.verdict != Verdict::Proven
    {
        page.action_note = Some("The file you exported stays as it is".into());
    }
    page
}

fn heading(made: &Made<'_>, proof: &Proof) -> &'static str {
    match proof.verdict {
        // What was proven more than a day ago isn't said again without a look.
        Verdict::Proven if !proof_is_fresh(made.wizard.state(), made.now) => {
            "It worked when it was last looked at"
        }
        Verdict::Proven => "It works, and only where it should",
        _ => "Does it work, and only where it should?",
    }
}

fn announcement(made: &Made<'_>, proof: &Proof) -> String {
    match proof.verdict {
        Verdict::Proven if !proof_is_fresh(made.wizard.state(), made.now) => {
            "This proof is more than a day old. Run the checks again.".into()
        }
        Verdict::Proven => format!(
            "Proven {}: every mailbox did what it must.",
            made.times.when(proof.at, made.now)
        ),
        Verdict::Waiting { look_at } => format!(
            "Waiting for Microsoft. Next look {}.",
            made.times.soon_when(look_at, made.now)
        ),
        Verdict::TooBroad => "Too broad: the app reaches more than it should.".into(),
        Verdict::Different => "Something isn't as it was asked for.".into(),
        Verdict::Overdue => "Microsoft takes longer than usual.".into(),
        Verdict::Unknown => "Some checks proved nothing.".into(),
    }
}

fn top(proof: &Proof) -> Vec<Message> {
    let mut messages: Vec<Message> = proof.reasons.iter().map(reason).collect();
    for row in proof.rows.iter().filter(|row| too_broad(row)) {
        let text = match row.configured.finding {
            Seen::TooBroad => {
                "Exchange's limit contains it. Take it out of the limit at step 7, or remove the other role assignment of this app in Exchange; then run the checks again."
            }
            _ => {
                "Exchange's limit doesn't contain it, so something else reaches it: a grant in Entra, or an assignment that Microsoft still holds on to. Look at the app's permissions in Entra, then run the checks again."
            }
        };
        messages.push(message(
            MessageTone::Problem,
            format!("Too broad: the app can reach {}", row.address),
            text,
        ));
    }
    match proof.verdict {
        Verdict::Overdue => messages.push(message(
            MessageTone::NeedsYou,
            "Microsoft takes longer than usual",
            "The limit was set more than 2 hours ago, Microsoft's own test agrees, and the app is still refused. Leave it alone for an hour, then run the checks again; if it stays, send the details of a cell to Microsoft's support.",
        )),
        Verdict::Unknown => {
            let why: Vec<String> = proof.rows.iter().flat_map(|row| reasons(row).into_iter().map(move |why| format!("{}: {why}", row.address))).collect();
            messages.push(message(MessageTone::NeedsYou, "Some checks proved nothing", format!("{}. No answer isn't a refusal, so it isn't counted as one.", why.first().cloned().unwrap_or_else(|| "A check gave no usable answer".into()))));
        }
        _ => {}
    }
    messages
}

/// A way in which the app isn't as it was asked for, with the way out where it is one press away.
fn reason(reason: &Reason) -> Message {
    let told = journey::reasons::words(reason);
    let action = match reason {
        Reason::Grant { grant } => Some(Button {
            icon: Some("delete".into()),
            ..button(
                ButtonKind::Secondary,
                "Remove this grant",
                Request::RemoveGrant { id: grant.id.clone() },
            )
        }),
        Reason::ScopeGrew { .. }
        | Reason::ScopeShrank { .. }
        | Reason::ScopeFilter { .. }
        | Reason::ScopeGone
        | Reason::AssignmentMissing { .. } => Some(button(
            ButtonKind::Secondary,
            "Set the limit again",
            Request::SetLimitAgain,
        )),
        Reason::Owner { .. } => Some(button(
            ButtonKind::Secondary,
            "I know about the owners",
            Request::KnowOwners,
        )),
        Reason::CredentialGone => Some(button(
            ButtonKind::Secondary,
            "Go to the secret",
            Request::GoTo {
                step: "secret".into(),
            },
        )),
        _ => None,
    };
    let tone = if reason.too_broad() {
        MessageTone::Problem
    } else {
        MessageTone::NeedsYou
    };
    Message {
        action,
        ..message(tone, told.title, told.text)
    }
}

fn reasons(row: &Row) -> Vec<String> {
    std::iter::once(&row.configured)
        .chain(row.observed.iter().map(|(_, seen)| seen))
        .filter_map(|seen| {
            if let Seen::Unknown { why } = &seen.finding {
                Some(why.clone())
            } else {
                None
            }
        })
        .collect()
}

fn bottom(made: &Made<'_>, proof: &Proof) -> Vec<Message> {
    let Verdict::Waiting { look_at } = proof.verdict else {
        return Vec::new();
    };
    let waits = made.wizard.http().cloud().waits;
    let set_at = made
        .wizard
        .state()
        .limit
        .set_at
        .map(|at| made.times.soon_when(at, made.now))
        .unwrap_or_default();
    let who: Vec<String> = proof
        .rows
        .iter()
        .filter(|row| {
            row.expected == Expected::Works
                && row
                    .observed
                    .iter()
                    .any(|(_, seen)| matches!(seen.finding, Seen::Waiting { .. }))
        })
        .map(|row| row.address.to_string())
        .collect();
    let all_agree = proof.rows.iter().all(as_it_must);
    if let Some(reached_more) = made.wizard.state().reached_more.filter(|_| all_agree) {
        return vec![message(
            MessageTone::Waiting,
            "Waiting until Microsoft lets go of what the app could reach before",
            format!(
                "Seen {}: Exchange gave the app more than was asked for, and no check can try all of it. Microsoft can go on with it for 2 hours. We look once {}. You can close this window.",
                made.times.when(reached_more, made.now),
                made.times.soon_when(look_at, made.now)
            ),
        )];
    }
    let whom = match who.as_slice() {
        [one] => format!(" to {one}"),
        _ => String::new(),
    };
    vec![message(
        MessageTone::Waiting,
        format!("Waiting for Microsoft to apply the limit{whom}"),
        format!(
            "Set {set_at}; usually {}. We look once {}, because asking sooner makes it slower. You can close this window.",
            waits.limit_words,
            made.times.soon_when(look_at, made.now)
        ),
    )]
}

/// Whether live calls saw a mailbox do what it must, for every permission.
fn as_it_must(row: &Row) -> bool {
    let wanted = if row.expected == Expected::Works {
        Seen::Works
    } else {
        Seen::Refused
    };
    let gone = row.configured.finding == Seen::NotApplicable;
    let as_wanted = |seen: &Seen| *seen == wanted || gone && *seen == Seen::NotApplicable;
    !row.observed.is_empty() && row.observed.iter().all(|(_, seen)| as_wanted(&seen.finding))
}

fn too_broad(row: &Row) -> bool {
    row.configured.finding == Seen::TooBroad
        || row
            .observed
            .iter()
            .any(|(_, seen)| seen.finding == Seen::TooBroad)
}

fn fold(rows: Vec<&Row>, made: &Made<'_>) -> Vec<ProofRow> {
    let agreeing = |row: &&Row| {
        row.expected == Expected::Refused
            && row.configured.finding == Seen::Refused
            && row.observed.iter().all(|(_, seen)| seen.finding == Seen::Refused)
    };
    let quiet: Vec<&Row> = rows.iter().copied().filter(agreeing).collect();
    if quiet.len() < FOLD {
        return rows.into_iter().map(|row| proof_row(row, made)).collect();
    }
    let mut shown: Vec<ProofRow> = rows
        .iter()
        .filter(|row| !agreeing(row))
        .map(|row| proof_row(row, made))
        .collect();
    if let Some(first) = quiet.first() {
        shown.push(ProofRow {
            mailbox: format!("{} mailboxes", quiet.len()),
            origin: Some("Named by you; all agree".into()),
            ..proof_row(first, made)
        });
    }
    shown
}

fn proof_row(row: &Row, made: &Made<'_>) -> ProofRow {
    let mut cells = vec![ProofCell {
        finding: configured(row),
        stamp: match row.configured.finding {
            Seen::Works | Seen::Refused => format!("Read {}", made.times.near(row.configured.at, made.now)),
            Seen::TooBroad => "Through the limit".into(),
            _ => format!("Asked {}", made.times.near(row.configured.at, made.now)),
        },
        evidence: evidence(&row.configured, "Test-ServicePrincipalAuthorization", made),
    }];
    for (permission, seen) in &row.observed {
        let call = match permission {
            domain::permission::Permission::MailSend => "POST /users/{mailbox}/sendMail without a recipient",
            _ => "GET /users/{mailbox}/mailFolders/inbox",
        };
        cells.push(ProofCell {
            finding: observed(&seen.finding),
            stamp: stamp(seen, made),
            evidence: evidence(seen, call, made),
        });
    }
    ProofRow {
        mailbox: row.address.to_string(),
        origin: match row.expected {
            Expected::Works => None,
            Expected::Refused => Some("Named by you".into()),
            Expected::RefusedRandom => Some("Picked at random".into()),
            // Chosen once, or brought into the limit by somebody else.
            Expected::RefusedRemoved if made.wizard.state().address_of(row.mailbox).is_some() => {
                Some("Taken off the list".into())
            }
            Expected::RefusedRemoved => Some("Was in the limit, unasked".into()),
        },
        too_broad: too_broad(row),
        cells,
    }
}

fn configured(row: &Row) -> Finding {
    match row.configured.finding {
        Seen::Works => finding(Tone::Works, "In scope"),
        Seen::Refused => finding(Tone::Refused, "Out of scope"),
        Seen::TooBroad => finding(Tone::TooBroad, "In scope"),
        _ => finding(Tone::Unknown, "Unknown"),
    }
}

fn observed(seen: &Seen) -> Finding {
    match seen {
        Seen::Works => finding(Tone::Works, "Works"),
        Seen::Refused => finding(Tone::Refused, "Refused"),
        Seen::TooBroad => finding(Tone::TooBroad, "Too broad"),
        Seen::Waiting { .. } => finding(Tone::Waiting, "Waiting"),
        Seen::Unknown { .. } => finding(Tone::Unknown, "Unknown"),
        Seen::NotApplicable => finding(Tone::NotNeeded, "Not needed"),
    }
}

fn stamp(seen: &Observation, made: &Made<'_>) -> String {
    match &seen.finding {
        Seen::Works | Seen::Refused => format!("Proven {}", made.times.near(seen.at, made.now)),
        Seen::TooBroad => format!("It answered {}", made.times.near(seen.at, made.now)),
        Seen::Waiting { look_at } => format!("Next look {}", made.times.soon(*look_at, made.now)),
        Seen::Unknown { .. } => format!("Tried {}", made.times.near(seen.at, made.now)),
        Seen::NotApplicable => String::new(),
    }
}

fn evidence(seen: &Observation, call: &str, made: &Made<'_>) -> Vec<Fact> {
    let waiting_untried = matches!(seen.finding, Seen::Waiting { .. }) && seen.status.is_none();
    let mut facts = vec![fact("Asked", call)];
    if waiting_untried {
        facts.push(fact(
            "Answer",
            "Not asked yet, because asking early keeps the old answer alive",
        ));
        return facts;
    }
    facts.push(fact(
        "Kind",
        match seen.stamp {
            Stamp::Configured => "Configured: what Microsoft's test says",
            Stamp::Observed => "Observed: a live call with the app's own token",
        },
    ));
    if let Seen::Unknown { why } = &seen.finding {
        facts.push(fact("Why unknown", why));
    }
    let answer = match (&seen.status, &seen.code) {
        (Some(status), Some(code)) => Some(format!("{status} {code}")),
        (Some(status), None) => Some(status.to_string()),
        _ => None,
    };
    facts.extend(answer.map(|answer| fact("Answer", answer)));
    facts.push(fact(
        "At",
        format!("{} on {}", made.times.seconds(seen.at), made.times.date(seen.at)),
    ));
    facts.extend(seen.request_id.as_ref().map(|id| fact("Request id", id)));
    facts
}
