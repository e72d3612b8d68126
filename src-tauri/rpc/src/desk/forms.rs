//! What is done with a page that was sent: what was typed and chosen on it.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::credential::CredentialKind;
use domain::list::{NotText, decode};
use domain::message;
use domain::permission::{Method, Permission};
use domain::problem::Problem;
use domain::step::StepId;
use jiff::tz::TimeZone;
use journey::route::Stop;
use journey::secret_life;
use journey::steps::choose_platform::Description;
use journey::steps::{choose_mailboxes, choose_method, choose_platform, export_bundle, verify_access};

use super::{Desk, Place};
use crate::pages;
use crate::request::{ListName, Opener, Submit};
use crate::view::BusyPlace;

impl Desk {
    pub(super) async fn submit(&mut self, submit: Submit) -> Result<(), Problem> {
        let restore = |desk: &Self, text: String| {
            desk.presenting
                .as_ref()
                .map_or(text.clone(), |presenting| presenting.mask().restore(&text))
        };
        if !matches!(submit, Submit::KeepTyped { .. }) {
            self.field_problems.clear();
            self.copied = None;
        }
        match submit {
            Submit::Choose { value, name, access } => {
                let permissions = Permission::ALL
                    .into_iter()
                    .filter(|permission| access.iter().any(|name| name == permission.name()))
                    .collect();
                // A name may have been masked when it was drawn; what was chosen is an id and never masked.
                let name = restore(self, name);
                return self.chosen(value, &Description { name, permissions }).await;
            }
            Submit::Client { value } => {
                let value = restore(self, value);
                self.choose_client(&value)?;
            }
            Submit::Option { field, value } => {
                if let ("days", Ok(days)) = (field.as_str(), value.parse()) {
                    secret_life::choose_days(self.open_wizard()?, days)?;
                }
                if let ("credential", Some(kind)) = (field.as_str(), CredentialKind::of_name(&value)) {
                    secret_life::choose_kind(self.open_wizard()?, kind)?;
                }
            }
            Submit::KeepTyped { allowed, refused } => {
                let (allowed, refused) = (restore(self, allowed), restore(self, refused));
                if self.place == Place::Step(StepId::Mailboxes) {
                    choose_mailboxes::keep_typed(self.open_wizard()?, &allowed, &refused)?;
                }
            }
            Submit::FindApp { text } => {
                let text = restore(self, text);
                self.look_for_app(&text).await?;
            }
            Submit::SearchMailboxes { text } => {
                let text = restore(self, text);
                if text.trim().is_empty() {
                    self.search = None;
                    return Ok(());
                }
                self.under_way(
                    message!("frame-searching"),
                    message!("frame-exchange-answer"),
                    BusyPlace::Bar,
                    None,
                );
                let found = choose_mailboxes::search(self.open_wizard()?, &text).await?;
                self.search = Some((text.trim().to_owned(), found));
            }
            Submit::AddMailboxes { list, text } => {
                let text = restore(self, text);
                match list {
                    ListName::Allowed => drop(self.look_up(&text, "").await?),
                    ListName::Refused => drop(self.look_up("", &text).await?),
                }
            }
            Submit::OpenRecord { base64 } => Box::pin(self.open_record(&base64)).await?,
            Submit::OpenList { list, base64 } => self.open_list(list, &base64).await?,
            Submit::Mailboxes { allowed, refused } => {
                let (allowed, refused) = (restore(self, allowed), restore(self, refused));
                if !self.look_up(&allowed, &refused).await? {
                    return Ok(());
                }
                let made = self.made()?;
                self.field_problems = pages::mailboxes::problems(&made);
                if self.field_problems.is_empty() {
                    self.under_way(
                        message!("frame-picking"),
                        message!("frame-exchange-answer"),
                        BusyPlace::Bar,
                        None,
                    );
                    choose_mailboxes::confirm(self.open_wizard()?).await?;
                    self.search = None;
                    self.show_plan().await?;
                }
            }
            Submit::Opener { opener, given_key } => {
                if opener != Opener::Passphrase {
                    self.draft.drawn = None;
                }
                self.draft.opener = opener;
                self.draft.given_key = given_key.trim().to_owned();
            }
            Submit::Export {
                opener,
                given_key,
                key_compared,
                passphrase,
                passphrase_again,
                folder,
            } => {
                self.draft.opener = opener;
                self.draft.given_key = given_key.trim().to_owned();
                self.draft.folder = restore(self, folder);
                match self
                    .draft
                    .sealing(self.wizard.as_ref(), key_compared, passphrase, &passphrase_again)
                {
                    Err(problems) => self.field_problems = problems,
                    Ok(sealing) => {
                        let current = self
                            .at_length(
                                message!("export-reading"),
                                message!("verify-each-answer"),
                                BusyPlace::Bar,
                                export_bundle::read_again,
                            )
                            .await?;
                        let Some(current) = current else {
                            verify_access::stopped(self.open_wizard()?)?;
                            self.place = Place::Step(StepId::Verify);
                            self.stopped(message!("export-stopped"));
                            return Ok(());
                        };
                        self.under_way(
                            message!("export-sealing"),
                            message!("export-disk"),
                            BusyPlace::Bar,
                            None,
                        );
                        let folder = PathBuf::from(&self.draft.folder);
                        // The record is read in other places than it was made.
                        let voice = self.speaker_now().in_zone(TimeZone::UTC).voice();
                        export_bundle::act(self.open_wizard()?, current, sealing, &folder, &voice)?;
                        self.last_use = None;
                        self.place = Place::Exported;
                    }
                }
            }
        }
        Ok(())
    }

