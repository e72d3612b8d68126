//! The practice organisation as a program of its own, for any client.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use practice::{ClockKind, Handle, Options, Setting, Trouble};
use serde_json::json;

/// Plays a Microsoft 365 organisation on this computer, for practice and tests.
///
/// Nothing in it is real, and nothing leaves the computer: it listens on the loopback interface only. It plays
/// Entra (sign-in and tokens), Microsoft Graph, the Exchange admin endpoint and the mail protocols, with the delays,
/// traps and errors of the real ones.
///
/// It runs until it is ended (Ctrl+C, SIGTERM). Its standard input is not read.
#[derive(Parser, Debug)]
#[command(name = "practice", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// Print one line of JSON with everything a client needs, instead of readable lines. Its keys are explained below.
    #[arg(long)]
    json: bool,
    /// The port on 127.0.0.1 of sign-in, Graph and the Exchange admin endpoint; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// The port of the proxy that plays Microsoft's host names, on 127.0.0.1; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    proxy_port: u16,
    /// The port of IMAP with TLS (993 at Microsoft); 0 takes a free one, here and for the five below.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    imap_port: u16,
    /// The port of IMAP with STARTTLS (143).
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    imap_starttls_port: u16,
    /// The port of POP3 with TLS (995).
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pop_port: u16,
    /// The port of POP3 with STLS (110).
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pop_starttls_port: u16,
    /// The port of SMTP with STARTTLS (587).
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    smtp_port: u16,
    /// The port of SMTP with TLS from the start (465; Microsoft has none).
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    smtp_tls_port: u16,
    /// About how many mailboxes there are, up to 100,000 and more.
    #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
    mailboxes: usize,
    /// Keep the organisation in this folder between starts.
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// Which clock it runs by: "quick" turns an hour of waiting into a minute, "explicit" stands still until
    /// POST /_practice/advance moves it.
    #[arg(long, value_enum, default_value_t = ClockName::Quick)]
    clock: ClockName,
    /// How many times faster long waits pass on the quick clock.
    #[arg(long, value_name = "FACTOR", default_value_t = 60.0)]
    speed: f64,
    /// What people and ids are made from; the same number makes the same ones.
    #[arg(long, value_name = "NUMBER", default_value_t = 365)]
    seed: u64,
    /// What goes wrong: a TOML or JSON file with the tables "scenario" and "trouble", or the name of a shipped one
    /// (see --list-scenarios). Can be given several times; later switches win, troubles add up. The first
    /// is always "settled": what is written can be read at once.
    #[arg(long, value_name = "FILE|NAME")]
    scenario: Vec<String>,
    /// One more thing that goes wrong: method, path and what happens, or JSON. Can be given several times.
    /// For example 'POST /v1.0/applications* 429 retry-after=2 times=3'.
    #[arg(long, value_name = "TROUBLE")]
    trouble: Vec<String>,
    /// List the shipped scenarios and end.
    #[arg(long)]
    list_scenarios: bool,
}

/// What `--help` shows after the options.
const EXAMPLES: &str = r#"TRYING IT
  practice --json > organisation.json &
  CA=$(jq -r .root_certificate organisation.json)

  curl --cacert $CA -d grant_type=client_credentials \
    -d client_id=$(jq -r .client_id organisation.json) \
    --data-urlencode client_secret=$(jq -r .client_secret organisation.json) \
    -d scope=https://graph.microsoft.com/.default $(jq -r .authority organisation.json)/oauth2/v2.0/token

  Python (MSAL), with this origin as the authority:
    msal.ConfidentialClientApplication(client_id, client_credential=client_secret, authority=authority,
        instance_discovery=False, verify=root_certificate)

  Any client with Microsoft's host names built in goes through the proxy, which plays these names and refuses all
  others:
    export HTTPS_PROXY=$(jq -r .proxy organisation.json) NODE_EXTRA_CA_CERTS=$CA REQUESTS_CA_BUNDLE=$CA
    m365 login --authType secret --tenant TENANT_ID --appId CLIENT_ID --secret CLIENT_SECRET
    az login --service-principal --tenant TENANT_ID -u CLIENT_ID -p CLIENT_SECRET --allow-no-subscriptions

  Sign in as dana.reyes@contoso.example (Application and Exchange Administrator), priya.nair (Global
  Administrator), tom.okafor, mei.lindqvist, sam.ortiz or lena.fischer, all @contoso.example. Any password is taken.

