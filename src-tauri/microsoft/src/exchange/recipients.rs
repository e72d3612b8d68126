//! Mailboxes as Exchange knows them. Graph cannot tell a shared mailbox from a person's (microsoft-facts §2.9).

use calls::cmdlet::{Cmdlet, opath};
use calls::exchange::by_id;
use std::collections::{BTreeSet, HashMap};

use domain::address::Address;
use domain::ids::MailboxId;
use domain::text::one_line;
use serde_json::Value;

use super::{Exchange, text};
use crate::error::Error;

/// A recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Primary address.
    pub address: Address,
    /// Every address, the primary one included.
    pub addresses: Vec<Address>,
    /// Directory object id; contacts and some groups have none.
    pub object_id: Option<MailboxId>,
    /// `RecipientTypeDetails`, such as `SharedMailbox`.
    pub kind: String,
    /// Display name.
    pub name: String,
}

/// Recipients by each of their addresses, in the form of [`in_ascii`], so that a long list is matched in one pass.
pub fn by_address(recipients: &[Recipient]) -> HashMap<String, &Recipient> {
    recipients
        .iter()
        .flat_map(|recipient| {
            recipient
                .addresses
                .iter()
                .map(move |address| (in_ascii(address), recipient))
        })
        .collect()
}

/// How many characters of a display name are taken over.
const LONGEST_NAME: usize = 256;

/// The address with its domain as the domain name system has it: `info@bücher.example` is `info@xn--bcher-kva.example`.
pub fn in_ascii(address: &Address) -> String {
    match url::Host::parse(address.domain()) {
        Ok(url::Host::Domain(domain)) => format!("{}@{domain}", address.name()),
        _ => address.to_string(),
    }
}

/// How many addresses are asked for in one call, so that a filter stays short.
const CHUNK: usize = 40;

/// Finds recipients by any of their addresses. `done` hears how many addresses were asked for.
pub async fn find(
    exchange: &Exchange<'_>,
    addresses: &[Address],
    done: impl Fn(usize),
) -> Result<Vec<Recipient>, Error> {
    let mut found = Vec::new();
    for (index, chunk) in addresses.chunks(CHUNK).enumerate() {
        let filter: Vec<String> = chunk
            .iter()
            // Exchange may keep either form of a domain, so where the two differ both are asked for (UNVERIFIED).
            .flat_map(|address| BTreeSet::from([address.to_string(), in_ascii(address)]))
            .map(|address| format!("EmailAddresses -eq {}", opath(&format!("smtp:{address}"))))
            .collect();
        found.extend(get(exchange, list(filter.join(" -or "))).await?);
        done(index * CHUNK + chunk.len());
    }
    Ok(found)
}

/// Finds recipients by their object ids.
pub async fn find_by_id(
    exchange: &Exchange<'_>,
    ids: &[MailboxId],
    done: impl Fn(usize),
) -> Result<Vec<Recipient>, Error> {
    let mut found = Vec::new();
    for (index, chunk) in ids.chunks(CHUNK).enumerate() {
        found.extend(get(exchange, list(by_id(chunk))).await?);
        done(index * CHUNK + chunk.len());
    }
    Ok(found)
}

fn list(filter: String) -> Cmdlet {
    Cmdlet::new("Get-Recipient")
        .with("Filter", filter)
        .with("ResultSize", "Unlimited")
}

/// Recipients whose alias or address begins like one of these names, for a suggestion. `names` are what stands before
/// the `@`, as typed.
pub async fn near(exchange: &Exchange<'_>, names: &[String]) -> Result<Vec<Recipient>, Error> {
    let mut parts: BTreeSet<String> = BTreeSet::new();
    for name in names.iter().take(CHUNK) {
        // The same name at another domain, without a tag behind a plus sign.
        let plain = name.split('+').next().unwrap_or_default();
        parts.insert(format!("Alias -eq {}", opath(plain)));
        for start in starts(plain) {
            parts.insert(format!(
                "PrimarySmtpAddress -like {}",
                opath(&format!("{start}*"))
            ));
        }
    }
    let filter: Vec<String> = parts.into_iter().collect();
    get(
        exchange,
        Cmdlet::new("Get-Recipient")
            .with("Filter", filter.join(" -or "))
            .with("ResultSize", 1000_i64),
    )
    .await
}

