//! What is wrong with an app that somebody registered by hand, and what becomes of each fault when it is taken over. Pure.

use domain::credential::CredentialKind;
use domain::grant::{EntraGrant, Opens};
use domain::ids::MailboxId;
use domain::message;
use domain::message::{Arg, Join, Kind, Message, Part};
use domain::permission::Permission;
use engine::basis::{Named, Reason};
use jiff::{SignedDuration, Timestamp};
use microsoft::exchange::access_policies::AccessPolicy;
use microsoft::graph::app_seen::Live;

use super::{Surveyed, in_place_of};
use crate::ownership::connection_by_marks;
use crate::reasons;
use crate::steps::choose_mailboxes::Behind;
use crate::survey::{named, role_group};

/// No secret of ours lasts longer: what Microsoft's portal offers at most, 24 months (microsoft-facts §2.4), with a day for
/// the time of day.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 732);

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The app can't be taken over while it stands.
    Bars,
    /// The connection puts it right.
    PutRight,
    /// It stays, and somebody has to look at it.
    Stays,
}

/// What application access policies do about a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing.
    Not,
    /// They shut the app out of some mailboxes.
    Out,
    /// They hold it to some mailboxes.
    To,
}

/// What an access policy names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Names {
    /// Somebody's own mailbox.
    Mailbox,
    /// A group.
    Group {
        /// How many mailboxes are in it and in the groups in it.
        mailboxes: usize,
        /// The groups in it: a policy counts their members too, and a limit by a group wouldn't (microsoft-facts §4a, §4b).
        nested: Vec<String>,
    },
    /// What isn't there any more.
    Nothing,
    /// What has no mailbox here.
    NoMailbox,
}

impl Names {
    fn mailboxes(&self) -> usize {
        match self {
            Self::Mailbox => 1,
            Self::Group { mailboxes, .. } => *mailboxes,
            Self::Nothing | Self::NoMailbox => 0,
        }
    }

    fn nested(&self) -> &[String] {
        match self {
            Self::Group { nested, .. } => nested,
            Self::Mailbox | Self::Nothing | Self::NoMailbox => &[],
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A connection has it already.
    OfAConnection,
    /// It is used through IMAP, POP or SMTP, and the limit in Exchange can't take the place of that.
    ByProtocol {
        /// What it is granted.
        grant: EntraGrant,
    },
    /// Somebody gave it a role in Exchange.
    OtherRole {
        /// The assignment's name.
        assignment: String,
        /// The role.
        role: String,
        /// Whether grants in Entra go past it (microsoft-facts §4b, the union).
        past: bool,
    },
    /// Its enterprise application is switched off.
    Disabled,
    /// A grant opens mailboxes.
    OpensMailboxes {
        /// Which.
        grant: EntraGrant,
        /// What policies do about that.
        held: Held,
        /// Whether the limit gives the same within the chosen mailboxes.
        replaced: bool,
    },
    /// A grant leads to more rights.
    MoreRights {
        /// Which.
        grant: EntraGrant,
    },
    /// It isn't known what a grant opens.
    Unclear {
        /// Which.
        grant: EntraGrant,
    },
    /// An access policy shuts it out of some mailboxes.
    ShutOut {
        /// Of whose.
        scope: String,
        /// Whether it is about every app.
        of_all_apps: bool,
    },
    /// An access policy holds it to some mailboxes.
    Held {
        /// To whose.
        scope: String,
        /// Whether it is about every app.
        of_all_apps: bool,
        /// What it names now.
        names: Names,
    },
    /// Accounts of other organisations may use it.
    OpenToOthers,
    /// A secret that lasts far too long.
    LastsLong {
        /// Its name.
        name: String,
        /// When it ends.
        ends_at: Timestamp,
    },
    /// A secret or a certificate that has ended.
    Ended {
        /// What it is.
        kind: CredentialKind,
        /// Its name.
        name: String,
        /// When it ended.
        ends_at: Timestamp,
    },
    /// Several secrets work.
    Several {
        /// How many.
        secrets: usize,
    },
    /// A certificate that hasn't ended signs in as it.
    Certificate {
        /// Its name.
        name: String,
    },
    /// Another organisation's workloads sign in as it.
    Federated {
        /// The credential's name.
        name: String,
    },
    /// It holds a directory role.
    DirectoryRole {
        /// Which, as the proof names it.
        role: Named,
    },
    /// It may send as others.
    SendAs {
        /// As whom.
        recipients: Vec<String>,
    },
    /// It has addresses that a sign-in is sent back to.
    Redirects {
        /// How many.
        count: usize,
    },
    /// People own it, and can make credentials for it.
    Owners {
        /// Who.
        names: Vec<String>,
    },
}

impl Fault {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::OfAConnection | Self::ByProtocol { .. } | Self::Disabled => Weight::Bars,
            // No limit says "all but these", and none is held back by a policy.
            Self::ShutOut { of_all_apps, .. } if !of_all_apps => Weight::Bars,
            Self::OtherRole { .. }
            | Self::OpensMailboxes { .. }
            | Self::MoreRights { .. }
            | Self::Unclear { .. }
            | Self::OpenToOthers
            | Self::LastsLong { .. }
            | Self::Ended { .. }
            | Self::Several { .. }
            | Self::Certificate { .. } => Weight::PutRight,
            Self::ShutOut { .. }
            | Self::Held { .. }
            | Self::Federated { .. }
            | Self::DirectoryRole { .. }
            | Self::SendAs { .. }
            | Self::Redirects { .. }
            | Self::Owners { .. } => Weight::Stays,
        }
    }

