//! Who may reach which mailbox as an application, and since when. The one place where that is decided.
//!
//! An app reaches a mailbox through an Entra app role (whole organisation) **or** through an Exchange role
//! assignment whose scope holds the mailbox: the two add up (microsoft-facts §4b, the union trap). Live calls
//! see a changed Exchange assignment late, and a refused call inside the wait keeps the old decision alive.

pub(crate) mod mailbox_permissions;
pub(crate) mod membership;
pub(crate) mod protocols;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{Clock, Delay, after};
use crate::directory::{Directory, Entry, IdKind};
use crate::objects::{ExchangeObjects, Group, Objects};
use crate::opath;

/// What a call wants to do with a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Folders and messages without bodies, previews and attachments.
    ReadBasic,
    /// Whole messages.
    ReadMail,
    /// Drafts, flags, moves and deletions.
    WriteMail,
    SendMail,
    ReadSettings,
    WriteSettings,
    /// Submission by SMTP, for which a role can stand in (microsoft-facts §4c).
    SubmitMail,
}

impl Act {
    /// The Entra app roles of Microsoft Graph that allow it (microsoft-facts §3.1). A token for Graph carries no
    /// role of Office 365 Exchange Online, so equal names on the other API change nothing.
    pub(crate) fn entra_roles(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.ReadBasic.All",
                "Mail.Read",
                "Mail.ReadWrite",
            ],
            Self::ReadMail => &["Mail.Read", "Mail.ReadWrite"],
            Self::WriteMail => &["Mail.ReadWrite"],
            Self::SendMail => &["Mail.Send"],
            Self::ReadSettings => &["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
            Self::WriteSettings => &["MailboxSettings.ReadWrite"],
            Self::SubmitMail => &[],
        }
    }

    /// The Exchange application roles that allow it, without the prefix "Application " (microsoft-facts §4b).
    fn exchange_roles(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail Full Access",
                "Exchange Full Access",
            ],
            Self::ReadMail => &[
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail Full Access",
                "Exchange Full Access",
            ],
            Self::WriteMail => &["Mail.ReadWrite", "Mail Full Access", "Exchange Full Access"],
            Self::SendMail => &["Mail.Send", "Mail Full Access", "Exchange Full Access"],
            Self::ReadSettings => &[
                "MailboxSettings.Read",
                "MailboxSettings.ReadWrite",
                "Exchange Full Access",
            ],
            Self::WriteSettings => &["MailboxSettings.ReadWrite", "Exchange Full Access"],
            Self::SubmitMail => &["SMTP.SendAsApp"],
        }
    }

    /// The delegated permissions that allow it to the signed-in person in their own mailbox (microsoft-facts §3.2).
    pub(crate) fn scopes(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic",
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail.ReadBasic.Shared",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::ReadMail => &[
                "Mail.Read",
                "Mail.ReadWrite",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::WriteMail => &["Mail.ReadWrite", "Mail.ReadWrite.Shared"],
            Self::SendMail => &["Mail.Send", "Mail.Send.Shared"],
            Self::ReadSettings => &["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
            Self::WriteSettings => &["MailboxSettings.ReadWrite"],
            Self::SubmitMail => &[],
        }
    }

    /// The delegated permissions that allow it in somebody else's mailbox (microsoft-facts §8).
    pub(crate) fn shared_scopes(self) -> &'static [&'static str] {
        match self {
            Self::ReadBasic => &[
                "Mail.ReadBasic.Shared",
                "Mail.Read.Shared",
                "Mail.ReadWrite.Shared",
            ],
            Self::ReadMail => &["Mail.Read.Shared", "Mail.ReadWrite.Shared"],
            Self::WriteMail => &["Mail.ReadWrite.Shared"],
            Self::SendMail => &["Mail.Send.Shared"],
            Self::ReadSettings | Self::WriteSettings | Self::SubmitMail => &[],
        }
    }
}

/// One Exchange role assignment with everything that decides whom it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Right {
    pub(crate) role: String,
    /// The scope's filter; `None` reaches the whole organisation.
    pub(crate) filter: Option<String>,
    /// The direct members of each group that the filter names, as they were when this was written down.
    pub(crate) members: BTreeMap<String, Vec<String>>,
}

impl Right {
    /// Whether the role allows this at all, wherever it reaches.
    pub(crate) fn allows(&self, act: Act) -> bool {
        let role = self.role.strip_prefix("Application ").unwrap_or(&self.role);
        act.exchange_roles().contains(&role)
    }

