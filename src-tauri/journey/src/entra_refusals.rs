//! What Entra's numbered refusals mean, in words: one table by code and by whose sign-in was refused.
//!
//! The admin's sign-in and the app's own key are two voices. The same number means one thing when the admin is
//! refused and another when the app is: a switched-off app that signs the admin in is avoided by choosing another one,
//! the connection's own app has to be switched on again. Numbers are those of microsoft-facts §1.8 and §12; that
//! Microsoft may change them is why what is not listed still has a general text.

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
    title: &'static str,
    why: &'static str,
    next: &'static str,
    who: Fixer,
}

/// The role that manages Conditional Access (entra-docs `permissions-reference`, as named in microsoft-facts §2.7).
const ACCESS_ROLE: &str = "Conditional Access Administrator";
/// The role that unlocks accounts and resets passwords (microsoft-facts §2.7).
const USER_ROLE: &str = "User Administrator";

const fn admin(
    numbers: &'static [u32],
    code: Code,
    title: &'static str,
    why: &'static str,
    next: &'static str,
    who: Fixer,
) -> Row {
    Row {
        leg: Leg::Admin,
        numbers,
        code,
        title,
        why,
        next,
        who,
    }
}

const fn app(
    numbers: &'static [u32],
    code: Code,
    title: &'static str,
    why: &'static str,
    next: &'static str,
    who: Fixer,
) -> Row {
    Row {
        leg: Leg::App,
        ..admin(numbers, code, title, why, next, who)
    }
}

