//! A call as a line of PowerShell, for somebody who does it by hand.
//!
//! Requests to Graph are written for `Invoke-MgGraphRequest` of the Microsoft Graph PowerShell module, cmdlets as they are.
//! An id that a call gives is kept in a variable, and later lines use it.
//!
//! Every text is a single-quoted literal, in which only the quotation mark itself has a meaning and is doubled, so nothing
//! in a name can become a command.

use crate::Call;
use crate::cmdlet::Cmdlet;
use crate::graph::Request;
use crate::slot::{Arg, Keys, Piece, Slot, Text};

/// What stands for a value that is known only when the line is run.
fn expression(slot: Slot) -> String {
    match slot {
        Slot::AppObject => "$app.id".to_owned(),
        Slot::AppClient => "$app.appId".to_owned(),
        Slot::Principal => "$servicePrincipal.id".to_owned(),
        Slot::ExchangeOnline => "$exchangeOnline.id".to_owned(),
        Slot::Key => "$secret.keyId".to_owned(),
        Slot::NewKey => "(New-Guid).Guid".to_owned(),
        // Whoever does it by hand brings a certificate of their own.
        Slot::Certificate => {
            "[Convert]::ToBase64String([IO.File]::ReadAllBytes((Resolve-Path 'certificate.cer')))".to_owned()
        }
        Slot::Keys => "$held.keyCredentials".to_owned(),
        Slot::InDays(days) => {
            format!("(Get-Date).AddDays({days}).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')")
        }
        Slot::Try => "(New-Guid).Guid.Substring(0, 8)".to_owned(),
    }
}

/// The variable that holds what a call gives; without one, what it answers would stand on the console.
fn variable(slot: Slot) -> Option<&'static str> {
    match slot {
        Slot::AppObject | Slot::AppClient => Some("$app"),
        Slot::Principal => Some("$servicePrincipal"),
        Slot::ExchangeOnline => Some("$exchangeOnline"),
        Slot::Key => Some("$secret"),
        Slot::Keys => Some("$held"),
        Slot::InDays(_) | Slot::Try | Slot::NewKey | Slot::Certificate => None,
    }
}

/// The line.
pub fn line(call: &Call) -> String {
    match call {
        Call::Graph(request) => of_request(request),
        Call::Exchange(cmdlet) => of_cmdlet(cmdlet),
    }
}

/// The line of a cmdlet.
pub fn of_cmdlet(cmdlet: &Cmdlet) -> String {
    let mut line = cmdlet.name.to_owned();
    for (name, value) in &cmdlet.parameters {
        match value {
            // Destructive cmdlets ask on a console; a switch that is off is written with its value.
            Arg::Switch(on) => line.push_str(&format!(" -{name}:${on}")),
            Arg::List(values) => {
                let values: Vec<String> = values.iter().map(written).collect();
                line.push_str(&format!(" -{name} {}", values.join(",")));
            }
            value => line.push_str(&format!(" -{name} {}", written(value))),
        }
    }
    line
}

fn of_request(request: &Request) -> String {
    let mut line = String::new();
    if let Some(variable) = request.gives.first().and_then(|(slot, _)| variable(*slot)) {
        line.push_str(&format!("{variable} = "));
    }
    line.push_str("Invoke-MgGraphRequest");
    line.push_str(&format!(" -Method {}", request.verb.name()));
    line.push_str(&format!(
        " -Uri {}",
        text(&Text::from("v1.0/").then(request.path.clone()))
    ));
    if !request.headers.is_empty() {
        let headers = request.headers.iter();
        let headers = headers.map(|(name, value)| ((*name).to_owned(), Arg::from(value.as_str())));
        line.push_str(&format!(" -Headers {}", written(&Arg::Map(headers.collect()))));
    }
    if let Some(body) = &request.body {
        line.push_str(&format!(" -Body {}", written(body)));
    }
    line
}

