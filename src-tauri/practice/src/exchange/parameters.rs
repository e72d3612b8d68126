//! The parameters of one cmdlet call, checked as PowerShell would check them before the cmdlet runs.

use serde_json::{Map, Value};

use super::failure::Failure;
use super::pages::Page;

/// What a parameter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// One or several texts; several come as an array.
    Texts,
    /// A multi-valued property: an array replaces it, `{"Add": […], "Remove": […]}` changes it (microsoft-facts §4d).
    Multi,
    Switch,
    Boolean,
    /// `$true`, `$false` or `$null`.
    MaybeBoolean,
    /// A number or "Unlimited".
    Size,
    Number,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Some of these words, as an array or with commas between them.
    Choices(&'static [&'static str]),
}

/// One parameter of a cmdlet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) mandatory: bool,
}

/// A parameter that may be left out.
pub(super) const fn may(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        kind,
        mandatory: false,
    }
}

/// A parameter that must be given.
pub(super) const fn must(name: &'static str, kind: Kind) -> Parameter {
    Parameter {
        name,
        kind,
        mandatory: true,
    }
}

/// Parameters that every cmdlet takes, with what they take.
///
/// `Confirm` is taken and has no effect: clients send `false` with cmdlets that remove something (microsoft-facts §4d),
/// and what Exchange does without it, when nobody is there to be asked, is UNVERIFIED.
const COMMON: [Parameter; 12] = [
    may("Confirm", Kind::Boolean),
    may("WhatIf", Kind::Boolean),
    may("ErrorAction", Kind::Text),
    may("WarningAction", Kind::Text),
    may("InformationAction", Kind::Text),
    may("ProgressAction", Kind::Text),
    may("Verbose", Kind::Boolean),
    may("Debug", Kind::Boolean),
    may("ErrorVariable", Kind::Text),
    may("WarningVariable", Kind::Text),
    may("OutVariable", Kind::Text),
    may("OutBuffer", Kind::Number),
];

/// What a call wants done to a multi-valued property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// The whole new content; `None` when it is changed by adding and removing.
    pub(super) replace: Option<Vec<String>>,
    pub(super) add: Vec<String>,
    pub(super) remove: Vec<String>,
}

/// The parameters of a call under the names that the cmdlet has for them, each of the right kind.
#[derive(Debug)]
pub(super) struct Parameters {
    given: Vec<(&'static str, Value)>,
    /// Which part of a long list is wanted.
    pub(super) page: Page,
}

impl Parameters {
    /// Checks names, kinds and presence. Names are compared without regard to case, as PowerShell does; an unknown
    /// one answers 400 with `AmbiguousParameterSetException` (microsoft-facts §4d).
    pub(super) fn check(
        given: &Map<String, Value>,
        cmdlet: &str,
        known: &'static [Parameter],
        page: Page,
    ) -> Result<Self, Failure> {
        let mut checked = Vec::with_capacity(given.len());
        for (name, value) in given.iter().filter(|(name, _)| !name.contains('@')) {
            let parameter = known
                .iter()
                .chain(&COMMON)
                .find(|parameter| parameter.name.eq_ignore_ascii_case(name))
                .ok_or_else(|| unknown(name, cmdlet))?;
            if let Some(value) = read(parameter, value)? {
                checked.push((parameter.name, value));
            }
        }
        let missing: Vec<&str> = known
            .iter()
            .filter(|parameter| parameter.mandatory)
            .map(|parameter| parameter.name)
            .filter(|name| !checked.iter().any(|(given, _)| given == name))
            .collect();
        if !missing.is_empty() {
            return Err(Failure::missing(&missing.join(" ")));
        }
        Ok(Self { given: checked, page })
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.given
            .iter()
            .find(|(given, _)| *given == name)
            .map(|(_, value)| value)
    }

    /// Whether the parameter was given at all, be it with `$null`.
    pub(super) fn is_given(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// A text, or `None` when it is absent or empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    pub(super) fn require(&self, name: &str) -> Result<&str, Failure> {
        self.text(name).ok_or_else(|| Failure::missing(name))
    }

    /// Every text of a parameter that takes several.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        match self.value(name) {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(text)) => vec![text],
            _ => Vec::new(),
        }
    }

    /// A switch or boolean; `None` when it is absent or `$null`.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(Value::as_bool)
    }

    /// What is to happen to a multi-valued property, or `None` when nothing is.
    pub(super) fn change(&self, name: &str) -> Option<Change> {
        let texts = |value: Option<&Value>| -> Vec<String> {
            let items = value.and_then(Value::as_array).into_iter().flatten();
            items
                .filter_map(|item| item.as_str().map(str::to_owned))
                .collect()
        };
        match self.value(name)? {
            Value::Object(table) => Some(Change {
                replace: None,
                add: texts(table.get("Add")),
                remove: texts(table.get("Remove")),
            }),
            value => Some(Change {
                replace: Some(texts(Some(value))),
                ..Change::default()
            }),
        }
    }

    /// `ResultSize`: how many at the most, and whether that is only the default of a thousand.
    pub(super) fn result_size(&self) -> (usize, bool) {
        match self.value("ResultSize") {
            None => (1_000, true),
            Some(value) => {
                let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
                (number.unwrap_or(usize::MAX), false)
            }
        }
    }
}

