//! What records add up to.

use domain::grant::{EXCHANGE_ONLINE, EntraGrant, MICROSOFT_GRAPH, Opens};
use domain::ids::{AppObjectId, ClientId, KeyId};
use jiff::SignedDuration;
use plan::changes::{
    AddSecret, AssignRole, CreateApp, GiveFullAccess, GrantAppRole, RegisterInExchange, RemoveGrant,
    RemoveScope, SetScope, TakeFullAccess, UnassignRole, UnregisterInExchange,
};
use uuid::Uuid;

use super::*;
use crate::basis::tests::mailbox;
use crate::event::AsItWas;
use plan::given::{Given, GivenSecret};

fn record(event: Event) -> Record {
    Record {
        at: Timestamp::UNIX_EPOCH,
        event,
    }
}

fn found(number: u128) -> Entry {
    Entry::Found {
        typed: number.to_string(),
        mailbox: Mailbox {
            address: Address::parse(&format!("m{number}@contoso.example")).unwrap(),
            object_id: mailbox(number),
            kind: "SharedMailbox".into(),
            name: "A".into(),
        },
        also: Vec::new(),
    }
}

fn answered(numbers: &[u128]) -> Record {
    record(Event::MailboxesAnswered {
        answers: MailboxAnswers {
            allowed: numbers.iter().copied().map(found).collect(),
            ..MailboxAnswers::default()
        },
    })
}

fn done(change: Change) -> Record {
    record(Event::Done {
        app: AppKey::default(),
        change,
        given: Given::default(),
    })
}

fn scope_of(numbers: &[u128]) -> Record {
    done(Change::SetScope(SetScope {
        name: "s".into(),
        exists: false,
        mailboxes: numbers.iter().copied().map(mailbox).collect(),
        group: None,
    }))
}

fn assigned(permission: Permission) -> Record {
    done(Change::AssignRole(AssignRole {
        name: permission.name().into(),
        permission,
        scope: "s".into(),
    }))
}

/// An app with one grant is taken over.
fn adopted() -> Record {
    record(Event::AppAdopted {
        app: AppKey::default(),
        as_it_was: AsItWas {
            object_id: AppObjectId(Uuid::nil()),
            client_id: ClientId(Uuid::nil()),
            name: "A".into(),
            tags: BTreeSet::new(),
            audience: String::new(),
            principal: None,
            grants: vec![EntraGrant {
                id: "theirs".into(),
                resource: "Microsoft Graph".into(),
                api: MICROSOFT_GRAPH.into(),
                permission: "Mail.Read".into(),
                app_role: true,
                opens: Opens::Mailboxes,
            }],
            needed: Vec::new(),
            in_exchange: false,
            roles: BTreeSet::new(),
            in_use: Vec::new(),
            policies: Vec::new(),
        },
        answered: None,
    })
}

fn limit_set() -> Record {
    record(Event::LimitSet {
        app: AppKey::default(),
        applied_by: None,
        full_access: BTreeSet::new(),
    })
}

/// Whoever removes what was granted since has taken nothing away that was taken over.
#[test]
fn only_what_was_taken_over_keeps_an_app_from_being_given_back() {
    let removed = |id: &str| {
        done(Change::RemoveGrant(RemoveGrant {
            id: id.into(),
            app_role: true,
        }))
    };
    let changed_for_good = |id| State::of(&[adopted(), removed(id)]).at_hand().changed_for_good;
    assert!(!changed_for_good("since"));
    assert!(changed_for_good("theirs"));
}

