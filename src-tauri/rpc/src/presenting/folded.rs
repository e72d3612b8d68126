//! A text as names are looked for in it: one form for every spelling, and where each part of it stands in the original.
//!
//! Letters are taken apart (Unicode's compatibility decomposition) and lose their case, percent-encoding is read, every
//! blank is a space, every dash, underscore and plus sign a hyphen, and what nobody sees is left out. Two spellings of
//! one name come out the same.

use domain::text::is_unseen;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A folded text.
#[derive(Debug, Default)]
pub struct Folded {
    /// The folded form.
    pub text: String,
    /// For every byte of it, where what it came from begins and ends in the original.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self::default();
        let mut segment = String::new();
        let mut place = (0, 0);
        for (c, start, end) in decoded(text) {
            // Marks belong to the letter before them: only together do they have an order of their own.
            if canonical_combining_class(c) == 0 && !segment.is_empty() {
                folded.push(&segment, place);
                segment.clear();
            }
            if segment.is_empty() {
                place = (start, end);
            }
            place.1 = end;
            segment.push(c);
        }
        folded.push(&segment, place);
        folded
    }

    fn push(&mut self, segment: &str, place: (usize, usize)) {
        // By way of the capitals, so that a sharp s and a double one, and both forms of sigma, come out the same.
        let lower = segment
            .nfkd()
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .nfkd();
        for c in lower.filter(|c| c.is_whitespace() || !is_unseen(*c)).map(plain) {
            self.text.push(c);
            self.places.resize(self.text.len(), place);
        }
    }

    /// Where a part of the folded text stands in the original. Empty parts stand nowhere.
    pub fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.places.get(start)?;
        let last = self.places.get(end.checked_sub(1)?)?;
        Some((first.0, last.1))
    }
}

/// Blanks are a space, and what joins words in names of files and addresses is a hyphen.
fn plain(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '_' | '+' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        // An apostrophe is written in several ways.
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' => '\'',
        c => c,
    }
}

/// Every character with its place, percent-encoded ones and those that a distinguished name escapes as what they mean.
fn decoded(text: &str) -> Vec<(char, usize, usize)> {
    let mut all = Vec::with_capacity(text.len());
    let mut place = 0;
    while let Some(c) = text[place..].chars().next() {
        let after = place + c.len_utf8();
        if let Some((meant, end)) = percent_encoded(text, place) {
            all.push((meant, place, end));
            place = end;
        } else if c == '\\' && text[after..].starts_with(ESCAPED) {
            // The backslash goes with the character that it escapes.
            let escaped = text[after..].chars().next().unwrap_or(c);
            all.push((escaped, place, after + escaped.len_utf8()));
            place = after + escaped.len_utf8();
        } else {
            all.push((c, place, after));
            place = after;
        }
    }
    all
}

/// What a distinguished name writes with a backslash before it (RFC 4514 §2.4).
const ESCAPED: [char; 9] = [',', '+', '"', '<', '>', ';', '=', '#', ' '];

/// The character that is percent-encoded here, and where its encoding ends.
fn percent_encoded(text: &str, place: usize) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    let mut end = place;
    while bytes.len() < 4 && text.as_bytes().get(end) == Some(&b'%') {
        let digits = text.get(end + 1..end + 3)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        end += 3;
        if let Ok(decoded) = std::str::from_utf8(&bytes) {
            return decoded.chars().next().map(|c| (c, end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_come_out_the_same() {
        for (one, other) in [
            ("Dana Reyes", "DANA\u{a0}reyes"),
            ("Dana Reyes", "Da\u{ad}na%20Reyes"),
            ("Zoë Müller", "zoe\u{308} mu\u{308}ller"),
            ("Zoë Müller", "Zo%C3%AB%20M%C3%BCller"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("support@contoso.example", "ｓｕｐｐｏｒｔ@contoso.example"),
            ("o'brien@contoso.example", "O\u{2019}Brien%40contoso.example"),
            ("Reyes, Dana", "Reyes\\, Dana"),
            ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ] {
            assert_eq!(Folded::of(one).text, Folded::of(other).text, "{one} {other}");
        }
    }

    #[test]
    fn a_part_is_found_again_in_the_original() {
        let text = "An: Zo%C3%AB Mu\u{308}ller!";
        let folded = Folded::of(text);
        let start = folded.text.find('z').unwrap();
        let end = folded.text.find('!').unwrap();
        let (start, end) = folded.place(start, end).unwrap();
        assert_eq!(&text[start..end], "Zo%C3%AB Mu\u{308}ller");
        assert_eq!(folded.place(0, 0), None);
    }

    #[test]
    fn what_is_no_encoding_stays() {
        assert_eq!(
            Folded::of("100 %, %zz, %C3, C:\\Users").text,
            "100 %, %zz, %c3, c:\\users"
        );
    }
}
