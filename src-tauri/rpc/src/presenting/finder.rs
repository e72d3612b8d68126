//! Finds names in a text that isn't ours, however they are spelt, and puts a word in place of each.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::folded::Folded;

/// Finds names in a text.
#[derive(Debug)]
pub struct Finder {
    forms: AhoCorasick,
    /// The word of each form.
    words: Vec<String>,
    /// What stands in place of an address that nobody has named.
    an_address: String,
    /// What stands in place of an id that nobody has named.
    an_id: String,
}

impl Finder {
    /// Looks for folded names, each with its word. `None` where so many can't be looked for at once; what can't be masked
    /// isn't shown.
    pub fn of<'a>(
        known: impl Iterator<Item = (&'a str, &'a str)> + Clone,
        an_address: String,
        an_id: String,
    ) -> Option<Self> {
        let mut forms: BTreeMap<String, &str> = BTreeMap::new();
        for (folded, word) in known.clone() {
            forms.insert(folded.to_owned(), word);
        }
        // What follows from a name never takes the place of a name.
        for (folded, word) in known {
            for form in derived(folded) {
                forms.entry(form).or_insert(word);
            }
        }
        let words = forms.values().map(|word| (*word).to_owned()).collect();
        let forms = AhoCorasick::new(forms.keys()).ok()?;
        Some(Self {
            forms,
            words,
            an_address,
            an_id,
        })
    }

    /// A text with words in place of names, and of every address and every id that nobody named.
    pub fn hide(&self, text: &str) -> String {
        let an_address = self.an_address.as_str();
        let folded = Folded::of(text);
        let mut found: Vec<(usize, usize, &str)> = self
            .forms
            .find_overlapping_iter(&folded.text)
            .filter(|found| stands_alone(&folded.text, found.start(), found.end()))
            .filter_map(|found| {
                let word = self.words.get(found.pattern().as_usize())?;
                Some((found.start(), found.end(), word.as_str()))
            })
            .collect();
        found.extend(addresses(&folded.text).map(|(start, end)| (start, end, an_address)));
        // The longest of those that begin first, so that an address isn't torn by the domain in it; and of two that are
        // as long, the one that has a word of its own.
        found.sort_by_key(|(start, end, word)| (*start, std::cmp::Reverse(*end), *word == an_address));
        let mut shown = String::with_capacity(text.len());
        let (mut of_text, mut of_folded) = (0, 0);
        for (start, end, word) in found {
            let Some((from, to)) = folded.place(start, end) else {
                continue;
            };
            if start < of_folded || from < of_text {
                continue;
            }
            shown.push_str(&text[of_text..from]);
            shown.push_str(word);
            (of_text, of_folded) = (to, end);
        }
        shown.push_str(&text[of_text..]);
        without_ids(&shown, &self.an_id)
    }
}

/// How else a folded name is written: joined in the name of a file, turned round in a directory, in a distinguished
/// name, or as the part of an address before the @ where no ordinary word looks like it.
fn derived(name: &str) -> Vec<String> {
    let mut forms = vec![name.replace(' ', "-")];
    if let Some((first, last)) = name.split_once(' ')
        && !last.contains(' ')
    {
        forms.push(format!("{last}, {first}"));
        forms.push(format!("{first}.{last}"));
    }
    let (local, domain) = match name.split_once('@') {
        Some((local, domain)) => (Some(local), Some(domain)),
        None => (None, (name.contains('.') && !name.contains(' ')).then_some(name)),
    };
    if let Some(domain) = domain {
        forms.push(format!("dc={}", domain.replace('.', ",dc=")));
    }
    if let Some(local) = local.filter(|local| !local.is_empty()) {
        forms.extend([format!("cn={local}"), format!("/{local}")]);
        if local.len() >= 4 && !local.chars().all(char::is_alphabetic) {
            forms.push(local.to_owned());
        }
    }
    forms.retain(|form| form.len() >= 2);
    forms
}

