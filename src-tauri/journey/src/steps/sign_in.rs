//! Who does the work, in which organisation, and what that sign-in may do.
//!
//! Signing in changes nothing but the consent that Microsoft's own page asks for. The pre-flight reads only, and says
//! in one sentence what is ready and whom to ask for the rest. The organisation is bound to the connection once it is
//! confirmed: a later sign-in elsewhere is refused before anything is sent.

use domain::problem::{Code, Evidence, Problem, Retry, Who};
use engine::event::{Admin, Event, Organisation, Preflight, PreflightCheck, Readiness};
use microsoft::cloud::PublicClient;
use microsoft::entra::sign_in::{AdminTokens, SignInError, Visit, sign_in};
use microsoft::error::Error;
use microsoft::exchange::Exchange;
use microsoft::exchange::cmdlet::Cmdlet;
use microsoft::graph::organisation::{self, Me, Survey};
use microsoft::http::Http;
use serde_json::Value;
use std::sync::Mutex;
use url::Url;

use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE, POLICY_ROLE, problem};
use crate::wizard::Wizard;

/// Opens an address in the system's browser.
pub type OpenBrowser<'a> = &'a (dyn Fn(&Url) -> Result<(), String> + Send + Sync);

/// What a sign-in needs, apart from the wizard, so that the window stays answerable meanwhile.
pub struct Attempt {
    http: Http,
    client: PublicClient,
}

/// A sign-in that came to an end, with what the pre-flight read.
pub struct SignedIn {
    tokens: AdminTokens,
    me: Me,
    organisation: Organisation,
    survey: Survey,
    exchange: Result<Vec<Value>, Error>,
}

/// Chooses the public client that signs in.
pub fn choose_client(wizard: &mut Wizard, client: &str) -> Result<(), Problem> {
    if wizard.state().client.as_deref() == Some(client) {
        return Ok(());
    }
    wizard.record(Event::ClientChosen {
        client: client.to_owned(),
    })
}

/// Prepares a sign-in with the chosen client, or with the cloud's first.
pub fn attempt(wizard: &Wizard) -> Attempt {
    let cloud = wizard.http().cloud();
    let chosen = wizard.state().client.as_deref();
    let client = match chosen {
        Some(id) => cloud
            .clients
            .iter()
            .find(|client| client.id == id)
            .cloned()
            .unwrap_or_else(|| cloud.own_client(id)),
        None => cloud
            .clients
            .first()
            .cloned()
            .unwrap_or_else(|| cloud.own_client("")),
    };
    Attempt {
        http: wizard.http().clone(),
        client,
    }
}

struct Browser<'a> {
    http: &'a Http,
    open: OpenBrowser<'a>,
    me: Mutex<Option<Me>>,
}

impl Visit for Browser<'_> {
    fn open(&self, address: &Url) -> Result<(), String> {
        (self.open)(address)
    }

    async fn user_name(&self, graph: &domain::secret::Secret) -> Result<String, Error> {
        let me = organisation::me(self.http, graph).await?;
        let name = me.user_name.clone();
        if let Ok(mut slot) = self.me.lock() {
            *slot = Some(me);
        }
        Ok(name)
    }
}

/// Signs in and reads everything that the pre-flight needs. `extra_scopes` are asked for on top.
pub async fn act(
    attempt: &Attempt,
    extra_scopes: &[&str],
    open: OpenBrowser<'_>,
) -> Result<SignedIn, Problem> {
    let http = &attempt.http;
    let browser = Browser {
        http,
        open,
        me: Mutex::new(None),
    };
    let tokens = sign_in(http, &attempt.client, extra_scopes, &browser)
        .await
        .map_err(sign_in_problem)?;
    let doing = Doing::new(
        "read who is signed in",
        APP_ROLE,
        "Nothing was changed in your organisation.",
    );
    let me = match browser.me.into_inner().ok().flatten() {
        Some(me) => me,
        None => organisation::me(http, &tokens.graph)
            .await
            .map_err(|error| problem(&error, &doing))?,
    };
    let survey = organisation::survey(http, &tokens.graph)
        .await
        .map_err(|error| problem(&error, &doing))?;
    let (tenant, name, domain) = survey
        .organisation
        .clone()
        .map_err(|error| problem(&error, &doing))?;
    let exchange = Exchange {
        http,
        token: &tokens.exchange,
        tenant,
        user_name: &me.user_name,
    };
    let exchange = exchange.run(&Cmdlet::new("Get-OrganizationConfig")).await;
    Ok(SignedIn {
        tokens,
        me,
        organisation: Organisation { tenant, name, domain },
        survey,
        exchange,
    })
}

