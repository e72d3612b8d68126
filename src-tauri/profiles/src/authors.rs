//! What the author of a profile is given, from one table: the schema for editors and the tables of docs/profiles.md.
//!
//! `MAILGRANT_WRITE_BINDINGS=1 cargo test --workspace --lib -- authors` writes both anew. Nothing of this is in the program.

mod keys;
mod schema;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use jsonschema::Validator;
use serde_json::Value;

use self::keys::{Kind, Needed, Table, fields, of_methods, tables};
use crate::raw::FIELDS;
use crate::raw::tests::{BREAKS, GOOD};
use crate::{SHIPPED, parse};

/// What a schema can't say of the broken files of the loader's test, each with the reason. Everything else it refuses.
const ONLY_THE_LOADER: [(&str, &str); 9] = [
    ("syntax", "no TOML"),
    ("unclosed text", "no TOML"),
    ("key twice", "no TOML"),
    ("too few German steps", "it compares two lists"),
    ("date as text", "a date is a text in JSON"),
    (
        "permission twice",
        "it compares two entries that may differ in their reasons",
    ),
    ("usual above longest", "it compares two numbers"),
    (
        "label twice",
        "it compares two entries that may differ in their fields",
    ),
    ("mistyped key", "it counts a checksum"),
];

fn documents() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

fn page() -> String {
    fs::read_to_string(documents().join("profiles.md"))
        .unwrap()
        .replace("\r\n", "\n")
}

fn is_writing() -> bool {
    std::env::var_os("MAILGRANT_WRITE_BINDINGS").is_some()
}

/// Replaces a document in one go, because the other tests read it meanwhile.
fn write(name: &str, text: &str) {
    let new = tempfile::NamedTempFile::new_in(documents()).unwrap();
    fs::write(new.path(), text).unwrap();
    new.persist(documents().join(name)).unwrap();
}