    /// Reads a file that was dropped on a box or opened. A file that is no list is told at the box.
    async fn open_list(&mut self, list: ListName, base64: &str) -> Result<(), Problem> {
        let bytes = BASE64.decode(base64).unwrap_or_default();
        let words = match decode(&bytes) {
            Err(NotText::TooLong) => message!("mailboxes-file-too-long"),
            Err(NotText::Binary) => {
                message!("mailboxes-file-no-text")
            }
            Ok(text) => {
                let reading = domain::list::read(&text);
                if !reading.entries.is_empty() || !reading.aside.is_empty() {
                    let (allowed, refused) = match list {
                        ListName::Allowed => (text.as_str(), ""),
                        ListName::Refused => ("", text.as_str()),
                    };
                    return self
                        .look_mailboxes_up(message!("frame-looking-up-these"), async |wizard| {
                            choose_mailboxes::add(wizard, allowed, refused).await
                        })
                        .await
                        .map(drop);
                }
                message!("mailboxes-file-no-address")
            }
        };
        self.field_problems = vec![pages::FieldWords::new(list.name(), words)];
        Ok(())
    }

    /// Looks up what was typed into the two boxes; an empty text stands for a box that stays as it is.
    /// False where the reader stopped it.
    pub(super) async fn look_up(&mut self, allowed: &str, refused: &str) -> Result<bool, Problem> {
        let count = domain::list::read(allowed).entries.len() + domain::list::read(refused).entries.len();
        if allowed.trim().is_empty() && refused.trim().is_empty() {
            return Ok(true);
        }
        // What was typed is safe before Exchange is asked.
        let kept = &self.open_wizard()?.state().mailboxes;
        let keep = |text: &str, kept: &str| {
            if text.trim().is_empty() {
                kept.to_owned()
            } else {
                text.to_owned()
            }
        };
        let (keep_allowed, keep_refused) = (
            keep(allowed, &kept.typed_allowed),
            keep(refused, &kept.typed_refused),
        );
        choose_mailboxes::keep_typed(self.open_wizard()?, &keep_allowed, &keep_refused)?;
        let words = message!("frame-looking-up", count = count);
        self.look_mailboxes_up(words, async |wizard| {
            choose_mailboxes::add(wizard, allowed, refused).await
        })
        .await
    }

    /// Asks how the platform reaches mail, or goes on where that has one sensible answer.
    async fn show_method(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        if let Some(method) = wizard.profile().and_then(choose_method::only) {
            choose_method::choose(wizard, method)?;
        }
        self.show_after(Stop::Step(StepId::Platform)).await
    }

    pub(super) async fn chosen(&mut self, value: Option<String>, own: &Description) -> Result<(), Problem> {
        let field = match self.place {
            Place::Step(StepId::Platform) => "platform",
            Place::Step(StepId::Method) => "method",
            _ => return Ok(()),
        };
        let Some(value) = value else {
            let words = if field == "platform" {
                message!("platform-lacks-choice")
            } else {
                message!("method-lacks-choice")
            };
            self.field_problems = vec![pages::FieldWords::new(field, words)];
            return Ok(());
        };
        let wizard = self.open_wizard()?;
        if field == "platform" {
            let open = wizard
                .profiles()
                .iter()
                .any(|profile| profile.id == value && profile.open);
            if open {
                let lacking = choose_platform::lacking(wizard, &value, own);
                if !lacking.is_empty() {
                    self.field_problems = lacking.iter().map(pages::platform::told).collect();
                    return Ok(());
                }
            }
            choose_platform::choose(wizard, &value)?;
            if open {
                choose_platform::describe(wizard, own)?;
            }
            return self.show_method().await;
        }
        if let Some(method) = Method::of_name(&value) {
            choose_method::choose(wizard, method)?;
        }
        self.show_after(Stop::Step(StepId::Method)).await
    }
}
