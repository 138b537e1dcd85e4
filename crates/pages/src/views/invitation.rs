//! Taking up an invitation: first the code, then a password.

use super::sign_in::too_early;
use super::words::{password_fault, password_help};
use crate::answer::Answer;
use crate::fault::Fault;
use crate::parts::{Faults, Field, Kind, button, form, heading, hidden, lead};
use crate::visit::Visit;
use accounts::{AccountsError, Invited, SignInError};
use app::people::begin;
use axum::http::StatusCode;
use maud::{Markup, html};

/// `GET /uitnodiging`, and of the page after it, which cannot be asked for without a code
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    Ok(Answer::page(title(visit), code_page(visit, &Faults::default())))
}

/// `POST /uitnodiging`
pub(crate) fn look_up(visit: &Visit) -> Result<Answer, Fault> {
    let code = visit.fields.trimmed("code");
    if code.is_empty() {
        let text = visit.lang.pick("Vul de code in", "Fill in the code");
        let faults = Faults::one("code", text);
        return Ok(Answer::faulty(title(visit), code_page(visit, &faults)));
    }
    match visit.state.accounts.invited(code, visit.source, visit.now) {
        Ok(invited) => {
            let page = account_page(visit, &invited, code, &Faults::default());
            Ok(Answer::page(account_title(visit), page))
        }
        Err(error) => no_invitation(visit, error),
    }
}

/// `POST /uitnodiging/account`
pub(crate) fn accept(visit: &Visit) -> Result<Answer, Fault> {
    let fields = &visit.fields;
    let code = fields.trimmed("code");
    let invited = match visit.state.accounts.invited(code, visit.source, visit.now) {
        Ok(invited) => invited,
        Err(error) => return no_invitation(visit, error),
    };
    let (name, display) = (fields.trimmed("naam"), fields.trimmed("weergave"));
    let password = fields.get("wachtwoord");
    let faulty = |faults: &Faults| {
        let page = account_page(visit, &invited, code, faults);
        Ok(Answer::faulty(account_title(visit), page))
    };
    let faults = unfilled(visit, &invited);
    if !faults.is_empty() {
        return faulty(&faults);
    }
    let own = (name, display);
    let accepted =
        visit.state.accounts.accept(code, own, password, visit.source, visit.now);
    match accepted {
        Ok(user) => {
            if invited.is_first {
                let mut registry = visit.registry()?;
                begin(&mut registry, visit.catalogue(), &user.name, visit.now)?;
            }
            Ok(Answer::see("/inloggen?gelukt=account"))
        }
        Err(SignInError::Accounts(AccountsError::Password(fault))) => {
            faulty(&Faults::one("wachtwoord", password_fault(visit.lang, fault)))
        }
        Err(SignInError::Accounts(AccountsError::Name(_))) => {
            let text = visit.lang.pick(
                "Kies een accountnaam van hoogstens 100 tekens zonder spaties",
                "Choose an account name of at most 100 characters without blanks",
            );
            faulty(&Faults::one("naam", text))
        }
        Err(SignInError::Accounts(AccountsError::Display(_))) => {
            let text = visit.lang.pick(
                "Vul een naam van hoogstens 100 tekens in",
                "Fill in a name of at most 100 characters",
            );
            faulty(&Faults::one("weergave", text))
        }
        Err(error) => no_invitation(visit, error),
    }
}

/// What is not filled in, or not the same twice.
fn unfilled(visit: &Visit, invited: &Invited) -> Faults {
    let (lang, fields) = (visit.lang, &visit.fields);
    let mut faults = Faults::default();
    if invited.is_first && fields.trimmed("naam").is_empty() {
        faults.add("naam", lang.pick("Kies een accountnaam", "Choose an account name"));
    }
    if invited.is_first && fields.trimmed("weergave").is_empty() {
        faults.add("weergave", lang.pick("Vul je naam in", "Fill in your name"));
    }
    let password = fields.get("wachtwoord");
    if password.is_empty() {
        faults.add("wachtwoord", lang.pick("Kies een wachtwoord", "Choose a password"));
    } else if fields.get("herhaling") != password {
        let text = lang.pick(
            "Vul hier hetzelfde wachtwoord in als hierboven",
            "Fill in the same password here as above",
        );
        faults.add("herhaling", text);
    }
    faults
}

