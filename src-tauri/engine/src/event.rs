//! What a journal records.

use std::collections::{BTreeMap, BTreeSet};

use domain::address::Address;
use domain::app_key::AppKey;
use domain::cloud::CloudId;
use domain::credential::CredentialKind;
use domain::ids::{
    AppObjectId, ClientId, ConnectionId, KeyId, MailboxId, ServicePrincipalId, TenantId, UserId,
};
use domain::mail_protocol::{MailProtocol, MailboxProtocol};
use domain::permission::{Method, Permission};
use jiff::Timestamp;
use plan::changes::Change;
use plan::given::Given;
use plan::switches::Off;
use serde::{Deserialize, Serialize};

use crate::mailboxes::{Drawn, Mailbox, MailboxAnswers};
use crate::proof::Proof;
use domain::grant::EntraGrant;

/// One record of a journal: what happened and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// When it was written.
    pub at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
}

/// Whether a connection belongs to the practice organisation or to a cloud of Microsoft's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tenancy {
    /// The practice organisation.
    Practice,
    /// One of Microsoft's clouds, written by its name.
    #[serde(untagged)]
    Real(CloudId),
}

/// A person who signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {
    /// Object id.
    pub id: UserId,
    /// "Dana Reyes".
    pub name: String,
    /// "dana.reyes@contoso.example".
    pub user_name: String,
}

/// The organisation signed in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Directory id.
    pub tenant: TenantId,
    /// "Contoso Practice".
    pub name: String,
    /// The default domain.
    pub domain: String,
}

/// One line of the pre-flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreflightCheck {
    /// Which.
    pub id: CheckId,
    /// What was seen.
    pub outcome: Readiness,
    /// The role to ask for, where one is missing.
    pub role: Option<String>,
}

/// What a pre-flight check looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// Whether an app may be created.
    CreateApp,
    /// What the credential policy says of secrets.
    SecretPolicy,
    /// Whether grants can be read.
    ReadGrants,
    /// Whether the app may be granted what lets it in by IMAP; asked only where it needs that.
    GrantAppRole,
    /// Whether the limit may be set in Exchange.
    Limit,
    /// Whether Exchange takes scopes of the organisation's own.
    Customised,
    /// Whether the organisation could be read.
    Organisation,
    /// Whether the active roles could be read.
    Roles,
    /// Whether other apps could be read.
    OtherApps,
    /// Whether this computer's clock is right.
    Clock,
    /// One that a newer version looks at.
    #[serde(other)]
    Other,
}

/// What a pre-flight check saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Ready.
    Ready,
    /// Somebody with another role is needed.
    AskSomebody,
    /// It could not be read.
    Unknown,
}

/// What the pre-flight found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preflight {
    /// Its lines.
    pub checks: Vec<PreflightCheck>,
    /// The longest life of a secret that the organisation's policy allows, in days.
    pub longest_secret_days: Option<i32>,
    /// The same of a certificate; older versions didn't read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_certificate_days: Option<i32>,
    /// Whether the policy restricts certificates otherwise than in their life; older versions didn't read it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certificates_restricted: bool,
    /// Whether the policy forbids secrets altogether.
    pub secrets_forbidden: bool,
    /// How many app registrations there are.
    pub other_apps: usize,
    /// Names of app registrations that look like ours or like the platform's.
    pub similar_apps: Vec<String>,
}

impl Preflight {
    /// How many other app registrations there are, and the names of those that look like ours; none where they weren't
    /// read, because the count is then 0 and says nothing.
    pub fn others(&self) -> Option<(usize, &[String])> {
        let check = self.checks.iter().find(|check| check.id == CheckId::OtherApps);
        let read = match check.map(|check| check.outcome) {
            Some(outcome) => outcome == Readiness::Ready,
            // This sign-in wasn't asked to read them; one before it did, if it counted any.
            None => self.other_apps > 0,
        };
        read.then_some((self.other_apps, self.similar_apps.as_slice()))
    }
}

/// A secret on our app that this connection didn't make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignSecret {
    /// Its key id.
    pub key: KeyId,
    /// What it is called.
    pub name: String,
}

/// A credential that a platform may be using when a renewal begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InUse {
    /// Its key id.
    pub key: KeyId,
    /// When it ends, where Microsoft says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
    /// Whether it is a certificate; older versions knew secrets only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub certificate: bool,
}

/// A protocol that was read to be switched off for a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOff {
    /// Which.
    #[serde(flatten)]
    pub of: MailboxProtocol,
    /// How.
    pub how: Off,
}

