//! The TypeScript of the requests and views, kept equal to the committed file by a test.

use ts_rs::{Config, TS};

/// Where the generated file is committed, from the top of the repository.
pub const PATH: &str = "ui/src/bindings/rpc.ts";

/// The TypeScript of every type that crosses to the window.
pub fn typescript() -> String {
    use crate::{request as r, view as v};
    let config = Config::default();
    let declarations = [
        r::Request::decl(&config),
        r::Submit::decl(&config),
        r::ListName::decl(&config),
        r::ControlsName::decl(&config),
        r::Opener::decl(&config),
        v::View::decl(&config),
        v::Words::decl(&config),
        v::Frame::decl(&config),
        v::PracticeStrip::decl(&config),
        v::ConnectionName::decl(&config),
        v::RailStep::decl(&config),
        v::RailState::decl(&config),
        v::Page::decl(&config),
        v::Busy::decl(&config),
        v::BusyPlace::decl(&config),
        v::BusyButton::decl(&config),
        v::BusyProgress::decl(&config),
        v::Button::decl(&config),
        v::ButtonKind::decl(&config),
        v::ActIcon::decl(&config),
        v::FieldProblem::decl(&config),
        v::Finding::decl(&config),
        v::Tone::decl(&config),
        v::Message::decl(&config),
        v::MessageTone::decl(&config),
        v::Fact::decl(&config),
        v::PlanLine::decl(&config),
        v::Plan::decl(&config),
        v::PlanByParts::decl(&config),
        v::PlanPart::decl(&config),
        v::PartLine::decl(&config),
        v::LineState::decl(&config),
        v::PlanDetail::decl(&config),
        v::Stopped::decl(&config),
        v::Happening::decl(&config),
        v::Choice::decl(&config),
        v::Content::decl(&config),
        v::EndsWith::decl(&config),
        v::EndsWithRow::decl(&config),
        v::EndsWithLine::decl(&config),
        v::FileIcon::decl(&config),
        v::Disclosure::decl(&config),
        v::ConnectionCard::decl(&config),
        v::FoundApp::decl(&config),
        v::Ends::decl(&config),
        v::Stage::decl(&config),
        v::PreflightRow::decl(&config),
        v::SignInWait::decl(&config),
        v::Extra::decl(&config),
        v::OwnPlatform::decl(&config),
        v::PassphraseBox::decl(&config),
        v::DrawnWords::decl(&config),
        v::OptionGroup::decl(&config),
        v::KeyFact::decl(&config),
        v::MailboxList::decl(&config),
        v::MailboxRow::decl(&config),
        v::DrawnChoice::decl(&config),
        v::LanguageChoice::decl(&config),
        v::LanguageName::decl(&config),
        v::SearchResult::decl(&config),
        v::SearchRow::decl(&config),
        v::ProofGroup::decl(&config),
        v::ProofRow::decl(&config),
        v::ProofCell::decl(&config),
        v::ExportedFile::decl(&config),
    ];
    let mut text = String::from(
        "// Generated from src-tauri/rpc by its test `bindings`. Do not edit: run `cargo xtask bindings`.\n",
    );
    for declaration in declarations {
        text.push_str("\nexport ");
        text.push_str(&declaration);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn the_committed_typescript_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(super::PATH);
        let text = super::typescript();
        if std::env::var_os("MAILGRANT_WRITE_BINDINGS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} is out of date: run `cargo xtask bindings`",
            super::PATH
        );
    }
}
