//! SMTP and POP3 over real sockets.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/mail.rs"]
mod mail;

use common::{DANA, Practice, begin, explicit};
use mail::{Lines, app_token, cmdlet, mail_app, own_token, xoauth2};
use practice::Scenario;
use serde_json::{Value, json};

const SCOPES: &str = "SMTP.Send POP.AccessAsUser.All IMAP.AccessAsUser.All";

async fn smtp(practice: &Practice) -> Lines {
    let mut lines = Lines::plain(practice, &practice.handle.smtp()).await;
    assert!(lines.line().await.expect("a greeting").starts_with("220 "));
    let plain = lines.smtp("EHLO client.example").await;
    assert!(
        plain.contains("250-STARTTLS\n") && !plain.contains("AUTH"),
        "{plain}"
    );
    assert!(lines.smtp("AUTH XOAUTH2 eA==").await.starts_with("530 5.7.0"));
    assert!(
        lines
            .smtp("MAIL FROM:<a@b.example>")
            .await
            .starts_with("530 5.7.57")
    );
    assert!(lines.smtp("STARTTLS").await.starts_with("220 2.0.0"));
    lines.encrypt().await;
    assert!(
        lines
            .smtp("EHLO client.example")
            .await
            .contains("250-AUTH LOGIN XOAUTH2\n")
    );
    lines
}

async fn sender(practice: &Practice) -> Lines {
    let token = own_token(practice, SCOPES).await;
    let mut lines = smtp(practice).await;
    assert_eq!(lines.smtp("AUTH XOAUTH2").await, "334\n");
    let answer = lines.smtp(&xoauth2(DANA, &token)).await;
    assert_eq!(answer, "235 2.7.0 Authentication successful\n");
    lines
}

