//! The protocols of mail programs.

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailProtocol {
    /// IMAP.
    Imap,
    /// POP3.
    Pop,
    /// SMTP, as a mail program hands a message in.
    Smtp,
}

impl MailProtocol {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Imap, Self::Pop, Self::Smtp];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imap => "IMAP",
            Self::Pop => "POP3",
            Self::Smtp => "SMTP",
        }
    }
}
