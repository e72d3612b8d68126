//! Inside a crate no two files lead to each other through what they import, so that each can be read after those below it.
//!
//! A file imports another where it names something that is defined there. Three things are no imports: to declare a
//! module, to hand a name on by `pub use` without using it (it counts for the file that defines it), and what only tests name.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::str::FromStr;

use journeys::repository::{Tracked, rust_sources};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Crates that have circles still. The list only gets shorter.
const NOT_YET: [&str; 4] = ["domain", "journey", "plan", "rpc"];

/// Where a module stands in its crate: `["graph", "users"]`, and nothing for the crate's root.
type Place = Vec<String>;

/// A name that a module has by `use`.
struct Import {
    /// The module that says it, which can stand inside a file.
    within: Place,
    path: Vec<String>,
    /// What it is called from then on; nothing for `*`.
    name: Option<String>,
    handed_on: bool,
}

/// What one file says.
#[derive(Default)]
struct File {
    imports: Vec<Import>,
    /// Every path that is written out, with the module that says it.
    paths: Vec<(Place, Vec<String>)>,
    defined: BTreeSet<String>,
    /// Every name that the code uses, without those of `use`.
    used: BTreeSet<String>,
    /// Modules that exist for tests only.
    of_tests: Vec<Place>,
}

/// The files of one crate, by the modules that they are.
struct Sources(BTreeMap<Place, File>);

/// Two or more files that lead to each other, as the shortest way back to the first.
type Circle = Vec<String>;

const DEFINES: [&str; 9] = [
    "const",
    "enum",
    "fn",
    "macro_rules",
    "static",
    "struct",
    "trait",
    "type",
    "union",
];

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    is(tokens.get(at), ':') && is(tokens.get(at + 1), ':')
}

impl File {
    fn read(text: &str, place: &Place) -> Self {
        let mut file = Self::default();
        file.collect(TokenStream::from_str(text).unwrap(), place);
        file
    }

