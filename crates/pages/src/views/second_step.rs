//! Setting up the second step, and taking it away.

use super::account::{renewed, wrong_password};
use crate::answer::Answer;
use crate::cookies::Cookie;
use crate::fault::Fault;
use crate::parts::{
    Faults, Field, Kind, Mood, alert, button, form, heading, lead, link, paragraph, qr,
};
use crate::visit::Visit;
use accounts::{AccountsError, Secret};
use maud::{Markup, html};

/// `GET /account/tweede-stap`
pub(crate) fn show(visit: &Visit) -> Result<Answer, Fault> {
    if visit.person()?.user.has_second_step {
        return Ok(Answer::see("/account/tweede-stap/uit"));
    }
    let page = on_page(visit, &Faults::default())?;
    Ok(Answer::page(on_title(visit), page))
}

/// `POST /account/tweede-stap`
pub(crate) fn turn_on(visit: &Visit) -> Result<Answer, Fault> {
    let person = visit.person()?;
    if person.user.has_second_step {
        return Ok(Answer::see("/account/tweede-stap/uit"));
    }
    let (code, password) = (visit.fields.trimmed("code"), visit.fields.get("wachtwoord"));
    let mut faults = Faults::default();
    if code.is_empty() {
        let text = visit.lang.pick(
            "Vul de zes cijfers uit je app in",
            "Fill in the six digits from your app",
        );
        faults.add("code", text);
    }
    if password.is_empty() {
        let text = visit.lang.pick("Vul je wachtwoord in", "Fill in your password");
        faults.add("wachtwoord", text);
    }
    if faults.is_empty() {
        let accounts = &visit.state.accounts;
        let turned = accounts.turn_second_step_on(
            &person.user,
            &person.session,
            password,
            code,
            visit.now,
        );
        match turned {
            Ok(codes) => return shown_once(visit, &codes),
            Err(AccountsError::WrongPassword) => {
                faults.add("wachtwoord", wrong_password(visit));
            }
            Err(AccountsError::Code) => {
                let text = visit.lang.pick(
                    "Deze code klopt niet. Kijk of de klok van je telefoon goed staat en neem de volgende code",
                    "This code is not right. See whether the clock of your telephone is right and take the next code",
                );
                faults.add("code", text);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Answer::faulty(on_title(visit), on_page(visit, &faults)?))
}

/// The recovery codes, on the one page that shows them, with a new session.
fn shown_once(visit: &Visit, codes: &[Secret]) -> Result<Answer, Fault> {
    let lang = visit.lang;
    let session = &visit.person()?.session;
    let renewed = visit.state.accounts.renew_session(session, visit.now)?;
    let renewed = renewed.ok_or(Fault::SignIn)?;
    let title = lang.pick("Bewaar je herstelcodes", "Keep your recovery codes");
    let content = html! {
        (heading(1, title))
        (alert(Mood::Done, &paragraph(lang.pick(
            "De tweede stap staat aan. Voortaan log je in met je wachtwoord en een code.",
            "The second step is on. From now on you sign in with your password and a code.",
        ))))
        (lead(lang.pick(
            "Is je telefoon weg, dan kun je met een van deze codes inloggen. Elke code werkt één keer. Je ziet ze alleen nu.",
            "If your telephone is gone, you can sign in with one of these codes. Each code works once. You see them only now.",
        )))
        ul class="utrecht-unordered-list dw-codes" {
            @for code in codes {
                li class="utrecht-unordered-list__item" {
                    span class="dw-code" { (code.reveal()) }
                }
            }
        }
        (paragraph(lang.pick(
            "Druk deze pagina af of schrijf de codes over, en bewaar ze apart van je telefoon.",
            "Print this page or copy the codes, and keep them apart from your telephone.",
        )))
        p class="nl-paragraph dw-screen-only" {
            (link("/account", lang.pick("Ik heb ze bewaard", "I have kept them")))
        }
    };
    Ok(Answer::page(title, content).giving(visit, Cookie::Session, renewed.reveal()))
}

fn on_title(visit: &Visit) -> &'static str {
    visit.lang.pick("Tweede stap instellen", "Set up a second step")
}

fn on_page(visit: &Visit, faults: &Faults) -> Result<Markup, Fault> {
    let lang = visit.lang;
    let person = visit.person()?;
    let pending = visit.state.accounts.pending_second_step(&person.session)?;
    let owner = &visit.state.settings.owner;
    let issuer = if owner.is_empty() {
        "Dijkwacht".to_owned()
    } else {
        format!("Dijkwacht {owner}")
    };
    let fields = [
        Field {
            name: "code",
            label: lang.pick("Code uit de app", "Code from the app"),
            help: lang.pick("Zes cijfers.", "Six digits."),
            value: "",
            kind: Kind::Digits,
            is_optional: false,
            autocomplete: "one-time-code",
        },
        password_field(visit),
    ];
    let label = lang.pick(
        "QR-code voor de app. De sleutel staat er ook als tekst onder.",
        "QR code for the app. The key stands below as text too.",
    );
    Ok(html! {
        (heading(1, on_title(visit)))
        @if visit.query.get("nodig") == "1" {
            (alert(Mood::Info, &paragraph(lang.pick(
                "Bij je rol hoort een tweede stap: je kunt hier bij gegevens die anderen niet zien. Stel hem eerst in; daarna kun je verder.",
                "A second step comes with your role: you can reach data here that others do not see. Set it up first; then you can go on.",
            ))))
        }
        (lead(lang.pick(
            "Je hebt een app op je telefoon nodig die codes maakt, zoals FreeOTP, Aegis, 2FAS of de app van je organisatie.",
            "You need an app on your telephone that makes codes, such as FreeOTP, Aegis, 2FAS or the app of your organisation.",
        )))
        (heading(2, lang.pick("1. Zet de sleutel in de app", "1. Put the key into the app")))
        (paragraph(lang.pick(
            "Scan de QR-code met de app, of typ de sleutel over.",
            "Scan the QR code with the app, or type the key over.",
        )))
        (qr(&pending.address(&issuer, &person.user.name), label))
        p class="nl-paragraph dw-text" {
            (lang.pick("Sleutel: ", "Key: "))
            span class="dw-code" { (pending.typed()) }
        }
        (heading(2, lang.pick("2. Laat zien dat het werkt", "2. Show that it works")))
        (form(visit, "/account/tweede-stap", faults, &fields, &button(lang.pick("Aanzetten", "Turn on"))))
        p class="nl-paragraph" {
            (link("/account", lang.pick("Terug naar mijn account", "Back to my account")))
        }
    })
}

fn password_field(visit: &Visit) -> Field<'static> {
    Field {
        name: "wachtwoord",
        label: visit.lang.pick("Wachtwoord", "Password"),
        help: visit
            .lang
            .pick("Zo weten we dat jij het bent.", "In this way we know that it is you."),
        value: "",
        kind: Kind::Password,
        is_optional: false,
        autocomplete: "current-password",
    }
}

