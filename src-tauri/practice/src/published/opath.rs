//! The recipient filter language of Exchange ("OPATH"), for scopes and `-Filter`.
//!
//! Grammar: comparisons `Property -eq|-ne|-like|-notlike|-gt|-ge|-lt|-le 'value'` joined by `-and`, `-or`, `-not`
//! (or `!`) and parentheses. A value stands in quotes, in which the quote itself is doubled, or is `$true`,
//! `$false`, `$null` or a number. Comparison ignores case (microsoft-facts §4b). `*` stands for anything with
//! `-like` only.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

/// Why a filter was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FilterError {
    #[error("The filter ended where {0} was expected.")]
    Ended(&'static str),
    #[error("\"{text}\" was found where {expected} was expected.")]
    Unexpected {
        text: String,
        expected: &'static str,
        /// Which character of the filter it starts at, from 1.
        position: usize,
    },
    #[error("\"{text}\" is not a recognized filterable property.")]
    Property { text: String, position: usize },
    #[error("A quoted value is not closed.")]
    OpenQuote,
    #[error("The filter is nested too deeply.")]
    Depth,
    #[error("The filter is too long.")]
    Length,
}

impl FilterError {
    /// What Exchange says about a parameter with this filter.
    pub(crate) fn message(&self, parameter: &str, filter: &str) -> String {
        let (why, position) = match self {
            Self::Property { text, position } => (
                format!(
                    "\"{text}\" is not a recognized filterable property. For a complete list of filterable properties see the command help."
                ),
                *position,
            ),
            Self::Unexpected { position, .. } => (invalid_syntax(self), *position),
            _ => (invalid_syntax(self), filter.chars().count()),
        };
        format!(
            "Cannot bind parameter '{parameter}' to the target. Exception setting \"{parameter}\": \"{why}\n\"{filter}\" at position {position}.\""
        )
    }
}

fn invalid_syntax(error: &FilterError) -> String {
    format!(
        "Invalid filter syntax. For a description of the filter parameter syntax see the command help. {error}"
    )
}

/// A parsed filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Every one of these; a chain is kept flat, so that a long one needs no deep stack.
    All(Vec<Self>),
    /// At least one of these.
    Any(Vec<Self>),
    Not(Box<Self>),
    Compare {
        property: &'static str,
        operator: Operator,
        /// As written.
        value: String,
        /// In lower case, for the comparison.
        wanted: String,
    },
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Like,
    NotLike,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// The longest filter; Exchange's own limit is UNVERIFIED.
const LENGTH_AT_MOST: usize = 1024 * 1024;

/// The properties that this organisation can filter by, in Exchange's spelling.
const PROPERTIES: [&str; 46] = [
    "IsInactiveMailbox",
    "PrimarySmtpAddress",
    "EmailAddresses",
    "WindowsEmailAddress",
    "DisplayName",
    "Name",
    "Alias",
    "RecipientTypeDetails",
    "RecipientType",
    "Department",
    "Company",
    "City",
    "CountryOrRegion",
    "StateOrProvince",
    "FirstName",
    "LastName",
    "Manager",
    "Guid",
    "ExchangeGuid",
    "ExternalDirectoryObjectId",
    "DistinguishedName",
    "UserPrincipalName",
    "MemberOfGroup",
    "HiddenFromAddressListsEnabled",
    "IsSecurityPrincipal",
    "AccountDisabled",
    "IsMailboxEnabled",
    "WhenCreated",
    "WhenMailboxCreated",
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
    if text.len() > LENGTH_AT_MOST {
        return Err(FilterError::Length);
    }
    let tokens = tokens(text)?;
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
    };
    let filter = parser.or(0)?;
    match parser.tokens.get(parser.next) {
        None => Ok(filter),
        Some((token, position)) => Err(unexpected(token, *position, "the end of the filter")),
    }
}

/// Long filters that were read lately. A scope of thousands of mailboxes is looked at with each request to one of them,
/// and reading it takes longer than all the rest.
static READ: Mutex<VecDeque<(String, Arc<Filter>)>> = Mutex::new(VecDeque::new());
/// How many of them are kept, from which length on.
const READ_AT_MOST: usize = 4;
const LONG: usize = 1_024;

/// Reads a filter that may have been read before.
pub(crate) fn parse_again(text: &str) -> Result<Arc<Filter>, FilterError> {
    if text.len() < LONG {
        return parse(text).map(Arc::new);
    }
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, filter)) = read.iter().find(|(held, _)| held == text) {
        return Ok(Arc::clone(filter));
    }
    let filter = Arc::new(parse(text)?);
    if read.len() >= READ_AT_MOST {
        read.pop_front();
    }
    read.push_back((text.to_owned(), Arc::clone(&filter)));
    Ok(filter)
}

/// A property and its values in lower case.
type Known = (&'static str, Rc<[String]>);

/// The values of a property in lower case, each property asked for once.
struct Values<'a> {
    values: &'a dyn Fn(&str) -> Vec<String>,
    known: RefCell<Vec<Known>>,
}

