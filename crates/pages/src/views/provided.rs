//! Signing in at the provider of the organisation: there, and back again.

use super::sign_in;
use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::Fault;
use crate::parts::{Mood, alert, heading, link, paragraph};
use crate::visit::{Visit, Who, way_back};
use accounts::{AccountsError, Away, Provided, User};
use axum::http::StatusCode;
use maud::html;
use openid::{Arrival, Identity, Provider};

/// `GET /inloggen/organisatie`
///
/// Who is in already and comes back as the same name ties the two together.
pub(crate) fn leave(visit: &Visit) -> Result<Answer, Fault> {
    let departure = provider(visit)?.depart(visit.now)?;
    let browser = visit.browser_cookie().or(visit.new_visitor.as_deref());
    let away = Away {
        nonce: departure.nonce,
        verifier: departure.verifier,
        back: way_back(visit.query.get("terug")).unwrap_or_default().to_owned(),
    };
    let browser = browser.ok_or(Fault::Stray)?;
    visit.state.accounts.send_away(&departure.state, browser, &away, visit.now)?;
    let answer = Answer::see(departure.address);
    Ok(match &visit.new_visitor {
        Some(visitor) => answer.giving(visit, Cookie::Visitor, visitor),
        None => answer,
    })
}

/// `GET /inloggen/terug`
pub(crate) fn arrive(visit: &Visit) -> Result<Answer, Fault> {
    let provider = provider(visit)?;
    let accounts = &visit.state.accounts;
    let broken_off = || Ok(Answer::see("/inloggen?reden=afgebroken"));
    // without the cookie of the browser that left, and its state, nothing that comes is believed
    let Some(browser) = visit.browser_cookie() else { return broken_off() };
    let state = visit.query.get("state");
    let Some(away) = accounts.welcome_back(state, browser, visit.now)? else {
        return broken_off();
    };
    if !visit.query.get("error").is_empty() {
        return broken_off();
    }
    let issuer = visit.query.get("iss");
    let arrival = Arrival {
        code: visit.query.get("code"),
        issuer: (!issuer.is_empty()).then_some(issuer),
        nonce: &away.nonce,
        verifier: &away.verifier,
    };
    let identity = provider.arrive(&arrival, visit.now)?;
    enter(visit, &identity, &away)
}

fn enter(visit: &Visit, identity: &Identity, away: &Away) -> Result<Answer, Fault> {
    let owner: Option<&User> = match &visit.who {
        Who::Person(person) => Some(&person.user),
        Who::Visitor | Who::HalfIn => None,
    };
    let provided = Provided {
        issuer: &identity.issuer,
        subject: &identity.subject,
        name: &identity.name,
        display: &identity.display,
        groups: &identity.groups,
    };
    let accounts = &visit.state.accounts;
    match accounts.enter_provided(&provided, owner, &visit.browser(), visit.now) {
        Ok(entered) => Ok(sign_in::entered_to(visit, &entered, &away.back)),
        Err(AccountsError::Taken(name)) => Ok(taken(visit, &name)),
        // an account that was closed is told like any other that may not come in
        Err(AccountsError::Unknown(_)) => Err(Fault::Forbidden),
        Err(AccountsError::Name(name) | AccountsError::Display(name)) => {
            Err(Fault::Elsewhere(format!("`{name}` cannot be the name of an account")))
        }
        Err(error) => Err(error.into()),
    }
}

fn provider(visit: &Visit) -> Result<&Provider, Fault> {
    visit.state.provider.as_ref().ok_or(Fault::NotFound)
}

/// There is an account of this name with a password: it is not taken over.
fn taken(visit: &Visit, name: &str) -> Answer {
    let lang = visit.lang;
    let title = lang.pick(
        "Er is al een account met deze naam",
        "There is an account of this name already",
    );
    let content = html! {
        (heading(1, title))
        (alert(Mood::Fault, &html! {
            p class="nl-paragraph dw-text" {
                (lang.pick("Het account ", "The account ")) strong { (name) }
                (lang.pick(
                    " heeft een eigen wachtwoord. Daarom ben je niet ingelogd.",
                    " has a password of its own. Therefore you are not signed in.",
                ))
            }
        }))
        (paragraph(lang.pick(
            "Is dit jouw account? Log dan eerst in met dat wachtwoord. Kies daarna bij je account om ook via je organisatie in te loggen.",
            "Is this your account? Then sign in with that password first. After that choose at your account to sign in by way of your organisation as well.",
        )))
        p class="nl-paragraph" { (link("/inloggen", lang.pick("Inloggen met een wachtwoord", "Sign in with a password"))) }
    };
    Answer::page(title, content).with_status(StatusCode::CONFLICT)
}
