//! Tables: exports of the admin centres, of Entra and of `Export-Csv`, and cells from a spreadsheet.

use std::collections::HashSet;

use super::{Aside, Entries, Entry, Reading, Shape, entry_in, free_text, prose};
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
    "primarysmtp",
    "primaresmtpadresse",
    "primareemailadresse",
    "adressesmtpprincipale",
    "direccionsmtpprincipal",
    "windowsemailaddress",
    "emailaddress",
    "emailaddresses",
    "proxyaddresses",
    "smtpaddress",
    "smtpadresse",
    "adressesmtp",
    "smtp",
    "email",
    "emails",
    "mail",
    "mailaddress",
    "mailaddresses",
    "mailboxaddress",
    "mailboxemail",
    "mailboxemailaddress",
    "emailadresse",
    "emailadressen",
    "mailadresse",
    "mailadressen",
    "postfachadresse",
    "adresseemail",
    "adressesemail",
    "adressemail",
    "adresseelectronique",
    "adresseselectroniques",
    "adressedemessagerie",
    "courriel",
    "courriels",
    "adressecourriel",
    "correoelectronico",
    "direcciondecorreoelectronico",
    "direcciondecorreo",
    "direccionesdecorreoelectronico",
    "correo",
    "correos",
    "indirizzoemail",
    "indirizzodipostaelettronica",
    "emailadres",
    "mailadres",
    "enderecodeemail",
    "adresemail",
    "epost",
    "epostadress",
    "epostadresse",
    "sharedmailbox",
    "sharedmailboxes",
    "mailbox",
    "mailboxes",
    "postfach",
    "postfacher",
    "boiteauxlettres",
    "boitesauxlettres",
    "buzon",
    "buzones",
    "address",
    "addresses",
    "userprincipalname",
    "upn",
    "username",
    "signinname",
    "benutzerprinzipalname",
    "nomdutilisateurprincipal",
    "nombreprincipaldeusuario",
];

/// Those of them that hold all the addresses of one mailbox.
const OF_ONE_MAILBOX: &[&str] = &["emailaddresses", "proxyaddresses"];

/// Headings of columns that hold the id of a mailbox's object. Exchange's own `Guid` and `ExchangeGuid` are others.
const IDS: &[&str] = &[
    "externaldirectoryobjectid",
    "objectid",
    "azureadobjectid",
    "entraobjectid",
    "id",
];

/// Parts of headings that speak of addresses, in several languages.
const LOOSELY: &[&str] = &[
    "mail", "smtp", "courriel", "correo", "postf", "buzon", "boite", "adres", "posta", "epost",
];

/// Parts of headings that speak of somebody else's address than the mailbox's.
const OTHERS: &[&str] = &[
    "owner",
    "manager",
    "delegate",
    "forward",
    "altern",
    "other",
    "recovery",
    "request",
    "contact",
    "alias",
    "secondary",
    "reply",
    "besitzer",
    "verantwort",
    "vorgesetzt",
    "weiterleit",
    "stellvertret",
    "kontakt",
    "proprietaire",
    "responsable",
    "transfert",
    "propietario",
    "reenvio",
];

/// Headings of columns that say what a row is.
const KINDS: &[&str] = &[
    "recipienttypedetails",
    "recipienttype",
    "usertype",
    "type",
    "objecttype",
    "mailboxtype",
    "empfangertyp",
    "benutzertyp",
    "typededestinataire",
    "typedutilisateur",
    "tipodedestinatario",
    "tipodeusuario",
];

/// A heading as it is compared: its letters in lower case, without their accents.
fn plain(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            c => c,
        })
        .collect()
}

/// Whether a heading names ids of mailboxes.
pub(super) fn names_ids(heading: &str) -> bool {
    IDS.contains(&plain(heading).as_str())
}

/// Whether a heading speaks of addresses, and of nobody else's than a mailbox's.
pub(super) fn names_loosely(heading: &str) -> bool {
    let plain = plain(heading);
    let has = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    has(LOOSELY) && !has(OTHERS)
}

/// Whether a heading names addresses.
pub(super) fn names_addresses(heading: &str) -> bool {
    ADDRESSES.contains(&plain(heading).as_str())
}

