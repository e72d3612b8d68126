//! Searches the memory of another process for secrets, as somebody with a debugger would.
//!
//! Linux shows it in `/proc`; elsewhere the search fails and says so. Whoever searches holds the secrets, so it is never
//! the searched process itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use keychain::Keychain;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::Outcome;
use crate::eventually::eventually;
use crate::leak::Search;
use crate::onboard::Run;

/// How much is looked at in one go.
const WINDOW: usize = 256 * 1024;
/// By how much two windows overlap: more than any form of anything that is looked for.
const OVERLAP: usize = 48 * 1024;
/// How long what is needed no more may take to go, on a machine that has much else to do.
const MOMENT: Duration = Duration::from_secs(5);

/// What a run that can be searched is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Held {
    /// The onboarding.
    pub run: Run,
    /// The passphrase to seal with.
    pub passphrase: String,
    /// A file with texts in hexadecimal digits, one a line, that it takes into its memory when all is over.
    pub plant: PathBuf,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Copy {
    /// What.
    pub of: String,
    /// The form: `raw`, `hex`, ….
    pub form: &'static str,
    /// Where: the name that the system gives to that piece of memory.
    pub place: String,
    /// At which address.
    pub at: u64,
}

/// What is looked for: each thing by its name, in all forms.
pub struct Wanted {
    automaton: AhoCorasick,
    named: Vec<(String, &'static str)>,
}

impl Wanted {
    /// Prepares the search.
    pub fn of<'a>(things: impl IntoIterator<Item = (&'a str, &'a str)>) -> Outcome<Self> {
        let (mut named, mut cores) = (Vec::new(), Vec::<Vec<u8>>::new());
        for (name, value) in things {
            for (form, bytes) in Search::of(value)?.forms() {
                let core = core(bytes)?.to_owned();
                // Forms whose ends are the same for this value are looked for once.
                if !cores
                    .iter()
                    .any(|known| known.ends_with(&core) || core.ends_with(known))
                {
                    cores.push(core);
                    named.push((name.to_owned(), form));
                }
            }
        }
        let automaton = AhoCorasick::new(&cores).map_err(|error| error.to_string())?;
        Ok(Self { automaton, named })
    }

    /// How many forms of how many things it looks for.
    pub fn len(&self) -> usize {
        self.named.len()
    }

    /// Whether it looks for nothing.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Every copy in the memory of a process.
    pub fn in_process(&self, process: u32) -> Outcome<Vec<Copy>> {
        let mut copies = BTreeSet::new();
        each_window(process, |place, at, bytes| {
            for found in self.automaton.find_overlapping_iter(bytes) {
                if let Some((of, form)) = self.named.get(found.pattern().as_usize()) {
                    copies.insert(Copy {
                        of: of.clone(),
                        form,
                        place: place.to_owned(),
                        at: at + found.start() as u64,
                    });
                }
            }
        })?;
        Ok(copies.into_iter().collect())
    }

    /// The copies that are still there after a moment. A socket that was given up is closed when its task runs next.
    pub async fn left_in_process(&self, process: u32) -> Outcome<Vec<Copy>> {
        let mut last = Ok(Vec::new());
        let gone = eventually("an empty memory", MOMENT, async || {
            last = self.in_process(process);
            matches!(&last, Ok(copies) if copies.is_empty()).then_some(())
        });
        drop(gone.await);
        last
    }
}

/// What is left of a text in memory that was freed and not wiped: the C library writes its own links over the first 16
/// bytes, over 32 of a large piece. Looking for the rest finds whole copies and these.
fn core(form: &[u8]) -> Outcome<&[u8]> {
    let lost = if form.len() > 512 { 32 } else { 16 };
    form.get(lost..)
        .filter(|rest| rest.len() >= 12)
        .ok_or_else(|| "too short to be looked for in memory".to_owned())
}

/// Every access token in the memory of a process, whosever it is, told by its shape: three texts in base64, of which
/// the second is JSON. The beginning of the first may be lost.
pub fn tokens(process: u32) -> Outcome<BTreeSet<String>> {
    let automaton = AhoCorasick::new([".eyJ"]).map_err(|error| error.to_string())?;
    let mut tokens = BTreeSet::new();
    each_window(process, |_, _, bytes| {
        for found in automaton.find_iter(bytes) {
            let (before, after) = bytes.split_at(found.start());
            let letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_".contains(byte);
            let header = before.iter().rev().take_while(|byte| letter(byte)).count();
            let rest = after
                .iter()
                .take_while(|byte| letter(byte) || **byte == b'.')
                .count();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let (header, rest) = (text(&before[before.len() - header..]), text(&after[..rest]));
            let mut parts = rest.split('.').skip(1);
            let long = |part: Option<&str>| part.is_some_and(|part| part.len() > 64);
            if long(parts.next()) && long(parts.next()) {
                let header = header.rfind("eyJ").map_or("", |start| &header[start..]);
                tokens.insert(format!("{header}{rest}"));
            }
        }
    })?;
    Ok(tokens)
}

