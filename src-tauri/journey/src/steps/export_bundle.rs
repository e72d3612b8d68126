//! What leaves the wizard: the sealed file for the platform, the record for the organisation, the reminder.
//!
//! Only a proof over everything opens this step. Changes nothing in the organisation. The secret goes from the keychain
//! into the sealed file and nowhere else.

mod by_method;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use calls::powershell;
use std::path::Path;

use bundle::connection::{
    App, Certificate, CloudName, Connection, Count, Credential, FormEntry, FormValue, MailboxGiven, Platform,
    Proof, ProofRow,
};
use bundle::files::Files;
use bundle::page;
use bundle::record::{self, Person, Record};
use bundle::reminder::{self, Reminder};
use bundle::seal::{Recipient, seal};
use domain::credential::CredentialKind;
use domain::finding::{Finding, Observation, Stamp};
use domain::ids::KeyId;
use domain::mail_protocol::MailProtocol;
use domain::message;
use domain::message::{Arg, Kind, Message, Part, Voice};
use domain::permission::Permission;
use domain::problem::{Code, Problem, Retry};
use domain::secret::Secret;
use engine::basis::{Reason, reasons};
use engine::event::{Admin, Event, Exported, OpensWith, Tenancy};
use engine::progress::proof_is_fresh;
use engine::proof::{Expected, Verdict, verdict};
use jiff::SignedDuration;
use microsoft::certificate;
use profiles::{Field, FormField, Profile};

use super::verify_access;
use crate::drawn;
use crate::problems::not_written;
use crate::secret_life;
use crate::survey;
use crate::wizard::{Wizard, internal};

/// How long before the end of the secret it should be renewed: 30 days.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How often the whole look is repeated before sealing. Each takes minutes where there are hundreds of mailboxes, and
/// whoever changes the organisation so often is to be found rather than outrun.
const MOST_LOOKS: u32 = 2;

/// Seals and writes everything into a folder.
///
/// What is exported is what was proven: the organisation is read again first, and where it differs in any part from
/// what the proof was made of, or the proof is older than a day, the whole look is repeated.
///
/// The files for people are in the words of this voice.
///
/// `current` can be had from [`read_again`] alone, so nothing is sealed without it, and no other secret than the one
/// that it holds.
///
/// # Errors
/// When the disk refuses.
pub fn act(
    wizard: &mut Wizard,
    current: Current,
    recipient: Option<Recipient>,
    folder: &Path,
    voice: &Voice,
) -> Result<(), Problem> {
    let Current { secret } = current;
    if recipient.is_none() && !needs_no_file(wizard) {
        return Err(internal("the platform needs a file"));
    }
    let connection = connection(wizard)?;
    let sealing = match recipient {
        Some(recipient) => Sealing::with(&connection, &secret, recipient)?,
        None => Sealing::none(),
    };
    let how = (voice.say)(&sealing.how.into());
    drop(secret);
    let record = record_of(wizard, &connection, how, voice)?;
    let reminder = Reminder {
        connection_id: connection.connection_id.clone(),
        key_id: connection.credential.key_id.clone(),
        platform: connection.platform.name.clone(),
        organisation: connection.organisation.clone(),
        ends_at: connection.credential.ends_at,
        made_at: connection.made_at,
        practice: connection.practice,
    };
    let files = Files {
        stem: Files::stem(&connection.platform.name, &connection.organisation),
        sealed: sealing.bytes,
        record_html: page::html(&record, voice),
        record_json: record::json(&record),
        reminder_ics: reminder::ics(&reminder, voice),
    };
    let names = files
        .write(folder, wizard.trace())
        .map_err(|error| not_written(&error.place.display().to_string(), &error.source))?;
    let exported = Exported {
        folder: folder.display().to_string(),
        files: names,
        sealed: sealing.described,
        opens: Some(sealing.opens),
        secret: sealing.holds,
        at: wizard.now(),
    };
    wizard.record(Event::Exported { exported })
}

