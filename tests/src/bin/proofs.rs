//! Measures the verification of many mailboxes against the least time that Microsoft's documented limits allow.
//!
//! `cargo xtask bench` runs it on its private desktop. What the limits allow, at the least:
//!
//! - Graph (`concepts/throttling-limits.md`, microsoft-facts §2.12 and §2.13): 20 requests in a batch, 4 at once and 10,000
//!   in ten minutes for each app and mailbox, 130,000 in ten seconds for each app. Two requests for each of 20,000
//!   mailboxes stay below all of them, so no time has to pass.
//! - Exchange's admin endpoint: 10 cmdlets in a call (microsoft-facts §4d). How many calls it takes isn't documented and is
//!   told by its `Rate-Limit-*` headers alone; practice gives 1,000 in five minutes. So `c` calls take `(c - 1) / 1,000` whole
//!   windows of five minutes at the least.
//!
//! 2,000 mailboxes go through the whole product, as a look at the proof's page, against the same reads by hand, in the
//! fewest calls and as many at once. No window is used up by so many, so nothing may be waited for, and the time on this machine is
//! told beside it. 20,000
//! are more than one filter holds, so they are verified by what the proof calls, and what is compared is the organisation's
//! clock, which is moved in place of waiting.

#![allow(clippy::print_stdout, reason = "what it measures is its output")]

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use journeys::Outcome;
use journeys::bench::Bench;
use journeys::colleague::Colleague;
use journeys::many::Many;
use journeys::organisation::{Organisation, client_that_trusts};
use practice::{ClockKind, Options, Scenario, Throttling};
use reqwest::Client;
use rpc::request::Request;
use serde_json::{Value, json};
use tokio::task::JoinSet;

const RATIO_AT_MOST: f64 = 1.2;
/// Through the whole product.
const MAILBOXES: usize = 2_000;
/// By what the proof calls.
const MANY: usize = 20_000;
const ROUNDS: usize = 3;
/// A page with so many mailboxes may take so long.
const PATIENCE: Duration = Duration::from_secs(600);
/// What practice's headers tell: calls to Exchange, and in how many seconds.
const WINDOW: (usize, u64) = (1_000, 300);
/// As the product does it.
const EXCHANGE_AT_ONCE: usize = 3;
const GRAPH_AT_ONCE: usize = 4;

#[tokio::main]
async fn main() -> ExitCode {
    let thousands = through_the_product().await;
    let many = by_the_clock().await;
    match (thousands, many) {
        (Ok(true), Ok(true)) => ExitCode::SUCCESS,
        (thousands, many) => {
            for why in [thousands.err(), many.err()].into_iter().flatten() {
                println!("proofs: {why}");
            }
            ExitCode::FAILURE
        }
    }
}

fn verdict(kept: bool) -> &'static str {
    if kept { "PASS" } else { "FAIL" }
}

fn organisation(mailboxes: usize) -> Outcome<Options> {
    let start = "2026-11-22T10:30:00Z";
    let start = start.parse().map_err(|error| format!("the start: {error}"))?;
    Ok(Options {
        clock: ClockKind::Explicit { start },
        mailboxes,
        ..Options::default()
    })
}

