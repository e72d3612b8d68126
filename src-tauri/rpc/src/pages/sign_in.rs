//! Before the sign-in: what will be asked for, of whom and why.

use domain::cloud::CloudId;
use domain::message;
use domain::message::{Arg, Join, Kind, Message};
use domain::step::StepId;
use engine::event::Tenancy;
use journey::Right;
use journey::steps::sign_in::{asked_of_everybody, asked_scopes, rights_left, rights_to_act};
use words::Speaker;

use super::export::platform;
use super::{Made, button, choice, has_ended, message, page, primary, secondary};
use crate::rail::{self, Spot};
use crate::request::Request;
use crate::view::{
    ActIcon, Button, ButtonKind, Content, Message as Notice, MessageTone, Page, PlanLine, SignInWait,
};

/// Microsoft's names of the roles that somebody else may hold.
pub const EXCHANGE_ADMINISTRATOR: &str = "Exchange Administrator";
pub const APPLICATION_ADMINISTRATOR: &str = "Application Administrator";

/// Why the sign-in page is open, and what is under way on it.
#[derive(Default)]
pub struct Asked<'a> {
    /// Where the reader comes back to.
    pub return_to: Option<Spot>,
    /// What that takes, where who is signed in doesn't hold it.
    pub lacks: &'a [Right],
    /// Whether somebody is signed in and that step takes more than they hold.
    pub lacking: bool,
    /// What is asked for on top of what is left to be done.
    pub also: &'a [Right],
    /// What was typed as the id of an own app and isn't one.
    pub typed_client: Option<&'a str>,
    /// Set while the browser is awaited: its address, and whether a browser opened.
    pub waiting: Option<(&'a str, bool)>,
    /// What became of the last visit, where nothing is wrong with that.
    pub notice: Option<&'a Message>,
    /// Whether a renewal begins with it.
    pub renews: bool,
}

/// The page.
pub fn before(made: &Made<'_>, asked: &Asked<'_>) -> Page {
    let practice = made.wizard.tenancy() == Tenancy::Practice;
    let cloud = made.wizard.http().cloud();
    let clients = match cloud.clients.as_slice() {
        [_] if practice => Vec::new(),
        clients => clients
            .iter()
            .map(|client| {
                choice(
                    &client.id,
                    made.say(client.name.clone()),
                    client
                        .note
                        .clone()
                        .map_or_else(String::new, |note| made.say(note)),
                )
            })
            .chain([choice(
                "own",
                made.say(message!("sign-in-own-app")),
                made.say(message!("sign-in-own-app-detail")),
            )])
            .collect(),
    };
    let chosen = made.wizard.state().client.clone();
    let content = Content::SignIn {
        scopes: scopes(made, asked),
        client: asked
            .typed_client
            .map(str::to_owned)
            .or(chosen)
            .or_else(|| clients.first().map(|client| client.value.clone()))
            .map(|client| masked_client(made, client)),
        clients,
        waiting: asked
            .waiting
            .map(|(address, opened)| waiting(&made.speaker, address, opened, practice)),
        messages: messages(made, asked, practice),
    };
    let (heading, lead) = heading(made, asked, practice);
    // What became of the last visit is said in one quiet sentence: stopping it is no problem.
    let lead = match asked.notice {
        Some(notice) => made.value(Arg::list(Join::Sentences, [notice.clone(), lead])),
        None => made.say(lead),
    };
    let mut page = page("sign-in", made.say(heading), Some(&lead), content);
    page.announcement = asked.notice.map(|notice| made.say(notice.clone()));
    page.actions = vec![primary(
        made.say(if practice {
            message!("sign-in-open-practice")
        } else {
            message!("sign-in-open")
        }),
        Request::SignIn,
    )];
    if asked.lacking {
        page.actions.push(Button {
            icon: Some(ActIcon::Copy),
            ..secondary(made.say(message!("sign-in-copy-request")), Request::CopyRequest)
        });
    }
    page.action_note = Some(made.say(message!("sign-in-changes-nothing")));
    page
}

/// One of Microsoft's own clients is no name of anybody; an id that was typed is.
fn masked_client(made: &Made<'_>, client: String) -> String {
    let known = made.wizard.http().cloud().clients.iter();
    if client == "own" || known.into_iter().any(|known| known.id == client) {
        client
    } else {
        made.value(Arg::Id(client))
    }
}

