//! Errors of the Exchange admin endpoint: the useful text is only in the details (microsoft-facts §4d).

use serde_json::json;

use super::output::{self, Output};
use crate::wire::Reply;

/// A cmdlet that failed.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    status: u16,
    code: &'static str,
    exception: &'static str,
    text: String,
}

/// What a cmdlet gives: objects and warnings.
pub(super) type Outcome = Result<Output, Failure>;

impl Failure {
    /// 404: the object is not there.
    pub(super) fn not_found(identity: &str) -> Self {
        Self {
            status: 404,
            code: "NotFound",
            exception: "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
            text: format!(
                "The operation couldn't be performed because object '{identity}' couldn't be found on 'PRACTICE001.PROD.OUTLOOK.EXAMPLE'."
            ),
        }
    }

    /// 400 with this exception.
    pub(super) fn bad(exception: &'static str, text: impl Into<String>) -> Self {
        Self {
            status: 400,
            code: "BadRequest",
            exception,
            text: text.into(),
        }
    }

    /// 400: PowerShell could not bind a parameter.
    pub(super) fn binding(text: impl Into<String>) -> Self {
        Self::bad("System.Management.Automation.ParameterBindingException", text)
    }

    /// 400: a request that is no cmdlet call at all.
    pub(super) fn request(text: impl Into<String>) -> Self {
        Self::bad("Microsoft.OData.ODataException", text)
    }

    /// 404: a person, group or app that was to get a right is not there.
    pub(super) fn no_trustee(identity: &str) -> Self {
        Self {
            text: format!(
                "User or group \"{identity}\" wasn't found. Please make sure you've typed it correctly."
            ),
            ..Self::not_found(identity)
        }
    }

    /// What the error says.
    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// 400: an object of that name exists.
    pub(super) fn exists(what: &str, name: &str) -> Self {
        Self::bad(
            "Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException",
            format!("The {what} \"{name}\" already exists."),
        )
    }

    /// 400: a mandatory parameter was not given.
    pub(super) fn missing(parameter: &str) -> Self {
        Self::binding(format!(
            "Cannot process command because of one or more missing mandatory parameters: {parameter}."
        ))
    }

    /// The envelope.
    pub(super) fn reply(&self) -> Reply {
        let id = crate::organisation::ids::hex_sha256(self.exception.as_bytes())
            .get(..6)
            .unwrap_or_default()
            .to_uppercase();
        let text = shortened(&self.text);
        let message = format!("|{}|{text}", self.exception);
        output::json_reply(
            self.status,
            &json!({
                "error": {
                    "code": self.code,
                    "message": "Error executing cmdlet",
                    "details": [{"code": "Client", "target": "", "message": format!("Ex{id}{message}")}],
                    "innererror": {
                        "message": "Error executing cmdlet",
                        "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
                        "stacktrace": "",
                        "internalexception": {"message": text, "type": self.exception, "stacktrace": ""},
                    },
                },
                "adminapi.warnings@odata.type": "#Collection(String)",
                "@adminapi.warnings": [],
            }),
        )
    }
}

/// The text with its middle left out when it repeats something very long that the request held.
fn shortened(text: &str) -> String {
    const START: usize = 3_000;
    const END: usize = 500;
    let count = text.chars().count();
    if count <= START + END {
        return text.to_owned();
    }
    let start: String = text.chars().take(START).collect();
    let end: String = text.chars().skip(count - END).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_held_is_repeated_in_part_only() {
        let failure = Failure::not_found(&"ä".repeat(1_000_000));
        let body = failure.reply().body;
        assert!(body.len() < 20_000, "{}", body.len());
        let text = String::from_utf8_lossy(&body).into_owned();
        assert!(text.contains("couldn't be found on"), "the end is kept");
        assert_eq!(shortened("short"), "short");
    }
}
