//! The path of a request, taken apart into names and keys, and held against the templates of the routes.

use crate::wire::{Call, decode};

/// How a request names one object of a collection: by id, or by another key such as `appId`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: Option<String>,
    pub(super) value: String,
}

/// A step of a path. What has no parentheses may be a name or a key; the template decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Text(String),
    Key(Key),
}

/// The steps of a path below the version. `applications(appId='1')` is two steps, `delta()` is one.
pub(super) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()).map(decode) {
        let keyed = part.strip_suffix(')').and_then(|open| open.split_once('('));
        match keyed {
            Some((name, "")) if is_name(name) => steps.push(Step::Text(name.to_owned())),
            Some((name, key)) if is_name(name) => {
                steps.push(Step::Text(name.to_owned()));
                steps.push(Step::Key(parse_key(key)));
            }
            _ => steps.push(Step::Text(part)),
        }
    }
    steps
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '.' || character == '_')
}

fn parse_key(text: &str) -> Key {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) if is_name(name.trim()) => (Some(name.trim().to_owned()), value),
        _ => (None, text),
    };
    let value = value.trim();
    let value = value
        .strip_prefix('\'')
        .and_then(|value| value.strip_suffix('\''))
        .unwrap_or(value);
    Key {
        name,
        value: value.replace("''", "'"),
    }
}

/// How well a path fits a template: the keys in order when it does, otherwise how many steps fitted.
pub(super) fn fit(template: &str, steps: &[Step]) -> Result<Vec<Key>, usize> {
    let mut keys = Vec::new();
    let mut parts = template.split('/').filter(|part| !part.is_empty());
    for (depth, step) in steps.iter().enumerate() {
        match (parts.next(), step) {
            (Some(part), Step::Text(text)) if part.starts_with('{') && !text.starts_with('$') => {
                keys.push(Key {
                    name: None,
                    value: text.clone(),
                })
            }
            (Some(part), Step::Key(key)) if part.starts_with('{') => keys.push(key.clone()),
            (Some(part), Step::Text(text)) if same_name(part, text) => {}
            _ => return Err(depth),
        }
    }
    if parts.next().is_some() {
        Err(steps.len())
    } else {
        Ok(keys)
    }
}

/// Whether a segment names this part of a template. Names are compared without regard to case, and a type cast or a
/// bound function may be written with or without its namespace.
fn same_name(part: &str, text: &str) -> bool {
    let bare = |name: &str| -> String {
        let lower = name.to_ascii_lowercase();
        for prefix in ["microsoft.graph.", "graph."] {
            if let Some(rest) = lower.strip_prefix(prefix) {
                return rest.to_owned();
            }
        }
        lower
    };
    let cast = part.starts_with("microsoft.graph.");
    if cast && !text.contains('.') {
        return false;
    }
    bare(part) == bare(text)
}

/// Whether a request asks for the beta version.
pub(super) fn is_beta(call: &Call) -> bool {
    call.path == "/beta" || call.path.starts_with("/beta/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(template: &str, path: &str) -> Option<Vec<(Option<String>, String)>> {
        let keys = fit(template, &steps(path)).ok()?;
        Some(keys.into_iter().map(|key| (key.name, key.value)).collect())
    }

    #[test]
    fn keys_are_found_in_every_spelling() {
        let template = "/applications/{id}";
        assert_eq!(
            keys(template, "applications/1"),
            keys(template, "Applications('1')")
        );
        assert_eq!(
            keys(
                "/applications/{id}/addPassword",
                "applications(appId='1')/microsoft.graph.addPassword"
            ),
            Some(vec![(Some("appId".into()), "1".into())])
        );
        assert_eq!(
            keys(
                "/users/{id}/mailFolders/{id}",
                "users('o''brien@x')/mailFolders/inbox"
            ),
            Some(vec![(None, "o'brien@x".into()), (None, "inbox".into())])
        );
        assert_eq!(
            keys("/users/{id}", "users/a=b@x"),
            Some(vec![(None, "a=b@x".into())])
        );
        assert_eq!(
            keys("/users/{id}/messages/delta", "users/1/messages/delta()").map(|keys| keys.len()),
            Some(1)
        );
    }

    #[test]
    fn a_path_that_does_not_fit_says_how_far_it_did() {
        assert_eq!(fit("/users/{id}/messages", &steps("users/1/shoes")), Err(2));
        assert_eq!(fit("/users/{id}/messages", &steps("users/1")), Err(2));
        assert_eq!(fit("/users", &steps("users/1")), Err(1));
        assert_eq!(
            fit("/a/microsoft.graph.directoryRole", &steps("a/directoryRole")),
            Err(1)
        );
    }
}
