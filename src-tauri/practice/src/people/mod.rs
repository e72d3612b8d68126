//! Who is in the organisation: its people, mailboxes, rooms and groups' members, the administrators among them with
//! their roles, and what somebody changed of one.

pub(crate) mod administrators;
pub(crate) mod changes;
pub(crate) mod directory;
pub(crate) mod domains;
pub(crate) mod entry;
pub(crate) mod made_up;
pub(crate) mod names;
pub(crate) mod roles;