/// A certificate that was made here. Its private key lies in the keychain before anything of it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeCertificate {
    /// The key id that was drawn for it.
    pub key: KeyId,
    /// What it is called.
    pub name: String,
    /// When its life begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// The certificate itself, which is public: DER in base64.
    pub certificate: String,
}

/// An app that somebody else registered, as it stood when it was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsItWas {
    /// Object id of the registration.
    pub object_id: AppObjectId,
    /// Client id.
    pub client_id: ClientId,
    /// Display name.
    pub name: String,
    /// Tags of the registration.
    pub tags: BTreeSet<String>,
    /// Whose accounts could use it.
    pub audience: String,
    /// Object id and tags of its service principal, where it had one.
    pub principal: Option<(ServicePrincipalId, BTreeSet<String>)>,
    /// What it was granted in Entra and doesn't need: it goes once what takes its place is in force.
    pub grants: Vec<EntraGrant>,
    /// What it was granted there and needs, because its platform opens mailboxes as a mail program does: it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needed: Vec<EntraGrant>,
    /// Whether Exchange knew it: its entry stays when the limit is taken away.
    #[serde(default)]
    pub in_exchange: bool,
    /// The names of the roles that somebody gave it in Exchange: they go with the grants.
    #[serde(default)]
    pub roles: BTreeSet<String>,
    /// What the platform may be signing in with: it goes once the platform has moved.
    pub in_use: Vec<InUse>,
    /// Application access policies about it.
    #[serde(default)]
    pub policies: Vec<Policy>,
}

/// What taking an app over answers, until it is given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Which of the permissions that the platform can do without it has already, and goes on having.
    pub optional: BTreeSet<Permission>,
    /// The mailboxes, with those that an access policy holds it to.
    pub mailboxes: MailboxAnswers,
}

/// An application access policy, as it was read. Older versions wrote a list of the first two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Exchange's identity of it.
    pub identity: String,
    /// What the group or the person is called that it is about.
    pub scope: String,
    /// Whether it is about every app: it limits others too, so it is none to remove.
    #[serde(default)]
    pub of_all_apps: bool,
    /// Whether it let the app into these mailboxes only. Older versions didn't write it down.
    #[serde(default)]
    pub restricts: bool,
}

/// What was written for the platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// The folder.
    pub folder: String,
    /// The names of sealed file, record, record as JSON, reminder.
    pub files: Vec<String>,
    /// How the file is sealed, for the record: "to the key age1…" or "with a passphrase".
    pub sealed: String,
    /// What opens it; older versions didn't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<OpensWith>,
    /// Which secret lies in it; older versions didn't say, and none does where no file was sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<KeyId>,
    /// When.
    pub at: Timestamp,
}

/// What opens a sealed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpensWith {
    /// The private half of the key that it is sealed to.
    Key,
    /// A passphrase that is told over another channel.
    Passphrase,
    /// There is none: no file was sealed, because the platform needed none.
    NoFile,
    /// Something that a newer version knows.
    #[serde(other)]
    Other,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
