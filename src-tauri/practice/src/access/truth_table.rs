//! Every combination of what decides about access, with an expectation that is written down beside it as a table
//! and shares no code with the decision.

#[path = "../../tests/common/say.rs"]
mod say;

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::time::Duration;

use super::protocols::{Opened, Protocol, View};
use super::{Act, Caller, Decision, change_exchange, decide_live};
use crate::access::bearer;
use crate::clock::{Clock, ClockKind};
use crate::organisation::exchange::{
    AccessPolicy, AccessRight, AdministrativeUnit, ClientAccess, ExchangeObjects, ExchangeServicePrincipal,
    FULL_ACCESS, Group, MailboxPermission, ManagementScope, RecipientPermission, RoleAssignment,
    distinguished_name,
};
use crate::organisation::objects::Objects;
use crate::organisation::registrations::ServicePrincipal;
use crate::people::directory::{Directory, IdKind};
use say::say;

const APP: &str = "0b1c6c1e-9d13-4d0e-8f43-1f6f6f6f0001";
const PRINCIPAL: &str = "0b1c6c1e-9d13-4d0e-8f43-1f6f6f6f0002";
const REGISTRATION: &str = "0b1c6c1e-9d13-4d0e-8f43-1f6f6f6f0003";
const TARGET: &str = "support@contoso.example";
const OTHER: &str = "billing@contoso.example";

const ACTS: [Act; 9] = [
    Act::ReadBasic,
    Act::ReadMail,
    Act::WriteMail,
    Act::SendMail,
    Act::ReadSettings,
    Act::WriteSettings,
    Act::ReadCalendar,
    Act::ReadContacts,
    Act::SubmitMail,
];

/// microsoft-facts §3.1: what each role in a token for Graph opens. One role for Exchange's own API stands among
/// them, to show that it opens nothing here.
const IN_TOKEN: [(&str, &[Act]); 10] = [
    ("", &[]),
    ("Mail.ReadBasic.All", &[Act::ReadBasic]),
    ("Mail.Read", &[Act::ReadBasic, Act::ReadMail]),
    ("Mail.ReadWrite", &[Act::ReadBasic, Act::ReadMail, Act::WriteMail]),
    ("Mail.Send", &[Act::SendMail]),
    ("MailboxSettings.Read", &[Act::ReadSettings]),
    (
        "MailboxSettings.ReadWrite",
        &[Act::ReadSettings, Act::WriteSettings],
    ),
    ("Calendars.Read", &[Act::ReadCalendar]),
    ("Contacts.ReadWrite", &[Act::ReadContacts]),
    ("full_access_as_app", &[]),
];

/// microsoft-facts §4b: what each application role of Exchange opens.
const ASSIGNED: [(&str, &[Act]); 8] = [
    ("Application Mail.ReadBasic", &[Act::ReadBasic]),
    ("Application Mail.Read", &[Act::ReadBasic, Act::ReadMail]),
    (
        "Application Mail Full Access",
        &[Act::ReadBasic, Act::ReadMail, Act::WriteMail, Act::SendMail],
    ),
    ("Application Mail.Send", &[Act::SendMail]),
    (
        "Application MailboxSettings.ReadWrite",
        &[Act::ReadSettings, Act::WriteSettings],
    ),
    ("Application SMTP.SendAsApp", &[Act::SubmitMail]),
    ("Application Calendars.ReadWrite", &[Act::ReadCalendar]),
    ("Application Contacts.Read", &[Act::ReadContacts]),
];

