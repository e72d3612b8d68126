//! The switches of protocols that a mailbox has (microsoft-facts §4c).
//!
//! The organisation's own switch for SMTP is never touched: that of a mailbox goes before it.

use domain::mail_protocol::{MailProtocol, MailboxProtocol};

use crate::cmdlet::Cmdlet;
use crate::slot::Arg;

/// How a switch is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// On for the mailbox.
    On,
    /// Off for the mailbox.
    Off,
    /// As the organisation has it. Only SMTP has such a thing; the others are switched off by it.
    AsTheOrganisation,
}

/// Sets the switch of one protocol of one mailbox. That of SMTP is named after what it disables.
pub fn set(of: MailboxProtocol, to: To) -> Cmdlet {
    let cmdlet = Cmdlet::new("Set-CASMailbox").with("Identity", of.mailbox.to_string());
    match (of.protocol, to) {
        (MailProtocol::Imap, to) => cmdlet.with("ImapEnabled", to == To::On),
        (MailProtocol::Pop, to) => cmdlet.with("PopEnabled", to == To::On),
        (MailProtocol::Smtp, To::AsTheOrganisation) => cmdlet.with(SMTP, Arg::Nothing),
        (MailProtocol::Smtp, to) => cmdlet.with(SMTP, to != To::On),
    }
}

const SMTP: &str = "SmtpClientAuthenticationDisabled";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::powershell::of_cmdlet;

    #[test]
    fn each_switch_is_set_by_its_own_name() {
        let mailbox = "6f1b2c3d-0000-4000-8000-000000000001".parse().unwrap();
        let line = |protocol, to| {
            let line = of_cmdlet(&set(MailboxProtocol { mailbox, protocol }, to));
            line.rsplit_once("' ").map(|(_, rest)| rest.to_owned()).unwrap()
        };
        assert_eq!(line(MailProtocol::Imap, To::On), "-ImapEnabled:$true");
        assert_eq!(line(MailProtocol::Pop, To::Off), "-PopEnabled:$false");
        assert_eq!(
            line(MailProtocol::Pop, To::AsTheOrganisation),
            "-PopEnabled:$false"
        );
        assert_eq!(
            line(MailProtocol::Smtp, To::On),
            "-SmtpClientAuthenticationDisabled:$false"
        );
        assert_eq!(
            line(MailProtocol::Smtp, To::Off),
            "-SmtpClientAuthenticationDisabled:$true"
        );
        assert_eq!(
            line(MailProtocol::Smtp, To::AsTheOrganisation),
            "-SmtpClientAuthenticationDisabled $null"
        );
    }
}
