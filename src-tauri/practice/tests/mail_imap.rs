//! IMAP over real sockets.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/mail.rs"]
mod mail;

use common::{DANA, Practice, begin, explicit};
use mail::{Lines, app_token, cmdlet, mail_app, own_token, xoauth2};
use practice::Options;
use serde_json::json;

async fn signed_in(practice: &Practice) -> Lines {
    let token = own_token(practice, "IMAP.AccessAsUser.All").await;
    let mut lines = Lines::tls(practice, &practice.handle.imap()).await;
    assert!(
        lines
            .line()
            .await
            .expect("a greeting")
            .starts_with("* OK The Microsoft Exchange IMAP4")
    );
    let answer = lines
        .imap(&format!("AUTHENTICATE XOAUTH2 {}", xoauth2(DANA, &token)))
        .await;
    assert_eq!(answer, "t OK AUTHENTICATE completed.\n");
    lines
}

/// The number after a word such as `EXISTS` in front of it, or `UIDNEXT` behind it.
fn number(text: &str, word: &str) -> u32 {
    let at = text.find(word).unwrap_or_else(|| panic!("no {word} in {text}"));
    let after: String = text[at + word.len()..]
        .trim_start()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    after.parse().expect("a number")
}

fn exists(text: &str) -> u32 {
    let line = text
        .lines()
        .find(|line| line.ends_with(" EXISTS"))
        .expect("EXISTS");
    line.trim_start_matches("* ")
        .trim_end_matches(" EXISTS")
        .parse()
        .expect("a number")
}

#[tokio::test]
async fn an_application_goes_through_two_gates() {
    let practice = begin(explicit()).await;
    let (app_id, principal, secret) = mail_app(&practice, "IMAP.AccessAsApp").await;
    let token = app_token(&practice, &app_id, &secret).await;
    let attempt = async |mailbox: &str| {
        let mut lines = Lines::tls(&practice, &practice.handle.imap()).await;
        lines.line().await.expect("a greeting");
        let first = lines
            .imap(&format!("AUTHENTICATE XOAUTH2 {}", xoauth2(mailbox, &token)))
            .await;
        (first, lines.imap("EXAMINE INBOX").await)
    };
    let support = "support@contoso.example";
    // Exchange does not know the enterprise application yet.
    let (first, second) = attempt(support).await;
    assert_eq!(first, "t NO AUTHENTICATE failed.\n");
    assert_eq!(second, "t BAD Command received in Invalid state.\n");
    cmdlet(
        &practice,
        "New-ServicePrincipal",
        json!({"AppId": app_id, "ObjectId": principal, "DisplayName": "Mail app"}),
    )
    .await;
    let (first, second) = attempt(support).await;
    assert_eq!(first, "t OK AUTHENTICATE completed.\n");
    assert_eq!(second, "t BAD User is authenticated but not connected.\n");
    cmdlet(
        &practice,
        "Add-MailboxPermission",
        json!({"Identity": support, "User": principal, "AccessRights": ["FullAccess"]}),
    )
    .await;
    let (_, second) = attempt(support).await;
    assert!(
        second.ends_with("t OK [READ-ONLY] EXAMINE completed.\n"),
        "{second}"
    );
    let (first, second) = attempt("ceo@contoso.example").await;
    assert_eq!(first, "t OK AUTHENTICATE completed.\n");
    assert_eq!(second, "t BAD User is authenticated but not connected.\n");
    cmdlet(
        &practice,
        "Set-CASMailbox",
        json!({"Identity": support, "ImapEnabled": false}),
    )
    .await;
    assert_eq!(
        attempt(support).await.1,
        "t BAD User is authenticated but not connected.\n"
    );
}

#[tokio::test]
async fn what_cannot_sign_in_is_refused_in_exchanges_words() {
    let practice = begin(explicit()).await;
    let graph_token = practice
        .sign_in(DANA, "https://graph.microsoft.com/Mail.Read")
        .await;
    let mut lines = Lines::tls(&practice, &practice.handle.imap()).await;
    lines.line().await.expect("a greeting");
    assert!(
        lines
            .imap("CAPABILITY")
            .await
            .contains("AUTH=XOAUTH2 SASL-IR UIDPLUS MOVE")
    );
    assert_eq!(lines.imap("LOGIN dana secret").await, "t NO LOGIN failed.\n");
    let wrong_audience = format!("AUTHENTICATE XOAUTH2 {}", xoauth2(DANA, &graph_token));
    assert_eq!(lines.imap(&wrong_audience).await, "t NO AUTHENTICATE failed.\n");
    assert_eq!(lines.ask("t AUTHENTICATE XOAUTH2").await, "+");
    assert_eq!(lines.ask("*").await, "t NO AUTHENTICATE failed.");
    assert_eq!(
        lines.imap("SELECT INBOX").await,
        "t BAD Command received in Invalid state.\n"
    );
    assert_eq!(lines.imap("XYZZY").await, "t BAD Command Error. 12\n");

    let mut plain = Lines::plain(&practice, &practice.handle.imap_starttls()).await;
    plain.line().await.expect("a greeting");
    assert!(plain.imap("CAPABILITY").await.contains("LOGINDISABLED STARTTLS"));
    assert!(plain.imap("AUTHENTICATE XOAUTH2 eA==").await.starts_with("t NO"));
    // What is sent ahead of the handshake must not be taken as if it came after it.
    plain.send(b"t STARTTLS\r\nt LOGOUT\r\n").await;
    assert!(plain.line().await.expect("an answer").starts_with("t OK"));
    plain.encrypt().await;
    assert!(plain.imap("CAPABILITY").await.contains("AUTH=XOAUTH2"));
}