/// How an address can begin that was mistyped in its first letters: as typed, with look-alikes, with the first two
/// letters swapped or the first one missing or doubled.
fn starts(name: &str) -> BTreeSet<String> {
    let letters: Vec<char> = name
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let pair = |a: Option<&char>, b: Option<&char>| -> String { a.into_iter().chain(b).collect() };
    let mut starts = BTreeSet::from([
        pair(letters.first(), letters.get(1)),
        pair(letters.get(1), letters.first()),
        pair(letters.get(1), letters.get(2)),
    ]);
    let looks_like: Vec<String> = starts
        .iter()
        .flat_map(|start| {
            [
                start.replace('0', "o"),
                start.replace('1', "l"),
                start.replace("rn", "m"),
            ]
        })
        .collect();
    starts.extend(looks_like);
    starts.retain(|start| !start.is_empty());
    starts
}

/// Recipients that match what somebody types: the start of a name, an alias or an address. At most 50. A wildcard may not
/// begin a value in Exchange Online (microsoft-facts §12), so a word in the middle of a name isn't found.
pub async fn search(exchange: &Exchange<'_>, typed: &str) -> Result<Vec<Recipient>, Error> {
    let start = opath(&format!("{}*", typed.trim()));
    let filter = ["PrimarySmtpAddress", "DisplayName", "Alias", "LastName"]
        .map(|property| format!("{property} -like {start}"))
        .join(" -or ");
    get(
        exchange,
        Cmdlet::new("Get-Recipient")
            .with("Filter", filter)
            .with("ResultSize", 50_i64),
    )
    .await
}

/// The members of a distribution list or a mail-enabled security group; groups among them are not opened.
pub async fn members(exchange: &Exchange<'_>, group: &str) -> Result<Vec<Recipient>, Error> {
    get(
        exchange,
        Cmdlet::new("Get-DistributionGroupMember")
            .with("Identity", group)
            .with("ResultSize", "Unlimited"),
    )
    .await
}

/// The members of a Microsoft 365 group.
pub async fn members_of_microsoft365(exchange: &Exchange<'_>, group: &str) -> Result<Vec<Recipient>, Error> {
    get(exchange, links(group)).await
}

fn links(group: &str) -> Cmdlet {
    Cmdlet::new("Get-UnifiedGroupLinks")
        .with("Identity", group)
        .with("LinkType", "Members")
        .with("ResultSize", "Unlimited")
}

/// How many direct members each group has, in the same order; `true` beside a Microsoft 365 group. `None` where Exchange
/// doesn't say.
pub async fn member_counts(
    exchange: &Exchange<'_>,
    groups: &[(&str, bool)],
) -> Result<Vec<Option<usize>>, Error> {
    let cmdlets: Vec<Cmdlet> = groups
        .iter()
        .map(|(group, microsoft365)| match microsoft365 {
            true => links(group),
            false => Cmdlet::new("Get-DistributionGroupMember")
                .with("Identity", *group)
                .with("ResultSize", "Unlimited"),
        })
        .collect();
    let answers = exchange.run_each(&cmdlets, |_| {}).await?;
    Ok(answers
        .into_iter()
        .map(|rows| rows.ok().map(|rows| rows.len()))
        .collect())
}

/// What becomes of an address that no recipient has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Their mailbox is inactive: a hold keeps it, and nobody can open it.
    Inactive,
    /// Their mailbox was deleted, and can be restored for a while.
    Deleted,
    /// They have none.
    NoMailbox,
    /// They are a recipient by other addresses, and this is only the name that they sign in with.
    SignsIn(MailboxId),
}

/// What Exchange calls users who are no recipients. UNVERIFIED: no live tenant was asked.
const NO_RECIPIENT: [&str; 2] = ["User", "DisabledUser"];

