//! Graph's mail calls, and that they and the mail protocols see the same mailboxes.
#![allow(
    clippy::expect_used,
    reason = "a test ends at the first thing that is not as it should be"
)]

mod common;
#[path = "common/mail.rs"]
mod mail;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{Answer, DANA, GRAPH_SCOPES, PRIYA, Practice, begin, explicit};
use mail::{Lines, own_token, xoauth2};
use serde_json::{Value, json};

const ALL: &str = "https://graph.microsoft.com/Mail.ReadWrite https://graph.microsoft.com/Mail.Send https://graph.microsoft.com/MailboxSettings.ReadWrite";

struct Mail {
    practice: Practice,
    token: String,
}

impl Mail {
    async fn begin() -> Self {
        let practice = begin(explicit()).await;
        let token = practice.sign_in(DANA, ALL).await;
        Self { practice, token }
    }

    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.practice.graph(&self.token, method, path, body).await
    }

    async fn get(&self, path: &str) -> Value {
        self.ask("GET", path, None).await.ok(200)
    }

    async fn post(&self, path: &str, body: Value, status: u16) -> Value {
        self.ask("POST", path, Some(body)).await.ok(status)
    }

    /// The path below the version of a link in an answer.
    fn path(link: &Value) -> String {
        let link = link.as_str().expect("a link");
        link.split_once("/v1.0").expect("a version").1.to_owned()
    }
}

fn list(answer: &Value) -> &Vec<Value> {
    answer["value"].as_array().expect("a list")
}

fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

fn to(address: &str) -> Value {
    json!([{"emailAddress": {"address": address}}])
}

#[tokio::test]
async fn lists_are_narrowed_ordered_and_paged() {
    let mail = Mail::begin().await;
    let first = mail.get("/me/messages?$count=true").await;
    let count = first["@odata.count"].as_u64().expect("a count");
    assert_eq!(list(&first).len(), 10);
    // Following the links shows each message once, the newest first.
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut page = first;
    loop {
        for message in list(&page) {
            let received = message["receivedDateTime"].as_str().expect("a time").to_owned();
            seen.push((received, id(message).to_owned()));
        }
        if page["@odata.nextLink"].is_null() {
            break;
        }
        page = mail.get(&Mail::path(&page["@odata.nextLink"])).await;
    }
    assert_eq!(seen.len() as u64, count);
    assert!(seen.is_sorted_by(|newer, older| newer.0 >= older.0));
    let mut ids: Vec<&String> = seen.iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), seen.len());

    let unread = mail
        .get("/me/mailFolders/inbox/messages?$filter=isRead eq false&$select=isRead&$top=999")
        .await;
    assert!(
        list(&unread)
            .iter()
            .all(|message| message["isRead"] == false && message["subject"].is_null())
    );
    let inbox = mail.get("/me/mailFolders/inbox").await;
    assert_eq!(
        inbox["unreadItemCount"].as_u64(),
        Some(list(&unread).len() as u64)
    );
    let since = mail
        .get("/me/messages?$filter=receivedDateTime ge 2026-11-15T00:00:00Z&$orderby=receivedDateTime&$top=999")
        .await;
    assert!(!list(&since).is_empty() && (list(&since).len() as u64) < count);
    let from = list(&since)[0]["from"]["emailAddress"]["address"]
        .as_str()
        .expect("a sender")
        .to_owned();
    let by_sender = mail
        .get(&format!(
            "/me/messages?$filter=from/emailAddress/address eq '{}'",
            from.replace('\'', "''")
        ))
        .await;
    assert!(
        list(&by_sender)
            .iter()
            .all(|message| message["from"]["emailAddress"]["address"] == from.as_str())
    );
    let found = mail.get("/me/messages?$search=\"order\"&$top=999").await;
    assert!(!list(&found).is_empty());
    let number = mail.ask("GET", "/me/messages/$count", None).await;
    assert_eq!(number.text, count.to_string());
    mail.ask(
        "GET",
        "/me/messages?$filter=isRead eq true&$orderby=subject",
        None,
    )
    .await
    .fails(400, "InefficientFilter");
    mail.ask("GET", "/me/messages?$search=\"a\"&$filter=isRead eq true", None)
        .await
        .fails(400, "SearchWithFilter");
    mail.ask("GET", "/me/messages?$top=0", None)
        .await
        .fails(400, "ErrorInvalidParameter");
    mail.ask("GET", "/me/messages?$filter=is", None)
        .await
        .fails(400, "BadRequest");
}

