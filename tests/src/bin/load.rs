//! Measures a practice organisation of 100,000 mailboxes: its start, its memory, its search, and a minute of many
//! clients at once.
//!
//! `cargo xtask bench` runs it with the program that it built for release. The organisation is a process of its own,
//! so that its memory can be told from that of the clients.

#![allow(clippy::print_stdout, reason = "what it measures is its output")]

use std::io::BufRead as _;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use journeys::Outcome;
use journeys::organisation::client_that_trusts;
use reqwest::Client;
use serde_json::{Value, json};

const MAILBOXES: &str = "100000";
const START_AT_MOST: Duration = Duration::from_secs(3);
const MEGABYTES_AT_MOST: f64 = 500.0;
const SEARCH_AT_MOST: Duration = Duration::from_millis(50);
const SEARCHES: usize = 200;
const CLIENTS: usize = 200;
const LOAD: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    match measure().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            println!("load: {why}");
            ExitCode::FAILURE
        }
    }
}

/// The organisation's process, ended with this value.
struct Running {
    child: Child,
    line: Value,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts the program and waits for its line, which it says when it serves.
    fn start(program: &str) -> Outcome<Self> {
        let mut child = Command::new(program)
            .args(["--json", "--mailboxes", MAILBOXES])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        let output = child.stdout.take().ok_or("the organisation has no output")?;
        let mut line = String::new();
        std::io::BufReader::new(output)
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
        let line = serde_json::from_str(&line).map_err(|error| format!("{line}: {error}"))?;
        Ok(Self { child, line })
    }

    fn text(&self, name: &str) -> Outcome<&str> {
        self.line[name]
            .as_str()
            .ok_or_else(|| format!("the organisation's line has no {name}"))
    }

    /// Megabytes that the process holds; none where the system has no such file.
    fn megabytes(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes * 1024.0 / 1e6)
    }
}

/// Measures, prints, and says whether every bound is kept.
async fn measure() -> Outcome<bool> {
    let program = std::env::args()
        .nth(1)
        .ok_or("the program to measure is missing")?;
    let begun = Instant::now();
    let running = Running::start(&program)?;
    let start = begun.elapsed();
    let mut kept = told(
        "start with 100,000 mailboxes, ms",
        milliseconds(start),
        milliseconds(START_AT_MOST),
    );
    if let Some(megabytes) = running.megabytes() {
        kept &= told("memory after the start, MB", megabytes, MEGABYTES_AT_MOST);
    }
    let access = Access::new(&running).await?;
    kept &= searches(&access).await?;
    kept &= crowd(&running, access).await?;
    if let Some(megabytes) = running.megabytes() {
        kept &= told("memory after the load, MB", megabytes, MEGABYTES_AT_MOST);
    }
    Ok(kept)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn told(what: &str, value: f64, most: f64) -> bool {
    let kept = value <= most;
    println!(
        "{what}: {value:.1} (at most {most:.0}) {}",
        if kept { "PASS" } else { "FAIL" }
    );
    kept
}

/// What every client needs.
#[derive(Clone)]
struct Access {
    client: Client,
    graph: String,
    exchange: String,
    authority: String,
    client_id: String,
    client_secret: String,
    graph_token: String,
    exchange_token: String,
}

impl Access {
    async fn new(running: &Running) -> Outcome<Self> {
        let root =
            std::fs::read_to_string(running.text("root_certificate")?).map_err(|error| error.to_string())?;
        let mut access = Self {
            client: client_that_trusts(Some(&root))?,
            graph: running.text("graph")?.to_owned(),
            exchange: running.text("exchange")?.to_owned(),
            authority: running.text("authority")?.to_owned(),
            client_id: running.text("client_id")?.to_owned(),
            client_secret: running.text("client_secret")?.to_owned(),
            graph_token: String::new(),
            exchange_token: String::new(),
        };
        access.graph_token = access.token("https://graph.microsoft.com/.default").await?;
        access.exchange_token = access.token("https://outlook.office365.com/.default").await?;
        Ok(access)
    }

    async fn token(&self, scope: &str) -> Outcome<String> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.client_id),
            ("client_secret", &self.client_secret),
            ("scope", scope),
        ];
        let answer = self
            .client
            .post(format!("{}/oauth2/v2.0/token", self.authority))
            .form(&form);
        let answer: Value = read(answer).await?;
        answer["access_token"]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| answer.to_string())
    }

    async fn get(&self, path: &str) -> Outcome<Value> {
        let request = self.client.get(format!("{}{path}", self.graph));
        read(
            request
                .bearer_auth(&self.graph_token)
                .header("ConsistencyLevel", "eventual"),
        )
        .await
    }

    async fn cmdlet(&self, name: &str, parameters: Value) -> Outcome<Value> {
        let body = json!({"CmdletInput": {"CmdletName": name, "Parameters": parameters}});
        let request = self.client.post(format!("{}/InvokeCommand", self.exchange));
        read(request.bearer_auth(&self.exchange_token).json(&body)).await
    }
}

