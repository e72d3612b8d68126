//! In which ways an app isn't as it was asked for, as exact sets: what is there beyond them is named, whoever made it, and
//! what is missing too.

use std::collections::{BTreeMap, BTreeSet};

use domain::grant::{EntraGrant, Opens};
use domain::group::of_filter;
use domain::ids::{KeyId, MailboxId};
use domain::permission::Permission;
use serde::{Deserialize, Serialize};

use super::{AssignmentSeen, Basis, CredentialSeen, MailboxRight, Named, ScopeSeen};

/// What was asked for, to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The mailboxes that must work.
    pub mailboxes: BTreeMap<MailboxId, String>,
    /// The permissions.
    pub permissions: BTreeSet<Permission>,
    /// The distinguished name of the group whose members those are, where the limit goes by it.
    pub group: Option<String>,
    /// The name of the scope; none where full access holds the app to its mailboxes, as it does a mail program.
    pub scope: Option<String>,
    /// The key id of our credential.
    pub key: Option<KeyId>,
    /// Key ids of what the platform may be using while a renewal is under way.
    pub in_use: BTreeSet<KeyId>,
    /// Object ids of owners that may be there: whoever made the app here, and whom the admin knows about.
    pub owners: BTreeSet<String>,
}

/// A mailbox by id and address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Which {
    /// Its id, where the recipient has one.
    pub id: Option<MailboxId>,
    /// Its address or name.
    pub address: String,
}

/// One way in which the app isn't as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The scope matches mailboxes that nobody asked for.
    ScopeGrew {
        /// Those that came in.
        came_in: Vec<Which>,
        /// Whether there are more than are listed.
        more: bool,
    },
    /// The scope no longer matches mailboxes that were asked for.
    ScopeShrank {
        /// Those that fell out.
        fell_out: Vec<Which>,
    },
    /// Who is in the group that the limit goes by isn't who was in it when that was looked at last.
    GroupChanged {
        /// Those that came in.
        came_in: Vec<Which>,
        /// Those that went.
        fell_out: Vec<Which>,
        /// Whether more came in than are listed.
        more: bool,
    },
    /// The scope matches the right mailboxes today, by a rule that others can come under tomorrow.
    ScopeFilter {
        /// The rule, as Exchange keeps it.
        filter: String,
    },
    /// The scope is gone.
    ScopeGone,
    /// The scope is used by another app as well.
    ScopeShared {
        /// The other app's assignment.
        with: Named,
    },
    /// A role beside those that were asked for.
    OtherAssignment {
        /// Which.
        assignment: AssignmentSeen,
    },
    /// A role that was asked for isn't assigned.
    AssignmentMissing {
        /// Its permission.
        permission: Permission,
    },
    /// What a permission needs in Entra isn't granted.
    GrantMissing {
        /// The permission.
        permission: Permission,
    },
    /// The app has no full access to a mailbox that must work.
    FullAccessMissing {
        /// Which.
        which: Which,
    },
    /// A grant in Entra that opens mailboxes, leads to more rights, or cannot be read.
    Grant {
        /// Which.
        grant: EntraGrant,
    },
    /// A directory role.
    DirectoryRole {
        /// Which.
        role: Named,
    },
    /// A right on a mailbox.
    MailboxRight {
        /// Which.
        right: MailboxRight,
    },
    /// The right to send as a recipient.
    SendAs {
        /// The recipient's name.
        recipient: String,
    },
    /// A credential that isn't ours.
    OtherCredential {
        /// Which.
        credential: CredentialSeen,
    },
    /// Our credential is gone.
    CredentialGone,
    /// Somebody else's sign-in is taken for the app's.
    Federated {
        /// Which.
        credential: Named,
    },
    /// Somebody owns the app and can make credentials for it.
    Owner {
        /// Who.
        owner: Named,
    },
    /// The enterprise application is switched off.
    Disabled,
    /// Our tag isn't on the app any more.
    TagGone,
    /// The app takes sign-ins of other organisations.
    Audience {
        /// What is set.
        audience: String,
    },
    /// Somebody added an address that sign-ins are sent to.
    Redirect {
        /// Which.
        address: String,
    },
}

impl Reason {
    /// Whether it means that the app reaches more than it should, or could be used by others.
    pub fn too_broad(&self) -> bool {
        match self {
            Self::ScopeGrew { .. }
            | Self::OtherAssignment { .. }
            | Self::Grant { .. }
            | Self::DirectoryRole { .. }
            | Self::MailboxRight { .. }
            | Self::SendAs { .. } => true,
            // It was asked for that whoever is in the group is reached; that it was tried can't be said of who came in.
            Self::GroupChanged { .. }
            | Self::ScopeShrank { .. }
            | Self::ScopeFilter { .. }
            | Self::ScopeGone
            | Self::ScopeShared { .. }
            | Self::AssignmentMissing { .. }
            | Self::GrantMissing { .. }
            | Self::FullAccessMissing { .. }
            | Self::OtherCredential { .. }
            | Self::CredentialGone
            | Self::Federated { .. }
            | Self::Owner { .. }
            | Self::Disabled
            | Self::TagGone
            | Self::Audience { .. }
            | Self::Redirect { .. } => false,
        }
    }
}

