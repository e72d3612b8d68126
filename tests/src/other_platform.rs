//! A platform whose profile stands in a file of its own, as whoever runs one would write it: for what none of the profiles
//! that the product brings asks for.

use std::path::Path;

use crate::Outcome;

/// The name by which it is chosen.
pub const ID: &str = "northwind-vault";

/// So short a life that its end is told of as soon as it begins: no window can wait for months.
pub const ONE_MONTH: u8 = 1;

/// Writes its profile into the folder of the program's data: what the app signs in with, the proposed one first, and for how
/// many months at the most.
///
/// # Errors
/// When the disk refuses.
pub fn write(data: &Path, kinds: &[&str], months: u8) -> Outcome {
    let kinds: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}")).collect();
    let text = format!(
        "{ABOUT}
[credential]
kinds = [{}]
longest-months = {months}
usual-months = {months}
",
        kinds.join(", ")
    );
    let profiles = data.join("profiles");
    std::fs::create_dir_all(&profiles).map_err(|error| error.to_string())?;
    std::fs::write(profiles.join(format!("{ID}.toml")), text).map_err(|error| error.to_string())
}

const ABOUT: &str = r#"
id = "northwind-vault"
name = "Northwind Vault"
vendor = "Northwind Traders"
version = 1
summary = "An archive that keeps what a help desk reads and writes."
last-verified = 2026-11-27
methods = ["graph-app-only"]
scope-methods = ["rbac-for-applications"]
apps = 1

form = [
    { label = "Application (client) ID", field = "client-id" },
    { label = "Client secret", field = "secret-value" },
    { label = "Private key", field = "private-key" },
    { label = "Certificate", field = "certificate" },
    { label = "Certificate thumbprint", field = "certificate-thumbprint" },
    { label = "Mailbox addresses", field = "mailbox-addresses" },
]

next-steps = [
    "Open the sealed file and enter its values under Settings, Mail.",
]

[[permissions]]
permission = "Mail.Read"
reason = "to read new messages"

[[permissions]]
permission = "Mail.Send"
reason = "to answer them"
"#;
