//! Who may reach which mailbox, and since when: the specification of what Microsoft does, in one place.
//!
//! An app reaches a mailbox by Graph through an Entra app role (whole organisation, unless an access policy holds it
//! back) **or** through an Exchange role assignment whose scope holds the mailbox. The two add up: neither takes
//! away what the other gives (microsoft-facts §4b, the union trap).
//!
//! | part | says | source |
//! |---|---|---|
//! | [`acts`] | which permission allows what | microsoft-facts §3.1, §3.2, §4b |
//! | [`policies`] | how access policies hold Entra's permissions back | microsoft-facts §4a |
//! | [`rights`] | whom a role assignment reaches | microsoft-facts §4b |
//! | [`caches`] | when live calls see a change | microsoft-facts §4a, §4b |
//! | [`membership`] | nested and direct members | microsoft-facts §4a, §4b |
//! | [`mailbox_permissions`], [`protocols`] | IMAP, POP3, SMTP | microsoft-facts §4c |

mod acts;
pub(crate) mod bearer;
mod caches;
pub(crate) mod mailbox_permissions;
pub(crate) mod membership;
pub(crate) mod policies;
pub(crate) mod protocols;
mod recipients;
mod rights;
#[cfg(test)]
mod truth_table;

use crate::clock::Clock;
use crate::organisation::objects::Objects;
use crate::people::directory::{Directory, IdKind};
use crate::people::entry::Entry;

pub(crate) use acts::Act;
pub(crate) use caches::change_exchange;
pub(crate) use recipients::recipient_property;
pub(crate) use rights::right;

/// What decided about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// An Entra app role allows it, and no access policy holds it back.
    ByEntraRole,
    /// An Exchange role assignment in force allows it.
    ByExchangeAssignment,
    /// An Entra app role would allow it, but an access policy holds it back and no role assignment allows it.
    BlockedByPolicy,
    /// Nothing allows it.
    Refused,
}

/// The application that calls.
#[derive(Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) principal_id: &'a str,
    /// The `roles` claim of the token that came with the call; a later grant needs a new token.
    pub(crate) token_roles: Vec<&'a str>,
}

/// Decides a live call of an app, and keeps a stale refusal alive when it is one.
pub(crate) fn decide_live(
    objects: &mut Objects,
    directory: &Directory,
    clock: &Clock,
    caller: &Caller<'_>,
    position: usize,
    act: Act,
) -> Decision {
    let decision = look(objects, directory, clock, caller, position, act);
    if matches!(decision, Decision::Refused | Decision::BlockedByPolicy) {
        caches::note_refusal(objects, clock, caller.principal_id);
    }
    decision
}

/// What a live call would be told, for an answer that depends on a further permission. Nobody called with it, so it
/// keeps no stale refusal alive.
pub(crate) fn look(
    objects: &Objects,
    directory: &Directory,
    clock: &Clock,
    caller: &Caller<'_>,
    position: usize,
    act: Act,
) -> Decision {
    let entra: Vec<&str> = caller
        .token_roles
        .iter()
        .copied()
        .filter(|role| act.entra_roles().contains(role))
        .collect();
    if !entra.is_empty() {
        let app_id = objects
            .service_principal(caller.principal_id)
            .map(|principal| principal.app_id.clone())
            .unwrap_or_default();
        let address = directory.entry(position).map(Entry::address).unwrap_or_default();
        let policies = caches::live_policies(objects, directory, clock, &app_id);
        let granted = policies::grants(&policies, &address);
        if entra.iter().any(|role| granted || !policies::covers(role)) {
            return Decision::ByEntraRole;
        }
    }
    let rights = caches::live_rights(objects, clock, caller.principal_id);
    if rights
        .iter()
        .any(|right| right.allows(act) && right.reaches(directory, position))
    {
        return Decision::ByExchangeAssignment;
    }
    if entra.is_empty() {
        Decision::Refused
    } else {
        Decision::BlockedByPolicy
    }
}

