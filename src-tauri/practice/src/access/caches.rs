//! What live calls still believe while a change has not reached them.
//!
//! Two caches differ. A changed role assignment is seen after half an hour of quiet, and every refused call inside
//! the wait starts it again, for two hours at the most: polling keeps a stale refusal alive (microsoft-facts §4b).
//! A changed access policy is seen after more than an hour, however often anybody asks (microsoft-facts §4a).
//! The two Test cmdlets pass by both.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::policies::{self, EVERY_APP};
use super::rights::configured;
use crate::clock::{Clock, Delay, after};
use crate::organisation::exchange::ExchangeObjects;
use crate::organisation::objects::Objects;
use crate::organisation::stale::{PolicyInForce, Right, StalePolicies, StaleRights};
use crate::people::directory::Directory;

/// Changes of policies that are remembered for one app; a further one inside the wait prolongs the last.
const CHANGES_AT_MOST: usize = 8;

impl StaleRights {
    /// When live calls see the change: after half an hour of quiet, and after two hours at the latest.
    fn over_at(&self, clock: &Clock) -> Timestamp {
        let quiet_since = self
            .last_refusal
            .map_or(self.changed, |refusal| refusal.max(self.changed));
        after(quiet_since, clock.length(Delay::RoleAssignment))
            .min(after(self.changed, clock.length(Delay::RoleAssignmentAtMost)))
    }
}

/// The rights that a live call of an app is judged by.
pub(crate) fn live_rights(objects: &Objects, clock: &Clock, principal_id: &str) -> Vec<Right> {
    let now = clock.now();
    objects
        .stale_rights
        .get(principal_id)
        .filter(|stale| now < stale.over_at(clock))
        .map_or_else(
            || configured(&objects.exchange, principal_id),
            |stale| stale.before.clone(),
        )
}

/// Notes that a live call was refused: inside the wait, that starts it again.
pub(crate) fn note_refusal(objects: &mut Objects, clock: &Clock, principal_id: &str) {
    let now = clock.now();
    if let Some(stale) = objects.stale_rights.get_mut(principal_id)
        && now < stale.over_at(clock)
    {
        stale.last_refusal = Some(now);
    }
}

/// The policies that a live call of an app is judged by.
pub(crate) fn live_policies(
    objects: &Objects,
    directory: &Directory,
    clock: &Clock,
    app_id: &str,
) -> Vec<PolicyInForce> {
    let now = clock.now();
    let wait = clock.length(Delay::AccessPolicy);
    let app_id = app_id.to_lowercase();
    [app_id.as_str(), EVERY_APP]
        .into_iter()
        .flat_map(|key| {
            let changes = objects.stale_policies.get(key).into_iter().flatten();
            // The earliest change that has not arrived hides it and all later ones.
            let mut pending = changes.filter(|change| now < after(change.changed, wait));
            match pending.next() {
                Some(change) => change.before.clone(),
                None => policies::configured_for(&objects.exchange, directory, key),
            }
        })
        .collect()
}

/// Changes Exchange's objects, and remembers for every app whose rights or policies differ afterwards what live
/// calls still believe.
pub(crate) fn change_exchange<T>(
    objects: &mut Objects,
    directory: &Directory,
    clock: &Clock,
    change: impl FnOnce(&mut ExchangeObjects) -> T,
) -> T {
    let before = objects.exchange.clone();
    let outcome = change(&mut objects.exchange);
    let now = clock.now();
    remember_rights(objects, clock, &before, now);
    remember_policies(objects, directory, clock, &before, now);
    outcome
}

fn remember_rights(objects: &mut Objects, clock: &Clock, before: &ExchangeObjects, now: Timestamp) {
    let assigned = before.assignments.iter().chain(&objects.exchange.assignments);
    let apps: BTreeSet<String> = assigned.map(|held| held.app.clone()).collect();
    for app in apps {
        let earlier = configured(before, &app);
        if configured(&objects.exchange, &app) == earlier {
            continue;
        }
        // A second change inside the wait restarts it, but live calls go on seeing what was there before the first.
        let pending = objects
            .stale_rights
            .get(&app)
            .filter(|stale| now < stale.over_at(clock))
            .cloned();
        let stale = match pending {
            Some(pending) => StaleRights {
                changed: now,
                ..pending
            },
            None => StaleRights {
                before: earlier,
                changed: now,
                last_refusal: None,
            },
        };
        objects.stale_rights.insert(app, stale);
    }
}

fn remember_policies(
    objects: &mut Objects,
    directory: &Directory,
    clock: &Clock,
    before: &ExchangeObjects,
    now: Timestamp,
) {
    let wait = clock.length(Delay::AccessPolicy);
    objects.stale_policies.retain(|_, changes| {
        changes.retain(|change| now < after(change.changed, wait));
        !changes.is_empty()
    });
    let mut earlier = policies::by_app(before, directory);
    let mut later = policies::by_app(&objects.exchange, directory);
    let keys: BTreeSet<String> = earlier.keys().chain(later.keys()).cloned().collect();
    for key in keys {
        let earlier = earlier.remove(&key).unwrap_or_default();
        if later.remove(&key).unwrap_or_default() == earlier {
            continue;
        }
        let changes = objects.stale_policies.entry(key).or_default();
        let full = changes.len() >= CHANGES_AT_MOST;
        match changes.last_mut().filter(|_| full) {
            Some(last) => last.changed = now,
            None => changes.push(StalePolicies {
                before: earlier,
                changed: now,
            }),
        }
    }
}
