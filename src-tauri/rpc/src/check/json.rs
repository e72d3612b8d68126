//! The answer of a check for programs: JSON as docs/check.schema.json describes it. Its names never change; the sentences
//! in it are for people, in the reader's language.

use domain::ids::{ConnectionId, KeyId, MailboxId, TenantId};
use domain::problem::Problem;
use jiff::Timestamp;
use journey::check_again::{Found, Level, Must, Tried};
use journey::steps::export_bundle::finding_word;
use serde::Serialize;
use words::Speaker;

use super::{Exit, Report};

/// The version of the schema. A change that old readers can't take raises the first number.
const SCHEMA_VERSION: &str = "1.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema_version: &'static str,
    kind: &'static str,
    /// `asRecorded`, `differs` or `notChecked`.
    verdict: &'static str,
    exit_code: u8,
    checked_at: Timestamp,
    /// `appKey` or `signIn`.
    how: &'static str,
    language: &'static str,
    record: Option<Recorded<'a>>,
    secret: Option<SecretLife>,
    findings: Vec<Finding<'a>>,
    calls: Vec<LiveCall<'a>>,
    not_looked_at: Vec<NotLookedAt>,
    problem: Option<Told<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recorded<'a> {
    connection_id: Option<ConnectionId>,
    practice: bool,
    tenant_id: TenantId,
    organisation: &'a str,
    platform_id: &'a str,
    platform: &'a str,
    client_id: String,
    made_at: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SecretLife {
    key_id: KeyId,
    ends_at: Timestamp,
    days_left: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    code: &'static str,
    /// `differs`, `unknown` or `notice`.
    level: &'static str,
    sentence: String,
    way_out: String,
    mailbox: Option<Mailbox<'a>>,
    permissions: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mailbox<'a> {
    object_id: MailboxId,
    address: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LiveCall<'a> {
    mailbox: Mailbox<'a>,
    permission: &'static str,
    expected: &'static str,
    finding: &'static str,
    at: Timestamp,
    request_id: Option<&'a str>,
}

#[derive(Serialize)]
struct NotLookedAt {
    part: &'static str,
    sentence: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    code: &'static str,
    title: String,
    happened: String,
    why: String,
    next: String,
    call: Option<&'a str>,
    status: Option<u16>,
    microsoft_code: Option<&'a str>,
    request_id: Option<&'a str>,
}

/// The whole answer, with a line end at its end.
pub(super) fn written(report: &Report<'_>, speaker: &Speaker) -> String {
    let exit = report.exit();
    let checked = report.outcome.as_ref().ok();
    let (found, tried, unseen) = checked.map_or((&[][..], &[][..], &[][..]), |checked| {
        (&checked.found[..], &checked.tried[..], &checked.unseen[..])
    });
    let document = Document {
        schema_version: SCHEMA_VERSION,
        kind: "mailgrantCheck",
        verdict: match exit {
            Exit::AsRecorded => "asRecorded",
            Exit::Differs => "differs",
            Exit::NotChecked => "notChecked",
        },
        exit_code: exit.code(),
        checked_at: checked.map_or(report.now, |checked| checked.at),
        how: if report.asked.sign_in { "signIn" } else { "appKey" },
        language: speaker.language().tag(),
        record: report.record.map(|record| Recorded {
            connection_id: record.connection,
            practice: record.practice,
            tenant_id: record.tenant,
            organisation: &record.organisation,
            platform_id: &record.profile,
            platform: &record.platform,
            client_id: record.client.to_string(),
            made_at: record.made_at,
        }),
        secret: report.record.zip(checked).map(|(record, checked)| SecretLife {
            key_id: record.key,
            ends_at: checked.ends_at,
            days_left: checked.days_left(),
        }),
        findings: found.iter().map(|found| finding(found, speaker)).collect(),
        calls: tried.iter().map(live_call).collect(),
        not_looked_at: unseen
            .iter()
            .map(|(part, message)| NotLookedAt {
                part,
                sentence: speaker.say(message),
            })
            .collect(),
        problem: report
            .outcome
            .as_ref()
            .err()
            .map(|problem| told(problem, speaker)),
    };
    // Only a map with keys that aren't text, or a type that refuses, can fail here; there is neither.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_else(|_| "null".to_owned());
    text.push('\n');
    text
}

fn finding<'a>(found: &'a Found, speaker: &Speaker) -> Finding<'a> {
    Finding {
        code: found.code(),
        level: match found.level() {
            Level::Differs => "differs",
            Level::Unknown => "unknown",
            Level::Notice => "notice",
        },
        sentence: speaker.value(&found.sentence()),
        way_out: speaker.value(&found.way_out()),
        mailbox: found.which().map(|which| Mailbox {
            object_id: which.mailbox,
            address: &which.address,
        }),
        permissions: found.permissions().iter().map(|one| one.name()).collect(),
    }
}

fn live_call(tried: &Tried) -> LiveCall<'_> {
    LiveCall {
        mailbox: Mailbox {
            object_id: tried.mailbox,
            address: &tried.address,
        },
        permission: tried.permission.name(),
        expected: match tried.must {
            Must::Answer => "works",
            Must::Refuse => "refused",
        },
        finding: finding_word(&tried.seen.finding),
        at: tried.seen.at,
        request_id: tried.seen.request_id.as_deref(),
    }
}

fn told<'a>(problem: &'a Problem, speaker: &Speaker) -> Told<'a> {
    let written = speaker.problem(problem);
    let evidence = &problem.evidence;
    Told {
        code: problem.code.as_str(),
        title: written.title,
        happened: written.happened,
        why: written.why,
        next: written.next,
        call: evidence.call.as_deref(),
        status: evidence.status,
        microsoft_code: evidence.code.as_deref(),
        request_id: evidence.request_id.as_deref(),
    }
}
