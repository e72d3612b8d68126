//! `mailgrant check`: no window and nothing of Tauri is started, so it works without a display and as a scheduled task.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use rpc::check::{self, Asked};
use rpc::host::{Later, Outside, Practice};

use crate::options::{Check, Options, say};
use crate::practice_organisation::PracticeOrganisation;
use crate::{browser, hardening, of_this_computer};

/// How much stack a check has, in bytes: what it awaits lies on it, as in a session.
const STACK: usize = 8 << 20;

/// Checks, writes the answer to standard output and gives the exit code.
pub fn run(check: &Check, options: &Options) -> ExitCode {
    hardening::apply();
    let (check, options) = (check.clone(), options.clone());
    let thread = std::thread::Builder::new().stack_size(STACK);
    let answer = thread
        .spawn(move || check_in(&check, &options))
        .map_err(|error| error.to_string())
        .and_then(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| Err("it ended before its end".to_owned()))
        });
    match answer {
        Ok(answer) => {
            // Whoever closed the output reads the exit code.
            drop(std::io::stdout().lock().write_all(answer.text.as_bytes()));
            ExitCode::from(answer.exit.code())
        }
        Err(why) => {
            say(&format!("Mailgrant could not check: {why}"));
            ExitCode::from(check::Exit::NotChecked.code())
        }
    }
}

fn check_in(check: &Check, options: &Options) -> Result<check::Answer, String> {
    let folders = Folders::of(options).ok_or("this computer names no folder for its programs")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let terminal = Arc::new(Terminal {
        practice: Arc::new(PracticeOrganisation::new(
            folders.data.join("practice"),
            options.mailboxes,
        )),
    });
    let practice = Arc::clone(&terminal.practice);
    let session = of_this_computer(
        options,
        crate::context().config().identifier.clone(),
        [folders.data.clone(), folders.data, folders.profiles],
    );
    let asked = Asked {
        record: check.record.clone(),
        sign_in: check.sign_in,
        practice: options.practice,
        // One program at a time runs the practice organisation of a folder.
        alone: options.practice,
        json: check.json,
        save: check.save,
    };
    runtime.block_on(async {
        let answer = check::run(terminal, &session, &asked, &say).await;
        practice.stop().await;
        Ok(answer)
    })
}

/// The folders that the wizard keeps its things in, as Tauri finds them: those of the same library, by the program's
/// identifier.
pub(crate) struct Folders {
    pub data: PathBuf,
    pub profiles: PathBuf,
}

impl Folders {
    /// None where this computer names no folder for its programs.
    pub fn of(options: &Options) -> Option<Self> {
        if let Some(folder) = &options.data {
            let data = std::path::absolute(folder).ok()?;
            return Some(Self {
                profiles: data.join("profiles"),
                data,
            });
        }
        let context = crate::context();
        let identifier = &context.config().identifier;
        Some(Self {
            data: dirs::data_local_dir()?.join(identifier),
            profiles: dirs::config_dir()?.join(identifier).join("profiles"),
        })
    }
}

/// A host without a window.
struct Terminal {
    practice: Arc<PracticeOrganisation>,
}

impl Outside for Terminal {
    fn open_browser(&self, address: &str) -> Result<(), String> {
        browser::open_page(address).map_err(|error| error.to_string())
    }

    fn start_practice(&self) -> Later<Result<Practice, String>> {
        let practice = Arc::clone(&self.practice);
        Box::pin(async move {
            let addresses = practice.addresses().await.map_err(|error| error.to_string())?;
            let cloud = addresses.cloud().map_err(|error| error.to_string())?;
            Ok(Practice {
                cloud,
                platform_key: addresses.platform_recipient,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_named_holds_everything() {
        let options = Options {
            data: Some("somewhere".into()),
            ..Options::default()
        };
        let folders = Folders::of(&options).unwrap();
        assert!(folders.data.is_absolute() && folders.data.ends_with("somewhere"));
        assert_eq!(folders.profiles, folders.data.join("profiles"));
    }
}
