//! Who does the work, in which organisation, and what that sign-in may do.
//!
//! Signing in changes nothing but the consent that Microsoft's own page asks for. Each person is asked only for what
//! the parts need that are left and that this person can do; somebody else may come for the rest, and what each of them
//! made stays known. The pre-flight reads only, and says in one sentence what is ready and whom to ask for the rest.
//! The organisation is bound to the connection once it is confirmed: a later sign-in elsewhere is refused before
//! anything is sent.

use domain::message;
use domain::message::{Arg, Kind, Message, Voice};
use domain::problem::{Code, Evidence, Problem, Retry};
use domain::step::StepId;
use engine::event::{Admin, Event, Organisation};
use engine::progress::{Status, status};
use engine::state::State;
use microsoft::cloud::PublicClient;
use microsoft::entra::claims::Claims;
use microsoft::entra::rights::{Right, Scope, WHO, graph_scopes};
use microsoft::entra::sign_in::{AdminTokens, Ask, SignInError, Visit, sign_in};
use microsoft::error::Error;
use microsoft::exchange::{self, Exchange};
use microsoft::graph::organisation::{self, Me, Survey};
use microsoft::http::Http;
use url::Url;

use crate::adopt;
use crate::client_id;
use crate::entra_refusals::{self, Leg};
use crate::preflight::{APPLICATION, CLOUD_APPLICATION, EXCHANGE, GLOBAL, PRIVILEGED, Read, preflight};
use crate::problems::{APP_ROLE, Doing, problem};
use crate::secret_life;
use crate::wizard::Wizard;

/// Opens an address in the system's browser.
pub type OpenBrowser<'a> = &'a (dyn Fn(&Url) + Send + Sync);

/// What a sign-in needs, apart from the wizard, so that the window stays answerable meanwhile.
pub struct Attempt {
    http: Http,
    client: PublicClient,
    wanted: Vec<Right>,
}

/// A sign-in that came to an end, with what the pre-flight read.
pub struct SignedIn {
    tokens: AdminTokens,
    wanted: Vec<Right>,
    me: Me,
    organisation: Organisation,
    survey: Survey,
    exchange: Option<Result<Option<bool>, Error>>,
}

impl SignedIn {
    /// The organisation that somebody signed in to.
    pub fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    pub(crate) fn graph_token(&self) -> &domain::secret::Secret {
        &self.tokens.graph.token
    }
}

/// How a visit of the browser ended.
pub enum Came {
    /// Somebody signed in.
    Somebody(Box<SignedIn>),
    /// Somebody pressed Cancel on Microsoft's page, which is a decision and not a problem.
    Nobody,
}

/// Chooses the public client that signs in: one that is offered, or an app of the organisation by its id. What can't be
/// an id is refused, with one sentence for the field.
pub fn choose_client(wizard: &mut Wizard, client: &str) -> Result<Result<(), Message>, Problem> {
    let offered = wizard
        .http()
        .cloud()
        .clients
        .iter()
        .any(|known| known.id == client);
    let client = if offered {
        client.to_owned()
    } else {
        match client_id::read(client) {
            Ok(id) => id.to_string(),
            Err(words) => return Ok(Err(words)),
        }
    };
    if wizard.state().client.as_ref() != Some(&client) {
        wizard.record(Event::ClientChosen { client })?;
    }
    Ok(Ok(()))
}

/// What the parts need that are left: the app and its secret are made by whoever may, and read by whoever comes after.
pub fn rights_left(state: &State, now: jiff::Timestamp) -> Vec<Right> {
    let made = [StepId::App, StepId::Secret, StepId::OldSecret]
        .into_iter()
        .all(|step| status(state, step, now) == Status::Done);
    let grants = state.app_roles_are_left().then_some(Right::GrantAppRole);
    let rest = [
        if made { Right::ReadApp } else { Right::MakeApp },
        Right::Exchange,
    ];
    rest.into_iter().chain(grants).collect()
}

/// What it takes to open a step.
pub fn rights_to_open(step: StepId) -> &'static [Right] {
    match step {
        StepId::Platform
        | StepId::Method
        | StepId::SignIn
        | StepId::App
        | StepId::Secret
        | StepId::Export
        | StepId::OldSecret => &[],
        StepId::Permissions => &[Right::ReadApp],
        // Also what Exchange keeps of the app is read before it is taken over.
        StepId::ExistingApp => adopt::RIGHTS,
        StepId::OldPermissions => &[],
        StepId::Mailboxes | StepId::Limit | StepId::Protocols => &[Right::Exchange],
        StepId::Verify => &[Right::ReadApp, Right::Exchange],
    }
}

