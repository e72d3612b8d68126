//! What is sealed is what was proven, also where somebody changes the organisation or the keychain while the wizard reads
//! the one and the other for the last time.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use domain::grant::MICROSOFT_GRAPH;
use domain::secret::Secret;
use journeys::bench::{Bench, MAILBOXES, REFUSED};
use journeys::colleague::Colleague;
use keychain::Keychain;
use practice::Handle;
use rpc::request::Request;
use rpc::view::Content;

/// How each look's live calls begin: the app signs in with its own key.
const LIVE: &str = "POST /token (client credentials)";
/// A live call, with a token that knows of no grant that is made from here on.
const CALL: &str = "POST /$batch (probes with the app's own key)";
/// The first call of each read of the organisation, after the keychain was read.
const READ: &str = "POST /$batch (how the app stands)";

/// Grants the app something by somebody else's hand.
async fn grant(handle: &Handle, role: &str) {
    let snapshot = handle.snapshot();
    let app = snapshot.applications.iter().find(|app| !app.foreign).unwrap();
    let mut principals = snapshot.service_principals.iter();
    let principal = principals.find(|held| held.app_id == app.app_id).unwrap();
    let colleague = Colleague::of(handle).await.unwrap();
    colleague
        .grant(&principal.id, MICROSOFT_GRAPH, role)
        .await
        .unwrap();
}

/// The same from the wizard's own thread, which waits until it is done.
fn granted(handle: &Arc<Handle>, role: &str) {
    let (handle, role) = (Arc::clone(handle), role.to_owned());
    let granting = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(grant(&handle, &role));
    });
    granting.join().unwrap();
}

fn sealed(bench: &Bench) -> Vec<PathBuf> {
    let files = std::fs::read_dir(bench.export());
    files
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "age"))
        .collect()
}

/// Presses "Seal and save the file" once, and says which page follows.
async fn seal(bench: &mut Bench) -> String {
    // A problem's page is where the journey ends, and is looked at by the caller.
    drop(bench.session().go_on(None, MAILBOXES, REFUSED).await);
    bench.session().page()
}

/// A grant for every mailbox is made while the checks are repeated, after the grants were read: the file isn't sealed,
/// and the proof names the grant.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_made_during_the_last_look_is_not_sealed() {
    let mut bench = Bench::new("during the look").await;
    bench.go_on(Some("export")).await;
    // It opens no mailbox, but something differs, so the whole look is repeated.
    grant(&bench.handle, "User.Read.All").await;
    let handle = Arc::clone(&bench.handle);
    bench.before(CALL, 1, move |_| granted(&handle, "Mail.ReadWrite"));
    assert_eq!(seal(&mut bench).await, "problem-proof.changed");
    assert!(sealed(&bench).is_empty());
    let view = bench.press(Request::TryAgain).await;
    assert_eq!(view.page.key, "verify");
    assert_ne!(view.page.heading, "It works, and only where it should");
    let Content::Proof { .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
}

/// A change that takes nothing away, made during the look: the look after it is of what there is, and it is sealed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_harmless_change_during_the_last_look_is_looked_at_once_more() {
    let mut bench = Bench::new("harmless").await;
    bench.go_on(Some("export")).await;
    grant(&bench.handle, "User.Read.All").await;
    let handle = Arc::clone(&bench.handle);
    bench.before(LIVE, 1, move |_| granted(&handle, "Organization.Read.All"));
    let before = bench.sent().iter().filter(|call| *call == READ).count();
    assert_eq!(seal(&mut bench).await, "exported");
    assert_eq!(sealed(&bench).len(), 1);
    // Read, looked, read and found different, looked, read and found the same.
    let reads = bench.sent().iter().filter(|call| *call == READ).count() - before;
    assert_eq!(reads, 5);
}

/// Somebody goes on changing the organisation while it is looked at: no end is pretended, and no proof is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_that_keeps_changing_is_not_sealed() {
    let mut bench = Bench::new("keeps changing").await;
    bench.go_on(Some("export")).await;
    grant(&bench.handle, "User.Read.All").await;
    let handle = Arc::clone(&bench.handle);
    let harmless = ["Organization.Read.All", "User.ReadBasic.All"];
    bench.before(LIVE, 2, move |number| granted(&handle, harmless[number]));
    assert_eq!(seal(&mut bench).await, "problem-proof.keeps-changing");
    assert!(sealed(&bench).is_empty());
    // Nobody changes anything any more: it is looked at again, and sealed.
    let view = bench.press(Request::TryAgain).await;
    assert_eq!(view.page.heading, "It works, and only where it should");
    bench.go_on(None).await;
    assert_eq!(sealed(&bench).len(), 1);
}

/// The keychain's entry is replaced after it was read and compared: what is sealed is what was proven.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_replaced_after_the_last_look_is_not_sealed() {
    let mut bench = Bench::new("replaced").await;
    bench.go_on(Some("export")).await;
    let folder = bench.journal().parent().unwrap().to_owned();
    let connection = folder.file_name().unwrap().to_string_lossy().into_owned();
    let apps = bench.handle.snapshot().applications;
    let app = apps.iter().find(|app| !app.foreign).unwrap();
    let account = format!("{connection}/{}", app.passwords[0].key_id);
    let keychain = bench.keychain();
    bench.before(READ, 1, move |_| {
        let other = Secret::new("somebody's value".into());
        Keychain::open(keychain.clone()).set(&account, &other).unwrap();
    });
    assert_eq!(seal(&mut bench).await, "exported");
    let opened = opened(&bench);
    assert!(opened.contains("support@contoso.example"));
    assert!(!opened.contains("somebody's value"), "it was sealed unproven");
}

/// The sealed file as the platform reads it.
fn opened(bench: &Bench) -> String {
    let identity = bench.handle.platform_identity();
    let line = identity
        // EXPOSE: the practice platform's own key, to read the file as the platform does.
        .expose()
        .lines()
        .find(|line| line.starts_with("AGE-SECRET-KEY-1"))
        .unwrap()
        .to_owned();
    let identity: age::x25519::Identity = line.parse().unwrap();
    let file = std::fs::File::open(&sealed(bench)[0]).unwrap();
    let decryptor = age::Decryptor::new(file).unwrap();
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .unwrap();
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}
