//! Which connection lies on the desk: begun, opened, left, forgotten; and the small things they share.

use std::sync::Arc;

use domain::ids::ConnectionId;
use domain::message;
use domain::problem::{Code, Problem};
use domain::step::StepId;
use domain::trace::Trace;
use engine::event::Tenancy;
use journey::Cloud;
use journey::data_folder::DataFolder;
use journey::route::Stop;
use journey::wizard::{Opening, Wizard};
use uuid::Uuid;
use words::{Keys, Language, Speaker};

use super::copied::Copied;
use super::{Desk, Intends, Place, no_connection};
use crate::pages::export::Draft;
use crate::pages::{self, Made};
use crate::presenting::Presenting;
use crate::request::Request;
use crate::session::keychain_of;
use crate::view::BusyPlace;

impl Desk {
    pub(super) async fn start_connection(&mut self, tenancy: Tenancy) -> Result<(), Problem> {
        let id = ConnectionId(Uuid::new_v4());
        let opening = self.opening(id, tenancy, true).await?;
        self.take_up(Wizard::begin(opening, id, tenancy)?);
        self.place = Place::Step(StepId::Platform);
        Ok(())
    }

    pub(super) async fn open(&mut self, id: &str) -> Result<(), Problem> {
        let Ok(id) = id.parse::<ConnectionId>() else {
            return Ok(());
        };
        let data = self.data.as_ref().map_err(Clone::clone)?;
        let tenancy = data
            .list()
            .into_iter()
            .find(|listed| listed.id == id)
            .and_then(|listed| listed.state.ok())
            .and_then(|state| state.opened)
            .map(|(_, tenancy)| tenancy);
        let Some(tenancy) = tenancy else { return Ok(()) };
        let wizard = Wizard::resume(self.opening(id, tenancy, false).await?)?;
        let looked_at_only = wizard.read_only();
        let renews = wizard.state().renewal.is_some();
        let exported = wizard.state().exported.is_some();
        let step = wizard.first_open();
        self.take_up(wizard);
        if exported && renews && looked_at_only.is_none() {
            // What is left waits for the platform, however old the proof is by now.
            return self.show(StepId::OldSecret).await;
        }
        if exported || looked_at_only.is_some() {
            self.place = if exported {
                Place::Exported
            } else {
                Place::of(Stop::of(step))
            };
            // Why nothing can be changed is told first; behind it lies what is known.
            return looked_at_only.map_or(Ok(()), Err);
        }
        self.show_next(step).await
    }

    pub(super) async fn opening(
        &mut self,
        id: ConnectionId,
        tenancy: Tenancy,
        new: bool,
    ) -> Result<Opening, Problem> {
        let (cloud, platform_key) = self.cloud(tenancy).await?;
        let data = self.data.as_ref().map_err(Clone::clone)?;
        let trace: Trace = self.options.trace.clone();
        let keychain = keychain_of(&self.options, tenancy);
        Ok(Opening {
            journal: if new {
                data.begin(id, trace.clone())?
            } else {
                data.journal(id, trace.clone())?
            },
            profiles: Arc::clone(&self.profiles),
            cloud,
            clock: self.options.clock.clone(),
            keychain,
            platform_key,
            trace,
        })
    }

    pub(super) async fn cloud(&mut self, tenancy: Tenancy) -> Result<(Cloud, Option<String>), Problem> {
        if let Tenancy::Real(cloud) = tenancy {
            return Ok((Cloud::of(cloud), None));
        }
        if self.practice.is_none() {
            self.under_way(
                message!("frame-starting-practice"),
                message!("frame-practice-start"),
                BusyPlace::Page,
                None,
            );
            let practice = self.host.start_practice().await.map_err(|why| {
                Problem::said(Code::PracticeNotStarted, message!("wizard-practice-not-started")).evidence(
                    domain::problem::Evidence {
                        message: Some(why),
                        ..Default::default()
                    },
                )
            })?;
            self.practice = Some(practice);
        }
        self.practice
            .as_ref()
            .map(|practice| (practice.cloud.clone(), Some(practice.platform_key.clone())))
            .ok_or_else(no_connection)
    }

    pub(super) fn take_up(&mut self, wizard: Wizard) {
        self.draft = Draft {
            folder: self.options.export.display().to_string(),
            ..Draft::for_wizard(&wizard)
        };
        self.wizard = Some(wizard);
        self.last_use = None;
        self.search = None;
        self.return_to = None;
        self.intends = None;
        self.lacks = None;
        self.visit = super::Visit::default();
        self.problem = None;
    }

    pub(super) fn leave(&mut self, place: Place) {
        self.wizard = None;
        self.keys = Keys::default();
        self.finding = None;
        self.looking = super::adopting::Looking::default();
        self.last_use = None;
        // A connection of which nothing was answered leaves nothing behind.
        if let Ok(data) = &self.data {
            data.sweep();
        }
        self.draft.drawn = None;
        self.asking = None;
        self.run = None;
        self.search = None;
        self.return_to = None;
        self.intends = None;
        self.lacks = None;
        self.visit = super::Visit::default();
        self.place = if place == Place::Connections && self.saved() == 0 {
            Place::Start
        } else {
            place
        };
    }

