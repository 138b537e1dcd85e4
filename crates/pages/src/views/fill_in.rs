//! Answering by a link, without an account. What stands in the link goes into a cookie at once, so
//! that no address keeps it. Where nobody may know who answers, nothing here looks at who is in.

use super::kept;
use super::sheet::{self, Filled, Paper};
use super::sign_in::too_early;
use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::Fault;
use crate::guard;
use crate::parts::{
    Faults, Field, Kind, Mood, alert, button, form, heading, lead, paragraph,
};
use crate::visit::Visit;
use accounts::SignInError;
use app::AppError;
use app::people::{Sheet, answer_by_link, sheet_by_link};
use axum::http::StatusCode;
use maud::{Markup, html};

const HERE: &str = "/invullen";

/// `GET /invullen`, with `?code=` from a link
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let code = visit.query.trimmed("code");
    if !code.is_empty() {
        return knock(visit, code);
    }
    let Some((sheet, voice)) = of_cookies(visit)? else {
        return Ok(Answer::page(title(visit), code_page(visit, &Faults::default())));
    };
    let notice = html! {
        (kept::notice(visit))
        @if visit.query.get("gelukt") == "bewaard" || voice.is_some() { (own_code(visit, voice)) }
        @if sheet.anonymous && voice.is_none() { (had_code(visit, &Faults::default())) }
        @if visit.query.get("vraag").is_empty() { (leave_form(visit)) }
    };
    sheet::show(visit, Paper { sheet: &sheet, at: HERE, notice: &notice })
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Vragen beantwoorden", "Answer questions")
}

/// `POST /invullen/link`
pub(crate) fn enter(visit: &Visit) -> Result<Answer, Fault> {
    let code = visit.fields.trimmed("code");
    if code.is_empty() {
        let text =
            visit.lang.pick("Vul de code uit de link in", "Fill in the code of the link");
        let faults = Faults::one("code", text);
        return Ok(Answer::faulty(title(visit), code_page(visit, &faults)));
    }
    knock(visit, code)
}

