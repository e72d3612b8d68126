//! What a client looks up before it signs anybody in (microsoft-facts §1.6).

use serde_json::{Value, json};

use super::accounts;
use super::failure::{Failure, unknown_tenant};
use super::version::Version;
use crate::organisation::{NAME, Organisation};
use crate::wire::hosts::{in_cloud, uri_in_cloud};
use crate::wire::{Call, Reply};

/// Tenants that stand for any tenant.
const COMMON: [&str; 3] = ["common", "organizations", "consumers"];
/// The tenant of personal accounts, which the issuer of `consumers` names.
const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// Microsoft's sign-in hosts of the worldwide cloud.
const SIGN_IN_HOSTS: [&str; 4] = [
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoft.com",
    "sts.windows.net",
];

/// Where tokens of version 2 say that they come from.
pub(super) fn issuing_host(organisation: &Organisation) -> String {
    uri_in_cloud("https://login.microsoftonline.com", organisation.scenario.cloud)
}

/// Whether a tenant in a path stands for any tenant.
pub(super) fn is_common(tenant: &str) -> bool {
    COMMON.iter().any(|known| known.eq_ignore_ascii_case(tenant))
}

/// Refuses a tenant that is neither this one nor a name for any.
///
/// # Errors
/// AADSTS900023 for what can be no tenant at all, AADSTS90002 for an unknown one.
pub(super) fn check_tenant(
    organisation: &Organisation,
    tenant: &str,
    error: &'static str,
) -> Result<(), Failure> {
    if is_common(tenant) || organisation.is_tenant(tenant) {
        return Ok(());
    }
    if uuid::Uuid::try_parse(tenant).is_ok() || tenant.contains('.') {
        return Err(unknown_tenant(tenant, error));
    }
    Err(Failure::new(
        error,
        900_023,
        format!(
            "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain."
        ),
    ))
}