/// An answer that is anything but a success is an error.
async fn read(request: reqwest::RequestBuilder) -> Outcome<Value> {
    let answer = request.send().await.map_err(|error| format!("{error:?}"))?;
    let status = answer.status();
    let text = answer.text().await.map_err(|error| error.to_string())?;
    if !status.is_success() {
        return Err(format!("{status}: {text}"));
    }
    serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))
}

/// `$search` for other words each time, one after the other.
async fn searches(access: &Access) -> Outcome<bool> {
    const WORDS: [&str; 8] = [
        "support",
        "anna",
        "room",
        "harbour",
        "projector",
        "maria",
        "orders",
        "smith",
    ];
    let mut times = Vec::with_capacity(SEARCHES);
    for turn in 0..SEARCHES {
        let word = WORDS[turn % WORDS.len()];
        let begun = Instant::now();
        let path = format!("/users?$search=\"displayName:{word}\"&$count=true&$top=25");
        let found = access.get(&path).await?;
        times.push(begun.elapsed());
        if found["value"].as_array().is_none() {
            return Err(format!("a search without a result: {found}"));
        }
    }
    times.sort_unstable();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    Ok(told(
        "$search among 100,000, median of 200, ms",
        milliseconds(median),
        milliseconds(SEARCH_AT_MOST),
    ))
}

/// A minute of many clients, each with requests of its own kind in turn.
async fn crowd(running: &Running, access: Access) -> Outcome<bool> {
    let root =
        std::fs::read_to_string(running.text("root_certificate")?).map_err(|error| error.to_string())?;
    let (answered, failed) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let end = Instant::now() + LOAD;
    let mut clients = Vec::with_capacity(CLIENTS);
    for number in 0..CLIENTS {
        // A client of its own, so that there are as many connections as clients.
        let access = Access {
            client: client_that_trusts(Some(&root))?,
            ..access.clone()
        };
        let (answered, failed) = (answered.clone(), failed.clone());
        clients.push(tokio::spawn(async move {
            let mut slowest = Duration::ZERO;
            let mut turn = number;
            let mut first_failure = None;
            while Instant::now() < end {
                let begun = Instant::now();
                let outcome = match turn % 6 {
                    0 => access
                        .token("https://graph.microsoft.com/.default")
                        .await
                        .map(|_| Value::Null),
                    1 => access.get("/users?$top=20").await,
                    2 => access.get("/users/support@contoso.example/messages?$top=5").await,
                    3 => {
                        access
                            .get("/users?$filter=mail eq 'billing@contoso.example'")
                            .await
                    }
                    4 => access.get("/applications?$top=10").await,
                    _ => {
                        access
                            .cmdlet("Get-Mailbox", json!({"Identity": "orders@contoso.example"}))
                            .await
                    }
                };
                slowest = slowest.max(begun.elapsed());
                turn += 1;
                match outcome {
                    Ok(_) => answered.fetch_add(1, Ordering::Relaxed),
                    Err(why) => {
                        first_failure.get_or_insert(why);
                        failed.fetch_add(1, Ordering::Relaxed)
                    }
                };
            }
            (slowest, first_failure)
        }));
    }
    let mut slowest = Duration::ZERO;
    for client in clients {
        let (longest, why) = client.await.map_err(|error| error.to_string())?;
        slowest = slowest.max(longest);
        if let Some(why) = why {
            println!(
                "  a client was refused: {}",
                why.chars().take(300).collect::<String>()
            );
        }
    }
    let answered = answered.load(Ordering::Relaxed);
    println!(
        "{CLIENTS} clients for a minute: {answered} answers, {:.0} a second, slowest {:.0} ms",
        answered as f64 / LOAD.as_secs_f64(),
        milliseconds(slowest)
    );
    Ok(told(
        "errors that nobody asked for",
        failed.load(Ordering::Relaxed) as f64,
        0.0,
    ))
}
