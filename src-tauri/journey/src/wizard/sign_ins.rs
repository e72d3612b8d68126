//! Who is signed in, and what for. Tokens live in memory only.

use domain::ids::TenantId;
use domain::message;
use domain::problem::{Code, Problem};
use domain::secret::Secret;
use microsoft::entra::rights::Right;
use microsoft::entra::sign_in::AdminTokens;
use microsoft::exchange::Exchange;

use super::Wizard;

/// A token for Exchange and the name of whoever it is for, which Exchange wants to hear as well.
pub(super) struct ExchangeToken {
    token: Secret,
    user_name: String,
}

impl Wizard {
    /// Whether an admin is signed in now.
    pub fn signed_in(&self) -> bool {
        self.graph.is_some() || self.exchange.is_some()
    }

    /// Whether who is signed in may do all of this.
    pub fn holds(&self, rights: &[Right]) -> bool {
        rights.iter().all(|right| match right {
            Right::Exchange => self.exchange.is_some(),
            right => self
                .graph
                .as_ref()
                .is_some_and(|graph| right.within(&graph.scopes)),
        })
    }

    /// Keeps the tokens of a sign-in, in memory. What the new sign-in isn't good for stays with whoever signed in for
    /// it before: two admins, each with half of the rights, finish one connection together.
    pub(crate) fn keep_tokens(&mut self, tokens: AdminTokens, user_name: String) {
        let poorer = |right: Right| {
            self.graph.as_ref().is_some_and(|held| right.within(&held.scopes))
                && !right.within(&tokens.graph.scopes)
        };
        let richer = !poorer(Right::ReadApp) && !poorer(Right::MakeApp);
        self.by_the_last = (richer, tokens.exchange.is_some());
        if richer {
            self.graph = Some(tokens.graph);
        }
        if let Some(token) = tokens.exchange {
            self.exchange = Some(ExchangeToken { token, user_name });
        }
    }

    /// Whether what is held of this right came with the last sign-in, and not with that of somebody before.
    pub(crate) fn came_with_the_last(&self, right: Right) -> bool {
        match right {
            Right::Exchange => self.by_the_last.1,
            _ => self.by_the_last.0,
        }
    }

    /// Forgets the sign-in.
    pub fn sign_out(&mut self) {
        self.graph = None;
        self.exchange = None;
    }

    pub(crate) fn graph_token(&self) -> Result<&Secret, Problem> {
        self.graph
            .as_ref()
            .map(|graph| &graph.token)
            .ok_or_else(signed_out)
    }

    pub(crate) fn tenant(&self) -> Result<TenantId, Problem> {
        self.state
            .organisation
            .as_ref()
            .map(|organisation| organisation.tenant)
            .ok_or_else(signed_out)
    }

    pub(crate) fn exchange(&self) -> Result<Exchange<'_>, Problem> {
        let exchange = self.exchange.as_ref().ok_or_else(signed_out)?;
        Ok(Exchange {
            http: &self.http,
            token: &exchange.token,
            tenant: self.tenant()?,
            user_name: &exchange.user_name,
        })
    }
}

fn signed_out() -> Problem {
    Problem::said(Code::SignInExpired, message!("wizard-signed-out"))
}
