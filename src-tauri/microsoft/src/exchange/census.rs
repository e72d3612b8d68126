//! What a filter matches, and which mailboxes some object ids are: read as it stands, never remembered.

use std::collections::{BTreeMap, BTreeSet};

use domain::address::Address;
use domain::ids::MailboxId;

use super::cmdlet::{Cmdlet, opath};
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
    let at_most = expected + BEYOND;
    let rows = exchange
        .run(
            &Cmdlet::new("Get-Recipient")
                .with("RecipientPreviewFilter", filter)
                .with("ResultSize", at_most),
        )
        .await?;
    let mut census = Census {
        more: rows.len() >= at_most,
        ..Census::default()
    };
    for row in &rows {
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
    Ok(census)
}

/// What an object id is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its primary address.
    pub address: Address,
    /// Exchange's `RecipientTypeDetails`.
    pub kind: String,
}

/// How many ids are asked for in one call, so that a filter stays short.
const CHUNK: usize = 40;

/// Reads what some mailboxes are called now. One that is not in the answer is no recipient any more.
pub async fn standing(
    exchange: &Exchange<'_>,
    mailboxes: &[MailboxId],
) -> Result<BTreeMap<MailboxId, Standing>, Error> {
    let mut found = BTreeMap::new();
    for chunk in mailboxes.chunks(CHUNK) {
        let cmdlet = Cmdlet::new("Get-Recipient")
            .with("Filter", by_id(chunk))
            .with("ResultSize", "Unlimited");
        for row in exchange.run(&cmdlet).await? {
            let id = text(&row, "ExternalDirectoryObjectId").parse();
            let address = Address::parse(text(&row, "PrimarySmtpAddress"));
            if let (Ok(id), Ok(address)) = (id, address) {
                let kind = text(&row, "RecipientTypeDetails").to_owned();
                found.insert(id, Standing { address, kind });
            }
        }
    }
    Ok(found)
}

/// The filter that matches exactly these objects. `ExternalDirectoryObjectId` is filterable, is the same as Graph's id
/// and survives a rename (microsoft-facts §12).
pub fn by_id(mailboxes: &[MailboxId]) -> String {
    let parts: Vec<String> = mailboxes
        .iter()
        .map(|mailbox| format!("ExternalDirectoryObjectId -eq {}", opath(&mailbox.to_string())))
        .collect();
    parts.join(" -or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_objects_and_nothing_that_can_move() {
        let id = |text: &str| text.parse::<MailboxId>().unwrap();
        assert_eq!(
            by_id(&[
                id("6F1B2C3D-0000-4000-8000-000000000001"),
                id("6f1b2c3d-0000-4000-8000-000000000002")
            ]),
            "ExternalDirectoryObjectId -eq '6f1b2c3d-0000-4000-8000-000000000001' -or ExternalDirectoryObjectId -eq '6f1b2c3d-0000-4000-8000-000000000002'"
        );
    }
}
