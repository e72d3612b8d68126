//! What a connection names: everything in its state that says who or where.

use domain::message::Kind;
use engine::basis::Reason;
use engine::mailboxes::Entry;
use engine::proof::Proof;
use engine::state::State;

use super::names::Names;

/// What the names of everything begin with that Mailgrant makes in the organisation.
const OUR_NAMES: &str = "Mailgrant";

impl Names {
    /// Learns every name of a connection.
    pub fn learn(&mut self, state: &State) {
        if let Some(organisation) = &state.organisation {
            self.name(Kind::Organisation, &organisation.name);
            self.name(Kind::Domain, &organisation.domain);
            if let Some((label, _)) = organisation.domain.split_once('.') {
                // Other domains of the organisation, such as that of its tenant, begin with the same word.
                self.name(Kind::Domain, label);
            }
            self.id(&organisation.tenant.to_string());
        }
        if let Some(admin) = &state.admin {
            self.name(Kind::Person, &admin.name);
            self.name(Kind::UserName, &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(app) = state.at_hand().app() {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(principal) = state.at_hand().principal() {
            self.id(&principal.to_string());
        }
        if let Some(secret) = &state.at_hand().secret {
            self.id(&secret.key.to_string());
        }
        if let Some((connection, _)) = state.opened {
            // Scope and assignments carry the beginning of the connection's id in their names.
            self.name(Kind::Connection, &connection.to_string()[..8]);
        }
        self.learn_platform(state);
        for app in state
            .preflight
            .iter()
            .flat_map(|preflight| &preflight.similar_apps)
        {
            self.name(Kind::App, app);
        }
        let entries = state.mailboxes.allowed.iter().chain(&state.mailboxes.refused);
        for entry in entries {
            self.name(Kind::Mailbox, entry.typed());
            if let Some(mailbox) = entry.mailbox() {
                self.name(Kind::Mailbox, mailbox.address.as_str());
                self.name(Kind::MailboxName, &mailbox.name);
            }
            if let Entry::Missing {
                suggestion: Some(address),
                ..
            } = entry
            {
                self.name(Kind::Mailbox, address.as_str());
            }
        }
        if let Some(group) = &state.mailboxes.group {
            self.name(Kind::Group, &group.name);
            self.name(Kind::Mailbox, &group.address);
            self.name(Kind::Value, &group.distinguished_name);
            // In a filter each apostrophe stands twice.
            self.name(Kind::Value, &group.distinguished_name.replace('\'', "''"));
        }
        for random in state.drawn.mailboxes() {
            self.name(Kind::Mailbox, random.address.as_str());
            self.name(Kind::MailboxName, &random.name);
        }
        for typed in [&state.mailboxes.typed_allowed, &state.mailboxes.typed_refused] {
            for line in typed.lines().filter(|line| !line.trim().is_empty()) {
                self.name(Kind::Typed, line);
            }
        }
        for admin in state.made_by.values() {
            self.name(Kind::Person, &admin.name);
            self.name(Kind::UserName, &admin.user_name);
            self.id(&admin.id.to_string());
        }
        if let Some(client) = &state.client {
            self.id(client);
        }
        for secret in &state.at_hand().foreign_secrets {
            self.name(Kind::Credential, &secret.name);
        }
        for removed in state.removed.values() {
            self.name(Kind::Mailbox, removed.address.as_str());
        }
        if let Some(proof) = &state.proof {
            self.learn_from_proof(proof);
        }
        if let Some(app) = state.at_hand().removed_app() {
            self.id(&app.client_id.to_string());
            self.id(&app.object_id.to_string());
        }
        if let Some(exported) = &state.exported {
            self.name(Kind::Folder, &exported.folder);
            for file in &exported.files {
                self.name(Kind::File, file);
            }
        }
    }

    /// A platform that somebody named with a name that is hidden is hidden whole: put back word by word, it would come back
    /// in other letters.
    fn learn_platform(&mut self, state: &State) {
        let Some(described) = &state.described else { return };
        if self.knows_a_part_of(&described.name) {
            self.name(Kind::Platform, &described.name);
        }
    }

    /// What was read of other people's for the proof, and its findings name.
    fn learn_from_proof(&mut self, proof: &Proof) {
        let basis = &proof.basis;
        for row in &proof.rows {
            self.name(Kind::Mailbox, row.address.as_str());
        }
        for owner in &basis.owners {
            self.name(Kind::Person, &owner.name);
        }
        if let Some(scope) = &basis.scope {
            scope
                .holds
                .values()
                .for_each(|address| self.name(Kind::Mailbox, address));
            scope
                .holds_others
                .iter()
                .for_each(|name| self.name(Kind::Recipient, name));
        }
        for role in &basis.directory_roles {
            if let Some(group) = role.name.strip_prefix(journey::reasons::OF_A_GROUP) {
                self.name(Kind::Group, group);
            }
        }
        for right in &basis.mailbox_rights {
            self.name(Kind::Mailbox, &right.address);
        }
        for recipient in &basis.send_as {
            self.name(Kind::Recipient, recipient);
        }
        for credential in &basis.federated {
            self.name(Kind::Credential, &credential.name);
        }
        // What Mailgrant made is called by names that the reader's own words are already hidden in.
        let others = |name: &&str| !name.starts_with(OUR_NAMES);
        let credentials = basis
            .credentials
            .iter()
            .map(|credential| credential.name.as_str());
        credentials
            .filter(others)
            .for_each(|name| self.name(Kind::Credential, name));
        let shared = basis.shared_with.iter().map(|held| held.name.as_str());
        let own = basis.assignments.iter().map(|held| held.name.as_str());
        shared
            .chain(own)
            .filter(others)
            .for_each(|name| self.name(Kind::Assignment, name));
        let scopes = basis.assignments.iter().map(|held| held.scope.as_str());
        scopes
            .filter(others)
            .for_each(|name| self.name(Kind::Scope, name));
        for reason in &proof.reasons {
            if let Reason::ScopeFilter { filter } = reason {
                self.quoted(filter);
            }
        }
    }

    /// Learns what a filter names in quotes: a department, say.
    fn quoted(&mut self, filter: &str) {
        let mut parts = filter.split(['\'', '"']).skip(1).step_by(2);
        parts.by_ref().for_each(|value| self.name(Kind::Value, value));
    }
}
