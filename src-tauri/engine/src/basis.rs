//! What a proof is made of: everything that decides what the app can reach, as it was read in the organisation.
//!
//! A proof holds for this state and no other. The same is read again just before anything is sealed; where it differs
//! in any part, the look is repeated. [`reasons`] compares it with what was asked for, as exact sets: what is there
//! beyond them is named, whoever made it, and what is missing too.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{KeyId, MailboxId};
use domain::permission::Permission;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use domain::grant::{EntraGrant, Opens};

/// Something with an id and a name for people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its id; what is compared.
    pub id: String,
    /// Its name when it was read.
    pub name: String,
}

/// The management scope as Exchange keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopeSeen {
    /// Its name.
    pub name: String,
    /// Its stored filter. Exchange may write it in its own way, so it is compared with [`names_only`] and not by its
    /// text.
    pub filter: String,
    /// Every recipient that the filter matches and that has an object in the directory, with its address.
    pub holds: BTreeMap<MailboxId, String>,
    /// Recipients that it matches and that have none, by name.
    pub holds_others: BTreeSet<String>,
    /// Whether it matches more than were listed.
    pub holds_more: bool,
}

/// A role that Exchange gives the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssignmentSeen {
    /// The role, such as `Application Mail.Read`.
    pub role: String,
    /// The scope's name; empty where it has none and reaches every mailbox.
    pub scope: String,
    /// Its own name.
    pub name: String,
}

/// A right on a mailbox that was given to the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MailboxRight {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Its address when it was read.
    pub address: String,
    /// Such as `FullAccess`.
    pub right: String,
}

/// A credential of the app.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CredentialSeen {
    /// Its key id.
    pub key: KeyId,
    /// Its display name, where it has one.
    pub name: String,
    /// What it is.
    pub kind: CredentialKind,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
}

/// What a credential is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// A client secret.
    Secret,
    /// A certificate.
    Certificate,
}

/// What the proof was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Whether the enterprise application is switched on.
    pub enabled: bool,
    /// Whether our tag is on the app registration.
    pub tagged: bool,
    /// For whom the app is: `AzureADMyOrg`.
    pub audience: String,
    /// Redirect addresses, public and web; an app of ours has none.
    pub redirects: BTreeSet<String>,
    /// The management scope, where it exists.
    pub scope: Option<ScopeSeen>,
    /// Every role that Exchange gives the app.
    pub assignments: BTreeSet<AssignmentSeen>,
    /// Roles that Exchange gives others within our scope.
    pub shared_with: BTreeSet<Named>,
    /// Every grant in Entra.
    pub grants: BTreeSet<EntraGrant>,
    /// Every directory role on the app.
    pub directory_roles: BTreeSet<Named>,
    /// Rights on mailboxes of the table that were given to the app.
    pub mailbox_rights: BTreeSet<MailboxRight>,
    /// Recipients as which the app was given the right to send, by name.
    pub send_as: BTreeSet<String>,
    /// Every secret and certificate, on the registration and on the enterprise application.
    pub credentials: BTreeSet<CredentialSeen>,
    /// Federated identity credentials.
    pub federated: BTreeSet<Named>,
    /// Owners of the registration and of the enterprise application.
    pub owners: BTreeSet<Named>,
    /// The platform's profile, and its version.
    pub profile: (String, u32),
    /// The permissions that were asked for.
    pub permissions: BTreeSet<Permission>,
    /// A digest of the secret's value that gives nothing of it away.
    pub secret: String,
}