#[tokio::test]
async fn ids_are_judged_before_they_are_looked_up() {
    let mail = Mail::begin().await;
    let message = mail.get("/me/messages?$top=1").await;
    let message = id(&list(&message)[0]).to_owned();
    let gone = {
        let copy = mail
            .post(
                &format!("/me/messages/{message}/copy"),
                json!({"destinationId": "deleteditems"}),
                201,
            )
            .await;
        let copy = id(&copy).to_owned();
        mail.ask("DELETE", &format!("/me/messages/{copy}"), None)
            .await
            .ok(204);
        copy
    };
    for path in ["/me/messages", "/me/mailFolders"] {
        mail.ask("GET", &format!("{path}/nonsense"), None)
            .await
            .fails(400, "ErrorInvalidIdMalformed");
        mail.ask("GET", &format!("{path}/AAMkAG"), None)
            .await
            .fails(400, "ErrorInvalidIdMalformed");
        mail.ask("GET", &format!("{path}/{gone}"), None)
            .await
            .fails(404, "ErrorItemNotFound");
    }
    let change = Some(json!({"isRead": true}));
    mail.ask("PATCH", &format!("/me/messages/{gone}"), change)
        .await
        .fails(404, "ErrorItemNotFound");
    // A message of one mailbox is nothing in another one.
    let priya = mail.practice.sign_in(PRIYA, ALL).await;
    let answer = mail
        .practice
        .graph(&priya, "GET", &format!("/me/messages/{message}"), None)
        .await;
    answer.fails(404, "ErrorItemNotFound");
}

