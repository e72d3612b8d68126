//! After the seal: what was written, and what to do with it.

use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::step::StepId;
use engine::event::{Exported, OpensWith, Tenancy};
use engine::progress::{Status, status};
use jiff::SignedDuration;
use journey::renew;
use journey::steps::export_bundle::{self, Shown};

use super::export::platform;
use super::{Made, button, fact, group, has_ended, listed_mailboxes, message, page, primary, secondary};
use crate::request::Request;
use crate::view::{Button, ButtonKind, Content, ExportedFile, Fact, FileIcon, MessageTone, Page};

/// How long after the seal its page still speaks of now.
const JUST_SEALED: SignedDuration = SignedDuration::from_mins(10);

/// The page.
pub fn after(made: &Made<'_>) -> Page {
    let state = made.wizard.state();
    let form: Vec<Fact> = export_bundle::form(made.wizard)
        .into_iter()
        .flat_map(|(label, shown)| form_rows(made, &label, shown))
        .collect();
    let mut messages = Vec::new();
    if made.wizard.tenancy() == Tenancy::Practice {
        messages.push(message(
            MessageTone::Practice,
            made.say(message!("export-was-practice")),
            made.say(message!("export-was-practice-text")),
        ));
    }
    let content = Content::Exported {
        files: files(made),
        hand_over: hand_over(made),
        opening: opening(made),
        ids: further_ids(made, &form),
        form,
        next: next(made),
        messages,
    };
    // It is said of now only right after the seal, just before which all of it was read; later it is what was so then.
    let just_sealed = state
        .exported
        .as_ref()
        .is_some_and(|exported| made.now.duration_since(exported.at) < JUST_SEALED);
    // What another run of the program read is remembered, and not known.
    let so_today = just_sealed
        && made.wizard.signed_in()
        && status(state, StepId::Verify, made.now) == Status::Done
        && status(state, StepId::Secret, made.now) == Status::Done;
    let mailboxes = message!("parts-mailboxes", count = state.allowed().len());
    let heading = match state.exported.as_ref() {
        Some(exported) if !so_today => message!(
            "export-was-given",
            platform = platform(made),
            mailboxes = mailboxes,
            day = Arg::date(exported.at)
        ),
        _ => match group(made) {
            Some(group) => message!(
                "export-can-use-group",
                platform = platform(made),
                mailboxes = mailboxes,
                group = group
            ),
            None => message!("export-can-use", platform = platform(made), mailboxes = mailboxes),
        },
    };
    let folder = state
        .exported
        .as_ref()
        .map_or("", |exported| exported.folder.as_str());
    let lead = made.say(message!(
        "export-saved-in",
        folder = Arg::name(Kind::Folder, folder)
    ));
    let mut page = page("exported", made.say(heading), Some(&lead), content);
    page.actions = vec![
        primary(made.say(message!("export-show-folder")), Request::OpenFolder),
        secondary(made.say(message!("export-back")), Request::SaveAndClose),
    ];
    if state.renewal.is_some() {
        page.actions.insert(
            1,
            secondary(made.say(message!("renewing-to-old-secret")), Request::Continue),
        );
    } else if let Some(id) = made
        .wizard
        .connection()
        .ok()
        .filter(|_| !just_sealed && renew::may_begin(made.wizard))
    {
        // Right after the seal nobody wants to begin anew.
        let id = id.to_string();
        let act = |label, request| button(ButtonKind::Subtle, made.say(label), request);
        page.actions.extend([
            act(
                message!("connections-change-mailboxes"),
                Request::ChangeMailboxes { id: id.clone() },
            ),
            act(message!("renewing-renew"), Request::Renew { id }),
        ]);
    }
    page.announcement = Some(made.say(message!("export-said-saved")));
    page
}

/// How the file was sealed. The key stands at the end of what was noted of it.
fn sealed_how(exported: &Exported) -> Arg {
    let noted = exported.sealed.as_str();
    match exported.opens {
        Some(OpensWith::Passphrase) => message!("record-with-passphrase").into(),
        Some(OpensWith::Key) => {
            let key = noted.rsplit(' ').next().unwrap_or_default();
            message!("record-to-key", key = Arg::term(key)).into()
        }
        Some(OpensWith::Other | OpensWith::NoFile) | None => Arg::theirs(noted),
    }
}