/// Whether the platform can do with what it has: it holds the secret that the app has now, and nothing else in a file is
/// secret. What else changed stands in the record, which is written anew all the same.
pub fn needs_no_file(wizard: &Wizard) -> bool {
    let state = wizard.state();
    let held = state.at_hand().secret.as_ref().map(|secret| secret.key);
    held.is_some() && held == state.sealed
}

/// A file that was sealed, or none.
struct Sealing {
    bytes: Option<Vec<u8>>,
    how: Message,
    described: String,
    opens: OpensWith,
    holds: Option<KeyId>,
}

impl Sealing {
    fn with(connection: &Connection, secret: &Secret, recipient: Recipient) -> Result<Self, Problem> {
        let (described, how) = (recipient.describe(), recipient.how());
        let opens = match recipient.is_passphrase() {
            true => OpensWith::Passphrase,
            false => OpensWith::Key,
        };
        let failed = || internal("the file could not be sealed");
        let bytes = match &connection.credential.certificate {
            Some(_) => {
                let pem = certificate::private_key_pem(secret).ok_or_else(failed)?;
                seal(connection, &pem, recipient)
            }
            None => seal(connection, secret, recipient),
        };
        let bytes = bytes.map_err(|_| failed())?;
        Ok(Self {
            bytes: Some(bytes),
            how,
            described,
            opens,
            holds: connection.credential.key_id.parse().ok(),
        })
    }

    fn none() -> Self {
        Self {
            bytes: None,
            how: message!("record-no-file"),
            described: String::new(),
            opens: OpensWith::NoFile,
            holds: None,
        }
    }
}

/// The proof speaks of the organisation as it was read a moment ago.
pub struct Current {
    /// The secret that was compared with the proof's. It isn't read again: the keychain's entry may be another by then.
    secret: Secret,
}

/// Makes sure that the proof speaks of the organisation as it is at this moment. Writes no file, so it can be stopped.
///
/// The live calls of a look take minutes where there are many mailboxes, so a look is followed by one more read, and only
/// what that read shows as it was proven is current.
///
/// # Errors
/// When there is no proof, the organisation can't be read, it isn't as it was proven, or it keeps changing.
pub async fn read_again(wizard: &mut Wizard) -> Result<Current, Problem> {
    let Some(proof) = &wizard.state().proof else {
        return Err(no_proof());
    };
    // The verdict that a journal holds is computed again rather than believed.
    let asked = survey::asked(wizard)?;
    if proof.verdict != Verdict::Proven
        || verdict(&proof.rows, &reasons(&proof.basis, &asked), None) != Verdict::Proven
    {
        return Err(no_proof());
    }
    let proven = proof.basis.secret.clone();
    for _ in 0..MOST_LOOKS {
        if let Some(current) = read_once(wizard, &proven).await? {
            return Ok(current);
        }
        verify_access::check(wizard, true).await?;
        match &wizard.state().proof {
            Some(proof) if proof.verdict == Verdict::Proven => {}
            Some(proof) => return Err(not_as_proven(&proof.verdict, &proof.reasons)),
            None => return Err(no_proof()),
        }
    }
    if let Some(current) = read_once(wizard, &proven).await? {
        return Ok(current);
    }
    wizard.take_back_proof()?;
    Err(keeps_changing())
}

/// Reads the organisation once; `None` where it differs from what the proof was made of, or the proof is too old.
/// `proven` is the digest of the secret that was proven.
async fn read_once(wizard: &mut Wizard, proven: &str) -> Result<Option<Current>, Problem> {
    let subjects = verify_access::subjects(wizard);
    let progress = wizard.progress_handle();
    let all = subjects.len();
    let read = survey::read(wizard, &subjects, &message!("exists-nothing-changed"), |done| {
        progress(verify_access::own_test(), done, all);
    })
    .await;
    let survey = match read {
        Ok(survey) => survey,
        Err(problem) => {
            wizard.take_back_proof()?;
            return Err(problem);
        }
    };
    if survey.basis.secret != proven {
        wizard.take_back_proof()?;
        return Err(secret_replaced());
    }
    let as_proven = wizard.state().proof.as_ref().is_some_and(|proof| {
        let rows = proof.rows.iter().map(|row| row.mailbox);
        survey.basis == proof.basis && rows.eq(subjects.iter().copied())
    });
    let current = as_proven && proof_is_fresh(wizard.state(), wizard.now());
    Ok(current.then_some(Current {
        secret: survey.secret,
    }))
}

