//! A connection found again in the organisation by its marks, by somebody whose computer knows nothing of it: it was made on
//! another one, or by a colleague.
//!
//! What is taken up is what is read: the app by its unique name and its tag, its entry and its roles in Exchange, and the scope
//! that carries the connection's name and that no other app uses. Nothing is changed. The key stays where it was made, so what
//! comes next is a renewal.

use std::collections::BTreeSet;

use calls::exchange::by_id;
use domain::grant::EntraGrant;
use domain::group::of_filter;
use domain::ids::{ClientId, ConnectionId, MailboxId};
use domain::message;
use domain::permission::{Method, Permission};
use domain::problem::{Code, Problem, Retry, Who};
use engine::basis::names_only;
use engine::event::Event;
use jiff::Timestamp;
use microsoft::entra::rights::Right;
use microsoft::exchange::limit;
use microsoft::graph::applications::Application;
use microsoft::graph::tagged;
use microsoft::http::Http;
use plan::changes::{AssignRole, Change, RegisterInExchange, SetScope};
use plan::given::Given;
use plan::names::PRODUCT;
use profiles::Profile;

use crate::adopt::{self, Candidate};
use crate::observe::{self, InExchange};
use crate::ownership::{connection_by_marks, secret_is_ours};
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, problem};
use crate::read_back;
use crate::standing::gone;
use crate::steps::choose_mailboxes;
use crate::steps::sign_in::SignedIn;
use crate::take_up;
use crate::wanted::{scope_name, wanted};
use crate::wizard::Wizard;

/// The profile that stands for a platform that no other profile knows.
const ANY_PLATFORM: &str = "generic-graph";

/// A connection that the organisation holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id, out of the app's marks.
    pub connection: ConnectionId,
    /// What the platform is called, out of the app's name.
    pub platform: String,
    /// The app's client id.
    pub client: ClientId,
    /// The app, where somebody else registered it and the connection took it over.
    pub adopted: Option<Application>,
    /// When the app was made, where Microsoft says.
    pub made_at: Option<Timestamp>,
    /// When the last of its secrets ends, where it has one.
    pub ends_at: Option<Timestamp>,
}

/// Every connection of the organisation that somebody signed in to, by our tag.
///
/// # Errors
/// As Microsoft answers.
pub async fn look(http: &Http, signed_in: &SignedIn) -> Result<Vec<Found>, Problem> {
    let doing = Doing::new(
        message!("doing-find-again"),
        APP_ROLE,
        message!("exists-nothing-changed"),
    );
    let all = tagged::list(http, signed_in.graph_token(), PRODUCT)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let found = all.into_iter().filter_map(|tagged| {
        let app = tagged.app;
        let (connection, adopted) = connection_by_marks(&app)?;
        let ours = tagged.secrets.iter();
        let ours = ours.filter(|(name, _)| secret_is_ours(name, connection));
        Some(Found {
            connection,
            platform: platform_of(&app.name).to_owned(),
            adopted: adopted.then(|| app.clone()),
            client: app.client_id,
            made_at: tagged.made_at,
            ends_at: ours.filter_map(|(_, ends_at)| *ends_at).max(),
        })
    });
    Ok(found.collect())
}

/// The platform's name in that of its app.
fn platform_of(app: &str) -> &str {
    app.strip_prefix(PRODUCT)
        .and_then(|rest| rest.strip_prefix(": "))
        .unwrap_or(app)
}

/// Takes a connection up that was found: reads what there is of it and writes it down. `refused` are mailboxes that must stay
/// refused, where a record names them.
///
/// # Errors
/// As Microsoft answers, and where the app isn't as a connection of ours makes it.
pub async fn take_up(wizard: &mut Wizard, found: &Found, refused: &[MailboxId]) -> Result<(), Problem> {
    let profile = match &found.adopted {
        Some(app) => adopted(wizard, app).await?,
        None => profile_for(wizard.profiles(), &found.platform),
    };
    app(wizard).await?;
    let by_name = wizard.profiles().iter().find(|known| known.id == profile);
    let method = by_name.and_then(|profile| profile.methods.first().copied());
    wizard.record(Event::PlatformChosen { profile })?;
    wizard.record(Event::MethodChosen {
        method: method.unwrap_or(Method::RECOMMENDED),
    })?;
    wizard.record(Event::FoundAgain)?;
    match wizard.holds(&[Right::Exchange]) {
        true => limit(wizard, refused).await,
        false => Ok(()),
    }
}