/// `GET /account/tweede-stap/uit`
pub(crate) fn show_off(visit: &Visit) -> Result<Answer, Fault> {
    if !visit.person()?.user.has_second_step {
        return Ok(Answer::see("/account/tweede-stap"));
    }
    Ok(Answer::page(off_title(visit), off_page(visit, &Faults::default())))
}

/// `POST /account/tweede-stap/uit`
pub(crate) fn turn_off(visit: &Visit) -> Result<Answer, Fault> {
    let user = &visit.person()?.user;
    let password = visit.fields.get("wachtwoord");
    if password.is_empty() {
        let text = visit.lang.pick("Vul je wachtwoord in", "Fill in your password");
        let faults = Faults::one("wachtwoord", text);
        return Ok(Answer::faulty(off_title(visit), off_page(visit, &faults)));
    }
    match visit.state.accounts.turn_second_step_off(user, password, visit.now) {
        Ok(()) => renewed(visit, "/account?gelukt=uit"),
        Err(AccountsError::WrongPassword) => {
            let faults = Faults::one("wachtwoord", wrong_password(visit));
            Ok(Answer::faulty(off_title(visit), off_page(visit, &faults)))
        }
        Err(error) => Err(error.into()),
    }
}

fn off_title(visit: &Visit) -> &'static str {
    visit.lang.pick("Tweede stap uitzetten", "Turn the second step off")
}

fn off_page(visit: &Visit, faults: &Faults) -> Markup {
    let lang = visit.lang;
    let next = button(lang.pick("Uitzetten", "Turn off"));
    html! {
        (heading(1, off_title(visit)))
        (lead(lang.pick(
            "Daarna is je wachtwoord genoeg om in te loggen. Doe dit alleen als je een nieuwe telefoon gaat instellen.",
            "After that your password is enough to sign in. Do this only if you are going to set up a new telephone.",
        )))
        (form(visit, "/account/tweede-stap/uit", faults, &[password_field(visit)], &next))
        p class="nl-paragraph" {
            (link("/account", lang.pick("Terug naar mijn account", "Back to my account")))
        }
    }
}
