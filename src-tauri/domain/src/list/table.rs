//! Tables: exports of the admin centres, of Entra and of `Export-Csv`, and cells from a spreadsheet.

use super::{Aside, Entries, Entry, Reading, Shape, entry_in, free_text};
use crate::address::Address;

/// A row: its cells, each with the heading of its column.
pub(super) type Row = Vec<(String, String)>;

/// More rows are not read; whatever is meant, it is not a list of mailboxes for one app.
const MOST_ROWS: usize = 100_000;

/// Headings of columns that hold the address of a mailbox, as letters only, the surest first. The user name comes last:
/// it may differ from the address.
const ADDRESSES: &[&str] = &[
    "primarysmtpaddress",
    "primaryemailaddress",
    "primaryemail",
    "windowsemailaddress",
    "emailaddress",
    "emailaddresses",
    "proxyaddresses",
    "smtpaddress",
    "email",
    "emails",
    "mail",
    "mailaddress",
    "emailadresse",
    "adresseemail",
    "adresseelectronique",
    "correoelectronico",
    "mailbox",
    "address",
    "userprincipalname",
    "upn",
    "username",
    "signinname",
    "benutzerprinzipalname",
];

/// Headings of columns that say what a row is.
const KINDS: &[&str] = &[
    "recipienttypedetails",
    "recipienttype",
    "usertype",
    "type",
    "objecttype",
    "mailboxtype",
];

/// A heading as it is compared: its letters in lower case.
fn plain(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a heading names addresses.
pub(super) fn names_addresses(heading: &str) -> bool {
    ADDRESSES.contains(&plain(heading).as_str())
}

/// Reads a text with separators between its cells, where it is a table.
pub(super) fn read(text: &str) -> Option<Reading> {
    // `Export-Csv` of PowerShell 5.1 begins with the type of what follows; some programs name their separator.
    let body = text
        .trim_start_matches(['\n', '\r', ' '])
        .lines()
        .skip_while(|line| {
            let line = line.trim_matches('"');
            line.starts_with("#TYPE") || line.starts_with("sep=") || line.trim().is_empty()
        })
        .collect::<Vec<_>>()
        .join("\n");
    let first = body.lines().next()?;
    if let Some(reading) = one_column(&body) {
        return Some(reading);
    }
    [',', ';', '\t', '|']
        .into_iter()
        .filter(|separator| first.contains(*separator))
        .filter_map(|separator| rows(&body, separator))
        .find_map(|rows| table(&rows))
}

/// A table of one column, as of `Select-Object PrimarySmtpAddress`: the heading is no entry, and what stands below is
/// read line by line, because some lines may hold several addresses after all.
fn one_column(body: &str) -> Option<Reading> {
    let (first, below) = body.split_once('\n')?;
    let heading = first.trim().trim_matches('"').trim();
    if !names_addresses(heading) || heading.contains([',', ';', '\t', '|']) {
        return None;
    }
    let mut entries = Entries::new();
    let mut rows = 0;
    for line in below.lines().filter(|line| !line.trim().is_empty()) {
        rows += 1;
        match address_in(line.trim().trim_matches('"')) {
            Some(entry) => entries.add(entry),
            None => free_text::read(line)
                .into_iter()
                .for_each(|entry| entries.add(entry)),
        }
    }
    (rows > 0).then(|| Reading {
        shape: Shape::Table {
            column: heading.to_owned(),
            rows,
        },
        entries: entries.list,
        aside: Vec::new(),
    })
}

fn rows(text: &str, separator: char) -> Option<Vec<Vec<String>>> {
    let separator = u8::try_from(separator).ok()?;
    let whole = records(text, separator, true)?;
    let width = whole.first()?.len();
    // A quotation mark that nobody closed swallows the rows below it. Each line is read for itself then, and only the
    // line with the stray mark is read without quotation marks.
    let unclosed = text.matches('"').count() % 2 == 1;
    let swallowed = |row: &Vec<String>| row.len() != width && row.iter().any(|cell| cell.contains('\n'));
    if !unclosed && !whole.iter().any(swallowed) {
        return Some(whole);
    }
    let mut rows = Vec::new();
    for line in text.lines().take(MOST_ROWS) {
        let closed = line.matches('"').count() % 2 == 0;
        rows.extend(records(line, separator, closed)?.into_iter().map(|row| {
            row.into_iter()
                .map(|cell| cell.trim_matches('"').trim().to_owned())
                .collect()
        }));
    }
    Some(rows)
}

fn records(text: &str, separator: u8, quoting: bool) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for row in reader.records().take(MOST_ROWS) {
        // Text that was read from text stays text; a row that can't be read would be one that is lost, so there is no
        // table then.
        rows.push(row.ok()?.iter().map(str::to_owned).collect());
    }
    Some(rows)
}

