//! The `$filter` language of Graph's directory, as far as its clients use it: comparisons, `startswith`, `endswith`,
//! `in`, `any` and `all` over collections, `$count` of a collection, `and`, `or`, `not` and parentheses.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::failure::Failure;
use super::property::Kind;
use super::schema::property;

/// How a value is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// A parsed filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    /// The property is one of the values.
    Equal(String, Vec<Value>),
    Compare(String, Relation, Value),
    StartsWith(String, String),
    EndsWith(String, String),
    Contains(String, String),
    /// One member of the collection passes the inner test; its property is empty for the member itself.
    Any(String, Option<Box<Self>>),
    /// Every member of the collection passes.
    All(String, Box<Self>),
}

/// An inner object's property, or the number of members for `…/$count`.
fn at(property: &dyn Fn(&str) -> Value, name: &str) -> Value {
    let mut parts = name.split('/');
    let first = property(parts.next().unwrap_or_default());
    parts.fold(first, |value, part| match part {
        "$count" => json!(value.as_array().map_or(0, Vec::len)),
        part => value.get(part).cloned().unwrap_or_default(),
    })
}

impl Filter {
    /// Reads a filter; `None` when it is not one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let tokens = tokens(text)?;
        let mut parser = Parser {
            tokens: &tokens,
            next: 0,
        };
        let filter = parser.or(0)?;
        (parser.next == tokens.len()).then_some(filter)
    }

    /// Whether an object with these properties passes.
    pub(super) fn matches(&self, property: &dyn Fn(&str) -> Value) -> bool {
        match self {
            Self::And(left, right) => left.matches(property) && right.matches(property),
            Self::Or(left, right) => left.matches(property) || right.matches(property),
            Self::Not(inner) => !inner.matches(property),
            Self::Equal(name, wanted) => {
                let held = at(property, name);
                wanted
                    .iter()
                    .any(|wanted| order(&held, wanted) == Some(Ordering::Equal))
            }
            Self::Compare(name, relation, wanted) => {
                order(&at(property, name), wanted).is_some_and(|found| match relation {
                    Relation::Greater => found == Ordering::Greater,
                    Relation::GreaterOrEqual => found != Ordering::Less,
                    Relation::Less => found == Ordering::Less,
                    Relation::LessOrEqual => found != Ordering::Greater,
                })
            }
            Self::StartsWith(name, start) => {
                text_of(&at(property, name)).is_some_and(|held| held.starts_with(&start.to_lowercase()))
            }
            Self::EndsWith(name, end) => {
                text_of(&at(property, name)).is_some_and(|held| held.ends_with(&end.to_lowercase()))
            }
            Self::Contains(name, part) => {
                text_of(&at(property, name)).is_some_and(|held| held.contains(&part.to_lowercase()))
            }
            Self::Any(name, inner) => members(&at(property, name)).iter().any(|member| {
                inner
                    .as_ref()
                    .is_none_or(|inner| inner.matches(&|name| of_member(member, name)))
            }),
            Self::All(name, inner) => members(&at(property, name))
                .iter()
                .all(|member| inner.matches(&|name| of_member(member, name))),
        }
    }

    /// Whether Graph answers it only with `ConsistencyLevel: eventual` and `$count=true`: `ne`, `not`, `endsWith`
    /// and `$count` always, and addresses inside `proxyAddresses` (microsoft-facts §2.9).
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.is_advanced() || right.is_advanced(),
            Self::Not(_) | Self::EndsWith(..) => true,
            Self::Any(name, inner) => {
                name == "proxyAddresses" || inner.as_ref().is_some_and(|inner| inner.is_advanced())
            }
            Self::All(_, inner) => inner.is_advanced(),
            Self::Equal(name, _) | Self::Compare(name, ..) => name.ends_with("/$count"),
            Self::StartsWith(..) | Self::Contains(..) => false,
        }
    }

    /// Checks the names and the types of the literals against a type of Graph's schema.
    ///
    /// # Errors
    /// 400 with OData's words for an unknown property or a literal of the wrong type; 400 `Request_UnsupportedQuery`
    /// for `contains`, which the directory does not support.
    pub(super) fn check(&self, kind: &str) -> Result<(), Failure> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                left.check(kind).and_then(|()| right.check(kind))
            }
            Self::Not(inner) => inner.check(kind),
            Self::Equal(name, values) => values
                .iter()
                .try_for_each(|value| check_literal(kind, name, value, "Equal")),
            Self::Compare(name, relation, value) => {
                let operator = match relation {
                    Relation::Greater => "GreaterThan",
                    Relation::GreaterOrEqual => "GreaterThanOrEqual",
                    Relation::Less => "LessThan",
                    Relation::LessOrEqual => "LessThanOrEqual",
                };
                check_literal(kind, name, value, operator)
            }
            Self::StartsWith(name, value) | Self::EndsWith(name, value) => {
                check_literal(kind, name, &json!(value), "Equal")
            }
            Self::Contains(name, _) => {
                declared(kind, name)?;
                Err(Failure::new(
                    400,
                    "Request_UnsupportedQuery",
                    format!(
                        "Unsupported or invalid query filter clause specified for property '{name}' of resource '{}'.",
                        capital(kind)
                    ),
                ))
            }
            Self::Any(name, inner) => declared(kind, name).and_then(|found| match (found, inner) {
                (Some(Kind::Object(inner_kind)), Some(inner)) => inner.check(inner_kind),
                _ => Ok(()),
            }),
            Self::All(name, inner) => declared(kind, name).and_then(|found| match found {
                Some(Kind::Object(inner_kind)) => inner.check(inner_kind),
                _ => Ok(()),
            }),
        }
    }
}

