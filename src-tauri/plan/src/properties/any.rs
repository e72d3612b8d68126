//! Random organisations and answers. Each organisation is one that can be: nothing hangs on something that isn't there.

use std::collections::{BTreeMap, BTreeSet};

use calls::entra::THIS_ORGANISATION;
use domain::app_key::AppKey;
use domain::app_role::AppRole;
use domain::credential::CredentialKind;
use domain::grant::{EXCHANGE_ONLINE, EntraGrant, MICROSOFT_GRAPH, Opens};
use domain::group::Group;
use domain::ids::{AppObjectId, ClientId, ConnectionId, GroupId, KeyId, MailboxId, ServicePrincipalId};
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::permission::{Method, Permission};
use jiff::Timestamp;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

use crate::names::{ADOPTED, Names, PRODUCT};
use crate::observed::{
    AccessPolicy, Assignment, Credential, Observed, Owner, Principal, Registration, Scope, Seen, SeenApp, Why,
};
use crate::switches::{Off, Switch, Switches};
use crate::wanted::Answers;

/// Permissions of Microsoft Graph.
fn of_graph() -> Vec<Permission> {
    Permission::of_method(Method::GraphAppOnly).collect()
}

/// The connection of every case.
pub(super) const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(0x6f1b_2c3d));

/// What an organisation holds beside what is seen: what comes back with an app that is restored.
#[derive(Clone, Debug)]
pub(super) struct Organisation {
    /// What is seen.
    pub(super) seen: Observed,
    /// What lies with each deleted app.
    pub(super) behind: BTreeMap<AppKey, SeenApp>,
}

fn mailboxes() -> Vec<MailboxId> {
    (1..=6).map(|number| MailboxId(Uuid::from_u128(number))).collect()
}

fn groups() -> Vec<Group> {
    let group = |number, name: &str| Group {
        id: GroupId(Uuid::from_u128(number)),
        distinguished_name: format!("CN={name},DC=PROD"),
        name: name.to_owned(),
        address: format!("{number}@contoso.example"),
    };
    vec![group(0x91, "Help desk"), group(0x92, "Sales")]
}

fn keys() -> Vec<AppKey> {
    ["main", "second", "third"]
        .iter()
        .filter_map(|name| AppKey::parse(name).ok())
        .collect()
}

/// Every protocol of every mailbox.
fn protocols() -> Vec<MailboxProtocol> {
    let of = |protocol| {
        mailboxes()
            .into_iter()
            .map(move |mailbox| MailboxProtocol { mailbox, protocol })
    };
    MailProtocol::ALL.into_iter().flat_map(of).collect()
}

/// Switches that are off, or that were set here.
fn switches() -> impl Strategy<Value = Switches> {
    let off = select(vec![Off::Here, Off::Everywhere]);
    let switch = (off, any::<bool>()).prop_map(|(off, ours)| match ours {
        true => Switch::Ours(off),
        false => Switch::Off(off),
    });
    btree_map(select(protocols()), switch, 0..=4)
}

/// What somebody may have answered.
pub(super) fn answers() -> impl Strategy<Value = Answers> {
    let by_graph = subsequence(of_graph(), 1..=3);
    let by_protocol = Permission::of_method(Method::MailProtocols).collect::<Vec<_>>();
    let by_protocol = subsequence(by_protocol, 1..=3);
    let permissions =
        prop_oneof![3 => by_graph, 1 => by_protocol, 1 => Just(vec![Permission::SmtpWithinScope])];
    let of_app = subsequence(mailboxes(), 1..=6).prop_map(|chosen| chosen.into_iter().collect());
    let apps = btree_map(select(keys()), of_app, 1..=2);
    let kind = select(CredentialKind::ALL.to_vec());
    let groups = btree_map(select(keys()), select(groups()), 0..=1);
    let groups = prop_oneof![3 => Just(BTreeMap::new()), 1 => groups];
    let all = protocols();
    let switch_on = (0..=all.len()).prop_flat_map(move |count| subsequence(all.clone(), count));
    (permissions, apps, kind, groups, switch_on).prop_map(
        |(permissions, mailboxes, credential, groups, switch_on): (
            Vec<Permission>,
            BTreeMap<_, BTreeSet<_>>,
            _,
            _,
            _,
        )| Answers {
            method: permissions[0].method(),
            platform: "Sinch Contact Pro".to_owned(),
            permissions: permissions.into_iter().collect(),
            mailboxes,
            groups,
            credential,
            days: 180,
            in_use: BTreeMap::new(),
            granted: BTreeMap::new(),
            switch_on: switch_on.into_iter().collect(),
        },
    )
}

