//! Mailboxes as Exchange knows them. Graph cannot tell a shared mailbox from a person's (microsoft-facts §2.9).

use std::collections::BTreeSet;

use domain::address::Address;
use domain::ids::MailboxId;
use serde_json::Value;

use super::cmdlet::{Cmdlet, opath};
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

impl Recipient {
    /// Whether this is one of its addresses, in whichever form its domain is written.
    pub fn has(&self, address: &Address) -> bool {
        let wanted = in_ascii(address);
        self.addresses.iter().any(|held| in_ascii(held) == wanted)
    }
}

/// The address with its domain as the domain name system has it: `info@bücher.example` is `info@xn--bcher-kva.example`.
fn in_ascii(address: &Address) -> String {
    match url::Host::parse(address.domain()) {
        Ok(url::Host::Domain(domain)) => format!("{}@{domain}", address.name()),
        _ => address.to_string(),
    }
}

/// How many addresses are asked for in one call, so that a filter stays short.
const CHUNK: usize = 40;

/// Finds recipients by any of their addresses.
pub async fn find(exchange: &Exchange<'_>, addresses: &[Address]) -> Result<Vec<Recipient>, Error> {
    let mut found = Vec::new();
    for chunk in addresses.chunks(CHUNK) {
        let filter: Vec<String> = chunk
            .iter()
            // Exchange may keep either form of a domain, so where the two differ both are asked for (UNVERIFIED).
            .flat_map(|address| BTreeSet::from([address.to_string(), in_ascii(address)]))
            .map(|address| format!("EmailAddresses -eq {}", opath(&format!("smtp:{address}"))))
            .collect();
        found.extend(
            get(
                exchange,
                Cmdlet::new("Get-Recipient")
                    .with("Filter", filter.join(" -or "))
                    .with("ResultSize", "Unlimited"),
            )
            .await?,
        );
    }
    Ok(found)
}

/// Recipients whose address begins like one that was not found, for a suggestion.
pub async fn near(exchange: &Exchange<'_>, addresses: &[Address]) -> Result<Vec<Recipient>, Error> {
    let mut starts: Vec<String> = addresses
        .iter()
        .take(CHUNK)
        .map(|address| address.name().chars().take(2).collect::<String>())
        .map(|start| format!("PrimarySmtpAddress -like {}", opath(&format!("{start}*"))))
        .collect();
    starts.sort();
    starts.dedup();
    get(
        exchange,
        Cmdlet::new("Get-Recipient")
            .with("Filter", starts.join(" -or "))
            .with("ResultSize", 1000),
    )
    .await
}

/// Recipients that match what somebody types: the start of a name or an address. At most 50.
pub async fn search(exchange: &Exchange<'_>, typed: &str) -> Result<Vec<Recipient>, Error> {
    let start = opath(&format!("{}*", typed.trim()));
    let inside = opath(&format!("*{}*", typed.trim()));
    let filter = format!("PrimarySmtpAddress -like {start} -or DisplayName -like {inside}");
    get(
        exchange,
        Cmdlet::new("Get-Recipient")
            .with("Filter", filter)
            .with("ResultSize", 50),
    )
    .await
}

/// Some mailboxes, to pick one at random from. At most 200.
pub async fn some(exchange: &Exchange<'_>) -> Result<Vec<Recipient>, Error> {
    get(
        exchange,
        Cmdlet::new("Get-Mailbox")
            .with("RecipientTypeDetails", vec!["UserMailbox", "SharedMailbox"])
            .with("ResultSize", 200),
    )
    .await
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
        name: text(row, "DisplayName").to_owned(),
    })
}
