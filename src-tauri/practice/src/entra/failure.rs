//! Entra's errors: the JSON of the token endpoint, with the codes that clients switch on.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// An error with an AADSTS code (microsoft-facts §1.8).
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    status: u16,
    error: &'static str,
    code: u64,
    text: String,
    suberror: Option<&'static str>,
}

impl Failure {
    /// An error of the token endpoint with HTTP status 400.
    pub(crate) fn new(error: &'static str, code: u64, text: impl Into<String>) -> Self {
        Self {
            status: 400,
            error,
            code,
            text: text.into(),
            suberror: None,
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

    /// The `error` member.
    pub(crate) fn error(&self) -> &'static str {
        self.error
    }

    /// The code without its prefix.
    pub(crate) fn code(&self) -> u64 {
        self.code
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
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.code),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        Reply::json(self.status, &body)
            .with("cache-control", "no-store, no-cache")
            .with("pragma", "no-cache")
    }
}

/// The id that ties a client's requests together: its own, or the request's.
fn correlation(call: &Call) -> Uuid {
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
