//! What Entra's numbered refusals mean, in words: one table by code and by whose sign-in was refused.
//!
//! The admin's sign-in and the app's own key are two voices. The same number means one thing when the admin is
//! refused and another when the app is: a switched-off app that signs the admin in is avoided by choosing another one,
//! the connection's own app has to be switched on again. Numbers are those of microsoft-facts §1.8 and §12; that
//! Microsoft may change them is why what is not listed still has a general text.

use domain::message;
use domain::message::Message;
use domain::problem::{Code, Problem, Retry, Who};
use microsoft::error::Refusal;

use crate::problems::{APP_ROLE, POLICY_ROLE};

/// Whose sign-in Entra refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leg {
    /// The admin's: on Microsoft's page, or when its code is exchanged for a token.
    Admin,
    /// The app's, with its own key.
    App,
}

/// Who can fix it, as the table writes it.
#[derive(Clone, Copy, Debug)]
enum Fixer {
    You,
    Role(&'static str),
    Microsoft,
    Us,
}

/// One line of the table.
#[derive(Debug)]
pub struct Row {
    /// Whose sign-in.
    pub leg: Leg,
    /// The numbers after `AADSTS`.
    pub numbers: &'static [u32],
    code: Code,
    message: fn() -> Message,
    who: Fixer,
}

/// The role that manages Conditional Access (entra-docs `permissions-reference`, as named in microsoft-facts §2.7).
const ACCESS_ROLE: &str = "Conditional Access Administrator";
/// The role that unlocks accounts and resets passwords (microsoft-facts §2.7).
const USER_ROLE: &str = "User Administrator";

const fn admin(numbers: &'static [u32], code: Code, message: fn() -> Message, who: Fixer) -> Row {
    Row {
        leg: Leg::Admin,
        numbers,
        code,
        message,
        who,
    }
}

const fn app(numbers: &'static [u32], code: Code, message: fn() -> Message, who: Fixer) -> Row {
    Row {
        leg: Leg::App,
        ..admin(numbers, code, message, who)
    }
}

/// Every refusal that has words of its own.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // Rules of the organisation.
    admin(&[53003], Code::SignInBlocked, || message!("refusals-policy"), Fixer::Role(ACCESS_ROLE)),
    admin(&[53000], Code::SignInBlocked, || message!("refusals-managed-computer"), Fixer::Role(ACCESS_ROLE)),
    admin(&[530_032], Code::SignInBlocked, || message!("refusals-security-policy"), Fixer::Role(ACCESS_ROLE)),
    admin(&[530_035], Code::SignInBlocked, || message!("refusals-security-defaults"), Fixer::Role(POLICY_ROLE)),
    // More than a password.
    admin(&[50076], Code::SignInStronger, || message!("refusals-second-proof"), Fixer::You),
    admin(&[50074], Code::SignInStronger, || message!("refusals-second-proof-missing"), Fixer::You),
    admin(&[50078], Code::SignInStronger, || message!("refusals-second-proof-old"), Fixer::You),
    admin(&[50072, 50079], Code::SignInStronger, || message!("refusals-second-proof-none"), Fixer::You),
    // The account.
    admin(&[50020], Code::SignInOtherAccount, || message!("refusals-other-account"), Fixer::You),
    admin(&[50034], Code::SignInOtherAccount, || message!("refusals-no-account"), Fixer::You),
    admin(&[50126], Code::SignInAccount, || message!("refusals-wrong-password"), Fixer::You),
    admin(&[50053], Code::SignInAccount, || message!("refusals-locked"), Fixer::Role(USER_ROLE)),
    admin(&[50055], Code::SignInAccount, || message!("refusals-password-old"), Fixer::You),
    admin(&[50056], Code::SignInAccount, || message!("refusals-no-password"), Fixer::Role(USER_ROLE)),
    admin(&[50057], Code::SignInAccount, || message!("refusals-switched-off"), Fixer::You),
    admin(&[50058], Code::SignInExpired, || message!("refusals-cookies"), Fixer::You),
    admin(&[50173, 700_082, 70043, 70008], Code::SignInExpired, || message!("refusals-ended"), Fixer::You),
    admin(&[50105], Code::SignInNotAssigned, || message!("refusals-not-assigned"), Fixer::Role(APP_ROLE)),
    // Consent.
    admin(&[65001], Code::ConsentMissing, || message!("refusals-not-accepted-yet"), Fixer::You),
    admin(&[65004], Code::ConsentMissing, || message!("refusals-not-accepted"), Fixer::You),
    admin(&[90094], Code::RoleMissing, || message!("refusals-needs-admin"), Fixer::Role(APP_ROLE)),
    admin(&[90095], Code::RoleMissing, || message!("refusals-approval-first"), Fixer::Role(APP_ROLE)),
    // The app that signs the admin in.
    admin(&[65002], Code::SignInClient, || message!("refusals-client-not-approved"), Fixer::You),
    admin(&[7_000_112], Code::SignInClient, || message!("refusals-client-off"), Fixer::Role(APP_ROLE)),
    admin(&[70001], Code::SignInClient, || message!("refusals-client-unusable"), Fixer::You),
    admin(&[700_016], Code::SignInClient, || message!("refusals-client-elsewhere"), Fixer::You),
    admin(&[50194, 9_001_023], Code::SignInClient, || message!("refusals-client-single"), Fixer::You),
    admin(&[500_113], Code::SignInClient, || message!("refusals-client-no-redirect"), Fixer::Role(APP_ROLE)),
    admin(&[50011], Code::SignInClient, || message!("refusals-client-other-redirect"), Fixer::Role(APP_ROLE)),
    admin(&[7_000_218], Code::SignInClient, || message!("refusals-client-wants-secret"), Fixer::Role(APP_ROLE)),
    admin(&[650_056], Code::SignInClient, || message!("refusals-client-wrong"), Fixer::Role(APP_ROLE)),
    admin(&[650_057], Code::SignInClient, || message!("refusals-client-asks-more"), Fixer::Role(APP_ROLE)),
    // The organisation and its services.
    admin(&[50049], Code::SignInNoOrganisation, || message!("refusals-host"), Fixer::You),
    admin(&[90002], Code::SignInNoOrganisation, || message!("refusals-no-organisation"), Fixer::You),
    admin(&[900_023], Code::SignInNoOrganisation, || message!("refusals-organisation-unreadable"), Fixer::You),
    admin(&[90038], Code::SignInOtherAccount, || message!("refusals-other-cloud"), Fixer::You),
    admin(&[900_439], Code::SignInOtherAccount, || message!("refusals-government"), Fixer::You),
    admin(&[650_052, 500_011], Code::SignInNoOrganisation, || message!("refusals-no-service"), Fixer::You),
    // The way of a sign-in.
    admin(&[54005, 501_481], Code::SignInTimedOut, || message!("refusals-twice"), Fixer::You),
    admin(&[70011, 700_022, 9_002_313, 900_144, 700_025, 700_027], Code::Internal, || message!("refusals-not-understood"), Fixer::Us),

