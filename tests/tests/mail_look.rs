//! What the product sees as a mail program of an app that somebody set up by hand: which mailboxes open, which don't, and why.

#![allow(
    clippy::unwrap_used,
    reason = "a test of its own, with steps outside of its tests"
)]

use std::time::Duration;

use calls::slot::{Ids, Slot};
use domain::address::Address;
use domain::app_role::AppRole;
use domain::finding::Why;
use domain::ids::MailboxId;
use domain::mail_protocol::MailProtocol;
use domain::secret::Secret;
use domain::trace::Trace;
use jiff::Timestamp;
use journeys::by_hand::{ByHand, Text, organisation, register};
use journeys::colleague::Colleague;
use journeys::organisation::Organisation;
use microsoft::clock::Clock;
use microsoft::cloud::Server;
use microsoft::entra::app_token;
use microsoft::error::Error;
use microsoft::exchange::{Exchange, full_access};
use microsoft::graph::api;
use microsoft::http::Http;
use microsoft::mail_protocols::{Look, Outcome, look};
use plan::changes::{Change, GiveFullAccess, GrantAppRole, RegisterInExchange, TakeFullAccess};
use practice::Handle;
use serde_json::json;

const SUPPORT: &str = "support@contoso.example";

fn http(handle: &Handle) -> Http {
    let cloud = Organisation::from(handle).cloud().unwrap();
    let clock = Clock::new(|| Timestamp::UNIX_EPOCH, |_| Box::pin(std::future::ready(())));
    Http::new(cloud, clock, Trace::default()).unwrap()
}

/// An app, the product's client, and the app's token for Exchange.
async fn stand(handle: &Handle, text: Text) -> (ByHand, Http, Secret) {
    let app = register(text, handle, |step: Duration| handle.advance(step))
        .await
        .unwrap();
    let http = http(handle);
    let (tenant, client) = (handle.tenant_id().parse().unwrap(), app.client.parse().unwrap());
    let secret = Secret::new(app.secret.clone());
    let token = app_token::exchange_token(&http, tenant, client, &secret)
        .await
        .unwrap();
    (app, http, token)
}

async fn looked(http: &Http, token: &Secret, address: &str) -> Look {
    look(http, MailProtocol::Imap, token, &Address::parse(address).unwrap()).await
}

#[tokio::test]
async fn a_mailbox_opens_where_the_app_has_full_access_and_nowhere_else() {
    let handle = organisation().await.unwrap();
    let (app, http, token) = stand(&handle, Text::LogicalDoc).await;
    let outcome = async |address: &str| looked(&http, &token, address).await.outcome;
    let own = app.mailboxes[0].0.as_str();
    assert_eq!(outcome(own).await, Outcome::Opened);
    for (address, _) in &app.refused {
        assert_eq!(outcome(address).await, Outcome::OutOfReach);
    }
    // Exchange doesn't tell a mailbox that isn't there from one that is refused.
    assert_eq!(outcome("nobody@contoso.example").await, Outcome::OutOfReach);
    let colleague = Colleague::of(&handle).await.unwrap();
    let off = json!({ "Identity": own, "ImapEnabled": false });
    colleague.run("Set-CASMailbox", off).await.unwrap();
    assert_eq!(outcome(own).await, Outcome::OutOfReach);
    handle.stop().await;
}

#[tokio::test]
async fn a_token_that_is_refused_says_nothing_of_the_mailbox() {
    let handle = organisation().await.unwrap();
    let (app, http, token) = stand(&handle, Text::LogicalDoc).await;
    let own = app.mailboxes[0].0.as_str();
    let tenant = handle.tenant_id().parse().unwrap();
    let secret = Secret::new(app.secret.clone());
    let for_graph = app_token::graph_token(&http, tenant, app.client.parse().unwrap(), &secret)
        .await
        .unwrap();
    let wrong = looked(&http, &for_graph, own).await;
    assert_eq!(wrong.outcome, Outcome::NotAuthenticated);
    assert_eq!(wrong.said.as_deref(), Some("a NO AUTHENTICATE failed."));
    // Without an entry in Exchange the same token is worth nothing.
    let colleague = Colleague::of(&handle).await.unwrap();
    let entry = json!({ "Identity": app.principal });
    colleague.run("Remove-ServicePrincipal", entry).await.unwrap();
    assert_eq!(
        looked(&http, &token, own).await.outcome,
        Outcome::NotAuthenticated
    );
    handle.stop().await;
}

#[tokio::test]
async fn whom_we_dont_trust_hears_no_token() {
    let handle = organisation().await.unwrap();
    let other = organisation().await.unwrap();
    let (app, truly, token) = stand(&handle, Text::LogicalDoc).await;
    // The other organisation's server, and our own root.
    let imap = other.imap();
    let port = imap.rsplit_once(':').unwrap().1.parse().unwrap();
    let mut elsewhere = truly.cloud().clone();
    elsewhere.mail.imap = Server {
        host: "localhost".into(),
        port,
    };
    let clock = Clock::new(|| Timestamp::UNIX_EPOCH, |_| Box::pin(std::future::ready(())));
    let mistaken = Http::new(elsewhere, clock, Trace::default()).unwrap();
    let looked = looked(&mistaken, &token, &app.mailboxes[0].0).await;
    assert_eq!(looked.outcome, Outcome::Nothing(Why::NoAnswer));
    assert!(
        matches!(looked.failed, Some(Error::Untrusted { .. })),
        "{:?}",
        looked.failed
    );
    handle.stop().await;
    other.stop().await;
}