/// The tokens among these that can be read, each under a name that says whose it is.
pub fn named(tokens: &BTreeSet<String>) -> BTreeMap<String, String> {
    let named = tokens.iter().filter_map(|token| {
        let claims = claims(token)?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).unwrap_or_default();
        let whose = if claims.get("scp").is_some() {
            "admin"
        } else {
            "app"
        };
        let name = format!("{whose}'s token for {}, {}", text("aud"), text("uti"));
        Some((name, token.clone()))
    });
    named.collect()
}

/// The claims of a token, unsigned.
fn claims(token: &str) -> Option<Value> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&claims).ok()
}

/// The secret of the one connection in a data folder, out of the keychain.
pub fn kept_secret(data: &Path, namespace: &str) -> Outcome<String> {
    let keychain = Keychain::open(namespace);
    let folders = std::fs::read_dir(data).map_err(|error| format!("{}: {error}", data.display()))?;
    for folder in folders.flatten() {
        let Ok(journal) = std::fs::read_to_string(folder.path().join("journal")) else {
            continue;
        };
        // The key's id stands in the journal, as do others, under none of which the keychain has anything.
        let ids = journal.split('"').filter(|text| text.parse::<Uuid>().is_ok());
        for id in ids.collect::<BTreeSet<_>>() {
            let account = format!("{}/{id}", folder.file_name().to_string_lossy());
            if let Some(secret) = keychain.get(&account).map_err(|error| error.to_string())? {
                // EXPOSE: it is what another process's memory is searched for.
                return Ok(secret.expose().to_owned());
            }
        }
    }
    Err("the keychain holds no secret of a connection in this folder".into())
}

/// How many copies there are of what, in which form and where, a line each.
pub fn counted(copies: &[Copy]) -> String {
    let mut counts = BTreeMap::new();
    for copy in copies {
        *counts.entry((&copy.of, copy.form, &copy.place)).or_insert(0) += 1;
    }
    let mut text = String::new();
    for ((of, form, place), count) in counts {
        // Writing into a text never fails.
        let _ = write!(text, "\n  {of}, {form}: {count} in {place}");
    }
    text
}

/// Whether this process may search that one.
pub fn can_be_searched(process: u32) -> bool {
    File::open(format!("/proc/{process}/mem")).is_ok()
}

/// Shows everything that a process can write and that is in memory, piece by piece.
fn each_window(process: u32, mut look: impl FnMut(&str, u64, &[u8])) -> Outcome {
    let memory = File::open(format!("/proc/{process}/mem"));
    let mut memory = memory.map_err(|error| format!("memory of {process}: {error}"))?;
    let nothing = vec![0; WINDOW];
    let mut window = vec![0; WINDOW];
    for mapping in mappings(process)? {
        let mut at = mapping.start;
        while at < mapping.end {
            let length = usize::try_from(mapping.end - at).map_or(WINDOW, |left| left.min(WINDOW));
            let there = memory.seek(SeekFrom::Start(at));
            // What a device shows can't be read, and no secret gets there.
            let Ok(read) = there.and_then(|_| memory.read(&mut window[..length])) else {
                break;
            };
            if window[..read] != nothing[..read] {
                look(&mapping.name, at, &window[..read]);
            }
            if read < WINDOW {
                break;
            }
            at += (read - OVERLAP) as u64;
        }
    }
    Ok(())
}

struct Mapping {
    start: u64,
    end: u64,
    name: String,
}

/// The pieces of memory that the process can write and that hold anything.
fn mappings(process: u32) -> Outcome<Vec<Mapping>> {
    let mut text = String::new();
    File::open(format!("/proc/{process}/smaps"))
        .and_then(|mut file| file.read_to_string(&mut text))
        .map_err(|error| format!("map of {process}: {error}"))?;
    let mut found = Vec::new();
    let mut last = None;
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        let Some((start, end)) = first.split_once('-') else {
            let held = first == "Rss:" || first == "Swap:";
            if held && words.next().is_some_and(|size| size != "0") {
                found.extend(last.take());
            }
            continue;
        };
        let address = |text| u64::from_str_radix(text, 16).map_err(|error| format!("{line}: {error}"));
        last = match words.next() {
            Some(access) if access.starts_with("rw") => Some(Mapping {
                start: address(start)?,
                end: address(end)?,
                name: words.nth(3).unwrap_or("no name").to_owned(),
            }),
            _ => None,
        };
    }
    Ok(found)
}
