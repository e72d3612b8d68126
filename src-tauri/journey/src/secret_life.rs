//! What the app signs in with and how long that lasts: what may be chosen, what is proposed, what was chosen, when it is given up.

use domain::credential::CredentialKind;
use domain::problem::Problem;
use engine::event::{Event, InUse};
use engine::notes::IssuedSecret;
use jiff::Timestamp;
use microsoft::certificate;

use crate::wizard::Wizard;

/// How long a secret may last, in days, shortest first.
const LIVES: [i32; 4] = [90, 180, 365, 730];
/// What is chosen where nothing else is: Microsoft recommends less than a year (microsoft-facts §2.4).
const USUAL: i32 = 180;

/// The longest life of a certificate, in days: Microsoft's page "Add a certificate to an app" gives one year as the most.
/// Whether a longer one would be refused is UNVERIFIED.
const LONGEST_CERTIFICATE: i32 = 365;

/// What the platform takes, the proposed one first, as far as the organisation's policy and this computer allow it.
///
/// Where nothing of it is allowed, what the platform takes: whoever asks for it is told why it isn't made.
pub fn kinds(wizard: &Wizard) -> Vec<CredentialKind> {
    let takes = wizard.profile().map(|profile| profile.credential.kinds.clone());
    let takes = takes.unwrap_or_else(|| vec![CredentialKind::Secret]);
    let allowed = |kind: &CredentialKind| match kind {
        CredentialKind::Secret => !are_forbidden(wizard),
        CredentialKind::Certificate => certificate::can_be_made() && !are_restricted(wizard),
    };
    let can: Vec<CredentialKind> = takes.iter().copied().filter(allowed).collect();
    if can.is_empty() { takes } else { can }
}

/// Whether the platform takes a certificate and this computer can make one.
pub fn takes_certificates(wizard: &Wizard) -> bool {
    let kinds = wizard.profile().map(|profile| &profile.credential.kinds);
    kinds.is_some_and(|kinds| kinds.contains(&CredentialKind::Certificate)) && certificate::can_be_made()
}

/// Whether the organisation's policy may refuse the certificates that are made here.
fn are_restricted(wizard: &Wizard) -> bool {
    let preflight = wizard.state().preflight.as_ref();
    preflight.is_some_and(|preflight| preflight.certificates_restricted)
}

/// Whether the organisation's policy forbids secrets.
pub fn are_forbidden(wizard: &Wizard) -> bool {
    let preflight = wizard.state().preflight.as_ref();
    preflight.is_some_and(|preflight| preflight.secrets_forbidden)
}

/// What the app signs in with: what it was given, or what was chosen, or what is proposed.
pub fn kind(wizard: &Wizard) -> CredentialKind {
    let issued = wizard.notes().secret.as_ref().filter(|issued| !issued.given_up);
    let kinds = kinds(wizard);
    let chosen = wizard.state().credential.filter(|kind| kinds.contains(kind));
    issued
        .map(IssuedSecret::kind)
        .or(chosen)
        .or(kinds.first().copied())
        .unwrap_or_default()
}

/// Chooses what the app signs in with.
///
/// # Errors
/// When the disk refuses.
pub fn choose_kind(wizard: &mut Wizard, chosen: CredentialKind) -> Result<(), Problem> {
    if kind(wizard) == chosen || !kinds(wizard).contains(&chosen) {
        return Ok(());
    }
    wizard.record(Event::CredentialChosen { kind: chosen })
}

/// The longest life that the organisation's policy allows, in days.
pub fn longest_by_policy(wizard: &Wizard) -> Option<i32> {
    let preflight = wizard.state().preflight.as_ref()?;
    match kind(wizard) {
        CredentialKind::Secret => preflight.longest_secret_days,
        CredentialKind::Certificate => preflight.longest_certificate_days,
    }
}

/// The longest life of so many months: long months are allowed for, so that twelve of them hold a year.
fn in_days(months: u8) -> i32 {
    i32::from(months) * 30 + 10
}

