//! The project's commands, as `cargo xtask COMMAND`.

mod advisories;
mod bench;
mod bindings;
mod client_packages;
mod clients;
mod desktop;
mod display;
mod faults;
mod fresh;
mod fuzz;
mod packages;
mod process;
mod purpose;
mod run;
mod setup;
mod stages;
mod test;
mod tour;
mod ui;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run        set up what is missing, build, and open the wizard on the practice organisation
             (without a display: the tour)
  tour       drive the real window through an onboarding, with --language TAG in a language; pictures and files go to
             target/tour
             (--times N: so many in a row, and how many failed)
  test       set up what is missing, then every check and test; what CI runs
  fresh      run and test (or the one that is named, or setup), each on a fresh clone with nothing
             downloaded or built, and how long each takes; for before you finish
  faults     one fault at every remote call of an onboarding and of a full undo, each in twenty ways
             (the tests run a tenth of them)
  clients    run other people's clients, all of them, against a practice organisation
  fuzz       send rubbish to a practice organisation, a million requests or as many as said
  bindings   write ui/src/bindings/rpc.ts anew from the Rust types
  bench      measure the figures that the README quotes
  desktop    run a command on a private display, session bus and keychain, such as
             `cargo xtask desktop cargo test -p journeys`
  setup      only set up what is missing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run", rest @ ..] => run::run(rest),
        ["tour", rest @ ..] => tour::run(rest),
        ["test"] => test::run(),
        ["fresh", rest @ ..] => fresh::run(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["faults"] => faults::run(),
        ["clients"] => clients::run(),
        ["bindings"] => bindings::run(),
        ["bench"] => bench::run(),
        ["desktop", rest @ ..] => desktop::run(rest),
        ["setup"] => setup::run(purpose::For::Testing),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no such command\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
