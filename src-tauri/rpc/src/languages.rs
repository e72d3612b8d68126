//! Which language is spoken: the one that the reader chose, or that of the computer.

use words::Language;

/// What a session is told about languages when it begins.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// What the computer is set to, the best first.
    pub system: Vec<String>,
    /// The language to begin with whatever the computer and the reader chose, such as the long one of tests.
    pub instead: Option<Language>,
}

impl Languages {
    /// The language of the computer, or the nearest to it.
    pub fn of_system(&self) -> Language {
        Language::for_reader(self.system.iter().map(String::as_str))
    }

    /// The language to begin with, where this is what the reader chose before.
    pub fn first(&self, chosen: Option<Language>) -> Language {
        self.instead.or(chosen).unwrap_or_else(|| self.of_system())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_spoken_and_the_computers_language_where_nothing_was() {
        let mut languages = Languages {
            system: vec!["de-AT".into(), "en".into()],
            instead: None,
        };
        assert_eq!(languages.first(None), Language::German);
        assert_eq!(languages.first(Some(Language::English)), Language::English);
        languages.instead = Some(Language::Pseudo);
        assert_eq!(languages.first(Some(Language::English)), Language::Pseudo);
        assert_eq!(Languages::default().first(None), Language::English);
    }
}
