//! The smallest parts of IMAP's grammar: atoms, numbers, strings, literals, mailbox names and sets.

use super::set::Set;
use crate::mail::imap::mailbox_name;

/// What a tag is made of.
pub(super) fn is_tag(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !b"(){%*\"\\+".contains(&byte)
}

/// What an atom is made of.
pub(super) fn is_atom(byte: u8) -> bool {
    byte > b' ' && byte < 0x7f && !b"(){%*\"\\]".contains(&byte)
}

/// Atoms of mailbox names may also hold `]`, and bytes outside ASCII from programs that do not encode names.
pub(super) fn is_astring(byte: u8) -> bool {
    is_atom(byte) || byte == b']' || byte >= 0x80
}

/// Reads a command from its bytes. A part that is not there leaves the reader anywhere: the whole command is then at fault.
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    pub(super) fn space(&mut self) -> Option<()> {
        self.eat(b' ')?;
        while self.eat(b' ').is_some() {}
        Some(())
    }

    pub(super) fn end(&mut self) -> Option<()> {
        while self.eat(b' ').is_some() {}
        (self.at == self.bytes.len()).then_some(())
    }

    pub(super) fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    pub(super) fn atom(&mut self) -> Option<String> {
        let atom = self.take_while(is_atom);
        (!atom.is_empty()).then(|| String::from_utf8_lossy(atom).into_owned())
    }

    pub(super) fn word(&mut self) -> Option<String> {
        self.atom().map(|atom| atom.to_ascii_uppercase())
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    pub(super) fn quoted(&mut self) -> Option<Vec<u8>> {
        self.eat(b'"')?;
        let mut text = Vec::new();
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(text);
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.peek()?);
                }
                b'\r' | b'\n' => return None,
                byte => text.push(byte),
            }
            self.at += 1;
        }
    }

    pub(super) fn literal(&mut self) -> Option<&'a [u8]> {
        self.eat(b'{')?;
        let length = usize::try_from(self.number()?).ok()?;
        let _ = self.eat(b'+');
        self.eat(b'}')?;
        self.eat(b'\r')?;
        self.eat(b'\n')?;
        let literal = self.bytes.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        Some(literal)
    }

    pub(super) fn string(&mut self) -> Option<Vec<u8>> {
        match self.peek()? {
            b'"' => self.quoted(),
            b'{' => self.literal().map(<[u8]>::to_vec),
            _ => None,
        }
    }

    pub(super) fn astring(&mut self) -> Option<Vec<u8>> {
        if let Some(b'"' | b'{') = self.peek() {
            return self.string();
        }
        let atom = self.take_while(is_astring);
        (!atom.is_empty()).then(|| atom.to_vec())
    }

    pub(super) fn mailbox(&mut self) -> Option<String> {
        self.astring().map(|name| mailbox_name::decode(&name))
    }

    pub(super) fn set(&mut self) -> Option<Set> {
        let mut ranges = Vec::new();
        loop {
            let first = self.set_number()?;
            let last = if self.eat(b':').is_some() {
                self.set_number()?
            } else {
                first
            };
            ranges.push((first, last));
            if self.eat(b',').is_none() {
                return Some(Set::new(ranges));
            }
        }
    }

    pub(super) fn set_number(&mut self) -> Option<u32> {
        if self.eat(b'*').is_some() {
            return Some(u32::MAX);
        }
        self.number().filter(|number| *number > 0)
    }
}