    /// What it is, in a title, and what becomes of it, in a text.
    pub fn said(&self) -> Message {
        let of = |grant: &EntraGrant| (Arg::term(&grant.permission), Arg::theirs(&grant.resource));
        let group = |scope: &str| Arg::name(Kind::Group, scope);
        let credential = |name: &str| match name {
            "" => Arg::from(message!("adopting-unnamed")),
            name => Arg::name(Kind::Credential, name),
        };
        match self {
            Self::OfAConnection => message!("adopting-of-a-connection"),
            Self::ByProtocol { grant } => {
                message!("adopting-by-protocol", permission = Arg::term(&grant.permission))
            }
            Self::OtherRole {
                assignment,
                role,
                past,
            } => message!(
                "adopting-other-role",
                assignment = Arg::name(Kind::Assignment, assignment),
                role = Arg::term(role),
                past = Arg::yes_or_no(*past)
            ),
            Self::Disabled => message!("adopting-disabled"),
            Self::OpensMailboxes {
                grant,
                held,
                replaced,
            } => {
                let (permission, api) = of(grant);
                message!(
                    "adopting-opens-mailboxes",
                    permission = permission,
                    api = api,
                    held = Arg::term(match held {
                        Held::To => "yes",
                        Held::Out => "out",
                        Held::Not => "no",
                    }),
                    replaced = Arg::yes_or_no(*replaced)
                )
            }
            Self::MoreRights { grant } => {
                let (permission, api) = of(grant);
                message!("adopting-more-rights", permission = permission, api = api)
            }
            Self::Unclear { grant } => {
                let (permission, api) = of(grant);
                message!("adopting-unclear", permission = permission, api = api)
            }
            Self::ShutOut { scope, of_all_apps } => message!(
                "adopting-shut-out",
                group = group(scope),
                all = Arg::yes_or_no(*of_all_apps)
            ),
            Self::Held {
                scope,
                of_all_apps,
                names,
            } => message!(
                "adopting-held",
                group = group(scope),
                all = Arg::yes_or_no(*of_all_apps),
                names = Arg::term(match names {
                    Names::Mailbox => "mailbox",
                    Names::Group { .. } => "group",
                    Names::Nothing => "nothing",
                    Names::NoMailbox => "no-mailbox",
                }),
                count = names.mailboxes(),
                nested = names.nested().len(),
                groups = Arg::list(Join::And, names.nested().iter().map(|name| group(name)))
            ),
            Self::OpenToOthers => message!("adopting-open"),
            Self::LastsLong { name, ends_at } => message!(
                "adopting-lasts-long",
                credential = credential(name),
                day = Arg::date(*ends_at)
            ),
            Self::Ended { kind, name, ends_at } => {
                let (credential, day) = (credential(name), Arg::date(*ends_at));
                match kind {
                    CredentialKind::Secret => message!("adopting-ended", credential = credential, day = day),
                    CredentialKind::Certificate => {
                        message!("adopting-certificate-ended", credential = credential, day = day)
                    }
                }
            }
            Self::Several { secrets } => message!("adopting-several", count = *secrets),
            Self::Certificate { name } => message!("adopting-certificate", credential = credential(name)),
            Self::Federated { name } => message!("adopting-federated", credential = credential(name)),
            Self::DirectoryRole { role } => {
                let named = reasons::message(&Reason::DirectoryRole { role: role.clone() });
                message!("adopting-directory-role", role = Arg::part(Part::Title, named))
            }
            Self::SendAs { recipients } => message!(
                "adopting-send-as",
                recipients = Arg::list(
                    Join::And,
                    recipients.iter().map(|name| Arg::name(Kind::Recipient, name))
                )
            ),
            Self::Redirects { count } => message!("adopting-redirects", count = *count),
            Self::Owners { names } => message!(
                "adopting-owners",
                count = names.len(),
                owners = Arg::list(Join::And, names.iter().map(|name| Arg::name(Kind::Person, name)))
            ),
        }
    }
}