/// What it takes to do or take back what a step plans.
pub fn rights_to_act(state: &State, step: StepId) -> &'static [Right] {
    match step {
        StepId::Permissions if state.app_roles_are_left() => &[Right::ReadApp, Right::GrantAppRole],
        StepId::App | StepId::Secret | StepId::OldSecret => &[Right::MakeApp],
        // The right to remove grants is far stronger, and is asked for by the press that removes any.
        StepId::OldPermissions => adopt::RIGHTS,
        // What is sealed is compared with the organisation as it is then.
        StepId::Export => rights_to_open(StepId::Verify),
        step => rights_to_open(step),
    }
}

/// What it takes to look again at what a step made.
pub fn rights_to_check(step: StepId) -> &'static [Right] {
    match step {
        StepId::App | StepId::Secret | StepId::OldSecret | StepId::OldPermissions => &[Right::ReadApp],
        step => rights_to_open(step),
    }
}

/// Prepares a sign-in with the chosen client, or with the cloud's first, for what is left to be done and for `also`.
/// A client that isn't one, such as an older version kept, is refused before any browser opens.
pub fn attempt(wizard: &Wizard, also: &[Right]) -> Result<Attempt, Message> {
    let cloud = wizard.http().cloud();
    let client = match (wizard.state().client.as_deref(), cloud.clients.first()) {
        (None, Some(first)) => first.clone(),
        (None, None) => return Err(message!("client-id-not-chosen")),
        (Some(id), _) => match cloud.clients.iter().find(|client| client.id == id) {
            Some(offered) => offered.clone(),
            None => cloud.own_client(&client_id::read(id)?.to_string()),
        },
    };
    let mut wanted = rights_left(wizard.state(), wizard.now());
    wanted.extend(also);
    wanted.sort_unstable();
    wanted.dedup();
    Ok(Attempt {
        http: wizard.http().clone(),
        client,
        wanted,
    })
}

struct Browser<'a> {
    voice: &'a Voice,
    http: &'a Http,
    open: OpenBrowser<'a>,
    wanted: &'a [Right],
}

impl Visit for Browser<'_> {
    fn voice(&self) -> Voice {
        self.voice.clone()
    }

    fn open(&self, address: &Url) {
        (self.open)(address);
    }

    fn next(&self, came: &Claims) -> Vec<Ask> {
        asks(self.wanted, came.roles.as_deref())
    }

    async fn user_name(&self, graph: &domain::secret::Secret) -> Result<String, Error> {
        organisation::me(self.http, graph).await.map(|me| me.user_name)
    }
}

/// What everybody is asked for: the names of scopes, and why.
pub fn asked_of_everybody() -> &'static [Scope] {
    &WHO
}

/// What is asked for these rights beside that, without what Exchange is asked for.
pub fn asked_scopes(rights: &[Right]) -> Vec<Scope> {
    graph_scopes(rights)
}

/// What to ask this person for. Whoever can't accept something themselves is asked quietly, which succeeds only where it
/// was accepted before and never shows a page that ends in "Need admin approval" (microsoft-facts §2.7: who may accept).
fn asks(wanted: &[Right], roles: Option<&[String]>) -> Vec<Ask> {
    let may =
        |holders: &[&str]| roles.is_none_or(|held| held.iter().any(|role| holders.contains(&role.as_str())));
    let of_graph: Vec<Right> = wanted
        .iter()
        .copied()
        .filter(|right| *right != Right::Exchange)
        .collect();
    let mut asks = Vec::new();
    if !of_graph.is_empty() {
        asks.push(Ask {
            rights: of_graph,
            quiet: !may(&[GLOBAL, PRIVILEGED, APPLICATION, CLOUD_APPLICATION]),
        });
    }
    if wanted.contains(&Right::Exchange) {
        // A role group of Exchange's own gives the right without a directory role, so it is asked for all the same.
        asks.push(Ask {
            rights: vec![Right::Exchange],
            quiet: !may(&[GLOBAL, EXCHANGE]),
        });
    }
    asks
}

