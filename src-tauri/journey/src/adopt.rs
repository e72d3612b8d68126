//! An app that somebody else registered, taken over while a platform uses it.
//!
//! It is looked for by an id or by its name, read, and what is wrong with it is said. Taking it over changes nothing in the
//! organisation: it is written down which grants and which secrets the admin took over with it, and they stay. What the
//! connection makes is made beside them by the same changes as in an onboarding ([`crate::carry_out`]). Once Microsoft's time
//! has passed and its own test agrees, the grants go ([`remove_old_permissions`]); the old secrets go as in a renewal, when a
//! person said that the platform has moved.

mod faults;

use std::collections::BTreeSet;

use calls::entra::THIS_ORGANISATION;
use calls::exchange::by_id;
use domain::grant::{EntraGrant, MICROSOFT_GRAPH, Opens};
use domain::ids::{AppObjectId, ClientId, MailboxId, ServicePrincipalId};
use domain::message;
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry};
use domain::step::StepId;
use engine::event::{Answered, AsItWas, Event, InUse, Policy};
use engine::progress::{Status, old_permissions_go_at, policies_go_at, status};
use jiff::Timestamp;
use microsoft::entra::rights::Right;
use microsoft::exchange::access_policies::{self, AccessPolicy};
use microsoft::exchange::limit;
use microsoft::graph::app_seen::{self, Live, Sought};
use microsoft::graph::app_standing::{self, AppStanding, FoundBy};
use microsoft::graph::applications::Application;
use microsoft::graph::existing::{self, Existing};
use microsoft::graph::service_principals::ServicePrincipal;
use plan::changes::{Change, RemoveAccessPolicy, SetAudience, TagApp, TagPrincipal};
use plan::compare::{Item, RowState, compare};
use plan::given::Given;
use plan::observed::Seen;
use plan::part::Role;
use uuid::Uuid;

pub use faults::{Fault, Held, Names, Weight};

use crate::carry_out::{changes_of, unannounced};
use crate::changes;
use crate::observe::{self, Where};
use crate::ownership::require_app;
use crate::parts::{self, Part, PartPlan};
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, GRANT_ROLE, problem};
use crate::read_back::{self, ReadBack};
use crate::steps::choose_mailboxes::{self, Behind};
use crate::wanted::{believed, wanted, without_old_grants};
use crate::wizard::{Wizard, internal};

/// What it takes to look for an app and to read it: in Entra, and its policies and roles in Exchange. What isn't read before it is
/// taken over would count as somebody else's for good.
pub const RIGHTS: &[Right] = &[Right::ReadApp, Right::Exchange];

/// An app that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Object id of the registration.
    pub object: AppObjectId,
    /// Client id.
    pub client: ClientId,
    /// Display name.
    pub name: String,
    /// When it was made, where Microsoft says.
    pub made_at: Option<Timestamp>,
    /// When the last of what signs in with it ends, where anything does.
    pub ends_at: Option<Timestamp>,
}

impl Candidate {
    /// A registration that was found by its marks.
    pub(crate) fn of(app: &Application) -> Self {
        Self {
            object: app.object_id,
            client: app.client_id,
            name: app.name.clone(),
            made_at: None,
            ends_at: None,
        }
    }
}

impl From<Existing> for Candidate {
    fn from(existing: Existing) -> Self {
        Self {
            object: existing.app.object_id,
            client: existing.app.client_id,
            name: existing.app.name,
            made_at: existing.made_at,
            ends_at: existing.ends.into_iter().flatten().max(),
        }
    }
}

/// What a look for apps found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The apps.
    pub apps: Vec<Candidate>,
    /// Whether there are more of the name.
    pub more: bool,
    /// Whether an id was looked for, and not a name.
    pub by_id: bool,
}

/// An app as it stands.
#[derive(Clone, Debug)]
pub struct Surveyed {
    /// Its registration and what signs in as it.
    live: Live,
    /// Its service principal, where it has one.
    principal: Option<ServicePrincipal>,
    /// What it is granted in Entra.
    grants: Vec<EntraGrant>,
    /// How its enterprise application stands; nothing where it has none.
    standing: Option<AppStanding>,
    /// What Exchange keeps of it, and which policies are about it, with what stands behind what each names; nothing where nobody
    /// who may read that is signed in.
    exchange: Option<(limit::Seen, Vec<(AccessPolicy, Behind)>)>,
    /// What is wrong with it, what matters most first.
    pub faults: Vec<Fault>,
}

