//! Which API a client means, by a URI or an app id.

use serde_json::Value;

use crate::organisation::Organisation;
use crate::organisation::registrations::Application;
use crate::organisation::sign_ins::api::{Api, OwnApi};
use crate::published::permissions::{resource_by_app_id, resource_by_uri};
use crate::wire::hosts::{Cloud, is_of_another_cloud, microsoft_name, worldwide_of};

/// The API that a scope or a `resource` parameter names by a URI or an app id.
pub(crate) fn api_by_uri(organisation: &Organisation, uri: &str) -> Option<Api> {
    // A client on this server's own origin may name it as Graph's.
    if uri.trim_end_matches('/') == organisation.origin {
        return Some(Api::Known(&crate::published::permissions::GRAPH));
    }
    if let Some(resource) = resource_by_uri(&worldwide(organisation, uri)?) {
        return Some(Api::Known(resource));
    }
    let named = |application: &&Application| {
        let uris = application
            .writable
            .get("identifierUris")
            .and_then(Value::as_array);
        application.app_id.eq_ignore_ascii_case(uri)
            || uris
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .any(|known| known.eq_ignore_ascii_case(uri))
    };
    organisation
        .objects
        .applications
        .iter()
        .filter(|application| application.deleted.is_none())
        .find(named)
        .map(|application| Api::Own(Box::new(OwnApi::of(application, uri))))
}

/// What the worldwide cloud calls the API by which this organisation's cloud knows that URI; none for the name of another
/// cloud. Names that no cloud has stay as they are.
fn worldwide(organisation: &Organisation, uri: &str) -> Option<String> {
    let cloud = organisation.scenario.cloud;
    let host = uri
        .trim_end_matches('/')
        .strip_prefix("https://")
        .and_then(microsoft_name);
    let Some(host) = host else {
        return Some(uri.to_owned());
    };
    match (is_of_another_cloud(host, cloud), cloud) {
        (true, _) => None,
        (false, Cloud::Worldwide) => Some(uri.to_owned()),
        (false, _) => Some(format!("https://{}", worldwide_of(host))),
    }
}

/// The API with this app id.
pub(crate) fn api_by_app_id(organisation: &Organisation, app_id: &str) -> Option<Api> {
    match resource_by_app_id(app_id) {
        Some(resource) => Some(Api::Known(resource)),
        None => organisation
            .objects
            .application_by_app_id(app_id)
            .map(|application| Api::Own(Box::new(OwnApi::of(application, app_id)))),
    }
}
