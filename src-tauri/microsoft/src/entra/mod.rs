//! Entra: an admin's sign-in through the browser, and the app's own token.

pub mod app_token;
pub mod claims;
pub mod loopback;
pub(crate) mod own;
pub mod rights;
pub mod sign_in;

use serde_json::Value;

use crate::error::{Refusal, shorten};
use crate::http::Answer;

/// Reads the error of the token endpoint (microsoft-facts §1.8).
pub(crate) fn refusal(call: &str, answer: &Answer) -> Option<Refusal> {
    let body = answer.json()?;
    let error = body.get("error")?.as_str()?;
    let description = body
        .get("error_description")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let number = body.pointer("/error_codes/0").and_then(Value::as_u64);
    Some(Refusal {
        call: call.to_owned(),
        status: answer.status,
        code: number
            .map(|number| format!("AADSTS{number}"))
            .or_else(|| aadsts(description))
            .unwrap_or_else(|| error.to_owned()),
        message: shorten(description.split(" Trace ID:").next().unwrap_or_default()),
        request_id: body.get("trace_id").and_then(Value::as_str).map(str::to_owned),
        at: answer.at,
        sent_before: false,
    })
}

/// The `AADSTS…` number at the start of a description.
pub(crate) fn aadsts(description: &str) -> Option<String> {
    let digits: String = description
        .strip_prefix("AADSTS")?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then(|| format!("AADSTS{digits}"))
}
