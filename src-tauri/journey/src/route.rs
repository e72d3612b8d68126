//! The stations that a connection leads through, for whoever draws them.

use std::collections::BTreeMap;

use domain::app_key::AppKey;
use domain::ids::ConnectionId;
use domain::permission::Method;
use domain::step::StepId;
use plan::observed::{Observed, SeenApp};
use plan::operations::{Gate, Operation, phases};
use plan::route::{Asked, Question, Station, route};
use plan::wanted::Answers;
use profiles::Profile;
use uuid::Uuid;

use crate::steps::choose_method;

/// A station as it is drawn: a page of its own, or the plan with the parts of one phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A page of its own.
    Step(StepId),
    /// The plan.
    Plan,
}

/// The stops of an onboarding, in order: those of a new connection, whatever is there of it already.
pub fn onboarding(profile: Option<&Profile>) -> Vec<Stop> {
    let key = AppKey::default();
    // Which stations there are doesn't depend on what is answered, only on what is asked.
    let answers = Answers {
        method: Method::GraphAppOnly,
        platform: String::new(),
        permissions: Default::default(),
        mailboxes: BTreeMap::from([(key.clone(), Default::default())]),
        secret_days: 0,
    };
    let new = Observed {
        apps: [(key, SeenApp::nothing())].into(),
        ..Observed::default()
    };
    let asked = Asked {
        method: profile.is_some_and(|profile| choose_method::only(profile).is_none()),
    };
    let phases = phases(Operation::Onboard, ConnectionId(Uuid::nil()), &answers, &new);
    let stations = route(Operation::Onboard, asked, &phases);
    stations.into_iter().filter_map(stop).collect()
}

/// Where a station is drawn. A gate that only time passes has no page.
fn stop(station: Station) -> Option<Stop> {
    Some(match station {
        Station::Ask(Question::Platform) => Stop::Step(StepId::Platform),
        Station::Ask(Question::Method) => Stop::Step(StepId::Method),
        Station::Ask(Question::Mailboxes) => Stop::Step(StepId::Mailboxes),
        Station::SignIn => Stop::Step(StepId::SignIn),
        Station::Change(_) => Stop::Plan,
        Station::Pass(Gate::Proven) => Stop::Step(StepId::Verify),
        Station::HandOver => Stop::Step(StepId::Export),
        Station::Pass(_) => return None,
    })
}
