//! The organisation's switches: what changes its answers for as long as it is set, as opposed to trouble, which
//! strikes single requests.

pub(crate) mod repeated_pages;
pub(crate) mod setting;
pub(crate) mod spoilt;
pub(crate) mod throttling;
pub(crate) mod trouble;

use serde::{Deserialize, Serialize};

use crate::wire::hosts::Cloud;

/// Whether Microsoft's documented limits are kept (microsoft-facts §2.13).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Throttling {
    /// No limit.
    ///
    /// This is the default although Microsoft always has limits: someone who measures a client or this server
    /// under load must see no refusal that they did not ask for, and the directory's limit for an app is reached
    /// within seconds by 200 clients that share one app, as tests do.
    #[default]
    Off,
    /// Every limit that is documented, with its headers.
    Documented,
}

/// What has become of the directory roles of the organisation's people (microsoft-facts §2.7, §2.8).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PeoplesRoles {
    /// They hold what they were given.
    #[default]
    Held,
    /// Every role must be activated first (PIM), and none is.
    Eligible,
    /// Nobody was ever given one.
    Missing,
}

/// Whether the link to the next page of an Exchange list can be used again (practice-organisation notes: sources
/// disagree).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExchangePaging {
    /// As often as wanted, for ten minutes.
    #[default]
    Repeatable,
    /// Once; a replay answers 400 "Expired or Invalid pagination request".
    Once,
}

/// Switches of the organisation that change what it answers.
///
/// Delays that are given here in seconds last that long by the organisation's clock, quick or explicit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// App management policy forbids new secrets (microsoft-facts §2.6).
    pub secrets_forbidden: bool,
    /// The longest life of a secret in days; `None` means that no policy limits it, as in the default policy that
    /// Microsoft documents (`isEnabled: false`, microsoft-facts §2.6).
    pub secret_days_at_most: Option<u32>,
    /// Conditional Access refuses every sign-in with AADSTS53003.
    pub sign_in_refused: bool,
    /// A refresh token or a password is refused with AADSTS50076 until the person signs in anew; a sign-in in the
    /// browser always satisfies it.
    pub multi_factor_required: bool,
    /// Conditional Access refuses the device code flow only (microsoft-facts §1.2).
    pub device_code_blocked: bool,
    /// Nobody without a consenting role may consent to anything (AADSTS90094, microsoft-facts §8).
    pub user_consent_forbidden: bool,
    /// Who may not consent is offered to ask for approval (AADSTS90095 instead of 90094).
    pub consent_requests: bool,
    /// Whoever is asked for consent declines (AADSTS65004), whatever is pressed.
    pub consent_declined: bool,
    /// Whether people without a role may register apps (microsoft-facts §2.7).
    pub users_may_create_apps: bool,
    /// What has become of people's directory roles.
    pub peoples_roles: PeoplesRoles,
    /// The organisation was never customised: scopes need `Enable-OrganizationCustomization` first.
    pub dehydrated: bool,
    /// SMTP AUTH is switched off for the whole tenant (microsoft-facts §4c).
    pub smtp_auth_off: bool,
    /// There is no licence of Entra ID P1 or P2, without which Graph shows no sign-ins (graph docs, `signin`).
    pub premium_missing: bool,
    /// How long a sign-in stays missing from the log; the clock's own length where it is absent.
    pub sign_in_log_seconds: Option<u32>,
    /// How long a new directory object stays invisible to reads and dependents (microsoft-facts §2.11); the
    /// clock's own length where it is absent.
    pub replication_seconds: Option<u32>,
    /// How long, after that, every second request is still answered by a replica that lacks the object
    /// (security-and-reliability §3.8: 404, 200, 404).
    pub flip_flop_seconds: u32,
    /// How long a new secret is refused with AADSTS7000215 (microsoft-facts §2.11); the clock's own length where it
    /// is absent.
    pub secret_seconds: Option<u32>,
    /// How long a new application permission is missing from new tokens (microsoft-facts §2.11).
    pub consent_seconds: u32,
    /// How far queries with `ConsistencyLevel: eventual` lag behind: objects that are younger are not found by them
    /// (security-and-reliability §3.8).
    pub stale_seconds: u32,
    /// Every page of a list after the first begins with the last object of the page before
    /// (security-and-reliability §3.8).
    pub duplicates_across_pages: bool,
    /// Whether links to next pages of Exchange's lists can be used again.
    pub exchange_paging: ExchangePaging,
    /// Whether `Test-ServicePrincipalAuthorization` writes `InScope` as a boolean instead of a word
    /// (practice-organisation notes: sources disagree).
    pub authorization_booleans: bool,
    /// Whether `New-ServicePrincipal` takes the object id of an app registration, with which the app then fails to
    /// authenticate (microsoft-facts §4c), instead of not finding it.
    pub wrong_object_id_accepted: bool,
    /// Whether SMTP turns down somebody's token for a mailbox that isn't their own, whatever rights they have on it.
    /// Disputed and UNVERIFIED: Microsoft's documents name shared mailboxes, one public measurement got `535 5.7.3`.
    pub smtp_delegates_refused: bool,
    /// Which of Microsoft's clouds the organisation lives in. At the hosts of another it isn't known.
    pub cloud: Cloud,
    /// Whether Microsoft's limits are kept.
    pub throttling: Throttling,
    /// By how many seconds the `Date` of every answer is ahead of the organisation's clock; behind, when negative.
    pub clock_skew_seconds: i32,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            secrets_forbidden: false,
            secret_days_at_most: None,
            sign_in_refused: false,
            multi_factor_required: false,
            device_code_blocked: false,
            user_consent_forbidden: false,
            consent_requests: false,
            consent_declined: false,
            users_may_create_apps: true,
            peoples_roles: PeoplesRoles::Held,
            dehydrated: false,
            smtp_auth_off: false,
            premium_missing: false,
            sign_in_log_seconds: None,
            replication_seconds: None,
            flip_flop_seconds: 0,
            secret_seconds: None,
            consent_seconds: 0,
            stale_seconds: 0,
            duplicates_across_pages: false,
            exchange_paging: ExchangePaging::Repeatable,
            authorization_booleans: false,
            wrong_object_id_accepted: false,
            smtp_delegates_refused: false,
            cloud: Cloud::Worldwide,
            throttling: Throttling::Off,
            clock_skew_seconds: 0,
        }
    }
}
