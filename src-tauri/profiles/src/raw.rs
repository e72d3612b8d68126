//! The file as it is written, and the rules that turn it into a [`Profile`].

use std::collections::BTreeSet;
use std::ops::Range;

use domain::credential::CredentialKind;
use domain::mail_protocol::MailProtocol;
use domain::message::Told;
use domain::permission::{Method, Permission, ScopeMethod};
use domain::text::one_line;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as WordError;
use toml::Spanned;
use toml::value::Datetime;

use crate::error::{Fault, Faults};
use crate::profile::{AskedPermission, CredentialLimits, Field, FormField, Link, OverAsk, Profile};

/// A text with its place in the file.
type Text = Spanned<String>;

/// No secret in Microsoft's portal lives longer (peers.md §1).
pub(crate) const LONGEST_MONTHS: u8 = 24;

/// How many characters the name of a platform or a vendor can have.
pub(crate) const LONGEST_NAME: usize = 80;

/// The words for [`Field`] in a file, except for the constant.
pub(crate) const FIELDS: [(&str, Field); 18] = [
    ("authority", Field::Authority),
    ("tenant-id", Field::TenantId),
    ("client-id", Field::ClientId),
    ("secret-value", Field::SecretValue),
    ("secret-ends", Field::SecretEnds),
    ("private-key", Field::PrivateKey),
    ("certificate", Field::Certificate),
    ("certificate-thumbprint", Field::CertificateThumbprint),
    ("certificate-ends", Field::CertificateEnds),
    ("mailbox-addresses", Field::MailboxAddresses),
    ("mailbox-object-ids", Field::MailboxObjectIds),
    ("app-name", Field::AppName),
    ("imap-server", Field::Server(MailProtocol::Imap)),
    ("imap-port", Field::Port(MailProtocol::Imap)),
    ("pop-server", Field::Server(MailProtocol::Pop)),
    ("pop-port", Field::Port(MailProtocol::Pop)),
    ("smtp-server", Field::Server(MailProtocol::Smtp)),
    ("smtp-port", Field::Port(MailProtocol::Smtp)),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawProfile {
    id: Text,
    name: Text,
    name_de: Option<Text>,
    vendor: Text,
    version: Spanned<u32>,
    summary: Text,
    summary_de: Option<Text>,
    last_verified: Option<Spanned<Datetime>>,
    methods: Spanned<Vec<Text>>,
    permissions: Spanned<Vec<RawPermission>>,
    scope_methods: Spanned<Vec<Text>>,
    credential: RawCredential,
    apps: Spanned<u8>,
    #[serde(default)]
    open: bool,
    recipient_key: Option<Text>,
    form: Vec<Spanned<RawFormField>>,
    hand_over_to: Option<Text>,
    hand_over_to_de: Option<Text>,
    #[serde(default)]
    next_steps: Vec<Text>,
    next_steps_de: Option<Spanned<Vec<Text>>>,
    #[serde(default)]
    over_asks: Vec<RawOverAsk>,
    #[serde(default)]
    links: Vec<RawLink>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPermission {
    permission: Text,
    reason: Text,
    reason_de: Option<Text>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    usual: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCredential {
    kinds: Option<Spanned<Vec<Text>>>,
    longest_months: Spanned<u8>,
    usual_months: Spanned<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFormField {
    label: Text,
    field: Option<Text>,
    value: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawOverAsk {
    asks: Text,
    asks_de: Option<Text>,
    instead: Text,
    instead_de: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawLink {
    label: Text,
    label_de: Option<Text>,
    address: Text,
}

/// Reads a profile from the text of its file. What can be judged by itself is, so that an author hears of several faults at
/// once; a file that has another shape than a profile has one fault, which comes first.
pub(crate) fn read(text: &str) -> Result<Profile, Faults> {
    let raw: RawProfile = toml::from_str(text).map_err(|error| Faults::one(error.into()))?;
    let mut faults = Vec::new();
    let mut good = Judge(&mut faults);
    // What every profile has alike for now is checked and not carried further: nothing could be decided by it.
    let methods = good.part(words::<Method>(
        "method",
        raw.methods,
        "graph-app-only, mail-protocols and smtp-app-only",
    ));
    // Without a method nothing is of another one.
    let of_any = methods.clone().unwrap_or_else(|| Method::ALL.to_vec());
    good.part(of_the_method(
        raw.scope_methods,
        "scope method",
        &of_any,
        "rbac-for-applications and mailbox-permission",
        |scope: &ScopeMethod, method| scope.holds(method),
    ));
    good.part(one_app(raw.apps));
    let called = good.part(name("name", raw.name));
    let listed = called
        .clone()
        .and_then(|called| good.part(beside(called, "name", raw.name_de)));
    let id = good.part(id(raw.id));
    let vendor = good.part(name("vendor", raw.vendor));
    let version = good.part(version(raw.version));
    let summary = good.part(told("summary", raw.summary, raw.summary_de));
    let last_verified = good.part(raw.last_verified.map(date).transpose());
    let permissions = good.part(permissions(raw.permissions, &of_any));
    let credential = good.part(credential(raw.credential));
    let recipient_key = good.part(raw.recipient_key.map(recipient_key).transpose());
    let form = good.part(form(raw.form));
    let hand_over_to = good.part(hand_over_to(raw.hand_over_to, raw.hand_over_to_de));
    let next_steps = good.part(next_steps(raw.next_steps, raw.next_steps_de));
    let over_asks = raw.over_asks.into_iter().map(over_ask);
    let over_asks = over_asks.filter_map(|one| good.part(one)).collect();
    let links = raw.links.into_iter().map(link);
    let links = links.filter_map(|one| good.part(one)).collect();
    let whole = || {
        Some(Profile {
            id: id?,
            listed: listed?,
            name: called?,
            vendor: vendor?,
            version: version?,
            summary: summary?,
            last_verified: last_verified?,
            permissions: permissions?,
            methods: methods?,
            credential: credential?,
            open: raw.open,
            recipient_key: recipient_key?,
            form: form?,
            hand_over_to: hand_over_to?,
            next_steps: next_steps?,
            over_asks,
            links,
        })
    };
    match Faults::of(faults) {
        Some(faults) => Err(faults),
        None => whole().ok_or_else(|| unreachable!("a part that isn't there has a fault")),
    }
}

/// Keeps what is good of a file, and the faults of the rest.
struct Judge<'a>(&'a mut Vec<Fault>);

impl Judge<'_> {
    fn part<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.0.push(fault)).ok()
    }
}

/// Takes a text apart into its place and its words, on one line and without what nobody sees.
fn filled(what: &str, text: Text) -> Result<String, Fault> {
    let words = one_line(text.get_ref(), usize::MAX);
    if words.is_empty() {
        return Err(Fault::new(text.span(), format!("the {what} is empty")));
    }
    Ok(words)
}

/// The language whose translations can stand beside the English texts.
const GERMAN: &str = "de";

/// A text for people, with its translation where there is one.
fn told(what: &str, text: Text, german: Option<Text>) -> Result<Told, Fault> {
    beside(filled(what, text)?, what, german)
}

fn beside(english: String, what: &str, german: Option<Text>) -> Result<Told, Fault> {
    let german = german
        .map(|text| filled(&format!("German {what}"), text))
        .transpose()?;
    let others = german.into_iter().map(|text| (GERMAN.to_owned(), text)).collect();
    Ok(Told { english, others })
}

fn hand_over_to(to: Option<Text>, german: Option<Text>) -> Result<Option<Told>, Fault> {
    let what = "words for who takes the file";
    match (to, german) {
        (Some(to), german) => told(what, to, german).map(Some),
        (None, Some(german)) => Err(Fault::new(
            german.span(),
            "there are German words for who takes the file and no English ones",
        )),
        (None, None) => Ok(None),
    }
}

/// The steps in English, and each of them in German where they are given.
fn next_steps(steps: Vec<Text>, german: Option<Spanned<Vec<Text>>>) -> Result<Vec<Told>, Fault> {
    let count = steps.len();
    let mut translated: Vec<Option<Text>> = vec![None; count];
    if let Some(german) = german {
        let span = german.span();
        let german = german.into_inner();
        if german.len() != count {
            let reason = format!("there are {count} next steps and {} German ones", german.len());
            return Err(Fault::new(span, reason));
        }
        translated = german.into_iter().map(Some).collect();
    }
    let steps = steps.into_iter().zip(translated);
    steps
        .map(|(step, german)| told("next step", step, german))
        .collect()
}

/// A name stands in titles, in the names of files and in the subject of a reminder, so it can't be of any length.
fn name(what: &str, text: Text) -> Result<String, Fault> {
    let span = text.span();
    let words = filled(what, text)?;
    let length = words.chars().count();
    if length > LONGEST_NAME {
        let reason = format!("the {what} has {length} characters; it can have {LONGEST_NAME}");
        return Err(Fault::new(span, reason));
    }
    Ok(words)
}

fn id(text: Text) -> Result<String, Fault> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if text.get_ref().split('-').all(is_word) {
        return Ok(text.into_inner());
    }
    let reason = format!(
        "the id `{}` must be small letters and digits, with single hyphens between",
        text.get_ref()
    );
    Err(Fault::new(text.span(), reason))
}

fn version(version: Spanned<u32>) -> Result<u32, Fault> {
    match *version.get_ref() {
        0 => Err(Fault::new(
            version.span(),
            "the version is 0; versions count from 1",
        )),
        number => Ok(number),
    }
}

/// Reads a list of words that are each of one of the methods.
fn of_the_method<T>(
    texts: Spanned<Vec<Text>>,
    what: &str,
    methods: &[Method],
    known: &str,
    fits: impl Fn(&T, Method) -> bool,
) -> Result<Vec<T>, Fault>
where
    T: for<'de> Deserialize<'de> + PartialEq,
{
    let span = texts.span();
    let read = words::<T>(what, texts, known)?;
    match read
        .iter()
        .all(|word| methods.iter().any(|method| fits(word, *method)))
    {
        true => Ok(read),
        false => Err(Fault::new(
            span,
            format!("a {what} is of another method than the profile"),
        )),
    }
}

/// Mailgrant makes one app for a connection. A platform that needs more would be connected by half, so its profile is
/// refused rather than believed.
fn one_app(apps: Spanned<u8>) -> Result<(), Fault> {
    match *apps.get_ref() {
        0 => Err(Fault::new(
            apps.span(),
            "the number of apps is 0; a platform needs at least 1",
        )),
        1 => Ok(()),
        number => Err(Fault::new(
            apps.span(),
            format!("the platform needs {number} apps; this version of Mailgrant makes 1"),
        )),
    }
}

fn date(written: Spanned<Datetime>) -> Result<Date, Fault> {
    let words = written.get_ref().to_string();
    // TOML also has times of day, and a time would suggest a precision that no reader of documents has.
    match (written.get_ref().time, words.parse()) {
        (None, Ok(date)) => Ok(date),
        _ => Err(Fault::new(
            written.span(),
            format!("`{words}` is not a date such as 2026-11-22"),
        )),
    }
}

/// Reads a word of the domain by the name that the domain itself gives it.
fn word<'de, T: Deserialize<'de>>(what: &str, text: &'de Text, known: &str) -> Result<T, Fault> {
    let deserializer: serde::de::value::StrDeserializer<'de, WordError> =
        text.get_ref().as_str().into_deserializer();
    T::deserialize(deserializer).map_err(|_| {
        let reason = format!(
            "the {what} `{}` is not known; Mailgrant knows {known}",
            text.get_ref()
        );
        Fault::new(text.span(), reason)
    })
}

/// Reads a list of which every word is known, none comes twice and at least one is there.
fn words<T>(what: &str, texts: Spanned<Vec<Text>>, known: &str) -> Result<Vec<T>, Fault>
where
    T: for<'de> Deserialize<'de> + PartialEq,
{
    let span = texts.span();
    let mut found = Vec::new();
    for text in texts.get_ref() {
        let value = word(what, text, known)?;
        if found.contains(&value) {
            return Err(Fault::new(
                text.span(),
                format!("the {what} `{}` comes twice", text.get_ref()),
            ));
        }
        found.push(value);
    }
    not_empty(what, span, found)
}

fn not_empty<T>(what: &str, span: Range<usize>, list: Vec<T>) -> Result<Vec<T>, Fault> {
    if list.is_empty() {
        return Err(Fault::new(
            span,
            format!("there is no {what}; a profile needs at least one"),
        ));
    }
    Ok(list)
}

fn permissions(raw: Spanned<Vec<RawPermission>>, methods: &[Method]) -> Result<Vec<AskedPermission>, Fault> {
    let span = raw.span();
    let mut asked: Vec<AskedPermission> = Vec::new();
    for RawPermission {
        permission: text,
        reason,
        reason_de,
        optional,
        usual,
    } in raw.into_inner()
    {
        let known = Permission::ALL.map(Permission::name).join(", ");
        let permission: Permission = word("permission", &text, &known)?;
        if !methods.contains(&permission.method()) {
            let (name, method) = (permission.name(), permission.method().name());
            let reason =
                format!("the permission `{name}` is of the method {method}, which the profile doesn't have");
            return Err(Fault::new(text.span(), reason));
        }
        if asked.iter().any(|other| other.permission == permission) {
            return Err(Fault::new(
                text.span(),
                format!("the permission `{}` comes twice", permission.name()),
            ));
        }
        let reason = told(&format!("reason for `{}`", permission.name()), reason, reason_de)?;
        if usual && !optional {
            let reason = format!(
                "the permission `{}` is usual but not optional; only an optional one can be usual",
                permission.name()
            );
            return Err(Fault::new(text.span(), reason));
        }
        asked.push(AskedPermission {
            permission,
            reason,
            optional,
            usual,
        });
    }
    let asked = not_empty("permission", span.clone(), asked)?;
    if asked.iter().all(|asked| asked.optional) {
        let reason = "every permission is optional; a platform needs at least one that is not";
        return Err(Fault::new(span, reason));
    }
    Ok(asked)
}

fn credential(raw: RawCredential) -> Result<CredentialLimits, Fault> {
    let usual = raw.usual_months.span();
    let longest_months = months(raw.longest_months)?;
    let usual_months = months(raw.usual_months)?;
    if usual_months > longest_months {
        let reason =
            format!("the usual life of {usual_months} months is above the longest of {longest_months}");
        return Err(Fault::new(usual, reason));
    }
    let kinds = match raw.kinds {
        Some(kinds) => words::<CredentialKind>("credential", kinds, "secret")?,
        None => vec![CredentialKind::Secret],
    };
    Ok(CredentialLimits {
        kinds,
        longest_months,
        usual_months,
    })
}

fn months(months: Spanned<u8>) -> Result<u8, Fault> {
    match *months.get_ref() {
        number @ 1..=LONGEST_MONTHS => Ok(number),
        number => {
            let reason =
                format!("a secret cannot live {number} months; Microsoft allows 1 to {LONGEST_MONTHS}");
            Err(Fault::new(months.span(), reason))
        }
    }
}

fn recipient_key(text: Text) -> Result<String, Fault> {
    // A key carries a checksum. A mistyped one is found here, by whoever edits the file, and not on the day of an export.
    match text.get_ref().trim().parse::<age::x25519::Recipient>() {
        Ok(key) => Ok(key.to_string()),
        // The text is not repeated: somebody may have pasted a private key, and errors are shown and logged.
        Err(_) => {
            let reason = "the recipient key is not a whole public age key; it begins with `age1` and has 62 characters";
            Err(Fault::new(text.span(), reason))
        }
    }
}

fn form(raw: Vec<Spanned<RawFormField>>) -> Result<Vec<FormField>, Fault> {
    let mut labels = BTreeSet::new();
    let mut fields = Vec::new();
    for raw_field in raw {
        let span = raw_field.span();
        let RawFormField { label, field, value } = raw_field.into_inner();
        let label_span = label.span();
        let label = filled("label", label)?;
        if !labels.insert(label.clone()) {
            return Err(Fault::new(
                label_span,
                format!("the label `{label}` comes twice in the form"),
            ));
        }
        let field = match (field, value) {
            (Some(name), None) => named_field(&name)?,
            (None, Some(value)) => Field::Constant(filled(&format!("value for `{label}`"), value)?),
            (Some(_), Some(value)) => {
                let reason = format!("`{label}` has both a field and a value; it can have one");
                return Err(Fault::new(value.span(), reason));
            }
            (None, None) => {
                let reason = format!("`{label}` has neither a field nor a value; it needs one");
                return Err(Fault::new(span, reason));
            }
        };
        fields.push(FormField { label, field });
    }
    Ok(fields)
}

fn named_field(name: &Text) -> Result<Field, Fault> {
    let known = FIELDS.iter().find(|(word, _)| word == name.get_ref());
    known.map(|(_, field)| field.clone()).ok_or_else(|| {
        let words: Vec<&str> = FIELDS.iter().map(|(word, _)| *word).collect();
        let reason = format!(
            "the field `{}` is not known; Mailgrant knows {}",
            name.get_ref(),
            words.join(", ")
        );
        Fault::new(name.span(), reason)
    })
}

fn over_ask(raw: RawOverAsk) -> Result<OverAsk, Fault> {
    Ok(OverAsk {
        asks: told("text of `asks`", raw.asks, raw.asks_de)?,
        instead: told("text of `instead`", raw.instead, raw.instead_de)?,
    })
}

fn link(raw: RawLink) -> Result<Link, Fault> {
    let span = raw.address.span();
    let label = told("label of the link", raw.label, raw.label_de)?;
    let address = filled("address of the link", raw.address)?;
    // The address is handed to the system to open, so a file must not be able to name a program or a local file.
    if !address.starts_with("https://") || address.contains(char::is_whitespace) {
        return Err(Fault::new(
            span,
            format!("the address `{address}` does not start with `https://`"),
        ));
    }
    Ok(Link { label, address })
}

#[cfg(test)]
pub(crate) mod tests;
