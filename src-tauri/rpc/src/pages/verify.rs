//! The proof: a table of mailboxes and what was seen, in words.

use domain::finding::{Finding as Seen, Observation, Stamp, Why};
use domain::message;
use domain::message::{Arg, Kind, Message, Part};
use domain::permission::Permission;
use domain::step::StepId;
use engine::basis::Reason;
use engine::progress::{Status, policies_go_at, proof_is_fresh, status};
use engine::proof::{Expected, Proof, ProofRow as Row, Verdict};
use journey::live_calls;
use journey::reasons::why as why_words;

use super::{Made, button, fact, finding, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Fact, Finding, Message as Notice, MessageTone, Page, ProofCell,
    ProofGroup, ProofRow, Tone,
};

/// Further refused rows that all agree fold into one row from this many on.
const FOLD: usize = 6;

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let Some(proof) = &made.wizard.state().proof else {
        // A look that failed or was stopped leaves no proof, and that has to be said.
        let nothing = message(
            MessageTone::NeedsYou,
            made.say(message!("verify-nothing-proven")),
            made.say(message!("verify-nothing-proven-text")),
        );
        let content = Content::Proof {
            top: vec![nothing],
            columns: Vec::new(),
            groups: Vec::new(),
            bottom: Vec::new(),
        };
        let mut page = page("verify", made.say(message!("verify-heading")), None, content);
        page.actions = vec![primary(made.say(message!("verify-run")), Request::Check)];
        return page;
    };
    let permissions = made.wizard.permissions();
    let mut columns = vec![made.say(message!("verify-set-up"))];
    columns.extend(permissions.iter().map(|permission| made.say(permission.said())));
    let group = |works: bool| {
        let of: Vec<&Row> = proof
            .rows
            .iter()
            .filter(|row| (row.expected == Expected::Works) == works)
            .collect();
        // How many did what they must stands first; with many rows it is all that most readers need.
        let gone = of.iter().filter(|row| gone(row)).count();
        let done = of
            .iter()
            .filter(|row| as_it_must(row) && !self::gone(row))
            .count();
        ProofGroup {
            title: made.say(if works {
                message!("verify-must-work", done = done, all = of.len())
            } else {
                message!("verify-must-be-refused", done = done, all = of.len(), gone = gone)
            }),
            rows: fold(of, made, proof),
        }
    };
    let content = Content::Proof {
        top: top(made, proof),
        columns,
        groups: vec![group(true), group(false)],
        bottom: bottom(made, proof),
    };
    let mut page = page("verify", made.say(heading(made, proof)), None, content);
    page.announcement = Some(made.say(announcement(made, proof)));
    let again = |kind| button(kind, made.say(message!("verify-run-again")), Request::Check);
    let save = |kind| button(kind, made.say(message!("verify-save")), Request::SaveAndClose);
    page.actions = match proof.verdict {
        Verdict::Proven if !proof_is_fresh(made.wizard.state(), made.now) => {
            vec![again(ButtonKind::Primary), save(ButtonKind::Secondary)]
        }
        Verdict::Proven => vec![
            primary(
                made.say(match made.wizard.state().exported {
                    Some(_) => message!("verify-to-exported"),
                    None => message!("verify-continue"),
                }),
                Request::Continue,
            ),
            again(ButtonKind::Secondary),
        ],
        Verdict::Waiting { .. } => vec![
            save(ButtonKind::Primary),
            secondary(made.say(message!("verify-look-now")), Request::Check),
        ],
        Verdict::TooBroad | Verdict::Different | Verdict::Overdue | Verdict::Unknown => {
            vec![again(ButtonKind::Primary), save(ButtonKind::Secondary)]
        }
    };
    if status(made.wizard.state(), StepId::Export, made.now) == Status::Done
        && proof.verdict != Verdict::Proven
    {
        page.action_note = Some(made.say(message!("verify-file-stays")));
    }
    page
}

fn heading(made: &Made<'_>, proof: &Proof) -> Message {
    match proof.verdict {
        // It is said of now only after a look of this run, and of that not for longer than a day.
        Verdict::Proven if made.wizard.proved_here() && proof_is_fresh(made.wizard.state(), made.now) => {
            message!("verify-works")
        }
        Verdict::Proven => message!("verify-worked", day = Arg::date(proof.at)),
        _ => message!("verify-heading"),
    }
}

