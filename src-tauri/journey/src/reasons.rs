//! The words for each way in which the app isn't as it was asked for: what is there, and the way out.

use domain::grant::{EntraGrant, Opens};
use engine::basis::{CredentialKind, Reason, Which};

/// What a reader is told of one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In a few words, with the name of what it is about.
    pub title: String,
    /// What it means and what to do, in at most three sentences.
    pub text: String,
}

/// How the name of a directory role begins that a group with the app in it holds or can be given; the group's name
/// follows.
pub const OF_A_GROUP: &str = "of the group ";

/// The words for a reason.
pub fn words(reason: &Reason) -> Told {
    let (title, text) = match reason {
        Reason::ScopeGrew { came_in, more } => (
            format!("Too broad: the limit also holds {}", several(came_in, *more)),
            "Somebody changed the limit in Exchange after it was set, or something new matches it. Go to the limit and set it again; it then holds the chosen mailboxes only.".to_owned(),
        ),
        Reason::ScopeShrank { fell_out } => (
            format!("The limit no longer holds {}", several(fell_out, false)),
            "Somebody changed the limit in Exchange, or the mailbox was deleted. Set the limit again, or take the mailbox off the list.".to_owned(),
        ),
        Reason::ScopeFilter { filter } => (
            "The limit goes by a rule, and others can come under it".to_owned(),
            format!("Somebody changed the scope in Exchange to \"{}\". It matches the chosen mailboxes today and can match more tomorrow. Set the limit again; it then names the mailboxes one by one.", shortened(filter)),
        ),
        Reason::ScopeGone => (
            "The limit is gone from Exchange".to_owned(),
            "Somebody removed the scope that held the chosen mailboxes. Go to the limit and set it again.".to_owned(),
        ),
        Reason::ScopeShared { with } => (
            format!("Another app uses this limit: {}", with.name),
            "Somebody gave another app a role within the same scope. Mailgrant doesn't change what isn't its own; have that role assignment moved to a scope of its own in Exchange.".to_owned(),
        ),
        Reason::OtherAssignment { assignment } => {
            let reach = if assignment.scope.is_empty() {
                "for every mailbox".to_owned()
            } else {
                format!("within {}", assignment.scope)
            };
            (
                format!("Too broad: Exchange also gives the app {} {reach}", assignment.role),
                format!("Roles add up, so the limit can't narrow this one. Somebody assigned it outside this wizard; have the role assignment \"{}\" removed in Exchange.", assignment.name),
            )
        }
        Reason::AssignmentMissing { permission } => (
            format!("Exchange doesn't give the app {} any more", permission.name()),
            "Somebody removed the role, or the platform's needs changed since the limit was set. Go to the limit and set it again.".to_owned(),
        ),
        Reason::Grant { grant } => grant_words(grant),
        Reason::DirectoryRole { role } => (
            format!("Too broad: the app holds the role {}", role.name),
            if role.name.starts_with(OF_A_GROUP) {
                "Directory roles can be given to this group, and are then the app's too, past any limit. Have a Privileged Role Administrator take the app out of it in Entra, under Groups.".to_owned()
            } else {
                "A directory role can open mailboxes past any limit. Have a Privileged Role Administrator remove it from the app in Entra, under Roles and administrators.".to_owned()
            },
        ),
        Reason::MailboxRight { right } => (
            format!("Too broad: the app has {} on {}", right.right, right.address),
            "A mailbox permission isn't held by the limit and opens the mailbox by other ways, such as IMAP. Have it removed in Exchange, under the mailbox's delegation.".to_owned(),
        ),
        Reason::SendAs { recipient } => (
            format!("Too broad: the app may send as {recipient}"),
            "A right to send isn't held by the limit and works by other ways, such as SMTP. Have it removed in Exchange, under the recipient's delegation.".to_owned(),
        ),
        Reason::OtherCredential { credential } => {
            let kind = match credential.kind {
                CredentialKind::Secret => "secret",
                CredentialKind::Certificate => "certificate",
            };
            let name = if credential.name.is_empty() {
                format!("without a name, key {}", credential.key.ends())
            } else {
                format!("\"{}\", key {}", credential.name, credential.key.ends())
            };
            (
                format!("The app has another {kind}: {name}"),
                "Whoever has it can use the app as the platform does. Find out who made it; if nobody needs it, remove it in Entra under Certificates and secrets.".to_owned(),
            )
        }
        Reason::CredentialGone => (
            "The app's secret is gone from Entra".to_owned(),
            "Somebody removed it, so the platform can't sign in with it any more. Go to the secret, remove what is left of it and make another.".to_owned(),
        ),
        Reason::Federated { credential } => (
            format!("Another service can sign in as the app: {}", credential.name),
            "A federated credential lets it in without a secret. If nobody needs it, remove it in Entra under Certificates and secrets.".to_owned(),
        ),
        Reason::Owner { owner } => (
            format!("{} owns the app", owner.name),
            "An owner can make credentials for the app. Remove the owner in Entra if nobody needs this, or say that you know about it.".to_owned(),
        ),
        Reason::Disabled => (
            "The app is switched off".to_owned(),
            "Somebody disabled sign-in for it in Entra, under Enterprise applications. Switch it on there, then look again.".to_owned(),
        ),
        Reason::TagGone => (
            "The app no longer carries this connection's tag".to_owned(),
            "Somebody changed the app's tags, so Mailgrant can't tell any more that it is its own. Put the tag back in Entra, or begin a new connection.".to_owned(),
        ),
        Reason::Audience { audience } => (
            "The app takes sign-ins of other organisations".to_owned(),
            format!("Somebody set its supported account types to {audience}. Set them to this organisation's directory only in Entra, under Authentication."),
        ),
        Reason::Redirect { address } => (
            format!("The app sends sign-ins to {address}"),
            "Somebody added a redirect address, which this app doesn't need. Remove it in Entra under Authentication.".to_owned(),
        ),
    };
    Told { title, text }
}

