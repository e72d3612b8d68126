//! What a journal adds up to.

use std::collections::{BTreeMap, BTreeSet};

use domain::address::Address;
use domain::app_key::AppKey;
use domain::credential::CredentialKind;
use domain::grant::EntraGrant;
use domain::ids::{ConnectionId, KeyId, MailboxId};
use domain::mail_protocol::MailboxProtocol;
use domain::permission::{Method, Permission};
use domain::step::StepId;
use jiff::Timestamp;

use crate::basis::Reason;
use plan::changes::Change;
use plan::observed::Observed;

use crate::event::{Admin, Event, Exported, Organisation, Preflight, Record, Tenancy};
use crate::mailboxes::{Drawn, Entry, Mailbox, MailboxAnswers};
use crate::notes::{AppNotes, Scope, registration};
use crate::proof::Proof;
use crate::switched::Switched;

/// A platform in the admin's words, where no profile knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub permissions: BTreeSet<Permission>,
}

/// A mailbox that was held once and is no longer asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The address that it had.
    pub address: Address,
    /// When the limit that held it was taken away as a whole, where it was. Microsoft serves what is gone for up to two
    /// hours, and nothing brings it back into that limit, so from then on it is over by time.
    pub limit_gone_at: Option<Timestamp>,
}

/// A renewal that is under way: from its beginning until what the platform used before is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When somebody said that the platform uses what is new.
    pub moved_at: Option<Timestamp>,
    /// What was written for the platform before it.
    exported_before: Option<Exported>,
}

/// That everything of a connection was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// When.
    pub at: Timestamp,
    /// Whether Microsoft refused the app's own key then; none where its value wasn't on this computer any more.
    pub key_refused: Option<bool>,
}

/// Everything known of a connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Its id and where it belongs.
    pub opened: Option<(ConnectionId, Tenancy)>,
    /// The profile's id.
    pub platform: Option<String>,
    /// What the admin said of the platform, where its profile stands for any.
    pub described: Option<Described>,
    /// The method.
    pub method: Option<Method>,
    /// The optional permissions that were chosen; what the profile calls usual where nobody chose.
    pub optional: Option<BTreeSet<Permission>>,
    /// The public client for the sign-in.
    pub client: Option<String>,
    /// Who signed in last.
    pub admin: Option<Admin>,
    /// Who made what still stands, by step.
    pub made_by: BTreeMap<StepId, Admin>,
    /// Where.
    pub organisation: Option<Organisation>,
    /// What the pre-flight found.
    pub preflight: Option<Preflight>,
    /// Whether the organisation was confirmed.
    pub confirmed: bool,
    /// The chosen life of the secret in days.
    pub secret_days: Option<i32>,
    /// What the app shall sign in with, where it was chosen.
    pub credential: Option<CredentialKind>,
    /// What is remembered of each app.
    pub apps: BTreeMap<AppKey, AppNotes>,
    /// The answers of the mailboxes step.
    pub mailboxes: MailboxAnswers,
    /// Whether they were confirmed, and others drawn at random.
    pub mailboxes_confirmed: bool,
    /// When somebody was found last who came into the group that the limit goes by.
    pub group_grew_at: Option<Timestamp>,
    /// The mailboxes drawn at random.
    pub drawn: Drawn,
    /// Mailboxes that were held once. Those that are no longer asked for must be refused.
    pub removed: BTreeMap<MailboxId, Removed>,
    /// The permissions that the profile and the admin's choices ask for now. The wizard tells it; no record does.
    pub asked: Option<BTreeSet<Permission>>,
    /// Object ids of everybody who signed in to this connection: they may own the app.
    pub admins: BTreeSet<String>,
    /// Object ids of further owners that the admin knows about.
    pub known_owners: BTreeSet<String>,
    /// When the app was last seen to reach, through Exchange, what no row of a proof could try by name.
    pub reached_more: Option<Timestamp>,
    /// How often the app was tried live since the limit was set.
    pub looks: u32,
    /// Every mailbox that was ever chosen, with its last known address.
    chosen: BTreeMap<MailboxId, Address>,
    /// What is known of the switches of protocols of the mailboxes.
    pub(crate) switched: Switched,
    /// Which protocols somebody asked to be switched on where they are off.
    pub switch_on: BTreeSet<MailboxProtocol>,
    /// The last proof.
    pub proof: Option<Proof>,
    /// What was written for the platform.
    pub exported: Option<Exported>,
    /// The secret in the file that was sealed last, where that is known.
    pub sealed: Option<KeyId>,
    /// When something was first written for the platform; it may use the connection from then on.
    pub handed_over: Option<Timestamp>,
    /// Whether it was found again in the organisation and nothing was handed over from here since.
    pub found_again: bool,
    /// The renewal that is under way.
    pub renewal: Option<Renewal>,
    /// Whether it takes over an app that somebody else registered, until that is over.
    pub adopting: bool,
    /// The answers as they were before an app was taken over: which optional permissions were chosen, and the mailboxes.
    before_adoption: Option<(Option<BTreeSet<Permission>>, MailboxAnswers)>,
    /// Whether everything of it is being taken away.
    pub revoking: bool,
    /// That everything of it was taken away, until something is made again.
    pub revoked: Option<Revoked>,
    /// When the last record was written.
    pub saved_at: Option<Timestamp>,
}

