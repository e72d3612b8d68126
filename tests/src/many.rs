//! An app that may use many mailboxes, and its verification by what the proof itself calls: for more mailboxes than one
//! filter of a scope holds, so that the app's scope names them by their kind.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use calls::cmdlet::Cmdlet;
use domain::ids::{MailboxId, ServicePrincipalId, TenantId};
use domain::permission::Permission;
use domain::secret::Secret;
use domain::trace::{Point, Trace};
use jiff::{SignedDuration, Timestamp};
use microsoft::clock::Clock;
use microsoft::exchange::{Exchange, limit};
use microsoft::graph::mail::{self, Outcome as Seen};
use microsoft::http::Http;
use practice::{Handle, Scenario, Throttling};
use reqwest::Method;
use serde_json::{Value, json};

use crate::Outcome;
use crate::colleague::{Colleague, text};
use crate::organisation::Organisation;

const SCOPE: &str = "Many mailboxes";
const FILTER: &str = "RecipientTypeDetails -eq 'UserMailbox'";
/// What the app may do with each mailbox.
pub const PERMISSIONS: [Permission; 2] = [Permission::MailReadWrite, Permission::MailSend];
/// Longer than Microsoft takes to apply a limit.
const APPLIED: Duration = Duration::from_secs(3 * 60 * 60);

/// The app and who looks.
pub struct Many {
    handle: Arc<Handle>,
    http: Http,
    tenant: TenantId,
    exchange: Secret,
    app: Secret,
    principal: ServicePrincipalId,
    mailboxes: Vec<MailboxId>,
    waited: Arc<Mutex<Duration>>,
    sent: Arc<Mutex<Vec<String>>>,
}

/// What a verification took.
#[derive(Clone, Debug)]
pub struct Took {
    /// How many calls to Exchange.
    pub exchange: usize,
    /// How many calls to Graph.
    pub graph: usize,
    /// How many requests were told to slow down.
    pub slowed: u64,
    /// How long was waited, by the clock that is moved in place of waiting.
    pub waited: Duration,
    /// How many mailboxes answered each permission and are within the scope.
    pub proven: usize,
}

impl Many {
    /// Makes the app, on an explicit clock, and keeps Microsoft's limits from then on. It takes the first so many mailboxes
    /// of people.
    ///
    /// # Errors
    /// What Microsoft answers.
    pub async fn begin(handle: Arc<Handle>, how_many: usize) -> Outcome<Self> {
        let colleague = Colleague::of(&handle).await?;
        let (principal, client, secret) = make(&colleague, &handle).await?;
        handle.advance(APPLIED);
        let organisation = Organisation::from(&*handle);
        let (waited, sent): (Arc<Mutex<Duration>>, Arc<Mutex<Vec<String>>>) = Default::default();
        let clock = clock(organisation.now().await?, &handle, &waited);
        let noted = Arc::clone(&sent);
        let trace = Trace::to(move |point| {
            if let (Point::Sending(call), Ok(mut sent)) = (point, noted.lock()) {
                sent.push(call);
            }
        });
        let http = Http::new(organisation.cloud()?, clock, trace).map_err(|error| format!("{error:?}"))?;
        let tenant = organisation.tenant.parse().map_err(|error| format!("{error}"))?;
        // The first tokens are too old by now.
        let colleague = Colleague::of(&handle).await?;
        let app = colleague
            .token(&client, &secret, "https://graph.microsoft.com/.default")
            .await?;
        let mut many = Self {
            handle,
            http,
            tenant,
            exchange: Secret::new(colleague.tokens().1.to_owned()),
            app: Secret::new(app),
            principal: principal.parse().map_err(|error| format!("{error}"))?,
            mailboxes: Vec::new(),
            waited,
            sent,
        };
        let most = i64::try_from(how_many).map_err(|error| error.to_string())?;
        let listed = Cmdlet::new("Get-Mailbox")
            .with("Filter", FILTER)
            .with("ResultSize", most);
        let rows = many
            .admin()
            .run(&listed)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let id = |row: &Value| text(Some(row), "ExternalDirectoryObjectId")?.parse().ok();
        many.mailboxes = rows.iter().filter_map(id).collect();
        if many.mailboxes.len() != how_many {
            return Err(format!("there are only {} mailboxes", many.mailboxes.len()));
        }
        many.handle.set_scenario(Scenario {
            throttling: Throttling::Documented,
            ..Scenario::default()
        });
        Ok(many)
    }

