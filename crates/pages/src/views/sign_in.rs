//! Coming in with a password and, where it is set up, a code; and going out.

use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::{Fault, wait};
use crate::parts::{
    Faults, Field, Kind, Mood, alert, button, form, heading, hidden, lead, link,
    paragraph,
};
use crate::visit::{Visit, Who, query, way_back};
use accounts::{Attempt, Entered, SignInError, Stage};
use axum::http::StatusCode;
use maud::{Markup, html};
use openid::Provider;

/// `GET /inloggen`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    if let Who::Person(_) = &visit.who {
        return Ok(Answer::see(way_back(visit.query.get("terug")).unwrap_or("/")));
    }
    let back = visit.query.get("terug");
    Ok(Answer::page(title(visit), page(visit, &Faults::default(), "", back)))
}

/// `POST /inloggen`
pub(crate) fn enter(visit: &Visit) -> Result<Answer, Fault> {
    let (name, back) = (visit.fields.trimmed("naam"), visit.fields.get("terug"));
    let password = visit.fields.get("wachtwoord");
    let mut faults = Faults::default();
    if name.is_empty() {
        let text = visit.lang.pick("Vul je accountnaam in", "Fill in your account name");
        faults.add("naam", text);
    }
    if password.is_empty() {
        let text = visit.lang.pick("Vul je wachtwoord in", "Fill in your password");
        faults.add("wachtwoord", text);
    }
    if !faults.is_empty() {
        return Ok(Answer::faulty(title(visit), page(visit, &faults, name, back)));
    }
    let attempt = Attempt { name, password };
    match visit.state.accounts.sign_in(&attempt, &visit.browser(), visit.now) {
        Ok(entered) => Ok(entered_to(visit, &entered, back)),
        Err(SignInError::Wrong) => {
            let text = visit.lang.pick(
                "Deze accountnaam en dit wachtwoord horen niet bij elkaar. Controleer ze allebei",
                "This account name and this password do not belong together. Check both",
            );
            let faults = Faults::one("naam", text);
            Ok(Answer::faulty(title(visit), page(visit, &faults, name, back)))
        }
        Err(SignInError::Wait(seconds)) => {
            let faults = too_early(visit, "naam", seconds);
            let page = page(visit, &faults, name, back);
            Ok(Answer::faulty(title(visit), page)
                .with_status(StatusCode::TOO_MANY_REQUESTS)
                .with_wait(seconds))
        }
        Err(SignInError::Over) => Err(Fault::SignIn),
        Err(SignInError::Accounts(error)) => Err(error.into()),
    }
}

/// `GET /inloggen/code`
pub(crate) fn show_code(visit: &Visit) -> Result<Answer, Fault> {
    let back = visit.query.get("terug");
    Ok(Answer::page(code_title(visit), code_page(visit, &Faults::default(), back)))
}

/// `POST /inloggen/code`
pub(crate) fn enter_code(visit: &Visit) -> Result<Answer, Fault> {
    let (code, back) = (visit.fields.trimmed("code"), visit.fields.get("terug"));
    let faulty = |faults: &Faults| {
        Answer::faulty(code_title(visit), code_page(visit, faults, back))
    };
    if code.is_empty() {
        let text = visit.lang.pick("Vul de code in", "Fill in the code");
        return Ok(faulty(&Faults::one("code", text)));
    }
    match visit.state.accounts.sign_in_further(code, &visit.browser(), visit.now) {
        Ok(entered) => Ok(entered_to(visit, &entered, back)),
        Err(SignInError::Wrong) => {
            let text = visit.lang.pick(
                "Deze code klopt niet of is al gebruikt. Wacht op de volgende code in je app",
                "This code is not right or was used already. Wait for the next code in your app",
            );
            Ok(faulty(&Faults::one("code", text)))
        }
        Err(SignInError::Wait(seconds)) => Ok(faulty(&too_early(visit, "code", seconds))
            .with_status(StatusCode::TOO_MANY_REQUESTS)
            .with_wait(seconds)),
        Err(SignInError::Over) => Err(Fault::SignIn),
        Err(SignInError::Accounts(error)) => Err(error.into()),
    }
}

/// `POST /uitloggen`
pub(crate) fn leave(visit: &Visit) -> Result<Answer, Fault> {
    visit.state.accounts.sign_out(&visit.person()?.session, visit.now)?;
    Ok(Answer::see("/inloggen?gelukt=uit").taking(visit, Cookie::Session))
}

/// The cookies of somebody who came in, and where to go.
pub(super) fn entered_to(visit: &Visit, entered: &Entered, back: &str) -> Answer {
    let back = way_back(back);
    let answer = match entered.stage {
        Stage::Whole => Answer::see(back.unwrap_or("/")),
        Stage::SecondStep => Answer::see(match back {
            Some(back) => format!("/inloggen/code?{}", query("terug", back)),
            None => "/inloggen/code".to_owned(),
        }),
    };
    let answer = answer
        .giving(visit, Cookie::Session, entered.session.reveal())
        .taking(visit, Cookie::Visitor);
    match &entered.device {
        Some(device) => answer.giving(visit, Cookie::Device, device.reveal()),
        None => answer,
    }
}