fn heading(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> (Message, Message) {
    let step_of = |spot: Spot| {
        let route = made.wizard.route();
        let (number, _) = rail::number(&route, spot);
        message!("sign-in-step", number = number, name = rail::name(&route, spot))
    };
    match asked.return_to {
        Some(spot) if asked.lacking => {
            let may_not = match &made.wizard.state().admin {
                Some(admin) => message!(
                    "sign-in-may-not",
                    person = Arg::name(Kind::Person, &admin.name),
                    step = step_of(spot)
                ),
                None => message!("sign-in-present-may-not", step = step_of(spot)),
            };
            (message!("sign-in-another"), may_not)
        }
        Some(_) if asked.renews => (
            message!("renewing-sign-in", platform = platform(made)),
            message!(
                "renewing-sign-in-lead",
                platform = platform(made),
                ended = has_ended(made)
            ),
        ),
        Some(spot) => (
            message!("sign-in-again"),
            message!("sign-in-again-lead", step = step_of(spot)),
        ),
        None if practice => (message!("sign-in-practice"), message!("sign-in-practice-lead")),
        None => (message!("sign-in-heading"), message!("sign-in-lead")),
    }
}

/// What Microsoft's pages will list, of whom, and why.
fn scopes(made: &Made<'_>, asked: &Asked<'_>) -> Vec<PlanLine> {
    let mut rights = rights_left(made.wizard.state(), made.now);
    if let Some(Spot::Step(step)) = asked.return_to.filter(|_| asked.lacking) {
        rights.extend(rights_to_act(made.wizard.state(), step));
    }
    rights.extend(asked.also);
    let line = |title: Arg, detail: Message| PlanLine {
        title: made.value(title),
        detail: made.say(detail),
        done: false,
        takes_away: false,
    };
    let mut lines: Vec<PlanLine> = asked_of_everybody()
        .iter()
        .map(|(scope, why)| {
            let everybody = message!("sign-in-of-everybody", scope = Arg::term(*scope));
            line(why().into(), everybody)
        })
        .collect();
    lines.extend(asked_scopes(&rights).iter().map(|(scope, why)| PlanLine {
        title: made.say(why()),
        detail: (*scope).to_owned(),
        done: false,
        takes_away: false,
    }));
    if rights.contains(&Right::Exchange) {
        lines.push(line(
            message!("sign-in-for-exchange").into(),
            message!(
                "sign-in-of-role",
                scope = Arg::term("Exchange.Manage"),
                role = Arg::term(EXCHANGE_ADMINISTRATOR)
            ),
        ));
    }
    lines
}

fn waiting(speaker: &Speaker, address: &str, opened: bool, practice: bool) -> SignInWait {
    let say = |message: Message| speaker.say(&message);
    let (title, text) = match (opened, practice) {
        (true, true) => (
            message!("sign-in-waiting"),
            message!("sign-in-practice-page-open"),
        ),
        (true, false) => (message!("sign-in-waiting"), message!("sign-in-page-open")),
        (false, true) => (
            message!("sign-in-no-browser"),
            message!("sign-in-practice-page-waits"),
        ),
        (false, false) => (message!("sign-in-no-browser"), message!("sign-in-page-waits")),
    };
    let copy = Button {
        icon: Some(ActIcon::Copy),
        ..button(
            ButtonKind::Secondary,
            say(message!("sign-in-copy-address")),
            Request::CopyAddress,
        )
    };
    SignInWait {
        title: say(title),
        text: say(text),
        address: speaker.value(&Arg::theirs(address)),
        acts: vec![
            copy,
            button(
                ButtonKind::Secondary,
                say(message!("sign-in-open-again")),
                Request::OpenAddress,
            ),
            button(
                ButtonKind::Secondary,
                say(message!("sign-in-stop")),
                Request::CancelSignIn,
            ),
        ],
    }
}

fn messages(made: &Made<'_>, asked: &Asked<'_>, practice: bool) -> Vec<Notice> {
    let mut messages = Vec::new();
    if asked.lacking {
        let role = match asked.return_to {
            Some(Spot::Step(StepId::Mailboxes | StepId::Limit | StepId::Protocols)) => EXCHANGE_ADMINISTRATOR,
            Some(Spot::Plan) if asked.lacks == [Right::Exchange] => EXCHANGE_ADMINISTRATOR,
            Some(Spot::Step(StepId::Verify | StepId::Export)) if !made.wizard.holds(&[Right::Exchange]) => {
                EXCHANGE_ADMINISTRATOR
            }
            _ => APPLICATION_ADMINISTRATOR,
        };
        messages.push(message(
            MessageTone::NeedsYou,
            made.say(message!("sign-in-takes", role = Arg::term(role))),
            made.say(message!(
                "sign-in-who-gives",
                granters = message!("parts-granters")
            )),
        ));
    }
    messages.extend(national(made));
    messages.push(match practice {
        true => message(
            MessageTone::Practice,
            made.say(message!("sign-in-choose-who")),
            made.say(message!("sign-in-choose-who-text")),
        ),
        false => message(
            MessageTone::Secret,
            made.say(message!("sign-in-leaves")),
            made.say(message!("sign-in-leaves-text")),
        ),
    });
    messages
}

/// In another cloud than the one that Mailgrant was made for: which it is, and what isn't certain of it.
fn national(made: &Made<'_>) -> Option<Notice> {
    let Tenancy::Real(cloud) = made.wizard.tenancy() else {
        return None;
    };
    if cloud == CloudId::default() {
        return None;
    }
    let mut text = vec![message!("cloud-national-text")];
    let hosts = made.wizard.http().cloud().hosts;
    let unsure = hosts.map(|hosts| hosts.unverified()).unwrap_or_default();
    if !unsure.is_empty() {
        let hosts = Arg::list(Join::Commas, unsure.into_iter().map(Arg::term));
        text.push(message!("cloud-national-unsure", hosts = hosts));
    }
    Some(message(
        MessageTone::NeedsYou,
        made.say(message!("cloud-national", cloud = cloud.said())),
        made.value(Arg::list(Join::Sentences, text)),
    ))
}