/// The example of the page, as TOML.
fn example() -> String {
    let page = page();
    let (_, rest) = page.split_once("```toml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

fn validator() -> Validator {
    let schema = schema::schema();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// A file as its schema sees it; none where it is no TOML.
fn as_json(text: &str) -> Option<Value> {
    fn json(value: toml::Value) -> Value {
        match value {
            toml::Value::String(text) => Value::from(text),
            toml::Value::Integer(number) => Value::from(number),
            toml::Value::Float(number) => Value::from(number),
            toml::Value::Boolean(is) => Value::from(is),
            toml::Value::Datetime(moment) => Value::from(moment.to_string()),
            toml::Value::Array(all) => all.into_iter().map(json).collect(),
            toml::Value::Table(all) => all.into_iter().map(|(key, value)| (key, json(value))).collect(),
        }
    }
    let table: toml::Table = toml::from_str(text).ok()?;
    Some(json(toml::Value::Table(table)))
}

fn broken((_, from, to): &(&str, &str, &str)) -> String {
    GOOD.replace(from, to)
}

#[test]
fn the_published_schema_is_current() {
    let file = documents().join("profile.schema.json");
    let made = schema::schema();
    if is_writing() {
        write(
            "profile.schema.json",
            &format!("{}\n", serde_json::to_string_pretty(&made).unwrap()),
        );
    }
    let committed: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert!(
        committed == made,
        "docs/profile.schema.json is out of date; see the top of this file"
    );
}

#[test]
fn the_schema_takes_every_profile_that_is_shipped() {
    let validator = validator();
    let example = example();
    let files = SHIPPED
        .iter()
        .copied()
        .chain([("good.toml", GOOD), ("the page's example", &*example)]);
    for (name, text) in files {
        let json = as_json(text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&json)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

#[test]
fn the_schema_refuses_what_the_loader_refuses() {
    let validator = validator();
    for case in &BREAKS {
        let refused = as_json(&broken(case)).is_some_and(|json| !validator.is_valid(&json));
        let listed = ONLY_THE_LOADER.iter().find(|(name, _)| *name == case.0);
        match listed {
            Some((name, why)) => assert!(!refused, "{name} is refused, although {why}"),
            None => assert!(refused, "{} is taken", case.0),
        }
    }
    let known: BTreeSet<&str> = BREAKS.iter().map(|(name, ..)| *name).collect();
    for (name, _) in ONLY_THE_LOADER {
        assert!(known.contains(name), "{name} is no broken file");
    }
    // A permission that is usual has to be optional, and a field has to hold something.
    for (from, to) in [
        (
            "reason = \"to read mail\"",
            "reason = \"to read mail\"\nusual = true",
        ),
        (", field = \"client-id\"", ""),
    ] {
        let text = GOOD.replace(from, to);
        assert!(parse("broken.toml", &text).is_err(), "{to}");
        assert!(!validator.is_valid(&as_json(&text).unwrap()), "{to}");
    }
}

/// The keys that the loader would take in a place, as it names them when it meets another.
fn known_in(table: &Table) -> Vec<String> {
    let text = match table.name {
        "" => format!("zzz = 1\n{GOOD}"),
        "form" => GOOD.replace("field = \"client-id\"", "zzz = 1"),
        "over-asks" => format!("{GOOD}\n[[over-asks]]\nzzz = 1\n"),
        name => {
            let header = match name {
                "credential" => String::from("[credential]\n"),
                name => format!("[[{name}]]\n"),
            };
            GOOD.replace(&header, &format!("{header}zzz = 1\n"))
        }
    };
    let reason = parse("unknown.toml", &text).unwrap_err().reason;
    let (_, known) = reason.split_once("this place can have ").unwrap();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_table_names_the_keys_that_the_loader_knows() {
    for table in tables() {
        let named: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
        assert_eq!(named, known_in(&table), "{}", table.name);
    }
    let fields = fields().map(|(word, _)| word);
    assert_eq!(fields, FIELDS.map(|(word, _)| word));
}

/// The tables of a file that have keys of this kind.
fn places<'a>(file: &'a mut toml::Table, name: &str) -> Vec<&'a mut toml::Table> {
    if name.is_empty() {
        return vec![file];
    }
    match file.get_mut(name) {
        Some(toml::Value::Table(table)) => vec![table],
        Some(toml::Value::Array(all)) => all.iter_mut().filter_map(toml::Value::as_table_mut).collect(),
        _ => Vec::new(),
    }
}

/// Takes a key of the example away, and what can't be there without it; whether the loader takes the rest.
fn can_do_without(table: &str, key: &str) -> bool {
    let mut file: toml::Table = toml::from_str(&example()).unwrap();
    for place in places(&mut file, table) {
        let hangs_on = |other: &str| other == format!("{key}-de") || (key, other) == ("optional", "usual");
        place.retain(|other, _| other != key && !hangs_on(other));
    }
    parse("cut.toml", &toml::to_string(&file).unwrap()).is_ok()
}

#[test]
fn a_key_is_needed_where_the_loader_says_so() {
    parse("example.toml", &example()).unwrap();
    for table in tables() {
        for key in &table.keys {
            // What the example doesn't have isn't needed.
            let can = can_do_without(table.name, key.name);
            assert_eq!(can, key.needed == Needed::No, "{}.{}", table.name, key.name);
        }
    }
}

/// What the page shows nowhere can't be copied.
#[test]
fn the_example_has_every_key_that_a_file_for_one_platform_has() {
    let mut file: toml::Table = toml::from_str(&example()).unwrap();
    for table in tables() {
        for key in &table.keys {
            let of_any_platform = ["open", "name-de"].contains(&key.name);
            let has = places(&mut file, table.name)
                .iter()
                .any(|place| place.contains_key(key.name));
            assert_eq!(has, !of_any_platform, "{}.{}", table.name, key.name);
        }
    }
}

fn words(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn of_kind(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".into(),
        Kind::ShortText(most) => format!("text, at most {most} characters"),
        Kind::Id => "small letters and digits, with single hyphens between".into(),
        Kind::Date => "a date without quotation marks".into(),
        Kind::Number(1, 1) => "1".into(),
        Kind::Number(least, u32::MAX) => format!("a whole number from {least}"),
        Kind::Number(least, most) => format!("a whole number from {least} to {most}"),
        Kind::YesOrNo => "`true` or `false`, which it is where it is missing".into(),
        // The list is long, and stands in a table of its own.
        Kind::Field => "one of the words below".into(),
        Kind::Word(all) => format!("one of {}", words(all)),
        Kind::Words(all) => format!("a list of at least one of {}", words(all)),
        Kind::Texts => "a list of texts".into(),
        Kind::PublicKey => "a public age key: `age1` and 58 characters".into(),
        Kind::Address => "an address that begins with `https://`".into(),
        Kind::Table => "a table".into(),
        Kind::Tables(0) => "a list of tables".into(),
        Kind::Tables(least) => format!("a list of tables, at least {least}"),
    }
}

/// The tables of the page, as Markdown.
fn written() -> String {
    let mut text = String::new();
    for table in tables() {
        let heading = match table.name {
            "" => table.is.to_owned(),
            name => format!("`{name}`: {}", table.is.to_lowercase()),
        };
        // Writing into a text never fails.
        let _ = write!(
            text,
            "\n### {heading}\n\n| Key | What stands there | Needed | Meaning |\n| --- | --- | --- | --- |\n"
        );
        for key in &table.keys {
            let needed = match key.needed {
                Needed::Yes => "yes",
                Needed::No => "no",
                Needed::One => "one of both",
            };
            let _ = writeln!(
                text,
                "| `{}` | {} | {needed} | {} |",
                key.name,
                of_kind(&key.kind),
                key.says
            );
        }
        if table.name.is_empty() {
            text += "\n| `methods` | `scope-methods` | `permissions` |\n| --- | --- | --- |\n";
            for method in of_methods() {
                let _ = writeln!(
                    text,
                    "| `{}` | {} | {} |",
                    method.name,
                    words(&method.scopes),
                    words(&method.permissions)
                );
            }
        }
        if table.name == "form" {
            text += "\n| `field` | What belongs there |\n| --- | --- |\n";
            for (word, is) in fields() {
                let _ = writeln!(text, "| `{word}` | {is} |");
            }
        }
    }
    text
}

#[test]
fn the_keys_on_the_page_are_current() {
    const BEGIN: &str = "<!-- Made by src-tauri/profiles/src/authors.rs. Don't edit. -->\n";
    const END: &str = "\n<!-- Until here. -->\n";
    let page = page();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let made = format!("{before}{BEGIN}{}{END}{after}", written());
    if is_writing() {
        write("profiles.md", &made);
    }
    assert!(
        page == made || is_writing(),
        "docs/profiles.md is out of date; see the top of this file"
    );
}