/// So many mailboxes that nobody asked for become rows of a proof; where there were more, the proof waits instead.
const MOST_CAME_IN: usize = 25;

impl State {
    /// Folds records.
    pub fn of(records: &[Record]) -> Self {
        let mut state = Self::default();
        for record in records {
            state.apply(record);
        }
        state
    }

    /// The mailboxes that must work.
    pub fn allowed(&self) -> Vec<&Mailbox> {
        self.mailboxes.allowed.iter().filter_map(Entry::mailbox).collect()
    }

    /// The last known address of a mailbox that was ever chosen, or that has to stay refused now.
    pub fn address_of(&self, mailbox: MailboxId) -> Option<&str> {
        let refused = self.mailboxes.refused.iter().filter_map(Entry::mailbox);
        let mut refused = refused.chain(self.drawn.mailboxes());
        let refused = || {
            refused
                .find(|one| one.object_id == mailbox)
                .map(|one| &one.address)
        };
        self.chosen.get(&mailbox).or_else(refused).map(Address::as_str)
    }

    /// Whether the last look of the proof found something of the app other than it was asked for. It is newer than whatever
    /// was read back when each part was made.
    pub fn found_otherwise(&self) -> bool {
        self.proof.as_ref().is_some_and(|proof| !proof.reasons.is_empty())
    }

    /// Whether the limit holds exactly the confirmed mailboxes, and exactly the permissions that are asked for.
    ///
    /// It says what was set here; whether Exchange still has it so, a look has to tell.
    pub fn limit_is_current(&self) -> bool {
        let limit = self.at_hand().limit();
        let wanted: BTreeSet<MailboxId> = self.allowed().iter().map(|mailbox| mailbox.object_id).collect();
        if self.method.is_some_and(Method::is_by_mail_program) {
            return limit.set_at.is_some() && limit.scope.is_none() && wanted == limit.full_access;
        }
        let Some(scope) = &limit.scope else {
            return false;
        };
        let assigned: BTreeSet<Permission> = limit
            .assignments
            .iter()
            .map(|(permission, _)| *permission)
            .collect();
        let holds = match (&self.mailboxes.group, &scope.group) {
            (Some(group), Some(held)) => group.distinguished_name.eq_ignore_ascii_case(held),
            (None, None) => !scope.by_address && wanted == scope.mailboxes,
            _ => false,
        };
        limit.set_at.is_some() && holds && self.asked.as_ref().is_none_or(|asked| *asked == assigned)
    }

    /// What the app needs in Entra for what is asked for and doesn't have, as far as its grants were read.
    pub fn lacks_in_entra(&self) -> Vec<Permission> {
        let granted = self.at_hand().grants.iter().flat_map(|(_, grants)| grants);
        let granted: Vec<&EntraGrant> = granted.collect();
        let asked = self.asked.iter().flatten().copied();
        asked
            .filter(|asked| asked.app_role().is_some() && !granted.iter().any(|grant| asked.needs(grant)))
            .collect()
    }

    /// Whether something is left to be granted in Entra, as far as is known. An app that is to be taken over may have it.
    pub fn app_roles_are_left(&self) -> bool {
        let to_come = self.adopting && self.at_hand().app().is_none();
        !to_come && !self.lacks_in_entra().is_empty()
    }

