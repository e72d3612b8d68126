//! An app that somebody else registered: looked for, looked at, taken over; and the permissions in Entra that it had, taken
//! away once the limit has taken their place.

use domain::ids::{self, AppObjectId};
use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use journey::adopt::{self, Found, Surveyed};
use journey::steps::sign_in;
use uuid::Uuid;

use super::{Desk, Place};
use crate::pages;
use crate::pages::Made;
use crate::view::{BusyPlace, Page};

/// What was looked for, and what was found.
#[derive(Default)]
pub(super) struct Looking {
    /// What was typed.
    text: String,
    /// What was found; nothing before a look.
    found: Option<Found>,
    /// The app that lies open.
    surveyed: Option<Surveyed>,
}

impl Desk {
    /// Turns from the page after the sign-in to the app that is to be taken over.
    pub(super) async fn choose_existing_app(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        // What was chosen is written down before the page is left behind for good: a confirmed sign-in isn't shown again.
        adopt::choose(wizard, true)?;
        sign_in::confirm(wizard)?;
        self.looking = Looking::default();
        self.show(StepId::ExistingApp).await
    }

    /// Makes a new app after all.
    pub(super) async fn make_a_new_app(&mut self) -> Result<(), Problem> {
        let wizard = self.open_wizard()?;
        adopt::choose(wizard, false)?;
        self.looking = Looking::default();
        let next = self.open_wizard()?.first_open();
        self.show_next(next).await
    }

    /// Looks for apps by what was typed. One that is named by an id is opened at once.
    pub(super) async fn look_for_app(&mut self, text: &str) -> Result<(), Problem> {
        if self.place != Place::Step(StepId::ExistingApp) {
            return Ok(());
        }
        self.looking = Looking {
            text: text.trim().to_owned(),
            ..Looking::default()
        };
        if self.looking.text.is_empty() {
            self.field_problems = vec![pages::FieldWords::new("app", message!("adopting-lacks-text"))];
            return Ok(());
        }
        if ids::malformed(&self.looking.text) {
            self.field_problems = vec![pages::FieldWords::new("app", message!("adopting-malformed-id"))];
            return Ok(());
        }
        if self.needs_rights(StepId::ExistingApp, adopt::RIGHTS) {
            return Ok(());
        }
        self.under_way(
            message!("adopting-looking"),
            message!("adopting-looking-for"),
            BusyPlace::Bar,
            None,
        );
        let text = self.looking.text.clone();
        let found = adopt::look(self.open_wizard()?, &text).await?;
        let only = match found.apps.as_slice() {
            [one] => Some(one.object),
            _ => None,
        };
        if found.apps.is_empty() {
            let words = match found.by_id {
                true => message!("adopting-no-such-id"),
                false => message!("adopting-no-such-name"),
            };
            self.field_problems = vec![pages::FieldWords::new("app", words)];
        }
        self.looking.found = Some(found);
        match only {
            Some(object) => self.look_at_app(object).await,
            None => Ok(()),
        }
    }

    /// Reads one of the apps that were found and shows what is wrong with it.
    pub(super) async fn look_at(&mut self, id: &str) -> Result<(), Problem> {
        match Uuid::try_parse(id) {
            Ok(id) => self.look_at_app(AppObjectId(id)).await,
            Err(_) => Ok(()),
        }
    }

    async fn look_at_app(&mut self, object: AppObjectId) -> Result<(), Problem> {
        let found = self.looking.found.as_ref();
        let Some(existing) = found.and_then(|found| adopt::with_id(found, object)).cloned() else {
            return Ok(());
        };
        if self.needs_rights(StepId::ExistingApp, adopt::RIGHTS) {
            return Ok(());
        }
        self.under_way(
            message!("adopting-reading"),
            message!("adopting-looking-for"),
            BusyPlace::Bar,
            None,
        );
        self.looking.surveyed = adopt::read(self.open_wizard()?, &existing).await?;
        if self.looking.surveyed.is_none() {
            if let Some(found) = &mut self.looking.found {
                found.apps.retain(|app| app.object != object);
            }
            self.field_problems = vec![pages::FieldWords::new("app", message!("adopting-gone"))];
        }
        Ok(())
    }

    /// Leaves the app that lies open, for the list that it was found in.
    pub(super) fn look_for_another(&mut self) {
        self.looking.surveyed = None;
    }

    /// Takes over the app that lies open. It is read once more before: what is written down is how it is now.
    pub(super) async fn take_over(&mut self) -> Result<(), Problem> {
        let Some(open) = self.looking.surveyed.clone() else {
            return Ok(());
        };
        self.look_at_app(open.app().0).await?;
        // One that is gone was told as that.
        let Some(now) = self.looking.surveyed.clone() else {
            return Ok(());
        };
        if now.faults != open.faults {
            // What is shown now is other than what was read a moment ago.
            self.stopped(message!("frame-plan-changed"));
            return Ok(());
        }
        adopt::take_over(self.open_wizard()?, &now)?;
        self.looking = Looking::default();
        let next = self.open_wizard()?.first_open();
        self.show_next(next).await
    }

    /// Takes the old permissions away, and proves at once.
    pub(super) async fn remove_old_permissions(&mut self) -> Result<(), Problem> {
        let rights = adopt::rights_to_remove(self.open_wizard()?);
        if !self.comes_by_with(&rights).await? {
            return Ok(());
        }
        let plan = adopt::removal(self.open_wizard()?);
        self.carry_out(
            message!("frame-removing-grant"),
            message!("frame-remove-grant"),
            plan.will,
            async |wizard| adopt::remove_old_permissions(wizard).await,
        )
        .await?;
        let wizard = self.open_wizard()?;
        if wizard.may_open(StepId::Verify) {
            return Box::pin(self.show(StepId::Verify)).await;
        }
        if !wizard.may_open(StepId::OldPermissions) || wizard.notes().old_permissions_are_gone() {
            // Something else stands in the way of the proof, or the limit is set again first.
            Box::pin(self.show_plan()).await?;
        }
        self.stopped(message!("frame-plan-changed"));
        Ok(())
    }

    /// Takes an access policy away that was taken over with the app, which the admin asked for.
    pub(super) async fn remove_policy(&mut self, identity: &str) -> Result<(), Problem> {
        if !self.comes_by_with(adopt::RIGHTS).await? {
            return Ok(());
        }
        self.under_way(
            message!("adopting-policy-removing"),
            message!("adopting-policy-removing-for"),
            BusyPlace::Bar,
            None,
        );
        let gone = adopt::remove_policy(self.open_wizard()?, identity).await?;
        self.stopped(match gone {
            true => message!("adopting-policy-removed"),
            false => message!("adopting-policy-another"),
        });
        Ok(())
    }

    pub(super) fn page_of_existing_app(&self, made: &Made<'_>) -> Page {
        let looking = &self.looking;
        let notes = made.wizard.notes();
        // One that somebody deleted is still the one that was taken over.
        let was = || notes.adopted.as_ref().map(|was| was.name.clone());
        let taken_over = notes.app().map(|app| app.name).or_else(was);
        match (taken_over, &looking.surveyed) {
            (Some(name), _) => pages::existing_app::taken_over(made, &name),
            (None, Some(surveyed)) => pages::existing_app::of_one(made, surveyed),
            (None, None) => pages::existing_app::of_the_search(made, &looking.text, looking.found.as_ref()),
        }
    }
}
