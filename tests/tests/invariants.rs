//! Rules of the sources, each kept by a look at every file.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::str::FromStr;

use journeys::repository::{Tracked, code, place, rust_sources, tracked};
use proc_macro2::{TokenStream, TokenTree};

/// Every place where a line of the files breaks a rule.
fn places(files: &[Tracked], wrong: impl Fn(&Tracked, usize, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if wrong(file, index, line) {
                found.push(place(file, index));
            }
        }
    }
    found
}

const NONE: Vec<String> = Vec::new();

/// This file names what it forbids.
fn others(files: Vec<Tracked>) -> Vec<Tracked> {
    files
        .into_iter()
        .filter(|file| !file.path.ends_with("tests/tests/invariants.rs"))
        .collect()
}

/// How a line of Rust begins to do one thing or another.
const DECISIONS: &[&str] = &[
    "if ",
    "match ",
    "=>",
    "&&",
    "||",
    "matches!",
    "while ",
    "filter(",
    "is_some_and(",
];

#[test]
fn no_step_decides_by_practice() {
    let mut wrong = Vec::new();
    let mut steps = 0;
    for file in rust_sources().unwrap() {
        if !file.path.starts_with("src-tauri/journey/src/steps") {
            continue;
        }
        steps += 1;
        for (index, line) in code(&file) {
            // Words for the reader may speak of practice, and a file may say that it was made there; a decision
            // may not.
            let line_of_code = outside_strings(line);
            let decides = DECISIONS.iter().any(|sign| line_of_code.contains(sign));
            if decides && line_of_code.to_lowercase().contains("practice") {
                wrong.push(place(&file, index));
            }
        }
    }
    assert_eq!(wrong, NONE);
    assert!(steps > 0, "there are no steps to look at");
}

#[test]
fn no_floor_branches_on_the_name_of_a_platform() {
    let platforms: Vec<String> = tracked()
        .unwrap()
        .iter()
        .filter_map(|file| {
            file.path
                .strip_prefix("src-tauri/profiles/data/")?
                .strip_suffix(".toml")
                .map(str::to_owned)
        })
        .collect();
    let mut wrong = Vec::new();
    for file in rust_sources().unwrap() {
        if !file.path.starts_with("src-tauri/") || file.path.contains("/tests/") {
            continue;
        }
        for (index, line) in code(&file) {
            let branches = ["==", "!=", "match", "=>", "matches!"]
                .iter()
                .any(|sign| line.contains(sign));
            if branches
                && platforms
                    .iter()
                    .any(|platform| line.contains(&format!("\"{platform}\"")))
            {
                wrong.push(place(&file, index));
            }
        }
    }
    assert_eq!(wrong, NONE);
}

/// The window draws what it is told. It may compare codes (kinds, tones, states), never words that people read, and
/// never where the reader stands to find out what comes next.
#[test]
fn the_window_holds_no_rule_about_what_comes_next() {
    let drawn: Vec<Tracked> = tracked().unwrap();
    let drawn: Vec<Tracked> = drawn
        .into_iter()
        .filter(|file| file.path.starts_with("ui/src/") && !file.path.starts_with("ui/src/bindings/"))
        .filter(|file| file.path.ends_with(".ts") || file.path.ends_with(".tsx"))
        .filter(|file| !file.path.contains(".test.") && !file.path.contains("/test/"))
        .collect();
    let words = [
        "label", "title", "heading", "word", "words", "text", "detail", "sentence", "stepLine", "note",
    ];
    let signs = ["===", "!==", "==", "!="];
    let on_words = places(&drawn, |_, _, line| {
        signs.iter().any(|sign| {
            line.split(sign).collect::<Vec<_>>().windows(2).any(|sides| {
                let left = sides[0].trim_end();
                let right = sides[1].trim_start();
                let names_words = words.iter().any(|word| left.ends_with(&format!(".{word}")));
                // Whether there are any words at all may be asked.
                let asks_for_any = right.starts_with("\"\"") || right.starts_with("''");
                names_words && right.starts_with(['"', '\'', '`']) && !asks_for_any
            })
        })
    });
    assert_eq!(on_words, NONE, "the window compares words that people read");
    // The page's key says that another page is shown; a step's id is a name for the rail. Neither is to be compared
    // with a constant.
    let on_steps = places(&drawn, |_, _, line| {
        signs.iter().any(|sign| {
            line.split(sign).collect::<Vec<_>>().windows(2).any(|sides| {
                let left = sides[0].trim_end();
                let right = sides[1].trim_start();
                let names_step = ["page.key", "step.id", "current.id", ".stepLine"]
                    .iter()
                    .any(|name| left.ends_with(name));
                names_step && right.starts_with(['"', '\'', '`'])
            })
        })
    });
    assert_eq!(on_steps, NONE, "the window decides by the step");
    let switches = places(&drawn, |_, _, line| {
        ["switch (page.key", "switch (step.id", "switch (step)"]
            .iter()
            .any(|start| line.contains(start))
    });
    assert_eq!(switches, NONE, "the window decides by the step");
}

