//! Check the answers, seal the file; afterwards what was written and what to do with it.

use bundle::seal::{self, Recipient};
use domain::secret::Secret;
use domain::step::StepId;
use engine::event::{OpensWith, Tenancy};
use engine::progress::{Status, status};
use engine::proof::{Expected, Verdict};
use jiff::SignedDuration;
use journey::steps::export_bundle::{self, Shown};
use journey::steps::sign_in::rights_to_act;
use journey::wizard::Wizard;

use super::{Made, button, choice, fact, fact_with_id, finding, listed, message, page, primary, secondary};
use crate::request::Request;
use crate::times::count;
use crate::view::{
    Button, ButtonKind, Content, DrawnWords, ExportedFile, Fact, FieldProblem, MessageTone, Page,
    PassphraseBox, Tone,
};

/// What is chosen on the page and not done yet.
#[derive(Default)]
pub struct Draft {
    /// `profile-key`, `given-key` or `passphrase`.
    pub opener: String,
    /// The given key.
    pub given_key: String,
    /// The folder.
    pub folder: String,
    /// The six words that were drawn as the passphrase. They are gone once the file is sealed, the page is left or
    /// somebody else may open the file.
    pub drawn: Option<Secret>,
}

/// How long after the seal its page still speaks of now.
const JUST_SEALED: SignedDuration = SignedDuration::from_mins(10);

/// The platform's own key: from a profile that ships with the program, or from the practice organisation.
fn platform_key(wizard: &Wizard) -> Option<String> {
    wizard.platform_key().map(str::to_owned).or_else(|| {
        let profile = wizard.profile()?;
        profile
            .recipient_key
            .clone()
            .filter(|_| profiles::is_shipped(&profile.id))
    })
}

/// The key in a profile that somebody put into the folder. Only its author knows whose it is, so it is one that was
/// given: its words are compared before anything is sealed to it.
fn key_in_a_file(wizard: &Wizard) -> Option<String> {
    let profile = wizard.profile()?;
    profile
        .recipient_key
        .clone()
        .filter(|_| !profiles::is_shipped(&profile.id))
}