/// Takes a finished sign-in over, unless it is of another organisation than this connection's.
pub fn adopt(wizard: &mut Wizard, signed_in: SignedIn) -> Result<(), Problem> {
    if let Some(bound) = &wizard.state().organisation
        && wizard.state().confirmed
        && bound.tenant != signed_in.organisation.tenant
    {
        return Err(Problem::new(
            Code::SignInOtherOrganisation,
            "That's another organisation",
            format!("The sign-in belongs to {}, and this connection to {}.", signed_in.organisation.name, bound.name),
            "A connection stays with the organisation it was begun in, so that nothing is made in the wrong one.",
            format!("Sign in with an account of {}, or begin a new connection.", bound.name),
        )
        .retry(Retry::AfterYouAct)
        .exists("Nothing was changed in either organisation."));
    }
    let preflight = preflight(&signed_in.survey, &signed_in.exchange, wizard);
    let admin = Admin {
        id: signed_in.me.id,
        name: signed_in.me.name,
        user_name: signed_in.me.user_name,
    };
    wizard.record(Event::SignedIn {
        admin,
        organisation: signed_in.organisation,
        preflight,
    })?;
    wizard.keep_tokens(signed_in.tokens);
    Ok(())
}

/// The admin says that this is the right organisation.
pub fn confirm(wizard: &mut Wizard) -> Result<(), Problem> {
    if wizard.state().confirmed {
        Ok(())
    } else {
        wizard.record(Event::OrganisationConfirmed)
    }
}

/// The admin wants another organisation. Once something was made, the connection stays where it is.
pub fn use_another(wizard: &mut Wizard) -> Result<(), Problem> {
    wizard.sign_out();
    if wizard.state().app.is_none() && wizard.state().open_intents.is_empty() {
        wizard.record(Event::OrganisationDropped)?;
    }
    Ok(())
}

// Template ids of directory roles (microsoft-facts §2.7).
const GLOBAL: &str = "62e90394-69f5-4237-9190-012177145e10";
const APPLICATION: &str = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
const CLOUD_APPLICATION: &str = "158c047a-c907-4556-b7ef-446551a6b5f7";
const APPLICATION_DEVELOPER: &str = "cf1c38e5-3621-4004-a7cb-879624dced7c";
const EXCHANGE: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/// What the pre-flight makes of what was read.
fn preflight(survey: &Survey, exchange: &Result<Vec<Value>, Error>, wizard: &Wizard) -> Preflight {
    let holds = |roles: &[&str]| {
        survey
            .roles
            .as_ref()
            .map(|held| held.iter().any(|role| roles.contains(&role.as_str())))
    };
    let may_create = match (
        holds(&[GLOBAL, APPLICATION, CLOUD_APPLICATION, APPLICATION_DEVELOPER]),
        &survey.users_may_create_apps,
    ) {
        (Ok(true), _) | (_, Ok(true)) => Readiness::Ready,
        (Ok(false), Ok(false)) => Readiness::AskSomebody,
        _ => Readiness::Unknown,
    };
    let may_limit = match (exchange, holds(&[GLOBAL, EXCHANGE])) {
        // A new role reaches Exchange late, and a role group of Exchange's own gives the right without a directory role.
        (Ok(_), Ok(true)) => Readiness::Ready,
        (Ok(_), _) => Readiness::Unknown,
        (Err(error), _) if matches!(error.status(), Some(401 | 403)) => Readiness::AskSomebody,
        (Err(_), _) => Readiness::Unknown,
    };
    let customised = match exchange {
        Ok(rows) => match rows
            .first()
            .and_then(|row| row.get("IsDehydrated"))
            .and_then(Value::as_bool)
        {
            Some(true) => Readiness::AskSomebody,
            Some(false) => Readiness::Ready,
            None => Readiness::Unknown,
        },
        Err(_) => Readiness::Unknown,
    };
    let (policy, longest, forbidden) = match &survey.secrets {
        Ok(policy) if policy.forbidden => (Readiness::AskSomebody, policy.longest_days, true),
        Ok(policy) => (Readiness::Ready, policy.longest_days, false),
        Err(_) => (Readiness::Unknown, None, false),
    };
    let readable = |ok: bool| if ok { Readiness::Ready } else { Readiness::Unknown };
    let check = |id: &str, need: String, takes: &str, outcome: Readiness, role: &str| PreflightCheck {
        id: id.into(),
        need,
        takes: takes.into(),
        outcome,
        role: (outcome == Readiness::AskSomebody).then(|| role.to_owned()),
    };
    let secret = match longest {
        Some(days) => format!("Give the secret up to {days} days"),
        None => "Make a secret".to_owned(),
    };
    let apps = survey.apps.as_deref().unwrap_or_default();
    let own = wizard
        .connection()
        .map(super::register_app::unique_name)
        .unwrap_or_default();
    let platform = wizard
        .profile()
        .map(|profile| profile.name.clone())
        .unwrap_or_default();
    let others: Vec<&String> = apps
        .iter()
        .filter(|(_, unique)| unique.as_deref() != Some(&own))
        .map(|(name, _)| name)
        .collect();
    let similar = others
        .iter()
        .filter(|name| looks_like(name, &platform))
        .map(|name| (*name).clone())
        .collect();
    Preflight {
        checks: vec![
            check(
                "create-app",
                "Create an app and its secret".into(),
                APP_ROLE,
                may_create,
                APP_ROLE,
            ),
            check(
                "secret-policy",
                secret,
                "Set by your credential policy",
                policy,
                POLICY_ROLE,
            ),
            check(
                "read-grants",
                "Look for older, broader access".into(),
                "Any admin may read this",
                readable(survey.roles.is_ok()),
                APP_ROLE,
            ),
            check(
                "limit",
                "Limit the app to chosen mailboxes".into(),
                EXCHANGE_ROLE,
                may_limit,
                EXCHANGE_ROLE,
            ),
            check(
                "customised",
                "Exchange takes limits of your own".into(),
                "Switched on once per organisation",
                customised,
                EXCHANGE_ROLE,
            ),
            check(
                "organisation",
                "Know which organisation this is".into(),
                "Any member may read this",
                readable(survey.organisation.is_ok()),
                APP_ROLE,
            ),
            check(
                "roles",
                "Know which roles are active".into(),
                "Any member may read this",
                readable(survey.roles.is_ok()),
                APP_ROLE,
            ),
            check(
                "other-apps",
                "Find apps with a similar name".into(),
                "Any admin may read this",
                readable(survey.apps.is_ok()),
                APP_ROLE,
            ),
        ],
        longest_secret_days: longest,
        secrets_forbidden: forbidden,
        other_apps: others.len(),
        similar_apps: similar,
    }
}

