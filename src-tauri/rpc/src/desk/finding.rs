//! Connections that an organisation holds and this computer doesn't know: found by who signs in, and taken up.

use domain::ids::ConnectionId;
use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use engine::event::Tenancy;
use journey::found_again::{self, Found};
use journey::steps::sign_in::{self, SignedIn};
use journey::wizard::Wizard;
use uuid::Uuid;

use super::{Desk, Intends, Place};
use crate::pages;
use crate::pages::Made;
use crate::view::{BusyPlace, Page};

/// Who signed in to look, and what was found.
#[derive(Default)]
pub(super) struct Finding {
    signed_in: Option<SignedIn>,
    found: Vec<Found>,
}

impl Desk {
    /// Turns to where connections are found. The connection under which somebody signs in for that is none: nothing of it is
    /// ever answered, so that it leaves nothing behind.
    pub(super) async fn find_again(&mut self, practice: bool) -> Result<(), Problem> {
        let tenancy = match practice {
            true => Tenancy::Practice,
            false => Tenancy::Global,
        };
        self.leave(Place::Connections);
        let id = ConnectionId(Uuid::new_v4());
        let opening = self.opening(id, tenancy, true).await?;
        self.take_up(Wizard::begin(opening, id, tenancy)?);
        self.place = Place::FindAgain;
        Ok(())
    }

    /// Looks with what somebody signed in for.
    pub(super) async fn found_by(&mut self, signed_in: SignedIn) -> Result<(), Problem> {
        self.place = Place::FindAgain;
        self.under_way(
            message!("finding-looking"),
            message!("finding-looking-for"),
            BusyPlace::Page,
            None,
        );
        let http = self.open_wizard()?.http().clone();
        let found = found_again::look(&http, &signed_in).await?;
        self.finding = Some(Finding {
            signed_in: Some(signed_in),
            found,
        });
        Ok(())
    }

    /// Takes one of them up, and goes on to its renewal. One that this computer knows is opened instead.
    pub(super) async fn take_up_found(&mut self, id: &str) -> Result<(), Problem> {
        let finding = self.finding.take().unwrap_or_default();
        let found = finding
            .found
            .iter()
            .find(|found| found.connection.to_string() == id);
        let (Some(found), Some(signed_in)) = (found.cloned(), finding.signed_in) else {
            return Ok(());
        };
        let tenancy = self.open_wizard()?.tenancy();
        let data = self.data.as_ref().map_err(Clone::clone)?;
        if data.removed().iter().any(|known| known.id == found.connection) {
            data.put_back(found.connection)?;
        }
        let known = data.list().iter().any(|known| known.id == found.connection);
        self.leave(Place::Connections);
        if known {
            return self.open(id).await;
        }
        let opening = self.opening(found.connection, tenancy, true).await?;
        self.take_up(Wizard::begin(opening, found.connection, tenancy)?);
        self.under_way(
            message!("finding-reading"),
            message!("finding-reading-for"),
            BusyPlace::Page,
            None,
        );
        let wizard = self.open_wizard()?;
        sign_in::adopt(wizard, signed_in)?;
        sign_in::confirm(wizard)?;
        // Where it stops, the connection is there with what was read, and goes on with a look.
        self.place = Place::Connections;
        found_again::take_up(self.open_wizard()?, &found, &[]).await?;
        self.intends = Some(Intends::Renew);
        match self.open_wizard()?.state().mailboxes_confirmed {
            true => self.show_plan().await,
            false => self.show(StepId::Mailboxes).await,
        }
    }

    pub(super) fn page_of_finding(&self, made: &Made<'_>) -> Page {
        let looked = self
            .finding
            .as_ref()
            .filter(|finding| finding.signed_in.is_some());
        let found = looked.map(|finding| {
            let organisation = finding
                .signed_in
                .as_ref()
                .map(|signed_in| signed_in.organisation());
            (organisation, finding.found.as_slice())
        });
        pages::find_again::page_of(made, found)
    }
}