/// A type's name as the directory's messages write it.
fn capital(kind: &str) -> String {
    let mut letters = kind.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn invalid(message: impl std::fmt::Display) -> Failure {
    Failure::new(400, "BadRequest", format!("Invalid filter clause: {message}"))
}

/// What the property at the end of a path holds; nothing when it is a `$count`.
fn declared(kind: &str, path: &str) -> Result<Option<Kind>, Failure> {
    let mut kind = kind;
    let mut found = None;
    for part in path.split('/') {
        if part == "$count" || part.is_empty() {
            return Ok(None);
        }
        let held = property(kind, part).ok_or_else(|| {
            invalid(format!(
                "Could not find a property named '{part}' on type 'microsoft.graph.{kind}'."
            ))
        })?;
        found = Some(held.kind);
        match held.kind {
            Kind::Object(inner) => kind = inner,
            Kind::Link => return Ok(None),
            _ => {}
        }
    }
    Ok(found)
}

fn check_literal(kind: &str, path: &str, value: &Value, operator: &str) -> Result<(), Failure> {
    let Some(declared) = declared(kind, path)? else {
        return Ok(());
    };
    let fits = match (declared, value) {
        (_, Value::Null) => true,
        (Kind::Flag, Value::Bool(_)) | (Kind::Whole, Value::Number(_)) => true,
        (Kind::Flag | Kind::Whole, _) => false,
        (Kind::Guid, Value::String(text)) => uuid::Uuid::try_parse(text).is_ok(),
        (Kind::Time, Value::String(text)) => time(text).is_some(),
        (_, Value::String(_)) => true,
        _ => false,
    };
    if fits {
        return Ok(());
    }
    let name = |kind| match kind {
        Kind::Flag => "Edm.Boolean",
        Kind::Whole => "Edm.Int32",
        Kind::Guid => "Edm.Guid",
        Kind::Time => "Edm.DateTimeOffset",
        _ => "Edm.String",
    };
    let given = match value {
        Value::Bool(_) => "Edm.Boolean",
        Value::Number(_) => "Edm.Int32",
        _ => "Edm.String",
    };
    Err(invalid(format!(
        "A binary operator with incompatible types was detected. Found operand types '{}' and '{given}' for operator kind '{operator}'.",
        name(declared)
    )))
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_lowercase)
}