fn owner(strangers: bool) -> BoxedStrategy<Owner> {
    match strangers {
        true => {
            prop_oneof![3 => Just(Owner::Ours), 1 => Just(Owner::Adopted), 1 => Just(Owner::Stranger)].boxed()
        }
        false => prop_oneof![3 => Just(Owner::Ours), 1 => Just(Owner::Adopted)].boxed(),
    }
}

fn registration(strangers: bool, number: u128) -> impl Strategy<Value = Registration> {
    let tags = subsequence(
        vec![PRODUCT.to_owned(), ADOPTED.to_owned(), "Theirs".to_owned()],
        0..=3,
    );
    let tags = tags.prop_map(|tags| tags.into_iter().collect());
    let audience = select(vec![THIS_ORGANISATION, "AzureADMultipleOrgs"]);
    (owner(strangers), tags, audience).prop_map(move |(owner, tags, audience)| Registration {
        object: Some(AppObjectId(Uuid::from_u128(number))),
        client: Some(ClientId(Uuid::from_u128(number + 1))),
        name: "Mailgrant: Sinch Contact Pro".to_owned(),
        owner,
        tags,
        audience: audience.to_owned(),
    })
}

fn principal(names: &Names, number: u128) -> impl Strategy<Value = Principal> + use<> {
    let tags = vec![PRODUCT.to_owned(), names.tag(), "Theirs".to_owned()];
    subsequence(tags, 0..=3).prop_map(move |tags| Principal {
        id: Some(ServicePrincipalId(Uuid::from_u128(number + 2))),
        tags: tags.into_iter().collect(),
    })
}

fn credential(strangers: bool) -> impl Strategy<Value = Credential> {
    let ends_at = option::of(
        (1_i64..4).prop_map(|days| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(24 * days)),
    );
    (
        owner(strangers),
        any::<bool>(),
        ends_at,
        prop::bool::weighted(0.2),
    )
        .prop_map(|(owner, certificate, ends_at, spent)| Credential {
            owner,
            certificate,
            ends_at,
            spent,
        })
}

fn grant(number: usize, strangers: bool) -> impl Strategy<Value = (EntraGrant, Owner)> {
    // A grant is never ours, also where it was made here: by which id Microsoft knows it isn't said. It is somebody's until the
    // admin takes it over.
    let owner = match strangers {
        true => prop_oneof![Just(Owner::Adopted), Just(Owner::Stranger)].boxed(),
        false => Just(Owner::Adopted).boxed(),
    };
    let opens = select(vec![Opens::Mailboxes, Opens::MoreRights, Opens::Nothing]);
    let lets_in = option::weighted(0.4, select(AppRole::ALL.to_vec()));
    (owner, opens, any::<bool>(), lets_in).prop_map(move |(owner, opens, app_role, lets_in)| {
        let grant = EntraGrant {
            id: format!("grant-{number}"),
            resource: "Microsoft Graph".to_owned(),
            api: MICROSOFT_GRAPH.to_owned(),
            permission: "Some.Right".to_owned(),
            app_role,
            opens,
        };
        let grant = match lets_in {
            Some(protocol) => EntraGrant {
                api: EXCHANGE_ONLINE.to_owned(),
                resource: "Office 365 Exchange Online".to_owned(),
                permission: protocol.name().to_owned(),
                app_role: true,
                opens: Opens::Mailboxes,
                ..grant
            },
            None => grant,
        };
        (grant, owner)
    })
}

fn grants(strangers: bool) -> impl Strategy<Value = BTreeMap<String, (EntraGrant, Owner)>> {
    vec((any::<prop::sample::Index>(), grant(0, strangers)), 0..=2).prop_map(|grants| {
        let named = grants.into_iter().enumerate();
        named
            .map(|(number, (_, (grant, owner)))| {
                let id = format!("grant-{number}");
                (id.clone(), (EntraGrant { id, ..grant }, owner))
            })
            .collect()
    })
}

