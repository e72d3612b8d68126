//! A part of the plan carried out: what is there is read, compared with what is wanted, changed one by one, and read back.
//!
//! The comparison decides; nothing here knows a route. What the reader was not told of is not taken away and not taken
//! back: such a finding is written down, and the plan names it before anything happens.

use domain::credential::CredentialKind;
use domain::ids::KeyId;
use domain::message;
use domain::message::Message;
use domain::problem::Problem;
use domain::step::StepId;
use plan::changes::{Change, DeleteApp};
use plan::compare::{Comparison, Item, Row, RowState, compare};
use plan::given::Given;
use plan::observed::{Owner, Seen, SeenApp};
use plan::part::Part;
use plan::wanted::Wanted;

use crate::adopt;
use crate::blocked;
use crate::changes::{self, Made};
use crate::observe::{self, Reading, Where};
use crate::problems::{APP_ROLE, Doing, EXCHANGE_ROLE};
use crate::read_back;
use crate::renew;
use crate::steps::sign_in::rights_to_open;
use crate::switches;
use crate::take_up;
use crate::wanted::{believed, wanted};
use crate::wizard::{Wizard, internal};

/// Does what is left of a part, after reading what is there, and reads it back.
///
/// # Errors
/// As Microsoft, the keychain and the disk answer, and where something of somebody else's stands in the way.
pub async fn carry_out(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    wizard.forget_reading();
    one(wizard, part, Follows::Nothing).await
}

/// What comes right after a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Follows {
    Nothing,
    /// The other parts of the plan, and the proof.
    TheRest,
}

/// The same as the next part of a plan that is under way: what the part before it read last isn't read again.
///
/// # Errors
/// As [`carry_out`].
pub async fn carry_on(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    one(wizard, part, Follows::TheRest).await
}

async fn one(wizard: &mut Wizard, part: Part, follows: Follows) -> Result<(), Problem> {
    match part {
        Part::App => app(wizard, follows).await,
        Part::Permissions => permissions(wizard).await,
        Part::Credential => credential(wizard).await,
        Part::Scope => scope(wizard, follows).await,
        Part::Protocols => switches::carry_out(wizard).await,
    }
}

async fn app(wizard: &mut Wizard, follows: Follows) -> Result<(), Problem> {
    let doing = Doing::new(message!("doing-look-for-app"), APP_ROLE, app_so_far(wizard));
    let told = planned(wizard, Part::App)?;
    // What comes back with an app that is restored is read before anything is added to it.
    loop {
        let reading = entra_reading(wizard, &doing).await?;
        let wanted = wanted(wizard)?;
        let seen = observe::observed(wizard, &reading)?;
        let comparison = compare(&wanted, &seen);
        stop_where_blocked(wizard, &comparison, Part::App, &reading)?;
        let (Some(entra), Some(app)) = (&reading.entra, wanted.apps.get(&wizard.key())) else {
            return Err(internal("nothing is wanted of the app"));
        };
        take_up::in_entra(wizard, entra, &seen, app)?;
        let changes = changes_of(&comparison, Part::App);
        if unannounced(&changes, &told) {
            // Of an app that was live when it was written down last, it is told what became of it, with the way back.
            return match wizard.notes().app() {
                Some(_) => Err(read_back::standing_problem(entra)),
                None => take_up::found_deleted(wizard, entra),
            };
        }
        let restores = changes
            .iter()
            .any(|change| matches!(change, Change::RestoreApp(_)));
        for change in &changes {
            wizard.forget_reading();
            changes::make(wizard, change, &reading).await?;
        }
        if !restores {
            break;
        }
    }
    match follows {
        Follows::TheRest => read_back::app_and_permissions(wizard).await,
        Follows::Nothing => read_back::app(wizard).await,
    }
}

/// What exists of the app before it is looked for.
fn app_so_far(wizard: &Wizard) -> Message {
    let notes = wizard.notes();
    let asked = |change: &Change| matches!(change, Change::CreateApp(_) | Change::RestoreApp(_));
    if notes.app().is_some() {
        message!("exists-app")
    } else if notes.is_open(asked) {
        message!("exists-app-perhaps")
    } else if notes.removed_app().is_some() {
        message!("exists-app-deleted")
    } else {
        message!("exists-no-app")
    }
}

