use super::*;
use crate::page;
use crate::record::json as written;
use crate::sample::{connection, english, record as sample, reminder, secret};
use crate::seal::{Recipient, seal};

fn bytes() -> Vec<u8> {
    written(&sample()).into_bytes()
}

fn edited(edit: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut value: Value = serde_json::from_slice(&bytes()).unwrap();
    edit(&mut value);
    serde_json::to_vec(&value).unwrap()
}

#[test]
fn a_certificate_is_told_by_its_thumbprint() {
    let mut certified = sample();
    certified.connection.credential.certificate = Some(crate::sample::certificate());
    let text = written(&certified);
    assert!(!text.contains("PRIVATE KEY") && !text.contains("BEGIN CERTIFICATE"));
    let read = record(text.as_bytes()).unwrap();
    assert_eq!(read.kind, CredentialKind::Certificate);
}

#[test]
fn what_was_written_is_read() {
    let read = record(&bytes()).unwrap();
    let connection = connection();
    assert_eq!(read.version, (1, 4));
    assert_eq!(read.kind, CredentialKind::Secret);
    assert!(read.practice);
    assert_eq!(read.profile, "sinch-contact-pro");
    assert_eq!(
        read.connection.unwrap().to_string(),
        "0d9f6a3e-5b1c-4c57-8f0e-3a2b1c0d9e8f"
    );
    assert_eq!(read.tenant.to_string(), connection.tenant_id);
    assert_eq!(read.client.to_string(), connection.app.client_id);
    assert_eq!(read.key.to_string(), connection.credential.key_id);
    assert_eq!(read.ends_at, connection.credential.ends_at);
    assert_eq!(read.permissions, ["Mail.ReadWrite", "Mail.Send"]);
    let ids = |mailboxes: &[MailboxRead]| -> Vec<String> {
        mailboxes.iter().map(|one| one.address.clone()).collect()
    };
    assert_eq!(
        ids(&read.mailboxes),
        ["support@northwind.example", "orders@northwind.example"]
    );
    assert_eq!(ids(&read.refused), ["ceo@northwind.example"]);
    assert_eq!(read.holds.len(), 2);
    assert_eq!(read.made_at, connection.made_at);
}

/// An editor that lays the text out anew, a mail system that changes line ends, a byte order mark: still the record.
#[test]
fn another_layout_is_the_same_record() {
    let whole = record(&bytes());
    assert_eq!(record(&edited(|_| {})), whole);
    let text = String::from_utf8(bytes()).unwrap();
    assert_eq!(
        record(format!("\u{feff}{}", text.replace('\n', "\r\n")).as_bytes()),
        whole
    );
    // A field that this version doesn't know belongs to what the digest is over, and a later version puts it there.
    let mut value: Value = serde_json::from_slice(&bytes()).unwrap();
    value["schemaVersion"] = "1.9".into();
    value["new"] = serde_json::json!({ "later": [1, 2] });
    value["integrity"] = serde_json::to_value(integrity::Integrity::of(&value)).unwrap();
    let later = record(&serde_json::to_vec(&value).unwrap()).unwrap();
    assert_eq!((later.version, later.key), ((1, 9), whole.unwrap().key));
}

#[test]
fn what_lies_beside_it_is_told_apart() {
    let page = page::html(&sample(), &english());
    assert_eq!(record(page.as_bytes()), Err(RecordError::Page));
    let drawn = Recipient::drawn(domain::secret::Secret::new(
        "six words that were drawn once".into(),
    ));
    let sealed = seal(&connection(), &secret(), drawn).unwrap();
    assert_eq!(record(&sealed), Err(RecordError::Sealed));
    let calendar = crate::reminder::ics(&reminder(), &english());
    assert_eq!(record(calendar.as_bytes()), Err(RecordError::NotJson));
    // What was inside a sealed file holds the secret, and is no record.
    let opened = crate::plaintext::write(&connection(), &secret()).unwrap();
    assert_eq!(record(&opened), Err(RecordError::NotARecord));
    for other in ["{}", "[]", "null", "7", r#"{"kind":"mailgrantRecord"}"#] {
        assert_eq!(record(other.as_bytes()), Err(RecordError::NotARecord), "{other}");
    }
    for nothing in ["", "  \n"] {
        assert_eq!(record(nothing.as_bytes()), Err(RecordError::Truncated));
    }
    for rubbish in ["hello", "{,}", "\u{0}\u{1}"] {
        assert_eq!(record(rubbish.as_bytes()), Err(RecordError::NotJson), "{rubbish}");
    }
    assert_eq!(record(&[0xff, 0xfe, b'{', 0]), Err(RecordError::NotJson));
    assert_eq!(record(&vec![b' '; MOST_BYTES + 1]), Err(RecordError::TooLarge));
    // Deeper than any parser should go.
    assert_eq!(record("[".repeat(100_000).as_bytes()), Err(RecordError::NotJson));
}

