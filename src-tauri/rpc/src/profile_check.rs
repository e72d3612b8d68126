//! A profile's file looked at from the command line, for whoever writes one: what the wizard will do with it, or why it is
//! refused. Nothing but files is read.

use std::fs;
use std::path::Path;

use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::text::shown;
use journey::data_folder::remembered_language;
use profiles::{Field, Marked, Profile, ProfileError, load_folder, name_of, parse_own, read_text};
use words::{Language, Speaker};

use crate::pages::{access, method::sentence};
use crate::session::Options;

/// How it went, as the program's exit code. docs/profiles.md and `--help` say what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The wizard takes the file.
    Good,
    /// It refuses it.
    Refused,
    /// There is no text to be read.
    NotRead,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Good => 0,
            Self::Refused => 1,
            Self::NotRead => 2,
        }
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What to write, with a line end at its end.
    pub text: String,
    /// The exit code.
    pub exit: Exit,
}

/// Reads a profile's file, whatever it is, and answers in the reader's language.
pub fn run(options: &Options, file: &Path) -> Answer {
    let chosen = remembered_language(&options.data).and_then(|tag| Language::of_tag(&tag));
    let language = options.languages.first(chosen);
    let speaker = Speaker::new(language, options.zone.clone(), options.clock.now());
    let (lines, exit) = match looked_at(options, file) {
        Ok((profile, place)) => (good(&profile, &place, file, &speaker), Exit::Good),
        Err((exit, errors)) => {
            let lines = errors.iter().flat_map(|error| refused(exit, error, &speaker));
            (lines.collect(), exit)
        }
    };
    let mut text = String::new();
    for line in lines {
        text.extend(line.chars().filter_map(shown));
        text.push('\n');
    }
    Answer { text, exit }
}

/// The profile and where its file belongs, or why there is none.
fn looked_at(options: &Options, file: &Path) -> Result<(Profile, Message), (Exit, Vec<ProfileError>)> {
    let text = read_text(file).map_err(|error| (Exit::NotRead, vec![error]))?;
    let profile = parse_own(file, &text).map_err(|errors| (Exit::Refused, errors))?;
    let place = place(options, file, &profile).map_err(|error| (Exit::Refused, vec![error]))?;
    Ok((profile, place))
}

/// Where the wizard will find the file, among those that are there already.
fn place(options: &Options, file: &Path, profile: &Profile) -> Result<Message, ProfileError> {
    let Some(folder) = options
        .profiles
        .as_ref()
        .filter(|_| !profiles::is_shipped(&profile.id))
    else {
        return Ok(message!("profile-inside"));
    };
    let whole = |path: &Path| fs::canonicalize(path).ok();
    let lies_there = whole(file).is_some_and(|file| file.parent() == whole(folder).as_deref());
    let (others, errors) = load_folder(folder, profiles::is_shipped);
    if lies_there {
        // Another file of the same id comes first, or the name doesn't end as those that are read.
        return match errors.into_iter().find(|error| error.file == name_of(file)) {
            Some(error) => Err(error),
            None => Ok(message!("profile-lies-there")),
        };
    }
    let folder = Arg::name(Kind::Folder, folder.display().to_string());
    Ok(match others.iter().any(|other| other.id == profile.id) {
        true => message!("profile-replaces", folder = folder),
        false => message!("profile-put-into", folder = folder),
    })
}

fn refused(exit: Exit, error: &ProfileError, speaker: &Speaker) -> Vec<String> {
    let file = Arg::name(Kind::File, &error.file);
    let reason = Arg::theirs(&error.reason);
    let said = match (exit, error.line) {
        (Exit::NotRead, _) => message!("profile-not-read", file = file, reason = reason),
        (_, Some(line)) => message!("profile-refused-at", file = file, line = line, reason = reason),
        (_, None) => message!("profile-refused", file = file, reason = reason),
    };
    let mut lines = vec![speaker.say(&said)];
    if let (Some(line), Some(marked)) = (error.line, &error.marked) {
        lines.extend(under(line, marked).into_iter().flatten());
    }
    lines
}

/// The most characters of a line that are shown.
const WIDEST: usize = 100;

/// A line of the file and a mark under the place: `12 | apps = 3` and `          ^` below. None for a line with nothing on it.
fn under(number: usize, marked: &Marked) -> Option<[String; 2]> {
    let seen = |c: &char| shown(*c).is_some();
    let all: Vec<char> = marked.text.chars().filter_map(shown).collect();
    if all.iter().all(|c| c.is_whitespace()) {
        return None;
    }
    // What isn't shown takes no place.
    let from = marked.text.chars().take(marked.from).filter(seen).count();
    let length = marked
        .text
        .chars()
        .skip(marked.from)
        .take(marked.length)
        .filter(seen)
        .count();
    // Of a long line, what is around the place.
    let first = if all.len() > WIDEST {
        from.saturating_sub(WIDEST / 2)
    } else {
        0
    };
    let text: String = all.iter().skip(first).take(WIDEST).collect();
    let begin = format!("{number} | ");
    let length = length.clamp(1, (WIDEST + 1).saturating_sub(from - first).max(1));
    let mark = format!("{}{}", " ".repeat(begin.len() + from - first), "^".repeat(length));
    Some([format!("{begin}{text}"), mark])
}

