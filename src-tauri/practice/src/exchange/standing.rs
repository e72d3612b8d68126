//! What Exchange knows from the start of the application that administers the organisation.

use crate::access::mailbox_permissions::{FULL_ACCESS, MailboxPermission, RecipientPermission};
use crate::directory::DEFAULT_DOMAIN;
use crate::objects::{ExchangeServicePrincipal, Objects};
use crate::organisation::stable_id;

/// The shared mailboxes that the application may open and send from. Every other one answers "User is authenticated
/// but not connected", as it does until somebody runs `Add-MailboxPermission` (microsoft-facts §4c).
const MAILBOXES: [&str; 4] = ["support", "billing", "orders", "sales"];

/// Registers an application with Exchange and gives it its mailboxes, so that mail clients can be tried at once with
/// the credentials that the start prints.
pub(crate) fn add(objects: &mut Objects, app_id: &str, object_id: &str, display_name: &str) {
    let guid = stable_id(objects.seed, &format!("{app_id} pointer"));
    objects
        .exchange
        .service_principals
        .push(ExchangeServicePrincipal {
            app_id: app_id.to_owned(),
            object_id: object_id.to_owned(),
            display_name: display_name.to_owned(),
            guid,
        });
    for alias in MAILBOXES {
        let mailbox = format!("{alias}@{DEFAULT_DOMAIN}");
        objects.exchange.mailbox_permissions.push(MailboxPermission {
            mailbox: mailbox.clone(),
            trustee: object_id.to_owned(),
            rights: vec![FULL_ACCESS.to_owned()],
            deny: false,
            inherited: false,
        });
        objects.exchange.recipient_permissions.push(RecipientPermission {
            recipient: mailbox,
            trustee: object_id.to_owned(),
            deny: false,
        });
    }
}
