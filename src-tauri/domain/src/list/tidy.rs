//! What nobody sees and everybody pastes: marks of direction, spaces of no width, quotation marks of every language.

/// Characters that can't be seen and belong to no address.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The text without what can't be seen, with line ends and spaces of one kind each.
pub(super) fn without_marks(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '＠' => Some('@'),
            '．' => Some('.'),
            '\n' | '\t' => Some(c),
            c if invisible(c) => None,
            c if c.is_whitespace() => Some(' '),
            c => Some(c),
        })
        .collect()
}

/// Marks that stand around an address and are no part of it.
pub(super) fn around(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '"' | '«'
                | '»'
                | '<'
                | '>'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '`'
                | '·'
                | '*'
                | '|'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '،'
                | '؛'
                | '¿'
                | '¡'
        )
        || is_sign(c)
}

/// Dashes, quotation marks, arrows, bullets, ticks and pictures of every kind. An apostrophe can stand in an address,
/// and an ellipsis says that something was cut off.
fn is_sign(c: char) -> bool {
    let marks = matches!(c, '\u{2010}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff1f}' | '\u{e000}'..='\u{f8ff}' | '\u{1f000}'..='\u{1faff}');
    marks && !c.is_alphanumeric() && !matches!(c, '’' | '…')
}

/// One piece without what stands around it: prefixes such as `mailto:` and `SMTP:`, a query behind it, a full stop.
pub(super) fn bare(piece: &str) -> &str {
    let mut bare = piece.trim_matches(around);
    for prefix in ["mailto:", "smtp:", "sip:", "e-mail:", "email:"] {
        if bare
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        {
            bare = bare.get(prefix.len()..).unwrap_or_default();
        }
    }
    if let Some((address, _)) = bare.split_once('?')
        && address.contains('@')
    {
        bare = address;
    }
    bare = without_label(bare);
    // A single quotation mark can begin or end a quoted address, and can stand inside one: o'brien@….
    let trimmed = bare.trim_matches(around);
    // Several full stops say that something was cut off.
    let trimmed = match trimmed.strip_suffix('.') {
        Some(inner) if !inner.ends_with('.') => inner,
        _ => trimmed,
    };
    let unquoted = match (
        trimmed.strip_prefix(['\'', '’']),
        trimmed.strip_suffix(['\'', '’']),
    ) {
        (Some(inner), Some(_)) => inner
            .strip_suffix(['\'', '’'])
            .unwrap_or(inner)
            .trim_matches(around),
        (Some(inner), None) if inner.contains('@') => inner,
        (None, Some(inner)) if inner.contains('@') => inner,
        _ => trimmed,
    };
    without_emphasis(unquoted)
}

/// What stands before an address without a space: `Support:a@x`, `MAILBOX=a@x`. No address of a mailbox has a colon.
fn without_label(piece: &str) -> &str {
    let name = piece.split_once('@').map_or(piece, |(name, _)| name);
    if let Some((_, behind)) = piece
        .get(..name.len())
        .and_then(|name| name.rsplit_once([':', '：']))
    {
        return piece.get(name.len() - behind.len()..).unwrap_or_default();
    }
    match piece.split_once('=') {
        Some((label, rest))
            if !label.contains('@')
                && label
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, '_' | '-' | '$')) =>
        {
            rest
        }
        _ => piece,
    }
}

/// `_a@x_`, as in Markdown, and a dash without a space before an address.
fn without_emphasis(piece: &str) -> &str {
    if !piece.contains('@') {
        return piece;
    }
    let piece = piece.trim_start_matches(['-', '+']);
    match piece.strip_suffix('_') {
        Some(inner) => inner.trim_matches('_'),
        None => piece,
    }
}