/// Every refusal that has words of its own.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    // Rules of the organisation.
    admin(&[53003], Code::SignInBlocked, "Your organisation's rules block this sign-in",
        "A Conditional Access policy doesn't allow it from this computer, place or tool.",
        "Ask whoever manages Conditional Access, or sign in from a computer that the policy allows.", Fixer::Role(ACCESS_ROLE)),
    admin(&[53000], Code::SignInBlocked, "Your organisation wants a managed computer",
        "A Conditional Access policy asks for a computer that your organisation manages and finds in order, and this one isn't.",
        "Sign in from a managed computer, or ask whoever manages Conditional Access.", Fixer::Role(ACCESS_ROLE)),
    admin(&[530_032], Code::SignInBlocked, "Your organisation's security policy blocks this sign-in",
        "A security policy of your organisation doesn't allow what this sign-in asks for.",
        "Ask whoever manages Conditional Access which policy it is and whether you may be excepted.", Fixer::Role(ACCESS_ROLE)),
    admin(&[530_035], Code::SignInBlocked, "Your organisation's security defaults block this sign-in",
        "Microsoft's security defaults are on in your organisation and refuse this kind of sign-in.",
        "Sign in from a computer and a place that you usually work at, or ask a Security Administrator.", Fixer::Role(POLICY_ROLE)),
    // More than a password.
    admin(&[50076], Code::SignInStronger, "Microsoft wants a second proof of who you are",
        "Your organisation changed its rules, or you are at a new place, so a password alone isn't enough.",
        "Sign in again and confirm on your phone or with your key when Microsoft asks.", Fixer::You),
    admin(&[50074], Code::SignInStronger, "The second proof of who you are is missing",
        "Your organisation asks for a second proof at each sign-in, and it wasn't given.",
        "Sign in again and confirm on your phone or with your key when Microsoft asks.", Fixer::You),
    admin(&[50078], Code::SignInStronger, "The second proof of who you are is too old",
        "Your organisation wants it renewed from time to time, and that time is over.",
        "Sign in again and confirm anew when Microsoft asks.", Fixer::You),
    admin(&[50072, 50079], Code::SignInStronger, "A second proof has to be set up first",
        "Your organisation asks for a second proof of who you are, and your account has none yet.",
        "Sign in again and follow Microsoft's page to set one up; it takes a few minutes.", Fixer::You),
    // The account.
    admin(&[50020], Code::SignInOtherAccount, "This account belongs somewhere else",
        "It is an account of another organisation, or a personal one, and isn't known in the organisation that was asked.",
        "Sign out of it on Microsoft's page and sign in with an account of the organisation whose mailboxes you connect.", Fixer::You),
    admin(&[50034], Code::SignInOtherAccount, "There is no such account",
        "The organisation knows no account by the name that was typed.",
        "Sign in again and check the name, or use another account.", Fixer::You),
    admin(&[50126], Code::SignInAccount, "Name or password is wrong",
        "Microsoft doesn't know this name with this password.",
        "Sign in again; if you forgot the password, Microsoft's page offers to reset it.", Fixer::You),
    admin(&[50053], Code::SignInAccount, "The account is locked",
        "There were too many wrong passwords, or the sign-in came from an address that Microsoft distrusts.",
        "Wait a while and sign in again, or ask a User Administrator to unlock it.", Fixer::Role(USER_ROLE)),
    admin(&[50055], Code::SignInAccount, "The password has run out",
        "Your organisation wants passwords changed from time to time.",
        "Change it on Microsoft's page, then sign in again.", Fixer::You),
    admin(&[50056], Code::SignInAccount, "The account has no password here",
        "Microsoft holds no password for it, so it can't sign in this way.",
        "Sign in with another account, or ask a User Administrator.", Fixer::Role(USER_ROLE)),
    admin(&[50057], Code::SignInAccount, "The account is switched off",
        "Somebody disabled it, or it is the account of a shared mailbox, which isn't meant to sign in.",
        "Sign in with the account of a person.", Fixer::You),
    admin(&[50058], Code::SignInExpired, "The browser forgot the sign-in",
        "Microsoft found nobody signed in in the browser; cookies may be blocked there.",
        "Sign in again, and allow cookies for Microsoft's page.", Fixer::You),
    admin(&[50173, 700_082, 70043, 70008], Code::SignInExpired, "Your sign-in was ended",
        "It ran out, or your organisation ended it, as after a new password.",
        "Sign in again; you come back to this step.", Fixer::You),
    admin(&[50105], Code::SignInNotAssigned, "Only assigned people may use this app",
        "In your organisation the app that signs you in takes only people who are assigned to it, and you aren't.",
        "Ask for your account to be assigned to it in Entra, under Enterprise applications, Users and groups.", Fixer::Role(APP_ROLE)),
    // Consent.
    admin(&[65001], Code::ConsentMissing, "What Mailgrant asks for wasn't accepted yet",
        "Neither you nor an admin has accepted it for this app.",
        "Sign in again and accept what Microsoft's page lists; what each is for stands on the sign-in page.", Fixer::You),
    admin(&[65004], Code::ConsentMissing, "What Mailgrant asks for wasn't accepted",
        "Somebody pressed Cancel on Microsoft's page.",
        "Sign in again and accept what Microsoft's page lists; what each is for stands on the sign-in page.", Fixer::You),
    admin(&[90094], Code::RoleMissing, "This sign-in needs an admin's approval",
        "Your organisation lets only admins accept what Mailgrant asks for, and this account isn't one or its role isn't activated.",
        "Send the request to an admin, or sign in with an account that holds the role.", Fixer::Role(APP_ROLE)),
    admin(&[90095], Code::RoleMissing, "An admin has to approve first",
        "Your organisation takes requests for approval; Microsoft's page sent one or offered to.",
        "Wait until an admin has approved it, then sign in again.", Fixer::Role(APP_ROLE)),
    // The app that signs the admin in.
    admin(&[65002], Code::SignInClient, "This app may not sign in to that service",
        "Microsoft lets its own apps ask only for what it approved between them, and it didn't approve this.",
        "Choose an app of your organisation on the sign-in page.", Fixer::You),
    admin(&[7_000_112], Code::SignInClient, "The app that signs you in is switched off",
        "Somebody disabled its enterprise application in your organisation.",
        "Ask for it to be switched on in Entra under Enterprise applications, or choose another app on the sign-in page.", Fixer::Role(APP_ROLE)),
    admin(&[70001], Code::SignInClient, "The app that signs you in isn't usable here",
        "It is disabled, or your organisation doesn't have it.",
        "Choose another app on the sign-in page.", Fixer::You),
    admin(&[700_016], Code::SignInClient, "The app that signs you in isn't in this organisation",
        "Its application id is mistyped, or it lives in another organisation and nobody here has accepted it.",
        "Compare the application (client) id on the sign-in page with the one in Entra under App registrations.", Fixer::You),
    admin(&[50194, 9_001_023], Code::SignInClient, "The app that signs you in is for one organisation only",
        "It is registered for a single organisation, and Mailgrant signs in before it knows which one.",
        "Choose another app on the sign-in page, or let its registration take accounts of several organisations.", Fixer::You),
    admin(&[500_113], Code::SignInClient, "The app that signs you in has no way back",
        "Its registration holds no redirect address at all.",
        "Add http://localhost to it in Entra, under Authentication, Mobile and desktop applications.", Fixer::Role(APP_ROLE)),
    admin(&[50011], Code::SignInClient, "The app that signs you in doesn't know the way back",
        "Its registration doesn't list the address that Mailgrant listens on.",
        "Add http://localhost to it in Entra, under Authentication, Mobile and desktop applications.", Fixer::Role(APP_ROLE)),
    admin(&[7_000_218], Code::SignInClient, "The app that signs you in wants a secret",
        "It isn't registered as a public client, and Mailgrant has no secret of it.",
        "Switch on \"Allow public client flows\" in Entra under its Authentication, or choose another app.", Fixer::Role(APP_ROLE)),
    admin(&[650_056], Code::SignInClient, "The app that signs you in is set up wrongly",
        "Its registration doesn't fit what it asks for.",
        "Compare its permissions in Entra with the list on the sign-in page, or choose another app.", Fixer::Role(APP_ROLE)),
    admin(&[650_057], Code::SignInClient, "The app that signs you in may not ask for that",
        "Its registration doesn't list the service among its permissions.",
        "Add the permissions of the sign-in page to it in Entra, or choose another app.", Fixer::Role(APP_ROLE)),
    // The organisation and its services.
    admin(&[50049], Code::SignInNoOrganisation, "Microsoft doesn't know that sign-in address",
        "The sign-in went to a host that isn't one of Microsoft's clouds.",
        "Begin a new connection and sign in again; if it stays, report it with the details.", Fixer::You),
    admin(&[90002], Code::SignInNoOrganisation, "Microsoft doesn't find the organisation",
        "It has no subscription any more, or it lives in another of Microsoft's clouds.",
        "Sign in with an account of an organisation in Microsoft 365 worldwide.", Fixer::You),
    admin(&[900_023], Code::SignInNoOrganisation, "The organisation's name can't be read",
        "What stands for the organisation is neither an id nor a domain.",
        "Begin a new connection and sign in again.", Fixer::You),
    admin(&[90038], Code::SignInOtherAccount, "This organisation lives in another of Microsoft's clouds",
        "Its accounts sign in at a national cloud, such as the one for China, and Mailgrant speaks to the worldwide one.",
        "Sign in with an account of an organisation in the worldwide cloud; others aren't supported.", Fixer::You),
    admin(&[900_439], Code::SignInOtherAccount, "This is an account of a US government cloud",
        "Microsoft keeps those accounts out of apps of the worldwide cloud.",
        "Sign in with an account of the worldwide cloud; government clouds other than GCC aren't supported.", Fixer::You),
    admin(&[650_052, 500_011], Code::SignInNoOrganisation, "The organisation doesn't have that service",
        "Exchange Online or Microsoft Graph isn't set up there, or has no licence.",
        "Check that the organisation has Exchange Online, or sign in with an account of another one.", Fixer::You),
    // The way of a sign-in.
    admin(&[54005, 501_481], Code::SignInTimedOut, "The sign-in came back twice",
        "Microsoft takes each answer once, and something used this one before or mixed two sign-ins up.",
        "Try again, and leave only one page of the sign-in open.", Fixer::You),
    admin(&[70011, 700_022, 9_002_313, 900_144, 700_025, 700_027], Code::Internal, "Microsoft doesn't understand the sign-in",
        "This is a mistake in Mailgrant, or Microsoft changed its interface.",
        "Report it with the details; trying again doesn't help before then.", Fixer::Us),

    // The app's own key.
    app(&[7_000_215], Code::SecretRefused, "Microsoft doesn't take the app's secret",
        "Somebody removed the secret in Entra, or the one in this computer's keychain isn't the one that Microsoft made.",
        "Make a new secret; everything else stays as it is.", Fixer::You),
    app(&[7_000_222], Code::SecretRefused, "The app's secret has ended",
        "Its life is over, so Microsoft refuses it for good.",
        "Make a new secret; everything else stays as it is.", Fixer::You),
    app(&[700_027, 7_000_218], Code::SecretRefused, "Microsoft doesn't know the app's key",
        "The key that was shown isn't among those that the app has in Entra.",
        "Make a new secret; everything else stays as it is.", Fixer::You),
    app(&[7_000_112, 70001], Code::AppDisabled, APP_DISABLED_TITLE, APP_DISABLED_WHY, APP_DISABLED_NEXT, Fixer::Role(APP_ROLE)),
    app(&[700_016], Code::AppGone, APP_GONE_TITLE, APP_GONE_WHY, APP_GONE_NEXT, Fixer::You),
    app(&[53000, 530_032, 530_035], Code::AppBlocked, "Your organisation's security policy blocks the app",
        "A policy of your organisation doesn't let an app sign in in this way or from this computer.",
        "Ask whoever manages Conditional Access which policy it is and whether the app may be excepted.", Fixer::Role(ACCESS_ROLE)),
    app(&[50105, 501_051], Code::AppRejected, "Only assigned apps may use that service",
        "In your organisation the service takes only people and apps that are assigned to it, and this app isn't.",
        "Have the app assigned to it in Entra under Enterprise applications, or assignment switched off there, then try again.", Fixer::Role(APP_ROLE)),
    app(&[65001, 65002], Code::AppRejected, "Microsoft says that nobody accepted the app",
        "The app asks for nothing in Entra, so it has nothing to be accepted; Microsoft may not have seen the whole app yet.",
        "Wait a few minutes, then try again; if it stays, send the details to Microsoft's support.", Fixer::Microsoft),
    app(&[650_056, 650_057], Code::AppRejected, "The app is set up wrongly in Entra",
        "Somebody changed what its registration asks for, and that doesn't fit the service any more.",
        "Remove in Entra what was added under its API permissions, then try again.", Fixer::Role(APP_ROLE)),
    app(&[53003], Code::AppBlocked, "Your organisation's rules for apps block this computer",
        "A Conditional Access policy for workload identities takes the app only from certain addresses, and this computer's isn't one of them.",
        "Have the platform's addresses allowed, which are what counts in the end, and this computer's for the proof.", Fixer::Role(ACCESS_ROLE)),
    app(&[900_382, 90038], Code::AppOtherCloud, "The app lives in another of Microsoft's clouds",
        "Its organisation belongs to a national cloud, and the sign-in went to the worldwide one.",
        "Begin a new connection in an organisation of the worldwide cloud; others aren't supported.", Fixer::You),
    app(&[90002, 900_023], Code::AppRejected, "Microsoft doesn't find the app's organisation",
        "It has no subscription any more, or it lives in another of Microsoft's clouds.",
        "Check that the organisation still exists; if it does, try again later.", Fixer::You),
    app(&[500_011, 650_052], Code::AppRejected, "The organisation doesn't have that service",
        "Microsoft Graph or Exchange Online isn't set up there, or has no licence.",
        "Check that the organisation has Exchange Online, then try again.", Fixer::You),
    app(&[70011, 700_022, 700_025, 9_002_313, 900_144, 9_001_023, 50194], Code::Internal, "Microsoft doesn't understand the app's sign-in",
        "This is a mistake in Mailgrant, or Microsoft changed its interface.",
        "Report it with the details; trying again doesn't help before then.", Fixer::Us),
    // 90033 is what Microsoft says of a fault of its own.
    app(&[90033], Code::NetworkFault, "Microsoft has a fault", "Microsoft's sign-in answered with an error of its own.",
        "Wait a few minutes, then try again.", Fixer::Microsoft),
    admin(&[90033], Code::NetworkFault, "Microsoft has a fault", "Microsoft's sign-in answered with an error of its own.",
        "Wait a few minutes, then try again.", Fixer::Microsoft),
];