/// Every way in which the app isn't as it was asked for, the gravest first. Empty is the only good answer.
pub fn reasons(basis: &Basis, asked: &Asked) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if asked.scope.is_some() {
        scope_reasons(basis, asked, &mut reasons);
    }
    for assignment in &basis.assignments {
        let wanted = asked.scope.as_ref() == Some(&assignment.scope)
            && asked
                .permissions
                .iter()
                .any(|permission| permission.exchange_role() == Some(assignment.role.as_str()));
        if !wanted {
            reasons.push(Reason::OtherAssignment {
                assignment: assignment.clone(),
            });
        }
    }
    for permission in &asked.permissions {
        let held = |role: &str| {
            let mut held = basis.assignments.iter();
            held.any(|held| asked.scope.as_ref() == Some(&held.scope) && held.role == role)
        };
        if permission.exchange_role().is_some_and(|role| !held(role)) {
            reasons.push(Reason::AssignmentMissing {
                permission: *permission,
            });
        }
    }
    mail_program_reasons(basis, asked, &mut reasons);
    let needed = |grant: &EntraGrant| asked.permissions.iter().any(|one| one.needs(grant));
    let grants = basis.grants.iter();
    let grants = grants.filter(|grant| grant.opens != Opens::Nothing && !needed(grant));
    reasons.extend(grants.cloned().map(|grant| Reason::Grant { grant }));
    let each = |set: &BTreeSet<Named>, make: fn(Named) -> Reason| -> Vec<Reason> {
        set.iter().cloned().map(make).collect()
    };
    reasons.extend(each(&basis.directory_roles, |role| Reason::DirectoryRole {
        role,
    }));
    let rights = basis.mailbox_rights.iter();
    let others = rights.filter(|right| !is_asked_for(right, asked)).cloned();
    reasons.extend(others.map(|right| Reason::MailboxRight { right }));
    let send_as = basis.send_as.iter().cloned();
    reasons.extend(send_as.map(|recipient| Reason::SendAs { recipient }));
    reasons.extend(each(&basis.shared_with, |with| Reason::ScopeShared { with }));
    credential_reasons(basis, asked, &mut reasons);
    reasons.extend(each(&basis.federated, |credential| Reason::Federated {
        credential,
    }));
    let strangers = basis
        .owners
        .iter()
        .filter(|owner| !asked.owners.contains(&owner.id));
    reasons.extend(strangers.cloned().map(|owner| Reason::Owner { owner }));
    if !basis.enabled {
        reasons.push(Reason::Disabled);
    }
    if !basis.tagged {
        reasons.push(Reason::TagGone);
    }
    if basis.audience != "AzureADMyOrg" {
        reasons.push(Reason::Audience {
            audience: basis.audience.clone(),
        });
    }
    let redirects = basis.redirects.iter().cloned();
    reasons.extend(redirects.map(|address| Reason::Redirect { address }));
    reasons.sort_by_key(|reason| !reason.too_broad());
    reasons
}

/// Whether a stored filter names these objects one by one and nothing else: `ExternalDirectoryObjectId -eq '…'` for each
/// of them, joined by `-or`. Brackets, blanks, the kind of quotes, letter case and order don't matter.
///
/// A filter by anything else, a department say, can match the same mailboxes today and others tomorrow. In which way
/// Exchange writes a filter back that it was given is UNVERIFIED (microsoft-facts §12); here is the one place to correct.
pub fn names_only<'a>(filter: &str, mailboxes: impl IntoIterator<Item = &'a MailboxId>) -> bool {
    let plain: String = filter
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '(' | ')'))
        .flat_map(char::to_lowercase)
        .map(|character| if character == '"' { '\'' } else { character })
        .collect();
    let named: Option<BTreeSet<MailboxId>> = plain
        .split("-or")
        .map(|part| {
            let id = part
                .strip_prefix("externaldirectoryobjectid-eq'")?
                .strip_suffix('\'')?;
            id.parse().ok()
        })
        .collect();
    named.is_some_and(|named| named == mailboxes.into_iter().copied().collect())
}