    fn collect(&mut self, tokens: TokenStream, within: &Place) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut at, mut handed_on) = (0, false);
        while let Some(token) = tokens.get(at) {
            let public = std::mem::take(&mut handed_on);
            match token {
                TokenTree::Punct(_) if is(Some(token), '#') => {
                    let inner = usize::from(is(tokens.get(at + 1), '!'));
                    let attribute = tokens.get(at + 1 + inner).map(ToString::to_string);
                    at += 2 + inner;
                    if attribute.is_some_and(|text| text.replace(' ', "") == "[cfg(test)]") {
                        at = self.leave_out(&tokens, at, within);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => at += 1,
                TokenTree::Group(group) => {
                    self.collect(group.stream(), within);
                    at += 1;
                }
                TokenTree::Ident(ident) => match ident.to_string().as_str() {
                    "pub" => {
                        handed_on = true;
                        at += 1 + usize::from(group(tokens.get(at + 1), Delimiter::Parenthesis).is_some());
                    }
                    // What a returned type captures is said by the same word.
                    "use" if !is(tokens.get(at + 1), '<') => {
                        let end = (at..tokens.len()).find(|end| is(tokens.get(*end), ';')).unwrap();
                        self.import(&tokens[at + 1..end], within, &[], public);
                        at = end + 1;
                    }
                    "mod" => {
                        let inner = group(tokens.get(at + 2), Delimiter::Brace);
                        if let (Some(inner), Some(name)) = (inner, word(tokens.get(at + 1))) {
                            self.collect(inner.stream(), &[within.as_slice(), &[name]].concat());
                        }
                        at += 3;
                    }
                    first => {
                        // A lifetime can have the name of one of them.
                        let lifetime = at > 0 && is(tokens.get(at - 1), '\'');
                        if !lifetime && DEFINES.contains(&first) {
                            let name = at + 1 + usize::from(is(tokens.get(at + 1), '!'));
                            self.defined.extend(word(tokens.get(name)));
                        }
                        at = self.path(&tokens, at, within);
                    }
                },
            }
        }
    }

    /// Goes past an item of the tests.
    fn leave_out(&mut self, tokens: &[TokenTree], begin: usize, within: &Place) -> usize {
        let mut at = begin;
        while is(tokens.get(at), '#') {
            at += 2;
        }
        let is_import = (at..tokens.len())
            .take(3)
            .any(|at| word(tokens.get(at)).as_deref() == Some("use"));
        let ends = |at: usize| {
            is(tokens.get(at), ';') || !is_import && group(tokens.get(at), Delimiter::Brace).is_some()
        };
        let end = (at..tokens.len()).find(|at| ends(*at)).unwrap_or(tokens.len());
        if let [.., TokenTree::Ident(module), TokenTree::Ident(name)] = &tokens[at..end]
            && module == "mod"
        {
            self.of_tests
                .push([within.as_slice(), &[name.to_string()]].concat());
        }
        end + 1
    }

    /// One tree of a `use`, or several with commas between them.
    fn import(&mut self, tokens: &[TokenTree], within: &Place, before: &[String], handed_on: bool) {
        let trees = tokens.split(|token| is(Some(token), ','));
        // Behind the last comma of a list stands nothing.
        for tree in trees.filter(|tree| !tree.is_empty()) {
            let mut path = before.to_vec();
            let mut name = None;
            for (at, token) in tree.iter().enumerate() {
                match token {
                    TokenTree::Group(list) => {
                        let list: Vec<TokenTree> = list.stream().into_iter().collect();
                        self.import(&list, within, &path, handed_on);
                        path.clear();
                        break;
                    }
                    TokenTree::Ident(ident) if ident == "as" => {
                        name = word(tree.get(at + 1));
                        break;
                    }
                    TokenTree::Ident(ident) if ident == "self" && !path.is_empty() => {}
                    TokenTree::Ident(ident) => path.push(ident.to_string()),
                    token if is(Some(token), '*') => path.push("*".to_owned()),
                    _ => {}
                }
            }
            if let Some(last) = path.last() {
                let name = name.or_else(|| Some(last.clone()).filter(|last| last != "*"));
                self.imports.push(Import {
                    within: within.clone(),
                    path,
                    name,
                    handed_on,
                });
            }
        }
    }

    /// Reads the path that begins here, and goes past it.
    fn path(&mut self, tokens: &[TokenTree], begin: usize, within: &Place) -> usize {
        // After `::` comes the end of a path that began with a type in angle brackets or with another crate's name.
        let goes_on = begin >= 2 && is_path_sign(tokens, begin - 2);
        let mut path: Vec<String> = word(tokens.get(begin)).into_iter().collect();
        self.used.extend(path.first().cloned());
        let mut at = begin + 1;
        while is_path_sign(tokens, at)
            && let Some(name) = word(tokens.get(at + 2))
        {
            path.push(name);
            at += 3;
        }
        if !goes_on && path.len() > 1 {
            self.paths.push((within.clone(), path));
        }
        at
    }
}

impl Sources {
    /// Reads files by their paths below `src`, as `graph/users.rs`.
    fn read(files: &[(&str, &str)]) -> Self {
        let has_library = files.iter().any(|(path, _)| *path == "lib.rs");
        let read = |(path, text): &(&str, &str)| {
            let mut place: Place = path
                .trim_end_matches(".rs")
                .split('/')
                .map(str::to_owned)
                .collect();
            let last = place.last().unwrap().as_str();
            let is_root = place.len() == 1 && (last == "lib" || last == "main");
            if is_root && last == "main" && has_library {
                // A program beside a library is another crate, above it.
                return None;
            }
            if is_root || last == "mod" {
                place.pop();
            }
            Some((place.clone(), File::read(text, &place)))
        };
        let mut all: BTreeMap<Place, File> = files.iter().filter_map(read).collect();
        let of_tests: Vec<Place> = all.values().flat_map(|file| file.of_tests.clone()).collect();
        all.retain(|place, _| !of_tests.iter().any(|tests| place.starts_with(tests)));
        Self(all)
    }

