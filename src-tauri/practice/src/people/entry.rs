//! One person, mailbox, room or other recipient.

use crate::people::administrators::{PEOPLE, Person};
use crate::people::changes::{Kept, RecipientChanges, Removal};
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::people::names::{DEPARTMENTS, DIVISIONS};

/// What kind of recipient it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    User,
    Shared,
    Room,
    Equipment,
    /// The mailbox of a booking page.
    Scheduling,
    /// The mailbox that searches of the organisation's mail are copied to.
    Discovery,
    /// Somebody from elsewhere, invited: a user of the directory whose mail is outside.
    Guest,
    /// An address outside that Exchange alone knows; no user of the directory.
    Contact,
    /// A directory user whose mailbox is on a server of the organisation's own.
    OnPremises,
    /// A directory user without any mailbox.
    NoMailbox,
}

impl Kind {
    /// Exchange's name for the kind; `None` when Exchange does not know the object as a recipient.
    pub(crate) fn recipient_type_details(self) -> Option<&'static str> {
        match self {
            Self::User => Some("UserMailbox"),
            Self::Shared => Some("SharedMailbox"),
            Self::Room => Some("RoomMailbox"),
            Self::Equipment => Some("EquipmentMailbox"),
            Self::Scheduling => Some("SchedulingMailbox"),
            Self::Discovery => Some("DiscoveryMailbox"),
            Self::Guest => Some("GuestMailUser"),
            Self::Contact => Some("MailContact"),
            Self::OnPremises => Some("MailUser"),
            Self::NoMailbox => None,
        }
    }

    /// Whether there is a mailbox in Exchange Online.
    pub(crate) fn has_mailbox(self) -> bool {
        !matches!(
            self,
            Self::OnPremises | Self::NoMailbox | Self::Guest | Self::Contact
        )
    }

    /// Exchange's name for the wider kind.
    pub(crate) fn recipient_type(self) -> &'static str {
        match self {
            Self::Contact => "MailContact",
            Self::NoMailbox => "User",
            _ if self.has_mailbox() => "UserMailbox",
            _ => "MailUser",
        }
    }

    /// Whether the directory has a user object for it, with a sign-in name.
    pub(crate) fn is_user(self) -> bool {
        self != Self::Contact
    }

    /// The answer of `mailboxSettings/userPurpose` (microsoft-facts §2.9).
    pub(crate) fn user_purpose(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Shared => "shared",
            Self::Room => "room",
            Self::Equipment => "equipment",
            _ => "others",
        }
    }
}

/// One entry of the directory.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) alias: Box<str>,
    pub(crate) display_name: Box<str>,
    pub(crate) kind: Kind,
    pub(crate) enabled: bool,
    pub(super) idn: bool,
    department: u8,
    division: u8,
    /// What differs from what the alias says: from the start for some, for the others since somebody changed it.
    pub(super) changes: Option<Box<RecipientChanges>>,
}

impl Entry {
    /// An entry as the seed makes it.
    pub(super) fn new(alias: &str, display_name: &str, kind: Kind, department: usize) -> Self {
        Self {
            alias: alias.into(),
            display_name: display_name.into(),
            kind,
            enabled: matches!(kind, Kind::User | Kind::OnPremises | Kind::Guest),
            idn: false,
            department: u8::try_from(department % DEPARTMENTS.len()).unwrap_or_default(),
            division: u8::try_from(department % DIVISIONS.len()).unwrap_or_default(),
            changes: None,
        }
    }

    /// What differs from what the seed made.
    pub(crate) fn changes(&self) -> RecipientChanges {
        self.changes.as_deref().cloned().unwrap_or_default()
    }

    /// Whether it was deleted, and can still be restored.
    pub(crate) fn removal(&self) -> Option<&Removal> {
        self.changes.as_ref()?.removed.as_ref()
    }

    /// Whether it is a mailbox that a hold keeps although its user is gone.
    pub(crate) fn is_inactive(&self) -> bool {
        self.removal()
            .is_some_and(|removal| removal.kept == Kept::Inactive)
    }

    /// Whether it was deleted and something of it is left.
    pub(crate) fn is_restorable(&self) -> bool {
        self.removal().is_some_and(|removal| removal.kept != Kept::Not)
    }

    /// Whether it is there: not deleted.
    pub(crate) fn is_live(&self) -> bool {
        self.removal().is_none()
    }

    /// The name that people sign in with. It is a property of its own and the primary address only until somebody
    /// changes one of the two.
    pub(crate) fn user_principal_name(&self) -> String {
        let own = self
            .changes
            .as_ref()
            .and_then(|changes| changes.user_principal_name.clone());
        own.unwrap_or_else(|| self.made_address())
    }

    /// The primary address.
    pub(crate) fn address(&self) -> String {
        let changed = self
            .changes
            .as_ref()
            .and_then(|changes| changes.addresses.first());
        changed.cloned().unwrap_or_else(|| self.made_address())
    }

    fn made_address(&self) -> String {
        format!(
            "{}@{}",
            self.alias,
            if self.idn {
                IDN_DOMAIN_ASCII
            } else {
                DEFAULT_DOMAIN
            }
        )
    }

    /// The department.
    pub(crate) fn department(&self) -> &str {
        if let Some(changed) = self
            .changes
            .as_ref()
            .and_then(|changes| changes.department.as_deref())
        {
            return changed;
        }
        DEPARTMENTS
            .get(usize::from(self.department))
            .copied()
            .unwrap_or_default()
    }

    /// Exchange's `CustomAttribute1`: the division.
    pub(crate) fn division(&self) -> &'static str {
        DIVISIONS
            .get(usize::from(self.division))
            .copied()
            .unwrap_or_default()
    }

    /// Further addresses, without the primary one.
    pub(crate) fn other_addresses(&self) -> Vec<String> {
        if let Some(changes) = &self.changes
            && let Some((_, others)) = changes.addresses.split_first()
        {
            return others.to_vec();
        }
        let mut others = vec![format!("{}@{INITIAL_DOMAIN}", self.alias)];
        if &*self.alias == "support" {
            others.push(format!("helpdesk@{DEFAULT_DOMAIN}"));
        }
        others
    }

    /// Every address as Exchange lists them, the primary one with `SMTP:` in capitals.
    pub(crate) fn email_addresses(&self) -> Vec<String> {
        let mut all = vec![format!("SMTP:{}", self.address())];
        all.extend(
            self.other_addresses()
                .into_iter()
                .map(|address| format!("smtp:{address}")),
        );
        all
    }

    /// The administrator behind this entry, if it is one.
    pub(crate) fn person(&self) -> Option<&'static Person> {
        PEOPLE.iter().find(|person| person.alias == &*self.alias)
    }
}