fn announcement(made: &Made<'_>, proof: &Proof) -> Message {
    match proof.verdict {
        Verdict::Proven if !proof_is_fresh(made.wizard.state(), made.now) => message!("verify-said-old"),
        Verdict::Proven => message!("verify-said-proven", when = Arg::when(proof.at)),
        Verdict::Waiting { look_at } => message!("verify-said-waiting", when = Arg::soon_when(look_at)),
        Verdict::TooBroad => message!("verify-said-too-broad"),
        Verdict::Different => message!("verify-said-different"),
        Verdict::Overdue => message!("verify-said-overdue"),
        Verdict::Unknown => message!("verify-said-unknown"),
    }
}

fn top(made: &Made<'_>, proof: &Proof) -> Vec<Notice> {
    let mut messages: Vec<Notice> = proof.reasons.iter().map(|told| reason(made, told)).collect();
    for row in proof.rows.iter().filter(|row| too_broad(row)) {
        let text = match proof.limit_holds(row) {
            Some(true) => message!("verify-limit-contains"),
            Some(false) => message!("verify-reached-otherwise"),
            None => message!("verify-reached-unclear"),
        };
        messages.push(message(
            MessageTone::Problem,
            made.say(message!("verify-too-broad-row", mailbox = &row.address)),
            made.say(text),
        ));
    }
    if proof.verdict == Verdict::Overdue {
        messages.push(message(
            MessageTone::NeedsYou,
            made.say(message!("verify-overdue")),
            made.say(message!("verify-overdue-text")),
        ));
    }
    let off = switched_off(proof);
    messages.extend(off.iter().map(|(row, protocol)| {
        let told = message!(
            "verify-switched-off",
            protocol = Arg::term(*protocol),
            mailbox = &row.address
        );
        let switch = button(
            ButtonKind::Secondary,
            made.say(message!("protocols-switch-on", protocol = Arg::term(*protocol))),
            Request::SwitchProtocol {
                protocol: (*protocol).to_owned(),
                on: true,
            },
        );
        Notice {
            action: Some(switch),
            ..message(
                MessageTone::NeedsYou,
                made.say(told.clone()),
                made.value(Arg::part(Part::Text, told)),
            )
        }
    }));
    let first = proof.rows.iter().find_map(|row| Some((row, why_unknown(row)?)));
    let unknown =
        match (&proof.verdict, first) {
            // What waiting doesn't mend isn't hidden behind it.
            (Verdict::Unknown | Verdict::Waiting { .. } | Verdict::Overdue, Some((row, why))) => Some(
                message!("verify-why-unknown", mailbox = &row.address, why = why_words(why)),
            ),
            (Verdict::Unknown, None) => Some(message!("verify-unknown-text")),
            _ => None,
        };
    messages.extend(unknown.filter(|_| off.is_empty()).map(|text| {
        message(
            MessageTone::NeedsYou,
            made.say(message!("verify-unknown-top")),
            made.say(text),
        )
    }));
    messages
}

/// The mailboxes that must work and for which a protocol is switched off, with its name.
fn switched_off(proof: &Proof) -> Vec<(&Row, &'static str)> {
    let off = Seen::Unknown {
        why: Why::SwitchedOff,
    };
    let rows = proof.rows.iter().filter(|row| row.expected == Expected::Works);
    let cells = rows.flat_map(|row| row.observed.iter().map(move |cell| (row, cell)));
    let off = cells.filter(|(_, (_, seen))| seen.finding == off);
    off.filter_map(|(row, (permission, _))| Some((row, permission.protocol()?.name())))
        .collect()
}

