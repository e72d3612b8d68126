//! The stops of the rail: the questions, one plan for everything that is made, the proof, the export.

use domain::message;
use domain::message::Message;
use domain::step::StepId;
use journey::parts;
use journey::route::{Route, Stop};

/// A stop's stable name, in requests too.
pub fn stop_id(stop: Stop) -> String {
    match stop {
        Stop::Plan => "plan".into(),
        Stop::Step(step) => id(step),
    }
}

/// A stop's name for people.
pub fn stop_name(stop: Stop) -> Message {
    match stop {
        Stop::Plan => message!("parts-step-plan"),
        Stop::Step(step) => step.title(),
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
    /// The stop that it stands at.
    pub fn stop(self) -> Stop {
        match self {
            Self::Plan => Stop::Plan,
            Self::Step(step) => Stop::of(step),
        }
    }
}

/// Which stop a place stands at, from 1, of how many. A page that is open stands among them also where nobody had to be
/// led there.
pub fn number(route: &Route, spot: Spot) -> (usize, usize) {
    let stop = spot.stop();
    let route = route.clone().with_open(stop);
    let place = route.stops().iter().position(|known| *known == stop);
    (place.unwrap_or(0) + 1, route.stops().len())
}

/// "Plan", "Plan, part 1 of 4: App".
pub fn name(route: &Route, spot: Spot) -> Message {
    let station = stop_name(spot.stop());
    let part = match spot {
        Spot::Step(step) => parts::of_step(step).map(|part| (step, part)),
        Spot::Plan => None,
    };
    let Some((step, part)) = part else { return station };
    // A page that is open stands among the parts also where the plan has nothing of it any more.
    let mut parts = route.parts().to_vec();
    if !parts.contains(&part) {
        parts.push(part);
    }
    let at = parts.iter().position(|known| *known == part).unwrap_or(0) + 1;
    message!(
        "frame-part",
        station = station,
        part = at,
        parts = parts.len(),
        name = step.title()
    )
}

/// "Step 5 of 7: Plan, part 1 of 4: App".
pub fn line(route: &Route, spot: Spot) -> Message {
    let (number, all) = number(route, spot);
    message!("frame-step", number = number, all = all, name = name(route, spot))
}

#[cfg(test)]
mod tests {
    use engine::state::State;

    use super::*;

    #[test]
    fn the_parts_stand_at_the_plan_and_every_step_stands_somewhere() {
        let route = Route::onboarding(&State::default(), None);
        let ids: Vec<String> = route.stops().iter().map(|stop| stop_id(*stop)).collect();
        assert_eq!(
            ids,
            ["platform", "sign-in", "mailboxes", "plan", "verify", "export"]
        );
        assert_eq!(number(&route, Spot::Plan), (4, 6));
        assert_eq!(number(&route, Spot::Step(StepId::Limit)), (4, 6));
        assert_eq!(
            number(&route, Spot::Step(StepId::Method)),
            (2, 7),
            "a page that is open stands on the rail"
        );
        for step in StepId::ALL {
            let stop = Stop::of(step);
            let stands = |route: &Route| route.clone().with_open(stop).stops().contains(&stop);
            let adoption = Route::adoption(&State::default(), None);
            assert!(
                stands(&route) || stands(&Route::renewal()) || stands(&adoption),
                "{step:?}"
            );
        }
    }
}