impl Surveyed {
    /// The app: object id, client id, display name.
    pub fn app(&self) -> (AppObjectId, ClientId, &str) {
        let app = &self.live.app;
        (app.object_id, app.client_id, &app.name)
    }

    fn roles(&self) -> impl Iterator<Item = &limit::Assignment> {
        self.exchange.iter().flat_map(|(seen, _)| &seen.assignments)
    }

    fn policies(&self) -> impl Iterator<Item = &(AccessPolicy, Behind)> {
        self.exchange.iter().flat_map(|(_, policies)| policies)
    }

    /// How it stands, as it is written down where it is taken over. What its platform `needs` in Entra stays.
    pub(crate) fn as_it_is(&self, needs: &[Permission]) -> AsItWas {
        let app = &self.live.app;
        let credentials = self.live.credentials.iter();
        let principal = self.principal.as_ref();
        let needed = |grant: &EntraGrant| needs.iter().any(|permission| permission.needs(grant));
        let (needed, grants): (Vec<_>, Vec<_>) = self.grants.iter().cloned().partition(needed);
        AsItWas {
            object_id: app.object_id,
            client_id: app.client_id,
            name: app.name.clone(),
            tags: app.tags.iter().cloned().collect(),
            audience: app.audience.clone(),
            principal: principal.map(|principal| (principal.id, principal.tags.iter().cloned().collect())),
            grants: grants
                .into_iter()
                .filter(|grant| grant.opens != Opens::Nothing)
                .collect(),
            needed,
            in_exchange: self
                .exchange
                .as_ref()
                .is_some_and(|(seen, _)| seen.principal.is_some()),
            roles: self.roles().map(|held| held.name.clone()).collect(),
            in_use: credentials
                .map(|credential| InUse {
                    key: credential.key,
                    ends_at: credential.ends_at,
                    certificate: credential.certificate,
                })
                .collect(),
            policies: self
                .policies()
                .map(|(policy, _)| Policy {
                    identity: policy.identity.clone(),
                    scope: policy.scope.clone(),
                    of_all_apps: policy.of_all_apps,
                    restricts: policy.restricts,
                })
                .collect(),
        }
    }

    /// Whether it can be taken over.
    pub fn may_be_taken_over(&self) -> bool {
        self.faults.iter().all(|fault| fault.weight() != Weight::Bars)
    }
}

/// Says whether the connection takes over an app that is there.
///
/// # Errors
/// When the disk refuses.
pub fn choose(wizard: &mut Wizard, on: bool) -> Result<(), Problem> {
    if wizard.state().adopting == on || has_its_app(wizard) {
        return Ok(());
    }
    wizard.record(Event::Adopting { on })
}

/// Whether it is settled which app the connection is about, also where somebody deleted that one.
fn has_its_app(wizard: &Wizard) -> bool {
    status(wizard.state(), StepId::ExistingApp, wizard.now()) == Status::Done
}

/// Looks for apps: by an id, whichever of an app's ids it is, or by how the name begins. Changes nothing.
///
/// # Errors
/// As Microsoft answers.
pub async fn look(wizard: &Wizard, text: &str) -> Result<Found, Problem> {
    let doing = doing();
    let told = |error: microsoft::error::Error| problem(&error, &doing);
    let token = wizard.graph_token()?;
    let text = text.trim();
    if let Ok(id) = Uuid::try_parse(text) {
        let found = existing::by_id(wizard.http(), token, id).await.map_err(told)?;
        return Ok(Found {
            apps: found.into_iter().map(Candidate::from).collect(),
            more: false,
            by_id: true,
        });
    }
    let (apps, more) = existing::by_name(wizard.http(), token, text)
        .await
        .map_err(told)?;
    Ok(Found {
        apps: apps.into_iter().map(Candidate::from).collect(),
        more,
        by_id: false,
    })
}

fn doing() -> Doing {
    Doing::new(
        message!("doing-look-for-existing-app"),
        APP_ROLE,
        message!("exists-nothing-changed"),
    )
}

