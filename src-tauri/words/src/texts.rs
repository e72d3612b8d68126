//! The files of texts, as they are built into the program.

macro_rules! texts {
    ($language:literal: $($topic:literal),* $(,)?) => {
        &[$(($topic, include_str!(concat!("../texts/", $language, "/", $topic, ".ftl")))),*]
    };
}

/// English, a file for each topic.
pub(crate) const ENGLISH: &[(&str, &str)] = texts!(
    "en": "asking", "choosing", "client-id", "connections", "doing", "export", "exporting", "frame", "help", "lists", "mailboxes", "method", "moments", "parts", "platform", "problem", "problems", "reasons", "refusals", "scopes", "sign-in", "signing-in", "standing", "start", "verify", "wizard",
);
