//! What a profile says, once every rule held.

use domain::credential::CredentialKind;
use domain::mail_protocol::MailProtocol;
use domain::message::Told;
use domain::permission::{Method, Permission};
use jiff::civil::Date;

/// One mail platform: what it asks of Microsoft 365 and what it wants to be told afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Short name in kebab case, such as `sinch-contact-pro`; bundles and journals refer to it.
    pub id: String,
    /// The platform's name as its users know it.
    pub name: String,
    /// What it is called in the list of platforms: its name, or what stands there for any platform.
    pub listed: Told,
    /// The company that makes the platform.
    pub vendor: String,
    /// Counts the edits of this file, from 1.
    pub version: u32,
    /// One sentence on what the platform does with mail.
    pub summary: Told,
    /// The day on which somebody last compared the file with the vendor's documents.
    pub last_verified: Option<Date>,
    /// How the platform can reach mail; never empty.
    pub methods: Vec<Method>,
    /// The permissions it asks for, each once; at least one of them is not optional.
    pub permissions: Vec<AskedPermission>,
    /// How long its client secret may live.
    pub credential: CredentialLimits,
    /// Whether it stands for any platform, so that the admin says what it is called and what it may do.
    pub open: bool,
    /// The platform's public age key, if bundles can be locked for it.
    pub recipient_key: Option<String>,
    /// The fields of the platform's own form, in its order and under its labels.
    pub form: Vec<FormField>,
    /// Who takes the sealed file, such as "your Contact Pro administrator", where the platform has a name for them.
    pub hand_over_to: Option<Told>,
    /// What remains to be done at the platform, one sentence a step.
    pub next_steps: Vec<Told>,
    /// Where the published procedure asks for more than is needed.
    pub over_asks: Vec<OverAsk>,
    /// The vendor's documents.
    pub links: Vec<Link>,
}

/// A permission and why the platform needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedPermission {
    /// The permission.
    pub permission: Permission,
    /// One clause for the admin who decides, such as "to read queue mail and file it".
    pub reason: Told,
    /// Whether the platform works without it, so that the admin can leave it out.
    pub optional: bool,
    /// Whether it is chosen at first although it is optional, because the platform is hardly ever used without it.
    pub usual: bool,
}

/// What the platform takes to sign in with, and how long that may live, in months from 1 to 24.
#[derive(Clone, Debug, PartialEq)]
pub struct CredentialLimits {
    /// What it takes, the proposed one first; never empty.
    pub kinds: Vec<CredentialKind>,
    /// The longest life that may be chosen.
    pub longest_months: u8,
    /// The life that is proposed where the wizard's own proposal isn't shorter; never above the longest.
    pub usual_months: u8,
}

/// One field of the platform's form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// The label, exactly as the form has it; unique within a form.
    pub label: String,
    /// What belongs into the field.
    pub field: Field,
}

/// What belongs into a field of a platform's form.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// `https://login.microsoftonline.com/{tenant}`.
    Authority,
    /// The directory (tenant) ID.
    TenantId,
    /// The application (client) ID.
    ClientId,
    /// The value of the client secret.
    SecretValue,
    /// The day on which the client secret ends.
    SecretEnds,
    /// The private key of the certificate, as PEM.
    PrivateKey,
    /// The certificate, as PEM.
    Certificate,
    /// The thumbprint of the certificate.
    CertificateThumbprint,
    /// The day on which the certificate ends.
    CertificateEnds,
    /// The addresses of the mailboxes.
    MailboxAddresses,
    /// The directory object IDs of the mailboxes.
    MailboxObjectIds,
    /// The display name of the app.
    AppName,
    /// The server of a protocol of mail programs.
    Server(MailProtocol),
    /// The port that it answers at.
    Port(MailProtocol),
    /// The same text for everybody.
    Constant(String),
}

impl Field {
    /// Which kind of credential it is a field of; none where it is filled in with either.
    pub fn of(&self) -> Option<CredentialKind> {
        match self {
            Self::SecretValue | Self::SecretEnds => Some(CredentialKind::Secret),
            Self::PrivateKey | Self::Certificate | Self::CertificateThumbprint | Self::CertificateEnds => {
                Some(CredentialKind::Certificate)
            }
            Self::Authority
            | Self::TenantId
            | Self::ClientId
            | Self::MailboxAddresses
            | Self::MailboxObjectIds
            | Self::AppName
            | Self::Server(_)
            | Self::Port(_)
            | Self::Constant(_) => None,
        }
    }

    /// Which protocol it is a field of; none where it is filled in by whichever the platform reaches mail.
    pub fn of_protocol(&self) -> Option<MailProtocol> {
        match self {
            Self::Server(role) | Self::Port(role) => Some(*role),
            _ => None,
        }
    }
}

/// Something a published procedure asks for without need.
#[derive(Clone, Debug, PartialEq)]
pub struct OverAsk {
    /// What the procedure asks for.
    pub asks: Told,
    /// What Mailgrant does in its place.
    pub instead: Told,
}

/// A document of the vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The words to click on.
    pub label: Told,
    /// The address; always `https`.
    pub address: String,
}