    /// Whether a grant in Entra is what is needed there: what lets a mail program in by a protocol that was asked for. It opens
    /// no mailbox by itself. While nobody knows what was asked for, whatever the method may need counts.
    pub fn needs_grant(&self, grant: &EntraGrant) -> bool {
        let asked = |permission: &Permission| match &self.asked {
            Some(asked) => asked.contains(permission),
            None => Some(permission.method()) == self.method,
        };
        let mut known = Permission::ALL.into_iter().filter(asked);
        known.any(|permission| permission.needs(grant))
    }

    /// What is remembered of the app that the pages are about: of a connection's only one.
    pub fn at_hand(&self) -> &AppNotes {
        static NOTHING: AppNotes = AppNotes::new();
        self.apps.values().next().unwrap_or(&NOTHING)
    }

    /// Whether a change was about to be sent and nothing more is recorded of it: it may have taken effect.
    pub fn has_open_changes(&self) -> bool {
        self.apps.values().any(|app| !app.open.is_empty())
    }

    /// Whether nothing was made, nothing of it is left and nothing can have been made of which nothing is recorded.
    pub fn made_nothing(&self) -> bool {
        self.made_by.is_empty() && self.apps.values().all(|app| *app == AppNotes::new())
    }

    /// What is remembered, as if it had been read: what was made, and what was found beside it.
    pub fn believed(&self) -> Observed {
        let held = self.apps.values().filter_map(|app| app.secret.as_ref());
        self.with_switches(Observed {
            held: held
                .filter(|secret| !secret.given_up)
                .map(|secret| secret.key)
                .collect(),
            apps: self
                .apps
                .iter()
                .map(|(key, app)| (key.clone(), app.believed()))
                .collect(),
        })
    }

    fn notes(&mut self, app: &AppKey) -> &mut AppNotes {
        self.apps.entry(app.clone()).or_default()
    }

    /// Takes in that a change was made, and what follows from it for the connection.
    fn done(&mut self, app: &AppKey, change: &Change, given: &plan::given::Given, at: Timestamp) {
        if !change.takes_away() {
            (self.revoking, self.revoked) = (false, None);
        }
        let before = self.notes(app).clone();
        self.notes(app).done(change, given, at);
        let now = self.notes(app).clone();
        match change {
            Change::CreateApp(_) => self.made(StepId::App),
            Change::DeleteApp(_) => {
                self.made_by.remove(&StepId::App);
                self.found_again = false;
            }
            Change::AddSecret(_) | Change::AddCertificate(_) => {
                self.made(StepId::Secret);
                self.proof = None;
            }
            Change::SetScope(_) => {
                self.fell_out(&before, &now);
                // Who else was in a group nobody can list any more.
                let by_group = before.limit().scope.filter(|scope| scope.group.is_some());
                let left =
                    by_group.filter(|scope| now.limit().scope.is_none_or(|now| now.group != scope.group));
                if left.is_some() {
                    self.reached_more = Some(at);
                }
            }
            Change::GiveFullAccess(give) => drop(self.removed.remove(&give.mailbox)),
            Change::TakeFullAccess(take) => {
                if let Some(address) = self.chosen.get(&take.mailbox) {
                    self.removed.insert(take.mailbox, removed(address.clone(), None));
                }
            }
            Change::GrantAppRole(_) => (self.proof, self.looks) = (None, 0),
            Change::SwitchOnProtocol(on) => self.switched_on(on.of()),
            Change::SwitchOffProtocol(off) => self.switched_off_again(off.of(), off.to),
            _ => {}
        }
        if before.secret.is_some() && now.secret.is_none() {
            self.secret_went();
        }
        self.in_use_went(&before);
        if before.principal().is_some() && before.principal() != now.principal() {
            (self.proof, self.exported) = (None, None);
        }
        // A part that was made again takes effect anew, also where it was written down like this before.
        if change.changes_the_limit() || before.made.roles != now.made.roles {
            self.proof = None;
        }
        if let (true, Some(scope), None) = (
            change.changes_the_limit(),
            before.limit().scope,
            now.limit().scope,
        ) {
            self.went(scope, at);
        }
        if change.changes_the_limit() && before.limit_stands() && !now.limit_stands() {
            self.made_by.remove(&StepId::Limit);
            (self.proof, self.exported) = (None, None);
            for removed in self.removed.values_mut() {
                removed.limit_gone_at.get_or_insert(at);
            }
        }
    }