    /// A path from the crate's root, unless it leads into another crate.
    fn absolute(&self, within: &Place, path: &[String]) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        let mut base = within.clone();
        let mut rest = rest;
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop()?;
                while let Some((next, later)) = rest.split_first()
                    && next == "super"
                {
                    base.pop()?;
                    rest = later;
                }
            }
            name => {
                base.push(name.to_owned());
                // Any other first name is that of a module below this one, or not ours.
                self.0.get(&base)?;
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// The file that defines what a path names, past all that hand it on.
    fn definer(&self, path: &Place, seen: &mut BTreeSet<Place>) -> Option<Place> {
        let deepest = (0..=path.len())
            .rev()
            .find(|end| self.0.contains_key(&path[..*end]))?;
        let (base, rest) = (path[..deepest].to_vec(), &path[deepest..]);
        let file = &self.0[&base];
        let Some((name, inner)) = rest.split_first() else {
            return Some(base);
        };
        if file.defined.contains(name) || !seen.insert(path.clone()) {
            return Some(base);
        }
        let own = || file.imports.iter().filter(|import| import.within == base);
        if let Some(import) = own().find(|import| import.name.as_ref() == Some(name)) {
            let onward = self.absolute(&base, &import.path)?;
            return self.definer(&[onward, inner.to_vec()].concat(), seen);
        }
        for import in own().filter(|import| import.handed_on && import.name.is_none()) {
            let whole = &import.path[..import.path.len() - 1];
            let onward = self
                .absolute(&base, whole)
                .and_then(|onward| self.definer(&onward, seen));
            if let Some(onward) = onward.filter(|onward| self.0[onward].defined.contains(name)) {
                return Some(onward);
            }
        }
        Some(base)
    }

    /// Which files each one imports. What it hands on it imports only where it uses it too.
    fn arrows(&self) -> BTreeMap<&Place, BTreeSet<Place>> {
        let targets = |(place, file): (&Place, &File)| {
            let imported = file
                .imports
                .iter()
                .filter(|import| {
                    let used = |name: &String| file.used.contains(name);
                    !import.handed_on || import.name.as_ref().is_some_and(used)
                })
                .map(|import| {
                    let whole = import.path.strip_suffix(&["*".to_owned()]);
                    (&import.within, whole.unwrap_or(&import.path))
                });
            let written = file.paths.iter().map(|(within, path)| (within, path.as_slice()));
            imported
                .chain(written)
                .filter_map(|(within, path)| self.absolute(within, path))
                .filter_map(|path| self.definer(&path, &mut BTreeSet::new()))
                .filter(|target| target != place)
                .collect()
        };
        self.0
            .iter()
            .map(|(place, file)| (place, targets((place, file))))
            .collect()
    }

    /// One circle for each file that stands in one and in none of those before.
    fn circles(&self) -> Vec<Circle> {
        let arrows = self.arrows();
        let mut told: BTreeSet<&Place> = BTreeSet::new();
        let mut circles = Vec::new();
        for first in self.0.keys() {
            if told.contains(first) {
                continue;
            }
            let mut came_from: BTreeMap<&Place, &Place> = BTreeMap::new();
            let mut open = VecDeque::from([first]);
            while let Some(place) = open.pop_front().filter(|_| !came_from.contains_key(first)) {
                for target in &arrows[place] {
                    if !came_from.contains_key(target) {
                        came_from.insert(target, place);
                        open.push_back(target);
                    }
                }
            }
            if !came_from.contains_key(first) {
                continue;
            }
            let mut way = vec![first];
            let mut place = came_from[first];
            while place != first {
                way.push(place);
                place = came_from[place];
            }
            told.extend(&way);
            way.push(first);
            circles.push(way.into_iter().rev().map(|place| place.join("/")).collect());
        }
        circles
    }
}

/// The files of each crate, by the crate's folder.
fn crates(files: &[Tracked]) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let mut all: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for file in files {
        let below = file.path.strip_prefix("src-tauri/").unwrap_or(&file.path);
        if let Some((name, path)) = below.split_once("/src/")
            && !name.contains('/')
            && name != "tests"
        {
            all.entry(name).or_default().push((path, &file.text));
        }
    }
    all
}

