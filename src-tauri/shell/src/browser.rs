//! The browser and the file manager of the operating system.

use std::io;
use std::path::{Path, PathBuf};

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

/// Shows a folder in the file manager.
pub fn open_folder(folder: &Path) -> Result<(), OpenError> {
    let refused = |source| OpenError::NoFolder {
        folder: folder.to_owned(),
        source,
    };
    // A file could be a program; a folder can't be.
    if !folder.is_dir() {
        return Err(refused(io::Error::from(io::ErrorKind::NotADirectory)));
    }
    open::that_detached(folder).map_err(refused)
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