    pub(super) fn back(&mut self) {
        // Whoever signs in to find connections again is on no route.
        if self.finding.is_some() && matches!(self.place, Place::Step(StepId::SignIn)) {
            self.place = Place::FindAgain;
            return;
        }
        let at_sign_in = matches!(self.place, Place::Step(StepId::SignIn) | Place::SignedIn);
        match self.intends.take_if(|_| at_sign_in) {
            Some(Intends::Revoke) => {
                self.place = Place::Revoke;
                return;
            }
            // It was begun on the list, and nothing of it is done.
            Some(Intends::Renew | Intends::Check) => return self.leave(Place::Connections),
            None => {}
        }
        let at = match self.place {
            Place::Start | Place::Connections => return,
            Place::Revoke | Place::FindAgain => return self.leave(Place::Connections),
            Place::Exported => {
                self.place = Place::Step(StepId::Export);
                return;
            }
            Place::SignedIn => Stop::Step(StepId::SignIn),
            Place::Plan => Stop::Plan,
            Place::Step(step) => Stop::Step(step),
        };
        let signed_in = self.wizard.as_ref().is_some_and(Wizard::signed_in);
        let given = self
            .wizard
            .as_ref()
            .is_some_and(|wizard| wizard.state().exported.is_some());
        self.place = match self.route().and_then(|route| route.before(at)) {
            Some(Stop::Step(StepId::Export)) if given => Place::Exported,
            None => return self.leave(Place::Connections),
            Some(Stop::Step(StepId::SignIn)) if signed_in => Place::SignedIn,
            Some(before) => Place::of(before),
        };
    }

    pub(super) fn set_presenting(&mut self, on: bool) {
        self.presenting = on.then(|| Presenting::new(self.speaker.clone()));
        self.hidden = None;
        if let Ok(data) = &self.data {
            data.note_presenting(on);
        }
    }

    /// Speaks another language from the next drawing on, and remembers it. What is under way is told in it as well.
    pub(super) fn set_language(&mut self, choice: &str) {
        self.chosen_language = Language::of_tag(choice);
        if let Ok(data) = &self.data {
            data.note_language(self.chosen_language.map(Language::tag));
        }
        let of_system = self.options.languages.of_system();
        self.speak(self.chosen_language.unwrap_or(of_system));
    }

    /// Speaks the language that the folder of connections remembers, once that can be read.
    pub(super) fn speak_as_remembered(&mut self) {
        let remembered = self.data.as_ref().ok().and_then(DataFolder::language);
        self.chosen_language = remembered.and_then(|tag| Language::of_tag(&tag));
        self.speak(self.options.languages.first(self.chosen_language));
    }

    fn speak(&mut self, language: Language) {
        let now = self.options.clock.now();
        self.speaker = Speaker::new(language, self.options.zone.clone(), now);
        if let (Some(busy), Some((words, waiting_for))) = (&mut self.busy, &self.under_way) {
            busy.words = self.speaker.say(words);
            busy.waiting_for = self.speaker.say(waiting_for);
        }
        if let Some(presenting) = &self.presenting {
            presenting.mask().speak(self.speaker.clone());
        }
        self.hidden = None;
    }

    pub(super) fn open_wizard(&mut self) -> Result<&mut Wizard, Problem> {
        self.wizard.as_mut().ok_or_else(no_connection)
    }

    pub(super) fn made(&self) -> Result<Made<'_>, Problem> {
        let wizard = self.wizard.as_ref().ok_or_else(no_connection)?;
        Ok(Made {
            wizard,
            speaker: self.speaker.for_keys(pages::keys_of(wizard)).at(wizard.now()),
            now: wizard.now(),
        })
    }

    /// Copies a text, and says at the button that was pressed whether the clipboard took it. One that refuses leaves the
    /// text on the screen, from where it can be selected.
    pub(super) fn copy(&mut self, pressed: Request, text: Option<String>) {
        if let Some(text) = text {
            let times = match &self.copied {
                Some(before) if before.pressed == pressed => before.times + 1,
                _ => 1,
            };
            let taken = self.host.copy(text).is_ok();
            self.copied = Some(Copied {
                pressed,
                taken,
                times,
            });
        }
    }

    pub(super) fn request_text(&self) -> Option<String> {
        if let Some(problem) = &self.problem {
            let request = problem.request.as_ref()?;
            return Some(self.speaker.say(request));
        }
        let state = self.wizard.as_ref()?.state();
        let profile = self.wizard.as_ref()?.profile();
        Some(self.speaker.say(&pages::signed_in::request(
            state.preflight.as_ref()?,
            profile.map(|profile| profile.name.as_str()),
            &state.organisation.as_ref()?.name,
        )))
    }
}