    /// The secret is gone. Whatever the platform was said to use, it isn't this one any more.
    fn secret_went(&mut self) {
        self.made_by.remove(&StepId::Secret);
        (self.proof, self.exported) = (None, None);
        if let Some(renewal) = &mut self.renewal {
            renewal.moved_at = None;
        }
    }

    /// Something that the platform may have used is gone: the proof was made beside it. With the last of it a renewal is
    /// over whose file was written.
    fn in_use_went(&mut self, before: &AppNotes) {
        let left: usize = self.apps.values().map(|app| app.in_use.len()).sum();
        if left < before.in_use.len() {
            self.proof = None;
        }
        if left == 0 && self.exported.is_some() {
            self.adopting = false;
            self.renewal = None;
        }
    }

    /// What the platform may be using until it has moved, of each app. Once somebody said that it moved, nothing.
    pub fn in_use(&self) -> BTreeMap<AppKey, BTreeSet<KeyId>> {
        if self
            .renewal
            .as_ref()
            .is_some_and(|renewal| renewal.moved_at.is_some())
        {
            return BTreeMap::new();
        }
        let apps = self.apps.iter().filter(|(_, app)| !app.in_use.is_empty());
        apps.map(|(key, app)| (key.clone(), app.in_use.keys().copied().collect()))
            .collect()
    }

    /// Grants in Entra by id and roles in Exchange by name that were taken over with an app, of each app: they stay until what takes
    /// their place is in force.
    pub fn granted(&self) -> BTreeMap<AppKey, BTreeSet<String>> {
        let adopted = self
            .apps
            .iter()
            .filter_map(|(key, app)| Some((key, app.adopted.as_ref()?)));
        adopted
            .map(|(key, was)| {
                let grants = was.grants.iter().map(|grant| grant.id.clone());
                (key.clone(), grants.chain(was.roles.iter().cloned()).collect())
            })
            .collect()
    }

    /// Remembers what fell out of the scope.
    fn fell_out(&mut self, before: &AppNotes, now: &AppNotes) {
        let held = |notes: &AppNotes| {
            notes
                .limit()
                .scope
                .map(|scope| scope.mailboxes)
                .unwrap_or_default()
        };
        for mailbox in held(before) {
            if let Some(address) = self.chosen.get(&mailbox) {
                self.removed.insert(mailbox, removed(address.clone(), None));
            }
        }
        let holds = held(now);
        self.removed.retain(|mailbox, _| !holds.contains(mailbox));
    }

    /// Remembers what the scope held when it was taken away. Microsoft serves it for up to two hours still, also while
    /// another limit is set (microsoft-facts §4b); with what fell out of the scope before it is over then.
    fn went(&mut self, scope: Scope, at: Timestamp) {
        // Who else was in a group nobody can list any more.
        if scope.by_address || scope.group.is_some() {
            self.reached_more = Some(at);
        }
        for mailbox in scope.mailboxes {
            match self.chosen.get(&mailbox) {
                Some(address) => drop(self.removed.insert(mailbox, removed(address.clone(), Some(at)))),
                None if self.removed.contains_key(&mailbox) => {}
                // No row can try what has no name.
                None => self.reached_more = Some(at),
            }
        }
        for removed in self.removed.values_mut() {
            removed.limit_gone_at.get_or_insert(at);
        }
    }

    /// Remembers mailboxes that the scope held and nobody asked for. Each becomes a row that must be refused, because
    /// Microsoft serves what was taken out for up to two hours (microsoft-facts §4b).
    fn came_in(&mut self, mailboxes: BTreeMap<MailboxId, Address>, more: bool, at: Timestamp) {
        let other = |(id, held): &(&MailboxId, &Removed)| {
            held.limit_gone_at.is_none() && !mailboxes.contains_key(*id)
        };
        let room = MOST_CAME_IN.saturating_sub(self.removed.iter().filter(other).count());
        if more || mailboxes.len() > room {
            self.reached_more = Some(at);
        }
        let rows = mailboxes.into_iter().take(room);
        self.removed
            .extend(rows.map(|(mailbox, address)| (mailbox, removed(address, None))));
    }