    // The app's own key.
    app(&[7_000_215], Code::SecretRefused, || message!("refusals-app-secret"), Fixer::You),
    app(&[7_000_222], Code::SecretRefused, || message!("refusals-app-secret-ended"), Fixer::You),
    app(&[700_027, 1_000_502, 7_000_218], Code::SecretRefused, || message!("refusals-app-key"), Fixer::You),
    app(&[7_000_112, 70001], Code::AppDisabled, || message!("problems-app-disabled"), Fixer::Role(APP_ROLE)),
    app(&[700_016], Code::AppGone, || message!("problems-app-gone"), Fixer::You),
    app(&[53000, 530_032, 530_035], Code::AppBlocked, || message!("refusals-app-security-policy"), Fixer::Role(ACCESS_ROLE)),
    app(&[50105, 501_051], Code::AppRejected, || message!("refusals-app-not-assigned"), Fixer::Role(APP_ROLE)),
    app(&[65001, 65002], Code::AppRejected, || message!("refusals-app-not-accepted"), Fixer::Microsoft),
    app(&[650_056, 650_057], Code::AppRejected, || message!("refusals-app-wrong"), Fixer::Role(APP_ROLE)),
    app(&[53003], Code::AppBlocked, || message!("refusals-app-place"), Fixer::Role(ACCESS_ROLE)),
    app(&[900_382, 90038], Code::AppOtherCloud, || message!("refusals-app-other-cloud"), Fixer::You),
    app(&[90002, 900_023], Code::AppRejected, || message!("refusals-app-no-organisation"), Fixer::You),
    app(&[500_011, 650_052], Code::AppRejected, || message!("refusals-app-no-service"), Fixer::You),
    app(&[70011, 700_022, 700_025, 9_002_313, 900_144, 9_001_023, 50194], Code::Internal, || message!("refusals-app-not-understood"), Fixer::Us),
    // 90033 is what Microsoft says of a fault of its own.
    app(&[90033], Code::NetworkFault, || message!("refusals-fault"), Fixer::Microsoft),
    admin(&[90033], Code::NetworkFault, || message!("refusals-fault"), Fixer::Microsoft),
];