fn no_proof() -> Problem {
    Problem::said(Code::ProofMissing, message!("exporting-no-proof")).retry(Retry::AfterYouAct)
}

/// What a look before sealing found, which proved less than the one before it. That it proved nothing doesn't mean that
/// something changed.
fn not_as_proven(verdict: &Verdict, reasons: &[Reason]) -> Problem {
    let words = match verdict {
        Verdict::Unknown => message!("exporting-not-proven-again"),
        Verdict::Waiting { .. } => message!("exporting-waits"),
        Verdict::Proven | Verdict::TooBroad | Verdict::Different | Verdict::Overdue => {
            return changed(reasons);
        }
    };
    Problem::said(Code::ProofMissing, words)
        .retry(Retry::AfterYouAct)
        .exists(message!("exporting-no-file-new-proof"))
}

fn changed(reasons: &[Reason]) -> Problem {
    let what = reasons.first().map_or_else(
        || message!("exporting-mailbox-changed").into(),
        |reason| Arg::part(Part::Title, crate::reasons::message(reason)),
    );
    Problem::said(Code::ProofChanged, message!("exporting-changed", what = what))
        .retry(Retry::AfterYouAct)
        .exists(message!("exporting-no-file-new-proof"))
}

fn keeps_changing() -> Problem {
    Problem::said(Code::ProofKeepsChanging, message!("exporting-keeps-changing"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exporting-no-file-no-proof"))
}

fn secret_replaced() -> Problem {
    Problem::said(Code::SecretReplaced, message!("exporting-secret-replaced"))
        .retry(Retry::AfterYouAct)
        .exists(message!("exporting-no-file"))
}

/// What goes into the sealed file, without the secret.
fn connection(wizard: &Wizard) -> Result<Connection, Problem> {
    let missing = || internal("a part of the connection is missing");
    let state = wizard.state();
    let profile = wizard.profile().ok_or_else(missing)?;
    let organisation = state.organisation.as_ref().ok_or_else(missing)?;
    let secret = state.at_hand().secret.as_ref().ok_or_else(missing)?;
    let cloud = wizard.http().cloud();
    let app = wizard.app()?;
    let mailboxes: Vec<MailboxGiven> = state
        .mailboxes
        .allowed
        .iter()
        .filter_map(|entry| entry.mailbox())
        .map(|mailbox| MailboxGiven {
            address: mailbox.address.to_string(),
            object_id: mailbox.object_id.to_string(),
            kind: mailbox.kind.clone(),
            name: mailbox.name.clone(),
        })
        .collect();
    let form = asked_for(profile, secret.kind(), &wizard.permissions())
        .map(|entry| FormEntry {
            label: entry.label.clone(),
            value: form_value(&entry.field, wizard, &mailboxes),
        })
        .collect();
    Ok(Connection {
        practice: wizard.tenancy() == Tenancy::Practice,
        connection_id: wizard.connection()?.to_string(),
        platform: Platform {
            id: profile.id.clone(),
            name: profile.name.clone(),
            profile_version: profile.version,
        },
        cloud: CloudName {
            name: cloud.name.clone(),
            authority: cloud.authority.to_string(),
            graph: cloud.graph.to_string(),
            connect_exchange: cloud.connect_exchange(),
        },
        tenant_id: organisation.tenant.to_string(),
        organisation: organisation.name.clone(),
        domain: organisation.domain.clone(),
        app: App {
            name: app.name.clone(),
            client_id: app.client_id.to_string(),
            object_id: app.object_id.to_string(),
            service_principal_id: wizard.principal()?.to_string(),
        },
        credential: Credential {
            certificate: secret.certificate.as_deref().map(given).transpose()?,
            key_id: secret.key.to_string(),
            starts_at: secret.starts_at,
            ends_at: secret.ends_at,
        },
        permissions: profile
            .permissions
            .iter()
            .filter(|asked| wizard.permissions().contains(&asked.permission))
            .map(|asked| by_method::given_as(asked, wizard.method()))
            .collect(),
        mailboxes,
        protocol: by_method::protocol(wizard),
        scope: by_method::limited_by(wizard)?,
        proof: proof(wizard)?,
        renew_by: secret
            .ends_at
            .checked_sub(RENEW_BEFORE)
            .unwrap_or(secret.ends_at)
            .max(secret.starts_at),
        contact: state
            .admin
            .as_ref()
            .map(|admin| admin.user_name.clone())
            .unwrap_or_default(),
        form,
        made_at: wizard.now(),
        generator: concat!("Mailgrant ", env!("CARGO_PKG_VERSION")).into(),
    })
}

/// The fields of the platform's form that are filled in with this kind of credential and these permissions.
fn asked_for<'a>(
    profile: &'a Profile,
    kind: CredentialKind,
    permissions: &[Permission],
) -> impl Iterator<Item = &'a FormField> {
    let used: Vec<MailProtocol> = permissions.iter().filter_map(|one| one.protocol()).collect();
    let of_kind = move |field: &Field| field.of().is_none_or(|of| of == kind);
    let of_protocol = move |field: &Field| field.of_protocol().is_none_or(|of| used.contains(&of));
    let fields = profile.form.iter();
    fields.filter(move |entry| of_kind(&entry.field) && of_protocol(&entry.field))
}

