//! What a client looks up before it signs anybody in (microsoft-facts §1.6).

use serde_json::json;

use super::failure::{Failure, unknown_tenant};
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// Tenants that stand for any tenant.
pub(super) const COMMON: [&str; 2] = ["common", "organizations"];

/// `GET /{t}/v2.0/.well-known/openid-configuration`.
///
/// The issuer is Microsoft's spelling with the tenant id, because tools parse the tenant out of it; every
/// endpoint is this server's own.
pub(super) fn configuration(organisation: &Organisation, call: &Call, tenant: &str) -> Reply {
    let common = COMMON.contains(&tenant.to_lowercase().as_str());
    if !common && !organisation.is_tenant(tenant) {
        return unknown_tenant(tenant, "invalid_tenant").reply(organisation, call);
    }
    let origin = call.origin(organisation);
    let tenant = if common {
        tenant
    } else {
        &organisation.objects.tenant_id
    };
    let issuer = if common { "{tenantid}" } else { tenant };
    let base = format!("{origin}/{tenant}");
    Reply::json(
        200,
        &json!({
            "token_endpoint": format!("{base}/oauth2/v2.0/token"),
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "jwks_uri": format!("{base}/discovery/v2.0/keys"),
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "issuer": format!("https://login.microsoftonline.com/{issuer}/v2.0"),
            "request_uri_parameter_supported": false,
            "userinfo_endpoint": "https://graph.microsoft.com/oidc/userinfo",
            "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
            "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
            "http_logout_supported": true,
            "frontchannel_logout_supported": true,
            "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
            "claims_supported": ["sub", "iss", "cloud_instance_name", "cloud_instance_host_name",
                "cloud_graph_host_name", "msgraph_host", "aud", "exp", "iat", "auth_time", "acr", "nonce",
                "preferred_username", "name", "tid", "ver", "at_hash", "c_hash", "email"],
            "tenant_region_scope": "EU",
            "cloud_instance_name": "microsoftonline.com",
            "cloud_graph_host_name": "graph.windows.net",
            "msgraph_host": "graph.microsoft.com",
            "rbac_url": "https://pas.windows.net",
        }),
    )
}

/// `GET /{t}/discovery/v2.0/keys`.
pub(super) fn keys(organisation: &Organisation, call: &Call, tenant: &str) -> Reply {
    let issuer = format!(
        "https://login.microsoftonline.com/{}/v2.0",
        organisation.objects.tenant_id
    );
    if COMMON.contains(&tenant.to_lowercase().as_str()) || organisation.is_tenant(tenant) {
        Reply::json(200, &organisation.token_key.key_set(&issuer))
    } else {
        unknown_tenant(tenant, "invalid_tenant").reply(organisation, call)
    }
}

/// `GET /common/discovery/instance`: which hosts belong together. A host that is neither Microsoft's nor this
/// server is refused with AADSTS50049.
pub(super) fn instance(organisation: &Organisation, call: &Call) -> Reply {
    let asked = call.query("authorization_endpoint").unwrap_or_default();
    let origin = call.origin(organisation);
    let own = organisation.origin.trim_start_matches("https://");
    let known = url::Url::parse(asked).ok().is_some_and(|url| {
        let host = url.host_str().unwrap_or_default();
        host.ends_with(".microsoftonline.com")
            || ["login.windows.net", "localhost", "127.0.0.1", "sts.windows.net"].contains(&host)
    });
    if !known {
        return Failure::new("invalid_instance", 50049, "Unknown or invalid instance.")
            .reply(organisation, call);
    }
    Reply::json(
        200,
        &json!({
            "tenant_discovery_endpoint":
                format!("{}/{}/v2.0/.well-known/openid-configuration", origin, organisation.objects.tenant_id),
            "api-version": call.query("api-version").unwrap_or("1.1"),
            "metadata": [
                {"preferred_network": own, "preferred_cache": own, "aliases": [own, "localhost", "127.0.0.1"]},
                {"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net",
                 "aliases": ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"]},
                {"preferred_network": "login.partner.microsoftonline.cn",
                 "preferred_cache": "login.partner.microsoftonline.cn",
                 "aliases": ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"]},
                {"preferred_network": "login.microsoftonline.us", "preferred_cache": "login.microsoftonline.us",
                 "aliases": ["login.microsoftonline.us", "login.usgovcloudapi.net"]},
            ],
        }),
    )
}
