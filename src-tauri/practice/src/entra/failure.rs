//! Entra's errors: the JSON of the token endpoint, with the codes that clients switch on.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// The longest text of an error, in characters.
const TEXT_AT_MOST: usize = 2_000;

/// An error with an AADSTS code (microsoft-facts §1.8).
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    status: u16,
    error: &'static str,
    code: u64,
    text: String,
    suberror: Option<&'static str>,
    claims: Option<String>,
    /// Whether the answer carries `error_uri`; the captured answers of some codes do not.
    has_uri: bool,
}

impl Failure {
    /// An error of the token endpoint with HTTP status 400.
    pub(crate) fn new(error: &'static str, code: u64, text: impl Into<String>) -> Self {
        let mut text = text.into();
        // Texts quote what was sent, and nobody needs a megabyte of it back.
        if let Some((end, _)) = text.char_indices().nth(TEXT_AT_MOST) {
            text.truncate(end);
        }
        Self {
            status: 400,
            error,
            code,
            text,
            suberror: None,
            claims: None,
            has_uri: true,
        }
    }

    /// The same with HTTP status 401, as failed client authentication has it.
    pub(crate) fn unauthenticated(error: &'static str, code: u64, text: impl Into<String>) -> Self {
        Self {
            status: 401,
            ..Self::new(error, code, text)
        }
    }

    /// The same with a `suberror`.
    pub(crate) fn with_suberror(self, suberror: &'static str) -> Self {
        Self {
            suberror: Some(suberror),
            ..self
        }
    }

    /// The same with the `claims` that the client must send back to get on, as Conditional Access asks for.
    pub(crate) fn with_claims(self, claims: String) -> Self {
        Self {
            claims: Some(claims),
            ..self
        }
    }

    /// The same without `error_uri`, as captured for codes that have no page.
    pub(crate) fn without_uri(self) -> Self {
        Self {
            has_uri: false,
            ..self
        }
    }

    /// The same under another `error`, for an endpoint that names the mistake differently.
    pub(crate) fn with_error(self, error: &'static str) -> Self {
        Self { error, ..self }
    }

    /// The `error` member.
    pub(crate) fn error(&self) -> &'static str {
        self.error
    }

    /// The code without its prefix.
    pub(crate) fn code(&self) -> u64 {
        self.code
    }

    /// The text without the code.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Code and text, without the ids of a request.
    pub(crate) fn brief(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.text)
    }

    /// The description as a redirect carries it.
    pub(crate) fn description(&self, organisation: &Organisation, call: &Call) -> String {
        let timestamp = timestamp(organisation);
        format!(
            "AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {timestamp}",
            self.code,
            self.text,
            call.request_id,
            correlation(call)
        )
    }

    /// The JSON answer of the token endpoint.
    pub(crate) fn reply(&self, organisation: &Organisation, call: &Call) -> Reply {
        let mut body: Value = json!({
            "error": self.error,
            "error_description": self.description(organisation, call),
            "error_codes": [self.code],
            "timestamp": timestamp(organisation),
            "trace_id": call.request_id.to_string(),
            "correlation_id": correlation(call).to_string(),
        });
        if self.has_uri {
            let uri = format!("https://login.microsoftonline.com/error?code={}", self.code);
            body["error_uri"] = json!(uri);
        }
        if let Some(claims) = &self.claims {
            body["claims"] = json!(claims);
        }
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        Reply::json(self.status, &body)
            .with("cache-control", "no-store, no-cache")
            .with("pragma", "no-cache")
    }
}

/// The id that ties a client's requests together: its own, or the request's.
pub(super) fn correlation(call: &Call) -> Uuid {
    call.header("client-request-id")
        .and_then(|id| Uuid::try_parse(id).ok())
        .unwrap_or(call.request_id)
}

fn timestamp(organisation: &Organisation) -> String {
    organisation
        .clock
        .now()
        .strftime("%Y-%m-%d %H:%M:%SZ")
        .to_string()
}

/// The tenant of a path does not exist (AADSTS90002).
pub(crate) fn unknown_tenant(tenant: &str, error: &'static str) -> Failure {
    Failure::new(
        error,
        90002,
        format!(
            "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the \
             correct cloud. Check with your subscription administrator, this may happen if there are no active \
             subscriptions for the tenant."
        ),
    )
}

/// The app is not in this tenant (AADSTS700016).
pub(crate) fn unknown_application(client_id: &str) -> Failure {
    Failure::new(
        "unauthorized_client",
        700_016,
        format!(
            "Application with identifier '{client_id}' was not found in the directory '{}'. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in the \
             tenant. You may have sent your authentication request to the wrong tenant.",
            crate::organisation::NAME
        ),
    )
}

/// An endpoint that is only posted to was asked otherwise (AADSTS900561; the HTTP status is UNVERIFIED).
pub(crate) fn wrong_method(method: &str) -> Failure {
    Failure {
        status: 405,
        ..Failure::new(
            "invalid_request",
            900_561,
            format!("The endpoint only accepts POST, OPTIONS requests. Received a {method} request."),
        )
    }
}

/// What was sent as an app id cannot be one (AADSTS700038, captured).
pub(crate) fn invalid_application_id(client_id: &str) -> Failure {
    Failure::new(
        "unauthorized_client",
        700_038,
        format!("{client_id} is not a valid application identifier."),
    )
    .without_uri()
}

/// What a person reads whom Conditional Access stops.
pub(super) const BLOCKED: &str = "Your sign-in was successful but does not meet the criteria to access this resource. For \
     example, you might be signing in from a browser, app, or location that is restricted by your admin.";

/// The sign-in is blocked by Conditional Access (AADSTS53003), with the claims challenge that a client may try to
/// satisfy.
pub(crate) fn blocked_by_policy() -> Failure {
    Failure::new(
        "access_denied",
        53003,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
    )
    .with_claims(
        r#"{"access_token":{"capolids":{"essential":true,"values":["2e3f1c1a-5a0f-4f1c-9a4e-53003c0ffee0"]}}}"#.to_owned(),
    )
}

/// More than a password is needed (AADSTS50076).
pub(crate) fn stronger_sign_in(api: &str) -> Failure {
    Failure::new(
        "invalid_grant",
        50076,
        format!(
            "Due to a configuration change made by your administrator, or because you moved to a new location, you must use \
             multi-factor authentication to access '{api}'."
        ),
    )
    .with_suberror("basic_action")
    .with_claims(
        r#"{"access_token":{"capolids":{"essential":true,"values":["7d5d7b0e-1f0a-4c3e-8a50-50076c0ffee0"]}}}"#.to_owned(),
    )
}

/// Something that should never fail did.
pub(crate) fn server_error() -> Failure {
    Failure::new(
        "server_error",
        90033,
        "A transient error has occurred. Please try again.",
    )
}

/// A parameter is missing (AADSTS900144).
pub(crate) fn missing(parameter: &str) -> Failure {
    Failure::new(
        "invalid_request",
        900_144,
        format!("The request body must contain the following parameter: '{parameter}'."),
    )
}

/// An API that nobody installed (AADSTS500011).
pub(crate) fn unknown_resource(organisation: &Organisation, resource: &str) -> Failure {
    Failure::new(
        "invalid_resource",
        500_011,
        format!(
            "The resource principal named {resource} was not found in the tenant named {}. This can happen if the \
             application has not been installed by the administrator of the tenant or consented to by any user in the \
             tenant. You might have sent your authentication request to the wrong tenant.",
            organisation.objects.tenant_id
        ),
    )
}
