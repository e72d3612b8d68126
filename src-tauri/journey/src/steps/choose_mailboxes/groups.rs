//! Groups on the lists: their members in their place, what stands behind an object id, and a limit that goes by a group.

use domain::group::Group;
use domain::ids::MailboxId;
use domain::list;
use domain::message;
use domain::message::{Arg, Kind};
use domain::problem::{Code, Problem, Retry};
use engine::mailboxes::{Entry, MailboxAnswers, Unfit};
use microsoft::exchange::group;
use microsoft::exchange::recipients::Recipient;

use super::lists::{List, put, put_members};
use super::look_up::{look_up, unfit};
use super::{record, save};
use crate::problems::{Doing, EXCHANGE_ROLE, problem};
use crate::without_mailbox;
use crate::wizard::Wizard;

/// How deep groups lie in groups at most.
const DEEPEST: usize = 8;

/// Puts the members of a group in its place. Groups among them are opened too; each mailbox comes once.
pub async fn use_members(wizard: &mut Wizard, list: List, typed: &str) -> Result<(), Problem> {
    let (members, _) = members_of(wizard, typed).await?;
    let mut answers = wizard.state().mailboxes.clone();
    put_members(&mut answers, list, typed, &members);
    save(wizard, answers)
}

/// What stands behind an object id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// A mailbox.
    Mailbox(Box<Entry>),
    /// A group.
    Group {
        /// As it was looked for.
        typed: String,
        /// Everybody in it and in the groups in it.
        members: Vec<Recipient>,
        /// The names of the groups in it.
        nested: Vec<String>,
    },
    /// Neither any more.
    Nothing,
    /// Something that has no mailbox which an app here could be given.
    NoMailbox,
}

impl Behind {
    /// Puts it on a list.
    fn onto(self, answers: &mut MailboxAnswers, list: List) {
        match self {
            Self::Mailbox(entry) => put(answers, list, *entry),
            Self::Group { typed, members, .. } => put_members(answers, list, &typed, &members),
            Self::Nothing | Self::NoMailbox => {}
        }
    }

    /// The mailboxes in it.
    pub(crate) fn mailboxes(&self) -> Vec<MailboxId> {
        match self {
            Self::Mailbox(entry) => entry.mailbox().map(|found| found.object_id).into_iter().collect(),
            Self::Group { members, .. } => {
                let fit = members.iter().filter(|member| unfit(member).is_none());
                fit.filter_map(|member| member.object_id).collect()
            }
            Self::Nothing | Self::NoMailbox => Vec::new(),
        }
    }
}

/// Reads what stands behind an object id.
pub(crate) async fn behind(wizard: &Wizard, id: &str) -> Result<Behind, Problem> {
    let found = look_up(wizard, list::read(id).entries).await?;
    Ok(match found.into_iter().next() {
        Some(entry @ Entry::Found { .. }) => Behind::Mailbox(Box::new(entry)),
        Some(Entry::Unfit {
            typed,
            why: Unfit::Group | Unfit::GroupMailbox,
            ..
        }) => {
            let (members, nested) = members_of(wizard, &typed).await?;
            Behind::Group {
                typed,
                members,
                nested,
            }
        }
        Some(
            Entry::Missing { .. }
            | Entry::Unfit {
                why: Unfit::UnknownId,
                ..
            },
        )
        | None => Behind::Nothing,
        Some(_) => Behind::NoMailbox,
    })
}

/// The answers with these on the list of mailboxes that must work, but for `without`. Nothing is written down.
pub(crate) fn with_those_of(wizard: &Wizard, all: Vec<Behind>, without: &[MailboxId]) -> MailboxAnswers {
    let mut answers = wizard.state().mailboxes.clone();
    let had = answers.allowed.clone();
    for behind in all {
        behind.onto(&mut answers, List::Allowed);
    }
    let is_out = |entry: &Entry| {
        let mailbox = entry.mailbox();
        mailbox.is_some_and(|mailbox| without.contains(&mailbox.object_id)) && !had.contains(entry)
    };
    answers.allowed.retain(|entry| !is_out(entry));
    answers
}

/// Everybody in a group and in the groups in it, and what those are called.
async fn members_of(wizard: &Wizard, typed: &str) -> Result<(Vec<Recipient>, Vec<String>), Problem> {
    let doing = reading_members();
    let exchange = wizard.exchange()?;
    let mut groups = vec![(typed.to_owned(), 0)];
    let mut opened: Vec<String> = Vec::new();
    let mut members: Vec<Recipient> = Vec::new();
    let mut nested: Vec<String> = Vec::new();
    let progress = wizard.progress_handle();
    while let Some((group, depth)) = groups.pop() {
        if opened.contains(&group) || depth > DEEPEST {
            continue;
        }
        opened.push(group.clone());
        progress(
            message!("mailboxes-groups-read"),
            opened.len() - 1,
            opened.len() + groups.len(),
        );
        let found = without_mailbox::members(&exchange, &group)
            .await
            .map_err(|error| problem(&error, &doing))?;
        for recipient in found {
            if matches!(unfit(&recipient), Some(Unfit::Group | Unfit::GroupMailbox)) {
                groups.push((recipient.address.to_string(), depth + 1));
                if !nested.contains(&recipient.name) {
                    nested.push(recipient.name);
                }
            } else if !members.contains(&recipient) {
                members.push(recipient);
            }
        }
    }
    Ok((members, nested))
}