#[tokio::test]
async fn a_draft_is_written_changed_sent_and_answered() {
    let mail = Mail::begin().await;
    let draft = json!({"subject": "Größe", "importance": "high", "body": {"contentType": "HTML", "content": "<b>ü</b>"},
        "toRecipients": to(DANA), "bccRecipients": to(PRIYA), "attachments": [{"@odata.type": "#microsoft.graph.fileAttachment",
        "name": "ä.txt", "contentType": "text/plain", "contentBytes": STANDARD.encode("hi")}]});
    let draft = mail.post("/me/messages", draft, 201).await;
    assert_eq!(
        (draft["isDraft"].as_bool(), draft["hasAttachments"].as_bool()),
        (Some(true), Some(true))
    );
    let path = format!("/me/messages/{}", id(&draft));
    let changed = mail
        .ask(
            "PATCH",
            &path,
            Some(json!({"subject": "Größer", "categories": ["Rot"]})),
        )
        .await
        .ok(200);
    assert_eq!(
        (changed["subject"].as_str(), changed["importance"].as_str()),
        (Some("Größer"), Some("high"))
    );
    assert_ne!(changed["changeKey"], draft["changeKey"]);
    let file =
        json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "b.bin", "contentBytes": "AAEC"});
    mail.post(&format!("{path}/attachments"), file, 201).await;
    let files = mail.get(&format!("{path}/attachments")).await;
    let names: Vec<_> = list(&files)
        .iter()
        .map(|file| file["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(names, ["ä.txt", "b.bin"]);
    let raw = mail
        .ask(
            "GET",
            &format!("{path}/attachments/{}/$value", id(&list(&files)[0])),
            None,
        )
        .await;
    assert_eq!(raw.text, "hi");
    mail.post(&format!("{path}/send"), json!({}), 202).await;
    mail.ask("GET", &path, None).await.fails(404, "ErrorItemNotFound");

    let inbox = mail
        .get("/me/mailFolders/inbox/messages?$top=1&$expand=attachments")
        .await;
    let received = &list(&inbox)[0];
    assert_eq!(received["subject"], "Größer");
    assert_eq!(
        (received["isRead"].as_bool(), received["isDraft"].as_bool()),
        (Some(false), Some(false))
    );
    // The hidden recipient is hidden, but not in the sender's own copy.
    assert_eq!(received["bccRecipients"], json!([]));
    assert_eq!(received["attachments"][1]["contentBytes"], "AAEC");
    let sent = mail.get("/me/mailFolders/sentitems/messages?$top=1").await;
    assert_eq!(
        list(&sent)[0]["bccRecipients"][0]["emailAddress"]["address"],
        PRIYA
    );
    let answered = format!("/me/messages/{}", id(received));
    mail.post(&format!("{answered}/reply"), json!({"comment": "danke"}), 202)
        .await;
    let reply = mail.get("/me/mailFolders/inbox/messages?$top=1").await;
    assert_eq!(list(&reply)[0]["subject"], "RE: Größer");
    assert_eq!(list(&reply)[0]["conversationId"], received["conversationId"]);
    mail.ask(
        "POST",
        &format!("{answered}/forward"),
        Some(json!({"comment": "fyi"})),
    )
    .await
    .fails(400, "ErrorInvalidRecipients");
    mail.post(
        &format!("{answered}/forward"),
        json!({"toRecipients": to(DANA)}),
        202,
    )
    .await;
    let forwarded = mail.get("/me/mailFolders/inbox/messages?$top=1").await;
    assert_eq!(list(&forwarded)[0]["hasAttachments"], true);
    mail.ask("PATCH", &answered, Some(json!({"subject": "x"})))
        .await
        .fails(400, "ErrorInvalidPropertySet");
}

#[tokio::test]
async fn sending_is_checked_and_delivered() {
    let mail = Mail::begin().await;
    let message = |changes: Value| {
        let mut message = json!({"subject": "Test", "body": {"contentType": "Text", "content": "x"}, "toRecipients": to(DANA)});
        for (name, value) in changes.as_object().expect("an object") {
            message[name] = value.clone();
        }
        json!({"message": message, "saveToSentItems": false})
    };
    let send = async |body: Value| mail.ask("POST", "/me/sendMail", Some(body)).await;
    send(message(json!({"toRecipients": []})))
        .await
        .fails(400, "ErrorInvalidRecipients");
    send(message(json!({"toRecipients": to("no address")})))
        .await
        .fails(400, "ErrorInvalidRecipients");
    send(message(json!({"from": {"emailAddress": {"address": PRIYA}}})))
        .await
        .fails(403, "ErrorSendAsDenied");
    send(message(
        json!({"body": {"contentType": "markdown", "content": "x"}}),
    ))
    .await
    .fails(400, "RequestBodyRead");
    let headers = json!([{"name": "Bcc", "value": "x@y.example"}]);
    send(message(json!({"internetMessageHeaders": headers})))
        .await
        .fails(400, "InvalidInternetMessageHeader");
    send(json!({"saveToSentItems": true}))
        .await
        .fails(400, "ErrorInvalidParameter");
    let sent_before = mail.get("/me/mailFolders/sentitems").await["totalItemCount"].clone();
    let answer = send(message(json!({}))).await;
    assert_eq!((answer.status, answer.text.as_str()), (202, ""));
    assert_eq!(
        mail.get("/me/mailFolders/sentitems").await["totalItemCount"],
        sent_before
    );
    let inbox = mail.get("/me/mailFolders/inbox/messages?$top=1").await;
    assert_eq!(list(&inbox)[0]["subject"], "Test");

    let mime = async |text: String| {
        let url = format!("{}/v1.0/me/sendMail", mail.practice.origin());
        let request = mail
            .practice
            .client
            .post(url)
            .bearer_auth(&mail.token)
            .header("content-type", "text/plain");
        Answer::read(request.body(text).send().await.expect("an answer")).await
    };
    mime("!!!".into())
        .await
        .fails(400, "ErrorMimeContentInvalidBase64String");
    let text = format!("To: {DANA}\nSubject: =?utf-8?q?M=C3=BCde?=\n\nbody");
    assert_eq!(mime(STANDARD.encode(text)).await.status, 202);
    let inbox = mail.get("/me/mailFolders/inbox/messages?$top=1").await;
    assert_eq!(list(&inbox)[0]["subject"], "Müde");
    assert_eq!(list(&inbox)[0]["from"]["emailAddress"]["address"], DANA);
}

#[tokio::test]
async fn folders_are_made_renamed_moved_and_removed() {
    let mail = Mail::begin().await;
    let outer = mail
        .post("/me/mailFolders", json!({"displayName": "Büro"}), 201)
        .await;
    let path = format!("/me/mailFolders/{}", id(&outer));
    mail.post(
        &format!("{path}/childFolders"),
        json!({"displayName": "Innen"}),
        201,
    )
    .await;
    assert_eq!(
        list(&mail.get(&format!("{path}/childFolders")).await)[0]["displayName"],
        "Innen"
    );
    let taken = mail
        .ask("POST", "/me/mailFolders", Some(json!({"displayName": "BÜRO"})))
        .await;
    taken.fails(409, "ErrorFolderExists");
    let renamed = mail
        .ask("PATCH", &path, Some(json!({"displayName": "Labor"})))
        .await
        .ok(200);
    assert_eq!(
        (
            renamed["displayName"].as_str(),
            renamed["childFolderCount"].as_u64()
        ),
        (Some("Labor"), Some(1))
    );
    let draft = mail
        .post(&format!("{path}/messages"), json!({"subject": "x"}), 201)
        .await;
    assert_eq!(draft["parentFolderId"], outer["id"]);
    mail.ask("DELETE", &path, None).await.ok(204);
    let bin = mail.get("/me/mailFolders/deleteditems/childFolders").await;
    assert_eq!(list(&bin)[0]["displayName"], "Labor");
    mail.ask("DELETE", &path, None).await.ok(204);
    mail.ask("GET", &path, None).await.fails(404, "ErrorItemNotFound");
    mail.ask("GET", &format!("/me/messages/{}", id(&draft)), None)
        .await
        .fails(404, "ErrorItemNotFound");
    mail.ask("DELETE", "/me/mailFolders/inbox", None)
        .await
        .fails(400, "ErrorDeleteDistinguishedFolder");
}

#[tokio::test]
async fn delta_tells_what_is_new_changed_and_gone() {
    let mail = Mail::begin().await;
    let mut page = mail
        .get("/me/mailFolders/inbox/messages/delta?$select=subject")
        .await;
    let mut known: Vec<String> = Vec::new();
    loop {
        known.extend(list(&page).iter().map(|message| id(message).to_owned()));
        if page["@odata.nextLink"].is_null() {
            break;
        }
        page = mail.get(&Mail::path(&page["@odata.nextLink"])).await;
    }
    let inbox = mail.get("/me/mailFolders/inbox").await;
    assert_eq!(inbox["totalItemCount"].as_u64(), Some(known.len() as u64));
    let next = mail.get(&Mail::path(&page["@odata.deltaLink"])).await;
    assert_eq!(next["value"], json!([]));
    mail.ask(
        "PATCH",
        &format!("/me/messages/{}", known[0]),
        Some(json!({"flag": {"flagStatus": "flagged"}})),
    )
    .await
    .ok(200);
    mail.ask("DELETE", &format!("/me/messages/{}", known[1]), None)
        .await
        .ok(204);
    let body = json!({"message": {"subject": "Fresh", "toRecipients": to(DANA)}});
    mail.post("/me/sendMail", body, 202).await;
    let changes = mail.get(&Mail::path(&next["@odata.deltaLink"])).await;
    let changes = list(&changes);
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert!(
        changes
            .iter()
            .any(|change| id(change) == known[0] && change["@removed"].is_null())
    );
    assert!(
        changes
            .iter()
            .any(|change| id(change) == known[1] && change["@removed"]["reason"] == "deleted")
    );
    assert!(changes.iter().any(|change| change["subject"] == "Fresh"));
    mail.ask(
        "GET",
        "/me/mailFolders/inbox/messages/delta?$deltatoken=nonsense",
        None,
    )
    .await
    .fails(410, "SyncStateNotFound");
}

#[tokio::test]
async fn imap_and_graph_see_the_same_mailbox() {
    let mail = Mail::begin().await;
    let token = own_token(&mail.practice, "IMAP.AccessAsUser.All").await;
    let mut lines = Lines::tls(&mail.practice, &mail.practice.handle.imap()).await;
    lines.line().await.expect("a greeting");
    lines
        .imap(&format!("AUTHENTICATE XOAUTH2 {}", xoauth2(DANA, &token)))
        .await;
    lines.imap("SELECT INBOX").await;
    let newest = mail.get("/me/mailFolders/inbox/messages?$top=1").await;
    let newest = &list(&newest)[0];
    let message_id = newest["internetMessageId"].as_str().expect("an id");
    let found = lines
        .imap(&format!("SEARCH HEADER Message-ID \"{message_id}\""))
        .await;
    let number = found
        .lines()
        .next()
        .expect("a line")
        .rsplit(' ')
        .next()
        .expect("a number")
        .to_owned();
    lines
        .imap(&format!("STORE {number} +FLAGS (\\Seen \\Flagged)"))
        .await;
    let path = format!("/me/messages/{}", id(newest));
    let now = mail.get(&path).await;
    assert_eq!(
        (now["isRead"].as_bool(), now["flag"]["flagStatus"].as_str()),
        (Some(true), Some("flagged"))
    );
    mail.ask("PATCH", &path, Some(json!({"isRead": false})))
        .await
        .ok(200);
    let told = lines.imap("NOOP").await;
    assert!(
        told.contains(&format!("* {number} FETCH (FLAGS (\\Flagged))")),
        "{told}"
    );
    mail.post(&format!("{path}/move"), json!({"destinationId": "archive"}), 201)
        .await;
    assert!(lines.imap("NOOP").await.contains(&format!("* {number} EXPUNGE")));
    lines.imap("SELECT Archive").await;
    assert!(
        lines
            .imap(&format!("SEARCH HEADER Message-ID \"{message_id}\""))
            .await
            .starts_with("* SEARCH ")
    );
    let mime = mail.get("/me/mailFolders/archive/messages?$top=50").await;
    let moved = list(&mime)
        .iter()
        .find(|message| message["internetMessageId"] == message_id)
        .expect("moved");
    let raw = mail
        .ask("GET", &format!("/me/messages/{}/$value", id(moved)), None)
        .await;
    let size = lines.imap("FETCH * RFC822.SIZE").await;
    assert!(
        size.contains(&format!("RFC822.SIZE {}", raw.text.len())),
        "{size}"
    );
}

#[tokio::test]
async fn an_app_with_basic_reading_sees_no_bodies() {
    let mail = Mail::begin().await;
    let practice = &mail.practice;
    let admin = practice.sign_in(PRIYA, GRAPH_SCOPES).await;
    let (app_id, principal, secret) = practice.app(&admin, "Basic").await;
    let graph = practice
        .graph(
            &admin,
            "GET",
            "/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')",
            None,
        )
        .await
        .ok(200);
    let roles = graph["appRoles"].as_array().expect("roles");
    let role = roles
        .iter()
        .find(|role| role["value"] == "Mail.ReadBasic.All")
        .expect("the role");
    let grant = json!({"principalId": principal, "resourceId": graph["id"], "appRoleId": role["id"]});
    let path = format!("/servicePrincipals/{principal}/appRoleAssignments");
    practice.graph(&admin, "POST", &path, Some(grant)).await.ok(201);
    practice.wait(10);
    let token = practice.app_token(&app_id, &secret).await.ok(200);
    let token = token["access_token"].as_str().expect("a token");
    let messages = practice
        .graph(token, "GET", "/users/support@contoso.example/messages", None)
        .await
        .ok(200);
    for message in list(&messages) {
        assert!(
            message["subject"].is_string() && message["body"].is_null() && message["bodyPreview"].is_null()
        );
    }
    let first = format!(
        "/users/support@contoso.example/messages/{}",
        id(&list(&messages)[0])
    );
    for path in [format!("{first}/$value"), format!("{first}/attachments")] {
        practice
            .graph(token, "GET", &path, None)
            .await
            .fails(403, "ErrorAccessDenied");
    }
    let change = Some(json!({"isRead": true}));
    practice
        .graph(token, "PATCH", &first, change)
        .await
        .fails(403, "ErrorAccessDenied");
}

#[tokio::test]
async fn settings_are_read_and_changed_in_part() {
    let mail = Mail::begin().await;
    let before = mail.get("/me/mailboxSettings").await;
    assert_eq!(
        (before["userPurpose"].as_str(), before["timeFormat"].as_str()),
        (Some("user"), Some("HH:mm"))
    );
    let change = json!({"timeZone": "UTC", "automaticRepliesSetting": {"status": "alwaysEnabled"}});
    let after = mail
        .ask("PATCH", "/me/mailboxSettings", Some(change))
        .await
        .ok(200);
    assert_eq!(after["automaticRepliesSetting"]["status"], "alwaysEnabled");
    assert_eq!(after["automaticRepliesSetting"]["externalAudience"], "all");
    assert_eq!(mail.get("/me/mailboxSettings/timeZone").await["value"], "UTC");
    for wrong in [
        json!({"userPurpose": "room"}),
        json!({"timeZone": {}}),
        json!({"unknown": "x"}),
    ] {
        mail.ask("PATCH", "/me/mailboxSettings", Some(wrong))
            .await
            .fails(400, "ErrorInvalidRequest");
    }
}
