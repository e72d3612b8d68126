//! Exchange's admin endpoint, `adminapi/beta/{tenant}/InvokeCommand` (microsoft-facts §4d).
//!
//! It is what Microsoft's own PowerShell module speaks to and is not documented for others, so it can be refused or
//! change. A cmdlet is data of [`calls`], so that the same description can be written as a script.

pub mod access_policies;
pub mod census;
pub mod client_access;
pub mod full_access;
pub mod group;
pub mod limit;
pub mod organisation;
pub mod recipients;
pub mod told;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use calls::cmdlet::Cmdlet;
use domain::ids::TenantId;
use domain::secret::Secret;
use reqwest::Method;
use serde_json::{Value, json};

use crate::batch::{self, Parts};
use crate::error::{Error, Refusal, shorten};
use crate::http::{Answer, Body, Call, Http, Repeat, unexpected};
use crate::room::Place;

/// How many pages of one list are read at most.
const MOST_PAGES: usize = 200;
/// How many cmdlets one call holds (microsoft-facts §4d).
const BATCH: usize = 10;

/// A signed-in admin's access to Exchange.
pub struct Exchange<'a> {
    /// The client.
    pub http: &'a Http,
    /// The admin's token for Exchange.
    pub token: &'a Secret,
    /// The organisation.
    pub tenant: TenantId,
    /// The admin's user name, which Exchange routes by.
    pub user_name: &'a str,
}

/// What is sent for a cmdlet. One with an id that isn't known yet is never sent.
fn body(cmdlet: &Cmdlet) -> Result<Value, Error> {
    cmdlet.body().ok_or_else(|| Error::Unreachable {
        call: cmdlet.call(),
        why: "an id in it isn't known yet".into(),
    })
}

impl Exchange<'_> {
    /// Runs a cmdlet and returns its rows, page after page: the same body is posted to the link of the next page
    /// (microsoft-facts §4d). A list of more than 200 pages counts as unexpected.
    pub async fn run(&self, cmdlet: &Cmdlet) -> Result<Vec<Value>, Error> {
        let name = cmdlet.call();
        let headers = self.headers();
        let body = body(cmdlet)?;
        let mut url = self.address(&name, "InvokeCommand")?;
        let mut rows = Vec::new();
        for _ in 0..MOST_PAGES {
            let _place = self.turn().await;
            let call = Call {
                name: &name,
                method: Method::POST,
                url,
                token: Some(self.token),
                headers: &headers,
                body: Body::Json(&body),
                // What is made in Exchange has a name or an identity of its own, and a second one is refused.
                repeat: if cmdlet.changes() {
                    Repeat::Named
                } else {
                    Repeat::Safe
                },
            };
            let answer = self.http.send(&call, refusal).await?;
            let unreadable = || unexpected(&name, answer.status, &answer);
            let page = answer.json().ok_or_else(unreadable)?;
            let values = page
                .get("value")
                .and_then(Value::as_array)
                .ok_or_else(unreadable)?;
            rows.extend(values.iter().cloned());
            let Some(next) = page.get("@odata.nextLink") else {
                return Ok(rows);
            };
            // Where it leads is checked before the token is sent there.
            url = next
                .as_str()
                .and_then(|next| url::Url::parse(next).ok())
                .ok_or_else(unreadable)?;
        }
        Err(Error::Unexpected {
            call: name,
            status: 200,
            why: "the list doesn't end".into(),
            request_id: None,
        })
    }

    /// Runs any number of reading cmdlets, ten in a call and three calls at once: each takes as long as its ten cmdlets, so one
    /// after the other a proof of many mailboxes would take three times as long. How many Exchange takes at once isn't
    /// documented (UNVERIFIED); one that it is told to slow down for is repeated. `done` is told after each call how many
    /// cmdlets are finished.
    pub async fn run_each(
        &self,
        cmdlets: &[Cmdlet],
        done: impl Fn(usize),
    ) -> Result<Parts<Vec<Value>>, Error> {
        let chunks = RefCell::new(cmdlets.chunks(BATCH).enumerate());
        let answers = RefCell::new(BTreeMap::new());
        let finished = Cell::new(0);
        // Each lane takes the next call once its last one is answered, so that none waits for the slowest.
        let lane = async || {
            while !self.http.room().is_full(self.http.clock().now()) {
                let next = chunks.borrow_mut().next();
                let Some((place, chunk)) = next else { break };
                let outcomes = self.run_all(chunk).await?;
                answers.borrow_mut().insert(place, outcomes);
                finished.set(finished.get() + chunk.len());
                done(finished.get());
            }
            Ok::<(), Error>(())
        };
        loop {
            tokio::try_join!(lane(), lane(), lane())?;
            if chunks.borrow().len() == 0 {
                break;
            }
            // Exchange takes no more calls for now, and none is under way any more.
            drop(self.turn().await);
        }
        Ok(answers.into_inner().into_values().flatten().collect())
    }

    /// Waits until Exchange takes another call, where it said that it takes none: a read of thousands of mailboxes would
    /// else be told to slow down, for longer than a call is repeated on its own.
    async fn turn(&self) -> Place {
        let clock = self.http.clock();
        loop {
            match self.http.room().take(clock.now()) {
                Ok(place) => return place,
                Err(pause) => {
                    clock.wait(pause).await;
                    self.http.room().waited();
                }
            }
        }
    }

    /// Runs several reading cmdlets in one call, at most 10, as CIPP does (microsoft-facts §4d). Each has its own
    /// outcome.
    pub async fn run_all(&self, cmdlets: &[Cmdlet]) -> Result<Parts<Vec<Value>>, Error> {
        if cmdlets.iter().any(Cmdlet::changes) {
            return self.run_all_once(cmdlets).await;
        }
        batch::read(self.http.clock(), async || self.run_all_once(cmdlets).await).await
    }

    async fn run_all_once(&self, cmdlets: &[Cmdlet]) -> Result<Parts<Vec<Value>>, Error> {
        let _place = self.turn().await;
        let name = format!(
            "Exchange $batch ({} × {})",
            cmdlets.len(),
            cmdlets.first().map_or("nothing", |cmdlet| cmdlet.name)
        );
        let headers = self.headers();
        let bodies = cmdlets.iter().map(body).collect::<Result<Vec<_>, _>>()?;
        let body = batch::body(bodies.into_iter().map(|body| {
            json!({ "method": "POST", "url": "/InvokeCommand", "headers": { "Content-Type": "application/json" }, "body": body })
        }));
        let repeat = if cmdlets.iter().any(Cmdlet::changes) {
            Repeat::Never
        } else {
            Repeat::Safe
        };
        let call = Call {
            name: &name,
            method: Method::POST,
            url: self.address(&name, "$batch")?,
            token: Some(self.token),
            headers: &headers,
            body: Body::Json(&body),
            repeat,
        };
        let answer = self.http.send(&call, refusal).await?;
        let calls: Vec<String> = cmdlets.iter().map(Cmdlet::call).collect();
        let parts = batch::parts(&name, &answer, calls.iter().map(String::as_str), of_body)?;
        Ok(parts
            .into_iter()
            .zip(&calls)
            .map(|(part, call)| rows(&part?).ok_or_else(|| unexpected(call, answer.status, &answer)))
            .collect())
    }

    fn headers(&self) -> [(&'static str, String); 4] {
        [
            ("accept", "application/json".into()),
            ("prefer", "odata.maxpagesize=1000".into()),
            ("x-anchormailbox", format!("UPN:{}", self.user_name)),
            ("x-responseformat", "json".into()),
        ]
    }

    fn address(&self, call: &str, last: &str) -> Result<url::Url, Error> {
        self.http
            .cloud()
            .exchange
            .join(&format!("{}/{last}", self.tenant))
            .map_err(|error| Error::Unreachable {
                call: call.to_owned(),
                why: error.to_string(),
            })
    }
}