/// Writes down that the connection took an app over. Where it still has what opens mailboxes, in Entra or in somebody else's
/// scope, that was begun at another computer and isn't over: it is gone on with here, with everything that is there now, and
/// nothing is taken away before the limit is in force. The id of its platform's profile is told; where
/// its limit tells the platform, that is read later.
async fn adopted(wizard: &mut Wizard, found: &Application) -> Result<String, Problem> {
    if !wizard.holds(adopt::RIGHTS) {
        return Err(
            Problem::said(Code::RoleMissing, message!("finding-needs-exchange"))
                .fixed_by(Who::AnotherAdmin {
                    role: EXCHANGE_ROLE.into(),
                })
                .retry(Retry::AfterYouAct)
                .exists(message!("exists-nothing-changed")),
        );
    }
    let surveyed = adopt::read(wizard, &Candidate::of(found)).await?;
    // Of which platform it is isn't known yet. What lets a mail program in stays in any case.
    let mut was = surveyed.ok_or_else(gone)?.as_it_is(&Permission::ALL);
    let names = wizard.names()?;
    let by_scope = was.roles.iter().any(|role| names.in_exchange(role));
    let profile = match !was.needed.is_empty() && !by_scope {
        true => profile_of_mail_program(wizard.profiles(), &was.name).ok_or_else(platform_unknown)?,
        // Its limit tells its platform.
        false if by_scope => ANY_PLATFORM.to_owned(),
        false => profile_for(wizard.profiles(), &was.name),
    };
    was.roles.retain(|role| !names.in_exchange(role));
    let goes_on = !was.grants.is_empty() || !was.roles.is_empty();
    if !goes_on {
        was.in_use.clear();
    }
    let app = wizard.key();
    wizard.record(Event::AppAdopted {
        app,
        as_it_was: was,
        answered: None,
    })?;
    if !goes_on {
        wizard.record(Event::Adopting { on: false })?;
    }
    Ok(profile)
}

/// Whether the limit of a connection that was found again isn't taken up yet.
pub fn lacks_limit(wizard: &Wizard) -> bool {
    let limit = wizard.notes().limit();
    let lacks = match observe::by_mail_program(wizard) {
        // Which mailboxes it opens nobody can list, so its entry is all that there is to take up.
        true => !limit.principal,
        false => limit.scope.is_none(),
    };
    wizard.state().found_again && lacks
}

/// Takes up what Exchange keeps of it: its entry, its scope with the mailboxes, its roles. The mailboxes are confirmed where
/// the scope names them one by one and those that must stay refused are known; otherwise somebody says which they are.
///
/// # Errors
/// As Exchange answers.
pub async fn limit(wizard: &mut Wizard, refused: &[MailboxId]) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-find-again"),
        EXCHANGE_ROLE,
        message!("exists-nothing-changed"),
    );
    if wizard.notes().adopted.is_some() {
        platform_by_scope(wizard, &doing).await?;
    }
    method_by_what_it_has(wizard, &doing).await?;
    let read = observe::exchange(wizard)
        .await?
        .map_err(|error| problem(&error, &doing))?;
    let (mailboxes, exact) = in_exchange(wizard, &read).await?;
    let text = |ids: &mut dyn Iterator<Item = MailboxId>| {
        let lines: Vec<String> = ids.map(|id| id.to_string()).collect();
        lines.join("\n")
    };
    let allowed = text(&mut mailboxes.iter().copied());
    let refused = text(&mut refused.iter().copied());
    choose_mailboxes::add(wizard, &allowed, &refused).await?;
    if exact && choose_mailboxes::missing(&wizard.state().mailboxes).is_empty() {
        choose_mailboxes::confirm(wizard).await?;
        read_back::limit(wizard).await?;
    }
    Ok(())
}