#[allow(
    clippy::large_enum_variant,
    reason = "records are few and handled one at a time, and a box would only hide the proof"
)]
pub enum Event {
    /// The connection was begun.
    Opened {
        /// Its id.
        connection: ConnectionId,
        /// Where it belongs.
        tenancy: Tenancy,
    },
    /// A platform was chosen.
    PlatformChosen {
        /// The profile's id.
        profile: String,
    },
    /// The platform that an open profile stands for was described.
    PlatformDescribed {
        /// What it is called.
        name: String,
        /// What it may do.
        permissions: Vec<Permission>,
    },
    /// A method was chosen.
    MethodChosen {
        /// Which.
        method: Method,
    },
    /// Which of the permissions that the platform can do without it gets all the same.
    OptionalChosen {
        /// Those that were chosen.
        permissions: Vec<Permission>,
    },
    /// The public client for the sign-in was chosen.
    ClientChosen {
        /// Its name in the list of clients, or an application id.
        client: String,
    },
    /// An admin signed in. No token is recorded.
    SignedIn {
        /// Who.
        admin: Admin,
        /// Where.
        organisation: Organisation,
        /// What the pre-flight found.
        preflight: Preflight,
    },
    /// The admin said that this is the right organisation.
    OrganisationConfirmed,
    /// The admin wants another organisation.
    OrganisationDropped,
    /// Whether the connection takes over an app that somebody else registered.
    Adopting {
        /// Whether it does.
        on: bool,
    },
    /// An app that somebody else registered was taken over, as it was read then. Nothing of it was changed yet.
    AppAdopted {
        /// As which app.
        app: AppKey,
        /// How it stood.
        as_it_was: AsItWas,
        /// What that answers. Nothing where it was taken over at another computer; older versions wrote the answers by
        /// themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answered: Option<Box<Answered>>,
    },
    /// An app that was taken over was given back: whoever registered it has it as it was.
    AppLetGo {
        /// Of which app.
        app: AppKey,
    },
    /// A change is about to be sent.
    Intended {
        /// Of which app.
        app: AppKey,
        /// Which.
        change: Change,
        /// What tells this try from others: the name of a secret.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
    },
    /// A change was made, or was found made: by an interrupted run, or by whoever did it by hand.
    Done {
        /// Of which app.
        app: AppKey,
        /// Which.
        change: Change,
        /// What came of it.
        #[serde(default)]
        given: Given,
    },
    /// A change that was intended was not made, and won't be.
    NotDone {
        /// Of which app.
        app: AppKey,
        /// Which.
        change: Change,
    },
    /// The app was read back from Microsoft.
    AppChecked {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
    },
    /// The app's grants were read.
    PermissionsRead {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Every grant found; none is what we want.
        grants: Vec<EntraGrant>,
    },
    /// The life of the secret was chosen.
    SecretDaysChosen {
        /// In days.
        days: i32,
    },
    /// What the app shall sign in with was chosen.
    CredentialChosen {
        /// A secret or a certificate.
        kind: CredentialKind,
    },
    /// A certificate was made on this computer; nothing of it was sent yet.
    CertificateMade {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Which.
        made: MadeCertificate,
    },
    /// Microsoft took the secret.
    SecretAccepted {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// After so many tries.
        tries: u32,
    },
    /// The secret's value is worth nothing any more: Microsoft refuses it, or the keychain lost it. Another is made.
    SecretGivenUp {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Its key id.
        key: KeyId,
    },
    /// A secret of ours was found to be gone: somebody removed it.
    SecretGone {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Its key id.
        key: KeyId,
    },
    /// The answers of the mailboxes step changed.
    MailboxesAnswered {
        /// As they are now.
        answers: MailboxAnswers,
    },
    /// The mailboxes were confirmed.
    MailboxesConfirmed {
        /// The one picked at random, where one was wanted. Older versions know only this one.
        random: Option<Mailbox>,
        /// All that were drawn; older versions didn't say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        drawn: Option<Drawn>,
    },
    /// The switches of protocols of the chosen mailboxes were read, and those that were set here.
    SwitchesRead {
        /// Of which protocols.
        protocols: BTreeSet<MailProtocol>,
        /// What is switched off.
        off: Vec<SwitchedOff>,
        /// What was switched on here and was changed by somebody since.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        not_ours: Vec<MailboxProtocol>,
        /// Of what Exchange didn't say how it stands.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        unread: Vec<MailboxProtocol>,
    },
    /// Which protocols shall be switched on where they are off.
    SwitchOnAnswered {
        /// All of them.
        protocols: BTreeSet<MailboxProtocol>,
    },
    /// Every part of the limit was read back; Microsoft starts to apply it.
    LimitSet {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// By when Microsoft has surely applied it; older versions didn't say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        applied_by: Option<Timestamp>,
        /// The mailboxes to which the app was read to have full access, whoever gave it; none where a scope limits it.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        full_access: BTreeSet<MailboxId>,
    },
    /// Exchange was read to keep another limit than the one that was set: it is set again, and takes effect anew.
    LimitFoundOtherwise {
        /// Of which app.
        app: AppKey,
    },
    /// What the scope holds isn't known mailbox by mailbox: an older version set it by address.
    ScopeOpen {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
    },
    /// When the limit was set or removed, Exchange's scope held others too. Microsoft may serve them for a while still.
    ScopeHeldOthers {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Who, as far as they were listed, with their addresses.
        mailboxes: BTreeMap<MailboxId, Address>,
        /// Whether there were more.
        more: bool,
    },
    /// The proof was run, wholly or in part.
    #[serde(rename = "observed")]
    Proved {
        /// What it saw.
        proof: Proof,
    },
    /// A look could not be brought to its end, so the proof before it no longer counts.
    LookFailed,
    /// The admin knows about owners of the app that this wizard didn't make.
    OwnersKnown {
        /// Their object ids.
        owners: Vec<String>,
    },
    /// A mailbox has another address than when it was chosen; it is the same mailbox.
    AddressChanged {
        /// Which.
        mailbox: MailboxId,
        /// Its address now.
        address: Address,
    },
    /// The app registration of this connection was found among the deleted ones.
    AppFoundDeleted {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Client id.
        client_id: ClientId,
        /// Object id of the registration.
        object_id: AppObjectId,
        /// Display name.
        name: String,
        /// When it was deleted, where Microsoft says.
        deleted_at: Option<Timestamp>,
    },
    /// The app registration is gone and can't be restored; another is made in its place.
    AppGivenUp {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
    },
    /// The service principal is gone, and with it whatever Exchange gave it.
    ServicePrincipalGone {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
    },
    /// Secrets with our tag were found whose value nobody has.
    LostSecretsFound {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Their key ids.
        keys: Vec<KeyId>,
        /// Those of them that are certificates; older versions knew secrets only.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        certificates: Vec<KeyId>,
    },
    /// A renewal was begun: a secret is made beside what the platform may be using, which stays until it has moved.
    RenewalBegun {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// Everything that the platform may be using, as it was read then.
        in_use: Vec<InUse>,
    },
    /// Whether the platform uses what it was given last, as a person said.
    PlatformMoved {
        /// Whether it does.
        moved: bool,
    },
    /// The renewal was given up before anything was handed over; what the platform uses stays.
    RenewalDropped {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
    },
    /// The connection was found again in the organisation: its notes lie on another computer, and so does its key. Its
    /// platform uses it.
    FoundAgain,
    /// Everything of the connection is to be taken away.
    RevocationBegun,
    /// Everything of the connection was taken away.
    Revoked {
        /// Whether Microsoft refused the app's own key then; none where its value wasn't on this computer any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key_refused: Option<bool>,
    },
    /// Which secrets of the app this connection didn't make.
    ForeignSecretsSeen {
        /// Of which app.
        #[serde(default)]
        app: AppKey,
        /// All of them, as they are now.
        secrets: Vec<ForeignSecret>,
    },
    /// The files were written.
    Exported {
        /// Which.
        exported: Exported,
    },
    /// Something that a newer version recorded and this one does not know.
    #[serde(other)]
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A policy was a list of its identity and of whom it is about, before it was kept whether it is about every app.
    #[test]
    fn a_policy_is_read_as_older_versions_wrote_it() {
        let policy = |of_all_apps| Policy {
            identity: "tenant\\app:sid;id".into(),
            scope: "cctr_sec_group".into(),
            of_all_apps,
            restricts: of_all_apps,
        };
        let read = |text: &str| serde_json::from_str::<Policy>(text).unwrap();
        assert_eq!(read(r#"["tenant\\app:sid;id","cctr_sec_group"]"#), policy(false));
        let now = serde_json::to_string(&policy(true)).unwrap();
        assert_eq!(read(&now), policy(true));
    }

    /// The worldwide cloud is written as it was before there were others.
    #[test]
    fn a_cloud_is_written_by_its_name() {
        for (tenancy, written) in [
            (Tenancy::Practice, "practice"),
            (Tenancy::Real(CloudId::Global), "global"),
            (Tenancy::Real(CloudId::GccHigh), "gcc-high"),
        ] {
            assert_eq!(serde_json::to_value(tenancy).unwrap(), written);
            let read: Tenancy = serde_json::from_value(written.into()).unwrap();
            assert_eq!(read, tenancy);
        }
        assert!(serde_json::from_str::<Tenancy>("\"elsewhere\"").is_err());
    }

    /// The count is 0 also where nothing was read. Journals of earlier versions say so in the same way.
    #[test]
    fn other_apps_that_were_not_read_are_not_counted() {
        let of = |checks: &str, other_apps: usize| {
            let text = format!(
                r#"{{"checks":[{checks}],"longest_secret_days":null,"secrets_forbidden":false,"other_apps":{other_apps},"similar_apps":[]}}"#
            );
            let preflight: Preflight = serde_json::from_str(&text).unwrap();
            preflight.others().map(|(count, _)| count)
        };
        let check = |outcome: &str| format!(r#"{{"id":"other-apps","outcome":"{outcome}","role":null}}"#);
        assert_eq!(of(&check("ready"), 0), Some(0));
        assert_eq!(of(&check("unknown"), 0), None);
        assert_eq!(of("", 0), None);
        // One sign-in before it counted them.
        assert_eq!(of("", 3), Some(3));
    }
}
