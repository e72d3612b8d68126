use super::*;

pub(crate) const GOOD: &str = r#"id = "good-one"
name = "Good One"
vendor = "Vendor"
version = 1
summary = "Reads mail."
last-verified = 2026-11-22
methods = ["graph-app-only"]
scope-methods = ["rbac-for-applications"]
apps = 1
recipient-key = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
form = [
    { label = "Client", field = "client-id" },
    { label = "Kind", value = "OAuth" },
]

[[permissions]]
permission = "Mail.Read"
reason = "to read mail"

[credential]
longest-months = 24
usual-months = 12

[[links]]
label = "Help"
address = "https://example.com/help"
"#;

/// The key in the good file: a real one, which the documents of age give as an example.
const KEY: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

/// Breaks the good file at one place each.
pub(crate) const BREAKS: [(&str, &str, &str); 40] = [
    ("syntax", "version = 1", "version = "),
    ("unclosed text", "\"Vendor\"", "\"Vendor"),
    ("key twice", "version = 1", "version = 1\nversion = 2"),
    ("unknown key", "apps = 1", "apps = 1\ncolour = \"red\""),
    (
        "unknown key inside",
        "reason = \"to read mail\"",
        "reason = \"to read mail\"\nwhy = \"\"",
    ),
    ("missing key", "vendor = \"Vendor\"\n", ""),
    ("missing key inside", "reason = \"to read mail\"\n", ""),
    ("wrong kind", "apps = 1", "apps = \"one\""),
    ("number too large", "usual-months = 12", "usual-months = 300"),
    ("empty name", "\"Good One\"", "\"  \""),
    ("empty reason", "\"to read mail\"", "\"\""),
    (
        "empty German reason",
        "reason = \"to read mail\"",
        "reason = \"to read mail\"\nreason-de = \"\"",
    ),
    (
        "too few German steps",
        "apps = 1",
        "apps = 1\nnext-steps = [\"One.\", \"Two.\"]\nnext-steps-de = [\"Eins.\"]",
    ),
    (
        "German words alone",
        "apps = 1",
        "apps = 1\nhand-over-to-de = \"Ihr Administrator\"",
    ),
    ("bad id", "\"good-one\"", "\"Good One\""),
    ("hanging hyphen", "\"good-one\"", "\"good-one-\""),
    ("version 0", "version = 1", "version = 0"),
    ("no app", "apps = 1", "apps = 0"),
    ("more apps than are made", "apps = 1", "apps = 3"),
    ("date as text", "2026-11-22", "\"2026-11-22\""),
    ("date with time", "2026-11-22", "2026-11-22T10:00:00"),
    ("no method", "[\"graph-app-only\"]", "[]"),
    ("unknown method", "\"graph-app-only\"", "\"imap\""),
    (
        "scope method of another method",
        "\"rbac-for-applications\"",
        "\"mailbox-permission\"",
    ),
    (
        "permission of another method",
        "\"Mail.Read\"",
        "\"IMAP.AccessAsApp\"",
    ),
    ("no scope method", "[\"rbac-for-applications\"]", "[]"),
    ("unknown permission", "\"Mail.Read\"", "\"Mail.Everything\""),
    (
        "permission twice",
        "[credential]",
        "[[permissions]]\npermission = \"Mail.Read\"\nreason = \"again\"\n\n[credential]",
    ),
    ("months 0", "usual-months = 12", "usual-months = 0"),
    ("months 25", "longest-months = 24", "longest-months = 25"),
    ("usual above longest", "longest-months = 24", "longest-months = 6"),
    ("label twice", "label = \"Kind\"", "label = \"Client\""),
    ("unknown field", "\"client-id\"", "\"client-name\""),
    (
        "field and value",
        "field = \"client-id\"",
        "field = \"client-id\", value = \"x\"",
    ),
    (
        "every permission optional",
        "reason = \"to read mail\"",
        "reason = \"to read mail\"\noptional = true",
    ),
    (
        "optional as text",
        "reason = \"to read mail\"",
        "reason = \"to read mail\"\noptional = \"yes\"",
    ),
    ("mistyped key", "equnujwj", "equnujwq"),
    ("key of a plugin", "\"age1zvkyg2l", "\"age1name1zvkyg2l"),
    ("private key", KEY, "AGE-SECRET-KEY-1QQQ"),
    ("other scheme", "https://example.com", "file:///etc"),
];

fn refusal(text: &str) -> String {
    crate::parse("broken.toml", text).unwrap_err().to_string()
}

