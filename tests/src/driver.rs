//! `tauri-driver` and everything it starts, in a process group of its own that is ended with it.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::Outcome;
use crate::eventually::{PATIENCE, eventually};

/// A wizard that dies at its start would make the driver wait for ever.
const SESSION_WITHIN: Duration = Duration::from_secs(15);

/// The driver's processes. They are ended when this value goes.
pub struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    /// Starts one on free ports. The wizard inherits `environment`.
    pub async fn start(environment: &[(&str, OsString)]) -> Outcome<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let mut command = bound_to_us(&program("MAILGRANT_TAURI_DRIVER", "tools/bin/tauri-driver")?);
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (name, value) in environment {
            command.env(name, value);
        }
        own_group(&mut command);
        let child = command
            .spawn()
            .map_err(|error| format!("tauri-driver: {error}"))?;
        let driver = Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
        };
        for port in [port, native] {
            eventually("tauri-driver to listen", PATIENCE, async || {
                tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok()
            })
            .await?;
        }
        Ok(driver)
    }

    /// Starts the wizard and connects to its window.
    pub async fn connect(&self, arguments: &[OsString]) -> Outcome<Client> {
        let app = wizard()?;
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| argument.to_string_lossy())
            .collect();
        let wanted = json!({ "tauri:options": { "application": app, "args": arguments } });
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
    }
    let _ = child.wait();
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}