fn no_invitation(visit: &Visit, error: SignInError) -> Result<Answer, Fault> {
    match error {
        SignInError::Wait(seconds) => {
            let faults = too_early(visit, "code", seconds);
            Ok(Answer::faulty(title(visit), code_page(visit, &faults))
                .with_status(StatusCode::TOO_MANY_REQUESTS)
                .with_wait(seconds))
        }
        SignInError::Accounts(AccountsError::Invitation) => {
            let text = visit.lang.pick(
                "Deze code klopt niet, is al gebruikt of is verlopen. Controleer hem, of vraag een nieuwe",
                "This code is not right, was used already or has expired. Check it, or ask for a new one",
            );
            let faults = Faults::one("code", text);
            Ok(Answer::faulty(title(visit), code_page(visit, &faults)))
        }
        other => Err(Fault::Broken(other.to_string())),
    }
}

fn title(visit: &Visit) -> &'static str {
    visit.lang.pick("Uitnodiging", "Invitation")
}

fn account_title(visit: &Visit) -> &'static str {
    visit.lang.pick("Stel je wachtwoord in", "Set your password")
}

fn code_page(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let field = Field {
        name: "code",
        label: lang.pick("Code van de uitnodiging", "Code of the invitation"),
        help: lang.pick(
            "25 letters en cijfers. Streepjes, spaties en hoofdletters maken niet uit.",
            "25 letters and digits. Dashes, blanks and capitals do not matter.",
        ),
        value: visit.fields.trimmed("code"),
        kind: Kind::Code,
        is_optional: false,
        autocomplete: "off",
    };
    let next = button(lang.pick("Verder", "Continue"));
    html! {
        (heading(1, title(visit)))
        (lead(lang.pick(
            "Je kreeg een code van de beheerder. Daarmee stel je je wachtwoord in.",
            "You got a code from the administrator. With it you set your password.",
        )))
        (form(visit, "/uitnodiging", faults, &[field], &next))
    }
}

fn account_page(visit: &Visit, invited: &Invited, code: &str, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let (name, display) =
        (visit.fields.trimmed("naam"), visit.fields.trimmed("weergave"));
    let own = [
        Field {
            name: "naam",
            label: lang.pick("Accountnaam", "Account name"),
            help: lang.pick(
                "Hiermee log je in. Kies bijvoorbeeld je e-mailadres van het werk.",
                "With this you sign in. Choose for instance your e-mail address at work.",
            ),
            value: name,
            kind: Kind::Name,
            is_optional: false,
            autocomplete: "username",
        },
        Field {
            name: "weergave",
            label: lang.pick("Je naam", "Your name"),
            help: lang.pick("Zo zien collega's je.", "This is how colleagues see you."),
            value: display,
            kind: Kind::Line,
            is_optional: false,
            autocomplete: "name",
        },
    ];
    let password = |name, label, help| Field {
        name,
        label,
        help,
        value: "",
        kind: Kind::Password,
        is_optional: false,
        autocomplete: "new-password",
    };
    let passwords = [
        password("wachtwoord", lang.pick("Wachtwoord", "Password"), password_help(lang)),
        password(
            "herhaling",
            lang.pick("Herhaal het wachtwoord", "Repeat the password"),
            "",
        ),
    ];
    let fields: Vec<Field<'_>> =
        own.into_iter().filter(|_| invited.is_first).chain(passwords).collect();
    let rest = html! {
        (hidden("code", code))
        @if !invited.is_first {
            // for the keeper of passwords in the browser
            input type="hidden" autocomplete="username" name="naam" value=(invited.name);
        }
        (button(lang.pick("Bewaren", "Save")))
    };
    html! {
        (heading(1, account_title(visit)))
        @if invited.is_first {
            (lead(lang.pick(
                "Dit wordt het eerste account van deze installatie: dat van de beheerder.",
                "This will be the first account of this installation: that of the administrator.",
            )))
        } @else {
            p class="nl-paragraph nl-paragraph--lead dw-text" {
                (lang.pick("Dit is de uitnodiging voor ", "This is the invitation for "))
                strong { (invited.display) }
                " (" (invited.name) ")."
            }
        }
        (form(visit, "/uitnodiging/account", faults, &fields, &rest))
    }
}