impl Values<'_> {
    /// A property without a value compares as empty.
    fn of(&self, property: &'static str) -> Rc<[String]> {
        let known = self
            .known
            .borrow()
            .iter()
            .find(|(name, _)| *name == property)
            .cloned();
        if let Some((_, values)) = known {
            return values;
        }
        let mut held: Vec<String> = (self.values)(property)
            .iter()
            .map(|value| value.to_lowercase())
            .collect();
        if held.is_empty() {
            held.push(String::new());
        }
        let held: Rc<[String]> = held.into();
        self.known.borrow_mut().push((property, Rc::clone(&held)));
        held
    }
}

impl Filter {
    /// Whether something with these property values passes. A property without a value compares as empty.
    pub(crate) fn matches(&self, values: &dyn Fn(&str) -> Vec<String>) -> bool {
        self.passes(&Values {
            values,
            known: RefCell::default(),
        })
    }

    fn passes(&self, values: &Values<'_>) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.passes(values)),
            Self::Any(parts) => parts.iter().any(|part| part.passes(values)),
            Self::Not(inner) => !inner.passes(values),
            Self::Compare {
                property,
                operator,
                wanted,
                ..
            } => {
                let held = values.of(property);
                let address_list = *property == "EmailAddresses";
                // An address in the list compares with and without the word before its colon.
                let any = |test: &dyn Fn(&str) -> bool| {
                    held.iter().any(|candidate| {
                        test(candidate) || (address_list && candidate.strip_prefix("smtp:").is_some_and(test))
                    })
                };
                let ordered =
                    |test: fn(std::cmp::Ordering) -> bool| any(&|candidate| test(order(candidate, wanted)));
                match operator {
                    Operator::Equal => any(&|candidate| candidate == wanted),
                    Operator::NotEqual => !any(&|candidate| candidate == wanted),
                    Operator::Like => any(&|candidate| wildcard(wanted, candidate)),
                    Operator::NotLike => !any(&|candidate| wildcard(wanted, candidate)),
                    Operator::Greater => ordered(std::cmp::Ordering::is_gt),
                    Operator::GreaterOrEqual => ordered(std::cmp::Ordering::is_ge),
                    Operator::Less => ordered(std::cmp::Ordering::is_lt),
                    Operator::LessOrEqual => ordered(std::cmp::Ordering::is_le),
                }
            }
        }
    }

    /// Whether a wildcard begins a value, which Exchange Online does not take (microsoft-facts §12).
    pub(crate) fn begins_with_wildcard(&self) -> bool {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::begins_with_wildcard),
            Self::Not(inner) => inner.begins_with_wildcard(),
            Self::Compare { operator, value, .. } => {
                matches!(operator, Operator::Like | Operator::NotLike) && value.starts_with('*')
            }
        }
    }

    /// The groups that the filter names, by distinguished name.
    pub(crate) fn groups(&self) -> Vec<&str> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::groups).collect(),
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