impl Basis {
    /// SHA-256 of all of it in hexadecimal digits, but for the secret's digest, which only this computer can make.
    ///
    /// Two readings of the same state have the same one, whoever reads and in whatever order Microsoft answers.
    ///
    /// # Errors
    ///
    /// Where it can't be written as JSON, which would be a fault of ours.
    pub fn fingerprint(&self) -> serde_json::Result<String> {
        let told = Self {
            secret: String::new(),
            ..self.clone()
        };
        let digest = Sha256::digest(serde_json::to_vec(&told)?);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// What was asked for, to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The mailboxes that must work.
    pub mailboxes: BTreeMap<MailboxId, String>,
    /// The permissions.
    pub permissions: BTreeSet<Permission>,
    /// The name of the scope.
    pub scope: String,
    /// The key id of our credential.
    pub key: Option<KeyId>,
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
            Self::ScopeShrank { .. }
            | Self::ScopeFilter { .. }
            | Self::ScopeGone
            | Self::ScopeShared { .. }
            | Self::AssignmentMissing { .. }
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
    scope_reasons(basis, asked, &mut reasons);
    for assignment in &basis.assignments {
        let wanted = assignment.scope == asked.scope
            && asked
                .permissions
                .iter()
                .any(|permission| permission.exchange_role() == assignment.role);
        if !wanted {
            reasons.push(Reason::OtherAssignment {
                assignment: assignment.clone(),
            });
        }
    }
    for permission in &asked.permissions {
        let held = basis
            .assignments
            .iter()
            .any(|held| held.scope == asked.scope && held.role == permission.exchange_role());
        if !held {
            reasons.push(Reason::AssignmentMissing {
                permission: *permission,
            });
        }
    }
    let grants = basis.grants.iter().filter(|grant| grant.opens != Opens::Nothing);
    reasons.extend(grants.cloned().map(|grant| Reason::Grant { grant }));
    let each = |set: &BTreeSet<Named>, make: fn(Named) -> Reason| -> Vec<Reason> {
        set.iter().cloned().map(make).collect()
    };
    reasons.extend(each(&basis.directory_roles, |role| Reason::DirectoryRole {
        role,
    }));
    let rights = basis.mailbox_rights.iter().cloned();
    reasons.extend(rights.map(|right| Reason::MailboxRight { right }));
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
        && !names_only(&scope.filter, asked.mailboxes.keys())
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

fn credential_reasons(basis: &Basis, asked: &Asked, reasons: &mut Vec<Reason>) {
    let others = basis
        .credentials
        .iter()
        .filter(|credential| Some(credential.key) != asked.key);
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

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const SCOPE: &str = "Mailgrant Contoso 12345678";

    pub(crate) fn mailbox(number: u128) -> MailboxId {
        MailboxId(uuid::Uuid::from_u128(number))
    }

    fn key(number: u128) -> KeyId {
        KeyId(uuid::Uuid::from_u128(number))
    }

    fn named(name: &str) -> Named {
        Named {
            id: name.to_owned(),
            name: name.to_owned(),
        }
    }

    pub(crate) fn asked() -> Asked {
        Asked {
            mailboxes: BTreeMap::from([(mailbox(1), "support@contoso.example".to_owned())]),
            permissions: BTreeSet::from([Permission::MailReadWrite]),
            scope: SCOPE.to_owned(),
            key: Some(key(7)),
            owners: BTreeSet::from(["dana".to_owned()]),
        }
    }

    fn credential(number: u128) -> CredentialSeen {
        CredentialSeen {
            key: key(number),
            name: "Mailgrant".into(),
            kind: CredentialKind::Secret,
            ends_at: None,
        }
    }

    fn assignment(role: &str, scope: &str) -> AssignmentSeen {
        AssignmentSeen {
            role: role.into(),
            scope: scope.into(),
            name: format!("{role} in {scope}"),
        }
    }

    pub(crate) fn good() -> Basis {
        Basis {
            enabled: true,
            tagged: true,
            audience: "AzureADMyOrg".into(),
            redirects: BTreeSet::new(),
            scope: Some(ScopeSeen {
                name: SCOPE.into(),
                filter: format!("ExternalDirectoryObjectId -eq '{}'", mailbox(1)),
                holds: asked().mailboxes,
                holds_others: BTreeSet::new(),
                holds_more: false,
            }),
            assignments: BTreeSet::from([assignment("Application Mail.ReadWrite", SCOPE)]),
            shared_with: BTreeSet::new(),
            grants: BTreeSet::new(),
            directory_roles: BTreeSet::new(),
            mailbox_rights: BTreeSet::new(),
            send_as: BTreeSet::new(),
            credentials: BTreeSet::from([credential(7)]),
            federated: BTreeSet::new(),
            owners: BTreeSet::from([named("dana")]),
            profile: ("contoso".into(), 1),
            permissions: asked().permissions,
            secret: "digest".into(),
        }
    }

    fn grant(opens: Opens) -> EntraGrant {
        EntraGrant {
            id: "g".into(),
            resource: "Microsoft Graph".into(),
            permission: "x".into(),
            app_role: true,
            opens,
        }
    }

    /// Each change to a good state is named, and whether it makes the app too broad.
    #[test]
    fn every_change_has_its_reason() {
        assert_eq!(reasons(&good(), &asked()), []);
        type Change = (&'static str, bool, fn(&mut Basis));
        let changes: [Change; 23] = [
            ("scope grew", true, |b| {
                let scope = b.scope.as_mut().unwrap();
                scope.holds.insert(mailbox(2), "ceo@contoso.example".into());
            }),
            ("scope holds a group", true, |b| {
                b.scope.as_mut().unwrap().holds_others.insert("All".into());
            }),
            ("scope holds more than was listed", true, |b| {
                b.scope.as_mut().unwrap().holds_more = true;
            }),
            ("scope shrank", false, |b| b.scope.as_mut().unwrap().holds.clear()),
            ("scope gone", false, |b| b.scope = None),
            ("another role", true, |b| {
                b.assignments.insert(assignment("Application Mail.Read", SCOPE));
            }),
            ("the same role elsewhere", true, |b| {
                b.assignments
                    .insert(assignment("Application Mail.ReadWrite", "All staff"));
            }),
            ("the same role everywhere", true, |b| {
                b.assignments.insert(assignment("Application Mail.ReadWrite", ""));
            }),
            ("no role", false, |b| b.assignments.clear()),
            ("a mail grant", true, |b| {
                b.grants.insert(grant(Opens::Mailboxes));
            }),
            ("a grant that leads to more", true, |b| {
                b.grants.insert(grant(Opens::MoreRights));
            }),
            ("a grant nobody can read", true, |b| {
                b.grants.insert(grant(Opens::Unknown));
            }),
            ("a directory role", true, |b| {
                b.directory_roles.insert(named("Exchange Administrator"));
            }),
            ("a mailbox right", true, |b| {
                b.mailbox_rights.insert(MailboxRight {
                    mailbox: mailbox(1),
                    address: String::new(),
                    right: "FullAccess".into(),
                });
            }),
            ("send as", true, |b| {
                b.send_as.insert("support".into());
            }),
            ("another secret", false, |b| {
                b.credentials.insert(credential(8));
            }),
            ("our secret gone", false, |b| b.credentials.clear()),
            ("federated", false, |b| {
                b.federated.insert(named("repo"));
            }),
            ("owner", false, |b| {
                b.owners.insert(named("eve"));
            }),
            ("disabled", false, |b| b.enabled = false),
            ("tag gone", false, |b| b.tagged = false),
            ("other organisations", false, |b| {
                b.audience = "AzureADMultipleOrgs".into()
            }),
            ("a redirect", false, |b| {
                b.redirects.insert("https://evil.example".into());
            }),
        ];
        for (what, broad, change) in changes {
            let mut basis = good();
            change(&mut basis);
            let found = reasons(&basis, &asked());
            assert_eq!(found.len(), 1, "{what}: {found:?}");
            assert_eq!(found[0].too_broad(), broad, "{what}");
        }
    }

    #[test]
    fn what_opens_no_mailbox_is_no_reason() {
        let mut basis = good();
        basis.grants.insert(grant(Opens::Nothing));
        basis.owners.clear();
        assert_eq!(reasons(&basis, &asked()), []);
    }

    #[test]
    fn a_fingerprint_is_of_the_state_and_not_of_who_read_it() {
        let here = good().fingerprint().unwrap();
        let elsewhere = Basis {
            secret: "another computer's digest".into(),
            ..good()
        };
        assert_eq!(elsewhere.fingerprint().unwrap(), here);
        let mut wider = good();
        if let Some(scope) = &mut wider.scope {
            scope.holds.insert(mailbox(2), "hr@contoso.example".into());
        }
        assert_ne!(wider.fingerprint().unwrap(), here);
        assert_eq!(here.len(), 64);
    }

    #[test]
    fn a_filter_that_names_the_objects_is_known_however_it_is_written() {
        let (one, two) = (mailbox(1), mailbox(2));
        let both = [&one, &two];
        for filter in [
            format!("ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}'"),
            format!(
                "((ExternalDirectoryObjectId -EQ \"{two}\") -OR (externalDirectoryObjectId -eq '{one}'))"
            ),
            format!("ExternalDirectoryObjectId  -eq  '{one}'\n-or ExternalDirectoryObjectId -eq '{two}'"),
        ] {
            assert!(names_only(&filter, both), "{filter}");
        }
        for filter in [
            String::new(),
            "Department -eq 'Support'".to_owned(),
            format!("ExternalDirectoryObjectId -eq '{one}'"),
            format!("ExternalDirectoryObjectId -eq '{one}' -and ExternalDirectoryObjectId -eq '{two}'"),
            format!("ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -like '{two}'"),
            format!(
                "ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}' -or CustomAttribute1 -eq 'x'"
            ),
            format!("-not(ExternalDirectoryObjectId -eq '{one}' -or ExternalDirectoryObjectId -eq '{two}')"),
        ] {
            assert!(!names_only(&filter, both), "{filter}");
        }
    }

    #[test]
    fn a_rule_that_matches_the_right_mailboxes_today_is_no_proof() {
        let mut basis = good();
        if let Some(scope) = &mut basis.scope {
            scope.filter = "CustomAttribute1 -eq 'desk'".into();
        }
        let found = reasons(&basis, &asked());
        assert!(
            matches!(found.as_slice(), [Reason::ScopeFilter { .. }]),
            "{found:?}"
        );
    }
}