/// Tries a code; where it is right, the browser keeps it.
fn knock(visit: &Visit, code: &str) -> Result<Answer, Fault> {
    let accounts = &visit.state.accounts;
    if let Err(error) = accounts.try_link(visit.source, visit.now) {
        let SignInError::Wait(seconds) = error else {
            return Err(Fault::Broken(error.to_string()));
        };
        let faults = too_early(visit, "code", seconds);
        return Ok(Answer::faulty(title(visit), code_page(visit, &faults))
            .with_status(StatusCode::TOO_MANY_REQUESTS)
            .with_wait(seconds));
    }
    let mut registry = visit.registry()?;
    let found = registry.by_link(visit.catalogue(), code, visit.now).map(drop);
    drop(registry);
    match found {
        Ok(()) => {
            accounts.link_was_right(visit.source);
            let mut reply = Answer::see(HERE).giving(visit, Cookie::Link, code);
            if visit.cookies.get(Cookie::Link) != Some(code) {
                reply = reply.taking(visit, Cookie::Voice);
            }
            Ok(reply)
        }
        Err(AppError::Absent(_)) => {
            let text = visit.lang.pick(
                "Deze link werkt niet, of niet meer. Controleer hem, of vraag een nieuwe aan wie hem stuurde",
                "This link does not work, or no longer. Check it, or ask whoever sent it for a new one",
            );
            let faults = Faults::one("code", text);
            Ok(Answer::faulty(title(visit), code_page(visit, &faults)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The sheet of the link in the cookie, and the code of whoever has no name.
fn of_cookies(visit: &Visit) -> Result<Option<(Sheet, Option<&str>)>, Fault> {
    let Some(link) = visit.cookies.get(Cookie::Link) else { return Ok(None) };
    let voice = visit.cookies.get(Cookie::Voice);
    let mut registry = visit.looking()?;
    let desk = registry.by_link(visit.catalogue(), link, visit.now);
    match desk {
        Ok((mut desk, linked)) => {
            let sheet = sheet_by_link(&mut desk, &linked, voice, visit.lang)?;
            let voice = voice.filter(|_| sheet.anonymous);
            Ok(Some((sheet, voice)))
        }
        Err(AppError::Absent(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn code_page(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let field = Field {
        name: "code",
        label: lang.pick("Code uit de link", "Code of the link"),
        help: lang.pick(
            "Alles wat in de link achter code= staat.",
            "All that stands behind code= in the link.",
        ),
        value: visit.fields.trimmed("code"),
        kind: Kind::Code,
        is_optional: false,
        autocomplete: "off",
    };
    html! {
        (heading(1, title(visit)))
        (lead(lang.pick(
            "Je kreeg een link om vragen te beantwoorden. Open die link, of vul de code hier in.",
            "You got a link to answer questions. Open that link, or fill in its code here.",
        )))
        (form(visit, "/invullen/link", faults, &[field], &button(lang.pick("Verder", "Continue"))))
    }
}

/// The code with which somebody without a name finds their answers back.
fn own_code(visit: &Visit, voice: Option<&str>) -> Markup {
    let Some(voice) = voice else { return html! {} };
    let lang = visit.lang;
    alert(
        Mood::Info,
        &html! {
            p class="nl-paragraph" {
                (lang.pick("Later verder, of op een ander apparaat? Schrijf deze persoonlijke code op. Hij staat nergens anders: ", "Go on later, or on another device? Write this personal code down. It stands nowhere else: "))
                code class="dw-code" { (voice) }
            }
        },
    )
}

/// Whoever shares a device lets it forget the link.
fn leave_form(visit: &Visit) -> Markup {
    let text = visit.lang.pick("Stop op dit apparaat", "Stop on this device");
    html! {
        form class="dw-plain-form" method="post" action="/invullen/klaar" {
            input type="hidden" name=(guard::FIELD) value=(visit.guard);
            button class="nl-button nl-button--subtle" type="submit" {
                span class="nl-button__label" { (text) }
            }
        }
    }
}

/// For whoever began before, on another device.
fn had_code(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let field = Field {
        name: "stem",
        label: lang.pick("Je persoonlijke code", "Your personal code"),
        help: lang.pick(
            "Die kreeg je bij je eerste antwoord. Begin je nu pas? Dan heb je hem niet nodig.",
            "You got it with your first answer. Only just beginning? Then you do not need it.",
        ),
        value: visit.fields.trimmed("stem"),
        kind: Kind::Code,
        is_optional: false,
        autocomplete: "off",
    };
    html! {
        details class="dw-prose" open[!faults.is_empty()] {
            summary { (lang.pick("Ik ben eerder begonnen", "I began before")) }
            (form(visit, "/invullen/stem", faults, &[field], &button(lang.pick("Zoek mijn antwoorden", "Find my answers"))))
        }
    }
}

/// `POST /invullen/stem`
pub(crate) fn find_back(visit: &Visit) -> Result<Answer, Fault> {
    let given = visit.fields.trimmed("stem");
    let Some(link) = visit.cookies.get(Cookie::Link) else {
        return Ok(Answer::see(HERE));
    };
    let mut registry = visit.registry()?;
    let (mut desk, linked) = registry.by_link(visit.catalogue(), link, visit.now)?;
    let sheet = sheet_by_link(&mut desk, &linked, Some(given), visit.lang)?;
    drop(registry);
    if given.is_empty() || sheet.answered() == 0 {
        let text = visit.lang.pick(
            "Met deze code zijn geen antwoorden te vinden. Controleer hem",
            "With this code no answers are found. Check it",
        );
        let faults = Faults::one("stem", text);
        let content = html! {
            (heading(1, title(visit)))
            (had_code(visit, &faults))
            (paragraph(visit.lang.pick("Zonder code begin je opnieuw.", "Without a code you begin anew.")))
        };
        return Ok(Answer::faulty(title(visit), content));
    }
    Ok(Answer::see(HERE).giving(visit, Cookie::Voice, given))
}

/// `POST /invullen`
pub(crate) fn save(visit: &Visit) -> Result<Answer, Fault> {
    let Some((sheet, voice)) = of_cookies(visit)? else { return Ok(Answer::see(HERE)) };
    let answers = match sheet::read(visit, &sheet)? {
        Filled::Answers(answers) => answers,
        Filled::Faults(faults) => {
            let paper = Paper { sheet: &sheet, at: HERE, notice: &html! {} };
            return sheet::faulty(visit, paper, &faults);
        }
    };
    if answers.is_empty() {
        return Ok(Answer::see(sheet::after(visit, (&sheet, HERE), &answers, &[])));
    }
    let link = visit.cookies.get(Cookie::Link).unwrap_or_default();
    let mut registry = visit.registry()?;
    let (mut desk, linked) = registry.by_link(visit.catalogue(), link, visit.now)?;
    let accepted = answer_by_link(&mut desk, &linked, voice, &sheet, &answers)?;
    drop(registry);
    let next = sheet::after(visit, (&sheet, HERE), &answers, &accepted.warnings);
    let reply = Answer::see(next);
    Ok(match &accepted.code {
        Some(code) => reply.giving(visit, Cookie::Voice, code),
        None => reply,
    })
}

/// `POST /invullen/klaar`
pub(crate) fn leave(visit: &Visit) -> Result<Answer, Fault> {
    Ok(Answer::see(HERE).taking(visit, Cookie::Link).taking(visit, Cookie::Voice))
}
