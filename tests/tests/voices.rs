//! Two keys, two voices: what Microsoft refuses the app is told as the app's and mended there, what it refuses the
//! admin as the admin's; and each admin is asked for their own part only, in one visit of the browser that can be left
//! at any moment.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::sync::{Arc, Mutex};

use domain::trace::{Point, Trace};
use journeys::headless::{Headless, Start, step};
use journeys::organisation::Organisation;
use journeys::practice_clock::clock_of;
use journeys::reader::{Browser, Reader};
use practice::{Answer, ClockKind, Handle, Options, Scenario, Trouble};
use rpc::request::{Request, Submit};
use rpc::view::{Content, View};
use tempfile::TempDir;

const DANA: &str = "dana.reyes@contoso.example";
const TOM: &str = "tom.okafor@contoso.example";
const MEI: &str = "mei.lindqvist@contoso.example";
const SAM: &str = "sam.ortiz@contoso.example";
const MAILBOXES: &str = "support@contoso.example, billing@contoso.example";
const REFUSED: &str = "ceo@contoso.example";
const APP_TOKEN: &str = "POST /token (client credentials)";
const ADMIN_TOKEN: &str = "POST /token (authorization code)";

/// What is going to happen to the next so many requests of one call.
type Plans = Arc<Mutex<Vec<(String, usize, Answer)>>>;

struct Bench {
    handle: Arc<Handle>,
    session: Headless,
    plans: Plans,
    /// Every call that was sent.
    sent: Arc<Mutex<Vec<String>>>,
    _data: TempDir,
    _export: TempDir,
}

impl Bench {
    async fn new(reader: Reader) -> Self {
        Self::with(reader, Scenario::default()).await
    }

    async fn with(reader: Reader, scenario: Scenario) -> Self {
        let start = "2026-11-22T10:30:00Z".parse().unwrap();
        let handle = practice::start(Options {
            clock: ClockKind::Explicit { start },
            mailboxes: 300,
            scenario,
            ..Options::default()
        })
        .await
        .unwrap();
        let handle = Arc::new(handle);
        Self::before(&Organisation::from(&*handle), handle, reader).await
    }

    async fn before(organisation: &Organisation, handle: Arc<Handle>, reader: Reader) -> Self {
        Self::mistaken(organisation, organisation, handle, reader).await
    }

    /// A wizard that was told something else of the organisation than what is true.
    async fn mistaken(
        truly: &Organisation,
        organisation: &Organisation,
        handle: Arc<Handle>,
        reader: Reader,
    ) -> Self {
        let (data, export) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let plans = Plans::default();
        let sent = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&sent);
        let (planned, told) = (Arc::clone(&plans), Arc::downgrade(&handle));
        let trace = Trace::to(move |point| {
            let Point::Sending(call) = point else { return };
            noted.lock().unwrap().push(call.clone());
            let Some(handle) = told.upgrade() else { return };
            let mut plans = planned.lock().unwrap();
            let due = plans
                .iter_mut()
                .find(|(name, left, _)| *name == call && *left > 0);
            handle.set_trouble(match due {
                Some((_, left, answer)) => {
                    *left -= 1;
                    vec![Trouble {
                        on: "*".into(),
                        answer: answer.clone(),
                        ..Trouble::default()
                    }]
                }
                None => Vec::new(),
            });
        });
        let session = Headless::start(Start {
            organisation,
            reader,
            data: data.path(),
            export: export.path(),
            keychain: "mailgrant voices test",
            clock: clock_of(truly).await.unwrap(),
            trace,
        });
        Self {
            handle,
            session,
            plans,
            sent,
            _data: data,
            _export: export,
        }
    }

    /// The next request of this call is refused with an AADSTS number.
    fn refuse(&self, call: &str, number: u32) {
        let answer = Answer {
            status: Some(if number > 7_000_200 && number < 7_000_300 {
                401
            } else {
                400
            }),
            aadsts: Some(number),
            ..Answer::default()
        };
        self.plans.lock().unwrap().push((call.to_owned(), 1, answer));
    }

    fn sits(&self, reader: Reader) {
        *self.session.reader.lock().unwrap() = reader;
    }

    async fn go_on(&mut self, until: Option<&str>) -> View {
        self.session.go_on(until, MAILBOXES, REFUSED).await.unwrap();
        self.session.view()
    }

    fn opened(&self) -> usize {
        self.session.opened.lock().unwrap().len()
    }

    fn secrets(&self) -> usize {
        let applications = self.handle.snapshot().applications;
        let ours = applications.iter().filter(|app| !app.foreign);
        ours.map(|app| app.passwords.len()).sum()
    }
}

