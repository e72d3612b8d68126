//! What goes back to the client: on its redirect address, in the mode that it asked for (microsoft-facts §1.1).

use url::Url;

use super::failure::Failure;
use super::pages;
use crate::organisation::Organisation;
use crate::organisation::sign_ins::request::{Request, ResponseMode};
use crate::wire::{Call, Reply};

/// Sends an error back to the client.
pub(super) fn fail(organisation: &Organisation, call: &Call, request: &Request, failure: &Failure) -> Reply {
    let mut fields = vec![
        ("error".to_owned(), failure.error().to_owned()),
        (
            "error_description".to_owned(),
            failure.description(organisation, call),
        ),
        (
            "error_uri".to_owned(),
            format!("https://login.microsoftonline.com/error?code={}", failure.code()),
        ),
    ];
    fields.extend(request.state.clone().map(|state| ("state".to_owned(), state)));
    deliver(request, &fields)
}

/// Sends these fields to the redirect address, in the way that the client asked for.
pub(super) fn deliver(request: &Request, fields: &[(String, String)]) -> Reply {
    if request.response_mode == ResponseMode::FormPost {
        return pages::form_post(&request.redirect_uri, fields);
    }
    let Ok(mut url) = Url::parse(&request.redirect_uri) else {
        return Reply::empty(500);
    };
    let encoded = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    if request.response_mode == ResponseMode::Fragment {
        url.set_fragment(Some(&encoded));
    } else {
        url.query_pairs_mut().extend_pairs(fields);
    }
    Reply::redirect(url.as_str()).with("cache-control", "no-store")
}
