//! The app registration and its service principal.

use calls::entra::THIS_ORGANISATION;

use super::{Blocked, Item, RowState, Rows};
use crate::changes::{
    Change, CreateApp, CreatePrincipal, DeleteApp, RestoreApp, SetAudience, TagApp, TagPrincipal,
};
use crate::names::{PRODUCT, adopted_by};
use crate::observed::{Owner, Seen, Why};
use crate::part::Part;
use crate::wanted::WantedApp;

pub(super) fn made(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let registration = match (&rows.seen.registration, &rows.seen.deleted) {
        (Seen::Unknown(why), _) => RowState::Unknown(*why),
        (Seen::Known(Some(app)), _) if app.owner == Owner::Stranger => RowState::Blocked(Blocked::NameTaken),
        (Seen::Known(Some(_)), _) => RowState::AsWanted,
        (Seen::Known(None), Seen::Unknown(why)) => RowState::Unknown(*why),
        (Seen::Known(None), Seen::Known(Some(app))) if app.owner == Owner::Stranger => {
            RowState::Blocked(Blocked::NameTakenByDeleted)
        }
        (Seen::Known(None), Seen::Known(Some(_))) => RowState::Change(Change::RestoreApp(RestoreApp {})),
        (Seen::Known(None), Seen::Known(None)) => RowState::Change(Change::CreateApp(CreateApp {
            unique: wanted.names.unique(),
            tag: wanted.names.tag(),
            name: wanted.display_name.clone(),
        })),
    };
    // What comes back with a restored app is read before anything is added to it.
    let restored = matches!(registration, RowState::Change(Change::RestoreApp(_)));
    rows.add(Part::App, Item::Registration, registration);
    adopted(rows, wanted);
    let create = || {
        RowState::Change(Change::CreatePrincipal(CreatePrincipal {
            tag: wanted.names.tag(),
        }))
    };
    let principal = match (rows.held_back(&[Item::Registration]), &rows.seen.principal) {
        (Some(held_back), _) => held_back,
        (None, _) if restored => RowState::Unknown(Why::HangsOn),
        (None, Seen::Unknown(why)) => RowState::Unknown(*why),
        (None, Seen::Known(Some(_))) => RowState::AsWanted,
        (None, Seen::Known(None)) => create(),
    };
    if let (RowState::AsWanted, Seen::Known(Some(principal))) = (&principal, &rows.seen.principal) {
        let (tag, mut tags) = (wanted.names.tag(), principal.tags.clone());
        let tagged = match tags.contains(&tag) {
            true => RowState::AsWanted,
            false => {
                tags.extend([PRODUCT.to_owned(), tag]);
                RowState::Change(Change::TagPrincipal(TagPrincipal { tags }))
            }
        };
        rows.add(Part::App, Item::Tag, tagged);
    }
    rows.add(Part::App, Item::Principal, principal);
}

/// An app that was taken over carries our tags, and takes no accounts of other organisations.
fn adopted(rows: &mut Rows<'_>, wanted: &WantedApp) {
    let seen = rows.seen;
    let registration = seen.registration.known().and_then(Option::as_ref);
    let Some(app) = registration.filter(|app| app.owner == Owner::Adopted) else {
        return;
    };
    let (marks, own) = (wanted.names.adopted_tags(), wanted.names.tag());
    let others = adopted_by(app.tags.iter().map(String::as_str).filter(|tag| *tag != own));
    let tagged = match marks.iter().all(|mark| app.tags.contains(mark)) {
        // Another connection took it over as well.
        _ if others.is_some() => RowState::Blocked(Blocked::NameTaken),
        true => RowState::AsWanted,
        false => RowState::Change(Change::TagApp(TagApp {
            tags: app.tags.iter().cloned().chain(marks).collect(),
        })),
    };
    let closed = match app.audience == THIS_ORGANISATION {
        true => RowState::AsWanted,
        false => RowState::Change(Change::SetAudience(SetAudience {
            audience: THIS_ORGANISATION.to_owned(),
        })),
    };
    rows.add(Part::App, Item::AppTag, tagged);
    rows.add(Part::App, Item::Audience, closed);
}

/// Nothing of ours is left behind. What somebody else signs in with to the app, or gave it in Exchange, keeps it; grants in
/// Entra belong to the app and go with it.
pub(super) fn removed(rows: &mut Rows<'_>) {
    let registration = match &rows.seen.registration {
        Seen::Unknown(why) => RowState::Unknown(*why),
        Seen::Known(None) => RowState::AsWanted,
        Seen::Known(Some(app)) if app.owner == Owner::Stranger => RowState::AsWanted,
        Seen::Known(Some(_)) => rows
            .held_back(&[Item::Entry, Item::Scope, Item::Secret, Item::Mailboxes])
            .or_else(|| rows.blocked_by(Blocked::Credential))
            .unwrap_or(RowState::Change(Change::DeleteApp(DeleteApp {}))),
    };
    rows.add(Part::App, Item::Registration, registration);
}