/// How an assignment is limited, and whether that holds the target: nested members are out (microsoft-facts §4b).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Organization,
    Filter(&'static str),
    FilterGroup(&'static str),
    Group(&'static str),
    Unit(&'static str),
}

const SCOPES: [(Scope, bool); 10] = [
    (Scope::Organization, true),
    (
        Scope::Filter("PrimarySmtpAddress -eq 'support@contoso.example'"),
        true,
    ),
    (Scope::Filter("Alias -eq 'billing'"), false),
    (Scope::FilterGroup("direct"), true),
    (Scope::FilterGroup("nesting"), false),
    (Scope::FilterGroup("others"), false),
    (Scope::Group("direct"), true),
    (Scope::Group("nesting"), false),
    (Scope::Unit("unit of support"), true),
    (Scope::Unit("unit of others"), false),
];

/// Sets of access policies, and whether Entra's permissions reach the target through them (microsoft-facts §4a).
/// Nested members count here.
type Policies = (&'static [(&'static str, AccessRight, &'static str)], bool);

const RESTRICT: AccessRight = AccessRight::RestrictAccess;
const DENY: AccessRight = AccessRight::DenyAccess;

const POLICIES: [Policies; 13] = [
    (&[], true),
    (&[(APP, RESTRICT, "direct")], true),
    (&[(APP, RESTRICT, "nesting")], true),
    (&[(APP, RESTRICT, "others")], false),
    (&[(APP, DENY, "direct")], false),
    (&[(APP, DENY, "nesting")], false),
    (&[(APP, DENY, "others")], true),
    (&[(APP, RESTRICT, "direct"), (APP, DENY, "nesting")], false),
    (&[(APP, RESTRICT, "direct"), (APP, RESTRICT, "others")], true),
    (&[(APP, RESTRICT, "others"), (APP, DENY, "others")], false),
    (&[("*", RESTRICT, "others")], false),
    (&[("*", RESTRICT, "others"), (APP, RESTRICT, "direct")], true),
    (&[(REGISTRATION, DENY, "direct")], true),
];

/// A role with what it opens, limited to a scope that holds the target or not.
type Assigned = (&'static str, &'static [Act], Scope, bool);

/// How long ago the change was, in minutes, and whether the app asked for the target's mail every twenty minutes in
/// between.
const WAITS: [(u64, bool); 5] = [(0, false), (31, false), (100, true), (100, false), (121, true)];

/// Whether an app is given its assignment and policies at the change, or loses them.
const GIVEN: [bool; 2] = [true, false];

struct Stage {
    objects: Objects,
    directory: &'static Directory,
    clock: Clock,
}

/// The directory is the same for every combination, so it is made once.
fn directory() -> &'static Directory {
    static DIRECTORY: OnceLock<Directory> = OnceLock::new();
    DIRECTORY.get_or_init(|| Directory::generate(1, 0))
}

fn group(name: &str, members: &[&str]) -> Group {
    Group {
        name: name.into(),
        display_name: name.into(),
        alias: name.into(),
        primary_smtp: format!("{name}@contoso.example"),
        guid: format!("guid of {name}"),
        distinguished_name: distinguished_name(name),
        security: true,
        unified: false,
        filter: None,
        hidden: false,
        members: members.iter().map(|member| (*member).to_owned()).collect(),
    }
}

impl Stage {
    fn new() -> Self {
        let start = "2026-11-22T08:00:00Z".parse().expect("a time");
        let unit = |name: &str, member: &str| AdministrativeUnit {
            id: format!("id of {name}"),
            display_name: name.into(),
            members: vec![member.into()],
        };
        Self {
            objects: Objects {
                service_principals: vec![ServicePrincipal {
                    id: PRINCIPAL.into(),
                    app_id: APP.into(),
                    ..principal()
                }],
                exchange: ExchangeObjects {
                    groups: vec![
                        group("direct", &[TARGET]),
                        group("nesting", &["between@contoso.example"]),
                        group("between", &["direct@contoso.example", "nesting@contoso.example"]),
                        group("others", &[OTHER]),
                    ],
                    administrative_units: vec![
                        unit("unit of support", TARGET),
                        unit("unit of others", OTHER),
                    ],
                    ..ExchangeObjects::default()
                },
                ..Objects::default()
            },
            directory: directory(),
            clock: Clock::new(ClockKind::Explicit { start }),
        }
    }

    fn target(&self) -> usize {
        self.directory.by_address(TARGET).expect("the target")
    }

    fn change(&mut self, change: impl FnOnce(&mut ExchangeObjects)) {
        change_exchange(&mut self.objects, self.directory, &self.clock, change);
    }

    fn decide(&mut self, role: &str, act: Act) -> Decision {
        let position = self.target();
        let caller = Caller {
            principal_id: PRINCIPAL,
            token_roles: vec![role],
        };
        decide_live(
            &mut self.objects,
            self.directory,
            &self.clock,
            &caller,
            position,
            act,
        )
    }

    fn wait(&self, minutes: u64) {
        assert!(self.clock.advance(Duration::from_secs(minutes * 60)));
    }
}

/// An enterprise application as the seed makes one, whatever fields it has.
fn principal() -> ServicePrincipal {
    static PRINCIPAL: OnceLock<ServicePrincipal> = OnceLock::new();
    let seeded = || {
        crate::organisation::seed::objects(1, "t")
            .service_principals
            .first()
            .cloned()
    };
    PRINCIPAL
        .get_or_init(|| seeded().expect("an enterprise application"))
        .clone()
}

fn configure(exchange: &mut ExchangeObjects, assigned: Option<(&str, Scope)>, policies: &Policies) {
    if let Some((role, scope)) = assigned {
        let mut assignment = RoleAssignment {
            name: "A".into(),
            role: role.into(),
            app: PRINCIPAL.into(),
            scope: None,
            group_scope: None,
            administrative_unit: None,
            guid: "G".into(),
        };
        let filter = match scope {
            Scope::Organization => None,
            Scope::Filter(filter) => Some(filter.to_owned()),
            Scope::FilterGroup(name) => Some(format!("MemberOfGroup -eq '{}'", distinguished_name(name))),
            Scope::Group(name) => {
                assignment.group_scope = Some(format!("guid of {name}"));
                None
            }
            Scope::Unit(name) => {
                assignment.administrative_unit = Some(format!("id of {name}"));
                None
            }
        };
        if let Some(filter) = filter {
            assignment.scope = Some("S".into());
            exchange.scopes = vec![ManagementScope {
                name: "S".into(),
                filter,
                guid: "G".into(),
                exclusive: false,
            }];
        }
        exchange.assignments = vec![assignment];
    }
    for (app_id, right, scope) in policies.0 {
        exchange.access_policies.push(AccessPolicy {
            app_id: (*app_id).into(),
            right: *right,
            scope_id: format!("guid of {scope}"),
            scope_name: (*scope).into(),
            description: String::new(),
            created: "2026-11-22T08:00:00Z".parse().expect("a time"),
        });
    }
}

/// Whether live calls have heard of a changed assignment (microsoft-facts §4b): after half an hour of quiet; refused
/// polls every twenty minutes put that off until two hours are over.
fn assignment_arrived(minutes: u64, polled: bool, polls_are_refused: bool) -> bool {
    match (minutes, polled && polls_are_refused) {
        (0, _) => false,
        (minutes, true) => minutes >= 120,
        (minutes, false) => minutes >= 30,
    }
}

/// Whether live calls have heard of a changed policy (microsoft-facts §4a): after more than an hour, polled or not.
fn policy_arrived(minutes: u64) -> bool {
    minutes > 60
}

#[test]
fn graph_calls_of_an_app() {
    let assigned: Vec<Option<Assigned>> = std::iter::once(None)
        .chain(ASSIGNED.iter().flat_map(|(role, acts)| {
            SCOPES
                .iter()
                .map(move |(scope, holds)| Some((*role, *acts, *scope, *holds)))
        }))
        .collect();
    let enumerated =
        assigned.len() * POLICIES.len() * WAITS.len() * GIVEN.len() * IN_TOKEN.len() * ACTS.len();
    let (mut executed, mut seen) = (0_usize, BTreeMap::new());
    let clean = Stage::new().objects;
    for assignment in &assigned {
        for policies in &POLICIES {
            for (minutes, polled) in WAITS {
                for given in GIVEN {
                    let mut stage = Stage::new();
                    stage.objects = clean.clone();
                    let wanted = assignment.map(|(role, _, scope, _)| (role, scope));
                    if given {
                        stage.change(|exchange| configure(exchange, wanted, policies));
                    } else {
                        configure(&mut stage.objects.exchange, wanted, policies);
                        stage.change(|exchange| {
                            exchange.assignments.clear();
                            exchange.access_policies.clear();
                        });
                    }
                    if polled {
                        for _ in (20..minutes).step_by(20) {
                            stage.wait(20);
                            stage.decide("", Act::ReadMail);
                        }
                        stage.wait(minutes - (minutes - 1) / 20 * 20);
                    } else {
                        stage.wait(minutes);
                    }
                    for (role, opened) in IN_TOKEN {
                        for act in ACTS {
                            // What Exchange was like before the change, and is like after it, for this act.
                            let assigned =
                                assignment.is_some_and(|(_, acts, _, holds)| holds && acts.contains(&act));
                            let poll_allowed = assignment
                                .is_some_and(|(_, acts, _, holds)| holds && acts.contains(&Act::ReadMail));
                            let polls_are_refused = given || !poll_allowed;
                            let by_assignment =
                                assigned && (assignment_arrived(minutes, polled, polls_are_refused) == given);
                            let policies_hold = policy_arrived(minutes) == given;
                            let fenced = policies_hold && !policies.1;
                            let in_token = opened.contains(&act);
                            let expected = match (in_token, fenced, by_assignment) {
                                (true, false, _) => Decision::ByEntraRole,
                                (_, _, true) => Decision::ByExchangeAssignment,
                                (true, true, false) => Decision::BlockedByPolicy,
                                (false, _, false) => Decision::Refused,
                            };
                            let found = stage.decide(role, act);
                            assert_eq!(
                                found, expected,
                                "{role:?} {assignment:?} {policies:?} {act:?} {minutes} min, polled {polled}, given {given}"
                            );
                            executed += 1;
                            *seen.entry(format!("{found:?}")).or_insert(0_usize) += 1;
                        }
                    }
                }
            }
        }
    }
    say(&format!(
        "Graph: combinations enumerated {enumerated} = executed {executed}, {seen:?}"
    ));
    assert_eq!(enumerated, executed);
    assert_eq!(seen.len(), 4, "each of the four decisions was met");
}

/// What Exchange knows of the app (microsoft-facts §4c, step 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    Right,
    /// With the registration's object id instead of the enterprise application's.
    Wrong,
    Missing,
}

/// The trustee's entries in the target's list of permissions.
const FULL_ACCESS_ENTRIES: [(&[bool], bool); 4] = [
    (&[], false),
    (&[false], true),
    (&[true], false),
    (&[false, true], false),
];

/// The mailbox's own switch for SMTP AUTH, the organisation's, and what they come to (microsoft-facts §4c).
const SMTP_SWITCHES: [(Option<bool>, bool, Option<Opened>); 6] = [
    (None, false, None),
    (None, true, Some(Opened::SmtpDisabledForTenant)),
    (Some(false), false, None),
    (Some(false), true, None),
    (Some(true), false, Some(Opened::SmtpDisabledForMailbox)),
    (Some(true), true, Some(Opened::SmtpDisabledForMailbox)),
];

const PROTOCOLS: [(Protocol, &str, &str); 3] = [
    (Protocol::Imap, "IMAP.AccessAsApp", "IMAP.AccessAsUser.All"),
    (Protocol::Pop, "POP.AccessAsApp", "POP.AccessAsUser.All"),
    (Protocol::Smtp, "SMTP.SendAsApp", "SMTP.Send"),
];

/// An address, and whether it is the target's, a directory user's without a mailbox here, or nobody's.
const ADDRESSES: [(&str, bool); 4] = [
    (TARGET, true),
    ("helpdesk@contoso.example", true),
    ("warehouse@contoso.example", false),
    ("nobody@contoso.example", false),
];

/// What the role that stands in for the token's permission reaches (microsoft-facts §4c, SMTP by RBAC).
const SMTP_ROLES: [(Option<Scope>, bool); 4] = [
    (None, false),
    (Some(Scope::Filter("Alias -eq 'support'")), true),
    (Some(Scope::Group("nesting")), false),
    (Some(Scope::Organization), true),
];

fn protocol_stage(who: &str, entries: &[bool], sends: bool, access: ClientAccess, tenant_off: bool) -> Stage {
    let mut stage = Stage::new();
    let exchange = &mut stage.objects.exchange;
    exchange.mailbox_permissions = entries
        .iter()
        .map(|deny| MailboxPermission {
            mailbox: TARGET.into(),
            trustee: who.into(),
            rights: vec![FULL_ACCESS.into()],
            deny: *deny,
            inherited: false,
        })
        .collect();
    if sends {
        exchange.recipient_permissions = vec![RecipientPermission {
            recipient: TARGET.into(),
            trustee: who.into(),
            deny: false,
        }];
    }
    exchange.client_access.insert(TARGET.into(), access);
    exchange.transport.smtp_auth_disabled = tenant_off;
    stage
}

impl Stage {
    fn open(&self, caller: &bearer::Caller, address: &str, protocol: Protocol) -> Opened {
        let view = View {
            objects: &self.objects,
            directory: self.directory,
            clock: &self.clock,
        };
        view.open(caller, address, protocol)
    }
}

#[test]
fn mail_protocols_of_an_app() {
    let claims: [&[&str]; 4] = [
        &[],
        &["IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp"],
        &["Mail.ReadWrite", "full_access_as_app"],
        &["IMAP.AccessAsApp"],
    ];
    let pointers = [Pointer::Right, Pointer::Wrong, Pointer::Missing];
    let enumerated = claims.len()
        * pointers.len()
        * FULL_ACCESS_ENTRIES.len()
        * 2
        * SMTP_SWITCHES.len()
        * 2
        * SMTP_ROLES.len()
        * PROTOCOLS.len()
        * ADDRESSES.len();
    let (mut executed, mut seen) = (0_usize, BTreeMap::new());
    for pointer in pointers {
        for (entries, full) in FULL_ACCESS_ENTRIES {
            for sends in [false, true] {
                for (own, tenant_off, refusal) in SMTP_SWITCHES {
                    for on in [true, false] {
                        for (scope, reached) in SMTP_ROLES {
                            let access = ClientAccess {
                                imap: on,
                                pop: on,
                                smtp_auth_disabled: own,
                                ..ClientAccess::default()
                            };
                            let mut stage = protocol_stage(PRINCIPAL, entries, sends, access, tenant_off);
                            let object_id = match pointer {
                                Pointer::Right => Some(PRINCIPAL),
                                Pointer::Wrong => Some(REGISTRATION),
                                Pointer::Missing => None,
                            };
                            let pointers = &mut stage.objects.exchange.service_principals;
                            pointers.extend(object_id.map(|object_id| ExchangeServicePrincipal {
                                app_id: APP.into(),
                                object_id: object_id.into(),
                                display_name: "App".into(),
                                guid: "G".into(),
                            }));
                            let role = scope.map(|scope| ("Application SMTP.SendAsApp", scope));
                            configure(&mut stage.objects.exchange, role, &POLICIES[0]);
                            for roles in claims {
                                for (protocol, permission, _) in PROTOCOLS {
                                    for (address, is_target) in ADDRESSES {
                                        let caller = bearer::Caller::Application {
                                            principal_id: PRINCIPAL.into(),
                                            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
                                            directory_roles: Vec::new(),
                                        };
                                        let claim = roles.contains(&permission);
                                        let target = Opened::Mailbox(stage.target());
                                        let expected = match protocol {
                                            _ if pointer != Pointer::Right => Opened::NotAuthenticated,
                                            Protocol::Imap | Protocol::Pop => {
                                                match (claim, is_target && on && full) {
                                                    (false, _) => Opened::NotAuthenticated,
                                                    (true, false) => Opened::NotConnected,
                                                    (true, true) => target,
                                                }
                                            }
                                            Protocol::Smtp if !is_target => Opened::NotConnected,
                                            Protocol::Smtp if !claim && !reached => Opened::NotAuthenticated,
                                            Protocol::Smtp => match refusal {
                                                Some(refusal) => refusal,
                                                // The claim brings a check of the mailbox's permissions with it.
                                                None if claim && !full && !sends => Opened::NotAuthenticated,
                                                None => target,
                                            },
                                        };
                                        let found = stage.open(&caller, address, protocol);
                                        assert_eq!(
                                            found, expected,
                                            "{roles:?} {pointer:?} {entries:?} sends {sends} {own:?} {tenant_off} on {on} {scope:?} {protocol:?} {address}"
                                        );
                                        executed += 1;
                                        *seen.entry(format!("{found:?}")).or_insert(0_usize) += 1;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    say(&format!(
        "Mail protocols, apps: combinations enumerated {enumerated} = executed {executed}, {seen:?}"
    ));
    assert_eq!(enumerated, executed);
    assert_eq!(seen.len(), 5, "each of the five outcomes was met");
}

#[test]
fn mail_protocols_of_a_person() {
    let directory = directory();
    let id = |alias: &str| {
        let position = directory.by_alias(alias).expect(alias);
        directory.id(IdKind::Directory, position)
    };
    // Somebody else, and the account of the mailbox itself.
    let people = [(id("dana.reyes"), false), (id("support"), true)];
    let enumerated = people.len()
        * FULL_ACCESS_ENTRIES.len()
        * 2
        * SMTP_SWITCHES.len()
        * 2
        * PROTOCOLS.len()
        * 2
        * ADDRESSES.len();
    let mut executed = 0_usize;
    for (who, is_own) in &people {
        for (entries, full) in FULL_ACCESS_ENTRIES {
            for sends in [false, true] {
                for (own, tenant_off, refusal) in SMTP_SWITCHES {
                    for on in [true, false] {
                        let access = ClientAccess {
                            imap: on,
                            pop: on,
                            smtp_auth_disabled: own,
                            ..ClientAccess::default()
                        };
                        let stage = protocol_stage(who, entries, sends, access, tenant_off);
                        for (protocol, _, scope) in PROTOCOLS {
                            for holds in [true, false] {
                                for (address, is_target) in ADDRESSES {
                                    let caller = bearer::Caller::Person {
                                        id: who.clone(),
                                        scopes: vec![if holds { scope } else { "User.Read" }.to_owned()],
                                        directory_roles: Vec::new(),
                                    };
                                    let reached = *is_own || full;
                                    let target = Opened::Mailbox(stage.target());
                                    let expected = match (holds, is_target, protocol) {
                                        (false, _, _) => Opened::NotAuthenticated,
                                        (true, false, _) => Opened::NotConnected,
                                        (true, true, Protocol::Smtp) => match refusal {
                                            Some(refusal) => refusal,
                                            None if reached || sends => target,
                                            None => Opened::NotAuthenticated,
                                        },
                                        (true, true, _) if reached && on => target,
                                        (true, true, _) => Opened::NotConnected,
                                    };
                                    assert_eq!(
                                        stage.open(&caller, address, protocol),
                                        expected,
                                        "own {is_own} {entries:?} sends {sends} {own:?} {tenant_off} on {on} {protocol:?} {holds} {address}"
                                    );
                                    executed += 1;
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    say(&format!(
        "Mail protocols, people: combinations enumerated {enumerated} = executed {executed}"
    ));
    assert_eq!(enumerated, executed);
}

/// From which address a caller that opened the target by SMTP may send (microsoft-facts §4c, step 3).
#[test]
fn senders() {
    // Who holds `SendAs` on the other mailbox: nobody, the app, the mailbox that was opened, a denial beside it.
    let holders: [(&[(bool, bool)], bool); 5] = [
        (&[], false),
        (&[(true, false)], true),
        (&[(false, false)], true),
        (&[(true, false), (true, true)], false),
        (&[(true, true)], false),
    ];
    let senders = [
        (TARGET, None),
        ("helpdesk@contoso.example", None),
        (OTHER, Some(true)),
        ("others@contoso.example", Some(false)),
        ("nobody@contoso.example", Some(false)),
    ];
    let mut executed = 0_usize;
    for (entries, held) in holders {
        for (scope, _) in SMTP_ROLES {
            for claim in [true, false] {
                for (sender, other) in senders {
                    let mut stage = Stage::new();
                    let target = stage.target();
                    let mailbox = stage.directory.id(IdKind::Directory, target);
                    stage.objects.exchange.recipient_permissions = entries
                        .iter()
                        .map(|(app, deny)| RecipientPermission {
                            recipient: OTHER.into(),
                            trustee: if *app {
                                PRINCIPAL.to_owned()
                            } else {
                                mailbox.clone()
                            },
                            deny: *deny,
                        })
                        .collect();
                    let role = scope.map(|scope| ("Application SMTP.SendAsApp", scope));
                    configure(&mut stage.objects.exchange, role, &POLICIES[0]);
                    let caller = bearer::Caller::Application {
                        principal_id: PRINCIPAL.into(),
                        roles: if claim {
                            vec!["SMTP.SendAsApp".into()]
                        } else {
                            Vec::new()
                        },
                        directory_roles: Vec::new(),
                    };
                    // Only a role for the whole organisation reaches the other mailbox, and only instead of the claim.
                    let by_role = !claim && scope == Some(Scope::Organization);
                    let expected = match other {
                        None => true,
                        Some(is_mailbox) => is_mailbox && (held || by_role),
                    };
                    let view = View {
                        objects: &stage.objects,
                        directory: stage.directory,
                        clock: &stage.clock,
                    };
                    assert_eq!(
                        view.may_send_as(&caller, target, sender),
                        expected,
                        "{entries:?} {scope:?} claim {claim} {sender}"
                    );
                    executed += 1;
                }
            }
        }
    }
    let enumerated = holders.len() * SMTP_ROLES.len() * 2 * senders.len();
    say(&format!(
        "Senders: combinations enumerated {enumerated} = executed {executed}"
    ));
    assert_eq!(enumerated, executed);
}
