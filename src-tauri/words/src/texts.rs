//! The files of texts, as they are built into the program.

macro_rules! texts {
    ($($name:ident: $language:literal),* $(,)?; $topics:tt) => {
        $(texts!(@one $name, $language, $topics);)*
    };
    (@one $name:ident, $language:literal, [$($topic:literal),* $(,)?]) => {
        #[doc = concat!("The texts of `", $language, "`, a file for each topic.")]
        pub(crate) const $name: &[(&str, &str)] = &[
            $(($topic, include_str!(concat!("../texts/", $language, "/", $topic, ".ftl")))),*
        ];
    };
}

// One topic a line, so that two who add one don't meet.
texts!(ENGLISH: "en", GERMAN: "de"; [
    "adopting",
    "app",
    "asking",
    "browser",
    "changes",
    "check",
    "choosing",
    "client-id",
    "cloud",
    "connections",
    "doing",
    "export",
    "exists",
    "exporting",
    "finding",
    "frame",
    "help",
    "limit",
    "lists",
    "mailboxes",
    "making",
    "method",
    "moments",
    "parts",
    "permissions",
    "plan",
    "platform",
    "presenting",
    "problem",
    "problems",
    "profile",
    "protocols",
    "reading",
    "reasons",
    "record",
    "refusals",
    "reminder",
    "renewing",
    "revoking",
    "roles",
    "scopes",
    "secret",
    "sign-in",
    "signing-in",
    "standing",
    "start",
    "verify",
    "window",
    "wizard",
]);

macro_rules! instead {
    ($($name:ident: $language:literal),*) => {$(
        #[doc = concat!("What is said in place of some texts of `", $language, "` where a certificate, or a mail program, is spoken of.")]
        pub(crate) const $name: &[(&str, &str)] = &[
            ("certificate", include_str!(concat!("../texts/", $language, "/instead/certificate.ftl"))),
            ("either", include_str!(concat!("../texts/", $language, "/instead/either.ftl"))),
            ("mail-program", include_str!(concat!("../texts/", $language, "/instead/mail-program.ftl"))),
        ];
    )*};
}

instead!(ENGLISH_INSTEAD: "en", GERMAN_INSTEAD: "de");
