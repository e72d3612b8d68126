//! The stations of the rail: the questions, one plan for everything that is made, the proof, the export.

use domain::message;
use domain::message::Message;
use domain::step::StepId;
use journey::parts::{self, Part};
use journey::route::{self, Stop};
use profiles::Profile;

/// A station of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Station {
    /// A step with a page of its own.
    Step(StepId),
    /// The plan, with everything that is made.
    Plan,
}

impl Station {
    /// The station that a step belongs to.
    pub fn of(step: StepId) -> Self {
        match parts::of_step(step) {
            Some(_) => Self::Plan,
            None => Self::Step(step),
        }
    }

    /// Its stable name, in requests too.
    pub fn id(self) -> String {
        match self {
            Self::Plan => "plan".into(),
            Self::Step(step) => id(step),
        }
    }

    /// Its name for people.
    pub fn name(self) -> Message {
        match self {
            Self::Plan => message!("parts-step-plan"),
            Self::Step(step) => step.title(),
        }
    }
}

/// The stable name of a step.
pub fn id(step: StepId) -> String {
    serde_json::to_value(step)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A place on the rail: the plan, or the page of a step. The pages of the parts stand at the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The plan itself.
    Plan,
    /// A step's page.
    Step(StepId),
}

impl Spot {
    /// Its station.
    pub fn station(self) -> Station {
        match self {
            Self::Plan => Station::Plan,
            Self::Step(step) => Station::of(step),
        }
    }
}

/// The stations in order, as the route gives them. A page that is open stands among them also where nobody had to be led
/// there, such as the method of a platform that leaves nothing to choose.
pub fn stations(profile: Option<&Profile>, current: Option<Station>) -> Vec<Station> {
    let mut stations: Vec<Station> = route::onboarding(profile)
        .into_iter()
        .map(|stop| match stop {
            Stop::Step(step) => Station::Step(step),
            Stop::Plan => Station::Plan,
        })
        .collect();
    let method = Station::Step(StepId::Method);
    if current == Some(method) && !stations.contains(&method) {
        stations.insert(1, method);
    }
    stations
}

/// Which station a place stands at, from 1, of how many.
pub fn number(profile: Option<&Profile>, spot: Spot) -> (usize, usize) {
    let station = spot.station();
    let stations = stations(profile, Some(station));
    let place = stations.iter().position(|known| *known == station);
    (place.unwrap_or(0) + 1, stations.len())
}

/// "Plan", "Plan, part 1 of 4: App".
pub fn name(spot: Spot) -> Message {
    let station = spot.station().name();
    let part = match spot {
        Spot::Step(step) => parts::of_step(step).map(|part| (step, part)),
        Spot::Plan => None,
    };
    let Some((step, part)) = part else { return station };
    let at = Part::ALL.iter().position(|known| *known == part).unwrap_or(0) + 1;
    message!(
        "frame-part",
        station = station,
        part = at,
        parts = Part::ALL.len(),
        name = step.title()
    )
}

/// "Step 5 of 7: Plan, part 1 of 4: App".
pub fn line(profile: Option<&Profile>, spot: Spot) -> Message {
    let (number, all) = number(profile, spot);
    message!("frame-step", number = number, all = all, name = name(spot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_stand_at_the_plan_and_every_step_stands_somewhere() {
        let ids = |profile| -> Vec<String> { stations(profile, None).iter().map(|one| one.id()).collect() };
        assert_eq!(
            ids(None),
            ["platform", "sign-in", "mailboxes", "plan", "verify", "export"]
        );
        assert_eq!(number(None, Spot::Plan), (4, 6));
        assert_eq!(number(None, Spot::Step(StepId::Limit)), (4, 6));
        assert_eq!(
            number(None, Spot::Step(StepId::Method)),
            (2, 7),
            "a page that is open stands on the rail"
        );
        for step in StepId::ALL {
            let station = Station::of(step);
            assert!(stations(None, Some(station)).contains(&station), "{step:?}");
        }
    }
}
