//! What a press does: the one place where each request leads on.

use std::path::PathBuf;

use domain::message;
use domain::permission::Permission;
use domain::problem::{Code, Problem};
use domain::step::StepId;
use engine::event::Tenancy;
use journey::renew;
use journey::route::Stop;
use journey::steps::{choose_mailboxes, choose_method, sign_in, verify_access};

use super::{Desk, Place, asking};
use crate::pages;
use crate::rail::{self, Spot};
use crate::request::{Opener, Request};

impl Desk {
    /// Does what a press asks for.
    pub(super) async fn act(&mut self, request: Request) -> Result<(), Problem> {
        if !request.copies() {
            self.copied = None;
        }
        match request {
            Request::SetPresenting { on } => self.set_presenting(on),
            Request::SetLanguage { language } => self.set_language(&language),
            Request::CopyRequest => self.copy(request, self.request_text()),
            Request::CopyText { ref text } => {
                let text = text.clone();
                self.copy(request, Some(text));
            }
            Request::CopyDetails => {
                let details = self
                    .problem
                    .as_ref()
                    .map(|problem| pages::problem::details_text(problem, &self.speaker_now()));
                self.copy(request, details);
            }
            // The address is there only while the browser is waited for, and that takes these itself.
            Request::CopyAddress | Request::OpenAddress => {}
            Request::Help => self.helping = !self.helping,
            Request::OpenFolder => {
                let folder = self
                    .wizard
                    .as_ref()
                    .and_then(|wizard| wizard.state().exported.as_ref())
                    .map(|exported| PathBuf::from(&exported.folder));
                if let Some(folder) = folder {
                    drop(self.host.open_folder(&folder));
                }
            }
            Request::DrawWords => {
                self.draft.drawn = None;
                if self.place == Place::Step(StepId::Export) {
                    self.field_problems.clear();
                    self.draft.opener = Opener::Passphrase;
                    self.draft.drawn =
                        Some(bundle::passphrase::draw().map_err(|error| nothing_drawn(&error))?);
                }
            }
            Request::TypeOwn => {
                self.field_problems.clear();
                self.draft.drawn = None;
            }
            Request::ChooseFolder => {
                let start = PathBuf::from(&self.draft.folder);
                if let Some(folder) = self.host.choose_folder(start).await {
                    self.draft.folder = folder.display().to_string();
                    self.field_problems.clear();
                }
            }
            Request::ChooseOptional { permission, on } => {
                if let Some(permission) = Permission::of_name(&permission) {
                    choose_method::choose_optional(self.open_wizard()?, permission, on)?;
                }
            }
            Request::DrawControls { controls } => {
                choose_mailboxes::draw_controls(self.open_wizard()?, controls.into())?;
            }
            Request::RemoveMailbox { list, address } => {
                choose_mailboxes::remove(self.open_wizard()?, list.into(), &address)?;
                self.field_problems.clear();
            }
            Request::RemoveAllMailboxes { list } => {
                choose_mailboxes::remove_all(self.open_wizard()?, list.into())?;
                self.field_problems.clear();
            }
            request => {
                self.field_problems.clear();
                // Kept off the stack: a whole plan is one future inside another.
                return Box::pin(self.go(request)).await;
            }
        }
        Ok(())
    }