/// Which of these addresses belong to a mailbox that is gone, to somebody without one, or are sign-in names. Asked for in
/// one batch; only the first 40 addresses are.
///
/// That the lists of inactive and deleted mailboxes take a filter by address is UNVERIFIED; where Exchange refuses it,
/// nothing is said of them.
pub async fn without_mailbox(
    exchange: &Exchange<'_>,
    addresses: &[Address],
) -> Result<Vec<(Address, Gone)>, Error> {
    let asked = &addresses[..addresses.len().min(CHUNK)];
    let any = |property: &str, prefix: &str| {
        let parts: Vec<String> = asked
            .iter()
            .map(|address| format!("{property} -eq {}", opath(&format!("{prefix}{address}"))))
            .collect();
        parts.join(" -or ")
    };
    let mailboxes = |which: &'static str| {
        Cmdlet::new("Get-Mailbox")
            .with(which, true)
            .with("Filter", any("EmailAddresses", "smtp:"))
            .with("ResultSize", "Unlimited")
    };
    let cmdlets = [
        mailboxes("InactiveMailboxOnly"),
        mailboxes("SoftDeletedMailbox"),
        Cmdlet::new("Get-User")
            .with("Filter", any("UserPrincipalName", ""))
            .with("ResultSize", "Unlimited"),
    ];
    let kinds = [Gone::Inactive, Gone::Deleted, Gone::NoMailbox];
    let mut gone: Vec<(Address, Gone)> = Vec::new();
    let answers = exchange.run_each(&cmdlets, |_| {}).await?;
    for (rows, kind) in answers.into_iter().zip(kinds) {
        for row in rows.unwrap_or_default() {
            let names: Vec<String> = match kind {
                Gone::NoMailbox => vec![text(&row, "UserPrincipalName").to_owned()],
                _ => recipient(&row)
                    .iter()
                    .flat_map(|found| &found.addresses)
                    .map(Address::to_string)
                    .collect(),
            };
            let is_recipient =
                kind == Gone::NoMailbox && !NO_RECIPIENT.contains(&text(&row, "RecipientTypeDetails"));
            let what = match text(&row, "ExternalDirectoryObjectId").parse() {
                Ok(id) if is_recipient => Gone::SignsIn(id),
                Err(_) if is_recipient => continue,
                _ => kind,
            };
            for address in asked {
                let is_it = names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(address.as_str()));
                if is_it && gone.iter().all(|(known, _)| known != address) {
                    gone.push((address.clone(), what));
                }
            }
        }
    }
    Ok(gone)
}

/// How many mailboxes one draw lists at most.
const DRAWN: usize = 1_000;
/// The digits with which an object id can begin.
const DIGITS: &str = "0123456789abcdef";

/// Mailboxes to pick some from.
#[derive(Clone, Debug, Default)]
pub struct Draw {
    /// Them, of every kind.
    pub found: Vec<Recipient>,
    /// Whether they are all that there are.
    pub whole: bool,
    /// Whether each had the same chance to be among them.
    pub fair: bool,
}

/// Mailboxes drawn from all there are, of every kind, until they are `enough` to pick from.
///
/// Object ids are random numbers, so those that begin with a random digit are a fair sample of all: `digits` are such
/// digits, drawn by the caller. More of them are used while a draw is full. Where they are too few, as in a small
/// organisation, all are listed, and where those are more than a list holds, digit after digit. That `-like` takes an object
/// id is UNVERIFIED.
///
/// # Errors
/// As Exchange answers.
pub async fn drawn(
    exchange: &Exchange<'_>,
    digits: &str,
    enough: impl Fn(&[Recipient]) -> bool,
) -> Result<Draw, Error> {
    let start = |length: usize| digits.chars().take(length).collect::<String>();
    let (mut found, mut full) = match beginning(exchange, &start(1)).await {
        // Where Exchange doesn't take such a filter, the first page of all is what is left to draw from.
        Err(Error::Refused(refusal)) if refusal.status == 400 => {
            let (found, full) = beginning(exchange, "").await?;
            return Ok(Draw {
                found,
                whole: !full,
                fair: !full,
            });
        }
        drawn => drawn?,
    };
    for length in 2..=4 {
        if !full {
            break;
        }
        let finer = beginning(exchange, &start(length)).await?;
        if finer.0.is_empty() {
            break;
        }
        (found, full) = finer;
    }
    if enough(&found) {
        return Ok(Draw {
            found,
            whole: false,
            fair: !full,
        });
    }
    let (all, cut) = beginning(exchange, "").await?;
    if !cut {
        return Ok(Draw {
            found: all,
            whole: true,
            fair: true,
        });
    }
    let (mut found, mut fair) = (Vec::new(), true);
    let (before, after) = DIGITS.split_at(DIGITS.find(&start(1)).unwrap_or_default());
    let mut left = after.chars().chain(before.chars()).peekable();
    for digit in left.by_ref() {
        let (some, full) = beginning(exchange, &digit.to_string()).await?;
        found.extend(some);
        fair &= !full;
        if enough(&found) {
            break;
        }
    }
    let whole = fair && left.peek().is_none();
    Ok(Draw { found, whole, fair })
}