fn rows(body: &Value) -> Option<Vec<Value>> {
    if body.get("@odata.nextLink").is_some() {
        return None;
    }
    body.get("value")?.as_array().cloned()
}

/// Reads Exchange's refusal. An empty 403 means that the cmdlet is not visible to the admin; its reason, if any, is in
/// a header (microsoft-facts §4d).
fn refusal(call: &str, answer: &Answer) -> Option<Refusal> {
    if let Some(refusal) = answer
        .json()
        .and_then(|body| of_body(call, answer.status, &body, answer))
    {
        return Some(refusal);
    }
    matches!(answer.status, 401 | 403).then(|| Refusal {
        call: call.to_owned(),
        status: answer.status,
        message: shorten(answer.diagnostics.as_deref().unwrap_or_default()),
        request_id: answer.request_id.clone(),
        at: answer.at,
        ..Refusal::default()
    })
}

fn of_body(call: &str, status: u16, body: &Value, answer: &Answer) -> Option<Refusal> {
    let error = body.get("error")?;
    let details = error.pointer("/details/0/message").and_then(Value::as_str);
    // `ErrorId|ExceptionType|text`; only the first two bars are separators.
    let mut parts = details.unwrap_or_default().splitn(3, '|');
    let (_, exception, text) = (parts.next(), parts.next(), parts.next());
    let exception = exception
        .and_then(|name| name.rsplit('.').next())
        .map(str::to_owned);
    Some(Refusal {
        call: call.to_owned(),
        status,
        code: exception
            .or_else(|| error.get("code")?.as_str().map(str::to_owned))
            .unwrap_or_default(),
        message: shorten(
            text.or_else(|| error.get("message")?.as_str())
                .unwrap_or_default(),
        ),
        request_id: answer.request_id.clone(),
        at: answer.at,
        sent_before: false,
    })
}

/// A row's text field.
pub(crate) fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}
