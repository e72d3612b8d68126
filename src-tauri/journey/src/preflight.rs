//! What a sign-in can do, made of what was read after it. Pure.
//!
//! Only what is left to be done is looked at: somebody who does the second half is not told that they can't do the
//! first.

use engine::event::{CheckId, Preflight, PreflightCheck, Readiness};
use microsoft::entra::rights::Right;
use microsoft::error::Error;
use microsoft::graph::organisation::Survey;

use crate::problems::{APP_ROLE, EXCHANGE_ROLE, GRANT_ROLE, POLICY_ROLE};

// Template ids of directory roles (microsoft-facts §2.7).
pub(crate) const GLOBAL: &str = "62e90394-69f5-4237-9190-012177145e10";
pub(crate) const PRIVILEGED: &str = "e8611ab8-c189-46e8-94e1-60213ab1f814";
pub(crate) const APPLICATION: &str = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
pub(crate) const CLOUD_APPLICATION: &str = "158c047a-c907-4556-b7ef-446551a6b5f7";
pub(crate) const APPLICATION_DEVELOPER: &str = "cf1c38e5-3621-4004-a7cb-879624dced7c";
pub(crate) const EXCHANGE: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";

/// What the pre-flight is made of.
pub(crate) struct Read<'a> {
    /// What was asked for, apart from who came.
    pub wanted: &'a [Right],
    /// What of it is held.
    pub held: &'a [Right],
    /// What Graph said.
    pub survey: &'a Survey,
    /// Template ids of the active roles that the token itself named.
    pub roles: Option<&'a [String]>,
    /// Whether Exchange takes limits of the organisation's own, where it was asked.
    pub exchange: Option<&'a Result<Option<bool>, Error>>,
    /// How far this computer's clock is from Microsoft's, in seconds, where it is known.
    pub clock_off: Option<i64>,
    /// The unique name of this connection's app.
    pub own: &'a str,
    /// The platform's name.
    pub platform: &'a str,
    /// Whether the platform takes a certificate, so that a policy against secrets stands in nobody's way.
    pub takes_certificates: bool,
    /// What the sign-in before this one found.
    pub before: Option<&'a Preflight>,
}

/// What the pre-flight makes of what was read.
pub(crate) fn preflight(read: &Read<'_>) -> Preflight {
    let survey = read.survey;
    let (policy, longest, forbidden) = secrets(read);
    let mut checks = Vec::new();
    let mut check = |id: CheckId, outcome: Readiness, role: &str| {
        checks.push(PreflightCheck {
            id,
            outcome,
            role: (outcome == Readiness::AskSomebody && !role.is_empty()).then(|| role.to_owned()),
        });
    };
    if read.wanted.contains(&Right::MakeApp) {
        check(CheckId::CreateApp, may_create(read), APP_ROLE);
        if let Some(policy) = policy {
            check(CheckId::SecretPolicy, policy, POLICY_ROLE);
        }
    }
    // Where the app can't be made, there is nothing to look at yet.
    let makes = read.wanted.contains(&Right::MakeApp) && !read.held.contains(&Right::MakeApp);
    if !makes {
        let reads = [Right::ReadApp, Right::MakeApp]
            .iter()
            .any(|right| read.held.contains(right));
        let outcome = if reads {
            Readiness::Ready
        } else {
            Readiness::AskSomebody
        };
        check(CheckId::ReadGrants, outcome, APP_ROLE);
    }
    if read.wanted.contains(&Right::GrantAppRole) {
        check(CheckId::GrantAppRole, may_grant(read), GRANT_ROLE);
    }
    if read.wanted.contains(&Right::Exchange) {
        check(CheckId::Limit, may_limit(read), EXCHANGE_ROLE);
        if let Some(Ok(takes_limits)) = read.exchange {
            check(CheckId::Customised, customised(*takes_limits), EXCHANGE_ROLE);
        }
    }
    let readable = |ok: bool| if ok { Readiness::Ready } else { Readiness::Unknown };
    check(CheckId::Organisation, readable(survey.organisation.is_ok()), "");
    check(CheckId::Roles, readable(roles(read).is_some()), "");
    if let Some(apps) = &survey.apps {
        check(CheckId::OtherApps, readable(apps.is_ok()), "");
    }
    if let Some(off) = read.clock_off {
        check(CheckId::Clock, readable(off.abs() <= CLOCK_OFF_AT_MOST), "");
    }
    let apps = survey.apps.as_ref().and_then(|apps| apps.as_deref().ok());
    let others: Vec<&String> = apps
        .unwrap_or_default()
        .iter()
        .filter(|(_, unique)| unique.as_deref() != Some(read.own))
        .map(|(name, _)| name)
        .collect();
    let similar = others
        .iter()
        .filter(|name| looks_like(name, read.platform))
        .map(|name| (*name).clone())
        .collect();
    // What this sign-in wasn't good for stays as the one before found it.
    let unread = survey.secrets.is_none();
    let before = read.before.filter(|_| unread);
    Preflight {
        checks,
        longest_secret_days: longest.or(before.and_then(|before| before.longest_secret_days)),
        longest_certificate_days: longest_certificate(read)
            .or(before.and_then(|before| before.longest_certificate_days)),
        certificates_restricted: match read.survey.secrets.as_ref() {
            Some(Ok(policy)) => policy.restricts_certificates,
            _ => before.is_some_and(|before| before.certificates_restricted),
        },
        secrets_forbidden: forbidden || before.is_some_and(|before| before.secrets_forbidden),
        other_apps: match (apps, read.before) {
            (None, Some(before)) => before.other_apps,
            _ => others.len(),
        },
        similar_apps: match (apps, read.before) {
            (None, Some(before)) => before.similar_apps.clone(),
            _ => similar,
        },
    }
}

