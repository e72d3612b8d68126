//! A desktop of our own: display, session bus, keychain and home folder, all of them empty and gone afterwards.
//!
//! Tests of the real window need all four, and must see nothing of the reader's own.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process::{Group, bound_to_us};
use crate::workspace::{self, Outcome};

const READY_WITHIN: Duration = Duration::from_secs(15);

/// The desktop, for as long as this value lives.
pub struct PrivateDesktop {
    environment: Vec<(&'static str, OsString)>,
    // In this order they end: what uses the bus, then the bus, then the files.
    _display: Group,
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
        unlock_keychain(&environment)?;
        environment.push(("MAILGRANT_PRIVATE_KEYCHAIN", "1".into()));
        environment.push(("MAILGRANT_PRIVATE_DESKTOP", "1".into()));
        Ok(Self {
            environment,
            _display: display,
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

/// Starts gnome-keyring with an open, empty keychain. It puts itself in the background once it is ready, and ends
/// with the bus.
fn unlock_keychain(environment: &[(&'static str, OsString)]) -> Outcome {
    let failed = |error: std::io::Error| format!("gnome-keyring-daemon: {error}");
    let mut command = Command::new("gnome-keyring-daemon");
    dress(&mut command, environment);
    let mut daemon = command
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    // The password of the new keychain: an empty line.
    if let Some(mut input) = daemon.stdin.take() {
        input.write_all(b"\n").map_err(failed)?;
    }
    let status = daemon.wait().map_err(failed)?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("gnome-keyring-daemon ended with {status}"))
    }
}

/// Tells a test where the wizard, its driver and the checker for accessibility are.
pub fn name_programs(command: &mut Command, profile: &str) {
    command
        .env("MAILGRANT_APP", workspace::app(profile))
        .env("MAILGRANT_TAURI_DRIVER", workspace::tool("tauri-driver"));
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::workspace::on_path;

    #[test]
    fn nothing_of_a_private_desktop_stays() {
        if !["Xvfb", "dbus-daemon", "gnome-keyring-daemon", "setpriv"]
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
        let end = std::time::Instant::now() + Duration::from_secs(10);
        while !processes_in(&home).is_empty() && std::time::Instant::now() < end {
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
