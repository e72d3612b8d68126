//! What the rows of a comparison are called in a plan.

use domain::grant::Opens;
use domain::message;
use domain::message::{Arg, Kind, Message};

use super::{Item, Row, RowState};
use crate::changes::Known;
use crate::observed::Owner;

impl Row {
    /// What it is called in a plan: a title, with an attribute `detail`. Nothing where a plan doesn't speak of it: what stands
    /// in the way is told as a problem, and what isn't known is looked at first.
    pub fn said(&self, known: &Known<'_>) -> Option<Message> {
        match &self.state {
            RowState::Change(change) => Some(change.said(known)),
            RowState::AsWanted => self.as_it_is(known),
            RowState::Unknown(_) if self.item == Item::Principal => Some(message!("changes-then-principal")),
            RowState::Blocked(_) | RowState::Unknown(_) => None,
        }
    }

    fn as_it_is(&self, known: &Known<'_>) -> Option<Message> {
        Some(match &self.item {
            Item::Registration => {
                let app = known.before.registration.known()?.as_ref()?;
                let kind = match app.owner {
                    Owner::Adopted => Kind::App,
                    Owner::Ours | Owner::Stranger => Kind::Ours,
                };
                message!("changes-there-app", name = Arg::name(kind, &app.name))
            }
            Item::Principal => message!("changes-there-principal"),
            Item::AppRole(role) => message!("changes-there-app-role", permission = Arg::term(role.name())),
            Item::Mailbox(mailbox) => {
                message!("changes-there-full-access", mailbox = known.mailbox(*mailbox))
            }
            Item::Mailboxes | Item::Protocols => return None,
            Item::Protocol(of) => message!(
                "changes-there-protocol",
                protocol = Arg::term(of.protocol.name()),
                mailbox = known.mailbox(of.mailbox)
            ),
            Item::Secret => message!("changes-there-secret"),
            Item::Certificate => message!("changes-there-certificate"),
            Item::InUse(key) => {
                let credentials = known.before.credentials.known()?;
                match credentials.get(key).is_some_and(|one| one.certificate) {
                    true => message!("changes-there-in-use-certificate", key = Arg::ends(key)),
                    false => message!("changes-there-in-use", key = Arg::ends(key)),
                }
            }
            Item::Entry => message!("changes-there-entry"),
            Item::Scope => {
                let scope = known.before.scope.known()?.as_ref()?;
                message!("changes-there-scope", count = scope.mailboxes.len())
            }
            Item::Permission(permission) => {
                message!("changes-there-permission", access = permission.said())
            }
            Item::Grant(id) => {
                let (grant, owner) = known.before.grants.known()?.get(id)?;
                if *owner != Owner::Adopted || grant.opens == Opens::Nothing {
                    return None;
                }
                message!(
                    "changes-grant-stays",
                    permission = Arg::term(&grant.permission),
                    resource = Arg::term(&grant.resource)
                )
            }
            Item::Assignment(name) if known.before.roles.known()?.get(name)?.is_old() => {
                message!("changes-role-stays", name = Arg::name(Kind::Assignment, name))
            }
            Item::AppTag
            | Item::Audience
            | Item::Tag
            | Item::Grants
            | Item::Credential(_)
            | Item::Assignment(_)
            | Item::AccessPolicy(_) => {
                return None;
            }
        })
    }
}
