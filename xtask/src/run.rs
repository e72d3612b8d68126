//! Opens the wizard on the practice organisation.

use std::process::Command;

use crate::process;
use crate::purpose::For;
use crate::setup;
use crate::tour;
use crate::ui;
use crate::workspace::{self, Outcome};

/// Sets up what is missing, builds, and opens the window; `rest` goes to the wizard. Without a display: the tour.
pub fn run(rest: &[&str]) -> Outcome {
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some());
    if cfg!(target_os = "linux") && !has_display {
        println!("There is no display here, so the window opens on a private one: this is the tour.");
        return tour::run(&[]);
    }
    setup::run(For::Running)?;
    ui::build()?;
    let mut cargo = workspace::cargo();
    cargo.args(["build", "--locked"]);
    process::show(cargo)?;
    let mut app = Command::new(workspace::app("debug"));
    app.arg("--practice").args(rest);
    process::show(app)
}
