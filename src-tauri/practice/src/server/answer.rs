//! Which part of Microsoft 365 a request asks for.

use axum::http::Method;

use super::{arm, control, gateway};
use crate::entra;
use crate::organisation::Organisation;
use crate::running::RunningOrganisation;
use crate::wire::hosts::is_graph;
use crate::wire::refusal::{Refusal, Service};
use crate::wire::{Call, Reply};

/// The true answer to a request.
pub(super) fn answer(running: &RunningOrganisation, call: &Call) -> Reply {
    if call.path.starts_with("/_practice/") {
        return control::answer(running, call);
    }
    running.with_organisation(|organisation| played(organisation, call))
}

fn played(organisation: &mut Organisation, call: &Call) -> Reply {
    let path = call.path.as_str();
    if Service::of(path) == Service::Graph {
        return gateway::graph(organisation, call);
    }
    // Public clients write "AdminApi" as well.
    let admin = path.get(.."/adminapi/".len());
    if admin.is_some_and(|start| start.eq_ignore_ascii_case("/adminapi/")) {
        return gateway::exchange(organisation, call);
    }
    if let Some(reply) = arm::answer(organisation, call) {
        return reply;
    }
    if let Some(reply) = entra::answer(organisation, call) {
        return gateway::entra(call, reply);
    }
    if path == "/" && call.method == Method::GET {
        let (origin, tenant) = (&organisation.origin, &organisation.objects.tenant_id);
        let text = format!(
            "This is a Mailgrant practice organisation. Nothing here is real.\n\n\
             Sign-in   {origin}/{tenant}\n\
             Graph     {origin}/v1.0\n\
             Exchange  {origin}/adminapi/beta/{tenant}\n"
        );
        return Reply::text(200, "text/plain; charset=utf-8", text);
    }
    if call.front.is_some_and(is_graph) {
        let version = path.split('/').nth(1).unwrap_or_default();
        let message = format!("Invalid version: {version}.");
        let refusal = Refusal {
            status: 400,
            code: Some("BadRequest"),
            aadsts: None,
            message: &message,
        };
        return refusal.reply(call, organisation.clock.now());
    }
    Reply::text(
        404,
        "text/plain; charset=utf-8",
        "The practice organisation does not play this address.\n",
    )
}