/// The public half of a certificate, out of its DER in base64.
fn given(encoded: &str) -> Result<Certificate, Problem> {
    let der = STANDARD.decode(encoded);
    let der = der.map_err(|_| internal("the certificate that was written down is none"))?;
    Ok(Certificate {
        pem: certificate::certificate_pem(&der),
        thumbprint: certificate::thumbprint(&der),
        thumbprint_sha256: certificate::thumbprint_sha256(&der),
    })
}

/// What stands in one field of the platform's form.
fn form_value(field: &Field, wizard: &Wizard, mailboxes: &[MailboxGiven]) -> FormValue {
    let state = wizard.state();
    let tenant = state
        .organisation
        .as_ref()
        .map(|organisation| organisation.tenant.to_string())
        .unwrap_or_default();
    let joined = |pick: fn(&MailboxGiven) -> &str| mailboxes.iter().map(pick).collect::<Vec<_>>().join(", ");
    let of_certificate = |pick: fn(Certificate) -> String| {
        let issued = state.at_hand().secret.as_ref();
        let encoded = issued.and_then(|issued| issued.certificate.as_deref());
        // One that can't be read stops the whole export where the credential is put in.
        let certificate = encoded.map(given).transpose().ok().flatten();
        certificate.map(pick).unwrap_or_default()
    };
    FormValue::Text(match field {
        Field::SecretValue | Field::PrivateKey => return FormValue::Secret,
        Field::Certificate => of_certificate(|certificate| certificate.pem),
        Field::CertificateThumbprint => of_certificate(|certificate| certificate.thumbprint),
        Field::Authority => format!("{}{tenant}", wizard.http().cloud().authority),
        Field::TenantId => tenant,
        Field::ClientId => state
            .at_hand()
            .app()
            .map(|app| app.client_id.to_string())
            .unwrap_or_default(),
        Field::SecretEnds | Field::CertificateEnds => state
            .at_hand()
            .secret
            .as_ref()
            .map(|secret| secret.ends_at.strftime("%Y-%m-%d").to_string())
            .unwrap_or_default(),
        Field::MailboxAddresses => joined(|mailbox| &mailbox.address),
        Field::MailboxObjectIds => joined(|mailbox| &mailbox.object_id),
        Field::AppName => state.at_hand().app().map(|app| app.name).unwrap_or_default(),
        Field::Server(protocol) => wizard.http().cloud().mail.of(*protocol).host.clone(),
        Field::Port(protocol) => wizard.http().cloud().mail.of(*protocol).port.to_string(),
        Field::Constant(text) => text.clone(),
    })
}

