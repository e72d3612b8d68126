//! A record as a file that somebody gives: opened, read, and held to where it is to be used. Every way in which it can't be
//! used is a problem of its own, because what helps differs.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use bundle::read::{self, MOST_BYTES, RecordError, RecordRead};
use domain::cloud::CloudId;
use domain::ids::TenantId;
use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::problem::{Code, Evidence, Problem, Retry};
use engine::event::Tenancy;
use microsoft::cloud::Cloud;
use url::Url;

/// Opens a file and reads the record in it.
///
/// # Errors
/// What the file is in place of a record, or why it can't be opened.
pub fn open(path: &Path) -> Result<RecordRead, Problem> {
    let bytes = whole(path).map_err(|error| {
        let place = Arg::name(Kind::File, path.display().to_string());
        told(Code::RecordNoFile, message!("reading-no-file", place = place)).evidence(Evidence {
            message: Some(error.kind().to_string()),
            ..Evidence::default()
        })
    })?;
    read::record(&bytes).map_err(|error| problem(&error))
}

/// Reads the record in these bytes.
///
/// # Errors
/// What they are in place of a record.
pub fn of_bytes(bytes: &[u8]) -> Result<RecordRead, Problem> {
    read::record(bytes).map_err(|error| problem(&error))
}

/// Sees that a record is of the organisation that somebody signed in to.
///
/// # Errors
/// When it names another one.
pub fn of_organisation(record: &RecordRead, ours: TenantId) -> Result<(), Problem> {
    if record.tenant == ours {
        return Ok(());
    }
    let words = message!("reading-other-organisation", theirs = record.tenant, ours = ours);
    Err(told(Code::RecordElsewhere, words))
}

/// The bytes of a file, up to one more than a record can have.
fn whole(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // A pipe or a device could have no end, or nobody at the other one.
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is said of a file that can't be read as a record.
pub fn problem(error: &RecordError) -> Problem {
    let (code, words) = match error {
        RecordError::TooLarge => {
            let most = Arg::term((MOST_BYTES >> 20).to_string());
            (Code::RecordTooLarge, message!("reading-too-large", most = most))
        }
        RecordError::Page => (Code::RecordPage, message!("reading-page")),
        RecordError::Sealed => (Code::RecordSealed, message!("reading-sealed")),
        RecordError::NotJson => (Code::RecordOther, message!("reading-not-json")),
        RecordError::NotARecord => (Code::RecordOther, message!("reading-other")),
        RecordError::Truncated => (Code::RecordTruncated, message!("reading-truncated")),
        RecordError::Edited => (Code::RecordEdited, message!("reading-edited")),
        RecordError::Newer { version } => (
            Code::RecordNewer,
            message!("reading-newer", version = Arg::theirs(version)),
        ),
    };
    told(code, words)
}

/// Sees that a record is of a real organisation or of the practice organisation, as it is expected to be.
///
/// # Errors
/// When it is of the other.
pub fn is_of(record: &RecordRead, tenancy: Tenancy) -> Result<(), Problem> {
    let words = match (record.practice, tenancy) {
        (true, Tenancy::Practice) | (false, Tenancy::Real(_)) => return Ok(()),
        (true, Tenancy::Real(_)) => message!("reading-practice"),
        (false, Tenancy::Practice) => message!(
            "reading-real",
            organisation = Arg::name(Kind::Organisation, &record.organisation)
        ),
    };
    Err(told(Code::RecordPractice, words))
}

/// Sees that a record is of a cloud that is known, and of the organisation where the cloud has only one.
///
/// # Errors
/// When it names another organisation or another place to sign in.
pub fn is_in(record: &RecordRead, cloud: &Cloud) -> Result<(), Problem> {
    if let Some(ours) = cloud.tenant {
        of_organisation(record, ours)?;
    }
    // One that only one organisation is in has another port each time. Both clouds of the US government sign in at one place.
    let is_at = |text: &str, place: &Url| Url::parse(text).is_ok_and(|url| url.origin() == place.origin());
    let is_of =
        |cloud: &Cloud| is_at(&record.authority, &cloud.authority) && is_at(&record.graph, &cloud.graph);
    if cloud.tenant.is_none() && !is_of(cloud) {
        // The cloud is what its reader says, whatever a file says; it can tell them what to say.
        if let Some(theirs) = CloudId::ALL.into_iter().find(|id| is_of(&Cloud::of(*id))) {
            return Err(lives_in(theirs));
        }
        let words = message!(
            "reading-other-cloud",
            theirs = Arg::theirs(&record.authority),
            ours = Arg::theirs(cloud.authority.as_str())
        );
        return Err(told(Code::RecordElsewhere, words));
    }
    Ok(())
}

/// Says that a record is of a connection in another cloud than this run is for.
pub fn lives_in(theirs: CloudId) -> Problem {
    let words = message!(
        "reading-national-cloud",
        cloud = theirs.said(),
        name = Arg::term(theirs.name())
    );
    told(Code::RecordElsewhere, words)
}

/// Says that a record of this age can't be checked.
pub fn too_old(record: &RecordRead) -> Problem {
    told(
        Code::RecordOlder,
        message!("reading-older", generator = Arg::theirs(&record.generator)),
    )
}

fn told(code: Code, words: Message) -> Problem {
    Problem::said(code, words)
        .retry(Retry::AfterYouAct)
        .exists(message!("problems-nothing-changed"))
}
