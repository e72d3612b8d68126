//! The program itself: what it prints, when it ends, and what it refuses.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_practice"));
    command.args(["--mailboxes", "50"]);
    command
}

/// A running program, ended with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(arguments: &[&str]) -> (Self, Value) {
        let mut child = program()
            .arg("--json")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        // Its input ends at once, which must not end it.
        drop(child.stdin.take());
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("an output"))
            .read_line(&mut line)
            .expect("a line");
        let line = serde_json::from_str(&line).expect("JSON");
        (Self(child), line)
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([name, &self.0.id().to_string()])
            .status()
            .expect("kill");
        assert!(status.success());
    }

    /// The exit code, waited for with a bound.
    fn end(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.0.try_wait().expect("a status") {
                return status.code();
            }
            std::thread::yield_now();
        }
        None
    }
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let Output {
        status,
        stderr,
        stdout,
    } = program().args(arguments).output().expect("an end");
    assert!(stdout.is_empty());
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn it_prints_one_line_with_everything_and_serves_until_it_is_ended() {
    for name in ["-TERM", "-INT"] {
        let (mut running, line) = Running::start(&[]);
        for key in [
            "origin",
            "authority",
            "graph",
            "exchange",
            "imap",
            "pop",
            "smtp",
            "proxy",
            "root_certificate",
            "tenant_id",
            "client_id",
            "client_secret",
            "public_client_id",
            "control_token",
        ] {
            assert!(
                line[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}: {line}"
            );
        }
        let mailboxes = line["mailboxes"].as_array().expect("a list");
        assert!(mailboxes.len() > 3);
        assert!(
            mailboxes
                .iter()
                .all(|address| address.as_str().is_some_and(|text| text.contains('@')))
        );
        let root_file = Path::new(line["root_certificate"].as_str().expect("a path"));
        let root = std::fs::read_to_string(root_file).expect("a file");
        assert!(root.starts_with("-----BEGIN CERTIFICATE-----"));
        assert!(
            line["proxy"]
                .as_str()
                .is_some_and(|proxy| proxy.starts_with("http://127.0.0.1:"))
        );
        // It still serves although its input ended.
        let port = line["origin"]
            .as_str()
            .and_then(|origin| origin.rsplit(':').next())
            .expect("a port");
        std::net::TcpStream::connect(format!("127.0.0.1:{port}")).expect("a connection");
        assert!(running.0.try_wait().expect("a status").is_none());
        running.signal(name);
        assert_eq!(running.end(), Some(0), "{name}");
        assert!(!root_file.exists(), "{name} left the root certificate behind");
        let mut rest = String::new();
        let output = running.0.stdout.as_mut().expect("an output");
        output.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "", "more than one line");
    }
}

#[test]
fn the_root_certificate_stays_in_the_folder_of_a_kept_organisation() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut running, line) = Running::start(&["--state", folder.path().to_str().expect("text")]);
    let root_file = Path::new(line["root_certificate"].as_str().expect("a path"));
    assert!(root_file.starts_with(folder.path()) && root_file.exists());
    running.signal("-TERM");
    assert_eq!(running.end(), Some(0));
    assert!(root_file.exists());
}

#[test]
fn it_says_why_it_does_not_start() {
    let (_running, line) = Running::start(&[]);
    let port = line["origin"]
        .as_str()
        .and_then(|origin| origin.rsplit(':').next())
        .expect("a port");
    for option in ["--port", "--proxy-port", "--imap-port", "--smtp-port"] {
        let (code, told) = refused(&[option, port]);
        assert_eq!(code, Some(1), "{option}: {told}");
        assert!(told.contains(port), "{option}: {told}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.toml");
    std::fs::write(&file, "[scenario]\nreplication_seconds = \"soon\"\n").expect("written");
    let (code, told) = refused(&["--scenario", file.to_str().expect("text")]);
    assert_eq!(code, Some(1));
    assert!(told.contains("mine.toml") && told.contains("line 2"), "{told}");
    let (code, told) = refused(&["--scenario", "nothing"]);
    assert!(code == Some(1) && told.contains("replication-lag"), "{told}");
    let (code, told) = refused(&["--trouble", "GET /v1.0/me sometimes"]);
    assert!(code == Some(1) && told.contains("sometimes"), "{told}");
    let (code, told) = refused(&["--port", "many"]);
    assert!(code == Some(2) && told.contains("--port"), "{told}");
}

#[test]
fn it_explains_itself() {
    let help = program().arg("--help").output().expect("an end");
    let text = String::from_utf8_lossy(&help.stdout);
    assert!(help.status.success());
    for told in [
        "--scenario",
        "--trouble",
        "HTTPS_PROXY",
        "EXIT CODES",
        "mailboxes_by_kind",
        "retry-after",
    ] {
        assert!(text.contains(told), "{told}");
    }
    let list = program().arg("--list-scenarios").output().expect("an end");
    let text = String::from_utf8_lossy(&list.stdout);
    assert!(list.status.success() && text.lines().count() > 20);
    assert!(text.lines().any(|line| line.starts_with("flip-flop ")));
}

#[test]
fn what_goes_wrong_can_be_said_at_the_start() {
    let (_running, line) = Running::start(&[
        "--scenario",
        "secrets-forbidden",
        "--scenario",
        "limits",
        "--trouble",
        "GET /v1.0/me 503 retry-after=9",
    ]);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let root = line["root_certificate_pem"].as_str().expect("a root");
    let root = reqwest::Certificate::from_pem(root.as_bytes()).expect("a root");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::builder()
            .tls_certs_only([root])
            .no_proxy()
            .build()
            .expect("a client");
        let text = |key: &str| line[key].as_str().expect("text").to_owned();
        let url = format!("{}/_practice/scenario", text("origin"));
        let switches = client
            .get(url)
            .bearer_auth(text("control_token"))
            .send()
            .await
            .expect("an answer");
        let switches: Value = switches.json().await.expect("JSON");
        assert_eq!(
            (&switches["secrets_forbidden"], &switches["throttling"]),
            (&true.into(), &"documented".into())
        );
        let url = format!("{}/me", text("graph"));
        let struck = client.get(&url).send().await.expect("an answer");
        assert_eq!(
            (struck.status().as_u16(), &struck.headers()["retry-after"]),
            (503, &"9".parse().expect("text"))
        );
        assert_eq!(client.get(&url).send().await.expect("an answer").status(), 401);
    });
}