/// A table has headings of which one names addresses, or cells of which whole columns are addresses.
fn table(rows: &[Vec<String>]) -> Option<Reading> {
    let (first, below) = rows.split_first()?;
    if first.len() < 2 {
        return None;
    }
    let headed =
        first.iter().any(|cell| names_addresses(cell)) && first.iter().all(|cell| entry_in(cell).is_none());
    if headed {
        let named: Vec<Row> = below
            .iter()
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .map(|row| {
                first
                    .iter()
                    .cloned()
                    .zip(row.iter().cloned().chain(std::iter::repeat(String::new())))
                    .collect()
            })
            .collect();
        return Some(of_rows(&named));
    }
    by_content(rows)
}

/// A table without headings that are known: one column holds an address in nearly every row, and no other does.
fn by_content(rows: &[Vec<String>]) -> Option<Reading> {
    let width = rows.iter().map(Vec::len).max()?;
    if rows.len() < 2 || width < 2 || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let counts: Vec<usize> = (0..width)
        .map(|column| rows.iter().filter(|row| is_address(&row[column])).count())
        .collect();
    let columns: Vec<usize> = (0..width)
        .filter(|column| counts[*column] * 2 > rows.len())
        .collect();
    let [column] = columns.as_slice() else { return None };
    let headings = !is_address(&rows[0][*column]);
    let heading = if headings {
        rows[0][*column].clone()
    } else {
        format!("column {}", column + 1)
    };
    let below = if headings { &rows[1..] } else { rows };
    let mut entries = Entries::new();
    let mut aside = Vec::new();
    for row in below {
        match entry_in(&row[*column]) {
            Some(entry) => entries.add(entry),
            None if row[*column].is_empty() => aside.push((Aside::NoAddress, row.join(" "))),
            None => entries.add(Entry::Unreadable(row[*column].clone())),
        }
    }
    Some(Reading {
        shape: Shape::Table {
            column: heading,
            rows: below.len(),
        },
        entries: entries.list,
        aside,
    })
}

fn is_address(cell: &str) -> bool {
    matches!(entry_in(cell), Some(Entry::Address(_)))
}

