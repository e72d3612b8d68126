//! Microsoft's clouds, which know nothing of each other's organisations.

use serde::{Deserialize, Serialize};

use crate::message;
use crate::message::Message;

/// One of Microsoft's clouds. Where each answers stands in `microsoft::cloud::hosts`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloudId {
    /// The worldwide cloud. The US government's GCC is a part of it (microsoft-facts §6).
    #[default]
    Global,
    /// GCC High of the US government.
    GccHigh,
    /// That of the US Department of Defense.
    Dod,
    /// The one in China, which 21Vianet runs.
    China,
}

impl CloudId {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Global, Self::GccHigh, Self::Dod, Self::China];

    /// Its name on the command line and in journals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::GccHigh => "gcc-high",
            Self::Dod => "dod",
            Self::China => "china",
        }
    }

    /// The one of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.name() == name)
    }

    /// What people call it.
    pub fn said(self) -> Message {
        match self {
            Self::Global => message!("cloud-global"),
            Self::GccHigh => message!("cloud-gcc-high"),
            Self::Dod => message!("cloud-dod"),
            Self::China => message!("cloud-china"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cloud_is_called_as_it_is_written() {
        for cloud in CloudId::ALL {
            assert_eq!(serde_json::to_value(cloud).unwrap(), cloud.name());
            assert_eq!(CloudId::of_name(cloud.name()), Some(cloud));
        }
        assert_eq!(CloudId::of_name("germany"), None);
    }
}