async fn subjects(practice: &Practice, folder: &str) -> Vec<String> {
    let token = practice
        .sign_in(DANA, "https://graph.microsoft.com/Mail.Read")
        .await;
    let path = format!("/me/mailFolders/{folder}/messages?$top=50&$select=subject");
    let answer = practice.graph(&token, "GET", &path, None).await.ok(200);
    let list = answer["value"].as_array().expect("messages");
    list.iter()
        .map(|message| message["subject"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn what_is_submitted_is_delivered_within_the_organisation_only() {
    let practice = begin(explicit()).await;
    let mut lines = sender(&practice).await;
    assert!(
        lines
            .smtp(&format!("MAIL FROM:<{DANA}> SIZE=300"))
            .await
            .starts_with("250 2.1.0")
    );
    for to in [DANA, "all-sales@contoso.example", "someone@elsewhere.example"] {
        assert!(
            lines
                .smtp(&format!("RCPT TO:<{to}>"))
                .await
                .starts_with("250 2.1.5")
        );
    }
    assert!(lines.smtp("DATA").await.starts_with("354"));
    // A dot between bare line ends is text and not the end, or one message could hide another.
    let text =
        format!("From: {DANA}\r\nSubject: Smuggled\r\n\r\none\n.\nMAIL FROM:<x@y.example>\r\n..two\r\n.\r\n");
    lines.send(text.as_bytes()).await;
    let answer = lines.smtp_answer().await;
    assert!(answer.starts_with("250 2.0.0 OK"), "{answer}");
    assert_eq!(subjects(&practice, "inbox").await[0], "Smuggled");
    assert_eq!(subjects(&practice, "sentitems").await[0], "Smuggled");
    let token = practice
        .sign_in(DANA, "https://graph.microsoft.com/Mail.Read")
        .await;
    let newest = practice
        .graph(&token, "GET", "/me/mailFolders/inbox/messages?$top=1", None)
        .await
        .ok(200);
    let id = newest["value"][0]["id"].as_str().expect("an id").to_owned();
    let whole = practice
        .graph(&token, "GET", &format!("/me/messages/{id}/$value"), None)
        .await;
    assert!(
        whole
            .text
            .contains("one\r\n.\r\nMAIL FROM:<x@y.example>\r\n.two\r\n"),
        "{}",
        whole.text
    );
    assert!(whole.text.contains("Message-ID: <"));

    assert!(
        lines
            .smtp(&format!("MAIL FROM:<{DANA}>"))
            .await
            .starts_with("250")
    );
    assert!(lines.smtp(&format!("RCPT TO:<{DANA}>")).await.starts_with("250"));
    lines.send(b"BDAT 16\r\nSubject: Chunks\n").await;
    assert!(lines.smtp_answer().await.starts_with("250 2.0.0 16 octets"));
    lines.send(b"BDAT 5 LAST\r\n\r\nx\r\n").await;
    assert!(lines.smtp_answer().await.starts_with("250 2.0.0 OK"));
    assert_eq!(subjects(&practice, "inbox").await[0], "Chunks");
    assert!(lines.smtp("QUIT").await.starts_with("221"));
}

#[tokio::test]
async fn nobody_sends_as_somebody_else() {
    let practice = begin(explicit()).await;
    let mut lines = sender(&practice).await;
    for (envelope, header) in [
        ("priya.nair@contoso.example", DANA),
        (DANA, "priya.nair@contoso.example"),
    ] {
        assert!(
            lines
                .smtp(&format!("MAIL FROM:<{envelope}>"))
                .await
                .starts_with("250")
        );
        assert!(lines.smtp(&format!("RCPT TO:<{DANA}>")).await.starts_with("250"));
        lines.smtp("DATA").await;
        lines
            .send(format!("From: <{header}>\r\nSubject: Forged\r\n\r\nx\r\n.\r\n").as_bytes())
            .await;
        let answer = lines.smtp_answer().await;
        assert!(
            answer.starts_with(
                "554 5.2.252 SendAsDenied; dana.reyes@contoso.example not allowed to send as priya"
            ),
            "{answer}"
        );
    }
    assert!(!subjects(&practice, "inbox").await.contains(&"Forged".to_owned()));
}

#[tokio::test]
async fn sizes_orders_and_mistakes_are_answered() {
    let practice = begin(explicit()).await;
    let mut lines = smtp(&practice).await;
    assert!(lines.smtp("AUTH LOGIN").await.starts_with("334 VXNlcm5hbWU6"));
    assert!(lines.smtp("ZGFuYQ==").await.starts_with("334 UGFzc3dvcmQ6"));
    assert!(
        lines
            .smtp("c2VjcmV0")
            .await
            .starts_with("535 5.7.139 Authentication unsuccessful, basic")
    );
    assert!(
        lines
            .smtp("AUTH XOAUTH2 bm90aGluZw==")
            .await
            .starts_with("535 5.7.3")
    );
    assert!(lines.smtp("AUTH PLAIN eA==").await.starts_with("504 5.7.4"));
    assert!(lines.smtp("DATA").await.starts_with("530 5.7.57"));
    let mut lines = sender(&practice).await;
    assert!(
        lines
            .smtp(&format!("MAIL FROM:<{DANA}> SIZE=99999999"))
            .await
            .starts_with("552 5.3.4")
    );
    assert!(
        lines
            .smtp("RCPT TO:<a@b.example>")
            .await
            .starts_with("503 5.5.2 Need mail")
    );
    assert!(lines.smtp("MAIL FROM:<no address>").await.starts_with("501"));
    lines.smtp(&format!("MAIL FROM:<{DANA}>")).await;
    assert!(lines.smtp("DATA").await.starts_with("503 5.5.2 Need rcpt"));
    assert!(lines.smtp("RCPT TO:<nobody>").await.starts_with("501"));
    for _ in 0..500 {
        assert!(lines.smtp(&format!("RCPT TO:<{DANA}>")).await.starts_with("250"));
    }
    assert!(
        lines
            .smtp(&format!("RCPT TO:<{DANA}>"))
            .await
            .starts_with("452 4.5.3")
    );
    assert!(lines.smtp("RSET").await.starts_with("250"));
    assert!(
        lines
            .smtp("WHAT\u{1}EVER")
            .await
            .starts_with("500 5.3.3 Unrecognized command 'WHATEVER'")
    );
    lines.send(b"BDAT 99999999999 LAST\r\n").await;
    assert!(lines.smtp_answer().await.starts_with("552"));
    assert_eq!(lines.line().await, None);
    // Twenty mistakes are enough, the two of the greeting among them.
    let mut lines = smtp(&practice).await;
    for _ in 0..18 {
        assert!(lines.smtp("NONSENSE").await.starts_with("500"));
    }
    assert!(lines.smtp_answer().await.starts_with("421"));
    assert_eq!(lines.line().await, None);
}

#[tokio::test]
async fn smtp_can_be_switched_off_for_a_mailbox_and_for_all() {
    let practice = begin(explicit()).await;
    let token = own_token(&practice, SCOPES).await;
    let attempt = async || {
        let mut lines = smtp(&practice).await;
        lines
            .smtp(&format!("AUTH XOAUTH2 {}", xoauth2(DANA, &token)))
            .await
    };
    assert!(attempt().await.starts_with("235"));
    cmdlet(
        &practice,
        "Set-TransportConfig",
        json!({"SmtpClientAuthenticationDisabled": true}),
    )
    .await;
    let refused = attempt().await;
    assert!(
        refused.starts_with(
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
        ),
        "{refused}"
    );
    let own = |value: Value| json!({"Identity": DANA, "SmtpClientAuthenticationDisabled": value});
    cmdlet(&practice, "Set-CASMailbox", own(json!(false))).await;
    assert!(attempt().await.starts_with("235"));
    cmdlet(&practice, "Set-CASMailbox", own(json!(true))).await;
    assert!(attempt().await.contains("disabled for the Mailbox."));
}

#[tokio::test]
async fn an_application_submits_for_a_mailbox_that_it_was_given() {
    let practice = begin(explicit()).await;
    let (app_id, principal, secret) = mail_app(&practice, "SMTP.SendAsApp").await;
    let token = app_token(&practice, &app_id, &secret).await;
    let support = "support@contoso.example";
    let attempt = async |mailbox: &str| {
        let mut lines = smtp(&practice).await;
        let answer = lines
            .smtp(&format!("AUTH XOAUTH2 {}", xoauth2(mailbox, &token)))
            .await;
        (answer, lines)
    };
    assert!(attempt(support).await.0.starts_with("535 5.7.3"));
    cmdlet(
        &practice,
        "New-ServicePrincipal",
        json!({"AppId": app_id, "ObjectId": principal, "DisplayName": "Mail app"}),
    )
    .await;
    cmdlet(
        &practice,
        "Add-RecipientPermission",
        json!({"Identity": support, "Trustee": principal, "AccessRights": ["SendAs"]}),
    )
    .await;
    let (answer, mut lines) = attempt(support).await;
    assert!(answer.starts_with("235"), "{answer}");
    lines.smtp(&format!("MAIL FROM:<{support}>")).await;
    lines.smtp(&format!("RCPT TO:<{DANA}>")).await;
    lines.smtp("DATA").await;
    lines
        .send(format!("From: Support <{support}>\r\nSubject: By the app\r\n\r\nx\r\n.\r\n").as_bytes())
        .await;
    assert!(lines.smtp_answer().await.starts_with("250 2.0.0 OK"));
    assert_eq!(subjects(&practice, "inbox").await[0], "By the app");
    assert!(attempt("ceo@contoso.example").await.0.starts_with("535"));
}

/// By the documents it is taken, by one measurement it is not: the switch says which is played.
#[tokio::test]
async fn a_delegate_submits_as_a_shared_mailbox_unless_that_is_refused() {
    let practice = begin(explicit()).await;
    let support = "support@contoso.example";
    for (cmdlet_name, parameters) in [
        (
            "Add-MailboxPermission",
            json!({"Identity": support, "User": DANA, "AccessRights": ["FullAccess"]}),
        ),
        (
            "Add-RecipientPermission",
            json!({"Identity": support, "Trustee": DANA, "AccessRights": ["SendAs"]}),
        ),
    ] {
        cmdlet(&practice, cmdlet_name, parameters).await;
    }
    let token = own_token(&practice, SCOPES).await;
    let attempt = async |mailbox: &str| {
        let mut lines = smtp(&practice).await;
        lines
            .smtp(&format!("AUTH XOAUTH2 {}", xoauth2(mailbox, &token)))
            .await
    };
    assert!(attempt(support).await.starts_with("235"));
    practice.handle.set_scenario(Scenario {
        smtp_delegates_refused: true,
        ..Scenario::default()
    });
    assert!(attempt(support).await.starts_with("535 5.7.3"));
    assert!(attempt(DANA).await.starts_with("235"));
}

#[tokio::test]
async fn pop_shows_the_inbox_and_removes_at_the_end() {
    let practice = begin(explicit()).await;
    let token = own_token(&practice, SCOPES).await;
    let enter = async |initial: bool| {
        let mut lines = Lines::tls(&practice, &practice.handle.pop()).await;
        assert!(
            lines
                .line()
                .await
                .expect("a greeting")
                .starts_with("+OK The Microsoft Exchange POP3")
        );
        let blob = xoauth2(DANA, &token);
        let answer = if initial {
            lines.ask(&format!("AUTH XOAUTH2 {blob}")).await
        } else {
            assert_eq!(lines.ask("AUTH XOAUTH2").await, "+");
            lines.ask(&blob).await
        };
        assert_eq!(answer, "+OK User successfully authenticated.");
        lines
    };
    let mut lines = enter(true).await;
    let before = lines.ask("STAT").await;
    let count: usize = before
        .split(' ')
        .nth(1)
        .expect("a count")
        .parse()
        .expect("a number");
    lines.send(b"UIDL\r\n").await;
    let uids = lines.until(".").await;
    assert_eq!(uids.lines().count(), count + 2);
    lines.send(b"RETR 1\r\n").await;
    assert!(lines.until(".").await.contains("Message-ID: <"));
    lines.send(b"TOP 2 0\r\n").await;
    assert!(lines.until(".").await.contains("Subject: "));
    assert_eq!(lines.ask("DELE 2").await, "+OK");
    assert!(lines.ask("RETR 2").await.starts_with("-ERR"));
    // Without a good-bye nothing is removed.
    drop(lines);
    let mut lines = enter(false).await;
    assert_eq!(lines.ask("STAT").await, before);
    lines.ask("DELE 2").await;
    assert!(lines.ask("QUIT").await.starts_with("+OK"));
    let mut lines = enter(true).await;
    assert!(
        lines
            .ask("STAT")
            .await
            .starts_with(&format!("+OK {} ", count - 1))
    );

    let mut stranger = Lines::tls(&practice, &practice.handle.pop()).await;
    stranger.line().await.expect("a greeting");
    assert!(stranger.ask("STAT").await.starts_with("-ERR"));
    assert!(stranger.ask("USER dana").await.starts_with("+OK"));
    assert_eq!(
        stranger.ask("PASS x").await,
        "-ERR Logon failure: unknown user name or bad password."
    );
    assert_eq!(
        stranger.ask("AUTH XOAUTH2 eA==").await,
        "-ERR Authentication failure: unknown user name or bad password."
    );
    stranger.send(b"\0\xff\r\n").await;
    assert!(stranger.line().await.expect("an answer").starts_with("-ERR"));
    let mut plain = Lines::plain(&practice, &practice.handle.pop_starttls()).await;
    plain.line().await.expect("a greeting");
    assert!(plain.ask("USER dana").await.starts_with("-ERR"));
    assert!(plain.ask("STLS").await.starts_with("+OK"));
    plain.encrypt().await;
    assert!(
        plain
            .ask(&format!("AUTH XOAUTH2 {}", xoauth2(DANA, &token)))
            .await
            .starts_with("+OK")
    );
}