/// The lives to choose from: those that the organisation's policy and the platform allow, and the policy's own limit.
pub fn lives(wizard: &Wizard) -> Vec<i32> {
    let policy = longest_by_policy(wizard);
    let platform = wizard
        .profile()
        .map(|profile| in_days(profile.credential.longest_months));
    let microsoft = match kind(wizard) {
        CredentialKind::Secret => 730,
        CredentialKind::Certificate => LONGEST_CERTIFICATE,
    };
    let longest = [policy, platform, Some(microsoft)].into_iter().flatten().min();
    let longest = longest.unwrap_or(microsoft);
    let mut lives: Vec<i32> = LIVES.into_iter().filter(|days| *days <= longest).collect();
    if let Some(policy) = policy.filter(|days| *days <= longest && !lives.contains(days)) {
        lives.push(policy);
    }
    lives.sort_unstable();
    if lives.is_empty() {
        lives.push(longest.max(1));
    }
    lives
}

/// The chosen life in days, or the proposed one where nothing was chosen.
pub fn days(wizard: &Wizard) -> i32 {
    let lives = lives(wizard);
    let usual = wizard.profile().map(|profile| profile.credential.usual_months);
    let chosen = wizard.state().secret_days.filter(|days| lives.contains(days));
    chosen.unwrap_or_else(|| proposed(&lives, usual))
}

/// The longest life that is neither above ours nor above what the platform's profile calls usual; else the shortest.
fn proposed(lives: &[i32], usual_months: Option<u8>) -> i32 {
    let usual = usual_months.map_or(USUAL, |months| in_days(months).min(USUAL));
    let proposed = lives.iter().copied().filter(|days| *days <= usual).max();
    proposed.or(lives.iter().copied().min()).unwrap_or(usual)
}

/// Chooses how long the secret lasts.
pub fn choose_days(wizard: &mut Wizard, days: i32) -> Result<(), Problem> {
    if wizard.state().secret_days == Some(days) || !lives(wizard).contains(&days) {
        return Ok(());
    }
    wizard.record(Event::SecretDaysChosen { days })
}

/// Gives the secret up: its value is refused or lost. The part is open again, and its commit makes another. What is left of
/// it is removed first, unless it was handed over: a platform may still sign in with it, so it stays until that has moved.
///
/// # Errors
/// When the disk refuses.
pub fn give_up(wizard: &mut Wizard) -> Result<(), Problem> {
    match &wizard.notes().secret {
        Some(secret) if !secret.given_up => {
            let (app, key) = (wizard.key(), secret.key);
            if wizard.state().handed_over.is_some() {
                let ends_at = Some(secret.ends_at);
                let before = wizard.notes().in_use.iter();
                let certificates = &wizard.notes().certificates;
                let before = before.map(|(key, one)| InUse {
                    key: *key,
                    ends_at: one.ends_at,
                    certificate: certificates.contains(key),
                });
                let one = InUse {
                    key,
                    ends_at,
                    certificate: secret.certificate.is_some(),
                };
                let in_use = before.chain([one]).collect();
                return wizard.record(Event::RenewalBegun { app, in_use });
            }
            wizard.record(Event::SecretGivenUp { app, key })
        }
        _ => Ok(()),
    }
}

/// Days from a time to the end of a secret, rounded up; 0 and less once it has ended.
pub fn days_left(now: Timestamp, ends_at: Timestamp) -> i64 {
    let seconds = ends_at.as_second() - now.as_second();
    (seconds + 86_399).div_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begun_counts() {
        let now = Timestamp::UNIX_EPOCH;
        let later = |seconds| Timestamp::from_second(seconds).unwrap();
        assert_eq!(days_left(now, later(1)), 1);
        assert_eq!(days_left(now, later(86_400 * 180)), 180);
        assert_eq!(days_left(later(10), now), 0);
    }

    #[test]
    fn a_profile_shortens_what_is_proposed_and_never_lengthens_it() {
        assert_eq!(proposed(&LIVES, None), 180);
        assert_eq!(proposed(&LIVES, Some(12)), 180);
        assert_eq!(proposed(&LIVES, Some(3)), 90);
        assert_eq!(proposed(&LIVES, Some(1)), 90);
        assert_eq!(proposed(&[30], Some(12)), 30);
    }
}
