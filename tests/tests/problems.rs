//! What goes wrong, over real sockets: the reader is told what happened, why and what to do, nothing that was answered
//! is lost, nothing is made twice, and the journey goes on to its end once the cause is gone.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::headless::{Headless, Start, step};
use journeys::organisation::{Organisation, client_that_trusts};
use journeys::practice_clock::clock_of;
use journeys::reader::{Browser, Reader};
use practice::{Answer, ClockKind, Handle, Options, Scenario, Snapshot, Trouble};
use rpc::request::{Opener, Request, Submit};
use rpc::view::{Content, Fact, View};
use serde_json::{Value, json};
use tempfile::TempDir;

const DANA: &str = "dana.reyes@contoso.example";
const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
const REFUSED: &str = "ceo@contoso.example";
/// More problems than any journey here meets.
const MOST_PROBLEMS: usize = 30;

/// What makes something, in the order of the journey: the call and the step that makes it.
const MAKING: [(&str, &str); 6] = [
    ("PATCH /applications(uniqueName)", "app"),
    ("POST /servicePrincipals", "app"),
    ("POST /applications/{id}/addPassword", "secret"),
    ("Exchange New-ServicePrincipal", "limit"),
    ("Exchange New-ManagementScope", "limit"),
    ("Exchange New-ManagementRoleAssignment", "limit"),
];

/// What is going to happen to the next so many requests of one call.
type Plans = Arc<Mutex<Vec<(String, usize, Answer)>>>;

/// An organisation, a wizard in front of it, and somebody who decides what goes wrong.
struct Bench {
    handle: Arc<Handle>,
    organisation: Organisation,
    session: Headless,
    /// The wizard's clock: waiting by it moves the organisation's time along.
    clock: journey::Clock,
    plans: Plans,
    data: TempDir,
    export: TempDir,
}

async fn practice() -> Handle {
    practice_with(Scenario::default()).await
}

async fn practice_with(scenario: Scenario) -> Handle {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    practice::start(Options {
        clock: ClockKind::Explicit { start },
        mailboxes: 300,
        scenario,
        ..Options::default()
    })
    .await
    .unwrap()
}

impl Bench {
    async fn new(account: &str) -> Self {
        Self::with(practice().await, account).await
    }

    async fn with(handle: Handle, account: &str) -> Self {
        let handle = Arc::new(handle);
        let organisation = Organisation::from(&*handle);
        let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let plans = Plans::default();
        let (planned, told) = (Arc::clone(&plans), Arc::downgrade(&handle));
        // The call's name tells one cmdlet of Exchange from another, which its address does not.
        let trace = Trace::to(move |point| {
            let Point::Sending(call) = point else { return };
            let Some(handle) = told.upgrade() else { return };
            let mut plans = planned.lock().unwrap();
            let due = plans
                .iter_mut()
                .find(|(name, left, _)| *name == call && *left > 0);
            handle.set_trouble(match due {
                Some((_, left, answer)) => {
                    *left -= 1;
                    vec![once(answer.clone())]
                }
                None => Vec::new(),
            });
        });
        let clock = clock_of(&organisation).await.unwrap();
        let session = Headless::start(Start {
            organisation: &organisation,
            reader: Reader::new(account),
            data: data.path(),
            export: export.path(),
            keychain: "mailgrant problems test",
            clock: clock.clone(),
            trace,
        });
        Self {
            handle,
            organisation,
            session,
            clock,
            plans,
            data,
            export,
        }
    }

    fn plan(&self, call: &str, times: usize, answer: Answer) {
        self.plans.lock().unwrap().push((call.to_owned(), times, answer));
    }

    /// A second window of the program on the same connections.
    async fn another_window(&self) -> Headless {
        Headless::start(Start {
            organisation: &self.organisation,
            reader: Reader::new(DANA),
            data: self.data.path(),
            export: self.export.path(),
            keychain: "mailgrant problems test",
            clock: clock_of(&self.organisation).await.unwrap(),
            trace: Trace::default(),
        })
    }

    /// Gives the seat at the browser to somebody.
    fn sits(&self, reader: Reader) {
        *self.session.reader.lock().unwrap() = reader;
    }

    /// Goes on to a page, or to the end.
    async fn go_on(&mut self, until: Option<&str>) -> View {
        self.session.go_on(until, MAILBOXES, REFUSED).await.unwrap();
        self.session.view()
    }