    /// What a look found in Exchange beyond what was asked for goes on for a while after it was taken away, whoever takes
    /// it away.
    fn see_what_reaches_more(&mut self, proof: &Proof) {
        for reason in &proof.reasons {
            match reason {
                Reason::ScopeGrew { came_in, more } => {
                    let mut named = BTreeMap::new();
                    let mut nameless = *more;
                    for which in came_in {
                        match (which.id, Address::parse(&which.address)) {
                            (Some(id), Ok(address)) => drop(named.insert(id, address)),
                            _ => nameless = true,
                        }
                    }
                    self.came_in(named, nameless, proof.at);
                }
                Reason::OtherAssignment { .. } => self.reached_more = Some(proof.at),
                _ => {}
            }
        }
    }

    /// A proof reads every grant. Where what lets an app in is missing among them, what was read before is no longer so, and the
    /// plan grants it again.
    fn see_what_is_not_granted(&mut self, proof: &Proof) {
        let missing = |reason: &Reason| matches!(reason, Reason::GrantMissing { .. });
        if proof.reasons.iter().any(missing) {
            for app in self.apps.values_mut() {
                app.read_grants(proof.basis.grants.iter().cloned().collect(), proof.at);
            }
        }
    }

    fn rename(&mut self, renamed: MailboxId, address: &Address) {
        let answers = &mut self.mailboxes;
        for entry in answers.allowed.iter_mut().chain(&mut answers.refused) {
            if let Entry::Found { mailbox, .. } = entry
                && mailbox.object_id == renamed
            {
                mailbox.address = address.clone();
            }
        }
        let drawn = &mut self.drawn;
        for mailbox in drawn.sample.iter_mut().chain(&mut drawn.kinds) {
            if mailbox.object_id == renamed {
                mailbox.address = address.clone();
            }
        }
        if let Some(held) = self.chosen.get_mut(&renamed) {
            *held = address.clone();
        }
        if let Some(held) = self.removed.get_mut(&renamed) {
            held.address = address.clone();
        }
    }