/// What the plan would do for a mail program does it, call by call.
#[tokio::test]
async fn the_changes_of_the_plan_let_a_mail_program_in_and_out_again() {
    let handle = organisation().await.unwrap();
    let colleague = Colleague::of(&handle).await.unwrap();
    let pass = |step: Duration| handle.advance(step);
    let app = colleague.register("Mail program", pass).await.unwrap();
    let secret = colleague.add_secret(&app.object, "its own").await.unwrap();
    let mailbox: MailboxId = colleague.mailbox(SUPPORT).await.unwrap().parse().unwrap();
    let mut ids = Ids::from([
        (Slot::AppObject, app.object.clone()),
        (Slot::AppClient, app.client.clone()),
        (Slot::Principal, app.principal.clone()),
    ]);
    let mut make = async |change: Change| {
        for call in change.calls() {
            colleague.send(&call, &mut ids).await.unwrap();
        }
        handle.advance(Duration::from_secs(60));
    };
    let name = "Mail program".to_owned();
    make(Change::RegisterInExchange(RegisterInExchange { name })).await;
    make(Change::GiveFullAccess(GiveFullAccess { mailbox })).await;
    for role in AppRole::ALL {
        make(Change::GrantAppRole(GrantAppRole { role })).await;
    }
    let http = http(&handle);
    let (tenant, client) = (handle.tenant_id().parse().unwrap(), app.client.parse().unwrap());
    let token = app_token::exchange_token(&http, tenant, client, &Secret::new(secret.value.clone()))
        .await
        .unwrap();
    let admin = Secret::new(colleague.tokens().1.to_owned());
    let exchange = Exchange {
        http: &http,
        token: &admin,
        tenant,
        user_name: "dana.reyes@contoso.example",
    };
    let principal = app.principal.parse().unwrap();
    let has = async || {
        let read = full_access::read(&exchange, principal, &[mailbox]).await;
        read.unwrap().remove(&mailbox)
    };
    assert_eq!(has().await, Some(Ok(true)));
    let by = async |protocol, address: &str| {
        let address = Address::parse(address).unwrap();
        look(&http, protocol, &token, &address).await.outcome
    };
    for protocol in MailProtocol::ALL {
        assert_eq!(by(protocol, SUPPORT).await, Outcome::Opened, "{protocol:?}");
        let other = by(protocol, "ceo@contoso.example").await;
        assert_eq!(other, Outcome::OutOfReach, "{protocol:?}");
    }
    // Where sending is switched off Exchange says so, and where fetching is it doesn't.
    for (switch, off) in [("SmtpClientAuthenticationDisabled", true), ("PopEnabled", false)] {
        let asked = json!({ "Identity": SUPPORT, switch: off });
        colleague.run("Set-CASMailbox", asked).await.unwrap();
    }
    let switched_off = Outcome::Nothing(Why::SwitchedOff);
    assert_eq!(by(MailProtocol::Smtp, SUPPORT).await, switched_off);
    assert_eq!(by(MailProtocol::Pop, SUPPORT).await, Outcome::OutOfReach);
    assert_eq!(by(MailProtocol::Imap, SUPPORT).await, Outcome::Opened);
    // What the organisation itself says of the permission is what is granted.
    let graph = Secret::new(colleague.tokens().0.to_owned());
    let api = api::read(&http, &graph, &calls::entra::exchange_online())
        .await
        .unwrap();
    for role in AppRole::ALL {
        assert_eq!(api.roles.get(role.name()), Some(&role.id().to_string()));
    }
    make(Change::TakeFullAccess(TakeFullAccess { mailbox })).await;
    assert_eq!(has().await, Some(Ok(false)));
    assert_eq!(looked(&http, &token, SUPPORT).await.outcome, Outcome::OutOfReach);
    handle.stop().await;
}

#[tokio::test]
async fn exchange_tells_mailbox_by_mailbox_who_has_full_access() {
    let handle = organisation().await.unwrap();
    let (app, http, _) = stand(&handle, Text::LogicalDoc).await;
    let colleague = Colleague::of(&handle).await.unwrap();
    let token = Secret::new(colleague.tokens().1.to_owned());
    let exchange = Exchange {
        http: &http,
        token: &token,
        tenant: handle.tenant_id().parse().unwrap(),
        user_name: "dana.reyes@contoso.example",
    };
    let all = app.mailboxes.iter().chain(&app.refused);
    let all: Vec<MailboxId> = all.map(|(_, id)| id.parse().unwrap()).collect();
    let principal = app.principal.parse().unwrap();
    let read = full_access::read(&exchange, principal, &all).await.unwrap();
    let own: MailboxId = app.mailboxes[0].1.parse().unwrap();
    assert_eq!(read.len(), all.len());
    for (mailbox, has) in &read {
        assert_eq!(has, &Ok(*mailbox == own));
    }
    // One that isn't there is no mailbox without full access.
    let nobody: MailboxId = "00000000-0000-4000-8000-00000000dead".parse().unwrap();
    let read = full_access::read(&exchange, principal, &[own, nobody])
        .await
        .unwrap();
    assert_eq!(read[&own], Ok(true));
    assert!(read[&nobody].as_ref().is_err_and(Error::not_there));
    // An app that Exchange doesn't know has none.
    let stranger = "00000000-0000-4000-8000-00000000beef".parse().unwrap();
    let read = full_access::read(&exchange, stranger, &[own]).await.unwrap();
    assert_eq!(read[&own], Ok(false));
    handle.stop().await;
}