/// `GET /{t}/v2.0/.well-known/openid-configuration`, and the version 1 document without `v2.0`.
///
/// Every endpoint is on the host that the client asked, so that a client never leaves it. The issuer is always
/// Microsoft's spelling with the tenant id: tools parse the tenant out of it, it is what the `iss` claim of the tokens
/// says, and the clients that compare it with their authority accept it. MSAL Python 1.39 and MSAL Node 7.2 were tried
/// against this server: both take an issuer on a well-known Microsoft host for any authority.
pub(super) fn configuration(
    organisation: &Organisation,
    call: &Call,
    tenant: &str,
    version: Version,
) -> Reply {
    if let Err(failure) = check_tenant(organisation, tenant, "invalid_tenant") {
        return failure.reply(organisation, call);
    }
    let origin = call.origin(&organisation.origin);
    let asked = tenant.to_lowercase();
    let tenant = if is_common(tenant) {
        asked.as_str()
    } else {
        &organisation.objects.tenant_id
    };
    let issuer = match asked.as_str() {
        "common" | "organizations" => "{tenantid}",
        "consumers" => PERSONAL_TENANT,
        _ => tenant,
    };
    let base = format!("{origin}/{tenant}");
    let (oauth, keys, issuer) = match version {
        Version::Two => (
            format!("{base}/oauth2/v2.0"),
            format!("{base}/discovery/v2.0/keys"),
            format!("{}/{issuer}/v2.0", issuing_host(organisation)),
        ),
        Version::One => (
            format!("{base}/oauth2"),
            format!("{base}/discovery/keys"),
            format!("https://sts.windows.net/{issuer}/"),
        ),
    };
    let graph = call.origin_of(&organisation.origin, "graph.microsoft.com");
    let mut body = json!({
        "token_endpoint": format!("{oauth}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
        "jwks_uri": keys,
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code", "id_token", "code id_token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer,
        "request_uri_parameter_supported": false,
        "userinfo_endpoint": format!("{graph}/oidc/userinfo"),
        "authorization_endpoint": format!("{oauth}/authorize"),
        "device_authorization_endpoint": format!("{oauth}/devicecode"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": format!("{oauth}/logout"),
        "claims_supported": ["sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
            "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr", "nonce",
            "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"],
        "tenant_region_scope": "EU",
        "cloud_instance_name": "microsoftonline.com",
        "cloud_graph_host_name": "graph.windows.net",
        "msgraph_host": in_cloud("graph.microsoft.com", organisation.scenario.cloud),
        "rbac_url": "https://pas.windows.net",
    });
    if is_common(tenant) {
        body["tenant_region_scope"] = Value::Null;
    }
    Reply::json(200, &body)
        .with("access-control-allow-origin", "*")
        .with("cache-control", "max-age=86400, private")
}

/// `GET /{t}/discovery/v2.0/keys` and `GET /{t}/discovery/keys`.
pub(super) fn keys(organisation: &Organisation, call: &Call, tenant: &str) -> Reply {
    let issuer = format!(
        "{}/{}/v2.0",
        issuing_host(organisation),
        organisation.objects.tenant_id
    );
    match check_tenant(organisation, tenant, "invalid_tenant") {
        Ok(()) => Reply::json(200, &organisation.token_key.key_set(&issuer))
            .with("access-control-allow-origin", "*"),
        Err(failure) => failure.reply(organisation, call),
    }
}

/// `GET /common/discovery/instance`: which hosts belong together. A host that is neither Microsoft's nor this
/// server is refused with AADSTS50049.
pub(super) fn instance(organisation: &Organisation, call: &Call) -> Reply {
    let asked = call.query("authorization_endpoint").unwrap_or_default();
    let origin = call.origin(&organisation.origin);
    let own = organisation.origin.trim_start_matches("https://");
    let url = url::Url::parse(asked).ok();
    let known = url.as_ref().is_some_and(|url| {
        let host = url.host_str().unwrap_or_default();
        host.ends_with(".microsoftonline.com")
            || SIGN_IN_HOSTS.contains(&host)
            || ["localhost", "127.0.0.1"].contains(&host)
    });
    if !known {
        return Failure::new("invalid_instance", 50049, "Unknown or invalid instance.")
            .reply(organisation, call);
    }
    let tenant = url
        .as_ref()
        .and_then(|url| url.path_segments()?.next().map(str::to_owned))
        .filter(|tenant| !tenant.is_empty())
        .unwrap_or_else(|| organisation.objects.tenant_id.clone());
    let mut metadata = vec![
        json!({"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net",
               "aliases": ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"]}),
        json!({"preferred_network": "login.partner.microsoftonline.cn",
               "preferred_cache": "login.partner.microsoftonline.cn",
               "aliases": ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"]}),
        json!({"preferred_network": "login.microsoftonline.us", "preferred_cache": "login.microsoftonline.us",
               "aliases": ["login.microsoftonline.us", "login.usgovcloudapi.net"]}),
    ];
    // Behind the proxy a client sees Microsoft's hosts only.
    if call.front.is_none() {
        metadata.insert(
            0,
            json!({"preferred_network": own, "preferred_cache": own, "aliases": [own, "localhost", "127.0.0.1"]}),
        );
    }
    Reply::json(
        200,
        &json!({
            "tenant_discovery_endpoint": format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
            "api-version": call.query("api-version").unwrap_or("1.1"),
            "metadata": metadata,
        }),
    )
    .with("access-control-allow-origin", "*")
}

/// `GET /common/userrealm/{upn}`: whether an address belongs to a managed domain. Version 1.0 and 2.x of the endpoint
/// name the same things differently; MSAL Python asks for 1.0.
pub(super) fn user_realm(organisation: &Organisation, call: &Call, address: &str) -> Reply {
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let managed = organisation.is_tenant(domain) && domain.contains('.');
    // Whether somebody exists is not told to a stranger: every address of a managed domain is managed.
    let address =
        accounts::by_address(organisation, address).map_or(address.to_owned(), |found| found.address);
    let body = if call
        .query("api-version")
        .is_some_and(|version| version.starts_with('2'))
    {
        json!({
            "NameSpaceType": if managed { "Managed" } else { "Unknown" },
            "Login": address, "DomainName": domain, "FederationBrandName": if managed { NAME } else { "" },
            "cloud_instance_name": "microsoftonline.com", "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        })
    } else {
        json!({
            "ver": "1.0", "account_type": if managed { "Managed" } else { "Unknown" }, "domain_name": domain,
            "cloud_instance_name": "microsoftonline.com", "cloud_audience_urn": "urn:federation:MicrosoftOnline",
        })
    };
    Reply::json(200, &body)
}
