//! Every key of a profile's file: what stands there, whether it has to, and what it means.
//!
//! The tests beside this table hold it to the loader: it names every key that the loader knows and no other, and each is
//! needed exactly where the loader refuses a file without it.

use domain::credential::CredentialKind;
use domain::permission::{Method, Permission, ScopeMethod};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as WordError, StrDeserializer};

use crate::raw::tests::GOOD;
use crate::raw::{FIELDS, LONGEST_MONTHS, LONGEST_NAME};

/// A table of the file, or the file itself.
pub(super) struct Table {
    /// Its key in the file; nothing for the file itself.
    pub name: &'static str,
    /// What it is, for the heading of its keys.
    pub is: &'static str,
    /// Its keys, in the order in which the loader names them.
    pub keys: Vec<Key>,
}

/// One key.
pub(super) struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What stands there.
    pub kind: Kind,
    /// Whether it has to be there.
    pub needed: Needed,
    /// What it means, as sentences.
    pub says: &'static str,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    Yes,
    No,
    /// This one or the other one of the same kind, and not both.
    One,
}

/// What stands at a key.
pub(super) enum Kind {
    /// A text with something to be seen in it, of any length.
    Text,
    /// One with at most so many characters.
    ShortText(usize),
    /// Small letters and digits, with single hyphens between.
    Id,
    /// A date of TOML, without quotation marks.
    Date,
    /// A whole number from the one to the other.
    Number(u32, u32),
    YesOrNo,
    /// One of these words.
    Word(Vec<String>),
    /// A word for what belongs into a field of the form.
    Field,
    /// Some of these words, each once and at least one.
    Words(Vec<String>),
    /// A list of texts.
    Texts,
    /// A public key of age.
    PublicKey,
    /// An address of the web.
    Address,
    /// Another table.
    Table,
    /// A list of them, with at least so many.
    Tables(usize),
}

const NO_GERMAN: &str =
    "The same in German. Where it is missing, the English text is shown to German readers too.";

/// Every table, the file itself first.
pub(super) fn tables() -> Vec<Table> {
    vec![
        file(),
        Table {
            name: "permissions",
            is: "A permission that the platform asks for",
            keys: vec![
                needed(
                    "permission",
                    Kind::Word(permissions()),
                    "What the app may do, in Microsoft's words. Each comes once.",
                ),
                needed(
                    "reason",
                    Kind::Text,
                    "Why, as a clause that completes \"needed …\": \"to read new messages\". No capital letter and no full stop.",
                ),
                optional(
                    "reason-de",
                    Kind::Text,
                    "The same in German, as a clause with \"um … zu\". Where it is missing, the English text is shown to German readers too.",
                ),
                optional(
                    "optional",
                    Kind::YesOrNo,
                    "Whether the platform works without it, so that the admin chooses. At least one permission isn't optional.",
                ),
                optional(
                    "usual",
                    Kind::YesOrNo,
                    "Whether an optional one is ticked at first, because the platform is hardly ever used without it.",
                ),
            ],
        },
        Table {
            name: "credential",
            is: "What the platform signs in with",
            keys: vec![
                optional(
                    "kinds",
                    Kind::Words(
                        CredentialKind::ALL
                            .map(CredentialKind::name)
                            .map(str::to_owned)
                            .to_vec(),
                    ),
                    "What the platform takes, the proposed one first. Without this key: a secret.",
                ),
                needed(
                    "longest-months",
                    Kind::Number(1, LONGEST_MONTHS.into()),
                    "The longest life that may be chosen, in months.",
                ),
                needed(
                    "usual-months",
                    Kind::Number(1, LONGEST_MONTHS.into()),
                    "The life that is proposed, in months; at most the longest. Where the wizard's own proposal is shorter, that is taken.",
                ),
            ],
        },
        Table {
            name: "form",
            is: "A field of the platform's own form",
            keys: vec![
                needed(
                    "label",
                    Kind::Text,
                    "The field's label, exactly as the platform's form has it. Each comes once.",
                ),
                one_of("field", Kind::Field, "What belongs into it; the words are below."),
                one_of(
                    "value",
                    Kind::Text,
                    "The same text for everybody, such as \"OAuth\".",
                ),
            ],
        },
        Table {
            name: "over-asks",
            is: "What the published procedure asks for without need",
            keys: vec![
                needed(
                    "asks",
                    Kind::Text,
                    "What the procedure asks for. A sentence; its full stop may be left out.",
                ),
                optional("asks-de", Kind::Text, NO_GERMAN),
                needed(
                    "instead",
                    Kind::Text,
                    "What is done in its place. A sentence; its full stop may be left out.",
                ),
                optional("instead-de", Kind::Text, NO_GERMAN),
            ],
        },
        Table {
            name: "links",
            is: "A document of the vendor",
            keys: vec![
                needed(
                    "label",
                    Kind::Text,
                    "Where a reader finds more, as the end of \"look it up in …\": \"the Example Desk documentation\".",
                ),
                optional(
                    "label-de",
                    Kind::Text,
                    "The same in German, as the end of \"schlagen Sie nach in …\": \"der Dokumentation von …\".",
                ),
                needed(
                    "address",
                    Kind::Address,
                    "Where it leads. It is opened in the browser, so nothing but `https` is taken.",
                ),
            ],
        },
    ]
}