/// Whether a short name stands by itself: "Pat" isn't in "path". Beside letters that aren't Latin nothing separates
/// words, and a long name or an address is hidden wherever it stands.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    const LONG: usize = 8;
    let name = &text[start..end];
    if name.len() >= LONG || name.contains(['@', '.', '=']) {
        return true;
    }
    let joined = |one: Option<char>, other: Option<char>| {
        one.is_some_and(|c| c.is_ascii_alphanumeric()) && other.is_some_and(|c| c.is_ascii_alphanumeric())
    };
    !joined(text[..start].chars().next_back(), name.chars().next())
        && !joined(name.chars().next_back(), text[end..].chars().next())
}

/// Where addresses of mailboxes stand.
fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let of_local = |c: char| c.is_alphanumeric() || ".-'%&*/=?^{|}~!#$".contains(c);
    let of_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    text.match_indices('@').filter_map(move |(at, _)| {
        let local = text[..at].chars().rev().take_while(|c| of_local(*c));
        let start = at - local.map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..].chars().take_while(|c| of_domain(*c));
        let end = at + 1 + domain.map(char::len_utf8).sum::<usize>();
        let domain = text[at + 1..end].trim_end_matches(['.', '-']);
        (start < at && domain.contains('.')).then_some((start, at + 1 + domain.len()))
    })
}

/// Replaces every other GUID, such as request ids in evidence.
fn without_ids(text: &str, word: &str) -> String {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    let mut shown = String::with_capacity(text.len());
    let mut place = 0;
    while place < text.len() {
        let end = place + LENGTH;
        if end <= text.len() && text.is_char_boundary(end) && is_guid(&bytes[place..end]) {
            shown.push_str(word);
            place = end;
            continue;
        }
        let next = text[place..].chars().next().map_or(1, char::len_utf8);
        shown.push_str(&text[place..place + next]);
        place += next;
    }
    shown
}

fn is_guid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks for these names, each of which becomes "somebody".
    fn finder(names: &[&str]) -> Finder {
        let folded: Vec<String> = names.iter().map(|name| Folded::of(name).text).collect();
        let known = folded.iter().map(|name| (name.as_str(), "somebody"));
        Finder::of(known, "an address".into(), "an id".into()).unwrap()
    }

    #[test]
    fn a_name_is_hidden_however_it_is_spelt() {
        let finder = finder(&[
            "support@contoso.example",
            "contoso.example",
            "o'brien@contoso.example",
            "Dana Reyes",
            "dana.reyes@contoso.example",
            "Zoë Müller",
        ]);
        for text in [
            "SUPPORT@Contoso.Example",
            "support%40contoso.example",
            "dana reyes",
            "Dana\u{a0}Reyes",
            "Da\u{200b}na%20Reyes",
            "exports/Dana-Reyes/x",
            "Reyes\\, Dana",
            "C:\\Users\\dana.reyes\\Downloads",
            "CN=dana.reyes,OU=Users,DC=contoso,DC=example",
            "zoe\u{308} MU\u{308}LLER",
            "Zo%C3%AB_M%C3%BCller.age",
            "ｓｕｐｐｏｒｔ@contoso.example",
            "O\u{2019}Brien@contoso.example",
            "somebody.else@contoso.example",
            "Somebody.Else%40Elsewhere.Example",
        ] {
            let hidden = finder.hide(text);
            let plain = Folded::of(&hidden).text;
            for part in ["contoso", "reyes", "muller", "brien", "else"] {
                assert!(!plain.contains(part), "{text} is shown as {hidden}");
            }
        }
    }

    #[test]
    fn what_merely_looks_like_a_name_stays() {
        let finder = finder(&["support@contoso.example", "contoso.example", "Pat"]);
        for text in ["The path to the app", "@ 10:30", "a@b"] {
            assert_eq!(finder.hide(text), text);
        }
        assert_eq!(finder.hide("Pat's"), "somebody's");
    }
}