/// The words for a grant in Entra that is one too many.
pub fn grant_words(grant: &EntraGrant) -> (String, String) {
    let (permission, resource) = (&grant.permission, &grant.resource);
    match grant.opens {
        Opens::MoreRights => (
            format!("Too broad: {permission} on {resource}"),
            "It opens no mailbox by itself, and lets the app give itself or others the right to. Remove it, then look again.".to_owned(),
        ),
        Opens::Unknown => (
            format!("Too broad, as far as can be told: {permission} on {resource}"),
            "Mailgrant can't tell what this permission opens, so it counts as one that opens every mailbox. Remove it, or look again.".to_owned(),
        ),
        Opens::Mailboxes | Opens::Nothing => (
            format!("Too broad: {permission} on {resource}"),
            "A grant in Entra reaches every mailbox, and the limit in Exchange can't narrow it. Remove it, then look again.".to_owned(),
        ),
    }
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
fn several(which: &[Which], more: bool) -> String {
    let names: Vec<&str> = which.iter().map(|one| one.address.as_str()).collect();
    match (names.as_slice(), more) {
        ([], _) => "many more mailboxes".to_owned(),
        ([one], false) => (*one).to_owned(),
        ([one, two], false) => format!("{one} and {two}"),
        ([one, two, rest @ ..], false) => format!("{one}, {two} and {} more", rest.len()),
        ([one, rest @ ..], true) => format!("{one} and more than {} others", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_mailboxes_are_counted() {
        let which = |count: usize| -> Vec<Which> {
            (0..count)
                .map(|number| Which {
                    id: None,
                    address: format!("m{number}@x.example"),
                })
                .collect()
        };
        assert_eq!(several(&which(1), false), "m0@x.example");
        assert_eq!(several(&which(2), false), "m0@x.example and m1@x.example");
        assert_eq!(several(&which(5), false), "m0@x.example, m1@x.example and 3 more");
        assert_eq!(several(&which(51), true), "m0@x.example and more than 50 others");
    }
}
