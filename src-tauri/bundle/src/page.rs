//! The record's page. It is made to be read years later by somebody who wasn't there, on screen or on paper.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::group::of_filter;
use domain::message;
use domain::message::{Arg, Message, Voice};
use domain::permission::Permission;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::connection::{Connection, Count, FormValue, Proof, ProofRow};
use crate::record::{Person, Record};
use crate::said::{Said, apart, clean, name};
use crate::style::CSS;
use crate::times;

/// What the proof calls the test of the limit, beside the permissions.
pub const SET_UP: &str = "Set up in Exchange";

/// The kinds of mailboxes that have words of their own.
const KINDS: [&str; 5] = [
    "SharedMailbox",
    "UserMailbox",
    "RoomMailbox",
    "EquipmentMailbox",
    "SchedulingMailbox",
];

/// The record as one page that needs nothing else: no script, no picture, no address that it loads. The voice tells times
/// in UTC, because a record is read in other places than it was made.
pub fn html(record: &Record, voice: &Voice) -> String {
    let said = &Said::by(voice);
    let connection = &record.connection;
    let title = message!(
        "record-title",
        platform = apart(&connection.platform.name),
        organisation = apart(&connection.organisation)
    );
    let main = html! {
        (heading(said, record))
        (who(said, record))
        (ids(said, connection))
        (permissions(said, connection))
        (mailboxes(said, connection))
        (proof(said, &connection.proof))
        (not_proven(said, record))
        (expiry(said, record))
        (form(said, connection))
        (undo(said, record))
        footer {
            (said.say(message!(
                "record-footer",
                generator = apart(&connection.generator),
                at = Arg::universal(connection.made_at)
            )))
        }
    };
    framed(said, title, connection.practice, &main)
}

/// A whole page with this content.
pub(crate) fn framed(said: &Said<'_>, title: Message, practice: bool, main: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang=(said.language()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (said.plain(title)) }
                style { (PreEscaped(CSS)) }
            }
            body {
                @if practice {
                    div.practice role="note" {
                        strong { (said.say(message!("record-practice"))) }
                        " " (said.say(message!("record-practice-text")))
                    }
                }
                main { (main) }
            }
        }
    }
    .into_string()
}