/// 2,000 mailboxes, by the product and by hand in turns.
async fn through_the_product() -> Outcome<bool> {
    if std::env::var_os("MAILGRANT_PRIVATE_KEYCHAIN").is_none() {
        return Err("it writes to the keychain, so it runs on a private desktop: `cargo xtask bench`".into());
    }
    let mut bench = Bench::in_organisation("bench proofs", organisation(2 * MAILBOXES)?).await;
    let (addresses, ids) = people(&bench.colleague().await).await?;
    bench.session().by_plan = true;
    bench.session().patience = PATIENCE;
    bench
        .session()
        .go_on(None, &addresses.join("\n"), "ceo@contoso.example")
        .await?;
    let bundle = bench.bundle();
    bench.handle.set_scenario(Scenario {
        throttling: Throttling::Documented,
        ..Scenario::default()
    });
    let hand = Hand::of(&bench, &bundle)?;
    let (mut ours, mut least, mut slowed, mut waited) = (Vec::new(), Vec::new(), 0, Duration::ZERO);
    for _ in 0..ROUNDS {
        // A new window for each.
        bench.wait(600);
        bench.checked_now().await;
        bench.wait(600);
        bench.go_to("verify").await;
        let (before, told, begun) = (bench.now(), bench.handle.slowed_down(), Instant::now());
        let view = bench.press(Request::Check).await;
        ours.push(begun.elapsed());
        waited += bench.now().duration_since(before).unsigned_abs();
        slowed += bench.handle.slowed_down() - told;
        if view.page.key != "verify" || bench.session().view().page.actions.is_empty() {
            return Err(format!("the proof failed: {:?}", view.page.heading));
        }
        bench.wait(600);
        let colleague = Colleague::of(&bench.handle).await?;
        let token = bench.token(&bundle).await;
        let begun = Instant::now();
        hand.verify(colleague.tokens().1, &token, &ids).await?;
        least.push(begun.elapsed());
        forget_views(&mut bench);
    }
    let ratio = median(&mut ours).as_secs_f64() / median(&mut least).as_secs_f64();
    // The limits ask for no time at all, so nothing may be waited for; the time of the calls isn't bounded here.
    let kept = slowed == 0 && waited == Duration::ZERO;
    println!(
        "verification of {MAILBOXES} mailboxes by the product: {} ms, by hand: {} ms (medians of {ROUNDS})",
        median(&mut ours).as_millis(),
        median(&mut least).as_millis()
    );
    println!(
        "verification of {MAILBOXES} mailboxes: told to slow down: {slowed}, waited: {} s (the limits ask for 0) {}; time of the calls against by hand: {ratio:.2}",
        waited.as_secs(),
        verdict(kept)
    );
    bench.end().await;
    Ok(kept)
}

/// What was shown before isn't looked at here, and each view holds every row.
fn forget_views(bench: &mut Bench) {
    if let Ok(mut shown) = bench.session().shown.lock() {
        shown.clear();
    }
}

/// The first mailboxes of people: their addresses and object ids.
async fn people(colleague: &Colleague) -> Outcome<(Vec<String>, Vec<String>)> {
    let filter = "RecipientTypeDetails -eq 'UserMailbox'";
    let (mut addresses, mut ids) = (Vec::new(), Vec::new());
    // One page holds a thousand; an id begins with one of sixteen digits.
    for digit in "0123456789abcdef".chars() {
        let one = format!("{filter} -and ExternalDirectoryObjectId -like '{digit}*'");
        let rows = colleague
            .run("Get-Mailbox", json!({ "Filter": one, "ResultSize": 1000 }))
            .await?;
        for row in rows {
            let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let address = field("PrimarySmtpAddress");
            if !address.starts_with("ceo@") && addresses.len() < MAILBOXES {
                addresses.push(address);
                ids.push(field("ExternalDirectoryObjectId"));
            }
        }
    }
    match addresses.len() {
        MAILBOXES => Ok((addresses, ids)),
        few => Err(format!("there are only {few} mailboxes")),
    }
}

/// 20,000 mailboxes by what the proof calls.
async fn by_the_clock() -> Outcome<bool> {
    let handle = practice::start(organisation(MANY + MANY / 4)?)
        .await
        .map_err(|error| error.to_string())?;
    let many = Many::begin(Arc::new(handle), MANY).await?;
    let begun = Instant::now();
    let took = many.verify().await?;
    let taken = begun.elapsed();
    // What the app is and has, two lists for each forty mailboxes, the scope's list in pages of a thousand with fifty
    // beyond, two cmdlets for each mailbox.
    let calls =
        (5 + 2 * MANY.div_ceil(40)).div_ceil(10) + (MANY + 50).div_ceil(1_000) + (2 * MANY).div_ceil(10);
    let windows = u64::try_from((calls - 1) / WINDOW.0).unwrap_or_default();
    let least = windows * WINDOW.1;
    let ratio = took.waited.as_secs_f64() / least as f64;
    let kept = ratio <= RATIO_AT_MOST && took.slowed == 0 && took.proven == MANY;
    println!(
        "verification of {MANY} mailboxes: {} calls to Exchange (at the least {calls}), {} to Graph (at the least {}), {} proven, {:.1} s of calls on this machine",
        took.exchange,
        took.graph,
        (2 * MANY).div_ceil(20),
        took.proven,
        taken.as_secs_f64()
    );
    println!(
        "verification of {MANY} mailboxes by the moved clock: {} s of the {least} s that the limits ask for: {ratio:.2} (at most {RATIO_AT_MOST}), told to slow down: {} {}",
        took.waited.as_secs(),
        took.slowed,
        verdict(kept)
    );
    Ok(kept)
}