/// Whether a signed-in person may do this in a mailbox: in their own with the permission for it, in another one
/// with the permission for shared mailboxes and Exchange's own right on that mailbox (microsoft-facts §8).
pub(crate) fn person_may(
    objects: &Objects,
    directory: &Directory,
    id: &str,
    scopes: &[String],
    position: usize,
    act: Act,
) -> bool {
    let holds = |wanted: &[&str]| {
        scopes
            .iter()
            .any(|held| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(held)))
    };
    if directory.id(IdKind::Directory, position).eq_ignore_ascii_case(id) {
        return holds(act.scopes());
    }
    let Some(mailbox) = directory.entry(position).map(Entry::address) else {
        return false;
    };
    let exchange = &objects.exchange;
    holds(act.shared_scopes())
        && if act == Act::SendMail {
            mailbox_permissions::may_send_as(exchange, directory, &mailbox, id)
                || mailbox_permissions::may_send_on_behalf(exchange, directory, &mailbox, id)
        } else {
            mailbox_permissions::has_full_access(exchange, directory, &mailbox, id)
        }
}

#[cfg(test)]
mod tests {
    use crate::organisation::exchange::distinguished_name;
    use std::time::Duration;

    use super::rights::configured;
    use super::*;
    use crate::clock::ClockKind;
    use crate::organisation::exchange::{Group, ManagementScope, RoleAssignment};

    const MINUTE: u64 = 60;

    /// An organisation with one app "app", the scope "S" and the group "G", and a clock that stands still.
    struct Stage {
        objects: Objects,
        directory: Directory,
        clock: Clock,
    }

    impl Stage {
        fn new() -> Self {
            let mut objects = crate::organisation::seed::objects(1, "t");
            objects.service_principals[0].id = "app".into();
            let start = "2026-11-22T08:00:00Z".parse().expect("a time");
            Self {
                objects,
                directory: Directory::generate(1, 0),
                clock: Clock::new(ClockKind::Explicit { start }),
            }
        }

        fn at(&self, alias: &str) -> usize {
            self.directory.by_alias(alias).expect(alias)
        }

        fn assign(&mut self, role: &str, filter: Option<&str>) {
            let name = format!("{role}{}", self.objects.exchange.assignments.len());
            change_exchange(&mut self.objects, &self.directory, &self.clock, |exchange| {
                let scope = filter.map(|filter| {
                    let scope = ManagementScope {
                        name: name.clone(),
                        filter: filter.into(),
                        guid: String::new(),
                        exclusive: false,
                    };
                    exchange.scopes.push(scope);
                    name.clone()
                });
                exchange.assignments.push(RoleAssignment {
                    name: name.clone(),
                    role: role.into(),
                    app: "app".into(),
                    scope,
                    group_scope: None,
                    administrative_unit: None,
                    guid: String::new(),
                });
            });
        }

        fn decide(&mut self, roles: &[&str], alias: &str, act: Act) -> Decision {
            let caller = Caller {
                principal_id: "app",
                token_roles: roles.to_vec(),
            };
            let position = self.at(alias);
            decide_live(
                &mut self.objects,
                &self.directory,
                &self.clock,
                &caller,
                position,
                act,
            )
        }

        fn wait(&self, minutes: u64) {
            self.clock.advance(Duration::from_secs(minutes * MINUTE));
        }
    }

    #[test]
    fn which_right_allows_what() {
        use Decision::{ByEntraRole as Entra, ByExchangeAssignment as Exchange, Refused};
        let support = Some("Alias -eq 'support'");
        let read = "Application Mail.Read";
        for (token, role, filter, mailbox, act, expected) in [
            (&[][..], None, None, "support", Act::ReadMail, Refused),
            (&["Mail.Read"][..], None, None, "ceo", Act::ReadMail, Entra),
            (
                &["Mail.ReadBasic.All"][..],
                None,
                None,
                "ceo",
                Act::ReadBasic,
                Entra,
            ),
            (
                &["Mail.ReadBasic.All"][..],
                None,
                None,
                "ceo",
                Act::ReadMail,
                Refused,
            ),
            (&["Mail.Read"][..], None, None, "ceo", Act::SendMail, Refused),
            (
                &["IMAP.AccessAsApp"][..],
                None,
                None,
                "ceo",
                Act::ReadMail,
                Refused,
            ),
            (&[][..], Some(read), support, "support", Act::ReadMail, Exchange),
            (&[][..], Some(read), support, "ceo", Act::ReadMail, Refused),
            (&[][..], Some(read), support, "support", Act::SendMail, Refused),
            (&[][..], Some(read), None, "ceo", Act::ReadMail, Exchange),
            (
                &[][..],
                Some("Application Mail Full Access"),
                support,
                "support",
                Act::SendMail,
                Exchange,
            ),
            (
                &[][..],
                Some("Application Mail.Send"),
                support,
                "support",
                Act::ReadMail,
                Refused,
            ),
            (
                &[][..],
                Some("Application MailboxSettings.Read"),
                support,
                "support",
                Act::ReadSettings,
                Exchange,
            ),
            // The union trap: one broad grant in Entra undoes the scope in Exchange.
            (
                &["Mail.Read"][..],
                Some(read),
                support,
                "ceo",
                Act::ReadMail,
                Entra,
            ),
        ] {
            let mut stage = Stage::new();
            if let Some(role) = role {
                stage.assign(role, filter);
            }
            stage.wait(31);
            assert_eq!(
                stage.decide(token, mailbox, act),
                expected,
                "{token:?} {role:?} {filter:?} {mailbox} {act:?}"
            );
        }
    }