fn scope(names: &Names, strangers: bool) -> impl Strategy<Value = Scope> + use<> {
    let name = names.scope("Contact Pro");
    let holds = btree_set(select(mailboxes()), 0..=4);
    // One that goes by a group is open to whoever joins it.
    let rule = prop_oneof![
        8 => Just((false, None)),
        1 => Just((true, None)),
        1 => select(groups()).prop_map(|group| (true, Some(group.distinguished_name))),
    ];
    (owner(strangers), holds, rule).prop_map(move |(owner, mailboxes, (open, group))| Scope {
        name: name.clone(),
        owner,
        mailboxes,
        open,
        group,
    })
}

/// Role assignments within our scope and, where strangers are about, elsewhere.
fn roles(names: &Names, strangers: bool) -> impl Strategy<Value = BTreeMap<String, Assignment>> + use<> {
    let named: Vec<(String, Permission)> = of_graph()
        .into_iter()
        .map(|permission| (names.assignment(permission), permission))
        .collect();
    let ours = subsequence(named, 0..=3).prop_map(|chosen| {
        chosen
            .into_iter()
            .map(|(name, permission)| {
                let assignment = Assignment {
                    owner: Owner::Ours,
                    permission: Some(permission),
                    in_scope: true,
                };
                (name, assignment)
            })
            .collect::<BTreeMap<_, _>>()
    });
    let theirs =
        (option::of(select(of_graph())), any::<bool>()).prop_map(|(permission, in_scope)| Assignment {
            owner: Owner::Stranger,
            permission,
            in_scope,
        });
    let theirs = (prop::bool::weighted(0.2), theirs)
        .prop_map(move |(there, role)| (strangers && there).then_some(role));
    // What was taken over with its app lies in a scope of somebody else's.
    let old = option::weighted(0.2, option::of(select(of_graph()))).prop_map(|old| {
        old.map(|permission| Assignment {
            owner: Owner::Adopted,
            permission,
            in_scope: false,
        })
    });
    (ours, theirs, old).prop_map(|(mut roles, theirs, old)| {
        roles.extend(theirs.map(|role| ("Somebody's role".to_owned(), role)));
        roles.extend(old.map(|role| ("An old role".to_owned(), role)));
        roles
    })
}

/// An access policy about an app. None is ever made here.
fn policy(strangers: bool) -> impl Strategy<Value = AccessPolicy> {
    let owner = match strangers {
        true => select(vec![Owner::Adopted, Owner::Stranger]).boxed(),
        false => Just(Owner::Adopted).boxed(),
    };
    owner.prop_map(|owner| AccessPolicy {
        owner,
        group: "Contact Pro mailboxes".to_owned(),
    })
}

/// What hangs on an app registration.
fn hung(names: &Names, strangers: bool, number: u128) -> impl Strategy<Value = SeenApp> + use<> {
    let keys: Vec<KeyId> = (0..4)
        .map(|each| KeyId(Uuid::from_u128(number + 10 + each)))
        .collect();
    let credentials = btree_map(select(keys), credential(strangers), 0..=3);
    let principal = option::weighted(0.8, (principal(names, number), grants(strangers)));
    let entry = option::weighted(0.7, owner(strangers));
    let full_access = btree_map(select(mailboxes()), owner(strangers), 0..=3);
    let policies = btree_map(
        select(vec!["a policy", "another policy"]),
        policy(strangers),
        0..=2,
    );
    (
        principal,
        credentials,
        entry,
        roles(names, strangers),
        full_access,
        prop_oneof![2 => Just(BTreeMap::new()), 1 => policies],
    )
        .prop_map(|(principal, credentials, entry, roles, full_access, policies)| {
            let mut app = SeenApp::nothing();
            app.credentials = Seen::Known(credentials);
            // It names the app by its client id, and needs neither a service principal nor an entry.
            let named = policies.into_iter();
            app.policies = Seen::Known(
                named
                    .map(|(identity, policy)| (identity.to_owned(), policy))
                    .collect(),
            );
            if let Some((principal, grants)) = principal {
                app.principal = Seen::Known(Some(principal));
                app.grants = Seen::Known(grants);
                app.entry = Seen::Known(entry);
                if entry.is_some() {
                    app.roles = Seen::Known(roles);
                    app.full_access = Seen::Known(full_access);
                }
            }
            app
        })
}