fn labels(view: &View) -> Vec<&str> {
    view.page
        .actions
        .iter()
        .map(|action| action.label.as_str())
        .collect()
}

fn facts(view: &View) -> String {
    let Content::Problem { facts, .. } = &view.page.content else {
        panic!("no problem: {:?}", view.page.key)
    };
    facts
        .iter()
        .map(|fact| format!("{}: {}\n", fact.term, fact.value))
        .collect()
}

fn waits(view: &View) -> bool {
    matches!(&view.page.content, Content::SignIn { waiting: Some(_), .. })
}

/// Every refusal of the app's key at the proof: told as the app's, with a button that leads to where it is mended, and
/// never to a sign-in.
#[tokio::test]
async fn a_refusal_of_the_apps_key_is_the_apps_problem() {
    let mut bench = Bench::new(Reader::new(DANA)).await;
    bench.go_on(Some("limit-done")).await;
    bench.session.press(Request::Continue).await.unwrap();
    for (number, code, button) in [
        (7_000_215, "secret.refused", "Make a new secret"),
        (7_000_222, "secret.refused", "Make a new secret"),
        (7_000_112, "app.disabled", "Try again"),
        (700_016, "app.gone", "Go to the app"),
        (900_382, "app.other-cloud", "Go to your connections"),
        (53003, "app.blocked", "Try again"),
        (70043, "app.rejected", "Try again"),
    ] {
        bench.refuse(APP_TOKEN, number);
        let view = bench.session.press(Request::Check).await.unwrap();
        assert_eq!(view.page.key, format!("problem-{code}"), "{number}");
        assert_eq!(step(&view), "verify");
        assert!(labels(&view).contains(&button), "{number}: {:?}", labels(&view));
        let told = facts(&view);
        assert!(
            !told.contains("Your sign-in") && !labels(&view).contains(&"Sign in again"),
            "{told}"
        );
        // Back leads to the proof, where nothing was lost.
        bench
            .session
            .press(Request::GoTo { step: "limit".into() })
            .await
            .unwrap();
        bench.session.press(Request::Continue).await.unwrap();
    }
}

#[tokio::test]
async fn a_refused_secret_is_replaced_from_its_problem() {
    let mut bench = Bench::new(Reader::new(DANA)).await;
    bench.go_on(Some("limit-done")).await;
    bench.session.press(Request::Continue).await.unwrap();
    bench.refuse(APP_TOKEN, 7_000_222);
    bench.session.press(Request::Check).await.unwrap();
    let before = bench.opened();
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(
        (view.page.key.as_str(), labels(&view)[0]),
        ("secret", "Make a new secret")
    );
    // That the old one goes is said before it goes, and nothing is ticked that is still to be made.
    let Content::Plan { plan, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let lines: Vec<(&str, bool)> = plan
        .will
        .iter()
        .map(|line| (line.title.as_str(), line.done))
        .collect();
    assert_eq!(
        lines,
        [
            ("The secret until now, removed first", false),
            ("One client secret", false)
        ]
    );
    let view = bench.session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "secret-done");
    assert_eq!(bench.secrets(), 1, "the refused one is gone");
    let view = bench.go_on(None).await;
    assert_eq!(view.page.key, "exported");
    assert_eq!(bench.opened(), before, "nobody had to sign in for it");
}