/// What is wrong with an app, what matters most first. `offered` is what the limit can give in the place of grants.
pub(super) fn of(surveyed: &Surveyed, offered: &[Permission], now: Timestamp) -> Vec<Fault> {
    let mut faults = Vec::new();
    let live = &surveyed.live;
    let policies = surveyed.exchange.iter().flat_map(|(_, policies)| policies);
    let policies: Vec<&(AccessPolicy, Behind)> = policies.collect();
    if connection_by_marks(&live.app).is_some() {
        faults.push(Fault::OfAConnection);
    }
    let held = match (
        policies.is_empty(),
        policies.iter().any(|(policy, _)| policy.restricts),
    ) {
        (true, _) => Held::Not,
        (false, false) => Held::Out,
        (false, true) => Held::To,
    };
    for grant in &surveyed.grants {
        faults.extend(of_grant(grant, held, offered));
    }
    if live.app.audience != calls::entra::THIS_ORGANISATION {
        faults.push(Fault::OpenToOthers);
    }
    faults.extend(of_credentials(live, now));
    let denied = policies.iter().filter(|(policy, _)| !policy.restricts);
    let denied: Vec<MailboxId> = denied.flat_map(|(_, behind)| behind.mailboxes()).collect();
    for (policy, behind) in policies {
        let (scope, of_all_apps) = (policy.scope.clone(), policy.of_all_apps);
        faults.push(match policy.restricts {
            true => Fault::Held {
                scope,
                of_all_apps,
                names: match behind {
                    Behind::Mailbox(_) => Names::Mailbox,
                    Behind::Group { nested, .. } => Names::Group {
                        mailboxes: behind
                            .mailboxes()
                            .iter()
                            .filter(|one| !denied.contains(one))
                            .count(),
                        nested: nested.clone(),
                    },
                    Behind::Nothing => Names::Nothing,
                    Behind::NoMailbox => Names::NoMailbox,
                },
            },
            false => Fault::ShutOut { scope, of_all_apps },
        });
    }
    if let Some((seen, _)) = &surveyed.exchange {
        let past = faults.iter().any(opens);
        faults.extend(seen.assignments.iter().map(|held| Fault::OtherRole {
            assignment: held.name.clone(),
            role: held.role.clone(),
            past,
        }));
        if !seen.send_as.is_empty() {
            faults.push(Fault::SendAs {
                recipients: seen.send_as.clone(),
            });
        }
    }
    if let Some(standing) = &surveyed.standing {
        if !standing.enabled {
            faults.push(Fault::Disabled);
        }
        let by_group = standing.role_groups.iter().map(role_group);
        let roles = standing.directory_roles.iter();
        let roles = roles.map(|(id, name)| named(id, name)).chain(by_group);
        faults.extend(roles.map(|role| Fault::DirectoryRole { role }));
        faults.extend(
            standing
                .federated
                .iter()
                .map(|(_, name)| Fault::Federated { name: name.clone() }),
        );
        if !standing.redirects.is_empty() {
            faults.push(Fault::Redirects {
                count: standing.redirects.len(),
            });
        }
        if !standing.owners.is_empty() {
            faults.push(Fault::Owners {
                names: standing.owners.iter().map(|(_, name)| name.clone()).collect(),
            });
        }
    }
    faults.sort_by_key(Fault::weight);
    faults
}

