//! The answer of a check as a page that can be kept beside the record.

use bundle::check_page::{CheckPage, Told, Tone, html};
use bundle::connection::ProofRow;
use bundle::read::RecordRead;
use domain::message;
use domain::message::{Arg, Part};
use jiff::tz::TimeZone;
use journey::check_again::{Checked, Level, Must, Tried, Verdict};
use journey::steps::export_bundle::finding_word;
use words::Speaker;

use super::{Report, text};

/// The page.
pub(super) fn written(report: &Report<'_>, record: &RecordRead, speaker: &Speaker) -> String {
    let checked = report.outcome.as_ref().ok();
    let (verdict, tone) = match &report.outcome {
        Err(_) => (message!("check-problem"), Tone::Unknown),
        Ok(checked) => (
            text::verdict(checked),
            match checked.verdict() {
                Verdict::AsRecorded => Tone::Good,
                Verdict::Differs => Tone::Bad,
                Verdict::NotChecked => Tone::Unknown,
            },
        ),
    };
    let page = CheckPage {
        practice: record.practice,
        platform: record.platform.clone(),
        organisation: record.organisation.clone(),
        how: text::how(report, record),
        verdict,
        tone,
        told: told(report),
        facts: checked.map(text::facts).unwrap_or_default(),
        calls: checked
            .map(|checked| checked.tried.iter().map(call).collect())
            .unwrap_or_default(),
        unseen: checked.map(unseen).unwrap_or_default(),
        generator: concat!("Mailgrant ", env!("CARGO_PKG_VERSION")).into(),
        at: report.now,
    };
    html(&page, &speaker.in_zone(TimeZone::UTC).voice())
}

fn told(report: &Report<'_>) -> Vec<Told> {
    match &report.outcome {
        Ok(checked) => {
            let each = checked.found.iter().map(|found| Told {
                code: found.code(),
                tone: match found.level() {
                    Level::Differs => Tone::Bad,
                    Level::Unknown | Level::Notice => Tone::Unknown,
                },
                title: found.sentence(),
                text: vec![found.way_out()],
            });
            each.collect()
        }
        Err(problem) => {
            let part = |part| Arg::part(part, problem.words.clone());
            let happened = problem.happened.clone().map(Arg::from);
            vec![Told {
                code: problem.code.as_str(),
                tone: Tone::Unknown,
                title: part(Part::Title),
                text: vec![
                    happened.unwrap_or_else(|| part(Part::Happened)),
                    part(Part::Why),
                    part(Part::Next),
                ],
            }]
        }
    }
}

fn unseen(checked: &Checked) -> Vec<domain::message::Message> {
    checked
        .unseen
        .iter()
        .map(|(_, message)| message.clone())
        .collect()
}

fn call(tried: &Tried) -> ProofRow {
    ProofRow {
        mailbox: tried.address.clone(),
        object_id: tried.mailbox.to_string(),
        permission: tried.permission.name().to_owned(),
        expected: match tried.must {
            Must::Answer => "works",
            Must::Refuse => "refused",
        }
        .to_owned(),
        finding: finding_word(&tried.seen.finding).to_owned(),
        stamp: "observed".to_owned(),
        at: tried.seen.at,
        request_id: tried.seen.request_id.clone(),
    }
}
