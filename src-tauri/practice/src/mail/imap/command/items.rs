//! What `FETCH` asks for.

use super::reader::{Reader, is_atom};
use super::{Item, Portion, Section};

impl Reader<'_> {
    pub(super) fn fetch_items(&mut self) -> Option<Vec<Item>> {
        if self.peek() == Some(b'(') {
            let items = self.list(Self::fetch_item)?;
            return (!items.is_empty()).then_some(items);
        }
        let start = self.at;
        let fast = [Item::Flags, Item::InternalDate, Item::Size];
        match self.word()?.as_str() {
            "FAST" => return Some(fast.to_vec()),
            "ALL" => return Some([&fast[..], &[Item::Envelope]].concat()),
            "FULL" => return Some([&fast[..], &[Item::Envelope, Item::Body]].concat()),
            _ => self.at = start,
        }
        self.fetch_item().map(|item| vec![item])
    }

    pub(super) fn fetch_item(&mut self) -> Option<Item> {
        let name = self.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        let name = String::from_utf8_lossy(name).to_ascii_uppercase();
        let section = |what: Portion, peek: bool, label: &str| {
            Item::Section(Section {
                label: label.to_owned(),
                peek,
                path: Vec::new(),
                what,
                partial: None,
            })
        };
        Some(match name.as_str() {
            "FLAGS" => Item::Flags,
            "INTERNALDATE" => Item::InternalDate,
            "RFC822.SIZE" => Item::Size,
            "ENVELOPE" => Item::Envelope,
            "BODYSTRUCTURE" => Item::BodyStructure,
            "UID" => Item::Uid,
            "RFC822" => section(Portion::Whole, false, "RFC822"),
            "RFC822.HEADER" => section(Portion::Header, true, "RFC822.HEADER"),
            "RFC822.TEXT" => section(Portion::Text, false, "RFC822.TEXT"),
            "BODY" if self.peek() != Some(b'[') => Item::Body,
            "BODY" | "BODY.PEEK" => Item::Section(self.section(name == "BODY.PEEK")?),
            _ => return None,
        })
    }

    pub(super) fn section(&mut self, peek: bool) -> Option<Section> {
        self.eat(b'[')?;
        let mut path = Vec::new();
        let mut what = Portion::Whole;
        let mut label = String::from("BODY[");
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            let number = self.number().filter(|number| *number > 0)?;
            path.push(number);
            if path.len() > 64 {
                return None;
            }
            label.push_str(&number.to_string());
            if self.eat(b'.').is_none() {
                break;
            }
            label.push('.');
        }
        if label.ends_with('.') || path.is_empty() {
            let name = self.take_while(|byte| byte.is_ascii_alphabetic() || byte == b'.');
            let name = String::from_utf8_lossy(name).to_ascii_uppercase();
            label.push_str(&name);
            what = match name.as_str() {
                "" if path.is_empty() => Portion::Whole,
                "HEADER" => Portion::Header,
                "TEXT" => Portion::Text,
                "MIME" if !path.is_empty() => Portion::Mime,
                "HEADER.FIELDS" | "HEADER.FIELDS.NOT" => {
                    self.space()?;
                    let names = self.list(|reader| {
                        reader
                            .astring()
                            .map(|name| String::from_utf8_lossy(&name).into_owned())
                    })?;
                    let shown: Vec<String> = names.iter().map(|name| field_name(name)).collect();
                    label.push_str(&format!(" ({})", shown.join(" ")));
                    Portion::Fields {
                        names,
                        not: name == "HEADER.FIELDS.NOT",
                    }
                }
                _ => return None,
            };
        }
        self.eat(b']')?;
        label.push(']');
        let mut partial = None;
        if self.eat(b'<').is_some() {
            let first = self.number()?;
            self.eat(b'.')?;
            let most = self.number().filter(|most| *most > 0)?;
            self.eat(b'>')?;
            label.push_str(&format!("<{first}>"));
            partial = Some((first, most));
        }
        Some(Section {
            label,
            peek,
            path,
            what,
            partial,
        })
    }
}

/// A header field's name as an answer repeats it: as an atom if it is one.
fn field_name(name: &str) -> String {
    if !name.is_empty() && name.bytes().all(is_atom) {
        name.to_ascii_uppercase()
    } else {
        let safe: String = name
            .chars()
            .filter(|letter| !letter.is_control() && *letter != '"' && *letter != '\\' && letter.is_ascii())
            .collect();
        format!("\"{safe}\"")
    }
}