/// An app that was taken over doesn't carry its platform's name; the scope that holds it does.
async fn platform_by_scope(wizard: &mut Wizard, doing: &Doing) -> Result<(), Problem> {
    let names = wizard.names()?;
    let read = kept(wizard, doing).await?;
    let scopes = read.assignments.iter();
    let Some(platform) = scopes.filter_map(|held| names.platform_of(&held.scope)).next() else {
        return Ok(());
    };
    let known = wizard
        .profiles()
        .iter()
        .find(|profile| names.platform_of(&names.scope(&profile.name)) == Some(platform));
    let profile = known.map_or_else(|| ANY_PLATFORM.to_owned(), |profile| profile.id.clone());
    let name = platform.to_owned();
    let is_any = profile == ANY_PLATFORM;
    wizard.record(Event::PlatformChosen { profile })?;
    match is_any {
        true => wizard.record(Event::PlatformDescribed {
            name,
            permissions: Vec::new(),
        }),
        false => Ok(()),
    }
}

/// A platform that no profile knows is taken for one that goes by Graph, and one whose profile has several methods for one that
/// goes by the first of them. Where the app's roles say that it reaches mail otherwise,
/// or where it has none and is let in as a mail program, the profile that stands for any such platform takes its place: what
/// would be asked of another method would take away what the platform uses.
async fn method_by_what_it_has(wizard: &mut Wizard, doing: &Doing) -> Result<(), Problem> {
    let Some(own) = wizard.profile() else {
        return Ok(());
    };
    let (is_open, offered) = (own.open, own.methods.clone());
    if !is_open && offered.len() < 2 {
        return Ok(());
    }
    let (read, within) = (kept(wizard, doing).await?, scope_name(wizard)?);
    let roles = read.assignments.iter().filter(|held| held.scope == within);
    let roles: BTreeSet<Permission> = roles
        .filter_map(|held| Permission::of_exchange_role(&held.role))
        .collect();
    let grants = wizard.notes().grants.iter().flat_map(|(_, grants)| grants);
    let grants: Vec<&EntraGrant> = grants.collect();
    let known = Permission::ALL.into_iter();
    let lets_in = known.filter(|permission| grants.iter().any(|grant| permission.needs(grant)));
    let lets_in: Vec<Permission> = lets_in.collect();
    let of = roles
        .first()
        .or(lets_in.first())
        .map(|permission| permission.method());
    let Some(method) = of.filter(|method| *method != wizard.method()) else {
        return Ok(());
    };
    let permissions = match roles.is_empty() {
        true => lets_in,
        false => roles.into_iter().collect(),
    };
    if !is_open {
        return match offered.contains(&method) {
            true => {
                wizard.record(Event::MethodChosen { method })?;
                wizard.record(Event::OptionalChosen { permissions })
            }
            false => Err(platform_unknown()),
        };
    }
    let mut stands_for = wizard.profiles().iter();
    let Some(any) = stands_for.find(|profile| profile.open && profile.methods.contains(&method)) else {
        return Ok(());
    };
    let profile = any.id.clone();
    let name = platform_name(wizard)?;
    wizard.record(Event::PlatformChosen { profile })?;
    wizard.record(Event::MethodChosen { method })?;
    wizard.record(Event::PlatformDescribed { name, permissions })
}

/// What the platform is called, as far as what was found tells.
fn platform_name(wizard: &Wizard) -> Result<String, Problem> {
    Ok(match (&wizard.notes().adopted, wizard.profile()) {
        (Some(_), Some(profile)) => profile.name.clone(),
        _ => platform_of(&wizard.app()?.name).to_owned(),
    })
}

/// What Exchange keeps of the app, without what its scope matches.
async fn kept(wizard: &Wizard, doing: &Doing) -> Result<limit::Seen, Problem> {
    let exchange = wizard.exchange()?;
    let (principal, scope) = (wizard.principal()?, scope_name(wizard)?);
    let read = limit::seen(&exchange, principal, &scope, &by_id(&[]), 0).await;
    read.map(|(seen, _)| seen).map_err(|error| problem(&error, doing))
}

/// The id of the profile of this name, or of the one that stands for any platform.
fn profile_for(profiles: &[Profile], platform: &str) -> String {
    let known = profiles.iter().find(|profile| profile.name == platform);
    known.map_or_else(|| ANY_PLATFORM.to_owned(), |profile| profile.id.clone())
}

