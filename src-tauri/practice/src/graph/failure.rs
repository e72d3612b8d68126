//! Graph's error envelope and the errors that several endpoints share (microsoft-facts §2 and §2.10).

use serde_json::{Value, json};

use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// An error of Graph.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
}

/// What an endpoint answers.
pub(super) type Answer = Result<Reply, Failure>;

impl Failure {
    /// An error with this status, code and message.
    pub(crate) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    /// The envelope.
    pub(crate) fn reply(&self, organisation: &Organisation, call: &Call) -> Reply {
        Reply::json(self.status, &self.body(organisation, call))
    }

    fn body(&self, organisation: &Organisation, call: &Call) -> Value {
        let client = call
            .header("client-request-id")
            .map_or_else(|| call.request_id.to_string(), str::to_owned);
        json!({"error": {"code": self.code, "message": self.message, "innerError": {
            "date": organisation.clock.now().strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            "request-id": call.request_id.to_string(),
            "client-request-id": client,
        }}})
    }
}

/// 404: no such object, or not replicated yet.
pub(super) fn not_found(id: &str) -> Failure {
    Failure::new(
        404,
        "Request_ResourceNotFound",
        format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
        ),
    )
}

/// 403 for directory objects.
pub(super) fn denied() -> Failure {
    Failure::new(
        403,
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )
}

/// 400 with Graph's general code.
pub(super) fn bad_request(message: impl Into<String>) -> Failure {
    Failure::new(400, "Request_BadRequest", message)
}

/// 400: the query needs `ConsistencyLevel: eventual` (microsoft-facts §2.9).
pub(super) fn unsupported_query(message: impl Into<String>) -> Failure {
    Failure::new(400, "Request_UnsupportedQuery", message)
}

/// 403: more objects than the tenant may hold.
pub(super) fn quota() -> Failure {
    Failure::new(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for the Tenant has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.",
    )
}

/// 400: an object holds more credentials than it may. The code and the words are of public reports (microsoft-graph-docs issue
/// 21469, for 600 certificates); from which number on, and the status, are UNVERIFIED.
pub(super) fn too_large() -> Failure {
    Failure::new(
        400,
        "Directory_ResourceSizeExceeded",
        "The size of the object has exceeded its limit. Please reduce the number of values and retry your request.",
    )
}

/// 400: an app that personal accounts may use holds two secrets already (azure-cli issue 12946; azure-docs pull request
/// 115848, `supported-accounts-validation`).
pub(super) fn too_many_passwords() -> Failure {
    Failure::new(
        400,
        "TooManyAppPasswords",
        "Not allowed to add 3 passwords. You can only add a maximum of 2 passwords.",
    )
}

/// 400: a list of an object is full.
pub(super) fn list_full(name: &str) -> Failure {
    bad_request(format!(
        "The size of the object has exceeded its limit. Please reduce the number of values of '{name}' and retry your request."
    ))
}

/// 400: a reference that is there already.
pub(super) fn duplicate_reference(name: &str) -> Failure {
    bad_request(format!(
        "One or more added object references already exist for the following modified properties: '{name}'."
    ))
}
