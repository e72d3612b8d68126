//! Plays the person at the browser: follows the sign-in pages over real sockets, chooses an account, accepts.

use std::sync::{Arc, Mutex};

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use url::Url;

use crate::Outcome;
use crate::organisation::client_that_trusts;

/// More pages than any sign-in has.
const MOST_PAGES: usize = 20;

/// What comes of an address that is to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// The person goes through its pages.
    Used,
    /// It is open, and nobody does anything.
    LeftAlone,
    /// This computer has none.
    Missing,
}

/// A person with a browser.
#[derive(Clone, Debug)]
pub struct Reader {
    account: String,
    accepts: bool,
    browser: Browser,
    visited: Arc<Mutex<Vec<String>>>,
}

impl Reader {
    /// Somebody who signs in with this account and accepts what is asked. As a person's browser, theirs trusts no
    /// certificate of a practice organisation, whose sign-in pages are therefore served without encryption.
    pub fn new(account: &str) -> Self {
        Self {
            account: account.to_owned(),
            accepts: true,
            browser: Browser::Used,
            visited: Arc::default(),
        }
    }

    /// The same person with another browser.
    pub fn with(self, browser: Browser) -> Self {
        Self { browser, ..self }
    }

    /// What becomes of an address that a program opens for this person. A visit that fails leaves the program waiting, which
    /// the bound of its test ends and names.
    ///
    /// # Errors
    /// When there is no browser.
    pub fn opens(&self, address: &str) -> Result<(), String> {
        match self.browser {
            Browser::Used => {}
            Browser::LeftAlone => return Ok(()),
            Browser::Missing => return Err("no browser".to_owned()),
        }
        let (reader, address) = (self.clone(), address.to_owned());
        tokio::spawn(async move { drop(reader.visit(&address).await) });
        Ok(())
    }

    /// Every address that the browser was led to.
    pub fn visited(&self) -> Vec<String> {
        self.visited
            .lock()
            .map(|visited| visited.clone())
            .unwrap_or_default()
    }

    /// Somebody who presses Cancel when asked for consent.
    pub fn who_declines(self) -> Self {
        Self {
            accepts: false,
            ..self
        }
    }

    /// Opens an address and goes on until a page stays.
    pub async fn visit(&self, address: &str) -> Outcome {
        let client = client_that_trusts(None)?;
        let mut cookies: Vec<(String, String)> = Vec::new();
        let mut next = (
            Url::parse(address).map_err(|error| error.to_string())?,
            None::<Vec<(&str, String)>>,
        );
        for _ in 0..MOST_PAGES {
            let (url, form) = next;
            if let Ok(mut visited) = self.visited.lock() {
                visited.push(url.to_string());
            }
            let jar = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join("; ");
            let mut request = match &form {
                Some(form) => client.post(url.clone()).form(form),
                None => client.get(url.clone()),
            };
            // The wizard's own port gets no cookie of the organisation's.
            if url.path() != "/" && !jar.is_empty() {
                request = request.header(COOKIE, jar);
            }
            let answer = request
                .send()
                .await
                .map_err(|error| format!("{}: {error}", url.path()))?;
            for value in answer.headers().get_all(SET_COOKIE) {
                if let Some((name, value)) = value
                    .to_str()
                    .ok()
                    .and_then(|text| text.split(';').next())
                    .and_then(|pair| pair.split_once('='))
                {
                    cookies.retain(|(known, _)| known != name);
                    cookies.push((name.to_owned(), value.to_owned()));
                }
            }
            if let Some(location) = answer
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok())
            {
                next = (url.join(location).map_err(|error| error.to_string())?, None);
                continue;
            }
            let page = answer.text().await.map_err(|error| error.to_string())?;
            let Some((action, flow)) = action(&page).zip(field(&page, "flow")) else {
                return Ok(());
            };
            let target = url.join(&action).map_err(|error| error.to_string())?;
            let pressed = if action.ends_with("/practice/sign-in") {
                ("account", self.account.clone())
            } else {
                (
                    "decision",
                    if self.accepts { "accept" } else { "cancel" }.to_owned(),
                )
            };
            next = (target, Some(vec![("flow", flow), pressed]));
        }
        Err(format!("the sign-in went on for more than {MOST_PAGES} pages"))
    }
}

fn action(page: &str) -> Option<String> {
    between(page, "action=\"", "\"")
}

fn field(page: &str, name: &str) -> Option<String> {
    between(page, &format!("name=\"{name}\" value=\""), "\"")
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let start = text.find(before)? + before.len();
    let end = start + text[start..].find(after)?;
    Some(text[start..end].replace("&amp;", "&"))
}
