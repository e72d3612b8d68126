//! A desktop of our own: display, session bus, keychain and home folder, all of them empty and gone afterwards.
//!
//! Tests of the real window need all four, and must see nothing of the reader's own.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::process::{Group, bound_to_us};
use crate::workspace::{self, Outcome};

const READY_WITHIN: Duration = Duration::from_secs(15);

/// The desktop, for as long as this value lives.
pub struct PrivateDesktop {
    environment: Vec<(&'static str, OsString)>,
    // In this order they end: what uses the bus, then the bus, then the files.
    _display: Group,
    _keychain: Group,
    _bus: Group,
    _home: tempfile::TempDir,
}

impl PrivateDesktop {
    /// Starts all of it.
    pub fn start() -> Outcome<Self> {
        let home = tempfile::Builder::new()
            .prefix("mailgrant-desktop-")
            .tempdir()
            .map_err(|error| format!("no folder for a private desktop: {error}"))?;
        let mut environment = homes(home.path())?;
        let (display, number) = start_display()?;
        environment.push(("DISPLAY", number.into()));
        let (bus, address) = start_bus(&environment)?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS", address.into()));
        let keychain = start_keychain(&environment)?;
        environment.push(("MAILGRANT_PRIVATE_KEYCHAIN", "1".into()));
        environment.push(("MAILGRANT_PRIVATE_DESKTOP", "1".into()));
        Ok(Self {
            environment,
            _display: display,
            _keychain: keychain,
            _bus: bus,
            _home: home,
        })
    }

    /// Makes a program live on this desktop.
    pub fn dress(&self, command: &mut Command) {
        dress(command, &self.environment);
    }
}

fn dress(command: &mut Command, environment: &[(&'static str, OsString)]) {
    // What would lead back to the reader's own desktop.
    for name in [
        "WAYLAND_DISPLAY",
        "XAUTHORITY",
        "GNOME_KEYRING_CONTROL",
        "SSH_AUTH_SOCK",
        "GTK_THEME",
    ] {
        command.env_remove(name);
    }
    for (name, value) in environment {
        command.env(name, value);
    }
}

/// Empty folders for everything that programs keep, and the reader's own cargo and rustup, which live under a home.
fn homes(home: &Path) -> Outcome<Vec<(&'static str, OsString)>> {
    let mut environment: Vec<(&'static str, OsString)> = vec![
        ("HOME", home.into()),
        ("GDK_BACKEND", "x11".into()),
        ("LANG", "C.UTF-8".into()),
        ("LC_ALL", "C.UTF-8".into()),
        // Else every window starts a second bus for assistive programs.
        ("NO_AT_BRIDGE", "1".into()),
    ];
    for (name, folder) in [
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
    ] {
        let folder = home.join(folder);
        make_private(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        environment.push((name, folder.into()));
    }
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let found = std::env::var_os(name).map(PathBuf::from);
        let found = found.or_else(|| std::env::home_dir().map(|home| home.join(folder)));
        environment.extend(
            found
                .filter(|found| found.is_dir())
                .map(|found| (name, found.into())),
        );
    }
    Ok(environment)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir(folder)
}

fn start_display() -> Outcome<(Group, String)> {
    let mut command = bound_to_us("Xvfb");
    // The server itself picks a free number, and says it when it is ready.
    command
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut display = Group::start(command)?;
    let number = display.first_line(READY_WITHIN)?;
    Ok((display, format!(":{number}")))
}

fn start_bus(environment: &[(&'static str, OsString)]) -> Outcome<(Group, String)> {
    let mut command = bound_to_us("dbus-daemon");
    dress(&mut command, environment);
    command
        .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut bus = Group::start(command)?;
    let address = bus.first_line(READY_WITHIN)?;
    Ok((bus, address))
}

/// Starts gnome-keyring with an open, empty keychain, and waits until it has its place on the bus: before that, a
/// program that asks for a secret would have the bus start a second, locked one, and one that isn't on the bus yet
/// wouldn't notice the bus's end.
fn start_keychain(environment: &[(&'static str, OsString)]) -> Outcome<Group> {
    let mut command = bound_to_us("gnome-keyring-daemon");
    dress(&mut command, environment);
    command
        .args(["--foreground", "--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut keychain = Group::start(command)?;
    // The password of the new keychain: an empty line.
    keychain.tell(b"\n")?;
    let end = Instant::now() + READY_WITHIN;
    while !on_the_bus("org.freedesktop.secrets", environment)? {
        if Instant::now() > end {
            return Err(String::from(
                "gnome-keyring-daemon did not come to the session bus",
            ));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(keychain)
}

/// Whether a program on the private bus has this name.
fn on_the_bus(name: &str, environment: &[(&'static str, OsString)]) -> Outcome<bool> {
    let mut command = Command::new("dbus-send");
    dress(&mut command, environment);
    let output = command
        .args([
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
        ])
        .arg(format!("string:{name}"))
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("dbus-send: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).contains("true"))
}

/// Tells a test where the wizard is.
pub fn name_programs(command: &mut Command, profile: &str) {
    command.env("MAILGRANT_APP", workspace::app(profile));
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::workspace::on_path;

    /// The keychain stayed once in two runs where the desktop went before it had reached the bus.
    #[test]
    fn nothing_of_a_private_desktop_stays() {
        if ![
            "Xvfb",
            "dbus-daemon",
            "dbus-send",
            "gnome-keyring-daemon",
            "setpriv",
        ]
        .into_iter()
        .all(on_path)
        {
            println!("skipped: no programs for a private desktop; run `cargo xtask setup`");
            return;
        }
        let desktop = PrivateDesktop::start().unwrap();
        let home = desktop._home.path().to_owned();
        assert!(!processes_in(&home).is_empty());
        drop(desktop);
        let end = Instant::now() + Duration::from_secs(10);
        while !processes_in(&home).is_empty() && Instant::now() < end {
            std::thread::yield_now();
        }
        assert_eq!(processes_in(&home), Vec::<String>::new());
        assert!(!home.exists());
    }

    /// The programs whose environment names the folder.
    fn processes_in(home: &Path) -> Vec<String> {
        let wanted = format!("HOME={}", home.display());
        let mut found = Vec::new();
        for process in fs::read_dir("/proc").into_iter().flatten().flatten() {
            let environment = fs::read(process.path().join("environ")).unwrap_or_default();
            if environment
                .split(|byte| *byte == 0)
                .any(|entry| entry == wanted.as_bytes())
            {
                let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
                found.push(name.trim().to_owned());
            }
        }
        found
    }
}
