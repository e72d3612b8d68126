//! `GET /organization` and `GET /domains` (microsoft-facts §2.9).

use serde_json::{Value, json};

use super::failure::{Answer, denied, not_found};
use super::{Key, query};
use crate::bearer::Caller;
use crate::directory::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
use crate::organisation::{NAME, Organisation};
use crate::wire::Call;

const READERS: [&str; 4] = [
    "Organization.Read.All",
    "Directory.Read.All",
    "Directory.ReadWrite.All",
    "User.Read",
];

fn organization(organisation: &Organisation) -> Value {
    let domain = |name: &str, is_default: bool, is_initial: bool| {
        json!({"capabilities": "Email, OfficeCommunicationsOnline", "isDefault": is_default, "isInitial": is_initial,
            "name": name, "type": "Managed"})
    };
    json!({
        "id": organisation.objects.tenant_id,
        "deletedDateTime": null,
        "businessPhones": [],
        "city": "Aarhus",
        "country": null,
        "countryLetterCode": "DK",
        "createdDateTime": "2019-03-04T09:12:00Z",
        "displayName": NAME,
        "marketingNotificationEmails": [],
        "onPremisesLastSyncDateTime": null,
        "onPremisesSyncEnabled": null,
        "partnerTenantType": null,
        "postalCode": null,
        "preferredLanguage": "en",
        "securityComplianceNotificationMails": [],
        "securityComplianceNotificationPhones": [],
        "state": null,
        "street": null,
        "technicalNotificationMails": [],
        "tenantType": "AAD",
        "assignedPlans": [{
            "assignedDateTime": "2019-03-04T09:12:00Z", "capabilityStatus": "Enabled", "service": "exchange",
            "servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0",
        }],
        "provisionedPlans": [],
        "verifiedDomains": [
            domain(DEFAULT_DOMAIN, true, false),
            domain(INITIAL_DOMAIN, false, true),
            domain(IDN_DOMAIN_ASCII, false, false),
        ],
    })
}

/// `GET /organization`.
pub(super) fn list(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    query::collection(
        organisation,
        call,
        "organization",
        vec![organization(organisation)],
    )
}

/// `GET /organization/{id}`.
pub(super) fn get(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    if !caller.holds(&READERS) {
        return Err(denied());
    }
    if !key.value.eq_ignore_ascii_case(&organisation.objects.tenant_id) {
        return Err(not_found(&key.value));
    }
    Ok(query::object(
        organisation,
        call,
        200,
        "organization/$entity",
        organization(organisation),
    ))
}

/// `GET /domains`.
pub(super) fn domains(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    if !caller.holds(&[
        "Domain.Read.All",
        "Domain.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]) {
        return Err(denied());
    }
    let domain = |name: &str, is_default: bool, is_initial: bool| {
        json!({"id": name, "authenticationType": "Managed", "availabilityStatus": null, "isAdminManaged": true,
            "isDefault": is_default, "isInitial": is_initial, "isRoot": true, "isVerified": true,
            "supportedServices": ["Email", "OfficeCommunicationsOnline"], "passwordValidityPeriodInDays": 2147483647,
            "passwordNotificationWindowInDays": 14, "state": null})
    };
    query::collection(
        organisation,
        call,
        "domains",
        vec![
            domain(DEFAULT_DOMAIN, true, false),
            domain(INITIAL_DOMAIN, false, true),
            domain(IDN_DOMAIN_ASCII, false, false),
        ],
    )
}
