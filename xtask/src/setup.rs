//! Sets up what is missing on this machine, and says nothing where nothing is.

use std::process::{Command, Stdio};

use crate::process;
use crate::ui;
use crate::workspace::{self, Outcome, on_path};

/// What the machine is set up for.
#[derive(Clone, Copy, PartialEq)]
pub enum For {
    /// To build and open the window.
    Running,
    /// To drive it as well, and to check everything.
    Testing,
}

/// Debian's packages without which nothing builds.
const TO_BUILD: &[&str] = &["build-essential", "pkg-config", "libwebkit2gtk-4.1-dev"];

/// Debian's packages for a private desktop with a driven window, for pictures of it, and mail clients of other people.
const TO_TEST: &[&str] = &[
    "age",
    "curl",
    "dbus",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
    "fonts-noto-core",
    "gnome-keyring",
    "imagemagick",
    "isync",
    "libsasl2-modules-kdexoauth2",
    "libsecret-tools",
    "msmtp",
    "python3-venv",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

/// Programs from the Rust registry, kept beside the build and never in the reader's own folder.
const TOOLS: &[(&str, &str)] = &[("tauri-driver", "2.1.0"), ("cargo-deny", "0.20.2")];

/// Sets up what is missing.
pub fn run(purpose: For) -> Outcome {
    if !on_path(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        return Err(String::from(
            "npm is missing; install Node.js 20.19 or newer and start again",
        ));
    }
    system_packages(purpose)?;
    ui::install()?;
    if purpose == For::Testing {
        for (name, version) in TOOLS {
            tool(name, version)?;
        }
    }
    Ok(())
}

fn system_packages(purpose: For) -> Outcome {
    if !cfg!(target_os = "linux") {
        // Windows and macOS bring their web view along; what compiles Rust there was needed to get this far.
        return match purpose {
            For::Running => Ok(()),
            For::Testing => Err(String::from(
                "the window can be driven only on Linux; use `cargo test --workspace`",
            )),
        };
    }
    if !on_path("dpkg-query") {
        println!(
            "setup: this is no Debian; these packages or their like are needed: {}",
            TO_BUILD.join(" ")
        );
        return Ok(());
    }
    let mut missing = Vec::new();
    let wanted = if purpose == For::Testing { TO_TEST } else { &[] };
    for package in TO_BUILD.iter().chain(wanted) {
        if !is_installed(package)? {
            missing.push(*package);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let Some(before) = administrator() else {
        return Err(format!(
            "packages are missing; run this, then start again:\n  sudo apt-get install --no-install-recommends {}",
            missing.join(" ")
        ));
    };
    println!("setup: installing {} with apt-get", missing.join(" "));
    let mut list = vec!["update", "--quiet"];
    apt_get(before, &list)?;
    list = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    list.extend(missing);
    apt_get(before, &list)
}

fn is_installed(package: &str) -> Outcome<bool> {
    let output = Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status}", package])
        .output()
        .map_err(|error| format!("dpkg-query: {error}"))?;
    Ok(output.stdout == b"installed")
}

/// What stands before a command to run it as the administrator; `None` where that would ask for a password.
fn administrator() -> Option<&'static [&'static str]> {
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    let sudo = Command::new("sudo")
        .args(["-n", "true"])
        .stdin(Stdio::null())
        .output();
    sudo.is_ok_and(|output| output.status.success())
        .then_some(&["sudo", "-n"])
}

fn apt_get(before: &[&str], arguments: &[&str]) -> Outcome {
    // Another installation may be under way, as on a machine that has just started.
    let words = [
        before,
        &[
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=120",
        ],
        arguments,
    ]
    .concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    let finished = process::watch(command, std::time::Duration::from_secs(15 * 60), |_| {})?;
    if finished.success {
        return Ok(());
    }
    finished.lines.iter().for_each(|line| println!("{line}"));
    Err(String::from("apt-get failed"))
}

fn tool(name: &str, version: &str) -> Outcome {
    let program = workspace::tool(name);
    let stamp = workspace::tools().join(format!("{name}-{version}"));
    if program.is_file() && stamp.is_file() {
        return Ok(());
    }
    println!("setup: building {name} {version} from the Rust registry");
    let mut cargo = workspace::cargo();
    cargo
        .args([
            "install",
            "--quiet",
            "--locked",
            "--force",
            name,
            "--version",
            version,
            "--root",
        ])
        .arg(workspace::tools())
        // Its own folder, because its dependencies are others than ours; removed when it is done.
        .arg("--target-dir")
        .arg(workspace::tools().join("build"));
    let finished = process::watch(cargo, std::time::Duration::from_secs(20 * 60), |_| {})?;
    if !finished.success {
        finished.lines.iter().for_each(|line| println!("{line}"));
        return Err(format!("{name} could not be built"));
    }
    let _ = std::fs::remove_dir_all(workspace::tools().join("build"));
    std::fs::write(&stamp, "").map_err(|error| format!("{}: {error}", stamp.display()))
}
