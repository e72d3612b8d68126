//! What a fresh Graph token says of whoever signed in (microsoft-facts §1.9).
//!
//! Microsoft asks clients to treat tokens as opaque, so nothing here is relied on: it only decides what to ask for
//! next without asking for more first, and a token that cannot be read says nothing. Microsoft decides on each call.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::secret::Secret;
use serde::Deserialize;

/// What a token says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// Template ids of the active directory roles (`wids`), in lower case. They need no scope, and are up to date in a
    /// token that was just issued (microsoft-facts §2.8).
    pub roles: Option<Vec<String>>,
    /// The user principal name.
    pub user_name: Option<String>,
}

impl Claims {
    /// Reads a token; one that is no JWT says nothing.
    pub fn of(token: &Secret) -> Self {
        #[derive(Deserialize)]
        struct Wire {
            wids: Option<Vec<String>>,
            upn: Option<String>,
        }
        // EXPOSE: only the middle part of the token is decoded, and only these two claims are kept of it.
        let payload = token.expose().split('.').nth(1);
        let wire: Option<Wire> = payload
            .and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        wire.map_or_else(Self::default, |wire| Self {
            roles: wire
                .wids
                .map(|roles| roles.iter().map(|role| role.to_ascii_lowercase()).collect()),
            user_name: wire.upn,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> Secret {
        Secret::new(format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(payload)))
    }

    #[test]
    fn roles_and_name_are_read() {
        let read = Claims::of(&token(
            r#"{"upn":"mei@contoso.example","wids":["29232CDF-9323-42fd-ade2-1d097af3e4de"],"exp":1}"#,
        ));
        assert_eq!(read.user_name.as_deref(), Some("mei@contoso.example"));
        assert_eq!(
            read.roles,
            Some(vec!["29232cdf-9323-42fd-ade2-1d097af3e4de".to_owned()])
        );
    }

    #[test]
    fn an_opaque_token_says_nothing() {
        for odd in ["", "opaque", "a.b.c", "..", "e30.e30.e30", "e30.W10.x"] {
            assert_eq!(
                Claims::of(&Secret::new(odd.to_owned())),
                Claims::default(),
                "{odd}"
            );
        }
    }
}
