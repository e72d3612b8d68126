//! Output of PowerShell for eyes: `Format-List`, one property a line, and `Format-Table`, columns under dashes.

use super::table::{self, Row};
use super::{Reading, entry_in, free_text};

pub(super) fn read(text: &str) -> Option<Reading> {
    as_list(text).or_else(|| as_table(text))
}

/// `Name : value` lines, objects apart by empty lines.
fn as_list(text: &str) -> Option<Reading> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row::new();
    let mut matched = 0;
    let mut others: Vec<&str> = Vec::new();
    let mut apart = false;
    for line in text.split('\n') {
        if line.trim().is_empty() {
            apart = true;
            continue;
        }
        match property(line) {
            Some((name, value)) => {
                matched += 1;
                let same = |held: &str| held.eq_ignore_ascii_case(name);
                // One that has several values says so line by line; otherwise the next object begins where a property
                // comes again.
                let several = !apart && row.len() > 1;
                match row.last_mut().filter(|(held, _)| several && same(held)) {
                    Some((_, held)) => {
                        held.push(' ');
                        held.push_str(value);
                    }
                    None => {
                        if row.iter().any(|(held, _)| same(held)) {
                            rows.push(std::mem::take(&mut row));
                        }
                        row.push((name.to_owned(), value.to_owned()));
                    }
                }
            }
            // A long value goes on in the next line, indented; so does a list below its name.
            None if line.starts_with(' ') && !row.is_empty() => {
                if let Some((_, value)) = row.last_mut() {
                    if line.trim_start().starts_with(['-', '*']) {
                        value.push(' ');
                    }
                    value.push_str(line.trim());
                }
            }
            None => others.push(line),
        }
        apart = false;
    }
    if !row.is_empty() {
        rows.push(row);
    }
    let named = rows.iter().flatten().any(|(name, _)| names(name));
    (matched >= 2 && matched > others.len() && named)
        .then(|| table::of_rows(&rows).with(free_text::strays(&others.join("\n"))))
}

fn names(heading: &str) -> bool {
    table::names_addresses(heading) || table::names_ids(heading)
}

/// `PrimarySmtpAddress   : a@x`: one word, spaces, a colon and a space; in YAML there may be a dash before it.
fn property(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let word = name.trim();
    let word = word.strip_prefix("- ").unwrap_or(word).trim_start();
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let apart = name.ends_with(' ') || value.is_empty() || value.starts_with(' ');
    (plain && apart).then(|| (word, value.trim()))
}

/// The columns of a table: what heads each, and where it starts.
type Columns = Vec<(String, usize)>;

/// Columns whose width is drawn by a line of dashes under the headings. A text may hold several such tables, and a
/// prompt and other lines around them.
fn as_table(text: &str) -> Option<Reading> {
    let mut lines: Vec<(&str, bool)> = Vec::new();
    let mut apart = false;
    for line in text.split('\n') {
        if line.trim().is_empty() {
            apart = true;
        } else {
            lines.push((line.trim_end(), std::mem::take(&mut apart)));
        }
    }
    let mut columns: Option<Columns> = None;
    let mut rows: Vec<Row> = Vec::new();
    let mut strays: Vec<&str> = Vec::new();
    for (index, (line, apart)) in lines.iter().enumerate() {
        let below = lines.get(index + 1).map_or("", |(below, _)| below);
        if is_ruler(below) && !is_ruler(line) {
            let headings = columns_of(line, below);
            if headings.iter().any(|(heading, _)| names(heading)) {
                columns = Some(headings);
            } else {
                columns = None;
                strays.push(line);
            }
            continue;
        }
        if is_ruler(line) {
            continue;
        }
        let row: Option<Row> = columns.as_ref().map(|columns| cells(line, columns));
        let in_place = |row: &Row| {
            row.iter()
                .any(|(heading, cell)| names(heading) && entry_in(cell).is_some())
        };
        // A table ends with an empty line; a row that goes on below one has its address in its place.
        let is_row = |row: &Row| {
            let moved = columns.iter().flatten().any(|(_, start)| {
                let line: Vec<char> = line.chars().collect();
                begins(&line, *start) != (*start).min(line.len())
            });
            in_place(row) || !apart && !moved
        };
        match row {
            Some(row) if is_row(&row) => rows.push(row),
            _ => strays.push(line),
        }
    }
    (!rows.is_empty()).then(|| table::of_rows(&rows).with(free_text::strays(&strays.join("\n"))))
}

fn columns_of(headings: &str, ruler: &str) -> Columns {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (place, c) in ruler.chars().enumerate() {
        if c == '-' && before != '-' {
            starts.push((String::new(), place));
        }
        before = c;
    }
    cells(headings, &starts)
        .into_iter()
        .zip(starts)
        .map(|((_, heading), (_, start))| (heading, start))
        .collect()
}

fn cells(line: &str, columns: &Columns) -> Row {
    let line: Vec<char> = line.chars().collect();
    let starts: Vec<usize> = columns.iter().map(|(_, start)| begins(&line, *start)).collect();
    columns
        .iter()
        .enumerate()
        .map(|(index, (heading, _))| {
            let end = starts.get(index + 1).copied().unwrap_or(line.len());
            let cell: String = line.get(starts[index]..end).unwrap_or_default().iter().collect();
            (heading.clone(), cell.trim().to_owned())
        })
        .collect()
}

/// Where a cell begins: at its column, or before it where a word would be cut in two. Wide letters, as in Japanese, move
/// what follows to the left.
fn begins(line: &[char], column: usize) -> usize {
    let column = column.min(line.len());
    let within = |place: usize| {
        let before = place.checked_sub(1).and_then(|before| line.get(before));
        [before, line.get(place)]
            .iter()
            .all(|c| c.is_some_and(|c| !c.is_whitespace()))
    };
    (0..=column).rev().find(|place| !within(*place)).unwrap_or(0)
}

fn is_ruler(line: &str) -> bool {
    line.chars().filter(|c| *c == '-').count() >= 2 && line.chars().all(|c| matches!(c, '-' | ' '))
}
