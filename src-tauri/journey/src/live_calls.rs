//! Live calls with the app's own token, in the way in which the platform reaches mail: through Microsoft Graph, or as a mail
//! program.

use domain::address::Address;
use domain::finding::Why;
use domain::ids::{ClientId, MailboxId, TenantId};
use domain::permission::{Method, Permission};
use domain::secret::Secret;
use microsoft::entra::app_token;
use microsoft::error::Error;
use microsoft::graph::mail::{self, Outcome, Probe};
use microsoft::http::Http;
use microsoft::mail_protocols::{self, Look};

/// A mailbox that is called.
#[derive(Clone, Debug)]
pub(crate) struct Called {
    /// Its object id, by which Graph knows it.
    pub mailbox: MailboxId,
    /// Its address, by which a mail program does.
    pub address: String,
    /// What is tried.
    pub permission: Permission,
}

/// A token of the app's own for what the method calls.
///
/// # Errors
/// As Entra answers.
pub(crate) async fn token(
    http: &Http,
    method: Method,
    tenant: TenantId,
    client: ClientId,
    secret: &Secret,
) -> Result<Secret, Error> {
    match method {
        Method::GraphAppOnly => app_token::graph_token(http, tenant, client, secret).await,
        Method::MailProtocols | Method::SmtpAppOnly => {
            app_token::exchange_token(http, tenant, client, secret).await
        }
    }
}

/// How many are called before it is told how far they are. A mail program signs in anew for each, so there are fewer.
pub(crate) fn at_once(method: Method) -> usize {
    if method == Method::GraphAppOnly {
        mail::AT_ONCE
    } else {
        20
    }
}

/// Calls each, in no order that anything could rest on. The token is one of [`token`] for the same method.
pub(crate) async fn call(http: &Http, method: Method, token: &Secret, called: &[Called]) -> Vec<Probe> {
    match method {
        Method::GraphAppOnly => {
            let asked: Vec<_> = called.iter().map(|one| (one.mailbox, one.permission)).collect();
            mail::probe(http, token, &asked).await
        }
        // One after the other: how many connections at once Exchange takes from one app isn't documented.
        Method::MailProtocols | Method::SmtpAppOnly => {
            let mut probes = Vec::with_capacity(called.len());
            for one in called {
                probes.push(match (one.permission.protocol(), Address::parse(&one.address)) {
                    (Some(protocol), Ok(address)) => {
                        probe(mail_protocols::look(http, protocol, token, &address).await)
                    }
                    _ => unasked(http),
                });
            }
            probes
        }
    }
}

/// What a try of a permission is called.
pub fn named(permission: Permission) -> &'static str {
    match permission.protocol() {
        Some(protocol) => mail_protocols::call(protocol),
        None => mail::call(permission),
    }
}

/// What a look says of access. Exchange refuses a token at once where the app isn't let in anywhere yet, which says
/// nothing of the mailbox.
fn probe(look: Look) -> Probe {
    let outcome = match look.outcome {
        mail_protocols::Outcome::Opened => Outcome::Answered,
        mail_protocols::Outcome::OutOfReach => Outcome::Denied,
        mail_protocols::Outcome::NotAuthenticated => Outcome::Nothing(Why::NotLetIn),
        mail_protocols::Outcome::Nothing(why) => Outcome::Nothing(why),
    };
    Probe {
        outcome,
        at: look.at,
        status: None,
        code: look.said,
        request_id: None,
    }
}

/// A mailbox whose address is none, as a record can have it that somebody edited.
fn unasked(http: &Http) -> Probe {
    Probe {
        outcome: Outcome::Nothing(Why::NotFound),
        at: http.clock().now(),
        status: None,
        code: None,
        request_id: None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn only_a_mailbox_out_of_reach_is_a_refusal() {
        let seen = |outcome| {
            let look = Look {
                outcome,
                at: Timestamp::UNIX_EPOCH,
                said: None,
                failed: None,
            };
            probe(look).outcome
        };
        assert_eq!(seen(mail_protocols::Outcome::Opened), Outcome::Answered);
        assert_eq!(seen(mail_protocols::Outcome::OutOfReach), Outcome::Denied);
        assert_eq!(
            seen(mail_protocols::Outcome::NotAuthenticated),
            Outcome::Nothing(Why::NotLetIn)
        );
        assert_eq!(
            seen(mail_protocols::Outcome::Nothing(Why::NoAnswer)),
            Outcome::Nothing(Why::NoAnswer)
        );
    }
}