/// Separators of cells, the likeliest first.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// In how many lines the headings are looked for. Above them may stand what the table is about.
const TITLES: usize = 10;

/// Reads a text with separators between its cells, where it is a table.
pub(super) fn read(text: &str) -> Option<Reading> {
    // `Export-Csv` of PowerShell 5.1 begins with the type of what follows; some programs name their separator. Lines
    // drawn between rows, as in Markdown, hold nothing.
    let text = text.replace(['│', '┃', '║'], "|");
    let body = without_outer_marks(&text)
        .trim_start_matches(['\n', ' '])
        .lines()
        .skip_while(|line| {
            let line = line.trim_matches('"');
            line.starts_with("#TYPE") || line.starts_with("sep=") || line.trim().is_empty()
        })
        .filter(|line| !is_drawn(line))
        .collect::<Vec<_>>()
        .join("\n");
    let first = body.lines().next()?;
    if let Some(reading) = one_column(&body) {
        return Some(reading);
    }
    let headed = SEPARATORS
        .into_iter()
        .filter_map(|separator| rows(below_titles(&body, separator)?, separator))
        .find_map(|rows| by_heading(&rows));
    headed.or_else(|| {
        SEPARATORS
            .into_iter()
            .filter(|separator| first.contains(*separator))
            .filter_map(|separator| rows(&body, separator))
            .find_map(|rows| by_content(&rows))
    })
}

/// A spreadsheet that took a comma for no separator writes each line as one cell, in quotation marks.
fn without_outer_marks(text: &str) -> String {
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let one_cell = |line: &str| {
        let inner = line
            .trim()
            .strip_prefix('"')
            .and_then(|line| line.strip_suffix('"'))?;
        let single = inner.contains([',', ';']) && !inner.replace("\"\"", "").contains('"');
        single.then(|| inner.replace("\"\"", "\""))
    };
    if lines().count() < 2 || !lines().all(|line| one_cell(line).is_some()) {
        return text.to_owned();
    }
    lines().filter_map(one_cell).collect::<Vec<_>>().join("\n")
}

/// A line of dashes under headings or around a table.
fn is_drawn(line: &str) -> bool {
    let drawn = |c: char| {
        matches!(
            c,
            '-' | '=' | '+' | '|' | ':' | ' ' | '\t' | '\u{2500}'..='\u{257f}'
        )
    };
    line.matches(['-', '=', '\u{2500}', '\u{2550}']).count() >= 3 && line.chars().all(drawn)
}

/// The text from its headings on: the first line whose cells name addresses, with no address above it.
fn below_titles(body: &str, separator: char) -> Option<&str> {
    let mut start = 0;
    for line in body.lines().take(TITLES) {
        let cells = || line.split(separator).map(|cell| cell.trim().trim_matches('"'));
        // Headings are short; a sentence that speaks of an address is none.
        let short = cells().all(|cell| cell.chars().count() <= 60 && !cell.contains('@'));
        if line.contains(separator)
            && short
            && !cells().any(prose::is_greeting)
            && cells().any(|cell| names_addresses(cell) || names_ids(cell))
        {
            return body.get(start..);
        }
        if !free_text::found_in(line).is_empty() {
            return None;
        }
        start += line.len() + 1;
    }
    None
}