fn members(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn of_member(member: &Value, name: &str) -> Value {
    if name.is_empty() {
        member.clone()
    } else {
        member.get(name).cloned().unwrap_or_default()
    }
}

/// An instant; a date counts as its first moment.
fn time(text: &str) -> Option<Timestamp> {
    text.parse()
        .or_else(|_| format!("{text}T00:00:00Z").parse())
        .ok()
        .filter(|_| text.as_bytes().get(4) == Some(&b'-'))
}

fn order(held: &Value, wanted: &Value) -> Option<Ordering> {
    match (held, wanted) {
        (Value::String(held), Value::String(wanted)) => Some(match (time(held), time(wanted)) {
            (Some(held), Some(wanted)) => held.cmp(&wanted),
            _ => held.to_lowercase().cmp(&wanted.to_lowercase()),
        }),
        (Value::Number(held), Value::Number(wanted)) => held.as_f64()?.partial_cmp(&wanted.as_f64()?),
        _ => (held == wanted).then_some(Ordering::Equal),
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(&character) = characters.peek() {
        if character.is_whitespace() {
            characters.next();
        } else if "(),:".contains(character) {
            characters.next();
            tokens.push(Token::Mark(character));
        } else if character == '\'' {
            characters.next();
            let mut value = String::new();
            loop {
                match characters.next()? {
                    '\'' if characters.peek() == Some(&'\'') => {
                        characters.next();
                        value.push('\'');
                    }
                    '\'' => break,
                    other => value.push(other),
                }
            }
            tokens.push(Token::Text(value));
        } else {
            let mut word = String::new();
            // The colons of a time belong to it; the one after a lambda's variable does not.
            let number = character.is_ascii_digit();
            while let Some(&found) = characters.peek() {
                if found.is_whitespace() || "(),'".contains(found) || (found == ':' && !number) {
                    break;
                }
                word.push(found);
                characters.next();
            }
            tokens.push(Token::Word(word));
        }
    }
    Some(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
}

impl Parser<'_> {
    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.next += usize::from(found);
        found
    }

    fn mark(&mut self, wanted: char) -> Option<()> {
        (self.tokens.get(self.next) == Some(&Token::Mark(wanted))).then(|| self.next += 1)
    }

    fn any_word(&mut self) -> Option<String> {
        let Some(Token::Word(word)) = self.tokens.get(self.next) else {
            return None;
        };
        self.next += 1;
        Some(word.clone())
    }

    fn or(&mut self, depth: usize) -> Option<Filter> {
        let mut left = self.and(depth)?;
        while self.word("or") {
            left = Filter::Or(Box::new(left), Box::new(self.and(depth)?));
        }
        Some(left)
    }

    fn and(&mut self, depth: usize) -> Option<Filter> {
        let mut left = self.term(depth)?;
        while self.word("and") {
            left = Filter::And(Box::new(left), Box::new(self.term(depth)?));
        }
        Some(left)
    }

    fn term(&mut self, depth: usize) -> Option<Filter> {
        // The limit keeps a hostile filter from exhausting the stack.
        if depth > 48 {
            return None;
        }
        if self.word("not") {
            return Some(Filter::Not(Box::new(self.term(depth + 1)?)));
        }
        if self.mark('(').is_some() {
            let inner = self.or(depth + 1)?;
            self.mark(')')?;
            return Some(inner);
        }
        let word = self.any_word()?;
        match word.to_lowercase().as_str() {
            "startswith" => self
                .function()
                .map(|(name, value)| Filter::StartsWith(name, value)),
            "endswith" => self.function().map(|(name, value)| Filter::EndsWith(name, value)),
            "contains" => self.function().map(|(name, value)| Filter::Contains(name, value)),
            _ => match word.rsplit_once('/') {
                Some((collection, "any")) => self
                    .lambda(depth)
                    .map(|inner| Filter::Any(collection.to_owned(), inner.map(Box::new))),
                Some((collection, "all")) => {
                    let inner = self.lambda(depth)??;
                    Some(Filter::All(collection.to_owned(), Box::new(inner)))
                }
                _ => self.comparison(word),
            },
        }
    }

    /// The arguments of a function; `startswith(…) eq true` is allowed too.
    fn function(&mut self) -> Option<(String, String)> {
        self.mark('(')?;
        let name = self.any_word()?;
        self.mark(',')?;
        let Some(Token::Text(value)) = self.tokens.get(self.next).cloned() else {
            return None;
        };
        self.next += 1;
        self.mark(')')?;
        if self.word("eq") && !self.word("true") {
            return None;
        }
        Some((name, value))
    }

    /// What stands in the parentheses of `any` or `all`; nothing in `any()`.
    fn lambda(&mut self, depth: usize) -> Option<Option<Filter>> {
        self.mark('(')?;
        if self.mark(')').is_some() {
            return Some(None);
        }
        let variable = self.any_word()?;
        self.mark(':')?;
        let inner = self.or(depth + 1)?;
        self.mark(')')?;
        Some(Some(rename(inner, &variable)))
    }

    fn comparison(&mut self, name: String) -> Option<Filter> {
        if self.word("in") {
            self.mark('(')?;
            let mut values = vec![self.value()?];
            while self.mark(',').is_some() {
                values.push(self.value()?);
            }
            self.mark(')')?;
            return Some(Filter::Equal(name, values));
        }
        let operator = self.any_word()?.to_lowercase();
        let value = self.value()?;
        let compared = |relation| Some(Filter::Compare(name.clone(), relation, value.clone()));
        match operator.as_str() {
            "eq" => Some(Filter::Equal(name, vec![value])),
            "ne" => Some(Filter::Not(Box::new(Filter::Equal(name, vec![value])))),
            "gt" => compared(Relation::Greater),
            "ge" => compared(Relation::GreaterOrEqual),
            "lt" => compared(Relation::Less),
            "le" => compared(Relation::LessOrEqual),
            _ => None,
        }
    }

    fn value(&mut self) -> Option<Value> {
        let value = match self.tokens.get(self.next)? {
            Token::Text(text) => Value::String(text.clone()),
            Token::Word(word) => match word.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                // A GUID or a time stands without quotes; a bare word is neither.
                other => match other.parse::<i64>() {
                    Ok(number) => Value::from(number),
                    Err(_) if uuid::Uuid::try_parse(other).is_ok() || time(other).is_some() => {
                        Value::String(other.to_owned())
                    }
                    Err(_) => return None,
                },
            },
            Token::Mark(_) => return None,
        };
        self.next += 1;
        Some(value)
    }
}