fn file() -> Table {
    let methods = Method::ALL.iter().map(|method| method.name().to_owned());
    Table {
        name: "",
        is: "The file itself",
        keys: vec![
            needed(
                "id",
                Kind::Id,
                "The short name by which connections refer to the profile. It never changes, and no profile inside Mailgrant has it.",
            ),
            needed(
                "name",
                Kind::ShortText(LONGEST_NAME),
                "What the platform is called. It stands in the name of the app, in the record and in the names of files.",
            ),
            optional(
                "name-de",
                Kind::Text,
                "What stands in the German list of platforms, for a profile that stands for any platform.",
            ),
            needed("vendor", Kind::ShortText(LONGEST_NAME), "Who makes the platform."),
            needed(
                "version",
                Kind::Number(1, u32::MAX),
                "Counts the edits of the file, from 1. It stands in the sealed file.",
            ),
            needed(
                "summary",
                Kind::Text,
                "One sentence on what the platform does with mail.",
            ),
            optional("summary-de", Kind::Text, NO_GERMAN),
            optional(
                "last-verified",
                Kind::Date,
                "The day on which somebody last compared the file with the vendor's documents. The list of platforms shows it.",
            ),
            needed(
                "methods",
                Kind::Words(methods.collect()),
                "How the platform can reach mail.",
            ),
            needed(
                "permissions",
                Kind::Tables(1),
                "What the platform asks for, and why. Nothing else is given.",
            ),
            needed(
                "scope-methods",
                Kind::Words(variants::<ScopeMethod>()),
                "How the app is held to its mailboxes. It follows from the method, as below.",
            ),
            needed(
                "credential",
                Kind::Table,
                "What the platform signs in with, and how long that may live.",
            ),
            needed(
                "apps",
                Kind::Number(1, 1),
                "How many app registrations the platform needs for one connection. Mailgrant makes one.",
            ),
            optional(
                "open",
                Kind::YesOrNo,
                "Whether the file stands for any platform, so that the admin says what it is called and what it may do. A file for one platform leaves it out.",
            ),
            optional(
                "recipient-key",
                Kind::PublicKey,
                "The platform's public age key, if sealed files can be locked for it. Before anything is locked for it, the admin compares its words with yours. Never a private key.",
            ),
            needed(
                "form",
                Kind::Tables(0),
                "The fields of the platform's own form, in its order.",
            ),
            optional(
                "hand-over-to",
                Kind::Text,
                "Who takes the sealed file, as the end of \"send it to …\": \"your help desk administrator\".",
            ),
            optional(
                "hand-over-to-de",
                Kind::Text,
                "The same in German, as the end of \"senden Sie sie an …\": \"Ihren Administrator\". Only beside an English text.",
            ),
            optional(
                "next-steps",
                Kind::Texts,
                "What remains to be done at the platform, one sentence a step.",
            ),
            optional(
                "next-steps-de",
                Kind::Texts,
                "The same in German, as many as in English.",
            ),
            optional(
                "over-asks",
                Kind::Tables(0),
                "Where your published procedure asks for more than is needed, and what is done instead.",
            ),
            optional("links", Kind::Tables(0), "Your documents."),
        ],
    }
}