/// What the wizard will do with it, line by line.
fn good(profile: &Profile, place: &Message, file: &Path, speaker: &Speaker) -> Vec<String> {
    let say = |message: Message| speaker.say(&message);
    let mut lines = vec![
        say(message!(
            "profile-good",
            file = Arg::name(Kind::File, name_of(file))
        )),
        say(place.clone()),
        String::new(),
        say(message!(
            "profile-who",
            platform = Arg::name(Kind::Platform, &profile.name),
            vendor = Arg::theirs(&profile.vendor),
            id = Arg::term(&profile.id),
            version = profile.version
        )),
        speaker.value(&Arg::from(&profile.summary)),
        say(match profile.last_verified {
            Some(day) => message!("profile-compared", day = day),
            None => message!("profile-not-compared"),
        }),
    ];
    if profile.open {
        lines.push(say(message!("profile-open")));
    }
    lines.extend(reach(profile, speaker));
    lines.extend(signs_in(profile, speaker));
    lines.push(say(message!("profile-form")));
    for entry in &profile.form {
        lines.push(say(message!(
            "profile-field",
            label = Arg::theirs(&entry.label),
            field = field(&entry.field)
        )));
    }
    lines.extend(afterwards(profile, speaker));
    lines
}

/// How mail is reached, held to which mailboxes, and with which permissions.
fn reach(profile: &Profile, speaker: &Speaker) -> Vec<String> {
    let mut lines = vec![String::new()];
    for method in &profile.methods {
        lines.push(speaker.say(&message!("profile-method", method = method.said())));
        lines.push(speaker.say(&match method.is_by_mail_program() {
            true => message!("profile-limit-by-mailbox"),
            false => message!("profile-limit-by-scope"),
        }));
    }
    lines.push(String::new());
    lines.push(speaker.say(&message!("profile-permissions")));
    for asked in &profile.permissions {
        let (permission, reason) = (access(asked.permission), &asked.reason);
        lines.push(speaker.say(&match (profile.open, asked.optional, asked.usual) {
            (true, ..) => message!("profile-is-asked", permission = permission, reason = reason),
            (_, false, _) => message!("profile-is-given", permission = permission, reason = reason),
            (_, true, false) => message!("profile-is-optional", permission = permission, reason = reason),
            (_, true, true) => message!("profile-is-usual", permission = permission, reason = reason),
        }));
    }
    for over in &profile.over_asks {
        lines.push(speaker.say(&message!(
            "profile-left-out",
            asks = over.asks.map(sentence),
            instead = over.instead.map(sentence)
        )));
    }
    lines.push(String::new());
    lines
}

/// What the platform signs in with, for how long, and whom the file is sealed for.
fn signs_in(profile: &Profile, speaker: &Speaker) -> Vec<String> {
    let limits = &profile.credential;
    let kinds = limits.kinds.iter();
    let kinds = kinds.map(|kind| message!("profile-kind", kind = Arg::term(kind.name())));
    let key = profile.recipient_key.as_deref();
    let key = key.and_then(|key| bundle::seal::fingerprint(key).ok().map(|words| (key, words)));
    let said = [
        message!(
            "profile-credential",
            count = limits.kinds.len(),
            kinds = Arg::list(Join::Or, kinds)
        ),
        message!(
            "profile-life",
            usual = limits.usual_months,
            longest = limits.longest_months
        ),
        match key {
            Some((key, words)) => message!("profile-key", key = Arg::theirs(key), words = Arg::theirs(words)),
            None => message!("profile-no-key"),
        },
    ];
    let mut lines: Vec<String> = said.iter().map(|message| speaker.say(message)).collect();
    lines.push(String::new());
    lines
}

/// What the wizard says once the file is made, in its own words.
fn afterwards(profile: &Profile, speaker: &Speaker) -> Vec<String> {
    let mut items: Vec<Arg> = Vec::new();
    if let Some(who) = &profile.hand_over_to {
        let file = message!("export-the-sealed-file");
        items.push(message!("export-send", file = file, who = who).into());
    }
    items.extend(profile.next_steps.iter().map(Arg::from));
    items.extend(profile.links.iter().map(|link| {
        let address = Arg::theirs(&link.address);
        Arg::from(message!("export-look-up", place = &link.label, address = address))
    }));
    if items.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), speaker.say(&message!("profile-afterwards"))];
    lines.extend(
        items
            .into_iter()
            .map(|item| speaker.say(&message!("profile-item", item = item))),
    );
    lines
}

/// What goes into a field of the platform's form.
fn field(field: &Field) -> Message {
    match field {
        Field::Authority => message!("profile-field-authority"),
        Field::TenantId => message!("profile-field-tenant"),
        Field::ClientId => message!("profile-field-client"),
        Field::SecretValue => message!("profile-field-secret"),
        Field::SecretEnds => message!("profile-field-secret-ends"),
        Field::PrivateKey => message!("profile-field-private-key"),
        Field::Certificate => message!("profile-field-certificate"),
        Field::CertificateThumbprint => message!("profile-field-thumbprint"),
        Field::CertificateEnds => message!("profile-field-certificate-ends"),
        Field::MailboxAddresses => message!("profile-field-addresses"),
        Field::MailboxObjectIds => message!("profile-field-object-ids"),
        Field::AppName => message!("profile-field-app-name"),
        Field::Server(protocol) => message!("profile-field-server", protocol = Arg::term(protocol.name())),
        Field::Port(protocol) => message!("profile-field-port", protocol = Arg::term(protocol.name())),
        Field::Constant(text) => message!("profile-field-constant", text = Arg::theirs(text)),
    }
}
