//! A connection checked from the command line, without the program: the same answer in this process, against an organisation
//! that runs here.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use domain::trace::Trace;
use journey::Clock;
use rpc::check::{Answer, Asked, run};
use rpc::host::{Later, Outside, Practice};
use rpc::languages::Languages;
use rpc::session::Options;
use serde_json::Value;
use words::Language;

use crate::Outcome;
use crate::organisation::Organisation;
use crate::reader::Reader;

/// Where a check is made, and by whom.
pub struct Place<'a> {
    /// The organisation.
    pub organisation: &'a Organisation,
    /// Who signs in, where somebody has to.
    pub reader: Reader,
    /// Where connections are kept.
    pub data: &'a Path,
    /// The keychain's namespace.
    pub keychain: &'a str,
    /// The time.
    pub clock: Clock,
    /// The language.
    pub language: Language,
}

/// Checks.
pub async fn check(place: Place<'_>, asked: &Asked) -> Answer {
    let host = Arc::new(Terminal {
        organisation: place.organisation.clone(),
        reader: place.reader,
    });
    let options = Options {
        data: place.data.to_owned(),
        export: place.data.to_owned(),
        profiles: place.data.parent().map(|folder| folder.join("profiles")),
        keychain: place.keychain.to_owned(),
        clock: place.clock,
        zone: jiff::tz::TimeZone::UTC,
        languages: Languages {
            system: Vec::new(),
            instead: Some(place.language),
        },
        trace: Trace::default(),
        read_in: Duration::ZERO,
        cloud: domain::cloud::CloudId::Global,
        practice: false,
    };
    run(host, &options, asked, &|_| ()).await
}

/// The codes of an answer in JSON that differ or couldn't be told, and that of its problem.
///
/// # Errors
/// When it isn't JSON.
pub fn codes(answer: &Answer) -> Outcome<Vec<String>> {
    let json: Value =
        serde_json::from_str(&answer.text).map_err(|error| format!("{error}: {}", answer.text))?;
    let findings = json.get("findings").and_then(Value::as_array);
    let found = findings
        .into_iter()
        .flatten()
        .filter(|found| found["level"] != "notice");
    let codes = found
        .chain(json.get("problem"))
        .filter_map(|one| one.get("code")?.as_str());
    Ok(codes.map(str::to_owned).collect())
}

struct Terminal {
    organisation: Organisation,
    reader: Reader,
}

impl Outside for Terminal {
    fn open_browser(&self, address: &str) -> Result<(), String> {
        self.reader.opens(address)
    }

    fn start_practice(&self) -> Later<Result<Practice, String>> {
        let practice = self.organisation.to_practise();
        Box::pin(async move { practice })
    }
}