/// Grants what the app needs in Entra, where it needs anything there, and reads every grant.
async fn permissions(wizard: &mut Wizard) -> Result<(), Problem> {
    if !wizard.state().app_roles_are_left() {
        return read_back::permissions(wizard).await;
    }
    let doing = Doing::new(message!("doing-read-grants"), APP_ROLE, message!("exists-app"));
    let told = planned(wizard, Part::Scope)?;
    let mut reading = live_reading(wizard, &doing).await?;
    if wizard.holds(rights_to_open(StepId::Limit)) {
        reading.exchange = observe::read(wizard, Where::Exchange, &doing).await?.exchange;
    }
    let compared = |wizard: &Wizard, reading: &Reading| {
        let seen = observe::observed(wizard, reading)?;
        Ok::<_, Problem>(compare(&wanted(wizard)?, &seen))
    };
    let mut comparison = compared(wizard, &reading)?;
    stop_where_blocked(wizard, &comparison, Part::Scope, &reading)?;
    // What would be opened again although nobody asks for it any more goes first, where the plan says that it goes.
    let would_open = |change: &Change| matches!(change, Change::TakeFullAccess(_)) && is_told(change, &told);
    let mut taken = changes_of(&comparison, Part::Scope);
    taken.retain(would_open);
    if reading.exchange.is_some() && !taken.is_empty() {
        for change in &taken {
            changes::make(wizard, change, &reading).await?;
        }
        read_back::taken_from_exchange(wizard, &taken).await?;
        for change in taken {
            wizard.done(change, Given::default())?;
        }
        reading.exchange = observe::read(wizard, Where::Exchange, &doing).await?.exchange;
        comparison = compared(wizard, &reading)?;
    }
    let in_the_way = |row: &Row| {
        let held_up = matches!(row.state, RowState::Blocked(_) | RowState::Unknown(_));
        matches!(row.item, Item::AppRole(_)) && held_up
    };
    if comparison.of(&wizard.key(), Part::Permissions).any(in_the_way) {
        return Err(blocked::full_access_in_the_way());
    }
    let changes = changes_of(&comparison, Part::Permissions);
    for change in changes.iter().filter(|change| !change.takes_away()) {
        changes::make(wizard, change, &reading).await?;
    }
    read_back::permissions_granted(wizard).await
}

async fn credential(wizard: &mut Wizard) -> Result<(), Problem> {
    changes::try_keychain(wizard).await?;
    if renew::is_due(wizard) {
        // What the platform may be using is read and named in the plan before anything is made beside it.
        return renew::begin(wizard).await;
    }
    let doing = Doing::new(
        message!("doing-look-at-secrets"),
        APP_ROLE,
        message!("exists-app"),
    );
    let told = planned(wizard, Part::Credential)?;
    let reading = live_reading(wizard, &doing).await?;
    if let Some(entra) = &reading.entra {
        changes::look(wizard, entra).await?;
    }
    let told_now = planned(wizard, Part::Credential)?;
    // What was found is written down now, so that the plan names it: a secret that was only to be looked at isn't made anew
    // behind a button that said nothing of it.
    if told_now.iter().any(|change| !is_told(change, &told)) {
        return Ok(());
    }
    // What the platform used goes only while what it was given instead works, seen now.
    let replaced = |change: &Change| match change {
        Change::RemoveCredential(gone) => wizard.notes().in_use.contains_key(&gone.key),
        _ => false,
    };
    if told_now.iter().any(replaced) {
        read_back::secret_works(wizard).await?;
    }
    for change in told_now {
        wizard.forget_reading();
        if changes::make(wizard, &change, &reading).await? == Made::Lost {
            return Ok(());
        }
    }
    read_back::secret(wizard).await
}

