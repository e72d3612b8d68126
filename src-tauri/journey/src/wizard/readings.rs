//! What was read a moment ago, kept for what follows at once and forgotten with whatever else is asked for.

use super::Wizard;
use crate::observe::Reading;
use crate::survey::Survey;

impl Wizard {
    /// Keeps what was read of Entra for the part that comes next.
    pub(crate) fn keep_reading(&mut self, reading: Reading) {
        self.reading = Some(reading);
    }

    /// What was read of Entra a moment ago, by the part before.
    pub(crate) fn take_reading(&mut self) -> Option<Reading> {
        self.reading.take()
    }

    /// Keeps what the limit was read back with for the look that follows at once.
    pub(crate) fn keep_survey(&mut self, survey: Survey) {
        self.survey = Some(survey);
    }

    /// What the limit was read back with, where nothing was asked for since.
    pub(crate) fn take_survey(&mut self) -> Option<Survey> {
        self.survey.take()
    }

    /// Forgets what was read: something is changed, or somebody asked for something else since.
    pub fn forget_reading(&mut self) {
        (self.reading, self.survey) = (None, None);
    }
}
