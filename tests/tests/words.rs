//! The texts of each language, held to what the sources say: each message that is said exists, each that exists is said,
//! and both agree on the arguments.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use journeys::repository::{rust_sources, top};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use words::Language;

/// Messages by name, each with the names of its arguments.
type Messages = BTreeMap<String, BTreeSet<String>>;

const NONE: Vec<String> = Vec::new();

/// A message that is said somewhere: the file, its name, and the arguments that are given.
struct Said {
    file: String,
    id: String,
    args: BTreeSet<String>,
}

/// Every `message!` of the sources, apart from those in tests.
fn said() -> Vec<Said> {
    let mut all = Vec::new();
    for file in rust_sources().unwrap() {
        let of_a_test = !file.path.starts_with("src-tauri/") || file.path.contains("/tests/");
        if of_a_test || file.path.starts_with("src-tauri/practice/") {
            continue;
        }
        let tokens = TokenStream::from_str(&file.text)
            .unwrap_or_else(|error| panic!("{} can't be read: {error}", file.path));
        collect(&file.path, tokens, &mut all);
    }
    all
}

fn collect(file: &str, tokens: TokenStream, all: &mut Vec<Said>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| {
            let before = place.checked_sub(back).and_then(|place| tokens.get(place));
            before.map(ToString::to_string).unwrap_or_default()
        };
        let is_tests = before(1) == "tests" && before(2) == "mod";
        let is_macro = before(1) == "!" && before(2) == "message" && before(3) != "macro_rules";
        if is_tests {
            continue;
        }
        if is_macro && group.delimiter() == Delimiter::Parenthesis {
            all.push(read(file, group.stream()));
        }
        collect(file, group.stream(), all);
    }
}

/// The name and the arguments of one `message!(…)`.
fn read(file: &str, tokens: TokenStream) -> Said {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let id = tokens.first().map(ToString::to_string).unwrap_or_default();
    let is =
        |token: &TokenTree, sign: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign);
    let args = tokens.windows(3).filter_map(|three| match three {
        [comma, TokenTree::Ident(name), equals] if is(comma, ',') && is(equals, '=') => {
            Some(name.to_string())
        }
        _ => None,
    });
    Said {
        file: file.to_owned(),
        id: id.trim_matches('"').to_owned(),
        args: args.collect(),
    }
}

/// The messages of one language, and those that others of them contain.
fn texts(language: Language) -> (Messages, BTreeSet<String>) {
    texts_of(language, language.texts())
}

fn texts_of(language: Language, files: &[(&str, &str)]) -> (Messages, BTreeSet<String>) {
    let (mut own, mut parts) = (Messages::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for (file, text) in files {
        let resource = parse(*text).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let (mut args, mut inner) = (BTreeSet::new(), BTreeSet::new());
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            for pattern in message.value.iter().chain(attributes) {
                in_pattern(pattern, &mut args, &mut inner);
            }
            let id = message.id.name.to_owned();
            parts.insert(id.clone(), inner);
            assert!(
                own.insert(id.clone(), args).is_none(),
                "{}/{file}: {id} twice",
                language.tag()
            );
        }
    }
    // A message takes the arguments of those that it contains.
    let mut whole = Messages::new();
    for id in own.keys() {
        let (mut args, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![id.clone()]);
        while let Some(id) = open.pop().filter(|id| seen.insert(id.clone())) {
            args.extend(own.get(&id).into_iter().flatten().cloned());
            open.extend(parts.get(&id).into_iter().flatten().cloned());
        }
        whole.insert(id.clone(), args);
    }
    let contained = parts.into_values().flatten().collect();
    (whole, contained)
}

fn in_pattern(pattern: &Pattern<&str>, args: &mut BTreeSet<String>, inner: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, args, inner);
        }
    }
}

fn in_expression(expression: &Expression<&str>, args: &mut BTreeSet<String>, inner: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                in_pattern(&variant.value, args, inner);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => {
            args.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            inner.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => in_expression(expression, args, inner),
        _ => {}
    }
}

#[test]
fn every_message_that_is_said_exists_in_every_language_with_the_same_arguments() {
    let said = said();
    assert!(said.len() > 300, "only {} messages were found", said.len());
    let mut wrong = Vec::new();
    for language in Language::CHOICES {
        let (texts, _) = texts(*language);
        for said in &said {
            let place = format!("{} in {}, {}", said.id, said.file, language.tag());
            match texts.get(&said.id) {
                None => wrong.push(format!("{place}: no such message")),
                Some(args) if *args != said.args => {
                    wrong.push(format!("{place}: is given {:?}, uses {args:?}", said.args));
                }
                Some(_) => {}
            }
        }
    }
    assert_eq!(wrong, NONE);
}

