//! How the protocols of mail programs stand for mailboxes, as `Get-CASMailbox` and `Get-TransportConfig` tell it (microsoft-facts
//! §4c). By IMAP and POP Exchange refuses a mailbox that has them switched off in the same words as one that is out of reach; by
//! SMTP it says so.

use std::collections::{BTreeMap, BTreeSet};

use calls::cmdlet::Cmdlet;
use domain::ids::MailboxId;
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use serde_json::Value;

use super::Exchange;
use crate::error::Error;

/// How a switch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// On, for the mailbox itself.
    On,
    /// On, because the mailbox follows the organisation's switch. Only SMTP has one.
    OnByOrganisation,
    /// Off, for the mailbox itself.
    Off,
    /// Off, because the mailbox follows the organisation's switch.
    OffByOrganisation,
}

impl Stands {
    /// Whether nobody gets in.
    pub fn is_off(self) -> bool {
        matches!(self, Self::Off | Self::OffByOrganisation)
    }
}

/// How these protocols stand for these mailboxes, ten questions in a call. What couldn't be read isn't said: a switch that
/// isn't there is none that is off.
///
/// # Errors
/// As Exchange answers.
pub async fn read(
    exchange: &Exchange<'_>,
    mailboxes: &BTreeSet<MailboxId>,
    protocols: &BTreeSet<MailProtocol>,
) -> Result<BTreeMap<MailboxProtocol, Stands>, Error> {
    let by_smtp = protocols.contains(&MailProtocol::Smtp);
    let organisation = by_smtp.then(|| Cmdlet::new("Get-TransportConfig"));
    let of_mailboxes = mailboxes
        .iter()
        .map(|mailbox| Cmdlet::new("Get-CASMailbox").with("Identity", mailbox.to_string()));
    let cmdlets: Vec<Cmdlet> = organisation.into_iter().chain(of_mailboxes).collect();
    let mut outcomes = exchange.run_each(&cmdlets, |_| {}).await?.into_iter();
    let organisation = match by_smtp {
        true => outcomes.next().and_then(Result::ok),
        false => None,
    };
    let disabled = organisation.and_then(|rows| rows.first()?.get(SMTP)?.as_bool());
    let mut stand = BTreeMap::new();
    for (mailbox, outcome) in mailboxes.iter().zip(outcomes) {
        let rows = outcome.unwrap_or_default();
        for protocol in protocols {
            if let Some(stands) = rows.first().and_then(|row| stands(row, *protocol, disabled)) {
                let of = MailboxProtocol {
                    mailbox: *mailbox,
                    protocol: *protocol,
                };
                stand.insert(of, stands);
            }
        }
    }
    Ok(stand)
}

const SMTP: &str = "SmtpClientAuthenticationDisabled";

/// How one protocol stands in a mailbox's row. `disabled` is the organisation's switch for SMTP, where it was read.
fn stands(row: &Value, protocol: MailProtocol, disabled: Option<bool>) -> Option<Stands> {
    let switch = |on: &Value| match on.as_bool()? {
        true => Some(Stands::On),
        false => Some(Stands::Off),
    };
    match protocol {
        MailProtocol::Imap => switch(row.get("ImapEnabled")?),
        MailProtocol::Pop => switch(row.get("PopEnabled")?),
        // It is named after what it disables; nothing at all follows the organisation.
        MailProtocol::Smtp => Some(match (row.get(SMTP)?, disabled) {
            (Value::Bool(false), _) => Stands::On,
            (Value::Bool(true), _) => Stands::Off,
            (Value::Null, Some(true)) => Stands::OffByOrganisation,
            (Value::Null, Some(false)) => Stands::OnByOrganisation,
            _ => return None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_said_to_be_off_is_off() {
        let row = json!({ "ImapEnabled": false, "PopEnabled": true });
        assert_eq!(stands(&row, MailProtocol::Imap, None), Some(Stands::Off));
        assert_eq!(stands(&row, MailProtocol::Pop, None), Some(Stands::On));
        assert_eq!(stands(&row, MailProtocol::Smtp, Some(true)), None);
        let row = json!({ "ImapEnabled": "False" });
        assert_eq!(stands(&row, MailProtocol::Imap, None), None);
    }

    /// A mailbox's own switch goes before the organisation's (microsoft-facts §4c).
    #[test]
    fn a_mailbox_follows_the_organisation_only_where_it_says_nothing_itself() {
        let by_smtp = |own: Value, organisation| {
            let row = json!({ SMTP: own });
            stands(&row, MailProtocol::Smtp, organisation)
        };
        for organisation in [None, Some(true), Some(false)] {
            assert_eq!(by_smtp(json!(false), organisation), Some(Stands::On));
            assert_eq!(by_smtp(json!(true), organisation), Some(Stands::Off));
        }
        let follows = |organisation| by_smtp(Value::Null, organisation);
        assert_eq!(follows(Some(true)), Some(Stands::OffByOrganisation));
        assert_eq!(follows(Some(false)), Some(Stands::OnByOrganisation));
        assert_eq!(follows(None), None);
    }
}
