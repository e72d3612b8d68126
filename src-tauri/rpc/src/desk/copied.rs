//! What was copied: told at the button that was pressed, and announced.

use domain::message;
use serde_json::Value;
use words::Speaker;

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
    pub(super) fn told(&self, view: &View, speaker: &Speaker) -> Option<View> {
        let pressed = serde_json::to_value(&self.pressed).ok()?;
        let mut tree = serde_json::to_value(view).ok()?;
        let word = speaker.say(&if self.taken {
            message!("frame-copied")
        } else {
            message!("frame-not-copied")
        });
        let copy = speaker.say(&message!("export-copy"));
        say_at(&mut tree, &pressed, (&copy, &word));
        let mut view: View = serde_json::from_value(tree).ok()?;
        view.page.announcement = Some(speaker.say(&match (self.taken, self.times) {
            (true, 1) => message!("frame-said-copied"),
            (true, times) => message!("frame-said-copied-again", times = times),
            (false, _) => message!("frame-said-not-copied"),
        }));
        Some(view)
    }
}

/// Puts a word on every button that sends a request, and in place of "Copy" into what it is called in full.
fn say_at(tree: &mut Value, pressed: &Value, (copy, word): (&str, &str)) {
    match tree {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| say_at(value, pressed, (copy, word))),
        Value::Object(fields) => {
            if fields.get("request") == Some(pressed) && fields.contains_key("label") {
                fields.insert("label".into(), word.into());
                let full = fields.get("fullLabel").and_then(Value::as_str);
                let full = full.map(|full| full.replacen(copy, word, 1));
                fields.insert("fullLabel".into(), full.into());
            }
            fields
                .values_mut()
                .for_each(|value| say_at(value, pressed, (copy, word)));
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
        let mut view = Desk::blank(words::Language::default());
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
            let told = copied.told(&view(), &crate::pages::plain()).unwrap();
            let labels: Vec<&str> = told.page.actions.iter().map(|act| act.label.as_str()).collect();
            assert_eq!(labels, [label, "Try again"]);
            assert!(told.page.announcement.unwrap().starts_with(announced));
        }
    }
}
