//! Mail folders, and the order in which a mail call is judged (microsoft-facts §2.10).

use serde_json::{Value, json};

use super::failure::{Answer, Failure};
use super::mail_ids::{self, Id};
use super::mail_query::{self, Listed};
use super::objects::user;
use super::path::Key;
use crate::access::bearer::Caller;
use crate::access::{self, Act, Decision};
use crate::organisation::Organisation;
use crate::organisation::mailboxes::mailbox::{Folder, Mailbox, Purpose, Refusal, flag};
use crate::wire::{Call, Reply, text};

/// Finds the mailbox, then decides about access: token → mailbox → authorisation → body, the order of the fact
/// sheet (UNVERIFIED there).
pub(super) fn mailbox(
    organisation: &mut Organisation,
    caller: &Caller,
    key: &Key,
    act: Act,
) -> Result<usize, Failure> {
    let Some(position) = user::find(organisation, &key.value) else {
        return Err(Failure::new(
            404,
            "ErrorInvalidUser",
            format!("The requested user '{}' is invalid.", key.value),
        ));
    };
    let kind = organisation.directory.entry(position).map(|entry| entry.kind);
    if !kind.is_some_and(crate::people::entry::Kind::has_mailbox) {
        return Err(Failure::new(
            404,
            "MailboxNotEnabledForRESTAPI",
            "The mailbox is either inactive, soft-deleted, or is hosted on-premise.",
        ));
    }
    let allowed = match caller {
        Caller::Application {
            principal_id, roles, ..
        } => {
            let stale_before = organisation.objects.stale_rights.get(principal_id).cloned();
            let app = access::Caller {
                principal_id,
                token_roles: roles.iter().map(String::as_str).collect(),
            };
            let clock = organisation.clock.clone();
            let decision = access::decide_live(
                &mut organisation.objects,
                &organisation.directory,
                &clock,
                &app,
                position,
                act,
            );
            if organisation.objects.stale_rights.get(principal_id) != stale_before.as_ref() {
                organisation.touch();
            }
            if decision == Decision::BlockedByPolicy {
                return Err(Failure::new(
                    403,
                    "ErrorAccessDenied",
                    "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
                ));
            }
            decision != Decision::Refused
        }
        Caller::Person { id, scopes, .. } => access::person_may(
            &organisation.objects,
            &organisation.directory,
            id,
            scopes,
            position,
            act,
        ),
    };
    if allowed {
        Ok(position)
    } else {
        Err(Failure::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ))
    }
}

/// Whether a caller that has reached the mailbox may do this in it as well. The caller did not ask for it, so a
/// refusal leaves no trace in Exchange's cache.
pub(super) fn also_may(organisation: &Organisation, caller: &Caller, position: usize, act: Act) -> bool {
    let (objects, directory) = (&organisation.objects, &organisation.directory);
    match caller {
        Caller::Application {
            principal_id, roles, ..
        } => {
            let app = access::Caller {
                principal_id,
                token_roles: roles.iter().map(String::as_str).collect(),
            };
            let decision = access::look(objects, directory, &organisation.clock, &app, position, act);
            matches!(decision, Decision::ByEntraRole | Decision::ByExchangeAssignment)
        }
        Caller::Person { id, scopes, .. } => {
            access::person_may(objects, directory, id, scopes, position, act)
        }
    }
}

/// The well-known names that every mailbox answers to.
const WELL_KNOWN: [(&str, Purpose); 8] = [
    ("inbox", Purpose::Inbox),
    ("sentitems", Purpose::Sent),
    ("drafts", Purpose::Drafts),
    ("deleteditems", Purpose::Deleted),
    ("archive", Purpose::Archive),
    ("junkemail", Purpose::Junk),
    ("outbox", Purpose::Outbox),
    ("msgfolderroot", Purpose::Root),
];

/// Well-known names of folders that the practice mailboxes do not have.
const ABSENT: [&str; 9] = [
    "clutter",
    "conflicts",
    "conversationhistory",
    "localfailures",
    "recoverableitemsdeletions",
    "scheduled",
    "searchfolders",
    "serverfailures",
    "syncissues",
];

/// Runs an answer with the mailbox as it is now.
pub(super) fn view(organisation: &Organisation, position: usize) -> std::borrow::Cow<'_, Mailbox> {
    organisation
        .objects
        .mail
        .mailbox(&organisation.directory, position)
}