/// Somebody who makes the same calls without a product around them.
struct Hand {
    client: Client,
    origin: String,
    tenant: String,
    principal: String,
    scope: Value,
}

impl Hand {
    fn of(bench: &Bench, bundle: &Value) -> Outcome<Self> {
        let organisation = Organisation::from(&*bench.handle);
        let snapshot = bench.handle.snapshot();
        let entry = snapshot.service_principals.iter().find(|entry| !entry.foreign);
        let scope = snapshot.exchange.scopes.iter().find(|scope| !scope.foreign);
        let (Some(entry), Some(scope)) = (entry, scope) else {
            return Err(format!("no limit was made: {}", bundle["app"]["name"]));
        };
        Ok(Self {
            client: client_that_trusts(Some(&organisation.root))?,
            origin: organisation.origin,
            tenant: organisation.tenant,
            principal: entry.id.clone(),
            scope: json!(scope.name),
        })
    }

    /// The reads of a proof: what the app is and has in Exchange, what the mailboxes are, what the scope matches, what
    /// Microsoft's own test says and who was given rights, and two probes for each mailbox.
    async fn verify(&self, admin: &str, app: &str, ids: &[String]) -> Outcome {
        let mut cmdlets = vec![
            cmdlet("Get-ServicePrincipal", json!({ "Identity": self.principal })),
            cmdlet("Get-ManagementScope", json!({ "Identity": self.scope })),
            cmdlet(
                "Get-ManagementRoleAssignment",
                json!({ "RoleAssignee": self.principal }),
            ),
            cmdlet(
                "Get-ManagementRoleAssignment",
                json!({ "CustomRecipientWriteScope": self.scope }),
            ),
            cmdlet(
                "Get-RecipientPermission",
                json!({ "Trustee": self.principal, "ResultSize": "Unlimited" }),
            ),
        ];
        for chunk in ids.chunks(40) {
            for name in ["Get-Recipient", "Get-Mailbox"] {
                cmdlets.push(cmdlet(
                    name,
                    json!({ "Filter": by_id(chunk), "ResultSize": "Unlimited" }),
                ));
            }
        }
        let read = self
            .exchange(admin, cmdlets.chunks(10).map(batch).collect(), "$batch")
            .await?;
        let filter = read
            .first()
            .and_then(|first| {
                first["responses"]
                    .as_array()?
                    .iter()
                    .find(|part| part["id"] == "1")
            })
            .and_then(|part| part["body"]["value"][0]["RecipientFilter"].as_str())
            .ok_or("the scope has no filter")?;
        let mut list = json!({ "CmdletInput": { "CmdletName": "Get-Recipient", "Parameters":
            { "RecipientPreviewFilter": filter, "ResultSize": ids.len() + 50 } } });
        let mut path = "InvokeCommand".to_owned();
        let mut listed = 0;
        loop {
            let page = self.exchange(admin, vec![list.take()], &path).await?;
            let page = page.first().ok_or("no page")?;
            listed += page["value"].as_array().map_or(0, Vec::len);
            let Some(next) = page["@odata.nextLink"].as_str() else {
                break;
            };
            let query = next.split_once('?').map(|(_, query)| query).unwrap_or_default();
            path = format!("InvokeCommand?{query}");
            list = json!({ "CmdletInput": { "CmdletName": "Get-Recipient", "Parameters":
                { "RecipientPreviewFilter": filter, "ResultSize": ids.len() + 50 } } });
        }
        let tests: Vec<Value> = ids
            .iter()
            .flat_map(|id| {
                [
                    cmdlet(
                        "Test-ServicePrincipalAuthorization",
                        json!({ "Identity": self.principal, "Resource": id }),
                    ),
                    cmdlet(
                        "Get-MailboxPermission",
                        json!({ "Identity": id, "User": self.principal }),
                    ),
                ]
            })
            .collect();
        self.exchange(admin, tests.chunks(10).map(batch).collect(), "$batch")
            .await?;
        let probes: Vec<Value> = ids
            .iter()
            .flat_map(|id| {
                [
                    json!({ "method": "GET", "url": format!("/users/{id}/mailFolders/inbox?$select=id") }),
                    json!({ "method": "POST", "url": format!("/users/{id}/sendMail"),
                        "headers": { "Content-Type": "application/json" },
                        "body": { "message": { "subject": "by hand", "body": { "contentType": "Text", "content": "" },
                            "toRecipients": [] }, "saveToSentItems": false } }),
                ]
            })
            .collect();
        let address = format!("{}/v1.0/$batch", self.origin);
        let bodies = probes.chunks(20).map(batch).collect();
        let answers = self.send(app, &address, bodies, GRAPH_AT_ONCE).await?;
        let answered = answers
            .iter()
            .filter_map(|answer| answer["responses"].as_array())
            .flatten()
            .filter(|part| part["status"] == 200 || part["status"] == 400);
        match (listed, answered.count()) {
            (all, both) if all == ids.len() && both == 2 * ids.len() => Ok(()),
            (all, both) => Err(format!(
                "by hand {all} are in the scope and {both} probes were answered"
            )),
        }
    }