/// The line for a refusal, where it has words of its own.
pub fn row(leg: Leg, refusal: &Refusal) -> Option<&'static Row> {
    let number: u32 = refusal.code.strip_prefix("AADSTS")?.parse().ok()?;
    TABLE
        .iter()
        .find(|row| row.leg == leg && row.numbers.contains(&number))
}

impl Row {
    /// The problem; `happened` is its first sentence.
    pub fn problem(&self, happened: Message) -> Problem {
        let retry = match self.who {
            Fixer::Microsoft | Fixer::Us => Retry::Now,
            Fixer::You | Fixer::Role(_) => Retry::AfterYouAct,
        };
        let who = match self.who {
            Fixer::You => Who::You,
            Fixer::Role(role) => Who::AnotherAdmin { role: role.into() },
            Fixer::Microsoft => Who::Microsoft,
            Fixer::Us => Who::Us,
        };
        Problem::said(self.code, (self.message)())
            .happened(happened)
            .fixed_by(who)
            .retry(retry)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The codes of microsoft-facts §1.8 and §12 that an admin's sign-in through the browser can meet. Not listed:
    /// those of the device code flow and of refresh tokens, which this product doesn't use.
    const ADMIN: &[u32] = &[
        700_016, 7_000_112, 70001, 90002, 900_023, 90038, 65001, 65004, 65002, 650_052, 650_056, 650_057,
        90094, 90095, 500_011, 70011, 700_022, 9_001_023, 50194, 50011, 500_113, 501_481, 54005, 70008,
        9_002_313, 900_144, 50034, 50126, 50053, 50055, 50056, 50057, 50058, 50072, 50074, 50076, 50078,
        50079, 50105, 50173, 700_082, 70043, 50020, 53000, 53003, 530_032, 530_035, 900_439, 7_000_218,
        700_025, 700_027, 90033, 50049,
    ];
    /// Those that the app's own key can meet.
    const APP: &[u32] = &[
        7_000_215, 7_000_222, 700_027, 7_000_218, 7_000_112, 70001, 700_016, 900_382, 53000, 53003, 530_032,
        530_035, 90002, 900_023, 90038, 500_011, 650_052, 650_056, 650_057, 65001, 65002, 50105, 501_051,
        70011, 700_022, 700_025, 9_002_313, 900_144, 9_001_023, 50194, 90033,
    ];

    fn refusal(number: u32) -> Refusal {
        Refusal {
            code: format!("AADSTS{number}"),
            status: 400,
            ..Refusal::default()
        }
    }

    #[test]
    fn every_code_of_the_fact_sheet_has_words_on_the_leg_where_it_occurs() {
        for (leg, numbers) in [(Leg::Admin, ADMIN), (Leg::App, APP)] {
            for number in numbers {
                assert!(row(leg, &refusal(*number)).is_some(), "{leg:?} {number}");
            }
        }
    }

    #[test]
    fn a_code_stands_once_on_a_leg() {
        let mut seen = BTreeSet::new();
        for row in TABLE {
            for number in row.numbers {
                assert!(seen.insert((row.leg, *number)), "{:?} {number}", row.leg);
            }
        }
    }

    /// What the app's key is refused is never mended by signing in as somebody, and the other way round.
    #[test]
    fn the_two_voices_never_share_a_remedy() {
        use domain::problem::Remedy;
        for row in TABLE {
            match row.leg {
                Leg::App => assert_ne!(row.code.remedy(), Remedy::SignIn, "{:?}", row.numbers),
                Leg::Admin => assert!(
                    matches!(row.code.remedy(), Remedy::SignIn | Remedy::Again | Remedy::Client),
                    "{:?}",
                    row.numbers
                ),
            }
        }
    }
}
