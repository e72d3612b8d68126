//! Which protocols are switched off for a mailbox, as `Get-CASMailbox` tells it (microsoft-facts §4c). By IMAP and POP Exchange
//! refuses such a mailbox in the same words as one that is out of reach; by SMTP it says so.

use std::collections::BTreeSet;

use calls::cmdlet::Cmdlet;
use domain::ids::MailboxId;
use domain::mail_protocol::MailProtocol;
use serde_json::Value;

use super::Exchange;
use crate::error::Error;

/// Which of these mailboxes can't be opened by IMAP or POP by anybody, ten questions in a call. What couldn't be read of a
/// mailbox isn't said of it.
///
/// # Errors
/// As Exchange answers.
pub async fn switched_off(
    exchange: &Exchange<'_>,
    mailboxes: &BTreeSet<MailboxId>,
) -> Result<BTreeSet<(MailboxId, MailProtocol)>, Error> {
    let cmdlets: Vec<Cmdlet> = mailboxes
        .iter()
        .map(|mailbox| Cmdlet::new("Get-CASMailbox").with("Identity", mailbox.to_string()))
        .collect();
    let outcomes = exchange.run_each(&cmdlets, |_| {}).await?;
    let rows = mailboxes.iter().zip(outcomes);
    let off =
        rows.flat_map(|(mailbox, outcome)| off(&outcome.unwrap_or_default()).map(|one| (*mailbox, one)));
    Ok(off.collect())
}

/// A switch that isn't there is none that is off.
fn off(rows: &[Value]) -> impl Iterator<Item = MailProtocol> + use<> {
    let is_off = |name: &str| rows.first().and_then(|row| row.get(name)?.as_bool()) == Some(false);
    let of = |name, protocol| is_off(name).then_some(protocol);
    [
        of("ImapEnabled", MailProtocol::Imap),
        of("PopEnabled", MailProtocol::Pop),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_said_to_be_off_is_off() {
        let of = |row: Value| off(&[row]).collect::<Vec<_>>();
        let both = json!({ "ImapEnabled": false, "PopEnabled": false });
        assert_eq!(of(both), [MailProtocol::Imap, MailProtocol::Pop]);
        assert_eq!(
            of(json!({ "ImapEnabled": true, "PopEnabled": false })),
            [MailProtocol::Pop]
        );
        assert!(of(json!({ "ImapEnabled": "False" })).is_empty());
        assert!(off(&[]).next().is_none());
    }
}