/// Reads an app and says what is wrong with it; nothing where it isn't there any more. Changes nothing.
///
/// # Errors
/// As Microsoft answers.
pub async fn read(wizard: &Wizard, candidate: &Candidate) -> Result<Option<Surveyed>, Problem> {
    let doing = doing();
    let told = |error: microsoft::error::Error| problem(&error, &doing);
    let token = wizard.graph_token()?;
    let sought = Sought {
        unique_name: wizard.names()?.unique(),
        ids: Some((candidate.object, candidate.client)),
        principal: None,
    };
    let seen = app_seen::read(wizard.http(), token, &sought)
        .await
        .map_err(told)?;
    // One that has this connection's name could be shown in its place.
    let live = seen.live.filter(|live| live.app.object_id == candidate.object);
    let Some(live) = live else { return Ok(None) };
    let mut standing = None;
    let mut in_exchange = None;
    if let Some(principal) = &seen.principal {
        let read = app_standing::read(
            wizard.http(),
            token,
            FoundBy::Id,
            candidate.object,
            candidate.client,
            principal.id,
        );
        standing = Some(read.await.map_err(told)?);
        in_exchange = Some(kept_in_exchange(wizard, candidate.client, principal.id).await?);
    }
    let mut surveyed = Surveyed {
        live,
        principal: seen.principal,
        grants: seen.grants.unwrap_or_default(),
        standing,
        exchange: in_exchange,
        faults: Vec::new(),
    };
    surveyed.faults = faults::of(&surveyed, &offered(wizard), wizard.now());
    Ok(Some(surveyed))
}

/// What Exchange keeps of an app, and which policies are about it.
async fn kept_in_exchange(
    wizard: &Wizard,
    client: ClientId,
    principal: ServicePrincipalId,
) -> Result<(limit::Seen, Vec<(AccessPolicy, Behind)>), Problem> {
    let doing = Doing::new(
        message!("doing-look-for-existing-app"),
        EXCHANGE_ROLE,
        message!("exists-nothing-changed"),
    );
    let told = |error: microsoft::error::Error| problem(&error, &doing);
    let exchange = wizard.exchange()?;
    let name = wizard.names()?.scope("");
    let (seen, _) = limit::seen(&exchange, principal, &name, &by_id(&[]), 0)
        .await
        .map_err(told)?;
    let mut policies = Vec::new();
    for policy in access_policies::of_app(&exchange, client).await.map_err(told)? {
        let behind = choose_mailboxes::behind(wizard, &policy.scope_id).await?;
        policies.push((policy, behind));
    }
    Ok((seen, policies))
}

/// What the platform's profile asks for or can be given: what the limit can take the place of.
fn offered(wizard: &Wizard) -> Vec<Permission> {
    let profile = wizard.profile();
    let asked = profile.into_iter().flat_map(|profile| &profile.permissions);
    asked.map(|asked| asked.permission).collect()
}

/// What the limit can give in the place of a grant: the same, or what includes it.
fn in_place_of(grant: &EntraGrant, offered: &[Permission]) -> Option<Permission> {
    let mut known = Permission::ALL.into_iter();
    let on_graph = grant.app_role && grant.api.eq_ignore_ascii_case(MICROSOFT_GRAPH);
    let same = known.find(|permission| on_graph && grant.permission == permission.name())?;
    offered_for(same, offered)
}

fn offered_for(permission: Permission, offered: &[Permission]) -> Option<Permission> {
    let including = || offered.iter().find(|one| one.includes(permission));
    let same = offered.iter().find(|one| **one == permission);
    same.or_else(including).copied()
}

/// Takes an app over: writes down how it stands, with the grants and the secrets that go with it, and gives the connection
/// what the app has, as far as its platform can be given that. The mailboxes that an access policy holds it to are put on the
/// list, but for those that one about every app shuts it out of. Changes nothing in the organisation.
///
/// # Errors
/// When the disk refuses.
pub fn take_over(wizard: &mut Wizard, surveyed: &Surveyed) -> Result<(), Problem> {
    if has_its_app(wizard) || !surveyed.may_be_taken_over() {
        return Err(internal("the app can't be taken over"));
    }
    let (into, out): (Vec<_>, Vec<_>) = surveyed.policies().partition(|(policy, _)| policy.restricts);
    let into = into.into_iter().map(|(_, behind)| behind.clone()).collect();
    let out: Vec<MailboxId> = out
        .into_iter()
        .flat_map(|(_, behind)| behind.mailboxes())
        .collect();
    let mailboxes = choose_mailboxes::with_those_of(wizard, into, &out);
    let offered = offered(wizard);
    let as_it_was = surveyed.as_it_is(&offered);
    let by_role = surveyed.roles();
    let by_role = by_role.filter_map(|held| offered_for(Permission::of_exchange_role(&held.role)?, &offered));
    let by_grant = as_it_was.grants.iter();
    let by_grant = by_grant.filter_map(|grant| in_place_of(grant, &offered));
    let app = wizard.key();
    // What the platform does today it goes on doing, where its profile knows of it.
    let answered = Answered {
        optional: by_grant.chain(by_role).collect(),
        mailboxes,
    };
    wizard.record(Event::AppAdopted {
        app,
        as_it_was,
        answered: Some(Box::new(answered)),
    })
}

