//! How Exchange's objects are changed.

use crate::access::change_exchange;
use crate::organisation::Organisation;
use crate::organisation::exchange::ExchangeObjects;

/// Changes Exchange's objects, so that live calls see it as late as they do in Exchange.
pub(super) fn change<T>(
    organisation: &mut Organisation,
    change: impl FnOnce(&mut ExchangeObjects) -> T,
) -> T {
    let clock = organisation.clock.clone();
    let outcome = change_exchange(&mut organisation.objects, &organisation.directory, &clock, change);
    organisation.touch();
    outcome
}

/// Forgets an enterprise application that was deleted in Entra: Exchange's pointer to it, its role assignments
/// (microsoft-facts §4b) and its entries in lists of permissions (UNVERIFIED: Exchange may keep those as SIDs that
/// nobody has any more, which opens nothing either).
pub(crate) fn forget_service_principal(organisation: &mut Organisation, object_id: &str) {
    change(organisation, |exchange| forget(exchange, object_id));
    organisation.objects.stale_rights.remove(object_id);
}

/// Removes a pointer with everything that hangs on it.
pub(super) fn forget(exchange: &mut ExchangeObjects, object_id: &str) {
    exchange
        .assignments
        .retain(|held| !held.app.eq_ignore_ascii_case(object_id));
    exchange
        .service_principals
        .retain(|held| !held.object_id.eq_ignore_ascii_case(object_id));
    exchange
        .mailbox_permissions
        .retain(|held| !held.trustee.eq_ignore_ascii_case(object_id));
    exchange
        .recipient_permissions
        .retain(|held| !held.trustee.eq_ignore_ascii_case(object_id));
    for settings in exchange.mailbox_settings.values_mut() {
        settings
            .send_on_behalf
            .retain(|trustee| !trustee.eq_ignore_ascii_case(object_id));
    }
}
