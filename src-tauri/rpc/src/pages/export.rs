//! Check the answers, seal the file.

use bundle::seal::{self, Recipient};
use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::secret::Secret;
use domain::step::StepId;
use engine::event::Tenancy;
use engine::progress::{Status, status};
use engine::proof::{Expected, Verdict};
use journey::steps::export_bundle;
use journey::steps::sign_in::rights_to_act;
use journey::wizard::Wizard;

use super::{
    FieldWords, Made, button, choice, fact, fact_with_id, finding, listed_mailboxes, message, page, primary,
    secondary,
};
use crate::request::{Opener, Request};
use crate::view::{Button, ButtonKind, Content, DrawnWords, Fact, MessageTone, Page, PassphraseBox, Tone};

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
        let opener = if export_bundle::needs_no_file(wizard) {
            Opener::NoFile
        } else if platform_key(wizard).is_some() {
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

    /// Chooses anew who opens the file, where what was chosen no longer fits: whether a file is needed changes with the secret.
    pub fn settle(&mut self, wizard: &Wizard) {
        if export_bundle::needs_no_file(wizard) != (self.opener == Opener::NoFile) {
            self.opener = Self::for_wizard(wizard).opener;
        }
    }

    /// Whom to seal for, or what is wrong with what was typed; nobody where no file is sealed.
    pub fn sealing(
        &mut self,
        wizard: Option<&Wizard>,
        compared: bool,
        passphrase: Secret,
        again: &Secret,
    ) -> Result<Option<Recipient>, Vec<FieldWords>> {
        let choose_opener = || FieldWords::new("opener", message!("export-lacks-opener"));
        let mut problems = Vec::new();
        if self.folder.trim().is_empty() {
            problems.push(FieldWords::new("folder", message!("export-lacks-folder")));
        }
        let recipient = match self.opener {
            Opener::NoFile if problems.is_empty() => return Ok(None),
            Opener::NoFile => return Err(problems),
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
            Ok(recipient) if problems.is_empty() => Ok(Some(recipient)),
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
pub fn platform(made: &Made<'_>) -> Arg {
    match made.wizard.profile() {
        Some(profile) => Arg::name(Kind::Platform, &profile.name),
        None => message!("export-some-platform").into(),
    }
}

/// The page.
pub fn before(made: &Made<'_>, draft: &Draft) -> Page {
    let wizard = made.wizard;
    let mut openers = Vec::new();
    if export_bundle::needs_no_file(wizard) {
        openers.push(choice(
            Opener::NoFile.name(),
            made.say(message!("export-no-file")),
            made.say(message!("export-no-file-detail", platform = platform(made))),
        ));
    }
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
        Status::Done | Status::Old if !wizard.holds(rights_to_act(wizard.state(), StepId::Export)) => vec![
            primary(made.say(message!("export-sign-in")), Request::SignIn),
            another_folder,
        ],
        Status::Done | Status::Old => vec![
            primary(
                made.say(match draft.opener {
                    Opener::NoFile => message!("export-save-record"),
                    _ => message!("export-seal"),
                }),
                Request::Submit,
            ),
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
            message!(
                "export-reached",
                platform = platform(made),
                by = made.wizard.method().by()
            )
            .into(),
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
            made.value(super::app_name(state, &app.name)),
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
        let others = proof.rows.len() - work;
        let gone = proof.rows.iter().filter(|row| super::verify::gone(row)).count();
        facts.push(Fact {
            findings: vec![
                finding(Tone::Works, &made.say(message!("export-all-work", count = work))),
                finding(
                    Tone::Refused,
                    &made.say(message!(
                        "export-all-refused",
                        count = others - gone,
                        all = others,
                        gone = gone
                    )),
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

fn ends(key: &str) -> String {
    let head: String = key.chars().take(8).collect();
    let tail: String = key.chars().skip(key.chars().count().saturating_sub(4)).collect();
    format!("{head}…{tail}")
}