/// In seconds. A clock that is further off makes secrets of the wrong life, and tokens that are refused.
pub(crate) const CLOCK_OFF_AT_MOST: i64 = 5 * 60;

/// The active roles: those that Graph named, or else those that the token named.
fn roles<'a>(read: &Read<'a>) -> Option<&'a [String]> {
    match &read.survey.roles {
        Some(Ok(roles)) => Some(roles),
        _ => read.roles,
    }
}

fn holds(read: &Read<'_>, wanted: &[&str]) -> Option<bool> {
    roles(read).map(|held| {
        held.iter()
            .any(|role| wanted.iter().any(|wanted| role.eq_ignore_ascii_case(wanted)))
    })
}

fn may_create(read: &Read<'_>) -> Readiness {
    if !read.held.contains(&Right::MakeApp) {
        return Readiness::AskSomebody;
    }
    let role = holds(
        read,
        &[GLOBAL, APPLICATION, CLOUD_APPLICATION, APPLICATION_DEVELOPER],
    );
    match (role, &read.survey.users_may_create_apps) {
        (Some(true), _) | (_, Some(Ok(true))) => Readiness::Ready,
        (Some(false), Some(Ok(false))) => Readiness::AskSomebody,
        _ => Readiness::Unknown,
    }
}

/// Whether somebody who manages applications may grant a permission of Exchange Online is an inference from Microsoft's words
/// that nobody tried (microsoft-facts §2.7), so of them it isn't known.
fn may_grant(read: &Read<'_>) -> Readiness {
    if !read.held.contains(&Right::GrantAppRole) {
        return Readiness::AskSomebody;
    }
    match holds(read, &[GLOBAL, PRIVILEGED]) {
        Some(true) => Readiness::Ready,
        Some(false) if holds(read, &[APPLICATION, CLOUD_APPLICATION]) == Some(false) => {
            Readiness::AskSomebody
        }
        _ => Readiness::Unknown,
    }
}

fn may_limit(read: &Read<'_>) -> Readiness {
    match (read.exchange, holds(read, &[GLOBAL, EXCHANGE])) {
        // A new role reaches Exchange late, and a role group of Exchange's own gives the right without a directory role.
        (Some(Ok(_)), Some(true)) => Readiness::Ready,
        (Some(Ok(_)), _) => Readiness::Unknown,
        (Some(Err(error)), _) if matches!(error.status(), Some(401 | 403)) => Readiness::AskSomebody,
        (Some(Err(_)), _) => Readiness::Unknown,
        (None, _) => Readiness::AskSomebody,
    }
}

fn customised(is: Option<bool>) -> Readiness {
    match is {
        Some(false) => Readiness::AskSomebody,
        Some(true) => Readiness::Ready,
        None => Readiness::Unknown,
    }
}

/// The outcome, the longest life in days and whether secrets are forbidden; no outcome where it wasn't asked.
fn secrets(read: &Read<'_>) -> (Option<Readiness>, Option<i32>, bool) {
    match &read.survey.secrets {
        Some(Ok(policy)) if policy.forbidden => {
            let outcome = match read.takes_certificates && !policy.restricts_certificates {
                true => Readiness::Ready,
                false => Readiness::AskSomebody,
            };
            (Some(outcome), policy.longest_days, true)
        }
        Some(Ok(policy)) => (Some(Readiness::Ready), policy.longest_days, false),
        Some(Err(_)) => (Some(Readiness::Unknown), None, false),
        None => (None, None, false),
    }
}