/// The files, each with what it is for.
fn files(made: &Made<'_>) -> Vec<ExportedFile> {
    let Some(exported) = &made.wizard.state().exported else {
        return Vec::new();
    };
    let sealed = message!("export-sealed-for", how = sealed_how(exported));
    let kinds = [
        (message!("export-sealed-file"), sealed, FileIcon::Sealed),
        (
            message!("export-record"),
            message!("export-record-for"),
            FileIcon::Record,
        ),
        (
            message!("export-record-json"),
            message!("export-record-json-for"),
            FileIcon::Record,
        ),
        (
            message!("export-reminder"),
            message!("export-reminder-for"),
            FileIcon::Reminder,
        ),
    ];
    let without = usize::from(exported.opens == Some(OpensWith::NoFile));
    let files = exported.files.iter().zip(kinds.into_iter().skip(without));
    files
        .map(|(name, (what, detail, icon))| ExportedFile {
            what: made.say(what),
            name: made.value(Arg::name(Kind::File, name)),
            detail: made.say(detail),
            icon,
        })
        .collect()
}

/// What remains to be done, in order.
fn next(made: &Made<'_>) -> Vec<String> {
    let mut next = Vec::new();
    if let Some(profile) = made.wizard.profile() {
        next.extend(profile.next_steps.iter().map(|step| made.value(step)));
        next.extend(profile.links.iter().map(|link| {
            made.say(message!(
                "export-look-up",
                place = &link.label,
                address = Arg::theirs(&link.address)
            ))
        }));
    }
    if made.wizard.state().renewal.is_some() {
        next.push(made.say(message!(
            "renewing-next",
            platform = platform(made),
            ended = has_ended(made)
        )));
    }
    if let Some(secret) = &made.wizard.notes().secret {
        next.push(made.say(message!(
            "export-secret-ends-then",
            day = Arg::date(secret.ends_at),
            how = bundle::reminder::replacing(platform(made), organisation(made))
        )));
    }
    next
}

/// What the organisation is called.
fn organisation(made: &Made<'_>) -> Arg {
    let organisation = made.wizard.state().organisation.as_ref();
    Arg::name(
        Kind::Organisation,
        organisation.map(|one| one.name.as_str()).unwrap_or_default(),
    )
}

/// How many mailboxes stand in rows of their own at the end; more are counted, and copied at once.
const OWN_ROWS: usize = 6;

/// A value with what copies it.
fn to_copy(made: &Made<'_>, label: &str, value: Arg, text: String) -> Fact {
    Fact {
        change: Some(copying(
            made,
            message!("export-copy-this", label = Arg::term(label)),
            text,
        )),
        ..fact(label, made.value(value))
    }
}

fn copying(made: &Made<'_>, full_label: Message, text: String) -> Button {
    Button {
        full_label: Some(made.say(full_label)),
        ..button(
            ButtonKind::Link,
            made.say(message!("export-copy")),
            Request::CopyText { text },
        )
    }
}

/// A field of the platform's form. An object id says of no mailbox whose it is, so each stands with its address.
fn form_rows(made: &Made<'_>, label: &str, shown: Shown) -> Vec<Fact> {
    match shown {
        Shown::Secret => vec![fact(label, made.say(message!("export-in-the-file")))],
        Shown::Text(text) => vec![to_copy(made, label, Arg::theirs(&text), text)],
        Shown::Addresses(addresses) => {
            let all = addresses.iter().map(|address| Arg::name(Kind::Mailbox, address));
            vec![to_copy(
                made,
                label,
                listed_mailboxes(all.collect()),
                addresses.join(", "),
            )]
        }
        Shown::ObjectIds(ids) if ids.len() > OWN_ROWS => {
            let lines: Vec<String> = ids
                .iter()
                .map(|(address, id)| format!("{address}\t{id}"))
                .collect();
            let counted = message!("export-many-ids", count = ids.len());
            vec![to_copy(made, label, counted.into(), lines.join("\n"))]
        }
        Shown::ObjectIds(ids) => ids
            .into_iter()
            .map(|(address, id)| {
                let mailbox = || Arg::name(Kind::Mailbox, &address);
                Fact {
                    id: Some(made.value(Arg::id(&id))),
                    change: Some(copying(
                        made,
                        message!("export-copy-of", label = Arg::term(label), mailbox = mailbox()),
                        id,
                    )),
                    ..fact(label, made.value(mailbox()))
                }
            })
            .collect(),
    }
}

