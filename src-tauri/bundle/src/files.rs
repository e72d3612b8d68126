//! Writing the files: all four or none, never over something that is there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use domain::trace::{Point, Trace};

/// How long a name may be, in characters.
const STEM_CHARS: usize = 90;

/// How long a name may be in bytes: file systems count those, and stop at 255 with the end of the name included.
const STEM_BYTES: usize = 200;

/// How often a name is given another number before it's clear that something else is wrong.
const TRIES: u32 = 1000;

/// What is written, side by side into one folder.
pub struct Files {
    /// What all four names begin with.
    pub stem: String,
    /// The sealed file, where the platform needs one.
    pub sealed: Option<Vec<u8>>,
    /// The record as a page.
    pub record_html: String,
    /// The record as JSON.
    pub record_json: String,
    /// The reminder.
    pub reminder_ics: String,
}

/// What couldn't be written, and why. Nothing of the export was left behind.
#[derive(Debug, thiserror::Error)]
#[error("{} could not be written", place.display())]
pub struct WriteError {
    /// The file or the folder.
    pub place: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl Files {
    /// A name for the files that every system takes: letters, digits and dashes, at most 100 characters with a number
    /// after it.
    ///
    /// It begins with `mailgrant-`, so it can be none of the names that Windows keeps for devices.
    pub fn stem(platform: &str, organisation: &str) -> String {
        let mut stem = String::from("mailgrant");
        for part in [platform, organisation] {
            let words = part
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty());
            for word in words {
                stem.push('-');
                stem.extend(word.chars().flat_map(char::to_lowercase));
            }
        }
        let mut cut = String::new();
        for c in stem.chars().take(STEM_CHARS) {
            if cut.len() + c.len_utf8() > STEM_BYTES {
                break;
            }
            cut.push(c);
        }
        cut.trim_end_matches('-').to_owned()
    }

    /// Writes all files and gives their names: the sealed file, where there is one, the record as a page and as JSON, the
    /// reminder.
    ///
    /// Where one of the names is taken, all four get the same number. The sealed file is written last, so that where it
    /// stands, the other three do too.
    pub fn write(&self, folder: &Path, trace: &Trace) -> Result<Vec<String>, WriteError> {
        let made = make_folder(folder, trace)?;
        let mut written = Vec::new();
        let result = self.write_into(folder, trace, &mut written);
        if result.is_err() {
            // What can't be removed stays: the first error is the one to tell of.
            for place in &written {
                let _ = fs::remove_file(place);
            }
            remove_folders(&made);
        }
        result
    }

    fn write_into(
        &self,
        folder: &Path,
        trace: &Trace,
        written: &mut Vec<PathBuf>,
    ) -> Result<Vec<String>, WriteError> {
        let names = self.free_names(folder)?;
        let [sealed, page, json, reminder] = &names;
        let told: [(&String, &[u8]); 3] = [
            (page, self.record_html.as_bytes()),
            (json, self.record_json.as_bytes()),
            (reminder, self.reminder_ics.as_bytes()),
        ];
        let sealed = self.sealed.as_ref().map(|bytes| (sealed, bytes.as_slice()));
        for (name, bytes) in told.into_iter().chain(sealed) {
            let place = folder.join(name);
            trace.tell(|| Point::Writing(name.clone()));
            write_new(&place, bytes).map_err(|source| WriteError {
                place: place.clone(),
                source,
            })?;
            written.push(place);
            trace.tell(|| Point::Written(name.clone()));
        }
        let first = usize::from(sealed.is_none());
        Ok(names[first..].to_vec())
    }

