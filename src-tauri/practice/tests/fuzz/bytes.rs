//! Rubbish made from something sensible: a few changes at random, repeatable by the seed.

/// A source of rubbish.
pub(crate) struct Rubbish {
    state: u64,
}

/// Pieces that parsers stumble over.
const STUMBLING: [&[u8]; 30] = [
    b"\0",
    b"\r\n",
    b"\n",
    b"'",
    b"''",
    b"\"",
    b"\\",
    b"(",
    b")",
    b"((((((((((((((((((((((((((((((((",
    b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"{",
    b"}",
    b"%",
    b"%00",
    b"%ff%fe",
    b"%zz",
    b"..",
    b"/",
    b"*",
    b"-1",
    b"99999999999999999999999999",
    b"{4294967295}",
    b"{10+}",
    b"null",
    b"\xff\xfe",
    b"\xc3\x28",
    "\u{202e}".as_bytes(),
    "\u{1f600}\u{301}".as_bytes(),
    b" and or not eq -eq -and -not ",
];

impl Rubbish {
    /// A source that always gives the same from the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next number (SplitMix64).
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which isn't 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or_default()
    }

    /// One of these.
    pub(crate) fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// The text with some changes; about one in eight stays as it is.
    pub(crate) fn spoil(&mut self, text: &[u8]) -> Vec<u8> {
        let mut spoilt = text.to_vec();
        for _ in 0..self.below(4) + usize::from(self.below(2) == 0) {
            self.change(&mut spoilt);
        }
        spoilt.truncate(60_000);
        spoilt
    }

    /// The same for where only text can stand.
    pub(crate) fn spoil_text(&mut self, text: &str) -> String {
        String::from_utf8_lossy(&self.spoil(text.as_bytes())).into_owned()
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let end = (at + self.below(12)).min(bytes.len());
        match self.below(7) {
            0 => {
                bytes.drain(at..end);
            }
            1 => {
                let piece = self.of(&STUMBLING).to_vec();
                bytes.splice(at..at, piece);
            }
            2 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << (self.state % 8);
                }
            }
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy.repeat(self.below(40) + 1));
            }
            4 => {
                let noise: Vec<u8> = (0..self.below(20))
                    .map(|_| self.next().to_le_bytes()[0])
                    .collect();
                bytes.splice(at..at, noise);
            }
            5 => bytes.truncate(at),
            _ => {
                let piece = self.of(&STUMBLING).to_vec();
                bytes.splice(at..end, piece);
            }
        }
    }
}