/// What stands in one field of the platform's form, as the window shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// This text.
    Text(String),
    /// The secret, which only the sealed file holds.
    Secret,
    /// The addresses of the mailboxes.
    Addresses(Vec<String>),
    /// The object ids of the mailboxes, each with the mailbox's address.
    ObjectIds(Vec<(String, String)>),
}

/// The platform's form as the window shows it: labels and values, with the secret named and not shown.
pub fn form(wizard: &Wizard) -> Vec<(String, Shown)> {
    let (Ok(connection), Some(profile)) = (connection(wizard), wizard.profile()) else {
        return Vec::new();
    };
    let mailboxes = || connection.mailboxes.iter();
    let shown = |field: &Field, value: FormValue| match (field, value) {
        (_, FormValue::Secret) => Shown::Secret,
        (Field::MailboxAddresses, _) => {
            Shown::Addresses(mailboxes().map(|mailbox| mailbox.address.clone()).collect())
        }
        (Field::MailboxObjectIds, _) => Shown::ObjectIds(
            mailboxes()
                .map(|mailbox| (mailbox.address.clone(), mailbox.object_id.clone()))
                .collect(),
        ),
        (_, FormValue::Text(text)) => Shown::Text(text),
    };
    let kind = secret_life::kind(wizard);
    asked_for(profile, kind, &wizard.permissions())
        .zip(&connection.form)
        .map(|(asked, entry)| (entry.label.clone(), shown(&asked.field, entry.value.clone())))
        .collect()
}

fn proof(wizard: &Wizard) -> Result<Proof, Problem> {
    let seen = wizard
        .state()
        .proof
        .as_ref()
        .ok_or_else(|| internal("there is no proof"))?;
    let rows = |works: bool| {
        seen.rows
            .iter()
            .filter(move |row| (row.expected == Expected::Works) == works)
    };
    let good = |works: bool| {
        rows(works)
            .filter(|row| {
                row.observed.iter().all(|(_, seen)| {
                    matches!(
                        (works, &seen.finding),
                        (true, Finding::Works) | (false, Finding::Refused)
                    )
                })
            })
            .count()
    };
    let mut lines = Vec::new();
    for row in &seen.rows {
        let mut line = |permission: &str, observation: &Observation| {
            lines.push(ProofRow {
                mailbox: row.address.to_string(),
                object_id: row.mailbox.to_string(),
                permission: permission.to_owned(),
                expected: if row.expected == Expected::Works {
                    "works"
                } else {
                    "refused"
                }
                .into(),
                finding: finding_word(&observation.finding).into(),
                stamp: if observation.stamp == Stamp::Observed {
                    "observed"
                } else {
                    "configured"
                }
                .into(),
                at: observation.at,
                request_id: observation.request_id.clone(),
            });
        };
        line(page::SET_UP, &row.configured);
        for (permission, observation) in &row.observed {
            line(permission.name(), observation);
        }
    }
    Ok(Proof {
        tested_at: seen.at,
        fingerprint: seen
            .basis
            .fingerprint()
            .map_err(|_| internal("the proof's fingerprint could not be made"))?,
        works: Count {
            n: good(true),
            of: rows(true).count(),
        },
        refused: Count {
            n: good(false),
            of: rows(false).count(),
        },
        rows: lines,
    })
}

/// A finding in the word that records and checks have for it.
pub fn finding_word(finding: &Finding) -> &'static str {
    match finding {
        Finding::Works => "works",
        Finding::Refused => "refused",
        Finding::TooBroad => "tooBroad",
        Finding::Waiting { .. } => "waiting",
        Finding::Unknown { .. } => "unknown",
        Finding::NotApplicable => "notApplicable",
    }
}