fn written(value: &Arg) -> String {
    let joined = |values: Vec<String>, between: &str| values.join(between);
    match value {
        Arg::Nothing => "$null".to_owned(),
        Arg::Switch(on) => format!("${on}"),
        Arg::Number(number) => number.to_string(),
        Arg::Text(value) => text(value),
        Arg::Keys(keys) => held(keys),
        Arg::List(values) => format!("@({})", joined(values.iter().map(written).collect(), ", ")),
        Arg::Map(fields) if fields.is_empty() => "@{}".to_owned(),
        Arg::Map(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{} = {}", literal(name), written(value)));
            format!("@{{ {} }}", joined(fields.collect(), "; "))
        }
    }
}

/// The list of certificates, out of what the line before it read.
fn held(keys: &Keys) -> String {
    let mut list = expression(Slot::Keys);
    if let Some(key) = keys.without {
        list.push_str(&format!(
            " | Where-Object {{ $_.keyId -ne {} }}",
            literal(&key.to_string())
        ));
    }
    match &keys.with {
        Some(one) => format!("(@({list}) + @({}))", written(one)),
        None => format!("@({list})"),
    }
}

fn text(value: &Text) -> String {
    let pieces: Vec<String> = value
        .pieces()
        .iter()
        .map(|piece| match piece {
            Piece::Plain(plain) => literal(plain),
            Piece::Slot(slot) => expression(*slot),
        })
        .collect();
    match pieces.as_slice() {
        [] => "''".to_owned(),
        [one] => one.clone(),
        several => format!("({})", several.join(" + ")),
    }
}

fn literal(plain: &str) -> String {
    // PowerShell takes the typographic marks for the plain one.
    let mut quoted = String::from("'");
    for letter in plain.chars() {
        quoted.push(letter);
        if matches!(letter, '\'' | '‘' | '’' | '‚' | '‛') {
            quoted.push(letter);
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entra, exchange};

    #[test]
    fn a_name_cannot_become_a_command() {
        let line =
            of_cmdlet(&Cmdlet::new("Get-Mailbox").with("Identity", "x'; Remove-Mailbox ’y’ $(whoami)"));
        assert_eq!(
            line,
            "Get-Mailbox -Identity 'x''; Remove-Mailbox ’’y’’ $(whoami)'"
        );
    }

    #[test]
    fn what_a_call_gives_is_kept_for_the_next_one() {
        let lines = [
            Call::Graph(entra::create_app(
                "mailgrant-1",
                "Mailgrant: O'Brien",
                &["Mailgrant", "mailgrant:1"],
            )),
            Call::Graph(entra::create_principal(&["Mailgrant"])),
            Call::Graph(entra::add_password(
                Text::from("Mailgrant 1 ").then(Slot::Try),
                Slot::InDays(180).into(),
            )),
            Call::Graph(entra::delete_app()),
            Call::Exchange(exchange::register("Mailgrant: O'Brien")),
            Call::Exchange(exchange::remove_scope("Mailgrant 1")),
        ]
        .map(|call| line(&call));
        assert_eq!(
            lines,
            [
                "$app = Invoke-MgGraphRequest -Method PATCH -Uri 'v1.0/applications(uniqueName=%27mailgrant-1%27)' -Headers @{ 'prefer' = 'create-if-missing' } -Body @{ 'displayName' = 'Mailgrant: O''Brien'; 'signInAudience' = 'AzureADMyOrg'; 'tags' = @('Mailgrant', 'mailgrant:1') }",
                "$servicePrincipal = Invoke-MgGraphRequest -Method POST -Uri 'v1.0/servicePrincipals' -Body @{ 'appId' = $app.appId; 'tags' = @('Mailgrant') }",
                "$secret = Invoke-MgGraphRequest -Method POST -Uri ('v1.0/applications/' + $app.id + '/addPassword') -Body @{ 'passwordCredential' = @{ 'displayName' = ('Mailgrant 1 ' + (New-Guid).Guid.Substring(0, 8)); 'endDateTime' = (Get-Date).AddDays(180).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') } }",
                "Invoke-MgGraphRequest -Method DELETE -Uri ('v1.0/applications/' + $app.id)",
                "New-ServicePrincipal -AppId $app.appId -ObjectId $servicePrincipal.id -DisplayName 'Mailgrant: O''Brien'",
                "Remove-ManagementScope -Identity 'Mailgrant 1' -Confirm:$false",
            ]
        );
    }
}