impl Draft {
    /// The first choice for a connection: the platform's key where there is one.
    pub fn for_wizard(wizard: &Wizard) -> Self {
        let opener = if platform_key(wizard).is_some() {
            "profile-key"
        } else {
            "given-key"
        };
        Self {
            opener: opener.into(),
            given_key: key_in_a_file(wizard).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Whom to seal for, or what is wrong with what was typed.
    pub fn sealing(
        &mut self,
        wizard: Option<&Wizard>,
        compared: bool,
        passphrase: Secret,
        again: &Secret,
    ) -> Result<Recipient, Vec<FieldProblem>> {
        let problem = |field: &str, words: String| FieldProblem {
            field: field.into(),
            words,
        };
        let mut problems = Vec::new();
        if self.folder.trim().is_empty() {
            problems.push(problem("folder", "Name the folder to save the files in".into()));
        }
        let recipient = match self.opener.as_str() {
            "profile-key" => wizard
                .and_then(platform_key)
                .ok_or_else(|| problem("opener", "Choose who can open the file".into()))
                .and_then(|key| Recipient::key(&key).map_err(|error| problem("opener", error.to_string()))),
            "given-key" => match Recipient::key(&self.given_key) {
                Err(error) => Err(problem("given-key", error.to_string())),
                Ok(_) if !compared => Err(problem(
                    "key-compared",
                    "Compare the six words with the platform's people, then tick this".into(),
                )),
                Ok(recipient) => Ok(recipient),
            },
            "passphrase" if self.drawn.is_some() && problems.is_empty() => self
                .drawn
                .take()
                .map(Recipient::drawn)
                .ok_or_else(|| problem("opener", "Choose who can open the file".into())),
            "passphrase" if self.drawn.is_some() => return Err(problems),
            "passphrase" if !passphrase.same_as(again) => Err(problem(
                "passphrase-again",
                "The two passphrases differ; type both again".into(),
            )),
            "passphrase" => {
                let names = wizard.map(known_names).unwrap_or_default();
                Recipient::passphrase(passphrase, &names)
                    .map_err(|error| problem("passphrase", error.to_string()))
            }
            _ => Err(problem("opener", "Choose who can open the file".into())),
        };
        match recipient {
            Ok(recipient) if problems.is_empty() => Ok(recipient),
            Ok(_) => Err(problems),
            Err(wrong) => {
                problems.push(wrong);
                Err(problems)
            }
        }
    }
}

/// The names in a connection, which whoever wants to open its file tries first.
fn known_names(wizard: &Wizard) -> Vec<String> {
    let state = wizard.state();
    let mut names = vec!["Mailgrant".to_owned()];
    names.extend(wizard.profile().map(|profile| profile.name.clone()));
    if let Some(organisation) = &state.organisation {
        names.extend([organisation.name.clone(), organisation.domain.clone()]);
    }
    if let Some(admin) = &state.admin {
        names.extend([admin.name.clone(), admin.user_name.clone()]);
    }
    names.extend(state.app.as_ref().map(|app| app.name.clone()));
    for entry in state.mailboxes.allowed.iter().chain(&state.mailboxes.refused) {
        names.push(entry.typed().to_owned());
        if let Some(mailbox) = entry.mailbox() {
            names.extend([mailbox.address.to_string(), mailbox.name.clone()]);
        }
    }
    names
}

/// What is said of the passphrase, before one is typed.
fn passphrase_box(draft: &Draft) -> PassphraseBox {
    match &draft.drawn {
        Some(words) => PassphraseBox {
            hint: "Write these six words down, or tell them to the platform's people by telephone: small letters, \
                   one space between two words. They are shown until the file is sealed, and never again."
                .into(),
            // EXPOSE: somebody has to read them to pass them on; the page shows them until the file is sealed.
            drawn: Some(DrawnWords(words.expose().to_owned())),
            acts: vec![
                secondary("Draw six others", Request::DrawWords),
                secondary("Type my own", Request::TypeOwn),
            ],
        },
        None => PassphraseBox {
            hint: "At least 12 characters that nobody guesses: no names of yours or the platform's, no dates, nothing \
                   that repeats or counts. Five or six words that don't belong together are best."
                .into(),
            drawn: None,
            acts: vec![secondary("Draw six words for me", Request::DrawWords)],
        },
    }
}

/// Before the export.
pub fn before(made: &Made<'_>, draft: &Draft) -> Page {
    let wizard = made.wizard;
    let platform = wizard
        .profile()
        .map_or("the platform", |profile| &profile.name)
        .to_owned();
    let mut openers = Vec::new();
    if let Some(key) = platform_key(wizard) {
        let whose = if wizard.platform_key().is_some() {
            "the practice platform's"
        } else {
            "its"
        };
        openers.push(choice(
            "profile-key",
            format!("Only {platform}"),
            format!("Sealed to {whose} public key {}", ends(&key)),
        ));
    }
    openers.push(choice(
        "given-key",
        "Whoever holds a key that I was given",
        "A public key that begins with age1, from the platform's own people",
    ));
    openers.push(choice(
        "passphrase",
        "Anyone with a passphrase",
        "You tell it over another channel, such as the telephone, never beside the file",
    ));
    let mut messages = Vec::new();
    if wizard.tenancy() == Tenancy::Practice {
        messages.push(message(
            MessageTone::Practice,
            "This is practice",
            "The file says so inside, and the platform won't accept it.",
        ));
    }
    let content = Content::Export {
        facts: facts(made),
        openers,
        opener: draft.opener.clone(),
        given_key: draft.given_key.clone(),
        fingerprint: seal::fingerprint(&draft.given_key).ok(),
        passphrase: passphrase_box(draft),
        folder: draft.folder.clone(),
        messages,
    };
    let mut page = page("export", "Check the answers, then seal the file", None, content);
    page.actions = match status(wizard.state(), StepId::Verify, made.now) {
        // The organisation is read again just before anything is sealed, and a proof that grew old is made again.
        Status::Done | Status::Old if !wizard.holds(rights_to_act(StepId::Export)) => vec![
            primary("Sign in to seal the file", Request::SignIn),
            secondary("Choose another folder", Request::ChooseFolder),
        ],
        Status::Done | Status::Old => vec![
            primary("Seal and save the file", Request::Submit),
            secondary("Choose another folder", Request::ChooseFolder),
        ],
        _ => vec![primary(
            "Back to the proof",
            Request::GoTo {
                step: "verify".into(),
            },
        )],
    };
    page
}

/// The answers, each with a Change link where changing needs no undo first.
fn facts(made: &Made<'_>) -> Vec<Fact> {
    let state = made.wizard.state();
    let mut facts = Vec::new();
    if let Some(profile) = made.wizard.profile() {
        facts.push(fact(
            "Platform",
            format!("{}, through Microsoft Graph", profile.name),
        ));
    }
    if let Some(organisation) = &state.organisation {
        facts.push(fact_with_id(
            "Organisation",
            &organisation.name,
            organisation.tenant.ends(),
        ));
    }
    if let Some(app) = &state.app {
        facts.push(fact_with_id("App", &app.name, app.client_id.ends()));
    }
    let words: Vec<&str> = made
        .wizard
        .permissions()
        .iter()
        .map(|permission| permission.words())
        .collect();
    facts.push(fact("Access", words.join(", ")));
    let allowed = state.allowed();
    let mailboxes: Vec<&str> = allowed.iter().map(|mailbox| mailbox.address.as_str()).collect();
    facts.push(Fact {
        change: Some(Button {
            full_label: Some("Change the mailboxes".into()),
            ..button(
                ButtonKind::Link,
                "Change",
                Request::GoTo {
                    step: "mailboxes".into(),
                },
            )
        }),
        ..fact("Mailboxes", listed(&mailboxes))
    });
    if let Some(secret) = &state.secret {
        facts.push(fact("Secret ends", made.times.date(secret.ends_at)));
    }
    if let Some(proof) = state
        .proof
        .as_ref()
        .filter(|proof| proof.verdict == Verdict::Proven)
    {
        let rows = |works: bool| {
            proof
                .rows
                .iter()
                .filter(|row| (row.expected == Expected::Works) == works)
                .count()
        };
        facts.push(Fact {
            findings: vec![
                finding(
                    Tone::Works,
                    &format!(
                        "{0} of {0} {1}",
                        rows(true),
                        if rows(true) == 1 { "works" } else { "work" }
                    ),
                ),
                finding(Tone::Refused, &format!("{0} of {0} others refused", rows(false))),
            ],
            ..fact(&format!("Proved {}", made.times.when(proof.at, made.now)), "")
        });
    }
    facts
}

/// After the export.
pub fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let platform = made
        .wizard
        .profile()
        .map_or("the platform", |profile| &profile.name)
        .to_owned();
    let (mut files, mut folder) = (Vec::new(), String::new());
    if let Some(exported) = &state.exported {
        folder.clone_from(&exported.folder);
        let kinds = [
            (
                "Sealed connection file",
                "For the platform; nobody else can open it.",
                "sealed",
            ),
            (
                "Record",
                "For your files: what was made and proved, without any secret. It prints well.",
                "record",
            ),
            ("Record for machines", "The same as JSON.", "record"),
            (
                "Reminder",
                "Open it to put the end of the secret into your calendar.",
                "reminder",
            ),
        ];
        files = exported
            .files
            .iter()
            .zip(kinds)
            .map(|(name, (what, detail, icon))| ExportedFile {
                what: what.into(),
                name: name.clone(),
                detail: if icon == "sealed" {
                    format!("For the platform, sealed {}.", exported.sealed)
                } else {
                    detail.into()
                },
                icon: icon.into(),
            })
            .collect();
    }
    let form: Vec<Fact> = export_bundle::form(made.wizard)
        .into_iter()
        .flat_map(|(label, shown)| form_rows(&label, shown))
        .collect();
    let mut next = made
        .wizard
        .profile()
        .map(|profile| profile.next_steps.clone())
        .unwrap_or_default();
    next.extend(
        made.wizard
            .profile()
            .into_iter()
            .flat_map(|profile| &profile.links)
            .map(|link| {
                format!(
                    "Where a step isn't clear, look it up in {}: {}",
                    link.label, link.address
                )
            }),
    );
    if let Some(secret) = &state.secret {
        next.push(format!(
            "The secret ends on {}. {}",
            made.times.date(secret.ends_at),
            bundle::reminder::replacing(&platform)
        ));
    }
    let mut messages = Vec::new();
    if made.wizard.tenancy() == Tenancy::Practice {
        messages.push(message(
            MessageTone::Practice,
            "This was practice",
            "Nothing was changed in Microsoft 365. The file says inside that it is practice.",
        ));
    }
    let content = Content::Exported {
        files,
        hand_over: hand_over(made, &platform),
        opening: opening(made),
        ids: further_ids(made, &form),
        form,
        next,
        messages,
    };
    let mailboxes = count(state.allowed().len(), "mailbox", "mailboxes");
    // It is said of now only right after the seal, just before which all of it was read; later it is what was so then.
    let just_sealed = state
        .exported
        .as_ref()
        .is_some_and(|exported| made.now.duration_since(exported.at) < JUST_SEALED);
    // What another run of the program read is remembered, and not known.
    let so_today = just_sealed
        && made.wizard.signed_in()
        && status(state, StepId::Verify, made.now) == Status::Done
        && status(state, StepId::Secret, made.now) == Status::Done;
    let heading = match state.exported.as_ref() {
        Some(exported) if !so_today => format!(
            "{platform} was given {mailboxes} on {}",
            made.times.date(exported.at)
        ),
        _ => format!("{platform} can use {mailboxes}, and no others"),
    };
    let mut page = page("exported", heading, Some(&format!("Saved in {folder}.")), content);
    page.actions = vec![
        primary("Show the folder", Request::OpenFolder),
        secondary("Back to your connections", Request::SaveAndClose),
    ];
    page.announcement = Some("The files are saved.".into());
    page
}

/// How many mailboxes stand in rows of their own at the end; more are counted, and copied at once.
const OWN_ROWS: usize = 6;

/// A value with what copies it.
fn to_copy(label: &str, value: impl Into<String>, text: String) -> Fact {
    Fact {
        change: Some(copying(&format!("Copy {label}"), text)),
        ..fact(label, value)
    }
}

fn copying(full_label: &str, text: String) -> Button {
    Button {
        full_label: Some(full_label.to_owned()),
        ..button(ButtonKind::Link, "Copy", Request::CopyText { text })
    }
}

/// A field of the platform's form. An object id says of no mailbox whose it is, so each stands with its address.
fn form_rows(label: &str, shown: Shown) -> Vec<Fact> {
    match shown {
        Shown::Secret => vec![fact(
            label,
            "In the sealed file, under this label. No window shows it",
        )],
        Shown::Text(text) => vec![to_copy(label, text.clone(), text)],
        Shown::Addresses(addresses) => {
            let all: Vec<&str> = addresses.iter().map(String::as_str).collect();
            vec![to_copy(label, listed(&all), all.join(", "))]
        }
        Shown::ObjectIds(ids) if ids.len() > OWN_ROWS => {
            let lines: Vec<String> = ids
                .iter()
                .map(|(address, id)| format!("{address}\t{id}"))
                .collect();
            vec![to_copy(
                label,
                format!(
                    "{} ids, copied as one line for each mailbox: its address, then its id",
                    ids.len()
                ),
                lines.join("\n"),
            )]
        }
        Shown::ObjectIds(ids) => ids
            .into_iter()
            .map(|(address, id)| Fact {
                id: Some(id.clone()),
                change: Some(copying(&format!("Copy {label} of {address}"), id)),
                ..fact(label, address)
            })
            .collect(),
    }
}

/// Ids that the platform's form doesn't ask for, for whoever looks for the app later.
fn further_ids(made: &Made<'_>, form: &[Fact]) -> Vec<Fact> {
    let state = made.wizard.state();
    let organisation = state.organisation.as_ref();
    let ids = [
        (
            "Directory (tenant) ID",
            organisation.map(|organisation| organisation.tenant.to_string()),
        ),
        (
            "Application (client) ID",
            state.app.as_ref().map(|app| app.client_id.to_string()),
        ),
        (
            "Object ID of the app registration",
            state.app.as_ref().map(|app| app.object_id.to_string()),
        ),
        (
            "Object ID of the enterprise application",
            state.service_principal.map(|id| id.to_string()),
        ),
        (
            "Secret ID",
            state.secret.as_ref().map(|secret| secret.key.to_string()),
        ),
    ];
    let in_form = |id: &String| form.iter().any(|fact| fact.value == *id);
    ids.into_iter()
        .filter_map(|(label, id)| Some((label, id.filter(|id| !in_form(id))?)))
        .map(|(label, id)| to_copy(label, id.clone(), id))
        .collect()
}

/// To whom the file goes, and how they open it.
fn hand_over(made: &Made<'_>, platform: &str) -> Vec<String> {
    let Some(exported) = &made.wizard.state().exported else {
        return Vec::new();
    };
    let who = made
        .wizard
        .profile()
        .and_then(|profile| profile.hand_over_to.clone())
        .unwrap_or_else(|| format!("the person who runs {platform}"));
    let file = exported.files.first().map_or("the sealed file", String::as_str);
    let (channel, open) = match exported.opens {
        Some(OpensWith::Key) => (
            "Mail will do: only whoever holds the private key can open it.",
            "They open it with age, a free program (age-encryption.org), and their private key.",
        ),
        Some(OpensWith::Passphrase) => (
            "Mail will do; the passphrase goes another way, such as by telephone, and never with the file.",
            "They open it with age, a free program (age-encryption.org), and the passphrase.",
        ),
        Some(OpensWith::Other) | None => (
            "Mail will do: nobody else can open it.",
            "They open it with age, a free program (age-encryption.org).",
        ),
    };
    vec![
        format!("Send {file} to {who}. {channel}"),
        format!(
            "{open} Inside are all values of the form below, with the secret. If you fill that form in yourself, open it \
             yourself, and delete what came out of it afterwards."
        ),
    ]
}

/// The line that opens the file.
fn opening(made: &Made<'_>) -> Vec<Fact> {
    let exported = made.wizard.state().exported.as_ref();
    let line = exported.and_then(|exported| {
        let file = exported.files.first()?;
        match exported.opens? {
            OpensWith::Key => Some(format!("age --decrypt --identity key.txt {file}")),
            OpensWith::Passphrase => Some(format!("age --decrypt {file}")),
            OpensWith::Other => None,
        }
    });
    line.map(|line| Fact {
        id: Some(line.clone()),
        ..to_copy("To open it", "", line)
    })
    .into_iter()
    .collect()
}

fn ends(key: &str) -> String {
    let head: String = key.chars().take(8).collect();
    let tail: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
    format!("{head}…{tail}")
}