/// `users('…')`, with which the context of every answer about mail begins.
pub(super) fn owner(key: &Key) -> String {
    let id: String = url::form_urlencoded::byte_serialize(key.value.as_bytes()).collect();
    format!("users('{}')", id.replace('+', "%20"))
}

struct Row(Value);

impl Listed for Row {
    fn property(&self, path: &str) -> Value {
        mail_query::at(&self.0, path)
    }

    fn holds(&self, _: Option<&str>, word: &str) -> bool {
        let name = self.0.get("displayName").and_then(Value::as_str);
        name.unwrap_or_default().to_lowercase().contains(word)
    }

    fn object(&self) -> Value {
        self.0.clone()
    }
}

/// A folder. `sizeInBytes`, which the fact sheet lists, is not in the v1.0 schema and is left out.
fn json_of(organisation: &Organisation, position: usize, mailbox: &Mailbox, folder: &Folder) -> Value {
    let (mut total, mut unread) = (0, 0);
    for message in mailbox.in_folder(folder.number) {
        total += 1;
        unread += u32::from(!message.has(flag::SEEN));
    }
    json!({
        "id": mail_ids::encode(organisation, position, Id::Folder(folder.number)),
        "displayName": folder.name,
        "parentFolderId": mail_ids::encode(organisation, position, Id::Folder(folder.parent)),
        "childFolderCount": below(mailbox, folder.number).count(),
        "unreadItemCount": unread,
        "totalItemCount": total,
        "isHidden": false,
    })
}

/// The folders directly below one; the root is its own parent and not below itself.
fn below(mailbox: &Mailbox, parent: u32) -> impl Iterator<Item = &Folder> {
    mailbox
        .children(parent)
        .filter(|folder| folder.purpose != Purpose::Root)
}

/// The number of the folder that a request names: by well-known name or by id.
///
/// # Errors
/// 400 `ErrorInvalidIdMalformed` for what is neither; 404 for a folder that is not there.
pub(super) fn find(organisation: &Organisation, position: usize, name: &str) -> Result<u32, Failure> {
    let lower = name.to_ascii_lowercase();
    if let Some((_, purpose)) = WELL_KNOWN.iter().find(|(known, _)| *known == lower) {
        return Ok(purpose.number());
    }
    if ABSENT.contains(&lower.as_str()) {
        return Err(Failure::new(
            404,
            "ErrorFolderNotFound",
            "The specified folder could not be found in the store.",
        ));
    }
    match mail_ids::decode(organisation, position, name)? {
        Id::Folder(number) if view(organisation, position).folder(number).is_some() => Ok(number),
        _ => Err(mail_ids::not_found()),
    }
}

/// What a mailbox that refuses something is reported as. UNVERIFIED: the status and code for a full mailbox, a message
/// that is too large, and a folder that may not be removed.
pub(super) fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::TooLarge => Failure::new(
            413,
            "ErrorMessageSizeExceeded",
            "The message exceeds the maximum supported size.",
        ),
        Refusal::Full => Failure::new(
            507,
            "ErrorQuotaExceeded",
            "The mailbox of the practice organisation is full: its store for new messages is bounded.",
        ),
        Refusal::NoFolder => mail_ids::not_found(),
        Refusal::Exists => Failure::new(
            409,
            "ErrorFolderExists",
            "A folder with the specified name already exists.",
        ),
        Refusal::Distinguished => Failure::new(
            400,
            "ErrorDeleteDistinguishedFolder",
            "Distinguished folders cannot be deleted.",
        ),
        Refusal::Name => Failure::new(
            400,
            "ErrorInvalidParameter",
            "The name of the folder is not valid.",
        ),
    }
}

fn one(
    organisation: &Organisation,
    call: &Call,
    key: &Key,
    position: usize,
    status: u16,
    number: u32,
) -> Answer {
    let mailbox = view(organisation, position);
    let folder = mailbox.folder(number).ok_or_else(mail_ids::not_found)?;
    let object = json_of(organisation, position, &mailbox, folder);
    let context = format!("{}/mailFolders/$entity", owner(key));
    Ok(mail_query::object(organisation, call, status, &context, object))
}

fn listed(organisation: &Organisation, call: &Call, key: &Key, position: usize, parent: u32) -> Answer {
    let mailbox = view(organisation, position);
    let mut folders: Vec<&Folder> = below(&mailbox, parent).collect();
    folders.sort_by_key(|folder| folder.name.to_lowercase());
    let rows = folders
        .into_iter()
        .map(|folder| Row(json_of(organisation, position, &mailbox, folder)))
        .collect();
    let context = format!("{}/mailFolders", owner(key));
    mail_query::collection(organisation, call, &context, rows)
}

