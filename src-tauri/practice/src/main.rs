//! The practice organisation as a program of its own, for any client.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use practice::{ClockKind, Handle, Options, Scenario, Trouble};
use serde::Deserialize;
use serde_json::json;

/// Plays a Microsoft 365 organisation on this computer, for practice and tests. Nothing in it is real, and
/// nothing leaves the computer.
///
/// It listens on the loopback interface only and speaks HTTPS with a root certificate that is made at each
/// start: give that certificate to your client, and point it at the printed addresses.
///
/// Sign in as dana.reyes@contoso.example (Application and Exchange Administrator), priya.nair (Global
/// Administrator), tom.okafor, mei.lindqvist, sam.ortiz or lena.fischer; no password is needed.
#[derive(Parser, Debug)]
#[command(name = "practice", version)]
struct Arguments {
    /// Print one line of JSON with everything a client needs, instead of readable lines.
    #[arg(long)]
    json: bool,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The port of the proxy that plays Microsoft's host names, on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    proxy_port: u16,
    /// About how many mailboxes there are, up to 100,000 and more.
    #[arg(long, default_value_t = 2_000)]
    mailboxes: usize,
    /// Keep the organisation in this folder between starts.
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Which clock it runs by: "quick" turns an hour of waiting into a minute, "explicit" stands still until
    /// POST /_practice/advance moves it.
    #[arg(long, value_enum, default_value_t = ClockName::Quick)]
    clock: ClockName,
    /// How many times faster long waits pass on the quick clock.
    #[arg(long, default_value_t = 60.0)]
    speed: f64,
    /// What people and ids are made from; the same number makes the same ones.
    #[arg(long, default_value_t = 365)]
    seed: u64,
    /// A TOML or JSON file that says what goes wrong: the tables `scenario` and `trouble`.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ClockName {
    Quick,
    Explicit,
}

/// What a scenario file holds.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ScenarioFile {
    scenario: Scenario,
    trouble: Vec<Trouble>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(std::io::stderr(), "practice: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let file = arguments
        .scenario
        .as_deref()
        .map(read_scenario)
        .transpose()?
        .unwrap_or_default();
    let clock = match arguments.clock {
        ClockName::Quick => ClockKind::Quick {
            speed: arguments.speed,
        },
        ClockName::Explicit => ClockKind::Explicit {
            start: practice::present(),
        },
    };
    let handle = practice::start(Options {
        port: arguments.port,
        proxy_port: arguments.proxy_port,
        mailboxes: arguments.mailboxes,
        clock,
        state: arguments.state.clone(),
        seed: arguments.seed,
        scenario: file.scenario,
        trouble: file.trouble,
        ..Options::default()
    })
    .await
    .map_err(|error| error.to_string())?;
    let root = write_root(&handle, arguments.state.as_deref())?;
    let text = if arguments.json {
        line(&handle, &root)
    } else {
        readable(&handle, &root)
    };
    let mut output = std::io::stdout();
    // A reader that has gone away is no reason to stop serving.
    let _ = writeln!(output, "{text}").and_then(|()| output.flush());
    ended().await;
    handle.stop().await;
    Ok(())
}

/// Waits until somebody ends the program.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn read_scenario(path: &Path) -> Result<ScenarioFile, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_json {
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    } else {
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }
}

/// Writes the root certificate where a client can read it.
fn write_root(handle: &Handle, state: Option<&Path>) -> Result<PathBuf, String> {
    let path = match state {
        Some(folder) => folder.join("practice-root.pem"),
        None => {
            let port = handle.origin().rsplit(':').next().unwrap_or_default();
            std::env::temp_dir().join(format!("mailgrant-practice-{}-{port}.pem", std::process::id()))
        }
    };
    std::fs::write(&path, handle.root_certificate_pem())
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(path)
}

fn line(handle: &Handle, root: &Path) -> String {
    let (origin, tenant) = (handle.origin(), handle.tenant_id());
    json!({
        "origin": origin,
        "authority": format!("{origin}/{tenant}"),
        "graph": format!("{origin}/v1.0"),
        "exchange": format!("{origin}/adminapi/beta/{tenant}"),
        "proxy": handle.proxy(),
        "root_certificate": root,
        "root_certificate_pem": handle.root_certificate_pem(),
        "tenant_id": tenant,
        "public_client_id": handle.public_client_id(),
        "client_id": handle.admin_client_id(),
        "client_secret": handle.admin_client_secret(),
        "control_token": handle.control_token(),
        "platform_recipient": handle.platform_recipient(),
        "platform_identity_file": handle.platform_identity_file(),
        "accounts": ["dana.reyes@contoso.example", "priya.nair@contoso.example", "tom.okafor@contoso.example",
            "mei.lindqvist@contoso.example", "sam.ortiz@contoso.example", "lena.fischer@contoso.example"],
        "mailboxes": {
            "shared": ["support@contoso.example", "billing@contoso.example", "orders@contoso.example",
                "info@contoso.example", "sales@contoso.example", "hr@contoso.example"],
            "user": ["ceo@contoso.example", "o'brien@contoso.example"],
            "disabled": ["former.colleague@contoso.example"],
            "on_premises": ["warehouse@contoso.example"],
            "without_mailbox": ["contractor@contoso.example"],
            "international_domain": ["leserservice@xn--bcher-kva.example"],
        },
    })
    .to_string()
}

fn readable(handle: &Handle, root: &Path) -> String {
    let (origin, tenant) = (handle.origin(), handle.tenant_id());
    let identity = handle.platform_identity_file().map_or_else(
        || "not kept; use --state to keep it".to_owned(),
        |path| path.display().to_string(),
    );
    format!(
        "The practice organisation \"Contoso Practice\" is running. End it with Ctrl+C.\n\n\
         Authority           {origin}/{tenant}\n\
         Graph               {origin}/v1.0\n\
         Exchange            {origin}/adminapi/beta/{tenant}\n\
         Proxy               {}\n\
         Root certificate    {}\n\
         Public client id    {}\n\
         Admin app           {} with secret {}\n\
         Control token       {}\n\
         Platform recipient  {}\n\
         Platform identity   {identity}\n\
         Sign in as          dana.reyes@contoso.example, priya.nair@contoso.example, …\n\
         Mailboxes           support@contoso.example, billing@contoso.example, orders@contoso.example, …",
        handle.proxy(),
        root.display(),
        handle.public_client_id(),
        handle.admin_client_id(),
        handle.admin_client_secret(),
        handle.control_token(),
        handle.platform_recipient(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_scenario_file_is_read_in_both_languages() {
        let folder = tempfile::tempdir().expect("a folder");
        let toml_file = folder.path().join("a.toml");
        let text = "[scenario]\nsecrets_forbidden = true\n[[trouble]]\non = \"GET /v1.0/me\"\nanswer = { status = 503 }\n";
        std::fs::write(&toml_file, text).expect("written");
        let read = read_scenario(&toml_file).expect("read");
        assert!(read.scenario.secrets_forbidden);
        assert_eq!(read.trouble[0].answer.status, Some(503));
        let json_file = folder.path().join("a.json");
        std::fs::write(&json_file, r#"{"scenario": {"secret_days_at_most": 180}}"#).expect("written");
        assert_eq!(
            read_scenario(&json_file)
                .expect("read")
                .scenario
                .secret_days_at_most,
            Some(180)
        );
        std::fs::write(&json_file, r#"{"scenaro": {}}"#).expect("written");
        assert!(read_scenario(&json_file).is_err());
    }
}