/// Whether the old permissions may go now.
pub fn is_in_force(wizard: &Wizard) -> bool {
    old_permissions_go_at(wizard.state()).is_some_and(|from| from <= wizard.now())
}

/// What it takes to take away what is planned: the limit and Microsoft's own test of it are read in Exchange before, and the
/// app in Entra. The right to remove grants is asked for only where there are any.
pub fn rights_to_remove(wizard: &Wizard) -> Vec<Right> {
    let removes_grants = without_old_grants(wizard).is_ok_and(|wanted| {
        let planned = changes_of(&compare(&wanted, &believed(wizard)), Part::Permissions);
        planned.iter().any(|change| change.role() == Role::Grants)
    });
    let removes = removes_grants.then_some(Right::RemoveGrants);
    RIGHTS.iter().copied().chain(removes).collect()
}

/// The roles that have these rights, as far as reading takes none of its own.
pub fn roles_to_remove(wizard: &Wizard) -> Vec<&'static str> {
    let rights = rights_to_remove(wizard);
    let roles = [
        (Right::RemoveGrants, GRANT_ROLE),
        (Right::Exchange, EXCHANGE_ROLE),
    ];
    let of_rights = roles.into_iter().filter(|(right, _)| rights.contains(right));
    of_rights.map(|(_, role)| role).collect()
}

/// What is taken away once the limit is in force, as it is remembered.
pub fn removal(wizard: &Wizard) -> PartPlan {
    parts::plan_towards(wizard, Part::Permissions, without_old_grants)
}

/// Takes the permissions in Entra away that were taken over with the app. Before that it reads that the limit stands as it was
/// asked for, that Microsoft's own test lets the app into every mailbox through it, and that Microsoft takes the new secret.
///
/// # Errors
/// As Microsoft answers, and where the limit isn't as it was set.
pub async fn remove_old_permissions(wizard: &mut Wizard) -> Result<(), Problem> {
    if !is_in_force(wizard) {
        return Ok(());
    }
    wizard.forget_reading();
    if read_back::which_limit(wizard).await? == ReadBack::Another {
        // It is set again, and waited for again, before anything is taken away.
        let app = wizard.key();
        wizard.record(Event::LimitFoundOtherwise { app })?;
        return Err(read_back::another_limit());
    }
    match observe::by_mail_program(wizard) {
        true => read_back::mailboxes_open(wizard).await?,
        false => read_back::secret_works(wizard).await?,
    }
    let wanted = without_old_grants(wizard)?;
    let told = changes_of(&compare(&wanted, &believed(wizard)), Part::Permissions);
    let doing = Doing::new(message!("doing-read-grants"), APP_ROLE, message!("exists-app"));
    let mut reading = read_back::live(wizard, &doing).await?;
    reading.exchange = observe::read(wizard, Where::Exchange, &doing).await?.exchange;
    let seen = observe::observed(wizard, &reading)?;
    let changes = changes_of(&compare(&wanted, &seen), Part::Permissions);
    if unannounced(&changes, &told) {
        return read_back::permissions(wizard).await;
    }
    let (grants, roles): (Vec<Change>, Vec<Change>) = told
        .into_iter()
        .partition(|change| matches!(change, Change::RemoveGrant(_)));
    // A role that one list lacks may be hidden by a server that lags behind: a removal of what is gone changes nothing.
    for change in grants
        .iter()
        .filter(|change| changes.contains(change))
        .chain(&roles)
    {
        changes::make(wizard, change, &reading).await?;
    }
    read_back::taken_from_exchange(wizard, &roles).await?;
    for change in roles {
        wizard.done(change, Given::default())?;
    }
    read_back::permissions(wizard).await
}

/// Whether an access policy that was taken over may go now; see [`policies_go_at`].
pub fn policies_may_go(wizard: &Wizard) -> bool {
    policies_go_at(wizard.state()).is_some_and(|from| from <= wizard.now())
}

