//! Output of PowerShell for eyes: `Format-List`, one property a line, and `Format-Table`, columns under dashes.

use super::table::{self, Row};
use super::{Reading, Shape};

pub(super) fn read(text: &str) -> Option<Reading> {
    as_list(text).or_else(|| as_table(text))
}

/// `Name : value` lines, objects apart by empty lines.
fn as_list(text: &str) -> Option<Reading> {
    let mut rows: Vec<Row> = Vec::new();
    let mut row = Row::new();
    let mut matched = 0;
    let mut others = 0;
    for line in text.split(['\n', '\r']) {
        if line.trim().is_empty() {
            // A carriage return and a line feed are one line end, and lie between the lines of an object.
            continue;
        }
        match property(line) {
            Some((name, value)) => {
                // The first property comes again with the next object.
                if row.iter().any(|(held, _)| held.eq_ignore_ascii_case(name)) {
                    rows.push(std::mem::take(&mut row));
                }
                row.push((name.to_owned(), value.to_owned()));
                matched += 1;
            }
            // A long value goes on in the next line, indented.
            None if line.starts_with(' ') && !row.is_empty() => {
                if let Some((_, value)) = row.last_mut() {
                    value.push_str(line.trim());
                }
            }
            None => others += 1,
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    let named = rows
        .iter()
        .flatten()
        .any(|(name, _)| table::names_addresses(name));
    (matched >= 2 && matched > others && named).then(|| table::of_rows(&rows))
}

/// `PrimarySmtpAddress   : a@x`: one word, spaces, a colon and a space.
fn property(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let word = name.trim();
    let plain = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let apart = name.ends_with(' ') || value.is_empty() || value.starts_with(' ');
    (plain && apart).then(|| (word, value.trim()))
}

/// Columns whose width is drawn by a line of dashes under the headings.
fn as_table(text: &str) -> Option<Reading> {
    let lines: Vec<Vec<char>> = text
        .lines()
        .map(|line| line.trim_end().chars().collect())
        .collect();
    let ruler = lines.iter().position(|line| is_ruler(line))?;
    let headings = ruler.checked_sub(1).and_then(|above| lines.get(above))?;
    let starts: Vec<usize> =
        lines
            .get(ruler)?
            .iter()
            .enumerate()
            .fold(Vec::new(), |mut starts, (place, c)| {
                let before = place.checked_sub(1).and_then(|before| lines[ruler].get(before));
                if *c == '-' && before != Some(&'-') {
                    starts.push(place);
                }
                starts
            });
    let cells = |line: &[char]| -> Vec<String> {
        starts
            .iter()
            .enumerate()
            .map(|(index, start)| {
                let end = starts
                    .get(index + 1)
                    .copied()
                    .unwrap_or(usize::MAX)
                    .min(line.len());
                let cell: String = line.get(*start..end).unwrap_or_default().iter().collect();
                cell.trim().to_owned()
            })
            .collect()
    };
    let names = cells(headings);
    let rows: Vec<Row> = lines
        .iter()
        .skip(ruler + 1)
        .filter(|line| line.iter().any(|c| !c.is_whitespace()))
        .map(|line| names.iter().cloned().zip(cells(line)).collect())
        .collect();
    let named = names.iter().any(|name| table::names_addresses(name));
    let reading = table::of_rows(&rows);
    (named && matches!(reading.shape, Shape::Table { .. })).then_some(reading)
}

fn is_ruler(line: &[char]) -> bool {
    line.iter().filter(|c| **c == '-').count() >= 2 && line.iter().all(|c| matches!(c, '-' | ' '))
}