#[test]
fn every_message_of_every_language_is_said() {
    let said: BTreeSet<String> = said().into_iter().map(|said| said.id).collect();
    for language in Language::CHOICES {
        let (texts, contained) = texts(*language);
        let unsaid: Vec<&String> = texts
            .keys()
            .filter(|id| !said.contains(*id) && !contained.contains(*id))
            .collect();
        assert!(unsaid.is_empty(), "{}: {unsaid:?}", language.tag());
    }
}

#[test]
fn a_messages_name_begins_with_its_file() {
    for language in Language::CHOICES {
        for (file, text) in language.texts() {
            for entry in &parse(*text).unwrap().body {
                if let Entry::Message(message) = entry {
                    assert!(
                        message.id.name.starts_with(&format!("{file}-")),
                        "{} in {}/{file}",
                        message.id.name,
                        language.tag()
                    );
                }
            }
        }
    }
}

/// What is said of something else than what this connection's app signs in with, or of both kinds, or where there is only a
/// secret: it is said of a certificate as it stands.
const OF_SECRETS_ALONE: [&str; 30] = [
    "check-unseen-credentials",
    "finding-found-lead",
    "finding-lead",
    "finding-made-ends",
    "help-old-secret",
    "help-presenting",
    "help-problems",
    "help-secret",
    "making-certificate-not-made",
    "making-certificates-untold",
    "plan-other-secrets",
    "plan-secrets-forbidden",
    "plan-secrets-forbidden-text",
    "plan-signs-in-with",
    "reading-sealed",
    "reasons-credential-advice",
    "reasons-federated",
    "reasons-other-credential",
    "reasons-unnamed-credential",
    "refusals-app-secret",
    "refusals-client-wants-secret",
    "revoking-left-others-text",
    "scopes-see-policy",
    "secret-kind-only",
    "secret-kind-secret",
    "sign-in-blocks-secrets",
    "sign-in-blocks-secrets-text",
    "start-changed",
    "start-reminder",
    "window-secret-ends",
];

/// The words for a secret, in each language.
fn speaks_of_a_secret(language: Language, text: &str) -> bool {
    let text = text.to_lowercase();
    match language {
        Language::German => text.contains("clientschlüssel") || text.contains("geheime"),
        _ => text.contains("secret"),
    }
}

/// What a message says, with all its parts and variants, without the names in it.
fn whole(text: &str, id: &str) -> String {
    let (_, rest) = text.split_once(&format!("\n{id} =")).unwrap();
    let lines = rest.split('\n');
    let own = lines
        .enumerate()
        .take_while(|(number, line)| *number == 0 || line.starts_with([' ', '}']));
    let own: Vec<&str> = own.map(|(_, line)| line).collect();
    own.join("\n").replace("[secret]", "").replace("-secret", "")
}

/// Where an app signs in with a certificate nothing speaks of a secret, and what is said instead takes the same arguments
/// (decision 0035).
#[test]
fn of_a_certificate_nothing_says_secret() {
    for language in Language::CHOICES {
        let (own, _) = texts(*language);
        let mut replaced = BTreeSet::new();
        for (file, text) in language.instead() {
            let place = format!("{}/instead/{file}", language.tag());
            let (instead, _) = texts_of(*language, &[(*file, *text)]);
            for (id, args) in &instead {
                assert_eq!(own.get(id), Some(args), "{place}: {id}");
                let said = whole(text, id);
                assert!(!speaks_of_a_secret(*language, &said), "{place}: {id}: {said}");
                replaced.insert(id.clone());
            }
        }
        let mut left = Vec::new();
        for (file, text) in language.texts() {
            let (of_file, _) = texts_of(*language, &[(*file, *text)]);
            let text = format!("\n{text}");
            let speaks = of_file
                .keys()
                .filter(|id| speaks_of_a_secret(*language, &whole(&text, id)));
            left.extend(speaks.filter(|id| !replaced.contains(*id)).cloned());
        }
        // A change, and what is found on an app that is to be taken over, has a message for each kind. A profile is of no
        // connection.
        let by_kind = |id: &str| {
            ["changes-", "adopting-", "profile-"]
                .iter()
                .any(|of| id.starts_with(of))
        };
        left.retain(|id| !OF_SECRETS_ALONE.contains(&id.as_str()) && !by_kind(id));
        assert_eq!(left, NONE, "{}", language.tag());
    }
}