/// Numbers by their size, everything else letter by letter.
fn order(left: &str, right: &str) -> std::cmp::Ordering {
    match (left.parse::<i64>(), right.parse::<i64>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
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

fn unexpected(token: &Token, position: usize, expected: &'static str) -> FilterError {
    FilterError::Unexpected {
        text: token.text(),
        expected,
        position,
    }
}

/// The words of a filter, each with the character it starts at, from 1.
fn tokens(text: &str) -> Result<Vec<(Token, usize)>, FilterError> {
    let mut tokens = Vec::new();
    let mut characters = text.chars().enumerate().peekable();
    while let Some(&(index, character)) = characters.peek() {
        let position = index + 1;
        match character {
            _ if character.is_whitespace() => {
                characters.next();
            }
            '(' | ')' => {
                characters.next();
                let token = if character == '(' {
                    Token::Open
                } else {
                    Token::Close
                };
                tokens.push((token, position));
            }
            '\'' | '"' => {
                characters.next();
                let mut value = String::new();
                loop {
                    match characters.next() {
                        None => return Err(FilterError::OpenQuote),
                        Some((_, found)) if found == character => {
                            if characters.next_if(|(_, next)| *next == character).is_none() {
                                break;
                            }
                            value.push(character);
                        }
                        Some((_, found)) => value.push(found),
                    }
                }
                tokens.push((Token::Value(value), position));
            }
            '!' => {
                characters.next();
                tokens.push((Token::Word("-not".into()), position));
            }
            _ => {
                let mut word = String::new();
                while let Some((_, found)) =
                    characters.next_if(|(_, next)| !next.is_whitespace() && !"()'\"".contains(*next))
                {
                    word.push(found);
                }
                tokens.push((Token::Word(word), position));
            }
        }
    }
    Ok(tokens)
}

struct Parser<'a> {
    tokens: &'a [(Token, usize)],
    next: usize,
}

impl<'a> Parser<'a> {
    fn word(&self, wanted: &str) -> bool {
        matches!(self.tokens.get(self.next), Some((Token::Word(word), _)) if word.eq_ignore_ascii_case(wanted))
    }

    fn take(&mut self, expected: &'static str) -> Result<(&'a Token, usize), FilterError> {
        let (token, position) = self.tokens.get(self.next).ok_or(FilterError::Ended(expected))?;
        self.next += 1;
        Ok((token, *position))
    }

    fn or(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let first = self.and(depth)?;
        if !self.word("-or") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.word("-or") {
            self.next += 1;
            parts.push(self.and(depth)?);
        }
        Ok(Filter::Any(parts))
    }

    fn and(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let first = self.term(depth)?;
        if !self.word("-and") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.word("-and") {
            self.next += 1;
            parts.push(self.term(depth)?);
        }
        Ok(Filter::All(parts))
    }

    fn term(&mut self, depth: usize) -> Result<Filter, FilterError> {
        // The limit keeps a hostile filter from exhausting the stack.
        if depth > 64 {
            return Err(FilterError::Depth);
        }
        if self.word("-not") {
            self.next += 1;
            return Ok(Filter::Not(Box::new(self.term(depth + 1)?)));
        }
        match self.take("a comparison")? {
            (Token::Open, _) => {
                let inner = self.or(depth + 1)?;
                match self.take("a closing parenthesis")? {
                    (Token::Close, _) => Ok(inner),
                    (other, position) => Err(unexpected(other, position, "a closing parenthesis")),
                }
            }
            (Token::Word(word), position) => self.comparison(word, position),
            (other, position) => Err(unexpected(other, position, "a property")),
        }
    }

    fn comparison(&mut self, word: &str, position: usize) -> Result<Filter, FilterError> {
        let property = PROPERTIES
            .into_iter()
            .find(|known| known.eq_ignore_ascii_case(word))
            .ok_or_else(|| FilterError::Property {
                text: word.to_owned(),
                position,
            })?;
        let (token, position) = self.take("a comparison operator")?;
        let operator = match token {
            Token::Word(word) => match word.to_ascii_lowercase().as_str() {
                "-eq" => Some(Operator::Equal),
                "-ne" => Some(Operator::NotEqual),
                "-like" => Some(Operator::Like),
                "-notlike" => Some(Operator::NotLike),
                "-gt" => Some(Operator::Greater),
                "-ge" => Some(Operator::GreaterOrEqual),
                "-lt" => Some(Operator::Less),
                "-le" => Some(Operator::LessOrEqual),
                _ => None,
            },
            _ => None,
        };
        let operator = operator.ok_or_else(|| unexpected(token, position, "a comparison operator"))?;
        let (token, position) = self.take("a quoted value")?;
        let value = match token {
            Token::Value(value) => value.clone(),
            Token::Word(word) if word.eq_ignore_ascii_case("$null") => String::new(),
            Token::Word(word) if word.eq_ignore_ascii_case("$true") => "True".into(),
            Token::Word(word) if word.eq_ignore_ascii_case("$false") => "False".into(),
            Token::Word(word) if word.parse::<i64>().is_ok() => word.clone(),
            other => return Err(unexpected(other, position, "a quoted value")),
        };
        Ok(Filter::Compare {
            property,
            operator,
            wanted: value.to_lowercase(),
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
            "HiddenFromAddressListsEnabled" => vec!["False".into()],
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
            ("!(Alias -eq 'x') -and DisplayName -notlike 'x*'", true),
            ("DisplayName -gt 'n' -and DisplayName -lt 'p'", true),
            (
                "DisplayName -ge 'o''brien''s support' -and DisplayName -le 'o''brien''s support'",
                true,
            ),
            ("Title -eq 9 -or Title -gt 'a'", false),
            ("HiddenFromAddressListsEnabled -eq $false", true),
            ("EmailAddresses -ne 'helpdesk@contoso.example'", false),
            ("DisplayName -eq 'O*'", false),
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
            "Alias -match 'x'",
            "Alias 'x'",
            "Alias -eq 'x' -and",
            "Alias -eq (",
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

    #[test]
    fn an_error_says_where() {
        let filter = "Alias -eq 'a' -and Shoe -eq 'x'";
        let message = parse(filter).expect_err("refused").message("Filter", filter);
        assert!(
            message.contains("\"Shoe\" is not a recognized filterable property")
                && message.contains("at position 20."),
            "{message}"
        );
        let filter = "Alias -match 'a'";
        let message = parse(filter).expect_err("refused").message("Filter", filter);
        assert!(
            message.contains("Invalid filter syntax") && message.contains("at position 7."),
            "{message}"
        );
        assert_eq!(parse(&"(".repeat(1_100_000)), Err(FilterError::Length));
        let long = vec!["Alias -eq 'x'"; 50_000].join(" -or ");
        assert!(!parse(&long).expect("a long filter").matches(&support));
    }

    proptest::proptest! {
        #[test]
        fn what_looks_like_a_filter_never_panics(words in proptest::collection::vec("(Alias|-eq|-ne|-like|-gt|-and|-or|-not|!|\\(|\\)|'[a*]{0,3}'|\\$true|7)", 0..30)) {
            if let Ok(filter) = parse(&words.join(" ")) {
                let _ = filter.matches(&support);
            }
        }

        #[test]
        fn parsing_never_panics(text in ".{0,200}") {
            let _ = parse(&text);
        }
    }
}
