//! What Exchange tells by an exception's type, or in words only: the one place that reads its sentences.
//!
//! The fact sheet names the words (microsoft-facts §4d). The types are UNVERIFIED, so either is enough; and neither proves
//! anything by itself, so that what they speak of is read afterwards.

use crate::error::Error;

/// Whether what was to be made exists already, which is also what a repeated command is answered.
pub fn exists_already(error: &Error) -> bool {
    says(error, "ADObjectAlreadyExistsException", "already exists")
}

/// Whether the organisation takes no scopes of its own, because it was never customised.
pub fn not_customised(error: &Error) -> bool {
    says(
        error,
        "InvalidOperationInDehydratedContextException",
        "Enable-OrganizationCustomization",
    )
}

fn says(error: &Error, exception: &str, words: &str) -> bool {
    error
        .refusal()
        .is_some_and(|refusal| refusal.code == exception || refusal.message.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Refusal;

    fn refused(code: &str, message: &str) -> Error {
        Error::Refused(Box::new(Refusal {
            code: code.into(),
            message: message.into(),
            ..Refusal::default()
        }))
    }

    #[test]
    fn a_type_or_the_documented_words_are_enough_and_nothing_else_is() {
        assert!(exists_already(&refused("ADObjectAlreadyExistsException", "")));
        assert!(exists_already(&refused("", "The scope \"x\" already exists.")));
        assert!(!exists_already(&refused(
            "ManagementObjectNotFoundException",
            "x"
        )));
        assert!(not_customised(&refused(
            "",
            "Please run Enable-OrganizationCustomization."
        )));
        assert!(!not_customised(&Error::NoAnswer {
            call: String::new(),
            why: "Enable-OrganizationCustomization".into(),
        }));
    }
}
