//! The recipient filter language of Exchange, as far as scopes and `-Filter` need it.
//!
//! Grammar: comparisons `Property -eq|-ne|-like|-notlike 'value'` joined by `-and`, `-or`, `-not` and
//! parentheses. A quote inside a value is doubled. Comparison ignores case (microsoft-facts §4b).

/// Why a filter was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FilterError {
    #[error("The filter ended where {0} was expected.")]
    Ended(&'static str),
    #[error("\"{0}\" was found where {1} was expected.")]
    Unexpected(String, &'static str),
    #[error("\"{0}\" is not a recognized filterable property.")]
    Property(String),
    #[error("A quoted value is not closed.")]
    OpenQuote,
    #[error("The filter is nested too deeply.")]
    Depth,
}

/// A parsed filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
    Not(Box<Self>),
    Compare {
        property: &'static str,
        operator: Operator,
        value: String,
    },
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Like,
    NotLike,
}

/// The properties that this organisation can filter by, in Exchange's spelling.
const PROPERTIES: [&str; 31] = [
    "PrimarySmtpAddress",
    "EmailAddresses",
    "DisplayName",
    "Name",
    "Alias",
    "RecipientTypeDetails",
    "RecipientType",
    "Department",
    "Guid",
    "ExternalDirectoryObjectId",
    "DistinguishedName",
    "UserPrincipalName",
    "MemberOfGroup",
    "HiddenFromAddressListsEnabled",
    "Title",
    "Office",
    "CustomAttribute1",
    "CustomAttribute2",
    "CustomAttribute3",
    "CustomAttribute4",
    "CustomAttribute5",
    "CustomAttribute6",
    "CustomAttribute7",
    "CustomAttribute8",
    "CustomAttribute9",
    "CustomAttribute10",
    "CustomAttribute11",
    "CustomAttribute12",
    "CustomAttribute13",
    "CustomAttribute14",
    "CustomAttribute15",
];

/// Reads a filter.
pub(crate) fn parse(text: &str) -> Result<Filter, FilterError> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
    };
    let filter = parser.or(0)?;
    match parser.tokens.get(parser.next) {
        None => Ok(filter),
        Some(token) => Err(FilterError::Unexpected(token.text(), "the end of the filter")),
    }
}

impl Filter {
    /// Whether something with these property values passes. A property without a value compares as empty.
    pub(crate) fn matches(&self, values: &dyn Fn(&str) -> Vec<String>) -> bool {
        match self {
            Self::And(left, right) => left.matches(values) && right.matches(values),
            Self::Or(left, right) => left.matches(values) || right.matches(values),
            Self::Not(inner) => !inner.matches(values),
            Self::Compare {
                property,
                operator,
                value,
            } => {
                let mut held = values(property);
                if held.is_empty() {
                    held.push(String::new());
                }
                let wanted = value.to_lowercase();
                let address_list = *property == "EmailAddresses";
                let equal = |candidate: &String| {
                    let candidate = candidate.to_lowercase();
                    candidate == wanted || (address_list && candidate.strip_prefix("smtp:") == Some(&wanted))
                };
                let like = |candidate: &String| {
                    let candidate = candidate.to_lowercase();
                    wildcard(&wanted, &candidate)
                        || (address_list
                            && candidate
                                .strip_prefix("smtp:")
                                .is_some_and(|bare| wildcard(&wanted, bare)))
                };
                match operator {
                    Operator::Equal => held.iter().any(equal),
                    Operator::NotEqual => !held.iter().any(equal),
                    Operator::Like => held.iter().any(like),
                    Operator::NotLike => !held.iter().any(like),
                }
            }
        }
    }

    /// The groups that the filter names, by distinguished name.
    pub(crate) fn groups(&self) -> Vec<&str> {
        match self {
            Self::And(left, right) | Self::Or(left, right) => {
                let mut groups = left.groups();
                groups.extend(right.groups());
                groups
            }
            Self::Not(inner) => inner.groups(),
            Self::Compare {
                property: "MemberOfGroup",
                value,
                ..
            } => vec![value],
            Self::Compare { .. } => Vec::new(),
        }
    }
}

/// Whether `text` fits a pattern in which `*` stands for anything.
pub(crate) fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Word(String),
    Value(String),
}

