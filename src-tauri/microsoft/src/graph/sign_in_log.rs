//! Which key of an app was used last: the sign-ins that Entra has written down.
//!
//! Only beta of Graph names the key, in `servicePrincipalCredentialKeyId`. `docs/sign-in-log.md` says what Microsoft
//! documents of it, from where, and what of it is UNVERIFIED. Three things follow, and the types here keep to them:
//!
//! - **Often it can't be read**: it takes a licence of Entra ID P1 or P2 and a role that who makes apps need not have. Then
//!   nothing is known, which is [`SignInLog::Closed`] and never "not used".
//! - **A sign-in shows late.** A key that isn't in the log may have been used a moment ago, so what is said of a key that
//!   isn't there holds only until [`Uses::until`].
//! - **A proof is a sign-in too.** Ours carry a mark ([`own`]) and don't count. A platform that tries a new key out is
//!   a sign-in as well, so a new key that was used doesn't say that the old one isn't: ask for the silence of the old
//!   one, [`Uses::silent_until`].

use std::collections::BTreeMap;

use domain::ids::{ClientId, KeyId};
use domain::secret::Secret;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{GraphCall, escaped, read};
use crate::entra::own;
use crate::error::{Error, Refusal};
use crate::http::Http;

/// Sign-ins on a page. Microsoft gives up to 1,000, which could be more than we take as one answer.
const PAGE: usize = 200;
/// Pages that are read at most.
const PAGES: usize = 5;
/// Where there is a licence, sign-ins are kept this long (entra docs, `reference-reports-data-retention`).
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Template ids of the roles that may read the log (graph docs, `signin-list`; entra docs, `permissions-reference`): Reports
/// Reader, Security Reader, Security Operator, Security Administrator, Global Reader and Global Administrator. Whoever may
/// make an app need not have one of them.
pub const READERS: [&str; 6] = [
    "4a5d8f65-41da-4de4-8968-e035b65339cf",
    "5d6b6bb7-de71-4623-b4af-96380a352509",
    "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    "194ae4cb-b126-40b2-bd5b-6091b380977d",
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    "62e90394-69f5-4237-9190-012177145e10",
];

/// Whether one of these roles, by template id, may read the log: whether to ask for [`Right::ReadSignIns`] at all.
///
/// [`Right::ReadSignIns`]: crate::entra::rights::Right::ReadSignIns
pub fn may_read(roles: &[String]) -> bool {
    roles
        .iter()
        .any(|role| READERS.iter().any(|reader| reader.eq_ignore_ascii_case(role)))
}

/// What the log says, or that it says nothing to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInLog {
    /// It was read.
    Read(Uses),
    /// It may not be read, so nothing is known of any key.
    Closed {
        /// What it lacks.
        why: Closed,
        /// What Microsoft said.
        refusal: Box<Refusal>,
    },
}

/// Why the log can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The organisation has no licence of Entra ID P1 or P2.
    Licence,
    /// The sign-in wasn't asked for, or not granted, what [`crate::entra::rights::Right::ReadSignIns`] takes.
    Permission,
    /// Who is signed in has none of the roles that may read it: [`READERS`].
    Role,
    /// Something else that Microsoft names.
    Otherwise,
}

/// The uses that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// When each key was last used, for those that were used between `from` and `until`.
    pub last: BTreeMap<KeyId, Timestamp>,
    /// When the app last got a token with a key that the log doesn't name.
    pub unnamed: Option<Timestamp>,
    /// From here on every sign-in that the log shows was looked at.
    pub from: Timestamp,
    /// A sign-in after this may not be in the log yet.
    pub until: Timestamp,
}

impl Uses {
    /// Until when it is known that nobody has used this key since `since`; nothing where somebody has, or where that isn't
    /// known: the log wasn't read that far back, may not show that time yet, or leaves out which key it was.
    pub fn silent_until(&self, key: KeyId, since: Timestamp) -> Option<Timestamp> {
        let used = |at: Option<&Timestamp>| at.is_some_and(|at| *at >= since);
        let known = self.from <= since && since < self.until;
        (known && !used(self.last.get(&key)) && !used(self.unnamed.as_ref())).then_some(self.until)
    }
}

#[derive(Deserialize)]
struct Page {
    value: Vec<Row>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    created_date_time: Timestamp,
    correlation_id: Option<String>,
    service_principal_credential_key_id: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    error_code: Option<i64>,
}