/// What is changed, how mail is reached and what is done with a connection are said by the floors below; the window and its
/// floor draw what they are told. `made_up.rs` adds one of each.
const UNKNOWN_TO_THE_WINDOW: &[(&str, &str)] = &[
    ("Change", "src-tauri/plan/src/changes/mod.rs"),
    ("Method", "src-tauri/domain/src/permission.rs"),
    ("Operation", "src-tauri/plan/src/operations/mod.rs"),
];

#[test]
fn the_window_knows_no_change_no_method_and_no_operation_by_name() {
    let files = tracked().unwrap();
    let mut names = Vec::new();
    for (kind, path) in UNKNOWN_TO_THE_WINDOW {
        let source = files.iter().find(|file| file.path == *path).unwrap();
        let variants = variants(TokenStream::from_str(&source.text).unwrap(), kind);
        assert!(!variants.is_empty(), "{path} has no {kind}");
        for variant in variants {
            names.push(format!("{kind}::{variant}"));
            // As it is written in journals and requests; one word alone is another's as well.
            let written = kebab(&variant);
            if written.contains('-') {
                names.extend([format!("\"{written}\""), format!("'{written}'")]);
            }
        }
    }
    let mut wrong = Vec::new();
    for file in &files {
        // The bindings are made from the types of `rpc`, one of whose requests may be called as a change is.
        let drawn = file.path.starts_with("ui/src/") && !file.path.starts_with("ui/src/bindings/");
        if !drawn && !file.path.starts_with("src-tauri/rpc/src/") {
            continue;
        }
        let named = code(file).filter(|(_, line)| names.iter().any(|name| is_named(line, name)));
        wrong.extend(named.map(|(index, _)| place(file, index)));
    }
    assert_eq!(
        wrong, NONE,
        "let the floor below say what is drawn of each, so that another one takes no line here"
    );
}

/// Whether a line names it, and not something whose name only ends so.
fn is_named(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        let goes_on = |letter: char| letter.is_alphanumeric() || letter == '_';
        !before.ends_with(goes_on) && !after.starts_with(goes_on)
    })
}

/// The variants of an enumeration.
fn variants(tokens: TokenStream, name: &str) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |place: usize, word: &str| tokens.get(place).is_some_and(|token| token.to_string() == word);
    let body = (0..tokens.len()).find(|place| is(*place, "enum") && is(place + 1, name));
    let Some(TokenTree::Group(body)) = body.and_then(|place| tokens.get(place + 2)) else {
        return Vec::new();
    };
    body.stream()
        .into_iter()
        .filter_map(|token| match token {
            TokenTree::Ident(variant) => Some(variant.to_string()),
            _ => None,
        })
        .collect()
}

/// `GraphAppOnly` as it is written: `graph-app-only`.
fn kebab(name: &str) -> String {
    let mut written = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !written.is_empty() {
            written.push('-');
        }
        written.push(letter.to_ascii_lowercase());
    }
    written
}

#[test]
fn a_variant_is_told_from_what_only_ends_like_it() {
    let source = "/// Ways.\n#[serde(x)]\nenum Method { /// One.\n #[a(b)] OneWay, Other(Kind), }";
    let found = variants(TokenStream::from_str(source).unwrap(), "Method");
    assert_eq!(found, ["OneWay", "Other"]);
    assert_eq!(kebab(&found[0]), "one-way");
    assert!(is_named("if way == Method::OneWay {", "Method::OneWay"));
    assert!(is_named("if way == \"one-way\" {", "\"one-way\""));
    assert!(!is_named("ScopeMethod::OneWay", "Method::OneWay"));
    assert!(!is_named("Method::OneWayBack", "Method::OneWay"));
}

