//! What is said of each way in which the app isn't as it was asked for: what is there, and the way out.

use domain::app_role::AppRole;
use domain::credential::CredentialKind;
use domain::finding::Why;
use domain::grant::{EntraGrant, Opens};
use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use engine::basis::{CredentialSeen, Reason, Which};

/// How the name of a directory role begins that a group with the app in it holds or can be given; the group's name
/// follows.
pub const OF_A_GROUP: &str = "of the group ";

/// What a reader is told of a reason. Its title says it in a few words, with the name of what it is about; its text what
/// it means and what to do.
pub fn message(reason: &Reason) -> Message {
    match reason {
        Reason::ScopeGrew { came_in, more } => {
            message!("reasons-scope-grew", mailboxes = several(came_in, *more))
        }
        Reason::ScopeShrank { fell_out } => {
            message!("reasons-scope-shrank", mailboxes = several(fell_out, false))
        }
        // Nobody leaves a group all at once: it goes by where the group stood.
        Reason::GroupChanged {
            came_in,
            fell_out,
            more: false,
        } if came_in.is_empty() && fell_out.len() > 1 => {
            message!("reasons-group-changed-all", went = several(fell_out, false))
        }
        Reason::GroupChanged {
            came_in,
            fell_out,
            more,
        } => message!(
            "reasons-group-changed",
            more = came_in.len() + usize::from(*more),
            came = several(came_in, *more),
            less = fell_out.len(),
            went = several(fell_out, false)
        ),
        Reason::ScopeFilter { filter } => {
            message!("reasons-scope-filter", filter = Arg::theirs(shortened(filter)))
        }
        Reason::ScopeGone => message!("reasons-scope-gone"),
        Reason::ScopeShared { with } => message!(
            "reasons-scope-shared",
            assignment = named(Kind::Assignment, &with.name)
        ),
        Reason::OtherAssignment { assignment } => {
            let (role, name) = (
                Arg::term(&assignment.role),
                named(Kind::Assignment, &assignment.name),
            );
            if assignment.scope.is_empty() {
                message!("reasons-other-assignment", role = role, assignment = name)
            } else {
                message!(
                    "reasons-other-assignment-within",
                    role = role,
                    scope = named(Kind::Scope, &assignment.scope),
                    assignment = name
                )
            }
        }
        Reason::AssignmentMissing { permission } => {
            message!("reasons-assignment-missing", permission = *permission)
        }
        Reason::GrantMissing { permission } => {
            message!("reasons-grant-missing", permission = Arg::term(permission.name()))
        }
        Reason::FullAccessMissing { which } => message!(
            "reasons-full-access-missing",
            mailbox = Arg::name(Kind::Mailbox, &which.address)
        ),
        Reason::Grant { grant } => of_grant(grant),
        Reason::DirectoryRole { role } => match role.name.strip_prefix(OF_A_GROUP) {
            Some(group) if *group == role.id => {
                message!("reasons-role-of-unread-group", group = Arg::id(group))
            }
            Some(group) => message!("reasons-role-of-group", group = Arg::name(Kind::Group, group)),
            None => message!("reasons-directory-role", role = Arg::term(&role.name)),
        },
        Reason::MailboxRight { right } => message!(
            "reasons-mailbox-right",
            right = Arg::term(&right.right),
            mailbox = Arg::name(Kind::Mailbox, &right.address)
        ),
        Reason::SendAs { recipient } => message!(
            "reasons-send-as",
            recipient = Arg::name(Kind::Recipient, recipient)
        ),
        Reason::OtherCredential { credential } => other_credential(credential),
        Reason::CredentialGone => message!("reasons-secret-gone"),
        Reason::Federated { credential } => message!(
            "reasons-federated",
            credential = named(Kind::Credential, &credential.name)
        ),
        Reason::Owner { owner } => message!("reasons-owner", owner = Arg::name(Kind::Person, &owner.name)),
        Reason::Disabled => message!("reasons-disabled"),
        Reason::TagGone => message!("reasons-tag-gone"),
        Reason::Audience { audience } => message!("reasons-audience", audience = Arg::term(audience)),
        Reason::Redirect { address } => message!("reasons-redirect", address = Arg::theirs(address)),
    }
}

