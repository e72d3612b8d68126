//! The answer of a check for people.

use bundle::read::RecordRead;
use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::problem::Problem;
use journey::check_again::{Checked, Found, Level, Must, Verdict};
use words::Speaker;

use super::Report;

/// The whole answer, with a line end at its end.
pub(super) fn written(report: &Report<'_>, speaker: &Speaker) -> String {
    let mut blocks = Vec::new();
    if let Some(record) = report.record {
        let heading = message!(
            "check-heading",
            platform = Arg::name(Kind::Platform, &record.platform),
            organisation = Arg::name(Kind::Organisation, &record.organisation)
        );
        let how = how(report, record);
        blocks.push(match &report.outcome {
            Ok(_) => format!("{}\n{}", speaker.say(&heading), speaker.say(&how)),
            Err(_) => speaker.say(&heading),
        });
    }
    match &report.outcome {
        Ok(checked) => of_a_check(checked, speaker, &mut blocks),
        Err(problem) => blocks.push(of_a_problem(problem, speaker)),
    }
    let mut text = blocks.join("\n\n");
    text.push('\n');
    text
}

fn of_a_check(checked: &Checked, speaker: &Speaker, blocks: &mut Vec<String>) {
    blocks.push(speaker.say(&verdict(checked)));
    for found in &checked.found {
        blocks.push(of_a_finding(found, speaker));
    }
    let facts: Vec<String> = facts(checked).iter().map(|fact| speaker.say(fact)).collect();
    blocks.push(facts.join("\n"));
    if !checked.unseen.is_empty() {
        let lines = checked
            .unseen
            .iter()
            .map(|(_, message)| format!("- {}", speaker.say(message)));
        let mut all = vec![speaker.say(&message!("check-unseen"))];
        all.extend(lines);
        blocks.push(all.join("\n"));
    }
}

/// When it was recorded, when it was checked and how.
pub(super) fn how(report: &Report<'_>, record: &RecordRead) -> Message {
    let (recorded, at) = (Arg::date(record.made_at), Arg::universal(report.now));
    if report.asked.sign_in {
        message!("check-signed-in", recorded = recorded, at = at)
    } else {
        message!("check-with-own-key", recorded = recorded, at = at)
    }
}

/// What it came to.
pub(super) fn verdict(checked: &Checked) -> Message {
    let differs = checked
        .found
        .iter()
        .filter(|found| found.level() == Level::Differs);
    match checked.verdict() {
        Verdict::AsRecorded => message!("check-as-recorded"),
        Verdict::Differs => message!("check-differs", count = differs.count()),
        Verdict::NotChecked => message!("check-not-checked"),
    }
}

/// How many mailboxes did what they must, and when the secret ends.
pub(super) fn facts(checked: &Checked) -> Vec<Message> {
    let mut facts = Vec::new();
    for must in [Must::Answer, Must::Refuse] {
        let (n, of) = counted(checked, must);
        if of > 0 {
            facts.push(match must {
                Must::Answer => message!("check-answered", n = n, of = of),
                Must::Refuse => message!("check-were-refused", n = n, of = of),
            });
        }
    }
    let day = Arg::date(checked.ends_at);
    facts.push(match u64::try_from(checked.days_left()) {
        Ok(days) => message!("check-ends", day = day, days = days),
        Err(_) => message!("check-ended", day = day),
    });
    facts
}

/// How many mailboxes did what they must with every permission, of how many that were tried.
fn counted(checked: &Checked, must: Must) -> (usize, usize) {
    let mut mailboxes: Vec<_> = Vec::new();
    for tried in checked.tried.iter().filter(|tried| tried.must == must) {
        match mailboxes.iter_mut().find(|(id, _)| *id == tried.mailbox) {
            Some((_, good)) => *good &= tried.as_it_must(),
            None => mailboxes.push((tried.mailbox, tried.as_it_must())),
        }
    }
    (
        mailboxes.iter().filter(|(_, good)| *good).count(),
        mailboxes.len(),
    )
}

fn of_a_finding(found: &Found, speaker: &Speaker) -> String {
    format!(
        "- {}  [{}]\n  {}",
        speaker.value(&found.sentence()),
        found.code(),
        speaker.value(&found.way_out())
    )
}

fn of_a_problem(problem: &Problem, speaker: &Speaker) -> String {
    let written = speaker.problem(problem);
    let mut lines = vec![
        format!("{}  [{}]", written.title, problem.code.as_str()),
        written.happened,
        written.why,
        written.next,
    ];
    let evidence = &problem.evidence;
    let ids = [
        &evidence.call,
        &evidence.code,
        &evidence.request_id,
        &evidence.message,
    ];
    let ids: Vec<Arg> = ids.into_iter().flatten().map(Arg::theirs).collect();
    if !ids.is_empty() {
        let ids = Arg::list(domain::message::Join::Semicolons, ids);
        lines.push(speaker.say(&message!("check-quote", ids = ids)));
    }
    lines.join("\n")
}