/// Whether an app's name shares a distinctive word with the platform's, or its initials: "Sinch CP pilot".
fn looks_like(name: &str, platform: &str) -> bool {
    let name = name.to_lowercase();
    platform
        .to_lowercase()
        .split_whitespace()
        .filter(|word| word.len() > 3 && !["contact", "mail", "platform"].contains(word))
        .any(|word| name.contains(word))
}

fn sign_in_problem(error: SignInError) -> Problem {
    const EXISTS: &str = "Nothing was changed in your organisation.";
    match error {
        SignInError::Port(error) => Problem::new(
            Code::SignInPort,
            "The sign-in can't come back to this computer",
            "Mailgrant couldn't open a port for the browser's answer.",
            "Another program or a security tool blocks ports on this computer itself.",
            "Try again; if it comes back, ask whoever manages this computer to allow Mailgrant to listen on localhost.",
        )
        .exists(EXISTS)
        .evidence(Evidence { message: Some(error.kind().to_string()), ..Evidence::default() }),
        SignInError::Browser { why } => Problem::new(
            Code::SignInBrowser,
            "The browser didn't open",
            "Mailgrant couldn't open a browser for Microsoft's sign-in page.",
            "No default browser is set up on this computer, or it is blocked.",
            "Set a default browser, then try again.",
        )
        .exists(EXISTS)
        .evidence(Evidence { message: Some(why), ..Evidence::default() }),
        SignInError::TimedOut => Problem::new(
            Code::SignInTimedOut,
            "Nobody came back from the sign-in",
            "Mailgrant waited 5 minutes for Microsoft's page.",
            "The page was closed, or the sign-in stopped there with a message of its own.",
            "Try again, and leave the page open until it says that you can close it.",
        )
        .exists(EXISTS),
        SignInError::Declined(refusal) => {
            let blocked = ["AADSTS53000", "AADSTS53003", "AADSTS530032", "AADSTS530035"].contains(&refusal.code.as_str());
            // Microsoft asks for an admin where whoever signed in may not consent to what is asked for.
            let approval = ["AADSTS90094", "AADSTS90095"].contains(&refusal.code.as_str());
            let told = if approval {
                Problem::new(
                    Code::RoleMissing,
                    "This sign-in needs an admin's approval",
                    "Microsoft didn't let this account accept what Mailgrant asks for.",
                    "The account holds no role that may approve it, or the role isn't activated yet.",
                    "Sign in with an account that holds the role, or activate yours first.",
                )
                .fixed_by(Who::AnotherAdmin { role: APP_ROLE.into() })
                .retry(Retry::AfterYouAct)
            } else if blocked {
                Problem::new(
                    Code::SignInBlocked,
                    "Your organisation's rules block this sign-in",
                    "Microsoft refused the sign-in.",
                    "A Conditional Access policy doesn't allow it from this computer, place or tool.",
                    "Ask whoever manages Conditional Access, or sign in from a computer that the policy allows.",
                )
                .fixed_by(Who::AnotherAdmin { role: "Conditional Access Administrator".into() })
                .retry(Retry::AfterYouAct)
            } else {
                Problem::new(
                    Code::SignInDeclined,
                    "The sign-in wasn't finished",
                    "Microsoft's page came back without a sign-in.",
                    "It was cancelled there, or the permissions that it listed weren't accepted.",
                    "Try again and accept the listed permissions; what each is for stands on this screen.",
                )
            };
            let mut evidence = Error::Refused(refusal).evidence();
            evidence.status = None;
            evidence.at = None;
            told.exists(EXISTS).evidence(evidence)
        }
        SignInError::Microsoft(error) => {
            let doing = Doing::new("finish the sign-in", APP_ROLE, EXISTS);
            problem(&error, &doing)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like;

    #[test]
    fn a_similar_name_is_noticed() {
        assert!(looks_like("Sinch CP pilot", "Sinch Contact Pro"));
        assert!(!looks_like("Contact forms", "Sinch Contact Pro"));
    }
}