impl Token {
    fn text(&self) -> String {
        match self {
            Self::Open => "(".into(),
            Self::Close => ")".into(),
            Self::Word(text) | Self::Value(text) => text.clone(),
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(&character) = characters.peek() {
        match character {
            _ if character.is_whitespace() => {
                characters.next();
            }
            '(' | ')' => {
                characters.next();
                tokens.push(if character == '(' {
                    Token::Open
                } else {
                    Token::Close
                });
            }
            '\'' | '"' => {
                characters.next();
                let mut value = String::new();
                loop {
                    match characters.next() {
                        None => return Err(FilterError::OpenQuote),
                        Some(found) if found == character => {
                            if characters.peek() == Some(&character) {
                                characters.next();
                                value.push(character);
                            } else {
                                break;
                            }
                        }
                        Some(found) => value.push(found),
                    }
                }
                tokens.push(Token::Value(value));
            }
            _ => {
                let mut word = String::new();
                while let Some(&found) = characters.peek() {
                    if found.is_whitespace() || "()'\"".contains(found) {
                        break;
                    }
                    word.push(found);
                    characters.next();
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
}

impl Parser<'_> {
    fn word(&self, wanted: &str) -> bool {
        matches!(self.tokens.get(self.next), Some(Token::Word(word)) if word.eq_ignore_ascii_case(wanted))
    }

    fn or(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let mut left = self.and(depth)?;
        while self.word("-or") {
            self.next += 1;
            left = Filter::Or(Box::new(left), Box::new(self.and(depth)?));
        }
        Ok(left)
    }

    fn and(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let mut left = self.term(depth)?;
        while self.word("-and") {
            self.next += 1;
            left = Filter::And(Box::new(left), Box::new(self.term(depth)?));
        }
        Ok(left)
    }

    fn term(&mut self, depth: usize) -> Result<Filter, FilterError> {
        // The limit keeps a hostile filter from exhausting the stack.
        if depth > 64 {
            return Err(FilterError::Depth);
        }
        if self.word("-not") || self.word("!") {
            self.next += 1;
            return Ok(Filter::Not(Box::new(self.term(depth + 1)?)));
        }
        let token = self
            .tokens
            .get(self.next)
            .ok_or(FilterError::Ended("a comparison"))?;
        self.next += 1;
        match token {
            Token::Open => {
                let inner = self.or(depth + 1)?;
                match self.tokens.get(self.next) {
                    Some(Token::Close) => {
                        self.next += 1;
                        Ok(inner)
                    }
                    Some(other) => Err(FilterError::Unexpected(other.text(), "a closing parenthesis")),
                    None => Err(FilterError::Ended("a closing parenthesis")),
                }
            }
            Token::Word(word) => self.comparison(word),
            other => Err(FilterError::Unexpected(other.text(), "a property")),
        }
    }

    fn comparison(&mut self, word: &str) -> Result<Filter, FilterError> {
        let property = PROPERTIES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(word))
            .ok_or_else(|| FilterError::Property(word.to_owned()))?;
        let operator = match self.tokens.get(self.next) {
            Some(Token::Word(word)) => match word.to_ascii_lowercase().as_str() {
                "-eq" => Operator::Equal,
                "-ne" => Operator::NotEqual,
                "-like" => Operator::Like,
                "-notlike" => Operator::NotLike,
                _ => return Err(FilterError::Unexpected(word.clone(), "a comparison operator")),
            },
            Some(other) => return Err(FilterError::Unexpected(other.text(), "a comparison operator")),
            None => return Err(FilterError::Ended("a comparison operator")),
        };
        self.next += 1;
        let value = match self.tokens.get(self.next) {
            Some(Token::Value(value)) => value.clone(),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("$null") => String::new(),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("$true") => "True".into(),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("$false") => "False".into(),
            Some(other) => return Err(FilterError::Unexpected(other.text(), "a quoted value")),
            None => return Err(FilterError::Ended("a quoted value")),
        };
        self.next += 1;
        Ok(Filter::Compare {
            property,
            operator,
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn support(property: &str) -> Vec<String> {
        match property {
            "PrimarySmtpAddress" => vec!["support@contoso.example".into()],
            "EmailAddresses" => vec![
                "SMTP:support@contoso.example".into(),
                "smtp:helpdesk@contoso.example".into(),
            ],
            "DisplayName" => vec!["O'Brien's support".into()],
            "RecipientTypeDetails" => vec!["SharedMailbox".into()],
            "MemberOfGroup" => vec!["CN=Acme,DC=EXAMPLE".into()],
            _ => Vec::new(),
        }
    }

    #[test]
    fn comparisons() {
        for (text, expected) in [
            ("PrimarySmtpAddress -eq 'SUPPORT@contoso.example'", true),
            ("PrimarySmtpAddress -ne 'support@contoso.example'", false),
            ("EmailAddresses -eq 'helpdesk@contoso.example'", true),
            ("EmailAddresses -like 'smtp:help*'", true),
            ("DisplayName -eq 'O''Brien''s support'", true),
            ("DisplayName -like '*support'", true),
            ("DisplayName -like 'support*'", false),
            ("MemberOfGroup -eq 'cn=acme,dc=example'", true),
            ("CustomAttribute1 -eq $null", true),
            ("CustomAttribute1 -ne $null", false),
            (
                "Alias -eq 'x' -or RecipientTypeDetails -eq 'SharedMailbox' -and DisplayName -like 'O*'",
                true,
            ),
            (
                "-not (Alias -eq 'x') -and (RecipientTypeDetails -eq \"SharedMailbox\")",
                true,
            ),
            (
                "(Alias -eq 'x' -or DisplayName -like 'O*') -and Department -eq 'Sales'",
                false,
            ),
        ] {
            assert_eq!(parse(text).expect(text).matches(&support), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_filter_is_named() {
        for text in [
            "",
            "(",
            "Alias",
            "Alias -eq",
            "Alias -eq x",
            "Alias -eq 'x",
            "Alias -eq 'x' Name",
            "Shoe -eq 'x'",
            "Alias -gt 'x'",
            "-and",
            "(Alias -eq 'x'",
            "'x' -eq Alias",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
        assert_eq!(
            parse(&format!("{}Alias -eq 'x'", "(".repeat(5000))),
            Err(FilterError::Depth)
        );
    }

    #[test]
    fn groups_are_found_anywhere() {
        let filter = parse("-not (MemberOfGroup -eq 'a') -or MemberOfGroup -eq 'b'").expect("a filter");
        assert_eq!(filter.groups(), ["a", "b"]);
    }

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("a*c", "abc", true),
            ("a*c", "ab", false),
            ("abc", "abcd", false),
            ("*b*", "abc", true),
            ("a**c", "ac", true),
            ("aa*aa", "aaa", false),
        ] {
            assert_eq!(wildcard(pattern, text), expected, "{pattern} {text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn parsing_never_panics(text in ".{0,200}") {
            let _ = parse(&text);
        }
    }
}
