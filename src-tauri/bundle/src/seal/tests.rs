use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};

use age::secrecy::ExposeSecret;
use age::{Decryptor, Identity};

use super::*;
use crate::sample::{SECRET, connection, secret};

/// A pair for the tests, so that fingerprints are the same in every run. It opens nothing real.
const IDENTITY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

fn identity() -> x25519::Identity {
    IDENTITY.parse().unwrap()
}

fn public() -> String {
    identity().to_public().to_string()
}

fn sealed() -> Vec<u8> {
    seal(&connection(), &secret(), Recipient::key(&public()).unwrap()).unwrap()
}

fn open(sealed: &[u8], identity: &dyn Identity) -> Option<String> {
    let mut text = String::new();
    let mut reader = Decryptor::new_buffered(sealed)
        .ok()?
        .decrypt(std::iter::once(identity))
        .ok()?;
    reader.read_to_string(&mut text).ok()?;
    Some(text)
}

fn refused(text: &str) -> RecipientError {
    Recipient::key(text)
        .err()
        .unwrap_or_else(|| panic!("{text} was taken"))
}

#[test]
fn only_the_matching_identity_opens_it() {
    let sealed = sealed();
    let text = open(&sealed, &identity()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["credential"]["value"], SECRET);
    assert_eq!(json["practice"], true);
    assert_eq!(json["schemaVersion"], "1.4");
    for _ in 0..100 {
        assert!(open(&sealed, &x25519::Identity::generate()).is_none());
    }
}

#[test]
fn a_real_connection_says_so_inside() {
    let mut real = connection();
    real.practice = false;
    let sealed = seal(&real, &secret(), Recipient::key(&public()).unwrap()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&open(&sealed, &identity()).unwrap()).unwrap();
    assert_eq!(json["practice"], false);
}

#[test]
fn every_changed_byte_and_every_cut_is_refused() {
    let sealed = sealed();
    let identity = identity();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(open(&changed, &identity).is_none(), "byte {at} was changed");
        assert!(open(&sealed[..at], &identity).is_none(), "cut at {at}");
    }
    assert!(
        open(&[sealed.as_slice(), b"x"].concat(), &identity).is_none(),
        "something was appended"
    );
}

#[test]
fn the_secret_is_not_in_the_sealed_bytes() {
    let sealed = sealed();
    assert!(sealed.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    assert!(
        !sealed
            .windows(8)
            .any(|window| SECRET.as_bytes().windows(8).any(|part| part == window))
    );
    assert!(!sealed.windows(9).any(|window| window == b"Northwind"));
}

#[test]
fn the_same_facts_are_never_sealed_alike() {
    assert_ne!(sealed(), sealed());
}

#[test]
fn the_age_program_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let (file, key) = (folder.path().join("sealed.age"), folder.path().join("key.txt"));
    std::fs::write(&file, sealed()).unwrap();
    std::fs::write(&key, identity().to_string().expose_secret()).unwrap();
    let run = |key: &Path| {
        let arguments = [Path::new("-d"), Path::new("-i"), key, &file];
        Command::new("age")
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
    };
    let Ok(output) = run(&key) else {
        println!("skipped: the program age isn't installed");
        return;
    };
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains(SECRET));
    let mut other = std::fs::File::create(&key).unwrap();
    other
        .write_all(
            x25519::Identity::generate()
                .to_string()
                .expose_secret()
                .as_bytes(),
        )
        .unwrap();
    assert!(!run(&key).unwrap().status.success());
}

#[test]
fn a_passphrase_opens_it_and_no_other() {
    let passphrase = "correct horse battery staple";
    let recipient = Recipient::passphrase(Secret::new(passphrase.into()), &[])
        .ok()
        .unwrap();
    assert_eq!(recipient.describe(), "with a passphrase");
    assert_eq!(recipient.fingerprint(), None);
    let sealed = seal(&connection(), &secret(), recipient).unwrap();
    let with = |text: &str| {
        open(
            &sealed,
            &scrypt::Identity::new(SecretString::from(text.to_owned())),
        )
    };
    assert!(with(passphrase).unwrap().contains(SECRET));
    assert!(with("correct horse battery stable").is_none());
    assert!(open(&sealed, &identity()).is_none());
}

#[test]
fn only_practice_is_ever_sealed_with_less_work() {
    let mut real = connection();
    real.practice = false;
    assert_eq!(work(&real), 18);
    assert!(work(&connection()) <= 18);
}

