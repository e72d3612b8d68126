//! Lists that people bring and that no test had seen before, one for each shape: its text, what it has to be read as,
//! and how many rows are set aside.

mod consoles;
mod letters;
mod mails;
mod mixtures;
mod slips;
mod spreadsheets;

use super::tests::{Draw, told};
use super::*;

type List = (&'static str, &'static str, &'static [&'static str], usize);

const AB: &[&str] = &["a@x.example", "b@x.example"];
const IDS: &[&str] = &[
    "#6f1b2c3d-0000-4000-8000-000000000001",
    "#6f1b2c3d-0000-4000-8000-000000000002",
];

const LISTS: [&[List]; 6] = [
    spreadsheets::LISTS,
    consoles::LISTS,
    mails::LISTS,
    slips::LISTS,
    letters::LISTS,
    mixtures::LISTS,
];

#[test]
fn lists_that_people_bring_are_read_as_they_mean_them() {
    let mut wrong = Vec::new();
    for (name, text, expected, aside) in LISTS.into_iter().flatten() {
        let reading = read(text);
        if told(&reading) != *expected || reading.aside.len() != *aside {
            wrong.push(format!(
                "{name}: {:?} instead of {expected:?}; {:?} aside instead of {aside}; {:?}",
                told(&reading),
                reading.aside,
                reading.shape
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        LISTS.iter().map(|lists| lists.len()).sum::<usize>(),
        wrong.join("\n")
    );
}

/// Lines of every shape, whichever way they are mixed.
const LINES: &[&str] = &[
    "",
    "Email",
    "Name;Email",
    "Name,Email,Note",
    "Name\tE-Mail",
    "Name    PrimarySmtpAddress",
    "----    ------------------",
    "------",
    "DisplayName : Support",
    "Mailbox : support",
    "  - x",
    "mailboxes:",
    "PS C:\\> Get-Mailbox | fl",
    "PrimarySmtpAddress -eq 'm@y.example'",
    "Department -eq 'Sales'",
    "Hi Tom,",
    "please add the mailboxes, soon",
    "Thanks,",
    "--",
    "# comment",
    "Subject: mailboxes",
    "| Name | Email |",
    "|---|---|",
    "<table><tr><td>Name</td><td>Email</td></tr>",
    "<p>Name</p>",
    "</table>",
    "&lt;x&gt;",
    "> quoted",
    "{",
    "]",
    "Support",
    "Sales Team North",
    "\"Support, EMEA\"",
    "+49 30 1234567",
    "CN=Support,OU=x,DC=x",
];

/// Whatever stands around it: an address in a line of its own is never lost.
#[test]
fn an_address_in_its_own_line_is_never_lost() {
    let mut draw = Draw(17);
    for _ in 0..10_000 {
        let mut lines: Vec<String> = Vec::new();
        let mut meant: Vec<String> = Vec::new();
        for number in 0..2 + draw.below(7) {
            if draw.below(3) == 0 {
                let address = format!("n{number}@x.example");
                lines.push(
                    draw.pick(&["@", "- @", "• @", "<@>", "@;", "@."])
                        .replace('@', &address),
                );
                meant.push(address);
            } else {
                lines.push(draw.pick(LINES).to_owned());
            }
        }
        let text = lines.join("\n");
        let reading = read(&text);
        let told = told(&reading);
        for address in meant {
            let aside = reading.aside.iter().any(|(_, name)| name.contains(&address));
            let found = aside || told.iter().any(|entry| entry.contains(&address));
            assert!(found, "{address} in {text:?}: {reading:?}");
        }
    }
}