/// What the page may do: nothing but wear its own style, which is named by its hash.
fn policy() -> String {
    let hash = STANDARD.encode(Sha256::digest(CSS.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

/// An address. Where the line is too short for it, it breaks after the @ rather than inside a word.
fn address(text: &str) -> Markup {
    match clean(text).split_once('@') {
        Some((before, after)) => html! { bdi { (before) "@" wbr; (after) } },
        None => name(text),
    }
}

/// An id.
pub(crate) fn id(text: &str) -> Markup {
    html! { bdi.id { (clean(text)) } }
}

/// A filter, one condition a line, so that a page of paper ends between two of them.
fn filter(text: &str) -> Markup {
    const OR: &str = " -or ";
    let text = clean(text);
    let mut conditions = text.split(OR).peekable();
    html! {
        div.filter {
            @while let Some(condition) = conditions.next() {
                div { bdi.id { (condition) @if conditions.peek().is_some() { (OR.trim_end()) } } }
            }
        }
    }
}

/// A permission as the window calls it. One that this version doesn't know stands as it is.
fn permission(said: &Said<'_>, code: &str) -> Markup {
    match Permission::of_name(code) {
        Some(known) => said.say(known.said()),
        None if code == SET_UP => said.label(message!("verify-set-up")),
        None => name(code),
    }
}

fn heading(said: &Said<'_>, record: &Record) -> Markup {
    let connection = &record.connection;
    let (platform, organisation) = (
        || apart(&connection.platform.name),
        || apart(&connection.organisation),
    );
    html! {
        header {
            p.kind { (said.say(message!("record-kind"))) }
            h1 {
                (said.say(message!("record-heading", platform = platform(), organisation = organisation())))
            }
            p.lead {
                (said.say(message!(
                    "record-lead",
                    platform = platform(),
                    count = connection.mailboxes.len(),
                    organisation = organisation()
                )))
            }
        }
    }
}

fn person(person: &Person) -> Markup {
    html! { (name(&person.name)) ", " (name(&person.user_name)) }
}

fn who(said: &Said<'_>, record: &Record) -> Markup {
    let connection = &record.connection;
    html! {
        h2 { (said.say(message!("record-who"))) }
        dl {
            (said.fact(message!("record-exported-by"), person(&record.exported_by)))
            @if !record.made_by.is_empty() {
                (said.fact(message!("record-made-by"), html! {
                    @for one in &record.made_by { div { (person(one)) } }
                }))
            }
            (said.fact(message!("record-when"), said.value(Arg::universal(connection.made_at))))
            (said.fact(message!("export-fact-organisation"), html! { (name(&connection.organisation)) ", " (name(&connection.domain)) }))
            (said.fact(message!("export-tenant-id"), id(&connection.tenant_id)))
            (said.fact(message!("record-cloud"), name(&connection.cloud.name)))
            (said.fact(message!("record-contact"), name(&connection.contact)))
            (said.fact(message!("record-sealed-file"), said.say(message!("record-sealed", how = apart(&record.sealed)))))
        }
    }
}

fn ids(said: &Said<'_>, connection: &Connection) -> Markup {
    html! {
        h2 { (said.say(message!("record-app"))) }
        dl {
            (said.fact(message!("record-name"), name(&connection.app.name)))
            (said.fact(message!("export-client-id"), id(&connection.app.client_id)))
            (said.fact(message!("export-app-object-id"), id(&connection.app.object_id)))
            (said.fact(message!("export-principal-id"), id(&connection.app.service_principal_id)))
        }
    }
}

fn permissions(said: &Said<'_>, connection: &Connection) -> Markup {
    html! {
        h2 { (said.say(message!("record-may"))) }
        table {
            thead { tr {
                th { (said.say(message!("record-permission"))) }
                th { (said.say(message!("record-why"))) }
            } }
            tbody {
                @for given in &connection.permissions {
                    tr {
                        td {
                            strong { (permission(said, &given.name)) }
                            span.note {
                                (said.say(message!(
                                    "record-given",
                                    permission = apart(&given.name),
                                    api = apart(&given.api),
                                    authority = authority(&given.authority)
                                )))
                            }
                        }
                        td { (name(&capitalised(&given.reason))) }
                    }
                }
            }
        }
    }
}

/// Who gives a permission, in words. A kind that this version doesn't know stands as it is.
fn authority(code: &str) -> Arg {
    match code {
        "exchangeRbac" => message!("record-by-exchange").into(),
        "entra" => message!("record-by-entra").into(),
        "mailbox" => message!("record-on-mailbox").into(),
        other => apart(other),
    }
}

/// What Exchange calls a kind of mailbox, in words. A kind that this version doesn't know stands as it is.
fn kind(code: &str) -> Arg {
    if KINDS.contains(&code) {
        message!("mailboxes-kind", kind = Arg::term(code)).into()
    } else {
        apart(code)
    }
}

/// A profile's reason is a clause, such as "to read queue mail". In a cell of its own it begins like a sentence.
fn capitalised(clause: &str) -> String {
    let mut letters = clause.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

fn mailboxes(said: &Said<'_>, connection: &Connection) -> Markup {
    html! {
        h2 { (said.say(message!("record-where"))) }
        table.mailboxes {
            thead { tr {
                th { (said.say(message!("window-mailbox"))) }
                th { (said.say(message!("verify-fact-kind"))) }
                th { (said.say(message!("record-object-id"))) }
            } }
            tbody {
                @for mailbox in &connection.mailboxes {
                    tr {
                        td { strong { (address(&mailbox.address)) } span.note { (name(&mailbox.name)) } }
                        td { (said.value(kind(&mailbox.kind))) }
                        td { (id(&mailbox.object_id)) }
                    }
                }
            }
        }
        @if connection.scope.filter.is_empty() {
            p.note.keep { (said.say(message!("record-full-access"))) }
        } @else {
            p.note.keep { (said.say(match of_filter(&connection.scope.filter) {
                Some(_) => message!("record-scope-by-group", scope = apart(&connection.scope.name)),
                None => message!("record-scope", scope = apart(&connection.scope.name)),
            })) }
            (filter(&connection.scope.filter))
        }
    }
}

fn proof(said: &Said<'_>, proof: &Proof) -> Markup {
    html! {
        h2 { (said.say(message!("record-tried"))) }
        div.sum {
            (sum(said, proof.works, message!("record-sum-works")))
            (sum(said, proof.refused, message!("record-sum-refused")))
        }
        table.proof {
            thead { tr {
                th { (said.say(message!("window-mailbox"))) }
                th { (said.say(message!("record-column-tried"))) }
                th { (said.say(message!("record-column-finding"))) }
                th { (said.say(message!("record-column-when"))) }
            } }
            tbody { @for row in &proof.rows { (proof_row(said, row)) } }
        }
        p.note { (said.say(message!("record-last-check", at = Arg::universal(proof.tested_at)))) }
        p.note { (said.say(message!("record-made-of"))) " " (id(&proof.fingerprint)) "." }
    }
}

fn sum(said: &Said<'_>, count: Count, words: Message) -> Markup {
    let counted = message!("record-sum", count = count.n, all = count.of);
    html! {
        div.short[count.n != count.of] { strong { (said.say(counted)) } (said.say(words)) }
    }
}

/// One check as a row of a table.
pub(crate) fn proof_row(said: &Said<'_>, row: &ProofRow) -> Markup {
    let (words, tone) = finding(&row.finding, &row.stamp, row.finding == row.expected);
    html! {
        tr {
            td { (address(&row.mailbox)) span.note { (id(&row.object_id)) } }
            td { (permission(said, &row.permission)) span.note { (said.value(stamp(&row.stamp))) } }
            td { span class={ "finding " (tone) } { (said.value(words)) } }
            td {
                (said.value(times::exact(row.at)))
                @if let Some(request) = &row.request_id { span.note { (id(request)) } }
            }
        }
    }
}

/// What came out, in the window's words and in a colour. Refused is good where it is what should happen, and what
/// Microsoft's test says of the limit is no live answer.
fn finding(code: &str, stamp: &str, as_it_should: bool) -> (Arg, &'static str) {
    let words = match code {
        "works" | "tooBroad" if stamp == "configured" => message!("verify-in-scope").into(),
        "refused" if stamp == "configured" => message!("verify-out-of-scope").into(),
        "works" => message!("verify-row-works").into(),
        "refused" => message!("verify-row-refused").into(),
        "tooBroad" => message!("verify-row-too-broad").into(),
        "waiting" => message!("verify-row-waiting").into(),
        "unknown" => message!("verify-unknown").into(),
        "notApplicable" => message!("verify-not-needed").into(),
        other => apart(other),
    };
    let tone = match code {
        _ if as_it_should => "good",
        "waiting" => "waiting",
        "unknown" | "notApplicable" => "unknown",
        _ => "bad",
    };
    (words, tone)
}

fn stamp(code: &str) -> Arg {
    match code {
        "observed" => message!("record-observed").into(),
        "configured" => message!("record-configured").into(),
        other => apart(other),
    }
}

fn not_proven(said: &Said<'_>, record: &Record) -> Markup {
    html! {
        @if !record.not_proven.is_empty() {
            h2 { (said.say(message!("record-not-proven"))) }
            ul { @for sentence in &record.not_proven { li { (name(sentence)) } } }
        }
    }
}

fn expiry(said: &Said<'_>, record: &Record) -> Markup {
    let connection = &record.connection;
    let valid = message!(
        "record-valid-from-to",
        from = Arg::universal(connection.credential.starts_at),
        until = Arg::universal(connection.credential.ends_at)
    );
    html! {
        h2 { (said.say(message!("record-secret-ends"))) }
        p.key { (said.value(Arg::date(connection.credential.ends_at))) }
        dl {
            (said.fact(message!("record-valid"), said.say(valid)))
            (said.fact(message!("record-new-secret-by"), said.value(Arg::date(connection.renew_by))))
            (said.fact(message!("export-secret-id"), id(&connection.credential.key_id)))
        }
    }
}

fn form(said: &Said<'_>, connection: &Connection) -> Markup {
    html! {
        @if !connection.form.is_empty() {
            h2 { (said.say(message!("record-form", platform = apart(&connection.platform.name)))) }
            dl {
                @for entry in &connection.form {
                    dt { (name(&entry.label)) }
                    dd {
                        (match &entry.value {
                            FormValue::Text(text) => name(text),
                            FormValue::Secret => said.say(message!("record-only-sealed")),
                        })
                    }
                }
            }
        }
    }
}

fn undo(said: &Said<'_>, record: &Record) -> Markup {
    let (lines, places): (Vec<&String>, Vec<&String>) =
        record.undo.iter().partition(|step| is_powershell(step));
    html! {
        @if !record.undo.is_empty() {
            h2 { (said.say(message!("record-undo"))) }
            p.keep { (said.say(message!("record-undo-without"))) }
            @if !lines.is_empty() {
                p.keep { (said.say(message!("record-undo-lines", connect = Arg::term(&record.connection.cloud.connect_exchange)))) }
                pre { @for (n, line) in lines.iter().enumerate() { @if n > 0 { "\n" } (name(line)) } }
            }
            @if !places.is_empty() {
                @if !lines.is_empty() { p.keep { (said.say(message!("record-undo-then"))) } }
                ul { @for place in places { li { (name(place)) } } }
            }
        }
    }
}

/// Whether a step is a line of PowerShell: its first word is a verb, a dash and a noun.
fn is_powershell(step: &str) -> bool {
    const VERBS: [&str; 6] = ["Remove-", "Set-", "New-", "Disable-", "Connect-", "Disconnect-"];
    VERBS.iter().any(|verb| {
        step.strip_prefix(verb)
            .is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    })
}

#[cfg(test)]
mod tests;