/// `GET /users/{mailbox}/mailFolders`: the folders at the top.
pub(super) fn list(organisation: &mut Organisation, call: &Call, caller: &Caller, key: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    listed(organisation, call, key, position, Purpose::Root.number())
}

/// `GET /users/{mailbox}/mailFolders/{folder}/childFolders`.
pub(super) fn children(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    let folder = find(organisation, position, &name.value)?;
    listed(organisation, call, key, position, folder)
}

/// `GET /users/{mailbox}/mailFolders/{folder}`.
pub(super) fn get(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::ReadBasic)?;
    let number = find(organisation, position, &name.value)?;
    one(organisation, call, key, position, 200, number)
}

fn name_in(call: &Call) -> Result<String, Failure> {
    let body = body(call)?;
    match text(&body, "displayName")
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        Some(name) => Ok(name.to_owned()),
        None => Err(Failure::new(
            400,
            "ErrorInvalidParameter",
            "The property 'displayName' is required.",
        )),
    }
}

/// The body of a request as an object.
pub(super) fn body(call: &Call) -> Result<Value, Failure> {
    super::body::object(call).map(Value::Object)
}

/// `POST /users/{mailbox}/mailFolders` and `…/{folder}/childFolders`.
pub(super) fn create(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    parent: Option<&Key>,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let parent = match parent {
        Some(parent) => find(organisation, position, &parent.value)?,
        None => Purpose::Root.number(),
    };
    let name = name_in(call)?;
    let number = organisation
        .objects
        .mail
        .change(&organisation.directory, position)
        .create_folder(parent, &name)
        .map_err(refused)?;
    organisation.touch();
    one(organisation, call, key, position, 201, number)
}

/// `PATCH /users/{mailbox}/mailFolders/{folder}`: a new name.
pub(super) fn update(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let number = find(organisation, position, &name.value)?;
    let new_name = name_in(call)?;
    let mailbox = organisation
        .objects
        .mail
        .change(&organisation.directory, position);
    let parent = mailbox.folder(number).map_or(1, |folder| folder.parent);
    mailbox
        .rename_folder(number, parent, &new_name)
        .map_err(refused)?;
    organisation.touch();
    one(organisation, call, key, position, 200, number)
}

/// `POST /users/{mailbox}/mailFolders/{folder}/move`.
pub(super) fn move_to(
    organisation: &mut Organisation,
    call: &Call,
    caller: &Caller,
    key: &Key,
    name: &Key,
) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let number = find(organisation, position, &name.value)?;
    let target = destination(organisation, call, position)?;
    let mailbox = organisation
        .objects
        .mail
        .change(&organisation.directory, position);
    let own = mailbox
        .folder(number)
        .map(|folder| folder.name.clone())
        .unwrap_or_default();
    mailbox.rename_folder(number, target, &own).map_err(refused)?;
    organisation.touch();
    one(organisation, call, key, position, 201, number)
}

/// The folder that the body of a move or copy names.
pub(super) fn destination(organisation: &Organisation, call: &Call, position: usize) -> Result<u32, Failure> {
    let body = body(call)?;
    let name = text(&body, "destinationId").or_else(|| text(&body, "DestinationId"));
    let name = name.filter(|name| !name.is_empty()).ok_or_else(|| {
        Failure::new(
            400,
            "ErrorInvalidParameter",
            "The parameter 'DestinationId' is required.",
        )
    })?;
    find(organisation, position, name)
}

/// `DELETE /users/{mailbox}/mailFolders/{folder}`: into the deleted items, and from there for good.
pub(super) fn delete(organisation: &mut Organisation, caller: &Caller, key: &Key, name: &Key) -> Answer {
    let position = mailbox(organisation, caller, key, Act::WriteMail)?;
    let number = find(organisation, position, &name.value)?;
    let (directory, store) = (&organisation.directory, &mut organisation.objects.mail);
    let mailbox = store.change(directory, position);
    let bin = Purpose::Deleted.number();
    let own = mailbox
        .folder(number)
        .filter(|folder| folder.parent != bin)
        .map(|folder| folder.name.clone());
    let moved = own.is_some_and(|own| mailbox.rename_folder(number, bin, &own).is_ok());
    if !moved {
        store
            .remove_folder(directory, position, number)
            .map_err(refused)?;
    }
    organisation.touch();
    Ok(Reply::empty(204))
}