#[test]
fn a_newer_first_number_is_refused() {
    for (version, refused) in [
        ("2.0", true),
        ("10.3", true),
        ("99999999999.0", true),
        ("1.99", false),
    ] {
        let made = edited(|value| value["schemaVersion"] = version.into());
        let newer = matches!(record(&made), Err(RecordError::Newer { .. }));
        assert_eq!(newer, refused, "{version}");
    }
    for none in ["", "1", "1.", ".1", "x.y", "+1.0", "0.9", "1.0.0"] {
        let made = edited(|value| value["schemaVersion"] = none.into());
        assert_eq!(record(&made), Err(RecordError::NotARecord), "{none:?}");
    }
}

/// Records of the versions before have no digest and no id of the connection.
#[test]
fn older_records_are_read() {
    let older = edited(|value| {
        value["schemaVersion"] = "1.1".into();
        let fields = value.as_object_mut().unwrap();
        fields.remove("integrity");
        fields.remove("connectionId");
    });
    let read = record(&older).unwrap();
    assert_eq!((read.version, read.connection), ((1, 1), None));
    let oldest = edited(|value| {
        value["schemaVersion"] = "1.0".into();
        value.as_object_mut().unwrap().remove("integrity");
        value["scope"].as_object_mut().unwrap().remove("holds");
        for row in value["proof"]["rows"].as_array_mut().unwrap() {
            row.as_object_mut().unwrap().remove("objectId");
        }
    });
    let read = record(&oldest).unwrap();
    assert!(read.refused.is_empty() && read.holds.is_empty());
}

/// Each value of the record, changed one at a time, is noticed; so is each field that is gone.
#[test]
fn no_edit_goes_unnoticed() {
    fn places(value: &Value, at: &str, all: &mut Vec<String>) {
        all.push(at.to_owned());
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    places(value, &format!("{at}/{name}"), all);
                }
            }
            Value::Array(values) => {
                for (place, value) in values.iter().enumerate() {
                    places(value, &format!("{at}/{place}"), all);
                }
            }
            _ => {}
        }
    }
    let whole: Value = serde_json::from_slice(&bytes()).unwrap();
    let mut all = Vec::new();
    places(&whole, "", &mut all);
    assert!(all.len() > 100);
    for place in all.iter().filter(|place| !place.is_empty()) {
        for change in ["changed".into(), Value::Null, Value::from(7)] {
            let mut value = whole.clone();
            *value.pointer_mut(place).unwrap() = change.clone();
            if value == whole {
                continue;
            }
            let told = record(&serde_json::to_vec(&value).unwrap());
            assert!(
                matches!(told, Err(RecordError::Edited | RecordError::NotARecord)),
                "{place}: {told:?}"
            );
        }
    }
}

/// However it is cut, it is said to be cut, until the last brace is there.
#[test]
fn a_cut_is_called_a_cut() {
    let mut record_with_letters = sample();
    record_with_letters.connection.organisation = "Nördwind 老 📧".into();
    let whole = written(&record_with_letters).into_bytes();
    let end = whole.iter().rposition(|byte| *byte == b'}').unwrap();
    for length in 0..=end {
        assert_eq!(
            record(&whole[..length]),
            Err(RecordError::Truncated),
            "after {length} of {end} bytes"
        );
    }
    assert!(record(&whole[..=end]).is_ok());
}

/// A number generator of a line, so that an input that fails fails again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

/// Bytes changed, cut out, doubled and swapped at random: each gives the record or one of the reasons, and no other record.
#[test]
fn no_bytes_end_the_program() {
    let whole = bytes();
    let expected = record(&whole).unwrap();
    let mut chance = Chance(11);
    for _ in 0..5_000 {
        let mut bytes = whole.clone();
        for _ in 0..=chance.below(3) {
            let (at, other) = (chance.below(bytes.len()), chance.below(bytes.len()));
            match chance.below(5) {
                0 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
                1 => drop(bytes.drain(at.min(other)..at.max(other))),
                2 => bytes.insert(at, u8::try_from(chance.below(256)).unwrap()),
                3 => bytes.swap(at, other),
                _ => bytes.truncate(at.max(1)),
            }
            if bytes.is_empty() {
                bytes.push(b'{');
            }
        }
        if let Ok(read) = record(&bytes) {
            assert_eq!(read, expected, "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
