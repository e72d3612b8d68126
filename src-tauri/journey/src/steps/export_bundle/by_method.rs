//! What the files say of the way in which the platform reaches mail: who gives what, who answers, what holds the app to its
//! mailboxes, and how that is taken back.

use bundle::connection::{Held, MailServer, PermissionGiven, Protocol, Scope};
use calls::cmdlet::Cmdlet;
use calls::exchange;
use domain::mail_protocol::MailProtocol;
use domain::message;
use domain::message::{Arg, Kind, Message};
use domain::permission::{Method, Permission};
use domain::problem::Problem;
use engine::basis::FULL_ACCESS;
use microsoft::cloud::{Cloud, Server};
use plan::observed::Owner;
use profiles::AskedPermission;

use crate::wanted::group;
use crate::wizard::{Wizard, internal};

/// A permission, by whom it is given.
pub(super) fn given_as(asked: &AskedPermission, method: Method) -> PermissionGiven {
    let api = match asked.permission.protocol() {
        None => MICROSOFT_GRAPH_NAME,
        Some(_) => EXCHANGE_ONLINE_NAME,
    };
    let authority = match method.is_by_mail_program() {
        true => "mailbox",
        false => "exchangeRbac",
    };
    PermissionGiven {
        api: api.into(),
        name: asked.permission.name().into(),
        authority: authority.into(),
        reason: asked.reason.english.clone(),
    }
}

/// What Microsoft calls the two APIs where it lists what is granted on them (microsoft-facts §2.2).
const MICROSOFT_GRAPH_NAME: &str = "Microsoft Graph";
const EXCHANGE_ONLINE_NAME: &str = "Office 365 Exchange Online";

/// Who answers, and for whom a token is asked.
pub(super) fn protocol(wizard: &Wizard) -> Protocol {
    let cloud = wizard.http().cloud();
    let asked = wizard.permissions().into_iter();
    let servers = asked.filter_map(|permission| {
        let protocol = permission.protocol()?;
        Some(given_server(cloud, permission, protocol))
    });
    let servers: Vec<MailServer> = servers.collect();
    let (host, resource) = match servers.first() {
        None => (cloud.graph.to_string(), &cloud.graph_resource),
        Some(first) => (format!("{}:{}", first.host, first.port), &cloud.exchange_resource),
    };
    Protocol {
        host,
        token_scope: format!("{resource}/.default"),
        servers,
    }
}

fn given_server(cloud: &Cloud, permission: Permission, protocol: MailProtocol) -> MailServer {
    let Server { host, port } = cloud.mail.of(protocol).clone();
    MailServer {
        permission: permission.name().into(),
        host,
        port,
        encryption: match protocol {
            MailProtocol::Imap | MailProtocol::Pop => "tls",
            MailProtocol::Smtp => "starttls",
        }
        .into(),
    }
}

/// What holds the app to its mailboxes: a scope, or full access mailbox by mailbox, which has neither a name nor a filter.
pub(super) fn limited_by(wizard: &Wizard) -> Result<Scope, Problem> {
    if wizard.method().is_by_mail_program() {
        return Ok(Scope {
            method: "fullAccess".into(),
            name: String::new(),
            filter: String::new(),
            holds: open_to_it(wizard),
            assignments: Vec::new(),
        });
    }
    let limit = wizard.notes().limit();
    let scope = limit.scope.ok_or_else(|| internal("the limit is missing"))?;
    Ok(Scope {
        method: "rbacForApplications".into(),
        filter: filter(wizard),
        holds: held(wizard),
        assignments: assignments(wizard, &scope.name),
        name: scope.name,
    })
}

/// The mailboxes to which the app had full access when that was read for the proof.
fn open_to_it(wizard: &Wizard) -> Vec<Held> {
    let proof = wizard.state().proof.iter();
    let rights = proof.flat_map(|proof| &proof.basis.mailbox_rights);
    let open = rights.filter(|right| right.right == FULL_ACCESS);
    let held = open.map(|right| Held {
        object_id: right.mailbox.to_string(),
        address: right.address.clone(),
    });
    held.collect()
}

/// What the limit held when it was read for the proof.
fn held(wizard: &Wizard) -> Vec<Held> {
    let proof = wizard.state().proof.as_ref();
    let scope = proof.and_then(|proof| proof.basis.scope.as_ref());
    scope
        .into_iter()
        .flat_map(|scope| &scope.holds)
        .map(|(mailbox, address)| Held {
            object_id: mailbox.to_string(),
            address: address.clone(),
        })
        .collect()
}

/// The scope's filter as Exchange keeps it: as it was read for the proof.
fn filter(wizard: &Wizard) -> String {
    let proof = wizard.state().proof.as_ref();
    let read = proof.and_then(|proof| proof.basis.scope.as_ref());
    read.map(|scope| scope.filter.clone()).unwrap_or_default()
}

/// What takes it back in Exchange.
pub(super) fn undo(wizard: &Wizard, scope: &Scope) -> Vec<Cmdlet> {
    let mut undo = match wizard.method().is_by_mail_program() {
        true => no_full_access(wizard),
        false => exchange::removal(&scope.assignments, &scope.name),
    };
    if wizard.notes().keeps_its_entry() {
        // The entry is the last of them, and was there before.
        undo.pop();
    }
    // What was switched on here goes first, as in a revocation.
    switched_back(wizard).chain(undo).collect()
}

/// What sets the switches of protocols back that were set here.
fn switched_back(wizard: &Wizard) -> impl Iterator<Item = Cmdlet> + use<> {
    let ours = wizard.state().switched_on_here().into_iter();
    ours.map(|(of, before)| before.set_back(of))
}

/// What the proof says nothing about: every mailbox that isn't in its table.
pub(super) fn others(wizard: &Wizard) -> Message {
    match (wizard.method().is_by_mail_program(), group(wizard)) {
        (true, _) => message!("record-others-not-listed"),
        (false, Some(group)) => {
            message!(
                "record-others-not-in-group",
                group = Arg::name(Kind::Group, &group.name)
            )
        }
        (false, None) => message!("record-others-not-tried"),
    }
}

/// What takes full access away that this connection gave, and then the app's entry.
fn no_full_access(wizard: &Wizard) -> Vec<Cmdlet> {
    let given = wizard.notes().limit().full_access.into_iter();
    let given = given.filter(|mailbox| wizard.notes().owner_of_full_access(*mailbox, false) == Owner::Ours);
    let taken = given.map(exchange::take_full_access);
    taken.chain([exchange::unregister()]).collect()
}

/// The names of the assignments within our scope, as the proof read them: one that was made anew has another name than the
/// one that is noted.
fn assignments(wizard: &Wizard, scope: &str) -> Vec<String> {
    let proof = wizard.state().proof.iter();
    proof
        .flat_map(|proof| &proof.basis.assignments)
        .filter(|held| held.scope == scope)
        .map(|held| held.name.clone())
        .collect()
}
