//! Runs axe-core, the checker of accessibility, in the real window.

use std::path::Path;

use fantoccini::Client;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Outcome;

/// Where npm puts it.
const AXE: &str = "ui/node_modules/axe-core/axe.min.js";

/// A rule that the page breaks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Violation {
    /// The rule's name, such as `color-contrast`.
    pub id: String,
    /// What it asks for.
    pub help: String,
    /// The elements that break it, as selectors.
    pub elements: Vec<String>,
}

/// Every rule of WCAG 2.2 level A and AA, and of good practice, that the page breaks.
pub async fn violations(client: &Client) -> Outcome<Vec<Violation>> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(AXE);
    let source = std::fs::read_to_string(&source).map_err(|error| format!("{AXE}: {error}"))?;
    let here = client
        .execute("return typeof window.axe === 'object'", Vec::new())
        .await;
    if here.map_err(|error| format!("axe: {error}"))? != Value::Bool(true) {
        client
            .execute(&source, Vec::new())
            .await
            .map_err(|error| format!("axe could not be loaded: {error}"))?;
    }
    let script = "const done = arguments[arguments.length - 1];
        window.axe.run(document, { runOnly: arguments[0] }).then(
            (found) => done({ violations: found.violations.map((rule) => ({
                id: rule.id, help: rule.help, elements: rule.nodes.map((node) => node.target.join(' ')),
            })) }),
            (error) => done({ error: String(error) }),
        );";
    let rules = json!([
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice"
    ]);
    let answer = client
        .execute_async(script, vec![rules])
        .await
        .map_err(|error| format!("axe: {error}"))?;
    match answer.get("violations") {
        Some(violations) => serde_json::from_value(violations.clone()).map_err(|error| error.to_string()),
        None => Err(format!("axe failed: {answer}")),
    }
}
