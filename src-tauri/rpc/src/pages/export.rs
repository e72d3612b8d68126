//! Check the answers, seal the file; afterwards what was written and what to do with it.

use bundle::seal::{self, Recipient};
use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::secret::Secret;
use domain::step::StepId;
use engine::event::{Exported, OpensWith, Tenancy};
use engine::progress::{Status, status};
use engine::proof::{Expected, Verdict};
use jiff::SignedDuration;
use journey::steps::export_bundle::{self, Shown};
use journey::steps::sign_in::rights_to_act;
use journey::wizard::Wizard;

use super::{
    FieldWords, Made, button, choice, fact, fact_with_id, finding, listed_mailboxes, message, page, primary,
    secondary,
};
use crate::request::{Opener, Request};
use crate::view::{
    Button, ButtonKind, Content, DrawnWords, ExportedFile, Fact, FileIcon, MessageTone, Page, PassphraseBox,
    Tone,
};

/// What is chosen on the page and not done yet.
#[derive(Default)]
pub struct Draft {
    /// Who can open the file.
    pub opener: Opener,
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
            Opener::ProfileKey
        } else {
            Opener::GivenKey
        };
        Self {
            opener,
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
    ) -> Result<Recipient, Vec<FieldWords>> {
        let choose_opener = || FieldWords::new("opener", message!("export-lacks-opener"));
        let mut problems = Vec::new();
        if self.folder.trim().is_empty() {
            problems.push(FieldWords::new("folder", message!("export-lacks-folder")));
        }
        let recipient = match self.opener {
            Opener::ProfileKey => wizard
                .and_then(platform_key)
                .ok_or_else(choose_opener)
                .and_then(|key| {
                    Recipient::key(&key).map_err(|error| FieldWords::new("opener", error.words()))
                }),
            Opener::GivenKey => match Recipient::key(&self.given_key) {
                Err(error) => Err(FieldWords::new("given-key", error.words())),
                Ok(_) if !compared => Err(FieldWords::new(
                    "key-compared",
                    message!("export-lacks-comparison"),
                )),
                Ok(recipient) => Ok(recipient),
            },
            Opener::Passphrase if self.drawn.is_some() && problems.is_empty() => {
                self.drawn.take().map(Recipient::drawn).ok_or_else(choose_opener)
            }
            Opener::Passphrase if self.drawn.is_some() => return Err(problems),
            Opener::Passphrase if !passphrase.same_as(again) => Err(FieldWords::new(
                "passphrase-again",
                message!("export-passphrases-differ"),
            )),
            Opener::Passphrase => {
                let names = wizard.map(known_names).unwrap_or_default();
                Recipient::passphrase(passphrase, &names)
                    .map_err(|error| FieldWords::new("passphrase", error.words()))
            }
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
    names.extend(state.at_hand().app().map(|app| app.name));
    for entry in state.mailboxes.allowed.iter().chain(&state.mailboxes.refused) {
        names.push(entry.typed().to_owned());
        if let Some(mailbox) = entry.mailbox() {
            names.extend([mailbox.address.to_string(), mailbox.name.clone()]);
        }
    }
    names
}

/// What is said of the passphrase, before one is typed.
fn passphrase_box(made: &Made<'_>, draft: &Draft) -> PassphraseBox {
    match &draft.drawn {
        Some(words) => PassphraseBox {
            hint: made.say(message!("export-drawn-hint")),
            // EXPOSE: somebody has to read them to pass them on; the page shows them until the file is sealed.
            drawn: Some(DrawnWords(words.expose().to_owned())),
            acts: vec![
                secondary(made.say(message!("export-draw-others")), Request::DrawWords),
                secondary(made.say(message!("export-type-own")), Request::TypeOwn),
            ],
        },
        None => PassphraseBox {
            hint: made.say(message!("export-passphrase-hint")),
            drawn: None,
            acts: vec![secondary(made.say(message!("export-draw")), Request::DrawWords)],
        },
    }
}

/// The platform, or that it is one that nobody named.
fn platform(made: &Made<'_>) -> Arg {
    match made.wizard.profile() {
        Some(profile) => Arg::name(Kind::Platform, &profile.name),
        None => message!("export-some-platform").into(),
    }
}

/// Before the export.
pub fn before(made: &Made<'_>, draft: &Draft) -> Page {
    let wizard = made.wizard;
    let mut openers = Vec::new();
    if let Some(key) = platform_key(wizard) {
        let key = Arg::term(ends(&key));
        openers.push(choice(
            Opener::ProfileKey.name(),
            made.say(message!("export-only-platform", platform = platform(made))),
            made.say(if wizard.platform_key().is_some() {
                message!("export-practice-key", key = key)
            } else {
                message!("export-its-key", key = key)
            }),
        ));
    }
    openers.push(choice(
        Opener::GivenKey.name(),
        made.say(message!("export-given-key")),
        made.say(message!("export-given-key-detail")),
    ));
    openers.push(choice(
        Opener::Passphrase.name(),
        made.say(message!("export-passphrase")),
        made.say(message!("export-passphrase-detail")),
    ));
    let mut messages = Vec::new();
    if wizard.tenancy() == Tenancy::Practice {
        messages.push(message(
            MessageTone::Practice,
            made.say(message!("export-practice")),
            made.say(message!("export-practice-text")),
        ));
    }
    let content = Content::Export {
        facts: facts(made),
        openers,
        opener: draft.opener,
        given_key: draft.given_key.clone(),
        fingerprint: seal::fingerprint(&draft.given_key).ok(),
        passphrase: passphrase_box(made, draft),
        folder: made.value(Arg::name(Kind::Folder, &draft.folder)),
        messages,
    };
    let mut page = page("export", made.say(message!("export-heading")), None, content);
    let another_folder = secondary(made.say(message!("export-another-folder")), Request::ChooseFolder);
    page.actions = match status(wizard.state(), StepId::Verify, made.now) {
        // The organisation is read again just before anything is sealed, and a proof that grew old is made again.
        Status::Done | Status::Old if !wizard.holds(rights_to_act(StepId::Export)) => vec![
            primary(made.say(message!("export-sign-in")), Request::SignIn),
            another_folder,
        ],
        Status::Done | Status::Old => vec![
            primary(made.say(message!("export-seal")), Request::Submit),
            another_folder,
        ],
        _ => vec![primary(
            made.say(message!("export-back-to-proof")),
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
    let said = |term: Message, value: Arg| fact(&made.say(term), made.value(value));
    let mut facts = Vec::new();
    if made.wizard.profile().is_some() {
        facts.push(said(
            message!("export-fact-platform"),
            message!("export-through-graph", platform = platform(made)).into(),
        ));
    }
    if let Some(organisation) = &state.organisation {
        facts.push(fact_with_id(
            &made.say(message!("export-fact-organisation")),
            made.value(Arg::name(Kind::Organisation, &organisation.name)),
            made.value(Arg::ends(organisation.tenant)),
        ));
    }
    if let Some(app) = state.at_hand().app() {
        facts.push(fact_with_id(
            &made.say(message!("export-fact-app")),
            made.value(Arg::name(Kind::Ours, &app.name)),
            made.value(Arg::ends(app.client_id)),
        ));
    }
    let permissions = made.wizard.permissions();
    let access = permissions.iter().map(|permission| permission.said());
    facts.push(said(
        message!("export-fact-access"),
        Arg::list(Join::Commas, access),
    ));
    let allowed = state.allowed();
    let mailboxes: Vec<Arg> = allowed
        .iter()
        .map(|mailbox| Arg::from(&mailbox.address))
        .collect();
    facts.push(Fact {
        change: Some(Button {
            full_label: Some(made.say(message!("export-change-mailboxes"))),
            ..button(
                ButtonKind::Link,
                made.say(message!("export-change")),
                Request::GoTo {
                    step: "mailboxes".into(),
                },
            )
        }),
        ..said(message!("export-fact-mailboxes"), listed_mailboxes(mailboxes))
    });
    if let Some(secret) = &state.at_hand().secret {
        facts.push(said(
            message!("export-fact-secret-ends"),
            Arg::date(secret.ends_at),
        ));
    }
    if let Some(proof) = state
        .proof
        .as_ref()
        .filter(|proof| proof.verdict == Verdict::Proven)
    {
        let works = |row: &&engine::proof::ProofRow| row.expected == Expected::Works;
        let work = proof.rows.iter().filter(works).count();
        let refused = proof.rows.len() - work;
        facts.push(Fact {
            findings: vec![
                finding(Tone::Works, &made.say(message!("export-all-work", count = work))),
                finding(
                    Tone::Refused,
                    &made.say(message!("export-all-refused", count = refused)),
                ),
            ],
            ..fact(
                &made.say(message!("export-fact-proved", when = Arg::when(proof.at))),
                "",
            )
        });
    }
    facts
}

/// After the export.
pub fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let form: Vec<Fact> = export_bundle::form(made.wizard)
        .into_iter()
        .flat_map(|(label, shown)| form_rows(made, &label, shown))
        .collect();
    let mut messages = Vec::new();
    if made.wizard.tenancy() == Tenancy::Practice {
        messages.push(message(
            MessageTone::Practice,
            made.say(message!("export-was-practice")),
            made.say(message!("export-was-practice-text")),
        ));
    }
    let content = Content::Exported {
        files: files(made),
        hand_over: hand_over(made),
        opening: opening(made),
        ids: further_ids(made, &form),
        form,
        next: next(made),
        messages,
    };
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
    let mailboxes = message!("parts-mailboxes", count = state.allowed().len());
    let heading = match state.exported.as_ref() {
        Some(exported) if !so_today => message!(
            "export-was-given",
            platform = platform(made),
            mailboxes = mailboxes,
            day = Arg::date(exported.at)
        ),
        _ => message!("export-can-use", platform = platform(made), mailboxes = mailboxes),
    };
    let folder = state
        .exported
        .as_ref()
        .map_or("", |exported| exported.folder.as_str());
    let lead = made.say(message!(
        "export-saved-in",
        folder = Arg::name(Kind::Folder, folder)
    ));
    let mut page = page("exported", made.say(heading), Some(&lead), content);
    page.actions = vec![
        primary(made.say(message!("export-show-folder")), Request::OpenFolder),
        secondary(made.say(message!("export-back")), Request::SaveAndClose),
    ];
    page.announcement = Some(made.say(message!("export-said-saved")));
    page
}

/// How the file was sealed. The key stands at the end of what was noted of it.
fn sealed_how(exported: &Exported) -> Arg {
    let noted = exported.sealed.as_str();
    match exported.opens {
        Some(OpensWith::Passphrase) => message!("record-with-passphrase").into(),
        Some(OpensWith::Key) => {
            let key = noted.rsplit(' ').next().unwrap_or_default();
            message!("record-to-key", key = Arg::term(key)).into()
        }
        Some(OpensWith::Other) | None => Arg::theirs(noted),
    }
}

/// The files, each with what it is for.
fn files(made: &Made<'_>) -> Vec<ExportedFile> {
    let Some(exported) = &made.wizard.state().exported else {
        return Vec::new();
    };
    let sealed = message!("export-sealed-for", how = sealed_how(exported));
    let kinds = [
        (message!("export-sealed-file"), sealed, FileIcon::Sealed),
        (
            message!("export-record"),
            message!("export-record-for"),
            FileIcon::Record,
        ),
        (
            message!("export-record-json"),
            message!("export-record-json-for"),
            FileIcon::Record,
        ),
        (
            message!("export-reminder"),
            message!("export-reminder-for"),
            FileIcon::Reminder,
        ),
    ];
    let files = exported.files.iter().zip(kinds);
    files
        .map(|(name, (what, detail, icon))| ExportedFile {
            what: made.say(what),
            name: made.value(Arg::name(Kind::File, name)),
            detail: made.say(detail),
            icon,
        })
        .collect()
}

/// What remains to be done, in order.
fn next(made: &Made<'_>) -> Vec<String> {
    let mut next = Vec::new();
    if let Some(profile) = made.wizard.profile() {
        next.extend(profile.next_steps.iter().map(|step| made.value(step)));
        next.extend(profile.links.iter().map(|link| {
            made.say(message!(
                "export-look-up",
                place = &link.label,
                address = Arg::theirs(&link.address)
            ))
        }));
    }
    if let Some(secret) = &made.wizard.notes().secret {
        next.push(made.say(message!(
            "export-secret-ends-then",
            day = Arg::date(secret.ends_at),
            how = bundle::reminder::replacing(platform(made))
        )));
    }
    next
}

/// How many mailboxes stand in rows of their own at the end; more are counted, and copied at once.
const OWN_ROWS: usize = 6;

/// A value with what copies it.
fn to_copy(made: &Made<'_>, label: &str, value: Arg, text: String) -> Fact {
    Fact {
        change: Some(copying(
            made,
            message!("export-copy-this", label = Arg::term(label)),
            text,
        )),
        ..fact(label, made.value(value))
    }
}

fn copying(made: &Made<'_>, full_label: Message, text: String) -> Button {
    Button {
        full_label: Some(made.say(full_label)),
        ..button(
            ButtonKind::Link,
            made.say(message!("export-copy")),
            Request::CopyText { text },
        )
    }
}

/// A field of the platform's form. An object id says of no mailbox whose it is, so each stands with its address.
fn form_rows(made: &Made<'_>, label: &str, shown: Shown) -> Vec<Fact> {
    match shown {
        Shown::Secret => vec![fact(label, made.say(message!("export-in-the-file")))],
        Shown::Text(text) => vec![to_copy(made, label, Arg::theirs(&text), text)],
        Shown::Addresses(addresses) => {
            let all = addresses.iter().map(|address| Arg::name(Kind::Mailbox, address));
            vec![to_copy(
                made,
                label,
                listed_mailboxes(all.collect()),
                addresses.join(", "),
            )]
        }
        Shown::ObjectIds(ids) if ids.len() > OWN_ROWS => {
            let lines: Vec<String> = ids
                .iter()
                .map(|(address, id)| format!("{address}\t{id}"))
                .collect();
            let counted = message!("export-many-ids", count = ids.len());
            vec![to_copy(made, label, counted.into(), lines.join("\n"))]
        }
        Shown::ObjectIds(ids) => ids
            .into_iter()
            .map(|(address, id)| {
                let mailbox = || Arg::name(Kind::Mailbox, &address);
                Fact {
                    id: Some(made.value(Arg::id(&id))),
                    change: Some(copying(
                        made,
                        message!("export-copy-of", label = Arg::term(label), mailbox = mailbox()),
                        id,
                    )),
                    ..fact(label, made.value(mailbox()))
                }
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
            message!("export-tenant-id"),
            organisation.map(|organisation| organisation.tenant.to_string()),
        ),
        (
            message!("export-client-id"),
            state.at_hand().app().map(|app| app.client_id.to_string()),
        ),
        (
            message!("export-app-object-id"),
            state.at_hand().app().map(|app| app.object_id.to_string()),
        ),
        (
            message!("export-principal-id"),
            state.at_hand().principal().map(|id| id.to_string()),
        ),
        (
            message!("export-secret-id"),
            state
                .at_hand()
                .secret
                .as_ref()
                .map(|secret| secret.key.to_string()),
        ),
    ];
    let in_form = |id: &String| {
        let copied = |button: &Button| matches!(&button.request, Request::CopyText { text } if text == id);
        form.iter().any(|fact| fact.change.as_ref().is_some_and(copied))
    };
    ids.into_iter()
        .filter_map(|(label, id)| Some((label, id.filter(|id| !in_form(id))?)))
        .map(|(label, id)| to_copy(made, &made.say(label), Arg::id(&id), id))
        .collect()
}

/// To whom the file goes, and how they open it.
fn hand_over(made: &Made<'_>) -> Vec<String> {
    let Some(exported) = &made.wizard.state().exported else {
        return Vec::new();
    };
    let profile = made.wizard.profile();
    let who = match profile.and_then(|profile| profile.hand_over_to.as_ref()) {
        Some(who) => Arg::from(who),
        None => message!("export-whoever-runs", platform = platform(made)).into(),
    };
    let file = match exported.files.first() {
        Some(file) => Arg::name(Kind::File, file),
        None => message!("export-the-sealed-file").into(),
    };
    let (channel, open) = match exported.opens {
        Some(OpensWith::Key) => (message!("export-mail-with-key"), message!("export-open-with-key")),
        Some(OpensWith::Passphrase) => (
            message!("export-mail-with-passphrase"),
            message!("export-open-with-passphrase"),
        ),
        Some(OpensWith::Other) | None => (message!("export-mail"), message!("export-open")),
    };
    let send = message!("export-send", file = file, who = who);
    let inside = message!("export-inside");
    vec![
        made.value(Arg::list(Join::Sentences, [send, channel])),
        made.value(Arg::list(Join::Sentences, [open, inside])),
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
    let label = made.say(message!("export-to-open"));
    line.map(|line| Fact {
        id: Some(made.value(Arg::theirs(&line))),
        ..to_copy(made, &label, Arg::term(""), line)
    })
    .into_iter()
    .collect()
}

fn ends(key: &str) -> String {
    let head: String = key.chars().take(8).collect();
    let tail: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
    format!("{head}…{tail}")
}