/// Every refusal of the admin at the code exchange has its own words, and one click opens the browser again.
#[tokio::test]
async fn a_refusal_of_the_admin_has_words_of_its_own_and_takes_one_click() {
    let mut bench = Bench::new(Reader::new(DANA)).await;
    bench.go_on(Some("sign-in")).await;
    let mut titles = std::collections::BTreeSet::new();
    for (number, code) in [
        (50105, "sign-in.not-assigned"),
        (65002, "sign-in.client"),
        (7_000_112, "sign-in.client"),
        (50020, "sign-in.other-account"),
        (900_439, "sign-in.other-account"),
        (50076, "sign-in.stronger"),
        (53003, "sign-in.blocked"),
        (65001, "consent.missing"),
        (90094, "role.missing"),
        (50057, "sign-in.account"),
        (90002, "sign-in.no-organisation"),
    ] {
        bench.refuse(ADMIN_TOKEN, number);
        let view = bench.session.press(Request::SignIn).await.unwrap();
        assert_eq!(view.page.key, format!("problem-{code}"), "{number}");
        assert!(titles.insert(view.page.heading.clone()), "{}", view.page.heading);
        let told = facts(&view);
        assert!(
            !told.contains("the app's secret") && !told.contains("AADSTS"),
            "{told}"
        );
        let before = bench.opened();
        let mut view = bench.session.press(Request::TryAgain).await.unwrap();
        if code == "sign-in.client" {
            // The same app would be refused again, so another one is chosen first.
            assert_eq!((view.page.key.as_str(), bench.opened()), ("sign-in", before));
            view = bench.session.press(Request::SignIn).await.unwrap();
        }
        assert_eq!(
            (view.page.key.as_str(), bench.opened()),
            ("signed-in", before + 1)
        );
        bench
            .session
            .press(Request::UseAnotherOrganisation)
            .await
            .unwrap();
    }
}

/// Whoever holds both roles meets one visit of the browser, and the whole way to the proof stays within its calls
/// (decision 0004).
#[tokio::test]
async fn one_visit_and_few_calls_lead_to_the_proof() {
    let dana = Reader::new(DANA);
    let mut bench = Bench::new(dana.clone()).await;
    bench.go_on(Some("export")).await;
    assert_eq!(bench.opened(), 1);
    let asked: Vec<String> = dana
        .visited()
        .into_iter()
        .filter(|address| address.contains("/authorize"))
        .collect();
    assert_eq!(asked.len(), 3, "who, Graph, Exchange: {asked:?}");
    assert!(
        !asked[0].contains("Application"),
        "who comes is asked before anything else"
    );
    let sent = bench.sent.lock().unwrap().clone();
    assert!(sent.len() <= 40, "{} calls: {sent:#?}", sent.len());
    assert_eq!(sent.iter().filter(|call| *call == ADMIN_TOKEN).count(), 3);
    assert!(!sent.iter().any(|call| call == "GET /me"));
}

