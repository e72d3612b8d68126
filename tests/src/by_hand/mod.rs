//! Apps that somebody registered by hand, long ago, as each of the five published procedures tells it, with other
//! people's tools and without the wizard: with the procedure's faults, so far as an admin who follows it ends up with them.
//!
//! Which tool: Shipfix's and SureCloud's app is made with the calls of Azure CLI ([`azure_cli`]), Sinch's with MSAL for Node,
//! which signs the admin in, and bare calls with its token ([`msal`]), Emailgistics' and LogicalDOC's as in the portal, by
//! bare calls with a token that is taken here. Exchange is told in PowerShell, line by line. A line that is wrong in the
//! procedure is typed as it stands there first, and has to be refused; what follows is what an admin makes of it.
//!
//! What the procedures leave open was chosen: Shipfix's article leaves the Azure half to a document that we haven't seen,
//! and of Emailgistics' guide the names of the permissions and the way of the limit couldn't be read.

mod azure_cli;
mod reach;
mod texts;

use std::fmt::{Debug, Formatter};
use std::time::Duration;

use practice::{ClockKind, Handle, Options};

use crate::Outcome;
use crate::colleague::Colleague;
use crate::msal;
use crate::organisation::Organisation;
use crate::platform::{Credentials, Errand, Mailbox};

pub use crate::by_hand::reach::{Reached, Tries};

/// How long ago it was done: longer than any limit takes to be applied (microsoft-facts §4a, §4b).
const LONG_AGO: Duration = Duration::from_secs(3 * 60 * 60);
/// Who has every role that the procedures ask for.
const ADMIN: &str = "priya.nair@contoso.example";
/// Mailboxes that none of them names.
const OTHERS: [&str; 2] = ["ceo@contoso.example", "hr@contoso.example"];

/// One of the five procedures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Text {
    /// Client credentials, mailboxes named in Shipfix alone.
    Shipfix,
    /// Method 2, the app registration.
    Emailgistics,
    /// A mail-enabled security group and an access policy.
    SinchContactPro,
    /// The same, for sending only.
    SureCloud,
    /// IMAP, with full access to the mailbox.
    LogicalDoc,
}

/// What a procedure leaves wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// By Graph it reaches every mailbox of the organisation.
    EveryMailbox,
    /// A limit was set in Exchange, and what Entra granted goes past it (microsoft-facts §4b, the union trap).
    LimitWithoutEffect,
    /// It is limited by an access policy, which Microsoft has replaced (microsoft-facts §4a).
    OldPolicy,
    /// Its secret lives for decades.
    SecretForDecades,
    /// It was granted what it has no use for, Exchange Web Services to every mailbox among it.
    OverAsked,
}

/// An app that was registered by hand.
#[derive(Clone)]
pub struct ByHand {
    /// The procedure that was followed.
    pub text: Text,
    /// Its display name.
    pub name: String,
    /// Its client id.
    pub client: String,
    /// The registration's object id.
    pub object: String,
    /// The enterprise application's object id.
    pub principal: String,
    /// The id of its secret.
    pub key: String,
    /// The secret itself.
    pub secret: String,
    /// The mailboxes that it is for, by address and object id.
    pub mailboxes: Vec<(String, String)>,
    /// Mailboxes that it has no business with.
    pub refused: Vec<(String, String)>,
    /// The address of the group that it is limited to, where there is one.
    pub group: Option<String>,
    /// What the procedure leaves wrong.
    pub wrong: &'static [Wrong],
}

impl Debug for ByHand {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ByHand({:?}, {})", self.text, self.client)
    }
}