/// Signs in and reads everything that the pre-flight needs. `voice` says what the browser shows at the end.
pub async fn act(attempt: &Attempt, open: OpenBrowser<'_>, voice: &Voice) -> Result<Came, Problem> {
    let http = &attempt.http;
    let browser = Browser {
        voice,
        http,
        open,
        wanted: &attempt.wanted,
    };
    let mut tokens = match sign_in(http, &attempt.client, &browser).await {
        Ok(tokens) => tokens,
        Err(SignInError::Cancelled) => return Ok(Came::Nobody),
        Err(error) => return Err(sign_in_problem(error)),
    };
    let doing = Doing::new(message!("doing-read-who"), APP_ROLE, unchanged());
    let survey = organisation::survey(http, &tokens.graph.token, |scopes| {
        scopes.iter().any(|scope| tokens.graph.scopes.contains(*scope))
    })
    .await
    .map_err(|error| problem(&error, &doing))?;
    let me = survey.me.clone().map_err(|error| problem(&error, &doing))?;
    let (tenant, name, domain) = survey
        .organisation
        .clone()
        .map_err(|error| problem(&error, &doing))?;
    let mut exchange = None;
    if let Some(token) = &tokens.exchange {
        let asked = Exchange {
            http,
            token,
            tenant,
            user_name: &me.user_name,
        };
        exchange = Some(exchange::organisation::customised(&asked).await);
    }
    // A token that Exchange doesn't let in is no right to Exchange.
    if let Some(Err(error)) = &exchange
        && matches!(error.status(), Some(401 | 403))
    {
        tokens.exchange = None;
    }
    Ok(Came::Somebody(Box::new(SignedIn {
        tokens,
        wanted: attempt.wanted.clone(),
        me,
        organisation: Organisation { tenant, name, domain },
        survey,
        exchange,
    })))
}

/// What a sign-in leaves behind.
fn unchanged() -> Message {
    message!("signing-in-unchanged")
}

/// Takes a finished sign-in over, unless it is of another organisation than this connection's. The answer says whether
/// it is somebody else than before.
pub fn adopt(wizard: &mut Wizard, signed_in: SignedIn) -> Result<bool, Problem> {
    if let Some(bound) = &wizard.state().organisation
        && (wizard.state().confirmed || wizard.notes().app().is_some())
        && bound.tenant != signed_in.organisation.tenant
    {
        let organisation = |organisation: &Organisation| Arg::name(Kind::Organisation, &organisation.name);
        return Err(Problem::said(
            Code::SignInOtherOrganisation,
            message!(
                "signing-in-another-organisation",
                theirs = organisation(&signed_in.organisation),
                ours = organisation(bound)
            ),
        )
        .retry(Retry::AfterYouAct)
        .exists(message!("signing-in-neither-changed")));
    }
    // What the sign-in read came with Microsoft's time.
    wizard.require_clock(unchanged())?;
    let held: Vec<Right> = [
        Right::ReadApp,
        Right::MakeApp,
        Right::RemoveGrants,
        Right::GrantAppRole,
        Right::Exchange,
    ]
    .into_iter()
    .filter(|right| signed_in.tokens.holds(*right))
    .collect();
    let own = wizard
        .connection()
        .map(crate::ownership::unique_name)
        .unwrap_or_default();
    let platform = wizard
        .profile()
        .map(|profile| profile.name.clone())
        .unwrap_or_default();
    let preflight = preflight(&Read {
        wanted: &signed_in.wanted,
        held: &held,
        survey: &signed_in.survey,
        roles: signed_in.tokens.claims.roles.as_deref(),
        exchange: signed_in.exchange.as_ref(),
        clock_off: wizard.http().skew().map(|skew| skew.as_secs()),
        takes_certificates: secret_life::takes_certificates(wizard),
        own: &own,
        platform: &platform,
        before: wizard.state().preflight.as_ref(),
    });
    let somebody_else = wizard
        .state()
        .admin
        .as_ref()
        .is_some_and(|before| before.id != signed_in.me.id);
    let user_name = signed_in.me.user_name.clone();
    wizard.record(Event::SignedIn {
        admin: Admin {
            id: signed_in.me.id,
            name: signed_in.me.name,
            user_name: signed_in.me.user_name,
        },
        organisation: signed_in.organisation,
        preflight,
    })?;
    wizard.keep_tokens(signed_in.tokens, user_name);
    Ok(somebody_else)
}

/// The admin says that this is the right organisation.
pub fn confirm(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().confirmed {
        Ok(())
    } else {
        wizard.record(Event::OrganisationConfirmed)
    }
}

