//! Text that came out of a page or a mail as it is written there: tags, entities, and `>` before quoted lines.

/// Tags that stand in copied pages and mails. Anything else in angle brackets is what people write there: an address.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "meta",
    "ol",
    "o:p",
    "p",
    "pre",
    "script",
    "span",
    "strong",
    "style",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
];

/// The text as its reader saw it.
pub(super) fn as_seen(text: &str) -> String {
    entities(&tags(&unquoted(text)))
}

/// How often a mail was answered at most.
const DEEPEST: usize = 8;

/// A mail that was answered has `>` before each of its lines.
fn unquoted(text: &str) -> String {
    let mut text = text.to_owned();
    let quoted = |line: &str| line.trim().is_empty() || line.starts_with('>');
    for _ in 0..DEEPEST {
        if !text.lines().any(|line| line.starts_with('>')) || !text.lines().all(quoted) {
            break;
        }
        text = text
            .lines()
            .map(|line| line.strip_prefix('>').unwrap_or(line))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect::<Vec<_>>()
            .join("\n");
    }
    text
}

/// Rows of a table become lines, its cells stand apart by tabs, and a link to an address shows the address.
fn tags(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    let lower = text.to_ascii_lowercase();
    let (mut in_row, mut cells) = (false, 0usize);
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        push(&mut seen, before, in_row);
        let Some((name, closing, attributes, after)) = tag_at(tag) else {
            seen.push('<');
            rest = &tag[1..];
            continue;
        };
        rest = after;
        match (name.as_str(), closing) {
            ("tr", _) => {
                (in_row, cells) = (!closing, 0);
                seen.push('\n');
            }
            ("td" | "th", false) => {
                if cells > 0 {
                    seen.push('\t');
                }
                cells += 1;
            }
            ("br" | "p" | "div" | "li" | "hr" | "h1" | "h2" | "h3" | "h4" | "table", _) => {
                seen.push(if in_row { ' ' } else { '\n' });
            }
            ("a", false) => {
                if let Some(address) = linked(attributes) {
                    seen.push_str(&format!(" <{address}> "));
                }
            }
            // What stands in these is for the program, not for the reader.
            ("style" | "script", false) => {
                let end = format!("</{name}");
                let below = lower.get(text.len() - rest.len()..).unwrap_or_default();
                rest = below
                    .find(&end)
                    .and_then(|end| rest.get(end..))
                    .unwrap_or_default();
            }
            _ => {}
        }
    }
    push(&mut seen, rest, in_row);
    seen
}

/// In a row, the line breaks of the source are spaces.
fn push(seen: &mut String, text: &str, in_row: bool) {
    if in_row {
        seen.push_str(&text.replace(['\n', '\r', '\t'], " "));
    } else {
        seen.push_str(text);
    }
}

/// A tag at the beginning of a text: its name, whether it closes, its attributes, and what follows.
fn tag_at(text: &str) -> Option<(String, bool, &str, &str)> {
    let inner = text.strip_prefix('<')?;
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let length = inner
        .find(|c: char| !c.is_ascii_alphanumeric() && c != ':')
        .filter(|length| *length <= 10)?;
    let (name, rest) = inner.split_at(length);
    let name = name.to_ascii_lowercase();
    let ends = rest.starts_with(['>', '/']) || rest.starts_with(char::is_whitespace);
    if !ends || !TAGS.contains(&name.as_str()) {
        return None;
    }
    // A tag ends before the next one begins.
    let end = rest.find(['>', '<'])?;
    let (attributes, after) = rest.split_at(end);
    Some((name, closing, attributes, after.strip_prefix('>')?))
}

/// The address that a link leads to.
fn linked(attributes: &str) -> Option<&str> {
    let place = attributes.to_ascii_lowercase().find("mailto:")?;
    attributes
        .get(place..)?
        .split(['"', '\'', ' ', '?'])
        .next()
        .filter(|address| address.len() > "mailto:".len())
}

/// `&commat;` and `&#8203;` are the longest that are known here.
const LONGEST_ENTITY: usize = 10;

/// `&lt;`, `&#64;` and their like.
fn entities(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        let (before, entity) = rest.split_at(start);
        seen.push_str(before);
        let decoded = entity
            .char_indices()
            .take(LONGEST_ENTITY)
            .find(|(_, c)| *c == ';')
            .and_then(|(end, _)| Some((character(entity.get(1..end)?)?, entity.get(end + 1..)?)));
        match decoded {
            Some((c, after)) => {
                seen.push(c);
                rest = after;
            }
            None => {
                seen.push('&');
                rest = &entity[1..];
            }
        }
    }
    seen.push_str(rest);
    seen
}

fn character(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => {
            return Some(match name {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                "commat" => '@',
                "period" => '.',
                _ => return None,
            });
        }
    };
    char::from_u32(number).filter(|c| !c.is_control())
}
