//! Against a real keychain: gnome-keyring in the private session that `cargo xtask test` starts.
//!
//! Without that session the tests say so and look no further, so that nobody's own keychain is ever touched.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::secret::Secret;
use keychain::{Keychain, KeychainError};

/// Set by `cargo xtask test` inside its private session.
const PRIVATE: &str = "MAILGRANT_PRIVATE_KEYCHAIN";

/// Which keychain a test process that was started by a test is to look for.
const SEEN_FROM: &str = "MAILGRANT_KEYCHAIN_SEEN_FROM";

/// A namespace that no other test uses; none outside the private session.
fn private_keychain() -> Option<Keychain> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    if std::env::var_os(PRIVATE).is_none() {
        println!("skipped: no private keychain; run `cargo xtask test`");
        return None;
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Some(Keychain::open(format!(
        "mailgrant-test-{}-{number}",
        std::process::id()
    )))
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[test]
fn what_is_set_can_be_read_replaced_and_removed() {
    let Some(keychain) = private_keychain() else {
        return;
    };
    assert!(keychain.get("key").unwrap().is_none());
    keychain.set("key", &secret("one~ü")).unwrap();
    assert!(keychain.get("key").unwrap().unwrap().same_as(&secret("one~ü")));
    keychain.set("key", &secret("two")).unwrap();
    assert!(keychain.get("key").unwrap().unwrap().same_as(&secret("two")));
    assert!(keychain.get("another").unwrap().is_none());
    keychain.delete("key").unwrap();
    assert!(keychain.get("key").unwrap().is_none());
}

#[test]
fn removing_what_is_gone_is_a_success() {
    let Some(keychain) = private_keychain() else {
        return;
    };
    keychain.delete("never set").unwrap();
    keychain.set("key", &secret("x")).unwrap();
    keychain.delete("key").unwrap();
    keychain.delete("key").unwrap();
}

#[test]
fn several_threads_may_ask_at_once() {
    let Some(keychain) = private_keychain() else {
        return;
    };
    std::thread::scope(|scope| {
        for number in 0..8 {
            let keychain = &keychain;
            scope.spawn(move || {
                let (account, value) = (format!("key {number}"), secret(&format!("value {number}")));
                keychain.set(&account, &value).unwrap();
                assert!(keychain.get(&account).unwrap().unwrap().same_as(&value));
                keychain.delete(&account).unwrap();
            });
        }
    });
}

/// What a process finds is remembered by the process, so each of the next two cases gets one of its own.
#[test]
fn as_seen_from_a_process_of_its_own() {
    let Some(seen) = std::env::var_os(SEEN_FROM) else {
        return;
    };
    let keychain = Keychain::open("mailgrant-test");
    let expected = match seen.to_str() {
        Some("no bus") => KeychainError::Missing,
        _ => KeychainError::Locked,
    };
    assert_eq!(keychain.set("key", &secret("x")).err(), Some(expected));
}

fn see_from_a_process_of_its_own(mut command: Command, seen: &str) {
    let output = command
        .args(["--exact", "as_seen_from_a_process_of_its_own", "--nocapture"])
        .env(SEEN_FROM, seen)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn without_a_session_bus_the_keychain_is_missing() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    see_from_a_process_of_its_own(command, "no bus");
}

#[test]
fn a_keychain_that_nobody_unlocked_is_locked() {
    if private_keychain().is_none() {
        return;
    }
    // A session of its own with an empty home: gnome-keyring is started by the bus and has no open collection.
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new("dbus-run-session");
    command
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        // Else its keyring would find the one of the session around this test and hand over to it.
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("GNOME_KEYRING_CONTROL")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    see_from_a_process_of_its_own(command, "locked");
}
