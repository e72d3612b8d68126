//! IMAP, POP3 and SMTP: who may open which mailbox by them (microsoft-facts §4c).
//!
//! Two gates stand one behind the other. The token must be for Exchange and carry the protocol's permission, and
//! Exchange must know the enterprise application: otherwise authentication fails. Only then is the mailbox looked
//! at, and a mailbox that cannot be reached fails on a *later* command.

use super::caches::live_rights;
use super::{Act, mailbox_permissions as permissions};
use crate::access::bearer::Caller;
use crate::clock::Clock;
use crate::organisation::Organisation;
use crate::organisation::exchange::{ClientAccess, ExchangeObjects};
use crate::organisation::objects::Objects;
use crate::people::directory::{Directory, IdKind};

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

/// Decides whether a caller may open the mailbox of this address. The caller comes from a token whose audience is
/// Exchange; one for Graph never gets this far.
pub(crate) fn open(
    organisation: &Organisation,
    caller: &Caller,
    address: &str,
    protocol: Protocol,
) -> Opened {
    let view = View::of(organisation);
    match view.open(caller, address, protocol) {
        Opened::Mailbox(position)
            if protocol == Protocol::Smtp
                && organisation.scenario.smtp_delegates_refused
                && matches!(caller, Caller::Person { .. })
                && !view.is_own(caller, position) =>
        {
            Opened::NotAuthenticated
        }
        opened => opened,
    }
}

/// Whether a caller that opened a mailbox by SMTP may send from this address.
pub(crate) fn may_send_as(organisation: &Organisation, caller: &Caller, opened: usize, sender: &str) -> bool {
    View::of(organisation).may_send_as(caller, opened, sender)
}

/// What the decision looks at.
pub(super) struct View<'a> {
    pub(super) objects: &'a Objects,
    pub(super) directory: &'a Directory,
    pub(super) clock: &'a Clock,
}

impl<'a> View<'a> {
    fn of(organisation: &'a Organisation) -> Self {
        Self {
            objects: &organisation.objects,
            directory: &organisation.directory,
            clock: &organisation.clock,
        }
    }