/// A heading is short and no sentence; why and what to do are sentences, without numbers of Microsoft's.
#[test]
fn each_problem_is_told_whole_and_in_plain_sentences() {
    let mut told = 0;
    for language in Language::CHOICES {
        for (file, text) in language.texts() {
            for entry in &parse(*text).unwrap().body {
                let Entry::Message(message) = entry else { continue };
                let part = |name: &str| {
                    let part = message.attributes.iter().find(|part| part.id.name == name)?;
                    Some(plain(&part.value))
                };
                let (Some(title), Some(why)) = (part("title"), part("why")) else {
                    continue;
                };
                let next = part("next").unwrap_or_default();
                let id = format!("{} in {}/{file}", message.id.name, language.tag());
                assert!(
                    !title.ends_with('.') && title.chars().count() <= 80,
                    "{id}: {title}"
                );
                for text in [why, next] {
                    assert!(text.ends_with(['.', '}']) && text.len() > 15, "{id}: {text}");
                    assert!(
                        !text.contains("AADSTS") && !text.contains("HTTP "),
                        "{id}: {text}"
                    );
                }
                told += 1;
            }
        }
    }
    assert!(told > 80, "only {told} problems were found");
}

/// What was being done is told twice: that it couldn't be done, and what was to be done, to whoever can give the right to.
#[test]
fn what_is_done_says_its_task() {
    let mut done = BTreeSet::new();
    for file in rust_sources().unwrap() {
        if file.path.starts_with("src-tauri/journey/src/") {
            doings(TokenStream::from_str(&file.text).unwrap(), &mut done);
        }
    }
    assert!(done.len() > 5, "only {done:?} are done");
    for language in Language::CHOICES {
        let mut without = done.clone();
        for (_, text) in language.texts() {
            for entry in &parse(*text).unwrap().body {
                let Entry::Message(message) = entry else { continue };
                if message.attributes.iter().any(|part| part.id.name == "task") {
                    without.remove(message.id.name);
                }
            }
        }
        assert!(without.is_empty(), "{}: {without:?}", language.tag());
    }
}

/// The messages that `Doing::new(message!(…))` and its like are given first.
fn doings(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| {
            let before = place.checked_sub(back).and_then(|place| tokens.get(place));
            before.map(ToString::to_string).unwrap_or_default()
        };
        if before(4) == "Doing" && ["new", "as_the_app"].contains(&&*before(1)) {
            let mut inner = group.stream().into_iter();
            let is_message = inner.next().is_some_and(|first| first.to_string() == "message");
            if let (true, Some(TokenTree::Group(given))) = (is_message, inner.nth(1)) {
                found.insert(read("", given.stream()).id);
            }
        }
        doings(group.stream(), found);
    }
}

/// The text of a pattern; what is put into it is a pair of braces.
fn plain(pattern: &Pattern<&str>) -> String {
    let text = |element: &PatternElement<&str>| match element {
        PatternElement::TextElement { value } => (*value).to_owned(),
        PatternElement::Placeable { .. } => "{ what stands elsewhere }".to_owned(),
    };
    pattern.elements.iter().map(text).collect()
}

/// A file that isn't built in says nothing.
#[test]
fn every_file_of_texts_is_built_in() {
    for language in Language::CHOICES {
        let folder = top().join("src-tauri/words/texts").join(language.tag());
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap())
            .filter(|file| file.path().is_file())
            .map(|file| file.file_name().into_string().unwrap())
            .collect();
        let built_in = language.texts().iter().map(|(file, _)| format!("{file}.ftl"));
        assert_eq!(files, built_in.collect::<BTreeSet<_>>());
    }
}

/// A message has a name that a test can find, so it is made by the macro alone.
#[test]
fn no_message_is_made_past_the_macro() {
    let mut wrong = Vec::new();
    for file in rust_sources().unwrap() {
        let of_the_macro = ["src-tauri/domain/src/message.rs", "tests/tests/words.rs"];
        if of_the_macro.contains(&file.path.as_str()) {
            continue;
        }
        let lines = file.text.lines().enumerate();
        let made = lines.filter(|(_, line)| line.contains("Message::made("));
        wrong.extend(made.map(|(index, _)| format!("{}:{}", file.path, index + 1)));
    }
    assert_eq!(wrong, NONE);
}

#[test]
fn a_message_is_read_with_its_arguments_and_nothing_else() {
    let source = r#"
        fn a() {
            let b = say(&domain::message!("test-outer", one = f(a, b = 2), two = message!("test-inner")));
            let c = message!("test-none");
        }
        macro_rules! message { ($id:literal) => { made($id) }; }
        mod tests { fn d() { message!("test-in-a-test"); } }
    "#;
    let mut all = Vec::new();
    collect("here", TokenStream::from_str(source).unwrap(), &mut all);
    let read: Vec<(String, Vec<String>)> = all
        .into_iter()
        .map(|said| (said.id, said.args.into_iter().collect()))
        .collect();
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        read,
        [
            ("test-outer".to_owned(), names(&["one", "two"])),
            ("test-inner".to_owned(), names(&[])),
            ("test-none".to_owned(), names(&[])),
        ]
    );
}