    /// Requests that lead somewhere or do something in the organisation.
    pub(super) async fn go(&mut self, request: Request) -> Result<(), Problem> {
        // Back from the help is back to where the reader was.
        if std::mem::take(&mut self.helping) && request == Request::Back {
            return Ok(());
        }
        // What became of the last visit of the browser is said until something else is asked.
        self.visit.notice = None;
        self.visit.also.clear();
        let problem = self.problem.take();
        // A question is answered by the next request, whatever it is; "Back" leaves it and nothing else.
        let asked = self.asking.take();
        if asked.is_some() && request == Request::Back {
            return Ok(());
        }
        self.run = None;
        match request {
            Request::StartReal => self.start_connection(Tenancy::Real(self.options.cloud)).await?,
            Request::StartPractice => self.start_connection(Tenancy::Practice).await?,
            Request::ShowStart => self.leave(Place::Start),
            Request::ShowConnections | Request::SaveAndClose => self.leave(Place::Connections),
            Request::OpenConnection { id } => self.open(&id).await?,
            Request::Renew { id } => self.renew(&id).await?,
            Request::CheckAgain { id } => self.check_again(&id).await?,
            Request::FindAgain { practice } => self.find_again(practice).await?,
            Request::TakeUp { id } => self.take_up_found(&id).await?,
            Request::ChangeMailboxes { id } => self.change_mailboxes(&id).await?,
            Request::ChooseExistingApp => self.choose_existing_app().await?,
            Request::MakeNewApp => self.make_a_new_app().await?,
            Request::LookAtApp { id } => self.look_at(&id).await?,
            Request::LookForAnother => self.look_for_another(),
            Request::Revoke { id } => self.show_revocation(&id).await?,
            Request::SeeLastUse => self.see_last_use().await?,
            Request::PlatformMoved { moved } => renew::platform_moved(self.open_wizard()?, moved)?,
            Request::DropRenewal => self.drop_renewal().await?,
            Request::ForgetConnection { id } => self.ask_take_off(&id),
            Request::TakeOff { id } => self.take_off(&id)?,
            Request::AskRemoval { id } => self.ask_removal(&id),
            Request::RemoveFromHere { id } => self.remove_from_here(&id).await?,
            Request::PutBack { id } => self.put_back(&id)?,
            Request::UndoFirst { id } => self.undo_first(&id).await?,
            Request::Back => self.back(),
            Request::GoTo { step } => {
                if step == rail::stop_id(Stop::Plan) {
                    if self.open_wizard()?.may_open(StepId::App) {
                        self.show_plan().await?;
                    }
                    return Ok(());
                }
                let step = StepId::ALL.into_iter().find(|known| rail::id(*known) == step);
                if let (Some(step), Some(wizard)) = (step, &self.wizard)
                    && wizard.may_open(step)
                {
                    if self.may_look(step) {
                        self.place = Place::Step(step);
                    } else {
                        self.show(step).await?;
                    }
                }
            }
            Request::SignIn => {
                // Asked for on a later step, it leads back there; the address to copy stands on the sign-in's page.
                if let Place::Step(step) = self.place
                    && self.open_wizard()?.route().is_behind_sign_in(step)
                {
                    self.return_to = Some(Spot::Step(step));
                    let state = self.open_wizard()?.state();
                    self.lacks = Some(sign_in::rights_to_act(state, step).to_vec());
                    self.place = Place::Step(StepId::SignIn);
                }
                if self.place == Place::Plan {
                    self.sign_in_for_the_plan();
                }
                if self.place == Place::Revoke {
                    self.sign_in_to_revoke();
                }
                if self.place == Place::FindAgain {
                    self.finding.get_or_insert_default();
                }
                let also = self.lacks.clone().unwrap_or_default();
                self.sign_in(&also).await?;
            }
            Request::UseAnotherOrganisation => {
                sign_in::use_another(self.open_wizard()?)?;
                self.looking = super::adopting::Looking::default();
                self.visit.notice = None;
                self.place = Place::Step(StepId::SignIn);
            }
            Request::Commit => self.commit().await?,
            Request::Check => self.check().await?,
            Request::Undo => match self.place {
                Place::Step(step) if self.asks_before_undo(step) => {
                    self.asking = Some(asking::Asking::Undo(step));
                }
                Place::Step(step) => self.undo(step).await?,
                _ => {}
            },
            Request::UndoAfterAll => match (asked, self.place) {
                (Some(asking::Asking::Undo(step)), _) | (None, Place::Step(step)) => self.undo(step).await?,
                _ => {}
            },
            Request::RemovePart { part } => {
                let step = StepId::ALL.into_iter().find(|known| rail::id(*known) == part);
                match step {
                    Some(step) if self.asks_before_undo(step) => {
                        self.asking = Some(asking::Asking::Undo(step));
                    }
                    Some(step) => self.undo(step).await?,
                    None => {}
                }
            }
            Request::UndoMade => self.undo_made().await?,
            Request::Continue => self.go_on().await?,
            Request::TryAgain => self.try_again(problem).await?,
            Request::RemoveGrant { id } => self.remove_grant(&id).await?,
            Request::RemovePolicy { identity } => self.remove_policy(&identity).await?,
            Request::SwitchProtocol { protocol, on } => self.switch_protocol(&protocol, on).await?,
            Request::SetLimitAgain => self.set_limit_again().await?,
            Request::KnowOwners => {
                verify_access::know_owners(self.open_wizard()?)?;
                self.place = Place::Step(StepId::Verify);
                self.check().await?;
            }
            Request::AddMailbox { list, address } => {
                choose_mailboxes::use_suggestion(self.open_wizard()?, list.into(), &address, &address)
                    .await?;
            }
            Request::UseSuggestion { list, typed, address } => {
                self.look_mailboxes_up(message!("frame-looking-up-this"), async |wizard| {
                    choose_mailboxes::use_suggestion(wizard, list.into(), &typed, &address).await
                })
                .await?;
            }
            Request::UseAllSuggestions { list } => {
                self.look_mailboxes_up(message!("frame-looking-up-these"), async |wizard| {
                    choose_mailboxes::use_all_suggestions(wizard, list.into()).await
                })
                .await?;
            }
            Request::UseGroup { typed } => {
                self.look_mailboxes_up(message!("frame-reading-members"), async |wizard| {
                    choose_mailboxes::use_group(wizard, &typed).await
                })
                .await?;
            }
            Request::LeaveGroup => choose_mailboxes::leave_group(self.open_wizard()?)?,
            Request::ReadGroupAgain => self.read_group_again().await?,
            Request::UseMembers { list, typed } => {
                self.look_mailboxes_up(message!("frame-reading-members"), async |wizard| {
                    choose_mailboxes::use_members(wizard, list.into(), &typed).await
                })
                .await?;
            }
            // The window sends the page itself; and nothing else leads anywhere.
            _ => self.problem = problem,
        }
        Ok(())
    }
}

fn nothing_drawn(error: &dyn std::fmt::Display) -> Problem {
    Problem::said(Code::Internal, message!("wizard-no-words-drawn")).evidence(domain::problem::Evidence {
        message: Some(error.to_string()),
        ..Default::default()
    })
}
