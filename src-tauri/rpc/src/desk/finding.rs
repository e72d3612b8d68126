//! Connections that an organisation holds and this computer doesn't know: found by who signs in, and taken up.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bundle::read::RecordRead;
use domain::ids::{ConnectionId, MailboxId};
use domain::message;
use domain::problem::Problem;
use domain::step::StepId;
use engine::event::Tenancy;
use journey::found_again::{self, Found};
use journey::record_file;
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
    /// The record that is looked for in place of everything.
    record: Option<RecordRead>,
}

impl Desk {
    /// Turns to where connections are found. The connection under which somebody signs in for that is none: nothing of it is
    /// ever answered, so that it leaves nothing behind.
    pub(super) async fn find_again(&mut self, practice: bool) -> Result<(), Problem> {
        let tenancy = match practice {
            true => Tenancy::Practice,
            false => Tenancy::Real(self.options.cloud),
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
        let record = self.finding.take().and_then(|finding| finding.record);
        let http = self.open_wizard()?.http().clone();
        let tenant = signed_in.organisation().tenant;
        let of_record = record
            .as_ref()
            .map_or(Ok(()), |record| record_file::of_organisation(record, tenant));
        let found = match of_record {
            Ok(()) => found_again::look(&http, &signed_in).await,
            Err(problem) => Err(problem),
        };
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                // The record is looked for again by whoever signs in next.
                self.finding = Some(Finding {
                    record,
                    ..Finding::default()
                });
                return Err(problem);
            }
        };
        let of_record = record.as_ref().and_then(|record| record.connection);
        let is_there = |id: &ConnectionId| found.iter().any(|found| found.connection == *id);
        let take_up = of_record.filter(is_there).map(|id| id.to_string());
        self.finding = Some(Finding {
            signed_in: Some(signed_in),
            found,
            record,
        });
        match take_up {
            Some(id) => Box::pin(self.take_up_found(&id)).await,
            None => Ok(()),
        }
    }

    /// Opens a record: the connection that it is of, where this computer knows it; else it is looked for by who signs in.
    pub(super) async fn open_record(&mut self, base64: &str) -> Result<(), Problem> {
        let bytes = BASE64.decode(base64).unwrap_or_default();
        let record = record_file::of_bytes(&bytes)?;
        let Some(id) = record.connection else {
            return Err(record_file::too_old(&record));
        };
        let data = self.data.as_ref().map_err(Clone::clone)?;
        if data.list().iter().any(|known| known.id == id) {
            self.leave(Place::Connections);
            return self.open(&id.to_string()).await;
        }
        self.find_again(record.practice).await?;
        let wizard = self.open_wizard()?;
        record_file::is_in(&record, wizard.http().cloud())?;
        self.finding = Some(Finding {
            record: Some(record),
            ..Finding::default()
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
        let refused: Vec<MailboxId> = finding
            .record
            .iter()
            .filter(|record| record.connection == Some(found.connection))
            .flat_map(|record| record.refused.iter().map(|mailbox| mailbox.id))
            .collect();
        let tenancy = self.open_wizard()?.tenancy();
        let data = self.data.as_ref().map_err(Clone::clone)?;
        if data.removed().iter().any(|known| known.id == found.connection) {
            data.put_back(found.connection)?;
        }
        let list = data.list();
        let known = list.iter().find(|known| known.id == found.connection);
        let (is_there, is_taken_up) = match known.map(|known| &known.state) {
            // One whose taking up was cut off before anything of it was read is begun again.
            Some(Ok(state)) => (true, state.platform.is_some()),
            Some(Err(_)) => (true, true),
            None => (false, false),
        };
        self.leave(Place::Connections);
        if is_taken_up {
            return self.open(id).await;
        }
        let opening = self.opening(found.connection, tenancy, !is_there).await?;
        self.take_up(match is_there {
            true => Wizard::resume(opening)?,
            false => Wizard::begin(opening, found.connection, tenancy)?,
        });
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
        found_again::take_up(self.open_wizard()?, &found, &refused).await?;
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
        let record = self.finding.as_ref().and_then(|finding| finding.record.as_ref());
        pages::find_again::page_of(made, found, record)
    }
}