#[test]
fn keys_of_other_sorts_are_refused_by_name() {
    let cases = [
        ("", RecipientError::Empty),
        (" \n\t", RecipientError::Empty),
        (IDENTITY, RecipientError::SecretKey),
        (&IDENTITY.to_lowercase(), RecipientError::SecretKey),
        (
            "# public key: age1x\nAGE-SECRET-KEY-1QQ",
            RecipientError::SecretKey,
        ),
        ("AGE-PLUGIN-YUBIKEY-1QQQQ", RecipientError::SecretKey),
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl",
            RecipientError::SecretKey,
        ),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI a@b", RecipientError::Ssh),
        ("ssh-rsa AAAAB3NzaC1yc2E", RecipientError::Ssh),
        ("SSH-ED25519 AAAA", RecipientError::Ssh),
        ("ecdsa-sha2-nistp256 AAAA", RecipientError::Ssh),
        ("sk-ssh-ed25519@openssh.com AAAA", RecipientError::Ssh),
        (
            "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
            RecipientError::Plugin,
        ),
        ("age1name1qqqqqqqq", RecipientError::Plugin),
        ("age1pq1qqqqqqqqqq", RecipientError::Plugin),
        ("age1se1qqqq", RecipientError::Plugin),
        ("-----BEGIN CERTIFICATE-----\nMIIB", RecipientError::Pem),
        ("-----BEGIN PUBLIC KEY-----\nMCow", RecipientError::Pem),
        ("-----BEGIN AGE ENCRYPTED FILE-----", RecipientError::Pem),
        ("age1", RecipientError::NotAKey),
        ("age", RecipientError::NotAKey),
        ("hello", RecipientError::NotAKey),
        ("https://platform.example/key", RecipientError::NotAKey),
        ("age1/../../bin/sh1x", RecipientError::NotAKey),
    ];
    for (text, error) in cases {
        assert_eq!(refused(text), error, "{text}");
    }
}

#[test]
fn every_mistyped_letter_of_a_key_is_noticed() {
    let key = public();
    for at in 0..key.len() {
        let letter = if &key[at..=at] == "q" { "p" } else { "q" };
        refused(&format!("{}{letter}{}", &key[..at], &key[at + 1..]));
        refused(&key[..at]);
    }
    refused(&format!("{key}{key}"));
    refused(&format!("{key}\n{key}"));
    refused(&format!("{} {}", &key[..20], &key[20..]));
}

#[test]
fn keys_that_everybody_could_open_are_refused() {
    for weak in WEAK {
        // The list is of real keys that age takes and then panics over, so that none of it is a mistyped one.
        let key: x25519::Recipient = weak.parse().unwrap();
        let wrap = || Encryptor::with_recipients(std::iter::once(&key as &dyn age::Recipient)).is_ok();
        assert!(catch_unwind(AssertUnwindSafe(wrap)).is_err());
        assert_eq!(refused(weak), RecipientError::NotAKey);
        assert_eq!(refused(&weak.to_uppercase()), RecipientError::NotAKey);
    }
}

#[test]
fn white_space_and_capitals_do_not_change_a_key() {
    let key = public();
    let words = fingerprint(&key).unwrap();
    assert_eq!(fingerprint(&format!("\r\n  {key}\t\n")).unwrap(), words);
    assert_eq!(fingerprint(&key.to_uppercase()).unwrap(), words);
    assert_eq!(Recipient::key(&key).ok().unwrap().fingerprint().unwrap(), words);
}

#[test]
fn the_fingerprint_is_six_words_that_never_change() {
    let key = public();
    let text = format!(
        "{key}\n{}\n{}",
        Recipient::key(&key).ok().unwrap().describe(),
        fingerprint(&key).unwrap()
    );
    insta::assert_snapshot!(text);
    let other = x25519::Identity::generate().to_public().to_string();
    assert_eq!(fingerprint(&other).unwrap().split(' ').count(), 6);
    assert_ne!(fingerprint(&other).unwrap(), fingerprint(&key).unwrap());
}

#[test]
fn nothing_is_sealed_without_a_secret() {
    let recipient = Recipient::key(&public()).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(matches!(
        seal(&connection(), &Secret::new(String::new()), recipient),
        Err(SealError::NoSecret)
    ));
}
