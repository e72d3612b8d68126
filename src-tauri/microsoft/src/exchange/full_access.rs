//! Which mailboxes an app has full access to: what lets it open them by IMAP and POP (microsoft-facts §4c).
//!
//! Exchange tells it mailbox by mailbox. No cmdlet lists every mailbox to which one app has it, so what stands elsewhere
//! isn't known.

use std::collections::BTreeMap;

use calls::cmdlet::Cmdlet;
use domain::ids::{MailboxId, ServicePrincipalId};

use super::Exchange;
use super::limit::all_rights;
use crate::error::{Error, if_there};

/// The right that counts, as Exchange writes it.
const FULL_ACCESS: &str = "FullAccess";

/// Whether the app has full access to each of these mailboxes, ten questions in a call. `principal` is the enterprise
/// application's object id, under which Exchange keeps its entry. An app without an entry has none. A right that is given
/// counts whatever is denied beside it, so that nobody is taken to be out of reach by a guess.
///
/// # Errors
/// As Exchange answers. What couldn't be read of one mailbox is told in its place.
pub async fn read(
    exchange: &Exchange<'_>,
    principal: ServicePrincipalId,
    mailboxes: &[MailboxId],
) -> Result<BTreeMap<MailboxId, Result<bool, Error>>, Error> {
    let principal = principal.to_string();
    let entry = Cmdlet::new("Get-ServicePrincipal").with("Identity", principal.as_str());
    let rows = if_there(exchange.run(&entry).await)?.unwrap_or_default();
    if rows.is_empty() {
        return Ok(mailboxes.iter().map(|mailbox| (*mailbox, Ok(false))).collect());
    }
    let cmdlets: Vec<Cmdlet> = mailboxes
        .iter()
        .map(|mailbox| {
            Cmdlet::new("Get-MailboxPermission")
                .with("Identity", mailbox.to_string())
                .with("User", principal.as_str())
        })
        .collect();
    let outcomes = exchange.run_each(&cmdlets, |_| {}).await?;
    let each = outcomes.into_iter().map(|outcome| {
        let rights = all_rights(&outcome?)?;
        Ok(rights.iter().any(|right| right == FULL_ACCESS))
    });
    Ok(mailboxes.iter().copied().zip(each).collect())
}