fn needed(name: &'static str, kind: Kind, says: &'static str) -> Key {
    Key {
        name,
        kind,
        needed: Needed::Yes,
        says,
    }
}

fn optional(name: &'static str, kind: Kind, says: &'static str) -> Key {
    Key {
        name,
        kind,
        needed: Needed::No,
        says,
    }
}

fn one_of(name: &'static str, kind: Kind, says: &'static str) -> Key {
    Key {
        name,
        kind,
        needed: Needed::One,
        says,
    }
}

/// What goes with a method.
pub(super) struct OfMethod {
    pub name: String,
    pub scopes: Vec<String>,
    pub permissions: Vec<String>,
}

/// What goes with each method, as the loader says it of a file with each of them.
pub(super) fn of_methods() -> Vec<OfMethod> {
    let (scopes, permissions) = (variants::<ScopeMethod>(), permissions());
    let fits = |method: &str, scope: &str, permission: &str| {
        let text = GOOD
            .replace("graph-app-only", method)
            .replace("rbac-for-applications", scope)
            .replace("Mail.Read", permission);
        crate::parse("one.toml", &text).is_ok()
    };
    let methods = Method::ALL.iter().map(|method| {
        let name = method.name();
        let with_scope = |scope: &&String| permissions.iter().any(|one| fits(name, scope, one));
        let with_permission = |one: &&String| scopes.iter().any(|scope| fits(name, scope, one));
        OfMethod {
            name: name.to_owned(),
            scopes: scopes.iter().filter(with_scope).cloned().collect(),
            permissions: permissions.iter().filter(with_permission).cloned().collect(),
        }
    });
    methods.collect()
}

/// The names of every permission.
fn permissions() -> Vec<String> {
    Permission::ALL.map(Permission::name).map(str::to_owned).to_vec()
}

/// The words of an enumeration as a file writes them: what it knows is told by how it refuses one that it doesn't.
fn variants<T: for<'de> Deserialize<'de>>() -> Vec<String> {
    let unknown: StrDeserializer<'_, WordError> = "?".into_deserializer();
    let refusal = T::deserialize(unknown).err().map(|error| error.to_string());
    let refusal = refusal.unwrap_or_default();
    let known = refusal
        .split_once("expected")
        .map(|(_, known)| known)
        .unwrap_or_default();
    known.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What belongs into a field of the form, by the field's word.
pub(super) fn fields() -> [(&'static str, &'static str); FIELDS.len()] {
    // In the order of the loader, which a test holds it to.
    [
        (
            "authority",
            "The address of the sign-in, with the organisation's tenant ID: `https://login.microsoftonline.com/…`.",
        ),
        ("tenant-id", "The directory (tenant) ID."),
        ("client-id", "The application (client) ID."),
        (
            "secret-value",
            "The value of the client secret. It stands in the sealed file only.",
        ),
        (
            "secret-ends",
            "The day on which the client secret ends: `2027-05-21`.",
        ),
        (
            "private-key",
            "The private key of the certificate, as PEM. It stands in the sealed file only.",
        ),
        ("certificate", "The certificate, as PEM."),
        (
            "certificate-thumbprint",
            "The certificate's SHA-1 thumbprint, as hexadecimal digits.",
        ),
        ("certificate-ends", "The day on which the certificate ends."),
        ("mailbox-addresses", "The addresses of the mailboxes."),
        (
            "mailbox-object-ids",
            "The directory object IDs of the mailboxes, which stay the same when an address changes.",
        ),
        (
            "app-name",
            "The name of the app registration, by which both sides can be matched later.",
        ),
        (
            "imap-server",
            "The server of IMAP. Left out where IMAP isn't asked for.",
        ),
        (
            "imap-port",
            "Its port, with TLS from the first byte. Left out where IMAP isn't asked for.",
        ),
        (
            "pop-server",
            "The server of POP3. Left out where POP isn't asked for.",
        ),
        (
            "pop-port",
            "Its port, with TLS from the first byte. Left out where POP isn't asked for.",
        ),
        (
            "smtp-server",
            "The server of SMTP. Left out where sending by SMTP isn't asked for.",
        ),
        (
            "smtp-port",
            "Its port, with STARTTLS. Left out where sending by SMTP isn't asked for.",
        ),
    ]
}