#[test]
fn an_intent_stays_open_until_its_outcome_is_recorded() {
    let mut state = State::default();
    let add = Change::AddSecret(AddSecret {
        name: "t".into(),
        days: 180,
    });
    let create = Change::CreateApp(CreateApp {
        unique: "u".into(),
        tag: "t".into(),
        name: "n".into(),
    });
    for (change, tag) in [(&add, Some("t 1".to_owned())), (&create, None)] {
        state.apply(&record(Event::Intended {
            app: AppKey::default(),
            change: change.clone(),
            tag,
        }));
    }
    assert_eq!(state.at_hand().open.len(), 2);
    state.apply(&record(Event::Done {
        app: AppKey::default(),
        change: add,
        given: Given {
            secret: Some(GivenSecret {
                key: KeyId(Default::default()),
                starts_at: Timestamp::UNIX_EPOCH,
                ends_at: Timestamp::UNIX_EPOCH,
            }),
            ..Given::default()
        },
    }));
    let open: Vec<&Change> = state.at_hand().open.iter().map(|open| &open.change).collect();
    assert_eq!(open, [&create]);
}

#[test]
fn other_mailboxes_make_the_limit_old() {
    let mut state = State::default();
    state.apply(&answered(&[1, 2]));
    state.apply(&scope_of(&[2, 1]));
    assert!(!state.limit_is_current());
    state.apply(&limit_set());
    assert!(state.limit_is_current());
    state.apply(&answered(&[1]));
    assert!(!state.limit_is_current());
    assert!(!state.mailboxes_confirmed);
}

/// A profile that gains a permission, or an admin who leaves one out, makes the limit old as well.
#[test]
fn other_permissions_make_the_limit_old() {
    let mut state = State::default();
    state.apply(&answered(&[1]));
    state.apply(&scope_of(&[1]));
    state.apply(&assigned(Permission::MailReadWrite));
    state.apply(&limit_set());
    state.asked = Some(BTreeSet::from([Permission::MailReadWrite]));
    assert!(state.limit_is_current());
    state.asked = Some(BTreeSet::from([Permission::MailReadWrite, Permission::MailSend]));
    assert!(!state.limit_is_current());
    state.asked = Some(BTreeSet::from([Permission::MailRead]));
    assert!(!state.limit_is_current());
}

/// A limit that gained a permission or lost one was never proven, and a part that somebody took away and that was made
/// again takes effect from then on: the time when the limit was set is another one.
#[test]
fn a_part_of_the_limit_that_was_made_ends_the_proof() {
    let changes = [
        assigned(Permission::MailSend),
        assigned(Permission::MailRead),
        scope_of(&[1]),
        done(Change::RegisterInExchange(RegisterInExchange {
            name: "n".into(),
        })),
        done(Change::UnassignRole(UnassignRole {
            name: "Mail.Read".into(),
            permission: Permission::MailRead,
            scope: "s".into(),
        })),
    ];
    for change in changes {
        let mut state = State::default();
        state.apply(&answered(&[1]));
        state.apply(&scope_of(&[1]));
        state.apply(&assigned(Permission::MailRead));
        state.apply(&limit_set());
        state.proof = Some(Proof {
            at: Timestamp::UNIX_EPOCH,
            rows: Vec::new(),
            basis: crate::basis::tests::good(),
            reasons: Vec::new(),
            looks: 1,
            verdict: crate::proof::Verdict::Proven,
            said: None,
        });
        state.apply(&change);
        assert_eq!(state.proof, None);
        assert!(!state.limit_is_current());
        assert_eq!(state.at_hand().limit_set_at, None);
        state.apply(&limit_set());
        assert!(state.limit_is_current());
    }
}

#[test]
fn what_fell_out_of_the_scope_is_remembered_until_it_is_back() {
    let mut state = State::default();
    state.apply(&answered(&[1, 2]));
    state.apply(&scope_of(&[1, 2]));
    state.apply(&answered(&[1]));
    state.apply(&scope_of(&[1]));
    assert_eq!(state.removed.keys().copied().collect::<Vec<_>>(), [mailbox(2)]);
    state.apply(&scope_of(&[1, 2]));
    assert!(state.removed.is_empty());
}

