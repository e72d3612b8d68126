//! Licences: one product, which everybody with a mailbox of their own has. Shared mailboxes need none
//! (microsoft-facts §2.9).

use serde_json::{Value, json};

use super::failure::{Answer, denied};
use super::query;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::organisation::ids::stable_id;
use crate::people::entry::{Entry, Kind};
use crate::wire::Call;

/// The published ids of Microsoft 365 E3 and of the Exchange Online plan in it.
const SKU_ID: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const SKU: &str = "SPE_E3";
const PLAN_ID: &str = "efb87545-963c-4e0d-99df-69c6916d9eb0";
const PLAN: &str = "EXCHANGE_S_ENTERPRISE";

fn is_licensed(entry: &Entry) -> bool {
    entry.kind == Kind::User && entry.enabled && entry.is_live()
}

/// `assignedLicenses` of a user.
pub(super) fn assigned(entry: &Entry) -> Vec<Value> {
    let licence = || json!({"disabledPlans": [], "skuId": SKU_ID});
    is_licensed(entry).then(licence).into_iter().collect()
}

/// `assignedPlans` of a user.
pub(super) fn plans(entry: &Entry) -> Vec<Value> {
    let plan = || {
        json!({"assignedDateTime": "2024-05-06T07:08:09Z", "capabilityStatus": "Enabled", "service": "exchange",
            "servicePlanId": PLAN_ID})
    };
    is_licensed(entry).then(plan).into_iter().collect()
}

fn service_plans() -> Value {
    json!([{"servicePlanId": PLAN_ID, "servicePlanName": PLAN, "provisioningStatus": "Success", "appliesTo": "User"}])
}

/// `licenseDetails` of a user.
pub(super) fn details(entry: &Entry, user_id: &str) -> Vec<Value> {
    let detail = || {
        json!({"id": stable_id(0, &format!("{user_id} licence")), "skuId": SKU_ID, "skuPartNumber": SKU,
            "servicePlans": service_plans()})
    };
    is_licensed(entry).then(detail).into_iter().collect()
}

/// `GET /subscribedSkus`.
pub(super) fn skus(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&[
        "LicenseAssignment.Read.All",
        "Organization.Read.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]) {
        return Err(denied());
    }
    let used = organisation
        .directory
        .entries()
        .iter()
        .filter(|entry| is_licensed(entry))
        .count();
    let used = i32::try_from(used).unwrap_or(i32::MAX);
    let tenant = &organisation.objects.tenant_id;
    let sku = json!({
        "id": format!("{tenant}_{SKU_ID}"),
        "accountId": tenant,
        "accountName": "contoso",
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "consumedUnits": used,
        "prepaidUnits": {"enabled": used.saturating_add(25), "suspended": 0, "warning": 0, "lockedOut": 0},
        "servicePlans": service_plans(),
        "skuId": SKU_ID,
        "skuPartNumber": SKU,
        "subscriptionIds": [stable_id(organisation.objects.seed, "subscription")],
    });
    query::directory(organisation, call, "subscribedSkus", "subscribedSku", vec![sku])
}
