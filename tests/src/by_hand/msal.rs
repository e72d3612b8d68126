//! MSAL for Node, unmodified, in an administrator's hands: it takes a token for Graph, and bare calls do the rest.
//!
//! `cargo xtask` installs it for every test run, with the clients that judge the practice organisation (decision 0014). A
//! plain `cargo test` may find it missing.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use practice::Handle;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::Outcome;
use crate::eventually::PATIENCE;
use crate::repository::top;

/// Microsoft Graph Command Line Tools (microsoft-facts §1.7), with which Graph's own PowerShell signs people in too.
const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// What registering an app and granting it something takes.
const SCOPES: [&str; 2] = [
    "https://graph.microsoft.com/Application.ReadWrite.All",
    "https://graph.microsoft.com/AppRoleAssignment.ReadWrite.All",
];
/// How often somebody signs in at most.
const TRIES: usize = 5;
/// What `cargo xtask test` says to its tests: everything was set up, so what is missing is a fault.
const SET_UP: &str = "MAILGRANT_SET_UP";

/// Whether MSAL can be asked for a token. Says so where it can't, so that nobody takes a test for one that was run.
pub(super) fn is_there() -> bool {
    let installed = folder()
        .join("node_modules/@azure/msal-node/package.json")
        .is_file();
    let asked = installed || std::env::var_os(SET_UP).is_some();
    if !asked {
        let _ = writeln!(
            std::io::stdout(),
            "skipped: MSAL for Node isn't installed; run `cargo xtask test`"
        );
    }
    asked
}

/// A token for Graph of this person, who signs in where MSAL says and agrees to what it asks.
///
/// # Errors
/// Where MSAL isn't installed, fails, or gives nothing in half a minute.
pub(super) async fn token(handle: &Handle, account: &str) -> Outcome<String> {
    let mut last = String::new();
    // Where the organisation's time goes quickly, what the sign-in leads back with can be too old before MSAL has used it: then
    // the person signs in again.
    for _ in 0..TRIES {
        let taken = tokio::time::timeout(PATIENCE, taken(handle, account)).await;
        match taken.map_err(|_| "MSAL gave no token in time".to_owned())? {
            Ok(token) => return Ok(token),
            Err(error) => last = error,
        }
    }
    Err(format!("MSAL: {last}"))
}

async fn taken(handle: &Handle, account: &str) -> Outcome<String> {
    let in_words = |error: std::io::Error| error.to_string();
    let mut root = tempfile::NamedTempFile::new().map_err(in_words)?;
    root.write_all(handle.root_certificate_pem().as_bytes())
        .map_err(in_words)?;
    let mut command = Command::new("node");
    // Settings of this machine would lead it elsewhere.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let mut node = command
        .arg("msal_token.mjs")
        .arg(format!("{}/{}", handle.origin(), handle.tenant_id()))
        .arg(CLIENT)
        .args(SCOPES)
        .current_dir(folder())
        .env("NODE_EXTRA_CA_CERTS", root.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("node: {error}"))?;
    let said = node.stdout.take().ok_or("nothing to read from")?;
    let mut told = node.stdin.take().ok_or("nothing to write to")?;
    let mut said = BufReader::new(said).lines();
    let page = line(&mut said, &mut node).await?;
    let back = handle.answer_sign_in(&page, account, true)?;
    told.write_all(format!("{back}\n").as_bytes())
        .await
        .map_err(in_words)?;
    let token = line(&mut said, &mut node).await?;
    let ended = node.wait().await.map_err(in_words)?;
    match ended.success() {
        true => Ok(token),
        false => Err(format!("{ended}")),
    }
}

/// The next line that it says, or what it says against it.
async fn line(said: &mut Lines<BufReader<ChildStdout>>, node: &mut Child) -> Outcome<String> {
    match said.next_line().await.map_err(|error| error.to_string())? {
        Some(line) => Ok(line),
        None => {
            let mut why = String::new();
            if let Some(mut errors) = node.stderr.take() {
                // What can't be read is told as nothing.
                let _ = errors.read_to_string(&mut why).await;
            }
            Err(format!("it ended too soon: {why}"))
        }
    }
}

fn folder() -> PathBuf {
    top().join("tests/clients/node")
}