impl Text {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Shipfix,
        Self::Emailgistics,
        Self::SinchContactPro,
        Self::SureCloud,
        Self::LogicalDoc,
    ];

    /// What its platform does all day.
    pub fn errand(self) -> Errand {
        match self {
            Self::Shipfix | Self::Emailgistics | Self::SinchContactPro => Errand::Reads,
            Self::SureCloud => Errand::Sends,
            Self::LogicalDoc => Errand::ReadsByImap,
        }
    }

    /// The addresses of the mailboxes that it is for.
    pub fn addresses(self) -> &'static [&'static str] {
        match self {
            Self::Shipfix => &["sales@contoso.example", "orders@contoso.example"],
            Self::Emailgistics | Self::SinchContactPro => {
                &["support@contoso.example", "billing@contoso.example"]
            }
            Self::SureCloud => &["info@contoso.example"],
            Self::LogicalDoc => &["billing@contoso.example"],
        }
    }

    /// Whether what it takes is at hand. Says so where it isn't.
    pub fn can_be_followed(self) -> bool {
        self != Self::SinchContactPro || msal::is_there()
    }

    fn wrong(self) -> &'static [Wrong] {
        match self {
            Self::Shipfix => &[Wrong::EveryMailbox],
            Self::Emailgistics => &[Wrong::EveryMailbox, Wrong::LimitWithoutEffect],
            Self::SinchContactPro => &[Wrong::OldPolicy],
            Self::SureCloud => &[Wrong::OldPolicy, Wrong::SecretForDecades],
            Self::LogicalDoc => &[Wrong::EveryMailbox, Wrong::OverAsked],
        }
    }
}

/// An organisation with hundreds of mailboxes, whose time passes when it is told to: for [`register`].
///
/// # Errors
/// Where it doesn't start.
pub async fn organisation() -> Outcome<Handle> {
    let start = "2026-11-22T10:30:00Z".parse();
    let options = Options {
        clock: ClockKind::Explicit {
            start: start.map_err(|error: jiff::Error| error.to_string())?,
        },
        mailboxes: 300,
        ..Options::default()
    };
    practice::start(options).await.map_err(|error| error.to_string())
}

/// Does what a procedure tells, long ago. `pass` lets this much of the organisation's time pass, and does nothing where
/// time goes by itself; three hours are passed at the end, so that every limit is in force.
///
/// # Errors
/// What Microsoft answers where an admin would have got no further; where the procedure can't be followed here
/// ([`Text::can_be_followed`]).
pub async fn register(text: Text, handle: &Handle, pass: impl Fn(Duration)) -> Outcome<ByHand> {
    // Before the other tokens, which would grow old meanwhile where time goes quickly.
    let msal = match text {
        Text::SinchContactPro => Some(msal::persons_token(handle, ADMIN).await?),
        _ => None,
    };
    let desk = texts::Desk {
        colleague: Colleague::of(handle).await?,
        cli: azure_cli::AzureCli::login(handle, ADMIN).await?,
        msal,
        now: handle
            .snapshot()
            .now
            .parse()
            .map_err(|error| format!("the organisation's time: {error}"))?,
        pass: &pass,
    };
    let made = match text {
        Text::Shipfix => desk.shipfix().await?,
        Text::Emailgistics => desk.emailgistics().await?,
        Text::SinchContactPro => desk.sinch_contact_pro().await?,
        Text::SureCloud => desk.surecloud().await?,
        Text::LogicalDoc => desk.logicaldoc().await?,
    };
    let with_ids = async |addresses: &[&str]| -> Outcome<Vec<(String, String)>> {
        let mut all = Vec::new();
        for address in addresses {
            all.push(((*address).to_owned(), desk.colleague.mailbox(address).await?));
        }
        Ok(all)
    };
    let by_hand = ByHand {
        text,
        name: made.name.to_owned(),
        client: made.app.client,
        object: made.app.object,
        principal: made.app.principal,
        key: made.secret.key,
        secret: made.secret.value,
        mailboxes: with_ids(text.addresses()).await?,
        refused: with_ids(&OTHERS).await?,
        group: made.group,
        wrong: text.wrong(),
    };
    pass(LONG_AGO);
    Ok(by_hand)
}

impl ByHand {
    /// What its platform was given.
    pub fn credentials(&self, organisation: &Organisation) -> Credentials {
        let mailboxes: Vec<Mailbox> = self
            .mailboxes
            .iter()
            .map(|(address, id)| Mailbox {
                id: id.clone(),
                address: address.clone(),
            })
            .collect();
        Credentials::by_hand(
            organisation,
            &self.client,
            &self.key,
            &self.secret,
            &mailboxes,
            self.text.errand(),
        )
    }
}
