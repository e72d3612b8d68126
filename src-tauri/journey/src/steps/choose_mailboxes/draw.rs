//! Mailboxes that are on no list, drawn at random from all there are. They are not predictable, so that nobody can prepare
//! them.

use std::collections::BTreeSet;

use domain::ids::MailboxId;
use domain::message;
use domain::problem::Problem;
use engine::controls::STATEMENT;
use engine::event::Event;
use engine::mailboxes::{Controls, Drawn, Mailbox};
use microsoft::exchange::recipients::{self, Recipient};
use uuid::Uuid;

use super::look_up::{mailbox, unfit};
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::wizard::Wizard;

/// The kinds of mailboxes that an organisation can have, as Exchange names them. Others can be drawn too; these are looked
/// for where they aren't among those that were.
const KINDS: [&str; 4] = ["UserMailbox", "SharedMailbox", "RoomMailbox", "EquipmentMailbox"];

/// Draws as many as are wanted, beside those that are kept, and none of `without`.
pub(super) async fn draw(
    wizard: &Wizard,
    kept: Drawn,
    without: &BTreeSet<MailboxId>,
) -> Result<Drawn, Problem> {
    let doing = Doing::new(
        message!("doing-pick"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    );
    let answers = &wizard.state().mailboxes;
    let wanted = match answers.controls {
        Controls::One | Controls::EveryKind => 1,
        Controls::Statement => STATEMENT,
    };
    let named = answers.allowed.iter().chain(&answers.refused);
    let mut taken: BTreeSet<MailboxId> = named
        .filter_map(|entry| entry.mailbox())
        .chain(kept.mailboxes())
        .map(|mailbox| mailbox.object_id)
        .collect();
    taken.extend(without);
    let exchange = wizard.exchange()?;
    let digits = Uuid::new_v4().simple().to_string();
    let mut drawn = kept;
    let missing = wanted.saturating_sub(drawn.sample.len());
    if missing > 0 {
        let found = recipients::drawn(&exchange, &digits, |found| {
            others(found, &taken).count() >= missing
        })
        .await
        .map_err(|error| problem(&error, &doing))?;
        let mut left: Vec<Mailbox> = others(&found.found, &taken).collect();
        // Those that proved nothing are others too.
        let all = found.whole && left.len() <= missing && without.is_empty();
        let first = drawn.sample.is_empty();
        while drawn.sample.len() < wanted
            && let Some(one) = pick(&mut left)
        {
            taken.insert(one.object_id);
            drawn.sample.push(one);
        }
        drawn.all = all && (first || drawn.all);
        drawn.fair = found.fair && (first || drawn.fair);
    }
    if answers.controls != Controls::One {
        let has = |kind: &str| drawn.mailboxes().any(|mailbox| mailbox.kind == kind);
        let kinds: Vec<&str> = KINDS.into_iter().filter(|kind| !has(kind)).collect();
        let digit = digits.chars().last().unwrap_or('0');
        let lists = recipients::of_kinds(&exchange, &kinds, digit)
            .await
            .map_err(|error| problem(&error, &doing))?;
        for list in lists {
            let mut left: Vec<Mailbox> = others(&list, &taken).collect();
            drawn.kinds.extend(pick(&mut left));
        }
    }
    Ok(drawn)
}

/// Draws others in place of those that prove nothing, and keeps that. Whether any was drawn.
pub(crate) async fn again(wizard: &mut Wizard, nothing: &BTreeSet<MailboxId>) -> Result<bool, Problem> {
    let kept = wizard.state().drawn.without(nothing);
    let before = kept.mailboxes().count();
    let drawn = draw(wizard, kept, nothing).await?;
    let more = drawn.mailboxes().count() > before;
    keep(wizard, drawn)?;
    Ok(more)
}

/// Goes on without those that prove nothing.
pub(crate) fn leave_out(wizard: &mut Wizard, nothing: &BTreeSet<MailboxId>) -> Result<(), Problem> {
    let left = wizard.state().drawn.without(nothing);
    keep(wizard, left)
}

/// Keeps what was drawn. Older versions know of one only.
pub(super) fn keep(wizard: &mut Wizard, drawn: Drawn) -> Result<(), Problem> {
    let random = drawn.mailboxes().next().cloned();
    wizard.record(Event::MailboxesConfirmed {
        random,
        drawn: Some(drawn),
    })
}

/// Those that could be a control and aren't taken.
fn others(found: &[Recipient], taken: &BTreeSet<MailboxId>) -> impl Iterator<Item = Mailbox> {
    found
        .iter()
        .filter(|recipient| unfit(recipient).is_none())
        .filter_map(mailbox)
        .filter(|mailbox| !taken.contains(&mailbox.object_id))
}

/// Takes one out, each with the same chance.
fn pick(from: &mut Vec<Mailbox>) -> Option<Mailbox> {
    let place = Uuid::new_v4().as_u128().checked_rem(from.len() as u128)?;
    let place = usize::try_from(place).ok()?;
    (place < from.len()).then(|| from.swap_remove(place))
}
