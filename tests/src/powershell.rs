//! A person at a PowerShell console: reads the lines that the product writes and runs them, one after another.
//!
//! It knows just as much of the language as those lines use, and is written against the language's rules, not against the
//! writer: a quotation mark that isn't doubled, or a name that became a command, is an error here as it would be there.

use std::collections::BTreeMap;

use calls::Call;
use calls::slot::Arg;
use reqwest::Method;
use serde_json::{Map, Value};

use crate::Outcome;
use crate::colleague::{Colleague, text};

/// A line, with every expression in it worked out.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// `$variable = Invoke-MgGraphRequest …`.
    Graph {
        /// The variable that keeps the answer.
        variable: Option<String>,
        /// HTTP method.
        method: String,
        /// Path with its version.
        uri: String,
        /// Further headers.
        headers: Value,
        /// What is sent.
        body: Value,
    },
    /// Any other cmdlet.
    Cmdlet {
        /// Its name.
        name: String,
        /// Its parameters.
        parameters: Value,
    },
}

impl Line {
    /// What a call is, as far as it is sent. A value that isn't known yet leaves a gap.
    pub fn of(call: &Call) -> Self {
        match call {
            Call::Graph(request) => Self::Graph {
                variable: None,
                method: request.verb.name().to_owned(),
                uri: format!("v1.0/{}", request.path.plain().unwrap_or_default()),
                headers: match request.headers.as_slice() {
                    [] => Value::Null,
                    headers => headers
                        .iter()
                        .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
                        .collect::<Map<_, _>>()
                        .into(),
                },
                body: request.body.as_ref().and_then(Arg::json).unwrap_or_default(),
            },
            Call::Exchange(cmdlet) => Self::Cmdlet {
                name: cmdlet.name.to_owned(),
                parameters: cmdlet
                    .parameters
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), value.json().unwrap_or_default()))
                    .collect::<Map<_, _>>()
                    .into(),
            },
        }
    }
}

/// What a console knows.
#[derive(Clone, Debug, Default)]
pub struct Console {
    /// Its variables.
    pub variables: BTreeMap<String, Value>,
    /// What `(Get-Date).AddDays(n)…` comes to.
    pub later: String,
    /// What `(New-Guid).Guid.Substring(0, 8)` comes to.
    pub guid: String,
    /// What `(New-Guid).Guid` comes to.
    pub key: String,
    /// The certificate in the file that a person brought, in base64.
    pub certificate: String,
}