/// Why an answer proves nothing, for people.
pub fn why(why: &Why) -> Arg {
    match why {
        Why::AppDisabled => message!("verify-why-app-disabled"),
        Why::SecretGone => message!("verify-why-secret-gone"),
        Why::NotInExchange => message!("verify-why-not-in-exchange"),
        Why::NoMailbox => message!("verify-why-no-mailbox"),
        Why::HoldsNothing => message!("verify-why-holds-nothing"),
        Why::TestSilent => message!("verify-why-test-silent"),
        Why::TestNotRun => message!("verify-why-test-not-run"),
        Why::NotWithinLimit => message!("verify-why-not-within-limit"),
        Why::RefusedAsTested => message!("verify-why-refused-as-tested"),
        Why::NothingAnswered => message!("verify-why-nothing-answered"),
        Why::MessageTaken => message!("verify-why-message-taken"),
        Why::NotAnAnswer => message!("verify-why-not-an-answer"),
        Why::NotFound => message!("verify-why-not-found"),
        Why::TokenRefused => message!("verify-why-token-refused"),
        Why::NotLetIn => message!("verify-why-not-let-in"),
        Why::SwitchedOff => message!("verify-why-switched-off"),
        Why::SlowDown => message!("verify-why-slow-down"),
        Why::Fault => message!("verify-why-fault"),
        Why::Answered { status, code } => message!(
            "verify-why-answered",
            status = Arg::term(status.to_string()),
            code = Arg::term(code)
        ),
        Why::NoAnswer => message!("verify-why-no-answer"),
        Why::Told(text) => return Arg::theirs(text),
    }
    .into()
}

fn other_credential(credential: &CredentialSeen) -> Message {
    let kind = Arg::term(match credential.kind {
        CredentialKind::Secret => "secret",
        CredentialKind::Certificate => "certificate",
    });
    let key = Arg::ends(credential.key);
    if credential.name.is_empty() {
        message!("reasons-unnamed-credential", kind = kind, key = key)
    } else {
        message!(
            "reasons-other-credential",
            kind = kind,
            name = named(Kind::Credential, &credential.name),
            key = key
        )
    }
}

/// What is said of a grant in Entra that is one too many, as of a reason.
pub fn of_grant(grant: &EntraGrant) -> Message {
    let (permission, api) = (Arg::term(&grant.permission), Arg::theirs(&grant.resource));
    match grant.opens {
        Opens::MoreRights => message!("reasons-grant-of-rights", permission = permission, api = api),
        Opens::Unknown => message!("reasons-grant-unknown", permission = permission, api = api),
        _ if AppRole::is_any(grant) => {
            message!("reasons-grant-by-protocol", permission = permission, api = api)
        }
        Opens::Mailboxes | Opens::Nothing => message!("reasons-grant", permission = permission, api = api),
    }
}

/// What something is called that people or Mailgrant itself can have named.
fn named(kind: Kind, name: &str) -> Arg {
    const OURS: &str = "Mailgrant ";
    Arg::name(if name.starts_with(OURS) { Kind::Ours } else { kind }, name)
}

/// A filter for people: its beginning, where it is long.
fn shortened(filter: &str) -> String {
    const ENOUGH: usize = 120;
    match filter.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}\u{2026}", &filter[..end]),
        None => filter.to_owned(),
    }
}

/// "a@x", "a@x and b@x", "a@x, b@x and 12 more".
fn several(which: &[Which], more: bool) -> Arg {
    let name = |one: &Which| {
        let kind = if one.id.is_some() {
            Kind::Mailbox
        } else {
            Kind::Recipient
        };
        Arg::name(kind, &one.address)
    };
    match (which, more) {
        ([], _) => message!("reasons-many-more").into(),
        ([one], false) => name(one),
        ([one, two], false) => Arg::list(Join::And, [name(one), name(two)]),
        ([one, two, rest @ ..], false) => message!(
            "reasons-two-and-more",
            first = Arg::list(Join::Commas, [name(one), name(two)]),
            more = rest.len()
        )
        .into(),
        ([one, rest @ ..], true) => {
            message!("reasons-one-and-more", first = name(one), more = rest.len()).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::MailboxId;
    use engine::basis::Named;

    use super::*;

    #[test]
    fn many_mailboxes_are_counted() {
        let which = |count: usize| -> Vec<Which> {
            (0..count)
                .map(|number| Which {
                    id: Some(MailboxId(uuid::Uuid::nil())),
                    address: format!("m{number}@x.example"),
                })
                .collect()
        };
        let mailbox = |number: usize| Arg::name(Kind::Mailbox, format!("m{number}@x.example"));
        assert_eq!(several(&which(1), false), mailbox(0));
        assert_eq!(
            several(&which(2), false),
            Arg::list(Join::And, [mailbox(0), mailbox(1)])
        );
        let of_more = |told: Arg| match told {
            Arg::Message(message) => message.args().iter().find(|(name, _)| *name == "more").cloned(),
            _ => None,
        };
        assert_eq!(of_more(several(&which(5), false)), Some(("more", Arg::Count(3))));
        assert_eq!(of_more(several(&which(51), true)), Some(("more", Arg::Count(50))));
    }

    /// A group that couldn't be read is called by its id, in whatever language it is said.
    #[test]
    fn a_group_without_a_name_is_said_to_be_unread() {
        let of = |name: &str| {
            let role = Named {
                id: "a1".into(),
                name: format!("{OF_A_GROUP}{name}"),
            };
            message(&Reason::DirectoryRole { role }).id()
        };
        assert_eq!(of("a1"), "reasons-role-of-unread-group");
        assert_eq!(of("Helpdesk"), "reasons-role-of-group");
    }
}