async fn scope(wizard: &mut Wizard, follows: Follows) -> Result<(), Problem> {
    if observe::wanted_mailboxes(wizard).is_empty() {
        return Err(internal("there is no mailbox to limit to"));
    }
    let doing = Doing::new(
        message!("doing-limit"),
        EXCHANGE_ROLE,
        message!("exists-app-limit-unknown"),
    );
    let told = planned(wizard, Part::Scope)?;
    let reading = observe::read_settled(wizard, Where::Exchange, &doing).await?;
    let wanted = wanted(wizard)?;
    let seen = observe::observed(wizard, &reading)?;
    let comparison = compare(&wanted, &seen);
    stop_where_blocked(wizard, &comparison, Part::Scope, &reading)?;
    if let Some(app) = wanted.apps.get(&wizard.key()) {
        take_up::in_exchange(wizard, &seen, app)?;
    }
    let changes = changes_of(&comparison, Part::Scope);
    if unannounced(&changes, &told) {
        return Ok(());
    }
    let mut taken = Vec::new();
    for change in changes {
        changes::make(wizard, &change, &reading).await?;
        if change.takes_away() {
            taken.push(change);
        }
    }
    read_back::taken_from_exchange(wizard, &taken).await?;
    for change in taken {
        wizard.done(change, Given::default())?;
    }
    match follows {
        // No proof follows while what was granted to an app that was taken over still stands.
        Follows::TheRest if !wizard.state().adopting && wizard.holds(rights_to_open(StepId::Verify)) => {
            read_back::limit_whole(wizard).await
        }
        _ => read_back::limit(wizard).await,
    }
}

/// Looks for secrets that an interrupted run left behind, so that the plan says what will really happen. Changes nothing.
///
/// # Errors
/// As Microsoft and the keychain answer.
pub async fn look_for_secrets(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-look-at-secrets"),
        APP_ROLE,
        message!("exists-app"),
    );
    wizard.forget_reading();
    let reading = live_reading(wizard, &doing).await?;
    match &reading.entra {
        Some(entra) => changes::look(wizard, entra).await,
        None => Ok(()),
    }
}

/// Removes one grant in Entra, which the admin asked for, and reads every grant again.
///
/// # Errors
/// As [`carry_out`].
pub async fn remove_grant(wizard: &mut Wizard, id: &str) -> Result<(), Problem> {
    wizard.forget_reading();
    changes::remove_asked_for(wizard, id).await
}

/// Takes a part back, as far as it is ours. The permissions have nothing to take back.
///
/// # Errors
/// `undo.not-yet` where something else hangs on it; otherwise as [`carry_out`].
pub async fn undo(wizard: &mut Wizard, part: Part) -> Result<(), Problem> {
    wizard.require_undo(crate::parts::step(part))?;
    wizard.forget_reading();
    match part {
        Part::App => {
            if let Some(was) = wizard.notes().adopted.clone() {
                return adopt::let_go(wizard, &was).await;
            }
            delete_app(wizard).await?;
        }
        Part::Permissions => {}
        Part::Credential => {
            let recorded = wizard.notes().secret.as_ref().map(|secret| secret.key);
            let lost = wizard.notes().lost_secrets.iter().copied();
            let keys = recorded.into_iter().chain(lost).collect();
            remove_credentials(wizard, keys).await?;
        }
        Part::Scope => undo_scope(wizard).await?,
        Part::Protocols => switches::undo(wizard).await?,
    }
    Ok(())
}

/// Deletes the app, also one that was taken over.
pub(crate) async fn delete_app(wizard: &mut Wizard) -> Result<(), Problem> {
    let change = Change::DeleteApp(DeleteApp {});
    changes::make(wizard, &change, &Reading::default())
        .await
        .map(drop)
}

/// Takes credentials of ours away.
pub(crate) async fn remove_credentials(wizard: &mut Wizard, keys: Vec<KeyId>) -> Result<(), Problem> {
    for key in keys {
        let certificate = wizard.notes().kind_of(key) == CredentialKind::Certificate;
        let change = Change::RemoveCredential(plan::changes::RemoveCredential { key, certificate });
        changes::make(wizard, &change, &Reading::default()).await?;
    }
    Ok(())
}