/// One app as it may stand, and what lies with it where it is deleted.
fn app(key: AppKey, strangers: bool, number: u128) -> impl Strategy<Value = (SeenApp, SeenApp)> {
    let names = Names::new(CONNECTION, key);
    let shared = btree_set(Just("Another app's role".to_owned()), 0..=usize::from(strangers));
    (
        0_u8..10,
        registration(strangers, number),
        hung(&names, strangers, number),
        option::weighted(0.7, scope(&names, strangers)),
        prop::bool::weighted(0.2),
        shared,
        switches(),
    )
        .prop_map(
            |(stands, registration, hung, scope, is_shared, shared, switches)| {
                let mut app = SeenApp::nothing();
                let mut behind = SeenApp::nothing();
                match stands {
                    0..=1 => {}
                    2..=3 => {
                        app.deleted = Seen::Known(Some(registration));
                        behind = hung;
                        // Its entry in Exchange went with it (microsoft-facts §4b).
                        (behind.entry, behind.roles) = (Seen::Known(None), Seen::Known(BTreeMap::new()));
                        behind.full_access = Seen::Known(BTreeMap::new());
                    }
                    _ => {
                        app = hung;
                        app.registration = Seen::Known(Some(registration));
                    }
                }
                // A mailbox's switches are its own, whatever becomes of the app.
                app.switches = Seen::Known(switches);
                app.scope = Seen::Known(scope.clone());
                if scope.is_none() {
                    if let Seen::Known(roles) = &mut app.roles {
                        roles.retain(|_, role| !role.in_scope);
                    }
                } else if is_shared {
                    app.shared_with = Seen::Known(shared);
                }
                (app, behind)
            },
        )
}

/// An organisation, with somebody else's things in it or without.
pub(super) fn organisation(strangers: bool) -> impl Strategy<Value = Organisation> {
    let apps: Vec<_> = keys()
        .into_iter()
        .zip([0x100, 0x200, 0x300])
        .map(|(key, number)| (Just(key.clone()), app(key, strangers, number)))
        .collect();
    let held = vec(any::<bool>(), 12);
    (apps, held).prop_map(|(apps, held)| {
        let mut organisation = Organisation {
            seen: Observed::default(),
            behind: BTreeMap::new(),
        };
        let mut held = held.into_iter();
        for (key, (app, behind)) in apps {
            let with = [&app, &behind]
                .into_iter()
                .flat_map(|app| app.credentials.known());
            for (credential, of) in with.flatten() {
                // Only what was made here can be in the keychain.
                if held.next().unwrap_or_default() && of.owner == Owner::Ours {
                    organisation.seen.held.insert(*credential);
                }
            }
            organisation.behind.insert(key.clone(), behind);
            organisation.seen.apps.insert(key, app);
        }
        organisation
    })
}

/// The same, some of which could not be read.
pub(super) fn half_seen() -> impl Strategy<Value = Organisation> {
    (organisation(true), vec(any::<[bool; 12]>(), 3)).prop_map(|(mut organisation, unread)| {
        let why = Why::NoRight;
        for (app, unread) in organisation.seen.apps.values_mut().zip(unread) {
            let [a, b, c, d, e, f, g, h, i, j, k, l] = unread;
            if a {
                app.registration = Seen::Unknown(why)
            }
            if b {
                app.deleted = Seen::Unknown(why)
            }
            if c {
                app.principal = Seen::Unknown(why)
            }
            if d {
                app.credentials = Seen::Unknown(why)
            }
            if e {
                app.grants = Seen::Unknown(why)
            }
            if f {
                app.entry = Seen::Unknown(why)
            }
            if g {
                app.scope = Seen::Unknown(why)
            }
            if h {
                app.roles = Seen::Unknown(why)
            }
            if i {
                app.shared_with = Seen::Unknown(why)
            }
            if j {
                app.full_access = Seen::Unknown(why)
            }
            if k {
                app.policies = Seen::Unknown(why)
            }
            if l {
                app.switches = Seen::Unknown(why)
            }
        }
        organisation
    })
}
