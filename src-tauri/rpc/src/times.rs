//! Times and dates as people read them, for the pages whose words are still their own.

use domain::message::{Arg, Spelling};
use jiff::Timestamp;
use words::Speaker;

use crate::pages;

/// Writes times as a speaker says them.
#[derive(Clone, Debug)]
pub struct Times(Speaker);

impl Times {
    /// As this speaker says them.
    pub fn new(speaker: Speaker) -> Self {
        Self(speaker)
    }

    /// "21 May 2027".
    pub fn date(&self, at: Timestamp) -> String {
        self.spelt(Spelling::Date, at, at)
    }

    /// "10:43:58", or "21 May 2027 at 10:43:58" on another day than `now`.
    pub fn near_seconds(&self, at: Timestamp, now: Timestamp) -> String {
        self.spelt(Spelling::NearSeconds, at, now)
    }

    /// "at 10:42", or "on 21 May 2027 at 10:42" on another day than `now`: for the middle of a sentence.
    pub fn when(&self, at: Timestamp, now: Timestamp) -> String {
        self.spelt(Spelling::When, at, now)
    }

    /// How many days something lasts that ends then: "In 20 days".
    pub fn ends(&self, now: Timestamp, at: Timestamp) -> String {
        self.0.say(&pages::ends(now, at))
    }

    fn spelt(&self, spelling: Spelling, at: Timestamp, now: Timestamp) -> String {
        self.0.at(now).value(&Arg::Moment(spelling, at))
    }
}

/// "1 mailbox", "2 mailboxes".
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}
