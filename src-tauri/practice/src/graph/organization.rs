//! `GET /organization` and `GET /domains` (microsoft-facts §2.9).

use serde_json::{Value, json};

use super::failure::{Answer, Failure, denied, not_found};
use super::path::Key;
use super::query;
use crate::access::bearer::Caller;
use crate::organisation::{NAME, Organisation};
use crate::people::domains::{DEFAULT_DOMAIN, IDN_DOMAIN_ASCII, INITIAL_DOMAIN};
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
    query::directory(
        organisation,
        call,
        "organization",
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

fn domain(name: &str) -> Value {
    json!({"id": name, "authenticationType": "Managed", "availabilityStatus": null, "isAdminManaged": true,
        "isDefault": name == DEFAULT_DOMAIN, "isInitial": name == INITIAL_DOMAIN, "isRoot": true, "isVerified": true,
        "manufacturer": null, "model": null, "supportedServices": ["Email", "OfficeCommunicationsOnline"],
        "passwordValidityPeriodInDays": 2_147_483_647, "passwordNotificationWindowInDays": 14, "state": null})
}

const DOMAINS: [&str; 3] = [DEFAULT_DOMAIN, INITIAL_DOMAIN, IDN_DOMAIN_ASCII];

fn may_read_domains(caller: &Caller) -> Result<(), Failure> {
    let may = caller.holds(&[
        "Domain.Read.All",
        "Domain.ReadWrite.All",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]);
    may.then_some(()).ok_or_else(denied)
}

/// `GET /domains`.
pub(super) fn domains(organisation: &Organisation, call: &Call, caller: &Caller) -> Answer {
    may_read_domains(caller)?;
    let all = DOMAINS.into_iter().map(domain).collect();
    query::directory(organisation, call, "domains", "domain", all)
}

fn find_domain(key: &Key) -> Result<&'static str, Failure> {
    let mut all = DOMAINS.into_iter();
    all.find(|name| name.eq_ignore_ascii_case(&key.value))
        .ok_or_else(|| not_found(&key.value))
}

/// `GET /domains/{name}`.
pub(super) fn get_domain(organisation: &Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    may_read_domains(caller)?;
    let shown = domain(find_domain(key)?);
    Ok(query::object(organisation, call, 200, "domains/$entity", shown))
}

/// `GET /domains/{name}/verificationDnsRecords`: the TXT record that proves a domain.
pub(super) fn verification_records(
    organisation: &Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
) -> Answer {
    may_read_domains(caller)?;
    let name = find_domain(key)?;
    let proof = crate::organisation::ids::stable_id(organisation.objects.seed, name).replace('-', "");
    let record = json!({
        "@odata.type": "#microsoft.graph.domainDnsTxtRecord",
        "id": crate::organisation::ids::stable_id(organisation.objects.seed, &format!("{name} TXT")),
        "isOptional": false,
        "label": name,
        "recordType": "Txt",
        "supportedService": "Email",
        "ttl": 3600,
        "text": format!("MS=ms{}", proof.get(..8).unwrap_or_default()),
    });
    let context = format!("domains('{name}')/verificationDnsRecords");
    query::directory(organisation, call, &context, "", vec![record])
}