/// Takes an access policy away that was taken over with the app. Before that everything is read that the app is granted in Entra:
/// the policy stays while it limits anything of that.
///
/// Whether it is gone. It isn't where somebody put another one in its place.
///
/// # Errors
/// As Microsoft answers, and where something was granted since.
pub async fn remove_policy(wizard: &mut Wizard, identity: &str) -> Result<bool, Problem> {
    if !policies_may_go(wizard) {
        return Ok(false);
    }
    wizard.forget_reading();
    let doing = changes::doing_remove_policy();
    let reading = read_back::live(wizard, &doing).await?;
    let client = wizard.app()?.client_id;
    let there = access_policies::of_app(&wizard.exchange()?, client)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let (mut seen, mut wanted) = (observe::observed(wizard, &reading)?, wanted(wizard)?);
    let key = wizard.key();
    if let (Some(app), Some(wanted)) = (seen.apps.get_mut(&key), wanted.apps.get_mut(&key)) {
        wanted.without_policies.insert(identity.to_owned());
        // Somebody may have put one that denies in its place, which is about the same group and has the same identity.
        let as_it_was = |identity: &String| {
            let same = |policy: &&AccessPolicy| policy.identity == *identity && policy.restricts;
            there.iter().any(|policy| same(&policy) && !policy.of_all_apps)
        };
        if let Seen::Known(policies) = &mut app.policies {
            policies.retain(|identity, _| as_it_was(identity));
        }
    }
    let item = Item::AccessPolicy(identity.to_owned());
    let rows = compare(&wanted, &seen).rows;
    match rows.into_iter().find(|row| row.item == item).map(|row| row.state) {
        Some(RowState::Change(change)) => changes::make(wizard, &change, &reading).await.map(|_| true),
        Some(_) => Err(still_limits()),
        None => {
            let notes = wizard
                .notes()
                .old_policies()
                .find(|(known, _)| *known == identity);
            let gone = notes.map(|(identity, policy)| RemoveAccessPolicy {
                identity: identity.clone(),
                group: policy.group.clone(),
            });
            if let Some(gone) = gone {
                wizard.done(Change::RemoveAccessPolicy(gone), Given::default())?;
            }
            Ok(!there.iter().any(|policy| policy.identity == identity))
        }
    }
}

/// Somebody granted something since that the policy limits.
fn still_limits() -> Problem {
    Problem::said(Code::ScopeTooBroad, message!("making-policy-still-limits"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-policy"))
}

/// Whether accounts of other organisations can use the app that was taken over, as far as is remembered: the plan closes it to
/// them.
pub fn is_open_to_others(wizard: &Wizard) -> bool {
    let notes = wizard.notes();
    let app = notes.made.registration.known().and_then(Option::as_ref);
    notes.adopted.is_some() && app.is_some_and(|app| app.audience != THIS_ORGANISATION)
}

/// Whether giving the app back lets accounts of other organisations use it again.
pub fn opens_again(wizard: &Wizard) -> bool {
    let was = wizard.notes().adopted.as_ref();
    was.is_some_and(|was| was.audience != THIS_ORGANISATION) && !is_open_to_others(wizard)
}

/// Gives an app back that was taken over, before anything of it was taken away: our tags go, whose accounts may use it is as
/// it was, and so are the answers. What somebody changed of it meanwhile stays.
///
/// # Errors
/// As Microsoft answers.
pub(crate) async fn let_go(wizard: &mut Wizard, was: &AsItWas) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-change-app"),
        APP_ROLE,
        message!("exists-app-as-it-was"),
    );
    let reading = observe::read(wizard, Where::Entra, &doing).await?;
    let marks = wizard.names()?.adopted_tags();
    let without = |tags: &[String], was: &BTreeSet<String>| -> BTreeSet<String> {
        let theirs = tags
            .iter()
            .filter(|tag| !marks.contains(tag) || was.contains(*tag));
        theirs.cloned().collect()
    };
    let mut back = Vec::new();
    if let Some(entra) = &reading.entra {
        let principal_was = was.principal.clone().map(|(_, tags)| tags).unwrap_or_default();
        if let Some(principal) = &entra.principal {
            let tags = without(&principal.tags, &principal_was);
            if tags.len() != principal.tags.len() {
                back.push(Change::TagPrincipal(TagPrincipal { tags }));
            }
        }
        if let Some(live) = &entra.live {
            require_app(&live.app, wizard.state())?;
            if live.app.audience == THIS_ORGANISATION && was.audience != THIS_ORGANISATION {
                back.push(Change::SetAudience(SetAudience {
                    audience: was.audience.clone(),
                }));
            }
            let tags = without(&live.app.tags, &was.tags);
            if tags.len() != live.app.tags.len() {
                back.push(Change::TagApp(TagApp { tags }));
            }
        }
    }
    for change in &back {
        changes::make(wizard, change, &reading).await?;
    }
    let app = wizard.key();
    wizard.record(Event::AppLetGo { app })
}

/// The app of this object id among those that were found.
pub fn with_id(found: &Found, object: AppObjectId) -> Option<&Candidate> {
    found.apps.iter().find(|candidate| candidate.object == object)
}
