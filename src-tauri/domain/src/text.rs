//! Texts that others wrote, such as the names of organisations, people and mailboxes.

/// A text as one line of what can be seen, at most `most` characters long.
///
/// Whoever names a thing decides what is in its name, so a name can hold line breaks, characters that turn the
/// direction of what follows, and characters that nobody sees. They are left out; every kind of blank becomes a space,
/// and several become one, so that words don't run together. Blanks at both ends go as well.
pub fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut left = most;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !line.is_empty();
        } else if !is_unseen(c) {
            let needed = if gap { 2 } else { 1 };
            if needed > left {
                break;
            }
            left -= needed;
            if gap {
                line.push(' ');
            }
            gap = false;
            line.push(c);
        }
    }
    line
}

/// A character as it can be seen: every kind of blank and line break as a space, and nothing for what nobody sees.
pub fn shown(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    }
}

/// Whether a character is a control, turns the direction of text, or has no width.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_and_blank_becomes_one_space() {
        for blank in [
            "\r\n",
            "\n\n",
            "\u{85}",
            "\u{2028}",
            "\u{2029}",
            "\u{a0}\u{a0}",
            "\u{202f}",
            "\t ",
        ] {
            assert_eq!(
                one_line(&format!("{blank}A{blank}B{blank}"), 9),
                "A B",
                "{blank:?}"
            );
        }
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        for unseen in [
            "\0",
            "\u{7}",
            "\u{1b}",
            "\u{202e}",
            "\u{2066}",
            "\u{200b}",
            "\u{feff}",
            "\u{e0041}",
        ] {
            assert_eq!(
                one_line(&format!("{unseen}A{unseen}B{unseen}"), 9),
                "AB",
                "{unseen:?}"
            );
        }
    }

    #[test]
    fn it_is_bounded_by_characters_and_never_ends_in_a_blank() {
        assert_eq!(one_line("ÄÖ Ü", 4), "ÄÖ Ü");
        assert_eq!(one_line("ÄÖ Ü", 3), "ÄÖ");
        assert_eq!(one_line("ÄÖ Ü", 1), "Ä");
        assert_eq!(one_line("ÄÖ Ü", 0), "");
    }
}
