//! The record's page. It is made to be read years later by somebody who wasn't there, on screen or on paper.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::permission::Permission;
use domain::text::one_line;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::connection::{Connection, Count, FormValue, Proof, ProofRow};
use crate::record::Record;
use crate::style::CSS;
use crate::times;

/// The record as one page that needs nothing else: no script, no picture, no address that it loads.
pub fn html(record: &Record) -> String {
    let connection = &record.connection;
    let title = format!(
        "Record: {} and {}",
        clean(&connection.platform.name),
        clean(&connection.organisation)
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy());
                meta name="referrer" content="no-referrer";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(CSS)) }
            }
            body {
                @if connection.practice {
                    div.practice role="note" {
                        strong { "Practice." }
                        " This was made in the practice organisation. Nothing in it is real, and no platform can use it."
                    }
                }
                main {
                    (heading(record))
                    (who(record))
                    (ids(connection))
                    (permissions(connection))
                    (mailboxes(connection))
                    (proof(&connection.proof))
                    (not_proven(record))
                    (expiry(record))
                    (form(connection))
                    (undo(record))
                    footer {
                        "Made by " (name(&connection.generator)) " on " (times::moment(connection.made_at))
                        ". This page holds no secret: the secret is only in the sealed file. All times are UTC."
                    }
                }
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

/// A text that somebody else wrote. It is one line of what can be seen, and kept apart, so that letters that are written
/// from right to left can't turn round the words beside it.
fn name(text: &str) -> Markup {
    html! { bdi { (clean(text)) } }
}

fn clean(text: &str) -> String {
    one_line(text, usize::MAX)
}

/// An address. Where the line is too short for it, it breaks after the @ rather than inside a word.
fn address(text: &str) -> Markup {
    match clean(text).split_once('@') {
        Some((before, after)) => html! { bdi { (before) "@" wbr; (after) } },
        None => name(text),
    }
}

fn fact(label: &str, value: Markup) -> Markup {
    html! { dt { (name(label)) } dd { (value) } }
}

fn id(text: &str) -> Markup {
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

/// A permission as the window calls it, and its name at Microsoft.
fn permission(code: &str) -> Markup {
    let known = Permission::ALL.into_iter().find(|known| known.name() == code);
    match known {
        Some(known) => html! { (known.words()) },
        None => name(code),
    }
}

fn heading(record: &Record) -> Markup {
    let connection = &record.connection;
    let count = connection.mailboxes.len();
    html! {
        header {
            p.kind { "Record of a connection" }
            h1 { (name(&connection.platform.name)) " and " (name(&connection.organisation)) }
            p.lead {
                (name(&connection.platform.name)) " may use "
                (count) @if count == 1 { " mailbox" } @else { " mailboxes" }
                " of " (name(&connection.organisation))
                ", and the checks below show what was tried before it was handed over."
            }
        }
    }
}

fn who(record: &Record) -> Markup {
    let connection = &record.connection;
    html! {
        h2 { "Who and when" }
        dl {
            (fact("Made by", html! { (name(&record.who_name)) ", " (name(&record.who_user_name)) }))
            (fact("When", html! { (times::moment(connection.made_at)) }))
            (fact("Organisation", html! { (name(&connection.organisation)) ", " (name(&connection.domain)) }))
            (fact("Directory (tenant) ID", id(&connection.tenant_id)))
            (fact("Cloud", name(&connection.cloud.name)))
            (fact("Contact", name(&connection.contact)))
            (fact("Sealed file", html! { "Sealed " (name(&record.sealed)) }))
        }
    }
}

fn ids(connection: &Connection) -> Markup {
    html! {
        h2 { "The app" }
        dl {
            (fact("Name", name(&connection.app.name)))
            (fact("Application (client) ID", id(&connection.app.client_id)))
            (fact("Object ID of the app registration", id(&connection.app.object_id)))
            (fact("Object ID of the enterprise app", id(&connection.app.service_principal_id)))
        }
    }
}

fn permissions(connection: &Connection) -> Markup {
    html! {
        h2 { "What it may do, and why" }
        table {
            thead { tr { th { "Permission" } th { "Why" } } }
            tbody {
                @for given in &connection.permissions {
                    tr {
                        td {
                            strong { (permission(&given.name)) }
                            span.note {
                                (name(&given.name)) " of " (name(&given.api)) ", " (name(authority(&given.authority)))
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
fn authority(code: &str) -> &str {
    match code {
        "exchangeRbac" => "given by Exchange, for these mailboxes only",
        "entra" => "given by Microsoft Entra",
        "mailbox" => "given on the mailbox",
        other => other,
    }
}

/// What Exchange calls a kind of mailbox, in words. A kind that this version doesn't know stands as it is.
fn kind(code: &str) -> &str {
    match code {
        "SharedMailbox" => "Shared mailbox",
        "UserMailbox" => "User mailbox",
        "RoomMailbox" => "Room mailbox",
        "EquipmentMailbox" => "Equipment mailbox",
        "SchedulingMailbox" => "Scheduling mailbox",
        other => other,
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

fn mailboxes(connection: &Connection) -> Markup {
    html! {
        h2 { "Where it may do that" }
        table.mailboxes {
            thead { tr { th { "Mailbox" } th { "Kind" } th { "Object ID" } } }
            tbody {
                @for mailbox in &connection.mailboxes {
                    tr {
                        td { strong { (address(&mailbox.address)) } span.note { (name(&mailbox.name)) } }
                        td { (name(kind(&mailbox.kind))) }
                        td { (id(&mailbox.object_id)) }
                    }
                }
            }
        }
        p.note.keep {
            "Exchange holds the app to these mailboxes by the scope " (name(&connection.scope.name)) ", whose filter is:"
        }
        (filter(&connection.scope.filter))
    }
}

fn proof(proof: &Proof) -> Markup {
    html! {
        h2 { "What was tried" }
        div.sum {
            (sum(proof.works, "chosen mailboxes answered"))
            (sum(proof.refused, "other mailboxes were refused"))
        }
        table.proof {
            thead { tr { th { "Mailbox" } th { "Tried" } th { "Finding" } th { "When, and Microsoft's request ID" } } }
            tbody { @for row in &proof.rows { (proof_row(row)) } }
        }
        p.note { "The last check ended on " (times::moment(proof.tested_at)) "." }
        p.note {
            "What it was made of (limit, roles, grants, rights, credentials, owners) has the fingerprint "
            (id(&proof.fingerprint)) "."
        }
    }
}

fn sum(count: Count, words: &str) -> Markup {
    html! {
        div.short[count.n != count.of] { strong { (count.n) " of " (count.of) } (words) }
    }
}

fn proof_row(row: &ProofRow) -> Markup {
    let (words, tone) = finding(&row.finding, &row.stamp, row.finding == row.expected);
    html! {
        tr {
            td { (address(&row.mailbox)) span.note { (id(&row.object_id)) } }
            td { (permission(&row.permission)) span.note { (name(stamp(&row.stamp))) } }
            td { span class={ "finding " (tone) } { (name(words)) } }
            td {
                (times::exact(row.at))
                @if let Some(request) = &row.request_id { span.note { (id(request)) } }
            }
        }
    }
}

/// What came out, in the window's words and in a colour. Refused is good where it is what should happen, and what
/// Microsoft's test says of the limit is no live answer.
fn finding<'a>(code: &'a str, stamp: &str, as_it_should: bool) -> (&'a str, &'static str) {
    let words = match code {
        "works" | "tooBroad" if stamp == "configured" => "In scope",
        "refused" if stamp == "configured" => "Out of scope",
        "works" => "Works",
        "refused" => "Refused",
        "tooBroad" => "Too broad",
        "waiting" => "Waiting",
        "unknown" => "Unknown",
        "notApplicable" => "Not needed",
        other => other,
    };
    let tone = match code {
        _ if as_it_should => "good",
        "waiting" => "waiting",
        "unknown" | "notApplicable" => "unknown",
        _ => "bad",
    };
    (words, tone)
}

fn stamp(code: &str) -> &str {
    match code {
        "observed" => "seen in a live call",
        "configured" => "by Microsoft's test",
        other => other,
    }
}

fn not_proven(record: &Record) -> Markup {
    html! {
        @if !record.not_proven.is_empty() {
            h2 { "What was not proven" }
            ul { @for sentence in &record.not_proven { li { (name(sentence)) } } }
        }
    }
}

fn expiry(record: &Record) -> Markup {
    let connection = &record.connection;
    html! {
        h2 { "When the secret ends" }
        p.key { (times::day(connection.credential.ends_at)) }
        dl {
            (fact("Valid", html! {
                (times::moment(connection.credential.starts_at)) " to " (times::moment(connection.credential.ends_at))
            }))
            (fact("New secret by", html! { (times::day(connection.renew_by)) }))
            (fact("Secret ID", id(&connection.credential.key_id)))
        }
    }
}

fn form(connection: &Connection) -> Markup {
    html! {
        @if !connection.form.is_empty() {
            h2 { "The form of " (name(&connection.platform.name)) }
            dl {
                @for entry in &connection.form {
                    (fact(&entry.label, match &entry.value {
                        FormValue::Text(text) => name(text),
                        FormValue::Secret => html! { "Only in the sealed file" },
                    }))
                }
            }
        }
    }
}

fn undo(record: &Record) -> Markup {
    let (lines, places): (Vec<&String>, Vec<&String>) =
        record.undo.iter().partition(|step| is_powershell(step));
    html! {
        @if !record.undo.is_empty() {
            h2 { "How to take it back by hand" }
            p.keep { "Mailgrant takes it back for you. Without Mailgrant:" }
            @if !lines.is_empty() {
                p.keep { "In Exchange Online PowerShell (Connect-ExchangeOnline), line by line:" }
                pre { @for (n, line) in lines.iter().enumerate() { @if n > 0 { "\n" } (name(line)) } }
            }
            @if !places.is_empty() {
                @if !lines.is_empty() { p.keep { "Then:" } }
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