#[test]
fn every_broken_file_is_refused_with_line_and_reason() {
    crate::parse("good.toml", GOOD).unwrap();
    let mut messages = String::new();
    for (name, from, to) in BREAKS {
        assert_eq!(GOOD.matches(from).count(), 1, "{name} must change one place");
        messages += &format!("{name}: {}\n", refusal(&GOOD.replace(from, to)));
    }
    let (start, _) = GOOD.split_once("[[permissions]]").unwrap();
    let (_, end) = GOOD.split_once("[credential]").unwrap();
    messages += &format!(
        "no permission: {}\n",
        refusal(&format!("permissions = []\n{start}[credential]{end}"))
    );
    messages += &format!(
        "field missing: {}\n",
        refusal(&GOOD.replace(", field = \"client-id\"", ""))
    );
    messages += &format!("empty file: {}\n", refusal(""));
    insta::assert_snapshot!(messages);
}

/// What hangs on a faulty part isn't blamed for it.
#[test]
fn several_faults_are_told_in_the_order_of_the_file() {
    let text = GOOD
        .replace("apps = 1", "apps = 3")
        .replace("\"Good One\"", "\" \"")
        .replace("[\"graph-app-only\"]", "[\"imap\"]")
        .replace("https://example.com/help", "http://example.com/help");
    let faults = crate::parse_all("broken.toml", &text).unwrap_err();
    let lines: Vec<Option<usize>> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(2), Some(7), Some(9), Some(26)], "{faults:#?}");
    assert_eq!(crate::parse("broken.toml", &text).unwrap_err(), faults[0]);
}

#[test]
fn only_an_optional_permission_can_be_usual() {
    let usual = |keys: &str| {
        let more = format!(
            "[[permissions]]\npermission = \"Mail.Send\"\nreason = \"to send\"\n{keys}\n\n[credential]"
        );
        crate::parse("good.toml", &GOOD.replace("[credential]", &more))
    };
    assert!(!usual("optional = true").unwrap().permissions[1].usual);
    assert!(usual("optional = true\nusual = true").unwrap().permissions[1].usual);
    let message = usual("usual = true").unwrap_err().to_string();
    assert!(message.contains("only an optional one"), "{message}");
}

#[test]
fn a_translation_stands_beside_each_text_and_may_be_left_out() {
    let text = GOOD
        .replace("reason = ", "reason-de = \"um E-Mails zu lesen\"\nreason = ")
        .replace("label = \"Help\"", "label = \"Help\"\nlabel-de = \"Hilfe\"");
    let profile = crate::parse("good.toml", &text).unwrap();
    let reason = &profile.permissions[0].reason;
    assert_eq!(reason.in_language("de"), "um E-Mails zu lesen");
    assert_eq!(reason.in_language("fi"), "to read mail");
    assert_eq!(profile.links[0].label.in_language("de"), "Hilfe");
    assert_eq!(profile.summary.in_language("de"), "Reads mail.");
}

#[test]
fn a_name_is_one_line_of_at_most_80_characters() {
    let named = |name: &str| crate::parse("good.toml", &GOOD.replace("\"Good One\"", &format!("\"{name}\"")));
    assert_eq!(named("Good\\r\\n\\u202EOne").unwrap().name, "Good One");
    assert_eq!(named(&"é".repeat(80)).unwrap().name, "é".repeat(80));
    let message = named(&"é".repeat(81)).unwrap_err().to_string();
    assert!(message.contains("81 characters"), "{message}");
}

#[test]
fn a_private_key_is_not_repeated_in_the_message() {
    let message = refusal(&GOOD.replace(KEY, "AGE-SECRET-KEY-1QQQ"));
    assert!(!message.contains("1QQQ"), "{message}");
}

#[test]
fn a_file_as_windows_saves_it_is_read() {
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    assert_eq!(crate::parse("good.toml", &text), crate::parse("good.toml", GOOD));
    let message = crate::parse("broken.toml", &text.replace("apps = 1", "apps = 0")).unwrap_err();
    assert_eq!(message.line, Some(9));
}

#[test]
fn every_field_has_its_word() {
    for (word, field) in FIELDS {
        let text = GOOD.replace("client-id", word);
        assert_eq!(crate::parse("good.toml", &text).unwrap().form[0].field, field);
    }
}

#[test]
fn the_words_in_messages_are_those_of_the_domain() {
    for word in ["Mail.Read", "Mail.ReadWrite", "Mail.Send"] {
        let text = GOOD.replace("Mail.Read", word);
        assert_eq!(
            crate::parse("good.toml", &text).unwrap().permissions[0]
                .permission
                .name(),
            word
        );
    }
}