impl Console {
    /// Reads a line.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(&self, line: &str) -> Outcome<Line> {
        let mut text = Reader {
            rest: line,
            console: self,
        };
        let mut variable = None;
        if text.rest.starts_with('$') {
            variable = Some(text.word(|letter| letter == '$' || letter.is_alphanumeric())?);
            text.take(" = ")?;
        }
        let name = text.word(|letter| letter == '-' || letter.is_ascii_alphanumeric())?;
        let mut parameters = Map::new();
        while !text.rest.is_empty() {
            text.take(" -")?;
            let parameter = text.word(|letter| letter.is_ascii_alphanumeric())?;
            let value = match text.rest.strip_prefix(':') {
                Some(rest) => {
                    text.rest = rest;
                    text.value()?
                }
                None => {
                    text.take(" ")?;
                    text.values()?
                }
            };
            if parameters.insert(parameter.clone(), value).is_some() {
                return Err(format!("-{parameter} stands twice in {line}"));
            }
        }
        if name != "Invoke-MgGraphRequest" {
            let parameters = Value::Object(parameters);
            return Ok(Line::Cmdlet { name, parameters });
        }
        let mut of = |name: &str| parameters.remove(name).unwrap_or_default();
        let string = |value: Value| value.as_str().map(str::to_owned).ok_or("no text");
        Ok(Line::Graph {
            variable,
            method: string(of("Method"))?,
            uri: string(of("Uri"))?,
            headers: of("Headers"),
            body: of("Body"),
        })
    }

    /// Runs a line as the colleague.
    ///
    /// # Errors
    /// Where it is none, or what Microsoft answers.
    pub async fn run(&mut self, line: &str, colleague: &Colleague) -> Outcome {
        match self.read(line)? {
            Line::Cmdlet { name, parameters } => colleague.run(&name, parameters).await.map(drop),
            Line::Graph {
                variable,
                method,
                uri,
                headers,
                body,
            } => {
                let method = method.parse::<Method>().map_err(|error| error.to_string())?;
                let path = uri.strip_prefix("v1.0/").ok_or("another version")?;
                let body = (!body.is_null()).then_some(body);
                let answer = colleague.graph_with(method, path, &headers, body).await?;
                if let Some(variable) = variable {
                    self.variables.insert(variable, answer);
                }
                Ok(())
            }
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
    console: &'a Console,
}

impl Reader<'_> {
    fn take(&mut self, text: &str) -> Outcome {
        self.rest = self
            .rest
            .strip_prefix(text)
            .ok_or_else(|| format!("{text:?} was expected at {:?}", self.rest))?;
        Ok(())
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> Outcome<String> {
        let end = self
            .rest
            .find(|letter| !belongs(letter))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        match word {
            "" => Err(format!("a word was expected at {rest:?}")),
            word => Ok(word.to_owned()),
        }
    }

    /// One value, or several with commas between them.
    fn values(&mut self) -> Outcome<Value> {
        let first = self.value()?;
        let mut values = vec![first];
        while let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            values.push(self.value()?);
        }
        Ok(match values.len() {
            1 => values.remove(0),
            _ => Value::Array(values),
        })
    }

    fn value(&mut self) -> Outcome<Value> {
        if let Some(rest) = self.rest.strip_prefix("(Get-Date).AddDays(") {
            self.rest = rest;
            self.word(|letter| letter.is_ascii_digit())?;
            self.take(").ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')")?;
            return Ok(self.console.later.clone().into());
        }
        if let Some(rest) = self.rest.strip_prefix("(New-Guid).Guid.Substring(0, 8)") {
            self.rest = rest;
            return Ok(self.console.guid.clone().into());
        }
        if let Some(rest) = self.rest.strip_prefix("(New-Guid).Guid") {
            self.rest = rest;
            return Ok(self.console.key.clone().into());
        }
        let file = "[Convert]::ToBase64String([IO.File]::ReadAllBytes((Resolve-Path 'certificate.cer')))";
        if let Some(rest) = self.rest.strip_prefix(file) {
            self.rest = rest;
            return Ok(self.console.certificate.clone().into());
        }
        if let Some(rest) = self.rest.strip_prefix("@{}") {
            self.rest = rest;
            return Ok(Value::Object(Map::new()));
        }
        if let Some(rest) = self.rest.strip_prefix("@{ ") {
            self.rest = rest;
            return self.table();
        }
        if let Some(rest) = self.rest.strip_prefix("@(") {
            self.rest = rest;
            return self.list();
        }
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            return self.sum();
        }
        if self.rest.starts_with('\'') {
            return self.literal().map(Value::String);
        }
        if self.rest.starts_with('$') {
            return self.variable();
        }
        if self.rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            // A bare word is a text.
            return self
                .word(|letter| letter.is_ascii_alphabetic())
                .map(Value::String);
        }
        let number = self.word(|letter| letter == '-' || letter.is_ascii_digit())?;
        number
            .parse::<i64>()
            .map(Value::from)
            .map_err(|error| error.to_string())
    }

    fn table(&mut self) -> Outcome<Value> {
        let mut fields = Map::new();
        loop {
            let name = self.literal()?;
            self.take(" = ")?;
            let value = self.value()?;
            fields.insert(name, value);
            if let Some(rest) = self.rest.strip_prefix(" }") {
                self.rest = rest;
                return Ok(Value::Object(fields));
            }
            self.take("; ")?;
        }
    }

    fn list(&mut self) -> Outcome<Value> {
        let mut values = Vec::new();
        loop {
            if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                return Ok(Value::Array(values));
            }
            if !values.is_empty() {
                self.take(", ")?;
            }
            // Several in one place are as many in the list.
            match self.value()? {
                Value::Array(several) => values.extend(self.filtered(several)?),
                one => values.push(one),
            }
        }
    }

    /// Those that the next part of a pipeline lets through, where there is one.
    fn filtered(&mut self, mut values: Vec<Value>) -> Outcome<Vec<Value>> {
        let Some(rest) = self.rest.strip_prefix(" | Where-Object { $_.") else {
            return Ok(values);
        };
        self.rest = rest;
        let field = self.word(|letter| letter.is_ascii_alphanumeric())?;
        self.take(" -ne ")?;
        let not = self.literal()?;
        self.take(" }")?;
        // PowerShell compares texts without their case.
        values.retain(|value| !text(Some(value), &field).is_some_and(|is| is.eq_ignore_ascii_case(&not)));
        Ok(values)
    }

    fn sum(&mut self) -> Outcome<Value> {
        let mut text = String::new();
        let mut list: Option<Vec<Value>> = None;
        loop {
            let value = self.value()?;
            if let Value::Array(several) = value {
                list.get_or_insert_default().extend(several);
                if let Some(rest) = self.rest.strip_prefix(')') {
                    self.rest = rest;
                    return Ok(Value::Array(list.unwrap_or_default()));
                }
                self.take(" + ")?;
                continue;
            }
            text.push_str(value.as_str().ok_or("only texts are joined")?);
            if let Some(rest) = self.rest.strip_prefix(')') {
                self.rest = rest;
                return Ok(Value::String(text));
            }
            self.take(" + ")?;
        }
    }

    /// A literal ends at a quotation mark that isn't doubled; PowerShell takes the typographic marks for the plain one.
    fn literal(&mut self) -> Outcome<String> {
        const MARKS: [char; 5] = ['\'', '‘', '’', '‚', '‛'];
        self.take("'")?;
        let mut text = String::new();
        let mut letters = self.rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            if !MARKS.contains(&letter) {
                text.push(letter);
                continue;
            }
            match letters.peek() {
                Some((_, next)) if MARKS.contains(next) => {
                    text.push(letter);
                    letters.next();
                }
                _ => {
                    self.rest = self.rest.get(at + letter.len_utf8()..).unwrap_or_default();
                    return Ok(text);
                }
            }
        }
        Err(format!("a literal has no end: {text}"))
    }

    fn variable(&mut self) -> Outcome<Value> {
        for (word, value) in [("$true", true), ("$false", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(value.into());
            }
        }
        if let Some(rest) = self.rest.strip_prefix("$null") {
            self.rest = rest;
            return Ok(Value::Null);
        }
        let name = self.word(|letter| letter == '$' || letter.is_ascii_alphanumeric())?;
        self.take(".")?;
        let field = self.word(|letter| letter.is_ascii_alphanumeric())?;
        self.console
            .variables
            .get(&name)
            .and_then(|value| value.get(&field))
            .cloned()
            .ok_or_else(|| format!("{name}.{field} isn't known"))
    }
}
