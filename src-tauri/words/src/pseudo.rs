//! English as a language that takes more room: it shows what a translation would cut off, and what is in no message.

use std::borrow::Cow;

/// A text with accents, and with four letters more for every ten. It is still read as English, and keeps every blank and
/// sign, so that nothing but its length and its letters is different.
pub fn lengthened(text: &str) -> Cow<'_, str> {
    let mut long = String::with_capacity(text.len() * 2);
    // Tenths of a letter that are still to be added.
    let mut owed = 0;
    for c in text.chars() {
        owed += 4;
        let accented = accented(c);
        long.push(accented);
        if owed >= 10 && c.is_alphabetic() {
            long.push(accented);
            owed -= 10;
        }
    }
    long.into()
}

fn accented(c: char) -> char {
    match c {
        'a' => 'á',
        'c' => 'ç',
        'd' => 'ð',
        'e' => 'é',
        'g' => 'ğ',
        'i' => 'í',
        'l' => 'ł',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        't' => 'ť',
        'u' => 'ü',
        'y' => 'ý',
        'z' => 'ž',
        'A' => 'Å',
        'C' => 'Ç',
        'D' => 'Ð',
        'E' => 'É',
        'I' => 'Î',
        'L' => 'Ł',
        'M' => 'Ṁ',
        'N' => 'Ñ',
        'O' => 'Ö',
        'S' => 'Š',
        'T' => 'Ť',
        'U' => 'Û',
        'W' => 'Ŵ',
        'Y' => 'Ý',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_grows_by_four_tenths_and_keeps_its_words() {
        let text = "The app reaches these mailboxes and no others";
        let long = lengthened(text);
        let (before, after) = (text.chars().count(), long.chars().count());
        assert!(after * 10 >= before * 13 && after * 10 <= before * 14, "{long}");
        assert_eq!(long.split(' ').count(), text.split(' ').count());
        assert!(long.chars().filter(|c| !c.is_ascii()).count() * 3 > after);
    }

    #[test]
    fn signs_and_blanks_stay() {
        assert_eq!(lengthened(", ").as_ref(), ", ");
        assert_eq!(lengthened("").as_ref(), "");
    }
}
