//! One property of an object, asked for by a path of its own: `GET /applications/{id}/appRoles`.
//!
//! OData gives every structural property such a path ("Requesting Individual Properties" of its protocol, version 4,
//! part 1); CLI for Microsoft 365 lists roles and permissions by it.

use serde_json::Value;

use super::failure::{Answer, Failure};
use super::path::{Step, fit};
use super::property::{Kind, Property};
use super::routes::{self, Handler};
use super::schema;
use crate::access::bearer::Caller;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// The endpoints of single objects whose properties have paths, and the types of these objects.
const OBJECTS: [(&str, &str); 5] = [
    ("/applications/{id}", "application"),
    ("/servicePrincipals/{id}", "servicePrincipal"),
    ("/users/{id}", "user"),
    ("/groups/{id}", "group"),
    ("/organization/{id}", "organization"),
];

/// The answer to a path that ends in a property, or `None` for any other path.
pub(super) fn answer(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    steps: &[Step],
) -> Option<Answer> {
    let (Step::Text(name), object) = steps.split_last()? else {
        return None;
    };
    let (template, kind) = OBJECTS
        .into_iter()
        .find(|(template, _)| fit(template, object).is_ok())?;
    let property = schema::property(kind, name).filter(|property| property.kind != Kind::Link)?;
    Some(read(organisation, call, caller, object, template, property))
}

fn read(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    object: &[Step],
    template: &str,
    property: &Property,
) -> Answer {
    // The object is asked for as anybody would: the same rights, the same errors.
    let (route, keys) = routes::find(false, "GET", object)?;
    let Handler::Alone(handler) = route.handler else {
        return Err(Failure::new(400, "BadRequest", "A batch has no properties."));
    };
    let mut whole = call.clone();
    let parent = call.path.trim_end_matches('/').rsplit_once('/');
    whole.path = parent.map_or_else(String::new, |(parent, _)| parent.to_owned());
    whole.query = vec![("$select".into(), property.name.into())];
    let reply = handler(organisation, &whole, caller, &keys)?;
    let mut shown: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let value = shown
        .get_mut(property.name)
        .map_or_else(|| property.empty(), Value::take);
    let collection = template.trim_start_matches('/').split('/').next();
    let context = format!(
        "{}('{}')/{}",
        collection.unwrap_or_default(),
        keys.first()
            .map(|key| key.value.replace('\'', "''"))
            .unwrap_or_default(),
        property.name
    );
    Ok(match (value, property.kind) {
        // A property without a value has no content.
        (Value::Null, _) => Reply::empty(204),
        (value @ Value::Object(_), Kind::Object(_)) => {
            super::query::object(organisation, call, 200, &context, value)
        }
        (value, _) => super::query::value(organisation, call, &context, value),
    })
}
