//! What was set on a mailbox, and what holds where nothing was.

use crate::organisation::Organisation;
use crate::organisation::exchange::MailboxSettings;
use crate::people::entry::Entry;

/// What was set on a mailbox; nothing where it is as it was made.
pub(super) fn settings<'a>(organisation: &'a Organisation, entry: &Entry) -> Option<&'a MailboxSettings> {
    let all = &organisation.objects.exchange.mailbox_settings;
    if all.is_empty() {
        return None;
    }
    all.get(&entry.address())
}

/// Whether a mailbox is hidden from address lists.
pub(super) fn is_hidden(organisation: &Organisation, entry: &Entry) -> bool {
    settings(organisation, entry).is_some_and(|settings| settings.hidden)
}

/// One of the fifteen custom attributes; the first is the division unless somebody changed it.
pub(super) fn custom_attribute(organisation: &Organisation, entry: &Entry, number: u8) -> String {
    let changed = settings(organisation, entry).and_then(|settings| settings.custom_attributes.get(&number));
    match changed {
        Some(value) => value.clone(),
        None if number == 1 => entry.division().to_owned(),
        None => String::new(),
    }
}