fn longest_certificate(read: &Read<'_>) -> Option<i32> {
    let policy = read.survey.secrets.as_ref()?.as_ref().ok()?;
    policy.longest_certificate_days
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

#[cfg(test)]
mod tests {
    use domain::ids::TenantId;
    use microsoft::graph::organisation::SecretPolicy;

    use super::*;

    fn survey() -> Survey {
        Survey {
            me: Err(Error::NoAnswer {
                call: String::new(),
                why: String::new(),
            }),
            organisation: Ok((
                TenantId(uuid::Uuid::nil()),
                "Contoso".into(),
                "contoso.example".into(),
            )),
            roles: None,
            secrets: None,
            users_may_create_apps: None,
            apps: None,
        }
    }

    fn outcome(preflight: &Preflight, id: CheckId) -> Option<Readiness> {
        let found = preflight.checks.iter().find(|check| check.id == id);
        found.map(|check| check.outcome)
    }

    fn of(
        wanted: &[Right],
        held: &[Right],
        survey: &Survey,
        roles: &[&str],
        exchange: Option<&Result<Option<bool>, Error>>,
        before: Option<&Preflight>,
    ) -> Preflight {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        preflight(&Read {
            wanted,
            held,
            survey,
            roles: Some(&roles),
            exchange,
            clock_off: None,
            own: "own",
            takes_certificates: false,
            platform: "Sinch Contact Pro",
            before,
        })
    }

    #[test]
    fn who_does_the_second_half_is_asked_nothing_about_the_first() {
        let before = Preflight {
            checks: vec![],
            longest_secret_days: Some(90),
            longest_certificate_days: None,
            certificates_restricted: false,
            secrets_forbidden: false,
            other_apps: 3,
            similar_apps: vec!["Sinch pilot".into()],
        };
        let exchange = Ok(Some(true));
        let made = of(
            &[Right::ReadApp, Right::Exchange],
            &[Right::Exchange],
            &survey(),
            &[EXCHANGE],
            Some(&exchange),
            Some(&before),
        );
        assert_eq!(outcome(&made, CheckId::CreateApp), None);
        assert_eq!(outcome(&made, CheckId::SecretPolicy), None);
        assert_eq!(outcome(&made, CheckId::Limit), Some(Readiness::Ready));
        // She can't read what the app is allowed, and is told whom to ask.
        assert_eq!(outcome(&made, CheckId::ReadGrants), Some(Readiness::AskSomebody));
        assert_eq!(
            (made.longest_secret_days, made.other_apps, made.similar_apps.len()),
            (Some(90), 3, 1)
        );
    }

    /// Who surely may grant, who surely mayn't, and of whom nobody knows.
    #[test]
    fn who_may_let_a_mail_program_in_is_told_as_far_as_it_is_known() {
        let rights = [Right::MakeApp, Right::GrantAppRole];
        let may = |held: &[Right], roles: &[&str]| {
            let made = of(&rights, held, &survey(), roles, None, None);
            outcome(&made, CheckId::GrantAppRole)
        };
        assert_eq!(may(&rights, &[PRIVILEGED]), Some(Readiness::Ready));
        assert_eq!(may(&rights, &[APPLICATION]), Some(Readiness::Unknown));
        assert_eq!(may(&rights, &[EXCHANGE]), Some(Readiness::AskSomebody));
        assert_eq!(may(&[Right::MakeApp], &[GLOBAL]), Some(Readiness::AskSomebody));
        let not_asked = of(&[Right::MakeApp], &rights, &survey(), &[GLOBAL], None, None);
        assert_eq!(outcome(&not_asked, CheckId::GrantAppRole), None);
    }

    #[test]
    fn somebody_with_no_role_is_told_both_parts_and_nothing_that_follows_from_them() {
        let made = of(
            &[Right::MakeApp, Right::Exchange],
            &[],
            &survey(),
            &["b79fbf4d-3ef9-4689-8143-76b194e85509"],
            None,
            None,
        );
        let asks: Vec<CheckId> = made
            .checks
            .iter()
            .filter(|check| check.outcome == Readiness::AskSomebody)
            .map(|check| check.id)
            .collect();
        assert_eq!(asks, [CheckId::CreateApp, CheckId::Limit]);
        assert!(
            made.checks
                .iter()
                .all(|check| check.outcome != Readiness::Unknown)
        );
    }

    #[test]
    fn who_holds_both_roles_is_ready_for_all() {
        let read = Survey {
            secrets: Some(Ok(SecretPolicy::default())),
            users_may_create_apps: Some(Ok(false)),
            apps: Some(Ok(vec![
                ("Sinch CP pilot".into(), None),
                ("Mine".into(), Some("own".into())),
            ])),
            ..survey()
        };
        let exchange = Ok(Some(true));
        let made = of(
            &[Right::MakeApp, Right::Exchange],
            &[Right::MakeApp, Right::Exchange],
            &read,
            &[APPLICATION, EXCHANGE],
            Some(&exchange),
            None,
        );
        assert!(
            made.checks.iter().all(|check| check.outcome == Readiness::Ready),
            "{made:?}"
        );
        assert_eq!(made.similar_apps, ["Sinch CP pilot"]);
        assert_eq!(made.other_apps, 1);
    }

    #[test]
    fn a_similar_name_is_noticed() {
        assert!(looks_like("Sinch CP pilot", "Sinch Contact Pro"));
        assert!(!looks_like("Contact forms", "Sinch Contact Pro"));
    }
}