/// A table of one column, as of `Select-Object PrimarySmtpAddress`: the heading is no entry, and what stands below is
/// read line by line, because some lines may hold several addresses after all.
fn one_column(body: &str) -> Option<Reading> {
    let (first, below) = body.split_once('\n')?;
    let heading = first.trim().trim_matches('"').trim();
    if !(names_addresses(heading) || names_ids(heading)) || heading.contains(SEPARATORS) {
        return None;
    }
    let mut entries = Entries::new();
    let mut rows = 0;
    for line in below.lines().filter(|line| !line.trim().is_empty()) {
        rows += 1;
        match address_in(line.trim().trim_matches('"')) {
            Some(entry) => entries.add(entry),
            None => free_text::read(line)
                .entries
                .into_iter()
                .for_each(|entry| entries.add(entry)),
        }
    }
    (rows > 0).then(|| Reading {
        shape: Shape::Table {
            column: heading.trim_end_matches(':').to_owned(),
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

/// A table has headings of which one names addresses, or ids where there is no address.
fn by_heading(rows: &[Vec<String>]) -> Option<Reading> {
    let (first, below) = rows.split_first()?;
    let ids = || {
        first.iter().enumerate().any(|(column, heading)| {
            names_ids(heading)
                && below
                    .iter()
                    .any(|row| row.get(column).is_some_and(|cell| is_id(cell)))
        })
    };
    let headed = first.iter().any(|cell| names_addresses(cell)) || ids();
    if first.len() < 2 || below.is_empty() || !headed || first.iter().any(|cell| entry_in(cell).is_some()) {
        return None;
    }
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
    let by_id_alone = !first.iter().any(|cell| names_addresses(cell));
    // A column of addresses whose heading isn't known is worth more than one of ids.
    if by_id_alone && below.iter().flatten().any(|cell| is_address(cell)) {
        return by_content(rows);
    }
    Some(of_rows(&named))
}

/// A table without headings that are known: its columns of addresses hold one in nearly every row. Where it has headings
/// at all, they say which column is meant; no other address is lost otherwise.
fn by_content(rows: &[Vec<String>]) -> Option<Reading> {
    let width = rows.iter().map(Vec::len).max()?;
    if rows.len() < 2 || width < 2 {
        return None;
    }
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let count = |is: fn(&str) -> bool| -> Vec<usize> {
        (0..width)
            .map(|column| {
                rows.iter()
                    .filter(|row| row.get(column).is_some_and(|cell| is(cell)))
                    .count()
            })
            .collect()
    };
    let mut counts = count(is_address);
    if counts.iter().all(|count| *count == 0) {
        counts = count(is_id);
    }
    let full = |count: &usize| *count * 2 > rows.len();
    let headings = rows[0]
        .iter()
        .all(|cell| !cell.contains('@') && entry_in(cell).is_none());
    let filled: Vec<usize> = (0..width).filter(|column| counts[*column] > 0).collect();
    let meant: Vec<usize> = filled
        .iter()
        .copied()
        .filter(|column| full(&counts[*column]) && headings && names_loosely(&cell(&rows[0], *column)))
        .collect();
    let column = match (meant.as_slice(), filled.as_slice()) {
        ([column], _) | (_, [column]) if full(&counts[*column]) => *column,
        (_, columns) => return behind_names(rows, columns, headings),
    };
    // Rows of other lengths are found in letters, where a comma parts words.
    if rows.iter().any(|row| row.len() != width) && meant.is_empty() {
        return None;
    }
    let heading = if headings {
        cell(&rows[0], column)
    } else {
        format!("column {}", column + 1)
    };
    let below = if headings { &rows[1..] } else { rows };
    let mut entries = Entries::new();
    let mut aside = Vec::new();
    for row in below {
        let cell = cell(row, column);
        let several = several_in(&cell);
        match entry_in(&cell) {
            Some(entry) => entries.add(entry),
            None if !several.is_empty() => several.into_iter().for_each(|entry| entries.add(entry)),
            None if cell.is_empty() => aside.push((Aside::NoAddress, row.join(" "))),
            None => entries.add(Entry::Unreadable(cell)),
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

/// Names, and behind them nothing but addresses: `Support;a@x;a@x.onmicrosoft.com`. All of them count.
fn behind_names(rows: &[Vec<String>], columns: &[usize], headings: bool) -> Option<Reading> {
    let start = *columns.first().filter(|start| **start > 0)?;
    let below = rows.get(usize::from(headings)..)?;
    let mut entries = Entries::new();
    for row in below {
        let (names, addresses) = row.split_at_checked(start)?;
        if names.iter().any(|name| name.contains('@')) {
            return None;
        }
        for cell in addresses.iter().filter(|cell| !cell.is_empty()) {
            entries.add(entry_in(cell)?);
        }
    }
    Some(Reading {
        shape: Shape::Text,
        entries: entries.list,
        aside: Vec::new(),
    })
}

fn is_address(cell: &str) -> bool {
    matches!(entry_in(cell), Some(Entry::Address(_)))
}

fn is_id(cell: &str) -> bool {
    matches!(entry_in(cell), Some(Entry::Id(_)))
}

/// The addresses of a cell that holds several, as a column of addresses may. Which of a mailbox's own addresses is meant
/// is told by the capital letters of one of them only.
fn several_in(cell: &str) -> Vec<Entry> {
    if cell.to_ascii_lowercase().contains("smtp:") {
        return Vec::new();
    }
    let words = cell.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '|' | '/'));
    let meant: Vec<&str> = words.filter(|word| word.contains('@')).collect();
    let found: Vec<Entry> = meant.iter().filter_map(|word| entry_in(word)).collect();
    if found.len() == meant.len() {
        found
    } else {
        Vec::new()
    }
}

/// Reads rows with headings: the address of each by the surest column that holds one.
pub(super) fn of_rows(rows: &[Row]) -> Reading {
    let mut columns: Vec<(usize, String)> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for (heading, _) in rows.iter().flatten() {
        if seen.insert(heading) {
            let plain = plain(heading);
            let rank = ADDRESSES.iter().chain(IDS).position(|known| *known == plain);
            columns.extend(rank.map(|rank| (rank, heading.clone())));
        }
    }
    columns.sort();
    let has_addresses = columns.iter().any(|(_, heading)| names_addresses(heading));
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
        let mut filled = columns
            .iter()
            .enumerate()
            .map(|(index, (_, heading))| (index, heading, cell(heading)))
            .filter(|(_, _, cell)| !cell.is_empty())
            .peekable();
        // A row without an address is no mailbox, whatever its id; where there are only ids, they are what is meant.
        match filled.peek().copied() {
            Some((_, heading, first)) if !has_addresses || names_addresses(heading) => {
                let found = filled.find_map(|(index, heading, cell)| {
                    let found = meant_in(heading, cell);
                    (!found.is_empty()).then_some((index, found))
                });
                match found {
                    Some((index, found)) => {
                        used[index] += 1;
                        found.into_iter().for_each(|entry| entries.add(entry));
                    }
                    // A value that was cut off, or a name in the place of an address.
                    None => entries.add(Entry::Unreadable(first.to_owned())),
                }
            }
            _ => aside.push((Aside::NoAddress, what_names(row))),
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

/// What a cell names: one mailbox, or several in a column where each is its own.
fn meant_in(heading: &str, cell: &str) -> Vec<Entry> {
    if names_ids(heading) {
        return entry_in(cell)
            .filter(|entry| matches!(entry, Entry::Id(_)))
            .into_iter()
            .collect();
    }
    match address_in(cell) {
        Some(entry) => vec![entry],
        // A mailbox has several proxy addresses, and which of them is meant would be a guess.
        None if OF_ONE_MAILBOX.contains(&plain(heading).as_str()) => Vec::new(),
        None => several_in(cell),
    }
}

/// The address in a cell: alone, or among proxy addresses the one that is written with capital letters.
fn address_in(cell: &str) -> Option<Entry> {
    if let Some(entry) = entry_in(cell) {
        return Some(entry);
    }
    // PowerShell writes the first values of a long list and dots. Without the bracket, dots say that an address was cut.
    let cell = match cell.strip_suffix("...}").or_else(|| cell.strip_suffix("…}")) {
        Some(first) => first,
        None => cell,
    };
    let cell = cell.trim_matches(['{', '}', '(', ')', '[', ']']);
    let parts = || {
        cell.split(['+', ',', ';', ' ', '\n'])
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
    let only = addresses.next()?;
    addresses.all(|other| other == only).then_some(only)
}

/// Why a row is no mailbox, as far as its cells say so.
fn set_aside(row: &Row) -> Option<Aside> {
    let value = |headings: &[&str]| {
        // The surest first: `RecipientType` calls a discovery mailbox a user's.
        row.iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(heading, value)| {
                let plain = plain(heading);
                let rank = headings.iter().position(|known| *known == plain)?;
                Some((rank, value.as_str()))
            })
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, value)| value)
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
        "mailcontact" | "contact" | "mailuser" | "kontakt" | "contacto" => Some(Aside::Contact),
        "gast" | "invite" | "invitado" => Some(Aside::Guest),
        kind if ["group", "distribution", "gruppe", "verteiler", "groupe", "grupo"]
            .iter()
            .any(|part| kind.contains(part)) =>
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
