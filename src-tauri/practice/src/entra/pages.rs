//! The pages that a person sees in the browser. They say "practice" first and look like nobody else's.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::organisation::NAME;
use crate::organisation::ids::opaque;
use crate::organisation::sign_ins::api::Wanted;
use crate::people::administrators::{PEOPLE, Person};
use crate::people::domains::DEFAULT_DOMAIN;
use crate::wire::Reply;

const STYLE: &str = "
:root{color-scheme:light dark;--back:#f4f6f4;--card:#fff;--text:#17211b;--quiet:#4b5a51;--line:#c5d0c8;--accent:#1d5f43;--on:#fff;--bad:#a3261c}
@media (prefers-color-scheme:dark){:root{--back:#101512;--card:#1a211d;--text:#eaf1ec;--quiet:#b3c2b8;--line:#3c4a42;--accent:#8fd3b1;--on:#0c1710;--bad:#f2a39b}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
.ribbon{background:repeating-linear-gradient(-45deg,var(--accent) 0 12px,transparent 12px 24px);height:10px}
main{max-width:34rem;margin:5vh auto;padding:2rem;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{font-size:1.4rem;margin:.2rem 0 1rem}
.label{font-weight:600;color:var(--accent);margin:0}
p{margin:.5rem 0}.quiet{color:var(--quiet)}
ul{padding:0;margin:1rem 0;list-style:none}li{margin:.5rem 0}
button{font:inherit;cursor:pointer;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;padding:.7rem 1rem}
button.person{width:100%;text-align:left}button.person strong{display:block}
button.main{background:var(--accent);color:var(--on);border-color:var(--accent)}
button:hover{border-color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.row{display:flex;gap:.75rem;flex-wrap:wrap;margin-top:1.25rem}
.permissions li{border-left:4px solid var(--line);padding-left:.75rem}
.problem{border-left:4px solid var(--bad);padding-left:.75rem}
input[type=text]{font:inherit;flex:1 1 14rem;min-width:0;padding:.7rem;border:1px solid var(--line);border-radius:8px;background:transparent;color:inherit}
code{overflow-wrap:anywhere}
label{display:block;margin-top:1rem}
";

/// A page under a policy that allows nothing from elsewhere. Chrome applies `form-action` to the redirect that
/// follows a form too, so the loopback addresses of the client are allowed as targets.
///
/// `target` is a registered address that the page's form may lead to in the end.
fn page(status: u16, title: &str, script: Option<&str>, target: Option<&str>, body: &Markup) -> Reply {
    let nonce = opaque().unwrap_or_default();
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – practice organisation" }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body {
                div class="ribbon" aria-hidden="true" {}
                main {
                    p class="label" { "Practice organisation – nothing here is real" }
                    h1 { (title) }
                    (body)
                }
                @if let Some(script) = script { script nonce=(nonce) { (PreEscaped(script)) } }
            }
        }
    };
    let target = target.and_then(form_target).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self' http://localhost:* http://127.0.0.1:*{target}"
    );
    Reply::text(status, "text/html; charset=utf-8", document.into_string())
        .with("content-security-policy", &policy)
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff")
}

/// What a policy says for a redirect address that is not on loopback: its origin, or the scheme of a native app.
fn form_target(target: &str) -> Option<String> {
    let url = url::Url::parse(target).ok()?;
    Some(match url.scheme() {
        "http" | "https" => format!(" {}", url.origin().ascii_serialization()),
        // A scheme holds only letters, digits and "+-.", so it cannot add to the policy.
        scheme => format!(" {scheme}:"),
    })
}

/// The page on which a person chooses whom to sign in as: one of the six, or anybody by address. `problem` is what
/// was wrong with the last try.
pub(super) fn sign_in(
    tenant: &str,
    flow: &str,
    hint: Option<&str>,
    problem: Option<&str>,
    target: Option<&str>,
) -> Reply {
    let hinted = |person: &Person| hint.is_some_and(|hint| hint.eq_ignore_ascii_case(&sign_in_name(person)));
    let typed = hint.filter(|hint| {
        !PEOPLE
            .iter()
            .any(|person| hint.eq_ignore_ascii_case(&sign_in_name(person)))
    });
    page(
        200,
        "Choose who you are",
        None,
        target,
        &html! {
            p { "Sign in to " strong { (NAME) } " as one of its people. No password is needed." }
            @if let Some(problem) = problem { p class="problem" role="alert" { (problem) } }
            form method="post" action={ "/" (tenant) "/practice/sign-in" } {
                input type="hidden" name="flow" value=(flow);
                ul {
                    @for person in &PEOPLE {
                        li {
                            button class="person" type="submit" name="account" value=(sign_in_name(person))
                                autofocus[hinted(person)] {
                                strong { (person.display_name()) }
                                span class="quiet" { (person.description) }
                            }
                        }
                    }
                }
                label { input type="checkbox" name="activate" value="on"; " Activate my eligible roles first" }
            }
            form method="post" action={ "/" (tenant) "/practice/sign-in" } {
                input type="hidden" name="flow" value=(flow);
                label for="account" { "Or anybody else of the directory, by address" }
                div class="row" {
                    input id="account" name="account" type="text" autocomplete="username" spellcheck="false" required
                        value=(typed.unwrap_or_default()) autofocus[typed.is_some()];
                    button class="main" type="submit" { "Sign in" }
                }
            }
        },
    )
}

/// The name that a person signs in with.
pub(super) fn sign_in_name(person: &Person) -> String {
    format!("{}@{DEFAULT_DOMAIN}", person.alias)
}

/// What a consent page shows.
pub(super) struct Asked<'a> {
    pub(super) client: &'a str,
    /// Who is asked; `None` when an administrator is asked for everybody.
    pub(super) account: Option<&'a str>,
    pub(super) api: &'a str,
    /// Delegated permissions.
    pub(super) wanted: &'a [Wanted],
    /// Application permissions, each with its API.
    pub(super) roles: &'a [(String, String)],
    /// Whether the person may consent for everybody.
    pub(super) for_everybody: bool,
    /// Whether the person is letting a device in, which is asked even when nothing has to be granted.
    pub(super) on_device: bool,
    /// Where the form leads in the end.
    pub(super) target: Option<&'a str>,
}

