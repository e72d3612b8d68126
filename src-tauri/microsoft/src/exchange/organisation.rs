//! What Exchange says of the organisation itself.

use super::Exchange;
use crate::error::Error;
use calls::cmdlet::Cmdlet;

/// Whether the organisation was customised once, so that it takes scopes of its own (microsoft-facts §4d). `None` where
/// Exchange doesn't say.
///
/// # Errors
/// Whatever Exchange answers; 401 or 403 to whoever is no administrator of it.
pub async fn customised(exchange: &Exchange<'_>) -> Result<Option<bool>, Error> {
    let rows = exchange.run(&Cmdlet::new("Get-OrganizationConfig")).await?;
    let row = rows.first();
    let dehydrated = row.and_then(|row| row.get("IsDehydrated")?.as_bool());
    Ok(dehydrated.map(|dehydrated| !dehydrated))
}
