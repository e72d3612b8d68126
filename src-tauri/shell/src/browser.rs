//! The browser and the file manager of the operating system.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The browser didn't open. Carries the address, so that the reader can open it by hand.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No program of this computer took the address.
    #[error("no browser could be started for {address}: {source}")]
    NoBrowser {
        /// What should have been opened.
        address: String,
        /// What the operating system said.
        source: io::Error,
    },
    /// Only web pages are ever opened, over TLS or from this computer itself: anything else could start a program.
    #[error("{address} is not the address of a web page")]
    NotAWebPage {
        /// What should have been opened.
        address: String,
    },
    /// No file manager took the folder.
    #[error("the folder {} could not be opened: {source}", folder.display())]
    NoFolder {
        /// What should have been opened.
        folder: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

/// Shows a page in the reader's own browser. Blocks for up to a quarter of a second for each program tried, to see
/// whether it fails at once.
pub fn open_page(address: &str) -> Result<(), OpenError> {
    let page = url::Url::parse(address)
        .ok()
        .filter(|url| url.scheme() == "https" && url.has_host() || is_sign_in_of_practice(url));
    let Some(page) = page else {
        return Err(OpenError::NotAWebPage {
            address: address.to_owned(),
        });
    };
    // The parsed form is opened, because what stands in it is all escaped.
    open::that_detached(page.as_str()).map_err(|source| OpenError::NoBrowser {
        address: address.to_owned(),
        source,
    })
}

/// The practice organisation serves its sign-in pages without encryption, because no browser trusts its certificate.
/// They come from this computer and never leave it.
fn is_sign_in_of_practice(url: &url::Url) -> bool {
    url.scheme() == "http"
        && url.host_str() == Some("localhost")
        && url.path().ends_with("/oauth2/v2.0/authorize")
}

/// Whose file manager shows a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    Mac,
    Windows,
    Other,
}

/// The one that this program was built for.
const HERE: System = if cfg!(target_os = "macos") {
    System::Mac
} else if cfg!(windows) {
    System::Windows
} else {
    System::Other
};

/// Shows a folder in the file manager. It is shown and never opened where opening could start something: on macOS a folder
/// can be a program (`.app`), on Windows its name can lead to another place.
pub fn open_folder(folder: &Path) -> Result<(), OpenError> {
    let refused = |source| OpenError::NoFolder {
        folder: folder.to_owned(),
        source,
    };
    // A file could be a program.
    if !folder.is_dir() {
        return Err(refused(io::Error::from(io::ErrorKind::NotADirectory)));
    }
    // The whole path begins with no dash, so that nothing takes it for an option.
    let whole = std::path::absolute(folder).map_err(refused)?;
    match showing(&whole, HERE) {
        // The file manager goes on by itself; what becomes of it is not waited for.
        Some(mut command) => command.spawn().map(drop).map_err(refused),
        None => open::that_detached(whole).map_err(refused),
    }
}

/// What shows a folder within the one it lies in, where the system has such a thing.
fn showing(folder: &Path, system: System) -> Option<Command> {
    let mut command = match system {
        System::Mac => {
            let mut command = Command::new("/usr/bin/open");
            command.arg("-R");
            command
        }
        System::Windows => {
            let mut command = Command::new("explorer");
            command.arg("/select,");
            command
        }
        // A directory is given to the program for directories there, whatever its name is.
        System::Other => return None,
    };
    command.arg(folder).stdin(Stdio::null());
    Some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_are_opened_and_the_refusal_names_the_address() {
        for address in [
            "file:///etc/passwd",
            "http://plain.test/",
            "javascript:alert(1)",
            "-flag",
            "",
            "https:",
        ] {
            let error = open_page(address).unwrap_err();
            assert!(
                matches!(&error, OpenError::NotAWebPage { address: kept } if kept == address),
                "{error}"
            );
        }
    }

    #[test]
    fn a_file_is_not_opened_as_a_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(
            open_folder(file.path()),
            Err(OpenError::NoFolder { .. })
        ));
    }

    /// A folder that is a program, or a link to one, is only shown, by the system's own program.
    #[test]
    fn a_folder_that_could_start_something_is_shown_and_not_opened() {
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("Calculator.app");
        std::fs::create_dir(&program).unwrap();
        for (system, with, how) in [
            (System::Mac, "/usr/bin/open", "-R"),
            (System::Windows, "explorer", "/select,"),
        ] {
            let command = showing(&program, system).unwrap();
            assert_eq!(command.get_program(), with);
            let arguments: Vec<_> = command.get_args().collect();
            assert_eq!(arguments, [std::ffi::OsStr::new(how), program.as_os_str()]);
        }
        assert!(showing(&program, System::Other).is_none());
        // Elsewhere what opens a directory is asked for by its kind, and the directory is its one argument.
        #[cfg(target_os = "linux")]
        for command in open::commands(&program) {
            assert_ne!(command.get_program(), program.as_os_str());
            assert!(command.get_args().any(|argument| argument == program.as_os_str()));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_is_not_opened_as_a_folder() {
        let place = tempfile::tempdir().unwrap();
        let (file, link) = (place.path().join("program"), place.path().join("folder"));
        std::fs::write(&file, "#!/bin/sh").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(matches!(open_folder(&link), Err(OpenError::NoFolder { .. })));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_browser_would_be_started_with_the_whole_address() {
        let address = "https://sign-in.test/authorize?a=1&b=%20c#d";
        let commands = open::commands(address);
        assert!(!commands.is_empty());
        for command in commands {
            assert!(
                command.get_args().any(|argument| argument == address),
                "{command:?}"
            );
        }
    }
}
