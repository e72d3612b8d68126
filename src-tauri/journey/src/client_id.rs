//! The application (client) id of an app of the organisation, as people paste it: alone, in braces, in capitals, or in
//! the middle of a portal's address. It is checked before any browser opens, because Microsoft's page says nothing that
//! helps about "my app".

use domain::ids::ClientId;
use domain::message;
use domain::message::Message;
use uuid::Uuid;

/// Where the id stands in addresses of the portal and of sign-in pages (microsoft-facts §7, §1.1).
const NAMES_OF_IT: [&str; 4] = ["appid/", "appid=", "client_id=", "applicationid/"];
/// What stands before ids of something else in those addresses.
const NAMES_OF_OTHERS: [&str; 5] = ["objectid/", "objectid=", "tenantid/", "tenant/", "spid/"];

/// Reads what was typed.
///
/// # Errors
/// Where it is no application id, with one sentence for the field.
pub fn read(typed: &str) -> Result<ClientId, Message> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(message!("client-id-none"));
    }
    let lower = text.to_lowercase();
    let found = guids(&lower);
    let named = |names: &[&str], start: usize| names.iter().any(|name| lower[..start].ends_with(name));
    let mut fit: Vec<Uuid> = found
        .iter()
        .filter(|(start, _)| named(&NAMES_OF_IT, *start))
        .map(|(_, id)| *id)
        .collect();
    if fit.is_empty() {
        let other = |start: usize| named(&NAMES_OF_OTHERS, start);
        if !found.is_empty() && found.iter().all(|(start, _)| other(*start)) {
            return Err(message!("client-id-of-something-else"));
        }
        fit = found
            .iter()
            .filter(|(start, _)| !other(*start))
            .map(|(_, id)| *id)
            .collect();
    }
    fit.sort_unstable();
    fit.dedup();
    match fit.as_slice() {
        [id] if id.is_nil() => Err(message!("client-id-only-zeros")),
        [id] => Ok(ClientId(*id)),
        [] if looks_cut(&lower) => Err(message!("client-id-only-a-part")),
        [] => Err(message!("client-id-no-id")),
        _ => Err(message!("client-id-several")),
    }
}

/// Every id in a text, with where it begins. Letters and digits next to it make it a part of something else.
fn guids(text: &str) -> Vec<(usize, Uuid)> {
    const LENGTH: usize = 36;
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    while start + LENGTH <= bytes.len() {
        let id = text
            .get(start..start + LENGTH)
            .filter(|part| part.bytes().filter(|byte| *byte == b'-').count() == 4)
            .and_then(|part| Uuid::try_parse(part).ok());
        let alone = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
        };
        match id {
            Some(id) if alone(start.checked_sub(1)) && alone(Some(start + LENGTH)) => {
                found.push((start, id));
                start += LENGTH;
            }
            _ => start += 1,
        }
    }
    found
}

/// Whether it is made of nothing but what ids are made of.
fn looks_cut(text: &str) -> bool {
    let core = text.trim_matches(|letter| "{}()\"' ".contains(letter));
    core.len() >= 6
        && core
            .chars()
            .all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

    #[test]
    fn it_is_read_as_people_paste_it() {
        let other = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
        for typed in [
            ID.to_owned(),
            format!("  {ID}\n"),
            format!("{{{ID}}}"),
            ID.to_uppercase(),
            format!("\"{ID}\""),
            format!("Application (client) ID: {ID}"),
            format!(
                "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/{ID}/isMSAApp~/false"
            ),
            format!(
                "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/{other}/appId/{ID}"
            ),
            format!(
                "https://login.microsoftonline.com/{other}/oauth2/v2.0/authorize?client_id={ID}&response_type=code"
            ),
            format!("{ID} {ID}"),
        ] {
            assert_eq!(
                read(&typed).map(|id| id.to_string()).as_deref(),
                Ok(ID),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_none_is_refused_with_its_reason() {
        for (typed, says) in [
            ("", "client-id-none"),
            ("   ", "client-id-none"),
            ("own", "client-id-no-id"),
            ("my app", "client-id-no-id"),
            ("14d82eec-204b-4c2f", "client-id-only-a-part"),
            ("14d82eec-204b-4c2f-b7e8-296a70dab67", "client-id-only-a-part"),
            ("14d82eec204b4c2fb7e8296a70dab67ex", "client-id-no-id"),
            ("x14d82eec-204b-4c2f-b7e8-296a70dab67e", "client-id-no-id"),
            ("00000000-0000-0000-0000-000000000000", "client-id-only-zeros"),
            (
                "14d82eec-204b-4c2f-b7e8-296a70dab67e 9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
                "client-id-several",
            ),
            (
                "https://entra.microsoft.com/~/Overview/objectId/14d82eec-204b-4c2f-b7e8-296a70dab67e",
                "client-id-of-something-else",
            ),
            ("ü–14d82eec—", "client-id-no-id"),
        ] {
            let words = read(typed).unwrap_err();
            assert_eq!(words.id(), says, "{typed:?}");
        }
    }
}