    fn admin(&self) -> Exchange<'_> {
        Exchange {
            http: &self.http,
            token: &self.exchange,
            tenant: self.tenant,
            user_name: "dana.reyes@contoso.example",
        }
    }

    /// Reads what a proof reads of the mailboxes, and calls each with the app's own token.
    ///
    /// # Errors
    /// What Microsoft answers.
    pub async fn verify(&self) -> Outcome<Took> {
        let (exchange, mailboxes) = (self.admin(), &self.mailboxes);
        let told = |error: microsoft::error::Error| format!("{error:?}");
        let slowed = self.handle.slowed_down();
        self.forget();
        let (seen, standing, _) = limit::seen_with(&exchange, self.principal, SCOPE, mailboxes, &[])
            .await
            .map_err(told)?;
        let (_, tested) = limit::test(
            &exchange,
            self.principal,
            &seen,
            mailboxes.len(),
            mailboxes,
            |_| {},
        )
        .await
        .map_err(told)?;
        let each = mailboxes.iter();
        let asked: Vec<_> = each
            .flat_map(|mailbox| PERMISSIONS.map(|permission| (*mailbox, permission)))
            .collect();
        let probes = mail::probe(&self.http, &self.app, &asked).await;
        let in_scope = |tested: &limit::Tested| {
            let roles = tested.roles.as_ref();
            roles.is_ok_and(|roles| roles.len() == 2 && roles.iter().all(|role| role.in_scope == Some(true)))
        };
        let proven = mailboxes
            .iter()
            .zip(&tested)
            .zip(probes.chunks(PERMISSIONS.len()))
            .filter(|((mailbox, tested), probes)| {
                standing.get(mailbox).is_some_and(|standing| standing.mailbox)
                    && in_scope(tested)
                    && probes.iter().all(|probe| probe.outcome == Seen::Answered)
            });
        let proven = proven.count();
        let sent = self.sent.lock().map_err(|error| error.to_string())?;
        let exchange = sent.iter().filter(|call| call.starts_with("Exchange")).count();
        Ok(Took {
            exchange,
            graph: sent.len() - exchange,
            slowed: self.handle.slowed_down() - slowed,
            waited: self.waited.lock().map(|waited| *waited).unwrap_or_default(),
            proven,
        })
    }

    /// Uses up so many of the calls that Exchange takes before it says to slow down.
    ///
    /// # Errors
    /// What Microsoft answers.
    pub async fn use_up(&self, calls: usize) -> Outcome {
        let one = Cmdlet::new("Get-OrganizationConfig");
        for _ in 0..calls {
            self.admin()
                .run(&one)
                .await
                .map_err(|error| format!("{error:?}"))?;
        }
        Ok(())
    }

    fn forget(&self) {
        if let (Ok(mut sent), Ok(mut waited)) = (self.sent.lock(), self.waited.lock()) {
            sent.clear();
            *waited = Duration::ZERO;
        }
    }
}

/// The app with a secret and a scope: the id of its service principal, its client id, its secret.
async fn make(colleague: &Colleague, handle: &Handle) -> Outcome<(String, String, String)> {
    let app = colleague
        .graph(
            Method::POST,
            "applications",
            Some(json!({ "displayName": "Many mailboxes" })),
        )
        .await?;
    let field = |value: &Value, name: &str| text(Some(value), name).ok_or_else(|| format!("no {name}"));
    let (object, client) = (field(&app, "id")?, field(&app, "appId")?);
    handle.advance(Duration::from_secs(60));
    let principal = colleague
        .graph(
            Method::POST,
            "servicePrincipals",
            Some(json!({ "appId": client })),
        )
        .await?;
    let principal = field(&principal, "id")?;
    let password = json!({ "passwordCredential": { "displayName": "many" } });
    let secret = colleague
        .graph(
            Method::POST,
            &format!("applications/{object}/addPassword"),
            Some(password),
        )
        .await?;
    handle.advance(Duration::from_secs(60));
    colleague
        .run(
            "New-ServicePrincipal",
            json!({ "AppId": client, "ObjectId": principal, "DisplayName": "Many mailboxes" }),
        )
        .await?;
    colleague
        .run(
            "New-ManagementScope",
            json!({ "Name": SCOPE, "RecipientRestrictionFilter": FILTER }),
        )
        .await?;
    for permission in PERMISSIONS {
        let role = permission.exchange_role().ok_or("no role")?;
        colleague
            .run(
                "New-ManagementRoleAssignment",
                json!({ "Name": role, "App": principal, "Role": role, "CustomResourceScope": SCOPE }),
            )
            .await?;
    }
    Ok((principal, client, field(&secret, "secretText")?))
}

/// A clock that moves the organisation's time in place of waiting, and counts how long it waited.
fn clock(now: Timestamp, handle: &Arc<Handle>, waited: &Arc<Mutex<Duration>>) -> Clock {
    let time = Arc::new(Mutex::new(now));
    let (reading, handle, waited) = (Arc::clone(&time), Arc::downgrade(handle), Arc::clone(waited));
    let now = move || reading.lock().map_or(Timestamp::UNIX_EPOCH, |time| *time);
    Clock::new(now, move |pause: Duration| {
        let (time, handle, waited) = (Arc::clone(&time), handle.clone(), Arc::clone(&waited));
        Box::pin(async move {
            // The organisation counts whole seconds; a shorter wait is rounded up, never down.
            let seconds = pause.as_secs() + u64::from(pause.subsec_nanos() > 0);
            let Some(handle) = handle.upgrade() else { return };
            handle.advance(Duration::from_secs(seconds));
            if let (Ok(mut time), Ok(mut waited)) = (time.lock(), waited.lock()) {
                *time += SignedDuration::from_secs(i64::try_from(seconds).unwrap_or_default());
                *waited += Duration::from_secs(seconds);
            }
        })
    })
}
