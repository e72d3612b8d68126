//! MSAL for Node, unmodified: in an administrator's hands, and as a platform that signs in with what was handed over. It takes a
//! token, and bare calls do the rest.
//!
//! `cargo xtask` installs it for every test run, with the clients that judge the practice organisation (decision 0014). A
//! plain `cargo test` may find it missing.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;

use jiff::Timestamp;
use practice::Handle;
use serde_json::{Value, json};
use tempfile::NamedTempFile;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::Outcome;
use crate::eventually::PATIENCE;
use crate::organisation::client_that_trusts;
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
pub fn is_there() -> bool {
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
pub async fn persons_token(handle: &Handle, account: &str) -> Outcome<String> {
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
    let root = root(handle)?;
    let mut node = node(&root, "msal_token.mjs")
        .arg(format!("{}/{}", handle.origin(), handle.tenant_id()))
        .arg(CLIENT)
        .args(SCOPES)
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

/// A token of the app's own, with nothing but what an opened file holds.
///
/// # Errors
/// Where MSAL isn't installed, fails, or gives nothing in half a minute.
pub async fn apps_token(handle: &Handle, bundle: &Value) -> Outcome<String> {
    let text = |place: &str| {
        let found = bundle.pointer(place).and_then(Value::as_str);
        found.ok_or_else(|| format!("the file has no {place}"))
    };
    let credential = match text("/credential/type")? {
        "clientSecret" => json!({ "clientSecret": text("/credential/value")? }),
        _ => json!({ "clientCertificate": {
            "thumbprintSha256": text("/credential/thumbprintSha256")?,
            "privateKey": text("/credential/privateKey")?,
        } }),
    };
    let root = root(handle)?;
    let mut node = node(&root, "msal_app.mjs")
        .arg(format!("{}{}", text("/cloud/authority")?, text("/tenantId")?))
        .arg(text("/app/clientId")?)
        .arg(text("/protocol/tokenScope")?)
        .arg(time_there(handle).await?.as_millisecond().to_string())
        .spawn()
        .map_err(|error| format!("node: {error}"))?;
    let mut told = node.stdin.take().ok_or("nothing to write to")?;
    told.write_all(credential.to_string().as_bytes())
        .await
        .map_err(|error| error.to_string())?;
    drop(told);
    let ended = tokio::time::timeout(PATIENCE, node.wait_with_output()).await;
    let ended = ended.map_err(|_| "MSAL gave no token in time".to_owned())?;
    let ended = ended.map_err(|error| error.to_string())?;
    match ended.status.success() {
        true => Ok(String::from_utf8_lossy(&ended.stdout).trim().to_owned()),
        false => Err(String::from_utf8_lossy(&ended.stderr).into_owned()),
    }
}

/// What time it is in the organisation.
async fn time_there(handle: &Handle) -> Outcome<Timestamp> {
    let client = client_that_trusts(Some(handle.root_certificate_pem()))?;
    let asked = client.get(format!("{}/v1.0/$metadata", handle.origin()));
    let answer = asked.send().await.map_err(|error| error.to_string())?;
    let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
    let date = jiff::fmt::rfc2822::parse(date.ok_or("no date in the answer")?);
    date.map(|date| date.timestamp())
        .map_err(|error| error.to_string())
}

/// The organisation's root certificate, as a file.
fn root(handle: &Handle) -> Outcome<NamedTempFile> {
    let mut root = NamedTempFile::new().map_err(|error| error.to_string())?;
    root.write_all(handle.root_certificate_pem().as_bytes())
        .map_err(|error| error.to_string())?;
    Ok(root)
}

/// Node with one of the scripts, which trusts that root as well.
fn node(root: &NamedTempFile, script: &str) -> Command {
    let mut command = Command::new("node");
    // Settings of this machine would lead it elsewhere.
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
        .arg(script)
        .current_dir(folder())
        .env("NODE_EXTRA_CA_CERTS", root.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
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