/// Ids that the platform's form doesn't ask for, for whoever looks for the app later.
fn further_ids(made: &Made<'_>, form: &[Fact]) -> Vec<Fact> {
    let state = made.wizard.state();
    let organisation = state.organisation.as_ref();
    let ids = [
        (
            message!("export-tenant-id"),
            organisation.map(|organisation| organisation.tenant.to_string()),
        ),
        (
            message!("export-client-id"),
            state.at_hand().app().map(|app| app.client_id.to_string()),
        ),
        (
            message!("export-app-object-id"),
            state.at_hand().app().map(|app| app.object_id.to_string()),
        ),
        (
            message!("export-principal-id"),
            state.at_hand().principal().map(|id| id.to_string()),
        ),
        (
            message!("export-secret-id"),
            state
                .at_hand()
                .secret
                .as_ref()
                .map(|secret| secret.key.to_string()),
        ),
    ];
    let in_form = |id: &String| {
        let copied = |button: &Button| matches!(&button.request, Request::CopyText { text } if text == id);
        form.iter().any(|fact| fact.change.as_ref().is_some_and(copied))
    };
    ids.into_iter()
        .filter_map(|(label, id)| Some((label, id.filter(|id| !in_form(id))?)))
        .map(|(label, id)| to_copy(made, &made.say(label), Arg::id(&id), id))
        .collect()
}

/// To whom the file goes, and how they open it.
fn hand_over(made: &Made<'_>) -> Vec<String> {
    let Some(exported) = &made.wizard.state().exported else {
        return Vec::new();
    };
    if exported.opens == Some(OpensWith::NoFile) {
        let keeps = message!("export-keeps-what-it-has", platform = platform(made));
        return vec![made.say(keeps)];
    }
    let profile = made.wizard.profile();
    let who = match profile.and_then(|profile| profile.hand_over_to.as_ref()) {
        Some(who) => Arg::from(who),
        None => message!("export-whoever-runs", platform = platform(made)).into(),
    };
    let file = match exported.files.first() {
        Some(file) => Arg::name(Kind::File, file),
        None => message!("export-the-sealed-file").into(),
    };
    let (channel, open) = match exported.opens {
        Some(OpensWith::Key) => (message!("export-mail-with-key"), message!("export-open-with-key")),
        Some(OpensWith::Passphrase) => (
            message!("export-mail-with-passphrase"),
            message!("export-open-with-passphrase"),
        ),
        Some(OpensWith::Other | OpensWith::NoFile) | None => {
            (message!("export-mail"), message!("export-open"))
        }
    };
    let send = message!("export-send", file = file, who = who);
    let inside = message!("export-inside");
    vec![
        made.value(Arg::list(Join::Sentences, [send, channel])),
        made.value(Arg::list(Join::Sentences, [open, inside])),
    ]
}

/// The line that opens the file.
fn opening(made: &Made<'_>) -> Vec<Fact> {
    let exported = made.wizard.state().exported.as_ref();
    let line = exported.and_then(|exported| {
        let file = exported.files.first()?;
        match exported.opens? {
            OpensWith::Key => Some(format!("age --decrypt --identity key.txt {file}")),
            OpensWith::Passphrase => Some(format!("age --decrypt {file}")),
            OpensWith::Other | OpensWith::NoFile => None,
        }
    });
    let label = made.say(message!("export-to-open"));
    line.map(|line| Fact {
        id: Some(made.value(Arg::theirs(&line))),
        ..to_copy(made, &label, Arg::term(""), line)
    })
    .into_iter()
    .collect()
}