/// Tom may make the app, Mei may do Exchange. She is never asked for what makes apps, it is said that she is somebody
/// else and who made what, and together they come to the end.
#[tokio::test]
async fn two_admins_with_half_the_rights_each_finish_together() {
    let tom = Reader::new(TOM);
    let mut bench = Bench::new(tom.clone()).await;
    let view = bench.go_on(Some("signed-in")).await;
    let Content::SignedIn {
        checks,
        more,
        messages,
        sentence,
        ..
    } = &view.page.content
    else {
        panic!("{:?}", view.page.key)
    };
    assert!(
        sentence.contains("ask an Exchange Administrator for 1"),
        "{sentence}"
    );
    assert!(checks.iter().any(|row| row.finding.word == "Ask somebody"));
    assert!(more.iter().all(|row| row.finding.word == "Ready"), "{more:?}");
    assert!(
        messages[0]
            .title
            .starts_with("You can make the app and its secret now"),
        "{messages:?}"
    );
    // Whoever can't ask Exchange for mailboxes comes to the plan, which says whom to ask for what.
    let view = bench.session.press(Request::Continue).await.unwrap();
    assert_eq!(view.page.key, "plan");
    assert_eq!(
        view.page.lead.as_deref(),
        Some("You can do 3 of 4 parts: ask an Exchange Administrator for the limit.")
    );
    assert_eq!(labels(&view)[0], "Make these 3 changes");
    let view = bench.go_on(Some("secret-done")).await;
    assert_eq!(step(&view), "secret");
    let view = bench.session.press(Request::Continue).await.unwrap();
    assert_eq!(
        (view.page.key.as_str(), step(&view).as_str()),
        ("sign-in", "sign-in")
    );
    assert!(!view.title.starts_with("Problem"));
    assert!(
        view.page.lead.as_ref().unwrap().contains("Tom Okafor"),
        "{:?}",
        view.page.lead
    );
    bench.session.press(Request::CopyRequest).await.unwrap();
    let copied = bench.session.copied.lock().unwrap().last().cloned().unwrap();
    assert!(copied.contains("takes Exchange Administrator"), "{copied}");
    assert!(
        copied.contains("Privileged Role Administrator or Global Administrator"),
        "{copied}"
    );

    let mei = Reader::new(MEI);
    bench.sits(mei.clone());
    let view = bench.session.press(Request::SignIn).await.unwrap();
    assert_eq!(view.page.key, "signed-in", "somebody else is said");
    let Content::SignedIn { messages, person, .. } = &view.page.content else {
        panic!("{:?}", view.page.key)
    };
    assert_eq!(person, "Mei Lindqvist");
    let said = messages
        .iter()
        .map(|message| message.text.clone().unwrap_or_default());
    let said: String = said.collect();
    assert!(
        said.contains("Tom Okafor made the app and Tom Okafor made its secret"),
        "{said}"
    );
    let asked = mei.visited().join(" ");
    assert!(!asked.contains("Application.ReadWrite.All"), "{asked}");
    assert!(!tom.visited().join(" ").contains("prompt=consent"));
    let view = bench.go_on(None).await;
    assert_eq!(view.page.key, "exported");
    assert_eq!(bench.handle.snapshot().foreign_changes, Vec::<String>::new());
}

#[tokio::test]
async fn who_has_no_role_gets_a_request_to_send() {
    let sam = Reader::new(SAM);
    let mut bench = Bench::new(sam.clone()).await;
    let view = bench.go_on(Some("signed-in")).await;
    let Content::SignedIn { messages, checks, .. } = &view.page.content else {
        panic!("{:?}", view.page.key)
    };
    assert_eq!(messages[0].action.as_ref().unwrap().request, Request::CopyRequest);
    assert!(
        checks.iter().all(|row| row.finding.word != "Couldn't read"),
        "{checks:?}"
    );
    bench.session.press(Request::CopyRequest).await.unwrap();
    let copied = bench.session.copied.lock().unwrap().last().cloned().unwrap();
    for role in [
        "Application Administrator",
        "Exchange Administrator",
        "Privileged Role Administrator",
    ] {
        assert!(copied.contains(role), "{copied}");
    }
    // He accepted what everybody may, and never met a page that ends in "Need admin approval".
    let pages = sam.visited();
    let consents = pages.iter().filter(|page| page.ends_with("/practice/consent"));
    assert_eq!(consents.count(), 1, "{pages:?}");
    // Looking at the plan is free; doing it is not offered, not done, and leads to a sign-in. Dana does it.
    let view = bench.session.press(Request::Continue).await.unwrap();
    assert_eq!(view.page.key, "sign-in");
    let plan = Request::GoTo { step: "plan".into() };
    let view = bench.session.press(plan).await.unwrap();
    assert_eq!(view.page.key, "plan");
    assert_eq!(labels(&view), ["Sign in as somebody who may"]);
    let view = bench.session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "plan");
    let app = Request::GoTo { step: "app".into() };
    assert_eq!(bench.session.press(app).await.unwrap().page.key, "app");
    let view = bench.session.press(Request::Commit).await.unwrap();
    assert_eq!(view.page.key, "sign-in");
    assert_eq!(
        bench
            .handle
            .snapshot()
            .applications
            .iter()
            .filter(|app| !app.foreign)
            .count(),
        0
    );
    bench.sits(Reader::new(DANA));
    assert_eq!(bench.go_on(None).await.page.key, "exported");
}