/// The page on which a person grants an app the permissions that it asks for.
pub(super) fn consent(tenant: &str, flow: &str, asked: &Asked<'_>) -> Reply {
    let title = if asked.on_device && asked.wanted.is_empty() {
        "Let the device sign in?"
    } else {
        "Permissions requested"
    };
    page(
        200,
        title,
        None,
        asked.target,
        &html! {
            @if asked.on_device {
                p { "A device that showed you the code wants to sign in to " strong { (asked.client) } " as you, "
                    (asked.account.unwrap_or_default()) ". Go on only if the code came from a device of yours." }
            }
            @if !asked.wanted.is_empty() {
                p { strong { (asked.client) } " asks to do this with " (asked.api)
                    @match asked.account { Some(name) => { " as you, " (name) ":" } None => { " as anybody who signs in:" } } }
                ul class="permissions" {
                    @for scope in asked.wanted {
                        li { (scope.display_name) br; span class="quiet" { code { (scope.value) } @if scope.admin { " · needs an administrator" } } }
                    }
                }
            }
            @if !asked.roles.is_empty() {
                p { strong { (asked.client) } " asks to do this by itself, for the whole organisation:" }
                ul class="permissions" {
                    @for (api, value) in asked.roles {
                        li { code { (value) } br; span class="quiet" { (api) } }
                    }
                }
            }
            form method="post" action={ "/" (tenant) "/practice/consent" } {
                input type="hidden" name="flow" value=(flow);
                @if asked.for_everybody {
                    label { input type="checkbox" name="organisation" value="on"; " Consent on behalf of the whole organisation" }
                }
                div class="row" {
                    button class="main" type="submit" name="decision" value="accept" { "Accept" }
                    button type="submit" name="decision" value="cancel" { "Cancel" }
                }
            }
        },
    )
}

