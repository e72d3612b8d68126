//! Platform profiles: what each mail platform asks for, as data files and their loader.
//!
//! A profile is a TOML file. It says which permissions the platform needs and why, how long its client secret may
//! live, and what its own setup form is called field by field. Nothing in the program branches on a platform's name,
//! so a new platform is a new file.
//!
//! Texts for people are English, and a translation can stand beside each: `reason` and `reason-de`.
//!
//! Files are parsed, not validated: a [`Profile`] exists only if every rule held, and a file that breaks one is
//! refused with its name, the line and a reason in plain words.

#[cfg(test)]
mod authors;
mod error;
mod folder;
mod profile;
mod raw;

pub use error::{Marked, ProfileError};
pub use folder::{load_folder, name_of, parse_own, read_text};
pub use profile::{AskedPermission, CredentialLimits, Field, FormField, Link, OverAsk, Profile};

/// How many characters the name of a platform can have.
pub const LONGEST_NAME: usize = raw::LONGEST_NAME;

/// The files inside the program, in the order in which they are offered.
const SHIPPED: [(&str, &str); 8] = [
    (
        "sinch-contact-pro.toml",
        include_str!("../data/sinch-contact-pro.toml"),
    ),
    ("surecloud.toml", include_str!("../data/surecloud.toml")),
    ("shipfix.toml", include_str!("../data/shipfix.toml")),
    ("emailgistics.toml", include_str!("../data/emailgistics.toml")),
    ("logicaldoc.toml", include_str!("../data/logicaldoc.toml")),
    ("generic-graph.toml", include_str!("../data/generic-graph.toml")),
    ("generic-imap.toml", include_str!("../data/generic-imap.toml")),
    ("generic-smtp.toml", include_str!("../data/generic-smtp.toml")),
];

/// The profiles inside the program, in the order in which they are offered.
///
/// # Errors
///
/// The first shipped file that breaks a rule; a test keeps that from ever being released.
pub fn shipped() -> Result<Vec<Profile>, ProfileError> {
    SHIPPED
        .iter()
        .map(|(file_name, text)| parse(file_name, text))
        .collect()
}

/// Whether an id belongs to a profile inside the program: shipped files are named like their ids.
pub fn is_shipped(id: &str) -> bool {
    SHIPPED
        .iter()
        .any(|(file_name, _)| file_name.strip_suffix(".toml") == Some(id))
}

/// Reads one profile; the file name serves only to name the file in an error.
///
/// # Errors
///
/// The first rule that the text breaks, with its line.
pub fn parse(file_name: &str, text: &str) -> Result<Profile, ProfileError> {
    raw::read(text).map_err(|faults| faults.first.in_file(file_name, text))
}

/// The same for whoever writes the file.
///
/// # Errors
///
/// Every rule that the text breaks, as far as they can be told apart: at least one, in the order of the file.
pub fn parse_all(file_name: &str, text: &str) -> Result<Profile, Vec<ProfileError>> {
    raw::read(text).map_err(|faults| {
        let all = std::iter::once(faults.first).chain(faults.more);
        all.map(|fault| fault.in_file(file_name, text)).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use domain::permission::Permission;

    use super::*;

    #[test]
    fn every_shipped_file_is_a_profile_named_like_its_file() {
        let profiles = shipped().unwrap();
        assert_eq!(profiles.len(), SHIPPED.len());
        for ((file_name, _), profile) in SHIPPED.iter().zip(&profiles) {
            assert_eq!(*file_name, format!("{}.toml", profile.id));
            assert!(profile.last_verified.is_some(), "{file_name}");
            assert_eq!(profile.recipient_key, None, "{file_name}");
            assert!(!profile.next_steps.is_empty(), "{file_name}");
            // Without these two, whatever else the form asks for, the platform cannot get a token.
            for needed in [Field::ClientId, Field::SecretValue] {
                assert!(
                    profile.form.iter().any(|entry| entry.field == needed),
                    "{file_name} lacks {needed:?}"
                );
            }
            // The ends of sentences are set by whoever shows them, so that a list can join them.
            for asked in &profile.permissions {
                assert!(
                    asked.reason.english.starts_with("to ") && !asked.reason.english.ends_with('.'),
                    "{file_name}: {asked:?}"
                );
            }
        }
        assert_eq!(profiles.first().unwrap().id, "sinch-contact-pro");
        // Those that stand for any platform come after the others.
        let open: Vec<&str> = profiles
            .iter()
            .skip_while(|one| !one.open)
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(open, ["generic-graph", "generic-imap", "generic-smtp"]);
    }

    #[test]
    fn every_text_for_people_is_there_in_german() {
        for profile in shipped().unwrap() {
            let steps = profile.next_steps.iter();
            let reasons = profile.permissions.iter().map(|asked| &asked.reason);
            let over = profile
                .over_asks
                .iter()
                .flat_map(|over| [&over.asks, &over.instead]);
            let labels = profile.links.iter().map(|link| &link.label);
            let texts = std::iter::once(&profile.summary).chain(&profile.hand_over_to);
            for told in texts.chain(steps).chain(reasons).chain(over).chain(labels) {
                assert_ne!(told.in_language("de"), told.english, "{}", profile.id);
            }
            // As in English, a reason completes a sentence, and whoever shows it sets its end.
            for asked in &profile.permissions {
                let reason = asked.reason.in_language("de");
                assert!(reason.starts_with("um ") && !reason.ends_with('.'), "{reason}");
            }
        }
    }

    #[test]
    fn every_file_in_the_data_folder_is_shipped() {
        let (found, errors) = load_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), |_| false);
        assert_eq!(errors, []);
        let mut known = shipped().unwrap();
        known.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(found, known);
    }

    #[test]
    fn only_sending_can_be_left_out() {
        // What an open one may do is asked one by one.
        for profile in shipped().unwrap().into_iter().filter(|profile| !profile.open) {
            let sends_only = profile.permissions.len() == 1;
            for asked in &profile.permissions {
                let sends = asked.permission == Permission::MailSend;
                assert_eq!(asked.optional, sends && !sends_only, "{}", profile.id);
            }
        }
    }

    #[test]
    fn contact_pro_gets_the_labels_of_its_own_form() {
        let profile = shipped().unwrap().remove(0);
        let form: Vec<(&str, &Field)> = profile
            .form
            .iter()
            .map(|entry| (entry.label.as_str(), &entry.field))
            .collect();
        let constant = Field::Constant("OAuth Service".to_owned());
        assert_eq!(
            form,
            [
                ("Name", &Field::AppName),
                ("Address", &Field::Authority),
                ("Authentication type", &constant),
                ("Client ID", &Field::ClientId),
                ("Secret", &Field::SecretValue),
                ("Email queue address", &Field::MailboxAddresses),
            ]
        );
        let permissions: Vec<Permission> = profile.permissions.iter().map(|asked| asked.permission).collect();
        assert_eq!(permissions, [Permission::MailReadWrite, Permission::MailSend]);
    }
}