/// The id of the profile of a platform that reads mail as a mail program does and whose name stands in that of an app: an app
/// that was taken over carries no other mark of its platform. None stands for any such platform.
fn profile_of_mail_program(profiles: &[Profile], app: &str) -> Option<String> {
    let app = app.to_lowercase();
    let reads_so = |profile: &&Profile| profile.methods.iter().any(|method| method.is_by_mail_program());
    let mut reading = profiles.iter().filter(reads_so);
    let named = reading.find(|profile| app.contains(&profile.name.to_lowercase()));
    named.map(|profile| profile.id.clone())
}

fn platform_unknown() -> Problem {
    Problem::said(Code::ProfileInvalid, message!("finding-platform-unknown"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-nothing-changed"))
}

async fn app(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-find-again"),
        APP_ROLE,
        message!("exists-nothing-changed"),
    );
    let reading = observe::read(wizard, observe::Where::Entra, &doing).await?;
    let seen = observe::observed(wizard, &reading)?;
    let wanted = wanted(wizard)?;
    if let (Some(entra), Some(app)) = (&reading.entra, wanted.apps.get(&wizard.key())) {
        take_up::in_entra(wizard, entra, &seen, app)?;
    }
    read_back::app_and_permissions(wizard).await
}

/// Writes down what Exchange keeps of the app, as far as it is as a connection of ours makes it. The mailboxes of its scope, and
/// whether it names just these.
async fn in_exchange(wizard: &mut Wizard, read: &InExchange) -> Result<(BTreeSet<MailboxId>, bool), Problem> {
    let name = scope_name(wizard)?;
    let app = wizard.app()?;
    let is_ours = read
        .seen
        .principal
        .as_ref()
        .is_some_and(|id| id.eq_ignore_ascii_case(&app.client_id.to_string()));
    if !is_ours {
        return Ok((BTreeSet::new(), false));
    }
    let platform = platform_name(wizard)?;
    if !wizard.notes().limit().principal {
        let entry = Change::RegisterInExchange(RegisterInExchange { name: app.name });
        wizard.done(entry, Given::default())?;
    }
    let roles: BTreeSet<(Permission, String)> = read
        .seen
        .assignments
        .iter()
        .filter(|held| held.scope == name)
        .filter_map(|held| Some((Permission::of_exchange_role(&held.role)?, held.name.clone())))
        .collect();
    let own: BTreeSet<&str> = read
        .seen
        .assignments
        .iter()
        .map(|held| held.name.as_str())
        .collect();
    let shared = read
        .seen
        .within_scope
        .iter()
        .any(|held| !own.contains(held.name.as_str()));
    let chosen: BTreeSet<Permission> = roles.iter().map(|(permission, _)| *permission).collect();
    if chosen.is_empty() || shared || !wizard.names()?.in_exchange(&name) {
        return Ok((BTreeSet::new(), false));
    }
    describe(wizard, platform, &chosen)?;
    let (Some(filter), Some(census)) = (&read.seen.scope, &read.census) else {
        return Ok((BTreeSet::new(), false));
    };
    let mailboxes: BTreeSet<MailboxId> = census.known.keys().copied().collect();
    let exact = !census.more && census.others.is_empty() && names_only(filter, &mailboxes);
    let group = match of_filter(filter) {
        Some(named) => choose_mailboxes::group_named(wizard, &named).await?,
        None => None,
    };
    let scope = Change::SetScope(SetScope {
        name: name.clone(),
        exists: true,
        mailboxes: mailboxes.clone(),
        group: group.clone(),
    });
    wizard.done(scope, Given::default())?;
    for (permission, assignment) in roles {
        let role = Change::AssignRole(AssignRole {
            name: assignment,
            permission,
            scope: name.clone(),
        });
        wizard.done(role, Given::default())?;
    }
    if let Some(group) = group {
        choose_mailboxes::by_group(wizard, group).await?;
        return Ok((BTreeSet::new(), true));
    }
    if !exact {
        let app = wizard.key();
        wizard.record(Event::ScopeOpen { app })?;
    }
    Ok((mailboxes, exact))
}

/// What the platform was given, as the answers that would have asked for it.
fn describe(wizard: &mut Wizard, platform: String, chosen: &BTreeSet<Permission>) -> Result<(), Problem> {
    if wizard.profile().is_some_and(|profile| profile.open) {
        return wizard.record(Event::PlatformDescribed {
            name: platform,
            permissions: chosen.iter().copied().collect(),
        });
    }
    wizard.record(Event::OptionalChosen {
        permissions: chosen.iter().copied().collect(),
    })
}
