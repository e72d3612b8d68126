//! The parameters of one cmdlet call, read as PowerShell would read them.

use serde_json::{Map, Value};

use super::failure::Failure;

/// Names are compared without regard to case, as PowerShell does.
#[derive(Debug)]
pub(super) struct Parameters<'a> {
    given: &'a Map<String, Value>,
}

impl<'a> Parameters<'a> {
    /// The parameters, once every name is known to the cmdlet; an unknown one answers 400 (microsoft-facts §4d).
    pub(super) fn check(
        given: &'a Map<String, Value>,
        cmdlet: &str,
        known: &[&str],
    ) -> Result<Self, Failure> {
        const COMMON: [&str; 5] = ["Confirm", "WhatIf", "ErrorAction", "WarningAction", "Verbose"];
        for name in given.keys().filter(|name| !name.contains('@')) {
            let is_known = known
                .iter()
                .chain(&COMMON)
                .any(|known| known.eq_ignore_ascii_case(name));
            if !is_known {
                return Err(Failure::bad(
                    "Microsoft.Exchange.Management.PSDirectInvoke.AmbiguousParameterSetException",
                    format!(
                        "Parameter set cannot be resolved using the specified named parameters. A parameter cannot be found that matches parameter name '{name}' of '{cmdlet}'."
                    ),
                ));
            }
        }
        Ok(Self { given })
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.given
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// A text, or `None` when it is absent or empty.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.value(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub(super) fn require(&self, name: &str) -> Result<&'a str, Failure> {
        self.text(name).ok_or_else(|| Failure::missing(name))
    }

    /// One or several texts; a comma separates them inside one.
    pub(super) fn list(&self, name: &str) -> Vec<&'a str> {
        match self.value(name) {
            Some(Value::String(text)) => text
                .split(',')
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .collect(),
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// A switch or boolean, also as text.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => Some(text.trim_start_matches('$').eq_ignore_ascii_case("true")),
            _ => None,
        }
    }

    /// `ResultSize`: a number, or `None` for "Unlimited". A thousand when it is absent.
    pub(super) fn result_size(&self) -> Result<Option<usize>, Failure> {
        let bad = || {
            Failure::bad(
                "System.Management.Automation.ParameterBindingException",
                "Cannot bind parameter 'ResultSize' to the target.",
            )
        };
        match self.value("ResultSize") {
            None => Ok(Some(1_000)),
            Some(Value::String(text)) if text.eq_ignore_ascii_case("unlimited") => Ok(None),
            Some(Value::String(text)) => text.parse().map(Some).map_err(|_| bad()),
            Some(Value::Number(number)) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .map(Some)
                .ok_or_else(bad),
            Some(_) => Err(bad()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_ignore_case_and_unknown_ones_are_refused() {
        let given = json!({"identity": "a", "RESULTSIZE": "unlimited", "Confirm": false});
        let given = given.as_object().expect("an object");
        let parameters = Parameters::check(given, "Get-Mailbox", &["Identity", "ResultSize"]).expect("known");
        assert_eq!(parameters.text("Identity"), Some("a"));
        assert_eq!(parameters.result_size().expect("a size"), None);
        assert!(Parameters::check(given, "Get-Mailbox", &["Identity"]).is_err());
    }

    #[test]
    fn lists_come_as_text_or_array() {
        let given = json!({"A": "x, y", "B": ["x", "y"], "C": 3});
        let given = given.as_object().expect("an object");
        let parameters = Parameters::check(given, "X", &["A", "B", "C"]).expect("known");
        assert_eq!(parameters.list("A"), parameters.list("B"));
        assert!(parameters.list("C").is_empty());
    }
}
