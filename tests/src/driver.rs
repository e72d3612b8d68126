//! WebKit's own driver and the wizard that it starts, in a process group of its own that is ended with it.
//!
//! `tauri-driver`, which usually stands in between, only gives the wizard's path another name (decision 0022).

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::Outcome;
use crate::eventually::{PATIENCE, eventually};

/// A wizard that dies at its start would make the driver wait for ever.
const SESSION_WITHIN: Duration = Duration::from_secs(30);
/// A port that was free a moment ago can be taken by then.
const MOST_PORTS: usize = 5;

/// The driver's processes. They are ended when this value goes.
pub struct Driver {
    child: Child,
    address: String,
}

/// What became of a driver that was started.
enum Started {
    Listens,
    Ended,
}

impl Driver {
    /// Starts one on a free port. The wizard inherits `environment`.
    pub async fn start(environment: &[(&str, OsString)]) -> Outcome<Self> {
        earlier_ones_ended().await?;
        for _ in 0..MOST_PORTS {
            let mut driver = Self::start_on(free_port()?, environment)?;
            match driver.listens().await? {
                Started::Listens => return Ok(driver),
                Started::Ended => continue,
            }
        }
        Err(format!(
            "WebKitWebDriver found no free port in {MOST_PORTS} tries"
        ))
    }

    fn start_on(port: u16, environment: &[(&str, OsString)]) -> Outcome<Self> {
        let mut command = bound_to_us(Path::new("WebKitWebDriver"));
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            // The wizard inherits it, and lets itself be driven only then.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (name, value) in environment {
            command.env(name, value);
        }
        own_group(&mut command);
        let child = command
            .spawn()
            .map_err(|error| format!("WebKitWebDriver: {error}"))?;
        let address = format!("http://127.0.0.1:{port}");
        Ok(Self { child, address })
    }

    /// Waits until it listens or has ended.
    async fn listens(&mut self) -> Outcome<Started> {
        let address = self.address.trim_start_matches("http://").to_owned();
        eventually("WebKitWebDriver to listen", PATIENCE, async || {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return Some(Started::Ended);
            }
            let connected = tokio::net::TcpStream::connect(&address).await;
            connected.ok().map(|_| Started::Listens)
        })
        .await
    }

    /// Starts the wizard and connects to its window.
    pub async fn connect(&self, arguments: &[OsString]) -> Outcome<Client> {
        let app = wizard()?;
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| argument.to_string_lossy())
            .collect();
        let wanted = json!({ "webkitgtk:browserOptions": { "binary": app, "args": arguments } });
        let Value::Object(wanted) = wanted else {
            return Err(String::from("no capabilities"));
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let connecting = builder.capabilities(wanted).connect(&self.address);
        match tokio::time::timeout(SESSION_WITHIN, connecting).await {
            Ok(Ok(client)) => Ok(client),
            Ok(Err(error)) => Err(format!("the wizard could not be driven: {error}")),
            Err(_) => Err(format!(
                "the wizard did not start within {} s",
                SESSION_WITHIN.as_secs()
            )),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end_group(&mut self.child);
    }
}

/// The wizard's program, for a test that starts it without driving it.
pub fn wizard() -> Outcome<PathBuf> {
    program("MAILGRANT_APP", "mailgrant")
}

/// A program that `cargo xtask` names, or that stands beside this test.
fn program(variable: &str, beside: &str) -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os(variable) {
        return Ok(named.into());
    }
    // A test lies in `target/debug/deps`.
    let test = std::env::current_exe().map_err(|error| error.to_string())?;
    let found = test
        .ancestors()
        .skip(2)
        .take(2)
        .map(|folder| folder.join(beside))
        .find(|file| file.is_file());
    found.ok_or_else(|| format!("{beside} is not built; run `cargo xtask test`"))
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.port())
        .map_err(|error| format!("no free port: {error}"))
}

/// The driver ends with this test even if the test is killed, and then ends its own child.
fn bound_to_us(program: &Path) -> Command {
    if cfg!(target_os = "linux") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

#[cfg(unix)]
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // Nothing in it has anything to tidy up: what it knows is in folders that the test removes.
        let _ = kill_process_group(group, Signal::KILL);
        if let Ok(mut ended) = ENDED.lock() {
            ended.push(group.as_raw_nonzero().get());
        }
    }
    let _ = child.wait();
}

/// Groups of processes that were told to end.
static ENDED: Mutex<Vec<i32>> = Mutex::new(Vec::new());

/// Waits until nothing of them runs any more. A wizard that is still ending holds its name on the session bus, and the
/// next one on the same folder would hand over to it and end at once.
async fn earlier_ones_ended() -> Outcome {
    eventually("earlier wizards to end", PATIENCE, async || {
        let mut ended = ENDED.lock().ok()?;
        ended.retain(|group| runs(*group));
        ended.is_empty().then_some(())
    })
    .await
}

/// Whether a process of the group runs, as `/proc` tells it; nothing does where there is no such folder.
fn runs(group: i32) -> bool {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok())
        .any(|stat| {
            // The program's name stands in brackets before the rest, and may hold anything.
            let rest = stat.rsplit(')').next().unwrap_or_default();
            let fields: Vec<&str> = rest.split_whitespace().collect();
            let of_group = fields.get(2).and_then(|id| id.parse().ok()) == Some(group);
            // A process whose first thread has ended holds its files until the last one has.
            let threads: usize = fields.get(17).and_then(|count| count.parse().ok()).unwrap_or(0);
            let ended = matches!(fields.first(), Some(&("Z" | "X"))) && threads < 2;
            of_group && !ended
        })
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
