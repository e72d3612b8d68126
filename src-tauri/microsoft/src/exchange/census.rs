//! What a filter matches, and which mailboxes some object ids are: read as it stands, never remembered.

use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use calls::exchange::by_id;
use domain::address::Address;
use domain::ids::MailboxId;

use serde_json::Value;

use super::{Exchange, text};
use crate::error::Error;

/// Every recipient that a filter matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Those with an object in the directory, with their addresses or names.
    pub known: BTreeMap<MailboxId, String>,
    /// Those without one, by name.
    pub others: BTreeSet<String>,
    /// Whether there are more than were listed.
    pub more: bool,
}

/// How many recipients beyond those expected are listed, so that a scope that holds everybody is told by some names and
/// not by a hundred thousand.
const BEYOND: usize = 50;

/// Lists every recipient that a stored filter matches (microsoft-facts §12). `expected` is how many there should be.
pub async fn of_filter(exchange: &Exchange<'_>, filter: &str, expected: usize) -> Result<Census, Error> {
    Ok(of_rows(
        &exchange.run(&preview(filter, expected)).await?,
        expected,
    ))
}

/// The cmdlet that lists what a filter matches.
pub(super) fn preview(filter: &str, expected: usize) -> Cmdlet {
    Cmdlet::new("Get-Recipient")
        .with("RecipientPreviewFilter", filter)
        .with("ResultSize", expected + BEYOND)
}

/// What its rows say.
pub(super) fn of_rows(rows: &[Value], expected: usize) -> Census {
    let at_most = expected + BEYOND;
    let mut census = Census {
        more: rows.len() >= at_most,
        ..Census::default()
    };
    for row in rows {
        let name = ["PrimarySmtpAddress", "DisplayName", "Name", "Identity"]
            .into_iter()
            .map(|field| text(row, field))
            .find(|name| !name.is_empty())
            .unwrap_or("a recipient without a name")
            .to_owned();
        match text(row, "ExternalDirectoryObjectId").parse() {
            Ok(id) => drop(census.known.insert(id, name)),
            Err(_) => drop(census.others.insert(name)),
        }
    }
    census
}

/// What an object id is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its primary address.
    pub address: Address,
    /// Exchange's `RecipientTypeDetails`.
    pub kind: String,
    /// Whether there is a mailbox in Exchange Online that could answer: `Get-Mailbox` lists it. It lists no inactive,
    /// no soft-deleted and no on-premises mailbox (microsoft-facts §12).
    pub mailbox: bool,
}

/// How many ids are asked for in one cmdlet, so that a filter stays short.
const CHUNK: usize = 40;

/// The cmdlets that read what some objects are now: two for each chunk of ids.
pub(super) fn standing_cmdlets(mailboxes: &[MailboxId]) -> Vec<Cmdlet> {
    mailboxes
        .chunks(CHUNK)
        .flat_map(|chunk| {
            ["Get-Recipient", "Get-Mailbox"].map(|name| {
                Cmdlet::new(name)
                    .with("Filter", by_id(chunk))
                    .with("ResultSize", "Unlimited")
            })
        })
        .collect()
}

/// What their rows say. An object that is in none is no recipient any more.
pub(super) fn standing_of(outcomes: &[Vec<Value>]) -> BTreeMap<MailboxId, Standing> {
    let id = |row: &Value| text(row, "ExternalDirectoryObjectId").parse::<MailboxId>().ok();
    let mut found = BTreeMap::new();
    for pair in outcomes.chunks(2) {
        let (recipients, mailboxes) = (pair.first(), pair.get(1));
        let live: BTreeSet<MailboxId> = mailboxes.into_iter().flatten().filter_map(id).collect();
        for row in recipients.into_iter().flatten() {
            if let (Some(id), Ok(address)) = (id(row), Address::parse(text(row, "PrimarySmtpAddress"))) {
                let kind = text(row, "RecipientTypeDetails").to_owned();
                let mailbox = live.contains(&id);
                found.insert(
                    id,
                    Standing {
                        address,
                        kind,
                        mailbox,
                    },
                );
            }
        }
    }
    found
}
