//! Who can reach which mailbox, at the widest and at the narrowest, while changes are under way.
//!
//! Microsoft applies some things at once and some hours late, and which comes first can't be known. So what can be
//! reached in the course of some changes is told twice: as if everything that opens came at once and everything that
//! closes came late, and the other way round.

use std::collections::BTreeSet;

use domain::app_role::AppRole;
use domain::grant::Opens;
use domain::ids::MailboxId;

use crate::observed::{Observed, Scope, SeenApp};
use crate::wanted::Wanted;

/// What can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Every mailbox of the organisation.
    pub all: bool,
    /// These.
    pub mailboxes: BTreeSet<MailboxId>,
}

impl Reach {
    /// Whether all of it is within another.
    pub fn within(&self, other: &Self) -> bool {
        other.all || !self.all && self.mailboxes.is_subset(&other.mailboxes)
    }

    /// What either reaches.
    pub fn or(mut self, other: &Self) -> Self {
        self.all |= other.all;
        self.mailboxes.extend(other.mailboxes.iter().copied());
        self
    }

    /// What both reach.
    pub fn and(&self, other: &Self) -> Self {
        let mailboxes = match (self.all, other.all) {
            (true, _) => other.mailboxes.clone(),
            (_, true) => self.mailboxes.clone(),
            (false, false) => self.mailboxes.intersection(&other.mailboxes).copied().collect(),
        };
        Self {
            all: self.all && other.all,
            mailboxes,
        }
    }
}

/// What one app reaches, by each path: through roles within our scope, through grants in Entra, through roles elsewhere that
/// were taken over with it, of which it isn't known what they reach, and through what lets a mail program in together with
/// full access to a mailbox. Other roles elsewhere are somebody else's and are never changed, so they are the same before
/// and after.
fn of_app(app: &SeenApp) -> Reach {
    PATHS
        .iter()
        .fold(Reach::default(), |reach, path| reach.or(&path(app)))
}

/// The paths.
const PATHS: [fn(&SeenApp) -> Reach; 4] = [by_scope, by_grants, by_old_roles, by_full_access];

fn all_if(all: bool) -> Reach {
    Reach {
        all,
        mailboxes: BTreeSet::new(),
    }
}

/// What lets a mail program in opens no mailbox by itself.
fn by_grants(app: &SeenApp) -> Reach {
    let mut grants = app.grants.known().into_iter().flatten();
    all_if(grants.any(|(_, (grant, _))| grant.opens != Opens::Nothing && !AppRole::is_any(grant)))
}

fn by_old_roles(app: &SeenApp) -> Reach {
    let mut roles = app.roles.known().into_iter().flatten();
    all_if(roles.any(|(_, role)| role.is_old()))
}

fn by_scope(app: &SeenApp) -> Reach {
    let mut reach = Reach::default();
    if let Some(scope) = app.scope.known().and_then(Option::as_ref)
        && has_role(app)
    {
        reach.all = is_open(scope);
        reach.mailboxes.extend(scope.mailboxes.iter().copied());
    }
    reach
}

/// Whether a scope reaches more than the mailboxes that it was read to hold. Who is in a group is read; that others can join it is
/// what was chosen with it.
fn is_open(scope: &Scope) -> bool {
    scope.open && scope.group.is_none()
}

/// By a mail program. Whether Exchange has an entry of the app is left out: with it or without, no more is open.
fn by_full_access(app: &SeenApp) -> Reach {
    match is_let_in(app) {
        true => Reach {
            all: false,
            mailboxes: app
                .full_access
                .known()
                .into_iter()
                .flatten()
                .map(|(mailbox, _)| *mailbox)
                .collect(),
        },
        false => Reach::default(),
    }
}

/// Whether a mail program is let in at all.
fn is_let_in(app: &SeenApp) -> bool {
    let mut grants = app.grants.known().into_iter().flatten();
    grants.any(|(_, (grant, _))| AppRole::is_any(grant))
}

fn has_role(app: &SeenApp) -> bool {
    app.roles
        .known()
        .into_iter()
        .flatten()
        .any(|(_, role)| role.in_scope)
}

/// What is reached in a state that has come to rest.
pub fn reach(observed: &Observed) -> Reach {
    observed
        .apps
        .values()
        .fold(Reach::default(), |reach, app| reach.or(&of_app(app)))
}

/// What is wanted to be reached.
pub fn wanted_reach(wanted: &Wanted) -> Reach {
    let mailboxes = wanted
        .apps
        .values()
        .filter_map(|app| app.scope.as_ref())
        .filter(|scope| !scope.permissions.is_empty())
        .flat_map(|scope| scope.mailboxes.iter().copied());
    let by_mail_programs = wanted
        .apps
        .values()
        .filter(|app| !app.app_roles.is_empty())
        .flat_map(|app| app.full_access.iter().copied());
    Reach {
        all: false,
        mailboxes: mailboxes.chain(by_mail_programs).collect(),
    }
}

/// What may be reached at some moment while these states follow each other: a role of one of them with a scope of
/// another, or what lets a mail program in with full access of another.
pub fn widest(states: &[Observed]) -> Reach {
    let mut reach = Reach::default();
    let keys: BTreeSet<_> = states.iter().flat_map(|state| state.apps.keys()).collect();
    for key in keys {
        let apps = || states.iter().filter_map(|state| state.apps.get(key));
        let (role, let_in) = (apps().any(has_role), apps().any(is_let_in));
        for app in apps() {
            reach = reach.or(&of_app(app));
            if let Some(held) = app.full_access.known().filter(|_| let_in) {
                reach.mailboxes.extend(held.keys().copied());
            }
            if let Some(scope) = app.scope.known().and_then(Option::as_ref).filter(|_| role) {
                reach.all |= is_open(scope);
                reach.mailboxes.extend(scope.mailboxes.iter().copied());
            }
        }
    }
    reach
}

/// What is reached at every moment while these states follow each other: what one path opens in all of them.
pub fn narrowest(states: &[Observed]) -> Reach {
    let keys: BTreeSet<_> = states.iter().flat_map(|state| state.apps.keys()).collect();
    let mut reach = Reach::default();
    for key in keys {
        let through = |path: &dyn Fn(&SeenApp) -> Reach| {
            let each = states
                .iter()
                .map(|state| state.apps.get(key).map(path).unwrap_or_default());
            each.reduce(|narrow, next| narrow.and(&next)).unwrap_or_default()
        };
        for path in PATHS {
            reach = reach.or(&through(&path));
        }
    }
    reach
}