    /// Takes one more record in.
    pub fn apply(&mut self, record: &Record) {
        let at = record.at;
        self.saved_at = Some(at);
        match record.event.clone() {
            Event::Opened { connection, tenancy } => {
                self.opened = Some((connection, tenancy));
                self.mailboxes.also_random = true;
            }
            Event::PlatformChosen { profile } => {
                self.platform = Some(profile);
                self.optional = None;
                self.described = None;
                if let Some((optional, _)) = &mut self.before_adoption {
                    *optional = None;
                }
            }
            Event::PlatformDescribed { name, permissions } => {
                let permissions: BTreeSet<Permission> = permissions.into_iter().collect();
                let before = self.described.take();
                if before.is_none_or(|before| before.permissions != permissions) {
                    self.access_changes();
                }
                self.described = Some(Described { name, permissions });
            }
            Event::OptionalChosen { permissions } => {
                let permissions: BTreeSet<Permission> = permissions.into_iter().collect();
                if self.optional.as_ref() != Some(&permissions) {
                    self.access_changes();
                }
                self.optional = Some(permissions);
            }
            Event::MethodChosen { method } => self.method = Some(method),
            Event::ClientChosen { client } => self.client = Some(client),
            Event::SignedIn {
                admin,
                organisation,
                preflight,
            } => {
                self.admins.insert(admin.id.to_string());
                self.admin = Some(admin);
                self.organisation = Some(organisation);
                self.preflight = Some(preflight);
            }
            Event::OrganisationConfirmed => self.confirmed = true,
            Event::OrganisationDropped => {
                self.confirmed = false;
                self.admin = None;
                self.organisation = None;
                self.preflight = None;
            }
            Event::Adopting { on } => self.adopting = on,
            Event::AppAdopted {
                app,
                as_it_was,
                answered,
            } => {
                self.before_adoption = answered.map(|answered| {
                    let optional = self.optional.replace(answered.optional);
                    (optional, self.answer(answered.mailboxes, at))
                });
                self.notes(&app).adopt(&as_it_was, at);
                self.adopting = true;
                self.renewal = (!as_it_was.in_use.is_empty()).then_some(Renewal {
                    begun_at: at,
                    moved_at: None,
                    exported_before: None,
                });
            }
            Event::AppLetGo { app } => {
                self.apps.remove(&app);
                if let Some((optional, mailboxes)) = self.before_adoption.take() {
                    self.optional = optional;
                    self.answer(mailboxes, at);
                }
                (self.proof, self.exported, self.renewal) = (None, None, None);
            }
            Event::Intended { app, change, tag } => self.notes(&app).intend(change, tag),
            Event::Done { app, change, given } => self.done(&app, &change, &given, at),
            Event::NotDone { app, change } => {
                self.notes(&app).settle(|open| open.same_matter(&change));
            }
            Event::AppChecked { app } => self.notes(&app).checked_at = Some(at),
            Event::PermissionsRead { app, grants } => {
                let notes = self.notes(&app);
                notes.settle(|change| match change {
                    Change::RemoveGrant(_) => true,
                    Change::GrantAppRole(asked) => grants.iter().any(|grant| asked.role.is(grant)),
                    _ => false,
                });
                notes.read_grants(grants, at);
            }
            Event::SecretDaysChosen { days } => self.secret_days = Some(days),
            Event::CredentialChosen { kind } => self.credential = Some(kind),
            Event::CertificateMade { app, made } => self.notes(&app).made_certificate(made),
            Event::SecretAccepted { app, tries } => {
                if let Some(secret) = &mut self.notes(&app).secret {
                    secret.accepted = Some((at, tries));
                }
            }
            Event::SecretGivenUp { app, key } => {
                let secret = &mut self.notes(&app).secret;
                if let Some(secret) = secret.as_mut().filter(|secret| secret.key == key) {
                    secret.accepted = None;
                    secret.given_up = true;
                    self.exported = None;
                }
            }
            Event::SecretGone { app, key } => {
                let before = self.notes(&app).clone();
                self.notes(&app).lose(key, at);
                if before.secret.is_some() && self.notes(&app).secret.is_none() {
                    self.secret_went();
                }
                self.in_use_went(&before);
            }
            Event::RenewalBegun { app, in_use } => {
                self.notes(&app).begin_renewal(&in_use);
                self.proof = None;
                self.renewal = Some(Renewal {
                    begun_at: at,
                    moved_at: None,
                    exported_before: self.exported.take(),
                });
            }
            Event::PlatformMoved { moved } => {
                if let Some(renewal) = &mut self.renewal {
                    renewal.moved_at = moved.then_some(at);
                }
            }
            Event::RenewalDropped { app } => {
                self.notes(&app).drop_renewal();
                self.proof = None;
                if let Some(renewal) = self.renewal.take() {
                    self.exported = renewal.exported_before;
                }
            }
            Event::MailboxesAnswered { answers } => drop(self.answer(answers, at)),
            Event::MailboxesConfirmed { random, drawn } => {
                self.mailboxes_confirmed = true;
                self.drawn = drawn.unwrap_or_else(|| Drawn {
                    sample: random.into_iter().collect(),
                    ..Drawn::default()
                });
            }
            Event::SwitchesRead {
                protocols,
                off,
                not_ours,
                unread,
            } => self.switches_were_read(protocols, &off, &not_ours, unread, at),
            Event::SwitchOnAnswered { protocols } => self.switch_on = protocols,
            Event::ScopeOpen { app } => {
                if let plan::observed::Seen::Known(Some(scope)) = &mut self.notes(&app).made.scope {
                    scope.open = true;
                }
            }
            Event::ScopeHeldOthers { mailboxes, more, .. } => self.came_in(mailboxes, more, at),
            Event::LimitSet {
                app,
                applied_by,
                full_access,
            } => {
                self.made(StepId::Limit);
                let notes = self.notes(&app);
                notes.has_full_access(&full_access);
                notes.limit_removed_at = None;
                notes.limit_set_at = Some(at);
                notes.limit_applied_by = applied_by;
                self.looks = 0;
                self.proof = None;
            }
            Event::LimitFoundOtherwise { app } => {
                self.notes(&app).limit_set_at = None;
                self.proof = None;
            }
            Event::Proved { proof } => {
                self.looks = proof.looks;
                self.see_what_reaches_more(&proof);
                self.see_what_is_not_granted(&proof);
                self.proof = Some(proof);
            }
            Event::LookFailed => self.proof = None,
            Event::OwnersKnown { owners } => self.known_owners.extend(owners),
            Event::AddressChanged { mailbox, address } => self.rename(mailbox, &address),
            Event::AppFoundDeleted {
                app,
                client_id,
                object_id,
                name,
                deleted_at,
            } => {
                let found = registration(object_id, client_id, name);
                self.notes(&app).found_deleted(found, deleted_at.unwrap_or(at));
                (self.proof, self.exported) = (None, None);
            }
            Event::AppGivenUp { app } => {
                self.notes(&app).give_up();
                (self.proof, self.exported, self.renewal) = (None, None, None);
                self.adopting = false;
                self.found_again = false;
            }
            Event::ServicePrincipalGone { app } => {
                self.notes(&app).forget_principal();
                (self.proof, self.exported) = (None, None);
            }
            Event::LostSecretsFound {
                app,
                keys,
                certificates,
            } => {
                let notes = self.notes(&app);
                notes.lost_secrets = keys;
                notes.certificates.extend(certificates);
                notes.settle(|change| change.adds().is_some());
            }
            Event::FoundAgain => {
                self.found_again = true;
                self.handed_over.get_or_insert(at);
            }
            Event::RevocationBegun => self.revoking = true,
            Event::Revoked { key_refused } => {
                (self.found_again, self.revoking, self.adopting) = (false, false, false);
                self.revoked = Some(Revoked { at, key_refused });
                (self.proof, self.exported, self.renewal) = (None, None, None);
            }
            Event::ForeignSecretsSeen { app, secrets } => self.notes(&app).foreign_secrets = secrets,
            Event::Exported { exported } => {
                self.sealed = exported.secret.or(self.sealed);
                self.exported = Some(exported);
                self.found_again = false;
                self.handed_over.get_or_insert(at);
                if self.apps.values().all(|app| app.in_use.is_empty()) {
                    self.adopting = false;
                    self.renewal = None;
                }
            }
            Event::Unknown => {}
        }
    }