/// Whether it is a grant that opens mailboxes.
fn opens(fault: &Fault) -> bool {
    matches!(fault, Fault::OpensMailboxes { .. } | Fault::Unclear { .. })
}

fn of_grant(grant: &EntraGrant, held: Held, offered: &[Permission]) -> Option<Fault> {
    let grant = grant.clone();
    Some(match grant.opens {
        Opens::Nothing => return None,
        // What lets its platform in is no fault.
        _ if offered.iter().any(|permission| permission.needs(&grant)) => return None,
        Opens::MoreRights => Fault::MoreRights { grant },
        Opens::Unknown => Fault::Unclear { grant },
        Opens::Mailboxes if is_by_protocol(&grant) => Fault::ByProtocol { grant },
        Opens::Mailboxes => Fault::OpensMailboxes {
            replaced: in_place_of(&grant, offered).is_some(),
            held,
            grant,
        },
    })
}

/// Whether a grant lets the app sign in to mailboxes by IMAP, POP or SMTP: neither a policy nor RBAC for Applications limits
/// those (microsoft-facts §5), so taking it away would interrupt a platform that uses it.
fn is_by_protocol(grant: &EntraGrant) -> bool {
    let protocols = ["IMAP.", "POP.", "SMTP."];
    let mut each = grant.permission.split(' ');
    each.any(|permission| protocols.iter().any(|name| permission.starts_with(name)))
}

fn of_credentials(live: &Live, now: Timestamp) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut working = 0;
    for one in &live.credentials {
        let (kind, name) = (one.kind(), one.name.clone());
        match one.ends_at {
            Some(ends_at) if ends_at <= now => faults.push(Fault::Ended { kind, name, ends_at }),
            _ if kind == CredentialKind::Certificate => faults.push(Fault::Certificate { name }),
            ends_at => {
                working += 1;
                if let Some(ends_at) = ends_at.filter(|end| end.duration_since(now) > LONGEST) {
                    faults.push(Fault::LastsLong { name, ends_at });
                }
            }
        }
    }
    if working > 1 {
        faults.push(Fault::Several { secrets: working });
    }
    faults
}

#[cfg(test)]
mod tests {
    use domain::grant::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
    use domain::ids::{AppObjectId, ClientId, KeyId};
    use domain::permission::Method;
    use microsoft::graph::app_standing::Credential;
    use microsoft::graph::applications::Application;
    use uuid::Uuid;

    use super::*;

    fn grant(permission: &str, opens: Opens) -> EntraGrant {
        EntraGrant {
            id: permission.to_owned(),
            resource: "Microsoft Graph".to_owned(),
            api: MICROSOFT_GRAPH.to_owned(),
            permission: permission.to_owned(),
            app_role: true,
            opens,
        }
    }

    fn surveyed(grants: Vec<EntraGrant>, ends: &[&str]) -> Surveyed {
        let credentials = ends.iter().enumerate().map(|(number, ends_at)| Credential {
            key: KeyId(Uuid::from_u128(number as u128 + 10)),
            name: "Contact Pro".into(),
            certificate: false,
            starts_at: None,
            ends_at: Some(ends_at.parse().unwrap()),
        });
        Surveyed {
            live: Live {
                app: Application {
                    object_id: AppObjectId(Uuid::from_u128(1)),
                    client_id: ClientId(Uuid::from_u128(2)),
                    name: "Contact Pro".into(),
                    unique_name: None,
                    tags: Vec::new(),
                    audience: calls::entra::THIS_ORGANISATION.into(),
                },
                credentials: credentials.collect(),
            },
            principal: None,
            grants,
            standing: None,
            exchange: None,
            faults: Vec::new(),
        }
    }