/// The page on which a person types the code that a device shows.
pub(super) fn device_code(typed: &str, problem: Option<&str>) -> Reply {
    page(
        200,
        "Enter the code",
        None,
        None,
        &html! {
            p { "Type the code that your device or program shows." }
            @if let Some(problem) = problem { p class="problem" role="alert" { (problem) } }
            form method="post" action="/common/practice/device" {
                label for="code" { "Code" }
                div class="row" {
                    input id="code" name="code" type="text" autocomplete="off" autocapitalize="characters"
                        spellcheck="false" required maxlength="20" value=(typed) autofocus;
                    button class="main" type="submit" { "Next" }
                }
            }
        },
    )
}

/// The page at the end of a sign-in on a device.
pub(super) fn device_done(accepted: bool) -> Reply {
    let title = if accepted {
        "The device is signed in"
    } else {
        "The device was not signed in"
    };
    page(
        200,
        title,
        None,
        None,
        &html! { p { "You can close this window." } },
    )
}

/// The page at the end of an administrator's consent that names no address to go back to.
pub(super) fn consent_done(accepted: bool) -> Reply {
    let title = if accepted {
        "The permissions are granted"
    } else {
        "Nothing was granted"
    };
    page(
        200,
        title,
        None,
        None,
        &html! { p { "You can close this window." } },
    )
}

/// The page that ends a sign-in which cannot go on, with a way back to the client.
pub(super) fn refused(
    tenant: &str,
    flow: &str,
    title: &str,
    explanation: &str,
    code: u64,
    target: Option<&str>,
) -> Reply {
    page(
        200,
        title,
        None,
        target,
        &html! {
            p { (explanation) }
            p class="quiet" { code { "AADSTS" (code) } }
            form method="post" action={ "/" (tenant) "/practice/consent" } {
                input type="hidden" name="flow" value=(flow);
                div class="row" {
                    button type="submit" name="decision" value=(code) { "Return to the application" }
                }
            }
        },
    )
}

/// The page for an error that must not be sent to an address nobody registered (microsoft-facts §1.1).
pub(super) fn error(description: &str) -> Reply {
    page(
        400,
        "Sorry, but this sign-in cannot start",
        None,
        None,
        &html! { p { code { (description) } } },
    )
}

/// The page after signing out.
pub(super) fn signed_out() -> Reply {
    page(
        200,
        "You are signed out",
        None,
        None,
        &html! { p { "You can close this window." } },
    )
}

/// The page that posts the answer to the client (`response_mode=form_post`).
pub(super) fn form_post(redirect_uri: &str, fields: &[(String, String)]) -> Reply {
    page(
        200,
        "Signing in",
        Some("document.forms[0].submit()"),
        Some(redirect_uri),
        &html! {
            form method="post" action=(redirect_uri) {
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                button class="main" type="submit" { "Continue" }
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_escapes_what_it_shows_and_allows_nothing_from_elsewhere() {
        let reply = error("<script>alert(1)</script>");
        let body = String::from_utf8_lossy(&reply.body).into_owned();
        assert!(!body.contains("<script>alert"));
        let policy = reply.headers["content-security-policy"]
            .to_str()
            .expect("text")
            .to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"));
    }

    #[test]
    fn the_sign_in_page_offers_everyone_and_says_practice() {
        let body = String::from_utf8_lossy(&sign_in("t", "f", None, None, None).body).into_owned();
        for person in &PEOPLE {
            assert!(body.contains(&person.display_name()), "{}", person.alias);
        }
        assert!(body.contains("Practice organisation") && !body.contains("Microsoft"));
    }
}
