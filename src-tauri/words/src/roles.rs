//! What Microsoft calls its roles in the reader's language. Its interfaces know them by their English names.

use domain::message;
use domain::message::Message;

/// What a role is called; none for what is no role that a sentence of ours names.
pub(crate) fn called(term: &str) -> Option<Message> {
    Some(match term {
        "Application Administrator" => message!("roles-application"),
        "Cloud Application Administrator" => message!("roles-cloud-application"),
        "Conditional Access Administrator" => message!("roles-conditional-access"),
        "Exchange Administrator" => message!("roles-exchange"),
        "Global Administrator" => message!("roles-global"),
        "Privileged Role Administrator" => message!("roles-privileged-role"),
        "Security Administrator" => message!("roles-security"),
        "User Administrator" => message!("roles-user"),
        _ => return None,
    })
}