fn record_of(
    wizard: &Wizard,
    connection: &Connection,
    sealed: String,
    voice: &Voice,
) -> Result<Record, Problem> {
    let admin = wizard
        .state()
        .admin
        .as_ref()
        .ok_or_else(|| internal("nobody signed in"))?;
    let ids = wizard.ids();
    let undo = by_method::undo(wizard, &connection.scope).into_iter();
    let undo = undo.map(|cmdlet| cmdlet.filled(&ids).unwrap_or(cmdlet));
    let mut steps: Vec<String> = undo.map(|cmdlet| powershell::of_cmdlet(&cmdlet)).collect();
    let name = &connection.app.name;
    let in_entra = match wizard.notes().adopted {
        Some(_) => message!("record-undo-adopted", app = Arg::name(Kind::App, name)),
        None => message!("record-undo-app", app = Arg::name(Kind::Ours, name)),
    };
    steps.push((voice.say)(&in_entra.into()));
    let mut connection = connection.clone();
    // Whoever opens the sealed file may read another language than whoever keeps the record.
    let asked = wizard.profile().map(|profile| profile.permissions.as_slice());
    for given in &mut connection.permissions {
        let mut asked = asked.unwrap_or_default().iter();
        if let Some(asked) = asked.find(|asked| asked.permission.name() == given.name) {
            given.reason = (voice.say)(&(&asked.reason).into());
        }
    }
    Ok(Record {
        connection,
        exported_by: person(admin),
        made_by: made_by(wizard),
        undo: steps,
        not_proven: not_proven(wizard)
            .into_iter()
            .map(|told| (voice.say)(&told.into()))
            .collect(),
        sealed,
    })
}

/// Whoever made the app, its secret and its limit, each once.
fn made_by(wizard: &Wizard) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for person in wizard.state().made_by.values().map(person) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people
}

fn person(admin: &Admin) -> Person {
    Person {
        name: admin.name.clone(),
        user_name: admin.user_name.clone(),
    }
}

/// What the proof says nothing about, for the permissions that were given.
fn not_proven(wizard: &Wizard) -> Vec<Message> {
    let permissions = wizard.permissions();
    let mut not_proven = Vec::new();
    let any = |of: &[Permission]| permissions.iter().any(|one| of.contains(one));
    if any(&[Permission::MailReadWrite]) {
        not_proven.push(message!("record-rests-on-test"));
    }
    if any(&[
        Permission::CalendarsReadWrite,
        Permission::ContactsReadWrite,
        Permission::SettingsReadWrite,
    ]) {
        not_proven.push(message!("record-rests-on-test-of-others"));
    }
    if any(&[Permission::MailSend]) {
        not_proven.push(message!("record-rests-on-sending"));
    }
    if any(&[Permission::SmtpSend, Permission::SmtpWithinScope]) {
        not_proven.push(message!("record-rests-on-sign-in"));
    }
    if any(&[Permission::ImapAccess, Permission::PopAccess]) {
        not_proven.push(message!("record-rests-on-opening"));
    }
    let said = wizard
        .state()
        .proof
        .as_ref()
        .and_then(|proof| proof.said.as_ref());
    not_proven.extend(said.and_then(drawn::said));
    not_proven.push(by_method::others(wizard));
    not_proven
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_proved_nothing_is_not_said_to_have_changed() {
        let code = |verdict: Verdict| not_as_proven(&verdict, &[]).code;
        assert_eq!(code(Verdict::Unknown), Code::ProofMissing);
        let look_at = jiff::Timestamp::UNIX_EPOCH;
        assert_eq!(code(Verdict::Waiting { look_at }), Code::ProofMissing);
        for verdict in [Verdict::TooBroad, Verdict::Different, Verdict::Overdue] {
            assert_eq!(code(verdict), Code::ProofChanged);
        }
    }
}