    async fn exchange(&self, token: &str, bodies: Vec<Value>, path: &str) -> Outcome<Vec<Value>> {
        let address = format!("{}/adminapi/beta/{}/{path}", self.origin, self.tenant);
        self.send(token, &address, bodies, EXCHANGE_AT_ONCE).await
    }

    /// Sends so many at once, and gives the answers in the order of what was sent.
    async fn send(
        &self,
        token: &str,
        address: &str,
        bodies: Vec<Value>,
        at_once: usize,
    ) -> Outcome<Vec<Value>> {
        let mut answers = Vec::with_capacity(bodies.len());
        let mut bodies = bodies.into_iter().enumerate();
        let mut under_way = JoinSet::new();
        loop {
            while under_way.len() < at_once
                && let Some((number, body)) = bodies.next()
            {
                let asked = self.client.post(address).bearer_auth(token);
                let asked = asked
                    .header("x-anchormailbox", "UPN:dana.reyes@contoso.example")
                    .header("prefer", "odata.maxpagesize=1000")
                    .json(&body);
                under_way.spawn(async move {
                    let answer = asked.send().await.and_then(reqwest::Response::error_for_status)?;
                    Ok::<_, reqwest::Error>((number, answer.json::<Value>().await?))
                });
            }
            let Some(answer) = under_way.join_next().await else {
                break;
            };
            answers.push(
                answer
                    .map_err(|error| error.to_string())?
                    .map_err(|error| error.to_string())?,
            );
        }
        answers.sort_by_key(|(number, _)| *number);
        Ok(answers.into_iter().map(|(_, answer)| answer).collect())
    }
}

fn cmdlet(name: &str, parameters: Value) -> Value {
    json!({ "method": "POST", "url": "/InvokeCommand", "headers": { "Content-Type": "application/json" },
        "body": { "CmdletInput": { "CmdletName": name, "Parameters": parameters } } })
}

fn batch(parts: &[Value]) -> Value {
    let numbered = parts.iter().enumerate().map(|(number, part)| {
        let mut part = part.clone();
        part["id"] = number.to_string().into();
        part
    });
    json!({ "requests": numbered.collect::<Vec<_>>() })
}

fn by_id(ids: &[String]) -> String {
    let each: Vec<String> = ids
        .iter()
        .map(|id| format!("ExternalDirectoryObjectId -eq '{id}'"))
        .collect();
    each.join(" -or ")
}

fn median(all: &mut [Duration]) -> Duration {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}