/// When these keys of an app were last used since `since`, other than by us. It is one call as a rule, and five at most:
/// an app that signs in more than a thousand times is looked at only as far back as that reaches ([`Uses::from`]).
///
/// # Errors
/// Whatever Microsoft answers but 403, which is [`SignInLog::Closed`].
pub async fn last_uses(
    http: &Http,
    token: &Secret,
    client: ClientId,
    keys: &[KeyId],
    since: Timestamp,
) -> Result<SignInLog, Error> {
    const NAME: &str = "GET /auditLogs/signIns";
    let filter = format!(
        "signInEventTypes/any(t: t eq 'servicePrincipal') and appId eq '{client}' and status/errorCode eq 0 and \
         createdDateTime ge {}",
        since.strftime("%Y-%m-%dT%H:%M:%SZ")
    );
    // Below the same host as v1.0, which has no field for the key.
    let mut path = format!("/beta/auditLogs/signIns?$filter={}&$top={PAGE}", escaped(&filter));
    let mut uses = Uses::default();
    let (mut oldest, mut read_at) = (None, None);
    for page in 1..=PAGES {
        let found: Page = match read(http, token, GraphCall::get(NAME, path)).await {
            Ok(found) => found,
            Err(Error::Refused(refusal)) if refusal.status == 403 => {
                let why = closed(&refusal.code);
                return Ok(SignInLog::Closed { why, refusal });
            }
            Err(error) => return Err(error),
        };
        // What the log showed when it was asked first; the pages after that can take a while.
        read_at.get_or_insert_with(|| http.microsoft_now());
        for row in &found.value {
            oldest = Some(oldest.map_or(row.created_date_time, |at: Timestamp| {
                at.min(row.created_date_time)
            }));
            uses.count(row, keys);
        }
        let all = keys.iter().all(|key| uses.last.contains_key(key));
        match found.next {
            Some(next) if page < PAGES && !all => path = next,
            Some(_) => break,
            // The whole of it, as far back as was asked or as it is kept.
            None => {
                oldest = None;
                break;
            }
        }
    }
    let now = read_at.unwrap_or_else(|| http.microsoft_now());
    let back = |by: SignedDuration| now.checked_sub(by).unwrap_or(Timestamp::MIN);
    // The oldest that was looked at may share its second with one that wasn't.
    uses.from = oldest.map_or_else(
        || since.max(back(KEPT)),
        |at| at.checked_add(SignedDuration::from_secs(1)).unwrap_or(at),
    );
    let late = SignedDuration::try_from(http.cloud().waits.sign_in_log).unwrap_or(SignedDuration::MAX);
    uses.until = back(late);
    Ok(SignInLog::Read(uses))
}

impl Uses {
    fn count(&mut self, row: &Row, keys: &[KeyId]) {
        let refused = row.status.as_ref().and_then(|status| status.error_code);
        if refused.is_some_and(|code| code != 0) || row.correlation_id.as_deref().is_some_and(own::is_ours) {
            return;
        }
        let at = row.created_date_time;
        let named = row.service_principal_credential_key_id.as_deref();
        let key: Option<KeyId> = named.and_then(|id| id.parse().ok());
        match key.filter(|key| !key.0.is_nil()) {
            Some(key) if keys.contains(&key) => {
                let last = self.last.entry(key).or_insert(at);
                *last = at.max(*last);
            }
            Some(_) => {}
            None => self.unnamed = self.unnamed.max(Some(at)),
        }
    }
}

/// The codes are those of public bug reports, which `docs/sign-in-log.md` names.
fn closed(code: &str) -> Closed {
    match code {
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant" => Closed::Licence,
        "Authentication_MSGraphPermissionMissing" => Closed::Permission,
        "Authentication_RequestFromUnsupportedUserRole" => Closed::Role,
        _ => Closed::Otherwise,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const KEY: KeyId = KeyId(Uuid::from_u128(1));
    const OTHER: KeyId = KeyId(Uuid::from_u128(2));

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(minute * 60).unwrap()
    }

    fn row(minute: i64, key: &str) -> Row {
        Row {
            created_date_time: at(minute),
            correlation_id: None,
            service_principal_credential_key_id: Some(key.to_owned()),
            status: None,
        }
    }

    #[test]
    fn the_last_use_of_each_key_counts_and_ours_and_refused_ones_do_not() {
        let mut uses = Uses::default();
        let ours = Row {
            correlation_id: Some(own::mark().to_string()),
            ..row(9, &KEY.to_string())
        };
        let refused = Row {
            status: Some(Status {
                error_code: Some(7_000_222),
            }),
            ..row(8, &KEY.to_string())
        };
        let good = Row {
            status: Some(Status { error_code: Some(0) }),
            correlation_id: Some(Uuid::new_v4().to_string()),
            ..row(7, &KEY.to_string().to_uppercase())
        };
        for row in [
            ours,
            refused,
            row(3, &KEY.to_string()),
            good,
            row(9, &OTHER.to_string()),
        ] {
            uses.count(&row, &[KEY]);
        }
        assert_eq!(uses.last, BTreeMap::from([(KEY, at(7))]));
        assert_eq!(uses.unnamed, None);
        for nothing in ["", "00000000-0000-0000-0000-000000000000"] {
            uses.count(&row(5, nothing), &[KEY]);
        }
        assert_eq!(uses.unnamed, Some(at(5)));
    }

    #[test]
    fn silence_is_known_only_for_what_was_looked_at() {
        let uses = Uses {
            last: BTreeMap::from([(KEY, at(20))]),
            unnamed: None,
            from: at(10),
            until: at(60),
        };
        assert_eq!(uses.silent_until(KEY, at(30)), Some(at(60)));
        assert_eq!(uses.silent_until(KEY, at(20)), None, "it was used then");
        assert_eq!(uses.silent_until(OTHER, at(10)), Some(at(60)));
        assert_eq!(
            uses.silent_until(OTHER, at(9)),
            None,
            "nobody looked that far back"
        );
        assert_eq!(
            uses.silent_until(OTHER, at(60)),
            None,
            "that time may not show yet"
        );
        let unnamed = Uses {
            unnamed: Some(at(40)),
            ..uses
        };
        assert_eq!(
            unnamed.silent_until(OTHER, at(30)),
            None,
            "it may have been this key"
        );
        assert_eq!(unnamed.silent_until(OTHER, at(50)), Some(at(60)));
    }
}
