//! Debian's packages, and what each of them is for.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::process;
use crate::purpose::For;
use crate::workspace::{Outcome, on_path};

/// A package, and the least that it is needed for.
struct Package {
    name: &'static str,
    /// A program that we or a script start by its name. Others bring libraries, fonts or a plug-in.
    program: Option<&'static str>,
    from: For,
}

const fn package(from: For, name: &'static str, program: Option<&'static str>) -> Package {
    Package { name, program, from }
}

/// All of them. A machine that has never seen the project has none.
const PACKAGES: &[Package] = &[
    package(For::Running, "build-essential", Some("cc")),
    package(For::Running, "libwebkit2gtk-4.1-dev", None),
    package(For::Running, "pkg-config", Some("pkg-config")),
    package(For::Touring, "age", Some("age")),
    package(For::Touring, "dbus", Some("dbus-daemon")),
    package(For::Touring, "fonts-dejavu-core", None),
    package(For::Touring, "fonts-noto-color-emoji", None),
    package(For::Touring, "fonts-noto-core", None),
    package(For::Touring, "gnome-keyring", Some("gnome-keyring-daemon")),
    package(For::Touring, "util-linux", Some("setpriv")),
    package(For::Touring, "webkit2gtk-driver", Some("WebKitWebDriver")),
    package(For::Touring, "xvfb", Some("Xvfb")),
    package(For::Testing, "curl", Some("curl")),
    package(For::Testing, "git", Some("git")),
    package(For::Testing, "isync", Some("mbsync")),
    package(For::Testing, "libsasl2-modules-kdexoauth2", None),
    package(For::Testing, "msmtp", Some("msmtp")),
    package(For::Testing, "python3-venv", Some("python3")),
];

/// The packages that a purpose needs.
fn needed(purpose: For) -> impl Iterator<Item = &'static Package> {
    PACKAGES.iter().filter(move |package| package.from <= purpose)
}

/// The packages that are missing, and how they can be installed.
pub struct Missing {
    names: Vec<&'static str>,
    before: &'static [&'static str],
}

/// Looks what is missing, on a Debian; elsewhere it says what is needed. Where only the reader may install, this says
/// so before anything else is begun.
pub fn missing(purpose: For) -> Outcome<Missing> {
    let nothing = Missing {
        names: Vec::new(),
        before: &[],
    };
    if !cfg!(target_os = "linux") {
        // Windows and macOS bring their web view along; what compiles Rust there was needed to get this far.
        return match purpose {
            For::Running => Ok(nothing),
            For::Touring | For::Testing => Err(String::from(
                "the window can be driven only on Linux; use `cargo test --workspace`",
            )),
        };
    }
    if !on_path("dpkg-query") {
        // Under other names there; a program that can be started was brought by one of them.
        let names: Vec<&str> = needed(purpose)
            .filter(|package| !package.program.is_some_and(on_path))
            .map(|package| package.name)
            .collect();
        println!(
            "setup: this is no Debian; these packages or their like are needed: {}",
            names.join(" ")
        );
        return Ok(nothing);
    }
    let mut names = Vec::new();
    for package in needed(purpose) {
        if !is_installed(package.name)? {
            names.push(package.name);
        }
    }
    if names.is_empty() {
        return Ok(nothing);
    }
    match administrator() {
        Some(before) => Ok(Missing { names, before }),
        None => Err(format!(
            "packages are missing; run this, then start again:\n  sudo apt-get install --no-install-recommends {}",
            names.join(" ")
        )),
    }
}

impl Missing {
    /// Installs them.
    pub fn install(&self) -> Outcome {
        if self.names.is_empty() {
            return Ok(());
        }
        println!("setup: installing {} with apt-get", self.names.join(" "));
        let mut words = vec!["update", "--quiet"];
        apt_get(self.before, &words)?;
        words = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
        words.extend(&self.names);
        apt_get(self.before, &words)
    }
}

/// How many of a purpose's packages this machine has already, of how many; nothing where there is no dpkg.
pub fn installed_already(purpose: For) -> Option<(usize, usize)> {
    if !on_path("dpkg-query") {
        return None;
    }
    let here = needed(purpose)
        .filter(|package| is_installed(package.name).unwrap_or(false))
        .count();
    Some((here, needed(purpose).count()))
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
    process::finish(command, Duration::from_secs(15 * 60)).map_err(|reason| format!("apt-get: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;
    use std::fs;
    use std::path::Path;

    /// What stands on every machine that could start this program, or is part of Debian's essential packages.
    const ALWAYS_HERE: &[&str] = &[
        "apt-get",
        "cargo",
        "dpkg-query",
        "env",
        "kill",
        "mount",
        "node",
        "npm",
        "npm.cmd",
        "rustup",
        "sh",
        "sudo",
        "umount",
        // Parts of macOS and Windows, which are started there alone.
        "/usr/bin/open",
        "explorer",
        // These come with dbus, of whose programs one is named above.
        "dbus-run-session",
        "dbus-send",
    ];

    #[test]
    fn a_tour_installs_nothing_that_only_tests_use() {
        let names: Vec<&str> = needed(For::Touring).map(|package| package.name).collect();
        assert!(names.contains(&"xvfb") && names.contains(&"build-essential"));
        assert!(!names.contains(&"isync") && !names.contains(&"python3-venv"));
        assert!(needed(For::Running).count() < names.len());
    }

    /// A program that happens to be on the writer's machine is missing on the next one.
    #[test]
    fn every_program_that_is_started_by_name_is_installed_by_the_set_up() {
        let mut started = Vec::new();
        for folder in ["src-tauri", "tests", "xtask"] {
            collect(&workspace::top().join(folder), &mut started);
        }
        assert!(started.len() >= 10, "found only {started:?}");
        started.retain(|(program, _)| {
            let listed = PACKAGES
                .iter()
                .any(|package| package.program == Some(program.as_str()));
            !listed && !ALWAYS_HERE.contains(&program.as_str())
        });
        assert_eq!(started, Vec::new());
    }

    #[test]
    fn a_package_brings_the_program_that_it_is_listed_for() {
        if !on_path("dpkg-query") {
            println!("skipped: this is no Debian");
            return;
        }
        for package in PACKAGES {
            let here = is_installed(package.name).unwrap();
            if let (true, Some(program)) = (here, package.program) {
                assert!(on_path(program), "{} brings no {program}", package.name);
            }
        }
    }

    /// The programs in `Command::new("…")` and its like, with the files that start them.
    fn collect(folder: &Path, started: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if name != "node_modules" {
                    collect(&path, started);
                }
                continue;
            }
            if path.extension().is_none_or(|kind| kind != "rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for sign in ["Command::new(\"", "bound_to_us(\""] {
                for after in text.split(sign).skip(1) {
                    let program = after.split('"').next().unwrap_or_default();
                    // This test's own words.
                    if !program.is_empty() && program != "…" && program != ", " {
                        started.push((program.to_owned(), name.clone()));
                    }
                }
            }
        }
    }
}