#[test]
fn no_two_files_of_a_crate_lead_to_each_other() {
    let files = rust_sources().unwrap();
    let mut found = Vec::new();
    for (name, files) in crates(&files) {
        let circles = Sources::read(&files).circles();
        if NOT_YET.contains(&name) {
            assert!(
                !circles.is_empty(),
                "{name} has no circle any more: take it off the list"
            );
            continue;
        }
        found.extend(
            circles
                .iter()
                .map(|circle| format!("{name}: {}", circle.join(" → "))),
        );
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let circles = |files: &[(&str, &str)]| -> Vec<String> {
        let found = Sources::read(files).circles();
        found.iter().map(|circle| circle.join(" → ")).collect()
    };
    let lower = "fn a() { crate::b::go() }";
    for upper in [
        "use crate::a::a;",
        "use crate::{a::{self as first}, c};",
        "use super::a::*;",
        "fn go() { super::a::a() }",
        "mod inner { fn go() { super::super::a::a() } }",
        "pub(crate) fn go(x: crate::a::X) {}",
    ] {
        assert_eq!(
            circles(&[("lib.rs", "mod a; mod b;"), ("a.rs", lower), ("b.rs", upper)]),
            ["a → b → a"],
            "{upper}"
        );
    }
    // A folder and what is in it, when each uses the other.
    assert_eq!(
        circles(&[
            ("a/mod.rs", "mod b; pub(crate) struct Shared; fn go() { b::go() }"),
            ("a/b.rs", "use super::Shared;"),
        ]),
        ["a → a/b → a"]
    );
    // A folder that uses what it hands on.
    assert_eq!(
        circles(&[
            (
                "a/mod.rs",
                "mod b; pub(crate) use b::Go; pub(crate) struct Shared(Go);"
            ),
            ("a/b.rs", "use super::Shared;"),
        ]),
        ["a → a/b → a"]
    );
    // Round three corners, past a name that is handed on.
    assert_eq!(
        circles(&[
            ("lib.rs", "pub use a::X; mod a; mod b; mod c;"),
            ("a.rs", "use crate::b::Y; pub struct X;"),
            ("b.rs", "use crate::c::Z; pub struct Y;"),
            ("c.rs", "use crate::X; pub struct Z;"),
        ]),
        ["a → b → c → a"]
    );
}

#[test]
fn what_is_no_import_makes_no_circle() {
    for (upper, lower) in [
        // To declare a module, and to hand its names on.
        ("mod b; pub(crate) use b::go;", "use super::other::Thing;"),
        ("pub mod b; pub use b::*;", "fn go() {}"),
        // What the folder hands on counts for the file that defines it.
        (
            "mod b; mod other; pub(crate) use other::Thing; fn go() { b::go() }",
            "use super::Thing;",
        ),
        (
            "mod b; mod other; use other::Thing; fn go() { b::go() }",
            "use super::Thing;",
        ),
        // What only tests name.
        (
            "mod b; fn go() { b::go() }",
            "#[cfg(test)] mod tests { use crate::a::go; }",
        ),
        (
            "mod b; fn go() { b::go() }",
            "#[cfg(test)]\n#[allow(x)]\nuse super::{go, other};",
        ),
        (
            "mod b; mod other; use other::Thing; fn go(x: &'static Thing) { b::go() }",
            "use super::Thing;",
        ),
        (
            "mod b; mod other; fn go() { b::go() }",
            "use super::{\n    other,\n};",
        ),
        // A comment, a text, and another crate.
        (
            "mod b; fn go() { b::go() }",
            "// use super::go;\nconst A: &str = \"super::go\";",
        ),
        (
            "mod b; fn go() { b::go() }",
            "fn x() { other_crate::a::go(); ::a::go(); <A as B>::a::go() }",
        ),
    ] {
        let files = [
            ("a/mod.rs", upper),
            ("a/b.rs", lower),
            ("a/other.rs", "pub(crate) struct Thing;"),
        ];
        assert_eq!(
            Sources::read(&files).circles(),
            Vec::<Circle>::new(),
            "{upper} and {lower}"
        );
    }
    let with_tests = [
        ("a.rs", "#[cfg(test)] mod tests; fn go() {}"),
        ("a/tests.rs", "use super::go;"),
    ];
    assert_eq!(Sources::read(&with_tests).circles(), Vec::<Circle>::new());
    let program = [("lib.rs", "mod a;"), ("main.rs", "mod a;"), ("a.rs", "")];
    assert_eq!(Sources::read(&program).circles(), Vec::<Circle>::new());
}