/// Reads rows with headings: the address of each by the surest column that holds one.
pub(super) fn of_rows(rows: &[Row]) -> Reading {
    let mut columns: Vec<(usize, String)> = Vec::new();
    for (heading, _) in rows.iter().flatten() {
        if columns.iter().any(|(_, held)| held == heading) {
            continue;
        }
        if let Some(rank) = ADDRESSES.iter().position(|known| *known == plain(heading)) {
            columns.push((rank, heading.clone()));
        }
        // Columns beyond the first rows' are the same ones again.
        if columns.len() == ADDRESSES.len() {
            break;
        }
    }
    columns.sort();
    let mut entries = Entries::new();
    let mut aside = Vec::new();
    let mut used = vec![0usize; columns.len()];
    for row in rows {
        if let Some(why) = set_aside(row) {
            aside.push((why, what_names(row)));
            continue;
        }
        let cell = |heading: &String| {
            row.iter()
                .find(|(held, _)| held == heading)
                .map_or("", |(_, value)| value.as_str())
        };
        let found = columns
            .iter()
            .enumerate()
            .find_map(|(index, (_, heading))| Some((index, address_in(cell(heading))?)));
        match found {
            Some((index, entry)) => {
                used[index] += 1;
                entries.add(entry);
            }
            None => match columns
                .iter()
                .map(|(_, heading)| cell(heading))
                .find(|cell| !cell.is_empty())
            {
                // A value that was cut off, or a name in the place of an address.
                Some(cut) => entries.add(Entry::Unreadable(cut.to_owned())),
                None => aside.push((Aside::NoAddress, what_names(row))),
            },
        }
    }
    let most = used
        .iter()
        .enumerate()
        .max_by_key(|(index, count)| (**count, std::cmp::Reverse(*index)));
    let column = most
        .and_then(|(index, _)| columns.get(index))
        .map(|(_, heading)| heading.clone());
    Reading {
        shape: Shape::Table {
            column: column.unwrap_or_default(),
            rows: rows.len(),
        },
        entries: entries.list,
        aside,
    }
}

/// The address in a cell: alone, or among proxy addresses the one that is written with capital letters.
fn address_in(cell: &str) -> Option<Entry> {
    if let Some(entry) = entry_in(cell) {
        return Some(entry);
    }
    let parts = || {
        cell.trim_matches(['{', '}', '(', ')'])
            .split(['+', ',', ';', ' '])
            .filter(|part| !part.is_empty())
    };
    let primary = parts().find_map(|part| part.trim_matches(['"', '\'']).strip_prefix("SMTP:"));
    if let Some(primary) = primary.and_then(|address| Address::parse(address).ok()) {
        return Some(Entry::Address(primary));
    }
    // Without a primary one there must be one address only, or which is meant is a guess.
    let mut addresses = parts()
        .filter_map(entry_in)
        .filter(|entry| matches!(entry, Entry::Address(_)));
    match (addresses.next(), addresses.next()) {
        (Some(only), None) if cell.contains('@') => Some(only),
        _ => None,
    }
}

/// Why a row is no mailbox, as far as its cells say so.
fn set_aside(row: &Row) -> Option<Aside> {
    let value = |headings: &[&str]| {
        row.iter()
            .filter(|(heading, value)| headings.contains(&plain(heading).as_str()) && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .next()
    };
    let deleted = value(&[
        "softdeletiontimestamp",
        "softdeletedon",
        "softdeletedtime",
        "deletiontime",
        "deleteddatetime",
        "whensoftdeleted",
        "deletedon",
    ]);
    if deleted.is_some() {
        return Some(Aside::Deleted);
    }
    let guest = row
        .iter()
        .any(|(heading, value)| names_addresses(heading) && value.to_ascii_uppercase().contains("#EXT#"));
    if guest {
        return Some(Aside::Guest);
    }
    let kind = plain(value(KINDS)?);
    match kind.as_str() {
        "guest" | "guestmailuser" => Some(Aside::Guest),
        "discoverymailbox" => Some(Aside::Discovery),
        "mailcontact" | "contact" | "mailuser" => Some(Aside::Contact),
        kind if kind.contains("group")
            || kind.contains("distributionlist")
            || kind.contains("distribution") =>
        {
            Some(Aside::Group)
        }
        _ => None,
    }
}

/// What names a row to people: its address, or its first cell that isn't empty.
fn what_names(row: &Row) -> String {
    let address = row
        .iter()
        .find(|(heading, value)| names_addresses(heading) && !value.is_empty());
    address
        .or_else(|| row.iter().find(|(_, value)| !value.is_empty()))
        .map(|(_, value)| value.chars().take(120).collect())
        .unwrap_or_default()
}
