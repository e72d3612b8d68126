//! What was copied: told at the button that was pressed, and announced.

use serde_json::Value;

use crate::request::Request;
use crate::view::View;

/// A copy to the clipboard.
pub(super) struct Copied {
    /// What was pressed.
    pub(super) pressed: Request,
    /// Whether the clipboard took it.
    pub(super) taken: bool,
    /// How often in a row, so that each time is announced.
    pub(super) times: usize,
}

impl Copied {
    /// The view with the button that says so, wherever on the page it stands.
    pub(super) fn told(&self, view: &View) -> Option<View> {
        let pressed = serde_json::to_value(&self.pressed).ok()?;
        let mut tree = serde_json::to_value(view).ok()?;
        let word = if self.taken { "Copied" } else { "Not copied" };
        say_at(&mut tree, &pressed, word);
        let mut view: View = serde_json::from_value(tree).ok()?;
        view.page.announcement = Some(match (self.taken, self.times) {
            (true, 1) => "Copied.".to_owned(),
            (true, times) => format!("Copied again, {times} times now."),
            (false, _) => {
                "The clipboard didn't take it. Mark the text on the page and copy it by hand.".to_owned()
            }
        });
        Some(view)
    }
}

/// Puts a word on every button that sends a request.
fn say_at(tree: &mut Value, pressed: &Value, word: &str) {
    match tree {
        Value::Array(values) => values.iter_mut().for_each(|value| say_at(value, pressed, word)),
        Value::Object(fields) => {
            if fields.get("request") == Some(pressed) && fields.contains_key("label") {
                fields.insert("label".into(), word.into());
                let full = fields.get("fullLabel").and_then(Value::as_str);
                let full = full.map(|full| full.replacen("Copy", word, 1));
                fields.insert("fullLabel".into(), full.into());
            }
            fields.values_mut().for_each(|value| say_at(value, pressed, word));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::pages::{primary, secondary};

    fn view() -> View {
        let mut view = Desk::blank();
        view.page.actions = vec![
            secondary("Copy the request", Request::CopyRequest),
            primary("Try again", Request::TryAgain),
        ];
        view
    }

    #[test]
    fn the_button_says_what_became_of_it_and_the_others_stay() {
        for (taken, times, label, announced) in [
            (true, 1, "Copied", "Copied."),
            (true, 3, "Copied", "Copied again, 3 times now."),
            (false, 1, "Not copied", "The clipboard didn't take it."),
        ] {
            let copied = Copied {
                pressed: Request::CopyRequest,
                taken,
                times,
            };
            let told = copied.told(&view()).unwrap();
            let labels: Vec<&str> = told.page.actions.iter().map(|act| act.label.as_str()).collect();
            assert_eq!(labels, [label, "Try again"]);
            assert!(told.page.announcement.unwrap().starts_with(announced));
        }
    }
}