/// A mail program is held to its mailboxes by what each of them gives it, and the limit stands once that was read back.
#[test]
fn the_limit_of_a_mail_program_is_full_access_to_exactly_its_mailboxes() {
    let mut state = State::default();
    let give = |number| GiveFullAccess {
        mailbox: mailbox(number),
    };
    let read = |numbers: &[u128]| {
        record(Event::LimitSet {
            app: AppKey::default(),
            applied_by: None,
            full_access: numbers.iter().copied().map(mailbox).collect(),
        })
    };
    state.apply(&record(Event::MethodChosen {
        method: Method::MailProtocols,
    }));
    state.apply(&answered(&[1, 2]));
    state.apply(&done(Change::GiveFullAccess(give(1))));
    state.apply(&done(Change::GiveFullAccess(give(2))));
    assert!(!state.limit_is_current(), "nobody read it back");
    state.apply(&read(&[1, 2]));
    assert!(state.limit_is_current());
    state.apply(&answered(&[1]));
    assert!(!state.limit_is_current());
    let take = TakeFullAccess { mailbox: mailbox(2) };
    state.apply(&done(Change::TakeFullAccess(take)));
    assert_eq!(state.removed.keys().copied().collect::<Vec<_>>(), [mailbox(2)]);
    state.apply(&read(&[1]));
    assert!(state.limit_is_current());
    // What somebody else gave to a mailbox that is asked for counts as well; to another one it is theirs.
    state.apply(&answered(&[1, 3]));
    state.apply(&read(&[1, 3]));
    assert!(state.limit_is_current());
    let owner = |number, asked| state.at_hand().owner_of_full_access(mailbox(number), asked);
    assert_eq!(owner(3, true), plan::observed::Owner::Ours);
    assert_eq!(owner(4, false), plan::observed::Owner::Stranger);
}

/// The program died before it could say that it gave access: the mailbox is looked at, also where nobody asks for it any more,
/// until it was read to give none.
#[test]
fn access_that_may_have_been_given_is_looked_at() {
    let mut state = State::default();
    let mailbox = mailbox(2);
    state.apply(&record(Event::Intended {
        app: AppKey::default(),
        change: Change::GiveFullAccess(GiveFullAccess { mailbox }),
        tag: None,
    }));
    let looked_at = |state: &State| state.at_hand().full_access_to_look_at();
    assert_eq!(looked_at(&state), [mailbox].into());
    let read = |full_access| {
        record(Event::LimitSet {
            app: AppKey::default(),
            applied_by: None,
            full_access,
        })
    };
    state.apply(&read([mailbox].into()));
    assert!(!state.has_open_changes());
    assert_eq!(looked_at(&state), [mailbox].into());
    state.apply(&done(Change::TakeFullAccess(TakeFullAccess { mailbox })));
    assert!(looked_at(&state).is_empty());
}

/// Microsoft's id of a grant isn't in its answer, so what is granted has to be read before it counts.
#[test]
fn what_a_mail_program_needs_in_entra_is_read_before_it_counts() {
    let mut state = State {
        asked: Some([Permission::ImapAccess].into()),
        ..State::default()
    };
    let grant = |permission: &str| EntraGrant {
        id: permission.into(),
        api: EXCHANGE_ONLINE.into(),
        resource: "Office 365 Exchange Online".into(),
        permission: permission.into(),
        app_role: true,
        opens: domain::grant::Opens::Mailboxes,
    };
    let read = |grants| {
        record(Event::PermissionsRead {
            app: AppKey::default(),
            grants,
        })
    };
    let status = |state: &State| crate::progress::status(state, StepId::Permissions, Timestamp::UNIX_EPOCH);
    state.apply(&record(Event::MethodChosen {
        method: Method::MailProtocols,
    }));
    state.apply(&read(Vec::new()));
    assert_eq!(status(&state), crate::progress::Status::Todo);
    let role = domain::app_role::AppRole::Imap;
    state.apply(&done(Change::GrantAppRole(GrantAppRole { role })));
    assert_eq!(status(&state), crate::progress::Status::Todo);
    state.apply(&read(vec![grant("IMAP.AccessAsApp")]));
    assert_eq!(status(&state), crate::progress::Status::Done);
    // Another protocol opens the same mailboxes, and nobody asked for it.
    for beyond in ["full_access_as_app", "POP.AccessAsApp"] {
        state.apply(&read(vec![grant("IMAP.AccessAsApp"), grant(beyond)]));
        assert_eq!(status(&state), crate::progress::Status::TooBroad, "{beyond}");
    }
}