/// Mailboxes whose object ids begin so, and whether there may be more of them.
async fn beginning(exchange: &Exchange<'_>, start: &str) -> Result<(Vec<Recipient>, bool), Error> {
    let mut cmdlet = Cmdlet::new("Get-Mailbox").with("ResultSize", DRAWN);
    if !start.is_empty() {
        let filter = format!("ExternalDirectoryObjectId -like {}", opath(&format!("{start}*")));
        cmdlet = cmdlet.with("Filter", filter);
    }
    let rows = exchange.run(&cmdlet).await?;
    Ok((rows.iter().filter_map(recipient).collect(), rows.len() >= DRAWN))
}

/// Mailboxes of some kinds, as `RecipientTypeDetails` names them: for each kind a list to pick one from, in the same order,
/// of those whose object ids begin with a random digit, or of all where there are none.
///
/// # Errors
/// As Exchange answers.
pub async fn of_kinds(
    exchange: &Exchange<'_>,
    kinds: &[&str],
    digit: char,
) -> Result<Vec<Vec<Recipient>>, Error> {
    let listed = |kind: &str, digit: Option<char>| {
        let of_kind = format!("RecipientTypeDetails -eq {}", opath(kind));
        let filter = match digit {
            Some(digit) => format!(
                "{of_kind} -and ExternalDirectoryObjectId -like {}",
                opath(&format!("{digit}*"))
            ),
            None => of_kind,
        };
        Cmdlet::new("Get-Mailbox")
            .with("Filter", filter)
            .with("ResultSize", DRAWN)
    };
    let few: Vec<Cmdlet> = kinds.iter().map(|kind| listed(kind, Some(digit))).collect();
    let few = exchange.run_each(&few, |_| {}).await?;
    let mut lists = Vec::with_capacity(kinds.len());
    for (kind, rows) in kinds.iter().zip(few) {
        // A list that is refused or goes on as a part of a call is read by itself.
        let found: Vec<Recipient> = rows.unwrap_or_default().iter().filter_map(recipient).collect();
        lists.push(match found.is_empty() {
            true => get(exchange, listed(kind, None)).await?,
            false => found,
        });
    }
    Ok(lists)
}

async fn get(exchange: &Exchange<'_>, cmdlet: Cmdlet) -> Result<Vec<Recipient>, Error> {
    Ok(exchange
        .run(&cmdlet)
        .await?
        .iter()
        .filter_map(recipient)
        .collect())
}

pub(super) fn recipient(row: &Value) -> Option<Recipient> {
    let address = Address::parse(text(row, "PrimarySmtpAddress")).ok()?;
    let mut addresses: Vec<Address> = row
        .get("EmailAddresses")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|value| value.as_str()?.split_once(':'))
        .filter(|(kind, _)| kind.eq_ignore_ascii_case("smtp"))
        .filter_map(|(_, address)| Address::parse(address).ok())
        .collect();
    if !addresses.contains(&address) {
        addresses.push(address.clone());
    }
    Some(Recipient {
        address,
        addresses,
        object_id: text(row, "ExternalDirectoryObjectId").parse().ok(),
        kind: text(row, "RecipientTypeDetails").to_owned(),
        name: one_line(text(row, "DisplayName"), LONGEST_NAME),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_beginning_is_looked_for_as_well() {
        let starts = |name| starts(name).into_iter().collect::<Vec<_>>();
        assert!(starts("0ffice").contains(&"of".to_owned()));
        assert!(starts("usport").contains(&"su".to_owned()));
        assert!(starts("ssupport").contains(&"su".to_owned()));
        assert!(starts("").is_empty());
    }
}