    #[test]
    fn a_new_assignment_is_seen_live_after_half_an_hour_of_quiet() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        assert!(configured(&stage.objects.exchange, "app")[0].reaches(&stage.directory, stage.at("support")));
        stage.wait(30);
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
    }

    #[test]
    fn every_refused_call_inside_the_wait_starts_it_again() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        stage.wait(29);
        assert_eq!(stage.decide(&[], "support", Act::ReadMail), Decision::Refused);
        stage.wait(29);
        assert_eq!(stage.decide(&[], "support", Act::ReadMail), Decision::Refused);
        stage.wait(30);
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
    }

    #[test]
    fn a_look_at_a_further_permission_is_no_refused_call() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        stage.wait(29);
        let app = Caller {
            principal_id: "app",
            token_roles: Vec::new(),
        };
        let position = stage.at("support");
        let seen = look(
            &stage.objects,
            &stage.directory,
            &stage.clock,
            &app,
            position,
            Act::ReadMail,
        );
        assert_eq!(seen, Decision::Refused);
        stage.wait(1);
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
    }

    #[test]
    fn no_amount_of_calling_prolongs_it_beyond_two_hours() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        for _ in 0..119 {
            stage.wait(1);
            assert_eq!(stage.decide(&[], "support", Act::ReadMail), Decision::Refused);
        }
        stage.wait(1);
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
    }

    #[test]
    fn a_removed_assignment_is_still_honoured_inside_the_wait() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        stage.wait(31);
        change_exchange(&mut stage.objects, &stage.directory, &stage.clock, |exchange| {
            exchange.assignments.retain(|held| held.app != "app");
        });
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
        stage.wait(31);
        assert_eq!(stage.decide(&[], "support", Act::ReadMail), Decision::Refused);
    }

    #[test]
    fn another_apps_change_delays_nobody_else() {
        let mut stage = Stage::new();
        stage.assign("Application Mail.Read", Some("Alias -eq 'support'"));
        stage.wait(31);
        change_exchange(&mut stage.objects, &stage.directory, &stage.clock, |exchange| {
            exchange.assignments.retain(|held| held.app == "app");
        });
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
        assert_eq!(stage.decide(&[], "billing", Act::ReadMail), Decision::Refused);
    }

    #[test]
    fn only_direct_members_of_a_group_are_in_scope() {
        let mut stage = Stage::new();
        let group = |name: &str, members: &[&str]| Group {
            name: name.into(),
            display_name: name.into(),
            alias: name.into(),
            primary_smtp: format!("{name}@contoso.example"),
            guid: name.into(),
            distinguished_name: distinguished_name(name),
            security: true,
            unified: false,
            filter: None,
            hidden: false,
            members: members
                .iter()
                .map(|alias| format!("{alias}@contoso.example"))
                .collect(),
        };
        let outer = group("outer", &["support", "inner"]);
        let filter = format!("MemberOfGroup -eq '{}'", outer.distinguished_name);
        stage
            .objects
            .exchange
            .groups
            .extend([outer, group("inner", &["billing"])]);
        stage.assign("Application Mail.Read", Some(&filter));
        stage.wait(31);
        assert_eq!(
            stage.decide(&[], "support", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
        assert_eq!(stage.decide(&[], "billing", Act::ReadMail), Decision::Refused);
        // A new member is seen late too.
        change_exchange(&mut stage.objects, &stage.directory, &stage.clock, |exchange| {
            for group in &mut exchange.groups {
                if group.name == "outer" {
                    group.members.push("orders@contoso.example".into());
                }
            }
        });
        assert_eq!(stage.decide(&[], "orders", Act::ReadMail), Decision::Refused);
        stage.wait(31);
        assert_eq!(
            stage.decide(&[], "orders", Act::ReadMail),
            Decision::ByExchangeAssignment
        );
    }
}