/// An app among the deleted ones, and one that may have been made without an answer, are something.
#[test]
fn nothing_was_made_only_where_nothing_can_be_there() {
    let of = |text: &str| {
        State::of(&[Record {
            at: Timestamp::UNIX_EPOCH,
            event: serde_json::from_str(text).unwrap(),
        }])
    };
    assert!(State::default().made_nothing());
    let nil = "00000000-0000-0000-0000-000000000000";
    let deleted = format!(
        r#"{{"event":"app-found-deleted","app":"main","client_id":"{nil}","object_id":"{nil}","name":"n"}}"#
    );
    assert!(!of(&deleted).made_nothing());
    let lost = r#"{"event":"intended","app":"main","change":{"change":"create-app","unique":"u","tag":"t","name":"n"}}"#;
    assert!(!of(lost).made_nothing());
    assert!(of(lost).has_open_changes());
}

/// The limit is taken away and another one set at once: what the first one held is served by Microsoft meanwhile.
#[test]
fn what_a_removed_limit_held_is_remembered_with_the_time() {
    let mut state = State::default();
    state.apply(&answered(&[1, 2, 3]));
    state.apply(&scope_of(&[1, 2, 3]));
    state.apply(&scope_of(&[1, 2]));
    state.came_in(
        BTreeMap::from([(mailbox(4), Address::parse("m4@contoso.example").unwrap())]),
        false,
        Timestamp::UNIX_EPOCH,
    );
    state.reached_more = Some(Timestamp::UNIX_EPOCH);
    let gone_at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1);
    let at = |record: Record, at| Record { at, ..record };
    let remove = || {
        [
            done(Change::RemoveScope(RemoveScope {
                name: "s".into(),
                mailboxes: BTreeSet::new(),
            })),
            done(Change::UnregisterInExchange(UnregisterInExchange {
                name: "n".into(),
            })),
        ]
    };
    for change in remove() {
        state.apply(&at(change, gone_at));
    }
    let gone = |state: &State| -> Vec<_> {
        let each = state.removed.iter();
        each.map(|(id, removed)| (*id, removed.limit_gone_at)).collect()
    };
    assert_eq!(
        gone(&state),
        [1, 2, 3, 4].map(|number| (mailbox(number), Some(gone_at)))
    );
    assert_eq!(state.reached_more, Some(Timestamp::UNIX_EPOCH));
    state.apply(&at(scope_of(&[1]), gone_at));
    assert_eq!(
        gone(&state),
        [2, 3, 4].map(|number| (mailbox(number), Some(gone_at)))
    );
    // What the second one held never was served later than the second one was.
    let later = gone_at + SignedDuration::from_hours(1);
    for change in remove() {
        state.apply(&at(change, later));
    }
    let times = [later, gone_at, gone_at, gone_at];
    let each = (1..).zip(times).map(|(number, at)| (mailbox(number), Some(at)));
    assert_eq!(gone(&state), each.collect::<Vec<_>>());
}

/// What no row has room for is waited for instead, whatever fills the rows.
#[test]
fn what_finds_no_row_is_waited_for() {
    let mut state = State::default();
    let all: Vec<u128> = (1..=25).collect();
    state.apply(&answered(&all));
    state.apply(&scope_of(&all));
    state.apply(&scope_of(&[1]));
    let other = |number: u128| (mailbox(number), Address::parse("x@contoso.example").unwrap());
    state.came_in(BTreeMap::from([other(30)]), false, Timestamp::UNIX_EPOCH);
    assert_eq!((state.removed.len(), state.reached_more), (25, None));
    state.came_in(BTreeMap::from([other(30)]), false, Timestamp::UNIX_EPOCH);
    assert_eq!(state.reached_more, None);
    state.came_in(BTreeMap::from([other(31)]), false, Timestamp::UNIX_EPOCH);
    assert_eq!(
        (state.removed.len(), state.reached_more),
        (25, Some(Timestamp::UNIX_EPOCH))
    );
}