/// The group of an address, an object id or a distinguished name; nothing where there is none.
pub(crate) async fn group_named(wizard: &Wizard, identity: &str) -> Result<Option<Group>, Problem> {
    let read = group::read(&wizard.exchange()?, identity).await;
    read.map_err(|error| problem(&error, &reading_members()))
}

/// Lets the limit go by the group that stands on the list of mailboxes that must work: its members take its place there. A group
/// with groups in it is told as that and stays as it was: a limit by it wouldn't reach who is in those (microsoft-facts §4b).
///
/// # Errors
/// As Exchange answers, and when the disk refuses.
pub async fn use_group(wizard: &mut Wizard, typed: &str) -> Result<(), Problem> {
    match group_named(wizard, typed).await? {
        Some(group) => by_group(wizard, group).await,
        None => {
            let mut answers = wizard.state().mailboxes.clone();
            unfit_group(&mut answers, typed, Unfit::NotUsable);
            save(wizard, answers)
        }
    }
}

/// Reads again who is in the group that the limit goes by.
///
/// # Errors
/// As Exchange answers, where the group is gone, and when the disk refuses.
pub async fn read_group_again(wizard: &mut Wizard) -> Result<(), Problem> {
    let Some(held) = wizard.state().mailboxes.group.clone() else {
        return Ok(());
    };
    let id = held.id.to_string();
    let mut found = group_named(wizard, &id).await?;
    if found.is_none() {
        // One answer without it can be that of a server which lags behind.
        wizard.between_looks().await;
        found = group_named(wizard, &id).await?;
    }
    match found {
        Some(group) => by_group(wizard, group).await,
        None => Err(Problem::said(
            Code::MailboxGone,
            message!("making-group-gone", group = Arg::name(Kind::Group, &held.name)),
        )
        .retry(Retry::AfterYouAct)
        .exists(message!("exists-nothing-changed"))),
    }
}

/// Names the mailboxes one by one from here on, those that are in the group now.
///
/// # Errors
/// When the disk refuses.
pub fn leave_group(wizard: &mut Wizard) -> Result<(), Problem> {
    let answers = MailboxAnswers {
        group: None,
        ..wizard.state().mailboxes.clone()
    };
    save(wizard, answers)
}

/// Puts the mailboxes in a group on the list, and lets the limit go by it, where only mailboxes are in it.
pub(crate) async fn by_group(wizard: &mut Wizard, group: Group) -> Result<(), Problem> {
    let exchange = wizard.exchange()?;
    let members = without_mailbox::members(&exchange, &group.distinguished_name)
        .await
        .map_err(|error| problem(&error, &reading_members()))?;
    let mut answers = wizard.state().mailboxes.clone();
    let typed = match answers.allowed.as_slice() {
        [only @ Entry::Unfit { .. }] => only.typed().to_owned(),
        _ => group.address.clone(),
    };
    let is_group = |member: &Recipient| {
        matches!(
            unfit(member),
            Some(Unfit::Group | Unfit::GroupMailbox | Unfit::DynamicGroup)
        )
    };
    let mailboxes: Vec<Recipient> = members
        .iter()
        .filter(|member| unfit(member).is_none())
        .cloned()
        .collect();
    let why = match (members.iter().any(is_group), mailboxes.is_empty()) {
        (true, _) => Some(Unfit::GroupOfGroups),
        (false, true) => Some(Unfit::EmptyGroup),
        // Whoever else the scope matches nobody can try, so no proof could ever be of everybody in it.
        (false, false) if mailboxes.len() < members.len() => Some(Unfit::GroupOfOthers),
        (false, false) => None,
    };
    match why {
        Some(why) => unfit_group(&mut answers, &typed, why),
        None => {
            answers.allowed.clear();
            answers.read_allowed = None;
            put_members(&mut answers, List::Allowed, "", &mailboxes);
            answers.group = Some(group);
        }
    }
    record(wizard, answers)
}

/// A group that can't hold the limit, in place of whatever stood on the list.
fn unfit_group(answers: &mut MailboxAnswers, typed: &str, why: Unfit) {
    answers.group = None;
    answers.allowed = vec![Entry::Unfit {
        typed: typed.to_owned(),
        why,
        mailbox: None,
        members: None,
    }];
}

fn reading_members() -> Doing {
    Doing::new(
        message!("doing-read-members"),
        EXCHANGE_ROLE,
        message!("problems-nothing-changed"),
    )
}
