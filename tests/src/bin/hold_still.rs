//! Onboards once without a window, and holds still where somebody is to search its memory.
//!
//! It says where it is in a line and goes on once it is given one. It is a process of its own so that it holds nothing
//! but what the wizard and its reader hold: whoever searches knows the secrets, and must not be searched.

#![allow(clippy::print_stdout, reason = "where it holds is its output")]

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Once;

use domain::trace::{Point, Trace};
use journeys::Outcome;
use journeys::headless::{Headless, Start};
use journeys::memory::Held;
use journeys::practice_clock::clock_of;
use journeys::reader::Reader;
use rpc::request::{Request, Submit};
use rpc::view::Content;

/// The first call with the app's own token.
const PROBE: &str = "POST /$batch (probes with the app's own key)";

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        println!("which run?");
        return ExitCode::FAILURE;
    };
    match run(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("{why}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(path: &Path) -> Outcome {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let held: Held = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    drop(text);
    let Held {
        run,
        passphrase,
        plant,
    } = held;
    let probed = Once::new();
    let trace = Trace::to(move |point| {
        if point == Point::Sending(PROBE.to_owned()) {
            probed.call_once(|| hold("probing"));
        }
    });
    let mut session = Headless::start(Start {
        organisation: &run.organisation,
        reader: Reader::new(&run.account),
        data: &run.data,
        export: &run.export,
        keychain: &run.keychain,
        clock: clock_of(&run.organisation).await?,
        trace,
    });
    session.go_on(Some("limit"), &run.mailboxes, &run.refused).await?;
    hold("half-way");
    press(&mut session, Request::SaveAndClose, "connections").await?;
    hold("left half-way");
    session
        .go_on(Some("export"), &run.mailboxes, &run.refused)
        .await?;
    // Typed differently the second time, which is refused.
    let page = exporting(&session, &passphrase, &format!("{passphrase} "))?;
    session.send(page).await?;
    expect(&session, "export")?;
    let page = exporting(&session, &passphrase, &passphrase)?;
    drop(passphrase);
    session.send(page).await?;
    expect(&session, "exported")?;
    hold("exported");
    press(&mut session, Request::SaveAndClose, "connections").await?;
    hold("closed");
    let planted = planted(&plant)?;
    hold("planted");
    drop(planted);
    hold("dropped");
    Ok(())
}

async fn press(session: &mut Headless, request: Request, page: &str) -> Outcome {
    session.press(request).await?;
    expect(session, page)
}

fn expect(session: &Headless, page: &str) -> Outcome {
    if session.page() == page {
        Ok(())
    } else {
        Err(format!("not the page {page}: {:?}", session.view().page))
    }
}

/// The export page as the window sends it: as JSON.
fn exporting(session: &Headless, passphrase: &str, again: &str) -> Outcome<Submit> {
    let Content::Export { folder, .. } = session.view().page.content else {
        return Err("no export page".into());
    };
    let page = serde_json::json!({
        "kind": "export",
        "opener": "passphrase",
        "givenKey": "",
        "keyCompared": false,
        "passphrase": passphrase,
        "passphraseAgain": again,
        "folder": folder,
    });
    serde_json::from_str(&page.to_string()).map_err(|error| error.to_string())
}

/// Says where it is, and waits until it may go on.
fn hold(place: &str) {
    println!("{place}");
    drop(std::io::stdout().flush());
    // Straight from the pipe: a buffer of the standard library's would keep what was read.
    let Ok(mut told) = std::fs::File::open("/dev/stdin") else {
        return;
    };
    drop(told.read(&mut [0]));
}

/// Texts that stay alive until they are dropped.
fn planted(file: &Path) -> Outcome<Vec<Vec<u8>>> {
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let byte = |pair: &[u8]| {
        let pair = std::str::from_utf8(pair).map_err(|error| error.to_string())?;
        u8::from_str_radix(pair, 16).map_err(|error| error.to_string())
    };
    text.lines()
        .map(|line| line.as_bytes().chunks(2).map(byte).collect())
        .collect()
}