    fn exchange(&self) -> &'a ExchangeObjects {
        &self.objects.exchange
    }

    pub(super) fn open(&self, caller: &Caller, address: &str, protocol: Protocol) -> Opened {
        // First gate: the token, and for an app the pointer that Exchange has to it.
        let role_in_token = match caller {
            Caller::Person { .. } => {
                if !caller.holds(&[protocol.scope()]) {
                    return Opened::NotAuthenticated;
                }
                true
            }
            Caller::Application { principal_id, .. } => {
                // The pointer must carry the enterprise application's object id, the one in the token; with the
                // registration's id Exchange does not recognise the app (microsoft-facts §4c, step 2).
                let known = self
                    .exchange()
                    .service_principals
                    .iter()
                    .any(|pointer| pointer.object_id.eq_ignore_ascii_case(principal_id));
                if !known {
                    return Opened::NotAuthenticated;
                }
                let in_token = caller.holds(&[protocol.app_role()]);
                // SMTP alone has a role in Exchange that stands in for the token's (microsoft-facts §4c).
                if !in_token && protocol != Protocol::Smtp {
                    return Opened::NotAuthenticated;
                }
                in_token
            }
        };
        // Second gate: the mailbox.
        let mailbox = self
            .directory
            .by_address(address)
            .filter(|position| self.has_mailbox(*position));
        let Some(position) = mailbox else {
            return Opened::NotConnected;
        };
        if protocol == Protocol::Smtp {
            if !role_in_token && !self.smtp_by_role(caller, position) {
                return Opened::NotAuthenticated;
            }
            if let Some(refusal) = self.smtp_switch(position) {
                return refusal;
            }
            // The permission in the token brings a check of the mailbox's permissions with it; a role with a
            // scope does not (microsoft-facts §4c, last but one point).
            let may = !role_in_token || self.reaches(caller, position) || self.sends(caller, position);
            return if may {
                Opened::Mailbox(position)
            } else {
                Opened::NotAuthenticated
            };
        }
        let access = self.client_access(position);
        let switched_on = match protocol {
            Protocol::Imap => access.imap,
            _ => access.pop,
        };
        if switched_on && self.reaches(caller, position) {
            Opened::Mailbox(position)
        } else {
            Opened::NotConnected
        }
    }

    fn has_mailbox(&self, position: usize) -> bool {
        self.directory
            .entry(position)
            .is_some_and(|entry| entry.kind.has_mailbox())
    }

    fn address(&self, position: usize) -> String {
        self.directory
            .entry(position)
            .map(|entry| entry.address())
            .unwrap_or_default()
    }

    fn client_access(&self, position: usize) -> ClientAccess {
        self.exchange()
            .client_access
            .get(&self.address(position))
            .cloned()
            .unwrap_or_default()
    }

    /// The mailbox's own switch counts; without one, the organisation's does (microsoft-facts §4c).
    fn smtp_switch(&self, position: usize) -> Option<Opened> {
        match self.client_access(position).smtp_auth_disabled {
            Some(true) => Some(Opened::SmtpDisabledForMailbox),
            Some(false) => None,
            None => self
                .exchange()
                .transport
                .smtp_auth_disabled
                .then_some(Opened::SmtpDisabledForTenant),
        }
    }

    fn is_own(&self, caller: &Caller, position: usize) -> bool {
        matches!(caller, Caller::Person { id, .. }
            if self.directory.id(IdKind::Directory, position).eq_ignore_ascii_case(id))
    }

    /// Whether the mailbox is the caller's own, or one on which the caller has full access.
    fn reaches(&self, caller: &Caller, position: usize) -> bool {
        self.is_own(caller, position)
            || permissions::has_full_access(
                self.exchange(),
                self.directory,
                &self.address(position),
                caller.id(),
            )
    }

    fn sends(&self, caller: &Caller, position: usize) -> bool {
        permissions::may_send_as(
            self.exchange(),
            self.directory,
            &self.address(position),
            caller.id(),
        )
    }

    /// Whether a role assignment lets an app submit mail for a mailbox, as live calls see it.
    fn smtp_by_role(&self, caller: &Caller, position: usize) -> bool {
        live_rights(self.objects, self.clock, caller.id())
            .iter()
            .any(|right| right.allows(Act::SubmitMail) && right.reaches(self.directory, position))
    }

    /// The mailbox that was opened may send as itself. Another sender needs `SendAs` on it, for the caller
    /// (microsoft-facts §4c, step 3) or for the mailbox that was opened (public reports of
    /// `SendAsDeniedException`, all by people; UNVERIFIED for apps), or lies in the scope of the role that stands in for
    /// the token's.
    pub(super) fn may_send_as(&self, caller: &Caller, opened: usize, sender: &str) -> bool {
        let found = self.directory.by_address(sender);
        if found == Some(opened) {
            return true;
        }
        let by_role = matches!(caller, Caller::Application { .. })
            && !caller.holds(&[Protocol::Smtp.app_role()])
            && found.is_some_and(|position| self.smtp_by_role(caller, position));
        if by_role {
            return true;
        }
        let lower = sender.to_lowercase();
        let group = self
            .exchange()
            .groups
            .iter()
            .find(|group| group.primary_smtp == lower);
        let recipient = match (found, group) {
            (Some(position), _) => self.address(position),
            (None, Some(group)) => group.primary_smtp.clone(),
            (None, None) => return false,
        };
        let mailbox = self.directory.id(IdKind::Directory, opened);
        [caller.id(), mailbox.as_str()].into_iter().any(|who| {
            permissions::may_send_as(self.exchange(), self.directory, &recipient, who)
                || permissions::may_send_on_behalf(self.exchange(), self.directory, &recipient, who)
        })
    }
}