    /// Something else is asked for than what was proven and handed over.
    fn access_changes(&mut self) {
        (self.proof, self.exported) = (None, None);
    }

    /// Takes in who came into the group that the limit goes by and who left it. Nothing is set for that, and Microsoft applies it as
    /// late as a limit: who left may still be served, and who came may still be refused.
    fn group_was_read(&mut self, answers: &MailboxAnswers, at: Timestamp) {
        if self.mailboxes.group.is_none() || self.at_hand().limit().scope.is_none() {
            return;
        }
        let ids = |answers: &MailboxAnswers| -> BTreeMap<MailboxId, Address> {
            let found = answers.allowed.iter().filter_map(Entry::mailbox);
            found
                .map(|mailbox| (mailbox.object_id, mailbox.address.clone()))
                .collect()
        };
        let (before, now) = (ids(&self.mailboxes), ids(answers));
        for (mailbox, address) in before.iter().filter(|(mailbox, _)| !now.contains_key(*mailbox)) {
            self.removed.insert(*mailbox, removed(address.clone(), Some(at)));
        }
        self.removed.retain(|mailbox, _| !now.contains_key(mailbox));
        if now.keys().any(|mailbox| !before.contains_key(mailbox)) {
            self.group_grew_at = Some(at);
        }
    }

    /// Takes in which mailboxes are asked for; those that were before.
    fn answer(&mut self, answers: MailboxAnswers, at: Timestamp) -> MailboxAnswers {
        self.group_was_read(&answers, at);
        if answers.allowed != self.mailboxes.allowed
            || answers.refused != self.mailboxes.refused
            || answers.also_random != self.mailboxes.also_random
            || answers.group != self.mailboxes.group
            || answers.controls != self.mailboxes.controls
        {
            self.mailboxes_confirmed = false;
            self.proof = None;
            self.exported = None;
        }
        let found = answers.allowed.iter().filter_map(Entry::mailbox);
        self.chosen
            .extend(found.map(|mailbox| (mailbox.object_id, mailbox.address.clone())));
        std::mem::replace(&mut self.mailboxes, answers)
    }

    /// Remembers who made what a step makes: whoever signed in last before it.
    pub(crate) fn made(&mut self, step: StepId) {
        if let Some(admin) = &self.admin {
            self.made_by.insert(step, admin.clone());
        }
    }
}

fn removed(address: Address, limit_gone_at: Option<Timestamp>) -> Removed {
    Removed {
        address,
        limit_gone_at,
    }
}

#[cfg(test)]
mod tests;
