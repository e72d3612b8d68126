//! Prepares what Tauri embeds: the window's files, its commands and its capabilities.

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // Patterns of our own aren't watched by tauri-build.
    println!("cargo:rerun-if-changed=src-tauri/shell/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/shell/permissions");
    println!("cargo:rerun-if-changed=ui/dist");
    if let Err(reason) = build_missing_window() {
        println!("cargo:warning=the window's files under ui/dist could not be built: {reason}");
        return ExitCode::FAILURE;
    }
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/shell/capabilities/**/*")
        .app_manifest(
            // Written by hand: Tauri's own generator would put a folder at the top of the repository.
            tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/shell/permissions/**/*"),
        );
    match tauri_build::try_build(attributes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo:warning={error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Builds `ui/dist` where it doesn't exist yet, so that a plain `cargo build` in a fresh clone embeds the real
/// window. Where it exists it is taken as it is: `cargo xtask` keeps it current.
fn build_missing_window() -> Result<(), String> {
    let ui = Path::new("ui");
    let replaced = std::env::var_os("TAURI_CONFIG").is_some();
    if replaced
        || ui.join("dist/index.html").is_file()
        || std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_none()
    {
        return Ok(());
    }
    if !ui.join("node_modules").is_dir() {
        // As `cargo xtask setup` does it, and for its reason.
        npm(
            ui,
            &[
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
            ],
        )?;
    }
    npm(ui, &["run", "build"])
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    // On Windows npm is a script that only its full name starts.
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| format!("{program} could not be started ({error}); Node.js is needed"))?;
    if output.status.success() {
        return Ok(());
    }
    // npm adds its whole manual to some failures; the reason stands on top.
    let said = String::from_utf8_lossy(&output.stderr);
    let reason: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("error"))
        .take(4)
        .collect();
    Err(format!(
        "npm {} failed: {}",
        arguments.join(" "),
        reason.join(" · ")
    ))
}