fn scope_reasons(basis: &Basis, asked: &Asked, reasons: &mut Vec<Reason>) {
    let Some(scope) = &basis.scope else {
        reasons.push(Reason::ScopeGone);
        return;
    };
    let known = scope
        .holds
        .iter()
        .filter(|(id, _)| !asked.mailboxes.contains_key(id))
        .map(|(id, address)| Which {
            id: Some(*id),
            address: address.clone(),
        });
    let nameless = scope.holds_others.iter().map(|name| Which {
        id: None,
        address: name.clone(),
    });
    let came_in: Vec<Which> = known.chain(nameless).collect();
    // A scope that goes by anything else than the group is told as any other that somebody changed.
    let by_group = asked
        .group
        .as_ref()
        .is_some_and(|group| of_filter(&scope.filter).is_some_and(|held| held.eq_ignore_ascii_case(group)));
    if by_group {
        return group_reasons(scope, asked, came_in, reasons);
    }
    if !came_in.is_empty() || scope.holds_more {
        reasons.push(Reason::ScopeGrew {
            came_in: came_in.clone(),
            more: scope.holds_more,
        });
    }
    let fell_out: Vec<Which> = asked
        .mailboxes
        .iter()
        .filter(|(id, _)| !scope.holds.contains_key(id))
        .map(|(id, address)| Which {
            id: Some(*id),
            address: address.clone(),
        })
        .collect();
    if came_in.is_empty()
        && fell_out.is_empty()
        && !scope.holds_more
        && (asked.group.is_some() || !names_only(&scope.filter, asked.mailboxes.keys()))
    {
        reasons.push(Reason::ScopeFilter {
            filter: scope.filter.clone(),
        });
    }
    // A list that was cut short may hold them all.
    if !fell_out.is_empty() && !scope.holds_more {
        reasons.push(Reason::ScopeShrank { fell_out });
    }
}

/// The same of a limit that goes by the group that was asked for.
fn group_reasons(scope: &ScopeSeen, asked: &Asked, came_in: Vec<Which>, reasons: &mut Vec<Reason>) {
    let out = |(id, _): &(&MailboxId, &String)| !scope.holds.contains_key(id) && !scope.holds_more;
    let which = |(id, address): (&MailboxId, &String)| Which {
        id: Some(*id),
        address: address.clone(),
    };
    let fell_out: Vec<Which> = asked.mailboxes.iter().filter(out).map(which).collect();
    if !came_in.is_empty() || !fell_out.is_empty() || scope.holds_more {
        reasons.push(Reason::GroupChanged {
            came_in,
            fell_out,
            more: scope.holds_more,
        });
    }
}

/// What opens a mailbox to a mail program, as Exchange writes the right (microsoft-facts §4c).
pub const FULL_ACCESS: &str = "FullAccess";

/// Whether a mail program is asked for.
fn by_mail_program(asked: &Asked) -> bool {
    asked.permissions.iter().any(|one| one.app_role().is_some())
}

/// Whether a right on a mailbox is what a mail program opens it by, and the mailbox one that must work.
fn is_asked_for(right: &MailboxRight, asked: &Asked) -> bool {
    by_mail_program(asked) && right.right == FULL_ACCESS && asked.mailboxes.contains_key(&right.mailbox)
}

/// What a mail program lacks: its permission in Entra, or full access to a mailbox.
fn mail_program_reasons(basis: &Basis, asked: &Asked, reasons: &mut Vec<Reason>) {
    let missing = asked.permissions.iter().filter(|permission| {
        permission.app_role().is_some() && !basis.grants.iter().any(|grant| permission.needs(grant))
    });
    reasons.extend(missing.map(|permission| Reason::GrantMissing {
        permission: *permission,
    }));
    if !by_mail_program(asked) {
        return;
    }
    let open: BTreeSet<MailboxId> = basis
        .mailbox_rights
        .iter()
        .filter(|right| is_asked_for(right, asked))
        .map(|right| right.mailbox)
        .collect();
    let lacking = asked.mailboxes.iter().filter(|(id, _)| !open.contains(id));
    reasons.extend(lacking.map(|(id, address)| Reason::FullAccessMissing {
        which: Which {
            id: Some(*id),
            address: address.clone(),
        },
    }));
}

fn credential_reasons(basis: &Basis, asked: &Asked, reasons: &mut Vec<Reason>) {
    let others = basis
        .credentials
        .iter()
        .filter(|credential| Some(credential.key) != asked.key && !asked.in_use.contains(&credential.key));
    reasons.extend(
        others
            .cloned()
            .map(|credential| Reason::OtherCredential { credential }),
    );
    let held = |key| basis.credentials.iter().any(|credential| credential.key == key);
    if asked.key.is_none_or(|key| !held(key)) {
        reasons.push(Reason::CredentialGone);
    }
}
