//! The first form of the records that say what was changed, read once and for all: each becomes what it means today.
//!
//! Those journals stay as they are on the disk. They knew one app, named each change by itself, and wrote down fewer of its
//! details; what a detail is needed for is decided by what is read in the organisation, not by these notes.

use std::collections::BTreeSet;

use domain::app_key::AppKey;
use domain::ids::{AppObjectId, ClientId, ConnectionId, KeyId, MailboxId, ServicePrincipalId};
use domain::permission::Permission;
use jiff::Timestamp;
use plan::changes::{
    AddSecret, AssignRole, Change, CreateApp, CreatePrincipal, DeleteApp, RegisterInExchange,
    RemoveCredential, RemoveGrant, RemoveScope, RestoreApp, SetScope, TagPrincipal, UnassignRole,
    UnregisterInExchange,
};
use plan::given::{Given, GivenSecret};
use plan::names::Names;
use serde::Deserialize;

use crate::event::Event;

#[derive(Deserialize)]
#[serde(tag = "call", rename_all = "kebab-case")]
enum Intent {
    CreateApp,
    CreateServicePrincipal,
    AddSecret { tag: String },
    RemoveSecret { key: KeyId },
    RemoveGrant { id: String },
    CreateExchangePrincipal,
    SetScope,
    AssignRole { permission: Permission },
    RemoveRole { permission: Permission },
    RemoveLimit,
    DeleteApp,
    RestoreApp,
    TagServicePrincipal,
}

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Old {
    Intended {
        #[serde(flatten)]
        intent: Intent,
    },
    AppCreated {
        client_id: ClientId,
        object_id: AppObjectId,
        name: String,
    },
    ServicePrincipalCreated {
        id: ServicePrincipalId,
    },
    SecretSaved {
        key: KeyId,
        starts_at: Timestamp,
        ends_at: Timestamp,
    },
    SecretRemoved {
        key: KeyId,
    },
    ExchangePrincipalCreated,
    #[serde(rename = "scope-held")]
    ScopeSet {
        name: String,
        mailboxes: Vec<MailboxId>,
    },
    /// A filter by address also matches proxy addresses (microsoft-facts §12), so what such a scope holds isn't known.
    #[serde(rename = "scope-set")]
    ScopeSetByAddress {
        name: String,
    },
    RoleAssigned {
        permission: Permission,
        name: String,
    },
    ScopeNotMade,
    RoleRemoved {
        permission: Permission,
    },
    LimitRemoved,
    /// Proved by address. What was seen isn't taken over: it is looked at again.
    Proved,
    AppDeleted,
    AppRestored,
}

/// What a line of the first form means today; nothing where it is none.
pub(crate) fn read(body: &str, connection: ConnectionId) -> Option<Vec<Event>> {
    let old: Old = serde_json::from_str(body).ok()?;
    let app = AppKey::default();
    let names = Names::new(connection, app.clone());
    let done = |change| Event::Done {
        app: app.clone(),
        change,
        given: Given::default(),
    };
    let given = |change, given| Event::Done {
        app: app.clone(),
        change,
        given,
    };
    let create = |name| {
        Change::CreateApp(CreateApp {
            unique: names.unique(),
            tag: names.tag(),
            name,
        })
    };
    let set_scope = |name, mailboxes| {
        Change::SetScope(SetScope {
            name,
            exists: false,
            mailboxes,
            group: None,
        })
    };
    Some(match old {
        Old::Intended { intent } => intended(&app, &names, intent),
        Old::AppCreated {
            client_id,
            object_id,
            name,
        } => vec![given(
            create(name.clone()),
            Given {
                object: Some(object_id),
                client: Some(client_id),
                name: Some(name),
                ..Given::default()
            },
        )],
        Old::ServicePrincipalCreated { id } => vec![given(
            Change::CreatePrincipal(CreatePrincipal { tag: names.tag() }),
            Given {
                principal: Some(id),
                ..Given::default()
            },
        )],
        Old::SecretSaved {
            key,
            starts_at,
            ends_at,
        } => vec![given(
            Change::AddSecret(AddSecret {
                name: names.secret(),
                days: 0,
            }),
            Given {
                secret: Some(GivenSecret {
                    key,
                    starts_at,
                    ends_at,
                }),
                ..Given::default()
            },
        )],
        Old::SecretRemoved { key } => vec![done(Change::RemoveCredential(RemoveCredential {
            key,
            certificate: false,
        }))],
        Old::ExchangePrincipalCreated => vec![done(Change::RegisterInExchange(RegisterInExchange {
            name: String::new(),
        }))],
        Old::ScopeSet { name, mailboxes } => {
            vec![done(set_scope(name, mailboxes.into_iter().collect()))]
        }
        Old::ScopeSetByAddress { name } => vec![
            done(set_scope(name, BTreeSet::new())),
            Event::ScopeOpen { app: app.clone() },
        ],
        Old::RoleAssigned { permission, name } => vec![done(Change::AssignRole(AssignRole {
            name,
            permission,
            scope: String::new(),
        }))],
        Old::ScopeNotMade => vec![Event::NotDone {
            app: app.clone(),
            change: set_scope(String::new(), BTreeSet::new()),
        }],
        Old::RoleRemoved { permission } => vec![done(Change::UnassignRole(UnassignRole {
            name: names.assignment(permission),
            permission,
            scope: String::new(),
        }))],
        Old::LimitRemoved => vec![
            done(Change::UnregisterInExchange(UnregisterInExchange {
                name: String::new(),
            })),
            done(Change::RemoveScope(RemoveScope {
                name: String::new(),
                mailboxes: BTreeSet::new(),
            })),
        ],
        Old::Proved => vec![Event::LookFailed],
        Old::AppDeleted => vec![done(Change::DeleteApp(DeleteApp {}))],
        Old::AppRestored => vec![done(Change::RestoreApp(RestoreApp {}))],
    })
}

