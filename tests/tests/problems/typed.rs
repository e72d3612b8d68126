//! What people type wrong: every mistake is told where it was made, and nothing that was typed is lost.

use rpc::request::{Opener, Request, Submit};
use rpc::view::{Content, View};

use crate::bench::{Bench, DANA};

/// A message of the mailboxes page: the entry and what is said of it.
fn rows(view: &View) -> Vec<(String, String, String)> {
    let Content::Mailboxes { allowed, refused, .. } = &view.page.content else {
        panic!("{:?}", view.page)
    };
    let rows = allowed.rows.iter().chain(&refused.rows);
    rows.map(|row| (row.address.clone(), row.finding.word.clone(), row.detail.clone()))
        .collect()
}

fn word_of(view: &View, address: &str) -> (String, String) {
    let found = rows(view).into_iter().find(|(row, ..)| row == address);
    let (_, word, detail) = found.unwrap_or_else(|| panic!("{address} isn't among {:?}", rows(view)));
    (word, detail)
}

#[tokio::test]
async fn a_messy_list_is_read_and_every_entry_is_told() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("mailboxes")).await;
    let messy = "Support Team <Support@Contoso.example>;\r\n\t\"O'Brien, Niamh\" <o'brien@contoso.example>, \n\nmailto:biling@contoso.example\u{a0};leserservice@b\u{fc}cher.example\nhelpdesk@contoso.example\nall-sales@contoso.example nobody.at.all@contoso.example, warehouse@contoso.example\nnot an address";
    let view = bench
        .session
        .send(Submit::Mailboxes {
            allowed: messy.into(),
            refused: "support@contoso.example, ceo@contoso.example".into(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "mailboxes");
    assert!(
        view.page
            .field_problems
            .iter()
            .any(|problem| problem.field == "allowed-needs-you"),
        "{:?}",
        view.page.field_problems
    );
    assert_eq!(word_of(&view, "o'brien@contoso.example").0, "Found");
    assert_eq!(word_of(&view, "support@contoso.example").0, "Found");
    let (word, detail) = word_of(&view, "biling@contoso.example");
    assert_eq!(word, "Needs you");
    assert!(detail.contains("billing@contoso.example"), "{detail}");
    assert!(
        word_of(&view, "warehouse@contoso.example")
            .1
            .contains("isn't in Exchange Online")
    );
    assert_eq!(word_of(&view, "nobody.at.all@contoso.example").0, "Needs you");
    assert!(
        word_of(&view, "all-sales@contoso.example")
            .1
            .contains("This is a group")
    );
    let idn = rows(&view)
        .into_iter()
        .find(|(row, ..)| row.starts_with("leserservice@"))
        .unwrap();
    assert_eq!(idn.1, "Found", "{idn:?}");
    assert!(word_of(&view, "not an address").1.contains("isn't an address"));
    let both = rows(&view)
        .into_iter()
        .filter(|(row, ..)| row == "support@contoso.example")
        .count();
    assert_eq!(
        both, 2,
        "the one on both lists stands on both, once as a question"
    );

    // The reader decides: uses the suggestion, removes the rest.
    bench
        .session
        .press(Request::UseSuggestion {
            list: rpc::request::ListName::Allowed,
            typed: "biling@contoso.example".into(),
            address: "billing@contoso.example".into(),
        })
        .await
        .unwrap();
    for list in ["allowed", "refused"] {
        let view = bench.session.view();
        let Content::Mailboxes { allowed, refused, .. } = &view.page.content else {
            panic!("{:?}", view.page)
        };
        let rows = if list == "allowed" {
            &allowed.rows
        } else {
            &refused.rows
        };
        let removals: Vec<Request> = rows
            .iter()
            .filter(|row| row.finding.word == "Needs you")
            .map(|row| row.remove.request.clone())
            .collect();
        for removal in removals {
            bench.session.press(removal).await.unwrap();
        }
    }
    let view = bench
        .session
        .send(Submit::Mailboxes {
            allowed: String::new(),
            refused: String::new(),
        })
        .await
        .unwrap();
    assert_eq!(view.page.key, "plan", "{:?}", rows(&view));
    bench.session.typed = 2;
    assert_eq!(bench.whatever_comes().await, []);
    bench.all_is_well();
}

#[tokio::test]
async fn a_mistake_on_the_export_page_keeps_what_was_typed() {
    let mut bench = Bench::new(DANA).await;
    bench.go_on(Some("export")).await;
    let folder = bench.export.path().display().to_string();
    let secret = |text: &str| domain::secret::Secret::new(text.to_owned());
    let submit = |opener: Opener, key: &str, first: &str, second: &str| Submit::Export {
        opener,
        given_key: key.into(),
        key_compared: false,
        passphrase: secret(first),
        passphrase_again: secret(second),
        folder: folder.clone(),
    };
    let key = bench.organisation.platform_key.clone();
    let mistakes = [
        (Opener::GivenKey, "not a key", "", "", "given-key"),
        (Opener::GivenKey, "", "", "", "given-key"),
        (
            Opener::GivenKey,
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB",
            "",
            "",
            "given-key",
        ),
        (Opener::GivenKey, &key[..60], "", "", "given-key"),
        (Opener::GivenKey, key.as_str(), "", "", "key-compared"),
        (Opener::Passphrase, "", "short", "short", "passphrase"),
        (
            Opener::Passphrase,
            "",
            "aaaaaaaaaaaa",
            "aaaaaaaaaaaa",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "123456789012",
            "123456789012",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "sinch contact pro",
            "sinch contact pro",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "Contoso-Practice!",
            "Contoso-Practice!",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "billing@contoso.example",
            "billing@contoso.example",
            "passphrase",
        ),
        (
            Opener::Passphrase,
            "",
            "correct horse battery staple",
            "correct horse batery staple",
            "passphrase-again",
        ),
    ];
    for (opener, typed, first, second, field) in mistakes {
        let view = bench
            .session
            .send(submit(opener, typed, first, second))
            .await
            .unwrap();
        let told: Vec<&str> = view
            .page
            .field_problems
            .iter()
            .map(|problem| problem.field.as_str())
            .collect();
        assert_eq!(told, [field], "{opener:?} {typed:?}");
        let Content::Export {
            given_key,
            opener: kept,
            folder: there,
            ..
        } = &view.page.content
        else {
            panic!("{:?}", view.page)
        };
        assert_eq!((given_key.as_str(), *kept, there), (typed, opener, &folder));
        assert_eq!(std::fs::read_dir(bench.export.path()).unwrap().count(), 0);
    }
    let view = bench
        .session
        .send(submit(
            Opener::Passphrase,
            "",
            "correct horse battery staple",
            "correct horse battery staple",
        ))
        .await
        .unwrap();
    assert_eq!(view.page.key, "exported");
    bench.all_is_well();
}