    /// Whether the mailbox at this position is in scope. A filter that no longer parses reaches nobody.
    pub(crate) fn reaches(&self, directory: &Directory, position: usize) -> bool {
        let Some(filter) = &self.filter else { return true };
        let (Ok(filter), Some(entry)) = (opath::parse(filter), directory.entry(position)) else {
            return false;
        };
        filter.matches(&|property| match property {
            // Only direct members count: a member of a nested group is out of scope (microsoft-facts §4b).
            "MemberOfGroup" => {
                let address = entry.address();
                let holds = |members: &&Vec<String>| members.contains(&address);
                self.members
                    .iter()
                    .filter(|(_, members)| holds(members))
                    .map(|(group, _)| group.clone())
                    .collect()
            }
            _ => recipient_property(directory, position, entry, property),
        })
    }
}

/// The rights that live calls still see while a change has not reached them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StaleRights {
    before: Vec<Right>,
    changed: Timestamp,
    last_refusal: Option<Timestamp>,
}

impl StaleRights {
    /// When live calls see the change: after half an hour of quiet, and after two hours at the latest.
    fn over_at(&self, clock: &Clock) -> Timestamp {
        let quiet_since = self
            .last_refusal
            .map_or(self.changed, |refusal| refusal.max(self.changed));
        after(quiet_since, clock.length(Delay::RoleAssignment))
            .min(after(self.changed, clock.length(Delay::RoleAssignmentAtMost)))
    }
}

/// What decided about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// An Entra app role allows it, for every mailbox of the organisation.
    ByEntraRole,
    /// An Exchange role assignment in force allows it.
    ByExchangeAssignment,
    Refused,
}

/// The rights as Exchange has them configured now; `Test-ServicePrincipalAuthorization` sees these at once.
pub(crate) fn configured(exchange: &ExchangeObjects, principal_id: &str) -> Vec<Right> {
    let assignments = exchange
        .assignments
        .iter()
        .filter(|held| held.app.eq_ignore_ascii_case(principal_id));
    assignments
        .map(|assignment| {
            let scope = assignment.scope.as_ref().map(|name| {
                let found = exchange
                    .scopes
                    .iter()
                    .find(|scope| scope.name.eq_ignore_ascii_case(name));
                // A scope that vanished reaches nobody rather than everybody.
                found.map_or_else(|| "Alias -eq ''".to_owned(), |scope| scope.filter.clone())
            });
            let members = scope
                .as_deref()
                .map(|filter| members_named(exchange, filter))
                .unwrap_or_default();
            Right {
                role: assignment.role.clone(),
                filter: scope,
                members,
            }
        })
        .collect()
}

fn members_named(exchange: &ExchangeObjects, filter: &str) -> BTreeMap<String, Vec<String>> {
    let Ok(filter) = opath::parse(filter) else {
        return BTreeMap::new();
    };
    let group_of = |name: &str| exchange.groups.iter().find(|group| group_is(group, name));
    filter
        .groups()
        .into_iter()
        .filter_map(|name| group_of(name).map(|group| (name.to_owned(), group.members.clone())))
        .collect()
}

fn group_is(group: &Group, name: &str) -> bool {
    [&group.distinguished_name, &group.guid, &group.name]
        .iter()
        .any(|held| held.eq_ignore_ascii_case(name))
}

/// Changes Exchange's objects, and remembers for every app whose rights differ afterwards what live calls
/// still believe.
pub(crate) fn change_exchange<T>(
    objects: &mut Objects,
    clock: &Clock,
    change: impl FnOnce(&mut ExchangeObjects) -> T,
) -> T {
    let mut apps: Vec<String> = objects
        .service_principals
        .iter()
        .map(|principal| principal.id.clone())
        .collect();
    apps.retain(|app| !app.is_empty());
    let before: Vec<Vec<Right>> = apps
        .iter()
        .map(|app| configured(&objects.exchange, app))
        .collect();
    let outcome = change(&mut objects.exchange);
    let now = clock.now();
    for (app, before) in apps.into_iter().zip(before) {
        if configured(&objects.exchange, &app) == before {
            continue;
        }
        // A second change inside the wait restarts it, but live calls go on seeing what was there before the first.
        let pending = objects
            .stale_rights
            .get(&app)
            .filter(|stale| now < stale.over_at(clock))
            .cloned();
        let stale = match pending {
            Some(pending) => StaleRights {
                changed: now,
                ..pending
            },
            None => StaleRights {
                before,
                changed: now,
                last_refusal: None,
            },
        };
        objects.stale_rights.insert(app, stale);
    }
    outcome
}