/// Where people may consent to nothing, the first page already ends in a refusal, which says whom to ask.
#[tokio::test]
async fn where_nobody_may_accept_anything_a_request_can_be_sent() {
    let strict = Scenario {
        user_consent_forbidden: true,
        ..Scenario::default()
    };
    let mut bench = Bench::with(Reader::new(SAM), strict).await;
    let view = bench.go_on(Some("problem-role.missing")).await;
    assert_eq!(labels(&view)[..2], ["Copy the request", "Sign in again"]);
}

#[tokio::test]
async fn while_the_browser_is_awaited_everything_works() {
    let mut bench = Bench::new(Reader::new(DANA).with(Browser::LeftAlone)).await;
    let before = bench.go_on(Some("sign-in")).await;
    bench.session.ask(Request::SignIn);
    let view = bench.session.until("the wait", waits).await.unwrap();
    let Content::SignIn {
        waiting: Some(waiting),
        ..
    } = &view.page.content
    else {
        panic!()
    };
    let acts: Vec<&str> = waiting.acts.iter().map(|act| act.label.as_str()).collect();
    assert_eq!(acts, ["Copy the address", "Open it again", "Stop waiting"]);
    assert!(waiting.address.contains("/authorize"), "{}", waiting.address);
    // The bar keeps its buttons, so that it keeps its height.
    assert_eq!(labels(&view), labels(&before));
    assert!(view.page.busy.as_ref().unwrap().cancel.is_none());

    let address = waiting.address.clone();
    bench.session.ask(Request::OpenAddress);
    bench.session.ask(Request::CopyAddress);
    bench.session.ask(Request::Help);
    let view = bench
        .session
        .until("the help", |view| view.page.key == "help")
        .await
        .unwrap();
    assert!(view.page.busy.is_none());
    assert_eq!(bench.opened(), 2);
    assert_eq!(bench.session.copied.lock().unwrap().last(), Some(&address));
    bench.session.ask(Request::Back);
    bench.session.until("the wait again", waits).await.unwrap();

    // Another step stops the wait and is opened.
    bench.session.ask(Request::GoTo {
        step: "platform".into(),
    });
    let view = bench
        .session
        .until("the platform", |view| step(view) == "platform")
        .await
        .unwrap();
    assert!(view.page.busy.is_none());
    bench
        .session
        .press(Request::GoTo {
            step: "sign-in".into(),
        })
        .await
        .unwrap();

    // So do Back, and leaving practice.
    bench.session.ask(Request::SignIn);
    bench.session.until("the wait", waits).await.unwrap();
    bench.session.ask(Request::Back);
    let view = bench
        .session
        .until("the method", |view| step(view) == "method")
        .await
        .unwrap();
    assert!(view.page.busy.is_none());
    bench
        .session
        .press(Request::GoTo {
            step: "sign-in".into(),
        })
        .await
        .unwrap();
    bench.session.ask(Request::SignIn);
    bench.session.until("the wait", waits).await.unwrap();
    bench.session.ask(Request::CancelSignIn);
    let view = bench
        .session
        .until("the end of the wait", |view| {
            view.page.busy.is_none() && !waits(view)
        })
        .await
        .unwrap();
    let lead = view.page.lead.clone().unwrap();
    assert!(lead.starts_with("You stopped waiting"), "{lead}");
    // It is said once.
    bench.session.press(Request::Back).await.unwrap();
    let again = bench
        .session
        .press(Request::GoTo {
            step: "sign-in".into(),
        })
        .await
        .unwrap();
    assert!(!again.page.lead.unwrap().contains("You stopped waiting"));
    assert!(!view.title.starts_with("Problem"));
    bench.session.ask(Request::SignIn);
    bench.session.until("the wait", waits).await.unwrap();
    bench.session.ask(Request::SaveAndClose);
    bench
        .session
        .until("the list", |view| view.page.key == "connections")
        .await
        .unwrap();
}