#[test]
fn every_look_at_a_secret_says_why() {
    let mut wrong = Vec::new();
    for file in others(rust_sources().unwrap()) {
        // The practice organisation holds no secret of anybody, and shares no type with us.
        if file.path.starts_with("src-tauri/practice/") {
            continue;
        }
        let lines: Vec<&str> = file.text.lines().collect();
        for (index, line) in code(&file) {
            let looks = line.contains(".expose()") || line.contains("Secret::expose");
            let reasoned = lines[index.saturating_sub(3)..=index]
                .iter()
                .any(|line| line.contains("EXPOSE:"));
            if looks && !reasoned {
                wrong.push(place(&file, index));
            }
        }
    }
    assert_eq!(
        wrong, NONE,
        "each use of a secret needs a comment that begins with EXPOSE:"
    );
}

#[test]
fn nothing_is_left_unfinished() {
    let unfinished = [
        "todo!",
        "unimplemented!",
        "FIXME",
        "TODO",
        "XXX",
        "HACK",
        "#[ignore",
        "it.skip(",
        "it.only(",
        "describe.only(",
    ];
    let files = others(tracked().unwrap());
    let wrong = places(&files, |file, _, line| {
        let generated = file.path.ends_with("package-lock.json") || file.path == "Cargo.lock";
        // The lints that forbid these words name them.
        let lint = file.path.ends_with("Cargo.toml") || file.path.ends_with("clippy.toml");
        !generated
            && !lint
            && unfinished
                .iter()
                .any(|word| line.contains(word) && !line.contains("XXXX"))
    });
    assert_eq!(wrong, NONE);
}