async fn undo_scope(wizard: &mut Wizard) -> Result<(), Problem> {
    let doing = Doing::new(
        message!("doing-remove-limit"),
        EXCHANGE_ROLE,
        message!("exists-limit-perhaps"),
    );
    let reading = observe::read(wizard, Where::Exchange, &doing).await?;
    let mut seen = observe::observed(wizard, &reading)?;
    let remembered = believed(wizard);
    let key = wizard.key();
    if let (Some(app), Some(remembered)) = (seen.apps.get_mut(&key), remembered.apps.get(&key)) {
        add_what_is_remembered(app, remembered);
    }
    let nothing = Wanted::default();
    let comparison = compare(&nothing, &seen);
    stop_where_blocked(wizard, &comparison, Part::Scope, &reading)?;
    let mut changes = changes_of(&comparison, Part::Scope);
    if wizard.notes().keeps_its_entry() {
        // It was there before the limit, and what somebody gave the app there hangs on it.
        changes.retain(|change| !matches!(change, Change::UnregisterInExchange(_)));
    }
    if wizard.notes().adopted.is_some() {
        // The platform opened these mailboxes before, and may go on.
        let ours = |mailbox| wizard.notes().owner_of_full_access(mailbox, false) == Owner::Ours;
        changes.retain(|change| !matches!(change, Change::TakeFullAccess(take) if !ours(take.mailbox)));
    }
    for change in &changes {
        changes::make(wizard, change, &reading).await?;
    }
    read_back::taken_from_exchange(wizard, &changes).await?;
    for change in changes {
        wizard.done(change, Given::default())?;
    }
    Ok(())
}

/// One list without something can be that of a server which lags behind. What is to be taken away is taken away also where
/// it is only remembered: a removal of what is gone changes nothing.
fn add_what_is_remembered(seen: &mut SeenApp, remembered: &SeenApp) {
    if let (Seen::Known(None), Seen::Known(Some(_))) = (&seen.entry, &remembered.entry) {
        seen.entry = remembered.entry.clone();
    }
    if let (Seen::Known(None), Seen::Known(Some(_))) = (&seen.scope, &remembered.scope) {
        seen.scope = remembered.scope.clone();
    }
    if let (Seen::Known(seen), Seen::Known(remembered)) = (&mut seen.full_access, &remembered.full_access) {
        for (mailbox, owner) in remembered {
            seen.entry(*mailbox).or_insert(*owner);
        }
    }
    if let (Seen::Known(seen), Seen::Known(remembered)) = (&mut seen.roles, &remembered.roles) {
        for (name, role) in remembered {
            seen.entry(name.clone()).or_insert_with(|| role.clone());
        }
    }
}

/// What Entra shows: as the part before it read it a moment ago, or read now.
async fn entra_reading(wizard: &mut Wizard, doing: &Doing) -> Result<Reading, Problem> {
    match wizard.take_reading() {
        Some(reading) => Ok(reading),
        None => observe::read_settled(wizard, Where::Entra, doing).await,
    }
}

/// The same of an app that has to be there.
async fn live_reading(wizard: &mut Wizard, doing: &Doing) -> Result<Reading, Problem> {
    match wizard.take_reading() {
        Some(reading) => Ok(reading),
        None => read_back::live(wizard, doing).await,
    }
}

/// What the plan says of a part, from what is remembered: what the reader was told.
pub(crate) fn planned(wizard: &Wizard, part: Part) -> Result<Vec<Change>, Problem> {
    Ok(changes_of(&compare(&wanted(wizard)?, &believed(wizard)), part))
}

/// The changes of a part, in the order in which they can be made.
pub(crate) fn changes_of(comparison: &Comparison, part: Part) -> Vec<Change> {
    let changes = comparison.changes().into_iter().map(|(_, change)| change);
    changes.filter(|change| change.part() == part).collect()
}

/// Whether something would be taken away, or brought back, of which the plan said nothing.
pub(crate) fn unannounced(changes: &[Change], told: &[Change]) -> bool {
    changes
        .iter()
        .any(|change| change.is_told_first() && !is_told(change, told))
}

fn is_told(change: &Change, told: &[Change]) -> bool {
    told.iter().any(|told| told.same_matter(change))
}

fn stop_where_blocked(
    wizard: &Wizard,
    comparison: &Comparison,
    part: Part,
    reading: &Reading,
) -> Result<(), Problem> {
    let key = wizard.key();
    match blocked::problem_of(wizard, comparison.of(&key, part), reading) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}