pub(crate) const APP_GONE_TITLE: &str = "The app is gone from your organisation";
pub(crate) const APP_GONE_WHY: &str =
    "Somebody deleted the app registration of this connection; Microsoft keeps a deleted one for 30 days.";
pub(crate) const APP_GONE_NEXT: &str =
    "Go to the app: Mailgrant restores it where that is still possible, or makes it again.";
pub(crate) const APP_DISABLED_TITLE: &str = "The app is switched off";
pub(crate) const APP_DISABLED_WHY: &str =
    "Somebody disabled its enterprise application, so Microsoft takes none of its keys.";
pub(crate) const APP_DISABLED_NEXT: &str = "Have it switched on in Entra under Enterprise applications, Properties, \"Enabled for users to sign-in\", then try again.";

/// The line for a refusal, where it has words of its own.
pub fn row(leg: Leg, refusal: &Refusal) -> Option<&'static Row> {
    let number: u32 = refusal.code.strip_prefix("AADSTS")?.parse().ok()?;
    TABLE
        .iter()
        .find(|row| row.leg == leg && row.numbers.contains(&number))
}

impl Row {
    /// The problem; `happened` is its first sentence.
    pub fn problem(&self, happened: impl Into<String>) -> Problem {
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
        Problem::new(self.code, self.title, happened, self.why, self.next)
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
                Leg::App => assert_ne!(row.code.remedy(), Remedy::SignIn, "{}", row.title),
                Leg::Admin => assert!(
                    matches!(row.code.remedy(), Remedy::SignIn | Remedy::Again | Remedy::Client),
                    "{}",
                    row.title
                ),
            }
        }
    }

    #[test]
    fn each_text_is_one_plain_sentence_and_its_own() {
        let mut whys = BTreeSet::new();
        for row in TABLE {
            for text in [row.why, row.next] {
                assert!(text.ends_with('.') && text.len() > 20, "{text}");
                assert!(
                    !text.contains("AADSTS") && !text.contains("HTTP ") && !text.contains(". "),
                    "{text}"
                );
            }
            assert!(
                !row.title.ends_with('.') && row.title.len() <= 70,
                "{}",
                row.title
            );
            if row.numbers[0] != 90033 {
                assert!(whys.insert((row.leg, row.title)), "{}", row.title);
            }
        }
    }
}
