//! The own account: what it is, and another password.

use super::words::{password_fault, password_help};
use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::Fault;
use crate::parts::{
    Faults, Field, Kind, Mood, alert, button, data_list, form, heading, link, paragraph,
};
use crate::visit::Visit;
use accounts::AccountsError;
use maud::{Markup, html};

/// `GET /account`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    let user = &visit.person()?.user;
    let lang = visit.lang;
    let left = visit.state.accounts.recovery_codes_left(user)?;
    let second_step = html! {
        @if user.has_second_step {
            (lang.pick("aan, met een app op je telefoon; ", "on, with an app on your telephone; "))
            (left) " "
            (if left == 1 { lang.pick("herstelcode over", "recovery code left") }
             else { lang.pick("herstelcodes over", "recovery codes left") })
        } @else {
            (lang.pick("uit", "off"))
        }
    };
    let rows = [
        (lang.pick("Accountnaam", "Account name"), html! { (user.name) }),
        (lang.pick("Naam", "Name"), html! { (user.display) }),
        (
            lang.pick("Tweede stap bij het inloggen", "Second step at sign-in"),
            second_step,
        ),
    ];
    let step = if user.has_second_step {
        (
            "/account/tweede-stap/uit",
            lang.pick("Tweede stap uitzetten", "Turn the second step off"),
        )
    } else {
        (
            "/account/tweede-stap",
            lang.pick("Tweede stap instellen", "Set up a second step"),
        )
    };
    let content = html! {
        (heading(1, title(visit)))
        (news(visit))
        (data_list(&rows))
        ul class="utrecht-link-list utrecht-link-list--html-ul" {
            li class="utrecht-link-list__item" {
                (link("/account/wachtwoord", lang.pick("Wachtwoord wijzigen", "Change password")))
            }
            li class="utrecht-link-list__item" { (link(step.0, step.1)) }
            li class="utrecht-link-list__item" {
                (link("/account/tokens", lang.pick("Tokens voor programma's", "Tokens for programs")))
            }
            @if let Some(provider) = &visit.state.provider {
                li class="utrecht-link-list__item" {
                    a class="nl-link" href="/inloggen/organisatie?terug=%2Faccount" {
                        (lang.pick("Ook inloggen via ", "Sign in by way of ")) (provider.title())
                        (lang.pick("", " as well"))
                    }
                }
            }
        }
        @if !user.has_second_step {
            (paragraph(lang.pick(
                "Met een tweede stap kan niemand met alleen je wachtwoord naar binnen. Stel hem in als je deze toepassing buiten kantoor kunt openen.",
                "With a second step nobody gets in with your password alone. Set it up if you can open this application outside the office.",
            )))
        }
    };
    Ok(Answer::page(title(visit), content))
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Mijn account", "My account")
}

fn news(visit: &Visit) -> Markup {
    let text = match visit.query.get("gelukt") {
        "wachtwoord" => visit.lang.pick(
            "Je wachtwoord is gewijzigd. Op andere apparaten ben je uitgelogd.",
            "Your password was changed. On other devices you are signed out.",
        ),
        "uit" => visit.lang.pick(
            "De tweede stap staat uit. Haal de code ook weg uit de app op je telefoon.",
            "The second step is off. Take the code away from the app on your telephone too.",
        ),
        _ => return html! {},
    };
    alert(Mood::Done, &paragraph(text))
}

/// `GET /account/wachtwoord`
pub(crate) fn show_password(visit: &Visit) -> Result<Answer, Fault> {
    let page = password_page(visit, &Faults::default());
    Ok(Answer::page(password_title(visit), page))
}

/// `POST /account/wachtwoord`
pub(crate) fn change_password(visit: &Visit) -> Result<Answer, Fault> {
    let person = visit.person()?;
    let (lang, fields) = (visit.lang, &visit.fields);
    let (present, new) = (fields.get("huidig"), fields.get("nieuw"));
    let mut faults = Faults::default();
    if present.is_empty() {
        let text =
            lang.pick("Vul je huidige wachtwoord in", "Fill in your present password");
        faults.add("huidig", text);
    }
    if new.is_empty() {
        faults.add("nieuw", lang.pick("Kies een wachtwoord", "Choose a password"));
    } else if fields.get("herhaling") != new {
        let text = lang.pick(
            "Vul hier hetzelfde wachtwoord in als hierboven",
            "Fill in the same password here as above",
        );
        faults.add("herhaling", text);
    }
    if faults.is_empty() {
        let changed = visit.state.accounts.change_password(
            &person.user,
            present,
            new,
            &person.session,
            visit.now,
        );
        match changed {
            Ok(()) => return renewed(visit, "/account?gelukt=wachtwoord"),
            Err(AccountsError::WrongPassword) => {
                faults.add("huidig", wrong_password(visit));
            }
            Err(AccountsError::Password(fault)) => {
                faults.add("nieuw", password_fault(lang, fault));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let page = password_page(visit, &faults);
    Ok(Answer::faulty(password_title(visit), page))
}

/// To another page with a new session token, after something about the account changed.
pub(super) fn renewed(visit: &Visit, path: &str) -> Result<Answer, Fault> {
    let session = &visit.person()?.session;
    let renewed = visit.state.accounts.renew_session(session, visit.now)?;
    let renewed = renewed.ok_or(Fault::SignIn)?;
    Ok(Answer::see(path).giving(visit, Cookie::Session, renewed.reveal()))
}

pub(super) fn wrong_password(visit: &Visit) -> &'static str {
    visit.lang.pick(
        "Dit wachtwoord klopt niet. Vul het wachtwoord in waarmee je inlogt",
        "This password is not right. Fill in the password with which you sign in",
    )
}

fn password_title(visit: &Visit) -> &'static str {
    visit.lang.pick("Wachtwoord wijzigen", "Change password")
}

fn password_page(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let field = |name, label, help, autocomplete| Field {
        name,
        label,
        help,
        value: "",
        kind: Kind::Password,
        is_optional: false,
        autocomplete,
    };
    let fields = [
        field(
            "huidig",
            lang.pick("Huidig wachtwoord", "Present password"),
            "",
            "current-password",
        ),
        field(
            "nieuw",
            lang.pick("Nieuw wachtwoord", "New password"),
            password_help(lang),
            "new-password",
        ),
        field(
            "herhaling",
            lang.pick("Herhaal het nieuwe wachtwoord", "Repeat the new password"),
            "",
            "new-password",
        ),
    ];
    let rest = html! {
        // for the keeper of passwords in the browser
        @if let Ok(person) = visit.person() {
            input type="hidden" autocomplete="username" name="naam" value=(person.user.name);
        }
        (button(lang.pick("Bewaren", "Save")))
    };
    html! {
        (heading(1, password_title(visit)))
        (form(visit, "/account/wachtwoord", faults, &fields, &rest))
        p class="nl-paragraph" {
            (link("/account", lang.pick("Terug naar mijn account", "Back to my account")))
        }
    }
}