/// A way in which the app isn't as it was asked for, with the way out where it is one press away.
fn reason(made: &Made<'_>, reason: &Reason) -> Notice {
    let told = journey::reasons::message(reason);
    let action = match reason {
        Reason::Grant { grant } => Some(Button {
            icon: Some(ActIcon::Delete),
            ..button(
                ButtonKind::Secondary,
                made.say(message!("verify-remove-grant")),
                Request::RemoveGrant { id: grant.id.clone() },
            )
        }),
        Reason::ScopeGrew { .. }
        | Reason::ScopeShrank { .. }
        | Reason::ScopeFilter { .. }
        | Reason::ScopeGone
        | Reason::AssignmentMissing { .. }
        | Reason::FullAccessMissing { .. } => Some(button(
            ButtonKind::Secondary,
            made.say(message!("verify-set-limit-again")),
            Request::SetLimitAgain,
        )),
        Reason::GroupChanged { .. } => Some(button(
            ButtonKind::Secondary,
            made.say(message!("verify-read-group-again")),
            Request::ReadGroupAgain,
        )),
        Reason::GrantMissing { .. } => Some(button(
            ButtonKind::Secondary,
            made.say(message!("verify-go-to-permissions")),
            Request::GoTo {
                step: "permissions".into(),
            },
        )),
        Reason::Owner { .. } => Some(button(
            ButtonKind::Secondary,
            made.say(message!("verify-know-owners")),
            Request::KnowOwners,
        )),
        Reason::CredentialGone => Some(button(
            ButtonKind::Secondary,
            made.say(message!("verify-go-to-secret")),
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
    Notice {
        action,
        ..message(
            tone,
            made.value(Arg::part(Part::Title, told.clone())),
            made.value(Arg::part(Part::Text, told)),
        )
    }
}

fn why_unknown(row: &Row) -> Option<&Why> {
    let observed = row.observed.iter().map(|(_, seen)| seen);
    std::iter::once(&row.configured)
        .chain(observed)
        .find_map(|seen| match &seen.finding {
            Seen::Unknown { why } => Some(why),
            _ => None,
        })
}

/// The access policies that were taken over with the app and limit nothing any more.
fn policies(made: &Made<'_>) -> Vec<Notice> {
    let Some(from) = policies_go_at(made.wizard.state()) else {
        return Vec::new();
    };
    let may_go = from <= made.now;
    let mut notices = Vec::new();
    for (identity, policy) in made.wizard.notes().old_policies() {
        let title = message!(
            "adopting-policy-left",
            group = Arg::name(Kind::Group, &policy.group)
        );
        let text = match may_go {
            true => message!("adopting-policy-left-text"),
            false => message!("adopting-policy-left-wait", at = Arg::soon_when(from)),
        };
        let request = Request::RemovePolicy {
            identity: identity.clone(),
        };
        let remove = || {
            button(
                ButtonKind::Secondary,
                made.say(message!("adopting-policy-remove")),
                request,
            )
        };
        notices.push(Notice {
            action: may_go.then(remove),
            ..message(MessageTone::NeedsYou, made.say(title), made.say(text))
        });
    }
    notices
}

fn bottom(made: &Made<'_>, proof: &Proof) -> Vec<Notice> {
    if proof.verdict == Verdict::Proven && proof_is_fresh(made.wizard.state(), made.now) {
        let said = proof.said.as_ref().and_then(journey::drawn::said);
        let title = || made.say(message!("verify-drawn"));
        let said = said.map(|said| message(MessageTone::Good, title(), made.say(said)));
        return said.into_iter().chain(policies(made)).collect();
    }
    let Verdict::Waiting { look_at } = proof.verdict else {
        return Vec::new();
    };
    let look_at = Arg::soon_when(look_at);
    let all_agree = proof.rows.iter().all(as_it_must);
    if let Some(reached_more) = made.wizard.state().reached_more.filter(|_| all_agree) {
        return vec![message(
            MessageTone::Waiting,
            made.say(message!("verify-reached-more")),
            made.say(message!(
                "verify-reached-more-text",
                seen = Arg::when(reached_more),
                look_at = look_at
            )),
        )];
    }
    let mut waits = proof.rows.iter().filter(|row| {
        row.expected == Expected::Works
            && row
                .observed
                .iter()
                .any(|(_, seen)| matches!(seen.finding, Seen::Waiting { .. }))
    });
    let title = match (waits.next(), waits.next()) {
        (Some(only), None) => message!("verify-waiting-for-one", mailbox = &only.address),
        _ => message!("verify-waiting-for-limit"),
    };
    let usually = Arg::from(made.wizard.http().cloud().waits.usual());
    let text = match made.wizard.notes().limit_set_at {
        Some(at) => message!(
            "verify-waiting-since",
            set_at = Arg::soon_when(at),
            usually = usually,
            look_at = look_at
        ),
        None => message!("verify-waiting-text", usually = usually, look_at = look_at),
    };
    vec![message(MessageTone::Waiting, made.say(title), made.say(text))]
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

/// Whether a row stands for a mailbox that was taken off the list and doesn't exist any more: it has nothing to refuse,
/// and where no live call was refused, none is said to have been.
pub(super) fn gone(row: &Row) -> bool {
    let live = |seen: &Seen| row.observed.iter().any(|(_, observed)| observed.finding == *seen);
    row.expected == Expected::RefusedRemoved
        && row.configured.finding == Seen::NotApplicable
        && live(&Seen::NotApplicable)
}

fn too_broad(row: &Row) -> bool {
    row.configured.finding == Seen::TooBroad
        || row
            .observed
            .iter()
            .any(|(_, seen)| seen.finding == Seen::TooBroad)
}

fn fold(rows: Vec<&Row>, made: &Made<'_>, proof: &Proof) -> Vec<ProofRow> {
    let agreeing = |row: &Row, expected: Expected| {
        row.expected == expected
            && row.configured.finding == Seen::Refused
            && row.observed.iter().all(|(_, seen)| seen.finding == Seen::Refused)
    };
    let (mut rows, mut folded) = (rows, Vec::new());
    for (expected, origin) in [
        (Expected::Refused, message!("verify-all-agree")),
        (Expected::RefusedRandom, message!("verify-drawn-all-agree")),
    ] {
        let (quiet, others): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| agreeing(row, expected));
        let Some(first) = quiet.first().filter(|_| quiet.len() >= FOLD) else {
            continue;
        };
        folded.push(ProofRow {
            mailbox: made.say(message!("parts-mailboxes", count = quiet.len())),
            origin: Some(made.say(origin)),
            ..proof_row(first, made, proof)
        });
        rows = others;
    }
    let mut shown: Vec<ProofRow> = rows.into_iter().map(|row| proof_row(row, made, proof)).collect();
    shown.extend(folded);
    shown
}

fn proof_row(row: &Row, made: &Made<'_>, proof: &Proof) -> ProofRow {
    let configured_at = || Arg::near(row.configured.at);
    let mut cells = vec![ProofCell {
        finding: configured(row, made),
        stamp: made.say(match row.configured.finding {
            Seen::TooBroad if proof.limit_holds(row) == Some(true) => message!("verify-through-limit"),
            Seen::Works | Seen::Refused | Seen::TooBroad => message!("verify-read", at = configured_at()),
            _ => message!("verify-asked", at = configured_at()),
        }),
        evidence: evidence(
            &row.configured,
            Arg::term(match made.wizard.method().is_by_mail_program() {
                true => "Get-MailboxPermission",
                false => "Test-ServicePrincipalAuthorization",
            }),
            made,
        ),
    }];
    for (permission, seen) in &row.observed {
        let call = match permission {
            Permission::MailSend => message!(
                "verify-call-without-recipient",
                call = Arg::term("POST /users/{mailbox}/sendMail")
            )
            .into(),
            _ => Arg::term(live_calls::named(*permission)),
        };
        cells.push(ProofCell {
            finding: observed(&seen.finding, made),
            stamp: stamp(seen, made),
            evidence: evidence(seen, call, made),
        });
    }
    let origin = match row.expected {
        Expected::Works => None,
        Expected::Refused => Some(message!("verify-named-by-you")),
        Expected::RefusedRandom => Some(message!("verify-picked-at-random")),
        // Chosen once, or brought into the limit by somebody else.
        Expected::RefusedRemoved if made.wizard.state().address_of(row.mailbox).is_some() => {
            Some(message!("verify-taken-off"))
        }
        Expected::RefusedRemoved => Some(message!("verify-was-in-limit")),
    };
    ProofRow {
        mailbox: made.value(Arg::from(&row.address)),
        origin: origin.map(|origin| made.say(origin)),
        too_broad: too_broad(row),
        cells,
    }
}

fn configured(row: &Row, made: &Made<'_>) -> Finding {
    let (tone, word) = match row.configured.finding {
        Seen::Works => (Tone::Works, message!("verify-in-scope")),
        Seen::Refused => (Tone::Refused, message!("verify-out-of-scope")),
        Seen::TooBroad => (Tone::TooBroad, message!("verify-in-scope")),
        Seen::NotApplicable => (Tone::NotNeeded, message!("verify-gone")),
        _ => (Tone::Unknown, message!("verify-unknown")),
    };
    finding(tone, &made.say(word))
}

fn observed(seen: &Seen, made: &Made<'_>) -> Finding {
    let (tone, word) = match seen {
        Seen::Works => (Tone::Works, message!("verify-row-works")),
        Seen::Refused => (Tone::Refused, message!("verify-row-refused")),
        Seen::TooBroad => (Tone::TooBroad, message!("verify-row-too-broad")),
        Seen::Waiting { .. } => (Tone::Waiting, message!("verify-row-waiting")),
        Seen::Unknown { .. } => (Tone::Unknown, message!("verify-unknown")),
        Seen::NotApplicable => (Tone::NotNeeded, message!("verify-not-needed")),
    };
    finding(tone, &made.say(word))
}

fn stamp(seen: &Observation, made: &Made<'_>) -> String {
    let at = Arg::near(seen.at);
    made.say(match &seen.finding {
        Seen::Works | Seen::Refused => message!("verify-proven-at", at = at),
        Seen::TooBroad => message!("verify-answered-at", at = at),
        Seen::Waiting { look_at } => message!("verify-next-look", at = Arg::soon(*look_at)),
        Seen::Unknown { .. } => message!("verify-tried-at", at = at),
        Seen::NotApplicable => return String::new(),
    })
}

fn evidence(seen: &Observation, call: Arg, made: &Made<'_>) -> Vec<Fact> {
    let waiting_untried = matches!(seen.finding, Seen::Waiting { .. }) && seen.status.is_none();
    let said = |term: Message, value: Arg| fact(&made.say(term), made.value(value));
    let mut facts = vec![said(message!("verify-fact-asked"), call)];
    if waiting_untried {
        facts.push(said(
            message!("verify-fact-answer"),
            message!("verify-not-asked-yet").into(),
        ));
        return facts;
    }
    let kind = match seen.stamp {
        Stamp::Configured => message!("verify-configured"),
        Stamp::Observed => message!("verify-observed"),
    };
    facts.push(said(message!("verify-fact-kind"), kind.into()));
    if let Seen::Unknown { why } = &seen.finding {
        facts.push(said(message!("verify-fact-why"), why_words(why)));
    }
    let answer = match (&seen.status, &seen.code) {
        (Some(status), Some(code)) => Some(format!("{status} {code}")),
        (Some(status), None) => Some(status.to_string()),
        _ => None,
    };
    facts.extend(answer.map(|answer| said(message!("verify-fact-answer"), Arg::theirs(answer))));
    facts.push(said(
        message!("verify-fact-at"),
        message!(
            "parts-time-on-day",
            time = Arg::seconds(seen.at),
            day = Arg::date(seen.at)
        )
        .into(),
    ));
    let request_id = seen.request_id.as_ref();
    facts.extend(request_id.map(|id| said(message!("verify-fact-request-id"), Arg::id(id))));
    facts
}

#[cfg(test)]
mod tests {
    use domain::address::Address;
    use domain::ids::MailboxId;

    use super::*;

    fn row(expected: Expected, configured: Seen, observed: Seen) -> Row {
        let seen = |finding, stamp| Observation {
            finding,
            stamp,
            at: jiff::Timestamp::UNIX_EPOCH,
            status: None,
            code: None,
            request_id: None,
        };
        Row {
            mailbox: MailboxId(uuid::Uuid::nil()),
            address: Address::parse("a@contoso.example").unwrap(),
            expected,
            configured: seen(configured, Stamp::Configured),
            observed: vec![(Permission::MailReadWrite, seen(observed, Stamp::Observed))],
        }
    }

    /// A mailbox that was taken off the list and deleted since stops no proof, and isn't counted as one that refused.
    #[test]
    fn what_is_gone_is_not_counted_as_refused() {
        let removed = Expected::RefusedRemoved;
        let of = |expected, configured, observed| {
            let row = row(expected, configured, observed);
            (as_it_must(&row), gone(&row))
        };
        assert_eq!(
            of(removed, Seen::NotApplicable, Seen::NotApplicable),
            (true, true)
        );
        assert_eq!(of(removed, Seen::NotApplicable, Seen::Refused), (true, false));
        assert_eq!(of(removed, Seen::Refused, Seen::Refused), (true, false));
        assert_eq!(of(Expected::Refused, Seen::Refused, Seen::Refused), (true, false));
    }
}