    fn now() -> Timestamp {
        "2026-11-26T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_matters_most_comes_first_and_bars_what_the_limit_cannot_replace() {
        let of_imap = surveyed(
            vec![
                grant("Mail.ReadWrite", Opens::Mailboxes),
                EntraGrant {
                    api: EXCHANGE_ONLINE.to_owned(),
                    ..grant("IMAP.AccessAsApp", Opens::Mailboxes)
                },
            ],
            &["2027-11-26T09:00:00Z"],
        );
        let of_graph: Vec<Permission> = Permission::of_method(Method::GraphAppOnly).collect();
        let faults = of(&of_imap, &of_graph, now());
        assert_eq!(faults[0].weight(), Weight::Bars);
        assert!(matches!(&faults[0], Fault::ByProtocol { .. }), "{faults:?}");
        // Of a platform that reads by IMAP the same is what it needs.
        let none = of(&of_imap, &[Permission::ImapAccess], now());
        assert!(
            none.iter().all(|fault| fault.weight() != Weight::Bars),
            "{none:?}"
        );
        let with_faults = Surveyed { faults, ..of_imap };
        assert!(!with_faults.may_be_taken_over());
    }

    #[test]
    fn a_grant_is_replaced_only_by_what_the_platform_can_be_given() {
        let app = surveyed(
            vec![
                grant("Mail.Send", Opens::Mailboxes),
                grant("full_access_as_app", Opens::Mailboxes),
                grant("User.Read.All", Opens::Nothing),
            ],
            &[],
        );
        let faults = of(&app, &[Permission::MailSend], now());
        let replaced: Vec<bool> = faults
            .iter()
            .map(|fault| matches!(fault, Fault::OpensMailboxes { replaced: true, .. }))
            .collect();
        assert_eq!(replaced, [true, false]);
    }

    /// Office 365 Exchange Online has permissions of the same names, and an API can be called anything.
    #[test]
    fn an_api_is_known_by_its_id_and_not_by_its_name() {
        let on = |resource: &str, api: &str| EntraGrant {
            resource: resource.to_owned(),
            api: api.to_owned(),
            ..grant("Mail.Send", Opens::Mailboxes)
        };
        let offered = [Permission::MailSend];
        assert_eq!(
            in_place_of(&on("Microsoft Graph", EXCHANGE_ONLINE), &offered),
            None
        );
        let renamed = on("Graph", MICROSOFT_GRAPH);
        assert_eq!(in_place_of(&renamed, &offered), Some(Permission::MailSend));
    }

    #[test]
    fn secrets_that_never_end_that_ended_and_too_many_are_told() {
        let app = surveyed(
            Vec::new(),
            &[
                "2299-12-31T00:00:00Z",
                "2027-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
            ],
        );
        let faults = of(&app, &[], now());
        assert!(
            faults
                .iter()
                .any(|fault| matches!(fault, Fault::LastsLong { .. })),
            "{faults:?}"
        );
        assert!(faults.iter().any(|fault| matches!(fault, Fault::Ended { .. })));
        assert!(faults.contains(&Fault::Several { secrets: 2 }));
    }

    /// A certificate that has ended signs in no more than a secret that has.
    #[test]
    fn a_certificate_that_ended_signs_in_no_more() {
        let mut app = surveyed(Vec::new(), &["2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]);
        for credential in &mut app.live.credentials {
            credential.certificate = true;
        }
        let name = String::from("Contact Pro");
        let ended = Fault::Ended {
            kind: CredentialKind::Certificate,
            name: name.clone(),
            ends_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        };
        assert_eq!(of(&app, &[], now()), [Fault::Certificate { name }, ended]);
    }

    #[test]
    fn an_app_of_a_connection_is_never_taken_over() {
        let mut app = surveyed(Vec::new(), &[]);
        let id = Uuid::from_u128(7);
        app.live.app.tags = vec!["Mailgrant adopted".into(), format!("mailgrant:{id}")];
        assert_eq!(of(&app, &[], now())[0], Fault::OfAConnection);
        app.live.app.tags = vec![format!("mailgrant:{id}")];
        assert_eq!(of(&app, &[], now()), [], "a tag alone can be anybody's");
        app.live.app.unique_name = Some(format!("mailgrant-{id}"));
        assert_eq!(of(&app, &[], now())[0], Fault::OfAConnection);
        app.live.app.tags.clear();
        assert_eq!(of(&app, &[], now()), [], "a name alone can be anybody's");
    }
}