    /// Goes on to the problem that is expected, and sees that it is told as one.
    async fn meets(&mut self, code: &str) -> View {
        let view = self.go_on(Some(&format!("problem-{code}"))).await;
        assert_eq!(view.page.key, format!("problem-{code}"));
        told_well(&view);
        view
    }

    /// Goes on to the end, trying again at every problem, and tells which there were: code and step.
    async fn whatever_comes(&mut self) -> Vec<(String, String)> {
        let mut met = Vec::new();
        for _ in 0..MOST_PROBLEMS {
            let outcome = self.session.go_on(None, MAILBOXES, REFUSED).await;
            let view = self.session.view();
            let Some(code) = view.page.key.strip_prefix("problem-") else {
                outcome.unwrap();
                assert_eq!(view.page.key, "exported");
                return met;
            };
            told_well(&view);
            met.push((code.to_owned(), step(&view)));
            let after = self.session.press(Request::TryAgain).await.unwrap();
            assert_eq!(
                step(&after),
                met.last().unwrap().1,
                "{code} leads away from its step"
            );
        }
        panic!("one problem after another: {met:?}");
    }

    /// What must be true at the end, whatever went wrong before.
    fn all_is_well(&self) {
        assert_eq!(self.session.page(), "exported");
        assert_eq!(self.session.typed, 2, "something was typed again");
        let snapshot = self.handle.snapshot();
        assert_eq!(snapshot.foreign_changes, Vec::<String>::new());
        let ours: Vec<_> = snapshot.applications.iter().filter(|app| !app.foreign).collect();
        assert_eq!(ours.len(), 1, "apps");
        assert_eq!(ours[0].passwords.len(), 1, "secrets");
        let count = |all: usize, wanted: usize, what: &str| assert_eq!(all, wanted, "{what}");
        let principals = snapshot.service_principals.iter().filter(|one| !one.foreign);
        count(principals.count(), 1, "service principals");
        let exchange = &snapshot.exchange;
        count(
            exchange
                .service_principals
                .iter()
                .filter(|one| !one.foreign)
                .count(),
            1,
            "principals in Exchange",
        );
        count(
            exchange.scopes.iter().filter(|one| !one.foreign).count(),
            1,
            "scopes",
        );
        count(
            exchange.assignments.iter().filter(|one| !one.foreign).count(),
            2,
            "assignments",
        );
        count(grants(&snapshot), 0, "grants in Entra");
    }
}

fn grants(snapshot: &Snapshot) -> usize {
    snapshot
        .app_role_assignments
        .iter()
        .filter(|grant| !grant.foreign)
        .count()
}

fn once(answer: Answer) -> Trouble {
    Trouble {
        on: "*".into(),
        answer,
        ..Trouble::default()
    }
}

fn status(status: u16) -> Answer {
    Answer {
        status: Some(status),
        ..Answer::default()
    }
}

/// The step that the rail shows as open.
fn facts(view: &View) -> &[Fact] {
    match &view.page.content {
        Content::Problem { facts, .. } => facts,
        other => panic!("no problem: {other:?}"),
    }
}

fn fact(view: &View, term: &str) -> String {
    let found = facts(view).iter().find(|fact| fact.term == term);
    found.map(|fact| fact.value.clone()).unwrap_or_default()
}

/// Three sentences, who can fix it, what exists, something to press, and nothing in it that only an engineer reads.
fn told_well(view: &View) {
    for term in [
        "What happened",
        "Why",
        "What to do",
        "Who can fix it",
        "What exists now",
    ] {
        let value = fact(view, term);
        assert!(value.ends_with('.'), "{}: {term} says {value:?}", view.page.key);
        assert!(
            !value.contains("AADSTS") && !value.contains("HTTP"),
            "{}: {value}",
            view.page.key
        );
    }
    assert!(!view.page.actions.is_empty());
    assert!(view.title.starts_with("Problem: "), "{}", view.title);
}

fn at(code: &str, steps: &[&str]) -> Vec<(String, String)> {
    steps
        .iter()
        .map(|step| (code.to_owned(), (*step).to_owned()))
        .collect()
}