/// A computer without a browser is no dead end: the address is there to copy, and whoever opens it goes on.
#[tokio::test]
async fn without_a_browser_the_address_leads_on() {
    let mut bench = Bench::new(Reader::new(DANA).with(Browser::Missing)).await;
    bench.go_on(Some("sign-in")).await;
    bench.session.ask(Request::SignIn);
    let view = bench.session.until("the wait", waits).await.unwrap();
    let Content::SignIn {
        waiting: Some(waiting),
        ..
    } = &view.page.content
    else {
        panic!()
    };
    assert_eq!(waiting.title, "No browser opened");
    Reader::new(DANA).visit(&waiting.address).await.unwrap();
    bench
        .session
        .until("who came", |view| view.page.key == "signed-in")
        .await
        .unwrap();
}

#[tokio::test]
async fn an_id_that_is_none_opens_no_browser() {
    let mut bench = Bench::new(Reader::new(DANA).with(Browser::LeftAlone)).await;
    bench.go_on(Some("sign-in")).await;
    for typed in ["", "own", "my app", "14d82eec-204b-4c2f", "{14d82eec}"] {
        bench
            .session
            .send(Submit::Client { value: typed.into() })
            .await
            .unwrap();
        let view = bench.session.press(Request::SignIn).await.unwrap();
        let told: Vec<&str> = view
            .page
            .field_problems
            .iter()
            .map(|told| told.field.as_str())
            .collect();
        assert_eq!(
            (told.as_slice(), bench.opened()),
            (&["client"][..], 0),
            "{typed:?}"
        );
        let Content::SignIn { client, .. } = &view.page.content else {
            panic!("{:?}", view.page.key)
        };
        assert_eq!(client.as_deref(), Some(typed), "what was typed stays");
    }
    let client = bench.handle.public_client_id().to_owned();
    for typed in [
        format!("  {{{}}} ", client.to_uppercase()),
        format!(
            "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/{client}"
        ),
    ] {
        bench.session.send(Submit::Client { value: typed }).await.unwrap();
        bench.session.ask(Request::SignIn);
        let view = bench.session.until("the wait", waits).await.unwrap();
        let Content::SignIn {
            waiting: Some(waiting),
            ..
        } = &view.page.content
        else {
            panic!()
        };
        assert!(
            waiting.address.contains(&format!("client_id={client}")),
            "{}",
            waiting.address
        );
        bench.session.ask(Request::CancelSignIn);
        bench
            .session
            .until("the end of the wait", |view| {
                view.page.busy.is_none() && !waits(view)
            })
            .await
            .unwrap();
    }
}

/// Trying again repeats what was asked, in one click: the look-up of mailboxes as well.
#[tokio::test]
async fn trying_again_repeats_what_was_asked() {
    let mut bench = Bench::new(Reader::new(DANA)).await;
    bench.go_on(Some("mailboxes")).await;
    let broken = Answer {
        captive_portal: true,
        ..Answer::default()
    };
    bench
        .plans
        .lock()
        .unwrap()
        .push(("Exchange Get-Recipient".to_owned(), 1, broken));
    let view = bench
        .session
        .send(Submit::Mailboxes {
            allowed: MAILBOXES.into(),
            refused: REFUSED.into(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "problem-network.unexpected");
    let view = bench.session.press(Request::TryAgain).await.unwrap();
    assert_eq!(view.page.key, "plan", "one click");
}

/// A certificate that nobody vouches for is told as that, over a real connection: what decides is the type of the error,
/// never its words.
#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_as_one() {
    let start = "2026-11-22T10:30:00Z".parse().unwrap();
    let options = || Options {
        clock: ClockKind::Explicit { start },
        ..Options::default()
    };
    let (handle, other) = (
        Arc::new(practice::start(options()).await.unwrap()),
        practice::start(options()).await.unwrap(),
    );
    let truly = Organisation::from(&*handle);
    let mistaken = Organisation {
        root: other.root_certificate_pem().to_owned(),
        ..truly.clone()
    };
    let mut bench = Bench::mistaken(&truly, &mistaken, handle, Reader::new(DANA)).await;
    bench.go_on(Some("problem-network.untrusted")).await;
    assert_eq!(bench.session.page(), "problem-network.untrusted");
}
