//! Trouble that strikes the mail protocols.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;

use std::time::Duration;

use common::{Practice, begin, explicit};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A connection without TLS, which is enough for the commands that need no sign-in.
struct Line {
    stream: BufReader<TcpStream>,
}

impl Line {
    async fn open(address: &str) -> Self {
        let port = address.rsplit(':').next().expect("a port");
        let stream = TcpStream::connect(format!("127.0.0.1:{port}"))
            .await
            .expect("a connection");
        let mut line = Self {
            stream: BufReader::new(stream),
        };
        line.read().await.expect("a greeting");
        line
    }

    /// The next line, or nothing when the connection has ended.
    async fn read(&mut self) -> Option<String> {
        let mut text = String::new();
        let read = tokio::time::timeout(Duration::from_secs(10), self.stream.read_line(&mut text))
            .await
            .expect("a line or an end");
        read.is_ok_and(|count| count > 0)
            .then(|| text.trim_end().to_owned())
    }

    async fn ask(&mut self, command: &str) -> Option<String> {
        self.stream
            .get_mut()
            .write_all(format!("{command}\r\n").as_bytes())
            .await
            .expect("written");
        self.read().await
    }
}

fn protocols(practice: &Practice) -> [(&'static str, String, &'static str, &'static str); 3] {
    let handle = &practice.handle;
    [
        ("IMAP", handle.imap_starttls(), "a1 NOOP", "a1 NO Not today."),
        ("POP", handle.pop_starttls(), "CAPA", "-ERR [SYS/TEMP] Not today."),
        (
            "SMTP",
            handle.smtp(),
            "EHLO client.example",
            "451 4.3.2 Not today.",
        ),
    ]
}

async fn trouble(practice: &Practice, on: String, answer: Value) {
    let trouble = json!([{"on": on, "answer": answer}]);
    practice.control("POST", "trouble", Some(trouble)).await.ok(204);
}

#[tokio::test]
async fn a_command_can_be_refused_cut_and_slowed() {
    let practice = begin(explicit()).await;
    for (protocol, address, command, refusal) in protocols(&practice) {
        let on = || format!("{protocol} *");
        trouble(&practice, on(), json!({"status": 503, "message": "Not today."})).await;
        let mut line = Line::open(&address).await;
        assert_eq!(line.ask(command).await.as_deref(), Some(refusal));
        assert_ne!(line.ask(command).await.as_deref(), Some(refusal), "{protocol}");

        for takes_effect in [false, true] {
            trouble(
                &practice,
                on(),
                json!({"drop": true, "takes_effect": takes_effect}),
            )
            .await;
            let mut line = Line::open(&address).await;
            assert_eq!(line.ask(command).await, None, "{protocol}");
        }
        assert!(Line::open(&address).await.ask(command).await.is_some());

        trouble(&practice, on(), json!({"slow_milliseconds": 600_000})).await;
        let mut line = Line::open(&address).await;
        let waited = tokio::time::timeout(Duration::from_millis(200), line.ask(command)).await;
        assert!(waited.is_err(), "{protocol} answered before its time");
    }
    practice.handle.stop().await;
}

#[tokio::test]
async fn commands_are_counted_by_their_verb_alone() {
    let practice = begin(explicit()).await;
    let mut line = Line::open(&practice.handle.imap_starttls()).await;
    line.ask("a1 LOGIN someone@contoso.example hunter2").await;
    let log = practice.control("GET", "log", None).await.ok(200);
    assert_eq!(log["IMAP LOGIN"], 1, "{log}");
    assert!(!log.to_string().contains("hunter2") && !log.to_string().contains("someone"));
    practice.handle.stop().await;
}

#[tokio::test]
async fn the_proxy_leads_to_the_mail_protocols() {
    let practice = begin(explicit()).await;
    let proxy = practice.handle.proxy().trim_start_matches("http://").to_owned();
    for (asked, greeting) in [
        ("outlook.office365.com:143", "* OK"),
        ("outlook.office365.com:110", "+OK"),
        ("smtp.office365.com:587", "220 "),
        ("smtp.office365.com:25", "220 "),
    ] {
        let stream = TcpStream::connect(&proxy).await.expect("a connection");
        let mut line = Line {
            stream: BufReader::new(stream),
        };
        let opened = line
            .ask(&format!("CONNECT {asked} HTTP/1.1\r\nHost: {asked}\r\n"))
            .await;
        assert_eq!(opened.as_deref(), Some("HTTP/1.1 200 Connection established"));
        assert_eq!(line.read().await.as_deref(), Some(""));
        let first = line.read().await.expect("a greeting");
        assert!(first.starts_with(greeting), "{asked}: {first}");
    }
    practice.handle.stop().await;
}
