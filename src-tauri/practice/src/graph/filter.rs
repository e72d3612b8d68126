//! The `$filter` language of Graph's directory, as far as its clients use it: `eq`, `ne`, `startswith`,
//! `endswith`, `in`, `any` over collections, `and`, `or`, `not` and parentheses.

use serde_json::Value;

/// A parsed filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Equal(String, Vec<Value>),
    StartsWith(String, String),
    EndsWith(String, String),
    /// One member of the collection passes the inner test; its property is empty for the member itself.
    Any(String, Box<Self>),
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
                let held = property(name);
                wanted.iter().any(|wanted| same(&held, wanted))
            }
            Self::StartsWith(name, start) => property(name)
                .as_str()
                .is_some_and(|held| held.to_lowercase().starts_with(&start.to_lowercase())),
            Self::EndsWith(name, end) => property(name)
                .as_str()
                .is_some_and(|held| held.to_lowercase().ends_with(&end.to_lowercase())),
            Self::Any(name, inner) => property(name).as_array().into_iter().flatten().any(|member| {
                inner.matches(&|inner: &str| {
                    if inner.is_empty() {
                        member.clone()
                    } else {
                        member.get(inner).cloned().unwrap_or_default()
                    }
                })
            }),
        }
    }

    /// Whether Graph answers it only with `ConsistencyLevel: eventual` and `$count=true`.
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::And(left, right) | Self::Or(left, right) => left.is_advanced() || right.is_advanced(),
            Self::Not(_) | Self::EndsWith(..) => true,
            Self::Any(name, _) => name == "proxyAddresses",
            Self::Equal(..) | Self::StartsWith(..) => false,
        }
    }
}

fn same(held: &Value, wanted: &Value) -> bool {
    match (held, wanted) {
        (Value::String(held), Value::String(wanted)) => held.to_lowercase() == wanted.to_lowercase(),
        _ => held == wanted,
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
            while let Some(&found) = characters.peek() {
                if found.is_whitespace() || "(),:'".contains(found) {
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
        let Some(Token::Word(word)) = self.tokens.get(self.next) else {
            return None;
        };
        let word = word.clone();
        self.next += 1;
        let lower = word.to_lowercase();
        if lower == "startswith" || lower == "endswith" {
            self.mark('(')?;
            let Some(Token::Word(name)) = self.tokens.get(self.next).cloned() else {
                return None;
            };
            self.next += 1;
            self.mark(',')?;
            let Some(Token::Text(value)) = self.tokens.get(self.next).cloned() else {
                return None;
            };
            self.next += 1;
            self.mark(')')?;
            return Some(if lower == "startswith" {
                Filter::StartsWith(name, value)
            } else {
                Filter::EndsWith(name, value)
            });
        }
        if let Some(collection) = word.strip_suffix("/any") {
            self.mark('(')?;
            let Some(Token::Word(variable)) = self.tokens.get(self.next).cloned() else {
                return None;
            };
            self.next += 1;
            self.mark(':')?;
            let inner = self.or(depth + 1)?;
            self.mark(')')?;
            return Some(Filter::Any(
                collection.to_owned(),
                Box::new(rename(inner, &variable)),
            ));
        }
        self.comparison(word)
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
        let negated = if self.word("eq") {
            false
        } else if self.word("ne") {
            true
        } else {
            return None;
        };
        let equal = Filter::Equal(name, vec![self.value()?]);
        Some(if negated {
            Filter::Not(Box::new(equal))
        } else {
            equal
        })
    }

    fn value(&mut self) -> Option<Value> {
        let value = match self.tokens.get(self.next)? {
            Token::Text(text) => Value::String(text.clone()),
            Token::Word(word) => match word.as_str() {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                "null" => Value::Null,
                // A GUID may stand without quotes.
                other => other
                    .parse::<i64>()
                    .map_or_else(|_| Value::String(other.to_owned()), Value::from),
            },
            Token::Mark(_) => return None,
        };
        self.next += 1;
        Some(value)
    }
}

/// Takes the variable of an `any` out of the property names inside it.
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
    match filter {
        Filter::And(left, right) => Filter::And(
            Box::new(rename(*left, variable)),
            Box::new(rename(*right, variable)),
        ),
        Filter::Or(left, right) => Filter::Or(
            Box::new(rename(*left, variable)),
            Box::new(rename(*right, variable)),
        ),
        Filter::Not(inner) => Filter::Not(Box::new(rename(*inner, variable))),
        Filter::Equal(name, values) => Filter::Equal(inside(name), values),
        Filter::StartsWith(name, value) => Filter::StartsWith(inside(name), value),
        Filter::EndsWith(name, value) => Filter::EndsWith(inside(name), value),
        Filter::Any(name, inner) => Filter::Any(inside(name), inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn matches(text: &str) -> bool {
        let object = json!({"displayName": "O'Brien Mail", "appId": "AB-1", "accountEnabled": true,
            "proxyAddresses": ["SMTP:a@b.example"], "verifiedDomains": [{"name": "b.example"}], "notes": null});
        Filter::parse(text)
            .expect(text)
            .matches(&|name| object[name].clone())
    }

    #[test]
    fn comparisons() {
        for (text, expected) in [
            ("displayName eq 'o''brien mail'", true),
            ("appId eq 'ab-1' and accountEnabled eq true", true),
            ("appId eq 'x' or startswith(displayName,'O''')", true),
            ("not(appId eq 'ab-1')", false),
            ("proxyAddresses/any(p:p eq 'smtp:a@b.example')", true),
            ("verifiedDomains/any(d:startswith(d/name,'b.'))", true),
            ("appId in ('x', 'AB-1')", true),
            ("notes eq null", true),
            ("displayName ne 'x'", true),
            ("endswith(displayName,'MAIL')", true),
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
            "(a eq 'x'",
            "a eq 'x' b",
            "a gt 3",
        ] {
            assert_eq!(Filter::parse(text), None, "{text:?}");
        }
        assert_eq!(Filter::parse(&"(".repeat(9_000)), None);
    }

    proptest::proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,200}") {
            let _ = Filter::parse(&text);
        }
    }
}
