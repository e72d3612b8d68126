//! A group whose members a limit may hold.

use serde::{Deserialize, Serialize};

use crate::ids::GroupId;

/// A distribution list, a mail-enabled security group or a Microsoft 365 group. A limit by it holds its direct members, not those
/// of groups in it, and whoever joins it later (microsoft-facts §4b).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    /// Its object id in the directory.
    pub id: GroupId,
    /// What a filter in Exchange names it by. It changes where somebody gives the group another name or moves it.
    pub distinguished_name: String,
    /// What people call it.
    pub name: String,
    /// Its address when it was read.
    pub address: String,
}

/// The distinguished name of the group whose members a stored filter matches, and nothing else; nothing where it is another
/// filter. Brackets around it, blanks, the kind of quotes and letter case don't matter.
///
/// In which way Exchange writes a filter back that it was given is UNVERIFIED (microsoft-facts §12).
pub fn of_filter(filter: &str) -> Option<String> {
    let plain = filter.trim_matches(|character: char| character.is_whitespace() || "()".contains(character));
    let mut words = plain.splitn(3, char::is_whitespace);
    let (property, operator, value) = (words.next()?, words.next()?, words.next()?.trim());
    let asks = format!("{property} {operator}").eq_ignore_ascii_case(MEMBER_OF);
    let quote = value
        .chars()
        .next()
        .filter(|quote| "'\"".contains(*quote) && asks)?;
    let named = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let single: String = named.replace(&format!("{quote}{quote}"), "\u{0}");
    (!single.contains(quote)).then(|| single.replace('\u{0}', &quote.to_string()))
}

/// How a filter by a group begins.
pub const MEMBER_OF: &str = "MemberOfGroup -eq";