THE KEYS OF --json
  origin                 https://localhost:PORT; sign-in, Graph and Exchange are paths below it
  authority              where clients sign in: the origin and the tenant
  graph, exchange        the addresses of Microsoft Graph v1.0 and of the Exchange admin endpoint
  imap, pop, smtp        localhost:PORT of IMAP and POP3 with TLS and of SMTP with STARTTLS; imap_starttls,
                         pop_starttls and smtp_tls are the other way round
  proxy                  http://127.0.0.1:PORT, for HTTPS_PROXY
  root_certificate       the file (PEM) to trust; root_certificate_pem is its content
  tenant_id              the tenant
  client_id, client_secret   an application that may administer the whole organisation
  public_client_id       a public client for people's sign-in, with redirect http://localhost; it declares no
                         permissions, so ask for scopes by name, or register a client of your own for .default
  accounts               people who can sign in
  mailboxes              mailboxes that this application may open by every protocol and send from
  mailboxes_by_kind      all named ones; by IMAP, POP and SMTP it may not open the others, and some answer with errors
  control_token          what /_practice/* asks for: GET state, log, trouble, scenario; POST advance, trouble,
                         scenario, authorize
  platform_recipient     the public key that a bundle for the practice platform is sealed to

TROUBLE
  METHOD PATH WHAT... or IMAP|POP|SMTP COMMAND WHAT..., where * stands for anything. WHAT is a status such as 503, with retry-after=SECONDS, code=CODE
  or aadsts=NUMBER; drop (cut the connection); slow=MILLISECONDS; drip=MILLISECONDS (a byte at a time); truncate;
  cut-after=BYTES; captive-portal; claims-challenge; wrong=KIND (empty, html, html-as-json, null, empty-object,
  empty-list, without-ids, without-keys, text, stale, other-type); takes-effect (do it all the same). It strikes once; times=NUMBER,
  always, skip=NUMBER and every=NUMBER say otherwise. It passes by whoever's User-Agent is like spares=PATTERN.

EXIT CODES
  0 ended as asked; 1 it could not start (a port is taken, a file is not readable or wrong); 2 wrong arguments"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ClockName {
    Quick,
    Explicit,
}

/// The shipped scenario that every other one is laid over.
const CALM: &str = "settled";

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
    if arguments.list_scenarios {
        let mut output = std::io::stdout();
        for (name, sentence) in Setting::shipped() {
            // A reader that has seen enough goes away.
            if writeln!(output, "{name:18} {sentence}").is_err() {
                break;
            }
        }
        return Ok(());
    }
    let mut setting =
        Setting::read(std::iter::once(CALM).chain(arguments.scenario.iter().map(String::as_str)))
            .map_err(|error| error.to_string())?;
    for text in &arguments.trouble {
        setting
            .trouble
            .extend(Trouble::from_argument(text).map_err(|error| error.to_string())?);
    }
    #[cfg(unix)]
    open_more_files();
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
        imap_port: arguments.imap_port,
        imap_starttls_port: arguments.imap_starttls_port,
        pop_port: arguments.pop_port,
        pop_starttls_port: arguments.pop_starttls_port,
        smtp_port: arguments.smtp_port,
        smtp_tls_port: arguments.smtp_tls_port,
        mailboxes: arguments.mailboxes,
        clock,
        state: arguments.state.clone(),
        seed: arguments.seed,
        scenario: setting.scenario,
        trouble: setting.trouble,
        ..Options::default()
    })
    .await
    .map_err(|error| error.to_string())?;
    let root = RootFile::write(&handle, arguments.state.as_deref())?;
    let text = if arguments.json {
        line(&handle, &root.path)
    } else {
        readable(&handle, &root.path)
    };
    // It listens before it says where it is: whoever has read that may end it at once, and the root certificate goes with it.
    let ends = Ends::listen();
    let mut output = std::io::stdout();
    // A reader that has gone away is no reason to stop serving.
    let _ = writeln!(output, "{text}").and_then(|()| output.flush());
    ends.ended().await;
    handle.stop().await;
    Ok(())
}

/// Lets the program open as many files as it may: a client that comes by the proxy takes three connections, and many
/// systems allow 1,024 unless a program asks for more.
#[cfg(unix)]
fn open_more_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    const WANTED: u64 = 8_192;
    let mut limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(WANTED, |most| most.min(WANTED));
    if limit.current.is_some_and(|current| current < most) {
        limit.current = Some(most);
        // Without it, fewer clients fit; that is no reason not to start.
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

/// The signals by which somebody ends the program, listened to from when it is made.
struct Ends {
    #[cfg(unix)]
    signals: Vec<tokio::signal::unix::Signal>,
}

impl Ends {
    fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
            let signals = kinds.into_iter().filter_map(|kind| signal(kind).ok());
            Self {
                signals: signals.collect(),
            }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits until one of them comes.
    async fn ended(self) {
        #[cfg(unix)]
        let mut signals = self.signals;
        #[cfg(unix)]
        if let [interrupt, terminate] = signals.as_mut_slice() {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// The root certificate where a client can read it. In a kept organisation's folder it stays and the next start writes
/// over it; elsewhere it goes when the program ends, because nothing will ever be signed by it again.
struct RootFile {
    path: PathBuf,
    stays: bool,
}

impl RootFile {
    fn write(handle: &Handle, state: Option<&Path>) -> Result<Self, String> {
        let path = state.map_or_else(
            || {
                let port = handle.origin().rsplit(':').next().unwrap_or_default();
                std::env::temp_dir().join(format!("mailgrant-practice-{}-{port}.pem", std::process::id()))
            },
            |folder| folder.join("practice-root.pem"),
        );
        let stays = state.is_some();
        let write = || {
            if stays {
                return std::fs::write(&path, handle.root_certificate_pem());
            }
            // Others may write into the system's folder as well: never through a file or link that somebody laid there,
            // or clients would be told to trust what is theirs.
            let _ = std::fs::remove_file(&path);
            std::fs::File::create_new(&path)?.write_all(handle.root_certificate_pem().as_bytes())
        };
        write().map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, stays })
    }
}

impl Drop for RootFile {
    fn drop(&mut self) {
        if !self.stays {
            // Somebody may have removed it already.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Shared mailboxes that every organisation has.
const SHARED: [&str; 6] = [
    "support@contoso.example",
    "billing@contoso.example",
    "orders@contoso.example",
    "info@contoso.example",
    "sales@contoso.example",
    "hr@contoso.example",
];
/// The mailboxes to which the administrator's application has FullAccess and SendAs, so that it opens them by IMAP and
/// POP3 as well and sends from them. The others answer with the errors of a mailbox that was never given.
const OPEN: [&str; 4] = [
    "support@contoso.example",
    "billing@contoso.example",
    "orders@contoso.example",
    "sales@contoso.example",
];
/// People's mailboxes that every organisation has.
const PEOPLES: [&str; 2] = ["ceo@contoso.example", "o'brien@contoso.example"];

fn line(handle: &Handle, root: &Path) -> String {
    let (origin, tenant) = (handle.origin(), handle.tenant_id());
    json!({
        "origin": origin,
        "authority": format!("{origin}/{tenant}"),
        "graph": format!("{origin}/v1.0"),
        "exchange": format!("{origin}/adminapi/beta/{tenant}"),
        "proxy": handle.proxy(),
        "imap": handle.imap(),
        "imap_starttls": handle.imap_starttls(),
        "pop": handle.pop(),
        "pop_starttls": handle.pop_starttls(),
        "smtp": handle.smtp(),
        "smtp_tls": handle.smtp_tls(),
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
        "mailboxes": OPEN,
        "mailboxes_by_kind": {
            "shared": SHARED,
            "user": PEOPLES,
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
         IMAP, POP3, SMTP    {}, {}, {}\n\
         Root certificate    {}\n\
         Public client id    {}\n\
         Admin app           {} with secret {}\n\
         Control token       {}\n\
         Platform recipient  {}\n\
         Platform identity   {identity}\n\
         Sign in as          dana.reyes@contoso.example, priya.nair@contoso.example, …\n\
         Mailboxes           support@contoso.example, billing@contoso.example, orders@contoso.example, …",
        handle.proxy(),
        handle.imap(),
        handle.pop(),
        handle.smtp(),
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
    fn the_help_names_every_key_of_the_json_line() {
        for key in [
            "origin",
            "authority",
            "graph",
            "exchange",
            "proxy",
            "root_certificate",
            "tenant_id",
            "client_id",
            "client_secret",
            "public_client_id",
            "mailboxes",
            "mailboxes_by_kind",
            "accounts",
            "control_token",
        ] {
            assert!(EXAMPLES.contains(key), "{key}");
        }
    }
}