pub(super) fn too_early(visit: &Visit, field: &'static str, seconds: i64) -> Faults {
    let why =
        visit.lang.pick("Er waren te veel pogingen.", "There were too many attempts.");
    Faults::one(field, format!("{why} {}", wait(visit.lang, seconds)))
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Inloggen", "Sign in")
}

fn code_title(visit: &Visit) -> &'static str {
    visit.lang.pick("Code van je tweede stap", "Code of your second step")
}

/// What happened just before, as an address says.
fn news(visit: &Visit) -> Markup {
    let lang = visit.lang;
    let (mood, text) = match (visit.query.get("gelukt"), visit.query.get("reden")) {
        ("uit", _) => (Mood::Done, lang.pick("Je bent uitgelogd.", "You are signed out.")),
        ("account", _) => (
            Mood::Done,
            lang.pick(
                "Je wachtwoord is ingesteld. Log ermee in.",
                "Your password is set. Sign in with it.",
            ),
        ),
        (_, "verlopen") => (
            Mood::Info,
            lang.pick(
                "Je sessie was verlopen. Wat je net invulde, is niet bewaard. Log opnieuw in en ga dan verder.",
                "Your session had expired. What you just filled in was not kept. Sign in anew and then go on.",
            ),
        ),
        (_, "afgebroken") => (
            Mood::Info,
            lang.pick(
                "Het inloggen bij je organisatie is niet afgemaakt. Probeer het opnieuw.",
                "Signing in at your organisation was not finished. Try again.",
            ),
        ),
        _ => return html! {},
    };
    alert(mood, &paragraph(text))
}

fn page(visit: &Visit, faults: &Faults, name: &str, back: &str) -> Markup {
    let lang = visit.lang;
    let fields = [
        Field {
            name: "naam",
            label: lang.pick("Accountnaam", "Account name"),
            help: lang.pick(
                "Vaak is dat je e-mailadres van het werk.",
                "Often this is your e-mail address at work.",
            ),
            value: name,
            kind: Kind::Name,
            is_optional: false,
            autocomplete: "username",
        },
        Field {
            name: "wachtwoord",
            label: lang.pick("Wachtwoord", "Password"),
            help: "",
            value: "",
            kind: Kind::Password,
            is_optional: false,
            autocomplete: "current-password",
        },
    ];
    let rest = html! {
        @if let Some(back) = way_back(back) { (hidden("terug", back)) }
        (button(title(visit)))
    };
    html! {
        (heading(1, title(visit)))
        @if faults.is_empty() { (news(visit)) }
        @if let Some(provider) = &visit.state.provider { (other_way(visit, provider, back)) }
        (form(visit, "/inloggen", faults, &fields, &rest))
        p class="nl-paragraph dw-text" {
            (lang.pick("Heb je een code van een uitnodiging? ", "Do you have the code of an invitation? "))
            (link("/uitnodiging", lang.pick("Stel je wachtwoord in", "Set your password")))
            (lang.pick(". Wachtwoord kwijt? Vraag de beheerder om een nieuwe uitnodiging.", ". Lost your password? Ask the administrator for a new invitation."))
        }
    }
}

/// The way in by the provider, which goes before the form with a password.
fn other_way(visit: &Visit, provider: &Provider, back: &str) -> Markup {
    let lang = visit.lang;
    let address = match way_back(back) {
        Some(back) => format!("/inloggen/organisatie?{}", query("terug", back)),
        None => "/inloggen/organisatie".to_owned(),
    };
    html! {
        p class="nl-paragraph" {
            a class="nl-button nl-button--primary" href=(address) {
                span class="nl-button__label" {
                    (lang.pick("Inloggen via ", "Sign in by way of ")) (provider.title())
                }
            }
        }
        (heading(2, lang.pick("Of met een wachtwoord", "Or with a password")))
    }
}

fn code_page(visit: &Visit, faults: &Faults, back: &str) -> Markup {
    let lang = visit.lang;
    let field = Field {
        name: "code",
        label: lang.pick("Code", "Code"),
        help: lang.pick(
            "De zes cijfers in je app, of een van je herstelcodes.",
            "The six digits in your app, or one of your recovery codes.",
        ),
        value: "",
        kind: Kind::Digits,
        is_optional: false,
        autocomplete: "one-time-code",
    };
    let rest = html! {
        @if let Some(back) = way_back(back) { (hidden("terug", back)) }
        (button(lang.pick("Verder", "Continue")))
    };
    html! {
        (heading(1, code_title(visit)))
        (lead(lang.pick(
            "Je wachtwoord klopt. Geef nu de code uit de app op je telefoon.",
            "Your password is right. Now give the code from the app on your telephone.",
        )))
        (form(visit, "/inloggen/code", faults, &[field], &rest))
        p class="nl-paragraph dw-text" {
            (lang.pick(
                "Heb je geen telefoon en geen herstelcodes meer? Vraag de beheerder om een nieuwe uitnodiging. ",
                "Do you have neither telephone nor recovery codes? Ask the administrator for a new invitation. ",
            ))
            (link("/inloggen", lang.pick("Opnieuw beginnen", "Begin again")))
        }
    }
}
