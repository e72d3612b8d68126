//! The application (client) id of an app of the organisation, as people paste it: alone, in braces, in capitals, or in
//! the middle of a portal's address. It is checked before any browser opens, because Microsoft's page says nothing that
//! helps about "my app".

use domain::ids::ClientId;
use uuid::Uuid;

/// Where the id stands in addresses of the portal and of sign-in pages (microsoft-facts §7, §1.1).
const NAMES_OF_IT: [&str; 4] = ["appid/", "appid=", "client_id=", "applicationid/"];
/// What stands before ids of something else in those addresses.
const NAMES_OF_OTHERS: [&str; 5] = ["objectid/", "objectid=", "tenantid/", "tenant/", "spid/"];

/// What a person typed that is no application id, in one sentence for the field.
pub type Words = &'static str;

/// Reads what was typed.
pub fn read(typed: &str) -> Result<ClientId, Words> {
    let text = typed.trim();
    if text.is_empty() {
        return Err("Type or paste the application (client) id");
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
            return Err(
                "That is the id of something else; the application (client) id stands on the app's overview",
            );
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
        [id] if id.is_nil() => {
            Err("That id holds only zeros; the real one stands on the app's overview in Entra")
        }
        [id] => Ok(ClientId(*id)),
        [] if looks_cut(&lower) => {
            Err("That is only a part of an id; it has 36 characters with its four hyphens")
        }
        [] => {
            Err("That isn't an application (client) id; it looks like 1b2c3d4e-0000-4000-8000-1a2b3c4d5e6f")
        }
        _ => Err("That holds several ids; paste only the application (client) id"),
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
            ("", "Type or paste"),
            ("   ", "Type or paste"),
            ("own", "isn't an application"),
            ("my app", "isn't an application"),
            ("14d82eec-204b-4c2f", "only a part"),
            ("14d82eec-204b-4c2f-b7e8-296a70dab67", "only a part"),
            ("14d82eec204b4c2fb7e8296a70dab67ex", "isn't an application"),
            ("x14d82eec-204b-4c2f-b7e8-296a70dab67e", "isn't an application"),
            ("00000000-0000-0000-0000-000000000000", "only zeros"),
            (
                "14d82eec-204b-4c2f-b7e8-296a70dab67e 9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
                "several ids",
            ),
            (
                "https://entra.microsoft.com/~/Overview/objectId/14d82eec-204b-4c2f-b7e8-296a70dab67e",
                "something else",
            ),
            ("ü–14d82eec—", "isn't an application"),
        ] {
            let words = read(typed).unwrap_err();
            assert!(words.contains(says), "{typed:?}: {words}");
        }
    }
}