/// The admin wants another organisation. Once something was made, the connection stays where it is, and whoever comes
/// next adds to what the one before may do.
pub fn use_another(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.notes().app().is_none() && wizard.notes().open.is_empty() {
        wizard.sign_out();
        wizard.record(Event::OrganisationDropped)?;
    }
    Ok(())
}

fn sign_in_problem(error: SignInError) -> Problem {
    let doing = Doing::new(message!("doing-finish-sign-in"), APP_ROLE, unchanged());
    match error {
        SignInError::Port(error) => Problem::said(Code::SignInPort, message!("signing-in-no-port"))
            .exists(unchanged())
            .evidence(Evidence {
                message: Some(error.kind().to_string()),
                ..Evidence::default()
            }),
        SignInError::TimedOut => {
            Problem::said(Code::SignInTimedOut, message!("signing-in-nobody-came")).exists(unchanged())
        }
        SignInError::Cancelled => {
            Problem::said(Code::SignInDeclined, message!("signing-in-cancelled")).exists(unchanged())
        }
        SignInError::Declined(refusal) => {
            let mut told = refused(&Error::Refused(refusal), &doing);
            // Nothing was called: the browser brought the answer.
            told.evidence.status = None;
            told.evidence.at = None;
            told
        }
        SignInError::Microsoft(error) => refused(&error, &doing),
    }
}

/// The problem of a sign-in; what has no words of its own is told as a sign-in all the same.
fn refused(error: &Error, doing: &Doing) -> Problem {
    let told = problem(error, doing);
    let has_words = match error {
        Error::Refused(refusal) => {
            refusal.status >= 500 || entra_refusals::row(Leg::Admin, refusal).is_some()
        }
        _ => true,
    };
    if has_words {
        return told;
    }
    Problem {
        code: Code::SignInDeclined,
        words: message!("signing-in-ended-by-microsoft"),
        happened: None,
        ..told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(held: &[&str]) -> Vec<String> {
        held.iter().map(|role| (*role).to_owned()).collect()
    }

    /// What is shown to whom: nobody meets a page that asks for more than they can accept.
    #[test]
    fn each_person_is_asked_for_their_own_part() {
        let both = [Right::MakeApp, Right::Exchange];
        let quiet = |wanted: &[Right], held: &[&str]| -> Vec<bool> {
            asks(wanted, Some(&roles(held)))
                .iter()
                .map(|ask| ask.quiet)
                .collect()
        };
        assert_eq!(quiet(&both, &[GLOBAL]), [false, false]);
        assert_eq!(quiet(&both, &[APPLICATION, EXCHANGE]), [false, false]);
        assert_eq!(quiet(&both, &[CLOUD_APPLICATION]), [false, true]);
        assert_eq!(quiet(&both, &[EXCHANGE]), [true, false]);
        assert_eq!(quiet(&both, &[]), [true, true]);
        // An opaque token says nothing, so everything is asked for openly.
        assert!(asks(&both, None).iter().all(|ask| !ask.quiet));
        assert_eq!(asks(&[Right::RemoveGrants], Some(&roles(&[GLOBAL]))).len(), 1);
    }

    #[test]
    fn the_second_half_never_asks_for_what_makes_apps() {
        let left = [Right::ReadApp, Right::Exchange];
        for ask in asks(&left, Some(&roles(&[EXCHANGE]))) {
            let scopes = graph_scopes(&ask.rights);
            assert!(
                scopes
                    .iter()
                    .all(|(scope, _)| *scope != "Application.ReadWrite.All")
            );
        }
    }

    #[test]
    fn a_refusal_that_the_browser_brings_has_its_own_words() {
        let declined = |code: &str| {
            sign_in_problem(SignInError::Declined(Box::new(microsoft::error::Refusal {
                call: "GET /authorize".into(),
                code: code.into(),
                ..Default::default()
            })))
        };
        assert_eq!(declined("AADSTS50105").code, Code::SignInNotAssigned);
        assert_eq!(declined("AADSTS53003").code, Code::SignInBlocked);
        assert_eq!(declined("AADSTS500113").code, Code::SignInClient);
        let needs_admin = declined("AADSTS90094");
        assert_eq!(needs_admin.code, Code::RoleMissing);
        assert!(needs_admin.request.is_some());
        assert_eq!(declined("server_error").code, Code::SignInDeclined);
        assert_eq!(declined("AADSTS50058").code, Code::SignInExpired);
    }
}
