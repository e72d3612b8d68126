//! The ways in which a proven connection changes afterwards, each made by calls.

use std::pin::Pin;

use journeys::Outcome;

use crate::proven::Proven;

/// A change under way.
pub type Making<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// What makes a change.
pub type Change = for<'a> fn(&'a mut Proven) -> Making<'a>;

/// One way: its name, what must be among the words of its cause, and how it is made.
pub type Way = (&'static str, &'static str, Change);

macro_rules! way {
    ($name:literal, $cause:literal, |$proven:ident| $make:expr) => {
        ($name, $cause, {
            #[allow(unused_braces, reason = "one call or several, written alike")]
            fn make<'a>($proven: &'a mut $crate::proven::Proven) -> $crate::ways::Making<'a> {
                Box::pin(async move { $make })
            }
            make as $crate::ways::Change
        })
    };
}

mod access;
mod app;
mod here;
mod limit;
mod mail_program;
mod right;

pub use right::right;

/// A mailbox on neither list.
const HR: &str = "hr@contoso.example";

/// Every way in which it goes wrong.
pub fn wrong() -> Vec<Way> {
    let mut ways = of_the_organisation();
    ways.extend(here::ways());
    ways
}

/// Every way in which it goes wrong for a platform that opens mailboxes as a mail program.
pub fn wrong_of_mail_programs() -> Vec<Way> {
    let mut ways = mail_program::ways();
    let with_a_scope = |way: &Way| way.0 == "app: unknown to Exchange";
    ways.extend(app::ways().into_iter().filter(|way| !with_a_scope(way)));
    ways
}

/// What is right of such a platform too: it has no scope that could be written in another way.
pub fn right_of_mail_programs() -> Vec<Way> {
    let of_a_scope = |way: &Way| way.0 == "scope: written in another way";
    right().into_iter().filter(|way| !of_a_scope(way)).collect()
}

/// Those of them that change the organisation, and nothing on this computer.
pub fn of_the_organisation() -> Vec<Way> {
    let mut ways = limit::ways();
    ways.extend(access::ways());
    ways.extend(app::ways());
    ways
}
