//! `mailgrant profile check`: looks at a file that somebody writes. Nothing of Tauri is started, nobody is asked.

use std::io::Write as _;
use std::process::ExitCode;

use rpc::profile_check;

use crate::check::Folders;
use crate::of_this_computer;
use crate::options::{Options, Profile, say};

/// Looks, writes the answer to standard output and gives the exit code.
pub fn run(profile: &Profile, options: &Options) -> ExitCode {
    let Profile::Check { file } = profile;
    let Some(folders) = Folders::of(options) else {
        say("Mailgrant could not look: this computer names no folder for its programs");
        return ExitCode::from(profile_check::Exit::NotRead.code());
    };
    let session = of_this_computer(
        options,
        crate::context().config().identifier.clone(),
        [folders.data.clone(), folders.data, folders.profiles],
    );
    let answer = profile_check::run(&session, file);
    // Whoever closed the output reads the exit code.
    drop(std::io::stdout().lock().write_all(answer.text.as_bytes()));
    ExitCode::from(answer.exit.code())
}