    /// The first four names with one number of which none is taken.
    fn free_names(&self, folder: &Path) -> Result<[String; 4], WriteError> {
        for number in 1..=TRIES {
            let suffix = if number == 1 {
                String::new()
            } else {
                format!("-{number}")
            };
            let names = ["age", "html", "json", "ics"].map(|end| format!("{}{suffix}.{end}", self.stem));
            let mut taken = false;
            for name in &names {
                let place = folder.join(name);
                taken |= stands(&place).map_err(|source| WriteError { place, source })?;
            }
            if !taken {
                return Ok(names);
            }
        }
        Err(WriteError {
            place: folder.join(&self.stem),
            source: io::ErrorKind::AlreadyExists.into(),
        })
    }
}

/// Writes a few files side by side under one name and different ends, and gives their names: all or none, never over
/// something that is there.
///
/// # Errors
/// What couldn't be written; nothing is left behind then.
pub fn write_beside(folder: &Path, stem: &str, parts: &[(&str, &[u8])]) -> Result<Vec<String>, WriteError> {
    for number in 1..=TRIES {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!("-{number}")
        };
        let names: Vec<String> = parts
            .iter()
            .map(|(end, _)| format!("{stem}{suffix}.{end}"))
            .collect();
        let mut taken = false;
        for name in &names {
            let place = folder.join(name);
            taken |= stands(&place).map_err(|source| WriteError { place, source })?;
        }
        if taken {
            continue;
        }
        for (at, (name, (_, bytes))) in names.iter().zip(parts).enumerate() {
            let place = folder.join(name);
            if let Err(source) = write_new(&place, bytes) {
                // What can't be removed stays: the first error is the one to tell of.
                for before in names.iter().take(at) {
                    let _ = fs::remove_file(folder.join(before));
                }
                return Err(WriteError { place, source });
            }
        }
        return Ok(names);
    }
    Err(WriteError {
        place: folder.join(stem),
        source: io::ErrorKind::AlreadyExists.into(),
    })
}

/// Creates the folder and gives those that weren't there, outermost first.
fn make_folder(folder: &Path, trace: &Trace) -> Result<Vec<PathBuf>, WriteError> {
    let failed = |source| WriteError {
        place: folder.to_owned(),
        source,
    };
    if folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|place| !place.as_os_str().is_empty() && !place.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    let name = || folder.display().to_string();
    trace.tell(|| Point::Writing(name()));
    fs::create_dir_all(folder).map_err(failed)?;
    // A folder outlives a power cut only once the one that lists it was synced.
    let synced = missing
        .iter()
        .filter_map(|place| place.parent())
        .try_for_each(sync);
    if let Err(source) = synced {
        remove_folders(&missing);
        return Err(failed(source));
    }
    trace.tell(|| Point::Written(name()));
    Ok(missing)
}

/// Has what a folder lists written to the disk.
#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    // The folder of a name without any folder before it is the current one.
    let here = Path::new(".");
    let folder = if folder.as_os_str().is_empty() {
        here
    } else {
        folder
    };
    fs::File::open(folder)?.sync_all()
}

/// Windows opens no folder as a file, and keeps its own journal of names.
#[cfg(not(unix))]
fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes folders that this export created, innermost first. One that can't be removed stays: the first error is the
/// one to tell of.
fn remove_folders(created: &[PathBuf]) {
    for place in created.iter().rev() {
        let _ = fs::remove_dir(place);
    }
}

/// Whether something stands there already, a link to nowhere among it.
fn stands(place: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(place) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes a file that wasn't there: whole or not at all, also over a power cut.
///
/// Only its owner may read it. The record holds no secret, but it names people, mailboxes and what reaches them; whoever
/// wants others to read it can let them.
fn write_new(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = AtomicWriteFile::options();
    #[cfg(unix)]
    {
        use atomic_write_file::unix::OpenOptionsExt as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        // Windows has no such bits; there the folder decides who reads what is in it.
        options.preserve_mode(false).mode(0o600);
    }
    let mut file = options.open(place)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // Putting the file in its place replaces what stands there. The names were free a moment ago; this closes all but
    // the last instant, in which only another program could come between.
    if stands(place)? {
        file.discard()?;
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    file.commit()
}

#[cfg(test)]
mod tests;
