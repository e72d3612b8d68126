//! A cmdlet of Exchange Online.

use serde_json::{Map, Value, json};

use crate::slot::{Arg, Ids, Slot};

/// A cmdlet with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Cmdlet {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in the order in which they are written.
    pub parameters: Vec<(&'static str, Arg)>,
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
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.parameters.push((name, value.into()));
        self
    }

    /// The name of the call that runs it, for evidence and counting.
    pub fn call(&self) -> String {
        format!("Exchange {}", self.name)
    }

    /// Whether it changes something, by its verb.
    pub fn changes(&self) -> bool {
        !(self.name.starts_with("Get-") || self.name.starts_with("Test-"))
    }

    /// The body of an `InvokeCommand` (microsoft-facts §4d), where no slot is left in it.
    pub fn body(&self) -> Option<Value> {
        let parameters: Map<String, Value> = self
            .parameters
            .iter()
            .map(|(name, value)| Some(((*name).to_owned(), value.json()?)))
            .collect::<Option<_>>()?;
        Some(json!({ "CmdletInput": { "CmdletName": self.name, "Parameters": parameters } }))
    }

    /// The same with every slot filled in.
    ///
    /// # Errors
    /// The first slot whose id isn't known.
    pub fn filled(&self, ids: &Ids) -> Result<Self, Slot> {
        let parameters = self
            .parameters
            .iter()
            .map(|(name, value)| Ok((*name, value.filled(ids)?)))
            .collect::<Result<_, Slot>>()?;
        Ok(Self {
            name: self.name,
            parameters,
        })
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
    fn a_cmdlet_is_sent_as_its_parameters() {
        let cmdlet = Cmdlet::new("Remove-ManagementScope")
            .with("Identity", "Mailgrant o'brien")
            .with("Confirm", false);
        assert_eq!(
            cmdlet.body(),
            Some(
                json!({ "CmdletInput": { "CmdletName": "Remove-ManagementScope", "Parameters": { "Identity": "Mailgrant o'brien", "Confirm": false } } })
            )
        );
        assert!(cmdlet.changes());
        assert!(!Cmdlet::new("Get-Mailbox").changes());
        assert_eq!(
            Cmdlet::new("Get-Mailbox")
                .with("Identity", Slot::Principal)
                .body(),
            None
        );
    }
}
