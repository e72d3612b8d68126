//! An error in the shape of the service that was asked, for what goes wrong before the service itself is reached.

use jiff::Timestamp;
use serde_json::json;

use crate::wire::{Call, Reply};

/// The service that an address belongs to; each has its own shape of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// Microsoft Graph.
    Graph,
    /// The Exchange admin endpoint.
    Exchange,
    /// Sign-in, tokens and discovery.
    Entra,
    /// Anything else.
    Other,
}

impl Service {
    /// The service of a path.
    pub(crate) fn of(path: &str) -> Self {
        let below =
            |root: &str| path == root || path.strip_prefix(root).is_some_and(|rest| rest.starts_with('/'));
        if below("/v1.0") || below("/beta") {
            Self::Graph
        } else if below("/adminapi") {
            Self::Exchange
        } else if [
            "/oauth2/",
            "/.well-known/",
            "/discovery/",
            "/adminconsent",
            "/devicecode",
        ]
        .iter()
        .any(|part| path.contains(part))
        {
            Self::Entra
        } else {
            Self::Other
        }
    }
}

/// What an error says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal<'a> {
    pub(crate) status: u16,
    /// The service's own code; a fitting one is chosen otherwise.
    pub(crate) code: Option<&'a str>,
    /// The number of a sign-in or token error; a fitting one is chosen otherwise.
    pub(crate) aadsts: Option<u32>,
    pub(crate) message: &'a str,
}

impl Refusal<'_> {
    /// The error as the service that was asked writes it.
    pub(crate) fn reply(&self, call: &Call, now: Timestamp) -> Reply {
        let Self {
            status,
            code,
            aadsts,
            message,
        } = *self;
        let id = call.request_id.to_string();
        let client = call.header("client-request-id").unwrap_or(&id);
        let body = match Service::of(&call.path) {
            Service::Entra => {
                let number = aadsts.unwrap_or(match status {
                    401 => 7_000_215,
                    413 | 415 => 900_144,
                    429 => 90_013,
                    _ => 90_033,
                });
                let code = code.unwrap_or(match status {
                    401 => "invalid_client",
                    400 | 403 => "invalid_grant",
                    413 | 415 => "invalid_request",
                    _ => "temporarily_unavailable",
                });
                let time = now.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
                json!({
                    "error": code,
                    "error_description": format!(
                        "AADSTS{number}: {message} Trace ID: {id} Correlation ID: {client} Timestamp: {time}"
                    ),
                    "error_codes": [number], "timestamp": time, "trace_id": id, "correlation_id": client,
                    "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
                })
            }
            Service::Exchange => {
                let code = code.unwrap_or(match status {
                    400 | 413 | 415 => "BadRequest",
                    404 => "NotFound",
                    429 => "TooManyRequests",
                    _ => "InternalServerError",
                });
                let exception = "Microsoft.Exchange.Data.Directory.ADTransientException";
                json!({"error": {
                    "code": code, "message": message,
                    "details": [{"code": "Server", "target": "", "message": format!("|{exception}|{message}")}],
                    "innererror": {"message": message, "type": exception, "stacktrace": "",
                        "internalexception": {"message": message, "type": exception, "stacktrace": ""}},
                }})
            }
            Service::Graph | Service::Other => {
                let code = code.unwrap_or(match status {
                    400 => "Request_BadRequest",
                    401 => "InvalidAuthenticationToken",
                    403 => "Authorization_RequestDenied",
                    404 => "Request_ResourceNotFound",
                    408 => "RequestTimeout",
                    413 => "RequestEntityTooLarge",
                    415 => "UnsupportedMediaType",
                    429 => "TooManyRequests",
                    503 => "ServiceUnavailable",
                    504 => "GatewayTimeout",
                    _ => "UnknownError",
                });
                json!({"error": {"code": code, "message": message, "innerError": {
                    "date": now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
                    "request-id": id, "client-request-id": client}}})
            }
        };
        Reply::json(status, &body)
            .with("request-id", &id)
            .with("client-request-id", client)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use axum::http::{HeaderMap, Method};
    use serde_json::Value;

    fn told(path: &str, status: u16) -> Value {
        let refusal = Refusal {
            status,
            code: None,
            aadsts: None,
            message: "Not now.",
        };
        let call = Call::new(Method::GET, path, HeaderMap::new(), Bytes::new());
        let reply = refusal.reply(&call, Timestamp::UNIX_EPOCH);
        assert_eq!(reply.status, status);
        serde_json::from_slice(&reply.body).expect("JSON")
    }

    #[test]
    fn each_service_has_its_own_error() {
        assert_eq!(told("/v1.0/me", 429)["error"]["code"], "TooManyRequests");
        assert_eq!(
            told("/t/oauth2/v2.0/token", 503)["error"],
            "temporarily_unavailable"
        );
        assert_eq!(told("/t/oauth2/v2.0/token", 503)["error_codes"], json!([90_033]));
        let exchange = told("/adminapi/beta/t/InvokeCommand", 503);
        assert!(
            exchange["error"]["details"][0]["message"]
                .as_str()
                .expect("text")
                .contains('|')
        );
        assert_eq!(Service::of("/v1.01/x"), Service::Other);
    }
}