/// Takes the variable of a lambda out of the property names inside it.
fn rename(filter: Filter, variable: &str) -> Filter {
    let inside = |name: String| {
        if name == variable {
            String::new()
        } else {
            name.strip_prefix(&format!("{variable}/"))
                .map(str::to_owned)
                .unwrap_or(name)
        }
    };
    let deeper = |filter: Box<Filter>| Box::new(rename(*filter, variable));
    match filter {
        Filter::And(left, right) => Filter::And(deeper(left), deeper(right)),
        Filter::Or(left, right) => Filter::Or(deeper(left), deeper(right)),
        Filter::Not(inner) => Filter::Not(deeper(inner)),
        Filter::Equal(name, values) => Filter::Equal(inside(name), values),
        Filter::Compare(name, relation, value) => Filter::Compare(inside(name), relation, value),
        Filter::StartsWith(name, value) => Filter::StartsWith(inside(name), value),
        Filter::EndsWith(name, value) => Filter::EndsWith(inside(name), value),
        Filter::Contains(name, value) => Filter::Contains(inside(name), value),
        Filter::Any(name, inner) => Filter::Any(inside(name), inner.map(deeper)),
        Filter::All(name, inner) => Filter::All(inside(name), deeper(inner)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matches(text: &str) -> bool {
        let object = json!({"displayName": "O'Brien Mail", "appId": "AB-1", "accountEnabled": true,
            "proxyAddresses": ["SMTP:a@b.example"], "verifiedDomains": [{"name": "b.example"}], "notes": null,
            "createdDateTime": "2024-05-06T07:08:09Z", "web": {"homePageUrl": "https://x"}, "tags": []});
        Filter::parse(text)
            .unwrap_or_else(|| panic!("{text}"))
            .matches(&|name| object[name].clone())
    }

    #[test]
    fn comparisons() {
        for (text, expected) in [
            ("displayName eq 'o''brien mail'", true),
            ("appId eq 'ab-1' and accountEnabled eq true", true),
            ("appId eq 'x' or startswith(displayName,'O''')", true),
            ("startsWith(displayName, 'O') eq true", true),
            ("not(appId eq 'ab-1')", false),
            ("NOT startswith(displayName,'x')", true),
            ("proxyAddresses/any(p:p eq 'smtp:a@b.example')", true),
            ("proxyAddresses/any(p: startswith(p,'smtp:a'))", true),
            ("proxyAddresses/all(p:startswith(p,'x'))", false),
            ("tags/any()", false),
            ("tags/$count eq 0", true),
            ("proxyAddresses/$count gt 0", true),
            ("verifiedDomains/any(d:startswith(d/name,'b.'))", true),
            ("appId in ('x', 'AB-1')", true),
            ("notes eq null", true),
            ("displayName ne 'x'", true),
            ("displayName ne null", true),
            ("endswith(displayName,'MAIL')", true),
            ("createdDateTime ge 2024-05-06T07:08:09Z", true),
            ("createdDateTime lt 2024-05-06", false),
            (
                "createdDateTime gt 2024-05-06T00:00:00.000Z and createdDateTime le 2025-01-01T00:00:00Z",
                true,
            ),
            ("web/homePageUrl eq 'https://x'", true),
            ("displayName gt 'N' and displayName lt 'P'", true),
        ] {
            assert_eq!(matches(text), expected, "{text}");
        }
    }

    #[test]
    fn rubbish_is_refused() {
        for text in [
            "",
            "displayName",
            "displayName eq",
            "displayName eq 'x",
            "displayName eq x",
            "displayName like 'x'",
            "(a eq 'x'",
            "a eq 'x' b",
            "tags/all()",
        ] {
            assert_eq!(Filter::parse(text), None, "{text:?}");
        }
        assert_eq!(Filter::parse(&"(".repeat(9_000)), None);
    }

    #[test]
    fn names_and_types_are_checked() {
        let check = |text: &str| {
            Filter::parse(text)
                .unwrap_or_else(|| panic!("{text}"))
                .check("user")
                .map_err(|failure| failure.code)
        };
        for text in [
            "accountEnabled eq true",
            "mail eq null",
            "id eq 5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de",
            "createdDateTime ge 2024-01-01T00:00:00Z",
            "assignedLicenses/any(s:s/skuId eq 5f0d5c5e-7a3b-4c21-9a64-0c0ffee0c0de)",
            "assignedLicenses/$count eq 0",
            "onPremisesExtensionAttributes/extensionAttribute1 eq 'x'",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for text in [
            "shoes eq 'x'",
            "mail gt 3",
            "accountEnabled eq 'true'",
            "assignedLicenses/any(s:s/shoes eq 'x')",
        ] {
            assert_eq!(check(text), Err("BadRequest".into()), "{text}");
        }
        assert_eq!(
            check("contains(displayName,'x')"),
            Err("Request_UnsupportedQuery".into())
        );
    }

    proptest::proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,200}") {
            let _ = Filter::parse(&text).map(|filter| filter.check("user"));
        }
    }
}