#[tokio::test]
async fn mail_is_listed_read_marked_moved_and_removed() {
    let practice = begin(explicit()).await;
    let mut lines = signed_in(&practice).await;
    let folders = lines.imap("LIST \"\" *").await;
    for folder in [
        "INBOX",
        "\\Sent) \"/\" \"Sent Items\"",
        "\\Trash) \"/\" \"Deleted Items\"",
        "\\Drafts",
    ] {
        assert!(folders.contains(folder), "{folders}");
    }
    let selected = lines.imap("SELECT INBOX").await;
    let count = exists(&selected);
    assert!(
        count >= 18 && selected.contains("[PERMANENTFLAGS (\\Seen") && selected.contains("[UIDVALIDITY ")
    );
    let peeked = lines
        .imap(&format!(
            "FETCH {count} (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])"
        ))
        .await;
    assert!(peeked.contains("Subject: "), "{peeked}");
    let unseen = lines.imap("SEARCH UNSEEN").await;
    let first: u32 = unseen
        .split_whitespace()
        .nth(2)
        .expect("an unread message")
        .parse()
        .expect("a number");
    // Reading marks it, and the client is told.
    let read = lines.imap(&format!("FETCH {first} BODY[TEXT]")).await;
    assert!(
        read.contains(&format!("* {first} FETCH (FLAGS (\\Seen")),
        "{read}"
    );
    let added = lines
        .imap(&format!("STORE {first} +FLAGS (\\Deleted $Unknown)"))
        .await;
    assert!(
        added.contains("\\Deleted") && !added.contains("Unknown"),
        "{added}"
    );
    assert!(
        lines
            .imap("EXPUNGE")
            .await
            .contains(&format!("* {first} EXPUNGE"))
    );
    let moved = lines.imap("MOVE 1:2 Archive").await;
    assert!(
        moved.contains("COPYUID") && moved.contains("* 2 EXPUNGE\n* 1 EXPUNGE"),
        "{moved}"
    );
    let missing = lines.imap("COPY 1 Nowhere").await;
    assert!(missing.starts_with("t NO [TRYCREATE]"), "{missing}");
    assert_eq!(
        lines.imap("FETCH 9999 FLAGS").await,
        "t BAD The specified message set is invalid.\n"
    );
    assert_eq!(
        lines.imap("UID FETCH 999999 FLAGS").await,
        "t OK FETCH completed.\n"
    );
    assert!(lines.imap("CREATE \"INBOX/B&APw-ro\"").await.starts_with("t OK"));
    assert!(lines.imap("LIST \"\" INBOX/%").await.contains("INBOX/B&APw-ro"));
    lines.send(b"t APPEND \"INBOX/B&APw-ro\" (\\Seen) {20}\r\n").await;
    assert!(lines.line().await.expect("leave").starts_with("+ "));
    lines.send(b"Subject: x\r\n\r\nbo\0dy\n\r\n").await;
    assert!(lines.until("t ").await.contains("APPENDUID"));
    let status = lines
        .imap("STATUS \"INBOX/B&APw-ro\" (MESSAGES UNSEEN UIDNEXT)")
        .await;
    assert!(status.contains("(MESSAGES 1 UNSEEN 0 UIDNEXT 2)"), "{status}");
    // What is only examined is not touched.
    lines.imap("EXAMINE INBOX").await;
    let before = lines.imap("SEARCH UNSEEN").await;
    lines.imap("FETCH 1:* RFC822").await;
    assert_eq!(lines.imap("SEARCH UNSEEN").await, before);
    assert!(lines.imap("STORE 1 +FLAGS (\\Seen)").await.starts_with("t NO"));
    assert!(lines.imap("LOGOUT").await.starts_with("* BYE"));
    assert_eq!(lines.line().await, None);
}

#[tokio::test]
async fn whoever_idles_is_told_of_new_mail_at_once() {
    let practice = begin(explicit()).await;
    let mut lines = signed_in(&practice).await;
    let count = exists(&lines.imap("SELECT INBOX").await);
    assert_eq!(
        lines.ask("t IDLE").await,
        "+ IDLE accepted, awaiting DONE command."
    );
    let graph = practice
        .sign_in(DANA, "https://graph.microsoft.com/Mail.Send")
        .await;
    let message = json!({"message": {"subject": "News", "body": {"contentType": "Text", "content": "x"},
        "toRecipients": [{"emailAddress": {"address": DANA}}]}});
    practice
        .graph(&graph, "POST", "/me/sendMail", Some(message))
        .await
        .ok(202);
    assert_eq!(
        lines.line().await.expect("news"),
        format!("* {} EXISTS", count + 1)
    );
    lines.line().await.expect("RECENT");
    assert_eq!(lines.ask("DONE").await, "t OK IDLE completed.");
    assert!(
        lines
            .imap(&format!("FETCH {} BODY[HEADER]", count + 1))
            .await
            .contains("Subject: News")
    );
}

