//! One description of every cmdlet that the wizard uses: run directly, or written as PowerShell.

use serde_json::{Map, Value, json};

/// A cmdlet with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Cmdlet {
    /// Its name.
    pub name: &'static str,
    /// Its parameters in the order they are written.
    pub parameters: Vec<(&'static str, Value)>,
}

impl Cmdlet {
    /// A cmdlet without parameters.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            parameters: Vec::new(),
        }
    }

    /// Adds a parameter.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// Whether it changes something, by its verb.
    pub fn changes(&self) -> bool {
        !(self.name.starts_with("Get-") || self.name.starts_with("Test-"))
    }

    /// The body of an `InvokeCommand` (microsoft-facts §4d).
    pub fn body(&self) -> Value {
        let parameters: Map<String, Value> = self
            .parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect();
        json!({ "CmdletInput": { "CmdletName": self.name, "Parameters": parameters } })
    }

    /// The same as a line of PowerShell. Every text is a single-quoted literal, in which only the quotation mark
    /// itself has a meaning and is doubled, so nothing in a name can become a command.
    pub fn powershell(&self) -> String {
        let mut line = self.name.to_owned();
        for (name, value) in &self.parameters {
            match value {
                // Destructive cmdlets ask on a console; a switch that is off is written with its value.
                Value::Bool(on) => line.push_str(&format!(" -{name}:${on}")),
                Value::Array(values) => {
                    let values: Vec<String> = values.iter().map(literal).collect();
                    line.push_str(&format!(" -{name} {}", values.join(",")));
                }
                value => line.push_str(&format!(" -{name} {}", literal(value))),
            }
        }
        line
    }
}

fn literal(value: &Value) -> String {
    match value {
        // PowerShell takes the typographic marks for the plain one.
        Value::String(text) => {
            let doubled: String = text
                .chars()
                .flat_map(|c| {
                    std::iter::repeat_n(
                        c,
                        if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') {
                            2
                        } else {
                            1
                        },
                    )
                })
                .collect();
            format!("'{doubled}'")
        }
        other => other.to_string(),
    }
}

/// A text inside an OPATH filter: single-quoted, with quotation marks doubled.
pub fn opath(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cmdlet_is_run_and_written_from_one_description() {
        let cmdlet = Cmdlet::new("Remove-ManagementScope")
            .with("Identity", "Mailgrant o'brien")
            .with("Confirm", false);
        assert_eq!(
            cmdlet.powershell(),
            "Remove-ManagementScope -Identity 'Mailgrant o''brien' -Confirm:$false"
        );
        assert_eq!(
            cmdlet.body(),
            json!({ "CmdletInput": { "CmdletName": "Remove-ManagementScope", "Parameters": { "Identity": "Mailgrant o'brien", "Confirm": false } } })
        );
        assert!(cmdlet.changes());
    }

    #[test]
    fn a_name_cannot_become_a_command() {
        let line = Cmdlet::new("Get-Mailbox")
            .with("Identity", "x'; Remove-Mailbox ’y’ $(whoami)")
            .powershell();
        assert_eq!(
            line,
            "Get-Mailbox -Identity 'x''; Remove-Mailbox ’’y’’ $(whoami)'"
        );
    }
}