fn unknown(name: &str, cmdlet: &str) -> Failure {
    Failure::bad(
        "Microsoft.Exchange.Management.PSDirectInvoke.AmbiguousParameterSetException",
        format!(
            "Parameter set cannot be resolved using the specified named parameters. A parameter cannot be found that matches parameter name '{name}' of '{cmdlet}'."
        ),
    )
}

/// Several parameters that exclude each other, or of which one is needed.
pub(super) fn ambiguous() -> Failure {
    Failure::bad(
        "Microsoft.Exchange.Management.PSDirectInvoke.AmbiguousParameterSetException",
        "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.",
    )
}

/// A value of a parameter in the form that the cmdlets read; `None` for `$null` where that means "not given".
fn read(parameter: &Parameter, value: &Value) -> Result<Option<Value>, Failure> {
    let name = parameter.name;
    Ok(Some(match (parameter.kind, value) {
        (Kind::MaybeBoolean, Value::Null) => Value::Null,
        (Kind::Multi, Value::Null) => Value::Array(Vec::new()),
        (_, Value::Null) => return Ok(None),
        (Kind::Text, value) => Value::String(one_text(name, value)?),
        (Kind::Texts, value) => texts(name, value)?,
        (Kind::Multi, Value::Object(table)) => {
            let mut change = Map::new();
            for (key, value) in table.iter().filter(|(key, _)| !key.contains('@')) {
                let key = ["Add", "Remove"]
                    .into_iter()
                    .find(|known| known.eq_ignore_ascii_case(key))
                    .ok_or_else(|| {
                        transformation(
                            name,
                            &format!("\"{key}\" is not a valid operation; use \"Add\" or \"Remove\"."),
                        )
                    })?;
                change.insert(key.to_owned(), texts(name, value)?);
            }
            Value::Object(change)
        }
        (Kind::Multi, value) => texts(name, value)?,
        (Kind::Switch | Kind::Boolean | Kind::MaybeBoolean, value) => Value::Bool(boolean(name, value)?),
        (Kind::Size, value) => size(name, value)?,
        (Kind::Number, value) => {
            let number = value
                .as_i64()
                .or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
            number.map(Value::from).ok_or_else(|| {
                transformation(
                    name,
                    &format!("Cannot convert value {value} to type \"System.Int32\"."),
                )
            })?
        }
        (Kind::Choice(words), value) => Value::String(choice(name, words, &one_text(name, value)?)?),
        (Kind::Choices(words), value) => {
            let mut chosen = Vec::new();
            for text in texts(name, value)?.as_array().into_iter().flatten() {
                let text = text.as_str().unwrap_or_default();
                for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
                    chosen.push(Value::String(choice(name, words, part)?));
                }
            }
            Value::Array(chosen)
        }
    }))
}

/// PowerShell turns a number into a text by itself, but neither a list nor a table.
fn one_text(name: &str, value: &Value) -> Result<String, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(if *flag { "True" } else { "False" }.to_owned()),
        _ => Err(Failure::binding(format!(
            "Cannot process argument transformation on parameter '{name}'. Cannot convert value to type System.String."
        ))),
    }
}

/// A list of texts; one alone is a list of one.
fn texts(name: &str, value: &Value) -> Result<Value, Failure> {
    match value {
        Value::Null => Ok(Value::Array(Vec::new())),
        Value::Array(items) => items
            .iter()
            .map(|item| one_text(name, item).map(Value::String))
            .collect::<Result<Vec<Value>, Failure>>()
            .map(Value::Array),
        value => Ok(Value::Array(vec![Value::String(one_text(name, value)?)])),
    }
}

fn boolean(name: &str, value: &Value) -> Result<bool, Failure> {
    let refused = || {
        transformation(
            name,
            &format!(
                "Cannot convert value {value} to type \"System.Boolean\". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0 instead."
            ),
        )
    };
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::Number(number) => Ok(number.as_f64() != Some(0.0)),
        Value::String(text) => match text.trim().trim_start_matches('$').to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(refused()),
        },
        // A serialised SwitchParameter.
        Value::Object(table) => table
            .get("IsPresent")
            .and_then(Value::as_bool)
            .ok_or_else(refused),
        _ => Err(refused()),
    }
}

fn size(name: &str, value: &Value) -> Result<Value, Failure> {
    let number = match value {
        Value::String(text) if text.trim().eq_ignore_ascii_case("unlimited") => {
            return Ok(Value::String("Unlimited".into()));
        }
        Value::String(text) => text.trim().parse::<u64>().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    };
    number.map(Value::from).ok_or_else(|| {
        Failure::binding(format!(
            "Cannot bind parameter '{name}' to the target. Exception setting \"{name}\": \"{value} isn't a number or \"Unlimited\".\""
        ))
    })
}