#[tokio::test]
async fn uids_and_changes_survive_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = || Options {
        state: Some(folder.path().to_owned()),
        ..explicit()
    };
    let practice = begin(options()).await;
    let mut lines = signed_in(&practice).await;
    let first = lines.imap("SELECT INBOX").await;
    lines.imap("STORE 2 FLAGS (\\Flagged \\Seen)").await;
    lines.imap("STORE 1 +FLAGS (\\Deleted)").await;
    lines.imap("EXPUNGE").await;
    lines.send(b"t APPEND INBOX {3+}\r\na\r\n\r\n").await;
    assert!(lines.until("t ").await.contains("t OK [APPENDUID"));
    let uids = lines.imap("UID SEARCH ALL").await;
    drop(lines);
    practice.handle.stop().await;

    let practice = begin(options()).await;
    let mut lines = signed_in(&practice).await;
    let second = lines.imap("SELECT INBOX").await;
    assert_eq!(number(&first, "UIDVALIDITY "), number(&second, "UIDVALIDITY "));
    assert_eq!(number(&first, "UIDNEXT ") + 1, number(&second, "UIDNEXT "));
    assert_eq!(lines.imap("UID SEARCH ALL").await, uids);
    assert!(lines.imap("FETCH 1 FLAGS").await.contains("(\\Seen \\Flagged)"));
    assert!(lines.imap("FETCH * BODY[]").await.contains("{3}\na\n"));
}

#[tokio::test]
async fn hostile_input_neither_harms_nor_hangs() {
    let practice = begin(explicit()).await;
    let imap = practice.handle.imap();
    // A line without an end.
    let mut lines = Lines::tls(&practice, &imap).await;
    lines.line().await.expect("a greeting");
    lines.send(&vec![b'a'; 200_000]).await;
    assert_eq!(
        lines.line().await.as_deref(),
        Some("* BYE Command line is too long.")
    );
    // A literal that would not fit, announced and sent.
    let mut lines = Lines::tls(&practice, &imap).await;
    lines.line().await.expect("a greeting");
    let refused = lines.imap("LOGIN {999999999}").await;
    assert!(refused.starts_with("t NO"), "{refused}");
    assert!(lines.imap("NOOP").await.starts_with("t OK"));
    lines.send(b"t LOGIN {99999999+}\r\n").await;
    assert!(lines.until("t ").await.starts_with("t NO"));
    assert_eq!(lines.line().await, None);
    // Bytes that mean nothing, and commands one after the other without waiting.
    let mut lines = signed_in(&practice).await;
    lines
        .send(b"\0\xff\xfe\r\n\r\nt\r\n* * *\nt FETCH 1 BODY[99999999999999999999]\r\nt SELECT {3}\r\n")
        .await;
    for _ in 0..5 {
        let answer = lines.line().await.expect("an answer");
        assert!(answer.contains(" BAD "), "{answer}");
    }
    assert!(lines.line().await.expect("leave").starts_with("+ "));
    lines.send(b"\xff\0\n\r\nt NOOP\r\nt CHECK\r\nt LOGOUT\r\n").await;
    let rest = lines.until("t OK LOGOUT").await;
    assert!(
        rest.contains("t NO") && rest.contains("t OK NOOP") && rest.contains("t OK LOGOUT"),
        "{rest}"
    );
    // Too many wrong attempts end the connection.
    let mut lines = Lines::tls(&practice, &imap).await;
    lines.line().await.expect("a greeting");
    for _ in 0..10 {
        lines.imap("LOGIN a b").await;
    }
    assert!(lines.line().await.expect("a farewell").starts_with("* BYE"));
    // Others are served all the while.
    signed_in(&practice).await;
}

#[tokio::test]
async fn a_deeply_nested_message_is_kept_and_shown() {
    let practice = begin(explicit()).await;
    let mut lines = signed_in(&practice).await;
    let deep = b"Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
    lines
        .send(format!("t APPEND Archive {{{}+}}\r\n", deep.len()).as_bytes())
        .await;
    lines.send(&deep).await;
    lines.send(b"\r\n").await;
    assert!(lines.until("t ").await.contains("t OK [APPENDUID"));
    lines.imap("SELECT Archive").await;
    let answer = lines
        .imap("FETCH * (ENVELOPE BODYSTRUCTURE BODY.PEEK[1.1.1])")
        .await;
    assert!(answer.ends_with("t OK FETCH completed.\n"));
    let graph = practice
        .sign_in(DANA, "https://graph.microsoft.com/Mail.Read")
        .await;
    practice
        .graph(
            &graph,
            "GET",
            "/me/mailFolders/archive/messages?$expand=attachments",
            None,
        )
        .await
        .ok(200);
}
