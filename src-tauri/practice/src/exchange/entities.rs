//! Reading recipients by `GET`, as the module's own `Get-EXOMailbox` and its sisters do (microsoft-facts §4d, other
//! paths seen): `Mailbox`, `Mailbox('…')`, `CasMailbox('…')`, `Recipient('…')`.

use axum::body::Bytes;
use serde_json::{Map, Value, json};

use super::admission::{Reach, forbidden};
use super::cmdlets;
use super::failure::Failure;
use super::output::{Output, json_reply, typed};
use super::pages::Page;
use super::parameters::Parameters;
use crate::organisation::Organisation;
use crate::wire::{Call, Reply};

/// The entity sets, in lower case, with the cmdlet that reads each.
const SETS: [(&str, &str, &str); 4] = [
    ("mailbox", "Mailbox", "Get-Mailbox"),
    ("casmailbox", "CasMailbox", "Get-CASMailbox"),
    ("recipient", "Recipient", "Get-Recipient"),
    ("user", "User", "Get-User"),
];

/// The set and the key of a segment such as `Mailbox('o''brien@contoso.example')`.
fn set_and_key(segment: &str) -> Option<(&str, Option<String>)> {
    match segment.split_once('(') {
        None => Some((segment, None)),
        Some((set, rest)) => {
            let key = rest.strip_suffix(')')?;
            let key = key
                .strip_prefix('\'')
                .and_then(|key| key.strip_suffix('\''))
                .unwrap_or(key);
            Some((set, Some(key.replace("''", "'"))))
        }
    }
}

/// Answers `GET` on an entity set or one of its entities.
pub(super) fn answer(organisation: &mut Organisation, call: &Call, reach: Reach, segment: &str) -> Reply {
    let found = set_and_key(segment).and_then(|(set, key)| {
        let known = SETS.iter().find(|(name, _, _)| set.eq_ignore_ascii_case(name))?;
        Some((known, key))
    });
    let Some(((_, set, cmdlet), key)) = found else {
        return Reply::empty(404);
    };
    let Some(cmdlet) = cmdlets::find(cmdlet).filter(|cmdlet| reach.sees(cmdlet.name, cmdlet.area)) else {
        return forbidden("The entity is not visible to the caller.");
    };
    let mut given = Map::new();
    if let Some(key) = &key {
        given.insert("Identity".into(), json!(key));
    }
    // The documented query options; the module writes filters in Exchange's own language.
    for (option, parameter) in [
        ("$filter", "Filter"),
        ("Filter", "Filter"),
        ("RecipientTypeDetails", "RecipientTypeDetails"),
        ("Anr", "Anr"),
    ] {
        if let Some(value) = call.query(option) {
            given.insert(parameter.into(), json!(value));
        }
    }
    let size = call.query("$top").unwrap_or("Unlimited");
    if key.is_none() {
        given.insert("ResultSize".into(), json!(size));
    }
    // The link to the next page belongs to the query, which takes the place of a body.
    let request = Call {
        body: Bytes::from(Value::Object(given.clone()).to_string()),
        ..call.clone()
    };
    let now = organisation.clock.now();
    let Some(page) = Page::asked(&request, &mut organisation.exchange_links, now, false) else {
        return Failure::request("Expired or Invalid pagination request.").reply();
    };
    let outcome = Parameters::check(&given, cmdlet.name, cmdlet.parameters, page)
        .and_then(|parameters| (cmdlet.run)(organisation, &parameters));
    let output = match outcome {
        Ok(output) => output,
        Err(failure) => return failure.reply(),
    };
    if key.is_none() {
        return super::output::shown(organisation, &request, "beta", page, output);
    }
    one(organisation, call, set, output)
}

fn one(organisation: &Organisation, call: &Call, set: &str, output: Output) -> Reply {
    let tenant = &organisation.objects.tenant_id;
    let base = format!("{}/adminapi/beta/{tenant}", call.origin(&organisation.origin));
    let selected: Option<Vec<&str>> = call
        .query("$select")
        .filter(|names| !names.trim().is_empty() && names.trim() != "*")
        .map(|names| names.split(',').map(str::trim).collect());
    let object = output.objects.into_iter().next().unwrap_or_default();
    let mut body = typed(object, selected.as_deref());
    body["@odata.context"] = json!(format!("{base}/$metadata#{set}/$entity"));
    json_reply(200, &body)
}

/// `EXOModuleFile` names the cmdlets that the caller sees, as public clients read it; the module's own script, which
/// Microsoft sends with it, is not in this organisation. `EXOBanner` has nothing to say (UNVERIFIED).
pub(super) fn module(
    organisation: &Organisation,
    call: &Call,
    version: &str,
    reach: Reach,
    segment: &str,
) -> Reply {
    let tenant = &organisation.objects.tenant_id;
    let set = segment.split('(').next().unwrap_or(segment);
    let base = format!(
        "{}/adminapi/{version}/{tenant}",
        call.origin(&organisation.origin)
    );
    let value = if set.eq_ignore_ascii_case("EXOModuleFile") {
        let visible = cmdlets::CMDLETS
            .iter()
            .filter(|cmdlet| reach.sees(cmdlet.name, cmdlet.area));
        let names: Vec<&str> = visible.map(|cmdlet| cmdlet.name).collect();
        json!([{"exportedCmdlets": names.join(",")}])
    } else {
        json!([])
    };
    json_reply(
        200,
        &json!({"@odata.context": format!("{base}/$metadata#{set}"), "value": value}),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unquoted() {
        let key = |text: &str| Some(text.to_owned());
        for (segment, expected) in [
            ("Mailbox", Some(("Mailbox", None))),
            ("Mailbox('a@b')", Some(("Mailbox", key("a@b")))),
            ("Mailbox('o''brien')", Some(("Mailbox", key("o'brien")))),
            ("Mailbox(1)", Some(("Mailbox", key("1")))),
            ("Mailbox('a'", None),
            ("(", None),
        ] {
            assert_eq!(set_and_key(segment), expected, "{segment}");
        }
    }
}