/// What was about to be sent. The removal of a whole limit was one intent; what is left of it is read anew.
fn intended(app: &AppKey, names: &Names, intent: Intent) -> Vec<Event> {
    let mut of_try = None;
    let change = match intent {
        Intent::CreateApp => Change::CreateApp(CreateApp {
            unique: names.unique(),
            tag: names.tag(),
            name: String::new(),
        }),
        Intent::CreateServicePrincipal => Change::CreatePrincipal(CreatePrincipal { tag: names.tag() }),
        Intent::AddSecret { tag } => {
            of_try = Some(tag);
            Change::AddSecret(AddSecret {
                name: names.secret(),
                days: 0,
            })
        }
        Intent::RemoveSecret { key } => Change::RemoveCredential(RemoveCredential {
            key,
            certificate: false,
        }),
        Intent::RemoveGrant { id } => Change::RemoveGrant(RemoveGrant { id, app_role: true }),
        Intent::CreateExchangePrincipal => {
            Change::RegisterInExchange(RegisterInExchange { name: String::new() })
        }
        Intent::SetScope => Change::SetScope(SetScope {
            name: String::new(),
            exists: false,
            mailboxes: BTreeSet::new(),
            group: None,
        }),
        Intent::AssignRole { permission } => Change::AssignRole(AssignRole {
            name: names.assignment(permission),
            permission,
            scope: String::new(),
        }),
        Intent::RemoveRole { permission } => Change::UnassignRole(UnassignRole {
            name: names.assignment(permission),
            permission,
            scope: String::new(),
        }),
        Intent::RemoveLimit => return Vec::new(),
        Intent::DeleteApp => Change::DeleteApp(DeleteApp {}),
        Intent::RestoreApp => Change::RestoreApp(RestoreApp {}),
        Intent::TagServicePrincipal => Change::TagPrincipal(TagPrincipal {
            tags: BTreeSet::from([names.tag()]),
        }),
    };
    vec![Event::Intended {
        app: app.clone(),
        change,
        tag: of_try,
    }]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::event::Record;
    use crate::state::State;

    const CONNECTION: ConnectionId = ConnectionId(Uuid::from_u128(0x6f1b_2c3d));

    /// What a line of the first form comes to, after what came before it.
    fn folded(lines: &[&str]) -> State {
        let mut state = State::default();
        for line in lines {
            let events = read(line, CONNECTION).unwrap_or_else(|| panic!("{line}"));
            for event in events {
                state.apply(&Record {
                    at: Timestamp::UNIX_EPOCH,
                    event,
                });
            }
        }
        state
    }

    const APP: &str = r#"{"event":"app-created","client_id":"00000000-0000-0000-0000-000000000001","object_id":"00000000-0000-0000-0000-000000000002","name":"Mailgrant: Sinch"}"#;
    const PRINCIPAL: &str =
        r#"{"event":"service-principal-created","id":"00000000-0000-0000-0000-000000000003"}"#;
    const SECRET: &str = r#"{"event":"secret-saved","key":"00000000-0000-0000-0000-000000000004","starts_at":"2026-11-01T00:00:00Z","ends_at":"2027-05-01T00:00:00Z"}"#;
    const ENTRY: &str = r#"{"event":"exchange-principal-created"}"#;
    const SCOPE: &str = r#"{"event":"scope-held","name":"s","filter":"f","mailboxes":["00000000-0000-0000-0000-000000000005"]}"#;
    const ROLE: &str = r#"{"event":"role-assigned","permission":"Mail.Read","name":"r"}"#;

    #[test]
    fn a_whole_connection_of_the_first_form_is_what_it_was() {
        let state = folded(&[
            r#"{"event":"intended","call":"create-app"}"#,
            APP,
            r#"{"event":"intended","call":"create-service-principal"}"#,
            PRINCIPAL,
            r#"{"event":"intended","call":"add-secret","tag":"Mailgrant 00000000 1"}"#,
            SECRET,
            ENTRY,
            r#"{"event":"intended","call":"set-scope"}"#,
            SCOPE,
            r#"{"event":"intended","call":"assign-role","permission":"Mail.Read"}"#,
            ROLE,
        ]);
        let app = state.at_hand();
        assert_eq!(app.app().map(|app| app.name).as_deref(), Some("Mailgrant: Sinch"));
        assert_eq!(app.principal(), Some(ServicePrincipalId(Uuid::from_u128(3))));
        assert_eq!(
            app.secret.as_ref().map(|secret| secret.key),
            Some(KeyId(Uuid::from_u128(4)))
        );
        let limit = app.limit();
        assert!(limit.principal);
        assert_eq!(limit.assignments, [(Permission::MailRead, "r".to_owned())]);
        let scope = limit.scope.unwrap();
        assert_eq!(
            (scope.name.as_str(), scope.mailboxes.len(), scope.by_address),
            ("s", 1, false)
        );
        assert_eq!(app.open, []);
    }

    #[test]
    fn what_was_taken_back_is_gone() {
        let state = folded(&[
            APP,
            PRINCIPAL,
            SECRET,
            ENTRY,
            SCOPE,
            ROLE,
            r#"{"event":"intended","call":"remove-limit"}"#,
            r#"{"event":"limit-removed"}"#,
            r#"{"event":"secret-removed","key":"00000000-0000-0000-0000-000000000004"}"#,
            r#"{"event":"app-deleted"}"#,
        ]);
        let app = state.at_hand();
        assert!(!app.limit_stands() && app.limit_removed_at.is_some());
        assert!(app.secret.is_none() && app.secret_removed.is_some());
        assert!(app.app().is_none() && app.removed_app().is_some() && app.principal().is_none());
        let restored = folded(&[
            APP,
            PRINCIPAL,
            r#"{"event":"app-deleted"}"#,
            r#"{"event":"app-restored"}"#,
        ]);
        let app = restored.at_hand();
        assert!(app.app().is_some() && app.removed_app().is_none() && app.principal().is_none());
    }

    /// A secret whose making was interrupted is still looked for by its own name.
    #[test]
    fn an_open_try_keeps_its_name() {
        let state = folded(&[
            APP,
            r#"{"event":"intended","call":"add-secret","tag":"Mailgrant 00000000 1"}"#,
        ]);
        let open = &state.at_hand().open;
        assert_eq!(open.len(), 1);
        assert_eq!(open[0].tag.as_deref(), Some("Mailgrant 00000000 1"));
    }

    #[test]
    fn a_scope_by_address_is_one_of_which_nothing_is_known() {
        let state = folded(&[
            APP,
            PRINCIPAL,
            r#"{"event":"scope-set","name":"s","filter":"f","mailboxes":["m1@contoso.example"]}"#,
        ]);
        let scope = state.at_hand().limit().scope.unwrap();
        assert!(scope.by_address && scope.mailboxes.is_empty());
        assert!(!state.limit_is_current());
    }

    #[test]
    fn an_older_proof_is_read_and_not_believed() {
        let old = r#"{"event":"proved","proof":{"at":"2026-11-01T00:00:00Z","rows":[],"grants":[],"looks":1,"verdict":{"kind":"proven"}}}"#;
        assert_eq!(read(old, CONNECTION), Some(vec![Event::LookFailed]));
        assert_eq!(read(r#"{"event":"something-newer"}"#, CONNECTION), None);
    }
}