/// One journey in which every call that makes something meets the same trouble once.
async fn every_making_call_meets(answer: Answer) -> (Bench, Vec<(String, String)>) {
    let mut bench = Bench::new(DANA).await;
    for (call, _) in MAKING {
        bench.plan(call, 1, answer.clone());
    }
    let met = bench.whatever_comes().await;
    bench.all_is_well();
    assert!(
        bench.plans.lock().unwrap().iter().all(|(_, left, _)| *left == 0),
        "a trouble never struck"
    );
    (bench, met)
}

/// The first call writes what it would write again, so it is repeated silently; the others are told.
const ALL_BUT_THE_FIRST: [&str; 5] = ["app", "secret", "limit", "limit", "limit"];

#[tokio::test]
async fn a_fault_of_microsofts_before_it_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(status(500)).await;
    assert_eq!(met, at("network.fault", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_fault_of_microsofts_after_it_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        takes_effect: true,
        ..status(500)
    })
    .await;
    assert_eq!(met, at("network.fault", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_connection_that_breaks_before_microsoft_acted_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        drop: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unreachable", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_connection_that_breaks_after_microsoft_acted_makes_nothing_twice() {
    let answer = Answer {
        drop: true,
        takes_effect: true,
        ..Answer::default()
    };
    let (_, met) = every_making_call_meets(answer).await;
    assert_eq!(met, at("network.unreachable", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn half_an_answer_is_told_and_makes_nothing_twice() {
    let (_, met) = every_making_call_meets(Answer {
        truncate: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unexpected", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn the_page_of_a_guest_network_is_told_as_one() {
    let (_, met) = every_making_call_meets(Answer {
        captive_portal: true,
        ..Answer::default()
    })
    .await;
    assert_eq!(met, at("network.unexpected", &ALL_BUT_THE_FIRST));
}

#[tokio::test]
async fn a_short_request_to_slow_down_is_waited_out() {
    let mut untroubled = Bench::new(DANA).await;
    assert_eq!(untroubled.whatever_comes().await, []);
    untroubled.all_is_well();
    let (bench, met) = every_making_call_meets(Answer {
        retry_after: Some(2),
        ..status(429)
    })
    .await;
    assert_eq!(met, []);
    let time = |bench: &Bench| {
        bench
            .handle
            .snapshot()
            .now
            .parse::<jiff::Timestamp>()
            .unwrap()
            .as_second()
    };
    let waited = time(&bench) - time(&untroubled);
    assert!(waited >= 2 * 6, "waited {waited} s for six requests to wait 2 s");
}

#[tokio::test]
async fn a_long_request_to_slow_down_is_shown_with_its_time() {
    let mut bench = Bench::new(DANA).await;
    let slow = Answer {
        retry_after: Some(600),
        ..status(429)
    };
    for (call, _) in MAKING {
        bench.plan(call, 1, slow.clone());
    }
    let view = bench.meets("network.throttled").await;
    // The organisation's clock stands at half past ten, give or take a wait.
    assert!(
        fact(&view, "Try again from").contains("10:4"),
        "{:?}",
        fact(&view, "Try again from")
    );
    assert_eq!(fact(&view, "Who can fix it"), "Microsoft. Waiting usually helps.");
    let met = bench.whatever_comes().await;
    let steps: Vec<&str> = MAKING.iter().map(|(_, step)| *step).collect();
    assert_eq!(met, at("network.throttled", &steps));
    bench.all_is_well();
}

#[tokio::test]
async fn a_declined_consent_is_no_problem_and_can_be_accepted() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("sign-in")).await;
    bench.sits(Reader::new(DANA).who_declines());
    let view = bench.session.press(Request::SignIn).await.unwrap();
    assert_eq!(
        (view.page.key.as_str(), step(&view).as_str()),
        ("sign-in", "sign-in")
    );
    assert!(!view.title.starts_with("Problem"), "{}", view.title);
    let lead = view.page.lead.clone().unwrap();
    assert!(lead.starts_with("The sign-in was cancelled"), "{lead}");
    bench.sits(Reader::new(DANA));
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn conditional_access_is_told_with_whom_to_ask() {
    let refused = Scenario {
        sign_in_refused: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(refused).await, DANA).await;
    let view = bench.meets("sign-in.blocked").await;
    assert!(fact(&view, "Who can fix it").contains("Conditional Access Administrator"));
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(bench.whatever_comes().await, at("sign-in.blocked", &["sign-in"]));
    bench.all_is_well();
}

#[tokio::test]
async fn a_policy_against_secrets_is_told_when_it_bites() {
    let forbidden = Scenario {
        secrets_forbidden: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(forbidden).await, DANA).await;
    let view = bench.meets("secret.forbidden").await;
    assert_eq!(step(&view), "secret");
    assert!(fact(&view, "Who can fix it").contains("Security Administrator"));
    assert_eq!(secrets(&bench), 0);
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(bench.whatever_comes().await, at("secret.forbidden", &["secret"]));
    bench.all_is_well();
}

fn secrets(bench: &Bench) -> usize {
    let applications = bench.handle.snapshot().applications;
    applications
        .iter()
        .filter(|app| !app.foreign)
        .map(|app| app.passwords.len())
        .sum()
}

#[tokio::test]
async fn a_policy_for_short_lives_is_respected() {
    let short = Scenario {
        secret_days_at_most: Some(90),
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(short).await, DANA).await;
    let view = bench.go_on(Some("secret")).await;
    assert_eq!(lives(&view), ["90"]);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_policy_that_became_stricter_meanwhile_is_told() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("secret")).await;
    bench.handle.set_scenario(Scenario {
        secret_days_at_most: Some(30),
        ..Scenario::default()
    });
    let view = bench.meets("secret.too-long").await;
    assert_eq!(step(&view), "secret");
    // The next sign-in reads the policy, and then only what it allows is offered.
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "secret");
    assert_eq!(lives(&view), ["30"]);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

fn lives(view: &View) -> Vec<&str> {
    let Content::Plan { options, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let choices = options.iter().flat_map(|group| &group.choices);
    choices.map(|choice| choice.value.as_str()).collect()
}

#[tokio::test]
async fn an_organisation_that_was_never_customised_is_told_so() {
    let fresh = Scenario {
        dehydrated: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(practice_with(fresh).await, DANA).await;
    let view = bench.meets("exchange.not-customised").await;
    assert_eq!(step(&view), "limit");
    assert!(fact(&view, "What to do").contains("Enable-OrganizationCustomization"));
    bench.handle.set_scenario(Scenario::default());
    assert_eq!(
        bench.whatever_comes().await,
        at("exchange.not-customised", &["limit"])
    );
    bench.all_is_well();
}

/// Somebody who works beside the wizard, with tools of their own.
struct Colleague<'a> {
    bench: &'a Bench,
    client: reqwest::Client,
    token: String,
}

impl<'a> Colleague<'a> {
    /// Signs in with these scopes, as Microsoft's own tools do.
    async fn signs_in(bench: &'a Bench, account: &str, scopes: &str) -> Self {
        // The verifier and its challenge of RFC 7636, appendix B.
        let (verifier, challenge) = (
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        );
        let organisation = &bench.organisation;
        let base = format!("{}/{}/oauth2/v2.0", organisation.origin, organisation.tenant);
        let redirect = "http://localhost:51234";
        let asked = [
            ("client_id", organisation.client.as_str()),
            ("response_type", "code"),
            ("redirect_uri", redirect),
            ("scope", scopes),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        let address = url::Url::parse_with_params(&format!("{base}/authorize"), asked).unwrap();
        let location = bench
            .handle
            .answer_sign_in(address.as_str(), account, true)
            .unwrap();
        let location = url::Url::parse(&location).unwrap();
        let code = location
            .query_pairs()
            .find(|(name, _)| name == "code")
            .unwrap()
            .1
            .into_owned();
        let client = client_that_trusts(Some(&organisation.root)).unwrap();
        let form = [
            ("client_id", organisation.client.as_str()),
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let answer = client
            .post(format!("{base}/token"))
            .form(&form)
            .send()
            .await
            .unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        let token = answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{answer}"))
            .to_owned();
        Self { bench, client, token }
    }

    async fn posts(&self, path: &str, body: Value) {
        let address = format!("{}{path}", self.bench.organisation.origin);
        let answer = self
            .client
            .post(address)
            .bearer_auth(&self.token)
            .json(&body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        assert!(status.is_success(), "{status} {}", answer.text().await.unwrap());
    }

    async fn runs(&self, cmdlet: &str, parameters: Value) {
        let path = format!("/adminapi/beta/{}/InvokeCommand", self.bench.organisation.tenant);
        let body = json!({ "CmdletInput": { "CmdletName": cmdlet, "Parameters": parameters } });
        self.posts(&path, body).await;
    }
}

impl Bench {
    /// The object id of our app's service principal.
    fn our_principal(&self) -> String {
        let principals = self.handle.snapshot().service_principals;
        principals.iter().find(|one| !one.foreign).unwrap().id.clone()
    }

    /// Somebody grants our app mail access to every mailbox, in Entra.
    async fn somebody_grants_too_much(&self) {
        const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
        const MAIL_READ: &str = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
        let priya = Colleague::signs_in(
            self,
            "priya.nair@contoso.example",
            "AppRoleAssignment.ReadWrite.All Application.Read.All",
        )
        .await;
        let principals = self.handle.snapshot().service_principals;
        let graph = principals
            .iter()
            .find(|one| one.app_id == GRAPH)
            .unwrap()
            .id
            .clone();
        let ours = self.our_principal();
        let grant = json!({ "principalId": ours, "resourceId": graph, "appRoleId": MAIL_READ });
        priya
            .posts(
                &format!("/v1.0/servicePrincipals/{ours}/appRoleAssignments"),
                grant,
            )
            .await;
        assert_eq!(grants(&self.handle.snapshot()), 1);
    }
}

#[tokio::test]
async fn a_broad_grant_in_entra_blocks_until_it_is_removed() {
    // To remove a grant on Graph takes more than Dana's roles, so Priya works here.
    let mut bench = Bench::new("priya.nair@contoso.example").await;
    bench.go_on(Some("app-done")).await;
    bench.somebody_grants_too_much().await;
    let view = bench.session.press(Request::Continue).await.unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    let Content::Done { messages, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(messages[0].title.contains("Mail.Read"), "{messages:?}");
    let remove = messages[0].action.clone().unwrap().request;
    // Neither looking again nor going on leads past it.
    assert_eq!(
        bench.session.press(Request::Check).await.unwrap().page.key,
        "permissions-too-broad"
    );
    assert_eq!(
        bench.session.press(Request::Continue).await.unwrap().page.key,
        "permissions-too-broad"
    );
    assert_eq!(
        bench
            .session
            .press(Request::GoTo {
                step: "secret".into()
            })
            .await
            .unwrap()
            .page
            .key,
        "permissions-too-broad"
    );
    // Whoever changes their mind in the browser, or stops waiting for it, is back where they were, and nothing is removed.
    bench.sits(Reader::new("priya.nair@contoso.example").who_declines());
    let view = bench.session.press(remove.clone()).await.unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    assert_eq!(grants(&bench.handle.snapshot()), 1);
    bench.sits(Reader::new("priya.nair@contoso.example").with(Browser::LeftAlone));
    bench.session.ask(remove.clone());
    let waits = |view: &View| matches!(&view.page.content, Content::SignIn { waiting: Some(_), .. });
    let view = bench.session.until("the wait", waits).await.unwrap();
    let Content::SignIn { scopes, .. } = &view.page.content else {
        panic!("{:?}", view.page.key)
    };
    assert!(
        scopes
            .iter()
            .any(|scope| scope.detail.contains("AppRoleAssignment.ReadWrite.All")),
        "{scopes:?}"
    );
    bench.session.ask(Request::CancelSignIn);
    let view = bench
        .session
        .until("the end of the wait", |view| view.page.busy.is_none())
        .await
        .unwrap();
    assert_eq!(view.page.key, "permissions-too-broad");
    assert_eq!(grants(&bench.handle.snapshot()), 1);
    bench.sits(Reader::new("priya.nair@contoso.example"));
    assert_eq!(bench.session.press(remove).await.unwrap().page.key, "permissions");
    assert_eq!(grants(&bench.handle.snapshot()), 0);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_broad_grant_that_appears_later_is_seen_by_the_proof() {
    let mut bench = Bench::new("priya.nair@contoso.example").await;
    bench.go_on(Some("limit")).await;
    bench.somebody_grants_too_much().await;
    bench.go_on(Some("limit-done")).await;
    bench.session.press(Request::Continue).await.unwrap();
    let view = bench.session.press(Request::Check).await.unwrap();
    let Content::Proof { top, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(
        top.iter()
            .any(|message| message.title.contains("oo broad") || message.title.contains("too much")),
        "{top:?}"
    );
    let refused = bench
        .session
        .press(Request::GoTo {
            step: "export".into(),
        })
        .await
        .unwrap();
    assert_ne!(refused.page.key, "export");
    let remove = top
        .iter()
        .find_map(|message| message.action.clone())
        .unwrap()
        .request;
    bench.session.press(remove).await.unwrap();
    assert_eq!(grants(&bench.handle.snapshot()), 0);
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn another_role_in_exchange_is_too_broad_and_nothing_is_exported() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("limit-done")).await;
    let dana = Colleague::signs_in(&bench, DANA, "https://outlook.office365.com/Exchange.Manage").await;
    let parameters =
        json!({ "Name": "Somebody else's", "Role": "Application Mail.Read", "App": bench.our_principal() });
    dana.runs("New-ManagementRoleAssignment", parameters).await;
    bench.session.press(Request::Continue).await.unwrap();
    let view = bench.session.press(Request::Check).await.unwrap();
    let Content::Proof { groups, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    assert!(
        groups
            .iter()
            .flat_map(|group| &group.rows)
            .any(|row| row.too_broad),
        "{groups:?}"
    );
    let refused = bench
        .session
        .press(Request::GoTo {
            step: "export".into(),
        })
        .await
        .unwrap();
    assert_ne!(refused.page.key, "export");
    assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 0);
    let dana = Colleague::signs_in(&bench, DANA, "https://outlook.office365.com/Exchange.Manage").await;
    dana.runs(
        "Remove-ManagementRoleAssignment",
        json!({ "Identity": "Somebody else's", "Confirm": false }),
    )
    .await;
    // Microsoft applies that as late as it applies a limit, and a sign-in doesn't last that long.
    bench.clock.wait(std::time::Duration::from_secs(3 * 3600)).await;
    bench.session.press(Request::Check).await.unwrap();
    let view = bench.meets("sign-in.expired").await;
    assert_eq!(step(&view), "verify");
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "verify");
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

/// A message of the mailboxes page: the entry and what is said of it.
fn rows(view: &View) -> Vec<(String, String, String)> {
    let Content::Mailboxes { allowed, refused, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let rows = allowed.rows.iter().chain(&refused.rows);
    rows.map(|row| (row.address.clone(), row.finding.word.clone(), row.detail.clone()))
        .collect()
}

fn word_of(view: &View, address: &str) -> (String, String) {
    let found = rows(view).into_iter().find(|(row, ..)| row == address);
    let (_, word, detail) = found.unwrap_or_else(|| panic!("{address} isn't among {:?}", rows(view)));
    (word, detail)
}

#[tokio::test]
async fn a_messy_list_is_read_and_every_entry_is_told() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("mailboxes")).await;
    let messy = "Support Team <Support@Contoso.example>;\r\n\t\"O'Brien, Niamh\" <o'brien@contoso.example>, \n\nmailto:biling@contoso.example\u{a0};leserservice@b\u{fc}cher.example\nhelpdesk@contoso.example\nall-sales@contoso.example nobody.at.all@contoso.example, warehouse@contoso.example\nnot an address";
    let view = bench
        .session
        .send(Submit::Mailboxes {
            allowed: messy.into(),
            refused: "support@contoso.example, ceo@contoso.example".into(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "mailboxes");
    assert!(
        view.page
            .field_problems
            .iter()
            .any(|problem| problem.field == "allowed-needs-you"),
        "{:?}",
        view.page.field_problems
    );
    assert_eq!(word_of(&view, "o'brien@contoso.example").0, "Found");
    assert_eq!(word_of(&view, "support@contoso.example").0, "Found");
    let (word, detail) = word_of(&view, "biling@contoso.example");
    assert_eq!(word, "Needs you");
    assert!(detail.contains("billing@contoso.example"), "{detail}");
    assert!(
        word_of(&view, "warehouse@contoso.example")
            .1
            .contains("isn't in Exchange Online")
    );
    assert_eq!(word_of(&view, "nobody.at.all@contoso.example").0, "Needs you");
    assert!(
        word_of(&view, "all-sales@contoso.example")
            .1
            .contains("This is a group")
    );
    let idn = rows(&view)
        .into_iter()
        .find(|(row, ..)| row.starts_with("leserservice@"))
        .unwrap();
    assert_eq!(idn.1, "Found", "{idn:?}");
    assert!(word_of(&view, "not an address").1.contains("isn't an address"));
    let both = rows(&view)
        .into_iter()
        .filter(|(row, ..)| row == "support@contoso.example")
        .count();
    assert_eq!(
        both, 2,
        "the one on both lists stands on both, once as a question"
    );

    // The reader decides: uses the suggestion, removes the rest.
    bench
        .session
        .press(Request::UseSuggestion {
            list: rpc::request::ListName::Allowed,
            typed: "biling@contoso.example".into(),
            address: "billing@contoso.example".into(),
        })
        .await
        .unwrap();
    for list in ["allowed", "refused"] {
        let view = bench.session.view();
        let Content::Mailboxes { allowed, refused, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        let rows = if list == "allowed" {
            &allowed.rows
        } else {
            &refused.rows
        };
        let removals: Vec<Request> = rows
            .iter()
            .filter(|row| row.finding.word == "Needs you")
            .map(|row| row.remove.request.clone())
            .collect();
        for removal in removals {
            bench.session.press(removal).await.unwrap();
        }
    }
    let view = bench
        .session
        .send(Submit::Mailboxes {
            allowed: String::new(),
            refused: String::new(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", rows(&view));
    bench.session.typed = 2;
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_mistake_on_the_export_page_keeps_what_was_typed() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("export")).await;
    let folder = bench.export.path().display().to_string();
    let secret = |text: &str| domain::secret::Secret::new(text.to_owned());
    let submit = |opener: Opener, key: &str, first: &str, second: &str| Submit::Export {
        opener,
        given_key: key.into(),
        key_compared: false,
        passphrase: secret(first),
        passphrase_again: secret(second),
        folder: folder.clone(),
    };
    let key = bench.organisation.platform_key.clone();
    let mistakes = [
        (Opener::GivenKey, "not a key", "", "", "given-key"),
        (Opener::GivenKey, "", "", "", "given-key"),
        (
            Opener::GivenKey,
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB",
            "",
            "",
            "given-key",
        ),
        (Opener::GivenKey, &key[..60], "", "", "given-key"),
        (Opener::GivenKey, key.as_str(), "", "", "key-compared"),
        (Opener::Passphrase, "", "short", "short", "passphrase"),
        (
            Opener::Passphrase,
            "",
            "aaaaaaaaaaaa",
            "aaaaaaaaaaaa",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "123456789012",
            "123456789012",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "sinch contact pro",
            "sinch contact pro",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "Contoso-Practice!",
            "Contoso-Practice!",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "billing@contoso.example",
            "billing@contoso.example",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "correct horse battery staple",
            "correct horse batery staple",
            "passphrase-again",
        ),
    ];
    for (opener, typed, first, second, field) in mistakes {
        let view = bench
            .session
            .send(submit(opener, typed, first, second))
            .await
            .unwrap();
        let told: Vec<&str> = view
            .page
            .field_problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(told, [field], "{opener:?} {typed:?}");
        let Content::Export {
            given_key,
            opener: kept,
            folder: there,
            ..
        } = &view.page.content
        else {
            panic!("{:?}", view.page)
        };
        assert_eq!((given_key.as_str(), *kept, there), (typed, opener, &folder));
        assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 0);
    }
    let view = bench
        .session
        .send(submit(
            Opener::Passphrase,
            "",
            "correct horse battery staple",
            "correct horse battery staple",
        ))
        .await
        .unwrap();
    assert_eq!(view.page.key, "exported");
    bench.all_is_well();
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_and_another_one_works() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("export")).await;
    let file = bench.export.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let export = |folder: &std::path::Path| Submit::Export {
        opener: Opener::ProfileKey,
        given_key: String::new(),
        key_compared: false,
        passphrase: domain::secret::Secret::new(String::new()),
        passphrase_again: domain::secret::Secret::new(String::new()),
        folder: folder.display().to_string(),
    };
    let view = bench.session.send(export(&file.join("below"))).await.unwrap();
    assert_eq!(view.page.key, "problem-file.not-written");
    told_well(&view);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "in the way");
    assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 1);
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "export");
    let view = bench
        .session
        .send(export(&bench.export.path().join("other")))
        .await
        .unwrap();
    assert_eq!(view.page.key, "exported");
    bench.all_is_well();
}

#[tokio::test]
async fn a_second_window_is_told_and_goes_on_once_the_first_is_closed() {
    let bench = Bench::new(DANA).await;
    let mut second = bench.another_window().await;
    let view = second
        .until("the problem", |view| view.revision > 0)
        .await
        .unwrap();
    assert_eq!(view.page.key, "problem-instance.second");
    assert_eq!(
        second.press(Request::TryAgain).await.unwrap().page.key,
        "problem-instance.second"
    );
    drop(bench.session);
    // The first window's thread ends by itself a moment after it.
    for _ in 0..200 {
        if second.press(Request::TryAgain).await.unwrap().page.key == "start" {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the second window never went on");
}

#[tokio::test]
async fn without_a_network_nothing_is_lost_and_the_journey_goes_on_later() {
    let state = tempfile::tempdir().unwrap();
    let options = |start: &str| Options {
        clock: ClockKind::Explicit {
            start: start.parse().unwrap(),
        },
        mailboxes: 300,
        state: Some(state.path().to_owned()),
        ..Options::default()
    };
    let handle = practice::start(options("2026-11-22T10:30:00Z")).await.unwrap();
    let mut bench = Bench::with(handle, DANA).await;
    bench.go_on(Some("limit")).await;
    // Nobody listens there any more.
    let Bench {
        handle,
        mut session,
        data,
        export,
        ..
    } = bench;
    let handle = Arc::into_inner(handle).expect("nobody else holds it");
    handle.stop().await;
    let view = session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "problem-network.unreachable");
    told_well(&view);
    assert_eq!(step(&view), "limit");
    let view = session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "problem-network.unreachable");
    drop(session);

    // The organisation is there again, at another address, as a laptop would find it the next day.
    let handle = Arc::new(practice::start(options("2026-11-23T09:00:00Z")).await.unwrap());
    let organisation = Organisation::from(&*handle);
    let clock = clock_of(&organisation).await.unwrap();
    let mut session = Headless::start(Start {
        organisation: &organisation,
        reader: Reader::new(DANA),
        data: data.path(),
        export: export.path(),
        keychain: "mailgrant problems test",
        clock: clock.clone(),
        trace: Trace::default(),
    });
    // The first window's lock ends with its thread, a moment after it.
    for _ in 0..200 {
        if session.page() != "problem-instance.second" {
            break;
        }
        session.press(Request::TryAgain).await.unwrap();
    }
    session.go_on(None, "", "").await.unwrap();
    assert_eq!(session.page(), "exported");
    let (plans, typed) = (Plans::default(), session.typed);
    assert_eq!(typed, 0, "something was typed again");
    session.typed = 2;
    let bench = Bench {
        handle,
        organisation,
        session,
        clock,
        plans,
        data,
        export,
    };
    bench.all_is_well();
}

#[tokio::test]
async fn without_a_keychain_nothing_is_made() {
    let handle = practice().await;
    let folder = tempfile::tempdir().unwrap();
    let told = journeys::onboard::Run {
        organisation: Organisation::from(&handle),
        account: DANA.into(),
        data: folder.path().join("data"),
        export: folder.path().join("export"),
        keychain: "mailgrant problems test".into(),
        mailboxes: MAILBOXES.into(),
        refused: REFUSED.into(),
        by_plan: false,
        kill_at: None,
    };
    let file = folder.path().join("run");
    std::fs::write(&file, serde_json::to_string(&told).unwrap()).unwrap();
    // The keychain belongs to the process's session bus, so a process without one has none.
    let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_onboard"))
        .arg(&file)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(std::time::Duration::from_secs(60), output)
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(said.contains("keychain.missing"), "{said}");
    assert!(
        said.contains("What exists now: Nothing was made or changed."),
        "{said}"
    );
    let snapshot = handle.snapshot();
    assert_eq!(snapshot.foreign_changes, Vec::<String>::new());
    // Neither a secret nor the key that signs the notes could be kept, so nothing was begun.
    assert_eq!(snapshot.applications.iter().filter(|app| !app.foreign).count(), 0);
    // With the keychain back, a connection goes to its end.
    let went = journeys::onboard::run(std::path::Path::new(env!("CARGO_BIN_EXE_onboard")), &told)
        .await
        .unwrap();
    assert!(matches!(went, journeys::onboard::Went::Ended(_)), "{went:?}");
    let snapshot = handle.snapshot();
    let secrets = snapshot
        .applications
        .iter()
        .filter(|app| !app.foreign)
        .map(|app| app.passwords.len());
    assert_eq!(secrets.sum::<usize>(), 1);
}
