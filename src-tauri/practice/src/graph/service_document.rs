//! What Graph says about itself: the service document, and as much of `$metadata` as this organisation answers.

use serde_json::{Value, json};

use super::failure::Answer;
use super::path::is_beta;
use super::property::Kind;
use super::schema;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// `GET /`: the entity sets and singletons of the version.
pub(super) fn root(organisation: &Organisation, call: &Call, mut names: Vec<&str>) -> Answer {
    let version = if is_beta(call) { "beta" } else { "v1.0" };
    names.push("me");
    names.sort_unstable();
    names.dedup();
    let entry = |name: &str| {
        let singleton = ["me", "policies", "directory", "roleManagement"].contains(&name);
        json!({"name": name, "kind": if singleton { "Singleton" } else { "EntitySet" }, "url": name})
    };
    let entries: Vec<Value> = names.into_iter().map(entry).collect();
    let origin = call.origin(&organisation.origin);
    Ok(Reply::json(
        200,
        &json!({"@odata.context": format!("{origin}/{version}/$metadata"), "value": entries}),
    ))
}

/// `GET /$metadata`: the types that this organisation answers, in CSDL. The whole schema is Microsoft's to publish.
pub(super) fn metadata() -> Answer {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">"#,
    );
    for (name, entity) in schema::names() {
        let element = if entity { "EntityType" } else { "ComplexType" };
        text.push_str(&format!(r#"<{element} Name="{name}">"#));
        for property in schema::properties(name) {
            let inner = match property.kind {
                Kind::Text | Kind::Choice(_) => "Edm.String".to_owned(),
                Kind::Flag => "Edm.Boolean".to_owned(),
                Kind::Whole => "Edm.Int32".to_owned(),
                Kind::Time => "Edm.DateTimeOffset".to_owned(),
                Kind::Date => "Edm.Date".to_owned(),
                Kind::Guid => "Edm.Guid".to_owned(),
                Kind::Binary => "Edm.Binary".to_owned(),
                Kind::Duration => "Edm.Duration".to_owned(),
                Kind::Object(name) => format!("graph.{name}"),
                Kind::Link => continue,
            };
            let kind = if property.many {
                format!("Collection({inner})")
            } else {
                inner
            };
            text.push_str(&format!(r#"<Property Name="{}" Type="{kind}"/>"#, property.name));
        }
        text.push_str(&format!("</{element}>"));
    }
    text.push_str("</Schema></edmx:DataServices></edmx:Edmx>");
    Ok(Reply::text(200, "application/xml", text))
}
