//! The protocols of mail programs that are switched off for mailboxes: the question whether they shall be switched on, and what
//! became of it. Nothing is switched on that nobody asked for.

use std::collections::BTreeSet;

use domain::ids::MailboxId;
use domain::mail_protocol::MailProtocol;
use domain::message;
use domain::message::{Arg, Kind};
use engine::state::State;
use journey::parts::{Part, PartPlan, plan_of};
use journey::switches::{self, OffFor};

use super::{Made, button, fact, happened, listed_mailboxes, message, page, planned, primary, removing};
use crate::request::Request;
use crate::view::{ButtonKind, Content, Fact, Message as Notice, MessageTone, Page};

/// The page.
pub fn page_of(made: &Made<'_>) -> Page {
    let plan = plan_of(made.wizard, Part::Protocols);
    match plan.is_done() {
        true => after(made, &plan),
        false => before(made, plan),
    }
}

fn before(made: &Made<'_>, plan: PartPlan) -> Page {
    let count = plan.left(made.wizard.state());
    let content = Content::Plan {
        answers: Vec::new(),
        plan: planned(made, plan),
        options: Vec::new(),
        messages: notices(made),
    };
    let mut page = page(
        "protocols",
        made.say(message!("protocols-heading")),
        Some(&made.say(message!("protocols-lead"))),
        content,
    );
    page.actions = vec![primary(
        made.say(message!("plan-make", count = count)),
        Request::Commit,
    )];
    page.action_note = Some(made.say(message!("limit-note")));
    page
}

fn after(made: &Made<'_>, plan: &PartPlan) -> Page {
    let read = made.wizard.state().switches_read_at();
    let read = read.map(|at| {
        happened(
            made,
            at,
            message!("protocols-read"),
            message!("protocols-read-text"),
        )
    });
    let content = Content::Done {
        key_facts: Vec::new(),
        happened: read.into_iter().collect(),
        facts: facts(made),
        messages: notices(made),
    };
    let state = made.wizard.state();
    let heading = match switches::stands_in_the_way(state) {
        true => message!("protocols-heading-off"),
        false if state.switches_unread().is_empty() => message!("protocols-heading-on"),
        false => message!("protocols-heading-unread"),
    };
    let mut page = page("protocols-done", made.say(heading), None, content);
    page.actions = vec![primary(made.say(message!("plan-continue")), Request::Continue)];
    if plan.may_undo {
        let remove = made.say(message!("asking-switch-off"));
        page.actions.push(removing(remove, Request::Undo));
    }
    page
}

/// For each protocol that is off: for which mailboxes, how it is switched on by hand, and the question.
pub fn notices(made: &Made<'_>) -> Vec<Notice> {
    let off = switches::off(made.wizard.state());
    off.iter().map(|off| notice(made, off)).collect()
}

fn notice(made: &Made<'_>, off: &OffFor) -> Notice {
    let state = made.wizard.state();
    let (protocol, count) = (Arg::term(off.protocol.name()), off.mailboxes.len());
    let names = off.mailboxes.iter().map(|mailbox| name(state, *mailbox));
    let mailboxes = listed_mailboxes(names.collect());
    let organisation = Arg::yes_or_no(off.by_organisation);
    let (tone, title, text, label) = match off.asked {
        true => (
            MessageTone::Waiting,
            message!("protocols-asked", protocol = protocol.clone(), count = count),
            message!(
                "protocols-asked-text",
                mailboxes = mailboxes,
                organisation = organisation
            ),
            message!("protocols-leave-off", protocol = protocol),
        ),
        false => (
            MessageTone::NeedsYou,
            message!(
                "protocols-off",
                protocol = protocol.clone(),
                count = count,
                all = state.allowed().len()
            ),
            message!(
                "protocols-off-text",
                mailboxes = mailboxes,
                organisation = organisation,
                line = Arg::theirs(&off.by_hand)
            ),
            message!("protocols-switch-on", protocol = protocol),
        ),
    };
    let answer = Request::SwitchProtocol {
        protocol: off.protocol.name().to_owned(),
        on: !off.asked,
    };
    Notice {
        action: Some(button(ButtonKind::Secondary, made.say(label), answer)),
        ..message(tone, made.say(title), made.say(text))
    }
}

fn name(state: &State, mailbox: MailboxId) -> Arg {
    match state.address_of(mailbox) {
        Some(address) => Arg::name(Kind::Mailbox, address),
        None => Arg::id(mailbox),
    }
}

/// How each protocol stands.
pub fn facts(made: &Made<'_>) -> Vec<Fact> {
    let state = made.wizard.state();
    let (off, ours) = (switches::off(state), state.switched_on_here());
    let unread = state.switches_unread();
    let asked: BTreeSet<MailProtocol> = state.protocols_asked().iter().map(|of| of.protocol).collect();
    let protocols: BTreeSet<MailProtocol> = ours.keys().map(|of| of.protocol).chain(asked).collect();
    let stands = |protocol: &MailProtocol| {
        let ours = ours.keys().filter(|of| of.protocol == *protocol);
        let ours: Vec<Arg> = ours.map(|of| name(state, of.mailbox)).collect();
        let unread = unread.iter().filter(|of| of.protocol == *protocol).count();
        let value = match off.iter().find(|off| off.protocol == *protocol) {
            Some(off) => message!(
                "protocols-fact-off",
                count = off.mailboxes.len(),
                all = state.allowed().len()
            )
            .into(),
            None if unread > 0 => message!(
                "protocols-fact-unread",
                count = unread,
                all = state.allowed().len()
            )
            .into(),
            None if ours.is_empty() => message!("protocols-fact-on").into(),
            None => Arg::from(message!(
                "protocols-fact-switched-on",
                mailboxes = listed_mailboxes(ours)
            )),
        };
        fact(
            &made.say(message!("protocols-fact", protocol = Arg::term(protocol.name()))),
            made.value(value),
        )
    };
    protocols.iter().map(stands).collect()
}