/// The word as the cmdlet spells it.
fn choice(name: &str, words: &[&'static str], given: &str) -> Result<String, Failure> {
    words
        .iter()
        .find(|word| word.eq_ignore_ascii_case(given.trim()))
        .map(|word| (*word).to_owned())
        .ok_or_else(|| {
            Failure::binding(format!(
                "Cannot bind parameter '{name}' to the target. Exception setting \"{name}\": \"Unable to match the identifier name {given} to a valid enumerator name. Specify one of the following enumerator names and try again: {}\"",
                words.join(", ")
            ))
        })
}

fn transformation(name: &str, why: &str) -> Failure {
    Failure::binding(format!(
        "Cannot process argument transformation on parameter '{name}'. {why}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KNOWN: &[Parameter] = &[
        must("Identity", Kind::Text),
        may("ResultSize", Kind::Size),
        may("Hidden", Kind::Boolean),
        may("Disabled", Kind::MaybeBoolean),
        may("Right", Kind::Choice(&["FullAccess", "ReadPermission"])),
        may("Rights", Kind::Choices(&["FullAccess", "ReadPermission"])),
        may("Members", Kind::Texts),
        may("Owners", Kind::Multi),
        may("Force", Kind::Switch),
    ];

    fn check(given: Value) -> Result<Parameters, Failure> {
        let given = given.as_object().expect("an object").clone();
        Parameters::check(&given, "Set-Thing", KNOWN, Page::first(1_000))
    }

    #[test]
    fn names_ignore_case_and_unknown_ones_are_refused() {
        let parameters =
            check(json!({"identity": "a", "RESULTSIZE": "unlimited", "Confirm": false, "X@odata.type": "y"}))
                .expect("known");
        assert_eq!(parameters.text("Identity"), Some("a"));
        assert_eq!(parameters.result_size(), (usize::MAX, false));
        let text = |given| check(given).expect_err("refused").text().to_owned();
        assert!(text(json!({"Identity": "a", "Shoe": 1})).contains("parameter name 'Shoe'"));
        assert!(text(json!({"Hidden": true})).contains("missing mandatory parameters: Identity"));
        assert!(text(json!({"Identity": null})).contains("missing mandatory parameters: Identity"));
    }

    #[test]
    fn each_kind_takes_what_powershell_converts_and_refuses_the_rest() {
        for (name, value, taken) in [
            ("Hidden", json!(true), true),
            ("Hidden", json!("$false"), true),
            ("Hidden", json!(1), true),
            ("Hidden", json!("perhaps"), false),
            ("Hidden", json!([true]), false),
            ("Disabled", json!(null), true),
            ("Force", json!({"IsPresent": true}), true),
            ("Force", json!({}), false),
            ("ResultSize", json!(5), true),
            ("ResultSize", json!("7"), true),
            ("ResultSize", json!(-1), false),
            ("ResultSize", json!("all"), false),
            ("Right", json!("fullaccess"), true),
            ("Right", json!("Everything"), false),
            ("Rights", json!("FullAccess, ReadPermission"), true),
            ("Rights", json!(["FullAccess", "Nothing"]), false),
            ("Members", json!("one, with comma"), true),
            ("Members", json!(["a", {}]), false),
            ("Identity", json!({"a": 1}), false),
            ("Identity", json!(["a"]), false),
            ("Owners", json!({"Add": ["a"], "Replace": []}), false),
        ] {
            let mut given = json!({"Identity": "a"});
            given[name] = value.clone();
            assert_eq!(check(given).is_ok(), taken, "{name} {value}");
        }
    }

    #[test]
    fn a_multi_valued_property_is_replaced_or_changed() {
        let change = |value: Value| {
            check(json!({"Identity": "a", "Owners": value}))
                .expect("taken")
                .change("Owners")
        };
        let table = json!({"@odata.type": "#Exchange.GenericHashTable", "add": "x", "Remove": ["y", "z"]});
        assert_eq!(
            change(table),
            Some(Change {
                replace: None,
                add: vec!["x".into()],
                remove: vec!["y".into(), "z".into()],
            })
        );
        assert_eq!(
            change(json!(["x"])).and_then(|change| change.replace),
            Some(vec!["x".into()])
        );
        assert_eq!(
            change(Value::Null).and_then(|change| change.replace),
            Some(Vec::new())
        );
        assert_eq!(
            check(json!({"Identity": "a"})).expect("taken").change("Owners"),
            None
        );
    }

    #[test]
    fn a_number_is_a_text_and_one_text_is_a_list() {
        let parameters =
            check(json!({"Identity": 7, "Members": "Doe, John", "Rights": "fullaccess"})).expect("taken");
        assert_eq!(parameters.text("Identity"), Some("7"));
        assert_eq!(parameters.list("Members"), ["Doe, John"]);
        assert_eq!(parameters.list("Rights"), ["FullAccess"]);
        assert_eq!(parameters.result_size(), (1_000, true));
    }
}
