//! The route: which stations an operation leads through, and in which order.
//!
//! It is derived from what is asked and from the operation's phases. Nobody writes it: a phase that is added brings its
//! station, and each gate the one at which it is passed.

use crate::operations::{Gate, Operation, Phase};

/// Something that is asked before anything is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Which platform is connected.
    Platform,
    /// How it reaches mail, and what it may do.
    Method,
    /// Which app, of those that somebody else registered.
    App,
    /// Which mailboxes, and which must stay refused.
    Mailboxes,
}

/// A station of the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    /// A question.
    Ask(Question),
    /// Who does the work.
    SignIn,
    /// What is changed in one phase, all parts together or one at a time.
    Change(usize),
    /// What must hold before the next phase.
    Pass(Gate),
    /// What leaves the wizard.
    HandOver,
}

/// Which questions have more than one sensible answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whether the platform leaves something to choose of how it reaches mail.
    pub method: bool,
}

/// The stations of an operation, in order.
pub fn route(operation: Operation, asked: Asked, phases: &[Phase]) -> Vec<Station> {
    let mut stations = Vec::new();
    let new = matches!(operation, Operation::Onboard | Operation::Adopt);
    if new {
        stations.push(Station::Ask(Question::Platform));
        if asked.method {
            stations.push(Station::Ask(Question::Method));
        }
    }
    stations.push(Station::SignIn);
    if operation == Operation::Adopt {
        stations.push(Station::Ask(Question::App));
    }
    // What is there already has its mailboxes.
    if new {
        stations.push(Station::Ask(Question::Mailboxes));
    }
    for (place, phase) in phases.iter().enumerate() {
        // A look changes nothing.
        if operation != Operation::Check {
            stations.push(Station::Change(place));
        }
        stations.extend(phase.gates.iter().filter_map(|gate| match (gate, operation) {
            (Gate::HandedOver, Operation::Check) => None,
            (Gate::HandedOver, _) => Some(Station::HandOver),
            // The next phase begins with it.
            (Gate::SurveyedAgain, _) => None,
            (gate, _) => Some(Station::Pass(*gate)),
        }));
    }
    stations
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use domain::app_key::AppKey;
    use domain::ids::ConnectionId;
    use domain::permission::{Method, Permission};
    use uuid::Uuid;

    use super::*;
    use crate::observed::{Observed, SeenApp};
    use crate::operations::phases;
    use crate::wanted::Answers;

    fn stations(operation: Operation, method: bool) -> Vec<Station> {
        let key = AppKey::default();
        let answers = Answers {
            method: Method::GraphAppOnly,
            platform: "Contact Pro".into(),
            permissions: [Permission::MailRead].into(),
            mailboxes: BTreeMap::from([(key.clone(), Default::default())]),
            credential: domain::credential::CredentialKind::Secret,
            days: 180,
            groups: BTreeMap::new(),
            in_use: BTreeMap::new(),
            granted: BTreeMap::new(),
            switch_on: Default::default(),
        };
        let new = Observed {
            apps: [(key, SeenApp::nothing())].into(),
            ..Observed::default()
        };
        let phases = phases(operation, ConnectionId(Uuid::nil()), &answers, &new);
        route(operation, Asked { method }, &phases)
    }

    #[test]
    fn a_new_connection_is_asked_for_changed_proved_and_handed_over() {
        let tail = [
            Station::SignIn,
            Station::Ask(Question::Mailboxes),
            Station::Change(0),
            Station::Pass(Gate::Proven),
            Station::HandOver,
        ];
        let mut whole = vec![Station::Ask(Question::Platform)];
        whole.extend(tail);
        assert_eq!(stations(Operation::Onboard, false), whole);
        whole.insert(1, Station::Ask(Question::Method));
        assert_eq!(stations(Operation::Onboard, true), whole);
    }

    #[test]
    fn a_look_changes_nothing_and_hands_nothing_over() {
        assert_eq!(
            stations(Operation::Check, true),
            [Station::SignIn, Station::Pass(Gate::Proven)]
        );
    }
}
