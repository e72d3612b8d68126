//! Probes with the app's own token: what a mailbox answers, without touching any mail (microsoft-facts §9).

use domain::ids::MailboxId;
use domain::permission::Permission;
use domain::secret::Secret;
use jiff::Timestamp;
use serde_json::json;

use super::{GraphCall, send};
use crate::error::Error;
use crate::http::Http;

/// What a probe came back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// What that means.
    pub outcome: Outcome,
    /// When.
    pub at: Timestamp,
    /// HTTP status.
    pub status: Option<u16>,
    /// Microsoft's code.
    pub code: Option<String>,
    /// Request id.
    pub request_id: Option<String>,
}

/// What an answer means for access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The app may.
    Answered,
    /// The app may not: 403 `ErrorAccessDenied`.
    Denied,
    /// Neither: a missing mailbox, a refused token, a fault. It is never counted as a denial.
    Nothing(String),
}

/// Tries one permission on one mailbox.
pub async fn probe(http: &Http, token: &Secret, mailbox: MailboxId, permission: Permission) -> Probe {
    match permission {
        // Reading the inbox's properties shows that the app reaches the mailbox. That it may also write is what
        // Exchange's test cmdlet says: a harmless live probe for writing is UNVERIFIED (microsoft-facts §9).
        Permission::MailRead | Permission::MailReadWrite => {
            let path = format!("users/{}/mailFolders/inbox?$select=id", mailbox);
            let answer = send(
                http,
                token,
                GraphCall::get("GET /users/{mailbox}/mailFolders/inbox", path),
            )
            .await;
            judge(
                http,
                answer.map(|answer| (answer.status, answer.request_id)),
                false,
            )
        }
        Permission::MailSend => {
            let call = GraphCall::post(
                "POST /users/{mailbox}/sendMail (no recipient)",
                format!("users/{}/sendMail", mailbox),
                send_probe(),
            );
            let answer = send(http, token, call).await;
            judge(
                http,
                answer.map(|answer| (answer.status, answer.request_id)),
                true,
            )
        }
    }
}

/// A message to nobody: an app that may send is told that there is no recipient, one that may not is refused first.
///
/// UNVERIFIED: rests on one implementation, and another source denies it (microsoft-facts §9, §11.6). It is therefore
/// never the only proof: the test cmdlet's answer stands beside it.
fn send_probe() -> serde_json::Value {
    json!({
        "message": { "subject": "Mailgrant probe", "body": { "contentType": "Text", "content": "" }, "toRecipients": [] },
        "saveToSentItems": false,
    })
}

fn judge(http: &Http, answer: Result<(u16, Option<String>), Error>, to_nobody: bool) -> Probe {
    match answer {
        Ok((status, request_id)) => {
            // Microsoft took a message to nobody, which the probe does not expect: no proof either way.
            let outcome = if to_nobody {
                Outcome::Nothing("Microsoft took a message without a recipient".into())
            } else {
                Outcome::Answered
            };
            Probe {
                outcome,
                at: http.clock().now(),
                status: Some(status),
                code: None,
                request_id,
            }
        }
        Err(error) => {
            let evidence = error.evidence();
            let outcome = match error.refusal() {
                Some(refusal) if refusal.status == 403 && refusal.code == "ErrorAccessDenied" => {
                    Outcome::Denied
                }
                Some(refusal)
                    if to_nobody && refusal.status == 400 && refusal.code == "ErrorInvalidRecipients" =>
                {
                    Outcome::Answered
                }
                Some(refusal) if refusal.status == 404 => {
                    Outcome::Nothing("Microsoft found no mailbox in Exchange Online for this object".into())
                }
                Some(refusal) if refusal.status == 401 => {
                    Outcome::Nothing("Microsoft didn't take the app's token".into())
                }
                Some(refusal) if refusal.status == 429 => {
                    Outcome::Nothing("Microsoft asked to slow down".into())
                }
                Some(refusal) if refusal.status >= 500 => Outcome::Nothing("Microsoft had a fault".into()),
                Some(refusal) => {
                    Outcome::Nothing(format!("Microsoft answered {} {}", refusal.status, refusal.code))
                }
                None => Outcome::Nothing("Microsoft gave no usable answer".into()),
            };
            Probe {
                outcome,
                at: http.clock().now(),
                status: evidence.status,
                code: evidence.code,
                request_id: evidence.request_id,
            }
        }
    }
}
