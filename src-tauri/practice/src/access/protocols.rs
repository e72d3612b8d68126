//! IMAP, POP3 and SMTP: who may open which mailbox by them (microsoft-facts §4c).
//!
//! Two gates stand one behind the other. The token must be for Exchange and carry the protocol's permission, and
//! Exchange must know the enterprise application: otherwise authentication fails. Only then is the mailbox looked
//! at, and a mailbox that cannot be reached fails on a *later* command.

use crate::bearer::Caller;
use crate::directory::IdKind;
use crate::organisation::Organisation;

/// A protocol of mail clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Imap,
    Pop,
    Smtp,
}

impl Protocol {
    /// The application permission of Office 365 Exchange Online (microsoft-facts §3.3).
    fn app_role(self) -> &'static str {
        match self {
            Self::Imap => "IMAP.AccessAsApp",
            Self::Pop => "POP.AccessAsApp",
            Self::Smtp => "SMTP.SendAsApp",
        }
    }

    /// The delegated permission (microsoft-facts §3.3).
    fn scope(self) -> &'static str {
        match self {
            Self::Imap => "IMAP.AccessAsUser.All",
            Self::Pop => "POP.AccessAsUser.All",
            Self::Smtp => "SMTP.Send",
        }
    }
}

/// How an attempt to open a mailbox ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    /// The mailbox at this position of the directory is open.
    Mailbox(usize),
    /// `NO AUTHENTICATE failed.` and its like.
    NotAuthenticated,
    /// The token is good and the mailbox is out of reach: `BAD User is authenticated but not connected.` later.
    NotConnected,
    /// SMTP AUTH is switched off for the whole organisation (`535 5.7.139`).
    SmtpDisabledForTenant,
    /// SMTP AUTH is switched off for this mailbox (`535 5.7.139`).
    SmtpDisabledForMailbox,
}

/// Decides whether a caller may open the mailbox of this address.
pub(crate) fn open(
    organisation: &Organisation,
    caller: &Caller,
    address: &str,
    protocol: Protocol,
) -> Opened {
    let position = organisation.directory.by_address(address);
    match caller {
        Caller::Application { .. } => {
            if caller.holds(&[protocol.app_role()]) {
                Opened::NotConnected
            } else {
                Opened::NotAuthenticated
            }
        }
        Caller::Person { id, .. } => match position {
            _ if !caller.holds(&[protocol.scope()]) => Opened::NotAuthenticated,
            Some(position) if organisation.directory.id(IdKind::Directory, position) == *id => {
                Opened::Mailbox(position)
            }
            _ => Opened::NotConnected,
        },
    }
}

/// Whether a caller that opened a mailbox by SMTP may send from this address.
pub(crate) fn may_send_as(organisation: &Organisation, caller: &Caller, opened: usize, sender: &str) -> bool {
    let _ = caller;
    organisation.directory.by_address(sender) == Some(opened)
}
