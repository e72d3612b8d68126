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
    text.chars()
        .filter_map(|c| match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '＠' => Some('@'),
            '．' => Some('.'),
            '\n' | '\r' | '\t' => Some(c),
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
            '"' | '“'
                | '”'
                | '„'
                | '‟'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '「'
                | '」'
                | '『'
                | '』'
                | '‚'
                | '‘'
                | '<'
                | '>'
                | '＜'
                | '＞'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '`'
                | '•'
                | '·'
                | '‣'
                | '▪'
                | '●'
                | '○'
                | '◦'
                | '*'
                | '|'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '→'
                | '–'
                | '—'
        )
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
    // A single quotation mark can begin or end a quoted address, and can stand inside one: o'brien@….
    let trimmed = bare.trim_matches(around).trim_end_matches('.');
    match (
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
    }
}
