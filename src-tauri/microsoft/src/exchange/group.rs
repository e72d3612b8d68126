//! A group by which a limit may hold its members.

use calls::cmdlet::Cmdlet;
use domain::group::Group;
use domain::text::one_line;

use super::{Exchange, text};
use crate::error::{Error, if_there};

/// How many characters of a group's name are taken over.
const LONGEST_NAME: usize = 256;

/// Reads a group by its address, its object id or its distinguished name; nothing where there is none of it, or where it has no
/// object in the directory.
///
/// # Errors
/// As Exchange answers.
pub async fn read(exchange: &Exchange<'_>, identity: &str) -> Result<Option<Group>, Error> {
    let cmdlet = Cmdlet::new("Get-Recipient").with("Identity", identity);
    let rows = if_there(exchange.run(&cmdlet).await)?.unwrap_or_default();
    let Some(row) = rows.first() else { return Ok(None) };
    let (id, name) = (
        text(row, "ExternalDirectoryObjectId").parse(),
        text(row, "DisplayName"),
    );
    let distinguished_name = text(row, "DistinguishedName");
    let is_group = text(row, "RecipientTypeDetails").contains("Group");
    let (Ok(id), true, false) = (id, is_group, distinguished_name.is_empty()) else {
        return Ok(None);
    };
    Ok(Some(Group {
        id,
        distinguished_name: distinguished_name.to_owned(),
        name: one_line(name, LONGEST_NAME),
        address: text(row, "PrimarySmtpAddress").to_owned(),
    }))
}