/// The rights that a live call of an app is judged by: the ones before a change that has not reached it yet.
pub(crate) fn live_rights(objects: &Objects, clock: &Clock, principal_id: &str) -> Vec<Right> {
    let now = clock.now();
    objects
        .stale_rights
        .get(principal_id)
        .filter(|stale| now < stale.over_at(clock))
        .map_or_else(
            || configured(&objects.exchange, principal_id),
            |stale| stale.before.clone(),
        )
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

/// Decides a live call of an app, and keeps a stale refusal alive when it is one.
pub(crate) fn decide_live(
    objects: &mut Objects,
    directory: &Directory,
    clock: &Clock,
    caller: &Caller<'_>,
    position: usize,
    act: Act,
) -> Decision {
    if caller
        .token_roles
        .iter()
        .any(|role| act.entra_roles().contains(role))
    {
        return Decision::ByEntraRole;
    }
    let now = clock.now();
    let configured = configured(&objects.exchange, caller.principal_id);
    let allowed = |rights: &[Right]| {
        rights
            .iter()
            .any(|right| right.allows(act) && right.reaches(directory, position))
    };
    let stale = objects
        .stale_rights
        .get_mut(caller.principal_id)
        .filter(|stale| now < stale.over_at(clock));
    let seen = stale.as_ref().map_or(&configured, |stale| &stale.before);
    if allowed(seen) {
        return Decision::ByExchangeAssignment;
    }
    if let Some(stale) = stale {
        stale.last_refusal = Some(now);
    }
    Decision::Refused
}

/// The application that calls.
#[derive(Debug)]
pub(crate) struct Caller<'a> {
    pub(crate) principal_id: &'a str,
    /// The `roles` claim of the token that came with the call; a later grant needs a new token.
    pub(crate) token_roles: Vec<&'a str>,
}

/// A recipient's filterable property.
pub(crate) fn recipient_property(
    directory: &Directory,
    position: usize,
    entry: &Entry,
    property: &str,
) -> Vec<String> {
    match property {
        "PrimarySmtpAddress" | "UserPrincipalName" => vec![entry.address()],
        "EmailAddresses" => entry.email_addresses(),
        "DisplayName" => vec![entry.display_name.to_string()],
        "Name" | "Alias" => vec![entry.alias.to_string()],
        "RecipientTypeDetails" => entry
            .kind
            .recipient_type_details()
            .map(str::to_owned)
            .into_iter()
            .collect(),
        "RecipientType" => vec![
            if entry.kind.has_mailbox() {
                "UserMailbox"
            } else {
                "MailUser"
            }
            .into(),
        ],
        "Department" => vec![entry.department().into()],
        "CustomAttribute1" => vec![entry.division().into()],
        "Guid" => vec![directory.id(IdKind::Exchange, position)],
        "ExternalDirectoryObjectId" => vec![directory.id(IdKind::Directory, position)],
        "DistinguishedName" => vec![distinguished_name(&entry.alias)],
        "HiddenFromAddressListsEnabled" => vec!["False".into()],
        _ => Vec::new(),
    }
}

/// The distinguished name that Exchange gives an object of this name.
pub(crate) fn distinguished_name(name: &str) -> String {
    format!(
        "CN={name},OU=contoso.onmicrosoft.example,OU=Microsoft Exchange Hosted Organizations,\
         DC=PRACTICE001,DC=PROD,DC=OUTLOOK,DC=EXAMPLE"
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::ClockKind;
    use crate::objects::{ManagementScope, RoleAssignment};

    const MINUTE: u64 = 60;

    /// An organisation with one app "app", the scope "S" and the group "G", and a clock that stands still.
    struct Stage {
        objects: Objects,
        directory: Directory,
        clock: Clock,
    }

    impl Stage {
        fn new() -> Self {
            let mut objects = crate::seed::objects(1, "t");
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
            change_exchange(&mut self.objects, &self.clock, |exchange| {
                let scope = filter.map(|filter| {
                    let scope = ManagementScope {
                        name: name.clone(),
                        filter: filter.into(),
                        guid: String::new(),
                    };
                    exchange.scopes.push(scope);
                    name.clone()
                });
                exchange.assignments.push(RoleAssignment {
                    name: name.clone(),
                    role: role.into(),
                    app: "app".into(),
                    scope,
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
        change_exchange(&mut stage.objects, &stage.clock, |exchange| {
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
        change_exchange(&mut stage.objects, &stage.clock, |exchange| {
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
        change_exchange(&mut stage.objects, &stage.clock, |exchange| {
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