/// Addresses of packages and folders of somebody's machine tell nothing to anybody else, or break for them.
#[test]
fn no_folder_or_registry_of_a_machine_is_written_down() {
    let mut folders = vec![
        String::from("/home/"),
        String::from("/Users/"),
        String::from("C:\\Users\\"),
    ];
    let top = journeys::repository::top().canonicalize().unwrap();
    // This machine's home, this clone, and what stands beside it. A clone in a shallow place such as `/src` says
    // nothing that could be told from other words.
    let here = [
        std::env::home_dir(),
        top.parent().map(|beside| beside.join("shared")),
        Some(top.clone()),
    ];
    let here = here
        .into_iter()
        .flatten()
        .filter(|folder| folder.components().count() > 2);
    folders.extend(here.map(|folder| folder.display().to_string()));
    // The admin of the practice organisation has a home too, in examples.
    let of_nobody = "/home/dana";
    // Put together here, so that this file names none either.
    let hosts: Vec<String> = [
        ("crates", "io"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("pypi", "org"),
    ]
    .iter()
    .map(|(name, end)| format!(".{name}.{end}"))
    .chain([["deb", "debian", "org"].join(".")])
    .collect();
    let files = others(tracked().unwrap());
    let wrong = places(&files, |file, _, line| {
        // A crate's lock file has one word for the registry, whichever serves it. npm's has an address for each
        // package, unless `.npmrc` says `omit-lockfile-registry-resolved=true`.
        file.path != "Cargo.lock"
            && (folders
                .iter()
                .any(|folder| line.replace(of_nobody, "").contains(folder.as_str()))
                || hosts.iter().any(|host| line.contains(host.as_str())))
    });
    let shown: Vec<&String> = wrong.iter().take(20).collect();
    assert!(wrong.is_empty(), "{} places, such as {shown:#?}", wrong.len());
}

#[test]
fn no_test_sleeps() {
    // The one place that looks again and again, with a bound.
    let waits = "tests/src/eventually.rs";
    let files = others(tracked().unwrap());
    let wrong = places(&files, |file, index, line| {
        if file.path == waits {
            return false;
        }
        if line.contains("waitForTimeout") {
            return file.path.starts_with("ui/gallery/");
        }
        if !(line.contains("thread::sleep") || line.contains("time::sleep")) || !file.path.ends_with(".rs") {
            return false;
        }
        file.path.starts_with("tests/")
            || file.path.contains("/tests/")
            || file
                .text
                .lines()
                .take(index)
                .any(|line| line.trim() == "mod tests {")
    });
    assert_eq!(wrong, NONE, "a test waits for a value, with a bound");
}

/// Floors whose sentences are said by the floor of words.
const SPOKEN_FOR: &[&str] = &["domain", "plan", "engine", "microsoft", "journey", "rpc"];

/// What decides what happened gives a message; the sentence about it stands in `words/`, once for each language.
#[test]
fn no_sentence_for_people_stands_outside_the_floor_of_words() {
    let mut wrong = Vec::new();
    for file in rust_sources().unwrap() {
        let of_a_floor = SPOKEN_FOR
            .iter()
            .any(|floor| file.path.starts_with(&format!("src-tauri/{floor}/src/")));
        // Lists of mailboxes as people bring them, and organisations made up at random, are read by tests alone.
        let of_a_test = ["/tests.rs", "/list/brought", "/plan/src/properties/"]
            .iter()
            .any(|part| file.path.contains(part));
        if !of_a_floor || of_a_test {
            continue;
        }
        let tokens = TokenStream::from_str(&file.text)
            .unwrap_or_else(|error| panic!("{} can't be read: {error}", file.path));
        let mut found = Vec::new();
        sentences(tokens, &mut found);
        wrong.extend(found.iter().map(|text| format!("{}: {text}", file.path)));
    }
    assert_eq!(wrong, NONE, "say these with a message of src-tauri/words/texts");
}

/// Texts in quotes that look like sentences, outside of tests, attributes and what only a fault of ours says.
fn sentences(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        let before = |back: usize| {
            let before = place.checked_sub(back).and_then(|place| tokens.get(place));
            before.map(ToString::to_string).unwrap_or_default()
        };
        match token {
            TokenTree::Group(group) => {
                let of_a_test = before(1) == "tests" && before(2) == "mod";
                let attribute = before(1) == "#" || before(1) == "!" && before(2) == "#";
                let of_a_fault = before(1) == "!" && ["unreachable", "debug_assert"].contains(&&*before(2));
                if !of_a_test && !attribute && !of_a_fault {
                    sentences(group.stream(), found);
                }
            }
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                let text = literal.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
                found.extend(text.filter(|text| is_sentence(text)).map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// A crude sign of a sentence: it begins with a capital letter, and has three words or more, two of them in small letters.
/// Calls, cmdlets and filters have signs in front of their words.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let small = |word: &&&str| {
        let word = word.trim_end_matches(['.', ',', ';', ':', '?', '!']);
        word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && word
                .chars()
                .all(|letter| letter.is_ascii_alphabetic() || "-'".contains(letter))
    };
    text.starts_with(|letter: char| letter.is_ascii_uppercase())
        && words.len() > 2
        && words.iter().filter(small).count() > 1
        && !words.iter().any(|word| word.starts_with(['/', '-', '$']))
}

#[test]
fn a_sentence_is_told_from_a_call() {
    for text in [
        "Nothing was changed.",
        "Mailgrant couldn't {what} it",
        "Not in scope",
    ] {
        assert!(is_sentence(text), "{text}");
    }
    for text in [
        "POST /users/{mailbox}/sendMail (no recipient)",
        "PrimarySmtpAddress -eq '{}' -or x -eq y",
        "Privileged Role Administrator",
        "Mail.Read, Mail.ReadWrite and Mail.Send",
        "the limit of this app",
    ] {
        assert!(!is_sentence(text), "{text}");
    }
    let source = r##"
        //! Nothing was changed here.
        #[error("Nothing was read here")]
        fn a() -> &'static str { unreachable!("This is never met"); say("Nothing was said here") }
        mod tests { fn b() { say("Nothing was tested here") } }
    "##;
    let mut found = Vec::new();
    sentences(TokenStream::from_str(source).unwrap(), &mut found);
    assert_eq!(found, ["Nothing was said here"]);
}

/// A line of Rust without what stands in quotes.
fn outside_strings(line: &str) -> String {
    let mut outside = String::new();
    let mut inside = false;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if inside => {
                letters.next();
            }
            '"' => inside = !inside,
            _ if !inside => outside.push(letter),
            _ => {}
        }
    }
    outside
}

#[test]
fn words_in_quotes_are_told_from_code() {
    assert_eq!(
        outside_strings(r#"if a == "practice \"x\"" { b }"#),
        "if a ==  { b }"
    );
}
