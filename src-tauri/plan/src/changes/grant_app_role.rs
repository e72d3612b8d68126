//! Grants the app a permission of Office 365 Exchange Online that lets a mail program in. It opens no mailbox by itself: full
//! access to the mailbox does, and that is given mailbox by mailbox.

use calls::Call;
use calls::entra;
use calls::portal::Place;
use domain::app_role::AppRole;
use domain::grant::{EXCHANGE_ONLINE, EntraGrant, Opens};
use domain::message;
use domain::message::{Arg, Message};
use serde::{Deserialize, Serialize};

use super::{Change, Kind, Known};
use crate::observed::{Owner, SeenApp};
use crate::part::{Part, Role};

/// See the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GrantAppRole {
    /// Which.
    pub role: AppRole,
}

impl GrantAppRole {
    /// What stands for Microsoft's id of a grant that is only planned.
    fn planned(&self) -> String {
        format!("planned {}", self.role.name())
    }
}

impl Kind for GrantAppRole {
    fn part(&self) -> Part {
        Part::Permissions
    }

    /// By the words of Microsoft's page an Application Administrator may grant it as well, because only the app roles of
    /// Graph are kept from them; that is an inference which nobody tried (microsoft-facts §2.7), so who surely may is asked for.
    fn role(&self) -> Role {
        Role::Grants
    }

    fn calls(&self) -> Vec<Call> {
        vec![
            Call::Graph(entra::exchange_online()),
            Call::Graph(entra::grant_app_role(self.role)),
        ]
    }

    fn place(&self) -> Place {
        Place::Permissions
    }

    fn said(&self, _known: &Known<'_>) -> Message {
        message!("changes-grant-app-role", permission = Arg::term(self.role.name()))
    }

    fn effect(&self, app: &mut SeenApp) {
        if let Some(grants) = app.grants.known_mut()
            && !grants.values().any(|(grant, _)| self.role.is(grant))
        {
            let grant = EntraGrant {
                id: self.planned(),
                api: EXCHANGE_ONLINE.to_owned(),
                resource: "Office 365 Exchange Online".to_owned(),
                permission: self.role.name().to_owned(),
                app_role: true,
                opens: Opens::Mailboxes,
            };
            grants.insert(grant.id.clone(), (grant, Owner::Ours));
        }
    }

    fn done(&self, app: &SeenApp) -> bool {
        let grants = app.grants.known();
        grants.is_some_and(|grants| grants.values().any(|(grant, _)| self.role.is(grant)))
    }

    /// A grant is taken away by Microsoft's id of it, which is read before that and isn't known here.
    fn inverse(&self, _before: &SeenApp) -> Option<Change> {
        None
    }

    fn subject(&self) -> Option<String> {
        Some(self.role.name().to_owned())
    }
}
